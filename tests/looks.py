"""What an eye finds wrong with a picture, asked of its artists and pixels, in any state that the hand brings it to.

Words are cut off, touch each other or can't be read on their ground; a line is too pale; a mark has left its axes while
the sentence says nothing; a legend shows another colour, marker or dash than what it names; two lines or marks differ
by a colour that not every reader sees.
"""

import itertools
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from colour_vision import SIGHTS, apart
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb, to_rgba
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from lectureutils import style
from lectureutils.live import LiveFigure
from lectureutils.live.painter import DPI
from lectureutils.plots import Arrow, Numbers

GUIDES = {style.PALE, style.FRAME, "none"}  # what only leads the eye may be pale
_apart = lru_cache(maxsize=None)(apart)
TOLD_APART = 20  # in CIELAB: a thin line needs far more than the 2 of two large fields side by side
SAYS_SO = re.compile(
    r"(?i)outside|off the|beyond|leaves|left the|out of|above the|below the|right of the|too large|too far"
)


class Word(NamedTuple):
    """Words in the picture: where they stand (pixels, from below), in which colour, what they say, and in what size."""

    text: str
    box: Bbox
    color: tuple[float, ...]
    large: bool
    clip: Bbox | None
    points: float


def faults(figure: LiveFigure) -> list[str]:
    """List what is wrong with the picture as it is now."""
    there = list(words(figure))
    found = [*_cut(figure, there), *_touching(there), *_unreadable(figure, there)]
    for axes in figure.painter.figure.axes:
        if axes.get_visible():
            found += [*_pale(axes), *_astray(axes, figure.canvas.text)]
            has_scales = axes.axison and len(axes.get_xticks()) and len(axes.get_yticks())
            found += _by_colour_alone(axes) if has_scales else ()  # in a diagram a thing is known by its place
    for legend in figure.painter.figure.findobj(Legend):
        found += _mislabelled(legend, figure.painter.figure.findobj(_with_label))
    return found


def words(figure: LiveFigure) -> Iterator[Word]:
    """Give all words that can be seen."""
    whole = figure.painter.figure
    for text in dict.fromkeys(_texts(figure)):
        if not (text.get_text().strip() and text.get_visible() and text.get_alpha() != 0):
            continue
        box = Text.get_window_extent(text)  # of an annotation without its arrow
        points, bold = text.get_fontsize(), str(text.get_weight()) in ("bold", "semibold", "600", "700")
        clip = text.get_clip_box() if text.get_clip_on() else None
        yield Word(text.get_text(), box, _rgb(text.get_color(), text), points >= (14 if bold else 18), clip, points)
    for numbers in dict.fromkeys([*whole.findobj(Numbers), *filter(_writes, figure.painter.drawn_each_time())]):
        if numbers.get_visible() and numbers.axes is not None and numbers.axes.get_visible():
            yield from _of_numbers(numbers)


def too_small(figure: LiveFigure, least: float = 11) -> list[str]:
    """List words that have fewer CSS pixels than `least` where the picture is shown in the size it is drawn for."""
    pixels = {word.text: word.points * DPI / 72 for word in words(figure)}
    return [f"{text!r} has {size:.1f} pixels" for text, size in pixels.items() if size < least]


def _writes(artist: Artist) -> bool:
    return isinstance(artist, Numbers)


def _texts(figure: LiveFigure) -> Iterator[Text]:
    whole = figure.painter.figure
    for part in [whole, *whole.subfigs]:
        yield from part.texts
        yield from (it for it in (part._suptitle, part._supxlabel, part._supylabel) if it)
        yield from (text for legend in part.legends for text in [*legend.get_texts(), legend.get_title()])
    for axes in whole.axes:
        if not axes.get_visible():
            continue
        yield from axes.texts
        if legend := axes.get_legend():
            yield from [*legend.get_texts(), legend.get_title()]
        yield from (axes.title, axes._left_title, axes._right_title)
        for axis in (axes.xaxis, axes.yaxis) if axes.axison else ():
            if axis.get_visible():
                yield axis.label
                for tick in axis.majorTicks[: len(axis.get_majorticklocs())]:  # as they were drawn last
                    yield from (label for label in (tick.label1, tick.label2) if _within(label, axes))


def _within(label: Text, axes: Axes) -> bool:
    """Say whether the label of a tick is drawn: it is not where the tick lies outside the limits."""
    box, around = Text.get_window_extent(label), axes.bbox
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return label.get_visible() and (around.x0 - 1 <= x <= around.x1 + 1 or around.y0 - 1 <= y <= around.y1 + 1)


def _of_numbers(numbers: Numbers) -> Iterator[Word]:
    middles = numbers.axes.transData.transform(numbers.places)
    zoom = numbers.size / 72 * numbers.figure.dpi
    for text, color, (x, y) in zip(numbers.get_texts(), numbers._colors, middles, strict=True):
        if text.strip():
            half = 0.3 * zoom * len(text)
            yield Word(
                text,
                Bbox.from_extents(x - half, y - 0.36 * zoom, x + half, y + 0.37 * zoom),
                to_rgb(color),
                False,
                None,
                numbers.size,
            )


def _rgb(color, artist: Artist) -> tuple[float, ...]:
    """Give a colour as it looks on paper."""
    *rgb, alpha = to_rgba(color, artist.get_alpha())
    return tuple(alpha * np.array(rgb) + 1 - alpha)


def _cut(figure: LiveFigure, there: list[Word]) -> Iterator[str]:
    edge = figure.painter.figure.bbox
    for word in there:
        for around in filter(None, (edge, word.clip)):
            if not (
                word.box.x0 >= around.x0 - 1 and word.box.x1 <= around.x1 + 1
                and word.box.y0 >= around.y0 - 1 and word.box.y1 <= around.y1 + 1
            ):  # fmt: skip
                yield f"{word.text!r} is cut off"


