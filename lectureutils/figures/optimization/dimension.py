"""Random search is honest work in a few dimensions and hopeless in thousands.

The same budget of losses goes to luck and to gradient descent, with as many unknowns as the reader likes.
"""

import numpy as np
from matplotlib.figure import Figure

from lectureutils import style
from lectureutils.figures.shared.words import counted
from lectureutils.live import LiveFigure, Narrow, log_slider, put, slider

Array = np.ndarray


class DimensionFigure(LiveFigure):
    """Let random search and gradient descent spend the same budget on a bowl with D unknowns, D from 1 to 7500.

    L(w) = sum_i a_i (w_i - w*_i)^2, shown as a share of L at w = 0. The right values w*_i come from N(0, 1), and so do
    the draws: the search even knows how large the answer is. A step of descent is charged three losses, about what a
    gradient costs. Both curves are computed once, for all D together. Slide topics: random search, gradient descent.
    """

    telling = {"D": 7500}
    size = (680, 400)
    narrow = Narrow(330)
    cost = 3  # losses that a gradient costs
    limits = (1e-6, 10.0)

    def __init__(self, budget: int = 900, largest: int = 7500, seed: int = 0):
        self.budget_most = budget
        self.sizes = np.unique([12, 100, *np.geomspace(1, largest, 34).round().astype(int)])
        rng = np.random.default_rng(seed)
        self.right = rng.standard_normal(largest)
        self.slopes = np.exp(rng.uniform(np.log(0.003), 0, largest))
        self.right[0], self.slopes[0] = 1.0, 0.01
        self.start = np.cumsum(self.slopes * self.right**2)[self.sizes - 1]
        self.luck, self.descent = self._search(rng), self._descend()
        dimension = log_slider("D", 12, 1, largest, label="Unknowns D", form=".0f")
        super().__init__(dimension, slider("budget", budget, 30, budget, 30, label="Budget"))

    def _search(self, rng: np.random.Generator) -> Array:
        """Return the best loss after each draw, as a share of the start, for each D: (sizes, budget)."""
        total, curves = np.zeros(self.budget_most), []
        for low, high, start in zip([0, *self.sizes], self.sizes, self.start, strict=False):
            draws = rng.standard_normal((high - low, self.budget_most), dtype=np.float32)
            draws -= self.right[low:high, None]
            total = total + self.slopes[low:high] @ (draws * draws)
            curves.append(np.minimum.accumulate(total / start))
        return np.array(curves)

    def _descend(self) -> Array:
        """Return the loss after each step w -= dw / 2 from w = 0, as a share of the start: (sizes, steps + 1)."""
        missing, curves = self.right.copy(), []
        for _ in range(self.budget_most // self.cost + 1):
            curves.append(np.cumsum(self.slopes * missing**2)[self.sizes - 1] / self.start)
            missing *= 1 - self.slopes
        return np.array(curves).T

    def draw(self, fig: Figure) -> None:
        axes = fig.subplots()
        axes.set(xscale="log", yscale="log", xlim=(1, self.budget_most * 1.15), ylim=self.limits)
        axes.set(xlabel="losses computed", ylabel="L / L at w = 0", title="The same budget for luck and for descent")
        axes.axhline(1, color=style.GREY, linewidth=1)
        axes.text(1.1, 0.8, "L at w = 0", va="top", color=style.GREY)
        self.bar = axes.axvline(self.budget_most, color=style.INK, linewidth=1, linestyle=":")
        self.moving(self.bar)
        self.lines, self.ends = [], []
        for label, color, dash, mark in (
            ("random search, best so far", style.RED, "--", "s"),
            ("gradient descent (3 losses a step)", style.BLUE, "-", "o"),
        ):
            self.lines.append(self.curve(axes, color, dash, label=label))
            self.ends.append(self.curve(axes, color, "none", marker=mark))
        axes.legend(loc="lower left")

    def update(self, D: float, budget: int) -> str:
        row, steps = int(np.abs(np.log(self.sizes / D)).argmin()), budget // self.cost
        luck, descent = self.luck[row], self.descent[row]
        put(self.lines[0], np.arange(1, len(luck) + 1), np.maximum(luck, self.limits[0]))
        put(self.lines[1], self.cost * np.arange(1, len(descent)), np.maximum(descent[1:], self.limits[0]))
        lost = luck[budget - 1], descent[steps]
        for end, loss in zip(self.ends, lost, strict=True):
            put(end, budget, max(loss, self.limits[0]))
        self.bar.set_xdata([budget, budget])
        return (
            f"{counted(self.sizes[row], 'unknown')}, {budget} losses. The best of {budget} draws has {lost[0]:.2g} "
            f"times the loss at w = 0; {steps} steps of gradient descent reach {lost[1]:.2g} times.{verdict(*lost)}"
        )


def verdict(luck: float, descent: float) -> str:
    """Say when luck does something remarkable."""
    if luck >= 1:
        return " No draw is better than w = 0: the search would have done better without searching."
    return " Luck is ahead." if luck < descent else ""
