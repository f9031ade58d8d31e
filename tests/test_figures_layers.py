"""The figures of notebook 09 draw what arrays, layers and networks give; every gradient has a second witness."""

import numpy as np
import pytest
from drive import check, click, send

from lectureutils import figures, losses
from lectureutils.autodiff import Tensor
from lectureutils.checks import EXERCISES
from lectureutils.data import lecture
from lectureutils.figures.backprop_through_layers.blocks import Block, Board
from lectureutils.figures.backprop_through_layers.network_backward import STEPS, run_network
from lectureutils.figures.shared.words import few_digits, two_decimals
from lectureutils.gradients import numerical_gradient

W0, x0 = np.array([[1.0, 0.5, -1.0], [-0.5, 1.0, 2.0]]), np.array([1.0, -2.0, 0.5])
U, c = np.array([[1.0, -0.4, -0.2], [-0.5, 0.6, 0.4]]), np.array([0.1, 0.0])
EXACT = [[.024951, .374266, .017466, .578865], [-.066976, -1.004633, -.046883, -1.553832],
         [.069941, 1.049113, .048959, 1.622628]]  # fmt: skip


def corners(collection):
    """Return the bounds (left, top, right, bottom) of each polygon of a collection."""
    return [(*path.vertices.min(axis=0), *path.vertices.max(axis=0)) for path in collection.get_paths()]


def option(control, text):
    """Choose an option of a dropdown by its visible name, as the browser does."""
    send(control.inputs[0], index=[label for label, _ in control.inputs[0].options].index(text))


# ---- f = ||W x||^2

@pytest.fixture
def vectorized():
    return figures.VectorizedFigure(W0, x0)


def test_the_tables_hold_value_and_gradient(vectorized):
    rng = np.random.default_rng(1)
    W, x = rng.integers(-20, 20, (2, 3)) / 10, rng.integers(-20, 20, 3) / 10
    vectorized.set(W=W, x=x)
    tW, tx = Tensor(W), Tensor(x)
    q = tW @ tx
    f = (q * q).sum()
    f.backward()
    expected = {"W": W, "x": x, "q": q.data, "f": f.data, "dW": tW.grad, "dx": tx.grad, "dq": q.grad}
    for name in vectorized.board.blocks:
        wanted = expected[name.removesuffix(" again")]
        assert vectorized.board.texts[name] == [few_digits(v) for v in np.ravel(wanted)], name
    assert vectorized.board.numbers.get_texts() == sum(vectorized.board.texts.values(), [])
    check(vectorized, "random numbers")


@pytest.mark.parametrize(("entry", "cells"), [
    ("dW[1,2]", [("W", 1, 2), ("dq", 1, 0), ("x again", 0, 2), ("dW", 1, 2)]),
    ("dx[1]", [("x", 0, 1), ("W again", 0, 1), ("dq again", 0, 0), ("W again", 1, 1), ("dq again", 1, 0),
               ("dx", 0, 1)]),
])  # fmt: skip
def test_the_coloured_cells_make_the_entry(vectorized, entry, cells):
    option(vectorized.entry, entry)
    blocks = vectorized.board.blocks
    places = [(blocks[name].left + j, blocks[name].top + i) for name, i, j in cells]
    np.testing.assert_allclose([box[:2] for box in corners(vectorized.board.cells)], places)
    value = {"dW[1,2]": 2 * -1.5 * 0.5, "dx[1]": 2 * -0.5 * 0.5 + 2 * -1.5 * 1}[entry]
    assert f"= {few_digits(value)}. Measured: {few_digits(value)}." in vectorized.canvas.text
    check(vectorized, entry)


def test_a_tap_chooses_an_entry(vectorized):
    block = vectorized.board.blocks["dW"]
    vectorized.tap(vectorized.board.axes, block.left + 1.5, block.top + 1.2)
    assert vectorized.entry.value == ("dW", 1, 1)
    vectorized.tap(vectorized.board.axes, vectorized.board.blocks["q"].left + 0.5, block.top + 0.5)
    assert vectorized.entry.value == ("dW", 1, 1)


