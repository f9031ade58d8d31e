"""Two answers agree when they hold the same numbers in the same shape, up to rounding.

A list counts as the array it spells, an int as the float of the same value. Where two answers disagree, the
functions here say in what, in half a sentence.
"""

import inspect
from collections.abc import Mapping

import numpy as np

from .verdict import one_line

LONGEST = 60  # characters of a value that a one-line message has room for


def mismatch(came: object, expected: object) -> str | None:
    """Say in what `came` differs from `expected` (number, array, tuple, string or dict); None if they agree.

    A tuple that holds arrays is compared part by part. Of a dict only the keys of `expected` are compared.
    Numbers agree within a relative or absolute 1e-5.
    """
    if isinstance(expected, Mapping):
        return _fields_differ(came, expected)
    if isinstance(expected, str):
        same = isinstance(came, str) and came.strip().casefold() == expected.casefold()
        return None if same else f"came {show(came)}, expected {show(expected)}"
    if isinstance(expected, tuple) and any(np.ndim(part) for part in expected):
        return _parts_differ(came, expected)
    numbers, wanted = as_numbers(came), np.asarray(expected, dtype=float)
    if numbers is None:
        return f"came {describe(came)}, expected {describe(expected)}"
    if numbers.shape != wanted.shape:
        return f"wrong shape: came {describe(numbers)}, expected {describe(wanted)}"
    return _values_differ(numbers, wanted)


def _fields_differ(came: object, expected: Mapping) -> str | None:
    if not isinstance(came, Mapping):
        return f"came {describe(came)}, expected a dict with {', '.join(expected)}"
    for key, value in expected.items():
        if key not in came:
            return f"{key} is missing"
        if difference := mismatch(came[key], value):
            return f"{key}: {difference}"
    return None


def _parts_differ(came: object, expected: tuple) -> str | None:
    if not isinstance(came, tuple | list) or len(came) != len(expected):
        return f"came {describe(came)}, expected {len(expected)} values"
    for number, (part, wanted) in enumerate(zip(came, expected, strict=True), start=1):
        if difference := mismatch(part, wanted):
            return f"value {number} of {len(expected)}: {difference}"
    return None


def _values_differ(came: np.ndarray, wanted: np.ndarray) -> str | None:
    same = np.isclose(came, wanted, rtol=1e-5, atol=1e-5, equal_nan=True)
    if same.all():
        return None
    if (np.isnan(came) & ~np.isnan(wanted)).any():
        return f"came NaN (not a number: 0/0, inf - inf?), expected {show(wanted)}"
    if came.size <= 9:
        return f"came {show(came)}, expected {show(wanted)}"
    at = tuple(int(index) for index in np.argwhere(~same)[0])
    return f"entry {list(at)} came {show(came[at])}, expected {show(wanted[at])}"


def as_numbers(value: object) -> np.ndarray | None:
    """Return a number, an array or a list of them as floats; None for anything else."""
    if not isinstance(value, int | float | np.generic | np.ndarray | list | tuple):
        return None
    try:
        array = np.asarray(value)
    except Exception:  # rows of different lengths, or entries that refuse
        return None
    return array.astype(float) if array.dtype.kind in "biuf" else None


def describe(value: object) -> str:
    """Say what kind of thing `value` is: "an array of shape (3, 2)", "a function", "None"."""
    if value is None or value is ...:
        return repr(value)
    if inspect.isclass(value):
        return "a class"
    if inspect.isgenerator(value):
        return "a generator (use return, not yield)"
    if callable(value):
        return "a function"
    numbers = as_numbers(value)
    if numbers is None:
        kind = type(value).__name__
        return {"str": "a string", "list": "a list that makes no array of numbers",
                "tuple": "a tuple that makes no array of numbers"}.get(kind, f"something of type {kind}")
    return f"an array of shape {numbers.shape}" if numbers.ndim else "a single number"


def unfilled(value: object) -> bool:
    """Say whether `value` is None or `...`, or a dict, list or tuple that holds one of them."""
    if isinstance(value, Mapping):
        return any(unfilled(item) for item in value.values())
    if isinstance(value, list | tuple):
        return any(unfilled(item) for item in value)
    return value is None or value is ...


def show(value: object) -> str:
    """Return `value` as short text on one line, numbers with at most four decimals."""
    numbers = as_numbers(value)
    if numbers is not None:
        text = np.array2string(numbers, precision=4, suppress_small=True, separator=", ", threshold=50)
    else:
        text = repr(value) if isinstance(value, str) else describe(value)
    text = one_line(text).replace("[ ", "[").replace(".,", ",").replace(".]", "]").removesuffix(".")
    return text if len(text) <= LONGEST else text[: LONGEST - 3] + "..."
