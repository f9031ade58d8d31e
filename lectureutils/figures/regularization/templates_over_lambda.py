"""With few pictures and 7500 weights for each class, a classifier learns its training pictures by heart.

Lambda wipes the noise off its templates; how much of it is good, only pictures that it has not seen can say.
"""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lectureutils import plots, style
from lectureutils.data import Dataset
from lectureutils.figures.regularization.error_curves import ErrorCurves, lambda_axis, lambda_slider, legend_below
from lectureutils.figures.shared.photographs import as_template
from lectureutils.figures.shared.words import say_power
from lectureutils.live import LiveFigure, Narrow, choice, presets, put
from lectureutils.regularized import L2Fits


class TemplatesOverLambdaFigure(LiveFigure):
    """Show the rows of W as pictures, and the accuracy on seen and on held-out pictures, over lambda.

    `splits` maps a name to (training set, test set) of 50 x 50 x 3 pictures. The classifier minimises the L2 loss on
    one-hot targets + lambda sum W^2, exactly. Slide topic: regularization of 7500 weights per class.
    """

    telling = {"lam": 1000.0}
    size = (700, 430)
    narrow = Narrow(430, (1, 2.6), (5, 1))
    lams = 10.0 ** np.linspace(-4, 4, 33)

    def __init__(self, splits: Mapping[str, tuple[Dataset, Dataset]], lam: float = 0.001):
        self.splits = dict(splits)
        self.names = next(iter(self.splits.values()))[0].class_names
        self.fits = {name: L2Fits(train.X, np.eye(len(self.names))[train.y]) for name, (train, _) in splits.items()}
        self.shares = {name: np.array([self._right(name, lam) for lam in self.lams]).T for name in splits}
        buttons = {word: {"lam": value} for word, value in (("0.001", 1e-3), ("10", 10.0), ("1000", 1e3))}
        split = choice("split", list(self.splits), label="Held out")
        super().__init__(split, lambda_slider(lam, self.lams), presets("λ =", buttons))

    def _right(self, split: str, lam: float) -> list[float]:
        """Return the shares of seen and of held-out pictures that are right."""
        W, b = self.fits[split].at(lam)
        return [float(((part.X @ W.T + b).argmax(axis=1) == part.y).mean()) for part in self.splits[split]]

    def draw(self, fig: Figure) -> None:
        top, bottom = fig.subfigures(2, 1, height_ratios=[1, 1.35])
        top.suptitle("Rows of W, each λ at its own contrast. Grey is 0", x=0.008, ha="left")
        panels = top.subplots(1, len(self.names))
        self.templates = [plots.picture(axes, name) for axes, name in zip(panels, self.names, strict=True)]
        for axes, name in zip(panels, self.names, strict=True):
            axes.set_title(name, fontsize=style.size(), fontweight="normal")
        self.moving(*self.templates)
        self._draw_shares(bottom.subplots())
        legend_below(bottom, [self.errors.seen, self.errors.new, self.errors.star, self.always], self.is_narrow)

    def _draw_shares(self, axes: Axes) -> None:
        axes.set(ylim=(0, 1.04), ylabel="accuracy", title="Right answers, of seen and of held-out pictures")
        axes.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0", "25%", "50%", "75%", "100%"])
        lambda_axis(axes, self.lams)
        self.errors = ErrorCurves(self, axes, largest=True, what="right answers")
        self.always = self.curve(axes, style.GREY, "-.", label="always cat")

    def update(self, split: str, lam: float) -> str:
        train, test = self.splits[split]
        W, _ = self.fits[split].at(lam)
        most = float(np.quantile(np.abs(W), 0.995)) or 1.0
        for pixels, w in zip(self.templates, W, strict=True):
            plots.set_picture(pixels, as_template(w, most))
        most_common = np.bincount(train.y).argmax()
        share = float((test.y == most_common).mean())
        put(self.always, self.lams[[0, -1]], [share, share])
        best = self.errors.set(self.lams, *self.shares[split])
        seen, new = self._right(split, lam)
        self.errors.point(lam, seen, new)
        return (
            f"{split} held out, λ = {say_power(lam)}: {seen:.0%} of the seen and {new:.0%} of the held-out pictures "
            f"are right (always {self.names[most_common]}: {share:.0%}). R(W) = {(W**2).sum():.2g}. Best held out: "
            f"{self.shares[split][1].max():.0%} at {self._say_lams(best)}."
        )

    def _say_lams(self, best: np.ndarray) -> str:
        first, last = (say_power(lam) for lam in best[[0, -1]])
        if len(best) == 1:
            return f"λ = {first}"
        between = np.sum((self.lams >= best[0]) & (self.lams <= best[-1]))
        return f"{'every' if len(best) == between else 'some'} λ from {first} to {last}"
