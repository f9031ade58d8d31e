"""The linear regions are counted exactly: as activation patterns, crossings and formulas say."""

import numpy as np
import pytest

from lectureutils.figures.neural_networks import pieces


def patterns(layers, low, high, n=400):
    """Count the activation patterns on a fine grid: another way to the number of regions, never above it."""
    x = np.linspace(low, high, n)
    h, on = np.stack(np.meshgrid(x, x), axis=-1).reshape(-1, 2), []
    for W, b in layers:
        z = h @ W.T + b
        on.append(z > 0)
        h = np.maximum(z, 0)
    return len(np.unique(np.packbits(np.concatenate(on, axis=1), axis=1), axis=0))


@pytest.mark.parametrize("widths", [(2, 5, 1), (2, 4, 4, 1), (2, 3, 3, 3, 1)])
def test_regions_agree_with_activation_patterns_on_a_grid(widths):
    for seed in range(4):
        layers = pieces.random_layers(widths, seed)
        exact, seen = pieces.count_regions(layers)[-1], patterns(layers, -2, 2)
        assert seen <= exact <= seen + 4, (widths, seed)


def test_lines_that_all_cross_make_as_many_pieces_as_there_can_be():
    layers = pieces.random_layers((2, 10, 1), 3)
    assert pieces.count_regions(layers, 1e5 * pieces.SQUARE) == [1 + k + k * (k - 1) // 2 for k in range(1, 11)]


def test_crossings_count_what_cutting_counts():
    for seed in range(4):
        layers = pieces.random_layers((2, 50, 1), seed)
        assert pieces.count_by_crossings(*layers[0]) == pieces.count_regions(layers)
    parallel = np.array([[1.0, 0], [1, 0], [0, 1], [0, 0]]), np.array([0.0, 1, 0.5, 1])
    assert pieces.count_by_crossings(*parallel) == pieces.count_regions([parallel]) == [2, 3, 6, 6]


def test_random_shallow_nets_win_and_folding_beats_them():
    names = list(pieces.WIDTHS)
    found = [
        np.median([pieces.count_regions(pieces.random_layers(pieces.WIDTHS[name], s))[-1] for s in range(1, 9)])
        for name in names[:3]
    ]
    assert found[0] > 3 * found[1] and found[0] > 3 * found[2]
    assert [pieces.count_regions(pieces.folding_layers(d))[-1] for d in range(1, 6)] == [4, 16, 64, 256, 1024]
    assert [pieces.count_parameters(pieces.WIDTHS[name]) for name in names] == [201, 205, 197, 97]


def test_neighbours_have_different_shades():
    """Crossing one fold adds that neuron's number to the shade, and none of these numbers is a whole turn."""
    _, shades = pieces.counts_and_shades("2 layers of 12, random", 2)
    layers = pieces.random_layers(pieces.WIDTHS["2 layers of 12, random"], 2)
    places = np.linspace(-2, 2, pieces.SIDE)
    h, on = np.stack(np.meshgrid(places, places), axis=-1), []
    for W, b in layers:
        z = h @ W.T + b
        on.append(z > 0)
        h = np.maximum(z, 0)
    on = np.concatenate(on, axis=-1)
    one_fold = (on[:, 1:] != on[:, :-1]).sum(axis=-1) == 1
    changed = shades[24][:, 1:] != shades[24][:, :-1]
    assert one_fold.sum() > 100 and changed[one_fold].all()
    assert not changed[(on[:, 1:] == on[:, :-1]).all(axis=-1)].any()
