"""f = ||W x||^2: the tables hold values and gradients, and the coloured cells make the entry."""

import numpy as np
import pytest
from drive import check

from figures.backprop_through_layers.making import corners, option
from lectureutils import figures
from lectureutils.autodiff import Tensor
from lectureutils.figures.backprop_through_layers.blocks import Block, Board
from lectureutils.figures.shared.words import few_digits, two_decimals

W0, x0 = np.array([[1.0, 0.5, -1.0], [-0.5, 1.0, 2.0]]), np.array([1.0, -2.0, 0.5])


@pytest.fixture
def vectorized():
    return figures.VectorizedFigure(W0, x0)


def test_the_tables_hold_value_and_gradient(vectorized):
    rng = np.random.default_rng(1)
    W, x = rng.integers(-20, 20, (2, 3)) / 10, rng.integers(-20, 20, 3) / 10
    vectorized.set(W=W, x=x)
    tW, tx = Tensor(W), Tensor(x)
    q = tW @ tx
    f = (q * q).sum()
    f.backward()
    expected = {"W": W, "x": x, "q": q.data, "f": f.data, "dW": tW.grad, "dx": tx.grad, "dq": q.grad}
    for name in vectorized.board.blocks:
        wanted = expected[name.removesuffix(" again")]
        assert vectorized.board.texts[name] == [few_digits(v) for v in np.ravel(wanted)], name
    assert vectorized.board.numbers.get_texts() == sum(vectorized.board.texts.values(), [])
    check(vectorized, "random numbers")


@pytest.mark.parametrize(("entry", "cells"), [
    ("dW[1,2]", [("W", 1, 2), ("dq", 1, 0), ("x again", 0, 2), ("dW", 1, 2)]),
    ("dx[1]", [("x", 0, 1), ("W again", 0, 1), ("dq again", 0, 0), ("W again", 1, 1), ("dq again", 1, 0),
               ("dx", 0, 1)]),
])  # fmt: skip
def test_the_coloured_cells_make_the_entry(vectorized, entry, cells):
    option(vectorized.entry, entry)
    blocks = vectorized.board.blocks
    places = [(blocks[name].left + j, blocks[name].top + i) for name, i, j in cells]
    np.testing.assert_allclose([box[:2] for box in corners(vectorized.board.cells)], places)
    value = {"dW[1,2]": 2 * -1.5 * 0.5, "dx[1]": 2 * -0.5 * 0.5 + 2 * -1.5 * 1}[entry]
    assert f"= {few_digits(value)}. Measured: {few_digits(value)}." in vectorized.canvas.text
    check(vectorized, entry)


def test_a_tap_chooses_an_entry(vectorized):
    block = vectorized.board.blocks["dW"]
    vectorized.tap(vectorized.board.axes, block.left + 1.5, block.top + 1.2)
    assert vectorized.entry.value == ("dW", 1, 1)
    vectorized.tap(vectorized.board.axes, vectorized.board.blocks["q"].left + 0.5, block.top + 0.5)
    assert vectorized.entry.value == ("dW", 1, 1)


def test_shapes_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match=r"W and x: got shapes \(2, 3\) and \(2,\)"):
        figures.VectorizedFigure(W0, [1.0, 2.0])
    with pytest.raises(ValueError, match="layers: got none"):
        figures.LayerFigure({})


def test_a_board_writes_small_and_empty():
    axes = figures.VectorizedFigure(W0, x0).board.axes
    board = Board(axes, {"a": Block(0, 0, 1, 3, "k"), "b": Block(4, 0, 1, 1, "k")}, 5, 1, two_decimals)
    board.write({"a": [0.0621, -0.004, 123456.0]})
    assert board.texts == {"a": ["0.06", "−4e−3", "1e5"], "b": [""]}
    assert board.entry(2.5, 0.5) == ("a", 0, 2) and board.entry(3.5, 0.5) is None
