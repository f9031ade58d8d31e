"""Gradient descent on real data: how many examples a step should look at, and how long it should be.

Two weights are enough to see it: the score w . x tells how much an example looks like class 1. Then the loss is a
landscape over the plane of the two weights, a gradient is an arrow in it, and a training run is a path.
"""

from collections.abc import Iterator

import numpy as np

from lectureutils import validate

Array = np.ndarray


def batches(n: int, size: int, steps: int, seed: int = 0) -> Iterator[Array]:
    """Yield the rows of `steps` mini-batches: each pass over the n examples has its own random order."""
    rng, done = np.random.default_rng(seed), 0
    while True:
        order = rng.permutation(n)
        for start in range(0, n, size):
            if done == steps:
                return
            yield order[start : start + size]
            done += 1


def running_mean(values: Array, window: int) -> Array:
    """Return the mean of the last `window` values (fewer at the start) at each place."""
    sums = np.cumsum(np.concatenate([[0.0], values]))
    ends = np.arange(1, len(values) + 1)
    starts = np.maximum(ends - window, 0)
    return (sums[ends] - sums[starts]) / (ends - starts)


def _checked(X: Array, y: Array) -> tuple[Array, Array]:
    X = validate.numbers(X, "X", "N D")
    if X.shape[1] != 2:
        raise ValueError(
            f"X: got {X.shape[1]} columns, expected 2: the figure has one axis for each weight. Pick two features."
        )
    return X, validate.labels(y, 2, len(X))
