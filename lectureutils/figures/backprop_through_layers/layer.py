"""Backpropagation with arrays: one function of a matrix, the puzzle of shapes, and layers as nodes.

A gradient has the shape of what it belongs to. Each figure shows the entries behind a formula, and measures what the
formula claims.
"""

from collections.abc import Callable, Mapping

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import blame, plots, style, validate
from lectureutils.figures.backprop_through_layers.blocks import Block, Board
from lectureutils.figures.shared.words import MINUS, few_digits
from lectureutils.gradients import numerical_gradient
from lectureutils.live import LiveFigure, Widget, choice, column, grid, matrix, row

Array = np.ndarray
VALUE, GRADIENT = style.BLUE, style.RED
Layer = Callable[[Array, Array], tuple[Array, Array]]


def _sigmoid(x: Array) -> Array:
    return 0.5 * (1 + np.tanh(0.5 * x))


# name: what it computes entry by entry, and its slope
SHAPE_OF = {
    "ReLU": (lambda x: np.maximum(x, 0.0), lambda x: 1.0 * (x > 0)),
    "sigmoid": (_sigmoid, lambda x: _sigmoid(x) * (1 - _sigmoid(x))),
    "L2 loss": (lambda x: x**2, lambda x: 2 * x),
}


class LayerFigure(LiveFigure):
    """Run a layer's forward and backward on four numbers, and measure each gradient beside it.

    `layers` maps "ReLU" and "sigmoid" to functions (X, dY) -> (Y, dX), and "L2 loss" to (S, T) -> (L, dS), all on
    arrays (1, 4). One that returns None is not written yet; the formula stands in. Slide topic: layers as nodes.
    """

    size = (700, 380)

    def __init__(self, layers: Mapping[str, Layer], x: ArrayLike = (-1.5, -0.4, 0.8, 2.0),
                 other: ArrayLike = (1.0, -0.5, 2.0, 0.5)):  # fmt: skip
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
        left.set(xlim=(-3.2, 3.2), ylim=(-1, 4), xlabel="what comes in", ylabel="what goes out", title="Local slopes")
        self.grid = np.linspace(-3.2, 3.2, 129)
        scale = style.current_scale()
        self.curve = left.plot([], [], color=style.GREY, linewidth=1.6 * scale)[0]
        self.tangents = left.plot([], [], color=style.RED, linewidth=2.4 * scale)[0]
        self.points = left.plot([], [], "o", color=style.BLUE, zorder=4)[0]
        self.tags = plots.Numbers(left, np.zeros((4, 2)))
        self.tags.set_zorder(5)
        rows = {"x": VALUE, "other": GRADIENT, "y": VALUE, "slope": style.INK, "dx": GRADIENT, "measured": style.INK}
        blocks = {name: Block(2.6, k * 1.25 + 0.9, 1, 4, color) for k, (name, color) in enumerate(rows.items())}
        self.board = Board(right, blocks, 6.9, 8.9)
        places = [(1.2, block.top + 0.5) for block in blocks.values()]
        heads = [(2.6 + j + 0.5, 0.5) for j in range(4)]
        self.names = plots.Numbers(right, np.array(places + heads))
        self.names.size *= 0.95
        self.ticks = plots.Numbers(right, np.array([(3.1 + j, 8.55) for j in range(4)]))
        self.moving(self.curve, self.tangents, self.points, self.tags, *self.board.artists, self.names, self.ticks)

    def update(self, kind: str, x: Array, other: Array) -> None:
        self.kind_shown = kind
        value, slope = SHAPE_OF[kind]
        loss = kind == "L2 loss"
        inner = x - other if loss else x
        local, upstream = slope(inner), np.ones(4) if loss else other
        self.measured = numerical_gradient(lambda a: float(np.sum(upstream * value(a - other if loss else a))), x)
        self.y, self.dx, self.said = self._run(x, other, value(inner), upstream * local, loss)
        self.right = np.isclose(self.dx, self.measured, rtol=1e-4, atol=1e-6)
        self.board.write({"x": x, "other": other, "y": self.y, "slope": local, "dx": self.dx,
                          "measured": np.round(self.measured, 9)})  # fmt: skip
        self._name(loss)
        self.curve.set_data(self.grid, value(self.grid))
        self._touch(inner, value(inner), local)

    def _run(self, x: Array, other: Array, y: Array, dx: Array, loss: bool) -> tuple[Array, Array, str]:
        """Return what the reader's layer gives, or the formula's values with the reason why not."""
        try:
            answer = self.layers[self.kind_shown](x[None].copy(), other[None].copy())
        except Exception as error:  # the reader's own error, told here with its line
            said = blame.sentence(error, "your layer")
            return y, dx, said[0].upper() + said[1:].replace("`", '"') + ". The formula stands in."
        if answer is None or any(part is None or part is ... for part in answer):
            return y, dx, "The layer is not written yet, so the formula stands in."
        mine, grad = (np.asarray(part, dtype=float) for part in answer)
        if np.shape(grad) != (1, 4) or np.shape(mine) not in ((), (1, 4)):
            return y, dx, f"Your layer returned shapes {mine.shape} and {grad.shape}, so the formula stands in."
        return (y if loss else mine[0]), grad[0], ""

    def _name(self, loss: bool) -> None:
        words = ["scores s", "target t", "(s \N{MINUS SIGN} t)²", "local slope", "ds", "measured"] if loss else [
            "x", "upstream dy", "y", "local slope", "dx", "measured"]  # fmt: skip
        self.names.set_texts([*words, "a", "b", "c", "d"])
        colors = [VALUE, VALUE if loss else GRADIENT, VALUE, style.INK, GRADIENT, style.INK]
        self.names.set_colors([*colors, *[style.GREY] * 4])
        self.board.numbers.set_colors([color for color in colors for _ in range(4)])
        self.ticks.set_texts(["✓" if good else "✗" for good in self.right])

    def _touch(self, at: Array, y: Array, local: Array) -> None:
        """Put the four points on the curve, each with a few_digits piece of its tangent."""
        reach = 0.55 / np.sqrt(1 + local**2)
        ends = np.stack([at - reach, at + reach, at], axis=1)
        heights = np.stack([y - reach * local, y + reach * local, np.full(4, np.nan)], axis=1)
        self.tangents.set_data(ends.ravel(), heights.ravel())
        self.points.set_data(at, y)
        self.tags.places = np.stack([at, y + 0.35], axis=1)
        inside = (np.abs(at) < 3.2) & (y < 3.6)
        self.tags.set_texts([letter if shown else "" for letter, shown in zip("abcd", inside, strict=True)])

    def describe(self) -> str:
        name = "ds" if self.kind_shown == "L2 loss" else "dx"
        count = int(self.right.sum())
        verdict = "All four agree with what is measured" if count == 4 else f"{count} of 4 agree with what is measured"
        if count < 4:
            j = int(np.argmin(self.right))
            verdict += f": at {'abcd'[j]} yours is {few_digits(self.dx[j])}, measured {few_digits(self.measured[j])}"
        parts = [f"{self.kind_shown}: {name} = ({', '.join(map(few_digits, self.dx))}). {verdict}.", self.said]
        return " ".join(filter(None, parts)).replace("-", MINUS)

    def arrange(self) -> Widget:
        rows = [["", "a", "b", "c", "d"], ["x (or s)", *self.x.inputs], ["dy (or t)", *self.other.inputs]]
        return column(row(self.kind.widget, self.reset_button), grid(rows, "84px repeat(4, 84px)"))
