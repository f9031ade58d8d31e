"""Answers to the exercises of notebook 09 as students might hand them in: `slip`s are wrong in the way that their words
say, `right`s are correct though written in an unusual way. They were written from the notebook's text alone, without
a look at the checks, so that they can tell what the checks miss.
"""
# ruff: noqa: F811, RET503, F841, RET504, B905
# (wrong on purpose: one name many times, returns left out, values computed and forgotten)

import numpy as np

from lectureutils import autodiff, checks
from slips.collect import right, right_value, slip, slip_value

# Exercise 1: say the shapes

SHAPES = {"dY": (32, 5), "dX": (32, 7500), "dW": (5, 7500), "db": (5,)}


def wrong_shapes(words, **shapes):
    slip_value("gradient_shapes", words, {**SHAPES, **shapes})


wrong_shapes("not begun", dY=None, dX=None, dW=None, db=None)
wrong_shapes("dW is turned", dW=(7500, 5))
wrong_shapes("the examples are left in dW", dW=(32, 7500))
wrong_shapes("dW has one matrix for each example", dW=(32, 5, 7500))
wrong_shapes("db has the shape of dY", db=(32, 5))
wrong_shapes("db has one number for each example", db=(32,))
wrong_shapes("db is a row of a matrix", db=(1, 5))
wrong_shapes("db is a column", db=(5, 1))
wrong_shapes("db without a comma is a number", db=5)
wrong_shapes("db is one number", db=())
wrong_shapes("dX is turned", dX=(7500, 32))
wrong_shapes("dX for one example", dX=(7500,))
wrong_shapes("dX is summed over the inputs", dX=(32, 5))
wrong_shapes("dY is turned", dY=(5, 32))
wrong_shapes("dY is the shape of the labels", dY=(32,))
wrong_shapes("the last one is left open", db=None)
wrong_shapes("dX and dW exchanged", dX=(5, 7500), dW=(32, 7500))
wrong_shapes("examples and classes exchanged", dY=(5, 32), dX=(5, 7500), dW=(32, 7500), db=(32,))
wrong_shapes("a zero is lost", dX=(32, 750), dW=(5, 750))
slip_value("gradient_shapes", "db is left out", {name: shape for name, shape in SHAPES.items() if name != "db"})

right_value("gradient_shapes", "in another order", dict(reversed(SHAPES.items())))
right_value("gradient_shapes", "read off from arrays",
            {"dY": np.empty((32, 5)).shape, "dX": np.empty((32, 7500)).shape,
             "dW": np.empty((7500, 5)).T.shape, "db": np.empty(5).shape})  # fmt: skip
right_value("gradient_shapes", "lists in place of tuples", {name: list(shape) for name, shape in SHAPES.items()})


# Exercise 2: ReLU


@slip("relu_layer", "the mask is made from dY")
def relu_layer(X, dY):
    return np.maximum(X, 0), dY * (dY > 0)


@slip("relu_layer", "the mask alone, without dY")
def relu_layer(X, dY):
    return np.maximum(0, X), (X > 0) * 1.0


@slip("relu_layer", "the forward value in place of the slope")
def relu_layer(X, dY):
    Y = np.maximum(0, X)
    return Y, dY * Y


@slip("relu_layer", "the mask is added to dY")
def relu_layer(X, dY):
    return np.maximum(0, X), dY + (X > 0)


@slip("relu_layer", "the pair is returned in the wrong order")
def relu_layer(X, dY):
    return dY * (X > 0), np.maximum(0, X)


@slip("relu_layer", "np.max(X, 0): the largest of each column")
def relu_layer(X, dY):
    return np.max(X, 0), dY * (X > 0)


@slip("relu_layer", "the mask is made from Y >= 0, which always holds")
def relu_layer(X, dY):
    Y = np.maximum(0, X)
    return Y, dY * (Y >= 0)


@slip("relu_layer", "the mask lets the sleeping ones through")
def relu_layer(X, dY):
    dX = dY.copy()
    dX[X > 0] = 0
    return np.maximum(0, X), dX


@slip("relu_layer", "only the way forward")
def relu_layer(X, dY):
    return np.maximum(0, X)


@slip("relu_layer", "the ReLU on dY too")
def relu_layer(X, dY):
    return np.maximum(0, X), np.maximum(0, dY)


@slip("relu_layer", "a negative X turns the sign round")
def relu_layer(X, dY):
    return np.maximum(0, X), dY * np.sign(X)


@slip("relu_layer", "X is overwritten first, and the mask is made after that")
def relu_layer(X, dY):
    X[X < 0] = 0
    return X, dY * (X >= 0)


@slip("relu_layer", "the caller's X is overwritten")
def relu_layer(X, dY):
    dX = dY * (X > 0)
    X[X < 0] = 0
    return X, dX


@slip("relu_layer", "the caller's dY is overwritten")
def relu_layer(X, dY):
    dX = dY
    dX[X <= 0] = 0
    return np.maximum(X, 0), dX


@slip("relu_layer", "the edge is at 1")
def relu_layer(X, dY):
    return np.where(X > 1, X, 0), dY * (X > 1)


@slip("relu_layer", "a little of the negative is let through")
def relu_layer(X, dY):
    slope = np.where(X > 0, 1, 0.01)
    return X * slope, dY * slope


@slip("relu_layer", "Y / X as slope: not a number where X is 0")
def relu_layer(X, dY):
    Y = np.maximum(0, X)
    with np.errstate(all="ignore"):
        return Y, dY * (Y / X)


@slip("relu_layer", "an if on a whole array")
def relu_layer(X, dY):
    if X > 0:
        return X, dY
    return 0 * X, 0 * dY


@slip("relu_layer", "the loop leaves out the last row")
def relu_layer(X, dY):
    Y, dX = np.zeros_like(X), np.zeros_like(dY)
    for i in range(len(X) - 1):
        Y[i] = np.maximum(X[i], 0)
        dX[i] = dY[i] * (X[i] > 0)
    return Y, dX


@slip("relu_layer", "nothing is returned")
def relu_layer(X, dY):
    Y = np.maximum(0, X)
    dX = dY * (X > 0)


@right("relu_layer", "the slope 1 at the kink, which is allowed too")
def relu_layer(X, dY):
    return np.maximum(0, X), np.where(X >= 0, dY, 0)


@right("relu_layer", "number by number")
def relu_layer(X, dY):
    Y, dX = np.zeros(X.shape), np.zeros(X.shape)
    for i in np.ndindex(X.shape):
        if X[i] > 0:
            Y[i], dX[i] = X[i], dY[i]
    return Y, dX


