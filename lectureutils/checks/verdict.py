"""A verdict is the one line that a check answers with.

It reads the same as plain text and in the browser, where a symbol, a word and a colour say the same thing
three times, so that nobody depends on seeing the colour.
"""

import re
from dataclasses import dataclass
from html import escape
from typing import Literal

from .aloud import aloud

CODE = re.compile("`([^`]+)`")  # a piece of code in a message: a font of its own on the page, quotes in plain text
# kind: symbol, word, background of the badge (white on it has a contrast above 4.5 : 1)
LOOKS = {
    "right": ("✓", "Right", "#00704a"),
    "todo": ("○", "Not attempted yet", "#5a5a5a"),
    "wrong": ("✗", "Not yet", "#ac3e00"),
}


@dataclass(frozen=True)
class Verdict:
    """Hold the kind of a verdict ("right", "todo", "wrong") and its message; true only when right."""

    kind: Literal["right", "todo", "wrong"]
    message: str

    def __bool__(self) -> bool:
        return self.kind == "right"

    def __repr__(self) -> str:
        return f"{LOOKS[self.kind][1]}: " + CODE.sub(r'"\1"', self.sentence)

    @property
    def sentence(self) -> str:
        """Return the message as one line that ends like a sentence."""
        line = one_line(self.message)
        return line if line.endswith((".", "?", "!")) else line + "."

    def _repr_html_(self) -> str:
        # The badge brings its own two colours and the message inherits the page's: legible in both themes.
        symbol, word, colour = LOOKS[self.kind]
        return (
            f'<div style="border-left: 4px solid {colour}; padding: 2px 8px; color: inherit">'
            f'<span style="background: {colour}; color: #ffffff; border-radius: 3px; padding: 0 6px; '
            f'font-weight: bold"><span aria-hidden="true">{symbol}</span> {word}</span> '
            + CODE.sub(r"<code>\1</code>", escape(self.sentence))
            + "</div>"
            + aloud(repr(self))
        )


def one_line(text: str) -> str:
    """Return `text` on one line, without characters that can't be printed."""
    if not text.isprintable():
        text = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(text.split())
