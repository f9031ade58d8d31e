"""A notebook in a page of JupyterLab: open it, run it, ask its kernel, look at it.

The page listens to the kernel's channels, because a callback that raises shows nowhere else. What runs in the page
stands in `js/`, a function a file.
"""

import json
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from axe_playwright_python.sync_playwright import Axe
from nbformat import NotebookNode
from playwright.sync_api import Browser, Page, sync_playwright

from tools import browser
from tools.lab.scripts import script
from tools.lab.server import Server
from tools.lab.view import FigureView
from tools.lab.waiting import ANSWER, POLL, RUN, START, wait_until

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
HARMLESS = ("No such comm target registered: jupyter.widget.control",)
# Chromium's energy saver, whatever the battery says: 30 frames a second instead of 60.
SAVES_ENERGY = {"performance_tuning": {"battery_saver_mode": {"state": 3}}}


COLORS = ("color-contrast", "link-in-text-block")  # the rules of axe that another theme can break


def violations(page: Page, *rules: str) -> list[dict[str, Any]]:
    """Return what axe finds wrong on a page at rest: halfway between two colours, the contrast may be too low.

    With `rules` only they are asked. Nothing is loaded once more for it: of axe's rules, only those about sounds and
    turned screens read that.
    """
    page.wait_for_function("!document.getAnimations().some(it => it instanceof CSSTransition)", polling=POLL)
    options = {"resultTypes": ["violations"], "preload": False} | ({"runOnly": rules} if rules else {})
    return Axe().run(page, options=options).response["violations"]


class Lab:
    """One JupyterLab and one Chromium; use it in a `with` block.

    With `keep_pages`, a closed notebook leaves its page to the next one on as dense a screen: JupyterLab takes
    longer to start than a notebook to open. With `save_energy`, Chromium draws half as many frames, as on a laptop
    whose battery runs low.
    """

    def __init__(self, keep_pages: bool = False, save_energy: bool = False):
        self._keep_pages, self._kept = keep_pages, {}  # lists of pages by density
        self._state = SAVES_ENERGY if save_energy else {}

    def __enter__(self) -> "Lab":
        self.own = Path(tempfile.mkdtemp(prefix="lu-lab-"))
        self.folder = self.own / "notebooks"
        self.folder.mkdir()
        self._server = self._playwright = None
        try:
            path = browser.find()
            if not path:
                raise browser.NoBrowser(browser.HELP)
            self._server = Server(self.folder, self.own)
            self._playwright = sync_playwright().start()
            self.browser = self._launch(path)
        except BaseException:
            self.__exit__()
            raise
        return self

    def _launch(self, path: str) -> Browser:
        """Start Chromium on a profile of our own: the energy saver is a setting of the profile."""
        profile = self.own / "profile"
        profile.mkdir()
        (profile / "Local State").write_text(json.dumps(self._state), encoding="utf-8")
        launch = self._playwright.chromium.launch_persistent_context
        return launch(profile, executable_path=path, headless=True, args=FLAGS).browser

    def __exit__(self, *_error: Any) -> None:
        if self._playwright:
            self._playwright.stop()
        if self._server:
            self._server.close()
        shutil.rmtree(self.own, ignore_errors=True)

    def open(
        self, notebook: Path | NotebookNode, width: int = 1600, height: int = 1000, density: float = 1,
        dark: bool = False,
    ) -> "Notebook":  # fmt: skip
        """Open a copy of a notebook, in a fresh browser profile or a kept page, and wait until its kernel is idle.

        `width` and `height` of the window are in CSS pixels; `density` is in device pixels for each of them.
        """
        name = notebook.name if isinstance(notebook, Path) else "notebook.ipynb"
        content = notebook.read_text("utf-8") if isinstance(notebook, Path) else nbformat.writes(notebook)
        place = Path(tempfile.mkdtemp(dir=self.folder)) / name
        place.write_text(content, "utf-8")
        path = place.relative_to(self.folder).as_posix()
        size = {"width": width, "height": height}
        address = f"{self._server.url}lab/tree/{path}?reset&token={self._server.token}"
        kept = self._kept.setdefault(density, [])
        if kept:
            page = kept.pop()
            page.set_viewport_size(size)
            page.evaluate(script("open"), path)
        else:
            page = self._new_page(address, viewport=size, device_scale_factor=density)
        return Notebook(page, address, dark, kept if self._keep_pages else None)

    def _new_page(self, address: str, **options: Any) -> Page:
        context = self.browser.new_context(**options)
        context.set_default_timeout(1000 * ANSWER)
        context.set_extra_http_headers({"Authorization": f"token {self._server.token}"})
        page = context.new_page()
        page.goto(address)
        return page


