"""A ReLU network is linear between the folds of its neurons: how many such pieces has it?

The pieces, its linear regions, are counted exactly: a square is cut along every fold.
"""

import functools
from collections.abc import Sequence

import numpy as np

from lectureutils import validate

Array = np.ndarray
Layers = list[tuple[Array, Array]]
EDGE = 2.0
SQUARE = EDGE * np.array([[-1.0, -1], [1, -1], [1, 1], [-1, 1]])
WIDTHS = {
    "1 layer of 50, random": (2, 50, 1),
    "2 layers of 12, random": (2, 12, 12, 1),
    "4 layers of 7, random": (2, 7, 7, 7, 7, 1),
    "5 layers of 4, folding": (2, 4, 4, 4, 4, 4, 1),
}
SHADES, SIDE = 24, 120


def count_parameters(widths: Sequence[int]) -> int:
    """Return the number of weights and biases of a network with these widths, from the input to the output."""
    return sum(n_in * n_out + n_out for n_in, n_out in zip(widths[:-1], widths[1:], strict=True))


def random_layers(widths: Sequence[int], seed: int) -> Layers:
    """Draw the hidden layers of a network, all but the last: W normal with He's spread, b with 1 / sqrt(n_in)."""
    rng = np.random.default_rng(seed)
    pairs = zip(widths[:-2], widths[1:-1], strict=True)
    return [
        (rng.normal(0, np.sqrt(2 / n_in), (n_out, n_in)), rng.normal(0, 1 / np.sqrt(n_in), n_out))
        for n_in, n_out in pairs
    ]


def folding_layers(depth: int) -> Layers:
    """Return `depth` layers of four ReLU neurons, each of which folds the square from -2 to 2 in half both ways.

    The first layer counts the square from 0 to 1. Two neurons make a tent, t(x) = 2 relu(x) - 4 relu(x - 1/2): up on
    the first half, down on the second.
    """
    validate.count(depth, "depth")
    halves = np.array([[1.0, 0], [1, 0], [0, 1], [0, 1]])  # x, x - 1/2, y, y - 1/2
    tent = np.array([[2.0, -4, 0, 0], [0, 0, 2, -4]])
    b = np.array([0, -0.5, 0, -0.5])
    first = halves / (2 * EDGE), b + 0.5
    return [first] + [(halves @ tent, b)] * (depth - 1)


def count_regions(layers: Layers, polygon: Array = SQUARE) -> list[int]:
    """Count the linear regions inside a convex polygon (M, 2), after each neuron of the ReLU layers in turn.

    On a region the layer's input is A x + c, so each neuron's fold is a straight line there, and cuts it in two.
    """
    pieces, A, c, counts = [np.asarray(polygon, dtype=float)], np.eye(2)[None], np.zeros((1, 2)), []
    for W, b in layers:
        slope, offset = W @ A, c @ W.T + b
        for j in range(len(b)):
            pieces, parent = cut_all(pieces, slope[:, j], offset[:, j])
            slope, offset = slope[parent], offset[parent]
            counts.append(len(pieces))
        middles = np.array([piece.mean(axis=0) for piece in pieces])
        on = np.einsum("rkd,rd->rk", slope, middles) + offset > 0
        A, c = slope * on[:, :, None], offset * on
    return counts


def count_by_crossings(W: Array, b: Array) -> list[int]:
    """Count as `count_regions` does for one layer, and faster: a line adds a region, and one for each line it crosses.

    W (k, 2), b (k,); only lines and crossings inside the square count.
    """
    corners = SQUARE @ W.T + b
    there = (corners.min(axis=0) < 0) & (corners.max(axis=0) > 0)
    (u, v), one = W.T[:, :, None], b[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):  # parallel lines never cross
        x, y = (v * b - one * v.T) / (u * v.T - v * u.T), (one * u.T - u * b) / (u * v.T - v * u.T)
    crossings = np.tril((np.abs(x) < EDGE) & (np.abs(y) < EDGE), -1).sum(axis=1)
    return [int(count) for count in 1 + np.cumsum(there * (1 + crossings))]


def cut_all(pieces: list[Array], slope: Array, offset: Array) -> tuple[list[Array], Array]:
    """Cut convex pieces along slope . x + offset = 0 (one line each); return the parts, and which piece each was."""
    sizes = np.array([len(piece) for piece in pieces])
    starts = np.cumsum(sizes) - sizes
    values = (np.concatenate(pieces) * slope.repeat(sizes, axis=0)).sum(axis=1) + offset.repeat(sizes)
    low, high = np.minimum.reduceat(values, starts), np.maximum.reduceat(values, starts)
    parts, parent = list(pieces), list(range(len(pieces)))
    for r in np.flatnonzero((low < -1e-12) & (high > 1e-12)):
        one, other = cut(pieces[r], values[starts[r] : starts[r] + sizes[r]])
        parts[r] = one
        parts.append(other)
        parent.append(r)
    return parts, np.array(parent)


def cut(piece: Array, values: Array) -> tuple[Array, Array]:
    """Cut one convex piece (M, 2) where a linear function with these `values` at its corners changes its sign."""
    then, after = np.roll(values, -1), np.roll(piece, -1, axis=0)
    i, k = np.flatnonzero((values >= 0) != (then >= 0))
    start, end = (piece[e] + values[e] / (values[e] - then[e]) * (after[e] - piece[e]) for e in (i, k))
    return np.vstack([start, piece[i + 1 : k + 1], end]), np.vstack([end, piece[k + 1 :], piece[: i + 1], start])


@functools.lru_cache(maxsize=64)
def counts_and_shades(name: str, seed: int) -> tuple[list[int], Array]:
    """Return the counts after each neuron, and the shades (1 + neurons, 120, 120) of the square's pieces till then.

    Each neuron adds its own number to the shade where it is on, so pieces that share an edge differ in shade.
    """
    widths = WIDTHS[name]
    layers = folding_layers(len(widths) - 2) if "folding" in name else random_layers(widths, seed)
    places = np.linspace(-EDGE, EDGE, SIDE)
    h = np.stack(np.meshgrid(places, places), axis=-1).reshape(-1, 2)
    on = []
    for W, b in layers:
        z = h @ W.T + b
        on.append(z > 0)
        h = np.maximum(z, 0)
    on = np.concatenate([np.zeros((SIDE * SIDE, 1), bool), *on], axis=1).T
    step = 5 + 7 * np.arange(len(on), dtype=np.int16) % 13
    shades = np.cumsum(on * step[:, None], axis=0, dtype=np.int16) % SHADES
    counts = count_by_crossings(*layers[0]) if len(layers) == 1 else count_regions(layers)
    return [1, *counts], shades.reshape(-1, SIDE, SIDE)
