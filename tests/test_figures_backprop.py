"""The figures of backpropagation: numbers on the graph, the reader's own numbers, and what is said about them."""

import numpy as np
import pytest
from drive import check, click, send, shown
from hypothesis import given, settings
from hypothesis import strategies as st

from lectureutils import figures
from lectureutils.autodiff import Tensor, maximum
from lectureutils.figures.backpropagation.parse import parse
from lectureutils.figures.backpropagation.walk import judge, measured, record, walk
from lectureutils.figures.shared.words import four_digits
from lectureutils.live import text

NUMBERS = st.floats(-3, 3).map(lambda value: round(value, 2))


def product_and_sum(x, y, z):
    return x * y + z


def neuron(w, x, b):
    return (w * x + b).sigmoid()


def branched(x, y, z):
    return x * y + maximum(x, z)


def stepper(function=product_and_sum, **inputs):
    return figures.StepperFigure(function, inputs or {"x": -3, "y": 5, "z": 2}, title="f")


def type_in(figure, words):
    send(figure.guess.inputs[0], value=words)


def numbers(figure):
    """Read what stands on the graph: {name: (value, gradient, badge)}."""
    picture = figure.picture
    texts = zip(picture.values.get_texts(), picture.gradients.get_texts(), picture.badges.get_texts(), strict=True)
    return {figure.nodes[i].name: shown for i, shown in zip(picture.drawn, texts, strict=True)}


# ---- the walk

def test_the_steps_of_the_slide_in_words_and_numbers():
    steps = walk(record(product_and_sum, {"x": -3, "y": 5, "z": 2}))
    assert [step.written for step in steps] == [
        "q = x · y = (−3) · 5 = −15",
        "f = q + z = (−15) + 2 = −13",
        "∂f/∂f = 1",
        "∂f/∂q = ∂f/∂f · ∂(q + z)/∂q = 1 × 1 = 1",
        "∂f/∂z = ∂f/∂f · ∂(q + z)/∂z = 1 × 1 = 1",
        "∂f/∂x = ∂f/∂q · ∂q/∂x = 1 × 5 = 5",
        "∂f/∂y = ∂f/∂q · ∂q/∂y = 1 × (−3) = −3",
    ]
    assert [step.kind for step in steps] == ["forward"] * 2 + ["start"] + ["back"] * 4


@pytest.mark.parametrize("function", [product_and_sum, neuron, branched])
@settings(max_examples=15, deadline=None)
@given(values=st.tuples(NUMBERS, NUMBERS, NUMBERS))
def test_the_walk_ends_with_the_gradients_of_autodiff_and_of_measuring(function, values):
    inputs = dict(zip(function.__code__.co_varnames, values, strict=True))
    nodes = record(function, inputs)
    last = {nodes[step.parent].name: step.result for step in walk(nodes) if step.kind == "back"}
    nodes[-1].backward()
    for node in nodes[:-1]:
        assert last[node.name] == pytest.approx(float(node.grad))
    slopes = measured(function, inputs)
    for name in inputs:
        assert last[name] == pytest.approx(slopes[name], abs=1e-6)


def test_constants_get_no_gradient_and_inner_nodes_get_free_letters():
    nodes = record(lambda q: 3.0 * (q + 1.0) + q.exp(), {"q": 0.0})
    assert [node.name for node in nodes if node.op != "constant"] == ["q", "r", "t", "u", "f"]  # s is a score
    steps = walk(nodes)
    assert all(nodes[step.parent].op != "constant" for step in steps)
    assert steps[-1].written == "∂f/∂q = 1 + 3 × 1 = 4"


def test_formulas_that_can_not_be_walked_are_refused():
    with pytest.raises(ValueError, match="z has no part in the result"):
        record(lambda x, z: x * 2.0, {"x": 1.0, "z": 2.0})
    with pytest.raises(ValueError, match="expected a number computed from x"):
        record(lambda x: 2.0, {"x": 1.0})
    assert np.isnan(measured(lambda x: 1.0 / (x - x), {"x": 0.0})["x"])


@pytest.mark.parametrize(("value", "words"), [(-15.25, "−15.25"), (0.196612, "0.1966"), (2e-5, "2.0e−05"), (-0.0, "0")])
def test_numbers_are_short(value, words):
    assert four_digits(value) == words


# ---- what the reader types

ANSWERS = [
    (product_and_sum, (-3, 5, 2), 0, "2", "you added; this node multiplies"),
    (product_and_sum, (-3, 5, 2), 1, "-30", "you multiplied; this node adds"),
    (product_and_sum, (-3, 5, 2), 2, "-13", "that is the value of f"),
    (product_and_sum, (-3, 5, 2), 5, "-3", "x and y are swapped"),
    (product_and_sum, (-3, 5, 2), 5, "-5", "the sign is wrong"),
    (product_and_sum, (-3, 5, 2), 5, "6", "you added upstream and local"),
    (neuron, (2, -1, 1), 7, "-1", "the local gradient only"),
    (neuron, (2, -1, 1), 7, "0.1966", "the upstream gradient as it came"),
    (neuron, (2, -1, 1), 4, "0.2689", "its slope is p (1 − p)"),
    (branched, (3, -2, 1), 8, "-2", "only the piece that arrives now"),
    (branched, (3, -2, 1), 8, "1", "what x had before"),
    (branched, (3, -2, 1), 8, "-1/2", "you took the mean"),
    (branched, (3, -2, 1), 7, "1", "z is the smaller input"),
    (branched, (3, -2, 1), 6, "0", "x is the larger input"),
    (branched, (3, -2, 1), 1, "1", "that is the smaller one"),
]


