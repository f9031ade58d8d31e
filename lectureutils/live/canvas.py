"""The view of a live figure: one widget that shows frames, says what they show, and reports the pointer.

Frames are encoded pictures, sent together with their sentence in one message, so that picture and text can't drift.
The drawing itself happens elsewhere; this module only carries it to the browser and brings the hand's moves back.
"""

import traitlets

from lectureutils.live.assets import PageWidget


class Canvas(PageWidget):
    """Show the newest `frame` with its `text`, and hand pointer strokes and player ticks to Python.

    `size` is in CSS pixels; `pixel_ratio` tells how many device pixels the reader's screen has for each of them.
    `narrow` is set by the page where a picture as `wide` as that would have to shrink too far, as on a phone: Python
    answers with another `size` and frame.
    `coarse` is set by the page while frames come too late, as they do over a slow line; `worked` says for how many
    milliseconds the kernel was at work on this one, because that is not the line.
    `command` counts the buttons that set controls, `obeyed` the ones after which no earlier move of a control comes any
    more; -1 while there is no page. `inputs` are the ids of the widgets that such moves come from.
    `numbers` are the tables of the picture, each [title, heads, rows], while `numbers_open`; the page counts
    `numbers_asked` up when it needs those of the newest frame.
    `shrunk` is how much smaller than its `size` the page shows it, at most 1. Where a finger works (`fingers`), `holds`
    tells what it can take hold of.
    `pointer` positions are fractions of the canvas, from its lower left corner.
    """

    script = "canvas.js"
    style_sheet = "canvas.css"

    size = traitlets.List([640, 400]).tag(sync=True)
    frame = traitlets.Bytes().tag(sync=True)
    frame_id = traitlets.Int(0).tag(sync=True)
    mime = traitlets.Unicode("image/jpeg").tag(sync=True)
    text = traitlets.Unicode().tag(sync=True)
    failed = traitlets.Bool(False).tag(sync=True)
    wide = traitlets.Int(640).tag(sync=True)
    narrow = traitlets.Bool(False).tag(sync=True)
    scale = traitlets.Float(1.0).tag(sync=True)
    pixel_ratio = traitlets.Float(1.0).tag(sync=True)
    takes_pointer = traitlets.Bool(False).tag(sync=True)
    shrunk = traitlets.Float(1.0).tag(sync=True)
    fingers = traitlets.Bool(False).tag(sync=True)
    holds = traitlets.Dict().tag(sync=True)
    coarse = traitlets.Bool(False).tag(sync=True)
    worked = traitlets.Int(0).tag(sync=True)
    command = traitlets.Int(0).tag(sync=True)
    obeyed = traitlets.Int(-1).tag(sync=True)
    inputs = traitlets.List(traitlets.Unicode()).tag(sync=True)
    numbers = traitlets.List().tag(sync=True)
    numbers_open = traitlets.Bool(False).tag(sync=True)
    numbers_asked = traitlets.Int(0).tag(sync=True)
    pointer = traitlets.Dict().tag(sync=True)
    playing = traitlets.Bool(False).tag(sync=True)
    tick = traitlets.Int(0).tag(sync=True)
    tick_ms = traitlets.Int(40).tag(sync=True)
