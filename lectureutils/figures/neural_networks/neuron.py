"""One neuron: the living one that inspired it, and the logistic one that networks are built of.

A nerve cell adds up what reaches it, and fires when it is enough. The artificial neuron keeps the sum and a smooth
"enough": sigmoid(w . x + b). In the plane it is a line with an arrow, soft on both sides.
"""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import plots, style, validate
from lectureutils.figures.neural_networks.spike import sigmoid
from lectureutils.figures.shared.line_handle import HIGH, LOW, LineHandle, line_ends
from lectureutils.live import LiveFigure, Widget, column, matrix, row, slider

Array = np.ndarray


class NeuronFigure(LiveFigure):
    """Show a logistic neuron over the plane: a = sigmoid(w . x + b) as colour, and the point x on its curve.

    Takes w (2,), b and x (2,). Drag the line, the arrow's tip or the star. Slide topic: the logistic neuron.
    """

    size = (700, 390)

    def __init__(self, w: ArrayLike, b: float, x: ArrayLike):
        w, x = validate.numbers(w, "w", "2"), validate.numbers(x, "x", "2")
        self.w = matrix("w", w, -4, 4)
        self.x = matrix("x", x, LOW, HIGH)
        self.b = slider("b", b, -6, 6, label="b")
        super().__init__(self.w, self.b, self.x)

    def draw(self, fig: Figure) -> None:
        plane, right = fig.subplots(1, 2, width_ratios=[1.25, 1])
        self.plane = plane
        plane.set(xlim=(LOW, HIGH), ylim=(LOW, HIGH), xlabel="x[0]", ylabel="x[1]")
        plane.set_title("Answer a: blue 0, white ½, orange 1")
        self.map = plots.PixelMap(plane)
        self.grid = np.linspace(LOW, HIGH, 120)
        self.handle = LineHandle(self, plane, style.BLUE, "-", "o", 0.35)
        self.soft = [plane.plot([], [], ":", color=style.INK, linewidth=1.2)[0] for _ in range(2)]
        star = {"markersize": 15 * style.current_scale(), "markeredgecolor": "white", "zorder": 7}
        self.star = plane.plot([], [], "*", color=style.INK, **star)[0]
        z = np.linspace(-10, 10, 201)
        right.plot(z, sigmoid(z), color=style.GREY)
        right.set(xlim=(-10, 10), ylim=(-0.05, 1.05), xlabel="z = w · x + b", ylabel="a", title="a = sigmoid(z)")
        right.axvline(0, color=style.PALE, linewidth=1)
        self.drop = right.plot([], [], "--", color=style.GREY, linewidth=1)[0]
        self.here = right.plot([], [], "*", color=style.INK, clip_on=False, **{**star, "markeredgecolor": "none"})[0]
        self.moving(self.map, *self.soft, self.star, self.drop, self.here)

    def update(self, w: Array, b: float, x: Array) -> None:
        self.z = float(w @ x + b)
        self.a = float(sigmoid(self.z))
        self.values_shown = w, b, x
        share = sigmoid(w[0] * self.grid + (w[1] * self.grid + b)[:, None])[:, :, None]
        low, high = (255 * np.array(style.pale(color, 0.55)) for color in (style.BLUE, style.ORANGE))
        mixed = np.where(share < 0.5, low + (255 - low) * 2 * share, 255 + (high - 255) * (2 * share - 1))
        self.map.set_data(mixed)
        self.handle.set(w, b)
        for line, level in zip(self.soft, (-np.log(9), np.log(9)), strict=True):
            line.set_data(*line_ends(w, b - level))
        self.star.set_data(*x[:, None])
        at = np.clip(self.z, -10, 10)
        self.here.set_data([at], [self.a])
        self.drop.set_data([at, at], [-0.05, self.a])

    def describe(self) -> str:
        w, b, x = self.values_shown
        sums = f"z = {w[0]:.2f}·{x[0]:.2f} + {w[1]:.2f}·{x[1]:.2f} + {b:.2f} = {self.z:.3f}".replace("+ -", "- ")
        if not w.any():
            return f"{sums}, a = {self.a:.3f}. Both weights are 0: there is no line, the answer is the same everywhere."
        side = "on" if abs(self.z) < 5e-3 else "on the arrow's side of" if self.z > 0 else "behind"
        wide = 2 * np.log(9) / np.linalg.norm(w)
        return f"{sums}, a = {self.a:.3f}: the star is {side} the line. From 0.1 to 0.9 it is {wide:.2f} wide."

    def arrange(self) -> Widget:
        return column(row(self.w.widget, self.x.widget), row(self.b.widget, self.reset_button))

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
