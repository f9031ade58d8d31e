"""What can be learned from examples, and the four costs."""

import numpy as np
import pytest

from lectureutils.figures.what_goes_wrong import error_split
from lectureutils.figures.what_goes_wrong.error_split import COSTS


@pytest.mark.parametrize("name", COSTS)
def test_costs_have_the_slopes_they_claim(name):
    cost, r = COSTS[name], np.array([-3.0, -0.7, -0.1, 0.2, 0.9, 4.0])
    slope = (cost.value(r + 1e-6) - cost.value(r - 1e-6)) / 2e-6
    np.testing.assert_allclose(2 * cost.factor(r) * r, slope, rtol=1e-5)
    assert cost.factor(r).max() <= cost.steepest


@pytest.mark.parametrize("name", COSTS)
def test_the_minimum_has_no_slope_and_descent_comes_to_it(name):
    x, t = error_split.examples(200, 1)
    A, cost = error_split.features(x, 5), COSTS[name]
    w = error_split.minimise(A, t, cost)
    r = A @ w - t
    assert np.abs((2 * cost.factor(r) * r) @ A / len(t)).max() < 1e-3
    walk = error_split.descend(A, t, cost, 300)
    losses = cost.value(A @ walk.T - t[:, None]).mean(axis=0)
    assert (np.diff(losses) <= 1e-12).all() and losses[-1] == pytest.approx(cost.value(r).mean(), rel=1e-3)
