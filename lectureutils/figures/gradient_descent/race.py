"""All five update rules race from one start, on grounds that are hard for one or the other of them.

The rules are those of `lectureutils.optim`, so what arrives first here is what trains a network.
"""

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure

from lectureutils import style
from lectureutils.figures.shared.landscape import landscape, start_sliders
from lectureutils.figures.shared.verdicts import join
from lectureutils.live import LiveFigure, Player, choice, latest, log_slider, presets, put, slider
from lectureutils.optim import RULES

Array = np.ndarray


class Surface(NamedTuple):
    """A landscape over (x, y) in -3 ... 3: its height, its gradient, where the race starts, and its lowest value."""

    f: Callable[[Array, Array], Array]
    gradient: Callable[[float, float], tuple[float, float]]
    start: tuple[float, float]
    lowest: float


def _ravine(x: Array, y: Array) -> Array:
    return 0.02 * x**2 + 0.5 * y**2


def _turned(x: Array, y: Array) -> Array:
    return _ravine((x + y) * 0.5**0.5, (y - x) * 0.5**0.5)


def _turned_gradient(x: float, y: float) -> tuple[float, float]:
    along, across = 0.04 * (x + y) / 2, (y - x) / 2  # both already carry the factor 1/sqrt(2) of turning back
    return along - across, along + across


def _hole(x: Array, y: Array) -> Array:
    return 1 - np.exp(-(x**2 + y**2) / 1.5)


def _hole_gradient(x: float, y: float) -> tuple[float, float]:
    pull = math.exp(-(x**2 + y**2) / 1.5) * 2 / 1.5
    return pull * x, pull * y


SURFACES = {
    "ravine": Surface(_ravine, lambda x, y: (0.04 * x, y), (-2.6, 1.2), 0.0),
    "ravine, turned": Surface(_turned, _turned_gradient, (-2.6, -1.2), 0.0),
    "saddle": Surface(
        lambda x, y: 0.5 * x**2 - 0.05 * y**2 + y**4 / 160 + 0.1,
        lambda x, y: (x, -0.1 * y + y**3 / 40),
        (-2.4, 0.05),
        0.0,
    ),
    "plateau": Surface(_hole, _hole_gradient, (-2.5, 1.5), 0.0),
}
# The rate of each rule at "all rates x 1": a plain rate is a factor of the gradient, an adaptive one a length.
RATES = {"SGD": 0.5, "momentum": 0.15, "AdaGrad": 0.4, "RMSProp": 0.06, "Adam": 0.15}
FAR = 1e3  # a walk that comes so far from the middle of the map ends there


