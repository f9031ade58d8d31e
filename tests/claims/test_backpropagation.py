"""What 08 promises: walks through graphs, three characters, a neuron asleep, kinks, and ways that meet."""

import numpy as np
import pytest
from figures.backpropagation.making import numbers

from claims import claim, press, press_play, read
from lectureutils import figures
from lectureutils.autodiff import Tensor, maximum
from lectureutils.figures.backpropagation.kink import HINGE
from lectureutils.figures.shared.words import four_digits


def gradients(stepper):
    """Read the gradients that have been measured, by input: what the graph gives, and what is measured."""
    shown = {name: texts for name, texts in numbers(stepper).items() if texts[2][-1:] in {*"✓✗"}}
    return {name: (read(mine, "(.+)"), read(badge, r"(\S+) [✓✗]")) for name, (_, mine, badge) in shown.items()}


def to_the_end(stepper, **values):
    """Walk to the end, and give the gradients of the inputs, which are those that are measured."""
    stepper.set(k=len(stepper.steps))
    if values:
        stepper.set(**values)
    found = gradients(stepper)
    assert found and all(numbers(stepper)[name][2].endswith("✓") for name in found)
    return {name: mine for name, (mine, _) in found.items()}


@claim(
    "Go to the end, then move `x` and `y`: the gradients follow.",
    "Which of them does `z` change? None.",
    "And set `y` to 0: now `x` has no influence on `f` at all.",
)
def test_the_gradients_follow_x_and_y_and_never_z(figure):
    stepper = figure(figures.StepperFigure, "A formula is a graph")
    assert to_the_end(stepper) == {"x": 5, "y": -3, "z": 1}
    assert to_the_end(stepper, x=2.0, y=-1.0) == {"x": -1, "y": 2, "z": 1}
    assert to_the_end(stepper, z=-4.0) == {"x": -1, "y": 2, "z": 1}
    assert to_the_end(stepper, y=0.0)["x"] == 0


@claim("$\\partial f / \\partial f = 1$: $f$ changes just as much as itself.")
def test_no_gradient_is_explained_by_itself(figure):
    for section in ("A formula is a graph", "A longer way", "A value that goes two ways"):
        stepper = figure(figures.StepperFigure, section)
        for step in stepper.steps:
            asked, *terms = step.written.split(" = ")
            assert not any(asked in term.split(" · ") for term in terms), step.written


@claim("Set `a` to 5 and `b` to 0.5: with multiply, the small input gets the large gradient.")
def test_the_small_input_gets_the_large_gradient(figure):
    gates = figure(figures.GateFigure)
    gates.set(a=5.0, b=0.5)
    da, db = read(gates, r"multiply: out \S+, back to a (\S+) and to b ([\d.]+)")
    assert db == 10 * da == 10


@claim("Set the upstream gradient to 0: nothing gets through anywhere.")
def test_without_upstream_nothing_gets_through(figure):
    gates = figure(figures.GateFigure)
    gates.set(upstream=0.0)
    for gate in ("add", "multiply", "max"):
        assert read(gates, rf"{gate}: out \S+, back to a (\S+) and to b ([\d.]+)") == (0, 0)


@claim("Then make `a` and `b` equal and look at max.")
def test_a_tie_is_shared(figure):
    gates = figure(figures.GateFigure)
    gates.set(a=1.5, b=1.5)
    assert read(gates, r"max: out \S+, back to a (\S+) and to b ([\d.]+)") == (1, 1)
    assert "a tie, and here each gets half" in gates.canvas.text


@claim(
    "With the numbers at the start the sigmoid gets $s = 1$ and answers $f = 0.7311$ (the graph calls every result "
    "`f`).",
    "`w0` gets 0.1966 times `x0`.",
)
def test_the_neuron_of_the_graph_has_the_letters_of_the_text(figure):
    neuron = figure(figures.StepperFigure, "A longer way")
    assert [step.asked for step in neuron.steps if step.kind == "forward"] == ["q", "r", "t", "s", "f"]
    neuron.set(k=len(neuron.steps))
    shown = numbers(neuron)
    assert shown["s"][:2] == ("s = 1", "0.1966") and shown["f"][0] == "f = 0.7311"
    f = 1 / (1 + np.exp(-1))
    assert shown["w0"][1] == four_digits(f * (1 - f) * neuron.values["x0"])


