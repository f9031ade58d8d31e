"""The reader's own layer, run on four numbers: what it passes back stands beside what is measured.

A gradient is the local slope, drawn as a tangent, times what comes from above.
"""

from collections.abc import Callable, Mapping

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import blame, plots, style, validate
from lectureutils.figures.backprop_through_layers.blocks import Block, Board
from lectureutils.figures.shared.words import MINUS, few_digits
from lectureutils.gradients import numerical_gradient
from lectureutils.graph_view import GRADIENT, VALUE
from lectureutils.live import LiveFigure, Widget, choice, column, grid, matrix, put, row

Array = np.ndarray
Layer = Callable[[Array, Array], tuple[Array, Array]]
LOSS = "L2 loss"


def _sigmoid(x: Array) -> Array:
    return 0.5 * (1 + np.tanh(0.5 * x))


# name: what it computes entry by entry, and its slope
SHAPE_OF = {
    "ReLU": (lambda x: np.maximum(x, 0.0), lambda x: 1.0 * (x > 0)),
    "sigmoid": (_sigmoid, lambda x: _sigmoid(x) * (1 - _sigmoid(x))),
    LOSS: (lambda x: x**2, lambda x: 2 * x),
}


class LayerFigure(LiveFigure):
    """Run a layer's forward and backward on four numbers, and measure each gradient beside it.

    `layers` maps "ReLU" and "sigmoid" to functions (X, dY) -> (Y, dX), and "L2 loss" to (S, T) -> (L, dS), all on
    arrays (1, 4). One that returns None is not written yet; the formula stands in. Slide topic: layers as nodes.
    """

    size = (700, 380)

    def __init__(
        self,
        layers: Mapping[str, Layer],
        x: ArrayLike = (-1.5, -0.4, 0.8, 2.0),
        other: ArrayLike = (1.0, -0.5, 2.0, 0.5),
    ):
        unknown = [name for name in layers if name not in SHAPE_OF]
        if unknown or not layers:
            raise ValueError(
                f"layers: got {', '.join(unknown) or 'none'}, expected some of {', '.join(SHAPE_OF)}. "
                "Name each layer as it is named there."
            )
        self.layers = dict(layers)
        self.kind = choice("kind", list(layers), label="Layer")
        self.x = matrix("x", validate.numbers(x, "x", "4"), -3, 3, 0.1)
        self.other = matrix("other", validate.numbers(other, "other", "4"), -3, 3, 0.1)
        super().__init__(self.kind, self.x, self.other)

    def draw(self, fig: Figure) -> None:
        left, right = fig.subplots(1, 2, width_ratios=[1, 1.35])
        self.axes = left
        left.set(xlabel="what comes in", ylabel="what goes out", title="Local slopes, at a to d")
        left.yaxis.set_label_coords(-0.15, 0.5)  # clear of every layer's numbers
        right.set_title("Forward, back, and measured")
        scale = style.current_scale()
        self.function = self.curve(left, style.GREY, linewidth=1.6 * scale)
        self.tangents = self.curve(left, style.GRADIENT, linewidth=3.2 * scale)
        self.points = self.dot(left, "o", style.VALUE, 7, zorder=4, markeredgecolor=style.PAPER)
        self.tags = plots.Numbers(left, np.zeros((4, 2)))
        self.tags.set_zorder(5)
        rows = {"x": VALUE, "other": GRADIENT, "y": VALUE, "slope": style.INK, "dx": GRADIENT, "measured": style.INK}
        blocks = {name: Block(2.6, k * 1.25 + 0.9, 1, 4, color) for k, (name, color) in enumerate(rows.items())}
        self.board = Board(right, blocks, 6.9, 8.9)
        places = [(1.2, block.top + 0.5) for block in blocks.values()]
        self.names = plots.Numbers(right, np.array(places + [(3.1 + j, 0.5) for j in range(4)]))
        self.names.size *= 0.95
        self.ticks = plots.Numbers(right, np.array([(3.1 + j, 8.55) for j in range(4)]))
        self.moving(self.tags, *self.board.artists, self.names, self.ticks)

    def update(self, kind: str, x: Array, other: Array) -> str:
        at, local, upstream = local_slopes(kind, x, other)
        y = SHAPE_OF[kind][0](at)
        shown, dx, trouble = self._run(kind, x, other, y, upstream * local)
        measured = measured_slopes(kind, x, other)
        right = np.isclose(dx, measured, rtol=1e-4, atol=1e-6)
        rows = {"x": x, "other": other, "y": shown, "slope": local, "dx": dx, "measured": np.round(measured, 9)}
        self.board.write(rows)
        self.ticks.set_texts(["✓" if good else "✗" for good in right])
        self._name(kind == LOSS)
        self._touch(kind, at, y, local)
        gradient = f"{'ds' if kind == LOSS else 'dx'} = ({', '.join(map(few_digits, dx))})"
        said = f"{kind}: {gradient}. {say_agreement(right, dx, measured)}. {trouble}"
        return said.strip().replace("-", MINUS)

    def _run(self, kind: str, x: Array, other: Array, y: Array, dx: Array) -> tuple[Array, Array, str]:
        """Return what the reader's layer gives, or the formula's y and dx with the reason why not."""
        try:
            answer = self.layers[kind](x[None].copy(), other[None].copy())
        except Exception as error:  # the reader's own error, told here with its line
            said = blame.sentence(error, "your layer")
            return y, dx, said[0].upper() + said[1:].replace("`", '"') + ". The formula stands in."
        if answer is None or (isinstance(answer, tuple | list) and any(part is None or part is ... for part in answer)):
            return y, dx, "The layer is not written yet, so the formula stands in."
        try:
            mine, grad = (np.asarray(part, dtype=float) for part in answer)
        except (TypeError, ValueError):
            return y, dx, "Your layer returned no pair of arrays, so the formula stands in."
        if grad.shape != (1, 4) or mine.shape not in ((1, 4), () if kind == LOSS else (1, 4)):
            return y, dx, f"Your layer returned shapes {mine.shape} and {grad.shape}, so the formula stands in."
        return (y if kind == LOSS else mine[0]), grad[0], ""

    def _name(self, loss: bool) -> None:
        words = ["x", "upstream dy", "y", "local slope", "dx", "measured"]
        if loss:
            words = ["scores s", "target t", "(s \N{MINUS SIGN} t)²", "local slope", "ds", "measured"]
        self.names.set_texts([*words, *"abcd"])
        colors = [VALUE, VALUE if loss else GRADIENT, VALUE, style.INK, GRADIENT, style.INK]
        self.names.set_colors([*colors, *[style.GREY] * 4])
        self.board.color(colors)

    def _touch(self, kind: str, at: Array, y: Array, local: Array) -> None:
        """Put the four points on the curve, each with a short piece of its tangent."""
        (far, low, high), names = _frame(kind, at), zip("abcd", at, strict=True)
        if (self.axes.get_xlim(), self.axes.get_ylim()) != ((-far, far), (low, high)):
            self.axes.set(xlim=(-far, far), ylim=(low, high))
            self.axes.locator_params(nbins=5)
        grid = np.linspace(-far, far, 129)
        put(self.function, grid, SHAPE_OF[kind][0](grid))
        steep = (high - low) / (2 * far)
        reach = 0.09 * 2 * far / np.sqrt(1 + (local / steep) ** 2)  # pieces of about the same length
        ends = np.stack([at - reach, at + reach, at], axis=1)
        heights = np.stack([y - reach * local, y + reach * local, np.full(4, np.nan)], axis=1)
        put(self.tangents, ends.ravel(), heights.ravel())
        put(self.points, at, y)
        self.tags.places = np.stack([at, y + 0.07 * (high - low)], axis=1)
        self.tags.set_texts([letter if list(at).index(place) == j else "" for j, (letter, place) in enumerate(names)])

    def arrange(self) -> Widget:
        rows = [["", "a", "b", "c", "d"], ["x (or s)", *self.x.inputs], ["dy (or t)", *self.other.inputs]]
        return column(row(self.kind.widget, self.reset_button), grid(rows))


