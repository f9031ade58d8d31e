"""Update rules at work: a ball with friction, the memory of AdaGrad, RMSProp and Adam, and a race between them all.

Every number here comes from the rules of `lectureutils.optim`, so what moves in a figure is what trains a network.
"""

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure

from lectureutils import style
from lectureutils.figures.shared.landscape import landscape
from lectureutils.figures.shared.stepped import Startable, start_sliders
from lectureutils.figures.shared.verdicts import join
from lectureutils.live import Player, Widget, choice, column, log_slider, presets, row, slider
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
FAR = 1e3


class RaceFigure(Startable):
    """Let all five rules race from one start on a ravine, a saddle or a plateau.

    Each rule has its own base rate (RATES), and one slider multiplies them all. Slide topic: adaptive learning rate,
    Adam.
    """

    size = (700, 410)
    last = 100
    edge = 3.0
    arrived = 0.01  # a loss below this counts as the goal

    def __init__(self, surface: str = "ravine"):
        self.known, self.shown, self.contours = None, None, []
        self.starts = start_sliders(SURFACES[surface].start, -self.edge, self.edge, ("x", "y"))
        races = {
            name: {"surface": name, "x": ground.start[0], "y": ground.start[1]} for name, ground in SURFACES.items()
        }
        super().__init__(
            choice("surface", list(SURFACES), surface, label="Surface"),
            log_slider("factor", 1.0, 0.1, 10.0, label="All rates times"),
            slider("step", 40, 0, self.last, 1, label="Step"),
            *self.starts,
            presets("Surface and a start that shows it:", races),
            Player(80),
        )

    def draw(self, fig: Figure) -> None:
        self.plane, self.curves = fig.subplots(1, 2, width_ratios=[1.15, 1])
        limits = (-self.edge, self.edge)
        self.plane.set(xlim=limits, ylim=limits, xlabel="x", ylabel="y", title="Paths on the map")
        self.curves.set(yscale="log", xlim=(0, self.last), ylim=(1e-5, 10), xlabel="step", title="Loss")
        self.curves.set_ylabel("loss (0 is the lowest)")
        mark, edge = 7 * style.current_scale(), {"markeredgecolor": style.INK, "linestyle": "none"}
        self.begin = self.plane.plot([], [], "o", color=style.PAPER, markersize=1.7 * mark, **edge)[0]
        self.paths, self.heads, self.losses, self.later = [], [], [], []
        for name, color, dash, marker in zip(RULES, style.CLASS_COLORS, style.DASHES, style.CLASS_MARKERS, strict=True):
            line = {"linestyle": dash, "color": color, "linewidth": 1.6}
            self.paths += self.plane.plot([], [], **line)
            self.heads += self.plane.plot([], [], marker, color=color, markersize=mark, **edge)
            self.later += self.curves.plot([], [], linestyle=dash, color=style.pale(color, 0.4), linewidth=1, zorder=1)
            look = {"marker": marker, "markevery": [-1], "markeredgecolor": style.INK}
            self.losses += self.curves.plot([], [], label=name, **line, **look)
        self.curves.legend(loc="upper center", bbox_to_anchor=(0.45, -0.16), ncols=3, fontsize="small")
        self.moving(*self.later, *self.paths, self.begin, *self.heads, *self.losses)
        self.moving(*self.plane.spines.values(), *self.curves.spines.values())

    def update(self, surface: str, factor: float, step: int, x: float, y: float) -> None:
        self.surface, self.step, self.start = surface, step, np.array([x, y])
        self._show_surface(surface)
        if self.known != (surface, factor, x, y):
            self.walks = [self._walk(SURFACES[surface], name, factor) for name in RULES]
            f, lowest = SURFACES[surface].f, SURFACES[surface].lowest
            self.heights = [f(*walk.T) - lowest for walk in self.walks]
            self.known = (surface, factor, x, y)
        self.begin.set_data(*self.start[:, None])
        for c, (walk, heights) in enumerate(zip(self.walks, self.heights, strict=True)):
            self.paths[c].set_data(*walk[: step + 1].T)
            self.heads[c].set_data(*walk[step][:, None])
            heights = np.maximum(heights, 1e-12)
            self.losses[c].set_data(np.arange(step + 1), heights[: step + 1])
            self.later[c].set_data(np.arange(step, self.last + 1), heights[step:])

    def _show_surface(self, surface: str) -> None:
        """Draw the contours of another surface; they stand still while the race goes on."""
        if surface == self.shown:
            return
        for artist in self.contours:
            artist.remove()
        self.contours = landscape(self.plane, SURFACES[surface].f)
        self.shown = surface

    def _walk(self, ground: Surface, name: str, factor: float) -> Array:
        """Return the places (last + 1, 2); one that is thrown far off the map stays where it fell."""
        rule, rate, state = RULES[name], factor * RATES[name], None
        path = np.empty((self.last + 1, 2))
        path[0] = self.start
        for t in range(self.last):
            x, y = path[t].tolist()
            if max(abs(x), abs(y)) > FAR:
                path[t:] = path[t]
                break
            (path[t + 1],), state = rule((path[t],), (np.array(ground.gradient(x, y)),), rate, state)
        return path

    def _fate(self, walk: Array, heights: Array) -> str:
        there = np.flatnonzero(heights[: self.step + 1] < self.arrived)
        if np.abs(walk[self.step]).max() > self.edge:
            return "off the map"
        return f"there at step {there[0]}" if len(there) else f"loss {heights[self.step]:.2g}"

    def describe(self) -> str:
        fates = {
            name: self._fate(*pair)
            for name, pair in zip(RULES, zip(self.walks, self.heights, strict=True), strict=True)
        }
        words = ", ".join(f"{name} {fate}" for name, fate in fates.items())
        lowest = self._lowest([heights[self.step] for heights in self.heights])
        return f"{self.surface.capitalize()}, step {self.step}: {words}. {lowest}."

    def _lowest(self, heights: Sequence[float]) -> str:
        """Say who is lowest: losses that read alike, to two digits, are a tie."""
        best = [name for name, height in zip(RULES, heights, strict=True) if f"{height:.2g}" == f"{min(heights):.2g}"]
        return "All are equally low" if len(best) == len(RULES) else f"Lowest now: {join(best)}"

    def arrange(self) -> Widget:
        surface, factor, step, *starts, ready, player = (part.widget for part in self.parts)
        return column(ready, row(surface, factor), row(*starts), row(step, player, self.reset_button))
