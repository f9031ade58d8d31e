"""The picture of the linear regions says the count of the map that it shows."""

import numpy as np
from claims import press, read
from drive import check

from lectureutils.figures import RegionsFigure
from lectureutils.figures.neural_networks.pieces import WIDTHS

REGIONS = r"into (\d+) linear regions"


def test_the_picture_counts_along_neuron_by_neuron():
    figure = RegionsFigure(neurons=0)
    press(figure, "Step")
    assert read(figure, REGIONS) == 2 and "1 of 50 neurons" in figure.canvas.text
    assert len(np.unique(figure.map.get_data())) == 2
    for name in WIDTHS:
        figure.set(network=name, neurons=50)
        assert figure.curves[name].get_ydata()[-1] == read(figure, REGIONS) == figure.here.get_ydata()[0]
        assert "whole network" in figure.canvas.text
        check(figure, name)
