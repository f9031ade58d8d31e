"""A loss over the plane of two weights: its contours, and the start of a path on it.

Two weights are enough: the score w . x tells how much an example looks like class 1. Then a gradient is an arrow in the
plane, and a training run is a path.
"""

from collections.abc import Callable, Sequence

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from lectureutils import style
from lectureutils.live import Control, slider

Array = np.ndarray
PairLoss = Callable[[Array, Array, Array], tuple[float, Array]]


def two_class_loss(w: Array, X: Array, y: Array) -> tuple[float, Array]:
    """Return the cross-entropy of two classes and its gradient (2,), for w (2,), X (N, 2), labels y (N,) of 0 and 1.

    Class 1 has the score s = w . x and class 0 the score 0: only the difference of two scores counts. So
    p = 1 / (1 + exp(-s)), L = -mean log of the p of the right class, dL/dw = mean of (p - y) x.
    """
    s = X @ w
    p = 0.5 * (1 + np.tanh(s / 2))  # the same as 1 / (1 + exp(-s)), and never an overflow
    return float(np.mean(np.logaddexp(0, s) - y * s)), (p - y) @ X / len(y)


def arrow_length(v: Array) -> float:
    """Return the length of a vector."""
    return float(np.hypot(*v))


def landscape(axes: Axes, f: Callable[[Array, Array], Array], count: int = 60, levels: int = 14) -> list[Artist]:
    """Draw the contours of f(x, y) over the limits of `axes`, closer where f is low, and return their artists."""
    x, y = np.meshgrid(np.linspace(*axes.get_xlim(), count), np.linspace(*axes.get_ylim(), count))
    z = f(x, y)
    low, high = z.min(), z.max()
    heights = low + (high - low) * np.linspace(0.03, 1, levels) ** 2
    lines = axes.contour(x, y, z, heights, colors=[style.GREY], linewidths=0.7, alpha=0.7)
    return [lines, axes.contourf(x, y, z, [low, *heights], cmap="Blues_r", alpha=0.3)]


def data_landscape(axes: Axes, loss: PairLoss, X: Array, y: Array) -> None:
    """Draw the contours of the loss over all examples."""
    landscape(axes, np.vectorize(lambda a, b: loss(np.array([a, b]), X, y)[0]), 36)


def start_sliders(start: Sequence[float], low: float, high: float, names: Sequence[str]) -> tuple[Control, Control]:
    """Make the two controls of a start in the plane, named x and y."""
    return tuple(
        slider(axis, float(at), low, high, 0.05, label=f"Start {name}")
        for axis, at, name in zip("xy", start, names, strict=True)
    )
