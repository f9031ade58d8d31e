"""What 07 promises: spikes, a soft edge, folded paper, eight numbers, counted pieces, shaken weights, edges."""

import itertools
import math
import re

import numpy as np
import pytest

from claims import claim, drag, press, press_play, read, tap
from lectureutils import data, figures
from lectureutils.figures.neural_networks.cell import PARTS
from lectureutils.figures.neural_networks.convolution import FILTERS
from lectureutils.figures.neural_networks.pieces import WIDTHS, count_regions, random_layers

PIECES = r"give (\d+) straight pieces, one layer of \d+ gives (\d+)"
REGIONS = r"into (\d+) linear regions"
UNTESTED = {
    "Say the next number aloud, or work it out on paper, then press *Step*.": "the work of the reader",
    "Now move the nine sliders: can you find a filter that answers to corners?": "an open question",
}


def spikes(cell):
    """Give the times of the spikes that are drawn: each is a line up and a gap."""
    return cell.spikes.get_xdata()[::3]


def apart(fold):
    """Say whether the black line is drawn."""
    return len(fold.border.get_xdata()) > 0


def seen(fold):
    """Give the places (4, 2) of the two alike and the two different points, as the neurons see them."""
    return np.concatenate([dots.get_xydata() for dots in fold.images])


def answers(convolution):
    """Read the answers off the picture: 0 is grey, 1 the largest as white, -1 as black."""
    return convolution.output.get_data()[::-1, :, 0] / 127.5 - 1


@claim(
    "Put the input at 1.00, then at 1.05.",
    "Below 1 it is silent, and above that the rate grows.",
)
def test_above_1_the_cell_fires(figure):
    cell, fired = figure(figures.SpikeFigure), []
    for drive in (0.5, 1.0, 1.05, 1.4, 2.8, 4.0):
        cell.set(drive=drive)
        fired.append(len(spikes(cell)))
    assert fired[:2] == [0, 0] and fired[2] > 0 and (np.diff(fired[1:]) > 0).all()


@claim(
    "Double it from 1.40 to 2.80: the spikes come more often, and all have the same height.",
)
def test_a_doubled_input_makes_more_and_no_higher_spikes(figure):
    cell, drawn = figure(figures.SpikeFigure), []
    for drive in (1.4, 2.8):
        cell.set(drive=drive)
        drawn.append((len(spikes(cell)), np.nanmax(cell.spikes.get_ydata())))
    assert drawn[1][0] > 2 * drawn[0][0] > 0 and drawn[0][1] == drawn[1][1]


@claim("Then compare the curve on the right with a bend you will meet below, the ReLU: 0 for a while, then up.")
def test_the_rate_looks_like_a_relu(figure):
    cell = figure(figures.SpikeFigure)
    drive, rate = cell.painter.figure.axes[1].lines[0].get_data()
    assert (rate[drive <= 1] == 0).all() and (np.diff(rate[drive > 1]) > 0).all()


@claim("Drag the line: only `b` changes.")
def test_the_line_moves_b_alone(figure):
    neuron = figure(figures.NeuronFigure)
    before = neuron.values
    foot = np.array([-1.0, 1.0])  # on the line 1.5 x[0] + x[1] + 0.5 = 0
    drag(neuron, neuron.plane, tuple(foot), tuple(foot + 0.5))
    assert neuron.values["b"] != before["b"]
    assert (neuron.values["w"] == before["w"]).all() and (neuron.values["x"] == before["x"]).all()


@claim("Drag the arrow's tip: a longer `w` makes a sharper edge.")
def test_a_longer_w_is_sharper(figure):
    neuron, widths = figure(figures.NeuronFigure), []
    tip = neuron.handle.tip[0]
    for far in (0.0, 0.5):
        drag(neuron, neuron.plane, tuple(neuron.handle.tip[0]), tuple(tip + far))
        widths.append(read(neuron, r"From 0.1 to 0.9 it is ([\d.]+) wide"))
    assert widths[1] < widths[0] / 1.2


@claim("Drag the star along the line: its answer does not change.")
def test_along_the_line_the_answer_stays(figure):
    neuron, found = figure(figures.NeuronFigure), []
    star = neuron.star.get_xydata()[0]
    for step in (0.0, 0.5, 1.0):
        drag(neuron, neuron.plane, tuple(neuron.star.get_xydata()[0]), tuple(star + step * np.array([-1.0, 1.5])))
        found.append(neuron.here.get_ydata()[0])
    assert np.ptp(found) < 0.01


