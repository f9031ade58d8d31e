"""A linear classifier looks at pictures: as a long row of numbers, as templates, and at a picture of the reader's.

A picture of 50 x 50 pixels is a vector x of 7500 numbers: row by row from the top, in each row pixel by pixel, and for
each pixel red, green, blue. Every row of W is as long, so it can be shown as a picture too.
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from lectureutils import plots, style, validate
from lectureutils.figures.shared.verdicts import leaders
from lectureutils.live import LiveFigure

SIDE = 50
COUNT = SIDE * SIDE * 3


def _classifier(W: ArrayLike, b: ArrayLike, class_names: Sequence[str]) -> tuple[np.ndarray, np.ndarray, tuple]:
    _, W, b = validate.linear(np.zeros((1, COUNT)), W, b)
    if len(class_names) != len(W) or len(W) > len(style.DASHES):
        raise ValueError(
            f"class_names: got {len(class_names)} names for {len(W)} rows of W, expected one for each row, and at most "
            f"{len(style.DASHES)}. Give each row of W a name."
        )
    return W, b, tuple(class_names)


def _numbered(names: Sequence[str] | None, count: int) -> dict[str, int]:
    """Number the pictures by name, for a choice; names may come twice, numbers don't."""
    names = ["picture"] * count if names is None else names
    if len(names) != count:
        raise ValueError(f"names: got {len(names)} names for {count} pictures, expected one each. Add or drop some.")
    return {f"{i + 1}: {name}": i for i, name in enumerate(names)}


class _ScoreBars:
    """One bar for each class and a star at the highest score; the scale grows when a score leaves it."""

    def __init__(self, figure: LiveFigure, axes: Axes, names: Sequence[str], reach: float):
        self.axes, self.reach, self.start = axes, 0.0, 1.4 * reach or 1.0
        self.bars = plots.class_bars(axes, names, -1, 1)
        self.gap = 0.05 * (1 + style.current_scale())  # between bar and star, as a share of the scale
        self.star = axes.plot([], [], "*", color=style.INK, markersize=13 * style.current_scale(), clip_on=False)[0]
        axes.set(xlabel="score", title="Scores, highest: \u2605")
        figure.moving(*self.bars, self.star)
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
        self.star.set_data(np.maximum(scores[best], 0) + self.gap * self.reach, best)
