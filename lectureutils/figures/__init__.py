"""The live figures of the series, one module a topic; each figure is one small class."""

from lectureutils.figures.backprop import BranchFigure, FormulaFigure, GateFigure, KinkFigure, StepperFigure
from lectureutils.figures.convolution import ConvolutionFigure
from lectureutils.figures.descent import BatchCurvesFigure, BatchFigure, RateFigure
from lectureutils.figures.descent_rules import BallFigure, MendFigure, RaceFigure
from lectureutils.figures.error_sources import DiagnoseFigure, ErrorSourcesFigure
from lectureutils.figures.first import LineFigure
from lectureutils.figures.folding import FoldFigure
from lectureutils.figures.forward import ForwardFigure
from lectureutils.figures.layers import LayerFigure, ShapesFigure, VectorizedFigure
from lectureutils.figures.losses import (
    LossCurveFigure,
    MeanLossFigure,
    OutlierFigure,
    ProbabilityFigure,
    RankFigure,
    SharesFigure,
    TrainedFigure,
)
from lectureutils.figures.network_backward import DepthFigure, LossesFigure, NetworkBackwardFigure
from lectureutils.figures.neurons import NeuronFigure, SpikeFigure
from lectureutils.figures.optimization import DimensionFigure, LeastSquaresFigure, RandomSearchFigure
from lectureutils.figures.own_digit import OwnDigitFigure
from lectureutils.figures.pictures import OwnPictureFigure, TemplatesFigure, UnrollFigure
from lectureutils.figures.plane import PlaneFigure
from lectureutils.figures.playground import PlaygroundFigure
from lectureutils.figures.regions import RegionsFigure, ZigzagFigure
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
from lectureutils.figures.training import SymptomFigure, TrainingFigure
from lectureutils.figures.troubles import BasinsFigure, InexactFigure, LayersFigure, ProductFigure

__all__ = [
    "BallFigure",
    "BasinsFigure",
    "BatchCurvesFigure",
    "BatchFigure",
    "BlendFigure",
    "BranchFigure",
    "ContourFigure",
    "ConvolutionFigure",
    "DepthFigure",
    "DiagnoseFigure",
    "DimensionFigure",
    "ErrorSourcesFigure",
    "FoldFigure",
    "FormulaFigure",
    "ForwardFigure",
    "GateFigure",
    "HalvesFigure",
    "InexactFigure",
    "KinkFigure",
    "LambdaFigure",
    "LayerFigure",
    "LayersFigure",
    "LeastSquaresFigure",
    "LineFigure",
    "LossCurveFigure",
    "LossesFigure",
    "MeanLossFigure",
    "MendFigure",
    "NetworkBackwardFigure",
    "NeuronFigure",
    "NumericalGradientFigure",
    "OutlierFigure",
    "OwnDigitFigure",
    "OwnPictureFigure",
    "PathsFigure",
    "PlaneFigure",
    "PlaygroundFigure",
    "PolynomialFigure",
    "ProbabilityFigure",
    "ProductFigure",
    "RaceFigure",
    "RandomSearchFigure",
    "RankFigure",
    "RateFigure",
    "RegionsFigure",
    "ScoresFigure",
    "ShapesFigure",
    "SharesFigure",
    "SpikeFigure",
    "StepSizeFigure",
    "StepperFigure",
    "SurfaceFigure",
    "SymptomFigure",
    "TemplatesFigure",
    "TemplatesOverLambdaFigure",
    "TrainedFigure",
    "TrainingFigure",
    "UnrollFigure",
    "VectorizedFigure",
    "ZigzagFigure",
]
