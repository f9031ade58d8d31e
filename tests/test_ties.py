"""A tie is told as a tie: no figure lets the order of a list decide who is best."""

import numpy as np
import pytest
from drive import alive

from lectureutils import data, figures
from lectureutils.figures.shared.verdicts import join, leaders, predictions, say_prediction

NAMES = ("cat", "car", "airplane")
RNG = np.random.default_rng(0)


def test_leaders_are_all_that_are_best_up_to_rounding():
    assert leaders([1, 3, 0.1 + 0.2, 3]).tolist() == [1, 3]
    assert leaders([0.3, 0.1 + 0.2, 1], largest=False).tolist() == [0, 1]
    assert leaders([1.0, 1.001]).tolist() == [1]
    assert predictions([[0, 0, 0], [0, 1, 0], [2, 2, 1]]).tolist() == [-1, 1, -1]
    assert [join(["a"]), join(["a", "b"]), join(["a", "b", "c"])] == ["a", "a and b", "a, b and c"]
    assert say_prediction(NAMES, [1, 2, 2]) == "predicts nothing: a tie of car and airplane"


def zeros(*shape):
    return np.zeros(shape)


TIED = {
    "scores": (lambda: figures.ScoresFigure(zeros(3, 4), zeros(3), zeros(4), NAMES), "a tie of cat, car and airplane"),
    "blend": (
        lambda: figures.BlendFigure(*[(zeros(3, 4), zeros(3))] * 2, np.ones((2, 4)), NAMES), "x1 a tie"),
    "shares": (lambda: figures.SharesFigure(zeros(3), 1, NAMES), "a tie of cat, car and airplane"),
    "means": (
        lambda: figures.MeanLossFigure(RNG.normal(size=(5, 2)), [0] * 5, zeros(3, 2), zeros(3), NAMES, ("a", "b")),
        "0.0% are predicted right. 5 have no single highest score"),
    "trained": (
        lambda: figures.TrainedFigure({"L1": [(zeros(3, 2), zeros(3))] * 2}, np.ones((4, 2)), [0] * 4, NAMES),
        "Epoch 1: all scores are equal, so nothing is predicted yet."),
    "plane": (
        lambda: figures.PlaneFigure(np.ones((4, 2)), np.zeros(4, int), zeros(3, 2), zeros(3), NAMES),
        "0 of 4 points are on their own colour"),
    "templates": (
        lambda: figures.TemplatesFigure(zeros(3, 7500), zeros(3), np.ones((1, 50, 50, 3)), NAMES), "a tie of cat"),
    "outlier": (
        lambda: figures.OutlierFigure([0, 0, 1, 1], -1, 2), "Best answer by L1: any from 0.00 to 1.00"),
    "polynomial": (
        lambda: figures.PolynomialFigure([0.5, -0.5], [0.2, 0.1], [False, True]), "a tie, from degree 1 to 15"),
}  # fmt: skip


@pytest.mark.parametrize("name", TIED)
def test_a_figure_says_that_there_is_a_tie(name):
    make, said = TIED[name]
    figure = make()
    assert said in figure.canvas.text, figure.canvas.text
    alive(figure, name)


def test_every_tied_score_has_its_star():
    figure = figures.ScoresFigure(zeros(3, 4), [0.5, 0.1, 0.5], zeros(4), NAMES)
    assert figure.winner.get_ydata().tolist() == [0, 2]


def test_where_two_classes_share_the_lead_the_plane_has_the_colour_of_neither():
    W = np.array([[1.0, 0], [1.0, 0], [-1.0, 0]])
    regions = figures.PlaneFigure(np.ones((1, 2)), [0], W, zeros(3), NAMES).regions.get_data()
    assert (regions[:, -1] == 3).all() and (regions[:, 0] == 2).all()


def test_at_the_lowest_loss_two_ways_are_equally_near():
    penguins = data.load_penguins().standardised().pick([0, 1])
    figure = figures.RateFigure(penguins.X * [1, 0.4], (penguins.y == 1).astype(int))
    figure.set(batch_size=342)
    assert "constant less than 1e-09" in figure.canvas.text
    assert figure.canvas.text.endswith("Nearest: constant and per weight.")


def test_nobody_is_lowest_on_a_saddle_that_nobody_leaves():
    figure = figures.RaceFigure("saddle")
    for step in (0, 100):
        figure.set(y=0.0, step=step)
        assert figure.canvas.text.endswith("All are equally low.")
    figure.set(y=0.05, step=40)
    assert figure.canvas.text.endswith("Lowest now: AdaGrad.")
