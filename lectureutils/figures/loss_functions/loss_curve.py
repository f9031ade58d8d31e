"""A loss as a curve: one score moves, the others rest.

Its slope at a point says what training would do with this score.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import plots, style
from lectureutils.figures.loss_functions.values import AnyLoss, example, loss_choice, loss_value, numbered
from lectureutils.figures.shared.words import say_number, say_scores
from lectureutils.live import LiveFigure, Narrow, choice, latest, matrix, put


class LossCurveFigure(LiveFigure):
    """Show how a loss follows one score while the others rest: its curve, a point to drag, and the slope there.

    `losses` maps names to functions of scores (N, C) and y (N,). The slope is measured: a tiny step to either side.
    Where the two sides disagree, the curve has a kink. Slide topic: loss functions.
    """

    size = (660, 360)
    narrow = Narrow(360)
    low, high, top = -3.0, 3.0, 6.0
    places = np.linspace(low, high, 121)
    step = 1e-6

    def __init__(self, losses: Mapping[str, AnyLoss], scores: ArrayLike, y: int, class_names: Sequence[str]):
        chosen = loss_choice(losses, "Loss")
        scores, y, self.names = example(scores, y, class_names)
        self.losses = dict(losses)
        leads = np.where(np.arange(len(scores)) == y, max(scores[y], np.delete(scores, y).max() + 1.4), scores)
        self.telling = {"scores": leads}  # the truth leads by more than hinge's margin
        super().__init__(
            matrix("scores", scores, self.low, self.high, rows=["scores"], columns=self.names),
            *chosen,
            choice("moved", numbered(self.names), y, label="Moved score"),
            choice("truth", numbered(self.names), y, label="Truth"),
        )

    def draw(self, fig: Figure) -> None:
        self.axes = fig.subplots()
        self.axes.set(xlim=(self.low, self.high), ylim=(-0.3, self.top), ylabel="loss")
        self.title, self.across = self.axes.set_title(" "), self.axes.set_xlabel(" ")
        self.axes.axhline(0, color=style.GREY, linewidth=0.8)
        self.line = self.curve(self.axes, style.BLUE, zorder=3)
        self.tangent = self.curve(self.axes, style.INK, "--", zorder=4)
        self.rivals = plots.class_points(self.axes, [f"score of {name}" for name in self.names])
        for artist in self.rivals:
            artist.set(clip_on=False, in_layout=False)
        self.moving(*self.rivals)
        self.point = self.dot(self.axes, "o", style.AMBER, 12)
        fig.legend(handles=self.rivals, loc="outside lower left", ncols=2 if self.is_narrow else len(self.rivals))

    def update(self, scores: np.ndarray, moved: int, truth: int, loss: str = "") -> str:
        loss, here = loss or next(iter(self.losses)), scores[moved]
        self.title.set_text(f"{loss} as the score of {self.names[moved]} moves; dashed: its slope")
        self.across.set_text(f"score of {self.names[moved]}")
        put(self.line, self.places, self.heights(loss, moved, truth, *np.delete(scores, moved)))
        near = [here - self.step, here, here + self.step]
        left, value, right = self.along(near, loss, moved, truth, scores)
        before, after, slope = (value - left) / self.step, (right - value) / self.step, (right - left) / (2 * self.step)
        away = np.array([-0.8, 0.8])
        put(self.tangent, *((here + away, value + slope * away) if np.isfinite([value, slope]).all() else ([], [])))
        put(self.point, here, value if np.isfinite(value) else self.top)
        for score, artist in zip(scores, self.rivals, strict=True):
            put(artist, score, -0.3)
        others = say_scores(np.delete(self.names, moved), np.delete(scores, moved), 2)
        return (
            f"{loss}, truth {self.names[truth]}. With the score of {self.names[moved]} at {here:.2f} ({others}) "
            f"the loss is {self.verdict(value, before, after, slope)}"
        )

    def verdict(self, value: float, before: float, after: float, slope: float) -> str:
        """Say how large the loss is at the point, and how steep: before it, after it, and across it."""
        if not np.isfinite([value, before, after]).all():
            return f"{say_number(value)}: there is no slope."
        if abs(before - after) > 1e-3:
            return f"{value:.3f}, at a kink: slope {before:+.2f} on its left, {after:+.2f} on its right."
        above = " The point lies above the picture." if value > self.top else ""
        return f"{value:.3f} and the slope {slope:+.3f}.{above}"

    @latest
    def heights(self, loss: str, moved: int, truth: int, *rest: float) -> list[float]:
        """Return the loss along the whole curve; while only the point moves, it stays."""
        return self.along(self.places, loss, moved, truth, np.insert(rest, moved, 0.0))

    def along(self, places: Sequence[float], loss: str, moved: int, truth: int, scores: np.ndarray) -> list[float]:
        """Return the loss with the moved score at each of these places."""
        at = np.tile(scores, (len(places), 1))
        at[:, moved] = places
        return [loss_value(self.losses[loss], row, truth) for row in at]

    def grab(self, axes: Axes, x: float, y: float) -> str | None:
        return "point" if self.near(axes, self.point.get_xydata()[0], x, y) < 1.5 * self.reach else None

    def drag(self, held: str, x: float, y: float) -> None:
        scores = self.values["scores"]
        scores[self.values["moved"]] = np.clip(x, self.low, self.high)
        self.set(scores=scores)
