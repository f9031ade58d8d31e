"""Measure one slope: take a tiny step in one weight, and divide the change of the loss by it.

The lecture's slides do it with three habits that cost digits; each can be left out.
"""

from typing import NamedTuple

import numpy as np

from lectureutils import validate
from lectureutils.figures.optimization.norm_loss import norm_loss

Array = np.ndarray
ALL_DIGITS = 16  # from here on, losses are kept as they are


def cut(values: Array, digits: int = 3) -> Array:
    """Drop the digits after the given one, without rounding: 0.4165 becomes 0.416."""
    # Rounding first mends what binary numbers do to 0.118 * 1000; the 9 digits it keeps are more than any slide has.
    return np.trunc(np.round(np.asarray(values) * 10**digits, 9)) / 10**digits


class Measured(NamedTuple):
    """One measured entry: the weights (C, D) after the step, both scores (C,), both losses and the slope."""

    W: Array
    scores: Array
    base: float
    stepped: float
    slope: float


def measure(
    W: Array,
    x: Array,
    y_star: Array,
    index: tuple[int, int],
    h: float,
    *,
    digits: int = ALL_DIGITS,
    cut_base: bool = False,
    leave_steps: bool = False,
) -> Measured:
    """Measure dL/dW at one index as the slides do: (L(W + h) - L(W)) / h, with the slides' three habits on request.

    Losses keep `digits` decimals; `cut_base` cuts the scores of L(W) after three digits; `leave_steps` leaves the
    steps at all earlier entries in. Slide topic: numerical gradient.
    """
    flat = int(np.ravel_multi_index(index, W.shape))
    stepped = W.copy()
    stepped.flat[slice(0 if leave_steps else flat, flat + 1)] += h
    scores = W @ x
    base = norm_loss(cut(scores) if cut_base else scores, y_star)
    after = norm_loss(stepped @ x, y_star)
    if digits < ALL_DIGITS:
        base, after = np.round([base, after], digits)
    return Measured(stepped, stepped @ x, float(base), float(after), float((after - base) / h))


def example(W: Array, x: Array, y_star: Array) -> tuple[Array, Array, Array]:
    """Return W (C, D), x (D,) and y_star (C,) as floats that fit each other."""
    W = validate.numbers(W, "W", "C D")
    return W, validate.numbers(x, "x", f"{W.shape[1]}"), validate.numbers(y_star, "y_star", f"{len(W)}")
