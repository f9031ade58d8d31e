"""A computation remembers how it was made; walking back through that memory gives every gradient.

A `Tensor` is a value, the operation that made it and the tensors that went in. `backward` visits them from the
last made to the first, and each passes its gradient on to those it came from, by the rules of `ops`. Plain
numbers and arrays take part as constants: nobody asks for their gradient.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from heapq import heappop, heappush
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lectureutils import validate
from lectureutils.ops import TABLE, unbroadcast

Array = np.ndarray
Axis = int | tuple[int, ...] | None

CONSTANT = "constant"
_births, _index, _new = itertools.count(), attrgetter("index"), object.__new__
_Number = np.float64  # of a single number nothing was repeated
_ONE = _Number(1)
PLAIN = (True, False)  # recording, watching
_mode = ContextVar("mode", default=PLAIN)  # each thread has its own


def _unary(op: str) -> Callable:
    def method(self: "Tensor") -> "Tensor":
        return record(op, (self,), (self.data,))
    return _named(op, method)


def _binary(op: str) -> tuple[Callable, Callable]:
    def method(self: "Tensor", other: "Tensor | ArrayLike") -> "Tensor":
        other = other if isinstance(other, Tensor) else _constant(other)
        return record(op, (self, other), (self.data, other.data))

    def reflected(self: "Tensor", other: ArrayLike) -> "Tensor":
        return method(_constant(other), self)
    return _named(op, method), _named(op, reflected)


def _reduction(op: str) -> Callable:
    def method(self: "Tensor", axis: Axis = None, keepdims: bool = False) -> "Tensor":
        return record(op, (self,), (self.data, axis, keepdims))
    return _named(op, method)


def _named(op: str, method: Callable) -> Callable:
    method.__name__, method.__doc__ = op, f"Compute and record {op}; its rules stand in `ops.TABLE`."
    return method


class Tensor:
    """A float64 array of any shape (a number has shape ()) that remembers where it came from.

    `data` is the value; `grad`, of the same shape, the gradient by it, or None before `backward`. `op` is the
    name of the operation (None for a leaf), `parents` are its inputs, `name` is for people, and `index`
    counts tensors in the order they were made; `upstream` is what a running `backward` has collected so far.
    Data is copied: the reader's arrays are never written to. Raises ValueError for anything but real numbers.
    Slide topic: computational graph.
    """

    __slots__ = ("data", "grad", "name", "index", "op", "parents", "inputs", "upstream", "__weakref__")
    __array_ufunc__ = None  # array + Tensor is ours to do, not NumPy's

    def __init__(self, data: ArrayLike, name: str | None = None):
        self.data = np.float64(data) if isinstance(data, float) else _own(data, name or "data")
        self.grad, self.name, self.index = None, name, next(_births)
        self.op, self.parents, self.inputs, self.upstream = None, (), (), None

    def backward(self, grad: ArrayLike | None = None) -> None:
        """Add the gradient of this tensor to `grad` of each tensor it was made from.

        `grad` is the upstream gradient, of this tensor's shape; a single number starts with 1. Raises
        ValueError if it is missing or has another shape. Slide topic: backpropagation.
        """
        watching = _mode.get()[1]
        self.upstream, waiting = self._seed(grad), [(-self.index, self)]
        try:
            while waiting:
                node = heappop(waiting)[1]  # the youngest; whatever used it is younger still, and has been here
                g, node.upstream = node.upstream, None
                node.grad = g if node.grad is None else node.grad + g
                if not node.parents:
                    continue
                given = (g, node.data) + node.inputs
                for parent, rule in zip(node.parents, TABLE[node.op].rules):  # noqa: B905, strict costs time
                    made_by = parent.op
                    if made_by is CONSTANT:
                        continue
                    piece = rule(*given)
                    if type(piece) is not _Number and piece.shape != parent.data.shape:
                        piece = unbroadcast(piece, parent.data.shape)
                    if watching:
                        _check(piece, f"was born in the gradient that {node!r} passes back to {parent!r}")
                    if made_by is None:  # a leaf waits for nobody
                        if parent.grad is not None:
                            parent.grad = parent.grad + piece
                        else:  # a copy of what others may hold: the reader is free to change `grad` in place
                            parent.grad = +piece if piece is g or piece.base is not None else piece
                    elif parent.upstream is None:
                        parent.upstream = piece
                        heappush(waiting, (-parent.index, parent))
                    else:
                        parent.upstream = parent.upstream + piece  # gradients add at branches
        finally:
            for _, node in waiting:  # some are left after an error
                node.upstream = None

    def _seed(self, grad: ArrayLike | None) -> Array:
        if grad is None and self.data.ndim == 0:
            return _ONE
        if grad is None and self.data.size != 1:
            raise ValueError(f"backward: got {self!r} without a gradient, expected a single number to start from. "
                             "Sum it or average it, or pass the gradient by each of its entries.")
        seed = np.ones(self.shape) if grad is None else _own(grad, "grad")
        if seed.shape != self.shape:
            raise ValueError(f"backward: got a gradient of shape {seed.shape} for {self!r}, expected the same "
                             "shape. It holds one number for each entry.")
        return seed

    def zero_grad(self) -> None:
        """Forget the gradient, so that the next `backward` starts afresh."""
        self.grad = None

    __add__, __radd__ = _binary("add")
    __sub__, __rsub__ = _binary("sub")
    __mul__, __rmul__ = _binary("mul")
    __truediv__, __rtruediv__ = _binary("div")
    __pow__, __rpow__ = _binary("pow")
    __matmul__, __rmatmul__ = _binary("matmul")
    maximum = _binary("maximum")[0]
    __neg__, __abs__, abs, sqrt, exp, log, relu, sigmoid, tanh = map(
        _unary, ("neg", "abs", "abs", "sqrt", "exp", "log", "relu", "sigmoid", "tanh"))
    sum, mean, max = map(_reduction, ("sum", "mean", "max"))

    def reshape(self, *shape: int) -> "Tensor":
        """Arrange the same entries in another shape, given as numbers or as one tuple."""
        return record("reshape", (self,), (self.data, shape[0] if len(shape) == 1 else shape))

    def transpose(self, *axes: int) -> "Tensor":
        """Put the axes in another order; without arguments, in reverse."""
        return record("transpose", (self,), (self.data, axes[0] if len(axes) == 1 else axes or None))

    def __getitem__(self, index: Any) -> "Tensor":
        return record("getitem", (self,), (self.data, index))

    @property
    def T(self) -> "Tensor":
        """The axes in reverse order."""
        return self.transpose()

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of `data`."""
        return self.data.shape

    def __repr__(self) -> str:
        value = f"{self.data:.6g}" if self.shape == () else f"shape {self.shape}"
        return f"Tensor({', '.join(filter(None, [self.name, self.op, value]))})"


