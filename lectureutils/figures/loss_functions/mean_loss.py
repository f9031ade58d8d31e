"""What a loss does: to one example, to a whole data set, to a ranking, to outliers, and to what is learned.

A loss here is any function of scores (N, C) and labels y (N,) that returns one number, or a pair that begins with it.
So a figure takes the reader's own function as well as those of `lectureutils.losses`.
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import plots, style, validate
from lectureutils.figures.shared.verdicts import predictions
from lectureutils.figures.shared.words import say_losses
from lectureutils.live import LiveFigure, Widget, choice, column, grid, matrix, presets, row
from lectureutils.losses import LOSSES, SHARES


class MeanLossFigure(LiveFigure):
    """Show the loss of every example of X (N, D), y (N,), and the mean, with W (C, D) and b (C,) on sliders.

    One dot an example, for the chosen loss; the bars are the means of all four losses. Slide topic: loss functions.
    """

    size = (700, 360)
    most = 6.0

    def __init__(
        self,
        X: ArrayLike,
        y: ArrayLike,
        W: ArrayLike,
        b: ArrayLike,
        class_names: Sequence[str],
        feature_names: Sequence[str],
        settings: dict | None = None,
    ):
        self.X, W, b = validate.linear(X, W, b)
        self.y = validate.labels(y, len(W), len(self.X))
        self.names, self.features = tuple(class_names), tuple(feature_names)
        self.place = np.empty(len(self.y))  # examples of one class stand side by side
        self.place[np.argsort(self.y, kind="stable")] = np.arange(len(self.y))
        self.W, self.b = matrix("W", W, -5, 5), matrix("b", b, -5, 5)
        self.loss = choice("loss", list(LOSSES), label="Dots show")
        self.presets = presets("Set to", settings or {})
        super().__init__(self.W, self.b, self.loss, self.presets)

    def draw(self, fig: Figure) -> None:
        left, right = fig.subplots(1, 2, width_ratios=[2.2, 1])
        left.set(xlim=(-3, len(self.y) + 2), ylim=(-0.15, self.most), xlabel="example", ylabel="its loss")
        left.set_title("Each dot an example, the line their mean")
        self.dots = plots.class_points(left, self.names, 0.7)
        self.mean = left.axhline(0, color=style.INK, linestyle="--", zorder=4)
        left.legend(handles=self.dots, loc="upper center", bbox_to_anchor=(0.5, -0.2), ncols=3, fontsize="small")
        self.bars = right.barh(range(len(LOSSES)), np.zeros(len(LOSSES)), height=0.6, color=style.pale(style.SKY, 0.8))
        right.set_yticks(range(len(LOSSES)), list(LOSSES))
        right.set(xlim=(0, self.most / 2), ylim=(len(LOSSES) - 0.5, -0.5), xlabel="mean loss", title="Four means")
        self.beyond = right.plot([], [], ">", color=style.INK, clip_on=False, in_layout=False)[0]
        self.moving(*self.dots, self.mean, *self.bars, self.beyond)

    def update(self, W: np.ndarray, b: np.ndarray, loss: str) -> None:
        scores = self.X @ W.T + b
        losses = {name: shares(scores, self.y).sum(axis=1) for name, shares in SHARES.items()}
        self.chosen, self.each = loss, losses[loss]
        self.means = {name: float(each.mean()) for name, each in losses.items()}
        self.said = predictions(scores)
        self.right = self.said == self.y
        shown = np.column_stack([self.place, np.minimum(self.each, self.most)])
        plots.set_points(self.dots, shown, self.y)
        self.mean.set_ydata([min(self.means[loss], self.most)] * 2)
        means = np.array(list(self.means.values()))
        plots.set_bars(self.bars, np.minimum(means, self.most / 2))
        over = np.flatnonzero(means > self.most / 2)
        self.beyond.set_data(np.full(len(over), self.most / 2), over)

    def describe(self) -> str:
        over = int((self.each > self.most).sum())
        off = f" {over} dots lie above the picture." if over else ""
        tied = int((self.said < 0).sum())
        ties = f" {tied} have no single highest score, so nothing is predicted." if tied else ""
        return (
            f"Mean over {len(self.y)} examples: {say_losses(self.means)}. {self.right.mean():.1%} are predicted "
            f"right.{ties} The worst {self.chosen} loss of one example is {self.each.max():.2f}.{off}"
        )

    def arrange(self) -> Widget:
        rows = [["", *self.features, "b"]]
        for name, entries, bias in zip(self.names, self.W.rows, self.b.inputs, strict=True):
            rows.append([name, *entries, bias])
        weights = grid(rows, f"84px repeat({len(self.features) + 1}, 84px)")
        return column(row(self.presets.widget, self.reset_button), self.loss.widget, weights)
