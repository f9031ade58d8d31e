"""Points in the plane that the reader moves, adds and deletes, by pointer or by keyboard.

The pointer works on the picture; the boxes of this control do the same for the hand on the keyboard: choose a point by
its number, type or step its coordinates, change its class, add one, delete one.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import ipywidgets
import numpy as np
from matplotlib.axes import Axes

from lectureutils.live.controls import Control, Input
from lectureutils.live.figure import LiveFigure
from lectureutils.live.layout import Widget, row


class PointSet(NamedTuple):
    """Points X (N, 2), their labels y (N,), and which of them is selected (-1 when there is none)."""

    X: np.ndarray
    y: np.ndarray
    selected: int


class Points(Control):
    """Hold a set of labelled points; `value` is a `PointSet` of copies."""

    def __init__(self, name: str, X: np.ndarray, y: np.ndarray, class_names: Sequence[str], low: float, high: float):
        self.low, self.high = low, high
        self._listeners: list[Callable[..., None]] = []
        self._loading = False
        self._number = ipywidgets.BoundedIntText(value=1, min=1, max=1, description="Point", tooltip="Point number")
        box = {"min": low, "max": high, "step": 0.05}
        self._x = ipywidgets.BoundedFloatText(**box, description="x", tooltip="x of the selected point")
        self._y = ipywidgets.BoundedFloatText(**box, description="y", tooltip="y of the selected point")
        options = [(word, c) for c, word in enumerate(class_names)]
        look = {"description": "Class", "tooltip": "Class of the selected point"}
        self._kind: Input = ipywidgets.Dropdown(options=options, **look)
        self._add = ipywidgets.Button(description="Add a point", icon="plus", tooltip="Add a point in the middle")
        self._delete = ipywidgets.Button(description="Delete it", icon="trash", tooltip="Delete the selected point")
        for widget, width in ((self._number, 150), (self._x, 150), (self._y, 150), (self._kind, 190)):
            widget.style.description_width = "50px" if widget in (self._number, self._kind) else "20px"
            widget.layout.width = f"{width}px"
        self._put(np.array(X, dtype=float).reshape(-1, 2), np.array(y, dtype=int), 0)
        super().__init__(name, [self._number, self._x, self._y, self._kind, self._add, self._delete])
        self._number.observe(lambda change: self._edited(selected=change["new"] - 1), "value")
        self._x.observe(lambda change: self._edited(x=change["new"]), "value")
        self._y.observe(lambda change: self._edited(y=change["new"]), "value")
        self._kind.observe(lambda change: self._edited(kind=change["new"]), "value")
        self._add.on_click(lambda _button: self.add((low + high) / 2, (low + high) / 2))
        self._delete.on_click(lambda _button: self.delete(self.selected))

    @property
    def widget(self) -> Widget:
        return row(*self.inputs)

    @property
    def value(self) -> PointSet:
        return PointSet(self.X.copy(), self.y.copy(), self.selected)

    @value.setter
    def value(self, new: PointSet) -> None:
        self._put(np.array(new.X, dtype=float), np.array(new.y, dtype=int), new.selected)
        self._tell()

    def on_change(self, callback: Callable[..., None]) -> None:
        self._listeners.append(callback)

    def select(self, index: int) -> None:
        """Choose the point that the boxes show."""
        self.value = PointSet(self.X, self.y, index)

    def move(self, x: float, y: float) -> None:
        """Move the selected point, as far as the limits allow."""
        self.X[self.selected] = np.clip((x, y), self.low, self.high)
        self.select(self.selected)

    def add(self, x: float, y: float) -> None:
        """Add a point of the class that the box shows, and select it."""
        X = np.vstack([self.X, np.clip((x, y), self.low, self.high)])
        self.value = PointSet(X, np.append(self.y, self._kind.value), len(X) - 1)

    def delete(self, index: int) -> None:
        """Delete a point; the one before it is selected then. With no point left there is nothing to do."""
        if len(self.X):
            X, y = np.delete(self.X, index, axis=0), np.delete(self.y, index)
            self.value = PointSet(X, y, max(index - 1, 0))

    def nearest(self, x: float, y: float, distance: Callable[[tuple[float, float]], float], reach: float) -> int | None:
        """Return the index of the nearest point within `reach`, measured by `distance`, or None."""
        if not len(self.X):
            return None
        index = int(((self.X - (x, y)) ** 2).sum(axis=1).argmin())
        return index if distance(tuple(self.X[index])) <= reach else None

    def _put(self, X: np.ndarray, y: np.ndarray, selected: int) -> None:
        self.X, self.y = X, y
        self.selected = min(selected, len(X) - 1)
        self._loading = True
        try:
            self._number.max = max(len(X), 1)
            self._number.value = self.selected + 1
            for widget in (self._number, self._x, self._y, self._delete):
                widget.disabled = not len(X)
            if len(X):
                self._x.value, self._y.value = (round(float(number), 3) for number in X[self.selected])
                self._kind.value = int(y[self.selected])
        finally:
            self._loading = False

    def _edited(self, selected: int | None = None, **entry: float) -> None:
        if self._loading:
            return
        if selected is not None:
            self.select(selected)
        elif len(self.X):
            here = self.X[self.selected]
            here[:] = entry.get("x", here[0]), entry.get("y", here[1])
            self.y[self.selected] = entry.get("kind", self.y[self.selected])
            self._tell()

    def _tell(self) -> None:
        for listener in self._listeners:
            listener(None)


def points(
    name: str, X: np.ndarray, y: np.ndarray, class_names: Sequence[str], low: float = -3, high: float = 3
) -> Points:
    """Make the boxes and buttons for points X (N, 2) with labels y (N,); coordinates stay between `low` and `high`."""
    return Points(name, X, y, class_names, low, high)


class PointsByHand(LiveFigure):
    """Let the pointer select, move and add the points of a figure that has `points`, and a `plane` to show them in."""

    points: Points
    plane: Axes

    def grab(self, axes: Axes, x: float, y: float) -> int | None:
        if axes is not self.plane:
            return None
        index = self.points.nearest(x, y, lambda point: self.near(axes, point, x, y), self.reach)
        if index is not None:
            self.points.select(index)
        return index

    def drag(self, held: int, x: float, y: float) -> None:
        self.points.move(x, y)

    def tap(self, axes: Axes, x: float, y: float) -> None:
        if axes is self.plane:
            self.points.add(x, y)
