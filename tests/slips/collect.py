"""Collects the answers of this folder, one list for each of its modules.

Each answer is what a cell hands to `checks.<exercise>(*args, **named)`: mostly one function, now and then values.
They were written without a look at the checks, from the notebooks' text alone, so that they can judge the checks.
"""

import sys
from collections import defaultdict
from collections.abc import Callable
from typing import Any, NamedTuple


class Answer(NamedTuple):
    """One answer to `exercise`: `words` say what is wrong with it, or what is unusual about it if it is right."""

    exercise: str
    words: str
    is_right: bool
    args: tuple[Any, ...]
    named: dict[str, Any]


ANSWERS: dict[str, list[Answer]] = defaultdict(list)  # by the module's last name, such as "linear_classifier"


def slip(exercise: str, words: str) -> Callable:
    """Decorate a wrong function."""
    return _decorator(exercise, words, False)


def right(exercise: str, words: str) -> Callable:
    """Decorate a right function in an unusual style."""
    return _decorator(exercise, words, True)


def slip_value(exercise: str, words: str, *args: Any, **named: Any) -> None:
    """Keep a wrong answer that consists of values."""
    _keep(sys._getframe(1).f_globals["__name__"], Answer(exercise, words, False, args, named))


def right_value(exercise: str, words: str, *args: Any, **named: Any) -> None:
    """Keep a right answer that consists of values."""
    _keep(sys._getframe(1).f_globals["__name__"], Answer(exercise, words, True, args, named))


def _decorator(exercise: str, words: str, is_right: bool) -> Callable:
    def keep(function: Callable) -> Callable:
        _keep(function.__module__, Answer(exercise, words, is_right, (function,), {}))
        return function

    return keep


def _keep(module: str, answer: Answer) -> None:
    answers = ANSWERS[module.rpartition(".")[2]]
    if any((answer.exercise, answer.words) == (other.exercise, other.words) for other in answers):
        raise ValueError(f"{answer.exercise}: there is an answer with these words already: {answer.words!r}")
    answers.append(answer)
