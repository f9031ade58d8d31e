"""A shape mistake is cheapest at the door.

Every function of this package that takes arrays from a reader looks at them here first. A refusal is a
`ValueError` of three parts: what came, what was expected, and how to mend it.
"""

import math
from functools import cache

import numpy as np
from numpy.typing import ArrayLike

Array = np.ndarray


def numbers(value: ArrayLike, name: str, axes: str | None = None) -> Array:
    """Return `value` as an array of finite floats.

    `axes` names the expected axes, such as "N C" for a matrix; a number among them, as in "3 4", is the size of that
    axis; None takes any shape. Integers become float64, floating types stay what they are. Raises ValueError for
    anything else.
    """
    array = _as_array(value, name)
    if array.dtype.kind not in "iuf":
        raise ValueError(
            f"{name}: got {_what(array)}, expected real numbers. Convert it first, for example "
            f"np.asarray({name}, dtype=float)."
        )
    if axes is not None:
        _check_axes(array, name, axes)
    if array.size == 0:
        raise ValueError(
            f"{name}: got {_what(array)}, which holds no number at all, expected at least one. "
            f"Check the selection that made it."
        )
    array = array if array.dtype.kind == "f" else array.astype(float)
    _check_finite(array, name)
    return array


def labels(y: ArrayLike, n_classes: int | None = None, n_examples: int | None = None) -> Array:
    """Return `y` as an array (N,) of class indices 0 ... n_classes - 1 (None: any from 0 on).

    Raises ValueError for one-hot rows, floats, indices out of range, or a number of labels that is not
    `n_examples`.
    """
    y = _as_array(y, "y")
    if y.ndim != 1:
        hint = "One label is np.array([label])." if y.ndim == 0 else "From one-hot rows: y.argmax(axis=1)."
        raise ValueError(f"y: got {_what(y)}, expected one class index per example, shape (N,). {hint}")
    if y.size == 0 or y.dtype.kind not in "iu":
        raise ValueError(
            f"y: got {_what(y)}, expected at least one integer class index. "
            f"Whole numbers of another type: y.astype(int)."
        )
    outside = y < 0 if n_classes is None else (y < 0) | (y >= n_classes)
    if np.count_nonzero(outside):
        bad = np.flatnonzero(outside)
        wanted = "0 or more" if n_classes is None else f"0 ... {n_classes - 1} for {n_classes} classes"
        raise ValueError(
            f"y: got the label y[{bad[0]}] = {y[bad[0]]}, expected {wanted}. Labels count from "
            "0 and stand for columns of the scores."
        )
    if n_examples is not None and len(y) != n_examples:
        raise ValueError(
            f"y: got {len(y)} labels for {n_examples} examples, expected as many as there are "
            "rows. Select the same rows from both."
        )
    return countable(y)


def countable(whole: Array) -> Array:
    """Return whole numbers in a type that `np.bincount` takes: where Python has 32 bits, it refuses those of 64."""
    return whole if np.can_cast(whole.dtype, np.intp) else whole.astype(np.intp)