class RaceFigure(LiveFigure):
    """Let all five rules race from one start on a ravine, a saddle or a plateau.

    Each rule has its own base rate (RATES), and one slider multiplies them all. Slide topic: adaptive learning rate,
    Adam.
    """

    size = (700, 410)
    layout = "presets / surface factor / x y / step player reset"
    last = 100
    edge = 3.0
    arrived = 0.01  # a loss below this counts as the goal

    def __init__(self, surface: str = "ravine"):
        races = {name: {"surface": name, **dict(zip("xy", it.start, strict=True))} for name, it in SURFACES.items()}
        self.telling = {**races["plateau"], "step": 20}
        super().__init__(
            choice("surface", list(SURFACES), surface, label="Surface"),
            log_slider("factor", 1.0, 0.1, 10.0, label="All rates times"),
            slider("step", 40, 0, self.last, 1, label="Step"),
            *start_sliders(SURFACES[surface].start, -self.edge, self.edge, ("x", "y")),
            presets("Surface and a start that shows it:", races),
            Player(80, "step"),
        )

    def draw(self, fig: Figure) -> None:
        self.plane, self.curves = fig.subplots(1, 2, width_ratios=[1.15, 1])
        self.shown, self.contours = None, []
        limits = (-self.edge, self.edge)
        self.plane.set(xlim=limits, ylim=limits, xlabel="x", ylabel="y", title="Paths on the map")
        self.curves.set(yscale="log", xlim=(0, self.last), ylim=(1e-5, 10), xlabel="step", title="Loss")
        self.curves.set_ylabel("loss (0 is the lowest)")
        self.begin = self.handle(self.dot(self.plane, "o", style.PAPER, 11.9, zorder=3), x="x", y="y")
        self.paths, self.heads, self.losses, self.later = [], [], [], []
        for name, color, dash, marker in zip(RULES, style.CLASS_COLORS, style.DASHES, style.CLASS_MARKERS, strict=True):
            end = {"marker": marker, "markevery": [-1], "markeredgecolor": style.INK}
            self.paths.append(self.curve(self.plane, color, dash, linewidth=1.6))
            self.heads.append(self.dot(self.plane, marker, color))
            self.later.append(self.curve(self.curves, style.faint(color), dash, linewidth=0.9, zorder=1))
            self.losses.append(self.curve(self.curves, color, dash, linewidth=1.6, label=name, **end))
        self.curves.legend(loc="upper center", bbox_to_anchor=(0.45, -0.24 if self.is_narrow else -0.16), ncols=3)

    @latest
    def walks(self, surface: str, factor: float, x: float, y: float) -> list[tuple[Array, Array]]:
        """Return for each rule its places (last + 1, 2) and how high they are above the lowest, (last + 1,)."""
        ground = SURFACES[surface]
        paths = [walk(ground, RULES[name], factor * RATES[name], (x, y), self.last) for name in RULES]
        return [(path, ground.f(*path.T) - ground.lowest) for path in paths]

    def update(self, surface: str, factor: float, step: int, x: float, y: float) -> str:
        walks, time = self.walks(surface, factor, x, y), np.arange(self.last + 1)
        self._show_surface(surface)
        put(self.begin, x, y)
        for c, (path, heights) in enumerate(walks):
            put(self.paths[c], path[: step + 1])
            put(self.heads[c], path[step])
            drawn = np.maximum(heights, 1e-12)
            put(self.losses[c], time[: step + 1], drawn[: step + 1])
            put(self.later[c], time[step:], drawn[step:])
        fates = [self.fate(path[: step + 1], heights[: step + 1]) for path, heights in walks]
        words = ", ".join(f"{name} {fate}" for name, fate in zip(RULES, fates, strict=True))
        return f"{surface.capitalize()}, step {step}: {words}. {lowest([heights[step] for _, heights in walks])}."

    def _show_surface(self, surface: str) -> None:
        """Draw the contours of another surface; they stand still while the race goes on."""
        if surface == self.shown:
            return
        for artist in self.contours:
            artist.remove()
        self.contours = landscape(self.plane, SURFACES[surface].f)
        self.shown = surface

    def fate(self, path: Array, heights: Array) -> str:
        """Say where a rule is after the places (t, 2) of its path: off the map, there, or how high."""
        there = np.flatnonzero(heights < self.arrived)
        if np.abs(path[-1]).max() > self.edge:
            return "off the map"
        return f"there at step {there[0]}" if len(there) else f"loss {heights[-1]:.2g}"


def walk(ground: Surface, rule: Callable, rate: float, start: tuple[float, float], steps: int) -> Array:
    """Return the places (steps + 1, 2) of a rule; one that is thrown far off the map stays where it fell."""
    path, state = np.empty((steps + 1, 2)), None
    path[0] = start
    for t in range(steps):
        x, y = path[t].tolist()
        if max(abs(x), abs(y)) > FAR:
            path[t:] = path[t]
            break
        (path[t + 1],), state = rule((path[t],), (np.array(ground.gradient(x, y)),), rate, state)
    return path


def lowest(heights: Sequence[float]) -> str:
    """Say which rule is lowest: losses that read alike, to two digits, are a tie."""
    best = [name for name, height in zip(RULES, heights, strict=True) if f"{height:.2g}" == f"{min(heights):.2g}"]
    return "All are equally low" if len(best) == len(RULES) else f"Lowest now: {join(best)}"
