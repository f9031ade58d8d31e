"""The exercises of notebook 01: scores, targets, shapes, accuracy and boundary lines of f(x; W, b) = W x + b.

Each stands as a reference solution under its cases (small and readable first, then random ones from a fixed
seed) and the wrong answers that come up in class.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from .compare import show
from .engine import exercise
from .explain import any_of


# --- scores -----------------------------------------------------------------------------------------------
def _score_cases() -> Iterator[tuple]:
    yield np.array([[1.0, 2], [3, 4]]), np.array([[1.0, 0], [5, 1]]), np.array([10.0, 20])
    rng = np.random.default_rng(1)
    for n, c, d in [(3, 3, 3), (3, 3, 4), (5, 4, 3)]:
        yield rng.normal(size=(n, d)), rng.normal(size=(c, d)), rng.normal(size=c)


def _single_score_case() -> Iterator[tuple]:
    rng = np.random.default_rng(11)
    yield rng.normal(size=(1, 4)), rng.normal(size=(3, 4)), rng.normal(size=3)


def _whole_score_case() -> Iterator[tuple]:
    yield np.array([[1, 2], [3, -4]]), np.array([[0.5, -0.25], [1.25, 2.5]]), np.array([0.25, -0.5])


def _one_by_one(X: np.ndarray, W: np.ndarray, b: np.ndarray, reset: bool) -> np.ndarray:
    """Return the scores by loops that forget to set the sum back to 0, for each class or for each example."""
    scores, total = np.zeros((len(X), len(W))), 0.0
    for n in range(len(X)):
        total = 0.0 if reset else total
        for c in range(len(W)):
            total += W[c] @ X[n]
            scores[n, c] = total + b[c]
    return scores


def _without(scores: np.ndarray, part: Any) -> np.ndarray:
    scores[part] = 0
    return scores


@exercise(
    todo="return the scores of all examples, an array of shape (N, C), from X (N, D), W (C, D) and b (C,)",
    cases=_score_cases,
    hard={"a batch of one example": _single_score_case, "an X of whole numbers": _whole_score_case},
    mistakes=[
        ("b is missing: each class adds its own bias to its score", lambda X, W, b: X @ W.T),
        ("b is subtracted, but the score is W x + b", lambda X, W, b: X @ W.T - b),
        ("b multiplies the scores, but it is to be added", lambda X, W, b: X @ W.T * b),
        (
            "b is added per example (down the rows), but there is one per class: b fits the columns of (N, C) as it is",
            lambda X, W, b: X @ W.T + b[:, None],
        ),
        ("all biases are summed into one number: each class keeps its own", lambda X, W, b: X @ W.T + b.sum()),
        ("only b[0] is added: each class has its own bias", lambda X, W, b: X @ W.T + b[0]),
        ("b is added twice: once is enough", lambda X, W, b: X @ W.T + 2 * b),
        (
            "b stands inside the bracket with W and gets multiplied by X: multiply first, then add b",
            lambda X, W, b: X @ (W.T + b),
        ),
        ("you used X @ W: a class is a row of W, so the product needs W.T", lambda X, W, b: X @ W + b),
        ("you used W @ X: an example is a row of X, so X comes first and W is transposed", lambda X, W, b: W @ X + b),
        ("you used W.T @ X: it mixes examples; X comes first, X @ W.T", lambda X, W, b: W.T @ X + b),
        ("you used W.T @ X.T: swap the factors instead of transposing both", lambda X, W, b: W.T @ X.T + b),
        (
            "the scores lie on their side, as (C, N), and b meets the wrong axis: X @ W.T gives (N, C)",
            lambda X, W, b: W @ X.T + b,
        ),
        (
            "the scores lie on their side, as (C, N): one row per example is asked for, (N, C)",
            lambda X, W, b: W @ X.T + b[:, None],
        ),
        (
            "you used *, which multiplies entry by entry: the matrix product is @",
            any_of(lambda X, W, b: X * W + b, lambda X, W, b: X * W.T + b),
        ),
        (
            "W was reshaped: that only fills its numbers into another shape, and .T turns it",
            lambda X, W, b: X @ W.reshape(W.shape[::-1]) + b,
        ),
        (
            "the scores were reshaped: that only fills their numbers into another shape, and .T turns them",
            any_of(
                lambda X, W, b: (W @ X.T).reshape(len(X), len(W)) + b,
                lambda X, W, b: (W @ X.T + b[:, None]).reshape(len(X), len(W)),
            ),
        ),
        ("the products are averaged: a score is their sum", lambda X, W, b: X @ W.T / X.shape[1] + b),
        (
            "the ones that meet the bias stand on one side of X, and b stands on the other side of W",
            any_of(
                lambda X, W, b: np.c_[np.ones(len(X)), X] @ np.c_[W, b].T,
                lambda X, W, b: np.c_[X, np.ones(len(X))] @ np.c_[b, W].T,
            ),
        ),
        ("the sum runs on: set it back to 0 for each class", lambda X, W, b: _one_by_one(X, W, b, reset=True)),
        (
            "the sum runs on: set it back to 0 for each class and each example",
            lambda X, W, b: _one_by_one(X, W, b, reset=False),
        ),
        (
            "the last class has no scores yet: does the loop over the classes end one too early?",
            lambda X, W, b: _without(X @ W.T + b, np.s_[:, -1]),
        ),
        (
            "the last example has no scores yet: does the loop over the examples end one too early?",
            lambda X, W, b: _without(X @ W.T + b, np.s_[-1]),
        ),
        (
            "only the first example has its scores, the rest is 0: does return stand inside the loop?",
            lambda X, W, b: _without(X @ W.T + b, np.s_[1:]),
        ),
        (
            "a batch of one example loses its row: is a squeeze, or a [0], too much? (1, C) is asked for",
            lambda X, W, b: (X @ W.T + b).squeeze(),
        ),
        (
            "scores have fractions, also if X has whole numbers: don't make room for them with the dtype of X",
            lambda X, W, b: (X @ W.T + b).astype(X.dtype),
        ),
        (
            "one step is too much: ReLU comes later, and scores may be negative",
            lambda X, W, b: np.maximum(0, X @ W.T + b),
        ),
        ("only the first example has its scores: does return stand inside the loop?", lambda X, W, b: W @ X[0] + b),
        ("only the first example has its scores: all N rows of X are asked for", lambda X, W, b: X[:1] @ W.T + b),
        ("only the last example has its scores: collect one row per turn of the loop", lambda X, W, b: W @ X[-1] + b),
        (
            "you went one step too far, to the predicted classes: the scores are asked for",
            lambda X, W, b: (X @ W.T + b).argmax(axis=1),
        ),
    ],
)
def scores_of(X: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return the scores X @ W.T + b (N, C)."""
    return X @ W.T + b


