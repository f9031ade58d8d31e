"""Regularization: data loss + lambda R(W), and what lambda does to a fit, to its weights and to its errors.

All answers are computed exactly: there is no training here. "Held out" are examples that the fit has never seen.
"""

from collections.abc import Mapping

import numpy as np
from matplotlib.figure import Figure

from lectureutils import plots, style
from lectureutils.data import Dataset
from lectureutils.figures.regularization.errors import _ErrorCurves, _lambda_axis, _lambda_slider, _legend_below
from lectureutils.figures.shared.photographs import as_template
from lectureutils.figures.shared.words import say_power
from lectureutils.live import (
    LiveFigure,
    choice,
    presets,
)
from lectureutils.regularized import L2Fits


class TemplatesOverLambdaFigure(LiveFigure):
    """Show the rows of W as pictures, and the accuracy on seen and on held-out pictures, over lambda.

    `splits` maps a name to (training set, test set) of 50 x 50 x 3 pictures. The classifier minimises the L2 loss on
    one-hot targets + lambda sum W^2, exactly. Slide topic: regularization of 7500 weights per class.
    """

    size = (700, 430)
    lams = 10.0 ** np.linspace(-4, 4, 33)

    def __init__(self, splits: Mapping[str, tuple[Dataset, Dataset]], lam: float = 0.001):
        self.splits = dict(splits)
        self.names = next(iter(self.splits.values()))[0].class_names
        self.fits = {name: L2Fits(train.X, np.eye(len(self.names))[train.y]) for name, (train, _) in splits.items()}
        self.curves = {name: np.array([self._accuracies(name, *self.fits[name].at(lam)) for lam in self.lams]).T
                       for name in self.splits}  # fmt: skip
        buttons = {word: {"lam": value} for word, value in (("0.001", 1e-3), ("10", 10.0), ("1000", 1e3))}
        self.lam = _lambda_slider(lam, self.lams)
        super().__init__(choice("split", list(self.splits), label="Held out"), self.lam, presets("λ =", buttons))

    def _accuracies(self, split: str, W: np.ndarray, b: np.ndarray) -> list[float]:
        return [float(((part.X @ W.T + b).argmax(axis=1) == part.y).mean()) for part in self.splits[split]]

    def draw(self, fig: Figure) -> None:
        top, bottom = fig.subfigures(2, 1, height_ratios=[1, 1.35])
        top.suptitle("Rows of W, each λ at its own contrast. Grey is 0", fontsize="medium")
        panels = top.subplots(1, len(self.names))
        self.templates = [plots.picture(axes, name) for axes, name in zip(panels, self.names, strict=True)]
        axes = bottom.subplots()
        axes.set(ylim=(0, 1.04), ylabel="accuracy", title="Right answers, of seen and of held-out pictures")
        axes.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0", "25%", "50%", "75%", "100%"])
        _lambda_axis(axes, self.lams)
        self.errors = _ErrorCurves(self, axes, largest=True, what="right answers")
        self.always = axes.plot(self.lams[[0, -1]], [0, 0], "-.", color=style.GREY, label="always cat")[0]
        _legend_below(bottom, [self.errors.seen, self.errors.new, self.errors.star, self.always])
        spines = [spine for panel in panels for spine in panel.spines.values()]
        self.moving(*self.templates, self.always, *spines)

    def update(self, split: str, lam: float) -> None:
        train, test = self.splits[split]
        W, b = self.fits[split].at(lam)
        most = float(np.quantile(np.abs(W), 0.995)) or 1.0
        for pixels, w in zip(self.templates, W, strict=True):
            plots.set_picture(pixels, as_template(w, most))
        self.most_common = np.bincount(train.y).argmax()
        share = float((test.y == self.most_common).mean())
        self.always.set_ydata([share, share])
        self.errors.set(self.lams, *self.curves[split])
        now = self._accuracies(split, W, b)
        self.errors.point(lam, *now)
        self.now = split, lam, now, float((W**2).sum()), share

    def _best_lams(self) -> str:
        best = self.errors.best
        first, last = (say_power(lam) for lam in self.lams[best[[0, -1]]])
        if len(best) == 1:
            return f"λ = {first}"
        return f"{'every' if best[-1] - best[0] < len(best) else 'some'} λ from {first} to {last}"

    def describe(self) -> str:
        split, lam, (seen, new), R, share = self.now
        return (
            f"{split} held out, λ = {say_power(lam)}: {seen:.0%} of the seen and {new:.0%} of the held-out pictures "
            f"are right (always {self.names[self.most_common]}: {share:.0%}). R(W) = {R:.2g}. Best held out: "
            f"{self.curves[split][1].max():.0%} at {self._best_lams()}."
        )
