"""The ball with friction and plain descent."""

import numpy as np
import pytest
from drive import check

from figures.gradient_descent.making import points
from lectureutils.figures import BallFigure
from lectureutils.figures.gradient_descent.ball import hills, hills_slope


def test_the_slope_of_the_hills_is_their_derivative():
    w = np.linspace(-5, 6, 50)
    numeric = (hills(w + 1e-6) - hills(w - 1e-6)) / 2e-6
    np.testing.assert_allclose(hills_slope(w), numeric, atol=1e-8)


def test_ball_and_walker_by_hand():
    figure = BallFigure()
    figure.set(mu=0.5, rate=0.1, step=30, start=-3.0)
    rate, ball, walker, velocity = figure.values["rate"], -3.0, -3.0, 0.0
    for _ in range(30):
        velocity = 0.5 * velocity + hills_slope(ball)
        ball, walker = ball - rate * velocity, walker - rate * hills_slope(walker)
    assert points(figure.ball)[0, 0] == pytest.approx(ball) == points(figure.rolled)[-1, 1]
    assert points(figure.walker)[0, 0] == pytest.approx(walker) == points(figure.walked)[-1, 1]
    assert f"velocity is {velocity:.2f}" in figure.canvas.text and "velocity 50% stay" in figure.canvas.text


def test_the_ball_rolls_through_the_dip_and_plain_descent_does_not():
    figure = BallFigure()
    figure.set(step=120)
    assert "The ball rests on the valley floor; plain descent, at -1.29, is stuck in the dip" in figure.canvas.text
    figure.set(mu=0.0)
    np.testing.assert_allclose(points(figure.rolled), points(figure.walked))
    figure.set(mu=0.9, start=-1.6)
    assert "The ball is stuck in the dip" in figure.canvas.text


def test_a_ball_that_flies_off_is_named():
    figure = BallFigure(learning_rate=20.0)
    figure.set(rate=400.0, mu=0.99, step=120)
    check(figure, "flies off")
    assert "The ball has left the picture" in figure.canvas.text
