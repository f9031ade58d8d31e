"""Arrays drawn as blocks of cells, so that shapes can be seen and entries pointed at.

All numbers of a board are one artist and all coloured cells another, which keeps a frame quick however many arrays
there are.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.patches import Rectangle

from lectureutils import plots, style
from lectureutils.figures.shared.words import few_digits

Array = np.ndarray


CELL = style.pale(style.AMBER, 0.45)  # what lies under a number that is pointed at


class Block(NamedTuple):
    """The place of an array on a board: its upper left corner, its size in cells, and the colour of its numbers."""

    left: float
    top: float
    rows: int
    columns: int
    color: str


class Board:
    """Blocks of cells in one axes, `width` x `height` cells large, row 0 at the top.

    `write` sets numbers, `light` colours single cells, `ring` frames whole blocks. The artists that move are in
    `artists`.
    """

    def __init__(
        self,
        axes: Axes,
        blocks: Mapping[str, Block],
        width: float,
        height: float,
        form: Callable[[float], str] = few_digits,
    ):
        axes.set(xlim=(0, width), ylim=(height, 0), xticks=[], yticks=[])
        axes.spines[:].set_visible(False)
        self.axes, self.blocks, self.form = axes, dict(blocks), form
        for block in self.blocks.values():
            look = {"edgecolor": style.GREY, "linewidth": 1, "facecolor": "none", "zorder": 2, "clip_on": False}
            axes.add_patch(Rectangle((block.left, block.top), block.columns, block.rows, **look))
        self.numbers = plots.Numbers(axes, np.concatenate([_middles(block) for block in self.blocks.values()]))
        self.numbers.size *= 0.85
        self.color([b.color for b in self.blocks.values()])
        self.cells = PolyCollection([], facecolor=CELL, edgecolor="none", zorder=1)
        self.frames = PolyCollection([], facecolor="none", zorder=5, edgecolor=style.GRADIENT)
        self.frames.set_linewidth(2.2 * style.current_scale())
        axes.add_collection(self.cells, autolim=False)
        axes.add_collection(self.frames, autolim=False)
        self.artists = (self.cells, self.numbers, self.frames)
        self.texts: dict[str, list[str]] = {}

    def color(self, colors: Iterable[str]) -> None:
        """Set the colour of each block's numbers, as dark as a coloured cell needs it."""
        pairs = zip(colors, self.blocks.values(), strict=True)
        self.numbers.set_colors([style.readable(color, CELL) for color, b in pairs for _ in range(b.rows * b.columns)])

    def write(self, arrays: Mapping[str, Array | None]) -> None:
        """Write arrays into the blocks of their names; a block without one stays empty."""
        self.texts = {}
        for name, block in self.blocks.items():
            array = arrays.get(name)
            count = block.rows * block.columns
            self.texts[name] = [""] * count if array is None else [self.form(value) for value in np.ravel(array)]
        self.numbers.set_texts([text for texts in self.texts.values() for text in texts])

    def light(self, entries: Iterable[tuple[str, int, int]]) -> None:
        """Colour the cells (block, row, column)."""
        corners = [(self.blocks[name].left + j, self.blocks[name].top + i) for name, i, j in entries]
        self.cells.set_verts([_rectangle(x, y, 1, 1) for x, y in corners])

    def light_blocks(self, names: Iterable[str]) -> None:
        """Colour all cells of these blocks."""
        self.cells.set_verts([_rectangle(b.left, b.top, b.columns, b.rows) for b in map(self.blocks.get, names)])

    def ring(self, names: Iterable[str]) -> None:
        """Put a frame around these blocks."""
        self.frames.set_verts([_rectangle(b.left, b.top, b.columns, b.rows) for b in map(self.blocks.get, names)])

    def entry(self, x: float, y: float) -> tuple[str, int, int] | None:
        """Return the cell (block, row, column) at a place, or None."""
        for name, block in self.blocks.items():
            i, j = int(np.floor(y - block.top)), int(np.floor(x - block.left))
            if 0 <= i < block.rows and 0 <= j < block.columns:
                return name, i, j
        return None


def _middles(block: Block) -> Array:
    return np.array([(block.left + 0.5 + j, block.top + 0.5 + i) for i, j in np.ndindex(block.rows, block.columns)])


def _rectangle(x: float, y: float, width: float, height: float) -> list[tuple[float, float]]:
    return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
