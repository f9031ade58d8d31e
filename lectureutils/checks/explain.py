"""Which known mistake explains what a function did? One alone, or two at once, or nothing that is known.

A mistake is named only if it explains everything that was seen: wherever the function was wrong the mistake is wrong in
the same way, and where the function was right the mistake is right. What comes closest to one cause is asked first:

1. a declared mistake;
2. a symptom, such as a turned sign, of one of the returned values;
3. two declared mistakes, built together by the exercise's `make`;
4. two mistakes or symptoms that show in different cases or in different returned values;
5. a declared mistake whose own result shows a symptom.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .attempt import Outcome
from .compare import CLOSE, alike, as_numbers, part_name
from .known import Known
from .symptoms import symptom


class any_of(tuple):  # noqa: N801 - reads as a word in a declaration
    """Hold several wrong variants (or values) that one hint names: `any_of(clipped(1e-8), clipped(1e-15))`."""

    __slots__ = ()

    def __new__(cls, *wrong: object):
        return super().__new__(cls, wrong)


@dataclass(frozen=True)
class Rough:
    """A wrong variant that is compared within a relative or absolute `tolerance` only."""

    variant: Callable
    tolerance: float

    def __call__(self, *args: object) -> object:
        return self.variant(*args)


def near(variant: Callable, tolerance: float) -> Rough:
    """Return the wrong variant, to be compared within a relative or absolute `tolerance` only."""
    return Rough(variant, tolerance)


@dataclass(frozen=True)
class Seen:
    """Record what a function did in some cases of an exercise, those with these `numbers`, beside what is known there.

    `arguments` are the names of what goes in, and `parts` of what is returned.
    """

    known: Known
    numbers: Sequence[int]
    mine: list[Outcome]
    arguments: Sequence[str]
    parts: Sequence[str] = ()

    def outcomes(self, function: Callable) -> Iterator[Outcome]:
        """Yield what one of the exercise's own functions does in these cases."""
        return (self.known.outcome(function, number) for number in self.numbers)

    @cached_property
    def right(self) -> list[Outcome]:
        """Return what is right in these cases."""
        return list(self.outcomes(self.known.reference))

    @cached_property
    def rows(self) -> list[list] | None:
        """Return the values that came back, one by one in each case; None where they are not as many as they should."""
        return _rows(self.mine, self)

    @cached_property
    def given(self) -> list[tuple]:
        """Return the arguments of these cases, to look at."""
        cases = list(self.known.cases())
        return [cases[number] for number in self.numbers]


def same(one: Outcome, other: Outcome, tolerance: float = CLOSE) -> bool:
    """Say whether two calls raised the same error, or gave values that agree."""
    if one.error or other.error:
        return one.error == other.error
    if one.value is None or other.value is None:
        return one.value is other.value
    return alike(one.value, other.value, tolerance)


def remembers(first: Outcome, again: Outcome) -> bool:
    """Say whether a function answered the same input in two ways, so that something has outlived its first call."""
    if first.error or again.error:
        return first.error != again.error
    whole, once_more = as_numbers(first.value), as_numbers(again.value)
    if whole is not None and once_more is not None:
        return not alike(whole, once_more)
    then, now = ([as_numbers(part) for part in (one.value if isinstance(one.value, tuple | list) else [one.value])]
                 for one in (first, again))  # fmt: skip
    if any(part is None for part in (*then, *now)):
        return False
    return len(then) != len(now) or not all(alike(a, b) for a, b in zip(then, now, strict=True))


def agree(mine: list[Outcome], theirs: Iterable[Outcome], tolerance: float = CLOSE) -> bool:
    """Say whether two functions do the same in all cases and return a value in at least one.

    What they do after the first difference is not asked for.
    """
    return (all(same(a, b, tolerance) for a, b in zip(mine, theirs, strict=True))
            and any(not outcome.error for outcome in mine))  # fmt: skip


def declared(seen: Seen) -> str | None:
    """Return the hint of the first mistake that explains by itself what was seen; None if there is none."""
    return next((mistake.hint for mistake in seen.known.mistakes
                 for variant in mistake.variants if explains(variant, seen)), None)  # fmt: skip


def explains(variant: Callable, seen: Seen) -> bool:
    """Say whether a wrong variant does what was seen; one that is compared roughly has to tell it from the right."""
    tolerance = variant.tolerance if isinstance(variant, Rough) else CLOSE
    return (agree(seen.mine, seen.outcomes(variant), tolerance)
            and not all(same(a, b, tolerance) for a, b in zip(seen.mine, seen.right, strict=True)))  # fmt: skip


