"""A small network drawn as neurons and edges: a large number makes its edge thick, a negative one dashes it.

Four inputs, three hidden neurons, two outputs and a loss. All edges are one artist, and so are all their numbers.
"""

from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection

from lectureutils import plots, style
from lectureutils.figures.shared.words import two_decimals
from lectureutils.live import put

Array = np.ndarray
# Where the neurons stand; the unit is the gap between two inputs.
AT_X = [(0.0, 3.0 - j) for j in range(4)]
AT_H = [(1.75, 2.78 - 1.28 * i) for i in range(3)]
AT_S = [(3.2, 2.3 - 1.6 * k) for k in range(2)]
AT_L = (4.2, 1.5)
NEURONS = (*AT_X, *AT_H, *AT_S, AT_L)
# The edges row by row of W, then row by row of U, then those into the loss: each from its start to its end.
EDGES = (
    *((x, h) for h, x in product(AT_H, AT_X)),
    *((h, s) for s, h in product(AT_S, AT_H)),
    *((s, AT_L) for s in AT_S),
)
SHARES = np.repeat([0.755, 0.7, 0.57], [12, 6, 2])  # how far along its edge a number stands: none on another
PLATE = np.array([(-0.2, -0.085), (0.2, -0.085), (0.2, 0.085), (-0.2, 0.085)])
BELOW = np.repeat([(0.0, -0.33), (0.17, -0.33), (0.0, -0.33), (0.08, -0.37)], [4, 3, 2, 1], axis=0)
LEGEND = "thick: large    dashed: below 0    dotted: 0"
MOST = 1.5  # numbers beyond are not drawn any thicker


class Wires:
    """The drawn network in an axes of a figure: `flow` says what is on the edges, `write` what is at the neurons."""

    def __init__(self, figure: Any, axes: Axes, names: Sequence[str]):
        axes.set(xlim=(-0.3, 4.5), ylim=(-0.85, 3.42), xticks=[], yticks=[])
        axes.spines[:].set_visible(False)
        self.edges = LineCollection(EDGES, zorder=1)
        self.plates = PolyCollection([], facecolor=style.PAPER, edgecolor="none", zorder=3)
        for artist in (self.edges, self.plates):
            axes.add_collection(artist, autolim=False)
        floors = ((style.BLUE, AT_X), (style.ORANGE, AT_H), (style.GREEN, AT_S), (style.GREY, [AT_L]))
        for color, places in floors:
            put(figure.dot(axes, "o", style.pale(color, 0.35), 26, zorder=4), places)
        self.asleep = figure.dot(axes, "o", style.PALE, 26, zorder=4.5)
        edge = {"markeredgecolor": style.GRADIENT, "markeredgewidth": 2.5 * style.current_scale()}
        self.ring = figure.dot(axes, "o", "none", 29, zorder=5, **edge)
        for (x, y), up, word in zip((*AT_S, AT_L), (0.34, -0.55, 0.34), (*names, "loss"), strict=True):
            axes.text(x, y + up, word, ha="center", va="center", fontsize=style.size(style.SMALL))
        axes.text(2.1, -0.8, LEGEND, ha="center", fontsize=style.size(style.SMALL), color=style.GREY)
        starts, ends = np.array(EDGES).swapaxes(0, 1)
        self.middles = starts + SHARES[:, None] * (ends - starts)
        inside = [*AT_X, *((x, y + d) for x, y in AT_H for d in (0.085, -0.085)), *AT_S, AT_L]
        self.numbers, self.values, self.gradients = (
            plots.Numbers(axes, np.array(places)) for places in (self.middles, inside, np.array(NEURONS) + BELOW)
        )
        for numbers in (self.numbers, self.values, self.gradients):
            numbers.size *= 0.85
            numbers.set_zorder(6)
        self.gradients.set_colors([style.readable(style.GRADIENT)] * len(NEURONS))
        figure.moving(self.edges, self.plates, self.numbers, self.values, self.gradients)

    def write(self, x: Array, z: Array, h: Array, s: Array, L: float) -> None:
        """Write the values into the neurons, z above h; a hidden neuron that sleeps is grey."""
        pairs = [number for pair in zip(z, h, strict=True) for number in pair]
        self.values.set_texts([two_decimals(value) for value in (*x, *pairs, *s, L)])
        put(self.asleep, [place for place, value in zip(AT_H, z, strict=True) if value <= 0])

    def flow(self, amounts: Array, back: Array, now: Array) -> None:
        """Put numbers (20,) on the edges. `back` (20,): it is a gradient; `now` (20,): it belongs to this step.

        An edge that holds nan has no number yet.
        """
        known = np.isfinite(amounts)
        sizes = np.where(known, np.minimum(np.abs(amounts), MOST), 0)
        self.edges.set_linewidth([(0.8 + 5 * float(size)) * style.current_scale() for size in sizes])
        self.edges.set_linestyle([dash(value) for value in amounts])
        colors = [style.GRADIENT if gradient else style.VALUE for gradient in back]
        shades = zip(colors, now, strict=True)
        self.edges.set_color([color if strong else style.faint(color) for color, strong in shades])
        texts = [two_decimals(value) if there else "" for value, there in zip(amounts, known, strict=True)]
        self.numbers.set_texts(texts)
        self.numbers.set_colors([style.readable(color) for color in colors])
        self._lay_plates()

    def say(self, texts: Sequence[str], ring: Sequence[tuple[float, float]]) -> None:
        """Write the gradients (10,) below the neurons, and put a ring around those that are new."""
        self.gradients.set_texts(texts)
        put(self.ring, list(ring))
        self._lay_plates()

    def _lay_plates(self) -> None:
        """Lay paper below each number on an edge, so that it can be read."""
        written = ((self.numbers, 1.0), (self.gradients, 1.5))
        self.plates.set_verts(
            [place + PLATE * (width, 1) for numbers, width in written
             for place, text in zip(numbers.places, numbers.get_texts(), strict=True) if text]
        )  # fmt: skip


def dash(value: float) -> Any:
    """Return the dash of an edge: solid above 0, dashed below, dotted for 0 and for what is not known yet."""
    if not abs(value) > 0:
        return (0, (1, 3))
    return "-" if value > 0 else (0, (2.4, 1.1))
