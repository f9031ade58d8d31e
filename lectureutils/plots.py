"""Arrays in, artists out: the few kinds of picture that the series draws again and again.

Nothing here computes a score or a loss. A function makes artists once and returns them; a figure sets their data later.
"""

import functools
from collections.abc import Sequence

import matplotlib
import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.container import BarContainer
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.path import Path
from matplotlib.textpath import TextPath, text_to_path
from matplotlib.transforms import IdentityTransform

from lectureutils import style, typeface


class PixelMap(Artist):
    """Fill an axes with one colour for each cell of a grid, fast: the grid's colours are copied, not resampled.

    `set_data(index)` takes an integer array (rows from bottom to top, columns from left to right) into `colors`, or
    RGB values in 0..255 (rows, columns, 3).
    """

    def __init__(self, axes: Axes, colors: Sequence = (), zorder: float = 0):
        super().__init__()
        self.set_zorder(zorder)
        self.axes = axes
        self.set_figure(axes.figure)
        rgb = np.array([to_rgb(color) for color in colors]).reshape(-1, 3)
        self._colors = np.column_stack([255 * rgb, np.full(len(rgb), 255)]).round().astype(np.uint8)
        self._data = np.empty((0, 0), np.uint8)  # nothing to show yet

    def set_data(self, data: np.ndarray) -> None:
        """Set the grid; the picture changes with the next frame."""
        self._data = np.asarray(data)

    def get_data(self) -> np.ndarray:
        """Return the grid that was set last."""
        return self._data

    def draw(self, renderer) -> None:
        if not self._data.size or self.axes is None or not self.get_visible():
            return
        left, bottom, right, top = (round(edge) for edge in self.axes.bbox.extents)
        rows = np.arange(top - bottom) * self._data.shape[0] // (top - bottom)
        columns = np.arange(right - left) * self._data.shape[1] // (right - left)
        pixels = self._rgba()[:, columns][rows]  # one number for each pixel: whole rows are copied
        renderer.draw_image(renderer.new_gc(), left, bottom, pixels.view(np.uint8).reshape(*pixels.shape, 4))

    def _rgba(self) -> np.ndarray:
        """Return the grid's colours, the four bytes of each as one number."""
        if self._data.ndim == 2:
            return self._colors.view(np.uint32)[:, 0][self._data]
        opaque = np.full((*self._data.shape[:2], 1), 255, np.uint8)
        return np.concatenate([self._data.astype(np.uint8), opaque], axis=2).view(np.uint32)[..., 0]


def class_bars(axes: Axes, names: Sequence[str], low: float, high: float) -> BarContainer:
    """Make one horizontal bar for each class, coloured and hatched by class, on a scale from `low` to `high`."""
    places = np.arange(len(names))
    bars = axes.barh(places, np.zeros(len(names)), height=0.7)
    for bar, color, hatch in zip(bars, style.CLASS_COLORS, style.CLASS_HATCHES, strict=False):
        bar.set(facecolor=color, edgecolor=style.PAPER, linewidth=0, hatch=hatch)
    axes.set_yticks(places, names)
    axes.set_xlim(low, high)
    axes.set_ylim(len(names) - 0.5, -0.5)  # the first class on top
    axes.axvline(0, color=style.INK, linewidth=1)
    return bars


def set_bars(bars: BarContainer, values: np.ndarray) -> None:
    """Set the lengths of horizontal bars."""
    for bar, value in zip(bars, values, strict=True):
        bar.set_width(value)


def class_points(axes: Axes, names: Sequence[str], size: float = 1.0) -> list[Line2D]:
    """Make one set of markers for each class, told apart by colour and shape; fill it with `set_points`."""
    return [
        axes.plot(
            [],
            [],
            marker,
            color=color,
            markersize=6 * size * style.current_scale(),
            markeredgecolor="white",
            markeredgewidth=0.7,
            label=name,
            zorder=3,
        )[0]
        for name, color, marker in zip(names, style.CLASS_COLORS, style.CLASS_MARKERS, strict=False)
    ]


