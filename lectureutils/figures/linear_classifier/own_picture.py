"""The classifier looks at a picture of the reader's: whatever it is, one of the classes gets the highest score.

The picture never leaves the reader's computer but for the 50 x 50 pixels that the classifier sees.
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import plots
from lectureutils.data import load_emoji, over_white, unroll
from lectureutils.figures.linear_classifier.score_bars import ScoreBars, picture_classifier
from lectureutils.figures.shared.photographs import as_pictures
from lectureutils.figures.shared.verdicts import say_answer
from lectureutils.live import LiveFigure
from lectureutils.live.upload import upload


class OwnPictureFigure(LiveFigure):
    """Show what the classifier W (C, 7500), b (C,) makes of a picture of the reader's.

    Before there is one, it shows `sample`, one picture as `as_pictures` takes it; without it, an emoji.
    """

    size = (640, 300)

    def __init__(self, W: ArrayLike, b: ArrayLike, class_names: Sequence[str], sample: ArrayLike | None = None):
        self.W, self.b, self.names = picture_classifier(W, b, class_names)
        self.sample = as_pictures(np.asarray(load_emoji().images[0] if sample is None else sample)[None])[0]
        self.upload = upload("picture", "Choose your own picture")
        super().__init__(self.upload)

    def draw(self, fig: Figure) -> None:
        left, right = fig.subplots(1, 2, width_ratios=[1, 1.5])
        self.picture = plots.picture(left, "What it sees")
        self.moving(self.picture)
        self.bars = ScoreBars(self, right, self.names, float(np.abs(self.W @ unroll(self.sample) + self.b).max()))

    def update(self, picture: np.ndarray | None) -> str:
        shown = self.sample if picture is None else over_white(picture)
        scores = self.W @ unroll(shown) + self.b
        plots.set_picture(self.picture, shown)
        self.bars.set(scores)
        says = f"{say_answer(self.names, scores)}."
        if self.upload.problem:
            return f"{self.upload.problem} Meanwhile, a sample: {says}"
        if picture is None:
            return f"This is a sample. Choose a picture, or drop one on the dashed frame. Scores: {says}"
        return f"{self.upload.file}: {says}"

    def rewind(self) -> None:
        self.bars.rewind()