@right("relu_layer", "by the engine of the package")
def relu_layer(X, dY):
    X = autodiff.Tensor(X)
    Y = X.relu()
    (Y * dY).sum().backward()
    return Y.data, X.grad


# Exercise 3 (optional): sigmoid


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


@slip("sigmoid_layer", "X in place of Y in the slope")
def sigmoid_layer(X, dY):
    return sigmoid(X), dY * X * (1 - X)


@slip("sigmoid_layer", "dY is forgotten")
def sigmoid_layer(X, dY):
    Y = sigmoid(X)
    return Y, Y * (1 - Y)


@slip("sigmoid_layer", "the minus in the exponent is lost")
def sigmoid_layer(X, dY):
    Y = 1 / (1 + np.exp(X))
    return Y, dY * Y * (1 - Y)


@slip("sigmoid_layer", "1 + Y in place of 1 - Y")
def sigmoid_layer(X, dY):
    Y = sigmoid(X)
    return Y, dY * Y * (1 + Y)


@slip("sigmoid_layer", "1 - Y is forgotten")
def sigmoid_layer(X, dY):
    Y = sigmoid(X)
    return Y, dY * Y


@slip("sigmoid_layer", "the pair is returned in the wrong order")
def sigmoid_layer(X, dY):
    Y = sigmoid(X)
    return dY * Y * (1 - Y), Y


@slip("sigmoid_layer", "the slope is made from dY")
def sigmoid_layer(X, dY):
    return sigmoid(X), dY * (1 - dY)


@slip("sigmoid_layer", "the sigmoid is applied twice in the slope")
def sigmoid_layer(X, dY):
    Y = sigmoid(X)
    return Y, dY * sigmoid(Y) * (1 - sigmoid(Y))


@slip("sigmoid_layer", "only the way forward")
def sigmoid_layer(X, dY):
    Y = sigmoid(X)
    return Y


@slip("sigmoid_layer", "the slope of tanh")
def sigmoid_layer(X, dY):
    Y = sigmoid(X)
    return Y, dY * (1 - Y**2)


@slip("sigmoid_layer", "brackets are missing: dY times Y, and then minus")
def sigmoid_layer(X, dY):
    Y = sigmoid(X)
    return Y, dY * Y * 1 - Y


@slip("sigmoid_layer", "the sign of the slope")
def sigmoid_layer(X, dY):
    Y = sigmoid(X)
    return Y, -dY * Y * (1 - Y)


@slip("sigmoid_layer", "exp(X) / (1 + exp(X)): not a number for a large X")
def sigmoid_layer(X, dY):
    with np.errstate(all="ignore"):
        Y = np.exp(X) / (1 + np.exp(X))
        return Y, dY * Y * (1 - Y)


@slip("sigmoid_layer", "the slope is not a number for a very negative X")
def sigmoid_layer(X, dY):
    with np.errstate(all="ignore"):
        e = np.exp(-X)
        return 1 / (1 + e), dY * e / (1 + e) ** 2


@slip("sigmoid_layer", "rounded to three digits")
def sigmoid_layer(X, dY):
    Y = np.round(sigmoid(X), 3)
    return Y, dY * Y * (1 - Y)


@slip("sigmoid_layer", "divided by the number of rows")
def sigmoid_layer(X, dY):
    Y = sigmoid(X)
    return Y, dY * Y * (1 - Y) / len(X)


@slip("sigmoid_layer", "the steepest slope, a quarter, everywhere")
def sigmoid_layer(X, dY):
    return sigmoid(X), 0.25 * dY


@slip("sigmoid_layer", "a softmax over each row")
def sigmoid_layer(X, dY):
    Y = np.exp(X) / np.exp(X).sum(axis=-1, keepdims=True)
    return Y, dY * Y * (1 - Y)


@slip("sigmoid_layer", "the loop leaves the other rows at zero")
def sigmoid_layer(X, dY):
    Y, dX = np.zeros(X.shape), np.zeros(X.shape)
    for i in range(len(X)):
        Y[i] = sigmoid(X[i])
        dX[i] = dY[i] * Y[i] * (1 - Y[i])
        return Y, dX


@slip("sigmoid_layer", "1 / 1 + exp(-X), without brackets")
def sigmoid_layer(X, dY):
    Y = 1 / 1 + np.exp(-X)
    return Y, dY * Y * (1 - Y)


@right("sigmoid_layer", "from tanh")
def sigmoid_layer(X, dY):
    t = np.tanh(X / 2)
    return (1 + t) / 2, dY * (1 - t * t) / 4


@right("sigmoid_layer", "row by row, in lists")
def sigmoid_layer(X, dY):
    Y = [sigmoid(x) for x in X]
    return Y, [dy * y * (1 - y) for dy, y in zip(dY, Y)]


@right("sigmoid_layer", "the slope as Y - Y squared, by the logarithm of a sum of exponentials")
def sigmoid_layer(X, dY):
    Y = np.exp(-np.logaddexp(0, -X))
    return Y, (Y - Y**2) * dY


# Exercise 4 (optional): the L2 loss


@slip("l2_layer", "a sum over the examples in place of the mean")
def l2_layer(S, T):
    d = S - T
    return np.sum(d**2), 2 * d


@slip("l2_layer", "np.mean over all entries: divided by N times C")
def l2_layer(S, T):
    d = S - T
    return np.mean(d**2), 2 * d / d.size


@slip("l2_layer", "the 2 is forgotten in the gradient")
def l2_layer(S, T):
    d = S - T
    return np.sum(d**2) / len(S), d / len(S)


@slip("l2_layer", "1/N in the loss only")
def l2_layer(S, T):
    d = S - T
    return np.sum(d**2) / len(S), 2 * d


@slip("l2_layer", "the gradient has the wrong sign")
def l2_layer(S, T):
    N = len(S)
    return np.sum((S - T) ** 2) / N, 2 * (T - S) / N


@slip("l2_layer", "a half in front of the loss, and of the gradient")
def l2_layer(S, T):
    d = S - T
    return 0.5 * np.sum(d**2) / len(S), d / len(S)


@slip("l2_layer", "the root is taken: a norm for each example")
def l2_layer(S, T):
    d = S - T
    return np.mean(np.linalg.norm(d, axis=1)), 2 * d / len(S)


@slip("l2_layer", "absolute values in place of squares")
def l2_layer(S, T):
    d = S - T
    return np.abs(d).sum() / len(S), np.sign(d) / len(S)


@slip("l2_layer", "divided by the number of classes")
def l2_layer(S, T):
    d, N = S - T, S.shape[1]
    return np.sum(d**2) / N, 2 * d / N


