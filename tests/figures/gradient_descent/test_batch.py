"""What a mini-batch knows of the gradient."""

import numpy as np
import pytest
from drive import check

from figures.gradient_descent.making import cloud, points, spread
from lectureutils.figures import BatchFigure
from lectureutils.figures.gradient_descent import passes
from lectureutils.figures.shared import landscape


def test_the_path_takes_the_batches_one_by_one(penguins):
    X, y = penguins
    figure = BatchFigure(X, y, batch_size=8)
    figure.set(rate=0.5, step=20, x=1.0, y=-2.0)
    w = np.array([1.0, -2.0])
    for rows in list(passes.batches(len(X), 8, 20)):
        p = 1 / (1 + np.exp(-X[rows] @ w))
        w = w - figure.values["rate"] * ((p - y[rows])[:, None] * X[rows]).mean(axis=0)
    np.testing.assert_allclose(points(figure.path)[-1], w)
    np.testing.assert_allclose(points(figure.path)[0], [1, -2])
    np.testing.assert_allclose(points(figure.here)[0], w)
    assert f"w = ({w[0]:.2f}, {w[1]:.2f})" in figure.canvas.text


def test_cloud_landings_and_the_next_step_are_the_same_batches(penguins):
    X, y = penguins
    figure = BatchFigure(X, y, batch_size=8)
    figure.set(rate=2.0, step=5)
    w, rate = points(figure.here)[0], figure.values["rate"]
    gradients = cloud(figure)
    assert len(gradients) == len(points(figure.landings)) == 150
    expected = w - rate * gradients
    found = points(figure.landings)
    np.testing.assert_allclose(found[np.lexsort(found.T)], expected[np.lexsort(expected.T)], atol=1e-12)
    np.testing.assert_allclose(points(figure.landing)[0], w - rate * points(figure.taken)[0], atol=1e-12)
    truth = points(figure.mean)[0]
    np.testing.assert_allclose(truth, landscape.two_class_loss(w, X, y)[1])
    assert (points(figure.downhill) @ truth > 0).all() and (points(figure.uphill) @ truth <= 0).all()


def test_the_cloud_shrinks_with_the_root_of_the_batch_size_and_to_a_point(penguins):
    figure = BatchFigure(*penguins)
    figure.set(step=0, batch_size=4)
    wide = spread(figure)
    figure.set(batch_size=16)
    assert wide / spread(figure) == pytest.approx(2, rel=0.2)
    figure.set(batch_size=342)
    assert spread(figure) < 1e-12 and "full batch" in figure.canvas.text
    np.testing.assert_allclose(points(figure.path), points(figure.smooth))
    figure.set(batch_size=1)
    assert "stochastic" in figure.canvas.text


def test_the_estimates_are_right_on_average(penguins):
    """The mean of 150 of them is nearer to the truth than a single one, by the root of 150 (give or take)."""
    figure = BatchFigure(*penguins)
    figure.set(step=0, batch_size=8)
    off = np.linalg.norm(cloud(figure).mean(axis=0) - points(figure.mean)[0])
    assert off < 3 * spread(figure) / np.sqrt(150)


def test_the_figure_calls_the_readers_own_loss(penguins):
    X, y = penguins
    figure = BatchFigure(X, y, loss=lambda w, X, y: (float(w @ w), 2 * w), learning_rate=0.25)
    figure.set(step=2, x=2.0, y=-1.0)
    np.testing.assert_allclose(points(figure.path), [[2, -1], [1, -0.5], [0.5, -0.25]])


def test_leaving_the_map_is_said(penguins):
    figure = BatchFigure(*penguins)
    figure.set(rate=20.0, batch_size=1, step=10)
    check(figure, "far out")
    assert "left the map" in figure.canvas.text
