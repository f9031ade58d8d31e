"""Two predictions: who is better by which loss, and where on the map."""

import numpy as np
import pytest
from drive import check, drag

from figures.loss_functions.making import by_hand, rank_figure
from lectureutils import style
from lectureutils.data import lecture
from lectureutils.losses import LOSSES


@pytest.fixture(scope="module")
def rank():
    return rank_figure()


def test_at_first_only_l2_prefers_the_second(rank):
    text = rank.canvas.text
    assert text == (
        "The first is better by hinge (0.0000 against 0.3200), L1 (0.2000 against 0.2200), cross-entropy (0.4715 "
        "against 0.6224). The second is better by L2 (0.0400 against 0.0174)."
    )


def test_dragging_the_second_prediction_flips_the_ranking(rank):
    for at, winners in (((0.95, 0.07), "L1, L2"), ((1.4, 0.07), "cross-entropy"), ((0.5, 0.2), "")):
        rank.reset()
        drag(rank, rank.panels["L1"], (0.9, 0.07), at)
        assert rank.values["second"][[1, 0]] == pytest.approx(at, abs=0.006)
        said = [part for part in rank.canvas.text.split(". ") if part.startswith("The second is")]
        found = [name for name in LOSSES if said and f"{name} (" in said[0]]
        assert ", ".join(found) == winners
        check(rank, f"drag to {at}")


def test_the_first_can_be_dragged_too_and_hinge_can_only_tie(rank):
    drag(rank, rank.panels["hinge"], (1.2, 0.0), (1.5, 0.1))
    assert rank.values["first"] == pytest.approx([0.1, 1.5, 0.0], abs=0.006)
    rank.reset()
    rank.set(second=[0.0, 1.3, 0.0])
    assert "A tie by hinge (0.0000 against 0.0000)." in rank.canvas.text


@pytest.mark.parametrize("name", LOSSES)
def test_the_map_shows_who_would_win(rank, name):
    rank.reset()
    tie, second = (patch.get_path() for patch in (rank.maps[name].tie, rank.maps[name].second))
    for cat in np.linspace(-0.28, 0.28, 9):
        for car in np.linspace(0.42, 1.58, 21):
            gain = by_hand(name, lecture.prediction_1, 1) - by_hand(name, [cat, car, 0.05], 1)
            if abs(gain) > 0.01:
                assert second.contains_point((car, cat)) == (gain > 0)
                assert not tie.contains_point((car, cat))
            elif abs(gain) < 1e-12 and car > 1.1:
                assert tie.contains_point((car, cat))
    assert name != "hinge" or not len(second.vertices)


def test_a_first_prediction_with_another_third_score_is_hollow_and_said_to_lie_beside_the_maps(rank):
    rank.reset()
    assert rank.note.get_text() == (
        "Maps with airplane at 0.05, as ■ has it. ○ has 0.00, so it need not lie on a border."
    )
    assert {dot.get_markerfacecolor() for dot in rank.firsts.values()} == {style.PAPER}
    rank.set(second=[0.07, 0.9, 0.0])
    assert rank.note.get_text() == "All with airplane at 0.00."
    assert {dot.get_markerfacecolor() for dot in rank.firsts.values()} == {style.BLUE}
    for name in ("L1", "L2", "cross-entropy"):
        border = rank.maps[name].border.get_xydata()
        gaps = np.hypot(*(border - rank.firsts[name].get_xydata()[0]).T)
        assert np.nanmin(gaps) < 0.01, "of two predictions in one slice, the first lies on its own border"
