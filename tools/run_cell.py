"""Run a cell of a notebook in this process, as a kernel would.

A cell's code is known to `inspect`, as in IPython, so that checks see a function's source here as well. Magics do
nothing.
"""

import ast
import itertools
import linecache
from typing import Any

from tools.magics import without_magics

NUMBERS = itertools.count()


def run_cell(code: str, namespace: dict[str, Any]) -> Any:
    """Run one cell in the namespace and return the value of its closing expression, or None."""
    filename = f"<cell {next(NUMBERS)}>"
    linecache.cache[filename] = (len(code), None, code.splitlines(keepends=True), filename)
    tree = ast.parse(without_magics(code), filename)
    closing = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, filename, "exec"), namespace)
    return eval(compile(ast.Expression(closing.value), filename, "eval"), namespace) if closing else None
