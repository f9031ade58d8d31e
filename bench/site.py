"""How soon a figure of the built site moves, how it follows the hand, and what it weighs, next to JupyterLab.

The site is served with gzip, as hosts do, over a line that Chromium slows down; the notebook on this machine is not
slowed down. Both move the same slider of the same figure.
"""

import asyncio
import contextlib
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import nbformat
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, StaticFileHandler

from bench import live
from bench.line import slow_line
from bench.page import NOTEBOOK, cells_to_figure
from bench.report import Gate, Outcome
from tools.addresses import ROOT
from tools.lab.page import Lab, Notebook
from tools.recorded.shelf import RECORDED

BUILT = ROOT / "build" / "site"
HAND = Path(__file__).with_name("site.js")
SAME = "notebook 01"  # its first figure is moved in JupyterLab, too
PAGES = {"first page": "index.html", SAME: f"notebooks/{Path(NOTEBOOK).stem}.html"}
DELAY, RATE = 20, 10e6 / 8  # ms; bytes per second
VISITS, MOVES = 5, 8
TEXT = f"""The first figure of a page, moved by its first slider; for notebook 01 the same figure in JupyterLab as well.
*First move* goes from the page's start (in JupyterLab: from its address, through the kernel's start, to the cell that
has run) until the picture has followed a hand that goes there at once: median of {VISITS} visits with an empty cache.
The site comes compressed over a line of 10 Mbit/s with {DELAY} ms of delay, simulated by Chromium; JupyterLab stands on
this machine. *Slider to pixels* is the median of {VISITS * MOVES} moves, also in frames of the screen. A page's and a
figure's bytes are what went over the line; recordings are files as they lie in `build/recordings`, not compressed."""


def run() -> Outcome:
    """Measure both pages of the site, and the notebook."""
    if not (BUILT / "index.html").exists():
        raise FileNotFoundError(f"{BUILT}: got no built site, expected one. Build it with make docs.")
    cells = cells_to_figure(nbformat.read(ROOT / "notebooks" / NOTEBOOK, as_version=4))
    visits, started, moves = {name: [] for name in PAGES}, [], []
    with Lab() as lab, served(BUILT) as address:
        for _ in range(VISITS):
            for name, page in PAGES.items():
                visits[name].append(visit(lab, f"{address}/{page}"))
            with timed(started):
                notebook = live.start_notebook(lab, cells)
                live.latency(notebook)
            moves += _moves_of(notebook)
            notebook.close()
        browser = f"{lab.browser.browser_type.name} {lab.browser.version}"
    return _outcome(visits, started, moves, browser)


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on loopback within a `with` block, compressed where that helps; give its address."""
    began, loop = threading.Event(), asyncio.new_event_loop()
    (listening,) = bind_sockets(0, "127.0.0.1")

    async def serve() -> None:
        files = (r"/(.*)", StaticFileHandler, {"path": str(folder)})
        server = HTTPServer(Application([files], compress_response=True, log_function=lambda _request: None))
        server.add_socket(listening)
        began.set()

    def work() -> None:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(serve())
        loop.run_forever()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    began.wait()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    loop.call_soon_threadsafe(loop.stop)
    thread.join()


def visit(lab: Lab, address: str) -> dict:
    """Open a page of the site with an empty cache, and return what was measured on it."""
    context = lab.browser.new_context(viewport={"width": 1366, "height": 768})
    for script in (live.EYES, HAND):
        context.add_init_script(path=script)
    page = context.new_page()
    slow_line(page, DELAY, RATE)
    page.goto(address, wait_until="commit")
    found = {"first": page.evaluate("() => bench.firstMove()")}
    page.wait_for_timeout(500)  # the frames that come next are decoded meanwhile
    found["moves"] = [page.evaluate("phase => bench.latency(phase)", live.FRAME * n / MOVES) for n in range(MOVES)]
    found |= page.evaluate("() => bench.loaded()")
    context.close()
    return found


@contextlib.contextmanager
def timed(seconds: list[float]) -> Iterator[None]:
    """Add to `seconds` what the `with` block takes."""
    began = time.perf_counter()
    yield
    seconds.append(time.perf_counter() - began)


def _moves_of(notebook: Notebook) -> list[float]:
    return [live.latency(notebook, live.FRAME * n / MOVES) for n in range(MOVES)]


def _outcome(visits: dict[str, list[dict]], started: list[float], moves: list[float], browser: str) -> Outcome:
    rows, first, pixels, frames = [], {}, {}, {}
    for name, them in visits.items():
        made = [move for one in them for move in one["moves"]]
        first[name] = median(one["first"] for one in them)
        pixels[name], frames[name] = (median(move[what] for move in made) for what in ("ms", "frames"))
        bytes_ = [f"{median(one[kind] for one in them) / 1e3:.0f}" for kind in ("page", "figure")]
        rows.append([f"site, {name}", f"{first[name]:.0f}", f"{pixels[name]:.1f}", f"{frames[name]:g}", *bytes_])
    lab_first, lab_pixels = 1e3 * median(started), median(moves)
    rows.append([f"JupyterLab, {SAME}", f"{lab_first:.0f}", f"{lab_pixels:.1f}", "", "", ""])
    sizes = {entry["figure"]: entry["bytes"] / 1e6 for part in _index().values() for entry in part}
    largest = max(sizes, key=lambda figure: sizes[figure])
    gates = [
        Gate("frames of the screen from slider to pixels, the slower page", max(frames.values()), 1, at_most=True),
        Gate("first move, JupyterLab / site", lab_first / first[SAME], 2, unit=" x"),
        Gate("slider to pixels, JupyterLab / site", lab_pixels / pixels[SAME], 1, unit=" x"),
        Gate("all recordings", sum(sizes.values()), 100, at_most=True, unit=" MB"),
    ]
    columns = ["where", "first move, ms", "slider to pixels, ms", "in frames", "page, kB", "figure, kB"]
    spread = f"median {median(sizes.values()):.2f} MB, largest {sizes[largest]:.1f} MB ({largest})"
    also = [f"browser: {browser}", f"{len(sizes)} figures recorded: {spread}", *_by_notebook()]
    return Outcome("On the site", TEXT, columns, rows, gates, ["jupyterlab", "ipywidgets", "anywidget"], also)


def _index() -> dict[str, list[dict]]:
    return json.loads((RECORDED / "index.json").read_text("utf-8"))


def _by_notebook() -> list[str]:
    sizes = [f"{stem[:2]} {sum(one['bytes'] for one in them) / 1e6:.1f}" for stem, them in sorted(_index().items())]
    return [f"recordings by notebook, MB: {', '.join(sizes)}"]
