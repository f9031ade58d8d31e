"""Where Python is slow, an epoch is shown in parts: then a frame comes soon, and Pause is answered soon."""

import math
import sys
import time

from lectureutils.live import LiveFigure


def time_is_up_at(figure: LiveFigure) -> float:
    """Return until when (`time.perf_counter`) the chunk that begins now may train before it shows where it is.

    In the browser, while a player plays, that is a tenth of a second from now; elsewhere a chunk is done as a whole.
    """
    waits = sys.platform == "emscripten" and figure.canvas.playing
    return time.perf_counter() + 0.1 if waits else math.inf
