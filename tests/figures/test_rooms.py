"""A figure is found by its name alone: BasinsFigure of notebook 06 is what_goes_wrong/basins.py."""

import ast
import re

import pytest

from lectureutils import figures
from lectureutils.live import LiveFigure
from tools.addresses import ROOT

FOLDER = ROOT / "lectureutils" / "figures"
ROOMS = sorted(path.name for path in FOLDER.iterdir() if (path / "__init__.py").exists() and path.name != "shared")
NOTEBOOKS = {path.stem[3:] for path in (ROOT / "notebooks" / "src").glob("[0-9]*.py")}
FIGURES = {name: made for name, made in vars(figures).items() if name.endswith("Figure")}


def file_of(name: str) -> str:
    """`MeanLossFigure` -> `mean_loss`; a word of Python gets the usual underscore: `lambda_`."""
    words = re.sub(r"(?<!^)(?=[A-Z])", "_", name.removesuffix("Figure")).lower()
    return words + "_" * (words == "lambda")


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_stands_in_the_file_that_is_named_like_it(name):
    room, file = FIGURES[name].__module__.split(".")[-2:]
    assert file == file_of(name) and room in NOTEBOOKS and issubclass(FIGURES[name], LiveFigure)
    source = (ROOT / "notebooks" / "src").glob(f"[0-9][0-9]_{room}.py")
    assert f"figures.{name}(" in next(source).read_text(encoding="utf-8"), "the notebook of its folder does not show it"


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_what_is_in_it(room):
    text = ast.get_docstring(ast.parse((FOLDER / room / "__init__.py").read_text(encoding="utf-8")))
    shown, _, made_of = text.partition("What they are made of")
    files = {path.stem for path in (FOLDER / room).glob("*.py")} - {"__init__"}
    figures = {file for file in files if re.search(rf"\b{file}\b", shown.partition(":")[2])}
    assert figures == {file_of(name) for name, made in FIGURES.items() if made.__module__.split(".")[-2] == room}
    assert all(re.search(rf"\b{file}\b", made_of) for file in files - figures)


def test_each_name_is_listed_once_and_every_notebook_has_a_room():
    listed = re.findall(r"(\w+Figure) as (\w+)", (FOLDER / "__init__.py").read_text(encoding="utf-8"))
    assert all(one == other for one, other in listed) and len(listed) == len(set(listed)) == len(FIGURES) > 50
    assert set(ROOMS) == NOTEBOOKS
