"""Move the controls of a live figure the way a browser does: by messages, not by setting attributes.

A callback that fails only after a slider has moved is invisible to everything that runs a notebook. So these helpers
send what the browser sends, and look at what came of it after every single move.
"""

import io
import itertools
import re
from collections.abc import Iterable
from typing import Any

import ipywidgets
import numpy as np
from allpairspy import AllPairs
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.spines import Spine
from PIL import Image

from lectureutils import style
from lectureutils.live import Control, LiveFigure
from lectureutils.live.figure import LOCK

STROKES = itertools.count()
# "1 layers", but not "0.1 layers".
ONE_OF_MANY = re.compile(
    r"(?<![\w.,])1 (classes|dots|draws|entries|epochs|examples|layers|losses|neurons|numbers|pieces|points|steps"
    r"|updates|of \d+ \w+ are)\b"
)


def send(widget: ipywidgets.Widget, **state: Any) -> None:
    """Deliver a state update as the browser would."""
    widget._handle_msg({"content": {"data": {"method": "update", "state": state, "buffer_paths": []}}, "buffers": []})


def send_together(figure: LiveFigure, moves: Iterable[tuple[ipywidgets.Widget, dict[str, Any]]]) -> None:
    """Deliver several updates that are shown with one frame, like what a button sets."""
    with LOCK:
        figure._busy = True
        for widget, state in moves:
            send(widget, **state)
        figure._busy = False
        figure.refresh()


def click(button: ipywidgets.Button) -> None:
    """Deliver a click as the browser would."""
    assert not button.disabled, f"{button.description} is disabled"
    button._handle_msg({"content": {"data": {"method": "custom", "content": {"event": "click"}}}, "buffers": []})


def drag(figure: LiveFigure, axes: Axes, *way: tuple[float, float]) -> None:
    """Drag what lies at the first place of a way to its last, all in the coordinates of the axes."""
    _stroke(figure, axes, way, moved=True)


def tap(figure: LiveFigure, axes: Axes, at: tuple[float, float]) -> None:
    """Press on a place of the axes."""
    _stroke(figure, axes, (at, at), moved=False)


def _stroke(figure: LiveFigure, axes: Axes, way: tuple, moved: bool) -> None:
    start, *places = figure.painter.figure.transFigure.inverted().transform(axes.transData.transform(way)).tolist()
    stroke = {"stroke": f"by hand {next(STROKES)}", "start": start, "touch": False}
    send(figure.canvas, pointer={**stroke, "phase": "down", "at": start, "moved": False})
    for place in places:
        send(figure.canvas, pointer={**stroke, "phase": "move", "at": place, "moved": moved})
    send(figure.canvas, pointer={**stroke, "phase": "up", "at": places[-1], "moved": moved})


def ends(widget: ipywidgets.Widget) -> list[dict[str, Any]]:
    """Return the two extreme states (or all the choices) that the reader's hand can bring a widget to."""
    if isinstance(widget, ipywidgets.FloatLogSlider):
        return [{"value": float(widget.base**widget.min)}, {"value": float(widget.base**widget.max)}]
    if hasattr(widget, "min") and hasattr(widget, "max"):
        return [{"value": widget.min}, {"value": widget.max}]
    if hasattr(widget, "options"):
        return [{"index": index} for index in range(len(widget.options))]
    if isinstance(widget, ipywidgets.Checkbox):
        return [{"value": False}, {"value": True}]
    return []


def inputs(figure: LiveFigure) -> list[tuple[Control, ipywidgets.Widget]]:
    """List every widget of a figure that takes a value, with the control that it belongs to."""
    return [(control, widget) for control in figure.controls.values() for widget in control.inputs if ends(widget)]


def buttons(figure: LiveFigure) -> list[ipywidgets.Button]:
    """List every button below a figure's picture."""
    found, todo = [], [figure.widget]
    while todo:
        widget = todo.pop()
        todo.extend(getattr(widget, "children", ()))
        if isinstance(widget, ipywidgets.Button):
            found.append(widget)
    return found