@claim(
    "Walk to the end, then press *asleep*: `f` is nearly 0, and with it every gradient.",
    "Its answer may be quite wrong, and yet the neuron hardly learns.",
    "A chain of such neurons multiplies these small numbers: that is how gradients vanish.",
)
def test_a_neuron_asleep_has_no_gradient(figure):
    neuron = figure(figures.StepperFigure, "A longer way")
    awake = max(abs(mine) for mine in to_the_end(neuron).values())
    press(neuron, "asleep")
    asleep = max(abs(mine) for mine in to_the_end(neuron).values())
    assert read(numbers(neuron)["f"][0], "f = (.+)") < 0.001 and asleep < 0.001 < 0.1 < awake
    assert asleep**10 < 1e-30


@claim(
    "Find the steepest and the flattest subgradient of the hinge.",
    "Move `x` a little off the kink: how many slopes are left?",
)
def test_subgradients_of_the_hinge(figure):
    kink = figure(figures.KinkFigure)
    slopes = np.arange(-1.5, 1.51, 0.25)

    def allowed(x):
        fits = []
        for slope in slopes:
            kink.set(kind=HINGE, x=x, slope=slope)
            below = (kink.line.get_ydata()[0] + slope * (kink.grid + 2) <= kink.function.get_ydata() + 1e-9).all()
            says = "subgradient" in kink.canvas.text and "no subgradient" not in kink.canvas.text
            assert below == (says or "that is it" in kink.canvas.text)
            fits += [slope] if below else []
        return fits

    assert allowed(1.0) == [-1, -0.75, -0.5, -0.25, 0]
    assert allowed(0.75) == [-1] and allowed(1.25) == [0]


@claim(
    "Both kinks bend upwards (such a function is called *convex*).",
    "`-relu(-x)` bends *downwards* at its kink, no line stays below it, and a subgradient does not exist.",
)
def test_only_an_upward_kink_has_subgradients():
    grid = np.linspace(-2, 2, 401)
    for value, exists in ((np.maximum(grid, 0), True), (-np.maximum(-grid, 0), False)):
        assert any((slope * grid <= value + 1e-12).all() for slope in np.linspace(-3, 3, 61)) == exists


@claim(
    "`relu(x) - relu(-x)` is nothing but `x`, a straight line of slope 1.",
    "At 0 it says 0, a slope that this function has nowhere.",
    "Do the same with `max(x, 0) - max(-x, 0)`, where a tie is halved: 1, by luck.",
)
def test_two_kinks_that_meet_deceive_the_graph(shown):
    text = shown("What if there is a kink?")
    for start, graph in ((-2.0, 1), (0.0, 0), (2.0, 1)):
        assert read(text, rf"x = +{start}: df/dx is (\S+) by the graph, (\S+) measured") == (graph, 1)
    x = Tensor(0.0)
    (maximum(x, 0.0) - maximum(-x, 0.0)).backward()
    assert x.grad == 1


@claim(
    "Switch the first way off, then the second one, and compare the two slopes with the measured one.",
    "Do it again at $x = 0$.",
    "Is there an `x` where the way through `q` may be off without any harm?",
    "Yes, $x = 2$: there $r = 0$, so nothing comes back through $q$ anyway.",
)
def test_each_way_is_needed_but_at_one_place(figure):
    branch = figure(figures.BranchFigure)

    def look():
        """Read the slope of the line, and what stands below x."""
        (x0, y0), (x1, y1) = branch.line.get_xydata()
        return (y1 - y0) / (x1 - x0), "".join(branch.picture.badges.get_texts())

    for x, through_q, through_r in ((3.0, 1, 4), (0.0, -2, 1)):
        branch.set(x=x, first=False, second=True)
        measured = f"{four_digits(through_q + through_r)} ✗"
        assert look() == (pytest.approx(through_r), measured)
        branch.set(first=True, second=False)
        assert look() == (pytest.approx(through_q), measured)
    harmless = []
    for x in np.arange(-3, 4.01, 0.25):
        branch.set(x=x, first=False, second=True)
        harmless += [x] if look()[1].endswith("✓") else []
    assert harmless == [2]


