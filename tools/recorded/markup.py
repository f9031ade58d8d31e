"""What a page says to the player: its figures, its questions, and where the recordings are.

All of it is complete without a script: a figure is its picture and its sentence, a question its text and its choices,
and the reasons are folded below. The player (tools/recorded/player) brings to life what it finds.
"""

import base64
import struct
from html import escape

from tools.cells import Question

PNG = "iVBORw0KGgo"  # how a PNG begins in base64


def figure(
    name: str, picture: str, sentence: str, live: str = "", size: tuple[int, int] | None = None, opens: bool = False
) -> str:
    """Write a figure that moves where its recording is found, as one line of HTML.

    `name` is the recording's (`04_optimization/surface`), or empty for a figure without one. `picture` is a PNG in
    base64 or an address; of a PNG the size in CSS pixels is read, for an address `size` may give it. `live` is the
    address where all controls move together. With `opens` it plays by itself once. Raises ValueError where there is
    no sentence: the picture's text.
    """
    sentence, picture = " ".join(sentence.split()), picture.strip().replace("\n", "")
    if not sentence:
        raise ValueError(f"the figure {name or 'without a name'} has no sentence, so its picture has no text")
    if picture.startswith(PNG):
        size = size or size_of(picture)
        picture = f"data:image/png;base64,{picture}"
    measures = f' width="{size[0]}" height="{size[1]}"' if size else ""
    told = {"id": name.split("/")[-1], "data-figure": name, "data-live": live} if name else {}
    told |= {"data-opens": "once"} if opens else {}
    attributes = "".join(f' {key}="{escape(value)}"' for key, value in told.items() if value)
    return (
        f'<figure class="{"lu-recorded" if name else "lu-picture"}"{attributes}>'
        f'<img src="{escape(picture)}" alt="{escape(sentence)}"{measures}>'
        f"<figcaption>{escape(sentence, quote=False)}</figcaption></figure>"
    )


def size_of(png: str) -> tuple[int, int]:
    """Read width and height of a PNG in base64 off its first bytes."""
    return struct.unpack(">II", base64.b64decode(png.strip()[:32])[16:24])


def question(asked: Question) -> str:
    """Write a question as HTML in a single block: choices to press, and the reasons folded below them.

    The player unhides what can be pressed and puts the reasons away until the reader has chosen.
    """
    choices = list(asked.choices)
    labels = "\n".join(
        f'<label><input type="radio" name="choice" value="{number}" hidden> '
        f"<b>{letter}</b> <span>{_text(choice)}</span></label>"
        for number, (letter, choice) in enumerate(asked.lettered)
    )
    reasons = "\n".join(
        f"<p><b>{'✓' if choice == asked.answer else '✗'} {letter} {_text(choice)}.</b> "
        f"<span>{_text(asked.choices[choice])}</span></p>"
        for letter, choice in asked.lettered
    )
    return (
        f'<form class="lu-question tex2jax_ignore" data-right="{choices.index(asked.answer)}" autocomplete="off">\n'
        f"<fieldset><legend><b>Predict first.</b> {_text(asked.text)}</legend>\n{labels}\n</fieldset>\n"
        f'<button class="lu-reveal" disabled hidden>Reveal</button>\n'
        f'<details class="lu-reasons"><summary>The answer and the reasons</summary>\n{reasons}\n</details>\n'
        f'<p role="status"></p>\n</form>'
    )


def _text(text: str) -> str:
    return escape(" ".join(text.split()), quote=False)


def script(player: str, recordings: str) -> str:
    """Write the tag that loads the player; `recordings` is the address of the folder of recordings, from the page."""
    return f'<script src="{escape(player)}" data-recordings="{escape(recordings)}" defer></script>'
