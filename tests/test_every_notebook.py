"""Every notebook, section by section, and then every control of every live figure that it shows.

A section runs after the setup cell alone, as for someone who resumes in the middle, in an empty folder, and under the
guard: nothing is written below the checkout, nothing leaves the machine. Of each control: each end alone, all low, all
high, and every two together.
"""

import inspect

import ipywidgets
import numpy as np
import pytest
from drive import (
    alive,
    buttons,
    check,
    click,
    drag,
    ends,
    fits,
    forgotten,
    inputs,
    pairwise,
    send,
    send_together,
    shown,
)
from looks import faults, too_small
from matplotlib.container import BarContainer
from played import play

from lectureutils import figures
from lectureutils.live import LiveFigure, Player, PointSet
from lectureutils.live.number_view import numbers_of
from tools.notebooks import sources


@pytest.fixture(scope="module", params=sources(), ids=lambda path: path.stem)
def notebook(request):
    """A notebook, run section by section: its live figures, what its exercises answered, and what was attempted."""
    return play(request.param)


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
        assert faults(figure) == [], type(figure).__name__
        figure.tell()
        assert faults(figure) == [], f"{type(figure).__name__}, where it tells most"
        figure.reset()


def test_on_a_phone_each_figure_is_drawn_anew_with_words_that_can_be_read(notebook):
    """In 350 pixels: its words have 11 of them, none is cut or on another; and back it is what it was."""
    for figure in notebook.figures:
        figure.reset()
        name, wide = type(figure).__name__, shown(figure)
        send(figure.canvas, narrow=True)
        assert figure.canvas.size[0] == 350 and figure.canvas.size[1] <= 760, name
        for state in ("at first", "where it tells most"):
            check(figure, f"{name} on a phone, {state}")
            fits(figure)
            assert faults(figure) + too_small(figure) == [], f"{name} on a phone, {state}"
            figure.tell()
        told = figure.canvas.text
        send(figure.canvas, narrow=False)
        assert figure.canvas.text == told, f"{name}: another width is another state"
        figure.reset()
        assert np.array_equal(shown(figure), wide), f"{name} is not what it was"


def test_what_is_drawn_can_be_read_as_numbers(notebook):
    """Each bar, each curve and each cell of a table in the tables of its figure; all of them short."""
    for figure in notebook.figures:
        figure.reset()
        figure.tell()
        found, drawn = numbers_of(figure), str(type(figure).__name__)
        assert all(len(row) == len(heads) for _title, heads, rows in found for row in rows), drawn
        assert all(title and len(rows) <= 60 for title, _heads, rows in found), drawn
        cells = [cell for _title, _heads, rows in found for row in rows for cell in row]
        for axes in figure.painter.figure.axes:
            bars = [it for it in axes.containers if isinstance(it, BarContainer)]
            sizes = {it: "get_width" if it.orientation == "horizontal" else "get_height" for it in bars}
            lengths = {f"{getattr(bar, size)():.4g}" for it, size in sizes.items() for bar in it}
            assert lengths <= set(cells), f"{drawn}: bars {lengths} are not listed"
            for line in axes.lines if axes.axison and len(axes.get_xticks()) else ():
                drawn_through = (
                    np.isfinite(np.asarray(line.get_xydata(), float)).all() and line.get_linestyle() != "None"
                )
                if (
                    line.get_visible()
                    and drawn_through
                    and line.get_transform() == axes.transData
                    and len(line.get_ydata()) > 1
                ):
                    ends = [y for y in np.asarray(line.get_ydata(), float)[[0, -1]] if np.isfinite(y)]
                    assert {f"{y:.4g}" for y in ends} <= set(cells), f"{drawn}: the ends {ends} of a curve"
        figure.reset()


LEAVES_A_TRACE = {("OwnDigitFigure", "down")}  # a pen that was on the paper


def test_each_end_of_each_control_alone_shows_something_new_and_there_and_back_the_beginning(notebook):
    """What a control moves it brings back, without Reset."""
    for figure in notebook.figures:
        figure.reset()
        begun = (figure.canvas.text, figure.canvas.frame)
        for control, widget in inputs(figure):
            name = f"{type(figure).__name__}.{control.name}: {widget.tooltip}"
            home, seen = {key: getattr(widget, key) for key in ends(widget)[0]}, {begun}
            for state in ends(widget):
                send(widget, **state)
                check(figure, f"{name} = {state}")
                seen.add((figure.canvas.text, figure.canvas.frame))
            assert len(seen) > 1, f"{name} changes nothing"
            send(widget, **home)
            rounded = isinstance(control.value, PointSet) and isinstance(widget, ipywidgets.BoundedFloatText)
            if (
                rounded or (type(figure).__name__, control.name) in LEAVES_A_TRACE
            ):  # a box shows three digits of a point
                figure.reset()
            assert (figure.canvas.text, figure.canvas.frame) == begun, f"{name} there and back"


def test_all_low_all_high_and_every_two_together(notebook):
    for figure in notebook.figures:
        figure.reset()
        widgets = [widget for _control, widget in inputs(figure)]
        choices = [[ends(widget)[0], ends(widget)[-1]] for widget in widgets]
        low, high = ([pair[end] for pair in choices] for end in (0, -1))
        for setting in [low, high, *pairwise(choices)]:
            send_together(figure, zip(widgets, setting, strict=True))
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


