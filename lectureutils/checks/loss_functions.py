"""The exercises of notebook 02: the hinge loss, a cross-entropy that lasts, and the losses that go with them.

Each loss takes scores (N, C) and labels y (N,) and returns one number, the mean over the examples.
"""

from collections.abc import Iterator

import numpy as np

from .engine import exercise


def _cases() -> Iterator[tuple]:
    yield np.array([[0.5, 2.0, 1.5], [3.0, 1.0, 2.5]]), np.array([1, 2])  # hinge: (0 + 0.5) and (1.5 + 0)
    rng = np.random.default_rng(21)
    for n, c in [(4, 4), (5, 3), (6, 5)]:
        yield rng.normal(scale=2, size=(n, c)), rng.integers(c, size=n)


def _rows(y: np.ndarray) -> np.ndarray:
    return np.arange(len(y))


def _true(scores: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return each example's score of its true class as a column (N, 1)."""
    return scores[_rows(y), y][:, None]


# --- hinge ------------------------------------------------------------------------------------------------
def _margins(scores: np.ndarray, y: np.ndarray, sign: int = 1, margin: float = 1, truth: float = 0) -> np.ndarray:
    """Return max(0, margin + sign (s_ij - s_i,y_i)), with `truth` in the column of the true class."""
    shares = np.maximum(0, margin + sign * (scores - _true(scores, y)))
    shares[_rows(y), y] = truth
    return shares


def _without_truth(shares: np.ndarray, y: np.ndarray) -> np.ndarray:
    shares[_rows(y), y] = 0
    return shares


@exercise(
    todo="return the mean over the examples of the sum over j != y_i of max(0, 1 + s_ij - s_i,y_i)",
    cases=_cases,
    mistakes=[
        ("the true class is counted too: compared with itself it adds max(0, 1 + 0) = 1 to every example",
         lambda s, y: _margins(s, y, truth=1).sum(axis=1).mean()),
        ("the sign is swapped: a wrong class costs when ITS score is high, 1 + s_j - s_y",
         lambda s, y: _margins(s, y, sign=-1).sum(axis=1).mean()),
        ("the sign is swapped, and the true class is counted: 1 + s_j - s_y, for j other than y",
         lambda s, y: _margins(s, y, sign=-1, truth=1).sum(axis=1).mean()),
        ("the margin is missing: a wrong class costs as soon as it comes within 1 of the true one",
         lambda s, y: _margins(s, y, margin=0).sum(axis=1).mean()),
        ("the margin is subtracted: 1 + s_j - s_y", lambda s, y: _margins(s, y, margin=-1).sum(axis=1).mean()),
        ("this is the largest share of each example: the shares of all wrong classes are added up",
         lambda s, y: _margins(s, y).max(axis=1).mean()),
        ("this is the sum over the examples: divide by N", lambda s, y: _margins(s, y).sum()),
        ("this is the sum over the examples, and the true class is counted: leave it out, divide by N",
         lambda s, y: _margins(s, y, truth=1).sum()),
        ("the classes are averaged too: add up over the classes, average over the examples",
         lambda s, y: _margins(s, y).mean()),
        ("the classes are averaged too, and the true class is counted: leave it out, add up over the classes",
         lambda s, y: _margins(s, y, truth=1).mean()),
        ("max(0, ...) is missing: a class that is far behind must not earn anything back",
         lambda s, y: (s.shape[1] - 1 + (s - _true(s, y)).sum(axis=1)).mean()),
        ("max(0, ...) is missing, and the true class is counted",
         lambda s, y: (s.shape[1] + (s - _true(s, y)).sum(axis=1)).mean()),
        ("these are the losses of the single examples: take their mean", lambda s, y: _margins(s, y).sum(axis=1)),
        ("these are the shares of the classes: add up each row, then take the mean", _margins),
        ("only the first example counts: does return stand inside the loop?", lambda s, y: _margins(s, y)[0].sum()),
        ("scores[:, y] takes whole columns: pair each row with its own label, scores[np.arange(N), y]",
         lambda s, y: _without_truth(np.maximum(0, 1 + s - s[:, y]), y).sum(axis=1).mean()),
        ("the true scores lie in a row (N,): make them a column, scores[np.arange(N), y][:, None]",
         lambda s, y: _without_truth(np.maximum(0, 1 + s - s[_rows(y), y]), y).sum(axis=1).mean()),
    ],
)
def hinge_loss(scores: np.ndarray, y: np.ndarray) -> float:
    """Return the mean multi-class hinge loss."""
    return float(_margins(scores, y).sum(axis=1).mean())


# --- cross-entropy that lasts -------------------------------------------------------------------------------
def _large_scores() -> Iterator[tuple]:
    yield np.array([[1000.0, 0, -1000], [0.0, 999, 1000]]), np.array([0, 1])
    yield np.array([[0.0, 1000], [-1000, -1001], [3, 4]]), np.array([0, 1, 1])


def _log_p(scores: np.ndarray, axis: int = 1) -> np.ndarray:
    shifted = scores - scores.max(axis=axis, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True))


def _plain(scores: np.ndarray, axis: int | None = 1) -> np.ndarray:
    """Softmax as the formula says it, which overflows."""
    with np.errstate(all="ignore"):
        e = np.exp(scores)
        return e / e.sum(axis=axis, keepdims=True)


def _shifted_together(scores: np.ndarray) -> np.ndarray:
    shifted = scores - scores.max()
    return shifted - _log(np.exp(shifted).sum(axis=1, keepdims=True))


def _picked(log_p: np.ndarray, y: np.ndarray) -> np.ndarray:
    return -log_p[_rows(y), y]


