"""Forward propagation is sums and bends in the right order: one number after the other, until the network answers.

The same small network is drawn as neurons and as matrices; what the next number needs is marked in both.
"""

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike

from lectureutils import plots, style, validate
from lectureutils.figures.neural_networks.spike import sigmoid
from lectureutils.figures.shared.words import three_decimals
from lectureutils.live import LiveFigure, Player, choice, matrix, presets, put, slider

Array = np.ndarray
BENDS = {  # and how each is written
    "ReLU": (lambda z: np.maximum(z, 0.0), "max(0, {})"),
    "sigmoid": (sigmoid, "sigmoid({})"),
    "none": (lambda z: z + 0.0, "{}"),
}
# Where the neurons stand: 4 inputs, 3 hidden ones, 2 outputs.
AT_X = [(0.0, 3.0 - i) for i in range(4)]
AT_H = [(1.0, 2.6 - 1.1 * j) for j in range(3)]
AT_S = [(2.0, 2.1 - 1.2 * j) for j in range(2)]


class ForwardFigure(LiveFigure):
    """Run a network z = W x + b, h = bend(z), s = U h + c forward, one number a step.

    Takes W (3, 4), b (3,), U (2, 3), c (2,), inputs {name: x (4,)} and the names of the two outputs. `k` of the eight
    numbers z, h and s are known at the start. Slide topic: forward propagation.
    """

    size = (700, 410)
    layout = "presets player reset / k bend / x"

    def __init__(
        self,
        W: ArrayLike,
        b: ArrayLike,
        U: ArrayLike,
        c: ArrayLike,
        inputs: Mapping[str, Array],
        names: Sequence[str],
        k: int = 0,
    ):
        self.W, self.b = validate.numbers(W, "W", "3 4"), validate.numbers(b, "b", "3")
        self.U, self.c = validate.numbers(U, "U", "2 3"), validate.numbers(c, "c", "2")
        self.names = tuple(names)
        inputs = {name: validate.numbers(x, f"inputs[{name!r}]", "4") for name, x in inputs.items()}
        self.telling = {"x": inputs.get("zeros", next(iter(inputs.values()))), "k": 7}
        super().__init__(
            matrix("x", next(iter(inputs.values())), -3, 3),
            slider("k", k, 0, 8, 1, label="Known so far"),
            choice("bend", list(BENDS), label="Bend"),
            Player(900, "k"),
            presets("Input", {name: {"x": x, "k": 0} for name, x in inputs.items()}),
        )

    def draw(self, fig: Figure) -> None:
        left, right = fig.subplots(1, 2, width_ratios=[1, 1.02])
        draw_wires(left, self.names)
        self._draw_neurons(left)
        self._draw_matrices(right)

    def _draw_neurons(self, axes: Axes) -> None:
        scale = style.current_scale()
        self.active = self.curve(axes, style.RED, linewidth=2, zorder=2)
        for color, places in ((style.BLUE, AT_X), (style.ORANGE, AT_H), (style.GREEN, AT_S)):
            put(self.dot(axes, "o", style.pale(color, 0.35), 37, zorder=3), places)
        self.plates = self.dot(axes, "s", style.PAPER, 15, markeredgecolor=style.PAPER, zorder=3.5)
        edge = {"markeredgecolor": style.RED, "markeredgewidth": 2.5 * scale}
        self.ring = self.dot(axes, "o", "none", 37, zorder=4, **edge)
        spots = [*AT_X, *[(u, v + d) for u, v in AT_H for d in (0.14, -0.14)], *AT_S]
        self.inside, self.weights = plots.Numbers(axes, np.array(spots)), plots.Numbers(axes, np.zeros((4, 2)))
        for numbers, zorder in ((self.inside, 5), (self.weights, 6)):
            numbers.size *= 0.9
            numbers.set_zorder(zorder)
        self.moving(self.inside, self.weights)

    def _draw_matrices(self, axes: Axes) -> None:
        self.table = plots.Numbers(axes, draw_blocks(axes))
        self.table.size *= 0.85
        look = {"facecolor": style.pale(style.RED, 0.2), "zorder": 1}
        self.band, self.over = (axes.add_patch(Rectangle((0, 0), 1, 1, **look)) for _ in range(2))
        self.moving(self.band, self.over, self.table)

    def update(self, x: Array, k: int, bend: str) -> str:
        z = self.W @ x + self.b
        h = BENDS[bend][0](z)
        numbers = np.concatenate([z, h, self.U @ h + self.c])
        self._write(x, [three_decimals(n) if i < k else "?" if i == k else "" for i, n in enumerate(numbers)], bend)
        self._point_out(k)
        sums = [written_sum(w, x, bias) for w, bias in zip(self.W, self.b, strict=True)]
        sums += [BENDS[bend][1].format(three_decimals(value)) for value in z]
        sums += [written_sum(u, h, bias) for u, bias in zip(self.U, self.c, strict=True)]
        said = [f"{'zzzhhhss'[i]}[{i % 3}] = {text}" for i, text in enumerate(sums)]
        done = f"{said[k - 1]} = {numbers[k - 1] + 0.0:.4f}. " if k else ""
        if k < 8:
            return f"{done}Next: {said[k]} = ?"
        return f"{done}The network has answered: {self.names[numbers[6:].argmax()]}, the larger of the two."

    def _write(self, x: Array, known: list[str], bend: str) -> None:
        """Write the input, the numbers known so far, and the weights, in both pictures."""
        zs, hs, ss = known[:3], known[3:6], known[6:]
        xs, W, b, U, c = (list(map(three_decimals, part.flat)) for part in (x, self.W, self.b, self.U, self.c))
        self.inside.set_texts([*xs, *(text for pair in zip(zs, hs, strict=True) for text in pair), *ss])
        self.table.set_texts([*xs, *W, *b, *zs, *hs, *hs, *U, *c, *ss, "h = z" if bend == "none" else f"h = {bend}(z)"])

    def _point_out(self, k: int) -> None:
        """Mark the neuron whose number comes next, the lines that lead to it, and its row of the matrix."""
        ends, weights, target, band, over = self._next(k)
        middles = [between(end, target, 0.42) for end in ends]
        put(self.active, [point for end in ends for point in (end, target, (np.nan, np.nan))])
        put(self.ring, target)
        put(self.plates, middles)
        self.weights.places = np.array([*middles, *[(0.0, -9.0)] * (4 - len(middles))])
        self.weights.set_texts([*map(three_decimals, weights), *[""] * (4 - len(weights))])
        self.band.set_bounds(*band)
        self.over.set_bounds(*over)

    def _next(self, k: int) -> tuple[list, Sequence[float], tuple, tuple, tuple]:
        """Return what leads to number k: places, weights, the neuron's place, and two bands of the matrices."""
        nothing = (0.0, 0.0, 0.0, 0.0)
        if k < 3:
            return AT_X, self.W[k], AT_H[k], (0, 1 + k, 6, 1), (0, 0, 4, 1)
        if k < 6:
            return [], [], AT_H[k - 3], (5, k - 2, 2, 1), nothing
        if k < 8:
            return AT_H, self.U[k - 6], AT_S[k - 6], (0, 0.6 + k, 5, 1), (0, 5.6, 3, 1)
        return [], [], (), nothing, nothing


