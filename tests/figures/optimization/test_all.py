"""All figures of notebook 04 fit on the projector."""

from drive import check, fits

from figures.optimization.making import V2, X1, Y_STAR, loss, norm, squared
from lectureutils.data import lecture
from lectureutils.figures import NumericalGradientFigure, RandomSearchFigure, StepSizeFigure, SurfaceFigure


def test_nothing_is_cut_off_on_the_projector(projector):
    for figure in (
        SurfaceFigure({"norm": norm, "squared": squared}), StepSizeFigure(V2, X1, Y_STAR),
        NumericalGradientFigure(V2, X1, Y_STAR, lecture.CLASSES, switches=True),
        RandomSearchFigure(loss, X1, Y_STAR, {"V1": lecture.V1, "V2": V2}, lecture.CLASSES),
    ):  # fmt: skip
        check(figure, "projector")
        fits(figure)
