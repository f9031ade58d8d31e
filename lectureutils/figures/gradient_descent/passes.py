"""Mini-batches of examples with two features: each pass takes all of them, in an order of its own.

The orders are the same for every figure and rule, so that what differs in a picture is not the luck of the draw.
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


def checked(X: Array, y: Array) -> tuple[Array, Array]:
    """Return X (N, 2) and y (N,) of 0 and 1. Raises ValueError for another number of columns, and for other labels."""
    X = validate.numbers(X, "X", "N D")
    if X.shape[1] != 2:
        raise ValueError(
            f"X: got {X.shape[1]} columns, expected 2: the figure has one axis for each weight. Pick two features."
        )
    return X, validate.labels(y, 2, len(X))
