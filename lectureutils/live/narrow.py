"""The picture of a figure for a narrow page: drawn anew, with its panels below each other.

A picture that is made for 700 pixels has words of 6 pixels where a phone shows it in 350. There it is another one: as
wide as the phone's page, its words hardly smaller than on a large screen, and higher instead.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure, FigureBase
from matplotlib.gridspec import GridSpec
from matplotlib.lines import Line2D
from matplotlib.text import Text

from lectureutils.plots import Numbers

WIDTH = 350  # CSS pixels: what a page of 390 leaves to a picture
SCALE = 0.88  # of the size of words, and so of marks and lines
LEAST = 7.95  # points, for words that would be smaller: 11 CSS pixels
FITS = 0.88  # how far a page may shrink a picture before it is drawn anew: its smallest words have 11 CSS pixels then


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
        for text in filter(None, (part._suptitle, part._supxlabel)):
            text.set_wrap(True)
        for axes in part._localaxes:
            for text in (axes.title, axes._left_title, axes.xaxis.label):
                text.set_wrap(True)
            for axis in (axes.xaxis, axes.yaxis):
                if (size := axis.get_tick_params().get("labelsize")) and isinstance(size, float) and size < LEAST:
                    axis.set_tick_params(labelsize=LEAST)
    for line in fig.findobj(Line2D):
        if not len(line.get_xydata()) and not line.get_clip_on():
            line.set_in_layout(False)  # without data it stands in the corner of the figure
    for text in fig.findobj(Text):
        text.set_fontsize(max(text.get_fontsize(), LEAST))
    for numbers in {*fig.findobj(Numbers), *(it for it in moving if isinstance(it, Numbers))}:
        numbers.size = max(numbers.size, LEAST)


def _stack(part: FigureBase, columns: int | Sequence[int], heights: Sequence[float]) -> int:
    """Put the panels of a part below each other; return the number of rows."""
    if part.subfigs:
        if heights or any(_columns(inner) > 1 for inner in part.subfigs):
            grid = GridSpec(len(part.subfigs), 1, figure=part, height_ratios=heights or None)
            for inner, place in zip(part.subfigs, grid, strict=True):
                inner._subplotspec = place
                inner._redo_transform_rel_fig()
        each = [columns] * len(part.subfigs) if isinstance(columns, int) else columns
        return sum(_stack(inner, most, ()) for inner, most in zip(part.subfigs, each, strict=True))
    panels = sorted((axes for axes in part._localaxes if axes.get_subplotspec()), key=_place)
    if not panels:
        return 0
    if not columns or all(_columns(axes) <= columns for axes in panels):
        grid = panels[0].get_subplotspec().get_topmost_subplotspec().get_gridspec()
        if heights:
            grid.set_height_ratios(heights)
        return grid.nrows
    rows = -(-len(panels) // columns)
    grid = GridSpec(rows, columns, figure=part, height_ratios=heights or None)
    for n, (axes, place) in enumerate(zip(panels, grid, strict=False)):
        axes.set_subplotspec(place)
        _show_scales(axes, n % columns == 0, n + columns >= len(panels))
    return rows


def _show_scales(axes: Axes, is_first: bool, is_last: bool) -> None:
    """Write numbers beside an axes that had those of a neighbour, where it has none of its own any more."""
    for axis, shown, side in ((axes.yaxis, is_first, "labelleft"), (axes.xaxis, is_last, "labelbottom")):
        siblings = (axes.get_shared_y_axes if axis is axes.yaxis else axes.get_shared_x_axes)().get_siblings(axes)
        if shown and len(siblings) > 1:
            axis.set_tick_params(**{side: True})
            names = [it.yaxis.label.get_text() if axis is axes.yaxis else it.xaxis.label.get_text() for it in siblings]
            axis.label.set_text(axis.label.get_text() or next(filter(None, names), ""))
            axis.label.set_visible(True)


def _parts(part: FigureBase) -> Iterator[FigureBase]:
    yield part
    for inner in part.subfigs:
        yield from _parts(inner)


def _columns(part: Axes | FigureBase) -> int:
    place = part.get_subplotspec() if isinstance(part, Axes) else part._subplotspec
    return max(place.get_topmost_subplotspec().get_gridspec().ncols, place.get_gridspec().ncols)


def _place(axes: Axes) -> tuple[float, float]:
    """Order panels as they are read: by rows from the top, then from the left."""
    box = axes.get_subplotspec().get_position(axes.figure)
    return -round(box.y1, 3), round(box.x0, 3)
