"""The exercises of notebook 07: a logistic neuron, merged layers, a forward pass, XOR, and sizes to count.

Each stands as a reference solution under its cases (small and readable first, then random ones from a fixed
seed) and the wrong answers that come up in class.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from .compare import as_numbers
from .engine import exercise

Array = np.ndarray


def _sigmoid(z: Array) -> Array:
    return 1 / (1 + np.exp(-z))


def _relu(z: Array) -> Array:
    return np.maximum(z, 0)


# --- the logistic neuron ------------------------------------------------------------------------------------
def _neuron_cases() -> Iterator[tuple]:
    yield np.array([1.0, 2]), np.array([0.5, -0.25]), 1.0
    rng = np.random.default_rng(71)
    for d in (2, 3, 4):
        yield rng.normal(size=d), rng.normal(size=d), float(rng.uniform(0.3, 1))


@exercise(
    todo="return the single number sigmoid(w . x + b) for x (D,), w (D,) and a number b",
    cases=_neuron_cases,
    mistakes=[
        ("this is z: send it through the sigmoid", lambda x, w, b: w @ x + b),
        ("b is missing", lambda x, w, b: _sigmoid(w @ x)),
        ("b is added after the sigmoid: it belongs to the sum, before the bend", lambda x, w, b: _sigmoid(w @ x) + b),
        ("b has the wrong sign; in exp(-w @ x + b) the minus reaches w @ x only: write exp(-(w @ x + b))",
         lambda x, w, b: _sigmoid(w @ x - b)),
        ("the minus sign in exp(-z) is missing, so large z gives 0", lambda x, w, b: _sigmoid(-(w @ x + b))),
        ("this is exp(-z): the sigmoid is 1 / (1 + exp(-z))", lambda x, w, b: np.exp(-(w @ x + b))),
        ("this is 1 + exp(-z): divide 1 by all of it, in brackets", lambda x, w, b: 1 + np.exp(-(w @ x + b))),
        ("w * x is not summed up: the neuron has one answer, w @ x", lambda x, w, b: _sigmoid(w * x + b)),
        ("the sigmoid of each product is summed: first the sum, then the sigmoid, once",
         lambda x, w, b: _sigmoid(w * x).sum() + b),
        ("b is added to each product, so it counts D times", lambda x, w, b: _sigmoid((w * x + b).sum())),
        ("this is a hard step, 0 or 1: the logistic neuron is soft", lambda x, w, b: float(w @ x + b > 0)),
        ("this is the ReLU: the logistic neuron bends with the sigmoid", lambda x, w, b: _relu(w @ x + b)),
        ("this is tanh, which goes from -1 to 1: the sigmoid goes from 0 to 1", lambda x, w, b: np.tanh(w @ x + b)),
    ],
)
def logistic_neuron(x: Array, w: Array, b: float) -> float:
    """Return sigmoid(w . x + b)."""
    return _sigmoid(w @ x + b)


# --- two linear layers are one ------------------------------------------------------------------------------
def _collapse_cases() -> Iterator[tuple]:
    yield np.array([[1.0, 2], [0, 1]]), np.array([1.0, 0]), np.array([[1.0, 1], [2, 0]]), np.array([0.0, 5])
    rng = np.random.default_rng(72)
    for d, hidden, out in [(3, 3, 3), (4, 3, 2), (2, 4, 3)]:
        yield tuple(rng.normal(size=shape) for shape in ((hidden, d), hidden, (out, hidden), out))


@exercise(
    todo="return the pair (A, a) for which A @ x + a equals U @ (W @ x + b) + c for every x",
    cases=_collapse_cases,
    mistakes=[
        ("the order is turned round: W acts first, so it stands on the right, U @ W",
         lambda W, b, U, c: (W @ U, U @ b + c)),
        ("b is simply carried over: it passes through the second layer too, U @ b",
         lambda W, b, U, c: (U @ W, b + c)),
        ("b is lost: it passes through the second layer, U @ b", lambda W, b, U, c: (U @ W, c)),
        ("c is missing: the second layer adds its own bias", lambda W, b, U, c: (U @ W, U @ b)),
        ("c also passes through U, but it is added after U", lambda W, b, U, c: (U @ W, U @ (b + c))),
        ("the bias is multiplied by W: b is added after W, only U is still to come",
         lambda W, b, U, c: (U @ W, W @ b + c)),
        ("both biases are missing", lambda W, b, U, c: (U @ W, 0 * c)),
        ("U * W multiplies entry by entry: the matrix product is @", lambda W, b, U, c: (U * W, U @ b + c)),
        ("the matrices are added: one layer after the other is a product", lambda W, b, U, c: (U + W, U @ b + c)),
        ("A is transposed: outputs are its rows, and A = U @ W needs no .T", lambda W, b, U, c: ((U @ W).T, U @ b + c)),
        ("the pair is turned round: first the matrix, then the bias", lambda W, b, U, c: (U @ b + c, U @ W)),
    ],
    because="two linear layers are one linear layer, whatever their weights",
)
def merged(W: Array, b: Array, U: Array, c: Array) -> tuple[Array, Array]:
    """Return (U W, U b + c)."""
    return U @ W, U @ b + c


# --- forward pass -------------------------------------------------------------------------------------------
def _forward_cases() -> Iterator[tuple]:
    yield (np.array([[1.0, 2], [0, -1], [2, 0]]), np.array([[1.0, -1], [0.5, 1]]), np.array([0.0, 1]),
           np.array([[1.0, 2], [-1, 0]]), np.array([0.5, -1]))
    rng = np.random.default_rng(73)
    for n, d, hidden, out in [(3, 3, 3, 3), (5, 4, 3, 2), (4, 2, 6, 3)]:
        shapes = ((n, d), (hidden, d), hidden, (out, hidden), out)
        yield tuple(rng.normal(size=shape) for shape in shapes)


def _net(bend: Callable = _relu, last: Callable = lambda s: s, first: Callable = lambda X, W, b: X @ W.T + b,
         second: Callable = lambda H, U, c: H @ U.T + c) -> Callable:
    """Make a variant of the network with another bend or another layer."""
    return lambda X, W, b, U, c: last(second(bend(first(X, W, b)), U, c))


@exercise(
    todo="return the outputs (N, K) of the batch X (N, D): a linear layer W, b, a ReLU, a linear layer U, c",
    cases=_forward_cases,
    mistakes=[
        ("the ReLU between the layers is missing: as it stands the two layers are one", _net(bend=lambda z: z)),
        ("the outputs went through a ReLU too: scores may be negative, the last layer has no bend", _net(last=_relu)),
        ("the ReLU is at the end, not between the layers", _net(bend=lambda z: z, last=_relu)),
        ("this bends with the sigmoid: a ReLU is asked for", _net(bend=_sigmoid)),
        ("np.abs turns negative numbers round: the ReLU sets them to 0", _net(bend=np.abs)),
        ("np.minimum keeps the negative numbers: the ReLU is np.maximum(z, 0)", _net(bend=lambda z: np.minimum(z, 0))),
        ("z > 0 is only the mask, 0 or 1: the ReLU keeps the positive numbers", _net(bend=lambda z: 1.0 * (z > 0))),
        ("np.max gives the largest of all numbers: np.maximum(z, 0) goes entry by entry",
         _net(bend=lambda z: np.full_like(z, z.max()))),
        ("b is missing in the first layer", _net(first=lambda X, W, b: X @ W.T)),
        ("c is missing in the second layer", _net(second=lambda H, U, c: H @ U.T)),
        ("both biases are missing", _net(first=lambda X, W, b: X @ W.T, second=lambda H, U, c: H @ U.T)),
        ("b is added after the ReLU: it belongs to z, before the bend",
         lambda X, W, b, U, c: (_relu(X @ W.T) + b) @ U.T + c),
        ("you used X @ W: a neuron is a row of W, so the product needs W.T", _net(first=lambda X, W, b: X @ W + b)),
        ("you used H @ U: an output is a row of U, so the product needs U.T", _net(second=lambda H, U, c: H @ U + c)),
        ("you used X @ W and H @ U: a neuron is a row, so both products need .T",
         _net(first=lambda X, W, b: X @ W + b, second=lambda H, U, c: H @ U + c)),
        ("these are the hidden answers: the second layer is missing", lambda X, W, b, U, c: _relu(X @ W.T + b)),
        ("the outputs lie on their side, as (K, N): one row per example is asked for",
         lambda X, W, b, U, c: _net()(X, W, b, U, c).T),
        ("only the first example was sent through: all N rows of X are asked for",
         lambda X, W, b, U, c: _net()(X[:1], W, b, U, c)[0]),
        ("you went one step too far, to the predicted classes", lambda X, W, b, U, c: _net()(X, W, b, U, c).argmax(1)),
    ],
)
def forward(X: Array, W: Array, b: Array, U: Array, c: Array) -> Array:
    """Return relu(X W.T + b) U.T + c (N, K)."""
    return _relu(X @ W.T + b) @ U.T + c


# --- XOR ----------------------------------------------------------------------------------------------------
_XOR = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])


def _xor_outputs(answer: object) -> object:
    """Return what the network answers at (0, 0), (0, 1), (1, 0), (1, 1), rounded to three decimals."""
    if not isinstance(answer, dict):  # the four answers themselves
        return answer
    if set(answer) != {"W", "b", "u", "c"}:
        raise ValueError("expected W, b, u and c, each by its name, as in the cell that you were given")
    parts = {name: as_numbers(value) for name, value in answer.items()}
    for name, shape in {"W": (2, 2), "b": (2,), "u": (2,), "c": ()}.items():
        if parts[name] is None or parts[name].shape != shape:
            came = "no numbers" if parts[name] is None else f"the shape {parts[name].shape}"
            raise ValueError(f"{name} came with {came}, expected {'one number' if not shape else f'the shape {shape}'}")
    out = _relu(_XOR @ parts["W"].T + parts["b"]) @ parts["u"] + parts["c"]
    return np.round(out, 3)


@exercise(
    todo="give W (2, 2), b (2,), u (2,) and c, so that the network answers 0, 1, 1, 0 at (0,0), (0,1), (1,0), (1,1)",
    read=_xor_outputs,
    mistakes=[
        ("your network answers 0, 1, 1, 2: it counts the ones. The second neuron is to wake at (1, 1) and take 2 away",
         np.array([0.0, 1, 1, 2])),
        ("your network answers 0, 1, 1, 1: that is OR. At (1, 1) something has to be taken away",
         np.array([0.0, 1, 1, 1])),
        ("your network answers 0, 0, 0, 1: that is AND. It is half of the answer: (0, 1) and (1, 0) are to give 1",
         np.array([0.0, 0, 0, 1])),
        ("your network answers 1, 0, 0, 1: that is the opposite of XOR, turn the sign of u and mend c",
         np.array([1.0, 0, 0, 1])),
        ("your network answers 0 everywhere", np.zeros(4)),
        ("your network answers 1 everywhere", np.ones(4)),
    ],
    because="your network answers 0, 1, 1, 0: no single line can do that",
)
def xor() -> Array:
    """Return XOR's four answers."""
    return np.array([0.0, 1, 1, 0])


