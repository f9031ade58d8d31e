# ruff: noqa
# (wrong on purpose: this file quotes what students hand in, unused variables, odd loops and all)
"""Wrong answers, as students hand them in, and unusual right ones, for the exercises of 04 Optimization.

Written from the text of the notebook alone, without a look at the checks. Each slip gives a wrong answer on some
sensible input, though perhaps on rare ones only; each right answer agrees with the notebook's solution.
"""

import itertools
import math

import numpy as np
from slips.collect import right, slip

from lectureutils import data

# --- norm_loss -------------------------------------------------------------------------------------------------------


@slip("norm_loss", "the square of the length")
def norm_loss(W, x, y_star):
    return np.sum((W @ x - y_star) ** 2)


@slip("norm_loss", "the root of the mean square, not of the sum")
def norm_loss(W, x, y_star):
    return np.sqrt(np.mean((W @ x - y_star) ** 2))


@slip("norm_loss", "the sum of the absolute differences")
def norm_loss(W, x, y_star):
    total = 0
    for s, t in zip(W @ x, y_star):
        total += abs(s - t)
    return total


@slip("norm_loss", "the length of the scores, no difference")
def norm_loss(W, x, y_star):
    scores = W.dot(x)
    return np.sqrt(np.sum(scores**2))


@slip("norm_loss", "summed before squaring")
def norm_loss(W, x, y_star):
    return np.sqrt(np.sum(W @ x - y_star) ** 2)


@slip("norm_loss", "the largest difference")
def norm_loss(W, x, y_star):
    return np.max(np.abs(W @ x - y_star))


@slip("norm_loss", "plus the wanted scores")
def norm_loss(W, x, y_star):
    return np.linalg.norm(W @ x + y_star)


@slip("norm_loss", "W transposed: a shape error unless W is square")
def norm_loss(W, x, y_star):
    return np.linalg.norm(x @ W - y_star)


@slip("norm_loss", "printed, not returned")
def norm_loss(W, x, y_star):
    difference = W @ x - y_star
    print(np.sqrt(np.sum(difference**2)))


@slip("norm_loss", "rounded to three digits")
def norm_loss(W, x, y_star):
    return round(float(np.linalg.norm(W @ x - y_star)), 3)


@slip("norm_loss", "the difference of the two lengths")
def norm_loss(W, x, y_star):
    return abs(np.linalg.norm(W @ x) - np.linalg.norm(y_star))


@slip("norm_loss", "the loop leaves out the last class")
def norm_loss(W, x, y_star):
    scores = W @ x
    total = 0
    for i in range(len(scores) - 1):
        total += (scores[i] - y_star[i]) ** 2
    return total**0.5


@slip("norm_loss", "all products summed to one score")
def norm_loss(W, x, y_star):
    score = np.sum(W * x)
    return np.sqrt(np.sum((score - y_star) ** 2))


@slip("norm_loss", "half of the length")
def norm_loss(W, x, y_star):
    return 0.5 * np.linalg.norm(W @ x - y_star)


@slip("norm_loss", "relative to the length of y_star: right while it is one-hot")
def norm_loss(W, x, y_star):
    return np.linalg.norm(W @ x - y_star) / np.linalg.norm(y_star)


@slip("norm_loss", "only the wanted class counts")
def norm_loss(W, x, y_star):
    k = np.argmax(y_star)
    return np.sqrt(((W @ x)[k] - y_star[k]) ** 2)


@slip("norm_loss", "the lecture's picture instead of the x given")
def norm_loss(W, x, y_star):
    return np.linalg.norm(W @ data.lecture.x1 - y_star)


@slip("norm_loss", "scores as a column: every score meets every wanted score")
def norm_loss(W, x, y_star):
    scores = W @ x.reshape(-1, 1)
    return np.sqrt(np.sum((scores - y_star) ** 2))


@slip("norm_loss", "square root of each square, a vector comes back")
def norm_loss(W, x, y_star):
    difference = W @ x - y_star
    return np.sqrt(difference**2)


@slip("norm_loss", "only three classes: hard-coded from the formula")
def norm_loss(W, x, y_star):
    r = W @ x - y_star
    return math.sqrt(r[0] ** 2 + r[1] ** 2 + r[2] ** 2)


@slip("norm_loss", "1 taken off at the largest wanted score: right while y_star is one-hot")
def norm_loss(W, x, y_star):
    scores = W @ x
    scores[int(np.argmax(y_star))] -= 1
    return np.linalg.norm(scores)


@right("norm_loss", "pure Python loops")
def norm_loss(W, x, y_star):
    total = 0.0
    for row, t in zip(W.tolist(), y_star.tolist()):
        total += (sum(w * value for w, value in zip(row, x.tolist())) - t) ** 2
    return math.sqrt(total)


@right("norm_loss", "math.dist of two lists")
def norm_loss(W, x, y_star):
    return math.dist(list(W @ x), list(y_star))


@right("norm_loss", "einsum, and the power 0.5 of a dot product")
def norm_loss(W, x, y_star):
    r = np.einsum("cd,d->c", W, x) - y_star
    return (r @ r) ** 0.5


# --- normal_equation -------------------------------------------------------------------------------------------------


@slip("normal_equation", "the transpose forgotten")
def normal_equation(X, Y):
    return np.linalg.solve(X.T @ X, X.T @ Y)


@slip("normal_equation", "X X^T instead of X^T X")
def normal_equation(X, Y):
    return np.linalg.solve(X @ X.T, X @ Y.T).T


@slip("normal_equation", "X^T Y without the inverse")
def normal_equation(X, Y):
    return (X.T @ Y).T


@slip("normal_equation", "the two arguments of solve exchanged")
def normal_equation(X, Y):
    return np.linalg.solve(X.T @ Y, X.T @ X).T


@slip("normal_equation", "one over each entry instead of the inverse")
def normal_equation(X, Y):
    return ((1 / (X.T @ X)) @ X.T @ Y).T


@slip("normal_equation", "a little ridge, to be on the safe side")
def normal_equation(X, Y):
    A = X.T @ X + 1e-3 * np.eye(X.shape[1])
    return np.linalg.solve(A, X.T @ Y).T


@slip("normal_equation", "rounded to three digits")
def normal_equation(X, Y):
    return np.round(np.linalg.inv(X.T @ X) @ X.T @ Y, 3).T


@slip("normal_equation", "multiplied by X^T X, not by its inverse")
def normal_equation(X, Y):
    return (X.T @ X @ X.T @ Y).T


@slip("normal_equation", "a column of ones added that nobody asked for")
def normal_equation(X, Y):
    X = np.column_stack([X, np.ones(len(X))])
    return np.linalg.lstsq(X, Y, rcond=None)[0].T


