"""The exercises of notebook 07: a logistic neuron, merged layers, a forward pass, XOR, and sizes to count.

Each stands as a reference solution under its cases (small and readable first, then random ones from a fixed
seed) and the wrong answers that come up in class.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from .compare import as_numbers, mismatch
from .engine import exercise
from .explain import any_of

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


def _loud_cases() -> Iterator[tuple]:
    yield np.array([20.0, 30]), np.array([10.0, 20]), 200.0


def _logistic(
    total: Callable = lambda x, w, b: w @ x + b, bend: Callable = _sigmoid, last: Callable = lambda p, b: p
) -> Callable:
    """Make a variant of the neuron with another sum, another bend or something done to the answer."""
    return lambda x, w, b: last(bend(total(x, w, b)), b)


@exercise(
    todo="return the single number sigmoid(w . x + b) for x (D,), w (D,) and a number b",
    cases=_neuron_cases,
    hard={"a sum of 1000, where exp(z) overflows": _loud_cases},
    make=_logistic,
    mistakes=[
        ("this is z: send it through the sigmoid", {"bend": lambda z: z}),
        ("b is missing", {"total": lambda x, w, b: w @ x}),
        (
            "b is added after the sigmoid: it belongs to the sum, before the bend",
            {"total": lambda x, w, b: w @ x, "last": lambda p, b: p + b},
        ),
        (
            "b has the wrong sign; in exp(-w @ x + b) the minus reaches w @ x only: write exp(-(w @ x + b))",
            {"total": lambda x, w, b: w @ x - b},
        ),
        ("the minus sign in exp(-z) is missing, so large z gives 0", {"bend": lambda z: _sigmoid(-z)}),
        (
            "exp(z) / (1 + exp(z)) is inf / inf when z is large: 1 / (1 + exp(-z)) is the same, and holds",
            {"bend": lambda z: np.exp(z) / (1 + np.exp(z))},
        ),
        ("this is exp(-z): the sigmoid is 1 / (1 + exp(-z))", {"bend": lambda z: np.exp(-z)}),
        ("this is 1 + exp(-z): divide 1 by all of it, in brackets", {"bend": lambda z: 1 + np.exp(-z)}),
        (
            "1 minus exp(-z) stands under the fraction: the sigmoid has a plus there",
            {"bend": lambda z: 1 / (1 - np.exp(-z))},
        ),
        ("w * x is not summed up: the neuron has one answer, w @ x", {"total": lambda x, w, b: w * x + b}),
        (
            "these are all products of a weight with an input: only w[i] * x[i] belong together, w @ x",
            {"total": lambda x, w, b: np.outer(w, x) + b},
        ),
        ("the products are averaged: add them up, w @ x", {"total": lambda x, w, b: (w * x).mean() + b}),
        (
            "the last product is left out: the sum runs over all D inputs",
            {"total": lambda x, w, b: w[:-1] @ x[:-1] + b},
        ),
        ("each product overwrites the one before: collect them with +=", {"total": lambda x, w, b: w[-1] * x[-1] + b}),
        (
            "the sigmoid of each product is summed: first the sum, then the sigmoid, once",
            lambda x, w, b: _sigmoid(w * x).sum() + b,
        ),
        (
            "the inputs went through the sigmoid: first the sum w @ x + b, then the sigmoid",
            any_of(lambda x, w, b: w @ _sigmoid(x) + b, lambda x, w, b: _sigmoid(w @ _sigmoid(x) + b)),
        ),
        ("the sigmoid is applied twice", {"last": lambda p, b: _sigmoid(p)}),
        ("b is added to each product, so it counts D times", {"total": lambda x, w, b: (w * x + b).sum()}),
        ("this is a hard step, 0 or 1: the logistic neuron is soft", {"bend": lambda z: float(z > 0)}),
        ("this is the ReLU: the logistic neuron bends with the sigmoid", {"bend": _relu}),
        ("this is tanh, which goes from -1 to 1: the sigmoid goes from 0 to 1", {"bend": np.tanh}),
        (
            "this is the slope of the sigmoid, p (1 - p): the answer itself is asked for",
            {"bend": lambda z: _sigmoid(z) * _sigmoid(-z)},
        ),
    ],
)
def logistic_neuron(x: Array, w: Array, b: float) -> float:
    """Return sigmoid(w . x + b)."""
    return float(_sigmoid(w @ x + b))


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
        (
            "the order is turned round: W acts first, so it stands on the right",
            lambda W, b, U, c: (W @ U, U @ b + c),
        ),
        ("b is simply carried over: it passes through the second layer too, U @ b", lambda W, b, U, c: (U @ W, b + c)),
        ("b is lost: it passes through the second layer, U @ b", lambda W, b, U, c: (U @ W, c)),
        ("c is missing: the second layer adds its own bias", lambda W, b, U, c: (U @ W, U @ b)),
        ("c also passes through U, but it is added after U", lambda W, b, U, c: (U @ W, U @ (b + c))),
        (
            "the bias is multiplied by W: b is added after W, only U is still to come",
            lambda W, b, U, c: (U @ W, W @ b + c),
        ),
        (
            "the bias went through both matrices, A @ b: b is added after W, only U is still to come",
            lambda W, b, U, c: (U @ W, U @ W @ b + c),
        ),
        ("b and c are exchanged: b comes first and passes through U", lambda W, b, U, c: (U @ W, U @ c + b)),
        ("c is subtracted: the second layer adds it", lambda W, b, U, c: (U @ W, U @ b - c)),
        ("b @ U is the product with U.T: write U @ b", lambda W, b, U, c: (U @ W, b @ U + c)),
        (
            "U * b multiplies entry by entry and leaves a table: the bias of A has K numbers, U @ b",
            any_of(lambda W, b, U, c: (U @ W, U * b + c[:, None]), lambda W, b, U, c: (U @ W, U * b + c)),
        ),
        (
            "the last hidden neuron is left out of A: the sum runs over all of them",
            lambda W, b, U, c: (U[:, :-1] @ W[:-1], U @ b + c),
        ),
        ("both biases are missing", lambda W, b, U, c: (U @ W, 0 * c)),
        ("U * W multiplies entry by entry: the matrix product is @", lambda W, b, U, c: (U * W, U @ b + c)),
        ("the matrices are added: one layer after the other is a product", lambda W, b, U, c: (U + W, U @ b + c)),
        (
            "A is transposed: outputs are its rows, and the product of the two layers needs no .T",
            lambda W, b, U, c: ((U @ W).T, U @ b + c),
        ),
        (
            "only the matrix comes back: return the pair (A, a), as the new layer has a bias, too",
            lambda W, b, U, c: U @ W,
        ),
        ("the pair is turned round: first the matrix, then the bias", lambda W, b, U, c: (U @ b + c, U @ W)),
    ],
    because="two linear layers are one linear layer, whatever their weights",
)
def merged(W: Array, b: Array, U: Array, c: Array) -> tuple[Array, Array]:
    """Return (U W, U b + c)."""
    return U @ W, U @ b + c


# --- forward pass -------------------------------------------------------------------------------------------
def _forward_cases() -> Iterator[tuple]:
    yield (
        np.array([[1.0, 2], [0, -1], [2, 0]]),
        np.array([[1.0, -1], [0.5, 1]]),
        np.array([0.0, 1]),
        np.array([[1.0, 2], [-1, 0]]),
        np.array([0.5, -1]),
    )
    rng = np.random.default_rng(73)
    for n, d, hidden, out in [(3, 3, 3, 3), (5, 4, 3, 2), (4, 2, 6, 3)]:
        shapes = ((n, d), (hidden, d), hidden, (out, hidden), out)
        yield tuple(rng.normal(size=shape) for shape in shapes)


def _single_cases() -> Iterator[tuple]:
    yield np.array([[2.0]]), np.array([[1.5]]), np.array([0.5]), np.array([[2.0]]), np.array([-1.0])
    yield (
        np.array([[2.0, -1, 0.5]]),
        np.array([[1.0, 0, 2], [-1, 1, 0]]),
        np.array([0.0, 1]),
        np.array([[1.0, 3], [2, -1], [0.5, 0]]),
        np.array([1.0, 0, -1]),
    )


def _net(
    bend: Callable = _relu,
    last: Callable = lambda s: s,
    first: Callable = lambda X, W, b: X @ W.T + b,
    second: Callable = lambda H, U, c: H @ U.T + c,
) -> Callable:
    """Make a variant of the network with another bend or another layer."""
    return lambda X, W, b, U, c: last(second(bend(first(X, W, b)), U, c))


@exercise(
    todo="return the outputs (N, K) of the batch X (N, D): a linear layer W, b, a ReLU, a linear layer U, c",
    cases=_forward_cases,
    hard={"a single example": _single_cases},
    make=_net,
    mistakes=[
        ("the ReLU between the layers is missing: as it stands the two layers are one", {"bend": lambda z: z}),
        ("the outputs went through a ReLU too: scores may be negative, the last layer has no bend", {"last": _relu}),
        ("the ReLU is at the end, not between the layers", {"bend": lambda z: z, "last": _relu}),
        ("this bends with the sigmoid: a ReLU is asked for", {"bend": _sigmoid}),
        ("np.abs turns negative numbers round: the ReLU sets them to 0", {"bend": np.abs}),
        ("np.minimum keeps the negative numbers: the ReLU is np.maximum(z, 0)", {"bend": lambda z: np.minimum(z, 0)}),
        ("z > 0 is only the mask, 0 or 1: the ReLU keeps the positive numbers", {"bend": lambda z: 1.0 * (z > 0)}),
        (
            "np.max(z, 0) looks for the largest along axis 0: np.maximum(z, 0) compares each entry with 0",
            {"bend": lambda z: z.max(axis=0)},
        ),
        (
            "np.max looks for the largest of all: np.maximum(z, 0) compares each entry with 0",
            {"bend": lambda z: np.full_like(z, z.max())},
        ),
        (
            "max(0, z) and `if z > 0` compare one number, and z holds many: np.maximum(z, 0) goes entry by entry",
            {"bend": lambda z: max(0, z)},
        ),
        (
            "a little of the negative comes through, as in a leaky ReLU: here nothing of it passes",
            any_of(*({"bend": lambda z, slope=slope: np.where(z > 0, z, slope * z)} for slope in (0.01, 0.1, 0.2))),
        ),
        ("the hidden answers are cut off at 1, too: a ReLU has no ceiling", {"bend": lambda z: np.clip(z, 0, 1)}),
        (
            "the hidden answers are cut to whole numbers: np.zeros(..., dtype=int) holds no fractions",
            {"bend": lambda z: np.trunc(_relu(z))},
        ),
        ("np.squeeze takes every axis of length 1 away: a single example has to stay a row", {"last": np.squeeze}),
        ("b is missing in the first layer", {"first": lambda X, W, b: X @ W.T}),
        ("c is missing in the second layer", {"second": lambda H, U, c: H @ U.T}),
        ("both biases are missing", {"first": lambda X, W, b: X @ W.T, "second": lambda H, U, c: H @ U.T}),
        (
            "b is added after the ReLU: it belongs to z, before the bend",
            lambda X, W, b, U, c: (_relu(X @ W.T) + b) @ U.T + c,
        ),
        ("you used X @ W: a neuron is a row of W, so the product needs W.T", {"first": lambda X, W, b: X @ W + b}),
        ("you used H @ U: an output is a row of U, so the product needs U.T", {"second": lambda H, U, c: H @ U + c}),
        (
            "you used X @ W and H @ U: a neuron is a row, so both products need .T",
            {"first": lambda X, W, b: X @ W + b, "second": lambda H, U, c: H @ U + c},
        ),
        ("these are the hidden answers: the second layer is missing", lambda X, W, b, U, c: _relu(X @ W.T + b)),
        (
            "the outputs lie on their side, as (K, N): one row per example is asked for",
            lambda X, W, b, U, c: _net()(X, W, b, U, c).T,
        ),
        (
            "only the first example was sent through: all N rows of X are asked for",
            lambda X, W, b, U, c: _net()(X[:1], W, b, U, c)[0],
        ),
        ("you went one step too far, to the predicted classes", lambda X, W, b, U, c: _net()(X, W, b, U, c).argmax(1)),
    ],
)
def forward(X: Array, W: Array, b: Array, U: Array, c: Array) -> Array:
    """Return relu(X W.T + b) U.T + c (N, K)."""
    return _relu(X @ W.T + b) @ U.T + c


# --- XOR ----------------------------------------------------------------------------------------------------
_XOR = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
_XOR_ANSWERS = np.array([0.0, 1, 1, 0])
_GATES = _COUNT, _OR, _AND, _XNOR = np.array([[0.0, 1, 1, 2], [0, 1, 1, 1], [0, 0, 0, 1], [1, 0, 0, 1]])


def _xor_outputs(answer: object) -> object:
    """Return the answers at (0, 0), (0, 1), (1, 0), (1, 1) to three decimals, or a word for what is wrong with all."""
    if not isinstance(answer, dict):  # the four answers themselves
        return answer
    if set(answer) != {"W", "b", "u", "c"}:
        raise ValueError("expected W, b, u and c, each by its name, as in the cell that you were given")
    parts = {}
    for name, shape in {"W": (2, 2), "b": (2,), "u": (2,), "c": ()}.items():
        part = parts[name] = as_numbers(answer[name])
        if name == "W" and part is not None and part.shape == (4,):
            return "flat W"
        if part is None or part.shape != shape:
            came = "no numbers" if part is None else f"the shape {part.shape}"
            raise ValueError(f"{name} came with {came}, expected {'one number' if not shape else f'the shape {shape}'}")
    out = np.round(_relu(_XOR @ parts["W"].T + parts["b"]) @ parts["u"] + parts["c"], 3)
    return _xor_fault(out) or out


def _xor_fault(out: Array) -> str:
    """Return a word for what the four answers have in common when they are not XOR's; "" for nothing."""
    if np.ptp(out) == 0 or any(mismatch(out, known) is None for known in (*_GATES, _XOR_ANSWERS)):
        return ""
    both_off, second, first, both_on = out
    if first != second:
        return "lopsided"
    if np.isclose(both_off + both_on, first + second):
        return "flat"
    if both_off == both_on:
        return "shifted" if np.isclose(first - both_off, 1) else "upside down" if first < both_off else "scaled"
    return "last wrong" if mismatch(out[:3], _XOR_ANSWERS[:3]) is None else "middle wrong" if both_off == 0 else ""


