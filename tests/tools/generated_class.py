"""Make a class that hands in one notebook: right answers, stubs, and wrong ones of `slips/`, drawn with a seed.

`python tests/tools/generated_class.py 02_loss_functions 175 /tmp/class` writes one to try `make report` on.
"""

import importlib
import inspect
import json
import random
import re
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from slips.collect import ANSWERS  # noqa: E402

from lectureutils import checks  # noqa: E402
from tools.cells import tags  # noqa: E402
from tools.exercises import expand, solved  # noqa: E402
from tools.notebooks import SOURCES  # noqa: E402
from tools.report.answers import named  # noqa: E402

Expected = dict[tuple[str, str], tuple[str, str]]  # (student, exercise) -> verdict and sentence


def code(notebook) -> list[str]:
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


def as_file(cells: list[str]) -> str:
    """Write code cells as a notebook, the way JupyterLab does."""
    written = [{"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [],
                "source": cell.splitlines(keepends=True)} for cell in cells]  # fmt: skip
    return json.dumps({"cells": written, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def wrong_answers(chapter: str) -> dict[str, list[tuple[str, object]]]:
    """Give the sources of wrong functions by exercise, each with the function; those that need no other name."""
    importlib.import_module(f"slips.{chapter[3:]}")
    found: dict[str, list] = {}
    for answer in ANSWERS[chapter[3:]]:
        function = answer.args[0] if answer.args else None
        if answer.is_right or not inspect.isfunction(function) or function.__name__ != answer.exercise:
            continue
        outside = inspect.getclosurevars(function)
        if set(outside.globals) <= {"np", "math"} and not outside.nonlocals:
            source = re.sub(r"\A(@.*\n)+", "", inspect.getsource(function))
            found.setdefault(answer.exercise, []).append((source, function))
    return found


def write(chapter: str, students: int, folder: Path, seed: int = 0) -> Expected:
    """Write the class into a folder, one folder for each student; return what each check says to each answer."""
    draw, source = random.Random(seed), (SOURCES / f"{chapter}.py").read_text(encoding="utf-8")
    gaps, right, wrong = code(expand(source)), code(solved(source)), wrong_answers(chapter)
    is_gap = ["exercise" in tags(cell) for cell in expand(source).cells if cell.cell_type == "code"]
    expected: Expected = {}
    for number in range(students):
        student, cells = f"student{number:03}", []
        for gap, solution, here in zip(gaps, right, is_gap, strict=True):
            name = named(gap)[0] if here else ""
            how = draw.choices(["right", "wrong", "todo"], [4, 5, 1])[0] if here else "todo"
            if how == "wrong" and name in wrong:
                text, function = draw.choice(wrong[name])
                cells.append(f"import math\n\n{text}\n\nchecks.{name}({name})")
                verdict = checks.EXERCISES[name](function)
                expected[student, name] = verdict.kind, verdict.sentence
            else:
                cells.append(solution if how != "todo" else gap)
                if here:
                    expected[student, name] = ("todo" if how == "todo" else "right"), ""
        path = folder / student / f"{chapter}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(as_file(cells), encoding="utf-8")
    return expected


if __name__ == "__main__":
    write(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
