"""Backpropagation with arrays: one function of a matrix, the puzzle of shapes, and layers as nodes.

A gradient has the shape of what it belongs to. Each figure shows the entries behind a formula, and measures what the
formula claims.
"""

from collections.abc import Callable, Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import blame, plots, style, validate
from lectureutils.figures.blocks import MINUS, Block, Board, factor, short
from lectureutils.gradients import numerical_gradient
from lectureutils.live import LiveFigure, Widget, choice, column, grid, matrix, row, slider

Array = np.ndarray
VALUE, GRADIENT = style.BLUE, style.RED
TIMES = "\N{MIDDLE DOT}"


class VectorizedFigure(LiveFigure):
    """Show f = ||W x||^2 forward and back with W (C, D) and x (D,) on sliders, and what makes one entry of a gradient.

    q = W x, dq = 2 q, dW = dq x^T, dx = W^T dq. Slide topic: vectorized backpropagation.
    """

    size = (700, 430)

    def __init__(self, W: ArrayLike, x: ArrayLike):
        W, x = validate.numbers(W, "W", "C D"), validate.numbers(x, "x", "D")
        if W.shape[1] != len(x) or not (W.shape[0] <= 3 and W.shape[1] <= 4):
            raise ValueError(f"W and x: got shapes {W.shape} and {x.shape}, expected (C, D) and (D,), C at most 3 "
                             "and D at most 4. Choose a smaller W, or an x that fits it.")
        self.W, self.x = matrix("W", W, -2, 2, 0.1), matrix("x", x, -2, 2, 0.1)
        entries = {f"dW[{i},{j}]": ("dW", i, j) for i, j in np.ndindex(W.shape)}
        entries |= {f"dx[{j}]": ("dx", 0, j) for j in range(len(x))}
        self.entry = choice("entry", entries, label="Look at")
        super().__init__(self.W, self.x, self.entry)

    def draw(self, fig: Figure) -> None:
        top, bottom = fig.subplots(2, 1, height_ratios=[1, 1.75])
        C, D = self.W.shape
        _draw_graph(top, C, D)
        step = D + 2.2
        blocks = {
            "x": Block(0.3, 1, 1, D, VALUE), "W": Block(0.3, 2.2, C, D, VALUE), "q": Block(D + 0.5, 2.2, C, 1, VALUE),
            "f": Block(D + 0.5, C + 2.4, 1, 1, VALUE),
            "x again": Block(0.3 + step, 1, 1, D, VALUE), "dq": Block(D + 0.5 + step, 2.2, C, 1, GRADIENT),
            "dW": Block(0.3 + step, 2.2, C, D, GRADIENT),
            "W again": Block(0.3 + 2 * step, 2.2, C, D, VALUE),
            "dq again": Block(D + 0.5 + 2 * step, 2.2, C, 1, GRADIENT),
            "dx": Block(0.3 + 2 * step, C + 2.4, 1, D, GRADIENT),
        }  # fmt: skip
        self.board = Board(bottom, blocks, 3 * step - 0.3, C + 3.6)
        words = [(0.3, 0.4, "q = W x,  f = sum of q²", VALUE), (0.3 + step, 0.4, "dW = 2 q xᵀ", GRADIENT),
                 (0.3 + 2 * step, 0.4, "dx = 2 Wᵀ q", GRADIENT)]  # fmt: skip
        for x, y, word, color in words:
            bottom.text(x, y, word, color=color, va="center", fontsize="large")
        for name, word in {"x": "x", "W": "W", "x again": "x", "dW": "dW", "W again": "W", "dx": "dx"}.items():
            block = blocks[name]
            bottom.text(block.left - 0.08, block.top + block.rows / 2, word, ha="right", va="center", fontsize="small")
        for name, word in {"q": "q", "dq": "dq", "dq again": "dq"}.items():
            block = blocks[name]
            bottom.text(block.left + 0.5, block.top - 0.05, word, ha="center", va="bottom", fontsize="small")
        bottom.text(D + 0.4, C + 2.9, "f", ha="right", va="center", fontsize="small")
        self.moving(*self.board.artists)

    def update(self, W: Array, x: Array, entry: tuple[str, int, int]) -> None:
        q = W @ x
        dq = 2 * q
        self.arrays = {"x": x, "W": W, "q": q, "f": q @ q, "dq": dq, "dW": np.outer(dq, x), "dx": W.T @ dq}
        self.board.write({name: self.arrays[name.removesuffix(" again")] for name in self.board.blocks})
        self.entry_shown = name, i, j = entry
        if name == "dW":
            self.board.light([("W", i, j), ("dq", i, 0), ("x again", 0, j), ("dW", i, j)])
        else:
            lit = [(block, k, at) for k in range(len(q)) for block, at in (("W again", j), ("dq again", 0))]
            self.board.light([("x", 0, j), *lit, ("dx", 0, j)])
        self.measured = self._measure(name, i, j)

    def _measure(self, name: str, i: int, j: int, h: float = 1e-4) -> float:
        W, x = self.arrays["W"].copy(), self.arrays["x"].copy()
        nudged, at = (W, (i, j)) if name == "dW" else (x, (j,))
        nudged[at] += h
        ahead = np.sum((W @ x) ** 2)
        nudged[at] -= 2 * h
        return float((ahead - np.sum((W @ x) ** 2)) / (2 * h))

    def describe(self) -> str:
        name, i, j = self.entry_shown
        a = self.arrays
        start = f"q = ({', '.join(map(short, a['q']))}), f = {short(a['f'])}."
        if name == "dW":
            formula, value = f"dW[{i},{j}] = dq[{i}] {TIMES} x[{j}]", a["dW"][i, j]
            numbers = f"{factor(a['dq'][i])} {TIMES} {factor(a['x'][j])}"
        else:
            rows, value = range(len(a["q"])), a["dx"][j]
            formula = f"dx[{j}] = " + " + ".join(f"dq[{k}] {TIMES} W[{k},{j}]" for k in rows)
            numbers = " + ".join(f"{factor(a['dq'][k])} {TIMES} {factor(a['W'][k, j])}" for k in rows)
        return f"{start} {formula} = {numbers} = {short(value)}. Measured: {short(round(self.measured, 6))}."

    def arrange(self) -> Widget:
        return column(row(self.entry.widget, self.reset_button), row(self.W.widget, self.x.widget))

    def tap(self, axes: Axes, x: float, y: float) -> None:
        entry = self.board.entry(x, y) if axes is self.board.axes else None
        if entry and entry[0] in ("dW", "dx"):
            self.set(entry=entry)


