"""A slope can be measured entry by entry, and it can be followed downhill.

The first two figures measure: the lecture's table, one entry a step, and the error for every step size h. The third
one walks: gradient descent on two losses at once, from the same start, with the same learning rate.
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from lectureutils import plots, style
from lectureutils.figures.optimization.measured import ALL_DIGITS, _example, cut, measure
from lectureutils.figures.optimization.norm_loss import norm_gradient
from lectureutils.figures.shared.words import say_slope
from lectureutils.live import LiveFigure, Player, Widget, column, log_slider, row, slider, toggle

Array = np.ndarray
MOST_SHOWN = 12  # decimals of a loss


class NumericalGradientFigure(LiveFigure):
    """Fill in the lecture's table of the numerical gradient, one entry at each step.

    At first as on the slides: h = 0.001, losses with four digits. With `switches` the reader gets at the slides'
    habits, sees the true gradient beside the measured one, and can take the habits away one by one.
    Slide topic: numerical gradient, entry by entry.
    """

    size = (700, 380)

    def __init__(self, W: Array, x: Array, y_star: Array, class_names: Sequence[str], switches: bool = False):
        self.W, self.x, self.y_star = _example(W, x, y_star)
        self.names, self.switches = tuple(class_names), switches
        self.true = norm_gradient(self.W, self.x, self.y_star)
        self.entry = slider("entry", 2 if switches else 0, 0, self.W.size, 1, label="Entries")
        habits = (
            toggle("cut_base", True, label="Cut the scores of the base loss"),
            toggle("leave_steps", True, label="Don't undo the step"),
            slider("digits", 4, 3, ALL_DIGITS, 1, label="Digits kept"),
            log_slider("h", 0.001, 1e-12, 1.0, label="Step h"),
        )
        super().__init__(self.entry, *(habits if switches else ()), Player(tick_ms=700))

    def arrange(self) -> Widget:
        entry, *habits, player = self.parts
        rows = [[player, entry], habits[:2], habits[2:]]
        widgets = [[part.widget for part in parts] for parts in rows if parts]
        widgets[0].append(self.reset_button)
        return column(*(row(*line) for line in widgets))

    def draw(self, fig: Figure) -> None:
        tables = 3 if self.switches else 2
        grid = fig.add_gridspec(2, tables, height_ratios=[3, 2.6])
        columns = [f"x[{j}]" for j in range(len(self.x))]
        titles = ["W, with the step", "dW, measured", "dW, true"][:tables]
        self.tables, self.frames, zoom = [], [], style.current_scale()
        for k, title in enumerate(titles):
            axes = fig.add_subplot(grid[0, k])
            axes.set_title(title, pad=22 * style.current_scale())
            self.tables.append(plots.cells(axes, self.names if k == 0 else [""] * len(self.names), columns)[1])
            self.tables[-1].size = (10 if tables == 2 else 8.5) * zoom  # fits its cell
            look = {"facecolor": "none", "edgecolor": style.INK, "linewidth": 2.5 * zoom, "zorder": 4, "clip_on": False}
            self.frames.append(axes.add_patch(Rectangle((0, 0), 1, 1, **look)))
        below = fig.add_subplot(grid[1, :])
        below.set_title("The scores, and their distance L to the wanted ones", pad=22 * style.current_scale())
        rows, heads = ["at W", "with the step", "slope"], [*self.names, "L"]
        self.losses = plots.cells(below, rows, heads)[1]
        self.moving(*self.tables, *self.frames, self.losses)

    def update(
        self, entry: int, h: float = 0.001, digits: int = 4, cut_base: bool = True, leave_steps: bool = True
    ) -> None:
        self.h, self.count, shape = h, int(entry), self.W.shape
        self.decimals = min(digits, MOST_SHOWN)  # of the losses
        habits = {"digits": digits, "cut_base": cut_base, "leave_steps": leave_steps}
        places = [np.unravel_index(k, shape) for k in range(max(self.count, 1))]
        steps = [measure(self.W, self.x, self.y_star, place, h, **habits) for place in places]
        self.place, self.now = tuple(int(i) for i in places[-1]), steps[-1]
        self.slopes = np.array([step.slope for step in steps[: self.count]])
        self._write_tables()
        self._write_losses(cut_base)

    def _write_tables(self) -> None:
        row, column = self.place
        for frame in self.frames:
            frame.set_xy((column, row))
            frame.set_visible(self.count > 0)
        moved = (self.now.W != self.W) & (self.count > 0)
        self.tables[0].set_texts(
            [f"{w:.4g}+h" if m else f"{w:.4g}" for w, m in zip(self.W.flat, moved.flat, strict=True)]
        )
        self.tables[0].set_colors([style.RED if m else style.INK for m in moved.flat])
        blank = [""] * (self.W.size - self.count)
        self.tables[1].set_texts([say_slope(slope, self.switches) for slope in self.slopes] + blank)
        if self.switches:
            self.tables[2].set_texts([say_slope(slope, True) for slope in self.true.flat])

    def _write_losses(self, cut_base: bool) -> None:
        base = cut(self.W @ self.x) if cut_base else self.W @ self.x
        first = [f"{s:.3f}" if cut_base else f"{s:.6g}" for s in base] + [f"{self.now.base:.{self.decimals}f}"]
        after = [f"{s:.6g}" for s in self.now.scores] + [f"{self.now.stepped:.{self.decimals}f}"]
        slope = ["", "", "", say_slope(self.now.slope)] if self.count else [""] * 4
        self.losses.set_texts(first + (after if self.count else [""] * 4) + slope)

    def describe(self) -> str:
        if not self.count:
            return f"L(W) = {self.now.base:.4f}. Nothing is measured yet: press Step."
        slope, exact = self.now.slope, self.decimals == MOST_SHOWN
        base, after = (f"{loss:.{self.decimals}f}" for loss in (self.now.base, self.now.stepped))
        slope = f"{slope:.6f}" if exact and abs(slope) < 100 else say_slope(slope)
        text = f"dW[{', '.join(map(str, self.place))}] = ({after} - {base}) / {self.h:.3g} = {slope}."
        if not self.switches:
            return f"{text} {self.count} of {self.W.size} entries are measured."
        wrong = np.abs(self.slopes - self.true.flat[: self.count])
        return (
            f"{text} The true slope is {self.true[self.place]:.6f}. Largest error of the {self.count} measured "
            f"entries: {wrong.max():.2g}."
        )

    def advance(self) -> bool:
        self.set(entry=min(self.entry.value + 1, self.W.size))
        return self.entry.value < self.W.size

    def rewind(self) -> None:
        self.set(entry=0)
