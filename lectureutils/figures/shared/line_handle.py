"""One neuron: the living one that inspired it, and the logistic one that networks are built of.

A nerve cell adds up what reaches it, and fires when it is enough. The artificial neuron keeps the sum and a smooth
"enough": sigmoid(w . x + b). In the plane it is a line with an arrow, soft on both sides.
"""

import numpy as np
from matplotlib.axes import Axes

from lectureutils import style
from lectureutils.live import LiveFigure

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
    """The line w . x + b = 0 of one neuron with its arrow w, which can be taken hold of at the line or at the tip."""

    def __init__(self, axes: Axes, color: str, dash: str, marker: str, length: float = 0.5, limit: float = HIGH):
        scale = style.current_scale()
        self.axes, self.length, self.limit = axes, length, limit
        self.line = axes.plot([], [], dash, color=color, linewidth=2 * scale, zorder=4)[0]
        self.arrow = axes.plot([], [], "-", color=color, linewidth=3 * scale, zorder=5)[0]
        look = {"color": color, "markersize": 11 * scale, "markeredgecolor": style.INK}
        self.tip = axes.plot([], [], marker, zorder=6, **look)[0]
        self.artists = (self.line, self.arrow, self.tip)

    @staticmethod
    def foot(w: Array, b: float) -> Array | None:
        """Return the point of the line nearest to the origin; weights of zero have no line."""
        return -b * w / (w @ w) if w @ w > 1e-12 else None

    def set(self, w: Array, b: float) -> None:
        """Draw the line and the arrow of w (2,) and b; a tip out of sight is drawn at the edge."""
        foot = self.foot(w, b)
        if foot is None:
            for artist in self.artists:
                artist.set_data([], [])
            return
        tip = np.clip(foot + self.length * w, -self.limit, self.limit)
        self.line.set_data(*line_ends(w, b))
        self.arrow.set_data(*np.stack([foot, tip], axis=1))
        self.tip.set_data(*tip[:, None])

    def grab(self, figure: LiveFigure, x: float, y: float) -> str | None:
        """Return "tip" or "line" when the pointer is there."""
        if not len(self.tip.get_xdata()):
            return None
        if figure.near(self.axes, self.tip.get_xydata()[0], x, y) < figure.reach:
            return "tip"
        start, end = self.line.get_xydata()
        along = (end - start) / np.linalg.norm(end - start)
        nearest = start + along * ((np.array([x, y]) - start) @ along)
        return "line" if figure.near(self.axes, nearest, x, y) < figure.reach / 2 else None

    def drag(self, part: str, w: Array, b: float, x: float, y: float) -> tuple[Array, float]:
        """Return the new (w, b): the tip turns and stretches w about the line's foot, the line changes b only."""
        here = np.array([x, y])
        foot = self.foot(w, b)
        if part == "line" or foot is None:
            return w, float(-w @ here)
        w = (here - foot) / self.length
        return w, float(-w @ foot)
