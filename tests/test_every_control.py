"""Every control of every live figure of every notebook: each end alone, all low, all high, and every two together."""

import inspect
from pathlib import Path

import jupytext
import numpy as np
import pytest
from drive import alive, buttons, check, click, ends, inputs, pairwise, send, shown

from lectureutils import figures
from lectureutils.live import LiveFigure
from tools.notebooks import solved

SOURCES = sorted((Path(__file__).parents[1] / "notebooks" / "src").glob("*.py"))


@pytest.fixture(scope="module", params=SOURCES, ids=lambda path: path.stem)
def notebook_figures(request):
    """Run a notebook's code, solutions included, and collect the live figures that it makes."""
    made = []
    build = LiveFigure.__init__

    def collect(self, *args, **kwargs):
        build(self, *args, **kwargs)
        made.append(self)

    LiveFigure.__init__ = collect
    try:
        namespace = {"__name__": "__main__"}
        for cell in solved(request.param.read_text(encoding="utf-8")).cells:
            if cell.cell_type == "code":
                exec(compile(cell.source, request.param.name, "exec"), namespace)
    finally:
        LiveFigure.__init__ = build
    return made


def test_notebook_has_live_figures_that_start_well(notebook_figures):
    assert notebook_figures
    for figure in notebook_figures:
        check(figure, "start")


def test_each_end_of_each_control_alone_shows_something_new(notebook_figures):
    for figure in notebook_figures:
        for control, widget in inputs(figure):
            figure.reset()
            seen = {(figure.canvas.text, figure.canvas.frame)}
            for state in ends(widget):
                send(widget, **state)
                check(figure, f"{type(figure).__name__}.{control.name}: {widget.tooltip} = {state}")
                seen.add((figure.canvas.text, figure.canvas.frame))
            assert len(seen) > 1, f"{type(figure).__name__}: {control.name} ({widget.tooltip}) changes nothing"


def test_all_low_all_high_and_every_two_together(notebook_figures):
    for figure in notebook_figures:
        figure.reset()
        widgets = [widget for _control, widget in inputs(figure)]
        choices = [[ends(widget)[0], ends(widget)[-1]] for widget in widgets]
        low, high = ([pair[end] for pair in choices] for end in (0, -1))
        for setting in [low, high, *pairwise(choices)]:
            for widget, state in zip(widgets, setting, strict=True):
                send(widget, **state)
            check(figure, f"{type(figure).__name__}: {setting}")


def test_every_button_answers_and_reset_brings_the_start_back(notebook_figures):
    for figure in notebook_figures:
        figure.reset()
        text, picture = figure.canvas.text, shown(figure)
        for button in buttons(figure):
            if not button.disabled:
                click(button)
                check(figure, f"{type(figure).__name__}: {button.description}")
        figure.reset()
        assert figure.canvas.text == text
        assert np.array_equal(shown(figure), picture)


def test_the_pointer_may_go_anywhere(notebook_figures):
    places = [[x, y] for x in (0.0, 0.3, 0.5, 0.8, 1.0) for y in (0.0, 0.4, 0.6, 1.0)]
    for figure in notebook_figures:
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
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    for name, figure in inspect.getmembers(figures, inspect.isclass):
        if issubclass(figure, LiveFigure):
            assert f"figures.{name}(" in text, f"no notebook shows {name}"


def test_sources_can_be_read():
    assert SOURCES, "there is no notebook source"
    for path in SOURCES:
        assert jupytext.read(path).cells
