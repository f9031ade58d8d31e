"""The loss of one example is a sum of shares, one for each class.

Next to each other, the bars show whom each of the four losses charges for what.
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import plots, style
from lectureutils.figures.loss_functions.values import example, numbered
from lectureutils.figures.shared.verdicts import say_prediction
from lectureutils.figures.shared.words import say_losses
from lectureutils.live import LiveFigure, Narrow, choice, matrix, presets, put
from lectureutils.losses import SHARES


class SharesFigure(LiveFigure):
    """Show the four losses of one example as bars, one for each class's share, with the scores (C,) on sliders.

    Slide topic: loss functions.
    """

    size = (700, 260)
    narrow = Narrow(500, columns=2)
    layout = "presets reset / scores truth"
    scales = (1.0, 2.0, 5.0)  # of the shares: the smallest that holds them all

    def __init__(self, scores: ArrayLike, y: int, class_names: Sequence[str], settings: dict | None = None):
        scores, y, self.names = example(scores, y, class_names)
        super().__init__(
            # the step is fine enough for the lecture's scores
            matrix("scores", scores, -2, 2, 0.0005, rows=["scores"], columns=self.names),
            choice("truth", numbered(self.names), y, label="Truth"),
            presets("Set to", settings or {}),
        )

    @property
    def most(self) -> float:
        """The end of the shares' axes."""
        return self.panels[0].get_xlim()[1]

    def draw(self, fig: Figure) -> None:
        first, *self.panels = fig.subplots(1, 1 + len(SHARES), sharey=True)
        self.score_bars = plots.class_bars(first, self.names, -2.2, 2.2)
        self.mark = self.dot(first, "*", style.INK, 12)
        first.set(xlabel="score", title="scores", xticks=[-2, 0, 2])
        self.share_bars, self.beyond, self.sums = {}, {}, {}
        for name, axes in zip(SHARES, self.panels, strict=True):
            self.share_bars[name] = plots.class_bars(axes, self.names, 0, self.scales[0])
            self.beyond[name] = self.dot(axes, ">", style.INK, 6, clip_on=False, in_layout=False)
            self.sums[name] = plots.Numbers(axes, [(0, len(self.names))])
            axes.set(xlabel="share", title=name, xticks=[0])
            axes.tick_params(axis="y", length=0)
        first.set_ylim(len(self.names) + 0.4, -0.5)  # below the bars there is room for their sum
        self.moving(*self.score_bars, *(bar for bars in self.share_bars.values() for bar in bars), *self.sums.values())

    def _set_scale(self, most: float) -> None:
        end = next((scale for scale in self.scales if most <= scale), self.scales[-1])
        for axes, sums in zip(self.panels, self.sums.values(), strict=True):
            sums.places = np.array([(end / 2, len(self.names))])
            if list(axes.get_xticks()) != [0, end]:
                axes.set(xlim=(0, end))
                axes.set_xticks([0, end], ["0", f"{end:g}"])

    def update(self, scores: np.ndarray, truth: int) -> str:
        plots.set_bars(self.score_bars, scores)
        put(self.mark, scores[truth] + (0.4 if scores[truth] < 1.7 else -0.4), truth)
        losses, outside = {}, ""
        each = {name: function(scores[None], np.array([truth]))[0] for name, function in SHARES.items()}
        self._set_scale(max(shares.max() for shares in each.values()))
        for name, shares in each.items():
            plots.set_bars(self.share_bars[name], np.minimum(shares, self.most))
            over = np.flatnonzero(shares > self.most)
            put(self.beyond[name], np.full(len(over), self.most), over)
            losses[name] = shares.sum()
            self.sums[name].set_texts([f"sum {losses[name]:.3f}"])
            outside = " A share runs out of the picture (▸)." if len(over) else outside
        said = say_prediction(self.names, scores)
        return f"Truth {self.names[truth]} (★), {said}. Losses: {say_losses(losses)}.{outside}"
