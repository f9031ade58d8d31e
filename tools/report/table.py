"""Keep, put in order and count what the checks said: one row for each student and exercise."""

import csv
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import lectureutils.checks
from tools.report.chapters import Task, chapter_of, chapters
from tools.report.handins import Handin
from tools.report.mistakes import mistakes
from tools.report.run import Result, Said

# From the best to the worst: of several files of a student the best counts.
VERDICTS = ("right", "wrong", "broken", "stopped", "todo", "missing", "unreadable")
COLUMNS = ("student", "notebook", "file", "exercise", "verdict", "mistakes", "said")


@dataclass(frozen=True)
class Row:
    """Hold the verdict on one exercise of one student, with the mistakes by name. No exercise: the file is no use."""

    student: str
    chapter: str
    file: str
    exercise: str
    verdict: str
    mistakes: tuple[str, ...]
    said: str


class Store:
    """Keep results on disk as they come, so that a run that was interrupted goes on where it was."""

    def __init__(self, path: Path):
        self.path, self.known = path, {}
        self.checks = _digest_of_checks()
        lines = path.read_text(encoding="utf-8").split("\n") if path.exists() else []
        for line in lines:
            try:
                kept = json.loads(line)
                if kept["checks"] == self.checks:
                    self.known[kept["notebook"]] = [Said(*said) for said in kept["said"]], kept["ended"]
            except (ValueError, KeyError, TypeError):  # the last line of a run that was interrupted
                continue

    def get(self, handin: Handin) -> Result | None:
        """Return what is known of a notebook with this content; None if nothing is."""
        return self.known.get(handin.digest)

    def put(self, handin: Handin, result: Result) -> None:
        """Keep a result."""
        self.known[handin.digest] = result
        said = [[said.exercise, said.verdict, said.sentence] for said in result[0]]
        line = {"notebook": handin.digest, "checks": self.checks, "said": said, "ended": result[1]}
        with self.path.open("a", encoding="utf-8") as file:
            file.write("\n" + json.dumps(line, sort_keys=True))


def _digest_of_checks() -> str:
    digest = hashlib.sha256()
    for path in sorted(Path(lectureutils.checks.__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def rows(results: Iterable[tuple[Handin, Result]]) -> list[Row]:
    """Return the rows of all students, in order."""
    found: dict[tuple[str, str, str], Row] = {}
    for handin, (said, ended) in results:
        for row in _rows_of(handin, {one.exercise: one for one in said}, ended):
            key = row.student, row.chapter, row.exercise
            if key not in found or _rank(row) < _rank(found[key]):
                found[key] = row
    order = {task: number for number, task in enumerate(all_tasks())}

    def place(row: Row) -> tuple:
        return row.student, row.chapter, order.get((row.chapter, row.exercise), -1)

    return sorted(found.values(), key=place)


def all_tasks() -> dict[tuple[str, str], Task]:
    """Return the exercises of the series in order, by chapter and name."""
    return {(task.chapter, task.name): task for tasks in chapters().values() for task in tasks}


def _rank(row: Row) -> int:
    return VERDICTS.index(row.verdict)


def _rows_of(handin: Handin, said: dict[str, Said], ended: str) -> Iterable[Row]:
    chapter = "" if handin.problem else chapter_of(handin.path, handin.cells)
    if not chapter:
        why = handin.problem or "no check of the series is called in it"
        yield Row(handin.student, "", handin.path, "", "unreadable", (), why)
        return
    if ended:
        yield Row(handin.student, chapter, handin.path, "", "stopped", (), ended)
    for task in chapters()[chapter]:
        one = said.get(task.name, Said(task.name, "missing", "its check is not called"))
        why = mistakes(task.name, one.sentence) if one.verdict == "wrong" else ()
        yield Row(handin.student, chapter, handin.path, task.name, one.verdict, tuple(why), one.sentence)


def write_csv(found: Sequence[Row], path: Path) -> None:
    """Write the table, with nothing in it that a spreadsheet takes for a formula."""
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in found:
            writer.writerow(harmless(text) for text in (row.student, row.chapter, row.file, row.exercise, row.verdict,
                                                         " | ".join(row.mistakes), row.said))  # fmt: skip


def harmless(text: str) -> str:
    """Return a text of which a spreadsheet makes no formula, in one line."""
    text = "".join(letter if letter.isprintable() else " " for letter in text)
    return "'" + text if text.lstrip()[:1] in tuple("=+-@") else text


def write_feedback(found: Sequence[Row], folder: Path) -> list[Path]:
    """Write for each student what the checks said to the answers, as text to send; return the paths."""
    by_student = defaultdict(list)
    for row in found:
        by_student[row.student].append(row)
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.txt"):
        old.unlink()
    tasks, written, taken = all_tasks(), [], Counter()
    for student, own in sorted(by_student.items()):
        name = re.sub(r"[^\w.-]+", "_", student).strip("._")[:100] or "student"
        taken[name.lower()] += 1
        name += f"-{taken[name.lower()]}" if taken[name.lower()] > 1 else ""
        path = folder / f"{name}.txt"
        path.write_text("\n".join(_told(row, tasks) for row in own) + "\n", encoding="utf-8")
        written.append(path)
    return written


WORDS = {"right": "Right", "wrong": "Not yet", "broken": "An error ends the cell", "stopped": "Stopped",
         "todo": "Not attempted yet", "missing": "Not found", "unreadable": "Can't be read"}  # fmt: skip


def _told(row: Row, tasks: dict) -> str:
    task = tasks.get((row.chapter, row.exercise))
    where = f"{row.chapter[:2]} {task.title} ({task.name})" if task else row.file
    return f"{where}\n    {WORDS[row.verdict]}: {row.said}\n"


@dataclass(frozen=True)
class Tally:
    """Count an exercise: how many students got which verdict, made which mistake, and heard what no name is for."""

    task: Task
    verdicts: Counter
    mistakes: list[tuple[str, int]]
    unnamed: list[tuple[str, int]]

    @property
    def students(self) -> int:
        """Return how many handed the notebook in."""
        return self.verdicts.total()


def tallies(found: Sequence[Row]) -> list[Tally]:
    """Return the counts of each exercise that somebody handed in, mistakes from the most frequent down."""
    counted = []
    for (chapter, name), task in all_tasks().items():
        own = [row for row in found if (row.chapter, row.exercise) == (chapter, name)]
        if own:
            made = Counter(mistake for row in own for mistake in dict.fromkeys(row.mistakes))
            others = Counter(row.said for row in own if row.verdict == "wrong" and not row.mistakes)
            counted.append(Tally(task, Counter(row.verdict for row in own), _ordered(made), _ordered(others)))
    return counted


def _ordered(count: Counter) -> list[tuple[str, int]]:
    return sorted(count.items(), key=lambda item: (-item[1], item[0]))
