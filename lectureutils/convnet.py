"""A small convolutional network for pictures: the same few weights at every place, twice, and then a linear layer.

A picture of 25 x 25 x 3 numbers meets 8 filters of 5 x 5 x 3, a ReLU and a maximum over 2 x 2 places; what is left,
12 x 12 x 8, meets 8 filters of 3 x 3 x 8, a ReLU and a maximum again; the 6 x 6 x 8 = 288 numbers go to a linear layer.
`tools/build_convnet.py` has trained such networks from five random starts.
"""

from collections.abc import Mapping

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike

from lectureutils import validate
from lectureutils.data import EmojiData, load_emoji, picture
from lectureutils.data.dataset import read_npz

Array = np.ndarray
Weights = Mapping[str, Array]
STARTS = 5  # trained networks, from as many random starts
SIDE = 25  # pixels, after every 2 x 2 have become one
SHAPES = {"K1": (8, 5, 5, 3), "b1": (8,), "K2": (8, 3, 3, 8), "b2": (8,), "W": (5, 288), "b": (5,)}


def halved(X: ArrayLike) -> Array:
    """Return pictures (N, 25, 25, 3) of rows X (N, 7500): the mean of 2 x 2 pixels, less 1.

    So white paper is 0, as the padding is, and black is -1.
    """
    pictures = picture(validate.numbers(X, "X", "N 7500"))
    return pictures.reshape(len(pictures), SIDE, 2, SIDE, 2, 3).mean(axis=(2, 4)) - 1


def windows(X: Array, k: int, stride: int = 1, pad: int = 0) -> Array:
    """Return what each window of k x k sees, (N, rows, columns, k, k, C), of pictures X (N, n, m, C).

    `pad` zeros are put around first; windows are `stride` apart and never stick out, so there are
    (n + 2 pad - k) // stride + 1 rows of them.
    """
    X = np.pad(X, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    view = sliding_window_view(X, (k, k), axis=(1, 2))[:, ::stride, ::stride]
    return np.moveaxis(view, 3, 5)


def convolution(X: Array, K: Array, b: Array, stride: int = 1, pad: int = 0) -> Array:
    """Return answers (N, rows, columns, F) of F filters K (F, k, k, C) with biases b (F,) to X (N, n, m, C)."""
    seen = windows(X, K.shape[1], stride, pad)
    return seen.reshape(*seen.shape[:3], -1) @ K.reshape(len(K), -1).T + b


def pooled(H: Array) -> Array:
    """Return the maxima (N, n // 2, m // 2, F) over 2 x 2 places of H (N, n, m, F); an odd last row is left out."""
    N, n, m, F = H.shape
    return H[:, : n // 2 * 2, : m // 2 * 2].reshape(N, n // 2, 2, m // 2, 2, F).max(axis=(2, 4))


def run(X: Array, weights: Weights) -> dict[str, Array]:
    """Return what the network computes of pictures X (N, 25, 25, 3): Z1, H1, P1, Z2, H2, P2 and the scores S (N, 5)."""
    Z1 = convolution(X, weights["K1"], weights["b1"], pad=2)
    H1 = np.maximum(Z1, 0)
    P1 = pooled(H1)
    Z2 = convolution(P1, weights["K2"], weights["b2"], pad=1)
    H2 = np.maximum(Z2, 0)
    P2 = pooled(H2)
    S = P2.reshape(len(X), -1) @ weights["W"].T + weights["b"]
    return {"X": X, "Z1": Z1, "H1": H1, "P1": P1, "Z2": Z2, "H2": H2, "P2": P2, "S": S}


def gradients(kept: Weights, weights: Weights, dS: Array) -> dict[str, Array]:
    """Return the gradients by all weights, given what `run` has kept and the gradient dS (N, 5) by the scores."""
    X, P1, P2 = kept["X"], kept["P1"], kept["P2"]
    dZ2 = _unpooled(kept["H2"], P2, (dS @ weights["W"]).reshape(P2.shape)) * (kept["Z2"] > 0)
    dP1 = _windows_back(dZ2, weights["K2"], P1.shape, pad=1)
    dZ1 = _unpooled(kept["H1"], P1, dP1) * (kept["Z1"] > 0)
    places = ([0, 1, 2], [0, 1, 2])
    return {
        "K1": np.tensordot(dZ1, windows(X, 5, pad=2), places),
        "b1": dZ1.sum(axis=(0, 1, 2)),
        "K2": np.tensordot(dZ2, windows(P1, 3, pad=1), places),
        "b2": dZ2.sum(axis=(0, 1, 2)),
        "W": dS.T @ P2.reshape(len(X), -1),
        "b": dS.sum(axis=0),
    }


def _unpooled(H: Array, P: Array, dP: Array) -> Array:
    """Send dP back to the places of H that were the maximum."""
    n, m = 2 * P.shape[1], 2 * P.shape[2]
    dH = np.zeros_like(H)
    large, back = (array.repeat(2, axis=1).repeat(2, axis=2) for array in (P, dP))
    dH[:, :n, :m] = (H[:, :n, :m] == large) * back
    return dH


def _windows_back(dZ: Array, K: Array, shape: tuple, pad: int) -> Array:
    """Send dZ (N, n, m, F) back through filters K (F, k, k, C): each place collects from all windows that saw it."""
    k, (n, m) = K.shape[1], dZ.shape[1:3]
    dX = np.zeros((shape[0], shape[1] + 2 * pad, shape[2] + 2 * pad, shape[3]), dZ.dtype)
    for i in range(k):
        for j in range(k):
            dX[:, i : i + n, j : j + m] += dZ @ K[:, i, j]
    return dX[:, pad : pad + shape[1], pad : pad + shape[2]]


def load_convnets(copies: bool = True) -> list[dict[str, Array]]:
    """Load five trained networks, each its weights by name, float64: K1, b1, K2, b2, W and b.

    They have seen the emoji of Google, Microsoft and Twitter and, with `copies`, four copies of each that were shifted,
    mirrored and recoloured, but none by EmojiOne and Mozilla. Slide topic: convolutional networks.
    """
    file, first = read_npz("convnet.npz"), STARTS if copies else 0
    return [{name: file[name][at].astype(np.float64) for name in SHAPES} for at in range(first, first + STARTS)]


def seen_and_held_out(copies: int = 4) -> tuple[tuple[Array, Array], tuple[Array, Array], EmojiData]:
    """Return what the networks have learned from, and the pictures of the two vendors that they have never seen.

    The first is (X, y) of 190 pictures (N, 25, 25, 3), the second that of `copies` disturbed ones of each.
    """
    seen, held_out = load_emoji().vendor_split()
    more = seen.disturbed(copies, seed=0)
    return (halved(seen.X), seen.y), (halved(more.X), more.y), held_out
