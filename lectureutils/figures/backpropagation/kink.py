"""At a kink no slope is the right one, and every slope whose line stays below the curve is allowed: a subgradient.

Off the kink there is one slope, the one that a central difference measures.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure

from lectureutils import style
from lectureutils.figures.shared.words import four_digits
from lectureutils.live import LiveFigure, choice, presets, put, slider

Array = np.ndarray


class Kinked(NamedTuple):
    """A function with one kink: its value, the place of the kink, and the slopes left and right of it."""

    name: str
    value: Callable[[Array], Array]
    at: float
    left: float
    right: float

    def slopes(self, x: float) -> tuple[float, float]:
        """Return the slopes on both sides of x."""
        return (self.left if x <= self.at else self.right), (self.right if x >= self.at else self.left)


RELU = Kinked("ReLU", lambda x: np.maximum(0.0, x), 0.0, 0.0, 1.0)
HINGE = Kinked("hinge", lambda x: np.maximum(0.0, 1.0 - x), 1.0, -1.0, 0.0)


class KinkFigure(LiveFigure):
    """Lay a line of any slope through a point of the ReLU or of the hinge: does it stay below the curve?

    A slope whose line nowhere rises above the curve is a subgradient. Slide topic: a node needs to be differentiable.
    """

    size = (620, 340)

    def __init__(self):
        kinks = {f"the kink of the {kind.name}": {"kind": kind, "x": kind.at, "slope": 0.0} for kind in (RELU, HINGE)}
        self.kinds = choice(
            "kind", {"ReLU: max(0, x)": RELU, "hinge: max(0, 1 \N{MINUS SIGN} x)": HINGE}, label="Function"
        )
        super().__init__(
            self.kinds,
            slider("x", 0.0, -2.0, 3.0, 0.25),
            slider("slope", 0.5, -1.5, 1.5, 0.25, label="Slope of line"),
            presets("Set to", kinks),
        )

    def draw(self, fig: Figure) -> None:
        axes = fig.subplots()
        axes.set(xlim=(-2, 3), ylim=(-1.2, 3.2), xlabel="x", xticks=range(-2, 4), yticks=range(-1, 4))
        axes.set_title("Does the dashed line stay below the curve?")
        self.grid = np.linspace(-2, 3, 101)
        self.function = self.curve(axes, style.VALUE, label="the function", linewidth=3 * style.current_scale())
        self.line = self.curve(axes, style.GRADIENT, "--", label="a line of your slope")
        self.point = self.dot(axes, "o", style.INK, 8, zorder=4, markeredgecolor=style.PAPER)
        axes.legend(loc="upper center")

    def update(self, kind: Kinked, x: float, slope: float) -> str:
        height = float(kind.value(x))
        put(self.function, self.grid, kind.value(self.grid))
        put(self.line, [-2, 3], [height + slope * (end - x) for end in (-2, 3)])
        put(self.point, x, height)
        left, right = kind.slopes(x)
        where, fits = f"{kind.name} at x = {four_digits(x)}", left <= slope <= right
        if left == right:
            verdict = "that is it" if fits else "your line cuts through the curve"
            return f"{where}: no kink, one slope, {four_digits(left)}. Yours is {four_digits(slope)}: {verdict}."
        verdict = "the line stays below, a subgradient" if fits else "the line rises above the curve, no subgradient"
        middle = four_digits((left + right) / 2)
        return (
            f"{where}: a kink, slope {four_digits(left)} on the left and {four_digits(right)} on the right. "
            f"Yours is {four_digits(slope)}: {verdict}. A central difference measures {middle}."
        )
