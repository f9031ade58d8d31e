"""A short film of a recorded figure, for other people's slides: its player runs, or a control goes to and fro."""

import io
from collections.abc import Sequence
from typing import Any

import numpy as np
from PIL import Image

from tools.recorded.read import Recording

MOST = 40  # frames
SECONDS = 3.0
REST = 1200  # ms that the last frame stands
COLORS = 128
LIMIT = 900_000  # bytes
PAPER = 250  # a palette's nearly white is white: a grey card would show on a page


def film(recording: Recording) -> bytes:
    """Make an endless GIF of a recording; empty where it has a single state."""
    key = played(recording)
    frames = [Image.fromarray(frame).reduce(recording.told["ratio"]) for frame in recording.sweep(key)] if key else []
    if len(frames) < 2:
        return b""
    forth_only = recording.told["controls"][key]["kind"] == "steps" or _plays(recording) == key
    made = gif(frames, back=not forth_only)
    while len(made) > LIMIT and len(frames) > 8:
        frames = frames[::2]
        made = gif(frames, back=not forth_only)
    return made


def played(recording: Recording) -> str:
    """Name the control that a film moves: the one that is played, or else the first one that has several positions."""
    if (key := _plays(recording)) and key in recording.told["start"]:
        return key
    controls = recording.told["controls"]
    return next((key for key, told in controls.items() if len(told["shown"]) > 1 and recording.sweeps(key)), "")


def _plays(recording: Recording) -> str:
    return next((button["plays"] for button in recording.told["buttons"].values() if button["kind"] == "play"), "")


def gif(frames: Sequence[Image.Image], back: bool) -> bytes:
    """Make a GIF that runs backwards after its end, or whose last frame stands for a while."""
    chosen = [frames[round(at)] for at in np.linspace(0, len(frames) - 1, min(len(frames), MOST))]
    pace = max(50, round(SECONDS * 100 / len(chosen)) * 10)
    times = [pace] * len(chosen)
    if back:
        chosen, times = chosen + chosen[-2:0:-1], times + times[-2:0:-1]
        times = [max(50, pace // 20 * 10)] * len(times)
    else:
        times[-1] = REST
    palette = _palette(chosen)
    flat = [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in chosen]
    out, options = io.BytesIO(), {"loop": 0, "optimize": True, "disposal": 1}
    flat[0].save(out, "gif", save_all=True, append_images=flat[1:], duration=times, **options)
    return out.getvalue()


def _palette(frames: Sequence[Image.Image]) -> Any:
    """Choose the colours of a few frames together, so that none of them flickers."""
    some = [frames[round(at)] for at in np.linspace(0, len(frames) - 1, min(len(frames), 5))]
    width, height = some[0].size
    sheet = Image.new("RGB", (width, height * len(some)))
    for number, frame in enumerate(some):
        sheet.paste(frame, (0, number * height))
    chosen = sheet.quantize(COLORS, dither=Image.Dither.NONE)
    chosen.putpalette([255 if level >= PAPER else level for level in chosen.getpalette()])
    return chosen
