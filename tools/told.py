"""What the sources of the notebooks tell the package, kept beside the modules that read it, as JSON.

A reader's Python need not have a notebook beside it. `python -m tools.notebooks` writes these files.
"""

import json
from pathlib import Path
from typing import Any

import jupytext
from nbformat import NotebookNode


def cells_of(path: Path) -> list[NotebookNode]:
    """Read the cells of a notebook's source, as it was written."""
    return jupytext.reads(path.read_text(encoding="utf-8"), fmt="py:percent").cells


def to_text(told: dict[str, dict[str, Any]]) -> str:
    """Write what the sources tell as the text of its file."""
    return json.dumps(told, indent=1, ensure_ascii=False) + "\n"


def keep(told: dict[str, dict[str, Any]], place: Path) -> None:
    """Write what the sources tell into a file of the package."""
    place.write_text(to_text(told), encoding="utf-8", newline="\n")
