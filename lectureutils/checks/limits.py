"""What a reader's function may use up: so many lines of Python, so many printed characters, and then it is stopped.

Both are counted, not timed, so the same function is stopped on every machine. There is no thread and no process: Python
reports each line to a trace function. A loop inside compiled code reports none; it has to be interrupted by hand.
"""

import contextlib
import io
import os
import sys
from collections.abc import Callable, Iterator
from types import FrameType

MOST_LINES = 1_000_000  # what the exercises need is below 100,000
MOST_PRINTED = 100_000  # characters
LIBRARY = os.path.dirname(os.__file__)  # Python's own modules, and in them site-packages with NumPy


class Stopped(BaseException):
    """End a function that goes on and on; no `except Exception` of its own holds it up."""


class Sink(io.TextIOBase):
    """Swallow what is printed; remember whether it was more than blanks, and stop who prints without end."""

    def __init__(self) -> None:
        self.count, self.printed = 0, False

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.count += len(text)
        self.printed = self.printed or bool(text.strip())
        if self.count > MOST_PRINTED:
            raise Stopped("prints without end")
        return len(text)


@contextlib.contextmanager
def few_lines(most: int = MOST_LINES) -> Iterator[None]:
    """Raise `Stopped` in whatever runs in this context as soon as it has run `most` lines of Python.

    Lines of libraries don't count. When a debugger follows the lines already, nothing is counted.
    """
    if sys.gettrace() is not None:
        yield
        return
    left = most

    def count(frame: FrameType, event: str, arg: object) -> Callable:
        nonlocal left
        if event == "line":
            left -= 1
            if left < 0:
                raise Stopped("runs on and on")
        return count

    def enter(frame: FrameType, event: str, arg: object) -> Callable | None:
        return None if frame.f_code.co_filename.startswith((LIBRARY, "<frozen")) else count

    sys.settrace(enter)
    try:
        yield
    finally:
        sys.settrace(None)
