"""How figures look: one palette, one set of marks, one typeface in a few sizes.

The colours are Okabe and Ito's, darkened until each stands out from paper by 3:1, as a line has to; readers with any
common colour vision can tell them apart (tested). A word needs 4.5:1 and gets its colour from `readable`. Every class
also has a marker and a hatch of its own, so that colour is never the only cue. Nothing here touches matplotlib's
global settings: a figure is drawn inside `settings()`, and everything outside keeps its own look.
"""

import contextlib
from collections.abc import Iterator

import matplotlib
import numpy as np
from matplotlib.colors import to_hex, to_rgb

from lectureutils import typeface

BLUE, ORANGE, GREEN, PURPLE, SKY, RED = "#005F9E", "#845800", "#009E73", "#C46A9B", "#3B9BD9", "#D55E00"
AMBER = "#F5B83D"  # only to fill: what is chosen or can be held, always with an edge of INK
# One meaning, one colour, in graph, matrix and plot; each has a second cue beside it: a dash, a marker, a name.
VALUE, GRADIENT, TRUTH, PREDICTION, BEST = BLUE, RED, GREEN, BLUE, GREEN
SEEN, HELD_OUT = BLUE, RED
CLASS_COLORS = (BLUE, RED, GREEN, PURPLE, ORANGE)
CLASS_MARKERS = ("o", "s", "^", "D", "v")
CLASS_HATCHES = ("", "///", "--", "xx", "\\\\")  # dots take five times as long to draw
DASHES = ("-", "--", "-.", ":", (0, (6, 1.5, 1, 1.5, 1, 1.5)))
INK, GREY, PALE, PAPER = "#1f2328", "#5f6368", "#dfe1e5", "#ffffff"
FRAME = "#80868b"  # the lines of axes: quieter than data
# Sizes, as parts of the size of labels: a word in the picture, the title.
SMALL, TITLE = 0.9, 1.1

_scale = 1.0


def projector(scale: float = 1.5) -> None:
    """Enlarge every figure drawn from now on, with its text and lines, by the factor `scale`; 1 is the normal size.

    In JupyterLab and Notebook a figure is never so large that the window does not hold it with its controls.

    Raises ValueError when the factor is not between 0.5 and 3.
    """
    global _scale
    if not 0.5 <= scale <= 3:
        raise ValueError(f"scale is {scale!r}; expected a factor from 0.5 to 3, for example projector(1.5)")
    _scale = float(scale)


def current_scale() -> float:
    """Return the factor that `projector` set last; 1.0 to begin with."""
    return _scale


@contextlib.contextmanager
def at(scale: float) -> Iterator[None]:
    """Draw with another factor than that of `projector` inside a `with` block."""
    global _scale
    before, _scale = _scale, scale
    try:
        yield
    finally:
        _scale = before


def size(share: float = 1.0) -> float:
    """Return the size of words in points, as a share of the size of labels: `size(SMALL)`."""
    return 10 * share * _scale


def pale(color: str, share: float = 0.25) -> tuple[float, float, float]:
    """Mix a colour with white: `share` of the colour, the rest paper. Returns RGB in 0..1."""
    red, green, blue = (1 - share * (1 - channel) for channel in to_rgb(color))
    return red, green, blue


def faint(color: str, least: float = 3.0) -> str:
    """Mix a colour with paper as far as a thin line may be: 3:1. For what was, and what is still to come."""
    shades = (to_hex(pale(color, share)) for share in np.linspace(0.3, 1, 36))
    return next((shade for shade in shades if contrast(shade) >= least), to_hex(color))


def contrast(color: str | tuple, ground: str | tuple = PAPER) -> float:
    """Measure how far two colours stand apart: (L1 + 0.05) / (L2 + 0.05), from 1 to 21.

    L1 and L2 are the relative luminances, the lighter first. Source: WCAG 2.2, "contrast ratio".
    """
    dark, light = sorted(map(_luminance, (color, ground)))
    return (light + 0.05) / (dark + 0.05)


def readable(color: str | tuple, ground: str | tuple = PAPER, least: float = 4.5) -> str:
    """Darken a colour, or lighten it on a dark ground, as little as it takes to be read there: 4.5:1 for a word.

    Gives black or white where no shade of the colour reaches that.
    """
    end = 0.0 if contrast("#000000", ground) > contrast("#ffffff", ground) else 1.0
    for share in np.linspace(0, 1, 41):
        red, green, blue = ((1 - share) * channel + share * end for channel in to_rgb(color))
        if contrast(shade := to_hex((red, green, blue)), ground) >= least:
            return shade
    return to_hex((end, end, end))


def _luminance(color: str | tuple) -> float:
    channels = np.array(to_rgb(color))
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


@contextlib.contextmanager
def settings(scale: float | None = None) -> Iterator[None]:
    """Draw with the series' look inside a `with` block, and with the surrounding one again after it.

    `scale` is the projector's factor; the current one unless given.
    """
    scale = _scale if scale is None else scale
    size = 10 * scale
    typeface.register()
    look = {
        "font.family": typeface.FAMILIES,
        "font.size": size,
        "mathtext.fontset": "custom",
        "mathtext.rm": typeface.FAMILY,
        "mathtext.it": f"{typeface.FAMILY}:italic",
        "mathtext.cal": typeface.FAMILY,  # matplotlib looks for each of them, and warns of what is missing
        "axes.titlesize": TITLE * size,
        "axes.titleweight": 600,
        "axes.titlelocation": "left",
        "axes.titley": 1.0,  # searching for a free place takes a seventh of a full drawing
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.edgecolor": FRAME,
        "axes.labelcolor": INK,
        "axes.linewidth": 0.8 * scale,
        "text.color": INK,
        "xtick.color": FRAME,
        "ytick.color": FRAME,
        "xtick.labelcolor": GREY,
        "ytick.labelcolor": GREY,
        "xtick.major.size": 3 * scale,
        "ytick.major.size": 3 * scale,
        "xtick.minor.size": 0,
        "ytick.minor.size": 0,
        "lines.linewidth": 2 * scale,
        "lines.markersize": 6 * scale,
        "hatch.linewidth": 0.8 * scale,
        "legend.frameon": False,
        "legend.fontsize": SMALL * size,
        "figure.titlesize": TITLE * size,
        "figure.titleweight": 600,
        "figure.facecolor": PAPER,
        "savefig.facecolor": PAPER,
    }
    with matplotlib.rc_context(look):
        yield