@claim("Then make `w` tiny: the neuron can't decide anything.")
def test_a_tiny_w_decides_nothing(figure):
    neuron, found = figure(figures.NeuronFigure), []
    for x in ([-3.0, -3.0], [3.0, 3.0]):
        neuron.set(w=[0.02, 0.01], b=0.0, x=x)
        found.append(neuron.here.get_ydata()[0])
    assert 0.4 < min(found) < max(found) < 0.6


@claim(
    "Press *One solution*: both neurons look the same way, one wakes up later, and the two *different* points land on"
    " one spot. *Another*: each neuron wakes up for one of them.",
)
def test_two_ways_to_fold(figure):
    fold = figure(figures.FoldFigure)
    press(fold, "One solution")
    W, b = fold.values["W"], fold.values["b"]
    assert (W[0] == W[1]).all() and b[0] != b[1] and apart(fold)
    assert (seen(fold)[2] == seen(fold)[3]).all()
    press(fold, "Another")
    assert apart(fold) and not seen(fold)[:2].any()
    assert sorted(map(tuple, seen(fold)[2:] > 0)) == [(False, True), (True, False)]


@claim(
    "Press *One solution*, then switch the ReLU off, and on again.",
    "No, none",
)
def test_without_the_relu_nothing_comes_apart(figure):
    fold = figure(figures.FoldFigure)
    press(fold, "One solution")
    for relu in (False, True):
        fold.set(relu=relu)
        assert apart(fold) == relu
    rng = np.random.default_rng(0)
    for _ in range(20):
        fold.set(relu=False, W=rng.uniform(-1.5, 1.5, (2, 2)), b=rng.uniform(-1.5, 1.5, 2))
        assert not apart(fold)


@claim(
    "Press *Start* and drag the tips of the arrows until the black line appears. One neuron alone will not do, nor "
    "lines that are only shifted: both arrows have to turn. How wide can you make the gap? More than 0.8 on each side"
    " is possible.",
)
def test_from_the_start_both_arrows_have_to_turn(figure):
    fold = figure(figures.FoldFigure)
    for j, w, b in itertools.product((0, 1), itertools.product((-1.5, -0.5, 0.5, 1.5), repeat=2), (-1, -0.3, 0.3, 1)):
        press(fold, "Start")
        W, biases = fold.values["W"], fold.values["b"]
        W[j], biases[j] = w, b
        fold.set(W=W, b=biases)
        assert not apart(fold)
    for b in itertools.product((-1.5, -0.5, 0.0, 0.5, 1.5), repeat=2):
        press(fold, "Start")
        fold.set(b=b)
        assert not apart(fold)
    press(fold, "Start")
    for handle, tip in zip(fold.handles, ((0.15, -0.75), (-0.75, 0.55)), strict=True):
        assert not apart(fold)
        drag(fold, fold.plane, tuple(handle.tip[0]), tip)
    assert apart(fold)
    fold.set(W=[[1.5, -1.5], [-1.5, 1.5]], b=[0.9, 0.3])
    assert read(fold, r"with ([\d.]+) to spare") > 0.8


@claim("*Both lines alike*: two neurons that do the same are worth one.")
def test_two_alike_are_worth_one(figure):
    fold = figure(figures.FoldFigure)
    press(fold, "Both lines alike")
    assert not apart(fold) and (seen(fold)[:, 0] == seen(fold)[:, 1]).all()


@claim(
    "The sentence has the sum written out.",
    "Do it for the eight numbers of `x1`, then let *Play* run `x2` and `x3`.",
    "for `x1` the network says machine with 0.5499 against 0.2014.",
)
def test_eight_numbers_lead_to_the_answer(figure):
    forward, found = figure(figures.ForwardFigure), []
    for k in range(1, 9):
        press(forward, "Step")
        assert forward.values["k"] == k and ("·" in forward.canvas.text or 3 < k < 6)
        found.append(read(forward, r"^.*? = (-?\d\.\d{4})\. "))
    assert found[6:] == [0.2014, 0.5499] and "machine" in forward.canvas.text
    L = data.lecture
    for name, x in (("x2", L.x2), ("x3", L.x3)):
        press(forward, name)
        assert forward.values["k"] == 0
        press_play(forward)
        drawn = [float(text) for text in forward.inside.get_texts()[4:10:2]]
        assert forward.values["k"] == 8 and drawn == pytest.approx(L.W1 @ x + L.b1, abs=5e-4)


