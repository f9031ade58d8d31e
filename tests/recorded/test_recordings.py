"""A small figure is recorded: what the recording shows is what the kernel draws, and nothing is recorded twice."""

import itertools
import json

import nbformat
import numpy as np
import pytest

from lectureutils.figures.what_goes_wrong.diagnose import CASES, DiagnoseFigure
from lectureutils.live import slider
from tools.notebooks import BUILT
from tools.recorded.build import note, read, record_notebook
from tools.recorded.collect import collect
from tools.recorded.entries import Entry
from tools.recorded.pictures import RATIO
from tools.recorded.read import Recording
from tools.recorded.record import record
from tools.recorded.shelf import NOTHING
from tools.recorded.shown import figures

NAME = "00_small/dot"
CODE = '''from lectureutils.live import LiveFigure, Player, choice, put, slider


class DotFigure(LiveFigure):
    """Show a dot that goes up."""

    size = (160, 120)
    telling = {"x": 3}

    def __init__(self):
        super().__init__(slider("x", 0, 0, 4, 1), choice("color", ["black", "red"]), Player(60, "x"))

    def draw(self, fig):
        self.axes = fig.subplots()
        self.axes.set(xlim=(-1, 5), ylim=(-1, 5), title="A dot", xlabel="x", ylabel="y")
        self.point = self.dot(self.axes, "o", "black")

    def update(self, x, color):
        put(self.point, x, x)
        self.point.set_color(color)
        return f"A {color} dot at {x}."


DotFigure()'''


@pytest.fixture
def notebook(tmp_path):
    """Give a notebook that shows the figure, as the build leaves it."""
    cell = nbformat.v4.new_code_cell(CODE, id="dot", outputs=[nbformat.v4.new_output("execute_result")])
    path = tmp_path / "00_small.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    return path


def build(notebook, out):
    """Record what has changed, and return the names of what was recorded."""
    result = record_notebook(notebook, out)
    note(result, out)
    return [made["figure"] for made in result["made"]]


def test_each_frame_is_what_the_kernel_draws(notebook, tmp_path):
    build(notebook, tmp_path)
    recording = Recording.read(tmp_path / f"{NAME}.js")
    controls, start = recording.told["controls"], recording.told["start"]
    assert (start, controls["color"]["shown"]) == ({"x": 3, "color": 0}, ["black", "red"])
    (figure,) = [shown.figure for shown in collect(notebook)]
    figure.canvas.pixel_ratio = RATIO
    seen = set()
    for place, state in recording.places():
        figure.set(x=controls["x"]["values"][place["x"]], color=controls["color"]["shown"][place["color"]])
        assert recording.sentence(state) == figure.canvas.text
        np.testing.assert_array_equal(recording.pixels(state), figure.painter.pixels()[..., :3])
        seen.add((place["x"], place["color"]))
    assert seen == set(itertools.product(range(5), range(2)))


def test_a_figure_that_remembers_is_at_each_place_as_if_it_came_there_first():
    """A patient's diagnosis is kept when the next patient comes: what was said before must not be in the recording."""
    told, figure = record("diagnose", DiagnoseFigure(CASES[:2])), DiagnoseFigure(CASES[:2])
    (table,) = told["tables"]
    sizes = [len(told["controls"][key]["shown"]) for key in table["axes"]]
    for place, (sentence, _patches) in zip(itertools.product(*map(range, sizes)), table["states"], strict=True):
        state = dict(zip(table["axes"], place, strict=True))
        figure.rewind()
        figure.set(case=state["case"])
        figure.set(diagnosis=told["controls"]["diagnosis"]["shown"][state["diagnosis"]])
        assert told["sentences"][sentence] == figure.canvas.text


def test_the_smallest_steps_have_positions_of_their_own():
    """From 1e-13 on: once each of them was taken for the first."""
    step = Entry("h", slider("h", 1, 0, 1, 0.1), None, "slider", [1e-13, 3e-13, 1e-12, 0.5])
    assert [step.position(value) for value in step.values] == [0, 1, 2, 3]


def test_what_has_not_changed_is_kept(notebook, tmp_path):
    assert build(notebook, tmp_path) == [NAME]
    first = (tmp_path / f"{NAME}.js").read_bytes()
    index = read(tmp_path / "index.json")
    assert build(notebook, tmp_path) == []
    assert read(tmp_path / "index.json") == index

    (tmp_path / f"{NAME}.js").unlink()
    assert build(notebook, tmp_path) == [NAME]
    assert (tmp_path / f"{NAME}.js").read_bytes() == first

    notebook.write_text(notebook.read_text(encoding="utf-8").replace("A dot", "One dot"), encoding="utf-8")
    assert build(notebook, tmp_path) == [NAME]
    assert (tmp_path / f"{NAME}.js").read_bytes() != first
    assert build(notebook, tmp_path) == []


@pytest.mark.parametrize("path", sorted(BUILT.glob("*.ipynb")), ids=lambda path: path.stem)
def test_a_page_calls_each_figure_by_a_name_of_its_own(path):
    """Recorded or not: its picture and its page have an address."""
    names = [shown.name for shown in figures(json.loads(path.read_text(encoding="utf-8")), path.stem, NOTHING).values()]
    assert names and len({*names}) == len(names)
    assert not [name for name in names if name.endswith("/picture")]
