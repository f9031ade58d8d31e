"""Regularization: data loss + lambda R(W), and what lambda does to a fit, to its weights and to its errors.

All answers are computed exactly: there is no training here. "Held out" are examples that the fit has never seen.
"""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import plots, style, validate
from lectureutils.figures.regularization.errors import _down_to, _examples, _lambda_axis, _lambda_slider, fits
from lectureutils.figures.shared.words import say_power
from lectureutils.live import (
    LiveFigure,
)
from lectureutils.regularized import powers


class PathsFigure(LiveFigure):
    """Show each weight of a polynomial over lambda: shrunk by the L2 penalty, and set to 0 one by one by L1.

    x, y (N,) lie between -1 and 1; all of them are learned from. Slide topic: regularization, R(W).
    """

    size = (700, 370)
    dashes = ("-", "--", "-.", ":", "-", "--", "-.", ":", "-")
    lams = 10.0 ** np.linspace(-3.5, 1, 91)

    def __init__(self, x: ArrayLike, y: ArrayLike, degree: int = 6):
        x, self.y, _ = _examples(x, y, np.zeros(np.shape(x), bool))
        self.degree = min(validate.count(degree, "degree"), len(self.dashes))
        self.X = powers(x, self.degree)
        self.paths = {kind: fits(self.X, self.y, kind, self.lams)[0] for kind in ("L2", "L1")}
        super().__init__(_lambda_slider(0.01, self.lams))

    def draw(self, fig: Figure) -> None:
        both = fig.subplots(1, 2, sharey=True)
        reach = 1.1 * max(np.abs(W).max() for W in self.paths.values()) or 1.0
        self.cursors, self.dots, self.zeros = [], [], []
        for axes, (kind, W) in zip(both, self.paths.items(), strict=True):
            axes.set(title={"L2": "L2: weights shrink", "L1": "L1: weights reach 0 (○)"}[kind], ylim=(-reach, reach))
            _lambda_axis(axes, self.lams)
            axes.set_xlim(self.lams[0] / 6, None)
            axes.plot(self.lams[[0, -1]], [0, 0], color=style.INK, linewidth=0.8)
            self._draw_path(axes, W)
            self.cursors.append(axes.axvline(1, color=style.GREY, linestyle=":"))
            self.dots.append(axes.plot([], [], "o", color=style.INK, markersize=5 * style.current_scale(), zorder=5)[0])
            self.zeros.append(axes.plot([], [], "o", color="white", markeredgecolor=style.INK, zorder=6)[0])
        both[0].set_ylabel("weight")
        self.moving(*self.cursors, *self.dots, *self.zeros)

    def _draw_path(self, axes: Axes, W: np.ndarray) -> None:
        _, reach = axes.get_ylim()
        places = plots.spread(W[0], 0.13 * reach, -reach, reach)
        for j, place in enumerate(places):
            color, dash = style.CLASS_COLORS[j % 5], self.dashes[j]
            axes.plot(self.lams, W[:, j], dash, color=color, linewidth=1.6 * style.current_scale())
            axes.annotate(
                f"w{j + 1}", (self.lams[0], place), (-4, 0), textcoords="offset points", ha="right", va="center",
                color=style.INK,
            )  # fmt: skip

    def update(self, lam: float) -> None:
        self.lam = lam
        down_to = _down_to(self.lams, lam)
        self.W = {kind: fits(self.X, self.y, kind, down_to)[0][-1] for kind in self.paths}
        for cursor, dots, zeros, w in zip(self.cursors, self.dots, self.zeros, self.W.values(), strict=True):
            cursor.set_xdata([lam, lam])
            dots.set_data(np.full((w != 0).sum(), lam), w[w != 0])
            zeros.set_data(np.full((w == 0).sum(), lam), w[w == 0])

    def describe(self) -> str:
        said = []
        for kind, w in self.W.items():
            zero = [f"w{j + 1}" for j in np.flatnonzero(w == 0)]
            names = f" ({', '.join(zero)})" if zero and len(zero) < self.degree else ""
            largest = np.abs(w).max()
            said.append(f"{kind}: {len(zero)} of {self.degree} weights exactly 0{names}, the largest {largest:.3g}")
        return f"λ = {say_power(self.lam)}. {'. '.join(said)}."
