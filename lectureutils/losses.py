"""A loss turns "how wrong are these scores?" into one number that can be made smaller.

Each loss takes scores (N, C) and labels (N,), adds up one share per class, and averages over the examples. It
returns that number together with its gradient by the scores, because learning needs both. A penalty does the
same for the weights alone.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from lectureutils import validate

Array = np.ndarray
Loss = Callable[[Array, Array], tuple[float, Array]]
Penalty = Callable[[Array], tuple[float, Array]]


def one_hot(y: ArrayLike, n_classes: int) -> Array:
    """Return the target rows (N, n_classes): 1 in the column of the label, 0 elsewhere."""
    y = validate.labels(y, validate.count(n_classes, "n_classes"))
    return np.eye(n_classes)[y]


def softmax(scores: ArrayLike) -> Array:
    """Turn scores (N, C) into probabilities (N, C): p_ij = exp(s_ij) / sum_k exp(s_ik).

    The sum runs over classes, so each row adds up to 1. Raises ValueError for a bad shape or NaN.
    Slide topic: cross-entropy (softmax).
    """
    shifted = _shift(validate.numbers(scores, "scores", "N C"))
    e = np.exp(shifted)
    return e / e.sum(axis=1, keepdims=True)


# ---- each class's share of each example's loss: (N, C), never negative


def hinge_shares(scores: ArrayLike, y: ArrayLike) -> Array:
    """Return max(0, 1 + s_ij - s_i,y_i) for each wrong class j and 0 for the true one, shape (N, C)."""
    scores, y = validate.scores_and_labels(scores, y)
    rows = np.arange(len(y))
    shares = np.maximum(0, 1 + scores - scores[rows, y][:, None])
    shares[rows, y] = 0  # the true class is not compared with itself: it would add 1 to every loss
    return shares


def l1_shares(scores: ArrayLike, y: ArrayLike) -> Array:
    """Return |s_ij - t_ij| with one-hot targets t, shape (N, C)."""
    return np.abs(_residual(scores, y))


def l2_shares(scores: ArrayLike, y: ArrayLike) -> Array:
    """Return (s_ij - t_ij)^2 with one-hot targets t, shape (N, C)."""
    return _residual(scores, y) ** 2


def cross_entropy_shares(scores: ArrayLike, y: ArrayLike) -> Array:
    """Return -t_ij log p_ij with one-hot targets t and p = softmax(s), shape (N, C): 0 but for the truth."""
    scores, y = validate.scores_and_labels(scores, y)
    rows = np.arange(len(y))
    shifted = _shift(scores)
    shares = np.zeros_like(scores)
    # log p = shifted - log sum exp(shifted): no p is formed that could round to 0 before its log is taken.
    shares[rows, y] = np.log(np.exp(shifted).sum(axis=1)) - shifted[rows, y]
    return shares


# ---- losses: (scores (N, C), labels (N,)) -> (loss, dscores (N, C))


def hinge(scores: ArrayLike, y: ArrayLike) -> tuple[float, Array]:
    """Measure by how much wrong classes come within 1 of the true one (or pass it).

    L = 1/N sum_i sum_{j != y_i} max(0, 1 + s_ij - s_i,y_i). Returns L and dL/dscores (N, C). At the kink,
    where a margin is exactly 1, the subgradient 0 is taken. Raises ValueError for bad scores or labels.
    Slide topic: multi-class hinge loss.
    """
    shares = hinge_shares(scores, y)
    dscores = (shares > 0).astype(shares.dtype)
    dscores[np.arange(len(shares)), np.asarray(y)] = -dscores.sum(axis=1)
    return _mean(shares), dscores / len(shares)


def l1(scores: ArrayLike, y: ArrayLike) -> tuple[float, Array]:
    """Measure the distance to the one-hot targets t, all sizes of error weighted alike.

    L = 1/N sum_i sum_j |s_ij - t_ij|. Returns L and dL/dscores = sign(s - t) / N, shape (N, C). At the kink
    s = t the subgradient 0 is taken. Raises ValueError for bad scores or labels. Slide topic: L1 loss.
    """
    residual = _residual(scores, y)
    return _mean(np.abs(residual)), np.sign(residual) / len(residual)


def l2(scores: ArrayLike, y: ArrayLike) -> tuple[float, Array]:
    """Measure the squared distance to the one-hot targets t, so that large errors weigh most.

    L = 1/N sum_i sum_j (s_ij - t_ij)^2. Returns L and dL/dscores = 2 (s - t) / N, shape (N, C). Smooth
    everywhere. Raises ValueError for bad scores or labels. Slide topic: L2 loss.
    """
    residual = _residual(scores, y)
    return _mean(residual**2), 2 * residual / len(residual)


def cross_entropy(scores: ArrayLike, y: ArrayLike) -> tuple[float, Array]:
    """Measure how surprised the softmax probabilities p are by the truth, in nats.

    L = -1/N sum_i sum_j t_ij log p_ij with one-hot targets t. Returns L and dL/dscores = (p - t) / N, shape
    (N, C). Smooth everywhere, and finite for scores of +-1000. Raises ValueError for bad scores or labels.
    Slide topic: cross-entropy (softmax).
    """
    scores, y = validate.scores_and_labels(scores, y)
    rows, shifted = np.arange(len(y)), _shift(scores)
    dscores = np.exp(shifted)
    total = dscores.sum(axis=1)
    loss = _mean(np.log(total) - shifted[rows, y])
    dscores /= total[:, None]
    dscores[rows, y] -= 1
    dscores /= len(y)
    return loss, dscores


# ---- penalties: W (C, D) -> (R, dR/dW (C, D)); the bias b is left out on purpose


def l1_penalty(W: ArrayLike) -> tuple[float, Array]:
    """Return R = sum |W| and its subgradient sign(W), which is 0 at W = 0.

    W is (C, D). Steps along a subgradient hop around 0 and never rest there: exact zeros need
    soft-thresholding. Raises ValueError for a bad W. Slide topic: regularization, lambda R(W).
    """
    W = validate.numbers(W, "W", "C D")
    return float(np.abs(W).sum()), np.sign(W)


def l2_penalty(W: ArrayLike) -> tuple[float, Array]:
    """Return R = sum W^2 and its gradient 2 W.

    W is (C, D). With lambda R the step shrinks W by 2 lambda W; PyTorch's `weight_decay` shrinks it by
    lambda W: the same step has weight_decay = 2 lambda. Raises ValueError for a bad W. Slide topic: regularization.
    """
    W = validate.numbers(W, "W", "C D")
    return float(np.vdot(W, W)), 2 * W


def _residual(scores: ArrayLike, y: ArrayLike) -> Array:
    scores, y = validate.scores_and_labels(scores, y)
    return scores - one_hot(y, scores.shape[1]).astype(scores.dtype)


def _shift(scores: Array) -> Array:
    # Softmax ignores a number added to a whole row. With the largest score at 0, exp cannot overflow.
    return scores - scores.max(axis=1, keepdims=True)


def _mean(shares: Array) -> float:
    return float(shares.sum() / len(shares))


LOSSES: dict[str, Loss] = {"hinge": hinge, "L1": l1, "L2": l2, "cross-entropy": cross_entropy}
SHARES: dict[str, Callable[[Array, Array], Array]] = {
    "hinge": hinge_shares,
    "L1": l1_shares,
    "L2": l2_shares,
    "cross-entropy": cross_entropy_shares,
}
PENALTIES: dict[str, Penalty] = {"L1": l1_penalty, "L2": l2_penalty}
