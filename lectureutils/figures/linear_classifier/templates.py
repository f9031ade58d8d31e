"""The rows of W are templates: a score is large where the picture and the row are bright at the same places.

So a picture that is moved, mirrored or recoloured meets other weights, and its scores change.
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import plots, style, validate
from lectureutils.data import flip, recolour, shift, unroll
from lectureutils.figures.linear_classifier.score_bars import ScoreBars, picture_classifier
from lectureutils.figures.shared.photographs import SIDE, as_pictures, as_template, numbered
from lectureutils.figures.shared.verdicts import leaders, say_answer
from lectureutils.live import LiveFigure, Narrow, choice, slider, toggle


class TemplatesFigure(LiveFigure):
    """Show the rows of W (C, 7500) as pictures, and what moving, mirroring or recolouring a picture does to its scores.

    Each row of W is a template: its score is large where a picture is bright and the template is too. `y` (N,) are the
    true classes of the pictures, if known. Slide topic: the same classifier seen as templates.
    """

    size = (680, 420)
    narrow = Narrow(430, (1, 2.2), (5, 2))

    def __init__(
        self,
        W: ArrayLike,
        b: ArrayLike,
        images: ArrayLike,
        class_names: Sequence[str],
        y: ArrayLike | None = None,
        names: Sequence[str] | None = None,
    ):
        self.W, self.b, self.names = picture_classifier(W, b, class_names)
        self.pictures = as_pictures(images)
        self.y = None if y is None else validate.labels(y, len(self.W), len(self.pictures))
        if names is None and self.y is not None:
            names = [f"{self.names[c]} (picture {i})" for i, c in enumerate(self.y)]
        self.telling = self._lost()
        self.most = float(np.quantile(np.abs(self.W), 0.995)) or 1.0
        super().__init__(
            choice("picture", numbered(names, len(self.pictures)), label="Picture"),
            slider("right", 0, -SIDE // 2, SIDE // 2, 1, label="Shift right"),
            slider("down", 0, -SIDE // 2, SIDE // 2, 1, label="Shift down"),
            slider("hue", 0, -180, 180, 5, label="Turn colours"),
            toggle("mirror", label="Mirror left and right"),
        )

    def _lost(self) -> dict[str, int]:
        """Return a picture of the first class and the smallest shift to the right that takes its right answer away."""
        for picture in np.flatnonzero(self.y == 0) if self.y is not None else ():
            moved = [unroll(shift(self.pictures[picture], right, 0)) for right in range(SIDE // 2 + 1)]
            lost = np.flatnonzero((np.array(moved) @ self.W.T + self.b).argmax(axis=1) != 0)
            if len(lost) and lost[0] > 0:
                return {"picture": int(picture), "right": int(lost[0])}
        return {}

    def draw(self, fig: Figure) -> None:
        top, bottom = fig.subfigures(2, 1, height_ratios=[1, 1.45])
        top.suptitle("Rows of W: grey is 0, lighter is positive, darker is negative", x=0.008, ha="left")
        self.templates, self.frames = [], []
        for axes, name, w in zip(top.subplots(1, len(self.names)), self.names, self.W, strict=True):
            template = axes.add_artist(plots.picture(axes, name))
            axes.set_title(name, fontsize=style.size(), fontweight="normal")
            plots.set_picture(template, as_template(w, self.most))
            self.templates.append(template)
            frame = {"color": style.INK, "linewidth": 4 * style.current_scale(), "clip_on": False}
            self.frames += axes.plot([0, SIDE, SIDE, 0, 0], [0, 0, SIDE, SIDE, 0], **frame)
        left, right = bottom.subplots(1, 2, width_ratios=[1, 1.5])
        self.picture = plots.picture(left, "The picture, x")
        self.moving(*self.frames, self.picture)
        scores = unroll(self.pictures) @ self.W.T + self.b
        self.bars = ScoreBars(self, right, self.names, float(np.abs(scores).max()))

    def update(self, picture: int, right: int, down: int, hue: float, mirror: bool) -> str:
        shown = self.pictures[picture]
        shown = shift(recolour(flip(shown) if mirror else shown, hue), right, down)
        scores = self.W @ unroll(shown) + self.b
        plots.set_picture(self.picture, shown)
        self.bars.set(scores)
        for c, frame in enumerate(self.frames):
            frame.set_visible(c in leaders(scores))
        truth = "" if self.y is None else f"; the truth is {self.names[self.y[picture]]}"
        return f"Scores: {say_answer(self.names, scores)} (framed){truth}."

    def rewind(self) -> None:
        self.bars.rewind()
