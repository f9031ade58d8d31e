"""What Python in a page has to know of its notebook: its code cells in their order, and where sections begin."""

import json
from pathlib import Path
from typing import Any

from nbformat import from_dict

from tools.cells import question

SECTION = "## "


def told(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    """Describe each code cell: its id and source, the number of its section, and what kind it is.

    `setup` is the cell that every section needs; a `question` is answered on the page without Python.
    """
    found, section = [], 0
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            section += any(line.startswith(SECTION) for line in source.splitlines())
        elif cell["cell_type"] == "code":
            tags = cell["metadata"].get("tags", [])
            asked = question(from_dict({**cell, "source": source}))
            kind = "setup" if "setup" in tags else "question" if asked else "code"
            found.append({"id": cell["id"], "kind": kind, "section": section, "source": source})
    return found


def write(notebooks: list[Path], folder: Path) -> None:
    """Write `01_linear_classifier.json` and its like into the folder, one for each notebook."""
    for path in notebooks:
        cells = told(json.loads(path.read_text(encoding="utf-8")))
        (folder / f"{path.stem}.json").write_text(json.dumps(cells, ensure_ascii=False), encoding="utf-8")
