"""The exercises of notebook 08: what a product and a maximum pass back, the chain rule, and a value used twice.

The cases avoid numbers for which a wrong way gives the right answer, such as two equal inputs.
"""

from collections.abc import Callable, Iterator

import numpy as np

from .engine import exercise
from .explain import any_of


# --- one node -----------------------------------------------------------------------------------------------
def _node_cases() -> Iterator[tuple]:
    yield -3.0, 5.0, 2.0
    yield 4.0, -1.5, 3.0
    rng = np.random.default_rng(8)
    for _ in range(4):  # four digits, so that three are seen to be too few
        yield tuple(float(number) for number in rng.uniform(-4, 4, size=3).round(4))


def _no_input_cases() -> Iterator[tuple]:
    yield 0.0, 3.0, 2.0
    yield -2.0, 0.0, 1.5


def _no_upstream_cases() -> Iterator[tuple]:
    yield 2.0, 3.0, 0.0


def _close_cases() -> Iterator[tuple]:
    yield 1.7, 1.2, 2.0
    yield -0.5, -0.25, 3.0
    yield -0.25, -0.5, -1.0


ZEROS = {"an input of 0": _no_input_cases, "an upstream gradient of 0": _no_upstream_cases}


@exercise(
    todo="return the pair (dx, dy) of gradients that a node x + y passes back when `upstream` comes in",
    cases=_node_cases,
    hard=ZEROS,
    mistakes=[
        ("this is the local gradient alone: the upstream one is lost", lambda x, y, u: (1.0, 1.0)),
        ("that is how a product does it: the local gradients of a sum are 1 and 1", lambda x, y, u: (u * y, u * x)),
        (
            "each input is multiplied with upstream: the local gradients of a sum are 1 and 1",
            lambda x, y, u: (u * x, u * y),
        ),
        ("these are the inputs as they came in: what goes back is made of upstream", lambda x, y, u: (x, y)),
        ("upstream is added to the input: it goes back as it is", lambda x, y, u: (x + u, y + u)),
        (
            "upstream is multiplied with the sum: the node's value has no part in it, the local gradients are 1 and 1",
            lambda x, y, u: (u * (x + y), u * (x + y)),
        ),
        (
            "upstream is divided between the two: a sum copies it, it does not share it out",
            any_of(lambda x, y, u: (u / 2, u / 2), lambda x, y, u: (u * x / (x + y), u * y / (x + y))),
        ),
        ("upstream is doubled: each input gets it once", lambda x, y, u: (2 * u, 2 * u)),
        ("upstream is multiplied with itself: it meets the local gradient, which is 1", lambda x, y, u: (u**2, u**2)),
        ("upstream and the local gradient are added: the chain rule multiplies", lambda x, y, u: (u + 1, u + 1)),
        ("only the first input gets it: a sum copies it to both", lambda x, y, u: (u, 0.0)),
        ("only the second input gets it: a sum copies it to both", lambda x, y, u: (0.0, u)),
        ("that is how a maximum does it: a sum copies upstream to both", lambda x, y, u: (u * (x > y), u * (x <= y))),
        ("both gradients stay 0: upstream never reaches them", lambda x, y, u: (0.0, 0.0)),
        ("the second sign is wrong: that is a difference", lambda x, y, u: (u, -u)),
        ("the sign is wrong: the minus belongs to a step downhill, not to the gradient", lambda x, y, u: (-u, -u)),
        ("the sign of upstream is lost: it goes back as it is", lambda x, y, u: (abs(u), abs(u))),
        (
            "a negative upstream gradient is held back: it passes like any other",
            lambda x, y, u: (max(u, 0.0), max(u, 0.0)),
        ),
        (
            "upstream = 0 is replaced by 1: `upstream or 1` takes 0 for missing, but it says that nothing comes back",
            lambda x, y, u: (u or 1.0, u or 1.0),
        ),
        (
            "an input of 0 gets nothing: the local gradients of a sum are 1, whatever the inputs are",
            lambda x, y, u: (u if x else 0.0, u if y else 0.0),
        ),
        ("this is the value of the node, the way forward: the way back is asked for", lambda x, y, u: x + y),
        ("only one gradient is there: return the pair (dx, dy)", lambda x, y, u: u),
    ],
    because="a sum copies the upstream gradient to all its inputs",
)
def add_backward(x: float, y: float, upstream: float) -> tuple[float, float]:
    """Return the gradients by x and y of a node x + y."""
    return upstream, upstream


