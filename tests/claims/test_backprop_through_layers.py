"""What 09 promises: what makes an entry, the puzzle of shapes, layers and crosses, losses that pull, deep products."""

import re

import numpy as np
import pytest

from claims import claim, press, press_play, read, tap
from lectureutils import checks, data, figures, losses
from lectureutils.figures.backprop_through_layers.shapes import PIECES
from lectureutils.figures.backprop_through_layers.small_network import run_network
from lectureutils.figures.shared.words import two_decimals
from tools.cells import heading
from tools.exercises import solved


def cells(figure, name):
    """Read the numbers that stand in a block of cells."""
    block = figure.board.blocks[name]
    numbers = [float(text.replace("\N{MINUS SIGN}", "-")) for text in figure.board.texts[name]]
    return np.reshape(numbers, (block.rows, block.columns))


@claim(
    "Press on an entry of `dW` or `dx`, or choose it under *Look at*: the coloured cells make it. The sentence has "
    "the sum written out, and the measured value.",
)
def test_an_entry_shows_what_makes_it(figure):
    vectors = figure(figures.VectorizedFigure)
    block = vectors.board.blocks["dx"]
    tap(vectors, vectors.board.axes, (block.left + 1.5, block.top + 0.5))
    assert "dx[1] = dq[0]" in vectors.canvas.text
    value, measured = read(vectors, r"= (\S+)\. Measured: (\S+)\.")
    assert value == pytest.approx(measured, abs=1e-4) and value == pytest.approx(cells(vectors, "dx")[0, 1], abs=1e-4)


@claim("Set `x[1]` to 0: column 1 of `dW` is 0. A weight that meets a zero has no say, and gets no blame.")
def test_a_zero_input_gives_a_zero_column(figure):
    vectors = figure(figures.VectorizedFigure)
    vectors.set(x=[1.0, 0.0, 0.5])
    dW = cells(vectors, "dW")
    assert (dW[:, 1] == 0).all() and (dW[:, [0, 2]] != 0).all()


@claim("Make a row of `W` zero: that `q` is 0, and so is that row of `dW`.")
def test_a_zero_row_gives_a_zero_row(figure):
    vectors = figure(figures.VectorizedFigure)
    W = vectors.values["W"]
    W[0] = 0
    vectors.set(W=W)
    dW = cells(vectors, "dW")
    assert cells(vectors, "q")[0, 0] == 0 and (dW[0] == 0).all() and (dW[1] != 0).all()


def sizes(shapes):
    """Read the shapes of the two pieces and, if they fit, of their product, from the boxes drawn."""
    corners = [path.vertices for path in shapes.boxes.get_paths()]
    return [tuple(np.ptp(box, axis=0)[::-1].round().astype(int)) for box in corners]


def goal(shapes):
    """Read the shape that is wanted."""
    rows, columns = read(next(word for word in shapes.words.get_texts() if "wanted" in word), r"\((\d), (\d)\)")
    return rows, columns


def products(shapes, wanted):
    """Try all 36 products: give the right ones, those on their side, and how many have the wanted shape."""
    right, side, fitting = [], [], 0
    for left in PIECES:
        for other in PIECES:
            shapes.set(wanted=wanted, left=left, right=other)
            right += [(left, other)] if f"it is {wanted}: all" in shapes.canvas.text else []
            side += [(left, other)] if "lying on its side" in shapes.canvas.text else []
            fitting += sizes(shapes)[2:] == [goal(shapes)]
    return right, side, fitting


@claim(
    "Find `dW`. The `N` must vanish: it stands inside, between the pieces, so the product *sums over the examples*. A"
    " weight is used by every example, and gradients add.",
    "Find `dX`. This time `C` vanishes: an input is used by every class.",
)
def test_the_letter_inside_vanishes(figure):
    shapes = figure(figures.ShapesFigure)
    for wanted, inside, product in (("dW", "N", ("dY.T", "X")), ("dX", "C", ("dY", "W"))):
        right, _, _ = products(shapes, wanted)
        assert right == [product]
        shapes.set(wanted=wanted, left=product[0], right=product[1])
        assert sizes(shapes)[0][1] == shapes.values[inside] != goal(shapes)[1]


