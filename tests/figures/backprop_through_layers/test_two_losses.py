"""Several losses that pull at one network: gradients add, arrows and bars tell the truth."""

import numpy as np
from drive import check

from figures.backprop_through_layers.making import U, c
from lectureutils import figures, losses
from lectureutils.data import lecture
from lectureutils.gradients import numerical_gradient


def test_gradients_add_and_the_step_is_real():
    figure = figures.TwoLossesFigure(lecture.W1, lecture.b1, U, c, lecture.x1, label=1)
    assert "121°: they pull against each other" in figure.canvas.text
    assert "class loss and the penalty rise" in figure.canvas.text
    a, m, lam, mass, v = 0.7, 1.2, 0.3, 0.4, np.array([0.2, -0.5, 0.6])
    figure.set(a=a, m=m, lam=lam, mass=mass, v=v)

    def parts(theta):
        W, b = theta[:12].reshape(3, 4), theta[12:]
        h = np.maximum(W @ lecture.x1 + b, 0)
        return np.array([losses.cross_entropy((U @ h + c)[None], [1])[0], (v @ h - mass) ** 2, np.sum(W**2)])

    theta = np.concatenate([lecture.W1.ravel(), lecture.b1])
    total = numerical_gradient(lambda t: float(np.array([a, m, lam]) @ parts(t)), theta.copy())
    _, gradients = figure.losses(lecture.W1, lecture.b1, mass, v)
    np.testing.assert_allclose(np.array([a, m, lam]) @ gradients, total, atol=1e-8)
    changes = parts(theta - 0.01 * total) - parts(theta)
    np.testing.assert_allclose([bar.get_width() for bar in figure.bars], changes, atol=1e-8)
    one, two = a * gradients[0], m * gradients[1]
    starts, tips = np.array([arrow.get_xydata() for arrow in figure.arrows]).swapaxes(0, 1)
    np.testing.assert_allclose(np.linalg.norm(tips[:2], axis=1), [np.linalg.norm(one), np.linalg.norm(two)])
    np.testing.assert_allclose(tips[0] @ tips[1], one @ two)  # so the angle is true, too
    np.testing.assert_allclose(tips[:3].sum(axis=0), tips[3])
    assert not starts.any()
    check(figure, "random weights")


def test_a_task_without_a_gradient_is_said():
    figure = figures.TwoLossesFigure(lecture.W1, lecture.b1, U, c, lecture.x1, label=1)
    figure.set(v=np.zeros(3))
    assert "One of the two losses has no gradient here." in figure.canvas.text
    figure.set(a=0.0, m=0.0)
    assert "lets nothing rise" in figure.canvas.text
