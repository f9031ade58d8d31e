"""A hint is one step towards an answer: a sentence, and where it needs them some lines that stand below it.

It looks like a verdict, in the same two forms, plain text and HTML.
"""

import re
from dataclasses import dataclass
from html import escape

from .aloud import aloud
from .verdict import CODE, one_line

COLOUR = "#00548f"  # of the badge: white on it has a contrast above 4.5 : 1
MARKS = ((CODE, r"<code>\1</code>"), (re.compile(r"\*\*(.+?)\*\*"), r"<b>\1</b>"),
         (re.compile(r"(?<!\w)\*(\S.*?)\*(?!\w)"), r"<em>\1</em>"))  # fmt: skip


@dataclass(frozen=True)
class Hint:
    """Hold a step's title, such as "Hint 2 of 4", its sentence, and the lines below it."""

    title: str
    text: str
    lines: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """Return the text as one line that begins and ends like a sentence."""
        line = one_line(self.text)
        line = line[0].upper() + line[1:] if line else line
        return line if line.endswith((".", "?", "!", ":", "$$")) else line + "."

    def __repr__(self) -> str:
        return "\n".join([f"{self.title}: {self.sentence}", *(f"    {line}" for line in self.lines)])

    def _repr_html_(self) -> str:
        # As in a verdict, the badge brings its own two colours and the text inherits the page's.
        below = f'<pre style="margin: 4px 0 0; color: inherit">{escape(chr(10).join(self.lines))}</pre>'
        return (
            f'<div style="border-left: 4px solid {COLOUR}; padding: 2px 8px; color: inherit">'
            f'<span style="background: {COLOUR}; color: #ffffff; border-radius: 3px; padding: 0 6px; '
            f'font-weight: bold">{escape(self.title)}</span> {_marked(self.sentence)}{below * bool(self.lines)}</div>'
            + aloud(repr(self))
        )


def _marked(sentence: str) -> str:
    """Turn the marks of Markdown into HTML; formulas stay as they are, and Jupyter draws them."""
    parts = re.split(r"(\$[^$]+\$|`[^`]+`)", escape(sentence))
    for pattern, tag in MARKS:
        parts = [part if part.startswith(("$", "<code>")) else pattern.sub(tag, part) for part in parts]
    return "".join(parts)