def _log(p: np.ndarray) -> np.ndarray:
    with np.errstate(all="ignore"):
        return np.log(p)


@exercise(
    todo="shift each row so that its largest score is 0, take log p = s - log sum exp(s), return the mean of -log p_y",
    cases=_cases,
    hard={"scores of 1000, where exp(1000) is inf and exp(-1000) is 0": _large_scores},
    mistakes=[
        ("right for small scores, but exp(1000) overflows: subtract each row's largest score first",
         lambda s, y: _picked(_log(_plain(s)), y).mean()),
        ("the shift is right, but p is rounded to 0 before its log: write log p as s - log sum exp(s)",
         lambda s, y: _picked(_log(_plain(s - s.max(axis=1, keepdims=True))), y).mean()),
        ("a tiny number inside the log keeps it finite, but caps the loss: write log p as s - log sum exp(s)",
         lambda s, y: _picked(_log(_plain(s - s.max(axis=1, keepdims=True)) + 1e-12), y).mean()),
        ("softmax runs down the columns: the probabilities of ONE example add up to 1, axis=1",
         lambda s, y: _picked(_log_p(s, axis=0), y).mean()),
        ("softmax runs down the columns: the probabilities of ONE example add up to 1, axis=1; and exp(1000) overflows",
         lambda s, y: _picked(_log(_plain(s, axis=0)), y).mean()),
        ("softmax runs over the whole batch: each example has its own sum, axis=1 and keepdims=True",
         lambda s, y: _picked(_log(_plain(s, axis=None)), y).mean()),
        ("one largest score for the whole batch is not enough: shift each ROW by its own, max(axis=1, keepdims=True)",
         lambda s, y: _picked(_shifted_together(s), y).mean()),
        ("the sign is missing: a log of a probability is negative, the loss is -log p",
         lambda s, y: -_picked(_log_p(s), y).mean()),
        ("this is the sum over the examples: divide by N", lambda s, y: _picked(_log_p(s), y).sum()),
        ("the classes are averaged too: only the examples are", lambda s, y: _picked(_log_p(s), y).mean() / s.shape[1]),
        ("these are the losses of the single examples: take their mean", lambda s, y: _picked(_log_p(s), y)),
        ("the log is missing: this is minus the mean probability of the truth",
         lambda s, y: -np.exp(-_picked(_log_p(s), y)).mean()),
        ("the log is missing: this is the mean probability of the truth",
         lambda s, y: np.exp(-_picked(_log_p(s), y)).mean()),
        ("this is a log to the base 2: the natural one, np.log, is meant",
         lambda s, y: _picked(_log_p(s), y).mean() / np.log(2)),
        ("all classes are summed: only the true class of each row counts, log_p[np.arange(N), y]",
         lambda s, y: -_log_p(s).sum(axis=1).mean()),
        ("log sum exp is missing: the score of the truth alone is no log-probability",
         lambda s, y: -(s - s.max(axis=1, keepdims=True))[_rows(y), y].mean()),
        ("only the first example counts: does return stand inside the loop?", lambda s, y: _picked(_log_p(s), y)[0]),
        ("the shift is added back to one half only: shift the scores once and use them in both places",
         lambda s, y: (_picked(_log_p(s), y) - s.max(axis=1)).mean()),
    ],
)
def cross_entropy_loss(scores: np.ndarray, y: np.ndarray) -> float:
    """Return the mean cross-entropy of softmax(scores), finite for any finite scores."""
    return float(_picked(_log_p(scores), y).mean())


# --- Huber, a loss between L1 and L2 (optional) --------------------------------------------------------------
def _errors(scores: np.ndarray, y: np.ndarray) -> np.ndarray:
    return scores - np.eye(scores.shape[1])[y]


def _huber(scores: np.ndarray, y: np.ndarray, small: object = None, large: object = None) -> float:
    e = np.abs(_errors(scores, y))
    inner = small(e) if small else e**2
    outer = large(e) if large else 2 * e - 1
    return float(np.where(e <= 1, inner, outer).sum(axis=1).mean())


@exercise(
    todo="e = |s - t|; where e <= 1 the share is e^2, elsewhere 2 e - 1; add up each row, average over the examples",
    cases=_cases,
    mistakes=[
        ("this is the L2 loss: beyond e = 1 the share is 2 e - 1",
         lambda s, y: float((_errors(s, y) ** 2).sum(axis=1).mean())),
        ("this is the L1 loss: up to e = 1 the share is e^2",
         lambda s, y: float(np.abs(_errors(s, y)).sum(axis=1).mean())),
        ("beyond e = 1 you take e: then the curve has a kink at 1; 2 e - 1 continues with the parabola's slope",
         lambda s, y: _huber(s, y, large=lambda e: e)),
        ("beyond e = 1 you take 2 e: then the curve jumps at 1; 2 e - 1 meets the parabola",
         lambda s, y: _huber(s, y, large=lambda e: 2 * e)),
        ("the two branches are swapped: the square is for small errors",
         lambda s, y: _huber(s, y, small=lambda e: 2 * e - 1, large=lambda e: e**2)),
        ("the absolute value is missing: a large negative error takes the wrong branch",
         lambda s, y: float(np.where((e := _errors(s, y)) <= 1, e**2, 2 * e - 1).sum(axis=1).mean())),
        ("these are sums over the examples: divide by N", lambda s, y: len(y) * _huber(s, y)),
        ("the classes are averaged too: add up over the classes, average over the examples",
         lambda s, y: _huber(s, y) / s.shape[1]),
    ],
)
def huber_loss(scores: np.ndarray, y: np.ndarray) -> float:
    """Return the mean loss that is a parabola for small errors and a straight line for large ones."""
    return _huber(scores, y)
