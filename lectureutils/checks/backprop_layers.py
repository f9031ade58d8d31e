"""The exercises of notebook 09: layers with a forward and a backward, shapes, a whole network, and a tiny Tensor.

A layer's answer is its output together with the gradients by its inputs. Each reference stands under its cases and
the wrong answers that come up in class; its gradients are measured in the tests.
"""

from collections.abc import Callable, Iterator

import numpy as np

from .engine import exercise

Array = np.ndarray


# --- the shapes of gradients --------------------------------------------------------------------------------
@exercise(
    todo="give the shapes of the four gradients for 32 pictures of 7500 numbers, 5 classes and Y = X @ W.T + b",
    mistakes=[
        ("dW lies on its side: it has the shape of W, a row for each class", {"dW": (7500, 5)}),
        ("dW is not made for each example: the examples are summed, and the shape of W is left", {"dW": (32, 5, 7500)}),
        ("dW has the shape of W, not of X", {"dW": (32, 7500)}),
        ("dX has the shape of X, not of Y", {"dX": (32, 5)}),
        ("dX lies on its side: an example is a row", {"dX": (7500, 32)}),
        ("dX is not for one example: X has 32 rows", {"dX": (7500,)}),
        ("db has the shape of b: each bias was used by all 32 examples, and their gradients add", {"db": (32, 5)}),
        ("db has one entry for each class, not for each example", {"db": (32,)}),
        ("db has the shape of b: one axis", {"db": (5, 1)}),
        ("dY has the shape of Y, a row for each example", {"dY": (5, 32)}),
        ("dY has the shape of Y: what comes out has 5 numbers for each example", {"dY": (32, 7500)}),
    ],
    because="a gradient has the shape of what it belongs to",
)
def gradient_shapes() -> dict[str, tuple[int, ...]]:
    """Return the shapes of the gradients by Y, X, W and b."""
    return {"dY": (32, 5), "dX": (32, 7500), "dW": (5, 7500), "db": (5,)}


# --- entry by entry: ReLU and sigmoid -----------------------------------------------------------------------
def _entrywise_cases() -> Iterator[tuple]:
    yield np.array([[1.5, -2.0]]), np.array([[3.0, 4.0]])
    rng = np.random.default_rng(91)
    for n, d in [(2, 3), (4, 2), (3, 3)]:
        yield rng.normal(size=(n, d)), rng.normal(size=(n, d))


def _relu(X: Array) -> Array:
    return np.maximum(X, 0)


@exercise(
    todo="return the pair (Y, dX): Y = max(0, X), and dX from the upstream gradient dY, all of shape (N, D)",
    cases=_entrywise_cases,
    mistakes=[
        ("the mask comes from dY: where the *input* was positive the gradient passes",
         lambda X, dY: (_relu(X), dY * (dY > 0))),
        ("dX is the mask alone, the upstream gradient is lost: multiply by dY",
         lambda X, dY: (_relu(X), 1.0 * (X > 0))),
        ("dX is X times dY: the local gradient of a ReLU is 0 or 1, not X", lambda X, dY: (_relu(X), X * dY)),
        ("dX is Y times dY: the local gradient of a ReLU is 0 or 1, not its value",
         lambda X, dY: (_relu(X), _relu(X) * dY)),
        ("dX is the forward value again: it is made of dY", lambda X, dY: (_relu(X), _relu(X))),
        ("dX is dY unchanged: where X was negative nothing passes", lambda X, dY: (_relu(X), dY)),
        ("the mask is turned round: the gradient passes where X is positive", lambda X, dY: (_relu(X), dY * (X < 0))),
        ("dX is right, but Y still has its negative numbers: max(0, X)", lambda X, dY: (X, dY * (X > 0))),
        ("Y is the absolute value: the ReLU sets negative numbers to 0", lambda X, dY: (np.abs(X), dY * (X > 0))),
        ("Y is the mask, 0 or 1: the ReLU keeps positive numbers", lambda X, dY: (1.0 * (X > 0), dY * (X > 0))),
        ("Y is right, and dX has the slope of the absolute value: where X is negative the slope is 0",
         lambda X, dY: (_relu(X), dY * np.sign(X))),
        ("the pair is turned round: first Y, then dX", lambda X, dY: (dY * (X > 0), _relu(X))),
    ],
    because="forward and backward of the ReLU are right",
)
def relu_layer(X: Array, dY: Array) -> tuple[Array, Array]:
    """Return max(0, X) and dY where X > 0."""
    return _relu(X), dY * (X > 0)


