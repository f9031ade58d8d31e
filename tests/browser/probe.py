"""What the tests ask in the kernel about a figure that stands on the page; imported there, not here."""

import gc

import numpy as np
from ipywidgets.widgets import widget

from lectureutils.live import LiveFigure


def figure(widget_id: str) -> LiveFigure:
    """Return the live figure that a widget of the page belongs to."""
    shown = widget._instances[widget_id]
    return next(it for it in gc.get_objects() if isinstance(it, LiveFigure) and it.widget is shown)


def grabbable(widget_id: str) -> list[list[float]]:
    """Return places of the canvas (fractions from the lower left) at which the pointer takes hold of something."""
    it = figure(widget_id)
    return [spot for spot in _spots() if _held(it, spot) is not None]


def empty(widget_id: str) -> list[list[float]]:
    """Return places inside axes at which the pointer takes hold of nothing."""
    it = figure(widget_id)
    return [spot for spot in _spots() if it._axes_at(spot) is not None and _held(it, spot) is None]


def _spots() -> list[list[float]]:
    return [[0.01 + 0.02 * i, 0.01 + 0.02 * j] for j in range(50) for i in range(50)]


def _held(it: LiveFigure, spot: list[float]) -> object:
    it._axes = it._axes_at(spot)
    return None if it._axes is None else it.grab(it._axes, *it._data(spot))


def values(widget_id: str) -> dict:
    """Return the values of the figure's controls."""
    return {name: getattr(value, "tolist", lambda v=value: v)() for name, value in figure(widget_id).values.items()}


def taps(widget_id: str) -> bool:
    """Tell whether a press on an empty spot does something."""
    return type(figure(widget_id)).tap is not LiveFigure.tap


def sliders(widget_id: str) -> dict[str, float]:
    """Return by name where the figure's sliders stand; log sliders count in exponents."""
    inputs = [entry for control in figure(widget_id).controls.values() for entry in control.inputs]
    there = [entry for entry in inputs if hasattr(entry, "readout_format")]
    return {it.tooltip: np.log(it.value) / np.log(it.base) if hasattr(it, "base") else it.value for it in there}


def afresh(widget_id: str) -> None:
    """Compute and draw everything anew."""
    it = figure(widget_id)
    it.painter._background = None
    it.refresh()
