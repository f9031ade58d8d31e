"""Backpropagation on a drawn graph: number after number forward, and number after number back.

All graphs are recorded by `autodiff` and laid out by `graph_view`. What changes from frame to frame is written on top
of them as light outlines, so that a slider is followed quickly.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure

from lectureutils import plots, style
from lectureutils.figures.backpropagation.graph_picture import INCHES, WIDE, GraphPicture, graph_size, outline
from lectureutils.figures.backpropagation.walk import Function, Step, gradient_name, judge, measured, record, walk
from lectureutils.figures.shared.words import four_digits
from lectureutils.graph_view import GRADIENT, VALUE
from lectureutils.live import Control, LiveFigure, Player, Widget, column, presets, row, slider, text


class StepperFigure(LiveFigure):
    """Walk through the graph of a formula: values forward, then gradients back, one number a step.

    `function` takes as many tensors as there are `inputs` {name: value}, and returns one number. The reader may type
    each number before it is shown and is told what went wrong; each gradient of an input is measured, too.
    `settings` are buttons {name: {input: value}}. Slide topics: computational graph, local view.
    """

    columns = 8  # longer graphs are wrapped

    def __init__(
        self, function: Function, inputs: Mapping[str, float], title: str = "",
        low: float = -6.0, high: float = 6.0, step: float = 0.5, settings: Mapping | None = None, wide: float = WIDE,
    ):  # fmt: skip
        self.function, self.title = function, title
        self.template = outline(function, list(inputs), wide)
        width, height = graph_size(self.template)
        self.zoom = min(1.0, (INCHES - 0.1) / width)
        self.size = (round(100 * INCHES), round(100 * (self.zoom * height + 0.85)))
        self.sliders = [slider(name, value, low, high, step) for name, value in inputs.items()]
        self.steps = walk(record(function, inputs))
        self.presets = presets("Set to", settings) if settings else None
        super().__init__(*self.sliders, *self._walking(), *([self.presets] if settings else []))

    def _walking(self) -> tuple[Control | Player, ...]:
        """Make the controls of the walk itself."""
        self._asked, self._heard, self._keep, self.said = None, None, False, ""
        self.k = slider("k", 0, 0, len(self.steps), 1, label="Steps done")
        self.guess = text("guess", label="Your number", hint="for the ?, then Enter")
        self.player = Player(tick_ms=1500)
        return self.k, self.guess, self.player

    def draw(self, fig: Figure) -> None:
        fig.set_layout_engine("none")  # everything has its place
        axes = fig.add_axes((0, 0, 1, 1))
        width, height = graph_size(self.template, self.columns)
        spare = max(0.0, INCHES / self.zoom - width)
        room = (spare / 2, spare / 2, 0.25 / self.zoom, 0.6 / self.zoom)
        self.picture = GraphPicture(axes, self.template, self.zoom, room, self.columns)
        fig.text(0.03, 1 - 18 / self.size[1], self.title, fontsize="large", va="center")
        middles = [(width / 2, height + inches / self.zoom) for inches in (0.12, 0.38)]
        self.lines = plots.Numbers(axes, np.array(middles))
        self.lines.set_colors([style.INK, style.GREY])
        self.moving(*self.picture.artists, self.lines)

    def update(self, k: int, guess: str, **inputs: float) -> None:
        self.inputs, self.k_shown = inputs, k
        self.nodes = record(self.function, inputs)
        self.steps, self.measured = walk(self.nodes), measured(self.function, inputs)
        self._listen(k, guess, inputs)
        done, self.next = self.steps[:k], self.steps[k] if k < len(self.steps) else None
        self._write(done)
        last = done[-1] if done else None
        start = "Forward first: each node computes its value."
        self.lines.set_texts([last.written, last.words] if last else [start, ""])
        self._mark(self.next or last)

    def _listen(self, k: int, guess: str, inputs: Mapping[str, float]) -> None:
        """Judge a typed number; a right one is shown at once, and one for another question is taken away."""
        question, self._asked = self._asked, (k, *inputs.values())
        before, self._heard = self._heard, (*self._asked, guess)
        if not self._keep and before != self._heard:  # the same once more is a sharper screen, say
            self.said = ""
        self._keep = False
        if not guess.strip() or k >= len(self.steps):
            return
        if question != self._asked:
            self._keep, self.said = True, ""
            self.guess.value = ""
            return
        right, self.said = judge(self.steps[k], guess)
        if right:
            self._keep = True
            self.guess.value, self.k.value = "", k + 1

    def _write(self, done: Sequence[Step]) -> None:
        values = {i: four_digits(node.data) for i, node in enumerate(self.nodes) if not node.parents}
        gradients, badges, root = {}, {}, self.nodes[-1]
        for step in done:
            if step.kind == "forward":
                values[step.node] = f"{step.asked} = {four_digits(step.result)}"
            else:
                gradients[step.parent] = four_digits(step.result)
        if self.next and self.next.kind == "forward":
            values[self.next.node] = f"{self.next.asked} = ?"
        elif self.next:
            before = gradients.get(self.next.parent)
            gradients[self.next.parent] = f"{before} + ?" if before else "?"
        waiting = {step.parent for step in self.steps[len(done) :]}
        self.verdicts = {}
        for i, node in enumerate(self.nodes):
            if not node.parents and node.name and i in gradients and i not in waiting:
                slope, mine = self.measured[node.name], self._gradient(i)
                fits = abs(slope - mine) <= 1e-4 * max(1.0, abs(slope))
                self.verdicts[gradient_name(root, node)] = (mine, slope, fits)
                badges[i] = (
                    f"measured {four_digits(slope)} {'✓' if fits else '✗'}" if np.isfinite(slope) else "not measured"
                )
        self.picture.write(values, gradients, badges)

    def _gradient(self, i: int) -> float:
        return [step.result for step in self.steps if step.kind != "forward" and step.parent == i][-1]

    def _mark(self, step: Step) -> None:
        color = VALUE if step.kind == "forward" else GRADIENT
        back = step.kind == "back"
        self.picture.mark(step.parent if back else step.node, step.node if back else None, color)

    def describe(self) -> str:
        parts = [self.said] if self.said else []
        parts.append(f"Step {self.k_shown} of {len(self.steps)}.")
        if self.k_shown:
            parts.append(f"{self.steps[self.k_shown - 1].written}.")
        if self.next:
            parts.append(f"Next: {self.next.asked} = ?")
        if self.verdicts:
            agree = [name for name, (_, _, fits) in self.verdicts.items() if fits]
            differ = [f"{name} is {four_digits(a)} by the graph, {four_digits(b)} measured"
                      for name, (a, b, fits) in self.verdicts.items() if not fits and np.isfinite(b)]  # fmt: skip
            parts.append(f"Measured and equal: {', '.join(agree)}." if agree else "")
            parts += [f"{line}: look for a kink." for line in differ]
        if not all(np.isfinite(step.result) for step in self.steps):
            parts.append("Some value or gradient is not a finite number here.")
        return " ".join(filter(None, parts))

    def advance(self) -> bool:
        self.set(k=min(self.k.value + 1, len(self.steps)))
        return self.k.value < len(self.steps)

    def rewind(self) -> None:
        self._keep = False
        self.set(k=0, guess="")

    def arrange(self) -> Widget:
        tools = [self.presets.widget] if self.presets else []
        return column(
            row(self.player.widget, self.reset_button, *tools),
            row(self.guess.widget, self.k.widget),
            row(*(part.widget for part in self.sliders)),
        )
