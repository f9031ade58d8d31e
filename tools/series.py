"""What there is to do in the series, notebook by notebook, for the map of what a reader did."""

from pathlib import Path

from lectureutils.progress import EXERCISES, QUESTIONS
from tools.cells import heading, question, tags
from tools.exercises import check_call
from tools.told import cells_of


def collect(paths: list[Path]) -> dict[str, dict]:
    """Return title, exercises and questions of each notebook, by its file's name."""
    found = {}
    for path in paths:
        cells = cells_of(path)
        (_, title) = next(opening for cell in cells if (opening := heading(cell)))
        exercises = [check_call(cell.source).func.attr for cell in cells if "exercise" in tags(cell)]
        questions = [asked.text for cell in cells if (asked := question(cell))]
        told = {"title": title.partition(":")[0], EXERCISES: exercises, QUESTIONS: questions}
        found[path.stem] = told
    return found
