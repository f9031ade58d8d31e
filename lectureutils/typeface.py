"""The letters that figures are written in: Inter, a typeface made for screens, cut down and shipped with the package.

Nothing is registered at import: matplotlib learns the three files when the first figure is drawn. Characters that they
lack come from DejaVu Sans, which matplotlib brings.
"""

import functools
from pathlib import Path

FAMILY = "Inter Lecture"
FILES = ("Inter-Regular.ttf", "Inter-SemiBold.ttf", "Inter-Italic.ttf")
FAMILIES = [FAMILY, "DejaVu Sans"]

_FOLDER = Path(__file__).parent / "data" / "files"


@functools.cache
def register() -> None:
    """Make the typeface known to matplotlib in this process, once; its settings stay as they are."""
    from matplotlib.font_manager import fontManager

    for name in FILES:
        fontManager.addfont(_FOLDER / name)
