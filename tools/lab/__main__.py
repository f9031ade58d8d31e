"""Look at a notebook: run it in JupyterLab and save pictures of its pages and live figures.

python -m tools.lab notebooks/01_linear_classifier.ipynb --out /tmp/look --width 900 --dark
"""

import argparse
import re
import sys
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from tools.lab.page import Lab


def section(notebook: NotebookNode, title: str) -> NotebookNode:
    """Keep the first code cell (the set-up) and the section whose heading contains `title`."""

    def level(cell: NotebookNode) -> int:
        found = re.match(r"(#+) ", cell.source) if cell.cell_type == "markdown" else None
        return len(found[1]) if found else 99

    cells = notebook.cells
    first_lines = [cell.source.split("\n")[0].lower() for cell in cells]
    starts = [n for n, cell in enumerate(cells) if level(cell) < 99 and title.lower() in first_lines[n]]
    if not starts:
        raise ValueError(f"no heading contains {title!r}")
    start = starts[0]
    end = next((n for n in range(start + 1, len(cells)) if level(cells[n]) <= level(cells[start])), len(cells))
    first = next(n for n, cell in enumerate(cells) if cell.cell_type == "code")
    kept = ([] if start <= first < end else [cells[first]]) + cells[start:end]
    return nbformat.from_dict({**notebook, "cells": kept})


def main(arguments: list[str] | None = None) -> int:
    """Run a notebook in JupyterLab, save pictures of its pages and live figures, and print what went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tools.lab", description=main.__doc__)
    parser.add_argument("notebook", type=Path)
    parser.add_argument("--out", type=Path, required=True, help="folder for the pictures")
    parser.add_argument("--width", type=int, default=1600, help="of the window, in CSS pixels")
    parser.add_argument("--height", type=int, default=1000)
    parser.add_argument("--density", type=float, default=1, help="device pixels for each CSS pixel")
    parser.add_argument("--dark", action="store_true", help="the dark theme")
    parser.add_argument("--section", help="only the set-up cell and the section with this in its heading")
    options = parser.parse_args(arguments)
    content = nbformat.read(options.notebook, as_version=4)
    if options.section:
        content = section(content, options.section)
    options.out.mkdir(parents=True, exist_ok=True)
    with Lab() as lab:
        window = {"width": options.width, "height": options.height, "density": options.density}
        notebook = lab.open(content, dark=options.dark, **window).run_all()
        for number, figure in enumerate(notebook.figures()):
            figure.screenshot(options.out / f"figure_{number:02}.png")
            print(f"figure_{number:02}.png: {figure.text}")
        for path in notebook.photograph(options.out):
            print(path.name)
        errors = notebook.errors()
    print(*errors, sep="\n", file=sys.stderr)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