# --- one-hot targets --------------------------------------------------------------------------------------
def _label_cases() -> Iterator[tuple]:
    yield np.array([1, 0]), 3
    yield np.array([0, 1, 0]), 4  # the last classes have no example
    yield np.random.default_rng(2).permutation([0, 1, 1, 2, 3, 4, 4]), 5
    yield np.array([2, 2, 0]), 3  # a class in the middle has none


def _single_label_case() -> Iterator[tuple]:
    yield np.array([2]), 4


def _one_hot(
    width: Callable = lambda y, C: C,
    shift: int = 0,
    value: object = 1,
    other: float = 0,
    rows: Callable | None = None,
    turned: bool = False,
) -> Callable:
    """Make a way to fill Y: its width, what label 0 becomes, what is written, which rows and columns."""

    def fill(y: np.ndarray, C: int) -> np.ndarray:
        Y = np.full((len(y), width(y, C)), float(other))
        here, there = rows(y, C) if rows else (np.arange(len(y)), y)
        Y[here, there + shift if shift else there] = y if value == "label" else value
        return Y.T if turned else Y

    return fill


@exercise(
    todo="return an array of shape (N, C) with a single 1 per row, in the column of that row's label",
    cases=_label_cases,
    hard={"a single label": _single_label_case},
    make=_one_hot,
    mistakes=[
        ("the result lies on its side, as (C, N): a row is an example, (N, C)", {"turned": True}),
        ("classes count from 0, so label 1 belongs into column 1; you subtracted 1", {"shift": -1}),
        ("classes count from 0, so label 1 belongs into column 1; you added 1", {"shift": 1}),
        (
            "there is a column too many and all ones are shifted: classes count from 0 to C - 1",
            lambda y, C: np.eye(C + 1)[y + 1],
        ),
        ("there is a column too many: classes count from 0 to C - 1", {"width": lambda y, C: C + 1}),
        ("there is a column too few: C classes need C columns", {"width": lambda y, C: C - 1}),
        (
            "the columns were counted from the labels: a class without an example still has its column, so use C",
            any_of({"width": lambda y, C: y.max() + 1}, {"width": lambda y, C: len(np.unique(y))}),
        ),
        (
            "there are as many columns as examples: there is one for each of the C classes",
            {"width": lambda y, C: len(y)},
        ),
        (
            "the labels were numbered anew: a class without an example keeps its column",
            any_of(
                lambda y, C: np.eye(C)[np.unique(y, return_inverse=True)[1].ravel()],
                lambda y, C: np.eye(len(np.unique(y)))[np.unique(y, return_inverse=True)[1].ravel()],
            ),
        ),
        (
            "row and column are exchanged in the index: the example comes first, Y[np.arange(N), y]",
            {"rows": lambda y, C: (y, np.arange(len(y)))},
        ),
        ("these are the labels as they came: each becomes a row of C numbers", lambda y, C: y),
        ("these are the labels as a column: each becomes a row of C numbers", lambda y, C: y[:, None]),
        ("everything is 1: only the label's column is", lambda y, C: np.ones((len(y), C))),
        ("everything is 0: set a 1 in each row", lambda y, C: np.zeros((len(y), C))),
        (
            "whole columns are filled: pair each row with its column, and number the rows, too",
            {"rows": lambda y, C: (slice(None), y)},
        ),
        (
            "Y[y] = 1 fills whole rows: pair each row with its column, Y[np.arange(N), y] = 1",
            {"rows": lambda y, C: (y, slice(None))},
        ),
        ("this is one row for all examples: each has a row of its own", lambda y, C: np.isin(np.arange(C), y) * 1.0),
        ("the entry holds the label itself: it is to be 1", {"value": "label"}),
        ("0 and 1 are swapped: the label's column is 1, the others 0", {"value": 0, "other": 1}),
        ("the other classes are -1: they are to be 0", {"other": -1}),
        (
            "all classes up to the label are 1: only the label's own is",
            any_of(lambda y, C: np.arange(C) <= y[:, None], lambda y, C: np.arange(C) < y[:, None]),
        ),
        ("the classes are in reverse order: label 0 belongs into the first column", lambda y, C: np.eye(C)[C - 1 - y]),
        ("this is the identity matrix, one row per class: pick from it the row of each label", lambda y, C: np.eye(C)),
        (
            "the ones run down the diagonal, whatever the labels are: y says which column",
            lambda y, C: np.eye(len(y), C),
        ),
        (
            "only the first example is there: does return stand inside the loop?",
            any_of(lambda y, C: np.eye(C)[y[0]], lambda y, C: np.eye(C)[y] * (np.arange(len(y)) == 0)[:, None]),
        ),
        ("only the last example is there: collect one row per turn of the loop", lambda y, C: np.eye(C)[y[-1]]),
        (
            "the last example is forgotten: does the loop end one too early?",
            lambda y, C: np.eye(C)[y] * (np.arange(len(y)) < len(y) - 1)[:, None],
        ),
        (
            "the loop runs over the C classes: it is to run over the N examples",
            lambda y, C: np.eye(C)[y] * (np.arange(len(y)) < C)[:, None],
        ),
        (
            "a single label loses its row: is a squeeze, or a [0], too much? (1, C) is asked for",
            lambda y, C: np.eye(C)[y].squeeze(),
        ),
    ],
)
def one_hot(y: np.ndarray, C: int) -> np.ndarray:
    """Return the one-hot rows (N, C) of the labels y (N,)."""
    return np.eye(C)[y]


