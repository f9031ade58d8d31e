"""The figures of notebook 07: what is drawn equals what is computed here by other means."""

from itertools import pairwise

import numpy as np
import pytest
from drive import buttons, check, click
from scipy.ndimage import correlate
from scipy.special import expit

from lectureutils.data import lecture, load_emoji, picture
from lectureutils.figures import (
    ConvolutionFigure,
    FoldFigure,
    ForwardFigure,
    NeuronFigure,
    RegionsFigure,
    SpikeFigure,
    ZigzagFigure,
)
from lectureutils.figures.neural_networks import pieces
from lectureutils.figures.neural_networks.convolution import FILTERS
from lectureutils.figures.neural_networks.fold import WAYS, XOR, nearest, separate
from lectureutils.figures.neural_networks.forward import written_sum
from lectureutils.figures.neural_networks.spike import firing_period, membrane, sigmoid
from lectureutils.figures.shared.words import three_decimals

U, C = np.array([[1, -0.4, -0.2], [-0.5, 0.6, 0.4]]), np.array([0.1, 0])


def press(figure, word):
    """Click the button with this word on it."""
    click(next(button for button in buttons(figure) if button.description == word))


def stroke(figure, axes, start, end):
    """Drag the pointer from one place to another, both in data coordinates."""
    def place(point):
        return figure.painter.figure.transFigure.inverted().transform(axes.transData.transform(point)).tolist()

    number = (figure.canvas.pointer or {}).get("stroke", 0) + 1
    figure.canvas.pointer = {
        "stroke": number, "phase": "up", "moved": True, "start": place(start), "at": place(end),
    }  # fmt: skip


# The living neuron


@pytest.mark.parametrize("drive", [0.5, 1.0, 1.2, 3.0])
def test_the_cell_follows_its_differential_equation(drive):
    """Step dV/dt = (drive - V) / 20 ms in small steps, with a threshold at 1 and a pause of 2 ms."""
    v, pause, fired, dt = 0.0, 2.0, [], 0.005
    for step in range(40_000):
        if pause > 0:
            pause -= dt
            continue
        v += dt * (drive - v) / 20
        if v >= 1:
            fired.append(step * dt)
            v, pause = 0.0, 2.0
    figure = SpikeFigure(drive)
    assert len(figure.fired) == len(fired)
    assert figure.fired == pytest.approx(fired, abs=0.5)
    assert np.nanmax(figure.trace.get_ydata()) <= -55 + 1e-9


def test_a_weak_input_leaves_the_cell_silent_and_a_stronger_one_fires_oftener():
    figure = SpikeFigure(0.9)
    assert "silent" in figure.canvas.text and not len(figure.fired)
    rates = 1000 / firing_period(np.linspace(0, 4, 50))
    assert (rates[:12] == 0).all() and (np.diff(rates[13:]) > 0).all()
    assert membrane(0.9, np.array([1e6]))[0] == pytest.approx(-70 + 15 * 0.9)


# The logistic neuron


def test_the_sigmoid_is_scipys_and_never_overflows():
    z = np.array([-1e4, -3, 0, 0.5, 800])
    assert sigmoid(z) == pytest.approx(expit(z))


@pytest.fixture(scope="module")
def neuron():
    return NeuronFigure([1.5, -1.0], 0.5, [1.0, 0.5])


def test_the_neuron_says_what_it_computes(neuron):
    assert neuron.a == pytest.approx(expit(1.5 - 0.5 + 0.5))
    assert "z = 1.50·1.00 - 1.00·0.50 + 0.50 = 1.500, a = 0.818" in neuron.canvas.text
    assert neuron.here.get_xydata()[0] == pytest.approx([1.5, expit(1.5)])


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


def test_dragging_the_line_changes_b_only_and_the_tip_keeps_the_foot(neuron):
    foot = neuron.handle.foot(neuron.w.value, 0.5)
    stroke(neuron, neuron.plane, foot + 0.8 * np.array([1, 1.5]), (0.5, 1.0))
    assert neuron.w.value == pytest.approx([1.5, -1.0])
    assert neuron.w.value @ [0.5, 1.0] + neuron.b.value == pytest.approx(0, abs=0.02)
    tip = neuron.handle.tip.get_xydata()[0]
    foot = neuron.handle.foot(neuron.w.value, neuron.b.value)
    stroke(neuron, neuron.plane, tip, foot + [0.35, 0.7])
    assert neuron.w.value == pytest.approx([1, 2], abs=0.05)
    assert neuron.w.value @ foot + neuron.b.value == pytest.approx(0, abs=0.03)
    stroke(neuron, neuron.plane, neuron.star.get_xydata()[0], (-1, -2))
    assert neuron.x.value == pytest.approx([-1, -2])
    check(neuron, "three strokes")