def draw_wires(axes: Axes, names: Sequence[str]) -> None:
    """Draw the connections of the network, and the names of its outputs."""
    axes.set(xlim=(-0.3, 2.35), ylim=(-0.6, 3.6), yticks=[], title="As neurons")
    axes.set_xticks([0, 1, 2], ["inputs\nx", "hidden\nz above h", "outputs\ns"])
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    for p, q in [*product(AT_X, AT_H), *product(AT_H, AT_S)]:
        axes.plot(*zip(p, q, strict=True), color=style.PALE, linewidth=1, zorder=1)
    for (x, y), name in zip(AT_S, names, strict=True):
        axes.text(x, y - 0.52, name, ha="center", va="center", fontsize="small")


def draw_blocks(axes: Axes) -> Array:
    """Frame W, b, z, h under the input x, and U, c, s under the hidden h; return the places (M, 2) of all numbers."""
    axes.set(xlim=(-0.1, 7.1), ylim=(8.7, -0.7), xticks=[], yticks=[], title="The same as matrices")
    axes.spines[:].set_visible(False)
    blocks = [(0, 0, 1, 4), (0, 1, 3, 4), (4, 1, 3, 1), (5, 1, 3, 1), (6, 1, 3, 1)]
    blocks += [(0, 5.6, 1, 3), (0, 6.6, 2, 3), (3, 6.6, 2, 1), (4, 6.6, 2, 1)]
    look = {"edgecolor": style.GREY, "linewidth": 1, "clip_on": False, "facecolor": "none", "zorder": 2}
    places = []
    for x, y, rows, columns in blocks:
        axes.add_patch(Rectangle((x + 0.04, y + 0.04), columns - 0.08, rows - 0.08, **look))
        places += [(x + j + 0.5, y + i + 0.5) for i in range(rows) for j in range(columns)]
    for y, word in ((0.5, "x"), (2.5, "W"), (6.1, "h"), (7.6, "U")):
        axes.text(-0.15, y, word, ha="right", va="center", style="italic")
    tops = ((4.5, 0.65, "+ b"), (5.5, 0.65, "= z"), (6.5, 0.65, "h"), (3.5, 6.25, "+ c"), (4.5, 6.25, "= s"))
    for x, y, word in tops:
        axes.text(x, y, word, ha="center", va="center", style="italic")
    return np.array([*places, (5.75, 4.4)])  # last the bend, in words


def written_sum(w: Sequence[float], x: Sequence[float], b: float) -> str:
    """Write w . x + b as the sum it is: `0.1·0.1 - 0.15·1.5 + 0.3`."""
    text = " + ".join(f"{three_decimals(weight)}·{three_decimals(value)}" for weight, value in zip(w, x, strict=True))
    return f"{text} + {three_decimals(b)}".replace("+ -", "- ")


def between(start: Sequence[float], end: Sequence[float], share: float) -> tuple[float, float]:
    """Return the point that lies this share of the way from start to end."""
    return tuple((1 - share) * p + share * q for p, q in zip(start, end, strict=True))
