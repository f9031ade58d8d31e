"""The best answer to several values: the median by L1, the mean by L2."""

import numpy as np
import pytest
from drive import check, drag

from figures.loss_functions.making import outlier_figure
from lectureutils.figures import OutlierFigure


def best_answers(figure):
    """Return the places of both marks, which also stand below the values."""
    places = [mark.get_xdata()[0] for mark in figure.marks]
    assert [foot.get_xdata()[0] for foot in figure.feet] == places
    return tuple(places)


def test_the_best_answers_are_the_lowest_points_of_the_curves():
    figure = outlier_figure()
    for values in ([1.8, 1.9, 2.0, 2.05, 2.1, 2.3, 9.0], [1, 2, 3, 4, 8, 9, 10]):
        figure.set(values=values)
        for power, (curve, mark) in enumerate(zip(figure.curves, figure.marks, strict=True), start=1):
            places, heights = curve.get_data()
            assert heights == pytest.approx([np.mean([abs(a - v) ** power for v in values]) for a in places])
            assert mark.get_ydata()[0] <= heights.min() + 1e-12
            assert abs(places[heights.argmin()] - mark.get_xdata()[0]) < 0.06
    assert "Best answer by L1: 4.00" in figure.canvas.text and "Best by L2: 5.29" in figure.canvas.text


def test_the_wild_value_is_dragged_and_only_the_mean_follows():
    figure = outlier_figure()
    median, mean = best_answers(figure)
    drag(figure, figure.line, figure.dots.get_xydata()[-1], (9.0, 3.0))
    assert figure.values["values"][-1] == pytest.approx(9.0, abs=0.05)
    assert best_answers(figure) == (median, pytest.approx(mean + 4 / 7, abs=0.01))
    check(figure, "drag")


def test_values_on_one_spot_stand_on_top_of_each_other():
    figure = OutlierFigure([0] * 9 + [1], -0.2, 1.2, 0.1)
    heights = figure.dots.get_ydata()
    assert sorted(heights[:9]) == pytest.approx(heights[0] + np.arange(9))
    assert best_answers(figure) == (0, pytest.approx(0.1))
