"""Points and polynomials: the fit, its errors over degree and lambda, and what a hand may do to the points."""

import numpy as np
import pytest
from drive import buttons, check, click

from figures.regularization.making import NEW, SEEN, mse, ridge, wave
from lectureutils.figures.regularization.fits import LAMS
from lectureutils.live import PointSet


def test_the_curve_is_the_least_squares_polynomial(polynomial):
    x, y, _ = wave()
    for degree in (1, 3, 8):
        polynomial.set(degree=degree)
        fitted = np.polynomial.Polynomial.fit(x[SEEN], y[SEEN], degree)
        at, drawn = polynomial.fit.get_data()
        assert drawn == pytest.approx(fitted(at), abs=1e-6)
        shown = [float(dot.get_ydata()[0]) for dot in polynomial.errors.dots]
        assert shown == pytest.approx([mse(fitted, x[SEEN], y[SEEN]), mse(fitted, x[NEW], y[NEW])], rel=1e-5)


def test_the_errors_over_degree_and_their_minimum(polynomial):
    x, y, _ = wave()
    fitted = [np.polynomial.Polynomial.fit(x[SEEN], y[SEEN], degree) for degree in range(1, 9)]
    new = [mse(p, x[NEW], y[NEW]) for p in fitted]
    assert polynomial.errors.new.get_ydata()[:8] == pytest.approx(new, rel=1e-4)
    assert polynomial.errors.seen.get_ydata()[:8] == pytest.approx([mse(p, x[SEEN], y[SEEN]) for p in fitted], rel=1e-4)
    assert polynomial.errors.star.get_xdata() == [1 + int(np.argmin(new))] == [3]
    assert polynomial.errors.new.get_ydata()[-1] > 100, "what leaves the picture is no plateau at its edge"
    assert set(polynomial.errors.above.get_xdata()) == {11, 15} and set(polynomial.errors.above.get_ydata()) == {100}
    assert (np.diff(polynomial.errors.seen.get_ydata()) <= 1e-9).all()
    polynomial.set(degree=15)
    assert "less than 0.001 on 12 points" in polynomial.canvas.text and "more than 100 on 12" in polynomial.canvas.text


def test_the_errors_over_lambda(polynomial):
    x, y, _ = wave()
    polynomial.set(degree=9, penalty="L2", along="lambda", lam=0.01)
    fitted = [ridge(x[SEEN], y[SEEN], 9, lam) for lam in LAMS]
    new = np.array([mse(p, x[NEW], y[NEW]) for p in fitted])
    assert polynomial.errors.new.get_ydata() == pytest.approx(new, rel=1e-4)
    assert polynomial.errors.star.get_xdata() == [LAMS[new.argmin()]]
    assert polynomial.errors.cursor.get_xdata()[0] == pytest.approx(0.01)
    check(polynomial, "another axis")


def test_points_can_be_dragged_added_and_deleted(polynomial):
    start = polynomial.fit.get_ydata().copy()
    place = polynomial.points.X[4].copy()
    held = polynomial.grab(polynomial.plane, *place)
    assert held == 4
    polynomial.refresh(lambda: polynomial.drag(held, place[0], 0.9))
    assert np.abs(polynomial.fit.get_ydata() - start).max() > 0.1
    check(polynomial, "drag")
    polynomial.refresh(lambda: polynomial.tap(polynomial.plane, 0.9, 0.9))
    assert "on 13 points to learn from" in polynomial.canvas.text
    for button in buttons(polynomial):
        if button.description == "Delete it":
            click(button)
    assert "on 12 points to learn from" in polynomial.canvas.text
    check(polynomial, "delete")


@pytest.mark.parametrize("along", ["degree", "lambda"])
@pytest.mark.parametrize("penalty", ["none", "L1", "L2"])
def test_too_few_points_are_said_and_not_a_crash(polynomial, penalty, along):
    polynomial.set(penalty=penalty, along=along, degree=15)
    nothing = PointSet(np.zeros((0, 2)), np.zeros(0, int), -1)
    for X, y, words in [
        (nothing.X, nothing.y, "There is no point to learn from"),
        ([[0.2, 0.4]], [1], "There is no point to learn from"),
        ([[0.2, 0.4]], [0], "on 1 point to learn from; no point is held out"),
        ([[0.2, 0.4], [0.2, -0.4], [0.2, 0.1]], [0, 0, 1], "on 2 points to learn from"),
    ]:
        polynomial.set(points=PointSet(np.array(X), np.array(y), 0))
        assert words in polynomial.canvas.text
        check(polynomial, words)
    polynomial.set(points=PointSet(np.array([[0.2, 0.4]]), np.array([0]), 0))
    assert polynomial.fit.get_ydata() == pytest.approx(np.full(241, 0.4))
