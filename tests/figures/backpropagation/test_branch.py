"""Two ways that meet: both make the tangent, and one alone does not."""

import numpy as np
import pytest
from drive import check

from lectureutils import figures
from lectureutils.autodiff import Tensor


def badge(figure):
    """Read what stands below x."""
    return "".join(figure.picture.badges.get_texts())


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
        assert badge(figure) == f"5 {'✓' if first and second else '✗'}"
        assert ("agree" in figure.canvas.text) == (first and second)
        check(figure, f"{first} {second}")
    assert figure.canvas.text.startswith("x = 3: x gets nothing. Measured 5: they differ")


def test_a_way_that_carries_nothing_may_be_off():
    figure = figures.BranchFigure(2.0)
    figure.set(first=False)
    assert badge(figure) == "3 ✓" and "happens to add up to 0" in figure.canvas.text
