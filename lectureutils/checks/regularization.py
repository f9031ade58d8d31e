"""The exercises of notebook 03: powers of x, the regularized loss, soft-thresholding, the choice of lambda.

Each stands as a reference solution under its cases (small and readable first, then random ones from a fixed
seed) and the wrong answers that come up in class.
"""

from collections.abc import Iterator

import numpy as np

from .engine import exercise


# --- powers of x ------------------------------------------------------------------------------------------
def _power_cases() -> Iterator[tuple]:
    yield np.array([2.0, -1.0, 3.0]), 2
    rng = np.random.default_rng(30)
    for n, degree in [(4, 4), (5, 3), (3, 5)]:
        yield rng.uniform(-2, 2, size=n), degree


@exercise(
    todo="return the columns x, x^2, ..., x^degree: an array (N, degree) from x (N,)",
    cases=_power_cases,
    mistakes=[
        ("the column of ones is there too: power 0 belongs to the bias b, begin with power 1",
         lambda x, degree: x[:, None] ** np.arange(degree + 1)),
        ("the powers begin at 0 and end too early: you want 1 to degree, and np.arange stops before its end",
         lambda x, degree: x[:, None] ** np.arange(degree)),
        ("the last power is missing: np.arange stops before its end",
         lambda x, degree: x[:, None] ** np.arange(1, degree)),
        ("the result lies on its side, as (degree, N): one row per example is asked for",
         lambda x, degree: x ** np.arange(1, degree + 1)[:, None]),
        ("the powers run backwards: x comes first, the highest power last",
         lambda x, degree: x[:, None] ** np.arange(degree, 0, -1)),
        ("these are multiples of x: a power multiplies x by itself",
         lambda x, degree: x[:, None] * np.arange(1, degree + 1)),
        ("base and exponent are swapped: x is the base, and 1, 2, 3 and so on are the exponents",
         lambda x, degree: np.arange(1.0, degree + 1) ** x[:, None]),
        ("only the highest power is there: each power up to it has its own column", lambda x, degree: x**degree),
        ("the powers are added up already: each has its own column, because each has its own weight",
         lambda x, degree: (x[:, None] ** np.arange(1, degree + 1)).sum(axis=1)),
    ],
)
def powers(x: np.ndarray, degree: int) -> np.ndarray:
    """Return the columns x, x^2, ..., x^degree (N, degree)."""
    return x[:, None] ** np.arange(1, degree + 1)


# --- data loss + lambda R(W) ------------------------------------------------------------------------------
def _loss_cases() -> Iterator[tuple]:
    yield 0.5, np.array([[1.0, -2.0]]), np.array([3.0]), 0.1
    rng = np.random.default_rng(31)
    for c, d, lam in [(3, 4, 0.5), (2, 5, 2.0), (4, 3, 0.01)]:
        yield float(rng.uniform(0, 3)), rng.normal(size=(c, d)), rng.normal(size=c), lam


def _R2(W: np.ndarray) -> float:
    return (W**2).sum()


