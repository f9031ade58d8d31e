"""A slope can be measured entry by entry, and it can be followed downhill.

The first two figures measure: the lecture's table, one entry a step, and the error for every step size h. The third
one walks: gradient descent on two losses at once, from the same start, with the same learning rate.
"""

import numpy as np
from matplotlib.figure import Figure

from lectureutils import style
from lectureutils.figures.optimization.measured import ALL_DIGITS, _example
from lectureutils.figures.optimization.norm_loss import norm_gradient, norm_loss
from lectureutils.live import LiveFigure, choice, log_slider, slider

Array = np.ndarray


class StepSizeFigure(LiveFigure):
    """Show the largest error of the measured gradient for every step size h: a V for the norm, none for its square.

    One-sided: (L(W + h) - L(W)) / h. Central: (L(W + h) - L(W - h)) / 2h. On the right of the valley h is so large that
    the loss bends on the way; on the left so small that the digits of L run out. Slide topic: inexact gradient.
    """

    size = (680, 400)
    floor = 1e-16

    def __init__(self, W: Array, x: Array, y_star: Array):
        W, x, y_star = _example(W, x, y_star)
        self.steps = np.geomspace(1e-13, 1, 79)
        true = norm_gradient(W, x, y_star)
        scores = W @ x
        moves = self.steps[:, None, None, None, None] * np.array([1, -1])[:, None, None, None]
        moved = scores + moves * x[:, None, None] * np.eye(len(W))  # (h, sign, column, row, C)
        base, norms = norm_loss(scores, y_star), norm_loss(moved, y_star)
        self.cases = {"norm": (true.T, base, norms), "square": (2 * base * true.T, base**2, norms**2)}
        losses = {"the norm (as on the slides)": "norm", "its square": "square"}
        super().__init__(
            log_slider("h", 0.001, 1e-13, 1.0, label="Step h"),
            slider("digits", ALL_DIGITS, 3, ALL_DIGITS, 1, label="Digits kept"),
            choice("loss", losses, label="Loss"),
        )

    def draw(self, fig: Figure) -> None:
        axes = fig.subplots()
        axes.set(xscale="log", yscale="log", xlim=(1e-13, 1), ylim=(self.floor, 1e6))
        axes.set(xlabel="step h", ylabel="largest error of dW", title="How wrong is the measured gradient?")
        axes.text(2e-13, 60, "← h too small:\ndigits of L run out", color=style.GREY, fontsize="small")
        axes.text(0.6, 60, "h too large: →\nL bends on the way", color=style.GREY, fontsize="small", ha="right")
        self.lines = [
            axes.plot([], [], dash, color=color, label=label)[0]
            for dash, color, label in (("--", style.RED, "one-sided (as on the slides)"), ("-", style.BLUE, "central"))
        ]
        self.marks = [axes.plot([], [], mark, color=c)[0] for mark, c in (("s", style.RED), ("o", style.BLUE))]
        self.here = axes.axvline(0.001, color=style.INK, linestyle=":", linewidth=1)
        axes.legend(loc="upper center", fontsize="small", ncols=2)
        self.moving(self.here, *self.lines, *self.marks)

    def update(self, h: float, digits: int, loss: str) -> None:
        true, base, moved = self.cases[loss]
        if digits < ALL_DIGITS:
            base, moved = np.round(base, digits), np.round(moved, digits)
        ahead, behind = moved[:, 0], moved[:, 1]
        h_each = self.steps[:, None, None]
        slopes = (ahead - base) / h_each, (ahead - behind) / (2 * h_each)
        self.errors = [np.abs(slope - true).max(axis=(1, 2)) for slope in slopes]
        self.k = int(np.abs(np.log(self.steps / h)).argmin())
        for line, mark, error in zip(self.lines, self.marks, self.errors, strict=True):
            shown = np.maximum(error, self.floor)
            line.set_data(self.steps, shown)
            mark.set_data([self.steps[self.k]], [shown[self.k]])
        self.here.set_xdata([self.steps[self.k]] * 2)

    def describe(self) -> str:
        parts = []
        for name, error in zip(("One-sided", "Central"), self.errors, strict=True):
            best = int(error.argmin())
            side = "h is too small, digits run out" if self.k < best else "h is too large, the loss bends"
            verdict = "close to its best" if error[self.k] < 3 * error[best] else side
            parts.append(f"{name}: error {error[self.k]:.1e}, {verdict}")
        return f"h = {self.steps[self.k]:.1e}. {'. '.join(parts)}."
