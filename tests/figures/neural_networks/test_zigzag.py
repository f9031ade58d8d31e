"""The zigzags: a tent of tents beside a sawtooth of as many weights, straight and shaken."""

from itertools import pairwise

import numpy as np
import pytest
from claims import read
from drive import check

from lectureutils.figures import ZigzagFigure
from lectureutils.figures.neural_networks import zigzag

PIECES = r"give (\d+) straight pieces, one layer of \d+ gives (\d+)"


def tent(x):
    return 1 - np.abs(2 * x - 1)


@pytest.mark.parametrize("depth", [1, 2, 5, 8])
def test_the_zigzag_is_a_tent_of_tents(depth):
    x, y = zigzag.kinks(zigzag.zigzag_layers(depth))
    expected = x
    for _ in range(depth):
        expected = tent(expected)
    assert y == pytest.approx(expected)
    assert zigzag.count_pieces(x, y) == 2**depth
    corners = zigzag.kinks(zigzag.sawtooth_layers(2 * depth))
    assert zigzag.count_pieces(*corners) == 2 * depth
    assert np.abs(np.diff(corners[1])) == pytest.approx(1)


def test_both_zigzags_have_as_many_weights():
    for depth in range(1, 9):
        deep, shallow = zigzag.zigzag_layers(depth), zigzag.sawtooth_layers(2 * depth)
        for layers in (deep, shallow):
            assert sum(W.size + b.size for W, b in layers) == 6 * depth + 1


def test_shaking_costs_the_deep_zigzag_its_pieces():
    figure = ZigzagFigure(5)
    assert read(figure, PIECES) == (32, 10)
    assert [len(line.get_xdata()) - 1 for line in figure.lines] == [32, 10]
    figure.set(noise=0.1)
    deep, shallow = read(figure, PIECES)
    assert deep < 24 and shallow >= 9 and "shaking every weight by about 10.0%" in figure.canvas.text
    assert "out of the picture" in figure.canvas.text
    check(figure, "shaken")
    lost = [zigzag.count_pieces(*zigzag.kinks(zigzag.shaken(zigzag.zigzag_layers(8), 0.1, seed))) for seed in range(9)]
    assert np.median(lost) < 128


@pytest.mark.parametrize("noise", [0.0, 0.05])
def test_the_corners_of_a_shaken_net_lie_on_the_net(noise):
    layers = zigzag.shaken(zigzag.zigzag_layers(4), noise)
    x, y = zigzag.kinks(layers)
    fine = np.linspace(0, 1, 1001)
    h = fine[:, None]
    for W, b in layers[:-1]:
        h = np.maximum(h @ W.T + b, 0)
    assert np.interp(fine, x, y) == pytest.approx((h @ layers[-1][0].T + layers[-1][1])[:, 0], abs=1e-9)
    assert all(a < b for a, b in pairwise(x))
