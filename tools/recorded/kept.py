"""What a recording depends on, as a digest: where it has not changed, nothing is recorded anew.

That is the file of the figure with all that it imports, the cells of the notebook down to the figure and what they
import, the recorder, and the versions of what draws and encodes. The figures package names every figure and the checks
draw nothing: what a cell takes from these two does not count, only the file of its own figure.
"""

import ast
import functools
import hashlib
import platform
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from nbformat import NotebookNode

from tools.addresses import ROOT
from tools.house import imports
from tools.magics import without_magics

RECORDER = ("tools.recorded.collect", "tools.recorded.film", "tools.recorded.record")
PACKAGES = ("numpy", "matplotlib", "pillow", "ipywidgets")
APART = {"lectureutils.figures", "lectureutils.checks"}
DATA = ROOT / "lectureutils" / "data"


def digest(module: str, cells: Sequence[NotebookNode]) -> str:
    """Return the digest of a figure from the name of its module, shown by the last of `cells`."""
    found = hashlib.sha256()
    for text in (platform.python_version(), *map(version, PACKAGES), *(cell.source for cell in cells)):
        found.update(text.encode() + b"\0")
    for path in files([module, *RECORDER, *_imported(cells)]):
        found.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + _digest(path))
    return found.hexdigest()


def of_cells(cells: Sequence[NotebookNode]) -> str:
    """Return the digest of a notebook's code cells: their ids, sources, and the kinds of their outputs."""
    told = [[cell.id, cell.source, [output.output_type for output in cell.outputs]] for cell in cells]
    return hashlib.sha256(repr(told).encode()).hexdigest()


def files(names: Iterable[str]) -> list[Path]:
    """Give the files of modules and of all that they import from this repository; with the data goes all of it."""
    found, todo = set(), [path for name in names for path in _paths(name)]
    while todo:
        if (path := todo.pop()) not in found:
            found.add(path)
            todo += [below for name in _imports(path) for below in _paths(name)]
    if any(DATA in path.parents for path in found):
        found |= {path for path in (DATA / "files").iterdir() if path.is_file()}
    return sorted(found)


@functools.cache
def _imports(path: Path) -> tuple[str, ...]:
    return tuple(imports(path)) if path.suffix == ".py" else ()


def _paths(name: str) -> Iterator[Path]:
    """Give the file of a module, or of the module that a name is taken from, if it is one of ours."""
    parts = name.split(".")
    if parts[0] not in ("lectureutils", "tools"):
        return
    for length in range(len(parts), 1, -1):
        if ".".join(parts[:length]) in APART:
            return
        place = ROOT.joinpath(*parts[:length])
        for path in (place.with_suffix(".py"), place / "__init__.py"):
            if path.is_file():
                yield path
                return


def _imported(cells: Sequence[NotebookNode]) -> list[str]:
    found = []
    for cell in cells:
        for node in ast.walk(ast.parse(without_magics(cell.source))):
            if isinstance(node, ast.Import):
                found += [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


@functools.cache
def _digest(path: Path) -> bytes:
    return hashlib.sha256(path.read_bytes()).digest()
