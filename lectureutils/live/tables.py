"""The numbers that a picture shows, as small tables: read off its artists, whatever figure it is.

Curves are thinned to a few rows, with both ends and each extreme among them; bars come with the names of their ticks,
tables with those of their rows and columns, and words that are written into the picture in the order of reading.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.container import BarContainer
from matplotlib.figure import FigureBase
from matplotlib.lines import Line2D
from matplotlib.patches import StepPatch
from matplotlib.text import Text

ROWS = 9  # of a long curve, before its extremes are added
POINTS = 12  # of a cloud of points
LINE = 8  # pixels between texts of one line


class NumberTable(NamedTuple):
    """A table with a title, the heads of its columns, and rows of texts."""

    title: str
    heads: list[str]
    rows: list[list[str]]


def tables(figure: FigureBase, moving: Sequence[Artist] = ()) -> list[NumberTable]:
    """Return the numbers of a figure, axes by axes; `moving` are the artists that are drawn apart from their axes."""
    found = []
    for number, axes in enumerate(_axes(figure), start=1):
        if not axes.get_visible():
            continue
        kept = [artist for artist in moving if artist.axes is axes]
        titles = [axes.title, *(getattr(axes, f"_{side}_title") for side in ("left", "right"))]
        artists = [it for it in dict.fromkeys([*axes.get_children(), *kept]) if it.get_visible() and it not in titles]
        name = plain(axes.get_title() or axes.get_title("left") or axes.get_ylabel() or f"picture {number}")
        found += [table for table in _of_axes(axes, artists, name) if table.rows]
    return found


def plain(text: str) -> str:
    r"""Return a text of a picture as words: without line breaks and without the marks of its formulas."""
    text = re.sub(r"\\(?:mathbf|mathrm|mathit|boldsymbol|text)\b", "", text)
    text = re.sub(r"\\([a-zA-Z]+)", r"\1", re.sub(r"\\[,;! ]", " ", text))
    return " ".join(re.sub(r"[${}]", "", text).split())


def say(value: float) -> str:
    """Return a number in four digits."""
    return f"{value:.4g}" if np.isfinite(value) else "none"


def _axes(figure: Any) -> list[Axes]:
    own: list[Axes] = list(figure.axes)
    return list(dict.fromkeys([*own, *(axes for part in figure.subfigs for axes in _axes(part))]))


def _of_axes(axes: Any, artists: Sequence[Artist], name: str) -> Iterator[NumberTable]:
    written = [it for it in artists if hasattr(it, "get_texts") and hasattr(it, "places")]
    if not axes.axison:  # a graph, a diagram: its lines lead from word to word
        yield from _words(artists, written, name)
        return
    bars = list(_bars(axes, artists, name))
    yield from bars
    yield from _stairs(axes, artists, name)
    lines = [it for it in artists if isinstance(it, Line2D) and _count(it)]
    inside = [line for line in lines if line.get_transform() == axes.transData]
    curves = [line for line in inside if _count(line) > 1 and line.get_linestyle() not in ("None", "none", "")]
    if len(axes.get_xticks()) or len(axes.get_yticks()):  # without any it is a drawing, in no numbers of its own
        yield from _curves(axes, artists, curves, name)
        marks = [line for line in inside if line not in curves]
        if bars:  # one star beside a bar says no number
            marks = [line for line in marks if _count(line) > 1]
        yield from _points(axes, artists, marks, name)
    yield from _levels(axes, artists, [it for it in lines if it not in inside and it.get_animated()], name)
    for numbers in written:
        yield from _cells(axes, numbers, name)
    yield from _words(artists, [], name)


# What each kind of artist shows


def _bars(axes: Any, artists: Sequence[Artist], name: str) -> Iterator[NumberTable]:
    for container in axes.containers:
        if not isinstance(container, BarContainer) or not any(bar in artists for bar in container):
            continue
        upright = container.orientation != "horizontal"
        names = _ticks(axes.xaxis if upright else axes.yaxis)
        rows = []
        for number, bar in enumerate(container, start=1):
            middle = bar.get_x() + bar.get_width() / 2 if upright else bar.get_y() + bar.get_height() / 2
            size = bar.get_height() if upright else bar.get_width()
            rows.append([_nearest(names, middle) or f"bar {number}", say(size)])
        value = plain(axes.get_ylabel() if upright else axes.get_xlabel()) or "value"
        yield NumberTable(_with(name, _label(container)), ["bar", value], rows)


def _stairs(axes: Axes, artists: Sequence[Artist], name: str) -> Iterator[NumberTable]:
    for steps in artists:
        if isinstance(steps, StepPatch):
            values, edges, _ = steps.get_data()
            rows = [[f"{say(low)} to {say(high)}", say(value)]
                    for value, low, high in zip(values, edges, edges[1:], strict=False)]  # fmt: skip
            yield NumberTable(_with(name, _label(steps)), [_head(axes, "x"), _head(axes, "y")], _thin(rows, 2 * POINTS))


def _curves(axes: Axes, artists: Sequence[Artist], curves: Sequence[Line2D], name: str) -> Iterator[NumberTable]:
    """Curves over the same places share a table; a path, which goes back and forth, has its points numbered."""
    groups: list[tuple[np.ndarray, list[tuple[str, np.ndarray]]]] = []
    for number, line in enumerate(curves, start=1):
        x, y = (np.asarray(line.convert_xunits(data), float) for data in line.get_data())
        drawn = np.isfinite(x) & np.isfinite(y)
        x, y = x[drawn], y[drawn]
        if len(x) < 2:
            continue
        entry = (_named(line, artists) or f"curve {number}", y)
        for there, entries in groups:
            if np.array_equal(there, x) and (np.diff(x) >= 0).all():
                entries.append(entry)
                break
        else:
            groups.append((x, [entry]))
    for x, entries in groups:
        rows = _telling(len(x), [y for _, y in entries])
        if (np.diff(x) >= 0).all():
            heads = [_head(axes, "x"), *(word for word, _ in entries)]
            if len(entries) == 1 and heads[1].startswith("curve"):
                heads[1] = _head(axes, "y")
            yield NumberTable(name, heads, [[say(x[at]), *(say(y[at]) for _, y in entries)] for at in rows])
        else:
            word, y = entries[0]
            heads = ["point", _head(axes, "x"), _head(axes, "y")]
            yield NumberTable(_with(name, word), heads, [[f"{at + 1}", say(x[at]), say(y[at])] for at in rows])


def _points(axes: Any, artists: Sequence[Artist], lines: Sequence[Line2D], name: str) -> Iterator[NumberTable]:
    sets = [
        (_named(line, artists), np.column_stack([np.asarray(it, float) for it in line.get_data()])) for line in lines
    ]
    sets += [(_label(it), np.asarray(it.get_offsets(), float)) for it in artists if isinstance(it, PathCollection)]
    rows, left = [], 0
    for word, places in sets:
        places = places[np.isfinite(places).all(axis=1)]
        shown = _thin(list(places), POINTS)
        left += len(places) - len(shown)
        rows += [[word or "mark", say(x), say(y)] for x, y in shown]
    title = f"{name}, marks" + (f" ({left} more are not listed)" if left else "")
    yield NumberTable(title, ["mark", _head(axes, "x"), _head(axes, "y")], rows)


def _levels(axes: Axes, artists: Sequence[Artist], lines: Sequence[Line2D], name: str) -> Iterator[NumberTable]:
    """Lines across the whole axes that move: a threshold, a limit."""
    rows = []
    for line in lines:
        along, across = ("y", line.get_ydata()) if line.get_transform() == axes.get_yaxis_transform("grid") else (
            "x", line.get_xdata())  # fmt: skip
        rows.append([_named(line, artists) or "line", f"{_head(axes, along)} = {say(float(np.ravel(across)[0]))}"])
    yield NumberTable(f"{name}, lines across", ["line", "where"], rows)


def _cells(axes: Axes, numbers: Any, name: str) -> Iterator[NumberTable]:
    """Write numbers that stand in rows and columns as they stand there, others in the order of reading."""
    texts, places = [plain(text) for text in numbers.get_texts()], np.round(numbers.places, 6)
    across, down = (np.unique(places[:, axis]) for axis in (0, 1))
    if len(across) * len(down) != len(places):
        middles = numbers.axes.transData.transform(numbers.places)
        there = [(text, place) for text, place in zip(texts, middles, strict=True) if text]
        yield NumberTable(name, ["line by line"], _line_by_line(there))
        return
    columns, lines = _ticks(axes.xaxis), _ticks(axes.yaxis)
    here = {(x, y): text for (x, y), text in zip(places, texts, strict=True)}
    bottom, top = axes.get_ylim()
    heads = [_nearest(columns, x) or f"column {at}" for at, x in enumerate(across)]
    rows = [[_nearest(lines, y) or f"row {at}", *(here[x, y] for x in across)]
            for at, y in enumerate(down if top < bottom else down[::-1])]  # fmt: skip
    yield NumberTable(name, ["", *heads], [row for row in rows if any(row[1:])])


def _words(artists: Sequence[Artist], written: Sequence[Any], name: str) -> Iterator[NumberTable]:
    """Texts of the picture, line by line from the top, if numbers are among them."""
    texts = [(it.get_text(), it.get_transform().transform(it.get_position())) for it in artists if isinstance(it, Text)]
    for numbers in written:
        texts += zip(numbers.get_texts(), numbers.axes.transData.transform(numbers.places), strict=True)
    texts = [(plain(text), place) for text, place in texts if text.strip()]
    if not any(re.search(r"\d", text) for text, _ in texts):
        return
    yield NumberTable(f"{name}, written in it", ["line by line"], _line_by_line(texts))


def _line_by_line(texts: Sequence[tuple[str, np.ndarray]]) -> list[list[str]]:
    """Return a row for each line of texts with their places in pixels, from the top, in the order of reading."""
    lines: list[list[tuple[str, np.ndarray]]] = []
    for text, place in sorted(texts, key=lambda it: -it[1][1]):
        if lines and lines[-1][0][1][1] - place[1] < LINE:
            lines[-1].append((text, place))
        else:
            lines.append([(text, place)])
    return [["; ".join(text for text, _ in sorted(line, key=lambda it: it[1][0]))] for line in lines]


# Names and choices


def _ticks(axis: Any) -> list[tuple[float, str]]:
    """Give places and words of an axis whose ticks are words."""
    labels = [plain(text) for text in axis.get_major_formatter().format_ticks(axis.get_majorticklocs())]
    return [(float(at), word) for at, word in zip(axis.get_majorticklocs(), labels, strict=True) if word]


def _nearest(names: Sequence[tuple[float, str]], place: float) -> str:
    return next((word for at, word in names if abs(at - place) < 1e-6), "")


def _count(line: Line2D) -> int:
    return np.size(line.get_xdata())


def _label(artist: Any) -> str:
    label = str(artist.get_label() or "")
    return "" if label.startswith("_") else plain(label)


def _named(line: Line2D, artists: Sequence[Artist]) -> str:
    """Return the label of a line, or the one text of its axes that has its colour."""
    if word := _label(line):
        return word
    colour = to_hex(line.get_color())
    beside = [it for it in artists if isinstance(it, Text) and it.get_text() and to_hex(it.get_color()) == colour]
    return plain(beside[0].get_text()) if len(beside) == 1 else ""


def _head(axes: Axes, axis: str) -> str:
    return plain(axes.get_xlabel() if axis == "x" else axes.get_ylabel()) or axis


def _with(name: str, word: str) -> str:
    return f"{name}, {word}" if word and word != name else name


def _telling(count: int, curves: Sequence[np.ndarray]) -> list[int]:
    """Choose a few of `count` places: evenly spaced, both ends, and where a curve is lowest and highest."""
    chosen = set(np.linspace(0, count - 1, min(count, ROWS)).round().astype(int).tolist())
    for y in curves[:4]:
        chosen |= {int(y.argmin()), int(y.argmax())}
    return sorted(chosen)


def _thin(rows: list, most: int) -> list:
    return [rows[at] for at in np.linspace(0, len(rows) - 1, min(len(rows), most)).round().astype(int)]