class Notebook:
    """A notebook that is open in JupyterLab, with a kernel of its own."""

    def __init__(self, page: Page, address: str, dark: bool, kept: list[Page] | None = None):
        self.page, self.page_errors, self.address, self._kept = page, [], address, kept
        page.on("pageerror", self._note)
        self._prepare()
        self.dark(dark)

    def _prepare(self) -> None:
        page = self.page
        page.wait_for_function(script("ready"), timeout=1000 * START, polling=POLL)
        page.evaluate(script("tap"))
        page.evaluate(f"() => {{ lab.ask = {script('ask')}; }}")
        page.evaluate("() => { jupyterapp.shell.collapseLeft(); jupyterapp.shell.collapseRight(); }")

    def save(self) -> None:
        """Write the notebook to its file."""
        self.page.evaluate("() => lab.panel.context.save()")

    def reopen(self, end_kernel: bool = True) -> "Notebook":
        """Save the notebook and open it again in a fresh page: as on the next day, or with the same kernel."""
        self.save()
        if end_kernel:
            self.page.evaluate("() => lab.panel.sessionContext.shutdown()")
        self.page.goto(self.address)
        self._prepare()
        return self

    def __enter__(self) -> "Notebook":
        return self

    def __exit__(self, *_error: Any) -> None:
        self.close()

    def close(self) -> None:
        """End the kernel and close the page, or leave it to the next notebook."""
        self.page.remove_listener("pageerror", self._note)
        try:
            self.page.evaluate("() => lab.panel.sessionContext.shutdown()")
        except BaseException:
            self.page.context.close()
            raise
        if self._kept is None:
            self.page.context.close()
        else:
            self._kept.append(self.page)

    def _note(self, error: Exception) -> None:
        self.page_errors.append(str(error))

    def run_all(self, seconds: float = RUN) -> "Notebook":
        """Run all cells and wait until the kernel is idle and every widget is drawn; errors are in `errors()`."""
        self.page.evaluate("() => { jupyterapp.commands.execute('notebook:run-all-cells'); }")
        self.page.wait_for_function(script("ran"), timeout=1000 * seconds, polling=POLL)
        self._draw_all()
        return self

    def _draw_all(self) -> None:
        """JupyterLab may leave what is far off the screen for later: go there until everything has been drawn."""
        wait_until(lambda: self._missing() is None, "a widget was not drawn", seconds=ANSWER, every=0.05)
        self.page.evaluate("() => lab.panel.content.scrollToItem(0)")

    def _missing(self) -> int | None:
        views = self.page.evaluate(script("views"))
        missing = next((number for number, view in enumerate(views) if not view["drawn"]), None)
        if missing is not None:
            self.page.evaluate(
                script("scroll_to"),
                views[missing]["id"],
            )
        return missing

    def ask(self, expression: str) -> Any:
        """Evaluate a Python expression in the kernel and return its value, which must have a JSON form."""
        return self.page.evaluate("code => lab.ask(code)", expression)

    def errors(self) -> list[str]:
        """Return what the kernel reported as an error, wherever it arose, without what is known to be harmless."""
        found = self.page.evaluate("() => lab.errors") + self.page_errors
        return [re.sub(r"\x1b\[[0-9;]*m", "", text) for text in found if not any(known in text for known in HARMLESS)]

    def figures(self) -> list["FigureView"]:
        """Return the live figures on the page, in order."""
        views = [view for view in self.page.evaluate(script("views")) if view["figure"]]
        nodes = self.page.locator(".lu-figure")
        return [FigureView(self, n, nodes.nth(n), view["id"], view["stored"]) for n, view in enumerate(views)]

    def dark(self, dark: bool = True) -> None:
        """Switch to the dark or the light theme and wait until it is there."""
        name = "JupyterLab Dark" if dark else "JupyterLab Light"
        self.page.evaluate("theme => jupyterapp.commands.execute('apputils:change-theme', { theme })", name)
        there = "theme => document.body.dataset.jpThemeName === theme"
        self.page.wait_for_function(there, arg=name, polling=POLL)

    def resize(self, width: int, height: int = 1000) -> None:
        """Make the window `width` x `height` CSS pixels."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.wait_for_function("width => window.innerWidth === width", arg=width, polling=POLL)

    def photograph(self, folder: Path) -> list[Path]:
        """Save the whole notebook as pictures page_00.png, page_01.png, ... of one window's height each."""
        panel = self.page.locator(".jp-NotebookPanel:visible").first
        paths, top, end = [], 0, None
        while end is None or top < end:
            end = self.page.evaluate(script("scroll"), top)
            paths.append(folder / f"page_{len(paths):02}.png")
            panel.screenshot(path=paths[-1])
            top += self.page.evaluate("() => lab.panel.content.outerNode.clientHeight") - 40
        return paths
