"""Which of two predictions is better depends on the loss.

Each loss draws its own map of the predictions that beat the first one.
"""

from collections.abc import Sequence

import numpy as np
from contourpy import contour_generator
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from numpy.typing import ArrayLike

from lectureutils import plots, style
from lectureutils.figures.loss_functions.values import example
from lectureutils.live import LiveFigure, Narrow, Widget, grid, matrix, put, row
from lectureutils.losses import LOSSES, SHARES


class RankFigure(LiveFigure):
    """Compare two predictions of three scores under all four losses; drag either one, and see who wins where.

    Each panel is a map for one loss: shaded where a second prediction with these two scores would beat the first, grey
    where both are equally good. The third class's score is a slider. Slide topic: does a loss function matter?
    """

    size = (700, 420)
    narrow = Narrow(440, columns=2)
    x_range, y_range = (0.4, 1.6), (-0.3, 0.3)  # twice as wide as high, like the panels

    def __init__(self, first: ArrayLike, second: ArrayLike, y: int, class_names: Sequence[str]):
        first, self.y, self.names = example(first, y, class_names, "first")
        second, _, _ = example(second, y, class_names, "second")
        if len(self.names) != 3:
            raise ValueError(f"first: got {len(self.names)} scores, expected 3: the map shows two, a slider the third")
        self.across, (self.up, self.rest) = self.y, (c for c in range(3) if c != self.y)
        self.grid = self._grid()
        super().__init__(matrix("first", first, -0.5, 1.6, 0.005), matrix("second", second, -0.5, 1.6, 0.005))

    def _grid(self) -> np.ndarray:
        """Return predictions (rows, columns, 3), one for each cell of the map; the third score is filled in later."""
        x, y = np.linspace(*self.x_range, 145), np.linspace(*self.y_range, 73)
        cells = np.zeros((len(y), len(x), 3))
        cells[:, :, self.across], cells[:, :, self.up] = x, y[:, None]
        return cells

    def arrange(self) -> Widget:
        first, second = self.parts
        rows = [["", *self.names], ["first ●", *first.inputs], ["second ■", *second.inputs]]
        return row(grid(rows), self.reset_button)

    def draw(self, fig: Figure) -> None:
        fig.suptitle("Blue: here the second prediction (■) beats the first (●). Grey: a tie", x=0.008, ha="left")
        self.note = fig.supxlabel(" ", fontsize=style.size(style.SMALL), color=style.GREY, x=0.01, ha="left")
        panels = fig.subplots(2, 2, sharex=True, sharey=True)
        for below, left in zip(panels[1], panels[:, 0], strict=True):
            below.set_xlabel(f"score of {self.names[self.across]} (the truth)")
            left.set_ylabel(f"score of {self.names[self.up]}")
        self.panels = dict(zip(LOSSES, panels.flat, strict=True))
        look = {"size": 9, "markeredgecolor": "white", "zorder": 2}
        self.maps, self.firsts, self.seconds, self.signs = {}, {}, {}, {}
        for name, axes in self.panels.items():
            axes.set(xlim=self.x_range, ylim=self.y_range, title=name)
            self.maps[name] = Winners(self, axes)
            across = 0.57 if self.is_narrow else 0.27
            self.signs[name] = plots.Numbers(axes, [(0.4 + across * style.current_scale(), -0.25)])
            self.moving(self.signs[name])
            self.firsts[name] = self.dot(axes, "o", style.BLUE, **look)
            self.seconds[name] = self.dot(axes, "s", style.RED, **look)

    def update(self, first: np.ndarray, second: np.ndarray) -> str:
        self.grid[:, :, self.rest] = second[self.rest]
        elsewhere = abs(first[self.rest] - second[self.rest]) > 1e-9
        self.note.set_text(self._say_slice(first[self.rest], second[self.rest]))
        cells, shown, said = self.grid.reshape(-1, 3), [self.across, self.up], {"<": [], ">": [], "=": []}
        for name, shares in SHARES.items():
            one, two = shares(np.array([first, second]), np.full(2, self.y)).sum(axis=1)
            gain = one - shares(cells, np.full(len(cells), self.y)).sum(axis=1)
            self.maps[name].set(self.grid[0, :, self.across], self.grid[:, 0, self.up], gain)
            put(self.firsts[name], first[shown])
            self.firsts[name].set(markerfacecolor=style.PAPER if elsewhere else style.BLUE)
            self.firsts[name].set_markeredgecolor(style.BLUE if elsewhere else style.PAPER)
            put(self.seconds[name], second[shown])
            sign = "=" if abs(one - two) < 1e-9 else "<" if one < two else ">"
            self.signs[name].set_texts([f"{one:.4f} {sign} {two:.4f}"])
            said[sign].append(f"{name} ({one:.4f} against {two:.4f})")
        verdicts = {"<": "The first is better by", ">": "The second is better by", "=": "A tie by"}
        off = [mark for mark, scores in (("●", first), ("■", second)) if not self.on_the_maps(*scores[shown])]
        beside = [f"Outside the maps: {' and '.join(off)}."] if off else []
        return " ".join([*(f"{verdicts[sign]} {', '.join(names)}." for sign, names in said.items() if names), *beside])

    def on_the_maps(self, x: float, y: float) -> bool:
        """Say whether a prediction with these two scores lies within the axes."""
        return self.x_range[0] <= x <= self.x_range[1] and self.y_range[0] <= y <= self.y_range[1]

    def _say_slice(self, first: float, second: float) -> str:
        """Say which third score the maps are for: with another one, the first prediction lies beside them."""
        third = self.names[self.rest]
        if abs(first - second) < 1e-9:
            return f"All with {third} at {second:.2f}."
        return f"Maps with {third} at {second:.2f}, as ■ has it. ○ has {first:.2f}, so it need not lie on a border."

    def grab(self, axes: Axes, x: float, y: float) -> str | None:
        points = {name: self.values[name][[self.across, self.up]] for name in ("second", "first")}
        return next((name for name, point in points.items() if self.near(axes, point, x, y) < self.reach), None)

    def drag(self, held: str, x: float, y: float) -> None:
        scores = self.values[held]
        scores[self.across], scores[self.up] = np.clip(x, *self.x_range), np.clip(y, *self.y_range)
        self.set(**{held: scores})


