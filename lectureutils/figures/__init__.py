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
from lectureutils.figures.scores import BlendFigure, ScoresFigure

__all__ = [
    "BlendFigure",
    "LineFigure",
    "LossCurveFigure",
    "MeanLossFigure",
    "OutlierFigure",
    "OwnPictureFigure",
    "PlaneFigure",
    "ProbabilityFigure",
    "RankFigure",
    "ScoresFigure",
    "SharesFigure",
    "TemplatesFigure",
    "TrainedFigure",
    "UnrollFigure",
]
