"""Refusals at the door: each says what came, what was expected and how to mend it."""

import subprocess
import sys

import numpy as np
import pytest

from lectureutils import gradients, losses, regularized, train, validate


def message(call, *args, **kwargs) -> str:
    with pytest.raises(ValueError) as caught:
        call(*args, **kwargs)
    return str(caught.value)


def test_numbers_become_floats_and_keep_their_floating_type():
    assert validate.numbers([[1, 2]], "X", "N D").dtype == np.float64
    assert validate.numbers(np.ones((2, 2), np.float32), "X", "N D").dtype == np.float32
    W = np.ones((3, 4))
    assert validate.numbers(W, "W", "C D") is W, "a good array is handed on, not copied"


@pytest.mark.parametrize(
    "value, axes, parts",
    [
        ([1.0, 2.0], "N C", ["scores: got", "(2,)", "float64", "expected shape (N, C)", "scores[None, :]"]),
        (np.zeros((2, 3, 3)), "N D", ["(2, 3, 3)", "expected shape (N, D)", "scores.reshape(len(scores), -1)"]),
        (np.zeros((3, 1)), "C", ["(3, 1)", "expected shape (C,)", "scores.ravel()"]),
        (1.0, "C", ["shape ()", "expected shape (C,)", "[scores]"]),
        ([1.0], "", ["(1,)", "expected a single number"]),
        ([["a"]], "N C", ["<U1", "expected real numbers", "dtype=float"]),
        ([[1j]], "N C", ["complex128", "expected real numbers"]),
        ([[True]], "N C", ["bool", "expected real numbers"]),
        ([[1, 2], [3]], "N C", ["different lengths", "full array", "same number of entries"]),
        (np.zeros((0, 3)), "N C", ["(0, 3)", "at least one", "selection"]),
        ([[1, np.nan], [np.inf, 2]], "N C", ["scores[0, 1] = nan", "2 of 4", "finite", "learning rate"]),
        (-np.inf, "", ["scores = -inf", "finite"]),
    ],
)
def test_numbers_refuses(value, axes, parts):
    text = message(validate.numbers, value, "scores", axes)
    assert all(part in text for part in parts), text


@pytest.mark.parametrize(
    "y, parts",
    [
        ([[0, 1, 0], [1, 0, 0]], ["(2, 3)", "shape (N,)", "y.argmax(axis=1)"]),
        (1, ["shape ()", "shape (N,)", "np.array([label])"]),
        ([0.0, 1.0], ["float64", "integer", "y.astype(int)"]),
        ([True, False], ["bool", "integer", "y.astype(int)"]),
        ([], ["(0,)", "at least one"]),
        ([0, 3], ["y[1] = 3", "0 ... 2 for 3 classes", "count from 0"]),
        ([0, -1], ["y[1] = -1", "0 ... 2"]),
        ([0, 1, 2], ["3 labels for 2 examples", "same rows"]),
        ([1], ["1 labels for 2 examples", "same rows"]),
    ],
)
def test_labels_refuses(y, parts):
    text = message(validate.labels, y, 3, 2)
    assert all(part in text for part in parts), text


def test_labels_without_a_number_of_classes_still_count_from_0():
    assert validate.labels([0, 7]).tolist() == [0, 7]
    assert "0 or more" in message(validate.labels, [0, -7])


def test_labels_of_any_integer_type_pass():
    for dtype in (np.uint8, np.int32, np.int64):
        assert validate.labels(np.array([0, 2], dtype), 3, 2).tolist() == [0, 2]


def test_labels_can_be_counted_where_python_has_fewer_bits():
    """Unsigned 64 bits are on this machine what int64 is on one of 32: NumPy would have to cast them unsafely."""
    y = np.array([0, 2, 2], np.uint64)
    assert not np.can_cast(y.dtype, np.intp)
    labels = validate.labels(y)
    assert np.can_cast(labels.dtype, np.intp) and labels.tolist() == [0, 2, 2]


def test_linear_fills_in_a_missing_bias():
    X, W, b = validate.linear([[1, 2]], [[1, 2], [3, 4], [5, 6]])
    assert b.tolist() == [0, 0, 0] and X.shape == (1, 2) and W.dtype == float


