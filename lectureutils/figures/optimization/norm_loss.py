"""A slope can be measured entry by entry, and it can be followed downhill.

The first two figures measure: the lecture's table, one entry a step, and the error for every step size h. The third
one walks: gradient descent on two losses at once, from the same start, with the same learning rate.
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
