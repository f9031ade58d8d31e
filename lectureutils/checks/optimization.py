"""The exercises of notebook 04: the loss to minimise, two ways to its minimum, and the gradients of the losses.

Measured gradients have their own family of mistakes, each with and without the one that hides in integers: a W of
whole numbers cuts off every step that is added to it.
"""

from collections.abc import Callable, Iterator

import numpy as np

from .engine import exercise
from .explain import any_of, near

Array = np.ndarray
Pair = tuple[Array, Array]


# --- the loss of the optimization slides ------------------------------------------------------------------
def _example_cases() -> Iterator[tuple]:
    yield np.array([[1.0, 2], [0, 3]]), np.array([2.0, 1]), np.array([0.0, 1])
    rng = np.random.default_rng(11)
    for c, d, truth in [(3, 4, 1), (3, 3, 0), (5, 2, 4)]:
        yield rng.normal(size=(c, d)), rng.normal(size=d), np.eye(c)[truth]


def _other_wishes() -> Iterator[tuple]:
    yield np.array([[1.0, 2], [0, 3]]), np.array([2.0, 1]), np.array([3.0, -1])


def _three_classes(W: Array, x: Array, t: Array) -> float:
    r = W @ x - t
    return np.sqrt(r[0] ** 2 + r[1] ** 2 + r[2] ** 2)


@exercise(
    todo="return L(W) = ||W x - y*||, one number, from W (C, D), x (D,) and the wanted scores y_star (C,)",
    cases=_example_cases,
    hard={"wanted scores other than 0 and 1": _other_wishes},
    mistakes=[
        ("these are the scores f: we minimise L, their distance to y_star", lambda W, x, t: W @ x),
        ("this is the sum of the scores: we minimise L, not f", lambda W, x, t: (W @ x).sum()),
        ("this is the highest score: we minimise L, not f", lambda W, x, t: (W @ x).max()),
        ("these are the differences, class by class: L is the length of that vector", lambda W, x, t: W @ x - t),
        (
            "this is the squared length: the lecture's L here is not squared, take the root",
            lambda W, x, t: ((W @ x - t) ** 2).sum(),
        ),
        ("the squares are still apart: sum them, then take the root", lambda W, x, t: (W @ x - t) ** 2),
        (
            "each square has a root of its own, which is only the size: sum the squares first, then take one root",
            lambda W, x, t: np.abs(W @ x - t),
        ),
        (
            "this is the L1 distance, the sum of |differences|: square, sum, take the root",
            lambda W, x, t: np.abs(W @ x - t).sum(),
        ),
        (
            "this is the largest difference only: square all, sum, take the root",
            lambda W, x, t: np.abs(W @ x - t).max(),
        ),
        (
            "you took the mean of the squares: the length has their sum under the root",
            lambda W, x, t: np.sqrt(((W @ x - t) ** 2).mean()),
        ),
        (
            "the differences cancel each other when added: square them first",
            any_of(
                lambda W, x, t: (W @ x - t).sum(),
                lambda W, x, t: abs((W @ x - t).sum()),
                lambda W, x, t: np.sqrt((W @ x - t).sum()),
            ),
        ),
        ("* 2 doubles, and ** 2 is the square", lambda W, x, t: np.sqrt((2 * (W @ x - t)).sum())),
        (
            "y_star is missing: the length of W x alone says nothing about the target",
            lambda W, x, t: np.linalg.norm(W @ x),
        ),
        ("y_star is added: the difference W x - y_star is measured", lambda W, x, t: np.linalg.norm(W @ x + t)),
        (
            "you subtracted the two lengths: subtract the vectors, then take the length",
            lambda W, x, t: abs(np.linalg.norm(W @ x) - np.linalg.norm(t)),
        ),
        (
            "only the true class counts here: the scores of the wrong classes are to be 0, too",
            lambda W, x, t: abs((W @ x - t)[t.argmax()]),
        ),
        ("you used W.T @ x (or x @ W): a class is a row of W, so W @ x", lambda W, x, t: np.linalg.norm(W.T @ x - t)),
        (
            "* and sum make one number of all classes: each class has a score of its own, W @ x",
            lambda W, x, t: np.linalg.norm((W * x).sum() - t),
        ),
        (
            "the scores are a column, so every score meets every wanted score: W @ x has a single axis",
            lambda W, x, t: np.linalg.norm((W @ x)[:, None] - t),
        ),
        (
            "the last class is left out: does the loop end one too early?",
            lambda W, x, t: np.linalg.norm((W @ x - t)[:-1]),
        ),
        ("three classes are written out, as on the slide: W may have more rows, or fewer", _three_classes),
        (
            "it is divided by the length of y_star: L is the length of the difference itself",
            lambda W, x, t: np.linalg.norm(W @ x - t) / np.linalg.norm(t),
        ),
        (
            "y_star is taken for one-hot: subtract what is wanted for each class, whatever it is",
            lambda W, x, t: np.linalg.norm(W @ x - np.eye(len(t))[t.argmax()]),
        ),
    ],
)
def norm_loss(W: Array, x: Array, y_star: Array) -> float:
    """Return ||W x - y*||, not squared."""
    return float(np.linalg.norm(W @ x - y_star))


# --- the normal equation ----------------------------------------------------------------------------------
def _table_cases() -> Iterator[tuple]:
    yield np.array([[1.0, 0], [1, 1], [0, 2]]), np.array([[1.0], [3], [5]])
    rng = np.random.default_rng(12)
    for n, d, c in [(6, 3, 2), (9, 4, 3), (8, 3, 3)]:
        yield rng.normal(size=(n, d)), rng.normal(size=(n, c))


def _square_case() -> Iterator[tuple]:
    rng = np.random.default_rng(19)
    yield rng.normal(size=(3, 3)), rng.normal(size=(3, 3))  # X @ X.T fits here as well as X.T @ X


def _uneven_cases() -> Iterator[tuple]:
    rng = np.random.default_rng(18)
    yield rng.normal(size=(7, 3)) * np.array([1.0, 0.05, 20]), rng.normal(size=(7, 2))
    yield rng.normal(size=(6, 3)) * 0.02, rng.normal(size=(6, 2)) * 0.02


def _solved(X: Array, Y: Array) -> Array:
    return np.linalg.solve(X.T @ X, X.T @ Y)


def _with_ones(X: Array) -> Array:
    return np.column_stack([X, np.ones(len(X))])


