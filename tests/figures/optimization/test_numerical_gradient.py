"""The lecture's table of the measured gradient, its habits, and the truth beside it."""

import re

import numpy as np
import pytest
from claims import press, read

from figures.optimization.making import V2, X1, Y_STAR, loss
from lectureutils.data import lecture
from lectureutils.figures import NumericalGradientFigure
from lectureutils.figures.optimization.measured import measure
from lectureutils.gradients import numerical_gradient


@pytest.fixture(scope="module")
def table():
    return NumericalGradientFigure(V2, X1, Y_STAR, lecture.CLASSES)


@pytest.fixture(scope="module")
def lab():
    return NumericalGradientFigure(V2, X1, Y_STAR, lecture.CLASSES, switches=True)


def slopes(lab, entries):
    """Return the slopes of the first entries, as the sentence says them one after the other."""
    said = []
    for entry in range(1, entries + 1):
        lab.set(entry=entry)
        said.append(read(lab, r"\d = (-?[\d.]+)\. "))
    return said


@pytest.mark.parametrize("habits", [{}, {"cut_base": False, "leave_steps": False}])
@pytest.mark.parametrize("digits", [3, 4, 5, 9, 16])
def test_the_division_that_is_printed_gives_the_slope_that_is_printed(lab, habits, digits):
    """The slide's own mistake, 0.5 and 0.9 from losses of which only four digits were shown, must not happen here."""
    for entry in (1, 2):
        lab.set(entry=entry, digits=digits, **habits)
        after, base, h, slope = map(
            float,
            re.match(r"dW\[0, \d\] = \(([\d.]+) - ([\d.]+)\) / ([\d.]+) = (-?[\d.]+)\. ", lab.canvas.text).groups(),
        )
        assert slope == pytest.approx((after - base) / h, abs=6e-5 if digits < 16 else 1e-6), lab.canvas.text
    if digits == 16 and habits:
        assert slope == 0.374898


def test_the_first_two_steps_are_the_slides(table):
    assert table.losses.get_texts()[:4] == ["0.416", "-0.118", "1.167", "1.6688"]
    assert not any(table.tables[1].get_texts())
    press(table, "Step")
    assert table.canvas.text == "dW[0, 0] = (1.6693 - 1.6688) / 0.001 = 0.5. 1 of 12 entries is measured."
    press(table, "Step")
    assert table.canvas.text == "dW[0, 1] = (1.6697 - 1.6688) / 0.001 = 0.9. 2 of 12 entries are measured."
    assert table.tables[1].get_texts()[:3] == ["0.5", "0.9", ""]
    assert table.tables[0].get_texts()[:3] == ["-0.1+h", "0.2+h", "0.15"], "the first step is left in"


def test_the_player_fills_the_table_and_stops(table):
    steps = 1
    while table.advance():
        steps += 1
    assert steps == 12 and all(table.tables[1].get_texts()) and not table.advance()


@pytest.mark.parametrize("cut_base, leave_steps, digits, first, second", [
    (True, True, 4, 0.5, 0.9), (True, False, 4, 0.5, 0.8), (False, True, 4, 0, 0.4), (False, False, 4, 0, 0.3),
    (False, False, 16, 0.024954, 0.374898)])  # fmt: skip
def test_the_switches_lead_from_the_printed_slopes_to_the_right_ones(lab, cut_base, leave_steps, digits, first, second):
    lab.set(cut_base=cut_base, leave_steps=leave_steps, digits=digits)
    assert slopes(lab, 2) == pytest.approx([first, second], abs=2e-6)
    if digits == 16 and not cut_base:
        exact = numerical_gradient(loss, V2, h=0.001, central=False)
        assert slopes(lab, 12) == pytest.approx(exact.ravel(), abs=5.1e-7), "six decimals are said"
        assert [measure(V2, X1, Y_STAR, place, 0.001).slope for place in np.ndindex(3, 4)] == pytest.approx(
            exact.ravel()
        )


def test_the_true_gradient_stands_beside_it(lab):
    exact = [[.024951, .374266, .017466, .578865], [-.066976, -1.004633, -.046883, -1.553832],
             [.069941, 1.049113, .048959, 1.622628]]  # fmt: skip
    assert lab.true == pytest.approx(np.array(exact), abs=6e-7)
    assert [float(text) for text in lab.tables[2].get_texts()] == pytest.approx(np.ravel(exact), abs=5.1e-4)
    assert "The true slope is 0.374266" in lab.canvas.text and "entries: 0.53." in lab.canvas.text


def test_a_table_of_two_classes_can_be_measured():
    figure = NumericalGradientFigure(V2[:2], X1, Y_STAR[:2], lecture.CLASSES[:2])
    press(figure, "Step")
    assert figure.canvas.text.startswith("dW[0, 0] = ") and "1 of 8 entries" in figure.canvas.text
    assert len(figure.losses.get_texts()) == 9
