"""Two hidden neurons fold the plane, so that one straight line can do what none could before.

A hidden layer sends each point x of the plane to a point h = relu(W x + b) of another plane. Without the ReLU this only
stretches and turns the paper. With it the paper is folded along the two neurons' lines, and XOR comes apart.
"""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import plots, style, validate
from lectureutils.figures.shared.line_handle import LineHandle, line_ends
from lectureutils.live import LiveFigure, Widget, column, grid, matrix, presets, put, row, toggle

Array = np.ndarray
EDGE, MOST = 2.0, 1.5  # the plane goes from -EDGE to EDGE, the weights from -MOST to MOST
XOR = np.array([[-1.0, -1], [1, 1], [-1, 1], [1, -1]])
NAMES, KINDS = ("alike", "different"), np.array([0, 0, 1, 1])
WAYS = {
    "Start": ([[1, 0], [0, 1]], [0.6, 0.2]),
    "One solution": ([[1, 1], [1, 1]], [1, -0.5]),
    "Another": ([[0.9, -0.5], [-0.4, 1]], [-0.4, -0.6]),
    "Both lines alike": ([[1, 0.5], [1, 0.5]], [0, 0]),
}


class FoldFigure(LiveFigure):
    """Show the plane with XOR's four points and two neurons' lines, and beside it the plane of their answers h.

    W (2, 2) and b (2,) are the two hidden neurons; an output neuron draws the best line it can in the plane of h.
    Slide topic: neurons wired in a non-linear way.
    """

    size = (700, 390)
    telling = dict(zip("Wb", map(np.array, WAYS["One solution"]), strict=True))

    def __init__(self, W: ArrayLike = WAYS["Start"][0], b: ArrayLike = WAYS["Start"][1]):
        self.W = matrix("W", validate.numbers(W, "W", "2 2"), -MOST, MOST)
        self.b = matrix("b", validate.numbers(b, "b", "2"), -MOST, MOST)
        self.relu = toggle("relu", True, label="ReLU")
        self.ways = presets("Set to", {name: {"W": np.array(w), "b": np.array(c)} for name, (w, c) in WAYS.items()})
        super().__init__(self.W, self.b, self.relu, self.ways)

    def draw(self, fig: Figure) -> None:
        self.plane, self.answers = fig.subplots(1, 2)
        marks = np.linspace(-EDGE, EDGE, 17)
        self.paper = sheet(marks, np.linspace(-EDGE, EDGE, 41))
        self._draw_plane(self.plane, sheet(marks, np.array([-EDGE, EDGE])))
        self._draw_answers(self.answers)
        handles = [*self.dots, *(handle.line for handle in self.handles)]
        fig.legend(handles=handles, loc="outside lower center", ncols=4, fontsize="small")

    def _draw_plane(self, axes: Axes, lines: Array) -> None:
        axes.set(xlim=(-EDGE, EDGE), ylim=(-EDGE, EDGE), xlabel="x[0]", ylabel="x[1]", box_aspect=1)
        axes.set_title("The plane: drag the two lines")
        self.sides = plots.PixelMap(axes, [style.PAPER, style.pale(style.BLUE), style.pale(style.RED)])
        self.grid = np.linspace(-EDGE, EDGE, 100)
        put(self.curve(axes, style.FRAME, linewidth=0.6, zorder=1), lines)
        looks = ((style.GREEN, "-"), (style.PURPLE, "--"))
        self.handles = [LineHandle(self, axes, *look, limit=EDGE) for look in looks]
        for j, handle in enumerate(self.handles):
            handle.line.set_label(f"neuron {j}")
        self.dots = plots.class_points(axes, NAMES, 1.7)
        plots.set_points(self.dots, XOR, KINDS)
        self.moving(self.sides, *self.dots)

    def _draw_answers(self, axes: Axes) -> None:
        axes.set(xlabel="h[0]", ylabel="h[1]", box_aspect=1, title="As the two neurons see it")
        axes.axhline(0, color=style.GREY, linewidth=0.8)
        axes.axvline(0, color=style.GREY, linewidth=0.8)
        self.folded = self.curve(axes, style.FRAME, linewidth=0.6, zorder=1)
        colors = style.CLASS_COLORS[:2]
        self.segments = [self.curve(axes, color, ":", linewidth=1.8, zorder=2) for color in colors]
        self.border = self.curve(axes, style.INK, linewidth=2.2 * style.current_scale(), zorder=2)
        self.images = plots.class_points(axes, NAMES, 1.7)
        self.moving(*self.images)

    def update(self, W: Array, b: Array, relu: bool) -> str:
        limits = (-0.6, 4.7) if relu else (-4.7, 4.7)
        if self.answers.get_xlim() != limits:
            self.answers.set(xlim=limits, ylim=limits)
        H = hidden(XOR, W, b, relu)
        put(self.folded, hidden(self.paper, W, b, relu))
        plots.set_points(self.images, H, KINDS)
        for segment, ends in zip(self.segments, (H[:2], H[2:]), strict=True):
            put(segment, ends)
        for handle, w, bias in zip(self.handles, W, b, strict=True):
            handle.set(w, bias)
        line = separate(H[:2], H[2:])
        self._color_sides(line, W, b, relu)
        places = ", ".join(f"({p:.2f}, {q:.2f})" for p, q in H + 0.0)
        said = f"With{'' if relu else 'out'} ReLU the points alike, alike, different, different go to {places}."
        if line is None:
            return f"{said} The dotted lines touch: no straight line separates the two kinds."
        margin = float(np.abs(H @ line[0] + line[1]).min())
        return f"{said} One straight line separates the two kinds, with {margin:.2f} to spare on each side."

    def _color_sides(self, line: tuple[Array, float] | None, W: Array, b: Array, relu: bool) -> None:
        if line is None:
            put(self.border, [])
            self.sides.set_data(np.zeros((1, 1), dtype=int))
            return
        v, c = line
        put(self.border, *line_ends(v, c))
        X = np.stack(np.meshgrid(self.grid, self.grid), axis=-1)
        self.sides.set_data(1 + (hidden(X, W, b, relu) @ v + c > 0))

    def arrange(self) -> Widget:
        rows = [["", "W[j,0]", "W[j,1]", "b[j]"]]
        for j, (weights, bias) in enumerate(zip(self.W.rows, self.b.inputs, strict=True)):
            rows.append([f"neuron {j}", *weights, bias])
        table = grid(rows)
        return column(self.ways.widget, row(table, column(self.relu.widget, self.reset_button)))

    def grab(self, axes: Axes, x: float, y: float) -> tuple[str, int] | None:
        if axes is not self.plane:
            return None
        held = [(handle.grab(x, y), j) for j, handle in enumerate(self.handles)]
        return min((hold for hold in held if hold[0]), key=lambda hold: hold[0] != "tip", default=None)

    def drag(self, held: tuple[str, int], x: float, y: float) -> None:
        part, j = held
        W, b = self.W.value, self.b.value
        W[j], bias = self.handles[j].drag(part, W[j], b[j], x, y, most=MOST)
        b[j] = np.clip(bias, -MOST, MOST)
        self.set(W=W, b=b)

    def rewind(self) -> None:
        for handle in self.handles:
            handle.rewind()


