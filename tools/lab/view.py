"""One live figure on a page: what it shows is read from the page, what it should show from the kernel."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Locator

from tools.lab.scripts import script
from tools.lab.waiting import ANSWER

if TYPE_CHECKING:
    from tools.lab.page import Notebook


class FigureView:
    """One live figure on the page; what it shows is read from the page, what it should show from the kernel."""

    def __init__(self, notebook: "Notebook", number: int, node: Locator, widget_id: str, stored: str):
        self.notebook, self.number, self.node, self.widget_id, self.stored = notebook, number, node, widget_id, stored
        self.canvas = node.locator(".lu-card canvas")
        self.python = f"__import__('ipywidgets').widgets.widget._instances[{widget_id!r}].children[0]"

    @property
    def text(self) -> str:
        """The sentence below the picture."""
        return self.notebook.page.evaluate(script("line"), self.number)

    @property
    def frame(self) -> int:
        """The number of the frame on the canvas."""
        return int(self.canvas.get_attribute("data-frame"))

    def is_drawn(self) -> bool:
        """Tell whether the canvas shows more than a blank card."""
        return self.canvas.evaluate(script("drawn"))

    def truth(self) -> dict[str, Any]:
        """What the kernel has sent last: frame_id, text, failed."""
        names = ("frame_id", "text", "failed", "playing")
        return self.notebook.ask(f"{{n: getattr({self.python}, n) for n in {names!r}}}")

    def settle(self) -> tuple[str, str]:
        """Wait until the figure shows the kernel's newest frame, and the kernel has nothing left to do.

        Return the sentence and a digest of the pixels that are on the page then: the same pixels have the same one.
        """
        return tuple(self.notebook.page.evaluate(script("settle"), [self.number, self.python, ANSWER]))

    def screenshot(self, path: Path) -> None:
        """Save the figure with its sentence and controls."""
        self.node.screenshot(path=path)