def set_points(points: Sequence[Line2D], X: np.ndarray, y: np.ndarray) -> None:
    """Put the rows of X (N, 2) with label c into the c-th set of markers."""
    if len(X) != len(y) or not np.isin(y, range(len(points))).all():
        raise ValueError(
            f"y: got {len(y)} labels for {len(X)} points, expected one of 0 ... {len(points) - 1} for "
            "each. A point without a set of markers would not be drawn."
        )
    for c, artist in enumerate(points):
        artist.set_data(X[y == c, 0], X[y == c, 1])


class Numbers(Artist):
    """Write many short numbers that change with every frame, fast: the outline of each character is made once.

    `places` (M, 2) are their middles in data coordinates. `set_texts` takes M strings, `set_colors` M colours.
    """

    def __init__(self, axes: Axes, places: np.ndarray):
        super().__init__()
        self.set_zorder(3)
        self.axes, self.places = axes, np.asarray(places, dtype=float)
        self.set_figure(axes.figure)
        self.size = matplotlib.rcParams["font.size"]
        self._texts, self._colors = [""] * len(places), [style.INK] * len(places)

    def set_texts(self, texts: Sequence[str]) -> None:
        """Set what is written."""
        self._texts = list(texts)
        if len(self._texts) != len(self.places):
            raise ValueError(f"texts: got {len(self._texts)}, expected {len(self.places)}, one for each place.")

    def get_texts(self) -> list[str]:
        """Return what is written."""
        return self._texts

    def set_colors(self, colors: Sequence) -> None:
        """Set the colour of each number."""
        self._colors = [to_rgb(color) for color in colors]
        if len(self._colors) != len(self.places):
            raise ValueError(f"colors: got {len(self._colors)}, expected {len(self.places)}, one for each place.")

    def draw(self, renderer) -> None:
        if self.axes is None or self.figure is None:
            return
        middles = self.axes.transData.transform(self.places)
        zoom = self.size / 72 * self.figure.dpi
        outlines = {}
        for text, color, middle in zip(self._texts, self._colors, middles, strict=True):
            if text:
                outlines.setdefault(color, []).append(_outline(text, zoom, middle))
        gc = renderer.new_gc()
        gc.set_linewidth(0)
        for color, paths in outlines.items():
            renderer.draw_path(gc, Path.make_compound_path(*paths), IdentityTransform(), (*to_rgb(color), 1.0))


class Arrow(Line2D):
    """An arrow from the first to the second of two points: a shaft and a head whose tip is the second one.

    It has an edge of paper, so that it stands out from whatever lies below it. `head` is the length of the head in
    points before the projector's scale. Empty data draw nothing.
    """

    def __init__(self, axes: Axes, color: str, head: float = 11, **look: float):
        super().__init__([], [], color=color, **{"zorder": 5, "linewidth": 2.6 * style.current_scale(), **look})
        self.head = head * style.current_scale()
        axes.add_line(self)

    def draw(self, renderer) -> None:
        ends = np.asarray(self.get_xydata())
        if self.axes is None or self.figure is None or len(ends) != 2 or not self.get_visible():
            return
        start, tip = self.axes.transData.transform(ends)
        length = float(np.hypot(*(tip - start)))
        if not 1e-9 < length < np.inf:
            return
        pixel = self.figure.dpi / 72
        head, half = self.head * pixel, self.get_linewidth() * pixel / 2
        back = -max(length, head + half)  # a short arrow is a head
        side = 0.4 * head
        outline = [(back, -half), (-head, -half), (-head, -side), (0, 0), (-head, side), (-head, half), (back, half)]
        along = (tip - start) / length
        corners = tip + np.array([*outline, outline[0]]) @ np.array([along, [-along[1], along[0]]])
        path, colors = Path(corners, closed=True), (self.get_color(), style.PAPER)
        for color, edge in zip(colors[::-1], (2.4, 0), strict=True):  # the edge lies below
            gc = renderer.new_gc()
            if self.get_clip_on():
                gc.set_clip_rectangle(self.axes.bbox)
            gc.set_foreground(color)
            gc.set_linewidth(edge * pixel)
            gc.set_joinstyle("round")
            renderer.draw_path(gc, path, IdentityTransform(), (*to_rgb(color), 1.0))
            gc.restore()


