"""The data loss pulls a weight to where the line fits best, the penalty pulls it to 0.

Their sum is smallest somewhere between the two, and lambda says how near to 0.
"""

from collections.abc import Callable, Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import style, validate
from lectureutils.figures.regularization.error_curves import lambda_slider, legend_below
from lectureutils.live import LiveFigure, choice, put, slider


class HalvesFigure(LiveFigure):
    """Show data loss, lambda R(w) and their sum for every w of the line y = w x, and where the sum is smallest.

    x and y are (N,). `penalties` maps a name to a function R(W) that takes W of shape (1, 1) and returns a number.
    Slide topic: data loss + lambda R(W).
    """

    size = (680, 330)

    def __init__(self, x: ArrayLike, y: ArrayLike, penalties: Mapping[str, Callable[[np.ndarray], float]]):
        self.x = validate.numbers(x, "x", "N")
        self.y = validate.numbers(y, "y", str(len(self.x)))
        self.w = np.linspace(-1, 3, 801)  # 0 is among them
        self.data_loss = ((self.y - np.outer(self.w, self.x)) ** 2).mean(axis=1)
        self.penalty = {name: np.array([float(R(np.array([[w]]))) for w in self.w]) for name, R in penalties.items()}
        super().__init__(
            choice("penalty", list(penalties), label="Penalty R"),
            lambda_slider(0.3, (0.001, 100)),
            slider("w", 2.0, -1.0, 3.0, 0.05, label="Try a w"),
        )

    def draw(self, fig: Figure) -> None:
        left, right = fig.subplots(1, 2, width_ratios=[1, 1.7])
        self._draw_lines(left)
        self._draw_sums(right)
        legend_below(fig, [*self.sums, self.star, self.tried], self.is_narrow)

    def _draw_lines(self, axes: Axes) -> None:
        reach, top = 1.15 * np.abs(self.x).max(), 1.3 * np.abs(self.y).max()
        axes.set(xlim=(-reach, reach), ylim=(-top, top), xlabel="x", ylabel="y", title="Lines y = w x")
        axes.plot(self.x, self.y, "o", color=style.BLUE, markeredgecolor="white")
        self.ends = np.array([-reach, reach])
        self.best_line = self.curve(axes, style.INK)
        self.tried_line = self.curve(axes, style.PURPLE, "--")

    def _draw_sums(self, axes: Axes) -> None:
        top = 2 * 1.15 * self.data_loss[self.w == 0][0]
        axes.set(xlim=(-1, 3), ylim=(0, top), xlabel="w", title="Two halves and their sum")
        self.sums = [
            self.curve(axes, style.BLUE, label="data loss"),
            self.curve(axes, style.RED, "--", label="$\\lambda$ R(w)"),
            self.curve(axes, style.INK, linewidth=3 * style.current_scale(), label="sum"),
        ]
        self.tried = self.dot(axes, "D", style.PURPLE, 6, markeredgecolor="white", zorder=4, label="your w")
        look = {"markeredgecolor": "white", "zorder": 5, "clip_on": False}
        self.star = self.dot(axes, "*", style.INK, 15, label="smallest sum", **look)

    def update(self, penalty: str, lam: float, w: float) -> str:
        R = lam * self.penalty[penalty]
        halves = np.array([self.data_loss, R, self.data_loss + R])
        for curve, heights in zip(self.sums, halves, strict=True):
            put(curve, self.w, heights)
        tried, best = halves[:, np.abs(self.w - w).argmin()], halves[2].argmin()
        w_best, (data_loss, R_best, total) = self.w[best], halves[:, best]
        put(self.tried, [w] * 3, tried)
        put(self.star, w_best, total)
        put(self.best_line, self.ends, w_best * self.ends)
        put(self.tried_line, self.ends, w * self.ends)
        exact = ", exactly 0" if w_best == 0 else ""
        return (
            f"λ = {lam:.3g} with {penalty}: the sum is smallest at w = {w_best:.3f}{exact}: data loss {data_loss:.3f} "
            f"+ λ R {R_best:.3f} = {total:.3f}. Your w = {w:.2f} makes {tried[2]:.3f}."
        )
