"""Forward propagation: one number after the other, until the network has answered.

A network of 4 inputs, 3 hidden neurons and 2 outputs, drawn as neurons and, beside it, as the matrices that it is. The
number to be computed next is a question mark; all that it needs is on the lines that lead to it.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike

from lectureutils import plots, style, validate
from lectureutils.figures.neural_networks.spike import sigmoid
from lectureutils.figures.shared.words import three_decimals
from lectureutils.live import LiveFigure, Player, Widget, choice, column, matrix, presets, row, slider

Array = np.ndarray
BENDS = {
    "ReLU": lambda z: np.maximum(z, 0.0),
    "sigmoid": sigmoid,
    "none": lambda z: z + 0.0,
}


def written_sum(w: Sequence[float], x: Sequence[float], b: float) -> str:
    """Write w . x + b as the sum it is: `0.1·0.1 - 0.15·1.5 + 0.3`."""
    text = " + ".join(f"{three_decimals(weight)}·{three_decimals(value)}" for weight, value in zip(w, x, strict=True))
    return f"{text} + {three_decimals(b)}".replace("+ -", "- ")


def between(start: Sequence[float], end: Sequence[float], share: float) -> tuple[float, float]:
    """Return the point that lies this share of the way from start to end."""
    return tuple((1 - share) * p + share * q for p, q in zip(start, end, strict=True))


class ForwardFigure(LiveFigure):
    """Run a network z = W x + b, h = bend(z), s = U h + c forward, one number a step.

    Takes W (3, 4), b (3,), U (2, 3), c (2,), inputs {name: x (4,)} and the names of the two outputs. `k` of the eight
    numbers z, h and s are known at the start. Slide topic: forward propagation.
    """

    size = (700, 410)

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
        self.x = matrix("x", next(iter(inputs.values())), -3, 3)
        self.k = slider("k", k, 0, 8, 1, label="Known so far")
        self.bend = choice("bend", list(BENDS), label="Bend")
        self.player = Player(tick_ms=900)
        self.inputs = presets("Input", {name: {"x": x, "k": 0} for name, x in inputs.items()})
        super().__init__(self.x, self.k, self.bend, self.player, self.inputs)

    def draw(self, fig: Figure) -> None:
        left, right = fig.subplots(1, 2, width_ratios=[1, 1.02])
        self._draw_network(left)
        self._draw_matrices(right)

    def _draw_network(self, axes: Axes) -> None:
        axes.set(xlim=(-0.3, 2.35), ylim=(-0.6, 3.6), yticks=[], title="As neurons")
        axes.set_xticks([0, 1, 2], ["inputs\nx", "hidden\nz above h", "outputs\ns"])
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        self.at_x = [(0.0, 3.0 - i) for i in range(4)]
        self.at_h = [(1.0, 2.6 - 1.1 * j) for j in range(3)]
        self.at_s = [(2.0, 2.1 - 1.2 * j) for j in range(2)]
        pairs = [(p, q) for q in self.at_h for p in self.at_x] + [(p, q) for q in self.at_s for p in self.at_h]
        for p, q in pairs:
            axes.plot(*zip(p, q, strict=True), color=style.PALE, linewidth=1, zorder=1)
        size = 37 * style.current_scale()
        dots = []
        for color, places in ((style.BLUE, self.at_x), (style.ORANGE, self.at_h), (style.GREEN, self.at_s)):
            look = {"markeredgecolor": style.INK, "markersize": size, "zorder": 3}
            dots += axes.plot(*zip(*places, strict=True), "o", color=style.pale(color, 0.35), **look)
        for place, name in zip(self.at_s, self.names, strict=True):
            axes.text(place[0], place[1] - 0.52, name, ha="center", va="center", fontsize="small")
        self.active = axes.plot([], [], "-", color=style.RED, linewidth=2, zorder=2)[0]
        self.ring = axes.plot([], [], "o", color="none", markeredgecolor=style.RED, markersize=size, zorder=4)[0]
        self.ring.set_markeredgewidth(2.5 * style.current_scale())
        spots = [*self.at_x, *[(u, v + d) for u, v in self.at_h for d in (0.14, -0.14)], *self.at_s]
        self.inside = plots.Numbers(axes, np.array(spots))
        self.inside.set_zorder(5)
        self.plates = axes.plot([], [], "s", color=style.PAPER, markersize=15 * style.current_scale(), zorder=3.5)[0]
        self.weights = plots.Numbers(axes, np.zeros((4, 2)))
        self.weights.set_zorder(6)
        self.inside.size *= 0.9
        self.weights.size *= 0.9
        self.moving(self.active, *dots, self.ring, self.plates, self.inside, self.weights)

    def _draw_matrices(self, axes: Axes) -> None:
        """Lay out W, b, z, h under the input x, and U, c, s under the hidden h."""
        axes.set(xlim=(-0.1, 7.1), ylim=(8.7, -0.7), xticks=[], yticks=[], title="The same as matrices")
        axes.spines[:].set_visible(False)
        blocks = [(0, 0, 1, 4), (0, 1, 3, 4), (4, 1, 3, 1), (5, 1, 3, 1), (6, 1, 3, 1)]
        blocks += [(0, 5.6, 1, 3), (0, 6.6, 2, 3), (3, 6.6, 2, 1), (4, 6.6, 2, 1)]
        places = []
        for x, y, rows, columns in blocks:
            look = {"edgecolor": style.GREY, "linewidth": 1, "clip_on": False, "facecolor": "none", "zorder": 2}
            axes.add_patch(Rectangle((x + 0.04, y + 0.04), columns - 0.08, rows - 0.08, **look))
            places += [(x + j + 0.5, y + i + 0.5) for i in range(rows) for j in range(columns)]
        for x, y, word in ((-0.15, 0.5, "x"), (-0.15, 2.5, "W"), (-0.15, 6.1, "h"), (-0.15, 7.6, "U")):
            axes.text(x, y, word, ha="right", va="center", style="italic")
        tops = ((4.5, 0.65, "+ b"), (5.5, 0.65, "= z"), (6.5, 0.65, "h"), (3.5, 6.25, "+ c"), (4.5, 6.25, "= s"))
        for x, y, word in tops:
            axes.text(x, y, word, ha="center", va="center", style="italic")
        self.band = axes.add_patch(Rectangle((0, 0), 1, 1, facecolor=style.pale(style.RED, 0.2), zorder=1))
        self.over = axes.add_patch(Rectangle((0, 0), 1, 1, facecolor=style.pale(style.RED, 0.2), zorder=1))
        self.table = plots.Numbers(axes, np.array([*places, (5.75, 4.4)]))
        self.table.size *= 0.85
        self.moving(self.band, self.over, self.table)

    def update(self, x: Array, k: int, bend: str) -> None:
        self.x_shown, self.known, self.bend_name = x, k, bend
        z = self.W @ x + self.b
        h = BENDS[bend](z)
        self.numbers = np.concatenate([z, h, self.U @ h + self.c])
        texts = [three_decimals(value) if i < k else "?" if i == k else "" for i, value in enumerate(self.numbers)]
        zs, hs, ss = texts[:3], texts[3:6], texts[6:]
        xs = [three_decimals(value) for value in x]
        self.inside.set_texts([*xs, *(text for pair in zip(zs, hs, strict=True) for text in pair), *ss])
        constants = [[three_decimals(value) for value in part.ravel()] for part in (self.W, self.b, self.U, self.c)]
        W, b, U, c = constants
        self.table.set_texts([*xs, *W, *b, *zs, *hs, *hs, *U, *c, *ss, "h = z" if bend == "none" else f"h = {bend}(z)"])
        self._point_out(k)

    def _point_out(self, k: int) -> None:
        """Mark the neuron whose number comes next, the lines that lead to it, and its row of the matrix."""
        ends, weights, target, band, over = self._next(k)
        path = [point for end in ends for point in (end, target, (np.nan, np.nan))]
        self.active.set_data(*np.array(path).reshape(-1, 2).T)
        self.ring.set_data(*np.array(target).reshape(-1, 2).T)
        middles = [between(end, target, 0.42) for end in ends]
        self.weights.places = np.array([*middles, *[(0.0, -9.0)] * (4 - len(middles))])
        self.weights.set_texts([*(three_decimals(w) for w in weights), *[""] * (4 - len(weights))])
        self.plates.set_data(*np.array(middles).reshape(-1, 2).T)
        for patch, (left, top, width, height) in ((self.band, band), (self.over, over)):
            patch.set_bounds(left, top, width, height)

    def _next(self, k: int) -> tuple[list, Sequence[float], tuple, tuple, tuple]:
        """Return what leads to number k: places, weights, the neuron's place, and two bands of the matrices."""
        nothing = (0.0, 0.0, 0.0, 0.0)
        if k < 3:
            return self.at_x, self.W[k], self.at_h[k], (0, 1 + k, 6, 1), (0, 0, 4, 1)
        if k < 6:
            return [], [], self.at_h[k - 3], (5, k - 2, 2, 1), nothing
        if k < 8:
            return self.at_h, self.U[k - 6], self.at_s[k - 6], (0, 0.6 + k, 5, 1), (0, 5.6, 3, 1)
        return [], [], (), nothing, nothing

    def describe(self) -> str:
        done = f"{self._name(self.known - 1)} = {self._sum(self.known - 1, True)}. " if self.known else ""
        if self.known < 8:
            return f"{done}Next: {self._name(self.known)} = {self._sum(self.known, False)}"
        best = int(self.numbers[6:].argmax())
        return f"{done}The network has answered: {self.names[best]}, the larger of the two."

    def _name(self, k: int) -> str:
        return f"{'zzzhhhss'[k]}[{(k % 3) if k < 6 else k - 6}]"

    def _sum(self, k: int, solved: bool) -> str:
        z, h = self.numbers[:3], self.numbers[3:6]
        answer = f"{self.numbers[k] + 0.0:.4f}" if solved else "?"
        if k < 3:
            return f"{written_sum(self.W[k], self.x_shown, self.b[k])} = {answer}"
        if k < 6:
            bend = {"ReLU": "max(0, {})", "sigmoid": "sigmoid({})", "none": "{}"}[self.bend_name]
            return f"{bend.format(three_decimals(z[k - 3]))} = {answer}"
        return f"{written_sum(self.U[k - 6], h, self.c[k - 6])} = {answer}"

    def advance(self) -> bool:
        self.set(k=min(8, self.k.value + 1))
        return self.k.value < 8

    def rewind(self) -> None:
        self.set(k=0)

    def arrange(self) -> Widget:
        top = row(self.inputs.widget, self.player.widget, self.reset_button)
        return column(top, row(self.k.widget, self.bend.widget), self.x.widget)