def tape(root: Tensor) -> list[Tensor]:
    """Return everything `root` was made from, and root itself, in the order of making."""
    nodes, seen = [root], {root}
    for node in nodes:  # the list grows while it is walked: no recursion, so no limit to the length of a chain
        for parent in node.parents:
            if parent not in seen:
                seen.add(parent)
                nodes.append(parent)
    nodes.sort(key=_index)
    return nodes


def record(op: str, parents: tuple[Tensor, ...], inputs: tuple, name: str | None = None) -> Tensor:
    """Compute an operation of `ops.TABLE` and return a tensor that remembers it.

    `inputs` are the data of the parents, then settings that have no gradient, such as an axis. Raises
    ValueError, naming the operation and the shapes, if these don't fit each other.
    """
    node = _new(Tensor)
    try:
        node.data = TABLE[op].forward(*inputs)
    except ValueError as error:
        came = " and ".join(str(parent.shape) for parent in parents)
        also = "".join(f", {setting}" for setting in inputs[len(parents):])
        raise ValueError(f"{op}: got {came}{also}, expected {TABLE[op].expects}. NumPy says: {error}") from error
    node.grad, node.name, node.index = None, name, next(_births)
    node.op, node.parents, node.inputs, node.upstream = op, parents, inputs, None
    mode = _mode.get()
    if mode is PLAIN:
        return node
    recording, watching = mode
    if not recording:
        node.op, node.parents, node.inputs = None, (), ()
    if watching:
        for parent in parents:  # a node was looked at when it was made, a leaf was not
            _check(parent.data, f"came in by {parent!r}, an input of {op}")
        _check(node.data, f"was born in {op}: {node!r} from {', '.join(map(repr, parents))}")
    return node


