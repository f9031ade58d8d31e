"""A notebook is a lecture too: each cell gets its place in a slide deck by a rule, written down only here.

What a lecturer shows becomes a slide, what a lecturer says a note, and what a class does afterwards is skipped.
Where the rule is wrong, a tag in the source overrules it: slide:slide, slide:subslide, slide:notes, slide:skip.
"""

import re

from nbformat import NotebookNode

from tools.cells import heading, tags

SKIPPED = {"setup", "exercise", "solution", "optional", "instructor"}
OVERRULE = "slide:"
AFTERWARDS = re.compile(r"Exercises? \d|Where to go from here|.*\(optional\)")
HEADINGS = re.compile(r"^#{1,6} +(.*)", re.MULTILINE)
TAKE_AWAY = "**Take-away.**"


def slide_type(cell: NotebookNode) -> str:
    """Give a cell's slide_type, in the words of nbconvert and Jupyter: slide, subslide, notes or skip."""
    for tag in tags(cell):
        if tag.startswith(OVERRULE):
            return tag.removeprefix(OVERRULE)
    if SKIPPED & set(tags(cell)):
        return "skip"
    if cell.cell_type == "code":
        return "subslide"
    return _of_text(cell)


def _of_text(cell: NotebookNode) -> str:
    opening = heading(cell)
    if opening and AFTERWARDS.match(opening[1]):
        return "skip"
    if opening:
        return "slide" if opening[0] <= 2 else "subslide"
    shown = [title for title in HEADINGS.findall(cell.source) if not AFTERWARDS.match(title)]
    return "subslide" if shown or TAKE_AWAY in cell.source else "notes"


def place(cell: NotebookNode) -> None:
    """Write a cell's slide_type into its metadata, and take the overruling tag off."""
    cell.metadata["slideshow"] = {"slide_type": slide_type(cell)}
    kept = [tag for tag in tags(cell) if not tag.startswith(OVERRULE)]
    if kept:
        cell.metadata["tags"] = kept
    else:
        cell.metadata.pop("tags", None)
