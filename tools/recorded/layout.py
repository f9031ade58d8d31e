"""Where a figure's controls stand: its own widget tree as plain rows, columns and grids, and its buttons."""

from typing import Any

import ipywidgets

from lectureutils.live import LiveFigure, Player
from lectureutils.live.actions import Actions
from lectureutils.live.controls import Presets
from tools.recorded.entries import Entry, goes

Tree = dict[str, Any]


def tree(widget: Any, names: dict[str, Tree]) -> Tree:
    """Turn a widget into rows, columns and grids; `names` gives controls and buttons by the widget's id.

    Raises ValueError for a widget that is none of these.
    """
    if widget.model_id in names:
        return names[widget.model_id]
    if isinstance(widget, ipywidgets.GridBox):
        width = widget.layout.grid_template_columns.count("minmax(")
        cells = [tree(child, names) for child in widget.children]
        lines = [cells[start : start + width] for start in range(0, len(cells), width)]
        return {"grid": lines, "columns": widget.layout.grid_template_columns}
    if isinstance(widget, (ipywidgets.VBox, ipywidgets.HBox)):
        kind = "column" if isinstance(widget, ipywidgets.VBox) else "row"
        return {kind: [tree(child, names) for child in widget.children]}
    if isinstance(widget, ipywidgets.Label):
        return {"label": widget.value}
    raise ValueError(f"a {type(widget).__name__} is no part of a recorded layout: add it to tools/recorded/layout.py")


def named(figure: LiveFigure, known: dict[str, Entry], buttons: dict[str, Tree]) -> dict[str, Tree]:
    """Give the leaves of a figure's tree, its controls and buttons, by the ids of their widgets."""
    found = {entry.widget.model_id: {"control": key} for key, entry in known.items()}
    return found | {button["id"]: {"button": key} for key, button in buttons.items()}


def buttons(figure: LiveFigure, known: dict[str, Entry], plays: str) -> dict[str, Tree]:
    """Describe every button of a figure by its key; `plays` is the control that its player plays."""
    found: dict[str, Tree] = {}

    def add(key: str, widget: ipywidgets.Button, **told: Any) -> None:
        if key in found:
            raise ValueError(f"{type(figure).__name__} has two buttons named {key}")
        look = {"label": widget.description, "icon": widget.icon, "name": widget.tooltip}
        found[key] = {"id": widget.model_id, **told, **look}

    add("reset", figure.reset_button, kind="reset")
    add("numbers", figure.number_view.button, kind="numbers")
    for part in figure.parts:
        if isinstance(part, Presets):
            for word, button in part.buttons.items():
                add(word, button, kind="preset", goes=goes(figure, part.settings[word], known))
        elif isinstance(part, Player):
            add("back", part.back, kind="rewind", plays=plays)
            add("step", part.step, kind="step", plays=plays)
            add("play", part.play, kind="play", plays=plays, ms=part.recorded_ms)
        elif isinstance(part, Actions):
            for word, button in part.buttons.items():
                add(word, button, kind="action", recorded=False)
    for control in figure.controls.values():
        for widget in control.inputs:
            if isinstance(widget, ipywidgets.Button):
                add(f"{control.name}: {widget.description}", widget, kind="action", recorded=False)
    return found
