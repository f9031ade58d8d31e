"""Which exercises does each notebook of the series have, what are they called there, and which one was handed in?"""

import functools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from tools.cells import tags
from tools.exercises import expand
from tools.notebooks import sources
from tools.report.answers import named

TITLE = re.compile(r"^#+ (.*Exercises?\b.*)", re.MULTILINE)


@dataclass(frozen=True)
class Task:
    """Name an exercise of a chapter by its check, and by the heading above it."""

    chapter: str
    name: str
    title: str

    @property
    def label(self) -> str:
        """Return a short name with the chapter's number, "02 hinge_loss"."""
        return f"{self.chapter[:2]} {self.name}"


@functools.cache
def chapters() -> dict[str, tuple[Task, ...]]:
    """Return the exercises of each notebook in their order, read from the sources."""
    found = {}
    for path in sources():
        tasks, title = [], ""
        for cell in expand(path.read_text(encoding="utf-8")).cells:
            if titles := TITLE.findall(cell.source) if cell.cell_type == "markdown" else []:
                title = titles[-1]
            if "exercise" in tags(cell):
                tasks += [Task(path.stem, name, title) for name in named(cell.source)]
        found[path.stem] = tuple(tasks)
    return found


def chapter_of(path: str, cells: Sequence[str]) -> str:
    """Return the chapter that a notebook is, by its file's name or by the checks that it calls; "" for none."""
    for chapter in chapters():
        if chapter in PurePosixPath(path).name:
            return chapter
    calls = {name for cell in cells for name in named(cell)}
    count = Counter({chapter: len(calls & {task.name for task in tasks}) for chapter, tasks in chapters().items()})
    chapter, most = count.most_common(1)[0]
    return chapter if most else ""