# --- shapes of the 50x50x3 classifier of five classes ---------------------------------------------------------
def _shapes(answer: object) -> object:
    """Return the four shapes as text ("5 x 7500"); flat vectors and columns are both fine, a mixture is not."""
    if isinstance(answer, list | tuple):
        if len(answer) != 4:
            raise ValueError(f"{len(answer)} came, expected four shapes: x, W, b, scores")
        answer = dict(zip(("x", "W", "b", "scores"), answer, strict=True))
    if not isinstance(answer, dict):
        return answer
    sizes = {name: _sizes(shape) for name, shape in answer.items()}
    vectors = [sizes[name] for name in ("x", "b", "scores") if name in sizes]
    columns = [len(size) == 2 and size[1] == 1 for size in vectors]
    if any(columns) and not all(columns):
        raise ValueError(
            "some vectors are columns (n, 1) and some flat (n,): W @ x + b would then spread to a "
            "matrix. Write all of them flat"
        )
    if len(sizes.get("x", [])) == 2 and min(sizes["x"]) > 1 and 7500 in sizes["x"]:
        raise ValueError("this is the x of a whole batch: what is its shape for one picture?")
    return {name: " x ".join(map(str, size[:1] if size[1:] == [1] else size)) for name, size in sizes.items()}


def _sizes(shape: Any) -> list[int]:
    if isinstance(shape, str):  # such as "5x7500"
        return [int(size) for size in re.findall(r"[0-9]+", shape)]
    try:
        return [int(size) for size in np.atleast_1d(getattr(shape, "shape", shape))]
    except Exception as error:
        raise ValueError(f"{show(shape)} is no shape: expected a tuple of whole numbers, such as (10, 20)") from error


