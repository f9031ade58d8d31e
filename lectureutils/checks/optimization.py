"""The exercises of notebook 04: the loss to minimise, two ways to its minimum, and the gradients of the losses.

Measured gradients have their own family of mistakes, each with and without the one that hides in integers: a W of
whole numbers cuts off every step that is added to it.
"""

from collections.abc import Callable, Iterator

import numpy as np

from .engine import exercise

Array = np.ndarray
Pair = tuple[Array, Array]


# --- the loss of the optimization slides ------------------------------------------------------------------
def _example_cases() -> Iterator[tuple]:
    yield np.array([[1.0, 2], [0, 3]]), np.array([2.0, 1]), np.array([0.0, 1])
    rng = np.random.default_rng(11)
    for c, d, truth in [(3, 4, 1), (3, 3, 0), (5, 2, 4)]:
        yield rng.normal(size=(c, d)), rng.normal(size=d), np.eye(c)[truth]


@exercise(
    todo="return L(W) = ||W x - y*||, one number, from W (C, D), x (D,) and the wanted scores y_star (C,)",
    cases=_example_cases,
    mistakes=[
        ("these are the scores f: we minimise L, their distance to y_star", lambda W, x, t: W @ x),
        ("this is the sum of the scores: we minimise L, not f", lambda W, x, t: (W @ x).sum()),
        ("this is the highest score: we minimise L, not f", lambda W, x, t: (W @ x).max()),
        ("these are the differences, class by class: L is the length of that vector", lambda W, x, t: W @ x - t),
        ("this is the squared length: the lecture's L here is not squared, take the root",
         lambda W, x, t: ((W @ x - t) ** 2).sum()),
        ("the squares are still apart: sum them, then take the root", lambda W, x, t: (W @ x - t) ** 2),
        ("this is the L1 distance, the sum of |differences|: square, sum, take the root",
         lambda W, x, t: np.abs(W @ x - t).sum()),
        ("this is the largest difference only: square all, sum, take the root",
         lambda W, x, t: np.abs(W @ x - t).max()),
        ("you took the mean of the squares: the length has their sum under the root",
         lambda W, x, t: np.sqrt(((W @ x - t) ** 2).mean())),
        ("the differences cancel each other when added: square them first", lambda W, x, t: (W @ x - t).sum()),
        ("y_star is missing: the length of W x alone says nothing about the target",
         lambda W, x, t: np.linalg.norm(W @ x)),
        ("y_star is added: the difference W x - y_star is measured", lambda W, x, t: np.linalg.norm(W @ x + t)),
        ("you subtracted the two lengths: subtract the vectors, then take the length",
         lambda W, x, t: abs(np.linalg.norm(W @ x) - np.linalg.norm(t))),
        ("only the true class counts here: the scores of the wrong classes are to be 0, too",
         lambda W, x, t: abs((W @ x - t)[t.argmax()])),
        ("you used W.T @ x (or x @ W): a class is a row of W, so W @ x", lambda W, x, t: np.linalg.norm(W.T @ x - t)),
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


def _solved(X: Array, Y: Array) -> Array:
    return np.linalg.solve(X.T @ X, X.T @ Y)


@exercise(
    todo="return the W (C, D) that minimises ||X W^T - Y||^2, from X (N, D) and targets Y (N, C)",
    cases=_table_cases,
    mistakes=[
        ("this is W transposed, (D, C): with examples in rows the formula gives W.T", _solved),
        ("the inverse of X.T @ X is missing", lambda X, Y: (X.T @ Y).T),
        ("the inverse of X.T @ X is missing, and the result is W.T", lambda X, Y: X.T @ Y),
        ("you multiplied by X.T @ X instead of solving with it", lambda X, Y: (X.T @ X @ X.T @ Y).T),
        ("** -1 and 1 / A work entry by entry: np.linalg.inv(A) is the inverse, np.linalg.solve better still",
         lambda X, Y: ((1 / (X.T @ X)) @ X.T @ Y).T),
        ("** -1 and 1 / A work entry by entry, use np.linalg.inv or solve; and the result is W.T",
         lambda X, Y: (1 / (X.T @ X)) @ X.T @ Y),
        ("this is the smallest loss, the min: asked for is where it is reached, the argmin",
         lambda X, Y: ((X @ _solved(X, Y) - Y) ** 2).sum()),
        ("this is the smallest mean loss, the min: asked for is where it is reached, the argmin",
         lambda X, Y: ((X @ _solved(X, Y) - Y) ** 2).sum() / len(X)),
        ("these are the scores X @ W.T: W itself is asked for", lambda X, Y: X @ _solved(X, Y)),
        ("1 / N stands on one side of the equation only: on both, or on none", lambda X, Y: len(X) * _solved(X, Y).T),
        ("1 / N stands on one side of the equation only: on both, or on none", lambda X, Y: _solved(X, Y).T / len(X)),
        ("you added a ridge: here X.T @ X has an inverse and needs none",
         lambda X, Y: np.linalg.solve(X.T @ X + np.eye(X.shape[1]), X.T @ Y).T),
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


def _with_integers(hint: str, slope: Callable) -> list[tuple[str, Callable]]:
    return [(hint, _entries(slope)), (f"{hint} (and integers need W.astype(float))", _entries(slope, whole=True))]


@exercise(
    todo="return the slopes (f(W + h) - f(W - h)) / 2h, one for each entry of W, with only that entry moved",
    cases=_function_cases,
    mistakes=[
        *_with_integers("a central difference spans 2h: divide by 2 * h",
                        lambda f, W, i, h: 2 * _central(f, W, i, h)),
        *_with_integers("the difference is not divided yet: a slope is the rise over 2 * h",
                        lambda f, W, i, h: 2 * h * _central(f, W, i, h)),
        *_with_integers("/ 2 * h divides by 2 and multiplies by h: write / (2 * h)",
                        lambda f, W, i, h: h * h * _central(f, W, i, h)),
        *_with_integers("this is the one-sided slope (f(W + h) - f(W)) / h: step to both sides", _forward),
        *_with_integers("the sign is turned: f(W + h) comes first", lambda f, W, i, h: -_central(f, W, i, h)),
        *_with_integers("the step is not undone: put the old entry back before you go on to the next", _left_in),
        ("the step is not undone, as on the slides: each entry still holds the steps before it", _as_on_the_slides),
        ("the step is not undone, as on the slides (and integers need W.astype(float))",
         lambda f, W, h: _as_on_the_slides(f, W, h, whole=True)),
        ("all slopes are 0: both names mean the same array, so both steps cancel; use W.copy()",
         lambda f, W, h: np.zeros(W.shape)),
        ("half a slope: the second W is the same array, and -h only undoes +h; use W.copy()",
         _entries(lambda f, W, i, h: _forward(f, W, i, h) / 2)),
        ("W may come in whole numbers, which cut off every step h: begin with W = W.astype(float)",
         _entries(_central, whole=True)),
        ("whole numbers cut off the step and the slope: begin with W = W.astype(float)",
         _entries(_central, whole=True, gradient_type=None)),
        ("np.zeros_like of whole numbers cuts off the slopes: use np.zeros(W.shape)",
         _entries(_central, gradient_type=None)),
        ("a whole row moves at once, W[i] is a row: move one entry W[i, j]", _rows),
        ("all entries move at once: that is one slope, and each entry has its own",
         lambda f, W, h: (f(W + h) - f(W - h)) / (2 * h)),
        ("only the first entry is measured: does return stand inside the loop?", _first_only),
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


@exercise(
    todo="return the pair (W, b) after one step of gradient descent, from W, b, dW, db and learning_rate",
    cases=_step_cases,
    mistakes=[
        ("this step goes uphill: subtract the gradient", lambda W, b, dW, db, r: (W + r * dW, b + r * db)),
        ("the learning rate is ignored: it scales the step", lambda W, b, dW, db, r: (W - dW, b - db)),
        ("the learning rate multiplies W: it belongs to the gradient",
         lambda W, b, dW, db, r: (r * W - dW, r * b - db)),
        ("the learning rate multiplies both: only the gradient is scaled",
         lambda W, b, dW, db, r: (r * (W - dW), r * (b - db))),
        ("you subtract W itself: subtract learning_rate times dW", lambda W, b, dW, db, r: (W - r * W, b - r * b)),
        ("W is replaced by the step: the step is added to the old W", lambda W, b, dW, db, r: (-r * dW, -r * db)),
        ("this is the step alone: subtract it from W and b", lambda W, b, dW, db, r: (r * dW, r * db)),
        ("you divide by the learning rate: multiply", lambda W, b, dW, db, r: (W - dW / r, b - db / r)),
        ("b is updated with dW: its own gradient is db", lambda W, b, dW, db, r: (W - r * dW, b - r * dW)),
        ("b is updated with the sum of dW: its own gradient is db",
         lambda W, b, dW, db, r: (W - r * dW, b - r * dW.sum(axis=1))),
        ("b is updated with dW, from which no vector of its size comes: its own gradient is db",
         lambda W, b, dW, db, r: (W - r * dW, b[:, None] - r * dW)),
        ("b is updated uphill: subtract its gradient, too", lambda W, b, dW, db, r: (W - r * dW, b + r * db)),
        ("b is not updated: it learns as W does", lambda W, b, dW, db, r: (W - r * dW, b)),
        ("the learning rate is missing at b", lambda W, b, dW, db, r: (W - r * dW, b - db)),
        ("W is not updated: return the new one", lambda W, b, dW, db, r: (W, b - r * db)),
        ("the order is turned round: (W, b)", lambda W, b, dW, db, r: (b - r * db, W - r * dW)),
        ("only W comes back: return W, b", lambda W, b, dW, db, r: W - r * dW),
    ],
)
def gradient_step(W: Array, b: Array, dW: Array, db: Array, learning_rate: float) -> Pair:
    """Return (W - learning_rate dW, b - learning_rate db)."""
    return W - learning_rate * dW, b - learning_rate * db


# --- gradients of the losses by the scores ----------------------------------------------------------------
def _score_cases() -> Iterator[tuple]:
    yield np.array([[1.0, 0.0], [0.2, 0.9]]), np.array([0, 0])
    rng = np.random.default_rng(15)
    for n, c in [(4, 3), (3, 3), (5, 4)]:
        yield rng.normal(scale=1.5, size=(n, c)), rng.integers(c, size=n)


def _targets(scores: Array, y: Array) -> Array:
    return np.eye(scores.shape[1])[y]


def _softmax(scores: Array, axis: int | None = 1) -> Array:
    e = np.exp(scores)
    return e / e.sum(axis=axis, keepdims=True)


def _log_loss(scores: Array, y: Array) -> float:
    return -np.log(_softmax(scores)[np.arange(len(y)), y]).mean()


@exercise(
    todo="return the gradient (N, C) of the cross-entropy by the scores: (p - t) / N with one-hot targets t",
    cases=_score_cases,
    mistakes=[
        ("the sign is turned: p minus the target", lambda s, y: (_targets(s, y) - _softmax(s)) / len(s)),
        ("this is p alone: subtract 1 at the true class", lambda s, y: _softmax(s) / len(s)),
        ("this is p alone: subtract 1 at the true class, and divide by N", lambda s, y: _softmax(s)),
        ("raw scores minus the target belongs to L2: here softmax comes first",
         lambda s, y: (s - _targets(s, y)) / len(s)),
        ("raw scores minus the target, without 1 / N: here softmax comes first", lambda s, y: s - _targets(s, y)),
        ("1 / N is missing: the loss is a mean over the examples", lambda s, y: _softmax(s) - _targets(s, y)),
        ("the sign is turned, and 1 / N is missing", lambda s, y: _targets(s, y) - _softmax(s)),
        ("softmax runs down the columns: the classes of one example lie along axis=1",
         lambda s, y: (_softmax(s, 0) - _targets(s, y)) / len(s)),
        ("softmax runs over the whole array: each example has its own sum, axis=1 and keepdims=True",
         lambda s, y: (_softmax(s, None) - _targets(s, y)) / len(s)),
        ("divided by all entries: the mean is over examples, N and not N * C",
         lambda s, y: (_softmax(s) - _targets(s, y)) / s.size),
        ("only the true class has a gradient here: the wrong classes get p",
         lambda s, y: (_softmax(s) - 1) * _targets(s, y) / len(s)),
        ("this is the derivative by p, -t / p: go on through softmax to the scores",
         lambda s, y: -_targets(s, y) / _softmax(s) / len(s)),
        ("1 is subtracted everywhere: only at the true class", lambda s, y: (_softmax(s) - 1) / len(s)),
        ("the label itself is subtracted: the target is one-hot",
         lambda s, y: (_softmax(s) - y[:, None]) / len(s)),
        ("the examples are summed: each one keeps its row", lambda s, y: (_softmax(s) - _targets(s, y)).mean(axis=0)),
        ("this is the loss: its gradient is asked for", _log_loss),
    ],
)
def cross_entropy_gradient(scores: Array, y: Array) -> Array:
    """Return (softmax(scores) - one-hot) / N, shape (N, C)."""
    return (_softmax(scores) - _targets(scores, y)) / len(scores)


@exercise(
    todo="return the pair of gradients (N, C) by the scores: of L1, sign(s - t) / N, and of L2, 2 (s - t) / N",
    cases=_score_cases,
    mistakes=[
        ("1 / N is missing in both: the losses are means over the examples",
         lambda s, y: (np.sign(s - _targets(s, y)), 2 * (s - _targets(s, y)))),
        ("the 2 of the square is missing in L2",
         lambda s, y: (np.sign(s - _targets(s, y)) / len(s), (s - _targets(s, y)) / len(s))),
        ("the signs are turned: score minus target, in both",
         lambda s, y: (np.sign(_targets(s, y) - s) / len(s), 2 * (_targets(s, y) - s) / len(s))),
        ("divided by all entries: the mean is over examples, N and not N * C",
         lambda s, y: (np.sign(s - _targets(s, y)) / s.size, 2 * (s - _targets(s, y)) / s.size)),
        ("L1 comes first, then L2", lambda s, y: (2 * (s - _targets(s, y)) / len(s),
                                                  np.sign(s - _targets(s, y)) / len(s))),
        ("the slope of |z| is its sign, not |z|",
         lambda s, y: (np.abs(s - _targets(s, y)) / len(s), 2 * (s - _targets(s, y)) / len(s))),
        ("the slope of z^2 is 2 z, not z^2",
         lambda s, y: (np.sign(s - _targets(s, y)) / len(s), (s - _targets(s, y)) ** 2 / len(s))),
        ("the labels are subtracted: targets are one-hot",
         lambda s, y: (np.sign(s - y[:, None]) / len(s), 2 * (s - y[:, None]) / len(s))),
    ],
)
def l1_and_l2_gradients(scores: Array, y: Array) -> Pair:
    """Return (sign(s - t) / N, 2 (s - t) / N) with one-hot targets t."""
    residual = scores - _targets(scores, y)
    return np.sign(residual) / len(scores), 2 * residual / len(scores)


def _hinge(scores: Array, y: Array, margin: float = 1.0, true: str = "count") -> Array:
    """Return 1 for each wrong class within the margin; at the truth minus their number, -1, or 0."""
    rows = np.arange(len(y))
    d = (scores - scores[rows, y][:, None] + margin > 0).astype(float)
    d[rows, y] = 0
    hits = d.sum(axis=1)
    d[rows, y] = {"count": -hits, "once": -(hits > 0).astype(float), "none": 0, "itself": -hits - 1}[true]
    return d


def _worst_only(scores: Array, y: Array) -> Array:
    d = np.zeros_like(scores)
    for i, label in enumerate(y):
        margins = 1 + scores[i] - scores[i, label]
        margins[label] = 0
        j = margins.argmax()
        if margins[j] > 0:
            d[i, j], d[i, label] = 1, -1
    return d


def _margins(scores: Array, y: Array) -> Array:
    rows = np.arange(len(y))
    d = np.maximum(0, 1 + scores - scores[rows, y][:, None])
    d[rows, y] = 0
    d[rows, y] = -d.sum(axis=1)
    return d


@exercise(
    todo="return the gradient (N, C) of the hinge loss by the scores, with 0 at the kink",
    cases=_score_cases,
    mistakes=[
        ("1 / N is missing: the loss is a mean over the examples", _hinge),
        ("the sign is turned: wrong classes in the margin get +1 / N", lambda s, y: -_hinge(s, y) / len(s)),
        ("the margin of 1 is missing", lambda s, y: _hinge(s, y, margin=0) / len(s)),
        ("the true class gets 0: it stands in every term of the sum, with a minus", lambda s, y: _hinge(
            s, y, true="none") / len(s)),
        ("the true class gets -1: it gets -1 for each wrong class within the margin",
         lambda s, y: _hinge(s, y, true="once") / len(s)),
        ("j = y is counted: the true class is not compared with itself",
         lambda s, y: _hinge(s, y, true="itself") / len(s)),
        ("only the worst wrong class is counted: sum over all of them, no max",
         lambda s, y: _worst_only(s, y) / len(s)),
        ("these are the margins: the slope of each is 1, not its size", lambda s, y: _margins(s, y) / len(s)),
        ("divided by all entries: the mean is over examples, N and not N * C", lambda s, y: _hinge(s, y) / s.size),
    ],
)
def hinge_gradient(scores: Array, y: Array) -> Array:
    """Return the subgradient of the mean hinge loss, (N, C)."""
    return _hinge(scores, y) / len(scores)


# --- the penalty ------------------------------------------------------------------------------------------
def _penalty_cases() -> Iterator[tuple]:
    yield np.array([[1.0, 0]]), np.array([2.0]), np.array([[3.0, -1]]), np.array([4.0]), 0.1
    rng = np.random.default_rng(16)
    for c, d, lam in [(3, 4, 0.3), (2, 2, 0.05)]:
        yield (*(rng.normal(size=size) for size in ((c, d), c, (c, d), c)), lam)


@exercise(
    todo="return the pair (dW, db) after lam R(W) with R = sum W^2 has joined the loss",
    cases=_penalty_cases,
    mistakes=[
        ("the 2 is missing: the slope of W^2 is 2 W", lambda dW, db, W, b, lam: (dW + lam * W, db)),
        ("lam is missing: the penalty counts lam times", lambda dW, db, W, b, lam: (dW + 2 * W, db)),
        ("this adds the penalty itself: its gradient is 2 lam W, in the shape of W",
         lambda dW, db, W, b, lam: (dW + lam * (W**2).sum(), db)),
        ("this adds the squares: the slope of W^2 is 2 W", lambda dW, db, W, b, lam: (dW + lam * W**2, db)),
        ("the bias is penalised, too: it is left out", lambda dW, db, W, b, lam: (dW + 2 * lam * W, db + 2 * lam * b)),
        ("the sign is turned: the penalty is added to the loss", lambda dW, db, W, b, lam: (dW - 2 * lam * W, db)),
        ("the gradient of the loss is lost: add to dW", lambda dW, db, W, b, lam: (2 * lam * W, db)),
        ("sign(W) belongs to the L1 penalty: here R = sum W^2",
         lambda dW, db, W, b, lam: (dW + lam * np.sign(W), db)),
        ("only dW comes back: return dW, db", lambda dW, db, W, b, lam: dW + 2 * lam * W),
    ],
)
def penalised_gradient(dW: Array, db: Array, W: Array, b: Array, lam: float) -> Pair:
    """Return (dW + 2 lam W, db): the bias has no penalty."""
    return dW + 2 * lam * W, db
