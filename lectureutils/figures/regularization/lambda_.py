"""One number between a curve that runs after every point and a flat line: lambda.

It moves the fit, its weights, both halves of the loss and both errors, and only the held-out error has its best inside.
"""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import plots, style, validate
from lectureutils.figures.regularization.error_curves import (
    KINDS,
    ErrorCurves,
    error_axes,
    lambda_axis,
    lambda_slider,
    legend_below,
)
from lectureutils.figures.regularization.fits import CURVE, LAMS, PENALTIES, down_to, examples, fits
from lectureutils.figures.shared.words import say_power
from lectureutils.live import LiveFigure, Narrow, Player, choice, put
from lectureutils.regularized import mean_squares, powers


class LambdaFigure(LiveFigure):
    """Let one slider move everything: the fit, its weights, data loss and lambda R(W), and both errors.

    A polynomial of `degree` through x, y (N,), between -1 and 1; `held_out` (N,) are bools.
    Slide topic: data loss + lambda R(W), fitting the data against preferring a simple model.
    """

    telling = {"lam": 0.002}
    size = (700, 440)
    narrow = Narrow(760)

    def __init__(self, x: ArrayLike, y: ArrayLike, held_out: ArrayLike, degree: int = 9):
        x, y, held_out = examples(x, y, held_out)
        if held_out.all() or not held_out.any():
            raise ValueError("held_out: got one kind of example, expected both. Hold out some, and learn from some.")
        self.x, self.y, self.held, self.degree = x, y, held_out, validate.count(degree, "degree")
        X = powers(x, degree)
        self.seen, self.new = (X[~held_out], y[~held_out]), (X[held_out], y[held_out])
        self.paths = {kind: fits(*self.seen, kind, LAMS) for kind in PENALTIES.values()}
        super().__init__(lambda_slider(LAMS[0]), choice("penalty", PENALTIES, label="Penalty"), Player(control="lam"))

    def draw(self, fig: Figure) -> None:
        (fit, weights), (halves, errors) = fig.subplots(2, 2, height_ratios=[1.35, 1])
        fit.set(xlim=(-1.05, 1.05), ylim=(-1.4, 1.4), xlabel="x", ylabel="y", title=f"Polynomial, degree {self.degree}")
        dots = plots.class_points(fit, KINDS)
        plots.set_points(dots, np.column_stack([self.x, self.y]), self.held.astype(int))
        self.fit = self.curve(fit, style.INK, zorder=4)
        self._draw_weights(weights)
        self._draw_halves(halves)
        error_axes(errors, "Data loss alone (log scale)", 0.003, 1.5)
        lambda_axis(errors)
        self.errors = ErrorCurves(self, errors)
        legend_below(fig, [*dots, self.errors.seen, self.errors.new, self.errors.star], self.is_narrow)

    def _draw_weights(self, axes: Axes) -> None:
        places = np.arange(1, self.degree + 1)
        axes.set(yscale="symlog", ylim=(-1000, 1000), title="Weights (zero: ○)", xlabel="power of x")
        axes.set_yscale("symlog", linthresh=0.1)
        axes.set_yticks([-100, -1, 0, 1, 100], ["-100", "-1", "0", "1", "100"])
        axes.set_xticks(places)
        axes.axhline(0, color=style.INK, linewidth=0.8)
        self.bars = axes.bar(places, 0 * places, color=style.pale(style.BLUE, 0.75), edgecolor=style.INK)
        self.moving(*self.bars)
        self.zeros = self.dot(axes, "o", "white", 6, zorder=4)

    def _draw_halves(self, axes: Axes) -> None:
        axes.set(xlim=(0, 1.05 * self.seen[1].var()), ylim=(2.5, -0.5), title="The two halves and their sum")
        axes.set_yticks([0, 1, 2], ["data loss", "$\\lambda$ R(W)", "sum"])
        looks = {"color": [style.pale(c, 0.75) for c in (style.BLUE, style.ORANGE, style.GREY)]}
        self.halves = axes.barh([0, 1, 2], [0, 0, 0], hatch=["", "///", "..."], edgecolor=style.INK, **looks)
        self.moving(*self.halves)

    def update(self, lam: float, penalty: str) -> str:
        W, b = fits(*self.seen, penalty, down_to(LAMS, lam))
        w = W[-1]
        put(self.fit, CURVE, powers(CURVE, self.degree) @ w + b[-1])
        self._show_weights(w)
        seen, new = (float(mean_squares(*part, W[-1:], b[-1:])[0]) for part in (self.seen, self.new))
        R = lam * float((w**2).sum() if penalty == "L2" else np.abs(w).sum())
        for bar, width, left in zip(self.halves, (seen, R, seen + R), (0, seen, 0), strict=True):
            bar.set(width=width, x=left)
        self.errors.point(lam, seen, new)
        over_seen, over_new = (mean_squares(*part, *self.paths[penalty]) for part in (self.seen, self.new))
        best, held = self.errors.set(LAMS, over_seen, over_new)[0], over_new.min()
        verdict = "about right" if new < 1.1 * held else "too little" if lam < best else "too much"
        return (
            f"λ = {say_power(lam)} ({penalty}), {verdict}: data loss {seen:.4f} + λ R {R:.4f} = {seen + R:.4f}. "
            f"On held-out points {new:.4f} (best: {held:.4f} at λ = {say_power(best)}). "
            f"Largest weight {np.abs(w).max():.3g}, {np.sum(w == 0)} of {self.degree} exactly 0."
        )

    def _show_weights(self, w: np.ndarray) -> None:
        for bar, weight in zip(self.bars, w, strict=True):
            bar.set_height(weight)
        zero = np.flatnonzero(w == 0)
        put(self.zeros, zero + 1, 0 * zero)
