"""One function of a matrix, forward and back: each entry of a gradient is made of a few cells, which light up.

The sentence writes the sum out with numbers, and measures the entry.
"""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import style, validate
from lectureutils.figures.backprop_through_layers.blocks import Block, Board
from lectureutils.figures.shared.words import few_digits, in_brackets
from lectureutils.graph_view import GRADIENT, VALUE
from lectureutils.live import LiveFigure, Narrow, choice, matrix

Array = np.ndarray


class VectorizedFigure(LiveFigure):
    """Show f = ||W x||^2 forward and back with W (C, D) and x (D,) on sliders, and what makes one entry of a gradient.

    q = W x, dq = 2 q, dW = dq x^T, dx = W^T dq. Slide topic: vectorized backpropagation.
    """

    size = (700, 430)
    narrow = Narrow(680, (1, 4.4))
    layout = "entry reset / W x"

    def __init__(self, W: ArrayLike, x: ArrayLike):
        W, x = validate.numbers(W, "W", "C D"), validate.numbers(x, "x", "D")
        if W.shape[1] != len(x) or not (W.shape[0] <= 3 and W.shape[1] <= 4):
            raise ValueError(
                f"W and x: got shapes {W.shape} and {x.shape}, expected (C, D) and (D,), C at most 3 "
                "and D at most 4. Choose a smaller W, or an x that fits it."
            )
        self.W, self.x = matrix("W", W, -2, 2, 0.1), matrix("x", x, -2, 2, 0.1)
        entries = {f"dW[{i},{j}]": ("dW", i, j) for i, j in np.ndindex(W.shape)}
        entries |= {f"dx[{j}]": ("dx", 0, j) for j in range(len(x))}
        self.entry = choice("entry", entries, label="Look at")
        super().__init__(self.W, self.x, self.entry)

    def draw(self, fig: Figure) -> None:
        top, bottom = fig.subplots(2, 1, height_ratios=[1, 1.75])
        _draw_graph(top, *self.W.shape)
        self.board = _draw_board(bottom, *self.W.shape, below=self.is_narrow)
        self.moving(*self.board.artists)

    def update(self, W: Array, x: Array, entry: tuple[str, int, int]) -> str:
        q = W @ x
        dq = 2 * q
        arrays = {"x": x, "W": W, "q": q, "f": q @ q, "dq": dq, "dW": np.outer(dq, x), "dx": W.T @ dq}
        self.board.write({name: arrays[name.removesuffix(" again")] for name in self.board.blocks})
        name, i, j = entry
        if name == "dW":
            self.board.light([("W", i, j), ("dq", i, 0), ("x again", 0, j), ("dW", i, j)])
        else:
            lit = [(block, k, at) for k in range(len(q)) for block, at in (("W again", j), ("dq again", 0))]
            self.board.light([("x", 0, j), *lit, ("dx", 0, j)])
        slope = few_digits(round(measured_entry(W.copy(), x.copy(), entry), 6))
        start = f"q = ({', '.join(map(few_digits, q))}), f = {few_digits(q @ q)}."
        return f"{start} {say_entry(arrays, *entry)}. Measured: {slope}."

    def tap(self, axes: Axes, x: float, y: float) -> None:
        entry = self.board.entry(x, y) if axes is self.board.axes else None
        if entry and entry[0] in ("dW", "dx"):
            self.set(entry=entry)


def measured_entry(W: Array, x: Array, entry: tuple[str, int, int], h: float = 1e-4) -> float:
    """Measure one entry of a gradient of f with a central difference; W and x are changed on the way."""
    name, i, j = entry
    nudged, at = (W, (i, j)) if name == "dW" else (x, (j,))
    nudged[at] += h
    ahead = np.sum((W @ x) ** 2)
    nudged[at] -= 2 * h
    return float((ahead - np.sum((W @ x) ** 2)) / (2 * h))


def say_entry(a: Mapping[str, Array], name: str, i: int, j: int) -> str:
    """Write out the sum that makes an entry of a gradient, with symbols and with numbers."""
    if name == "dW":
        numbers = f"{in_brackets(a['dq'][i])} · {in_brackets(a['x'][j])}"
        return f"dW[{i},{j}] = dq[{i}] · x[{j}] = {numbers} = {few_digits(a['dW'][i, j])}"
    rows = range(len(a["q"]))
    symbols = " + ".join(f"dq[{k}] · W[{k},{j}]" for k in rows)
    numbers = " + ".join(f"{in_brackets(a['dq'][k])} · {in_brackets(a['W'][k, j])}" for k in rows)
    return f"dx[{j}] = {symbols} = {numbers} = {few_digits(a['dx'][j])}"


def _draw_board(axes: Axes, C: int, D: int, below: bool) -> Board:
    """Draw the arrays of f, of dW and of dx side by side or `below` each other, each with its formula."""
    step, down = (0.0, C + 3.9) if below else (D + 2.2, 0.0)
    (one, first), (two, second), (three, third) = ((0.3 + 0.7 * below + k * step, k * down) for k in range(3))
    blocks = {
        "x": Block(one, first + 1, 1, D, VALUE),
        "W": Block(one, first + 2.2, C, D, VALUE),
        "q": Block(one + D + 0.2, first + 2.2, C, 1, VALUE),
        "f": Block(one + D + 0.2, first + C + 2.4, 1, 1, VALUE),
        "x again": Block(two, second + 1, 1, D, VALUE),
        "dq": Block(two + D + 0.2, second + 2.2, C, 1, GRADIENT),
        "dW": Block(two, second + 2.2, C, D, GRADIENT),
        "W again": Block(three, third + 2.2, C, D, VALUE),
        "dq again": Block(three + D + 0.2, third + 2.2, C, 1, GRADIENT),
        "dx": Block(three, third + C + 2.4, 1, D, GRADIENT),
    }
    heads = [
        (one, first, "q = W x,  f = sum of q²", VALUE),
        (two, second, "dW = 2 q xᵀ", GRADIENT),
        (three, third, "dx = 2 Wᵀ q", GRADIENT),
    ]
    for x, y, word, color in heads:
        axes.text(x, y + 0.4, word, color=color, va="center", fontsize="large")
    for name, block in blocks.items():
        place = (block.left - 0.08, block.top + block.rows / 2, "right", "center")  # before it, or above a column
        x, y, ha, va = (block.left + 0.5, block.top - 0.05, "center", "bottom") if "q" in name else place
        axes.text(x, y, name.removesuffix(" again"), ha=ha, va=va, fontsize="small")
    return Board(axes, blocks, D + 2.4 if below else 3 * step - 0.3, 3 * down - 0.3 if below else C + 3.6)


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
    edges = [(1.5, 2.35, "W", f"({C}, {D})"), (1.5, 0.65, "x", f"({D},)"), (5.3, 1.5, "q", f"({C},)")]
    for x, y, name, shape in [*edges, (8.4, 1.5, "f", "one number")]:
        axes.text(x, y + 0.08, f"{name}  {shape}", ha="center", va="bottom", color=VALUE)
        axes.text(x, y - 0.1, f"d{name}  {shape}", ha="center", va="top", color=GRADIENT)
