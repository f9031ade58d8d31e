"""A gradient through many layers: lengths, slopes, and the numbers that the text tells."""

import numpy as np
import pytest
from drive import check, send

from lectureutils import figures


@pytest.mark.parametrize("scale", [1.0, 1.42, 4.0])
def test_lengths_of_the_gradient_at_each_layer(scale):
    figure = figures.DepthFigure(depth=6)
    send(figure.controls["scale"].inputs[0], value=scale)
    weights = figure.controls["scale"].value * figure.random[:6]
    bends = {"relu": (lambda z: np.maximum(z, 0), lambda z, h: z > 0),
             "sigmoid": (lambda z: 1 / (1 + np.exp(-z)), lambda z, h: h * (1 - h))}  # fmt: skip
    for name, (bend, slope) in bends.items():
        h, slopes, lengths, d = figure.x, [], [1.0], figure.upstream
        for W in weights:
            z = h @ W.T
            h = bend(z)
            slopes.append(slope(z, h))
        for W, local in zip(weights[::-1], slopes[::-1], strict=True):
            d = (d * local) @ W
            lengths.append(np.linalg.norm(d) / np.linalg.norm(figure.upstream))
        np.testing.assert_allclose(figure.lines[name].get_ydata(), lengths[::-1])
        np.testing.assert_allclose(figure.slopes[name].get_ydata(), [s.mean() for s in slopes])
    check(figure, f"scale {scale}")


def test_the_numbers_that_the_text_tells():
    figure = figures.DepthFigure(depth=12, scale=1.0)
    assert figure.lines["sigmoid"].get_ydata()[0] == pytest.approx(2e-8, rel=0.05)
    assert figure.lines["relu"].get_ydata()[0] ** (1 / 12) == pytest.approx(0.7, abs=0.03)
    figure.set(depth=30, scale=1.42)
    assert "With ReLU" not in figure.canvas.text and "it keeps about its length" in figure.canvas.text
    figure.set(scale=4.0)
    assert "it vanishes; with ReLU" in figure.canvas.text and "it explodes" in figure.canvas.text
    assert max(figure.slopes["sigmoid"].get_ydata()) < 0.25
