"""A linear classifier of two numbers: each class's score is zero on a line, and the regions of the highest score meet.

Lines, arrows and points are there to be dragged, so that one sees what each number of W and b does.
"""

import itertools
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lectureutils import plots, style, validate
from lectureutils.figures.shared.line_handle import HIGH, LOW, LineHandle
from lectureutils.figures.shared.verdicts import predictions, say_prediction
from lectureutils.figures.shared.words import are, say_scores
from lectureutils.live import (
    LiveFigure,
    Narrow,
    PointsByHand,
    PointSet,
    Widget,
    column,
    grid,
    log_slider,
    matrix,
    points,
    put,
    row,
)


def best_classes(W: np.ndarray, b: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Return the class of the highest score for all x and y of `places` (K,): (K, K), a row for each y.

    Where two classes with the same row of W and the same bias share the lead, it is C, none of the C classes.
    """
    up = W[:, 1:] * places + b[:, None]
    across = W[:, :1] * places
    best = (up[:, :, None] + across[:, None, :]).argmax(axis=0)
    rows = np.column_stack([W, b])
    for i, j in itertools.combinations(range(len(rows)), 2):
        if np.allclose(rows[i], rows[j], rtol=0, atol=1e-9):
            best = np.where((best == i) | (best == j), len(rows), best)
    return best


class PlaneFigure(PointsByHand, LiveFigure):
    """Show the regions of argmax(W x + b) for x in the plane, and the line where each class's score is zero.

    Each line has an arrow: the class's row of W. It points to where the score grows; the longer, the faster. Drag a
    line (b changes), an arrow's tip (the row of W changes), a point, or press on an empty spot to add a point.
    Slide topic: linear classification, lines in the plane.
    """

    size = (680, 420)
    narrow = Narrow(500, (1.8, 1))

    def __init__(
        self,
        X: np.ndarray,
        y: np.ndarray,
        W: np.ndarray,
        b: np.ndarray,
        class_names: Sequence[str],
        feature_names: Sequence[str] = ("x[0]", "x[1]"),
    ):
        X, W, b = validate.linear(validate.numbers(X, "X", "N 2"), W, b)
        y = validate.labels(y, len(W), len(X))
        self.names, self.features = tuple(class_names), tuple(feature_names)
        self.W = matrix("W", W, -3, 3)
        self.b = matrix("b", b, -6, 6)
        self.scale = log_slider("scale", 1.0, 0.1, 10.0, label="Scale W and b")
        self.points = points("points", X, y, self.names, LOW, HIGH)
        super().__init__(self.W, self.b, self.scale, self.points)

    def draw(self, fig: Figure) -> None:
        self.plane, side = fig.subplots(1, 2, width_ratios=[3, 1])
        self._draw_plane(self.plane)
        self.bars = plots.class_bars(side, self.names, -8, 8)
        side.set(xlabel="score", title="Circled point")
        if not self.is_narrow:
            side.tick_params(axis="y", labelrotation=90)
            for label in side.get_yticklabels():
                label.set_verticalalignment("center")
        self.moving(*self.bars)

    def _draw_plane(self, plane: Axes) -> None:
        plane.set(xlim=(LOW, HIGH), ylim=(LOW, HIGH), xlabel=self.features[0], ylabel=self.features[1])
        plane.set_title("Lines: score 0. Colour: highest score")
        looks = list(zip(style.CLASS_COLORS, style.DASHES, strict=True))[: len(self.names)]
        self.regions = plots.PixelMap(plane, [*(style.pale(color) for color, _ in looks), style.PALE])
        self.grid = np.linspace(LOW, HIGH, 240)
        self.dots = plots.class_points(plane, self.names)
        self.moving(self.regions, *self.dots)
        self.handles = [LineHandle(self, plane, *look) for look in looks]
        self.wrong = self.dot(plane, "o", "none", 10, zorder=2)
        self.chosen = self.dot(plane, "o", "none", 15, markeredgewidth=2.2 * style.current_scale(), zorder=7)
        plane.figure.legend(handles=self.dots, loc="outside lower left", ncols=3)

    def update(self, W: np.ndarray, b: np.ndarray, scale: float, points: PointSet) -> str:
        W, b = scale * W, scale * b
        self.regions.set_data(best_classes(W, b, self.grid))
        for handle, w, bias in zip(self.handles, W, b, strict=True):
            handle.set(w, bias)
        scores = points.X @ W.T + b
        right = predictions(scores) == points.y
        plots.set_points(self.dots, points.X, points.y)
        put(self.wrong, points.X[~right])
        k, total = points.selected, len(points.X)
        put(self.chosen, points.X[k] if total else [])
        plots.set_bars(self.bars, scores[k] if total else np.zeros(len(W)))
        if not total:
            return "There is no point. Press on the plane, or on Add a point, to make one."
        on_own = f"{are(right.sum())} on {'its' if right.sum() == 1 else 'their'} own colour"
        return (
            f"{right.sum()} of {total} points {on_own} ({right.mean():.1%}). Circled: point {k + 1} ("
            f"{self.names[points.y[k]]}), scores {say_scores(self.names, scores[k])}: "
            f"{say_prediction(self.names, scores[k])}."
        )

    def arrange(self) -> Widget:
        rows = [["", "W[c,0]", "W[c,1]", "b[c]"]]
        for name, entries, bias in zip(self.names, self.W.rows, self.b.inputs, strict=True):
            rows.append([name, *entries, bias])
        weights = grid(rows)
        return column(self.points.widget, row(weights, column(self.scale.widget, self.reset_button)))

    def grab(self, axes: Axes, x: float, y: float) -> tuple[str, int] | int | None:
        """Return a tip or a line with its class, or the index of a point: tips come first, lines last."""
        if axes is not self.plane:
            return None
        parts = [(handle.grab(x, y), c) for c, handle in enumerate(self.handles)]
        tip, line = (next((held for held in parts if held[0] == part), None) for part in ("tip", "line"))
        if tip:
            return tip
        point = super().grab(axes, x, y)
        return line if point is None else point

    def drag(self, held: tuple[str, int] | int, x: float, y: float) -> None:
        if isinstance(held, int):
            super().drag(held, x, y)
            return
        part, c = held
        W, b, scale = self.W.value, self.b.value, self.scale.value
        w, bias = self.handles[c].drag(part, scale * W[c], scale * b[c], x, y, most=3 * scale)
        W[c], b[c] = w / scale, np.clip(bias / scale, -6, 6)
        self.set(W=W, b=b)

    def rewind(self) -> None:
        for handle in self.handles:
            handle.rewind()