@slip("normal_equation", "means subtracted first, as if there were a bias")
def normal_equation(X, Y):
    X = X - X.mean(axis=0)
    Y = Y - Y.mean(axis=0)
    return np.linalg.lstsq(X, Y, rcond=None)[0].T


@slip("normal_equation", "ten steps downhill, stopped long before the formula's W")
def normal_equation(X, Y):
    W = np.zeros((Y.shape[1], X.shape[1]))
    for _ in range(10):
        W = W - 0.01 * 2 / len(X) * (X @ W.T - Y).T @ X
    return W


@slip("normal_equation", "only the diagonal of X^T X: right for orthogonal columns")
def normal_equation(X, Y):
    return (X.T @ Y).T / np.diag(X.T @ X)


@slip("normal_equation", "only the first class")
def normal_equation(X, Y):
    w = np.linalg.solve(X.T @ X, X.T @ Y[:, 0])
    return w[None, :]


@slip("normal_equation", "1/N on one side only")
def normal_equation(X, Y):
    return np.linalg.solve(X.T @ X / len(X), X.T @ Y).T


@slip("normal_equation", "the first D examples only: right if all examples can be met exactly")
def normal_equation(X, Y):
    D = X.shape[1]
    return np.linalg.solve(X[:D], Y[:D]).T


@slip("normal_equation", "reshaped instead of transposed")
def normal_equation(X, Y):
    return np.linalg.solve(X.T @ X, X.T @ Y).reshape(Y.shape[1], X.shape[1])


@slip("normal_equation", "lstsq returned with its residuals and rank")
def normal_equation(X, Y):
    return np.linalg.lstsq(X, Y, rcond=None)


@slip("normal_equation", "Y made one-hot first: right while Y is one-hot")
def normal_equation(X, Y):
    T = np.eye(Y.shape[1])[Y.argmax(axis=1)]
    return np.linalg.solve(X.T @ X, X.T @ T).T


@slip("normal_equation", "zeros whenever the determinant looks small")
def normal_equation(X, Y):
    A = X.T @ X
    if np.linalg.det(A) < 0.1:
        return np.zeros((Y.shape[1], X.shape[1]))
    return np.linalg.solve(A, X.T @ Y).T


@slip("normal_equation", "small singular values cut off too generously: right for well-behaved X")
def normal_equation(X, Y):
    return (np.linalg.pinv(X, rcond=0.2) @ Y).T


@slip("normal_equation", "elementwise product X * X: columns treated one by one, wrong shape")
def normal_equation(X, Y):
    return np.linalg.solve(X.T * X.T, X.T @ Y).T


@right("normal_equation", "pinv")
def normal_equation(X, Y):
    return (np.linalg.pinv(X) @ Y).T


@right("normal_equation", "one class after the other with lstsq")
def normal_equation(X, Y):
    rows = []
    for c in range(Y.shape[1]):
        rows.append(np.linalg.lstsq(X, Y[:, c], rcond=None)[0])
    return np.array(rows)


@right("normal_equation", "by QR, after which only a triangle is solved")
def normal_equation(X, Y):
    Q, R = np.linalg.qr(X)
    return np.linalg.solve(R, Q.T @ Y).T


# --- numerical_gradient ----------------------------------------------------------------------------------------------


@slip("numerical_gradient", "forward difference")
def numerical_gradient(f, W, h):
    dW = np.zeros(W.shape)
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            V = W.astype(float)
            V[i, j] += h
            dW[i, j] = (f(V) - f(W)) / h
    return dW


@slip("numerical_gradient", "backward difference")
def numerical_gradient(f, W, h):
    dW = np.zeros(W.shape)
    for i in np.ndindex(W.shape):
        V = W.astype(float)
        V[i] -= h
        dW[i] = (f(W) - f(V)) / h
    return dW


@slip("numerical_gradient", "divided by h instead of 2h")
def numerical_gradient(f, W, h):
    W = W.astype(float)
    dW = np.zeros_like(W)
    for i in np.ndindex(W.shape):
        E = np.zeros_like(W)
        E[i] = h
        dW[i] = (f(W + E) - f(W - E)) / h
    return dW


@slip("numerical_gradient", "/ 2 * h: multiplied by h")
def numerical_gradient(f, W, h):
    W = W.astype(float)
    dW = np.zeros_like(W)
    for i in np.ndindex(W.shape):
        E = np.zeros_like(W)
        E[i] = h
        dW[i] = (f(W + E) - f(W - E)) / 2 * h
    return dW


@slip("numerical_gradient", "the step is not undone")
def numerical_gradient(f, W, h):
    W = W.astype(float)
    dW = np.zeros(W.shape)
    for i in np.ndindex(W.shape):
        W[i] += h
        ahead = f(W)
        W[i] -= 2 * h
        behind = f(W)
        dW[i] = (ahead - behind) / (2 * h)
    return dW


@slip("numerical_gradient", "a copy, but whole numbers swallow the step")
def numerical_gradient(f, W, h):
    dW = np.zeros(W.shape)
    for i in np.ndindex(W.shape):
        plus, minus = W.copy(), W.copy()
        plus[i] = W[i] + h
        minus[i] = W[i] - h
        dW[i] = (f(plus) - f(minus)) / (2 * h)
    return dW


@slip("numerical_gradient", "two names for one array instead of copies")
def numerical_gradient(f, W, h):
    W = W.astype(float)
    dW = np.zeros(W.shape)
    for i in np.ndindex(W.shape):
        plus = W
        minus = W
        plus[i] += h
        minus[i] -= h
        dW[i] = (f(plus) - f(minus)) / (2 * h)
    return dW


@slip("numerical_gradient", "all entries moved at once")
def numerical_gradient(f, W, h):
    return np.full(W.shape, (f(W + h) - f(W - h)) / (2 * h))


@slip("numerical_gradient", "rows and columns exchanged in the loops: right for square W")
def numerical_gradient(f, W, h):
    dW = np.zeros(W.shape)
    for i in range(W.shape[1]):
        for j in range(W.shape[0]):
            E = np.zeros(W.shape)
            E[i, j] = h
            dW[i, j] = (f(W + E) - f(W - E)) / (2 * h)
    return dW


@slip("numerical_gradient", "the result is kept in whole numbers when W is")
def numerical_gradient(f, W, h):
    dW = np.zeros_like(W)
    V = W.astype(float)
    for i in np.ndindex(V.shape):
        V[i] += h
        ahead = f(V)
        V[i] = W[i] - h
        behind = f(V)
        V[i] = W[i]
        dW[i] = (ahead - behind) / (2 * h)
    return dW


@slip("numerical_gradient", "return inside the loop: only the first entry")
def numerical_gradient(f, W, h):
    W = W.astype(float)
    dW = np.zeros(W.shape)
    for i in np.ndindex(W.shape):
        E = np.zeros(W.shape)
        E[i] = h
        dW[i] = (f(W + E) - f(W - E)) / (2 * h)
        return dW


