"""One measured slope, its bad ends, and the loss that it is measured on."""

import numpy as np
import pytest

from figures.optimization.making import V2, X1, Y_STAR
from lectureutils.figures.optimization.measured import cut, measure
from lectureutils.figures.optimization.norm_loss import norm_gradient, norm_loss
from lectureutils.figures.shared.words import say_slope


def test_cutting_and_measuring_bad_ends():
    assert cut([0.4165, -0.118, 1.1675]).tolist() == [0.416, -0.118, 1.167]
    assert (norm_gradient(np.zeros((3, 4)), X1, np.zeros(3)) == 0).all(), "no slope at the tip, and no NaN"
    step = measure(V2, X1, Y_STAR, (2, 3), 1e-12)
    assert np.isfinite(step.slope) and (step.W != V2).sum() == 1
    assert say_slope(-0.0001, narrow=True) == "0.000"
    assert say_slope(123456.0) == "1e+05" and say_slope(0.0249543) == "0.02495"


def test_norm_loss_takes_batches():
    assert norm_loss(np.array([[0.0, 1, 0], [0, 0, 0]]), Y_STAR) == pytest.approx([0, 1])
