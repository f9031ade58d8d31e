"""Marks for those who want them: the share of right exercises, as tables that Moodle and Canvas import.

A platform knows a student by a number that stands in the name of what it packs for download: Moodle's folder is called
`Ada Lovelace_1234_assignsubmission_file`, Canvas's file `lovelaceada_1234_56789_02_loss_functions.ipynb`. Elsewhere the
name stands in the table alone, and the platform asks which column says who it is.
"""

import csv
import re
from collections.abc import Sequence
from pathlib import Path

from tools.report.chapters import chapters
from tools.report.table import Row, harmless

MOODLE = re.compile(r"^(?P<name>.+)_(?P<number>\d+)_assignsubmission_\w+$")
CANVAS = re.compile(r"^(?P<name>[^_]+)(?:_LATE|_late)?_(?P<number>\d+)_\d+$")


def who(student: str) -> tuple[str, str, str]:
    """Return platform, name and number of a student's folder or file: ("moodle", "Ada Lovelace", "1234").

    The platform is empty where the name is not of a known form.
    """
    for platform, pattern in (("moodle", MOODLE), ("canvas", CANVAS)):
        if found := pattern.match(student):
            return platform, found["name"], found["number"]
    return "", student, ""


def marks(found: Sequence[Row]) -> dict[str, dict[str, int]]:
    """Return how many exercises of each notebook each student has right: {student: {notebook: count}}."""
    counted: dict[str, dict[str, int]] = {}
    for row in found:
        if row.exercise:
            own = counted.setdefault(row.student, {})
            own[row.chapter] = own.get(row.chapter, 0) + (row.verdict == "right")
        else:
            counted.setdefault(row.student, {})
    return counted


def write(found: Sequence[Row], folder: Path) -> list[Path]:
    """Write `moodle.csv` and `canvas.csv`: a row for each student, a column for each notebook that was handed in."""
    counted = marks(found)
    handed_in = [chapter for chapter in chapters() if any(chapter in own for own in counted.values())]
    most = {chapter: len(chapters()[chapter]) for chapter in handed_in}
    return [_moodle(counted, most, folder / "moodle.csv"), _canvas(counted, most, folder / "canvas.csv")]


def _moodle(counted: dict[str, dict[str, int]], most: dict[str, int], path: Path) -> Path:
    """Moodle's import of grades: columns that say who, one column a grade; its worksheet of one assignment as well.

    With one notebook the table is the worksheet that *Upload grading worksheet* takes: Identifier and Grade.
    """
    single = len(most) == 1
    columns = ["Grade", "Maximum grade"] if single else [f"{chapter} (of {count})" for chapter, count in most.items()]
    rows = []
    for student, own in counted.items():
        platform, name, number = who(student)
        identifier = f"Participant {number}" if platform == "moodle" else ""
        grades = [own.get(chapter, "") for chapter in most]
        rows.append([identifier, name, *grades, *(most.values() if single else ())])
    return _write(path, [["Identifier", "Full name", *columns], *rows])


def _canvas(counted: dict[str, dict[str, int]], most: dict[str, int], path: Path) -> Path:
    """Canvas's import of the gradebook: five columns that say who, then the assignments, with their points below."""
    head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *most]
    points = ["    Points Possible", "", "", "", "", *most.values()]
    rows = []
    for student, own in counted.items():
        platform, name, number = who(student)
        known = number if platform == "canvas" else ""
        rows.append([name, known, "", "" if known else student, "", *(own.get(chapter, "") for chapter in most)])
    return _write(path, [head, points, *rows])


def _write(path: Path, rows: list[list]) -> Path:
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file, lineterminator="\n").writerows([harmless(str(field)) for field in row] for row in rows)
    return path
