"""What a loss does: to one example, to a whole data set, to a ranking, to outliers, and to what is learned.

A loss here is any function of scores (N, C) and labels y (N,) that returns one number, or a pair that begins with it.
So a figure takes the reader's own function as well as those of `lectureutils.losses`.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from lectureutils import style, validate

AnyLoss = Callable[[np.ndarray, np.ndarray], float | tuple]


def loss_value(loss: AnyLoss, scores: np.ndarray, y: int) -> float:
    """Return the loss of one example with scores (C,) and label y; infinite and NaN are let through.

    Raises ValueError when the function returns anything but a number or a pair that begins with one.
    """
    with np.errstate(all="ignore"):
        result = loss(np.array(scores, dtype=float)[None], np.array([y]))
    result = result[0] if isinstance(result, tuple) and result else result
    try:
        if result is None:
            raise ValueError("nothing")
        return float(np.asarray(result, dtype=float).reshape(()))
    except (TypeError, ValueError) as error:
        name = getattr(loss, "__name__", "the loss")
        raise ValueError(f"{name} returned {result!r}, expected one number: the loss of the batch") from error


def _example(
    scores: ArrayLike, y: int, class_names: Sequence[str], name: str = "scores"
) -> tuple[np.ndarray, int, tuple[str, ...]]:
    scores, labels = validate.scores_and_labels(validate.numbers(scores, name, "C")[None], [y])
    if len(class_names) != scores.shape[1] or len(class_names) > len(style.CLASS_COLORS):
        raise ValueError(
            f"class_names: got {len(class_names)} names for {scores.shape[1]} scores, expected one for each, and at "
            f"most {len(style.CLASS_COLORS)}. Give each score a name."
        )
    return scores[0], int(labels[0]), tuple(class_names)


def _numbered(names: Sequence[str]) -> dict[str, int]:
    return {name: c for c, name in enumerate(names)}