@claim(
    "Set `N`, `D` and `C` all to 3. Now everything fits. How many of the 36 products are right?",
    "When they are equal, all 36 products have the right shape: one of them is `dW`, another is `dW` lying on its "
    "side, and 34 are wrong.",
)
def test_of_36_products_one_is_right(figure):
    shapes = figure(figures.ShapesFigure)
    shapes.set(N=3, D=3, C=3)
    right, side, fitting = products(shapes, "dW")
    assert right == [("dY.T", "X")] and side == [("X.T", "dY")] and fitting == 36


@claim(
    "ReLU: push *a* over zero. Its gradient switches from 0 to all of `dy`. At exactly 0 there is a cross: measuring "
    "gives the mean of both sides, your layer takes one side. Both are right at a kink.",
)
def test_the_relu_switches(figure):
    layer = figure(figures.LayerFigure)
    dy = layer.values["other"][0]
    for a, gradient, measured in ((-0.5, 0, 0), (0.5, dy, dy), (0.0, 0, dy / 2)):
        layer.set(x=[a, *layer.values["x"][1:]])
        assert cells(layer, "dx")[0, 0] == gradient and cells(layer, "measured")[0, 0] == pytest.approx(measured)
        assert layer.ticks.get_texts()[0] == ("✗" if a == 0 else "✓")


@claim(
    "Sigmoid: how much does it pass back at 3, how much at 0? Guess, then look. At 0 it is steepest, and even there "
    "only ¼ gets through.",
)
def test_the_sigmoid_lets_a_quarter_through(figure):
    layer = figure(figures.LayerFigure)
    layer.set(kind="sigmoid", x=[3.0, 0.0, 1.0, -3.0], other=[1.0, 1.0, 1.0, 1.0])
    (dx,) = cells(layer, "dx")
    assert dx[1] == 0.25 == dx.max() and dx[0] == pytest.approx(0.0452, abs=1e-4)


@claim("L2 loss: the second row is now the target. The further away the score, the larger the gradient.")
def test_the_l2_gradient_grows_with_the_miss(figure):
    layer = figure(figures.LayerFigure)
    layer.set(kind="L2 loss", x=[1.0, 1.5, 2.0, 3.0], other=[1.0, 1.0, 1.0, 1.0])
    (ds,) = cells(layer, "dx")
    assert layer.names.get_texts()[1] == "target t" and (np.diff(ds) > 0).all() and ds[0] == 0


@claim("Break your layer on purpose, say without `dY`, run both cells, and look for the crosses.")
def test_a_broken_layer_gets_crosses():
    broken = figures.LayerFigure({"ReLU": lambda X, dY: (np.maximum(0, X), 1.0 * (X > 0))})
    assert "✗" in broken.ticks.get_texts() and "measured" in broken.canvas.text


@claim(
    "Walk through all nine steps with `x1`. Say before each step which two arrays you need.",
    "The framed one is new, and the coloured ones made it. The sentence has the formula with numbers, and each array "
    "has been measured.",
)
def test_nine_steps_back_agree_with_what_is_measured(figure):
    network = figure(figures.NetworkBackwardFigure)
    for k in range(1, 10):
        press(network, "Step")
        assert f"Step {k} of 9" in network.canvas.text
        assert k == 1 or "It agrees with the measured one" in network.canvas.text


@claim(
    "Stop at step 5. On each edge flows its weight times what comes from behind. Add up what arrives at the first "
    "hidden neuron: 0.41 + 0.21 = 0.62.",
)
def test_what_arrives_at_a_neuron_adds_up(figure):
    network = figure(figures.NetworkBackwardFigure)
    network.set(k=5)
    on_edges = network.wires.numbers.get_texts()
    assert (on_edges[12], on_edges[15]) == ("0.41", "0.21") and network.wires.gradients.get_texts()[4] == "dh 0.62"


