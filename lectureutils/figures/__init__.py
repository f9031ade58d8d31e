"""The live figures of the series, one module a topic; each figure is one small class."""

from lectureutils.figures.first import LineFigure
from lectureutils.figures.pictures import OwnPictureFigure, TemplatesFigure, UnrollFigure
from lectureutils.figures.plane import PlaneFigure
from lectureutils.figures.scores import BlendFigure, ScoresFigure

__all__ = [
    "BlendFigure",
    "LineFigure",
    "OwnPictureFigure",
    "PlaneFigure",
    "ScoresFigure",
    "TemplatesFigure",
    "UnrollFigure",
]
