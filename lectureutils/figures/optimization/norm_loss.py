"""The loss of the lecture's slides on optimization: the distance of the scores to the wanted ones, not squared.

Its exact slope is what measured ones are held against.
"""

import numpy as np

Array = np.ndarray


def norm_loss(scores: Array, y_star: Array) -> Array:
    """Return the lecture's loss ||scores - y*||, not squared, for scores (..., C)."""
    return np.linalg.norm(scores - y_star, axis=-1)


def norm_gradient(W: Array, x: Array, y_star: Array) -> Array:
    """Return dL/dW = (W x - y*) x^T / ||W x - y*||, shape (C, D); zeros at the tip, where there is no slope."""
    residual = W @ x - y_star
    length = np.linalg.norm(residual)
    return np.outer(residual, x) / length if length else np.zeros_like(W)
