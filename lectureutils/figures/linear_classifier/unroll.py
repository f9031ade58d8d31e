"""A linear classifier looks at pictures: as a long row of numbers, as templates, and at a picture of the reader's.

A picture of 50 x 50 pixels is a vector x of 7500 numbers: row by row from the top, in each row pixel by pixel, and for
each pixel red, green, blue. Every row of W is as long, so it can be shown as a picture too.
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import plots, style
from lectureutils.data import unroll
from lectureutils.figures.linear_classifier.score_bars import COUNT, SIDE, _classifier, _numbered
from lectureutils.figures.shared.photographs import as_pictures
from lectureutils.figures.shared.verdicts import say_prediction
from lectureutils.figures.shared.words import say_scores
from lectureutils.live import LiveFigure, Player, choice, slider

CHANNELS = ("red", "green", "blue")


class UnrollFigure(LiveFigure):
    """Unroll a picture into x, multiply it by the rows of W, and add up: w_0 x_0 + w_1 x_1 + ... + b = score.

    Takes pictures as `as_pictures` does, W (C, 7500), b (C,) and a name for each class and picture; `k` of the 7500
    numbers are used at the start. Slide topic: linear classification of 50 x 50 x 3 numbers.
    """

    size = (660, 470)
    every = 30  # the curves have a point for each ten pixels, and one at k

    def __init__(
        self,
        images: ArrayLike,
        W: ArrayLike,
        b: ArrayLike,
        class_names: Sequence[str],
        names: Sequence[str] | None = None,
        k: int = 3000,
    ):
        self.W, self.b, self.names = _classifier(W, b, class_names)
        self.pictures = as_pictures(images)
        self.scale = style.current_scale()
        self.shown = 6  # numbers in the strip: two pixels
        self.last = COUNT * (1 + 0.1 * self.scale)  # where the curves end, after b is added
        self.named = None  # what the labels at the curves' ends stand for now
        self.form = f"+.{int(np.clip(2 - np.floor(np.log10(np.abs(self.W).max() + 1e-9)), 1, 5))}f"
        rows = {f"W[{c}], {name}": c for c, name in enumerate(self.names)}
        super().__init__(
            choice("picture", _numbered(names, len(self.pictures)), label="Picture"),
            choice("row", rows, label="Row of W"),
            slider("k", k, 0, COUNT, 1, label="Numbers used"),
            Player(),
        )

    def sums(self, picture: int) -> np.ndarray:
        """Return the running sums (C, 7501): entry k is w_0 x_0 + ... + w_(k-1) x_(k-1), without b."""
        products = self.W * unroll(self.pictures[picture])
        return np.concatenate([np.zeros((len(self.W), 1)), np.cumsum(products, axis=1)], axis=1)

    def draw(self, fig: Figure) -> None:
        top, bottom = fig.subfigures(2, 1, height_ratios=[1, 1.1])
        left, right = top.subplots(1, 2, width_ratios=[1, 1.9])
        self._draw_picture(left)
        self._draw_strip(right)
        self._draw_sums(bottom.subplots())

    def _draw_picture(self, axes: Axes) -> None:
        self.picture = plots.picture(axes, "Picture")
        axes.set(xlabel=f"{SIDE} columns", ylabel=f"{SIDE} rows")
        self.front = axes.plot([], [], color=style.INK, linewidth=1.2)[0]
        self.moving(self.picture, self.front, *axes.spines.values())

    def _draw_strip(self, axes: Axes) -> None:
        letters = [CHANNELS[j % 3][0].upper() for j in range(self.shown)]
        self.boxes, self.numbers = plots.cells(axes, ("x", "w", "w x"), letters)
        axes.set_title("x, number by number, times w", pad=22 * style.current_scale())  # above the letters
        self.next = axes.plot([], [], color=style.INK, clip_on=False)[0]
        self.moving(*self.boxes, self.next, self.numbers)

    def _draw_sums(self, axes: Axes) -> None:
        ends = [(curves.min(), curves.max()) for curves in map(self._curves, range(len(self.pictures)))]
        low, high = min(low for low, _ in ends), max(high for _, high in ends)
        margin = 0.06 * (high - low) or 1.0
        axes.set(xlim=(0, self.last), ylim=(low - margin, high + margin))
        axes.set_xticks([0, 2500, 5000, COUNT, self.last], ["0", "2500", "5000", f"{COUNT}", "+ b"])
        axes.set(title="The sum so far, for every row of W", xlabel="numbers used", ylabel="sum of w x")
        axes.axhline(0, color=style.GREY, linewidth=0.8)
        axes.axvline(COUNT, color=style.GREY, linewidth=0.8, linestyle=":")
        self.lines, self.rest, self.ends = [], [], []
        for color, dash, marker in zip(style.CLASS_COLORS, style.DASHES, style.CLASS_MARKERS, strict=True):
            if len(self.lines) < len(self.W):
                self.rest += axes.plot([], [], linestyle=dash, color=style.pale(color, 0.5), linewidth=1, zorder=2)
                self.lines += axes.plot([], [], linestyle=dash, color=color, zorder=3)
                self.ends += axes.plot([], [], marker, color=color, markeredgecolor="white", zorder=4, clip_on=False)
        self.moving(*self.rest, *self.lines, *self.ends)
        self.leaders = [axes.plot([], [], color=style.GREY, linewidth=0.8, clip_on=False)[0] for _ in self.names]
        self.labels = [axes.text(1.05 * self.last, 0, f"{name} ", va="center") for name in self.names]

    def _curves(self, picture: int) -> np.ndarray:
        """Return what is plotted: the running sums, and the scores at the end."""
        sums = self.sums(picture)
        return np.concatenate([sums, sums[:, -1:] + self.b[:, None]], axis=1)

    def update(self, picture: int, row: int, k: int) -> None:
        self.k, self.row = k, row
        self.x = unroll(self.pictures[picture])
        curves = self._curves(picture)
        self.so_far, self.scores = curves[:, k], curves[:, -1]
        self._show_picture(k)
        self._show_strip(k, row)
        self._show_sums(k, row, curves)
        self._show_names(picture, row)

    def _show_picture(self, k: int) -> None:
        used = np.arange(COUNT) < k
        seen = np.where(used, self.x, 1 - 0.25 * (1 - self.x))
        plots.set_picture(self.picture, seen.reshape(SIDE, SIDE, 3))
        row, column = divmod(k // 3, SIDE)
        self.front.set_data([0, column, column, SIDE], [row + 1, row + 1, row, row])

    def _show_strip(self, k: int, row: int) -> None:
        self.start = int(np.clip(3 * (k // 3 + 1) - self.shown, 0, COUNT - self.shown))
        entries = np.arange(self.start, self.start + self.shown)
        x, w, used = self.x[entries], self.W[row, entries], entries < k
        colors = np.eye(3)[entries % 3] * x[:, None]
        colors[~used] = 1 - 0.25 * (1 - colors[~used])
        dark = colors @ (0.3, 0.6, 0.1) < 0.45
        for box, color in zip(self.boxes, colors, strict=True):
            box.set_facecolor(color)
        products = [f"{number:{self.form}}" if there else "" for number, there in zip(w * x, used, strict=True)]
        self.numbers.set_texts([f"{number:.2f}" for number in x] + [f"{number:{self.form}}" for number in w] + products)
        self.numbers.set_colors([style.PAPER if it else style.INK for it in dark] + [style.INK] * (2 * self.shown))
        left = k - self.start
        self.next.set_data(([left, left + 1, left + 1, left, left], [0, 0, 1, 1, 0]) if k < COUNT else ([], []))

    def _show_sums(self, k: int, row: int, curves: np.ndarray) -> None:
        all_used = k == COUNT
        at = np.append(np.arange(COUNT + 1), self.last)
        used = np.union1d(np.arange(0, k, self.every), [k, k + all_used])  # all used: b is added as well
        rest = np.union1d(np.arange(used[-1], COUNT, self.every), [COUNT, COUNT + 1])
        for c, curve in enumerate(curves):
            self.lines[c].set_data(at[used], curve[used])
            self.rest[c].set_data(at[rest], curve[rest])
            self.ends[c].set_data([at[used[-1]]], [curve[used[-1]]])
            self.lines[c].set_linewidth((3 if c == row else 1.3) * self.scale)

    def _show_names(self, picture: int, row: int) -> None:
        """Write each name where its curve ends; these artists stand still while k moves."""
        if self.named == (picture, row):
            return
        self.named = (picture, row)
        low, high = self.labels[0].axes.get_ylim()
        gap = min(0.12 * self.scale, 0.9 / len(self.names)) * (high - low)
        places = plots.spread(self.scores, gap, low + gap / 2, high - gap / 2)
        for c, place in enumerate(places):
            self.leaders[c].set_data([1.01 * self.last, 1.04 * self.last], [self.scores[c], place])
            self.labels[c].set(y=place, fontweight="bold" if c == row else "normal")

    def describe(self) -> str:
        if self.k == COUNT:
            verdict = say_prediction(self.names, self.scores)
            return (
                f"After all {COUNT} numbers the sums are {say_scores(self.names, self.so_far)}. "
                f"With b added, the scores: {say_scores(self.names, self.scores)}. P{verdict[1:]}."
            )
        pixel, channel = divmod(self.k, 3)
        x, w = self.x[self.k], self.W[self.row, self.k]
        return (
            f"After {self.k} of {COUNT} numbers: {say_scores(self.names, self.so_far)}. Next for "
            f"{self.names[self.row]}: x[{self.k}] = {x:.2f} ({CHANNELS[channel]}, row {pixel // SIDE}, column "
            f"{pixel % SIDE}) times w = {w:{self.form}} gives {w * x:{self.form}}."
        )

    def advance(self) -> bool:
        """Use one more row of pixels: 150 numbers."""
        k = min(COUNT, self.controls["k"].value + 3 * SIDE)
        self.set(k=k)
        return k < COUNT

    def rewind(self) -> None:
        self.set(k=0)