@slip("l2_layer", "one loss for each example")
def l2_layer(S, T):
    d = S - T
    return np.sum(d**2, axis=1), 2 * d / len(S)


@slip("l2_layer", "divided by N twice in the gradient")
def l2_layer(S, T):
    d = (S - T) / len(S)
    return np.sum((S - T) ** 2) / len(S), 2 * d / len(S)


@slip("l2_layer", "the difference is divided by N before it is squared")
def l2_layer(S, T):
    d = (S - T) / len(S)
    return np.sum(d**2), 2 * d


@slip("l2_layer", "the difference of the squares")
def l2_layer(S, T):
    return np.sum(S**2 - T**2) / len(S), 2 * (S - T) / len(S)


@slip("l2_layer", "the square of the sum")
def l2_layer(S, T):
    d = S - T
    return np.mean(d.sum(axis=1) ** 2), 2 * d / len(S)


@slip("l2_layer", "only the loss is returned")
def l2_layer(S, T):
    return np.mean(np.sum((S - T) ** 2, axis=1))


@slip("l2_layer", "the pair is returned in the wrong order")
def l2_layer(S, T):
    d = S - T
    return 2 * d / len(S), np.sum(d**2) / len(S)


@slip("l2_layer", "rounded to three digits")
def l2_layer(S, T):
    d = S - T
    return round(float(np.sum(d**2)) / len(S), 3), np.round(2 * d / len(S), 3)


@slip("l2_layer", "the loop leaves out the last example")
def l2_layer(S, T):
    L, dS = 0.0, np.zeros(S.shape)
    for n in range(len(S) - 1):
        L += np.sum((S[n] - T[n]) ** 2)
        dS[n] = 2 * (S[n] - T[n])
    return L / len(S), dS / len(S)


@slip("l2_layer", "squeezed: a single example loses its row")
def l2_layer(S, T):
    d = np.squeeze(S - T)
    return np.sum(d**2) / len(S), 2 * d / len(S)


@slip("l2_layer", "the gradient is multiplied by the loss, as if it came from behind")
def l2_layer(S, T):
    d = S - T
    L = np.sum(d**2) / len(S)
    return L, L * 2 * d / len(S)


@right("l2_layer", "the squared norm of all differences")
def l2_layer(S, T):
    return np.linalg.norm(S - T) ** 2 / len(S), (S - T) * (2 / len(S))


@right("l2_layer", "number by number")
def l2_layer(S, T):
    (N, C), L = S.shape, 0.0
    dS = [[0.0] * C for _ in range(N)]
    for n in range(N):
        for c in range(C):
            L += (S[n, c] - T[n, c]) ** 2 / N
            dS[n][c] = 2 * (S[n, c] - T[n, c]) / N
    return L, dS


@right("l2_layer", "by the engine of the package")
def l2_layer(S, T):
    S = autodiff.Tensor(S)
    L = ((S - T) ** 2).sum(axis=1).mean()
    L.backward()
    return float(L.data), S.grad


# Exercise 5: the affine layer


@slip("affine_layer", "dY @ W.T for dX")
def affine_layer(X, W, b, dY):
    return X @ W.T + b, dY @ W.T, dY.T @ X, dY.sum(axis=0)


@slip("affine_layer", "dW is turned")
def affine_layer(X, W, b, dY):
    return X @ W.T + b, dY @ W, X.T @ dY, dY.sum(axis=0)


@slip("affine_layer", "a mean in place of the sum for db")
def affine_layer(X, W, b, dY):
    return X @ W.T + b, dY @ W, dY.T @ X, dY.mean(axis=0)


@slip("affine_layer", "db is summed over the classes")
def affine_layer(X, W, b, dY):
    return X @ W.T + b, dY @ W, dY.T @ X, dY.sum(axis=1)


@slip("affine_layer", "db keeps its row: (1, C)")
def affine_layer(X, W, b, dY):
    return X @ W.T + b, dY @ W, dY.T @ X, dY.sum(axis=0, keepdims=True)


@slip("affine_layer", "db is dY")
def affine_layer(X, W, b, dY):
    return X @ W.T + b, dY @ W, dY.T @ X, dY


@slip("affine_layer", "db is one number")
def affine_layer(X, W, b, dY):
    return X @ W.T + b, dY @ W, dY.T @ X, np.sum(dY)


@slip("affine_layer", "b is forgotten in Y")
def affine_layer(X, W, b, dY):
    return X @ W.T, dY @ W, dY.T @ X, dY.sum(axis=0)


@slip("affine_layer", "b is added to dX")
def affine_layer(X, W, b, dY):
    Y = X @ W.T + b
    dX = (dY + b) @ W
    return Y, dX, dY.T @ X, dY.sum(axis=0)


@slip("affine_layer", "dW is the mean over the examples")
def affine_layer(X, W, b, dY):
    return X @ W.T + b, dY @ W, dY.T @ X / len(X), dY.sum(axis=0)


@slip("affine_layer", "all three gradients are divided by N")
def affine_layer(X, W, b, dY):
    N = len(X)
    return X @ W.T + b, dY @ W / N, dY.T @ X / N, dY.sum(axis=0) / N


@slip("affine_layer", "Y in place of dY in dW")
def affine_layer(X, W, b, dY):
    Y = X @ W.T + b
    return Y, dY @ W, Y.T @ X, dY.sum(axis=0)


@slip("affine_layer", "dX and dW exchanged")
def affine_layer(X, W, b, dY):
    return X @ W.T + b, dY.T @ X, dY @ W, dY.sum(axis=0)


@slip("affine_layer", "db is left at zeros")
def affine_layer(X, W, b, dY):
    db = np.zeros_like(b)
    for row in dY:
        db + row
    return X @ W.T + b, dY @ W, dY.T @ X, db


@slip("affine_layer", "dW and db are overwritten by each example")
def affine_layer(X, W, b, dY):
    Y, dX = np.zeros(dY.shape), np.zeros(X.shape)
    for n in range(len(X)):
        Y[n] = W @ X[n] + b
        dX[n] = W.T @ dY[n]
        dW = np.outer(dY[n], X[n])
        db = dY[n]
    return Y, dX, dW, db


@slip("affine_layer", "squeezed: a single example or class loses its axis")
def affine_layer(X, W, b, dY):
    return tuple(np.squeeze(a) for a in (X @ W.T + b, dY @ W, dY.T @ X, dY.sum(axis=0)))


@slip("affine_layer", "db counts the examples: N for each class")
def affine_layer(X, W, b, dY):
    return X @ W.T + b, dY @ W, dY.T @ X, len(X) * np.ones(len(b))


