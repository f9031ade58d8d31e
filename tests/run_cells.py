"""Runs the code cells of a notebook in this process, as a kernel would, and hands back what each one shows.

A cell's code is known to `inspect`, as in IPython, so that checks see a function's source here as well.
"""

import ast
import itertools
import linecache

from nbformat import NotebookNode

from tools.addresses import address, install

NUMBERS = itertools.count()
SETUP = f"""{install(address())}
import numpy as np
from lectureutils import checks, data, figures
from lectureutils.live import predict"""


def run(code: str, namespace: dict) -> object:
    """Run one cell in the namespace and return the value of its closing expression, or None."""
    filename = f"<cell {next(NUMBERS)}>"
    linecache.cache[filename] = (len(code), None, code.splitlines(keepends=True), filename)
    tree = ast.parse(code, filename)
    closing = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, filename, "exec"), namespace)
    return eval(compile(ast.Expression(closing.value), filename, "eval"), namespace) if closing else None


def fresh() -> dict:
    """Give the namespace of a kernel that has run nothing yet."""
    from IPython.display import display

    return {"__name__": "__main__", "display": display}


def code_cells(cells: list[NotebookNode]) -> list[NotebookNode]:
    """Keep the code cells."""
    return [cell for cell in cells if cell.cell_type == "code"]


def sections(notebook: NotebookNode) -> dict[str, list[NotebookNode]]:
    """Give the code cells of each section by its H2 heading; what stands before the first H2 is left out."""
    found, title = {}, None
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            title = cell.source.split("\n")[0].removeprefix("## ").strip()
            found[title] = []
        elif cell.cell_type == "code" and title:
            found[title].append(cell)
    return found
