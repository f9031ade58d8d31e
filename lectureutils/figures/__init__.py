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

__all__ = [
    "BlendFigure",
    "ContourFigure",
    "HalvesFigure",
    "LambdaFigure",
    "LineFigure",
    "LossCurveFigure",
    "MeanLossFigure",
    "OutlierFigure",
    "OwnPictureFigure",
    "PathsFigure",
    "PlaneFigure",
    "PolynomialFigure",
    "ProbabilityFigure",
    "RankFigure",
    "ScoresFigure",
    "SharesFigure",
    "TemplatesFigure",
    "TemplatesOverLambdaFigure",
    "TrainedFigure",
    "UnrollFigure",
]
