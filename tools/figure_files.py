"""The files that figures have on the site beside its pages.

recordings/04_optimization/surface.js  what the player plays, and a film (.gif)
figures/04_optimization/surface.png    the picture that stands there before
figures/04_optimization/surface.html   a page with this figure alone, to embed in another
figures/04_optimization/thumb.webp     the notebook's card on the first page
"""

import base64
from html import escape
from pathlib import Path

from PIL import Image

from tools import home
from tools.addresses import ROOT, within_the_site
from tools.recorded import markup
from tools.recorded.shelf import Shelf
from tools.recorded.shown import Shown, figures

ALONE = ROOT / "tools" / "templates" / "figure.html"


def write(out: Path, notebooks: list[Path], shelf: Shelf) -> None:
    """Put the files of all figures of `notebooks` into the built site `out`."""
    for path in notebooks:
        stem, notebook = path.stem, home.read(path)
        shelf.copy(stem, out / "recordings")
        title = " ".join(home.title(notebook))
        for shown in figures(notebook, stem, shelf).values():
            picture = out / "figures" / f"{shown.name}.png"
            picture.parent.mkdir(parents=True, exist_ok=True)
            picture.write_bytes(base64.b64decode(shown.png))
            if shown.is_recorded:
                picture.with_suffix(".html").write_text(alone(shown, title), encoding="utf-8")
            if shown.word == home.TELLING.get(stem):
                thumb(picture).save(picture.with_name("thumb.webp"), quality=80, method=6)


def alone(shown: Shown, title: str) -> str:
    """Write the page of a figure, which needs nothing around it: `title` is its notebook's."""
    stem = shown.name.split("/")[0]
    return ALONE.read_text(encoding="utf-8").format(
        title=escape(f"{shown.word.replace('_', ' ').capitalize()}: a figure of {title}"),
        figure=shown.html("../../", f"../../{within_the_site(f'{stem}.ipynb')}"),
        notebook=f"../../notebooks/{stem}.html",
        name=escape(title),
        script=markup.script("../../_static/player.js", "../../recordings/"),
    )


def thumb(picture: Path) -> Image.Image:
    """Make the small picture of a figure for its notebook's card."""
    image = Image.open(picture).convert("RGB")
    image.thumbnail(home.THUMB, Image.Resampling.LANCZOS)
    return image