@pytest.mark.parametrize(("function", "values", "number", "answer", "reason"), ANSWERS)
def test_a_wrong_number_is_explained(function, values, number, answer, reason):
    names = function.__code__.co_varnames
    step = walk(record(function, dict(zip(names, values, strict=True))))[number]
    right, said = judge(step, answer)
    assert not right and reason in said, (step.asked, said)


@pytest.mark.parametrize("answer", ["5", " 5.0 ", "10/2", "4,95", "+5"])
def test_a_right_number_may_be_written_in_several_ways(answer):
    step = walk(record(product_and_sum, {"x": -3, "y": 5, "z": 2}))[5]
    assert judge(step, answer) == (True, "✓ Right.")


@pytest.mark.parametrize("answer", ["five", "nan", "inf", "1/0", "1/2/3", "__import__('os')", "1e999"])
def test_what_is_no_number_is_said_to_be_none(answer):
    step = walk(record(product_and_sum, {"x": -3, "y": 5, "z": 2}))[5]
    right, said = judge(step, answer)
    assert not right and "is not a number" in said


def test_the_text_box_speaks_on_enter():
    box = text("guess", label="Your number", hint="a number").inputs[0]
    assert box.continuous_update is False
    assert (box.description, box.placeholder, box.value) == ("Your number", "a number", "")


# ---- the stepper

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
        "x": ("−3", "5", "measured 5 ✓"), "y": ("5", "−3", "measured −3 ✓"), "z": ("2", "1", "measured 1 ✓"),
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
    boxes = {figure.nodes[i].name: box for i, box in figure.picture.boxes.items()}
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
    assert numbers(figure)["x"] == ("3", "−1", "measured −1 ✓")
    assert figure.steps[8].written == "∂f/∂x = 1 + 1 × (−2) = −1"


def test_a_kink_where_the_witnesses_disagree_is_said():
    figure = stepper(lambda x: x.relu() * 2.0, x=0)
    figure.set(k=len(figure.steps))
    assert numbers(figure)["x"] == ("0", "0", "measured 1 ✗")
    assert "∂f/∂x is 0 by the graph, 1 measured: look for a kink." in figure.canvas.text


def test_values_that_can_not_be_computed_are_shown_as_they_are():
    figure = stepper(lambda x: 1.0 / x, x=0)
    figure.set(k=len(figure.steps))
    assert figure.error is None and numbers(figure)["f"][0] == "f = inf"


# ---- one node

@pytest.mark.parametrize(("a", "b", "upstream"), [(3.0, -2.0, 2.0), (-1.0, 4.0, -0.5)])
def test_distributor_switcher_router(a, b, upstream):
    figure = figures.GateFigure(a, b, upstream)
    larger = (upstream, 0.0) if a > b else (0.0, upstream)
    expected = [(a + b, upstream, upstream), (a * b, upstream * b, upstream * a), (max(a, b), *larger)]
    for picture, (out, da, db) in zip(figure.pictures, expected, strict=True):
        assert picture.values.get_texts() == [four_digits(a), four_digits(b), four_digits(out)]
        assert picture.gradients.get_texts() == [four_digits(da), four_digits(db), four_digits(upstream)]
    check(figure, "start")


def test_a_tie_is_said():
    figure = figures.GateFigure(2.0, 2.0, 3.0)
    assert "max: out 2, back to a 1.5 and to b 1.5." in figure.canvas.text and "a tie" in figure.canvas.text


# ---- two ways

def test_both_ways_make_the_tangent_and_one_does_not():
    figure = figures.BranchFigure(3.0)
    x = Tensor(3.0)
    ((x + 1.0) * (x - 2.0)).backward()
    both = float(x.grad)
    for first, second, slope in ((True, True, both), (True, False, 1.0), (False, True, 4.0), (False, False, 0.0)):
        figure.set(first=first, second=second)
        ends = figure.line.get_xydata()
        assert (ends[1, 1] - ends[0, 1]) / (ends[1, 0] - ends[0, 0]) == pytest.approx(slope)
        assert np.interp(3.0, *ends.T) == pytest.approx(4.0)
        assert figure.fits == (first and second)
        assert ("agree" in figure.canvas.text) == (first and second)
        check(figure, f"{first} {second}")
    assert figure.canvas.text.startswith("x = 3: x gets nothing. Measured 5: they differ")


def test_a_way_that_carries_nothing_may_be_off():
    figure = figures.BranchFigure(2.0)
    figure.set(first=False)
    assert figure.fits and "happens to add up to 0" in figure.canvas.text


