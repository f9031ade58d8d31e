"""The lecture's worked example: four numbers, three classes, and every weight on a slider.

The controls lie as the numbers do in the matrix: a row for each class, its bias at the end.
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from lectureutils import plots, style, validate
from lectureutils.figures.shared.verdicts import leaders, say_answer
from lectureutils.live import LiveFigure, Widget, column, grid, matrix, presets, put, row


class ScoresFigure(LiveFigure):
    """Show scores = W x + b with all of W (3, 4), b (3,) and x (4,) on sliders, laid out like the matrix.

    Slide topic: linear classification, the worked example.
    """

    size = (640, 300)
    most = 2.0  # the scale of the scores

    def __init__(
        self, W: np.ndarray, b: np.ndarray, x: np.ndarray, class_names: Sequence[str], settings: dict | None = None
    ):
        self.names = tuple(class_names)
        W = validate.numbers(W, "W", "C D")
        b, x = validate.numbers(b, "b", f"{len(W)}"), validate.numbers(x, "x", f"{W.shape[1]}")
        self.W = matrix("W", W, -1, 1, 0.005)
        self.b = matrix("b", b, -1, 1, 0.005)
        self.x = matrix("x", x, -3, 3)
        self.presets = presets("Set to", settings or {})
        super().__init__(self.W, self.b, self.x, self.presets)

    def draw(self, fig: Figure) -> None:
        axes = fig.subplots()
        self.bars = plots.class_bars(axes, self.names, -self.most, self.most)
        self.winner = self.dot(axes, "*", style.INK, 14)
        axes.set(xlabel="score", title="One score for each class. The highest one (★) is the prediction.")
        self.moving(*self.bars)

    def update(self, W: np.ndarray, b: np.ndarray, x: np.ndarray) -> str:
        scores = W @ x + b
        best = leaders(scores)
        plots.set_bars(self.bars, scores)
        tips = np.clip(scores[best], -self.most, self.most)
        put(self.winner, np.where(tips < 0.9 * self.most, tips + 0.08, tips - 0.1), best)
        beyond = " A bar runs out of the picture." if np.abs(scores).max() > self.most else ""
        return f"Scores: {say_answer(self.names, scores)}.{beyond}"

    def arrange(self) -> Widget:
        columns = self.x.shape[0]
        rows = [["", *(f"[{j}]" for j in range(columns)), "b"], ["x", *self.x.rows[0], ""]]
        for name, weights, bias in zip(self.names, self.W.rows, self.b.inputs, strict=True):
            rows.append([f"W, {name}", *weights, bias])
        table = grid(rows)
        return column(row(self.presets.widget, self.reset_button), table)
