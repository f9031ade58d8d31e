"""Pictures in whatever form a reader has them."""

import numpy as np
import pytest

from lectureutils.data import load_emoji
from lectureutils.figures.shared.photographs import as_pictures


def test_pictures_come_in_several_forms():
    emoji = load_emoji().take([0, 80, 140, 160, 200])
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
