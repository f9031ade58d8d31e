"""Where the controls of a figure stand: beside its picture or below it, in rows that wrap and grids like a matrix."""

from collections.abc import Sequence

import ipywidgets

Widget = ipywidgets.DOMWidget  # what has a place on the page


def beside(picture: Widget, controls: Widget) -> Widget:
    """Put the controls beside the picture where the page is wide enough, and below it where it is not."""
    box = ipywidgets.HBox([picture, controls])
    box.add_class("lu-figure")
    controls.add_class("lu-beside")
    return box


def row(*widgets: Widget) -> Widget:
    """Put widgets side by side; what does not fit goes to the next line."""
    box = ipywidgets.HBox(widgets)
    box.add_class("lu-controls")
    return box


def column(*widgets: Widget) -> Widget:
    """Put widgets below each other."""
    return ipywidgets.VBox(widgets)


def grid(rows: Sequence[Sequence[Widget | str]]) -> Widget:
    """Lay out widgets and words in rows of one length; words that rows begin with stand in a column of their own.

    Where there is little room the columns become narrower, down to a number or a word.
    """
    cells = [ipywidgets.Label(cell) if isinstance(cell, str) else cell for line in rows for cell in line]
    heads = any(isinstance(line[0], str) for line in rows)
    columns = ["minmax(min-content, max-content)"] * heads + ["minmax(var(--lu-cell, 48px), 84px)"] * (
        len(rows[0]) - heads
    )
    box = ipywidgets.GridBox(cells, layout={"grid_template_columns": " ".join(columns)})
    box.add_class("lu-matrix")
    return box
