"""The reader's own engine trains the notebook's network: its losses stand on those of the package's arrays, or do not.

A second, dashed training forgets to set gradients to 0 between its steps.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import blame, style, validate
from lectureutils.autodiff import Tensor, affine
from lectureutils.figures.backprop_through_layers.small_network import checked
from lectureutils.figures.shared.words import counted, four_digits
from lectureutils.live import LiveFigure, Player, choice, put, slider

Array = np.ndarray
Own = Callable[[float, int], "list[float] | None"]
STEPS, RATES = 100, {"0.01": 0.01, "0.05": 0.05, "0.2": 0.2}
LOW, HIGH = 1e-5, 10.0  # of the losses that are drawn; below them is room for the legend, on a phone, too
EVERY = 4  # steps, a mark on the reader's losses
FLOOR, CEILING = -1.9, 2.5  # of the scores
SHAPES = {"animal": "o", "machine": "s"}


class Training(NamedTuple):
    """The losses before each step and after the last, (STEPS + 1,), and the scores there, (STEPS + 1, 3, 2)."""

    losses: Array
    scores: Array


def train(arrays: list[Array], X: Array, Y: Array, learning_rate: float, *, zeroed: bool = True) -> Training:
    """Train W, b, U, c on three examples by the package's engine; without `zeroed`, gradients of all steps add up."""
    values, losses, scores = [Tensor(array) for array in arrays], [], []
    for _ in range(STEPS + 1):
        S = affine(affine(X, values[0], values[1]).relu(), values[2], values[3])
        loss = ((S - Y) * (S - Y)).sum() * (1 / len(X))
        losses.append(float(loss.data))
        scores.append(S.data)
        for value in values if zeroed else ():
            value.zero_grad()
        loss.backward()
        for value in values:
            assert value.grad is not None
            value.data = value.data - learning_rate * value.grad
    return Training(np.array(losses), np.array(scores))


