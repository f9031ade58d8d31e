"""The panel that two figures share: examples, the truth f* and the polynomial f that was learned from them.

The truth is a dashed line, so that it is told from f without colours.
"""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from lectureutils import style
from lectureutils.figures.what_goes_wrong.error_split import Setting, examples, features, truth
from lectureutils.live import LiveFigure, put

Array = np.ndarray


def draw_learned(figure: LiveFigure, axes: Axes, x: Array) -> dict[str, Line2D]:
    """Make the artists of data, truth and fit in one panel; the truth is drawn at the places x."""
    axes.set(xlim=(-1.05, 1.05), ylim=(-2.4, 6), xlabel="x", ylabel="t", title="What was learned?")
    lines = {
        "data": figure.dot(axes, "o", style.SKY, 4, markeredgecolor="auto", zorder=2, label="examples"),
        "truth": figure.curve(axes, style.INK, "--", linewidth=1.8 * style.current_scale(), label="f*, the truth"),
        "fit": figure.curve(axes, style.RED, linewidth=2.4 * style.current_scale(), label="f, learned"),
    }
    put(lines["truth"], x, truth(x))
    return lines


def legend(axes: Axes) -> None:
    """Name what is in the panel, above the data."""
    axes.legend(
        loc="upper left",
        ncols=2,
        fontsize=10 * style.SMALL * style.current_scale(),
        handlelength=1.4,
        columnspacing=1,
        borderpad=0.1,
    )


def show_learned(lines: dict[str, Line2D], setting: Setting, w: Array) -> None:
    """Show the examples of a setting, and the polynomial with the weights w."""
    put(lines["data"], *examples(setting.examples, setting.draw))
    x = lines["truth"].get_xdata()
    put(lines["fit"], x, np.clip(features(x, setting.degree) @ w, -50, 50))