@claim(
    "Stop at step 8. Which edge is the thickest, and why? It comes from the largest input, 2.32, and leads to the "
    "neuron that the largest gradient came back to, 0.62. Their product is 1.44.",
)
def test_the_thickest_edge_is_input_times_gradient(figure):
    network = figure(figures.NetworkBackwardFigure)
    network.set(k=8)
    thickest = int(np.argmax(network.wires.edges.get_linewidth()))
    assert thickest == 3 and network.wires.numbers.get_texts()[3] == "1.44"
    assert network.values["x"].argmax() == 3 and network.wires.gradients.get_texts()[4] == "dz 0.62"


@claim(
    "Input *zeros*: check your answer. Input *minus x1*: all three neurons sleep, and nothing at all reaches `W` and "
    "`b`.",
    "dW is dz times x, and x is 0. db is dz itself, which is not 0 for the one neuron that is awake.",
)
def test_zeros_and_sleepers(figure):
    network = figure(figures.NetworkBackwardFigure)
    network.set(k=9)
    press(network, "zeros")
    assert not cells(network, "dW").any() and np.count_nonzero(cells(network, "db")) == 1
    press(network, "minus x1")
    assert (cells(network, "z") < 0).all() and not cells(network, "dW").any() and not cells(network, "db").any()


@claim(
    "Change the truth to *animal*: all signs turn round, and the numbers grow. The network was wrong now, so there is"
    " more to mend.",
)
def test_the_other_truth_turns_all_signs(figure):
    network = figure(figures.NetworkBackwardFigure)
    gradients = []
    for truth in (1, 0):
        network.set(k=9, truth=truth)
        tensors = run_network({**network.fixed, "x": network.values["x"]}, losses.cross_entropy, truth)
        gradients.append({name: tensor.grad for name, tensor in tensors.items() if name != "L"})
        for name, exact in gradients[-1].items():
            assert network.board.texts[f"d{name}"] == [two_decimals(number) for number in np.ravel(exact)]
    for name, now in gradients[1].items():
        before = gradients[0][name]
        assert (np.sign(now) == -np.sign(before)).all() and (np.abs(now) > np.abs(before)).all()


@claim("Choose the L2 loss. Only `ds` is computed in another way. Everything before it follows the same rules.")
def test_the_loss_changes_only_the_first_step(figure):
    network, formulas = figure(figures.NetworkBackwardFigure), {}
    for loss in ("cross-entropy", "L2 loss"):
        formulas[loss] = []
        for k in range(2, 9):  # from ds to dW
            network.set(loss=loss, k=k)
            formulas[loss].append(network.canvas.text.split(": ", 1)[1].split(";")[0])
    ours, theirs = formulas.values()
    assert ours[0] != theirs[0] and ours[1:] == theirs[1:]


def changes(tasks):
    """Read what one step does to each loss."""
    return np.array([bar.get_width() for bar in tasks.bars])


@claim(
    "At the start the two stand at 121°: they pull against each other. The mass loss is louder, so the class loss "
    "*rises* a little.",
)
def test_at_first_the_class_loss_has_to_pay(figure):
    tasks = figure(figures.TwoLossesFigure)
    assert read(tasks, r"stand at (\d+)°") == 121 and "pull against each other" in tasks.canvas.text
    ours, mass = (np.linalg.norm(arrow.get_xydata()[1]) for arrow in tasks.arrows[:2])  # each with the weight 1
    assert mass > ours and 0 < changes(tasks)[0] < 0.01


@claim(
    "Turn *Mass loss ×* down to 0.5. Both fall now, the mass loss a third as fast as before. (The penalty rises. "
    "Nobody minds it as long as its weight is 0.)",
)
def test_a_smaller_weight_lets_both_fall(figure):
    tasks = figure(figures.TwoLossesFigure)
    before = changes(tasks)
    tasks.set(m=0.5)
    now = changes(tasks)
    assert now[0] < 0 and now[1] / before[1] == pytest.approx(1 / 3, abs=0.03)
    assert now[2] > 0 and tasks.values["lam"] == 0