class OwnEngineFigure(LiveFigure):
    """Train the network of notebook 09 with the reader's engine and with the package's, and compare their losses.

    `own(learning_rate, steps)` gives the losses before each step, or None while it is not written. X (3, 4) are the
    examples, Y (3, 2) what their two scores should be; W (3, 4), b (3,), U (2, 3) and c (2,) are the start.
    Slide topic: training a network.
    """

    size = (700, 400)
    layout = "player reset / k / rate"

    def __init__(self, own: Own, X: ArrayLike, Y: ArrayLike, W: ArrayLike, b: ArrayLike, U: ArrayLike, c: ArrayLike):
        validate.callable_(own, "own", "own(learning_rate, steps)")
        self.own = own
        self.X, self.Y = validate.numbers(X, "X", "3 4"), validate.numbers(Y, "Y", "3 2")
        self.start = list(checked(W=W, b=b, U=U, c=c).values())
        self.telling = {"k": STEPS}
        self.known: dict[str, tuple[Training, Training, Array, str]] = {}
        super().__init__(
            slider("k", 0, 0, STEPS, 1, label="Steps"),
            choice("rate", list(RATES), "0.05", label="Learning rate"),
            Player(60, "k"),
        )

    def draw(self, fig: Figure) -> None:
        left, right = fig.subplots(1, 2, width_ratios=[1.25, 1])
        left.set(xlim=(-2, STEPS + 2), ylim=(LOW, HIGH), yscale="log", xlabel="steps", ylabel="loss")
        left.set_yticks([0.0001, 0.001, 0.01, 0.1, 1, 10], ["0.0001", "0.001", "0.01", "0.1", "1", "10"])
        left.minorticks_off()
        left.set_title("Losses of three trainings")
        small = 10 * style.SMALL * style.current_scale()
        self.arrays = self.curve(left, style.BLUE, linewidth=2, label="the package's arrays")
        self.never = self.curve(left, style.GREY, "--", linewidth=1.5, label="gradients never set to 0")
        hollow = {"markerfacecolor": "none", "markeredgewidth": 1.3}
        self.mine = self.dot(
            left, "o", style.RED, 7, **hollow, markeredgecolor=style.RED, label="your engine", zorder=4
        )
        left.legend(loc="lower left", fontsize=small)
        right.set(xlim=(-0.6, 2.6), ylim=(FLOOR, CEILING), ylabel="score", title="Scores (hollow: wanted)")
        right.set_xticks(range(3), ["x1", "x2", "x3"])
        self.misses = self.curve(right, style.GREY, linewidth=1.5)
        self.wanted = [self.dot(right, mark, style.INK, 10, **hollow) for mark in SHAPES.values()]
        self.said = [self.dot(right, mark, style.BLUE, 6, label=name, zorder=4) for name, mark in SHAPES.items()]
        right.legend(loc="lower right", ncols=2, fontsize=small)

    def update(self, k: int, rate: str) -> str:
        arrays, never, mine, trouble = self._trained(rate)
        steps = np.arange(k + 1)
        for line, losses in ((self.arrays, arrays.losses), (self.never, never.losses)):
            put(line, steps, np.clip(losses[: k + 1], 1.02 * LOW, 0.98 * HIGH))
        put(self.mine, steps[::EVERY], np.clip(mine[: k + 1 : EVERY], LOW, HIGH))
        self._mark(arrays.scores[k])
        told = f"{counted(k, 'step')} of {rate}: loss {four_digits(arrays.losses[k])} with arrays, "
        return f"{told}{four_digits(never.losses[k])} with gradients that are never set to 0. {trouble}"

    def _mark(self, scores: Array) -> None:
        """Put the six scores beside what is wanted, joined by their misses."""
        joined = []
        for j, shift in enumerate((-0.18, 0.18)):
            places, inside = np.arange(3) + shift, np.clip(scores[:, j], FLOOR + 0.05, CEILING - 0.05)
            put(self.wanted[j], places, self.Y[:, j])
            put(self.said[j], places, inside)
            for x, wanted, score in zip(places, self.Y[:, j], inside, strict=True):
                joined += [(x, wanted), (x, score), (np.nan, np.nan)]
        put(self.misses, np.array(joined))

    def _trained(self, rate: str) -> tuple[Training, Training, Array, str]:
        """Return two trainings, the reader's losses (NaN where there are none), and what to say of them."""
        if rate not in self.known:
            arrays = train(self.start, self.X, self.Y, RATES[rate])
            never = train(self.start, self.X, self.Y, RATES[rate], zeroed=False)
            losses, trouble = self._own_losses(RATES[rate])
            self.known[rate] = arrays, never, losses, trouble or compared(losses, arrays, never)
        return self.known[rate]

    def _own_losses(self, learning_rate: float) -> tuple[Array, str]:
        nothing = np.full(STEPS + 1, np.nan)
        try:
            with np.errstate(all="ignore"):
                answer = self.own(learning_rate, STEPS + 1)
        except Exception as error:  # the reader's own error, told here with its line
            said = blame.sentence(error, "your engine")
            return nothing, said[0].upper() + said[1:].replace("`", '"') + "."
        if answer is None:
            return nothing, "Your engine is not finished yet."
        try:
            losses = np.asarray(answer, dtype=float)
        except (TypeError, ValueError):
            return nothing, "Your training gave no list of numbers."
        if losses.shape != nothing.shape:
            return nothing, f"Your training gave losses of shape {losses.shape}, expected ({STEPS + 1},)."
        return losses, ""


def compared(mine: Array, arrays: Training, never: Training) -> str:
    """Say whether the reader's losses are those of the arrays, or from which step on they are not."""
    same = np.isclose(mine, arrays.losses, rtol=1e-9, atol=1e-12)
    if same.all():
        return "Your engine has the same losses, in all steps."
    if np.allclose(mine, never.losses, rtol=1e-6):
        return "Your engine has the losses of the dashed line: it never sets its gradients to 0."
    first = int(np.argmin(same))
    both = f"{four_digits(mine[first])} instead of {four_digits(arrays.losses[first])}"
    return f"Your engine goes another way from step {first} on: {both}."
