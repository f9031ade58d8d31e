"""The reader's copies: refreshed when unchanged, never overwritten when changed, whole whatever happens."""

import json
import os

import pytest

from tools import workcopy

NAME = "01_first.ipynb"


@pytest.fixture
def folders(tmp_path):
    given, copies = tmp_path / "notebooks", tmp_path / "my_notebooks"
    given.mkdir()
    (given / NAME).write_bytes(b"version 1")
    workcopy.update(given, copies)
    return given, copies


def test_copies_what_is_missing_and_remembers_it(folders):
    given, copies = folders
    assert (copies / NAME).read_bytes() == b"version 1"
    assert list(json.loads((copies / workcopy.MANIFEST).read_text(encoding="utf-8"))) == [NAME]
    assert workcopy.update(given, copies) == []
    assert sorted(os.listdir(copies)) == [workcopy.MANIFEST, NAME]


def test_refreshes_an_unchanged_copy(folders):
    given, copies = folders
    for version in (b"version 2", b"version 3"):
        (given / NAME).write_bytes(version)
        assert workcopy.update(given, copies) == []
        assert (copies / NAME).read_bytes() == version


def test_keeps_a_changed_copy_and_says_how_to_get_the_new_one(folders):
    given, copies = folders
    (copies / NAME).write_bytes(b"my answers")
    assert workcopy.update(given, copies) == []  # nothing new to be had, so nothing to say
    (given / NAME).write_bytes(b"version 2")
    for _ in range(2):
        (message,) = workcopy.update(given, copies)
        assert NAME in message and "rename" in message
        assert (copies / NAME).read_bytes() == b"my answers"
    (copies / NAME).rename(copies / f"my_{NAME}")  # what the message says
    assert workcopy.update(given, copies) == []
    assert (copies / NAME).read_bytes() == b"version 2"
    assert (copies / f"my_{NAME}").read_bytes() == b"my answers"


def test_a_deleted_copy_comes_back(folders):
    given, copies = folders
    (copies / NAME).unlink()
    workcopy.update(given, copies)
    assert (copies / NAME).read_bytes() == b"version 1"


def test_a_copy_stays_when_its_original_goes(folders):
    given, copies = folders
    (given / NAME).unlink()
    assert workcopy.update(given, copies) == []
    assert (copies / NAME).read_bytes() == b"version 1"


@pytest.mark.parametrize("broken", [b"", b"{", b"[]", b"\xff\xfe", b'{"01_first.ipynb": 3}'])
def test_in_doubt_the_copy_belongs_to_the_reader(folders, broken):
    given, copies = folders
    (copies / workcopy.MANIFEST).write_bytes(broken)
    (given / NAME).write_bytes(b"version 2")
    assert len(workcopy.update(given, copies)) == 1
    assert (copies / NAME).read_bytes() == b"version 1"


def test_a_broken_manifest_mends_itself_where_nothing_differs(folders):
    given, copies = folders
    (copies / workcopy.MANIFEST).unlink()
    workcopy.update(given, copies)
    (given / NAME).write_bytes(b"version 2")
    assert workcopy.update(given, copies) == []
    assert (copies / NAME).read_bytes() == b"version 2"


@pytest.mark.parametrize("writes_done", range(5))
def test_an_interrupted_run_is_completed_by_the_next(tmp_path, monkeypatch, writes_done):
    given, copies = tmp_path / "notebooks", tmp_path / "my_notebooks"
    given.mkdir()
    for name in ("00.ipynb", "01.ipynb"):
        (given / name).write_bytes(b"new")
    moves, move = [], type(given).replace

    def pull_the_plug(self, target):
        if len(moves) == writes_done:
            raise KeyboardInterrupt
        moves.append(target)
        return move(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(type(given), "replace", pull_the_plug)
        if writes_done < 4:
            with pytest.raises(KeyboardInterrupt):
                workcopy.update(given, copies)
        else:
            workcopy.update(given, copies)
    assert all(path.read_bytes() == b"new" for path in copies.glob("*.ipynb"))
    assert workcopy.update(given, copies) == []
    for name in ("00.ipynb", "01.ipynb"):
        (given / name).write_bytes(b"newer")
    assert workcopy.update(given, copies) == []
    assert sorted(path.read_bytes() for path in copies.glob("*.ipynb")) == [b"newer", b"newer"]
    assert not list(copies.glob("*.part"))


def test_a_folder_that_is_blocked_gives_a_sentence(folders, monkeypatch, capsys):
    given, _copies = folders
    taken = given.parent / "taken"
    taken.write_text("a file", encoding="utf-8")
    monkeypatch.setattr(workcopy, "GIVEN", given)
    monkeypatch.setattr(workcopy, "COPIES", taken)
    monkeypatch.setattr(workcopy.update, "__defaults__", (given, taken))
    assert workcopy.main() == 1
    said = capsys.readouterr().err
    assert said.startswith("Your copies of the notebooks can't be written: ") and said.count("\n") == 1
    assert str(taken) in said and f"Make the folder {taken} writable" in said and "Traceback" not in said
    assert taken.read_text(encoding="utf-8") == "a file"


@pytest.mark.parametrize("call", ["mkdir", "write_bytes", "read_bytes", "replace"])
def test_a_read_only_folder_gives_a_sentence(folders, monkeypatch, capsys, call):
    """Root may write anywhere, so the system's refusal is played here."""
    given, copies = folders
    (given / NAME).write_bytes(b"version 2")
    original = getattr(type(given), call)

    def refuse(self, *args, **kwargs):
        if copies not in (self, self.parent):
            return original(self, *args, **kwargs)
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(workcopy, "GIVEN", given)
    monkeypatch.setattr(workcopy.update, "__defaults__", (given, copies))
    monkeypatch.setattr(type(given), call, refuse)
    assert workcopy.main() == 1
    said = capsys.readouterr().err
    assert said.startswith(f"Your copies of the notebooks can't be written: Permission denied: {copies}")
    monkeypatch.undo()
    assert (copies / NAME).read_bytes() == b"version 1"