def _sigmoid(X: Array) -> Array:
    return 1 / (1 + np.exp(-X))


@exercise(
    todo="return the pair (Y, dX): Y = sigmoid(X), and dX from the upstream gradient dY, all of shape (N, D)",
    cases=_entrywise_cases,
    mistakes=[
        ("dX is the local gradient alone: multiply by the upstream dY",
         lambda X, dY: (_sigmoid(X), _sigmoid(X) * (1 - _sigmoid(X)))),
        ("the slope is made of Y, not of X: Y * (1 - Y)", lambda X, dY: (_sigmoid(X), dY * X * (1 - X))),
        ("the slope is Y * (1 - Y): the factor 1 - Y is missing", lambda X, dY: (_sigmoid(X), dY * _sigmoid(X))),
        ("the slope is Y * (1 - Y): the factor Y is missing", lambda X, dY: (_sigmoid(X), dY * (1 - _sigmoid(X)))),
        ("the sigmoid is applied twice: Y is its value already, so the slope is Y * (1 - Y)",
         lambda X, dY: (_sigmoid(X), dY * _sigmoid(_sigmoid(X)) * (1 - _sigmoid(_sigmoid(X))))),
        ("the slope is made of dY: it is Y * (1 - Y)", lambda X, dY: (_sigmoid(X), dY * (1 - dY))),
        ("upstream and local are added: the chain rule multiplies them",
         lambda X, dY: (_sigmoid(X), dY + _sigmoid(X) * (1 - _sigmoid(X)))),
        ("dX has the wrong sign", lambda X, dY: (_sigmoid(X), -dY * _sigmoid(X) * (1 - _sigmoid(X)))),
        ("dX is dY unchanged: multiply by the slope Y * (1 - Y)", lambda X, dY: (_sigmoid(X), dY)),
        ("this is the slope of tanh: the sigmoid's is Y * (1 - Y)",
         lambda X, dY: (_sigmoid(X), dY * (1 - _sigmoid(X) ** 2))),
        ("Y falls where X grows: the minus sign in exp(-X) is missing",
         lambda X, dY: (_sigmoid(-X), dY * _sigmoid(X) * (1 - _sigmoid(X)))),
        ("the pair is turned round: first Y, then dX",
         lambda X, dY: (dY * _sigmoid(X) * (1 - _sigmoid(X)), _sigmoid(X))),
    ],
    because="forward and backward of the sigmoid are right",
)
def sigmoid_layer(X: Array, dY: Array) -> tuple[Array, Array]:
    """Return Y = sigmoid(X) and dY * Y * (1 - Y)."""
    Y = _sigmoid(X)
    return Y, dY * Y * (1 - Y)


# --- the end of the graph: the L2 loss ----------------------------------------------------------------------
def _target_cases() -> Iterator[tuple]:
    yield np.array([[1.0, 2.0], [0.0, 1.0]]), np.array([[0.0, 1.0], [1.0, -1.0]])
    rng = np.random.default_rng(92)
    for n, c in [(3, 2), (4, 4), (5, 3)]:
        yield rng.normal(size=(n, c)), rng.normal(size=(n, c))


def _mean_of_sums(squares: Array) -> float:
    return float(squares.sum(axis=1).mean())