def symptoms(seen: Seen, *, only_arrays: bool = False) -> str | None:
    """Return the one symptom that explains by itself what was seen; None if there is none.

    `only_arrays`: results of one number tell too little, as 0 for 1 is "all zeros", "1 minus" and "cut" at once.
    """
    if only_arrays and not all(np.size(part) > 1 for right in seen.right for part in _split(right, right) or ()):
        return None
    said = _parts_apart(seen, seen.right)
    return said if said and _number_of(said) == 1 else None


def combined(seen: Seen) -> str | None:
    """Return the hints of two mistakes that together explain what was seen; None if there are none."""
    return _built_together(seen) or _side_by_side(seen) or _one_upon_another(seen)


def both(one: str, other: str) -> str:
    """Return two hints as one sentence."""
    return f"two things: {one}; and {other}"


# --- two changes of one way of building -------------------------------------------------------------------
def _built_together(seen: Seen) -> str | None:
    return next((both(one, other) for one, other, variant in seen.known.pairs if explains(variant, seen)), None)


# --- two mistakes in different places ---------------------------------------------------------------------
@dataclass(frozen=True)
class Track:
    """Record where, among all returned values of all cases, a mistake is wrong, and where it is as the function."""

    hint: str
    wrong: np.ndarray
    as_mine: np.ndarray


def _split(outcome: Outcome, right: Outcome) -> list | None:
    """Return the values of a call one by one; None if they are not as many as they should be."""
    if not isinstance(right.value, tuple):
        return [outcome.value]
    try:
        parts = list(outcome.value)
    except Exception:
        return None
    return parts if len(parts) == len(right.value) else None


def _rows(outcomes: Iterable[Outcome], seen: Seen) -> list[list] | None:
    """Return the values of all calls; None if one of them is an error or has too few or too many."""
    rows = []
    for outcome, right in zip(outcomes, seen.right, strict=True):
        parts = None if outcome.error else _split(outcome, right)
        if parts is None:
            return None
        rows.append(parts)
    return rows


def _equal(one: list[list], other: list[list]) -> np.ndarray:
    return np.array([alike(a, b) for row, wanted in zip(one, other, strict=True)
                     for a, b in zip(row, wanted, strict=True)])  # fmt: skip


def _tracks(seen: Seen, mine: list[list], right: list[list], wrong: np.ndarray) -> Iterator[Track]:
    """Yield the tracks of mistakes and symptoms that are wrong nowhere but where the function is `wrong`."""
    for mistake in seen.known.mistakes:
        for variant in mistake.variants:
            theirs = seen.known.compared(variant, seen.numbers, lambda variant=variant: _wrong(variant, seen, right))
            if theirs is not None and not (theirs & ~wrong).any():
                rows = _rows(seen.outcomes(variant), seen)
                yield Track(mistake.hint, theirs, _equal(mine, rows or []))
    by_part = wrong.reshape(len(mine), -1)
    for number in range(by_part.shape[1]):
        if said := _symptom_of(seen, mine, right, number) if by_part[:, number].any() else "":
            here = np.zeros_like(by_part)
            here[:, number] = True
            yield Track(said, (by_part & here).ravel(), np.ones(wrong.size, dtype=bool))


def _wrong(variant: Callable, seen: Seen, right: list[list]) -> np.ndarray | None:
    """Say for all returned values of all cases where a variant is wrong; None where it returns other ones."""
    rows = _rows(seen.outcomes(variant), seen)
    return None if rows is None else ~_equal(rows, right)


def _side_by_side(seen: Seen) -> str | None:
    mine, right = seen.rows, _rows(seen.right, seen)
    if mine is None or right is None:
        return None
    wrong = ~_equal(mine, right)
    # A mistake that is wrong where the function is right has no part in it, nor has one that is wrong in its own way.
    tracks = [track for track in _tracks(seen, mine, right, wrong) if (track.wrong & track.as_mine).any()]
    for one, other in itertools.combinations(tracks, 2):
        alone, other_alone = one.wrong & ~other.wrong, other.wrong & ~one.wrong
        explained = one.wrong & one.as_mine | other.wrong & other.as_mine
        if (alone.any() and other_alone.any() and one.as_mine[alone].all() and other.as_mine[other_alone].all()
                and (explained == wrong).all() and one.hint != other.hint):  # fmt: skip
            return both(one.hint, other.hint)
    return None


