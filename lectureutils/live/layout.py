"""Where the controls of a figure stand: rows that wrap, columns, and grids that look like a matrix."""

from collections.abc import Sequence

import ipywidgets

Widget = ipywidgets.DOMWidget  # what has a place on the page


def row(*widgets: Widget) -> Widget:
    """Put widgets side by side; what does not fit goes to the next line."""
    box = ipywidgets.HBox(widgets)
    box.add_class("lu-controls")
    return box


def column(*widgets: Widget) -> Widget:
    """Put widgets below each other."""
    return ipywidgets.VBox(widgets)


def grid(rows: Sequence[Sequence[Widget | str]], columns: str) -> Widget:
    """Lay out widgets and words in rows, with CSS column widths such as `"70px repeat(4, 84px)"`."""
    cells = [ipywidgets.Label(cell) if isinstance(cell, str) else cell for line in rows for cell in line]
    box = ipywidgets.GridBox(cells, layout={"grid_template_columns": columns})
    box.add_class("lu-matrix")
    return box
