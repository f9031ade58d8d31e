"""What there is to do in the series, notebook by notebook, for the map of what a reader did.

`python -m tools.notebooks` writes it into the package: a reader's Python need not have every notebook beside it.
"""

import json
from pathlib import Path

import jupytext

from lectureutils.progress import EXERCISES, QUESTIONS, SERIES
from tools.cells import heading, question, tags
from tools.exercises import check_call


def collect(paths: list[Path]) -> dict[str, dict]:
    """Return title, exercises and questions of each notebook, by its file's name."""
    found = {}
    for path in paths:
        cells = jupytext.reads(path.read_text(encoding="utf-8"), fmt="py:percent").cells
        (_, title) = next(opening for cell in cells if (opening := heading(cell)))
        exercises = [check_call(cell.source).func.attr for cell in cells if "exercise" in tags(cell)]
        questions = [asked.text for cell in cells if (asked := question(cell))]
        told = {"title": title.partition(":")[0], EXERCISES: exercises, QUESTIONS: questions}
        found[path.stem] = told
    return found


def to_text(found: dict[str, dict]) -> str:
    """Write what was collected as the text of its file."""
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


def write(paths: list[Path]) -> None:
    """Write the file of the package."""
    SERIES.write_text(to_text(collect(paths)), encoding="utf-8", newline="\n")