@claim(
    "For `zeros` watch two neurons sleep.",
    "Then choose another bend: with the sigmoid no neuron sleeps entirely.",
)
def test_zeros_let_two_neurons_sleep(figure):
    forward = figure(figures.ForwardFigure)
    press(forward, "zeros")
    forward.set(k=8)
    assert forward.inside.get_texts()[5:10:2].count("0") == 2
    forward.set(bend="sigmoid")
    assert all(float(text) > 0 for text in forward.inside.get_texts()[5:10:2])


@claim(
    "Press *Play* and watch the lines arrive.",
    "every crossing makes a piece",
)
def test_play_adds_the_lines(figure):
    regions = figure(figures.RegionsFigure)
    press(regions, "Rewind")
    assert read(regions, REGIONS) == 1
    press_play(regions)
    assert "50 of 50 neurons" in regions.canvas.text and read(regions, REGIONS) == 847


@claim("Choose *2 layers of 12*: the lines of the second layer have corners where they cross those of the first.")
def test_lines_of_the_second_layer_are_bent():
    (W1, b1), (W2, b2) = random_layers(WIDTHS["2 layers of 12, random"], 1)
    grid = np.stack(np.meshgrid(np.linspace(-2, 2, 80), np.linspace(-2, 2, 80)), axis=-1).reshape(-1, 2)
    A = np.column_stack([grid, np.ones(len(grid))])
    z2 = np.maximum(grid @ W1.T + b1, 0) @ W2.T + b2

    def missed(z):  # by the best straight edge
        return np.mean(np.sign(A @ np.linalg.lstsq(A, z, rcond=None)[0]) != np.sign(z))

    assert missed(grid @ W1.T + b1) == 0 and missed(z2) > 0.02
    (on,) = {tuple(row) for row in (grid[:1] @ W1.T + b1 > 0)}
    same = (np.asarray(grid @ W1.T + b1 > 0) == on).all(axis=1)  # one piece of the first layer: straight there
    assert np.abs(A[same] @ np.linalg.lstsq(A[same], z2[same], rcond=None)[0] - z2[same]).max() < 1e-9


@claim(
    "Then choose *5 layers of 4, folding*, rewind, and play.",
    "makes 1024 pieces",
)
def test_the_folding_network_makes_1024(figure):
    regions = figure(figures.RegionsFigure)
    regions.set(network="5 layers of 4, folding")
    press(regions, "Rewind")
    press_play(regions)
    assert read(regions, REGIONS) == 4**5 == 1024 and read(regions, r"(\d+) weights and biases") == 97


@claim(
    "Change the draw.",
    "the last ones belong to a square twice as wide, with the same networks.",
)
def test_another_draw_another_count_and_shallow_wins(figure, shown):
    regions = figure(figures.RegionsFigure)
    counts = {}
    for name in list(WIDTHS)[:3]:
        counts[name] = []
        for seed in range(1, 13):
            regions.set(network=name, seed=seed, neurons=50)
            counts[name].append(read(regions, REGIONS))
    shallow, *deep = counts.values()
    assert len(set(shallow)) > 6 and min(shallow) > max(max(deep[0]), max(deep[1]))
    lines = shown("Shallow or deep?").splitlines()[:3]
    for line, (name, found) in zip(lines, counts.items(), strict=True):
        assert line.startswith(name)
        assert read(line, r"median (\d+), from (\d+) to (\d+)") == (round(np.median(found)), min(found), max(found))
    wide = [count_regions(random_layers(WIDTHS[list(WIDTHS)[1]], seed), 4.0 * np.array(
        [[-1, -1], [1, -1], [1, 1], [-1, 1]]))[-1] for seed in range(1, 13)]  # fmt: skip
    assert read(lines[1], r"twice as wide: (\d+)") == pytest.approx(np.median(wide), abs=0.5)


@claim(
    "Put *Layers* at 5: 32 pieces against 10.",
    "With each layer the deep network doubles its pieces. The shallow one gets two more.",
)
def test_depth_doubles(figure):
    zigzag, counts = figure(figures.ZigzagFigure), []
    for depth in range(1, 9):
        zigzag.set(depth=depth)
        counts.append(read(zigzag, PIECES))
    assert counts[4] == (32, 10)
    deep, shallow = np.array(counts).T
    assert (deep[1:] == 2 * deep[:-1]).all() and (np.diff(shallow) == 2).all()


