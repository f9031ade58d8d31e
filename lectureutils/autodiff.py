"""A computation remembers how it was made; walking back through that memory gives every gradient.

A `Tensor` is a value, the operation that made it and the tensors that went in. `backward` visits them from the
last made to the first, and each passes its gradient on to those it came from, by the rules of `ops`. Plain
numbers and arrays take part as constants: nobody asks for their gradient.

A node keeps the numbers that it was computed from. Data of a reader is copied on the way in, and what a node has
computed is read-only, so nothing that is changed later reaches a gradient.

Read `record`, the way forward, and `Tensor.backward` first; `own`, `_kept` and `_fresh` look after the numbers.
"""

import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from heapq import heappop, heappush
from operator import attrgetter
from typing import Any, NoReturn

import numpy as np
from numpy.typing import ArrayLike

from lectureutils import validate
from lectureutils.ops import TABLE, unbroadcast

Array = np.ndarray
Axis = int | tuple[int, ...] | None

CONSTANT, FLOAT64 = "constant", np.dtype(float)
_births = itertools.count()
_Number: type[Any] = np.float64  # does all that is asked here of an Array of shape (), and is quicker
ONE: Array = _Number(1)
_NUMBERS = float, int, np.number
# Recording, watching; each thread has its own.
_mode: ContextVar[tuple[bool, bool]] = ContextVar("mode", default=(True, False))


def _unary(op: str) -> Callable:
    def method(self: "Tensor") -> "Tensor":
        return record(op, (self,), (_kept(self),))

    return _named(op, method)


def _binary(op: str) -> tuple[Callable, Callable]:
    def method(self: "Tensor", other: "Tensor | ArrayLike") -> "Tensor":
        other = other if isinstance(other, Tensor) else _constant(other)
        mine = _kept(self)
        return record(op, (self, other), (mine, mine if other is self else _kept(other)))

    def reflected(self: "Tensor", other: ArrayLike) -> "Tensor":
        return method(_constant(other), self)

    return _named(op, method), _named(op, reflected)


def _reduction(op: str) -> Callable:
    def method(self: "Tensor", axis: Axis = None, keepdims: bool = False) -> "Tensor":
        return record(op, (self,), (_kept(self), axis, keepdims))

    return _named(op, method)


def _named(op: str, method: Callable) -> Callable:
    method.__name__, method.__doc__ = op, f"Compute and record {op}; its rules stand in `ops.TABLE`."
    return method


def _refused(asked: str, write: str) -> Callable:
    def method(self: "Tensor", *_: Any) -> NoReturn:
        raise TypeError(f"{asked}: got {self!r}, expected plain numbers: write {write}.")

    return method


