"""The puzzle of shapes: two products are right, and the drawing shows the shapes."""

import numpy as np
import pytest
from drive import check

from figures.backprop_through_layers.making import corners, option
from lectureutils import figures


def test_the_two_right_products_and_no_others():
    figure = figures.ShapesFigure()
    right = []
    for wanted in ("dW", "dX"):
        for left in ("dY", "dY.T", "X", "X.T", "W", "W.T"):
            for second in ("dY", "dY.T", "X", "X.T", "W", "W.T"):
                figure.set(wanted=wanted, left=left, right=second, N=3, D=3, C=3)
                if "It fits, and it is" in figure.canvas.text:
                    right.append((wanted, left, second))
    assert right == [("dW", "dY.T", "X"), ("dX", "dY", "W")]


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        ("dY", "X", "The inner sides 2 and 4 differ"),
        ("X.T", "dY", "lying on its side"),
        ("dY.T", "X", "all 6 entries agree"),
        ("dY", "W", "The product has the shape (4, 3), wanted is (2, 3)"),
    ],
)
def test_the_verdict_on_a_product(left, right, said):
    figure = figures.ShapesFigure()
    option(figure.controls["left"], left)
    option(figure.controls["right"], right)
    assert said in figure.canvas.text
    boxes = [(end - x, bottom - top) for x, top, end, bottom in corners(figure.boxes)]
    sizes = {"dY": (2, 4), "X": (3, 4), "W": (3, 2), "dY.T": (4, 2), "X.T": (4, 3)}  # width and height
    (width, height), (second_width, second_height) = sizes[left], sizes[right]
    product = [(second_width, height)] if width == second_height else []
    np.testing.assert_allclose(boxes, [sizes[left], sizes[right], *product])
    check(figure, f"{left} @ {right}")


def test_it_fits_by_accident():
    figure = figures.ShapesFigure(3, 3, 3)
    figure.set(left="dY", right="X")
    assert "by accident" in figure.canvas.text


@pytest.mark.parametrize("N", [1, 4, 6])
def test_words_stand_clear_of_each_other_and_inside(N):
    figure = figures.ShapesFigure(N)
    for left, right in (("dY", "X"), ("dY.T", "X"), ("dY", "W")):
        figure.set(left=left, right=right)
        words = figure.words
        line = words.size / 72 * figure.painter.figure.dpi
        shown = [(place, text) for place, text in zip(words.places, words.get_texts(), strict=True) if text]
        middles = words.axes.transData.transform([place for place, _ in shown])
        halves = np.array([0.31 * line * len(text) for _, text in shown])  # a digit is 0.62 wide
        assert (middles[:, 0] > halves).all() and (middles[:, 1] > line / 2).all()
        for i, middle in enumerate(middles):
            apart = np.abs(middles[:i] - middle)
            assert ((apart[:, 1] > line) | (apart[:, 0] > halves[:i] + halves[i])).all(), (left, right, shown[i])


@pytest.mark.parametrize(("left", "right"), [("dY", "W"), ("dY", "X"), ("X.T", "W"), ("dY.T", "X")])
def test_the_thick_sides_are_as_long_as_the_inner_ones_and_the_arc_swings_the_left_one_up(left, right):
    figure = figures.ShapesFigure()
    figure.set(left=left, right=right)
    (x0, y0), (x1, y1), _, (x2, y2), (x3, y3) = figure.inner.get_xydata()
    sizes = {"dY": (4, 2), "X": (4, 3), "W": (2, 3), "dY.T": (2, 4), "X.T": (3, 4)}
    assert (y0, x2) == (y1, x3)
    assert (x1 - x0, y3 - y2) == pytest.approx((sizes[left][1], sizes[right][0]))
    arc = figure.arc.get_xydata()
    assert arc[0] == pytest.approx((x0, y0)) and arc[-1][0] == pytest.approx(x2)
    assert (arc[-1][1] == pytest.approx(y2)) == (sizes[left][1] == sizes[right][0])
