"""The line of a neuron or a class: its arrow's tip goes where the hand goes, by whatever way, in every figure."""

import numpy as np
import pytest
from drive import check, click, drag

from lectureutils.figures import FoldFigure, NeuronFigure, PlaneFigure

MADE = {
    "plane": lambda: PlaneFigure([[2.9, 2.9], [2.9, -2.9]], [0, 1], [[1.0, 0.5], [-1, -1]], [1.0, -1.0], "ab"),
    "neuron": lambda: NeuronFigure([1.5, -1.0], 1.0, [2.9, 2.9]),
    "fold": FoldFigure,
}


@pytest.fixture(params=MADE)
def held(request):
    """Make a figure and give it with one of its handles."""
    figure = MADE[request.param]()
    return figure, figure.handle if request.param == "neuron" else figure.handles[0]


def around(handle, turns, stretch=1.0):
    """Return places (K, 2) of the tip when the arrow is turned about its foot, so many times 90 degrees."""
    foot, tip = handle.arrow.get_xydata()
    angles = np.pi / 2 * np.asarray(turns)
    across = np.array([foot[1] - tip[1], tip[0] - foot[0]])
    return foot + stretch * (np.outer(np.cos(angles), tip - foot) + np.outer(np.sin(angles), across))


def test_the_tip_stays_under_the_hand_and_the_foot_where_it_was(held):
    figure, handle = held
    foot, tip = handle.arrow.get_xydata()
    for end in around(handle, [0.3, 0.6, 1, 1.5, 2.4], 0.9):
        drag(figure, figure.plane, handle.tip[0], end)
        assert handle.tip[0] == pytest.approx(end, abs=0.02)
        assert handle.arrow.get_xydata()[0] == pytest.approx(foot, abs=0.02)
    check(figure, "turned")
    click(figure.reset_button)
    assert handle.arrow.get_xydata() == pytest.approx(np.array([foot, tip]), abs=1e-12)


def test_a_stroke_of_many_messages_ends_where_one_of_a_single_message_does(held):
    figure, handle = held
    tip, (*way, end) = handle.tip[0], around(handle, np.linspace(0.1, 1, 10))
    drag(figure, figure.plane, tip, end)
    direct = handle.arrow.get_xydata()
    figure.reset()
    drag(figure, figure.plane, tip, *way, end)
    assert handle.arrow.get_xydata() == pytest.approx(direct, abs=1e-9)


def test_an_arrow_that_was_drawn_to_nothing_comes_back_in_the_same_stroke(held):
    figure, handle = held
    foot, tip = handle.arrow.get_xydata()
    drag(figure, figure.plane, tip, foot)
    assert not len(handle.tip)
    figure.reset()
    (end,) = around(handle, [1.0])
    drag(figure, figure.plane, tip, foot, end)
    assert handle.tip[0] == pytest.approx(end, abs=0.02)


def test_a_weight_at_its_end_leaves_the_line_on_the_foot(held):
    figure, handle = held
    foot, tip = handle.arrow.get_xydata()
    (end,) = around(handle, [0.4], 9)
    drag(figure, figure.plane, tip, np.clip(end, -1.99, 1.99))
    start, stop = handle.line.get_xydata()
    along = (stop - start) / np.linalg.norm(stop - start)
    assert np.linalg.norm(foot - start - along * ((foot - start) @ along)) < 0.02