def test_a_neuron_without_weights_has_no_line(neuron):
    neuron.set(w=np.zeros(2))
    assert "there is no line" in neuron.canvas.text and not len(neuron.handle.line.get_xdata())
    check(neuron, "no weights")


# Folding


def by_hand(H):
    """Search a thousand directions for one that has a gap between the two kinds; return the widest half gap."""
    angles = np.linspace(0, 2 * np.pi, 20001)
    along = H @ np.array([np.cos(angles), np.sin(angles)])
    return max(0.0, float((along[2:].min(axis=0) - along[:2].max(axis=0)).max()) / 2)


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
    drawn = np.array([np.concatenate([dots.get_xydata() for dots in figure.images])]).reshape(4, 2)
    assert drawn == pytest.approx(H)
    margin = by_hand(H)
    assert (figure.line is None) == (margin < 0.01)
    if figure.line:
        assert f"{margin:.2f} to spare" in figure.canvas.text
        v, c = figure.line
        side = np.sign(figure.border.get_xydata() @ v + c)
        assert np.abs(figure.border.get_xydata() @ v + c).max() < 1e-9, side
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
    sides, (v, c) = figure.sides.get_data(), figure.line
    for x, y in ((-1, -1), (0.5, -0.3), (1.4, 1.8)):
        i, j = (int(np.abs(figure.grid - at).argmin()) for at in (y, x))
        h = np.maximum(figure.W.value @ [figure.grid[j], figure.grid[i]] + figure.b.value, 0)
        assert sides[i, j] == 1 + (v @ h + c > 0)


def test_a_neuron_of_the_fold_can_be_dragged_by_its_tip_and_its_line():
    figure = FoldFigure()
    stroke(figure, figure.plane, figure.handles[0].tip.get_xydata()[0], (-0.1, 0.4))
    assert figure.W.value[0] == pytest.approx([1, 0.8], abs=0.02)
    assert figure.W.value[1] == pytest.approx([0, 1])
    stroke(figure, figure.plane, (1.5, -0.2), (1.5, 0.7))
    assert figure.b.value[1] == pytest.approx(-0.7, abs=0.02)
    check(figure, "drags")


# Forward


@pytest.fixture(scope="module")
def walk():
    inputs = {"x1": lecture.x1, "x3": lecture.x3, "zeros": np.zeros(4)}
    return ForwardFigure(lecture.W1, lecture.b1, U, C, inputs, ["animal", "machine"])


def test_one_number_a_step_and_a_question_mark_before(walk):
    z = [0.631, 0.969, 0.71]
    expected = [*z, *z, 0.2014, 0.5499]
    for known, number in enumerate(expected):
        assert walk.inside.get_texts().count("?") == 1
        assert "Next: " in walk.canvas.text and walk.canvas.text.endswith("= ?" if known < 3 or known > 5 else "?")
        press(walk, "Step")
        assert f"= {number:.4f}." in walk.canvas.text
        assert walk.inside.get_texts().count(three_decimals(number)) >= 1
        check(walk, f"step {known}")
    assert "machine" in walk.canvas.text and "?" not in walk.inside.get_texts()


def test_the_written_sum_is_the_sum(walk):
    for j in range(3):
        text = written_sum(lecture.W1[j], lecture.x1, lecture.b1[j])
        value = eval(text.replace("·", "*"))
        assert value == pytest.approx(lecture.W1[j] @ lecture.x1 + lecture.b1[j])


def test_the_lines_that_light_up_carry_the_weights_of_the_row(walk):
    walk.set(k=1)
    assert walk.weights.get_texts() == [three_decimals(w) for w in lecture.W1[1]]
    walk.set(k=7)
    assert walk.weights.get_texts() == [*(three_decimals(w) for w in U[1]), ""]
    assert walk.band.get_bbox().y0 == pytest.approx(7.6)


@pytest.mark.parametrize("bend", ["ReLU", "sigmoid", "none"])
def test_other_bends_and_inputs(walk, bend):
    press(walk, "zeros")
    walk.set(bend=bend, k=8)
    h = {"ReLU": np.maximum(lecture.b1, 0), "sigmoid": expit(lecture.b1), "none": lecture.b1}[bend]
    assert walk.numbers == pytest.approx([*lecture.b1, *h, *(U @ h + C)])
    assert any(bend in text for text in walk.table.get_texts()) or bend == "none"


# Regions


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


def test_the_picture_counts_along_neuron_by_neuron():
    figure = RegionsFigure(neurons=0)
    press(figure, "Step")
    assert figure.count == 2 and "1 of 50 neurons" in figure.canvas.text
    assert len(np.unique(figure.map.get_data())) == 2
    for name in pieces.WIDTHS:
        figure.set(network=name, neurons=50)
        assert figure.curves[name].get_ydata()[-1] == figure.count == figure.here.get_ydata()[0]
        assert "whole network" in figure.canvas.text
        check(figure, name)


