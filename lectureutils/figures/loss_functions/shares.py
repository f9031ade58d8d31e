"""What a loss does: to one example, to a whole data set, to a ranking, to outliers, and to what is learned.

A loss here is any function of scores (N, C) and labels y (N,) that returns one number, or a pair that begins with it.
So a figure takes the reader's own function as well as those of `lectureutils.losses`.
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import plots, style
from lectureutils.figures.loss_functions.values import _example, _numbered
from lectureutils.figures.shared.verdicts import say_prediction
from lectureutils.figures.shared.words import say_losses
from lectureutils.live import LiveFigure, Widget, choice, column, grid, matrix, presets, row
from lectureutils.losses import SHARES


class SharesFigure(LiveFigure):
    """Show the four losses of one example as bars, one for each class's share, with the scores (C,) on sliders.

    Slide topic: loss functions.
    """

    size = (700, 260)
    most = 5.0  # the scale of the shares

    def __init__(self, scores: ArrayLike, y: int, class_names: Sequence[str], settings: dict | None = None):
        scores, y, self.names = _example(scores, y, class_names)
        self.scores = matrix("scores", scores, -2, 2, 0.0005)  # fine enough for the lecture's scores
        self.truth = choice("truth", _numbered(self.names), y, label="Truth")
        self.presets = presets("Set to", settings or {})
        super().__init__(self.scores, self.truth, self.presets)

    def draw(self, fig: Figure) -> None:
        panels = fig.subplots(1, 1 + len(SHARES), sharey=True)
        self.score_bars = plots.class_bars(panels[0], self.names, -2.2, 2.2)
        self.mark = panels[0].plot([], [], "*", color=style.INK, markersize=12 * style.current_scale())[0]
        panels[0].set(xlabel="score", title="scores")
        self.share_bars, self.beyond = {}, {}
        for name, axes in zip(SHARES, panels[1:], strict=True):
            self.share_bars[name] = plots.class_bars(axes, self.names, 0, self.most)
            self.beyond[name] = axes.plot([], [], ">", color=style.INK, clip_on=False, in_layout=False)[0]
            axes.set(xlabel="share", title=name, xticks=[0, 2, 4])
            axes.tick_params(axis="y", length=0)
        bars = [bar for bars in (self.score_bars, *self.share_bars.values()) for bar in bars]
        self.moving(*bars, self.mark, *self.beyond.values())

    def update(self, scores: np.ndarray, truth: int) -> None:
        self.now, self.y = scores, truth
        plots.set_bars(self.score_bars, scores)
        self.mark.set_data([scores[truth] + (0.3 if scores[truth] < 1.7 else -0.3)], [truth])
        self.shares = {name: shares(scores[None], np.array([truth]))[0] for name, shares in SHARES.items()}
        for name, shares in self.shares.items():
            plots.set_bars(self.share_bars[name], np.minimum(shares, self.most))
            over = np.flatnonzero(shares > self.most)
            self.beyond[name].set_data(np.full(len(over), self.most), over)

    def describe(self) -> str:
        losses = {name: shares.sum() for name, shares in self.shares.items()}
        over = " A share runs out of the picture (▸)." if any(s.max() > self.most for s in self.shares.values()) else ""
        said = say_prediction(self.names, self.now)
        return f"Truth {self.names[self.y]} (★), {said}. Losses: {say_losses(losses)}.{over}"

    def arrange(self) -> Widget:
        table = grid([["", *self.names], ["scores", *self.scores.inputs]], f"70px repeat({len(self.names)}, 84px)")
        return column(row(self.presets.widget, self.reset_button), row(table, self.truth.widget))
