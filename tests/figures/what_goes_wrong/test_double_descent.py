"""Models of all sizes on random features: what is drawn is computed here once more, by another formula."""

import numpy as np
import pytest
from drive import check, drag

from lectureutils import data
from lectureutils.figures import DoubleDescentFigure
from lectureutils.figures.what_goes_wrong.double_descent import fitted
from lectureutils.losses import one_hot


@pytest.fixture(scope="module")
def figure():
    return DoubleDescentFigure(data.load_digits(), n=40)


@pytest.mark.parametrize("shape", [(12, 5), (12, 12), (12, 17), (12, 40)])
@pytest.mark.parametrize("lam", [0.0, 0.1])
def test_the_fit_is_the_shortest_or_the_ridges(shape, lam):
    rng = np.random.default_rng(sum(shape))
    H, Y = rng.normal(size=shape), rng.normal(size=(shape[0], 3))
    W = fitted(H, Y, lam)
    if lam:
        assert 2 / len(H) * H.T @ (H @ W - Y) + 2 * lam * W == pytest.approx(np.zeros(W.shape), abs=1e-9), "no slope"
    else:
        assert pytest.approx(np.linalg.pinv(H) @ Y, abs=1e-6) == W


def test_a_run_by_hand(figure):
    figure.set(n=40, lam=0.0)
    sizes, seed = figure.curves(40, 0.0), 2
    train, test = data.load_digits().random_split(0.25, seed=seed)
    rng = np.random.default_rng(seed)
    part, V = train.take(rng.permutation(len(train))[:40]), rng.normal(size=(800, 64))
    for at in (3, 12, len(sizes.K) - 1):
        K = sizes.K[at]
        H, T = (np.maximum((some.X - train.X.mean(axis=0)) @ V[:K].T, 0) for some in (part, test))
        W = np.linalg.pinv(H) @ one_hot(part.y, 10)
        assert sizes.unseen[seed, at] == pytest.approx(np.mean((T @ W).argmax(1) != test.y), abs=0.005)
        assert sizes.length[seed, at] == pytest.approx(np.sqrt((W**2).sum()), rel=1e-4)
        assert figure.each[seed].get_ydata()[at] == sizes.unseen[seed, at]
    assert figure.unseen.get_ydata() == pytest.approx(sizes.unseen.mean(axis=0))
    assert figure.seen.get_ydata() == pytest.approx(sizes.seen.mean(axis=0))
    assert figure.length.get_ydata() == pytest.approx(sizes.length.mean(axis=0))


def test_the_peak_stands_at_the_line_and_a_ridge_takes_it_away(figure):
    for n in (20, 40, 80):
        figure.set(n=n, lam=0.0)
        curve = figure.unseen.get_xydata()
        inner = curve[curve[:, 0] >= 0.5 * n]
        assert inner[inner[:, 1].argmax(), 0] == n == figure.walls[0].get_xdata()[0]
        assert figure.wall_name.get_text() == f"K = n = {n} "
        assert curve[-1, 1] == pytest.approx(curve[:, 1].min(), abs=0.01), "the largest is about the best"
    figure.set(n=40, lam=0.1)
    late = figure.unseen.get_ydata()[4:]
    assert (np.diff(late) < 0.02).all()
    check(figure, "ridge")


def test_the_diamond_is_dragged_and_the_sentence_says_where_it_is(figure):
    figure.reset()
    figure.set(n=40, lam=0.0)
    x, y = figure.here.get_xydata()[0]
    drag(figure, figure.errors, (x, y), (40, 0.5))
    sizes = figure.curves(40, 0.0)
    at = list(sizes.K).index(40)
    assert figure.here.get_xdata()[0] == pytest.approx(40, rel=0.03)
    assert figure.here.get_ydata()[0] == pytest.approx(sizes.unseen[:, at].mean(), abs=0.1)
    assert f"40 digits, 40 features, lam = 0: wrong on 0% of the seen and {sizes.unseen[:, at].mean():.0%} of the" in (
        figure.canvas.text
    )
