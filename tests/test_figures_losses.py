"""The figures about losses: what is drawn equals what is computed here by other means."""

import re

import numpy as np
import pytest
from drive import check, fits, send
from scipy.optimize import linprog
from scipy.sparse import eye, hstack

from lectureutils import plots
from lectureutils.data import lecture, load_digits, load_penguins
from lectureutils.figures import (
    LossCurveFigure,
    MeanLossFigure,
    OutlierFigure,
    ProbabilityFigure,
    RankFigure,
    SharesFigure,
    TrainedFigure,
)
from lectureutils.figures.loss_functions.values import loss_value
from lectureutils.losses import LOSSES, cross_entropy, hinge, l2
from lectureutils.train import accuracy, fit, linear_scores

NAMES = lecture.CLASSES
S1, S2 = lecture.W1 @ lecture.x1 + lecture.b1, lecture.W2 @ lecture.x1 + lecture.b2


def by_hand(name, s, y):
    """The losses of one example, term by term."""
    s = np.asarray(s, dtype=float)
    total = sum(np.exp(s - max(s)))
    if name == "hinge":
        return sum(max(0.0, 1 + s[j] - s[y]) for j in range(len(s)) if j != y)
    if name == "cross-entropy":
        return -np.log(np.exp(s[y] - max(s)) / total)
    return sum(abs(s[j] - (j == y)) ** (1 if name == "L1" else 2) for j in range(len(s)))


def drag(figure, axes, start, end):
    """Press at one place of an axes, move to another, let go."""
    places = figure.painter.figure.transFigure.inverted().transform(axes.transData.transform([start, end])).tolist()
    for phase, moved in (("down", False), ("move", True), ("up", True)):
        send(figure.canvas, pointer={"stroke": f"{start}{end}", "start": places[0], "touch": False, "phase": phase,
                                     "at": places[1] if moved else places[0], "moved": moved})


def curve_figure(**change):
    return LossCurveFigure(**{"losses": {"hinge": hinge}, "scores": [0.6, 0.0, -0.4], "y": 1,
                              "class_names": NAMES} | change)


def outlier_figure():
    return OutlierFigure([1.8, 1.9, 2.0, 2.05, 2.1, 2.3, 5.0], 0, 10, 3.0, {"far": {"values": [2.0] * 6 + [9.0]}})


def rank_figure():
    return RankFigure(lecture.prediction_1, lecture.prediction_2, lecture.y1, NAMES)


def probability_figure():
    return ProbabilityFigure({"naive": naive, "stable": cross_entropy}, S1, 1, NAMES)


def mean_figure():
    penguins = load_penguins().standardised()
    return MeanLossFigure(penguins.X, penguins.y, np.eye(3, 4), np.zeros(3), penguins.class_names, ["a", "b", "c", "d"])


def trained_figure():
    X, y = np.eye(3)[[0, 1, 2, 2]], np.array([0, 1, 2, 1])
    right, wrong = np.eye(3), np.eye(3)[[1, 2, 0]]
    runs = {"hinge": [(wrong, np.zeros(3)), (right, np.zeros(3))], "L1": [(right, np.zeros(3)), (wrong, np.zeros(3))]}
    return TrainedFigure(runs, X, y, ("a", "b", "c"), loss="L1")


def naive(scores, y):
    p = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    return -np.log(p[np.arange(len(y)), y]).mean()


@pytest.fixture(scope="module")
def shares():
    return SharesFigure(S1, 1, NAMES)


@pytest.fixture(scope="module")
def rank():
    return rank_figure()


# One example


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


# Many examples