@slip("affine_layer", "db is not returned")
def affine_layer(X, W, b, dY):
    return X @ W.T + b, dY @ W, dY.T @ X


@slip("affine_layer", "W is not transposed in Y")
def affine_layer(X, W, b, dY):
    return X @ W + b, dY @ W, dY.T @ X, dY.sum(axis=0)


@slip("affine_layer", "a ReLU slips in on both ways")
def affine_layer(X, W, b, dY):
    Y = np.maximum(X @ W.T + b, 0)
    dZ = dY * (Y > 0)
    return Y, dZ @ W, dZ.T @ X, dZ.sum(axis=0)


@right("affine_layer", "one example at a time")
def affine_layer(X, W, b, dY):
    Y, dX, dW, db = [], [], np.zeros(W.shape), np.zeros(b.shape)
    for x, dy in zip(X, dY):
        Y.append(W @ x + b)
        dX.append(dy @ W)
        dW += np.outer(dy, x)
        db += dy
    return np.array(Y), np.array(dX), dW, db


@right("affine_layer", "einsum throughout, in a list")
def affine_layer(X, W, b, dY):
    Y = np.einsum("nd,cd->nc", X, W) + b
    return [Y, np.einsum("nc,cd->nd", dY, W), np.einsum("nc,nd->cd", dY, X), np.einsum("nc->c", dY)]


@right("affine_layer", "the bias as one more weight, met by a one")
def affine_layer(X, W, b, dY):
    X1, W1 = np.column_stack([X, np.ones(len(X))]), np.column_stack([W, b])
    dW1 = (X1.T @ dY).T
    return (W1 @ X1.T).T, (dY @ W1)[:, :-1], dW1[:, :-1], dW1[:, -1]


@right("affine_layer", "in single precision")
def affine_layer(X, W, b, dY):
    X, W, b, dY = (a.astype(np.float32) for a in (X, W, b, dY))
    return X @ W.T + b, dY @ W, dY.T @ X, dY.sum(axis=0)


# Exercise 6 (optional): a batch, all the way back


@slip("network_backward", "the ReLU is forgotten on the way back")
def network_backward(X, W, b, U, c, dS):
    H = np.maximum(0, X @ W.T + b)
    dZ = dS @ U
    return dZ.T @ X, dZ.sum(axis=0), dS.T @ H, dS.sum(axis=0)


@slip("network_backward", "the ReLU is forgotten on the way forward")
def network_backward(X, W, b, U, c, dS):
    Z = X @ W.T + b
    dZ = (dS @ U) * (Z > 0)
    return dZ.T @ X, dZ.sum(axis=0), dS.T @ Z, dS.sum(axis=0)


@slip("network_backward", "the mask is made from the gradient")
def network_backward(X, W, b, U, c, dS):
    H = np.maximum(0, X @ W.T + b)
    dH = dS @ U
    dZ = dH * (dH > 0)
    return dZ.T @ X, dZ.sum(axis=0), dS.T @ H, dS.sum(axis=0)


@slip("network_backward", "the mask is turned round: the sleeping ones learn")
def network_backward(X, W, b, U, c, dS):
    Z = X @ W.T + b
    H = np.maximum(0, Z)
    dZ = (dS @ U) * (Z < 0)
    return dZ.T @ X, dZ.sum(axis=0), dS.T @ H, dS.sum(axis=0)


@slip("network_backward", "H in place of its mask")
def network_backward(X, W, b, U, c, dS):
    H = np.maximum(0, X @ W.T + b)
    dZ = (dS @ U) * H
    return dZ.T @ X, dZ.sum(axis=0), dS.T @ H, dS.sum(axis=0)


@slip("network_backward", "b is forgotten on the way forward")
def network_backward(X, W, b, U, c, dS):
    Z = X @ W.T
    H = np.maximum(0, Z)
    dZ = (dS @ U) * (Z > 0)
    return dZ.T @ X, dZ.sum(axis=0), dS.T @ H, dS.sum(axis=0)


@slip("network_backward", "U is not multiplied in: dS meets the mask")
def network_backward(X, W, b, U, c, dS):
    Z = X @ W.T + b
    H = np.maximum(0, Z)
    dZ = dS * (Z > 0)
    return dZ.T @ X, dZ.sum(axis=0), dS.T @ H, dS.sum(axis=0)


@slip("network_backward", "dS @ U.T in place of dS @ U")
def network_backward(X, W, b, U, c, dS):
    Z = X @ W.T + b
    H = np.maximum(0, Z)
    dZ = (dS @ U.T) * (Z > 0)
    return dZ.T @ X, dZ.sum(axis=0), dS.T @ H, dS.sum(axis=0)


@slip("network_backward", "the second layer's gradients come first")
def network_backward(X, W, b, U, c, dS):
    Z = X @ W.T + b
    H = np.maximum(0, Z)
    dZ = (dS @ U) * (Z > 0)
    return dS.T @ H, dS.sum(axis=0), dZ.T @ X, dZ.sum(axis=0)


@slip("network_backward", "dW and dU are turned")
def network_backward(X, W, b, U, c, dS):
    Z = X @ W.T + b
    H = np.maximum(0, Z)
    dZ = (dS @ U) * (Z > 0)
    return X.T @ dZ, dZ.sum(axis=0), H.T @ dS, dS.sum(axis=0)


@slip("network_backward", "means in place of sums for the biases")
def network_backward(X, W, b, U, c, dS):
    Z = X @ W.T + b
    H = np.maximum(0, Z)
    dZ = (dS @ U) * (Z > 0)
    return dZ.T @ X, dZ.mean(axis=0), dS.T @ H, dS.mean(axis=0)


@slip("network_backward", "1/N once more")
def network_backward(X, W, b, U, c, dS):
    Z = X @ W.T + b
    H = np.maximum(0, Z)
    dS = dS / len(X)
    dZ = (dS @ U) * (Z > 0)
    return dZ.T @ X, dZ.sum(axis=0), dS.T @ H, dS.sum(axis=0)


@slip("network_backward", "the biases' gradients keep their row")
def network_backward(X, W, b, U, c, dS):
    Z = X @ W.T + b
    H = np.maximum(0, Z)
    dZ = (dS @ U) * (Z > 0)
    return dZ.T @ X, dZ.sum(axis=0, keepdims=True), dS.T @ H, dS.sum(axis=0, keepdims=True)