def test_neighbours_have_different_shades():
    """Crossing one fold adds that neuron's number to the shade, and none of these numbers is a whole turn."""
    _, shades = pieces._counted("2 layers of 12, random", 2)
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


def tent(x):
    return 1 - np.abs(2 * x - 1)


@pytest.mark.parametrize("depth", [1, 2, 5, 8])
def test_the_zigzag_is_a_tent_of_tents(depth):
    x, y = pieces.kinks(pieces.zigzag_layers(depth))
    expected = x
    for _ in range(depth):
        expected = tent(expected)
    assert y == pytest.approx(expected)
    assert pieces.count_pieces(x, y) == 2**depth
    corners = pieces.kinks(pieces.sawtooth_layers(2 * depth))
    assert pieces.count_pieces(*corners) == 2 * depth
    assert np.abs(np.diff(corners[1])) == pytest.approx(1)


def test_both_zigzags_have_as_many_weights():
    for depth in range(1, 9):
        deep, shallow = pieces.zigzag_layers(depth), pieces.sawtooth_layers(2 * depth)
        for layers in (deep, shallow):
            assert sum(W.size + b.size for W, b in layers) == 6 * depth + 1


def test_shaking_costs_the_deep_zigzag_its_pieces():
    figure = ZigzagFigure(5)
    assert figure.counts == [32, 10]
    figure.set(noise=0.1)
    deep, shallow = figure.counts
    assert deep < 24 and shallow >= 9 and "shaking every weight by about 10.0%" in figure.canvas.text
    assert "out of the picture" in figure.canvas.text
    check(figure, "shaken")
    lost = [pieces.count_pieces(*pieces.kinks(pieces.shaken(pieces.zigzag_layers(8), 0.1, seed))) for seed in range(9)]
    assert np.median(lost) < 128


@pytest.mark.parametrize("noise", [0.0, 0.05])
def test_the_corners_of_a_shaken_net_lie_on_the_net(noise):
    layers = pieces.shaken(pieces.zigzag_layers(4), noise)
    x, y = pieces.kinks(layers)
    fine = np.linspace(0, 1, 1001)
    h = fine[:, None]
    for W, b in layers[:-1]:
        h = np.maximum(h @ W.T + b, 0)
    assert np.interp(fine, x, y) == pytest.approx((h @ layers[-1][0].T + layers[-1][1])[:, 0], abs=1e-9)
    assert all(a < b for a, b in pairwise(x))


# Convolution


@pytest.fixture(scope="module")
def sliding():
    few = load_emoji().take([0, 100])
    return ConvolutionFigure(picture(few.X), ["one", "two"])


def test_the_answers_are_scipys_correlation(sliding):
    rng = np.random.default_rng(0)
    for k in (0, 1):
        K = np.round(rng.uniform(-2, 2, (3, 3)), 2)
        sliding.set(K=K, picture=k)
        expected = correlate(sliding.images[k], K, mode="constant")[1:-1, 1:-1]
        assert sliding.out == pytest.approx(expected) and expected.shape == (48, 48)
        row, column = sliding.at
        assert f"add up to {expected[row, column] + 0.0:.3f}" in sliding.canvas.text
        shown = sliding.output.get_data()[::-1, :, 0] / 255
        assert shown == pytest.approx(0.5 + 0.5 * expected / np.abs(expected).max(), abs=0.005)


@pytest.mark.parametrize("name", FILTERS)
def test_a_flat_place_stays_or_answers_0_and_something_is_left_after_the_relu(sliding, name):
    assert np.sum(FILTERS[name]) == pytest.approx(0 if "edges" in name or name == "Outline" else 1, abs=0.011)
    press(sliding, name)
    assert sliding.K.value == pytest.approx(np.array(FILTERS[name]))
    sliding.set(relu=True)
    assert sliding.out.max() > 0.1


def test_the_window_follows_the_hand_on_both_pictures(sliding):
    stroke(sliding, sliding.left, (5, 5), (21.5, 31.5))
    assert (sliding.row.value, sliding.column.value) == (30, 20)
    assert sliding.window.get_xydata()[0] == pytest.approx([20, 30])
    stroke(sliding, sliding.right, (5, 5), (0, 47.9))
    assert (sliding.row.value, sliding.column.value) == (47, 0)
    check(sliding, "drags")


def test_the_relu_keeps_the_positive_answers(sliding):
    before = sliding.out.copy()
    sliding.set(relu=True)
    assert (sliding.out == np.maximum(before, 0)).all()
    sliding.set(K=-np.ones((3, 3)))
    assert "the ReLU makes it 0" in sliding.canvas.text
