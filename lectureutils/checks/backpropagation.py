"""The exercises of notebook 08: what a product and a maximum pass back, the chain rule, and a value used twice.

The cases avoid numbers for which a wrong way gives the right answer, such as two equal inputs.
"""

from collections.abc import Iterator

import numpy as np

from .engine import exercise


# --- one node -----------------------------------------------------------------------------------------------
def _node_cases() -> Iterator[tuple]:
    yield -3.0, 5.0, 2.0
    yield 4.0, -1.5, 3.0
    rng = np.random.default_rng(8)
    for _ in range(4):
        yield tuple(float(number) for number in rng.uniform(-4, 4, size=3).round(3))


@exercise(
    todo="return the pair (dx, dy) of gradients that a node x + y passes back when `upstream` comes in",
    cases=_node_cases,
    mistakes=[
        ("this is the local gradient alone: the upstream one is lost", lambda x, y, u: (1.0, 1.0)),
        ("that is how a product does it: the local gradients of a sum are 1 and 1", lambda x, y, u: (u * y, u * x)),
        ("each input is multiplied with upstream: the local gradients of a sum are 1 and 1",
         lambda x, y, u: (u * x, u * y)),
        ("upstream is divided between the two: a sum copies it, it does not share it out",
         lambda x, y, u: (u / 2, u / 2)),
        ("upstream and the local gradient are added: the chain rule multiplies", lambda x, y, u: (u + 1, u + 1)),
        ("the second sign is wrong: that is a difference", lambda x, y, u: (u, -u)),
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
    mistakes=[
        ("x and y are swapped: the local gradient by x is the other factor, y", lambda x, y, u: (u * x, u * y)),
        ("these are the local gradients alone: multiply each by upstream", lambda x, y, u: (y, x)),
        ("these are the inputs as they came in: the gradient by x is upstream times y", lambda x, y, u: (x, y)),
        ("that is how a sum does it: the local gradients of a product are y and x", lambda x, y, u: (u, u)),
        ("upstream and local are added: the chain rule multiplies", lambda x, y, u: (u + y, u + x)),
        ("upstream is divided by the local gradient: the chain rule multiplies", lambda x, y, u: (u / y, u / x)),
        ("the whole product is passed back to both: each gets upstream times the *other* factor",
         lambda x, y, u: (u * x * y, u * x * y)),
        ("upstream is shared out in halves: each input gets upstream times the other factor",
         lambda x, y, u: (u * y / 2, u * x / 2)),
        ("the sign is wrong: nothing is subtracted here", lambda x, y, u: (-u * y, -u * x)),
        ("this is the value of the node, the way forward: the way back is asked for", lambda x, y, u: x * y),
        ("only the gradient by x is there: return the pair (dx, dy)", lambda x, y, u: u * y),
        ("both gradients are added up: x and y are two inputs, each has its own", lambda x, y, u: u * y + u * x),
    ],
    because="each factor gets upstream times the other factor",
)
def multiply_backward(x: float, y: float, upstream: float) -> tuple[float, float]:
    """Return the gradients by x and y of a node x * y."""
    return upstream * y, upstream * x


@exercise(
    todo="return the pair (dx, dy) of gradients that a node max(x, y) passes back when `upstream` comes in",
    cases=_node_cases,
    mistakes=[
        ("the smaller input gets it: max passes the larger one on, so the larger one gets the gradient",
         lambda x, y, u: (u * (x < y), u * (y < x))),
        ("this is the local gradient, 1 or 0: multiply it by upstream", lambda x, y, u: (float(x > y), float(y > x))),
        ("both get it: the smaller input has no say, its gradient is 0", lambda x, y, u: (u, u)),
        ("both get a half: that holds for a tie only", lambda x, y, u: (u / 2, u / 2)),
        ("upstream is multiplied with the larger input: the local gradient of max is 1 for it, not its value",
         lambda x, y, u: (u * x * (x > y), u * y * (y > x))),
        ("these are values: max(x, y) goes forward, upstream goes back",
         lambda x, y, u: (x * (x > y), y * (y > x))),
        ("this asks whether an input is above 0, as ReLU does: compare x with y",
         lambda x, y, u: (u * (x > 0), u * (y > 0))),
        ("this compares upstream: which input is larger was decided on the way forward",
         lambda x, y, u: (max(u, 0.0), max(-u, 0.0))),
        ("this is the value of the node, the way forward: the way back is asked for", lambda x, y, u: max(x, y)),
        ("only one gradient is there: return the pair (dx, dy), with a 0 for the smaller", lambda x, y, u: u),
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


def _sigmoid(s: float) -> float:
    return float(1 / (1 + np.exp(-s)))


def _neuron(w: float, x: float, b: float, slope: object) -> tuple[float, float, float]:
    """Return the gradients of the neuron if the slope of the sigmoid were slope(s, p)."""
    s = w * x + b
    local = slope(s, _sigmoid(s))
    return local * x, local * w, local


@exercise(
    todo="return (dw, dx, db) for p = sigmoid(s), s = w * x + b: walk back from p, one node at a time",
    cases=_neuron_cases,
    mistakes=[
        ("the sigmoid is left out: these are the gradients of s alone, multiply them by p (1 - p)",
         lambda w, x, b: (x, w, 1.0)),
        ("only the sigmoid's own slope went back: the product multiplies it by x for w, and by w for x",
         lambda w, x, b: (lambda p: (p * (1 - p),) * 3)(_sigmoid(w * x + b))),
        ("w and x are swapped: the gradient by w holds the other factor, x",
         lambda w, x, b: (lambda d: (d[1], d[0], d[2]))(_neuron(w, x, b, lambda s, p: p * (1 - p)))),
        ("the slope of the sigmoid is p (1 - p) with its value p: you put s in its place",
         lambda w, x, b: _neuron(w, x, b, lambda s, p: s * (1 - s))),
        ("the slope of the sigmoid is p (1 - p): you used its value p",
         lambda w, x, b: _neuron(w, x, b, lambda s, p: p)),
        ("the slope of the sigmoid is p (1 - p): the factor p is missing",
         lambda w, x, b: _neuron(w, x, b, lambda s, p: 1 - p)),
        ("the sigmoid is applied to the gradient: multiply by its slope p (1 - p) instead",
         lambda w, x, b: (_sigmoid(x), _sigmoid(w), _sigmoid(1.0))),
        ("the local gradients are added: the chain rule multiplies along the way",
         lambda w, x, b: (lambda p: (p * (1 - p) + x, p * (1 - p) + w, p * (1 - p) + 1))(_sigmoid(w * x + b))),
        ("b is forgotten in s: s = w * x + b",
         lambda w, x, b: _neuron(w, x, 0.0, lambda s, p: p * (1 - p))),
        ("db is multiplied with b: b is added, so its local gradient is 1",
         lambda w, x, b: (lambda d: (d[0], d[1], b * d[2]))(_neuron(w, x, b, lambda s, p: p * (1 - p)))),
        ("db is 1 for s; for the answer the sigmoid's slope p (1 - p) comes in, as for the others",
         lambda w, x, b: (*_neuron(w, x, b, lambda s, p: p * (1 - p))[:2], 1.0)),
        ("db is 0: b is added, so its local gradient is 1",
         lambda w, x, b: (*_neuron(w, x, b, lambda s, p: p * (1 - p))[:2], 0.0)),
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
        ("the second piece overwrites the first: what comes by r is kept, what comes by q is lost. Add them",
         lambda x, y: (y * (x + y), x * (x + y))),
        ("one branch only: you walked back through q and left r out. Add what comes through r",
         lambda x, y: (x * y, x * y)),
        ("the two pieces are multiplied: at a branch, gradients add",
         lambda x, y: (x * y * y * (x + y), x * y * x * (x + y))),
        ("you took the mean of the two pieces: at a branch, gradients add",
         lambda x, y: ((x * y + y * (x + y)) / 2, (x * y + x * (x + y)) / 2)),
        ("x was passed on before both pieces had arrived: y is right, x holds only what comes by q",
         lambda x, y: (x * y, x * y + x * (x + y))),
        ("y was passed on before both pieces had arrived: x is right, y holds only what comes by q",
         lambda x, y: (x * y + y * (x + y), x * y)),
        ("the pieces are subtracted: at a branch, gradients add",
         lambda x, y: (x * y - y * (x + y), x * y - x * (x + y))),
        ("in the product r, x and y are swapped: the local gradient of r by x is y",
         lambda x, y: (x * y + x * (x + y), x * y + y * (x + y))),
        ("q and r are swapped: the gradient of f by q is r, and by r it is q",
         lambda x, y: ((x + y) + y * x * y, (x + y) + x * x * y)),
        ("the last node is left out: f = q * r multiplies the pieces by r and by q", lambda x, y: (1 + y, 1 + x)),
        ("this is f, the way forward: its gradients are asked for", lambda x, y: (x + y) * x * y),
        ("only the gradient by x is there: return the pair (dx, dy)", lambda x, y: x * y + y * (x + y)),
    ],
    because="what comes back through q and what comes back through r is added up",
)
def branch_backward(x: float, y: float) -> tuple[float, float]:
    """Return the gradients of (x + y) (x y) by x and y."""
    return x * y + y * (x + y), x * y + x * (x + y)
