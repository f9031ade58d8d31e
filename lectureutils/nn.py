"""A network is small functions, one after the other: linear classifiers with a bend between them.

A layer is called with a batch X (N, D) and gives a batch. Layers that learn hold their weights as tensors, and
`parameters()` lists them, flat, in the order of the layers.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lectureutils import validate
from lectureutils.autodiff import Tensor, affine, call
from lectureutils.optim import Rule

Init = Callable[[int, int], float]


def he(n_in: int, n_out: int) -> float:
    """Return sqrt(2 / n_in), the standard deviation of weights before a ReLU: it drops half of the signal."""
    n_in = validate.count(n_in, "n_in")
    return np.sqrt(2 / n_in)


def xavier(n_in: int, n_out: int) -> float:
    """Return sqrt(2 / (n_in + n_out)), the standard deviation of weights before a sigmoid or tanh."""
    n_in, n_out = validate.count(n_in, "n_in"), validate.count(n_out, "n_out")
    return np.sqrt(2 / (n_in + n_out))


class Layer:
    """A function from batch to batch; without parameters unless it says otherwise."""

    def parameters(self) -> list[Tensor]:
        """Return the tensors that learning changes."""
        return []

    def __call__(self, X: Tensor | ArrayLike) -> Tensor:
        """Return the layer's output for the batch X."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


class Linear(Layer):
    """Scores X @ W.T + b: W (n_out, n_in) is drawn from a normal distribution, b (n_out,) starts at 0.

    `init` gives the standard deviation (`he`, `xavier`), `rng` is a seed or a Generator: pass one Generator
    to all layers, or two of the same size begin alike. Slide topics: linear classifier, layers.
    """

    def __init__(self, n_in: int, n_out: int, rng: int | np.random.Generator = 0, init: Init = he, bias: bool = True):
        n_in, n_out = validate.count(n_in, "n_in"), validate.count(n_out, "n_out")
        self.W = Tensor(np.random.default_rng(rng).normal(0, init(n_in, n_out), (n_out, n_in)), "W")
        self.b = Tensor(np.zeros(n_out), "b") if bias else None

    def __call__(self, X: Tensor | ArrayLike) -> Tensor:
        return affine(X, self.W, self.b)

    def parameters(self) -> list[Tensor]:
        return [self.W] if self.b is None else [self.W, self.b]

    def __repr__(self) -> str:
        n_out, n_in = self.W.shape
        return f"Linear({n_in}, {n_out})"


class ReLU(Layer):
    """max(0, x), entry by entry."""

    def __call__(self, X: Tensor | ArrayLike) -> Tensor:
        return call("relu", (X,))


class Sigmoid(Layer):
    """1 / (1 + exp(-x)), entry by entry: the logistic neuron's answer."""

    def __call__(self, X: Tensor | ArrayLike) -> Tensor:
        return call("sigmoid", (X,))


class Tanh(Layer):
    """tanh x, entry by entry."""

    def __call__(self, X: Tensor | ArrayLike) -> Tensor:
        return call("tanh", (X,))


class Sequential(Layer):
    """Layers in a row, each fed with what the one before gives. Slide topic: networks.

    Raises ValueError for anything else than layers, such as the class ReLU instead of ReLU().
    """

    def __init__(self, *layers: Layer):
        for i, layer in enumerate(layers):
            if not isinstance(layer, Layer):
                raise ValueError(
                    f"layers[{i}]: got {layer!r:.60}, expected a layer. Write each as its own argument, "
                    "with brackets: Sequential(Linear(2, 3), ReLU())."
                )
        self.layers = layers

    def __call__(self, X: Tensor | ArrayLike) -> Tensor:
        for layer in self.layers:
            X = layer(X)
        return X if isinstance(X, Tensor) else Tensor(X)  # without a layer, what came in

    def parameters(self) -> list[Tensor]:
        return [tensor for layer in self.layers for tensor in layer.parameters()]

    def __repr__(self) -> str:
        return f"Sequential({', '.join(map(repr, self.layers))})"


def update(parameters: list[Tensor], rule: Rule, learning_rate: float, state: Any = None) -> Any:
    """Move the parameters by one step of an update rule of `optim`, forget their gradients, return the state.

    Call it after `backward`, with the state of the step before. Raises ValueError if a gradient is missing.
    """
    for tensor in parameters:
        if tensor.grad is None:
            raise ValueError(
                f"update: got {tensor!r} without a gradient, expected one. Call backward first, on a loss "
                "computed from it outside of no_grad."
            )
    values, state = rule([p.data for p in parameters], [p.grad for p in parameters], learning_rate, state)
    for tensor, value in zip(parameters, values, strict=True):
        validate.same_shape(tensor.data, value, repr(tensor), "the rule's new parameter")
    for tensor, value in zip(parameters, values, strict=True):
        tensor.data = value
        tensor.zero_grad()
    return state