class Winners:
    """Where a gain is positive, and where it is zero: two areas and their border, smooth at any size."""

    def __init__(self, figure: LiveFigure, axes: Axes):
        looks = ((style.PALE, 0.1), (style.pale(style.SKY, 0.7), 0.2))
        self.tie, self.second = (
            PathPatch(Path(np.empty((0, 2))), facecolor=color, linewidth=0, zorder=zorder) for color, zorder in looks
        )
        figure.moving(axes.add_patch(self.tie), axes.add_patch(self.second))
        self.border = figure.curve(axes, style.INK, linewidth=1.4 * style.current_scale(), zorder=1)

    def set(self, x: np.ndarray, y: np.ndarray, gain: np.ndarray) -> None:
        """Show the gain at all x (K,) and y (M,), in any shape of M K numbers."""
        gain = gain.reshape(len(y), len(x))
        gain = np.where(np.abs(gain) < 1e-9, 0, gain)
        lines = contour_generator(x, y, gain, line_type="ChunkCombinedNan", fill_type="OuterCode")
        zero = gain == 0
        plateau = (zero[1:, 1:] & zero[1:, :-1] & zero[:-1, 1:] & zero[:-1, :-1]).any()  # elsewhere a tie is a line
        put_area(self.tie, *(lines.filled(-1e-9, 1e-9) if plateau else ([], [])))
        put_area(self.second, *lines.filled(1e-9, np.inf))
        borders = [part for level in (-1e-9, 1e-9) for part in lines.lines(level)[0] if part is not None]
        put(self.border, np.concatenate([[*part, (np.nan, np.nan)] for part in borders]) if borders else [])


def put_area(patch: PathPatch, corners: list, codes: list) -> None:
    """Let a patch fill the polygons that contourpy gives; none empty it."""
    patch.set_path(Path(np.concatenate(corners), np.concatenate(codes)) if corners else Path(np.empty((0, 2))))
