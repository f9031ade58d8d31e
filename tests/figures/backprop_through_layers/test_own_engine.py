"""The reader's own training beside the package's: as it, another way, unfinished, and one that raises."""

import numpy as np
import pytest
from drive import check

from figures.backprop_through_layers.making import U, c
from lectureutils import checks, figures
from lectureutils.data import lecture
from lectureutils.figures.backprop_through_layers.own_engine import STEPS

Y = np.array([[0, 1], [1, 0], [0, 1]])


def by_hand(learning_rate, steps, zeroed=True):
    """Train in plain NumPy; return the losses and the last scores."""
    W, b, V, d = lecture.W1.copy(), lecture.b1.copy(), U.copy(), c.copy()
    held, losses = [0.0] * 4, []
    for _ in range(steps):
        Z = lecture.X @ W.T + b
        H = np.maximum(0, Z)
        S = H @ V.T + d
        losses.append(np.sum((S - Y) ** 2) / 3)
        dS = 2 * (S - Y) / 3
        dZ = dS @ V * (Z > 0)
        now = [dZ.T @ lecture.X, dZ.sum(axis=0), dS.T @ H, dS.sum(axis=0)]
        held = now if zeroed else [old + new for old, new in zip(held, now, strict=True)]
        W, b, V, d = (value - learning_rate * g for value, g in zip((W, b, V, d), held, strict=True))
    return losses, S


def made(own):
    return figures.OwnEngineFigure(own, lecture.X, Y, lecture.W1, lecture.b1, U, c)


def test_losses_and_scores_are_those_of_numpy():
    figure = made(lambda rate, steps: by_hand(rate, steps)[0])
    for rate in ("0.01", "0.05", "0.2"):
        figure.set(rate=rate, k=STEPS)
        losses, scores = by_hand(float(rate), STEPS + 1)
        np.testing.assert_allclose(figure.arrays.get_ydata(), losses, rtol=1e-9)
        never, _ = by_hand(float(rate), STEPS + 1, zeroed=False)
        np.testing.assert_allclose(figure.never.get_ydata(), never, rtol=1e-6)
        np.testing.assert_allclose(figure.mine.get_ydata(), losses[::4])
        np.testing.assert_allclose([dots.get_ydata() for dots in figure.said], scores.T)
        assert figure.canvas.text.endswith("Your engine has the same losses, in all steps.")
        check(figure, rate)
    figure.set(k=7)
    assert len(figure.arrays.get_ydata()) == 8 and len(figure.mine.get_ydata()) == 2


def raises(rate, steps):
    return [1 / (steps - steps)]


@pytest.mark.parametrize(
    ("own", "said"),
    [
        (lambda rate, steps: None, "Your engine is not finished yet."),
        (lambda rate, steps: by_hand(rate, steps, zeroed=False)[0], "it never sets its gradients to 0"),
        (lambda rate, steps: by_hand(-rate, steps)[0], "another way from step 1 on: 0.4586 instead of 0.1468"),
        (lambda rate, steps: [0.5] * steps, "another way from step 0 on: 0.5 instead of 0.2523"),
        (lambda rate, steps: [0.25], "losses of shape (1,), expected (101,)"),
        (lambda rate, steps: ["a"], "gave no list of numbers"),
        (raises, "ZeroDivisionError at line"),
    ],
)
def test_what_is_said_of_an_engine_that_goes_wrong(own, said):
    figure = made(own)
    assert said in figure.canvas.text
    figure.set(k=STEPS)
    check(figure, said)
    assert np.isclose(figure.arrays.get_ydata()[-1], 0.000507, atol=1e-6)


def test_a_layer_gives_its_values_and_gradients_in_plain_numbers():
    def layer(x, W, b, bend):
        return [x[0] * W[0][0] + b[0]]

    assert checks.run_layer(layer, [2.0], [[3.0]], [1.0], False) == ([7.0], [3.0], [[2.0]], [1.0])
    with pytest.raises(TypeError, match="a list of values"):
        checks.run_layer(lambda x, W, b, bend: x[0], [2.0], [[3.0]], [1.0], False)


def test_gaps_are_named():
    def written():
        return 1

    def open_one(): ...

    assert checks.gaps(written, open_one) == ["open_one"]
    assert checks.run_training(open_one, [1.0, 2.0], 0.1, 1) == (None, None)
