"""The palette stands out from paper, its colours from each other; figures are written in the package's letters."""

import itertools
import subprocess
import sys

import matplotlib
import pytest
from colour_vision import SIGHTS, apart
from fontTools.ttLib import TTFont
from matplotlib.font_manager import FontProperties, findfont

from lectureutils import style, typeface
from tools.house import PACKAGE

PALETTE = {name: getattr(style, name) for name in ("BLUE", "ORANGE", "GREEN", "PURPLE", "SKY", "RED")}


@pytest.mark.parametrize("name", [*PALETTE, "GREY", "INK", "FRAME"])
def test_a_line_in_any_colour_stands_out_from_paper(name):
    assert style.contrast(getattr(style, name)) >= 3


def test_words_in_ink_and_grey_can_be_read():
    assert style.contrast(style.GREY) >= 4.5 and style.contrast(style.INK) >= 7


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(PALETTE, 2)))
def test_two_colours_differ_for_every_colour_vision(one, other):
    for sight in set(SIGHTS) - {"grey"}:
        assert apart(PALETTE[one], PALETTE[other], sight) > 10, sight


def test_the_distance_knows_two_colours_that_look_alike():
    assert apart("#00ff00", "#ffb000", "deuteranopia") < 30 < apart("#00ff00", "#ffb000", "common")
    assert apart("#ff0000", "#008800", "grey") < 10


@pytest.mark.parametrize("ground", [style.PAPER, "#000000", "#fff2b3", style.PALE, "#7a7a7a", style.BLUE, style.GREEN])
def test_a_word_gets_a_shade_of_its_colour_that_can_be_read(ground):
    for color in PALETTE.values():
        assert style.contrast(style.readable(color, ground), ground) >= 4.5
    assert style.readable(style.INK) == style.INK, "what can be read stays as it is"


def test_a_faint_line_is_as_pale_as_a_line_may_be():
    for color in PALETTE.values():
        assert 3 <= style.contrast(style.faint(color)) < 3.2


def test_contrast_is_that_of_wcag():
    assert style.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert style.contrast("#777777") == pytest.approx(4.48, abs=0.005)
    assert style.contrast("#ffffff", "#ffffff") == 1


def test_figures_are_written_in_the_shipped_letters():
    before = dict(matplotlib.rcParams)
    with style.settings():
        for weight, style_, file in ((400, "normal", 0), (600, "normal", 1), (400, "italic", 2)):
            found = findfont(
                FontProperties(family=typeface.FAMILY, weight=weight, style=style_), fallback_to_default=False
            )
            assert found.endswith(typeface.FILES[file])
    assert matplotlib.rcParams == before


def test_digits_have_one_width_and_the_signs_of_the_figures_are_there():
    signs = {sign for path in PACKAGE.rglob("*.py") for sign in path.read_text(encoding="utf-8") if ord(sign) > 126}
    fallback = TTFont(findfont("DejaVu Sans")).getBestCmap()
    for name in typeface.FILES:
        font = TTFont(PACKAGE / "data" / "files" / name)
        letters = font.getBestCmap()
        widths = {font["hmtx"][letters[ord(digit)]][0] for digit in "0123456789"}
        assert len(widths) == 1
        assert {sign for sign in signs if ord(sign) not in letters} <= {chr(code) for code in fallback}
        assert len({"★", "→", "−", "×", "λ", "√", "²"} - {chr(code) for code in letters}) == 0


def test_matplotlib_learns_the_letters_with_the_first_figure_and_not_at_import():
    code = (
        "import lectureutils.figures, lectureutils.style as style\n"
        "from matplotlib.font_manager import fontManager\n"
        "known = lambda: any('Inter-' in font.fname and 'lectureutils' in font.fname for font in fontManager.ttflist)\n"
        "assert not known()\n"
        "with style.settings(): pass\n"
        "assert known()"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
