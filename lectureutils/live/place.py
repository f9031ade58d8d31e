"""Bring a live figure to where its recording stands: a page names what each input shows, and the figure goes there."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import ipywidgets
import numpy as np

from lectureutils.live import shown
from lectureutils.live.controls import Control, Matrix
from lectureutils.live.figure import LiveFigure

RUN, CHUNK = "run", "chunk"  # of a figure whose state is a history: what stands in the place of its controls


def inputs(figure: LiveFigure) -> Iterator[tuple[str, Control, Any]]:
    """Give each input of a figure with its key: the name of its control, or `W[0,1]` where that has several."""
    for control in figure.controls.values():
        for widget in control.inputs:
            if not isinstance(widget, ipywidgets.Button):
                yield (control.name if len(control.inputs) == 1 else widget.tooltip), control, widget


def go_to(figure: LiveFigure, place: Mapping[str, Any]) -> None:
    """Move a figure to a place: {key: a slider's number, a choice's words, a switch's bool}, or {"run", "chunk"}.

    An input that is not named stays where it is. Raises ValueError for a key that the figure does not have.
    """
    if CHUNK in place:
        figure.runs = figure.runs or {place[RUN]: {}}  # a figure that names no run has one: how it opens
        figure.follow(place[RUN], place[CHUNK])
        return
    known = {key: (control, widget) for key, control, widget in inputs(figure)}
    if unknown := place.keys() - known.keys():
        raise ValueError(f"no input named {', '.join(sorted(unknown))}; there are: {', '.join(known)}")
    wanted: dict[str, Any] = {}
    for key, value in place.items():
        control, widget = known[key]
        if isinstance(widget, ipywidgets.Dropdown):
            pairs: Any = widget._options_full
            words, values = zip(*pairs, strict=True)
            value = values[words.index(value)]
        if isinstance(control, Matrix):
            matrix = wanted.setdefault(control.name, control.value)
            matrix.flat[control.inputs.index(widget)] = value
        else:
            wanted[control.name] = value
    figure.set(**wanted)
    if not all(np.array_equal(figure.values[name], value) for name, value in wanted.items()):
        figure.set(**wanted)  # one that looks back, as a patient keeps a diagnosis, needs to be told a second time


def go_to_shown(cell: str, place: str) -> None:
    """Move the figure that the cell with this id has shown last; `place` is JSON."""
    figures = [it for it in shown.of(cell) if isinstance(it, LiveFigure)]
    if figures:
        go_to(figures[-1], json.loads(place))