@exercise(
    todo="return the pair (dx, dy) of gradients that a node x * y passes back when `upstream` comes in",
    cases=_node_cases,
    hard=ZEROS,
    mistakes=[
        ("x and y are swapped: the local gradient by x is the other factor, y", lambda x, y, u: (u * x, u * y)),
        ("these are the local gradients alone: multiply each by upstream", lambda x, y, u: (y, x)),
        ("dx is right, but dy is the local gradient alone: upstream belongs to both", lambda x, y, u: (u * y, x)),
        ("dy is right, but dx is the local gradient alone: upstream belongs to both", lambda x, y, u: (y, u * x)),
        ("dy is made of dx: it starts from upstream again, times the other factor", lambda x, y, u: (u * y, u * y * x)),
        ("these are the inputs as they came in: the gradient by x is upstream times y", lambda x, y, u: (x, y)),
        ("that is how a sum does it: the local gradients of a product are y and x", lambda x, y, u: (u, u)),
        (
            "that is how a maximum does it: a product serves both inputs",
            lambda x, y, u: (u * y, 0.0) if x > y else (0.0, u * x),
        ),
        (
            "both inputs were nudged at once: for dx only x moves, and y stands still",
            lambda x, y, u: (u * (x + y), u * (x + y)),
        ),
        ("upstream and local are added: the chain rule multiplies", lambda x, y, u: (u + y, u + x)),
        (
            "upstream is divided by the local gradient: the chain rule multiplies",
            any_of(lambda x, y, u: (u / y, u / x), lambda x, y, u: (u / y if y else 0.0, u / x if x else 0.0)),
        ),
        (
            "the whole product is passed back to both: each gets upstream times the *other* factor",
            lambda x, y, u: (u * x * y, u * x * y),
        ),
        (
            "that is the slope of a square, 2 x: here the other factor stands still, so the slope is y",
            lambda x, y, u: (2 * u * x, 2 * u * y),
        ),
        (
            "upstream is shared out in halves: each input gets upstream times the other factor",
            lambda x, y, u: (u * y / 2, u * x / 2),
        ),
        ("the sign is wrong: nothing is subtracted here", lambda x, y, u: (-u * y, -u * x)),
        (
            "the sign of the other factor is lost: it belongs to the gradient",
            any_of(lambda x, y, u: (u * abs(y), u * abs(x)), lambda x, y, u: (abs(u * y), abs(u * x))),
        ),
        (
            "a negative upstream gradient is held back: it passes like any other",
            lambda x, y, u: (max(u, 0.0) * y, max(u, 0.0) * x),
        ),
        (
            "the gradients are rounded to whole numbers: return them with all their digits",
            lambda x, y, u: (round(u * y), round(u * x)),
        ),
        (
            "upstream = 0 is replaced by 1: `upstream or 1` takes 0 for missing, but it says that nothing comes back",
            lambda x, y, u: ((u or 1.0) * y, (u or 1.0) * x),
        ),
        (
            "an input of 0 gets nothing: its gradient is upstream times the other factor, which need not be 0",
            lambda x, y, u: (u * y if x else 0.0, u * x if y else 0.0),
        ),
        ("this is the value of the node, the way forward: the way back is asked for", lambda x, y, u: x * y),
        ("only the gradient by x is there: return the pair (dx, dy)", lambda x, y, u: u * y),
        (
            "this is one number, upstream times the product: return a pair, each upstream times the other factor",
            lambda x, y, u: u * x * y,
        ),
        ("both gradients are added up: x and y are two inputs, each has its own", lambda x, y, u: u * y + u * x),
    ],
    because="each factor gets upstream times the other factor",
)
def multiply_backward(x: float, y: float, upstream: float) -> tuple[float, float]:
    """Return the gradients by x and y of a node x * y."""
    return upstream * y, upstream * x


