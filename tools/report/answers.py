"""Run the exercises of one notebook, and tell what their checks say. This runs inside the process that is kept apart.

A notebook is not run as a whole: the figures and trainings between the exercises would take minutes. Only the cells of
the exercises run, and those that make what they use, found by the names: functions that a student wrote elsewhere,
imports, data. They run in the order of the notebook, in one namespace, and an error ends its cell alone.
"""

import ast
import json
import linecache
import os
import re
import symtable
import warnings
from collections.abc import Callable, Iterable
from types import CodeType

import lectureutils.figures  # noqa: F401 - so that the processes to come have it already
import lectureutils.live  # noqa: F401
from lectureutils import blame
from lectureutils.checks import EXERCISES, Exercise, Verdict
from tools.magics import without_magics

CHECK = re.compile(r"\bchecks\s*\.\s*(\w+)\s*\(")
LONGEST = 500  # characters of a sentence

Tell = Callable[[dict], None]


def named(cell: str) -> list[str]:
    """Return the names of the exercises whose checks a cell calls, each once."""
    return list(dict.fromkeys(name for name in CHECK.findall(cell) if name in EXERCISES))


def work(cells: list[str], left_out: list[int], file: int, shut: Callable[[int], None]) -> None:
    """Judge a notebook in this process, behind the door that `shut` shuts; write what comes out to `file`.

    Each line is a JSON object. Whoever reads them has to take them as a stranger's words.
    """

    def tell(what: dict) -> None:
        os.write(file, json.dumps(what).encode() + b"\n")

    try:
        shut(file)
        tell({"begun": True})
        judge(cells, set(left_out), tell)
        tell({"done": True})
    finally:
        os._exit(0)


def judge(cells: list[str], left_out: set[int], tell: Tell) -> None:
    """Run the exercises' cells and what they need, but for those `left_out`, and tell each cell and verdict."""
    code = [_compiled(cell, number) for number, cell in enumerate(cells)]
    exercises = [number for number, cell in enumerate(cells) if named(cell)]
    namespace = {"__name__": "__main__", "display": lambda *_args, **_named: None}
    with warnings.catch_warnings(), _overheard(tell):
        warnings.simplefilter("ignore")
        for number in _needed(cells, code, exercises):
            if number in left_out:
                continue
            tell({"cell": number})
            error = _run(code[number], namespace)
            if error and number in exercises:
                tell({"error": error[:LONGEST], "cell": number})


class _overheard:  # noqa: N801 - reads as a word
    """Let all checks tell what they say, wherever in a cell they are called."""

    def __init__(self, tell: Tell):
        self.tell = tell

    def __enter__(self) -> None:
        self.plain = Exercise.__call__

        def call(exercise: Exercise, /, *answer: object, **named: object) -> Verdict:
            verdict = self.plain(exercise, *answer, **named)
            self.tell({"exercise": exercise.name, "verdict": verdict.kind, "said": verdict.sentence[:LONGEST]})
            return verdict

        Exercise.__call__ = call

    def __exit__(self, *_: object) -> None:
        Exercise.__call__ = self.plain


def _compiled(cell: str, number: int) -> CodeType | str:
    """Return the code of a cell, or the sentence that it is no Python; what IPython alone knows is left out."""
    text, filename = without_magics(cell), f"<cell {number + 1}>"
    linecache.cache[filename] = (len(text), None, text.splitlines(keepends=True), filename)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return compile(text, filename, "exec")
    except SyntaxError as error:
        return f"this cell is no Python yet: {error.msg}, line {error.lineno}"
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        return f"this cell can't be read: {type(error).__name__}"


def _run(code: CodeType | str, namespace: dict) -> str:
    if isinstance(code, str):
        return code
    try:
        exec(code, namespace)
    except BaseException as error:  # exit() and KeyboardInterrupt are a student's words, too
        return blame.sentence(error)
    return ""


# Which cells an exercise needs


def _needed(cells: list[str], code: list[CodeType | str], exercises: Iterable[int]) -> list[int]:
    """Return the numbers of the exercises' cells, and of those that bind the names they use, and so on."""
    used, bound, changed = ([_names(cell, c, kind) for cell, c in zip(cells, code, strict=True)] for kind in KINDS)
    wanted, left = set(), list(exercises)
    while left:
        number = left.pop()
        if number in wanted:
            continue
        wanted.add(number)
        for name in used[number]:
            makers = [n for n in range(len(cells)) if name in bound[n] and n != number]
            before = [n for n in makers if n < number]
            if not makers:
                continue
            maker = before[-1] if before else makers[0]
            left += [maker, *(n for n in range(maker + 1, number) if name in changed[n])]
    return sorted(wanted)


KINDS = ("used", "bound", "changed")


def _names(cell: str, code: CodeType | str, kind: str) -> set[str]:
    """Return the names that a cell takes from outside, binds, or changes in place."""
    if isinstance(code, str):
        return set()
    text = without_magics(cell)
    if kind == "changed":
        return {
            _root(node) for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.Subscript | ast.Attribute) and isinstance(node.ctx, ast.Store)
        } | _counted(text)  # fmt: skip
    table = symtable.symtable(text, "<cell>", "exec")
    bound = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_assigned() or symbol.is_imported()}
    if kind == "bound":
        return bound
    top = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_referenced()}
    return (top | _globals(table)) - bound | _counted(text)


def _counted(text: str) -> set[str]:
    """Return the names that are counted up, as in `x += 1`: they are bound here, and have to be there already."""
    return {_root(node.target) for node in ast.walk(ast.parse(text)) if isinstance(node, ast.AugAssign)}


def _root(node: ast.AST) -> str:
    while isinstance(node, ast.Subscript | ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _globals(table: symtable.SymbolTable) -> set[str]:
    found = set()
    for child in table.get_children():
        found |= {symbol.get_name() for symbol in child.get_symbols() if symbol.is_global()} | _globals(child)
    return found
