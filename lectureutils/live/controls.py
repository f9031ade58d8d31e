"""The controls of live figures: Jupyter's own widgets, each with a visible name, a number box and a way back.

A control is a named value. A figure asks it for that value, sets it, listens to it and resets it, and never needs to
know which widgets show it. New kinds of control go here and work in every figure.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import ipywidgets
import numpy as np

from lectureutils.live.layout import Widget, column, grid

NAME_WIDTH = "7.5em"
Input = Any  # a widget with a value; what it is, and whether it has limits, only the maker of its control knows


def on_grid(widget: Input, value: Any) -> Any:
    """Round a number to the steps of its slider, as the browser does when it shows the slider."""
    if isinstance(value, float) and not np.isfinite(value):
        raise ValueError(f"{widget.tooltip}: got {value}, expected a finite number, so that a slider can show it")
    if isinstance(widget, ipywidgets.FloatLogSlider):
        steps = round((np.log(value) / np.log(widget.base) - widget.min) / widget.step)
        return float(widget.base ** (widget.min + steps * widget.step))
    if isinstance(widget, ipywidgets.FloatSlider) and (step := widget.step):
        return round(widget.min + round((value - widget.min) / step) * step, 12)
    if isinstance(widget, ipywidgets.IntSlider):
        return round(value)
    return value


def has_moved(change: Mapping[str, Any]) -> bool:
    """Tell a move from the rounding noise that a browser sends back when it shows a slider."""
    old, new = change["old"], change["new"]
    return not (isinstance(new, float) and isinstance(old, float) and np.isclose(new, old, rtol=1e-9, atol=1e-15))


class Control:
    """One named value that the reader can change.

    `inputs` are the widgets that the reader's hand reaches, one number or choice each.
    """

    def __init__(self, name: str, inputs: Sequence[Input]):
        self.name, self.inputs = name, list(inputs)
        self.value = self.value  # rounded to the steps of its sliders
        self.default = self.value

    @property
    def widget(self) -> Widget:
        """What is shown for this control."""
        return self.inputs[0]

    @property
    def value(self) -> Any:
        """The current value, as the figure's `update` receives it: without the rounding noise of the browser."""
        return on_grid(self.inputs[0], self.inputs[0].value)

    @value.setter
    def value(self, new: Any) -> None:
        self.inputs[0].value = on_grid(self.inputs[0], new)

    def within(self, number: float) -> float:
        """Bring a number to the nearer end of the slider, if it lies outside."""
        entry = self.inputs[0]
        log = isinstance(entry, ipywidgets.FloatLogSlider)
        low, high = (on_grid(entry, entry.base**end if log else end) for end in (entry.min, entry.max))
        return min(max(number, low), high)

    def further(self) -> float:
        """Return the value one step of the slider further on, at most its upper end."""
        entry, log = self.inputs[0], isinstance(self.inputs[0], ipywidgets.FloatLogSlider)
        return self.within(self.value * entry.base**entry.step if log else self.value + entry.step)

    def on_change(self, callback: Callable[..., None]) -> None:
        """Call `callback` whenever the value has changed."""
        for widget in self.inputs:
            widget.observe(lambda change: has_moved(change) and callback(change), "value")

    def reset(self) -> None:
        """Go back to the value the control began with."""
        self.value = self.default


def slider(
    name: str, value: float, low: float, high: float, step: float = 0.01, label: str = "", form: str = ".2f"
) -> Control:
    """Make a slider from `low` to `high`; its readout is a number box that takes typed numbers (format `form`).

    Values are rounded to the steps of the slider, here and in the browser.
    """
    label = label or name
    kind = ipywidgets.IntSlider if isinstance(step, int) else ipywidgets.FloatSlider
    widget = kind(
        value=value,
        min=low,
        max=high,
        step=step,
        description=label,
        tooltip=label,
        readout_format="d" if isinstance(step, int) else form,
        style={"description_width": NAME_WIDTH},
        layout={"width": "310px"},
    )
    return Control(name, [widget])


def log_slider(
    name: str, value: float, low: float, high: float, label: str = "", steps: int = 100, form: str = ".3g"
) -> Control:
    """Make a slider whose equal steps are equal factors, from `low` to `high` (both above zero) in so many `steps`.

    The readout has the format `form`; ".1e" keeps very small numbers short.
    """
    if not 0 < low < high:
        raise ValueError(f"a log slider needs 0 < low < high; low is {low}, high is {high}")
    label = label or name
    widget = ipywidgets.FloatLogSlider(
        value=value,
        min=np.log10(low),
        max=np.log10(high),
        step=np.log10(high / low) / steps,
        description=label,
        tooltip=label,
        readout_format=form,
        style={"description_width": NAME_WIDTH},
        layout={"width": "310px"},
    )
    return Control(name, [widget])


