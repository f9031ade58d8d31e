"""What models learn with each loss, and why L1 gives digits up."""

import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.sparse import eye, hstack

from figures.loss_functions.making import trained_figure
from lectureutils.data import load_digits
from lectureutils.losses import LOSSES
from lectureutils.train import accuracy, fit, linear_scores


def test_accuracies_and_shares_of_trained_models():
    figure = trained_figure()
    for epoch, right in enumerate((0.25, 0.75)):
        figure.set(loss="hinge", epoch=epoch)
        assert figure.spots[0].get_xydata() == pytest.approx(np.array([[epoch, right]]))
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
