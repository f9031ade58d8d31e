"""The exercises of notebook 02: the hinge loss, a cross-entropy that lasts, and the losses that go with them.

Each loss takes scores (N, C) and labels y (N,) and returns one number, the mean over the examples.
"""

from collections.abc import Callable, Iterator

import numpy as np

from .engine import exercise
from .explain import any_of

Array = np.ndarray
# Numbers that people put inside a log to keep it finite.
TINY = (*(10.0**-n for n in range(2, 21)), np.finfo(float).eps, 1e-30, 1e-100, 1e-300, np.finfo(float).tiny)


def _cases() -> Iterator[tuple]:
    yield np.array([[0.5, 2.0, 1.5], [3.0, 1.0, 2.5]]), np.array([1, 2])  # hinge: (0 + 0.5) and (1.5 + 0)
    rng = np.random.default_rng(21)
    for n, c in [(4, 4), (5, 3), (6, 5)]:
        yield rng.normal(scale=2, size=(n, c)), rng.integers(c, size=n).astype(int)


def _single_case() -> Iterator[tuple]:
    yield np.array([[0.5, 1.25, -0.5, 2.0]]), np.array([1])


def _rows(y: Array) -> Array:
    return np.arange(len(y))


def _true(scores: Array, y: Array) -> Array:
    """Return each example's score of its true class as a column (N, 1)."""
    return scores[_rows(y), y][:, None]


def _cleared(shares: Array, y: Array, value: float = 0) -> Array:
    """Return the shares with `value` in the column of the true class."""
    shares = shares.copy()
    shares[_rows(y), y] = value
    return shares


# --- hinge ------------------------------------------------------------------------------------------------
def _tie_case() -> Iterator[tuple]:
    yield np.array([[1.0, 1.0, 0.5], [2.0, 0.25, 2.0], [0.5, 1.5, 1.5]]), np.array([0, 2, 1])


def _hinge(
    sign: int = 1,
    margin: float = 1,
    clip: Callable = lambda z: np.maximum(0, z),
    counted: bool = False,
    classes: Callable = lambda shares: shares.sum(axis=1),
    examples: Callable = np.mean,
) -> Callable:
    """Make a way to compute the hinge loss: the shares, and how classes and examples are put together."""

    def loss(scores: Array, y: Array) -> object:
        shares = clip(margin + sign * (scores - _true(scores, y)))
        return examples(classes(shares if counted else _cleared(shares, y)))

    return loss


def _shares(scores: Array, y: Array) -> Array:
    return _cleared(np.maximum(0, 1 + scores - _true(scores, y)), y)


def _until_one_is_far_behind(scores: Array, y: Array) -> float:
    total = 0.0
    for row, label in zip(scores, y, strict=True):
        for j, score in enumerate(row):
            if j != label and 1 + score - row[label] <= 0:
                break
            total += 1 + score - row[label] if j != label else 0
    return total / len(y)


