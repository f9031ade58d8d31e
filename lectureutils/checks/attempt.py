"""Whatever a reader's function does, what comes out here is an outcome.

It may return, raise, print, change its inputs, call itself for ever, never end or be interrupted: an `Outcome` records
it, and nothing escapes.
"""

import contextlib
import inspect
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from .. import blame
from .compare import as_numbers
from .limits import Sink, Stopped, few_lines


@dataclass(frozen=True)
class Outcome:
    """Record one call: its value, or the name of the error and a sentence about it.

    `printed` says that it printed something, `stopped` that it would have gone on for ever and was ended.
    """

    value: Any = None  # whatever a reader's function returned
    error: str = ""
    sentence: str = ""
    printed: bool = False
    stopped: bool = False

    def spelled_out(self) -> "Outcome":
        """Return the outcome with the array that a list spells in the list's place: it is quicker to compare."""
        numbers = as_numbers(self.value) if isinstance(self.value, list) else None
        return self if numbers is None else replace(self, value=numbers)


def attempt(function: Callable, args: tuple) -> Outcome:
    """Call `function(*args)` in silence and within its limits and return the outcome; never raises."""
    sink = Sink()
    try:
        with (contextlib.redirect_stdout(sink), contextlib.redirect_stderr(sink), warnings.catch_warnings(),
              np.errstate(all="ignore"), few_lines()):  # fmt: skip
            warnings.simplefilter("ignore")
            value = function(*args)
    except Stopped as stop:
        where = blame.place(stop)
        at = "" if where is None else str(where)
        return Outcome(error="Stopped", sentence=f"your function {stop}{at}: does a loop never end?", stopped=True)
    except BaseException as error:  # exit() and an interrupted endless loop are outcomes, too
        return Outcome(
            error=type(error).__name__,
            sentence=blame.sentence(error),
            printed=sink.printed,
            stopped=isinstance(error, KeyboardInterrupt),
        )
    return Outcome(_kept(value), printed=sink.printed)


def run(function: Callable, args: tuple) -> Outcome:
    """Call a function of ours, a reference or a wrong variant, without limits; return the outcome, never raise."""
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            return Outcome(_kept(function(*args)))
    except Exception as error:
        return Outcome(error=type(error).__name__)


def _kept(value: object) -> object:
    if inspect.iscoroutine(value):
        value.close()  # else Python warns that it was never awaited
    return value.copy() if isinstance(value, np.ndarray) else value  # it may be a buffer used again


def refused(function: Callable, args: tuple, names: list[str]) -> str | None:
    """Say why `function` can't be called with `args`, which are called `names`; None if it can or nobody can tell."""
    try:
        signature = inspect.signature(function)
    except Exception:  # some built-in functions don't tell
        return None
    expected = f"expected ({', '.join(names)})"
    given = [str(part).split(":")[0].split("=")[0].strip() for part in signature.parameters.values()]
    by_name = [part.name for part in signature.parameters.values() if part.kind is part.KEYWORD_ONLY
               and part.default is part.empty]  # fmt: skip
    try:
        signature.bind(*args)
    except TypeError:
        if by_name:
            return (
                f"your function takes {', '.join(by_name)} by name only, because of the * among its arguments: "
                f"{expected} by position, without the *"
            )
        return f"your function takes ({', '.join(given)}), {expected}"
    return None


def another_order(function: Callable, names: list[str]) -> str | None:
    """Say that a function takes the arguments `names` in another order; None if it does not."""
    try:
        mine = argument_names(function)
    except Exception:
        return None
    if mine == names or sorted(mine) != sorted(names):
        return None
    return f"your function takes ({', '.join(mine)}), but gets ({', '.join(names)}): the order counts"


def argument_names(function: Callable) -> list[str]:
    """Return the names of a function's arguments."""
    return list(inspect.signature(function).parameters)
