"""Least squares can be solved by a formula, as long as the examples pin the weights down.

The eigenvalues of X^T X tell whether they do, the accuracy on unseen examples whether the answer is any good.
"""

from collections.abc import Mapping

import numpy as np
from matplotlib.figure import Figure

from lectureutils import style
from lectureutils.data.dataset import Dataset
from lectureutils.figures.shared.words import counted
from lectureutils.live import LiveFigure, choice, log_slider, put
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
        self.eigenvalues = self.curve(left, style.BLUE, "none", marker="o", label="X^T X")
        self.lifted = self.curve(left, style.RED, "none", marker="x", label="with the ridge")
        columns = max(train.X.shape[1] for train, _ in self.sets.values()) + 1
        left.set(xscale="log", yscale="log", xlim=(0.9, columns * 1.2), ylim=(1e-17, 10))
        left.set(xlabel="number of the eigenvalue", ylabel="eigenvalue / largest", title="Is there an inverse?")
        left.axhspan(1e-17, 1e-14, color=style.PALE, zorder=0)
        left.text(1, 3e-16, "zero, up to rounding", va="center")
        left.legend(loc="center left")
        seen = self.curve(right, style.GREY, "--", label="seen examples")
        self.curves = [seen, self.curve(right, style.BLUE, marker="o", label="unseen examples")]
        self.here = right.axvline(1, color=style.INK, linestyle=":", linewidth=1)
        self.moving(self.here)
        right.set(xscale="log", xlim=(0.9, self.most * 1.1), ylim=(0, 1.03), xlabel="examples n")
        right.set(ylabel="accuracy", title="Is the answer any good?")
        right.legend(loc="lower right")

    def update(self, data: str, n: float, lam: float) -> str:
        solved = self.solved[data]
        counts = np.array(list(solved))
        n = int(counts[np.abs(np.log(counts / n)).argmin()])
        values, fits = solved[n]
        numbers, largest = np.arange(1, len(values[0.0]) + 1), values[0.0][0]
        put(self.eigenvalues, numbers, np.maximum(values[0.0] / largest, self.floor))
        put(self.lifted, *((numbers, values[lam] / largest) if lam else ([], [])))
        for curve, which in zip(self.curves, (2, 3), strict=True):
            put(curve, counts, [fits[lam][which] for _, fits in solved.values()])
        self.here.set_xdata([n, n])
        rank, weight, seen, unseen = fits[lam]
        return (
            f"{counted(n, 'example')}, lam = {lam:g}: {say_inverse(rank, len(numbers), lam)}. Largest weight "
            f"{weight:.3g}; right on {seen:.1%} of the seen and {unseen:.1%} of the unseen examples."
        )


def say_inverse(rank: int, columns: int, lam: float) -> str:
    """Say whether the matrix has an inverse, and what that means for W."""
    if rank < columns:
        return (
            f"X^T X is {columns} x {columns} but has rank {rank}: no inverse, infinitely many best W; "
            f"this is the shortest"
        )
    return f"all {columns} eigenvalues are {'lifted ' if lam else ''}above zero: one best W"
