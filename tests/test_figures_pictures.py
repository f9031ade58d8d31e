"""The figures about pictures: what is drawn equals what is computed here by other means."""

import numpy as np
import pytest
from drive import buttons, check, click, ends, fits, inputs, pairwise, send

from lectureutils import plots
from lectureutils.data import load_emoji
from lectureutils.figures import OwnPictureFigure, TemplatesFigure, UnrollFigure
from lectureutils.figures.shared.photographs import as_pictures, as_template


@pytest.fixture(scope="module")
def emoji():
    return load_emoji().take([0, 80, 140, 160, 200])


@pytest.fixture(scope="module")
def learned():
    """A ridge solution: cheap, and good enough to have templates."""
    data = load_emoji()
    X = np.column_stack([data.X, np.ones(len(data))])
    theta = X.T @ np.linalg.solve(X @ X.T + 30 * np.eye(len(X)), np.eye(5)[data.y])
    return theta[:-1].T.copy(), theta[-1] + 0.1 * np.arange(5)


@pytest.fixture(scope="module")
def unroll(emoji, learned):
    return UnrollFigure(emoji.images, *learned, emoji.class_names)


@pytest.fixture(scope="module")
def templates(emoji, learned):
    return TemplatesFigure(*learned, emoji.images, emoji.class_names, y=emoji.y)


def drive(figure):
    """Bring every control to its ends alone and with every other one, press every button; Reset ends it."""
    text, picture = figure.canvas.text, figure.painter.pixels().copy()
    moves = [(widget, ends(widget)) for _control, widget in inputs(figure)]
    for widget, states in moves:
        figure.reset()
        for state in states:
            send(widget, **state)
            check(figure, f"{widget.tooltip} = {state}")
    for setting in pairwise([[states[0], states[-1]] for _widget, states in moves]):
        for (widget, _states), state in zip(moves, setting, strict=True):
            send(widget, **state)
        check(figure, str(setting))
    for button in buttons(figure):
        click(button)
        check(figure, button.description)
    figure.reset()
    assert figure.canvas.text == text
    assert np.array_equal(figure.painter.pixels(), picture)


# Unrolling


def test_unroll_every_control(unroll):
    drive(unroll)


def test_the_sums_end_at_the_scores(unroll, emoji, learned):
    W, b = learned
    for i, x in enumerate(emoji.X):
        unroll.set(picture=i, k=7500)
        scores = W @ x + b
        for line, end, score, bias in zip(unroll.lines, unroll.ends, scores, b, strict=True):
            assert line.get_ydata()[-2:] == pytest.approx([score - bias, score])
            assert line.get_xdata()[-2] == 7500
            assert end.get_ydata() == pytest.approx([score])
        assert f"Predicts {emoji.class_names[scores.argmax()]}" in unroll.canvas.text