@claim(
    "Put *True mass* at 0.1, a toy car. The guess, 0.32, is now too high instead of too low, and the mass pulls the "
    "other way: 59°. One step helps both.",
)
def test_a_lighter_truth_turns_the_mass_round(figure):
    tasks = figure(figures.TwoLossesFigure)
    assert tasks.controls["mass"].inputs[0].min >= 0  # nothing weighs less than nothing
    h = np.maximum(tasks.fixed["W"] @ tasks.fixed["x"] + tasks.fixed["b"], 0)
    assert round(float(tasks.values["v"] @ h), 2) == 0.32
    tasks.set(mass=0.1)
    assert read(tasks, r"stand at (\d+)°") == 59 and (changes(tasks)[:2] < 0).all()


@claim("Move `v`: the angle depends on which hidden neurons the second task wants to use.")
def test_the_angle_depends_on_v(figure):
    tasks, angles = figure(figures.TwoLossesFigure), set()
    for v in ([0.5, 0.3, -0.4], [-0.5, 0.3, -0.4], [0.5, 0.3, 0.4]):
        tasks.set(v=v)
        angles.add(read(tasks, r"stand at (\d+)°"))
    assert len(angles) == 3 and max(angles) - min(angles) > 30


DEEP = r"sigmoid: times (\S+) per layer, (\S+) in all.*ReLU: times (\S+) per layer, (\S+) in all"


@claim(
    "Scale 1, 12 layers: the sigmoid leaves 0.000 000 02. The first layers learn practically nothing. The ReLU lets "
    "about one half pass; its lengths shrink by about the root of that, 0.7 a layer.",
)
def test_twelve_sigmoids_leave_next_to_nothing(figure):
    deep = figure(figures.DepthFigure)
    deep.set(depth=12, scale=1.0)
    _, left, relu, _ = read(deep, DEEP)
    assert left == 2e-8 and relu == pytest.approx(np.sqrt(0.5), abs=0.02)
    assert deep.slopes["relu"].get_ydata().mean() == pytest.approx(0.5, abs=0.05)


@claim(
    "Press *√2 (He)*: what the ReLU takes away the weights give back. It keeps about its length, even through 30 "
    "layers.",
)
def test_he_keeps_the_length(figure):
    deep = figure(figures.DepthFigure)
    press(deep, "√2 (He)")
    for depth in (12, 30):
        deep.set(depth=depth)
        assert "it keeps about its length" in deep.canvas.text


@claim(
    "Can larger weights save the sigmoid? Press *4*, at 12 layers. It helps, 0.002 is left. But they push the neurons"
    " into the flat parts, the slopes sink to about half of ¼, and the gradient still vanishes. The ReLU explodes "
    "meanwhile.",
)
def test_larger_weights_do_not_save_the_sigmoid(figure):
    deep = figure(figures.DepthFigure)
    press(deep, "4")
    _, left, _, relu = read(deep, DEEP)
    assert round(left, 3) == 0.002 and relu > 1e4 and "it explodes" in deep.canvas.text
    assert deep.slopes["sigmoid"].get_ydata().mean() == pytest.approx(0.125, abs=0.02)
    deep.set(depth=30)
    assert read(deep, DEEP)[1] < 1e-6


# An engine of one's own


@claim(
    "`q` gets 3 from one product and 5 from the other. Only when both have arrived it passes 8 · 2 on to `x`, which "
    "has got 6 already: 22."
)
def test_the_walk_before_the_engine(figure):
    walk = figure(figures.StepperFigure)
    pieces = [step.written for step in walk.steps if step.asked in ("∂f/∂q", "∂f/∂x")]
    assert [text.rpartition("= ")[2] for text in pieces] == ["3", "6", "8", "22"]
    assert "3 + 1 × 5" in pieces[2] and "6 + 8 × 2" in pieces[3]


