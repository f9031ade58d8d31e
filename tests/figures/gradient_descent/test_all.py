"""What holds for all figures of notebook 05: their start, their player, their frames."""

import numpy as np
import pytest
from drive import check, fits, send

from figures.gradient_descent.making import STREAM, points
from lectureutils.figures import BallFigure, BatchFigure, MendFigure, RaceFigure, RateFigure, ValleyFigure


def full_equals_quick(figure):
    """The quick frame must show what a full drawing shows."""
    quick = figure.painter.pixels().copy()
    figure.painter.figure.stale = True
    figure.painter.paint()
    return np.array_equal(quick, figure.painter.pixels())


@pytest.mark.parametrize(
    "X, y, pattern",
    [
        (np.ones((4, 3)), [0, 1, 0, 1], "got 3 columns, expected 2"),
        (np.ones((4, 2)), [0, 1, 2, 1], r"y\[2\] = 2, expected 0 \.\.\. 1"),
        (np.ones((0, 2)), [], "no number at all"),
    ],
)
def test_refusals(X, y, pattern):
    for figure in (BatchFigure, RateFigure):
        with pytest.raises(ValueError, match=pattern):
            figure(np.array(X), np.array(y, dtype=int))


@pytest.mark.parametrize("make", [BatchFigure, RateFigure])
def test_the_start_can_be_dragged_and_stays_on_the_map(penguins, make):
    figure = make(*penguins)
    axes = figure.plane
    place = axes.transData.transform(points(figure.begin)[0]) / figure.painter.figure.bbox.size
    stroke = {"stroke": "1", "start": place.tolist(), "touch": False, "moved": True}
    goal = axes.transData.transform((1.0, 2.0)) / figure.painter.figure.bbox.size
    send(figure.canvas, pointer={**stroke, "phase": "move", "at": goal.tolist()})
    assert figure.values["x"] == pytest.approx(1, abs=0.03) and figure.values["y"] == pytest.approx(2, abs=0.03)
    send(figure.canvas, pointer={**stroke, "phase": "up", "at": [-3.0, 5.0]})
    check(figure, "dragged out")
    assert figure.values["x"] == figure.low and figure.values["y"] == figure.high


@pytest.fixture(scope="module", params=["batch", "rate", "ball", "mend", "race", "valley"])
def any_figure(request, penguins):
    return {
        "batch": lambda: BatchFigure(*penguins),
        "rate": lambda: RateFigure(*penguins),
        "ball": BallFigure,
        "mend": lambda: MendFigure({"some": STREAM}),
        "race": RaceFigure,
        "valley": lambda: ValleyFigure({"some": np.diag([1.0, 9.0])}),
    }[request.param]()


def test_the_quick_frame_is_the_full_frame(any_figure):
    for step in (3, 11, 5):
        any_figure.set(step=step)
        assert full_equals_quick(any_figure)


def test_a_step_is_a_quick_frame(any_figure):
    """What stands still is not drawn again: an artist that moves without being marked would make every frame slow."""
    any_figure.set(step=3)
    kept = any_figure.painter._background
    any_figure.set(step=4)
    assert any_figure.painter._background is kept


def test_play_goes_to_the_end_and_rewind_to_the_start(any_figure):
    any_figure.set(step=any_figure.last - 1)
    assert any_figure.advance() is False and any_figure.values["step"] == any_figure.last
    any_figure.rewind()
    assert any_figure.values["step"] == any_figure.controls["step"].inputs[0].min


def test_nothing_is_cut_off_on_the_projector(penguins, projector):
    valley = ValleyFigure({"some": np.diag([1.0, 9.0])})
    for figure in (BatchFigure(*penguins), RateFigure(*penguins), BallFigure(), RaceFigure(), valley):
        check(figure, "projector")
        fits(figure)
