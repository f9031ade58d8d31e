"""The forward pass: eight numbers, one a step, each written as the sum that it is."""

import numpy as np
import pytest
from claims import press, read
from drive import check
from scipy.special import expit

from lectureutils.data import lecture
from lectureutils.figures import ForwardFigure
from lectureutils.figures.neural_networks.forward import written_sum
from lectureutils.figures.shared.words import three_decimals

U, C = np.array([[1, -0.4, -0.2], [-0.5, 0.6, 0.4]]), np.array([0.1, 0])


@pytest.fixture(scope="module")
def walk():
    inputs = {"x1": lecture.x1, "x3": lecture.x3, "zeros": np.zeros(4)}
    return ForwardFigure(lecture.W1, lecture.b1, U, C, inputs, ["animal", "machine"])


def test_one_number_a_step_and_a_question_mark_before(walk):
    z = [0.631, 0.969, 0.71]
    expected = [*z, *z, 0.2014, 0.5499]
    for known, number in enumerate(expected):
        assert walk.inside.get_texts().count("?") == 1
        assert "Next: " in walk.canvas.text and walk.canvas.text.endswith("= ?" if known < 3 or known > 5 else "?")
        press(walk, "Step")
        assert f"= {number:.4f}." in walk.canvas.text
        assert walk.inside.get_texts().count(three_decimals(number)) >= 1
        check(walk, f"step {known}")
    assert "machine" in walk.canvas.text and "?" not in walk.inside.get_texts()


def test_the_written_sum_is_the_sum(walk):
    for j in range(3):
        text = written_sum(lecture.W1[j], lecture.x1, lecture.b1[j])
        value = eval(text.replace("·", "*"))
        assert value == pytest.approx(lecture.W1[j] @ lecture.x1 + lecture.b1[j])


def test_the_lines_that_light_up_carry_the_weights_of_the_row(walk):
    for k, weights in ((1, lecture.W1[1]), (7, U[1])):
        walk.set(k=k)
        assert walk.weights.get_texts() == [*(three_decimals(w) for w in weights), *[""] * (4 - len(weights))]
        starts, ends, _gaps = walk.active.get_xydata().reshape(-1, 3, 2).swapaxes(0, 1)
        assert len(np.unique(starts, axis=0)) == len(weights) and (ends == walk.ring.get_xydata()).all()
    assert walk.band.get_bbox().y0 == pytest.approx(7.6)


@pytest.mark.parametrize("bend", ["ReLU", "sigmoid", "none"])
def test_other_bends_and_inputs(walk, bend):
    press(walk, "zeros")
    h = {"ReLU": np.maximum(lecture.b1, 0), "sigmoid": expit(lecture.b1), "none": lecture.b1}[bend]
    expected = [*lecture.b1, *h, *(U @ h + C)]
    walk.set(bend=bend, k=8)
    *_, z0, h0, z1, h1, z2, h2, s0, s1 = walk.inside.get_texts()
    assert [z0, z1, z2, h0, h1, h2, s0, s1] == [three_decimals(number) for number in expected]
    assert any(bend in text for text in walk.table.get_texts()) or bend == "none"
    for k, number in enumerate(expected):
        walk.set(k=k + 1)
        assert read(walk, r"^.*? = (-?\d\.\d{4})\. ") == pytest.approx(number, abs=5e-5)
