"""The numerical gradient: right numbers, W as it was, and refusals."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lectureutils.gradients import check_gradient, numerical_gradient, relative_error


def cube(W):
    return float((W**3).sum())


@settings(max_examples=30, deadline=None)
@given(ticks=arrays(np.int64, st.tuples(st.integers(1, 3), st.integers(1, 4)), elements=st.integers(-300, 300)))
def test_central_difference_of_a_cube(ticks):
    W = ticks / 100
    np.testing.assert_allclose(numerical_gradient(cube, W), 3 * W**2, atol=1e-8)


def test_central_and_one_sided_differ_by_the_error_they_make():
    # (x+h)^3: one-sided gives 3x^2 + 3xh + h^2, central 3x^2 + h^2.
    W, h = np.array([2.0]), 0.1
    assert numerical_gradient(cube, W, h=h, central=False)[0] == pytest.approx(12 + 0.6 + 0.01)
    assert numerical_gradient(cube, W, h=h)[0] == pytest.approx(12 + 0.01)


def test_the_central_difference_at_a_kink_is_the_mean_of_both_slopes():
    W = np.array([0.0])
    assert numerical_gradient(lambda W: abs(W[0]), W)[0] == 0
    assert numerical_gradient(lambda W: abs(W[0]), W, central=False)[0] == pytest.approx(1)


def test_only_one_entry_is_nudged_at_a_time():
    W, seen = np.zeros((2, 2)), []
    numerical_gradient(lambda W: seen.append(W.copy()) or 0.0, W, h=0.5, central=False)
    assert [s.ravel().tolist() for s in seen] == [
        [0, 0, 0, 0],
        [0.5, 0, 0, 0],
        [0, 0.5, 0, 0],
        [0, 0, 0.5, 0],
        [0, 0, 0, 0.5],
    ]


def test_w_is_bitwise_the_same_afterwards():
    W = np.random.default_rng(0).normal(size=(3, 4))
    before = W.copy()
    numerical_gradient(cube, W, h=0.1)
    np.testing.assert_array_equal(W, before)


def test_w_is_put_back_when_f_raises():
    W, calls = np.array([0.1, 0.2]), []

    def fails_late(W):
        calls.append(1)
        if len(calls) == 3:
            raise RuntimeError("broken")
        return 0.0

    with pytest.raises(RuntimeError, match="broken"):
        numerical_gradient(fails_late, W)
    assert W.tolist() == [0.1, 0.2]


def test_f_may_read_w_from_elsewhere():
    W = np.array([1.0, 2.0])
    np.testing.assert_allclose(numerical_gradient(lambda _: cube(W), W), [3, 12])


def test_views_read_only_arrays_and_lists_work():
    big = np.ones((4, 6))
    np.testing.assert_allclose(numerical_gradient(cube, big[::2, ::3].T), np.full((2, 2), 3))
    assert (big == 1).all()
    fixed = np.array([2.0])
    fixed.setflags(write=False)
    assert numerical_gradient(cube, fixed)[0] == pytest.approx(12)
    assert numerical_gradient(lambda W: cube(np.asarray(W)), [2.0])[0] == pytest.approx(12)


@pytest.mark.parametrize(
    "W, f, h, pattern",
    [
        (np.array([1, 2]), cube, 1e-5, r"W: got dtype int64, expected float64\. .*W\.astype\(float\)"),
        (np.ones(2, np.float32), cube, 1e-5, r"W: got dtype float32, .*round-off.*W\.astype\(float\)"),
        (np.array([np.nan]), cube, 1e-5, r"W\[0\] = nan"),
        (np.ones(2), cube, 0, r"h: got 0, expected a number above 0"),
        (np.ones(2), cube, -1e-3, r"h: got -0\.001"),
        (np.ones(2), lambda W: (1.0, W), 1e-5, r"f: got a tuple of 2 .*loss\(W\)\[0\]"),
        (np.ones(2), lambda W: W, 1e-5, r"f: got an array of shape \(2,\) with \+1e-05 at W\[0\], .*Sum it"),
        (np.ones(2), lambda W: None, 1e-5, r"f: got None with \+1e-05 at W\[0\], .*after return"),
        (np.ones(2), lambda W: "3", 1e-5, r"f: got '3'"),
        (np.array([1.0, -1e12]), cube, 1e-5, r"h: got 1e-05 for W\[1\] = -1e\+12, .*Choose h near 1e\+07"),
        (np.ones(2), lambda W: np.nan, 1e-5, r"f: got nan with \+1e-05 at W\[0\], expected a finite number"),
    ],
)
def test_refusals(W, f, h, pattern):
    with pytest.raises(ValueError, match=pattern):
        numerical_gradient(f, W, h=h)


def test_relative_error():
    error = relative_error([1.0, 0.0, 2.0, -1.0], [1.1, 0.0, 0.0, 1.0])
    np.testing.assert_allclose(error, [0.1 / 1.1, 0, 1, 2])
    assert relative_error(2.0, 1.0) == 0.5
    with pytest.raises(ValueError, match=r"b: got shape \(3,\), expected \(2,\), the shape of a"):
        relative_error([1.0, 2.0], [1.0, 2.0, 3.0])


def test_check_passes_a_right_gradient_also_where_it_is_0():
    W = np.array([[0.0, 1.0], [-2.0, 1e-9]])
    report = check_gradient(lambda W: 1000 + cube(W), W, 3 * W**2)
    assert report and report.ok and "agree" in str(report)


def test_check_names_the_worst_entry_with_both_numbers():
    W = np.array([[1.0, 2.0], [3.0, 4.0]])
    dW = 3 * W**2
    dW[1, 0] = -27
    report = check_gradient(cube, W, dW)
    assert not report
    assert report.index == (1, 0) and report.analytic == -27 and report.numeric == pytest.approx(27)
    text = str(report)
    assert text == repr(report)
    for part in ["differ", "dW[1, 0]", "yours -27", "measured 27", "relative error 2.0e+00"]:
        assert part in text, text


@pytest.mark.parametrize("factor", [1.001, 1.0001, 0.9999, 1.00002, -1, 0.5, 2])
def test_check_sees_a_wrong_factor(factor):
    W = np.random.default_rng(1).normal(size=(3, 2))
    assert not check_gradient(cube, W, factor * 3 * W**2)


def test_check_passes_what_differs_by_less_than_its_tolerance_and_nothing_else():
    W = np.random.default_rng(1).normal(size=(3, 2))
    assert check_gradient(cube, W, 1.000005 * 3 * W**2)
    for tolerance, passes in ((1e-3, True), (2e-4, True), (5e-5, False), (1e-6, False)):
        assert bool(check_gradient(cube, W, 1.0001 * 3 * W**2, tolerance=tolerance)) == passes, tolerance


def test_check_refuses_a_gradient_of_another_shape():
    with pytest.raises(ValueError, match=r"dW: got shape \(3, 2\), expected \(2, 3\), the shape of W"):
        check_gradient(cube, np.ones((2, 3)), np.ones((3, 2)))


def test_check_does_not_say_agree_where_the_step_is_lost():
    W = np.array([1e12])
    with pytest.raises(ValueError, match="h: got 1e-05 .* lost in rounding"):
        check_gradient(lambda W: float((W**2).sum()), W, 2 * W)
    for dW in (2 * W, 3 * W):
        assert bool(check_gradient(lambda W: float((W**2).sum()), W, dW, h=1e7)) == (dW == 2 * W).all()


@pytest.mark.parametrize("dW", [2.0, 100.0])
def test_check_does_not_say_agree_where_rounding_hides_the_slope(dW):
    with pytest.raises(ValueError, match="f: got a value so large that rounding moves a measured slope by 200"):
        check_gradient(lambda W: 1e12 + float((W**2).sum()), np.array([1.0]), np.array([dW]))
