"""What holds for all figures of regularization: examples that fit, room for every word, lambda on its grid."""

import numpy as np
import pytest
from drive import check, fits, inputs, send

from figures.regularization.making import wave
from lectureutils.figures import (
    ContourFigure,
    HalvesFigure,
    LambdaFigure,
    PathsFigure,
    PolynomialFigure,
    TemplatesOverLambdaFigure,
)


def test_examples_that_do_not_fit_are_refused():
    x, y, held_out = wave()
    with pytest.raises(ValueError, match="one bool for each"):
        PolynomialFigure(x, y, held_out[1:])
    with pytest.raises(ValueError, match="one bool for each"):
        PolynomialFigure(x, y, held_out.astype(int))
    with pytest.raises(ValueError, match="between -1 and 1"):
        PolynomialFigure(3 * x, y, held_out)
    with pytest.raises(ValueError, match="got one kind"):
        LambdaFigure(x, y, ~(held_out | True))


def test_nothing_is_cut_off_on_the_projector_and_every_axes_has_its_words(templates, projector):
    x, y, held_out = wave()
    penalties = {"L2": lambda W: np.sum(W**2), "L1": lambda W: np.abs(W).sum()}
    for figure in (HalvesFigure(x, y, penalties), PolynomialFigure(x, y, held_out), LambdaFigure(x, y, held_out),
                   PathsFigure(x, y), ContourFigure(), TemplatesOverLambdaFigure(templates.splits)):  # fmt: skip
        check(figure, "projector")
        fits(figure)
        assert all(axes.get_title(loc="left") for axes in figure.painter.figure.axes)


def test_every_lambda_slider_stands_on_its_grid(whole, polynomial):
    """A browser rounds to the steps of a slider; what is said at the start must survive that."""
    for figure in (whole, polynomial, ContourFigure(), PathsFigure(*wave()[:2])):
        before = figure.canvas.text
        for control, widget in inputs(figure):
            if control.name == "lam":
                steps = (np.log10(widget.value) - widget.min) / widget.step
                assert steps == pytest.approx(round(steps), abs=1e-6)
                assert (widget.max - widget.min) / widget.step == pytest.approx(10 * (widget.max - widget.min))
                send(widget, value=widget.value)
        assert figure.canvas.text == before