def choice(name: str, options: Sequence[str] | Mapping[str, Any], value: Any = None, label: str = "") -> Control:
    """Make a choice of a few options; a mapping gives each visible name the value that it stands for."""
    label = label or name
    pairs = list(options.items()) if isinstance(options, Mapping) else [(option, option) for option in options]
    widget = ipywidgets.Dropdown(
        options=pairs,
        value=pairs[0][1] if value is None else value,
        description=label,
        tooltip=label,
        style={"description_width": NAME_WIDTH},
        layout={"width": "310px"},
    )
    return Control(name, [widget])


def toggle(name: str, value: bool = False, label: str = "") -> Control:
    """Make a switch that is on or off."""
    label = label or name
    widget = ipywidgets.Checkbox(value=value, description=label, tooltip=label, indent=False)
    return Control(name, [widget])


def text(name: str, value: str = "", label: str = "", hint: str = "") -> Control:
    """Make a box for a short text; the figure hears of it on Enter, or when the reader leaves the box.

    `hint` stands in the box while it is empty.
    """
    label = label or name
    widget = ipywidgets.Text(
        value=value,
        placeholder=hint,
        description=label,
        tooltip=label,
        continuous_update=False,
        style={"description_width": NAME_WIDTH},
        layout={"width": "310px"},
    )
    return Control(name, [widget])


class Matrix(Control):
    """A grid of small sliders that looks like the array it holds: (R, K), or (K,) as one row or one column.

    `heads` are the words before its rows and above its columns; without them its name stands above.
    """

    def __init__(
        self,
        name: str,
        inputs: Sequence[Input],
        shape: tuple[int, ...],
        heads: tuple[Sequence[str], Sequence[str]] = ((), ()),
    ):
        self.shape, self.heads = shape, heads
        super().__init__(name, inputs)

    @property
    def rows(self) -> list[list[Input]]:
        """The sliders row by row; an array with one axis is one row."""
        width = self.shape[-1]
        return [self.inputs[start : start + width] for start in range(0, len(self.inputs), width)]

    @property
    def widget(self) -> Widget:
        """The sliders with their heads; a figure that wants another layout uses `rows` and `grid`."""
        names, heads = self.heads
        if not names:
            return column(ipywidgets.Label(self.name), grid(self.rows))
        top = [["", *heads]] if heads else []
        lines = [[name, *entries] for name, entries in zip(names, self.rows, strict=True)]
        return grid([*top, *lines])

    @property
    def value(self) -> np.ndarray:
        return np.array([on_grid(entry, entry.value) for entry in self.inputs]).reshape(self.shape)

    @value.setter
    def value(self, new: np.ndarray) -> None:
        new = np.asarray(new, dtype=float)
        if new.shape != self.shape:
            raise ValueError(f"{self.name} has the shape {self.shape}; got an array of shape {new.shape}")
        for entry, number in zip(self.inputs, new.flat, strict=True):
            entry.value = on_grid(entry, float(number))


def matrix(
    name: str,
    value: np.ndarray,
    low: float,
    high: float,
    step: float = 0.01,
    rows: Sequence[str] = (),
    columns: Sequence[str] = (),
) -> Matrix:
    """Make one small slider for each entry of an array, named like `W[0,1]`.

    `rows` are words to stand before its rows, `columns` words above its columns.
    """
    value = np.asarray(value, dtype=float)
    inputs = [
        ipywidgets.FloatSlider(
            value=number,
            min=low,
            max=high,
            step=step,
            readout_format=".3f",
            tooltip=f"{name}[{','.join(map(str, index))}]",
            layout={"width": "100%"},
        )
        for index, number in np.ndenumerate(value)
    ]
    return Matrix(name, inputs, value.shape, (rows, columns))


class Presets:
    """A row of buttons; each sets several controls of its figure at once."""

    name = "presets"

    def __init__(self, label: str, settings: Mapping[str, Mapping[str, Any]]):
        self.settings = dict(settings)
        self.buttons = {name: ipywidgets.Button(description=name, tooltip=f"{label} {name}") for name in settings}
        for button in self.buttons.values():
            button.layout.width = "auto"
        self.widget = ipywidgets.HBox(
            [ipywidgets.Label(label), *self.buttons.values()], layout={"flex_flow": "row wrap"}
        )

    def connect(self, figure: Any) -> None:
        """Let the buttons act on `figure`."""
        for name, button in self.buttons.items():
            button.on_click(lambda _button, name=name: figure.command(**self.settings[name]))


def presets(label: str, settings: Mapping[str, Mapping[str, Any]]) -> Presets:
    """Make a row of buttons from {button: {control: value}}, for example {"W1, b1": {"W": W1, "b": b1}}."""
    return Presets(label, settings)
