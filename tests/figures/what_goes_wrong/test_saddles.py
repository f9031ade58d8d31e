"""How many random curvatures are minima, and the descent beside a saddle."""

import math

import numpy as np
import pytest
from drive import check

from lectureutils.figures import SaddlesFigure
from lectureutils.figures.what_goes_wrong.saddles import counted_minima, curvatures


@pytest.fixture(scope="module")
def figure():
    return SaddlesFigure()


def test_what_is_counted_agrees_with_what_is_known():
    """For 1, 2 and 3 dimensions the share has a formula: 1/2, (2 - root 2) / 4, (pi - 2 root 2) / (4 pi)."""
    known = 0.5, (2 - math.sqrt(2)) / 4, (math.pi - 2 * math.sqrt(2)) / (4 * math.pi)
    for found, share in zip(counted_minima(7, 20_000), known, strict=False):
        assert found == pytest.approx(20_000 * share, abs=4 * math.sqrt(20_000 * share))


def test_the_curvatures_are_those_of_symmetric_matrices():
    values = curvatures(4, 3, seed=5)
    A = np.random.default_rng(5).standard_normal((3, 4, 4))
    for some, drawn in zip(values, A, strict=True):
        S = (drawn + drawn.T) / 4
        assert some.sum() == pytest.approx(np.trace(S)) and np.prod(some) == pytest.approx(np.linalg.det(S))
        assert (np.diff(some) >= 0).all()


def test_the_curve_is_the_counts(figure):
    counted, coins = figure.shares.lines[0], figure.shares.lines[2]
    found = np.array(counted_minima(7, 20_000))
    assert counted.get_ydata() == pytest.approx(found[found > 0] / 20_000)
    assert coins.get_ydata() == pytest.approx([0.5**n for n in range(1, 8)])
    assert (counted.get_ydata()[1:] < coins.get_ydata()[1 : len(counted.get_ydata())]).all()


def test_the_descent_step_by_step(figure):
    figure.set(n=6, draw=3, beside=1e-3)
    values = curvatures(6, 1, 6003)[0]
    e = np.where(values < 0, 1e-3, 6**-0.5)
    assert set(figure.up.get_xdata()) == set(values[values > 0]) and set(figure.down.get_xdata()) == set(
        values[values <= 0]
    )
    for step in range(60):
        assert figure.fall.get_ydata()[step] == pytest.approx(max((values * e**2).sum() / 2, -10))
        e = e - 0.1 * values * e
    assert f"{(values < 0).sum()} of 6 curvatures go down, a saddle" in figure.canvas.text


def test_minima_and_a_hundred_times_closer(figure):
    figure.set(n=1, draw=1)
    assert "a minimum" in figure.canvas.text and "The descent stays." in figure.canvas.text
    check(figure, "minimum")
    left = []
    for beside in (1e-2, 1e-4, 1e-6):
        figure.set(n=10, draw=1, beside=beside)
        left.append(figure.left.get_xdata()[0])
    assert np.diff(left).tolist() == pytest.approx([left[1] - left[0]] * 2, abs=2) and left[0] < left[1]
    figure.set(n=2, draw=2)
    for draw in range(1, 21):
        figure.set(n=2, draw=draw, beside=1e-6)
        check(figure, f"draw {draw}")