@slip("network_backward", "dU is made from X's layer: the mask in place of H")
def network_backward(X, W, b, U, c, dS):
    awake = X @ W.T + b > 0
    dZ = (dS @ U) * awake
    return dZ.T @ X, dZ.sum(axis=0), dS.T @ awake, dS.sum(axis=0)


@slip("network_backward", "a second ReLU at the output")
def network_backward(X, W, b, U, c, dS):
    Z = X @ W.T + b
    H = np.maximum(0, Z)
    dS = dS * (H @ U.T + c > 0)
    dZ = (dS @ U) * (Z > 0)
    return dZ.T @ X, dZ.sum(axis=0), dS.T @ H, dS.sum(axis=0)


@slip("network_backward", "the bias of the first layer is not masked")
def network_backward(X, W, b, U, c, dS):
    Z = X @ W.T + b
    H = np.maximum(0, Z)
    dH = dS @ U
    dZ = dH * (Z > 0)
    return dZ.T @ X, dH.sum(axis=0), dS.T @ H, dS.sum(axis=0)


@slip("network_backward", "a neuron that is awake anywhere counts as awake everywhere")
def network_backward(X, W, b, U, c, dS):
    Z = X @ W.T + b
    H = np.maximum(0, Z)
    dZ = (dS @ U) * (Z > 0).any(axis=0)
    return dZ.T @ X, dZ.sum(axis=0), dS.T @ H, dS.sum(axis=0)


@slip("network_backward", "only the last example of the loop counts")
def network_backward(X, W, b, U, c, dS):
    for x, ds in zip(X, dS):
        z = W @ x + b
        dz = (U.T @ ds) * (z > 0)
        dW, db = np.outer(dz, x), dz
        dU, dc = np.outer(ds, np.maximum(z, 0)), ds
    return dW, db, dU, dc


@slip("network_backward", "the slope of a sigmoid")
def network_backward(X, W, b, U, c, dS):
    H = np.maximum(0, X @ W.T + b)
    dZ = (dS @ U) * H * (1 - H)
    return dZ.T @ X, dZ.sum(axis=0), dS.T @ H, dS.sum(axis=0)


@slip("network_backward", "db and dc exchanged")
def network_backward(X, W, b, U, c, dS):
    Z = X @ W.T + b
    H = np.maximum(0, Z)
    dZ = (dS @ U) * (Z > 0)
    return dZ.T @ X, dS.sum(axis=0), dS.T @ H, dZ.sum(axis=0)


@right("network_backward", "example by example, gradients added")
def network_backward(X, W, b, U, c, dS):
    dW, db, dU, dc = (np.zeros(np.shape(a)) for a in (W, b, U, c))
    for x, ds in zip(X, dS):
        h = np.maximum(W @ x + b, 0)
        dz = np.where(h > 0, ds @ U, 0)
        dW += dz[:, None] * x
        db += dz
        dU += ds[:, None] * h
        dc += ds
    return dW, db, dU, dc


@right("network_backward", "by the engine of the package")
def network_backward(X, W, b, U, c, dS):
    W, b, U, c = (autodiff.Tensor(a) for a in (W, b, U, c))
    S = autodiff.affine(autodiff.affine(X, W, b).relu(), U, c)
    (S * dS).sum().backward()
    return W.grad, b.grad, U.grad, c.grad


@right("network_backward", "everything turned, examples in columns")
def network_backward(X, W, b, U, c, dS):
    Z, D = W @ X.T + b[:, None], dS.T
    G = U.T @ D
    G[Z <= 0] = 0
    return G @ X, G @ np.ones(len(X)), D @ (Z * (Z > 0)).T, D.sum(axis=1)


# Exercise 7 (optional): the walk back


class Number:
    """The notebook's Value but for `backward`; `walk` is what a student wrote there."""

    count = 0

    def __init__(self, data, parents=(), locals=(), walk=None):
        self.data, self.grad, self.walk = data, 0.0, walk
        self.parents, self.locals = parents, locals
        Number.count += 1
        self.number = Number.count

    def __add__(self, other):
        return Number(self.data + other.data, (self, other), (1.0, 1.0), self.walk)

    def __mul__(self, other):
        local = (other.data, self.data)
        return Number(self.data * other.data, (self, other), local, self.walk)

    def backward(self):
        nodes = [self]
        for node in nodes:
            nodes += [parent for parent in node.parents if parent not in nodes]
        nodes.sort(key=lambda node: node.number)
        self.walk(self, nodes)


def with_walk(kind, words):
    """Decorate the open part of `backward`, and keep the function `gradients` that comes of it."""

    def keep(walk):
        def gradients(x, y, z):
            x, y, z = (Number(value, walk=walk) for value in (x, y, z))
            q = x * y
            f = q * z + q * x
            f.backward()
            return x.grad, y.grad, z.grad

        return kind("tiny_tensor", words)(gradients)

    return keep


def with_product(kind, words):
    """Decorate what a student gives as the local gradients of a product; the walk back is as it should be."""

    def keep(locals_of):
        class Product(Number):
            def __add__(self, other):
                return Product(self.data + other.data, (self, other), (1.0, 1.0), self.walk)

            def __mul__(self, other):
                return Product(self.data * other.data, (self, other), locals_of(self, other), self.walk)

        def walk(self, nodes):
            self.grad = 1.0
            for node in reversed(nodes):
                for parent, local in zip(node.parents, node.locals):
                    parent.grad += node.grad * local

        def gradients(x, y, z):
            x, y, z = (Product(value, walk=walk) for value in (x, y, z))
            q = x * y
            f = q * z + q * x
            f.backward()
            return x.grad, y.grad, z.grad

        return kind("tiny_tensor", words)(gradients)

    return keep


@with_product(slip, "the local gradients of a product are 1, as those of a sum")
def locals_of(self, other):
    return 1.0, 1.0


@with_product(slip, "a product remembers each factor for itself")
def locals_of(self, other):
    return self.data, other.data


@with_product(slip, "a product remembers the product for both")
def locals_of(self, other):
    return self.data * other.data, self.data * other.data


@with_product(slip, "a product remembers a local gradient for its first factor only")
def locals_of(self, other):
    return (other.data,)


def zero(nodes):
    for node in nodes:
        node.grad = 0.0


@with_walk(slip, "= in place of +=: the last piece counts")
def walk(self, nodes):
    zero(nodes)
    self.grad = 1.0
    for node in reversed(nodes):
        for parent, local in zip(node.parents, node.locals):
            parent.grad = node.grad * local


@with_walk(slip, "in the order of the values, the smallest first")
def walk(self, nodes):
    self.grad = 1.0
    for node in sorted(nodes, key=lambda node: node.data):
        for parent, local in zip(node.parents, node.locals):
            parent.grad += node.grad * local


