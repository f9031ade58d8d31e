"""What holds for all figures of notebook 06: what they refuse, and large letters."""

import pytest
from drive import check, fits

from lectureutils.data import load_digits
from lectureutils.figures import (
    BasinsFigure,
    DiagnoseFigure,
    DoubleDescentFigure,
    ErrorSourcesFigure,
    InexactFigure,
    ProductFigure,
    SaddlesFigure,
    SignalFigure,
)
from lectureutils.figures.what_goes_wrong.error_split import Setting


def test_data_of_different_lengths_is_named():
    with pytest.raises(ValueError, match="got 2 values for 3 points"):
        BasinsFigure([1, 2, 3], [1, 2])
    with pytest.raises(ValueError, match="got 2 values for 3 points"):
        InexactFigure([1, 2, 3], [1, 2])


def test_nothing_is_cut_off_on_the_projector(wave, line, projector):
    for figure in (BasinsFigure(*wave), ProductFigure(), SignalFigure(), InexactFigure(*line),
                   ErrorSourcesFigure(Setting(degree=1)), DiagnoseFigure(), SaddlesFigure(),
                   DoubleDescentFigure(load_digits(), 20)):  # fmt: skip
        check(figure, "projector")
        fits(figure)
