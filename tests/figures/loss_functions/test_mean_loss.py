"""The loss of a data set: a dot for each example, and their mean."""

import numpy as np
import pytest

from figures.loss_functions.making import by_hand, mean_figure
from lectureutils.data import load_penguins
from lectureutils.losses import LOSSES
from lectureutils.train import accuracy


def test_each_dot_is_an_example_and_the_line_is_their_mean():
    figure, penguins = mean_figure(), load_penguins().standardised()
    W, b = np.random.default_rng(1).normal(size=(3, 4)), np.array([0.2, -0.1, 0.0])
    figure.set(W=W.round(2), b=b)
    scores = penguins.X @ W.round(2).T + b
    for name in LOSSES:
        figure.set(loss=name)
        each = np.array([by_hand(name, s, y) for s, y in zip(scores, penguins.y, strict=True)])
        drawn = np.concatenate([dots.get_ydata() for dots in figure.dots])
        assert np.sort(drawn) == pytest.approx(np.sort(np.minimum(each, figure.most)))
        assert figure.mean.get_ydata()[0] == pytest.approx(min(each.mean(), figure.most))
        width = figure.bars[list(LOSSES).index(name)].get_width()
        assert width == pytest.approx(min(each.mean(), figure.most / 2))
        assert f"{name} {each.mean():.3f}" in figure.canvas.text
    assert f"{accuracy(scores, penguins.y):.1%} are predicted right" in figure.canvas.text
