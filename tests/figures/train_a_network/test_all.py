"""What holds for all figures of training: room for every word."""

import numpy as np
from drive import check, fits

from figures.train_a_network.making import make
from lectureutils.figures import OwnDigitFigure, PlaygroundFigure, SymptomFigure, TrainingFigure


def test_nothing_is_cut_off_on_the_projector(digits, projector):
    network = make(np.random.default_rng(0))
    for figure in (TrainingFigure(make, *digits, digits[1].images, epochs=3), SymptomFigure(1), PlaygroundFigure(),
                   OwnDigitFigure(network)):  # fmt: skip
        check(figure, "projector")
        fits(figure)
