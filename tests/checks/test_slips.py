"""The checks judged by answers of somebody who had read the notebooks and never the checks.

The answers in `slips/` are frozen: none that is wrong may be accepted, none that is right rejected, of those of each
exercise at least 80 % are to be named, and no sentence of NumPy's comes through. What is counted is computed here.
"""

import importlib
import json
import re
from functools import cache
from pathlib import Path

import pytest
from slips.collect import ANSWERS, Answer
from slips.excused import EXCUSED

from lectureutils import checks
from lectureutils.checks import Verdict

FOLDER = Path(__file__).parents[1] / "slips"
MODULES = sorted({path.stem for path in FOLDER.glob("*.py")} - {"__init__", "collect", "excused"})
# For each module and exercise: what is wrong with an answer, and words that its diagnosis holds and others of the
# exercise do not. They were read against each other once. A hint that is worded anew takes its words along.
SAID = json.loads((FOLDER / "said.json").read_text(encoding="utf-8"))
LEAST = 0.8  # the share of wrong answers of an exercise that are named

# An error is named when its sentence says what to write instead.
REMEDIES = ("use np.where, np.maximum or a mask", "entry by entry it is np.", "^ is no power in Python",
            "use * for a number", "to be a column, with [:, None]", "begin with .astype(float)",
            "pair them one by one", "which factor")  # fmt: skip

# Words of NumPy's own sentences, which mean nothing to a first-year student.
RAW = re.compile(
    r"gufunc|broadcast|not aligned|ambiguous|setting an array|dtype\(|ufunc|core dimension|inhomogeneous|"
    r"scalar index|invalid index to scalar|casting rule|boolean index did not|cannot reshape|matmul:"
)


@cache
def verdict_on(module: str, number: int) -> Verdict:
    importlib.import_module(f"slips.{module}")
    answer = ANSWERS[module][number]
    return checks.EXERCISES[answer.exercise](*answer.args, **answer.named)


def answers(module: str) -> list[tuple[int, Answer]]:
    importlib.import_module(f"slips.{module}")
    return list(enumerate(ANSWERS[module]))


def exercises() -> list:
    return [
        pytest.param(module, name, id=f"{module}-{name}")
        for module in MODULES
        for name in dict.fromkeys(answer.exercise for _, answer in answers(module))
    ]


def judged(module: str, name: str, *, right: bool) -> list[tuple[str, Verdict]]:
    """Return the words and the verdicts of an exercise's answers, without the excused ones."""
    return [
        (answer.words, verdict_on(module, number))
        for number, answer in answers(module)
        if answer.exercise == name and answer.is_right == right and (name, answer.words) not in EXCUSED
    ]


def is_named(name: str, verdict: Verdict) -> bool:
    """Say whether a verdict tells the mistake, and not only that something came and something else was expected."""
    message = verdict.message
    if verdict.kind == "todo" or " is missing. To do: " in message:  # not begun, or a part left out
        return True
    generic = message.startswith(("right for plain cases, but", f"{name}(", f"{name} of ")) or "To do: " in message
    return (
        not generic
        or "your function returns None" in message
        or "returns nothing" in message
        or any(remedy in message for remedy in REMEDIES)
    )


@pytest.mark.parametrize(("module", "name"), exercises())
def test_no_wrong_answer_is_accepted(module, name):
    assert [words for words, verdict in judged(module, name, right=False) if verdict] == []


@pytest.mark.parametrize(("module", "name"), exercises())
def test_no_right_answer_is_rejected(module, name):
    verdicts = judged(module, name, right=True)
    assert len(verdicts) >= 2
    assert [(words, repr(verdict)) for words, verdict in verdicts if not verdict] == []


@pytest.mark.parametrize(("module", "name"), exercises())
def test_most_slips_are_named(module, name):
    verdicts = judged(module, name, right=False)
    unnamed = [(words, repr(verdict)) for words, verdict in verdicts if not is_named(name, verdict)]
    assert len(verdicts) >= 20
    assert len(unnamed) <= (1 - LEAST) * len(verdicts), "\n".join(f"{words}: {said}" for words, said in unnamed)


@pytest.mark.parametrize(("module", "name"), exercises())
def test_a_slip_gets_the_diagnosis_that_fits_it(module, name):
    """Two hints may change places, and each still fits the variant beside which it stands: here the answers decide."""
    told = dict(judged(module, name, right=False))
    for words, needed in SAID.get(f"{module}-{name}", {}).items():
        heard = set(re.findall(r"[\w'-]+", told[words].message))
        assert heard.issuperset(needed.split()), f"{words}: {told[words]!r} says nothing of: {needed}"


def test_most_hints_are_heard_by_a_slip():
    heard = sum(len(said) for said in SAID.values())
    hints = sum(len({hint for hint, _ in item.mistakes}) for item in checks.EXERCISES.values())
    assert heard > 0.7 * hints
    assert SAID.keys() <= {f"{exercise.values[0]}-{exercise.values[1]}" for exercise in exercises()}


@pytest.mark.parametrize(("module", "name"), exercises())
def test_no_sentence_of_numpys_comes_through(module, name):
    told = [verdict.message for right in (True, False) for _, verdict in judged(module, name, right=right)]
    # Code that failed is quoted between backticks, and is the reader's own.
    assert [message for message in told if RAW.search(re.sub("`.*?`", "", message))] == []


@pytest.mark.parametrize(("module", "name"), exercises())
def test_an_excuse_is_for_an_answer_that_needs_it(module, name):
    needed = {(name, answer.words) for number, answer in answers(module)
              if answer.exercise == name and bool(verdict_on(module, number)) != answer.is_right}  # fmt: skip
    assert needed == {(exercise, words) for exercise, words in EXCUSED if exercise == name}


def test_every_excuse_is_for_an_exercise_that_is_judged():
    assert {exercise for exercise, _ in EXCUSED} <= {exercise.values[1] for exercise in exercises()}


@pytest.mark.parametrize(
    ("message", "named"),
    [
        ("the bias is forgotten", True),
        ("scores_of([[1, 2]], [[1, 0]], [10]): came 3, expected 2", False),
        ("scores_of of X (3, 3): your function returns None: does every branch end in return?", True),
        ("right for plain cases, but not for a batch of one. scores_of([1]): came 3, expected 2", False),
        ("scores_of([1]): your function raised IndexError at line 2 of f: index 3 does not exist", False),
        ("x: came '7'. To do: give the shapes", False),
        ("x is missing. To do: give the shapes", True),
    ],
)
def test_what_counts_as_named(message, named):
    assert is_named("scores_of", Verdict("wrong", message)) is named
