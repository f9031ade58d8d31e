"""The exercises of notebook 09: layers with a forward and a backward, shapes, a whole network, and an own engine.

A layer's answer is its output together with the gradients by its inputs. Each reference stands under its cases and
the wrong answers that come up in class; its gradients are measured in the tests.
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from .engine import exercise
from .explain import any_of
from .own_engine import POINTS, run_layer

Array = np.ndarray


# --- the shapes of gradients --------------------------------------------------------------------------------
@exercise(
    todo="give the shapes of the four gradients for 32 pictures of 7500 numbers, 5 classes and Y = X @ W.T + b",
    small="with 2 pictures of 3 numbers and 4 classes, X is (2, 3), W is (4, 3) and Y is (2, 4). Each gradient answers "
    "for every entry what a nudge of it does, so dY is (2, 4), and so on",
    mistakes=[
        ("dW lies on its side: it has the shape of W, a row for each class", {"dW": (7500, 5)}),
        ("dW is not made for each example: the examples are summed, and the shape of W is left", {"dW": (32, 5, 7500)}),
        ("dW has the shape of W, not of X", {"dW": (32, 7500)}),
        ("dW has the sizes of the lecture's W: 7500 numbers in a picture", {"dW": (5, 750)}),
        ("dX has the shape of X, not of Y", {"dX": (32, 5)}),
        ("dX has the shape of X, not of W: a row for each example", {"dX": (5, 7500)}),
        ("dX has the sizes of X: 7500 numbers in a picture", {"dX": (32, 750)}),
        ("dX lies on its side: an example is a row", {"dX": (7500, 32)}),
        ("dX is not for one example: X has 32 rows", {"dX": (7500,)}),
        ("db has the shape of b: each bias was used by all 32 examples, and their gradients add", {"db": (32, 5)}),
        ("db has one entry for each class, not for each example", {"db": (32,)}),
        ("db has the shape of b: one axis", any_of({"db": (5, 1)}, {"db": (1, 5)})),
        ("db is the number 5 here: a tuple of one entry needs a comma, (5,)", {"db": 5}),
        ("db is not one number: each class has a bias, and so a gradient of it", any_of({"db": ()}, {"db": (1,)})),
        ("dY has the shape of Y, a row for each example", {"dY": (5, 32)}),
        (
            "dY has the shape of Y: what comes out has 5 numbers for each example",
            any_of({"dY": (32, 7500)}, {"dY": (32,)}, {"dY": (32, 1)}),
        ),
        ("dY is not for one example: Y has 32 rows", {"dY": (5,)}),
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


def _kink_cases() -> Iterator[tuple]:
    """Yield an input of exactly 0 where nothing arrives, as any slope will do there."""
    yield np.array([[0.0, 2.0], [-1.0, 0.0]]), np.array([[0.0, 3.0], [4.0, 0.0]])


def _one_number_cases() -> Iterator[tuple]:
    yield np.array([[2.0]]), np.array([[3.0]])


def _relu(X: Array) -> Array:
    return np.maximum(X, 0)


def _but_last_row(layer: Callable) -> Callable:
    """Make the layer whose loop leaves the last row at 0."""

    def variant(X: Array, dY: Array) -> tuple[Array, Array]:
        kept = np.arange(len(X))[:, None] < len(X) - 1
        return tuple(part * kept for part in layer(X, dY))

    return variant


def _only_first_row(layer: Callable) -> Callable:
    """Make the layer whose loop returns after the first row."""

    def variant(X: Array, dY: Array) -> tuple[Array, Array]:
        return tuple(part * (np.arange(len(X)) == 0)[:, None] for part in layer(X, dY))

    return variant


@exercise(
    todo="return the pair (Y, dX): Y = max(0, X), and dX from the upstream gradient dY, all of shape (N, D)",
    cases=_entrywise_cases,
    hard={"an input of exactly 0": _kink_cases, "one number": _one_number_cases},
    mistakes=[
        (
            "the mask comes from dY: where the *input* was positive the gradient passes",
            lambda X, dY: (_relu(X), dY * (dY > 0)),
        ),
        (
            "dX is the mask alone, the upstream gradient is lost: multiply by dY",
            lambda X, dY: (_relu(X), 1.0 * (X > 0)),
        ),
        ("the mask is added to dY: the chain rule multiplies", lambda X, dY: (_relu(X), dY + (X > 0))),
        ("dX is X times dY: the local gradient of a ReLU is 0 or 1, not X", lambda X, dY: (_relu(X), X * dY)),
        (
            "dX is Y times dY: the local gradient of a ReLU is 0 or 1, not its value",
            lambda X, dY: (_relu(X), _relu(X) * dY),
        ),
        ("dX is the forward value again: it is made of dY", lambda X, dY: (_relu(X), _relu(X))),
        (
            "dX is dY unchanged: where X was negative nothing passes; Y >= 0, or X >= 0 after X was "
            "cut off, always holds",
            lambda X, dY: (_relu(X), dY),
        ),
        ("the mask is turned round: the gradient passes where X is positive", lambda X, dY: (_relu(X), dY * (X < 0))),
        ("the slope Y / X is 0 / 0 where X is 0: use the mask X > 0", lambda X, dY: (_relu(X), dY * (_relu(X) / X))),
        ("dX is right, but Y still has its negative numbers: max(0, X)", lambda X, dY: (X, dY * (X > 0))),
        (
            "np.max(X, 0) looks for the largest along axis 0: np.maximum(X, 0) compares each entry with 0",
            lambda X, dY: (X.max(axis=0), dY * (X > 0)),
        ),
        (
            "max(0, X) and `if X > 0` compare one number, and X holds many: use np.maximum(X, 0) and the mask X > 0",
            lambda X, dY: (max(0, X), dY * (X > 0)),
        ),
        ("Y is the absolute value: the ReLU sets negative numbers to 0", lambda X, dY: (np.abs(X), dY * (X > 0))),
        ("Y is the mask, 0 or 1: the ReLU keeps positive numbers", lambda X, dY: (1.0 * (X > 0), dY * (X > 0))),
        (
            "Y is right, and dX has the slope of the absolute value: where X is negative the slope is 0",
            lambda X, dY: (_relu(X), dY * np.sign(X)),
        ),
        (
            "a little of the negative comes through, as in a leaky ReLU: here nothing of it passes",
            any_of(
                *(
                    lambda X, dY, slope=slope: (np.where(X > 0, X, slope * X), dY * np.where(X > 0, 1, slope))
                    for slope in (0.01, 0.1, 0.2)
                )
            ),
        ),
        ("the edge lies at 1: the ReLU bends at 0", lambda X, dY: (np.where(X > 1, X, 0), dY * (X > 1))),
        (
            "the ReLU went over dY, too: dY passes where X is positive, whatever its own sign",
            lambda X, dY: (_relu(X), _relu(dY) * (X > 0)),
        ),
        ("the last row stays 0: the loop has to reach it", _but_last_row(lambda X, dY: (_relu(X), dY * (X > 0)))),
        (
            "only the first row is filled: return stands inside the loop",
            _only_first_row(lambda X, dY: (_relu(X), dY * (X > 0))),
        ),
        ("the pair is turned round: first Y, then dX", lambda X, dY: (dY * (X > 0), _relu(X))),
    ],
    because="forward and backward of the ReLU are right",
)
def relu_layer(X: Array, dY: Array) -> tuple[Array, Array]:
    """Return max(0, X) and dY where X > 0."""
    return _relu(X), dY * (X > 0)


def _sigmoid(X: Array) -> Array:
    with np.errstate(over="ignore"):  # exp(800) is inf, and 1 / inf the right answer
        return 1 / (1 + np.exp(-X))


def _sigmoid_pair(X: Array, dY: Array) -> tuple[Array, Array]:
    return _sigmoid(X), dY * _sigmoid(X) * (1 - _sigmoid(X))


def _rounded_pair(digits: int) -> Callable:
    return lambda X, dY: (lambda Y: (Y, dY * Y * (1 - Y)))(np.round(_sigmoid(X), digits))


def _far_cases() -> Iterator[tuple]:
    yield np.array([[800.0, 0.5, 2.0]]), np.array([[2.0, -1.0, 3.0]])
    yield np.array([[-800.0, 0.5, -2.0]]), np.array([[2.0, -1.0, 3.0]])


@exercise(
    todo="return the pair (Y, dX): Y = sigmoid(X), and dX from the upstream gradient dY, all of shape (N, D)",
    cases=_entrywise_cases,
    hard={"inputs of 800 and -800, where exp overflows": _far_cases},
    mistakes=[
        (
            "dX is the local gradient alone: multiply by the upstream dY",
            lambda X, dY: (_sigmoid(X), _sigmoid(X) * (1 - _sigmoid(X))),
        ),
        ("the slope is made of Y, not of X: Y * (1 - Y)", lambda X, dY: (_sigmoid(X), dY * X * (1 - X))),
        ("the slope is Y * (1 - Y): the factor 1 - Y is missing", lambda X, dY: (_sigmoid(X), dY * _sigmoid(X))),
        ("the slope is Y * (1 - Y): the factor Y is missing", lambda X, dY: (_sigmoid(X), dY * (1 - _sigmoid(X)))),
        (
            "the slope is Y * (1 - Y): a plus stands where the minus belongs",
            lambda X, dY: (_sigmoid(X), dY * _sigmoid(X) * (1 + _sigmoid(X))),
        ),
        (
            "brackets are missing: dY * Y * 1 - Y subtracts Y at the end, and 1 - Y belongs together",
            lambda X, dY: (_sigmoid(X), dY * _sigmoid(X) - _sigmoid(X)),
        ),
        (
            "the slope is 1/4 at 0 only: it is Y * (1 - Y), smaller the further X is from 0",
            lambda X, dY: (_sigmoid(X), dY / 4),
        ),
        (
            "dX is divided by the number of rows: a mean belongs to the loss, not to a layer",
            lambda X, dY: (_sigmoid(X), dY * _sigmoid(X) * (1 - _sigmoid(X)) / len(X)),
        ),
        (
            "exp(X) / (1 + exp(X)) is inf / inf for a large X: 1 / (1 + exp(-X)) is the same, and holds",
            lambda X, dY: (lambda Y: (Y, dY * Y * (1 - Y)))(np.exp(X) / (1 + np.exp(X))),
        ),
        (
            "exp(-X) / (1 + exp(-X))^2 is inf / inf for a very negative X: Y * (1 - Y) is the same, and holds",
            lambda X, dY: (_sigmoid(X), dY * np.exp(-X) / (1 + np.exp(-X)) ** 2),
        ),
        ("Y is rounded, and dX is made of it: keep all digits", any_of(*(_rounded_pair(n) for n in (2, 3, 4)))),
        (
            "this is a softmax: the sigmoid looks at each number alone",
            lambda X, dY: (lambda Y: (Y, dY * Y * (1 - Y)))(np.exp(X) / np.exp(X).sum(axis=-1, keepdims=True)),
        ),
        (
            "brackets are missing: 1 / 1 + exp(-X) divides 1 by 1 only, write 1 / (1 + exp(-X))",
            lambda X, dY: (lambda Y: (Y, dY * Y * (1 - Y)))(1 + np.exp(-X)),
        ),
        ("the last row stays 0: the loop has to reach it", _but_last_row(_sigmoid_pair)),
        ("only the first row is filled: return stands inside the loop", _only_first_row(_sigmoid_pair)),
        (
            "the sigmoid is applied twice: Y is its value already, so the slope is Y * (1 - Y)",
            lambda X, dY: (_sigmoid(X), dY * _sigmoid(_sigmoid(X)) * (1 - _sigmoid(_sigmoid(X)))),
        ),
        ("the slope is made of dY: it is Y * (1 - Y)", lambda X, dY: (_sigmoid(X), dY * (1 - dY))),
        (
            "upstream and local are added: the chain rule multiplies them",
            lambda X, dY: (_sigmoid(X), dY + _sigmoid(X) * (1 - _sigmoid(X))),
        ),
        ("dX has the wrong sign", lambda X, dY: (_sigmoid(X), -dY * _sigmoid(X) * (1 - _sigmoid(X)))),
        ("dX is dY unchanged: multiply by the slope Y * (1 - Y)", lambda X, dY: (_sigmoid(X), dY)),
        (
            "this is the slope of tanh: the sigmoid's is Y * (1 - Y)",
            lambda X, dY: (_sigmoid(X), dY * (1 - _sigmoid(X) ** 2)),
        ),
        (
            "Y falls where X grows: the minus sign in exp(-X) is missing",
            lambda X, dY: (_sigmoid(-X), dY * _sigmoid(X) * (1 - _sigmoid(X))),
        ),
        (
            "the pair is turned round: first Y, then dX",
            lambda X, dY: (dY * _sigmoid(X) * (1 - _sigmoid(X)), _sigmoid(X)),
        ),
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


def _single_target_cases() -> Iterator[tuple]:
    yield np.array([[1.0, 2.0, -1.0]]), np.array([[0.5, 1.0, 1.0]])


def _whole_target_cases() -> Iterator[tuple]:
    yield np.array([[1, 2], [0, 1], [3, 0]]), np.array([[0, 1], [1, -1], [1, 1]])


def _mean_of_sums(squares: Array) -> float:
    return float(squares.sum(axis=1).mean())


@exercise(
    todo="return (L, dS): L the squares of S - T, summed over classes, mean over examples, and dS (N, C)",
    cases=_target_cases,
    hard={"a single example": _single_target_cases, "whole numbers": _whole_target_cases},
    mistakes=[
        (
            "dS is not divided by N, but L is a mean over the examples",
            lambda S, T: (_mean_of_sums((S - T) ** 2), 2 * (S - T)),
        ),
        (
            "neither L nor dS is divided by N: take the mean over the examples",
            lambda S, T: (float(((S - T) ** 2).sum()), 2 * (S - T)),
        ),
        (
            "L is a sum over the examples: take their mean",
            lambda S, T: (float(((S - T) ** 2).sum()), 2 * (S - T) / len(S)),
        ),
        ("the factor 2 is missing in dS", lambda S, T: (_mean_of_sums((S - T) ** 2), (S - T) / len(S))),
        (
            "the sign of dS is wrong: it points from T to S",
            lambda S, T: (_mean_of_sums((S - T) ** 2), 2 * (T - S) / len(S)),
        ),
        (
            "L is the mean over all entries: sum over the classes, then divide by N only",
            lambda S, T: (float(((S - T) ** 2).mean()), 2 * (S - T) / S.size),
        ),
        ("dS is divided by all entries: by N only", lambda S, T: (_mean_of_sums((S - T) ** 2), 2 * (S - T) / S.size)),
        (
            "the mean goes over the classes: divide by the number of examples, len(S)",
            lambda S, T: (float(((S - T) ** 2).sum() / S.shape[1]), 2 * (S - T) / S.shape[1]),
        ),
        (
            "L is the norm: here the squares themselves are summed, without a root",
            lambda S, T: (float(np.sqrt(((S - T) ** 2).sum(axis=1)).mean()), 2 * (S - T) / len(S)),
        ),
        (
            "this is the L1 loss: square the differences",
            lambda S, T: (_mean_of_sums(np.abs(S - T)), np.sign(S - T) / len(S)),
        ),
        (
            "dS is the loss of each entry: its slope is 2 (S - T)",
            lambda S, T: (_mean_of_sums((S - T) ** 2), (S - T) ** 2 / len(S)),
        ),
        (
            "a half stands before the squares, in L and in dS: the loss has none",
            lambda S, T: (_mean_of_sums((S - T) ** 2) / 2, (S - T) / len(S)),
        ),
        (
            "a half stands before the squares: the loss has none, and dS fits it as it is",
            lambda S, T: (_mean_of_sums((S - T) ** 2) / 2, 2 * (S - T) / len(S)),
        ),
        ("dS is divided by N twice", lambda S, T: (_mean_of_sums((S - T) ** 2), 2 * (S - T) / len(S) ** 2)),
        (
            "the differences are divided by N before they are squared: N then counts twice in L",
            lambda S, T: (float((((S - T) / len(S)) ** 2).sum()), 2 * (S - T) / len(S)),
        ),
        (
            "L is the difference of the squares: square the difference S - T",
            lambda S, T: (_mean_of_sums(S**2 - T**2), 2 * (S - T) / len(S)),
        ),
        (
            "L is the square of the summed differences: first square, then sum over the classes",
            lambda S, T: (float(((S - T).sum(axis=1) ** 2).mean()), 2 * (S - T) / len(S)),
        ),
        (
            "dS is multiplied by L: nothing comes after the loss, so upstream is 1",
            lambda S, T: (_mean_of_sums((S - T) ** 2), _mean_of_sums((S - T) ** 2) * 2 * (S - T) / len(S)),
        ),
        (
            "the last example is left out: the loop has to reach it",
            lambda S, T: (
                float(((S - T)[:-1] ** 2).sum() / len(S)),
                2 * np.vstack([(S - T)[:-1], 0 * S[-1:]]) / len(S),
            ),
        ),
        (
            "np.squeeze takes every axis of length 1 away: the dS of a single example has to stay a row",
            lambda S, T: (_mean_of_sums((S - T) ** 2), np.squeeze(2 * (S - T) / len(S))),
        ),
        (
            "np.zeros_like(S) holds whole numbers when S does, and cuts fractions off: use np.zeros(S.shape)",
            lambda S, T: (_mean_of_sums((S - T) ** 2), (2 * (S - T) / len(S)).astype(S.dtype)),
        ),
        (
            "L holds one number for each example: take their mean",
            lambda S, T: (((S - T) ** 2).sum(axis=1), 2 * (S - T) / len(S)),
        ),
        (
            "the pair is turned round: first L, then dS",
            lambda S, T: (2 * (S - T) / len(S), _mean_of_sums((S - T) ** 2)),
        ),
    ],
    because="the loss and its gradient are right: the end of the graph, where the way back begins",
)
def l2_layer(S: Array, T: Array) -> tuple[float, Array]:
    """Return the mean over examples of the summed squares, and its gradient by S."""
    return _mean_of_sums((S - T) ** 2), 2 * (S - T) / len(S)


# --- the affine layer ---------------------------------------------------------------------------------------
def _affine_cases() -> Iterator[tuple]:
    yield (
        np.array([[1.0, 2], [3, -1]]),
        np.array([[1.0, 0.5], [-2, 3]]),
        np.array([10.0, 20]),
        np.array([[1.0, -1], [0.5, 2]]),
    )
    rng = np.random.default_rng(93)
    for n, d, c in [(3, 4, 2), (4, 2, 3), (3, 3, 3)]:
        yield tuple(rng.normal(size=shape) for shape in ((n, d), (c, d), c, (n, c)))


def _single_affine_cases() -> Iterator[tuple]:
    yield np.array([[2.0, -1.0]]), np.array([[1.0, 0.5]]), np.array([1.0]), np.array([[3.0]])
    yield np.array([[2.0, -1.0]]), np.array([[1.0, 0.5], [-2, 3]]), np.array([1.0, 0.5]), np.array([[3.0, -1.0]])


def _affine(
    Y: Callable = lambda X, W, b, dY: X @ W.T + b,
    dX: Callable = lambda X, W, b, dY: dY @ W,
    dW: Callable = lambda X, W, b, dY: dY.T @ X,
    db: Callable = lambda X, W, b, dY: dY.sum(axis=0),
) -> Callable:
    """Make a variant of the layer in which one part is computed in another way."""
    return lambda *args: (Y(*args), dX(*args), dW(*args), db(*args))


@exercise(
    todo="return (Y, dX, dW, db) for Y = X @ W.T + b, from X (N, D), W (C, D), b (C,) and the upstream dY (N, C)",
    cases=_affine_cases,
    hard={"a single example": _single_affine_cases},
    make=_affine,
    mistakes=[
        (
            "dX needs W untransposed: forward it was turned, on the way back it is not",
            {"dX": lambda X, W, b, dY: dY @ W.T},
        ),
        (
            "dX multiplies dY and W entry by entry: it is a matrix product, which sums over the classes",
            {"dX": lambda X, W, b, dY: dY * W},
        ),
        ("dX has its factors turned round: dY comes first", {"dX": lambda X, W, b, dY: W @ dY}),
        ("dX is W alone: multiply with the upstream dY", {"dX": lambda X, W, b, dY: W}),
        (
            "dW lies on its side, the outer product is reversed: it has the shape of W, a row for each class",
            {"dW": lambda X, W, b, dY: X.T @ dY},
        ),
        (
            "dW needs dY transposed: the product sums over the examples, so they stand inside",
            {"dW": lambda X, W, b, dY: dY @ X},
        ),
        (
            "dW multiplies dY and X entry by entry: it is a matrix product, which sums over the examples",
            {"dW": lambda X, W, b, dY: dY * X},
        ),
        (
            "dW is a mean over the examples: they add up, the 1/N belongs to the loss",
            {"dW": lambda X, W, b, dY: dY.T @ X / len(X)},
        ),
        ("dW is X alone: multiply with the upstream dY", {"dW": lambda X, W, b, dY: X}),
        (
            "dW is made of the output Y: the gradient that arrives is dY",
            {"dW": lambda X, W, b, dY: (X @ W.T + b).T @ X},
        ),
        ("dX and dW are swapped", lambda X, W, b, dY: (X @ W.T + b, dY.T @ X, dY @ W, dY.sum(axis=0))),
        (
            "db is dY as it is: each bias was used by all examples, so sum over them, axis 0",
            {"db": lambda X, W, b, dY: dY},
        ),
        (
            "db is a mean over the examples: they add up, the 1/N belongs to the loss",
            {"db": lambda X, W, b, dY: dY.mean(axis=0)},
        ),
        ("db sums over the classes: sum over the examples, axis 0", {"db": lambda X, W, b, dY: dY.sum(axis=1)}),
        ("db is one number: each class has its own, sum over axis 0", {"db": lambda X, W, b, dY: dY.sum()}),
        ("db is all ones: multiply with the upstream dY", {"db": lambda X, W, b, dY: np.ones_like(b)}),
        (
            "db is multiplied by b: a sum passes its gradient on as it is",
            {"db": lambda X, W, b, dY: dY.sum(axis=0) * b},
        ),
        (
            "dW and db are both means over the examples: they add up, the 1/N belongs to the loss",
            {"dW": lambda X, W, b, dY: dY.T @ X / len(X), "db": lambda X, W, b, dY: dY.mean(axis=0)},
        ),
        (
            "all three gradients are means over the examples: they add up, the 1/N belongs to the loss",
            lambda X, W, b, dY: (X @ W.T + b, dY @ W / len(X), dY.T @ X / len(X), dY.mean(axis=0)),
        ),
        (
            "db has the shape of b, (C,): without keepdims=True the sum over axis 0 has it",
            {"db": lambda X, W, b, dY: dY.sum(axis=0, keepdims=True)},
        ),
        (
            "db stays 0: np.zeros is only the start, collect the rows of dY with +=",
            {"db": lambda X, W, b, dY: np.zeros_like(b)},
        ),
        ("db counts the examples: multiply with the upstream dY", {"db": lambda X, W, b, dY: np.full(len(b), len(X))}),
        ("db holds the last example only: collect all of them with +=", {"db": lambda X, W, b, dY: dY[-1]}),
        (
            "dW holds the last example only: collect all of them with +=",
            {"dW": lambda X, W, b, dY: np.outer(dY[-1], X[-1])},
        ),
        ("b is added to dY in dX: b has no part in it", {"dX": lambda X, W, b, dY: (dY + b) @ W}),
        (
            "a ReLU has slipped in: the affine layer has no bend",
            lambda X, W, b, dY: (lambda Z, dZ: (_relu(Z), dZ @ W, dZ.T @ X, dZ.sum(axis=0)))(
                X @ W.T + b, dY * (X @ W.T + b > 0)
            ),
        ),
        (
            "np.squeeze takes every axis of length 1 away: a single example or class has to keep its axis",
            lambda X, W, b, dY: tuple(np.squeeze(part) for part in _affine()(X, W, b, dY)),
        ),
        ("db is not returned: return all four, (Y, dX, dW, db)", lambda X, W, b, dY: _affine()(X, W, b, dY)[:3]),
        ("Y is not returned: return all four, (Y, dX, dW, db)", lambda X, W, b, dY: _affine()(X, W, b, dY)[1:]),
        ("b is missing in Y", {"Y": lambda X, W, b, dY: X @ W.T}),
        ("Y needs W.T: a class is a row of W", {"Y": lambda X, W, b, dY: X @ W + b}),
    ],
    because="forward and backward of the affine layer are right: the heart of every network",
)
def affine_layer(X: Array, W: Array, b: Array, dY: Array) -> tuple[Array, Array, Array, Array]:
    """Return X W.T + b with its gradients by X, W and b."""
    return X @ W.T + b, dY @ W, dY.T @ X, dY.sum(axis=0)


# --- a whole network ----------------------------------------------------------------------------------------
def _network_cases() -> Iterator[tuple]:
    yield (
        np.array([[1.0, 2], [-3, 1]]),
        np.array([[1.0, -1], [0.5, 1]]),
        np.array([0.5, -1]),
        np.array([[1.0, 2], [-1, 3]]),
        np.array([0.5, -1]),
        np.array([[1.0, -2], [3, 0.5]]),
    )
    rng = np.random.default_rng(94)
    for n, d, hidden, k in [(3, 3, 3, 3), (5, 4, 3, 2), (4, 2, 6, 3)]:
        shapes = ((n, d), (hidden, d), hidden, (k, hidden), k, (n, k))
        yield tuple(rng.normal(size=shape) for shape in shapes)


def _single_network_cases() -> Iterator[tuple]:
    yield (
        np.array([[1.0, 2]]),
        np.array([[1.0, 0.5]]),
        np.array([0.5]),
        np.array([[2.0]]),
        np.array([-1.0]),
        np.array([[3.0]]),
    )


def _back(
    forward: Callable = lambda X, W, b: X @ W.T + b,
    use: Callable = _relu,
    upstream: Callable = lambda dS, S: dS,
    dH: Callable = lambda dS, U: dS @ U,
    mask: Callable = lambda Z, dH: Z > 0,
    dW: Callable = lambda dZ, X: dZ.T @ X,
    db: Callable = lambda dZ, dH: dZ.sum(axis=0),
    dU: Callable = lambda dS, H: dS.T @ H,
    dc: Callable = lambda dS: dS.sum(axis=0),
) -> Callable:
    """Make a variant of the way back through the network."""

    def variant(X: Array, W: Array, b: Array, U: Array, c: Array, dS: Array) -> tuple[Array, Array, Array, Array]:
        Z = forward(X, W, b)
        H = use(Z)
        dS = upstream(dS, H @ U.T + c)
        arrived = dH(dS, U)
        dZ = arrived * mask(Z, arrived)
        return dW(dZ, X), db(dZ, arrived), dU(dS, H), dc(dS)

    return variant


def _last_example(X: Array, W: Array, b: Array, U: Array, c: Array, dS: Array) -> tuple[Array, Array, Array, Array]:
    return _back()(X[-1:], W, b, U, c, dS[-1:])


@exercise(
    todo="return (dW, db, dU, dc) of S = relu(X @ W.T + b) @ U.T + c, from X (N, D) and the upstream dS (N, K)",
    cases=_network_cases,
    hard={"a single example, neuron and output": _single_network_cases},
    make=_back,
    mistakes=[
        (
            "the ReLU is forgotten on the way back: where z was negative nothing passes",
            {"mask": lambda Z, dH: np.ones_like(Z)},
        ),
        ("the ReLU's mask comes from dH: it comes from z", {"mask": lambda Z, dH: dH > 0}),
        ("dH is multiplied by h: the local gradient of a ReLU is 0 or 1", {"mask": lambda Z, dH: _relu(Z)}),
        ("the mask is turned round: the gradient passes where z is positive", {"mask": lambda Z, dH: Z < 0}),
        (
            "the mask is one for each neuron: z of each example decides for itself",
            {"mask": lambda Z, dH: (Z > 0).any(axis=0)},
        ),
        (
            "this is the slope of a sigmoid, h (1 - h): that of a ReLU is 0 or 1",
            {"mask": lambda Z, dH: _relu(Z) * (1 - _relu(Z))},
        ),
        ("dH needs U untransposed: forward it was H @ U.T, back it is dS @ U", {"dH": lambda dS, U: dS @ U.T}),
        ("U is missing on the way back: dS passes through it first, dS @ U", {"dH": lambda dS, U: dS}),
        ("dW lies on its side: it has the shape of W, so what came back stands first", {"dW": lambda dZ, X: X.T @ dZ}),
        ("dU lies on its side: it has the shape of U, so what came back stands first", {"dU": lambda dS, H: H.T @ dS}),
        (
            "dW and dU lie on their sides: each has the shape of its weights, so what came back stands first",
            {"dW": lambda dZ, X: X.T @ dZ, "dU": lambda dS, H: H.T @ dS},
        ),
        ("dU is made of z: U met h, what comes out of the ReLU", {"use": lambda Z: Z}),
        (
            "max(0, Z) and `if Z > 0` compare one number, and Z holds many: np.maximum(Z, 0) goes entry by entry",
            {"use": lambda Z: max(0, Z)},
        ),
        (
            "np.squeeze takes every axis of length 1 away: a single example, neuron or output has to keep its axis",
            lambda *args: tuple(np.squeeze(part) for part in _back()(*args)),
        ),
        ("dU is made of the mask: U met h itself, not 0 or 1", {"use": lambda Z: 1.0 * (Z > 0)}),
        (
            "dU is made of z, and the ReLU is forgotten on the way back, too",
            {"use": lambda Z: Z, "mask": lambda Z, dH: np.ones_like(Z)},
        ),
        ("b is missing on the way forward: it decides which neurons are awake", {"forward": lambda X, W, b: X @ W.T}),
        ("dS went through a ReLU: the outputs have none", {"upstream": lambda dS, S: dS * (S > 0)}),
        (
            "db is made of dH: b stands before the ReLU, so its gradient comes through the mask, dZ",
            {"db": lambda dZ, dH: dH.sum(axis=0)},
        ),
        ("db is one number: each neuron has its own, sum over axis 0", {"db": lambda dZ, dH: dZ.sum()}),
        ("dc is one number: each output has its own, sum over axis 0", {"dc": lambda dS: dS.sum()}),
        (
            "db and dc are single numbers: each neuron has its own, sum over axis 0",
            {"db": lambda dZ, dH: dZ.sum(), "dc": lambda dS: dS.sum()},
        ),
        (
            "db and dc have an axis too many: without keepdims=True the sum over axis 0 has the shape of b and c",
            {"db": lambda dZ, dH: dZ.sum(axis=0, keepdims=True), "dc": lambda dS: dS.sum(axis=0, keepdims=True)},
        ),
        (
            "db and dc sum over the neurons: sum over the examples, axis 0",
            {"db": lambda dZ, dH: dZ.sum(axis=1), "dc": lambda dS: dS.sum(axis=1)},
        ),
        (
            "db and dc are means over the examples: they add up, the 1/N belongs to the loss",
            {"db": lambda dZ, dH: dZ.mean(axis=0), "dc": lambda dS: dS.mean(axis=0)},
        ),
        (
            "db is the mean over the examples: they add up, the 1/N belongs to the loss",
            {"db": lambda dZ, dH: dZ.mean(axis=0)},
        ),
        (
            "dW and db are means over the examples: they add up, the 1/N belongs to the loss",
            {"dW": lambda dZ, X: dZ.T @ X / len(X), "db": lambda dZ, dH: dZ.mean(axis=0)},
        ),
        (
            "all four are means over the examples: they add up, the 1/N belongs to the loss",
            {"upstream": lambda dS, S: dS / len(S)},
        ),
        ("all four hold the last example only: collect the examples with +=", _last_example),
        (
            "db and dc are exchanged: the order is (dW, db, dU, dc)",
            lambda *args: (lambda dW, db, dU, dc: (dW, dc, dU, db))(*_back()(*args)),
        ),
        (
            "the order is turned round: dW, db of the first layer come first",
            lambda *args: _back()(*args)[2:] + _back()(*args)[:2],
        ),
        (
            "only the first layer's gradients come back: return all four, (dW, db, dU, dc)",
            lambda *args: _back()(*args)[:2],
        ),
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
    yield 0.7123, -2.0, 1.3


def _zero_cases() -> Iterator[tuple]:
    yield 0.0, 2.0, 3.0


def _walk(
    start: Callable = lambda f: 1.0,
    begin: Callable = lambda grad: 0.0,
    piece: Callable = lambda grad, local, value, other: grad * local,
    join: Callable = lambda old, new, first: old + new,
    served: int = 2,
    skips: Callable = lambda value: False,
) -> Callable:
    """Make a walk back through f = q*z + q*x with q = x*y; its parts are what a reader writes.

    start: the gradient of f. begin: that of all others at first. piece: what a node with the gradient `grad` hands to
    a parent of the value `value`; `other` is the local gradient of the other parent. join: how a piece meets what is
    there, and whether it is the first. served: how many parents are. skips: whether a node of this value is left out.
    """

    def gradients(x: float, y: float, z: float) -> tuple[float, float, float]:
        q = x * y
        values = {"x": x, "y": y, "z": z, "q": q, "qz": q * z, "qx": q * x, "f": q * z + q * x}
        nodes = [
            ("f", [("qz", 1.0), ("qx", 1.0)]),
            ("qx", [("q", x), ("x", q)]),
            ("qz", [("q", z), ("z", q)]),
            ("q", [("x", y), ("y", x)]),
        ]
        grads, reached = {name: begin(0.0) for name in values}, set()
        grads["f"] = start(values["f"])
        for node, parents in nodes:
            for number, (parent, local) in enumerate([] if skips(values[node]) else parents[:served]):
                new = piece(grads[node], local, values[parent], parents[1 - number][1])
                grads[parent] = join(grads[parent], new, parent not in reached)
                reached.add(parent)
        return grads["x"], grads["y"], grads["z"]

    return gradients


@exercise(
    todo="write __mul__ and backward, so that gradients(x, y, z) returns the gradients of f = q*z + q*x with q = x*y",
    cases=_number_cases,
    hard={"a number of 0": _zero_cases},
    make=_walk,
    mistakes=[
        ("a second piece overwrites the first: gradients add at branches, +=", {"join": lambda old, new, first: new}),
        (
            "the first piece is kept and the second dropped: gradients add at branches",
            {"join": lambda old, new, first: new if first else old},
        ),
        (
            "two pieces are multiplied: gradients add at branches",
            {"join": lambda old, new, first: new if first else old * new},
        ),
        (
            "two pieces are averaged: gradients add at branches",
            {"join": lambda old, new, first: new if first else (old + new) / 2},
        ),
        ("pieces are subtracted: gradients add at branches, +=", {"join": lambda old, new, first: old - new}),
        (
            "everything is 0: start with self.grad = 1, and walk from the last node to the first",
            {"start": lambda f: 0.0},
        ),
        ("the walk starts with the value of the result: its gradient by itself is 1", {"start": lambda f: f}),
        (
            "every gradient starts with 1: only that of the result does, all others start with 0",
            {"begin": lambda grad: 1.0},
        ),
        (
            "the upstream gradient is lost: pass on node.grad * local",
            {"piece": lambda grad, local, value, other: local},
        ),
        (
            "the gradient is passed on as it is: multiply it by the local one, which in a product is the other factor",
            {"piece": lambda grad, local, value, other: grad},
        ),
        (
            "upstream and local are added: the chain rule multiplies, node.grad * local",
            {"piece": lambda grad, local, value, other: grad + local},
        ),
        (
            "the parent's own value stands in for local: in a product, local is the value of the other factor",
            {"piece": lambda grad, local, value, other: grad * value},
        ),
        (
            "the local gradients are exchanged between the parents: in a product each gets the other factor",
            {"piece": lambda grad, local, value, other: grad * other},
        ),
        ("only the first parent of a node gets something: go through all of them", {"served": 1}),
        (
            "only the first factor of a product gets something: remember a local gradient for each",
            lambda x, y, z: ((z + x) * y, 0.0, 0.0),
        ),
        (
            "the product itself stands in for its local gradients: by one factor it is the other factor",
            {"piece": lambda grad, local, value, other: grad * (local if local == other == 1 else local * value)},
        ),
        (
            "nodes of the value 0 are left out: a gradient passes through them all the same",
            {"skips": lambda value: value == 0},
        ),
        (
            "q passes its gradient on before both pieces have arrived, and then again: go in the order of "
            "making, reversed",
            lambda x, y, z: (z * y + (z + x) * y + x * y, z * x + (z + x) * x, x * y),
        ),
        ("these are values, not gradients", lambda x, y, z: (x, y, z)),
    ],
    because="your engine finds gradients by itself, branches included",
)
def tiny_tensor(x: float, y: float, z: float) -> tuple[float, float, float]:
    """Return the gradients of x y z + x^2 y by x, y and z."""
    return y * z + 2 * x * y, x * z + x * x, x * y


# --- a layer of the tiny engine -----------------------------------------------------------------------------
def _layer_cases() -> Iterator[tuple]:
    yield [1.0, -2.0], [[3.0, 0.5]], [0.5], True
    yield [0.5, 2.0], [[1.0, -0.5], [2.0, 1.5]], [0.25, -0.5], True
    yield [0.7, -1.2, 0.4], [[1.1, 0.3, -2.0], [0.4, -0.9, 0.6]], [-0.25, 0.8], False
    yield [0.9, 1.3], [[0.5, -1.5], [-0.4, 0.7], [1.2, 0.6]], [0.2, 0.45, -0.3], True
    yield [1.5, -0.5], [[0.25, 1.75]], [-0.75], False
    yield [1.0, 2.0], [[-3.0, 2.5], [0.6, -1.1]], [0.4, 0.7], True  # below 0 on the way, and asleep
    yield [1.45788846, 0.71234567], [[0.59587512, 2.06844853], [-0.1234, 0.987]], [0.4877509564, 0.1], True


def _neuron(
    bias: str = "once",
    bends: Callable = lambda bend: bend,
    bend_at: str = "end",
    product: Callable = lambda w, x: w * x,
    join: Callable = lambda total, piece: total + piece,
    served: slice = slice(None),
) -> Callable:
    """Make a neuron of an engine; its parts may be wrong.

    bias: "once", "twice", "never", "each" or "late", after the bend. bends: whether the ReLU comes. bend_at: at the
    "end", on each "product" or after each "step". product: of a weight and its input. join: how a product meets the
    total. served: which products are.
    """

    def neuron(x: list, w: list, b: Any, bend: bool) -> Any:
        total = b if bias in ("once", "twice") else b * 0.0
        for one, other in list(zip(w, x, strict=True))[served]:
            piece = product(one, other)
            piece = piece.relu() if bend_at == "product" and bends(bend) else piece
            total = join(total, piece + b if bias == "each" else piece)
            total = total.relu() if bend_at == "step" and bends(bend) else total
        total = total + b if bias == "twice" else total
        total = total.relu() if bend_at == "end" and bends(bend) else total
        return total + b if bias == "late" else total

    return neuron


def _rows(
    row: Callable = lambda rows, i: rows[i],
    bias_of: Callable = lambda biases, i: biases[i],
    kept: slice = slice(None),
    **parts: Any,
) -> Callable:
    """Make a run of a layer of such neurons; `row` and `bias_of` say what the neuron i gets, `kept` which come back."""
    neuron = _neuron(**parts)

    def layer(x: list, W: list, b: list, bend: bool) -> list:
        return [neuron(x, row(W, i), bias_of(b, i), bend) for i in range(len(W))][kept]

    return lambda x, W, b, bend: run_layer(layer, x, W, b, bend)


@exercise(
    todo="write neuron and layer; compared is (h, dx, dW, db), the list that comes back and the gradients of its sum",
    cases=_layer_cases,
    make=_rows,
    mistakes=[
        ("the bias is missing: begin with it, or add it once", {"bias": "never"}),
        ("the bias is added with every product: once is enough", {"bias": "each"}),
        ("the bias is added twice: once is enough", {"bias": "twice"}),
        ("the bias comes after the ReLU: it belongs to the sum, before the bend", {"bias": "late"}),
        ("the ReLU is missing where bend is true", {"bends": lambda bend: False}),
        ("the ReLU comes even where bend is false", {"bends": lambda bend: True}),
        ("bend is taken the wrong way round: the ReLU comes if it is true", {"bends": lambda bend: not bend}),
        ("each product goes through the ReLU by itself: bend once, at the end of the sum", {"bend_at": "product"}),
        ("the ReLU comes after each addition: bend once, at the end of the sum", {"bend_at": "step"}),
        ("weights are added to inputs: multiply each with its own", {"product": lambda w, x: w + x}),
        ("the inputs are left out: multiply each weight with its input", {"product": lambda w, x: w}),
        ("the weights are left out: multiply each input with its weight", {"product": lambda w, x: x}),
        ("products are multiplied with the total: add them to it", {"join": lambda total, piece: total * piece}),
        ("products are subtracted: add them", {"join": lambda total, piece: total + piece * -1.0}),
        ("only the last product is left: total = total + product", {"join": lambda total, piece: piece}),
        ("only the first product is there: go through all of them", {"served": slice(1)}),
        ("the last product is left out", {"served": slice(-1)}),
        ("the first product is left out", {"served": slice(1, None)}),
        ("every neuron gets the first row of W: each has its own", {"row": lambda rows, i: rows[0]}),
        ("every neuron gets the last row of W: each has its own", {"row": lambda rows, i: rows[-1]}),
        ("every neuron gets the first bias: each has its own", {"bias_of": lambda biases, i: biases[0]}),
        ("every neuron gets the last bias: each has its own", {"bias_of": lambda biases, i: biases[-1]}),
        ("only the first neuron's value comes back: a layer gives a list, one for each row", {"kept": slice(1)}),
        ("only the last neuron's value comes back: a layer gives a list, one for each row", {"kept": slice(-1, None)}),
        ("the neurons come back in reverse", {"kept": slice(None, None, -1)}),
    ],
    because="a layer is a list of neurons, and your engine knows its gradients",
)  # fmt: skip
def tiny_layer(x: list, W: list, b: list, bend: bool) -> tuple[list, list, list, list]:
    """Return (h, dx, dW, db): h = relu(W x + b), or without the ReLU, and the gradients of the sum of h."""
    z = [shift + sum(one * other for one, other in zip(row, x, strict=True)) for row, shift in zip(W, b, strict=True)]
    db = [1.0 if value > 0 or not bend else 0.0 for value in z]
    dx = [sum(slope * row[j] for slope, row in zip(db, W, strict=True)) for j in range(len(x))]
    h = [max(value, 0.0) if bend else value for value in z]
    return h, dx, [[slope * value for value in x] for slope in db], db


# --- a training with the tiny engine ------------------------------------------------------------------------
def _training_cases() -> Iterator[tuple]:
    yield [1.0, -0.5], 0.05, 2
    yield [0.3, 0.7], 0.1, 1
    yield [-0.6, 1.2], 0.02, 4
    yield [1.45788846691, -0.71234567891], 0.0487065545, 3


def _descent(
    zeroed: Callable = lambda number: True,
    begin: Callable = lambda value: value,
    slope: Callable = lambda held: held,
    rate: Callable = lambda rate: rate,
    sign: float = -1.0,
    served: Callable = lambda number: True,
) -> Callable:
    """Make a training whose parts may be wrong: what is set to 0, what the value, slope and rate become, who moves."""

    def trained(numbers: list, learning_rate: float, steps: int) -> tuple[list, list]:
        values, held, losses = np.array(numbers, dtype=float), np.zeros(len(numbers)), []
        every = range(len(values))
        goes, cleared = (np.array([bool(rule(number)) for number in every]) for rule in (served, zeroed))
        for _ in range(steps):
            loss, now = _squares_and_slopes(values)
            losses.append(loss)
            held = np.where(cleared, 0.0, held) + now
            moved = begin(values) + sign * rate(learning_rate) * slope(held)
            values = np.where(goes, moved, values)
        return losses, values.tolist()

    return trained


def _squares_and_slopes(values: Array) -> tuple[float, Array]:
    x, y = np.array(POINTS).T
    misses = values[0] * x + values[1] - y
    return float(np.sum(misses**2)), np.array([np.sum(2 * misses * x), np.sum(2 * misses)])


@exercise(
    todo="write the step in train: gradients to 0, backward, and each value less learning_rate times its gradient",
    cases=_training_cases,
    make=_descent,
    mistakes=[
        ("gradients are not set to 0 between steps: earlier ones are still there", {"zeroed": lambda n: False}),
        ("only the first gradient is set to 0 between steps: set all of them", {"zeroed": lambda n: n == 0}),
        ("only the last gradient is set to 0 between steps: set all of them", {"zeroed": lambda n: n == 1}),
        ("this goes uphill: subtract the step", {"sign": 1.0}),
        ("the learning rate is missing: the step is learning_rate * gradient", {"rate": lambda rate: 1.0}),
        ("divided by the learning rate: multiply the gradient with it", {"rate": lambda rate: 1 / rate}),
        ("the value becomes the step alone: subtract it from the value", {"begin": lambda values: 0 * values}),
        ("all values get the mean of the gradients: each has its own", {"slope": lambda held: 0 * held + held.mean()}),
        ("all values get the sum of the gradients: each has its own", {"slope": lambda held: 0 * held + held.sum()}),
        ("only the sign of the gradient counts here: take all of it", {"slope": np.sign}),
        ("the gradient is squared", {"slope": np.square}),
        ("values get the gradients of others: each has its own", {"slope": lambda held: held[::-1]}),
        ("every value gets the first gradient: each has its own", {"slope": lambda held: held[0] + 0 * held}),
        ("every value gets the last gradient: each has its own", {"slope": lambda held: held[-1] + 0 * held}),
        ("only the first value moves: go through all of them", {"served": lambda number: number == 0}),
        ("only the last value moves: go through all of them", {"served": lambda number: number == 1}),
        ("the gradient counts twice: one backward, and no factor of your own", {"slope": lambda held: 2 * held}),
        (
            "nothing moves: set gradients to 0, then call loss.backward(), then change value.data",
            {"served": lambda number: False},
        ),
        (
            "the value is scaled by the rate as well: only the gradient is",
            lambda values, rate, steps: _descent(begin=lambda v: rate * v)(values, rate, steps),
        ),
    ],
    because="gradients to 0, backward, a small step: that is all of training",
)  # fmt: skip
def tiny_training(numbers: list, learning_rate: float, steps: int) -> tuple[list, list]:
    """Return (losses, numbers): the loss before each step, and w and b after the last."""
    return _descent()(numbers, learning_rate, steps)
