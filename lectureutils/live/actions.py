"""Buttons that do a piece of work: draw once, draw a thousand times, start anew.

A preset sets controls; an action calls a method of its figure, whatever that changes.
"""

from typing import Any

import ipywidgets

from lectureutils.live.layout import row


class Actions:
    """A row of buttons, each named after the work it does on its figure."""

    name = "actions"

    def __init__(self, methods: dict[str, str]):
        self.methods = methods
        self.buttons = {word: ipywidgets.Button(description=word, tooltip=word) for word in methods}
        self.widget = row(*self.buttons.values())

    def connect(self, figure: Any) -> None:
        """Let the buttons act on `figure`; an error on the way is shown in its text line."""
        for word, button in self.buttons.items():
            button.on_click(lambda _button, word=word: figure.refresh(getattr(figure, self.methods[word])))


def actions(**methods: str) -> Actions:
    """Make a row of buttons from button=method, for example `actions(Draw_one="draw_one")`; _ shows as a space."""
    return Actions({word.replace("_", " "): method for word, method in methods.items()})
