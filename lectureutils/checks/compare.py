"""Two answers agree when they hold the same numbers in the same shape, up to rounding.

A list counts as the array it spells, an int as the float of the same value. Where two answers disagree, the
functions here say in what, in half a sentence.
"""

import inspect
import re
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from .verdict import one_line

CLOSE = 1e-5  # numbers that agree within this share of them, or this much, are the same
SIZES = frozenset("NCDHKMT")  # (N, D) is a shape
NUMERIC = (int, float, complex, np.generic, np.ndarray, list, tuple)  # what may hold numbers
FILLED = {int, float, str}  # the types of most entries: no need to look into them
Words = Callable[[], str]
LONGEST = 60  # characters of a value that a one-line message has room for


def mismatch(came: object, expected: object, tolerance: float = CLOSE, names: Sequence[str] = ()) -> str | None:
    """Say in what `came` differs from `expected` (number, array, tuple, string or dict); None if they agree.

    A tuple that holds arrays is compared part by part, with a tuple, a list or an array of all parts; `names` are their
    names. Of a dict only the keys of `expected` are compared. Numbers agree within a relative or absolute `tolerance`.
    """
    words = _differ(came, expected, tolerance, names)
    return None if words is None else words()


def alike(came: object, expected: object, tolerance: float = CLOSE) -> bool:
    """Say whether `came` agrees with `expected`, as `mismatch` does, but without words and quickly."""
    return _differ(came, expected, tolerance, ()) is None


def _differ(came: object, expected: object, tolerance: float, names: Sequence[str]) -> Words | None:
    """Return what says in what two answers differ; None if they agree. To find the words takes longest, so it waits."""
    if isinstance(expected, Mapping):
        return _fields_differ(came, expected, tolerance)
    if isinstance(expected, str):
        same = isinstance(came, str) and came.strip().casefold() == expected.casefold()
        return None if same else lambda: f"came {show(came)}, expected {show(expected)}"
    if isinstance(expected, tuple):
        if isinstance(came, tuple | list) and len(came) != len(expected):
            return lambda: f"came {count(len(came), 'value')}, expected {_several(expected, names)}"
        if any(np.ndim(part) for part in expected):
            return _parts_differ(came, expected, tolerance, names)
    numbers, wanted = _as_compared(came), _as_compared(expected)
    if numbers is None or wanted is None or np.iscomplexobj(numbers) != np.iscomplexobj(wanted):
        return lambda: f"came {describe(came)}, expected {describe(expected)}"
    if numbers.shape != wanted.shape:
        return lambda: f"wrong shape: came {describe(numbers)}, expected {describe(wanted)}"
    if (numbers == wanted).all():  # most often they do
        return None
    same = close(numbers, wanted, tolerance)
    return None if same.all() else lambda: _values_differ(numbers, wanted, same)


def close(came: np.ndarray, wanted: np.ndarray, tolerance: float = CLOSE) -> np.ndarray:
    """Say entry by entry whether two arrays agree within a relative or absolute tolerance; NaN agrees with NaN."""
    with np.errstate(all="ignore"):
        near = np.abs(came - wanted) <= tolerance * (1 + np.abs(wanted))
        return near & np.isfinite(wanted) | (came == wanted) | np.isnan(came) & np.isnan(wanted)


def _fields_differ(came: object, expected: Mapping, tolerance: float) -> Words | None:
    if not isinstance(came, Mapping):
        return lambda: f"came {describe(came)}, expected a dict with {', '.join(expected)}"
    for key, value in expected.items():
        if key not in came:
            return lambda: f"{key} is missing"
        if difference := _differ(came[key], value, tolerance, ()):
            return lambda: f"{key}: {difference()}"
    return None


def _parts_differ(came: object, expected: tuple, tolerance: float, names: Sequence[str]) -> Words | None:
    if isinstance(came, np.ndarray) and came.shape == (len(expected), *np.shape(expected[0])):
        came = list(came)  # parts of one shape, stacked
    if not isinstance(came, tuple | list):
        return lambda: f"came {describe(came)}, expected {_several(expected, names)}"
    for number, (part, wanted) in enumerate(zip(came, expected, strict=True)):
        if difference := _differ(part, wanted, tolerance, ()):
            return lambda: f"{part_name(number, len(expected), names)}: {difference()}"
    return None


def _several(expected: tuple, names: Sequence[str]) -> str:
    return f"{len(expected)} values" + (f": ({', '.join(names)})" if names else "")


