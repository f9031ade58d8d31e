"""How large the step of a measured slope should be: neither too large nor too small.

A large step misses how the loss bends; a small one leaves no digits to subtract.
"""

import numpy as np
from matplotlib.figure import Figure

from lectureutils import style
from lectureutils.figures.optimization.measured import ALL_DIGITS, example
from lectureutils.figures.optimization.norm_loss import norm_gradient, norm_loss
from lectureutils.live import LiveFigure, choice, latest, log_slider, put, slider

Array = np.ndarray


class StepSizeFigure(LiveFigure):
    """Show the largest error of the measured gradient for every step size h: a V for the norm, none for its square.

    One-sided: (L(W + h) - L(W)) / h. Central: (L(W + h) - L(W - h)) / 2h. On the right of the valley h is so large that
    the loss bends on the way; on the left so small that the digits of L run out. Slide topic: inexact gradient.
    """

    size = (680, 400)
    floor = 1e-16

    def __init__(self, W: Array, x: Array, y_star: Array):
        W, x, y_star = example(W, x, y_star)
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
        axes.text(2e-13, 60, "← h too small:\ndigits of L run out", color=style.GREY, fontsize=style.size(style.SMALL))
        axes.text(
            0.6,
            60,
            "h too large: →\nL bends on the way",
            color=style.GREY,
            fontsize=style.size(style.SMALL),
            ha="right",
        )
        self.here = axes.axvline(0.001, color=style.INK, linestyle=":", linewidth=1)
        self.moving(self.here)
        self.lines, self.marks = [], []
        for label, color, dash, mark in (
            ("one-sided (as on the slides)", style.RED, "--", "s"),
            ("central", style.BLUE, "-", "o"),
        ):
            self.lines.append(self.curve(axes, color, dash, label=label))
            self.marks.append(self.curve(axes, color, "none", marker=mark))
        axes.legend(loc="upper center", ncols=2)

    def update(self, h: float, digits: int, loss: str) -> str:
        k = int(np.abs(np.log(self.steps / h)).argmin())
        parts = []
        for name, error, line, mark in zip(
            ("One-sided", "Central"), self.errors(digits, loss), self.lines, self.marks, strict=True
        ):
            shown = np.maximum(error, self.floor)
            put(line, self.steps, shown)
            put(mark, self.steps[k], shown[k])
            best = int(error.argmin())
            side = "h is too small, digits run out" if k < best else "h is too large, the loss bends"
            verdict = "close to its best" if error[k] < 3 * error[best] else side
            parts.append(f"{name}: error {error[k]:.1e}, {verdict}")
        self.here.set_xdata([self.steps[k]] * 2)
        return f"h = {self.steps[k]:.1e}. {'. '.join(parts)}."

    @latest
    def errors(self, digits: int, loss: str) -> list[Array]:
        """Return the largest error at every step size, one-sided and central."""
        true, base, moved = self.cases[loss]
        if digits < ALL_DIGITS:
            base, moved = np.round(base, digits), np.round(moved, digits)
        ahead, behind, h = moved[:, 0], moved[:, 1], self.steps[:, None, None]
        slopes = (ahead - base) / h, (ahead - behind) / (2 * h)
        return [np.abs(slope - true).max(axis=(1, 2)) for slope in slopes]
