"""The nerve cell fires when its differential equation says so, and oftener the stronger its input is."""

import numpy as np
import pytest
from scipy.special import expit

from lectureutils.figures import SpikeFigure
from lectureutils.figures.neural_networks.spike import firing_period, membrane, sigmoid


@pytest.mark.parametrize("drive", [0.5, 1.0, 1.2, 3.0])
def test_the_cell_follows_its_differential_equation(drive):
    """Step dV/dt = (drive - V) / 20 ms in small steps, with a threshold at 1 and a pause of 2 ms."""
    v, pause, fired, dt = 0.0, 2.0, [], 0.005
    for step in range(40_000):
        if pause > 0:
            pause -= dt
            continue
        v += dt * (drive - v) / 20
        if v >= 1:
            fired.append(step * dt)
            v, pause = 0.0, 2.0
    figure = SpikeFigure(drive)
    spikes = figure.spikes.get_xdata().reshape(-1, 3)  # from the threshold, to the top, and a gap
    assert len(spikes) == len(fired) and (spikes == spikes[:, :1]).all()
    assert spikes[:, 0] == pytest.approx(fired, abs=0.5)
    assert np.nanmax(figure.trace.get_ydata()) <= -55 + 1e-9


def test_a_weak_input_leaves_the_cell_silent_and_a_stronger_one_fires_oftener():
    figure = SpikeFigure(0.9)
    assert "silent" in figure.canvas.text and not len(figure.spikes.get_xdata())
    rates = 1000 / firing_period(np.linspace(0, 4, 50))
    assert (rates[:12] == 0).all() and (np.diff(rates[13:]) > 0).all()
    assert membrane(0.9, np.array([1e6]))[0] == pytest.approx(-70 + 15 * 0.9)


def test_the_sigmoid_is_scipys_and_never_overflows():
    z = np.array([-1e4, -3, 0, 0.5, 800])
    assert sigmoid(z) == pytest.approx(expit(z))