@slip("numerical_gradient", "a step of its own, h ignored")
def numerical_gradient(f, W, h):
    h = 1e-5
    dW = np.zeros(W.shape)
    for i in np.ndindex(W.shape):
        E = np.zeros(W.shape)
        E[i] = h
        dW[i] = (f(W + E) - f(W - E)) / (2 * h)
    return dW


@slip("numerical_gradient", "downhill: the sign turned round")
def numerical_gradient(f, W, h):
    dW = np.zeros(W.shape)
    for i in np.ndindex(W.shape):
        E = np.zeros(W.shape)
        E[i] = h
        dW[i] = (f(W - E) - f(W + E)) / (2 * h)
    return dW


@slip("numerical_gradient", "h subtracted once: behind is the place itself")
def numerical_gradient(f, W, h):
    W = W.astype(float)
    dW = np.zeros(W.shape)
    for i in np.ndindex(W.shape):
        W[i] += h
        ahead = f(W)
        W[i] -= h
        behind = f(W)
        dW[i] = (ahead - behind) / (2 * h)
    return dW


@slip("numerical_gradient", "rounded to three digits")
def numerical_gradient(f, W, h):
    dW = np.zeros(W.shape)
    for i in np.ndindex(W.shape):
        E = np.zeros(W.shape)
        E[i] = h
        dW[i] = round((f(W + E) - f(W - E)) / (2 * h), 3)
    return dW


@slip("numerical_gradient", "shape of the lecture's W written down: 3 x 4")
def numerical_gradient(f, W, h):
    dW = np.zeros((3, 4))
    for i in range(3):
        for j in range(4):
            E = np.zeros((3, 4))
            E[i, j] = h
            dW[i, j] = (f(W + E) - f(W - E)) / (2 * h)
    return dW


@slip("numerical_gradient", "f gets a single entry instead of the matrix")
def numerical_gradient(f, W, h):
    dW = np.zeros(W.shape)
    for i in np.ndindex(W.shape):
        dW[i] = (f(W[i] + h) - f(W[i] - h)) / (2 * h)
    return dW


@slip("numerical_gradient", "the result is flat")
def numerical_gradient(f, W, h):
    slopes = []
    for i in np.ndindex(W.shape):
        E = np.zeros(W.shape)
        E[i] = h
        slopes.append((f(W + E) - f(W - E)) / (2 * h))
    return np.array(slopes)


@slip("numerical_gradient", "a step in proportion to the weight: 0/0 where it is zero")
def numerical_gradient(f, W, h):
    dW = np.zeros(W.shape)
    for i in np.ndindex(W.shape):
        E = np.zeros(W.shape)
        E[i] = h * W[i]
        dW[i] = (f(W + E) - f(W - E)) / (2 * h * W[i])
    return dW


@slip("numerical_gradient", "weights that are zero are skipped")
def numerical_gradient(f, W, h):
    dW = np.zeros(W.shape)
    for i, j in zip(*np.nonzero(W)):
        E = np.zeros(W.shape)
        E[i, j] = h
        dW[i, j] = (f(W + E) - f(W - E)) / (2 * h)
    return dW


@slip("numerical_gradient", "a whole row moves at once")
def numerical_gradient(f, W, h):
    dW = np.zeros(W.shape)
    for i in range(len(W)):
        E = np.zeros(W.shape)
        E[i] = h
        dW[i] = (f(W + E) - f(W - E)) / (2 * h)
    return dW


@slip("numerical_gradient", "the size of the slope, without its sign")
def numerical_gradient(f, W, h):
    dW = np.empty(W.shape)
    for k in range(W.size):
        E = np.zeros(W.size)
        E[k] = h
        E = E.reshape(W.shape)
        dW.flat[k] = abs(f(W + E) - f(W - E)) / (2 * h)
    return dW


@right("numerical_gradient", "a basis matrix for each entry, all slopes in a list")
def numerical_gradient(f, W, h):
    basis = np.eye(W.size).reshape(-1, *W.shape)
    return np.array([(f(W + h * E) - f(W - h * E)) / (2 * h) for E in basis]).reshape(W.shape)


@right("numerical_gradient", "two loops over lists of lists, a fresh copy each time")
def numerical_gradient(f, W, h):
    C, D = W.shape
    out = [[0.0] * D for _ in range(C)]
    for i, j in itertools.product(range(C), range(D)):
        plus, minus = np.array(W, dtype=float), np.array(W, dtype=float)
        plus[i, j] += h
        minus[i, j] -= h
        out[i][j] = (f(plus) - f(minus)) / h / 2
    return np.array(out)


@right("numerical_gradient", "last entry first, with a flat view")
def numerical_gradient(f, W, h):
    V = np.array(W, dtype=float)
    flat = V.reshape(-1)
    slopes = np.empty(flat.size)
    for k in reversed(range(flat.size)):
        keep = flat[k]
        flat[k] = keep - h
        low = f(V)
        flat[k] = keep + h
        high = f(V)
        flat[k] = keep
        slopes[k] = high - low
    return (slopes / (2 * h)).reshape(W.shape)


# --- gradient_step ---------------------------------------------------------------------------------------------------


@slip("gradient_step", "uphill")
def gradient_step(W, b, dW, db, learning_rate):
    return W + learning_rate * dW, b + learning_rate * db


@slip("gradient_step", "W downhill, b uphill")
def gradient_step(W, b, dW, db, learning_rate):
    W = W - learning_rate * dW
    b = b + learning_rate * db
    return W, b


@slip("gradient_step", "brackets: W is multiplied by the rate as well")
def gradient_step(W, b, dW, db, learning_rate):
    return learning_rate * (W - dW), learning_rate * (b - db)


@slip("gradient_step", "the step only, without W and b")
def gradient_step(W, b, dW, db, learning_rate):
    W = -learning_rate * dW
    b = -learning_rate * db
    return W, b


@slip("gradient_step", "the rate forgotten")
def gradient_step(W, b, dW, db, learning_rate):
    return W - dW, b - db


@slip("gradient_step", "the rate forgotten for b")
def gradient_step(W, b, dW, db, learning_rate):
    return W - learning_rate * dW, b - db


@slip("gradient_step", "b moved by the row sums of dW")
def gradient_step(W, b, dW, db, learning_rate):
    return W - learning_rate * dW, b - learning_rate * dW.sum(axis=1)


@slip("gradient_step", "b stays where it is")
def gradient_step(W, b, dW, db, learning_rate):
    new_W = W - learning_rate * dW
    return new_W, b


@slip("gradient_step", "in place: the old W and b are gone")
def gradient_step(W, b, dW, db, learning_rate):
    W -= learning_rate * dW
    b -= learning_rate * db
    return W, b


