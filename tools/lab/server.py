"""A JupyterLab server with settings, folders and a port of its own.

Nothing of the person who runs it matters or changes, and it ends with the process that started it.
"""

import json
import os
import secrets
import socket
import subprocess
import sys
from pathlib import Path

from tools.lab.waiting import START, wait_until

ROOT = Path(__file__).resolve().parents[2]


# Who starts the server holds the other end of its standard input. When that end closes, its owner has ended, however
# that came about (SIGKILL included), and the server follows.
SERVE = """
import os, signal, threading
def follow():
    os.read(0, 1)
    os.kill(os.getpid(), signal.SIGTERM)
threading.Thread(target=follow, daemon=True).start()
from jupyterlab.labapp import main
main()
"""


class Server:
    """JupyterLab on loopback that serves `folder`; ends with `close` or this process, and so do its kernels."""

    def __init__(self, folder: Path, own: Path):
        self.own, self.token = own, secrets.token_hex(16)
        self._settings()
        self._log = open(own / "server.log", "w+", encoding="utf-8")  # noqa: SIM115  (closed by close)
        self._process = subprocess.Popen(
            self._command(folder), cwd=folder, env=self._environment(), start_new_session=True,
            stdin=subprocess.PIPE, stdout=self._log, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            self.url = wait_until(self._answering, "JupyterLab did not start", START, every=0.1)
        except BaseException:
            self.close()
            raise

    def _command(self, folder: Path) -> list[str]:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        return [
            sys.executable, "-c", SERVE, "--no-browser", "--expose-app-in-browser", "--allow-root",
            "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", f"--ServerApp.root_dir={folder}",
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate", "--LabApp.news_url=None",
            "--LabApp.extension_manager=readonly",
        ]  # fmt: skip

    def _environment(self) -> dict[str, str]:
        own = ("JUPYTER", "IPYTHON", "MPLBACKEND")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
        places = {"CONFIG_DIR": "config", "DATA_DIR": "data", "RUNTIME_DIR": "runtime"}
        return kept | {f"JUPYTER_{name}": str(self.own / place) for name, place in places.items()} | {
            "JUPYTER_TOKEN": self.token, "JUPYTER_PREFER_ENV_PATH": "1", "IPYTHONDIR": str(self.own / "ipython"),
            "PYTHONPATH": str(ROOT), "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        }  # fmt: skip

    def _settings(self) -> None:
        """No questions and no news: what a reader sees after the first minute."""
        place = self.own / "config/lab/user-settings/@jupyterlab/apputils-extension"
        place.mkdir(parents=True)
        quiet = {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True}
        (place / "notification.jupyterlab-settings").write_text(json.dumps(quiet), encoding="utf-8")

    def _answering(self) -> str | None:
        if self._process.poll() is not None:
            raise RuntimeError(f"JupyterLab ended at its start:\n{self.log()}")
        for info in (self.own / "runtime").glob("jpserver-*.json"):
            try:
                server = json.loads(info.read_text(encoding="utf-8"))
                socket.create_connection(("127.0.0.1", server["port"]), timeout=1).close()
            except (ValueError, OSError):
                continue
            return server["url"]
        return None

    def log(self) -> str:
        """Return the end of what the server wrote."""
        return (self.own / "server.log").read_text(encoding="utf-8", errors="replace")[-4000:]

    def close(self) -> None:
        """End the server, which ends its kernels; it was started here and nothing else is touched."""
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdin.close()
        self._log.close()