def pairwise(choices: list[list[dict[str, Any]]]) -> list[list[dict[str, Any]]]:
    """Return settings in which every two controls meet in every combination of their ends."""
    if len(choices) < 2:
        return [[choice] for choice in choices[0]] if choices else []
    return [list(row) for row in AllPairs(choices)]


def shown(figure: LiveFigure) -> np.ndarray:
    """Decode the frame that the browser was sent."""
    return np.asarray(Image.open(io.BytesIO(figure.canvas.frame)))


def alive(figure: LiveFigure, after: str) -> None:
    """Assert that the figure is alive and says what it shows."""
    assert figure.error is None, f"after {after}: {figure.error!r}"
    assert not figure.canvas.failed
    with style.at(figure.painter.scale):
        said = figure.update(**figure.values)
    assert figure.canvas.text == said, f"after {after}"
    assert figure.canvas.text.strip() and "nan" not in figure.canvas.text.split(), figure.canvas.text


def forgotten(figure: LiveFigure) -> list[Artist]:
    """List the artists that matplotlib leaves out of a full drawing, and the painter does not draw either."""
    painter = figure.painter
    seen = painter.drawn_each_time()
    animated = painter.figure.findobj(Artist.get_animated)
    return [it for it in animated if it not in seen and not (isinstance(it, Spine) and not it.axes.axison)]


def check(figure: LiveFigure, after: str) -> None:
    """Assert that the figure is alive, and that its quick frame equals a full drawing.

    A full drawing takes its time: a frame and a sentence that have stood the comparison once are not compared again.
    """
    alive(figure, after)
    assert not ONE_OF_MANY.search(figure.canvas.text), f"after {after}: {figure.canvas.text}"
    state = (figure.canvas.text, figure.canvas.frame)
    compared = vars(figure).setdefault("_compared", set())
    if state in compared:
        return
    quick = figure.painter.pixels().copy()
    figure.painter.set_pixel_ratio(figure.canvas.pixel_ratio)  # forgets the picture of what stands still
    figure.painter.paint()
    full = figure.painter.pixels()
    if not np.array_equal(quick, full):
        worst = np.abs(quick.astype(int) - full).max()
        assert worst <= 2, f"after {after}: the quick frame differs from a full drawing by {worst} of 255"
    compared.add(state)


def fits(figure: LiveFigure) -> None:
    """Assert that all lies on the canvas, and that titles and the labels of ticks stand apart."""
    whole, name = figure.painter.figure, type(figure).__name__
    with style.settings(figure.painter.scale):
        boxes = {axes: axes.get_tightbbox(bbox_extra_artists=drawn(axes)) for axes in whole.axes}
        boxes |= {part: part.get_tightbbox() for part in [*whole.legends, *whole.texts]}
        for part, box in boxes.items():
            assert box.x0 >= -1 and box.x1 <= whole.bbox.x1 + 1, f"{name}: {part} is cut at a side, {box}"
            assert box.y0 >= -1 and box.y1 <= whole.bbox.y1 + 1, f"{name}: {part} is cut above or below, {box}"
        for axes in whole.axes:
            labels = [tick.get_window_extent() for tick in axes.get_xticklabels() if tick.get_text()]
            for one, other in itertools.pairwise(sorted((label.x0, label.x1) for label in labels)):
                assert one[1] < other[0], f"{name}: labels of ticks touch at {other[0]}"
        titles = [axes._left_title.get_window_extent() for axes in whole.axes if axes.get_title(loc="left")]
        for one, other in itertools.combinations(titles, 2):
            assert not one.overlaps(other), f"{name}: titles touch, {one} and {other}"


def drawn(axes: Axes) -> list[Artist]:
    """List what an axes draws: for matplotlib, a marker without a place stands in the corner of the figure."""
    return [artist for artist in axes.get_default_bbox_extra_artists()
            if not isinstance(artist, Line2D) or len(artist.get_xydata())]  # fmt: skip
