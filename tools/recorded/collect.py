"""Run the code cells of a built notebook in order, and give each live figure that one of them shows, with its name."""

import contextlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from lectureutils.live import LiveFigure
from tools.recorded.names import Names
from tools.run_cell import run_cell


@dataclass(frozen=True)
class Shown:
    """A figure with its name, such as `04_optimization/surface`, and the cell and output that show it."""

    name: str
    cell: str
    output: int
    figure: LiveFigure


def code_cells(path: Path) -> list[NotebookNode]:
    """Read the code cells of a notebook."""
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def collect(path: Path) -> list[Shown]:
    """Run a notebook in this process and give its figures. Raises ValueError where its outputs are not of its cells."""
    found, names = [], Names(path.stem)
    for cell, value in run(code_cells(path)):
        if isinstance(value, LiveFigure):
            found.append(Shown(names.of(type(value).__name__), cell.id, output_of(cell, path), value))
    return found


def run(cells: list[NotebookNode]) -> Iterator[tuple[NotebookNode, Any]]:
    """Run cells as a kernel would, and give each with the value of its closing expression, or None."""
    namespace = {"__name__": "__main__", "display": lambda *shown: None}
    for cell in cells:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            value = run_cell(cell.source, namespace)
        yield cell, value


def output_of(cell: NotebookNode, path: Path) -> int:
    """Give the number of the output that holds the value of a cell."""
    kinds = [output.output_type for output in cell.outputs]
    if "execute_result" not in kinds:
        raise ValueError(f"{path.name}: cell {cell.id} shows a figure and has the outputs {kinds}; run make notebooks")
    return kinds.index("execute_result")
