"""Update rules at work: a ball with friction, the memory of AdaGrad, RMSProp and Adam, and a race between them all.

Every number here comes from the rules of `lectureutils.optim`, so what moves in a figure is what trains a network.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lectureutils import style, validate
from lectureutils.figures.descent import DASHES, Startable, Stepped, landscape, start_sliders
from lectureutils.figures.verdicts import join
from lectureutils.live import Player, Widget, choice, column, log_slider, presets, row, slider
from lectureutils.optim import RULES, adagrad, adam, momentum, rmsprop, sgd

Array = np.ndarray


# ---- a ball

SHOWN = 4  # the velocity is drawn as long as this many steps

def hills(w: Array | float) -> Array | float:
    """Return the height of the ball's landscape: a wide valley with its floor near 1.5 and a dip on the way."""
    return 0.06 * (w - 1.5) ** 2 - 0.3 * np.exp(-3 * (w + 1.5) ** 2)


def hills_slope(w: Array | float) -> Array | float:
    """Return the derivative of `hills`."""
    return 0.12 * (w - 1.5) + 1.8 * (w + 1.5) * np.exp(-3 * (w + 1.5) ** 2)


class BallFigure(Stepped):
    """Let a ball with friction roll down a landscape, beside plain gradient descent with the same rate.

    velocity = mu velocity + slope, w = w - rate velocity: mu is what friction leaves of the velocity. Below are both
    places over time. Slide topic: gradient descent; momentum after Polyak 1964.
    """

    size = (660, 430)
    last = 120
    low, high = -5.0, 6.0

    def __init__(self, start: float = -4.0, mu: float = 0.9, learning_rate: float = 0.2):
        self.known = None
        super().__init__(
            slider("mu", mu, 0.0, 0.99, 0.01, label="mu"),
            log_slider("rate", learning_rate, learning_rate / 20, learning_rate * 20, label="Learning rate"),
            slider("step", 25, 0, self.last, 1, label="Step"),
            slider("start", start, self.low, self.high, 0.05, label="Start"),
            Player(60),
        )

    def draw(self, fig: Figure) -> None:
        self.ground, self.time = fig.subplots(2, 1, height_ratios=[1.5, 1])
        w = np.linspace(self.low, self.high, 400)
        self.ground.set(xlim=(self.low, self.high), ylim=(-0.35, 2.9), xlabel="w", ylabel="loss")
        self.ground.set_title("A ball with friction, and plain gradient descent")
        self.ground.fill_between(w, -0.35, hills(w), color=style.PALE, linewidth=0)
        self.ground.plot(w, hills(w), color=style.GREY, linewidth=1.5)
        mark, edge = 7 * style.current_scale(), {"markeredgecolor": style.INK, "linestyle": "none"}
        self.begin = self.ground.plot([], [], "o", color=style.PAPER, markersize=1.7 * mark, **edge)[0]
        self.speed = self.ground.plot([], [], "-", color=style.ORANGE, linewidth=4, label="velocity")[0]
        self.ball = self.ground.plot([], [], "o", color=style.RED, markersize=1.9 * mark, label="ball", **edge)[0]
        self.walker = self.ground.plot([], [], "^", color=style.BLUE, markersize=mark, label="plain", **edge)[0]
        self.ground.legend(loc="upper center", ncols=3, fontsize="small")
        self.time.set(xlim=(0, self.last), ylim=(self.low, self.high), xlabel="step", ylabel="w")
        self.time.axhline(1.5, color=style.PALE, linewidth=1)
        later = {"linewidth": 1, "zorder": 1}
        self.later = [
            self.time.plot([], [], dash, color=style.pale(color, 0.4), **later)[0]
            for dash, color in (("-", style.RED), ("--", style.BLUE))
        ]
        self.rolled = self.time.plot([], [], "-", color=style.RED)[0]
        self.walked = self.time.plot([], [], "--", color=style.BLUE)[0]
        self.moving(*self.later, self.begin, self.speed, self.walker, self.ball, self.walked, self.rolled)
        self.moving(*self.ground.spines.values(), *self.time.spines.values())

    def update(self, mu: float, rate: float, step: int, start: float) -> None:
        if self.known != (mu, rate, start):
            self.places, self.velocities = self._roll(partial(momentum, mu=mu), rate, start)
            self.plain, _ = self._roll(sgd, rate, start)
            self.known = (mu, rate, start)
        self.mu, self.rate, self.step, self.start = mu, rate, step, start
        w, plain = self.places[step], self.plain[step]
        self.begin.set_data([start], [hills(start)])
        self.ball.set_data([w], [hills(w) + 0.06])
        self.walker.set_data([plain], [hills(plain) + 0.03])
        self.speed.set_data([w, w - SHOWN * rate * self.velocities[step]], [hills(w) + 0.06] * 2)
        self.rolled.set_data(np.arange(step + 1), self.places[: step + 1])
        self.walked.set_data(np.arange(step + 1), self.plain[: step + 1])
        for line, places in zip(self.later, (self.places, self.plain), strict=True):
            line.set_data(np.arange(step, self.last + 1), places[step:])

    def _roll(self, rule: Callable, rate: float, start: float) -> tuple[Array, Array]:
        """Return the places and the velocities (last + 1,); one that rolls off stays at the edge of +-1e6."""
        w, state, places, velocities = np.array([start]), None, [start], [0.0]
        for _ in range(self.last):
            (w,), state = rule((w,), (np.clip(hills_slope(w), -1e6, 1e6),), rate, state)
            w = np.clip(w, -1e6, 1e6)
            places.append(float(w[0]))
            velocities.append(float(state[0][0]) if state else 0.0)
        return np.array(places), np.array(velocities)

    @staticmethod
    def _verdict(places: Array) -> str:
        w, moved = places[-1], np.ptp(places[-10:])
        if not -5 <= w <= 6:
            return "has left the picture"
        if moved > 0.02:
            return "is still moving"
        if abs(w - 1.5) < 0.1:
            return "rests on the valley floor"
        return "is stuck in the dip" if abs(w + 1.5) < 0.6 else "hardly moves"

    def describe(self) -> str:
        k = self.step
        seen = slice(max(0, k - 15), k + 1)
        velocity = self.velocities[k]
        way = "right" if velocity < 0 else "left"
        moves = f", so w, minus rate times velocity, moves to the {way}" if abs(velocity) >= 0.005 else ""
        return (
            f"Step {k}: the ball is at {self.places[k]:.2f}, where the slope is {hills_slope(self.places[k]):.2f}; "
            f"its velocity is {velocity:.2f}{moves}. Of the velocity {self.mu:.0%} stay. The ball "
            f"{self._verdict(self.places[seen])}; plain descent, at {self.plain[k]:.2f}, "
            f"{self._verdict(self.plain[seen])}."
        )

    def grab(self, axes: Axes, x: float, y: float) -> str | None:
        near = axes is self.ground and self.near(axes, (self.start, hills(self.start)), x, y) < 2 * self.reach
        return "start" if near else None

    def drag(self, held: str, x: float, y: float) -> None:
        self.set(start=float(np.clip(x, self.low, self.high)))

    def arrange(self) -> Widget:
        mu, rate, step, start, player = (part.widget for part in self.parts)
        return column(row(mu, rate), row(start, step), row(player, self.reset_button))