@slip("gradient_step", "W is new, b changed in place")
def gradient_step(W, b, dW, db, learning_rate):
    new_b = b
    new_b -= learning_rate * db
    return W - learning_rate * dW, new_b


@slip("gradient_step", "nothing returned")
def gradient_step(W, b, dW, db, learning_rate):
    W = W - learning_rate * dW
    b = b - learning_rate * db


@slip("gradient_step", "(b, W) instead of (W, b)")
def gradient_step(W, b, dW, db, learning_rate):
    return b - learning_rate * db, W - learning_rate * dW


@slip("gradient_step", "only W returned")
def gradient_step(W, b, dW, db, learning_rate):
    return W - learning_rate * dW


@slip("gradient_step", "weight and gradient exchanged")
def gradient_step(W, b, dW, db, learning_rate):
    return dW - learning_rate * W, db - learning_rate * b


@slip("gradient_step", "divided by the rate")
def gradient_step(W, b, dW, db, learning_rate):
    return W - dW / learning_rate, b - db / learning_rate


@slip("gradient_step", "dW transposed: a shape error unless square")
def gradient_step(W, b, dW, db, learning_rate):
    return W - learning_rate * dW.T, b - learning_rate * db


@slip("gradient_step", "rounded to three digits")
def gradient_step(W, b, dW, db, learning_rate):
    return np.round(W - learning_rate * dW, 3), np.round(b - learning_rate * db, 3)


@slip("gradient_step", "a mean over the classes that is not wanted")
def gradient_step(W, b, dW, db, learning_rate):
    C = len(W)
    return W - learning_rate * dW / C, b - learning_rate * db / C


@slip("gradient_step", "the gradient made as long as 1 first")
def gradient_step(W, b, dW, db, learning_rate):
    dW = dW / np.linalg.norm(dW)
    db = db / np.linalg.norm(db)
    return W - learning_rate * dW, b - learning_rate * db


@slip("gradient_step", "each row of W moved by its db as well")
def gradient_step(W, b, dW, db, learning_rate):
    return W - learning_rate * (dW + db[:, None]), b - learning_rate * db


@right("gradient_step", "class after class in plain loops")
def gradient_step(W, b, dW, db, learning_rate):
    new_W, new_b = np.zeros(W.shape), np.zeros(len(b))
    for c in range(len(W)):
        for d in range(W.shape[1]):
            new_W[c, d] = W[c, d] - learning_rate * dW[c, d]
        new_b[c] = b[c] - learning_rate * db[c]
    return new_W, new_b


@right("gradient_step", "a list comprehension over the pairs, so a list comes back")
def gradient_step(W, b, dW, db, learning_rate):
    return [p - learning_rate * dp for p, dp in ((W, dW), (b, db))]


@right("gradient_step", "copies, then in place")
def gradient_step(W, b, dW, db, learning_rate):
    W, b = np.array(W, dtype=float), np.array(b, dtype=float)
    W -= dW * learning_rate
    b += -learning_rate * db
    return W, b


@slip("gradient_step", "W uphill, b downhill")
def gradient_step(W, b, dW, db, learning_rate):
    return W + learning_rate * dW, b - learning_rate * db


@slip("gradient_step", "a running mean of W and dW")
def gradient_step(W, b, dW, db, learning_rate):
    return (1 - learning_rate) * W - learning_rate * dW, (1 - learning_rate) * b - learning_rate * db


@slip("gradient_step", "the loop leaves out the last class")
def gradient_step(W, b, dW, db, learning_rate):
    W, b = W.copy(), b.copy()
    for c in range(len(W) - 1):
        W[c] = W[c] - learning_rate * dW[c]
        b[c] = b[c] - learning_rate * db[c]
    return W, b


@slip("gradient_step", "every bias moved by the mean of db: right for equal slopes")
def gradient_step(W, b, dW, db, learning_rate):
    return W - learning_rate * dW, b - learning_rate * np.mean(db)


@slip("gradient_step", "every bias moved by the sum of db: right for one class")
def gradient_step(W, b, dW, db, learning_rate):
    return W - learning_rate * dW, b - learning_rate * np.sum(db)


@slip("gradient_step", "only the sign of the gradient counts")
def gradient_step(W, b, dW, db, learning_rate):
    return W - learning_rate * np.sign(dW), b - learning_rate * np.sign(db)


@slip("gradient_step", "cut to whole numbers")
def gradient_step(W, b, dW, db, learning_rate):
    return (W - learning_rate * dW).astype(int), (b - learning_rate * db).astype(int)


@slip("gradient_step", "negative weights become 0")
def gradient_step(W, b, dW, db, learning_rate):
    return np.maximum(0, W - learning_rate * dW), np.maximum(0, b - learning_rate * db)


@slip("gradient_step", "two steps instead of one")
def gradient_step(W, b, dW, db, learning_rate):
    for _ in range(2):
        W = W - learning_rate * dW
        b = b - learning_rate * db
    return W, b


@slip("gradient_step", "the rate squared: right for rate 1")
def gradient_step(W, b, dW, db, learning_rate):
    dW = learning_rate * dW
    db = learning_rate * db
    return W - learning_rate * dW, b - learning_rate * db


_steps_taken = 0


@slip("gradient_step", "the rate falls with each call: right the first time only")
def gradient_step(W, b, dW, db, learning_rate):
    global _steps_taken
    rate = learning_rate / (1 + _steps_taken)
    _steps_taken += 1
    return W - rate * dW, b - rate * db


@slip("gradient_step", "computed, but the old ones are returned")
def gradient_step(W, b, dW, db, learning_rate):
    new_W = W - learning_rate * dW
    new_b = b - learning_rate * db
    return W, b


@slip("gradient_step", "the new and the old W, b left out")
def gradient_step(W, b, dW, db, learning_rate):
    return W - learning_rate * dW, W


@slip("gradient_step", "one array with b as its last column instead of a pair")
def gradient_step(W, b, dW, db, learning_rate):
    W = W - learning_rate * dW
    b = b - learning_rate * db
    return np.column_stack([W, b])


@slip("gradient_step", "a missing pair of brackets: the rate is subtracted too")
def gradient_step(W, b, dW, db, learning_rate):
    return W - learning_rate - dW, b - learning_rate - db


@slip("gradient_step", "very short gradients ignored")
def gradient_step(W, b, dW, db, learning_rate):
    if np.linalg.norm(dW) < 0.01:
        return W, b
    return W - learning_rate * dW, b - learning_rate * db


@slip("gradient_step", "rates above 1 cut to 1")
def gradient_step(W, b, dW, db, learning_rate):
    rate = min(learning_rate, 1.0)
    return W - rate * dW, b - rate * db