def test_each_dot_is_an_example_and_the_line_is_their_mean():
    figure, penguins = mean_figure(), load_penguins().standardised()
    W, b = np.random.default_rng(1).normal(size=(3, 4)), np.array([0.2, -0.1, 0.0])
    figure.set(W=W.round(2), b=b)
    scores = penguins.X @ W.round(2).T + b
    for name in LOSSES:
        figure.set(loss=name)
        each = np.array([by_hand(name, s, y) for s, y in zip(scores, penguins.y, strict=True)])
        drawn = np.concatenate([dots.get_ydata() for dots in figure.dots])
        assert np.sort(drawn) == pytest.approx(np.sort(np.minimum(each, figure.most)))
        assert figure.mean.get_ydata()[0] == pytest.approx(min(each.mean(), figure.most))
        width = figure.bars[list(LOSSES).index(name)].get_width()
        assert width == pytest.approx(min(each.mean(), figure.most / 2))
        assert f"{name} {each.mean():.3f}" in figure.canvas.text
    assert f"{accuracy(scores, penguins.y):.1%} are predicted right" in figure.canvas.text


# Two predictions


def test_at_first_only_l2_prefers_the_second(rank):
    text = rank.canvas.text
    assert text == (
        "The first is better by hinge (0.0000 against 0.3200), L1 (0.2000 against 0.2200), cross-entropy (0.4715 "
        "against 0.6224). The second is better by L2 (0.0400 against 0.0174).")


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
    index = rank.maps[name].get_data()
    rows, columns = index.shape
    for row in range(0, rows, 9):
        for column in range(0, columns, 7):
            cat = np.linspace(*rank.y_range, rows)[row]
            car = np.linspace(*rank.x_range, columns)[column]
            gain = by_hand(name, lecture.prediction_1, 1) - by_hand(name, [cat, car, 0.05], 1)
            if index[row, column] != 3 and abs(gain) > 1e-6:
                assert index[row, column] == (2 if gain > 0 else 0)
    assert name != "hinge" or 2 not in index


# Curves


@pytest.mark.parametrize("name", LOSSES)
def test_the_curve_and_its_slope(name):
    figure = curve_figure(losses={name: LOSSES[name]})
    for moved in (0, 1):
        figure.set(moved=moved, scores=[0.33, 0.17, -0.4])
        place, height = figure.curve.get_data()
        scores = np.tile([0.33, 0.17, -0.4], (len(place), 1))
        scores[:, moved] = place
        assert height == pytest.approx([by_hand(name, s, 1) for s in scores])
        slope = LOSSES[name]([[0.33, 0.17, -0.4]], [1])[1][0, moved]
        assert figure.slope == pytest.approx(slope, abs=1e-5)
        (left, right), (low, high) = figure.tangent.get_data()
        assert (high - low) / (right - left) == pytest.approx(slope, abs=1e-5)
        assert f"the slope {slope:+.3f}" in figure.canvas.text


def test_a_kink_has_two_slopes():
    figure = curve_figure()
    figure.set(scores=[0.5, 1.5, -0.5])
    assert "at a kink: slope -1.00 on its left, +0.00 on its right" in figure.canvas.text


def test_the_point_is_dragged_along_the_curve():
    figure = curve_figure()
    known = figure.curve.get_ydata().copy()
    drag(figure, figure.axes, (0.0, 2.2), (1.8, 0.3))
    assert figure.values["scores"] == pytest.approx([0.6, 1.8, -0.4], abs=0.006)
    assert "the loss is 0.000 and the slope +0.000" in figure.canvas.text
    assert np.array_equal(figure.curve.get_ydata(), known)
    drag(figure, figure.axes, (-2.0, 5.5), (0.0, 0.0))
    assert figure.values["scores"][1] == pytest.approx(1.8, abs=0.006), "only the point can be held"


