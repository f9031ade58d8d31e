"""The lecture's worked example: four numbers, three classes, and every weight on a slider."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from lectureutils import plots, style, validate
from lectureutils.figures.shared.verdicts import leaders, predictions
from lectureutils.live import LiveFigure, Player, slider


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
