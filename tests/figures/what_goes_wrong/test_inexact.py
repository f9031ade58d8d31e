"""A gradient that is measured badly."""

import numpy as np

from lectureutils.figures import InexactFigure
from lectureutils.gradients import check_gradient


def test_the_measured_path_takes_the_slides_differences(line):
    figure = InexactFigure(*line)
    figure.set(batch_size=8, decimals=3, h=0.01, step=5)
    x, t = line
    w, h = np.array([-2.0, 2.0]), figure.values["h"]
    for rows in figure.orders[:5, :8]:

        def loss(a, b, rows=rows):
            return round(float(np.mean((a * x[rows] + b - t[rows]) ** 2)), 3)

        base = loss(*w)
        w = w - 0.1 * np.array([loss(w[0] + h, w[1]) - base, loss(w[0], w[1] + h) - base]) / h
    np.testing.assert_allclose(figure.here.get_xydata()[0], w, atol=1e-9)
    np.testing.assert_allclose(figure.far.get_ydata()[-1], np.linalg.norm(w - np.polyfit(x, t, 1)))


def test_the_errors_add_up_to_the_measured_gradient(line):
    figure = InexactFigure(*line)
    w, rows = np.array([0.3, -1.0]), np.arange(10)
    parts = figure.errors(w, rows, 0.05, 2)
    everything = np.arange(64)
    np.testing.assert_allclose(parts.value, figure.slope(w, everything) + parts.batch + parts.h + parts.rounding)
    assert check_gradient(lambda w: figure.loss(w, everything), w, figure.slope(w, everything))
    fine = figure.errors(w, everything, 0.05, figure.exact)
    np.testing.assert_allclose(fine.batch, 0, atol=1e-12)
    np.testing.assert_allclose(fine.rounding, 0, atol=1e-12)  # on a squared loss the bend is all there is


def test_each_error_has_its_own_end(line):
    figure = InexactFigure(*line)
    assert "exactly 0" in figure.canvas.text and figure.far.get_ydata()[-1] > 0.01
    figure.set(decimals=figure.exact, h=1.0)
    goal = np.polyfit(*line, 1)
    h = figure.values["h"]
    X = np.column_stack([line[0], np.ones(64)])
    beside = goal - np.linalg.solve(X.T @ X, h / 2 * (X**2).sum(axis=0))
    np.testing.assert_allclose(figure.here.get_xydata()[0], beside, atol=1e-4)
    figure.set(h=1e-8)
    best = figure.far.get_ydata()[-1]
    figure.set(h=1e-14)
    assert best < 1e-5 < figure.far.get_ydata()[-1] < 1e-2
    figure.set(h=1e-8, batch_size=8)
    assert "comes from the batch" in figure.canvas.text and figure.far.get_ydata()[-20:].max() > 0.02
