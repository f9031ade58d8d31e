"""Figures that several tests of a module look at."""

import pytest

from figures.regularization.making import wave
from lectureutils.data import load_emoji
from lectureutils.figures import LambdaFigure, PolynomialFigure, TemplatesOverLambdaFigure


@pytest.fixture(scope="module")
def polynomial():
    return PolynomialFigure(*wave())


@pytest.fixture(scope="module")
def whole():
    return LambdaFigure(*wave())


@pytest.fixture(scope="module")
def templates():
    return TemplatesOverLambdaFigure({"two vendors": load_emoji().vendor_split()})
