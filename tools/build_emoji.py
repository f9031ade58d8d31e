"""Build lectureutils/data/files/emoji.npz: emoji of five classes, rendered to 50 x 50 RGBA.

Run from the repository's root, with npm and rsvg-convert (Debian: librsvg2-bin) installed:

    .venv/bin/python -m tools.build_emoji

It downloads seven pinned @iconify-json packages, draws the pictures listed below and notes the result in
LICENSES.md. It takes half a minute and gives the same bytes each time.
"""

import io
import json
import subprocess
import tempfile
from pathlib import Path
from tarfile import TarFile

import numpy as np
from PIL import Image

from tools import datafiles

SIZE = 50

# set -> (version, vendor). The vendor is who drew it: two sets of one vendor look alike, so a split by vendor
# must keep them together.
SETS = {
    "emojione": ("1.2.3", "EmojiOne"),
    "fluent-emoji": ("1.2.7", "Microsoft"),
    "fluent-emoji-flat": ("1.2.6", "Microsoft"),
    "fxemoji": ("1.2.2", "Mozilla"),
    "noto": ("1.2.9", "Google"),
    "noto-v1": ("1.2.5", "Google"),
    "twemoji": ("1.2.5", "Twitter"),
}

# One picture has several names, because each set has its own spelling. A set that lacks one is skipped.
SPRITES = {
    "cat": [
        "black-cat",
        "cat",
        "cat-face",
        "cat-with-tears-of-joy",
        "cat-with-wry-smile",
        "crying-cat",
        "grinning-cat",
        "grinning-cat-with-smiling-eyes",
        "kissing-cat",
        "pouting-cat",
        "smiling-cat-with-heart-eyes",
        "weary-cat",
        "cat-face-with-tears-of-joy",
        "cat-face-with-wry-smile",
        "crying-cat-face",
        "grinning-cat-face",
        "grinning-cat-face-with-smiling-eyes",
        "kissing-cat-face",
        "pouting-cat-face",
        "smiling-cat-face-with-heart-eyes",
        "weary-cat-face",
        "catside",
    ],
    "car": [
        "automobile",
        "oncoming-automobile",
        "oncoming-police-car",
        "oncoming-taxi",
        "pickup-truck",
        "police-car",
        "racing-car",
        "sport-utility-vehicle",
        "taxi",
        "oncomingautomobile",
        "oncomingpolicecar",
        "policecar",
        "racecar",
        "recreationalvehicle",
    ],
    "airplane": ["airplane", "airplane-arrival", "airplane-departure", "small-airplane"],
    "ship": ["ferry", "motor-boat", "passenger-ship", "sailboat", "ship", "speedboat"],
    "flower": [
        "blossom",
        "cherry-blossom",
        "hibiscus",
        "hyacinth",
        "lotus",
        "rose",
        "sunflower",
        "tulip",
        "cherryblossom",
    ],
}


def build() -> None:
    """Render all sprites, class by class, set by set, name by name, and write them."""
    with tempfile.TemporaryDirectory() as folder:
        icons = {name: icon_set(name, Path(folder)) for name in SETS}
    chosen = [
        (label, name, sprite)
        for label, sprites in enumerate(SPRITES.values())
        for name in SETS
        for sprite in sorted(sprites)
        if sprite in icons[name]["icons"]
    ]
    # Keyed by the pixels, so that a picture that comes under two names stays once: in both halves of a split
    # it would be a test question that was printed in the textbook.
    pictures = {}
    for label, name, sprite in chosen:
        picture = render(svg(icons[name], sprite))
        pictures.setdefault(picture.tobytes(), (picture, label, SETS[name][1], name, sprite))
    images, y, vendors, sets, names = map(np.array, zip(*pictures.values(), strict=True))
    datafiles.write_npz(
        "emoji.npz",
        images=images,
        y=y.astype(np.uint8),
        class_names=np.array(list(SPRITES)),
        vendors=vendors,
        sets=sets,
        names=names,
    )


def icon_set(name: str, folder: Path) -> dict:
    """Download one set and return its icons.json."""
    with datafiles.npm_package(f"@iconify-json/{name}", SETS[name][0], folder) as package:
        return json.loads(read(package, "package/icons.json"))


def read(package: TarFile, member: str) -> bytes:
    """Return the content of one file of an npm package."""
    file = package.extractfile(member)
    if file is None:
        raise ValueError(f"{package.name}: {member} is no file, expected one. Check the package's version.")
    return file.read()


def svg(icons: dict, name: str) -> str:
    """Return the icon `name` as an SVG document, centred in a square."""
    icon = icons["icons"][name]
    left, top, width, height = (
        icon.get(key, icons.get(key, default))
        for key, default in (("left", 0), ("top", 0), ("width", 16), ("height", 16))
    )
    side = max(width, height)
    box = f"{left - (side - width) / 2} {top - (side - height) / 2} {side} {side}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{side}" height="{side}" viewBox="{box}">{icon["body"]}</svg>'
    )


def render(document: str) -> np.ndarray:
    """Draw an SVG document as an array (50, 50, 4) of uint8: red, green, blue, alpha."""
    command = ["rsvg-convert", "--width", str(SIZE), "--height", str(SIZE), "--format", "png"]
    png = subprocess.run(command, input=document.encode(), check=True, capture_output=True).stdout
    picture = np.array(Image.open(io.BytesIO(png)).convert("RGBA"))
    picture[picture[..., 3] == 0] = 0  # what can't be seen has one value only: it packs better
    return picture


if __name__ == "__main__":
    build()