def _ridge(lam: float) -> Callable:
    return lambda X, Y: np.linalg.solve(X.T @ X + lam * np.eye(X.shape[1]), X.T @ Y).T


def _unless_small(least: float) -> Callable:
    return lambda X, Y: _solved(X, Y).T * (np.linalg.det(X.T @ X) >= least)


def _cut_off(rcond: float) -> Callable:
    return lambda X, Y: (np.linalg.pinv(X, rcond=rcond) @ Y).T


def _lstsq_turned(X: Array, Y: Array) -> tuple:
    solution, *rest = np.linalg.lstsq(X, Y, rcond=None)
    return solution.T, *rest


@exercise(
    todo="return the W (C, D) that minimises ||X W^T - Y||^2, from X (N, D) and targets Y (N, C)",
    cases=_table_cases,
    hard={
        "small numbers in X, or columns of very different size": _uneven_cases,
        "as many examples as inputs": _square_case,
    },
    mistakes=[
        ("this is W transposed, (D, C): with examples in rows the formula gives W.T", _solved),
        ("the inverse of X.T @ X is missing", lambda X, Y: (X.T @ Y).T),
        ("the inverse of X.T @ X is missing, and the result is W.T", lambda X, Y: X.T @ Y),
        ("you multiplied by X.T @ X instead of solving with it", lambda X, Y: (X.T @ X @ X.T @ Y).T),
        (
            "** -1 and 1 / A work entry by entry: np.linalg.inv(A) is the inverse, np.linalg.solve better still",
            lambda X, Y: ((1 / (X.T @ X)) @ X.T @ Y).T,
        ),
        (
            "** -1 and 1 / A work entry by entry, use np.linalg.inv or solve; and the result is W.T",
            lambda X, Y: (1 / (X.T @ X)) @ X.T @ Y,
        ),
        (
            "this is the smallest loss, the min: asked for is where it is reached, the argmin",
            lambda X, Y: ((X @ _solved(X, Y) - Y) ** 2).sum(),
        ),
        (
            "this is the smallest mean loss, the min: asked for is where it is reached, the argmin",
            lambda X, Y: ((X @ _solved(X, Y) - Y) ** 2).sum() / len(X),
        ),
        ("these are the scores X @ W.T: W itself is asked for", lambda X, Y: X @ _solved(X, Y)),
        ("1 / N stands on one side of the equation only: on both, or on none", lambda X, Y: len(X) * _solved(X, Y).T),
        ("1 / N stands on one side of the equation only: on both, or on none", lambda X, Y: _solved(X, Y).T / len(X)),
        (
            "you added a ridge: here X.T @ X has an inverse and needs none",
            any_of(*(_ridge(lam) for lam in (1.0, 0.1, 0.01, 1e-3, 1e-4, 1e-5, 1e-6))),
        ),
        (
            "this is X @ X.T, example by example: the formula has X.T @ X, column by column",
            any_of(
                lambda X, Y: (np.linalg.inv(X @ X.T) @ X.T @ Y).T,
                lambda X, Y: np.linalg.solve(X @ X.T, X @ Y.T).T,
                lambda X, Y: np.linalg.solve(X @ X.T, X.T @ Y).T,
                lambda X, Y: np.linalg.solve(X @ X.T, X @ Y).T,
            ),
        ),
        (
            "* multiplies entry by entry: rows times columns is X.T @ X",
            any_of(
                lambda X, Y: np.linalg.solve(X.T * X, X.T @ Y).T, lambda X, Y: np.linalg.solve(X.T * X.T, X.T @ Y).T
            ),
        ),
        (
            "the two arguments of solve are exchanged: solve(A, B) gives the Z with A @ Z = B, and X.T @ X is A",
            lambda X, Y: np.linalg.solve(X.T @ Y, X.T @ X).T,
        ),
        (
            "reshape puts the numbers into another order: .T turns rows into columns",
            lambda X, Y: _solved(X, Y).reshape(Y.shape[1], -1),
        ),
        (
            "np.linalg.lstsq returns four things: W.T is the first of them, [0]",
            any_of(lambda X, Y: np.linalg.lstsq(X, Y, rcond=None), _lstsq_turned),
        ),
        (
            "a column of ones is added: here X is complete, and W has as many columns as X",
            lambda X, Y: (np.linalg.pinv(_with_ones(X)) @ Y).T,
        ),
        (
            "a bias is fitted as well, by a column of ones or by subtracting means: take X and Y as they come",
            lambda X, Y: (np.linalg.pinv(_with_ones(X)) @ Y).T[:, :-1],
        ),
        (
            "each column is fitted by itself: X.T @ X has entries beside the diagonal, too",
            lambda X, Y: (X.T @ Y).T / np.diag(X.T @ X),
        ),
        (
            "only the first D examples are used: all N of them count",
            lambda X, Y: np.linalg.solve(X[: X.shape[1]], Y[: X.shape[1]]).T,
        ),
        (
            "only the first class is there: one row of W for each column of Y",
            any_of(lambda X, Y: _solved(X, Y[:, :1]).T, lambda X, Y: _solved(X, Y)[:, 0]),
        ),
        (
            "Y is made one-hot: take the targets as they come",
            lambda X, Y: _solved(X, np.eye(Y.shape[1])[Y.argmax(axis=1)]).T,
        ),
        (
            "a small determinant does not mean that there is no inverse: small numbers in X make it small, too",
            any_of(*(_unless_small(least) for least in (1e-2, 0.1))),
        ),
        (
            "small singular values are cut off: here all of them count, so leave rcond alone",
            any_of(*(_cut_off(rcond) for rcond in (0.2, 0.1, 0.01))),
        ),
    ],
)
def normal_equation(X: Array, Y: Array) -> Array:
    """Return W (C, D), the transpose of (X^T X)^-1 X^T Y."""
    return _solved(X, Y).T


# --- the measured gradient --------------------------------------------------------------------------------
def _cubes(W: Array) -> float:
    return float((W**3).sum())


def _waves(W: Array) -> float:
    return float((np.arange(1, W.size + 1).reshape(W.shape) * np.sin(W)).sum() + 0.3 * np.exp(0.4 * W).sum() ** 2)


def _function_cases() -> Iterator[tuple]:
    yield _cubes, np.array([[1.0, 2]]), 0.1
    yield _waves, np.array([[0.3, -0.7], [1.1, 0.4]]), 0.2
    yield _waves, np.random.default_rng(13).normal(size=(2, 3)), 0.05
    yield _waves, np.array([[0.0, 0.6, -0.4], [0.9, 0.0, 0.2]]), 0.1
    yield _waves, np.array([[2, -1], [1, 3]]), 0.25  # whole numbers