# ---- kinks

def test_subgradients_of_relu_and_hinge():
    figure = figures.KinkFigure()
    grid = np.linspace(-2, 3, 51)
    for kind, at, curve in ((0, 0.0, np.maximum(0, grid)), (1, 1.0, np.maximum(0, 1 - grid))):
        send(figure.kinds.inputs[0], index=kind)
        for slope in np.arange(-1.5, 1.6, 0.25):
            figure.set(x=at, slope=float(slope))
            below = bool(np.all(slope * (grid - at) <= curve + 1e-12))
            assert ("a subgradient" in figure.canvas.text) == below
        check(figure, "slopes")


def test_off_the_kink_there_is_one_slope():
    figure = figures.KinkFigure()
    figure.set(x=1.0, slope=1.0)
    assert figure.canvas.text == "ReLU at x = 1: no kink, one slope, 1. Yours is 1: that is it."
    figure.set(slope=0.5)
    assert figure.canvas.text.endswith("Yours is 0.5: your line cuts through the curve.")
    assert figure.line.get_xydata().tolist() == [[-2, -0.5], [3, 2]]


# ---- the reader's own formula

@pytest.mark.parametrize(("typed", "names", "expected"), [
    ("x*y + z", "xyz", lambda x, y, z: x * y + z),
    ("-x ** 2 / 4", "x", lambda x: -(x**2) / 4),
    ("max(z, y) - relu(-y)", "yz", lambda y, z: max(z, y) - max(-y, 0)),
    ("sigmoid(x) * tanh(y) + exp(-z)", "xyz", lambda x, y, z: 1 / (1 + np.exp(-x)) * np.tanh(y) + np.exp(-z)),
    (" sqrt(abs(x)) + log(y * y + 1) ", "xy", lambda x, y: np.sqrt(abs(x)) + np.log(y * y + 1)),
])  # fmt: skip
def test_a_formula_computes_what_it_says(typed, names, expected):
    formula = parse(typed)
    assert formula.names == tuple(names)
    for numbers_in in np.random.default_rng(3).uniform(-3, 3, (5, len(names))):
        result = formula.function(*[Tensor(float(number)) for number in numbers_in])
        assert float(result.data) == pytest.approx(expected(*numbers_in))


@pytest.mark.parametrize(("typed", "reason"), [
    ("2x", "Write each operation out"), ("x +", "can't be read"), ("", "can't be read"), ("x\0", "can't be read"),
    ("x ^ 2", "A power is written"), ("w + x", "'w' is not on the list"), ("x ** y", "exponent"),
    ("__import__('os').remove('f')", "not on the list"), ("x.data", "'x.data' is not on the list"),
    ("(lambda: x)()", "not on the list"), ("x if y else z", "not on the list"), ("[x][0]", "not on the list"),
    ("x < y", "not on the list"), ("True + x", "'True' is not on the list"), ("x + 1e9", "below a million"),
    ("x + 1e999", "below a million"), ("exp(x, y)", "exp got 2 inputs"), ("max(x)", "max got 1 inputs"),
    ("max(x, y=1)", "not on the list"), ("exp(*x)", "not on the list"), ("x * 'a'", "not on the list"),
    ("x", "got 0 operations"), ("1 + 2", "on 0 of x, y, z"), ("x" + " + x" * 12, "got 12 operations"),
    ("x" * 81, "got 81 characters"), ("(" * 80, "can't be read"), ("x ** (1, 2)", "exponent"), ("x ** -'a'", "list"),
    ("eval(x)", "'eval(x)' is not on the list"), ("x ** ~2", "not on the list"), ("x @ y", "not on the list"),
])  # fmt: skip
def test_what_is_not_on_the_list_is_refused_with_a_reason(typed, reason):
    with pytest.raises(ValueError, match="^formula: ") as error:
        parse(typed)
    assert reason in str(error.value)


def test_a_typed_formula_draws_its_own_graph():
    figure = figures.FormulaFigure()
    first = shown(figure)
    send(figure.formula.inputs[0], value="x * x")
    check(figure, "x * x")
    assert figure.canvas.text == "Step 0 of 4. Next: f = ?"
    assert [control.inputs[0].disabled for control in figure.sliders] == [False, True, True]
    figure.set(k=9)
    assert numbers(figure)["x"] == ("−3", "−6", "measured −6 ✓")
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
    assert numbers(figure)["y"] == ("5", "1", "measured 1 ✓")


def test_where_there_is_no_number_it_is_said():
    figure = figures.FormulaFigure("log(x) * y", {"x": 0, "y": 1, "z": 0})
    figure.set(k=6)
    check(figure, "log(0)")
    assert "not a finite number" in figure.canvas.text and numbers(figure)["x"][2] == "not measured"
    send(figure.formula.inputs[0], value="sqrt(x)")
    figure.set(k=3)
    check(figure, "sqrt(0)")
    assert "not a finite number" in figure.canvas.text and numbers(figure)["x"][1] == "inf"