@exercise(
    todo="return the mean over the examples of the sum over j != y_i of max(0, 1 + s_ij - s_i,y_i)",
    cases=_cases,
    hard={"a rival with the score of the true class": _tie_case, "a single example": _single_case},
    make=_hinge,
    mistakes=[
        (
            "the true class is counted too: compared with itself it adds max(0, 1 + 0) = 1 to every example",
            {"counted": True},
        ),
        ("the sign is swapped: a wrong class costs when ITS score is high, 1 + s_j - s_y", {"sign": -1}),
        ("the margin is missing: a wrong class costs as soon as it comes within 1 of the true one", {"margin": 0}),
        ("the margin is subtracted: 1 + s_j - s_y", {"margin": -1}),
        (
            "this is the largest share of each example: the shares of all wrong classes are added up",
            {"classes": lambda shares: shares.max(axis=1)},
        ),
        ("this is the sum over the examples: divide by N", {"examples": np.sum}),
        (
            "the classes are averaged too: add up over the classes, average over the examples",
            {"classes": lambda shares: shares.mean(axis=1)},
        ),
        (
            "the wrong classes are averaged: add up over the classes, average over the examples",
            {"classes": lambda shares: shares.sum(axis=1) / (shares.shape[1] - 1)},
        ),
        (
            "the sum runs over the examples and the mean over the classes: it is to be the other way round",
            {"classes": lambda shares: shares.mean(axis=1), "examples": np.sum},
        ),
        ("max(0, ...) is missing: a class that is far behind must not earn anything back", {"clip": lambda z: z}),
        (
            "max(0, ...) is taken of the sum: take it of each share, so that no class pays for another",
            {"clip": lambda z: z, "classes": lambda shares: np.maximum(0, shares.sum(axis=1))},
        ),
        (
            "abs makes far classes cost: where 1 + s_j - s_y is negative the share is 0, np.maximum(0, ...)",
            {"clip": np.abs},
        ),
        ("the shares are squared: they count as they are", {"clip": lambda z: np.maximum(0, z) ** 2}),
        (
            "this counts the classes within the margin: add up how far they are, not how many",
            {"clip": lambda z: (z > 0) * 1.0},
        ),
        (
            "positive shares are set to 1, and the negative ones stay in: np.maximum(0, ...) does it in one step",
            {"clip": lambda z: np.where(z > 0, 1, z)},
        ),
        (
            "the shares are cut to whole numbers: make room for them with np.zeros(scores.shape), without dtype=int",
            {"clip": lambda z: np.trunc(np.maximum(0, z))},
        ),
        ("these are the losses of the single examples: take their mean", {"examples": lambda losses: losses}),
        ("these are the shares of the classes: add up each row, then take the mean", _shares),
        (
            "only the first example counts: does return stand inside the loop?",
            any_of({"examples": lambda losses: losses[0]}, {"examples": lambda losses: losses[0] / len(losses)}),
        ),
        (
            "only the last example counts: does the sum start again at 0 with each example?",
            any_of({"examples": lambda losses: losses[-1] / len(losses)}, {"examples": lambda losses: losses[-1]}),
        ),
        (
            "whole columns are taken, one for each label: pair each row with its own label, and number the rows, too",
            lambda s, y: _cleared(np.maximum(0, 1 + s - s[:, y]), y).sum(axis=1).mean(),
        ),
        (
            "the true scores lie in a row (N,): make them a column, scores[np.arange(N), y][:, None]",
            any_of(
                lambda s, y: _cleared(np.maximum(0, 1 + s - s[_rows(y), y]), y).sum(axis=1).mean(),
                lambda s, y: np.maximum(0, 1 + s - s[_rows(y), y]).sum(axis=1).mean(),
            ),
        ),
        (
            "the columns of all labels are cleared in each row: clear one place in each, and number the rows, too",
            lambda s, y: np.delete(np.maximum(0, 1 + s - _true(s, y)), y, axis=1).sum(axis=1).mean(),
        ),
        (
            "the true class adds 1 to EACH example: one 1 is not enough, subtract N of them or clear their places",
            lambda s, y: (np.maximum(0, 1 + s - _true(s, y)).sum() - 1) / len(y),
        ),
        (
            "the loop leaves a row at the first class that is far enough behind: skip that class only, continue",
            _until_one_is_far_behind,
        ),
        (
            "j = i is left out, the number of the example: leave out j = y[i], its class",
            lambda s, y: np.where(np.eye(*s.shape) == 1, 0, np.maximum(0, 1 + s - _true(s, y))).sum(axis=1).mean(),
        ),
        (
            "only wrong predictions are charged: a right one costs, too, if a rival is within 1 of it",
            lambda s, y: (_shares(s, y) * (s.argmax(axis=1) != y)[:, None]).sum(axis=1).mean(),
        ),
        (
            "only classes that are ahead are charged: one within 1 of the true class costs, too",
            lambda s, y: np.where(s > _true(s, y), 1 + s - _true(s, y), 0).sum(axis=1).mean(),
        ),
        (
            "a share of 1 may be a rival with the same score: know the true class by its place, [np.arange(N), y]",
            any_of(
                lambda s, y: (_shares(s, y) * (_shares(s, y) != 1)).sum(axis=1).mean(),
                lambda s, y: np.where((z := np.maximum(0, 1 + s - _true(s, y))) == 1, 0, z).sum(axis=1).mean(),
                lambda s, y: np.where(s == _true(s, y), 0, _shares(s, y)).sum(axis=1).mean(),
            ),
        ),
        (
            "you compare with the highest score: compare with that of the true class, whoever wins",
            lambda s, y: _cleared(np.maximum(0, 1 + s - s.max(axis=1, keepdims=True)), y).sum(axis=1).mean(),
        ),
    ],
)
def hinge_loss(scores: np.ndarray, y: np.ndarray) -> float:
    """Return the mean multi-class hinge loss."""
    return float(_shares(scores, y).sum(axis=1).mean())


