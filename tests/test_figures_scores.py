"""The figures of the worked example draw what W, b and x give."""

import numpy as np
import pytest
from drive import check, click, send

from lectureutils import figures
from lectureutils.data import lecture


@pytest.fixture
def scores():
    settings = {"W2, b2": {"W": lecture.W2, "b": lecture.b2}, "x3": {"x": lecture.x3}}
    return figures.ScoresFigure(lecture.W1, lecture.b1, lecture.x1, lecture.CLASSES, settings)


def lengths(bars):
    return [bar.get_width() for bar in bars]


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


def test_the_straight_way_from_w1_to_w2():
    figure = figures.BlendFigure((lecture.W1, lecture.b1), (lecture.W2, lecture.b2), lecture.X, lecture.CLASSES)
    assert figure.canvas.text == "t = 0.00: x1 car, x2 cat, x3 airplane."
    send(figure.controls["t"].inputs[0], value=0.5)
    W, b = (lecture.W1 + lecture.W2) / 2, (lecture.b1 + lecture.b2) / 2
    for bars, x in zip(figure.bars, lecture.X, strict=True):
        assert lengths(bars) == pytest.approx(W @ x + b)
    send(figure.controls["t"].inputs[0], value=1.0)
    assert figure.canvas.text == "t = 1.00: x1 cat, x2 cat, x3 cat."
    assert [star.get_ydata()[0] for star in figure.stars] == [0, 0, 0]


def test_the_player_walks_the_whole_way_and_stops():
    figure = figures.BlendFigure((lecture.W1, lecture.b1), (lecture.W2, lecture.b2), lecture.X, lecture.CLASSES)
    click(figure.parts[1].play)
    for tick in range(1, 80):
        send(figure.canvas, tick=tick)
    assert figure.controls["t"].value == 1 and not figure.canvas.playing


def test_the_line_of_the_first_figure():
    figure = figures.LineFigure(w=0.5, b=1.0)
    send(figure.controls["w"].inputs[0], value=-1.0)
    assert figure.line.get_xydata().tolist() == [[-3, 4], [3, -2]]
    assert "falls: y = -1.00 x + 1.00" in figure.canvas.text
    figure.drag("height", 0.0, -2.0)
    figure.drag("slope", 1.0, -1.5)
    assert figure.values == {"w": 0.5, "b": -2.0}
    assert figure.slope.get_xydata().tolist() == [[1, -1.5]]
    check(figure, "drag")
