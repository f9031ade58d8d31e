"""Give the project another home: one command writes its address into everything that holds one.

pyproject.toml is where tools read it; README.md, CITATION.cff and the notebooks' setup cells hold it because people and
other services read them as they are. Site, decks and handouts take it from pyproject.toml when they are built. Standard
library only, so that a fresh fork needs no environment for it.
"""

import hashlib
import json
import re
import sys
from pathlib import Path

from tools.addresses import ROOT, address, normal, owner_and_name, site

INSTALLED = re.compile(r"(?:git\+|git clone )(https://github\.com/[\w.-]+/[\w.-]+?)(?=[\"\\\s]|\.git\b)")
HOLDERS = ("pyproject.toml", "README.md", "CITATION.cff", "notebooks/*.ipynb")


def moved(text: str, old: str, new: str) -> str:
    """Return a text with each address made from the repository's address `old` made from `new` instead."""
    text = text.replace(site(old), site(new))
    places = (r"github\.com/", r"mybinder\.org/v2/gh/", r"colab\.research\.google\.com/github/")
    pattern = rf"({'|'.join(places)}){re.escape(owner_and_name(old))}(?=\.git\b|[^\w.-]|[.](?:\s|$)|$)"
    return re.sub(pattern, lambda found: found[1] + owner_and_name(new), text)


def moved_notebook(text: str, old: str, new: str) -> str:
    """Return the text of a built notebook at its new home: the cells' ids follow their content, as in a build."""
    changed = moved(text, old, new)
    for before, after in zip(json.loads(text)["cells"], json.loads(changed)["cells"], strict=True):
        if before["source"] != after["source"]:
            one, other = (name(cell) for cell in (before, after))
            changed = changed.replace(f'"id": "{one}"', f'"id": "{other}"')
    return changed


def name(cell: dict) -> str:
    """Give a cell of a notebook's file the id that a build gives it (tools/exercises.py)."""
    return hashlib.sha256(f"{cell['cell_type']}\n{''.join(cell['source'])}".encode()).hexdigest()[:12]


def move(new: str, root: Path = ROOT) -> list[Path]:
    """Write the address `new` into every file below `root` that holds another one; return the changed files.

    After a merge there are two: that of pyproject.toml, and in files that came anew the one they came from.
    """
    texts = {path: path.read_text(encoding="utf-8") for pattern in HOLDERS for path in sorted(root.glob(pattern))}
    before = {address(root), *(normal(it) for text in texts.values() for it in INSTALLED.findall(text))} - {new}
    changed = []
    for path, text in texts.items():
        made = text
        for old in sorted(before):
            made = (moved_notebook if path.suffix == ".ipynb" else moved)(made, old, new)
        if made != text:
            path.write_text(made, encoding="utf-8", newline="\n")
            changed.append(path)
    return changed


def main() -> int:
    """Move to the address that is given, and say which files hold it now."""
    if len(sys.argv) != 2:
        sys.exit("usage: make address URL=https://github.com/me/course")
    try:
        new = normal(sys.argv[1])
    except ValueError as error:
        sys.exit(str(error))
    for path in move(new):
        print(path.relative_to(ROOT))
    print(f"This is {new} now, and its site {site(new)}. Commit the files, and push.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
