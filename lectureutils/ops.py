"""What an operation computes, and how it passes a gradient back: one line for each.

A rule is the local view of the chain rule. It takes g, the gradient of the loss by the operation's output, and
returns the gradient by one input: upstream times local. Everything here is plain arrays; graphs are the
business of `autodiff`, and so is undoing a broadcast.
"""

import itertools
import operator
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

import numpy as np

Array = np.ndarray
Rule = Callable[..., Array]
FITTING = "axes of equal length, or of length 1, counted from the right"
AXIS = "an axis that the input has, and keepdims"


class Op(NamedTuple):
    """One row of the table.

    `forward(*inputs, *settings)` gives the output; `rules[i](g, output, *inputs, *settings)` the gradient by
    input i. `symbol` is what a drawing shows, `expects` what an error says about shapes.
    """

    symbol: str
    forward: Callable[..., Any]
    rules: "tuple[Rule, ...] | Each"
    expects: str = FITTING


class Each:
    """Rules for any number of inputs, made from one rule that also takes the input's place."""

    def __init__(self, rule: Callable[..., Array]):
        self.rule = rule

    def __getitem__(self, place: int) -> Rule:
        return partial(self.rule, place)

    def __iter__(self) -> Iterator[Rule]:
        return map(self.__getitem__, itertools.count())


def unbroadcast(g: Array, shape: tuple[int, ...]) -> Array:
    """Add g up over the axes along which an input of `shape` was repeated: each copy was one more branch.

    Raises ValueError if an array of `shape` can't be repeated to the shape of g.
    """
    new = g.ndim - len(shape)
    if new == 1 and g.shape[1:] == shape:  # a row for each example, most often
        return np.add.reduce(g, 0)
    repeated = list(range(new))
    for axis, length in enumerate(shape, new):
        if new < 0 or length not in (1, g.shape[axis]):
            raise ValueError(
                f"unbroadcast: got a gradient of shape {g.shape} for an input of shape {shape}, expected "
                f"{FITTING}. The rule of this operation gives another shape than its input has."
            )
        if length == 1:
            repeated.append(axis)
    return np.add.reduce(g, tuple(repeated)).reshape(shape)[()]


def _sigmoid(x: Array) -> Array:
    e = np.exp(-np.abs(x))  # never above 1, so that nothing overflows
    return np.where(x < 0, e, 1) / (1 + e)


def _affine(X: Array, W: Array, b: Array | None = None) -> Array:
    if W.ndim != 2 or b is not None and b.shape != W.shape[:1]:
        raise ValueError("W has to be a matrix, b a row with one number for each row of W")
    out = X @ W.T
    if b is not None:
        out += b  # into the new array, not into an input
    return out


def _rows(a: Array) -> Array:
    return a if a.ndim == 2 else a.reshape(-1, a.shape[-1])


def _swap(a: Array) -> Array:
    return a.swapaxes(-1, -2)


def _matmul_left(g: Array, out: Array, a: Array, b: Array) -> Array:
    if b.ndim == 1:
        return g[..., None] * b
    return g @ _swap(b) if a.ndim > 1 else (g[..., None, :] @ _swap(b))[..., 0, :]


def _matmul_right(g: Array, out: Array, a: Array, b: Array) -> Array:
    if a.ndim == 1:
        return g * a if b.ndim == 1 else a[:, None] * g[..., None, :]
    return _swap(a) @ g if b.ndim > 1 else (_swap(a) @ g[..., None])[..., 0]


def _over(g: Array, x: Array, axis: int | tuple[int, ...] | None, keepdims: bool) -> Array:
    # What a sum or a maximum has removed comes back as axes of length 1.
    if axis is None or keepdims:
        return g
    return g[..., None] if axis in (-1, x.ndim - 1) else np.expand_dims(g, axis)


def _spread(g: Array, out: Array, x: Array, axis: int | tuple[int, ...] | None, keepdims: bool) -> Array:
    spread = np.empty(x.shape)
    spread[...] = _over(g, x, axis, keepdims)
    return spread


def _sum(x: Array, axis: int | tuple[int, ...] | None, keepdims: bool) -> Array:
    # What x.sum does, without its detour, and arguments by position: these are the quickest.
    return np.add.reduce(x, axis, None, None, keepdims)  # pyright: ignore[reportCallIssue]: by position, as ufuncs take it


