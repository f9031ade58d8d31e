"""Gradient descent on real data: how many examples a step should look at, and how long it should be.

Two weights are enough to see it: the score w . x tells how much an example looks like class 1. Then the loss is a
landscape over the plane of the two weights, a gradient is an arrow in it, and a training run is a path.
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from lectureutils import style
from lectureutils.figures.gradient_descent.batches import _checked, batches
from lectureutils.figures.shared.landscape import PairLoss, arrow_length, data_landscape, two_class_loss
from lectureutils.figures.shared.stepped import Startable, start_sliders
from lectureutils.live import Player, Widget, column, log_slider, row, slider

Array = np.ndarray


class BatchFigure(Startable):
    """Show what a mini-batch knows of the gradient, and the path that comes of it.

    Left the loss over all examples and the path; the small dots are where the next step could land. Right the same
    dots as gradients: `draws` batches of the chosen size, each with its own estimate, around the true gradient. X is
    (N, 2), y (N,) holds 0 and 1; `loss` maps w, X, y to (loss, gradient). Slide topic: (mini-batch, stochastic)
    gradient descent.
    """

    size = (700, 400)
    draws = 150
    low, high = -3.5, 3.5
    widest = 2.0  # of the gradients' axes

    def __init__(
        self,
        X: Array,
        y: Array,
        loss: PairLoss = two_class_loss,
        batch_size: int = 8,
        start: Sequence[float] = (-2.5, 2.5),
        learning_rate: float = 1.0,
    ):
        self.X, self.y = _checked(X, y)
        self.loss, n = loss, len(self.X)
        rng = np.random.default_rng(1)
        self.orders = np.argsort(rng.random((self.draws, n)), axis=1)  # each row: all examples in another order
        self.known = None
        self.starts = start_sliders(start, self.low, self.high, ("w[0]", "w[1]"))
        super().__init__(
            slider("batch_size", min(batch_size, n), 1, n, 1, label="Batch size"),
            log_slider("rate", learning_rate, learning_rate / 20, learning_rate * 20, label="Learning rate"),
            slider("step", 12, 0, self.last, 1, label="Step"),
            *self.starts,
            Player(120),
        )

    def draw(self, fig: Figure) -> None:
        self.plane, self.cloud_axes = fig.subplots(1, 2, width_ratios=[1.15, 1])
        limits = (self.low, self.high)
        self.plane.set(xlim=limits, ylim=limits, xlabel="w[0]", ylabel="w[1]", title="Weights: loss and path")
        data_landscape(self.plane, self.loss, self.X, self.y)
        self._draw_plane(6 * style.current_scale())
        self._draw_cloud(6 * style.current_scale())
        self.moving(
            self.smooth, self.path, self.landings, self.landing, self.begin, self.here,
            self.downhill, self.uphill, self.taken, self.mean, *self.plane.spines.values(),
        )  # fmt: skip

    def _draw_plane(self, mark: float) -> None:
        plot, look = self.plane.plot, {"markeredgecolor": style.INK, "zorder": 6}
        self.smooth = plot([], [], "--", color=style.INK, linewidth=1.2, zorder=3, label="all examples")[0]
        self.path = plot([], [], "-", color=style.RED, linewidth=1.6, zorder=4, label="this batch size")[0]
        self.landings = plot([], [], ".", color=style.BLUE, markersize=0.5 * mark, alpha=0.6, zorder=5)[0]
        self.landing = plot([], [], "D", color=style.ORANGE, markersize=mark, **look)[0]
        self.begin = plot([], [], "o", color=style.PAPER, markersize=1.8 * mark, **look)[0]
        self.here = plot([], [], "o", color=style.RED, markersize=1.3 * mark, **look)[0]
        self.plane.legend(loc="lower left", fontsize="small", frameon=True, framealpha=0.85)

    def _draw_cloud(self, mark: float) -> None:
        axes, wide = self.cloud_axes, (-self.widest, self.widest)
        axes.set(xlim=wide, ylim=wide, xlabel="dL/dw[0]", ylabel="dL/dw[1]", title="Gradients: estimates, truth")
        axes.axhline(0, color=style.PALE, linewidth=1)
        axes.axvline(0, color=style.PALE, linewidth=1)
        look = {"markersize": 0.7 * mark, "linestyle": "none", "alpha": 0.8}
        self.downhill = axes.plot([], [], "o", color=style.BLUE, label="leads downhill", **look)[0]
        self.uphill = axes.plot([], [], "x", color=style.RED, label="leads uphill", **look)[0]
        edge = {"markeredgecolor": style.INK, "linestyle": "none", "zorder": 6}
        self.taken = axes.plot([], [], "D", color=style.ORANGE, markersize=mark, label="the next batch", **edge)[0]
        self.mean = axes.plot([], [], "*", color=style.PAPER, markersize=2.2 * mark, label="true gradient", **edge)[0]
        axes.legend(loc="lower left", fontsize="small", frameon=True, framealpha=0.85)

    def update(self, batch_size: int, rate: float, step: int, x: float, y: float) -> None:
        self.batch_size, self.rate, self.step, self.start = batch_size, rate, step, np.array([x, y])
        if self.known != (batch_size, rate, x, y):
            self.walk = self._walk(batch_size, rate)
            self.plain = self._walk(len(self.X), rate)
            self.known = (batch_size, rate, x, y)
        w = self.walk[step]
        self.value, self.gradient = self.loss(w, self.X, self.y)
        self.estimates = np.array([self._gradient(w, rows) for rows in self.orders[:, :batch_size]])
        self._show_plane(w)
        self._show_cloud()

    def _gradient(self, w: Array, rows: Array) -> Array:
        return self.loss(w, self.X[rows], self.y[rows])[1]

    def _walk(self, size: int, rate: float) -> Array:
        """Return the places (last + 2, 2) before and after each step."""
        path = [self.start]
        for rows in batches(len(self.X), size, self.last + 1):
            path.append(path[-1] - rate * self._gradient(path[-1], rows))
        return np.array(path)

    def _show_plane(self, w: Array) -> None:
        self.path.set_data(*self.walk[: self.step + 1].T)
        self.smooth.set_data(*self.plain[: self.step + 1].T)
        self.landings.set_data(*(w - self.rate * self.estimates).T)
        self.landing.set_data(*self.walk[self.step + 1][:, None])
        self.begin.set_data(*self.start[:, None])
        self.here.set_data(*w[:, None])

    def _show_cloud(self) -> None:
        good = self.estimates @ self.gradient > 0
        self.share = float(good.mean())
        self.downhill.set_data(*self.estimates[good].T)
        self.uphill.set_data(*self.estimates[~good].T)
        self.taken.set_data(*((self.walk[self.step] - self.walk[self.step + 1]) / self.rate)[:, None])
        self.mean.set_data(*self.gradient[:, None])

    @property
    def spread(self) -> float:
        """The typical distance of an estimate from the true gradient (root mean square)."""
        return float(np.sqrt(((self.estimates - self.gradient) ** 2).sum(axis=1).mean()))

    def describe(self) -> str:
        kind = {1: "stochastic", len(self.X): "full batch"}.get(self.batch_size, "mini-batch")
        w = self.walk[self.step]
        outside = "" if (np.abs(w) <= self.high).all() else " The path has left the map."
        return (
            f"Batch size {self.batch_size} ({kind}), step {self.step}: w = ({w[0]:.2f}, {w[1]:.2f}), loss "
            f"{self.value:.3f}. The true gradient has length {arrow_length(self.gradient):.3f}; estimates lie about "
            f"{self.spread:.3f} away from it, and {self.share:.0%} of them lead downhill.{outside}"
        )

    def arrange(self) -> Widget:
        size, rate, step, *starts, player = (part.widget for part in self.parts)
        return column(row(size, rate), row(step, player), row(*starts, self.reset_button))
