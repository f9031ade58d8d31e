"""Two ways to a small loss that need no slope: draw W again and again, or solve for it.

Random search is honest work in a few dimensions and hopeless in thousands. The formula is exact, as long as the
examples pin the weights down.
"""

from collections.abc import Mapping

import numpy as np
from matplotlib.figure import Figure

from lectureutils import style
from lectureutils.data.dataset import Dataset
from lectureutils.live import LiveFigure, choice, log_slider
from lectureutils.losses import one_hot
from lectureutils.optim import least_squares

Array = np.ndarray


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