def test_shapes_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match=r"W and x: got shapes \(2, 3\) and \(2,\)"):
        figures.VectorizedFigure(W0, [1.0, 2.0])
    with pytest.raises(ValueError, match="layers: got none"):
        figures.LayerFigure({})


def test_a_board_writes_small_and_empty():
    axes = figures.VectorizedFigure(W0, x0).board.axes
    board = Board(axes, {"a": Block(0, 0, 1, 3, "k"), "b": Block(4, 0, 1, 1, "k")}, 5, 1, two_decimals)
    board.write({"a": [0.0621, -0.004, 123456.0]})
    assert board.texts == {"a": ["0.06", "−0.004", "1e+05"], "b": [""]}
    assert board.entry(2.5, 0.5) == ("a", 0, 2) and board.entry(3.5, 0.5) is None


# ---- shapes

def test_the_two_right_products_and_no_others():
    figure = figures.ShapesFigure()
    right = []
    for wanted in ("dW", "dX"):
        for left in ("dY", "dY.T", "X", "X.T", "W", "W.T"):
            for second in ("dY", "dY.T", "X", "X.T", "W", "W.T"):
                figure.set(wanted=wanted, left=left, right=second, N=3, D=3, C=3)
                if "it fits, and it is" in figure.verdict():
                    right.append((wanted, left, second))
    assert right == [("dW", "dY.T", "X"), ("dX", "dY", "W")]


@pytest.mark.parametrize(("left", "right", "said"), [
    ("dY", "X", "the inner sides 2 and 4 differ"), ("X.T", "dY", "lying on its side"),
    ("dY.T", "X", "all 6 entries agree"), ("dY", "W", "the product has the shape (4, 3), wanted is (2, 3)")])
def test_the_verdict_on_a_product(left, right, said):
    figure = figures.ShapesFigure()
    option(figure.controls["left"], left)
    option(figure.controls["right"], right)
    assert said in figure.verdict() and said[5:] in figure.canvas.text
    boxes = [(right - left, bottom - top) for left, top, right, bottom in corners(figure.boxes)]
    shapes = [piece.shape[::-1] for piece in figure.pieces] + ([figure.product.shape[::-1]] if figure.fits else [])
    np.testing.assert_allclose(boxes, shapes)
    check(figure, f"{left} @ {right}")


def test_it_fits_by_accident():
    figure = figures.ShapesFigure(3, 3, 3)
    figure.set(left="dY", right="X")
    assert "by accident" in figure.canvas.text


@pytest.mark.parametrize("N", [1, 4, 6])
def test_the_name_of_a_piece_stands_clear_of_its_width(N):
    figure = figures.ShapesFigure(N)
    words = figure.words
    name, width = words.axes.transData.transform(words.places[:2])
    assert name[1] - width[1] > words.size / 72 * figure.painter.figure.dpi, "one line of type is higher"


# ---- layers

LAYERS = {"ReLU": "relu_layer", "sigmoid": "sigmoid_layer", "L2 loss": "l2_layer"}


def test_right_layers_agree_with_what_is_measured():
    figure = figures.LayerFigure({name: EXERCISES[ex].reference for name, ex in LAYERS.items()})
    x, dy = np.array([-1.5, -0.4, 0.8, 2.0]), np.array([1.0, -0.5, 2.0, 0.5])
    s = 1 / (1 + np.exp(-x))
    for name, expected in {"ReLU": dy * (x > 0), "sigmoid": dy * s * (1 - s), "L2 loss": 2 * (x - dy)}.items():
        option(figure.kind, name)
        np.testing.assert_allclose(figure.dx, expected)
        np.testing.assert_allclose(figure.measured, expected, atol=1e-9)
        assert figure.ticks.get_texts() == ["✓"] * 4 and "All four agree" in figure.canvas.text
        assert figure.board.texts["dx"] == [few_digits(v) for v in expected]
        check(figure, name)


