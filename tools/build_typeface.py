"""Build lectureutils/data/files/Inter-*.ttf: the letters that the figures are written in, cut from the typeface Inter.

Run from the repository's root, with npm installed:

    .venv/bin/python -m tools.build_typeface

It downloads a pinned npm package, keeps Latin, Greek, arrows and the signs of the figures, gives digits one width
(numbers that change would tremble otherwise), and notes the result in LICENSES.md. It takes some seconds and gives the
same bytes each time. The family gets a name of its own, so that an Inter which a machine has never takes its place.
"""

import io
import tempfile
from pathlib import Path
from tarfile import TarFile

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from lectureutils.typeface import FAMILY, FILES
from tools import datafiles

PACKAGE, VERSION = "inter-ui", "4.1.1"
LETTERS = [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x391, 0x3CA), *range(0x2010, 0x2027)]
SIGNS = "′″‖√∂∑∏∞∫≈≠≤≥−×·÷←↑→↓↔■□▲△▼▽◆◇○●★☆✓✗₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹⁻"


def main() -> None:
    """Build each weight and note it."""
    with tempfile.TemporaryDirectory() as folder, datafiles.npm_package(PACKAGE, VERSION, Path(folder)) as package:
        datafiles.write("OFL-1.1.txt", read(package, "LICENSE.txt"))
        for name in FILES:
            datafiles.write(name, cut(read(package, f"web/{Path(name).stem}.woff2")))


def read(package: TarFile, member: str) -> bytes:
    """Return the content of one file of an npm package."""
    file = package.extractfile(f"package/{member}")
    if file is None:
        raise ValueError(f"{PACKAGE} {VERSION} has no {member}; expected the layout of 4.1")
    return file.read()


def cut(font: bytes) -> bytes:
    """Keep the characters that figures use, digits of one width, and no layout tables: matplotlib reads none."""
    whole = TTFont(io.BytesIO(font), recalcTimestamp=False)
    one_width(whole)
    options = Options(layout_features=[], hinting=False, notdef_outline=True, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14])
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "STAT"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[*LETTERS, *map(ord, SIGNS)])
    subsetter.subset(whole)
    rename(whole)
    whole.flavor = None
    small = io.BytesIO()
    whole.save(small)
    return small.getvalue()


def one_width(font: TTFont) -> None:
    """Let each character point at its glyph of the feature `tnum`, tabular numbers, where there is one."""
    table = font["GSUB"].table
    lookups = {
        index
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "tnum"
        for index in record.Feature.LookupListIndex
    }
    swap = {}
    for index in lookups:
        for part in table.LookupList.Lookup[index].SubTable:
            swap |= getattr(part, "ExtSubTable", part).mapping
    for subtable in font["cmap"].tables:
        digits = {code: swap[glyph] for code, glyph in subtable.cmap.items() if chr(code).isdigit() and glyph in swap}
        subtable.cmap.update(digits)


def rename(font: TTFont) -> None:
    """Give the family its own name; the style keeps its."""
    style = font["name"].getDebugName(17) or font["name"].getDebugName(2)
    full = f"{FAMILY} {style}"
    names = {1: FAMILY, 2: style, 3: full, 4: full, 6: full.replace(" ", "")}
    for entry in font["name"].names:
        if entry.nameID in names:
            entry.string = names[entry.nameID]


if __name__ == "__main__":
    main()
