import shutil

import pytest

from tools import typecheck
from tools.typecheck import COUNTED, Error, found, problems

LIVE = Error("lectureutils/live/figure.py", 3, "wrong")
FIGURES = [Error(f"{COUNTED}start_here/line.py", line, "wrong") for line in (5, 8)]


def test_as_many_errors_in_the_figures_as_allowed_are_nothing_to_mend():
    assert problems(FIGURES, 2) == []
    assert problems([], 0) == []


def test_an_error_elsewhere_is_shown_and_those_of_the_figures_are_not():
    assert problems([LIVE, *FIGURES], 2) == ["lectureutils/live/figure.py:3: wrong"]


def test_more_errors_in_the_figures_are_all_shown():
    *shown, last = problems(FIGURES, 1)
    assert shown == [f"{COUNTED}start_here/line.py:{line}: wrong" for line in (5, 8)]
    assert "2 errors, expected 1 at most" in last


def test_fewer_errors_in_the_figures_lower_the_number():
    (said,) = problems(FIGURES, 5)
    assert "Write figures = 2 in pyproject.toml" in said


def test_an_entry_of_the_checker_becomes_a_place_and_a_sentence():
    file = typecheck.ROOT / "lectureutils" / "live" / "figure.py"
    said = {"file": str(file), "range": {"start": {"line": 2}}, "message": "wrong\nbecause", "rule": "reportX"}
    assert str(found(said)) == "lectureutils/live/figure.py:3: wrong\n    because (reportX)"


@pytest.mark.pinned
def test_the_checker_finds_a_wrong_type(tmp_path, monkeypatch):
    shutil.copy(typecheck.ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "lectureutils").mkdir()
    (tmp_path / "lectureutils" / "wrong.py").write_text('number: int = "one"\n', encoding="utf-8")
    monkeypatch.setattr(typecheck, "ROOT", tmp_path.resolve())
    (error,) = typecheck.check()
    assert error[:2] == ("lectureutils/wrong.py", 1) and "reportAssignmentType" in error.message
