"""The way back through a network: one more gradient each step, below its value, and measured."""

import numpy as np
import pytest
from drive import check, click, send
from looks import faults

from figures.backprop_through_layers.making import U, c, corners, option
from lectureutils import figures, losses
from lectureutils.data import lecture
from lectureutils.figures.backprop_through_layers.network_backward import STEPS, gap
from lectureutils.figures.backprop_through_layers.small_network import run_network
from lectureutils.figures.backprop_through_layers.wires import AT_H, AT_S, AT_X, EDGES
from lectureutils.figures.shared.words import two_decimals


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


def test_what_flows_stands_on_its_edge_and_is_seen_in_it(network):
    a, b = lecture.W1, lecture.x1
    h = np.maximum(a @ b + lecture.b1, 0)
    s = U @ h + c
    ds = np.exp(s) / np.exp(s).sum() - [0, 1]
    dz = (U.T @ ds) * (h > 0)
    unknown = np.full(2, np.nan)
    expected = {
        0: (a, U, unknown), 1: (a, U, unknown), 2: (a, U, ds), 4: (a, np.outer(ds, h), ds), 5: (a, U * ds[:, None], ds),
        6: (a, np.outer(ds, h), ds), 8: (np.outer(dz, b), np.outer(ds, h), ds),
        9: (a * dz[:, None], np.outer(ds, h), ds),
    }  # fmt: skip
    wires = network.wires
    for k, parts in expected.items():
        network.set(k=k)
        amounts = np.concatenate([part.ravel() for part in parts])
        known = np.isfinite(amounts)
        texts = np.array(wires.numbers.get_texts())
        assert (texts[known] == [two_decimals(v) for v in amounts[known]]).all() and (texts[~known] == "").all()
        widths = np.array(wires.edges.get_linewidth())[known]
        assert (np.argsort(widths, kind="stable") == np.argsort(np.abs(amounts[known]), kind="stable")).all()
        solid = np.array([pattern is None for _, pattern in wires.edges.get_linestyle()])
        assert (solid == (known & (amounts > 0))).all(), "the sign of an edge is in its dash"
    assert wires.gradients.get_texts()[:4] == [f"dx {two_decimals(v)}" for v in a.T @ dz]
    assert len(wires.ring.get_xydata()) == 4


def test_an_edge_ends_where_its_number_belongs():
    starts, ends = np.array(EDGES).swapaxes(0, 1)
    assert [AT_X.index(tuple(p)) for p in starts[:12]] == list(range(4)) * 3
    assert [AT_H.index(tuple(p)) for p in ends[:12]] == [0] * 4 + [1] * 4 + [2] * 4
    assert [AT_H.index(tuple(p)) for p in starts[12:18]] == list(range(3)) * 2
    assert [AT_S.index(tuple(p)) for p in ends[12:18]] == [0] * 3 + [1] * 3


def test_a_neuron_that_sleeps_is_grey_and_passes_nothing(network):
    network.set(x=-lecture.x1, k=8)
    assert len(network.wires.asleep.get_xydata()) == 3
    assert set(network.wires.numbers.get_texts()[:12]) == {"0"}
    network.set(x=0 * lecture.x1)
    assert len(network.wires.asleep.get_xydata()) == 2


def test_no_word_lies_on_another_at_any_step(network):
    for k in range(10):
        network.set(k=k)
        assert faults(network) == []


def test_zeros_give_the_weights_nothing_and_a_bias_something(network):
    network.set(x=np.zeros(4), k=9)
    texts = network.board.texts
    assert set(texts["dW"]) == {"0"} and float(texts["db"][0]) > 0 and texts["db"][1:] == ["0", "0"]
    network.set(x=-lecture.x1)
    texts = network.board.texts
    assert set(texts["dW"]) == {"0"} and set(texts["db"]) == {"0"} and "0" not in texts["dc"]


def test_the_player_walks_back_and_stops(network):
    click(network.player.play)
    for tick in range(1, 13):
        send(network.canvas, tick=tick)
    assert network.k.value == 9 and not network.canvas.playing
    click(network.player.back)
    assert network.k.value == 0


def test_the_measured_gradient_is_a_real_witness():
    values = {"W": lecture.W1, "b": lecture.b1, "U": U, "c": c, "x": lecture.x1}
    tensors = run_network(values, losses.cross_entropy, 1)
    arrays = {name: np.squeeze(tensor.data) for name, tensor in tensors.items()}
    dW = tensors["W"].grad
    assert gap(arrays | {"dW": dW}, "W", "cross-entropy", 1) == pytest.approx(0, abs=1e-6)
    assert gap(arrays | {"dW": dW + 0.01}, "W", "cross-entropy", 1) == pytest.approx(0.01, abs=1e-6)


def test_run_network_shares_nothing_with_its_input():
    values = {"W": lecture.W1, "b": lecture.b1, "U": U, "c": c, "x": lecture.x1}
    tensors = run_network(values, losses.cross_entropy, 1)
    assert tensors["L"].data == pytest.approx(0.5340, abs=5e-5)
    assert tensors["W"].grad.shape == (3, 4) and not np.shares_memory(tensors["W"].data, lecture.W1)
