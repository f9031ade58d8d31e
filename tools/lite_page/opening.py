"""The beginning of each notebook as a piece of a page: it can be read while JupyterLab and Python are on their way."""

from collections.abc import Callable
from pathlib import Path

import nbformat
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from nbformat import NotebookNode

from tools.formulas import GLYPH, GLYPHS, Formula, draw


def beginning(notebook: NotebookNode) -> str:
    """Give the text of a notebook as far as the first code of its first section."""
    texts, inside = [], False
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            inside = inside or "\n## " in f"\n{cell.source}"
            texts.append(cell.source)
        elif inside:
            break
    return "\n\n".join(texts)


def openings(folder: Path) -> dict[str, str]:
    """Give the beginning of each notebook in a folder as HTML: {stem: html}. Formulas are drawn."""
    texts = {path.stem: beginning(nbformat.read(path, as_version=4)) for path in sorted(folder.glob("*.ipynb"))}
    found: list[Formula] = []
    written("\n\n".join(texts.values()), lambda formula: found.append(formula) or "")
    drawn, outlines = draw(sorted(set(found)))
    return {stem: with_outlines(written(text, drawn.__getitem__), outlines) for stem, text in texts.items()}


def with_outlines(html: str, outlines: dict[str, str]) -> str:
    """Put the outlines of the glyphs that a text refers to in front of it."""
    named = dict.fromkeys(GLYPH.findall(html))
    return GLYPHS.format("".join(outlines[it] for it in named)) + html if named else html


def written(text: str, formula: Callable[[Formula], str]) -> str:
    """Turn Markdown into HTML; `formula` gives the HTML of (TeX, whether it stands on a line of its own)."""
    reader = MarkdownIt("commonmark", {"html": True}).enable("table")
    reader.use(dollarmath_plugin, renderer=lambda tex, options: formula((tex.strip(), options["display_mode"])))
    return reader.render(text)
