"""Regularization: data loss + lambda R(W), and what lambda does to a fit, to its weights and to its errors.

All answers are computed exactly: there is no training here. "Held out" are examples that the fit has never seen.
"""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import style, validate
from lectureutils.figures.regularization.errors import PENALTIES, _lambda_slider, fits
from lectureutils.live import (
    LiveFigure,
    Widget,
    choice,
    column,
    grid,
    matrix,
    row,
)


class ContourFigure(LiveFigure):
    """Show a data loss of two weights as contours, the penalty's ball, and the answer that slides along with lambda.

    data loss = (w - c) A (w - c) with A (2, 2); its lowest point c can be dragged. The ball holds all w with a penalty
    no larger than the answer's. Slide topic: regularization, R(W).
    """

    size = (640, 430)
    levels = np.array([0.05, 0.3, 0.8, 1.6, 2.7, 4.2])
    lams = 10.0 ** np.linspace(-2, 1.5, 71)

    def __init__(self, centre: ArrayLike = (0.4, 1.6), A: ArrayLike = ((1.0, 0.5), (0.5, 0.8))):
        root = np.linalg.cholesky(validate.numbers(A, "A", "D D")).T
        self.X = np.sqrt(2) * np.vstack([root, -root])  # four examples with this data loss
        angle = np.linspace(0, 2 * np.pi, 121)
        self.circle = np.array([np.cos(angle), np.sin(angle)])
        self.ellipse = np.linalg.solve(root, self.circle)  # where the data loss is 1 around its lowest point
        self.centre = matrix("centre", np.asarray(centre, dtype=float), -2, 2, 0.05)
        self.lam = _lambda_slider(2.0, self.lams)
        self.penalty = choice("penalty", {name: kind for name, kind in reversed(PENALTIES.items())}, label="Penalty")
        super().__init__(self.centre, self.lam, self.penalty)

    def draw(self, fig: Figure) -> None:
        axes, scale = fig.subplots(), style.current_scale()
        self.plane = axes
        axes.set(xlim=(-2.2, 2.2), ylim=(-2.2, 2.2), xlabel="w1", ylabel="w2", aspect="equal", title="Two weights")
        axes.axhline(0, color=style.GREY, linewidth=0.8)
        axes.axvline(0, color=style.GREY, linewidth=0.8)
        look = {"color": style.BLUE, "linewidth": scale}
        self.contours = [axes.plot([], [], **look)[0] for _ in self.levels]
        self.contours[0].set_label("same data loss")
        self.ball = axes.plot([], [], "--", color=style.RED, label="same penalty")[0]
        self.trace = axes.plot([], [], ":", color=style.INK, label="answers for all λ")[0]
        self.low = axes.plot([], [], "D", color=style.BLUE, markersize=8 * scale, label="lowest data loss")[0]
        self.answer = axes.plot([], [], "*", color=style.INK, markersize=15 * scale, label="answer")[0]
        axes.legend(loc="upper left", bbox_to_anchor=(1.02, 1), fontsize="small")
        self.moving(*self.contours, self.ball, self.trace, self.low, self.answer)

    def update(self, centre: np.ndarray, lam: float, penalty: str) -> None:
        W, _ = fits(self.X, self.X @ centre, penalty, np.append(self.lams, lam))
        self.w, self.now = W[-1], (lam, penalty)
        for contour, level in zip(self.contours, self.levels, strict=True):
            contour.set_data(*(centre[:, None] + np.sqrt(level) * self.ellipse))
        self.low.set_data(*centre[:, None])
        self.trace.set_data(*W[:-1].T)
        self.answer.set_data(*self.w[:, None])
        diamond = np.array([[1, 0, -1, 0, 1], [0, 1, 0, -1, 0]])
        ball = np.abs(self.w).sum() * diamond if penalty == "L1" else np.linalg.norm(self.w) * self.circle
        self.ball.set_data(*ball)

    def describe(self) -> str:
        lam, penalty = self.now
        zero = [name for name, weight in zip(("w1", "w2"), self.w, strict=True) if weight == 0]
        said = ("neither is exactly 0", f"{zero[0]} is exactly 0" if zero else "", "both are exactly 0")[len(zero)]
        return f"λ = {lam:.3g} ({penalty}): the answer is w1 = {self.w[0]:.3f}, w2 = {self.w[1]:.3f}; {said}."

    def arrange(self) -> Widget:
        table = grid([["", "w1", "w2"], ["lowest data loss", *self.centre.rows[0]]], "120px repeat(2, 84px)")
        return column(row(self.lam.widget, self.penalty.widget), row(table, self.reset_button))

    def grab(self, axes: Axes, x: float, y: float) -> str | None:
        near = axes is self.plane and self.near(axes, tuple(self.centre.value), x, y) < 2 * self.reach
        return "centre" if near else None

    def drag(self, held: str, x: float, y: float) -> None:
        self.set(centre=np.clip((x, y), -2, 2))
