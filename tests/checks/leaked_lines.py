"""The answers that stand in a cell's lines, in other names: `S = H @ U.T + c` is one if `H` was computed above.

An expression is looked at as it is written, and with what earlier lines say of its names put in. Its names are then
exchanged for those that the exercise hands over, in every way. Of several values each may stand in an expression of its
own; what is handed back as it came needs none.
"""

import ast
import itertools
import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np
from leaks import MOST_ORDERS, same

from lectureutils.checks import Exercise
from lectureutils.checks.attempt import argument_names, run

MOST_FORMS = 16  # of one expression, with more or fewer of the earlier lines put in
MOST_NODES = 150  # of its tree: the longest solution that is one expression has a hundred
ALWAYS_THERE = {"np", "abs", "enumerate", "float", "int", "len", "list", "max", "min", "range", "sorted", "sum", "zip"}
NO_ANSWER = {"print", "checks", "data", "figures", "predict"}  # what is called on the way to a picture
WHOLE = (ast.BinOp, ast.UnaryOp, ast.Call, ast.Subscript, ast.Compare, ast.Tuple, ast.IfExp)


@dataclass(frozen=True)
class Form:
    """An expression as it is written, and in one of its forms."""

    text: str
    tree: ast.expr

    @cached_property
    def leaves(self) -> list[str]:
        """Return the names that go into it, dotted ones such as `lecture.W1` as well."""
        return _leaves(self.tree)

    def renamed(self, names: dict[str, str]) -> str:
        """Return its code in other names."""
        return ast.unparse(_replaced(self.tree, {leaf: ast.Name(name, ast.Load()) for leaf, name in names.items()}))

    @cached_property
    def function(self) -> Callable:
        """Return it as a function of its leaves, in their order."""
        places = {leaf: f"_{number}" for number, leaf in enumerate(self.leaves)}
        return _function(list(places.values()), self.renamed(places))


@dataclass(frozen=True)
class Piece:
    """A value of the answer: the form that makes it and its names, or the argument that it is."""

    form: Form | None
    names: dict[str, str]
    argument: str = ""

    @property
    def code(self) -> str:
        """Return its code in the names of the exercise."""
        return self.form.renamed(self.names) if self.form else self.argument


def lines_offered(item: Exercise, code: str) -> Iterator[tuple[str, Callable]]:
    """Yield (what it is, the answer) for the cell's lines that are right in the first case of an exercise."""
    if not item.cases:
        return
    args, names = next(item.all_cases()), argument_names(item.reference)
    right = item.reference(*next(item.all_cases()))
    parts = list(right) if isinstance(right, tuple) else [right]
    handed_back = {number: Piece(None, {}, name) for number, part in enumerate(parts)
                   for name, given in zip(names, args, strict=True) if same(given, part)}  # fmt: skip
    if len(handed_back) == len(parts):
        return
    for forms in _forms_of_cell(code):
        found: dict[int, list[Piece]] = {number: [piece] for number, piece in handed_back.items()}
        for form in forms:
            for mine in _renamings(form.leaves, names):
                came = run(form.function, tuple(args[names.index(mine[leaf])] for leaf in form.leaves))
                if came.error or came.value is None:
                    continue
                piece = Piece(form, mine)
                if same(came.value, right):
                    yield _told([piece]), _function(names, piece.code)
                for number in [number for number, part in enumerate(parts) if same(came.value, part)]:
                    found.setdefault(number, []).append(piece)
        if len(parts) > 1 and len(found) == len(parts):
            for pieces in itertools.product(*(found[number] for number in range(len(parts)))):
                if _fit(pieces):
                    yield _told(pieces), _function(names, ", ".join(piece.code for piece in pieces))


def _told(pieces: Any) -> str:
    written = " and ".join(f"`{piece.form.text}`" for piece in pieces if piece.form)
    return f"{written}, read as {', '.join(piece.code for piece in pieces)}"


def _fit(pieces: tuple[Piece, ...]) -> bool:
    """Say whether one way to rename makes all pieces: else `x * y` alone would be both `dz * y` and `dz * x`."""
    pairs = {pair for piece in pieces for pair in piece.names.items()}
    leaves, names = ({pair[side] for pair in pairs} for side in (0, 1))
    return len(leaves) == len(names) == len(pairs)


def _renamings(leaves: list[str], names: list[str]) -> Iterator[dict[str, str]]:
    if not 0 < len(leaves) <= len(names):
        return
    if len(names) <= MOST_ORDERS:
        yield from (dict(zip(leaves, chosen, strict=True)) for chosen in itertools.permutations(names, len(leaves)))
    elif set(leaves) <= set(names):
        yield {leaf: leaf for leaf in leaves}


