"""Who asked for what the kernel is doing now: a front end tells with its message, and names the cell."""

from typing import Any, NamedTuple


class Run(NamedTuple):
    """One run of one cell."""

    cell: str
    request: str


def current_run() -> Run | None:
    """Return the run of the cell that is executing now, where the frontend says which cell it is."""
    parent = message()
    cell, request = parent.get("metadata", {}).get("cellId"), parent.get("header", {}).get("msg_id")
    return Run(cell, request) if cell and request else None


def in_jupyterlab() -> bool:
    """Say whether JupyterLab, or what is made of it, runs a cell now: it alone tells a kernel of deleted cells."""
    return "deletedCells" in message().get("metadata", {})


def in_a_page() -> bool:
    """Say whether a page of the site runs a cell now, with Python in that page."""
    return "sitePage" in message().get("metadata", {})


def message() -> dict[str, Any]:
    """Return the message that asked for what the kernel is doing now, or an empty one."""
    from IPython import get_ipython

    kernel = getattr(get_ipython(), "kernel", None)
    ask = getattr(kernel, "get_parent", None)
    return ask() if ask else {}
