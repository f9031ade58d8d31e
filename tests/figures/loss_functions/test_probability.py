"""Cross-entropy as a probability, and the numbers that break it."""

import numpy as np
import pytest
from drive import check

from figures.loss_functions.making import probability_figure


def test_bars_are_softmax_and_the_loss_is_its_log():
    figure = probability_figure()
    for scale in (1.0, 10.0):
        figure.set(scale=scale, scores=[0.5, 0.25, -1.0], loss="stable")
        p = np.exp(scale * np.array([0.5, 0.25, -1.0]))
        p /= p.sum()
        assert [bar.get_width() for bar in figure.bars] == pytest.approx(p)
        assert figure.point.get_data()[0][0] == pytest.approx(p[1])
        assert f"-log p = {-np.log(p[1]):.4f}" in figure.canvas.text
    figure.reset()
    assert "p(car) = 0.4024, one chance in 2.49: the loss is -log p = 0.9103" in figure.canvas.text


def test_a_thousand_breaks_the_formula_and_not_the_mended_one():
    figure = probability_figure()
    calm = figure.canvas.text.split(": ")[1]
    figure.set(shift=1000)
    assert "the probabilities are not numbers" in figure.canvas.text
    check(figure, "overflow")
    figure.set(loss="stable")
    assert figure.canvas.text.split(": ")[1] == calm
    figure.set(shift=0, scale=1000.0, truth=0)
    assert "the loss is -log p = 338.0" in figure.canvas.text
    figure.set(loss="naive", scores=[-1.0, 0.0, 0.5])
    assert "rounded to 0, so its loss is infinite" in figure.canvas.text
    check(figure, "underflow")