@exercise(
    todo="give W (2, 2), b (2,), u (2,) and c, so that the network answers 0, 1, 1, 0 at (0,0), (0,1), (1,0), (1,1)",
    small="say that the first neuron counts the ones, and the second answers 1 for two ones, else 0. At (0, 1) and "
    "(1, 0) they answer (1, 0), at (1, 1) they answer (2, 1). Which u makes 1 of the former and 0 of the latter?",
    read=_xor_outputs,
    mistakes=[
        (
            "your network answers 0, 1, 1, 2: it counts the ones. The second neuron is to wake at (1, "
            "1) and take 2 away",
            _COUNT,
        ),
        ("your network answers 0, 1, 1, 1: that is OR. At (1, 1) something has to be taken away", _OR),
        (
            "your network answers 0, 0, 0, 1: that is AND. It is half of the answer: (0, 1) and (1, 0) are to give 1",
            _AND,
        ),
        ("your network answers 1, 0, 0, 1: that is the opposite of XOR, turn the sign of u and mend c", _XNOR),
        ("your network answers 0 everywhere", np.zeros(4)),
        ("your network answers 1 everywhere", np.ones(4)),
        (
            "your four answers lie on a plane, as if there were no ReLU: b is to make a neuron sleep "
            "at some points only",
            "flat",
        ),
        ("your four answers are all too large or too small by the same number: mend c", "shifted"),
        (
            "(0, 1) and (1, 0) get the same, (0, 0) and (1, 1) too, but they get more: turn the sign of u, and mend c",
            "upside down",
        ),
        (
            "(0, 1) and (1, 0) get the same, (0, 0) and (1, 1) too, but not 1 and 0: mend the sizes in u, and c",
            "scaled",
        ),
        (
            "three answers are right, the one at (1, 1) is not 0: how much has the neuron that wakes "
            "there to take away?",
            "last wrong",
        ),
        (
            "(0, 0) gets 0, as it should, (0, 1) and (1, 0) get the same, but not 1: which neurons wake there?",
            "middle wrong",
        ),
        ("W came as four numbers in a row, expected two rows, one for each neuron: [[., .], [., .]]", "flat W"),
        (
            "(0, 1) and (1, 0) get different answers: send each through W, b and u, and see which neuron wakes",
            "lopsided",
        ),
    ],
    because="your network answers 0, 1, 1, 0: no single line can do that",
)
def xor() -> Array:
    """Return XOR's four answers."""
    return _XOR_ANSWERS