# --- cross-entropy that lasts -------------------------------------------------------------------------------
# exp overflows above 709.8 and is rounded to 0 below -745.1: a lead of 720 tells the two apart.
def _lead_case() -> Iterator[tuple]:
    yield np.array([[0.0, -800], [1, 2]]), np.array([0, 1])


def _large_case() -> Iterator[tuple]:
    yield np.array([[1000.0, 280, 300], [280, 999, 1000]]), np.array([0, 0])


def _far_behind_case() -> Iterator[tuple]:
    yield np.array([[0.0, 1000], [998, 1000]]), np.array([0, 1])


def _uneven_case() -> Iterator[tuple]:
    yield np.array([[0.0, 1000], [-500, -501], [3, 4]]), np.array([1, 0, 1])


def _low_case() -> Iterator[tuple]:
    yield np.array([[-1000.0, -1001], [-999, -1000.5]]), np.array([0, 1])


def _top(scores: Array) -> Array:
    return scores.max(axis=1, keepdims=True)


def _stable(z: Array, axis: int | None) -> Array:
    return z - np.log(np.exp(z).sum(axis=axis, keepdims=True))


def _softmax(z: Array, axis: int | None = 1) -> Array:
    return np.exp(z) / np.exp(z).sum(axis=axis, keepdims=True)


def _through_p(change: Callable = lambda p: p) -> Callable:
    """Make a way to take the log of p itself, which may be 0, or of a changed p."""
    return lambda z, axis: np.log(change(_softmax(z, axis)))


def _pick(log_p: Array, y: Array) -> Array:
    return log_p[_rows(y), y]


def _times_one_hot(log_p: Array, y: Array) -> Array:
    return (np.eye(log_p.shape[1])[y] * log_p).sum(axis=1)


def _entropy(
    move: Callable = lambda s: s - _top(s),
    logs: Callable = _stable,
    axis: int | None = 1,
    pick: Callable = _pick,
    examples: Callable = np.mean,
    sign: int = -1,
) -> Callable:
    """Make a way to compute the cross-entropy: shift, log p, the true class, and the mean."""
    return lambda scores, y: sign * examples(pick(logs(move(scores), axis), y))


def _p_true(scores: Array, y: Array) -> Array:
    return _softmax(scores - _top(scores))[_rows(y), y]


def _binary(p: Array, y: Array) -> Array:
    t = np.eye(p.shape[1])[y]
    return -(t * np.log(p) + (1 - t) * np.log(1 - p))


def _rivals_only(scores: Array, y: Array) -> float:
    losses = [
        np.log(np.exp(np.delete(row, label) - row.max()).sum()) + row.max() - row[label]
        for row, label in zip(scores, y, strict=True)
    ]
    return float(np.mean(losses))


def _plain_s(s: Array) -> Array:
    return s


def _shift_if_above_700(s: Array) -> Array:
    return s - _top(s) if s.max() > 700 else s