@with_walk(slip, "the result itself is left out of the walk")
def walk(self, nodes):
    self.grad = 1.0
    for node in reversed(nodes[:-1]):
        for parent, local in zip(node.parents, node.locals):
            parent.grad += node.grad * local


@with_walk(slip, "the walk goes forward")
def walk(self, nodes):
    zero(nodes)
    self.grad = 1.0
    for node in nodes:
        for parent, local in zip(node.parents, node.locals):
            parent.grad += node.grad * local


@with_walk(slip, "nobody starts with 1: all gradients stay 0")
def walk(self, nodes):
    zero(nodes)
    for node in reversed(nodes):
        for parent, local in zip(node.parents, node.locals):
            parent.grad += node.grad * local


@with_walk(right, "gradients are 0 from the start, and not set to it again")
def walk(self, nodes):
    self.grad = 1.0
    for node in reversed(nodes):
        for parent, local in zip(node.parents, node.locals):
            parent.grad += node.grad * local


@with_walk(slip, "local alone, without upstream")
def walk(self, nodes):
    zero(nodes)
    self.grad = 1.0
    for node in reversed(nodes):
        for parent, local in zip(node.parents, node.locals):
            parent.grad += local


@with_walk(slip, "upstream alone, without local")
def walk(self, nodes):
    zero(nodes)
    self.grad = 1.0
    for node in reversed(nodes):
        for parent in node.parents:
            parent.grad += node.grad


@with_walk(slip, "upstream plus local")
def walk(self, nodes):
    zero(nodes)
    self.grad = 1.0
    for node in reversed(nodes):
        for parent, local in zip(node.parents, node.locals):
            parent.grad += node.grad + local


@with_walk(slip, "the parent's own value in place of local")
def walk(self, nodes):
    zero(nodes)
    self.grad = 1.0
    for node in reversed(nodes):
        for parent in node.parents:
            parent.grad += node.grad * parent.data


@with_walk(slip, "local gradients of the two parents exchanged")
def walk(self, nodes):
    zero(nodes)
    self.grad = 1.0
    for node in reversed(nodes):
        for parent, local in zip(node.parents, reversed(node.locals)):
            parent.grad += node.grad * local


@with_walk(slip, "only the first parent of each node is served")
def walk(self, nodes):
    zero(nodes)
    self.grad = 1.0
    for node in reversed(nodes):
        if node.parents:
            node.parents[0].grad += node.grad * node.locals[0]


@with_walk(slip, "starts with the value of the result")
def walk(self, nodes):
    zero(nodes)
    self.grad = self.data
    for node in reversed(nodes):
        for parent, local in zip(node.parents, node.locals):
            parent.grad += node.grad * local


@with_walk(slip, "by recursion, and what has arrived is handed on again each time")
def walk(self, nodes):
    def hand_on(node):
        for parent, local in zip(node.parents, node.locals):
            parent.grad += node.grad * local
            hand_on(parent)

    zero(nodes)
    self.grad = 1.0
    hand_on(self)


@with_walk(slip, "parents are set to 0 within the walk, so that pieces are lost")
def walk(self, nodes):
    self.grad = 1.0
    for node in reversed(nodes):
        for parent, local in zip(node.parents, node.locals):
            parent.grad = 0.0
            parent.grad += node.grad * local


@with_walk(slip, "pieces are multiplied where paths meet")
def walk(self, nodes):
    for node in nodes:
        node.grad = 1.0
    for node in reversed(nodes):
        for parent, local in zip(node.parents, node.locals):
            parent.grad *= node.grad * local


@with_walk(slip, "nothing is written: gradients stay 0")
def walk(self, nodes):
    pass


@with_walk(slip, "the mean of the pieces where paths meet")
def walk(self, nodes):
    self.grad = 1.0
    for node in reversed(nodes):
        for parent, local in zip(node.parents, node.locals):
            piece = node.grad * local
            parent.grad = piece if not parent.grad else (parent.grad + piece) / 2


@with_walk(slip, "pieces are subtracted")
def walk(self, nodes):
    zero(nodes)
    self.grad = 1.0
    for node in reversed(nodes):
        for parent, local in zip(node.parents, node.locals):
            parent.grad -= node.grad * local


@with_walk(slip, "every gradient starts with 1")
def walk(self, nodes):
    for node in nodes:
        node.grad = 1.0
    for node in reversed(nodes):
        for parent, local in zip(node.parents, node.locals):
            parent.grad += node.grad * local


@with_walk(slip, "the first piece counts: later ones are turned away")
def walk(self, nodes):
    self.grad = 1.0
    for node in reversed(nodes):
        for parent, local in zip(node.parents, node.locals):
            if not parent.grad:
                parent.grad = node.grad * local


@with_walk(slip, "nodes of value 0 are skipped, though gradients pass through them")
def walk(self, nodes):
    zero(nodes)
    self.grad = 1.0
    for node in reversed(nodes):
        if not node.data:
            continue
        for parent, local in zip(node.parents, node.locals):
            parent.grad += node.grad * local


@with_walk(right, "along every way on its own, by recursion")
def walk(self, nodes):
    def hand(node, upstream):
        node.grad += upstream
        for parent, local in zip(node.parents, node.locals):
            hand(parent, upstream * local)

    zero(nodes)
    hand(self, 1.0)


@with_walk(right, "nodes are taken from the end of the list")
def walk(self, nodes):
    self.grad = 1.0
    while nodes:
        node = nodes.pop()
        for i in range(len(node.parents)):
            parent = node.parents[i]
            parent.grad = (parent.grad or 0.0) + node.grad * node.locals[i]


@with_walk(right, "each node collects from its children")
def walk(self, nodes):
    for node in nodes[::-1]:
        node.grad = 1.0 if node is self else sum(
            child.grad * local for child in nodes for parent, local in zip(child.parents, child.locals)
            if parent is node)  # fmt: skip


# Exercise 8 (optional): a neuron, a layer


def with_layer(kind, words):
    """Decorate a student's `layer`, and keep the notebook's `layer_of_numbers` that comes of it."""

    def keep(layer):
        def layer_of_numbers(x, W, b, bend):
            return checks.run_layer(layer, x, W, b, bend)

        return kind("tiny_layer", words)(layer_of_numbers)

    return keep


def with_neuron(kind, words):
    """Decorate a student's `neuron`; the layer is as it should be."""

    def keep(neuron):
        def layer(x, W, b, bend):
            return [neuron(x, row, shift, bend) for row, shift in zip(W, b)]

        return with_layer(kind, words)(layer)

    return keep


