"""The one exercise of notebook 00: the height of a straight line."""

from collections.abc import Iterator

import numpy as np

from .engine import exercise


def _cases() -> Iterator[tuple]:
    yield 2.0, 3.0, 1.0
    yield from np.random.default_rng(0).normal(size=(3, 3)).tolist()


@exercise(
    todo="return w times x plus b",
    cases=_cases,
    mistakes=[
        ("b is inside the bracket and gets multiplied: multiply first, then add b", lambda x, w, b: w * (x + b)),
        ("b is missing: every point of the line is raised by b", lambda x, w, b: w * x),
        ("b is subtracted: it raises the line", lambda x, w, b: w * x - b),
        ("w and b have changed places: w belongs to x", lambda x, w, b: b * x + w),
        ("w is added, but the slope multiplies x", lambda x, w, b: w + x + b),
        ("b multiplies, but it is to be added", lambda x, w, b: w * x * b),
        ("x is missing: without it the line is level", lambda x, w, b: w + b),
    ],
)
def line(x: float, w: float, b: float) -> float:
    """Return the height w x + b."""
    return w * x + b
