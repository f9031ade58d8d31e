"""A new home: one command writes it into everything that holds the old one, and nothing else changes."""

import shutil
import subprocess
import sys

import pytest

from tools import exercises, links
from tools.addresses import ROOT, address, install, normal, site
from tools.move import HOLDERS, move, moved
from tools.notebooks import sources

NEW = "https://github.com/teacher/a.course"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A copy of the files that hold an address, at its new home; with those that changed."""
    root = tmp_path_factory.mktemp("home")
    for path in (path for pattern in HOLDERS for path in ROOT.glob(pattern)):
        (root / path.relative_to(ROOT)).parent.mkdir(exist_ok=True)
        shutil.copy(path, root / path.relative_to(ROOT))
    return root, move(NEW, root)


def test_every_file_that_holds_an_address_is_moved(home):
    """Whatever git keeps: a file that holds the address and is not moved would lead a fork's readers astray."""
    root, changed = home
    listed = subprocess.run(["git", "grep", "-lF", address().removeprefix("https://")], cwd=ROOT, capture_output=True,
                            encoding="utf-8").stdout.split()  # fmt: skip
    assert {path.relative_to(root).as_posix() for path in changed} == set(listed) - {"tools/addresses.py"}
    assert address(root) == NEW
    for path in changed:
        text = path.read_text(encoding="utf-8")
        assert address().removeprefix("https://") not in text and site(address()) not in text


def test_the_readme_is_what_make_links_would_write(home, monkeypatch):
    monkeypatch.setattr(links, "address", lambda: NEW)
    readme = (home[0] / "README.md").read_text(encoding="utf-8")
    assert links.filled(readme) == readme and "https://teacher.github.io/a.course/lite" in readme


def test_a_notebook_is_what_a_build_would_write(home, monkeypatch):
    monkeypatch.setattr(exercises, "address", lambda: NEW)
    path = sources()[0]
    text = (home[0] / "notebooks" / f"{path.stem}.ipynb").read_text(encoding="utf-8")
    cells = exercises.expand(path.read_text(encoding="utf-8")).cells
    setup = next(cell for cell in cells if "git+" in cell.source)
    assert install(NEW) in setup.source and f'"id": "{setup.id}"' in text and f"git+{NEW}" in text


def test_there_and_back_again(home, tmp_path):
    root = tmp_path / "back"
    shutil.copytree(home[0], root)
    assert len(move(address(), root)) == len(home[1])
    for path in root.rglob("*.*"):
        assert path.read_bytes() == (ROOT / path.relative_to(root)).read_bytes()


def test_names_that_only_begin_like_the_old_one_stay():
    text = "github.com/a/b, github.com/a/b.git github.com/a/bc github.com/a/b-c (https://github.com/a/b). a/b"
    assert moved(text, "https://github.com/a/b", "https://github.com/me/c") == (
        "github.com/me/c, github.com/me/c.git github.com/a/bc github.com/a/b-c (https://github.com/me/c). a/b"
    )


@pytest.mark.parametrize("form", ["", "/", ".git"])
def test_an_address_is_taken_in_the_forms_that_people_copy(form):
    assert normal(f" {NEW}{form}") == NEW == normal("git@github.com:teacher/a.course.git")


@pytest.mark.parametrize(
    "wrong", ["", "me/course", "https://gitlab.com/me/course", "https://github.com/me", f"{NEW}/x"]
)
def test_what_is_no_address_is_refused_and_changes_nothing(wrong):
    done = subprocess.run([sys.executable, "-m", "tools.move", wrong], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1 and "expected https://github.com/owner/name" in done.stderr


def test_the_site_of_a_person_has_no_name_behind_it():
    assert site("https://github.com/Me/me.github.io") == "https://Me.github.io/"
    assert site(NEW) == "https://teacher.github.io/a.course/"


def test_after_a_merge_what_came_with_the_old_address_is_moved_too(home, tmp_path):
    """pyproject.toml is the fork's, and a notebook came from where the fork came from."""
    root = tmp_path / "merged"
    shutil.copytree(home[0], root)
    name = f"notebooks/{sources()[1].stem}.ipynb"
    shutil.copy(ROOT / name, root / name)
    assert [path.relative_to(root).as_posix() for path in move(NEW, root)] == [name]
    assert (root / name).read_bytes() == (home[0] / name).read_bytes()
