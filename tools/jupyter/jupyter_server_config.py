"""Configuration of Jupyter's server: send every message of a kernel at once.

Without it the operating system holds a short message back until the browser has confirmed the one before, and the
browser takes up to 40 ms to confirm. While a slider is dragged, that is most of the time between two frames.
"""

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection


class PromptConnection(ZMQChannelsWebsocketConnection):
    """A kernel's connection to the browser that waits for nothing."""

    def connect(self):
        self.websocket_handler.set_nodelay(True)
        return super().connect()


c.ServerApp.kernel_websocket_connection_class = PromptConnection  # noqa: F821  (Jupyter puts `c` here)