def _central(f: Callable, W: Array, i: tuple, h: float) -> float:
    ahead, behind = W.copy(), W.copy()
    ahead[i] += h
    behind[i] -= h
    return (f(ahead) - f(behind)) / (2 * h)


def _forward(f: Callable, W: Array, i: tuple, h: float) -> float:
    ahead = W.copy()
    ahead[i] += h
    return (f(ahead) - f(W)) / h


def _backward(f: Callable, W: Array, i: tuple, h: float) -> float:
    behind = W.copy()
    behind[i] -= h
    return (f(W) - f(behind)) / h


def _without_brackets(f: Callable, W: Array, i: tuple, h: float) -> float:
    ahead, behind = W.copy(), W.copy()
    ahead[i] += h
    behind[i] -= h
    return f(ahead) - f(behind) / (2 * h)


def _left_in(f: Callable, W: Array, i: tuple, h: float) -> float:
    W[i] += h
    ahead = f(W)
    W[i] -= 2 * h
    return (ahead - f(W)) / (2 * h)


def _entries(slope: Callable, whole: bool = False, gradient_type: type | None = float) -> Callable:
    """Return a gradient that takes its entries from `slope`; `whole` leaves integers as they are."""

    def gradient(f: Callable, W: Array, h: float) -> Array:
        dW = np.zeros_like(W, dtype=gradient_type)
        W = W.copy() if whole else W.astype(float)
        for i in np.ndindex(W.shape):
            dW[i] = slope(f, W, i, h)
        return dW

    return gradient


def _as_on_the_slides(f: Callable, W: Array, h: float, whole: bool = False) -> Array:
    dW, base, W = np.zeros(W.shape), f(W), W.copy() if whole else W.astype(float)
    for i in np.ndindex(W.shape):
        W[i] += h
        dW[i] = (f(W) - base) / h
    return dW


def _rows(f: Callable, W: Array, h: float) -> Array:
    dW, W = np.zeros(W.shape), W.astype(float)
    for i in range(len(W)):
        dW[i] = _central(f, W, (i,), h)
    return dW


def _first_only(f: Callable, W: Array, h: float) -> Array:
    dW = np.zeros(W.shape)
    dW[0, 0] = _central(f, W.astype(float), (0, 0), h)
    return dW


def _loops_exchanged(f: Callable, W: Array, h: float) -> Array:
    dW, W = np.zeros(W.shape), W.astype(float)
    for i in range(W.shape[1]):
        for j in range(W.shape[0]):
            dW[i, j] = _central(f, W, (i, j), h)
    return dW


def _with_integers(hint: str, slope: Callable) -> list[tuple[str, Callable]]:
    return [(hint, _entries(slope)), (f"{hint} (and integers need W.astype(float))", _entries(slope, whole=True))]


@exercise(
    todo="return the slopes (f(W + h) - f(W - h)) / 2h, one for each entry of W, with only that entry moved",
    cases=_function_cases,
    mistakes=[
        *_with_integers("a central difference spans 2h: divide by 2 * h", lambda f, W, i, h: 2 * _central(f, W, i, h)),
        *_with_integers(
            "the difference is not divided yet: a slope is the rise over 2 * h",
            lambda f, W, i, h: 2 * h * _central(f, W, i, h),
        ),
        *_with_integers(
            "/ 2 * h divides by 2 and multiplies by h: write / (2 * h)", lambda f, W, i, h: h * h * _central(f, W, i, h)
        ),
        *_with_integers("this is the one-sided slope (f(W + h) - f(W)) / h: step to both sides", _forward),
        *_with_integers("this is the one-sided slope (f(W) - f(W - h)) / h: step to both sides", _backward),
        *_with_integers("a - b / (2 * h) divides only b: brackets round the difference", _without_brackets),
        *_with_integers("the sign is turned: f(W + h) comes first", lambda f, W, i, h: -_central(f, W, i, h)),
        *_with_integers("the step is not undone: put the old entry back before you go on to the next", _left_in),
        ("the step is not undone, as on the slides: each entry still holds the steps before it", _as_on_the_slides),
        (
            "the step is not undone, as on the slides (and integers need W.astype(float))",
            lambda f, W, h: _as_on_the_slides(f, W, h, whole=True),
        ),
        (
            "all slopes are 0: both names mean the same array, so both steps cancel; use W.copy()",
            lambda f, W, h: np.zeros(W.shape),
        ),
        (
            "half a slope: the second W is the same array, and -h only undoes +h; use W.copy()",
            _entries(lambda f, W, i, h: _forward(f, W, i, h) / 2),
        ),
        (
            "W may come in whole numbers, which cut off every step h: begin with W = W.astype(float)",
            _entries(_central, whole=True),
        ),
        (
            "whole numbers cut off the step and the slope: begin with W = W.astype(float)",
            _entries(_central, whole=True, gradient_type=None),
        ),
        (
            "np.zeros_like of whole numbers cuts off the slopes: use np.zeros(W.shape)",
            _entries(_central, gradient_type=None),
        ),
        ("a whole row moves at once, W[i] is a row: move one entry W[i, j]", _rows),
        (
            "all entries move at once: that is one slope, and each entry has its own",
            any_of(
                lambda f, W, h: (f(W + h) - f(W - h)) / (2 * h),
                lambda f, W, h: np.full(W.shape, (f(W + h) - f(W - h)) / (2 * h)),
            ),
        ),
        ("only the first entry is measured: does return stand inside the loop?", _first_only),
        ("rows and columns are exchanged in the loops: W[i, j] has its row i below W.shape[0]", _loops_exchanged),
        (
            "f gets a single entry: hand it the whole W, in which that entry has moved",
            lambda f, W, h: np.array([[(f(w + h) - f(w - h)) / (2 * h) for w in row] for row in W]),
        ),
        ("h is not looked at: step by the h that comes", near(lambda f, W, h: _entries(_central)(f, W, 1e-4), 1e-4)),
        (
            "an entry that is 0 has a slope, too: loop over all of them",
            lambda f, W, h: _entries(_central)(f, W, h) * (W != 0),
        ),
        (
            "the step is h times the weight, none at a weight of 0: it is h for every entry",
            any_of(
                _entries(lambda f, W, i, h: _central(f, W, i, h * W[i])),
                _entries(lambda f, W, i, h: W[i] * _central(f, W, i, h * W[i])),
            ),
        ),
    ],
)
def numerical_gradient(f: Callable, W: Array, h: float) -> Array:
    """Return the central differences, in the shape of W."""
    return _entries(_central)(f, W, h)


