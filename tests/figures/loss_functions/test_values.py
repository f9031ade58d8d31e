"""What a figure takes as a loss."""

import numpy as np
import pytest

from lectureutils.figures.loss_functions.values import loss_value
from lectureutils.losses import l2


def test_a_loss_may_return_a_pair_and_does_not_change_the_scores():
    scores = np.array([0.1, 0.2])
    assert loss_value(l2, scores, 0) == pytest.approx(0.85)

    def careless(s, y):
        s += 1
        return s.sum()

    assert loss_value(careless, scores, 0) == pytest.approx(2.3)
    assert scores.tolist() == [0.1, 0.2]
