"""What the checks of notebooks 04 to 06 say to mistakes that real people have made, and where a text left room.

Each answer is written by hand, apart from the variants that the exercises declare, with the words that its verdict must
contain. "Right" stands for an answer that a check must take.
"""
# ruff: noqa: RET504, RET505, SIM108 - as people write them

import math

import numpy as np
import pytest

from lectureutils import checks

RIGHT = "Right"


def softmax(scores):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def softmax_flat_sum(scores):
    e = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    return e / np.sum(e, axis=1)


# --- 04 ---------------------------------------------------------------------------------------------------
def central(W, h, entry, slope):
    ahead, behind = W.astype(float), W.astype(float)
    ahead[entry] += h
    behind[entry] -= h
    return slope(ahead, behind)


def numerical_with(slope):
    def numerical_gradient(f, W, h):
        dW = np.zeros(W.shape)
        for entry in np.ndindex(W.shape):
            dW[entry] = central(W, h, entry, lambda ahead, behind: slope(f(ahead), f(behind), h))
        return dW

    return numerical_gradient


def callers_w_put_back(f, W, h):
    dW, whole = np.zeros(W.shape), W.dtype.kind == "i"
    V = W.astype(float) if whole else W
    for entry in np.ndindex(V.shape):
        old = V[entry]
        V[entry] = old + h
        ahead = f(V)
        V[entry] = old - h
        dW[entry] = (ahead - f(V)) / (2 * h)
        V[entry] = old
    return dW


def entropy_with(p=softmax, off=1.0, rows=lambda y: np.arange(len(y)), divide=len):
    def cross_entropy_gradient(scores, y):
        dS = p(scores).copy()
        dS[rows(y), y] -= off
        return dS / divide(y)

    return cross_entropy_gradient


def minus_one_twice(scores, y):
    p = softmax(scores)
    p[np.arange(len(y)), y] -= 1
    one_hot = np.zeros_like(p)
    one_hot[np.arange(len(y)), y] = 1
    return (p - one_hot) / len(y)


def true_p_for_every_class(scores, y):
    dS = np.zeros_like(scores)
    for i in range(len(y)):
        p = np.exp(scores[i] - scores[i].max())
        p = p / p.sum()
        for j in range(scores.shape[1]):
            dS[i, j] = p[y[i]] - (j == y[i])
    return dS / len(y)


def entropy_left_at_zero(scores, y):
    dS = np.zeros_like(scores)
    for p, label in zip(softmax(scores), y, strict=True):
        loss = -np.log(p[label])  # noqa: F841
    return dS


