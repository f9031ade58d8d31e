"""What goes wrong on the way downhill: valleys that are not the lowest, gradients that explode, gradients that lie.

Each trouble is shown where it is smallest: two weights of a wave, one weight multiplied with itself, a stack of random
layers, a straight line. What happens there happens in networks with millions of weights as well.
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from lectureutils import plots, style, validate
from lectureutils.figures.shared.landscape import landscape
from lectureutils.figures.shared.stepped import Startable
from lectureutils.live import Player, Widget, column, log_slider, row, slider

Array = np.ndarray
TURN = 2 * np.pi


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
        lines = landscape(self.plane, lambda a, b: wave_gradient(a, b, self.x, self.t)[0], count=32, levels=7)
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