@exercise(
    todo="return one number: the data loss plus lam times the sum of all squared weights, without b",
    cases=_loss_cases,
    mistakes=[
        ("the bias is included: b only lifts the answers, it makes nothing complicated, so it is left out",
         lambda L, W, b, lam: L + lam * (_R2(W) + _R2(b))),
        ("the penalty is subtracted: large weights are to cost something", lambda L, W, b, lam: L - lam * _R2(W)),
        ("lam is missing: it says how much the penalty counts", lambda L, W, b, lam: L + _R2(W)),
        ("lam multiplies the data loss too: it weighs only the penalty", lambda L, W, b, lam: lam * (L + _R2(W))),
        ("lam weighs the data loss instead of the penalty", lambda L, W, b, lam: lam * L + _R2(W)),
        ("this is the penalty alone: the data loss comes before it", lambda L, W, b, lam: lam * _R2(W)),
        ("this is the data loss alone: the penalty is missing", lambda L, W, b, lam: L),
        ("this is the L1 penalty, sum |W|: the squares are asked for", lambda L, W, b, lam: L + lam * np.abs(W).sum()),
        ("the weights are not squared: positive and negative ones cancel", lambda L, W, b, lam: L + lam * W.sum()),
        ("you squared the sum: square each weight first, then sum", lambda L, W, b, lam: L + lam * W.sum() ** 2),
        ("this has the mean of the squares: R is their sum", lambda L, W, b, lam: L + lam * (W**2).mean()),
        ("a root was drawn (that is the length of W): R is the sum of the squares, not its root",
         lambda L, W, b, lam: L + lam * np.sqrt(_R2(W))),
        ("there is a factor 1/2: some books have it, here R is the sum of squares",
         lambda L, W, b, lam: L + lam / 2 * _R2(W)),
        ("lam is squared with the weights: square only W", lambda L, W, b, lam: L + _R2(lam * W)),
        ("lam W is added, which has the shape of W: the penalty is one number, lam times the sum of squares",
         lambda L, W, b, lam: L + lam * W),
        ("the squares are not summed: the penalty is one number", lambda L, W, b, lam: L + lam * W**2),
        ("2 lam W is the gradient of the penalty: its value is asked for", lambda L, W, b, lam: 2 * lam * W),
        ("the squares are summed per class: sum over all of W",
         lambda L, W, b, lam: L + lam * (W**2).sum(axis=1)),
    ],
)
def regularized_loss(data_loss: float, W: np.ndarray, b: np.ndarray, lam: float) -> float:
    """Return data loss + lambda R(W) with R(W) = sum W^2."""
    return data_loss + lam * (W**2).sum()


# --- the choice of lambda ---------------------------------------------------------------------------------
def _choice_cases() -> Iterator[tuple]:
    yield np.array([0.01, 0.1, 1.0]), np.array([0.1, 0.2, 0.6]), np.array([0.9, 0.3, 0.62])
    rng = np.random.default_rng(32)
    for k in (5, 8, 6):
        lams = 10.0 ** np.arange(-4, k - 4)
        yield lams, np.sort(rng.uniform(0, 1, k)), rng.permutation(np.linspace(1.1, 3, k))
    yield np.array([1.0, 0.01, 10.0]), np.array([0.5, 0.2, 0.9]), np.array([1.5, 1.4, 1.2])


@exercise(
    todo="return the lambda with the smallest error on held-out examples",
    cases=_choice_cases,
    mistakes=[
        ("you looked at the training error: it prefers the smallest lambda, always; the held-out error decides",
         lambda lams, train, held: lams[train.argmin()]),
        ("this is the place in the list: return the lambda that stands there", lambda lams, train, held: held.argmin()),
        ("this is the smallest error: return the lambda that reaches it", lambda lams, train, held: held.min()),
        ("this is the worst lambda: the smallest error is wanted, argmin",
         lambda lams, train, held: lams[held.argmax()]),
        ("you added training and held-out error: the training error has no say in the choice",
         lambda lams, train, held: lams[(train + held).argmin()]),
        ("you looked for the smallest gap between both errors: an answer can be equally bad on both",
         lambda lams, train, held: lams[(held - train).argmin()]),
        ("this is the largest lambda", lambda lams, train, held: lams.max()),
    ],
)
def best_lam(lams: np.ndarray, train_errors: np.ndarray, held_out_errors: np.ndarray) -> float:
    """Return the lambda whose held-out error is smallest; all are (K,)."""
    return lams[held_out_errors.argmin()]


# --- soft-thresholding ------------------------------------------------------------------------------------
def _soft_cases() -> Iterator[tuple]:
    yield np.array([3.0, -3.0, 0.5, -0.5]), 1.0
    rng = np.random.default_rng(33)
    for shape, amount in [((6,), 0.5), ((3, 4), 0.8), ((5,), 0.0)]:
        yield 1.5 * rng.normal(size=shape), amount