def _to_larger(x: float, y: float, what: float) -> tuple[float, float]:
    return (what, 0.0) if x > y else (0.0, what)


@exercise(
    todo="return the pair (dx, dy) of gradients that a node max(x, y) passes back when `upstream` comes in",
    cases=_node_cases,
    hard={**ZEROS, "inputs that lie close together": _close_cases},
    mistakes=[
        (
            "the smaller input gets it: max passes the larger one on, so the larger one gets the gradient",
            lambda x, y, u: (u * (x < y), u * (y < x)),
        ),
        ("this is the local gradient, 1 or 0: multiply it by upstream", lambda x, y, u: (float(x > y), float(y > x))),
        (
            "upstream and the local gradient are added: the chain rule multiplies",
            lambda x, y, u: (u + (x > y), u + (y > x)),
        ),
        ("both get it: the smaller input has no say, its gradient is 0", lambda x, y, u: (u, u)),
        ("both get a half: that holds for a tie only", lambda x, y, u: (u / 2, u / 2)),
        (
            "the smaller one gets minus upstream: it has no say, its gradient is 0",
            lambda x, y, u: (u, -u) if x > y else (-u, u),
        ),
        (
            "each gets a share, as from a softmax: max is hard, the larger one gets everything",
            lambda x, y, u: (u / (1 + np.exp(y - x)), u / (1 + np.exp(x - y))),
        ),
        (
            "y never gets anything: where it is larger, it is the one that gets upstream",
            lambda x, y, u: (u * (x > y), 0.0),
        ),
        (
            "upstream is multiplied with the larger input: the local gradient of max is 1 for it, not its value",
            lambda x, y, u: (u * x * (x > y), u * y * (y > x)),
        ),
        ("these are values: max(x, y) goes forward, upstream goes back", lambda x, y, u: (x * (x > y), y * (y > x))),
        (
            "this asks whether an input is above 0, as ReLU does: compare x with y",
            lambda x, y, u: (u * (x > 0), u * (y > 0)),
        ),
        (
            "the inputs are compared without their signs: 2 is larger than -3",
            lambda x, y, u: _to_larger(abs(x), abs(y), u),
        ),
        (
            "the inputs are compared as whole numbers: 1.7 is larger than 1.2",
            any_of(lambda x, y, u: _to_larger(int(x), int(y), u), lambda x, y, u: _to_larger(round(x), round(y), u)),
        ),
        ("this compares each input with upstream: compare x with y", lambda x, y, u: (u * (x > u), u * (y > u))),
        (
            "this compares upstream: which input is larger was decided on the way forward",
            lambda x, y, u: (max(u, 0.0), max(-u, 0.0)),
        ),
        (
            "a negative upstream gradient is held back: it passes like any other",
            lambda x, y, u: _to_larger(x, y, max(u, 0.0)),
        ),
        (
            "the sign is wrong: the minus belongs to a step downhill, not to the gradient",
            lambda x, y, u: _to_larger(x, y, -u),
        ),
        (
            "upstream = 0 is replaced by 1: `upstream or 1` takes 0 for missing, but it says that nothing comes back",
            lambda x, y, u: _to_larger(x, y, u or 1.0),
        ),
        ("this is the value of the node, the way forward: the way back is asked for", lambda x, y, u: max(x, y)),
        (
            "this is one number, upstream times the maximum: return a pair, upstream for the larger "
            "and 0 for the smaller",
            lambda x, y, u: u * max(x, y),
        ),
        (
            "only one gradient is there: return the pair (dx, dy), with a 0 for the smaller",
            any_of(lambda x, y, u: u, lambda x, y, u: max(u, 0.0)),
        ),
    ],
    because="the larger input gets the whole upstream gradient, the other one nothing",
)
def max_backward(x: float, y: float, upstream: float) -> tuple[float, float]:
    """Return the gradients by x and y of a node max(x, y)."""
    return (upstream, 0.0) if x > y else (0.0, upstream)