# --- a mistake upon another -------------------------------------------------------------------------------
def _one_upon_another(seen: Seen) -> str | None:
    if seen.rows is None or any(len(row) == 1 and as_numbers(row[0]) is None for row in seen.rows):
        return None  # what is no number shows no symptom
    for mistake in seen.known.mistakes:
        for variant in mistake.variants:
            said = _parts_apart(seen, list(seen.outcomes(variant)))
            if said and _number_of(said) == 1:
                return both(mistake.hint, said)
    return None


def _number_of(said: str) -> int:
    return 1 + said.startswith("two things: ")


def _parts_apart(seen: Seen, base: list[Outcome]) -> str | None:
    """Return the symptoms, at most two, that lead from the `base` to what was seen; None if there are others."""
    mine, wanted = seen.rows, _rows(base, seen)
    if mine is None or wanted is None:
        return _in_number(seen) if base is seen.right else None
    if base is seen.right and (order := _other_order(seen, mine, wanted)):
        return order
    wrong = ~_equal(mine, wanted).reshape(len(mine), -1)
    numbers = np.flatnonzero(wrong.any(axis=0)).tolist()
    # Of a mistake's own result only what shows in all of it is a symptom: "the first is right" would soon be chance.
    said = []
    for number in numbers:
        said.append(_symptom_of(seen, mine, wanted, number, in_part=base is seen.right))
        if not said[-1]:
            return None
    if not said:
        return None
    alone = {_without_name(one) for one in said}
    if len(alone) == 1 and len(said) > 1:
        return f"{', '.join(part_name(n, wrong.shape[1], seen.parts) for n in numbers)}: {alone.pop()}"
    return said[0] if len(said) == 1 else both(*said) if len(said) == 2 else None


def _without_name(said: str) -> str:
    return said.partition(": ")[2] or said


def _symptom_of(seen: Seen, mine: list[list], base: list[list], number: int, in_part: bool = True) -> str:
    of = len(base[0])
    came, right = ([row[number] for row in rows] for rows in (mine, base))
    said = symptom(came, right, seen.given, seen.arguments, in_part)
    if not said:
        other = next((n for n in range(of) if n != number and _column_is(mine, number, base, n)), None)
        said = "" if other is None else f"it is the same as {part_name(other, of, seen.parts)}, and each has its own"
    return f"{part_name(number, of, seen.parts)}: {said}" if said and of > 1 else said


def _column_is(mine: list[list], number: int, base: list[list], other: int) -> bool:
    return all(alike(row[number], wanted[other]) for row, wanted in zip(mine, base, strict=True))


def _other_order(seen: Seen, mine: list[list], right: list[list]) -> str:
    """Say that the right values came in another order; "" if they did not."""
    of = len(right[0])
    places = [[n for n in range(of) if _column_is(mine, number, right, n)] for number in range(of)]
    if of < 2 or any(len(place) != 1 for place in places) or sorted(sum(places, [])) != list(range(of)):
        return ""
    names = [part_name(place[0], of, seen.parts) for place in places]
    order = f"return ({', '.join(seen.parts)})" if seen.parts else "in which order are they asked for?"
    return f"the values come in another order, ({', '.join(names)}): {order}"


def _in_number(seen: Seen) -> str | None:
    """Say which of several values came back alone, or which one did not come back, if that is all that is wrong."""
    if any(not isinstance(right.value, tuple) or outcome.error
           for outcome, right in zip(seen.mine, seen.right, strict=True)):  # fmt: skip
        return None
    of = len(seen.right[0].value)
    names = [part_name(number, of, seen.parts) for number in range(of)]
    all_of_them = f"return all {of}" + (f", ({', '.join(seen.parts)})" if seen.parts else "")
    for number in range(of):
        pairs = [(outcome.value, right.value) for outcome, right in zip(seen.mine, seen.right, strict=True)]
        if all(not isinstance(came, tuple) and alike(came, right[number]) for came, right in pairs):
            return f"only {names[number]} comes back: {all_of_them}"
        if all(isinstance(came, tuple) and alike(came, right[:number] + right[number + 1 :]) for came, right in pairs):
            return f"{names[number]} is missing: {all_of_them}"
    return None
