"""Points in the plane, drawn from a seed: data that can be seen whole.

The same arguments give the same points on every machine with the same NumPy generator.
"""

from collections.abc import Sequence

import numpy as np

from lectureutils import validate
from lectureutils.data.dataset import Dataset

CENTRES = ((-2.0, -1.0), (2.0, -1.0), (0.0, 2.0))


def blobs(
    n_per_class: int = 30, spread: float = 0.7, seed: int = 0, centres: Sequence[Sequence[float]] = CENTRES
) -> Dataset:
    """Scatter `n_per_class` points round each centre, with the standard deviation `spread` in x and y.

    X (N, 2) with N = C * n_per_class, y (N,) the number of the centre, sorted by class; class names A, B, C,
    and so on. `centres` is (C, 2), three by default, 26 at most. Raises ValueError for other shapes,
    n_per_class < 1 or spread < 0.
    """
    middle = validate.numbers(centres, "centres", "C 2")
    if middle.shape[1] != 2 or len(middle) > 26:
        raise ValueError(
            f"centres: got shape {middle.shape}, expected (C, 2) with C up to 26. Give one pair (x, y) per class."
        )
    validate.count(n_per_class, "n_per_class")
    y = np.repeat(np.arange(len(middle)), n_per_class)
    noise = np.random.default_rng(seed).normal(size=(len(y), 2))
    X = middle[y] + validate.at_least(spread, "spread") * noise
    return Dataset("blobs", X, y, tuple(chr(ord("A") + k) for k in range(len(middle))), ("x", "y"))


def moons(n_per_class: int = 60, noise: float = 0.2, seed: int = 0) -> Dataset:
    """Draw two half circles that reach into each other: no line separates them, one bend in it does.

    X (2 n_per_class, 2) within about -2 ... 2, y 0 for the upper moon A and 1 for the lower one B. `noise` is the
    standard deviation in x and y. Raises ValueError for n_per_class < 1 or noise < 0, as all sets below.
    """
    angle = np.pi * _even(n_per_class)
    upper = np.column_stack([np.cos(angle) - 0.5, np.sin(angle) - 0.25])
    return _pair("moons", 1.4 * upper, -1.4 * upper, noise, seed)


def circles(n_per_class: int = 60, noise: float = 0.2, seed: int = 0) -> Dataset:
    """Draw a disc A of radius 0.7 inside a ring B of radius 2: one class surrounds the other."""
    angle = 2 * np.pi * _even(n_per_class)
    ring = np.column_stack([np.cos(angle), np.sin(angle)])
    radius = 0.7 * np.sqrt(np.random.default_rng(seed + 1).random(len(ring)))
    return _pair("circles", radius[:, None] * ring, 2 * ring, noise, seed)


def spirals(n_per_class: int = 60, noise: float = 0.08, seed: int = 0, turns: float = 1.25, arms: int = 2) -> Dataset:
    """Draw arms that wind round each other, `turns` times from the middle to radius 2.2; a class for each of them.

    Raises ValueError also for less than 2 arms or more than 26.
    """
    if validate.count(arms, "arms", 2) > 26:
        raise ValueError(f"arms: got {arms}, expected 2 to 26, one for each letter. Choose fewer arms.")
    way = np.sqrt(_even(n_per_class))  # even along the arm, not crowded in the middle
    angle = 2 * np.pi * validate.at_least(turns, "turns") * way
    arm = (0.2 + 2.0 * way)[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    turned = 2 * np.pi * np.arange(arms) / arms
    cos, sin = np.cos(turned).round(12), np.sin(turned).round(12)  # half a turn is exactly a change of sign
    return _classes("spirals", [arm @ np.array([[c, s], [-s, c]]) for c, s in zip(cos, sin, strict=True)], noise, seed)


def xor(n_per_class: int = 60, noise: float = 0.0, seed: int = 0) -> Dataset:
    """Fill four squares: A where x and y have the same sign, B where they differ, from 0.15 to 2 off the axes."""
    rng = np.random.default_rng(seed + 1)
    size = rng.uniform(0.15, 2, (2, validate.count(n_per_class, "n_per_class"), 2))
    sign = np.where(rng.random((2, n_per_class, 1)) < 0.5, -1, 1)
    first, second = size * sign * np.array([[[1, 1]], [[1, -1]]])
    return _pair("xor", first, second, noise, seed)


def _even(n: int) -> np.ndarray:
    """Return n places spread evenly over 0 ... 1, ends left out."""
    return (np.arange(validate.count(n, "n_per_class")) + 0.5) / n


def _pair(name: str, first: np.ndarray, second: np.ndarray, noise: float, seed: int) -> Dataset:
    return _classes(name, [first, second], noise, seed)


def _classes(name: str, parts: Sequence[np.ndarray], noise: float, seed: int) -> Dataset:
    X, y = np.vstack(parts), np.repeat(np.arange(len(parts)), len(parts[0]))
    X = X + validate.at_least(noise, "noise") * np.random.default_rng(seed).normal(size=X.shape)
    return Dataset(name, X, y, tuple(chr(ord("A") + k) for k in range(len(parts))), ("x", "y"))