@claim(
    "Now shake the weights: each is multiplied by its own random factor near 1.",
    "At first both lines only wobble (short flat pieces appear where a tent dips below 0 and the next ReLU cuts it "
    "off).",
    "At 0.1 the shallow line has wandered out of the picture, but kept its corners, all but one.",
    "Of the deep one's 32 pieces 17 are left, and with 8 layers 66 of 256.",
    "An error of the first layer passes through all that follow, and a tent that is too low leaves the next one less "
    "to fold.",
)
def test_shaken_weights_ruin_the_deep_one(figure):
    zigzag = figure(figures.ZigzagFigure)
    zigzag.set(depth=5)
    for noise in (0.005, 0.01, 0.02):
        zigzag.set(noise=noise)
        deep, shallow = read(zigzag, PIECES)
        assert deep > 32 and shallow == 10  # flat pieces more, and nothing lost
        assert "out of the picture" not in zigzag.canvas.text
    zigzag.set(noise=0.1)
    assert read(zigzag, PIECES) == (17, 9)
    low, high = zigzag.panels[1].get_ylim()
    assert zigzag.lines[1].get_ydata().min() < low and zigzag.lines[0].get_ydata().min() > low
    zigzag.set(depth=8)
    assert read(zigzag, PIECES)[0] == 66


@claim("Drag the window over an edge and read the sum.")
def test_the_window_reads_nine_products(figure):
    convolution = figure(figures.ConvolutionFigure)
    drawn = np.abs(answers(convolution))
    row, column = map(int, np.unravel_index(drawn.argmax(), drawn.shape))
    drag(convolution, convolution.left, (25.0, 25.0), (column + 1.5, row + 1.5))
    assert (convolution.values["row"], convolution.values["column"]) == (row, column)
    patch = convolution.images[convolution.values["picture"]][row : row + 3, column : column + 3]
    total = (patch * convolution.values["K"]).sum()
    assert read(convolution, r"add up to (\S+)\.") == pytest.approx(total, abs=5e-4)
    largest = max(map(abs, read(convolution, r"from (\S+) to (\S+)\.$")))
    assert abs(total) == pytest.approx(largest, rel=1 / 127)  # as fine as a byte of the picture


@claim(
    "Choose *Left edges*: it is bright where the picture turns from dark to light.",
    "*Top edges* does the same downwards.",
    "Switch the ReLU on: only one kind of edge is left.",
)
def test_edges_are_bright_from_dark_to_light(figure):
    convolution = figure(figures.ConvolutionFigure)
    image = convolution.images[convolution.values["picture"]]
    right, down = image[1:-1, 2:] - image[1:-1, :-2], image[2:, 1:-1] - image[:-2, 1:-1]
    for name, change in (("Left edges", right), ("Top edges", down)):
        press(convolution, name)
        assert (convolution.values["K"] == FILTERS[name]).all()
        clear = np.abs(change) > 0.5
        drawn = answers(convolution)
        assert np.mean((drawn[clear] > 0) == (change[clear] > 0)) > 0.9
        low, high = read(convolution, r"from (\S+) to (\S+)\.$")
        assert drawn.min() < 0 < drawn.max() and low < 0 < high
        convolution.set(relu=True)
        low, high = read(convolution, r"from (\S+) to (\S+)\.$")
        assert answers(convolution).min() == pytest.approx(0, abs=0.005) and low == 0 < high
        convolution.set(relu=False)


@claim("its lowest value is -0.17, at $z$ = -0.75", "Far from 0 it is ReLU.")
def test_gelu_is_round_and_a_little_below_zero():
    z = np.linspace(-8, 8, 3201)
    gelu = z * np.array([(1 + math.erf(at / 2**0.5)) / 2 for at in z])
    assert (round(gelu.min(), 2), round(z[gelu.argmin()], 2)) == (-0.17, -0.75)
    far = np.abs(z) > 4
    assert np.abs(gelu - np.maximum(z, 0))[far].max() < 2e-4


