"""Two halves and their sum: the curves, and the star where the sum is smallest."""

import numpy as np
import pytest

from lectureutils.figures import HalvesFigure


def test_halves_draws_the_readers_own_penalty_and_finds_the_smallest_sum():
    x, y = np.array([-1.0, 0.5, 1.0]), np.array([-1.4, 0.9, 1.5])
    figure = HalvesFigure(x, y, {"mine": lambda W: float(np.sum(W**4)), "L1": lambda W: np.abs(W).sum()})
    figure.set(lam=0.5, w=2.0)
    lam = figure.values["lam"]
    w = figure.sums[0].get_xdata()
    data_loss = [np.mean((y - k * x) ** 2) for k in w]
    assert figure.sums[0].get_ydata() == pytest.approx(data_loss)
    assert figure.sums[1].get_ydata() == pytest.approx(lam * w**4)
    total = data_loss + lam * w**4
    assert figure.sums[2].get_ydata() == pytest.approx(total)
    assert figure.star.get_data() == (pytest.approx([w[total.argmin()]]), pytest.approx([total.min()]))
    at_2 = np.mean((y - 2 * x) ** 2)
    assert list(figure.tried.get_ydata()) == pytest.approx([at_2, lam * 16, at_2 + lam * 16])


def test_under_l1_the_star_stands_at_0_and_under_l2_it_never_does():
    x, y = np.array([-1.0, 0.5, 1.0]), np.array([-1.4, 0.9, 1.5])
    figure = HalvesFigure(x, y, {"L2": lambda W: np.sum(W**2), "L1": lambda W: np.abs(W).sum()})
    from_here = 2 * np.mean(x * y)  # the slope of the data loss at 0
    for lam in (0.7 * from_here, 1.3 * from_here, 100):
        figure.set(penalty="L1", lam=lam)
        assert (figure.star.get_xdata()[0] == 0) == (lam > from_here)
        assert ("exactly 0" in figure.canvas.text) == (lam > from_here)
        figure.set(penalty="L2", lam=lam)
        assert figure.star.get_xdata()[0] > 0
