"""The line of a neuron or a class in the plane, with its arrow, and what the pointer does to both.

The arrow w is at a right angle to the line w . x + b = 0 and tells on which side the score grows, and how fast.
"""

import numpy as np
from matplotlib.axes import Axes

from lectureutils import plots, style
from lectureutils.live import LiveFigure, put

Array = np.ndarray
LOW, HIGH = -3.0, 3.0


def line_ends(w: Array, b: float) -> Array:
    """Return x and y (2, 2) of two far points of the line w . x + b = 0; none, (2, 0), when w is zero."""
    if not w @ w > 1e-12:
        return np.empty((2, 0))
    along = 20 * np.array([-w[1], w[0]]) / np.linalg.norm(w)
    foot = -b * w / (w @ w)
    return np.stack([foot - along, foot + along], axis=1)


class LineHandle:
    """The line w . x + b = 0 with its arrow w, which can be taken hold of at the line or at the tip.

    The arrow starts at the line's point nearest to the origin. Who takes hold of the tip pins that point: the arrow
    turns about it, so that the tip stays under the hand, and starts near it until `rewind`. `tip` is its place, (1, 2),
    or (0, 2) where weights of zero have no arrow.
    """

    def __init__(
        self,
        figure: LiveFigure,
        axes: Axes,
        color: str,
        dash: str,
        length: float = 0.5,
        limit: float = HIGH,
    ):
        scale = style.current_scale()
        self.figure, self.axes, self.length, self.limit = figure, axes, length, limit
        self.line = figure.curve(axes, color, dash, linewidth=2 * scale, zorder=4)
        self.arrow = plots.Arrow(axes, color, 14, linewidth=3.6 * scale, zorder=6)
        figure.moving(self.arrow)
        self.tip = np.empty((0, 2))
        self.rewind()

    def rewind(self) -> None:
        """Let the arrow start at the point nearest to the origin again."""
        self.pin = np.zeros(2)

    def foot(self, w: Array, b: float) -> Array | None:
        """Return the point of the line nearest to the pin, the origin at first; weights of zero have no line."""
        return self.pin - (w @ self.pin + b) * w / (w @ w) if w @ w > 1e-12 else None

    def set(self, w: Array, b: float) -> None:
        """Draw the line and the arrow of w (2,) and b; a tip out of sight is drawn at the edge."""
        foot = self.foot(w, b)
        arrow = [] if foot is None else [foot, np.clip(foot + self.length * w, -self.limit, self.limit)]
        put(self.line, *line_ends(w, b))
        put(self.arrow, arrow)
        self.tip = np.reshape(arrow[1:], (-1, 2))

    def grab(self, x: float, y: float) -> str | None:
        """Return "tip" or "line" when the pointer is there."""
        if not len(self.tip):
            return None
        near, reach = self.figure.near, self.figure.reach
        if near(self.axes, self.tip[0], x, y) < reach:
            self.pin = self.arrow.get_xydata()[0]
            return "tip"
        start, end = self.line.get_xydata()
        along = (end - start) / np.linalg.norm(end - start)
        nearest = start + along * ((np.array([x, y]) - start) @ along)
        return "line" if near(self.axes, nearest, x, y) < reach / 2 else None

    def drag(self, part: str, w: Array, b: float, x: float, y: float, most: float = np.inf) -> tuple[Array, float]:
        """Return the new (w, b): the tip turns and stretches w about the pinned point, the line changes b only.

        No weight gets larger than `most`; the line goes through the pinned point all the same.
        """
        here = np.array([x, y])
        if part == "line":
            return w, float(-w @ here)
        w = np.clip((here - self.pin) / self.length, -most, most)
        return w, float(-w @ self.pin)
