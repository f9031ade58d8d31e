"""Figures that a cell has shown, so that running the cell again does not pile up dead ones.

Jupyter keeps every widget alive for as long as the kernel runs. A figure that was made and shown by a cell has no place
left once the same cell has run again; it is closed then, with all its widgets.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import ipywidgets


class Run(NamedTuple):
    """One run of one cell."""

    cell: str
    request: str


_shown: dict[str, tuple[str, list[ipywidgets.Widget]]] = {}


def current_run() -> Run | None:
    """Return the run of the cell that is executing now, where the frontend says which cell it is."""
    from IPython import get_ipython

    kernel = getattr(get_ipython(), "kernel", None)
    parent = kernel.get_parent() if hasattr(kernel, "get_parent") else {}
    cell, request = parent.get("metadata", {}).get("cellId"), parent.get("header", {}).get("msg_id")
    return Run(cell, request) if cell and request else None


def keep(run: Run | None, widget: ipywidgets.Widget) -> None:
    """Note that `run` shows `widget`, and close what an earlier run of the same cell has shown."""
    if run is None:
        return
    request, widgets = _shown.get(run.cell, (run.request, []))
    if request != run.request:
        for old in widgets:
            close(old)
        widgets = []
    if widget not in widgets:
        _shown[run.cell] = (run.request, [*widgets, widget])


def close(widget: ipywidgets.Widget) -> None:
    """Close a widget, everything in it, and the layouts and styles that belong to them."""
    for part in list(_parts(widget)):
        part.close()


def _parts(widget: ipywidgets.Widget) -> Iterator[Any]:
    for child in getattr(widget, "children", ()):
        yield from _parts(child)
    for name in ("layout", "style"):
        part = getattr(widget, name, None)
        if isinstance(part, ipywidgets.Widget):
            yield part
    yield widget
