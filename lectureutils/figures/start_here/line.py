"""The first live figure a reader meets: one line, two sliders, one point that can be dragged."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lectureutils import style
from lectureutils.live import LiveFigure, Player, slider

REACH = 3.0


class LineFigure(LiveFigure):
    """Show the line y = w x + b; the sliders, the pointer on the two handles, and the player all move it."""

    size = (600, 340)

    def __init__(self, w: float = 0.5, b: float = 1.0):
        super().__init__(
            slider("w", w, -2.0, 2.0, label="w, the slope"), slider("b", b, -2.0, 2.0, label="b, at x = 0"), Player()
        )

    def draw(self, fig: Figure) -> None:
        axes = fig.subplots()
        axes.set(xlim=(-REACH, REACH), ylim=(-4, 4), xlabel="x", ylabel="y", title="y = w x + b")
        axes.axhline(0, color=style.PALE, linewidth=1)
        axes.axvline(0, color=style.PALE, linewidth=1)
        self.line = axes.plot([], [], color=style.BLUE)[0]
        mark = {"markersize": 12 * style.current_scale(), "markeredgecolor": style.INK}
        self.height = axes.plot([], [], "o", color=style.ORANGE, **mark)[0]
        self.slope = axes.plot([], [], "s", color=style.SKY, **mark)[0]
        self.moving(self.line, self.height, self.slope)

    def update(self, w: float, b: float) -> None:
        self.w, self.b = w, b
        x = np.array([-REACH, REACH])
        self.line.set_data(x, w * x + b)
        self.height.set_data([0], [b])
        self.slope.set_data([1], [w + b])

    def describe(self) -> str:
        trend = "rises" if self.w > 0 else "falls" if self.w < 0 else "is level"
        return f"The line crosses the middle at {self.b:.2f} and {trend}: y = {self.w:.2f} x + {self.b:.2f}."

    def grab(self, axes: Axes, x: float, y: float) -> str | None:
        handles = {"slope": self.slope, "height": self.height}
        distance = {name: self.near(axes, tuple(handle.get_xydata()[0]), x, y) for name, handle in handles.items()}
        nearest = min(distance, key=distance.get)
        return nearest if distance[nearest] < self.reach else None

    def drag(self, held: str, x: float, y: float) -> None:
        if held == "height":
            self.set(b=y)
        else:
            self.set(w=y - self.b)

    def advance(self) -> bool:
        self.set(w=min(2.0, self.w + 0.05))
        return self.w < 2.0

    def rewind(self) -> None:
        self.set(w=-2.0)
