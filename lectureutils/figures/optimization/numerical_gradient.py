"""The gradient measured entry by entry: step in one weight, write down the slope, go on to the next.

The table fills as on the lecture's slides, and on request without what they do wrong.
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from lectureutils import plots, style
from lectureutils.figures.optimization.measured import ALL_DIGITS, Measured, cut, example, measure
from lectureutils.figures.optimization.norm_loss import norm_gradient
from lectureutils.figures.shared.words import are, say_slope
from lectureutils.live import LiveFigure, Narrow, Player, log_slider, slider, toggle

Array = np.ndarray
MOST_SHOWN = 12  # decimals of a loss


class NumericalGradientFigure(LiveFigure):
    """Fill in the lecture's table of the numerical gradient, one entry at each step.

    At first as on the slides: h = 0.001, losses with four digits. With `switches` the reader gets at the slides'
    habits, sees the true gradient beside the measured one, and can take the habits away one by one.
    Slide topic: numerical gradient, entry by entry.
    """

    size = (700, 380)
    narrow = Narrow(560)

    def __init__(self, W: Array, x: Array, y_star: Array, class_names: Sequence[str], switches: bool = False):
        self.W, self.x, self.y_star = example(W, x, y_star)
        self.names, self.switches = tuple(class_names), switches
        self.true = norm_gradient(self.W, self.x, self.y_star)
        self.layout = "player entry reset" + (" / cut_base leave_steps / digits h" if switches else "")
        self.telling = {} if switches else {"entry": self.W.size}  # with the switches it is for the reader to find
        entry = slider("entry", 2 if switches else 0, 0, self.W.size, 1, label="Entries")
        habits = (
            toggle("cut_base", True, label="Cut the scores of the base loss"),
            toggle("leave_steps", True, label="Don't undo the step"),
            slider("digits", 4, 3, ALL_DIGITS, 1, label="Digits kept"),
            log_slider("h", 0.001, 1e-12, 1.0, label="Step h"),
        )
        super().__init__(entry, *(habits if switches else ()), Player(700, "entry"))

    def draw(self, fig: Figure) -> None:
        titles = ["W, with the step", "dW, measured", *(["dW, true"] if self.switches else [])]
        grid = fig.add_gridspec(2, len(titles), height_ratios=[3, 2.6])
        columns = [f"x[{j}]" for j in range(len(self.x))]
        self.tables, self.frames, zoom = [], [], style.current_scale()
        for k, title in enumerate(titles):
            axes = fig.add_subplot(grid[0, k])
            axes.set_title(title, pad=22 * zoom)
            self.tables.append(plots.cells(axes, self.names if k == 0 else [""] * len(self.names), columns)[1])
            self.tables[-1].size = (8.5 if self.switches else 10) * zoom  # fits its cell
            look = {"facecolor": "none", "edgecolor": style.INK, "linewidth": 2.5 * zoom, "zorder": 4, "clip_on": False}
            self.frames.append(axes.add_patch(Rectangle((0, 0), 1, 1, **look)))
        below = fig.add_subplot(grid[1, :])
        below.set_title("The scores, and their distance L to the wanted ones", pad=22 * zoom)
        self.losses = plots.cells(below, ["at W", "with the step", "slope"], [*self.names, "L"])[1]
        self.moving(*self.tables, *self.frames, self.losses)

    def update(
        self, entry: int, h: float = 0.001, digits: int = 4, cut_base: bool = True, leave_steps: bool = True
    ) -> str:
        habits = {"digits": digits, "cut_base": cut_base, "leave_steps": leave_steps}
        places = list(np.ndindex(self.W.shape))[: max(entry, 1)]
        steps = [measure(self.W, self.x, self.y_star, place, h, **habits) for place in places]
        slopes, decimals = np.array([step.slope for step in steps[:entry]]), min(digits, MOST_SHOWN)
        self._write_tables(places[-1], steps[-1].W, slopes)
        self._write_losses(steps[-1], entry > 0, decimals, cut_base)
        if not entry:
            return f"L(W) = {steps[-1].base:.4f}. Nothing is measured yet: press Step."
        text = f"dW[{', '.join(map(str, places[-1]))}] = {say_division(steps[-1], decimals, h)}."
        if not self.switches:
            return f"{text} {entry} of {self.W.size} entries {are(entry)} measured."
        wrong = np.abs(slopes - self.true.flat[:entry])
        return (
            f"{text} The true slope is {self.true[places[-1]]:.6f}. Largest error of the {entry} measured "
            f"entries: {wrong.max():.2g}."
        )

    def _write_tables(self, place: tuple[int, ...], W: Array, slopes: Array) -> None:
        measured = len(slopes) > 0
        for frame in self.frames:
            frame.set_xy(place[::-1])
            frame.set_visible(measured)
        moved = (self.W != W).ravel() & measured
        self.tables[0].set_texts([f"{w:.4g}{'+h' if m else ''}" for w, m in zip(self.W.flat, moved, strict=True)])
        self.tables[0].set_colors([style.readable(style.RED) if m else style.INK for m in moved])
        blank = [""] * (self.W.size - len(slopes))
        self.tables[1].set_texts([say_slope(slope, self.switches) for slope in slopes] + blank)
        if self.switches:
            self.tables[2].set_texts([say_slope(slope, True) for slope in self.true.flat])

    def _write_losses(self, now: Measured, measured: bool, decimals: int, cut_base: bool) -> None:
        blank = [""] * len(self.names)
        base = [f"{s:.3f}" for s in cut(self.W @ self.x)] if cut_base else [f"{s:.6g}" for s in self.W @ self.x]
        first = [*base, f"{now.base:.{decimals}f}"]
        after = [*(f"{s:.6g}" for s in now.scores), f"{now.stepped:.{decimals}f}"]
        slope = [*blank, say_slope(now.slope)]
        self.losses.set_texts(first + (after + slope if measured else 2 * [*blank, ""]))


def say_division(now: Measured, decimals: int, h: float) -> str:
    """Write out how the slope was measured: `(1.6693 - 1.6688) / 0.001 = 0.5`."""
    exact = decimals == MOST_SHOWN and abs(now.slope) < 100
    slope = f"{now.slope:.6f}" if exact else say_slope(now.slope)
    return f"({now.stepped:.{decimals}f} - {now.base:.{decimals}f}) / {h:.3g} = {slope}"
