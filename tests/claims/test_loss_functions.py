"""What 02 promises: who is charged for what, who prefers which, what each loss pulls at, and one that ruins a model."""

import numpy as np
import pytest

from claims import claim, drag, press, read
from lectureutils import figures
from lectureutils.train import accuracy, fit, linear_scores

DIGITS = "Does it matter?"
UNTESTED = {
    "Go back and lower hinge's mean by hand: twelve weights, and no plan.": "a task for the reader's hand",
    "Change the function in the cell, to a margin of 2 for example, and run it again.": "a task for the reader's hand",
}
MEANS = r"hinge ([\d.]+), L1 ([\d.]+), L2 ([\d.]+), cross-entropy ([\d.]+)\. ([\d.]+)% are"


def lengths(bars):
    return np.array([bar.get_width() for bar in bars])


def slope(curve):
    """Return the slope of the dashed line at the point."""
    (left, right), (low, high) = curve.tangent.get_data()
    return (high - low) / (right - left)


def scores_with(figure, place, score):
    scores = figure.values["scores"]
    scores[place] = score
    figure.set(scores=scores)


@claim(
    "Raise car's score to 2. Hinge and cross-entropy are delighted. L1 and L2 complain: the target was 1, and 2 is as "
    "wrong as 0."
)
def test_a_high_score_delights_two_of_four(figure):
    shares = figure(figures.SharesFigure)
    before = {name: lengths(bars).sum() for name, bars in shares.share_bars.items()}
    scores_with(shares, 1, 2.0)
    after = {name: lengths(bars).sum() for name, bars in shares.share_bars.items()}
    assert {name for name in after if after[name] < before[name]} == {"hinge", "cross-entropy"}
    two = {name: lengths(shares.share_bars[name])[1] for name in ("L1", "L2")}
    scores_with(shares, 1, 0.0)
    assert two == {name: lengths(shares.share_bars[name])[1] for name in ("L1", "L2")}


@claim(
    "Then press *all equal*: that is a tie, and predicts nothing.",
    "Cross-entropy is $\\log 3 = 1.0986$",
    "It is good to know this number: training should start near it.",
)
def test_equal_scores_predict_nothing(figure):
    shares = figure(figures.SharesFigure)
    press(shares, "all equal")
    assert "predicts nothing: a tie of cat, car and airplane" in shares.canvas.text
    assert f"{lengths(shares.share_bars['cross-entropy']).sum():.4f}" == "1.0986"


@claim(
    "Press *zeros*: every penguin costs the same, 2 by hinge (two rivals, each 1 within the margin), 1 by L1 and L2, "
    "1.0986 by cross-entropy. None is predicted right, since equal scores predict nothing.",
    "Then press *trained with hinge*, and look at L2. It is *larger* than with zeros, although nearly every penguin is "
    "right. Good by one loss need not be good by another.",
)
def test_zeros_cost_the_same_for_everyone_and_trained_with_hinge_l2_is_larger(figure):
    means = figure(figures.MeanLossFigure)
    press(means, "zeros")
    for loss, cost in (("hinge", "2.0000"), ("L1", "1.0000"), ("L2", "1.0000"), ("cross-entropy", "1.0986")):
        means.set(loss=loss)
        assert {f"{each:.4f}" for dots in means.dots for each in dots.get_ydata()} == {cost}
    assert read(means, MEANS)[-1] == 0
    press(means, "trained with hinge")
    *_, l2, _, right = read(means, MEANS)
    assert l2 > 1 and right > 97


