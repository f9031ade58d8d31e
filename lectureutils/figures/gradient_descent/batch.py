"""A mini-batch knows the gradient only roughly: a cloud of estimates, and the path that comes of following them.

Two weights are enough to see it: the loss is a landscape over their plane, a gradient an arrow, a training run a path.
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from lectureutils import style
from lectureutils.figures.gradient_descent.passes import batches, checked
from lectureutils.figures.shared.landscape import (
    PairLoss,
    arrow_length,
    data_landscape,
    start_sliders,
    two_class_loss,
)
from lectureutils.live import LiveFigure, Player, latest, log_slider, put, slider

Array = np.ndarray


class BatchFigure(LiveFigure):
    """Show what a mini-batch knows of the gradient, and the path that comes of it.

    Left the loss over all examples and the path; the small dots are where the next step could land. Right the same
    dots as gradients: `draws` batches of the chosen size, each with its own estimate, around the true gradient. X is
    (N, 2), y (N,) holds 0 and 1; `loss` maps w, X, y to (loss, gradient). Slide topic: (mini-batch, stochastic)
    gradient descent.
    """

    size = (700, 420)
    layout = "batch_size rate / step player / x y reset"
    last = 60
    draws = 150
    low, high = -3.5, 3.5
    reaches = (0.75, 1.25, 2.0)  # of the gradients' axes: the smallest that holds the cloud

    def __init__(
        self,
        X: Array,
        y: Array,
        loss: PairLoss = two_class_loss,
        batch_size: int = 8,
        start: Sequence[float] = (-2.5, 2.5),
        learning_rate: float = 1.0,
    ):
        self.X, self.y = checked(X, y)
        self.loss, n = loss, len(self.X)
        rng = np.random.default_rng(1)
        self.orders = np.argsort(rng.random((self.draws, n)), axis=1)  # each row: all examples in another order
        super().__init__(
            slider("batch_size", min(batch_size, n), 1, n, 1, label="Batch size"),
            log_slider("rate", learning_rate, learning_rate / 20, learning_rate * 20, label="Learning rate"),
            slider("step", 12, 0, self.last, 1, label="Step"),
            *start_sliders(start, self.low, self.high, ("w[0]", "w[1]")),
            Player(120, "step"),
        )

    def draw(self, fig: Figure) -> None:
        self.plane, self.cloud = fig.subplots(1, 2, width_ratios=[1.15, 1])
        self._draw_plane()
        self._draw_cloud()
        handles = [self.path, self.smooth, self.mean, self.taken, self.downhill, self.uphill]
        fig.legend(handles=handles, loc="outside lower center", ncols=2 if self.is_narrow else 3)

    def _draw_plane(self) -> None:
        plane, limits = self.plane, (self.low, self.high)
        plane.set(xlim=limits, ylim=limits, xlabel="w[0]", ylabel="w[1]", title="Weights: loss and path")
        data_landscape(plane, self.loss, self.X, self.y)
        self.smooth = self.curve(plane, style.INK, "--", linewidth=1.2, zorder=3, label="all examples")
        self.path = self.curve(plane, style.RED, linewidth=1.6, zorder=4, label="this batch size")
        self.landings = self.dot(plane, ".", style.BLUE, 3, markeredgecolor="auto", alpha=0.6, zorder=5)
        self.landing = self.dot(plane, "D", style.ORANGE, 6)
        self.begin = self.handle(self.dot(plane, "o", style.PAPER, 10.8), x="x", y="y")
        self.here = self.dot(plane, "o", style.RED, 7.8)

    def _draw_cloud(self) -> None:
        cloud = self.cloud
        self._set_reach(self.reaches[-1])
        cloud.set(xlabel="dL/dw[0]", ylabel="dL/dw[1]", title="Gradients: estimates, truth")
        cloud.axhline(0, color=style.PALE, linewidth=1)
        cloud.axvline(0, color=style.PALE, linewidth=1)
        look = {"markeredgecolor": "auto", "alpha": 0.8, "zorder": 2}
        self.downhill = self.dot(cloud, "o", style.BLUE, 4.2, label="leads downhill", **look)
        self.uphill = self.dot(cloud, "x", style.RED, 4.2, label="leads uphill", **look)
        self.taken = self.dot(cloud, "D", style.ORANGE, 6, label="the next batch")
        self.mean = self.dot(cloud, "*", style.PAPER, 13.2, label="true gradient")

    def _set_reach(self, reach: float) -> None:
        if self.cloud.get_xlim()[1] != reach:
            limits, ticks = (-reach, reach), [-reach, 0, reach]
            self.cloud.set(xlim=limits, ylim=limits, xticks=ticks, yticks=ticks)

    def estimate(self, w: Array, rows: Array) -> Array:
        """Return the gradient (2,) at w over the examples `rows`."""
        return self.loss(w, self.X[rows], self.y[rows])[1]

    @latest
    def walks(self, batch_size: int, rate: float, x: float, y: float) -> list[Array]:
        """Return the places (last + 2, 2) before and after each step, with batches and with all examples."""
        paths = []
        for size in (batch_size, len(self.X)):
            path = [np.array([x, y])]
            for rows in batches(len(self.X), size, self.last + 1):
                path.append(path[-1] - rate * self.estimate(path[-1], rows))
            paths.append(np.array(path))
        return paths

    def update(self, batch_size: int, rate: float, step: int, x: float, y: float) -> str:
        walk, plain = self.walks(batch_size, rate, x, y)
        w, after = walk[step : step + 2]
        value, gradient = self.loss(w, self.X, self.y)
        estimates = np.array([self.estimate(w, rows) for rows in self.orders[:, :batch_size]])
        downhill = estimates @ gradient > 0
        most = max(np.quantile(np.abs(estimates), 0.98), np.abs(gradient).max(), np.abs(w - after).max() / rate)
        self._set_reach(next((reach for reach in self.reaches if most < 0.95 * reach), self.reaches[-1]))
        put(self.begin, x, y)
        put(self.path, walk[: step + 1])
        put(self.smooth, plain[: step + 1])
        put(self.here, w)
        put(self.landing, after)
        put(self.landings, w - rate * estimates)
        put(self.downhill, estimates[downhill])
        put(self.uphill, estimates[~downhill])
        put(self.taken, (w - after) / rate)
        put(self.mean, gradient)
        kind = {1: "stochastic", len(self.X): "full batch"}.get(batch_size, "mini-batch")
        spread = np.sqrt(((estimates - gradient) ** 2).sum(axis=1).mean())
        outside = "" if (np.abs(w) <= self.high).all() else " The path has left the map."
        return (
            f"Batch size {batch_size} ({kind}), step {step}: w = ({w[0]:.2f}, {w[1]:.2f}), loss {value:.3f}. The true "
            f"gradient has length {arrow_length(gradient):.3f}; estimates lie about {spread:.3f} away from it, and "
            f"{downhill.mean():.0%} of them lead downhill.{outside}"
        )