def _frame(kind: str, at: Array) -> tuple[float, float, float]:
    """Return how far the axes of a layer reach to both sides, down and up, so that all points `at` are inside."""
    far = 3.2 if np.abs(at).max() <= 3 else 6.4
    high = {"ReLU": 3.8, "sigmoid": 1.2, LOSS: 1.1 * far**2}[kind]
    return far, -0.15 * high, high


def local_slopes(kind: str, x: Array, other: Array) -> tuple[Array, Array, Array]:
    """Return where a layer's function is evaluated, its slopes there, and the upstream gradient, (4,) each."""
    at, upstream = (x - other, np.ones(4)) if kind == LOSS else (x, other)
    return at, SHAPE_OF[kind][1](at), upstream


def measured_slopes(kind: str, x: Array, other: Array) -> Array:
    """Return the gradient (4,) by x, measured on the formula of a layer."""
    value = SHAPE_OF[kind][0]
    if kind == LOSS:
        return numerical_gradient(lambda s: float(np.sum(value(s - other))), x)
    return numerical_gradient(lambda a: float(np.sum(other * value(a))), x)


def say_agreement(right: Array, mine: Array, measured: Array) -> str:
    """Say how many of four gradients are as measured, and the first that is not."""
    count = int(right.sum())
    if count == 4:
        return "All four agree with what is measured"
    j = int(np.argmin(right))
    both = f"yours is {few_digits(mine[j])}, measured {few_digits(measured[j])}"
    return f"{count} of 4 agree with what is measured: at {'abcd'[j]} {both}"