@exercise(
    todo="shift each row so that its largest score is 0, take log p = s - log sum exp(s), return the mean of -log p_y",
    cases=_cases,
    hard={
        "a rival so far behind that its probability is rounded to 0": _lead_case,
        "scores of 1000, where exp overflows": _large_case,
        "a true class so far behind that its probability is rounded to 0": _far_behind_case,
        "a batch with rows of 1000 and of -500": _uneven_case,
        "scores of -1000, where every exp is rounded to 0": _low_case,
        "a single example": _single_case,
    },
    make=_entropy,
    mistakes=[
        (
            "right for small scores, but exp(1000) overflows: subtract each row's largest score first",
            any_of({"move": _plain_s, "logs": _through_p()}, {"move": _plain_s}),
        ),
        (
            "the shift is right, but p is rounded to 0 before its log: write log p as s - log sum exp(s)",
            {"logs": _through_p()},
        ),
        (
            "0 * log(0) is NaN, so one-hot times log p breaks: pick the true class, log_p[np.arange(N), y]",
            any_of(
                {"logs": _through_p(), "pick": _times_one_hot},
                {"move": _plain_s, "logs": _through_p(), "pick": _times_one_hot},
            ),
        ),
        (
            "a tiny number in the log, or np.clip, keeps it finite and caps the loss: write log p as s "
            "- log sum exp(s)",
            any_of(
                *(
                    {"logs": _through_p(lambda p, change=change, tiny=tiny: change(p, tiny))}
                    for tiny in TINY
                    for change in (lambda p, tiny: p + tiny, lambda p, tiny: np.clip(p, tiny, 1 - tiny))
                )
            ),
        ),
        (
            "NaN is replaced, not avoided: subtract each row's largest score, then there is none",
            any_of(
                *(
                    lambda s, y, inf=inf: np.nan_to_num(-np.log(_softmax(s))[_rows(y), y], posinf=inf).mean()
                    for inf in (None, 1000, 0, 1e10)
                )
            ),
        ),
        (
            "softmax runs down the columns: the probabilities of ONE example add up to 1, axis=1",
            any_of({"axis": 0}, {"axis": 0, "move": lambda s: s - s.max(axis=0)}),
        ),
        ("softmax runs over the whole batch: each example has its own sum, axis=1 and keepdims=True", {"axis": None}),
        (
            "one largest score for the whole batch is not enough: shift each ROW by its own, "
            "max(axis=1, keepdims=True)",
            any_of({"move": lambda s: s - s.max()}, {"move": lambda s: s - s.max(), "logs": _through_p()}),
        ),
        (
            "each row is shifted by its smallest score: exp still overflows, subtract the largest",
            any_of(
                {"move": lambda s: s - s.min(axis=1, keepdims=True)},
                {"move": lambda s: s - s.min(axis=1, keepdims=True), "logs": _through_p()},
            ),
        ),
        (
            "a shift by the largest absolute value sends rows of -1000 further down: subtract the "
            "largest score, no abs",
            {"move": lambda s: s - np.abs(s).max(axis=1, keepdims=True)},
        ),
        (
            "you shift large scores only: rows of -1000 need it, too, since exp(-1000) is 0; shift always",
            any_of({"move": _shift_if_above_700}, {"move": lambda s: np.where(_top(s) > 0, s - _top(s), s)}),
        ),
        (
            "each row is shifted by its true score: exp overflows if a rival is far ahead, subtract the largest",
            any_of(
                lambda s, y: np.log(np.exp(s - _true(s, y)).sum(axis=1)).mean(),
                lambda s, y: -_pick(_stable(s - _true(s, y), 1), y).mean(),
                lambda s, y: -np.log(_softmax(s - _true(s, y)))[_rows(y), y].mean(),
            ),
        ),
        (
            "the scores are cut off, and what is beyond is lost: subtract each row's largest score instead",
            any_of(*({"move": lambda s, end=end: np.clip(s, -end, end)} for end in (50, 100, 300, 500, 600, 700, 709))),
        ),
        ("scores are divided by the largest one, which changes p: subtract it", {"move": lambda s: s / _top(s)}),
        (
            "the largest scores lie in a row (N,): make them a column, max(axis=1, keepdims=True)",
            {"move": lambda s: s - s.max(axis=1)},
        ),
        (
            "the sums lie in a row (N,): make them a column, sum(axis=1, keepdims=True)",
            any_of(
                {"logs": lambda z, axis: z - np.log(np.exp(z).sum(axis=1))},
                {"logs": lambda z, axis: np.log(np.exp(z) / np.exp(z).sum(axis=1))},
            ),
        ),
        ("the sign is missing: a log of a probability is negative, the loss is -log p", {"sign": 1}),
        ("this is the sum over the examples: divide by N", {"examples": np.sum}),
        ("the classes are averaged too: only the examples are", lambda s, y: -_entropy(sign=1)(s, y) / s.shape[1]),
        ("these are the losses of the single examples: take their mean", {"examples": lambda losses: losses}),
        ("the log is missing: this is minus the mean probability of the truth", lambda s, y: -_p_true(s, y).mean()),
        ("the log is missing: this is the mean probability of the truth", lambda s, y: _p_true(s, y).mean()),
        ("1 - p is no surprise that grows without limit: the loss is -log p", lambda s, y: 1 - _p_true(s, y).mean()),
        (
            "the log is taken of the mean: take it of each probability, then the mean",
            lambda s, y: -np.log(_p_true(s, y).mean()),
        ),
        (
            "this is a log to the base 2: the natural one, np.log, is meant",
            any_of(
                {"logs": lambda z, axis: _stable(z, axis) / np.log(2)},
                {"logs": lambda z, axis: np.log2(_softmax(z))},
                {"logs": lambda z, axis: z - np.log2(np.exp(z).sum(axis=1, keepdims=True))},
            ),
        ),
        (
            "this is a log to the base 10: the natural one, np.log, is meant",
            any_of(
                {"logs": lambda z, axis: _stable(z, axis) / np.log(10)},
                {"logs": lambda z, axis: np.log10(_softmax(z))},
                {"logs": lambda z, axis: z - np.log10(np.exp(z).sum(axis=1, keepdims=True))},
            ),
        ),
        (
            "the log of the sum is forgotten: log p is s - log(sum of exp(s))",
            {"logs": lambda z, axis: z - np.exp(z).sum(axis=1, keepdims=True)},
        ),
        (
            "all classes are summed: only the true class of each row counts, log_p[np.arange(N), y]",
            {"pick": lambda log_p, y: log_p.sum(axis=1)},
        ),
        (
            "all labels are taken in each row: pair each row with its own, and number the rows, too",
            any_of({"pick": lambda log_p, y: log_p[:, y]}, {"pick": lambda log_p, y: log_p[:, y].sum(axis=1)}),
        ),
        (
            "this is the surprise about the predicted class: the true one counts, log_p[np.arange(N), y]",
            {"pick": lambda log_p, y: log_p.max(axis=1)},
        ),
        (
            "log(1 - p) of the other classes is added: that is for yes-or-no questions, here only log p_y counts",
            any_of(
                *(
                    lambda s, y, whole=whole, tiny=tiny: whole(_binary(np.clip(_softmax(s), tiny, 1 - tiny), y))
                    for whole in (lambda losses: losses.sum(axis=1).mean(), np.mean)
                    for tiny in (0, 1e-15, 1e-12, 1e-8)
                ),
                lambda s, y: _binary(1 / (1 + np.exp(-s)), y).sum(axis=1).mean(),
                lambda s, y: _binary(1 / (1 + np.exp(-s)), y).mean(),
            ),
        ),
        (
            "the true class is missing in the sum of exp: in hinge it is left out, here all classes are added",
            _rivals_only,
        ),
        (
            "log sum exp is missing: the score of the truth alone is no log-probability",
            any_of({"logs": lambda z, axis: z}, {"logs": lambda z, axis: z, "move": _plain_s}),
        ),
        ("only the first example counts: does return stand inside the loop?", {"examples": lambda losses: losses[0]}),
        (
            "only the last example counts: does the sum start again at 0 with each example?",
            any_of({"examples": lambda losses: losses[-1] / len(losses)}, {"examples": lambda losses: losses[-1]}),
        ),
        (
            "the shift is in one half only: shift the scores once and use them in both places",
            any_of(
                lambda s, y: -_pick(s - np.log(np.exp(s - _top(s)).sum(axis=1, keepdims=True)), y).mean(),
                lambda s, y: -_pick(s - _top(s) - np.log(np.exp(s).sum(axis=1, keepdims=True)), y).mean(),
                lambda s, y: -np.log(_pick(np.exp(s - _top(s)) / np.exp(s).sum(axis=1, keepdims=True), y)).mean(),
                lambda s, y: -np.log(_pick(np.exp(s) / np.exp(s - _top(s)).sum(axis=1, keepdims=True), y)).mean(),
            ),
        ),
    ],
)
def cross_entropy_loss(scores: np.ndarray, y: np.ndarray) -> float:
    """Return the mean cross-entropy of softmax(scores), finite for any finite scores."""
    return float(_entropy()(scores, y))


