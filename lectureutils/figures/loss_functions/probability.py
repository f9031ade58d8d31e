"""Cross-entropy is a probability in disguise: p = exp(-loss).

Multiply the scores or add to them all, and see what the probabilities do, and what too large an exp does to a formula.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import plots, style
from lectureutils.figures.loss_functions.values import AnyLoss, example, loss_choice, loss_value, numbered
from lectureutils.figures.shared.words import say_scores
from lectureutils.live import LiveFigure, choice, log_slider, matrix, put, slider


class ProbabilityFigure(LiveFigure):
    """Show cross-entropy as a probability: p = exp(-loss) for each class, and the loss -log p of the truth.

    `losses` maps names to ways of writing cross-entropy, functions of scores (N, C) and y (N,). The scores (C,) can be
    scaled and shifted together, far enough to make a careless one fail. Slide topic: cross-entropy (softmax).
    """

    telling = {"shift": 5}
    size = (680, 300)
    top = 6.0

    def __init__(self, losses: Mapping[str, AnyLoss], scores: ArrayLike, y: int, class_names: Sequence[str]):
        chosen = loss_choice(losses, "Written as")
        scores, y, self.names = example(scores, y, class_names)
        self.losses = dict(losses)
        super().__init__(
            matrix("scores", scores, -3, 3, 0.0005, rows=["scores"], columns=self.names),
            choice("truth", numbered(self.names), y, label="Truth"),
            *chosen,
            log_slider("scale", 1.0, 0.1, 1000.0, label="Multiply by"),
            slider("shift", 0, 0, 1000, 1, label="Add to all"),
        )

    def draw(self, fig: Figure) -> None:
        left, right = fig.subplots(1, 2)
        self.bars = plots.class_bars(left, self.names, 0, 1)
        left.set(xlabel="probability p", title="What softmax makes of the scores")
        right.set(xlim=(-0.03, 1.03), ylim=(0, self.top), xlabel="p of the true class", ylabel="loss")
        right.set_title("Cross-entropy: -log p")
        p = np.linspace(np.exp(-self.top), 1, 300)
        right.plot(p, -np.log(p), color=style.BLUE)
        self.point = self.dot(right, "o", style.BLUE, 10, clip_on=False, in_layout=False)
        self.moving(*self.bars)

    def update(self, scores: np.ndarray, truth: int, scale: float, shift: int, loss: str = "") -> str:
        loss, now = loss or next(iter(self.losses)), scale * scores + shift
        costs = np.array([loss_value(self.losses[loss], now, c) for c in range(len(self.names))])
        p, cost = np.exp(-costs), costs[truth]
        plots.set_bars(self.bars, np.nan_to_num(p))
        put(self.point, [(p[truth], min(cost, self.top))] if np.isfinite(cost) else [])
        said = f"Scores {say_scores(self.names, now)}. Cross-entropy {loss}:"
        if np.isnan(p).any():
            return (
                f"{said} the probabilities are not numbers. exp of a score was too large for the computer, "
                f"and infinity over infinity has no value."
            )
        if np.isinf(cost):
            return f"{said} p of the truth was rounded to 0, so its loss is infinite."
        chance = f", one chance in {1 / p[truth]:.3g}" if p[truth] > 1e-9 else ""
        return f"{said} p({self.names[truth]}) = {p[truth]:.4f}{chance}: the loss is -log p = {cost:.4f}."