@functools.cache
def _glyph(character: str) -> tuple[np.ndarray, np.ndarray, float]:
    """Return a character's outline, corners (K, 2) and what each of them does (K,), and its width, in size 1."""
    typeface.register()
    font = FontProperties(family=typeface.FAMILIES, size=100)
    path = TextPath((0, 0), character, prop=font) if character != " " else Path(np.empty((0, 2)), np.empty(0, np.uint8))
    width = text_to_path.get_text_width_height_descent(character, font, False)[0]
    return np.asarray(path.vertices) / 100, np.asarray(path.codes), width / 100


def _outline(text: str, zoom: float, middle: np.ndarray) -> Path:
    glyphs = [_glyph(character) for character in text]
    ends = np.cumsum([width for *_, width in glyphs])
    corner = middle - zoom * np.array([ends[-1] / 2, 0.36])  # a digit is 0.73 high
    parts = [zoom * (corners + (end - width, 0)) for (corners, _, width), end in zip(glyphs, ends, strict=True)]
    return Path(np.round(corner) + np.concatenate(parts), np.concatenate([codes for _, codes, _ in glyphs]))


def picture(axes: Axes, title: str = "", side: int = 50) -> PixelMap:
    """Make axes for a square picture of `side` pixels, pixel (0, 0) at the top left; fill them with `set_picture`."""
    axes.set(box_aspect=1, title=title, xticks=[], yticks=[], xlim=(0, side), ylim=(side, 0))
    axes.spines[:].set_visible(True)
    return PixelMap(axes)


def set_picture(pixels: PixelMap, rgb: np.ndarray) -> None:
    """Show a picture: floats 0..1 of shape (rows, columns, 3), row 0 at the top."""
    if np.min(rgb) < 0 or np.max(rgb) > 1 + 1e-9:
        raise ValueError(
            f"rgb: got values from {np.min(rgb):g} to {np.max(rgb):g}, expected 0 ... 1. Bytes become "
            "such numbers by rgb / 255."
        )
    pixels.set_data((255 * rgb[::-1] + 0.5).astype(np.uint8))


def cells(axes: Axes, rows: Sequence[str], columns: Sequence[str]) -> tuple[list[Rectangle], Numbers]:
    """Make an empty table, row 0 at the top; returns the boxes of row 0, and the numbers of all cells row by row.

    The names of the columns stand above it: a title needs a `pad` to stand above these.
    """
    axes.set(xlim=(0, len(columns)), ylim=(len(rows), 0))
    axes.set_xticks(np.arange(len(columns)) + 0.5, columns)
    axes.set_yticks(np.arange(len(rows)) + 0.5, rows)
    axes.tick_params(length=0, labeltop=True, labelbottom=False)
    axes.spines[:].set_visible(False)
    places = [(j, i) for i in range(len(rows)) for j in range(len(columns))]
    look = {"facecolor": style.PAPER, "edgecolor": style.GREY, "linewidth": 0.8, "clip_on": False}
    boxes = [Rectangle(place, 1, 1, **look) for place in places]
    for box in boxes:
        axes.add_patch(box)
    return boxes[: len(columns)], Numbers(axes, np.array(places) + 0.5)


def spread(places: np.ndarray, gap: float, low: float, high: float) -> np.ndarray:
    """Move labels apart until neighbours are `gap` from each other, in order and within `low`..`high`."""
    order = np.argsort(places, kind="stable")
    steps = gap * np.arange(len(order))
    level = np.asarray(places, dtype=float)[order] - steps
    up = np.maximum.accumulate(level)  # each pushed up by the one below it
    down = np.minimum.accumulate(level[::-1])[::-1]  # each pushed down by the one above it
    moved = np.empty(len(order))
    moved[order] = np.clip((up + down) / 2, low, max(low, high - gap * (len(order) - 1))) + steps
    return moved