@claim(
    "At step 7 `x` gets its first piece, at step 9 the second one: *1 + ?* stands there in between, and only then is "
    "the gradient measured.",
    "Type the wrong number on purpose, for example only the new piece, and read what the figure says.",
    "Then press *z is larger* at the end of the walk: max sends its gradient to `z`.",
)
def test_two_pieces_arrive_at_x(figure):
    stepper = figure(figures.StepperFigure, "A value that goes two ways")
    assert [k + 1 for k, step in enumerate(stepper.steps) if step.asked == "∂f/∂x"] == [7, 9]
    stepper.set(k=8)
    assert numbers(stepper)["x"][1:] == ("1 + ?", "")
    stepper.set(guess="-2")
    assert "that is only the piece that arrives now" in stepper.canvas.text
    stepper.set(k=9)
    assert numbers(stepper)["x"][2] == "−1 ✓"
    stepper.set(k=len(stepper.steps))
    press(stepper, "z is larger")
    assert numbers(stepper)["z"][1] == "1"


@claim("Six formulas, and what to look for:")
def test_each_formula_of_the_table_does_what_it_says(figure):
    formula, tried = figure(figures.FormulaFigure), {}

    def walk(text, **values):
        formula.set(formula=text, **values)
        formula.set(k=len(formula.steps))
        tried[text] = gradients(formula)
        return tried[text]

    assert walk("x * x")["x"][0] == 2 * formula.values["x"]
    assert walk("x - x")["x"][0] == 0
    f = 1 / (1 + np.exp(3))
    walk("1 / (1 + exp(-x))", x=-3.0)
    assert numbers(formula)["x"][1:] == (four_digits(f * (1 - f)), f"{four_digits(f * (1 - f))} ✓")
    assert sorted(mine for mine, _ in walk("max(x, max(y, z))").values()) == [0, 0, 1]
    assert walk("relu(x) - relu(-x)", x=0.0)["x"] == (0, pytest.approx(1))
    walk("sqrt(x)", x=0.0)
    assert "not a finite number" in formula.canvas.text
    assert len(tried) == 6


@claim(
    "Press *Play*. Backward has all four gradients after 3 steps and 20 multiplications. Forward needs 12 steps and "
    "44.",
    "Forward, each input needs a walk of its own. Backward, each output needs one.",
)
def test_backward_is_done_first_with_one_output(figure):
    both = figure(figures.BothWaysFigure)
    press(both, "Step", times=3)
    assert "backward 20; backward has all gradients" in both.canvas.text
    press_play(both)
    assert both.values["k"] == 12 and "forward with 44 multiplications, backward with 20" in both.canvas.text
    assert [graph.count.get_text() for graph in both.graphs] == [
        "44 multiplications, walk 4 (done)", "20 multiplications, walk 1 (done)"]  # fmt: skip


@claim(
    "Press *one knob*, then *Play*: one input, four outputs. Now forward wins, 17 against 44.",
    "Press *as many* and go to the end: 68 and 80. Neither way is the better one, only the table is wide or high.",
)
def test_forward_wins_with_one_knob(figure):
    both = figure(figures.BothWaysFigure)
    for name, counts in (("one knob", (17, 44)), ("as many", (68, 80))):
        press(both, name)
        press_play(both)
        assert read(both, r"forward with (\d+) multiplications, backward with (\d+)") == counts
