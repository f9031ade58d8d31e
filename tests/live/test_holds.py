"""What a finger can take hold of in a picture is told to the page."""

import numpy as np
import pytest
from drive import send

from lectureutils.live import LiveFigure, put, slider
from tests.browser.sample import Sample


class Handled(LiveFigure):
    """A mark that follows two sliders, another that moves by itself, and a pad."""

    def __init__(self):
        super().__init__(slider("x", 1, -3, 3, 1), slider("y", 2, -3, 3, 1))

    def draw(self, fig):
        self.plane, pad = fig.subplots(1, 2)
        self.plane.set(xlim=(-3, 3), ylim=(-3, 3))
        self.other = self.dot(self.plane, "s", "red")
        self.here = self.handle(self.dot(self.plane, "o", "blue"), x="x", y="y")
        self.pads = [pad]

    def update(self, x, y):
        put(self.here, (x, y))
        put(self.other, (-x, -y))
        return f"here {x} {y}"


def place(figure, axes, point):
    return figure.painter.figure.transFigure.inverted().transform(axes.transData.transform(point))


def test_only_where_fingers_work_the_handles_and_pads_are_told():
    figure = Handled()
    figure.set(x=2)
    assert figure.canvas.holds == {}
    send(figure.canvas, fingers=True)
    assert figure.canvas.holds["spots"] == [pytest.approx(place(figure, figure.plane, (2, 2)), abs=0.001)]
    (pad,) = figure.canvas.holds["pads"]
    box = figure.pads[0].get_position()
    assert pad == pytest.approx([box.x0, box.y0, box.x1, box.y1], abs=0.002)
    figure.set(x=-1)
    assert figure.canvas.holds["spots"] == [pytest.approx(place(figure, figure.plane, (-1, 2)), abs=0.001)]


def test_a_figure_with_its_own_grip_tells_each_mark_that_moves():
    figure = Sample()
    send(figure.canvas, fingers=True)
    wanted = [place(figure, figure.axes, point) for point in figure.points]
    assert np.allclose(figure.canvas.holds["spots"], wanted, atol=0.001)


def test_on_a_shrunken_picture_the_reach_is_that_of_the_page():
    figure = Sample()
    far = figure.near(figure.axes, (0, 0), 0.4, 0)
    send(figure.canvas, shrunk=0.5)
    assert figure.near(figure.axes, (0, 0), 0.4, 0) == pytest.approx(far / 2)
