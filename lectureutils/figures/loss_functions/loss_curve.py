"""What a loss does: to one example, to a whole data set, to a ranking, to outliers, and to what is learned.

A loss here is any function of scores (N, C) and labels y (N,) that returns one number, or a pair that begins with it.
So a figure takes the reader's own function as well as those of `lectureutils.losses`.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import plots, style
from lectureutils.figures.loss_functions.values import AnyLoss, _example, _numbered, loss_value
from lectureutils.figures.shared.words import say_number
from lectureutils.live import LiveFigure, Widget, choice, column, grid, matrix, row


class LossCurveFigure(LiveFigure):
    """Show how a loss follows one score while the others rest: its curve, a point to drag, and the slope there.

    `losses` maps names to functions of scores (N, C) and y (N,). The slope is measured: a tiny step to either side.
    Where the two sides disagree, the curve has a kink. Slide topic: loss functions.
    """

    size = (660, 360)
    low, high, top = -3.0, 3.0, 6.0
    step = 1e-6

    def __init__(self, losses: Mapping[str, AnyLoss], scores: ArrayLike, y: int, class_names: Sequence[str]):
        if not losses:
            raise ValueError("losses: got none, expected at least one, such as {'hinge': hinge}")
        scores, y, self.names = _example(scores, y, class_names)
        self.losses, self.known = dict(losses), None
        self.loss = choice("loss", list(self.losses), label="Loss")
        self.moved = choice("moved", _numbered(self.names), y, label="Moved score")
        self.truth = choice("truth", _numbered(self.names), y, label="Truth")
        self.scores = matrix("scores", scores, self.low, self.high)
        chosen = (self.loss,) if len(self.losses) > 1 else ()
        super().__init__(*chosen, self.moved, self.truth, self.scores)

    def draw(self, fig: Figure) -> None:
        self.axes = axes = fig.subplots()
        axes.set(xlim=(self.low, self.high), ylim=(-0.3, self.top), xlabel="the moved score", ylabel="loss")
        axes.set_title("The loss as this one score moves; dashed: the slope at the point")
        axes.axhline(0, color=style.GREY, linewidth=0.8)
        self.places = np.linspace(self.low, self.high, 121)
        self.curve = axes.plot([], [], color=style.BLUE, zorder=3)[0]
        self.tangent = axes.plot([], [], "--", color=style.INK, zorder=4)[0]
        self.rivals = plots.class_points(axes, [f"score of {name}" for name in self.names])
        for artist in self.rivals:
            artist.set(clip_on=False, in_layout=False)
        self.point = axes.plot(
            [], [], "o", color=style.ORANGE, markersize=12 * style.current_scale(), markeredgecolor=style.INK, zorder=6
        )[0]
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.18), ncols=3, fontsize="small")
        self.moving(self.curve, self.tangent, *self.rivals, self.point)

    def at(self, place: float) -> float:
        """Return the loss with the moved score at `place`."""
        scores = self.now.copy()
        scores[self.j] = place
        return loss_value(self.losses[self.chosen], scores, self.y)

    def update(self, moved: int, truth: int, scores: np.ndarray, loss: str | None = None) -> None:
        self.chosen = loss or next(iter(self.losses))
        self.j, self.y, self.now = moved, truth, scores
        rest = (self.chosen, moved, truth, *np.delete(scores, moved))
        if rest != self.known:  # while only the point moves, the curve stays
            self.curve.set_data(self.places, [self.at(place) for place in self.places])
            self.known = rest
        here = scores[moved]
        left, self.value, right = (self.at(here + step) for step in (-self.step, 0, self.step))
        self.slopes = (self.value - left) / self.step, (right - self.value) / self.step
        self.slope = (right - left) / (2 * self.step)
        away = np.array([-0.8, 0.8])
        finite = np.isfinite([self.value, self.slope]).all()
        self.tangent.set_data(here + away, self.value + self.slope * away) if finite else self.tangent.set_data([], [])
        self.point.set_data([here], [self.value] if np.isfinite(self.value) else [self.top])
        for score, artist in zip(scores, self.rivals, strict=True):
            artist.set_data([score], [-0.3])

    def describe(self) -> str:
        pairs = zip(self.names, self.now, strict=True)
        others = ", ".join(f"{word} {score:.2f}" for c, (word, score) in enumerate(pairs) if c != self.j)
        here = f"the score of {self.names[self.j]} at {self.now[self.j]:.2f} ({others})"
        name = f"{self.chosen}, truth {self.names[self.y]}. With {here}"
        if not np.isfinite([self.value, *self.slopes]).all():
            return f"{name} the loss is {say_number(self.value)}: there is no slope."
        left, right = self.slopes
        if abs(left - right) > 1e-3:
            sides = f"slope {left:+.2f} on its left, {right:+.2f} on its right"
            return f"{name} the loss is {self.value:.3f}, at a kink: {sides}."
        above = " The point lies above the picture." if self.value > self.top else ""
        return f"{name} the loss is {self.value:.3f} and the slope {self.slope:+.3f}.{above}"

    def arrange(self) -> Widget:
        table = grid([["", *self.names], ["scores", *self.scores.inputs]], f"70px repeat({len(self.names)}, 84px)")
        chosen = (self.loss.widget,) if len(self.losses) > 1 else ()
        return row(table, column(*chosen, self.moved.widget, self.truth.widget), self.reset_button)

    def grab(self, axes: Axes, x: float, y: float) -> str | None:
        place = self.now[self.j], min(self.value, self.top)
        return "point" if np.isfinite(place).all() and self.near(axes, place, x, y) < 1.5 * self.reach else None

    def drag(self, held: str, x: float, y: float) -> None:
        scores = self.scores.value
        scores[self.j] = np.clip(x, self.low, self.high)
        self.set(scores=scores)