# --- Huber, a loss between L1 and L2 (optional) --------------------------------------------------------------
def _one_hot(scores: Array, y: Array) -> Array:
    return np.eye(scores.shape[1])[y]


def _huber(
    small: Callable = lambda e: e**2,
    large: Callable = lambda e: 2 * e - 1,
    limit: float = 1,
    target: Callable = _one_hot,
    size: Callable = np.abs,
    is_small: Callable = np.abs,
    classes: Callable = lambda shares: shares.sum(axis=1),
    examples: Callable = np.mean,
) -> Callable:
    """Make a way to compute Huber's loss: the errors, the two branches, and how they are put together."""

    def loss(scores: Array, y: Array) -> object:
        e = scores - target(scores, y)
        return examples(classes(np.where(is_small(e) <= limit, small(size(e)), large(size(e)))))

    return loss


def _huber_cases() -> Iterator[tuple]:
    yield from _cases()
    yield np.array([[0.5, 0.25, 0.0], [0.75, 0.5, -0.5], [0.25, -0.25, 1.0]]), np.array([0, 1, 2])  # no e above 1


def _gap_at_1(scores: Array, y: Array) -> float:
    e = np.abs(scores - _one_hot(scores, y))
    return float(np.where(e < 1, e**2, np.where(e > 1, 2 * e - 1, 0)).sum(axis=1).mean())


