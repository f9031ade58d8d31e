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
def test_the_name_of_a_piece_stands_clear_of_its_width(N):
    figure = figures.ShapesFigure(N)
    words = figure.words
    name, width = words.axes.transData.transform(words.places[:2])
    assert name[1] - width[1] > words.size / 72 * figure.painter.figure.dpi, "one line of type is higher"
