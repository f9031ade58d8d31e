"""Figures and questions that a cell has shown, so that running the cell again does not pile up dead ones.

Jupyter keeps every widget alive for as long as the kernel runs, and every result of a cell besides, as `Out[3]`. What
was made and shown by a cell has no place left once the same cell has run again; it is closed then, with all its
widgets, and taken out of the results.
"""

import re
from collections.abc import Iterator
from typing import Any, Protocol

import ipywidgets

from lectureutils.asked import Run, current_run


class Shown(Protocol):
    """What a cell shows: a live figure, a question."""

    @property
    def widget(self) -> ipywidgets.Widget: ...


_shown: dict[str, tuple[str, list[Shown]]] = {}


def keep(made_by: Run | None, new: Shown) -> None:
    """Note what a run shows that it has made itself, and close and forget what an earlier run of its cell has shown."""
    if made_by is None or made_by != current_run():
        return
    request, there = _shown.get(made_by.cell, (made_by.request, []))
    if request != made_by.request:
        for old in there:
            close(old.widget)
            forget(old)
        there = []
    if not any(new is old for old in there):
        _shown[made_by.cell] = (made_by.request, [*there, new])


def of(cell: str) -> list[Shown]:
    """Return what the last run of a cell has shown; nothing where no front end named the cell."""
    return list(_shown.get(cell, ("", []))[1])


def forget(old: Shown) -> None:
    """Take something out of IPython's results; a name that the reader gave it stays."""
    from IPython import get_ipython

    shell = get_ipython()
    if shell is None:
        return
    for results in (shell.user_ns, shell.user_ns_hidden, shell.user_ns.get("_oh", {})):
        for key in [key for key, value in results.items() if value is old and _names_result(key)]:
            del results[key]
    for name in ("_", "__", "___"):
        if getattr(shell.displayhook, name, None) is old:
            setattr(shell.displayhook, name, None)


def _names_result(key: str | int) -> bool:
    """Tell the places where IPython keeps results: `Out[3]`, `_3`, `_`, `__`, `___`."""
    return isinstance(key, int) or re.fullmatch(r"_+\d*", key) is not None


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
