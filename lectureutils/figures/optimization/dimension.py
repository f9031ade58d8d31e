"""Two ways to a small loss that need no slope: draw W again and again, or solve for it.

Random search is honest work in a few dimensions and hopeless in thousands. The formula is exact, as long as the
examples pin the weights down.
"""

import numpy as np
from matplotlib.figure import Figure

from lectureutils import style
from lectureutils.live import LiveFigure, log_slider, slider

Array = np.ndarray


class DimensionFigure(LiveFigure):
    """Let random search and gradient descent spend the same budget on a bowl with D unknowns, D from 1 to 7500.

    L(w) = sum_i a_i (w_i - w*_i)^2, shown as a share of L at w = 0. The right values w*_i come from N(0, 1), and so do
    the draws: the search even knows how large the answer is. A step of descent is charged three losses, about what a
    gradient costs. Both curves are computed once, for all D together. Slide topics: random search, gradient descent.
    """

    size = (680, 400)
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
        self.lines = [
            axes.plot([], [], "--", color=style.RED, label="random search, best so far")[0],
            axes.plot([], [], "-", color=style.BLUE, label="gradient descent (3 losses a step)")[0],
        ]
        self.ends = [axes.plot([], [], mark, color=c)[0] for mark, c in (("s", style.RED), ("o", style.BLUE))]
        self.bar = axes.axvline(self.budget_most, color=style.INK, linewidth=1, linestyle=":")
        axes.legend(loc="lower left", fontsize="small")
        self.moving(self.bar, *self.lines, *self.ends)

    def update(self, D: float, budget: int) -> None:
        row = int(np.abs(np.log(self.sizes / D)).argmin())
        self.D, self.budget = int(self.sizes[row]), int(budget)
        steps = self.budget // self.cost
        self.lost = float(self.luck[row, self.budget - 1]), float(self.descent[row, steps])
        across = [np.arange(1, self.budget_most + 1), self.cost * np.arange(len(self.descent[row]))]
        for line, end, x, y, lost in zip(
            self.lines, self.ends, across, (self.luck[row], self.descent[row]), self.lost, strict=True
        ):
            line.set_data(x[x > 0], np.maximum(y[x > 0], self.limits[0]))
            end.set_data([self.budget], [max(lost, self.limits[0])])
        self.bar.set_xdata([self.budget, self.budget])

    def describe(self) -> str:
        luck, descent = self.lost
        verdict = ""
        if luck >= 1:
            verdict = " No draw is better than w = 0: the search would have done better without searching."
        elif luck < descent:
            verdict = " Luck is ahead."
        unknowns = "1 unknown" if self.D == 1 else f"{self.D} unknowns"
        return (
            f"{unknowns}, {self.budget} losses. The best of {self.budget} draws has {luck:.2g} times the loss at "
            f"w = 0; {self.budget // self.cost} steps of gradient descent reach {descent:.2g} times.{verdict}"
        )
