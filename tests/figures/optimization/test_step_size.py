"""How wrong a measured gradient is, for every step size."""

import numpy as np
import pytest
from drive import send

from figures.optimization.making import V2, X1, Y_STAR, loss
from lectureutils.figures import StepSizeFigure
from lectureutils.figures.optimization.norm_loss import norm_gradient
from lectureutils.gradients import numerical_gradient


@pytest.fixture(scope="module")
def vee():
    return StepSizeFigure(V2, X1, Y_STAR)


@pytest.mark.parametrize("choice, power", [("norm", 1), ("square", 2)])
def test_errors_are_those_of_the_measured_gradients(vee, choice, power):
    true = norm_gradient(V2, X1, Y_STAR) * (2 * loss(V2) if power == 2 else 1)
    for h in (0.1, 1e-3, 1e-5):
        vee.set(h=h, loss=choice, digits=16)
        for line, mark, central in zip(vee.lines, vee.marks, (False, True), strict=True):
            ((step, drawn),) = mark.get_xydata()
            measured = numerical_gradient(lambda W: loss(W) ** power, V2, h=step, central=central)
            assert drawn == pytest.approx(np.abs(measured - true).max(), rel=0.1, abs=2e-9)
            assert [step, drawn] in line.get_xydata().tolist(), "the mark stands on its curve"


def test_the_norm_makes_a_v_and_the_square_does_not(vee):
    vee.set(loss="norm", digits=16)
    for line in vee.lines:
        error = line.get_ydata()
        lowest = error.argmin()
        assert 5 < lowest < len(error) - 5 and error[0] > 1e3 * error[lowest] < error[-1]
    vee.set(loss="square")
    one_sided, central = (line.get_ydata() for line in vee.lines)
    assert central[-1] < 1e-13, "central differences are exact on a parabola"
    assert one_sided[-1] > 1


def test_few_digits_raise_the_left_side(vee):
    vee.set(loss="norm", digits=16, h=1e-4)
    (fine,) = vee.marks[0].get_ydata()
    vee.set(digits=4)
    assert vee.marks[0].get_ydata()[0] > 100 * fine and "digits run out" in vee.canvas.text
    vee.reset()


def test_the_slider_of_tiny_steps_moves_the_picture(vee):
    """A move from 1e-13 to 1e-12 is a factor of ten, no rounding noise."""
    widget = vee.controls["h"].inputs[0]
    send(widget, value=1e-13)
    assert vee.canvas.text.startswith("h = 1.0e-13")
    send(widget, value=1e-12)
    assert vee.canvas.text.startswith("h = 1.0e-12")
    vee.reset()