def part_name(number: int, of: int, names: Sequence[str] = ()) -> str:
    """Return how a part of a tuple is called: by its name, or "value 2 of 4"."""
    return names[number] if names else f"value {number + 1} of {of}"


def part_names(value: object, text: str) -> tuple[str, ...]:
    """Return the names that `text` gives the parts of a tuple, as in "return (W, b)"; none if it gives none."""
    if not isinstance(value, tuple):
        return ()
    for found in re.findall(r"\((\w+(?:, \w+)+)\)", text):
        names = tuple(found.split(", "))
        if len(names) == len(value) and not SIZES.issuperset(names) and not any(name.isdigit() for name in names):
            return names
    return ()


def _values_differ(came: np.ndarray, wanted: np.ndarray, same: np.ndarray) -> str:
    if (np.isnan(came) & ~np.isnan(wanted)).any():
        return f"came NaN (not a number: 0/0, inf - inf?), expected {show(wanted)}"
    if came.size <= 9 and "..." not in (sentence := _versus(came, wanted)):
        return sentence
    at = tuple(int(index) for index in np.argwhere(~same)[0])
    return f"entry {list(at)} {_versus(came[at], wanted[at])}"


def _versus(came: object, wanted: object) -> str:
    """Say what came and what was expected, with as many digits as it takes to tell them apart."""
    for digits in (4, 6, 8, 12, 16):
        sides = show(came, digits), show(wanted, digits)
        if sides[0] != sides[1]:
            break
    return f"came {sides[0]}, expected {sides[1]}"


def count(number: int, thing: str) -> str:
    """Return a number of things in words: "1 value", "3 values"."""
    return f"{number} {thing}" + ("" if number == 1 else "s")


def as_numbers(value: object) -> np.ndarray | None:
    """Return a number, an array or a list of them as floats; None for anything else."""
    array = _as_array(value)
    return array.astype(float) if array is not None and array.dtype.kind in "biuf" else None


def _as_compared(value: object) -> np.ndarray | None:
    """Return numbers as floats, or complex ones as they are: a wrong variant may come to them, as (-8) ** 0.5 does."""
    numbers = as_numbers(value)
    return _complex(value) if numbers is None else numbers


def _complex(value: object) -> np.ndarray | None:
    array = _as_array(value)
    return array if array is not None and array.dtype.kind == "c" else None


def _as_array(value: object) -> np.ndarray | None:
    if not isinstance(value, NUMERIC):
        return None
    try:
        return np.asarray(value)
    except Exception:  # rows of different lengths, or entries that refuse
        return None


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
    if numbers is None and (array := _complex(value)) is not None:
        what = f"complex numbers of shape {array.shape}" if array.ndim else "a complex number"
        return f"{what} (a root or a power of something negative?)"
    if numbers is None:
        kind = type(value).__name__
        return {
            "str": "a string",
            "list": "a list that makes no array of numbers",
            "tuple": "a tuple that makes no array of numbers",
        }.get(kind, f"something of type {kind}")
    return f"an array of shape {numbers.shape}" if numbers.ndim else "a single number"


def unfilled(value: object) -> bool:
    """Say whether `value` is None or `...`, or a dict, list or tuple that holds one of them."""
    if value is None or value is ...:
        return True
    if isinstance(value, list | tuple):
        return any(type(item) not in FILLED and unfilled(item) for item in value)
    return isinstance(value, Mapping) and any(unfilled(item) for item in value.values())


def show(value: object, digits: int = 4) -> str:
    """Return `value` as short text on one line, numbers with at most so many decimals."""
    numbers = as_numbers(value)
    if numbers is not None:
        numbers = np.where(np.abs(numbers) < 0.5 * 10.0**-digits, 0.0, numbers)  # no -0, which is 0 to a reader
        text = np.array2string(numbers, precision=digits, suppress_small=True, separator=", ", threshold=50)
    else:
        text = repr(value) if isinstance(value, str) else describe(value)
    text = one_line(text).replace("[ ", "[").replace(".,", ",").replace(".]", "]").removesuffix(".")
    return text if len(text) <= LONGEST else text[: LONGEST - 3] + "..."


def brief(value: object, name: str) -> str:
    """Return an argument of a call as text: "X (4, 3)" for an array, "rate = 0.1" for a number, else its name."""
    numbers = as_numbers(value)
    if numbers is None or numbers.ndim and not isinstance(value, np.ndarray):
        return f"{name} = {show(value)}" if isinstance(value, str) else name
    return f"{name} {numbers.shape}" if numbers.ndim else f"{name} = {show(value)}"
