"""Arrays in, artists out: the few kinds of picture that the series draws again and again.

Nothing here computes a score or a loss. A function makes artists once and returns them; a figure sets their data later.
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.container import BarContainer
from matplotlib.lines import Line2D
from matplotlib.text import Text

from lectureutils import style


class PixelMap(Artist):
    """Fill an axes with one colour for each cell of a grid, fast: the grid's colours are copied, not resampled.

    `set_data(index)` takes an integer array (rows from bottom to top, columns from left to right) into `colors`, or
    RGB values in 0..255 (rows, columns, 3).
    """

    def __init__(self, axes: Axes, colors: Sequence = (), zorder: float = 0):
        super().__init__()
        self.set_zorder(zorder)
        self.axes, self.figure = axes, axes.figure
        rgb = np.array([to_rgb(color) for color in colors]).reshape(-1, 3)
        self._colors = np.column_stack([255 * rgb, np.full(len(rgb), 255)]).round().astype(np.uint8)
        self._data = None

    def set_data(self, data: np.ndarray) -> None:
        """Set the grid; the picture changes with the next frame."""
        self._data = np.asarray(data)

    def get_data(self) -> np.ndarray:
        """Return the grid that was set last."""
        return self._data

    def draw(self, renderer) -> None:
        if self._data is None or not self.get_visible():
            return
        left, bottom, right, top = (round(edge) for edge in self.axes.bbox.extents)
        rows = np.arange(top - bottom) * self._data.shape[0] // (top - bottom)
        columns = np.arange(right - left) * self._data.shape[1] // (right - left)
        pixels = np.ascontiguousarray(self._rgba()[rows[:, None], columns])
        renderer.draw_image(renderer.new_gc(), left, bottom, pixels)

    def _rgba(self) -> np.ndarray:
        if self._data.ndim == 2:
            return self._colors[self._data]
        opaque = np.full((*self._data.shape[:2], 1), 255, np.uint8)
        return np.concatenate([self._data.astype(np.uint8), opaque], axis=2)


def class_bars(axes: Axes, names: Sequence[str], low: float, high: float) -> BarContainer:
    """Make one horizontal bar for each class, coloured and hatched by class, on a scale from `low` to `high`."""
    places = np.arange(len(names))
    bars = axes.barh(places, np.zeros(len(names)), height=0.7)
    for bar, color, hatch in zip(bars, style.CLASS_COLORS, style.CLASS_HATCHES, strict=False):
        bar.set(facecolor=style.pale(color, 0.75), edgecolor=style.INK, hatch=hatch)
    axes.set_yticks(places, names)
    axes.set_xlim(low, high)
    axes.invert_yaxis()
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
    for c, artist in enumerate(points):
        artist.set_data(X[y == c, 0], X[y == c, 1])


def picture(axes: Axes, title: str = "") -> PixelMap:
    """Make axes of square pixels, row 0 at the top; fill them with `set_picture`."""
    axes.set(box_aspect=1, title=title, xticks=[], yticks=[])
    axes.spines[:].set_visible(True)
    return PixelMap(axes)


def set_picture(pixels: PixelMap, rgb: np.ndarray) -> None:
    """Show a picture: floats 0..1 of shape (rows, columns, 3)."""
    pixels.set_data((255 * rgb[::-1] + 0.5).astype(np.uint8))


def cells(axes: Axes, rows: Sequence[str], columns: Sequence[str]) -> list[list[Text]]:
    """Make a table without numbers, cells one unit wide and high, row 0 at the top; returns a text for each cell."""
    axes.set(xlim=(0, len(columns)), ylim=(len(rows), 0))
    axes.set_xticks(np.arange(len(columns)) + 0.5, columns)
    axes.set_yticks(np.arange(len(rows)) + 0.5, rows)
    axes.tick_params(length=0, labeltop=True, labelbottom=False)
    axes.spines[:].set_visible(True)
    axes.hlines(range(1, len(rows)), 0, len(columns), color=style.PALE, linewidth=0.8)
    axes.vlines(range(1, len(columns)), 0, len(rows), color=style.PALE, linewidth=0.8)
    place = {"ha": "center", "va": "center"}
    return [[axes.text(j + 0.5, i + 0.5, "", **place) for j in range(len(columns))] for i in range(len(rows))]


def spread(places: np.ndarray, gap: float, low: float, high: float) -> np.ndarray:
    """Move labels apart until neighbours are `gap` from each other, in order and within `low`..`high`."""
    order = np.argsort(places, kind="stable")
    moved = np.clip(np.asarray(places, dtype=float)[order], low, high)
    steps = gap * np.arange(len(moved))
    moved = np.maximum.accumulate(moved - steps) + steps  # push up where it is tight
    ceiling = high - steps[::-1]
    moved = np.minimum.accumulate(np.minimum(moved, ceiling)[::-1] + steps)[::-1] - steps[::-1]
    return moved[np.argsort(order, kind="stable")]
