"""The figures of notebook 02 with small examples, and the losses computed by hand."""

import numpy as np

from lectureutils.data import lecture, load_penguins
from lectureutils.figures import (
    LossCurveFigure,
    MeanLossFigure,
    OutlierFigure,
    ProbabilityFigure,
    RankFigure,
    TrainedFigure,
)
from lectureutils.losses import cross_entropy, hinge

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


def curve_figure(**change):
    return LossCurveFigure(
        **{"losses": {"hinge": hinge}, "scores": [0.6, 0.0, -0.4], "y": 1, "class_names": NAMES} | change
    )


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
