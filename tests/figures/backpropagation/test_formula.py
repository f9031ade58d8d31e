"""The reader's own formula, drawn and walked through."""

import numpy as np
from drive import check, send, shown

from figures.backpropagation.making import numbers
from lectureutils import figures


def test_a_typed_formula_draws_its_own_graph():
    figure = figures.FormulaFigure()
    first = shown(figure)
    send(figure.formula.inputs[0], value="x * x")
    check(figure, "x * x")
    assert figure.canvas.text == "Step 0 of 4. Next: f = ?"
    assert [control.inputs[0].disabled for control in figure.sliders] == [False, True, True]
    figure.set(k=9)
    assert numbers(figure)["x"] == ("−3", "−6", "−6 ✓")
    send(figure.formula.inputs[0], value="1 / (1 + exp(-(x * y + z)))")
    check(figure, "wrapped")
    assert figure.columns < 8 and figure.k.value == 0
    figure.reset()
    check(figure, "reset")
    assert np.array_equal(shown(figure), first)


def test_a_formula_that_is_not_understood_is_said_and_the_next_one_works():
    figure = figures.FormulaFigure()
    send(figure.formula.inputs[0], value="x + os")
    assert figure.canvas.failed and "'os' is not on the list" in figure.canvas.text
    send(figure.formula.inputs[0], value="max(x, y)")
    figure.set(k=5)
    check(figure, "max(x, y)")
    assert numbers(figure)["y"] == ("5", "1", "1 ✓")


def test_where_there_is_no_number_it_is_said():
    figure = figures.FormulaFigure("log(x) * y", {"x": 0, "y": 1, "z": 0})
    figure.set(k=6)
    check(figure, "log(0)")
    assert "not a finite number" in figure.canvas.text and numbers(figure)["x"][2] == "not measured"
    send(figure.formula.inputs[0], value="sqrt(x)")
    figure.set(k=3)
    check(figure, "sqrt(0)")
    assert "not a finite number" in figure.canvas.text and numbers(figure)["x"][1] == "inf"