@exercise(
    todo="return (L, dS): L the squares of S - T, summed over classes, mean over examples, and dS (N, C)",
    cases=_target_cases,
    mistakes=[
        ("dS is not divided by N, but L is a mean over the examples",
         lambda S, T: (_mean_of_sums((S - T) ** 2), 2 * (S - T))),
        ("neither L nor dS is divided by N: take the mean over the examples",
         lambda S, T: (float(((S - T) ** 2).sum()), 2 * (S - T))),
        ("L is a sum over the examples: take their mean",
         lambda S, T: (float(((S - T) ** 2).sum()), 2 * (S - T) / len(S))),
        ("the factor 2 is missing in dS", lambda S, T: (_mean_of_sums((S - T) ** 2), (S - T) / len(S))),
        ("the sign of dS is wrong: it points from T to S",
         lambda S, T: (_mean_of_sums((S - T) ** 2), 2 * (T - S) / len(S))),
        ("L is the mean over all entries: sum over the classes, then divide by N only",
         lambda S, T: (float(((S - T) ** 2).mean()), 2 * (S - T) / S.size)),
        ("dS is divided by all entries: by N only", lambda S, T: (_mean_of_sums((S - T) ** 2), 2 * (S - T) / S.size)),
        ("the mean goes over the classes: divide by the number of examples, len(S)",
         lambda S, T: (float(((S - T) ** 2).sum() / S.shape[1]), 2 * (S - T) / S.shape[1])),
        ("L is the norm: here the squares themselves are summed, without a root",
         lambda S, T: (float(np.sqrt(((S - T) ** 2).sum(axis=1)).mean()), 2 * (S - T) / len(S))),
        ("this is the L1 loss: square the differences",
         lambda S, T: (_mean_of_sums(np.abs(S - T)), np.sign(S - T) / len(S))),
        ("dS is the loss of each entry: its slope is 2 (S - T)",
         lambda S, T: (_mean_of_sums((S - T) ** 2), (S - T) ** 2 / len(S))),
        ("L holds one number for each example: take their mean",
         lambda S, T: (((S - T) ** 2).sum(axis=1), 2 * (S - T) / len(S))),
        ("the pair is turned round: first L, then dS",
         lambda S, T: (2 * (S - T) / len(S), _mean_of_sums((S - T) ** 2))),
    ],
    because="the loss and its gradient are right: the end of the graph, where the way back begins",
)
def l2_layer(S: Array, T: Array) -> tuple[float, Array]:
    """Return the mean over examples of the summed squares, and its gradient by S."""
    return _mean_of_sums((S - T) ** 2), 2 * (S - T) / len(S)


# --- the affine layer ---------------------------------------------------------------------------------------
def _affine_cases() -> Iterator[tuple]:
    yield (np.array([[1.0, 2], [3, -1]]), np.array([[1.0, 0.5], [-2, 3]]), np.array([10.0, 20]),
           np.array([[1.0, -1], [0.5, 2]]))
    rng = np.random.default_rng(93)
    for n, d, c in [(3, 4, 2), (4, 2, 3), (3, 3, 3)]:
        yield tuple(rng.normal(size=shape) for shape in ((n, d), (c, d), c, (n, c)))


def _affine(Y: Callable = lambda X, W, b, dY: X @ W.T + b, dX: Callable = lambda X, W, b, dY: dY @ W,
            dW: Callable = lambda X, W, b, dY: dY.T @ X, db: Callable = lambda X, W, b, dY: dY.sum(axis=0)) -> Callable:
    """Make a variant of the layer in which one part is computed in another way."""
    return lambda *args: (Y(*args), dX(*args), dW(*args), db(*args))