# --- sizes --------------------------------------------------------------------------------------------------
def _width_cases() -> Iterator[tuple]:
    yield ((7500, 5),)
    yield ((4, 3, 2),)
    yield ((2, 7, 7, 7, 7, 1),)
    yield ((64, 32, 10),)


def _pairs(widths: Sequence[int]) -> list[tuple[int, int]]:
    return list(zip(widths[:-1], widths[1:], strict=True))


@exercise(
    todo="return how many weights and biases a network with these layer widths has, from the input to the output",
    cases=_width_cases,
    mistakes=[
        ("the biases are missing: each neuron has one", lambda widths: sum(a * b for a, b in _pairs(widths))),
        ("the inputs have no bias: only neurons have one", lambda widths: sum(a * b for a, b in _pairs(widths))
         + sum(widths)),
        ("the biases are counted at the wrong end: a layer has one for each of its outputs",
         lambda widths: sum(a * b + a for a, b in _pairs(widths))),
        ("one bias per layer is too few: each neuron has its own",
         lambda widths: sum(a * b + 1 for a, b in _pairs(widths))),
        ("these are the neurons: each has as many weights as the layer before has neurons, and a bias",
         lambda widths: sum(widths[1:])),
        ("this is the number of neurons, inputs included: count weights and biases", lambda widths: sum(widths)),
        ("widths are added where they are multiplied: each input meets each neuron",
         lambda widths: sum(a + 2 * b for a, b in _pairs(widths))),
        ("the last layer is missing", lambda widths: sum(a * b + b for a, b in _pairs(widths)[:-1])),
        ("only the first layer is counted", lambda widths: sum(a * b + b for a, b in _pairs(widths)[:1])),
        ("the layers are multiplied: their weights add up", lambda widths: int(np.prod(widths))),
    ],
)
def n_parameters(widths: Sequence[int]) -> int:
    """Return the sum of n_in * n_out + n_out over the layers."""
    return sum(a * b + b for a, b in _pairs(widths))