class Tensor:
    """A float64 array of any shape (a number has shape ()) that remembers where it came from.

    `data` is the value; `grad`, of the same shape, the gradient by it, or None before `backward`. `op` is the
    name of the operation (None for a leaf, "constant" for plain numbers), `parents` are its inputs as tensors,
    `inputs` the numbers that were in them and the settings; `name` is for people, and `index` counts tensors in
    the order they were made.
    Data is copied: the reader's arrays are never written to. Raises ValueError for anything but real numbers, and
    TypeError where only an array will do. Slide topic: computational graph.
    """

    __slots__ = ("data", "grad", "name", "index", "op", "parents", "inputs", "__weakref__")
    data: Array
    grad: Array | None
    op: str | None
    parents: "tuple[Tensor, ...]"
    inputs: tuple

    def __init__(self, data: ArrayLike, name: str | None = None, op: str | None = None,
                 parents: "tuple[Tensor, ...]" = (), inputs: tuple = ()):  # fmt: skip
        # What an operation gives is an array, and needs no look.
        self.data = data if op else own(data, name)  # pyright: ignore[reportAttributeAccessIssue]
        self.grad, self.name, self.index = None, name, next(_births)
        self.op, self.parents, self.inputs = op, parents, inputs

    def backward(self, grad: ArrayLike | None = None) -> None:
        """Add the gradient of this tensor to `grad` of each tensor it was made from.

        `grad` is the upstream gradient, of this tensor's shape; a single number starts with 1. Raises
        ValueError if it is missing or has another shape. Slide topic: backpropagation.
        """
        watching = _mode.get()[1]
        arrived: dict[Tensor, Array] = {self: self._seed(grad)}
        waiting: list[tuple[int, Tensor]] = [(-self.index, self)]
        while waiting:
            node = heappop(waiting)[1]  # the newest: whatever used it is newer still, and has been here
            g = arrived.pop(node)
            node.grad = g if node.grad is None else node.grad + g
            if not node.parents:  # a leaf passes nothing on
                continue
            given = (g, node.data, *node.inputs)
            rules = TABLE[node.op].rules  # pyright: ignore[reportArgumentType]: what has parents has an operation
            for parent, x, rule in zip(node.parents, node.inputs, rules):  # noqa: B905, costs time
                if parent.op is CONSTANT:
                    continue
                piece = rule(*given)  # downstream is upstream, which is g, times the local gradient
                # g itself, a view, or not yet added up along repeated axes: the parent gets an array of its own
                if type(piece) is not _Number and (piece is g or piece.base is not None or piece.shape != x.shape):
                    piece = _fresh(piece, x)
                if watching:
                    _check(piece, f"was born in the gradient that {node!r} passes back to {parent!r}")
                if parent in arrived:
                    arrived[parent] += piece  # gradients add at branches
                else:
                    arrived[parent] = piece
                    heappush(waiting, (-parent.index, parent))

    def _seed(self, grad: ArrayLike | None) -> Array:
        if grad is None and self.shape and self.data.size != 1:
            raise ValueError(
                f"backward: got {self!r} without a gradient, expected a single number to start from. "
                "Sum it or average it, or pass the gradient by each of its entries."
            )
        if grad is None and not self.shape:
            return ONE
        seed = np.ones(self.shape) if grad is None else own(grad, "grad")
        if seed.shape != self.shape:
            raise ValueError(
                f"backward: got a gradient of shape {seed.shape} for {self!r}, expected the same "
                "shape. It holds one number for each entry."
            )
        return seed

    def zero_grad(self) -> None:
        """Forget the gradient, so that the next `backward` starts afresh."""
        self.grad = None

    # ---- what can be computed with it

    __add__, __radd__ = _binary("add")
    __sub__, __rsub__ = _binary("sub")
    __mul__, __rmul__ = _binary("mul")
    __truediv__, __rtruediv__ = _binary("div")
    __pow__, __rpow__ = _binary("pow")
    __matmul__, __rmatmul__ = _binary("matmul")
    maximum = _binary("maximum")[0]
    __neg__, __abs__, abs, sqrt, exp, log, relu, sigmoid, tanh = map(
        _unary, ("neg", "abs", "abs", "sqrt", "exp", "log", "relu", "sigmoid", "tanh")
    )
    sum, mean, max, min = map(_reduction, ("sum", "mean", "max", "min"))

    def __pos__(self) -> "Tensor":
        return self

    def reshape(self, *shape: int) -> "Tensor":
        """Arrange the same entries in another shape, given as numbers or as one tuple."""
        return record("reshape", (self,), (_kept(self), _one_tuple(shape)))

    def transpose(self, *axes: int) -> "Tensor":
        """Put the axes in another order; without arguments, in reverse."""
        return record("transpose", (self,), (_kept(self), _one_tuple(axes) if axes else None))

    def __getitem__(self, index: Any) -> "Tensor":
        return record("getitem", (self,), (_kept(self), _unchanging(index)))

    @property
    def T(self) -> "Tensor":
        """The axes in reverse order."""
        return self.transpose()

    # ---- what it tells about itself

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of `data`."""
        return self.data.shape

    @property
    def ndim(self) -> int:
        """The number of axes of `data`."""
        return self.data.ndim

    def __len__(self) -> int:
        if not self.shape:
            raise TypeError(f"len: got {self!r}, expected an array. A single number has no rows.")
        return len(self.data)

    def __iter__(self) -> "Iterator[Tensor]":
        return (self[row] for row in range(len(self)))

    def item(self) -> float:
        """Return the value of a single number. Raises ValueError if there are more."""
        if self.data.size != 1:
            raise ValueError(f"item: got {self!r}, expected a single number. Sum it, average it or pick an entry.")
        return self.data.item()

    __float__ = item

    def __format__(self, spec: str) -> str:
        return format(self.item(), spec) if spec else repr(self)

    def __repr__(self) -> str:
        value = f"{self.data:.6g}" if self.shape == () else f"shape {self.shape}"
        return f"Tensor({', '.join(filter(None, [self.name, self.op, value]))})"

    # ---- what it is not: a truth value, a number to compare, an array of NumPy

    __hash__ = object.__hash__
    __bool__ = _refused("bool", "x.data > 0 for its numbers, x is not None for the tensor itself")
    __lt__, __le__, __gt__, __ge__ = (
        _refused(sign, f"x.data {sign} 0; where(x.data {sign} 0, x, 0) chooses entries by it")
        for sign in ("<", "<=", ">", ">="))  # fmt: skip
    __array__ = _refused("NumPy", "x.data for the numbers alone, stack([x, y]) for a tensor made of tensors")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Tensor):
            _refused("==", "x.data == 2 for the numbers, x is None for the tensor itself")(self)
        return self is other  # as in `x in tape(f)`: a tensor is itself and no other, whatever its numbers

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **settings: Any) -> "Tensor":
        if ufunc in OPERATORS and method == "__call__" and not settings:  # array + tensor
            return call(OPERATORS[ufunc], inputs)
        return _no_numpy(ufunc.__name__, self)

    def __array_function__(self, function: Callable, *_: Any) -> NoReturn:
        _no_numpy(function.__name__, self)


OPERATORS = {np.add: "add", np.subtract: "sub", np.multiply: "mul", np.divide: "div", np.power: "pow",
             np.matmul: "matmul"}  # fmt: skip
INSTEAD = {"maximum": "maximum(x, y) of autodiff", "where": "where(x.data > 0, x, y) of autodiff",
           "concatenate": "concatenate([x, y]) of autodiff", "stack": "stack([x, y]) of autodiff",
           "absolute": "abs(x)", "square": "x ** 2", "negative": "-x", "dot": "x @ y", "shape": "x.shape",
           # Turned round: `array < tensor` asks np.less(array, tensor), with x on the right.
           "ndim": "x.ndim", "size": "x.data.size", "less": "x.data > 0", "less_equal": "x.data >= 0",
           "greater": "x.data < 0", "greater_equal": "x.data <= 0", "equal": "x.data == 2",
           "not_equal": "x.data != 2"}  # fmt: skip


def _no_numpy(name: str, tensor: Tensor) -> NoReturn:
    name = {"amax": "max", "amin": "min"}.get(name, name)
    method = f"x.{name}()" if hasattr(Tensor, name) else "x.data for its numbers, without a way back"
    write = INSTEAD.get(name, method)
    raise TypeError(f"np.{name}: got {tensor!r}, expected plain numbers: write {write}.")


def tape(root: Tensor) -> list[Tensor]:
    """Return everything `root` was made from, and root itself, in the order of making.

    Raises ValueError if root is no Tensor.
    """
    if not isinstance(root, Tensor):
        raise ValueError(f"tape: got {root!r:.60}, expected a Tensor. Compute it from tensors.")
    nodes, seen = [root], {root}
    for node in nodes:  # the list grows while it is walked: no recursion, so no limit to the length of a chain
        for parent in node.parents:
            if parent not in seen:
                seen.add(parent)
                nodes.append(parent)
    return sorted(nodes, key=attrgetter("index"))


def record(op: str, parents: tuple[Tensor, ...], inputs: tuple, name: str | None = None) -> Tensor:
    """Compute an operation of `ops.TABLE` and return a tensor that remembers it.

    `inputs` are the numbers of the parents, then settings that have no gradient, such as an axis. Raises
    ValueError, naming the operation and the shapes, if these don't fit each other.
    """
    try:
        out = TABLE[op].forward(*inputs)
    except (ValueError, TypeError) as error:
        came = " and ".join([str(parent.shape) for parent in parents]) or "no tensor"
        also = "".join(f", {setting}" for setting in inputs[len(parents) :])
        raise ValueError(f"{op}: got {came}{also}, expected {TABLE[op].expects} ({error}).") from error
    recording, watching = _mode.get()
    if recording and type(out) is not _Number:
        out.setflags(False)  # nobody writes into what later nodes are computed from
    node = Tensor(out, name, op, parents, inputs)
    if watching:
        for parent in parents:  # a node was looked at when it was made, a leaf was not
            _check(parent.data, f"came in by {parent!r}, an input of {op}")
        _check(out, f"was born in {op}: {node!r} from {', '.join(map(repr, parents))}")
    if not recording:
        node.op, node.parents, node.inputs = None, (), ()
    return node


def _looked_at(tensor: Tensor) -> Array:
    """Return the numbers of a tensor, after a look at what a reader may have put there."""
    data = tensor.data
    if type(data) is not _Number and (type(data) is not Array or data.dtype is not FLOAT64):
        tensor.data = data = own(data, tensor.name)
    return data


def _kept(tensor: Tensor) -> Array:
    """Return numbers that nobody will change: of a leaf, whose `data` is the reader's, a copy."""
    data = tensor.data
    return data if type(data) is _Number or tensor.op else _looked_at(tensor).copy("K")


