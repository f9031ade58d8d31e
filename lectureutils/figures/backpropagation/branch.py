"""Backpropagation on a drawn graph: number after number forward, and number after number back.

All graphs are recorded by `autodiff` and laid out by `graph_view`. What changes from frame to frame is written on top
of them as light outlines, so that a slider is followed quickly.
"""

import numpy as np
from matplotlib.figure import Figure

from lectureutils import style
from lectureutils.autodiff import Tensor
from lectureutils.figures.backpropagation.graph_picture import GraphPicture, outline
from lectureutils.figures.backpropagation.walk import measured
from lectureutils.figures.shared.words import four_digits
from lectureutils.graph_view import GRADIENT
from lectureutils.live import LiveFigure, slider, toggle


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
        values = {place["x"]: four_digits(self.x), place["add"]: f"q = {four_digits(q)}",
                  place["sub"]: f"r = {four_digits(r)}",
                  place["mul"]: f"f = {four_digits(q * r)}"}  # fmt: skip
        gradients = {place["x"]: four_digits(self.slope), place["mul"]: "1",
                     place["add"]: four_digits(r) if on[0] else "off",
                     place["sub"]: four_digits(q) if on[1] else "off"}  # fmt: skip
        badges = {place["x"]: f"measured {four_digits(self.measured)} {'✓' if self.fits else '✗'}"}
        self.picture.write(values, gradients, badges)
        self.picture.mark(place["x"], None, GRADIENT)

    def describe(self) -> str:
        pieces = [four_digits(piece) for piece in self.pieces if piece is not None]
        made = " + ".join(pieces).replace("+ \N{MINUS SIGN}", "\N{MINUS SIGN} ") or "nothing"
        total = f" = {four_digits(self.slope)}" if len(pieces) == 2 else ""
        if self.fits:
            odd = "" if len(pieces) == 2 else " Here what is switched off happens to add up to 0."
            verdict = f"Measured {four_digits(self.measured)}: they agree, and the line touches the curve.{odd}"
        else:
            verdict = f"Measured {four_digits(self.measured)}: they differ, and the line cuts through the curve."
        return f"x = {four_digits(self.x)}: x gets {made}{total}. {verdict}"