@exercise(
    todo="return (Y, dX, dW, db) for Y = X @ W.T + b, from X (N, D), W (C, D), b (C,) and the upstream dY (N, C)",
    cases=_affine_cases,
    mistakes=[
        ("dX needs W untransposed: forward it was X @ W.T, back it is dY @ W",
         _affine(dX=lambda X, W, b, dY: dY @ W.T)),
        ("dX multiplies dY and W entry by entry: it is the matrix product dY @ W",
         _affine(dX=lambda X, W, b, dY: dY * W)),
        ("dX has its factors turned round: dY comes first, dY @ W", _affine(dX=lambda X, W, b, dY: W @ dY)),
        ("dX is W alone: multiply with the upstream dY", _affine(dX=lambda X, W, b, dY: W)),
        ("dW lies on its side, the outer product is reversed: dY.T @ X has the shape of W",
         _affine(dW=lambda X, W, b, dY: X.T @ dY)),
        ("dW needs dY transposed: dY.T @ X sums over the examples", _affine(dW=lambda X, W, b, dY: dY @ X)),
        ("dW multiplies dY and X entry by entry: it is the matrix product dY.T @ X",
         _affine(dW=lambda X, W, b, dY: dY * X)),
        ("dW is a mean over the examples: they add up, the 1/N belongs to the loss",
         _affine(dW=lambda X, W, b, dY: dY.T @ X / len(X))),
        ("dW is X alone: multiply with the upstream dY", _affine(dW=lambda X, W, b, dY: X)),
        ("dW is made of the output Y: the gradient that arrives is dY",
         _affine(dW=lambda X, W, b, dY: (X @ W.T + b).T @ X)),
        ("dX and dW are swapped", lambda X, W, b, dY: (X @ W.T + b, dY.T @ X, dY @ W, dY.sum(axis=0))),
        ("db is dY as it is: each bias was used by all examples, so sum over them, axis 0",
         _affine(db=lambda X, W, b, dY: dY)),
        ("db is a mean over the examples: they add up, the 1/N belongs to the loss",
         _affine(db=lambda X, W, b, dY: dY.mean(axis=0))),
        ("db sums over the classes: sum over the examples, axis 0", _affine(db=lambda X, W, b, dY: dY.sum(axis=1))),
        ("db is one number: each class has its own, sum over axis 0", _affine(db=lambda X, W, b, dY: dY.sum())),
        ("db is all ones: multiply with the upstream dY", _affine(db=lambda X, W, b, dY: np.ones_like(b))),
        ("db is multiplied by b: a sum passes its gradient on as it is",
         _affine(db=lambda X, W, b, dY: dY.sum(axis=0) * b)),
        ("dW and db are both means over the examples: they add up, the 1/N belongs to the loss",
         _affine(dW=lambda X, W, b, dY: dY.T @ X / len(X), db=lambda X, W, b, dY: dY.mean(axis=0))),
        ("b is missing in Y", _affine(Y=lambda X, W, b, dY: X @ W.T)),
        ("Y needs W.T: a class is a row of W", _affine(Y=lambda X, W, b, dY: X @ W + b)),
    ],
    because="forward and backward of the affine layer are right: the heart of every network",
)
def affine_layer(X: Array, W: Array, b: Array, dY: Array) -> tuple[Array, Array, Array, Array]:
    """Return X W.T + b with its gradients by X, W and b."""
    return X @ W.T + b, dY @ W, dY.T @ X, dY.sum(axis=0)


# --- a whole network ----------------------------------------------------------------------------------------
def _network_cases() -> Iterator[tuple]:
    yield (np.array([[1.0, 2], [-3, 1]]), np.array([[1.0, -1], [0.5, 1]]), np.array([0.5, -1]),
           np.array([[1.0, 2], [-1, 3]]), np.array([0.5, -1]), np.array([[1.0, -2], [3, 0.5]]))
    rng = np.random.default_rng(94)
    for n, d, hidden, k in [(3, 3, 3, 3), (5, 4, 3, 2), (4, 2, 6, 3)]:
        shapes = ((n, d), (hidden, d), hidden, (k, hidden), k, (n, k))
        yield tuple(rng.normal(size=shape) for shape in shapes)


def _back(dH: Callable = lambda dS, U: dS @ U, mask: Callable = lambda Z, dH: Z > 0,
          first: Callable = lambda dZ, X: dZ.T @ X, use: Callable = _relu) -> Callable:
    """Make a variant of the way back through the network."""
    def variant(X: Array, W: Array, b: Array, U: Array, c: Array, dS: Array) -> tuple[Array, Array, Array, Array]:
        Z = X @ W.T + b
        arrived = dH(dS, U)
        dZ = arrived * mask(Z, arrived)
        return first(dZ, X), dZ.sum(axis=0), dS.T @ use(Z), dS.sum(axis=0)
    return variant


