"""The points of the playground: drawn from a seed, a few to move about, or the reader's own."""

import numpy as np
from numpy.typing import ArrayLike

from lectureutils import data, style, validate

Array = np.ndarray
EDGE = 3.0  # the plane goes from -EDGE to EDGE both ways
PLACED, GIVEN = "your own", "your data"
DATA = ("moons", "circles", "xor", "spirals", "two blobs", "three arms", PLACED)
CLASSES = "ABCDE"[: len(style.CLASS_COLORS)]
FEW = ([(-1.5, 0.0), (1.5, 0.0), (0.0, 1.5), (0.0, -1.5), (0.0, 0.0), (0.4, 0.3)], [0, 0, 0, 0, 1, 1])


def points_of(name: str, seed: int = 0) -> tuple[Array, Array]:
    """Return X (N, 2) and y (N,) of one of the data sets; two classes, A and B, of three arms three."""
    if name == PLACED:
        return np.array(FEW[0]), np.array(FEW[1])
    if name == "two blobs":
        found = data.blobs(60, 0.8, seed, centres=[(-1.2, -0.8), (1.2, 0.8)])
    elif name == "three arms":
        found = data.spirals(50, seed=seed, turns=0.75, arms=3)
    else:
        found = getattr(data, name)(60, seed=seed)
    return np.clip(found.X, -EDGE, EDGE), found.y


def given(pair: tuple[ArrayLike, ArrayLike]) -> tuple[Array, Array]:
    """Return the points X (N, 2), y (N,). Raises ValueError unless they fit on the plane, in 2 to 5 classes."""
    if not isinstance(pair, tuple | list) or len(pair) != 2:
        raise ValueError(f"data: got {type(pair).__name__}, expected the pair (X, y). Write data=(X, y), in brackets.")
    X = validate.numbers(pair[0], "X", "N 2")
    y = validate.labels(pair[1], n_examples=len(X))
    kinds = np.unique(y)
    if len(kinds) < 2 or y.max() >= len(CLASSES):
        raise ValueError(
            f"y: got the classes {', '.join(map(str, kinds[:9]))}, expected at least two of 0 ... {len(CLASSES) - 1}. "
            "np.unique(y, return_inverse=True)[1] counts classes from 0."
        )
    if np.abs(X).max() > EDGE:
        raise ValueError(
            f"X: got numbers from {X.min():g} to {X.max():g}, expected {-EDGE:g} ... {EDGE:g}, the edges of the plane. "
            "Scale the columns: (X - X.mean(axis=0)) / X.std(axis=0), and smaller if that is not enough."
        )
    return X, y
