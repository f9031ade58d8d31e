"""The walk through a graph: numbers appear one by one, and the reader's own are judged."""

import pytest
from drive import check, click, send

from figures.backpropagation.making import branched, numbers, stepper, type_in
from lectureutils.live import text


def test_the_text_box_speaks_on_enter():
    box = text("guess", label="Your number", hint="a number").inputs[0]
    assert box.continuous_update is False
    assert (box.description, box.placeholder, box.value) == ("Your number", "a number", "")


def test_at_the_start_only_the_inputs_are_known():
    figure = stepper()
    assert numbers(figure) == {"x": ("−3", "", ""), "y": ("5", "", ""), "z": ("2", "", ""), "q": ("q = ?", "", ""),
                               "f": ("", "", "")}  # fmt: skip
    assert figure.canvas.text == "Step 0 of 7. Next: q = ?"
    check(figure, "start")


def test_step_by_step_to_the_lectures_gradients():
    figure = stepper()
    for _ in range(7):
        click(figure.player.step)
        check(figure, "step")
    assert numbers(figure) == {
        "x": ("−3", "5", "5 ✓"), "y": ("5", "−3", "−3 ✓"), "z": ("2", "1", "1 ✓"),
        "q": ("q = −15", "1", ""), "f": ("f = −13", "1", ""),
    }  # fmt: skip
    assert "Measured and equal: ∂f/∂x, ∂f/∂y, ∂f/∂z." in figure.canvas.text
    click(figure.player.step)
    assert figure.canvas.text.startswith("Step 7 of 7.")
    click(figure.player.back)
    assert figure.canvas.text.startswith("Step 0 of 7.")


def test_a_question_mark_and_rings_show_what_comes_next():
    figure = stepper()
    figure.set(k=5)
    assert numbers(figure)["x"] == ("−3", "?", "")
    solid, dashed = figure.picture.rings
    boxes = {figure.picture.nodes[i].name: box for i, box in figure.picture.boxes.items()}
    assert solid.get_x() == pytest.approx(boxes["x"].get_x() - 0.06) and solid.get_visible()
    assert dashed.get_x() == pytest.approx(boxes["q"].get_x() - 0.06) and dashed.get_visible()


def test_the_sliders_change_all_numbers():
    figure = stepper()
    figure.set(k=7, x=2.0, y=-1.5, z=-6.0)
    assert [numbers(figure)[name][:2] for name in "xyzqf"] == [
        ("2", "−1.5"), ("−1.5", "2"), ("−6", "1"), ("q = −3", "1"), ("f = −9", "1")]  # fmt: skip


def test_a_right_answer_is_shown_and_the_box_is_empty_again():
    figure = stepper()
    type_in(figure, "-15")
    assert (figure.k.value, figure.guess.value) == (1, "")
    assert figure.canvas.text == "✓ Right. Step 1 of 7. q = x · y = (−3) · 5 = −15. Next: f = ?"
    check(figure, "a right answer")
    send(figure.canvas, pixel_ratio=2.0)
    assert figure.canvas.text.startswith("✓ Right."), "a sharper picture takes no verdict away"
    type_in(figure, "-13")
    assert figure.k.value == 2 and figure.canvas.text.startswith("✓ Right. Step 2")
    click(figure.player.step)
    assert figure.canvas.text.startswith("Step 3")


def test_a_wrong_answer_stays_in_the_box_until_the_question_changes():
    figure = stepper()
    type_in(figure, "2")
    assert (figure.k.value, figure.guess.value) == (0, "2")
    assert figure.canvas.text.startswith("✗ q is not 2: you added; this node multiplies. Step 0 of 7.")
    check(figure, "a wrong answer")
    click(figure.player.step)
    assert (figure.k.value, figure.guess.value) == (1, "")
    assert figure.canvas.text.startswith("Step 1")
    type_in(figure, "7")
    figure.set(x=1.0)
    assert figure.guess.value == "" and figure.canvas.text.startswith("Step 1")
    type_in(figure, "abc")
    assert "'abc' is not a number" in figure.canvas.text
    figure.reset()
    assert figure.canvas.text == "Step 0 of 7. Next: q = ?"


def test_a_number_after_the_last_step_has_no_question():
    figure = stepper()
    figure.set(k=7)
    type_in(figure, "3")
    assert figure.canvas.text.startswith("Step 7 of 7.") and figure.error is None


def test_a_second_piece_is_added_and_the_badge_waits_for_it():
    figure = stepper(branched, x=3, y=-2, z=1)
    figure.set(k=8)
    assert numbers(figure)["x"] == ("3", "1 + ?", "")
    figure.set(k=9)
    assert numbers(figure)["x"] == ("3", "−1", "−1 ✓")
    assert figure.lines.get_texts()[0] == "∂f/∂x = 1 + 1 × (−2) = −1"


def test_a_kink_where_the_witnesses_disagree_is_said():
    figure = stepper(lambda x: x.relu() * 2.0, x=0)
    figure.set(k=len(figure.steps))
    assert numbers(figure)["x"] == ("0", "0", "1 ✗")
    assert "∂f/∂x is 0 by the graph, 1 measured: look for a kink." in figure.canvas.text


def test_values_that_can_not_be_computed_are_shown_as_they_are():
    figure = stepper(lambda x: 1.0 / x, x=0)
    figure.set(k=len(figure.steps))
    assert figure.error is None and numbers(figure)["f"][0] == "f = inf"
