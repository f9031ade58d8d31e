"""A drawn graph whose numbers change quickly, for the figures that go through it forward and back.

The graph is recorded by `autodiff` and laid out by `graph_view`; what changes from frame to frame is written on top of
it as light outlines, so that a slider is followed at once.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from lectureutils import plots, style
from lectureutils.autodiff import Tensor, tape
from lectureutils.figures.backpropagation.walk import Function, record
from lectureutils.graph_view import GRADIENT, VALUE, GraphView

WIDE, WIDE_GRADIENT = -88.88, -0.01234  # as wide as numbers get in a drawing
CLEAR = 0.35  # inches at the top of a drawing that stay empty
LEAST = 0.86  # words get no smaller, whatever the zoom
INCHES, FEW_INCHES = 7.0, 3.97  # the width of a figure, and of one on a narrow page, before it is enlarged or reduced


def outline(function: Function, names: Sequence[str], wide: float = WIDE) -> Tensor:
    """Return the graph of `function` filled with wide numbers, so that its drawing has room for any."""
    nodes = record(function, dict.fromkeys(names, 1.0))
    for node in nodes:
        node.data, node.grad = (
            (np.float64(wide), np.float64(WIDE_GRADIENT)) if node.op != "constant" else (node.data, None)
        )
    return nodes[-1]


def graph_size(root: Tensor, columns: int = 8) -> tuple[float, float]:
    """Return (width, height) in inches of the drawing of a graph."""
    return GraphView(Figure().add_axes((0, 0, 1, 1)), root, columns).size


def columns_for(root: Tensor, inches: float, high: float = 99.0, largest: float = 9.0) -> tuple[int, float]:
    """Return in how many columns a graph is drawn in this room, and how much it is enlarged: as much as possible."""
    sizes = {columns: graph_size(root, columns) for columns in (8, 6, 5, 4, 3)}
    zooms = {
        columns: min(largest, (inches - 0.1) / width, high / (height - CLEAR))
        for columns, (width, height) in sizes.items()
    }
    return max(zooms.items(), key=lambda pair: pair[1])


def head(fig: Figure, words: str, left: float = 0.03, top: float = 0.18) -> None:
    """Write a title as axes have it, `top` inches below the upper edge."""
    height = fig.get_figheight() / style.current_scale()
    fig.text(left, 1 - top / height, words, va="center", fontsize=_size(style.TITLE), fontweight=600)


def legend(fig: Figure, left: float = 0.03, top: float = 0.45, measured: str = "with ✓ or ✗: measured") -> None:
    """Say what stands where on a graph, each in its colour, `top` inches below the upper edge."""
    y, step = 1 - top / (fig.get_figheight() / style.current_scale()), 0.1 / fig.get_figwidth() * style.current_scale()
    words = [("above the line: value", VALUE, 0), ("below: gradient", GRADIENT, 15.5), (measured, style.INK, 27)]
    for word, color, place in words[: 2 if is_narrow(fig) else 3]:
        fig.text(left + place * step, y, word, color=color, va="center", fontsize=_size(style.SMALL))
    if is_narrow(fig):  # the third goes below the others
        fig.text(
            left,
            y - 0.22 * style.current_scale() / fig.get_figheight(),
            measured,
            va="center",
            fontsize=_size(style.SMALL),
        )


def is_narrow(fig: Figure) -> bool:
    """Say whether a figure is drawn for a narrow page."""
    return fig.get_figwidth() / style.current_scale() < INCHES - 1


def _size(share: float) -> float:
    return share * 10 * style.current_scale()


class GraphPicture:
    """A drawn graph whose numbers change quickly; nodes go by their place on the tape.

    `room` (left, right, top, bottom) is empty inches around it, and `zoom` shrinks it; see `GraphView` for `columns`.
    Texts are empty until `write`.
    """

    def __init__(
        self, axes: Axes, root: Tensor, zoom: float = 1.0, room: Sequence[float] = (0, 0, 0, 0), columns: int = 8
    ):
        left, right, top, bottom = room
        view = GraphView(axes, root, columns)
        width, height = view.size
        axes.set(xlim=(-left, width + right), ylim=(height + bottom, -top))
        self.axes, self.size = axes, view.size
        self.nodes = tape(root)
        self.drawn = [i for i, node in enumerate(self.nodes) if node in view.boxes and node.op != "constant"]
        self.boxes = {i: view.boxes[self.nodes[i]] for i in self.drawn}
        middles = [(view.values[self.nodes[i]].get_position()[0] + 0.04, self._middle(i)) for i in self.drawn]
        middles = np.array(middles) + [(0.07 * (node is root), 0.0) for node in (self.nodes[i] for i in self.drawn)]
        for label in [*view.values.values(), *view.gradients.values()]:
            label.set_visible(False)
        for label in axes.texts[-2:]:
            label.set_visible(False)  # see `legend`
        zoom = max(zoom, LEAST)
        for label in axes.texts:
            label.set_fontsize(zoom * label.get_fontsize())
        self.values = plots.Numbers(axes, middles - (0, 0.125))
        self.gradients = plots.Numbers(axes, middles + (0, 0.135))
        self.badges = plots.Numbers(axes, np.array([self._below(i) for i in self.drawn]))
        for numbers in (self.values, self.gradients, self.badges):
            numbers.size *= zoom
        self.rings = [self._ring(line) for line in ("-", "--")]
        self.artists = (self.values, self.gradients, self.badges, *self.rings)

    def write(self, values: Mapping[int, str], gradients: Mapping[int, str], badges: Mapping[int, str]) -> None:
        """Write texts by place; whatever is not named stays empty. A "?" is black."""
        parts = zip((self.values, self.gradients, self.badges), (values, gradients, badges), strict=True)
        for (numbers, texts), color in zip(parts, (VALUE, GRADIENT, style.INK), strict=True):
            shown = [texts.get(i, "") for i in self.drawn]
            numbers.set_texts(shown)
            numbers.set_colors([style.INK if "?" in word else color for word in shown])

    def mark(self, solid: int | None, dashed: int | None, color: str) -> None:
        """Put a solid ring around one box and a dashed one around another."""
        for ring, place in zip(self.rings, (solid, dashed), strict=True):
            ring.set_visible(place in self.boxes)
            if place in self.boxes:
                box = self.boxes[place]
                ring.set_bounds(box.get_x() - 0.06, box.get_y() - 0.06, box.get_width() + 0.12, box.get_height() + 0.12)
                ring.set_edgecolor(color)

    def _middle(self, i: int) -> float:
        return self.boxes[i].get_y() + self.boxes[i].get_height() / 2

    def _below(self, i: int) -> tuple[float, float]:
        return self.gradients.places[self.drawn.index(i)][0] - 0.06, self._middle(i) + 0.345

    def _ring(self, line: str) -> FancyBboxPatch:
        look = {"facecolor": "none", "linewidth": 2.2 * style.current_scale(), "zorder": 5, "linestyle": line}
        look["visible"] = False  # until `mark`
        return self.axes.add_patch(FancyBboxPatch((0, 0), 1, 1, boxstyle="round,pad=0,rounding_size=0.12", **look))
