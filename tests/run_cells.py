"""What it takes to run the code cells of a notebook in this process: which there are, and where they begin."""

from nbformat import NotebookNode

from tools.addresses import address, install

SETUP = f"""{install(address())}
import numpy as np
from lectureutils import checks, data, figures
from lectureutils.live import predict"""


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
