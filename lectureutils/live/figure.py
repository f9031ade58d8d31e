"""The engine of every live figure in the series.

A live figure is one small class: `draw` makes the artists once, `update` moves them to the controls' values and returns
one sentence on what can be seen. The sentence stands below the picture, is read out by screen readers, and is what
tests and readers without a kernel see. Whatever goes wrong in between is said there too, and the figure stays alive.
"""

import contextlib
import functools
import sys
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import ipywidgets
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from lectureutils import style
from lectureutils.asked import current_run, in_a_page
from lectureutils.captions import caption
from lectureutils.live import saved, shown
from lectureutils.live.canvas import Canvas
from lectureutils.live.controls import Control, Presets
from lectureutils.live.faults import explain
from lectureutils.live.holds import holds
from lectureutils.live.layout import Widget, beside, column, row
from lectureutils.live.narrow import SCALE, WIDTH, Narrow, set_for_phone
from lectureutils.live.number_view import NumberView
from lectureutils.live.owned import on_copies
from lectureutils.live.painter import WEBP, Painter
from lectureutils.live.player import Player

# Callbacks may arrive in threads of their own. matplotlib is not made for that: one figure at a time computes,
# draws and sends. The lock is re-entrant, because a callback may set another control.
LOCK = threading.RLock()


