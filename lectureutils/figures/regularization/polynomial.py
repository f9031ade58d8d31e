"""A polynomial of a high degree goes through every point, and misses those that it has not seen.

Choose the degree by the held-out error, or keep a high degree and let a penalty tame it.
"""

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import plots, style
from lectureutils.figures.regularization.error_curves import (
    HIGHEST,
    KINDS,
    LOWEST,
    ErrorCurves,
    error_axes,
    lambda_axis,
    lambda_slider,
    legend_below,
)
from lectureutils.figures.regularization.fits import CURVE, LAMS, PENALTIES, examples, fits
from lectureutils.figures.shared.words import counted, say_power
from lectureutils.live import LiveFigure, PointsByHand, PointSet, choice, points, put, slider
from lectureutils.regularized import mean_squares, powers

DEGREES = np.arange(1, 16)


class PolynomialFigure(PointsByHand, LiveFigure):
    """Fit a polynomial to points that can be dragged, added and deleted, and show the error over degree or lambda.

    x, y (N,) lie between -1 and 1, `held_out` (N,) are bools: those points are not learned from.
    Slide topic: Ockham's razor.
    """

    telling = {"degree": 15}
    size = (700, 380)
    layout = "points / degree lam penalty along reset"

    def __init__(self, x: ArrayLike, y: ArrayLike, held_out: ArrayLike, degree: int = 3):
        x, y, held_out = examples(x, y, held_out)
        self.points = points("points", np.column_stack([x, y]), held_out.astype(int), KINDS, -1, 1)
        super().__init__(
            self.points,
            slider("degree", degree, 1, int(DEGREES[-1]), 1, label="Degree"),
            choice("penalty", {"none": "none", **PENALTIES}, label="Penalty"),
            lambda_slider(0.01),
            choice("along", {"degree": "degree", "λ": "lambda"}, label="Errors over"),
        )

    def draw(self, fig: Figure) -> None:
        self.plane, right = fig.subplots(1, 2, width_ratios=[1.25, 1])
        self.plane.set(xlim=(-1.05, 1.05), ylim=(-1.4, 1.4), xlabel="x", ylabel="y", title="Points and polynomial")
        self.fit = self.curve(self.plane, style.INK)
        self.dots = plots.class_points(self.plane, KINDS)
        self.moving(*self.dots)
        self.chosen = self.dot(self.plane, "o", "none", 13, zorder=5)
        error_axes(right, "Mean squared error (log scale)")
        self.errors = ErrorCurves(self, right)
        legend_below(fig, [*self.dots, self.errors.seen, self.errors.new, self.errors.star], self.is_narrow)
        self.shown = None  # what the error axes stand for now

    def update(self, points: PointSet, degree: int, penalty: str, lam: float, along: str) -> str:
        plots.set_points(self.dots, points.X, points.y)
        put(self.chosen, points.X[points.selected : points.selected + 1])
        self._set_axis(along)
        seen, new = (points.X[points.y == kind] for kind in (0, 1))
        if not len(seen):
            self._show_nothing()
            return "There is no point to learn from. Press on the plane, or on Add a point, to make one."
        places, here = (DEGREES, degree) if along == "degree" else (LAMS, lam)
        lams = np.array([lam]) if along == "degree" else np.append(LAMS, lam)
        W, b = fits(powers(seen[:, 0], degree), seen[:, 1], penalty, lams)
        put(self.fit, CURVE, powers(CURVE, degree) @ W[-1] + b[-1])
        now = [mean_error(part, W[-1:], b[-1:]) for part in (seen, new)]
        self.errors.point(here, *now)
        over = every_degree(seen, penalty, lam) if along == "degree" else (W[:-1], b[:-1])
        best = self.errors.set(places, *(mean_error(part, *over) for part in (seen, new)))
        held_out = f", {say_error(now[1])} on {len(new)} held out" if len(new) else "; no point is held out"
        return (
            f"Degree {degree} {say_penalty(penalty, lam)}: mean squared error {say_error(now[0])} on "
            f"{counted(len(seen), 'point')} to learn from{held_out}. Largest weight {np.abs(W[-1]).max():.3g}."
            f"{say_best(best, along) if penalty != 'none' or along == 'degree' else ''}"
        )

    def _show_nothing(self) -> None:
        put(self.fit, [])
        self.errors.set(DEGREES, None, None)
        self.errors.point(1, None, None)

    def _set_axis(self, along: str) -> None:
        if along == self.shown:
            return
        self.shown, axes = along, self.errors.axes
        if along == "degree":
            axes.set(xscale="linear", xlim=(0.5, 15.5), xlabel="degree")
            axes.set_xticks(DEGREES[::2])
            axes.minorticks_off()
        else:
            lambda_axis(axes)


def every_degree(seen: np.ndarray, penalty: str, lam: float) -> tuple[np.ndarray, np.ndarray]:
    """Fit the points (N, 2) with each degree; return w (15, 15), filled up with zeros, and b (15,)."""
    X, y = powers(seen[:, 0], DEGREES[-1]), seen[:, 1]
    W, b = np.zeros((len(DEGREES), X.shape[1])), np.zeros(len(DEGREES))
    for k, degree in enumerate(DEGREES):
        W[k : k + 1, :degree], b[k : k + 1] = fits(X[:, :degree], y, penalty, np.array([lam]))
    return W, b


def mean_error(part: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray | None:
    """Return the error of K polynomials W (K, D), b (K,) on points (N, 2), or None where there is no point."""
    return mean_squares(powers(part[:, 0], W.shape[1]), part[:, 1], W, b) if len(part) else None


def say_penalty(penalty: str, lam: float) -> str:
    """Name the penalty and its lambda."""
    if penalty == "none":
        return f"without a penalty (λ = {say_power(lam)} has no effect)"
    return f"with λ = {say_power(lam)} ({penalty})"


def say_error(shown: np.ndarray) -> str:
    """Write an error as far as the picture has room for it."""
    value = float(shown[0])
    if value >= HIGHEST:
        return f"more than {HIGHEST:.0f}"
    return f"less than {LOWEST:.3f}" if value <= LOWEST else f"{value:.3f}"


def say_best(best: np.ndarray, along: str) -> str:
    """Name the degree or lambda that is best on what is held out, or from where to where they share that."""
    if not len(best):
        return ""
    first, last = (str(place) if along == "degree" else say_power(place) for place in best[[0, -1]])
    sign = "degree " if along == "degree" else "λ = "
    return (
        f" Best held out: a tie, from {sign}{first} to {last}." if len(best) > 1 else f" Best held out: {sign}{first}."
    )