# ---- the memory of the adaptive rules

class Memory(NamedTuple):
    """What one rule did with a stream of T gradients of two weights; all arrays are (T, 2).

    m and v as the rule keeps them, m_hat and v_hat corrected, and `moved` = step / learning rate. What a rule does not
    have is 0.
    """

    m: Array
    v: Array
    m_hat: Array
    v_hat: Array
    moved: Array


MENDS = ("AdaGrad", "RMSProp", "Adam, no correction", "Adam")
TEXTBOOK = {
    "AdaGrad": {},
    "RMSProp": {"beta2": 0.9},
    "Adam, no correction": {"beta1": 0.9, "beta2": 0.999},
    "Adam": {"beta1": 0.9, "beta2": 0.999},
}


def remember(rule: str, grads: Array, beta1: float, beta2: float) -> Memory:
    """Feed `grads` (T, 2) to one of MENDS and return its Memory; RMSProp's rho is `beta2`.

    The rules themselves are those of `lectureutils.optim`; Adam without its correction is built here, to be looked at.
    """
    full = partial(adam, beta1=beta1, beta2=beta2)
    rules = {"AdaGrad": adagrad, "RMSProp": partial(rmsprop, rho=beta2)}
    t = np.arange(1, len(grads) + 1)[:, None]
    state, w, ms, vs, moved = None, np.zeros(2), [], [], []
    for g in grads:
        (after,), state = rules.get(rule, full)((w,), (g,), 1.0, state)
        m, v = (state.m[0], state.v[0]) if rule.startswith("Adam") else (0 * g, state[0])
        ms, vs, moved, w = [*ms, m], [*vs, v], [*moved, w - after], after
    m, v, moved = np.array(ms), np.array(vs), np.array(moved)
    if rule == "Adam":
        return Memory(m, v, m / (1 - beta1**t), v / (1 - beta2**t), moved)
    return Memory(m, v, 0 * m, 0 * v, m / (np.sqrt(v) + 1e-8) if rule.startswith("Adam") else moved)