def _draw_graph(axes: Axes, C: int, D: int) -> None:
    """Draw the graph of f = ||W x||^2 with the shapes of values above its edges and of gradients below them."""
    axes.set(xlim=(0, 10), ylim=(0, 3), xticks=[], yticks=[], title="The graph, with the shapes")
    axes.spines[:].set_visible(False)
    line = {"color": style.GREY, "linewidth": 1.4, "zorder": 1}
    for y in (0.65, 2.35):
        axes.plot([0.2, 2.8, 3.5], [y, y, 1.5], **line)
    axes.plot([4.3, 6.3], [1.5, 1.5], **line)
    axes.plot([7.1, 9.6], [1.5, 1.5], **line)
    box = {"boxstyle": "round", "facecolor": style.PAPER, "edgecolor": style.INK}
    axes.text(3.85, 1.5, "W x", ha="center", va="center", bbox=box)
    axes.text(6.7, 1.5, "‖ ‖²", ha="center", va="center", bbox=box)
    edges = [(1.5, 2.35, "W", f"({C}, {D})"), (1.5, 0.65, "x", f"({D},)"), (5.3, 1.5, "q", f"({C},)"),
             (8.4, 1.5, "f", "one number")]  # fmt: skip
    for x, y, name, shape in edges:
        axes.text(x, y + 0.08, f"{name}  {shape}", ha="center", va="bottom", color=VALUE)
        axes.text(x, y - 0.1, f"d{name}  {shape}", ha="center", va="top", color=GRADIENT)


# ---- the puzzle of shapes

PIECES = {
    "dY": lambda dY, X, W: dY, "dY.T": lambda dY, X, W: dY.T, "X": lambda dY, X, W: X,
    "X.T": lambda dY, X, W: X.T, "W": lambda dY, X, W: W, "W.T": lambda dY, X, W: W.T,
}  # fmt: skip


