"""Losses: values known by hand, gradients by a second witness, extremes, and refusals."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lectureutils import losses
from lectureutils.gradients import check_gradient

KEYS = list(losses.LOSSES)


@st.composite
def batches(draw, limit=5.0):
    """Scores (N, C) on a grid of 0.01, and labels: no two scores are so close that floats blur them."""
    n, c = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    ticks = draw(arrays(np.int64, (n, c), elements=st.integers(int(-100 * limit), int(100 * limit))))
    y = draw(arrays(np.int64, n, elements=st.integers(0, c - 1)))
    return ticks / 100, y


def away_from_kinks(name, scores, y):
    rows = np.arange(len(y))
    margins = 1 + scores - scores[rows, y][:, None]
    margins[rows, y] = 9
    distance = {"hinge": margins, "L1": scores - losses.one_hot(y, scores.shape[1])}.get(name)
    if distance is None:
        return scores
    # A kink is met only by a grid point; half a tick beside it every loss is smooth.
    moved = scores.copy()
    moved[np.abs(distance) < 0.005] += 0.005
    return moved


@pytest.mark.parametrize("name", KEYS)
@settings(max_examples=40, deadline=None)
@given(batch=batches())
def test_gradient_agrees_with_the_numerical_one(name, batch):
    scores, y = batch
    scores = away_from_kinks(name, scores, y)
    loss = losses.LOSSES[name]
    report = check_gradient(lambda s: loss(s, y)[0], scores, loss(scores, y)[1])
    assert report, report


@pytest.mark.parametrize("name", KEYS)
@settings(max_examples=40, deadline=None)
@given(batch=batches(limit=1000))
def test_loss_is_the_mean_of_its_shares_and_never_negative(name, batch):
    scores, y = batch
    shares = losses.SHARES[name](scores, y)
    value, dscores = losses.LOSSES[name](scores, y)
    assert isinstance(value, float) and value >= 0 and (shares >= 0).all()
    assert shares.shape == dscores.shape == scores.shape
    assert value == pytest.approx(shares.sum(axis=1).mean(), rel=1e-12)


@pytest.mark.parametrize("name", KEYS)
@settings(max_examples=30, deadline=None)
@given(batch=batches())
def test_loss_does_not_depend_on_the_order_of_examples(name, batch):
    scores, y = batch
    value, dscores = losses.LOSSES[name](scores, y)
    back, dback = losses.LOSSES[name](scores[::-1], y[::-1])
    assert back == pytest.approx(value, rel=1e-12)
    np.testing.assert_allclose(dback[::-1], dscores, rtol=1e-12)


@pytest.mark.parametrize("name", ["hinge", "cross-entropy"])
@settings(max_examples=30, deadline=None)
@given(batch=batches(), shift=st.integers(-50, 50))
def test_hinge_and_cross_entropy_only_see_differences_of_scores(name, batch, shift):
    scores, y = batch
    loss = losses.LOSSES[name]
    assert loss(scores + shift, y)[0] == pytest.approx(loss(scores, y)[0], rel=1e-9, abs=1e-9)
    np.testing.assert_allclose(loss(scores, y)[1].sum(axis=1), 0, atol=1e-12)


@pytest.mark.parametrize(
    "name, expected",
    [
        ("hinge", 2 * 2001.0),
        ("L1", 2 * 1000 + 1001.0),
        ("L2", 2 * 1000**2 + 1001.0**2),
        ("cross-entropy", 2000 + np.log(2)),
    ],
)
def test_scores_of_1000_with_the_truth_at_the_bottom(name, expected):
    value, dscores = losses.LOSSES[name](np.array([[1000.0, -1000.0, 1000.0]]), [1])
    assert value == pytest.approx(expected, rel=1e-14)
    assert np.isfinite(dscores).all()


def test_cross_entropy_of_a_hopeless_and_of_a_certain_score():
    hopeless, dscores = losses.cross_entropy(np.array([[1000.0, -1000.0]]), [1])
    assert hopeless == 2000.0, "log p comes from the scores, not from a p that is rounded to 0"
    assert dscores.tolist() == [[1.0, -1.0]]
    certain, dscores = losses.cross_entropy(np.array([[-1000.0, 1000.0]]), [1])
    assert f"{certain:.3f}" == "0.000", "and not -0.000"
    assert dscores.tolist() == [[0.0, 0.0]]


def test_softmax_rows_are_probabilities_even_for_extremes():
    p = losses.softmax([[1000, 1000], [-1000, 1000], [0, np.log(3)]])
    np.testing.assert_allclose(p, [[0.5, 0.5], [0, 1], [0.25, 0.75]], atol=1e-15)


def test_zero_scores_cost_log_c():
    assert losses.cross_entropy(np.zeros((4, 10)), [0, 3, 9, 9])[0] == pytest.approx(np.log(10))


def test_subgradients_at_the_kinks_are_0():
    _, dhinge = losses.hinge([[0.0, 1.0]], [1])
    assert dhinge.tolist() == [[0.0, 0.0]], "the margin is exactly 1"
    _, dl1 = losses.l1([[0.0, 1.0]], [1])
    assert dl1.tolist() == [[0.0, 0.0]], "the target is met exactly"


def test_one_hot_targets():
    assert losses.one_hot([1, 0], 3).tolist() == [[0, 1, 0], [1, 0, 0]]
    with pytest.raises(ValueError, match=r"y\[0\] = 3, expected 0 \.\.\. 2 for 3 classes"):
        losses.one_hot([3], 3)


@pytest.mark.parametrize("name", list(losses.PENALTIES))
@settings(max_examples=30, deadline=None)
@given(ticks=arrays(np.int64, (3, 4), elements=st.integers(-300, 300).filter(bool)))
def test_penalty_gradients_agree_with_the_numerical_ones(name, ticks):
    penalty, W = losses.PENALTIES[name], ticks / 100
    report = check_gradient(lambda W: penalty(W)[0], W, penalty(W)[1])
    assert report, report


def test_penalties_by_hand():
    W = [[3.0, -4.0], [0.0, 1.0]]
    assert losses.l2_penalty(W)[0] == 26 and losses.l2_penalty(W)[1].tolist() == [[6, -8], [0, 2]]
    assert losses.l1_penalty(W)[0] == 8 and losses.l1_penalty(W)[1].tolist() == [[1, -1], [0, 1]]
    with pytest.raises(ValueError, match=r"W: got .*\(2,\).*expected shape \(C, D\).*W\[None, :\]"):
        losses.l2_penalty([1.0, 2.0])


@pytest.mark.parametrize("function", [*losses.LOSSES.values(), *losses.SHARES.values()], ids=lambda f: f.__name__)
def test_every_loss_refuses_what_it_cannot_use(function):
    good = np.zeros((2, 3))
    for scores, y, pattern in [
        (np.zeros(3), [0], r"scores: got .*\(3,\).*expected shape \(N, C\).*scores\[None, :\]"),
        ([[0, np.nan, 0]], [0], r"scores\[0, 1\] = nan"),
        (good, [0, 3], r"y\[1\] = 3, expected 0 \.\.\. 2"),
        (good, [0, 1, 2], r"3 labels for 2 examples"),
        (good, np.eye(3)[[0, 1]], r"y\.argmax\(axis=1\)"),
        (good, [0.0, 1.0], r"y\.astype\(int\)"),
    ]:
        with pytest.raises(ValueError, match=pattern):
            function(scores, y)
    with pytest.raises(ValueError, match="scores: got .*finite"):
        losses.softmax([[np.inf, 0]])


@pytest.mark.parametrize("name", KEYS)
def test_inputs_are_not_changed_and_float32_stays(name):
    scores, y = np.arange(6, dtype=np.float32).reshape(2, 3), np.array([0, 2])
    scores.setflags(write=False)
    y.setflags(write=False)
    assert losses.LOSSES[name](scores, y)[1].dtype == np.float32
