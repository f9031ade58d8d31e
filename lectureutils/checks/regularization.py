"""The exercises of notebook 03: powers of x, the regularized loss, soft-thresholding, the choice of lambda.

Each stands as a reference solution under its cases (small and readable first, then random ones from a fixed
seed) and the wrong answers that come up in class.
"""

from collections.abc import Callable, Iterator

import numpy as np

from .engine import exercise
from .explain import any_of

Array = np.ndarray


# --- powers of x ------------------------------------------------------------------------------------------
def _power_cases() -> Iterator[tuple]:
    yield np.array([2.0, -1.0, 3.0]), 2
    rng = np.random.default_rng(30)
    for n, degree in [(4, 4), (5, 3), (3, 5)]:
        yield rng.uniform(-2, 2, size=n), degree


def _single_power_cases() -> Iterator[tuple]:
    yield np.array([-1.5]), 3
    yield np.array([1.5, -2.0]), 1


def _first_column_only(x: Array, degree: int) -> Array:
    columns = np.zeros((len(x), degree))
    columns[:, 0] = x
    return columns


@exercise(
    todo="return the columns x, x^2, ..., x^degree: an array (N, degree) from x (N,)",
    cases=_power_cases,
    hard={"a single number, or degree 1": _single_power_cases},
    mistakes=[
        (
            "the column of ones is there too: power 0 belongs to the bias b, begin with power 1",
            lambda x, degree: x[:, None] ** np.arange(degree + 1),
        ),
        (
            "the powers begin at 0 and end too early: you want 1 to degree, and np.arange stops before its end",
            lambda x, degree: x[:, None] ** np.arange(degree),
        ),
        (
            "the last power is missing: np.arange stops before its end",
            lambda x, degree: x[:, None] ** np.arange(1, degree),
        ),
        ("there is a power too many: the last one is degree", lambda x, degree: x[:, None] ** np.arange(1, degree + 2)),
        (
            "the result lies on its side, as (degree, N): one row per example is asked for",
            lambda x, degree: x ** np.arange(1, degree + 1)[:, None],
        ),
        (
            "x is a row (N,), so it meets the exponents one by one: make it a column, x[:, None]",
            lambda x, degree: x ** np.arange(1, degree + 1),
        ),
        (
            "rows and columns are reshaped: that only fills the numbers into another shape, .T turns them",
            lambda x, degree: (x ** np.arange(1, degree + 1)[:, None]).reshape(len(x), degree),
        ),
        (
            "all powers stand in one long row: each has its own column, so stack them with axis=1",
            any_of(
                lambda x, degree: (x ** np.arange(1, degree + 1)[:, None]).ravel(),
                lambda x, degree: (x[:, None] ** np.arange(1, degree + 1)).ravel(),
            ),
        ),
        (
            "the powers run backwards: x comes first, the highest power last",
            lambda x, degree: x[:, None] ** np.arange(degree, 0, -1),
        ),
        (
            "np.vander begins with the highest power and ends with ones: x comes first, and there are no ones",
            any_of(lambda x, degree: np.vander(x, degree), lambda x, degree: np.vander(x, degree + 1)),
        ),
        (
            "these are multiples of x: a power multiplies x by itself",
            lambda x, degree: x[:, None] * np.arange(1, degree + 1),
        ),
        (
            "base and exponent are swapped: x is the base, and 1, 2, 3 and so on are the exponents",
            lambda x, degree: np.arange(1.0, degree + 1) ** x[:, None],
        ),
        (
            "only the highest power is there: each power up to it has its own column",
            any_of(lambda x, degree: x**degree, lambda x, degree: x[:, None] ** degree),
        ),
        ("only the first column is filled: does return stand inside the loop?", _first_column_only),
        (
            "each column is the square of the one before: multiply by x (and power *= x changes x "
            "itself if power IS x)",
            lambda x, degree: x[:, None] ** 2 ** np.arange(degree),
        ),
        (
            "all later columns hold x^2: keep the product and multiply it by x again",
            lambda x, degree: x[:, None] ** np.minimum(np.arange(1, degree + 1), 2),
        ),
        (
            "the product runs down the rows: it is to run along each row, axis=1",
            lambda x, degree: np.cumprod(np.tile(x[:, None], (1, degree)), axis=0),
        ),
        (
            "the number of columns is fixed: it is to be degree, whatever that is",
            any_of(*(lambda x, degree, n=n: x[:, None] ** np.arange(1, n + 1) for n in (2, 3, 4, 5))),
        ),
        (
            "the powers are added up already: each has its own column, because each has its own weight",
            lambda x, degree: (x[:, None] ** np.arange(1, degree + 1)).sum(axis=1),
        ),
        (
            "a single row or column loses an axis: is a squeeze too much? (N, degree) is asked for",
            lambda x, degree: np.squeeze(x[:, None] ** np.arange(1, degree + 1)),
        ),
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


def _R2(W: Array) -> float:
    return (W**2).sum()


def _loss(
    data: Callable = lambda L, lam: L,
    penalty: Callable = _R2,
    sign: int = 1,
    bias: bool = False,
    weight: Callable = lambda lam: lam,
) -> Callable:
    """Make a way to put data loss and penalty together."""

    def loss(data_loss: float, W: Array, b: Array, lam: float) -> object:
        return data(data_loss, lam) + sign * weight(lam) * (penalty(W) + penalty(b) if bias else penalty(W))

    return loss


@exercise(
    todo="return one number: the data loss plus lam times the sum of all squared weights, without b",
    cases=_loss_cases,
    make=_loss,
    mistakes=[
        (
            "the bias is included: b only lifts the answers, it makes nothing complicated, so it is left out",
            {"bias": True},
        ),
        ("b is added: it has no part in this sum", lambda L, W, b, lam: L + lam * _R2(W) + b.sum()),
        (
            "this is the penalty of b: it is the weights that are to be small, and b is left out",
            lambda L, W, b, lam: L + lam * _R2(b),
        ),
        ("the penalty is subtracted: large weights are to cost something", {"sign": -1}),
        ("lam is missing: it says how much the penalty counts", {"weight": lambda lam: 1}),
        ("lam multiplies the data loss too: it weighs only the penalty", {"data": lambda L, lam: lam * L}),
        ("lam weighs the data loss instead of the penalty", {"data": lambda L, lam: lam * L, "weight": lambda lam: 1}),
        (
            "the data loss is multiplied by 1 - lam: it counts in full, and the penalty comes on top",
            {"data": lambda L, lam: (1 - lam) * L},
        ),
        ("this is the penalty alone: the data loss comes before it", {"data": lambda L, lam: 0}),
        ("this is the data loss alone: the penalty is missing", lambda L, W, b, lam: L),
        (
            "data loss and penalty stand side by side: they are to be added",
            lambda L, W, b, lam: np.array([L, lam * _R2(W)]),
        ),
        ("data loss and penalty are multiplied: they are to be added", lambda L, W, b, lam: L * lam * _R2(W)),
        ("this is the L1 penalty, sum |W|: the squares are asked for", {"penalty": lambda W: np.abs(W).sum()}),
        ("the weights are not squared: positive and negative ones cancel", {"penalty": lambda W: W.sum()}),
        ("the weights are doubled: the square multiplies a weight by itself", {"penalty": lambda W: (2 * W).sum()}),
        ("you squared the sum: square each weight first, then sum", {"penalty": lambda W: W.sum() ** 2}),
        ("this has the mean of the squares: R is their sum", {"penalty": lambda W: (W**2).mean()}),
        (
            "the penalty is divided by the number of classes: R is the sum, nothing is divided",
            {"penalty": lambda W: _R2(W) / len(W)},
        ),
        (
            "a root was drawn (that is the length of W): R is the sum of the squares, not its root",
            {"penalty": lambda W: np.sqrt(_R2(W))},
        ),
        (
            "np.linalg.norm(W, 2) of a matrix is another thing, its largest stretch: R is the sum of the squares",
            any_of({"penalty": lambda W: np.linalg.norm(W, 2)}, {"penalty": lambda W: np.linalg.norm(W, 2) ** 2}),
        ),
        ("there is a factor 1/2: some books have it, here R is the sum of squares", {"penalty": lambda W: _R2(W) / 2}),
        ("lam is squared with the weights: square only W", {"weight": lambda lam: lam**2}),
        ("lam is added to each square: it multiplies their sum", lambda L, W, b, lam: L + (lam + W**2).sum()),
        (
            "lam W is added, which has the shape of W: the penalty is one number, lam times the sum of squares",
            {"penalty": lambda W: W},
        ),
        ("the squares are not summed: the penalty is one number", {"penalty": lambda W: W**2}),
        ("2 lam W is the gradient of the penalty: its value is asked for", lambda L, W, b, lam: 2 * lam * W),
        ("the squares are summed per class: sum over all of W", {"penalty": lambda W: (W**2).sum(axis=1)}),
        (
            "the squares are summed per column, as Python's sum does: np.sum takes all of W",
            {"penalty": lambda W: (W**2).sum(axis=0)},
        ),
        (
            "W @ W.T multiplies rows by other rows, too: square entry by entry, W**2",
            any_of({"penalty": lambda W: W @ W.T}, {"penalty": lambda W: (W @ W.T).sum()}),
        ),
        ("the first column is left out: it is no bias, b stands apart", {"penalty": lambda W: _R2(W[:, 1:])}),
        ("only the last row counts: does the sum start again at 0 in each row?", {"penalty": lambda W: _R2(W[-1])}),
        ("only the first row counts: all of W is asked for", {"penalty": lambda W: _R2(W[0])}),
        (
            "columns beyond the number of classes are left out: W is (C, D), loop over W.shape[1] columns",
            {"penalty": lambda W: _R2(W[:, : len(W)])},
        ),
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


def _first_case() -> Iterator[tuple]:
    yield np.array([0.001, 0.01, 0.1]), np.array([0.25, 0.3, 0.5]), np.array([0.5, 0.75, 1.0])


def _close_case() -> Iterator[tuple]:
    yield np.array([0.01, 0.1, 1.0, 10.0]), np.array([0.1, 0.1, 0.3, 0.6]), np.array([0.525, 0.5012, 0.5008, 0.5032])


def _long_case() -> Iterator[tuple]:
    yield np.array([0.00025, 0.0005, 0.001]), np.array([0.25, 0.3, 0.5]), np.array([0.6, 0.5, 0.7])


def _mixed_case() -> Iterator[tuple]:
    yield np.array([10.0, 0.1, 100.0, 1.0]), np.array([0.5, 0.22, 0.9, 0.2]), np.array([0.8, 0.7, 0.9, 0.75])


def _search(lams: Array, held: Array, best: float, update: bool = True) -> float:
    """Return what a search finds that begins at lams[0] with the error `best`, which it may forget to update."""
    found = lams[0]
    for lam, error in zip(lams, held, strict=True):
        if error < best:
            found, best = lam, error if update else best
    return found


def _until_it_rises(lams: Array, held: Array) -> float:
    rises = np.flatnonzero(np.diff(held) >= 0)
    return lams[rises[0] if rises.size else -1]


def _nearly(lams: Array, held: Array, share: float) -> float:
    return lams[held <= share * held.min()].max()


@exercise(
    todo="return the lambda with the smallest error on held-out examples",
    cases=_choice_cases,
    hard={
        "a first lambda that is the best": _first_case,
        "errors that differ in the fourth digit only": _close_case,
        "lambdas in no order": _mixed_case,
        "lambdas below 0.001": _long_case,
    },
    mistakes=[
        (
            "you looked at the training error: it prefers the smallest lambda, always; the held-out error decides",
            lambda lams, train, held: lams[train.argmin()],
        ),
        ("this is the place in the list: return the lambda that stands there", lambda lams, train, held: held.argmin()),
        ("this is the smallest error: return the lambda that reaches it", lambda lams, train, held: held.min()),
        (
            "this is the worst lambda: the smallest error is wanted, argmin",
            lambda lams, train, held: lams[held.argmax()],
        ),
        (
            "you added training and held-out error: the training error has no say in the choice",
            lambda lams, train, held: lams[(train + held).argmin()],
        ),
        (
            "you looked for the smallest gap between both errors: an answer can be equally bad on both",
            any_of(
                lambda lams, train, held: lams[(held - train).argmin()],
                lambda lams, train, held: lams[abs(held - train).argmin()],
            ),
        ),
        ("this is the largest lambda: the held-out error decides", lambda lams, train, held: lams.max()),
        ("this is the smallest lambda: the held-out error decides", lambda lams, train, held: lams.min()),
        (
            "lambda is added to the error: the held-out error alone decides",
            lambda lams, train, held: lams[(held + lams).argmin()],
        ),
        (
            "both errors have chosen a lambda, and you take the middle: the held-out error alone decides",
            lambda lams, train, held: (lams[train.argmin()] + lams[held.argmin()]) / 2,
        ),
        (
            "this is the lambda beside the best one: an index is one too large",
            lambda lams, train, held: lams[min(held.argmin() + 1, len(lams) - 1)],
        ),
        (
            "this is the lambda beside the best one: an index is one too small",
            lambda lams, train, held: lams[held.argmin() - 1],
        ),
        (
            "the lowest error so far starts at 1, and all errors may be larger: start with the first one, or np.inf",
            any_of(
                lambda lams, train, held: _search(lams, held, 1),
                lambda lams, train, held: lams[held.argmin()] if held.min() < 1 else None,
            ),
        ),
        (
            "the lowest error so far is never updated: keep the new one, too, when it is lower",
            any_of(
                lambda lams, train, held: _search(lams, held, held[0], update=False),
                lambda lams, train, held: _search(lams, held, np.inf, update=False),
            ),
        ),
        (
            "you stop where the error rises for the first time: it may fall again, look at all of them",
            lambda lams, train, held: _until_it_rises(lams, held),
        ),
        (
            "the lambdas are sorted and the errors are not: each error belongs to the lambda in the same place",
            lambda lams, train, held: np.sort(lams)[held.argmin()],
        ),
        (
            "this is always the first lambda: does the lowest error so far start at 0, or are the errors sorted?",
            lambda lams, train, held: lams[0],
        ),
        (
            "the errors are rounded before they are compared: compare all digits",
            any_of(*(lambda lams, train, held, n=n: lams[np.round(held, n).argmin()] for n in (1, 2, 3))),
        ),
        (
            "nearly as good is not the best: the smallest held-out error is asked for",
            any_of(
                *(
                    lambda lams, train, held, share=share: _nearly(lams, held, share)
                    for share in (1.01, 1.02, 1.05, 1.1)
                )
            ),
        ),
        (
            "the last lambda is never looked at: does the loop end one too early?",
            lambda lams, train, held: lams[held[:-1].argmin()],
        ),
        (
            "the first lambda is never looked at: does the loop begin one too late?",
            lambda lams, train, held: lams[1:][held[1:].argmin()],
        ),
        ("these are all lambdas, the best one first: return that one", lambda lams, train, held: lams[held.argsort()]),
        (
            "lambda comes together with its error: return lambda alone",
            any_of(
                lambda lams, train, held: np.array([lams[held.argmin()], held.min()]),
                lambda lams, train, held: np.array([held.min(), lams[held.argmin()]]),
                lambda lams, train, held: np.array([held.argmin(), lams[held.argmin()]]),
            ),
        ),
    ],
)
def best_lam(lams: np.ndarray, train_errors: np.ndarray, held_out_errors: np.ndarray) -> float:
    """Return the lambda whose held-out error is smallest; all are (K,)."""
    return lams[held_out_errors.argmin()]


# --- soft-thresholding ------------------------------------------------------------------------------------
def _soft_cases() -> Iterator[tuple]:
    yield np.array([3.0, -3.0, 0.5, -0.5]), 1.0
    rng = np.random.default_rng(33)
    for n, amount in [(6, 0.5), (12, 0.8), (5, 0.0)]:  # one row: the exercise doesn't ask for more
        yield 1.5 * rng.normal(size=n), amount


def _zero_case() -> Iterator[tuple]:
    yield np.array([2.0, 0.0, -0.5, 0.5, -2.0]), 0.5
    yield np.array([1.5, 0.0, -1.0]), 0.0


def _single_weight_case() -> Iterator[tuple]:
    yield np.array([-1.25]), 0.5


def _whole_soft_case() -> Iterator[tuple]:
    yield np.array([3, -2, 1, 0]), 0.75


def _soft(w: Array, a: float, sign: Callable = np.sign) -> Array:
    return sign(w) * np.maximum(np.abs(w) - a, 0)


def _positive_then_negative(w: Array, a: float) -> Array:
    w = w.astype(float)
    w[w > 0] -= a
    w[w < 0] += a
    return w


def _length_cut(w: Array, a: float) -> Array:
    length = np.linalg.norm(w)
    return 0 * w if length <= a else w * (1 - a / length)


def _first_place_only(w: Array, a: float, rest: Callable) -> Array:
    moved = rest(w).astype(float)
    moved[0] = _soft(w, a)[0]
    return moved


@exercise(
    todo="move each weight towards 0 by amount; a weight that would pass 0 becomes exactly 0",
    cases=_soft_cases,
    hard={
        "a weight of 0, or of exactly amount": _zero_case,
        "weights that are whole numbers": _whole_soft_case,
        "a single weight": _single_weight_case,
    },
    mistakes=[
        ("amount is subtracted from every weight: a negative one has to move up, towards 0", lambda w, a: w - a),
        (
            "negative weights are lost: max(w - amount, 0) is right for positive ones only",
            lambda w, a: np.maximum(w - a, 0),
        ),
        (
            "negative weights lost their sign: multiply by np.sign(w), or add where they are negative",
            lambda w, a: np.maximum(np.abs(w) - a, 0),
        ),
        ("small weights pass 0 and come out on the other side: stop them at 0", lambda w, a: w - a * np.sign(w)),
        (
            "that is hard thresholding: small weights are 0, but the others have to move as well",
            lambda w, a: np.where(np.abs(w) > a, w, 0),
        ),
        ("this cuts large weights down to amount: all are to move by amount", lambda w, a: np.clip(w, -a, a)),
        ("weights are moved away from 0: subtract amount from |w|", lambda w, a: np.sign(w) * (np.abs(w) + a)),
        (
            "each weight is shrunk by a share of itself, which is what the L2 penalty does: it never arrives at 0",
            lambda w, a: w / (1 + a),
        ),
        (
            "each weight is shrunk by a share of itself, which is what the L2 penalty does: subtract amount instead",
            any_of(lambda w, a: w * (1 - a), lambda w, a: np.sign(w) * np.maximum(np.abs(w) * (1 - a), 0)),
        ),
        ("each weight moves by twice the amount", lambda w, a: np.sign(w) * np.maximum(np.abs(w) - 2 * a, 0)),
        ("each weight moves by half the amount", lambda w, a: np.sign(w) * np.maximum(np.abs(w) - a / 2, 0)),
        ("|w| - amount may be negative: np.maximum(..., 0) stops it at 0", lambda w, a: np.abs(w) - a),
        ("the sign is turned round", lambda w, a: -np.sign(w) * np.maximum(np.abs(w) - a, 0)),
        (
            "np.minimum keeps what would pass 0, and drops the rest: np.maximum(..., 0)",
            lambda w, a: np.sign(w) * np.minimum(np.abs(w) - a, 0),
        ),
        (
            "negative weights stay where they are: they move up, towards 0",
            any_of(lambda w, a: np.where(w > 0, np.maximum(w - a, 0), w), lambda w, a: np.where(w > a, w - a, w)),
        ),
        (
            "large negative weights move away from 0: they move up, by adding amount",
            any_of(lambda w, a: np.where(np.abs(w) > a, w - a, 0), lambda w, a: np.where(w < 0, w - a, _soft(w, a))),
        ),
        (
            "positive weights that passed 0 are moved once more: decide by the old weights, not by the new ones",
            _positive_then_negative,
        ),
        (
            "what is small AFTER the move becomes 0: compare |w| with amount before it",
            lambda w, a: np.where(np.abs(m := w - a * np.sign(w)) < a, 0, m),
        ),
        (
            "small weights stay as they are: those that would pass 0 become 0",
            lambda w, a: np.where(np.abs(w) > a, w - a * np.sign(w), w),
        ),
        ("the border is fixed at 1: it is amount", lambda w, a: np.where(np.abs(w) > 1, w - a * np.sign(w), 0)),
        ("the whole row is made shorter: each weight moves by amount, by itself", _length_cut),
        (
            "zeros are left out: each weight keeps its place, also when it becomes 0",
            lambda w, a: _soft(w, a)[np.abs(w) > a],
        ),
        (
            "only the first weight is moved: does return stand inside the loop?",
            any_of(
                lambda w, a: _first_place_only(w, a, lambda w: w),
                lambda w, a: _first_place_only(w, a, np.zeros_like),
                lambda w, a: _soft(w, a)[0],
            ),
        ),
        (
            "a weight of 0 becomes NaN, as w / |w| is 0/0 there: np.sign(w) knows 0",
            lambda w, a: _soft(w, a, sign=lambda w: w / np.abs(w)),
        ),
        (
            "a weight of exactly amount, or of 0, is forgotten: one of the two conditions needs <=",
            any_of(
                lambda w, a: np.where((np.abs(w) == a) | (w == 0), w, _soft(w, a)),
                lambda w, a: np.where(np.abs(w) == a, w, _soft(w, a)),
            ),
        ),
        (
            "whole numbers can't hold the result: make room for fractions, with w.astype(float) or np.zeros(w.shape)",
            lambda w, a: _soft(w, a).astype(w.dtype),
        ),
    ],
)
def soft_threshold(w: np.ndarray, amount: float) -> np.ndarray:
    """Return sign(w) max(|w| - amount, 0), entry by entry."""
    return np.sign(w) * np.maximum(np.abs(w) - amount, 0)


# --- the gradient of the penalty, for those who know derivatives --------------------------------------------
# A step for a difference quotient, from too large to rather small.
STEPS = (1, 0.5, 0.1, 0.05, 0.01, 1e-3, 1e-4, 1e-5)


def _gradient_cases() -> Iterator[tuple]:
    yield np.array([[1.0, -2.0]]), 0.1
    rng = np.random.default_rng(34)
    for c, d, lam in [(3, 4, 0.5), (2, 5, 3.0), (3, 3, 0.01)]:
        yield rng.normal(size=(c, d)), lam


def _whole_weights_case() -> Iterator[tuple]:
    yield np.array([[1, -2, 3], [0, 4, -5]]), 0.25


def _no_weights_case() -> Iterator[tuple]:
    yield np.zeros((2, 3)), 0.5


def _not_set_back(W: Array, lam: float, h: float) -> Array:
    W, gradient, start = W.astype(float), np.zeros(W.shape), lam * _R2(W)
    for place in np.ndindex(*W.shape):
        W[place] += h
        gradient[place] = (lam * _R2(W) - start) / h
    return gradient


@exercise(
    todo="return the gradient of lam times the sum of squared weights, an array of the shape of W",
    cases=_gradient_cases,
    hard={"weights that are whole numbers": _whole_weights_case, "weights that are all 0": _no_weights_case},
    mistakes=[
        (
            "the 2 of the square is missing; lam W is what PyTorch calls weight_decay, whose penalty is lam/2 sum W^2",
            lambda W, lam: lam * W,
        ),
        ("lam is missing: it multiplies the penalty and so its gradient", lambda W, lam: 2 * W),
        ("lam is squared: it is only a factor, and stays as it is", lambda W, lam: 2 * lam**2 * W),
        ("this is the penalty itself: a gradient has one number for each weight", lambda W, lam: lam * _R2(W)),
        ("this is the sum of squares: a gradient has one number for each weight", lambda W, lam: _R2(W)),
        ("the sign is turned: the gradient points to where the penalty grows", lambda W, lam: -2 * lam * W),
        (
            "the signs of the weights are lost: the penalty falls when a negative weight grows",
            lambda W, lam: 2 * lam * np.abs(W),
        ),
        (
            "this is the gradient of the L1 penalty, lam sign(W)",
            any_of(lambda W, lam: lam * np.sign(W), lambda W, lam: 2 * lam * np.sign(W)),
        ),
        ("these are the squares: the derivative of w^2 is 2 w", lambda W, lam: lam * W**2),
        ("the power is not lowered: the derivative of w^2 is 2 w, not 2 w^2", lambda W, lam: 2 * lam * W**2),
        ("the weight is gone: the derivative of w^2 is 2 w, not 2", lambda W, lam: np.full(W.shape, 2 * lam)),
        (
            "the step is taken already: the gradient alone is asked for",
            any_of(lambda W, lam: W - 2 * lam * W, lambda W, lam: W + 2 * lam * W, lambda W, lam: W - lam * W),
        ),
        (
            "the gradients are added up: each weight keeps its own",
            any_of(lambda W, lam: 2 * lam * W.sum(), lambda W, lam: np.full(W.shape, 2 * lam * W.sum())),
        ),
        (
            "the gradients of a row are added up: each weight keeps its own",
            any_of(
                lambda W, lam: 2 * lam * W.sum(axis=1),
                lambda W, lam: 2 * lam * W.sum(axis=1, keepdims=True),
                lambda W, lam: 2 * lam * W.sum(axis=1, keepdims=True) * np.ones(W.shape),
            ),
        ),
        (
            "the gradients of a column are added up: each weight keeps its own",
            any_of(lambda W, lam: 2 * lam * W.sum(axis=0), lambda W, lam: 2 * lam * W.sum(axis=0) * np.ones(W.shape)),
        ),
        ("the mean was taken: the penalty is a sum", lambda W, lam: 2 * lam * W / W.size),
        ("the gradient is divided by the number of classes: the penalty is a sum", lambda W, lam: 2 * lam * W / len(W)),
        ("it lies on its side: the gradient has the shape of W", lambda W, lam: 2 * lam * W.T),
        ("it is one long row: the gradient has the shape of W", lambda W, lam: 2 * lam * W.ravel()),
        (
            "the first column is left out: it is no bias, b stands apart",
            lambda W, lam: np.where(np.arange(W.shape[1]) == 0, 0, 2 * lam * W),
        ),
        (
            "columns beyond the number of classes stay 0: W is (C, D), loop over W.shape[1] columns",
            lambda W, lam: np.where(np.arange(W.shape[1]) < len(W), 2 * lam * W, 0),
        ),
        (
            "this is the gradient of the norm, whose root was not asked for: it divides by the length of W",
            any_of(lambda W, lam: lam * W / np.sqrt(_R2(W)), lambda W, lam: 2 * lam * W / np.sqrt(_R2(W))),
        ),
        (
            "a difference to one side is off by lam times the step: use the derivative, or go both ways",
            any_of(*(lambda W, lam, h=h: lam * ((W + h) ** 2 - W**2) / h for h in (*STEPS, *(-h for h in STEPS)))),
        ),
        (
            "the nudged weight is not set back: the next one is measured with all the earlier ones moved, too",
            any_of(*(lambda W, lam, h=h: _not_set_back(W, lam, h) for h in STEPS)),
        ),
        (
            "whole numbers can't hold the result: make room for fractions, with np.zeros(W.shape)",
            lambda W, lam: (2 * lam * W).astype(W.dtype),
        ),
    ],
)
def l2_penalty_gradient(W: np.ndarray, lam: float) -> np.ndarray:
    """Return 2 lambda W, the gradient of lambda sum W^2."""
    return 2 * lam * W
