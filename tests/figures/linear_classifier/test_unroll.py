"""The picture that is unrolled: curves, strip and picture equal what is computed here by other means."""

import numpy as np
import pytest
from drive import check, fits

from figures.linear_classifier.making import drive_all
from lectureutils.figures import UnrollFigure
from lectureutils.figures.linear_classifier.unroll import in_strip


@pytest.fixture(scope="module")
def unroll(emoji, learned):
    return UnrollFigure(emoji.images, *learned, emoji.class_names)


def test_unroll_every_control(unroll):
    drive_all(unroll)


def test_the_sums_end_at_the_scores(unroll, emoji, learned):
    W, b = learned
    for i, x in enumerate(emoji.X):
        unroll.set(picture=i, k=7500)
        scores = W @ x + b
        for line, end, score, bias in zip(unroll.sums.lines, unroll.sums.ends, scores, b, strict=True):
            assert line.get_ydata()[-2:] == pytest.approx([score - bias, score])
            assert line.get_xdata()[-2] == 7500
            assert end.get_ydata() == pytest.approx([score])
        assert f"Predicts {emoji.class_names[scores.argmax()]}" in unroll.canvas.text


@pytest.mark.parametrize("k", [0, 1, 149, 2999, 3000, 7499])
def test_the_curves_are_running_sums(unroll, emoji, learned, k):
    W, b = learned
    x = emoji.X[2]
    unroll.set(picture=2, k=k)
    for c, (line, rest) in enumerate(zip(unroll.sums.lines, unroll.sums.rest, strict=True)):
        for place, height in (line.get_xydata()[len(line.get_xdata()) // 2], line.get_xydata()[-1]):
            assert height == pytest.approx(W[c, : int(place)] @ x[: int(place)], abs=1e-9)
        assert line.get_xdata()[-1] == k == rest.get_xdata()[0]
        assert unroll.sums.ends[c].get_xdata() == [k]
        assert rest.get_ydata()[-1] == pytest.approx(W[c] @ x + b[c])
    assert f"After {k} of 7500 numbers" in unroll.canvas.text
    assert f"x[{k}] = {x[k]:.2f}" in unroll.canvas.text


def test_the_strip_shows_the_numbers_themselves(unroll, emoji, learned):
    W, _b = learned
    for k in (0, 3001, 7500):
        unroll.set(picture=1, row=3, k=k)
        texts = np.reshape(unroll.strip.numbers.get_texts(), (3, 6))
        entries = in_strip(k)
        assert entries[0] % 3 == 0, "the letters above say red, green, blue"
        assert entries[0] <= min(k, 7499) <= entries[-1]
        assert [float(text) for text in texts[0]] == pytest.approx(emoji.X[1, entries], abs=0.0051)
        assert [float(text) for text in texts[1]] == pytest.approx(W[3, entries], abs=0.000051)
        assert [bool(text) for text in texts[2]] == list(entries < k)
        for text, entry in zip(texts[2], entries, strict=True):
            assert not text or float(text) == pytest.approx(W[3, entry] * emoji.X[1, entry], abs=0.000051)
        channels = [np.flatnonzero(np.array(box.get_facecolor()[:3]) != 0) for box in unroll.strip.boxes]
        if k == 7500:
            assert all(found in ([j % 3], []) for j, found in enumerate(map(list, channels)))


def test_what_is_used_is_bright_and_the_rest_pale(unroll, emoji):
    unroll.set(picture=1, k=3001)
    shown = unroll.picture.get_data()[::-1].reshape(-1) / 255
    x = emoji.X[1]
    assert shown[:3001] == pytest.approx(x[:3001], abs=0.003)
    assert shown[3001:] == pytest.approx(0.75 + 0.25 * x[3001:], abs=0.003)


def test_the_player_walks_to_the_end_and_stops(unroll):
    unroll.rewind()
    assert unroll.values["k"] == 0
    steps = 1
    while unroll.advance():
        steps += 1
    assert steps == 50, "one step for each row of the picture"
    assert unroll.values["k"] == 7500
    assert not unroll.advance()
    check(unroll, "the end")


def test_names_at_the_curves_do_not_overlap(unroll):
    for picture in range(5):
        unroll.set(picture=picture)
        boxes = sorted((label.get_window_extent() for label in unroll.sums.labels), key=lambda box: box.y0)
        assert all(low.y1 <= high.y0 + 1 for low, high in zip(boxes, boxes[1:], strict=False))


def test_nothing_is_cut_off_on_the_projector(emoji, learned, projector):
    figure = UnrollFigure(emoji.images, *learned, emoji.class_names)
    check(figure, "projector")
    fits(figure)


def test_bad_arguments_are_refused(emoji, learned):
    W, b = learned
    with pytest.raises(ValueError, match="same D"):
        UnrollFigure(emoji.images, W[:, :100], b, emoji.class_names)
    with pytest.raises(ValueError, match="2 names for 5 pictures"):
        UnrollFigure(emoji.images, W, b, emoji.class_names, names=["cat"] * 2)


def test_names_that_come_twice_are_told_apart_by_number(emoji, learned):
    figure = UnrollFigure(emoji.images, *learned, emoji.class_names, names=["cat"] * 5)
    assert [word for word, _ in figure.controls["picture"].inputs[0].options][:2] == ["1: cat", "2: cat"]
