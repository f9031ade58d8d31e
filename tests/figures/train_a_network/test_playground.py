"""The playground shows the network that it trains, learns its data, and survives what a hand may do to it."""

import re

import numpy as np
import pytest
from drive import check

from figures.train_a_network.making import by_hand, layers_of
from lectureutils import data, ops
from lectureutils.figures import PlaygroundFigure
from lectureutils.figures.train_a_network.answer_maps import (
    BANDS,
    BORDER,
    CELLS,
    FINER,
    answers,
    finer,
    region_bands,
    tile_sheet,
)
from lectureutils.figures.train_a_network.plane_points import DATA, points_of
from lectureutils.figures.train_a_network.playground import RECORDED, UPDATES
from lectureutils.live import Player, PointSet
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
    hidden, said = answers(playground.trainer.network, playground.answers.grid)
    assert len(hidden) == 2 and hidden[0].shape == (CELLS**2, 5)
    assert hidden[0] == pytest.approx(np.maximum(playground.answers.grid @ layers[0][0].T + layers[0][1], 0))
    said = by_hand(playground.answers.grid, layers)
    low, high = np.sort(said, axis=1)[:, -2:].T
    there = np.rint(np.linspace(0, CELLS * FINER - 1, CELLS)).astype(int)
    bands = playground.answers.regions.get_data()[np.ix_(there, there)].ravel()
    inside = bands != BORDER
    assert (bands[inside] // BANDS == said.argmax(axis=1)[inside]).mean() > 0.98
    sure = np.floor(BANDS * np.tanh((high - low) / 2))
    assert np.abs(bands[inside] % BANDS - sure[inside]).mean() < 0.1
    check(playground, dataset)


def test_the_playground_learns_its_data(playground):
    for dataset, share in [("moons", 98), ("circles", 98), ("xor", 95), ("three arms", 95)]:
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


# What the pictures are made of


def test_three_scores_make_regions_that_are_paler_where_they_meet():
    x, y = np.meshgrid(np.linspace(-9, 9, 60), np.linspace(-9, 9, 60))
    scores = np.stack([x, -x, 3 * y])
    bands = region_bands(scores)
    inside = bands != BORDER
    assert (bands // BANDS == scores.argmax(axis=0))[inside].all() and len(np.unique(bands[inside] // BANDS)) == 3
    order = np.sort(scores, axis=0)
    band = np.floor(BANDS * np.tanh((order[-1] - order[-2]) / 2))
    assert np.array_equal(bands[inside] % BANDS, np.minimum(band, BANDS - 1)[inside])
    best = scores.argmax(axis=0)
    torn = np.zeros_like(inside)
    torn[:, 1:] |= best[:, 1:] != best[:, :-1]
    torn[1:] |= best[1:] != best[:-1]
    assert not inside[torn].any() and 0 < np.mean(~inside) < 0.1


def test_between_its_places_a_grid_is_straight():
    x, y = np.meshgrid(np.arange(5.0), np.arange(5.0))
    fine = np.linspace(0, 4, 5 * FINER)
    assert finer(np.stack([2 * x + y, x * y]))[0] == pytest.approx(2 * fine + fine[:, None])
    assert finer(np.stack([2 * x + y, x * y]))[1] == pytest.approx(fine * fine[:, None])


def test_a_small_plane_is_white_at_0_and_nowhere_else():
    values = np.linspace(-1, 1, CELLS**2)
    values[np.abs(values) < 0.2] = 0
    sheet = tile_sheet([np.column_stack([values, np.abs(values)]), np.column_stack([0 * values, values + 3])])
    tiles = sheet[::-1].reshape(2, CELLS + 4, 2, CELLS + 4).swapaxes(1, 2)[:, :, 2:-2, 2:-2].astype(int) - BANDS
    (one, zero), (size, all_above) = tiles
    place = values.reshape(CELLS, CELLS)[::-1]
    assert np.array_equal(np.sign(one), np.sign(place)) and one.max() == BANDS == -one.min()
    assert (np.diff(one[::-1].ravel()) >= 0).all()
    assert np.array_equal(size, np.abs(one)) and not zero.any() and all_above.min() > 0


def test_no_product_of_a_frame_is_shared_among_processors(monkeypatch):
    """Threads of BLAS that wait for each other take five times as long on a busy machine."""
    figure, dots, products = PlaygroundFigure("three arms", 3, 8), [], []
    vdot, matmul = np.vdot, ops.TABLE["affine"]
    monkeypatch.setattr(np, "vdot", lambda a, b: (dots.append(np.size(a)), vdot(a, b))[1])

    def affine(X, W, b=None):
        products.append(X.size * len(W))
        return matmul.forward(X, W, b)

    monkeypatch.setitem(ops.TABLE, "affine", matmul._replace(forward=affine))
    figure.refresh(figure.advance)
    assert figure.error is None and len(dots) > UPDATES and len(products) > UPDATES
    assert max(dots) <= 10_000 and max(products) <= 4 * 65_536  # OpenBLAS's own limits


# Three classes


def test_a_point_of_a_third_class_starts_a_network_with_three_scores(playground):
    playground.set(dataset="moons", layers=2, width=5, bend="ReLU")
    playground.refresh(playground.advance)
    assert playground.trainer.updates == UPDATES and "Network 2-5-5-2 (" in playground.canvas.text
    assert [legend.get_visible() for legend in playground.legends] == [False, True, False]
    X, y, _ = playground.points.value
    playground.points.value = PointSet(X, np.where(np.arange(len(X)) == 3, 2, y), 3)
    assert "Network 2-5-5-3 (" in playground.canvas.text and playground.trainer.updates == 0
    assert [legend.get_visible() for legend in playground.legends] == [False, False, True]
    assert [len(dots.get_xdata()) for dots in playground.dots] == [59, 60, 1]
    check(playground, "one C among the moons")
    playground.set(dataset="circles")
    assert "Network 2-5-5-2 (" in playground.canvas.text


# Points and bends of one's own


def test_points_of_ones_own(blobs):
    figure = PlaygroundFigure(data=(blobs.X, blobs.y), layers=1, width=4)
    assert figure.values["dataset"] == "your data" and "Network 2-4-3 (" in figure.canvas.text
    X, y, _ = figure.points.value
    assert np.array_equal(X, blobs.X) and np.array_equal(y, blobs.y)
    for _ in range(30):
        figure.refresh(figure.advance)
    assert right(figure) >= 98 and "new points" not in figure.canvas.text
    figure.set(dataset="moons")
    figure.set(dataset="your data")
    assert np.array_equal(figure.points.value.X, blobs.X) and list(figure.runs) == ["as it opens"]
    check(figure, "points of one's own")


@pytest.fixture(scope="module")
def blobs():
    return data.blobs(20, 0.3)


SQUARE = np.array([[0.0, 0.0], [1.0, 1.0], [0.0, 1.0], [1.0, 0.0]])


@pytest.mark.parametrize(("given", "words"), [
    (SQUARE, "data: got ndarray, expected the pair"),
    ((SQUARE, [0, 1, 0, 1], 3), "data: got tuple, expected the pair"),
    ((SQUARE[:, :1], [0, 1, 0, 1]), r"X: got .*\(4, 1\)"),
    ((SQUARE[0], [0, 1]), r"X: got .*\(2,\).*X\[None, :\]"),
    ((np.array([[0, np.nan], [1, 1]]), [0, 1]), r"X: got X\[0, 1\] = nan"),
    ((40 * SQUARE, [0, 1, 0, 1]), r"X: got numbers from 0 to 40, expected -3 \.\.\. 3.*std"),
    ((SQUARE, [0, 1]), "y: got 2 labels for 4 examples"),
    ((SQUARE, [0, 0, 0, 0]), "y: got the classes 0, expected at least two"),
    ((SQUARE, [1, 2, 3, 7]), "y: got the classes 1, 2, 3, 7, expected .* of 0 ... 4"),
    ((SQUARE, [0.0, 1.0, 0.0, 1.0]), "y: .*astype"),
    ((SQUARE, ["A", "B", "A", "B"]), "y: "),
])  # fmt: skip
def test_points_that_do_not_fit_are_refused(given, words):
    with pytest.raises(ValueError, match=words):
        PlaygroundFigure(data=given)


def silu(z):
    return z / (1 + np.exp(-z))


def slope_of_silu(z):
    share = 1 / (1 + np.exp(-z))
    return share + z * share * (1 - share)


def test_a_bend_of_ones_own():
    said = {}
    for slope in (None, slope_of_silu):
        figure = PlaygroundFigure(activation=silu, slope=slope, width=4)
        assert figure.values["bend"] == "silu" and "(silu, " in figure.canvas.text
        for _ in range(12):
            figure.refresh(figure.advance)
        said[slope] = figure.canvas.text
        hidden = answers(figure.trainer.network, figure.answers.grid)[0]
        first = layers_of(figure.trainer.network)[0]
        assert hidden[0] == pytest.approx(silu(figure.answers.grid @ first[0].T + first[1]))
    assert said[None] == said[slope_of_silu] and right(figure) > 85
    figure.set(bend="ReLU")
    assert "(ReLU, " in figure.canvas.text and list(figure.runs) == ["as it opens"]
    assert PlaygroundFigure(activation=lambda z: np.sin(z)).values["bend"] == "your own"


def test_a_bend_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="slope: got"):
        PlaygroundFigure(activation=silu, slope=silu)
    with pytest.raises(ValueError, match="activation: got None, expected a function"):
        PlaygroundFigure(slope=silu)


# What is recorded


def test_a_run_is_over_after_some_two_thousand_updates(playground):
    playground.follow("as it opens", 0)
    updates = []
    while playground.chunk():
        updates.append(playground.trainer.updates)
    steps = np.diff([0, *updates])
    assert playground.trainer.updates >= RECORDED > updates[-1] and len(updates) < 35
    assert steps[0] == UPDATES and (np.diff(steps) >= 0).all()


def test_each_set_of_points_is_recorded_with_both_bends(playground):
    seen = set()
    for run in playground.runs:
        playground.follow(run, 0)
        seen.add((playground.values["dataset"], playground.values["bend"]))
    assert {(name, bend) for name in DATA for bend in ("ReLU", "tanh")} <= seen
    play = next(part for part in playground.parts if isinstance(part, Player))
    assert play.tick_ms < 10 < 50 <= play.recorded_ms  # a frame of a recording is several steps
