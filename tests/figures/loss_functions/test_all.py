"""All figures of notebook 02: what fits on the projector, and what is refused."""

import numpy as np
import pytest
from drive import check, fits

from figures.loss_functions.making import (
    NAMES,
    S1,
    curve_figure,
    mean_figure,
    outlier_figure,
    probability_figure,
    rank_figure,
    trained_figure,
)
from lectureutils.figures import (
    LossCurveFigure,
    OutlierFigure,
    ProbabilityFigure,
    RankFigure,
    SharesFigure,
    TrainedFigure,
)


def test_nothing_is_cut_off_on_the_projector(projector):
    for figure in (SharesFigure(S1, 1, NAMES), mean_figure(), rank_figure(), curve_figure(), outlier_figure(),
                   probability_figure(), trained_figure()):  # fmt: skip
        check(figure, "projector")
        fits(figure)


@pytest.mark.parametrize(
    "make, reason",
    [
        (lambda: SharesFigure([1, 2], 0, NAMES), "3 names for 2 scores"),
        (lambda: RankFigure([1, 2], [2, 1], 0, ("a", "b")), "expected 3"),
        (lambda: LossCurveFigure({}, [1, 2], 0, ("a", "b")), "got none"),
        (lambda: ProbabilityFigure({}, [1, 2], 0, ("a", "b")), "got none"),
        (lambda: OutlierFigure([1, 12], 0, 10), "got 1 to 12, expected numbers from 0 to 10"),
        (lambda: SharesFigure([1, np.nan, 2], 0, NAMES), "finite"),
        (lambda: SharesFigure([1, 2, 3], 5, NAMES), "expected 0 ... 2"),
        (lambda: TrainedFigure({"a": [1], "b": [1, 2]}, np.eye(2), [0, 1], ("a", "b")), "equally long"),
    ],
)
def test_bad_arguments_are_refused(make, reason):
    with pytest.raises(ValueError, match=reason):
        make()
