"""The walk through AlexNet and GoogLeNet: known totals, shapes by other means, and what stands at the bars."""

import numpy as np
import pytest
from claims import press
from drive import check
from looks import faults

from lectureutils.convnet import SHAPES
from lectureutils.figures import LayersFigure
from lectureutils.figures.neural_networks.architectures import costs, stops


@pytest.fixture(scope="module")
def walk():
    return LayersFigure()


@pytest.mark.parametrize(
    ("network", "built", "weights", "products"),
    [("AlexNet", (227, 11, 4), 60_965_224, 724_406_816), ("GoogLeNet", (224, 7, 2), 6_998_552, 1_582_671_872)],
)
def test_the_totals_are_those_that_others_count(network, built, weights, products):
    found = costs(network, *built)
    assert sum(cost.weights for cost in found) == weights
    assert sum(cost.multiplications for cost in found) == products


def test_ours_has_the_weights_of_the_trained_one():
    assert sum(cost.weights for cost in costs("ours", 25, 5, 1)) == sum(int(np.prod(s)) for s in SHAPES.values())
    assert [cost.side for cost in costs("ours", 25, 5, 1)] == [25, 12, 12, 6, 1]


def test_a_window_stops_where_it_fits():
    for side, k, stride, pad in np.ndindex(12, 5, 3, 3):
        k, stride = k + 1, stride + 1
        starts = range(0, side + 2 * pad - k + 1, stride)
        assert stops(side, k, stride, pad) == len(starts)


def test_each_layer_says_how_its_numbers_come_about(walk):
    press(walk, "AlexNet")
    found = costs("AlexNet", 227, 11, 4)
    for row, cost in enumerate(found, start=1):
        walk.set(layer=row)
        text = walk.canvas.text
        assert text.startswith(f"{cost.name}: ") and (f"{cost.weights:,}" in text or not cost.weights)
        assert "60,965,224" in text
        assert walk.here[0].get_ydata()[0] == row
    check(walk, "the last layer")


def test_bars_and_their_numbers_are_shares(walk):
    press(walk, "GoogLeNet")
    found = costs("GoogLeNet", 224, 7, 2)
    for axes, ends, part in zip(walk.axes[1:], walk.ends[1:], ("weights", "multiplications"), strict=True):
        values = np.array([0, *(getattr(cost, part) for cost in found)], dtype=float)
        widths = np.array([bar.get_width() for bar in axes.containers[0]])
        assert widths[: len(values)] == pytest.approx(values / values.sum()) and not widths[len(values) :].any()
        assert sum(float(text[:-1]) for text in ends.get_texts() if text) == pytest.approx(100, abs=1)
    assert walk.names[0].get_texts()[7] == "3b: 28 x 28 x 480" and walk.ends[0].get_texts()[7] == "376,320"
    assert faults(walk) == []


def test_a_picture_that_is_too_small_is_said_to_be(walk):
    walk.set(network="AlexNet", side=50, k=11, stride=4)
    assert "too small for this network: at pool 5" in walk.canvas.text
    assert sum(bool(text) for text in walk.names[0].get_texts()) == 8
    check(walk, "a small picture")
    walk.set(k=3, stride=1)
    assert "All of AlexNet" in walk.canvas.text