@pytest.mark.parametrize("k", [0, 1, 149, 2999, 3000, 7499])
def test_the_curves_are_running_sums(unroll, emoji, learned, k):
    W, _b = learned
    x = emoji.X[2]
    unroll.set(picture=2, k=k)
    for c, (line, rest) in enumerate(zip(unroll.lines, unroll.rest, strict=True)):
        for place, height in (line.get_xydata()[len(line.get_xdata()) // 2], line.get_xydata()[-1]):
            assert height == pytest.approx(W[c, : int(place)] @ x[: int(place)], abs=1e-9)
        assert line.get_xdata()[-1] == k == rest.get_xdata()[0]
        assert unroll.ends[c].get_xdata() == [k]
        assert rest.get_ydata()[-1] == pytest.approx(unroll.scores[c])
    assert f"After {k} of 7500 numbers" in unroll.canvas.text
    assert f"x[{k}] = {x[k]:.2f}" in unroll.canvas.text


def test_the_strip_shows_the_numbers_themselves(unroll, emoji, learned):
    W, _b = learned
    for k in (0, 3001, 7500):
        unroll.set(picture=1, row=3, k=k)
        texts = np.reshape(unroll.numbers.get_texts(), (3, 6))
        entries = np.arange(unroll.start, unroll.start + 6)
        assert entries[0] % 3 == 0, "the letters above say red, green, blue"
        assert entries[0] <= min(k, 7499) <= entries[-1]
        assert [float(text) for text in texts[0]] == pytest.approx(emoji.X[1, entries], abs=0.0051)
        assert [float(text) for text in texts[1]] == pytest.approx(W[3, entries], abs=0.000051)
        assert [bool(text) for text in texts[2]] == list(entries < k)
        for text, entry in zip(texts[2], entries, strict=True):
            assert not text or float(text) == pytest.approx(W[3, entry] * emoji.X[1, entry], abs=0.000051)
        channels = [np.flatnonzero(np.array(box.get_facecolor()[:3]) != 0) for box in unroll.boxes]
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
        boxes = sorted((label.get_window_extent() for label in unroll.labels), key=lambda box: box.y0)
        assert all(low.y1 <= high.y0 + 1 for low, high in zip(boxes, boxes[1:], strict=False))


# Templates


def test_templates_every_control(templates):
    drive(templates)


def test_a_template_is_a_row_of_W(templates, learned):
    W, _b = learned
    most = templates.most
    for c, artist in enumerate(templates.templates):
        row = np.clip(W[c], -most, most).reshape(50, 50, 3)
        assert np.abs(artist.get_data()[::-1] - 127.5 * (1 + row / most)).max() <= 0.5 + 1e-9
    assert as_template(np.zeros(7500), 1.0) == pytest.approx(0.5)
    assert as_template(np.full(7500, 9.0), 1.0) == pytest.approx(1.0)


@pytest.mark.parametrize("right, down", [(0, 0), (7, -3), (-25, 25)])
@pytest.mark.parametrize("mirror", [False, True])
@pytest.mark.parametrize("hue", [0, 120])
def test_bars_are_the_scores_of_the_changed_picture(templates, emoji, learned, right, down, mirror, hue):
    W, b = learned
    x = emoji.X[1].reshape(50, 50, 3)
    by_hand = np.ones((50, 50, 3))
    for row in range(50):
        for column in range(50):
            if 0 <= row + down < 50 and 0 <= column + right < 50:
                pixel = x[row, 49 - column if mirror else column]
                by_hand[row + down, column + right] = np.roll(pixel, 1) if hue else pixel  # 120 degrees: r to g to b
    templates.set(picture=1, right=right, down=down, mirror=mirror, hue=hue)
    scores = W @ by_hand.reshape(-1) + b
    assert [bar.get_width() for bar in templates.bars.bars] == pytest.approx(scores)
    assert np.abs(templates.picture.get_data()[::-1] - 255 * by_hand).max() <= 0.5 + 1e-6
    best = int(scores.argmax())
    assert templates.bars.star.get_ydata() == [best]
    assert [frame.get_visible() for frame in templates.frames] == [c == best for c in range(5)]
    assert f"Predicts {emoji.class_names[best]} (framed); the truth is car." in templates.canvas.text


def test_a_bar_never_leaves_the_scale(templates, monkeypatch):
    monkeypatch.setattr(templates, "W", 30 * templates.W)
    templates.refresh()
    check(templates, "large W")
    low, high = templates.bars.axes.get_xlim()
    assert max(abs(bar.get_width()) for bar in templates.bars.bars) < 0.9 * high == -0.9 * low
    assert templates.bars.star.get_xdata()[0] < high


# Words, sizes and bad input


def test_nothing_is_cut_off_on_the_projector(emoji, learned, projector):
    for figure in (
        UnrollFigure(emoji.images, *learned, emoji.class_names),
        TemplatesFigure(*learned, emoji.images, emoji.class_names),
        OwnPictureFigure(*learned, emoji.class_names),
    ):
        check(figure, "projector")
        fits(figure)


def test_pictures_come_in_several_forms(emoji):
    floats = emoji.X.reshape(-1, 50, 50, 3)
    for images in (emoji.images, emoji.X, floats, (255 * floats).round().astype(np.uint8)):
        assert as_pictures(images) == pytest.approx(floats, abs=0.002)


@pytest.mark.parametrize(
    "images, reason",
    [
        (np.zeros((50, 50, 3)), r"images\[None\]"),
        (np.zeros((2, 40, 40, 3)), "expected .N, 50, 50, 3"),
        (np.full((1, 50, 50, 3), 200.0), "numbers from 200 to 200"),
        (np.full((1, 50, 50, 3), np.nan), "finite"),
    ],
)
def test_other_images_are_refused_with_a_reason(images, reason):
    with pytest.raises(ValueError, match=reason):
        as_pictures(images)


def test_bad_arguments_are_refused(emoji, learned):
    W, b = learned
    with pytest.raises(ValueError, match="same D"):
        UnrollFigure(emoji.images, W[:, :100], b, emoji.class_names)
    with pytest.raises(ValueError, match="4 names for 5 rows"):
        TemplatesFigure(W, b, emoji.images, emoji.class_names[:4])
    with pytest.raises(ValueError, match="2 names for 5 pictures"):
        UnrollFigure(emoji.images, W, b, emoji.class_names, names=["cat"] * 2)
    with pytest.raises(ValueError, match="4 labels for 5 examples"):
        TemplatesFigure(W, b, emoji.images, emoji.class_names, y=emoji.y[:4])


def test_names_that_come_twice_are_told_apart_by_number(emoji, learned):
    figure = UnrollFigure(emoji.images, *learned, emoji.class_names, names=["cat"] * 5)
    assert [word for word, _ in figure.controls["picture"].inputs[0].options][:2] == ["1: cat", "2: cat"]


def test_labels_spread_in_order_and_within_bounds():
    for places in ([0, 0, 0], [5, 5.1, 0], [10, 10, 10], [-3, 12, 4]):
        moved = plots.spread(np.array(places, float), 1.0, 0.0, 10.0)
        assert moved.min() >= 0 and moved.max() <= 10
        assert np.diff(np.sort(moved)).min() >= 1 - 1e-9
        assert (np.argsort(moved, kind="stable") == np.argsort(places, kind="stable")).all()
    assert plots.spread(np.array([1.0, 5.0, 9.0]), 1.0, 0.0, 10.0) == pytest.approx([1, 5, 9])
