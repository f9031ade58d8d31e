"""What a saved notebook shows in the place of a figure or a question when it is opened again, in JupyterLab.

The view of a widget is an identifier and nothing else: when the kernel has gone, JupyterLab says "Error displaying
widget" and does not look at the picture that is stored beside it. So an output of its own goes before each view. It is
a script that hides, and speaks up where the view fails: with the picture, the sentence, and how to go on.

A notebook of which only a part was run is one that JupyterLab does not trust. It runs no scripts of it and tries no
views: the picture shows by itself, and what is left of this output is its text. That text stands in an `rp`, which
browsers hide and which JupyterLab takes off: elsewhere it is not seen.
"""

import json
from base64 import b64encode
from collections.abc import Sequence
from html import escape

from lectureutils import asked
from lectureutils.live.assets import plain_script, text_of

MOVE = "To make this figure move, run the setup cell, then this cell (Shift+Enter)."
ANSWER = "To answer, run the setup cell, then this cell (Shift+Enter)."


def leave(text: str, how: str, png: bytes = b"", size: Sequence[int] = (), scale: float = 1.0) -> None:
    """Leave in the cell that is running what stands in for the view that comes next.

    `how` is the line that says how to bring it to life; a picture has a `size` in CSS pixels, and its text a `scale`.
    Only JupyterLab and its relatives (Notebook 7, JupyterLite) get it: they alone need it.
    """
    if not asked.in_jupyterlab():
        return
    from IPython.display import publish_display_data

    publish_display_data({"text/html": html(text, how, png, size, scale)})


def html(text: str, how: str, png: bytes = b"", size: Sequence[int] = (), scale: float = 1.0) -> str:
    """Write the output: a text for where scripts don't run, and the script."""
    picture = f"data:image/png;base64,{b64encode(png).decode()}" if png else ""
    styles = text_of("canvas.css") + text_of("saved.css")
    saved = {"text": text, "how": how, "picture": picture, "size": list(size), "scale": scale, "styles": styles}
    told = json.dumps(saved).replace("<", "\\u003c")  # the reader's own words may hold </script>
    plain = f"{escape(text)}<br>{escape(how)}" if png else escape(how)  # a question is shown by itself
    script = f"(() => {{\n{plain_script('saved.js')}\nstandIn(document.currentScript, {told});\n}})();"
    return f"<rp>{plain}</rp><script>{script}</script>"