@exercise(
    todo="give the shapes of x, W, b and scores, each like (10,) or (10, 20), for one picture of 50x50x3 and 5 classes",
    small="a picture of 1 x 2 pixels has 6 numbers. With 2 classes W needs 2 rows, each with a weight for every one of "
    "the 6, and each class has one bias and one score",
    read=_shapes,
    mistakes=[
        (
            "x (5,) is what the slide prints, but its labels are swapped: x is the picture, all its numbers in a row",
            {"x": "5"},
        ),
        ("x is a row of a batch here, but W @ x takes one picture, flat: only one axis", {"x": "1 x 7500"}),
        ("b (7500,) is what the slide prints, but its labels are swapped: how many scores get a bias?", {"b": "7500"}),
        ("W is transposed: a class is a row of W, so classes come first", {"W": "7500 x 5"}),
        (
            "these are the shapes of the worked example: here a picture has 50x50x3 numbers, and there are 5 classes",
            any_of({"x": "4", "W": "3 x 4"}, {"W": "3 x 4", "b": "3"}),
        ),
        (
            "the bias is counted in x and W: here b stands apart, and x has only the picture's numbers",
            any_of({"x": "7501"}, {"W": "5 x 7501"}),
        ),
        ("the colours are missing: 50x50 pixels have 3 numbers each", {"x": "2500"}),
        ("the colours are missing in W: each of the 3 numbers of a pixel has its own weight", {"W": "5 x 2500"}),
        ("x is still a picture: unrolled it is one long vector", {"x": "50 x 50 x 3"}),
        (
            "x is not all flat yet: unrolled it is one long vector",
            any_of({"x": "2500 x 3"}, {"x": "50 x 150"}, {"x": "3 x 2500"}),
        ),
        (
            "W is not unrolled: each class has one long row, as long as the unrolled x",
            any_of({"W": "5 x 50 x 50 x 3"}, {"W": "5 x 2500 x 3"}, {"W": "50 x 50 x 3 x 5"}),
        ),
        (
            "x is miscounted: multiply all three, 50 * 50 * 3",
            any_of(*({"x": size} for size in ("750", "75000", "22500", "5000", "150", "103", "7503"))),
        ),
        (
            "W has another number of columns than x has numbers: they meet one by one",
            any_of(*({"W": f"5 x {size}"} for size in ("750", "75000", "22500", "5000", "150", "103", "50", "5", "4"))),
        ),
        ("W has one row only: each class has a row of its own", {"W": "7500"}),
        ("W doesn't connect x with itself: one row per class is enough", {"W": "7500 x 7500"}),
        ("b is a single number: each class has its own bias", {"b": "1"}),
        ("b is as large as W: a class has one bias for all its weights", {"b": "5 x 7500"}),
        ("scores is a single number: each class gets its own score, and the largest wins", {"scores": "1"}),
        ("scores are not as many as the numbers of the picture: each class gets one", {"scores": "7500"}),
        ("scores is summed over the picture's numbers: one number per class is left", {"scores": "5 x 7500"}),
        ("5 x 5 is what comes when a column meets a flat vector: each class gets one score", {"scores": "5 x 5"}),
    ],
    because="x has 7500 numbers and b has 5; the slide prints these two the other way round",
)
def shapes() -> dict[str, str]:
    """Return the shapes of x, W, b and scores as text."""
    return {"x": "7500", "W": "5 x 7500", "b": "5", "scores": "5"}


