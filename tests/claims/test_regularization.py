"""What 03 promises: degrees, two halves and their sum, one slider, exact zeros, 7500 weights."""

import numpy as np

from claims import claim, drag, read
from lectureutils import figures

POLYNOMIAL = r"mean squared error (?:less than )?([\d.]+) on 12 points to learn from, (?:more than )?([\d.]+)"


@claim(
    "From degree 11 on there are as many numbers to choose as points, and the data loss is 0.",
    "The held-out error falls, has its minimum (the star) at degree 3, and then explodes.",
    "Degree 1 is simpler than degree 3, and wrong.",
)
def test_the_degree_alone_makes_the_fit_perfect_and_useless(figure):
    polynomial, errors = figure(figures.PolynomialFigure), []
    for degree in range(1, 16):
        polynomial.set(degree=degree)
        errors.append(read(polynomial, POLYNOMIAL))
    seen, new = np.array(errors).T
    assert (np.diff(seen) <= 0).all() and (seen[10:] <= 0.001).all()
    assert new.argmin() + 1 == 3 and polynomial.errors.star.get_xdata() == [3]
    assert new[0] > 4 * new[2] and new[10] >= 100


@claim("Go to degree 11. Drag one round point a little, and watch the whole curve whip.")
def test_at_degree_11_one_point_moves_the_whole_curve(figure):
    polynomial = figure(figures.PolynomialFigure)
    moved = {}
    for degree in (3, 11):
        polynomial.reset()
        polynomial.set(degree=degree)
        before = polynomial.curve.get_ydata().copy()
        x, y = polynomial.points.X[6]
        assert polynomial.points.y[6] == 0
        drag(polynomial, polynomial.plane, (x, y), (x, y + 0.1))
        moved[degree] = np.abs(polynomial.curve.get_ydata() - before).max()
    assert moved[3] < 0.1 and moved[11] > 10
