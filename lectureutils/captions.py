"""The sentence of a stored picture, as an output of its own above it.

Where nothing runs, JupyterLab, GitHub and nbconvert show the picture of a figure without the text that is stored beside
it: to whom the page is read it would be an image without words. Where a hand can move the figure, it has its sentence.
"""

import os
from html import escape

WANTED = "LECTUREUTILS_CAPTIONS"  # set in the environment where a notebook is built
OPENING = '<p class="lu-caption">'


def caption(text: str) -> None:
    """Publish the sentence of the picture that comes next, if captions are wanted."""
    if not os.environ.get(WANTED):
        return
    from IPython.display import publish_display_data

    publish_display_data({"text/html": f"{OPENING}{escape(' '.join(text.split()))}</p>"})
