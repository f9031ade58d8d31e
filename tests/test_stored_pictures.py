"""The pictures that the built notebooks keep show what their figures tell, and no figure is changed by being shown."""

import html
import itertools
import re
from pathlib import Path

import nbformat
import numpy as np
import pytest
from nbconvert import HTMLExporter
from played import play

from lectureutils.live import LiveFigure, Player
from tools.cells import is_caption
from tools.notebooks import BUILT, SOURCES

PATHS = sorted(SOURCES.glob("*.py"))

# Figures with a player whose picture may stand one step after its beginning, and why.
FIRST_STEP = {"ProductFigure": "the question is what one step does: it throws w off the map"}

pytestmark = [pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)]


def kept(path: Path) -> list[str]:
    """Return the sentences of the pictures in a built notebook."""
    cells = nbformat.read(BUILT / f"{path.stem}.ipynb", as_version=4).cells
    data = [output.data for cell in cells for output in cell.get("outputs", []) if "data" in output]
    return [bundle["text/plain"] for bundle in data if "image/png" in bundle]


def go(figure: LiveFigure) -> None:
    """Bring a figure to its telling state by its live controls."""
    figure.reset()
    if figure.told:
        assert figure.follow(*figure.told) == figure.told[1], f"the run {figure.told[0]!r} ends earlier"
    elif figure.telling:
        figure.set(**figure.telling)
    else:
        figure.tell()


def test_the_kept_sentence_is_that_of_the_telling_state(path):
    figures = play(path).figures
    assert len(figures) == len(kept(path)), "a figure without a picture, or a picture without a figure"
    for figure, sentence in zip(figures, kept(path), strict=True):
        assert figure.untold is None, f"{type(figure).__name__}: {figure.untold!r}"
        go(figure)
        assert figure.canvas.text == sentence
        figure.reset()


def test_what_is_called_runs_names_runs_of_controls(path):
    for figure in play(path).figures:
        for run, values in dict(figure.runs).items():
            assert values.keys() <= figure.controls.keys(), f"{type(figure).__name__}: {run}"
        assert figure.told is None or figure.told[0] in figure.runs


def test_no_kept_picture_of_a_figure_with_a_player_stands_at_its_beginning(path):
    for figure, sentence in zip(play(path).figures, kept(path), strict=True):
        for part in figure.parts:
            if not isinstance(part, Player):
                continue
            name = type(figure).__name__
            go(figure)
            told = figure.values.get(part.control)
            figure.refresh(figure.rewind)
            assert figure.canvas.text != sentence, f"{name} shows its beginning"
            if part.control and name not in FIRST_STEP:
                control = figure.controls[part.control]
                assert told > control.further(), f"{name} shows its first step: {part.control} = {told}"
        figure.reset()


def test_a_figure_that_was_shown_is_as_fresh(path):
    for figure in play(path).figures:
        name = type(figure).__name__
        figure.reset()
        fresh, goes_on = look(figure), steps(figure)
        figure.reset()
        figure._moved = False
        figure._stored()
        assert figure.untold is None, f"{name}: {figure.untold!r}"
        text, pixels = look(figure)
        assert text == fresh[0], f"{name} says something else after it was shown"
        assert np.abs(pixels.astype(int) - fresh[1]).max() <= 2, f"{name} looks otherwise after it was shown"
        assert steps(figure) == goes_on, f"{name} goes on otherwise after it was shown"
        figure.reset()


def look(figure: LiveFigure) -> tuple[str, np.ndarray]:
    """Return the sentence and the pixels."""
    return figure.canvas.text, figure.painter.pixels().copy()


def steps(figure: LiveFigure) -> list[str]:
    """Return the sentences of two steps of the player, if there is one."""
    said = []
    for _ in range(2 * any(isinstance(part, Player) for part in figure.parts)):
        figure.refresh(figure.advance)
        said.append(figure.canvas.text)
    return said


def test_each_picture_has_its_sentence_above_it_as_an_output_and_on_a_page_that_nbconvert_makes(path):
    """Where nothing runs, the text beside a picture is not shown."""
    notebook = nbformat.read(BUILT / f"{path.stem}.ipynb", as_version=4)
    captions = []
    for cell in notebook.cells:
        for before, output in itertools.pairwise([None, *cell.get("outputs", [])]):
            if "image/png" in output.get("data", {}):
                assert before is not None and is_caption(before), cell.source
                captions.append("".join(before.data["text/html"]))
    assert [html.unescape(re.sub("<.*?>", "", caption)) for caption in captions] == [
        " ".join(sentence.split()) for sentence in kept(path)
    ]
    if path == PATHS[0]:
        page = HTMLExporter().from_notebook_node(notebook)[0]
        assert captions and all(caption in page for caption in captions)
