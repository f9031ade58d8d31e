"""A nerve cell and the artificial neuron side by side: each part and what stands for it, and what is lost on the way.

The unit computes with the lecture's numbers: sums, bias and bend of one row of W1 for x1.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import style, validate
from lectureutils.figures.neural_networks.spike import sigmoid
from lectureutils.figures.shared.words import MINUS, few_digits, in_brackets
from lectureutils.live import LiveFigure, Narrow, Player, choice, slider

Array = np.ndarray
Line = Sequence[tuple[float, float]]
BRANCHES = [(0.6, 7.0), (0.3, 5.0), (0.3, 2.9), (0.8, 0.9)]  # where the dendrites end
SOMA, SUM, BEND = (4.0, 4.0), (3.8, 4.0), (5.6, 4.0)
TALL = 3.1  # so much wider than high is a unit of the axes on the page
ENDS = [(9.6, 5.6), (9.8, 4.0), (9.5, 2.4)]  # where axon and wire end


class Part(NamedTuple):
    """A part of the cell and what stands for it in the unit: words, lines in both pictures, and places of the words."""

    cell: str
    unit: str
    does: str
    differs: str
    in_cell: list[Line]
    in_unit: list[Line]
    at_cell: tuple[float, float]
    at_unit: tuple[float, float]


def ring(middle: tuple[float, float], radius: float, count: int = 40, wobble: float = 0.0) -> Line:
    """Return a closed line around a place, a circle on the page if it does not wobble."""
    t = np.linspace(0, 2 * np.pi, count + 1)
    r = radius * (1 + wobble * np.cos(5 * t))
    return list(zip(middle[0] + r * np.cos(t), middle[1] + TALL * r * np.sin(t), strict=True))


def bow(start: tuple[float, float], end: tuple[float, float], lift: float) -> Line:
    """Return a bent line from one place to another, `lift` off the straight one in its middle."""
    t = np.linspace(0, 1, 15)[:, None]
    straight = (1 - t) * start + t * np.array(end)
    return [tuple(place) for place in straight + lift * np.sin(np.pi * t) * (0, 1)]


def dendrites() -> list[Line]:
    """Return four branches that lead to the body, each with two twigs."""
    found = []
    for n, tip in enumerate(BRANCHES):
        branch = bow(tip, (3.5, 5.0 - 0.66 * n), 0.5 if n < 2 else -0.5)
        up = 1 if n < 2 else -1
        found += [branch, [branch[5], (branch[5][0] - 0.7, branch[5][1] + 0.75 * up)]]
        found.append([branch[9], (branch[9][0] - 0.5, branch[9][1] + 0.6 * up)])
    return found


PARTS = (
    Part(
        "synapse", "weight",
        "Here the end of another cell touches this one, and lets it be excited (+) or inhibited (−) a little.",
        "A cell has thousands of them. It mostly excites all others or inhibits all others; weights are free.",
        [ring(tip, 0.13) for tip in BRANCHES], [[(0.85, 7 - 2 * j), (3.36, 4.6 - 0.4 * j)] for j in range(4)],
        (1.3, 7.7), (2.5, 7.2),
    ),
    Part(
        "dendrites", "inputs times weights",
        "Branches that carry the small changes of voltage to the body.",
        "In a cell it matters where and when an input arrives. The unit knows neither place nor time.",
        dendrites(), [ring((0.6, 7 - 2 * j), 0.26) for j in range(4)], (3.0, 6.6), (0.9, 8.2),
    ),
    Part(
        "body (soma)", "sum",
        "The body adds up what arrives.",
        "The voltage leaks away within some 20 milliseconds. A sum does not.",
        [ring(SOMA, 0.62, wobble=0.07), ring(SOMA, 0.18)], [ring(SUM, 0.47)], (4.0, 1.4), (3.8, 2.0),
    ),
    Part(
        "axon hillock", "bias and bend",
        "Where the axon begins the cell decides: above a threshold it fires.",
        "It fires or it doesn't, and may shift its threshold. The bend gives every shade between 0 and 1.",
        [[(4.6, 4.7), (5.3, 4.2)], [(4.6, 3.3), (5.3, 3.8)], [(5.3, 4.2), (5.3, 3.8)]],
        [[(4.27, 4.0), (5.15, 4.0)], ring(BEND, 0.45),
         [(5.3 + 0.03 * k, 3.3 + 1.4 * float(sigmoid(0.6 * (k - 10)))) for k in range(21)]],
        (5.5, 5.4), (5.6, 6.0),
    ),
    Part(
        "axon", "output",
        "A single fibre, up to a metre long, along which the spike runs.",
        "Spikes are all alike, and what counts is how often they come. The unit sends one number, at once.",
        [[(5.3, 4.0), (8.6, 4.0)], *[[(x, 3.65), (x + 0.7, 3.65), (x + 0.7, 4.35), (x, 4.35), (x, 3.65)]
                                     for x in (5.6, 6.6, 7.6)]],
        [[(6.05, 4.0), (8.6, 4.0)]], (7.0, 2.8), (7.3, 3.2),
    ),
    Part(
        "terminals", "wires to the next layer",
        "The axon branches, and each end is a synapse on another cell.",
        "Chemistry carries it across, and can tire or grow: there cells learn. Weights learn from a loss.",
        [*[bow((8.6, 4.0), end, 0.0) for end in ENDS], *[ring((x + 0.1, y), 0.1) for x, y in ENDS]],
        [[(8.6, 4.0), end] for end in ENDS], (8.6, 6.5), (8.3, 6.3),
    ),
)  # fmt: skip


class CellFigure(LiveFigure):
    """Match the parts of a nerve cell with those of an artificial neuron that computes with W (3, 4), b (3,), x (4,).

    Press on a part, choose it, or let the player go through them. Slide topic: a biological neuron.
    """

    size = (700, 400)
    narrow = Narrow(580)
    layout = "player reset / part row"
    telling = {"part": 3}

    def __init__(self, W: ArrayLike, b: ArrayLike, x: ArrayLike, names: Sequence[str]):
        self.W, self.b = validate.numbers(W, "W", "3 4"), validate.numbers(b, "b", "3")
        self.x = validate.numbers(x, "x", "4")
        super().__init__(
            slider("part", 1, 1, len(PARTS), 1, label="Part"),
            choice("row", {name: i for i, name in enumerate(names)}, label="Row of W"),
            Player(1500, "part"),
        )

    def draw(self, fig: Figure) -> None:
        self.cell, self.unit = fig.subplots(2, 1)
        self.sides = [Side(self, self.cell, "A nerve cell", 4), Side(self, self.unit, "The artificial neuron", 5)]
        look = {"ha": "center", "va": "center", "fontsize": style.size(style.SMALL), "zorder": 6}
        self.inputs = [self.unit.text(0.6, 7 - 2 * j, "", **look) for j in range(4)]
        plate = {"facecolor": style.PAPER, "edgecolor": "none", "pad": 0.5}
        self.weights = [self.unit.text(1.9, 6.0 - 1.33 * j, "", bbox=plate, **look) for j in range(4)]
        self.sum, self.out = self.unit.text(*SUM, "", **look), self.unit.text(7.3, 4.9, "", **look)
        self.signs = [self.cell.text(x - 0.3, y, "", **look) for x, y in BRANCHES]
        self.moving(*self.inputs, *self.weights, self.sum, self.out, *self.signs)

    def update(self, part: int, row: int) -> str:
        w, b = self.W[row], float(self.b[row])
        z = float(w @ self.x)
        a = float(sigmoid(z + b))
        for side in self.sides:
            side.point_out(part - 1)
        self.sides[1].lines[0].set_linestyle(["--" if weight < 0 else ":" if weight == 0 else "-" for weight in w])
        for j in range(4):
            self.inputs[j].set_text(f"{self.x[j]:g}")
            self.weights[j].set_text(few_digits(w[j]))
            self.signs[j].set_text("+" if w[j] > 0 else MINUS if w[j] < 0 else "0")
        self.sum.set_text(few_digits(z, 4))
        self.out.set_text(f"a = {a:.4f}")
        said = PARTS[part - 1]
        return (
            f"{said.cell.capitalize()}, in the unit: {said.unit}. {said.does} {self._numbers(part, row)} "
            f"Not the same: {said.differs[0].lower()}{said.differs[1:]}"
        )

    def _numbers(self, part: int, row: int) -> str:
        """Say what the unit computes at this part."""
        w, b, x = self.W[row], float(self.b[row]), self.x
        z = float(w @ x)
        a = float(sigmoid(z + b))
        products = " + ".join(in_brackets(value) for value in w * x)
        return (
            f"The unit: w = {', '.join(map(few_digits, w))}.",
            f"The unit: w[1]·x[1] = {in_brackets(w[1])}·{x[1]:g} = {few_digits(w[1] * x[1])}.",
            f"The unit: {products} = {few_digits(z, 4)}.",
            f"The unit: z = {few_digits(z, 4)} + {in_brackets(b)} = {few_digits(z + b, 4)}, a = sigmoid(z) = {a:.4f}.",
            f"The unit: a = {a:.4f}.",
            f"The unit: {a:.4f} goes to each neuron of the next layer.",
        )[part - 1]

    def tap(self, axes: Axes, x: float, y: float) -> None:
        for side in self.sides:
            if axes is side.axes:
                self.set(part=1 + side.nearest(x, y))

    def grab(self, axes: Axes, x: float, y: float) -> None:
        return None


class Side:
    """One of the two drawings: all parts as lines, each with its name."""

    def __init__(self, figure: LiveFigure, axes: Axes, title: str, field: int):
        axes.set(xlim=(-0.3, 10.1), ylim=(-0.1, 8.5), xticks=[], yticks=[], title=title)
        axes.spines[:].set_visible(False)
        self.axes, self.names = axes, []
        self.lines = [LineCollection(part[field], capstyle="round", joinstyle="round") for part in PARTS]
        for lines, part in zip(self.lines, PARTS, strict=True):
            axes.add_collection(lines, autolim=False)
            place, word = part[field + 2], part[0 if field == 4 else 1]
            self.names.append(axes.text(*place, word, ha="center", va="center", fontsize=style.size(style.SMALL)))
        figure.moving(*self.lines, *self.names)
        self.places = [np.concatenate([np.asarray(line) for line in part[field]]) for part in PARTS]

    def point_out(self, chosen: int) -> None:
        """Draw one part thick and red, its name bold, and all others in ink."""
        for n, (lines, name) in enumerate(zip(self.lines, self.names, strict=True)):
            lines.set_color(style.RED if n == chosen else style.INK)
            lines.set_linewidth((3.6 if n == chosen else 1.3) * style.current_scale())
            lines.set_zorder(4 if n == chosen else 3)
            name.set_color(style.readable(style.RED) if n == chosen else style.GREY)
            name.set_fontweight(600 if n == chosen else "normal")

    def nearest(self, x: float, y: float) -> int:
        """Return the part that is nearest to a place."""
        return int(np.argmin([((places - (x, y)) ** 2).sum(axis=1).min() for places in self.places]))
