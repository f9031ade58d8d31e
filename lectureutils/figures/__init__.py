"""The live figures of the series, one module a topic; each figure is one small class."""

from lectureutils.figures.descent import BatchCurvesFigure, BatchFigure, RateFigure
from lectureutils.figures.descent_rules import BallFigure, MendFigure, RaceFigure
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
    "BallFigure",
    "BatchCurvesFigure",
    "BatchFigure",
    "BlendFigure",
    "ContourFigure",
    "DimensionFigure",
    "HalvesFigure",
    "LambdaFigure",
    "LeastSquaresFigure",
    "LineFigure",
    "LossCurveFigure",
    "MeanLossFigure",
    "MendFigure",
    "NumericalGradientFigure",
    "OutlierFigure",
    "OwnPictureFigure",
    "PathsFigure",
    "PlaneFigure",
    "PolynomialFigure",
    "ProbabilityFigure",
    "RaceFigure",
    "RandomSearchFigure",
    "RankFigure",
    "RateFigure",
    "ScoresFigure",
    "SharesFigure",
    "StepSizeFigure",
    "SurfaceFigure",
    "TemplatesFigure",
    "TemplatesOverLambdaFigure",
    "TrainedFigure",
    "UnrollFigure",
]