# --- one step downhill ------------------------------------------------------------------------------------
def _step_cases() -> Iterator[tuple]:
    yield np.array([[1.0, 2]]), np.array([3.0]), np.array([[10.0, -20]]), np.array([5.0]), 0.1
    rng = np.random.default_rng(14)
    for c, d, rate in [(3, 4, 0.3), (3, 3, 0.05), (2, 5, 2.0)]:
        yield (*(rng.normal(size=size) for size in ((c, d), c, (c, d), c)), rate)


def _short_step() -> Iterator[tuple]:
    rng = np.random.default_rng(17)
    yield rng.normal(size=(2, 2)), rng.normal(size=2), 1e-3 * rng.normal(size=(2, 2)), 1e-3 * rng.normal(size=2), 1.0


def _step(
    W_by: Callable = lambda W, dW, rate: W - rate * dW,
    b_by: Callable | None = None,
    slope_of_b: Callable = lambda dW, db: db,
) -> Callable:
    """Make a variant: the rules by which W and b step (the same unless `b_by` is given), and the slope that b gets."""

    def step(W: Array, b: Array, dW: Array, db: Array, rate: float) -> Pair:
        return W_by(W, dW, rate), (b_by or W_by)(b, slope_of_b(dW, db), rate)

    return step


def _right(p: Array, dp: Array, rate: float) -> Array:
    return p - rate * dp


def _both(W: Array, b: Array, dW: Array, db: Array, rate: float) -> Pair:
    return W - rate * dW, b - rate * db


def _unless_short(least: float) -> Callable:
    return lambda W, b, dW, db, r: (W, b) if np.linalg.norm(dW) < least else (W - r * dW, b - r * db)


def _but_the_last_class(p: Array, dp: Array, rate: float) -> Array:
    return np.concatenate([(p - rate * dp)[:-1], p[-1:]])


@exercise(
    todo="return the pair (W, b) after one step of gradient descent, from W, b, dW, db and learning_rate",
    cases=_step_cases,
    hard={"a very short gradient": _short_step},
    make=_step,
    mistakes=[
        ("this step goes uphill: subtract the gradient", _step(lambda p, dp, r: p + r * dp)),
        ("the learning rate is ignored: it scales the step", _step(lambda p, dp, r: p - dp)),
        ("the learning rate multiplies W: it belongs to the gradient", _step(lambda p, dp, r: r * p - dp)),
        ("the learning rate multiplies both: only the gradient is scaled", _step(lambda p, dp, r: r * (p - dp))),
        ("you subtract W itself: subtract learning_rate times dW", _step(lambda p, dp, r: p - r * p)),
        (
            "weights and gradient are exchanged: learning_rate times dW is subtracted from W",
            _step(lambda p, dp, r: dp - r * p),
        ),
        ("W is replaced by the step: the step is added to the old W", _step(lambda p, dp, r: -r * dp)),
        ("this is the step alone: subtract it from W and b", _step(lambda p, dp, r: r * dp)),
        ("the old W and b come back: return the new ones", _step(lambda p, dp, r: p)),
        ("you divide by the learning rate: multiply", _step(lambda p, dp, r: p - dp / r)),
        (
            "the learning rate is subtracted: a * belongs between it and the gradient",
            _step(lambda p, dp, r: p - r - dp),
        ),
        ("the learning rate counts twice: once is enough", _step(lambda p, dp, r: p - r * r * dp)),
        ("the learning rate is cut to 1: use it as it comes", _step(lambda p, dp, r: p - min(r, 1.0) * dp)),
        ("these are two steps: take one", _step(lambda p, dp, r: p - 2 * r * dp)),
        (
            "W and b shrink by the learning rate as well: only the gradient is scaled",
            _step(lambda p, dp, r: (1 - r) * p - r * dp),
        ),
        (
            "only the sign of the gradient counts here: its size belongs to the step",
            _step(lambda p, dp, r: p - r * np.sign(dp)),
        ),
        (
            "the gradient's sign is lost: it says which way is down, so no abs",
            _step(lambda p, dp, r: p - r * np.abs(dp)),
        ),
        (
            "the gradient is brought to length 1: its length belongs to the step",
            any_of(
                _step(lambda p, dp, r: p - r * dp / np.linalg.norm(dp)),
                lambda W, b, dW, db, r: _both(W, b, dW, db, r / np.sqrt((dW**2).sum() + (db**2).sum())),
            ),
        ),
        ("W is multiplied in: the step is learning_rate times the gradient", _step(lambda p, dp, r: p - r * p * dp)),
        (
            "negative weights are cut to 0: they are as good as positive ones",
            _step(lambda p, dp, r: np.maximum(0, p - r * dp)),
        ),
        ("everything is cut to whole numbers: no astype(int)", _step(lambda p, dp, r: (p - r * dp).astype(int))),
        (
            "it is divided by the number of classes: the gradient comes complete",
            _step(lambda p, dp, r: p - r * dp / len(p)),
        ),
        ("the last class stays where it is: does the loop end one too early?", _step(_but_the_last_class)),
        (
            "a short gradient is ignored: step with every gradient",
            any_of(*(_unless_short(least) for least in (0.1, 0.01))),
        ),
        ("dW is turned with .T: it has the shape of W already", lambda W, b, dW, db, r: (W - r * dW.T, b - r * db)),
        ("db moves W as well: it belongs to b alone", lambda W, b, dW, db, r: (W - r * (dW + db[:, None]), b - r * db)),
        (
            "b is updated with dW: its own gradient is db",
            any_of({"slope_of_b": lambda dW, db: dW}, {"slope_of_b": lambda dW, db: dW[:, 0]}),
        ),
        (
            "b is updated with the sum of dW: its own gradient is db",
            any_of({"slope_of_b": lambda dW, db: dW.sum(axis=1)}, {"slope_of_b": lambda dW, db: dW.mean(axis=1)}),
        ),
        (
            "b is updated with dW, from which no vector of its size comes: its own gradient is db",
            lambda W, b, dW, db, r: (W - r * dW, b[:, None] - r * dW),
        ),
        (
            "all biases move by the same number, a sum or a mean: each one has its own slope in db",
            any_of({"slope_of_b": lambda dW, db: db.sum()}, {"slope_of_b": lambda dW, db: db.mean()}),
        ),
        ("b is updated uphill: subtract its gradient, too", {"b_by": lambda b, db, r: b + r * db}),
        ("W is updated uphill: subtract its gradient, too", _step(lambda W, dW, r: W + r * dW, _right)),
        ("b is not updated: it learns as W does", {"b_by": lambda b, db, r: b}),
        ("the learning rate is missing at b", {"b_by": lambda b, db, r: b - db}),
        ("the learning rate is missing at W", _step(lambda W, dW, r: W - dW, _right)),
        ("W is not updated: return the new one", _step(lambda W, dW, r: W, _right)),
        ("the order is turned round: (W, b)", lambda W, b, dW, db, r: (b - r * db, W - r * dW)),
        ("only W comes back: return W, b", lambda W, b, dW, db, r: W - r * dW),
        (
            "W comes back twice, and b not at all: return W, b",
            any_of(lambda W, b, dW, db, r: (W - r * dW, W), lambda W, b, dW, db, r: (W - r * dW, W - r * dW)),
        ),
        (
            "W and b come back in one array: return the pair W, b",
            lambda W, b, dW, db, r: np.column_stack([W - r * dW, b - r * db]),
        ),
    ],
)
def gradient_step(W: Array, b: Array, dW: Array, db: Array, learning_rate: float) -> Pair:
    """Return (W - learning_rate dW, b - learning_rate db)."""
    return _both(W, b, dW, db, learning_rate)


