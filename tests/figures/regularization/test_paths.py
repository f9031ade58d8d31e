"""Each weight over lambda: shrunk by L2, and exactly 0 under L1."""

import numpy as np
import pytest

from figures.regularization.making import ridge, wave
from lectureutils.figures import PathsFigure


def test_paths_are_the_weights_over_lambda():
    x, y, _ = wave()
    figure = PathsFigure(x, y, degree=6)
    left, right = figure.painter.figure.axes
    for j in range(6):
        lams, drawn = left.get_lines()[j + 1].get_data()
        assert drawn[::20] == pytest.approx([ridge(x, y, 6, lam).coef[j + 1] for lam in lams[::20]], abs=1e-6)
    figure.set(lam=0.1)
    lam = figure.values["lam"]
    assert np.sort(figure.dots[0].get_ydata()) == pytest.approx(np.sort(ridge(x, y, 6, lam).coef[1:]), abs=1e-6)
    assert len(figure.dots[1].get_ydata()) == 1 and len(figure.zeros[1].get_ydata()) == 5
    assert "L1: 5 of 6 weights exactly 0 (w2, w3, w4, w5, w6)" in figure.canvas.text
    assert "L2: 0 of 6 weights exactly 0" in figure.canvas.text
    last = [line.get_ydata()[-1] for line in right.get_lines()[1:7]]
    assert last == [0] * 6