# --- accuracy ---------------------------------------------------------------------------------------------
def _accuracy_cases() -> Iterator[tuple]:
    yield np.array([[0.2, 0.9], [1.5, -1], [0, 0.5]]), np.array([1, 0, 1])  # all right
    yield np.array([[3.0, 1, 2], [0, 2, 1], [1, 0, 2], [2, 1, 0]]), np.array([0, 1, 2, 2])
    rng = np.random.default_rng(3)
    for n, c in [(5, 5), (7, 3), (12, 4)]:
        scores = rng.normal(size=(n, c))
        yield scores, np.where(rng.random(n) < 0.6, scores.argmax(axis=1), rng.integers(c, size=n).astype(int))


def _negative_case() -> Iterator[tuple]:
    yield np.array([[-3.0, -1, -2], [-4, -6, -5.5], [-1.5, -2.5, -0.5], [-2, -1, -3]]), np.array([1, 0, 2, 2])


def _single_accuracy_case() -> Iterator[tuple]:
    yield np.array([[0.5, 2.0, -1.0]]), np.array([1])
    yield np.array([[0.5, 2.0, -1.0]]), np.array([2])


def _running_best(scores: np.ndarray, y: np.ndarray, start: float, reset: bool) -> float:
    """Return the accuracy by a search whose best score starts at `start`, for each example or only once."""
    hits, best, winner = 0, start, 0
    for row, label in zip(scores, y, strict=True):
        best, winner = (start, 0) if reset else (best, winner)
        for c, score in enumerate(row):
            if score > best:
                best, winner = score, c
        hits += winner == label
    return hits / len(y)


def _first_in_row(hits: np.ndarray) -> int:
    """Return how many are right before the first that is wrong."""
    return int(np.cumprod(hits).sum())


def _hits(scores: np.ndarray, y: np.ndarray, axis: int | None = 1) -> np.ndarray:
    return scores.argmax(axis=axis) == y


