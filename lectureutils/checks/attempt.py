"""Whatever a reader's function does, what comes out here is an outcome.

It may return, raise, print, change its inputs, call itself for ever or be interrupted: an `Outcome` records
it, and nothing escapes.
"""

import contextlib
import inspect
import io
import re
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

# A line that holds nothing but `...`, or gives `...` to a name or back: an exercise's stub.
STUB = re.compile(r"^\s*(\w[^=#]*=\s*|return\s+)?\.\.\.\s*(#.*)?$", re.MULTILINE)


@dataclass(frozen=True)
class Outcome:
    """Record one call: its value, or the name of the error and a sentence about it; what it printed."""

    value: object = None
    error: str = ""
    sentence: str = ""
    printed: bool = False


def attempt(function: Callable, args: tuple) -> Outcome:
    """Call `function(*args)` in silence and return the outcome; never raises."""
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed), warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            value = function(*args)
            value = value.copy() if isinstance(value, np.ndarray) else value  # it may be a buffer used again
            if inspect.iscoroutine(value):
                value.close()  # else Python warns that it was never awaited
    except BaseException as error:  # exit() and an interrupted endless loop are outcomes, too
        return Outcome(error=type(error).__name__, sentence=_sentence(error))
    return Outcome(value, printed=bool(printed.getvalue().strip()))


def _sentence(error: BaseException) -> str:
    where = _where(error)
    if isinstance(error, RecursionError):
        return "your function calls itself without end (RecursionError)"
    if isinstance(error, KeyboardInterrupt):
        return f"your function was interrupted{where}: does a loop never end?"
    try:
        text = str(error)[:100]
    except Exception:
        text = ""
    return f"your function raised {type(error).__name__}{where}" + (f": {text}" if text else "")


def _where(error: BaseException) -> str:
    """Say at which line of the reader's code `error` was raised, counted from its def."""
    frames = [(frame.f_code, line) for frame, line in traceback.walk_tb(error.__traceback__)][1:]
    own = [(code, line) for code, line in frames if code.co_filename == frames[0][0].co_filename]
    if not own or own[-1][1] is None:
        return ""
    code, line = own[-1]
    return f" at line {line - code.co_firstlineno + 1} of {code.co_name}"


def takes(function: Callable, args: tuple) -> bool:
    """Say whether `function` can be called with `args`; True when Python can't tell."""
    try:
        signature = inspect.signature(function)
    except Exception:  # some built-in functions don't tell
        return True
    try:
        signature.bind(*args)
    except TypeError:
        return False
    return True


def names(function: Callable) -> str:
    """Return a function's arguments as text: "(X, W, b)"."""
    return f"({', '.join(inspect.signature(function).parameters)})"


def has_stub(function: Callable) -> bool | None:
    """Say whether a line `...` is left in the function's source; None when the source is not at hand."""
    try:
        return bool(STUB.search(inspect.getsource(function)))
    except Exception:
        return None
