"""What a wrong result looks like beside the right one, whatever the exercise: a turned sign, a lost axis, a factor.

A symptom is named only if it holds for every case that is looked at; what it says is what was seen. One that names a
number has to see it in several cases.
"""

from collections.abc import Callable, Sequence

import numpy as np

from .compare import as_numbers, close, show

Array = np.ndarray
Relation = Callable[[Array, Array], bool]


def _equal(came: Array, wanted: Array) -> bool:
    return came.shape == wanted.shape and bool(close(came, wanted).all())


def _same_numbers(came: Array, right: Array) -> bool:
    return came.size == right.size and _equal(came.ravel(), right.ravel())


def _but_one(part: slice) -> Relation:
    """Make the relation "right in all entries along the first axis but one", which is not in `part`."""
    return lambda came, right: came.shape == right.shape and right.ndim > 0 and _equal(came[part], right[part])


def _but_the_infinite(came: Array, right: Array) -> bool:
    fine = np.isfinite(came) if came.shape == right.shape else np.zeros(0, dtype=bool)
    return bool(fine.any()) and _equal(came[fine], right[fine])


def _rounded(came: Array, right: Array) -> bool:
    """Say whether `came` is `right` with few decimals, to within the digits of a float."""
    return came.shape == right.shape and any(
        np.allclose(came, np.round(right, digits), rtol=1e-12, atol=1e-12) for digits in range(1, 5)
    )


def _whole(came: Array, right: Array) -> bool:
    return any(_equal(came, cut(right)) for cut in (np.trunc, np.floor, np.round))


# What is said, and what has to hold between the numbers that came and the right ones in every case; the last ones are
# named only if several cases are wrong.
RELATIONS: tuple[tuple[str, Relation], ...] = (
    ("the result lies on its side: rows and columns are exchanged, .T turns it",
     lambda came, right: right.ndim == 2 and _equal(came, right.T)),
    ("the numbers are right, but an axis of length 1 is left over: keepdims=True, [:, None] or brackets too many?",
     lambda came, right: came.ndim >= right.ndim and _same_numbers(came, right)
     and [n for n in came.shape if n > 1] == [n for n in right.shape if n > 1]),
    ("the numbers are right, but in another shape: is an axis lost, or a reshape too many?", _same_numbers),
    ("it is always 0: is it ever added to, or lost in a division with //?",
     lambda came, right: came.shape == right.shape == () and not came),
    ("it is all zeros: is the result ever written into it?",
     lambda came, right: came.shape == right.shape and not came.any()),
    ("every sign is turned round", lambda came, right: _equal(came, -right)),
    ("the minus signs are lost: is abs or a square too much?", lambda came, right: _equal(came, np.abs(right))),
    ("negative values come out as 0: is np.maximum too much?", lambda came, right: _equal(came, np.maximum(right, 0))),
    ("the result is rounded: return it with all its digits", _rounded),
    ("the result is cut to whole numbers: is it put into an array of whole numbers, or divided with //?", _whole),
    ("places come out as NaN or inf, and all others are right: what is divided by 0, or too large, there?",
     _but_the_infinite),
    ("only the first of the results comes back: does return stand inside the loop?",
     lambda came, right: right.ndim > 0 and len(right) > 0 and _equal(came, right[0])),
    ("only the first of the results comes back: does return stand inside the loop?",
     lambda came, right: right.ndim > 0 and _equal(came, right[:1])),
    ("only the last of the results comes back: collect one in each turn of the loop",
     lambda came, right: right.ndim > 0 and len(right) > 0 and _equal(came, right[-1])),
    ("the last of the results is missing: does the loop end one too early?",
     lambda came, right: right.ndim > 0 and _equal(came, right[:-1])),
    ("the first of the results is missing: does the loop begin one too late?",
     lambda came, right: right.ndim > 0 and _equal(came, right[1:])),
    ("the results come in reverse order", lambda came, right: right.ndim > 0 and _equal(came, right[::-1])),
    ("everything is added up to one number: keep apart what belongs apart",
     lambda came, right: right.size > 1 and _equal(came, np.asarray(right.sum()))),
    ("everything is averaged to one number: keep apart what belongs apart",
     lambda came, right: right.size > 1 and _equal(came, np.asarray(right.mean()))),
    ("rows are added up that belong apart", lambda came, right: right.ndim == 2 and _equal(came, right.sum(axis=0))),
    ("the entries of each row are added up and belong apart",
     lambda came, right: right.ndim == 2 and _equal(came, right.sum(axis=1))),
    ("this is the square of what is asked for: is a root missing?", lambda came, right: _equal(came, right**2)),
    ("this is the root of what is asked for: take it without a root",
     lambda came, right: bool((right >= 0).all()) and _equal(came, np.sqrt(right))),
    ("this is 1 divided by what is asked for: upside down", lambda came, right: _equal(came, 1 / right)),
    ("this is 1 minus what is asked for", lambda came, right: _equal(came, 1 - right)),
)  # fmt: skip


