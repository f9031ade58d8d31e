"""Record the figures of a notebook into a folder: a script and a film for each, and an index of them.

`index.json` is what pages and decks read; `kept.json` says what each recording was made of, so that only what has
changed is recorded anew.
"""

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from tools.recorded import kept
from tools.recorded.collect import Shown, code_cells, collect
from tools.recorded.film import film
from tools.recorded.read import Recording
from tools.recorded.record import record, text

Entry = dict[str, Any]


def record_notebook(notebook: Path, out: Path, only: str = "") -> dict[str, Any]:
    """Record what has changed of a notebook's figures; return its entries of the index and what they were made of."""
    cells = code_cells(notebook)
    known = read(out / "kept.json").get(notebook.stem, {"cells": "", "figures": {}})
    entries = {entry["figure"]: entry for entry in read(out / "index.json").get(notebook.stem, [])}
    fresh = [
        name
        for name, figure in known["figures"].items()
        if name in entries and is_fresh(figure, out / f"{name}.js", cells)
    ]
    unchanged = known["cells"] == kept.of_cells(cells) and len(fresh) == len(known["figures"]) == len(entries)
    if unchanged or (only and only not in {*entries} and only.split("/")[0] != notebook.stem):
        return {"stem": notebook.stem, "entries": list(entries.values()), "kept": known, "made": []}
    made, told, figures = [], [], {}
    for shown in collect(notebook):
        place = {"figure": shown.name, "cell": shown.cell, "output": shown.output}
        above = cells[: 1 + next(at for at, cell in enumerate(cells) if cell.id == shown.cell)]
        module = type(shown.figure).__module__
        if shown.name in fresh or (only and only != shown.name):
            if shown.name in entries:
                told.append(entries[shown.name] | place)
                figures[shown.name] = known["figures"][shown.name]
            continue
        began = time.perf_counter()
        entry = place | write(shown, out)
        told.append(entry)
        figures[shown.name] = {"module": module, "cell": shown.cell, "digest": kept.digest(module, above)}
        made.append({"figure": shown.name, "seconds": time.perf_counter() - began, **entry})
    seen = "" if only else kept.of_cells(cells)
    return {"stem": notebook.stem, "entries": told, "kept": {"cells": seen, "figures": figures}, "made": made}


def is_fresh(figure: dict[str, str], script: Path, cells: Sequence[NotebookNode]) -> bool:
    """Say whether a recording is there and all that it depends on is as it was."""
    ids = [cell.id for cell in cells]
    if figure["cell"] not in ids or not script.exists():
        return False
    return kept.digest(figure["module"], cells[: ids.index(figure["cell"]) + 1]) == figure["digest"]


def write(shown: Shown, out: Path) -> Entry:
    """Record one figure and write its script and its film; return what the index says of it."""
    told = record(shown.name, shown.figure)
    recording = Recording(told)
    script, moving = text(told).encode(), film(recording)
    save(out / f"{shown.name}.js", script)
    if moving:
        save(out / f"{shown.name}.gif", moving)
    states = sum(1 for _ in recording.places())
    return {"sentence": recording.sentence([0]), "bytes": len(script), "film": len(moving), "states": states}


def save(path: Path, content: bytes) -> None:
    """Write a file in one move, so that a build that is stopped leaves no half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_bytes(content)
    part.replace(path)


def read(path: Path) -> dict[str, Any]:
    """Read an index; empty where there is none yet."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def note(result: dict[str, Any], out: Path) -> None:
    """Write a notebook's part of the indexes, and remove the files of figures that are gone."""
    stem = result["stem"]
    for name, part in (("index.json", result["entries"]), ("kept.json", result["kept"])):
        whole = read(out / name) | {stem: part}
        text = json.dumps(dict(sorted(whole.items())), indent=1, ensure_ascii=False) + "\n"
        save(out / name, text.encode())
    names = {entry["figure"].split("/")[1] for entry in result["entries"]}
    for path in (out / stem).glob("*"):
        if path.stem not in names:
            path.unlink()
