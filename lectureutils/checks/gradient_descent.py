"""The exercises of notebook 05: epochs of mini-batches, momentum, Adam.

The gradient step that opens the notebook is the one of notebook 04.
"""

from collections.abc import Callable, Iterator

import numpy as np

from .engine import exercise

Array = np.ndarray


# --- mini-batches -----------------------------------------------------------------------------------------
def _slope(w: Array, X: Array, y: Array) -> Array:
    """Return the gradient of mean (X w - y)^2."""
    return 2 * X.T @ (X @ w - y) / len(y)


def _run(rows_of: Callable, times: Callable = lambda rows: 1.0, one_order: bool = False) -> Callable:
    """Make a variant of the exercise: `rows_of(order, start, size)` picks the rows of X and of y for a batch."""
    def train(w: Array, X: Array, y: Array, orders: Array, batch_size: int, learning_rate: float) -> Array:
        for order in orders:
            order = orders[0] if one_order else order
            for start in range(0, len(X), batch_size):
                mine, theirs = rows_of(order, start, batch_size)
                if len(mine):
                    w = w - learning_rate * times(mine) * _slope(w, X[mine], y[theirs])
        return w
    return train


def _same(order: Array, start: int, size: int) -> tuple[Array, Array]:
    return order[start:start + size], order[start:start + size]


def _in_order(order: Array, start: int, size: int) -> Array:
    return np.arange(len(order))[start:start + size]


def _full_only(order: Array, start: int, size: int) -> tuple[Array, Array]:
    rows = order[start:start + size]
    rows = rows if len(rows) == size else rows[:0]
    return rows, rows


def _averaged(w: Array, X: Array, y: Array, orders: Array, batch_size: int, learning_rate: float) -> Array:
    for order in orders:
        starts = range(0, len(X), batch_size)
        slopes = [_slope(w, X[order[s:s + batch_size]], y[order[s:s + batch_size]]) for s in starts]
        w = w - learning_rate * sum(slopes)
    return w


def _batch_cases() -> Iterator[tuple]:
    rng = np.random.default_rng(52)
    for n, d, size, epochs in [(4, 1, 2, 2), (7, 2, 3, 3), (10, 3, 4, 2), (5, 2, 5, 2)]:
        orders = np.array([rng.permutation(n) for _ in range(epochs)])
        yield rng.normal(size=d), rng.normal(size=(n, d)), rng.normal(size=n), orders, size, 0.1


@exercise(
    todo="walk through each order batch by batch, take one step a batch, and return w",
    cases=_batch_cases,
    mistakes=[
        ("X and y are shuffled apart: an example keeps its label only if both take the same rows",
         _run(lambda order, start, size: (_same(order, start, size)[0], _in_order(order, start, size)))),
        ("y is shuffled and X is not: both take the same rows",
         _run(lambda order, start, size: (_in_order(order, start, size), _same(order, start, size)[0]))),
        ("nothing is shuffled: the rows of a batch are order[start:start + batch_size]",
         _run(lambda order, start, size: (_in_order(order, start, size),) * 2)),
        ("the last batch is dropped when it is smaller: its examples count, too", _run(_full_only)),
        ("it is the same batch every time: the slice starts at start",
         _run(lambda order, _, size: _same(order, 0, size))),
        ("one order is used for ever: each epoch has its own row of orders", _run(_same, one_order=True)),
        ("the gradient is summed, with a rate tuned for the mean: the step grows with the batch (times its size)",
         _run(_same, times=len)),
        ("every step uses all examples: take the rows of the batch only",
         _run(lambda order, start, size: (order, order))),
        ("every batch is a single example: the slice ends at start + batch_size",
         _run(lambda order, start, size: (order[start:start + 1],) * 2)),
        ("the slice ends at batch_size, not at start + batch_size, so all later batches are empty",
         _run(lambda order, start, size: (order[start:size],) * 2)),
        ("only one epoch is walked: does return stand inside the outer loop?",
         lambda w, X, y, orders, size, lr: _run(_same)(w, X, y, orders[:1], size, lr)),
        ("only one step is taken: does return stand inside the inner loop?",
         lambda w, X, y, orders, size, lr: w - lr * _slope(w, X[orders[0][:size]], y[orders[0][:size]])),
        ("all gradients of an epoch are taken at one place: update w after every batch", _averaged),
        ("you step uphill: subtract the gradient", _run(_same, times=lambda rows: -1.0)),
    ],
)
def minibatch_descent(w: Array, X: Array, y: Array, orders: Array, batch_size: int, learning_rate: float) -> Array:
    """Return w (D,) after one pass over X (N, D), y (N,) for each row of orders (E, N), one step a batch."""
    return _run(_same)(w, X, y, orders, batch_size, learning_rate)


