"""One slider moves everything: the fit, its weights, both halves of the loss and both errors."""

import numpy as np
import pytest
from drive import check

from figures.regularization.making import NEW, SEEN, mse, ridge, wave
from lectureutils.figures.regularization.fits import LAMS


@pytest.mark.parametrize("lam", [1e-6, 1e-4, 2e-3, 10])
def test_everything_follows_lambda(whole, lam):
    x, y, _ = wave()
    whole.set(lam=lam)
    lam = whole.values["lam"]
    model = ridge(x[SEEN], y[SEEN], 9, lam)
    assert whole.fit.get_ydata() == pytest.approx(model(whole.fit.get_xdata()), abs=1e-5)
    assert [bar.get_height() for bar in whole.bars] == pytest.approx(list(model.coef[1:]), rel=1e-4, abs=1e-5)
    seen, new, R = mse(model, x[SEEN], y[SEEN]), mse(model, x[NEW], y[NEW]), lam * np.sum(model.coef[1:] ** 2)
    assert [bar.get_width() for bar in whole.halves] == pytest.approx([seen, R, seen + R], rel=1e-4)
    assert [bar.get_x() for bar in whole.halves] == pytest.approx([0, seen, 0], rel=1e-4)
    assert [float(dot.get_ydata()[0]) for dot in whole.errors.dots] == pytest.approx([seen, new], rel=1e-4)
    assert f"On held-out points {new:.4f}" in whole.canvas.text


def test_the_surprise(whole):
    seen, new = whole.errors.seen.get_ydata(), whole.errors.new.get_ydata()
    assert (np.diff(seen) > 0).all(), "training gets worse all the way"
    best = int(new.argmin())
    assert (np.diff(new[5:best]) < 0).all() and (np.diff(new[best:]) > 0).all()
    assert new[0] > 8 * new[best] and seen[best] > 5 * seen[0]
    assert LAMS[best] == pytest.approx(0.002, rel=0.01)
    for lam, verdict in ((1e-6, "too little"), (LAMS[best], "about right"), (1.0, "too much")):
        whole.set(lam=lam)
        assert verdict in whole.canvas.text


def test_l1_marks_the_weights_that_are_exactly_zero(whole):
    whole.set(penalty="L1", lam=0.01)
    zero = [j + 1 for j, bar in enumerate(whole.bars) if bar.get_height() == 0]
    assert list(whole.zeros.get_xdata()) == zero == [4, 5, 6, 7, 8, 9]
    assert "6 of 9 exactly 0" in whole.canvas.text
    whole.set(penalty="L2")
    assert not len(whole.zeros.get_xdata())


def test_play_walks_to_the_largest_lambda(whole):
    whole.rewind()
    steps = 1
    while whole.advance():
        steps += 1
    assert steps == 70 and whole.values["lam"] == pytest.approx(10)
    check(whole, "the end")
