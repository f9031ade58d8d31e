"""Two curves over lambda, or over the degree: of what was learned from, and of what was held out.

"Held out" are examples that the fit has never seen, and a star marks where it does best on them.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import FigureBase
from matplotlib.lines import Line2D

from lectureutils import style
from lectureutils.figures.regularization.fits import LAMS
from lectureutils.figures.shared.verdicts import leaders
from lectureutils.live import Control, LiveFigure, log_slider, put

KINDS = ("learn from", "held out")
LOWEST, HIGHEST = 1e-3, 100.0  # the errors that a picture has room for
BEYOND = 1e6  # times as far a curve runs on unseen


class ErrorCurves:
    """The two curves with a dot on each, a cursor through the dots, and the star."""

    def __init__(self, figure: LiveFigure, axes: Axes, largest: bool = False, what: str = "error"):
        scale, (blue, red) = style.current_scale(), style.CLASS_COLORS[:2]
        self.axes, self.largest = axes, largest
        self.cursor = axes.axvline(1, color=style.GREY, linewidth=1.2 * scale, linestyle=":")
        figure.moving(self.cursor)
        self.seen = figure.curve(axes, blue, label=f"{what}, {KINDS[0]}")
        self.new = figure.curve(axes, red, "--", label=f"{what}, {KINDS[1]}")
        look = {"markeredgecolor": "white", "zorder": 4}
        self.dots = [figure.dot(axes, "o", blue, **look), figure.dot(axes, "s", red, **look)]
        ring = {"markeredgewidth": 1.3 * scale, "zorder": 5, "label": "best held out"}
        self.star = figure.dot(axes, "*", "none", 18, **ring)
        edge = {"clip_on": False, "in_layout": False, "zorder": 5}
        self.above, self.below = (figure.dot(axes, marker, style.INK, 7, **edge) for marker in "^v")

    def set(self, places: np.ndarray, seen: np.ndarray | None, new: np.ndarray | None) -> np.ndarray:
        """Show errors (K,) at K places, None where there are no examples; return the best places of the new ones."""
        best = [] if new is None else leaders(new, self.largest)
        self._put(self.seen, places, seen)
        self._put(self.new, places, new)
        low, high = self.axes.get_ylim()
        both = [errors for errors in (seen, new) if errors is not None]
        for mark, edge, out in ((self.above, high, np.greater), (self.below, low, np.less)):
            crossings = [places[leaves(out(errors, edge))] for errors in both]
            there = np.concatenate([np.empty(0), *crossings])
            put(mark, there, np.full(len(there), edge))
        self._put(self.star, places[best], None if new is None else new[best])
        return places[best]

    def point(self, place: float, *now: Any) -> None:
        """Put the cursor and the two dots at a place, with the two errors there."""
        self.cursor.set_xdata([place, place])
        for dot, error in zip(self.dots, now, strict=True):
            self._put(dot, place, error)

    def _put(self, line: Line2D, places: Any, errors: Any) -> None:
        """Show errors, no line for None. A curve runs out of the axes, and what is far outside is cut short."""
        if errors is None:
            put(line, [])
        else:
            low, high = self.axes.get_ylim()
            far = (low / BEYOND, high * BEYOND) if line in (self.seen, self.new) else (low, high)
            put(line, places, np.clip(errors, *(far if self.axes.get_yscale() == "log" else (low, high))))


def leaves(outside: np.ndarray) -> np.ndarray:
    """Return the indices of the first and of the last place of each stretch that lies outside (K bools)."""
    padded = np.concatenate([[False], outside, [False]])
    return np.flatnonzero(outside & (~padded[:-2] | ~padded[2:]))


def error_axes(axes: Axes, title: str, low: float = LOWEST, high: float = HIGHEST) -> None:
    """Prepare axes for errors on a log scale."""
    axes.set(yscale="log", ylim=(low, high), title=title)
    axes.minorticks_off()


def lambda_axis(axes: Axes, lams: np.ndarray = LAMS) -> None:
    """Let x be lambda, with a tick at every second power of ten."""
    axes.set(xscale="log", xlim=(lams[0] / 1.3, lams[-1] * 1.3), xlabel="$\\lambda$")
    axes.set_xticks(10.0 ** np.arange(np.ceil(np.log10(lams[0])), np.log10(lams[-1]) + 0.1, 2))
    axes.minorticks_off()


def lambda_slider(value: float, lams: Sequence[float] = LAMS) -> Control:
    """Make the slider of lambda; it stands on ten steps for each power of ten."""
    steps = round(10 * np.log10(lams[-1] / lams[0]))
    form = ".1e" if lams[0] < 1e-4 else ".3g"
    return log_slider("lam", value, lams[0], lams[-1], label="λ", steps=steps, form=form)


def legend_below(fig: FigureBase, handles: list, is_narrow: bool = False) -> None:
    """Explain the signs below all axes, where no curve gets in the way."""
    fig.legend(handles=handles, loc="outside lower center", ncols=2 if is_narrow else len(handles), columnspacing=1.2)