def engine(source, change=""):
    """Run the section of the engine with its exercises solved, but for one change of the text; return its names."""
    names, here = (
        {"np": np, "data": data, "checks": checks, "figures": figures, "predict": lambda *_, **__: None},
        False,
    )
    old, _, new = change.partition(" -> ")
    text = source.read_text(encoding="utf-8")
    assert old in text
    for cell in solved(text.replace(old, new) if old else text).cells:
        if (opening := heading(cell)) and opening[0] == 2:
            here = opening[1].startswith("Write your own engine")
        if here and cell.cell_type == "code":
            exec(compile(cell.source, "<cell>", "exec"), names)
    return names


@claim(
    "The loss falls from 0.252 to 0.0005. When your three exercises are solved, run these cells once more: your engine "
    "prints the same numbers.",
    "where yours has one for each product and each sum",
)
def test_an_engine_of_ones_own_trains_as_the_packages(source, shown, capsys):
    names = engine(source)
    steps = re.findall(r"step +(\d+): arrays (\S+), yours (\S+)", capsys.readouterr().out)
    assert [int(step) for step, _, _ in steps] == [0, 1, 10, 100]
    assert all(arrays == yours for _, arrays, yours in steps)
    assert (steps[0][1], steps[-1][1]) == ("0.252290", "0.000507")
    assert "step 100: arrays 0.000507, yours is not finished yet" in shown("Write your own engine")
    x = names["Value"](3.0)
    (x * x + 2 * x + 1).backward()
    assert x.grad == 8.0  # a parent that comes twice is one node, and a plain number is a value
    loss = names["network_loss"]([names["Value"](1.0) for _ in range(23)])
    made = [node for node in loss.nodes() if node.parents]  # 3 examples of 5 neurons with 18 products, and the loss
    assert len(made) == 3 * (2 * 18 + 3 + 2 * 4)
    yours = figures.OwnEngineFigure(names["own"], names["X"], names["Y"], data.lecture.W1, data.lecture.b1,
                                    names["U"], names["c"])  # fmt: skip
    for rate in ("0.01", "0.05", "0.2"):
        yours.set(rate=rate)
        assert "Your engine has the same losses, in all steps." in yours.canvas.text


@claim("Solve the three exercises and run all cells of this section again. Then write `=` instead of `+=` in your walk")
def test_an_engine_that_does_not_add_goes_another_way(source):
    names = engine(source, "parent.grad += node.grad * local -> parent.grad = node.grad * local")
    yours = figures.OwnEngineFigure(names["own"], names["X"], names["Y"], data.lecture.W1, data.lecture.b1,
                                    names["U"], names["c"])  # fmt: skip
    assert "Your engine goes another way from step 1 on" in yours.canvas.text


@claim("Press *Play*: after 100 steps all six scores are within 0.03 of what is wanted.")
def test_the_scores_reach_what_is_wanted(figure):
    training = figure(figures.OwnEngineFigure)
    press_play(training)
    assert training.canvas.text.startswith("100 steps of 0.05: loss 5.1e\N{MINUS SIGN}04 with arrays")
    for said, wanted in zip(training.said, training.wanted, strict=True):
        assert np.abs(said.get_ydata() - wanted.get_ydata()).max() < 0.03


@claim(
    "The dashed line is ahead, 0.0842 to 0.0970. It follows the first gradient twice",
    "at 100 steps it is at 0.0732.",
)
def test_a_training_that_never_sets_to_zero_is_ahead_and_never_rests(figure):
    training = figure(figures.OwnEngineFigure)
    both = r"with arrays, (\S+) with gradients that are never set to 0"
    training.set(k=2)
    assert read(training, r"loss (\S+) " + both) == (0.097, 0.0842)
    training.set(k=100)
    assert read(training, both) == 0.0732


@claim(
    "Choose the learning rate 0.2. One jump too far, and all three hidden neurons sleep for all inputs: the loss stays "
    "at 0.4444."
)
def test_one_jump_too_far_puts_all_neurons_to_sleep(figure):
    training = figure(figures.OwnEngineFigure)
    training.set(rate="0.2", k=100)
    assert read(training, r"loss (\S+) with arrays") == 0.4444
    says = np.array([dots.get_ydata() for dots in training.said])
    np.testing.assert_allclose(says, says[:, :1] * np.ones(3))  # the biases alone speak, whatever comes in