@with_neuron(slip, "no bias")
def neuron(inputs, weights, bias, bend):
    total = weights[0] * inputs[0]
    for w, x in zip(weights[1:], inputs[1:]):
        total = total + w * x
    return total.relu() if bend else total


@with_neuron(slip, "the bias with each product")
def neuron(inputs, weights, bias, bend):
    total = weights[0] * inputs[0] + bias
    for w, x in zip(weights[1:], inputs[1:]):
        total = total + w * x + bias
    return total.relu() if bend else total


@with_neuron(slip, "the bias twice")
def neuron(inputs, weights, bias, bend):
    total = bias
    for w, x in zip(weights, inputs):
        total = total + w * x
    total = total + bias
    return total.relu() if bend else total


@with_neuron(slip, "the bias after the ReLU")
def neuron(inputs, weights, bias, bend):
    total = weights[0] * inputs[0]
    for w, x in zip(weights[1:], inputs[1:]):
        total = total + w * x
    return (total.relu() if bend else total) + bias


@with_neuron(slip, "never a ReLU")
def neuron(inputs, weights, bias, bend):
    total = bias
    for w, x in zip(weights, inputs):
        total = total + w * x
    return total


@with_neuron(slip, "always a ReLU")
def neuron(inputs, weights, bias, bend):
    total = bias
    for w, x in zip(weights, inputs):
        total = total + w * x
    return total.relu()


@with_neuron(slip, "the ReLU where bend is false")
def neuron(inputs, weights, bias, bend):
    total = bias
    for w, x in zip(weights, inputs):
        total = total + w * x
    return total if bend else total.relu()


@with_neuron(slip, "a ReLU on each product")
def neuron(inputs, weights, bias, bend):
    total = bias
    for w, x in zip(weights, inputs):
        total = total + ((w * x).relu() if bend else w * x)
    return total


@with_neuron(slip, "a ReLU after each addition")
def neuron(inputs, weights, bias, bend):
    total = bias
    for w, x in zip(weights, inputs):
        total = total + w * x
        total = total.relu() if bend else total
    return total


@with_neuron(slip, "weights plus inputs")
def neuron(inputs, weights, bias, bend):
    total = bias
    for w, x in zip(weights, inputs):
        total = total + (w + x)
    return total.relu() if bend else total


@with_neuron(slip, "the inputs are forgotten")
def neuron(inputs, weights, bias, bend):
    total = bias
    for w in weights:
        total = total + w
    return total.relu() if bend else total


@with_neuron(slip, "the weights are forgotten")
def neuron(inputs, weights, bias, bend):
    total = bias
    for x in inputs:
        total = total + x
    return total.relu() if bend else total


@with_neuron(slip, "the total is multiplied")
def neuron(inputs, weights, bias, bend):
    total = bias
    for w, x in zip(weights, inputs):
        total = total * (w * x)
    return total.relu() if bend else total


@with_neuron(slip, "products are subtracted")
def neuron(inputs, weights, bias, bend):
    total = bias
    for w, x in zip(weights, inputs):
        total = total + w * x * -1.0
    return total.relu() if bend else total


@with_neuron(slip, "the total is overwritten")
def neuron(inputs, weights, bias, bend):
    for w, x in zip(weights, inputs):
        total = w * x
    return total.relu() if bend else total


@with_neuron(slip, "returns within the loop")
def neuron(inputs, weights, bias, bend):
    total = bias
    for w, x in zip(weights, inputs):
        total = total + w * x
        return total.relu() if bend else total


@with_neuron(slip, "the last input is left out")
def neuron(inputs, weights, bias, bend):
    total = bias
    for i in range(len(weights) - 1):
        total = total + weights[i] * inputs[i]
    return total.relu() if bend else total


@with_neuron(slip, "counting begins with 1")
def neuron(inputs, weights, bias, bend):
    total = bias
    for i in range(1, len(weights)):
        total = total + weights[i] * inputs[i]
    return total.relu() if bend else total


@with_neuron(slip, "nothing is returned")
def neuron(inputs, weights, bias, bend):
    total = bias
    for w, x in zip(weights, inputs):
        total = total + w * x


@with_neuron(slip, "the ReLU's answer is thrown away")
def neuron(inputs, weights, bias, bend):
    total = bias
    for w, x in zip(weights, inputs):
        total = total + w * x
    if bend:
        total.relu()
    return total


@with_neuron(slip, "the bias is multiplied with each input too")
def neuron(inputs, weights, bias, bend):
    total = bias * inputs[0]
    for w, x in zip(weights, inputs):
        total = total + w * x
    return total.relu() if bend else total


@with_neuron(right, "the bias comes last")
def neuron(inputs, weights, bias, bend):
    products = [w * x for w, x in zip(weights, inputs)]
    total = products[0]
    for product in products[1:]:
        total = total + product
    total = total + bias
    if bend:
        return total.relu()
    return total


@with_neuron(right, "by sum, which begins with the bias")
def neuron(inputs, weights, bias, bend):
    total = sum((x * w for x, w in zip(inputs, weights)), bias)
    return [total, total.relu()][bool(bend)]


@with_neuron(right, "by recursion")
def neuron(inputs, weights, bias, bend):
    if not weights:
        return bias.relu() if bend else bias
    return neuron_again(inputs[1:], weights[1:], bias + weights[0] * inputs[0], bend)


def neuron_again(inputs, weights, bias, bend):
    if not weights:
        return bias.relu() if bend else bias
    return neuron_again(inputs[1:], weights[1:], bias + weights[0] * inputs[0], bend)


def good_neuron(x, w, b, bend):
    total = b
    for weight, number in zip(w, x):
        total = total + weight * number
    return total.relu() if bend else total


@with_layer(slip, "every neuron has the first row")
def layer(x, W, b, bend):
    return [good_neuron(x, W[0], shift, bend) for shift in b]


@with_layer(slip, "every neuron has the first bias")
def layer(x, W, b, bend):
    return [good_neuron(x, row, b[0], bend) for row in W]


@with_layer(slip, "returns within the loop over the rows")
def layer(x, W, b, bend):
    for row, shift in zip(W, b):
        return [good_neuron(x, row, shift, bend)]


@with_layer(slip, "the list is made anew for each neuron")
def layer(x, W, b, bend):
    for row, shift in zip(W, b):
        h = []
        h.append(good_neuron(x, row, shift, bend))
    return h


@with_layer(slip, "the last neuron's value, and no list")
def layer(x, W, b, bend):
    for row, shift in zip(W, b):
        h = good_neuron(x, row, shift, bend)
    return h


