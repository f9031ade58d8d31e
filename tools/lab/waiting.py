"""Waiting is polling for what is meant, never a fixed pause.

The limits say how long at most; who waits longer than that is told what did not happen.
"""

import time
from collections.abc import Callable
from typing import Any

START, RUN, ANSWER = 90, 180, 30  # seconds: at most for a start, for a whole notebook, for one reaction
POLL = 50  # milliseconds; the default, every frame of the screen, would make Chromium paint all the time


def wait_until(ready: Callable[[], Any], what: str, seconds: float = ANSWER, every: float = 0.02) -> Any:
    """Poll until `ready()` is true and return what it returned; raise TimeoutError that says what did not happen."""
    end = time.monotonic() + seconds
    while not (outcome := ready()):
        if time.monotonic() > end:
            raise TimeoutError(f"waited {seconds} s, but {what}")
        time.sleep(every)
    return outcome
