"""Update rules at work: a ball with friction, the memory of AdaGrad, RMSProp and Adam, and a race between them all.

Every number here comes from the rules of `lectureutils.optim`, so what moves in a figure is what trains a network.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure

from lectureutils import style, validate
from lectureutils.figures.shared.stepped import Stepped
from lectureutils.live import Player, Widget, choice, column, presets, row, slider
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
