"""The same model, trained with different losses, learns different things.

The curves follow the share of right answers, epoch by epoch; the bars show which classes a loss gives up.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import plots, style, validate
from lectureutils.figures.shared.verdicts import predictions
from lectureutils.live import LiveFigure, Player, choice, put, slider


class TrainedFigure(LiveFigure):
    """Compare what the same linear model learns with several losses: held-out accuracy, epoch by epoch.

    `runs` maps the loss's name to a list of (W, b), one for each epoch, 0 first; X (N, D), y (N,) are held out. On the
    right, how many of each class's examples the chosen loss gets right. Slide topic: does a loss function matter?
    """

    size = (700, 330)

    def __init__(
        self,
        runs: Mapping[str, Sequence[tuple]],
        X: ArrayLike,
        y: ArrayLike,
        class_names: Sequence[str],
        loss: str | None = None,
    ):
        lengths = {len(run) for run in runs.values()}
        if len(lengths) != 1 or len(runs) > len(style.DASHES):
            came = f"{len(runs)} runs of lengths {sorted(lengths)}"
            raise ValueError(f"runs: got {came}, expected one to four, all equally long. Train them alike.")
        self.epochs, self.names = lengths.pop() - 1, tuple(class_names)
        X = validate.numbers(X, "X", "N D")
        self.y = validate.labels(y, len(self.names), len(X))
        models = {name: [validate.linear(X, W, b)[1:] for W, b in run] for name, run in runs.items()}
        self.said = {name: np.array([predictions(X @ W.T + b) for W, b in run]) for name, run in models.items()}
        self.accuracy = {name: (said == self.y).mean(axis=1) for name, said in self.said.items()}
        super().__init__(
            choice("loss", list(runs), loss, label="Bars show"),
            slider("epoch", self.epochs, 0, self.epochs, 1, label="Epoch"),
            Player(control="epoch"),
        )

    def draw(self, fig: Figure) -> None:
        left, right = fig.subplots(1, 2, width_ratios=[1.3, 1])
        left.set(xlim=(0, 1.02 * self.epochs), ylim=(0, 1.02), xlabel="epoch", ylabel="held-out accuracy")
        left.set_title("Right answers while training")
        ends = [curve[-1] for curve in self.accuracy.values()]
        labels = plots.spread(ends, 0.075 * style.current_scale(), 0.03, 0.98)
        looks = list(zip(style.DASHES, style.CLASS_COLORS, strict=True))
        for (name, curve), place, (dash, color) in zip(self.accuracy.items(), labels, looks, strict=False):
            left.plot(curve, linestyle=dash, color=color, label=name)
            left.plot(
                self.epochs * np.array([1.03, 1.07]), [curve[-1], place], color=color, linewidth=0.8, clip_on=False
            )
            left.text(1.09 * self.epochs, place, name, color=style.readable(color), va="center")
        self.colors = {name: color for name, (_, color) in zip(self.accuracy, looks, strict=False)}
        self.now = left.axvline(0, color=style.GREY, linewidth=1)
        self.spots = plots.class_points(left, list(self.accuracy))
        for spot in self.spots:
            spot.set(clip_on=False, in_layout=False)
        self.bars = right.bar(range(len(self.names)), np.zeros(len(self.names)))
        right.set_xticks(range(len(self.names)), self.names)
        right.set(ylim=(0, 1.02), xlabel="true class", ylabel="share right")
        self.title = right.set_title(" ")
        self.moving(self.now, *self.spots, *self.bars)

    def update(self, loss: str, epoch: int) -> str:
        self.now.set_xdata([epoch, epoch])
        for spot, curve in zip(self.spots, self.accuracy.values(), strict=True):
            put(spot, epoch, curve[epoch])
        self.title.set_text(f"{loss}, by class")
        said, few = self.said[loss][epoch], []
        for c, (name, bar) in enumerate(zip(self.names, self.bars, strict=True)):
            mine = self.y == c
            share = (said[mine] == c).mean() if mine.any() else 0.0
            bar.set(height=share, facecolor=self.colors[loss])
            if share < 0.5:
                few.append(f"{name} ({share:.0%})")
        if (said < 0).all():
            return f"Epoch {epoch}: all scores are equal, so nothing is predicted yet."
        right = ", ".join(f"{name} {curve[epoch]:.1%}" for name, curve in self.accuracy.items())
        gaps = f"fewer than half are right of {', '.join(few)}" if few else "at least half of every class are right"
        return f"Right after epoch {epoch}: {right}. Trained with {loss}, {gaps}."
