"""The scores of the worked example are the lecture's, and each slider is one of its numbers."""

import numpy as np
import pytest
from drive import check, click, send

from figures.linear_classifier.making import lengths
from lectureutils import figures
from lectureutils.data import lecture


@pytest.fixture
def scores():
    settings = {"W2, b2": {"W": lecture.W2, "b": lecture.b2}, "x3": {"x": lecture.x3}}
    return figures.ScoresFigure(lecture.W1, lecture.b1, lecture.x1, lecture.CLASSES, settings)


def test_the_bars_are_the_lectures_scores(scores):
    assert lengths(scores.bars) == pytest.approx([0.631, 0.969, 0.71])
    assert scores.canvas.text == "Scores: cat 0.631, car 0.969, airplane 0.710. Predicts car."
    assert scores.winner.get_ydata()[0] == 1


def test_each_slider_belongs_to_its_entry(scores):
    W, b, x = lecture.W1.copy(), lecture.b1.copy(), lecture.x1.copy()
    for array, control in ((W, scores.W), (b, scores.b), (x, scores.x)):
        for index, widget in zip(np.ndindex(array.shape), control.inputs, strict=True):
            array[index] = -0.4
            send(widget, value=-0.4)
            assert lengths(scores.bars) == pytest.approx(W @ x + b)


def test_presets_set_the_lectures_numbers(scores):
    for button in scores.presets.buttons.values():
        click(button)
    assert lengths(scores.bars) == pytest.approx([0.5585, 0.045, 0.4535])
    assert scores.canvas.text.endswith("Predicts cat.")
    check(scores, "presets")


def test_a_score_beyond_the_picture_is_said(scores):
    scores.set(W=np.ones((3, 4)), x=np.full(4, 3.0))
    assert "A bar runs out of the picture." in scores.canvas.text