def test_arrays_that_are_changed_afterwards_change_no_figure(notebook):
    """Each figure is made once more, from arrays that are then overwritten; it goes on like the one of the notebook."""
    for figure, (args, kwargs) in zip(notebook.figures, notebook.given, strict=True):
        given = copies((args, kwargs))
        if not arrays(given):
            continue
        other = type(figure)(*given[0], **given[1])
        for array in arrays(given):
            array[...] = array[::-1] + 1 if array.ndim else 7
        moves = [state for _control, widget in inputs(figure)[:6] for state in ends(widget)[:1]]
        for one in (figure, other):
            one.reset()
            for (_control, widget), state in zip(inputs(one), moves, strict=False):
                send(widget, **state)
        assert other.canvas.text == figure.canvas.text and other.canvas.frame == figure.canvas.frame, type(figure)


def test_after_reset_a_run_goes_on_like_that_of_a_fresh_figure(notebook):
    """Three steps of a figure that was walked and reset are the first three of one that was just made."""
    for figure, (args, kwargs) in zip(notebook.figures, notebook.given, strict=True):
        if not any(isinstance(part, Player) and not part.control for part in figure.parts):
            continue
        given = copies((args, kwargs))
        fresh = type(figure)(*given[0], **given[1])
        figure.reset()
        figure.refresh(figure.advance)
        figure.reset()
        for number in range(4):
            assert figure.canvas.text == fresh.canvas.text, f"{type(figure).__name__}, after {number} steps"
            assert figure.canvas.frame == fresh.canvas.frame, f"{type(figure).__name__}, after {number} steps"
            for one in (figure, fresh):
                one.refresh(one.advance)
        figure.reset()


def test_a_mark_ends_under_the_pointer_whatever_the_other_controls_say(notebook):
    """Controls are set at random first; then each mark that a control follows is dragged to a place of its axes."""
    rng = np.random.default_rng(0)
    for figure in notebook.figures:
        for dot, follows in figure._handles:
            figure.reset()
            for control, widget in inputs(figure):
                if control.name not in follows.values():
                    send(widget, **ends(widget)[rng.integers(len(ends(widget)))])
            axes, (at, *_) = dot.axes, np.asarray(dot.get_xydata())
            lows, highs = np.sort([axes.get_xlim(), axes.get_ylim()]).T
            target = {axis: low + share * (high - low) for axis, low, high, share
                      in zip("xy", lows, highs, rng.uniform(0.2, 0.8, 2), strict=True)}  # fmt: skip
            if figure.grab(axes, *at) != follows:  # another mark lies nearer
                continue
            drag(figure, axes, tuple(at), (target["x"], target["y"]))
            came = dict(zip("xy", np.asarray(dot.get_xydata())[0], strict=True))
            for axis, name in follows.items():
                control, off = figure.controls[name], abs(came[axis] - target[axis])
                at_an_end = control.value in (control.within(-np.inf), control.within(np.inf))
                said = f"{type(figure).__name__}.{name}: the mark is at {came[axis]}, the pointer at {target[axis]}"
                assert at_an_end or off <= grid(control, target[axis]), said


def grid(control, value):
    """Give how far from a value the next place of its slider may be."""
    (widget,) = control.inputs
    if isinstance(widget, ipywidgets.FloatLogSlider):
        return value * (widget.base ** (0.501 * widget.step) - 1)
    return 0.501 * widget.step


ANY_LENGTH = {"values", "images"}  # arguments whose last axis may have any length


def test_an_array_of_a_wrong_shape_is_refused_at_the_door(notebook):
    """With an axis too many, or without its last column: said when the figure is made, and not from deep within."""
    for figure, (args, kwargs) in zip(notebook.figures, notebook.given, strict=True):
        build = type(figure)
        bound = inspect.signature(build).bind(*args, **kwargs).arguments
        for name, value in bound.items():
            if not isinstance(value, np.ndarray):
                continue
            for wrong in [value[None], value[..., :-1]][: 1 if name in ANY_LENGTH else 2]:
                with pytest.raises(ValueError) as refusal:
                    build(**bound | {name: wrong})
                said = str(refusal.value)
                assert "got" in said and "expected" in said, f"{build.__name__}, {name} {wrong.shape}: {said}"


def copies(value):
    """Copy arrays and the containers that hold them, with nothing of the package's help."""
    if isinstance(value, np.ndarray):
        return np.array(value)
    if isinstance(value, dict):
        return {key: copies(part) for key, part in value.items()}
    if type(value) in (tuple, list):
        return type(value)(copies(part) for part in value)
    return value


def arrays(value) -> list[np.ndarray]:
    """List the arrays in nested containers."""
    if isinstance(value, np.ndarray):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if type(value) in (tuple, list) else ()
    return [array for part in parts for array in arrays(part)]


def test_every_figure_of_the_package_stands_in_a_notebook():
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources())
    for name, figure in inspect.getmembers(figures, inspect.isclass):
        if issubclass(figure, LiveFigure):
            assert f"figures.{name}(" in text, f"no notebook shows {name}"
