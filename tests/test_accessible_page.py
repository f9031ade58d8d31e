"""The numbers in docs/accessibility.md are those of the style sheets, computed."""

import re

from lectureutils.live.assets import text_of
from tools.addresses import ROOT

PAGE = (ROOT / "docs" / "accessibility.md").read_text(encoding="utf-8")
GROUNDS = {"light": "#ffffff", "dark": "#111111"}  # of JupyterLab's themes
NEEDED = 3


def luminance(colour: str) -> float:
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (it / 12.92 if it <= 0.04045 else ((it + 0.055) / 1.055) ** 2.4 for it in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_contrast_of_the_ring_is_computed():
    colours = re.findall(r"--lu-ring: (#[0-9a-f]{6})", text_of("ring.css"))
    rows = re.findall(r"^\| (?:.*?) \| `(#\w+)` \| ([\d.]+) : 1 \| (\d) : 1 \|$", PAGE, re.MULTILINE)
    assert len(rows) == 2
    for (colour, said, needed), own, ground in zip(rows, colours, GROUNDS.values(), strict=True):
        assert colour == own and float(said) == round(contrast(own, ground), 2)
        assert int(needed) == NEEDED <= contrast(own, ground)


def test_every_test_that_the_page_names_is_there():
    named = re.findall(r"`(tests/[\w/.]+)`", PAGE)
    assert len(named) > 8
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_keys_that_the_page_names_are_those_of_the_scripts():
    assert 'event.key !== "F8"' in text_of("walk.js") and "<kbd>F8</kbd>" in PAGE
    assert 'event.key !== "n"' in text_of("tables.js") and "<kbd>n</kbd>" in PAGE
    assert 'event.key === "Escape"' in text_of("keys.js") and "<kbd>Esc</kbd>" in PAGE
