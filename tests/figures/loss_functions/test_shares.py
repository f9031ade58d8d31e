"""The shares of one example: each bar is one class's part of the loss."""

import re

import numpy as np
import pytest
from drive import check

from figures.loss_functions.making import NAMES, S1, S2, by_hand
from lectureutils.figures import SharesFigure


@pytest.fixture(scope="module")
def shares():
    return SharesFigure(S1, 1, NAMES)


@pytest.mark.parametrize("truth", [0, 1, 2])
@pytest.mark.parametrize("scores", [S1, S2, [2.0, -2.0, 0.0], [0.0, 0.0, 0.0]])
def test_the_shares_add_up_to_the_losses(shares, scores, truth):
    shares.set(scores=scores, truth=truth)
    for name, bars in shares.share_bars.items():
        value = by_hand(name, scores, truth)
        widths = np.array([bar.get_width() for bar in bars])
        if len(shares.beyond[name].get_xdata()) == 0:
            assert widths.sum() == pytest.approx(value)
        else:
            assert widths.max() == shares.most and widths.sum() < value
        assert float(re.search(rf"{name} ([\d.]+\d)", shares.canvas.text)[1]) == pytest.approx(value, abs=0.00051)
    assert [bar.get_width() for bar in shares.score_bars] == pytest.approx(scores)
    check(shares, "set")


def test_the_lectures_numbers(shares):
    assert "hinge 1.403, L1 1.372, L2 0.903, cross-entropy 0.910" in shares.canvas.text
    shares.set(scores=S2)
    assert "hinge 2.659, L1 1.999, L2 1.424, cross-entropy 1.347" in shares.canvas.text
