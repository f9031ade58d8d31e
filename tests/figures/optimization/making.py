"""The lecture's example for the figures of notebook 04, and two losses over two weights."""

import numpy as np

from lectureutils.data import lecture

X1, Y_STAR, V2 = lecture.x1, lecture.y_star, lecture.V2
INPUTS, WANTED = lecture.X[[0, 2]][:, [1, 3]], np.array([1.0, 0.0])


def loss(W):
    return float(np.sqrt(((W @ X1 - Y_STAR) ** 2).sum()))


def norm(w):
    r = INPUTS @ w - WANTED
    length = np.linalg.norm(r)
    return length, INPUTS.T @ r / max(length, 1e-300)


def squared(w):
    r = INPUTS @ w - WANTED
    return r @ r, 2 * INPUTS.T @ r
