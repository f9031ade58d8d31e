"""Backpropagation on a drawn graph: number after number forward, and number after number back.

All graphs are recorded by `autodiff` and laid out by `graph_view`. What changes from frame to frame is written on top
of them as light outlines, so that a slider is followed quickly.
"""

from collections.abc import Callable

import numpy as np
from matplotlib.figure import Figure

from lectureutils import style
from lectureutils.figures.shared.words import four_digits
from lectureutils.live import LiveFigure, choice, presets, slider

Array = np.ndarray


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
        where = f"{self.kind.name} at x = {four_digits(self.x)}"
        if self.left == self.right:
            verdict = "that is it" if fits else "your line cuts through the curve"
            return (
                f"{where}: no kink, one slope, {four_digits(self.left)}. Yours is {four_digits(self.slope)}: {verdict}."
            )
        verdict = "the line stays below, a subgradient" if fits else "the line rises above the curve, no subgradient"
        middle = four_digits((self.left + self.right) / 2)
        return (f"{where}: a kink, slope {four_digits(self.left)} on the left and "
                f"{four_digits(self.right)} on the right. "
                f"Yours is {four_digits(self.slope)}: {verdict}. A central difference measures {middle}.")  # fmt: skip
