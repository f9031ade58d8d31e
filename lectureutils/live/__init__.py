"""Everything that moves: live figures, their controls and player, and the predict question.

The only package of the project that imports ipywidgets and anywidget.
"""

from lectureutils.live.actions import actions
from lectureutils.live.controls import Control, choice, log_slider, matrix, presets, slider, text, toggle
from lectureutils.live.figure import LOCK, LiveFigure, latest, put
from lectureutils.live.layout import Widget, column, grid, row
from lectureutils.live.narrow import Narrow
from lectureutils.live.player import Player
from lectureutils.live.points import PointsByHand, PointSet, points
from lectureutils.live.predict import predict
from lectureutils.live.progress_map import progress_map
from lectureutils.live.upload import upload

__all__ = [
    "LOCK",
    "Control",
    "LiveFigure",
    "Narrow",
    "Player",
    "PointSet",
    "PointsByHand",
    "Widget",
    "actions",
    "choice",
    "column",
    "grid",
    "latest",
    "log_slider",
    "matrix",
    "points",
    "predict",
    "presets",
    "progress_map",
    "put",
    "row",
    "slider",
    "text",
    "toggle",
    "upload",
]
