"""The loss of two weights, whose landscape the figures of gradient descent draw."""

import numpy as np
import pytest

from lectureutils import data
from lectureutils.figures.shared import landscape
from lectureutils.gradients import check_gradient
from lectureutils.losses import cross_entropy


def test_two_class_loss_is_the_cross_entropy_of_the_scores_0_and_w_x():
    penguins = data.load_penguins().standardised().pick([0, 1])
    X, y = penguins.X, (penguins.y == 1).astype(int)
    w = np.array([0.7, -1.2])
    value, gradient = landscape.two_class_loss(w, X, y)
    assert value == pytest.approx(cross_entropy(np.column_stack([np.zeros(len(X)), X @ w]), y)[0])
    assert check_gradient(lambda w: landscape.two_class_loss(w, X, y)[0], w, gradient)
    far, pull = landscape.two_class_loss(np.array([1e6, -1e6]), X, y)
    assert np.isfinite(far) and np.isfinite(pull).all()