@claim(
    "Drag the square a little to the right, towards 1. First L1 changes its mind, too.",
    "Cross-entropy wants more: drag the square beyond 1.3.",
    "By then the square has left L1's and L2's areas again.",
    "Can you win by hinge? The first has loss 0 there, and no loss is below 0. The most you get is a tie, the grey "
    "area.",
)
def test_dragged_to_the_right_the_square_wins_and_loses(figure):
    rank = figure(figures.RankFigure)
    panel, at = rank.panels["L1"], (0.9, 0.07)
    wins = {}
    for place in (0.9, 0.95, 1.2, 1.35):
        drag(rank, panel, at, (place, 0.07))
        at = (place, 0.07)
        said = {name: sign.get_texts()[0].split() for name, sign in rank.signs.items()}
        wins[place] = {name for name, (_one, sign, _two) in said.items() if sign == ">"}
        assert said["hinge"][0] == "0.0000" and said["hinge"][1] in "<="
    assert wins == {0.9: {"L2"}, 0.95: {"L1", "L2"}, 1.2: set(), 1.35: {"cross-entropy"}}
    assert "A tie by hinge" in rank.canvas.text


@claim(
    "Each rival that comes within the margin adds 1 to the steepness: slope -2, then -1, then 0.",
    "Drag the point down to the flat part: slope 0, and nothing that happens to this score matters any more.",
    "Then choose *cat* as the moved score: flat as long as cat is far behind, slope 1 from the margin on.",
)
def test_the_slopes_of_hinge(figure):
    curve = figure(figures.LossCurveFigure, "The curve of a loss", 0)
    slopes = []
    for place in (0.0, 1.0, 2.0, 2.5):
        scores_with(curve, 1, place)
        slopes.append(round(slope(curve), 3))
    assert slopes == [-2, -1, 0, 0]
    curve.reset()
    drag(curve, curve.axes, curve.point.get_xydata()[0], (2.5, 0.0))
    assert curve.point.get_ydata() == [0] and slope(curve) == 0
    curve.reset()
    curve.set(moved=0)
    for place, steep in ((-3.0, 0), (-1.1, 0), (-0.9, 1), (2.0, 1)):
        scores_with(curve, 0, place)
        assert slope(curve) == pytest.approx(steep, abs=1e-6)
    scores_with(curve, 0, -1.0)
    assert "at a kink" in curve.canvas.text


@claim("Both pull a car score of 2.5 *down* although the answer, car, could not be clearer")
def test_l1_and_l2_punish_being_too_right(figure):
    curve = figure(figures.LossCurveFigure, "The curve of a loss", 1)
    for loss, steep in (("L1", 1), ("L2", 3)):
        curve.set(loss=loss)
        assert slope(curve) == pytest.approx(steep, abs=1e-4)


@claim("By L1 it stays, by L2 it follows", "the disc (mean, L2) runs after it, the diamond (median, L1) stays")
def test_the_wild_value_moves_the_mean_alone(figure):
    outlier = figure(figures.OutlierFigure, "The curve of a loss")
    press(outlier, "wild value at 9")
    assert read(outlier, r"by L1: ([\d.]+), the median. Best by L2: ([\d.]+)") == (2.05, 3.02)
    outlier.reset()
    assert read(outlier, r"by L1: ([\d.]+), the median. Best by L2: ([\d.]+)") == (2.05, 2.45)


@claim("Add 5 to all scores, then 700. Nothing happens, as it should. Go on to 1000: something breaks.")
def test_adding_changes_nothing_until_it_breaks(figure):
    probability = figure(figures.ProbabilityFigure)
    p = lengths(probability.bars)
    for shift in (5, 700):
        probability.set(shift=shift)
        assert lengths(probability.bars) == pytest.approx(p)
    probability.set(shift=1000)
    assert "the probabilities are not numbers" in probability.canvas.text
    probability.set(loss="lectureutils")
    assert lengths(probability.bars) == pytest.approx(p)


@claim("multiply by 0.1, then by 10. Small scores mean *I don't know*, large ones *I am sure*.")
def test_multiplying_makes_surer(figure):
    probability = figure(figures.ProbabilityFigure)
    probability.set(scale=0.1)
    assert lengths(probability.bars).max() < 0.35
    probability.set(scale=10.0)
    assert lengths(probability.bars).max() > 0.9


