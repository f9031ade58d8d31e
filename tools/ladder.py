"""What the ladder of hints takes from the notebooks: the line to read again, the values on the way, and the solution.

An exercise's cell points at the line with a few of its words, `# %% tags=["exercise"] read="is a switcher"`. It stands
before the exercise, or later in its section. The smallest case is worked by running the solution and noting each value
that it computes. `python -m tools.notebooks` writes all of it into the package, since a reader's Python need not have a
notebook beside it.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from nbformat import NotebookNode

from lectureutils import checks
from lectureutils.checks import EXERCISES
from lectureutils.checks.attempt import run
from lectureutils.checks.compare import alike, as_numbers
from lectureutils.checks.ladder import written
from tools.cells import heading, tags
from tools.exercises import BuildError, check_call, solution_of
from tools.told import cells_of

SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[A-Z*`$\"(])")
MOST = 5  # values on the way
WORTH_NOTING = (ast.BinOp, ast.UnaryOp, ast.Call, ast.Compare, ast.Subscript, ast.IfExp)


def collect(paths: list[Path]) -> dict[str, dict[str, Any]]:
    """Return what the sources say of each exercise; raise BuildError where one says two things, or nothing."""
    found: dict[str, dict[str, Any]] = {}
    for path in paths:
        cells = cells_of(path)
        for place, cell in enumerate(cells):
            if "exercise" in tags(cell):
                code, name = cell.source, check_call(cell.source).func.attr
                step = {"notebook": path.stem[:2], **read_again(cells, place, name), "way": on_the_way(code, name),
                        "solution": solution_of(code)}  # fmt: skip
                if found.setdefault(name, step)["solution"] != step["solution"]:
                    raise BuildError(
                        f"{path.name}: {name} has another solution in an earlier notebook; make them equal"
                    )
    return found


# --- the line to read again -------------------------------------------------------------------------------
def read_again(cells: list[NotebookNode], place: int, name: str) -> dict[str, str]:
    """Return the line that an exercise's cell points at, and the title of the section where it stands."""
    wanted = _plain(cells[place].metadata.get("read", ""))
    if not wanted:
        raise BuildError(f'the exercise {name} says what to read again: # %% tags=["exercise"] read="some words"')
    section, here, found = "", "", []
    for number, cell in enumerate(cells):
        opening = heading(cell)
        section = opening[1] if opening and opening[0] == 2 else section
        here = section if number == place else here
        if cell.cell_type == "markdown" and "instructor" not in tags(cell):
            found += [
                (section, line.rstrip(":;"))
                for line in _lines(cell.source)
                if wanted in line and not (here and section != here)
            ]
    if len(found) != 1:
        raise BuildError(f"{name}: {wanted!r} stands in {len(found)} lines of the text up to its section, expected 1")
    return {"section": found[0][0], "read": found[0][1]}


def _lines(text: str) -> Iterator[str]:
    """Yield the sentences of a text, each point of a list in one piece."""
    for block in re.split(r"\n\s*\n", text):
        if not block.startswith(("#", "<", "|")):
            for piece in re.split(r"\n(?=- )", block):
                point = piece.startswith("- ")
                yield from [_plain(piece)[2:]] if point else SENTENCE.split(_plain(piece))


def _plain(text: str) -> str:
    return " ".join(text.split())


# --- the values on the way --------------------------------------------------------------------------------
class _Noting(ast.NodeTransformer):
    """Wrap each value that the solution's own lines compute into a call that notes it."""

    def __init__(self, first: int, last: int) -> None:
        self.first, self.last = first, last

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        named = isinstance(node.targets[0], ast.Name) and isinstance(node.value, ast.expr)
        self.generic_visit(node)
        if named and self.first <= node.lineno <= self.last:
            node.value = self._note(node.value, node.targets[0].id)
        return node

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        mine = self.first <= getattr(node, "lineno", 0) <= self.last
        written_to = isinstance(getattr(node, "ctx", None), ast.Store | ast.Del)
        size = (
            ast.unparse(node).startswith(("len(", "-")) if mine and isinstance(node, ast.Call | ast.UnaryOp) else False
        )
        return self._note(node, "") if mine and isinstance(node, WORTH_NOTING) and not written_to | size else node

    def _note(self, value: ast.expr, name: str) -> ast.expr:
        return ast.Call(ast.Name("_note", ast.Load()), [ast.Constant(name), value], [])


def on_the_way(code: str, name: str) -> list[str]:
    """Return what the solution computes in the smallest case, beside what goes in and comes out; none for a value."""
    item = EXERCISES[name]
    if not item.cases:
        return []
    noted: list[tuple[str, Any]] = []

    def note(called: str, value: Any) -> Any:
        if not callable(value):
            noted.append((called, np.array(value) if isinstance(value, np.ndarray) else value))
        return value

    tree = ast.parse(code)
    tree.body.pop()  # the check
    begins, ends = (code[: code.index(mark)].count("\n") + 1 for mark in ("# SOLUTION", "# END SOLUTION"))
    names: dict[str, Any] = {"np": np, "checks": checks, "_note": note}
    exec(compile(ast.fix_missing_locations(_Noting(begins, ends).visit(tree)), "<solution>", "exec"), names)
    args, untouched = next(iter(item.cases())), next(iter(item.cases()))
    came = run(names[ast.unparse(check_call(code).args[0])], args).value
    known = [*untouched, came, *(came if isinstance(came, tuple) else ())]
    return [f"{called} = {written(value)}" if called else written(value) for called, value in _telling(noted, known)]


def _telling(noted: list[tuple[str, Any]], known: list[Any]) -> list[tuple[str, Any]]:
    """Keep the values that say something new; where there are too many, those that have a name come first."""
    first = {called: value for called, value in reversed(noted) if called}  # in a loop a name has many values
    kept: list[tuple[str, Any]] = []
    for called, value in noted:
        if as_numbers(value) is None or isinstance(value, bool | np.bool_) or called and first[called] is not value:
            continue
        shown = [*known, *(other for _, other in kept), *(() if called else first.values())]
        if not any(_same(value, other) for other in shown) and np.size(value):
            kept.append((called, value))
    chosen = sorted(range(len(kept)), key=lambda number: not kept[number][0])[:MOST]
    return [kept[number] for number in sorted(chosen)]


def _same(value: Any, other: Any) -> bool:
    return as_numbers(other) is not None and alike(value, other)
