"""One JupyterLab and one Chromium for each worker of the browser tests.

Without a browser they fail and say how to get one.
"""

from collections.abc import Iterator, Sequence

import nbformat.v4 as make
import pytest
from nbformat import NotebookNode

from tools.lab.page import Lab
from tools.lab.view import FigureView

SAMPLE = "from tests.browser.sample import Sample\nfigure = Sample()\nfigure"
POINT = "[float(v) for v in figure.points[0]]"  # where the sample's first point is


@pytest.fixture(scope="package")
def lab() -> Iterator[Lab]:
    with Lab(keep_pages=True, save_energy=True) as lab:
        yield lab


def notebook_of(*cells: str) -> NotebookNode:
    """Make a notebook of a heading and code cells."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    code = [make.new_code_cell(cell) for cell in cells]
    return make.new_notebook(metadata={"kernelspec": kernel}, cells=[make.new_markdown_cell("# A sample"), *code])


def where(view: FigureView, point: Sequence[float]) -> list[float]:
    """Give a place of the sample's plane as fractions of the canvas."""
    code = f"figure.painter.figure.transFigure.inverted().transform(figure.axes.transData.transform({point})).tolist()"
    return view.notebook.ask(code)