def _fresh(piece: Array, x: Array) -> Array:
    """Return a gradient by x in its shape, and in an array that belongs to no other node."""
    return +piece if piece.shape == x.shape else unbroadcast(piece, x.shape)


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


# ---- the door: whatever becomes a tensor comes in here


def own(data: ArrayLike, name: str | None = None) -> Array:
    """Return a float64 copy of real, finite numbers; True and False count as 1 and 0. Raises ValueError otherwise."""
    if isinstance(data, float) and math.isfinite(data) and (name is None or isinstance(name, str)):
        return _Number(data)
    if type(data) is Array and data.dtype is FLOAT64 and data.size and math.isfinite(np.vdot(data, data)):
        return data.copy("K")[()]  # most often
    if not isinstance(name, str | None):
        raise ValueError(f"name: got {name!r:.60}, expected a string. Several numbers are one list: Tensor([1, 2]).")
    name = name or "data"
    if isinstance(data, list | tuple) and any(isinstance(part, Tensor) for part in data):
        raise ValueError(
            f"{name}: got a {type(data).__name__} of tensors, expected numbers. "
            "Write stack([x, y]): it remembers what it was made from."
        )
    if isinstance(data, bool | np.bool_ | Array) and np.asarray(data).dtype.kind == "b":
        data = np.asarray(data, dtype=FLOAT64)
    return np.array(validate.numbers(data, name), dtype=_Number)[()]