def test_the_readers_own_function_is_drawn_and_its_failures_are_named():
    def mine(scores, y):
        return np.square(scores).sum()

    figure = curve_figure(losses={"mine": mine, "hinge": hinge})
    assert figure.value == pytest.approx(0.36 + 0.16)
    for broken, says in ((lambda scores, y: None, "expected one number"), (lambda scores, y: scores, "returned"),
                         (lambda scores, y: 1 / 0, "division by zero"), (lambda scores, y: ..., "expected one number")):
        figure.losses["mine"] = broken
        figure.known = None
        figure.refresh()
        assert figure.canvas.failed and says in figure.canvas.text
    figure.set(loss="hinge")
    check(figure, "another loss")
    figure.losses["mine"] = lambda scores, y: np.log(scores[0, 1] - 1)
    figure.set(loss="mine", scores=[0.0, 0.5, 0.0])
    assert "the loss is not a number: there is no slope" in figure.canvas.text
    check(figure, "NaN")


def test_a_loss_may_return_a_pair_and_does_not_change_the_scores():
    scores = np.array([0.1, 0.2])
    assert loss_value(l2, scores, 0) == pytest.approx(0.85)

    def careless(s, y):
        s += 1
        return s.sum()

    assert loss_value(careless, scores, 0) == pytest.approx(2.3)
    assert scores.tolist() == [0.1, 0.2]


# Outliers


def test_the_best_answers_are_the_lowest_points_of_the_curves():
    figure = outlier_figure()
    for values in ([1.8, 1.9, 2.0, 2.05, 2.1, 2.3, 9.0], [1, 2, 3, 4, 8, 9, 10]):
        figure.set(values=values)
        for power, (curve, mark) in enumerate(zip(figure.curves, figure.marks, strict=True), start=1):
            places, heights = curve.get_data()
            assert heights == pytest.approx([np.mean([abs(a - v) ** power for v in values]) for a in places])
            assert mark.get_ydata()[0] <= heights.min() + 1e-12
            assert abs(places[heights.argmin()] - mark.get_xdata()[0]) < 0.06
    assert "Best answer by L1: 4.00" in figure.canvas.text and "Best by L2: 5.29" in figure.canvas.text


def test_the_wild_value_is_dragged_and_only_the_mean_follows():
    figure = outlier_figure()
    median, mean = figure.median, figure.mean
    drag(figure, figure.line, (5.0, figure.heights[-1]), (9.0, 3.0))
    assert figure.values["values"][-1] == pytest.approx(9.0, abs=0.05)
    assert figure.median == median and figure.mean == pytest.approx(mean + 4 / 7, abs=0.01)
    check(figure, "drag")


def test_values_on_one_spot_stand_on_top_of_each_other():
    figure = OutlierFigure([0] * 9 + [1], -0.2, 1.2, 0.1)
    assert sorted(figure.heights[:9]) == pytest.approx(figure.heights[0] + np.arange(9))
    assert figure.median == 0 and figure.mean == pytest.approx(0.1)


# Probabilities


def test_bars_are_softmax_and_the_loss_is_its_log():
    figure = probability_figure()
    for scale in (1.0, 10.0):
        figure.set(scale=scale, scores=[0.5, 0.25, -1.0], loss="stable")
        p = np.exp(scale * np.array([0.5, 0.25, -1.0]))
        p /= p.sum()
        assert [bar.get_width() for bar in figure.bars] == pytest.approx(p)
        assert figure.point.get_data()[0][0] == pytest.approx(p[1])
        assert f"-log p = {-np.log(p[1]):.4f}" in figure.canvas.text
    figure.reset()
    assert "p(car) = 0.4024, one chance in 2.49: the loss is -log p = 0.9103" in figure.canvas.text


def test_a_thousand_breaks_the_formula_and_not_the_mended_one():
    figure = probability_figure()
    calm = figure.canvas.text.split(": ")[1]
    figure.set(shift=1000)
    assert "the probabilities are not numbers" in figure.canvas.text
    check(figure, "overflow")
    figure.set(loss="stable")
    assert figure.canvas.text.split(": ")[1] == calm
    figure.set(shift=0, scale=1000.0, truth=0)
    assert "the loss is -log p = 338.0" in figure.canvas.text
    figure.set(loss="naive", scores=[-1.0, 0.0, 0.5])
    assert "rounded to 0, so its loss is infinite" in figure.canvas.text
    check(figure, "underflow")


