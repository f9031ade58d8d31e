"""How fast a live figure follows the hand, next to `interact` and to ipympl, in a real JupyterLab in Chromium.

The same picture stands in three notebooks with a kernel each; the page moves the slider and watches the pixels.
Techniques take turns, so that whatever else the machine does falls on all of them alike.
"""

from pathlib import Path
from statistics import median

import nbformat.v4 as make

from bench.report import Gate, Outcome
from tools.lab.page import Lab, Notebook

TECHNIQUES = {
    "LiveFigure": ["figure = pictures.Live()\nfigure"],
    "interact + plt.show()": ["%matplotlib inline\npictures.with_interact()"],
    "ipympl, updated in place": ["%matplotlib widget\nimport matplotlib.pyplot as plt\nplt.ioff();",
                                 "pictures.with_ipympl()"],
}  # fmt: skip
LIVE, INTERACT, IPYMPL = TECHNIQUES
EYES, HAND = (Path(__file__).with_name(name) for name in ("eyes.js", "live.js"))
ROUNDS, MOVES, MORE_DRAGS = 5, 8, 15
FRAME = 1000 / 60  # ms between two frames of the screen
PACKAGES = ["jupyterlab", "ipykernel", "ipywidgets", "anywidget", "ipympl", "matplotlib", "numpy"]
TEXT = f"""A slider turns three class regions (100 x 100 cells) with 200 points, three lines and three bars, 640 x 400
pixels, in JupyterLab as `make lab` starts it, in Chromium. *Slider to pixels* is the time from the slider's move in
the page until other pixels are on the screen (median of {ROUNDS * MOVES}, moves spread evenly between two frames of
the screen); *frames* are the different pictures seen while the handle is dragged for one second (median of {ROUNDS}).
*Last picture* compares the picture after a fast drag with the one that the same value gives when it is set calmly,
and for the live figure its sentence with the slider as well. The eyes and the hand are the same for all:
`bench/eyes.js` and `bench/live.js`. Kernel time goes from the new value to the message sent."""


def run() -> Outcome:
    """Measure the three techniques."""
    with Lab() as lab:
        notebooks = {name: open_notebook(lab, cells) for name, cells in TECHNIQUES.items()}
        times, drags = _take_turns(notebooks)
        live = notebooks[LIVE]
        drags[LIVE] += [drag(live, 400, n) for n in range(MORE_DRAGS)]
        kernel = live.ask("figure.kernel_ms()")
        grown = _memory(live)
        browser = f"{lab.browser.browser_type.name} {lab.browser.version}"
        for name, notebook in notebooks.items():
            if errors := notebook.errors():
                raise RuntimeError(f"{name}: {errors}")
    return _outcome(times, drags, kernel, grown, browser)


def open_notebook(lab: Lab, cells: list[str]) -> Notebook:
    """Open a notebook with the picture in one technique, and warm up."""
    notebook = start_notebook(lab, ["from bench import pictures", *cells])
    for _ in range(3):  # the first moves fill caches everywhere
        latency(notebook)
    return notebook


def start_notebook(lab: Lab, cells: list[str]) -> Notebook:
    """Run these cells in a new notebook, and wait for the first slider."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    code = [make.new_code_cell(cell) for cell in cells]
    notebook = lab.open(make.new_notebook(metadata={"kernelspec": kernel}, cells=code), width=1200).run_all()
    for script in (EYES, HAND):
        notebook.page.evaluate(script.read_text("utf-8"))
    notebook.page.wait_for_function("() => document.querySelector('.jp-OutputArea-output .noUi-handle')")
    return notebook


def _take_turns(notebooks: dict[str, Notebook]) -> tuple[dict[str, list[float]], dict[str, list[dict]]]:
    times, drags = {name: [] for name in notebooks}, {name: [] for name in notebooks}
    for turn in range(ROUNDS):
        names = list(notebooks)
        for name in names[turn % 3 :] + names[: turn % 3]:
            notebook = notebooks[name]
            notebook.page.bring_to_front()
            times[name] += [latency(notebook, FRAME * move / MOVES) for move in range(MOVES)]
            drags[name].append(drag(notebook, 1000, turn))
    return times, drags


def latency(notebook: Notebook, phase: float = 0) -> float:
    """Move the slider one step, `phase` ms after a frame of the screen; return the ms until other pixels are seen."""
    key = "ArrowLeft" if notebook.page.evaluate("() => bench.angle()") > 0 else "ArrowRight"
    return notebook.page.evaluate("([key, phase]) => bench.latency(key, phase)", [key, phase])


def drag(notebook: Notebook, milliseconds: int, number: int) -> dict:
    """Drag the slider there and back; return how many pictures were `shown`, and whether the last one `matches`."""
    ends = [(0.1, 0.9), (0.8, 0.15), (0.3, 0.95)][number % 3]
    return notebook.page.evaluate("([time, a, b]) => bench.drag(time, a, b)", [milliseconds, *ends])


def _memory(live: Notebook) -> float:
    """Return by how many MB the kernel grew in 1,000 moves, ten at a time so that the browser keeps up."""
    before = live.ask("pictures.rss()")
    for _ in range(100):
        live.ask("figure.move(10)")
    return live.ask("pictures.rss()") - before


def _outcome(
    times: dict[str, list[float]], drags: dict[str, list[dict]], kernel: float, grown: float, browser: str
) -> Outcome:
    middle = {name: median(some) for name, some in times.items()}
    frames = {name: median(drag["shown"] for drag in drags[name][:ROUNDS]) for name in drags}
    matching = {name: sum(drag["matches"] for drag in all_) for name, all_ in drags.items()}
    rows = [
        [name, f"{middle[name]:.0f}", f"{frames[name]:g}", f"{matching[name]} of {len(drags[name])}",
         *([f"{kernel:.1f}", f"{grown:+.1f}"] if name == LIVE else ["", ""])]
        for name in times
    ]  # fmt: skip
    ratio = frames[LIVE] / max(1, frames[INTERACT])  # on a busy machine interact may show nothing in a second
    gates = [
        Gate("slider to pixels, interact / LiveFigure", middle[INTERACT] / middle[LIVE], 4, unit=" x"),
        Gate("slider to pixels, ipympl / LiveFigure", middle[IPYMPL] / middle[LIVE], 2, unit=" x"),
        Gate("frames in a one-second drag, LiveFigure / interact", ratio, 2.5, unit=" x"),
        Gate("LiveFigure's last picture matches the slider", 100 * matching[LIVE] / len(drags[LIVE]), 100, unit=" %"),
        Gate("kernel's memory after 1,000 moves", grown, 10, at_most=True, unit=" MB"),
    ]
    columns = [
        "technique", "slider to pixels, ms", "frames in a 1 s drag", "last picture right", "kernel time per frame, ms",
        "memory after 1,000 moves, MB",
    ]  # fmt: skip
    return Outcome("Live figures", TEXT, columns, rows, gates, PACKAGES, [f"browser: {browser}"])
