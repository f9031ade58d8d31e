"""The answer of two weights on the penalty's ball, and the lowest data loss in the reader's hand."""

import numpy as np
import pytest
from drive import check

from lectureutils.figures import ContourFigure


@pytest.mark.parametrize("penalty", ["L1", "L2"])
def test_the_answer_is_the_lowest_point_of_the_sum_and_lies_on_the_ball(penalty):
    figure, A = ContourFigure(), np.array([[1.0, 0.5], [0.5, 0.8]])
    grid = np.stack(np.meshgrid(np.linspace(-2, 2, 401), np.linspace(-2, 2, 401)), axis=-1)
    for centre in ((0.4, 1.6), (-1.5, 0.3), (0.0, 0.0)):
        figure.set(centre=np.array(centre), lam=0.8, penalty=penalty)
        away = grid - centre
        size = (grid**2).sum(axis=-1) if penalty == "L2" else np.abs(grid).sum(axis=-1)
        total = np.einsum("...i,ij,...j", away, A, away) + figure.values["lam"] * size
        best = grid[np.unravel_index(total.argmin(), total.shape)]
        assert [float(v[0]) for v in figure.answer.get_data()] == pytest.approx(best, abs=0.0101)
        ball = figure.ball.get_xydata()
        order = 2 if penalty == "L2" else 1
        assert np.linalg.norm(ball, order, axis=1) == pytest.approx(
            np.linalg.norm(figure.answer.get_xydata()[0], order), abs=1e-9
        )
        for contour, level in zip(figure.contours, figure.levels, strict=True):
            away = contour.get_xydata() - centre
            assert np.einsum("ni,ij,nj->n", away, A, away) == pytest.approx(level)


def test_the_lowest_data_loss_can_be_dragged_and_l1_reaches_an_axis():
    figure = ContourFigure()
    assert figure.answer.get_xdata() == [0] and "w1 is exactly 0" in figure.canvas.text
    held = figure.grab(figure.plane, 0.4, 1.6)
    figure.refresh(lambda: figure.drag(held, 5, -1))
    assert figure.values["centre"] == pytest.approx([2, -1])
    assert figure.grab(figure.plane, 0, 1) is None
    check(figure, "drag")