# Trained models


def test_accuracies_and_shares_of_trained_models():
    figure = trained_figure()
    figure.set(loss="hinge", epoch=1)
    assert figure.accuracy["hinge"] == pytest.approx([0.25, 0.75])
    assert [bar.get_height() for bar in figure.bars] == [1, 0.5, 1]
    assert "Right after epoch 1: hinge 75.0%, L1 25.0%" in figure.canvas.text
    figure.set(loss="L1")
    assert "fewer than half are right of a (0%), c (0%)" in figure.canvas.text
    figure.rewind()
    assert figure.values["epoch"] == 0 and not figure.advance()


def test_the_exact_minimum_of_l1_collapses():
    """Linear programming finds it, one output at a time. Its loss is just below 1, the cost of always saying 0."""
    train, test = load_digits().random_split(0.25, seed=0)
    A, targets, n = np.column_stack([train.X, np.ones(len(train))]), np.eye(10)[train.y], len(train)
    cost, bounds = np.r_[np.zeros(65), np.ones(2 * n)], [(None, None)] * 65 + [(0, None)] * (2 * n)
    rows = hstack([A, eye(n), -eye(n)]).tocsr()
    best = np.array([linprog(cost, A_eq=rows, b_eq=target, bounds=bounds).x[:65] for target in targets.T])
    assert LOSSES["L1"](A @ best.T, train.y)[0] == pytest.approx(0.98, abs=0.005)
    assert LOSSES["L1"](np.zeros((n, 10)), train.y)[0] == 1
    assert accuracy(linear_scores(test.X, best[:, :64], best[:, 64]), test.y) < 0.2  # "fewer than one digit in five"
    assert (np.abs(A @ best.T).max(axis=0) < 0.02).sum() >= 4, "these outputs say 0 for every picture"


def test_five_epochs_of_cross_entropy_mend_what_l1_broke():
    train, test = load_digits().random_split(0.25, seed=0)
    broken = fit(train.X, train.y, loss=LOSSES["L1"], learning_rate=0.001, epochs=20)
    mended = fit(train.X, train.y, W=broken.W, b=broken.b, learning_rate=0.5, epochs=5)
    assert accuracy(linear_scores(test.X, mended.W, mended.b), test.y) > 0.85


# Words, sizes and bad input


def test_nothing_is_cut_off_on_the_projector(projector):
    for figure in (SharesFigure(S1, 1, NAMES), mean_figure(), rank_figure(), curve_figure(), outlier_figure(),
                   probability_figure(), trained_figure()):  # fmt: skip
        check(figure, "projector")
        fits(figure)


@pytest.mark.parametrize("make, reason", [
    (lambda: SharesFigure([1, 2], 0, NAMES), "3 names for 2 scores"),
    (lambda: RankFigure([1, 2], [2, 1], 0, ("a", "b")), "expected 3"),
    (lambda: LossCurveFigure({}, [1, 2], 0, ("a", "b")), "got none"),
    (lambda: ProbabilityFigure({}, [1, 2], 0, ("a", "b")), "got none"),
    (lambda: OutlierFigure([1, 12], 0, 10), "got 1 to 12, expected numbers from 0 to 10"),
    (lambda: SharesFigure([1, np.nan, 2], 0, NAMES), "finite"),
    (lambda: SharesFigure([1, 2, 3], 5, NAMES), "expected 0 ... 2"),
    (lambda: TrainedFigure({"a": [1], "b": [1, 2]}, np.eye(2), [0, 1], ("a", "b")), "equally long"),
])
def test_bad_arguments_are_refused(make, reason):
    with pytest.raises(ValueError, match=reason):
        make()


def test_a_space_can_be_written():
    assert plots._glyph(" ")[1] > 0
