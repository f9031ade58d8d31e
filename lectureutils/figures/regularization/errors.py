"""Regularization: data loss + lambda R(W), and what lambda does to a fit, to its weights and to its errors.

All answers are computed exactly: there is no training here. "Held out" are examples that the fit has never seen.
"""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import FigureBase
from numpy.typing import ArrayLike

from lectureutils import style, validate
from lectureutils.figures.shared.verdicts import leaders
from lectureutils.live import (
    LiveFigure,
    log_slider,
)
from lectureutils.regularized import l1_path, l2_path

LAMS = 10.0 ** np.linspace(-6, 1, 71)
KINDS = ("learn from", "held out")
CURVE = np.linspace(-1, 1, 241)
LOWEST, HIGHEST = 1e-3, 100.0  # the errors that a picture has room for
PENALTIES = {"L2: sum of squares": "L2", "L1: sum of absolute values": "L1"}


def fits(X: np.ndarray, y: np.ndarray, penalty: str, lams: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the best w (K, D) and b (K,) under the penalty "none", "L1" or "L2" for each of K lambdas."""
    if penalty == "none":
        return l2_path(X, y, 0 * lams)
    return l1_path(X, y, lams) if penalty == "L1" else l2_path(X, y, lams)


def _examples(x: ArrayLike, y: ArrayLike, held_out: ArrayLike) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    x, y, held_out = validate.numbers(x, "x", "N"), validate.numbers(y, "y", "N"), np.asarray(held_out)
    if not len(x) == len(y) == len(held_out) or held_out.dtype != bool:
        raise ValueError(
            f"x, y, held_out: got shapes {x.shape}, {y.shape}, {held_out.shape}, with held_out of {held_out.dtype}; "
            f"expected one number, one number and one bool for each example. For example np.arange(len(x)) % 2 == 1."
        )
    if np.abs([x, y]).max() > 1:
        raise ValueError(
            f"x, y: got numbers up to {np.abs([x, y]).max():.3g}, expected them between -1 and 1, where powers stay "
            f"small. Divide by the largest."
        )
    return x, y, held_out


def _lambda_slider(value: float, lams: np.ndarray) -> Any:
    """Make the slider of lambda; it stands on ten steps for each power of ten."""
    steps = round(10 * np.log10(lams[-1] / lams[0]))
    form = ".1e" if lams[0] < 1e-4 else ".3g"
    return log_slider("lam", value, lams[0], lams[-1], label="λ", steps=steps, form=form)


def _legend_below(fig: FigureBase, handles: list) -> None:
    """Explain the signs below all axes, where no curve gets in the way."""
    fig.legend(handles=handles, loc="outside lower center", ncols=len(handles), fontsize="small", columnspacing=1.2)


def _down_to(lams: np.ndarray, lam: float) -> np.ndarray:
    """Return the lambdas above lam, and lam as the last: the way by which an L1 fit comes to it."""
    return np.append(lams[lams > 1.001 * lam], lam)


class _ErrorCurves:
    """Two curves, of what was learned from and of what was held out; a star at the best of the latter."""

    def __init__(self, figure: LiveFigure, axes: Axes, largest: bool = False, what: str = "error"):
        scale, (blue, red) = style.current_scale(), style.CLASS_COLORS[:2]
        self.axes, self.largest, self.best = axes, largest, []
        self.cursor = axes.axvline(1, color=style.GREY, linewidth=1.2 * scale, linestyle=":")
        self.seen = axes.plot([], [], "-", color=blue, label=f"{what}, {KINDS[0]}")[0]
        self.new = axes.plot([], [], "--", color=red, label=f"{what}, {KINDS[1]}")[0]
        self.dots = [
            axes.plot([], [], marker, color=color, markersize=7 * scale, markeredgecolor="white", zorder=4)[0]
            for marker, color in (("o", blue), ("s", red))
        ]
        self.star = axes.plot([], [], "*", color="none", markeredgecolor=style.INK, zorder=5, label="best held out")[0]
        self.star.set(markersize=18 * scale, markeredgewidth=1.3 * scale)
        figure.moving(self.cursor, self.seen, self.new, self.star, *self.dots)

    def set(self, places: np.ndarray, seen: np.ndarray | None, new: np.ndarray | None) -> None:
        """Show the errors (K,) at K places; None where there are no examples of a kind."""
        self.places, self.errors = places, (seen, new)
        for line, errors in zip((self.seen, self.new), self.errors, strict=True):
            line.set_data(*(([], []) if errors is None else (places, self.within(errors))))
        self.best = [] if new is None or seen is None else leaders(new, self.largest)
        self.star.set_data(*((places[self.best], self.within(new[self.best])) if len(self.best) else ([], [])))

    def point(self, place: float, *now: float | None) -> None:
        """Put the cursor and the two dots at a place."""
        self.cursor.set_xdata([place, place])
        for dot, error in zip(self.dots, now, strict=True):
            dot.set_data(*(([], []) if error is None else ([place], [self.within(error)])))

    def within(self, errors: Any) -> Any:
        """Keep what leaves the axes at their edge."""
        low, high = self.axes.get_ylim()
        return np.clip(errors, low, high)


def _error_axes(axes: Axes, title: str) -> None:
    axes.set(yscale="log", ylim=(LOWEST, HIGHEST), title=title)
    axes.minorticks_off()


def _lambda_axis(axes: Axes, lams: np.ndarray = LAMS) -> None:
    axes.set(xscale="log", xlim=(lams[0] / 1.3, lams[-1] * 1.3), xlabel="$\\lambda$")
    axes.set_xticks(10.0 ** np.arange(np.ceil(np.log10(lams[0])), np.log10(lams[-1]) + 0.1, 2))
    axes.minorticks_off()
