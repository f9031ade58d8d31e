"""The steps through a graph, and what is said about the reader's own numbers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from figures.backpropagation.making import branched, neuron, product_and_sum
from lectureutils.figures.backpropagation.walk import judge, measured, record, walk
from lectureutils.figures.shared.words import four_digits

NUMBERS = st.floats(-3, 3).map(lambda value: round(value, 2))


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
