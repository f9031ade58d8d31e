"""Two walks downhill: what the rate does to a parabola, and to a loss that never flattens."""

import numpy as np
import pytest
from drive import check, drag

from figures.optimization.making import INPUTS, WANTED, norm, squared
from lectureutils.figures import SurfaceFigure
from lectureutils.figures.optimization.surface import curvature, descend


@pytest.fixture(scope="module")
def surface():
    return SurfaceFigure({"norm": norm, "squared": squared})


def test_paths_are_gradient_descent(surface):
    surface.set(w0=0.5, w1=-0.4, rate=0.03, steps=7)
    for path, curve, f in zip(surface.paths, surface.curves, (norm, squared), strict=True):
        w, places = np.array([0.5, -0.4]), []
        for _ in range(8):
            places.append(w)
            w = w - surface.values["rate"] * f(w)[1]
        assert surface.values["rate"] == pytest.approx(0.03, rel=0.03), "the slider has marks"
        assert path.get_xdata() == pytest.approx([x for x, _ in places])
        assert path.get_ydata() == pytest.approx([y for _, y in places])
        assert curve.get_ydata() == pytest.approx([f(w)[0] for w in places])


def test_the_limit_is_two_over_the_largest_curvature(surface):
    low, high = np.linalg.eigvalsh(2 * INPUTS.T @ INPUTS)
    assert curvature(squared) == pytest.approx((low, high))
    assert surface.bounds[2] == pytest.approx(2 / high)
    for share, settles in ((0.995, True), (1.005, False)):
        losses = descend(squared, (0.9, -0.6), share * 2 / high, 2000).losses
        assert (losses[-1] < 1e-3) == settles


@pytest.mark.parametrize(
    "rate, word, sign", [(0.004, "too small", 0), (0.02, "right", 1), (0.06, "zig-zag", -1), (0.07, "diverging", -1)]
)
def test_the_name_of_a_rate_is_what_its_path_does(surface, rate, word, sign):
    surface.set(w0=0.9, w1=-0.6, rate=rate, steps=100)
    said = surface.canvas.text.split("squared: ")[1]
    assert said.split(", ")[1].startswith(word), said
    steep = np.linalg.eigh(INPUTS.T @ INPUTS)[1][:, 1]
    best = np.linalg.solve(INPUTS, WANTED)
    across = (surface.paths[1].get_xydata()[:5] - best) @ steep
    losses = surface.curves[1].get_ydata()
    if word == "too small":
        assert losses[100] > 0.01 * losses[0]
    else:
        assert (np.sign(across[1:] / across[:-1]) == sign).all(), "crosses the valley at each step, or never"
        assert (losses[-1] > losses[0]) == (word == "diverging")


def test_the_norm_never_settles_and_never_flies_away(surface):
    surface.set(w0=0.9, w1=-0.6, rate=0.05, steps=100)
    assert "norm: L = " in surface.canvas.text and "never settles" in surface.canvas.text
    late = surface.curves[0].get_ydata()[-20:]
    assert late.min() > 0.01 and late.max() < 1
    for rate in (0.002, 0.2):
        surface.set(rate=rate)
        assert len(surface.curves[0].get_ydata()) == 101, "it walks to the end"
    surface.set(rate=0.002)
    assert "norm: L" in surface.canvas.text and "still on the way down" in surface.canvas.text


def test_the_start_can_be_dragged(surface):
    drag(surface, surface.panels[1], (0.9, -0.6), (-0.5, 0.25))
    assert surface.values["w0"] == pytest.approx(-0.5, abs=0.02)
    assert surface.values["w1"] == pytest.approx(0.25, abs=0.02)
    check(surface, "drag")
    surface.reset()


def test_the_tip_itself_is_no_error(surface):
    best = np.linalg.solve(INPUTS, WANTED)
    walk = descend(norm, best, 0.05, 20)
    assert np.isfinite(walk.losses).all()


def test_losses_of_another_kind_are_refused():
    with pytest.raises(ValueError, match="losses: got 1, expected two"):
        SurfaceFigure({"norm": norm})
    with pytest.raises(ValueError, match="no constant curvature, expected a parabola"):
        SurfaceFigure({"squared": squared, "norm": norm})
