"""One JupyterLab and one Chromium for each worker of the browser tests.

Without a browser they fail and say how to get one.
"""

import re
from collections.abc import Iterator

import nbformat.v4 as make
import pytest
from nbformat import NotebookNode
from xdist.scheduler import LoadScopeScheduling

from tools.lab import Lab

SAMPLE = "from tests.browser.sample import Sample\nfigure = Sample()\nfigure"


class ByNotebook(LoadScopeScheduling):
    """All tests of one notebook go to one worker, which opens it once; those of other modules stay together too."""

    def _split_scope(self, nodeid: str) -> str:
        notebook = re.search(r"\[(\d\d_\w+|sample)", nodeid)
        return notebook[1] if notebook else nodeid.split("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return ByNotebook(config, log)


@pytest.fixture(scope="package")
def lab() -> Iterator[Lab]:
    with Lab(keep_pages=True) as lab:
        yield lab


def notebook_of(*cells: str) -> NotebookNode:
    """Make a notebook of a heading and code cells."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    code = [make.new_code_cell(cell) for cell in cells]
    return make.new_notebook(metadata={"kernelspec": kernel}, cells=[make.new_markdown_cell("# A sample"), *code])
