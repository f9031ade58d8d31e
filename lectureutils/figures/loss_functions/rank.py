"""What a loss does: to one example, to a whole data set, to a ranking, to outliers, and to what is learned.

A loss here is any function of scores (N, C) and labels y (N,) that returns one number, or a pair that begins with it.
So a figure takes the reader's own function as well as those of `lectureutils.losses`.
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import plots, style
from lectureutils.figures.loss_functions.values import _example
from lectureutils.live import LiveFigure, Widget, grid, matrix, row
from lectureutils.losses import LOSSES, SHARES


class RankFigure(LiveFigure):
    """Compare two predictions of three scores under all four losses; drag either one, and see who wins where.

    Each panel is a map for one loss: shaded where a second prediction with these two scores would beat the first, grey
    where both are equally good. The third class's score is a slider. Slide topic: does a loss function matter?
    """

    size = (700, 420)
    x_range, y_range = (0.4, 1.6), (-0.3, 0.3)  # twice as wide as high, like the panels

    def __init__(self, first: ArrayLike, second: ArrayLike, y: int, class_names: Sequence[str]):
        first, self.y, self.names = _example(first, y, class_names, "first")
        second, _, _ = _example(second, y, class_names, "second")
        if len(self.names) != 3:
            raise ValueError(f"first: got {len(self.names)} scores, expected 3: the map shows two, a slider the third")
        self.across, (self.up, self.rest) = self.y, (c for c in range(3) if c != self.y)
        self.first, self.second = matrix("first", first, -0.5, 1.6, 0.005), matrix("second", second, -0.5, 1.6, 0.005)
        self.grid = self._grid()
        super().__init__(self.first, self.second)

    def _grid(self) -> np.ndarray:
        """Return predictions (rows * columns, 3), one for each cell of the map; the third score is filled in later."""
        x, y = np.linspace(*self.x_range, 145), np.linspace(*self.y_range, 73)
        cells = np.zeros((len(y), len(x), 3))
        cells[:, :, self.across], cells[:, :, self.up] = x, y[:, None]
        return cells

    def draw(self, fig: Figure) -> None:
        fig.suptitle("Blue: here the second prediction (■) beats the first (●). Grey: a tie", fontsize="medium")
        self.panels = dict(zip(LOSSES, fig.subplots(2, 2, sharex=True, sharey=True).flat, strict=True))
        colors = (style.PAPER, style.PALE, style.pale(style.SKY, 0.7), style.INK)
        self.maps, self.firsts, self.seconds, self.signs = {}, {}, {}, {}
        size = 9 * style.current_scale()
        for name, axes in self.panels.items():
            axes.set(xlim=self.x_range, ylim=self.y_range, title=name)
            self.maps[name] = plots.PixelMap(axes, colors)
            self.firsts[name] = axes.plot([], [], "o", color=style.BLUE, markersize=size, markeredgecolor="white")[0]
            self.seconds[name] = axes.plot([], [], "s", color=style.RED, markersize=size, markeredgecolor="white")[0]
            self.signs[name] = plots.Numbers(axes, [(0.4 + 0.27 * style.current_scale(), -0.25)])
            moving = (self.maps[name], self.firsts[name], self.seconds[name], self.signs[name])
            self.moving(*moving, *axes.spines.values())
        axes = list(self.panels.values())
        axes[2].set_xlabel(f"score of {self.names[self.across]} (the truth)")
        axes[3].set_xlabel(f"score of {self.names[self.across]} (the truth)")
        for panel in (axes[0], axes[2]):
            panel.set_ylabel(f"score of {self.names[self.up]}")

    def update(self, first: np.ndarray, second: np.ndarray) -> None:
        self.values_now = {}
        self.grid[:, :, self.rest] = second[self.rest]
        flat = self.grid.reshape(-1, 3)
        truth = np.full(len(flat), self.y)
        for name, shares in SHARES.items():
            one, two = shares(np.array([first, second]), np.array([self.y, self.y])).sum(axis=1)
            self.values_now[name] = float(one), float(two)
            gain = (one - shares(flat, truth).sum(axis=1)).reshape(self.grid.shape[:2])
            self.maps[name].set_data(self._regions(gain))
            self.firsts[name].set_data([first[self.across]], [first[self.up]])
            self.seconds[name].set_data([second[self.across]], [second[self.up]])
            self.signs[name].set_texts([f"{one:.4f} {self._sign(one, two)} {two:.4f}"])

    @staticmethod
    def _sign(one: float, two: float) -> str:
        return "=" if abs(one - two) < 1e-9 else "<" if one < two else ">"

    @staticmethod
    def _regions(gain: np.ndarray) -> np.ndarray:
        """Return 0 where the first wins, 1 for a tie, 2 where the second wins, 3 along the borders."""
        index = np.where(np.abs(gain) < 1e-9, 1, np.where(gain > 0, 2, 0))
        border = np.zeros(index.shape, bool)
        border[1:] |= index[1:] != index[:-1]
        border[:, 1:] |= index[:, 1:] != index[:, :-1]
        index[border] = 3
        return index

    def describe(self) -> str:
        said = {1: [], 2: [], 0: []}
        for name, (one, two) in self.values_now.items():
            winner = {"<": 1, ">": 2, "=": 0}[self._sign(one, two)]
            said[winner].append(f"{name} ({one:.4f} against {two:.4f})")
        verdicts = {1: "The first is better by", 2: "The second is better by", 0: "A tie by"}
        return " ".join(f"{verdicts[who]} {', '.join(names)}." for who, names in said.items() if names)

    def arrange(self) -> Widget:
        rows = [["", *self.names], ["first ●", *self.first.inputs], ["second ■", *self.second.inputs]]
        return row(grid(rows, "84px repeat(3, 84px)"), self.reset_button)

    def grab(self, axes: Axes, x: float, y: float) -> str | None:
        points = {name: (self.values[name][self.across], self.values[name][self.up]) for name in ("second", "first")}
        return next((name for name, point in points.items() if self.near(axes, point, x, y) < self.reach), None)

    def drag(self, held: str, x: float, y: float) -> None:
        scores = self.values[held]
        scores[self.across], scores[self.up] = np.clip(x, *self.x_range), np.clip(y, *self.y_range)
        self.set(**{held: scores})
