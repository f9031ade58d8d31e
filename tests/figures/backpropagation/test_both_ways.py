"""Forward against backward: both give the whole table, in as many walks as said, and each product is counted."""

import numpy as np
import pytest
from claims import press, press_play, read
from drive import check
from looks import faults

from lectureutils.data import lecture
from lectureutils.figures import BothWaysFigure
from lectureutils.figures.backpropagation.both_ways import products, walk_both
from lectureutils.figures.shared.words import two_decimals

U = np.array([[1.0, -0.4, -0.2], [-0.5, 0.6, 0.4]])
THIRD = np.vstack([[0.414, -0.414], lecture.V1[:, :2]])


@pytest.fixture(scope="module")
def both():
    return BothWaysFigure(lecture.W1, U, THIRD)


def texts(both, way, inputs, outputs):
    return np.reshape(both.tables[way][0].get_texts()[:16], (4, 4))[:outputs, :inputs]


@pytest.mark.parametrize(("inputs", "outputs"), [(4, 1), (1, 4), (3, 2), (4, 4)])
def test_both_fill_the_same_table_and_count_what_they_do(both, inputs, outputs):
    both.set(inputs=inputs, outputs=outputs, k=12)
    expected = THIRD[:outputs] @ U @ lecture.W1[:, :inputs]
    shown = [[two_decimals(value) for value in row] for row in expected]
    assert (texts(both, 0, inputs, outputs) == shown).all() and (texts(both, 1, inputs, outputs) == shown).all()
    forward, backward = read(both, r"forward with (\d+) multiplications, backward with (\d+)\.$")
    assert forward == inputs * (3 + 2 * 3 + outputs * 2) and backward == outputs * (2 + 2 * 3 + 3 * inputs)
    assert faults(both) == []
    check(both, f"{inputs} and {outputs}")


def test_forward_fills_columns_and_backward_rows(both):
    both.set(inputs=4, outputs=3, k=6)  # two walks each
    forward, backward = (texts(both, way, 4, 3) != "" for way in (0, 1))
    assert forward[:, :2].all() and not forward[:, 2:].any()
    assert backward[:2].all() and not backward[2:].any()


def test_a_product_is_counted_for_each_edge_that_is_drawn_as_used(both):
    layers = [lecture.W1, U, THIRD[:1]]
    for way, stages in enumerate(walk_both(layers)):
        for k, stage in enumerate(stages, start=1):
            both.set(inputs=4, outputs=1, k=k)
            widths = both.graphs[way].edges.get_linewidth()
            assert sum(width > 1 for width in widths) == products(stage, layers)


def test_a_race_ends_for_one_before_the_other(both):
    press(both, "a loss")
    both.set(k=3)
    assert "backward has all gradients" in both.canvas.text and "forward has" not in both.canvas.text
    press(both, "one knob")
    press_play(both)
    assert both.values["k"] == 12
    both.set(k=3)
    assert "forward has all gradients" in both.canvas.text
