"""An exam from a seed: sheets for students and for the instructor, as pages and PDF.

    python -m tools.exam --sheets A B --pick losses descent-compute

The same seed makes the same sheets, and another letter other numbers. A seed that nobody can guess is made and kept in
my_exam/seed.txt, which git leaves alone, unless you give your own.
"""

import argparse
import secrets
import sys
from pathlib import Path

from tools.browser import NoBrowser
from tools.exam.bank import chosen
from tools.exam.draw import SHORTEST
from tools.exam.sheet import print_all, write
from tools.notebooks import ROOT

KEPT = ROOT / "my_exam" / "seed.txt"
TARGET = ROOT / "build" / "exam"
TITLE = "Losses, optimization and backpropagation"


def kept(path: Path) -> str:
    """Return the seed that is kept in a file; make one where there is none."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_hex(16) + "\n", encoding="utf-8")
        print(f"A new seed is in {path}. Keep it: whoever has it can make your sheets with all answers.")
    return path.read_text(encoding="utf-8").strip()


def checked(seed: str) -> str:
    """Return the seed; raise ValueError where it could be found by trying."""
    if len(seed) < SHORTEST:
        raise ValueError(
            f"the seed has {len(seed)} characters, expected {SHORTEST} or more: a short one can be found by "
            "trying, and with it every answer. Without SEED a safe one is made and kept"
        )
    return seed


def main(arguments: list[str] | None = None) -> int:
    """Make the sheets of an exam."""
    parser = argparse.ArgumentParser(prog="python -m tools.exam", description=main.__doc__)
    parser.add_argument("--seed", help=f"at least {SHORTEST} characters; by default the one in my_exam/seed.txt")
    parser.add_argument("--sheets", nargs="+", default=["A"], help="their letters or names; each gets other numbers")
    parser.add_argument(
        "--pick", nargs="+", default=[], help="questions or topics, as in losses-explain; all 24 by default"
    )
    parser.add_argument("--title", default=TITLE, help="what stands at the top")
    parser.add_argument("--target", type=Path, default=TARGET, help="folder of the sheets (build/exam)")
    options = parser.parse_args(arguments)
    try:
        questions = chosen(options.pick)
        seed = checked(options.seed if options.seed is not None else kept(KEPT))
        pages = [path for letter in options.sheets
                 for path in write(options.title, letter, [(it, it.drawn(seed, letter)) for it in questions],
                                   options.target)]  # fmt: skip
        print(*pages, *print_all(pages), sep="\n")
    except (ValueError, FileNotFoundError, NoBrowser) as error:
        sys.exit(str(error))
    return 0


if __name__ == "__main__":
    sys.exit(main())