# --- the chain rule -------------------------------------------------------------------------------------------
def _neuron_cases() -> Iterator[tuple]:
    yield 2.0, -1.0, 3.0
    rng = np.random.default_rng(9)
    for _ in range(4):
        yield tuple(float(number) for number in rng.uniform(-2, 2, size=3).round(3))


def _asleep_cases() -> Iterator[tuple]:
    yield -40.0, 20.0, 0.0
    yield 40.0, 20.0, 10.0


def _sigmoid(s: float) -> float:
    with np.errstate(over="ignore"):
        return float(1 / (1 + np.exp(-s)))


def _neuron(w: float, x: float, b: float, slope: Callable) -> tuple[float, float, float]:
    """Return the gradients of the neuron if the slope of the sigmoid were slope(s, p)."""
    s = w * x + b
    local = slope(s, _sigmoid(s))
    return local * x, local * w, local


def _measured(f: Callable, h: float) -> Callable:
    """Make the function that measures the gradients of f with steps of h to one side."""

    def measure(*args: float) -> tuple[float, ...]:
        ahead = [f(*(value + h * (n == number) for n, value in enumerate(args))) for number in range(len(args))]
        return tuple((value - f(*args)) / h for value in ahead)

    return measure


def _too_far(f: Callable) -> tuple[str, any_of]:
    return (
        "this is measured with so large a step that the curve bends on the way: multiply local gradients instead",
        any_of(*(_measured(f, h) for h in (0.1, 0.01, 0.001))),
    )