def _decided_once(scores: Array, y: Array) -> float:
    e = np.abs(scores - _one_hot(scores, y))
    return float((e**2 if e.max() <= 1 else 2 * e - 1).sum(axis=1).mean())


def _bent_late(scores: Array, y: Array) -> float:
    e = np.abs(scores - _one_hot(scores, y)).sum(axis=1)
    return float(np.where(e <= 1, e**2, 2 * e - 1).mean())


@exercise(
    todo="e = |s - t|; where e <= 1 the share is e^2, elsewhere 2 e - 1; add up each row, average over the examples",
    cases=_huber_cases,
    hard={"a single example": _single_case},
    make=_huber,
    mistakes=[
        ("this is the L2 loss: beyond e = 1 the share is 2 e - 1", {"large": lambda e: e**2}),
        ("this is the L1 loss: up to e = 1 the share is e^2", {"small": lambda e: e, "large": lambda e: e}),
        (
            "this is half of it, 1/2 e^2 and e - 1/2, as some books have it: here e^2 and 2 e - 1",
            {"small": lambda e: e**2 / 2, "large": lambda e: e - 0.5},
        ),
        ("the parabola is halved, as some books have it: here it is e^2", {"small": lambda e: e**2 / 2}),
        (
            "the straight line is halved, e - 1/2, as some books have it: here it is 2 e - 1",
            {"large": lambda e: e - 0.5},
        ),
        ("the parabola is never used: up to e = 1 the share is e^2", {"small": lambda e: 2 * e - 1}),
        (
            "beyond e = 1 you take e: then the curve has a kink at 1; 2 e - 1 continues with the parabola's slope",
            {"large": lambda e: e},
        ),
        (
            "beyond e = 1 you take 2 e: then the curve jumps at 1; 2 e - 1 meets the parabola",
            {"large": lambda e: 2 * e},
        ),
        (
            "beyond e = 1 you take 2 e + 1: then the curve jumps at 1; 2 e - 1 meets the parabola",
            {"large": lambda e: 2 * e + 1},
        ),
        (
            "beyond e = 1 both branches are added: there the share is 2 e - 1 alone",
            {"large": lambda e: e**2 + 2 * e - 1},
        ),
        (
            "the two branches are swapped: the square is for small errors",
            {"small": lambda e: 2 * e - 1, "large": lambda e: e**2},
        ),
        (
            "the absolute value is missing: a large negative error takes the wrong branch",
            {"size": lambda e: e, "is_small": lambda e: e},
        ),
        ("the absolute value stands in the condition only: 2 e - 1 needs it, too", {"size": lambda e: e}),
        ("the branches meet at 1, not at another place", any_of({"limit": 2}, {"limit": 0.5})),
        ("e = 1 belongs to no branch, and costs nothing: <= in one of the two conditions", _gap_at_1),
        ("the whole batch takes one branch: np.where chooses for each e by itself", _decided_once),
        ("the errors of a row are added up first, then bent: take the branch for each e by itself", _bent_late),
        (
            "the labels are no targets: t is one-hot, 1 for the true class and 0 for the others",
            any_of({"target": lambda s, y: y[:, None]}, {"target": lambda s, y: y}),
        ),
        (
            "the targets have as many columns as examples: there is one for each class, np.eye(C)[y]",
            {"target": lambda s, y: np.eye(len(y))[y]},
        ),
        ("the target is 0 for all classes: it is 1 for the true one", {"target": lambda s, y: 0 * s}),
        ("the target is 1 for all classes: it is 0 for all but the true one", {"target": lambda s, y: 1 + 0 * s}),
        ("the target is -1 for the other classes: it is 0", {"target": lambda s, y: 2 * _one_hot(s, y) - 1}),
        (
            "the target is subtracted twice",
            any_of({"target": lambda s, y: 2 * _one_hot(s, y)}, lambda s, y: _huber()(np.abs(s - _one_hot(s, y)), y)),
        ),
        (
            "the scores are turned into probabilities: here they are compared as they are",
            lambda s, y: _huber()(_softmax(s), y),
        ),
        (
            "only the true class counts: all classes of a row are added up",
            lambda s, y: _huber(classes=lambda shares: _pick(shares, y))(s, y),
        ),
        (
            "the true class is left out: that is for hinge, here all classes are added up",
            any_of(lambda s, y: _huber(classes=lambda shares: _cleared(shares, y).sum(axis=1))(s, y)),
        ),
        (
            "this is the smooth relative, sqrt(1 + e^2): here a parabola and a line are asked for",
            any_of(
                lambda s, y: _huber(small=_smooth, large=_smooth)(s, y),
                lambda s, y: _huber(small=_smooth, large=_smooth)(s, y) / 2,
            ),
        ),
        ("these are sums over the examples: divide by N", {"examples": np.sum}),
        ("these are the losses of the single examples: take their mean", {"examples": lambda losses: losses}),
        (
            "the classes are averaged too: add up over the classes, average over the examples",
            {"classes": lambda shares: shares.mean(axis=1)},
        ),
        ("only the first example counts: does return stand inside the loop?", {"examples": lambda losses: losses[0]}),
    ],
)
def huber_loss(scores: np.ndarray, y: np.ndarray) -> float:
    """Return the mean loss that is a parabola for small errors and a straight line for large ones."""
    return float(_huber()(scores, y))


def _smooth(e: Array) -> Array:
    return 2 * (np.sqrt(1 + e**2) - 1)
