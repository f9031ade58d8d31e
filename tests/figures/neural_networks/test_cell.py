"""The nerve cell beside the artificial neuron: parts in pairs, and numbers that are those of the lecture."""

import numpy as np
import pytest
from claims import press_play, read
from drive import check
from looks import faults
from scipy.special import expit

from lectureutils.data import lecture
from lectureutils.figures import CellFigure
from lectureutils.figures.neural_networks.cell import PARTS


@pytest.fixture(scope="module")
def pair():
    return CellFigure(lecture.W1, lecture.b1, lecture.x1, lecture.CLASSES)


@pytest.mark.parametrize("row", range(3))
def test_the_unit_computes_the_row(pair, row):
    z, b = lecture.W1[row] @ lecture.x1, lecture.b1[row]
    for part, pattern, expected in (
        (2, r"= (\S+)\. Not", lecture.W1[row, 1] * lecture.x1[1]),
        (3, r" = (\S+)\. Not", z),
        (4, r"a = sigmoid\(z\) = (\S+)\. Not", expit(z + b)),
        (6, r"unit: (\S+) goes", expit(z + b)),
    ):
        pair.set(part=part, row=row)
        assert read(pair, pattern) == pytest.approx(expected, abs=6e-4)
    assert pair.out.get_text() == f"a = {expit(z + b):.4f}"
    assert [text.get_text() for text in pair.inputs] == [f"{x:g}" for x in lecture.x1]


def test_each_part_has_its_words_in_both_and_nothing_touches(pair):
    for part in range(1, len(PARTS) + 1):
        pair.set(part=part, row=1)
        said = PARTS[part - 1]
        assert said.does in pair.canvas.text and f"in the unit: {said.unit}." in pair.canvas.text
        assert faults(pair) == []
        check(pair, said.cell)


def test_the_player_goes_through_all_parts(pair):
    pair.reset()
    press_play(pair)
    assert pair.values["part"] == len(PARTS) == 6
    assert len({np.asarray(part.at_cell).tobytes() for part in PARTS}) == 6
