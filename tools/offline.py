"""Notebooks become pages that need no other host: templates of their own, scripts and fonts beside the pages.

The scripts come from npm packages; `make` installs them, in the versions of the lock file.
"""

import re
import shutil
import sys
from pathlib import Path

from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "tools" / "templates"
PACKAGES = Path(f"{sys.prefix}-site") / "assets" / "node_modules"  # beside the environment of the tests
MATHJAX = "mathjax/es5/tex-svg-full.js"  # formulas as drawings: one file, no fonts. MathJax 4 loads some later
RECORDINGS = "recordings"  # the folder beside pages that holds those of their figures
LOADED = re.compile(
    r"<(?:script|img|iframe|link|source)\b[^>]*?\b(?:src|href)\s*=\s*[\"']([^\"']+)"
    r"|@import\s+(?:url\()?[\"']?([^\"');]+)|url\([\"']?([^\"')]+)"
)
LINK = re.compile(r"\]\((\d\d_\w+)\.ipynb(#[^)]*)?\)")


def vendor(target: Path, names: list[str], packages: Path = PACKAGES) -> None:
    """Copy the named files and folders of the npm packages to the target folder."""
    for name in names:
        source = packages / name
        if not source.exists():
            raise FileNotFoundError(f"{source} is missing: run this through make, which installs it")
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target / name, dirs_exist_ok=True)
        else:
            shutil.copyfile(source, target / name)


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
