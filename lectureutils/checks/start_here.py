"""The exercises of notebook 00: the height of a straight line, and two steps of a NumPy warm-up."""

from collections.abc import Iterator

import numpy as np

from .engine import exercise


def _cases() -> Iterator[tuple]:
    yield 2.0, 3.0, 1.0
    yield 2.0, -3.0, 1.0  # below 0
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


def _tables() -> Iterator[tuple]:
    yield (np.array([[1.0, 2, 6], [4, 8, 0]]),)
    rng = np.random.default_rng(1)
    for shape in [(3, 3), (4, 2)]:
        yield (rng.normal(size=shape),)


def _single_row() -> Iterator[tuple]:
    yield (np.array([[3.0, -1.0, 2.0]]),)


@exercise(
    todo="subtract from each column its own mean, an array of the shape of X (N, D)",
    cases=_tables,
    hard={"a table of a single row": _single_row},
    mistakes=[
        ("this takes the mean of each row: axis=0 goes down the rows, and leaves one number for each column",
         lambda X: X - X.mean(axis=1, keepdims=True)),
        ("one mean of the whole table is taken: each column has its own, with axis=0", lambda X: X - X.mean()),
        ("these are the means alone: subtract them from X", lambda X: X.mean(axis=0)),
        ("the mean is added: subtract it", lambda X: X + X.mean(axis=0)),
        ("the sum of each column is subtracted: the mean is the sum divided by N", lambda X: X - X.sum(axis=0)),
        ("the sign is turned: X comes first, then minus the mean", lambda X: X.mean(axis=0) - X),
    ],
)
def centred(X: np.ndarray) -> np.ndarray:
    """Return X minus the mean of each column."""
    return X - X.mean(axis=0)


def _picks() -> Iterator[tuple]:
    yield np.array([[1.0, 2, 3], [4, 5, 6]]), np.array([2, 0])
    rng = np.random.default_rng(2)
    for n, c in [(3, 3), (5, 4)]:
        yield rng.normal(size=(n, c)), rng.integers(0, c, n)


def _single_pick() -> Iterator[tuple]:
    yield np.array([[3.0, -1.0, 2.0]]), np.array([2])


@exercise(
    todo="return one number for each row of the table (N, C): the one in the column that y (N,) names",
    cases=_picks,
    hard={"a table of a single row": _single_pick},
    mistakes=[
        ("table[:, y] takes whole columns: name the rows too, table[np.arange(len(y)), y]",
         lambda table, y: table[:, y]),
        ("table[y] takes whole rows: y names columns", lambda table, y: table[y % len(table)]),
        ("this is the largest number of each row: take the one in column y", lambda table, y: table.max(axis=1)),
        ("these are the numbers of the columns: look them up in the table", lambda table, y: y),
    ],
)  # fmt: skip
def picked(table: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return the entries (N,) of a table (N, C) in the columns y (N,), one in each row."""
    return table[np.arange(len(y)), y]
