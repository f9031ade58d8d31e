"""A linear classifier looks at pictures: as a long row of numbers, as templates, and at a picture of the reader's.

A picture of 50 x 50 pixels is a vector x of 7500 numbers: row by row from the top, in each row pixel by pixel, and for
each pixel red, green, blue. Every row of W is as long, so it can be shown as a picture too.
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import plots, style, validate
from lectureutils.data import flip, recolour, shift, unroll
from lectureutils.figures.linear_classifier.score_bars import SIDE, _classifier, _numbered, _ScoreBars
from lectureutils.figures.shared.photographs import as_pictures, as_template
from lectureutils.figures.shared.verdicts import leaders, say_prediction
from lectureutils.figures.shared.words import say_scores
from lectureutils.live import LiveFigure, choice, slider, toggle


class TemplatesFigure(LiveFigure):
    """Show the rows of W (C, 7500) as pictures, and what moving, mirroring or recolouring a picture does to its scores.

    Each row of W is a template: its score is large where a picture is bright and the template is too. `y` (N,) are the
    true classes of the pictures, if known. Slide topic: the same classifier seen as templates.
    """

    size = (680, 420)

    def __init__(
        self,
        W: ArrayLike,
        b: ArrayLike,
        images: ArrayLike,
        class_names: Sequence[str],
        y: ArrayLike | None = None,
        names: Sequence[str] | None = None,
    ):
        self.W, self.b, self.names = _classifier(W, b, class_names)
        self.pictures = as_pictures(images)
        self.y = None if y is None else validate.labels(y, len(self.W), len(self.pictures))
        if names is None and self.y is not None:
            names = [f"{self.names[c]} (picture {i})" for i, c in enumerate(self.y)]
        self.most = float(np.quantile(np.abs(self.W), 0.995)) or 1.0
        super().__init__(
            choice("picture", _numbered(names, len(self.pictures)), label="Picture"),
            slider("right", 0, -SIDE // 2, SIDE // 2, 1, label="Shift right"),
            slider("down", 0, -SIDE // 2, SIDE // 2, 1, label="Shift down"),
            slider("hue", 0, -180, 180, 5, label="Turn colours"),
            toggle("mirror", label="Mirror left and right"),
        )

    def draw(self, fig: Figure) -> None:
        top, bottom = fig.subfigures(2, 1, height_ratios=[1, 1.45])
        top.suptitle("Rows of W: grey is 0, lighter is positive, darker is negative", fontsize="medium")
        self.templates, self.frames = [], []
        for c, axes in enumerate(top.subplots(1, len(self.names))):
            self.templates.append(plots.picture(axes, self.names[c]))
            plots.set_picture(self.templates[c], as_template(self.W[c], self.most))
            axes.add_artist(self.templates[c])
            self.frames += axes.plot([0, SIDE, SIDE, 0, 0], [0, 0, SIDE, SIDE, 0], color=style.INK, clip_on=False)
            self.frames[c].set_linewidth(4 * style.current_scale())
        left, right = bottom.subplots(1, 2, width_ratios=[1, 1.5])
        self.picture = plots.picture(left, "The picture, x")
        scores = unroll(self.pictures) @ self.W.T + self.b
        self.bars = _ScoreBars(self, right, self.names, float(np.abs(scores).max()))
        self.moving(*self.frames, self.picture, *left.spines.values())

    def update(self, picture: int, right: int, down: int, hue: float, mirror: bool) -> None:
        shown = self.pictures[picture]
        shown = shift(recolour(flip(shown) if mirror else shown, hue), right, down)
        plots.set_picture(self.picture, shown)
        self.scores = self.W @ unroll(shown) + self.b
        self.bars.set(self.scores)
        for c, frame in enumerate(self.frames):
            frame.set_visible(c in leaders(self.scores))
        self.truth = None if self.y is None else int(self.y[picture])

    def describe(self) -> str:
        truth = "" if self.truth is None else f"; the truth is {self.names[self.truth]}"
        verdict = say_prediction(self.names, self.scores)
        return f"Scores: {say_scores(self.names, self.scores)}. P{verdict[1:]} (framed){truth}."

    def rewind(self) -> None:
        self.bars.rewind()
