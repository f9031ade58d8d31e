"""The loss of a data set is the mean over its examples.

Dots show what each example costs by one loss, bars the means by all four: good by one need not be good by another.
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import plots, style, validate
from lectureutils.figures.shared.verdicts import predictions
from lectureutils.figures.shared.words import counted, say_losses
from lectureutils.live import LiveFigure, Widget, choice, column, grid, matrix, presets, put, row
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
        super().__init__(
            matrix("W", W, -5, 5),
            matrix("b", b, -5, 5),
            choice("loss", list(LOSSES), label="Dots show"),
            presets("Set to", settings or {}),
        )

    def arrange(self) -> Widget:
        W, b, loss, settings = self.parts
        lines = zip(self.names, W.rows, b.inputs, strict=True)
        rows = [["", *self.features, "b"], *([name, *entries, bias] for name, entries, bias in lines)]
        weights = grid(rows)
        return column(row(settings.widget, self.reset_button), loss.widget, weights)

    def draw(self, fig: Figure) -> None:
        left, right = fig.subplots(1, 2, width_ratios=[2.2, 1])
        left.set(xlim=(-3, len(self.y) + 2), ylim=(-0.15, self.most), xlabel="example")
        self.title = left.set_title(" ")
        self.dots = plots.class_points(left, self.names, 0.8)
        self.mean = left.axhline(0, color=style.INK, linestyle="--", zorder=4)
        fig.legend(handles=self.dots, loc="outside lower left", ncols=3)
        places, zoom = np.arange(len(LOSSES)), style.current_scale()
        self.bars = right.barh(places, 0 * places, height=0.6, edgecolor=style.INK)
        right.set_yticks(places, list(LOSSES))
        right.set(
            xlim=(0, self.most / 2), ylim=(len(LOSSES) - 0.5, -0.5), xlabel="mean loss", title="Means by all four"
        )
        self.beyond = self.dot(right, ">", style.INK, 6, clip_on=False, in_layout=False)
        self.numbers = plots.Numbers(
            right, np.column_stack([np.full(len(places), self.most / 2 - 0.33 * zoom), places])
        )
        self.moving(*self.dots, self.mean, *self.bars, self.numbers)

    def update(self, W: np.ndarray, b: np.ndarray, loss: str) -> str:
        scores = self.X @ W.T + b
        losses = {name: shares(scores, self.y).sum(axis=1) for name, shares in SHARES.items()}
        means = {name: float(each.mean()) for name, each in losses.items()}
        each = losses[loss]
        plots.set_points(self.dots, np.column_stack([self.place, np.minimum(each, self.most)]), self.y)
        self.mean.set_ydata([min(means[loss], self.most)] * 2)
        self.title.set_text(f"Each example's {loss} loss; dashed: their mean")
        self._set_bars(np.array(list(means.values())), loss)
        above, tied, right = (each > self.most).sum(), *self._judge(scores)
        off = f" {counted(above, 'dot')} {'lies' if above == 1 else 'lie'} above the picture." if above else ""
        ties = f" {tied} have no single highest score, so nothing is predicted." if tied else ""
        return (
            f"Mean over {len(self.y)} examples: {say_losses(means)}. {right:.1%} are predicted right.{ties} "
            f"The worst {loss} loss of one example is {each.max():.2f}.{off}"
        )

    def _set_bars(self, means: np.ndarray, loss: str) -> None:
        for name, bar in zip(LOSSES, self.bars, strict=True):
            chosen = name == loss
            bar.set(facecolor=style.BLUE if chosen else style.faint(style.BLUE), linewidth=1.5 if chosen else 0)
        inside = means < self.most / 2 - 0.7 * style.current_scale()  # there is room for a number beside the bar
        self.numbers.set_texts([f"{mean:.2f}" if there else "" for mean, there in zip(means, inside, strict=True)])
        plots.set_bars(self.bars, np.minimum(means, self.most / 2))
        over = np.flatnonzero(means > self.most / 2)
        put(self.beyond, np.full(len(over), self.most / 2), over)

    def _judge(self, scores: np.ndarray) -> tuple[int, float]:
        """Return for how many examples nothing is predicted, and the share that is predicted right."""
        said = predictions(scores)
        return int((said < 0).sum()), float((said == self.y).mean())