# --- gradients of the losses by the scores ----------------------------------------------------------------
def _score_cases() -> Iterator[tuple]:
    yield np.array([[1.0, 0.5], [0.2, 0.9]]), np.array([0, 0])
    rng = np.random.default_rng(15)
    for n, c in [(4, 3), (3, 3), (5, 4)]:
        yield rng.normal(scale=1.5, size=(n, c)), rng.integers(c, size=n).astype(int)


def _one_example() -> Iterator[tuple]:
    yield np.array([[0.3, -0.4, 1.2]]), np.array([1])


def _large_scores() -> Iterator[tuple]:
    yield np.array([[2000.0, 0], [-1000, -1001]]), np.array([1, 0])
    yield np.array([[2.0, 1], [0.5, -800], [900, 901]]), np.array([0, 1, 0])


def _targets(scores: Array, y: Array) -> Array:
    return np.eye(scores.shape[1])[y]


def _exp_sum(scores: Array, axis: int | None = 1) -> Array:
    e = np.exp(scores)
    return e / e.sum(axis=axis, keepdims=True)


def _shifted_exp(scores: Array) -> Array:
    return np.exp(scores - scores.max(axis=1, keepdims=True))


def _softmax(scores: Array, axis: int | None = 1) -> Array:
    return _exp_sum(scores - scores.max(axis=axis, keepdims=True), axis)


def _guarded(guard: float) -> Callable:
    def softmax(scores: Array) -> Array:
        e = _shifted_exp(scores)
        return e / (e.sum(axis=1, keepdims=True) + guard)

    return softmax


def _log_loss(scores: Array, y: Array) -> float:
    return -np.log(_softmax(scores)[np.arange(len(y)), y]).mean()


def _gradient(p: Callable = _softmax, target: Callable = _targets, sign: int = 1, count: Callable = len) -> Callable:
    """Make a variant of sign (p - t) / count: of the scores the probabilities and the count, with the labels t."""
    return lambda s, y: sign * (p(s) - target(s, y)) / count(s)


def _true_p_everywhere(s: Array, y: Array) -> Array:
    return (_softmax(s)[np.arange(len(y)), y][:, None] - _targets(s, y)) / len(s)


def _whole_columns(s: Array, y: Array) -> Array:
    columns = np.zeros_like(s)
    columns[:, y] = 1
    return columns


def _first_row_only(gradient: Array) -> Array:
    return gradient * (np.arange(len(gradient)) == 0)[:, None]


