"""One weight, multiplied with itself."""

import numpy as np
import pytest

from lectureutils.figures import ProductFigure
from lectureutils.figures.what_goes_wrong import product
from lectureutils.gradients import check_gradient


def test_the_product_and_its_slope():
    slope = np.array([product.product_loss(1.05, 12)[1]])
    assert check_gradient(lambda w: product.product_loss(w[0], 12)[0], np.array([1.05]), slope)
    figure = ProductFigure(w=1.1, depth=15)
    np.testing.assert_allclose(figure.product.get_ydata(), 1.1 ** np.arange(16))
    places, losses = figure.valley.get_data()
    np.testing.assert_allclose(losses, np.maximum((places**15 - 1) ** 2, 1e-7))


def test_without_clipping_one_step_throws_it_off_and_two_explode():
    figure = ProductFigure()
    figure.set(step=1)
    expected = 1.2 - figure.values["rate"] * 2 * (1.2**20 - 1) * 20 * 1.2**19
    assert product.descent_on_product(1.2, 20, figure.values["rate"], None, 1)[-1] == pytest.approx(expected)
    assert f"w = {expected:.4g}," in figure.canvas.text and "thrown off the map" in figure.canvas.text
    assert figure.here.get_xdata() == [figure.low], "it stands at the edge"
    assert expected < -40  # what the notebook's question says
    figure.set(step=40)
    assert "exploded" in figure.canvas.text and figure.error is None


def test_with_clipping_it_climbs_down_to_the_hole():
    figure = ProductFigure()
    figure.set(clipping=True, step=1)
    assert figure.here.get_xdata()[0] == pytest.approx(1.2 - figure.values["rate"] * figure.values["max_norm"])
    figure.set(step=40)
    assert "arrived" in figure.canvas.text and figure.here.get_xdata()[0] == pytest.approx(1, abs=0.01)
    figure.set(w=0.5, step=1)
    assert "vanishing" in figure.canvas.text


def test_a_drag_moves_the_start_only_along_w():
    figure = ProductFigure()
    held = figure.grab(figure.plane, *figure.begin.get_xydata()[0])
    figure.drag(held, 0.731, 1e5)
    assert figure.values["w"] == 0.73
    figure.drag(held, 99.0, 0.0)
    assert figure.values["w"] == 1.6
