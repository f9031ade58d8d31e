"""Many valleys, and only one is the lowest: the start of gradient descent decides in which of them it ends.

A wave with two weights shows it on a map; one path is followed to its wave.
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from lectureutils import plots, style, validate
from lectureutils.figures.shared.landscape import landscape
from lectureutils.live import LiveFigure, Player, latest, log_slider, put, slider

Array = np.ndarray
TURN = 2 * np.pi
NEAR = 0.3  # an end so near to a minimum belongs to it


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


def turned(w1: Array) -> Array:
    """Bring phases to -pi ... pi: a full turn makes the same wave."""
    return (w1 + np.pi) % TURN - np.pi


def far(a: Array, b: Array) -> Array:
    """Return the distance between pairs (..., 2), phases taken round the circle."""
    gap = np.asarray(a) - b
    return np.hypot(gap[..., 0], turned(gap[..., 1]))


def nearest(w0: Array, w1: Array, minima: Array) -> Array:
    """Return for each end the number of its minimum (0 is the lowest), or M if it lies at none of the M minima."""
    gaps = far(np.stack([w0, w1], axis=-1)[..., None, :].astype(float), minima)
    gaps = np.where(np.isfinite(gaps), gaps, np.inf)
    return np.where(gaps.min(axis=-1) < NEAR, gaps.argmin(axis=-1), len(minima))


def find_minima(w0: Array, w1: Array, x: Array, t: Array) -> Array:
    """Return the minima (M, 2), lowest first, that are found from the starts (w0, w1) and lie no farther than these."""
    found, widest = [], w0.max()
    w0, w1 = wave_descent(w0, w1, x, t, 0.2, 0.8, 250)
    ends, losses = np.column_stack([w0, turned(w1)]), wave_gradient(w0, w1, x, t)[0]
    for end in ends[np.argsort(losses, kind="stable")]:
        if 0 <= end[0] <= widest and all(far(end, other) > NEAR for other in found):
            found.append(end)
    return np.array(found).reshape(-1, 2)


def borders(ends: Array, widest: float) -> Array:
    """Return lines (K, 2) between cells of different numbers on a map from 0 to `widest`, -pi to pi; NaN parts them."""
    rows, columns = ends.shape
    x, y = np.linspace(0, widest, columns + 1), np.linspace(-np.pi, np.pi, rows + 1)
    i, j = np.nonzero(ends[:, 1:] != ends[:, :-1])
    upright = np.stack([x[j + 1], y[i], x[j + 1], y[i + 1]], axis=1)
    i, j = np.nonzero(ends[1:] != ends[:-1])
    level = np.stack([x[j], y[i + 1], x[j + 1], y[i + 1]], axis=1)
    lines = np.concatenate([upright, level]).reshape(-1, 2, 2)
    return np.insert(lines, 2, np.nan, axis=1).reshape(-1, 2)


class BasinsFigure(LiveFigure):
    """Colour each start of gradient descent by the minimum in which it ends, and follow one path to its wave.

    The model is f(x; w) = sin(w[0] x + w[1]), fitted to the points x (N,), t (N,) with the mean squared error. Left the
    starts; the minima are numbered, 1 is the lowest. Right the data and the wave that the current w makes.
    Slide topic: local minima.
    """

    size = (700, 400)
    layout = "rate mu / x y / step player reset"
    last = 100
    widest = 6.0
    colors = (style.GREEN, style.BLUE, style.ORANGE, style.PURPLE, style.SKY, style.RED, style.INK)

    def __init__(self, x: Array, t: Array, start: Sequence[float] = (4.5, 0.0), learning_rate: float = 0.3):
        self.x, self.t = validate.numbers(x, "x", "N").astype(float), validate.numbers(t, "t", "N").astype(float)
        if len(self.x) != len(self.t):
            raise ValueError(f"t: got {len(t)} values for {len(x)} points x, expected as many. Give each x its t.")
        grid = np.meshgrid(np.linspace(0, self.widest, 33), np.linspace(-np.pi, np.pi, 25))
        self.grid = [axis.astype(np.float32) for axis in grid]  # half the digits are twice as fast, and colours enough
        self.line = np.linspace(self.x.min(), self.x.max(), 150)
        starts = (axis.ravel()[::4].astype(float) for axis in self.grid)
        self.minima = find_minima(*starts, self.x, self.t)[: len(self.colors) - 1]  # as many as have a colour
        if not len(self.minima):
            raise ValueError(
                "x, t: found no minimum with w[0] between 0 and 6. Bring x to a few units, as from -3 to 3."
            )
        self.depths = wave_gradient(*self.minima.T, self.x, self.t)[0]
        super().__init__(
            log_slider("rate", learning_rate, 0.01, 1.0, label="Learning rate"),
            slider("mu", 0.0, 0.0, 0.95, 0.05, label="Momentum"),
            slider("step", self.last, 0, self.last, 1, label="Step"),
            slider("x", start[0], 0.0, self.widest, 0.05, label="Start w[0]"),
            slider("y", start[1], -3.1, 3.1, 0.05, label="Start w[1]"),
            Player(60, "step"),
        )

    def draw(self, fig: Figure) -> None:
        self.plane, self.side = fig.subplots(1, 2, width_ratios=[1.25, 1])
        self._draw_map()
        self._draw_wave()

    def _draw_map(self) -> None:
        plane = self.plane
        plane.set(xlim=(0, self.widest), ylim=(-np.pi, np.pi), title="Where does each start end?")
        plane.set(xlabel="w[0], how fast the wave is", ylabel="w[1], how far it is shifted")
        colors = [*self.colors[: len(self.minima)], style.GREY]
        self.map = plots.PixelMap(plane, [style.pale(color, 0.45) for color in colors])
        lines, fill = landscape(plane, lambda a, b: wave_gradient(a, b, self.x, self.t)[0], count=32, levels=7)
        fill.remove()  # the map has colours of its own
        lines.set(zorder=1, alpha=0.35)
        put(self.dot(plane, "o", style.PAPER, 13, zorder=5), self.minima)
        names = plots.Numbers(plane, self.minima)
        names.set_zorder(6)
        names.set_texts([str(k + 1) for k in range(len(self.minima))])
        self.spots = [(i, j) for i in range(3, 24, 6) for j in range(2, 33, 4)]  # cells that say where they end
        places = np.array([((j + 0.5) * self.widest / 33, (i + 0.5) * TURN / 25 - np.pi) for i, j in self.spots])
        near = np.hypot(*(places[:, None] - self.minima).transpose(2, 0, 1)).min(axis=1) < 0.5
        self.spots = [spot for spot, close in zip(self.spots, near, strict=True) if not close]
        self.labels = plots.Numbers(plane, places[~near])
        self.labels.size *= style.SMALL
        self.borders = self.curve(plane, style.INK, linewidth=1.1 * style.current_scale(), zorder=2)
        self.moving(self.map, lines, names, self.labels)
        self.path = self.curve(plane, style.INK, linewidth=2.4 * style.current_scale(), zorder=7)
        self.begin = self.handle(self.dot(plane, "s", style.PAPER, 12, zorder=8), x="x", y="y")
        self.here = self.dot(plane, "D", style.AMBER, 8, zorder=9)

    def _draw_wave(self) -> None:
        self.side.set(ylim=(-1.9, 1.6), xlabel="x", ylabel="t", title="Which wave does w make?")
        best = self.curve(self.side, style.GREEN, "--", linewidth=1.8 * style.current_scale(), label="minimum 1")
        put(best, self.line, np.sin(self.minima[0, 0] * self.line + self.minima[0, 1]))
        self.wave = self.curve(self.side, style.PREDICTION, label="now")
        mark = {"markersize": 6 * style.current_scale(), "markeredgecolor": style.INK, "zorder": 4}
        self.moving(*self.side.plot(self.x, self.t, "o", color=style.INK, label="data", **mark))
        self.side.legend(
            loc="lower center",
            ncols=3,
            fontsize=10 * style.SMALL * style.current_scale(),
            handlelength=1.4,
            columnspacing=1,
        )

    @latest
    def ends(self, rate: float, mu: float) -> Array:
        """Return for each start on the map the number of the minimum in which it ends, M for none."""
        x, t = self.x.astype(np.float32), self.t.astype(np.float32)
        return nearest(*wave_descent(*self.grid, x, t, rate, mu, self.last), self.minima)

    @latest
    def walk(self, rate: float, mu: float, x: float, y: float) -> Array:
        """Return the places (last + 1, 2) of one descent."""
        path, v = [np.array([x, y])], np.zeros(2)
        for _ in range(self.last):
            v = mu * v + np.array(wave_gradient(*path[-1], self.x, self.t)[1:])
            path.append(path[-1] - rate * v)
        return np.array(path)

    def update(self, rate: float, mu: float, step: int, x: float, y: float) -> str:
        ends, walk = self.ends(rate, mu), self.walk(rate, mu, x, y)
        self.map.set_data(ends)
        put(self.borders, borders(ends, self.widest))
        self.labels.set_texts([str(ends[spot] + 1) if ends[spot] < len(self.minima) else "" for spot in self.spots])
        put(self.begin, x, y)
        w, shown = walk[step], np.column_stack([walk[:, 0], turned(walk[:, 1])])[: step + 1]
        put(self.here, shown[-1])
        jumps = np.flatnonzero(np.abs(np.diff(shown[:, 1])) > np.pi) + 1  # over the edge: no line across the map
        put(self.path, np.insert(shown, jumps, np.nan, axis=0))
        put(self.wave, self.line, np.sin(w[0] * self.line + w[1]))
        loss = float(wave_gradient(*w, self.x, self.t)[0])
        return (
            f"Step {step}: w = ({w[0]:.2f}, {w[1]:.2f}), loss {loss:.3f}. This start ends in "
            f"{self.say_end(int(nearest(*walk[-1], self.minima)))}. Of all starts on the map {np.mean(ends == 0):.0%} "
            f"end in minimum 1."
        )

    def say_end(self, end: int) -> str:
        """Say which minimum it is in which a path ends, and how good it is."""
        if end == len(self.minima):
            return "none of the numbered minima: it left the map, or is not at rest yet"
        best = ", the lowest" if end == 0 else f"; the lowest has {self.depths[0]:.3f}"
        return f"minimum {end + 1} (loss {self.depths[end]:.3f}){best}"
