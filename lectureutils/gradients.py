"""A gradient can be measured: nudge one weight, see how the loss answers, put the weight back.

Measuring needs one or two losses per weight, far too slow for learning. But it needs no algebra, which makes
it the second witness for every gradient that was derived by hand.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from lectureutils import validate

Array = np.ndarray


def numerical_gradient(f: Callable[[Array], float], W: ArrayLike, h: float = 1e-5, central: bool = True) -> Array:
    """Measure df/dW entry by entry; the result has the shape of W.

    Central: (f(W + h) - f(W - h)) / 2h, with an error that shrinks like h^2. With `central=False` one-sided,
    as on the slides (h = 0.001): (f(W + h) - f(W)) / h, with an error that shrinks like h. Round-off takes
    over below about 1e-5 (central) or 1e-8 (one-sided). At a kink, the central difference is the mean of
    both slopes.

    f takes W and returns one number. W is nudged in place and put back, also when f raises, so f may as well
    read W from a model that holds it; a read-only W or a list is copied first, and then f must use its
    argument. Raises ValueError if W is not float64, h is not positive, or f does not return one finite
    number. Slide topic: numerical gradient.
    """
    W, h = _steppable(W), validate.at_least(h, "h", above=True)
    gradient = np.empty(W.shape)
    base = 0.0 if central else _value(f, W, "at W")
    for index in np.ndindex(W.shape):
        ahead = _value_nudged(f, W, index, h)
        behind = _value_nudged(f, W, index, -h) if central else base
        gradient[index] = (ahead - behind) / (2 * h if central else h)
    return gradient


def relative_error(a: ArrayLike, b: ArrayLike) -> Array:
    """Return |a - b| / max(|a|, |b|) entry by entry, 0 where both are 0.

    1e-7 means that seven digits agree; 1 and more mean that one is 0 or the signs differ. Raises ValueError
    if the shapes differ or an entry is not finite.
    """
    a, b = validate.numbers(a, "a"), validate.numbers(b, "b")
    validate.same_shape(a, b, "a", "b")
    scale = np.maximum(np.abs(a), np.abs(b))
    return np.abs(a - b) / np.where(scale == 0, 1, scale)


@dataclass(frozen=True)
class GradientCheck:
    """The verdict of `check_gradient`: true if all entries agree, and both numbers of the worst entry."""

    ok: bool
    index: tuple[int, ...]
    analytic: float
    numeric: float
    relative_error: float

    def __bool__(self) -> bool:
        return self.ok

    def __str__(self) -> str:
        verdict = "The gradients agree" if self.ok else "The gradients differ"
        where = f"dW[{', '.join(map(str, self.index))}]"
        return (
            f"{verdict}. Worst entry {where}: yours {self.analytic:.8g}, measured {self.numeric:.8g}, "
            f"relative error {self.relative_error:.1e}."
        )

    __repr__ = __str__


def check_gradient(
    f: Callable[[Array], float], W: ArrayLike, dW: ArrayLike, h: float = 1e-5, tolerance: float = 1e-5
) -> GradientCheck:
    """Compare a derived gradient dW with the measured one (central differences).

    An entry passes if both differ by at most `tolerance` times the larger, plus the round-off that measuring
    adds: 2e-15 / h for each unit of |f|. Print the result to see both numbers of the worst entry; it is true
    if all pass. W, f and errors are as in `numerical_gradient`; dW must have the shape of W. Raises ValueError, too,
    where the round-off is above a thousandth of the largest slope: what was measured would say nothing.
    """
    dW, W = validate.numbers(dW, "dW"), _steppable(W)
    validate.same_shape(W, dW, "W", "dW")
    numeric = numerical_gradient(f, W, h)
    round_off = 2e-15 / h * max(1.0, abs(_value(f, W, "at W")))
    largest = max(1.0, np.abs(dW).max(), np.abs(numeric).max())
    if round_off > 1e-3 * largest:
        raise ValueError(
            f"f: got a value so large that rounding moves a measured slope by {round_off:g}, expected "
            f"less than a thousandth of the slopes, {largest:g} at most. Leave out of f what does not "
            "depend on W, or choose a larger h."
        )
    allowed = round_off + tolerance * np.maximum(np.abs(dW), np.abs(numeric))
    excess = np.abs(dW - numeric) / allowed
    worst = tuple(int(i) for i in np.unravel_index(excess.argmax(), excess.shape))
    a, n = float(dW[worst]), float(numeric[worst])
    return GradientCheck(bool(excess[worst] <= 1), worst, a, n, float(relative_error(a, n)))


def _steppable(W: ArrayLike) -> Array:
    array = np.asarray(W)
    if array.dtype.kind in "iub":
        raise ValueError(
            f"W: got dtype {array.dtype}, expected float64. Adding h = 0.001 to an integer "
            "changes nothing, so every slope would be 0. Use W.astype(float)."
        )
    if array.dtype.kind == "f" and array.dtype != np.float64:
        raise ValueError(
            f"W: got dtype {array.dtype}, expected float64. With so few digits, round-off hides "
            f"what a small step does. Use W.astype(float)."
        )
    validate.numbers(array, "W")
    return array if array.flags.writeable else array.copy()


def _value_nudged(f: Callable[[Array], float], W: Array, index: tuple[int, ...], h: float) -> float:
    old = W[index]
    if np.spacing(abs(old)) > abs(h) / 1000:
        raise ValueError(
            f"h: got {abs(h):g} for W[{', '.join(map(str, index))}] = {old:g}, expected a step that is "
            f"not lost in rounding. Choose h near {1e-5 * abs(old):.0e}, or measure W in larger units."
        )
    W[index] = old + h
    try:
        return _value(f, W, f"with {h:+g} at W[{', '.join(map(str, index))}]")
    finally:
        W[index] = old


def _value(f: Callable[[Array], float], W: Array, where: str) -> float:
    value = validate.one_number(f(W), "f", f" {where}")
    if not np.isfinite(value):
        raise ValueError(f"f: got {value} {where}, expected a finite number. Check W for values that overflow.")
    return value
