"""The scores of a picture as bars, with a star at the highest one.

Scores of pictures may be of any size: the scale grows with them, and Reset brings the first one back.
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from lectureutils import plots, style, validate
from lectureutils.figures.shared.photographs import COUNT
from lectureutils.figures.shared.verdicts import leaders
from lectureutils.live import LiveFigure, put


def picture_classifier(
    W: ArrayLike, b: ArrayLike, class_names: Sequence[str]
) -> tuple[np.ndarray, np.ndarray, tuple[str, ...]]:
    """Return W (C, 7500), b (C,) and C names that fit each other. Raises ValueError for any that don't."""
    _, W, b = validate.linear(np.zeros((1, COUNT)), W, b)
    if len(class_names) != len(W) or len(W) > len(style.DASHES):
        raise ValueError(
            f"class_names: got {len(class_names)} names for {len(W)} rows of W, expected one for each row, and at most "
            f"{len(style.DASHES)}. Give each row of W a name."
        )
    return W, b, tuple(class_names)


class ScoreBars:
    """One bar for each class and a star at the highest score; the scale grows when a score leaves it."""

    def __init__(self, figure: LiveFigure, axes: Axes, names: Sequence[str], reach: float):
        self.axes, self.reach, self.start = axes, 0.0, 1.4 * reach or 1.0
        self.bars = plots.class_bars(axes, names, -1, 1)
        figure.moving(*self.bars)
        self.gap = 0.05 * (1 + style.current_scale())  # between bar and star, as a share of the scale
        self.star = figure.dot(axes, "*", style.INK, 13, clip_on=False)
        axes.set(xlabel="score", title="Scores, highest: \u2605")
        self.rewind()

    def rewind(self) -> None:
        """Go back to the first scale."""
        self._set_reach(self.start)

    def _set_reach(self, reach: float) -> None:
        if reach != self.reach:
            self.reach = reach
            self.axes.set_xlim(-reach, reach)

    def set(self, scores: np.ndarray) -> None:
        """Show scores (C,)."""
        most = float(np.abs(scores).max())
        if most > 0.85 * self.reach:
            self._set_reach(1.4 * most)
        plots.set_bars(self.bars, scores)
        best = leaders(scores)
        put(self.star, np.maximum(scores[best], 0) + self.gap * self.reach, best)
