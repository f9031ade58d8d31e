"""A folder of recordings, as the pages that play them see it: which figure stands where, and what goes beside a page.

A page without recordings is complete: whatever is missing on the shelf stays a picture.
"""

import json
import os
import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tools.addresses import ROOT
from tools.recorded.read import Recording

RECORDED = ROOT / "build" / "recordings"  # where make recordings puts them
READ = 500  # ms between two steps: a player that waits as long is followed step by step
MOST = 30  # steps


@dataclass(frozen=True)
class Walk:
    """A way through a recording, step by step: a control, and the last of its positions 0, 1, 2, ..."""

    control: str
    last: int


@dataclass(frozen=True)
class Shelf:
    """The recordings in a folder, as `python -m tools.recorded` wrote them; the folder may be missing."""

    folder: Path

    @cached_property
    def _figures(self) -> dict[tuple[str, str, int], str]:
        index = self.folder / "index.json"
        listed = json.loads(index.read_text(encoding="utf-8")) if index.exists() else {}
        return {
            (stem, entry["cell"], entry["output"]): entry["figure"]
            for stem, entries in listed.items()
            for entry in entries
            if (self.folder / f"{entry['figure']}.js").exists()
        }

    def name(self, stem: str, cell: str, output: int) -> str:
        """Name the figure in an output of a notebook's cell, such as `04_optimization/surface`; empty without one."""
        return self._figures.get((stem, cell, output), "")

    def copy(self, stem: str, target: Path) -> int:
        """Put a notebook's recordings and films into the folder `target`, and return their bytes."""
        names = [name for (of, *_), name in self._figures.items() if of == stem]
        files = [file for name in names for file in self.folder.glob(f"{name}.*") if file.suffix in {".js", ".gif"}]
        for file in files:
            there = target / file.relative_to(self.folder)
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, there)
        return sum(file.stat().st_size for file in files)

    def walk(self, name: str) -> Walk | None:
        """Give the way that a lecturer goes through a figure press by press, or None.

        There is one where a player waits between its steps to be read, and has not too many of them.
        """
        recording = Recording.read(self.folder / f"{name}.js").told
        for button in recording["buttons"].values():
            if button["kind"] == "play" and button.get("ms", 0) >= READ:
                last = len(recording["controls"][button["plays"]]["shown"]) - 1
                return Walk(button["plays"], last) if 1 <= last <= MOST else None
        return None


NOTHING = Shelf(Path(os.devnull))  # no recordings
