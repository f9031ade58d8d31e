"""A ladder of hints: after a wrong answer one step at a time, and the solution only at its end.

What goes in and out and the smallest case come from the exercise's own declaration. The line of the text to read
again, what the smallest case gives on the way, and the solution come from the notebook: `python -m tools.notebooks`
writes them to `ladder.json`, because a reader's Python may have no notebook beside it.
"""

import itertools
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from .attempt import argument_names, run
from .compare import as_numbers
from .hint import Hint

if TYPE_CHECKING:
    from .engine import Exercise

KEPT = Path(__file__).with_name("ladder.json")
LARGEST = 24  # numbers of an array that are written out
TRY_FIRST = (
    "try a line of your own first, even one that you doubt: the check says what is wrong with it, and that helps "
    "more than the solution. It comes with the next hint"
)


@dataclass
class Ladder:
    """Remember how far up a reader is: the steps that were shown, and what the last answer was."""

    shown: int = 0
    last: str = ""  # the kind of the last verdict
    asked_to_try: bool = False

    def note(self, kind: str) -> None:
        """Remember what an answer was; a stub that is run again takes nothing back."""
        if kind != "todo":
            self.last = kind

    def step(self, item: "Exercise", number: object = None) -> Hint:
        """Give the next step, or the one with this number; the last one again when there is no other."""
        steps = steps_of(item)
        if self.last == "right" and number is None:
            self.shown = len(steps)
            return steps[-1]
        if type(number) is int:
            self.shown = min(max(number, 1), len(steps))
            return steps[self.shown - 1]
        if self.shown == len(steps) - 1 and not self.last and not self.asked_to_try:
            self.asked_to_try = True
            return Hint("One try first", TRY_FIRST)
        self.shown = min(self.shown + 1, len(steps))
        return steps[self.shown - 1]


def steps_of(item: "Exercise") -> list[Hint]:
    """Return the steps of an exercise: shapes, smallest case, where to read again, solution.

    One that stands in no notebook has the first two only.
    """
    kept = notebooks().get(item.name, {})
    texts: list[tuple[str, tuple[str, ...]]] = [(goes_in_and_out(item), ()), smallest_case(item, kept.get("way", ()))]
    if kept:
        texts.append(
            (f"read this again, in notebook {kept['notebook']}, section *{kept['section']}*: {kept['read']}", ())
        )
        texts.append(("the solution, which is also folded below the exercise:", tuple(kept["solution"].split("\n"))))
    return [Hint(f"Hint {number} of {len(texts)}", *text) for number, text in enumerate(texts, start=1)]


@cache
def notebooks() -> dict[str, dict[str, Any]]:
    """Return what the notebooks say of each exercise; nothing where the file was lost."""
    try:
        return json.loads(KEPT.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


# --- the first step: shapes -------------------------------------------------------------------------------
def goes_in_and_out(item: "Exercise") -> str:
    """Say which shapes go into an exercise's function, and which come out, by the case that tells them best apart."""
    if not item.cases:
        return f"no function is asked for, but {_asked_for(item)}: {item.todo}"
    args = max(item.cases(), key=_telling_apart)
    goes = _kinds(zip(argument_names(item.reference), args, strict=True))
    comes = _kinds(_parts(item, item.reference(*args)))
    return f"for example, {goes} in, and {comes.replace(' goes', ' comes').replace(' go', ' come')} out"


def _telling_apart(args: tuple) -> tuple[int, int]:
    """Say how many different sizes the arguments have, and how large they are."""
    sizes = [size for numbers in map(as_numbers, args) if numbers is not None for size in numbers.shape]
    return len(set(sizes)), sum(sizes)


def _parts(item: "Exercise", result: object) -> list[tuple[str, object]]:
    """Return the values that come back, each with its name if it has one."""
    if not isinstance(result, tuple):
        return [("", result)]
    return list(zip(item.part_names(result) or [""] * len(result), result, strict=True))


def _asked_for(item: "Exercise") -> str:
    wanted = item.reference()
    return f"{len(wanted)} values by name, {_listed(list(wanted))}" if isinstance(wanted, Mapping) else "values"


def _kinds(values: Iterable[tuple[str, object]]) -> str:
    """Say what goes somewhere, by name and in its order: "`X` (4, 3), `b` (4,) and the numbers `h` and `k` go"."""
    values = list(values)
    subjects = []
    for numbers, several in itertools.groupby(values, key=lambda pair: _is_number(pair[1])):
        kinds = [_kind(name, value) for name, value in several]
        subjects += [_numbers(kinds)] if numbers else kinds
    return f"{_listed(subjects)} {'go' if len(values) > 1 else 'goes'}"


def _numbers(names: list[str]) -> str:
    if not all(names):
        return "one number" if len(names) == 1 else f"{len(names)} numbers"
    return f"the number{'s' * (len(names) > 1)} {_listed(names)}"


def _is_number(value: object) -> bool:
    numbers = as_numbers(value)
    return numbers is not None and not numbers.ndim


def _kind(name: str, value: object) -> str:
    """Describe what a value is, by its name: "`X` (4, 3)", "the function `f`", "the list `widths`"."""
    numbers, called = as_numbers(value), f"`{name}`" * bool(name)
    if numbers is None:
        return f"the function {called}"
    if not numbers.ndim:
        return called
    if isinstance(value, list | tuple):
        return f"the list {called}"
    return f"{called} {numbers.shape}" if called else f"an array {numbers.shape}"


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


# --- the second step: the smallest case -------------------------------------------------------------------
def smallest_case(item: "Exercise", way: Sequence[str] = ()) -> tuple[str, tuple[str, ...]]:
    """Return a sentence, and the lines of the smallest case: what goes in, what is on the `way`, what comes out."""
    if not item.cases:
        return f"something smaller, by hand: {item.small}", ()
    args = next(iter(item.cases()))
    lines = _given(dict(zip(argument_names(item.reference), args, strict=True)))
    lines += [f"on the way: {line}" for line in way]
    lines += [f"result: {name}{' = ' * bool(name)}{written(part)}"
              for name, part in _parts(item, item.reference(*args))]  # fmt: skip
    return "work the smallest case out by hand, and compare each line with what yours gives:", tuple(lines)


def _given(args: Mapping[str, object]) -> list[str]:
    """Write out what goes in; a function among it by what it makes of the first array."""
    lines, arrays = [], [name for name, arg in args.items() if isinstance(arg, np.ndarray)]
    for name, arg in args.items():
        line = f"{name} = {written(arg)}"
        if callable(arg) and arrays:
            line += f" that makes {written(run(arg, (args[arrays[0]],)).value)} of {arrays[0]}"
        lines.append(line)
    return lines


def written(value: object) -> str:
    """Write a number or an array out, with four decimals at most; say what else it is."""
    numbers = as_numbers(value)
    if numbers is None:
        return "a function"
    if numbers.size > LARGEST:
        return f"an array of shape {numbers.shape}"
    return _digits(np.asarray(value) if np.asarray(value).dtype == bool else numbers)


def _digits(numbers: np.ndarray) -> str:
    if numbers.ndim:
        return f"[{', '.join(_digits(part) for part in numbers)}]"
    if numbers.dtype == bool:
        return str(bool(numbers))
    number = float(numbers)
    return (
        str(int(number))
        if number.is_integer()
        else f"{round(number, 4) + 0.0:g}"
        if abs(number) < 10
        else f"{number:.7g}"
    )
