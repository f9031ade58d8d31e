"""The live figures of the series: a folder for each notebook, a file for each figure.

`BasinsFigure` of notebook 06 stands in what_goes_wrong/basins.py.
"""

from lectureutils.figures.backprop_through_layers.depth import DepthFigure as DepthFigure
from lectureutils.figures.backprop_through_layers.layer import LayerFigure as LayerFigure
from lectureutils.figures.backprop_through_layers.network_backward import NetworkBackwardFigure as NetworkBackwardFigure
from lectureutils.figures.backprop_through_layers.own_engine import OwnEngineFigure as OwnEngineFigure
from lectureutils.figures.backprop_through_layers.shapes import ShapesFigure as ShapesFigure
from lectureutils.figures.backprop_through_layers.two_losses import TwoLossesFigure as TwoLossesFigure
from lectureutils.figures.backprop_through_layers.vectorized import VectorizedFigure as VectorizedFigure
from lectureutils.figures.backpropagation.both_ways import BothWaysFigure as BothWaysFigure
from lectureutils.figures.backpropagation.branch import BranchFigure as BranchFigure
from lectureutils.figures.backpropagation.formula import FormulaFigure as FormulaFigure
from lectureutils.figures.backpropagation.gate import GateFigure as GateFigure
from lectureutils.figures.backpropagation.kink import KinkFigure as KinkFigure
from lectureutils.figures.backpropagation.stepper import StepperFigure as StepperFigure
from lectureutils.figures.gradient_descent.ball import BallFigure as BallFigure
from lectureutils.figures.gradient_descent.batch import BatchFigure as BatchFigure
from lectureutils.figures.gradient_descent.batch_curves import BatchCurvesFigure as BatchCurvesFigure
from lectureutils.figures.gradient_descent.mend import MendFigure as MendFigure
from lectureutils.figures.gradient_descent.race import RaceFigure as RaceFigure
from lectureutils.figures.gradient_descent.rate import RateFigure as RateFigure
from lectureutils.figures.gradient_descent.valley import ValleyFigure as ValleyFigure
from lectureutils.figures.linear_classifier.blend import BlendFigure as BlendFigure
from lectureutils.figures.linear_classifier.own_picture import OwnPictureFigure as OwnPictureFigure
from lectureutils.figures.linear_classifier.plane import PlaneFigure as PlaneFigure
from lectureutils.figures.linear_classifier.scores import ScoresFigure as ScoresFigure
from lectureutils.figures.linear_classifier.templates import TemplatesFigure as TemplatesFigure
from lectureutils.figures.linear_classifier.unroll import UnrollFigure as UnrollFigure
from lectureutils.figures.loss_functions.loss_curve import LossCurveFigure as LossCurveFigure
from lectureutils.figures.loss_functions.mean_loss import MeanLossFigure as MeanLossFigure
from lectureutils.figures.loss_functions.outlier import OutlierFigure as OutlierFigure
from lectureutils.figures.loss_functions.probability import ProbabilityFigure as ProbabilityFigure
from lectureutils.figures.loss_functions.rank import RankFigure as RankFigure
from lectureutils.figures.loss_functions.shares import SharesFigure as SharesFigure
from lectureutils.figures.loss_functions.trained import TrainedFigure as TrainedFigure
from lectureutils.figures.neural_networks.cell import CellFigure as CellFigure
from lectureutils.figures.neural_networks.convolution import ConvolutionFigure as ConvolutionFigure
from lectureutils.figures.neural_networks.features import FeaturesFigure as FeaturesFigure
from lectureutils.figures.neural_networks.fold import FoldFigure as FoldFigure
from lectureutils.figures.neural_networks.forward import ForwardFigure as ForwardFigure
from lectureutils.figures.neural_networks.layers import LayersFigure as LayersFigure
from lectureutils.figures.neural_networks.neuron import NeuronFigure as NeuronFigure
from lectureutils.figures.neural_networks.regions import RegionsFigure as RegionsFigure
from lectureutils.figures.neural_networks.spike import SpikeFigure as SpikeFigure
from lectureutils.figures.neural_networks.zigzag import ZigzagFigure as ZigzagFigure
from lectureutils.figures.optimization.dimension import DimensionFigure as DimensionFigure
from lectureutils.figures.optimization.least_squares import LeastSquaresFigure as LeastSquaresFigure
from lectureutils.figures.optimization.numerical_gradient import NumericalGradientFigure as NumericalGradientFigure
from lectureutils.figures.optimization.random_search import RandomSearchFigure as RandomSearchFigure
from lectureutils.figures.optimization.step_size import StepSizeFigure as StepSizeFigure
from lectureutils.figures.optimization.surface import SurfaceFigure as SurfaceFigure
from lectureutils.figures.regularization.contour import ContourFigure as ContourFigure
from lectureutils.figures.regularization.halves import HalvesFigure as HalvesFigure
from lectureutils.figures.regularization.lambda_ import LambdaFigure as LambdaFigure
from lectureutils.figures.regularization.paths import PathsFigure as PathsFigure
from lectureutils.figures.regularization.polynomial import PolynomialFigure as PolynomialFigure
from lectureutils.figures.regularization.templates_over_lambda import (
    TemplatesOverLambdaFigure as TemplatesOverLambdaFigure,
)
from lectureutils.figures.start_here.line import LineFigure as LineFigure
from lectureutils.figures.train_a_network.own_digit import OwnDigitFigure as OwnDigitFigure
from lectureutils.figures.train_a_network.playground import PlaygroundFigure as PlaygroundFigure
from lectureutils.figures.train_a_network.symptom import SymptomFigure as SymptomFigure
from lectureutils.figures.train_a_network.training import TrainingFigure as TrainingFigure
from lectureutils.figures.what_goes_wrong.basins import BasinsFigure as BasinsFigure
from lectureutils.figures.what_goes_wrong.diagnose import DiagnoseFigure as DiagnoseFigure
from lectureutils.figures.what_goes_wrong.double_descent import DoubleDescentFigure as DoubleDescentFigure
from lectureutils.figures.what_goes_wrong.error_sources import ErrorSourcesFigure as ErrorSourcesFigure
from lectureutils.figures.what_goes_wrong.inexact import InexactFigure as InexactFigure
from lectureutils.figures.what_goes_wrong.product import ProductFigure as ProductFigure
from lectureutils.figures.what_goes_wrong.saddles import SaddlesFigure as SaddlesFigure
from lectureutils.figures.what_goes_wrong.signal import SignalFigure as SignalFigure
