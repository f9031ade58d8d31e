"""A convolution is a neuron with a tiny view: nine weights that look at every place of a picture in turn.

The 3 x 3 filter lies on nine neighbouring pixels, multiplies, adds up, and writes one number; then it moves on by the
stride. Padding puts a border of zeros around the picture first, so that the window may stand on its rim.
As in all networks the filter is not turned round first, so a mathematician would call it a cross-correlation.
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import plots, style, validate
from lectureutils.live import LiveFigure, Widget, choice, column, matrix, presets, put, row, slider, toggle

Array = np.ndarray
K_SIDE, MOST_PAD = 3, 2
CORNERS = np.array([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)])
FILTERS = {
    "Copy": [[0, 0, 0], [0, 1, 0], [0, 0, 0]],
    "Blur": [[0.11, 0.11, 0.11], [0.11, 0.11, 0.11], [0.11, 0.11, 0.11]],
    "Left edges": [[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]],
    "Top edges": [[-1, -1, -1], [0, 0, 0], [1, 1, 1]],
    # The weights of an edge add up to 0, so that a flat place answers 0; those of the others to 1, so that it stays.
    "Outline": [[-0.25, -0.25, -0.25], [-0.25, 2, -0.25], [-0.25, -0.25, -0.25]],
    "Sharpen": [[0, -0.25, 0], [-0.25, 2, -0.25], [0, -0.25, 0]],
}


class ConvolutionFigure(LiveFigure):
    """Slide a 3 x 3 filter over a picture: nine weights, stride and padding, the window, and the map of all answers.

    Takes pictures (N, side, side, 3) as floats 0..1. Slide topic: convolutional networks.
    """

    size = (700, 330)

    def __init__(self, pictures: ArrayLike, names: Sequence[str], K: ArrayLike = FILTERS["Left edges"]):
        self.images = brightness(pictures)
        self.side = self.images.shape[1]
        self.K = matrix("K", validate.numbers(K, "K", "3 3"), -2, 2)
        self.picture = choice("picture", {f"{i + 1}: {name}": i for i, name in enumerate(names)}, label="Picture")
        self.row = slider("row", 24, -MOST_PAD, self.side - 1, 1, label="Window's row")
        self.column = slider("column", 10, -MOST_PAD, self.side - 1, 1, label="Its column")
        self.stride = slider("stride", 1, 1, 4, 1, label="Stride")
        self.pad = slider("pad", 0, 0, MOST_PAD, 1, label="Padding")
        self.relu = toggle("relu", False, label="ReLU afterwards")
        self.filters = presets("Filter", {name: {"K": np.array(K)} for name, K in FILTERS.items()})
        super().__init__(self.K, self.picture, self.row, self.column, self.stride, self.pad, self.relu, self.filters)

    def draw(self, fig: Figure) -> None:
        self.left, middle, self.right = fig.subplots(1, 3, width_ratios=[1, 0.78, 1])
        self.pads = [self.left, self.right]
        n = self.side
        self.input = plots.picture(self.left, f"Picture, {n} x {n}", n)
        self.output = plots.picture(self.right, "Answers")
        self.left.set(xlabel="drag the window", xlim=(-MOST_PAD, n + MOST_PAD), ylim=(n + MOST_PAD, -MOST_PAD))
        put(self.curve(self.left, style.FRAME, linewidth=style.current_scale()), n * CORNERS)
        self.left.spines[:].set_visible(False)
        self.count = self.right.text(1, 1.02, "", transform=self.right.transAxes, ha="right", va="bottom")
        self.moving(self.input, self.output, self.count)
        self.right.set(xlabel="dark: below 0, grey: 0, light: above")
        self._draw_window(middle)
        frame = {"zorder": 5, "linewidth": 2 * style.current_scale()}
        self.window, self.place = (self.curve(axes, style.RED, **frame) for axes in (self.left, self.right))

    def _draw_window(self, axes: Axes) -> None:
        axes.set(xlim=(0, 3), ylim=(3, 0), box_aspect=1.3, xticks=[], yticks=[], title="Under the window")
        axes.set_xlabel("top: pixel\nbelow: times its weight")
        self.tiles = plots.PixelMap(axes)
        places = [(j + 0.5, i + height) for i in range(3) for j in range(3) for height in (0.32, 0.7)]
        self.numbers = plots.Numbers(axes, np.array(places))
        self.numbers.size *= 0.9
        self.moving(self.tiles, self.numbers)

    def update(self, K: Array, picture: int, row: int, column: int, stride: int, pad: int, relu: bool) -> str:
        image = np.pad(self.images[picture], pad)
        out = convolve(image, K, stride)
        out = np.maximum(out, 0) if relu else out
        i, j = (stop(at, self.side, stride, pad) for at in (row, column))
        patch = image[i * stride : i * stride + K_SIDE, j * stride : j * stride + K_SIDE]
        self._show_picture(image, pad)
        set_grey(self.output, 0.5 + 0.5 * out / max(float(np.abs(out).max()), 1e-9))
        self._show_window(patch, K)
        row, column = i * stride - pad, j * stride - pad
        put(self.window, K_SIDE * CORNERS + (column, row))
        put(self.place, (CORNERS + (j, i)) * self.right.get_xlim()[1] / len(out))
        self.count.set_text(f"{len(out)} x {len(out)}")
        plain = float((patch * K).sum())
        kept = " (the ReLU makes it 0)" if relu and plain < 0 else ""
        return (
            f"At row {row}, column {column} the nine products add up to {plain:.3f}{kept}. The {out.size} answers "
            f"go from {out.min():.2f} to {out.max():.2f}."
        )

    def _show_picture(self, image: Array, pad: int) -> None:
        """Show the picture with its border of zeros, and paper where there is none."""
        set_grey(self.input, np.pad(image, MOST_PAD - pad, constant_values=1.0))

    def _show_window(self, patch: Array, K: Array) -> None:
        set_grey(self.tiles, patch)
        pairs = [(f"{p:.2f}", f"× {k:g}") for p, k in zip(patch.flat, K.flat, strict=True)]
        self.numbers.set_texts([text for pair in pairs for text in pair])
        self.numbers.set_colors(["#000000" if p > 0.45 else "#ffffff" for p in patch.flat for _ in range(2)])

    def arrange(self) -> Widget:
        last = row(self.relu.widget, self.reset_button)
        knobs = (self.picture, self.row, self.column, self.stride, self.pad)
        return column(self.filters.widget, row(self.K.widget, column(*(knob.widget for knob in knobs), last)))

    def grab(self, axes: Axes, x: float, y: float) -> str | None:
        return {self.left: "window", self.right: "place"}.get(axes)

    def drag(self, held: str, x: float, y: float) -> None:
        if held == "window":
            row, column = (round(at - K_SIDE / 2) for at in (y, x))
        else:
            stride, pad = self.stride.value, self.pad.value
            count = places(self.side, stride, pad)
            cell = self.right.get_xlim()[1] / count
            row, column = (int(np.clip(at // cell, 0, count - 1)) * stride - pad for at in (y, x))
        self.set(row=self.row.within(row), column=self.column.within(column))


def places(n: int, stride: int, pad: int) -> int:
    """Return at how many places the window stops in a row of n pixels with `pad` zeros at either end."""
    return (n + 2 * pad - K_SIDE) // stride + 1


def stop(at: int, n: int, stride: int, pad: int) -> int:
    """Return the number of the stop that is nearest to pixel `at`."""
    return int(np.clip((at + pad + stride // 2) // stride, 0, places(n, stride, pad) - 1))


def brightness(pictures: ArrayLike) -> Array:
    """Return the mean of red, green and blue (N, side, side) of pictures (N, side, side, 3)."""
    return validate.numbers(pictures, "pictures", "N H W 3").mean(axis=-1)


def convolve(image: Array, K: Array, stride: int = 1) -> Array:
    """Return out[i, j] = sum over a, b of K[a, b] image[i stride + a, j stride + b], only where the filter fits.

    An image (n, m) and a filter K (k, k) give ((n - k) // stride + 1, (m - k) // stride + 1).
    """
    n, m = image.shape[0] - len(K) + 1, image.shape[1] - len(K) + 1
    weights = np.ndindex(K.shape)
    return sum(K[a, b] * image[a : a + n : stride, b : b + m : stride] for a, b in weights)


def set_grey(pixels: plots.PixelMap, grey: Array) -> None:
    """Show a picture (rows, columns) of greys 0..1, row 0 at the top."""
    plots.set_picture(pixels, np.repeat(grey[:, :, None], 3, axis=2))
