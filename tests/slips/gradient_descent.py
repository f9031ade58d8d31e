# ruff: noqa
# (wrong on purpose: this file quotes what students hand in, unused variables, odd loops and all)
"""Wrong answers, as students hand them in, and unusual right ones, for the exercises of 05 Gradient descent.

Written from the text of the notebook alone, without a look at the checks. Each slip gives a wrong answer on some
sensible input, though perhaps on rare ones only; each right answer agrees with the notebook's solution.
"""

import itertools
import math

import numpy as np
from slips.collect import right, slip

# --- minibatch_descent -----------------------------------------------------------------------------------------------


def gradient(w, X, y):
    """Return the gradient of mean((X @ w - y)**2)."""
    return 2 * X.T @ (X @ w - y) / len(y)


@slip("minibatch_descent", "X shuffled, y not")
def minibatch_descent(w, X, y, orders, batch_size, learning_rate):
    for order in orders:
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[start : start + batch_size])
    return w


@slip("minibatch_descent", "the first slice each time")
def minibatch_descent(w, X, y, orders, batch_size, learning_rate):
    for order in orders:
        for _ in range(0, len(X), batch_size):
            rows = order[:batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
    return w


@slip("minibatch_descent", "the last, shorter slice dropped: right when batch_size divides N")
def minibatch_descent(w, X, y, orders, batch_size, learning_rate):
    for order in orders:
        for k in range(len(X) // batch_size):
            rows = order[k * batch_size : (k + 1) * batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
    return w


@slip("minibatch_descent", "one order for all epochs")
def minibatch_descent(w, X, y, orders, batch_size, learning_rate):
    order = orders[0]
    for _ in orders:
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
    return w


@slip("minibatch_descent", "the sum over the batch with a rate that is meant for the mean")
def minibatch_descent(w, X, y, orders, batch_size, learning_rate):
    for order in orders:
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            w = w - learning_rate * 2 * X[rows].T @ (X[rows] @ w - y[rows])
    return w


@slip("minibatch_descent", "uphill")
def minibatch_descent(w, X, y, orders, batch_size, learning_rate):
    for order in orders:
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            w = w + learning_rate * gradient(w, X[rows], y[rows])
    return w


@slip("minibatch_descent", "slices of X itself, the order is not used")
def minibatch_descent(w, X, y, orders, batch_size, learning_rate):
    for order in orders:
        for start in range(0, len(X), batch_size):
            stop = start + batch_size
            w = w - learning_rate * gradient(w, X[start:stop], y[start:stop])
    return w


@slip("minibatch_descent", "the gradient of all examples in each step")
def minibatch_descent(w, X, y, orders, batch_size, learning_rate):
    for order in orders:
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            w = w - learning_rate * gradient(w, X, y)
    return w


@slip("minibatch_descent", "return indented too far: one epoch only")
def minibatch_descent(w, X, y, orders, batch_size, learning_rate):
    for order in orders:
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        return w


@slip("minibatch_descent", "each epoch begins at the first w again")
def minibatch_descent(w, X, y, orders, batch_size, learning_rate):
    for order in orders:
        v = w
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            v = v - learning_rate * gradient(v, X[rows], y[rows])
    return v


@slip("minibatch_descent", "order[start:batch_size]: empty from the second slice on")
def minibatch_descent(w, X, y, orders, batch_size, learning_rate):
    for order in orders:
        for start in range(0, len(X), batch_size):
            rows = order[start:batch_size]
            if len(rows) > 0:
                w = w - learning_rate * gradient(w, X[rows], y[rows])
    return w


@slip("minibatch_descent", "the short batch divided by batch_size, not by its own length")
def minibatch_descent(w, X, y, orders, batch_size, learning_rate):
    for order in orders:
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            miss = X[rows] @ w - y[rows]
            w = w - learning_rate * 2 / batch_size * X[rows].T @ miss
    return w


@slip("minibatch_descent", "np.array_split makes batches of nearly equal size")
def minibatch_descent(w, X, y, orders, batch_size, learning_rate):
    for order in orders:
        for rows in np.array_split(order, math.ceil(len(X) / batch_size)):
            w = w - learning_rate * gradient(w, X[rows], y[rows])
    return w


@slip("minibatch_descent", "the last batch is filled up from the beginning of the order")
def minibatch_descent(w, X, y, orders, batch_size, learning_rate):
    N = len(X)
    for order in orders:
        for start in range(0, N, batch_size):
            rows = [order[k % N] for k in range(start, start + batch_size)]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
    return w


@slip("minibatch_descent", "all gradients of an epoch at the same w")
def minibatch_descent(w, X, y, orders, batch_size, learning_rate):
    for order in orders:
        total = np.zeros(len(w))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            total += gradient(w, X[rows], y[rows])
        w = w - learning_rate * total
    return w


@slip("minibatch_descent", "range up to N - 1: a last batch of one example is lost")
def minibatch_descent(w, X, y, orders, batch_size, learning_rate):
    for order in orders:
        for start in range(0, len(X) - 1, batch_size):
            rows = order[start : start + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
    return w


@slip("minibatch_descent", "no step at all when the batch is larger than N")
def minibatch_descent(w, X, y, orders, batch_size, learning_rate):
    for order in orders:
        if batch_size > len(order):
            continue
        start = 0
        while start < len(order):
            rows = order[start : start + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
            start += batch_size
    return w


@slip("minibatch_descent", "every k-th example instead of slices")
def minibatch_descent(w, X, y, orders, batch_size, learning_rate):
    for order in orders:
        batches = math.ceil(len(X) / batch_size)
        for k in range(batches):
            rows = order[k::batches]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
    return w


@slip("minibatch_descent", "all orders in one row: batches reach over the end of an epoch")
def minibatch_descent(w, X, y, orders, batch_size, learning_rate):
    order = np.concatenate(list(orders))
    for start in range(0, len(order), batch_size):
        rows = order[start : start + batch_size]
        w = w - learning_rate * gradient(w, X[rows], y[rows])
    return w


@slip("minibatch_descent", "slices one too short")
def minibatch_descent(w, X, y, orders, batch_size, learning_rate):
    for order in orders:
        for start in range(0, len(X), batch_size):
            rows = order[start : start + max(batch_size - 1, 1)]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
    return w


@slip("minibatch_descent", "the last epoch is left out")
def minibatch_descent(w, X, y, orders, batch_size, learning_rate):
    for e in range(len(orders) - 1):
        for start in range(0, len(X), batch_size):
            rows = orders[e][start : start + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
    return w


@slip("minibatch_descent", "a shuffle of its own instead of the orders given")
def minibatch_descent(w, X, y, orders, batch_size, learning_rate):
    rng = np.random.default_rng(0)
    for _ in range(len(orders)):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
    return w


@slip("minibatch_descent", "stops once a gradient is short")
def minibatch_descent(w, X, y, orders, batch_size, learning_rate):
    for order in orders:
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            dw = gradient(w, X[rows], y[rows])
            if np.linalg.norm(dw) < 0.1:
                return w
            w = w - learning_rate * dw
    return w


@right("minibatch_descent", "one example after the other, summed in Python")
def minibatch_descent(w, X, y, orders, batch_size, learning_rate):
    w = np.array(w, dtype=float)
    for order in orders:
        todo = list(order)
        while todo:
            batch, todo = todo[:batch_size], todo[batch_size:]
            total = sum(2 * (X[i] @ w - y[i]) * X[i] for i in batch)
            w = w - learning_rate * total / len(batch)
    return w


@right("minibatch_descent", "X and y reordered once for each epoch")
def minibatch_descent(w, X, y, orders, batch_size, learning_rate):
    N = len(y)
    for order in orders:
        Xs, ys = np.take(X, order, axis=0), np.take(y, order)
        cuts = list(range(0, N, batch_size)) + [N]
        for a, z in itertools.pairwise(cuts):
            w = w - learning_rate * gradient(w, Xs[a:z], ys[a:z])
    return w


@right("minibatch_descent", "np.split at the multiples of batch_size")
def minibatch_descent(w, X, y, orders, batch_size, learning_rate):
    for order in np.asarray(orders):
        for rows in np.split(order, range(batch_size, len(order), batch_size)):
            dw = 2 * np.mean((X[rows] @ w - y[rows])[:, None] * X[rows], axis=0)
            w = w - learning_rate * dw
    return w


# --- momentum_step ---------------------------------------------------------------------------------------------------


@slip("momentum_step", "the velocity overwritten by the gradient")
def momentum_step(w, velocity, dw, learning_rate, mu):
    velocity = dw
    w = w - learning_rate * velocity
    return w, velocity


@slip("momentum_step", "w moved before the velocity")
def momentum_step(w, velocity, dw, learning_rate, mu):
    w = w - learning_rate * velocity
    velocity = mu * velocity + dw
    return w, velocity


@slip("momentum_step", "the rate in both places")
def momentum_step(w, velocity, dw, learning_rate, mu):
    velocity = mu * velocity + learning_rate * dw
    w = w - learning_rate * velocity
    return w, velocity


@slip("momentum_step", "uphill")
def momentum_step(w, velocity, dw, learning_rate, mu):
    velocity = mu * velocity + dw
    return w + learning_rate * velocity, velocity


@slip("momentum_step", "a running mean: (1 - mu) before the gradient")
def momentum_step(w, velocity, dw, learning_rate, mu):
    velocity = mu * velocity + (1 - mu) * dw
    w = w - learning_rate * velocity
    return w, velocity


@slip("momentum_step", "no friction")
def momentum_step(w, velocity, dw, learning_rate, mu):
    velocity = velocity + dw
    return w - learning_rate * velocity, velocity


@slip("momentum_step", "only w handed back")
def momentum_step(w, velocity, dw, learning_rate, mu):
    velocity = mu * velocity + dw
    w = w - learning_rate * velocity
    return w


@slip("momentum_step", "velocity first, then w")
def momentum_step(w, velocity, dw, learning_rate, mu):
    velocity = mu * velocity + dw
    return velocity, w - learning_rate * velocity


@slip("momentum_step", "the textbook's form: the step is kept as velocity")
def momentum_step(w, velocity, dw, learning_rate, mu):
    velocity = mu * velocity - learning_rate * dw
    w = w + velocity
    return w, velocity


@slip("momentum_step", "Nesterov's look ahead")
def momentum_step(w, velocity, dw, learning_rate, mu):
    velocity = mu * velocity + dw
    w = w - learning_rate * (mu * velocity + dw)
    return w, velocity


@slip("momentum_step", "the old velocity handed back")
def momentum_step(w, velocity, dw, learning_rate, mu):
    new_velocity = mu * velocity + dw
    w = w - learning_rate * new_velocity
    return w, velocity


@slip("momentum_step", "brackets: friction on the gradient too")
def momentum_step(w, velocity, dw, learning_rate, mu):
    velocity = mu * (velocity + dw)
    return w - learning_rate * velocity, velocity


@slip("momentum_step", "mu before the gradient instead of the velocity")
def momentum_step(w, velocity, dw, learning_rate, mu):
    velocity = velocity + mu * dw
    w = w - learning_rate * velocity
    return w, velocity


@slip("momentum_step", "mu = 0.9 written down")
def momentum_step(w, velocity, dw, learning_rate, mu):
    mu = 0.9
    velocity = mu * velocity + dw
    w = w - learning_rate * velocity
    return w, velocity


@slip("momentum_step", "nothing returned")
def momentum_step(w, velocity, dw, learning_rate, mu):
    velocity = mu * velocity + dw
    w = w - learning_rate * velocity


@slip("momentum_step", "the rate forgotten")
def momentum_step(w, velocity, dw, learning_rate, mu):
    velocity = mu * velocity + dw
    w = w - velocity
    return w, velocity


@slip("momentum_step", "w moved by the gradient, the velocity only kept")
def momentum_step(w, velocity, dw, learning_rate, mu):
    velocity = mu * velocity + dw
    w = w - learning_rate * dw
    return w, velocity


@slip("momentum_step", "the velocity dropped when the slope turns round")
def momentum_step(w, velocity, dw, learning_rate, mu):
    velocity = np.where(velocity * dw < 0, 0, velocity)
    velocity = mu * velocity + dw
    w = w - learning_rate * velocity
    return w, velocity


_velocity = 0.0


@slip("momentum_step", "a velocity of its own that is never reset")
def momentum_step(w, velocity, dw, learning_rate, mu):
    global _velocity
    _velocity = mu * _velocity + dw
    return w - learning_rate * _velocity, _velocity


@slip("momentum_step", "rounded to three digits")
def momentum_step(w, velocity, dw, learning_rate, mu):
    velocity = np.round(mu * velocity + dw, 3)
    return np.round(w - learning_rate * velocity, 3), velocity


@slip("momentum_step", "1 - mu kept: mu taken for what friction takes away")
def momentum_step(w, velocity, dw, learning_rate, mu):
    velocity = (1 - mu) * velocity + dw
    w = w - learning_rate * velocity
    return w, velocity


@right("momentum_step", "the step written out, velocity last")
def momentum_step(w, velocity, dw, learning_rate, mu):
    new_w = w - learning_rate * mu * velocity - learning_rate * dw
    return new_w, dw + velocity * mu


@right("momentum_step", "in a list, with an assignment expression")
def momentum_step(w, velocity, dw, learning_rate, mu):
    return [w - learning_rate * (v := mu * velocity + dw), v]


@right("momentum_step", "as a product with a 2 x 2 matrix")
def momentum_step(w, velocity, dw, learning_rate, mu):
    A = np.array([[1, -learning_rate * mu], [0, mu]])
    state = np.stack([np.asarray(w, dtype=float), np.asarray(velocity, dtype=float)])
    new = np.tensordot(A, state, axes=1) + np.stack([-learning_rate * np.asarray(dw), np.asarray(dw)])
    return new[0], new[1]


# --- adam_step -------------------------------------------------------------------------------------------------------


@slip("adam_step", "no correction of the start")
def adam_step(w, m, v, t, dw, learning_rate):
    m = 0.9 * m + 0.1 * dw
    v = 0.999 * v + 0.001 * dw**2
    return w - learning_rate * m / (np.sqrt(v) + 1e-8), m, v


@slip("adam_step", "t counted from 0")
def adam_step(w, m, v, t, dw, learning_rate):
    m = 0.9 * m + 0.1 * dw
    v = 0.999 * v + 0.001 * dw**2
    m_hat = m / (1 - 0.9 ** (t + 1))
    v_hat = v / (1 - 0.999 ** (t + 1))
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-8), m, v


@slip("adam_step", "the corrected m and v kept for the next step")
def adam_step(w, m, v, t, dw, learning_rate):
    m = 0.9 * m + 0.1 * dw
    v = 0.999 * v + 0.001 * dw**2
    m = m / (1 - 0.9**t)
    v = v / (1 - 0.999**t)
    w = w - learning_rate * m / (np.sqrt(v) + 1e-8)
    return w, m, v


@slip("adam_step", "m squared where the gradient squared is meant")
def adam_step(w, m, v, t, dw, learning_rate):
    m = 0.9 * m + 0.1 * dw
    v = 0.999 * v + 0.001 * m**2
    m_hat = m / (1 - 0.9**t)
    v_hat = v / (1 - 0.999**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-8), m, v


@slip("adam_step", "dw not squared")
def adam_step(w, m, v, t, dw, learning_rate):
    m = 0.9 * m + 0.1 * dw
    v = 0.999 * v + 0.001 * dw
    m_hat = m / (1 - 0.9**t)
    v_hat = v / (1 - 0.999**t)
    return w - learning_rate * m_hat / (np.sqrt(np.abs(v_hat)) + 1e-8), m, v


@slip("adam_step", "epsilon under the root: differs for small gradients only")
def adam_step(w, m, v, t, dw, learning_rate):
    m = 0.9 * m + 0.1 * dw
    v = 0.999 * v + 0.001 * dw**2
    m_hat = m / (1 - 0.9**t)
    v_hat = v / (1 - 0.999**t)
    return w - learning_rate * m_hat / np.sqrt(v_hat + 1e-8), m, v


@slip("adam_step", "the root forgotten")
def adam_step(w, m, v, t, dw, learning_rate):
    m = 0.9 * m + 0.1 * dw
    v = 0.999 * v + 0.001 * dw**2
    m_hat = m / (1 - 0.9**t)
    v_hat = v / (1 - 0.999**t)
    return w - learning_rate * m_hat / (v_hat + 1e-8), m, v


@slip("adam_step", "the two betas exchanged")
def adam_step(w, m, v, t, dw, learning_rate):
    beta1, beta2 = 0.999, 0.9
    m = beta1 * m + (1 - beta1) * dw
    v = beta2 * v + (1 - beta2) * dw**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-8), m, v


@slip("adam_step", "uphill")
def adam_step(w, m, v, t, dw, learning_rate):
    m = 0.9 * m + 0.1 * dw
    v = 0.999 * v + 0.001 * dw**2
    step = m / (1 - 0.9**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    return w + learning_rate * step, m, v


@slip("adam_step", "beta2 = 0.99: the first step from zero is right, but for v")
def adam_step(w, m, v, t, dw, learning_rate):
    m = 0.9 * m + 0.1 * dw
    v = 0.99 * v + 0.01 * dw**2
    m_hat = m / (1 - 0.9**t)
    v_hat = v / (1 - 0.99**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-8), m, v


@slip("adam_step", "beta times t instead of beta to the power t: right at t = 1")
def adam_step(w, m, v, t, dw, learning_rate):
    m = 0.9 * m + 0.1 * dw
    v = 0.999 * v + 0.001 * dw**2
    m_hat = m / abs(1 - 0.9 * t)
    v_hat = v / abs(1 - 0.999 * t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-8), m, v


@slip("adam_step", "only m is corrected")
def adam_step(w, m, v, t, dw, learning_rate):
    m = 0.9 * m + 0.1 * dw
    v = 0.999 * v + 0.001 * dw**2
    m_hat = m / (1 - 0.9**t)
    return w - learning_rate * m_hat / (np.sqrt(v) + 1e-8), m, v


@slip("adam_step", "only v is corrected")
def adam_step(w, m, v, t, dw, learning_rate):
    m = 0.9 * m + 0.1 * dw
    v = 0.999 * v + 0.001 * dw**2
    v_hat = v / (1 - 0.999**t)
    return w - learning_rate * m / (np.sqrt(v_hat) + 1e-8), m, v


@slip("adam_step", "v returned before m")
def adam_step(w, m, v, t, dw, learning_rate):
    m = 0.9 * m + 0.1 * dw
    v = 0.999 * v + 0.001 * dw**2
    m_hat = m / (1 - 0.9**t)
    v_hat = v / (1 - 0.999**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-8), v, m


@slip("adam_step", "no epsilon: 0/0 where a gradient has always been zero")
def adam_step(w, m, v, t, dw, learning_rate):
    m = 0.9 * m + 0.1 * dw
    v = 0.999 * v + 0.001 * dw**2
    m_hat = m / (1 - 0.9**t)
    v_hat = v / (1 - 0.999**t)
    return w - learning_rate * m_hat / np.sqrt(v_hat), m, v


@slip("adam_step", "only w returned")
def adam_step(w, m, v, t, dw, learning_rate):
    m = 0.9 * m + 0.1 * dw
    v = 0.999 * v + 0.001 * dw**2
    m_hat = m / (1 - 0.9**t)
    v_hat = v / (1 - 0.999**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-8)


@slip("adam_step", "momentum's form for m: the whole gradient added")
def adam_step(w, m, v, t, dw, learning_rate):
    m = 0.9 * m + dw
    v = 0.999 * v + 0.001 * dw**2
    m_hat = m / (1 - 0.9**t)
    v_hat = v / (1 - 0.999**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-8), m, v


@slip("adam_step", "corrected in the first step only, where it was seen to matter")
def adam_step(w, m, v, t, dw, learning_rate):
    m = 0.9 * m + 0.1 * dw
    v = 0.999 * v + 0.001 * dw**2
    if t == 1:
        return w - learning_rate * dw / (np.abs(dw) + 1e-8), m, v
    return w - learning_rate * m / (np.sqrt(v) + 1e-8), m, v


@slip("adam_step", "the correction is left out after 1000 steps, where it is not quite gone")
def adam_step(w, m, v, t, dw, learning_rate):
    m = 0.9 * m + 0.1 * dw
    v = 0.999 * v + 0.001 * dw**2
    m_hat, v_hat = m, v
    if t < 1000:
        m_hat = m / (1 - 0.9**t)
        v_hat = v / (1 - 0.999**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-8), m, v


_t = 0


@slip("adam_step", "a counter of its own that is never reset, t ignored")
def adam_step(w, m, v, t, dw, learning_rate):
    global _t
    _t += 1
    m = 0.9 * m + 0.1 * dw
    v = 0.999 * v + 0.001 * dw**2
    m_hat = m / (1 - 0.9**_t)
    v_hat = v / (1 - 0.999**_t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-8), m, v


@slip("adam_step", "the corrections use the old m and v")
def adam_step(w, m, v, t, dw, learning_rate):
    m_hat = m / (1 - 0.9**t)
    v_hat = v / (1 - 0.999**t)
    m = 0.9 * m + 0.1 * dw
    v = 0.999 * v + 0.001 * dw**2
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-8), m, v


@slip("adam_step", "v never shrinks: the maximum is kept")
def adam_step(w, m, v, t, dw, learning_rate):
    m = 0.9 * m + 0.1 * dw
    v = np.maximum(v, 0.999 * v + 0.001 * dw**2)
    m_hat = m / (1 - 0.9**t)
    v_hat = v / (1 - 0.999**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-8), m, v


@right("adam_step", "means moved towards the gradient, corrections in one factor")
def adam_step(w, m, v, t, dw, learning_rate):
    m = m + (1 - 0.9) * (dw - m)
    v = v + (1 - 0.999) * (dw * dw - v)
    root = np.sqrt(1 - 0.999**t)
    rate = learning_rate * root / (1 - 0.9**t)
    return w - rate * m / (np.sqrt(v) + 1e-8 * root), m, v


@right("adam_step", "the powers of beta by a loop, a list returned")
def adam_step(w, m, v, t, dw, learning_rate):
    left1 = left2 = 1.0
    for _ in range(t):
        left1 *= 0.9
        left2 *= 0.999
    m, v = 0.9 * m + 0.1 * dw, 0.999 * v + 0.001 * np.square(dw)
    step = (m / (1 - left1)) / (np.power(v / (1 - left2), 0.5) + 1e-8)
    return [w - learning_rate * step, m, v]


@right("adam_step", "weight after weight with math.sqrt")
def adam_step(w, m, v, t, dw, learning_rate):
    def one(w, m, v, g):
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g * g
        m_hat, v_hat = m / (1 - 0.9**t), v / (1 - 0.999**t)
        return w - learning_rate * m_hat / (math.sqrt(v_hat) + 1e-8), m, v

    new_w, new_m, new_v = np.vectorize(one, otypes=[float, float, float])(w, m, v, dw)
    return new_w, new_m, new_v


# --- kept_per_step ---------------------------------------------------------------------------------------------------
def matrix(rate, mu, curvature):
    return np.array([[1 + mu - rate * curvature, -mu], [1, 0]])


@slip("kept_per_step", "the largest eigenvalue, without abs")
def kept_per_step(rate, mu, curvature):
    return np.linalg.eigvals(matrix(rate, mu, curvature)).max()


@slip("kept_per_step", "the real parts only")
def kept_per_step(rate, mu, curvature):
    return np.abs(np.linalg.eigvals(matrix(rate, mu, curvature)).real).max()


@slip("kept_per_step", "the smaller one")
def kept_per_step(rate, mu, curvature):
    return np.abs(np.linalg.eigvals(matrix(rate, mu, curvature))).min()


@slip("kept_per_step", "eigenvalues as of a symmetric matrix")
def kept_per_step(rate, mu, curvature):
    return np.abs(np.linalg.eigvalsh(matrix(rate, mu, curvature))).max()


@slip("kept_per_step", "both eigenvalues come back")
def kept_per_step(rate, mu, curvature):
    return np.abs(np.linalg.eigvals(matrix(rate, mu, curvature)))


@slip("kept_per_step", "the spectral norm")
def kept_per_step(rate, mu, curvature):
    return np.linalg.norm(matrix(rate, mu, curvature), 2)


@slip("kept_per_step", "the norm of all entries")
def kept_per_step(rate, mu, curvature):
    return np.linalg.norm(matrix(rate, mu, curvature))


@slip("kept_per_step", "the determinant")
def kept_per_step(rate, mu, curvature):
    return np.linalg.det(matrix(rate, mu, curvature))


@slip("kept_per_step", "the root of mu, as if it always swung")
def kept_per_step(rate, mu, curvature):
    return mu**0.5


@slip("kept_per_step", "plain descent: mu forgotten")
def kept_per_step(rate, mu, curvature):
    return abs(1 - rate * curvature)


@slip("kept_per_step", "mu missing in the first entry")
def kept_per_step(rate, mu, curvature):
    return np.abs(np.linalg.eigvals([[1 - rate * curvature, -mu], [1, 0]])).max()


@slip("kept_per_step", "minus mu in the first entry")
def kept_per_step(rate, mu, curvature):
    return np.abs(np.linalg.eigvals([[1 - mu - rate * curvature, -mu], [1, 0]])).max()


@slip("kept_per_step", "plus mu in the second entry")
def kept_per_step(rate, mu, curvature):
    return np.abs(np.linalg.eigvals([[1 + mu - rate * curvature, mu], [1, 0]])).max()


@slip("kept_per_step", "uphill")
def kept_per_step(rate, mu, curvature):
    return np.abs(np.linalg.eigvals([[1 + mu + rate * curvature, -mu], [1, 0]])).max()


@slip("kept_per_step", "the rate forgotten")
def kept_per_step(rate, mu, curvature):
    return np.abs(np.linalg.eigvals([[1 + mu - curvature, -mu], [1, 0]])).max()


@slip("kept_per_step", "the curvature forgotten")
def kept_per_step(rate, mu, curvature):
    return np.abs(np.linalg.eigvals([[1 + mu - rate, -mu], [1, 0]])).max()


@slip("kept_per_step", "the 1 forgotten")
def kept_per_step(rate, mu, curvature):
    return np.abs(np.linalg.eigvals([[mu - rate * curvature, -mu], [1, 0]])).max()


@slip("kept_per_step", "Nesterov's matrix")
def kept_per_step(rate, mu, curvature):
    q = 1 - rate * curvature
    return np.abs(np.linalg.eigvals([[(1 + mu) * q, -mu * q], [1, 0]])).max()


@slip("kept_per_step", "1 - mu before the slope, as of a running mean")
def kept_per_step(rate, mu, curvature):
    return np.abs(np.linalg.eigvals([[1 + mu - (1 - mu) * rate * curvature, -mu], [1, 0]])).max()


@slip("kept_per_step", "the sum of both")
def kept_per_step(rate, mu, curvature):
    return np.abs(np.linalg.eigvals(matrix(rate, mu, curvature))).sum()


@slip("kept_per_step", "the formula for real eigenvalues only: not a number where it swings")
def kept_per_step(rate, mu, curvature):
    t = 1 + mu - rate * curvature
    return (abs(t) + np.sqrt(t * t - 4 * mu)) / 2


@slip("kept_per_step", "the lost share instead of the kept one")
def kept_per_step(rate, mu, curvature):
    return 1 - np.abs(np.linalg.eigvals(matrix(rate, mu, curvature))).max()


@right("kept_per_step", "the transposed matrix")
def kept_per_step(rate, mu, curvature):
    return max(abs(value) for value in np.linalg.eigvals(matrix(rate, mu, curvature).T))


@right("kept_per_step", "the quadratic formula with complex roots")
def kept_per_step(rate, mu, curvature):
    t = 1 + mu - rate * curvature
    root = (t * t - 4 * mu + 0j) ** 0.5
    return max(abs(t + root), abs(t - root)) / 2


@right("kept_per_step", "roots of the characteristic polynomial")
def kept_per_step(rate, mu, curvature):
    return np.abs(np.roots([1, -(1 + mu - rate * curvature), mu])).max() if mu else abs(1 - rate * curvature)
