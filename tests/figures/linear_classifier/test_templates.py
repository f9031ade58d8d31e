"""The templates: the rows of W as they are drawn, and the scores of a picture that was changed."""

import numpy as np
import pytest
from drive import check, fits

from figures.linear_classifier.making import drive_all, lengths
from lectureutils.figures import TemplatesFigure
from lectureutils.figures.shared.photographs import as_template


@pytest.fixture(scope="module")
def templates(emoji, learned):
    return TemplatesFigure(*learned, emoji.images, emoji.class_names, y=emoji.y)


def test_templates_every_control(templates):
    drive_all(templates)


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
    assert lengths(templates.bars.bars) == pytest.approx(scores)
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


def test_nothing_is_cut_off_on_the_projector(emoji, learned, projector):
    figure = TemplatesFigure(*learned, emoji.images, emoji.class_names)
    check(figure, "projector")
    fits(figure)


def test_bad_arguments_are_refused(emoji, learned):
    W, b = learned
    with pytest.raises(ValueError, match="4 names for 5 rows"):
        TemplatesFigure(W, b, emoji.images, emoji.class_names[:4])
    with pytest.raises(ValueError, match="4 labels for 5 examples"):
        TemplatesFigure(W, b, emoji.images, emoji.class_names, y=emoji.y[:4])
