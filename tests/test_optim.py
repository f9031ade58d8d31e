"""Update rules: the step, its purity, and refusals."""

import numpy as np
import pytest

from lectureutils.optim import sgd


def test_sgd_steps_against_each_gradient():
    (W, b), state = sgd([np.ones((1, 2)), np.array([0.5])], [np.array([[1.0, -2.0]]), np.array([3.0])], 0.1)
    np.testing.assert_allclose(W, [[0.9, 1.2]])
    np.testing.assert_allclose(b, [0.2])
    assert state is None


def test_sgd_leaves_its_inputs_alone():
    W, dW = np.ones(3), np.ones(3)
    (new,), _ = sgd([W], [dW], 0.5)
    assert W.tolist() == [1, 1, 1] and dW.tolist() == [1, 1, 1] and new is not W


def test_sgd_with_rate_0_stays():
    (W,), _ = sgd([np.ones(3)], [np.ones(3)], 0)
    assert W.tolist() == [1, 1, 1]


def test_sgd_walks_down_a_bowl_and_out_of_it():
    """f = w^2 has curvature 2, so a rate below 2 / 2 = 1 arrives and a rate above it does not."""
    def after(rate):
        w = np.array([1.0])
        for _ in range(50):
            (w,), _ = sgd([w], [2 * w], rate)
        return abs(w[0])
    assert after(0.9) < 1e-3 and after(1.1) > 1e3


@pytest.mark.parametrize("params, grads, rate, pattern", [
    ([np.ones((2, 3))], [np.ones((3, 2))], 0.1, r"grads\[0\]: got shape \(3, 2\), expected \(2, 3\)"),
    ([np.ones(2), np.ones(3)], [np.ones(2)], 0.1, r"grads: got 1 for 2 params"),
    (np.ones(2), np.ones(2), 0.1, r"bare array.*sgd\(\[W\], \[dW\], learning_rate\)"),
    ([np.ones(2)], [np.ones(2)], -0.1, r"learning_rate: got -0\.1, expected a number of at least 0"),
    ([np.ones(2)], [np.ones(2)], np.nan, r"learning_rate = nan"),
])
def test_refusals(params, grads, rate, pattern):
    with pytest.raises(ValueError, match=pattern):
        sgd(params, grads, rate)
