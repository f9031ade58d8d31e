"""As lambda grows, L2 shrinks all weights of a polynomial together, and L1 sets one after the other to 0.

Each weight is a path over lambda; rings mark those that are exactly 0.
"""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import plots, style, validate
from lectureutils.figures.regularization.error_curves import lambda_axis, lambda_slider
from lectureutils.figures.regularization.fits import down_to, examples, fits
from lectureutils.figures.shared.words import say_power
from lectureutils.live import LiveFigure, put
from lectureutils.regularized import powers


class PathsFigure(LiveFigure):
    """Show each weight of a polynomial over lambda: shrunk by the L2 penalty, and set to 0 one by one by L1.

    x, y (N,) lie between -1 and 1; all of them are learned from. Slide topic: regularization, R(W).
    """

    size = (700, 370)
    titles = {"L2": "L2: weights shrink", "L1": "L1: weights reach 0 (○)"}
    colors = (*style.CLASS_COLORS, style.INK, style.SKY, style.GREY, "#8c1d40")  # one for each weight
    dashes = ("-", "--", "-.", ":", "-", (0, (6, 1.5, 1, 1.5, 1, 1.5)), "--", "-.", ":")
    lams = 10.0 ** np.linspace(-3.5, 1, 91)

    def __init__(self, x: ArrayLike, y: ArrayLike, degree: int = 6):
        x, self.y, _ = examples(x, y, np.zeros(np.shape(x), bool))
        self.X = powers(x, min(validate.count(degree, "degree"), len(self.dashes)))
        super().__init__(lambda_slider(0.01, self.lams))

    def draw(self, fig: Figure) -> None:
        paths = {kind: fits(self.X, self.y, kind, self.lams)[0] for kind in self.titles}
        reach = 1.1 * max(np.abs(W).max() for W in paths.values()) or 1.0
        self.cursors, self.dots, self.zeros = [], [], []
        for axes, (kind, W) in zip(fig.subplots(1, 2, sharey=True), paths.items(), strict=True):
            axes.set(title=self.titles[kind], ylim=(-reach, reach))
            lambda_axis(axes, self.lams)
            axes.set_xlim(self.lams[0] / (3 + 3 * style.current_scale()), None)
            axes.plot(self.lams[[0, -1]], [0, 0], color=style.INK, linewidth=0.8)
            self._draw_path(axes, W)
            self.cursors.append(axes.axvline(1, color=style.GREY, linestyle=":"))
            self.dots.append(self.dot(axes, "o", style.INK, 5, zorder=5))
            self.zeros.append(self.dot(axes, "o", "white", 6))
        fig.axes[0].set_ylabel("weight")
        self.moving(*self.cursors)

    def _draw_path(self, axes: Axes, W: np.ndarray) -> None:
        """Draw the weights' curves, each with its name beside its beginning, and a thread between the two."""
        _, reach = axes.get_ylim()
        near, far, name_at = self.lams[0] / np.array([1.15, 1.9, 2.1])
        places = plots.spread(W[0], 0.13 * style.current_scale() * reach, -0.95 * reach, 0.95 * reach)
        for j in range(len(places)):
            color, dash = self.colors[j], self.dashes[j]
            axes.plot(self.lams, W[:, j], linestyle=dash, color=color, linewidth=1.8 * style.current_scale())
        for j, place in enumerate(places):
            look = {"color": self.colors[j], "linewidth": 0.8 * style.current_scale()}
            axes.plot([far, near], [place, W[0, j]], **look)
            axes.text(name_at, place, f"w{j + 1}", ha="right", va="center", color=style.readable(self.colors[j]))

    def update(self, lam: float) -> str:
        said = []
        for kind, cursor, dots, zeros in zip(self.titles, self.cursors, self.dots, self.zeros, strict=True):
            w = fits(self.X, self.y, kind, down_to(self.lams, lam))[0][-1]
            cursor.set_xdata([lam, lam])
            put(dots, np.full((w != 0).sum(), lam), w[w != 0])
            put(zeros, np.full((w == 0).sum(), lam), w[w == 0])
            zero = [f"w{j + 1}" for j in np.flatnonzero(w == 0)]
            names = f" ({', '.join(zero)})" if 0 < len(zero) < len(w) else ""
            largest = np.abs(w).max()
            said.append(f"{kind}: {len(zero)} of {len(w)} weights exactly 0{names}, the largest {largest:.3g}")
        return f"λ = {say_power(lam)}. {'. '.join(said)}."
