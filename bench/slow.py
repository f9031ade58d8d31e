"""How a live figure answers over a slow line, next to `interact` and to ipympl: 100 ms of delay and 1 Mbit/s.

The same three notebooks as in `bench.live`; Chromium itself slows its connection to JupyterLab down. After a late
answer a live figure sends coarse frames while the hand moves and a sharp one when it rests: the first answers and the
later ones are told apart.
"""

from statistics import median

from bench.line import slow_line
from bench.live import IPYMPL, LIVE, TECHNIQUES, drag, latency, open_notebook
from bench.report import Gate, Outcome
from tools.lab.page import Lab, Notebook

DELAY, RATE = 100, 1e6 / 8  # ms; bytes per second
FIRST, MOVES, DRAGS = 3, 8, 3
TEXT = f"""The same pictures and the same eyes over a line with {DELAY} ms of delay and 1 Mbit/s, simulated by Chromium.
A live figure notices that an answer comes late; from then on it sends coarse frames while the hand moves, and the same
picture sharp when it rests. *First answers* are the median of {FIRST}, *frames* the different pictures in a drag of
three seconds (median of {DRAGS}); *last picture* is the sharp one."""


def run() -> Outcome:
    """Measure the three techniques, one after the other: each waits for the line most of the time."""
    first, later, frames, right, size = {}, {}, {}, {}, []
    with Lab() as lab:
        for name, cells in TECHNIQUES.items():
            with open_notebook(lab, cells) as notebook:
                if name == LIVE:
                    size.append(notebook.ask("len(figure.canvas.frame)"))
                _slow_down(notebook)
                first[name] = median(latency(notebook) for _ in range(FIRST))
                later[name] = median(latency(notebook) for _ in range(MOVES))
                drags = [drag(notebook, 3000, n) for n in range(DRAGS)]
                frames[name] = median(one["shown"] for one in drags)
                right[name] = sum(one["matches"] for one in drags)
                if name == LIVE:
                    latency(notebook)
                    size.append(notebook.ask("len(figure.canvas.frame)"))
    rows = [[name, f"{first[name]:.0f}", f"{later[name]:.0f}", f"{frames[name]:g}", f"{right[name]} of {DRAGS}"]
            for name in TECHNIQUES]  # fmt: skip
    gates = [
        Gate("LiveFigure's last picture matches the slider", 100 * right[LIVE] / DRAGS, 100, unit=" %"),
        Gate("LiveFigure / ipympl, first answers", first[LIVE] / first[IPYMPL], 0.8, at_most=True, unit=" x"),
        Gate("LiveFigure / ipympl, later answers", later[LIVE] / later[IPYMPL], 0.8, at_most=True, unit=" x"),
        Gate("a coarse frame's share of a sharp one's bytes", 100 * size[1] / size[0], 25, at_most=True, unit=" %"),
    ]
    columns = ["technique", "first answers, ms", "later answers, ms", "frames in a 3 s drag", "last picture right"]
    return Outcome("Over a slow line", TEXT, columns, rows, gates, ["jupyterlab", "ipywidgets", "anywidget"])


def _slow_down(notebook: Notebook) -> None:
    slow_line(notebook.page, DELAY, RATE)
    notebook.page.evaluate("() => { bench.quiet = 1800; }")  # longer than a rest and the sharp frame after it
