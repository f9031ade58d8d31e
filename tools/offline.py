"""Notebooks become pages that need no other host: templates of their own, scripts and letters beside the pages."""

import re
from pathlib import Path

from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "tools" / "templates"
MATHJAX = "mathjax/es5/tex-svg-full.js"  # formulas as drawings: one file, no fonts. MathJax 4 loads some later
RECORDINGS = "recordings"  # the folder beside pages that holds those of their figures
LOADED = re.compile(
    r"<(?:script|img|iframe|link|source)\b[^>]*?\b(?:src|href)\s*=\s*[\"']([^\"']+)"
    r"|@import\s+(?:url\()?[\"']?([^\"');]+)|url\([\"']?([^\"')]+)"
)
LINK = re.compile(r"\]\((\d\d_\w+)\.ipynb(#[^)]*)?\)")


def page(exporter: HTMLExporter, notebook: NotebookNode, title: str, player: str = "") -> str:
    """Write a notebook as HTML, with the links between notebooks turned into links between pages.

    `player` is the script that moves its recorded figures and lets its questions be answered.
    """
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = LINK.sub(r"](\1.html\2)", cell.source)
    text, _ = exporter.from_notebook_node(notebook, resources={"metadata": {"name": title}, "player": player})
    return text


def foreign(page: str) -> list[str]:
    """List what a page loads from other hosts. Links that a reader may follow are not loaded."""
    loaded = [next(filter(None, found), "") for found in LOADED.findall(page)]
    return [address for address in loaded if re.match(r"(?:https?:)?//", address)]
