"""A slope can be measured entry by entry, and it can be followed downhill.

The first two figures measure: the lecture's table, one entry a step, and the error for every step size h. The third
one walks: gradient descent on two losses at once, from the same start, with the same learning rate.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lectureutils import style
from lectureutils.live import LiveFigure, Player, log_slider, slider

Array = np.ndarray


class Walk(NamedTuple):
    """A path of gradient descent: places (steps + 1, 2), the loss at each, and why it ended early, if it did."""

    places: Array
    losses: Array
    left: bool


def descend(f: Callable, start: Array, rate: float, steps: int) -> Walk:
    """Walk w -= rate * dw from `start`; f(w) returns (loss, gradient). Ends when w has gone 1e6 away."""
    w = np.array(start, dtype=float)
    places, losses = [w], [f(w)[0]]
    for _ in range(steps):
        w = w - rate * f(w)[1]
        if not np.abs(w).max() < 1e6:
            return Walk(np.array(places), np.array(losses), True)
        places.append(w)
        losses.append(f(w)[0])
    return Walk(np.array(places), np.array(losses), False)


class SurfaceFigure(LiveFigure):
    """Walk downhill on two loss surfaces over the same two weights, side by side.

    `losses` maps two names to functions f(w) -> (loss, gradient), w (2,): the first without, the second with the same
    curvature everywhere (a parabola), so that the second has a limit 2 / lambda_max. Drag the start. Slide topic:
    gradient descent.
    """

    size = (700, 480)
    span = (-1.2, 1.2)
    most = 100  # steps
    rates = (0.002, 0.2)

    def __init__(
        self, losses: Mapping[str, Callable], start: tuple[float, float] = (0.9, -0.6), rate: float = 0.02,
        steps: int = 12,
    ):  # fmt: skip
        if len(losses) != 2:
            raise ValueError(f"losses: got {len(losses)}, expected two: one for each panel, by name.")
        self.losses = dict(losses)
        self.curvature = curvature(list(losses.values())[1])
        low, high = self.curvature
        # within 100 steps the loss falls to 1% along the flattest direction; no overshoot; no growth
        self.bounds = np.log(100) / (2 * self.most * low), 1 / high, 2 / high
        box = {"low": self.span[0], "high": self.span[1], "step": 0.01}
        super().__init__(
            slider("w0", start[0], **box, label="Start w[0]"),
            slider("w1", start[1], **box, label="Start w[1]"),
            log_slider("rate", rate, *self.rates, label="Learning rate"),
            slider("steps", steps, 0, self.most, 1, label="Steps done"),
            Player(tick_ms=150),
        )

    def draw(self, fig: Figure) -> None:
        rows = fig.add_gridspec(2, 1, height_ratios=[2.3, 1])
        top, bottom = rows[0].subgridspec(1, 2), rows[1].subgridspec(1, 2, width_ratios=[1, 1.5])
        looks = (("s", style.RED, "--"), ("o", style.BLUE, "-"))
        self.panels = [fig.add_subplot(place) for place in top]
        below = fig.add_subplot(bottom[0])
        below.set(yscale="log", xlim=(0, self.most), ylim=(1e-9, 1e7), yticks=[1e-8, 1e-4, 1, 1e4])
        below.set(xlabel="step", ylabel="L")
        self.paths, self.ends, self.starts, self.curves = [], [], [], []
        zoom = style.current_scale()
        for axes, (name, f), (mark, color, dash) in zip(self.panels, self.losses.items(), looks, strict=True):
            self._draw_contours(axes, name, f)
            self.paths.append(axes.plot([], [], dash + mark, color=color, markersize=4 * zoom, linewidth=1.2 * zoom)[0])
            self.ends.append(axes.plot([], [], mark, color=color, markeredgecolor=style.INK, markersize=9 * zoom)[0])
            self.starts.append(axes.plot([], [], "o", color="none", markeredgecolor=style.INK, markersize=15 * zoom)[0])
            self.curves.append(below.plot([], [], dash, color=color, label=name)[0])
        below.legend(loc="upper right", fontsize="small", ncols=2, borderaxespad=0)
        self._draw_ruler(fig.add_subplot(bottom[1]))
        self.moving(*self.paths, *self.ends, *self.starts, *self.curves, self.rate_mark)

    def _draw_contours(self, axes: Axes, name: str, f: Callable) -> None:
        ticks = np.linspace(*self.span, 61)
        heights = np.array([[f(np.array([u, v]))[0] for u in ticks] for v in ticks])
        levels = np.quantile(heights, [0.01, 0.05, 0.15, 0.3, 0.5, 0.7, 0.9])
        lines = axes.contour(ticks, ticks, heights, levels=levels, colors=style.GREY, linewidths=0.8)
        axes.clabel(lines, fmt="%.2g", fontsize="x-small")
        best = np.unravel_index(heights.argmin(), heights.shape)
        axes.plot([ticks[best[1]]], [ticks[best[0]]], "+", color=style.INK, markersize=9)
        axes.set(xlim=self.span, ylim=self.span, xlabel="w[0]", title=name)
        axes.set_ylabel("w[1]" if axes is self.panels[0] else "")

    def _draw_ruler(self, axes: Axes) -> None:
        edges = [self.rates[0], *self.bounds, self.rates[1]]
        words = ("too small", "right", "zig-zag", "diverging")
        colors = style.PALE, *(style.pale(color, 0.4) for color in (style.GREEN, style.ORANGE, style.RED))
        for word, left, right, color in zip(words, edges[:-1], edges[1:], colors, strict=True):
            axes.axvspan(left, right, facecolor=color)
            axes.text((left * right) ** 0.5, 0.75, word, ha="center", va="center", fontsize="small")
        axes.axvline(self.bounds[2], color=style.INK)
        axes.set(xscale="log", xlim=self.rates, ylim=(0, 1), yticks=[], xlabel="learning rate")
        axes.set_title(f"{list(self.losses)[1]}: limit 2/λmax = {self.bounds[2]:.4f}", fontsize="medium")
        self.rate_mark = axes.plot([], [], "v", color=style.INK, markersize=10)[0]

    def update(self, w0: float, w1: float, rate: float, steps: int) -> None:
        self.rate, self.steps = rate, int(steps)
        self.walks = [descend(f, (w0, w1), rate, self.most) for f in self.losses.values()]
        for k, walk in enumerate(self.walks):
            places, losses = walk.places[: self.steps + 1], walk.losses[: self.steps + 1]
            inside = np.clip(places, -50, 50)
            self.paths[k].set_data(*inside.T)
            self.ends[k].set_data(*inside[-1:].T)
            self.starts[k].set_data([w0], [w1])
            self.curves[k].set_data(np.arange(len(losses)), np.clip(losses, 1e-12, 1e6))
        self.rate_mark.set_data([rate], [0.2])

    def describe(self) -> str:
        said = [
            f"{name}: L = {walk.losses[: self.steps + 1][-1]:.3g}, {verdict}."
            for (name, walk), verdict in zip(
                zip(self.losses, self.walks, strict=True), (self._first(), self._second()), strict=True
            )
        ]
        return f"Step {self.steps}, learning rate {self.rate:.3g}. {' '.join(said)}"

    def _first(self) -> str:
        """Name what a fixed rate does on a loss whose slope doesn't fade, from the whole walk."""
        losses = self.walks[0].losses
        rises = np.flatnonzero(np.diff(losses) > 1e-12)
        if self.walks[0].left:
            return "diverging"
        if not len(rises):
            return f"too small: still on the way down after {self.most} steps"
        late = losses[-20:]
        return (
            f"never settles: hops from step {rises[0] + 1} on, at last with L between {late.min():.2g} and "
            f"{late.max():.2g}"
        )

    def _second(self) -> str:
        """Name the learning rate of a parabola by its place between the bounds."""
        small, even, limit = self.bounds
        if self.rate < small:
            return f"too small: after {self.most} steps more than 1% of the loss is left along the flat direction"
        if self.rate <= even:
            return "right: each step goes down, and none crosses the valley"
        if self.rate < limit:
            return f"zig-zag: each step crosses the valley, yet it arrives (limit {limit:.4f})"
        return f"diverging: above the limit 2/lambda_max = {limit:.4f} steps soon land higher and higher"

    # The hand

    def grab(self, axes: Axes, x: float, y: float) -> Any:
        start = self.controls["w0"].value, self.controls["w1"].value
        return "start" if axes in self.panels and self.near(axes, start, x, y) < 1.5 * self.reach else None

    def drag(self, held: Any, x: float, y: float) -> None:
        low, high = self.span
        self.set(w0=float(np.clip(x, low, high)), w1=float(np.clip(y, low, high)))

    def tap(self, axes: Axes, x: float, y: float) -> None:
        if axes in self.panels:
            self.drag("start", x, y)

    def advance(self) -> bool:
        steps = min(self.controls["steps"].value + 1, self.most)
        self.set(steps=steps)
        return steps < self.most

    def rewind(self) -> None:
        self.set(steps=0)


def curvature(f: Callable) -> tuple[float, float]:
    """Return (lambda_min, lambda_max) of a parabola over w (2,), from its gradients: they are linear in w.

    Raises ValueError when the slope does not grow evenly, so that there is no single curvature.
    """
    H, again = (
        np.array([f(at + step)[1] - f(at)[1] for step in np.eye(2)]) for at in (np.zeros(2), np.array([2.0, -3.0]))
    )
    if not np.allclose(H, again):
        raise ValueError("the second loss has no constant curvature, expected a parabola. Pass the squared loss.")
    low, high = np.linalg.eigvalsh((H + H.T) / 2)
    return float(low), float(high)