def entropy_no_shift_no_mean(scores, y):
    p = np.exp(scores) / np.sum(np.exp(scores), axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    return p


def clipped_p(scores, y):
    p = np.clip(softmax(scores), 1e-12, 1 - 1e-12)
    p[np.arange(len(y)), y] -= 1
    return p / len(y)


def hinge_with(hits, n=len, start=0.0):
    def hinge_gradient(scores, y):
        rows = np.arange(len(y))
        m = scores - scores[rows, y].reshape(-1, 1) + 1
        m[rows, y] = start
        m = hits(m)
        m[rows, y] = 0
        m[rows, y] = -m.sum(axis=1)
        return m / n(y)

    return hinge_gradient


def ones_where_positive(m):
    m[m > 0] = 1
    return m


def zero_one(m):
    m = np.maximum(m, 0)
    m[m > 0] = 1
    return m


def hinge_by_loops(at_zero, minus=True, n=len):
    def hinge_gradient(scores, y):
        dS = np.zeros_like(scores)
        for i in range(scores.shape[0]):
            for j in range(scores.shape[1]):
                margin = scores[i, j] - scores[i, y[i]] + 1
                if j != y[i] and (margin > 0 or (at_zero and margin == 0)):
                    dS[i, j] += 1
                    dS[i, y[i]] -= minus
        return dS / n(y)

    return hinge_gradient


def hinge_if_on_an_array(scores, y):
    dS = np.zeros_like(scores)
    for i in range(len(y)):
        m = scores[i] - scores[i, y[i]] + 1
        if m > 0:
            dS[i] = 1
    return dS / len(y)


def penalty_in_place(dW, db, W, b, lam):
    dW += 2 * lam * W
    return dW, db


# --- 05 ---------------------------------------------------------------------------------------------------
def slope(w, X, y):
    return 2 * X.T @ (X @ w - y) / len(y)


def descent_with(starts, batch=lambda order, start, size: order[start : start + size], grad=slope):
    def minibatch_descent(w, X, y, orders, batch_size, learning_rate):
        for order in orders:
            for start in starts(len(X), batch_size):
                rows = batch(order, start, batch_size)
                if len(rows):
                    w = w - learning_rate * grad(w, X[rows], y[rows])
        return w

    return minibatch_descent


def by_size(N, B):
    return range(0, N, B)


def reordered_each_epoch(w, X, y, orders, batch_size, learning_rate):
    for order in orders:
        X, y = X[order], y[order]
        for start in range(0, len(X), batch_size):
            w = w - learning_rate * slope(w, X[start : start + batch_size], y[start : start + batch_size])
    return w


def gradients_never_reset(w, X, y, orders, batch_size, learning_rate):
    dw = np.zeros_like(w)
    for order in orders:
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            dw += slope(w, X[rows], y[rows])
            w = w - learning_rate * dw
    return w


def last_divided_by_the_full_size(w, X, y, orders, batch_size, learning_rate):
    for order in orders:
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            w = w - learning_rate * 2 * X[rows].T @ (X[rows] @ w - y[rows]) / batch_size
    return w


def crashes_when_the_batch_is_larger(w, X, y, orders, batch_size, learning_rate):
    for order in orders:
        rest = len(X) % batch_size
        batches = np.split(order[: len(X) - rest], len(X) // batch_size)
        for rows in batches + [order[-rest:]] * (rest > 0):
            w = w - learning_rate * slope(w, X[rows], y[rows])
    return w


def descent_in_place(w, X, y, orders, batch_size, learning_rate):
    for order in orders:
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            w -= learning_rate * slope(w, X[rows], y[rows])
    return w


def two_slips_of_a_batch(w, X, y, orders, batch_size, learning_rate):
    for order in orders:
        for k in range(len(X) // batch_size):
            rows = order[k * batch_size : (k + 1) * batch_size]
            w = w + learning_rate * slope(w, X[rows], y[rows])
    return w


def adam_with(
    b1=0.9,
    b2=0.999,
    m_hat=lambda m, t, b: m / (1 - b**t),
    v_hat=lambda v, t, b: v / (1 - b**t),
    root=lambda v: np.sqrt(v) + 1e-8,
    stored=True,
):
    def adam_step(w, m, v, t, dw, learning_rate):
        new_m = b1 * m + (1 - b1) * dw
        new_v = b2 * v + (1 - b2) * dw**2
        w = w - learning_rate * m_hat(new_m, t, b1) / root(v_hat(new_v, t, b2))
        return (w, new_m, new_v) if stored else (w, m, v)

    return adam_step


def nesterov(w, velocity, dw, learning_rate, mu):
    before = velocity
    velocity = mu * velocity - learning_rate * dw
    return w - mu * before + (1 + mu) * velocity, velocity


def nesterov_by_the_velocity(w, velocity, dw, learning_rate, mu):
    velocity = mu * velocity + dw
    return w - learning_rate * (dw + mu * velocity), velocity


# --- 06 ---------------------------------------------------------------------------------------------------
def clip_with(norm):
    def clip_gradient(dW, max_norm):
        n = norm(dW)
        if n > max_norm:
            dW = dW * (max_norm / n)
        return dW

    return clip_gradient


def clip_in_place(dW, max_norm):
    n = np.linalg.norm(dW)
    if n > max_norm:
        dW *= max_norm / n
    return dW


def counted_up(share, wanted):
    n = 1
    while 1 - (1 - share) ** n < wanted:
        n += 1
    return n


ANSWERS = [
    # wanted scores that are not one-hot; a picture from outside
    (checks.norm_loss, lambda W, x, y_star: math.dist(W @ x, y_star), RIGHT),
    (checks.norm_loss, lambda W, x, y: np.sqrt(((W @ x) ** 2).sum() - 2 * (W @ x)[y.argmax()] + 1), "for one-hot"),
    (checks.normal_equation, lambda X, Y: (np.linalg.inv(X @ X.T) @ X.T @ Y).T, "this is X @ X.T"),
    (
        checks.normal_equation,
        lambda X, Y: (np.linalg.inv(X.T @ X + 1e-6 * np.eye(X.shape[1])) @ X.T @ Y).T,
        "you added a ridge",
    ),
    # numerical gradient
    (checks.numerical_gradient, numerical_with(lambda a, b, h: a - b / (2 * h)), "brackets round the difference"),
    (checks.numerical_gradient, callers_w_put_back, RIGHT),
    # cross-entropy
    (checks.cross_entropy_gradient, true_p_for_every_class, "the p of the true class stands in every column"),
    (checks.cross_entropy_gradient, minus_one_twice, "1 is subtracted twice"),
    (checks.cross_entropy_gradient, entropy_left_at_zero, "all zeros"),
    (checks.cross_entropy_gradient, entropy_with(rows=lambda y: slice(None)), "whole columns are marked"),
    (checks.cross_entropy_gradient, entropy_with(p=lambda s: np.exp(s) / np.exp(s).sum()), "over the whole array"),
    (checks.cross_entropy_gradient, entropy_with(p=softmax_flat_sum), "keepdims=True keeps them a column"),
    (checks.cross_entropy_gradient, clipped_p, RIGHT),
    (checks.cross_entropy_gradient, entropy_no_shift_no_mean, "1 / N is missing"),
    (
        checks.cross_entropy_gradient,
        entropy_with(p=lambda s: np.exp(s) / np.exp(s).sum(axis=1, keepdims=True)),
        "exp overflows",
    ),
    (checks.cross_entropy_gradient, entropy_with(off=-1.0), "subtract it"),
    (checks.cross_entropy_gradient, entropy_with(off=-1.0, divide=lambda y: 1), "two things"),
    (checks.cross_entropy_gradient, lambda s, y: (np.eye(s.shape[1])[y] - softmax(s)) / s.size, "two things"),
    # hinge
    (checks.hinge_gradient, hinge_by_loops(at_zero=True), "for a margin of exactly 0 take 0, > and not >="),
    (checks.hinge_gradient, hinge_by_loops(at_zero=True, n=lambda y: 1), "1 / N is missing"),
    (checks.hinge_gradient, hinge_by_loops(at_zero=False, minus=False, n=lambda y: 1), "two things"),
    (checks.hinge_gradient, hinge_with(ones_where_positive), "negative margins are left in"),
    (checks.hinge_gradient, hinge_with(zero_one), RIGHT),
    (checks.hinge_gradient, hinge_if_on_an_array, "ask for one yes or no"),
    (checks.hinge_gradient, lambda s, y: np.zeros_like(s), "all zeros"),
    # inputs stay as they are
    (checks.penalised_gradient, penalty_in_place, "changes its input dW in place"),
    (checks.minibatch_descent, descent_in_place, "changes its input w in place"),
    (checks.clip_gradient, clip_in_place, "changes its input dW in place"),
    # mini-batches
    (checks.minibatch_descent, reordered_each_epoch, "shuffled on top of the epoch before"),
    (checks.minibatch_descent, descent_with(lambda N, B: range(N // B)), "batch's number is taken for its start"),
    (
        checks.minibatch_descent,
        descent_with(lambda N, B: range(N // B), lambda order, k, B: order[k * B : k * B + B]),
        "the last batch is dropped",
    ),
    (checks.minibatch_descent, descent_with(lambda N, B: range(math.ceil(N / B))), "taken for its start"),
    (checks.minibatch_descent, gradients_never_reset, "never begin at 0 again"),
    (checks.minibatch_descent, last_divided_by_the_full_size, "a smaller last batch is divided by batch_size"),
    (checks.minibatch_descent, crashes_when_the_batch_is_larger, "a batch_size larger than N"),
    (checks.minibatch_descent, two_slips_of_a_batch, "two things"),
    (checks.minibatch_descent, descent_with(by_size), RIGHT),
    # momentum and Adam
    (checks.momentum_step, nesterov_by_the_velocity, "Nesterov"),
    (checks.momentum_step, nesterov, "Nesterov"),
    (checks.adam_step, adam_with(0.999, 0.9), "the betas are swapped"),
    (checks.adam_step, adam_with(v_hat=lambda v, t, b: v / np.sqrt(1 - b**t)), "v's correction has a root of its own"),
    (
        checks.adam_step,
        adam_with(m_hat=lambda m, t, b: m / np.sqrt(1 - b**t), v_hat=lambda v, t, b: v / np.sqrt(1 - b**t)),
        "both corrections have a root",
    ),
    (checks.adam_step, adam_with(stored=False), "the old m and v come back"),
    (checks.adam_step, adam_with(stored=False, m_hat=lambda m, t, b: m, v_hat=lambda v, t, b: v), "two things"),
    (checks.adam_step, adam_with(root=lambda v: np.sqrt(v + 1e-8)), "epsilon is under the root"),
    (checks.adam_step, adam_with(root=np.sqrt), "epsilon is missing"),
    # 06
    (checks.clip_gradient, clip_with(lambda dW: np.linalg.norm(dW, 2)), "leave out the 2"),
    (checks.clip_gradient, clip_with(lambda dW: np.linalg.norm(dW, "fro")), RIGHT),
    (checks.restarts_needed, lambda share, wanted: np.ceil(np.log(1 - wanted) / np.log(1 - share)), RIGHT),
    (checks.restarts_needed, counted_up, RIGHT),
    (
        checks.restarts_needed,
        lambda share, wanted: math.ceil(math.log(wanted) / math.log(share)),
        "missing in both logarithms",
    ),
    (
        checks.first_bad_step,
        lambda losses, limit: next((t for t, v in enumerate(losses) if v - v != 0 or v >= limit), -1),
        "a loss at the limit is still fine",
    ),
    (
        checks.first_bad_step,
        lambda losses, limit: next((t for t, v in enumerate(losses) if not v <= limit), -1),
        "minus infinity passes",
    ),
    (checks.error_parts, lambda *errors: list(np.diff((0, *errors))), RIGHT),
    (checks.error_parts, lambda *errors: np.round(np.diff((0, *errors)), 2), "rounded"),
]


@pytest.mark.parametrize(
    ("exercise", "answer", "words"), ANSWERS, ids=[f"{item.name}-{number}" for number, (item, *_) in enumerate(ANSWERS)]
)
def test_a_real_answer_gets_the_words_it_needs(exercise, answer, words):
    assert words in repr(exercise(answer))


def test_every_start_hits_when_all_of_them_do():
    assert checks.restarts_needed.reference(1.0, 0.95) == 1


def test_squares_of_a_huge_gradient_are_infinite_and_clipping_gives_zeros():
    """The text of 06 says so."""
    with np.errstate(over="ignore"):
        assert not checks.clip_gradient.reference(np.full((2, 2), 1e200), 1.0).any()
    assert np.finfo(float).max < 1e309
