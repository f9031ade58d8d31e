"""What the hand can reach in a figure, one entry for each input: its positions, and how they are written.

A slider has 25 to 33 positions, evenly spaced, and besides those that the figure starts from or a preset sets; one that
a player plays has all that the player visits, up to a cap.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import ipywidgets
import numpy as np

from lectureutils.live import Control, LiveFigure
from lectureutils.live.controls import Presets, on_grid
from lectureutils.live.place import inputs

FEWEST, MOST = 24, 32  # even intervals of a slider
CAP = 100  # steps of a player
SLIDERS = ipywidgets.FloatSlider, ipywidgets.IntSlider, ipywidgets.FloatLogSlider


@dataclass
class Entry:
    """One input of a figure: its positions are `values`, written as in `shown`.

    Without values it is not recorded, and stands where it stood.
    """

    key: str
    control: Control
    widget: Any
    kind: str
    values: list = field(default_factory=list)
    shown: list[str] = field(default_factory=list)

    @property
    def recorded(self) -> bool:
        """Whether its positions are recorded."""
        return bool(self.values)

    def position(self, value: Any) -> int:
        """Return the position of a value. Raises ValueError where it has none."""
        if self.kind == "slider":  # the nearest one: some values are smaller than what rounding leaves of others
            near = min(range(len(self.values)), key=lambda position: abs(self.values[position] - value))
            found = [near] if np.isclose(value, self.values[near], rtol=1e-9, atol=1e-12) else []
        else:
            found = [at for at, it in enumerate(self.values) if value is it or type(value) is type(it) and value == it]
        if not found:
            raise ValueError(f"{self.key}: no position for {value!r}; there are {self.shown}")
        return found[0]

    def told(self) -> dict[str, Any]:
        """Describe it for the recording."""
        label = getattr(self.widget, "description", "") or getattr(self.widget, "label", "")
        told = {"kind": self.kind, "name": self.widget.tooltip or label, "label": label, "shown": self.shown}
        if not self.recorded:
            return told | {"recorded": False}
        if self.kind == "slider":
            told["values"] = self.values
        return told


def entries(figure: LiveFigure, visited: Mapping[str, list], still: bool = False) -> dict[str, Entry]:
    """Give the entries of a figure by key; `visited` are the values at which a player stops.

    With `still` none is recorded: the figure's state is a history, and its controls are set by its runs.
    """
    wanted = stops(figure)
    found = {}
    for key, control, widget in inputs(figure):
        entry = Entry(key, control, widget, "text", shown=[text_of(widget)])
        if not still and isinstance(widget, SLIDERS):
            played = visited.get(key, [])
            values = sorted({*positions(widget, played), *wanted[key]})
            entry = Entry(key, control, widget, "slider", values, [written(widget, value) for value in values])
        elif not still and isinstance(widget, ipywidgets.Dropdown) and len(control.inputs) == 1:
            words, values = zip(*widget._options_full, strict=True)
            entry = Entry(key, control, widget, "choice", list(values), list(words))
        elif not still and isinstance(widget, ipywidgets.Checkbox):
            entry = Entry(key, control, widget, "toggle", [False, True], ["off", "on"])
        if key in found:
            raise ValueError(f"{type(figure).__name__} has two inputs named {key}: give them different titles")
        found[key] = entry
    return found


def stops(figure: LiveFigure) -> dict[str, set]:
    """Give the values, by key, that a slider has to have a position for: of the opening, the start, the presets."""
    settings: list[Mapping[str, Any]] = [
        {name: control.default for name, control in figure.controls.items()},
        figure.values,
    ]
    for part in figure.parts:
        if isinstance(part, Presets):
            settings += part.settings.values()
    found = {key: set() for key, *_ in inputs(figure)}
    for setting in settings:
        for key, value in spread(figure, setting):
            if isinstance(value, (int, float)):
                found[key].add(value)
    return found


def spread(figure: LiveFigure, setting: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Give the values of single inputs by key, as sliders round them, from values of controls by name."""
    for key, control, widget in inputs(figure):
        if control.name in setting:
            value = setting[control.name]
            if len(control.inputs) > 1 and isinstance(widget, SLIDERS):
                value = float(np.asarray(value, dtype=float).flat[control.inputs.index(widget)])
            yield key, on_grid(widget, value) if isinstance(widget, SLIDERS) else value


def positions(slider: Any, visited: Collection = ()) -> list:
    """Give evenly spaced values of a slider, or those that its player visits, at most `CAP` + 1 of them."""
    steps = round((slider.max - slider.min) / slider.step)
    if visited:
        last = len(visited) - 1
        return [visited[round(at)] for at in np.linspace(0, last, min(last, CAP) + 1)]
    if steps <= MOST:
        return [at_step(slider, step) for step in range(steps + 1)]
    parts = min((count for count in range(FEWEST, MOST + 1) if steps % count == 0), key=lambda n: digits(slider, n),
                default=FEWEST)  # fmt: skip
    return [at_step(slider, round(at)) for at in np.linspace(0, steps, parts + 1)]


def digits(slider: Any, parts: int) -> tuple[int, int]:
    """Say how long the numbers of so many equal parts are, and how many there are: short and few is better."""
    return len(f"{(slider.max - slider.min) / parts:.6g}"), parts


def at_step(slider: Any, step: int) -> Any:
    """Return the value of a slider after so many steps from its lower end."""
    at = slider.min + step * slider.step
    return on_grid(slider, slider.base**at if isinstance(slider, ipywidgets.FloatLogSlider) else at)


def written(slider: Any, value: float) -> str:
    """Write a value as the slider's number box does, with a plain minus."""
    form = getattr(slider, "readout_format", "d")
    if form == "d":
        return f"{round(value)}"
    if form.endswith("g"):  # as in the browser: zeros at the end stay, and powers of ten begin late
        digits = int(form[1:-1])
        power = int(f"{value:.{digits - 1}e}".split("e")[1]) if value else 0
        if -7 < power < digits:
            return f"{value:.{max(digits - 1 - power, 0)}f}"
        form = f".{digits - 1}e"
    text = f"{value:{form}}"
    if "e" in text:
        number, power = text.split("e")
        return f"{number}e{int(power):+d}"
    return f"{0:{form}}" if float(text) == 0 else text


def text_of(widget: Any) -> str:
    """Write what an input that is not recorded shows."""
    if isinstance(widget, SLIDERS):
        return written(widget, widget.value)
    if isinstance(widget, ipywidgets.Dropdown):
        return str(widget.label)
    if isinstance(widget, ipywidgets.Checkbox):
        return "on" if widget.value else "off"
    value = getattr(widget, "value", "")
    return "" if isinstance(value, dict) else f"{value}"


def goes(figure: LiveFigure, setting: Mapping[str, Any], known: Mapping[str, Entry]) -> dict[str, int]:
    """Turn values of controls by name into positions by key, for the entries that are recorded."""
    return {key: known[key].position(value) for key, value in spread(figure, setting) if known[key].recorded}
