"""The first page of the site: a figure that moves, a way into each notebook, and the ways to run it; and the table of
slides and handouts.

docs/index.md and docs/slides.md say where each of them stands, by a comment in their text.
"""

import json
from html import escape
from pathlib import Path

from tools.addresses import within_the_site
from tools.recorded.shelf import Shelf
from tools.recorded.shown import Shown, figures

# It has ten seconds to say what the series is about: a loss is a landscape, and learning walks down on it.
OPENING = ("04_optimization", "surface")
# The picture of each notebook that says most at the size of a thumb.
TELLING = {
    "00_start_here": "line", "01_linear_classifier": "plane", "02_loss_functions": "probability",
    "03_regularization": "lambda", "04_optimization": "surface", "05_gradient_descent": "race",
    "06_what_goes_wrong": "basins", "07_neural_networks": "regions", "08_backpropagation": "formula",
    "09_backprop_through_layers": "layer", "10_train_a_network": "playground",
}  # fmt: skip
# What there is of each notebook besides its page, and in which folder of the site.
KINDS = {"Slides": "slides", "Handout": "handouts/student", "Instructor's version": "handouts/instructor"}
THUMB = (480, 300)  # pixels at most; shown at half of that and sharp on a dense screen


def read(notebook: Path) -> dict:
    """Read a built notebook."""
    return json.loads(notebook.read_text(encoding="utf-8"))


def title(notebook: dict) -> tuple[str, str]:
    """Give the two halves of a notebook's title, as in ("01 Linear classifier", "from numbers to scores")."""
    first, _, second = "".join(notebook["cells"][0]["source"]).split("\n")[0].lstrip("# ").partition(": ")
    return first, second


def telling(notebook: dict, stem: str, word: str, shelf: Shelf) -> Shown:
    """Give the figure of a notebook that goes by this word. Raises ValueError where there is none."""
    found = {it.word: it for it in figures(notebook, stem, shelf).values()}
    if word not in found:
        raise ValueError(f"{stem} has no figure called {word}; expected one of {', '.join(found)} (tools/home.py)")
    return found[word]


def opening(folder: Path, shelf: Shelf) -> str:
    """Write the figure that the page opens with."""
    stem, word = OPENING
    shown = telling(read(folder / f"{stem}.ipynb"), stem, word, shelf)
    return f'<div class="lu-opening">{shown.html("", within_the_site(f"{stem}.ipynb"), opens=True)}</div>'


def decks(folder: Path) -> str:
    """Write the table of what there is of each notebook for a lecture: its slides, and its two handouts."""
    rows = []
    for path in sorted(folder.glob("*.ipynb")):
        name, about = (escape(part, quote=False) for part in title(read(path)))
        links = "".join(
            f'<td><a href="../{there}/{path.stem}.html" aria-label="{what} of {name}">{what}</a></td>'
            for what, there in KINDS.items()
        )
        rows.append(f'<tr><th scope="row">{name} <span>{about}</span></th>{links}</tr>')
    return f'<table class="table lu-decks"><tbody>{"".join(rows)}</tbody></table>'


def cards(folder: Path) -> str:
    """Write a card for each notebook: its telling picture, its title, and what it is about."""
    made = []
    for path in sorted(folder.glob("*.ipynb")):
        name, about = title(read(path))
        made.append(
            f'<li><a href="notebooks/{path.stem}.html"><img src="figures/{path.stem}/thumb.webp" alt="A figure of it" '
            f'width="{THUMB[0] // 2}" height="{THUMB[1] // 2}" loading="lazy">'
            f"<b>{escape(name, quote=False)}</b> <span>{escape(about, quote=False)}</span></a></li>"
        )
    return f'<ul class="lu-cards">{"".join(made)}</ul>'
