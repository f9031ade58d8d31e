"""Two folds of the plane: the black line is the widest there is, and the plane is coloured by its side."""

import numpy as np
import pytest
from drive import check, drag

from lectureutils.figures import FoldFigure
from lectureutils.figures.neural_networks.fold import WAYS, XOR, nearest, separate


def by_hand(H):
    """Search a thousand directions for one that has a gap between the two kinds; return the widest half gap."""
    angles = np.linspace(0, 2 * np.pi, 20001)
    along = H @ np.array([np.cos(angles), np.sin(angles)])
    return max(0.0, float((along[2:].min(axis=0) - along[:2].max(axis=0)).max()) / 2)


def images(figure):
    """Give the places (4, 2) at which the four points are drawn on the right: two alike, two different."""
    return np.concatenate([dots.get_xydata() for dots in figure.images])


def distances(figure, H):
    """Give how far points (..., 2) are from the black line, above 0 on the side of those that differ."""
    start, end = figure.border.get_xydata()
    v = np.array([end[1] - start[1], start[0] - end[0]]) / np.linalg.norm(end - start)
    return (H - start) @ v * np.sign((images(figure)[2] - start) @ v)


@pytest.fixture(scope="module", params=WAYS)
def folded(request):
    """Give a figure that starts in one of the ways, and that way's weights."""
    return FoldFigure(*WAYS[request.param]), WAYS[request.param]


@pytest.mark.parametrize("relu", [True, False])
def test_the_black_line_is_the_widest_that_there_is(folded, relu):
    figure, (W, b, *_) = folded
    figure.set(relu=relu)
    H = XOR @ np.array(W, dtype=float).T + b
    H = np.maximum(H, 0) if relu else H
    assert images(figure) == pytest.approx(H)
    margin = by_hand(H)
    separated = len(figure.border.get_xdata()) > 0
    assert separated == (margin >= 0.01)
    if separated:
        assert f"{margin:.2f} to spare" in figure.canvas.text
        far = distances(figure, H)
        assert far[:2].max() == pytest.approx(-margin, abs=1e-3) and far[2:].min() == pytest.approx(margin, abs=1e-3)
    check(figure, "set")


def test_without_the_relu_nothing_separates():
    rng = np.random.default_rng(0)
    figure = FoldFigure()
    for _ in range(25):
        figure.set(W=rng.uniform(-1.5, 1.5, (2, 2)), b=rng.uniform(-1.5, 1.5, 2), relu=False)
        assert "no straight line" in figure.canvas.text


def test_the_nearest_points_of_two_segments_agree_with_a_fine_search():
    rng = np.random.default_rng(1)
    steps = np.linspace(0, 1, 401)[:, None]
    for _ in range(30):
        one, other = rng.normal(size=(2, 2, 2))
        p, q = (ends[0] + steps * (ends[1] - ends[0]) for ends in (one, other))
        best = np.sqrt(((p[:, None] - q) ** 2).sum(axis=2)).min()
        a, b = nearest(one, other)
        assert np.linalg.norm(a - b) == pytest.approx(best, abs=0.01)
        assert (separate(one, other) is None) == (np.linalg.norm(a - b) < 0.02)


def test_the_left_side_shows_the_third_neurons_answer():
    figure = FoldFigure(*WAYS["One solution"])
    sides = figure.sides.get_data()
    for x, y in ((-1, -1), (0.5, -0.3), (1.4, 1.8)):
        i, j = (int(np.abs(figure.grid - at).argmin()) for at in (y, x))
        h = np.maximum(figure.W.value @ [figure.grid[j], figure.grid[i]] + figure.b.value, 0)
        assert sides[i, j] == 1 + (distances(figure, h) > 0)


def test_a_neuron_of_the_fold_can_be_dragged_by_its_tip_and_its_line():
    figure = FoldFigure()
    drag(figure, figure.plane, figure.handles[0].tip[0], (-0.1, 0.4))
    assert figure.W.value[0] == pytest.approx([1, 0.8], abs=0.02)
    assert figure.W.value[1] == pytest.approx([0, 1])
    drag(figure, figure.plane, (1.5, -0.2), (1.5, 0.7))
    assert figure.b.value[1] == pytest.approx(-0.7, abs=0.02)
    check(figure, "drags")
