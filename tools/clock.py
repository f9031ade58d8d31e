"""The clock of the lecture: when each section begins, and which questions the class votes on.

A lecture has two parts of 75 minutes. The minutes of a section stand in its cell for instructors, a question to vote on
has the tag `core`; all other questions are homework. A vote takes half a minute of thought, two votes and a reason.

    python -m tools.clock

writes the table of docs/teaching.md. Decks and the instructor's handout say the same times.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from nbformat import NotebookNode

from tools.cells import Question, heading, question, tags
from tools.exercises import expand
from tools.notebooks import sources

TEACHING = Path(__file__).parent.parent / "docs" / "teaching.md"
TABLE = re.compile(r"(?<=<!-- clock:begin -->\n).*?(?=<!-- clock:end -->)", re.DOTALL)
TIME = re.compile(r"\*\*Time\.\*\* Lecture (\d+) min, on their own (\d+) min\.")
CORE = "core"
VOTE = 2.5  # minutes
SECOND = "07"  # the notebook that the second part begins with


@dataclass(frozen=True)
class Stop:
    """A section in the lecture: its minutes, those on the students' own, when it begins, and what is voted on."""

    section: str
    lecture: int
    own: int
    begins: int = 0
    core: tuple[Question, ...] = ()

    @property
    def ends(self) -> int:
        """The minute of its part at which the section is over."""
        return self.begins + self.lecture

    @property
    def times(self) -> str:
        """From when to when: "0:14 to 0:18"."""
        return f"{told(self.begins)} to {told(self.ends)}"


def told(minute: int) -> str:
    """Write a minute of a part as the time since its beginning: 75 is "1:15"."""
    return f"{minute // 60}:{minute % 60:02}"


def stops(notebook: NotebookNode, begins: int = 0) -> dict[str, Stop]:
    """Give the sections of a notebook that has its cells for instructors; the first begins at the minute given."""
    found: dict[str, Stop] = {}
    section = ""
    for cell in notebook.cells:
        if (opening := heading(cell)) and opening[0] <= 2:
            section = opening[1]
        if "instructor" in tags(cell) and (given := TIME.search(cell.source)):
            found[section] = Stop(section, int(given[1]), int(given[2]), begins)
            begins = found[section].ends
        elif CORE in tags(cell) and section in found and (asked := question(cell)):
            found[section] = replace(found[section], core=(*found[section].core, asked))
    return found


@cache
def lecture() -> dict[str, dict[str, Stop]]:
    """Give the sections of all notebooks, by the notebook's name; each of the two parts begins at 0."""
    found, begins = {}, 0
    for path in sources():
        begins = 0 if path.stem.startswith(SECOND) else begins
        found[path.stem] = stops(expand(path.read_text(encoding="utf-8"), instructor=True), begins)
        begins = max((stop.ends for stop in found[path.stem].values()), default=begins)
    return found


def of(stem: str) -> Mapping[str, Stop]:
    """Give the sections of the notebook with this name; none for one that is not of the series."""
    return lecture().get(stem, {})


def begins(stem: str) -> int:
    """Give the minute of its part at which a notebook begins; 0 for one that is not of the series."""
    return min((stop.begins for stop in of(stem).values()), default=0)


def table() -> str:
    """Write the clock as a table: what the lecture has time for, section by section."""
    rows = ["| part | at | notebook | section | min | vote on |", "|---|---|---|---|---|---|"]
    for stem, there in lecture().items():
        part = 1 if stem < SECOND else 2
        rows += [f"| {part} | {told(stop.begins)} | {stem[:2]} | {stop.section} | {stop.lecture} | {_core(stop)} |"
                 for stop in there.values() if stop.lecture]  # fmt: skip
    return "\n".join(rows) + "\n"


def _core(stop: Stop) -> str:
    return "; ".join(re.sub(r"([\\`*_<$|])", r"\\\1", asked.text) for asked in stop.core)


def main() -> None:
    """Write the table into docs/teaching.md."""
    text = TEACHING.read_text(encoding="utf-8")
    TEACHING.write_text(TABLE.sub(lambda _: table(), text), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