# --- momentum ---------------------------------------------------------------------------------------------
def _momentum_cases() -> Iterator[tuple]:
    yield 1.0, 2.0, 0.5, 0.1, 0.8
    yield 1.0, 0.0, 0.5, 0.1, 0.8
    yield from np.random.default_rng(53).uniform(0.2, 0.7, size=(3, 5)).tolist()


@exercise(
    todo="return the pair (w, velocity) after one step: the velocity first, then the weight",
    cases=_momentum_cases,
    mistakes=[
        ("the velocity is overwritten by the gradient: keep mu times the old one and add",
         lambda w, v, dw, lr, mu: (w - lr * dw, dw)),
        ("the velocity is reset after the step: hand it on, it is the memory",
         lambda w, v, dw, lr, mu: (w - lr * (mu * v + dw), 0.0)),
        ("the velocity never changes: return the new one", lambda w, v, dw, lr, mu: (w - lr * (mu * v + dw), v)),
        ("w steps with the gradient: it steps with the new velocity",
         lambda w, v, dw, lr, mu: (w - lr * dw, mu * v + dw)),
        ("w steps with the old velocity: first the velocity, then the weight",
         lambda w, v, dw, lr, mu: (w - lr * v, mu * v + dw)),
        ("friction is missing: only mu times the old velocity stays",
         lambda w, v, dw, lr, mu: (w - lr * (v + dw), v + dw)),
        ("mu is at the gradient: it belongs to the old velocity",
         lambda w, v, dw, lr, mu: (w - lr * (v + mu * dw), v + mu * dw)),
        ("mu multiplies both: the gradient comes in whole",
         lambda w, v, dw, lr, mu: (w - lr * mu * (v + dw), mu * (v + dw))),
        ("1 - mu of the velocity stays: mu is what friction leaves, not what it takes",
         lambda w, v, dw, lr, mu: (w - lr * ((1 - mu) * v + dw), (1 - mu) * v + dw)),
        ("this is a running mean, as in Adam: momentum adds the gradient whole, without 1 - mu",
         lambda w, v, dw, lr, mu: (w - lr * (mu * v + (1 - mu) * dw), mu * v + (1 - mu) * dw)),
        ("the step goes uphill: subtract the velocity",
         lambda w, v, dw, lr, mu: (w + lr * (mu * v + dw), mu * v + dw)),
        ("the learning rate is in the velocity and in the step: once is enough, in the step",
         lambda w, v, dw, lr, mu: (w - lr * (mu * v + lr * dw), mu * v + lr * dw)),
        ("the rate is inside the velocity: the other common form, with the same path; here velocity = mu velocity + dw",
         lambda w, v, dw, lr, mu: (w + (mu * v - lr * dw), mu * v - lr * dw)),
        ("the rate is inside the velocity: the other common form, with the same path; here velocity = mu velocity + dw",
         lambda w, v, dw, lr, mu: (w - (mu * v + lr * dw), mu * v + lr * dw)),
        ("the learning rate is ignored: a step is learning_rate times velocity",
         lambda w, v, dw, lr, mu: (w - (mu * v + dw), mu * v + dw)),
        ("the order is turned round: w first, then the velocity",
         lambda w, v, dw, lr, mu: (mu * v + dw, w - lr * (mu * v + dw))),
    ],
)
def momentum_step(w: float, velocity: float, dw: float, learning_rate: float, mu: float) -> tuple[float, float]:
    """Return (w, velocity) after velocity = mu velocity + dw, w = w - learning_rate velocity."""
    velocity = mu * velocity + dw
    return w - learning_rate * velocity, velocity


# --- Adam -------------------------------------------------------------------------------------------------
def _adam_cases() -> Iterator[tuple]:
    # NumPy's numbers: with t from 0 the correction is 0, and dividing by it shall be a wrong answer, not an error.
    yield np.float64(1.0), np.float64(0.0), np.float64(0.0), 1, 2.0, 0.1
    yield np.float64(1.0), np.float64(0.2), np.float64(0.004), 2, -1.0, 0.1
    rng = np.random.default_rng(54)
    for t in (3, 10):
        w, m, v, dw = rng.uniform(0.3, 0.9, 4)
        yield w, m, v, t, dw, 0.5


