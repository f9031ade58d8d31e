"""The same budget for luck and for descent, in one dimension and in thousands."""

import numpy as np
import pytest

from lectureutils.figures import DimensionFigure


@pytest.fixture(scope="module")
def dimension():
    return DimensionFigure(budget=90, largest=200, seed=1)


def test_descent_in_any_dimension_is_gradient_descent(dimension):
    for row in (0, 5, len(dimension.sizes) - 1):
        D = dimension.sizes[row]
        a, right, w = dimension.slopes[:D], dimension.right[:D], np.zeros(D)
        for step in range(31):
            assert dimension.descent[row, step] == pytest.approx((a @ (w - right) ** 2) / (a @ right**2))
            w -= 0.5 * 2 * a * (w - right)


def test_luck_in_any_dimension_is_the_best_of_that_many_draws(dimension):
    rng = np.random.default_rng(9)
    for row in (0, 8, len(dimension.sizes) - 1):
        D = dimension.sizes[row]
        a, right = dimension.slopes[:D], dimension.right[:D]
        assert (np.diff(dimension.luck[row]) <= 0).all()
        mean = ((rng.standard_normal((4000, D)) - right) ** 2 @ a).mean() / (a @ right**2)
        runs = [DimensionFigure._search(dimension, np.random.default_rng(k))[row, 0] for k in range(60)]
        assert np.mean(runs) == pytest.approx(mean, rel=0.35), "the first draw, on average"


def test_both_curves_end_at_the_budget(dimension):
    dimension.set(D=200, budget=60)
    assert [end.get_xdata()[0] for end in dimension.ends] == [60, 60]
    assert dimension.ends[0].get_ydata()[0] == dimension.luck[-1, 59]
    assert dimension.ends[1].get_ydata()[0] == dimension.descent[-1, 20]
    assert "200 unknowns, 60 losses" in dimension.canvas.text and "20 steps" in dimension.canvas.text
    dimension.reset()


def test_luck_wins_in_one_dimension_and_is_useless_in_7500():
    figure = DimensionFigure()
    figure.set(D=1)
    assert "1 unknown," in figure.canvas.text and "Luck is ahead" in figure.canvas.text
    figure.set(D=7500)
    luck, descent = (end.get_ydata()[0] for end in figure.ends)
    assert luck > 1.5 and descent < 0.001 and "7500 unknowns," in figure.canvas.text
    assert "No draw is better than w = 0" in figure.canvas.text
