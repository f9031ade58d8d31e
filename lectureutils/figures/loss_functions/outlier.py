"""The best answer for several values: the median by L1, the mean by L2.

Drag one value far away, and only the mean runs after it.
"""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import style, validate
from lectureutils.live import LiveFigure, Narrow, Widget, column, grid, matrix, presets, put, row, slider


class OutlierFigure(LiveFigure):
    """Find the one answer that is best for all of several values (N,), by L1 and by L2, and drag a value away.

    The mean of |a - v| is smallest at the median, the mean of (a - v)^2 at the mean. Slide topic: L1 and L2 loss.
    """

    size = (680, 400)
    narrow = Narrow(560)
    # the power of the distance, and how its curve and its best answer look
    looks = {1: ("L1: mean of |a - v|", "D", style.BLUE), 2: ("L2: mean of (a - v)²", "o", style.RED)}

    def __init__(self, values: ArrayLike, low: float, high: float, answer: float = 0.0, settings: dict | None = None):
        values = validate.numbers(values, "values", "N")
        if values.min() < low or values.max() > high:
            came = f"{values.min():g} to {values.max():g}"
            raise ValueError(f"values: got {came}, expected numbers from {low:g} to {high:g}. Widen low and high.")
        self.low, self.high, self.count = low, high, len(values)
        self.places = np.linspace(low, high, 201)
        self.telling = next(iter((settings or {}).values()), {})
        super().__init__(
            matrix("values", values, low, high),
            slider("answer", answer, low, high, label="Your answer a"),
            presets("Set to", settings or {}),
        )

    def arrange(self) -> Widget:
        values, answer, settings = self.parts
        width = self.count if self.count <= 7 else 5
        cells = [*values.inputs, *[""] * (-self.count % width)]
        rows = [cells[start : start + width] for start in range(0, len(cells), width)]
        return column(row(settings.widget, answer.widget, self.reset_button), grid(rows))

    def draw(self, fig: Figure) -> None:
        above, below = fig.subfigures(2, 1, height_ratios=[1, 1.5])
        span = self.high - self.low
        limits = self.low - 0.04 * span, self.high + 0.04 * span
        self.line = above.subplots()
        self.line.set(xlim=limits, ylim=(0, self.count + 2), yticks=[])
        self.line.set(title="The values (drag one): best answer by L1 ◆, by L2 ●")
        self.curves, self.marks, self.mine, self.feet = [], [], [], []
        for axes, (power, (title, *mark)) in zip(below.subplots(1, 2), self.looks.items(), strict=True):
            top = span**power
            axes.set(xlim=limits, ylim=(-0.03 * top, 0.6 * top), title=title, xlabel="answer a", ylabel="loss")
            self.curves.append(self.curve(axes, mark[1]))
            self.marks.append(self.dot(axes, *mark, 11))
            self.mine.append(self.dot(axes, "x", style.INK, 10, markeredgewidth=2, zorder=7))
            self.feet.append(self.dot(self.line, *mark, 11, zorder=2, clip_on=False, in_layout=False))
        self.dots = self.dot(self.line, "s", style.AMBER, 7)

    def update(self, values: np.ndarray, answer: float) -> str:
        put(self.dots, values, self.stacked(values))
        costs = []
        for n, (power, best) in enumerate(zip(self.looks, (np.median(values), values.mean()), strict=True)):
            heights = mean_loss(np.append(self.places, [best, answer]), values, power)
            put(self.curves[n], self.places, heights[:-2])
            put(self.marks[n], best, heights[-2])
            put(self.mine[n], answer, heights[-1])
            put(self.feet[n], best, 0.6)
            above = heights[-1] > self.mine[n].axes.get_ylim()[1]
            costs.append(f"{heights[-1]:.3f} by {'L1' if power == 1 else 'L2'}{' (above the axis)' if above else ''}")
        return (
            f"Best answer by L1: {say_median(values)}. Best by L2: {values.mean():.2f}, the mean. "
            f"Your answer {answer:.2f} costs {costs[0]} and {costs[1]}."
        )

    def stacked(self, values: np.ndarray) -> np.ndarray:
        """Return a height for each value: one that is near to earlier ones stands on top of them."""
        near = np.abs(values[:, None] - values) < 0.03 * (self.high - self.low)
        return 1.9 + np.tril(near, -1).sum(axis=1)

    def grab(self, axes: Axes, x: float, y: float) -> int | None:
        if axes is not self.line:
            return None
        distances = [self.near(axes, dot, x, y) for dot in self.dots.get_xydata()]
        nearest = int(np.argmin(distances))
        return nearest if distances[nearest] < self.reach else None

    def drag(self, held: int, x: float, y: float) -> None:
        values = self.values["values"]
        values[held] = np.clip(x, self.low, self.high)
        self.set(values=values)


def mean_loss(answers: np.ndarray, values: np.ndarray, power: int) -> np.ndarray:
    """Return for each answer the mean of its distances to the values, to a power."""
    return (np.abs(answers[:, None] - values) ** power).mean(axis=1)


def say_median(values: np.ndarray) -> str:
    """Say which answers are best by L1: between two different values in the middle, all are."""
    low, high = np.sort(values)[[(len(values) - 1) // 2, len(values) // 2]]
    if high - low > 0.005:
        return f"any from {low:.2f} to {high:.2f}, between the two in the middle"
    return f"{np.median(values):.2f}, the median"
