"""A linear fit with a penalty on its weights has a best answer that can be computed, for any strength lambda.

Under the L2 penalty the answer is a formula. Under the L1 penalty it is found by soft-thresholding, one weight at a
time, which makes weights exactly 0. A polynomial is such a fit: its inputs are the powers of x. The bias b is never
penalised.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from lectureutils import validate

Array = np.ndarray
DEEPEST = 1e-10  # smaller singular values, as a share of the largest, are rounding


def powers(x: ArrayLike, degree: int) -> Array:
    """Return the powers x, x^2, ..., x^degree of x (N,) as columns: an array (N, degree).

    The power 0 is left out: its weight is the bias b. A linear fit of these columns is a polynomial of x. Raises
    ValueError for a degree below 1 or an x that is not (N,). Slide topic: Ockham's razor.
    """
    return validate.numbers(x, "x", "N")[:, None] ** np.arange(1, validate.count(degree, "degree") + 1)


def soft_threshold(w: ArrayLike, amount: float) -> Array:
    """Move each weight towards 0 by `amount`; one that would pass 0 stops there: sign(w) max(|w| - amount, 0).

    w has any shape. Among all v this v is the best compromise (v - w)^2 + 2 amount |v|. Raises ValueError for a
    negative amount. Slide topic: regularization; Donoho, De-noising by soft-thresholding (1995).
    """
    w, amount = validate.numbers(w, "w"), validate.at_least(amount, "amount")
    return np.sign(w) * np.maximum(np.abs(w) - amount, 0)


class L2Fits:
    """The fits that minimise 1/N sum_i |y_i - W x_i - b|^2 + lambda sum W^2, for every lambda from one preparation.

    X is (N, D), Y is (N, C), or (N,) for one output. `at(lam)` returns W (C, D) and b (C,), or w (D,) and the number b.
    Where lambda = 0 leaves a choice, W is the one of least length. With X - mean = U S V^T (the singular value
    decomposition), W^T = V S / (S^2 + N lambda) U^T (Y - mean). Raises ValueError if X and Y do not fit.
    Slide topic: data loss + lambda R(W); Hoerl and Kennard, Ridge regression (1970).
    """

    def __init__(self, X: ArrayLike, Y: ArrayLike):
        X, Y = _pair(X, Y)
        self.X_mean, self.Y_mean = X.mean(axis=0), Y.mean(axis=0)
        self._U, self._s, self._Vt = np.linalg.svd(X - self.X_mean, full_matrices=False)
        self._s = np.where(self._s > DEEPEST * self._s.max(), self._s, 0)
        self._target = self._U.T @ (Y - self.Y_mean)

    def at(self, lam: float) -> tuple[Array, Array]:
        """Return W and b for one lambda. Raises ValueError if it is negative."""
        share = self._shares(np.array([validate.at_least(lam, "lam")]))[0]
        W = (self._target.T * share) @ self._Vt
        return W, self.Y_mean - W @ self.X_mean

    def path(self, lams: ArrayLike) -> tuple[Array, Array]:
        """Return w (K, D) and b (K,) for K lambdas, where there is one output."""
        lams = validate.numbers(lams, "lams", "K")
        validate.at_least(lams.min(), "lams")
        if self._target.ndim != 1:
            raise ValueError(
                f"Y: got {self._target.shape[1]} outputs, expected one for a path. Ask for each lambda by "
                "at(lam), or fit one column: L2Fits(X, Y[:, 0])."
            )
        W = (self._shares(lams) * self._target) @ self._Vt
        return W, self.Y_mean - W @ self.X_mean

    def _shares(self, lams: Array) -> Array:
        total = self._s**2 + len(self._U) * lams[:, None]
        return np.divide(self._s, total, out=np.zeros_like(total), where=self._s > 0)


def l2_path(X: ArrayLike, y: ArrayLike, lams: ArrayLike) -> tuple[Array, Array]:
    """Return w (K, D) and b (K,) that minimise 1/N sum_i (y_i - w x_i - b)^2 + lambda sum w^2, for K lambdas.

    X is (N, D), y is (N,). Slide topic: data loss + lambda R(W).
    """
    return L2Fits(X, validate.numbers(y, "y", "N")).path(lams)


def l1_path(X: ArrayLike, y: ArrayLike, lams: ArrayLike) -> tuple[Array, Array]:
    """Return w (K, D) and b (K,) that minimise 1/N sum_i (y_i - w x_i - b)^2 + lambda sum |w|, for K lambdas.

    X is (N, D), y is (N,), all lambdas are above 0 (else ValueError). They are worked through from the largest to the
    smallest, each starting from the answer before it. Slide topic: data loss + lambda R(W); Tibshirani, Regression
    shrinkage and selection via the lasso (1996); Friedman et al., Pathwise coordinate optimization (2007).
    """
    lams = validate.numbers(lams, "lams", "K")
    validate.at_least(lams.min(), "lams", above=True)
    X, y = _pair(X, validate.numbers(y, "y", "N"))
    inner, outer = X - X.mean(axis=0), y - y.mean()
    gram, target = inner.T @ inner / len(X), inner.T @ outer / len(X)
    gram += 1e-12 * (gram.diagonal().max() + 1) * np.eye(len(gram))  # one answer, even where several are as good
    W, w = np.zeros((len(lams), X.shape[1])), np.zeros(X.shape[1])
    for k in np.argsort(-lams):
        W[k] = w = _l1_fit(gram, target, float(lams[k]) / 2, w)
    return W, y.mean() - W @ X.mean(axis=0)


def _l1_fit(gram: Array, target: Array, amount: float, w: Array) -> Array:
    """Minimise w gram w - 2 target w + 2 amount sum |w|, from the start w."""
    w = _sweep(gram, target, amount, _sweep(gram, target, amount, w))
    signs = np.sign(w)
    for _ in range(10 * len(w)):
        w, signs = _settle(gram, target, amount, w, signs)
        pull = np.abs(target - gram @ w) - amount
        pull[signs != 0] = -np.inf
        worst = int(pull.argmax())
        if pull[worst] <= 1e-9 * amount:
            break
        signs[worst] = np.sign(target[worst] - gram[worst] @ w)  # this 0 would rather be something else
    return w


def _sweep(gram: Array, target: Array, amount: float, w: Array) -> Array:
    """Take one weight after the other: what the others leave to it, soft-thresholded."""
    w = w.copy()
    for j, row in enumerate(gram):
        pull = float(target[j] - row @ w + row[j] * w[j])
        w[j] = np.copysign(max(abs(pull) - amount, 0), pull) / row[j]
    return w


def _settle(gram: Array, target: Array, amount: float, w: Array, signs: Array) -> tuple[Array, Array]:
    """Go to the best weights that keep their signs; one that meets 0 on the way stays there."""
    signs = signs.copy()
    while (signs != 0).any():
        on = np.flatnonzero(signs)
        goal = np.zeros_like(w)
        goal[on] = np.linalg.solve(gram[np.ix_(on, on)], target[on] - amount * signs[on])
        passed = np.flatnonzero(goal * signs < 0)
        if not len(passed):
            return goal, signs
        parts = w[passed] / (w[passed] - goal[passed])  # how far on the way each of them meets 0
        w = w + parts.min() * (goal - w)
        stopped = passed[parts <= parts.min()]
        w[stopped] = signs[stopped] = 0
    return np.zeros_like(w), signs


def _pair(X: ArrayLike, Y: ArrayLike) -> tuple[Array, Array]:
    X, Y = validate.numbers(X, "X", "N D"), validate.numbers(Y, "Y")
    if Y.ndim not in (1, 2) or len(Y) != len(X):
        raise ValueError(
            f"Y: got shape {Y.shape} for X of shape {X.shape}, expected one row, or one number, for each "
            f"row of X. Select the same rows from both."
        )
    return X, Y


def mean_squares(X: ArrayLike, y: ArrayLike, W: ArrayLike, b: Sequence[float] | Array) -> Array:
    """Return the data losses (K,) of K fits: 1/N sum_i (y_i - w_k x_i - b_k)^2 for w (K, D) and b (K,)."""
    X, W, b = validate.linear(X, W, b)
    X, y = _pair(X, validate.numbers(y, "y", "N"))
    return ((X @ W.T + b - y[:, None]) ** 2).mean(axis=0)
