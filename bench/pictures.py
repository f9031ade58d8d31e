"""One picture, drawn in three techniques: as a LiveFigure, with interact, and with ipympl.

Regions of three classes on a grid of 100 x 100, 200 points, three lines and three bars, 640 x 400 pixels; one slider
turns the classes' directions. Imported in the kernels that are measured.
"""

import statistics
import time

import ipywidgets
import numpy as np
import psutil
from matplotlib.colors import ListedColormap

from lectureutils import plots, style
from lectureutils.live import LiveFigure, slider

LOW, HIGH, STEP = -3.0, 3.0, 0.05
NAMES = ["a", "b", "c"]
SIDE = np.linspace(LOW, HIGH, 100)
GRID = np.stack(np.meshgrid(SIDE, SIDE), -1).reshape(-1, 2)
RANDOM = np.random.default_rng(0)
POINTS, LABELS = RANDOM.normal(size=(200, 2)), RANDOM.integers(0, 3, 200)
PALE = [style.pale(color) for color in style.CLASS_COLORS[:3]]


def numbers(angle: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the directions W (3, 2) and the regions (100, 100) at an angle in radians."""
    turns = angle + np.arange(3) * 2.1
    W = np.column_stack([np.cos(turns), np.sin(turns)])
    return W, (GRID @ W.T).argmax(1).reshape(100, 100)


class Live(LiveFigure):
    """The picture as a live figure."""

    def __init__(self):
        self.times = []
        super().__init__(slider("angle", 0.0, LOW, HIGH, step=STEP))

    def draw(self, fig):
        """Make the artists."""
        plane, bars = fig.subplots(1, 2, width_ratios=[3, 1])
        plane.set(xlim=(LOW, HIGH), ylim=(LOW, HIGH))
        self.map = plots.PixelMap(plane, PALE)
        plane.add_artist(self.map)
        self.lines = [plane.plot([], [], color=style.INK)[0] for _ in NAMES]
        points = plots.class_points(plane, NAMES)
        plots.set_points(points, POINTS, LABELS)
        self.bars = plots.class_bars(bars, NAMES, -1, 1)
        self.moving(self.map, *self.lines, *points, *self.bars)

    def update(self, angle):
        """Set the artists, and say the angle, which the benchmark compares with the slider."""
        W, regions = numbers(angle)
        self.map.set_data(regions)
        for line, w in zip(self.lines, W, strict=True):
            line.set_data([0, 3 * w[0]], [0, 3 * w[1]])
        plots.set_bars(self.bars, W[:, 0])
        return f"angle {angle:.2f}"

    def refresh(self, work=None):
        """Do what every live figure does at a change, and keep how long it took, in ms."""
        start = time.perf_counter()
        super().refresh(work)
        self.times.append(1000 * (time.perf_counter() - start))

    def kernel_ms(self) -> float:
        """Return the median time from a changed value to the message with its frame, over all moves so far."""
        return statistics.median(self.times)

    def move(self, times: int) -> None:
        """Walk the slider from end to end."""
        for value in np.linspace(LOW, HIGH, times):
            self.controls["angle"].value = float(value)


def rss() -> float:
    """Return this process's memory in MB."""
    return psutil.Process().memory_info().rss / 2**20


def _draw(plane, bars, angle):
    """Draw the picture with pyplot's own means, and return what an update in place needs."""
    W, regions = numbers(angle)
    image = plane.imshow(
        regions, origin="lower", extent=(LOW, HIGH, LOW, HIGH), aspect="auto", cmap=ListedColormap(PALE), vmin=0, vmax=2
    )
    lines = [plane.plot([0, 3 * w[0]], [0, 3 * w[1]], color=style.INK)[0] for w in W]
    for c, (color, marker) in enumerate(zip(style.CLASS_COLORS[:3], style.CLASS_MARKERS[:3], strict=True)):
        plane.plot(*POINTS[c == LABELS].T, marker, color=color, markeredgecolor="white", markeredgewidth=0.7)
    plane.set(xlim=(LOW, HIGH), ylim=(LOW, HIGH))
    rectangles = bars.barh(NAMES, W[:, 0], color=style.CLASS_COLORS[:3], edgecolor=style.INK)
    bars.set_xlim(-1, 1)
    return image, lines, rectangles


def _axes():
    import matplotlib.pyplot as plt

    fig, axes = plt.subplots(1, 2, figsize=(6.4, 4), dpi=100, width_ratios=[3, 1], layout="constrained")
    return plt, fig, axes


def with_interact() -> None:
    """Show the picture as most notebooks do: a new figure at each move."""

    def show(angle):
        plt, _fig, axes = _axes()
        _draw(*axes, angle)
        plt.show()

    ipywidgets.interact(show, angle=ipywidgets.FloatSlider(value=0, min=LOW, max=HIGH, step=STEP))


def with_ipympl() -> ipywidgets.Widget:
    """Show the picture with ipympl and update its artists in place."""
    plt, fig, axes = _axes()
    image, lines, rectangles = _draw(*axes, 0.0)
    widget = ipywidgets.FloatSlider(value=0, min=LOW, max=HIGH, step=STEP, description="angle")

    def update(change):
        W, regions = numbers(change["new"])
        image.set_data(regions)
        for line, w in zip(lines, W, strict=True):
            line.set_data([0, 3 * w[0]], [0, 3 * w[1]])
        plots.set_bars(rectangles, W[:, 0])
        fig.canvas.draw_idle()

    widget.observe(update, "value")
    return ipywidgets.VBox([fig.canvas, widget])
