"""A loss along one score: its curve, its slope, its kinks, and a loss of the reader's own."""

import numpy as np
import pytest
from drive import check, drag

from figures.loss_functions.making import by_hand, curve_figure
from lectureutils.losses import LOSSES, hinge


@pytest.mark.parametrize("name", LOSSES)
def test_the_curve_and_its_slope(name):
    figure = curve_figure(losses={name: LOSSES[name]})
    for moved in (0, 1):
        figure.set(moved=moved, scores=[0.33, 0.17, -0.4])
        place, height = figure.line.get_data()
        scores = np.tile([0.33, 0.17, -0.4], (len(place), 1))
        scores[:, moved] = place
        assert height == pytest.approx([by_hand(name, s, 1) for s in scores])
        slope = LOSSES[name]([[0.33, 0.17, -0.4]], [1])[1][0, moved]
        (left, right), (low, high) = figure.tangent.get_data()
        assert (high - low) / (right - left) == pytest.approx(slope, abs=1e-5)
        assert f"the slope {slope:+.3f}" in figure.canvas.text


def test_a_kink_has_two_slopes():
    figure = curve_figure()
    figure.set(scores=[0.5, 1.5, -0.5])
    assert "at a kink: slope -1.00 on its left, +0.00 on its right" in figure.canvas.text


def test_the_point_is_dragged_along_the_curve():
    figure = curve_figure()
    known = figure.line.get_ydata().copy()
    drag(figure, figure.axes, (0.0, 2.2), (1.8, 0.3))
    assert figure.values["scores"] == pytest.approx([0.6, 1.8, -0.4], abs=0.006)
    assert "the loss is 0.000 and the slope +0.000" in figure.canvas.text
    assert np.array_equal(figure.line.get_ydata(), known)
    drag(figure, figure.axes, (-2.0, 5.5), (0.0, 0.0))
    assert figure.values["scores"][1] == pytest.approx(1.8, abs=0.006), "only the point can be held"


def test_the_readers_own_function_is_drawn_and_its_failures_are_named():
    def mine(scores, y):
        return np.square(scores).sum()

    figure = curve_figure(losses={"mine": mine, "hinge": hinge})
    assert figure.point.get_ydata() == pytest.approx([0.36 + 0.16])
    for broken, says in (
        (lambda scores, y: None, "expected one number"),
        (lambda scores, y: scores, "returned"),
        (lambda scores, y: 1 / 0, "division by zero"),
        (lambda scores, y: ..., "expected one number"),
    ):
        figure.losses["mine"] = broken
        figure.refresh()
        assert figure.canvas.failed and says in figure.canvas.text
    figure.set(loss="hinge")
    check(figure, "another loss")
    figure.losses["mine"] = lambda scores, y: np.log(scores[0, 1] - 1)
    figure.set(loss="mine", scores=[0.0, 0.5, 0.0])
    assert "the loss is not a number: there is no slope" in figure.canvas.text
    check(figure, "NaN")