def _constant(value: ArrayLike) -> Tensor:
    return Tensor(own(value, "constant"), op=CONSTANT)


def call(op: str, inputs: Iterable[Tensor | ArrayLike], *settings: Any) -> Tensor:
    """Record an operation by name; numbers and arrays among the inputs become constants."""
    parents = tuple([x if isinstance(x, Tensor) else _constant(x) for x in inputs])
    return record(op, parents, (*map(_kept, parents), *settings))


def _unchanging(index: Any) -> Any:
    """Copy the arrays and lists in an index: nobody changes these between forward and backward."""
    if isinstance(index, tuple):
        return tuple([_unchanging(part) for part in index])
    return index.copy() if isinstance(index, Array | list) else index


def _one_tuple(numbers: tuple) -> Any:
    first = numbers[0] if len(numbers) == 1 else numbers
    return tuple(first) if isinstance(first, list | Array) else first


# ---- operations that are not methods


def affine(X: Tensor | ArrayLike, W: Tensor | ArrayLike, b: Tensor | ArrayLike | None = None) -> Tensor:
    """Return X @ W.T + b as one node: X (N, D) or (D,), W (C, D), b (C,) or None. Slide topic: linear classifier."""
    X = X if isinstance(X, Tensor) else _constant(X)
    W = W if isinstance(W, Tensor) else _constant(W)
    # W is looked at again on the way back only for the gradient by X, and b never: what nobody will read needs no copy.
    weights = _looked_at(W) if X.op is CONSTANT else _kept(W)
    if b is None:
        return record("affine", (X, W), (_kept(X), weights))
    b = b if isinstance(b, Tensor) else _constant(b)
    return record("affine", (X, W, b), (_kept(X), weights, _looked_at(b)))


