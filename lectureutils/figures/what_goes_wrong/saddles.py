"""Where the slope is zero, is it a minimum? Curvatures drawn at random say how that depends on the dimension.

A place with slope zero is a minimum if all eigenvalues of its curvature, a symmetric matrix, are above zero, and a
saddle if some are below.
"""

import functools
import math

import numpy as np
from matplotlib.figure import Figure

from lectureutils import style
from lectureutils.figures.shared.words import counted
from lectureutils.live import LiveFigure, Narrow, log_slider, put, slider

Array = np.ndarray


def curvatures(n: int, count: int, seed: int) -> Array:
    """Draw symmetric matrices of normal numbers, (count, n, n), and return their eigenvalues in order, (count, n).

    Divided by the root of n, so that they stay within about -1.5 ... 1.5 whatever n is.
    """
    A = np.random.default_rng(seed).standard_normal((count, n, n))
    return np.linalg.eigvalsh((A + A.transpose(0, 2, 1)) / (2 * math.sqrt(n)))


@functools.cache
def counted_minima(most: int, count: int) -> tuple[int, ...]:
    """Count for n = 1 ... most how many of so many random curvatures are those of a minimum."""
    return tuple(int((curvatures(n, count, n)[:, 0] > 0).sum()) for n in range(1, most + 1))


class SaddlesFigure(LiveFigure):
    """Count how many places with slope zero are minima, by dimension, and walk down from beside one of them.

    Left: the share of random curvatures without a negative eigenvalue. Right, for one draw: its eigenvalues, and the
    loss of a descent that starts a little beside the saddle. Slide topic: local minima; Dauphin and others 2014.
    """

    size = (700, 410)
    narrow = Narrow(680)
    layout = "n / draw beside / reset"
    count = 20_000  # matrices for each dimension
    most = 7  # the largest dimension that is counted
    steps = 200
    rate = 0.1
    telling = {"n": 10}

    def __init__(self):
        super().__init__(
            slider("n", 2, 1, 50, 1, label="Dimensions n"),
            slider("draw", 1, 1, 20, 1, label="Draw"),
            log_slider("beside", 1e-3, 1e-6, 0.1, label="Beside it"),
        )

    def draw(self, fig: Figure) -> None:
        grid = fig.add_gridspec(2, 2, height_ratios=[1, 1.35])
        self.shares, self.line, self.loss = (fig.add_subplot(at) for at in (grid[:, 0], grid[0, 1], grid[1, 1]))
        numbers, found = np.arange(1, self.most + 1), np.array(counted_minima(self.most, self.count))
        floor = 0.5 / self.count
        self.shares.set(yscale="log", xlim=(0.5, self.most + 0.5), ylim=(floor, 1.5), xlabel="dimensions n")
        self.shares.set_title("How many are minima?")
        self.shares.set_ylabel("share of minima")
        self.shares.plot(numbers[found > 0], found[found > 0] / self.count, "o-", color=style.BLUE, label="counted")
        none = numbers[found == 0]
        self.shares.plot(none, np.full(len(none), 1.6 * floor), "v", color=style.GREY, label=f"none of {self.count}")
        self.shares.plot(numbers, 0.5**numbers, "--", color=style.GREY, label="if each were a coin: 1 / 2ⁿ")
        self.shares.legend(loc="upper right")
        self.at = self.shares.axvline(1, color=style.INK, linestyle=":", linewidth=1)
        self.moving(self.at)
        self.line.set(xlim=(-1.8, 1.8), ylim=(-1, 1), yticks=[], xlabel="curvature (eigenvalue)")
        self.line.set_title("One draw: ▲ up, ▼ down")
        self.line.axvline(0, color=style.GREY, linewidth=1)
        self.up = self.curve(self.line, style.BLUE, "none", marker="^")
        self.down = self.curve(self.line, style.RED, "none", marker="v")
        self.loss.set(xlim=(0, self.steps), ylim=(-0.25, 0.35), xlabel="step", ylabel="loss")
        self.loss.set_title("Downhill from beside it")
        self.loss.axhline(0, color=style.PALE, linewidth=1)
        self.fall = self.curve(self.loss, style.RED)
        self.left = self.dot(self.loss, "D", style.AMBER, 9)

    def walk(self, values: Array, beside: float) -> Array:
        """Return the loss sum of values e^2 / 2 over the steps, (steps + 1,).

        Each e starts at 1 / root of n along a direction that goes up, and at `beside` along one that goes down.
        """
        e = np.where(values < 0, beside, 1 / math.sqrt(len(values)))
        shrinking = (1 - self.rate * values) ** np.arange(self.steps + 1)[:, None]
        return np.maximum((values * (e * shrinking) ** 2).sum(axis=1) / 2, -10)

    def update(self, n: int, draw: int, beside: float) -> str:
        values = curvatures(n, 1, 1000 * n + draw)[0]
        heights = np.where(np.arange(n) % 2, 0.3, -0.3)
        put(self.up, values[values > 0], heights[values > 0])
        put(self.down, values[values <= 0], heights[values <= 0])
        self.at.set_xdata([min(n, self.most + 0.4)] * 2)
        losses = self.walk(values, beside)
        put(self.fall, np.arange(len(losses)), losses)
        gone = np.flatnonzero(losses < -0.05)
        put(self.left, *((gone[0], losses[gone[0]]) if len(gone) else ([], [])))
        below = int((values < 0).sum())
        share = (
            f" {counted_minima(self.most, self.count)[n - 1]} of {self.count} draws are minima."
            if n <= self.most
            else ""
        )
        kind = "a minimum" if not below else "a maximum" if below == n else "a saddle"
        return (
            f"{counted(n, 'dimension')}, draw {draw}: {below} of {n} curvatures go down, {kind}.{share} "
            f"{self.say(losses, below, gone)}"
        )

    def say(self, losses: Array, below: int, gone: Array) -> str:
        """Say how the descent went."""
        if not below:
            return "The descent stays."
        if len(gone):
            return f"The descent is well below the saddle at step {gone[0]}."
        return f"After {self.steps} steps the descent is still beside the saddle, at loss {losses[-1]:.2g}."
