"""Gradient descent on real data: how many examples a step should look at, and how long it should be.

Two weights are enough to see it: the score w . x tells how much an example looks like class 1. Then the loss is a
landscape over the plane of the two weights, a gradient is an arrow in it, and a training run is a path.
"""

from collections.abc import Callable, Sequence

import numpy as np
from matplotlib.figure import Figure

from lectureutils import style
from lectureutils.figures.gradient_descent.batches import _checked, batches, running_mean
from lectureutils.figures.shared.landscape import arrow_length, data_landscape, two_class_loss
from lectureutils.figures.shared.stepped import Startable, start_sliders
from lectureutils.figures.shared.verdicts import join, leaders
from lectureutils.live import Player, Widget, column, log_slider, row, slider
from lectureutils.optim import adagrad, decaying, sgd

Array = np.ndarray


class RateFigure(Startable):
    """Show three ways to choose the learning rate on the same mini-batches: constant, decaying, one for each weight.

    The decaying rate is rate / (1 + t / tau); the rate for each weight is AdaGrad's. Left the paths, right how far each
    is above the lowest loss, on average over the last steps. X (N, 2), y (N,) of 0 and 1. Slide topic: adaptive
    learning rate.
    """

    size = (700, 400)
    last = 120
    low, high = -3.0, 5.0
    resolved = 1e-9  # a smaller gap is rounding: the lowest loss is known to about 1e-16 of its size
    window = 10  # steps whose mean the curves show
    ways = ("constant", "decaying", "per weight")

    def __init__(self, X: Array, y: Array, start: Sequence[float] = (-2.0, -1.0), learning_rate: float = 4.0):
        self.X, self.y = _checked(X, y)
        self.known, self.best = None, self._minimum()
        self.starts = start_sliders(start, self.low, self.high, ("w[0]", "w[1]"))
        super().__init__(
            log_slider("rate", learning_rate, learning_rate / 10, learning_rate * 10, label="Learning rate"),
            log_slider("tau", 15.0, 1.5, 150.0, label="Half after (tau)"),
            slider("batch_size", 8, 1, len(self.X), 1, label="Batch size"),
            slider("step", self.last, 0, self.last, 1, label="Step"),
            *self.starts,
            Player(60),
        )

    def _minimum(self) -> Array:
        """Return the w with the smallest loss, by Newton's method with shortened steps."""
        w = np.zeros(2)
        for _ in range(50):
            p = 0.5 * (1 + np.tanh(self.X @ w / 2))
            H = (self.X * (p * (1 - p))[:, None]).T @ self.X / len(p) + 1e-9 * np.eye(2)
            step = np.linalg.solve(H, two_class_loss(w, self.X, self.y)[1])
            w = w - step / max(1.0, arrow_length(step))
        return w

    def draw(self, fig: Figure) -> None:
        self.plane, self.curves = fig.subplots(1, 2, width_ratios=[1, 1.05])
        limits = (self.low, self.high)
        self.plane.set(xlim=limits, ylim=limits, xlabel="w[0]", ylabel="w[1]", title="Weights: loss and paths")
        data_landscape(self.plane, two_class_loss, self.X, self.y)
        self.plane.plot(*self.best[:, None], "+", color=style.INK, markersize=14 * style.current_scale())
        self.curves.set(yscale="log", xlim=(0, self.last), ylim=(1e-5, 3), xlabel="step", title="Loss above the lowest")
        self.curves.set_ylabel(f"loss - lowest loss, mean of {self.window}")
        self.paths, self.gaps, self.heads, self.rest = [], [], [], []
        looks = zip(self.ways, (style.RED, style.BLUE, style.GREEN), style.DASHES, style.CLASS_MARKERS, strict=False)
        for way, color, dash, marker in looks:
            line = {"linestyle": dash, "color": color, "linewidth": 1.5}
            self.paths += self.plane.plot([], [], **line)
            self.gaps += self.curves.plot([], [], **line)
            self.rest += self.curves.plot([], [], linestyle=dash, color=style.pale(color, 0.4), linewidth=1, zorder=1)
            self.heads += self.plane.plot([], [], marker, markeredgecolor=style.INK, label=way, **line)
        edge = {"color": style.PAPER, "markeredgecolor": style.INK, "markersize": 11 * style.current_scale()}
        self.begin = self.plane.plot([], [], "o", **edge)[0]
        self.plane.legend(loc="lower right", fontsize="small", frameon=True, framealpha=0.85)
        self.moving(*self.rest, *self.paths, self.begin, *self.heads, *self.gaps)
        self.moving(*self.plane.spines.values(), *self.curves.spines.values())

    def update(self, rate: float, tau: float, batch_size: int, step: int, x: float, y: float) -> None:
        self.step, self.start = step, np.array([x, y])
        if self.known != (rate, tau, batch_size, x, y):
            rules = (sgd, decaying(sgd, tau), adagrad)
            self.walks = [self._walk(rule, rate, batch_size) for rule in rules]
            lowest = two_class_loss(self.best, self.X, self.y)[0]
            self.above = [np.maximum(self._losses(walk) - lowest, self.resolved) for walk in self.walks]
            self.known = (rate, tau, batch_size, x, y)
        self.rates = (rate, rate / (1 + step / tau))
        self.begin.set_data(*self.start[:, None])
        for c, (walk, above) in enumerate(zip(self.walks, self.above, strict=True)):
            self.paths[c].set_data(*walk[: step + 1].T)
            self.heads[c].set_data(*walk[step][:, None])
            gaps = running_mean(above, self.window)
            self.gaps[c].set_data(np.arange(step + 1), gaps[: step + 1])
            self.rest[c].set_data(np.arange(step, self.last + 1), gaps[step:])

    def _walk(self, rule: Callable, rate: float, size: int) -> Array:
        path, state = [self.start], None
        for rows in batches(len(self.X), size, self.last):
            _, dw = two_class_loss(path[-1], self.X[rows], self.y[rows])
            (w,), state = rule((path[-1],), (dw,), rate, state)
            path.append(w)
        return np.array(path)

    def _losses(self, walk: Array) -> Array:
        s = self.X @ walk.T
        return (np.logaddexp(0, s) - self.y[:, None] * s).mean(axis=0)

    def describe(self) -> str:
        far = [float(running_mean(above, self.window)[self.step]) for above in self.above]
        words = ", ".join(
            f"{way} {gap:.2g}" if gap > 1.001 * self.resolved else f"{way} less than {self.resolved:g}"
            for way, gap in zip(self.ways, far, strict=True)
        )
        nearest = join([self.ways[c] for c in leaders(np.maximum(far, self.resolved), largest=False, rtol=1e-12)])
        return (
            f"Step {self.step}: the constant rate is {self.rates[0]:.3g}, the decaying one is down to "
            f"{self.rates[1]:.3g}. Above the lowest loss, mean of the last {self.window} steps: {words}. Nearest: "
            f"{nearest}."
        )

    def arrange(self) -> Widget:
        rate, tau, size, step, *starts, player = (part.widget for part in self.parts)
        return column(row(rate, tau), row(size, step), row(*starts), row(player, self.reset_button))
