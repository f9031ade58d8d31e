"""Every notebook is run once for all tests of a process: section by section, as for someone who resumes in the middle.

A section runs after the setup cell alone, in an empty folder, under the guard. What it shows is kept: its live figures,
what its exercises answered, and the names that its cells left.
"""

import tempfile
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from guard import watched
from run_cells import SETUP, fresh, sections

from lectureutils.live import LiveFigure, owned
from tools.notebooks import expand, solved
from tools.run_cell import run_cell


@dataclass
class Played:
    """What the sections of a notebook made."""

    figures_of: dict[str, list[LiveFigure]] = field(default_factory=dict)
    given: list[tuple] = field(default_factory=list)  # (args, kwargs) of each figure, as they were handed over
    names_of: dict[str, dict[str, Any]] = field(default_factory=dict)
    cells: list[tuple] = field(default_factory=list)  # (section, code, names after it), as the reader gets them
    answers: list[tuple] = field(default_factory=list)  # (section, expected answer, verdict)
    attempts: list = field(default_factory=list)  # to write or to reach another machine
    written: list[Path] = field(default_factory=list)

    @property
    def sections(self) -> list[str]:
        """The titles of the sections."""
        return list(self.figures_of)

    @property
    def figures(self) -> list[LiveFigure]:
        """The live figures of all sections."""
        return [figure for made in self.figures_of.values() for figure in made]


@lru_cache(maxsize=1)  # tests of one notebook stay together: see conftest.py
def play(path: Path) -> Played:
    """Run the sections of the notebook with this source."""
    played, made, build, enter = Played(), [], LiveFigure.__init__, owned.enter

    def collect(self, *args, **kwargs):
        build(self, *args, **kwargs)
        made.append(self)

    def note(args, kwargs):
        played.given.append((args, kwargs))
        return enter(args, kwargs)

    LiveFigure.__init__, owned.enter = collect, note
    try:
        with tempfile.TemporaryDirectory() as folder, watched(Path(folder)) as attempts:
            for title, cells in in_sections(path.read_text(encoding="utf-8")).items():
                played.figures_of[title] = made = []
                played.names_of[title] = namespace = fresh()
                run_cell(SETUP, namespace)
                for code, expected in cells:
                    value = run_cell(code, namespace)
                    if expected != "right":
                        played.cells.append((title, code, dict(namespace)))
                    if hasattr(value, "_repr_mimebundle_"):
                        value._repr_mimebundle_()
                    if expected:
                        played.answers.append((title, expected, value))
            played.written = list(Path(folder).iterdir())
    finally:
        LiveFigure.__init__, owned.enter = build, enter
    played.attempts = attempts
    return played


def in_sections(source: str) -> dict[str, list[tuple[str, str]]]:
    """Give (code, what its check answers) for all cells of each section, and once more for its solved exercises.

    As the reader gets them, stubs answer "todo"; solved, every check answers "right".
    """

    def cells(notebook, title, answer):
        return [(cell.source, answer * ("exercise" in cell.metadata.get("tags", [])))
                for cell in sections(notebook)[title]]  # fmt: skip

    unsolved, done = expand(source), solved(source)
    return {title: cells(unsolved, title, "todo") + [cell for cell in cells(done, title, "right") if cell[1]]
            for title in sections(unsolved)}  # fmt: skip
