"""What AdaGrad, RMSProp and Adam remember of a stream of gradients, and how long a step they make of it.

Each rule mends the one before it; the numbers come from the rules of `lectureutils.optim`.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure

from lectureutils import plots, style, validate
from lectureutils.live import LiveFigure, Narrow, Player, choice, latest, presets, put, slider
from lectureutils.optim import adagrad, adam, rmsprop

Array = np.ndarray


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

CORRECTED = ("m corrected", "root of v corrected")
MISSING = {  # the rows that a rule does not have
    "AdaGrad": ("m", *CORRECTED),
    "RMSProp": ("m", *CORRECTED),
    "Adam, no correction": CORRECTED,
    "Adam": (),
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


class MendFigure(LiveFigure):
    """Show what AdaGrad, RMSProp and Adam remember at every step, and how long a step they make of it.

    `streams` maps a name to gradients (T, 2): one column for each of two weights. Above the gradients and the current
    step; below left the numbers of this step as bars, each weight's in units of its largest gradient; below right the
    step lengths in units of the learning rate. Slide topic: adaptive learning rate, Adam.
    """

    size = (700, 440)
    narrow = Narrow(620, (1, 2))
    layout = "presets / rule stream / step player / beta1 beta2 reset"
    widest = 4.0  # of the bars; longer ones end in a mark
    rows = ("gradient g", "m", "m corrected", "root of v", "root of v corrected")
    shifts = (-0.2, 0.2)  # of the two weights' bars in a row

    def __init__(self, streams: Mapping[str, Array], rule: str = "AdaGrad", names: Sequence[str] = ("w[0]", "w[1]")):
        self.streams, self.names = checked_streams(streams), tuple(names)
        self.last = len(next(iter(self.streams.values())))
        if rule == "AdaGrad":  # it never forgets: where gradients have become small, its steps die out
            shrinking = max(self.streams, key=lambda name: shrinks(self.streams[name]))
            self.telling = {"stream": shrinking, "step": self.last}
        super().__init__(
            choice("rule", MENDS, rule, label="Rule"),
            choice("stream", list(self.streams), label="Gradients"),
            slider("beta1", 0.9, 0.0, 0.99, 0.01, label="beta1 (of m)"),
            slider("beta2", TEXTBOOK[rule].get("beta2", 0.9), 0.0, 0.999, 0.001, label="beta2 (of v)", form=".3f"),
            slider("step", 3, 1, self.last, 1, label="Step t"),
            presets("With the textbook's values:", {name: {"rule": name, **TEXTBOOK[name]} for name in MENDS}),
            Player(120, "step"),
        )

    def draw(self, fig: Figure) -> None:
        top, bottom = fig.subfigures(2, 1, height_ratios=[1, 1.5])
        self.series = top.subplots()
        self.table, self.lengths = bottom.subplots(1, 2, width_ratios=[1.15, 1])
        self._draw_lines()
        self._draw_table()

    def _draw_lines(self) -> None:
        series, lengths, limits = self.series, self.lengths, (0.5, self.last + 0.5)
        most = 1.1 * (max(float(np.abs(grads).max()) for grads in self.streams.values()) or 1.0)
        series.set(xlim=limits, ylim=(-most, most), xlabel="step t", ylabel="gradient")
        series.set_title("Gradients" if self.is_narrow else "Gradients of two weights")
        lengths.set(xlim=limits, xlabel="step t", ylabel="step / learning rate")
        lengths.set_title("Length of the steps")
        lengths.axhline(1, color=style.GREY, linewidth=1, linestyle=":")
        self.now = [axes.axvline(1, color=style.FRAME, linewidth=2) for axes in (series, lengths)]
        self.moving(*self.now)
        look = {"linewidth": 1.4, "markersize": 4 * style.current_scale()}
        self.stems, self.moves, self.dots = [], [], []
        looks = zip(self.names, (style.BLUE, style.RED), ("-", "--"), ("o", "s"), strict=True)
        for name, color, dash, marker in looks:
            self.stems.append(self.curve(series, color, dash, marker=marker, label=name, **look))
            self.moves.append(self.curve(lengths, color, dash, **look))
            self.dots.append(self.dot(lengths, marker, color, 6))
        series.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=2, borderpad=0)

    def _draw_table(self) -> None:
        places, table = np.arange(len(self.rows)), self.table
        self.bars = [
            table.barh(places + shift, 0 * places, 0.36, color=style.pale(color, 0.8), hatch=hatch, ec=style.INK)
            for shift, color, hatch in zip(self.shifts, (style.BLUE, style.RED), ("", "///"), strict=True)
        ]
        table.set_yticks(places, self.rows)
        table.set(ylim=(len(self.rows) - 0.5, -0.5), xlim=(-1.2, self.widest), title="What the rule has at step t")
        table.set_xlabel("1 = largest gradient of the weight")
        self.absent = plots.Numbers(table, np.column_stack([np.full(len(places), 0.45 * self.widest), places]))
        self.absent.set_colors([style.GREY] * len(places))
        self.moving(self.absent)
        self.beyond = self.dot(table, ">", style.INK, 5, clip_on=False)
        self.moving(*self.bars[0], *self.bars[1], table.axvline(0, color=style.INK, linewidth=1))

    @latest
    def memory(self, rule: str, stream: str, beta1: float, beta2: float) -> Memory:
        """Return what the rule does with a whole stream."""
        return remember(rule, self.streams[stream], beta1, beta2)

    def update(self, rule: str, stream: str, beta1: float, beta2: float, step: int) -> str:
        memory, grads = self.memory(rule, stream, beta1, beta2), self.streams[stream]
        moved, time = np.abs(memory.moved), np.arange(1, self.last + 1)
        for j in range(2):
            put(self.stems[j], time, grads[:, j])
            put(self.moves[j], time[:step], moved[:step, j])
            put(self.dots[j], step, moved[step - 1, j])
            self.now[j].set_xdata([step, step])
        self._show_up_to(float(moved.max()))
        g, now = grads[step - 1], Memory(*(part[step - 1] for part in memory))
        largest = np.abs(grads).max(axis=0)
        self._show_bars(np.array([g, now.m, now.m_hat, now.v**0.5, now.v_hat**0.5]) / np.where(largest > 0, largest, 1))
        none = "not corrected" if rule.startswith("Adam") else f"{rule} has none"
        self.absent.set_texts([none if row in MISSING[rule] else "" for row in self.rows])
        words = "; ".join(f"{name}: {say_memory(rule, g, now, j)}" for j, name in enumerate(self.names))
        return f"{rule}, step {step}. {words}.{say_unused(rule, beta1, beta2)}"

    def _show_up_to(self, longest: float) -> None:
        """Give the lengths the smallest of a few axes that holds the longest step of the stream."""
        top = next((top for top in (1.5, 3, 8, 20, 50) if 1.05 * longest <= top), 1.1 * longest)
        if self.lengths.get_ylim()[1] != top:
            self.lengths.set_ylim(-top / 40, top)

    def _show_bars(self, shares: Array) -> None:
        for bars, lengths in zip(self.bars, np.minimum(shares, self.widest).T, strict=True):
            plots.set_bars(bars, lengths)
        far = np.argwhere(shares > self.widest)
        put(self.beyond, np.full(len(far), self.widest), [i + self.shifts[j] for i, j in far])


def checked_streams(streams: Mapping[str, Array]) -> dict[str, Array]:
    """Return streams of gradients as arrays. Raises ValueError where their shapes are not the same (T, 2)."""
    streams = {name: validate.numbers(grads, f"streams[{name!r}]", "T 2") for name, grads in streams.items()}
    shapes = [grads.shape for grads in streams.values()]
    if len(set(shapes)) != 1 or shapes[0][1] != 2:
        raise ValueError(
            f"streams: got the shapes {shapes}, expected the same (T, 2) for each. Cut them to one length."
        )
    return streams


def shrinks(grads: Array) -> float:
    """Say how much larger the gradients (T, 2) are in the first half of a stream than in the second."""
    first, second = (float(np.abs(half).mean()) for half in np.array_split(grads, 2))
    return first - second


def say_memory(rule: str, g: Array, now: Memory, j: int) -> str:
    """Say what a rule has for weight j at one step: its gradient g (2,) and the Memory of this step."""
    memo = f"v {now.v[j]:.4f}"
    if rule.startswith("Adam"):
        memo = f"m {now.m[j]:.3f}, {memo}"
    if rule == "Adam":
        memo = f"{memo}, corrected m_hat {now.m_hat[j]:.3f}, v_hat {now.v_hat[j]:.4f}"
    return f"g {g[j]:.3f}, {memo}, steps {abs(now.moved[j]):.2f} times the rate"


def say_unused(rule: str, beta1: float, beta2: float) -> str:
    """Say which of the two sliders play no part."""
    return {
        "AdaGrad": f" It has no m and keeps all of v: beta1 = {beta1:g} and beta2 = {beta2:g} play no part.",
        "RMSProp": f" It has no m: beta1 = {beta1:g} plays no part.",
    }.get(rule, "")