@exercise(
    todo="return (dw, dx, db) for p = sigmoid(s), s = w * x + b: walk back from p, one node at a time",
    cases=_neuron_cases,
    hard={"a neuron deep asleep or wide awake, s = -800 or 810": _asleep_cases},
    mistakes=[
        (
            "the sigmoid is left out: these are the gradients of s alone, multiply them by p (1 - p)",
            lambda w, x, b: (x, w, 1.0),
        ),
        (
            "only the sigmoid's own slope went back: the product multiplies it by x for w, and by w for x",
            lambda w, x, b: (lambda p: (p * (1 - p),) * 3)(_sigmoid(w * x + b)),
        ),
        (
            "w and x are swapped: the gradient by w holds the other factor, x",
            lambda w, x, b: (lambda d: (d[1], d[0], d[2]))(_neuron(w, x, b, lambda s, p: p * (1 - p))),
        ),
        (
            "the slope of the sigmoid is p (1 - p) with its value p: you put s in its place",
            lambda w, x, b: _neuron(w, x, b, lambda s, p: s * (1 - s)),
        ),
        (
            "the slope of the sigmoid is p (1 - p): you used its value p",
            lambda w, x, b: _neuron(w, x, b, lambda s, p: p),
        ),
        (
            "the slope of the sigmoid is p (1 - p): the factor p is missing",
            lambda w, x, b: _neuron(w, x, b, lambda s, p: 1 - p),
        ),
        (
            "the slope of the sigmoid is p (1 - p): a plus stands where the minus belongs",
            lambda w, x, b: _neuron(w, x, b, lambda s, p: p * (1 + p)),
        ),
        (
            "the slope of the sigmoid comes in twice: p is one node, so p (1 - p) counts once",
            lambda w, x, b: _neuron(w, x, b, lambda s, p: (p * (1 - p)) ** 2),
        ),
        (
            "this is the slope of tanh, 1 - p^2: the sigmoid's is p (1 - p)",
            lambda w, x, b: _neuron(w, x, b, lambda s, p: 1 - p**2),
        ),
        (
            "exp(-s) / (1 + exp(-s))^2 is inf / inf for a very negative s: p (1 - p) is the same, and holds",
            lambda w, x, b: _neuron(w, x, b, lambda s, p: np.exp(-s) / (1 + np.exp(-s)) ** 2),
        ),
        (
            "both get the whole product w x: the local gradient by w is the other factor, x",
            lambda w, x, b: (lambda d: (d * w * x, d * w * x, d))(_neuron(w, x, b, lambda s, p: p * (1 - p))[2]),
        ),
        (
            "db comes first here: the order is (dw, dx, db)",
            lambda w, x, b: (lambda d: (d[2], d[0], d[1]))(_neuron(w, x, b, lambda s, p: p * (1 - p))),
        ),
        _too_far(lambda w, x, b: _sigmoid(w * x + b)),
        (
            "the sigmoid is applied to the gradient: multiply by its slope p (1 - p) instead",
            lambda w, x, b: (_sigmoid(x), _sigmoid(w), _sigmoid(1.0)),
        ),
        (
            "the local gradients are added: the chain rule multiplies along the way",
            lambda w, x, b: (lambda p: (p * (1 - p) + x, p * (1 - p) + w, p * (1 - p) + 1))(_sigmoid(w * x + b)),
        ),
        ("b is forgotten in s: s = w * x + b", lambda w, x, b: _neuron(w, x, 0.0, lambda s, p: p * (1 - p))),
        (
            "db is multiplied with b: b is added, so its local gradient is 1",
            lambda w, x, b: (lambda d: (d[0], d[1], b * d[2]))(_neuron(w, x, b, lambda s, p: p * (1 - p))),
        ),
        (
            "db is 1 for s; for the answer the sigmoid's slope p (1 - p) comes in, as for the others",
            lambda w, x, b: (*_neuron(w, x, b, lambda s, p: p * (1 - p))[:2], 1.0),
        ),
        (
            "db is 0: b is added, so its local gradient is 1",
            lambda w, x, b: (*_neuron(w, x, b, lambda s, p: p * (1 - p))[:2], 0.0),
        ),
        ("the sign is wrong", lambda w, x, b: _neuron(w, x, b, lambda s, p: -p * (1 - p))),
        ("this is p, the way forward: its gradients are asked for", lambda w, x, b: _sigmoid(w * x + b)),
        ("db is missing: return (dw, dx, db)", lambda w, x, b: _neuron(w, x, b, lambda s, p: p * (1 - p))[:2]),
    ],
    because="each gradient is the product of the local ones on the way: p (1 - p) times x, w and 1",
)
def neuron_backward(w: float, x: float, b: float) -> tuple[float, float, float]:
    """Return the gradients of sigmoid(w x + b) by w, x and b."""
    return _neuron(w, x, b, lambda s, p: p * (1 - p))


# --- a value that is used twice ---------------------------------------------------------------------------------
def _branch_cases() -> Iterator[tuple]:
    yield 3.0, 4.0
    rng = np.random.default_rng(10)
    for _ in range(4):
        yield tuple(float(number) for number in rng.uniform(-4, 4, size=2).round(3))