class LiveFigure:
    """Show a picture that follows its controls.

    A subclass calls `super().__init__(*controls)` last in its own `__init__`, which gets copies of the arrays that the
    reader hands over, and defines:

    - `draw(fig)`: make the axes and artists; those that move come from `self.curve` and `self.dot`, or are handed to
      `self.moving`
    - `update(**values)`: set the artists from the values of the controls, by name, and return the sentence
    - `layout`, optional: the rows of controls by name, such as "rate step / player reset"; `arrange()` where that is
      not enough
    - `self.handle(dot, x=..., y=...)` in `draw`, optional: a mark to take hold of; `grab(axes, x, y)` and
      `drag(held, x, y)` where more than controls of that name follow, `tap(axes, x, y)` for a press on an empty spot
    - `self.pads`, a list of axes in which the pointer takes hold wherever it is: there a finger never scrolls the page
    - `advance()` and `rewind()`, optional, with a `Player` that plays no control: one chunk of work; back to the start
    - `telling`, optional: the values of controls that show the take-away, for the picture stored in the notebook while
      the live figure still stands at its beginning; `tell()` where more than controls has to move
    - `narrow`, optional: how its panels stand where a page is narrow, as on a phone. `draw` is called once more for it,
      with `self.is_narrow` set; no state may live in what it makes
    - `runs` and `told`, where the state is a history: names of a few runs, each with the values of controls that it
      starts from; and the run that tells most, with its number of chunks
    """

    layout = ""
    telling: Mapping[str, Any] = {}
    runs: Mapping[str, Mapping[str, Any]] = {}
    told: tuple[str, int] | None = None
    size = (640, 400)  # CSS pixels, before the projector's scale
    narrow = Narrow()  # how its panels stand on a narrow page, such as that of a phone
    is_narrow = False  # whether it is drawn for one
    reach = 14  # how near, in CSS pixels, the pointer must be to take hold of something

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "__init__" in vars(cls):
            cls.__init__ = on_copies(cls.__init__)

    def __init__(self, *parts: Control | Presets | Player):
        self.parts = parts
        self.controls = {part.name: part for part in parts if isinstance(part, Control)}
        self.error: Exception | None = None
        self.untold: Exception | None = None  # why the picture to keep shows the beginning
        self._busy = self._again = self._silent = self._moved = False
        self._screen = (False, 1.0)
        self._commanded: dict[str, Any] = {}
        scale = style.current_scale()
        self._size = self._make(scale)
        inputs = [widget.model_id for control in self.controls.values() for widget in control.inputs]
        self._said = ""
        self.canvas = Canvas(
            size=self._size, wide=self.size[0], scale=scale, takes_pointer=self._draggable(), inputs=inputs
        )
        self._reset = ipywidgets.Button(description="Reset", icon="undo", tooltip="Reset this figure")
        self._reset.layout.width = "96px"
        self.number_view = NumberView()
        self._refresh()
        self._connect()
        controls = self.arrange()
        self.number_view.join(controls, self._reset)
        self.widget = beside(self.canvas, controls)
        self._made_by = current_run()

    # What a subclass defines

    def draw(self, fig: Figure) -> None:
        """Make the axes and the artists, once."""
        raise NotImplementedError

    # Set the artists from the controls' values, and say in one sentence what can be seen.
    update: Callable[..., str]

    def grab(self, axes: Axes, x: float, y: float) -> Any:
        """Return what lies under the pointer at data coordinates (x, y), or None: here the nearest handle."""

        def far(handle: tuple[Line2D, dict[str, str]]) -> float:
            (there, *_) = np.asarray(handle[0].get_xydata())
            return self.near(axes, (there[0], there[1]), x, y)

        here = [handle for handle in self._handles if handle[0].axes is axes and far(handle) < 2 * self.reach]
        return min(here, key=far)[1] if here else None

    def drag(self, held: Any, x: float, y: float) -> None:
        """Move what `grab` returned to (x, y): here the controls of a handle, as far as they go."""
        place = {"x": x, "y": y}
        self.set(**{name: self.controls[name].within(place[axis]) for axis, name in held.items()})

    def tap(self, axes: Axes, x: float, y: float) -> None:
        """Answer a press on an empty spot."""

    def advance(self) -> bool:
        """Do one chunk of work for the player; return False when there is nothing left to do."""
        if (control := self._played()) is None:
            return False
        self.set(**{control.name: control.further()})
        return control.value < control.within(np.inf)

    def rewind(self) -> None:
        """Go back to the start; Reset calls it too."""
        if control := self._played():
            self.set(**{control.name: control.within(-np.inf)})

    def tell(self) -> None:
        """Go to the state that shows the take-away: the run that is `told`, or else the values in `telling`."""
        if self.told:
            self.follow(*self.told)
        elif self.telling:
            self.set(**self.telling)

    def arrange(self) -> Widget:
        """Lay out the controls in the rows of `layout`, or in one; the Reset button is `self.reset_button`."""
        parts = {part.name: part.widget for part in self.parts} | {"reset": self.reset_button}
        rows = [line.split() for line in (self.layout or " ".join(parts)).split("/")]
        named = sorted(name for line in rows for name in line)
        if named != sorted(parts):
            raise ValueError(f"layout: got {' '.join(named)}, expected each part once: {' '.join(sorted(parts))}")
        return column(*(row(*(parts[name] for name in line)) for line in rows))

    # What a subclass uses

    @property
    def reset_button(self) -> ipywidgets.Button:
        """The button that brings every control and the player back to the start."""
        return self._reset

    @property
    def values(self) -> dict[str, Any]:
        """The controls' values by name."""
        return {name: control.value for name, control in self.controls.items()}

    def moving(self, *artists: Any) -> None:
        """Mark artists that change from frame to frame; all others are drawn once and kept."""
        self.painter.moving(*artists)

    def curve(self, axes: Axes, color: Any, dash: Any = "-", **look: Any) -> Line2D:
        """Make a line that moves; `put` says where it is."""
        line = axes.plot([], [], linestyle=dash, color=color, **look)[0]
        self.moving(line)
        return line

    def dot(self, axes: Axes, marker: str, color: Any, size: float = 7, **look: Any) -> Line2D:
        """Make a mark that moves, with an edge of ink; `size` is in points before the projector's scale."""
        edge = {"markersize": size * style.current_scale(), "markeredgecolor": style.INK, "zorder": 6}
        return self.curve(axes, color, "none", **{"marker": marker, **edge, **look})

    def handle(self, dot: Line2D, **controls: str) -> Line2D:
        """Let the pointer take hold of a mark: x and y name the controls that follow it."""
        self._handles.append((dot, controls))
        return dot

    def set(self, **values: Any) -> None:
        """Set several controls at once and show one frame. Raises ValueError for a name that is not a control."""
        unknown = values.keys() - self.controls.keys()
        if unknown:
            raise ValueError(f"no control named {', '.join(sorted(unknown))}; there are: {', '.join(self.controls)}")
        with LOCK:
            before, self._busy = self._busy, True
            try:
                for name, value in values.items():
                    self.controls[name].value = value
            finally:
                self._busy = before
            self.refresh()

    def command(self, **values: Any) -> None:
        """Do what `set` does, for a button: moves of the same controls that were still on their way don't count.

        Jupyter holds a slider's last move back while the kernel is busy: it may come after the click that followed it.
        """
        with LOCK:
            self.set(**values)
            if self.canvas.obeyed >= 0:
                self._commanded = values  # what was asked for: a late move may have changed the control meanwhile
                self.canvas.command += 1

    def reset(self) -> None:
        """Bring the controls and the player back to where they began."""
        with LOCK:
            self.canvas.playing = False
            self.rewind()
            self.command(**{name: control.default for name, control in self.controls.items()})

    def chunk(self) -> bool:
        """Do one chunk of a named run: what Step does, unless a step is too small to be watched."""
        return self.advance()

    def follow(self, run: str, chunks: int) -> int:
        """Start a named run from its beginning and do so many chunks of it; return how many there were to do.

        What a run does not name stands where the figure began.
        """
        if run not in self.runs:
            raise ValueError(f"run: got {run!r}, expected one of {', '.join(self.runs) or 'none'}")
        self.set(**{name: control.default for name, control in self.controls.items()})
        self.set(**self.runs[run])
        self.refresh(self.rewind)
        going = [True]
        while going[-1] and len(going) <= chunks:
            self.refresh(lambda: going.append(self.chunk()))
            if self.error:
                break
        return len(going) - 1

    def near(self, axes: Axes, point: tuple[float, float], x: float, y: float) -> float:
        """Return the distance in CSS pixels of the page between a point and the pointer, both in data coordinates."""
        (ax, ay), (bx, by) = axes.transData.transform([point, (x, y)])
        return float(((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5 / self.canvas.pixel_ratio * self.canvas.shrunk)

    def refresh(self, work: Callable[[], Any] | None = None) -> None:
        """Do `work` if there is some, then compute, draw and send one frame with its sentence.

        Errors on the way are shown in the figure's text line.
        """
        self._moved = self._moved or not self._silent
        self._refresh(work)

    # Inside

    def _make(self, scale: float) -> list[int]:
        """Make the painter and let `draw` make the artists, for a wide page or a narrow one; return the size."""
        self.pads: list[Axes] = []
        self._handles: list[tuple[Line2D, dict[str, str]]] = []
        self._stroke = self._held = None
        self._axes: Axes | None = None
        vars(self).pop("_latest", None)  # it may say that artists are up to date which are gone
        size = [round(scale * edge) for edge in self.size]
        if self.is_narrow:
            scale, size = SCALE, [WIDTH, self.narrow.height or size[1]]
        with LOCK, style.at(scale), style.settings():
            self.painter = Painter(size)
            figure = self.painter.figure
            self.draw(figure)
            if self.is_narrow:
                set_for_phone(figure, self.narrow, self.painter.drawn_each_time())
        return [int(edge) for edge in figure.bbox.size]

    def _fit_page(self) -> None:
        """Draw anew as the page asks for it: for a wide place or a narrow one, with its number of pixels."""
        if self.is_narrow != self.canvas.narrow:
            self.is_narrow = self.canvas.narrow
            self._size = self._make(self.canvas.scale)
        self.painter.set_pixel_ratio(self.canvas.pixel_ratio)

    def _refresh(self, work: Callable[[], Any] | None = None) -> None:
        with LOCK:
            if self._busy:  # a control was set by the work in hand: its outcome is shown once, at the end
                self._again = True
                return
            self._busy = True
            try:
                self._show(work)
                if self._again:  # update itself set a control
                    self._show()
            finally:
                self._busy = False

    def _show(self, work: Callable[[], Any] | None = None) -> None:
        if self._silent:
            self._said = self._compute(work)
            return
        frame, mime, failed, start = self.canvas.frame, self.canvas.mime, False, time.perf_counter()
        try:
            text = self._compute(work)
            self.painter.paint()
            frame, mime = self._encoded()
            self.error = None
        except Exception as error:  # the one place where a figure's errors are caught: they are shown, not lost
            self.error, failed = error, True
            self.canvas.playing = False
            text = explain(error)
            if not frame:  # even a figure that fails at once has its axes
                self.painter.paint()
                frame, mime = self._encoded()
        with self.canvas.hold_sync():
            self.canvas.frame, self.canvas.text, self.canvas.failed, self.canvas.mime = frame, text, failed, mime
            self.canvas.size = self._size
            self.canvas.worked = round(1000 * (time.perf_counter() - start))
            if self.canvas.fingers and self.canvas.takes_pointer:
                self.canvas.holds = self._holds()
            self.canvas.frame_id += 1

    def _encoded(self) -> tuple[bytes, str]:
        """Return the frame and its type: small where the page asks for that, and where Pillow can write it."""
        if sys.platform == "emscripten":  # the kernel is in the page: no line
            return self.painter.rgba()
        if self.canvas.coarse and WEBP:
            return self.painter.webp(), "image/webp"
        return self.painter.jpeg(), "image/jpeg"

    def _holds(self) -> dict[str, Any]:
        """Tell what can be taken hold of: the handles, or any mark that moves where the figure itself says what."""
        marks = [dot for dot, _controls in self._handles]
        own = type(self).grab is not LiveFigure.grab
        return holds(self.painter.figure, self.painter.drawn_each_time() if own else marks, self.pads)

    def _compute(self, work: Callable[[], Any] | None = None) -> str:
        if work:
            work()
        self._again = False
        with style.at(self.painter.scale):
            return self.update(**self.values)

    def _stored(self) -> tuple[str, bytes]:
        """Return the sentence and the PNG of the telling state, or of the current one once something was moved."""
        slow = self.told and sys.platform == "emscripten"  # a history takes seconds in the browser's Python
        tells = self.told or self.telling or type(self).tell is not LiveFigure.tell
        if tells and not (slow or self._moved or self.error):
            with self._aside():
                self.untold = None
                try:
                    self.tell()
                    self.painter.paint()
                    return self._said, self.painter.png()
                except Exception as error:  # of a reader's own data, perhaps: the beginning is shown instead
                    self.untold = error
        return self.canvas.text, self.painter.png()

    @contextlib.contextmanager
    def _aside(self) -> Iterator[None]:
        """Let the figure move without telling the page, and bring it back to where it began."""
        with contextlib.ExitStack() as held:
            for control in self.controls.values():
                for widget in control.inputs:
                    held.enter_context(widget.hold_sync())
            self._silent = True
            try:
                yield
            finally:
                try:
                    self.rewind()
                    self.set(**{name: control.default for name, control in self.controls.items()})
                finally:
                    self._silent = False
                self.painter.paint()

    def _connect(self) -> None:
        for name, control in self.controls.items():
            control.on_change(lambda _change, name=name: self._on_control(name))
        for part in self.parts:
            if not isinstance(part, Control):
                part.connect(self)
        self._reset.on_click(lambda _button: self.reset())
        self.number_view.connect(self, LOCK)
        self.canvas.observe(self._on_screen, ["narrow", "pixel_ratio"])
        self.canvas.observe(self._on_coarse, "coarse")
        self.canvas.observe(lambda _change: self._refresh(), "fingers")
        self.canvas.observe(self._on_obeyed, "obeyed")
        self.canvas.observe(self._on_pointer, "pointer")

    def _on_control(self, name: str) -> None:
        with LOCK:
            overtaken = name in self._commanded and not self._busy
            if overtaken and not np.array_equal(self.controls[name].value, self._commanded[name]):
                self.set(**{name: self._commanded[name]})
            else:
                self.refresh()

    def _on_obeyed(self, change: Any) -> None:
        with LOCK:
            if change["new"] == self.canvas.command:
                self._commanded = {}

    def _on_screen(self, _change: Any) -> None:
        with LOCK:
            asked = (self.canvas.narrow, self.canvas.pixel_ratio)
            if asked != self._screen:  # both may come in one message
                self._screen = asked
                self._refresh(self._fit_page)

    def _on_coarse(self, change: Any) -> None:
        if not change["new"] and self.canvas.mime == "image/webp":  # the hand rests: show the same picture sharp
            self._refresh()

    def _draggable(self) -> bool:
        own = type(self)
        return bool(self._handles) or own.grab is not LiveFigure.grab or own.tap is not LiveFigure.tap

    def _played(self) -> Control | None:
        """Return the control that the player plays, if there is one."""
        names = (part.control for part in self.parts if isinstance(part, Player))
        return self.controls.get(next(names, ""))

    def _on_pointer(self, change: Any) -> None:
        """Follow one stroke. Messages may have been merged, so each one tells where its stroke began."""
        self.refresh(lambda: self._follow(change["new"]))

    def _follow(self, stroke: dict[str, Any]) -> None:
        if stroke["stroke"] != self._stroke:
            self._stroke = stroke["stroke"]
            self._axes = axes = self._axes_at(stroke["start"])
            self._held = axes and self.grab(axes, *self._data(axes, stroke["start"]))
        if self._axes is None:
            return
        if self._held is not None and stroke["moved"]:
            self.drag(self._held, *self._data(self._axes, stroke["at"]))
        elif self._held is None and stroke["phase"] == "up" and not stroke["moved"]:
            self.tap(self._axes, *self._data(self._axes, stroke["at"]))

    def _axes_at(self, place: tuple[float, float]) -> Axes | None:
        """Return the axes at a place given in fractions of the canvas."""
        figure = self.painter.figure
        pixel = figure.transFigure.transform(place)
        return next((axes for axes in figure.axes if axes.bbox.contains(*pixel)), None)

    def _data(self, axes: Axes, place: tuple[float, float]) -> tuple[float, float]:
        """Turn fractions of the canvas into data coordinates of axes."""
        pixel = self.painter.figure.transFigure.transform(place)
        x, y = axes.transData.inverted().transform(pixel)
        return float(x), float(y)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        """Show the widget; where there is no kernel, a picture that tells and its sentence stand in for it."""
        shown.keep(self._made_by, self)
        if in_a_page():  # where the recording stands for it
            return {**(self.widget._repr_mimebundle_() or {}), "text/plain": self.canvas.text}
        with LOCK:
            text, png = self._stored()
        caption(text)
        saved.leave(text, saved.MOVE, png, self.canvas.size, self.canvas.scale)
        view = self.widget._repr_mimebundle_() or {}
        return {**view, "text/plain": text, "image/png": b64encode(png).decode()}


def put(line: Line2D, x: Any, y: Any = None) -> None:
    """Move a line or marks: to one point (2,), to points (N, 2), or to x and y, numbers or arrays (N,)."""
    line.set_data(*(np.reshape(x, (-1, 2)).T if y is None else np.atleast_1d(x, y)))


def latest(method: Callable) -> Callable:
    """Let a method remember what it returned last: a control that it does not depend on costs no new computation.

    Its arguments are numbers and words, compared with those of the call before.
    """

    @functools.wraps(method)
    def remembered(self: Any, *args: Any) -> Any:
        kept = vars(self).setdefault("_latest", {})
        if method not in kept or kept[method][0] != args:
            kept[method] = args, method(self, *args)
        return kept[method][1]

    return remembered