@with_layer(slip, "the list is filled from its front")
def layer(x, W, b, bend):
    h = []
    for row, shift in zip(W, b):
        h.insert(0, good_neuron(x, row, shift, bend))
    return h


@with_layer(slip, "the list of biases in place of one")
def layer(x, W, b, bend):
    return [good_neuron(x, row, b, bend) for row in W]


@with_layer(right, "with an index and append")
def layer(x, W, b, bend):
    h = []
    for i in range(len(W)):
        h.append(good_neuron(x, W[i], b[i], bend))
    return h


# Exercise 9 (optional): the training


def with_step(kind, words):
    """Decorate what a student wrote in the loop of `train`, and keep the notebook's `training_of_numbers`."""

    def keep(step):
        def train(values, loss_of, learning_rate, steps):
            losses = []
            for _ in range(steps):
                loss = loss_of(values)
                losses.append(loss.data)
                step(values, loss, learning_rate)
            return losses

        def training_of_numbers(numbers, learning_rate, steps):
            return checks.run_training(train, numbers, learning_rate, steps)

        return kind("tiny_training", words)(training_of_numbers)

    return keep


def walked(values, loss):
    for value in values:
        value.grad = 0.0
    loss.backward()
    return [value.grad for value in values]


@with_step(slip, "gradients are never set to 0")
def step(values, loss, learning_rate):
    loss.backward()
    for value in values:
        value.data -= learning_rate * value.grad


@with_step(slip, "the loss's own gradient is set to 0, and no other")
def step(values, loss, learning_rate):
    loss.grad = 0.0
    loss.backward()
    for value in values:
        value.data -= learning_rate * value.grad


@with_step(slip, "only the first gradient is set to 0")
def step(values, loss, learning_rate):
    values[0].grad = 0.0
    loss.backward()
    for value in values:
        value.data -= learning_rate * value.grad


@with_step(slip, "only the last gradient is set to 0")
def step(values, loss, learning_rate):
    values[-1].grad = 0.0
    loss.backward()
    for value in values:
        value.data -= learning_rate * value.grad


@with_step(slip, "uphill")
def step(values, loss, learning_rate):
    walked(values, loss)
    for value in values:
        value.data += learning_rate * value.grad


@with_step(slip, "uphill, and gradients are never set to 0")
def step(values, loss, learning_rate):
    loss.backward()
    for value in values:
        value.data = value.data + learning_rate * value.grad


@with_step(slip, "no learning rate")
def step(values, loss, learning_rate):
    walked(values, loss)
    for value in values:
        value.data -= value.grad


@with_step(slip, "divided by the learning rate")
def step(values, loss, learning_rate):
    walked(values, loss)
    for value in values:
        value.data -= value.grad / learning_rate


@with_step(slip, "=- in place of -=")
def step(values, loss, learning_rate):
    walked(values, loss)
    for value in values:
        value.data = -learning_rate * value.grad


@with_step(slip, "the mean of all gradients")
def step(values, loss, learning_rate):
    mean = sum(walked(values, loss)) / len(values)
    for value in values:
        value.data -= learning_rate * mean


@with_step(slip, "the sum of all gradients")
def step(values, loss, learning_rate):
    whole = sum(walked(values, loss))
    for value in values:
        value.data -= learning_rate * whole


@with_step(slip, "the sign of the gradient")
def step(values, loss, learning_rate):
    walked(values, loss)
    for value in values:
        value.data -= learning_rate * np.sign(value.grad)


@with_step(slip, "the gradient squared")
def step(values, loss, learning_rate):
    walked(values, loss)
    for value in values:
        value.data -= learning_rate * value.grad**2


@with_step(slip, "gradients in reverse")
def step(values, loss, learning_rate):
    for value, slope in zip(values, walked(values, loss)[::-1]):
        value.data -= learning_rate * slope


@with_step(slip, "the first gradient for all")
def step(values, loss, learning_rate):
    slope = walked(values, loss)[0]
    for value in values:
        value.data -= learning_rate * slope


@with_step(slip, "the last gradient for all")
def step(values, loss, learning_rate):
    slope = walked(values, loss)[-1]
    for value in values:
        value.data -= learning_rate * slope


@with_step(slip, "only the first value moves")
def step(values, loss, learning_rate):
    walked(values, loss)
    values[0].data -= learning_rate * values[0].grad


@with_step(slip, "only the last value moves: the line stands behind the loop")
def step(values, loss, learning_rate):
    walked(values, loss)
    for value in values:
        slope = value.grad
    value.data -= learning_rate * slope


@with_step(slip, "backward for each value")
def step(values, loss, learning_rate):
    for value in values:
        value.grad = 0.0
    for _ in values:
        loss.backward()
    for value in values:
        value.data -= learning_rate * value.grad


@with_step(slip, "set to 0 after backward, before the step")
def step(values, loss, learning_rate):
    loss.backward()
    for value in values:
        value.grad = 0.0
    for value in values:
        value.data -= learning_rate * value.grad


@with_step(slip, "no backward")
def step(values, loss, learning_rate):
    for value in values:
        value.grad = 0.0
    for value in values:
        value.data -= learning_rate * value.grad


@with_step(slip, "the name changes, and not the value")
def step(values, loss, learning_rate):
    walked(values, loss)
    for value in values:
        value = value.data - learning_rate * value.grad


@with_step(slip, "the gradient is changed, and not the number")
def step(values, loss, learning_rate):
    walked(values, loss)
    for value in values:
        value.grad -= learning_rate * value.data


@with_step(slip, "brackets: the rate takes the number along")
def step(values, loss, learning_rate):
    walked(values, loss)
    for value in values:
        value.data = learning_rate * (value.data - value.grad)


@with_step(slip, "the gradient of the loss in place of each")
def step(values, loss, learning_rate):
    walked(values, loss)
    for value in values:
        value.data -= learning_rate * loss.grad


@with_step(right, "set to 0 at the end of each step")
def step(values, loss, learning_rate):
    loss.backward()
    for value in values:
        value.data -= learning_rate * value.grad
    for value in values:
        value.grad = 0.0


@with_step(right, "one loop for the step and the 0 of the next one")
def step(values, loss, learning_rate):
    loss.backward()
    for value in values:
        value.data, value.grad = value.data - learning_rate * value.grad, 0.0


@with_step(right, "with an index")
def step(values, loss, learning_rate):
    for i in range(len(values)):
        values[i].grad = 0
    loss.backward()
    for i in range(len(values)):
        values[i].data = values[i].data + values[i].grad * -learning_rate
