"""Signal and gradient on their way through random layers."""

import numpy as np
import pytest

from lectureutils.figures import SignalFigure
from lectureutils.figures.what_goes_wrong import signal
from lectureutils.gradients import check_gradient


def unit_rows(z):
    lengths = np.linalg.norm(z, axis=1, keepdims=True)
    return z / np.where(lengths > 0, lengths, 1) / np.sqrt(len(z))


@pytest.mark.parametrize("normalise", [False, True])
@pytest.mark.parametrize("activation", signal.ACTIVATIONS)
def test_the_gradients_of_the_layers_are_measured_ones(activation, normalise):
    rng = np.random.default_rng(3)
    weights, x, upstream = list(rng.normal(size=(3, 4, 4))), rng.normal(size=(5, 4)), rng.normal(size=(5, 4))
    act = signal.ACTIVATIONS[activation][0]
    norms = signal.through_layers(weights, x, upstream, activation, normalise)

    def loss(W, k):
        h = x
        for i in range(3):
            z = h @ (W if i == k else weights[i]).T
            h = act(unit_rows(z) if normalise else z)
        return float((h * upstream).sum())

    for k in range(3):
        assert check_gradient(lambda W, k=k: loss(W, k), weights[k], norms.weights[k])
    assert norms.signal[0] == pytest.approx(np.linalg.norm(x))
    assert norms.gradient[-1] == pytest.approx(np.linalg.norm(upstream))


def test_the_lines_of_the_layers_are_their_norms_and_clipping_keeps_the_ratios():
    figure = SignalFigure(depth=12, scale=1.8)
    weights = 1.8 * figure.random[:12]
    h = figure.x
    for k, W in enumerate(weights):
        h = h @ W.T
        assert figure.signal.get_ydata()[k + 1] == pytest.approx(np.linalg.norm(h))
    d = figure.upstream
    for W in weights[::-1]:
        d = d @ W
    assert figure.gradient.get_ydata()[0] == pytest.approx(np.linalg.norm(d))
    free = figure.weights.get_ydata().copy()
    assert f"have length {np.linalg.norm(free):.3g}, clipping to 1 is off" in figure.canvas.text
    figure.set(clipping=True)
    held = figure.weights.get_ydata()
    assert np.linalg.norm(held) == pytest.approx(1.0)
    np.testing.assert_allclose(held / held[0], free / free[0])


def test_scales_explode_hold_and_vanish_as_the_notebook_says():
    figure = SignalFigure()
    for scale, activation, says in [
        (1.5, "none (linear)", "explodes"),
        (1.0, "none (linear)", "keeps"),
        (0.7, "none (linear)", "vanishes"),
        (1.0, "ReLU", "vanishes"),
        (1.41, "ReLU", "keeps"),
        (2.0, "tanh", "explodes"),
    ]:
        figure.set(scale=scale, activation=activation)
        assert says in figure.canvas.text, figure.canvas.text


def test_in_normalised_layers_the_scale_of_the_weights_does_not_matter():
    figure, said = SignalFigure(), set()
    for scale in (0.5, 1.0, 2.5):
        figure.set(scale=scale, normalise=True)
        np.testing.assert_allclose(figure.signal.get_ydata(), 1, rtol=1e-9)
        said.add(tuple(np.round(np.log10(figure.gradient.get_ydata()), 6)))
        assert "30 layers, none (linear), normalised: " in figure.canvas.text
    assert len(said) == 1, "the gradient by the signal is the same at every scale"
