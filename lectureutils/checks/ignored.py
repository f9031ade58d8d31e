"""Which of its arguments does a function never look at? A number or a name from outside may have taken its place."""

import ast
from collections.abc import Callable
from functools import cache

from .stub import definition


def ignored(function: Callable, reference: Callable) -> str | None:
    """Say that a function leaves an argument aside that the reference uses; None if it does not, or nobody can tell.

    Arguments go by their places: a reader may call them as he likes.
    """
    mine, theirs = _aside(function), _aside_in_ours(reference)
    if mine is None or theirs is None or len(mine) != len(theirs):
        return None
    for (name, how), (_, in_reference) in zip(mine, theirs, strict=True):
        if how and not in_reference:
            return f"{how.format(name=name)}: does a name from outside, or a number, stand in its place?"
    return None


@cache
def _aside_in_ours(reference: Callable) -> list[tuple[str, str]] | None:
    """Return what `_aside` says of a reference; it is read once."""
    return _aside(reference)


def _aside(function: Callable) -> list[tuple[str, str]] | None:
    """Return each argument with what keeps it from being used, "" if nothing does; None where it can't be told."""
    tree = definition(function)
    if not isinstance(tree, ast.FunctionDef) or tree.args.vararg or tree.args.kwarg:
        return None
    names = [argument.arg for argument in (*tree.args.posonlyargs, *tree.args.args)]
    return [(name, _what_keeps(name, tree.body)) for name in names]


def _what_keeps(name: str, body: list[ast.stmt]) -> str:
    for statement in body:
        if _reads(name, statement):
            return ""
        if isinstance(statement, ast.Assign) and any(_is(name, target) for target in statement.targets):
            return "what comes in as {name} is overwritten before it is used"
    return "your function never uses {name}"


def _reads(name: str, statement: ast.stmt) -> bool:
    return any(_is(name, node, ast.Load)
               or isinstance(node, ast.AugAssign) and _is(name, node.target)
               or isinstance(node, ast.For) and _is(name, node.target) for node in ast.walk(statement))  # fmt: skip


def _is(name: str, node: ast.AST, context: type[ast.expr_context] = ast.expr_context) -> bool:
    return isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, context)
