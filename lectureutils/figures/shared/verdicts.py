"""Who is best, when it may be several: a tie is said, and never decided by the order of a list."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from lectureutils.figures.shared.words import say_scores


def leaders(values: ArrayLike, largest: bool = True, rtol: float = 1e-9) -> np.ndarray:
    """Return the indices of the largest (or smallest) of the values (K,), all of them when they are equal.

    Equal means: up to rounding, `rtol` times the best one (times 1 when it is smaller).
    """
    values = np.asarray(values, dtype=float)
    best = values.max() if largest else values.min()
    return np.flatnonzero(np.abs(values - best) <= rtol * max(1.0, abs(best)))


def predictions(scores: ArrayLike) -> np.ndarray:
    """Return the class with the highest score in each row of scores (N, C), and -1 where several share it."""
    scores = np.asarray(scores, dtype=float)
    best = scores.max(axis=1, keepdims=True)
    tied = (scores >= best - 1e-9 * np.maximum(1.0, np.abs(best))).sum(axis=1) > 1
    return np.where(tied, -1, scores.argmax(axis=1))


def join(words: Sequence[str]) -> str:
    """Put words into a row: `cat`, `cat and car`, `cat, car and airplane`."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def say_prediction(names: Sequence[str], scores: ArrayLike) -> str:
    """Say what scores (C,) predict: `predicts car`, or that there is a tie."""
    best = leaders(scores)
    if len(best) == 1:
        return f"predicts {names[best[0]]}"
    return f"predicts nothing: a tie of {join([names[c] for c in best])}"


def say_answer(names: Sequence[str], scores: np.ndarray) -> str:
    """Say scores (C,) and what they predict: `cat 0.631, car 0.969. Predicts car`."""
    return f"{say_scores(names, scores)}. P{say_prediction(names, scores)[1:]}"
