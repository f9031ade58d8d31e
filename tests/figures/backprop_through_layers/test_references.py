"""The references of the exercises of 09, whose numbers the figures show: their gradients are the measured ones."""

import numpy as np
import pytest

from lectureutils.autodiff import Tensor
from lectureutils.checks import EXERCISES
from lectureutils.data import lecture
from lectureutils.gradients import numerical_gradient

EXACT = [[.024951, .374266, .017466, .578865], [-.066976, -1.004633, -.046883, -1.553832],
         [.069941, 1.049113, .048959, 1.622628]]  # fmt: skip


def test_references_of_layers_are_the_measured_gradients():
    rng = np.random.default_rng(5)
    X, W, b, dY = (rng.normal(size=shape) for shape in [(4, 3), (2, 3), (2,), (4, 2)])
    out = EXERCISES["affine_layer"].reference
    _, *mine = out(X, W, b, dY)
    for k, array in enumerate((X, W, b)):

        def value(new, k=k):
            args = [X, W, b]
            args[k] = new
            return float(np.sum(dY * out(*args, dY)[0]))

        np.testing.assert_allclose(mine[k], numerical_gradient(value, array), atol=1e-8)
    for name in ("relu_layer", "sigmoid_layer"):
        layer = EXERCISES[name].reference
        measured = numerical_gradient(lambda A, layer=layer: float(np.sum(X * layer(A, X)[0])), X.copy())
        np.testing.assert_allclose(layer(X, X)[1], measured, atol=1e-8)
    S, T = rng.normal(size=(2, 5, 3))
    l2 = EXERCISES["l2_layer"].reference
    np.testing.assert_allclose(l2(S, T)[1], numerical_gradient(lambda A: l2(A, T)[0], S.copy()), atol=1e-8)


def test_references_of_network_and_tensor_are_autodiffs():
    rng = np.random.default_rng(6)
    X, W, b, U, c, dS = (rng.normal(size=s) for s in [(5, 4), (3, 4), (3,), (2, 3), (2,), (5, 2)])
    leaves = [Tensor(a) for a in (W, b, U, c)]
    S = (X @ leaves[0].T + leaves[1]).relu() @ leaves[2].T + leaves[3]
    S.backward(dS)
    for mine, leaf in zip(EXERCISES["network_backward"].reference(X, W, b, U, c, dS), leaves, strict=True):
        np.testing.assert_allclose(mine, leaf.grad)
    x, y, z = (Tensor(v) for v in (0.7, -2.0, 1.3))
    q = x * y
    (q * z + q * x).backward()
    np.testing.assert_allclose(EXERCISES["tiny_tensor"].reference(0.7, -2.0, 1.3), [x.grad, y.grad, z.grad])


def test_the_reference_of_a_layer_is_autodiffs():
    for x, W, b, bend in EXERCISES["tiny_layer"].cases():
        X, V, B = Tensor(x), Tensor(W), Tensor(b)
        z = V @ X + B
        h = z.relu() if bend else z
        h.sum().backward()
        mine = EXERCISES["tiny_layer"].reference(x, W, b, bend)
        for one, other in zip(mine, (h.data, X.grad, V.grad, B.grad), strict=True):
            np.testing.assert_allclose(one, other)


def test_the_reference_of_a_training_is_autodiffs():
    x, y = np.array([2.0, -1.0]), np.array([1.0, 0.5])
    for numbers, learning_rate, steps in EXERCISES["tiny_training"].cases():
        values, losses = np.array(numbers), []
        for _ in range(steps):
            w = Tensor(values)
            miss = w[0] * x + w[1] - y
            loss = (miss * miss).sum()
            loss.backward()
            losses.append(float(loss.data))
            values = values - learning_rate * w.grad
        for mine, other in zip(
            EXERCISES["tiny_training"].reference(numbers, learning_rate, steps), (losses, values), strict=True
        ):
            np.testing.assert_allclose(mine, other)


def test_the_graph_gives_the_lectures_exact_gradient():
    W = Tensor(lecture.V2)
    d = W @ lecture.x1 - lecture.y_star
    loss = (d * d).sum().sqrt()
    loss.backward()
    assert float(loss.data) == pytest.approx(1.669267, abs=5e-7)
    np.testing.assert_allclose(W.grad, EXACT, atol=5e-7)
