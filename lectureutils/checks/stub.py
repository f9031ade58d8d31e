"""Is a function still the stub of its exercise? Its source says so, read as Python and not as text.

A line `...` in a docstring or an index `X[..., 0]` is no stub; `scores = ...`, `a, c = ...`, `out[:] = ...` and
`return ...` are.
"""

import ast
import inspect
import textwrap
from collections.abc import Callable


def has_stub(function: Callable) -> bool | None:
    """Say whether a statement `...` is left anywhere in the function; None when its source is not at hand."""
    tree = definition(function)
    return None if tree is None else any(_is_empty(node) for node in ast.walk(tree) if isinstance(node, ast.stmt))


def is_stub(function: Callable) -> bool:
    """Say whether a function is nothing but the stub: `...` and the handing back of what it is given."""
    tree = definition(function)
    if not isinstance(tree, ast.FunctionDef):
        return False
    body = [node for node in tree.body if not _is_docstring(node)]
    return any(_is_empty(node) for node in body) and all(_is_empty(node) or _hands_back(node) for node in body)


def definition(function: Callable) -> ast.AST | None:
    """Return the source of a function, read as Python: a def, or whatever a lambda stands in; None if not at hand."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except Exception:  # no source, or a lambda's line in the middle of something
        return None
    return tree.body[0] if len(tree.body) == 1 else tree


def _is_empty(node: ast.stmt) -> bool:
    if isinstance(node, ast.Expr | ast.Assign | ast.AnnAssign | ast.AugAssign | ast.Return):
        return _is_dots(node.value)
    return False


def _is_dots(node: ast.expr | None) -> bool:
    if isinstance(node, ast.Tuple | ast.List):
        return bool(node.elts) and all(_is_dots(part) for part in node.elts)
    return isinstance(node, ast.Constant) and node.value is ...


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _hands_back(node: ast.stmt) -> bool:
    """Say whether a statement is `pass`, or returns names as they are."""
    if isinstance(node, ast.Return):
        parts = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
        return all(part is None or isinstance(part, ast.Name) for part in parts)
    return isinstance(node, ast.Pass)
