"""Each group of hard cases catches a wrong answer that nothing else does: without the group it would be right."""

import dataclasses
from collections.abc import Callable, Iterator

import pytest
from edges import EDGES
from mutants import accepts
from test_slips import MODULES, answers

from lectureutils.checks import EXERCISES

GROUPS = [(name, group) for name, item in EXERCISES.items() for group in item.hard]


def witnesses(exercise: str, group: str) -> Iterator[Callable]:
    """Yield wrong answers to an exercise: the one that was written for this group, or those of the readers."""
    if (exercise, group) in EDGES:
        yield EDGES[exercise, group]
        return
    for module in MODULES:
        for _, answer in answers(module):
            if answer.exercise == exercise and not answer.is_right and callable(answer.args[0]):
                yield answer.args[0]


@pytest.mark.parametrize(("exercise", "group"), GROUPS)
def test_without_this_group_a_wrong_answer_would_be_right(exercise, group):
    item = EXERCISES[exercise]
    without = dataclasses.replace(item, hard={text: cases for text, cases in item.hard.items() if text != group})
    assert any(accepts(without, answer) and not accepts(item, answer) for answer in witnesses(exercise, group))


def test_each_answer_for_a_group_is_of_a_group_that_there_is():
    assert EDGES.keys() <= set(GROUPS)


@pytest.mark.parametrize(("exercise", "group"), EDGES)
def test_who_falls_for_a_special_case_hears_of_it(exercise, group):
    verdict = EXERCISES[exercise](EDGES[exercise, group])
    assert verdict.kind == "wrong" and len(verdict.message) > 30