class MendFigure(Stepped):
    """Show what AdaGrad, RMSProp and Adam remember at every step, and how long a step they make of it.

    `streams` maps a name to gradients (T, 2): one column for each of two weights. Above the gradients and the current
    step; below left the numbers of this step as bars, each weight's in units of its largest gradient; below right the
    step lengths in units of the learning rate. Slide topic: adaptive learning rate, Adam.
    """

    size = (700, 480)
    widest = 4.0  # of the bars; longer ones end in a mark
    rows = ("gradient g", "m", "m corrected", "root of v", "root of v corrected")

    def __init__(self, streams: Mapping[str, Array], rule: str = "AdaGrad", names: Sequence[str] = ("w[0]", "w[1]")):
        self.streams = {name: validate.numbers(grads, f"streams[{name!r}]", "T 2") for name, grads in streams.items()}
        lengths = {len(grads) for grads in self.streams.values()}
        if len(lengths) != 1 or any(grads.shape[1] != 2 for grads in self.streams.values()):
            shapes = [grads.shape for grads in self.streams.values()]
            raise ValueError(
                f"streams: got the shapes {shapes}, expected the same (T, 2) for each. Cut them to one length."
            )
        self.names, self.last, self.known = tuple(names), lengths.pop(), None
        super().__init__(
            choice("rule", MENDS, rule, label="Rule"),
            choice("stream", list(self.streams), label="Gradients"),
            slider("beta1", 0.9, 0.0, 0.99, 0.01, label="beta1 (of m)"),
            slider("beta2", TEXTBOOK[rule].get("beta2", 0.9), 0.0, 0.999, 0.001, label="beta2 (of v)", form=".3f"),
            slider("step", 3, 1, self.last, 1, label="Step t"),
            presets("With the textbook's values:", {name: {"rule": name, **TEXTBOOK[name]} for name in MENDS}),
            Player(120),
        )

    def rewind(self) -> None:
        self.set(step=1)

    def draw(self, fig: Figure) -> None:
        top, bottom = fig.subfigures(2, 1, height_ratios=[1, 1.5])
        self.series = top.subplots()
        self.table, self.lengths = bottom.subplots(1, 2, width_ratios=[1.15, 1])
        self.most = max(float(np.abs(grads).max()) for grads in self.streams.values()) or 1.0
        time = np.arange(1, self.last + 1)
        self.series.set(xlim=(0.5, self.last + 0.5), ylim=(-1.1 * self.most, 1.1 * self.most))
        self.series.set(xlabel="step t", ylabel="gradient", title="Gradients of two weights")
        self.lengths.set(xlim=(0.5, self.last + 0.5), ylim=(-0.1, 8), xlabel="step t")
        self.lengths.set(ylabel="step / learning rate", title="Length of the steps")
        self.lengths.axhline(1, color=style.GREY, linewidth=1, linestyle=":")
        self.stems, self.moves, self.dots = [], [], []
        looks = zip(self.names, (style.BLUE, style.RED), ("-", "--"), ("o", "s"), strict=True)
        for name, color, dash, marker in looks:
            line = {"linestyle": dash, "color": color, "linewidth": 1.4, "markersize": 4 * style.current_scale()}
            self.stems += self.series.plot(time, 0 * time, marker=marker, label=name, **line)
            self.moves += self.lengths.plot([], [], **line)
            self.dots += self.lengths.plot([], [], marker, color=color, markeredgecolor=style.INK)
        self.series.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=2, fontsize="small", borderpad=0)
        self.now = [axes.axvline(1, color=style.ORANGE, linewidth=3, alpha=0.5) for axes in (self.series, self.lengths)]
        self._draw_table()
        self.moving(self.now[0], *self.stems, self.now[1], *self.moves, *self.dots)
        self.moving(*self.bars[0], *self.bars[1], self.zero, self.beyond, *self.series.spines.values())

    def _draw_table(self) -> None:
        places = np.arange(len(self.rows))
        self.bars = [
            self.table.barh(places + shift, 0 * places, 0.36, color=style.pale(color, 0.8), hatch=hatch, ec=style.INK)
            for shift, color, hatch in ((-0.2, style.BLUE, ""), (0.2, style.RED, "///"))
        ]
        self.table.set_yticks(places, self.rows)
        self.table.set_ylim(len(self.rows) - 0.5, -0.5)
        self.table.set_xlim(-1.2, self.widest)
        self.table.set(xlabel="1 = largest gradient of the weight", title="What the rule has at step t")
        look = {"color": style.INK, "linestyle": "none", "clip_on": False, "zorder": 6}
        self.beyond = self.table.plot([], [], ">", markersize=5 * style.current_scale(), **look)[0]
        self.zero = self.table.axvline(0, color=style.INK, linewidth=1)

    def update(self, rule: str, stream: str, beta1: float, beta2: float, step: int) -> None:
        if self.known != (rule, stream, beta1, beta2):
            self.memory = remember(rule, self.streams[stream], beta1, beta2)
            self.known = (rule, stream, beta1, beta2)
        self.rule, self.step, self.betas = rule, step, (beta1, beta2)
        k, time, memory = step - 1, np.arange(1, self.last + 1), self.memory
        self.grads = self.streams[stream]
        rows = [self.grads[k], memory.m[k], memory.m_hat[k], memory.v[k] ** 0.5, memory.v_hat[k] ** 0.5]
        largest = np.abs(self.grads).max(axis=0)
        self.shares = np.array(rows) / np.where(largest > 0, largest, 1)
        far = np.argwhere(self.shares > self.widest)
        self.beyond.set_data(np.full(len(far), self.widest), [i + (-0.2, 0.2)[j] for i, j in far])
        for j in range(2):
            self.stems[j].set_data(time, self.grads[:, j])
            self.moves[j].set_data(time[:step], np.abs(memory.moved[:step, j]))
            self.dots[j].set_data([step], [abs(memory.moved[k, j])])
            for bar, width in zip(self.bars[j], self.shares[:, j], strict=True):
                bar.set_width(min(width, self.widest))
        for line in self.now:
            line.set_xdata([step, step])

    def describe(self) -> str:
        k, memory = self.step - 1, self.memory
        words = []
        for j, name in enumerate(self.names):
            before, after = f"m {memory.m[k, j]:.3f}", f"m_hat {memory.m_hat[k, j]:.3f}, v_hat {memory.v_hat[k, j]:.4f}"
            memo = f"v {memory.v[k, j]:.4f}"
            if self.rule.startswith("Adam"):
                memo = f"{before}, {memo}" + (f", corrected {after}" if self.rule == "Adam" else "")
            words.append(
                f"{name}: g {self.grads[k, j]:.3f}, {memo}, steps {abs(memory.moved[k, j]):.2f} times the rate"
            )
        return f"{self.rule}, step {self.step}. {'; '.join(words)}.{self._unused()}"

    def _unused(self) -> str:
        beta1, beta2 = (f"{name} = {beta:g}" for name, beta in zip(("beta1", "beta2"), self.betas, strict=True))
        return {
            "AdaGrad": f" It has no m and keeps all of v: {beta1} and {beta2} play no part.",
            "RMSProp": f" It has no m: {beta1} plays no part.",
        }.get(self.rule, "")

    def arrange(self) -> Widget:
        rule, stream, beta1, beta2, step, ready, player = (part.widget for part in self.parts)
        return column(ready, row(rule, stream), row(step, player), row(beta1, beta2, self.reset_button))


# ---- the race

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
        for name, color, dash, marker in zip(RULES, style.CLASS_COLORS, DASHES, style.CLASS_MARKERS, strict=True):
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
        fates = {name: self._fate(*pair) for name, pair in zip(RULES, zip(self.walks, self.heights, strict=True),
                                                               strict=True)}
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
