"""A recorded graph drawn as on the slides: values run above the lines, gradients come back below them.

Each tensor is a box with a line to its right. The place of a box has two halves: its column says how many steps
it is from the inputs, its height is the mean of its neighbours' heights, moved apart. A long graph is wrapped
like text, and the middle of a very long one is folded into one box.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, PathPatch
from matplotlib.path import Path
from matplotlib.text import Text

from lectureutils import plots, style, validate
from lectureutils.autodiff import CONSTANT, Tensor, tape
from lectureutils.ops import TABLE

VALUE, GRADIENT = map(style.readable, (style.VALUE, style.GRADIENT))  # of words
LETTER, LINE, GAP, MARGIN, LANE = 0.082, 0.78, 0.38, 0.2, 0.13  # inches: a letter, a row, gaps
SWEEPS = 12  # how often heights follow their neighbours


@dataclass(eq=False)
class _Box:
    """Something with a place: a tensor, the folded middle, or (without text) a bend of a long line."""

    text: str
    parents: "list[_Box]"
    column: int = 0
    node: Tensor | None = None
    children: "list[_Box]" = field(default_factory=list)
    x: float = 0.0
    y: float = 0.0
    width: float = 0.0
    stub: float = 0.0  # the line to the right, which carries the numbers
    lane: float = 0.0  # of a line that comes from the row before: how far left of the box it runs down,
    turn: float = 0.0  # and the height at which it runs to the left

    @property
    def end(self) -> float:
        return self.x + self.width + self.stub


class GraphView:
    """The artists of one graph in one axes; `size` (width, height) in inches is what they need.

    `boxes`, `values` and `gradients` map each tensor that is drawn to its patch and its texts. A row has at
    most `columns` columns; beyond `rows` rows the middle is folded. Slide topic: computational graph.
    """

    def __init__(self, axes: Axes, root: Tensor, columns: int = 8, rows: int = 4):
        columns, rows = validate.count(columns, "columns", 3), validate.count(rows, "rows")
        bands = _bands(_layers(_boxes(root, columns * rows)), columns)
        self.size = _place(bands)
        self.boxes: dict[Tensor, FancyBboxPatch] = {}
        self.values: dict[Tensor, Text] = {}
        self.gradients: dict[Tensor, Text] = {}
        axes.set(xlim=(0, self.size[0]), ylim=(self.size[1], 0), aspect="equal")
        axes.set_axis_off()
        for band in bands:
            for box in (box for layer in band for box in layer):
                self._draw(axes, box)
                for child in box.children:
                    _line(axes, box, child)
        _legend(axes)
        self.update()

    def update(self, shown: Collection[Tensor] | None = None) -> None:
        """Write values and gradients anew; with `shown`, only the gradients of these tensors appear."""
        shown = shown if shown is None else set(shown)
        for node, text in self.values.items():
            text.set_text(_named(node))
        for node, text in self.gradients.items():
            gradient = node.grad if shown is None or node in shown else None
            text.set_text("" if gradient is None else number(gradient))

    def _draw(self, axes: Axes, box: _Box) -> None:
        if not box.text:
            axes.plot([box.x, box.end], [box.y, box.y], color=style.GREY, linewidth=1.2, zorder=1)
            return
        leaf = box.node is not None and not box.node.parents
        patch = FancyBboxPatch(
            (box.x, box.y - 0.17), box.width, 0.34, boxstyle=f"round,pad=0,rounding_size={0.04 if leaf else 0.17}",
            facecolor=_fill(box.node), edgecolor=style.INK,
            linestyle="--" if box.node is None else "-", linewidth=1.1, zorder=3)  # fmt: skip
        axes.add_patch(patch)
        axes.text(box.x + box.width / 2, box.y, box.text, ha="center", va="center", zorder=4)
        if box.stub:
            axes.plot([box.x + box.width, box.end], [box.y, box.y], color=style.GREY, linewidth=1.2, zorder=1)
        if box.node is not None:
            middle = box.x + box.width + box.stub / 2
            self.boxes[box.node] = patch
            self.values[box.node] = axes.text(middle, box.y - 0.04, "", ha="center", va="bottom", color=VALUE)
            self.gradients[box.node] = axes.text(middle, box.y + 0.05, "", ha="center", va="top", color=GRADIENT)


def draw_graph(root: Tensor, columns: int = 8, rows: int = 4) -> Figure:
    """Return a Figure of the graph that made `root`, as large as it needs: see `GraphView`."""
    with style.settings():
        figure = Figure()
        FigureCanvasAgg(figure)
        view = GraphView(figure.add_axes((0, 0, 1, 1)), root, columns, rows)
        width, height = view.size
        figure.set_size_inches(style.current_scale() * width, style.current_scale() * height)
    return figure


def describe(root: Tensor) -> str:
    """Say in a sentence what a drawing of the graph shows: inputs, operations, values and gradients."""
    nodes = [node for node in tape(root) if node.op is not CONSTANT]
    if len(nodes) > 12:
        return f"A graph of {len(nodes):,} tensors that ends in {_word(nodes[-1])} = {number(root.data)}."
    parts = [f"{_word(node)} = {number(node.data)}"
             + ("" if node.grad is None else f" (gradient {number(node.grad)})") for node in nodes]  # fmt: skip
    return "; ".join(parts) + "."


def number(array: np.ndarray) -> str:
    """Write a number with four digits, the numbers of a vector of up to three, and of anything larger its shape."""
    array = np.asarray(array)
    if array.size > 3 or array.ndim > 1:
        return "\N{MULTIPLICATION SIGN}".join(map(str, array.shape))
    digits = ".4g" if array.size == 1 else ".3g"
    return ", ".join(f"{value:{digits}}" for value in array.ravel()).replace("-", "\N{MINUS SIGN}")


def _word(node: Tensor) -> str:
    if node.op == CONSTANT:
        return number(node.data) if node.data.size == 1 else "data"
    if node.op is None:
        return node.name or "leaf"
    return node.name or TABLE[node.op].symbol


def _fill(node: Tensor | None) -> str | tuple[float, float, float]:
    if node is None or node.parents:
        return style.PAPER
    return style.PALE if node.op is CONSTANT else style.pale(style.AMBER, 0.45)


def _named(node: Tensor) -> str:
    if node.op is CONSTANT and node.data.size == 1:
        return ""  # it stands in the box
    inner = node.name and node.parents and node.op != "fused"
    return f"{node.name} = {number(node.data)}" if inner else number(node.data)


def _in_box(node: Tensor) -> str:
    symbol = TABLE[node.op].symbol if node.op and node.parents and node.op != "fused" else _word(node)
    pretty = {"*": "\N{MULTIPLICATION SIGN}", "-": "\N{MINUS SIGN}"}
    return pretty.get(symbol, symbol).replace("_", " ")


# ---- columns: steps from the inputs


def _boxes(root: Tensor, most: int) -> list[_Box]:
    """Give each tensor a box in its column; the columns in the middle become one where there are too many."""
    nodes, boxes = tape(root), {}
    for node in nodes:
        parents = list(dict.fromkeys(boxes[parent] for parent in node.parents))
        box = _Box(_in_box(node), parents, max((p.column + 1 for p in parents), default=0), node)
        for parent in parents:
            parent.children.append(box)
        boxes[node] = box
    for box in boxes.values():  # an input stands just before it is first used
        if not box.parents and box.children:
            box.column = min(child.column for child in box.children) - 1
    return _folded(list(boxes.values()), most)


def _folded(boxes: list[_Box], most: int) -> list[_Box]:
    last = boxes[-1].column
    if last < most:
        return boxes
    head, tail = (most - 1) // 2, last - (most - 2 - (most - 1) // 2)
    hidden = {box for box in boxes if head <= box.column < tail}
    fold = _Box(f"\N{MIDLINE HORIZONTAL ELLIPSIS} {len(hidden):,} more \N{MIDLINE HORIZONTAL ELLIPSIS}", [], head)
    kept = [box for box in boxes if box not in hidden]
    for box in kept:
        box.parents = list(dict.fromkeys(fold if p in hidden else p for p in box.parents))
        box.children = list(dict.fromkeys(fold if c in hidden else c for c in box.children))
        if box.column >= tail:
            box.column -= tail - head - 1
    fold.parents = [box for box in kept if fold in box.children]
    fold.children = [box for box in kept if fold in box.parents]
    return [*kept, fold]


def _layers(boxes: list[_Box]) -> list[list[_Box]]:
    """Sort boxes by column; a line over several columns gets a bend in each, so that it has a way around boxes."""
    layers = [[] for _ in range(max(box.column for box in boxes) + 1)]
    for box in boxes:
        layers[box.column].append(box)
    for box in boxes:
        far, at = [c for c in box.children if c.column > box.column + 1], box
        while far:
            bend = _Box("", [at], at.column + 1)
            layers[bend.column].append(bend)
            at.children = [c for c in at.children if c not in far] + [bend]
            bend.children = far
            for child in far:
                child.parents = [bend if p is at else p for p in child.parents]
            far, at = [c for c in far if c.column > bend.column + 1], bend
    return layers


def _bands(layers: list[list[_Box]], columns: int) -> list[list[list[_Box]]]:
    wide = -(-len(layers) // -(-len(layers) // columns))  # rows of about the same length
    return [layers[start : start + wide] for start in range(0, len(layers), wide)]


# ---- places


def _place(bands: Sequence[Sequence[Sequence[_Box]]]) -> tuple[float, float]:
    """Set x, y and widths of all boxes; return the size of the whole in inches."""
    layers = [layer for band in bands for layer in band]
    _set_heights(layers)
    width, top = 0.0, MARGIN + 0.05
    for k, band in enumerate(bands):
        lines = [child for box in bands[k - 1][-1] for child in box.children] if k else []
        top += LANE * len(lines)
        x, members = MARGIN + LANE * len(lines), [box for layer in band for box in layer]
        low, high = min(box.y for box in members), max(box.y for box in members)
        for layer in band:
            x = _set_column(layer, x)
        for box in members:
            box.y = top + 0.45 + (box.y - low) * LINE
        for i, box in enumerate(sorted(set(lines), key=lambda box: box.y)):
            box.lane = LANE * (i + 1)
            box.turn = top - LANE * i
        width, top = max(width, x), top + 0.85 + (high - low) * LINE
    return width + MARGIN - GAP + LANE * max(len(band[-1]) for band in bands), top


def _set_column(layer: Sequence[_Box], x: float) -> float:
    for box in layer:
        if box.text:
            box.width = max(0.36, LETTER * len(box.text) + 0.2)
        if box.node is not None:
            texts = [_named(box.node), number(box.node.data if box.node.grad is None else box.node.grad)]
            box.stub = 0.45 if box.node.op is CONSTANT else max(0.7, LETTER * max(map(len, texts)) + 0.14)
    wide = max(box.width for box in layer)
    end = x + wide + max(box.stub for box in layer)
    for box in layer:
        box.x = x + (wide - box.width if box.text else 0)
        box.stub = end - box.x - box.width
    return end + GAP


def _set_heights(layers: Sequence[Sequence[_Box]]) -> None:
    high = max(map(len, layers)) - 1
    for layer in layers:
        for i, box in enumerate(layer):
            box.y = i + (high - len(layer) + 1) / 2
    for sweep in range(SWEEPS):
        for layer in layers if sweep % 2 else reversed(layers):
            near = [box.parents if sweep % 2 else box.children for box in layer]
            wanted = [np.mean([n.y for n in some]) if some else box.y for box, some in zip(layer, near, strict=True)]
            for box, y in zip(layer, plots.spread(np.array(wanted), 1.0, 0.0, high), strict=True):
                box.y = round(2 * y) / 2  # level lines look calmer than nearly level ones


def _line(axes: Axes, box: _Box, child: _Box) -> None:
    """Draw the line from the end of a box's own line to its child, back to the left where a new row begins."""
    style_of = {"color": style.GREY, "linewidth": 1.2, "zorder": 1}
    if child.x > box.end:
        middle = (box.end + child.x) / 2
        points, codes = [(box.end, box.y), (middle, box.y), (middle, child.y), (child.x, child.y)], [1, 4, 4, 4]
    else:
        right, left = box.end + child.lane, child.x - child.lane - 0.1
        points = [(box.end, box.y), (right, box.y), (right, child.turn), (left, child.turn), (left, child.y),
                  (child.x, child.y)]  # fmt: skip
        codes = [1, 2, 2, 2, 2, 2]
    if child.text:
        axes.add_patch(FancyArrowPatch(path=Path(points, codes), arrowstyle="-|>", mutation_scale=9, **style_of))
    else:
        axes.add_patch(PathPatch(Path(points, codes), fill=False, **style_of))


def _legend(axes: Axes) -> None:
    axes.text(MARGIN, MARGIN, "above the line: value", color=VALUE, va="center")
    axes.text(MARGIN + 24 * LETTER, MARGIN, "below: gradient", color=GRADIENT, va="center")
