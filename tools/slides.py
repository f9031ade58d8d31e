"""Any notebook as a deck of slides for reveal.js: `make slides`, or `make slides NOTEBOOK=01`.

A deck is one file in build/slides, with its scripts and the recordings of its figures beside it. It opens from the file
system, without a network.
"""

import argparse
import functools
import sys
import zipfile
from pathlib import Path
from typing import NamedTuple

import nbformat
from nbconvert.exporters import SlidesExporter
from traitlets.config import Config

from tools import clock
from tools.addresses import live
from tools.deck import deck
from tools.notebooks import BUILT, BuildError, sources
from tools.offline import MATHJAX, RECORDINGS, ROOT, TEMPLATES, page
from tools.recorded.bundle import bundle
from tools.recorded.markup import script
from tools.recorded.shelf import RECORDED, Shelf
from tools.vendor import letters, vendor

TARGET = ROOT / "build" / "slides"
FILES = ("LICENSE", "dist/reveal.js", "dist/reveal.css", "dist/theme/white.css", "dist/plugin/notes.js")
REVEAL = [f"reveal.js/{name}" for name in FILES]


class Made(NamedTuple):
    """A deck's file, and the bytes of the recordings beside it."""

    path: Path
    recorded: int


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


def assets(folder: Path) -> None:
    """Put scripts and letters of all decks into a folder. Raises FileNotFoundError where make has installed none."""
    vendor(folder, [*REVEAL, MATHJAX])
    letters(folder)
    bundle(folder / "player.js")


def make(notebook: Path, target: Path, shelf: Shelf, there: str = "") -> Made:
    """Write the deck of one notebook file, and put the recordings of its figures beside it.

    `there` is where the recordings are already, seen from the page; then none is copied.
    """
    stem = notebook.stem
    slides = deck(nbformat.read(notebook, as_version=4), stem, shelf, live(notebook.name), clock.of(stem))
    path = target / f"{stem}.html"
    title = slides.cells[0].source.lstrip("# ")
    player = script("assets/player.js", there or f"{RECORDINGS}/")
    path.write_text(page(exporter(), slides, title, player), encoding="utf-8")
    return Made(path, 0 if there else shelf.copy(stem, target / RECORDINGS))


def pack(deck: Path) -> Path:
    """Put a deck into a zip beside it, with all that it needs."""
    folder = deck.parent
    files = [deck, *(folder / "assets").rglob("*"), *(folder / RECORDINGS / deck.stem).glob("*")]
    path = deck.with_suffix(".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in sorted(file for file in files if file.is_file()):
            packed.write(file, Path(deck.stem) / file.relative_to(folder))
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
    parser.add_argument("--recordings", type=Path, default=RECORDED, help="folder of recordings")
    parser.add_argument("--there", default="", help="where recordings are already, seen from a deck: none is copied")
    parser.add_argument("--zip", action="store_true", help="pack each deck with all it needs into one file, too")
    options = parser.parse_args(arguments)
    try:
        found = notebooks(options.names)
        options.target.mkdir(parents=True, exist_ok=True)
        assets(options.target / "assets")
    except (BuildError, FileNotFoundError) as error:
        sys.exit(str(error))
    for notebook in found:
        path, recorded = make(notebook, options.target, Shelf(options.recordings), options.there)
        print(f"{path}: {path.stat().st_size / 1e6:.1f} MB, and {recorded / 1e6:.1f} MB of recordings")
        if options.zip:
            packed = pack(path)
            print(f"{packed}: {packed.stat().st_size / 1e6:.1f} MB, all in one")
    return 0


if __name__ == "__main__":
    sys.exit(main())
