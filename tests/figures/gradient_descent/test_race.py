"""The race of the five rules."""

import numpy as np
import pytest
from drive import check

from figures.gradient_descent.making import points
from lectureutils.figures import RaceFigure
from lectureutils.figures.gradient_descent import race
from lectureutils.gradients import check_gradient
from lectureutils.optim import RULES


@pytest.mark.parametrize("name", race.SURFACES)
def test_surfaces_have_their_gradient_and_their_lowest_value(name):
    ground = race.SURFACES[name]
    for place in ([0.3, -1.2], [-2.0, 0.7], [1.5, 1.5]):
        numeric = np.array(place)
        assert check_gradient(lambda p, f=ground.f: float(f(p[0], p[1])), numeric, np.array(ground.gradient(*place)))
    x, y = np.meshgrid(np.linspace(-3, 3, 301), np.linspace(-3, 3, 301))
    assert ground.f(x, y).min() == pytest.approx(ground.lowest, abs=1e-9)


def test_every_rule_runs_from_the_same_start():
    figure = RaceFigure("ravine, turned")
    figure.set(step=25, x=-1.0, y=2.0)
    ground = race.SURFACES["ravine, turned"]
    for c, (name, rule) in enumerate(RULES.items()):
        place, state = np.array([-1.0, 2.0]), None
        for _ in range(25):
            (place,), state = rule([place], [np.array(ground.gradient(*place))], race.RATES[name], state)
        np.testing.assert_allclose(points(figure.paths[c])[-1], place, atol=1e-9)
        np.testing.assert_allclose(points(figure.heads[c])[0], place, atol=1e-9)
        assert points(figure.losses[c])[-1, 1] == pytest.approx(ground.f(*place))


def test_the_race_as_the_notebook_tells_it():
    figure = RaceFigure()
    for name, ground in race.SURFACES.items():
        figure.set(surface=name, x=ground.start[0], y=ground.start[1], step=100)
        arrivals = [int(np.flatnonzero(line.get_ydata() < 0.01)[0]) for line in figure.losses]
        assert sorted(arrivals)[1] == arrivals[-1], f"Adam is second on the {name}"
    figure.set(surface="saddle", y=0.0)
    assert figure.canvas.text.count("loss 0.1") == 5, "nobody leaves the ridge"
    figure.set(surface="ravine", x=-2.6, y=1.2, factor=10.0)
    assert "SGD off the map" in figure.canvas.text
    check(figure, "too fast")


def test_another_ground_draws_other_contours_and_a_step_does_not():
    figure = RaceFigure()
    before = figure.contours
    figure.set(step=7)
    assert figure.contours is before
    figure.set(surface="saddle")
    assert figure.contours is not before and len(figure.plane.collections) == 2, "the old contours are gone"
