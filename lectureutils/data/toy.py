"""Points in the plane, drawn from a seed: data that can be seen whole.

The same arguments give the same points on every machine with the same NumPy generator.
"""

from collections.abc import Sequence

import numpy as np

from lectureutils import validate
from lectureutils.data.dataset import Dataset

CENTRES = ((-2.0, -1.0), (2.0, -1.0), (0.0, 2.0))


def blobs(n_per_class: int = 30, spread: float = 0.7, seed: int = 0,
          centres: Sequence[Sequence[float]] = CENTRES) -> Dataset:
    """Scatter `n_per_class` points round each centre, with the standard deviation `spread` in x and y.

    X (N, 2) with N = C * n_per_class, y (N,) the number of the centre, sorted by class; class names A, B, C,
    and so on. `centres` is (C, 2), three by default, 26 at most. Raises ValueError for other shapes,
    n_per_class < 1 or spread < 0.
    """
    middle = validate.numbers(centres, "centres", "C 2")
    if middle.shape[1] != 2 or len(middle) > 26:
        raise ValueError(f"centres: got shape {middle.shape}, expected (C, 2) with C up to 26. "
                         f"Give one pair (x, y) per class.")
    validate.count(n_per_class, "n_per_class")
    y = np.repeat(np.arange(len(middle)), n_per_class)
    noise = np.random.default_rng(seed).normal(size=(len(y), 2))
    X = middle[y] + validate.at_least(spread, "spread") * noise
    return Dataset("blobs", X, y, tuple(chr(ord("A") + k) for k in range(len(middle))), ("x", "y"))
