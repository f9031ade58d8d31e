"""A logistic neuron answers sigmoid(w . x + b): over the plane, a line with an arrow that is soft on both sides.

The arrow w says in which direction the answer grows and how sharply, b where the line is.
"""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import plots, style, validate
from lectureutils.figures.neural_networks.spike import sigmoid
from lectureutils.figures.shared.line_handle import HIGH, LOW, LineHandle, line_ends
from lectureutils.live import LiveFigure, matrix, put, slider

Array = np.ndarray


class NeuronFigure(LiveFigure):
    """Show a logistic neuron over the plane: a = sigmoid(w . x + b) as colour, and the point x on its curve.

    Takes w (2,), b and x (2,). Drag the line, the arrow's tip or the star. Slide topic: the logistic neuron.
    """

    size = (700, 390)
    layout = "w x / b reset"

    def __init__(self, w: ArrayLike, b: float, x: ArrayLike):
        self.w = matrix("w", validate.numbers(w, "w", "2"), -4, 4)
        self.x = matrix("x", validate.numbers(x, "x", "2"), LOW, HIGH)
        self.b = slider("b", b, -6, 6, label="b")
        super().__init__(self.w, self.b, self.x)

    def draw(self, fig: Figure) -> None:
        self.plane, right = fig.subplots(1, 2, width_ratios=[1.25, 1])
        self.plane.set(xlim=(LOW, HIGH), ylim=(LOW, HIGH), xlabel="x[0]", ylabel="x[1]")
        self.plane.set_title("Answer a: dark blue 0, light yellow 1")
        self.map = plots.PixelMap(self.plane)
        self.grid = np.linspace(LOW, HIGH, 120)
        self.handle = LineHandle(self, self.plane, style.BLUE, "-", 0.35)
        self.moving(self.map)
        self.soft = [self.curve(self.plane, style.INK, ":", linewidth=1.2) for _ in range(2)]
        self.star = self.dot(self.plane, "*", style.INK, 15, markeredgecolor="white", zorder=7)
        z = np.linspace(-10, 10, 201)
        right.plot(z, sigmoid(z), color=style.GREY)
        right.set(xlim=(-10, 10), ylim=(-0.05, 1.05), xlabel="z = w · x + b", ylabel="a", title="a = sigmoid(z)")
        right.axvline(0, color=style.PALE, linewidth=1)
        self.drop = self.curve(right, style.GREY, "--", linewidth=1)
        self.here = self.dot(right, "*", style.INK, 15, markeredgecolor="none", clip_on=False)

    def update(self, w: Array, b: float, x: Array) -> str:
        z = float(w @ x + b)
        a, at = float(sigmoid(z)), np.clip(z, -10, 10)
        self.map.set_data(dark_to_light(sigmoid(w[0] * self.grid + (w[1] * self.grid + b)[:, None])))
        self.handle.set(w, b)
        for line, level in zip(self.soft, (-np.log(9), np.log(9)), strict=True):
            put(line, *line_ends(w, b - level))
        put(self.star, x)
        put(self.here, at, a)
        put(self.drop, [at, at], [-0.05, a])
        sums = f"z = {w[0]:.2f}·{x[0]:.2f} + {w[1]:.2f}·{x[1]:.2f} + {b:.2f} = {z:.3f}".replace("+ -", "- ")
        if not w.any():
            return f"{sums}, a = {a:.3f}. Both weights are 0: there is no line, the answer is the same everywhere."
        side = "on" if abs(z) < 5e-3 else "on the arrow's side of" if z > 0 else "behind"
        wide = 2 * np.log(9) / np.linalg.norm(w)
        return f"{sums}, a = {a:.3f}: the star is {side} the line. From 0.1 to 0.9 it is {wide:.2f} wide."

    def grab(self, axes: Axes, x: float, y: float) -> str | None:
        if axes is not self.plane:
            return None
        if self.near(axes, self.star.get_xydata()[0], x, y) < self.reach:
            return "star"
        return self.handle.grab(x, y)

    def drag(self, held: str, x: float, y: float) -> None:
        if held == "star":
            self.set(x=np.clip([x, y], LOW, HIGH))
            return
        w, b = self.handle.drag(held, self.w.value, self.b.value, x, y, most=4)
        self.set(w=w, b=float(np.clip(b, -6, 6)))

    def rewind(self) -> None:
        self.handle.rewind()


def dark_to_light(share: Array) -> Array:
    """Return RGB values (..., 3) in 0..255 for shares (...): 0 is dark blue, 1/2 grey, 1 light yellow.

    The larger a share, the lighter it is, so that both sides are told apart without colours.
    """
    low, middle, high = 255 * np.array([style.pale(style.BLUE, 0.6), (0.82, 0.84, 0.84), style.pale(style.AMBER, 0.3)])
    share = share[..., None]
    return np.where(share < 0.5, low + (middle - low) * 2 * share, middle + (high - middle) * (2 * share - 1))
