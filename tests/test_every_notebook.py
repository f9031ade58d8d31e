"""Every notebook, section by section, and then every control of every live figure that it shows.

A section runs after the setup cell alone, as for someone who resumes in the middle, in an empty folder, and under the
guard: nothing is written below the checkout, nothing leaves the machine. Of each control: each end alone, all low, all
high, and every two together.
"""

import inspect
from types import SimpleNamespace

import numpy as np
import pytest
from drive import alive, buttons, check, click, ends, fits, forgotten, inputs, pairwise, send, shown
from guard import watched
from run_cells import SETUP, fresh, run, sections

from lectureutils import figures
from lectureutils.live import LiveFigure
from tools.exercises import tags
from tools.notebooks import expand, solved, sources


@pytest.fixture(scope="module", params=sources(), ids=lambda path: path.stem)
def notebook(request, tmp_path_factory):
    """Run a notebook's sections; collect its live figures, what its exercises answered, and what was attempted."""
    cells_of = in_sections(request.param.read_text(encoding="utf-8"))
    folder = tmp_path_factory.mktemp("reader")
    made, answers = [], []
    build = LiveFigure.__init__

    def collect(self, *args, **kwargs):
        build(self, *args, **kwargs)
        made.append(self)

    LiveFigure.__init__ = collect
    try:
        with watched(folder) as attempts:
            for title, cells in cells_of.items():
                namespace = fresh()
                run(SETUP, namespace)
                for code, expected in cells:
                    value = run(code, namespace)
                    if hasattr(value, "_repr_mimebundle_"):
                        value._repr_mimebundle_()
                    if expected:
                        answers.append((title, expected, value))
    finally:
        LiveFigure.__init__ = build
    written = list(folder.iterdir())
    return SimpleNamespace(sections=list(cells_of), figures=made, answers=answers, attempts=attempts, written=written)


def in_sections(source: str) -> dict[str, list[tuple[str, str]]]:
    """Give (code, what its check answers) for all cells of each section, and once more for its solved exercises.

    As the reader gets them, stubs answer "todo"; solved, every check answers "right".
    """

    def cells(notebook, title, answer):
        return [(cell.source, answer * ("exercise" in tags(cell))) for cell in sections(notebook)[title]]

    unsolved, done = expand(source), solved(source)
    return {title: cells(unsolved, title, "todo") + [cell for cell in cells(done, title, "right") if cell[1]]
            for title in sections(unsolved)}  # fmt: skip


def test_each_section_runs_alone_and_its_exercises_can_be_solved(notebook):
    assert len(notebook.sections) > 3
    for title, expected, verdict in notebook.answers:
        assert verdict.kind == expected, f"{title}: {verdict!r}, expected {expected!r}"
    kinds = [expected for _title, expected, _verdict in notebook.answers]
    assert kinds.count("todo") == kinds.count("right") > 0


def test_nothing_is_written_and_nothing_leaves_the_machine(notebook):
    assert notebook.attempts == []
    assert notebook.written == [], "something was written into the working directory"


def test_notebook_has_live_figures_that_start_well(notebook):
    assert notebook.figures
    for figure in notebook.figures:
        check(figure, "start")
        fits(figure)


def test_each_end_of_each_control_alone_shows_something_new(notebook):
    for figure in notebook.figures:
        for control, widget in inputs(figure):
            figure.reset()
            seen = {(figure.canvas.text, figure.canvas.frame)}
            for state in ends(widget):
                send(widget, **state)
                check(figure, f"{type(figure).__name__}.{control.name}: {widget.tooltip} = {state}")
                seen.add((figure.canvas.text, figure.canvas.frame))
            assert len(seen) > 1, f"{type(figure).__name__}: {control.name} ({widget.tooltip}) changes nothing"


def test_all_low_all_high_and_every_two_together(notebook):
    for figure in notebook.figures:
        figure.reset()
        widgets = [widget for _control, widget in inputs(figure)]
        choices = [[ends(widget)[0], ends(widget)[-1]] for widget in widgets]
        low, high = ([pair[end] for pair in choices] for end in (0, -1))
        for setting in [low, high, *pairwise(choices)]:
            for widget, state in zip(widgets, setting, strict=True):
                send(widget, **state)
            check(figure, f"{type(figure).__name__}: {setting}")


def test_every_button_answers_and_reset_brings_the_start_back(notebook):
    for figure in notebook.figures:
        figure.reset()
        text, picture = figure.canvas.text, shown(figure)
        for button in buttons(figure):
            if not button.disabled:
                click(button)
                check(figure, f"{type(figure).__name__}: {button.description}")
        assert forgotten(figure) == []
        figure.reset()
        assert figure.canvas.text == text
        assert np.array_equal(shown(figure), picture)
        assert forgotten(figure) == []


def test_the_pointer_may_go_anywhere(notebook):
    places = [[x, y] for x in (0.0, 0.3, 0.5, 0.8, 1.0) for y in (0.0, 0.4, 0.6, 1.0)]
    for figure in notebook.figures:
        if not figure.canvas.takes_pointer:
            continue
        figure.reset()
        for number, start in enumerate(places):
            stroke = {"stroke": str(number), "start": start, "touch": False}
            for phase, at, moved in (("down", start, False), ("move", [1.2, -0.1], True), ("up", [0.5, 0.5], True)):
                send(figure.canvas, pointer={**stroke, "phase": phase, "at": at, "moved": moved})
                alive(figure, f"{type(figure).__name__}: pointer from {start} {phase} {at}")
            send(
                figure.canvas, pointer={**stroke, "stroke": f"tap {number}", "phase": "up", "at": start, "moved": False}
            )
            check(figure, f"{type(figure).__name__}: tap at {start}")


def test_every_figure_of_the_package_stands_in_a_notebook():
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources())
    for name, figure in inspect.getmembers(figures, inspect.isclass):
        if issubclass(figure, LiveFigure):
            assert f"figures.{name}(" in text, f"no notebook shows {name}"
