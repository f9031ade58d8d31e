"""The toy sets: seeded, of the promised shape, and as hard as their names say."""

import numpy as np
import pytest

from lectureutils import data
from lectureutils.optim import least_squares

SETS = [data.moons, data.circles, data.spirals, data.xor]
each = pytest.mark.parametrize("draw", SETS, ids=lambda draw: draw.__name__)


@each
def test_two_classes_drawn_from_a_seed(draw):
    d = draw(40, seed=3)
    assert d.X.shape == (80, 2) and np.bincount(d.y).tolist() == [40, 40]
    assert d.class_names == ("A", "B") and d.name == draw.__name__
    assert np.array_equal(d.X, draw(40, seed=3).X)
    assert not np.array_equal(d.X, draw(40, noise=0.1, seed=4).X)
    assert np.abs(d.X).max() < 3.2


@each
def test_no_line_separates_them(draw):
    d = draw(200, noise=0)
    W, b = (line := least_squares(d.X, np.eye(2)[d.y])).W, line.b
    assert ((d.X @ W.T + b).argmax(axis=1) == d.y).mean() < 0.93


def test_shapes_without_noise():
    circles, xor, spirals, moons = (draw(50, noise=0) for draw in (data.circles, data.xor, data.spirals, data.moons))
    radius = np.hypot(*circles.X.T)
    assert radius[circles.y == 1] == pytest.approx(2) and radius[circles.y == 0].max() <= 0.7
    assert np.array_equal(xor.X.prod(axis=1) < 0, xor.y == 1) and np.abs(xor.X).min() >= 0.15
    for d in (spirals, moons):
        assert d.X[d.y == 1] == pytest.approx(-d.X[d.y == 0])
    assert np.ptp(np.hypot(*spirals.X.T)) == pytest.approx(2.0 * (np.sqrt(0.99) - 0.1))


@each
def test_bad_numbers_are_refused(draw):
    with pytest.raises(ValueError, match="n_per_class"):
        draw(0)
    with pytest.raises(ValueError, match="noise"):
        draw(5, noise=-1)


def test_three_arms_are_one_arm_turned():
    d = data.spirals(30, noise=0, arms=3)
    assert d.X.shape == (90, 2) and np.bincount(d.y).tolist() == [30, 30, 30] and d.class_names == ("A", "B", "C")
    arms = [d.X[d.y == c] @ [1, 1j] for c in range(3)]
    turn = np.exp(2j * np.pi / 3)
    assert arms[1] == pytest.approx(turn * arms[0]) and arms[2] == pytest.approx(turn**2 * arms[0])
    for wrong in (1, 27):
        with pytest.raises(ValueError, match="arms"):
            data.spirals(arms=wrong)