def test_a_wrong_layer_gets_crosses():
    figure = figures.LayerFigure({"ReLU": lambda X, dY: (np.maximum(X, 0), 1.0 * (X > 0))})
    assert figure.ticks.get_texts() == ["✓", "✓", "✗", "✗"]
    assert "2 of 4 agree with what is measured: at c yours is 1, measured 2" in figure.canvas.text


@pytest.mark.parametrize(("answer", "said"), [
    (None, "not written yet"), ((None, ...), "not written yet"), ((np.ones(3), np.ones(3)), "returned shapes (3,)")])
def test_an_unfinished_layer_is_replaced(answer, said):
    figure = figures.LayerFigure({"ReLU": lambda X, dY: answer})
    assert said in figure.canvas.text and "All four agree" in figure.canvas.text


def test_a_layer_that_raises_is_told_with_its_line_and_replaced():
    def relu(X, dY):
        return X, 1 / len(X[0, 4:])

    def compares(X, dY):
        return (X, dY) if X > 0 else (0, 0)

    figure = figures.LayerFigure({"ReLU": relu, "sigmoid": compares})
    assert ('Your layer raised ZeroDivisionError at line 2 of relu, "return X, 1 / len(X[0, 4:])": division by zero. '
            "The formula stands in." in figure.canvas.text)
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


# ---- exercises: the references' gradients are the measured ones

def test_references_of_layers_are_the_measured_gradients():
    rng = np.random.default_rng(5)
    X, W, b, dY = (rng.normal(size=shape) for shape in [(4, 3), (2, 3), (2,), (4, 2)])
    out = EXERCISES["affine_layer"].reference
    _, *mine = out(X, W, b, dY)
    for k, array in enumerate((X, W, b)):
        def value(new, k=k):
            args = [X, W, b]
            args[k] = new
            return float(np.sum(dY * out(*args, dY)[0]))
        np.testing.assert_allclose(mine[k], numerical_gradient(value, array), atol=1e-8)
    for name in ("relu_layer", "sigmoid_layer"):
        layer = EXERCISES[name].reference
        measured = numerical_gradient(lambda A, layer=layer: float(np.sum(X * layer(A, X)[0])), X.copy())
        np.testing.assert_allclose(layer(X, X)[1], measured, atol=1e-8)
    S, T = rng.normal(size=(2, 5, 3))
    l2 = EXERCISES["l2_layer"].reference
    np.testing.assert_allclose(l2(S, T)[1], numerical_gradient(lambda A: l2(A, T)[0], S.copy()), atol=1e-8)


def test_references_of_network_and_tensor_are_autodiffs():
    rng = np.random.default_rng(6)
    X, W, b, U, c, dS = (rng.normal(size=s) for s in [(5, 4), (3, 4), (3,), (2, 3), (2,), (5, 2)])
    leaves = [Tensor(a) for a in (W, b, U, c)]
    S = (X @ leaves[0].T + leaves[1]).relu() @ leaves[2].T + leaves[3]
    S.backward(dS)
    for mine, leaf in zip(EXERCISES["network_backward"].reference(X, W, b, U, c, dS), leaves, strict=True):
        np.testing.assert_allclose(mine, leaf.grad)
    x, y, z = (Tensor(v) for v in (0.7, -2.0, 1.3))
    q = x * y
    (q * z + q * x).backward()
    np.testing.assert_allclose(EXERCISES["tiny_tensor"].reference(0.7, -2.0, 1.3), [x.grad, y.grad, z.grad])


def test_the_graph_gives_the_lectures_exact_gradient():
    W = Tensor(lecture.V2)
    d = W @ lecture.x1 - lecture.y_star
    loss = (d * d).sum().sqrt()
    loss.backward()
    assert float(loss.data) == pytest.approx(1.669267, abs=5e-7)
    np.testing.assert_allclose(W.grad, EXACT, atol=5e-7)


