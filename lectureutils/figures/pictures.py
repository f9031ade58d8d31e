"""A linear classifier looks at pictures: as a long row of numbers, as templates, and at a picture of the reader's.

A picture of 50 x 50 pixels is a vector x of 7500 numbers: row by row from the top, in each row pixel by pixel, and for
each pixel red, green, blue. Every row of W is as long, so it can be shown as a picture too.
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import plots, style, validate
from lectureutils.data import flip, load_emoji, over_white, picture, recolour, shift, unroll
from lectureutils.figures.scores import say_scores
from lectureutils.figures.verdicts import leaders, say_prediction
from lectureutils.live import LiveFigure, Player, choice, slider, toggle
from lectureutils.live.upload import upload

SIDE = 50
COUNT = SIDE * SIDE * 3
CHANNELS = ("red", "green", "blue")
DASHES = ("-", "--", "-.", ":", (0, (6, 1.5, 1, 1.5, 1, 1.5)))


def as_pictures(images: ArrayLike) -> np.ndarray:
    """Return pictures as floats 0..1 of shape (N, 50, 50, 3).

    Takes uint8, or floats 0..1, of shape (N, 50, 50, 3), with transparency (N, 50, 50, 4; laid on white), or unrolled
    rows (N, 7500) of floats. Raises ValueError for anything else.
    """
    images = np.asarray(images)
    if images.shape[1:] not in ((SIDE, SIDE, 3), (SIDE, SIDE, 4), (COUNT,)):
        raise ValueError(
            f"images: got an array of shape {images.shape}, expected (N, 50, 50, 3), (N, 50, 50, 4) or (N, 7500). "
            f"A single picture becomes a batch of one by images[None]."
        )
    floats = validate.numbers(images, "images")
    top = 255 if images.dtype == np.uint8 else 1
    if floats.min() < 0 or floats.max() > top:
        raise ValueError(
            f"images: got numbers from {floats.min():g} to {floats.max():g}, expected floats 0..1 or uint8 0..255. "
            f"Divide by the largest possible value."
        )
    return picture(images / top) if images.ndim == 2 else over_white(images / top)


def as_template(w: np.ndarray, most: float) -> np.ndarray:
    """Show a row of W (7500,) as a picture (50, 50, 3): 0 is mid-grey, +most and above is 1, -most and below is 0."""
    return np.clip(0.5 + 0.5 * picture(w) / most, 0, 1)


def _classifier(W: ArrayLike, b: ArrayLike, class_names: Sequence[str]) -> tuple[np.ndarray, np.ndarray, tuple]:
    _, W, b = validate.linear(np.zeros((1, COUNT)), W, b)
    if len(class_names) != len(W) or len(W) > len(DASHES):
        raise ValueError(
            f"class_names: got {len(class_names)} names for {len(W)} rows of W, expected one for each row, and at most "
            f"{len(DASHES)}. Give each row of W a name."
        )
    return W, b, tuple(class_names)


def _numbered(names: Sequence[str] | None, count: int) -> dict[str, int]:
    """Number the pictures by name, for a choice; names may come twice, numbers don't."""
    names = ["picture"] * count if names is None else names
    if len(names) != count:
        raise ValueError(f"names: got {len(names)} names for {count} pictures, expected one each. Add or drop some.")
    return {f"{i + 1}: {name}": i for i, name in enumerate(names)}


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
        for color, dash, marker in zip(style.CLASS_COLORS, DASHES, style.CLASS_MARKERS, strict=True):
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


class _ScoreBars:
    """One bar for each class and a star at the highest score; the scale grows when a score leaves it."""

    def __init__(self, figure: LiveFigure, axes: Axes, names: Sequence[str], reach: float):
        self.axes, self.reach, self.start = axes, 0.0, 1.4 * reach or 1.0
        self.bars = plots.class_bars(axes, names, -1, 1)
        self.gap = 0.05 * (1 + style.current_scale())  # between bar and star, as a share of the scale
        self.star = axes.plot([], [], "*", color=style.INK, markersize=13 * style.current_scale(), clip_on=False)[0]
        axes.set(xlabel="score", title="Scores, highest: \u2605")
        figure.moving(*self.bars, self.star)
        self.rewind()

    def rewind(self) -> None:
        """Go back to the first scale."""
        self._set_reach(self.start)

    def _set_reach(self, reach: float) -> None:
        if reach != self.reach:
            self.reach = reach
            self.axes.set_xlim(-reach, reach)

    def set(self, scores: np.ndarray) -> None:
        """Show scores (C,)."""
        most = float(np.abs(scores).max())
        if most > 0.85 * self.reach:
            self._set_reach(1.4 * most)
        plots.set_bars(self.bars, scores)
        best = leaders(scores)
        self.star.set_data(np.maximum(scores[best], 0) + self.gap * self.reach, best)