def _adam(first: Callable = lambda m, dw: 0.9 * m + 0.1 * dw,
          second: Callable = lambda v, dw: 0.999 * v + 0.001 * dw**2,
          correct_m: Callable = lambda t: 1 - 0.9**t, correct_v: Callable = lambda t: 1 - 0.999**t,
          root: Callable = lambda v: np.sqrt(v) + 1e-8, sign: float = -1.0, keep: bool = False) -> Callable:
    """Make a variant of one Adam step; `keep` stores the corrected means instead of the plain ones."""
    def step(w: float, m: float, v: float, t: int, dw: float, lr: float) -> tuple[float, float, float]:
        m, v = first(m, dw), second(v, dw)
        m_hat, v_hat = m / np.float64(correct_m(t)), v / np.float64(correct_v(t))
        return (w + sign * lr * m_hat / root(v_hat), *((m_hat, v_hat) if keep else (m, v)))
    return step


def _none(t: int) -> float:
    return 1.0


@exercise(
    todo="return (w, m, v) after step t; the first step has t = 1",
    cases=_adam_cases,
    mistakes=[
        ("there is no bias correction: divide m by 1 - 0.9**t and v by 1 - 0.999**t for the step",
         _adam(correct_m=_none, correct_v=_none)),
        ("m is not corrected: divide it by 1 - 0.9**t for the step", _adam(correct_m=_none)),
        ("v is not corrected: divide it by 1 - 0.999**t for the step", _adam(correct_v=_none)),
        ("t counts from 0: in the first step it is 1, so use t as it comes, not t - 1",
         _adam(correct_m=lambda t: 1 - 0.9**(t - 1), correct_v=lambda t: 1 - 0.999**(t - 1))),
        ("t is one too large: it is already 1 in the first step, so use it as it comes",
         _adam(correct_m=lambda t: 1 - 0.9**(t + 1), correct_v=lambda t: 1 - 0.999**(t + 1))),
        ("the correction has no power of t: it is 1 - 0.9**t, which fades with time",
         _adam(correct_m=lambda t: 1 - 0.9, correct_v=lambda t: 1 - 0.999)),
        ("the correction multiplies t: it is the power 0.9**t", _adam(correct_m=lambda t: 1 - 0.9 * t,
                                                                      correct_v=lambda t: 1 - 0.999 * t)),
        ("the corrections are swapped: 0.9 belongs to m, 0.999 to v",
         _adam(correct_m=lambda t: 1 - 0.999**t, correct_v=lambda t: 1 - 0.9**t)),
        ("v takes in the gradient itself: it is the running mean of its square", _adam(
            second=lambda v, dw: 0.999 * v + 0.001 * dw)),
        ("v takes in the square of everything: only the gradient is squared, not the average",
         _adam(second=lambda v, dw: (0.999 * v + 0.001 * dw) ** 2)),
        ("m is the mean of the squares: squares go into v, m takes the gradient", _adam(
            first=lambda m, dw: 0.9 * m + 0.1 * dw**2)),
        ("m squared stands where v is meant: the step divides by the root of the corrected v",
         lambda w, m, v, t, dw, lr: _m_for_v(w, m, v, t, dw, lr)),
        ("v is made of m squared: it takes in the square of the gradient",
         lambda w, m, v, t, dw, lr: _v_of_m(w, m, v, t, dw, lr)),
        ("the betas are swapped: m forgets fast (0.9), v slowly (0.999)", _adam(
            first=lambda m, dw: 0.999 * m + 0.001 * dw, second=lambda v, dw: 0.9 * v + 0.1 * dw**2)),
        ("m is overwritten by the gradient: it is a running mean", _adam(first=lambda m, dw: dw)),
        ("v is overwritten by the squared gradient: it is a running mean", _adam(second=lambda v, dw: dw**2)),
        ("m takes in the whole gradient: its share is 1 - 0.9", _adam(first=lambda m, dw: 0.9 * m + dw)),
        ("v takes in the whole square: its share is 1 - 0.999", _adam(second=lambda v, dw: 0.999 * v + dw**2)),
        ("the corrected means are stored: they are for the step only, m and v go on uncorrected", _adam(keep=True)),
        ("the root is missing: divide by the square root of v, so that the gradient's size cancels",
         _adam(root=lambda v: v + 1e-8)),
        ("the step goes uphill: subtract it", _adam(sign=1.0)),
        ("the gradient makes the step, scaled by v: it is m that makes it",
         lambda w, m, v, t, dw, lr: (w - lr * dw / (np.sqrt(_adam()(w, m, v, t, dw, lr)[2] / (1 - 0.999**t)) + 1e-8),
                                     *_adam()(w, m, v, t, dw, lr)[1:])),
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