@exercise(
    todo="return the fraction of examples whose largest score stands in the column of their label",
    cases=_accuracy_cases,
    hard={"rows whose scores are all negative": _negative_case, "a single example": _single_accuracy_case},
    mistakes=[
        ("this is the error rate: accuracy counts the right predictions", lambda s, y: 1 - _hits(s, y).mean()),
        ("this is the number of right predictions: divide by the number of examples", lambda s, y: _hits(s, y).sum()),
        ("this is in percent: a fraction lies between 0 and 1", lambda s, y: 100 * _hits(s, y).mean()),
        (
            "the right predictions are divided by the number of classes: divide by the number of examples",
            lambda s, y: _hits(s, y).sum() / s.shape[1],
        ),
        (
            "the right predictions are divided by the number of scores: divide by the number of examples",
            lambda s, y: _hits(s, y).sum() / s.size,
        ),
        (
            "you get 1 only if every prediction is right: take the mean (with /, not // or all)",
            lambda s, y: _hits(s, y).sum() // len(y),
        ),
        (
            "argmax ran down the columns: the classes of one example lie along axis=1",
            lambda s, y: _hits(s, y, 0).mean(),
        ),
        ("argmax without axis finds one place in the whole array: use axis=1", lambda s, y: _hits(s, y, None).mean()),
        ("you predict the smallest score: the largest wins", lambda s, y: (s.argmin(axis=1) == y).mean()),
        ("max gives the largest score itself, argmax its class", lambda s, y: (s.max(axis=1) == y).mean()),
        ("a score above 0 is no prediction: the largest score of a row wins", lambda s, y: (s > 0).mean()),
        (
            "the label's score counts as a hit when it is above 0: it must be the largest of its row",
            lambda s, y: (s[np.arange(len(y)), y] > 0).mean(),
        ),
        (
            "this is the mean score of the right classes: count how often that score is the largest",
            lambda s, y: s[np.arange(len(y)), y].mean(),
        ),
        (
            "the search for the largest score starts at 0: a row of negative scores never beats it, start at -np.inf",
            lambda s, y: _running_best(s, y, 0.0, reset=True),
        ),
        (
            "the largest score so far is kept from one example to the next: start the search anew in each row",
            any_of(
                lambda s, y: _running_best(s, y, -np.inf, reset=False),
                lambda s, y: _running_best(s, y, 0.0, reset=False),
            ),
        ),
        ("you compare sizes, without the sign: -5 is less than 3, so no abs", lambda s, y: _hits(abs(s), y).mean()),
        (
            "scores are cut to whole numbers first, and many then tie: compare them as they are",
            any_of(lambda s, y: _hits(np.trunc(s), y).mean(), lambda s, y: _hits(np.round(s), y).mean()),
        ),
        (
            "the last class is never looked at: does the loop over the classes end one too early?",
            lambda s, y: _hits(s[:, :-1], y).mean(),
        ),
        (
            "the first class is never looked at, and the others count from 0 then",
            lambda s, y: _hits(s[:, 1:], y).mean(),
        ),
        (
            "the last example is not looked at: does the loop over the examples end one too early?",
            any_of(lambda s, y: _hits(s, y)[:-1].sum() / len(y), lambda s, y: _hits(s, y)[:-1].mean()),
        ),
        (
            "counting ends at the first wrong prediction: all examples are to be looked at",
            any_of(lambda s, y: _first_in_row(_hits(s, y)) / len(y), lambda s, y: _first_in_row(_hits(s, y))),
        ),
        (
            "this is the mean of the classes' accuracies: each example is to count the same, whatever its class",
            lambda s, y: np.mean([_hits(s, y)[y == c].mean() for c in np.unique(y)]),
        ),
        (
            "class numbers are no distances: a prediction is right or wrong, 3 is no closer to 2 than 0",
            any_of(lambda s, y: 1 - abs(s.argmax(axis=1) - y).mean(), lambda s, y: abs(s.argmax(axis=1) - y).mean()),
        ),
        (
            "a label among the two largest scores counts as a hit: it has to be the largest",
            lambda s, y: np.mean([label in row for row, label in zip(np.argsort(s, axis=1)[:, -2:], y, strict=True)]),
        ),
        ("these are the predictions: compare them with y and take the mean", lambda s, y: s.argmax(axis=1)),
        ("this says for each example whether it is right: take the mean", lambda s, y: _hits(s, y)),
        ("only the first example was looked at: does return stand inside the loop?", lambda s, y: _hits(s, y)[0]),
    ],
)
def accuracy(scores: np.ndarray, y: np.ndarray) -> float:
    """Return the fraction of right predictions, between 0 and 1."""
    return float((scores.argmax(axis=1) == y).mean())


# --- the line between two classes -------------------------------------------------------------------------
def _boundary_cases() -> Iterator[tuple]:
    yield np.array([2.0, 3]), np.array([1.0, 1]), 1.0, 5.0
    rng = np.random.default_rng(4)
    for _ in range(3):
        w_i, w_j = rng.uniform(0.5, 2, size=2), rng.uniform(-2, -0.5, size=2)  # never vertical
        yield w_i, w_j, *rng.normal(size=2)
    yield np.array([1.0, -1.5]), np.array([0.5, 1.0]), 0.5, -2.0  # a line that rises


def _line(weights: Sequence[float] | np.ndarray, c: float) -> tuple[float, float]:
    """Return (slope, intercept) of the line a x + b y + c = 0; `weights` are a and b."""
    a, b = weights
    return -a / b, -c / b