def hidden(X: Array, W: Array, b: Array, relu: bool) -> Array:
    """Return the two neurons' answers (..., 2) to X (..., 2)."""
    Z = X @ W.T + b
    return np.maximum(Z, 0) if relu else Z


def nearest(one: Array, other: Array) -> tuple[Array, Array]:
    """Return the nearest points of two line segments, each given by its ends (2, 2); one point twice if they cross."""
    u, v = one[1] - one[0], other[1] - other[0]
    determinant = v[0] * u[1] - u[0] * v[1]
    if abs(determinant) > 1e-12:
        s, t = np.linalg.solve(np.array([u, -v]).T, other[0] - one[0])
        if 0 <= s <= 1 and 0 <= t <= 1:
            return one[0] + s * u, one[0] + s * u
    pairs = [(end, _foot(end, other)) for end in one] + [(_foot(end, one), end) for end in other]
    return min(pairs, key=lambda pair: float(np.sum((pair[0] - pair[1]) ** 2)))


def _foot(point: Array, segment: Array) -> Array:
    along = segment[1] - segment[0]
    share = np.clip((point - segment[0]) @ along / max(along @ along, 1e-12), 0, 1)
    return segment[0] + share * along


def separate(one: Array, other: Array) -> tuple[Array, float] | None:
    """Return (v, c) of the line v . h + c = 0 halfway between two segments, v of length 1; None if they touch.

    Two classes of two points each can be separated by a line just when their segments do not touch.
    """
    a, b = nearest(one, other)
    gap = float(np.linalg.norm(b - a))
    if gap < 0.02:
        return None
    v = (b - a) / gap
    return v, float(-v @ (a + b) / 2)


def sheet(marks: Array, steps: Array) -> Array:
    """Return the points (M, 2) of squared paper: a line along each mark, both ways, with a gap (NaN) after each."""
    across = [np.column_stack([np.append(steps, np.nan), np.full(len(steps) + 1, y)]) for y in marks]
    return np.concatenate([*across, *(line[:, ::-1] for line in across)])
