"""The convolution: every answer is scipy's correlation, and the window goes where the hand takes it."""

import numpy as np
import pytest
from claims import press, read
from drive import check, drag
from scipy.ndimage import correlate

from lectureutils.data import load_emoji, picture
from lectureutils.figures import ConvolutionFigure
from lectureutils.figures.neural_networks.convolution import FILTERS, convolve


@pytest.fixture(scope="module")
def sliding():
    few = load_emoji().take([0, 100])
    return ConvolutionFigure(picture(few.X), ["one", "two"])


def answers(figure):
    """Return scipy's answers (48, 48) to the picture and filter that are set."""
    image, K = figure.images[figure.values["picture"]], figure.values["K"]
    assert convolve(image, K) == pytest.approx(correlate(image, K, mode="constant")[1:-1, 1:-1])
    return correlate(image, K, mode="constant")[1:-1, 1:-1]


def shows(figure, out):
    """Say whether these answers are drawn: 0 mid-grey, the largest white or its opposite black."""
    drawn = figure.output.get_data()[::-1, :, 0] / 255
    return drawn == pytest.approx(0.5 + 0.5 * out / np.abs(out).max(), abs=0.005)


def test_the_answers_are_scipys_correlation(sliding):
    rng = np.random.default_rng(0)
    for k in (0, 1):
        sliding.set(K=np.round(rng.uniform(-2, 2, (3, 3)), 2), picture=k)
        expected = answers(sliding)
        assert expected.shape == (48, 48) and shows(sliding, expected)
        row, column = sliding.values["row"], sliding.values["column"]
        assert f"add up to {expected[row, column] + 0.0:.3f}" in sliding.canvas.text
        assert read(sliding, r"from (\S+) to (\S+)\.$") == pytest.approx((expected.min(), expected.max()), abs=0.005)


@pytest.mark.parametrize("name", FILTERS)
def test_a_flat_place_stays_or_answers_0_and_something_is_left_after_the_relu(sliding, name):
    assert np.sum(FILTERS[name]) == pytest.approx(0 if "edges" in name or name == "Outline" else 1, abs=0.011)
    press(sliding, name)
    assert sliding.K.value == pytest.approx(np.array(FILTERS[name]))
    sliding.set(relu=True)
    assert read(sliding, r" to (\S+)\.$") > 0.1


def test_the_window_follows_the_hand_on_both_pictures(sliding):
    drag(sliding, sliding.left, (5, 5), (21.5, 31.5))
    assert (sliding.row.value, sliding.column.value) == (30, 20)
    assert sliding.window.get_xydata()[0] == pytest.approx([20, 30])
    drag(sliding, sliding.right, (5, 5), (0, 49.9))
    assert (sliding.row.value, sliding.column.value) == (47, 0)
    assert sliding.place.get_xydata()[0] * 48 / 50 == pytest.approx([0, 47])
    check(sliding, "drags")


def test_the_relu_keeps_the_positive_answers(sliding):
    before = answers(sliding)
    assert before.min() < 0 and shows(sliding, before)
    sliding.set(relu=True)
    assert shows(sliding, np.maximum(before, 0)) and not shows(sliding, before)
    sliding.set(K=-np.ones((3, 3)))
    assert "the ReLU makes it 0" in sliding.canvas.text


@pytest.mark.parametrize(("stride", "pad"), [(1, 1), (2, 0), (3, 2), (4, 1)])
def test_stride_and_padding_leave_those_answers(sliding, stride, pad):
    sliding.set(picture=1, K=np.array(FILTERS["Top edges"]), stride=stride, pad=pad, relu=False, row=20, column=31)
    image, K = np.pad(sliding.images[1], pad), np.array(FILTERS["Top edges"])
    out = correlate(image, K, mode="constant")[1:-1, 1:-1][::stride, ::stride]
    assert shows(sliding, out) and sliding.count.get_text() == f"{len(out)} x {len(out)}"
    row, column, total = read(sliding, r"At row (\S+), column (\S+) the nine products add up to (\S+)\.")
    assert abs(row - 20) <= stride / 2 and abs(column - 31) <= stride / 2
    i, j = (int(at + pad) // stride for at in (row, column))
    assert (row + pad) % stride == 0 and total + 0.0 == pytest.approx(out[i, j] + 0.0, abs=6e-4)
    side = sliding.right.get_xlim()[1] / len(out)
    assert sliding.place.get_xydata()[0] == pytest.approx([j * side, i * side])
    drag(sliding, sliding.right, (25, 25), (49.9, 0.1))
    assert sliding.window.get_xydata()[0] == pytest.approx([(len(out) - 1) * stride - pad, -pad])
    check(sliding, f"stride {stride}, padding {pad}")


def test_the_border_of_zeros_is_drawn_black_and_what_lies_beyond_as_paper(sliding):
    sliding.set(pad=1)
    drawn = sliding.input.get_data()[::-1, :, 0]
    assert drawn.shape == (54, 54) and (drawn[0] == 255).all() and (drawn[1, 1:-1] == 0).all()
    assert drawn[2:-2, 2:-2] / 255 == pytest.approx(sliding.images[sliding.values["picture"]], abs=0.003)
    sliding.reset()
