"""The playground shows the network that it trains, learns its data, and survives what a hand may do to it."""

import re

import numpy as np
import pytest
from drive import check

from figures.train_a_network.making import by_hand, layers_of
from lectureutils.figures import PlaygroundFigure
from lectureutils.figures.train_a_network.answer_maps import CELLS, answers
from lectureutils.figures.train_a_network.playground import DATA, UPDATES, points_of
from lectureutils.losses import cross_entropy
from lectureutils.train import accuracy


def right(figure):
    """Return how many percent of the points are right, as the figure says."""
    return int(re.search(r"(\d+)% of \d+ points right", figure.canvas.text)[1])


@pytest.mark.parametrize("dataset", DATA)
def test_the_plane_shows_the_network(playground, dataset):
    playground.set(dataset=dataset, layers=2, width=5)
    for _ in range(5):
        playground.refresh(playground.advance)
    assert playground.trainer.updates == 5 * UPDATES
    X, y = points_of(dataset)
    layers = layers_of(playground.trainer.network)
    scores = by_hand(X, layers)
    assert f"loss {cross_entropy(scores, y)[0]:.3f}, {accuracy(scores, y):.0%} of {len(X)}" in playground.canvas.text
    assert playground.losses.lines[0].get_ydata()[-1] == pytest.approx(
        np.clip(cross_entropy(scores, y)[0], 0.00105, 9.7)
    )
    assert playground.losses.lines[0].get_xdata()[-1] == 5 * UPDATES
    hidden, lead = answers(playground.trainer.network, playground.answers.grid)
    lead = lead[:, 1] - lead[:, 0]
    assert len(hidden) == 2 and hidden[0].shape == (CELLS**2, 5)
    assert hidden[0] == pytest.approx(np.maximum(playground.answers.grid @ layers[0][0].T + layers[0][1], 0))
    picture = playground.answers.regions.get_data()[2::4, 2::4]
    red = (picture[..., 0] > picture[..., 2]).ravel()
    sure = np.abs(lead) > 0.3
    far = sure & ~(np.ptp(picture, axis=2) < 30).ravel()  # off the dark line
    assert (red == (lead > 0))[far].mean() > 0.97
    check(playground, dataset)


def test_the_playground_learns_its_data(playground):
    for dataset, share in [("moons", 98), ("circles", 98), ("xor", 95)]:
        playground.set(dataset=dataset, layers=2, width=8)
        for _ in range(40):
            playground.refresh(playground.advance)
        assert right(playground) >= share, playground.canvas.text


def test_a_line_does_not_separate_moons(playground):
    playground.set(bend="none", layers=3)
    for _ in range(40):
        playground.refresh(playground.advance)
    assert right(playground) < 95


def test_what_starts_anew_and_what_goes_on(playground):
    playground.refresh(playground.advance)
    for change in ({"loss": "hinge"}, {"lam": 0.01}, {"rule": "SGD"}, {"rate": 0.1}, {"batch": 32}):
        playground.set(**change)
        assert playground.trainer.updates == UPDATES, change
    for change in ({"width": 3}, {"layers": 1}, {"bend": "tanh"}, {"dataset": "xor"}):
        playground.refresh(playground.advance)
        playground.set(**change)
        assert playground.trainer.updates == 0, change


def test_points_can_be_moved_added_and_deleted_to_the_last(playground):
    playground.set(dataset="your own")
    playground.points.add(2.0, 2.0)
    assert sum(len(dots.get_xdata()) for dots in playground.dots) == 7 and "of 7 points" in playground.canvas.text
    playground.refresh(playground.advance)
    while len(playground.points.X):
        playground.points.delete(0)
    assert "There is no point" in playground.canvas.text and playground.error is None
    assert not playground.advance()
    check(playground, "no points")


def test_a_wild_rate_ends_in_words(playground):
    playground.set(rule="SGD", rate=10.0, loss="L2", bend="none")
    for _ in range(60):
        playground.refresh(playground.advance)
    assert playground.error is None and "Diverged" in playground.canvas.text
    assert not playground.advance()
    check(playground, "diverged")


def test_the_curve_stays_short(playground):
    history = playground.losses
    for k in range(600):
        history.note(k * UPDATES, 2.0, 3.0)
    history.note(599 * UPDATES, 0.5, 0.6)  # the same place once more: what it shows now counts
    for line, last in zip(history.lines, (0.5, 0.6), strict=True):
        places, losses = line.get_data()
        assert len(places) <= 500 and (np.diff(places) > 0).all()
        assert (places[-1], losses[-1]) == (599 * UPDATES, last)
    assert history.axes.get_xlim()[1] >= 599 * UPDATES


def test_unknown_points_are_refused():
    with pytest.raises(ValueError, match="expected one of moons"):
        PlaygroundFigure("sun")
