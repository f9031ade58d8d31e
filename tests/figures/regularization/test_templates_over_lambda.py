"""Templates and accuracies over lambda, against the equations between pictures."""

import numpy as np
import pytest
from drive import buttons, check, click

from lectureutils.data import load_emoji


def emoji_ridge(train, lam):
    """Return W and b by the equations between pictures instead of between pixels."""
    mean, Y = train.X.mean(axis=0), np.eye(5)[train.y]
    X = train.X - mean
    W = np.linalg.solve(X @ X.T / len(X) + lam * np.eye(len(X)), Y - Y.mean(axis=0)).T @ X / len(X)
    return W, Y.mean(axis=0) - W @ mean


@pytest.mark.parametrize("lam", [1e-3, 10, 1e3])
def test_templates_are_rows_of_w_and_dots_are_accuracies(templates, lam):
    train, test = load_emoji().vendor_split()
    W, b = emoji_ridge(train, lam)
    templates.set(lam=lam)
    most = np.quantile(np.abs(W), 0.995)
    for pixels, w in zip(templates.templates, W, strict=True):
        expected = 255 * np.clip(0.5 + 0.5 * w.reshape(50, 50, 3) / most, 0, 1)
        assert np.abs(pixels.get_data()[::-1] - expected).max() <= 1
    right = [np.mean((part.X @ W.T + b).argmax(axis=1) == part.y) for part in (train, test)]
    assert [float(dot.get_ydata()[0]) for dot in templates.errors.dots] == pytest.approx(right)
    assert f"{right[1]:.0%} of the held-out pictures" in templates.canvas.text
    assert templates.always.get_ydata()[0] == pytest.approx(np.mean(test.y == 0))
    check(templates, f"lam {lam}")


def test_the_star_is_the_best_held_out_accuracy(templates):
    curve = templates.errors.new.get_ydata()
    assert set(templates.errors.star.get_ydata()) == {curve.max()}
    assert float(templates.errors.star.get_xdata()[0]) == pytest.approx(10)


def test_buttons_bring_lambda_to_the_number_they_show(templates):
    for button in buttons(templates):
        if button.description.replace(".", "").isdigit():
            click(button)
            assert templates.values["lam"] == pytest.approx(float(button.description))