@claim("Choose airplane as the truth and multiply by 100: sure and wrong. The loss is 26, far above the picture.")
def test_sure_and_wrong(figure):
    probability = figure(figures.ProbabilityFigure)
    probability.set(truth=2, scale=100.0)
    assert round(read(probability, r"-log p = ([\d.]+)")) == 26 > probability.top
    assert lengths(probability.bars).max() > 0.999


# ---- four losses on the digits


@claim(
    "L1 climbs to 81%, and then *loses* accuracy while training goes on, down to 59%.",
    "its loss falls, in small jumps, from 1.377 to 1.010. But it began at 1.000, with zeros!",
)
def test_l1_loses_what_it_had(figure, notebook, shown):
    trained, names = figure(figures.TrainedFigure), notebook.names_of["Does it matter? Four losses, one task"]
    best = trained.accuracy["L1"].max()
    assert (f"{best:.0%}", f"{trained.accuracy['L1'][-1]:.0%}") == ("81%", "59%")
    assert read(shown(DIGITS), r"L1: 58.8% right; loss ([\d.]+), ([\d.]+) \.\.\. ([\d.]+)") == (1.0, 1.377, 1.01)
    loss, train = names["LOSSES"]["L1"], names["train"]
    losses = np.array([loss(linear_scores(train.X, *now), train.y)[0] for now in names["runs"]["L1"]])
    assert losses[1:].argmax() == 0 and losses[-1] < 1.001 * losses[1:].min()
    assert (losses[1:] > losses[0]).all() and (np.diff(losses[1:]) > 0).any()
    trained.set(epoch=0)
    assert "nothing is predicted yet" in trained.canvas.text


@claim("It stays 0 for four ones in ten, and jumps to 1 when the ones are the majority.", "the mean, 0.1, 0.4, 0.6")
def test_l1_goes_with_the_majority(figure):
    outlier, answers = figure(figures.OutlierFigure, DIGITS), []
    for name in ("one in ten", "four in ten", "six in ten"):
        press(outlier, name)
        answers.append(read(outlier, r"by L1: ([\d.]+), the median. Best by L2: ([\d.]+), the mean"))
    assert answers == [(0, 0.1), (0, 0.4), (1, 0.6)]


@claim(
    "Is it really the loss, and not the model?",
    'Train the weights `runs["L1"][-1]` on with cross-entropy for five epochs, with the line in the cell above as a',
)
def test_the_same_weights_are_mended_by_another_loss(notebook):
    names = notebook.names_of["Does it matter? Four losses, one task"]
    (W, b), train, test = names["runs"]["L1"][-1], names["train"], names["test"]
    before = accuracy(linear_scores(test.X, W, b), test.y)
    for epoch in range(5):
        done = fit(train.X, train.y, loss=names["LOSSES"]["cross-entropy"], W=W, b=b, learning_rate=1.0, epochs=1,
                   seed=epoch)  # fmt: skip
        W, b = done.W, done.b
    assert before < 0.6 and accuracy(linear_scores(test.X, W, b), test.y) > 0.94


@claim("The same training on five splits makes, on average, hinge 95.9%, cross-entropy 96.1%, L2 93.3%, and L1 57.7%.")
def test_five_splits_agree_with_the_first(notebook):
    names = notebook.names_of["Does it matter? Four losses, one task"]
    means = {}
    for name, loss in names["LOSSES"].items():
        right = []
        for seed in range(5):
            train, test = names["data"].load_digits().random_split(0.25, seed=seed)
            W, b = np.zeros((10, 64)), np.zeros(10)
            for epoch in range(40):
                rate = names["rates"][name] * 0.9**epoch
                done = fit(train.X, train.y, loss=loss, W=W, b=b, learning_rate=rate, epochs=1, seed=epoch)
                W, b = done.W, done.b
            right.append(accuracy(linear_scores(test.X, W, b), test.y))
        means[name] = f"{np.mean(right):.1%}"
    assert means == {"hinge": "95.9%", "cross-entropy": "96.1%", "L2": "93.3%", "L1": "57.7%"}
