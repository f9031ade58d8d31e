"""Make a release: its number into the files that hold one, and a heading of its own in the changelog.

A release is a tag that a course can pin. `make release VERSION=1.0.0` writes the number into pyproject.toml and
CITATION.cff and puts what is new below it in CHANGELOG.md; commit and tag are yours. Standard library only.
"""

import re
import sys
import tomllib
from datetime import date
from pathlib import Path

from tools.addresses import ROOT

NEXT = "## Not yet released\n"


def version(root: Path = ROOT) -> str:
    """Give the number of the last release, as pyproject.toml holds it."""
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


def release(new: str, day: date, root: Path = ROOT) -> list[Path]:
    """Write a release of this number and day; return the files.

    Raises ValueError for a number that is not above the last one, and where nothing new stands in the changelog.
    """
    old = version(root)
    if not re.fullmatch(r"\d+\.\d+\.\d+", new) or _numbers(new) <= _numbers(old):
        raise ValueError(f"{new!r} is no number of a new release: expected three numbers above {old}, as in 1.0.0")
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    _, found, news = changelog.partition(NEXT)
    if not found or not re.search(r"^- ", news.partition("\n## ")[0], re.MULTILINE):
        raise ValueError(f"CHANGELOG.md has nothing below {NEXT.strip()!r}: what would be new in {new}?")
    texts = {
        "CHANGELOG.md": changelog.replace(NEXT, f"{NEXT}\n## {new} ({day.isoformat()})\n", 1),
        "pyproject.toml": _replaced(root / "pyproject.toml", rf'^version = "{re.escape(old)}"$', f'version = "{new}"'),
        "CITATION.cff": _replaced(
            root / "CITATION.cff",
            rf"^version: {re.escape(old)}\n(date-released: .*\n)?",
            f"version: {new}\ndate-released: {day}\n",
        ),
    }
    for name, text in texts.items():
        (root / name).write_text(text, encoding="utf-8", newline="\n")
    return [root / name for name in texts]


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("."))


def _replaced(path: Path, pattern: str, line: str) -> str:
    text, count = re.subn(pattern, line, path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    if count != 1:
        raise ValueError(f"{path.name} has {count} lines like {pattern}, expected one")
    return text


def main() -> int:
    """Write the release that is asked for, and say what to do next."""
    if len(sys.argv) != 2:
        sys.exit("usage: make release VERSION=1.0.0")
    new = sys.argv[1]
    try:
        release(new, date.today())
    except ValueError as error:
        sys.exit(str(error))
    print(f"This is {new}. Look at it, then:\n  git commit -am 'Release {new}'\n  git tag -a v{new} -m 'Release {new}'")
    print("  git push --follow-tags")
    return 0


if __name__ == "__main__":
    sys.exit(main())