@claim(
    "Put *Stride* at 2: 24 x 24 answers are left, a quarter.",
    "Back at 1, put *Padding* at 1: as many answers come out as there are pixels, 50 x 50, and the zeros make an edge "
    "that the picture does not have.",
    "The window fits into 50 pixels at 48 places, so that picture is 48 x 48.",
)
def test_stride_leaves_a_quarter_and_padding_makes_an_edge(figure):
    convolution = figure(figures.ConvolutionFigure)
    assert answers(convolution).shape == (48, 48)
    convolution.set(stride=2)
    assert answers(convolution).shape == (24, 24) and convolution.count.get_text() == "24 x 24"
    assert np.mean(np.abs(answers(convolution)[:, 0]) < 0.01) > 0.7  # nearly all of the rim is paper, 0 to a byte
    convolution.set(stride=1, pad=1)
    drawn = answers(convolution)
    assert drawn.shape == (50, 50) and np.mean(np.abs(drawn[5:-5, [0, -1]]) > 0.5) > 0.9


@claim(
    "Press on a filter, or choose it below. Find one that answers to edges and one that answers to a colour. Drag the "
    "window: three sums and a bias make the answer.",
)
def test_filters_answer_to_edges_and_to_colours(figure):
    features = figure(figures.FeaturesFigure)
    tap(features, features.strips[0], (3 * 6 + 2, 2))
    assert features.values["filter"] == 4
    K = np.concatenate([network["K1"] for network in features.networks])
    flat, change = np.abs(K.sum(axis=(1, 2))), np.abs(K).sum(axis=(1, 2))
    loud = change.sum(axis=1) > 0.5 * np.median(change.sum(axis=1))
    assert (flat.sum(axis=1) < 0.35 * change.sum(axis=1))[loud].any()  # an edge: light beside dark
    assert (np.ptp(K.sum(axis=(1, 2)), axis=1) > 0.8 * change.max(axis=1))[loud].any()  # one colour against another
    drag(features, features.left, (12, 12), (8.5, 8.5))
    *parts, total = read(features, r"red (\S+) \+ green (\S+) \+ blue (\S+) \+ bias (\S+) = (\S+?)\. ")
    assert sum(parts) == pytest.approx(total, abs=0.021)


@claim(
    "*Shift right*: all maps move along, by as many pixels. And yet the verdict may change: the last layer is an "
    "ordinary one, and for it a place is a place.",
)
def test_maps_move_along_and_the_verdict_may_change(figure):
    features, said = figure(figures.FeaturesFigure), set()
    for picture in range(len(features.pictures)):
        verdicts = set()
        for right in range(-16, 17, 4):
            features.set(picture=picture, right=right)
            verdicts.add(features.canvas.text.split("The network says ")[1].split(",")[0])
        said.add(len(verdicts))
    assert max(said) > 1
    maps = []
    for right in (0, 4):
        features.set(picture=0, right=right)
        maps.append(features.maps[1].get_data()[:, :25].astype(float))
    inner = slice(6, -6)
    scale = maps[0][:, inner].max() / max(maps[1][:, 8:-4].max(), 1)
    assert np.abs(maps[1][:, 8:-4] * scale - maps[0][:, 6:-6]).max() <= 6  # 4 of 50 pixels are 2 of 25


@claim("Choose another *Random start*: other filters, and nearly as good an answer. No filter has a name.")
def test_other_starts_find_other_filters(figure):
    features, drawn, right = figure(figures.FeaturesFigure), set(), []
    for net in range(1, 6):
        features.set(net=net)
        drawn.add(features.maps[0].get_data().tobytes())
        verdicts = []
        for picture in range(len(features.pictures)):
            features.set(picture=picture)
            verdicts.append(features.canvas.text.endswith("right."))
        right.append(np.mean(verdicts))
    assert len(drawn) == 5 and min(right) >= 0.7 and np.ptp(right) <= 0.2


@claim(
    "Pictures by two vendors that neither has ever seen. Which gets more of them right?",
    "Copies help both, the filters more: they saw that things move. Still, the linear one stays ahead, and 54 pictures "
    "say no more than that: one of them is 2%.",
)
def test_the_linear_one_stays_ahead(shown):
    lines = [line for line in shown("Outlook").splitlines() if "linear, then" in line]
    percents = [[int(share) for share in re.findall(r"(\d+)%", line)] for line in lines]
    assert [len(found) for found in percents] == [6, 6]
    assert all(linear > max(ours) for linear, *ours in percents)
    (linear, *ours), (linear_too, *ours_too) = percents
    assert linear_too > linear and np.mean(ours_too) - np.mean(ours) > linear_too - linear