# ---- the whole network

@pytest.fixture
def network():
    inputs = {"x1": lecture.x1, "zeros": 0 * lecture.x1, "minus x1": -lecture.x1}
    return figures.NetworkBackwardFigure(lecture.W1, lecture.b1, U, c, inputs, ["animal", "machine"])


@pytest.mark.parametrize("loss", ["cross-entropy", "L2 loss"])
def test_each_step_shows_one_more_gradient_and_it_is_right(network, loss):
    option(network.loss, loss)
    z = lecture.W1 @ lecture.x1 + lecture.b1
    h = np.maximum(z, 0)
    s = U @ h + c
    ds = np.exp(s) / np.exp(s).sum() - [0, 1] if loss == "cross-entropy" else 2 * (s - [0, 1])
    dz = (U.T @ ds) * (z > 0)
    expected = {"dL": 1.0, "ds": ds, "dc": ds, "dU": np.outer(ds, h), "dh": U.T @ ds, "dz": dz, "db": dz,
                "dW": np.outer(dz, lecture.x1), "dx": lecture.W1.T @ dz}  # fmt: skip
    assert list(expected) == [name for name, _ in STEPS]
    for k in range(10):
        send(network.k.inputs[0], value=k)
        for n, (name, array) in enumerate(expected.items()):
            texts = [two_decimals(v) for v in np.ravel(array)]
            assert network.board.texts[name] == (texts if n < k else [""] * len(texts)), (k, name)
        if k:
            block = network.board.blocks[STEPS[k - 1][0]]
            assert corners(network.board.frames)[0][:2] == pytest.approx((block.left, block.top))
            assert len(corners(network.board.cells)) == len(STEPS[k - 1][1])
        if k > 1:
            assert "It agrees with the measured one." in network.canvas.text
        check(network, f"step {k}")


def test_every_gradient_stands_below_its_value_in_its_shape(network):
    blocks = network.board.blocks
    for name in ("x", "W", "b", "z", "h", "U", "c", "s", "L"):
        above, below = blocks[name], blocks[f"d{name}"]
        assert (above.left, above.rows, above.columns) == (below.left, below.rows, below.columns)
        assert below.top > above.top


def test_zeros_give_the_weights_nothing_and_a_bias_something(network):
    network.set(x=np.zeros(4), k=9)
    assert not network.arrays["dW"].any() and network.arrays["db"][0] > 0 and not network.arrays["db"][1:].any()
    network.set(x=-lecture.x1)
    assert not network.arrays["dW"].any() and not network.arrays["db"].any() and network.arrays["dc"].all()


def test_the_player_walks_back_and_stops(network):
    click(network.player.play)
    for tick in range(1, 13):
        send(network.canvas, tick=tick)
    assert network.k.value == 9 and not network.canvas.playing
    click(network.player.back)
    assert network.k.value == 0


def test_the_measured_gradient_is_a_real_witness(network):
    network.set(k=8)
    network.arrays["dW"] = network.arrays["dW"] + 0.01
    assert network._measure("W") == pytest.approx(0.01, abs=1e-6)


# ---- several losses

