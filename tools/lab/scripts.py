"""What runs in a page of JupyterLab, one function of JavaScript in each file of `js/`."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "js"


@cache
def script(name: str) -> str:
    """Return the function of a file in `js/`, ready for `page.evaluate`."""
    return (FOLDER / f"{name}.js").read_text(encoding="utf-8")
