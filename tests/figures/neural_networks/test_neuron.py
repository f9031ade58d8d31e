"""The logistic neuron: its lines, colours and star stand where scipy's sigmoid says, and can be dragged."""

import numpy as np
import pytest
from drive import check, drag
from scipy.special import expit

from lectureutils.figures import NeuronFigure


@pytest.fixture(scope="module")
def neuron():
    return NeuronFigure([1.5, -1.0], 0.5, [1.0, 0.5])


def test_the_neuron_says_what_it_computes(neuron):
    assert "z = 1.50·1.00 - 1.00·0.50 + 0.50 = 1.500, a = 0.818" in neuron.canvas.text
    assert neuron.here.get_xydata()[0] == pytest.approx([1.5, expit(1.5 - 0.5 + 0.5)])


def test_the_solid_line_is_one_half_and_the_dotted_ones_are_a_tenth_away(neuron):
    lines = [neuron.handle.line, *neuron.soft]
    for line, answer in zip(lines, (0.5, 0.1, 0.9), strict=True):
        assert expit(line.get_xydata() @ [1.5, -1.0] + 0.5) == pytest.approx([answer] * 2)


def test_the_colours_rise_with_the_answer(neuron):
    rgb = neuron.map.get_data()
    gx, gy = np.meshgrid(neuron.grid, neuron.grid)
    share = expit(1.5 * gx - gy + 0.5)
    order = np.argsort(share.ravel())
    red_minus_blue = (rgb[..., 0] - rgb[..., 2]).ravel()[order]
    assert (np.diff(red_minus_blue) >= -1e-9).all()
    grey = (rgb / 255) ** 2.2 @ [0.2126, 0.7152, 0.0722]  # what is left without colours
    assert (np.diff(grey.ravel()[order]) >= -1e-9).all() and grey.max() > 2 * grey.min()


def test_dragging_the_line_changes_b_only_and_the_tip_keeps_the_foot(neuron):
    foot = neuron.handle.foot(neuron.w.value, 0.5)
    drag(neuron, neuron.plane, foot + 0.8 * np.array([1, 1.5]), (0.5, 1.0))
    assert neuron.w.value == pytest.approx([1.5, -1.0])
    assert neuron.w.value @ [0.5, 1.0] + neuron.b.value == pytest.approx(0, abs=0.02)
    tip = neuron.handle.tip[0]
    foot = neuron.handle.foot(neuron.w.value, neuron.b.value)
    drag(neuron, neuron.plane, tip, foot + [0.35, 0.7])
    assert neuron.w.value == pytest.approx([1, 2], abs=0.05)
    assert neuron.w.value @ foot + neuron.b.value == pytest.approx(0, abs=0.03)
    drag(neuron, neuron.plane, neuron.star.get_xydata()[0], (-1, -2))
    assert neuron.x.value == pytest.approx([-1, -2])
    check(neuron, "three strokes")


def test_a_neuron_without_weights_has_no_line(neuron):
    neuron.set(w=np.zeros(2))
    assert "there is no line" in neuron.canvas.text and not len(neuron.handle.line.get_xdata())
    check(neuron, "no weights")
