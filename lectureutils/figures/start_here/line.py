"""The first live figure a reader meets: one line, two sliders, two points that can be dragged.

Whatever a live figure can do is tried out here, on something that everybody knows.
"""

import numpy as np
from matplotlib.figure import Figure

from lectureutils import style
from lectureutils.live import LiveFigure, Player, put, slider

FAR = 3.0


class LineFigure(LiveFigure):
    """Show the line y = w x + b; the sliders, the pointer on the two handles, and the player all move it."""

    size = (600, 340)

    def __init__(self, w: float = 0.5, b: float = 1.0):
        super().__init__(
            slider("w", w, -2.0, 2.0, label="w, the slope"), slider("b", b, -2.0, 2.0, label="b, at x = 0"), Player()
        )

    def draw(self, fig: Figure) -> None:
        axes = fig.subplots()
        axes.set(xlim=(-FAR, FAR), ylim=(-4, 4), xlabel="x", ylabel="y", title="y = w x + b")
        axes.axhline(0, color=style.PALE, linewidth=1)
        axes.axvline(0, color=style.PALE, linewidth=1)
        self.line = self.curve(axes, style.BLUE)
        self.height = self.handle(self.dot(axes, "o", style.ORANGE, 12), y="b")
        self.slope = self.handle(self.dot(axes, "s", style.SKY, 12), y="w")

    def update(self, w: float, b: float) -> str:
        x = np.array([-FAR, FAR])
        put(self.line, x, w * x + b)
        put(self.height, 0, b)
        put(self.slope, 1, w + b)
        trend = "rises" if w > 0 else "falls" if w < 0 else "is level"
        return f"The line crosses the middle at {b:.2f} and {trend}: y = {w:.2f} x + {b:.2f}."

    def drag(self, held: dict[str, str], x: float, y: float) -> None:
        b = self.values["b"]
        super().drag(held, x, y - b if held == {"y": "w"} else y)  # the square stands at w + b

    def advance(self) -> bool:
        w = min(2.0, self.values["w"] + 0.05)
        self.set(w=w)
        return w < 2.0

    def rewind(self) -> None:
        self.set(w=-2.0)