@claim(
    "Walk through AlexNet. Its five convolutions hold 4% of the weights and do 92% of the multiplications.",
    "In the three ordinary layers",
    "Each of 4096 neurons has a weight for all 9216 numbers that arrive: 38 million in the first of the three alone.",
    "The first layer has 34,944 and the sixth 37,752,832.",
)
def test_where_alexnet_has_its_weights(figure):
    layers = figure(figures.LayersFigure)
    press_play(layers)
    assert layers.values["layer"] >= 11
    names = layers.names[0].get_texts()
    shares = [[float(text[:-1]) if text else 0 for text in ends.get_texts()] for ends in layers.ends[1:]]
    convolutions = [row for row, name in enumerate(names) if name.startswith("conv")]
    assert len(convolutions) == 5
    weights, products = (sum(part[row] for row in convolutions) for part in shares)
    assert weights == pytest.approx(4, abs=0.5) and products == pytest.approx(92, abs=0.5)
    for row, words in ((1, ("34,944",)), (9, ("4,096", "9,216", "37,752,832"))):
        layers.set(layer=row)
        assert all(word in layers.canvas.text for word in words)


@claim(
    "Press *GoogLeNet*. Its last convolution hands over the mean of each channel, 1024 numbers, to a single ordinary "
    "layer: 7 million weights instead of 61, and twice the multiplications. (Its paper says twelve times fewer. "
    "Counted layer by layer it is 8.7.)",
    "Make AlexNet's picture smaller, from 227 to 195: the convolutions keep their weights, `full 6` loses 31% of its "
    "own. GoogLeNet's weights stay what they are at any size.",
    "Press *7500 numbers*: from the lecture's 50 x 50 x 3 they first become more, 40,000, and then fewer and fewer.",
)
def test_googlenet_and_other_sizes(figure):
    layers, totals = figure(figures.LayersFigure), {}
    for name in ("AlexNet", "GoogLeNet"):
        press(layers, name)
        totals[name] = [int(part.replace(",", "")) for part in re.findall(r"[\d,]{7,}", layers.canvas.text)[-2:]]
    (alex, products), (google, more) = totals.values()
    assert round(alex / 1e6) == 61 and round(google / 1e6) == 7 and round(alex / google, 1) == 8.7
    assert more / products == pytest.approx(2, abs=0.25)
    layers.set(layer=17)
    assert "1,024" in layers.canvas.text and "the mean of each channel" in layers.canvas.text
    for side in (224, 100):
        layers.set(side=side)
        assert f"{google:,} weights" in layers.canvas.text
    press(layers, "AlexNet")
    full = []
    for side in (227, 195):
        layers.set(side=side, layer=9)
        full.append(int(re.search(r"a bias: ([\d,]+)", layers.canvas.text)[1].replace(",", "")))
        layers.set(layer=3)
        assert "307,456" in layers.canvas.text
    assert 1 - full[1] / full[0] == pytest.approx(0.31, abs=0.005)
    press(layers, "7500 numbers")
    numbers = [int(text.replace(",", "")) for text in layers.ends[0].get_texts() if text]
    assert numbers[:2] == [7500, 40_000] == [numbers[0], max(numbers)] and numbers[-1] == 1000


@claim(
    "Press on each part, above or below, before you read.",
    "The part that is pointed out is thick in both.",
)
def test_a_part_is_pointed_out_in_both(figure):
    cell = figure(figures.CellFigure)
    for n, part in enumerate(PARTS):
        for side, field in zip(cell.sides, (4, 5), strict=True):
            cell.set(part=1 + (n + 3) % len(PARTS))
            line = part[field][-1]
            tap(cell, side.axes, line[len(line) // 2])
            assert cell.values["part"] == n + 1 and part.differs[1:] in cell.canvas.text
        for side in cell.sides:
            widths = [lines.get_linewidth()[0] for lines in side.lines]
            assert np.argmax(widths) == n and sorted(widths)[-2] < max(widths) / 2


@claim(
    "Then choose another *Row of W*: which synapses change their sign?",
    "A negative weight is dashed, as a synapse with − inhibits.",
)
def test_signs_are_seen_without_colours(figure):
    cell, signs = figure(figures.CellFigure), []
    for row, w in enumerate(data.lecture.W1):
        cell.set(row=row)
        signs.append([sign.get_text() for sign in cell.signs])
        assert signs[-1] == ["+" if weight > 0 else "0" if weight == 0 else "\N{MINUS SIGN}" for weight in w]
        solid = [pattern is None for _, pattern in cell.sides[1].lines[0].get_linestyle()]
        assert solid == [weight > 0 for weight in w]
    assert signs[0] != signs[1] == signs[2]
