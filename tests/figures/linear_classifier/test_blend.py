"""The way from one classifier to another: straight for W and b, with jumps for the answers."""

import pytest
from drive import click, send

from figures.linear_classifier.making import lengths
from lectureutils import figures
from lectureutils.data import lecture


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
