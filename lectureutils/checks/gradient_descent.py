"""The exercises of notebook 05: epochs of mini-batches, momentum, Adam."""

from collections.abc import Callable, Iterator

import numpy as np

from .engine import exercise
from .explain import any_of

Array = np.ndarray


# --- mini-batches -----------------------------------------------------------------------------------------
def _slope(w: Array, X: Array, y: Array) -> Array:
    """Return the gradient of mean (X w - y)^2."""
    return 2 * X.T @ (X @ w - y) / len(y)


def _run(
    rows_of: Callable = lambda order, start, size: _same(order, start, size),
    times: Callable = lambda rows, size: 1.0,
    orders_of: Callable = list,
    starts: Callable = range,
    again: bool = False,
) -> Callable:
    """Make a variant of the exercise.

    `rows_of(order, start, size)` picks the rows of X and of y for a batch, `times(rows, size)` is a factor of its step,
    `orders_of(orders)` are the orders walked, `starts(0, N, size)` where the batches begin; `again` starts every epoch
    at the first w.
    """

    def train(w: Array, X: Array, y: Array, orders: Array, batch_size: int, learning_rate: float) -> Array:
        first = w
        for order in orders_of(orders):
            w = first if again else w
            for start in starts(0, len(order), batch_size):
                mine, theirs = rows_of(order, start, batch_size)
                if len(mine):
                    w = w - learning_rate * times(mine, batch_size) * _slope(w, X[mine], y[theirs])
        return w

    return train


def _same(order: Array, start: int, size: int) -> tuple[Array, Array]:
    return order[start : start + size], order[start : start + size]


def _in_order(order: Array, start: int, size: int) -> Array:
    return np.arange(len(order))[start : start + size]


def _full_only(order: Array, start: int, size: int) -> tuple[Array, Array]:
    rows = order[start : start + size]
    rows = rows if len(rows) == size else rows[:0]
    return rows, rows


def _batches(cut: Callable) -> Callable:
    """Make a variant whose batches are what `cut` makes of (order, batch_size)."""

    def train(w: Array, X: Array, y: Array, orders: Array, batch_size: int, learning_rate: float) -> Array:
        for order in orders:
            for rows in cut(order, batch_size):
                w = w - learning_rate * _slope(w, X[rows], y[rows])
        return w

    return train


