"""The JavaScript and CSS files that lie beside this module, and widgets whose page side they are."""

import re
from functools import cache
from pathlib import Path

import anywidget
import traitlets

_HERE = Path(__file__).parent
_IMPORT = re.compile(r'^import \{[^}]*\} from "\./([\w.]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)


@cache
def text_of(name: str) -> str:
    """Return the text of a file of this folder."""
    return (_HERE / name).read_text(encoding="utf-8")


@cache
def module(name: str) -> str:
    """Return a module with what it imports from this folder written into it: a widget has only one in the page."""
    return _IMPORT.sub(lambda found: plain_script(found[1]), text_of(name))


def plain_script(name: str) -> str:
    """Return a module for a page that runs it as a plain script: nothing is exported there."""
    return _EXPORT.sub("", module(name))


class PageWidget(anywidget.AnyWidget):
    """A widget with the page side that its class names: a `script`, and a `style_sheet` if there is one.

    The ring around what has the focus, and the size of what is pressed, are those of `ring.css` everywhere.

    They are given to anywidget as text, read when the first widget is made. From a path anywidget makes an object that
    tells its widgets of new text, and so keeps each of them, with its figure, for as long as Python runs.
    """

    script = ""
    style_sheet = ""

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)

    @traitlets.default("_esm")
    def _read_script(self) -> str:
        return module(self.script)

    @traitlets.default("_css")
    def _read_style_sheet(self) -> str:
        return text_of("ring.css") + (text_of(self.style_sheet) if self.style_sheet else "")
