"""The reader types a formula and gets its graph, to walk through as through any other.

A graph is as wide as the picture has room for: it is wrapped, and made smaller, and refused when it is too large.
"""

from collections.abc import Mapping

from lectureutils import style
from lectureutils.figures.backpropagation.graph_picture import INCHES, columns_for, outline
from lectureutils.figures.backpropagation.parse import Formula, parse
from lectureutils.figures.backpropagation.stepper import FOOT, HEAD, StepperFigure
from lectureutils.figures.backpropagation.walk import record, walk
from lectureutils.live import Narrow, slider, text


class FormulaFigure(StepperFigure):
    """Walk through the graph of a formula that the reader types, of x, y and z: see `parse`.

    The graph is drawn anew when the formula changes. Slide topic: computational graph.
    """

    size = (700, 420)
    narrow = Narrow(480)
    largest = 1.4

    def __init__(self, formula: str = "x * y + z", inputs: Mapping[str, float] = {"x": -3, "y": 5, "z": 2}):  # noqa: B006
        self.formula = text("formula", formula, label="f =", hint="x * y + z")
        self.sliders = [slider(name, value, -6.0, 6.0, 0.5) for name, value in inputs.items()]
        self.start = dict(inputs)
        self._adopt(parse(formula, tuple(inputs)))
        self._begin("formula / player reset", self.formula)

    def _adopt(self, new: Formula) -> None:
        """Take over a formula if its drawing has room."""
        template, high = outline(new.function, new.names), self.size[1] / 100 - HEAD - FOOT
        columns, zoom = columns_for(template, INCHES, high, self.largest)
        if zoom < 0.5:
            raise ValueError(f"formula: the graph of {new.text} is too large for the picture. Try a shorter one.")
        self.adopted, self.function = new, new.function
        self.template, self.zoom, self.columns = template, zoom, columns
        self.title = f"f = {new.text}".replace("*", "\N{MIDDLE DOT}").replace(2 * "\N{MIDDLE DOT}", "**")
        self.steps = walk(record(new.function, {name: self.start[name] for name in new.names}))

    def update(self, formula: str, k: int, guess: str, **inputs: float) -> str:
        new = parse(formula, tuple(self.start))
        if new.text != self.adopted.text:
            self._adopt(new)
            self._redraw()
            k = self.k.value = 0
            self.k.inputs[0].max = len(self.steps)
        for control in self.sliders:
            control.inputs[0].disabled = control.name not in new.names
        return super().update(min(k, len(self.steps)), guess, **{name: inputs[name] for name in new.names})

    def _redraw(self) -> None:
        self.painter.still(*self.picture.artists, self.lines)
        figure = self.painter.figure
        figure.clear()
        with style.settings():
            self.draw(figure)
