"""Regularization: data loss + lambda R(W), and what lambda does to a fit, to its weights and to its errors.

All answers are computed exactly: there is no training here. "Held out" are examples that the fit has never seen.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure, FigureBase
from numpy.typing import ArrayLike

from lectureutils import plots, style, validate
from lectureutils.data import Dataset
from lectureutils.figures.pictures import as_template
from lectureutils.figures.verdicts import leaders
from lectureutils.live import (
    LiveFigure,
    Player,
    PointsByHand,
    PointSet,
    Widget,
    choice,
    column,
    grid,
    log_slider,
    matrix,
    points,
    presets,
    row,
    slider,
)
from lectureutils.regularized import L2Fits, l1_path, l2_path, mean_squares, powers

LAMS = 10.0 ** np.linspace(-6, 1, 71)
DEGREES = np.arange(1, 16)
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


def _say_power(number: float) -> str:
    if number >= 100:
        return f"{number:.0f}"
    return f"{number:.2g}" if number >= 1e-3 else f"{number:.1e}".replace("e-0", "e-").replace(".0e", "e")


def _count(points: int) -> str:
    return "1 point" if points == 1 else f"{points} points"


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


class HalvesFigure(LiveFigure):
    """Show data loss, lambda R(w) and their sum for every w of the line y = w x, and where the sum is smallest.

    x and y are (N,). `penalties` maps a name to a function R(W) that takes W of shape (1, 1) and returns a number.
    Slide topic: data loss + lambda R(W).
    """

    size = (680, 330)

    def __init__(self, x: ArrayLike, y: ArrayLike, penalties: Mapping[str, Callable[[np.ndarray], float]]):
        self.x = validate.numbers(x, "x", "N")
        self.y = validate.numbers(y, "y", str(len(self.x)))
        self.w = np.linspace(-1, 3, 801)  # 0 is among them
        self.data_loss = ((self.y - np.outer(self.w, self.x)) ** 2).mean(axis=1)
        self.penalty = {name: np.array([float(R(np.array([[w]]))) for w in self.w]) for name, R in penalties.items()}
        super().__init__(
            choice("penalty", list(penalties), label="Penalty R"),
            _lambda_slider(0.3, np.array([0.001, 100])),
            slider("w", 2.0, -1.0, 3.0, 0.05, label="Try a w"),
        )

    def draw(self, fig: Figure) -> None:
        left, right = fig.subplots(1, 2, width_ratios=[1, 1.7])
        reach, scale = 1.15 * np.abs(self.x).max(), style.current_scale()
        left.set(xlim=(-reach, reach), ylim=np.array([-1.3, 1.3]) * np.abs(self.y).max(), xlabel="x", ylabel="y")
        left.set_title("Lines y = w x")
        left.plot(self.x, self.y, "o", color=style.BLUE, markeredgecolor="white")
        self.ends = np.array([-reach, reach])
        self.best_line = left.plot([], [], color=style.INK, label="smallest sum")[0]
        self.tried_line = left.plot([], [], "--", color=style.PURPLE, label="your w")[0]
        top = 1.15 * self.data_loss[self.w == 0][0]
        right.set(xlim=(-1, 3), ylim=(0, 2 * top), xlabel="w", title="Two halves and their sum")
        looks = (("-", style.BLUE, "data loss"), ("--", style.RED, "$\\lambda$ R(w)"), ("-", style.INK, "sum"))
        self.curves = [right.plot(self.w, self.data_loss, dash, color=c, label=name)[0] for dash, c, name in looks]
        self.curves[2].set_linewidth(3 * scale)
        self.tried = right.plot([], [], "D", color=style.PURPLE, markeredgecolor="white", zorder=4, label="your w")[0]
        self.star = right.plot([], [], "*", color=style.INK, markersize=15 * scale, zorder=5, label="smallest sum")[0]
        self.star.set(markeredgecolor="white", clip_on=False)
        _legend_below(fig, [*self.curves, self.star, self.tried])
        self.moving(self.best_line, self.tried_line, *self.curves, self.tried, self.star)

    def update(self, penalty: str, lam: float, w: float) -> None:
        R = lam * self.penalty[penalty]
        total = self.data_loss + R
        k, best = int(np.abs(self.w - w).argmin()), int(total.argmin())
        self.now = penalty, lam, self.w[best], self.data_loss[best], R[best], w, total[k], total[best]
        for curve, heights in zip(self.curves[1:], (R, total), strict=True):
            curve.set_ydata(heights)
        self.tried.set_data([w] * 3, [self.data_loss[k], R[k], total[k]])
        self.star.set_data([self.w[best]], [total[best]])
        self.best_line.set_data(self.ends, self.w[best] * self.ends)
        self.tried_line.set_data(self.ends, w * self.ends)

    def describe(self) -> str:
        penalty, lam, best, data_loss, R, w, tried, total = self.now
        exact = ", exactly 0" if best == 0 else ""
        return (
            f"λ = {lam:.3g} with {penalty}: the sum is smallest at w = {best:.3f}{exact}: data loss {data_loss:.3f} + "
            f"λ R {R:.3f} = {total:.3f}. Your w = {w:.2f} makes {tried:.3f}."
        )


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
        how = f"with λ = {_say_power(lam)} ({penalty})"
        if penalty == "none":
            how = f"without a penalty (λ = {_say_power(lam)} has no effect)"
        if not self.counts[0]:
            return "There is no point to learn from. Press on the plane, or on Add a point, to make one."
        seen, new = (dot.get_ydata() for dot in self.errors.dots)
        largest = np.abs(self.W).max()
        said = f"Degree {degree} {how}: mean squared error {_say_error(seen)} on {_count(self.counts[0])} to learn from"
        said += f", {_say_error(new)} on {self.counts[1]} held out" if self.counts[1] else "; no point is held out"
        said += f". Largest weight {largest:.3g}."
        if len(self.errors.best):
            first, last = self.places[self.errors.best[[0, -1]]]
            best = f"degree {first}" if along == "degree" else f"λ = {_say_power(first)}"
            if first != last:
                best = f"a tie, from {best} to {last if along == 'degree' else _say_power(last)}"
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


class LambdaFigure(LiveFigure):
    """Let one slider move everything: the fit, its weights, data loss and lambda R(W), and both errors.

    A polynomial of `degree` through x, y (N,), between -1 and 1; `held_out` (N,) are bools.
    Slide topic: data loss + lambda R(W), fitting the data against preferring a simple model.
    """

    size = (700, 470)

    def __init__(self, x: ArrayLike, y: ArrayLike, held_out: ArrayLike, degree: int = 9):
        x, y, held_out = _examples(x, y, held_out)
        if held_out.all() or not held_out.any():
            raise ValueError("held_out: got one kind of example, expected both. Hold out some, and learn from some.")
        self.x, self.y, self.held, self.degree = x, y, held_out, validate.count(degree, "degree")
        X = powers(x, degree)
        self.seen, self.new = (X[~held_out], y[~held_out]), (X[held_out], y[held_out])
        self.paths = {kind: fits(*self.seen, kind, LAMS) for kind in PENALTIES.values()}
        self.lam = _lambda_slider(LAMS[0], LAMS)
        self.player = Player()
        super().__init__(self.lam, choice("penalty", PENALTIES, label="Penalty"), self.player)

    def draw(self, fig: Figure) -> None:
        (fit, weights), (halves, errors) = fig.subplots(2, 2, height_ratios=[1.35, 1])
        fit.set(xlim=(-1.05, 1.05), ylim=(-1.4, 1.4), xlabel="x", ylabel="y", title=f"Polynomial, degree {self.degree}")
        dots = plots.class_points(fit, KINDS)
        plots.set_points(dots, np.column_stack([self.x, self.y]), self.held.astype(int))
        self.curve = fit.plot(CURVE, 0 * CURVE, color=style.INK, zorder=4)[0]
        self._draw_weights(weights)
        self._draw_halves(halves)
        _error_axes(errors, "Data loss alone (log scale)")
        errors.set_ylim(0.003, 1.5)
        _lambda_axis(errors)
        self.errors = _ErrorCurves(self, errors)
        _legend_below(fig, [*dots, self.errors.seen, self.errors.new, self.errors.star])
        self.moving(self.curve)

    def _draw_weights(self, axes: Axes) -> None:
        places = np.arange(1, self.degree + 1)
        axes.set(yscale="symlog", ylim=(-1000, 1000), title="Weights (zero: ○)", xlabel="power of x")
        axes.set_yscale("symlog", linthresh=0.1)
        axes.set_yticks([-100, -1, 0, 1, 100], ["-100", "-1", "0", "1", "100"])
        axes.set_xticks(places)
        axes.axhline(0, color=style.INK, linewidth=0.8)
        self.bars = axes.bar(places, 0 * places, color=style.pale(style.BLUE, 0.75), edgecolor=style.INK)
        self.zeros = axes.plot([], [], "o", color="white", markeredgecolor=style.INK, zorder=4)[0]
        self.moving(*self.bars, self.zeros)

    def _draw_halves(self, axes: Axes) -> None:
        axes.set(xlim=(0, 1.05 * self.seen[1].var()), ylim=(2.5, -0.5), title="The two halves and their sum")
        axes.set_yticks([0, 1, 2], ["data loss", "$\\lambda$ R(W)", "sum"])
        looks = {"color": [style.pale(c, 0.75) for c in (style.BLUE, style.ORANGE, style.GREY)]}
        self.halves = axes.barh([0, 1, 2], [0, 0, 0], hatch=["", "///", "..."], edgecolor=style.INK, **looks)
        self.moving(*self.halves)

    def update(self, lam: float, penalty: str) -> None:
        W, b = fits(*self.seen, penalty, _down_to(LAMS, lam))
        self.W, self.b = W[-1], float(b[-1])
        self.curve.set_ydata(powers(CURVE, self.degree) @ self.W + self.b)
        for bar, weight in zip(self.bars, self.W, strict=True):
            bar.set_height(weight)
        zero = np.flatnonzero(self.W == 0)
        self.zeros.set_data(zero + 1, 0 * zero)
        now = [float(mean_squares(*part, W[-1:], b[-1:])[0]) for part in (self.seen, self.new)]
        R = lam * float((self.W**2).sum() if penalty == "L2" else np.abs(self.W).sum())
        for bar, width, left in zip(self.halves, (now[0], R, now[0] + R), (0, now[0], 0), strict=True):
            bar.set(width=width, x=left)
        self.errors.set(LAMS, *(mean_squares(*part, *self.paths[penalty]) for part in (self.seen, self.new)))
        self.errors.point(lam, *now)
        self.now = lam, penalty, now, R

    def describe(self) -> str:
        lam, penalty, (seen, new), R = self.now
        best, held = LAMS[self.errors.best[0]], self.errors.errors[1].min()
        verdict = "about right" if new < 1.1 * held else "too little" if lam < best else "too much"
        zeros = int((self.W == 0).sum())
        return (
            f"λ = {_say_power(lam)} ({penalty}), {verdict}: data loss {seen:.4f} + λ R {R:.4f} = {seen + R:.4f}. "
            f"On held-out points {new:.4f} (best: {held:.4f} at λ = {_say_power(best)}). "
            f"Largest weight {np.abs(self.W).max():.3g}, {zeros} of {self.degree} exactly 0."
        )

    def advance(self) -> bool:
        lam = min(LAMS[-1], self.lam.value * 10**0.1)
        self.set(lam=lam)
        return lam < LAMS[-1]

    def rewind(self) -> None:
        self.set(lam=LAMS[0])


class PathsFigure(LiveFigure):
    """Show each weight of a polynomial over lambda: shrunk by the L2 penalty, and set to 0 one by one by L1.

    x, y (N,) lie between -1 and 1; all of them are learned from. Slide topic: regularization, R(W).
    """

    size = (700, 370)
    dashes = ("-", "--", "-.", ":", "-", "--", "-.", ":", "-")
    lams = 10.0 ** np.linspace(-3.5, 1, 91)

    def __init__(self, x: ArrayLike, y: ArrayLike, degree: int = 6):
        x, self.y, _ = _examples(x, y, np.zeros(np.shape(x), bool))
        self.degree = min(validate.count(degree, "degree"), len(self.dashes))
        self.X = powers(x, self.degree)
        self.paths = {kind: fits(self.X, self.y, kind, self.lams)[0] for kind in ("L2", "L1")}
        super().__init__(_lambda_slider(0.01, self.lams))

    def draw(self, fig: Figure) -> None:
        both = fig.subplots(1, 2, sharey=True)
        reach = 1.1 * max(np.abs(W).max() for W in self.paths.values()) or 1.0
        self.cursors, self.dots, self.zeros = [], [], []
        for axes, (kind, W) in zip(both, self.paths.items(), strict=True):
            axes.set(title={"L2": "L2: weights shrink", "L1": "L1: weights reach 0 (○)"}[kind], ylim=(-reach, reach))
            _lambda_axis(axes, self.lams)
            axes.set_xlim(self.lams[0] / 6, None)
            axes.plot(self.lams[[0, -1]], [0, 0], color=style.INK, linewidth=0.8)
            self._draw_path(axes, W)
            self.cursors.append(axes.axvline(1, color=style.GREY, linestyle=":"))
            self.dots.append(axes.plot([], [], "o", color=style.INK, markersize=5 * style.current_scale(), zorder=5)[0])
            self.zeros.append(axes.plot([], [], "o", color="white", markeredgecolor=style.INK, zorder=6)[0])
        both[0].set_ylabel("weight")
        self.moving(*self.cursors, *self.dots, *self.zeros)

    def _draw_path(self, axes: Axes, W: np.ndarray) -> None:
        _, reach = axes.get_ylim()
        places = plots.spread(W[0], 0.13 * reach, -reach, reach)
        for j, place in enumerate(places):
            color, dash = style.CLASS_COLORS[j % 5], self.dashes[j]
            axes.plot(self.lams, W[:, j], dash, color=color, linewidth=1.6 * style.current_scale())
            axes.annotate(
                f"w{j + 1}", (self.lams[0], place), (-4, 0), textcoords="offset points", ha="right", va="center",
                color=style.INK,
            )  # fmt: skip

    def update(self, lam: float) -> None:
        self.lam = lam
        down_to = _down_to(self.lams, lam)
        self.W = {kind: fits(self.X, self.y, kind, down_to)[0][-1] for kind in self.paths}
        for cursor, dots, zeros, w in zip(self.cursors, self.dots, self.zeros, self.W.values(), strict=True):
            cursor.set_xdata([lam, lam])
            dots.set_data(np.full((w != 0).sum(), lam), w[w != 0])
            zeros.set_data(np.full((w == 0).sum(), lam), w[w == 0])

    def describe(self) -> str:
        said = []
        for kind, w in self.W.items():
            zero = [f"w{j + 1}" for j in np.flatnonzero(w == 0)]
            names = f" ({', '.join(zero)})" if zero and len(zero) < self.degree else ""
            largest = np.abs(w).max()
            said.append(f"{kind}: {len(zero)} of {self.degree} weights exactly 0{names}, the largest {largest:.3g}")
        return f"λ = {_say_power(self.lam)}. {'. '.join(said)}."


class ContourFigure(LiveFigure):
    """Show a data loss of two weights as contours, the penalty's ball, and the answer that slides along with lambda.

    data loss = (w - c) A (w - c) with A (2, 2); its lowest point c can be dragged. The ball holds all w with a penalty
    no larger than the answer's. Slide topic: regularization, R(W).
    """

    size = (640, 430)
    levels = np.array([0.05, 0.3, 0.8, 1.6, 2.7, 4.2])
    lams = 10.0 ** np.linspace(-2, 1.5, 71)

    def __init__(self, centre: ArrayLike = (0.4, 1.6), A: ArrayLike = ((1.0, 0.5), (0.5, 0.8))):
        root = np.linalg.cholesky(validate.numbers(A, "A", "D D")).T
        self.X = np.sqrt(2) * np.vstack([root, -root])  # four examples with this data loss
        angle = np.linspace(0, 2 * np.pi, 121)
        self.circle = np.array([np.cos(angle), np.sin(angle)])
        self.ellipse = np.linalg.solve(root, self.circle)  # where the data loss is 1 around its lowest point
        self.centre = matrix("centre", np.asarray(centre, dtype=float), -2, 2, 0.05)
        self.lam = _lambda_slider(2.0, self.lams)
        self.penalty = choice("penalty", {name: kind for name, kind in reversed(PENALTIES.items())}, label="Penalty")
        super().__init__(self.centre, self.lam, self.penalty)

    def draw(self, fig: Figure) -> None:
        axes, scale = fig.subplots(), style.current_scale()
        self.plane = axes
        axes.set(xlim=(-2.2, 2.2), ylim=(-2.2, 2.2), xlabel="w1", ylabel="w2", aspect="equal", title="Two weights")
        axes.axhline(0, color=style.GREY, linewidth=0.8)
        axes.axvline(0, color=style.GREY, linewidth=0.8)
        look = {"color": style.BLUE, "linewidth": scale}
        self.contours = [axes.plot([], [], **look)[0] for _ in self.levels]
        self.contours[0].set_label("same data loss")
        self.ball = axes.plot([], [], "--", color=style.RED, label="same penalty")[0]
        self.trace = axes.plot([], [], ":", color=style.INK, label="answers for all λ")[0]
        self.low = axes.plot([], [], "D", color=style.BLUE, markersize=8 * scale, label="lowest data loss")[0]
        self.answer = axes.plot([], [], "*", color=style.INK, markersize=15 * scale, label="answer")[0]
        axes.legend(loc="upper left", bbox_to_anchor=(1.02, 1), fontsize="small")
        self.moving(*self.contours, self.ball, self.trace, self.low, self.answer)

    def update(self, centre: np.ndarray, lam: float, penalty: str) -> None:
        W, _ = fits(self.X, self.X @ centre, penalty, np.append(self.lams, lam))
        self.w, self.now = W[-1], (lam, penalty)
        for contour, level in zip(self.contours, self.levels, strict=True):
            contour.set_data(*(centre[:, None] + np.sqrt(level) * self.ellipse))
        self.low.set_data(*centre[:, None])
        self.trace.set_data(*W[:-1].T)
        self.answer.set_data(*self.w[:, None])
        diamond = np.array([[1, 0, -1, 0, 1], [0, 1, 0, -1, 0]])
        ball = np.abs(self.w).sum() * diamond if penalty == "L1" else np.linalg.norm(self.w) * self.circle
        self.ball.set_data(*ball)

    def describe(self) -> str:
        lam, penalty = self.now
        zero = [name for name, weight in zip(("w1", "w2"), self.w, strict=True) if weight == 0]
        said = ("neither is exactly 0", f"{zero[0]} is exactly 0" if zero else "", "both are exactly 0")[len(zero)]
        return f"λ = {lam:.3g} ({penalty}): the answer is w1 = {self.w[0]:.3f}, w2 = {self.w[1]:.3f}; {said}."

    def arrange(self) -> Widget:
        table = grid([["", "w1", "w2"], ["lowest data loss", *self.centre.rows[0]]], "120px repeat(2, 84px)")
        return column(row(self.lam.widget, self.penalty.widget), row(table, self.reset_button))

    def grab(self, axes: Axes, x: float, y: float) -> str | None:
        near = axes is self.plane and self.near(axes, tuple(self.centre.value), x, y) < 2 * self.reach
        return "centre" if near else None

    def drag(self, held: str, x: float, y: float) -> None:
        self.set(centre=np.clip((x, y), -2, 2))


class TemplatesOverLambdaFigure(LiveFigure):
    """Show the rows of W as pictures, and the accuracy on seen and on held-out pictures, over lambda.

    `splits` maps a name to (training set, test set) of 50 x 50 x 3 pictures. The classifier minimises the L2 loss on
    one-hot targets + lambda sum W^2, exactly. Slide topic: regularization of 7500 weights per class.
    """

    size = (700, 430)
    lams = 10.0 ** np.linspace(-4, 4, 33)

    def __init__(self, splits: Mapping[str, tuple[Dataset, Dataset]], lam: float = 0.001):
        self.splits = dict(splits)
        self.names = next(iter(self.splits.values()))[0].class_names
        self.fits = {name: L2Fits(train.X, np.eye(len(self.names))[train.y]) for name, (train, _) in splits.items()}
        self.curves = {name: np.array([self._accuracies(name, *self.fits[name].at(lam)) for lam in self.lams]).T
                       for name in self.splits}  # fmt: skip
        buttons = {word: {"lam": value} for word, value in (("0.001", 1e-3), ("10", 10.0), ("1000", 1e3))}
        self.lam = _lambda_slider(lam, self.lams)
        super().__init__(choice("split", list(self.splits), label="Held out"), self.lam, presets("λ =", buttons))

    def _accuracies(self, split: str, W: np.ndarray, b: np.ndarray) -> list[float]:
        return [float(((part.X @ W.T + b).argmax(axis=1) == part.y).mean()) for part in self.splits[split]]

    def draw(self, fig: Figure) -> None:
        top, bottom = fig.subfigures(2, 1, height_ratios=[1, 1.35])
        top.suptitle("Rows of W, each λ at its own contrast. Grey is 0", fontsize="medium")
        panels = top.subplots(1, len(self.names))
        self.templates = [plots.picture(axes, name) for axes, name in zip(panels, self.names, strict=True)]
        axes = bottom.subplots()
        axes.set(ylim=(0, 1.04), ylabel="accuracy", title="Right answers, of seen and of held-out pictures")
        axes.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0", "25%", "50%", "75%", "100%"])
        _lambda_axis(axes, self.lams)
        self.errors = _ErrorCurves(self, axes, largest=True, what="right answers")
        self.always = axes.plot(self.lams[[0, -1]], [0, 0], "-.", color=style.GREY, label="always cat")[0]
        _legend_below(bottom, [self.errors.seen, self.errors.new, self.errors.star, self.always])
        spines = [spine for panel in panels for spine in panel.spines.values()]
        self.moving(*self.templates, self.always, *spines)

    def update(self, split: str, lam: float) -> None:
        train, test = self.splits[split]
        W, b = self.fits[split].at(lam)
        most = float(np.quantile(np.abs(W), 0.995)) or 1.0
        for pixels, w in zip(self.templates, W, strict=True):
            plots.set_picture(pixels, as_template(w, most))
        self.most_common = np.bincount(train.y).argmax()
        share = float((test.y == self.most_common).mean())
        self.always.set_ydata([share, share])
        self.errors.set(self.lams, *self.curves[split])
        now = self._accuracies(split, W, b)
        self.errors.point(lam, *now)
        self.now = split, lam, now, float((W**2).sum()), share

    def _best_lams(self) -> str:
        best = self.errors.best
        first, last = (_say_power(lam) for lam in self.lams[best[[0, -1]]])
        if len(best) == 1:
            return f"λ = {first}"
        return f"{'every' if best[-1] - best[0] < len(best) else 'some'} λ from {first} to {last}"

    def describe(self) -> str:
        split, lam, (seen, new), R, share = self.now
        return (
            f"{split} held out, λ = {_say_power(lam)}: {seen:.0%} of the seen and {new:.0%} of the held-out pictures "
            f"are right (always {self.names[self.most_common]}: {share:.0%}). R(W) = {R:.2g}. Best held out: "
            f"{self.curves[split][1].max():.0%} at {self._best_lams()}."
        )