def _function(names: list[str], code: str) -> Callable:
    return eval(f"lambda {', '.join(names)}: ({code})", {"np": np})


# --- the expressions of a cell ----------------------------------------------------------------------------
@cache
def _forms_of_cell(code: str) -> list[list[Form]]:
    """Return the forms of a cell's own lines, then of the lines of each of its functions."""
    tree = ast.parse(code)
    bodies = [tree.body, *(node.body for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))]
    return [list(_forms(body)) for body in bodies]


def _forms(body: list[ast.stmt]) -> Iterator[Form]:
    lines: dict[str, list[ast.expr]] = {}
    seen = set()
    for statement in _one_by_one(body):
        for node in _expressions(statement):
            for tree in _put_in(node, lines):
                if (written := ast.dump(tree)) not in seen:
                    seen.add(written)
                    yield Form(ast.unparse(node), tree)
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            for name, value in _pairs(statement.targets[0], statement.value):
                lines[name] = list(_put_in(value, lines))


def _one_by_one(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements one after the other, those of loops and branches too, but not those of functions."""
    for statement in body:
        if not isinstance(statement, ast.FunctionDef | ast.ClassDef):
            yield statement
            for inner in ("body", "orelse"):
                yield from _one_by_one(getattr(statement, inner, []))


def _expressions(statement: ast.stmt) -> Iterator[ast.expr]:
    for child in ast.iter_child_nodes(statement):
        if isinstance(child, ast.expr):
            yield from (node for node in ast.walk(child) if isinstance(node, WHOLE) and _may_answer(node))


def _may_answer(node: ast.expr) -> bool:
    if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[0] in NO_ANSWER:
        return False
    if isinstance(node, ast.Tuple) and any(isinstance(part, ast.Slice) for part in node.elts):  # an index
        return False
    return not any(isinstance(part, ast.JoinedStr | ast.Lambda | ast.Store) for part in ast.walk(node))


def _pairs(target: ast.expr, value: ast.expr) -> list[tuple[str, ast.expr]]:
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        return [pair for parts in zip(target.elts, value.elts, strict=True) for pair in _pairs(*parts)]
    return [(target.id, value)] if isinstance(target, ast.Name) else []


def _put_in(node: ast.expr, lines: dict[str, list[ast.expr]]) -> Iterator[ast.expr]:
    """Yield the expression with each of its names left alone, or with what an earlier line says that it is.

    Two names of one thing, as in `x1 = data.lecture.x1`, are one name: the first.
    """
    names = [leaf for leaf in _leaves(node) if lines.get(leaf)]
    options = [lines[name] if _dotted(lines[name][0]) else [None, *lines[name]] for name in names]
    for choice in itertools.islice(itertools.product(*options), MOST_FORMS):
        instead = {name: tree for name, tree in zip(names, choice, strict=True) if tree is not None}
        tree = _replaced(node, instead)
        if sum(1 for _ in ast.walk(tree)) <= MOST_NODES:
            yield tree


def _leaves(node: ast.AST) -> list[str]:
    return list(dict.fromkeys(_look(node)))


def _look(node: ast.AST) -> Iterator[str]:
    dotted = _dotted(node)
    if dotted and dotted.split(".")[0] not in ALWAYS_THERE:
        yield dotted.removesuffix(".T")
        return
    for child in ast.iter_child_nodes(node):
        method = isinstance(node, ast.Call) and child is node.func and isinstance(child, ast.Attribute)
        yield from _look(child.value if method else child)  # of `X.sum(axis=0)` it is X that goes in


def _dotted(node: ast.AST) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and node.attr not in {"shape", "size", "ndim"}:
        below = _dotted(node.value)
        return f"{below}.{node.attr}" if below else ""
    return ""


def _replaced(node: Any, instead: dict[str, ast.expr]) -> Any:
    """Return a tree with others in place of some names, dotted ones too; what does not change is shared, not copied."""
    if isinstance(node, list):
        parts = [_replaced(part, instead) for part in node]
        return node if all(map(operator.is_, parts, node)) else parts
    if not isinstance(node, ast.AST):
        return node
    if isinstance(node, ast.Name | ast.Attribute) and (tree := instead.get(_dotted(node))) is not None:
        return tree
    fields = {name: _replaced(part, instead) for name, part in ast.iter_fields(node)}
    return type(node)(**fields) if any(part is not getattr(node, name) for name, part in fields.items()) else node
