"""Random search: the draws, their histogram and what is to be expected."""

import numpy as np
import pytest
from claims import press
from drive import check

from figures.optimization.making import V2, X1, Y_STAR, loss
from lectureutils.data import lecture
from lectureutils.figures import RandomSearchFigure


@pytest.fixture(scope="module")
def search():
    return RandomSearchFigure(loss, X1, Y_STAR, {"V1": lecture.V1, "V2": V2}, lecture.CLASSES)


def test_search_begins_with_the_lectures_draws(search):
    assert search.losses == pytest.approx([0.9148, 1.669267], abs=5e-5)
    assert "Draw 2 (V2)" in search.canvas.text and "number 1 with L = 0.9148" in search.canvas.text
    assert [float(text) for text in search.numbers.get_texts()] == pytest.approx(V2.ravel())
    assert [bar.get_width() for bar in search.bars] == pytest.approx([0.4165, -0.118, 1.1675])
    assert search.best.get_xdata() == pytest.approx([0.9148] * 2, abs=5e-5)
    assert search.last.get_xdata() == pytest.approx([1.669267] * 2, abs=5e-7)


def test_buttons_draw_one_ten_and_a_thousand(search):
    for word, count in (("Step", 3), ("Draw 10", 13), ("Draw 1000", 1013)):
        press(search, word)
        assert len(search.losses) == count and f"Draw {count}:" in search.canvas.text
        check(search, word)
    press(search, "Rewind")
    assert len(search.losses) == 2


def test_the_histogram_counts_all_draws_and_the_best_is_the_smallest(search):
    press(search, "Draw 1000")
    heights = search.histogram.get_data().values
    counts = np.array([((low <= search.losses) & (search.losses < low + 0.05)).sum() for low in np.arange(80) * 0.05])
    assert counts.sum() == 1002
    assert heights == pytest.approx(counts / counts.max())
    assert search.best.get_xdata()[0] == min(search.losses)
    assert search.losses[-1] == pytest.approx(loss(search.W)), "the table shows the last draw"


def test_losses_beyond_the_axis_stay_in_the_picture(search):
    search.set(spread=1.0)
    assert len(search.losses) == 2, "another spread starts another histogram"
    press(search, "Draw 1000")
    assert search.losses.max() > 4
    assert search.histogram.get_data().values[-1] > 0
    assert search.last.get_xdata()[0] <= 4


def test_a_thousand_times_the_draws_for_a_tenth_of_the_loss(search):
    """Three scores have to be hit: the share of draws below L grows like L^3."""
    search.refresh(lambda: search.draw_more(20000))
    below = [(search.losses < level).mean() for level in (0.3, 0.6)]
    assert below[1] / below[0] == pytest.approx(8, rel=0.3)


def test_the_outlook_is_what_the_draws_turn_out_to_be(search):
    for spread in (0.05, 0.5):
        search.set(spread=spread)
        search.refresh(lambda: search.draw_more(5000))
        heights, middles = search.outlook.get_data().values, 0.1 + 0.2 * np.arange(20)
        assert heights.max() == 1
        assert heights @ middles / heights.sum() == pytest.approx(np.minimum(search.losses, 3.9).mean(), abs=0.1)


def test_a_search_needs_a_first_draw():
    with pytest.raises(ValueError, match="known: got no draw, expected at least one"):
        RandomSearchFigure(loss, X1, Y_STAR, {}, lecture.CLASSES)
