"""What a loss does: to one example, to a whole data set, to a ranking, to outliers, and to what is learned.

A loss here is any function of scores (N, C) and labels y (N,) that returns one number, or a pair that begins with it.
So a figure takes the reader's own function as well as those of `lectureutils.losses`.
"""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import style, validate
from lectureutils.live import LiveFigure, Widget, column, grid, matrix, presets, row, slider


class OutlierFigure(LiveFigure):
    """Find the one answer that is best for all of several values (N,), by L1 and by L2, and drag a value away.

    The mean of |a - v| is smallest at the median, the mean of (a - v)^2 at the mean. Slide topic: L1 and L2 loss.
    """

    size = (680, 400)

    def __init__(self, values: ArrayLike, low: float, high: float, answer: float = 0.0, settings: dict | None = None):
        values = validate.numbers(values, "values", "N")
        if values.min() < low or values.max() > high:
            came = f"{values.min():g} to {values.max():g}"
            raise ValueError(f"values: got {came}, expected numbers from {low:g} to {high:g}. Widen low and high.")
        self.low, self.high = low, high
        self.values_control = matrix("values", values, low, high)
        self.answer = slider("answer", answer, low, high, label="Your answer a")
        self.presets = presets("Set to", settings or {})
        super().__init__(self.values_control, self.answer, self.presets)

    def draw(self, fig: Figure) -> None:
        top, bottom = fig.subfigures(2, 1, height_ratios=[1, 1.5])
        self.line = top.subplots()
        self.line.set(xlim=self._limits(), ylim=(0, len(self.values_control.value) + 2), yticks=[])
        self.line.set(title="The values (drag one): best answer by L1 ◆, by L2 ●")
        self.dots = self.line.plot([], [], "s", color=style.PURPLE, markeredgecolor=style.INK, zorder=3)[0]
        self.curves, self.marks, self.mine, self.feet = [], [], [], []
        span = self.high - self.low
        panels = bottom.subplots(1, 2)
        looks = (("L1: mean of |a - v|", style.BLUE, "D", span), ("L2: mean of (a - v)²", style.RED, "o", span**2))
        for axes, (title, color, marker, top) in zip(panels, looks, strict=True):
            axes.set(xlim=self._limits(), ylim=(-0.03 * top, 0.6 * top), title=title, xlabel="answer a", ylabel="loss")
            self.curves += axes.plot([], [], color=color)
            self.marks += axes.plot([], [], marker, color=color, markersize=11, markeredgecolor=style.INK, zorder=4)
            self.mine += axes.plot([], [], "x", color=style.INK, markersize=10, markeredgewidth=2, zorder=5)
            look = {"color": color, "markersize": 11, "markeredgecolor": style.INK}
            self.feet += self.line.plot([], [], marker, **look, zorder=2, clip_on=False, in_layout=False)
        self.places = np.linspace(self.low, self.high, 201)
        self.moving(*self.feet, self.dots, *self.curves, *self.marks, *self.mine)

    def _limits(self) -> tuple[float, float]:
        margin = 0.04 * (self.high - self.low)
        return self.low - margin, self.high + margin

    def update(self, values: np.ndarray, answer: float) -> None:
        self.now, self.a = values, answer
        self.median, self.mean = float(np.median(values)), float(values.mean())
        self.heights = self._stack(values)
        self.dots.set_data(values, self.heights)
        off = np.abs(self.places[:, None] - values)
        for n, (best, power) in enumerate([(self.median, 1), (self.mean, 2)]):
            self.curves[n].set_data(self.places, (off**power).mean(axis=1))
            self.marks[n].set_data([best], [(np.abs(best - values) ** power).mean()])
            self.mine[n].set_data([answer], [(np.abs(answer - values) ** power).mean()])
            self.feet[n].set_data([best], [0.6])

    def _stack(self, values: np.ndarray) -> np.ndarray:
        """Return a height for each value: one that is near to earlier ones stands on top of them."""
        near = np.abs(values[:, None] - values) < 0.03 * (self.high - self.low)
        return 1.9 + np.tril(near, -1).sum(axis=1)

    def describe(self) -> str:
        l1, l2 = np.abs(self.a - self.now).mean(), ((self.a - self.now) ** 2).mean()
        low, high = np.sort(self.now)[[(len(self.now) - 1) // 2, len(self.now) // 2]]
        by_l1 = f"{self.median:.2f}, the median"
        if high - low > 0.005:  # an even number of values, and two different ones in the middle
            by_l1 = f"any from {low:.2f} to {high:.2f}, between the two in the middle"
        return (
            f"Best answer by L1: {by_l1}. Best by L2: {self.mean:.2f}, the mean. "
            f"Your answer {self.a:.2f} costs {l1:.3f} by L1 and {l2:.3f} by L2."
        )

    def arrange(self) -> Widget:
        entries = self.values_control.inputs
        width = len(entries) if len(entries) <= 7 else 5
        rows = [entries[start : start + width] for start in range(0, len(entries), width)]
        rows[-1] = [*rows[-1], *[""] * (width - len(rows[-1]))]
        table = grid(rows, f"repeat({width}, 84px)")
        return column(row(self.presets.widget, self.answer.widget, self.reset_button), table)

    def grab(self, axes: Axes, x: float, y: float) -> int | None:
        if axes is not self.line:
            return None
        distances = [self.near(axes, place, x, y) for place in zip(self.now, self.heights, strict=True)]
        nearest = int(np.argmin(distances))
        return nearest if distances[nearest] < self.reach else None

    def drag(self, held: int, x: float, y: float) -> None:
        values = self.values_control.value
        values[held] = np.clip(x, self.low, self.high)
        self.set(values=values)
