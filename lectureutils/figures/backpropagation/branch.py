"""A value that goes two ways gets a gradient back on each, and the two add up.

Each way can be switched off, and then a line of the slope that is left cuts through the curve.
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from lectureutils import style
from lectureutils.autodiff import Tensor
from lectureutils.figures.backpropagation.graph_picture import GraphPicture, head, legend, outline
from lectureutils.figures.backpropagation.walk import measured
from lectureutils.figures.shared.words import four_digits
from lectureutils.graph_view import GRADIENT
from lectureutils.live import LiveFigure, Narrow, put, slider, toggle


def product(x: Tensor) -> Tensor:
    """Return f = (x + 1)(x - 2)."""
    return (x + 1.0) * (x - 2.0)


class BranchFigure(LiveFigure):
    """Let x go two ways, f = (x + 1)(x - 2), and switch each way back on and off.

    Beside the graph stands f over x with a line of the slope that the graph gives: a tangent only if both pieces are
    added. Slide topic: several outputs.
    """

    size = (700, 330)
    narrow = Narrow(540)

    def __init__(self, x: float = 3.0):
        super().__init__(
            slider("x", x, -3.0, 4.0, 0.25),
            toggle("first", True, label="the way through q = x + 1"),
            toggle("second", True, label="the way through r = x \N{MINUS SIGN} 2"),
        )

    def draw(self, fig: Figure) -> None:
        fig.set_layout_engine("none")  # everything has its place
        if self.is_narrow:  # below each other
            left, right = fig.add_axes((0.0, 0.54, 1.0, 0.33)), fig.add_axes((0.16, 0.09, 0.81, 0.38))
        else:
            left, right = fig.add_axes((0.0, 0.05, 0.6, 0.9)), fig.add_axes((0.67, 0.16, 0.31, 0.75))
        self.picture = GraphPicture(left, outline(product, ["x"]), 0.86)
        self.place = {node.op or "x": i for i, node in enumerate(self.picture.nodes)}
        self.picture.mark(self.place["x"], None, GRADIENT)
        head(fig, "f = (x + 1) · (x \N{MINUS SIGN} 2): x goes two ways", 0.022, 0.2)
        legend(fig, 0.022, 0.47)
        axes = right
        axes.set(
            xlim=(-3.2, 4.2), ylim=(-5, 11), xlabel="x", ylabel="f", xticks=range(-3, 5), title="Is the line a tangent?"
        )
        grid = np.linspace(-3, 4, 100)
        axes.plot(grid, (grid + 1) * (grid - 2), color=style.VALUE)
        self.moving(*self.picture.artists)
        self.line = self.curve(axes, style.GRADIENT, "--")
        self.point = self.dot(axes, "o", style.INK, 7, zorder=4, markeredgecolor=style.PAPER)

    def update(self, x: float, first: bool, second: bool) -> str:
        q, r = x + 1, x - 2
        pieces = {"add": r if first else None, "sub": q if second else None}
        arrived = [piece for piece in pieces.values() if piece is not None]
        slope, witness = sum(arrived), measured(product, {"x": x})["x"]
        fits = abs(slope - witness) < 1e-4
        put(self.line, [-3, 4], [q * r + slope * (end - x) for end in (-3, 4)])
        put(self.point, x, q * r)
        values = {"x": four_digits(x), "add": f"q = {four_digits(q)}", "sub": f"r = {four_digits(r)}"}
        values["mul"] = f"f = {four_digits(q * r)}"
        gradients = {name: "off" if piece is None else four_digits(piece) for name, piece in pieces.items()}
        gradients |= {"x": four_digits(slope), "mul": "1"}
        self._write(values, gradients, {"x": f"{four_digits(witness)} {'✓' if fits else '✗'}"})
        return f"x = {four_digits(x)}: x gets {say_sum(arrived)}. {say_verdict(witness, fits, len(arrived))}"

    def _write(self, *parts: dict[str, str]) -> None:
        """Write values, gradients and badges by the operations of their nodes."""
        self.picture.write(*({self.place[name]: text for name, text in part.items()} for part in parts))


def say_sum(pieces: Sequence[float]) -> str:
    """Put the pieces that arrive into words: `1 + 4 = 5`."""
    made = " + ".join(map(four_digits, pieces)).replace("+ \N{MINUS SIGN}", "\N{MINUS SIGN} ") or "nothing"
    return f"{made} = {four_digits(sum(pieces))}" if len(pieces) == 2 else made


def say_verdict(witness: float, fits: bool, ways: int) -> str:
    """Say whether what `ways` ways brought is what is measured."""
    if not fits:
        return f"Measured {four_digits(witness)}: they differ, and the line cuts through the curve."
    odd = "" if ways == 2 else " Here what is switched off happens to add up to 0."
    return f"Measured {four_digits(witness)}: they agree, and the line touches the curve.{odd}"
