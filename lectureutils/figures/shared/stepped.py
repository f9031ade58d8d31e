"""Gradient descent on real data: how many examples a step should look at, and how long it should be.

Two weights are enough to see it: the score w . x tells how much an example looks like class 1. Then the loss is a
landscape over the plane of the two weights, a gradient is an arrow in it, and a training run is a path.
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from lectureutils.live import Control, LiveFigure, slider

Array = np.ndarray


class Stepped(LiveFigure):
    """A live figure with a control named `step`, which the player moves on from 0 to `last`."""

    last = 60

    def advance(self) -> bool:
        step = min(self.last, self.controls["step"].value + 1)
        self.set(step=step)
        return step < self.last

    def rewind(self) -> None:
        self.set(step=0)


class Startable(Stepped):
    """A stepped figure whose start is a handle in `self.plane`, with the controls `x` and `y` for the keyboard."""

    plane: Axes
    start: Array

    def grab(self, axes: Axes, x: float, y: float) -> str | None:
        near = axes is self.plane and self.near(axes, tuple(self.start), x, y) < 2 * self.reach
        return "start" if near else None

    def drag(self, held: str, x: float, y: float) -> None:
        boxes = [self.controls[name].inputs[0] for name in ("x", "y")]
        x, y = (float(np.clip(value, box.min, box.max)) for value, box in zip((x, y), boxes, strict=True))
        self.set(x=x, y=y)


def start_sliders(start: Sequence[float], low: float, high: float, names: Sequence[str]) -> tuple[Control, Control]:
    """Make the two controls of a start in the plane."""
    return tuple(
        slider(axis, float(at), low, high, 0.05, label=f"Start {name}")
        for axis, at, name in zip("xy", start, names, strict=True)
    )
