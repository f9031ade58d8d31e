"""Backpropagation with arrays: one function of a matrix, the puzzle of shapes, and layers as nodes.

A gradient has the shape of what it belongs to. Each figure shows the entries behind a formula, and measures what the
formula claims.
"""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import style, validate
from lectureutils.figures.backprop_through_layers.blocks import Block, Board
from lectureutils.figures.shared.words import few_digits, in_brackets
from lectureutils.live import LiveFigure, Widget, choice, column, matrix, row

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
        start = f"q = ({', '.join(map(few_digits, a['q']))}), f = {few_digits(a['f'])}."
        if name == "dW":
            formula, value = f"dW[{i},{j}] = dq[{i}] {TIMES} x[{j}]", a["dW"][i, j]
            numbers = f"{in_brackets(a['dq'][i])} {TIMES} {in_brackets(a['x'][j])}"
        else:
            rows, value = range(len(a["q"])), a["dx"][j]
            formula = f"dx[{j}] = " + " + ".join(f"dq[{k}] {TIMES} W[{k},{j}]" for k in rows)
            numbers = " + ".join(f"{in_brackets(a['dq'][k])} {TIMES} {in_brackets(a['W'][k, j])}" for k in rows)
        return f"{start} {formula} = {numbers} = {few_digits(value)}. Measured: {few_digits(round(self.measured, 6))}."

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
