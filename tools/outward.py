"""Do the links that lead to other hosts still lead somewhere? Sphinx's own link checker asks each of them.

It reads what the site is made of, and README.md as a whole, of which the site shows only the opening.
As long as pyproject.toml holds a placeholder for the repository's address, links made from it are left out.
"""

import argparse
import json
import re
import sys
import tempfile
from pathlib import Path

from tools.addresses import address, is_placeholder, owner_and_name
from tools.site import stage

# A page of its own for README.md, whose links to files that are no pages are none of the site's.
README_TOO = {"exclude_patterns": "_*", "suppress_warnings": "toc.not_included,myst.xref_missing"}
PATIENCE = {"linkcheck_timeout": "20", "linkcheck_retries": "3"}


def left_out(url: str) -> str:
    """Give a pattern for the links that are made from a placeholder; one that fits none if the address is real."""
    owner, name = owner_and_name(url).split("/")
    return rf".*\b{re.escape(owner)}(/|\.github\.io/){re.escape(name)}\b" if is_placeholder(url) else r"(?!)"


def check(source: Path, out: Path, url: str) -> int:
    """Ask for every link in the pages of a folder and print what is wrong; return 0 if nothing is.

    `url` is the repository's address: links made from a placeholder are left out.
    """
    from sphinx.cmd.build import build_main

    settings = {**README_TOO, **PATIENCE, "linkcheck_ignore": left_out(url)}
    words = [word for name, value in settings.items() for word in ("--define", f"{name}={value}")]
    code = build_main(["--builder", "linkcheck", "--fresh-env", "--quiet", *words, str(source), str(out)])
    found = [json.loads(line) for line in (out / "output.json").read_text(encoding="utf-8").splitlines()]
    counts = {kind: sum(it["status"] == kind for it in found) for kind in ("working", "redirected", "ignored")}
    asked = len(found) - sum(it["status"] in ("ignored", "unchecked") for it in found)
    print(f"{asked} links asked for: {counts['working']} work, {counts['redirected']} lead on; "
          f"{counts['ignored']} left out")  # fmt: skip
    return code


def main(arguments: list[str] | None = None) -> int:
    """Check the links of this repository's pages to other hosts, or those of another folder of pages."""
    parser = argparse.ArgumentParser(prog="python -m tools.outward", description=main.__doc__)
    parser.add_argument("--source", type=Path, help="folder of pages with a conf.py (the site's own)")
    parser.add_argument("--repository", default=address(), help="its address (the one in pyproject.toml)")
    options = parser.parse_args(arguments)
    source = options.source
    with tempfile.TemporaryDirectory() as folder:
        if not source:
            source = Path(folder, "source")
            stage(source)
        return check(source.resolve(), Path(folder, "out"), options.repository)


if __name__ == "__main__":
    sys.exit(main())
