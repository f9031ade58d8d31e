"""Runs a layer or a training that a reader wrote for an engine, with plain numbers at both ends.

An engine is a class of numbers that remember how they were made: `+`, `*`, `.relu()`, `.backward()`, `.data`, `.grad`.
Here it is the package's, whether or not the reader's own is finished: so each exercise can be done alone.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from lectureutils.autodiff import Tensor

from .compare import unfilled
from .stub import has_stub


def gaps(*functions: Callable) -> list[str]:
    """Return the names of the functions in which a line `...` is left."""
    return [function.__name__ for function in functions if has_stub(function)]


def run_layer(
    layer: Callable, x: Sequence[float], W: Sequence[Sequence[float]], b: Sequence[float], bend: bool
) -> tuple:
    """Return (h, dx, dW, db): what a layer gives, (C,), and the gradients of the sum of h by x, W and b.

    All of it is None as long as the layer gives nothing. Raises TypeError unless it gives a list of values.
    """
    inputs, biases = _values(x), _values(b)
    rows = [_values(row) for row in W]
    h = layer(inputs, rows, biases, bend)
    if unfilled(h):
        return None, None, None, None
    if not isinstance(h, list | tuple) or not all(hasattr(value, "backward") for value in h):
        raise TypeError("layer gives a list of values, one for each row of W: [neuron(...), ...]")
    total = Tensor(0.0)
    for value in h:
        total = total + value
    total.backward()
    return [float(value.data) for value in h], _slopes(inputs), [_slopes(row) for row in rows], _slopes(biases)


def run_training(
    train: Callable, numbers: Sequence[float], learning_rate: float, steps: int
) -> tuple[list[float] | None, list[float] | None]:
    """Return (losses, numbers) of a training: of w and b, so that w x + b is 1 at x = 2 and 0.5 at x = -1.

    The loss is the sum of both squares. All of it is None as long as `train` is a gap.
    """
    if gaps(train):
        return None, None
    values = _values(numbers)
    losses = train(values, _squares, learning_rate, steps)
    return (None if losses is None else [float(loss) for loss in losses]), [float(value.data) for value in values]


POINTS = ((2.0, 1.0), (-1.0, 0.5))  # x and what w x + b should be


def _squares(values: Sequence[Any]) -> Any:
    w, b = values
    misses = [w * x + b + -y for x, y in POINTS]
    return misses[0] * misses[0] + misses[1] * misses[1]


def _values(numbers: Sequence[float]) -> list[Tensor]:
    made = [Tensor(float(number)) for number in numbers]
    for value in made:
        value.grad = np.zeros(())
    return made


def _slopes(values: Sequence[Any]) -> list[float]:
    return [float(value.grad) for value in values]
