"""The exercises of notebook 00: the height of a straight line, and two steps of a NumPy warm-up."""

from collections.abc import Iterator

import numpy as np

from .engine import exercise
from .explain import any_of


def _cases() -> Iterator[tuple]:
    yield 2.0, 3.0, 1.0
    yield 2.0, -3.0, 1.0  # below 0
    yield -2.0, 3.0, 1.0
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
        ("plus and times have changed places: the slope multiplies x, and b is added", lambda x, w, b: (w + x) * b),
        ("w multiplies b: the slope belongs to x", lambda x, w, b: w * b + x),
        (
            "this is the x at which the line has a given height: here x is given, and the height is asked for",
            lambda x, w, b: (x - b) / w,
        ),
        ("** is a power: the slope multiplies x, with a single *", lambda x, w, b: x**w + b),
        (
            "x is divided by the slope: the line rises by w for each 1 of x, so multiply",
            any_of(lambda x, w, b: x / w + b, lambda x, w, b: w / x + b),
        ),
        ("two numbers stand side by side: the height is one number, their sum", lambda x, w, b: (w * x, b)),
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


def _whole_numbers() -> Iterator[tuple]:
    yield (np.array([[1, 2, 6], [4, 8, 0]]),)


def _some_columns_centred(X: np.ndarray, columns: int) -> np.ndarray:
    out = np.array(X, dtype=float)
    out[:, :columns] -= out[:, :columns].mean(axis=0)
    return out


