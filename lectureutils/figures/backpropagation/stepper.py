"""Walk through a graph one number at a time: values forward, gradients back, each asked for before it is shown.

At the end of the walk every gradient of an input stands beside a measured one.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure

from lectureutils import plots, style
from lectureutils.autodiff import Tensor
from lectureutils.figures.backpropagation.graph_picture import (
    CLEAR,
    FEW_INCHES,
    INCHES,
    WIDE,
    GraphPicture,
    columns_for,
    graph_size,
    head,
    legend,
    outline,
)
from lectureutils.figures.backpropagation.walk import (
    RIGHT,
    Function,
    Step,
    gradient_name,
    judge,
    measured,
    record,
    walk,
)
from lectureutils.figures.shared.words import four_digits
from lectureutils.graph_view import GRADIENT, VALUE
from lectureutils.live import Control, LiveFigure, Player, presets, slider, text
from lectureutils.live.controls import Presets

HEAD, FOOT = 0.62, 0.66  # inches: title and legend, two lines of words
MORE = 0.22  # inches: one more line of the legend on a narrow page


class StepperFigure(LiveFigure):
    """Walk through the graph of a formula: values forward, then gradients back, one number a step.

    `function` takes as many tensors as there are `inputs` {name: value}, and returns one number. The reader may type
    each number before it is shown and is told what went wrong; each gradient of an input is measured, too.
    `settings` are buttons {name: {input: value}}. Slide topics: computational graph, local view.
    """

    columns = 8  # longer graphs are wrapped
    largest = 1.2  # how far a small graph is enlarged

    def __init__(
        self,
        function: Function,
        inputs: Mapping[str, float],
        title: str = "",
        low: float = -6.0,
        high: float = 6.0,
        step: float = 0.5,
        settings: Mapping | None = None,
        wide: float = WIDE,
    ):
        self.function, self.title = function, title
        self.template = outline(function, list(inputs), wide)
        width, height = graph_size(self.template)
        self.zoom = min(self.largest, (INCHES - 0.1) / width)
        self.size = (round(100 * INCHES), round(100 * (self.zoom * (height - CLEAR) + HEAD + FOOT)))
        self.sliders = [slider(name, value, low, high, step) for name, value in inputs.items()]
        self.steps = walk(record(function, inputs))
        if settings:
            self._begin("player reset presets", presets("Set to", settings))
        else:
            self._begin("player reset")

    def _begin(self, top: str, *more: Control | Presets) -> None:
        """Make the controls of the walk, and show the figure with them, the sliders and `more`, the row `top` first."""
        self._asked = self._praised = None
        self.telling = {"k": len(self.steps)}
        self.k = slider("k", 0, 0, len(self.steps), 1, label="Steps done")
        self.guess = text("guess", label="Your number", hint="for the ?, then Enter")
        self.player = Player(1500, "k")
        self.layout = f"{top} / guess k / {' '.join(control.name for control in self.sliders)}"
        super().__init__(*more, *self.sliders, self.k, self.guess, self.player)

    def draw(self, fig: Figure) -> None:
        fig.set_layout_engine("none")  # everything has its place
        axes = fig.add_axes((0, 0, 1, 1))
        columns, zoom, inches, above = self.columns, self.zoom, INCHES, HEAD
        if self.is_narrow:
            inches, above = FEW_INCHES, HEAD + MORE
            high = self.narrow.height / 100 / style.current_scale() - above - FOOT if self.narrow.height else 99.0
            columns, zoom = columns_for(self.template, inches, high, self.largest)
        width, height = graph_size(self.template, columns)
        if self.is_narrow and not self.narrow.height:  # as high as the graph
            fig.set_figheight(style.current_scale() * (zoom * (height - CLEAR) + above + FOOT))
        spare = max(0.0, inches / zoom - width)
        high = fig.get_figheight() / style.current_scale()
        over = (high - above - FOOT) / zoom - height + CLEAR  # of a picture that is higher
        top, bottom = above / zoom - CLEAR + over / 2, FOOT / zoom + over / 2
        room = (spare / 2, spare / 2, top, bottom)
        self.picture = GraphPicture(axes, self.template, zoom, room, columns)
        head(fig, self.title)
        legend(fig)
        middles = [(width / 2, height + bottom - up / zoom) for up in (0.42, 0.17)]
        self.lines = plots.Numbers(axes, np.array(middles))
        self.lines.set_colors([style.INK, style.GREY])
        self.moving(*self.picture.artists, self.lines)

    def update(self, k: int, guess: str, **inputs: float) -> str:
        nodes = record(self.function, inputs)
        self.steps = walk(nodes)
        verdict = self._listen(k, guess, inputs)
        pairs = compared(nodes, self.steps, k, measured(self.function, inputs))
        self.picture.write(*texts(nodes, self.steps, k), {pair.place: pair.badge for pair in pairs})
        start = "Forward first: each node computes its value."
        self.lines.set_texts([self.steps[k - 1].written, self.steps[k - 1].words] if k else [start, ""])
        self._mark(self.steps[min(k, len(self.steps) - 1)])
        return " ".join(filter(None, [verdict, *say_step(self.steps, k), *say_pairs(pairs), say_finite(self.steps)]))

    def _listen(self, k: int, guess: str, inputs: Mapping[str, float]) -> str:
        """Judge a typed number; a right one is shown at once, and one for another question is taken away."""
        question, self._asked = self._asked, (k, *inputs.values())
        if self._praised and (self._asked, guess) == self._praised:  # the same once more is a sharper screen, say
            return RIGHT
        self._praised = None
        if not guess.strip() or k >= len(self.steps):
            return ""
        if question != self._asked:
            self.guess.value = ""
            return ""
        right, verdict = judge(self.steps[k], guess)
        if right:
            self._praised = (k + 1, *inputs.values()), ""
            self.guess.value, self.k.value = "", k + 1
        return verdict

    def _mark(self, step: Step) -> None:
        color = VALUE if step.kind == "forward" else GRADIENT
        back = step.kind == "back"
        self.picture.mark(step.parent if back else step.node, step.node if back else None, color)

    def rewind(self) -> None:
        self.set(k=0, guess="")


class Pair(NamedTuple):
    """The gradient by an input, of which all pieces have arrived, as the graph gives it and as it is measured."""

    place: int
    name: str
    graph: float
    measured: float

    @property
    def fits(self) -> bool:
        return abs(self.measured - self.graph) <= 1e-4 * max(1.0, abs(self.measured))

    @property
    def badge(self) -> str:
        if not np.isfinite(self.measured):
            return "not measured"
        return f"{four_digits(self.measured)} {'✓' if self.fits else '✗'}"


def compared(nodes: Sequence[Tensor], steps: Sequence[Step], k: int, slopes: Mapping[str, float]) -> list[Pair]:
    """Pair the gradients that are complete after k steps with the measured `slopes`."""
    last = {step.parent: n for n, step in enumerate(steps) if step.kind != "forward"}  # the piece that completes it
    inputs = [(i, nodes[i].name) for i in sorted(last) if last[i] < k and not nodes[i].parents and nodes[i].name]
    return [Pair(i, gradient_name(nodes[-1], nodes[i]), steps[last[i]].result, slopes[name]) for i, name in inputs]


def texts(nodes: Sequence[Tensor], steps: Sequence[Step], k: int) -> tuple[dict[int, str], dict[int, str]]:
    """Return the values and the gradients that stand at each place after k steps, with a "?" for the next one."""
    values = {i: four_digits(node.data) for i, node in enumerate(nodes) if not node.parents}
    gradients = {}
    for step in steps[:k]:
        if step.kind == "forward":
            values[step.node] = f"{step.asked} = {four_digits(step.result)}"
        else:
            gradients[step.parent] = four_digits(step.result)
    for step in steps[k : k + 1]:
        if step.kind == "forward":
            values[step.node] = f"{step.asked} = ?"
        else:
            gradients[step.parent] = f"{gradients[step.parent]} + ?" if step.parent in gradients else "?"
    return values, gradients


def say_step(steps: Sequence[Step], k: int) -> list[str]:
    """Say which steps are done, what the last one found, and what the next one asks."""
    done = [f"{step.written}." for step in steps[:k][-1:]]
    return [f"Step {k} of {len(steps)}.", *done, *(f"Next: {step.asked} = ?" for step in steps[k : k + 1])]


def say_pairs(pairs: Sequence[Pair]) -> list[str]:
    """Say which gradients are as measured, and which are not."""
    equal = ", ".join(pair.name for pair in pairs if pair.fits)
    said = [f"Measured and equal: {equal}."] if equal else []
    for pair in pairs:
        if not pair.fits and np.isfinite(pair.measured):
            graph, slope = four_digits(pair.graph), four_digits(pair.measured)
            said.append(f"{pair.name} is {graph} by the graph, {slope} measured: look for a kink.")
    return said


def say_finite(steps: Sequence[Step]) -> str:
    """Say when some number is none."""
    finite = all(np.isfinite(step.result) for step in steps)
    return "" if finite else "Some value or gradient is not a finite number here."
