"""Widgets whose page side is written in JavaScript and CSS files that lie beside this module."""

from functools import cache
from pathlib import Path

import anywidget
import traitlets

_HERE = Path(__file__).parent


@cache
def joined(*names: str) -> str:
    """Return the text of files of this folder, one after the other: a widget has only one module in the page."""
    return "\n".join((_HERE / name).read_text(encoding="utf-8") for name in names)


class PageWidget(anywidget.AnyWidget):
    """A widget with the page side that its class names: `scripts`, the last of which exports it, and `styles`.

    They are given to anywidget as text, read when the first widget is made. From a path anywidget makes an object that
    tells its widgets of new text, and so keeps each of them, with its figure, for as long as Python runs.
    """

    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)

    @traitlets.default("_esm")
    def _read_scripts(self) -> str:
        return joined(*self.scripts)

    @traitlets.default("_css")
    def _read_styles(self) -> str:
        return joined(*self.styles)