@exercise(
    todo="subtract from each column its own mean, an array of the shape of X (N, D)",
    cases=_tables,
    hard={"a table of a single row": _single_row, "a table of whole numbers": _whole_numbers},
    mistakes=[
        (
            "this takes the mean of each row: axis=0 goes down the rows, and leaves one number for each column",
            lambda X: X - X.mean(axis=1, keepdims=True),
        ),
        ("one mean of the whole table is taken: each column has its own, with axis=0", lambda X: X - X.mean()),
        ("these are the means alone: subtract them from X", lambda X: X.mean(axis=0)),
        ("the mean is added: subtract it", lambda X: X + X.mean(axis=0)),
        ("the sum of each column is subtracted: the mean is the sum divided by N", lambda X: X - X.sum(axis=0)),
        ("the sign is turned: X comes first, then minus the mean", lambda X: X.mean(axis=0) - X),
        (
            "the sum of a column is divided by the number of columns: it has N entries, as many as there are rows",
            lambda X: X - X.sum(axis=0) / X.shape[1],
        ),
        ("the sum is divided by N - 1: a mean divides it by N", lambda X: X - X.sum(axis=0) / max(len(X) - 1, 1)),
        (
            "the mean is cut to a whole number: // does that, / does not",
            any_of(lambda X: X - X.sum(axis=0) // len(X), lambda X: X - X.mean(axis=0).astype(int)),
        ),
        ("the columns are divided by their mean: subtract it", lambda X: X / X.mean(axis=0)),
        (
            "the columns are divided by their standard deviation, too: only the mean is asked for",
            lambda X: (X - X.mean(axis=0)) / X.std(axis=0),
        ),
        (
            "this takes the median, the value in the middle: the mean is the sum divided by N",
            lambda X: X - np.median(X, axis=0),
        ),
        (
            "this takes the middle between the smallest and the largest: all entries of a column count for its mean",
            lambda X: X - (X.min(axis=0) + X.max(axis=0)) / 2,
        ),
        (
            "a row of X is subtracted: all entries of a column count for its mean",
            any_of(lambda X: X - X[0], lambda X: X - X[-1]),
        ),
        (
            "the rows are centred, too: only the columns are asked for",
            lambda X: X - X.mean(axis=0) - X.mean(axis=1, keepdims=True) + X.mean(),
        ),
        ("only the first column is centred: does return stand inside the loop?", lambda X: _some_columns_centred(X, 1)),
        (
            "only as many columns are centred as there are rows: X.shape[1] is the number of columns",
            lambda X: _some_columns_centred(X, len(X)),
        ),
        (
            "rows and columns are reshaped: that only fills the numbers into another shape, .T turns them",
            lambda X: (X - X.mean(axis=0)).T.reshape(X.shape),
        ),
    ],
)
def centred(X: np.ndarray) -> np.ndarray:
    """Return X minus the mean of each column."""
    return X - X.mean(axis=0)


def _picks() -> Iterator[tuple]:
    yield np.array([[1.0, 2, 3], [4, 5, 6]]), np.array([2, 0])
    rng = np.random.default_rng(2)
    for n, c in [(3, 3), (5, 4)]:
        yield rng.normal(size=(n, c)), rng.integers(0, c, n).astype(int)


def _single_pick() -> Iterator[tuple]:
    yield np.array([[3.0, -1.0, 2.0]]), np.array([2])


def _zero_picked() -> Iterator[tuple]:
    yield np.array([[0.0, 2.0], [3.0, -1.0], [5.0, 0.0]]), np.array([0, 1, 1])


def _equal_rows() -> Iterator[tuple]:
    yield np.array([[3.0, -1.0, 2.0], [3.0, -1.0, 2.0]]), np.array([2, 0])


def _masked(table: np.ndarray, y: np.ndarray) -> np.ndarray:
    return table * (np.arange(table.shape[1]) == y[:, None])


def _without_zeros(table: np.ndarray, y: np.ndarray) -> np.ndarray:
    entries = table[np.arange(len(y)), y]
    return entries[entries != 0]


def _placed_by_column(table: np.ndarray, y: np.ndarray) -> np.ndarray:
    result = np.zeros(len(y))
    result[y] = table[np.arange(len(y)), y]
    return result


def _each_column_once(table: np.ndarray, y: np.ndarray) -> np.ndarray:
    columns = list(dict.fromkeys(y.tolist()))
    return table[np.arange(len(columns)), columns]


@exercise(
    todo="return one number for each row of the table (N, C): the one in the column that y (N,) names",
    cases=_picks,
    hard={"a table of a single row": _single_pick, "an entry that is 0": _zero_picked, "two equal rows": _equal_rows},
    mistakes=[
        ("whole columns are taken: pair each of them with a row, one row number for each entry of y",
         lambda table, y: table[:, y]),
        ("table[y] takes whole rows: y names columns", lambda table, y: table[y]),
        ("this is the largest number of each row: take the one in column y", lambda table, y: table.max(axis=1)),
        ("these are the numbers of the columns: look them up in the table", lambda table, y: y),
        ("all entries come from one row: each is to come from its own, the rows 0, 1, ... N-1",
         any_of(lambda table, y: table[0, y], lambda table, y: table[-1, y])),
        ("rows and columns have changed places: the row stands first in the brackets",
         lambda table, y: table[y, np.arange(len(y))]),
        ("this is the column before the one asked for: y counts from 0, as Python does",
         lambda table, y: table[np.arange(len(y)), y - 1]),
        ("the values of y are taken for rows: they name columns, and the rows are 0, 1, ... N-1",
         lambda table, y: table[y, y[y]]),
        ("the entries come in the place of their column: the entry of row i is result[i]", _placed_by_column),
        ("y is sorted: its order belongs to the rows", lambda table, y: table[np.arange(len(y)), np.sort(y)]),
        ("a column that y names twice is taken once: each row has its own entry", _each_column_once),
        ("all but the right entries are 0, but the table is still whole: add up each row, axis=1", _masked),
        ("this adds up each column: axis=0 goes down the rows, axis=1 along a row",
         lambda table, y: _masked(table, y).sum(axis=0)),
        ("the one-hot rows are N long: make them as long as a row of the table",
         lambda table, y: (table * np.eye(len(y))[y]).sum(axis=1)),
        ("the steps in the long row are N long: the next row begins after as many entries as the table has columns",
         lambda table, y: table.ravel()[np.arange(len(y)) * len(y) + y]),
        ("an entry that is 0 gets lost: choose by its place, not by its value", _without_zeros),
    ],
)  # fmt: skip
def picked(table: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return the entries (N,) of a table (N, C) in the columns y (N,), one in each row."""
    return table[np.arange(len(y)), y]
