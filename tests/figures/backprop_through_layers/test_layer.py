"""A layer of the reader's own beside what is measured: right, wrong, unfinished, and one that raises."""

import numpy as np
import pytest
from drive import check

from figures.backprop_through_layers.making import option
from lectureutils import figures
from lectureutils.checks import EXERCISES
from lectureutils.figures.backprop_through_layers.layer import measured_slopes
from lectureutils.figures.shared.words import few_digits

LAYERS = {"ReLU": "relu_layer", "sigmoid": "sigmoid_layer", "L2 loss": "l2_layer"}


def test_right_layers_agree_with_what_is_measured():
    figure = figures.LayerFigure({name: EXERCISES[ex].reference for name, ex in LAYERS.items()})
    x, dy = np.array([-1.5, -0.4, 0.8, 2.0]), np.array([1.0, -0.5, 2.0, 0.5])
    s = 1 / (1 + np.exp(-x))
    for name, expected in {"ReLU": dy * (x > 0), "sigmoid": dy * s * (1 - s), "L2 loss": 2 * (x - dy)}.items():
        option(figure.kind, name)
        np.testing.assert_allclose(measured_slopes(name, x, dy), expected, atol=1e-9)
        assert figure.board.texts["measured"] == [few_digits(v) for v in expected]
        assert figure.ticks.get_texts() == ["✓"] * 4 and "All four agree" in figure.canvas.text
        assert figure.board.texts["dx"] == [few_digits(v) for v in expected]
        check(figure, name)


def test_a_wrong_layer_gets_crosses():
    figure = figures.LayerFigure({"ReLU": lambda X, dY: (np.maximum(X, 0), 1.0 * (X > 0))})
    assert figure.ticks.get_texts() == ["✓", "✓", "✗", "✗"]
    assert figure.board.texts["dx"] == ["0", "0", "1", "1"]
    assert figure.board.texts["measured"] == ["0", "0", "2", "0.5"]
    assert "2 of 4 agree with what is measured: at c yours is 1, measured 2" in figure.canvas.text


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (None, "not written yet"),
        ((None, ...), "not written yet"),
        ((np.ones(3), np.ones(3)), "returned shapes (3,)"),
        ((3.0, np.ones((1, 4))), "returned shapes () and (1, 4)"),
        (np.ones((1, 4)), "returned no pair of arrays"),
        (2.0, "returned no pair of arrays"),
        (("Y", "dX"), "returned no pair of arrays"),
    ],
)
def test_an_unfinished_layer_is_replaced(answer, said):
    figure = figures.LayerFigure({"ReLU": lambda X, dY: answer})
    assert said in figure.canvas.text and "All four agree" in figure.canvas.text


def test_a_layer_that_raises_is_told_with_its_line_and_replaced():
    def relu(X, dY):
        return X, 1 / len(X[0, 4:])

    def compares(X, dY):
        return (X, dY) if X > 0 else (0, 0)

    figure = figures.LayerFigure({"ReLU": relu, "sigmoid": compares})
    assert (
        'Your layer raised ZeroDivisionError at line 2 of relu, "return X, 1 / len(X[0, 4:])": division by zero. '
        "The formula stands in." in figure.canvas.text
    )
    assert "All four agree" in figure.canvas.text and not figure.canvas.failed
    option(figure.kind, "sigmoid")
    assert "line 2 of compares" in figure.canvas.text and "ambiguous" not in figure.canvas.text
    assert "use np.where, np.maximum or a mask" in figure.canvas.text and not figure.canvas.failed


def test_tangents_touch_the_curve():
    figure = figures.LayerFigure({"sigmoid": lambda X, dY: None})
    u, v = (np.reshape(part, (4, 3)) for part in figure.tangents.get_data())
    x = figure.x.value
    s = 1 / (1 + np.exp(-x))
    np.testing.assert_allclose((v[:, 1] - v[:, 0]) / (u[:, 1] - u[:, 0]), s * (1 - s))
    np.testing.assert_allclose((v[:, 0] + v[:, 1]) / 2, s)
