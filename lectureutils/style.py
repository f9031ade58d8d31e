"""How figures look: one palette, one set of marks, one size of type.

Colours are Okabe and Ito's, which readers with any common colour vision can tell apart. Every class also has a
marker and a hatch of its own, so that colour is never the only cue. Nothing here touches matplotlib's global
settings: a figure is drawn inside `settings()`, and everything outside keeps its own look.
"""

import contextlib
from collections.abc import Iterator

import matplotlib
from matplotlib.colors import to_rgb

BLUE, ORANGE, GREEN, PURPLE, SKY, RED = "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00"
CLASS_COLORS = (BLUE, RED, GREEN, PURPLE, ORANGE)
CLASS_MARKERS = ("o", "s", "^", "D", "v")
CLASS_HATCHES = ("", "///", "--", "xx", "\\\\")  # dots take five times as long to draw
DASHES = ("-", "--", "-.", ":", (0, (6, 1.5, 1, 1.5, 1, 1.5)))
INK, GREY, PALE, PAPER = "#222222", "#6b6b6b", "#dddddd", "#ffffff"

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


def pale(color: str, share: float = 0.25) -> tuple[float, float, float]:
    """Mix a colour with white: `share` of the colour, the rest paper. Returns RGB in 0..1."""
    red, green, blue = (1 - share * (1 - channel) for channel in to_rgb(color))
    return red, green, blue


@contextlib.contextmanager
def settings(scale: float | None = None) -> Iterator[None]:
    """Draw with the series' look inside a `with` block, and with the surrounding one again after it.

    `scale` is the projector's factor; the current one unless given.
    """
    scale = _scale if scale is None else scale
    size = 10 * scale
    look = {
        "font.size": size,
        "axes.titlesize": 1.1 * size,
        "axes.titlelocation": "left",
        "axes.titley": 1.0,  # searching for a free place takes a seventh of a full drawing
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.edgecolor": GREY,
        "axes.labelcolor": INK,
        "axes.linewidth": 0.8 * scale,
        "text.color": INK,
        "xtick.color": INK,
        "ytick.color": INK,
        "lines.linewidth": 2 * scale,
        "lines.markersize": 6 * scale,
        "hatch.linewidth": 0.8 * scale,
        "legend.frameon": False,
        "figure.facecolor": PAPER,
        "savefig.facecolor": PAPER,
    }
    with matplotlib.rc_context(look):
        yield