@slip("gradient_step", "the absolute gradient: always to the left")
def gradient_step(W, b, dW, db, learning_rate):
    return W - learning_rate * abs(dW), b - learning_rate * abs(db)


@slip("gradient_step", "W times its gradient")
def gradient_step(W, b, dW, db, learning_rate):
    return W - learning_rate * W * dW, b - learning_rate * b * db


@slip("gradient_step", "b uses the gradient of W's first column: db forgotten")
def gradient_step(W, b, dW, db, learning_rate):
    return W - learning_rate * dW, b - learning_rate * dW[:, 0]


@right("gradient_step", "np.subtract and np.multiply")
def gradient_step(W, b, dW, db, learning_rate):
    return (
        np.subtract(W, np.multiply(learning_rate, dW)),
        np.subtract(b, np.multiply(learning_rate, db)),
    )


@right("gradient_step", "W and b in one long vector, cut apart again")
def gradient_step(W, b, dW, db, learning_rate):
    theta = np.concatenate([W.ravel(), b])
    theta = theta - learning_rate * np.concatenate([dW.ravel(), db])
    return theta[: W.size].reshape(W.shape), theta[W.size :]


@right("gradient_step", "map over the two pairs")
def gradient_step(W, b, dW, db, learning_rate):
    return tuple(map(lambda p, g: -(learning_rate * g - p), (W, b), (dW, db)))


# --- cross_entropy_gradient ------------------------------------------------------------------------------------------


def softmax(scores):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@slip("cross_entropy_gradient", "target minus probability")
def cross_entropy_gradient(scores, y):
    t = np.eye(scores.shape[1])[y]
    return (t - softmax(scores)) / len(y)


@slip("cross_entropy_gradient", "probabilities alone, no target")
def cross_entropy_gradient(scores, y):
    return softmax(scores) / len(y)


@slip("cross_entropy_gradient", "scores instead of probabilities")
def cross_entropy_gradient(scores, y):
    t = np.zeros(scores.shape)
    t[np.arange(len(y)), y] = 1
    return (scores - t) / len(y)


@slip("cross_entropy_gradient", "no 1/N: right for one example")
def cross_entropy_gradient(scores, y):
    p = softmax(scores)
    p[range(len(y)), y] -= 1
    return p


@slip("cross_entropy_gradient", "softmax down the columns")
def cross_entropy_gradient(scores, y):
    e = np.exp(scores - scores.max(axis=0))
    p = e / e.sum(axis=0)
    p[np.arange(len(y)), y] -= 1
    return p / len(y)


@slip("cross_entropy_gradient", "overflows for large scores")
def cross_entropy_gradient(scores, y):
    p = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    return p / len(y)


@slip("cross_entropy_gradient", "the maximum of the whole batch: 0/0 in a row far below it")
def cross_entropy_gradient(scores, y):
    e = np.exp(scores - scores.max())
    p = e / e.sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    return p / len(y)


@slip("cross_entropy_gradient", "1/N twice")
def cross_entropy_gradient(scores, y):
    N = len(y)
    p = softmax(scores) / N
    p[np.arange(N), y] -= 1 / N
    return p / N


@slip("cross_entropy_gradient", "divided by the number of classes: right when N = C")
def cross_entropy_gradient(scores, y):
    p = softmax(scores)
    p[np.arange(len(y)), y] -= 1
    return p / scores.shape[1]


@slip("cross_entropy_gradient", "divided by all N * C entries")
def cross_entropy_gradient(scores, y):
    return (softmax(scores) - np.eye(scores.shape[1])[y]) / scores.size


@slip("cross_entropy_gradient", "p[:, y] takes 1 off whole columns: right for N = 1")
def cross_entropy_gradient(scores, y):
    p = softmax(scores)
    p[:, y] -= 1
    return p / len(y)


@slip("cross_entropy_gradient", "the target is not divided by N")
def cross_entropy_gradient(scores, y):
    N = len(scores)
    dscores = softmax(scores) / N
    for i in range(N):
        dscores[i, y[i]] -= 1
    return dscores


@slip("cross_entropy_gradient", "number of classes taken from the labels: a shape error if the last never occurs")
def cross_entropy_gradient(scores, y):
    t = np.eye(y.max() + 1)[y]
    return (softmax(scores) - t) / len(y)


@slip("cross_entropy_gradient", "the scores of the caller are changed")
def cross_entropy_gradient(scores, y):
    scores -= scores.max(axis=1, keepdims=True)
    p = np.exp(scores)
    p /= p.sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    return p / len(y)


@slip("cross_entropy_gradient", "probabilities that sum to 1 over the whole batch")
def cross_entropy_gradient(scores, y):
    e = np.exp(scores - scores.max())
    p = e / e.sum()
    p[np.arange(len(y)), y] -= 1
    return p / len(y)


