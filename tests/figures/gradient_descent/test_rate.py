"""Three rates on the same mini-batches."""

import numpy as np

from figures.gradient_descent.making import points
from lectureutils.figures import RateFigure
from lectureutils.figures.gradient_descent import passes
from lectureutils.figures.shared import landscape
from lectureutils.optim import decay


def test_three_rates_on_the_same_batches(penguins):
    X, y = penguins
    figure = RateFigure(X, y)
    figure.set(rate=2.0, tau=15.0, batch_size=8, step=60, x=0.0, y=-1.0)
    constant = fading = own = np.array([0.0, -1.0])
    squares = np.zeros(2)
    for t, rows in enumerate(passes.batches(len(X), 8, 60)):
        slopes = [landscape.two_class_loss(w, X[rows], y[rows])[1] for w in (constant, fading, own)]
        squares = squares + slopes[2] ** 2
        rate, tau = figure.values["rate"], figure.values["tau"]
        constant, fading = constant - rate * slopes[0], fading - decay(rate, t, tau) * slopes[1]
        own = own - rate * slopes[2] / np.sqrt(squares)
    for path, w in zip(figure.paths, (constant, fading, own), strict=True):
        np.testing.assert_allclose(points(path)[-1], w, rtol=1e-6)


def test_the_cross_is_the_minimum_and_the_curves_are_above_it(penguins):
    X, y = penguins
    figure = RateFigure(X * [1, 0.4], y)
    assert np.abs(landscape.two_class_loss(figure.best, X * [1, 0.4], y)[1]).max() < 1e-9
    lowest = landscape.two_class_loss(figure.best, X * [1, 0.4], y)[0]
    for step in (figure.last, 60):
        figure.set(step=step)
        for curve, path in zip(figure.gaps, figure.paths, strict=True):
            gaps = [landscape.two_class_loss(w, X * [1, 0.4], y)[0] - lowest for w in points(path)]
            assert len(gaps) == step + 1
            np.testing.assert_allclose(points(curve)[-1], [step, np.mean(gaps[-10:])], rtol=1e-6)


def test_what_the_notebook_says_about_rates(penguins):
    X, y = penguins
    figure = RateFigure(X * [1, 0.4], y)
    assert figure.canvas.text.endswith("Nearest: decaying.")
    figure.set(rate=0.4)
    assert figure.canvas.text.endswith("Nearest: per weight.")
    figure.reset()
    figure.set(batch_size=342)
    assert figure.canvas.text.endswith("Nearest: constant and per weight.")
