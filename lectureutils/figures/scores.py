"""The lecture's worked example: four numbers, three classes, and every weight on a slider."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from lectureutils import plots, style, validate
from lectureutils.figures.verdicts import leaders, predictions, say_prediction
from lectureutils.live import LiveFigure, Player, Widget, column, grid, matrix, presets, row, slider


def say_scores(names: Sequence[str], scores: np.ndarray, decimals: int = 3) -> str:
    """Put scores into words: `cat 0.631, car 0.969, airplane 0.710`."""
    return ", ".join(f"{name} {score:.{decimals}f}" for name, score in zip(names, scores, strict=True))


class ScoresFigure(LiveFigure):
    """Show scores = W x + b with all of W (3, 4), b (3,) and x (4,) on sliders, laid out like the matrix.

    Slide topic: linear classification, the worked example.
    """

    size = (640, 300)

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
        self.bars = plots.class_bars(axes, self.names, -3, 3)
        self.winner = axes.plot([], [], "*", color=style.INK, markersize=14 * style.current_scale())[0]
        axes.set_xlabel("score")
        axes.set_title("One score for each class. The highest one (★) is the prediction.")
        self.moving(*self.bars, self.winner)

    def update(self, W: np.ndarray, b: np.ndarray, x: np.ndarray) -> None:
        self.scores = W @ x + b
        self.best = leaders(self.scores)
        plots.set_bars(self.bars, self.scores)
        tips = np.clip(self.scores[self.best], -3, 3)
        self.winner.set_data(np.where(tips < 2.7, tips + 0.12, tips - 0.15), self.best)

    def describe(self) -> str:
        beyond = " A bar runs out of the picture." if np.abs(self.scores).max() > 3 else ""
        prediction = say_prediction(self.names, self.scores)
        return f"Scores: {say_scores(self.names, self.scores)}. P{prediction[1:]}.{beyond}"

    def arrange(self) -> Widget:
        columns = self.x.shape[0]
        rows = [["", *(f"[{j}]" for j in range(columns)), "b"], ["x", *self.x.rows[0], ""]]
        for name, weights, bias in zip(self.names, self.W.rows, self.b.inputs, strict=True):
            rows.append([f"W, {name}", *weights, bias])
        table = grid(rows, f"84px repeat({columns + 1}, 84px)")
        return column(row(self.presets.widget, self.reset_button), table)


class BlendFigure(LiveFigure):
    """Walk in a straight line from one classifier (t = 0) to another (t = 1) and watch several inputs at once.

    W = (1 - t) W_start + t W_end, b alike; one panel for each row of X (N, D).
    """

    size = (640, 300)

    def __init__(
        self,
        start: tuple[np.ndarray, np.ndarray],
        end: tuple[np.ndarray, np.ndarray],
        X: np.ndarray,
        class_names: Sequence[str],
    ):
        self.X, *self.start = validate.linear(X, *start)
        _, *self.end = validate.linear(X, *end)
        self.names = tuple(class_names)
        super().__init__(slider("t", 0.0, 0.0, 1.0, 0.01, label="t"), Player())

    def draw(self, fig: Figure) -> None:
        panels = fig.subplots(1, len(self.X), sharey=True)
        self.bars = [plots.class_bars(axes, self.names, -0.2, 1.15) for axes in panels]
        self.stars = [
            axes.plot([], [], "*", color=style.INK, markersize=12 * style.current_scale())[0] for axes in panels
        ]
        for n, axes in enumerate(panels, start=1):
            axes.set_title(f"x{n}")
            axes.set_xlabel("score")
        self.moving(*(bar for bars in self.bars for bar in bars), *self.stars)

    def update(self, t: float) -> None:
        self.t = t
        W, b = ((1 - t) * first + t * last for first, last in zip(self.start, self.end, strict=True))
        self.scores = self.X @ W.T + b
        self.best = predictions(self.scores)
        for bars, star, scores in zip(self.bars, self.stars, self.scores, strict=True):
            plots.set_bars(bars, scores)
            star.set_data(scores[leaders(scores)] + 0.1, leaders(scores))

    def describe(self) -> str:
        said = ", ".join(f"x{n} {self.names[c] if c >= 0 else 'a tie'}" for n, c in enumerate(self.best, start=1))
        return f"t = {self.t:.2f}: {said}."

    def advance(self) -> bool:
        t = min(1.0, self.controls["t"].value + 0.02)
        self.set(t=t)
        return t < 1

    def rewind(self) -> None:
        self.set(t=0.0)