@exercise(
    todo="return (dW, db, dU, dc) of S = relu(X @ W.T + b) @ U.T + c, from X (N, D) and the upstream dS (N, K)",
    cases=_network_cases,
    mistakes=[
        ("the ReLU is forgotten on the way back: where z was negative nothing passes",
         _back(mask=lambda Z, dH: np.ones_like(Z))),
        ("the ReLU's mask comes from dH: it comes from z", _back(mask=lambda Z, dH: dH > 0)),
        ("dH is multiplied by h: the local gradient of a ReLU is 0 or 1", _back(mask=lambda Z, dH: _relu(Z))),
        ("the mask is turned round: the gradient passes where z is positive", _back(mask=lambda Z, dH: Z < 0)),
        ("dH needs U untransposed: forward it was H @ U.T, back it is dS @ U", _back(dH=lambda dS, U: dS @ U.T)),
        ("dW lies on its side: dZ.T @ X has the shape of W", _back(first=lambda dZ, X: X.T @ dZ)),
        ("dU is made of z: U met h, what comes out of the ReLU", _back(use=lambda Z: Z)),
        ("dU is made of z, and the ReLU is forgotten on the way back, too",
         _back(use=lambda Z: Z, mask=lambda Z, dH: np.ones_like(Z))),
        ("dW and db are means over the examples: they add up, the 1/N belongs to the loss",
         lambda *args: tuple(g / len(args[0]) if n < 2 else g for n, g in enumerate(_back()(*args)))),
        ("all four are means over the examples: they add up, the 1/N belongs to the loss",
         lambda *args: tuple(g / len(args[0]) for g in _back()(*args))),
        ("the order is turned round: dW, db of the first layer come first",
         lambda *args: _back()(*args)[2:] + _back()(*args)[:2]),
    ],
    because="you have walked back through a whole network",
)
def network_backward(X: Array, W: Array, b: Array, U: Array, c: Array, dS: Array) -> tuple[Array, Array, Array, Array]:
    """Return the gradients by W, b, U and c."""
    return _back()(X, W, b, U, c, dS)


# --- a tiny Tensor ------------------------------------------------------------------------------------------
def _number_cases() -> Iterator[tuple]:
    yield 3.0, 2.0, 5.0
    yield -1.5, 0.5, 4.0
    yield 0.7, -2.0, 1.3


def _by_hand(arrive: Callable = lambda first, second: first + second) -> Callable:
    """Walk back through f = q*z + q*x with q = x*y; `arrive` joins the two pieces that reach q, and those of x."""
    def gradients(x: float, y: float, z: float) -> tuple[float, float, float]:
        q = x * y
        dq = arrive(x, z)  # from q*x first, the younger one
        return arrive(q, dq * y), dq * x, q
    return gradients


@exercise(
    todo="write backward, so that gradients(x, y, z) returns the gradients of f = q*z + q*x with q = x*y",
    cases=_number_cases,
    mistakes=[
        ("a second piece overwrites the first: gradients add at branches, +=", _by_hand(lambda first, second: second)),
        ("the first piece is kept and the second dropped: gradients add at branches",
         _by_hand(lambda first, second: first)),
        ("two pieces are multiplied: gradients add at branches", _by_hand(lambda first, second: first * second)),
        ("two pieces are averaged: gradients add at branches", _by_hand(lambda first, second: (first + second) / 2)),
        ("everything is 0: start with self.grad = 1, and walk from the last node to the first",
         lambda x, y, z: (0.0, 0.0, 0.0)),
        ("the upstream gradient is lost: pass on node.grad * local", lambda x, y, z: (x * y + y, x, x * y)),
        ("q passes its gradient on before both pieces have arrived, and then again: go in the order of "
         "making, reversed",
         lambda x, y, z: (z * y + (z + x) * y + x * y, z * x + (z + x) * x, x * y)),
        ("the gradient is passed on as it is: multiply it by the local one", lambda x, y, z: (3.0, 2.0, 1.0)),
        ("these are values, not gradients", lambda x, y, z: (x, y, z)),
    ],
    because="your Tensor finds gradients by itself, branches included",
)
def tiny_tensor(x: float, y: float, z: float) -> tuple[float, float, float]:
    """Return the gradients of x y z + x^2 y by x, y and z."""
    return y * z + 2 * x * y, x * z + x * x, x * y