@exercise(
    todo="return the gradient (N, C) of the cross-entropy by the scores: (p - t) / N with one-hot targets t",
    cases=_score_cases,
    hard={"a single example": _one_example, "scores in the thousands, where exp overflows": _large_scores},
    make=_gradient,
    mistakes=[
        ("the sign is turned: p minus the target", {"sign": -1}),
        ("this is p alone: subtract 1 at the true class", {"target": lambda s, y: 0}),
        ("this is p alone: subtract 1 at the true class, and divide by N", lambda s, y: _softmax(s)),
        ("raw scores minus the target belongs to L2: here softmax comes first", {"p": lambda s: s}),
        ("raw scores minus the target, without 1 / N: here softmax comes first", lambda s, y: s - _targets(s, y)),
        ("1 / N is missing: the loss is a mean over the examples", {"count": lambda s: 1}),
        ("the sign is turned, and 1 / N is missing", lambda s, y: _targets(s, y) - _softmax(s)),
        ("1 / N is missing at the target: brackets, (p - t) / N", {"target": lambda s, y: len(s) * _targets(s, y)}),
        (
            "softmax runs down the columns: the classes of one example lie along axis=1",
            any_of({"p": lambda s: _softmax(s, 0)}, {"p": lambda s: _shifted_exp(s) / _shifted_exp(s).sum(axis=0)}),
        ),
        (
            "softmax runs over the whole array: each example has its own sum, axis=1 and keepdims=True",
            any_of({"p": lambda s: _softmax(s, None)}, {"p": lambda s: _shifted_exp(s) / _shifted_exp(s).sum()}),
        ),
        (
            "the sums or maxima of the rows lie along the wrong axis: keepdims=True keeps them a column",
            any_of(
                {"p": lambda s: _shifted_exp(s) / _shifted_exp(s).sum(axis=1)},
                {"p": lambda s: _exp_sum(s - s.max(axis=1))},
                {"p": lambda s: np.exp(s - s.max(axis=1)) / np.exp(s - s.max(axis=1)).sum(axis=1)},
            ),
        ),
        (
            "the maximum is taken down the columns: the classes of one example lie along axis=1",
            {"p": lambda s: _exp_sum(s - s.max(axis=0))},
        ),
        (
            "sigmoid looks at each score alone: softmax divides by the sum over the classes",
            {"p": lambda s: 1 / (1 + np.exp(-s))},
        ),
        ("exp stands alone: divide it by its sum over the classes", any_of({"p": np.exp}, {"p": _shifted_exp})),
        ("divided by all entries: the mean is over examples, N and not N * C", {"count": np.size}),
        ("divided by the number of classes: the mean is over the N examples", {"count": lambda s: s.shape[1]}),
        ("divided by N twice: once is enough", {"count": lambda s: len(s) ** 2}),
        (
            "only the true class has a gradient here: the wrong classes get p",
            lambda s, y: (_softmax(s) - 1) * _targets(s, y) / len(s),
        ),
        ("the p of the true class stands in every column: each class has its own p", _true_p_everywhere),
        (
            "this is the derivative by p, -t / p: go on through softmax to the scores",
            lambda s, y: -_targets(s, y) / _softmax(s) / len(s),
        ),
        ("1 is subtracted everywhere: only at the true class", {"target": lambda s, y: 1}),
        (
            "1 is added at the true class: subtract it, a higher true score makes the loss smaller",
            {"target": lambda s, y: -_targets(s, y)},
        ),
        ("1 is subtracted twice at the true class: once is enough", {"target": lambda s, y: 2 * _targets(s, y)}),
        (
            "whole columns are marked: pair each row with its label, and number the rows, too",
            {"target": _whole_columns},
        ),
        ("the label itself is subtracted: the target is one-hot", {"target": lambda s, y: y[:, None]}),
        (
            "the number of classes is taken from the labels: the last class may be missing there, use scores.shape[1]",
            {"target": lambda s, y: np.eye(y.max() + 1)[y]},
        ),
        (
            "np.eye(N) has a column for each example: there is one for each class, scores.shape[1]",
            {"target": lambda s, y: np.eye(len(s))[y]},
        ),
        (
            "the examples are summed: each one keeps its row",
            any_of(lambda s, y: _gradient()(s, y).sum(axis=0), lambda s, y: _gradient()(s, y).mean(axis=0)),
        ),
        (
            "only the first example has a gradient: does return stand inside the loop?",
            lambda s, y: _first_row_only(_gradient()(s, y)),
        ),
        (
            "the probabilities are rounded: go on with all digits",
            any_of(*({"p": lambda s, d=digits: np.round(_softmax(s), d)} for digits in (2, 3, 4))),
        ),
        (
            "something is added to the sum in softmax: with the maximum subtracted it is at least 1 and needs no help",
            any_of(*({"p": _guarded(guard)} for guard in (1.0, 0.1, 0.01, 1e-3, 1e-4))),
        ),
        (
            "exp overflows for large scores: subtract the largest score of each row first, softmax stays the same",
            {"p": _exp_sum},
        ),
        (
            "one maximum for the whole batch: rows far below it become 0/0, subtract each row's own, axis=1",
            {"p": lambda s: _exp_sum(s - s.max())},
        ),
        (
            "the smallest score is subtracted: exp still overflows, subtract the largest of each row",
            any_of(
                {"p": lambda s: _exp_sum(s - s.min(axis=1, keepdims=True))},
                {"p": lambda s: _exp_sum(s - s.mean(axis=1, keepdims=True))},
            ),
        ),
        (
            "large scores are cut off, and their differences with them: subtract the largest of each row instead",
            any_of(*({"p": lambda s, most=most: _exp_sum(np.clip(s, -most, most))} for most in (10, 20, 50, 100, 500))),
        ),
        ("this is the loss: its gradient is asked for", _log_loss),
    ],
)
def cross_entropy_gradient(scores: Array, y: Array) -> Array:
    """Return (softmax(scores) - one-hot) / N, shape (N, C)."""
    return _gradient()(scores, y)


def _kink_cases() -> Iterator[tuple]:
    yield np.array([[1.0, 0.0], [0.2, 0.9]]), np.array([0, 0])


def _near_the_kink() -> Iterator[tuple]:
    yield np.array([[0.005, 1.0004], [0.3, 0.9]]), np.array([1, 0])


def _length_slope(residual: Array) -> Array:
    return residual / np.linalg.norm(residual, axis=1, keepdims=True)


def _pair(
    l1: Callable = np.sign,
    l2: Callable = lambda r: 2 * r,
    target: Callable = _targets,
    sign: int = 1,
    count_1: Callable = len,
    count_2: Callable = len,
) -> Callable:
    """Make a variant: the slopes of L1 and L2 at the residual s - t, and what each is divided by."""

    def gradients(s: Array, y: Array) -> Pair:
        residual = sign * (s - target(s, y))
        return l1(residual) / count_1(s), l2(residual) / count_2(s)

    return gradients


def _counted(count: Callable) -> dict:
    return {"count_1": count, "count_2": count}


def _true_only(s: Array, y: Array) -> Pair:
    one, two = _pair()(s, y)
    return one * _targets(s, y), two * _targets(s, y)


@exercise(
    todo="return the pair of gradients (N, C) by the scores: of L1, sign(s - t) / N, and of L2, 2 (s - t) / N",
    cases=_score_cases,
    hard={
        "a single example": _one_example,
        "a score that is equal to its target, the kink of L1": _kink_cases,
        "a score within a hundredth of its target": _near_the_kink,
    },
    make=_pair,
    mistakes=[
        ("1 / N is missing in both: the losses are means over the examples", _counted(lambda s: 1)),
        ("1 / N is missing in L1: both losses are means over the examples", {"count_1": lambda s: 1}),
        ("1 / N is missing in L2: both losses are means over the examples", {"count_2": lambda s: 1}),
        ("the 2 of the square is missing in L2", {"l2": lambda r: r}),
        ("the signs are turned: score minus target, in both", {"sign": -1}),
        ("divided by all entries: the mean is over examples, N and not N * C", _counted(np.size)),
        ("divided by the number of classes: the mean is over the N examples", _counted(lambda s: s.shape[1])),
        ("L1 comes first, then L2", lambda s, y: _pair()(s, y)[::-1]),
        ("the slope of |z| is its sign, not |z|", {"l1": np.abs}),
        ("the slope of |z| is its sign, not z itself", {"l1": lambda r: r}),
        ("the slope of z^2 is 2 z, not z^2", {"l2": np.square}),
        ("L2 is taken for a length: here it is the sum of the squares, without a root", {"l2": _length_slope}),
        (
            "these are the losses: their gradients are asked for, one number for each score",
            lambda s, y: (
                np.abs(s - _targets(s, y)).sum(axis=1).mean(),
                ((s - _targets(s, y)) ** 2).sum(axis=1).mean(),
            ),
        ),
        ("the labels are subtracted: targets are one-hot", {"target": lambda s, y: y[:, None]}),
        ("1 is subtracted everywhere: only at the true class", {"target": lambda s, y: 1}),
        (
            "whole columns are marked: pair each row with its label, and number the rows, too",
            {"target": _whole_columns},
        ),
        (
            "the number of classes is taken from the labels: the last class may be missing there, use scores.shape[1]",
            {"target": lambda s, y: np.eye(y.max() + 1)[y]},
        ),
        (
            "np.eye(N) has a column for each example: there is one for each class, scores.shape[1]",
            {"target": lambda s, y: np.eye(len(s))[y]},
        ),
        ("only the true class has a gradient here: wrong classes have a target, too, 0", _true_only),
        ("the examples are summed: each one keeps its row", lambda s, y: tuple(g.sum(axis=0) for g in _pair()(s, y))),
        (
            "at its kink, where score and target are equal, L1 gets 0, as np.sign gives it",
            any_of(
                {"l1": lambda r: np.where(r >= 0, 1.0, -1.0)},
                {"l1": lambda r: np.where(r > 0, 1.0, -1.0)},
                {"l1": lambda r: r / np.abs(r)},
            ),
        ),
        (
            "a small difference is taken for none: only at exactly 0 is L1 flat",
            any_of(*({"l1": lambda r, wide=wide: np.sign(r) * (np.abs(r) > wide)} for wide in (0.1, 0.01, 1e-3))),
        ),
    ],
)
def l1_and_l2_gradients(scores: Array, y: Array) -> Pair:
    """Return (sign(s - t) / N, 2 (s - t) / N) with one-hot targets t."""
    return _pair()(scores, y)


