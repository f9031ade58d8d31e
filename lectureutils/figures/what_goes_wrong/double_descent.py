"""A model that grows: its error falls, rises where it has as many weights as examples, and falls again.

The features are random and fixed, and least squares has a formula, so a whole curve takes no training.
"""

from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure

from lectureutils import style
from lectureutils.data.dataset import Dataset
from lectureutils.live import LiveFigure, Narrow, choice, latest, log_slider, put
from lectureutils.losses import one_hot

Array = np.ndarray
SHARES = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.4, 1.7, 2, 3, 5, 10, 20)


class Sizes(NamedTuple):
    """What models of K features do, K (k,): shares of wrong answers and the length of W, each (runs, k)."""

    K: Array
    seen: Array
    unseen: Array
    length: Array


def fitted(H: Array, Y: Array, lam: float) -> Array:
    """Return the W (K, C) with the smallest 1/n ||H W - Y||^2 + lam ||W||^2; for lam = 0 the shortest of them.

    H is (n, K), Y (n, C). With more columns than rows the smaller of the two systems is solved.
    """
    n, K = H.shape
    if not lam and 2 * n >= K:
        return np.linalg.lstsq(H, Y, rcond=None)[0]
    if n >= K:
        return np.linalg.solve(H.T @ H + n * lam * np.eye(K), H.T @ Y)
    return H.T @ np.linalg.solve(H @ H.T + n * lam * np.eye(n), Y)


class DoubleDescentFigure(LiveFigure):
    """Fit n digits by least squares on K random features max(0, V x), and follow the error past K = n.

    Each run has its own split of the data, its own n examples and its own V. Above: shares of wrong answers; below: the
    length of W. Slide topic: where do errors come from; Belkin and others 2019.
    """

    size = (640, 430)
    narrow = Narrow(540)
    layout = "n / K / lam / reset"
    runs_drawn = 5
    ridges = {"0 (none)": 0.0, "0.001": 1e-3, "0.1": 0.1}

    def __init__(self, data: Dataset, n: int = 100, K: float = 30):
        self.splits = [data.random_split(0.25, seed=seed) for seed in range(self.runs_drawn)]
        self.telling = {"K": n * SHARES[-1]}
        super().__init__(
            choice("n", {str(size): size for size in (n // 2, n, 2 * n)}, n, label="Digits n"),
            log_slider("K", K, n // 2 * SHARES[0], 2 * n * SHARES[-1], label="Features K", form=".0f"),
            choice("lam", self.ridges, label="Ridge lam"),
        )

    @latest
    def curves(self, n: int, lam: float) -> Sizes:
        """Fit models of all sizes in all runs."""
        K = np.unique(np.round(np.multiply(SHARES, n)).astype(int))
        found = []
        for seed, (train, test) in enumerate(self.splits):
            rng = np.random.default_rng(seed)
            part, V = train.take(rng.permutation(len(train))[:n]), rng.normal(size=(K[-1], train.X.shape[1]))
            H, T = (np.maximum((some.X - train.X.mean(axis=0)) @ V.T, 0) for some in (part, test))
            Y = one_hot(part.y, len(train.class_names))
            for size in K:
                W = fitted(H[:, :size], Y, lam)
                wrong = [np.mean((A[:, :size] @ W).argmax(axis=1) != some.y) for A, some in ((H, part), (T, test))]
                found.append((*wrong, np.linalg.norm(W)))
        seen, unseen, length = np.reshape(found, (self.runs_drawn, len(K), 3)).transpose(2, 0, 1)
        return Sizes(K, seen, unseen, length)

    def draw(self, fig: Figure) -> None:
        self.errors, self.lengths = fig.subplots(2, 1, sharex=True, height_ratios=[1.7, 1])
        self.errors.set(xscale="log", xlim=(2, 5000), ylim=(0, 1), ylabel="share of wrong answers")
        self.errors.set_title("Larger and larger models of the same digits")
        self.lengths.set(yscale="log", ylim=(0.05, 200), xlabel="features K", ylabel="length of W")
        pale = style.faint(style.HELD_OUT)
        self.each = [self.curve(self.errors, pale, linewidth=0.9, zorder=2) for _ in range(self.runs_drawn)]
        self.seen = self.curve(self.errors, style.SEEN, "--", label="seen digits")
        self.unseen = self.curve(self.errors, style.HELD_OUT, marker="o", label="unseen digits, mean of 5 runs")
        self.length = self.curve(self.lengths, style.GREY, marker="o")
        if self.is_narrow:
            fig.legend(handles=[self.seen, self.unseen], loc="outside lower left")
        else:
            self.errors.legend(loc="upper right")
        looks = {"color": style.INK, "linestyle": ":", "linewidth": 1}
        self.walls = [axes.axvline(1, **looks) for axes in (self.errors, self.lengths)]
        self.wall_name = self.errors.text(1, 0.93, "", ha="right", fontsize=style.size(style.SMALL))
        self.moving(*self.walls, self.wall_name)
        self.here = self.handle(self.dot(self.errors, "D", style.AMBER, 10, zorder=7), x="K")

    def update(self, n: int, K: float, lam: float) -> str:
        sizes = self.curves(n, lam)
        at = int(np.abs(np.log(sizes.K / K)).argmin())
        for curve, run in zip(self.each, sizes.unseen, strict=True):
            put(curve, sizes.K, run)
        mean = sizes.unseen.mean(axis=0)
        put(self.unseen, sizes.K, mean)
        put(self.seen, sizes.K, sizes.seen.mean(axis=0))
        put(self.length, sizes.K, sizes.length.mean(axis=0))
        put(self.here, K, np.interp(np.log(K), np.log(sizes.K), mean))
        for wall in self.walls:
            wall.set_xdata([n, n])
        self.wall_name.set(text=f"K = n = {n} ", x=n)
        runs = sizes.unseen[:, at]
        best = int(mean.argmin())
        return (
            f"{n} digits, {sizes.K[at]} features, lam = {lam:g}: wrong on {sizes.seen[:, at].mean():.0%} of the seen "
            f"and {mean[at]:.0%} of the unseen digits (mean of {len(runs)} runs, from {runs.min():.0%} to "
            f"{runs.max():.0%}); W is {sizes.length[:, at].mean():.2g} long. The best of all sizes: "
            f"{sizes.K[best]}, wrong on {mean[best]:.0%}."
        )
