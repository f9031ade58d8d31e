"""What goes wrong on the way downhill: valleys that are not the lowest, gradients that explode, gradients that lie.

Each trouble is shown where it is smallest: two weights of a wave, one weight multiplied with itself, a stack of random
layers, a straight line. What happens there happens in networks with millions of weights as well.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lectureutils import plots, style, validate
from lectureutils.figures.descent import Startable, Stepped, landscape, start_sliders
from lectureutils.live import LiveFigure, Player, Widget, choice, column, log_slider, row, slider, toggle
from lectureutils.optim import clip, gradient_norm

Array = np.ndarray
TURN = 2 * np.pi


# ---- local minima

def wave_gradient(w0: Array, w1: Array, x: Array, t: Array) -> tuple[Array, Array, Array]:
    """Return (loss, dL/dw0, dL/dw1) of L = mean (sin(w0 x + w1) - t)^2 for many pairs (w0, w1) at once.

    w0 and w1 have one shape (...), x and t are the data (N,); the three results have the shape (...).
    """
    angle = w0[..., None] * x + w1[..., None]
    miss = np.sin(angle) - t
    pull = 2 * miss * np.cos(angle) / len(x)
    return (miss**2).mean(axis=-1), pull @ x, pull.sum(axis=-1)


def wave_descent(w0: Array, w1: Array, x: Array, t: Array, rate: float, mu: float, steps: int) -> tuple[Array, Array]:
    """Return where gradient descent with momentum `mu` brings each start (w0, w1) in so many steps."""
    v0 = v1 = np.zeros_like(w0)
    for _ in range(steps):
        _, d0, d1 = wave_gradient(w0, w1, x, t)
        v0, v1 = mu * v0 + d0, mu * v1 + d1
        w0, w1 = w0 - rate * v0, w1 - rate * v1
    return w0, w1


class BasinsFigure(Startable):
    """Colour each start of gradient descent by the minimum in which it ends, and follow one path to its wave.

    The model is f(x; w) = sin(w[0] x + w[1]), fitted to the points x (N,), t (N,) with the mean squared error. Left the
    starts; the minima are numbered, 1 is the lowest. Right the data and the wave that the current w makes.
    Slide topic: local minima.
    """

    size = (700, 400)
    last = 100
    widest, near_enough = 6.0, 0.3
    colors = (style.GREEN, style.BLUE, style.ORANGE, style.PURPLE, style.SKY, style.RED, style.INK)

    def __init__(self, x: Array, t: Array, start: Sequence[float] = (4.5, 0.0), learning_rate: float = 0.3):
        self.x, self.t = validate.numbers(x, "x", "N").astype(float), validate.numbers(t, "t", "N").astype(float)
        if len(self.x) != len(self.t):
            raise ValueError(f"t: got {len(t)} values for {len(x)} points x, expected as many. Give each x its t.")
        grid = np.meshgrid(np.linspace(0, self.widest, 33), np.linspace(-np.pi, np.pi, 25))
        self.grid = [axis.astype(np.float32) for axis in grid]  # half the digits are twice as fast, and colours enough
        self.minima, self.depths = self._minima()
        self.known = None
        super().__init__(
            log_slider("rate", learning_rate, 0.01, 1.0, label="Learning rate"),
            slider("mu", 0.0, 0.0, 0.95, 0.05, label="Momentum"),
            slider("step", self.last, 0, self.last, 1, label="Step"),
            slider("x", start[0], 0.0, self.widest, 0.05, label="Start w[0]"),
            slider("y", start[1], -3.1, 3.1, 0.05, label="Start w[1]"),
            Player(60),
        )

    def _minima(self) -> tuple[Array, Array]:
        """Find the minima (M, 2) on the map, lowest first, and their losses (M,)."""
        w0, w1 = wave_descent(*(axis.ravel()[::4].astype(float) for axis in self.grid), self.x, self.t, 0.2, 0.8, 250)
        ends = np.column_stack([w0, self._turned(w1)])
        losses, found = wave_gradient(w0, w1, self.x, self.t)[0], []
        for k in np.argsort(losses, kind="stable"):
            inside = 0 <= ends[k, 0] <= self.widest
            if inside and all(self._far(ends[k], other) > self.near_enough for other in found):
                found.append(ends[k])
        found = np.array(found[: len(self.colors) - 1]).reshape(-1, 2)
        return found, wave_gradient(found[:, 0], found[:, 1], self.x, self.t)[0]

    @staticmethod
    def _turned(w1: Array) -> Array:
        """Bring phases to -pi ... pi: a full turn makes the same wave."""
        return (w1 + np.pi) % TURN - np.pi

    def _far(self, a: Array, b: Array) -> Array:
        """Return the distance between pairs (..., 2), phases taken round the circle."""
        gap = np.asarray(a) - b
        return np.hypot(gap[..., 0], self._turned(gap[..., 1]))

    def nearest(self, w0: Array, w1: Array) -> Array:
        """Return for each end the number of its minimum (0 is the lowest), or M if it lies at none of them."""
        ends = np.stack([w0, w1], axis=-1)[..., None, :].astype(float)
        far = self._far(ends, self.minima)
        far = np.where(np.isfinite(far), far, np.inf)
        return np.where(far.min(axis=-1) < self.near_enough, far.argmin(axis=-1), len(self.minima))

    def draw(self, fig: Figure) -> None:
        self.plane, self.side = fig.subplots(1, 2, width_ratios=[1.25, 1])
        self.plane.set(xlim=(0, self.widest), ylim=(-np.pi, np.pi), title="Where does each start end?")
        self.plane.set(xlabel="w[0], how fast the wave is", ylabel="w[1], how far it is shifted")
        colors = [*self.colors[: len(self.minima)], style.GREY]
        self.map = plots.PixelMap(self.plane, [style.pale(color, 0.45) for color in colors])
        lines = landscape(
            self.plane, lambda a, b: wave_gradient(a, b, self.x, self.t)[0], count=32, levels=7
        )
        lines[1].remove()  # the map has colours of its own
        lines[0].set(zorder=1, alpha=0.5)
        scale = style.current_scale()
        edge = {"markeredgecolor": style.INK, "zorder": 5}
        self.marks = self.plane.plot(*self.minima.T, "o", color=style.PAPER, markersize=13 * scale, **edge)[0]
        self.names = plots.Numbers(self.plane, self.minima)
        self.names.set_zorder(6)
        self.names.set_texts([str(k + 1) for k in range(len(self.minima))])
        self.path = self.plane.plot([], [], "-", color=style.INK, linewidth=1.8, zorder=7)[0]
        self.begin = self.plane.plot([], [], "s", color=style.PAPER, markersize=10 * scale, **edge | {"zorder": 8})[0]
        self.here = self.plane.plot([], [], "D", color=style.ORANGE, markersize=7 * scale, **edge | {"zorder": 9})[0]
        self._draw_side(scale)
        self.moving(self.map, lines[0], self.marks, self.names, self.path, self.begin, self.here, self.best, self.wave)
        self.moving(*self.data, *self.plane.spines.values())

    def _draw_side(self, scale: float) -> None:
        self.line = np.linspace(self.x.min(), self.x.max(), 150)
        self.side.set(ylim=(-1.9, 1.6), xlabel="x", ylabel="t", title="The wave of w")
        edge = {"markeredgecolor": style.INK, "zorder": 4}
        self.best = self.side.plot([], [], "--", color=style.GREY, linewidth=1.4, label="minimum 1")[0]
        self.wave = self.side.plot([], [], "-", color=style.ORANGE, label="now")[0]
        self.data = self.side.plot(self.x, self.t, "o", color=style.BLUE, markersize=6 * scale, label="data", **edge)
        if len(self.minima):
            self.best.set_data(self.line, np.sin(self.minima[0, 0] * self.line + self.minima[0, 1]))
        self.side.legend(loc="lower center", ncols=3, fontsize="small", handlelength=1.4, columnspacing=1)

    def update(self, rate: float, mu: float, step: int, x: float, y: float) -> None:
        self.step, self.start = step, np.array([x, y])
        if self.known != (rate, mu):
            ends = wave_descent(*self.grid, *(a.astype(np.float32) for a in (self.x, self.t)), rate, mu, self.last)
            self.ends = self.nearest(*ends)
            self.map.set_data(self.ends)
        if self.known != (rate, mu) or step == 0 or not np.array_equal(self.walk[0], self.start):
            self.walk = self._walk(rate, mu)
        self.known = (rate, mu)
        w = self.walk[step]
        self.loss = float(wave_gradient(*(np.array(part) for part in w), self.x, self.t)[0])
        shown = self.walk[: step + 1].copy()
        shown[:, 1] = self._turned(shown[:, 1])
        jumps = np.flatnonzero(np.abs(np.diff(shown[:, 1])) > np.pi) + 1  # over the edge: no line across the map
        self.path.set_data(*np.insert(shown, jumps, np.nan, axis=0).T)
        self.begin.set_data(*self.start[:, None])
        self.here.set_data(*shown[-1:].T)
        self.wave.set_data(self.line, np.sin(w[0] * self.line + w[1]))

    def _walk(self, rate: float, mu: float) -> Array:
        path, v = [self.start], np.zeros(2)
        for _ in range(self.last):
            v = mu * v + np.array(wave_gradient(*(np.array(part) for part in path[-1]), self.x, self.t)[1:])
            path.append(path[-1] - rate * v)
        return np.array(path)

    @property
    def shares(self) -> Array:
        """The shares of the map that end in each minimum, and last the share that ends in none, (M + 1,)."""
        return np.bincount(self.ends.ravel(), minlength=len(self.minima) + 1) / self.ends.size

    def describe(self) -> str:
        w, end = self.walk[self.step], int(self.nearest(*self.walk[-1]))
        if end < len(self.minima):
            verdict = f"minimum {end + 1} (loss {self.depths[end]:.3f})"
            verdict += ", the lowest" if end == 0 else f"; the lowest has {self.depths[0]:.3f}"
        else:
            verdict = "none of the numbered minima: it left the map, or is not at rest yet"
        return (
            f"Step {self.step}: w = ({w[0]:.2f}, {w[1]:.2f}), loss {self.loss:.3f}. This start ends in {verdict}. Of "
            f"all starts on the map {self.shares[0]:.0%} end in minimum 1."
        )

    def arrange(self) -> Widget:
        rate, mu, step, x, y, player = (part.widget for part in self.parts)
        return column(row(rate, mu), row(x, y), row(step, player, self.reset_button))


# ---- exploding gradient: one weight

def product_loss(w: float, depth: int) -> tuple[float, float]:
    """Return L = (w^depth - 1)^2 and dL/dw = 2 (w^depth - 1) depth w^(depth - 1), inf where they overflow."""
    with np.errstate(over="ignore", invalid="ignore"):
        product = np.float64(w) ** depth
        return float((product - 1) ** 2), float(2 * (product - 1) * depth * np.float64(w) ** (depth - 1))


class ProductFigure(Stepped):
    """Multiply one weight with itself, layer after layer, and descend on the loss that this makes.

    Left the product after each layer. Right the loss (w^depth - 1)^2 over w: a plain, a hole at w = 1 and a cliff
    behind it, with the steps of gradient descent, clipped or not. Slide topic: exploding gradient; Pascanu, Mikolov
    and Bengio 2013.
    """

    size = (700, 390)
    last = 40
    low, high = -0.25, 1.75
    floor, roof = 1e-8, 1e8

    def __init__(self, w: float = 1.2, depth: int = 20, learning_rate: float = 1e-3, max_norm: float = 10.0):
        super().__init__(
            slider("w", w, 0.0, 1.6, 0.01, label="Start w"),
            slider("depth", depth, 1, 60, 1, label="Layers"),
            log_slider("rate", learning_rate, 1e-5, 1e-1, label="Learning rate"),
            toggle("clipping", False, "Clip the gradient"),
            log_slider("max_norm", max_norm, 0.1, 1000.0, label="Clip to"),
            slider("step", 0, 0, self.last, 1, label="Step"),
            Player(150),
        )

    def draw(self, fig: Figure) -> None:
        self.layers, self.plane = fig.subplots(1, 2, width_ratios=[1, 1.2])
        self.layers.set(yscale="log", ylim=(self.floor, self.roof), xlim=(0, 60), title="The product after k layers")
        self.layers.set(xlabel="layer k", ylabel="size of w ** k")
        self.plane.set(yscale="log", ylim=(1e-6, self.roof), xlim=(self.low, self.high), xlabel="w", ylabel="loss")
        self.plane.set_title("Loss and the steps on it")
        self.layers.axhline(1, color=style.GREY, linewidth=1, linestyle=":")
        scale = style.current_scale()
        edge = {"markeredgecolor": style.INK, "clip_on": False, "zorder": 6}
        self.product = self.layers.plot([], [], "o-", color=style.BLUE, linewidth=1.2, markersize=3.5 * scale)[0]
        self.end = self.layers.plot([], [], "D", color=style.ORANGE, markersize=7 * scale, **edge)[0]
        self.curve = self.plane.plot([], [], "-", color=style.GREY, linewidth=1.5)[0]
        self.path = self.plane.plot([], [], "o-", color=style.RED, linewidth=1, markersize=3.5 * scale, zorder=4)[0]
        self.begin = self.plane.plot([], [], "o", color=style.PAPER, markersize=11 * scale, **edge)[0]
        self.here = self.plane.plot([], [], "D", color=style.ORANGE, markersize=7 * scale, **edge)[0]
        self.moving(self.product, self.end, self.curve, self.path, self.begin, self.here)

    def update(self, w: float, depth: int, rate: float, clipping: bool, max_norm: float, step: int) -> None:
        self.depth, self.rate, self.step, self.offered = depth, rate, step, max_norm
        self.limit = max_norm if clipping else None
        self.walk = self._walk(w)
        self.now = np.float64(self.walk[min(step, len(self.walk) - 1)])
        k = np.arange(depth + 1)
        with np.errstate(over="ignore"):
            self.product.set_data(k, np.abs(self.now) ** k)
            self.end.set_data([depth], np.clip([abs(self.now) ** depth], self.floor, self.roof))
        places = np.linspace(self.low, self.high, 400)
        self.curve.set_data(places, np.maximum((places**depth - 1) ** 2, 1e-7))
        path = np.array([self._place(at) for at in self.walk[: step + 1]])
        self.path.set_data(*path.T)
        self.begin.set_data(*path[:1].T)
        self.here.set_data(*path[-1:].T)

    def _walk(self, w: float) -> list[float]:
        """Return the places of gradient descent; the walk ends where the loss is no longer finite."""
        walk = [w]
        for _ in range(self.last):
            gradient = product_loss(walk[-1], self.depth)[1]
            if not np.isfinite(gradient):
                break
            (step,) = clip([np.array(gradient)], self.limit) if self.limit else (gradient,)
            walk.append(walk[-1] - self.rate * float(step))
        return walk

    def _place(self, w: float) -> tuple[float, float]:
        """Return where w stands in the picture; what is off the map stands at its edge."""
        return np.clip(w, self.low, self.high), np.clip(product_loss(w, self.depth)[0], 1e-6, self.roof)

    def grab(self, axes: Axes, x: float, y: float) -> str | None:
        near = axes is self.plane and self.near(axes, self._place(self.walk[0]), x, y) < 2 * self.reach
        return "start" if near else None

    def drag(self, held: str, x: float, y: float) -> None:
        self.set(w=float(np.clip(x, 0.0, 1.6)))

    def describe(self) -> str:
        loss, slope = product_loss(self.now, self.depth)
        done = min(self.step, len(self.walk) - 1)
        if not (np.isfinite(loss) and np.isfinite(slope)):
            return f"Step {done}: w = {self.now:.3g}. With {self.depth} layers no float can hold the loss: exploded."
        what = f"Step {done}: w = {self.now:.4g}, {self.depth} layers, w ** {self.depth} = {self.now**self.depth:.3g}"
        if self.limit is None:
            clipped = f" (clipping to {self.offered:.3g} is off)"
        else:
            clipped = f", clipped to {self.limit:.3g}" if abs(slope) > self.limit else f", below {self.limit:.3g}"
        return f"{what}. Loss {loss:.3g}, gradient {slope:.3g}{clipped}: {self._verdict(loss, slope)}."

    def _verdict(self, loss: float, slope: float) -> str:
        length = self.rate * min(abs(slope), self.limit or np.inf)
        if not self.low <= self.now <= self.high:
            return "thrown off the map"
        if loss < 1e-3:
            return "arrived at the hole, w = 1"
        if length > 0.5:
            return f"exploding, the next step is {length:.3g} long"
        if abs(slope) < 1e-3:
            return "vanishing, it hardly moves"
        unclipped = self.rate * abs(slope)
        instead = f" instead of {unclipped:.2g}" if length < unclipped else ""
        return f"the next step is {length:.2g} long{instead}"

    def arrange(self) -> Widget:
        w, depth, rate, clipping, limit, step, player = (part.widget for part in self.parts)
        return column(row(w, depth), row(rate, step), row(clipping, limit), row(player, self.reset_button))


# ---- exploding gradient: many layers

ACTIVATIONS: dict[str, tuple[Callable, Callable]] = {
    "none (linear)": (lambda z: z, lambda z: np.ones_like(z)),
    "ReLU": (lambda z: np.maximum(z, 0), lambda z: (z > 0).astype(float)),
    "tanh": (np.tanh, lambda z: 1 / np.cosh(np.clip(z, -300, 300)) ** 2),
}


class Norms(NamedTuple):
    """Lengths at each layer: of the signal h (D + 1,), of dL/dh (D + 1,) and of dL/dW (D,)."""

    signal: Array
    gradient: Array
    weights: list[Array]


def through_layers(weights: Sequence[Array], x: Array, upstream: Array, activation: str) -> Norms:
    """Send x (N, K) through h = activation(h @ W.T), layer after layer, and the gradient `upstream` (N, K) back.

    Each W is (K, K). The weights' gradients are returned whole, the signal and its gradient as lengths. Slide topic:
    exploding gradient.
    """
    act, slope = ACTIVATIONS[activation]
    hs, zs = [x], []
    for W in weights:
        zs.append(hs[-1] @ W.T)
        hs.append(act(zs[-1]))
    dh, arrived, dWs = upstream, [upstream], []
    for W, h, z in zip(weights[::-1], hs[-2::-1], zs[::-1], strict=True):
        dz = dh * slope(z)
        dWs.append(dz.T @ h)
        dh = dz @ W
        arrived.append(dh)
    return Norms(np.array([gradient_norm([h]) for h in hs]),
                 np.array([gradient_norm([d]) for d in arrived[::-1]]), dWs[::-1])


class LayersFigure(LiveFigure):
    """Show how long signal and gradient are at each layer of a random network, and what clipping changes.

    Each layer has `width` x `width` random weights; at scale 1 a linear layer keeps lengths on average. The loss passes
    a gradient of length 1 into the last layer. Slide topic: exploding gradient.
    """

    size = (690, 400)
    deepest = 50
    low, high = 1e-12, 1e12

    def __init__(self, depth: int = 30, scale: float = 1.5, activation: str = "none (linear)", width: int = 24,
                 seed: int = 0):
        rng = np.random.default_rng(seed)
        self.random = rng.standard_normal((self.deepest, width, width)) / np.sqrt(width)
        self.x, upstream = rng.standard_normal((2, 8, width))
        self.x, self.upstream = (part / gradient_norm([part]) for part in (self.x, upstream))
        super().__init__(
            slider("depth", depth, 2, self.deepest, 1, label="Layers"),
            slider("scale", scale, 0.5, 2.5, 0.01, label="Weight scale"),
            choice("activation", list(ACTIVATIONS), activation, label="Activation"),
            toggle("clipping", False, "Clip the gradient"),
            log_slider("max_norm", 1.0, 0.01, 100.0, label="Clip to"),
        )

    def draw(self, fig: Figure) -> None:
        self.axes = axes = fig.subplots()
        axes.set(yscale="log", ylim=(self.low, self.high), xlim=(-0.5, self.deepest + 0.5))
        axes.set(xlabel="layer (0: the input)", ylabel="length", title="Lengths")
        axes.axhline(1, color=style.GREY, linewidth=1, linestyle=":")
        size = 5 * style.current_scale()
        look = {"linewidth": 1.2, "markersize": size}
        self.signal = axes.plot([], [], "o--", color=style.BLUE, label="signal, forward", **look)[0]
        self.gradient = axes.plot([], [], "s-", color=style.RED, label="gradient, backward", **look)[0]
        self.weights = axes.plot([], [], "^-", color=style.GREEN, label="gradient of W", **look)[0]
        axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=3, fontsize="small", borderpad=0)
        self.moving(self.signal, self.gradient, self.weights, *axes.spines.values())

    def update(self, depth: int, scale: float, activation: str, clipping: bool, max_norm: float) -> None:
        self.depth, self.activation, self.offered = depth, activation, max_norm
        self.limit = max_norm if clipping else None
        weights = list(scale * self.random[:depth])
        self.norms = through_layers(weights, self.x, self.upstream, activation)
        self.total = gradient_norm(self.norms.weights)
        dWs = clip(self.norms.weights, max_norm) if clipping else self.norms.weights
        self.lengths = np.array([gradient_norm([dW]) for dW in dWs])
        layers = np.arange(depth + 1)
        for line, at, values in ((self.signal, layers, self.norms.signal), (self.gradient, layers, self.norms.gradient),
                                 (self.weights, layers[1:], self.lengths)):
            line.set_data(at, np.where(values > 0, values, np.nan))

    def describe(self) -> str:
        back = self.norms.gradient[0]
        factor = back ** (1 / self.depth)
        verdict = "explodes" if factor > 1.08 else "vanishes" if factor < 0.92 else "keeps about its length"
        if self.limit is not None and self.total > self.limit:
            held = f", clipped to {self.limit:.3g}: every layer times {self.limit / self.total:.2g}"
        elif self.limit is not None:
            held = f", below {self.limit:.3g}: nothing is clipped"
        else:
            held = f", clipping to {self.offered:.3g} is off"
        return (
            f"{self.depth} layers, {self.activation}: going back, the gradient is multiplied by about {factor:.2f} per "
            f"layer, {back:.2g} in all: it {verdict}. All gradients of W together have length {self.total:.3g}{held}. "
            f"First layer {self.lengths[0]:.2g}, last layer {self.lengths[-1]:.2g}."
        )

    def arrange(self) -> Widget:
        depth, scale, activation, clipping, limit = (part.widget for part in self.parts)
        return column(row(depth, scale), row(activation), row(clipping, limit, self.reset_button))


# ---- inexact gradient

class Inexact(NamedTuple):
    """A measured gradient (2,) and its errors: from the batch, from the step h, and from rounding the loss."""

    value: Array
    batch: Array
    h: Array
    rounding: Array


class InexactFigure(Startable):
    """Descend with gradients that are measured badly: few examples, a large h, a loss with few decimals.

    The model is a straight line w[0] x + w[1] with the mean squared error over x, t (N,). Its gradient is measured as
    on the slides, (L(w + h) - L(w)) / h, on a mini-batch, with losses rounded to so many decimals (at `exact`
    not at all). Left the path beside the exact one, right the distance to the minimum. Slide topic: inexact gradient.
    """

    size = (700, 400)
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
            Player(60),
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
        limits = (self.low, self.high)
        self.plane.set(xlim=limits, ylim=limits, xlabel="w[0]", ylabel="w[1]", title="Loss and paths")
        miss = self.X[:, 0], self.t
        landscape(self.plane, lambda a, b: ((a[..., None] * miss[0] + b[..., None] - miss[1]) ** 2).mean(axis=-1), 40)
        scale = style.current_scale()
        self.plane.plot(*self.goal, "+", color=style.INK, markersize=14 * scale)
        self.curves.set(yscale="log", ylim=(1e-9, 20), xlim=(0, self.last), xlabel="step", ylabel="distance of w")
        self.curves.set_title("Distance to the minimum")
        ink = {"linestyle": "--", "color": style.INK, "linewidth": 1.2}
        red = {"linestyle": "-", "color": style.RED, "linewidth": 1.6}
        self.plain, self.path = self.plane.plot([], [], **ink)[0], self.plane.plot([], [], **red)[0]
        self.far_plain = self.curves.plot([], [], label="exact gradient", **ink)[0]
        self.far = self.curves.plot([], [], label="measured gradient", **red)[0]
        edge = {"markeredgecolor": style.INK, "zorder": 6}
        self.begin = self.plane.plot([], [], "o", color=style.PAPER, markersize=11 * scale, **edge)[0]
        self.here = self.plane.plot([], [], "D", color=style.ORANGE, markersize=7 * scale, **edge)[0]
        self.curves.legend(loc="lower left", fontsize="small")
        self.moving(self.plain, self.path, self.begin, self.here, self.far_plain, self.far, *self.plane.spines.values())

    def update(self, batch_size: int, decimals: int, h: float, step: int, x: float, y: float) -> None:
        self.start, self.step = np.array([x, y]), step
        rows = self.orders[:, :batch_size]
        walk, plain, everything = [self.start], [self.start], np.arange(len(self.t))
        for k in range(step):
            walk.append(walk[-1] - self.rate * self.measure(walk[-1], rows[k], h, decimals))
            plain.append(plain[-1] - self.rate * self.slope(plain[-1], everything))
        self.walk, self.straight = np.array(walk), np.array(plain)
        self.measured = self.errors(walk[-1], rows[step], h, decimals)
        self.distance = np.linalg.norm(self.walk - self.goal, axis=1)
        for path, far, places in ((self.path, self.far, self.walk), (self.plain, self.far_plain, self.straight)):
            path.set_data(*places.T)
            far.set_data(np.arange(step + 1), np.maximum(np.linalg.norm(places - self.goal, axis=1), 1e-12))
        self.begin.set_data(*self.start[:, None])
        self.here.set_data(*self.walk[-1][:, None])

    def describe(self) -> str:
        sizes = {name: gradient_norm([getattr(self.measured, name)]) for name in ("batch", "h", "rounding")}
        words = ", ".join(f"{name} {size if size > 1e-12 else 0:.2g}" for name, size in sizes.items())
        length = gradient_norm([self.measured.value])
        worst = max(sizes, key=sizes.get)
        if length == 0:
            verdict = "The measured gradient is exactly 0: it stands still"
        else:
            verdict = f"The largest error comes from the {worst if worst != 'h' else 'step h'}"
        return (
            f"Step {self.step}: {self.distance[-1]:.2g} away from the minimum. The measured gradient has length "
            f"{length:.3g}; its errors: {words}. {verdict}."
        )

    def arrange(self) -> Widget:
        size, decimals, h, step, x, y, player = (part.widget for part in self.parts)
        return column(row(size, decimals), row(h, step), row(x, y), row(player, self.reset_button))