def _margin_cases() -> Iterator[tuple]:
    yield np.array([[1.0, 0.5], [2.0, 0.9]]), np.array([0, 0])
    yield from list(_score_cases())[1:]


def _at_the_kink() -> Iterator[tuple]:
    yield np.array([[2.0, 1.0, 0.5], [0.0, 0.4, 1.0]]), np.array([0, 2])


def _tied() -> Iterator[tuple]:
    yield np.array([[0.5, 0.5, -3.0], [1.0, -0.5, 1.0]]), np.array([0, 2])


def _within(m: Array) -> Array:
    return (m > 0).astype(float)


def _minus_the_sum(d: Array) -> Array:
    return -d.sum(axis=1)


def _hinge(
    hits: Callable = _within,
    margin: float = 1.0,
    true: Callable = _minus_the_sum,
    sign: int = 1,
    count: Callable = len,
    turned: int = 1,
) -> Callable:
    """Make a variant: `hits` of the margins, the true class 0 there; at the truth `true` of them; all over `count`.

    `turned` is -1 for true minus wrong instead of wrong minus true.
    """

    def gradient(s: Array, y: Array) -> Array:
        rows = np.arange(len(y))
        m = margin + turned * (s - s[rows, y][:, None])
        m[rows, y] = 0
        d = hits(m)
        d[rows, y] = 0
        d[rows, y] = true(d)
        return sign * d / count(s)

    return gradient


def _worst(m: Array) -> Array:
    return _within(m) * (m == m.max(axis=1, keepdims=True))


def _first_hit(m: Array) -> Array:
    return _within(m) * (np.cumsum(m > 0, axis=1) == 1)


def _clipped_above(m: Array) -> Array:
    return np.where(m > 0, 1, m)


def _flat(s: Array, y: Array) -> Array:
    """Subtract the true scores as a row: each column gets the true score of another example."""
    rows = np.arange(len(y))
    m = 1 + s - s[rows, y]
    m[rows, y] = 0
    d = _within(m)
    d[rows, y] = -d.sum(axis=1)
    return d / len(y)


def _down_the_examples(s: Array, y: Array) -> Array:
    d = _hinge(true=lambda d: 0.0)(s, y)
    d[np.arange(len(y)), y] = -d.sum(axis=0)
    return d


def _true_by_value(s: Array, y: Array) -> Array:
    rows = np.arange(len(y))
    true = s[rows, y][:, None]
    d = ((1 + s - true > 0) & (s != true)).astype(float)
    d[rows, y] = -d.sum(axis=1)
    return d / len(y)


def _shared(s: Array, y: Array) -> Array:
    d = _hinge()(s, y)
    return d / np.maximum(1, (d > 0).sum(axis=1, keepdims=True))


def _from_class(first: int, last: int | None = None) -> Callable:
    def hits(m: Array) -> Array:
        d = np.zeros_like(m)
        d[:, first:last] = _within(m)[:, first:last]
        return d

    return hits


def _hinge_loss(s: Array, y: Array) -> float:
    m = np.maximum(0, 1 + s - s[np.arange(len(y)), y][:, None])
    m[np.arange(len(y)), y] = 0
    return m.sum() / len(y)