@exercise(
    todo="move each weight towards 0 by amount; a weight that would pass 0 becomes exactly 0",
    cases=_soft_cases,
    mistakes=[
        ("amount is subtracted from every weight: a negative one has to move up, towards 0", lambda w, a: w - a),
        ("negative weights are lost: max(w - amount, 0) is right for positive ones only",
         lambda w, a: np.maximum(w - a, 0)),
        ("negative weights lost their sign: multiply by np.sign(w)", lambda w, a: np.maximum(np.abs(w) - a, 0)),
        ("small weights pass 0 and come out on the other side: stop them at 0", lambda w, a: w - a * np.sign(w)),
        ("that is hard thresholding: small weights are 0, but the others have to move as well",
         lambda w, a: np.where(np.abs(w) > a, w, 0)),
        ("this cuts large weights down to amount: all are to move by amount", lambda w, a: np.clip(w, -a, a)),
        ("weights are moved away from 0: subtract amount from |w|", lambda w, a: np.sign(w) * (np.abs(w) + a)),
        ("each weight is shrunk by a share of itself, which is what the L2 penalty does: it never arrives at 0",
         lambda w, a: w / (1 + a)),
        ("each weight is shrunk by a share of itself, which is what the L2 penalty does: subtract amount instead",
         lambda w, a: w * (1 - a)),
        ("each weight moves by twice the amount", lambda w, a: np.sign(w) * np.maximum(np.abs(w) - 2 * a, 0)),
        ("each weight moves by half the amount", lambda w, a: np.sign(w) * np.maximum(np.abs(w) - a / 2, 0)),
        ("|w| - amount may be negative: np.maximum(..., 0) stops it at 0", lambda w, a: np.abs(w) - a),
        ("the sign is turned round", lambda w, a: -np.sign(w) * np.maximum(np.abs(w) - a, 0)),
    ],
)
def soft_threshold(w: np.ndarray, amount: float) -> np.ndarray:
    """Return sign(w) max(|w| - amount, 0), entry by entry."""
    return np.sign(w) * np.maximum(np.abs(w) - amount, 0)


# --- the gradient of the penalty, for those who know derivatives --------------------------------------------
def _gradient_cases() -> Iterator[tuple]:
    yield np.array([[1.0, -2.0]]), 0.1
    rng = np.random.default_rng(34)
    for c, d, lam in [(3, 4, 0.5), (2, 5, 3.0), (3, 3, 0.01)]:
        yield rng.normal(size=(c, d)), lam


@exercise(
    todo="return the gradient of lam times the sum of squared weights, an array of the shape of W",
    cases=_gradient_cases,
    mistakes=[
        ("the 2 of the square is missing; lam W is what PyTorch calls weight_decay, whose penalty is lam/2 sum W^2",
         lambda W, lam: lam * W),
        ("lam is missing: it multiplies the penalty and so its gradient", lambda W, lam: 2 * W),
        ("this is the penalty itself: a gradient has one number for each weight", lambda W, lam: lam * _R2(W)),
        ("this is the sum of squares: a gradient has one number for each weight", lambda W, lam: _R2(W)),
        ("the sign is turned: the gradient points to where the penalty grows", lambda W, lam: -2 * lam * W),
        ("this is the gradient of the L1 penalty, lam sign(W)", lambda W, lam: lam * np.sign(W)),
        ("these are the squares: the derivative of w^2 is 2 w", lambda W, lam: lam * W**2),
        ("the gradients are added up: each weight keeps its own", lambda W, lam: 2 * lam * W.sum()),
        ("the mean was taken: the penalty is a sum", lambda W, lam: 2 * lam * W / W.size),
        ("it lies on its side: the gradient has the shape of W", lambda W, lam: 2 * lam * W.T),
    ],
)
def l2_penalty_gradient(W: np.ndarray, lam: float) -> np.ndarray:
    """Return 2 lambda W, the gradient of lambda sum W^2."""
    return 2 * lam * W