# --- sizes --------------------------------------------------------------------------------------------------
def _width_cases() -> Iterator[tuple]:
    yield ((7500, 5),)
    yield ((4, 3, 2),)
    yield ((2, 7, 7, 7, 7, 1),)
    yield ([64, 32, 10],)


def _pairs(widths: Sequence[int]) -> list[tuple[int, int]]:
    return list(zip(widths[:-1], widths[1:], strict=True))


def _emptied(widths: list) -> int:
    total, n_in = 0, widths.pop(0)
    while widths:
        total, n_in = total + (n_in + 1) * widths[0], widths.pop(0)
    return total


def _of_three(widths: Sequence[int]) -> int:
    n_in, n_hidden, n_out = widths
    return (n_in + 1) * n_hidden + (n_hidden + 1) * n_out


@exercise(
    todo="return how many weights and biases a network with these layer widths has, from the input to the output",
    cases=_width_cases,
    mistakes=[
        ("the biases are missing: each neuron has one", lambda widths: sum(a * b for a, b in _pairs(widths))),
        (
            "the inputs have no bias: only neurons have one",
            lambda widths: sum(a * b for a, b in _pairs(widths)) + sum(widths),
        ),
        (
            "the biases are counted at the wrong end: a layer has one for each of its outputs",
            lambda widths: sum(a * b + a for a, b in _pairs(widths)),
        ),
        (
            "one bias per layer is too few: each neuron has its own",
            lambda widths: sum(a * b + 1 for a, b in _pairs(widths)),
        ),
        (
            "these are the neurons: each has as many weights as the layer before has neurons, and a bias",
            lambda widths: sum(widths[1:]),
        ),
        ("this is the number of neurons, inputs included: count weights and biases", lambda widths: sum(widths)),
        (
            "widths are added where they are multiplied: each input meets each neuron",
            lambda widths: sum(a + 2 * b for a, b in _pairs(widths)),
        ),
        ("the last layer is missing", lambda widths: sum(a * b + b for a, b in _pairs(widths)[:-1])),
        ("only the first layer is counted", lambda widths: sum(a * b + b for a, b in _pairs(widths)[:1])),
        (
            "only the last layer is counted: add each layer to the total, +=",
            lambda widths: sum(a * b + b for a, b in _pairs(widths)[-1:]),
        ),
        (
            "this goes from the input straight to the output: count layer by layer",
            lambda widths: (widths[0] + 1) * widths[-1],
        ),
        (
            "the layers are multiplied: their weights add up",
            any_of(lambda widths: int(np.prod(widths)), lambda widths: int(np.prod(widths)) + sum(widths[1:])),
        ),
        (
            "the output layer has no biases: its neurons have one each, too",
            lambda widths: sum(a * b for a, b in _pairs(widths)) + sum(widths[1:-1]),
        ),
        ("the biases are counted twice", lambda widths: sum(a * b + 2 * b for a, b in _pairs(widths))),
        (
            "each layer is paired with itself: pair it with the next one, widths[:-1] with widths[1:]",
            lambda widths: sum(a * a + a for a in widths),
        ),
        (
            "each layer is wired to all that come later: only to the next one",
            lambda widths: sum(a * b for n, a in enumerate(widths) for b in widths[n + 1 :]) + sum(widths[1:]),
        ),
        (
            "layers of the same two widths are counted once: each has weights of its own",
            lambda widths: sum(a * b + b for a, b in set(_pairs(widths))),
        ),
        ("this is right for three widths only: a network may have any number of layers", _of_three),
        ("pop takes the widths away from the caller, and a tuple has no pop: walk through them instead", _emptied),
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
    yield 6, 2, 1
    yield 7, 7, 2


@exercise(
    todo="return how many places a window of k pixels finds in a row of n >= k when it moves on by stride",
    cases=_size_cases,
    mistakes=[
        ("one is missing: the first place counts, too", lambda n, k, stride: (n - k) // stride),
        ("the stride is forgotten", lambda n, k, stride: n - k + 1),
        ("the window is forgotten: it must fit as a whole", lambda n, k, stride: n // stride),
        ("the window is forgotten: it must fit as a whole", lambda n, k, stride: (n - 1) // stride + 1),
        ("the windows overlap: they move on by stride, not by k", lambda n, k, stride: n // k),
        (
            "the 1 is divided by the stride, too: the first place comes on top of the steps, so add it last",
            lambda n, k, stride: (n - k + 1) // stride,
        ),
        ("a window that sticks out counts: round down, with //", lambda n, k, stride: -((k - n) // stride) + 1),
        ("this is not a whole number: round down, with //", lambda n, k, stride: (n - k) / stride + 1),
        (
            "this is rounded to the nearest: a place that does not fit as a whole is none, round down with //",
            lambda n, k, stride: round((n - k) / stride) + 1,
        ),
        (
            "the 1 is added to the stride: (n - k) // stride counts the steps, and the first place comes on top",
            lambda n, k, stride: (n - k) // (stride + 1),
        ),
        ("only k is divided: n - k needs brackets", lambda n, k, stride: n - k // stride + 1),
        (
            "window and stride are exchanged: the window takes k away, stride divides",
            lambda n, k, stride: (n - stride) // k + 1,
        ),
        ("n and k are exchanged: the row is longer than the window", lambda n, k, stride: (k - n) // stride + 1),
        (
            "the row is made longer at both ends, as with padding: here the window never sticks out",
            lambda n, k, stride: (n - k + 2 * (k // 2)) // stride + 1,
        ),
        (
            "half a window is taken off at each end, which fails for an even k: a window takes k - 1 "
            "places away in all",
            any_of(
                lambda n, k, stride: (n - 2 * (k // 2) - 1) // stride + 1,
                lambda n, k, stride: (n - 2 * (k // 2)) // stride + 1,
            ),
        ),
        (
            "these are the places of a square picture: a row is asked for",
            lambda n, k, stride: ((n - k) // stride + 1) ** 2,
        ),
        (
            "a window that ends exactly at the edge fits, too: range stops before its end, so it needs n - k + 1",
            lambda n, k, stride: len(range(0, n - k, stride)),
        ),
        ("one place too many is counted", lambda n, k, stride: (n - k) // stride + 2),
        ("k is added: the window takes room away", lambda n, k, stride: (n + k) // stride + 1),
        (
            "k is subtracted from both sides: only the places at the end are lost",
            lambda n, k, stride: (n - 2 * k) // stride + 1,
        ),
    ],
    because="AlexNet's first layer: 227 pixels, windows of 11, stride 4, 55 places",
)
def output_size(n: int, k: int, stride: int) -> int:
    """Return (n - k) // stride + 1."""
    return (n - k) // stride + 1
