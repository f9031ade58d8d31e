"""Two ways to a small loss that need no slope: draw W again and again, or solve for it.

Random search is honest work in a few dimensions and hopeless in thousands. The formula is exact, as long as the
examples pin the weights down.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lectureutils import plots, style, validate
from lectureutils.data.dataset import Dataset
from lectureutils.figures.scores import say_scores
from lectureutils.live import LiveFigure, Player, actions, choice, log_slider, slider
from lectureutils.losses import one_hot
from lectureutils.optim import least_squares

Array = np.ndarray


class RandomSearchFigure(LiveFigure):
    """Draw W at random, one at a time or by the thousand; keep the best, and count how often which loss comes.

    `loss` takes W (C, D) and returns one number; `known` are draws to begin with, by name. New weights come from a
    normal distribution around 0. Slide topic: random search.
    """

    size = (700, 400)
    edges = np.linspace(0, 4, 81)
    coarse = np.linspace(0, 4, 21)

    def __init__(
        self,
        loss: Callable[[Array], float],
        x: Array,
        y_star: Array,
        known: Mapping[str, Array],
        class_names: Sequence[str],
        seed: int = 0,
    ):
        self.loss, self.x, self.y_star = loss, validate.numbers(x, "x", "D"), validate.numbers(y_star, "y_star", "C")
        shape = f"{len(self.y_star)} {len(self.x)}"
        self.known = {name: validate.numbers(W, f"known[{name!r}]", shape) for name, W in known.items()}
        self.names, self.seed, self.spread = tuple(class_names), seed, None
        if not self.known:
            raise ValueError("known: got no draw, expected at least one. Give for example known={'V1': V1}.")
        spread = log_slider("spread", 0.2, 0.05, 1.0, label="Spread")
        many = actions(Draw_10="draw_10", Draw_1000="draw_1000")
        super().__init__(spread, Player(), many)

    def draw(self, fig: Figure) -> None:
        grid = fig.add_gridspec(2, 2, width_ratios=[1, 1.25])
        table, side, right = fig.add_subplot(grid[0, 0]), fig.add_subplot(grid[1, 0]), fig.add_subplot(grid[:, 1])
        table.set_title("The last draw of W", pad=22 * style.current_scale())
        _, self.numbers = plots.cells(table, self.names, [f"x[{j}]" for j in range(len(self.x))])
        self.bars = plots.class_bars(side, self.names, -2, 2)
        side.plot(self.y_star, np.arange(len(self.names)), "D", color=style.INK, zorder=5)
        side.set(xlabel="score (◆ wanted, y*)", title="Its scores")
        self._draw_histogram(right)
        self.moving(self.numbers, *self.bars, *side.lines, self.histogram, self.outlook, *self.marks)
        self.moving(self.last, self.best)

    def _draw_histogram(self, axes: Axes) -> None:
        bins = len(self.edges) - 1
        self.histogram = axes.stairs(np.zeros(bins), self.edges, fill=True, color=style.pale(style.BLUE, 0.5))
        zeros = np.zeros(len(self.coarse) - 1)
        self.outlook = axes.stairs(zeros, self.coarse, color=style.GREY, linestyle="--", label="to be expected")
        axes.set(xlim=(0, self.edges[-1]), ylim=(0, 1.25), xlabel="L(W)", yticks=[], title="How often which loss?")
        axes.set_ylabel("number of draws, highest bar = 1")
        self.last = axes.plot([], [], ":", color=style.INK, label="last draw")[0]
        self.best = axes.plot([], [], "-", color=style.GREEN, label="★ best so far")[0]
        self.marks = []
        for name, W in self.known.items():
            self.marks += axes.plot([self.loss(W)], [0.03], "^", color=style.RED, markeredgecolor="white", zorder=4)
            self.marks.append(axes.text(self.loss(W) + 0.06, 0.02, name, zorder=4))
        axes.legend(loc="upper right", fontsize="small", ncols=2)

    def update(self, spread: float) -> None:
        if spread != self.spread:  # losses of another spread don't belong into this histogram
            self.spread = spread
            self.rewind()
            others = spread * np.random.default_rng(self.seed + 1).standard_normal((500, *self.W.shape))
            self.outlook.set_data(self._heights(np.array([self.loss(W) for W in others]), self.coarse))
        self.histogram.set_data(self._heights(self.losses, self.edges))
        self.scores = self.W @ self.x
        self.numbers.set_texts([f"{w:.2f}" for w in (np.round(self.W, 2) + 0.0).flat])
        plots.set_bars(self.bars, np.clip(self.scores, -2, 2))
        for line, value in ((self.last, self.losses[-1]), (self.best, self.losses[self.winner])):
            line.set_data([min(value, self.edges[-1])] * 2, [0, 1.08])

    @staticmethod
    def _heights(losses: Array, edges: Array) -> Array:
        """Count the losses in bins, the last of which takes everything beyond; the fullest has the height 1."""
        counts = np.histogram(np.clip(losses, 0, edges[-1] - 1e-9), edges)[0]
        return counts / counts.max()

    def describe(self) -> str:
        n, last = len(self.losses), self.losses[-1]
        name = next((f" ({name})" for name, W in self.known.items() if np.array_equal(W, self.W)), "")
        return (
            f"Draw {n}{name}: scores {say_scores(self.names, self.scores, 4)}; L = {last:.4f}. Best of {n} draws: "
            f"number {self.winner + 1} with L = {self.losses[self.winner]:.4f}. Half of the draws are above "
            f"{np.median(self.losses):.2f}. New weights have the standard deviation {self.spread:.2f}."
        )

    def rewind(self) -> None:
        """Go back to the known draws."""
        self.rng = np.random.default_rng(self.seed)
        self.losses, self.winner = np.array([self.loss(W) for W in self.known.values()]), 0
        self.W = list(self.known.values())[-1]
        self.winner = int(self.losses.argmin())

    def draw_more(self, count: int) -> None:
        """Draw W `count` times more."""
        draws = self.spread * self.rng.standard_normal((count, *self.W.shape))
        self.losses = np.append(self.losses, [self.loss(W) for W in draws])
        self.W, self.winner = draws[-1], int(self.losses.argmin())

    def draw_10(self) -> None:
        """Draw W ten times."""
        self.draw_more(10)

    def draw_1000(self) -> None:
        """Draw W a thousand times."""
        self.draw_more(1000)

    def advance(self) -> bool:
        self.draw_more(1)
        return True


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


class LeastSquaresFigure(LiveFigure):
    """Solve least squares with n examples and the ridge lam, and see what X^T X is like and how good W is.

    `sets` names pairs (train, test) of data sets. Left: the eigenvalues of X^T X, the column of ones included; a zero
    among them means that there is no inverse. Right: accuracy against n. Slide topic: analytic solution.
    """

    size = (700, 370)
    ridges = {"0 (none)": 0.0, "0.0001": 1e-4, "0.01": 1e-2, "0.1": 0.1, "1": 1.0}
    floor = 1e-17  # eigenvalues are drawn down to this share of the largest

    def __init__(self, sets: Mapping[str, tuple[Dataset, Dataset]], start: float = 1):
        self.sets = dict(sets)
        self.solved = {name: self._solve(train, test) for name, (train, test) in self.sets.items()}
        self.most = max(len(train) for train, _ in self.sets.values())
        super().__init__(
            choice("data", list(self.sets), label="Data"),
            log_slider("n", start, 1, self.most, label="Examples n", form=".0f"),
            choice("lam", self.ridges, label="Ridge lam"),
        )

    def _solve(self, train: Dataset, test: Dataset) -> dict:
        """Return for each n: the eigenvalues, and for each lam the rank, the largest weight and both accuracies."""
        order = np.random.default_rng(0).permutation(len(train))
        D, solved = train.X.shape[1], {}
        steps = np.geomspace(1, len(train), 15).round().astype(int)
        for n in np.unique([*steps, D // 2, D, D + 1, min(2 * D, len(train))]):
            part = train.take(order[:n])
            A = np.column_stack([part.X, np.ones(n)])
            squares = np.zeros(D + 1)
            squares[: min(n, D + 1)] = np.linalg.svd(A, compute_uv=False) ** 2  # more exact than those of A.T @ A
            ridge = n * np.diag([1.0] * D + [0.0])
            lifted = {lam: np.linalg.eigvalsh(A.T @ A + lam * ridge)[::-1] for lam in self.ridges.values() if lam}
            targets = one_hot(part.y, len(train.class_names))
            fits = {lam: self._judge(part, test, targets, lam) for lam in self.ridges.values()}
            solved[int(n)] = {0.0: squares, **lifted}, fits
        return solved

    @staticmethod
    def _judge(train: Dataset, test: Dataset, targets: Array, lam: float) -> tuple[int, float, float, float]:
        fit = least_squares(train.X, targets, lam=lam)
        right = [np.mean((part.X @ fit.W.T + fit.b).argmax(axis=1) == part.y) for part in (train, test)]
        return fit.rank, float(np.abs(fit.W).max()), float(right[0]), float(right[1])

    def draw(self, fig: Figure) -> None:
        left, right = fig.subplots(1, 2)
        self.eigenvalues = left.plot([], [], "o", color=style.BLUE, label="X^T X")[0]
        self.lifted = left.plot([], [], "x", color=style.RED, label="with the ridge")[0]
        columns = max(train.X.shape[1] for train, _ in self.sets.values()) + 1
        left.set(xscale="log", yscale="log", xlim=(0.9, columns * 1.2), ylim=(1e-17, 10))
        left.set(xlabel="number of the eigenvalue", ylabel="eigenvalue / largest", title="Is there an inverse?")
        left.axhspan(1e-17, 1e-14, color=style.PALE, zorder=0)
        left.text(1, 3e-16, "zero, up to rounding", va="center")
        left.legend(loc="center left", fontsize="small")
        self.curves = [
            right.plot([], [], dash, color=color, label=label)[0]
            for dash, color, label in (("--", style.GREY, "seen examples"), ("-o", style.BLUE, "unseen examples"))
        ]
        self.here = right.axvline(1, color=style.INK, linestyle=":", linewidth=1)
        right.set(xscale="log", xlim=(0.9, self.most * 1.1), ylim=(0, 1.03), xlabel="examples n")
        right.set(ylabel="accuracy", title="Is the answer any good?")
        right.legend(loc="lower right", fontsize="small")
        self.moving(self.eigenvalues, self.lifted, *self.curves, self.here)

    def update(self, data: str, n: float, lam: float) -> None:
        solved, self.lam = self.solved[data], lam
        counts = np.array(list(solved))
        self.n = int(counts[np.abs(np.log(counts / n)).argmin()])
        values, fits = solved[self.n]
        self.columns, self.fit = len(values[0.0]), fits[lam]
        numbers = np.arange(1, self.columns + 1)
        self.eigenvalues.set_data(numbers, np.maximum(values[0.0] / values[0.0][0], self.floor))
        self.lifted.set_data(numbers if lam else [], values[lam] / values[0.0][0] if lam else [])
        for curve, which in zip(self.curves, (2, 3), strict=True):
            curve.set_data(counts, [fits[lam][which] for _, fits in solved.values()])
        self.here.set_xdata([self.n, self.n])

    def describe(self) -> str:
        rank, largest, seen, unseen = self.fit
        if rank < self.columns:
            inverse = (
                f"X^T X is {self.columns} x {self.columns} but has rank {rank}: no inverse, infinitely many best W; "
                f"this is the shortest"
            )
        else:
            lifted = "lifted " if self.lam else ""
            inverse = f"all {self.columns} eigenvalues are {lifted}above zero: one best W"
        examples = "1 example" if self.n == 1 else f"{self.n} examples"
        return (
            f"{examples}, lam = {self.lam:g}: {inverse}. Largest weight {largest:.3g}; right on {seen:.1%} of the "
            f"seen and {unseen:.1%} of the unseen examples."
        )
