"""Backpropagation on a drawn graph: number after number forward, and number after number back.

All graphs are recorded by `autodiff` and laid out by `graph_view`. What changes from frame to frame is written on top
of them as light outlines, so that a slider is followed quickly.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from lectureutils import plots, style
from lectureutils.autodiff import Tensor, maximum, tape
from lectureutils.figures.backward_walk import Function, Step, gradient_name, judge, measured, record, short, walk
from lectureutils.figures.formula import Formula, parse
from lectureutils.graph_view import GRADIENT, VALUE, GraphView
from lectureutils.live import Control, LiveFigure, Player, Widget, choice, column, presets, row, slider, text, toggle

Array = np.ndarray
WIDE = -88.88  # as wide as a number gets in a drawing
INCHES = 7.0  # the width of a figure


def outline(function: Function, names: Sequence[str], wide: float = WIDE) -> Tensor:
    """Return the graph of `function` filled with wide numbers, so that its drawing has room for any."""
    nodes = record(function, dict.fromkeys(names, 1.0))
    for node in nodes:
        node.data, node.grad = (np.float64(wide), np.float64(wide)) if node.op != "constant" else (node.data, None)
    return nodes[-1]


def graph_size(root: Tensor, columns: int = 8) -> tuple[float, float]:
    """Return (width, height) in inches of the drawing of a graph."""
    return GraphView(Figure().add_axes((0, 0, 1, 1)), root, columns).size


class GraphPicture:
    """A drawn graph whose numbers change quickly; nodes go by their place on the tape.

    `room` (left, right, top, bottom) is empty inches around it, and `zoom` shrinks it; see `GraphView` for `columns`.
    Texts are empty until `write`.
    """

    def __init__(
        self, axes: Axes, root: Tensor, zoom: float = 1.0, room: tuple[float, float, float, float] = (0,) * 4,
        columns: int = 8,
    ):  # fmt: skip
        left, right, top, bottom = room
        view = GraphView(axes, root, columns)
        width, height = view.size
        axes.set(xlim=(-left, width + right), ylim=(height + bottom, -top))
        self.axes, self.size = axes, view.size
        self.nodes = tape(root)
        self.drawn = [i for i, node in enumerate(self.nodes) if node in view.boxes and node.op != "constant"]
        self.boxes = {i: view.boxes[self.nodes[i]] for i in self.drawn}
        places = [(view.values[self.nodes[i]].get_position()[0], self._middle(i)) for i in self.drawn]
        for label in [*view.values.values(), *view.gradients.values()]:
            label.set_visible(False)
        for label in axes.texts:
            label.set_fontsize(zoom * label.get_fontsize())
        self.values = plots.Numbers(axes, np.array(places) - (0, 0.125))
        self.gradients = plots.Numbers(axes, np.array(places) + (0, 0.135))
        self.badges = plots.Numbers(axes, np.array([self._below(i) for i in self.drawn]))
        for numbers in (self.values, self.gradients, self.badges):
            numbers.size *= zoom
        self.rings = [self._ring(line) for line in ("-", "--")]
        self.artists = (self.values, self.gradients, self.badges, *self.rings)

    def write(self, values: Mapping[int, str], gradients: Mapping[int, str], badges: Mapping[int, str]) -> None:
        """Write texts by place; whatever is not named stays empty. A "?" is black."""
        for numbers, texts, color in ((self.values, values, VALUE), (self.gradients, gradients, GRADIENT),
                                      (self.badges, badges, style.INK)):  # fmt: skip
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
        box = self.boxes[i]
        return box.get_x() + 0.55, self._middle(i) + 0.36

    def _ring(self, line: str) -> FancyBboxPatch:
        look = {"facecolor": "none", "linewidth": 2.2 * style.current_scale(), "zorder": 5, "linestyle": line}
        return self.axes.add_patch(FancyBboxPatch((0, 0), 1, 1, boxstyle="round,pad=0,rounding_size=0.12", **look))


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
        values = {i: short(node.data) for i, node in enumerate(self.nodes) if not node.parents}
        gradients, badges, root = {}, {}, self.nodes[-1]
        for step in done:
            if step.kind == "forward":
                values[step.node] = f"{step.asked} = {short(step.result)}"
            else:
                gradients[step.parent] = short(step.result)
        if self.next and self.next.kind == "forward":
            values[self.next.node] = f"{self.next.asked} = ?"
        elif self.next:
            before = gradients.get(self.next.parent)
            gradients[self.next.parent] = f"{before} + ?" if before else "?"
        waiting = {step.parent for step in self.steps[len(done):]}
        self.verdicts = {}
        for i, node in enumerate(self.nodes):
            if not node.parents and node.name and i in gradients and i not in waiting:
                slope, mine = self.measured[node.name], self._gradient(i)
                fits = abs(slope - mine) <= 1e-4 * max(1.0, abs(slope))
                self.verdicts[gradient_name(root, node)] = (mine, slope, fits)
                badges[i] = f"measured {short(slope)} {'✓' if fits else '✗'}" if np.isfinite(slope) else "not measured"
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
            differ = [f"{name} is {short(a)} by the graph, {short(b)} measured"
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


class FormulaFigure(StepperFigure):
    """Walk through the graph of a formula that the reader types, of x, y and z: see `formula.parse`.

    The graph is drawn anew when the formula changes. Slide topic: computational graph.
    """

    size = (700, 430)

    def __init__(self, formula: str = "x * y + z", inputs: Mapping[str, float] = {"x": -3, "y": 5, "z": 2}):  # noqa: B006
        self.formula = text("formula", formula, label="f =", hint="x * y + z")
        self.sliders = [slider(name, value, -6.0, 6.0, 0.5) for name, value in inputs.items()]
        self.start, self.presets = dict(inputs), None
        self._adopt(parse(formula, tuple(inputs)))
        super(StepperFigure, self).__init__(self.formula, *self.sliders, *self._walking())

    def _adopt(self, new: Formula) -> None:
        """Take over a formula if its drawing has room."""
        template, high = outline(new.function, new.names), self.size[1] / 100 - 0.85
        sizes = {columns: graph_size(template, columns) for columns in (8, 6, 5, 4, 3)}
        zooms = {columns: min(1.0, (INCHES - 0.1) / size[0], high / size[1]) for columns, size in sizes.items()}
        columns, zoom = max(zooms.items(), key=lambda pair: pair[1])
        if zoom < 0.5:
            raise ValueError(f"formula: the graph of {new.text} is too large for the picture. Try a shorter one.")
        self.adopted, self.function = new, new.function
        self.template, self.zoom, self.columns = template, zoom, columns
        self.title = f"f = {new.text}".replace("*", "\N{MIDDLE DOT}").replace(2 * "\N{MIDDLE DOT}", "**")
        self.steps = walk(record(new.function, {name: self.start[name] for name in new.names}))

    def update(self, formula: str, k: int, guess: str, **inputs: float) -> None:
        new = parse(formula, tuple(self.start))
        if new.text != self.adopted.text:
            self._adopt(new)
            self._redraw()
            k = self.k.value = 0
            self.k.inputs[0].max = len(self.steps)
        for control in self.sliders:
            control.inputs[0].disabled = control.name not in new.names
        super().update(min(k, len(self.steps)), guess, **{name: inputs[name] for name in new.names})

    def _redraw(self) -> None:
        self.painter.still(*self.picture.artists, self.lines)
        figure = self.painter.figure
        figure.clear()
        with style.settings():
            self.draw(figure)

    def arrange(self) -> Widget:
        return column(row(self.formula.widget), super().arrange())


GATES = {
    "add": ("add: the distributor", lambda a, b: a + b, "both get it all"),
    "multiply": ("multiply: the switcher", lambda a, b: a * b, "each gets it times the other"),
    "max": ("max: the router", maximum, "the larger gets it all"),
}


class GateFigure(LiveFigure):
    """Send the same two values and the same upstream gradient through an add, a multiply and a max node.

    Slide topic: a local view of backpropagation.
    """

    size = (700, 240)

    def __init__(self, a: float = 3.0, b: float = -2.0, upstream: float = 2.0):
        super().__init__(
            slider("a", a, -5.0, 5.0, 0.5), slider("b", b, -5.0, 5.0, 0.5),
            slider("upstream", upstream, -5.0, 5.0, 0.5, label="Upstream"),
        )  # fmt: skip

    def draw(self, fig: Figure) -> None:
        fig.set_layout_engine("none")  # everything has its place
        self.pictures = []
        for j, (title, function, verdict) in enumerate(GATES.values()):
            axes = fig.add_axes((0.005 + j / 3, 0.22, 0.325, 0.66))
            root = outline(function, ("a", "b"), -8.88)
            root.name = None
            picture = GraphPicture(axes, root, 0.82)
            for label in axes.texts[-2:]:
                label.set_visible(False)  # the legend stands once, below
            axes.set_ylim(picture.size[1] - 0.15, 0.45)
            fig.text(0.02 + j / 3, 0.93, title, va="center", fontsize="large")
            fig.text(0.02 + j / 3, 0.17, verdict, va="center")
            self.pictures.append(picture)
            self.moving(*picture.artists)
        fig.text(0.02, 0.05, "above the line: value", color=VALUE, va="center")
        below = "below: gradient; the upstream one comes in from the right"
        fig.text(0.02 + 1 / 3, 0.05, below, color=GRADIENT, va="center")

    def update(self, a: float, b: float, upstream: float) -> None:
        self.results = {}
        for (name, (_, function, _)), picture in zip(GATES.items(), self.pictures, strict=True):
            first, second = Tensor(a, "a"), Tensor(b, "b")
            out = function(first, second)
            out.backward(upstream)
            self.results[name] = (float(out.data), float(first.grad), float(second.grad))
            nodes = (first, second, out)
            values = {i: short(node.data) for i, node in enumerate(nodes)}
            picture.write(values, {i: short(node.grad) for i, node in enumerate(nodes)}, {})
            picture.mark(None, None, GRADIENT)
        self.tie, self.upstream = a == b, upstream

    def describe(self) -> str:
        parts = [f"{name}: out {short(out)}, back to a {short(da)} and to b {short(db)}"
                 for name, (out, da, db) in self.results.items()]  # fmt: skip
        tie = " a and b are equal: a tie, and here each gets half." if self.tie else ""
        return f"Upstream {short(self.upstream)}. {'; '.join(parts)}.{tie}"


class BranchFigure(LiveFigure):
    """Let x go two ways, f = (x + 1)(x - 2), and switch each way back on and off.

    Beside the graph stands f over x with a line of the slope that the graph gives: a tangent only if both pieces are
    added. Slide topic: several outputs.
    """

    size = (700, 330)

    def __init__(self, x: float = 3.0):
        self.root = outline(self._function, ["x"])
        super().__init__(
            slider("x", x, -3.0, 4.0, 0.25), toggle("first", True, label="the way through q = x + 1"),
            toggle("second", True, label="the way through r = x \N{MINUS SIGN} 2"),
        )  # fmt: skip

    @staticmethod
    def _function(x: Tensor) -> Tensor:
        return (x + 1.0) * (x - 2.0)

    def draw(self, fig: Figure) -> None:
        fig.set_layout_engine("none")  # everything has its place
        graph = fig.add_axes((0.0, 0.05, 0.6, 0.9))
        self.picture = GraphPicture(graph, self.root, 0.86)
        fig.text(0.03, 0.93, "f = (x + 1) · (x \N{MINUS SIGN} 2): x goes two ways", fontsize="large", va="center")
        axes = fig.add_axes((0.67, 0.17, 0.31, 0.7))
        axes.set(xlim=(-3, 4), ylim=(-5, 11), xlabel="x", ylabel="f", title="f, and a line of that slope")
        grid = np.linspace(-3, 4, 100)
        axes.plot(grid, (grid + 1) * (grid - 2), color=style.BLUE)
        self.line = axes.plot([], [], "--", color=style.RED)[0]
        self.point = axes.plot([], [], "o", color=style.INK, zorder=4)[0]
        self.moving(*self.picture.artists, self.line, self.point)

    def update(self, x: float, first: bool, second: bool) -> None:
        q, r = x + 1, x - 2
        self.x, self.pieces = x, (r if first else None, q if second else None)
        self.slope = sum(piece for piece in self.pieces if piece is not None)
        self.measured = measured(self._function, {"x": x})["x"]
        self.fits = bool(abs(self.slope - self.measured) < 1e-4)
        self.line.set_data([-3, 4], [q * r + self.slope * (end - x) for end in (-3, 4)])
        self.point.set_data([x], [q * r])
        self._write(q, r)

    def _write(self, q: float, r: float) -> None:
        kinds = [(node.op, i) for i, node in enumerate(self.picture.nodes)]
        place = {op or "x": i for op, i in kinds if op != "constant"}
        on = [piece is not None for piece in self.pieces]
        values = {place["x"]: short(self.x), place["add"]: f"q = {short(q)}", place["sub"]: f"r = {short(r)}",
                  place["mul"]: f"f = {short(q * r)}"}  # fmt: skip
        gradients = {place["x"]: short(self.slope), place["mul"]: "1", place["add"]: short(r) if on[0] else "off",
                     place["sub"]: short(q) if on[1] else "off"}  # fmt: skip
        badges = {place["x"]: f"measured {short(self.measured)} {'✓' if self.fits else '✗'}"}
        self.picture.write(values, gradients, badges)
        self.picture.mark(place["x"], None, GRADIENT)

    def describe(self) -> str:
        pieces = [short(piece) for piece in self.pieces if piece is not None]
        made = " + ".join(pieces).replace("+ \N{MINUS SIGN}", "\N{MINUS SIGN} ") or "nothing"
        total = f" = {short(self.slope)}" if len(pieces) == 2 else ""
        if self.fits:
            odd = "" if len(pieces) == 2 else " Here what is switched off happens to add up to 0."
            verdict = f"Measured {short(self.measured)}: they agree, and the line touches the curve.{odd}"
        else:
            verdict = f"Measured {short(self.measured)}: they differ, and the line cuts through the curve."
        return f"x = {short(self.x)}: x gets {made}{total}. {verdict}"


class Kinked:
    """A function with one kink: its value, the place of the kink, and the slopes left and right of it."""

    def __init__(self, name: str, value: Callable[[Array], Array], at: float, left: float, right: float):
        self.name, self.value, self.at, self.left, self.right = name, value, at, left, right

    def slopes(self, x: float) -> tuple[float, float]:
        """Return the slopes on both sides of x."""
        if x == self.at:
            return self.left, self.right
        return (self.left,) * 2 if x < self.at else (self.right,) * 2


KINKED = {
    "ReLU: max(0, x)": Kinked("ReLU", lambda x: np.maximum(0.0, x), 0.0, 0.0, 1.0),
    "hinge: max(0, 1 \N{MINUS SIGN} x)": Kinked("hinge", lambda x: np.maximum(0.0, 1.0 - x), 1.0, -1.0, 0.0),
}


class KinkFigure(LiveFigure):
    """Lay a line of any slope through a point of the ReLU or of the hinge: does it stay below the curve?

    A slope whose line nowhere rises above the curve is a subgradient. Slide topic: a node needs to be differentiable.
    """

    size = (620, 340)

    def __init__(self):
        self.kinds = choice("kind", KINKED, label="Function")
        settings = {"the kink of the ReLU": {"kind": KINKED["ReLU: max(0, x)"], "x": 0.0, "slope": 0.0},
                    "the kink of the hinge": {"kind": list(KINKED.values())[1], "x": 1.0, "slope": 0.0}}  # fmt: skip
        super().__init__(
            self.kinds,
            slider("x", 0.0, -2.0, 3.0, 0.25),
            slider("slope", 0.5, -1.5, 1.5, 0.25, label="Slope of line"),
            presets("Set to", settings),
        )

    def draw(self, fig: Figure) -> None:
        axes = fig.subplots()
        axes.set(xlim=(-2, 3), ylim=(-1.2, 3.2), xlabel="x", ylabel="value",
                 title="Does the dashed line stay below the curve?")  # fmt: skip
        self.grid = np.linspace(-2, 3, 101)
        self.curve = axes.plot([], [], color=style.BLUE, label="the function", linewidth=3 * style.current_scale())[0]
        self.line = axes.plot([], [], "--", color=style.RED, label="a line of your slope")[0]
        self.point = axes.plot([], [], "o", color=style.INK, zorder=4)[0]
        axes.legend(loc="upper center")
        self.moving(self.curve, self.line, self.point)

    def update(self, kind: Kinked, x: float, slope: float) -> None:
        self.kind, self.x, self.slope = kind, x, slope
        self.left, self.right = kind.slopes(x)
        height = float(kind.value(x))
        self.curve.set_data(self.grid, kind.value(self.grid))
        self.line.set_data([-2, 3], [height + slope * (end - x) for end in (-2, 3)])
        self.point.set_data([x], [height])

    def describe(self) -> str:
        fits = self.left <= self.slope <= self.right
        where = f"{self.kind.name} at x = {short(self.x)}"
        if self.left == self.right:
            verdict = "that is it" if fits else "your line cuts through the curve"
            return f"{where}: no kink, one slope, {short(self.left)}. Yours is {short(self.slope)}: {verdict}."
        verdict = "the line stays below, a subgradient" if fits else "the line rises above the curve, no subgradient"
        middle = short((self.left + self.right) / 2)
        return (f"{where}: a kink, slope {short(self.left)} on the left and {short(self.right)} on the right. "
                f"Yours is {short(self.slope)}: {verdict}. A central difference measures {middle}.")  # fmt: skip