def _size_cases() -> Iterator[tuple]:
    yield 50, 3, 1
    yield 5, 3, 2
    yield 227, 11, 4
    yield 8, 3, 2
    yield 9, 4, 3


@exercise(
    todo="return how many places a window of k pixels finds in a row of n when it moves on by stride",
    cases=_size_cases,
    mistakes=[
        ("one is missing: the first place counts, too", lambda n, k, stride: (n - k) // stride),
        ("the stride is forgotten", lambda n, k, stride: n - k + 1),
        ("the window is forgotten: it must fit as a whole", lambda n, k, stride: n // stride),
        ("the window is forgotten: it must fit as a whole", lambda n, k, stride: (n - 1) // stride + 1),
        ("the windows overlap: they move on by stride, not by k", lambda n, k, stride: n // k),
        ("the 1 is divided by the stride, too: (n - k) // stride + 1", lambda n, k, stride: (n - k + 1) // stride),
        ("a window that sticks out counts: round down, with //", lambda n, k, stride: -((k - n) // stride) + 1),
        ("this is not a whole number: round down, with //", lambda n, k, stride: (n - k) / stride + 1),
        ("k is added: the window takes room away", lambda n, k, stride: (n + k) // stride + 1),
        ("k is subtracted from both sides: only the places at the end are lost",
         lambda n, k, stride: (n - 2 * k) // stride + 1),
    ],
    because="AlexNet's first layer: 227 pixels, windows of 11, stride 4, 55 places",
)
def output_size(n: int, k: int, stride: int) -> int:
    """Return (n - k) // stride + 1."""
    return (n - k) // stride + 1
