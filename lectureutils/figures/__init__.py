"""The live figures of the series, one module a topic; each figure is one small class."""

from lectureutils.figures.first import LineFigure
from lectureutils.figures.losses import (
    LossCurveFigure,
    MeanLossFigure,
    OutlierFigure,
    ProbabilityFigure,
    RankFigure,
    SharesFigure,
    TrainedFigure,
)
from lectureutils.figures.optimization import DimensionFigure, LeastSquaresFigure, RandomSearchFigure
from lectureutils.figures.pictures import OwnPictureFigure, TemplatesFigure, UnrollFigure
from lectureutils.figures.plane import PlaneFigure
from lectureutils.figures.regularization import (
    ContourFigure,
    HalvesFigure,
    LambdaFigure,
    PathsFigure,
    PolynomialFigure,
    TemplatesOverLambdaFigure,
)
from lectureutils.figures.scores import BlendFigure, ScoresFigure
from lectureutils.figures.slopes import NumericalGradientFigure, StepSizeFigure, SurfaceFigure

__all__ = [
    "BlendFigure",
    "ContourFigure",
    "DimensionFigure",
    "HalvesFigure",
    "LambdaFigure",
    "LeastSquaresFigure",
    "LineFigure",
    "LossCurveFigure",
    "MeanLossFigure",
    "NumericalGradientFigure",
    "OutlierFigure",
    "OwnPictureFigure",
    "PathsFigure",
    "PlaneFigure",
    "PolynomialFigure",
    "ProbabilityFigure",
    "RandomSearchFigure",
    "RankFigure",
    "ScoresFigure",
    "SharesFigure",
    "StepSizeFigure",
    "SurfaceFigure",
    "TemplatesFigure",
    "TemplatesOverLambdaFigure",
    "TrainedFigure",
    "UnrollFigure",
]
