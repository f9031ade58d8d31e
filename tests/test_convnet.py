"""The small convolutional network: each answer by other means, each gradient measured, and what it is said to know."""

import numpy as np
import pytest
from scipy.signal import correlate

from lectureutils import convnet
from lectureutils.data import load_emoji
from lectureutils.losses import cross_entropy
from tools import build_convnet

RNG = np.random.default_rng(0)


@pytest.mark.parametrize(("k", "stride", "pad"), [(3, 1, 0), (5, 1, 2), (3, 2, 1), (4, 3, 0)])
def test_a_convolution_is_scipys_correlation_at_every_stop(k, stride, pad):
    X, K, b = RNG.normal(size=(2, 9, 8, 3)), RNG.normal(size=(4, k, k, 3)), RNG.normal(size=4)
    out = convnet.convolution(X, K, b, stride, pad)
    padded = np.pad(X, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    for n, f in np.ndindex(2, 4):
        expected = correlate(padded[n], K[f], mode="valid", method="direct")[::stride, ::stride, 0] + b[f]
        assert out[n, :, :, f] == pytest.approx(expected)
    assert out.shape[1:3] == tuple((n + 2 * pad - k) // stride + 1 for n in (9, 8))


def test_a_maximum_over_two_by_two_leaves_an_odd_row_out():
    H = RNG.normal(size=(1, 5, 4, 2))
    assert convnet.pooled(H)[0, 1, 0] == pytest.approx(H[0, 2:4, :2].max(axis=(0, 1)))
    assert convnet.pooled(H).shape == (1, 2, 2, 2)


def test_every_gradient_is_the_measured_one():
    rng = np.random.default_rng(0)  # its own: beside a kink, where nothing can be measured, others might lead it
    X, y, weights = rng.normal(size=(3, 25, 25, 3)), np.array([0, 3, 1]), build_convnet.start(1)
    kept = convnet.run(X, weights)
    found = convnet.gradients(kept, weights, cross_entropy(kept["S"], y)[1])
    for name, dw in found.items():
        assert dw.shape == convnet.SHAPES[name]
        for at in [tuple(rng.integers(0, size) for size in dw.shape) for _ in range(4)]:
            ends = []
            for h in (1e-5, -1e-5):
                moved = weights[name].copy()
                moved[at] += h
                ends.append(cross_entropy(convnet.run(X, {**weights, name: moved})["S"], y)[0])
            assert dw[at] == pytest.approx((ends[0] - ends[1]) / 2e-5, abs=1e-7), (name, at)


def test_training_learns():
    seen = load_emoji().take(range(0, 244, 20))
    X = convnet.halved(seen.X)
    before, after = (convnet.run(X, w)["S"] for w in (build_convnet.start(0), build_convnet.train(X, seen.y, 0, 12)))
    assert cross_entropy(after, seen.y)[0] < 0.8 * cross_entropy(before, seen.y)[0]


def test_ten_networks_are_shipped_each_its_own():
    networks = [*convnet.load_convnets(copies=False), *convnet.load_convnets()]
    assert len(networks) == 2 * convnet.STARTS == 10
    for network in networks:
        assert {name: array.shape for name, array in network.items()} == convnet.SHAPES
        assert sum(array.size for array in network.values()) == 2637
    assert len({network["K1"].tobytes() for network in networks}) == 10


def test_white_paper_is_0():
    assert (convnet.halved(np.ones((1, 7500))) == 0).all() and (convnet.halved(np.zeros((1, 7500))) == -1).all()
    with pytest.raises(ValueError, match="X"):
        convnet.halved(np.ones((1, 7501)))


def test_what_is_shipped_was_trained():
    """Training is not repeated here: the shipped weights do on held-out vendors what only a trained network can."""
    seen, held_out = load_emoji().vendor_split()
    X, Z = convnet.halved(seen.X), convnet.halved(held_out.X)
    for copies, least in ((False, 0.55), (True, 0.75)):
        for network in convnet.load_convnets(copies):
            assert (convnet.run(X, network)["S"].argmax(axis=1) == seen.y).mean() > 0.9
            assert (convnet.run(Z, network)["S"].argmax(axis=1) == held_out.y).mean() > least
