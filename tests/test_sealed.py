"""What a question reveals is not in plain sight, wherever its notebook is shown."""

import nbformat
import pytest

from lectureutils.live import predict
from lectureutils.sealed import seal, unseal
from tools.cells import Question, question, sealed
from tools.exercises import expand
from tools.notebooks import sources

ASKED = Question('Is 1 < 2, "really"?', {"yes & no": "It is both\nλ.", 'a "no"': "Look again."}, 'a "no"')


def test_what_is_sealed_comes_back_whole_and_says_nothing():
    letters = seal([["one", "two"], "β"])
    assert unseal(letters) == [["one", "two"], "β"]
    assert letters.isascii() and "one" not in letters
    for broken in (letters[4:], letters[:-4], "one", ""):
        with pytest.raises(ValueError, match="some are missing"):
            unseal(broken)


def test_a_sealed_call_asks_the_same_question():
    code = sealed(ASKED)
    assert question(nbformat.v4.new_code_cell(code)) == ASKED
    made = eval(code, {"predict": predict})
    assert (made.question, made.reasons, made.answer) == (ASKED.text, ASKED.choices, ASKED.answer)
    assert str(made) == str(predict(ASKED.text, ASKED.choices, ASKED.answer))


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.stem)
def test_no_reason_can_be_read_in_a_notebook(path):
    asked = [(cell, it) for cell in expand(path.read_text(encoding="utf-8")).cells if (it := question(cell))]
    assert asked
    for cell, it in asked:
        assert "sealed=" in cell.source and "answer=" not in cell.source
        shown = " ".join(cell.source.split())
        assert not [reason for reason in it.choices.values() if reason[:25] in shown]