def fused(function: Callable[..., tuple[float, Array]], x: Tensor | ArrayLike, *others: Any) -> Tensor:
    """Return one node for a function that gives its value together with its gradient by x, as `losses` do.

    fused(cross_entropy, scores, y), fused(l2_penalty, W). The node has the function's name. Raises ValueError
    unless the function returns a number and an array of the shape of x.
    """
    x = x if isinstance(x, Tensor) else _constant(x)
    pair = function(x.data, *others)
    if not isinstance(pair, tuple) or len(pair) != 2 or not isinstance(pair[0], _NUMBERS):
        raise ValueError(
            f"fused: got {type(pair).__name__} from {function}, expected the pair (value, gradient). "
            "Without a gradient at hand, write the function with operations of Tensor."
        )
    value, gradient = pair[0], np.asarray(pair[1])
    if gradient.shape != x.data.shape or gradient.dtype.kind not in "fiu":
        raise ValueError(
            f"fused: got a gradient of shape {gradient.shape} and dtype {gradient.dtype} from {function}, "
            f"expected {x.shape}, the shape of x, and numbers."
        )
    # The function's own array may be one that it uses again.
    # All that the way back needs is the gradient: it takes the place of x among the inputs.
    return record("fused", (x,), (np.array(gradient, FLOAT64), _Number(value)), getattr(function, "__name__", None))


def entrywise(function: Callable[[Array], Array], slope: Callable[[Array], Array], x: Tensor | ArrayLike) -> Tensor:
    """Return one node for a function of each entry alone, given together with the function that is its slope.

    entrywise(np.sin, np.cos, x). Raises ValueError unless both return an array of the shape of x.
    """
    x = x if isinstance(x, Tensor) else _constant(x)
    data = _kept(x)
    value, local = (np.asarray(f(data), FLOAT64) for f in (function, slope))
    for name, array in (("function", value), ("slope", local)):
        if array.shape != x.shape:
            raise ValueError(
                f"entrywise: got shape {array.shape} from the {name}, expected {x.shape}, the shape of x. "
                "It has to answer to each number alone, as np.sin does."
            )
    # As in `fused`: all that the way back needs is the slope.
    return record("fused", (x,), (np.array(local), np.array(value)), getattr(function, "__name__", None))


def maximum(a: Tensor | ArrayLike, b: Tensor | ArrayLike) -> Tensor:
    """Return the larger one, entry by entry; at a tie each gets half of the gradient."""
    return call("maximum", (a, b))


def where(chosen: ArrayLike, a: Tensor | ArrayLike, b: Tensor | ArrayLike) -> Tensor:
    """Return a where `chosen`, an array of booleans such as x.data > 0, holds, and b elsewhere."""
    if isinstance(chosen, Tensor) or np.asarray(chosen).dtype != bool:
        raise ValueError(f"where: got {chosen!r:.60} as condition, expected booleans. Compare its data: x.data > 0.")
    return call("where", (a, b), np.array(chosen))


def concatenate(parts: Sequence[Tensor | ArrayLike], axis: int = 0) -> Tensor:
    """Join tensors along an axis that they have."""
    return call("concatenate", parts, axis)


def stack(parts: Sequence[Tensor | ArrayLike], axis: int = 0) -> Tensor:
    """Join tensors of one shape along a new axis."""
    return call("stack", parts, axis)