def _number_of_batches(order: Array, size: int) -> int:
    return -(-len(order) // size)


def _filled_up(order: Array, size: int) -> Iterator[Array]:
    for start in range(0, len(order), size):
        yield order[np.arange(start, start + size) % len(order)]


def _averaged(w: Array, X: Array, y: Array, orders: Array, batch_size: int, learning_rate: float) -> Array:
    for order in orders:
        starts = range(0, len(X), batch_size)
        slopes = [_slope(w, X[order[s : s + batch_size]], y[order[s : s + batch_size]]) for s in starts]
        w = w - learning_rate * sum(slopes)
    return w


def _never_reset(each_epoch: bool) -> Callable:
    """Make the variant that adds all gradients up and steps with their sum, which begins anew only with an epoch."""

    def train(w: Array, X: Array, y: Array, orders: Array, batch_size: int, learning_rate: float) -> Array:
        total = np.zeros_like(w)
        for order in orders:
            total = np.zeros_like(w) if each_epoch else total
            for start in range(0, len(order), batch_size):
                rows = order[start : start + batch_size]
                total = total + _slope(w, X[rows], y[rows])
                w = w - learning_rate * total
        return w

    return train


def _shuffled_again(w: Array, X: Array, y: Array, orders: Array, batch_size: int, learning_rate: float) -> Array:
    for order in orders:
        X, y = X[order], y[order]
        for start in range(0, len(X), batch_size):
            rows = slice(start, start + batch_size)
            w = w - learning_rate * _slope(w, X[rows], y[rows])
    return w


def _shuffled_in_the_loop(w: Array, X: Array, y: Array, orders: Array, batch_size: int, learning_rate: float) -> Array:
    """Take the batch out of what is left of the batch before."""
    for order in orders:
        for start in range(0, len(order), batch_size):
            rows = order[start : start + batch_size]
            X, y = X[rows], y[rows]
            w = w - learning_rate * _slope(w, X, y)
    return w


def _batch_cases() -> Iterator[tuple]:
    rng = np.random.default_rng(52)
    for n, d, size, epochs in [(4, 1, 2, 2), (7, 2, 3, 3), (10, 3, 4, 2), (5, 2, 5, 2)]:
        orders = np.array([rng.permutation(n) for _ in range(epochs)])
        yield rng.normal(size=d), rng.normal(size=(n, d)), rng.normal(size=n), orders, size, 0.1


def _large_batch() -> Iterator[tuple]:
    rng = np.random.default_rng(55)
    yield rng.normal(size=2), rng.normal(size=(5, 2)), rng.normal(size=5), np.array([rng.permutation(5)] * 2), 8, 0.1


@exercise(
    todo="walk through each order batch by batch, take one step a batch, and return w",
    cases=_batch_cases,
    hard={"a batch_size larger than N": _large_batch},
    make=_run,
    mistakes=[
        (
            "X and y are shuffled apart: an example keeps its label only if both take the same rows",
            {"rows_of": lambda order, start, size: (_same(order, start, size)[0], _in_order(order, start, size))},
        ),
        (
            "y is shuffled and X is not: both take the same rows",
            {"rows_of": lambda order, start, size: (_in_order(order, start, size), _same(order, start, size)[0])},
        ),
        (
            "nothing is shuffled: the rows of a batch are order[start:start + batch_size]",
            {"rows_of": lambda order, start, size: (_in_order(order, start, size),) * 2},
        ),
        (
            "X and y are shuffled on top of the epoch before: keep them, and give X[order], y[order] "
            "names of their own",
            _shuffled_again,
        ),
        (
            "X and y are overwritten by a batch, so the next one is cut out of it: give the batch a name of its own",
            _shuffled_in_the_loop,
        ),
        ("the last batch is dropped when it is smaller: its examples count, too", {"rows_of": _full_only}),
        (
            "a last batch of a single example is dropped: range ends before its second number, so go to len(X)",
            {"starts": lambda first, n, size: range(first, n - 1, size)},
        ),
        (
            "it is the same batch every time: the slice starts at start",
            {"rows_of": lambda order, _, size: _same(order, 0, size)},
        ),
        (
            "the batch's number is taken for its start: batch k begins at k * batch_size",
            any_of(
                {"starts": lambda first, n, size: range(n // size)},
                {"starts": lambda first, n, size: range(-(-n // size))},
            ),
        ),
        (
            "a batch begins at every example: go on by batch_size, range(0, len(X), batch_size)",
            {"starts": lambda first, n, size: range(n)},
        ),
        (
            "the batches are every k-th example: take slices of the order, one after the other",
            _batches(
                lambda order, size: [
                    order[k :: _number_of_batches(order, size)] for k in range(_number_of_batches(order, size))
                ]
            ),
        ),
        (
            "all batches get about the same size: take batch_size examples each, and the last one gets the rest",
            _batches(lambda order, size: np.array_split(order, _number_of_batches(order, size))),
        ),
        ("the last batch is filled up with examples from the front: it may be smaller", _batches(_filled_up)),
        (
            "the slices are one too short: the end of a slice is not part of it, so start + batch_size",
            any_of(
                {"rows_of": lambda order, start, size: (order[start : start + size - 1],) * 2},
                {"rows_of": lambda order, start, size: (order[start : start + max(size - 1, 1)],) * 2},
            ),
        ),
        (
            "one order is used for ever: each epoch has its own row of orders",
            {"orders_of": lambda orders: [orders[0]] * len(orders)},
        ),
        (
            "the orders are joined to one, so a batch may reach into the next epoch: go through them one by one",
            {"orders_of": lambda orders: [np.concatenate(orders)]},
        ),
        ("the last epoch is left out: does the loop end one too early?", {"orders_of": lambda orders: orders[:-1]}),
        ("each epoch begins at the first w again: it goes on where the last one ended", {"again": True}),
        (
            "the gradient is summed, with a rate tuned for the mean: the step grows with the batch (times its size)",
            {"times": lambda rows, size: len(rows)},
        ),
        (
            "a smaller last batch is divided by batch_size: its mean has its own length below",
            any_of(
                {"times": lambda rows, size: len(rows) / size}, {"times": lambda rows, size: min(1, len(rows) / size)}
            ),
        ),
        (
            "every step uses all examples: take the rows of the batch only",
            {"rows_of": lambda order, start, size: (order, order)},
        ),
        (
            "every batch is a single example: the slice ends at start + batch_size",
            {"rows_of": lambda order, start, size: (order[start : start + 1],) * 2},
        ),
        (
            "the slice ends at batch_size, not at start + batch_size, so all later batches are empty",
            {"rows_of": lambda order, start, size: (order[start:size],) * 2},
        ),
        (
            "only one epoch is walked: does return stand inside the outer loop?",
            {"orders_of": lambda orders: orders[:1]},
        ),
        (
            "only one step is taken: does return stand inside the inner loop?",
            lambda w, X, y, orders, size, lr: w - lr * _slope(w, X[orders[0][:size]], y[orders[0][:size]]),
        ),
        ("all gradients of an epoch are taken at one place: update w after every batch", _averaged),
        (
            "the gradients are added up and never begin at 0 again: each batch steps with its own",
            any_of(_never_reset(each_epoch=True), _never_reset(each_epoch=False)),
        ),
        ("you step uphill: subtract the gradient", {"times": lambda rows, size: -1.0}),
        (
            "a batch_size larger than N takes no step: its slice is all of the order, one batch",
            _batches(
                lambda order, size: [order[k : k + size] for k in range(0, len(order), size) if size <= len(order)]
            ),
        ),
    ],
)
def minibatch_descent(w: Array, X: Array, y: Array, orders: Array, batch_size: int, learning_rate: float) -> Array:
    """Return w (D,) after one pass over X (N, D), y (N,) for each row of orders (E, N), one step a batch."""
    return _run()(w, X, y, orders, batch_size, learning_rate)


# --- momentum ---------------------------------------------------------------------------------------------
def _momentum_cases() -> Iterator[tuple]:
    yield 1.0, 2.0, 0.5, 0.1, 0.8
    yield 1.0, 0.0, 0.5, 0.1, 0.8
    yield 1.0, 2.0, -0.5, 0.1, 0.6  # the slope has turned round
    yield from np.random.default_rng(53).uniform(0.2, 0.7, size=(3, 5)).tolist()


def _momentum(
    kept: Callable = lambda v, mu: mu * v,
    added: Callable = lambda dw, lr, mu: dw,
    sign: int = -1,
    rate: Callable = lambda lr: lr,
    by: Callable = lambda new, v, dw, mu: new,
    back: Callable = lambda new, v: new,
) -> Callable:
    """Make a variant: what is kept of the velocity, what is added, what w steps by, what comes back as velocity."""

    def step(w: float, v: float, dw: float, lr: float, mu: float) -> tuple[float, float]:
        new = kept(v, mu) + added(dw, lr, mu)
        return w + sign * rate(lr) * by(new, v, dw, mu), back(new, v)

    return step


def _nesterov_with_the_rate_inside(w: float, v: float, dw: float, lr: float, mu: float) -> tuple[float, float]:
    new = mu * v - lr * dw
    return w - mu * v + (1 + mu) * new, new


def _dropped_when_turned(w: float, v: float, dw: float, lr: float, mu: float) -> tuple[float, float]:
    return _momentum()(w, v if v * dw >= 0 else 0.0, dw, lr, mu)


@exercise(
    todo="return the pair (w, velocity) after one step: the velocity first, then the weight",
    cases=_momentum_cases,
    make=_momentum,
    mistakes=[
        ("the velocity is overwritten by the gradient: keep mu times the old one and add", {"kept": lambda v, mu: 0.0}),
        ("the velocity is reset after the step: hand it on, it is the memory", {"back": lambda new, v: 0.0}),
        ("the velocity never changes: return the new one", {"back": lambda new, v: v}),
        ("w does not move: subtract learning_rate times the velocity", {"by": lambda new, v, dw, mu: 0.0}),
        ("w steps with the gradient: it steps with the new velocity", {"by": lambda new, v, dw, mu: dw}),
        ("w steps with the old velocity: first the velocity, then the weight", {"by": lambda new, v, dw, mu: v}),
        (
            "this looks one step ahead, as Nesterov's form does: here w steps with the new velocity itself",
            any_of(
                {"by": lambda new, v, dw, mu: mu * new + dw},
                {"by": lambda new, v, dw, mu: (1 + mu) * new - mu * v},
                _nesterov_with_the_rate_inside,
            ),
        ),
        ("friction is missing: only mu times the old velocity stays", {"kept": lambda v, mu: v}),
        (
            "mu is written down as a number: take the mu that comes",
            any_of({"kept": lambda v, mu: 0.9 * v}, {"kept": lambda v, mu: 0.5 * v}, {"kept": lambda v, mu: 0.99 * v}),
        ),
        (
            "mu is at the gradient: it belongs to the old velocity",
            _momentum(lambda v, mu: v, lambda dw, lr, mu: mu * dw),
        ),
        ("mu multiplies both: the gradient comes in whole", {"added": lambda dw, lr, mu: mu * dw}),
        (
            "1 - mu of the velocity stays: mu is what friction leaves, not what it takes",
            {"kept": lambda v, mu: (1 - mu) * v},
        ),
        (
            "this is a running mean, as in Adam: momentum adds the gradient whole, without 1 - mu",
            {"added": lambda dw, lr, mu: (1 - mu) * dw},
        ),
        (
            "the gradient is subtracted from the velocity: add it, and subtract the velocity from w",
            {"added": lambda dw, lr, mu: -dw},
        ),
        ("the step goes uphill: subtract the velocity", {"sign": 1}),
        (
            "the learning rate is in the velocity and in the step: once is enough, in the step",
            {"added": lambda dw, lr, mu: lr * dw},
        ),
        (
            "the rate is inside the velocity: the other common form, with the same path; here velocity "
            "= mu velocity + dw",
            any_of(
                _momentum(added=lambda dw, lr, mu: -lr * dw, sign=1, rate=lambda lr: 1),
                _momentum(added=lambda dw, lr, mu: lr * dw, rate=lambda lr: 1),
            ),
        ),
        ("the learning rate is ignored: a step is learning_rate times velocity", {"rate": lambda lr: 1}),
        (
            "the velocity is dropped when the slope turns round: it goes on, only mu and the gradient change it",
            _dropped_when_turned,
        ),
        (
            "the order is turned round: w first, then the velocity",
            lambda w, v, dw, lr, mu: _momentum()(w, v, dw, lr, mu)[::-1],
        ),
    ],
)
def momentum_step(w: float, velocity: float, dw: float, learning_rate: float, mu: float) -> tuple[float, float]:
    """Return (w, velocity) after velocity = mu velocity + dw, w = w - learning_rate velocity."""
    velocity = mu * velocity + dw
    return w - learning_rate * velocity, velocity


# --- what momentum keeps of the distance ------------------------------------------------------------------
def _kept_cases() -> Iterator[tuple]:
    yield 0.1, 0.0, 4.0  # plain descent, on one side
    yield 0.1, 0.0, 15.0  # plain descent, across
    yield 0.05, 0.25, 4.0
    yield 0.1, 0.25, 10.0  # complex: it swings
    yield 0.3, 0.2, 8.0  # negative: it jumps across
    yield from np.random.default_rng(54).uniform([0.05, 0.1, 1.0], [0.2, 0.9, 30.0], size=(4, 3)).tolist()


def _kept(
    corner: Callable = lambda rate, mu, c: 1 + mu - rate * c,
    before: Callable = lambda rate, mu, c: -mu,
    read: Callable = lambda M: np.abs(np.linalg.eigvals(M)).max(),
) -> Callable:
    """Make a variant: what multiplies the distance now, what the one before, what is read off the matrix."""

    def share(rate: float, mu: float, curvature: float) -> float:
        return read(np.array([[corner(rate, mu, curvature), before(rate, mu, curvature)], [1.0, 0.0]]))

    return share


def _by_real_roots(M: Array) -> float:
    square = M[0, 0] ** 2 + 4 * M[0, 1]
    return (abs(M[0, 0]) + np.sqrt(square)) / 2 if square >= 0 else np.nan


@exercise(
    todo="return the largest absolute eigenvalue of the matrix [[1 + mu - rate * curvature, -mu], [1, 0]]",
    cases=_kept_cases,
    make=_kept,
    mistakes=[
        (
            "this looks at the real parts: where it swings the eigenvalues are complex, and np.abs gives their length",
            any_of(
                {"read": lambda M: np.linalg.eigvals(M).real.max()},
                {"read": lambda M: np.abs(np.linalg.eigvals(M).real).max()},
            ),
        ),
        (
            "the absolute value is missing: -0.9 leaves more than 0.1, and complex ones count by their length",
            {"read": lambda M: np.linalg.eigvals(M).max()},
        ),
        (
            "eigvalsh is for symmetric matrices, which this one is not: take eigvals",
            {"read": lambda M: np.abs(np.linalg.eigvalsh(M)).max()},
        ),
        (
            "where the root is of a negative number this is not a number: there the eigenvalues are complex",
            {"read": lambda M: _by_real_roots(M)},
        ),
        (
            "this is the smaller eigenvalue: the larger one is what is left in the long run",
            {"read": lambda M: np.abs(np.linalg.eigvals(M)).min()},
        ),
        (
            "this is the first eigenvalue that comes: take the one with the largest absolute value",
            any_of(
                {"read": lambda M: np.abs(np.linalg.eigvals(M)[0])}, {"read": lambda M: np.abs(np.linalg.eigvals(M)[1])}
            ),
        ),
        (
            "the eigenvalues are added up or averaged: the largest alone decides in the long run",
            any_of(
                {"read": lambda M: np.abs(np.linalg.eigvals(M)).sum()},
                {"read": lambda M: np.abs(np.linalg.eigvals(M)).mean()},
            ),
        ),
        (
            "this is a norm of the matrix, the most that a single step can do: take its eigenvalues",
            any_of(
                {"read": lambda M: np.linalg.norm(M, 2)},
                {"read": lambda M: np.linalg.norm(M)},
                {"read": lambda M: np.linalg.svd(M, compute_uv=False)[1]},
            ),
        ),
        (
            "this is the determinant: it is the product of both eigenvalues",
            any_of(
                {"read": lambda M: abs(np.linalg.det(M))},
                {"read": lambda M: np.linalg.det(M)},
                {"read": lambda M: abs(np.linalg.det(M)) ** 0.5},
            ),
        ),
        (
            "mu is forgotten: this is plain descent, 1 - rate * curvature",
            any_of(
                {"corner": lambda rate, mu, c: 1 - rate * c, "before": lambda rate, mu, c: 0.0},
                {"before": lambda rate, mu, c: 0.0},
            ),
        ),
        (
            "mu is missing in the first entry: it is 1 + mu - rate * curvature",
            {"corner": lambda rate, mu, c: 1 - rate * c},
        ),
        (
            "mu has the wrong sign in the first entry: it is 1 + mu - rate * curvature",
            {"corner": lambda rate, mu, c: 1 - mu - rate * c},
        ),
        ("the distance before is taken off: the second entry is -mu", {"before": lambda rate, mu, c: mu}),
        ("the step goes uphill: rate * curvature is subtracted", {"corner": lambda rate, mu, c: 1 + mu + rate * c}),
        ("the rate is ignored: the step is rate times the slope", {"corner": lambda rate, mu, c: 1 + mu - c}),
        (
            "the curvature is ignored: the slope is curvature times the distance",
            {"corner": lambda rate, mu, c: 1 + mu - rate},
        ),
        (
            "the 1 is missing: what is there stays, 1 + mu - rate * curvature",
            {"corner": lambda rate, mu, c: mu - rate * c},
        ),
        (
            "mu multiplies too much: the new velocity is mu times the old one plus the slope, only the old one gets mu",
            any_of(
                {"corner": lambda rate, mu, c: (1 + mu) * (1 - rate * c)},
                {"corner": lambda rate, mu, c: 1 + mu * (1 - rate * c)},
                {"corner": lambda rate, mu, c: 1 + mu - mu * rate * c},
            ),
        ),
        (
            "this looks one step ahead, as Nesterov's form does: here only the slope at the place itself counts",
            {
                "corner": lambda rate, mu, c: (1 + mu) * (1 - rate * c),
                "before": lambda rate, mu, c: -mu * (1 - rate * c),
            },
        ),
        (
            "this has a running mean's 1 - mu before the slope: here the slope is added whole",
            {"corner": lambda rate, mu, c: 1 + mu - (1 - mu) * rate * c},
        ),
    ],
)
def kept_per_step(rate: float, mu: float, curvature: float) -> float:
    """Return what momentum keeps of the distance in each step, in the long run: a largest eigenvalue."""
    return float(_kept()(rate, mu, curvature))


# --- Adam -------------------------------------------------------------------------------------------------
def _adam_cases() -> Iterator[tuple]:
    # NumPy's numbers: with t from 0 the correction is 0, and dividing by it shall be a wrong answer, not an error.
    yield np.float64(1.0), np.float64(0.0), np.float64(0.0), 1, 2.0, 0.1
    yield np.float64(-1.0), np.float64(0.2), np.float64(0.004), 2, -1.0, 0.1
    rng = np.random.default_rng(54)
    for t in (3, 10):
        w, m, v, dw = rng.uniform(0.3, 0.9, 4)
        yield w, m, v, t, dw, 0.5


def _late_steps() -> Iterator[tuple]:
    yield np.float64(0.7), np.float64(0.3), np.float64(0.6), 200, 0.4, 0.5
    yield np.float64(0.7), np.float64(0.3), np.float64(0.6), 2000, 0.4, 0.5


def _no_gradient() -> Iterator[tuple]:
    yield np.float64(1.0), np.float64(0.0), np.float64(0.0), 3, 0.0, 0.1


def _tiny_gradients() -> Iterator[tuple]:
    yield np.float64(1.0), np.float64(1e-4), np.float64(1e-8), 1000, 1e-4, 0.5


def _adam(
    first: Callable = lambda m, dw: 0.9 * m + 0.1 * dw,
    second: Callable = lambda v, dw: 0.999 * v + 0.001 * dw**2,
    correct_m: Callable = lambda t: 1 - 0.9**t,
    correct_v: Callable = lambda t: 1 - 0.999**t,
    root: Callable = lambda v: np.sqrt(v) + 1e-8,
    sign: float = -1.0,
    rate: Callable = lambda lr: lr,
    back: Callable = lambda old, new, corrected: new,
    by_old: bool = False,
) -> Callable:
    """Make a variant of one Adam step.

    `first`, `second`: the new means; `correct_m`, `correct_v`: what they are divided by for the step; `root`: what the
    step is divided by; `back`: which of the pairs (m, v) comes back; `by_old`: the step is made by the old pair.
    """

    def step(w: float, m: float, v: float, t: int, dw: float, lr: float) -> tuple[float, float, float]:
        old, new = (m, v), (first(m, dw), second(v, dw))
        mine, theirs = old if by_old else new
        corrected = mine / np.float64(correct_m(t)), theirs / np.float64(correct_v(t))
        return w + sign * rate(lr) * corrected[0] / root(corrected[1]), *back(old, new, corrected)

    return step


def _none(t: int) -> float:
    return 1.0


def _abs_of_v(w: float, m: float, v: float, t: int, dw: float, lr: float) -> tuple[float, float, float]:
    return _adam(second=lambda v, dw: 0.999 * v + 0.001 * dw, root=lambda v: np.sqrt(np.abs(v)) + 1e-8)(
        w, m, v, t, dw, lr
    )


@exercise(
    todo="return (w, m, v) after step t; the first step has t = 1",
    cases=_adam_cases,
    hard={
        "a gradient that was always 0": _no_gradient,
        "very small gradients": _tiny_gradients,
        "late steps, t = 2000": _late_steps,
    },
    make=_adam,
    mistakes=[
        (
            "there is no bias correction: divide m by 1 - 0.9**t and v by 1 - 0.999**t for the step",
            {"correct_m": _none, "correct_v": _none},
        ),
        ("m is not corrected: divide it by 1 - 0.9**t for the step", {"correct_m": _none}),
        ("v is not corrected: divide it by 1 - 0.999**t for the step", {"correct_v": _none}),
        (
            "only the first step is corrected: the correction fades by itself, with 0.9**t and 0.999**t",
            {"correct_m": lambda t: 0.1 if t == 1 else 1.0, "correct_v": lambda t: 0.001 if t == 1 else 1.0},
        ),
        (
            "late steps are not corrected: 0.999**t is not gone after 1000 steps, so correct all of them",
            any_of(
                *(
                    {
                        "correct_m": lambda t, last=last: 1 - 0.9**t if t < last else 1.0,
                        "correct_v": lambda t, last=last: 1 - 0.999**t if t < last else 1.0,
                    }
                    for last in (20, 50, 100, 1000)
                )
            ),
        ),
        (
            "t counts from 0: in the first step it is 1, so use t as it comes, not t - 1",
            {"correct_m": lambda t: 1 - 0.9 ** (t - 1), "correct_v": lambda t: 1 - 0.999 ** (t - 1)},
        ),
        (
            "t is one too large: it is already 1 in the first step, so use it as it comes",
            {"correct_m": lambda t: 1 - 0.9 ** (t + 1), "correct_v": lambda t: 1 - 0.999 ** (t + 1)},
        ),
        (
            "the correction has no power of t: it is 1 - 0.9**t, which fades with time",
            {"correct_m": lambda t: 1 - 0.9, "correct_v": lambda t: 1 - 0.999},
        ),
        (
            "the correction multiplies t: it is the power 0.9**t",
            any_of(
                {"correct_m": lambda t: 1 - 0.9 * t, "correct_v": lambda t: 1 - 0.999 * t},
                {"correct_m": lambda t: abs(1 - 0.9 * t), "correct_v": lambda t: abs(1 - 0.999 * t)},
            ),
        ),
        (
            "the corrections are swapped: 0.9 belongs to m, 0.999 to v",
            {"correct_m": lambda t: 1 - 0.999**t, "correct_v": lambda t: 1 - 0.9**t},
        ),
        (
            "both corrections are the same: 0.9 belongs to m, 0.999 to v",
            any_of({"correct_v": lambda t: 1 - 0.9**t}, {"correct_m": lambda t: 1 - 0.999**t}),
        ),
        (
            "v's correction has a root of its own: v / (1 - 0.999**t) first, then one root of it all",
            {"correct_v": lambda t: np.sqrt(1 - 0.999**t)},
        ),
        (
            "both corrections have a root: m is divided by 1 - 0.9**t, and v by 1 - 0.999**t before its root is taken",
            {"correct_m": lambda t: np.sqrt(1 - 0.9**t), "correct_v": lambda t: np.sqrt(1 - 0.999**t)},
        ),
        (
            "the corrections multiply: divide by them, which makes small means larger",
            any_of(
                {"correct_m": lambda t: 1 / (1 - 0.9**t), "correct_v": lambda t: 1 / (1 - 0.999**t)},
                {"correct_m": lambda t: 1 / (1 - 0.9**t)},
                {"correct_v": lambda t: 1 / (1 - 0.999**t)},
            ),
        ),
        (
            "v takes in the gradient itself: it is the running mean of its square",
            any_of({"second": lambda v, dw: 0.999 * v + 0.001 * dw}, _abs_of_v),
        ),
        (
            "v takes in the square of everything: only the gradient is squared, not the average",
            {"second": lambda v, dw: (0.999 * v + 0.001 * dw) ** 2},
        ),
        (
            "m is the mean of the squares: squares go into v, m takes the gradient",
            {"first": lambda m, dw: 0.9 * m + 0.1 * dw**2},
        ),
        (
            "m squared stands where v is meant: the step divides by the root of the corrected v",
            lambda w, m, v, t, dw, lr: _m_for_v(w, m, v, t, dw, lr),
        ),
        (
            "v is made of m squared: it takes in the square of the gradient",
            lambda w, m, v, t, dw, lr: _v_of_m(w, m, v, t, dw, lr),
        ),
        (
            "the betas are swapped: m forgets fast (0.9), v slowly (0.999)",
            any_of(
                _adam(lambda m, dw: 0.999 * m + 0.001 * dw, lambda v, dw: 0.9 * v + 0.1 * dw**2),
                _adam(
                    lambda m, dw: 0.999 * m + 0.001 * dw,
                    lambda v, dw: 0.9 * v + 0.1 * dw**2,
                    lambda t: 1 - 0.999**t,
                    lambda t: 1 - 0.9**t,
                ),
            ),
        ),
        (
            "the shares are swapped: 0.9 of the old m stays, and 0.1 of the gradient comes in",
            _adam(lambda m, dw: 0.1 * m + 0.9 * dw, lambda v, dw: 0.001 * v + 0.999 * dw**2),
        ),
        (
            "v has another beta: 0.999 of the old v stays, and 0.001 of the square comes in",
            any_of(
                *(
                    _adam(second=lambda v, dw, b=b: b * v + (1 - b) * dw**2, correct_v=lambda t, b=b: 1 - b**t)
                    for b in (0.9, 0.99, 0.9999)
                ),
                *(_adam(second=lambda v, dw, b=b: b * v + (1 - b) * dw**2) for b in (0.9, 0.99, 0.9999)),
            ),
        ),
        (
            "v never gets smaller: the plain running mean may fall",
            {"second": lambda v, dw: np.maximum(v, 0.999 * v + 0.001 * dw**2)},
        ),
        (
            "v is a sum of all squares, as in AdaGrad: here it is their running mean",
            {"second": lambda v, dw: v + dw**2},
        ),
        ("m is overwritten by the gradient: it is a running mean", {"first": lambda m, dw: dw}),
        ("v is overwritten by the squared gradient: it is a running mean", {"second": lambda v, dw: dw**2}),
        ("m takes in the whole gradient: its share is 1 - 0.9", {"first": lambda m, dw: 0.9 * m + dw}),
        ("v takes in the whole square: its share is 1 - 0.999", {"second": lambda v, dw: 0.999 * v + dw**2}),
        (
            "the corrected means are stored: they are for the step only, m and v go on uncorrected",
            {"back": lambda old, new, corrected: corrected},
        ),
        (
            "the old m and v come back: hand on the new ones, the next step needs them",
            {"back": lambda old, new, corrected: old},
        ),
        (
            "the step is made by the m and v from before: first the means, then their correction and the step",
            {"by_old": True},
        ),
        (
            "the root is missing: divide by the square root of v, so that the gradient's size cancels",
            {"root": lambda v: v + 1e-8},
        ),
        ("nothing is divided by the root of v: it makes the steps of all weights about equal", {"root": lambda v: 1.0}),
        (
            "epsilon is under the root: it is added to the root, where it is 1e-8 and not its root",
            {"root": lambda v: np.sqrt(v + 1e-8)},
        ),
        ("epsilon is missing: where a gradient was always 0, the step is 0/0", {"root": np.sqrt}),
        (
            "epsilon has another size: it is 1e-8",
            any_of(*({"root": lambda v, eps=eps: np.sqrt(v) + eps} for eps in (1e-3, 1e-4, 1e-5, 1e-6, 1e-7))),
        ),
        ("the learning rate is ignored: it scales the step", {"rate": lambda lr: 1.0}),
        ("the step goes uphill: subtract it", {"sign": 1.0}),
        (
            "the gradient makes the step, scaled by v: it is m that makes it",
            lambda w, m, v, t, dw, lr: (
                w - lr * dw / (np.sqrt(_adam()(w, m, v, t, dw, lr)[2] / (1 - 0.999**t)) + 1e-8),
                *_adam()(w, m, v, t, dw, lr)[1:],
            ),
        ),
        ("v comes before m: the order is (w, m, v)", {"back": lambda old, new, corrected: new[::-1]}),
    ],
)
def adam_step(w: float, m: float, v: float, t: int, dw: float, learning_rate: float) -> tuple[float, float, float]:
    """Return (w, m, v) after Adam's step t = 1, 2, ... with beta1 = 0.9, beta2 = 0.999, eps = 1e-8."""
    return _adam()(w, m, v, t, dw, learning_rate)


def _m_for_v(w: float, m: float, v: float, t: int, dw: float, lr: float) -> tuple[float, float, float]:
    _, m, v = _adam()(w, m, v, t, dw, lr)
    m_hat = m / (1 - 0.9**t)
    return w - lr * m_hat / (np.sqrt(m_hat**2) + 1e-8), m, v


def _v_of_m(w: float, m: float, v: float, t: int, dw: float, lr: float) -> tuple[float, float, float]:
    m = 0.9 * m + 0.1 * dw
    v = 0.999 * v + 0.001 * m**2
    return w - lr * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8), m, v
