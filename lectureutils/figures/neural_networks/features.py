"""Filters that were learned: small colour patches, each laid on every place, and what each of them finds in a picture.

A filter has a weight for each pixel under its window and for each of the three colours: three sums and a bias are one
answer. The answers of all filters make the picture, with eight channels instead of three, that the next layer looks at.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import convnet, plots, style, validate
from lectureutils.data import picture as as_picture
from lectureutils.data import shift
from lectureutils.figures.shared.photographs import numbered
from lectureutils.figures.shared.words import MINUS
from lectureutils.live import LiveFigure, Narrow, choice, put, slider
from lectureutils.losses import softmax

Array = np.ndarray
SIDE, FILTERS = convnet.SIDE, 8
BOX = np.array([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)])
COLOURS = ("red", "green", "blue")
TILES = (5, SIDE, 2 * (SIDE // 2))  # pixels of a tile in each strip; in the third every answer has 2 x 2
GAP = dict(zip(TILES, (1, 5, 5), strict=True))  # pixels of paper between tiles, so that the strips align


class FeaturesFigure(LiveFigure):
    """Show what a trained convolutional network sees: a window under the hand, its filters, the maps of two layers.

    Takes networks as `convnet.load_convnets` gives them, pictures X (N, 7500) with classes y (N,), the names of the
    classes and of the pictures. Slide topic: convolutional networks.
    """

    size = (700, 440)
    narrow = Narrow(560, (1, 2.6), (3, 0))
    layout = "picture / filter net / right reset / row column"

    def __init__(
        self,
        networks: Sequence[Mapping[str, Array]],
        X: ArrayLike,
        y: ArrayLike,
        class_names: Sequence[str],
        names: Sequence[str],
    ):
        self.networks, self.classes = [dict(network) for network in networks], tuple(class_names)
        self.pictures = as_picture(validate.numbers(X, "X", "N 7500"))
        self.y = validate.labels(y, len(self.classes), len(self.pictures))
        super().__init__(
            choice("picture", numbered(names, len(self.pictures)), label="Picture"),
            slider("filter", 1, 1, FILTERS, 1, label="Filter"),
            slider("net", 1, 1, len(self.networks), 1, label="Random start"),
            slider("right", 0, -24, 24, 2, label="Shift right"),
            slider("row", 9, 0, SIDE - 1, 1, label="Window's row"),
            slider("column", 8, 0, SIDE - 1, 1, label="Its column"),
        )

    def draw(self, fig: Figure) -> None:
        top, bottom = fig.subfigures(2, 1, height_ratios=[1, 1.42])
        self.left, middle, self.answers = top.subplots(1, 3, width_ratios=[1, 1.05, 1])
        self.pads = [self.left, self.answers]
        few = self.is_narrow
        self.input = plots.picture(self.left, "Picture" if few else "Picture, 25 x 25 x 3", SIDE)
        self.output = plots.picture(self.answers, "Its answers" if few else "Answers of this filter", SIDE)
        self._draw_filter(middle)
        if few:
            parts = bottom.subplot_mosaic([["0"], ["1"], ["2"], ["bars"]], height_ratios=[1, 1, 1, 2.6])
        else:
            parts = bottom.subplot_mosaic([["0", "bars"], ["1", "bars"], ["2", "bars"]], width_ratios=[2.3, 1])
        self.strips, self.maps, self.frames = [parts[name] for name in "012"], [], []
        titles = ("Eight filters, 5 x 5 x 3", "What each finds, 25 x 25", "Second layer, 12 x 12")
        for axes, tile, title in zip(self.strips, TILES, titles, strict=True):
            wide = FILTERS * (tile + GAP[tile]) - GAP[tile]
            axes.set(xlim=(0, wide), ylim=(tile, 0), xticks=[], yticks=[], box_aspect=tile / wide)
            axes.set_title(title, fontsize=style.size(), pad=3)
            axes.spines[:].set_visible(False)
            self.maps.append(plots.PixelMap(axes))
            self.frames.append(self.curve(axes, style.RED, linewidth=2.5 * style.current_scale(), clip_on=False))
        self.frames[2].set_visible(False)  # each of these maps is made of all eight
        self.bars = plots.class_bars(parts["bars"], self.classes, 0, 1)
        parts["bars"].set(xlabel="probability; star: the truth", title="Answer")
        parts["bars"].set_xticks([0, 0.5, 1])
        self.star = self.dot(parts["bars"], "*", style.INK, 13, markeredgecolor="none", clip_on=False)
        look = {"zorder": 5, "linewidth": 2 * style.current_scale()}
        self.window, self.place = (self.curve(axes, style.RED, **look) for axes in (self.left, self.answers))
        self.moving(self.input, self.output, *self.maps, *self.bars)

    def _draw_filter(self, axes) -> None:
        """Make room for the filter in three colours, one below the other, each with its sum."""
        axes.set(xlim=(0, 18), ylim=(17, 0), box_aspect=17 / 18, xticks=[], yticks=[])
        axes.set_title("The filter" if self.is_narrow else "The filter, colour by colour")
        axes.spines[:].set_visible(False)
        self.slices = plots.PixelMap(axes)
        places = [(12.0 if self.is_narrow else 11.5, 2.5 + 6 * c) for c in range(3)]
        self.sums = plots.Numbers(axes, np.array(places))
        self.moving(self.slices, self.sums)

    def update(self, picture: int, filter: int, net: int, right: int, row: int, column: int) -> str:
        moved = shift(self.pictures[picture], right)
        weights, f = self.networks[net - 1], filter - 1
        kept = convnet.run(convnet.halved(moved.reshape(1, -1)), weights)
        self._show_maps(kept, weights["K1"], f)
        K, bias = weights["K1"][f], float(weights["b1"][f])
        seen = convnet.windows(kept["X"], 5, pad=2)[0, row, column]
        parts = (seen * K).sum(axis=(0, 1))
        self._show_filter(K, parts)
        put(self.window, 5 * BOX + (column - 2, row - 2))
        put(self.place, BOX + (column, row))
        p = softmax(kept["S"])[0]
        plots.set_bars(self.bars, p)
        put(self.star, p[self.y[picture]], self.y[picture])
        sums = " + ".join(f"{name} {part:.2f}" for name, part in zip(COLOURS, parts, strict=True))
        told = f"{sums} + bias {bias:.2f} = {parts.sum() + bias:.2f}".replace("-", MINUS)
        said, truth = int(p.argmax()), int(self.y[picture])
        verdict = "right" if said == truth else f"wrong: it is a {self.classes[truth]}"
        return f"Row {row}, column {column}: {told}. The network says {self.classes[said]}, {p[said]:.0%}: {verdict}."

    def _show_maps(self, kept: Mapping[str, Array], K: Array, f: int) -> None:
        plots.set_picture(self.input, np.clip(kept["X"][0] + 1, 0, 1))
        most = float(np.abs(K).max())
        first, second = kept["H1"][0], kept["H2"][0].repeat(2, axis=0).repeat(2, axis=1)
        shown = first[:, :, f] / max(float(first.max()), 1e-9)
        plots.set_picture(self.output, np.repeat(shown[:, :, None], 3, axis=2))
        for strip, tiles in zip(self.maps, (0.5 + 0.5 * K / most, grey(first), grey(second)), strict=True):
            plots.set_picture(strip, side_by_side(tiles))
        for frame, tile in zip(self.frames, TILES, strict=True):
            put(frame, tile * BOX + (f * (tile + GAP[tile]), 0))

    def _show_filter(self, K: Array, parts: Array) -> None:
        sheet = np.ones((17, 18, 3))
        for c in range(3):
            sheet[6 * c : 6 * c + 5, :5] = (0.5 + 0.5 * K[:, :, c] / np.abs(K).max())[:, :, None]
        plots.set_picture(self.slices, sheet)
        words = zip(COLOURS, parts, strict=True)
        self.sums.set_texts([f"{name}: {part:.2f}".replace("-", MINUS) for name, part in words])

    def grab(self, axes, x: float, y: float) -> str | None:
        return {self.left: "window", self.answers: "window"}.get(axes)

    def drag(self, held: str, x: float, y: float) -> None:
        self.set(row=self.controls["row"].within(int(y)), column=self.controls["column"].within(int(x)))

    def tap(self, axes, x: float, y: float) -> None:
        for strip, tile in zip(self.strips[:2], TILES[:2], strict=True):
            if axes is strip:
                self.set(filter=self.controls["filter"].within(1 + int(x // (tile + GAP[tile]))))


def grey(maps: Array) -> Array:
    """Return maps (n, m, F) as grey tiles (F, n, m, 3): 0 is black, the largest of all maps white."""
    shown = np.moveaxis(maps, 2, 0) / max(float(maps.max()), 1e-9)
    return np.repeat(shown[..., None], 3, axis=3)


def side_by_side(tiles: Array) -> Array:
    """Lay tiles (F, n, n, 3) side by side, with paper between them."""
    n = tiles.shape[1]
    paper = np.ones((n, GAP[n], 3))
    row = [part for tile in tiles for part in (tile, paper)]
    return np.concatenate(row[:-1], axis=1)
