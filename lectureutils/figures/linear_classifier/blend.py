"""On the straight way from one classifier to another every score moves evenly, but an answer jumps.

It jumps where two scores cross, at another place for each input.
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from lectureutils import plots, style, validate
from lectureutils.figures.shared.verdicts import leaders, predictions
from lectureutils.live import LiveFigure, Narrow, Player, put, slider


class BlendFigure(LiveFigure):
    """Walk in a straight line from one classifier (t = 0) to another (t = 1) and watch several inputs at once.

    W = (1 - t) W_start + t W_end, b alike; one panel for each row of X (N, D).
    """

    size = (640, 300)
    narrow = Narrow(560)

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
        self.telling = {"t": self._first_jump()}
        super().__init__(slider("t", 0.0, 0.0, 1.0, 0.01, label="t"), Player())

    def draw(self, fig: Figure) -> None:
        panels = fig.subplots(1, len(self.X), sharey=True)
        self.bars = [plots.class_bars(axes, self.names, -0.2, 1.15) for axes in panels]
        self.stars = [self.dot(axes, "*", style.INK, 12) for axes in panels]
        for n, axes in enumerate(panels, start=1):
            axes.set(title=f"x{n}", xlabel="score")
        self.moving(*(bar for bars in self.bars for bar in bars))

    def _first_jump(self) -> float:
        """Return where on the way, in hundredths, an answer changes for the first time; 1 if none does."""
        answers = [predictions(self._scores(t)) for t in np.linspace(0, 1, 101)]
        return next((n / 100 for n, now in enumerate(answers) if (now != answers[0]).any()), 1.0)

    def _scores(self, t: float) -> np.ndarray:
        W, b = ((1 - t) * first + t * last for first, last in zip(self.start, self.end, strict=True))
        return self.X @ W.T + b

    def update(self, t: float) -> str:
        scores = self._scores(t)
        for bars, star, row in zip(self.bars, self.stars, scores, strict=True):
            plots.set_bars(bars, row)
            put(star, row[leaders(row)] + 0.1, leaders(row))
        answers = ["a tie" if c < 0 else self.names[c] for c in predictions(scores)]
        return f"t = {t:.2f}: {', '.join(f'x{n} {answer}' for n, answer in enumerate(answers, start=1))}."

    def advance(self) -> bool:
        t = min(1.0, self.values["t"] + 0.02)
        self.set(t=t)
        return t < 1

    def rewind(self) -> None:
        self.set(t=0.0)
