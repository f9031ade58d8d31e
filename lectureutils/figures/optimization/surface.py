"""Gradient descent on two losses at once, from the same start, with the same learning rate.

Where the slope fades towards the goal the walk arrives, up to a limit of the rate; where it does not, it never settles.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lectureutils import style
from lectureutils.live import LiveFigure, Narrow, Player, latest, log_slider, put, slider

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

    size = (700, 440)
    narrow = Narrow(760, (1.5, 1.5, 1, 0.7))
    span = (-1.2, 1.2)
    most = 100  # steps
    rates = (0.002, 0.2)

    def __init__(
        self,
        losses: Mapping[str, Callable],
        start: tuple[float, float] = (0.9, -0.6),
        rate: float = 0.02,
        steps: int = 12,
    ):
        if len(losses) != 2:
            raise ValueError(f"losses: got {len(losses)}, expected two: one for each panel, by name.")
        self.losses = dict(losses)
        low, high = curvature(list(losses.values())[1])
        # within 100 steps the loss falls to 1% along the flattest direction; no overshoot; no growth
        self.bounds = np.log(100) / (2 * self.most * low), 1 / high, 2 / high
        self.telling = {"rate": 0.95 * self.bounds[2], "steps": 60}  # the zig-zag that arrives
        super().__init__(
            slider("w0", start[0], *self.span, 0.01, label="Start w[0]"),
            slider("w1", start[1], *self.span, 0.01, label="Start w[1]"),
            log_slider("rate", rate, *self.rates, label="Learning rate"),
            slider("steps", steps, 0, self.most, 1, label="Steps done"),
            Player(150, "steps"),
        )

    def draw(self, fig: Figure) -> None:
        rows = fig.add_gridspec(2, 1, height_ratios=[1.3, 1])
        top, bottom = rows[0].subgridspec(1, 2), rows[1].subgridspec(1, 2, width_ratios=[1, 1.35])
        self.panels = [fig.add_subplot(place) for place in top]
        self.panels[0].set_ylabel("w[1]")
        below = fig.add_subplot(bottom[0])
        below.set(yscale="log", xlim=(0, self.most), ylim=(1e-9, 1e7), yticks=[1e-6, 1, 1e6])
        below.set(xlabel="step", ylabel="L")
        self.paths, self.ends, self.starts, self.curves = [], [], [], []
        looks, zoom = (("s", style.RED, "--"), ("o", style.BLUE, "-")), style.current_scale()
        for axes, (name, f), (mark, color, dash) in zip(self.panels, self.losses.items(), looks, strict=True):
            axes.set(xlim=self.span, ylim=self.span, xlabel="w[0]")
            axes.set_title(f"{name} {dict(s='■', o='●')[mark]}", color=style.readable(color))
            draw_contours(axes, f, 2 if self.is_narrow else 1)
            look = {"marker": mark, "markersize": 4 * zoom, "linewidth": 1.2 * zoom}
            self.paths.append(self.curve(axes, color, dash, **look))
            self.ends.append(self.dot(axes, mark, color, 9))
            self.starts.append(self.handle(self.dot(axes, "o", "none", 15), x="w0", y="w1"))
            self.curves.append(self.curve(below, color, dash, label=name))
        below.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0.1)  # no curve comes there
        self._draw_ruler(fig.add_subplot(bottom[1]))

    def _draw_ruler(self, axes: Axes) -> None:
        edges = [self.rates[0], *self.bounds, self.rates[1]]
        words = ("too small", "right", "zig-zag", "diverging")
        colors = style.PALE, *(style.pale(color, 0.4) for color in (style.GREEN, style.ORANGE, style.RED))
        for word, left, right, color in zip(words, edges[:-1], edges[1:], colors, strict=True):
            axes.axvspan(left, right, facecolor=color)
            axes.text((left * right) ** 0.5, 0.75, word, ha="center", va="center", fontsize=style.size(style.SMALL))
        axes.axvline(self.bounds[2], color=style.INK)
        axes.set(xscale="log", xlim=self.rates, ylim=(0, 1), yticks=[], xlabel="learning rate")
        axes.set_title(f"{list(self.losses)[1]}: limit 2/λmax = {self.bounds[2]:.4f}", fontsize="medium")
        self.rate_mark = self.dot(axes, "v", style.INK, 10)

    def update(self, w0: float, w1: float, rate: float, steps: int) -> str:
        walks, said = self.walks(w0, w1, rate), []
        verdicts = say_fixed(walks[0], self.most), say_parabola(rate, self.bounds, self.most)
        for k, (name, verdict) in enumerate(zip(self.losses, verdicts, strict=True)):
            places, losses = walks[k].places[: steps + 1], walks[k].losses[: steps + 1]
            inside = np.clip(places, -50, 50)
            put(self.paths[k], inside)
            put(self.ends[k], inside[-1])
            put(self.starts[k], w0, w1)
            put(self.curves[k], np.arange(len(losses)), np.clip(losses, 1e-12, 1e6))
            said.append(f"{name}: L = {losses[-1]:.3g}, {verdict}.")
        put(self.rate_mark, rate, 0.2)
        return f"Step {steps}, learning rate {rate:.3g}. {' '.join(said)}"

    @latest
    def walks(self, w0: float, w1: float, rate: float) -> list[Walk]:
        """Return both walks as far as they can be shown."""
        return [descend(f, (w0, w1), rate, self.most) for f in self.losses.values()]

    def tap(self, axes: Axes, x: float, y: float) -> None:
        if axes in self.panels:
            self.drag({"x": "w0", "y": "w1"}, x, y)


def draw_contours(axes: Axes, f: Callable, every: int = 1) -> None:
    """Draw a loss over the limits of `axes`, a number on `every` so manieth line, and a cross where it is lowest."""
    ticks = np.linspace(*axes.get_xlim(), 61)
    heights = np.array([[f(np.array([u, v]))[0] for u in ticks] for v in ticks])
    levels = np.quantile(heights, [0.01, 0.05, 0.15, 0.3, 0.5, 0.7, 0.9])
    lines = axes.contour(ticks, ticks, heights, levels=levels, colors=style.GREY, linewidths=0.8)
    axes.clabel(lines, levels[1::every] if every > 1 else levels, fmt="%.2g", fontsize=style.size(style.SMALL))
    row, column = np.unravel_index(heights.argmin(), heights.shape)
    axes.plot(ticks[column], ticks[row], "+", color=style.INK, markersize=9)


def say_fixed(walk: Walk, most: int) -> str:
    """Name what a fixed rate does on a loss whose slope doesn't fade, from the whole walk."""
    if walk.left:
        return "diverging"
    rises = np.flatnonzero(np.diff(walk.losses) > 1e-12)
    if not len(rises):
        return f"too small: still on the way down after {most} steps"
    late = walk.losses[-20:]
    return (
        f"never settles: hops from step {rises[0] + 1} on, at last with L between {late.min():.2g} and {late.max():.2g}"
    )


def say_parabola(rate: float, bounds: tuple[float, float, float], most: int) -> str:
    """Name the learning rate of a parabola by its place between the bounds."""
    small, even, limit = bounds
    if rate < small:
        return f"too small: after {most} steps more than 1% of the loss is left along the flat direction"
    if rate <= even:
        return "right: each step goes down, and none crosses the valley"
    if rate < limit:
        return f"zig-zag: each step crosses the valley, yet it arrives (limit {limit:.4f})"
    return f"diverging: above the limit 2/lambda_max = {limit:.4f} steps soon land higher and higher"


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
