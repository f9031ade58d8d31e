"""Layers and networks: shapes, what they start with, their gradients, and that they learn."""

import numpy as np
import pytest

from lectureutils import data
from lectureutils.autodiff import Tensor, fused, no_grad, tape
from lectureutils.data import lecture
from lectureutils.gradients import check_gradient
from lectureutils.losses import cross_entropy, hinge
from lectureutils.nn import Linear, ReLU, Sequential, Sigmoid, Tanh, he, update, xavier
from lectureutils.optim import sgd


def small(activation=ReLU, seed=0):
    rng = np.random.default_rng(seed)
    return Sequential(Linear(4, 6, rng), activation(), Linear(6, 3, rng))


def test_the_first_layer_of_the_lecture():
    layer = Linear(4, 3)
    layer.W.data, layer.b.data = lecture.W1, lecture.b1
    np.testing.assert_allclose(layer(lecture.x1).data, [0.631, 0.969, 0.71])
    np.testing.assert_allclose(layer(lecture.X).data[1], [0.7305, 0.5985, 0.1615])


def test_parameters_are_a_flat_list_in_order():
    net = Sequential(small(), Sigmoid(), Linear(3, 2, bias=False))
    assert [p.shape for p in net.parameters()] == [(6, 4), (6,), (3, 6), (3,), (2, 3)]
    assert [p.name for p in net.parameters()] == ["W", "b", "W", "b", "W"]
    assert net.parameters()[0] is net.layers[0].layers[0].W
    assert Tanh().parameters() == []


def test_a_network_tells_its_layers():
    assert repr(small()) == "Sequential(Linear(4, 6), ReLU(), Linear(6, 3))"


@pytest.mark.parametrize(
    "layer, f", [(ReLU(), lambda x: np.maximum(0, x)), (Tanh(), np.tanh), (Sigmoid(), lambda x: 1 / (1 + np.exp(-x)))]
)
def test_activations(layer, f):
    x = np.linspace(-3, 3, 7)
    np.testing.assert_allclose(layer(Tensor(x)).data, f(x), atol=1e-15)
    np.testing.assert_allclose(layer(x).data, f(x), atol=1e-15)


@pytest.mark.parametrize("init, variance", [(he, 2 / 400), (xavier, 2 / 700)])
def test_initialisation(init, variance):
    layer = Linear(400, 300, rng=1, init=init)
    assert layer.W.data.var() == pytest.approx(variance, rel=0.02)
    assert abs(layer.W.data.mean()) < 4 * np.sqrt(variance / layer.W.data.size)
    assert not layer.b.data.any()


@pytest.mark.parametrize("activation, init", [(ReLU, he), (Tanh, xavier)])
def test_a_signal_neither_dies_nor_explodes(activation, init):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(50, 100))
    for _ in range(8):
        X = activation()(Linear(100, 100, rng, init)(X)).data
    assert 0.1 < np.sqrt((X**2).mean()) < 3


def test_the_seed_decides_and_one_generator_gives_different_layers():
    a, b = small(seed=3).parameters(), small(seed=3).parameters()
    assert all((p.data == q.data).all() for p, q in zip(a, b, strict=True))
    rng = np.random.default_rng(0)
    assert (Linear(4, 4, rng).W.data != Linear(4, 4, rng).W.data).any()


@pytest.mark.parametrize("activation", [ReLU, Sigmoid, Tanh])
@pytest.mark.parametrize("loss", [cross_entropy, hinge])
def test_gradients_through_a_network_are_the_measured_ones(activation, loss):
    net, y = small(activation, seed=2), np.array([1, 0, 2])
    fused(loss, net(lecture.X), y).backward()
    for p in net.parameters():

        def value(changed, p=p):
            old, p.data = p.data, changed
            with no_grad():
                result = float(fused(loss, net(lecture.X), y).data)
            p.data = old
            return result

        report = check_gradient(value, p.data.copy(), p.grad)
        assert report, report


def test_without_a_bend_layers_collapse_to_one():
    rng = np.random.default_rng(0)
    first, second = Linear(4, 6, rng), Linear(6, 3, rng)
    first.b.data, second.b.data = rng.normal(size=6), rng.normal(size=3)
    W = second.W.data @ first.W.data
    b = second.W.data @ first.b.data + second.b.data
    np.testing.assert_allclose(Sequential(first, second)(lecture.X).data, lecture.X @ W.T + b)
    assert len(tape(Sequential(first, second)(lecture.X))) == 7


def test_a_network_learns_the_digits():
    digits = data.load_digits()
    rng = np.random.default_rng(0)
    net = Sequential(Linear(64, 32, rng), ReLU(), Linear(32, 10, rng))
    state = None
    for _ in range(120):
        rows = rng.integers(0, len(digits), 128)
        loss = fused(cross_entropy, net(digits.X[rows]), digits.y[rows])
        loss.backward()
        state = update(net.parameters(), sgd, 0.5, state)
    assert all(p.grad is None for p in net.parameters())
    with no_grad():
        right = net(digits.X).data.argmax(axis=1) == digits.y
    assert right.mean() > 0.93


def test_update_passes_the_state_on_and_needs_gradients():
    layer = Linear(2, 2)
    with pytest.raises(ValueError, match=r"update: got Tensor\(W, shape \(2, 2\)\) without a gradient"):
        update(layer.parameters(), sgd, 0.1)
    before = layer.W.data
    layer(np.ones((1, 2))).sum().backward()
    state = update(layer.parameters(), lambda ps, gs, rate, state: (ps, (state or 0) + 1), 0.1, 4)
    assert state == 5 and layer.W.data is before


def test_bad_sizes_and_shapes():
    with pytest.raises(ValueError, match="n_in: got 0"):
        Linear(0, 3)
    with pytest.raises(ValueError, match=r"affine: got \(3, 5\) and \(6, 4\)"):
        small()(np.ones((3, 5)))


@pytest.mark.parametrize("layers", [(Linear(2, 3), ReLU), ([Linear(2, 3), ReLU()],), (np.tanh,), ("relu",)])
def test_sequential_refuses_what_is_no_layer(layers):
    with pytest.raises(ValueError, match=r"layers\[\d\]: got .* expected a layer.*ReLU\(\)"):
        Sequential(*layers)


def test_he_and_xavier_refuse_sizes_below_1():
    for init in (he, xavier):
        with pytest.raises(ValueError, match="n_in: got 0"):
            init(0, 3)


def test_update_refuses_a_rule_that_changes_shapes_and_changes_nothing():
    layer = Linear(2, 2)
    layer(np.ones((1, 2))).sum().backward()
    before = [p.data for p in layer.parameters()]
    with pytest.raises(ValueError, match=r"the rule's new parameter: got shape \(1,\), expected \(2,\)"):
        update(layer.parameters(), lambda ps, gs, rate, state: ([ps[0], ps[1][:1]], state), 0.1)
    assert all(p.data is old for p, old in zip(layer.parameters(), before, strict=True))