class ShapesFigure(LiveFigure):
    """Put two pieces together until their product is the gradient of Y = X W^T by X (N, D) or by W (C, D).

    The product is computed with random numbers and compared with the gradient, since shapes can fit by accident.
    Slide topic: vectorized backpropagation.
    """

    size = (680, 330)

    def __init__(self, N: int = 4, D: int = 3, C: int = 2):
        sizes = [slider(name, value, 1, 6, 1, label=f"{name}, {word}") for name, value, word in
                 (("N", N, "examples"), ("D", D, "inputs"), ("C", C, "outputs"))]  # fmt: skip
        self.parts_chosen = [choice("wanted", ["dW", "dX"], label="Wanted"),
                             choice("left", list(PIECES), "dY", label="Left piece"),
                             choice("right", list(PIECES), "X", label="Right piece")]  # fmt: skip
        super().__init__(*self.parts_chosen, *sizes)

    def draw(self, fig: Figure) -> None:
        axes = fig.subplots()
        axes.set(xlim=(-1, 25), ylim=(7.6, -1.6), xticks=[], yticks=[], aspect="equal")
        axes.set_title("left @ right: the two inner sides must be equal")
        axes.spines[:].set_visible(False)
        self.boxes = PolyCollection([], edgecolor=style.INK, linewidth=1.5, zorder=1)
        axes.add_collection(self.boxes, autolim=False)
        self.inner = axes.plot([], [], color=style.RED, linewidth=4 * style.current_scale(), zorder=3)[0]
        self.words = plots.Numbers(axes, np.zeros((13, 2)))
        self.words.set_zorder(4)
        self.words.size *= 1.05
        self.moving(self.boxes, self.inner, self.words)

    def update(self, wanted: str, left: str, right: str, N: int, D: int, C: int) -> None:
        rng = np.random.default_rng(9)
        dY, X, W = rng.normal(size=(N, C)), rng.normal(size=(N, D)), rng.normal(size=(C, D))
        self.chosen, self.side = (wanted, left, right), {"N": N, "D": D, "C": C}
        self.gradient = {"dW": dY.T @ X, "dX": dY @ W}[wanted]
        self.pieces = [PIECES[name](dY, X, W) for name in (left, right)]
        a, b = self.pieces
        self.fits = a.shape[1] == b.shape[0]
        self.product = a @ b if self.fits else None
        self._place(a.shape, b.shape)

    def _place(self, a: tuple[int, int], b: tuple[int, int]) -> None:
        """Lay out the two pieces, their product and the target, each as high and wide as its shape."""
        wanted, left, right = self.chosen
        goal = self.gradient.shape
        shapes = [a, b, (a[0], b[1]) if self.fits else None]
        x, boxes, words = 0.6, [], []
        for shape, name, sign in zip(shapes, (left, right, "product"), ("@", "=", ""), strict=True):
            height, width = shape or (1, 1)
            top = 3 - height / 2
            if shape:
                boxes.append([(x, top), (x + width, top), (x + width, top + height), (x, top + height)])
                words += [((x + width / 2, -1.15), name), ((x + width / 2, top - 0.4), str(width)),
                          ((x - 0.4, 3), str(height))]  # fmt: skip
            else:
                words.append(((x + 2.0, 3), "does not fit"))
            words.append(((x + width + 0.55, 3), sign if self.fits or sign == "@" else ""))
            x += width + 1.6
        words.append(((12, 7), f"wanted: {wanted} {goal}, the shape of {wanted[1]}"))
        words += [((0.0, -99.0), "")] * (13 - len(words))
        self.boxes.set_verts(boxes)
        colors = [style.SKY, style.ORANGE, style.GREEN]
        self.boxes.set_facecolor([style.pale(color, 0.35) for color in colors[: len(boxes)]])
        self.words.places = np.array([place for place, _ in words])
        self.words.set_texts([word for _, word in words])
        first, second = boxes[:2]
        sides = [first[1], first[2], (np.nan, np.nan), second[0], second[3]]
        self.inner.set_data(*np.array(sides, dtype=float).T)
        self.inner.set(color=style.GREEN if self.fits else style.RED, linestyle="-" if self.fits else ":")

    def verdict(self) -> str:
        """Say whether the product is the wanted gradient, and if not, what is wrong."""
        wanted, goal = self.chosen[0], self.gradient
        if not self.fits:
            return f"the inner sides {self.pieces[0].shape[1]} and {self.pieces[1].shape[0]} differ: no product"
        if self.product.shape == goal.shape and np.allclose(self.product, goal):
            return f"it fits, and it is {wanted}: all {goal.size} entries agree with the gradient"
        if self.product.shape == goal.T.shape and np.allclose(self.product, goal.T):
            return f"this is {wanted} lying on its side: turn the product round, (A @ B).T = B.T @ A.T"
        if self.product.shape == goal.shape:
            return f"the shape is right, the numbers are not: it fits by accident, this is not {wanted}"
        return f"the product has the shape {self.product.shape}, wanted is {goal.shape}"

    def describe(self) -> str:
        _, left, right = self.chosen
        a, b = (piece.shape for piece in self.pieces)
        verdict = self.verdict()
        return f"{left} @ {right}: {a} @ {b}. {verdict[0].upper()}{verdict[1:]}."

    def arrange(self) -> Widget:
        widgets = [part.widget for part in self.parts]
        return column(row(*widgets[:3]), row(*widgets[3:], self.reset_button))


# ---- layers as nodes

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
            raise ValueError(f"layers: got {', '.join(unknown) or 'none'}, expected some of {', '.join(SHAPE_OF)}. "
                             "Name each layer as it is named there.")
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
        """Put the four points on the curve, each with a short piece of its tangent."""
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
            verdict += f": at {'abcd'[j]} yours is {short(self.dx[j])}, measured {short(self.measured[j])}"
        parts = [f"{self.kind_shown}: {name} = ({', '.join(map(short, self.dx))}). {verdict}.", self.said]
        return " ".join(filter(None, parts)).replace("-", MINUS)

    def arrange(self) -> Widget:
        rows = [["", "a", "b", "c", "d"], ["x (or s)", *self.x.inputs], ["dy (or t)", *self.other.inputs]]
        return column(row(self.kind.widget, self.reset_button), grid(rows, "84px repeat(4, 84px)"))