def _mean(x: Array, axis: int | tuple[int, ...] | None, keepdims: bool) -> Array:
    if x.size == 0:
        raise ValueError("no numbers have no mean")
    total = _sum(x, axis, keepdims)
    return total / (x.size // total.size)


def _winners(g: Array, out: Array, x: Array, axis: int | tuple[int, ...] | None, keepdims: bool) -> Array:
    best = (x == _over(out, x, axis, keepdims)) * 1.0
    return _over(g, x, axis, keepdims) * best / best.sum(axis=axis, keepdims=True)  # ties share


def _wins(a: Array, b: Array) -> Array:
    return (a > b) + 0.5 * (a == b)  # at a tie, half each


def _transpose_back(g: Array, out: Array, x: Array, axes: int | tuple[int, ...] | None) -> Array:
    return g.transpose(None if axes is None else np.argsort(np.arange(x.ndim)[axes,]))  # -1 is the last axis


def _put_back(g: Array, out: Array, x: Array, index: Any) -> Array:
    whole = np.zeros(x.shape)
    np.add.at(whole, index, g)  # an entry that was picked twice gets both gradients
    return whole


def _join(*parts_and_axis: Array) -> Array:
    *parts, axis = parts_and_axis
    return np.concatenate(parts, operator.index(axis))  # None would flatten them


def _cut(place: int, g: Array, out: Array, *parts_and_axis: Array) -> Array:
    *parts, axis = parts_and_axis
    start = sum(part.shape[axis] for part in parts[:place])
    return np.take(g, np.arange(start, start + parts[place].shape[axis]), axis=axis)


TABLE: dict[str, Op] = {
    # ---- two inputs
    "add": Op("+", operator.add, (lambda g, out, a, b: g, lambda g, out, a, b: g)),
    "sub": Op("-", operator.sub, (lambda g, out, a, b: g, lambda g, out, a, b: -g)),
    "mul": Op("*", operator.mul, (lambda g, out, a, b: g * b, lambda g, out, a, b: g * a)),
    "div": Op("/", operator.truediv, (lambda g, out, a, b: g / b, lambda g, out, a, b: -g * out / b)),
    "pow": Op(
        "**",
        operator.pow,
        (
            lambda g, out, a, b: g * b * a ** np.where(b == 0, 1, b - 1),
            lambda g, out, a, b: g * out * np.log(np.where(a == 0, 1, a)),
        ),
    ),
    "maximum": Op("max", np.maximum, (lambda g, out, a, b: g * _wins(a, b), lambda g, out, a, b: g * _wins(b, a))),
    "where": Op(
        "where",
        lambda a, b, chosen: np.where(chosen, a, b),
        (lambda g, out, a, b, chosen: np.where(chosen, g, 0), lambda g, out, a, b, chosen: np.where(chosen, 0, g)),
    ),
    "matmul": Op(
        "@",
        operator.matmul,
        (_matmul_left, _matmul_right),
        "(..., n) @ (n, ...): the first one's last axis as long as the second one's last but one",
    ),
    # ---- one input, entry by entry; at a kink, the slope in the middle of both sides or 0
    "neg": Op("-", operator.neg, (lambda g, out, x: -g,)),
    "relu": Op("ReLU", lambda x: np.maximum(x, 0.0), (lambda g, out, x: g * (out > 0),)),
    "sigmoid": Op("sigmoid", _sigmoid, (lambda g, out, x: g * out * (1 - out),)),
    "tanh": Op("tanh", np.tanh, (lambda g, out, x: g * (1 - out * out),)),
    "exp": Op("exp", np.exp, (lambda g, out, x: g * out,)),
    "log": Op("log", np.log, (lambda g, out, x: g / x,)),
    "abs": Op("abs", np.abs, (lambda g, out, x: g * np.sign(x),)),
    "sqrt": Op("sqrt", np.sqrt, (lambda g, out, x: 0.5 * g / out,)),
    # ---- one input, fewer entries or another arrangement
    "sum": Op("sum", _sum, (_spread,), AXIS),
    "mean": Op(
        "mean", _mean, (lambda g, out, x, axis, keepdims: _spread(g * out.size / x.size, out, x, axis, keepdims),), AXIS
    ),
    "max": Op("max", lambda x, axis, keepdims: x.max(axis=axis, keepdims=keepdims), (_winners,), AXIS),
    "min": Op("min", lambda x, axis, keepdims: x.min(axis=axis, keepdims=keepdims), (_winners,), AXIS),
    "reshape": Op(
        "reshape",
        lambda x, shape: x.reshape(shape),
        (lambda g, out, x, shape: g.reshape(x.shape),),
        "a shape with as many entries",
    ),
    "transpose": Op("T", lambda x, axes: x.transpose(axes), (_transpose_back,), "each axis of the input once"),
    "getitem": Op("[ ]", lambda x, index: x[index], (_put_back,)),
    # ---- any number of inputs, and the axis
    "concatenate": Op("concatenate", _join, Each(_cut), "shapes that are equal but along the axis, a whole number"),
    "stack": Op(
        "stack",
        lambda *parts_and_axis: np.stack(parts_and_axis[:-1], parts_and_axis[-1]),
        Each(lambda place, g, out, *parts_and_axis: np.take(g, place, axis=parts_and_axis[-1])),
        "equal shapes",
    ),
    # ---- several steps in one node
    "affine": Op(
        "affine",
        _affine,
        (
            lambda g, out, X, W, b=None: g @ W,
            lambda g, out, X, W, b=None: _rows(g).T @ _rows(X),
            lambda g, out, X, W, b=None: np.add.reduce(_rows(g), 0),
        ),
        "X (N, D) or (D,), W (C, D) and b (C,) or None",
    ),
    "fused": Op("fused", lambda dx, value: value, (lambda g, out, dx, value: dx * g,)),
}
