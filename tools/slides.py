"""Any notebook as a deck of slides for reveal.js: `make slides`, or `make slides NOTEBOOK=01`.

A deck is one file in build/slides, with its scripts beside it. It opens from the file system, without a network.
"""

import argparse
import functools
import sys
from pathlib import Path

import nbformat
from nbconvert.exporters import SlidesExporter
from traitlets.config import Config

from tools.deck import deck
from tools.notebooks import BUILT, BuildError, sources
from tools.offline import MATHJAX, ROOT, TEMPLATES, page, vendor

TARGET = ROOT / "build" / "slides"
FILES = ("LICENSE", "dist/reveal.js", "dist/reveal.css", "dist/theme/white.css", "dist/plugin/notes.js")
REVEAL = [f"reveal.js/{name}" for name in FILES]


@functools.cache  # reading its templates takes as long as writing a page
def exporter() -> SlidesExporter:
    """Make nbconvert's exporter of slides, with our template and everything beside the deck."""
    made = SlidesExporter(
        config=Config(), extra_template_basedirs=[str(TEMPLATES)], template_name="deck",
        mathjax_url=f"assets/{MATHJAX}", reveal_url_prefix="assets/reveal.js", reveal_theme="white",
        reveal_transition="none", reveal_number="c/t", reveal_width="1280", reveal_height="720",
    )  # fmt: skip
    made.exclude_input_prompt = made.exclude_output_prompt = True
    return made


def make(notebook: Path, target: Path) -> Path:
    """Write the deck of one notebook file; return its path."""
    slides = deck(nbformat.read(notebook, as_version=4))
    path = target / f"{notebook.stem}.html"
    title = slides.cells[0].source.lstrip("# ")
    path.write_text(page(exporter(), slides, title), encoding="utf-8")
    return path


def notebooks(names: list[str]) -> list[Path]:
    """Find the notebooks to turn into decks: a file of your own, or ours by number or name; all by default."""
    own = [Path(name) for name in names if name.endswith(".ipynb") and Path(name).exists()]
    ours = [name for name in names if Path(name) not in own]
    return own + [BUILT / f"{path.stem}.ipynb" for path in (sources(ours) if ours or not own else [])]


def main(arguments: list[str] | None = None) -> int:
    """Make the decks."""
    parser = argparse.ArgumentParser(prog="python -m tools.slides", description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", help="notebooks, as in 01, or a file of your own; all by default")
    parser.add_argument("--target", type=Path, default=TARGET, help="folder of the decks")
    options = parser.parse_args(arguments)
    try:
        found = notebooks(options.names)
        options.target.mkdir(parents=True, exist_ok=True)
        vendor(options.target / "assets", [*REVEAL, MATHJAX])
    except (BuildError, FileNotFoundError) as error:
        sys.exit(str(error))
    for path in found:
        made = make(path, options.target)
        print(f"{made}: {made.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