@exercise(
    todo="return the gradient (N, C) of the hinge loss by the scores, with 0 at the kink",
    cases=_margin_cases,
    hard={
        "a single example": _one_example,
        "a wrong class with the same score as the true one": _tied,
        "a margin of exactly 0, the kink": _at_the_kink,
    },
    make=_hinge,
    mistakes=[
        ("1 / N is missing: the loss is a mean over the examples", {"count": lambda s: 1}),
        ("the sign is turned: wrong classes in the margin get +1 / N", {"sign": -1}),
        ("the margin of 1 is missing", {"margin": 0}),
        (
            "true minus wrong: a wrong class counts while its score plus 1 is above the true one, 1 + s_j - s_y",
            {"turned": -1},
        ),
        ("the true class gets 0: it stands in every term of the sum, with a minus", {"true": lambda d: 0.0}),
        (
            "the true class gets -1: it gets -1 for each wrong class within the margin",
            {"true": lambda d: -d.max(axis=1)},
        ),
        ("the true class gets -1 even if no wrong class is within the margin", {"true": lambda d: -1.0}),
        (
            "the true class gets plus their number: a higher true score makes the loss smaller, so minus",
            {"true": lambda d: d.sum(axis=1)},
        ),
        (
            "j = y is counted: the true class is not compared with itself",
            any_of({"true": lambda d: -d.sum(axis=1) - 1}, {"true": lambda d: -d.sum(axis=1) + 1}),
        ),
        (
            "the sum runs over the examples: the true class of each one gets the sum of its own row, axis=1",
            _down_the_examples,
        ),
        ("only the worst wrong class is counted: sum over all of them, no max", {"hits": _worst}),
        (
            "only the first class within the margin is counted: does a break or return end the loop?",
            {"hits": _first_hit},
        ),
        ("class 0 is left out: the loop begins with it, and leaves out the true class only", {"hits": _from_class(1)}),
        ("the last class is left out: does the loop end one too early?", {"hits": _from_class(0, -1)}),
        (
            "examples that are answered rightly count, too, while a wrong class is within the margin",
            lambda s, y: _hinge()(s, y) * (s.argmax(axis=1) != y)[:, None],
        ),
        ("these are the margins: the slope of each is 1, not its size", {"hits": lambda m: np.maximum(0, m)}),
        (
            "negative margins are left in: a class beyond the margin gets 0",
            any_of({"hits": _clipped_above}, {"hits": _clipped_above, "true": lambda d: -(d > 0).sum(axis=1)}),
        ),
        ("the true scores lie along the wrong axis: make them a column, [:, None]", _flat),
        ("divided by all entries: the mean is over examples, N and not N * C", {"count": np.size}),
        ("divided by the number of classes: the mean is over the N examples", {"count": lambda s: s.shape[1]}),
        ("each row is divided by how many classes are too close: every one of them counts in full", _shared),
        ("the number of hits goes through //: divide with /", lambda s, y: _hinge(count=lambda s: 1)(s, y) // len(s)),
        (
            "right but at the kink: for a margin of exactly 0 take 0, > and not >=",
            {"hits": lambda m: (m >= 0).astype(float)},
        ),
        ("the true class is found by its score, and a tie with it gets lost: find it by its label", _true_by_value),
        ("this is the loss: its gradient is asked for", _hinge_loss),
    ],
)
def hinge_gradient(scores: Array, y: Array) -> Array:
    """Return the subgradient of the mean hinge loss, (N, C)."""
    return _hinge()(scores, y)


# --- the penalty ------------------------------------------------------------------------------------------
def _penalty_cases() -> Iterator[tuple]:
    yield np.array([[1.0, 0]]), np.array([2.0]), np.array([[3.0, -1]]), np.array([4.0]), 0.1
    rng = np.random.default_rng(16)
    for c, d, lam in [(3, 4, 0.3), (2, 2, 0.05)]:
        yield (*(rng.normal(size=size) for size in ((c, d), c, (c, d), c)), lam)


def _penalty(
    slope: Callable = lambda W: 2 * W,
    factor: Callable = lambda lam: lam,
    keep: Callable = lambda dW: dW,
    b_by: Callable = lambda db, b, lam: db,
) -> Callable:
    """Make a variant: dW + factor(lam) slope(W), with `keep` of the old dW, and `b_by` for b's gradient."""
    return lambda dW, db, W, b, lam: (keep(dW) + factor(lam) * slope(W), b_by(db, b, lam))


def _but_the_last(W: Array) -> Array:
    return 2 * W * (np.arange(len(W)) < len(W) - 1)[:, None]


def _but_the_last_column(W: Array) -> Array:
    return 2 * W * (np.arange(W.shape[1]) < W.shape[1] - 1)


@exercise(
    todo="return the pair (dW, db) after lam R(W) with R = sum W^2 has joined the loss",
    cases=_penalty_cases,
    make=_penalty,
    mistakes=[
        ("the 2 is missing: the slope of W^2 is 2 W", {"slope": lambda W: W}),
        ("lam is missing: the penalty counts lam times", {"factor": lambda lam: 1}),
        ("lam counts twice: once is enough", {"factor": lambda lam: lam**2}),
        ("this adds the penalty itself: its gradient is 2 lam W, in the shape of W", {"slope": lambda W: (W**2).sum()}),
        ("this adds the squares: the slope of W^2 is 2 W", {"slope": np.square}),
        ("W loses its sign: the slope of W^2 is 2 W, negative where W is negative", {"slope": lambda W: 2 * np.abs(W)}),
        ("sign(W) belongs to the L1 penalty: here R = sum W^2", {"slope": np.sign}),
        (
            "W / |W| is the slope of the length: here R is its square, without a root",
            any_of({"slope": lambda W: W / np.linalg.norm(W)}, {"slope": lambda W: 2 * W / np.linalg.norm(W)}),
        ),
        (
            "this is divided by a size of W: R is a sum over all weights, not a mean",
            any_of({"slope": lambda W: 2 * W / len(W)}, {"slope": lambda W: 2 * W / W.size}),
        ),
        (
            "@ is a product of matrices: here each weight has a slope of its own, 2 lam W",
            {"slope": lambda W: 2 * W @ W},
        ),
        (
            "dW stands where W belongs: the slope of the penalty is 2 lam W",
            lambda dW, db, W, b, lam: (dW + 2 * lam * dW, db),
        ),
        ("the 2 doubles dW as well: it belongs to lam W alone", lambda dW, db, W, b, lam: (2 * (dW + lam * W), db)),
        (
            "lam multiplies the loss's gradient as well: it belongs to the penalty alone",
            lambda dW, db, W, b, lam: (lam * (dW + 2 * W), db),
        ),
        ("the last class is left out: does the loop end one too early?", {"slope": _but_the_last}),
        (
            "the last column of W is left free: here b is apart, and all of W is penalised",
            {"slope": _but_the_last_column},
        ),
        ("the bias is penalised, too: it is left out", {"b_by": lambda db, b, lam: db + 2 * lam * b}),
        ("the bias is penalised, and W is not: the other way round", lambda dW, db, W, b, lam: (dW, db + 2 * lam * b)),
        (
            "the gradient of the bias is lost: no penalty means that db stays as it is",
            {"b_by": lambda db, b, lam: 0 * db},
        ),
        ("b itself comes back: its gradient db is asked for", {"b_by": lambda db, b, lam: b}),
        ("the sign is turned: the penalty is added to the loss", {"factor": lambda lam: -lam}),
        ("the gradient of the loss is lost: add to dW", {"keep": lambda dW: 0}),
        (
            "these are weights after a step: the gradients are asked for",
            any_of(lambda dW, db, W, b, lam: (W - 2 * lam * W, b), lambda dW, db, W, b, lam: (W - 2 * lam * W, db)),
        ),
        ("the order is turned round: (dW, db)", lambda dW, db, W, b, lam: (db, dW + 2 * lam * W)),
        ("only dW comes back: return dW, db", lambda dW, db, W, b, lam: dW + 2 * lam * W),
    ],
)
def penalised_gradient(dW: Array, db: Array, W: Array, b: Array, lam: float) -> Pair:
    """Return (dW + 2 lam W, db): the bias has no penalty."""
    return dW + 2 * lam * W, db