@contextmanager
def no_grad() -> Iterator[None]:
    """Compute without remembering, inside a `with` block: results are leaves."""
    token = _mode.set((False, _mode.get()[1]))
    try:
        yield
    finally:
        _mode.reset(token)


@contextmanager
def detect_anomaly() -> Iterator[None]:
    """Raise NotFinite, inside a `with` block, at the first NaN or inf of a value or gradient; it names the node."""
    token = _mode.set((_mode.get()[0], True))
    try:
        with np.errstate(all="ignore"):
            yield
    finally:
        _mode.reset(token)


class NotFinite(ValueError):
    """Raised by `detect_anomaly`: says in which node NaN or inf was born."""


def _check(numbers: Array, story: str) -> None:
    bad = np.argwhere(~np.isfinite(numbers))
    if len(bad):
        place = f" at {bad[0].tolist()}" if numbers.ndim else ""
        raise NotFinite(f"detect_anomaly: {numbers[tuple(bad[0])]}{place} {story}")


def _own(data: ArrayLike, name: str) -> Array:
    return np.array(validate.numbers(data, name), dtype=np.float64)[()]


def call(op: str, inputs: Iterable[Tensor | ArrayLike], *settings: Any) -> Tensor:
    """Record an operation by name; numbers and arrays among the inputs become constants."""
    parents = tuple([x if isinstance(x, Tensor) else _constant(x) for x in inputs])
    return record(op, parents, (*[parent.data for parent in parents], *settings))


def _constant(value: ArrayLike) -> Tensor:
    constant = _new(Tensor)
    array = np.float64(value) if isinstance(value, float) else np.asarray(value, dtype=np.float64)
    constant.data = array if array.ndim else array[()]  # not a copy: nobody writes into it
    constant.grad, constant.name, constant.index = None, None, next(_births)
    constant.op, constant.parents, constant.inputs, constant.upstream = CONSTANT, (), (), None
    return constant


# ---- operations that are not methods

def affine(X: Tensor | ArrayLike, W: Tensor | ArrayLike, b: Tensor | ArrayLike | None = None) -> Tensor:
    """Return X @ W.T + b as one node: X (N, D) or (D,), W (C, D), b (C,) or None. Slide topic: linear classifier."""
    return call("affine", (X, W) if b is None else (X, W, b))


def fused(function: Callable[..., tuple[float, Array]], x: Tensor, *others: Any) -> Tensor:
    """Return one node for a function that gives its value together with its gradient by x, as `losses` do.

    fused(cross_entropy, scores, y), fused(l2_penalty, W). The node has the function's name. Raises ValueError
    unless the function returns a number and an array of the shape of x.
    """
    pair = function(x.data, *others)
    if not isinstance(pair, tuple) or len(pair) != 2 or not isinstance(pair[0], float):
        raise ValueError(f"fused: got {type(pair).__name__} from {function}, expected the pair (value, gradient). "
                         "Without a gradient at hand, write the function with operations of Tensor.")
    value, gradient = np.float64(pair[0]), np.asarray(pair[1])
    if gradient.shape != x.data.shape:
        raise ValueError(f"fused: got a gradient of shape {gradient.shape} from {function}, expected {x.shape}, the "
                         "shape of x.")
    return record("fused", (x,), (x.data, value, gradient), name=getattr(function, "__name__", None))


def maximum(a: Tensor | ArrayLike, b: Tensor | ArrayLike) -> Tensor:
    """Return the larger one, entry by entry; at a tie each gets half of the gradient."""
    return call("maximum", (a, b))


def where(chosen: ArrayLike, a: Tensor | ArrayLike, b: Tensor | ArrayLike) -> Tensor:
    """Return a where `chosen`, an array of booleans such as x.data > 0, holds, and b elsewhere."""
    if isinstance(chosen, Tensor):
        raise ValueError(f"where: got {chosen!r} as condition, expected booleans. Compare its data: x.data > 0.")
    return call("where", (a, b), np.asarray(chosen, dtype=bool))


def concatenate(parts: Sequence[Tensor | ArrayLike], axis: int = 0) -> Tensor:
    """Join tensors along an axis that they have."""
    return call("concatenate", parts, axis)


def stack(parts: Sequence[Tensor | ArrayLike], axis: int = 0) -> Tensor:
    """Join tensors of one shape along a new axis."""
    return call("stack", parts, axis)
