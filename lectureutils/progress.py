"""What a reader did stays: a small file beside the notebooks remembers answered questions and tried exercises.

Nothing leaves the machine, and nothing is ever in the way: where the folder can't be written there is no memory, and
no error. The file is made for people, too: it can be read, handed in, or deleted.
"""

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from lectureutils.asked import current_run

FILE = "my_progress.json"
SERIES = Path(__file__).with_name(
    "series.json"
)  # what there is to do, notebook by notebook; written with the notebooks
EXERCISES, QUESTIONS = "exercises", "questions"


def series() -> dict[str, dict[str, Any]]:
    """Return the notebooks of the series by file name: their title, and the names of exercises and questions."""
    return json.loads(SERIES.read_text(encoding="utf-8"))


def somebody_runs_a_cell() -> bool:
    """Say whether a person runs a cell: a front end names the cell, a build or a test does not."""
    return current_run() is not None


def done() -> dict[str, dict[str, dict[str, Any]]]:
    """Return what is remembered: {"exercises": {name: {"tries", "right"}}, "questions": {text: {"first", "last"}}}."""
    kept = None
    with suppress(OSError, ValueError):  # not there, not to be read, or not what this module has written
        kept = json.loads(_place().read_text(encoding="utf-8"))
    kept = kept if isinstance(kept, dict) else {}
    return {kind: _entries(kept.get(kind)) for kind in (EXERCISES, QUESTIONS)}


def note_verdict(exercise: str, right: bool) -> None:
    """Remember a try at an exercise. One that was right stays right."""
    kept = done()
    before = kept[EXERCISES].get(exercise, {})
    tries = before.get("tries", 0)
    kept[EXERCISES][exercise] = {
        "tries": (tries if isinstance(tries, int) else 0) + 1, "right": bool(before.get("right")) or right,
    }  # fmt: skip
    _write(kept)


def note_answer(question: str, chosen: str) -> None:
    """Remember the choice that was made for a question, and the first one that ever was."""
    kept = done()
    first = kept[QUESTIONS].get(question, {}).get("first", chosen)
    kept[QUESTIONS][question] = {"first": first, "last": chosen}
    _write(kept)


def forget() -> None:
    """Forget everything: the file is deleted."""
    with suppress(OSError):
        _place().unlink()


def _place() -> Path:
    return Path(FILE).absolute()  # a kernel works in the folder of its notebook


def _entries(kept: Any) -> dict[str, dict[str, Any]]:
    return {name: entry for name, entry in kept.items() if isinstance(entry, dict)} if isinstance(kept, dict) else {}


def _write(kept: dict[str, Any]) -> None:
    place = _place()
    coming = place.with_name(f".{FILE}.{os.getpid()}")
    try:
        coming.write_text(json.dumps(kept, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
        coming.replace(place)  # at once: another notebook may read it meanwhile
    except OSError:
        with suppress(OSError):
            coming.unlink()
