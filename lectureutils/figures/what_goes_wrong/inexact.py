"""A gradient that is measured badly: from few examples, with a large step h, or with a loss of few decimals.

On a straight line each of these errors can be told from the others, and each holds the descent back in its own way.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure

from lectureutils import style, validate
from lectureutils.figures.shared.landscape import landscape, start_sliders
from lectureutils.live import LiveFigure, Player, log_slider, put, slider
from lectureutils.optim import gradient_norm

Array = np.ndarray


class Inexact(NamedTuple):
    """A measured gradient (2,) and its errors: from the batch, from the step h, and from rounding the loss."""

    value: Array
    batch: Array
    h: Array
    rounding: Array


class InexactFigure(LiveFigure):
    """Descend with gradients that are measured badly: few examples, a large h, a loss with few decimals.

    The model is a straight line w[0] x + w[1] with the mean squared error over x, t (N,). Its gradient is measured as
    on the slides, (L(w + h) - L(w)) / h, on a mini-batch, with losses rounded to so many decimals (at `exact`
    not at all). Left the path beside the exact one, right the distance to the minimum. Slide topic: inexact gradient.
    """

    size = (700, 400)
    layout = "batch_size decimals / h step / x y / player reset"
    last = 80
    low, high = -3.0, 3.0
    exact = 17  # decimals: all that a float has

    def __init__(self, x: Array, t: Array, start: Sequence[float] = (-2.0, 2.0), learning_rate: float = 0.1):
        self.X = np.column_stack([validate.numbers(x, "x", "N").astype(float), np.ones(len(x))])
        self.t, self.rate = validate.numbers(t, "t", "N").astype(float), learning_rate
        if len(self.X) != len(self.t):
            raise ValueError(f"t: got {len(t)} values for {len(x)} points x, expected as many. Give each x its t.")
        self.goal = np.linalg.lstsq(self.X, self.t, rcond=None)[0]
        rng = np.random.default_rng(0)
        self.orders = np.argsort(rng.random((self.last + 1, len(self.t))), axis=1)  # a fresh order for each step
        super().__init__(
            slider("batch_size", len(self.t), 1, len(self.t), 1, label="Batch size"),
            slider("decimals", 4, 0, self.exact, 1, label="Decimals of L"),
            log_slider("h", 1e-3, 1e-14, 1.0, steps=56, label="Step h", form=".1e"),
            slider("step", self.last, 0, self.last, 1, label="Step"),
            *start_sliders(start, self.low, self.high, ("w[0]", "w[1]")),
            Player(60, "step"),
        )

    def loss(self, w: Array, rows: Array) -> float:
        """Return the mean squared error over the examples `rows`."""
        miss = self.X[rows] @ w - self.t[rows]
        return float(miss @ miss / len(rows))

    def slope(self, w: Array, rows: Array) -> Array:
        """Return the exact gradient (2,) over the examples `rows`."""
        return 2 * (self.X[rows] @ w - self.t[rows]) @ self.X[rows] / len(rows)

    def measure(self, w: Array, rows: Array, h: float, decimals: int) -> Array:
        """Return (L(w + h) - L(w)) / h for each weight, with losses rounded to `decimals` or, at `exact`, not."""
        losses = [self.loss(w + nudge, rows) for nudge in (np.zeros(2), *h * np.eye(2))]
        base, *ahead = losses if decimals >= self.exact else [round(loss, decimals) for loss in losses]
        return (np.array(ahead) - base) / h

    def errors(self, w: Array, rows: Array, h: float, decimals: int) -> Inexact:
        """Measure the gradient and split its error; on a squared loss the step h adds h times half the curvature."""
        measured, true = self.measure(w, rows, h, decimals), self.slope(w, rows)
        bent = h * (self.X[rows] ** 2).mean(axis=0)
        everything = np.arange(len(self.t))
        return Inexact(measured, true - self.slope(w, everything), bent, measured - true - bent)

    def draw(self, fig: Figure) -> None:
        self.plane, self.curves = fig.subplots(1, 2, width_ratios=[1.15, 1])
        plane, limits = self.plane, (self.low, self.high)
        plane.set(xlim=limits, ylim=limits, xlabel="w[0]", ylabel="w[1]", title="Where do the steps go?")
        x, t = self.X[:, 0], self.t
        landscape(plane, lambda a, b: ((a[..., None] * x + b[..., None] - t) ** 2).mean(axis=-1), 40)
        plane.plot(*self.goal, "+", color=style.INK, markersize=14 * style.current_scale())
        self.curves.set(yscale="log", ylim=(1e-9, 20), xlim=(0, self.last), xlabel="step", ylabel="distance")
        self.curves.set_title("How far is the minimum?")
        self.plain = self.curve(plane, style.INK, "--", linewidth=1.2)
        self.path = self.curve(plane, style.RED, linewidth=2.2 * style.current_scale())
        self.begin = self.handle(self.dot(plane, "o", style.PAPER, 12), x="x", y="y")
        self.here = self.dot(plane, "D", style.AMBER, 8)
        self.far_plain = self.curve(self.curves, style.INK, "--", linewidth=1.2, label="exact gradient")
        self.far = self.curve(self.curves, style.RED, linewidth=2.2 * style.current_scale(), label="measured gradient")
        self.curves.legend(loc="lower left", fontsize=10 * style.SMALL * style.current_scale())

    def update(self, batch_size: int, decimals: int, h: float, step: int, x: float, y: float) -> str:
        rows, everything = self.orders[:, :batch_size], np.arange(len(self.t))
        walk, plain = [np.array([x, y])], [np.array([x, y])]
        for k in range(step):
            walk.append(walk[-1] - self.rate * self.measure(walk[-1], rows[k], h, decimals))
            plain.append(plain[-1] - self.rate * self.slope(plain[-1], everything))
        put(self.begin, walk[0])
        put(self.here, walk[-1])
        for path, far, places in ((self.path, self.far, walk), (self.plain, self.far_plain, plain)):
            put(path, places)
            put(far, np.arange(step + 1), np.maximum(np.linalg.norm(places - self.goal, axis=1), 1e-12))
        return (
            f"Step {step}: {np.linalg.norm(walk[-1] - self.goal):.2g} away from the minimum. "
            f"{say_errors(self.errors(walk[-1], rows[step], h, decimals))}."
        )


def say_errors(measured: Inexact) -> str:
    """Say how long a measured gradient and its errors are, and which error is the largest."""
    length, *sizes = (gradient_norm([part]) for part in measured)
    sizes = dict(zip(("batch", "h", "rounding"), sizes, strict=True))
    words = ", ".join(f"{name} {size if size > 1e-12 else 0:.2g}" for name, size in sizes.items())
    worst = max(sizes, key=sizes.get)
    if length == 0:
        verdict = "The measured gradient is exactly 0: it stands still"
    else:
        verdict = f"The largest error comes from the {worst if worst != 'h' else 'step h'}"
    return f"The measured gradient has length {length:.3g}; its errors: {words}. {verdict}"