def _touching(there: list[Word]) -> Iterator[str]:
    for one, other in itertools.combinations(there, 2):
        width = min(one.box.x1, other.box.x1) - max(one.box.x0, other.box.x0)
        height = min(one.box.y1, other.box.y1) - max(one.box.y0, other.box.y0)
        if width > 1.5 and height > 2.5:  # a box has room above and below its letters
            yield f"{one.text!r} lies on {other.text!r}"


def _unreadable(figure: LiveFigure, there: list[Word]) -> Iterator[str]:
    pixels = figure.painter.pixels()[::-1, :, :3]
    for word in there:
        x0, y0, x1, y1 = (max(0, round(edge)) for edge in word.box.extents)
        kinds, counts = np.unique(pixels[y0:y1, x0:x1] // 8 @ [1024, 32, 1], return_counts=True)
        if not len(kinds):
            continue
        shade = kinds[counts.argmax()]  # what there is most of lies under the letters
        ground = (np.array([shade // 1024, shade // 32 % 32, shade % 32]) * 8 + 4) / 255
        ground = np.where(ground > 0.98, 1, ground)
        ratio, least = style.contrast(tuple(word.color), tuple(ground)), 3 if word.large else 4.5
        if ratio < 0.97 * least:  # the ground is known to 8 of 255
            yield f"{word.text!r} has a contrast of {ratio:.2f} on {np.round(ground, 2)}"


def _pale(axes: Axes) -> Iterator[str]:
    for line in axes.lines:
        shown = line.get_visible() and len(line.get_xydata()) and line.get_alpha() != 0
        drawn = line.get_linestyle() != "None" and line.get_linewidth() > 0
        ratio = style.contrast(_rgb(line.get_color(), line))
        if shown and drawn and line.get_color() not in GUIDES and ratio < 2.95:
            yield f"line {line.get_label()!r} in {line.get_color()}, alpha {line.get_alpha()}: contrast {ratio:.2f}"


def _astray(axes: Axes, sentence: str) -> Iterator[str]:
    for line in axes.lines:
        places = np.asarray(line.get_xydata(), dtype=float)
        if len(places) != 1 or line.get_marker() in ("None", None, "") or not line.get_visible() or not axes.axison:
            continue
        (x, y), around = line.get_transform().transform(places)[0], axes.bbox
        inside = around.x0 - 1 <= x <= around.x1 + 1 and around.y0 - 1 <= y <= around.y1 + 1
        if not inside and line.get_clip_on() and np.isfinite([x, y]).all() and not SAYS_SO.search(sentence):
            yield f"the mark {line.get_marker()!r} at {places[0]} is outside, and the sentence does not say so"


def _by_colour_alone(axes: Axes) -> Iterator[str]:
    """Compare lines and marks of one shape: their colours stand apart for every sight, or something else names them.

    That is a word in their colour, or marks of another shape at the ends of a line. An arrow is known by its place.
    """
    named = {to_hex(text.get_color()) for text in axes.texts if text.get_visible() and text.get_text().strip()}
    lines = [line for line in axes.lines if line.get_visible() and line.get_alpha() != 0 and len(line.get_xydata())]
    marked = {(*place, line.get_color()) for line in lines if look(line)[2] != "None" for place in line.get_xydata()}
    kinds: dict[tuple, set[str]] = {}
    for line in lines:
        joins_marks = {(*line.get_xydata()[end], line.get_color()) for end in (0, -1)} <= marked
        _color, drawn, marker = look(line)
        if isinstance(line, Arrow) or (drawn, marker) == ("None", "None") or (drawn != "None" and joins_marks):
            continue
        dashes = tuple(line._unscaled_dash_pattern[1] or ()) if drawn != "None" else None  # "--" is said of any pattern
        shape = dashes, marker, line.get_linewidth(), line.get_markersize()
        kinds.setdefault(shape, set()).add(to_hex(_rgb(line.get_color(), line)))
    for shape, colors in kinds.items():
        unnamed = {color for color in colors if style.readable(color) not in named}
        for one, other in itertools.combinations(sorted(colors), 2):
            worst = min(SIGHTS, key=lambda sight: _apart(one, other, sight)) if unnamed & {one, other} else "common"
            if _apart(one, other, worst) < TOLD_APART:
                yield f"{one} and {other} are drawn alike {shape}, and are one colour to {worst} vision"
                return


def _with_label(artist: Artist) -> bool:
    return isinstance(artist, Line2D | Patch) and not str(artist.get_label()).startswith("_")


def _mislabelled(legend: Legend, named: list[Artist]) -> Iterator[str]:
    handles = set(legend.legend_handles)
    for handle, text in zip(legend.legend_handles, legend.get_texts(), strict=True):
        meant = [artist for artist in named if artist.get_label() == text.get_text() and artist not in handles]
        looks = [look(artist) for artist in meant if type(artist) is type(handle)]
        if looks and look(handle) not in looks:
            yield f"the legend shows {text.get_text()!r} as {look(handle)}, and it is {looks[0]}"


def look(artist: Artist) -> tuple:
    """Give what a reader tells a line or a filled shape by."""
    if isinstance(artist, Line2D):
        line = artist.get_linestyle() if artist.get_linewidth() else "None"
        marker = artist.get_marker() if artist.get_marker() not in ("None", "", None) else "None"
        return to_rgba(artist.get_color()), line, marker
    return to_rgba(artist.get_facecolor()), artist.get_hatch()
