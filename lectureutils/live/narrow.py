"""The picture of a figure for a narrow page: drawn anew, with its panels below each other.

A picture that is made for 700 pixels has words of 6 pixels where a phone shows it in 350. There it is another one: as
wide as the phone's page, its words hardly smaller than on a large screen, and higher instead.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, cast

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure
from matplotlib.gridspec import GridSpec, SubplotSpec
from matplotlib.lines import Line2D
from matplotlib.text import Text

from lectureutils.plots import Numbers

Part = Figure | SubFigure
WIDTH = 350  # CSS pixels: what a page of 390 leaves to a picture
SCALE = 0.88  # of the size of words, and so of marks and lines
LEAST = 7.95  # points, for words that would be smaller: 11 CSS pixels


class Narrow(NamedTuple):
    """How a figure stands on a narrow page: its `height` in CSS pixels, and how its panels are set.

    At most `columns` of them stand in a row, of each part of a figure so many where it has parts. `heights` are the
    ratios of the rows, or of the parts. Without a height it goes by the rows. `columns=0` leaves all as it is drawn.
    """

    height: int = 0
    heights: Sequence[float] = ()
    columns: int | Sequence[int] = 1


def set_for_phone(fig: Figure, plan: Narrow, moving: Iterable[Artist]) -> None:
    """Set the panels of a figure for a narrow page, give its titles more lines, and its words a readable size."""
    rows = _stack(fig, plan.columns, plan.heights)
    if plan.height or rows:
        fig.set_figheight(((plan.height or 110 + 190 * rows) + 0.001) / 100)
    for part in _parts(fig):
        for text in part.texts:
            text.set_wrap(True)
        for axes in _axes(part):
            for text in (axes.title, vars(axes)["_left_title"], axes.xaxis.label):
                text.set_wrap(True)
            for axis in (axes.xaxis, axes.yaxis):
                if (size := axis.get_tick_params().get("labelsize")) and isinstance(size, float) and size < LEAST:
                    axis.set_tick_params(labelsize=LEAST)
    for line in fig.findobj(Line2D):
        if not np.size(line.get_xydata()) and not line.get_clip_on():
            line.set_in_layout(False)  # without data it stands in the corner of the figure
    for text in fig.findobj(Text):
        text.set_fontsize(max(text.get_fontsize(), LEAST))
    for numbers in {*fig.findobj(Numbers), *(it for it in moving if isinstance(it, Numbers))}:
        numbers.size = max(numbers.size, LEAST)


def _stack(fig: Figure, columns: int | Sequence[int], heights: Sequence[float]) -> int:
    """Put the parts of a figure below each other, and the panels of each; return the number of rows."""
    parts: list[Any] = list(fig.subfigs)  # that have no public way to another place
    if heights or any(_columns(vars(part)["_subplotspec"]) > 1 for part in parts):
        grid = GridSpec(max(len(parts), 1), 1, figure=fig, height_ratios=heights if parts else None)
        for n, part in enumerate(parts):
            part._subplotspec = grid[n, 0]
            part._redo_transform_rel_fig()
    each = [columns] * max(len(parts), 1) if isinstance(columns, int) else columns
    if parts:
        return sum(_stack_panels(part, most, ()) for part, most in zip(parts, each, strict=True))
    return _stack_panels(fig, each[0], heights)


def _stack_panels(part: Part, columns: int, heights: Sequence[float]) -> int:
    panels = sorted((axes for axes in _axes(part) if axes.get_subplotspec()), key=_place)
    if not panels:
        return 0
    if not columns or all(_columns(_spec(axes)) <= columns for axes in panels):
        grid = _spec(panels[0]).get_topmost_subplotspec().get_gridspec()
        if heights:
            grid.set_height_ratios(heights)
        return grid.nrows
    rows = -(-len(panels) // columns)
    grid = GridSpec(rows, columns, figure=cast(Figure, part), height_ratios=heights or None)
    for n, axes in enumerate(panels):
        axes.set_subplotspec(grid[n // columns, n % columns])
        _show_scales(axes, n % columns == 0, n + columns >= len(panels))
    return rows


def _show_scales(axes: Axes, is_first: bool, is_last: bool) -> None:
    """Write numbers beside an axes that had those of a neighbour, where it has none of its own any more."""
    beside, below = axes.get_shared_y_axes().get_siblings(axes), axes.get_shared_x_axes().get_siblings(axes)
    if is_first and len(beside) > 1:
        axes.tick_params(axis="y", labelleft=True)
        axes.set_ylabel(next(filter(None, (it.get_ylabel() for it in (axes, *beside))), ""))
        axes.yaxis.label.set_visible(True)
    if is_last and len(below) > 1:
        axes.tick_params(axis="x", labelbottom=True)
        axes.set_xlabel(next(filter(None, (it.get_xlabel() for it in (axes, *below))), ""))
        axes.xaxis.label.set_visible(True)


def _parts(fig: Figure) -> Iterator[Part]:
    yield fig
    yield from fig.subfigs


def _axes(part: Part) -> list[Axes]:
    """List the axes of a part alone; one of a figure has those of all its parts."""
    return [axes for axes in part.axes if axes.figure is part]


def _spec(axes: Axes) -> SubplotSpec:
    return cast(SubplotSpec, axes.get_subplotspec())


def _columns(place: SubplotSpec) -> int:
    return max(place.get_topmost_subplotspec().get_gridspec().ncols, place.get_gridspec().ncols)


def _place(axes: Axes) -> tuple[float, float]:
    """Order panels as they are read: by rows from the top, then from the left."""
    box = _spec(axes).get_position(cast(Figure, axes.figure))
    return -round(box.y1, 3), round(box.x0, 3)
