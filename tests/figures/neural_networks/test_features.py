"""The learned filters: what is drawn is what the network computes, and the three colours add up."""

import numpy as np
import pytest
from claims import drag, read, tap
from drive import check
from looks import faults
from scipy.signal import correlate

from lectureutils import convnet
from lectureutils.data import load_emoji
from lectureutils.figures import FeaturesFigure

SUMS = r"red (\S+) \+ green (\S+) \+ blue (\S+) \+ bias (\S+) = (\S+?)\. "


@pytest.fixture(scope="module")
def features():
    few = load_emoji().vendor_split()[1].take([0, 20, 40])
    return FeaturesFigure(convnet.load_convnets(), few.X, few.y, few.class_names, ["one", "two", "three"])


def expected(features):
    """Compute the first layer's answers (8, 25, 25) to the picture that is shown, by scipy."""
    x = np.pad(features.input.get_data()[::-1] / 255 - 1, ((2, 2), (2, 2), (0, 0)))  # as fine as a byte
    network = features.networks[features.values["net"] - 1]
    return np.stack(
        [correlate(x, K, mode="valid")[:, :, 0] + b for K, b in zip(network["K1"], network["b1"], strict=True)]
    )


def drawn(strip, tile, f, gap):
    return strip.get_data()[::-1, f * (tile + gap) : f * (tile + gap) + tile, 0] / 255


def test_the_maps_are_what_the_filters_answer(features):
    for setting in ({"picture": 0, "filter": 2}, {"picture": 1, "filter": 8, "net": 3, "right": -6}):
        features.set(**setting)
        out = np.maximum(expected(features), 0)
        for f in range(8):
            assert drawn(features.maps[1], 25, f, 5) == pytest.approx(out[f] / out.max(), abs=0.03)
        f = features.values["filter"] - 1
        assert features.output.get_data()[::-1, :, 0] / 255 == pytest.approx(out[f] / out.max(), abs=0.03)
        row, column = features.values["row"], features.values["column"]
        assert read(features, SUMS)[-1] == pytest.approx(expected(features)[f, row, column], abs=0.1)
        assert faults(features) == []
        check(features, str(setting))


def test_the_sums_of_three_colours_and_the_bias_add_up(features):
    for setting in ({"picture": 2, "filter": 5, "row": 12, "column": 12}, {"filter": 1, "row": 24}):
        features.set(**setting)
        *parts, total = read(features, SUMS)
        assert sum(parts) == pytest.approx(total, abs=0.021)


def test_the_hand_moves_the_window_and_chooses_a_filter(features):
    drag(features, features.left, (12, 12), (3.4, 20.7))
    assert (features.values["row"], features.values["column"]) == (20, 3)
    drag(features, features.answers, (3, 3), (24.5, 0.5))
    assert features.window.get_xydata()[0] == pytest.approx([22, -2])
    tap(features, features.strips[1], (3 * 30 + 10, 12))
    assert features.values["filter"] == 4
    tap(features, features.strips[0], (7 * 6 + 2, 2))
    assert features.values["filter"] == 8


def test_the_bars_are_the_networks_probabilities(features):
    features.set(picture=1, net=2, right=0)
    S = convnet.run(convnet.halved(features.pictures[1].reshape(1, -1)), features.networks[1])["S"][0]
    p = np.exp(S - S.max()) / np.exp(S - S.max()).sum()
    assert [bar.get_width() for bar in features.bars] == pytest.approx(p)
    assert f"The network says {features.classes[p.argmax()]}" in features.canvas.text
    assert features.star.get_xydata()[0] == pytest.approx([p[features.y[1]], features.y[1]])
