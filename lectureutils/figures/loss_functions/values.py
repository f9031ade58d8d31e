"""What a figure about losses takes: any function of scores (N, C) and labels y (N,), and one example with its names.

The function returns one number or a pair that begins with it, so the reader's own serves as well as the library's.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

from lectureutils import style, validate
from lectureutils.live import Control, choice

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


def loss_choice(losses: Mapping[str, AnyLoss], label: str) -> list[Control]:
    """Return the control `loss`, which chooses one by name; where there is just one, there is nothing to choose."""
    if not losses:
        raise ValueError("losses: got none, expected at least one, such as {'mine': my_loss}")
    return [choice("loss", list(losses), label=label)] if len(losses) > 1 else []


def example(
    scores: ArrayLike, y: int, class_names: Sequence[str], name: str = "scores"
) -> tuple[np.ndarray, int, tuple[str, ...]]:
    """Return scores (C,), the label y and the C names, checked; `name` is what an error calls the scores."""
    scores, labels = validate.scores_and_labels(validate.numbers(scores, name, "C")[None], [y])
    if len(class_names) != scores.shape[1] or len(class_names) > len(style.CLASS_COLORS):
        raise ValueError(
            f"class_names: got {len(class_names)} names for {scores.shape[1]} scores, expected one for each, and at "
            f"most {len(style.CLASS_COLORS)}. Give each score a name."
        )
    return scores[0], int(labels[0]), tuple(class_names)


def numbered(names: Sequence[str]) -> dict[str, int]:
    """Return the names with their numbers, as a choice of a class takes them."""
    return {name: c for c, name in enumerate(names)}
