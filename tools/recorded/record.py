"""Record one figure: move it to every place of its tables, and keep what it shows there.

A recording starts in the figure's telling state. A figure whose state is a history is recorded as its runs, chunk by
chunk: its controls then only show what a run sets, and a choice of the run stands above them.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from lectureutils.live import LiveFigure, Player
from lectureutils.live.controls import Matrix, Presets
from lectureutils.live.number_view import numbers_of
from lectureutils.live.place import CHUNK, RUN
from tools.recorded import plan
from tools.recorded.entries import CAP, Entry, entries, goes, spread, text_of
from tools.recorded.layout import buttons, named, tree
from tools.recorded.pictures import RATIO, Patch, Pictures, Pixels
from tools.recorded.plan import Place, Table

BUDGET = 1_500_000  # bytes of a recording, above which nothing is added that is not needed
OPENING = "as it opens"  # the one run of a figure that names none
DEEPEST = 3  # patches of a frame, each of which a page has to decode
FARTHEST = 400  # chunks that a player is followed to learn what it plays

Told = dict[str, Any]
State = list  # [sentence, [[picture, x, y], ...]]


def record(name: str, figure: LiveFigure) -> Told:
    """Record a figure that a notebook has made; `name` is such as `04_optimization/surface`."""
    figure.painter.jpeg = lambda coarse=False: b"-"  # what goes to a page: here the pixels are taken as they are
    figure.canvas.pixel_ratio = RATIO
    player = next((part for part in figure.parts if isinstance(part, Player)), None)
    visited = None if figure.runs else _visited(figure, player) if player else {}
    if visited is None:
        return _history(name, figure)
    return _still(name, figure, visited)


def text(told: Told) -> str:
    """Write a recording as a script that hands it to the player, so that it loads from a disk as well."""
    written = json.dumps(told, separators=(",", ":")).replace("</", "<\\/")  # it may stand inside a page, too
    return f"lectureutilsRecording({written})\n"


def _visited(figure: LiveFigure, player: Player) -> dict[str, list] | None:
    """Return the control that a player plays with the values it visits, or None where it plays a history."""
    figure.reset()
    figure.refresh(figure.rewind)
    before, going = figure.values, [True]
    figure.refresh(lambda: going.append(figure.advance()))
    moved = (name for name, value in figure.values.items() if isinstance(value, (int, float)) and value != before[name])
    name = player.control or next(moved, "")
    if not name:
        return None
    values = [before[name], figure.values[name]]
    while going[-1] and len(values) <= FARTHEST:
        figure.refresh(lambda: going.append(figure.advance()))
        values.append(figure.values[name])
    figure.reset()
    return {name: sorted(set(values))}


# A figure whose picture follows from its controls


def _still(name: str, figure: LiveFigure, visited: dict[str, list]) -> Told:
    figure.reset()
    figure.tell()
    known = entries(figure, visited)
    start = goes(figure, figure.values, known)
    told = _described(name, figure, known, next(iter(visited), ""))
    camera = _Camera(figure, known)
    camera.to(start)
    album = _Album(camera, start)
    presets = [goes(figure, setting, known) for part in figure.parts if isinstance(part, Presets)
               for setting in part.settings.values()]  # fmt: skip
    sizes = {key: len(entry.values) for key, entry in known.items() if entry.recorded}
    sliders = [key for key, entry in known.items() if entry.recorded and entry.kind == "slider"]
    handles = [tuple(held.values()) for _dot, held in figure._handles]
    kept: list[Table] = []
    for table in plan.tables(start, presets, sizes, sliders, handles):
        if album.record(table, sizes):
            kept.append(table)
    kept = [table for table in kept if not plan.covered(table, kept)]
    told["tables"] = [
        {"at": _apart(table, start), "axes": list(table.axes),
         "states": [album.states[tuple(place.values())] for place in plan.places(table, sizes)]}
        for table in kept
    ]  # fmt: skip
    told["handles"] = _handles(figure, known)
    return told | {"start": start} | album.told


def _apart(table: Table, start: Place) -> Place:
    return {key: position for key, position in table.at.items() if key not in table.axes and start[key] != position}


class _Camera:
    """Move a figure to places, and take its pixels and its sentence."""

    def __init__(self, figure: LiveFigure, known: Mapping[str, Entry] | None = None):
        self.figure = figure
        self.known = {key: entry for key, entry in (known or {}).items() if entry.recorded}
        is_played = any(isinstance(part, Player) for part in figure.parts)
        self.remembers = type(figure).rewind is not LiveFigure.rewind and not is_played

    def to(self, place: Place) -> None:
        """Move the figure to a place, in one step. Raises ValueError where it does not stay there.

        One that remembers, as a patient keeps a diagnosis, forgets first, and may need to be told a second time.
        """
        values: dict[str, list] = {}
        for key, entry in self.known.items():
            values.setdefault(entry.control.name, []).append(entry.values[place[key]])
        controls = self.figure.controls
        wanted = {
            name: np.reshape(found, controls[name].shape) if isinstance(controls[name], Matrix) else found[0]
            for name, found in values.items()
        }
        if self.remembers:
            self.figure.rewind()
        self.figure.set(**wanted)
        if self.remembers and not self._is_at(place):
            self.figure.set(**wanted)
        if not self._is_at(place):
            raise ValueError(f"{type(self.figure).__name__} does not stay at {wanted}: name its runs")

    def _is_at(self, place: Place) -> bool:
        reached = spread(self.figure, self.figure.values)
        return all(self.known[key].position(value) == place[key] for key, value in reached if key in self.known)

    def take(self) -> tuple[str, Pixels]:
        """Return the sentence and the pixels that the figure shows."""
        pixels = self.figure.painter.pixels()
        return self.figure.canvas.text, np.ascontiguousarray(pixels).view(np.uint32)[..., 0].copy()


class _Album:
    """The states of a recording: sentences and pictures, each kept once."""

    def __init__(self, camera: _Camera, start: Place):
        self.camera = camera
        self.states: dict[tuple[int, ...], State] = {}
        self.sentences: dict[str, int] = {}
        sentence, pixels = camera.take()
        self.pictures = Pictures(pixels)
        self.states[tuple(start.values())] = [self.said(sentence), []]

    @property
    def told(self) -> Told:
        """Sentences and pictures for the recording."""
        return {"sentences": list(self.sentences), "pictures": self.pictures.texts()}

    def said(self, sentence: str) -> int:
        """Return the number of a sentence."""
        return self.sentences.setdefault(sentence, len(self.sentences))

    def record(self, table: Table, sizes: Mapping[str, int]) -> bool:
        """Record the states of a table that are still missing; return False where they would be too much."""
        mark, states, sentences = self.pictures.mark(), dict(self.states), dict(self.sentences)
        missing = [place for place in plan.places(table, sizes) if tuple(place.values()) not in self.states]
        each = self.pictures.bytes / len(self.states)
        if not table.needed and self.pictures.bytes + each * len(missing) / 4 > BUDGET:
            return False
        for line in _lines(table, missing):
            layers = _Layers(self.pictures)
            for place in line:
                self.camera.to(place)
                sentence, pixels = self.camera.take()
                patches = layers.add(pixels)
                self.states[tuple(place.values())] = [self.said(sentence), patches]
            if not table.needed and self.pictures.bytes > BUDGET:
                self.pictures.forget(mark)
                self.states, self.sentences = states, sentences
                return False
        return True


class _Layers:
    """The frames of a line, one after another: each painted over picture 0, over the first, or over a late one."""

    def __init__(self, pictures: Pictures):
        self.pictures = pictures
        self.below: list[tuple[Pixels, list[Patch]]] = []

    def add(self, pixels: Pixels) -> list[Patch]:
        """Return the patches of the next frame. One that is far from all below it is below those that come."""
        patches = self.pictures.patches(pixels, *self.below)
        late = self.below[-1][1] if self.below else []
        if not late or (len(patches) < DEEPEST and patches[: len(late)] != late):
            self.below = [*self.below[:1], (pixels, patches)]
        return patches


def _lines(table: Table, places: Sequence[Place]) -> list[list[Place]]:
    """Part the places of a table into lines along its last axis, each beginning with the place nearest to the start."""
    if not table.axes:
        return [list(places)]
    *others, last = table.axes
    lines: dict[tuple[int, ...], list[Place]] = {}
    for place in places:
        lines.setdefault(tuple(place[key] for key in others), []).append(place)
    return [sorted(line, key=lambda place: place[last] != table.at[last]) for line in lines.values()]


# A figure whose state is a history


def _history(name: str, figure: LiveFigure) -> Told:
    if not figure.runs:
        figure.runs = {OPENING: {}}
    words = list(figure.runs)
    run, chunks = figure.told or (words[0], CAP)
    chunks = figure.follow(run, chunks)
    known = entries(figure, {}, still=True)
    told = _described(name, figure, known, CHUNK)
    camera = _Camera(figure)
    album = _Album(camera, {})
    lines = [_followed(figure, word, album, known, max(CAP, chunks)) for word in words]
    longest = max(len(states) for states, _stands in lines)
    told["controls"] = {
        RUN: {"kind": "choice", "name": "Recorded run", "label": "Recorded run", "shown": words},
        **{key: entry.told() for key, entry in known.items()},
        CHUNK: {"kind": "steps", "name": "Step", "label": "", "shown": [str(step) for step in range(longest)]},
    }
    if len(words) > 1:
        told["layout"] = {"column": [{"row": [{"control": RUN}]}, told["layout"]]}
    told["tables"] = [
        {"at": {RUN: number, **stands}, "axes": [CHUNK], "states": states + [None] * (longest - len(states))}
        for number, (states, stands) in enumerate(lines)
    ]
    number = words.index(run)
    start = {RUN: number, **lines[number][1], CHUNK: min(chunks, len(lines[number][0]) - 1)}
    return told | {"start": start} | album.told


def _followed(
    figure: LiveFigure, run: str, album: _Album, known: Mapping[str, Entry], cap: int
) -> tuple[list[State], Place]:
    """Record a run chunk by chunk, and where the controls stand in it."""
    figure.follow(run, 0)
    stands = {}
    for key, entry in known.items():
        if (shown := text_of(entry.widget)) not in entry.shown:
            entry.shown.append(shown)
        stands[key] = entry.shown.index(shown)
    states, going, layers, seen = [], [True], _Layers(album.pictures), None
    while True:
        sentence, pixels = album.camera.take()
        if seen and sentence == seen[0] and np.array_equal(pixels, seen[1]) and not going[-1]:
            break  # the last chunk had nothing left to do
        states.append([album.said(sentence), layers.add(pixels)])
        seen = sentence, pixels
        if not going[-1] or figure.error or len(states) > cap:
            break
        figure.refresh(lambda: going.append(figure.chunk()))
    return states, stands


# What both have


def _described(name: str, figure: LiveFigure, known: dict[str, Entry], plays: str) -> Told:
    clickable = buttons(figure, known, plays)
    return {
        "figure": name,
        "size": list(figure.canvas.size),
        "ratio": RATIO,
        "numbers": numbers_of(figure),  # of the state that the recording starts in
        "mime": "image/webp",
        "controls": {key: entry.told() for key, entry in known.items()},
        "layout": tree(figure.widget.children[1], named(figure, known, clickable)),
        "buttons": {key: {word: it for word, it in told.items() if word != "id"} for key, told in clickable.items()},
    }


def _handles(figure: LiveFigure, known: Mapping[str, Entry]) -> list[Told]:
    """Tell of each mark to take hold of: its controls, the place of its axes in the picture, and their limits."""
    found = []
    for dot, held in figure._handles:
        axes = dot.axes
        box, limits = axes.get_position(), [*axes.get_xlim(), *axes.get_ylim()]
        log = [axes.get_xscale() == "log", axes.get_yscale() == "log"]
        if all(known[key].recorded for key in held.values()):
            box = [round(float(edge), 5) for edge in (box.x0, box.y0, box.x1, box.y1)]
            found.append({**held, "box": box, "limits": [float(limit) for limit in limits], "log": log})
    return found