def test_gradients_add_and_the_step_is_real():
    figure = figures.TwoLossesFigure(lecture.W1, lecture.b1, U, c, lecture.x1, label=1)
    assert "121°: they pull against each other" in figure.canvas.text
    assert "class loss and the penalty rise" in figure.canvas.text
    a, m, lam, mass, v = 0.7, 1.2, 0.3, 0.4, np.array([0.2, -0.5, 0.6])
    figure.set(a=a, m=m, lam=lam, mass=mass, v=v)

    def parts(theta):
        W, b = theta[:12].reshape(3, 4), theta[12:]
        h = np.maximum(W @ lecture.x1 + b, 0)
        return np.array([losses.cross_entropy((U @ h + c)[None], [1])[0], (v @ h - mass) ** 2, np.sum(W**2)])

    theta = np.concatenate([lecture.W1.ravel(), lecture.b1])
    total = numerical_gradient(lambda t: float(np.array([a, m, lam]) @ parts(t)), theta.copy())
    np.testing.assert_allclose(figure.total, total, atol=1e-8)
    changes = parts(theta - 0.01 * total) - parts(theta)
    np.testing.assert_allclose([bar.get_width() for bar in figure.bars], changes, atol=1e-8)
    one, two = a * figure.gradients[0], m * figure.gradients[1]
    np.testing.assert_allclose(np.linalg.norm(figure.tips[:2], axis=1), [np.linalg.norm(one), np.linalg.norm(two)])
    np.testing.assert_allclose(figure.tips[0] @ figure.tips[1], one @ two)  # so the angle is true, too
    np.testing.assert_allclose(figure.tips[:3].sum(axis=0), figure.tips[3])
    for arrow, tip in zip(figure.arrows, figure.tips, strict=True):
        assert arrow.get_xydata().tolist() == [[0, 0], tip.tolist()]
    check(figure, "random weights")


def test_a_task_without_a_gradient_is_said():
    figure = figures.TwoLossesFigure(lecture.W1, lecture.b1, U, c, lecture.x1, label=1)
    figure.set(v=np.zeros(3))
    assert "One of the two losses has no gradient here." in figure.canvas.text
    figure.set(a=0.0, m=0.0)
    assert "lets nothing rise" in figure.canvas.text


# ---- many layers

@pytest.mark.parametrize("scale", [1.0, 1.42, 4.0])
def test_lengths_of_the_gradient_at_each_layer(scale):
    figure = figures.DepthFigure(depth=6)
    send(figure.controls["scale"].inputs[0], value=scale)
    weights = figure.controls["scale"].value * figure.random[:6]
    bends = {"relu": (lambda z: np.maximum(z, 0), lambda z, h: z > 0),
             "sigmoid": (lambda z: 1 / (1 + np.exp(-z)), lambda z, h: h * (1 - h))}  # fmt: skip
    for name, (bend, slope) in bends.items():
        h, slopes, lengths, d = figure.x, [], [1.0], figure.upstream
        for W in weights:
            z = h @ W.T
            h = bend(z)
            slopes.append(slope(z, h))
        for W, local in zip(weights[::-1], slopes[::-1], strict=True):
            d = (d * local) @ W
            lengths.append(np.linalg.norm(d) / np.linalg.norm(figure.upstream))
        np.testing.assert_allclose(figure.lines[name].get_ydata(), lengths[::-1])
        np.testing.assert_allclose(figure.slopes[name].get_ydata(), [s.mean() for s in slopes])
    check(figure, f"scale {scale}")


def test_the_numbers_that_the_text_tells():
    figure = figures.DepthFigure(depth=12, scale=1.0)
    assert figure.lengths["sigmoid"][0] == pytest.approx(2e-8, rel=0.05)
    assert figure.lengths["relu"][0] ** (1 / 12) == pytest.approx(0.7, abs=0.03)
    figure.set(depth=30, scale=1.42)
    assert "With ReLU" not in figure.canvas.text and "it keeps about its length" in figure.canvas.text
    figure.set(scale=4.0)
    assert "it vanishes; with ReLU" in figure.canvas.text and "it explodes" in figure.canvas.text
    assert max(figure.mean_slopes["sigmoid"]) < 0.25


def test_run_network_shares_nothing_with_its_input():
    values = {"W": lecture.W1, "b": lecture.b1, "U": U, "c": c, "x": lecture.x1}
    tensors = run_network(values, losses.cross_entropy, 1)
    assert tensors["L"].data == pytest.approx(0.5340, abs=5e-5)
    assert tensors["W"].grad.shape == (3, 4) and not np.shares_memory(tensors["W"].data, lecture.W1)