@exercise(
    todo="return the pair (dx, dy) for f = q * r with q = x + y and r = x * y; x and y each go two ways",
    cases=_branch_cases,
    mistakes=[
        (
            "the second piece overwrites the first: what comes by r is kept, what comes by q is lost. Add them",
            lambda x, y: (y * (x + y), x * (x + y)),
        ),
        (
            "one branch only: you walked back through q and left r out. Add what comes through r",
            lambda x, y: (x * y, x * y),
        ),
        (
            "for x the second piece overwrites the first: what comes by q is lost. Add the two, with +=",
            lambda x, y: (y * (x + y), x * y + x * (x + y)),
        ),
        (
            "for y the second piece overwrites the first: what comes by q is lost. Add the two, with +=",
            lambda x, y: (x * y + y * (x + y), x * (x + y)),
        ),
        (
            "the two pieces are multiplied: at a branch, gradients add",
            lambda x, y: (x * y * y * (x + y), x * y * x * (x + y)),
        ),
        (
            "you took the mean of the two pieces: at a branch, gradients add",
            lambda x, y: ((x * y + y * (x + y)) / 2, (x * y + x * (x + y)) / 2),
        ),
        (
            "x was passed on before both pieces had arrived: y is right, x holds only what comes by q",
            lambda x, y: (x * y, x * y + x * (x + y)),
        ),
        (
            "y was passed on before both pieces had arrived: x is right, y holds only what comes by q",
            lambda x, y: (x * y + y * (x + y), x * y),
        ),
        (
            "the pieces are subtracted: at a branch, gradients add",
            any_of(
                lambda x, y: (x * y - y * (x + y), x * y - x * (x + y)),
                lambda x, y: (y * (x + y) - x * y, x * (x + y) - x * y),
            ),
        ),
        (
            "dx and dy are exchanged, or x and y in the product r: the local gradient of r by x is y",
            lambda x, y: (x * y + x * (x + y), x * y + y * (x + y)),
        ),
        (
            "dy is a copy of dx: what comes through r differs, for y it is q * x",
            lambda x, y: (x * y + y * (x + y),) * 2,
        ),
        (
            "dx is used for dy, with a piece that belongs to x alone: start each of the two from 0",
            lambda x, y: (x * y + y * (x + y), x * y + (x + y) ** 2),
        ),
        (
            "the sum q passes its gradient on like a product: its local gradients are 1 and 1",
            lambda x, y: (x * y * y + y * (x + y), x * y * x + x * (x + y)),
        ),
        (
            "what comes through r lacks its upstream, dr = q: multiply the local gradient by it",
            lambda x, y: (x * y + y, x * y + x),
        ),
        (
            "what comes through q lacks its upstream, dq = r: multiply the local gradient 1 by it",
            lambda x, y: (1 + y * (x + y), 1 + x * (x + y)),
        ),
        ("these are dq and dr: pass them on, through the sum and through the product", lambda x, y: (x * y, x + y)),
        (
            "the walk starts with f: the last node starts with the gradient 1",
            lambda x, y: (lambda f: (f * (x * y + y * (x + y)), f * (x * y + x * (x + y))))((x + y) * x * y),
        ),
        (
            "the square is missing: multiplied out, f = x^2 y + x y^2, and both terms have a slope by x",
            lambda x, y: (2 * x * y, 2 * x * y),
        ),
        (
            "all four pieces are here and none is added: x gets the sum of its two, and y of its two",
            any_of(
                lambda x, y: (x * y, x * y, y * (x + y), x * (x + y)),
                lambda x, y: (x * y, y * (x + y), x * y, x * (x + y)),
            ),
        ),
        _too_far(lambda x, y: (x + y) * x * y),
        (
            "q and r are swapped: the gradient of f by q is r, and by r it is q",
            lambda x, y: ((x + y) + y * x * y, (x + y) + x * x * y),
        ),
        ("the last node is left out: f = q * r multiplies the pieces by r and by q", lambda x, y: (1 + y, 1 + x)),
        ("this is f, the way forward: its gradients are asked for", lambda x, y: (x + y) * x * y),
        ("only the gradient by x is there: return the pair (dx, dy)", lambda x, y: x * y + y * (x + y)),
    ],
    because="what comes back through q and what comes back through r is added up",
)
def branch_backward(x: float, y: float) -> tuple[float, float]:
    """Return the gradients of (x + y) (x y) by x and y."""
    return x * y + y * (x + y), x * y + x * (x + y)
