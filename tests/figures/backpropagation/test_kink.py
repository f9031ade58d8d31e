"""Lines through a kink: which of them are subgradients."""

import numpy as np
from drive import check, send

from lectureutils import figures


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
