"""Regularization: data loss + lambda R(W), and what lambda does to a fit, to its weights and to its errors.

All answers are computed exactly: there is no training here. "Held out" are examples that the fit has never seen.
"""

from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import plots, style
from lectureutils.figures.regularization.errors import (
    CURVE,
    HIGHEST,
    KINDS,
    LAMS,
    LOWEST,
    PENALTIES,
    _error_axes,
    _ErrorCurves,
    _examples,
    _lambda_axis,
    _lambda_slider,
    _legend_below,
    fits,
)
from lectureutils.figures.shared.words import count_points, say_power
from lectureutils.live import (
    LiveFigure,
    PointsByHand,
    PointSet,
    Widget,
    choice,
    column,
    points,
    row,
    slider,
)
from lectureutils.regularized import mean_squares, powers

DEGREES = np.arange(1, 16)


class PolynomialFigure(PointsByHand, LiveFigure):
    """Fit a polynomial to points that can be dragged, added and deleted, and show the error over degree or lambda.

    x, y (N,) lie between -1 and 1, `held_out` (N,) are bools: those points are not learned from.
    Slide topic: Ockham's razor.
    """

    size = (700, 380)

    def __init__(self, x: ArrayLike, y: ArrayLike, held_out: ArrayLike, degree: int = 3):
        x, y, held_out = _examples(x, y, held_out)
        self.points = points("points", np.column_stack([x, y]), held_out.astype(int), KINDS, -1, 1)
        self.degree = slider("degree", degree, 1, int(DEGREES[-1]), 1, label="Degree")
        self.penalty = choice("penalty", {"none": "none", **PENALTIES}, label="Penalty")
        self.lam = _lambda_slider(0.01, LAMS)
        self.along = choice("along", {"degree": "degree", "λ": "lambda"}, label="Errors over")
        super().__init__(self.points, self.degree, self.penalty, self.lam, self.along)

    def draw(self, fig: Figure) -> None:
        self.plane, right = fig.subplots(1, 2, width_ratios=[1.25, 1])
        self.plane.set(xlim=(-1.05, 1.05), ylim=(-1.4, 1.4), xlabel="x", ylabel="y", title="Points and polynomial")
        self.curve = self.plane.plot(CURVE, 0 * CURVE, color=style.INK)[0]
        self.dots = plots.class_points(self.plane, KINDS)
        ring = {"color": "none", "markeredgecolor": style.INK, "zorder": 5}
        self.chosen = self.plane.plot([], [], "o", markersize=13 * style.current_scale(), **ring)[0]
        _error_axes(right, "Mean squared error (log scale)")
        self.errors = _ErrorCurves(self, right)
        _legend_below(fig, [*self.dots, self.errors.seen, self.errors.new, self.errors.star])
        self.shown = None  # what the error axes stand for now
        self.moving(self.curve, *self.dots, self.chosen)

    def update(self, points: PointSet, degree: int, penalty: str, lam: float, along: str) -> None:
        self.now = degree, penalty, lam, along
        plots.set_points(self.dots, points.X, points.y)
        here = points.X[points.selected : points.selected + 1] if len(points.X) else points.X
        self.chosen.set_data(here[:, 0], here[:, 1])
        seen, new = (points.X[points.y == kind] for kind in (0, 1))
        self.counts = len(seen), len(new)
        self._set_axis(along)
        self.curve.set_visible(len(seen) > 0)
        self.places = DEGREES if along == "degree" else LAMS
        if not len(seen):
            self.errors.set(self.places, None, None)
            self.errors.point(degree if along == "degree" else lam, None, None)
            return
        both = powers(seen[:, 0], DEGREES[-1]), powers(new[:, 0], DEGREES[-1]) if len(new) else None
        self._fit(both, seen[:, 1], new[:, 1])

    def _fit(self, both: tuple, y_seen: np.ndarray, y_new: np.ndarray) -> None:
        degree, penalty, lam, along = self.now
        lams = np.append(LAMS, lam) if along == "lambda" else np.array([lam])
        W, b = fits(both[0][:, :degree], y_seen, penalty, lams)
        self.W, self.b = W[-1], float(b[-1])
        self.curve.set_ydata(powers(CURVE, degree) @ self.W + self.b)
        now = self._errors(both, (y_seen, y_new), W[-1:], b[-1:])
        if along == "degree":
            W, b = self._every_degree(both[0], y_seen, penalty, lam)
        else:
            W, b = W[:-1], b[:-1]
        self.errors.set(self.places, *self._errors(both, (y_seen, y_new), W, b))
        self.errors.point(degree if along == "degree" else lam, *(e if e is None else float(e[0]) for e in now))

    @staticmethod
    def _every_degree(X: np.ndarray, y: np.ndarray, penalty: str, lam: float) -> tuple[np.ndarray, np.ndarray]:
        """Return w (15, 15), filled up with zeros, and b (15,)."""
        W, b = np.zeros((len(DEGREES), X.shape[1])), np.zeros(len(DEGREES))
        for k, degree in enumerate(DEGREES):
            W[k : k + 1, :degree], b[k : k + 1] = fits(X[:, :degree], y, penalty, np.array([lam]))
        return W, b

    @staticmethod
    def _errors(both: tuple, ys: tuple, W: np.ndarray, b: np.ndarray) -> list[np.ndarray | None]:
        width = W.shape[1]
        return [None if X is None else mean_squares(X[:, :width], y, W, b) for X, y in zip(both, ys, strict=True)]

    def _set_axis(self, along: str) -> None:
        if along == self.shown:
            return
        self.shown, axes = along, self.errors.axes
        if along == "degree":
            axes.set(xscale="linear", xlim=(0.5, 15.5), xlabel="degree")
            axes.set_xticks(DEGREES[::2])
            axes.minorticks_off()
        else:
            _lambda_axis(axes)

    def describe(self) -> str:
        degree, penalty, lam, along = self.now
        how = f"with λ = {say_power(lam)} ({penalty})"
        if penalty == "none":
            how = f"without a penalty (λ = {say_power(lam)} has no effect)"
        if not self.counts[0]:
            return "There is no point to learn from. Press on the plane, or on Add a point, to make one."
        seen, new = (dot.get_ydata() for dot in self.errors.dots)
        largest = np.abs(self.W).max()
        said = (
            f"Degree {degree} {how}: mean squared error {_say_error(seen)} "
            f"on {count_points(self.counts[0])} to learn from"
        )
        said += f", {_say_error(new)} on {self.counts[1]} held out" if self.counts[1] else "; no point is held out"
        said += f". Largest weight {largest:.3g}."
        if len(self.errors.best):
            first, last = self.places[self.errors.best[[0, -1]]]
            best = f"degree {first}" if along == "degree" else f"λ = {say_power(first)}"
            if first != last:
                best = f"a tie, from {best} to {last if along == 'degree' else say_power(last)}"
            said += f" Best held out: {best}." if penalty != "none" or along == "degree" else ""
        return said

    def arrange(self) -> Widget:
        rest = row(self.degree.widget, self.lam.widget, self.penalty.widget, self.along.widget, self.reset_button)
        return column(self.points.widget, rest)

    # What the hand can hold: a point


def _say_error(shown: Any) -> str:
    value = float(shown[0])
    if value >= HIGHEST:
        return f"more than {HIGHEST:.0f}"
    return f"less than {LOWEST:.3f}" if value <= LOWEST else f"{value:.3f}"
