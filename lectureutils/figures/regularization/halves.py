"""Regularization: data loss + lambda R(W), and what lambda does to a fit, to its weights and to its errors.

All answers are computed exactly: there is no training here. "Held out" are examples that the fit has never seen.
"""

from collections.abc import Callable, Mapping

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import style, validate
from lectureutils.figures.regularization.errors import _lambda_slider, _legend_below
from lectureutils.live import (
    LiveFigure,
    choice,
    slider,
)


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
            _lambda_slider(0.3, np.array([0.001, 100])),
            slider("w", 2.0, -1.0, 3.0, 0.05, label="Try a w"),
        )

    def draw(self, fig: Figure) -> None:
        left, right = fig.subplots(1, 2, width_ratios=[1, 1.7])
        reach, scale = 1.15 * np.abs(self.x).max(), style.current_scale()
        left.set(xlim=(-reach, reach), ylim=np.array([-1.3, 1.3]) * np.abs(self.y).max(), xlabel="x", ylabel="y")
        left.set_title("Lines y = w x")
        left.plot(self.x, self.y, "o", color=style.BLUE, markeredgecolor="white")
        self.ends = np.array([-reach, reach])
        self.best_line = left.plot([], [], color=style.INK, label="smallest sum")[0]
        self.tried_line = left.plot([], [], "--", color=style.PURPLE, label="your w")[0]
        top = 1.15 * self.data_loss[self.w == 0][0]
        right.set(xlim=(-1, 3), ylim=(0, 2 * top), xlabel="w", title="Two halves and their sum")
        looks = (("-", style.BLUE, "data loss"), ("--", style.RED, "$\\lambda$ R(w)"), ("-", style.INK, "sum"))
        self.curves = [right.plot(self.w, self.data_loss, dash, color=c, label=name)[0] for dash, c, name in looks]
        self.curves[2].set_linewidth(3 * scale)
        self.tried = right.plot([], [], "D", color=style.PURPLE, markeredgecolor="white", zorder=4, label="your w")[0]
        self.star = right.plot([], [], "*", color=style.INK, markersize=15 * scale, zorder=5, label="smallest sum")[0]
        self.star.set(markeredgecolor="white", clip_on=False)
        _legend_below(fig, [*self.curves, self.star, self.tried])
        self.moving(self.best_line, self.tried_line, *self.curves, self.tried, self.star)

    def update(self, penalty: str, lam: float, w: float) -> None:
        R = lam * self.penalty[penalty]
        total = self.data_loss + R
        k, best = int(np.abs(self.w - w).argmin()), int(total.argmin())
        self.now = penalty, lam, self.w[best], self.data_loss[best], R[best], w, total[k], total[best]
        for curve, heights in zip(self.curves[1:], (R, total), strict=True):
            curve.set_ydata(heights)
        self.tried.set_data([w] * 3, [self.data_loss[k], R[k], total[k]])
        self.star.set_data([self.w[best]], [total[best]])
        self.best_line.set_data(self.ends, self.w[best] * self.ends)
        self.tried_line.set_data(self.ends, w * self.ends)

    def describe(self) -> str:
        penalty, lam, best, data_loss, R, w, tried, total = self.now
        exact = ", exactly 0" if best == 0 else ""
        return (
            f"λ = {lam:.3g} with {penalty}: the sum is smallest at w = {best:.3f}{exact}: data loss {data_loss:.3f} + "
            f"λ R {R:.3f} = {total:.3f}. Your w = {w:.2f} makes {tried:.3f}."
        )