class TemplatesFigure(LiveFigure):
    """Show the rows of W (C, 7500) as pictures, and what moving, mirroring or recolouring a picture does to its scores.

    Each row of W is a template: its score is large where a picture is bright and the template is too. `y` (N,) are the
    true classes of the pictures, if known. Slide topic: the same classifier seen as templates.
    """

    size = (680, 420)

    def __init__(
        self,
        W: ArrayLike,
        b: ArrayLike,
        images: ArrayLike,
        class_names: Sequence[str],
        y: ArrayLike | None = None,
        names: Sequence[str] | None = None,
    ):
        self.W, self.b, self.names = _classifier(W, b, class_names)
        self.pictures = as_pictures(images)
        self.y = None if y is None else validate.labels(y, len(self.W), len(self.pictures))
        if names is None and self.y is not None:
            names = [f"{self.names[c]} (picture {i})" for i, c in enumerate(self.y)]
        self.most = float(np.quantile(np.abs(self.W), 0.995)) or 1.0
        super().__init__(
            choice("picture", _numbered(names, len(self.pictures)), label="Picture"),
            slider("right", 0, -SIDE // 2, SIDE // 2, 1, label="Shift right"),
            slider("down", 0, -SIDE // 2, SIDE // 2, 1, label="Shift down"),
            slider("hue", 0, -180, 180, 5, label="Turn colours"),
            toggle("mirror", label="Mirror left and right"),
        )

    def draw(self, fig: Figure) -> None:
        top, bottom = fig.subfigures(2, 1, height_ratios=[1, 1.45])
        top.suptitle("Rows of W: grey is 0, lighter is positive, darker is negative", fontsize="medium")
        self.templates, self.frames = [], []
        for c, axes in enumerate(top.subplots(1, len(self.names))):
            self.templates.append(plots.picture(axes, self.names[c]))
            plots.set_picture(self.templates[c], as_template(self.W[c], self.most))
            axes.add_artist(self.templates[c])
            self.frames += axes.plot([0, SIDE, SIDE, 0, 0], [0, 0, SIDE, SIDE, 0], color=style.INK, clip_on=False)
            self.frames[c].set_linewidth(4 * style.current_scale())
        left, right = bottom.subplots(1, 2, width_ratios=[1, 1.5])
        self.picture = plots.picture(left, "The picture, x")
        scores = unroll(self.pictures) @ self.W.T + self.b
        self.bars = _ScoreBars(self, right, self.names, float(np.abs(scores).max()))
        self.moving(*self.frames, self.picture, *left.spines.values())

    def update(self, picture: int, right: int, down: int, hue: float, mirror: bool) -> None:
        shown = self.pictures[picture]
        shown = shift(recolour(flip(shown) if mirror else shown, hue), right, down)
        plots.set_picture(self.picture, shown)
        self.scores = self.W @ unroll(shown) + self.b
        self.bars.set(self.scores)
        for c, frame in enumerate(self.frames):
            frame.set_visible(c in leaders(self.scores))
        self.truth = None if self.y is None else int(self.y[picture])

    def describe(self) -> str:
        truth = "" if self.truth is None else f"; the truth is {self.names[self.truth]}"
        verdict = say_prediction(self.names, self.scores)
        return f"Scores: {say_scores(self.names, self.scores)}. P{verdict[1:]} (framed){truth}."

    def rewind(self) -> None:
        self.bars.rewind()


class OwnPictureFigure(LiveFigure):
    """Show what the classifier W (C, 7500), b (C,) makes of a picture of the reader's.

    Before there is one, it shows `sample`, one picture as `as_pictures` takes it; without it, an emoji.
    """

    size = (640, 300)

    def __init__(self, W: ArrayLike, b: ArrayLike, class_names: Sequence[str], sample: ArrayLike | None = None):
        self.W, self.b, self.names = _classifier(W, b, class_names)
        self.sample = as_pictures(np.asarray(load_emoji().images[0] if sample is None else sample)[None])[0]
        self.upload = upload("picture", "Choose your own picture")
        super().__init__(self.upload)

    def draw(self, fig: Figure) -> None:
        left, right = fig.subplots(1, 2, width_ratios=[1, 1.5])
        self.picture = plots.picture(left, "What it sees")
        self.bars = _ScoreBars(self, right, self.names, float(np.abs(self.W @ unroll(self.sample) + self.b).max()))
        self.moving(self.picture, *left.spines.values())

    def update(self, picture: np.ndarray | None) -> None:
        shown = self.sample if picture is None else over_white(picture)
        plots.set_picture(self.picture, shown)
        self.scores = self.W @ unroll(shown) + self.b
        self.bars.set(self.scores)

    def describe(self) -> str:
        says = f"{say_scores(self.names, self.scores)}. P{say_prediction(self.names, self.scores)[1:]}."
        if self.upload.problem:
            return f"{self.upload.problem} Meanwhile, a sample: {says}"
        if self.upload.value is None:
            return f"This is a sample. Choose a picture, or drop one on the dashed frame. Scores: {says}"
        return f"{self.upload.file}: {says}"

    def rewind(self) -> None:
        self.bars.rewind()