@pytest.mark.parametrize(
    "X, W, b, parts",
    [
        (np.ones((5, 4)), np.ones((4, 3)), None, ["(5, 4)", "(4, 3)", "(N, D) and (C, D)", "W.T"]),
        (np.ones((5, 4)), np.ones((3, 2)), None, ["(5, 4)", "(3, 2)", "same inputs D"]),
        (np.ones((5, 4)), np.ones((3, 4)), np.ones(4), ["b: got shape (4,)", "expected (3,)", "one bias"]),
        (np.ones((5, 4)), np.ones((3, 4)), np.ones(1), ["b: got shape (1,)", "expected (3,)", "one bias"]),
        (np.ones((5, 4)), np.ones((3, 1)), np.ones(3), ["(5, 4)", "(3, 1)", "same inputs D"]),
        (np.ones((5, 1)), np.ones((3, 4)), np.ones(3), ["(5, 1)", "(3, 4)", "same inputs D"]),
        (np.ones((5, 4)), np.ones((3, 4)), np.ones((3, 1)), ["b: got", "(3, 1)", "b.ravel()"]),
        (np.ones(4), np.ones((3, 4)), None, ["X: got", "(4,)", "X[None, :]"]),
    ],
)
def test_linear_refuses(X, W, b, parts):
    text = message(validate.linear, X, W, b)
    assert all(part in text for part in parts), text


@pytest.mark.parametrize(
    "value, above, parts",
    [
        (-1, False, ["lam: got -1", "at least 0", "larger lam"]),
        (0, True, ["lam: got 0", "above 0"]),
        (np.nan, False, ["lam = nan", "finite"]),
        ("x", False, ["<U1", "real numbers"]),
    ],
)
def test_at_least_refuses(value, above, parts):
    text = message(validate.at_least, value, "lam", above=above)
    assert all(part in text for part in parts), text


@pytest.mark.parametrize("value", [0, -3, 2.0, True, "4", None])
def test_count_refuses(value):
    text = message(validate.count, value, "batch_size")
    assert f"batch_size: got {value!r}" in text and "whole number of at least 1" in text


def test_count_takes_numpy_integers():
    assert validate.count(np.int64(4), "batch_size") == 4


def test_the_lowest_layer_imports_nothing_of_the_package():
    code = (
        "import sys, lectureutils.validate; "
        "print([m for m in sys.modules if m.startswith('lectureutils.') "
        "and m != 'lectureutils.validate'])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert found.strip() == "[]"


@pytest.mark.parametrize("shape", [(3, 3), (4, 3), (3, 4, 1), (12,)])
def test_a_number_among_the_axes_is_a_size(shape):
    assert validate.numbers(np.ones((3, 4)), "W", "3 4").shape == (3, 4)
    with pytest.raises(ValueError, match=r"W: got an array of shape \(.*\) and dtype float64, expected shape \(3, 4\)"):
        validate.numbers(np.ones(shape), "W", "3 4")


S, X, W, Y = np.ones((5, 3)), np.ones((5, 4)), np.ones((3, 4)), np.arange(5) % 3
# Functions of several arrays, and for each array the axes that have to fit another one.
FITTING = {
    train.linear_scores: ([X, W, np.ones(3)], [(), (1,), (0,)]),
    train.linear_gradient: ([X, S], [(0,), (0,)]),
    train.accuracy: ([S, Y], [(0,), (0,)]),
    train.minibatches: ([X, Y, 2, 0], [(0,), (0,)]),
    **{getattr(losses, name): ([S, Y], [(0,), (0,)]) for name in ("hinge", "l1", "l2", "cross_entropy")},
    regularized.l2_path: ([X, Y * 1.0, [0.1]], [(0,), (0,)]),
    gradients.check_gradient: ([np.sum, W, W], [(), (0, 1), (0, 1)]),
    gradients.relative_error: ([W, W], [(0, 1), (0, 1)]),
}


@pytest.mark.parametrize("function", FITTING, ids=lambda function: function.__name__)
def test_an_axis_of_length_1_is_not_stretched_to_fit(function):
    """NumPy would, and one bias would serve three classes."""
    args, axes = FITTING[function]
    function(*args)
    for number, fitting in enumerate(axes):
        for axis in fitting:
            short = np.take(args[number], [0], axis)
            with pytest.raises(ValueError, match="got"):
                function(*args[:number], short, *args[number + 1 :])