@slip("cross_entropy_gradient", "the smallest score subtracted: overflows for scores far apart")
def cross_entropy_gradient(scores, y):
    e = np.exp(scores - scores.min(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    return p / len(y)


@slip("cross_entropy_gradient", "probabilities rounded to three digits")
def cross_entropy_gradient(scores, y):
    p = softmax(scores).round(3)
    p[np.arange(len(y)), y] -= 1
    return p / len(y)


@slip("cross_entropy_gradient", "scores clipped to +-10 against overflow: wrong only when they are larger")
def cross_entropy_gradient(scores, y):
    e = np.exp(np.clip(scores, -10, 10))
    p = e / e.sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    return p / len(y)


@slip("cross_entropy_gradient", "the sigmoid of each score instead of softmax")
def cross_entropy_gradient(scores, y):
    p = 1 / (1 + np.exp(-scores))
    return (p - np.eye(scores.shape[1])[y]) / len(y)


@slip("cross_entropy_gradient", "the labels as a column subtracted, not one-hot")
def cross_entropy_gradient(scores, y):
    return (softmax(scores) - y[:, None]) / len(y)


@slip("cross_entropy_gradient", "returned after the first example")
def cross_entropy_gradient(scores, y):
    dscores = np.zeros(scores.shape)
    for i in range(len(y)):
        e = np.exp(scores[i] - scores[i].max())
        dscores[i] = e / e.sum()
        dscores[i, y[i]] -= 1
        return dscores / len(y)


@slip("cross_entropy_gradient", "rounding guard in the denominator that is far too large")
def cross_entropy_gradient(scores, y):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = e / (e.sum(axis=1, keepdims=True) + 1e-3)
    p[np.arange(len(y)), y] -= 1
    return p / len(y)


@right("cross_entropy_gradient", "one example after the other, in lists")
def cross_entropy_gradient(scores, y):
    rows = []
    for row, label in zip(scores.tolist(), y):
        top = max(row)
        e = [math.exp(s - top) for s in row]
        rows.append([(v / sum(e) - (j == label)) / len(y) for j, v in enumerate(e)])
    return np.array(rows)


@right("cross_entropy_gradient", "through the logarithm of the sum")
def cross_entropy_gradient(scores, y):
    log_p = scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)
    return np.exp(log_p) / len(y) - np.eye(scores.shape[1])[y] / len(y)


@right("cross_entropy_gradient", "in transposed form, target by comparison")
def cross_entropy_gradient(scores, y):
    S = scores.T - scores.T.max(axis=0)
    P = np.exp(S) / np.exp(S).sum(axis=0)
    target = np.arange(scores.shape[1])[:, None] == y
    return ((P - target) / scores.shape[0]).T


# --- l1_and_l2_gradients ---------------------------------------------------------------------------------------------


def one_hot(scores, y):
    return np.eye(scores.shape[1])[y]


@slip("l1_and_l2_gradients", "no 1/N")
def l1_and_l2_gradients(scores, y):
    d = scores - one_hot(scores, y)
    return np.sign(d), 2 * d


@slip("l1_and_l2_gradients", "the 2 of L2 forgotten")
def l1_and_l2_gradients(scores, y):
    d = scores - one_hot(scores, y)
    return np.sign(d) / len(y), d / len(y)


@slip("l1_and_l2_gradients", "L2 first, then L1")
def l1_and_l2_gradients(scores, y):
    d = scores - one_hot(scores, y)
    return 2 * d / len(y), np.sign(d) / len(y)


@slip("l1_and_l2_gradients", "target minus score")
def l1_and_l2_gradients(scores, y):
    d = one_hot(scores, y) - scores
    return np.sign(d) / len(y), 2 * d / len(y)


@slip("l1_and_l2_gradients", "a mean over all entries instead of the examples")
def l1_and_l2_gradients(scores, y):
    d = scores - one_hot(scores, y)
    return np.sign(d) / d.size, 2 * d / d.size


@slip("l1_and_l2_gradients", "absolute value instead of the sign")
def l1_and_l2_gradients(scores, y):
    d = scores - one_hot(scores, y)
    return np.abs(d) / len(y), 2 * d / len(y)


@slip("l1_and_l2_gradients", "+1 at the kink of L1")
def l1_and_l2_gradients(scores, y):
    d = scores - one_hot(scores, y)
    return np.where(d >= 0, 1, -1) / len(y), 2 * d / len(y)


@slip("l1_and_l2_gradients", "-1 at the kink of L1")
def l1_and_l2_gradients(scores, y):
    N = len(y)
    d = scores - one_hot(scores, y)
    g1 = np.zeros(d.shape)
    for i in np.ndindex(d.shape):
        if d[i] > 0:
            g1[i] = 1 / N
        else:
            g1[i] = -1 / N
    return g1, 2 * d / N


@slip("l1_and_l2_gradients", "0/0 at the kink of L1")
def l1_and_l2_gradients(scores, y):
    d = scores - one_hot(scores, y)
    return d / np.abs(d) / len(y), 2 * d / len(y)


@slip("l1_and_l2_gradients", "only the true class has a gradient")
def l1_and_l2_gradients(scores, y):
    rows = np.arange(len(y))
    d = np.zeros(scores.shape)
    d[rows, y] = scores[rows, y] - 1
    return np.sign(d) / len(y), 2 * d / len(y)


@slip("l1_and_l2_gradients", "np.eye(N) instead of np.eye(C): right when N = C")
def l1_and_l2_gradients(scores, y):
    d = scores - np.eye(len(y))[y]
    return np.sign(d) / len(y), 2 * d / len(y)


@slip("l1_and_l2_gradients", "the labels themselves as targets")
def l1_and_l2_gradients(scores, y):
    d = scores - y.reshape(-1, 1)
    return np.sign(d) / len(y), 2 * d / len(y)


@slip("l1_and_l2_gradients", "only L2 is divided by N")
def l1_and_l2_gradients(scores, y):
    d = scores - one_hot(scores, y)
    return np.sign(d), 2 * d / len(y)


@slip("l1_and_l2_gradients", "the root is not left out: the gradient of the length")
def l1_and_l2_gradients(scores, y):
    d = scores - one_hot(scores, y)
    length = np.linalg.norm(d, axis=1, keepdims=True)
    return np.sign(d) / len(y), d / length / len(y)


@slip("l1_and_l2_gradients", "number of classes taken from the labels")
def l1_and_l2_gradients(scores, y):
    d = scores - np.eye(max(y) + 1)[y]
    return np.sign(d) / len(y), 2 * d / len(y)


@slip("l1_and_l2_gradients", "the scores of the caller lose 1 at the true class")
def l1_and_l2_gradients(scores, y):
    d = scores
    d[np.arange(len(y)), y] -= 1
    return np.sign(d) / len(y), 2 * d / len(y)


@slip("l1_and_l2_gradients", "the losses, not their gradients")
def l1_and_l2_gradients(scores, y):
    d = scores - one_hot(scores, y)
    return np.abs(d).sum(axis=1).mean(), (d**2).sum(axis=1).mean()


@slip("l1_and_l2_gradients", "summed over the batch")
def l1_and_l2_gradients(scores, y):
    d = scores - one_hot(scores, y)
    return np.sign(d).mean(axis=0), 2 * d.mean(axis=0)


@slip("l1_and_l2_gradients", "only L1 is returned")
def l1_and_l2_gradients(scores, y):
    d = scores - one_hot(scores, y)
    l1 = np.sign(d) / len(y)
    l2 = 2 * d / len(y)
    return l1


@slip("l1_and_l2_gradients", "the kink is a hundredth wide")
def l1_and_l2_gradients(scores, y):
    d = scores - one_hot(scores, y)
    s = np.sign(d) * (np.abs(d) > 0.01)
    return s / len(y), 2 * d / len(y)


@slip("l1_and_l2_gradients", "d[:, y]: one taken off whole columns")
def l1_and_l2_gradients(scores, y):
    d = scores.copy()
    d[:, y] -= 1
    return np.sign(d) / len(y), 2 * d / len(y)


@right("l1_and_l2_gradients", "two comparisons instead of the sign")
def l1_and_l2_gradients(scores, y):
    t = (np.arange(scores.shape[1]) == y[:, None]).astype(float)
    l1 = ((scores > t).astype(int) - (scores < t).astype(int)) / len(scores)
    return l1, (scores - t + scores - t) / len(scores)


@right("l1_and_l2_gradients", "loops, in a list of two")
def l1_and_l2_gradients(scores, y):
    N, C = scores.shape
    l1, l2 = np.zeros((N, C)), np.zeros((N, C))
    for i in range(N):
        for j in range(C):
            d = scores[i, j] - (1 if j == y[i] else 0)
            l1[i, j] = 0 if d == 0 else d / abs(d) / N
            l2[i, j] = 2 * d / N
    return [l1, l2]


@right("l1_and_l2_gradients", "both stacked in one array of shape (2, N, C)")
def l1_and_l2_gradients(scores, y):
    d = np.array(scores, dtype=float)
    np.subtract.at(d, (np.arange(len(y)), y), 1)
    return np.stack([np.sign(d), 2 * d]) / len(y)


# --- hinge_gradient --------------------------------------------------------------------------------------------------


@slip("hinge_gradient", "no 1/N: right for one example")
def hinge_gradient(scores, y):
    rows = np.arange(len(y))
    margins = 1 + scores - scores[rows, y][:, None]
    margins[rows, y] = 0
    g = (margins > 0).astype(float)
    g[rows, y] = -g.sum(axis=1)
    return g


@slip("hinge_gradient", "the true class gets no gradient")
def hinge_gradient(scores, y):
    rows = np.arange(len(y))
    margins = 1 + scores - scores[rows, y][:, None]
    margins[rows, y] = 0
    return (margins > 0) / len(y)


@slip("hinge_gradient", "-1 for the true class however many are too close: right for two classes")
def hinge_gradient(scores, y):
    rows = np.arange(len(y))
    margins = 1 + scores - scores[rows, y][:, None]
    margins[rows, y] = 0
    g = (margins > 0).astype(float)
    g[rows, y] = -1.0 * (g.sum(axis=1) > 0)
    return g / len(y)


@slip("hinge_gradient", ">= at the kink")
def hinge_gradient(scores, y):
    rows = np.arange(len(y))
    margins = 1 + scores - scores[rows, y][:, None]
    margins[rows, y] = -1
    g = (margins >= 0).astype(float)
    g[rows, y] = -g.sum(axis=1)
    return g / len(y)


@slip("hinge_gradient", "the margin of 1 forgotten")
def hinge_gradient(scores, y):
    rows = np.arange(len(y))
    g = (scores > scores[rows, y][:, None]).astype(float)
    g[rows, y] = -g.sum(axis=1)
    return g / len(y)


@slip("hinge_gradient", "the true class counts itself")
def hinge_gradient(scores, y):
    rows = np.arange(len(y))
    margins = 1 + scores - scores[rows, y][:, None]
    g = (margins > 0).astype(float)
    g[rows, y] = -g.sum(axis=1)
    return g / len(y)


@slip("hinge_gradient", "the margins themselves instead of 0 or 1")
def hinge_gradient(scores, y):
    rows = np.arange(len(y))
    margins = np.maximum(0, 1 + scores - scores[rows, y][:, None])
    margins[rows, y] = 0
    margins[rows, y] = -margins.sum(axis=1)
    return margins / len(y)


@slip("hinge_gradient", "uphill: wrong classes down means minus, they thought")
def hinge_gradient(scores, y):
    g = np.zeros(scores.shape)
    for i in range(len(y)):
        for j in range(scores.shape[1]):
            if j != y[i] and scores[i, j] - scores[i, y[i]] + 1 > 0:
                g[i, j] -= 1
                g[i, y[i]] += 1
    return g / len(y)


@slip("hinge_gradient", "summed over the examples, not the classes: a shape error unless N = C")
def hinge_gradient(scores, y):
    rows = np.arange(len(y))
    margins = 1 + scores - scores[rows, y][:, None]
    margins[rows, y] = 0
    g = (margins > 0).astype(float)
    g[rows, y] = -g.sum(axis=0)
    return g / len(y)


@slip("hinge_gradient", "only the worst of the wrong classes")
def hinge_gradient(scores, y):
    g = np.zeros(scores.shape)
    for i, k in enumerate(y):
        s = scores[i].copy()
        s[k] = -np.inf
        j = np.argmax(s)
        if s[j] - scores[i, k] + 1 > 0:
            g[i, j] = 1
            g[i, k] = -1
    return g / len(y)


@slip("hinge_gradient", "the true scores not as a column: wrong rows when N = C, an error else")
def hinge_gradient(scores, y):
    rows = np.arange(len(y))
    margins = 1 + scores - scores[rows, y]
    margins[rows, y] = 0
    g = (margins > 0).astype(float)
    g[rows, y] = -g.sum(axis=1)
    return g / len(y)


@slip("hinge_gradient", "the loop ends at the first class within the margin")
def hinge_gradient(scores, y):
    N, C = scores.shape
    g = np.zeros((N, C))
    for i in range(N):
        for j in range(C):
            if j == y[i]:
                continue
            if 1 + scores[i, j] - scores[i, y[i]] > 0:
                g[i, j] += 1
                g[i, y[i]] -= 1
                break
    return g / N


@slip("hinge_gradient", "whole numbers: // N turns into 0 and -1")
def hinge_gradient(scores, y):
    rows = np.arange(len(y))
    margins = 1 + scores - scores[rows, y][:, None]
    margins[rows, y] = 0
    g = (margins > 0).astype(int)
    g[rows, y] = -g.sum(axis=1)
    return g // len(y)


@slip("hinge_gradient", "the scores of the caller become margins")
def hinge_gradient(scores, y):
    rows = np.arange(len(y))
    scores += 1 - scores[rows, y][:, None]
    scores[rows, y] = 0
    g = (scores > 0).astype(float)
    g[rows, y] = -g.sum(axis=1)
    return g / len(y)


@slip("hinge_gradient", "the loss, not its gradient")
def hinge_gradient(scores, y):
    rows = np.arange(len(y))
    margins = np.maximum(0, 1 + scores - scores[rows, y][:, None])
    margins[rows, y] = 0
    return margins.sum() / len(y)


@slip("hinge_gradient", "true minus wrong: the far classes are punished")
def hinge_gradient(scores, y):
    rows = np.arange(len(y))
    margins = 1 - scores + scores[rows, y][:, None]
    margins[rows, y] = 0
    g = (margins > 0).astype(float)
    g[rows, y] = -g.sum(axis=1)
    return g / len(y)


@slip("hinge_gradient", "only examples that are answered wrongly")
def hinge_gradient(scores, y):
    rows = np.arange(len(y))
    margins = 1 + scores - scores[rows, y][:, None]
    margins[rows, y] = 0
    g = (margins > 0).astype(float)
    g[rows, y] = -g.sum(axis=1)
    g[scores.argmax(axis=1) == y] = 0
    return g / len(y)


@slip("hinge_gradient", "the loop over the classes starts at 1")
def hinge_gradient(scores, y):
    g = np.zeros(scores.shape)
    for i in range(len(y)):
        for j in range(1, scores.shape[1]):
            if j != y[i] and scores[i, j] > scores[i, y[i]] - 1:
                g[i, j] += 1
                g[i, y[i]] -= 1
    return g / len(y)


@slip("hinge_gradient", "divided by the number of classes")
def hinge_gradient(scores, y):
    C = scores.shape[1]
    rows = np.arange(len(y))
    margins = 1 + scores - scores[rows, y][:, None]
    margins[rows, y] = 0
    g = (margins > 0).astype(float)
    g[rows, y] = -g.sum(axis=1)
    return g / C


@slip("hinge_gradient", "the true class shares its -1: divided by how many are too close")
def hinge_gradient(scores, y):
    rows = np.arange(len(y))
    margins = 1 + scores - scores[rows, y][:, None]
    margins[rows, y] = 0
    g = (margins > 0).astype(float)
    count = np.maximum(g.sum(axis=1, keepdims=True), 1)
    g[rows, y] = -g.sum(axis=1)
    return g / count / len(y)


@slip("hinge_gradient", "zero at the true class found by its value: a tie with it is lost")
def hinge_gradient(scores, y):
    rows = np.arange(len(y))
    true = scores[rows, y][:, None]
    g = ((1 + scores - true > 0) & (scores != true)).astype(float)
    g[rows, y] = -g.sum(axis=1)
    return g / len(y)


@right("hinge_gradient", "two loops, 1/N added each time")
def hinge_gradient(scores, y):
    N, C = scores.shape
    g = np.zeros((N, C))
    for n in range(N):
        for c in set(range(C)) - {int(y[n])}:
            if scores[n, c] - scores[n, y[n]] + 1 > 0:
                g[n, c] += 1 / N
                g[n, y[n]] -= 1 / N
    return g


@right("hinge_gradient", "the true class included, its own 1 taken off at the end")
def hinge_gradient(scores, y):
    t = np.eye(scores.shape[1])[y]
    hit = (scores - (scores * t).sum(axis=1, keepdims=True) + 1 > 0) * 1.0
    return (hit - t * hit.sum(axis=1, keepdims=True)) / len(y)


@right("hinge_gradient", "row by row with np.delete and np.insert, float32")
def hinge_gradient(scores, y):
    out = []
    for row, k in zip(scores, y):
        others = np.heaviside(1 + np.delete(row, k) - row[k], 0)
        out.append(np.insert(others, k, -others.sum()))
    return np.array(out, dtype=np.float32) / len(out)


# --- penalised_gradient ----------------------------------------------------------------------------------------------


@slip("penalised_gradient", "lam * W, without the 2")
def penalised_gradient(dW, db, W, b, lam):
    return dW + lam * W, db


@slip("penalised_gradient", "the bias is penalised as well")
def penalised_gradient(dW, db, W, b, lam):
    return dW + 2 * lam * W, db + 2 * lam * b


@slip("penalised_gradient", "subtracted")
def penalised_gradient(dW, db, W, b, lam):
    return dW - 2 * lam * W, db


@slip("penalised_gradient", "the penalty added instead of its gradient")
def penalised_gradient(dW, db, W, b, lam):
    return dW + lam * np.sum(W**2), db


@slip("penalised_gradient", "squares entry by entry")
def penalised_gradient(dW, db, W, b, lam):
    return dW + lam * W**2, db


@slip("penalised_gradient", "lam forgotten")
def penalised_gradient(dW, db, W, b, lam):
    return dW + 2 * W, db


@slip("penalised_gradient", "only dW returned")
def penalised_gradient(dW, db, W, b, lam):
    return dW + 2 * lam * W


@slip("penalised_gradient", "db first")
def penalised_gradient(dW, db, W, b, lam):
    return db, dW + 2 * lam * W


@slip("penalised_gradient", "divided by the number of rows of W")
def penalised_gradient(dW, db, W, b, lam):
    return dW + 2 * lam * W / len(W), db


@slip("penalised_gradient", "the L1 penalty")
def penalised_gradient(dW, db, W, b, lam):
    return dW + lam * np.sign(W), db


@slip("penalised_gradient", "2 lam dW instead of 2 lam W")
def penalised_gradient(dW, db, W, b, lam):
    return dW + 2 * lam * dW, db


@slip("penalised_gradient", "brackets: dW is doubled too")
def penalised_gradient(dW, db, W, b, lam):
    return 2 * (dW + lam * W), db


@slip("penalised_gradient", "only b is penalised")
def penalised_gradient(dW, db, W, b, lam):
    return dW, db + 2 * lam * b


@slip("penalised_gradient", "the last column spared, as if it were the bias")
def penalised_gradient(dW, db, W, b, lam):
    dW = dW.copy()
    dW[:, :-1] += 2 * lam * W[:, :-1]
    return dW, db


@slip("penalised_gradient", "lam squared: right for 0 and 1")
def penalised_gradient(dW, db, W, b, lam):
    return dW + 2 * lam**2 * W, db


@slip("penalised_gradient", "the bias set free by a gradient of zero")
def penalised_gradient(dW, db, W, b, lam):
    return dW + 2 * lam * W, np.zeros_like(db)


@slip("penalised_gradient", "the length of W punished, not its square")
def penalised_gradient(dW, db, W, b, lam):
    return dW + lam * W / np.linalg.norm(W), db


@slip("penalised_gradient", "the sizes of the weights: negative ones pushed down")
def penalised_gradient(dW, db, W, b, lam):
    return dW + 2 * lam * np.abs(W), db


@slip("penalised_gradient", "rounded to three digits")
def penalised_gradient(dW, db, W, b, lam):
    return np.round(dW + 2 * lam * W, 3), np.round(db, 3)


@slip("penalised_gradient", "a matrix product instead of a factor: a shape error")
def penalised_gradient(dW, db, W, b, lam):
    return dW + 2 * lam * W @ W, db


@slip("penalised_gradient", "the loop leaves out the last class")
def penalised_gradient(dW, db, W, b, lam):
    new = dW.copy()
    for c in range(len(W) - 1):
        new[c] = dW[c] + 2 * lam * W[c]
    return new, db


@slip("penalised_gradient", "W itself returned after shrinking, not the gradient")
def penalised_gradient(dW, db, W, b, lam):
    W = W - 2 * lam * W
    return W, b


@right("penalised_gradient", "W twice, in a list")
def penalised_gradient(dW, db, W, b, lam):
    return [dW + lam * W + lam * W, db.copy()]


@right("penalised_gradient", "entry by entry")
def penalised_gradient(dW, db, W, b, lam):
    out = np.empty(W.shape)
    for i, w in np.ndenumerate(W):
        out[i] = dW[i] + lam * 2 * w
    return out, db


@right("penalised_gradient", "one stacked matrix with a zero column for b, cut apart at the end")
def penalised_gradient(dW, db, W, b, lam):
    both = np.column_stack([dW, db]) + 2 * lam * np.column_stack([W, np.zeros(len(W))])
    return both[:, :-1], both[:, -1]
