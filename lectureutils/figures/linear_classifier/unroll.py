"""A picture is a long row of numbers: times a row of W, number by number, it adds up to the score.

The player reads the picture like a page, and the sums of all classes grow beside it.
"""

from collections.abc import Sequence
from functools import partial

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import plots, style
from lectureutils.data import unroll
from lectureutils.figures.linear_classifier.score_bars import picture_classifier
from lectureutils.figures.shared.photographs import COUNT, SIDE, as_pictures, numbered
from lectureutils.figures.shared.verdicts import say_answer
from lectureutils.figures.shared.words import say_scores
from lectureutils.live import LiveFigure, Narrow, Player, choice, latest, put, slider

CHANNELS = ("red", "green", "blue")
STRIP = 6  # numbers in the strip: two pixels
CELL = np.array([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)])  # the way around a cell of the strip


def faded(colors: np.ndarray) -> np.ndarray:
    """Mix colours (0..1) with white, for what is not used yet."""
    return 1 - 0.25 * (1 - colors)


def in_strip(k: int) -> np.ndarray:
    """Return which numbers the strip shows when `k` are used: the pixel of the next one, and the pixel before."""
    return np.clip(3 * (k // 3 + 1) - STRIP, 0, COUNT - STRIP) + np.arange(STRIP)


class NumberStrip:
    """Six of the numbers x, with their weights and products; a frame is around the next one."""

    def __init__(self, figure: LiveFigure, axes: Axes, form: str):
        self.form = form
        letters = [CHANNELS[j % 3][0].upper() for j in range(STRIP)]
        self.boxes, self.numbers = plots.cells(axes, ("x", "w", "w x"), letters)
        if figure.is_narrow:
            self.numbers.size *= 0.9
        axes.set_title("x, number by number, times w", pad=22 * style.current_scale())  # above the letters
        figure.moving(*self.boxes, self.numbers)
        self.next = figure.curve(axes, style.INK, clip_on=False)

    def set(self, x: np.ndarray, w: np.ndarray, k: int) -> None:
        """Show the numbers of x (7500,) and w (7500,) around the k-th."""
        entries = in_strip(k)
        x, w, used = x[entries], w[entries], entries < k
        colors = np.eye(3)[entries % 3] * x[:, None]
        colors[~used] = faded(colors[~used])
        for box, color in zip(self.boxes, colors, strict=True):
            box.set_facecolor(color)
        inks = [max(style.PAPER, "#000000", key=partial(style.contrast, ground=tuple(color))) for color in colors]
        products = [f"{number:{self.form}}" if there else "" for number, there in zip(w * x, used, strict=True)]
        self.numbers.set_texts([f"{number:.2f}" for number in x] + [f"{number:{self.form}}" for number in w] + products)
        self.numbers.set_colors(inks + [style.INK] * (2 * STRIP))
        put(self.next, CELL + (k - entries[0], 0) if k < COUNT else [])


class RunningSums:
    """A curve for each row of W: strong up to the numbers used, pale from there to the score, its name at its end."""

    every = 30  # the curves have a point for each ten pixels, and one at k

    def __init__(self, figure: LiveFigure, axes: Axes, names: Sequence[str], low: float, high: float):
        self.scale = style.current_scale()
        self.last = COUNT * (1 + 0.1 * self.scale)  # where the curves end, after b is added
        margin = 0.06 * (high - low) or 1.0
        axes.set(xlim=(0, self.last), ylim=(low - margin, high + margin))
        axes.set_xticks(
            [0, 2500, 5000, COUNT, self.last], ["0", "2500", "5000", "" if figure.is_narrow else f"{COUNT}", "+ b"]
        )
        axes.set(title="The sum so far, for every row of W", xlabel="numbers used", ylabel="sum of w x")
        axes.axhline(0, color=style.GREY, linewidth=0.8)
        axes.axvline(COUNT, color=style.GREY, linewidth=0.8, linestyle=":")
        looks = list(zip(style.CLASS_COLORS, style.DASHES, style.CLASS_MARKERS, strict=True))[: len(names)]
        self.rest = [figure.curve(axes, style.faint(look[0]), look[1], linewidth=0.9, zorder=2) for look in looks]
        self.lines = [figure.curve(axes, color, dash, zorder=3) for color, dash, _ in looks]
        end = {"markeredgecolor": "white", "zorder": 4, "clip_on": False}
        self.ends = [figure.dot(axes, marker, color, 6, **end) for color, _, marker in looks]
        self.leaders = [axes.plot([], [], color=style.GREY, linewidth=0.8, clip_on=False)[0] for _ in names]
        self.labels = [axes.text(1.05 * self.last, 0, f"{name} ", va="center") for name in names]

    def set(self, curves: np.ndarray, row: int, k: int) -> None:
        """Show curves (C, 7502), the running sums and the scores, when `k` numbers are used; `row` is drawn bold."""
        all_used = k == COUNT
        at = np.append(np.arange(COUNT + 1), self.last)
        used = np.union1d(np.arange(0, k, self.every), [k, k + all_used])  # all used: b is added as well
        rest = np.union1d(np.arange(used[-1], COUNT, self.every), [COUNT, COUNT + 1])
        for c, curve in enumerate(curves):
            put(self.lines[c], at[used], curve[used])
            put(self.rest[c], at[rest], curve[rest])
            put(self.ends[c], at[used[-1]], curve[used[-1]])
            self.lines[c].set_linewidth((3.2 if c == row else 2) * self.scale)

    def set_names(self, scores: np.ndarray, row: int) -> None:
        """Write each name where its curve ends, apart from the others."""
        low, high = self.labels[0].axes.get_ylim()
        gap = min(0.12 * self.scale, 0.9 / len(scores)) * (high - low)
        places = plots.spread(scores, gap, low + gap / 2, high - gap / 2)
        for c, place in enumerate(places):
            put(self.leaders[c], [1.01 * self.last, 1.04 * self.last], [scores[c], place])
            self.labels[c].set(y=place, fontweight="bold" if c == row else "normal")


class UnrollFigure(LiveFigure):
    """Unroll a picture into x, multiply it by the rows of W, and add up: w_0 x_0 + w_1 x_1 + ... + b = score.

    Takes pictures as `as_pictures` does, W (C, 7500), b (C,) and a name for each class and picture; `k` of the 7500
    numbers are used at the start. Slide topic: linear classification of 50 x 50 x 3 numbers.
    """

    size = (660, 440)
    narrow = Narrow(600, (1, 0.75))

    def __init__(
        self,
        images: ArrayLike,
        W: ArrayLike,
        b: ArrayLike,
        class_names: Sequence[str],
        names: Sequence[str] | None = None,
        k: int = 3000,
    ):
        self.W, self.b, self.names = picture_classifier(W, b, class_names)
        self.X = unroll(as_pictures(images))
        self.form = f"+.{int(np.clip(2 - np.floor(np.log10(np.abs(self.W).max() + 1e-9)), 1, 5))}f"
        rows = {f"W[{c}], {name}": c for c, name in enumerate(self.names)}
        super().__init__(
            choice("picture", numbered(names, len(self.X)), label="Picture"),
            choice("row", rows, label="Row of W"),
            slider("k", k, 0, COUNT, 1, label="Numbers used"),
            Player(),
        )

    @latest
    def curves(self, picture: int) -> np.ndarray:
        """Return (C, 7502): entry k is w_0 x_0 + ... + w_(k-1) x_(k-1), and the last one the score, with b added."""
        sums = np.cumsum(self.W * self.X[picture], axis=1)
        return np.column_stack([np.zeros(len(self.W)), sums, sums[:, -1] + self.b])

    def draw(self, fig: Figure) -> None:
        top, bottom = fig.subfigures(2, 1, height_ratios=[1, 1.1])
        left, right = top.subplots(1, 2, width_ratios=[1, 1.9])
        self.picture = plots.picture(left, "Picture")
        left.set(xlabel=f"{SIDE} columns", ylabel=f"{SIDE} rows")
        self.moving(self.picture)
        self.front = self.curve(left, style.INK, linewidth=1.2)
        self.strip = NumberStrip(self, right, self.form)
        ends = [(curves.min(), curves.max()) for curves in map(self.curves, range(len(self.X)))]
        low, high = min(low for low, _ in ends), max(high for _, high in ends)
        self.sums = RunningSums(self, bottom.subplots(), self.names, low, high)

    def update(self, picture: int, row: int, k: int) -> str:
        self._show_picture(self.X[picture], k)
        self.strip.set(self.X[picture], self.W[row], k)
        self.sums.set(self.curves(picture), row, k)
        self._show_names(picture, row)
        return self._say(self.curves(picture), self.X[picture], row, k)

    def _show_picture(self, x: np.ndarray, k: int) -> None:
        plots.set_picture(self.picture, np.where(np.arange(COUNT) < k, x, faded(x)).reshape(SIDE, SIDE, 3))
        row, column = divmod(k // 3, SIDE)
        put(self.front, [0, column, column, SIDE], [row + 1, row + 1, row, row])

    @latest
    def _show_names(self, picture: int, row: int) -> None:
        """Let the names stand still while k moves: only then is what lies below the curves not drawn anew."""
        self.sums.set_names(self.curves(picture)[:, -1], row)

    def _say(self, curves: np.ndarray, x: np.ndarray, row: int, k: int) -> str:
        so_far = say_scores(self.names, curves[:, k])
        if k == COUNT:
            answer = say_answer(self.names, curves[:, -1])
            return f"After all {COUNT} numbers the sums are {so_far}. With b added, the scores: {answer}."
        pixel, channel = divmod(k, 3)
        w = self.W[row, k]
        return (
            f"After {k} of {COUNT} numbers: {so_far}. Next for {self.names[row]}: x[{k}] = {x[k]:.2f} "
            f"({CHANNELS[channel]}, row {pixel // SIDE}, column {pixel % SIDE}) times w = {w:{self.form}} gives "
            f"{w * x[k]:{self.form}}."
        )

    def advance(self) -> bool:
        """Use one more row of pixels: 150 numbers."""
        k = min(COUNT, self.values["k"] + 3 * SIDE)
        self.set(k=k)
        return k < COUNT

    def rewind(self) -> None:
        self.set(k=0)
