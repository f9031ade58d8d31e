"""The map of starts and the wave of one of them."""

import numpy as np
import pytest
from drive import check

from lectureutils.figures import BasinsFigure
from lectureutils.figures.what_goes_wrong import basins
from lectureutils.gradients import check_gradient


def wave_loss(w, wave):
    return float(np.mean((np.sin(w[0] * wave[0] + w[1]) - wave[1]) ** 2))


def end_of(w, wave, rate, mu=0.0, steps=100):
    """Descend from one start in plain double precision."""
    w, v, (x, t) = np.array(w, float), np.zeros(2), wave
    for _ in range(steps):
        slope = 2 * (np.sin(w[0] * x + w[1]) - t) * np.cos(w[0] * x + w[1])
        v = mu * v + np.array([np.mean(slope * x), np.mean(slope)])
        w = w - rate * v
    return w


def test_the_gradient_of_the_wave_is_its_slope(wave):
    w = np.array([2.2, -0.7])
    _, d0, d1 = basins.wave_gradient(w[0], w[1], *wave)
    assert check_gradient(lambda w: wave_loss(w, wave), w, np.array([d0, d1]))


def test_minima_are_minima_lowest_first(wave):
    figure = BasinsFigure(*wave)
    assert len(figure.minima) >= 5 and (np.diff(figure.depths) >= 0).all()
    for w, depth in zip(figure.minima, figure.depths, strict=True):
        assert depth == pytest.approx(wave_loss(w, wave))
        for nudge in 0.02 * np.array([[1, 0], [-1, 0], [0, 1], [0, -1]]):
            assert wave_loss(w + nudge, wave) > depth
    np.testing.assert_allclose(figure.minima[0], [3, 0.6], atol=0.05)


@pytest.mark.parametrize(("rate", "mu"), [(0.3, 0.0), (0.1, 0.5)])
def test_each_start_has_the_colour_of_its_end(wave, rate, mu):
    figure = BasinsFigure(*wave)
    figure.set(rate=rate, mu=mu)
    colours, agree = figure.map.get_data(), 0
    places = np.random.default_rng(5).integers(0, [25, 33], size=(60, 2))
    for row, column in places:
        start = figure.grid[0][row, column], figure.grid[1][row, column]
        end = end_of(start, wave, figure.values["rate"], mu)
        agree += int(basins.nearest(*end, figure.minima)) == colours[row, column]
    assert agree >= 58  # a start on a border may fall to either side
    assert colours.shape == (25, 33) and colours.max() <= len(figure.minima)
    assert f"{np.mean(colours == 0):.0%} end in minimum 1" in figure.canvas.text


def test_the_path_and_the_wave_follow_the_start(wave):
    figure = BasinsFigure(*wave)
    figure.set(x=4.5, y=0.0, step=100)
    end = end_of((4.5, 0), wave, figure.values["rate"])
    np.testing.assert_allclose(figure.here.get_xydata()[0], end, atol=1e-9)
    np.testing.assert_allclose(figure.wave.get_ydata(), np.sin(end[0] * figure.line + end[1]))
    assert "ends in minimum 2" in figure.canvas.text
    figure.set(step=0)
    np.testing.assert_allclose(figure.here.get_xydata(), [[4.5, 0]])
    figure.drag(figure.grab(figure.plane, 4.5, 0.0), 3.0, 0.5)
    assert figure.values["x"] == 3.0 and "the lowest" in figure.canvas.text
    check(figure, "a drag")


def test_a_far_end_belongs_to_no_minimum(wave):
    figure = BasinsFigure(*wave)
    minima, none = figure.minima, len(figure.minima)
    assert basins.nearest(np.array([np.nan, 50.0]), np.array([0.0, 0.0]), minima).tolist() == [none, none]
    turned = basins.nearest(minima[:, 0], minima[:, 1] + 2 * np.pi, minima)
    assert turned.tolist() == list(range(none))


def test_data_without_a_minimum_on_the_map_are_refused_at_the_door():
    with pytest.raises(ValueError, match=r"x, t: found no minimum with w\[0\] between 0 and 6"):
        BasinsFigure(np.linspace(0, 1e4, 9), np.full(9, 5.0))