def scores_and_labels(scores: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    """Return scores (N, C) as floats and labels (N,) that fit them."""
    scores = numbers(scores, "scores", "N C")
    return scores, labels(y, scores.shape[1], len(scores))


def linear(X: ArrayLike, W: ArrayLike, b: ArrayLike | None = None) -> tuple[Array, Array, Array]:
    """Return X (N, D), W (C, D) and b (C,) as floats that fit each other; without b, zeros."""
    X, W = numbers(X, "X", "N D"), numbers(W, "W", "C D")
    if X.shape[1] != W.shape[1]:
        hint = "W looks transposed: W.T." if X.shape[1] == W.shape[0] else "Both count the same inputs D."
        raise ValueError(
            f"X and W: got shapes {X.shape} and {W.shape}, expected (N, D) and (C, D) with the same D. {hint}"
        )
    b = np.zeros(len(W), W.dtype) if b is None else numbers(b, "b", "C")
    if len(b) != len(W):
        raise ValueError(
            f"b: got shape {b.shape} for W of shape {W.shape}, expected ({len(W)},). "
            f"Each class, a row of W, has one bias."
        )
    return X, W, b


def same_shape(a: Array, b: Array, name_a: str, name_b: str) -> None:
    """Raise ValueError unless both arrays have the same shape."""
    if np.shape(a) != np.shape(b):
        raise ValueError(
            f"{name_b}: got shape {np.shape(b)}, expected {np.shape(a)}, the shape of {name_a}. "
            f"A gradient has one entry for each entry of what it belongs to."
        )


def real(value: ArrayLike, name: str) -> Array:
    """Return `value` as an array of floats that need not be finite: a run may end in NaN, and say so itself."""
    if isinstance(value, Array) and value.dtype.kind == "f":
        return value
    array = _as_array(value, name)
    if array.dtype.kind not in "iuf":
        raise ValueError(
            f"{name}: got {_what(array)}, expected real numbers. Convert it first, for example "
            f"np.asarray({name}, dtype=float)."
        )
    return array if array.dtype.kind == "f" else array.astype(float)


def rows(value: ArrayLike, name: str) -> Array:
    """Return `value` as an array with one row, of any kind, for each example."""
    array = _as_array(value, name)
    if array.ndim == 0 or array.dtype.kind == "O":
        raise ValueError(
            f"{name}: got {_what(array)}, expected an array with one row for each example. A table of "
            "mixed columns: choose those with numbers first."
        )
    return array


def one_number(value: ArrayLike | None, name: str, where: str = "") -> float:
    """Return what a function of one result has given as a float, which need not be finite.

    `where` says for which input, such as " at W". Raises ValueError for anything but a real number.
    """
    if isinstance(value, tuple):
        raise ValueError(
            f"{name}: got a tuple of {len(value)}{where}, expected one number. A loss of this package "
            f"returns (loss, gradient): use {name} = lambda W: loss(W)[0]."
        )
    if value is None:
        raise ValueError(
            f"{name}: got None{where}, expected one number. A function gives back what stands after return."
        )
    if np.ndim(value) != 0:
        raise ValueError(
            f"{name}: got an array of shape {np.shape(value)}{where}, expected one number. Sum it or average it."
        )
    return float(real(value, name))


def callable_(value: object, name: str, example: str) -> None:
    """Raise ValueError unless `value` is a function; `example` is one that would do."""
    if not callable(value):
        raise ValueError(
            f"{name}: got {value!r:.60}, expected a function. Pass for example {name}={example}, without "
            "quotes or brackets."
        )


def at_least(value: float, name: str, low: float = 0.0, above: bool = False) -> float:
    """Return `value` as a finite float not below `low` (above it, when `above` is set)."""
    number = numbers(value, name, "")
    if number < low or (above and number == low):
        raise ValueError(
            f"{name}: got {value}, expected a number {'above' if above else 'of at least'} "
            f"{low:g}. Choose a larger {name}."
        )
    return float(number)


def count(value: int, name: str, low: int = 1) -> int:
    """Return `value` as an int not below `low`."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < low:
        raise ValueError(
            f"{name}: got {value!r}, expected a whole number of at least {low}. A float becomes one by int({name})."
        )
    return int(value)


def _as_array(value: ArrayLike, name: str) -> Array:
    try:
        return np.asarray(value)
    except ValueError as error:
        raise ValueError(
            f"{name}: got rows of different lengths, expected a full array. Give each row the same number of entries."
        ) from error


@cache
def _asked(axes: str) -> tuple[int, list[tuple[int, int]]]:
    # How many axes, and which of them has to have which size.
    names = axes.split()
    return len(names), [(place, int(axis)) for place, axis in enumerate(names) if axis.isdigit()]


def _check_axes(array: Array, name: str, wanted_axes: str) -> None:
    ndim, sizes = _asked(wanted_axes)
    if array.ndim == ndim and all(array.shape[place] == size for place, size in sizes):
        return
    axes = wanted_axes.split()
    wanted = f"({', '.join(axes)}{',' if len(axes) == 1 else ''})" if axes else "a single number"
    hint = f"Look at {name}.shape."
    if array.ndim == len(axes) - 1:
        batch_of_one = f"A single row becomes a batch of one by {name}[None, :]."
        hint = batch_of_one if array.ndim else f"[{name}] makes it one."
    elif array.ndim > len(axes) == 1:
        hint = f"{name}.ravel() makes it flat."
    elif array.ndim > len(axes) == 2:
        hint = f"{name}.reshape(len({name}), -1) unrolls each example into a row."
    raise ValueError(f"{name}: got {_what(array)}, expected {'shape ' if axes else ''}{wanted}. {hint}")


def _check_finite(array: Array, name: str) -> None:
    # The sum of squares is quick and finite only if every entry is; that of huge ones may overflow.
    if math.isfinite(np.vdot(array, array)) or np.isfinite(array).all():
        return
    bad = np.argwhere(~np.isfinite(array))
    where = f"[{', '.join(map(str, bad[0]))}]" if array.ndim else ""
    raise ValueError(
        f"{name}: got {name}{where} = {array[tuple(bad[0])]} in {_what(array)} ({len(bad)} of "
        f"{array.size} not finite), expected finite numbers. Look for a division by zero, a "
        "missing value or a learning rate that is too large."
    )


def _what(array: Array) -> str:
    if array.ndim == 0 and array.dtype.kind not in "iuf":
        return f"{array.item()!r} of dtype {array.dtype}"
    return f"an array of shape {array.shape} and dtype {array.dtype}"