def _only_first(came: Array, right: Array) -> bool:
    return (
        came.shape == right.shape
        and right.ndim > 0
        and [_equal(one, other) for one, other in zip(came, right, strict=True)] == [n == 0 for n in range(len(right))]
    )


IN_SEVERAL: tuple[tuple[str, Relation], ...] = (
    ("all but the last are right: does the loop end one too early?", _but_one(slice(None, -1))),
    ("only the first is right: does the loop go on?", _only_first),
    ("all but the first are right: what is different with it?", _but_one(slice(1, None))),
)


def symptom(
    came: Sequence[object],
    right: Sequence[object],
    arguments: Sequence[tuple],
    names: Sequence[str],
    in_part: bool = True,
) -> str:
    """Return what strikes one about values that came, one for each case, beside the right ones; "" for nothing.

    `arguments` are those of the cases, and `names` what they are called. `in_part` allows symptoms of which most
    values know nothing, such as "all but the last are right".
    """
    pairs = []
    for numbers, wanted in zip(map(as_numbers, came), map(as_numbers, right), strict=True):
        if numbers is None or wanted is None:
            return ""
        pairs.append((numbers, wanted))
    if not pairs:
        return ""
    with np.errstate(all="ignore"):
        several = in_part and (sum(not _equal(one, other) for one, other in pairs) > 1
                               and any(other.ndim and len(other) > 1 for _, other in pairs))  # fmt: skip
        for hint, relation in RELATIONS + IN_SEVERAL * several:
            if all(relation(one, other) for one, other in pairs):
                return hint
        return (
            _argument_handed_back(pairs, arguments, names)
            or _size_as_factor(pairs, arguments, names)
            or _same_everywhere(pairs)
        )


def _argument_handed_back(pairs: list, arguments: Sequence[tuple], names: Sequence[str]) -> str:
    for position, name in enumerate(names):
        given = [as_numbers(args[position]) for args in arguments]
        if all(one is not None and _equal(came, one) for (came, _), one in zip(pairs, given, strict=True)):
            return f"it is {name} as it came in: is the result lost on the way, or not computed yet?"
    return ""


def _size_as_factor(pairs: list, arguments: Sequence[tuple], names: Sequence[str]) -> str:
    """Name the size of an argument that the result is to be divided or multiplied by, as a missing 1/N."""
    if not any(right.any() for _, right in pairs):
        return ""
    for position, name in enumerate(names):
        shapes = [np.shape(args[position]) if isinstance(args[position], np.ndarray) else () for args in arguments]
        for axis in range(min(len(shape) for shape in shapes)):
            sizes = [shape[axis] for shape in shapes]
            if len({size for size, (_, right) in zip(sizes, pairs, strict=True) if right.any()}) < 2:
                continue  # one size alone could be any number
            size = f"{name}.shape[{axis}]"
            if all(_equal(came, right * n) for (came, right), n in zip(pairs, sizes, strict=True)):
                return f"the result is {size} times too large: what is to be divided by it?"
            if all(_equal(came * n, right) for (came, right), n in zip(pairs, sizes, strict=True)):
                return f"the result is divided by {size}, once too often"
    return ""


def _same_everywhere(pairs: list) -> str:
    """Name a factor or a difference that is the same in all values of all cases."""
    if any(came.shape != right.shape for came, right in pairs):
        return ""
    come, right = (np.concatenate([pair[side].ravel() for pair in pairs]) for side in (0, 1))
    telling = (right != 0).sum() > 2 and sum(bool(other.any()) for _, other in pairs) > 1
    if not telling or not np.isfinite(come).all() or not np.isfinite(right).all():
        return ""
    factor = float(come[np.abs(right).argmax()] / right[np.abs(right).argmax()])
    if _equal(come, factor * right):
        return f"every value is {show(factor)} times what it should be: a factor too much, or one missing"
    difference = float(come[0] - right[0])
    if _equal(come, right + difference):
        return f"every value is too {'large' if difference > 0 else 'small'} by {show(abs(difference))}"
    return ""
