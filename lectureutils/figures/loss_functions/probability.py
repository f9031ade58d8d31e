"""What a loss does: to one example, to a whole data set, to a ranking, to outliers, and to what is learned.

A loss here is any function of scores (N, C) and labels y (N,) that returns one number, or a pair that begins with it.
So a figure takes the reader's own function as well as those of `lectureutils.losses`.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import plots, style
from lectureutils.figures.loss_functions.values import AnyLoss, _example, _numbered, loss_value
from lectureutils.figures.shared.words import say_scores
from lectureutils.live import LiveFigure, Widget, choice, column, grid, log_slider, matrix, row, slider


class ProbabilityFigure(LiveFigure):
    """Show cross-entropy as a probability: p = exp(-loss) for each class, and the loss -log p of the truth.

    `losses` maps names to ways of writing cross-entropy, functions of scores (N, C) and y (N,). The scores (C,) can be
    scaled and shifted together, far enough to make a careless one fail. Slide topic: cross-entropy (softmax).
    """

    size = (680, 300)
    top = 6.0

    def __init__(self, losses: Mapping[str, AnyLoss], scores: ArrayLike, y: int, class_names: Sequence[str]):
        if not losses:
            raise ValueError("losses: got none, expected at least one, such as {'mine': cross_entropy}")
        scores, y, self.names = _example(scores, y, class_names)
        self.losses = dict(losses)
        self.scores = matrix("scores", scores, -3, 3, 0.0005)
        self.scale = log_slider("scale", 1.0, 0.1, 1000.0, label="Multiply by")
        self.shift = slider("shift", 0, 0, 1000, 1, label="Add to all")
        self.truth = choice("truth", _numbered(self.names), y, label="Truth")
        self.loss = choice("loss", list(self.losses), label="Written as")
        chosen = (self.loss,) if len(self.losses) > 1 else ()
        super().__init__(self.scores, self.scale, self.shift, self.truth, *chosen)

    def draw(self, fig: Figure) -> None:
        left, right = fig.subplots(1, 2)
        self.bars = plots.class_bars(left, self.names, 0, 1)
        left.set(xlabel="probability p", title="What softmax makes of the scores")
        right.set(xlim=(-0.03, 1.03), ylim=(0, self.top), xlabel="p of the true class", ylabel="loss")
        right.set_title("Cross-entropy: -log p")
        p = np.linspace(np.exp(-self.top), 1, 300)
        right.plot(p, -np.log(p), color=style.BLUE)
        self.point = right.plot(
            [],
            [],
            "o",
            color=style.ORANGE,
            markersize=12 * style.current_scale(),
            zorder=4,
            markeredgecolor=style.INK,
            clip_on=False,
            in_layout=False,
        )[0]
        self.moving(*self.bars, self.point)

    def update(self, scores: np.ndarray, scale: float, shift: int, truth: int, loss: str | None = None) -> None:
        self.y, self.now = truth, scale * scores + shift
        self.written = loss or next(iter(self.losses))
        function = self.losses[self.written]
        costs = np.array([loss_value(function, self.now, c) for c in range(len(self.names))])
        self.p, self.cost = np.exp(-costs), costs[truth]
        plots.set_bars(self.bars, np.nan_to_num(self.p))
        shown = np.isfinite(self.cost)
        self.point.set_data(*(([np.exp(-self.cost)], [min(self.cost, self.top)]) if shown else ([], [])))

    def describe(self) -> str:
        said = f"Scores {say_scores(self.names, self.now)}. Cross-entropy {self.written}:"
        if np.isnan(self.p).any():
            return (
                f"{said} the probabilities are not numbers. exp of a score was too large for the computer, "
                f"and infinity over infinity has no value."
            )
        if np.isinf(self.cost):
            return f"{said} p of the truth was rounded to 0, so its loss is infinite."
        p = self.p[self.y]
        chance = f", one chance in {1 / p:.3g}" if p > 1e-9 else ""
        return f"{said} p({self.names[self.y]}) = {p:.4f}{chance}: the loss is -log p = {self.cost:.4f}."

    def arrange(self) -> Widget:
        table = grid([["", *self.names], ["scores", *self.scores.inputs]], f"70px repeat({len(self.names)}, 84px)")
        chosen = (self.loss.widget,) if len(self.losses) > 1 else ()
        return column(
            row(table, column(self.truth.widget, *chosen)), row(self.scale.widget, self.shift.widget, self.reset_button)
        )
