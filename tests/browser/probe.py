"""What the tests ask in the kernel about a figure that stands on the page; imported there, not here."""

import gc
from functools import cache

import numpy as np
from ipywidgets.widgets import widget

from lectureutils.live import LiveFigure
from lectureutils.live.predict import Predict


@cache
def figure(widget_id: str) -> LiveFigure:
    """Return the live figure that a widget of the page belongs to."""
    shown = widget._instances[widget_id]
    return next(it for it in _alive(LiveFigure) if it.widget is shown)


def _alive(kind: type) -> list:
    """Return all objects of a kind. `type` and not `isinstance`: a dead weak reference can't be asked for its class."""
    return [it for it in gc.get_objects() if issubclass(type(it), kind)]


def stands(widget_id: str) -> tuple[bool, bool]:
    """Say whether a figure was moved, and whether its stored picture tells another state than it opens with."""
    it = figure(widget_id)
    return it._moved, bool(it.told) or any(not np.array_equal(it.values[name], to) for name, to in it.telling.items())


def grabbable(widget_id: str) -> list[float] | None:
    """Return a place of the canvas (fractions from the lower left) at which the pointer takes hold of something."""
    it = figure(widget_id)
    return _middle([spot for spot in _spots(0.03) if _held(it, spot) is not None])


def tappable(widget_id: str) -> list[float] | None:
    """Return a place where the pointer holds nothing, in the axes that take taps; None if a tap does nothing."""
    it = figure(widget_id)
    if type(it).tap is LiveFigure.tap:
        return None
    largest = max(it.painter.figure.axes, key=lambda axes: axes.bbox.width * axes.bbox.height)
    takes = it.strips[0] if type(it).__name__ == "FeaturesFigure" else largest
    free = [spot for spot in _spots(0.04) if it._axes_at(spot) is takes and _held(it, spot) is None]
    return _middle(sorted(free) if takes is not largest else free)  # a strip has its middle in x


def _middle(spots: list[list[float]]) -> list[float] | None:
    return spots[len(spots) // 2] if spots else None


def _spots(step: float) -> list[list[float]]:
    places = np.arange(step / 2, 1, step).tolist()
    return [[x, y] for y in places for x in places]


def _held(it: LiveFigure, spot: list[float]) -> object:
    it._axes = it._axes_at(spot)
    return None if it._axes is None else it.grab(it._axes, *it._data(it._axes, spot))


def afresh(widget_id: str) -> dict[str, float]:
    """Compute and draw everything anew; return where the figure's sliders stand, log sliders in exponents, by name."""
    it = figure(widget_id)
    it.painter._background = None
    it.refresh()
    inputs = [entry for control in it.controls.values() for entry in control.inputs]
    there = [entry for entry in inputs if hasattr(entry, "readout_format")]
    return {its.tooltip: np.log(its.value) / np.log(its.base) if hasattr(its, "base") else its.value for its in there}


def reasons(shown: str) -> tuple[dict[str, str], str]:
    """Return the reasons by choice, and the right choice, of the predict question that stands in a text of the page."""
    said = " ".join(shown.split())
    asked = [it for it in _alive(Predict) if " ".join(it.question.split()) in said]
    return asked[0].reasons, asked[0].answer
