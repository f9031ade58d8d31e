"""A reader's own bend between two layers: a function of one number, and its slope.

The slope is what backward needs. Who gives one is checked against measuring; who gives none has it measured.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from lectureutils import validate
from lectureutils.autodiff import Tensor, entrywise
from lectureutils.nn import Layer

Array = np.ndarray
Function = Callable[[Array], Array]
EXAMPLE = "lambda z: np.maximum(z, 0)"
PLACES = np.linspace(-4, 4, 41) + 0.0123  # where function and slope are compared; 0, where many have a kink, is between
NEAR, NEARER = 1e-4, 1e-5  # steps: beside a place for the comparison, and to measure a slope that is used
ROUNDED = 1e-3  # of a slope, by which measuring may be off


class Bend(Layer):
    """A function of each number alone, with its slope. Slide topic: activation functions.

    `function` and `slope` take an array and return one of its shape: Bend(np.sin, np.cos). Without a slope it is
    measured, (f(z + h) - f(z - h)) / 2h. Raises ValueError for a function that does not do so, and for a slope that is
    not the one of the function.
    """

    def __init__(self, function: Function, slope: Function | None = None):
        self.function = function
        _look_at(function, "activation", EXAMPLE)
        self.slope = slope or self._measured
        if slope:
            _look_at(slope, "slope", "lambda z: 1.0 * (z > 0)")
            _compare(function, slope)

    def __call__(self, X: Tensor | ArrayLike) -> Tensor:
        return entrywise(self.function, self.slope, X)

    def __repr__(self) -> str:
        return f"Bend({getattr(self.function, '__name__', self.function)})"

    def _measured(self, z: Array) -> Array:
        return (self.function(z + NEARER) - self.function(z - NEARER)) / (2 * NEARER)


def _look_at(function: Function, name: str, example: str) -> None:
    """Raise ValueError unless a function answers to each number of an array alone, and with a number."""
    validate.callable_(function, name, example)
    z = np.stack([PLACES, PLACES[::-1]])
    z.setflags(write=False)  # the network needs what it computed
    try:
        with np.errstate(all="ignore"):
            got = function(z)
    except Exception as error:
        raise ValueError(
            f"{name}: got {type(error).__name__} ({error}) for an array, expected a function of arrays that returns a "
            f"new one. Write it with NumPy: np.exp(z) instead of math.exp(z), np.where(z > 0, ..., ...) instead of if."
        ) from error
    if np.shape(got) != z.shape:
        came = "None" if got is None else f"shape {np.shape(got)}"
        raise ValueError(
            f"{name}: got {came} for an array of shape {z.shape}, expected the same shape. Give back one number for "
            f"each number, and don't forget return."
        )
    got = validate.numbers(got, f"{name}(z)")
    if not np.allclose(got[0], got[1, ::-1], rtol=1e-9, atol=1e-12):
        raise ValueError(
            f"{name}: got different answers to the same number, depending on what stands beside it; expected a "
            f"function of each number alone. Leave out sums, means and random numbers."
        )


def _compare(function: Function, slope: Function) -> None:
    """Raise ValueError where a slope lies outside of what is measured to the left and to the right."""
    z = PLACES
    left, right = (function(z) - function(z - NEAR)) / NEAR, (function(z + NEAR) - function(z)) / NEAR
    said = np.asarray(slope(z), float)
    off = np.maximum(np.minimum(left, right) - said, said - np.maximum(left, right))
    off = off / np.maximum(1, np.abs(said))
    worst = int(off.argmax())
    if off[worst] > ROUNDED:
        raise ValueError(
            f"slope: got {said[worst]:.3f} at z = {z[worst]:.2f}, expected {(left + right)[worst] / 2:.3f}, by which "
            f"the activation rises there on one unit of z. Differentiate it by z; without slope=... it is measured."
        )
