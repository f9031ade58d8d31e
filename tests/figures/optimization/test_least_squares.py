"""The formula for least squares: its eigenvalues and its accuracy."""

import numpy as np
import pytest

from lectureutils.data import load_penguins
from lectureutils.figures import LeastSquaresFigure
from lectureutils.losses import one_hot


@pytest.fixture(scope="module")
def squares():
    train, test = load_penguins().random_split(0.25, seed=0)
    return LeastSquaresFigure({"penguins": (train.standardised(), test.standardised(like=train))})


def test_one_example_makes_the_matrix_singular(squares):
    shown = squares.eigenvalues.get_ydata()
    assert (shown < 1e-14).sum() == 4 and "rank 1: no inverse" in squares.canvas.text
    squares.set(lam=0.01)
    assert (squares.lifted.get_ydata() > 1e-4).all() and "one best W" in squares.canvas.text


def test_eigenvalues_are_those_of_the_normal_equation(squares):
    train = squares.sets["penguins"][0]
    squares.set(n=len(train), lam=0.1)
    A = np.column_stack([train.X, np.ones(len(train))])
    plain = np.linalg.eigvalsh(A.T @ A)[::-1]
    ridge = np.linalg.eigvalsh(A.T @ A + 0.1 * len(A) * np.diag([1, 1, 1, 1, 0]))[::-1]
    assert squares.eigenvalues.get_ydata() == pytest.approx(plain / plain[0])
    assert squares.lifted.get_ydata() == pytest.approx(ridge / plain[0])


def test_accuracies_are_those_of_the_formula(squares):
    train, test = squares.sets["penguins"]
    squares.set(n=len(train), lam=0.0)
    A, Y = np.column_stack([train.X, np.ones(len(train))]), one_hot(train.y, 3)
    W = np.linalg.inv(A.T @ A) @ A.T @ Y
    unseen = (np.column_stack([test.X, np.ones(len(test))]) @ W).argmax(axis=1) == test.y
    assert squares.curves[1].get_ydata()[-1] == pytest.approx(unseen.mean())
    assert f"{unseen.mean():.1%} of the unseen" in squares.canvas.text
    assert squares.here.get_xdata() == [len(train)] * 2
