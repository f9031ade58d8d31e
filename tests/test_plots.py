"""What would be drawn wrong, or would fail only while drawing, is refused when it is set."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from lectureutils import plots


@pytest.fixture
def axes():
    return Figure().add_axes((0, 0, 1, 1))


@pytest.mark.parametrize("y", [[0, 1, 2], [0, -1, 1], [0, 1], [0, 0.5, 1]])
def test_a_point_that_would_not_be_drawn_is_refused(axes, y):
    points = plots.class_points(axes, ["A", "B"])
    with pytest.raises(ValueError, match=r"y: got \d labels for 3 points, expected one of 0 \.\.\. 1"):
        plots.set_points(points, np.ones((3, 2)), np.array(y))


def test_points_go_to_the_markers_of_their_class(axes):
    points = plots.class_points(axes, ["A", "B"])
    plots.set_points(points, np.arange(6.0).reshape(3, 2), np.array([1, 0, 1]))
    assert [artist.get_xydata().tolist() for artist in points] == [[[2, 3]], [[0, 1], [4, 5]]]
    plots.set_points(points, np.empty((0, 2)), np.empty(0, int))
    assert [len(artist.get_xydata()) for artist in points] == [0, 0]


def test_a_picture_in_bytes_is_refused_where_it_would_wrap_around(axes):
    pixels = plots.picture(axes, side=2)
    for wrong in (np.full((2, 2, 3), 200.0), np.full((2, 2, 3), -0.1)):
        with pytest.raises(ValueError, match=r"rgb: got values from .* expected 0 \.\.\. 1"):
            plots.set_picture(pixels, wrong)
    plots.set_picture(pixels, np.ones((2, 2, 3)))
    assert (pixels.get_data() == 255).all()


def test_as_many_texts_and_colours_as_places(axes):
    numbers = plots.Numbers(axes, np.zeros((2, 2)))
    with pytest.raises(ValueError, match="texts: got 1, expected 2"):
        numbers.set_texts(["a"])
    with pytest.raises(ValueError, match="colors: got 3, expected 2"):
        numbers.set_colors(["red"] * 3)


def test_a_space_can_be_written():
    *_, width = plots._glyph(" ")
    assert width > 0


def test_labels_spread_in_order_and_within_bounds():
    for places in ([0, 0, 0], [5, 5.1, 0], [10, 10, 10], [-3, 12, 4]):
        moved = plots.spread(np.array(places, float), 1.0, 0.0, 10.0)
        assert moved.min() >= 0 and moved.max() <= 10
        assert np.diff(np.sort(moved)).min() >= 1 - 1e-9
        assert (np.argsort(moved, kind="stable") == np.argsort(places, kind="stable")).all()
    assert plots.spread(np.array([1.0, 5.0, 9.0]), 1.0, 0.0, 10.0) == pytest.approx([1, 5, 9])


def test_an_arrow_is_a_shaft_with_a_head_that_ends_at_its_tip():
    figure = Figure(figsize=(1, 1), dpi=100)
    figure.add_axes((0, 0, 1, 1)).set_axis_off()
    plots.Arrow(figure.axes[0], "#000000", 14).set_data([0.1, 0.8], [0.5, 0.5])
    figure.axes[0].set(xlim=(0, 1), ylim=(0, 1))
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    dark = np.asarray(canvas.buffer_rgba())[:, :, 0] < 128
    assert abs(np.flatnonzero(dark.any(axis=0))[-1] - 80) <= 2
    thick = dark.sum(axis=0)
    assert thick[10:55].max() <= 5 < 12 <= thick.max() == thick[58:64].max()