@exercise(
    todo="return (slope, intercept) of the line y = slope * x + intercept on which classes i and j score the same",
    cases=_boundary_cases,
    mistakes=[
        (
            "the slope has the wrong sign: bring the x term to the other side",
            lambda u, v, p, q: ((u - v)[0] / (u - v)[1], -(p - q) / (u - v)[1]),
        ),
        (
            "the intercept has the wrong sign: bring the bias to the other side",
            lambda u, v, p, q: (-(u - v)[0] / (u - v)[1], (p - q) / (u - v)[1]),
        ),
        (
            "the slope lost its sign: a line may rise or fall, so no abs",
            lambda u, v, p, q: (abs((u - v)[0] / (u - v)[1]), -(p - q) / (u - v)[1]),
        ),
        (
            "slope and intercept both have the wrong sign: bring the x term and the bias to the other side",
            lambda u, v, p, q: ((u - v)[0] / (u - v)[1], (p - q) / (u - v)[1]),
        ),
        (
            "the slope is upside down: divide by the weight of y",
            lambda u, v, p, q: (-(u - v)[1] / (u - v)[0], -(p - q) / (u - v)[1]),
        ),
        (
            "you solved for x: solve for y, which divides by the weight of y",
            lambda u, v, p, q: (-(u - v)[1] / (u - v)[0], -(p - q) / (u - v)[0]),
        ),
        (
            "this is the direction of w, which is at right angles to the line",
            lambda u, v, p, q: ((u - v)[1] / (u - v)[0], -(p - q) / (u - v)[1]),
        ),
        ("the biases are forgotten: they move the line up and down", lambda u, v, p, q: _line((u - v), 0)),
        ("only one bias is used: both scores have one", lambda u, v, p, q: _line((u - v), p)),
        ("only one bias is used: both scores have one", lambda u, v, p, q: _line((u - v), -q)),
        (
            "the intercept is divided by the weight of x: both are divided by the weight of y",
            lambda u, v, p, q: (-(u - v)[0] / (u - v)[1], -(p - q) / (u - v)[0]),
        ),
        (
            "the scores are added up: equal scores mean that their difference is 0",
            any_of(lambda u, v, p, q: _line((u + v), p + q), lambda u, v, p, q: _line((u + v), p - q)),
        ),
        (
            "the two zero lines are averaged: on neither of them, nor between, are both scores equal",
            lambda u, v, p, q: np.mean([_line(u, p), _line(v, q)], axis=0),
        ),
        (
            "you subtract within each row: the difference is that of the two rows, w_i - w_j",
            lambda u, v, p, q: _line((u[0] - u[1], v[0] - v[1]), p - q),
        ),
        (
            "brackets are missing: a / b - c divides before it subtracts, write a / (b - c)",
            any_of(
                lambda u, v, p, q: (-(u - v)[0] / u[1] - v[1], -(p - q) / u[1] - v[1]),
                lambda u, v, p, q: (-(u - v)[0] / u[1] - v[1], -(p - q) / (u - v)[1]),
                lambda u, v, p, q: (-u[0] - v[0] / (u - v)[1], -p - q / (u - v)[1]),
            ),
        ),
        (
            "the biases are added up: take their difference, as for the weights",
            lambda u, v, p, q: _line((u - v), p + q),
        ),
        (
            "the intercept is not divided yet: divide the biases by the weight of y, too",
            lambda u, v, p, q: (-(u - v)[0] / (u - v)[1], -(p - q)),
        ),
        (
            "the slope is not divided yet: divide the weight of x by the weight of y",
            lambda u, v, p, q: (-(u - v)[0], -(p - q) / (u - v)[1]),
        ),
        ("this is the line where class i scores 0: class j has to score the same", lambda u, v, p, q: _line(u, p)),
        ("this is the line where class j scores 0: class i has to score the same", lambda u, v, p, q: _line(v, q)),
        ("the order is turned round: slope first, then intercept", lambda u, v, p, q: _line((u - v), p - q)[::-1]),
    ],
)
def boundary(w_i: np.ndarray, w_j: np.ndarray, b_i: float, b_j: float) -> tuple[float, float]:
    """Return (slope, intercept) of the line where w_i . x + b_i = w_j . x + b_j; weights (2,)."""
    return _line((w_i - w_j), b_i - b_j)
