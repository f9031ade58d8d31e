"""Forward or backward: the same graph, the same local gradients, and not the same work.

A walk forward starts with 1 at one input and gives a column of the table of all gradients; a walk backward starts with
1 at one output and gives a row. So the one takes as many walks as there are inputs, the other as there are outputs.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import plots, style, validate
from lectureutils.figures.shared.words import counted, two_decimals
from lectureutils.live import LiveFigure, Narrow, Player, presets, put, slider

Array = np.ndarray
MOST = 4  # inputs, outputs
FLOORS = (MOST, 3, 2, MOST)  # the most nodes on each floor of the graph


class Stage(NamedTuple):
    """One step of a walk: its number, the floors it leads between, and all values so far, None where there is none."""

    walk: int
    start: int
    end: int
    values: list[Array | None]


def walk_both(layers: Sequence[Array]) -> tuple[list[Stage], list[Stage]]:
    """Return the stages of all walks forward, one for each input, and of all walks backward, one for each output.

    `layers` are the local gradients (nodes of the next floor, nodes of this one), the first one those of the inputs.
    """
    back = [local.T for local in layers[::-1]]
    forward, backward = _walks(layers), _walks(back)
    last = len(layers)
    turned = [Stage(s.walk, last - s.start, last - s.end, s.values[::-1]) for s in backward]
    return forward, turned


def _walks(layers: Sequence[Array]) -> list[Stage]:
    found = []
    for walk in range(layers[0].shape[1]):
        values: list[Array | None] = [None] * (len(layers) + 1)
        values[0] = np.eye(layers[0].shape[1])[walk]
        for floor, local in enumerate(layers):
            values[floor + 1] = local @ values[floor]
            found.append(Stage(walk, floor, floor + 1, list(values)))
    return found


def products(stage: Stage, layers: Sequence[Array]) -> int:
    """Count the multiplications of a stage: one for each edge, at the start only for those of the node with the 1."""
    local = layers[min(stage.start, stage.end)]
    if stage.start in (0, len(layers)):
        return local.shape[0] if stage.start == 0 else local.shape[1]
    return local.size


class BothWaysFigure(LiveFigure):
    """Walk through one graph forward and backward at once, and count the multiplications of both.

    Takes the local gradients of three layers, (3, 4), (2, 3) and (4, 2): with fewer inputs or outputs, the first ones.
    Slide topic: backward propagation.
    """

    size = (700, 440)
    narrow = Narrow(660, columns=0)
    layout = "presets player reset / k / inputs outputs"
    telling = {"k": 12}

    def __init__(self, first: ArrayLike, second: ArrayLike, third: ArrayLike):
        self.layers = [
            validate.numbers(first, "first", "3 4"),
            validate.numbers(second, "second", "2 3"),
            validate.numbers(third, "third", "4 2"),
        ]
        cases = {
            "a loss": {"inputs": 4, "outputs": 1, "k": 0},
            "one knob": {"inputs": 1, "outputs": 4, "k": 0},
            "as many": {"inputs": 4, "outputs": 4, "k": 0},
        }
        super().__init__(
            slider("k", 0, 0, 3 * MOST, 1, label="Steps"),
            slider("inputs", 4, 1, MOST, 1, label="Inputs"),
            slider("outputs", 1, 1, MOST, 1, label="Outputs"),
            Player(900, "k"),
            presets("Case", cases),
        )

    def draw(self, fig: Figure) -> None:
        if self.is_narrow:  # each graph above its own table
            panels = fig.subplots(4, 1, height_ratios=[2, 1, 2, 1]).reshape(2, 2).T
        else:
            panels = fig.subplots(2, 2, height_ratios=[2, 1])
        self.graphs = [Graph(self, axes, word) for axes, word in zip(panels[0], ("Forward", "Backward"), strict=True)]
        self.tables = []
        for axes in panels[1]:
            axes.set(xlim=(-1.3, MOST), ylim=(MOST, -0.9), xticks=[], yticks=[])
            axes.spines[:].set_visible(False)
            places = [(j + 0.5, i + 0.5) for i in range(MOST) for j in range(MOST)]
            places += [(j + 0.5, -0.4) for j in range(MOST)] + [(-0.6, i + 0.5) for i in range(MOST)]
            numbers = plots.Numbers(axes, np.array(places))
            numbers.size *= 0.85
            numbers.set_colors([style.readable(style.GRADIENT)] * MOST**2 + [style.GREY] * 2 * MOST)
            self.tables.append((numbers, self.curve(axes, style.GREY, linewidth=1, clip_on=False)))
            self.moving(numbers)

    def update(self, k: int, inputs: int, outputs: int) -> str:
        layers = [self.layers[0][:, :inputs], self.layers[1], self.layers[2][:outputs]]
        counts, ended = [], []
        for way, stages in enumerate(walk_both(layers)):
            done = stages[:k]
            counts.append(sum(products(stage, layers) for stage in done))
            ended.append(k >= len(stages))
            self.graphs[way].show(layers, done, counts[-1], len(stages))
            self._fill(way, done, inputs, outputs)
        return f"{counted(inputs, 'input')}, {counted(outputs, 'output')}. {say(counts, ended)}"

    def _fill(self, way: int, done: Sequence[Stage], inputs: int, outputs: int) -> None:
        """Write what is known of the table of gradients: columns on the way forward, rows on the way backward."""
        numbers, frame = self.tables[way]
        texts = [""] * MOST**2
        for stage in done[2::3]:
            values = stage.values[-1 if way == 0 else 0]
            assert values is not None
            for n, value in enumerate(values):
                row, column = (n, stage.walk) if way == 0 else (stage.walk, n)
                texts[row * MOST + column] = two_decimals(value)
        names = [f"x{j}" if j < inputs else "" for j in range(MOST)]
        names += [f"f{i}" if i < outputs else "" for i in range(MOST)]
        numbers.set_texts(texts + names)
        put(frame, np.array([(0, 0), (inputs, 0), (inputs, outputs), (0, outputs), (0, 0)]))


class Graph:
    """The graph with the numbers of one walk in its nodes, and the edges that the last step has used."""

    def __init__(self, figure: LiveFigure, axes: Axes, word: str):
        axes.set(xlim=(-0.35, 3.35), ylim=(-0.95, 3.4), xticks=[], yticks=[])
        for floor, name in enumerate("xzsf"):
            axes.text(floor, -0.25, name, ha="center", va="center", color=style.GREY)
        axes.set_title(f"{word}: one walk for each {'input' if word == 'Forward' else 'output'}")
        axes.spines[:].set_visible(False)
        self.edges = LineCollection([], zorder=1)
        axes.add_collection(self.edges, autolim=False)
        self.nodes = figure.dot(axes, "o", style.pale(style.BLUE, 0.3), 25, zorder=3)
        self.fresh = figure.dot(axes, "o", style.AMBER, 25, zorder=4)
        self.numbers = plots.Numbers(axes, np.zeros((sum(FLOORS), 2)))
        self.numbers.size *= 0.85
        self.numbers.set_zorder(5)
        self.count = axes.text(1.5, -0.9, "", ha="center", va="bottom")
        figure.moving(self.edges, self.numbers, self.count)

    def show(self, layers: Sequence[Array], done: Sequence[Stage], count: int, steps: int) -> None:
        """Show the last of the stages that are done."""
        floors = [layers[0].shape[1], *(len(local) for local in layers)]
        at = [[(floor, 3.35 - 3.3 * (n + 0.5) / size) for n in range(size)] for floor, size in enumerate(floors)]
        last = done[-1] if done else None
        used, segments = [], []
        for floor, local in enumerate(layers):
            for i, j in np.ndindex(local.shape):
                segments.append((at[floor][j], at[floor + 1][i]))
                used.append(last is not None and self._uses(last, floor, i, j, len(layers)))
        self.edges.set_segments(segments)
        self.edges.set_color([style.GRADIENT if it else style.FRAME for it in used])
        self.edges.set_linewidth([(3.0 if it else 0.8) * style.current_scale() for it in used])
        places = [place for floor in at for place in floor]
        put(self.nodes, places)
        put(self.fresh, at[last.end] if last else [])
        values = last.values if last else [None] * len(floors)
        texts = []
        for size, value in zip(floors, values, strict=True):
            texts += [""] * size if value is None else [two_decimals(number) for number in value]
        blank = len(self.numbers.places) - len(places)
        self.numbers.places = np.array([*places, *[(0.0, 0.0)] * blank])
        self.numbers.set_texts(texts + [""] * blank)
        over = " (done)" if len(done) == steps else ""
        self.count.set_text(f"{counted(count, 'multiplication')}, walk {last.walk + 1 if last else 0}{over}")

    @staticmethod
    def _uses(stage: Stage, floor: int, i: int, j: int, layers: int) -> bool:
        """Say whether a stage sends a number along the edge from node j of a floor to node i of the next."""
        if floor != min(stage.start, stage.end):
            return False
        if stage.start == 0:
            return j == stage.walk
        return i == stage.walk if stage.start == layers else True


def say(counts: Sequence[int], ended: Sequence[bool]) -> str:
    """Say how many multiplications both ways have taken, and who is done."""
    forward, backward = counts
    told = f"Forward {forward} so far, backward {backward}"
    if all(ended):
        told = f"Both have all gradients, forward with {forward} multiplications, backward with {backward}"
    elif any(ended):
        told += f"; {'forward' if ended[0] else 'backward'} has all gradients"
    return f"{told}."
