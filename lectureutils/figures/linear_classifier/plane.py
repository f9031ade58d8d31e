"""A linear classifier of two numbers, seen as lines and regions in the plane."""

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lectureutils import plots, style, validate
from lectureutils.figures.shared.verdicts import predictions, say_prediction
from lectureutils.figures.shared.words import say_scores
from lectureutils.live import LiveFigure, Widget, column, grid, log_slider, matrix, points, row

ARROW = 0.5  # an arrow is drawn half as long as its row of W
LOW, HIGH = -3.0, 3.0


class PlaneFigure(LiveFigure):
    """Show the regions of argmax(W x + b) for x in the plane, and the line where each class's score is zero.

    Each line has an arrow: the class's row of W. It points to where the score grows; the longer, the faster. Drag a
    line (b changes), an arrow's tip (the row of W changes), a point, or press on an empty spot to add a point.
    Slide topic: linear classification, lines in the plane.
    """

    size = (680, 420)

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
        plane, side = fig.subplots(1, 2, width_ratios=[3, 1])
        self.plane = plane
        plane.set(xlim=(LOW, HIGH), ylim=(LOW, HIGH), xlabel=self.features[0], ylabel=self.features[1])
        plane.set_title("Lines: score 0. Colour: highest score")
        colors = style.CLASS_COLORS[: len(self.names)]
        self.regions = plots.PixelMap(plane, [*(style.pale(color) for color in colors), style.PALE])
        self.grid = np.linspace(LOW, HIGH, 240)
        self.dots = plots.class_points(plane, self.names)
        scale = style.current_scale()
        width = 2 * scale
        self.lines = [
            plane.plot([], [], dash, color=color, linewidth=width, zorder=4)[0]
            for color, dash in zip(colors, ("-", "--", "-."), strict=False)
        ]
        self.arrows = [plane.plot([], [], "-", color=color, linewidth=1.5 * width, zorder=5)[0] for color in colors]
        self.tips = [
            plane.plot([], [], marker, color=color, markersize=11 * scale, markeredgecolor=style.INK, zorder=6)[0]
            for color, marker in zip(colors, style.CLASS_MARKERS, strict=False)
        ]
        ring = {"color": "none", "markeredgecolor": style.INK}
        self.wrong = plane.plot([], [], "o", markersize=10 * scale, zorder=2, **ring)[0]
        self.chosen = plane.plot([], [], "o", markersize=15 * scale, markeredgewidth=2.2 * scale, zorder=7, **ring)[0]
        plane.legend(handles=self.dots, loc="lower center", bbox_to_anchor=(0.5, -0.3), ncols=3, fontsize="small")
        self.bars = plots.class_bars(side, self.names, -8, 8)
        side.set(xlabel="score", title="Circled point")
        side.tick_params(axis="y", labelrotation=90)
        for label in side.get_yticklabels():
            label.set_verticalalignment("center")
        self.moving(
            self.regions, self.wrong, *self.dots, *self.lines, *self.arrows, *self.tips, self.chosen, *self.bars
        )

    def update(self, W: np.ndarray, b: np.ndarray, scale: float, points: Any) -> None:
        W, b = scale * W, scale * b
        across = W[:, :1] * self.grid  # w_0 x for each column of the picture
        up = W[:, 1:] * self.grid + b[:, None]
        scores = up[:, :, None] + across[:, None, :]
        self.regions.set_data(self._undecided(W, b, scores.argmax(axis=0)))
        plots.set_points(self.dots, points.X, points.y)
        self.scores = points.X @ W.T + b
        self.y, self.selected = points.y, points.selected
        self.said = predictions(self.scores)
        missed = points.X[self.said != points.y]
        self.wrong.set_data(missed[:, 0], missed[:, 1])
        here = points.X[self.selected : self.selected + 1] if len(points.X) else points.X
        self.chosen.set_data(here[:, 0], here[:, 1])
        plots.set_bars(self.bars, self.scores[self.selected] if len(here) else np.zeros(len(self.names)))
        for c in range(len(self.names)):
            self._set_line(c, W[c], b[c])

    @staticmethod
    def _undecided(W: np.ndarray, b: np.ndarray, best: np.ndarray) -> np.ndarray:
        """Give a colour of its own to where two classes with the same row of W and the same bias share the lead."""
        rows = np.column_stack([W, b])
        for i, j in itertools.combinations(range(len(rows)), 2):
            if np.allclose(rows[i], rows[j], rtol=0, atol=1e-9):
                best = np.where((best == i) | (best == j), len(rows), best)
        return best

    def _set_line(self, c: int, w: np.ndarray, bias: float) -> None:
        foot = self._foot(w, bias)
        if foot is None:
            for artist in (self.lines[c], self.arrows[c], self.tips[c]):
                artist.set_data([], [])
            return
        along = 20 * np.array([-w[1], w[0]]) / np.linalg.norm(w)
        tip = np.clip(foot + ARROW * w, LOW, HIGH)  # a tip out of sight could not be taken hold of
        self.lines[c].set_data(*np.stack([foot - along, foot + along], axis=1))
        self.arrows[c].set_data(*np.stack([foot, tip], axis=1))
        self.tips[c].set_data(*tip[:, None])

    @staticmethod
    def _foot(w: np.ndarray, bias: float) -> np.ndarray | None:
        """Return the point of the line w x + bias = 0 that is nearest to the origin; a row of zeros has no line."""
        length = float(w @ w)
        return -bias * w / length if length > 1e-12 else None

    def describe(self) -> str:
        total = len(self.y)
        if not total:
            return "There is no point. Press on the plane, or on Add a point, to make one."
        right = int((self.said == self.y).sum())
        k = self.selected
        return (
            f"{right} of {total} points are on their own colour ({right / total:.1%}). Circled: point {k + 1} ("
            f"{self.names[self.y[k]]}), scores {say_scores(self.names, self.scores[k])}: "
            f"{say_prediction(self.names, self.scores[k])}."
        )

    def arrange(self) -> Widget:
        rows = [["", "W[c,0]", "W[c,1]", "b[c]"]]
        for name, entries, bias in zip(self.names, self.W.rows, self.b.inputs, strict=True):
            rows.append([name, *entries, bias])
        weights = grid(rows, "84px repeat(3, 84px)")
        return column(self.points.widget, row(weights, column(self.scale.widget, self.reset_button)))

    # What the hand can hold: an arrow's tip, a point, a line

    def grab(self, axes: Axes, x: float, y: float) -> tuple[str, int] | None:
        if axes is not self.plane:
            return None
        for c, tip in enumerate(self.tips):
            if len(tip.get_xdata()) and self.near(axes, tip.get_xydata()[0], x, y) < self.reach:
                return ("tip", c)
        index = self.points.nearest(x, y, lambda point: self.near(axes, point, x, y), self.reach)
        if index is not None:
            self.points.select(index)
            return ("point", index)
        for c, line in enumerate(self.lines):
            if len(line.get_xdata()):
                start, end = line.get_xydata()
                along = (end - start) / np.linalg.norm(end - start)
                nearest = start + along * ((np.array([x, y]) - start) @ along)
                if self.near(axes, nearest, x, y) < self.reach / 2:
                    return ("line", c)
        return None

    def drag(self, held: tuple[str, int], x: float, y: float) -> None:
        kind, c = held
        if kind == "point":
            self.points.move(x, y)
            return
        W, b, scale = self.W.value, self.b.value, self.scale.value
        here = np.array([x, y])
        if kind == "tip":
            foot = self._foot(scale * W[c], scale * b[c])
            W[c] = np.clip((here - foot) / ARROW / scale, -3, 3)
            b[c] = -W[c] @ foot
        else:
            b[c] = -W[c] @ here
        self.set(W=W, b=np.clip(b, -6, 6))

    def tap(self, axes: Axes, x: float, y: float) -> None:
        if axes is self.plane:
            self.points.add(x, y)
