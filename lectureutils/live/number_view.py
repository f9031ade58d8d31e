"""The button that shows the numbers of a figure's picture as tables, and takes them away again."""

from typing import Any

import ipywidgets

from lectureutils.live.layout import Widget
from lectureutils.live.tables import tables


class NumberView:
    """A button, and the tables on the page that it opens; the page asks for new ones once the hand rests."""

    def __init__(self) -> None:
        words = "Show the numbers of this picture as tables (key n)"
        self.button = ipywidgets.Button(description="Numbers", icon="table", tooltip=words)
        self.button.layout.width = "96px"
        self.button.add_class("lu-numbers-button")

    def connect(self, figure: Any, lock: Any) -> None:
        """Let the button open and close the tables of `figure`, which is read while `lock` is held."""
        canvas = figure.canvas

        def read() -> None:
            with lock:
                canvas.numbers = numbers_of(figure)

        def turn(_button: Any) -> None:
            if not canvas.numbers_open:
                read()
            canvas.numbers_open = not canvas.numbers_open

        self.button.on_click(turn)
        canvas.observe(lambda _change: read(), "numbers_asked")

    def join(self, controls: Widget, reset: Widget) -> None:
        """Put the button after the Reset button, wherever that stands among the controls."""
        for box in [controls, *_boxes(controls)]:
            if reset in box.children:
                box.children = [
                    it for child in box.children for it in ((child, self.button) if child is reset else (child,))
                ]
                return


def numbers_of(figure: Any) -> list[list[Any]]:
    """Return the tables of what a figure shows now, each [title, heads, rows]."""
    painter = figure.painter
    return [list(table) for table in tables(painter.figure, painter.drawn_each_time())]


def _boxes(widget: Any) -> list[Any]:
    return [box for child in getattr(widget, "children", ()) if hasattr(child, "children")
            for box in (child, *_boxes(child))]  # fmt: skip
