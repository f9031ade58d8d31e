"""Read the mistakes out of what a check says: those that the exercise declares, and what strikes one about a result."""

from collections.abc import Iterator

from lectureutils.checks import EXERCISES
from lectureutils.checks.explain import both
from lectureutils.checks.symptoms import IN_SEVERAL, RELATIONS

SYMPTOMS = [hint for hint, _ in RELATIONS + IN_SEVERAL]
ONLY_FOR = "right for plain cases, but not for "


def mistakes(exercise: str, sentence: str) -> list[str]:
    """Return the mistakes that a sentence of a check names, one or two; none where it only says what came."""
    for parts in _parts(sentence):
        found = [_known(exercise, part) for part in parts]
        if all(found):
            return found
    return []


def _parts(sentence: str) -> Iterator[list[str]]:
    """Yield the sentence as a whole, and cut in two at each place where two hints may have been put together."""
    yield [sentence]
    before, between = both("", "").split("; and ")[0], "; and "
    if sentence.startswith(before):
        pieces = sentence.removeprefix(before).split(between)
        for cut in range(1, len(pieces)):
            yield [between.join(pieces[:cut]), between.join(pieces[cut:])]


def _known(exercise: str, part: str) -> str:
    hints = [hint for hint, _ in EXERCISES[exercise].mistakes]
    for hint in hints:
        if part.rstrip(".?!") == hint.rstrip(".?!"):
            return hint
    for text in EXERCISES[exercise].hard:
        if part.startswith(ONLY_FOR + text):
            return ONLY_FOR + text
    return next((symptom for symptom in SYMPTOMS if symptom in part), "")
