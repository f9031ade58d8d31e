"""What a reader did is kept in a file beside the notebooks, and never stands in the way."""

import json
import os

import pytest

from lectureutils import asked, checks, progress
from tools.notebooks import sources
from tools.series import collect
from tools.told import to_text


@pytest.fixture
def reader(tmp_path, monkeypatch):
    """Let a person run the cells of a notebook in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(asked, "message", lambda: {"metadata": {"cellId": "c"}, "header": {"msg_id": "m"}})
    return tmp_path


def test_a_check_remembers_tries_and_stays_right(reader):
    checks.line(lambda x, w, b: w * x - b)
    assert progress.done()["exercises"] == {"line": {"tries": 1, "right": False}}
    assert checks.line(lambda x, w, b: w * x + b)
    checks.line(lambda x, w, b: w * x)
    assert progress.done()["exercises"] == {"line": {"tries": 3, "right": True}}


def test_a_stub_is_no_try(reader):
    assert checks.line(...).kind == "todo" and not list(reader.iterdir())


def test_the_first_answer_is_kept_beside_the_last(reader):
    for chosen in ("one", "two", "three"):
        progress.note_answer("Which?", chosen)
    assert progress.done()["questions"] == {"Which?": {"first": "one", "last": "three"}}
    assert [path.name for path in reader.iterdir()] == [progress.FILE]


def test_what_is_built_or_tested_leaves_no_trace(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    checks.line(lambda x, w, b: w * x + b)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"exercises": 3}', '{"questions": {"Which?": "one"}}', "\x00"]
)
def test_a_file_that_was_cut_or_changed_is_no_memory(reader, text):
    (reader / progress.FILE).write_text(text, encoding="utf-8")
    assert progress.done() == {"exercises": {}, "questions": {}}
    progress.note_answer("Which?", "one")
    assert progress.done()["questions"] == {"Which?": {"first": "one", "last": "one"}}


def test_a_folder_that_can_t_be_written_means_no_memory_and_no_error(reader, monkeypatch):
    monkeypatch.setattr(progress, "_place", lambda: reader / "missing" / progress.FILE)
    progress.note_verdict("line", True)
    progress.note_answer("Which?", "one")
    progress.forget()
    assert progress.done() == {"exercises": {}, "questions": {}} and not list(reader.iterdir())


def test_a_write_that_fails_leaves_what_was_there(reader, monkeypatch):
    progress.note_answer("Which?", "one")
    before = (reader / progress.FILE).read_bytes()

    def refuse(_self, _target):
        raise PermissionError("in use")

    monkeypatch.setattr(type(reader), "replace", refuse)
    progress.note_answer("Which?", "two")
    assert (reader / progress.FILE).read_bytes() == before and os.listdir(reader) == [progress.FILE]


def test_what_there_is_to_do_is_what_the_notebooks_ask():
    assert progress.SERIES.read_text(encoding="utf-8") == to_text(collect(sources()))
    told = json.loads(progress.SERIES.read_text(encoding="utf-8"))
    assert {name for one in told.values() for name in one["exercises"]} == set(checks.EXERCISES)
    assert sum(len(one["questions"]) for one in told.values()) > 40
    assert [one["title"][:2] for one in told.values()] == [f"{number:02}" for number in range(11)]
