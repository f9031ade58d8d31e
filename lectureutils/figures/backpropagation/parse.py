"""A typed formula becomes a function of tensors, and nothing else.

Python's own parser reads it; what it finds is looked up in a short list of operations. What is not on the list is
refused with a reason, and no part of the text is ever run as code.
"""

import ast
from collections.abc import Callable, Sequence
from typing import NamedTuple

from lectureutils.autodiff import Tensor, call

BETWEEN = {ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul", ast.Div: "div", ast.Pow: "pow"}
FUNCTIONS = {name: name for name in ("exp", "log", "sqrt", "abs", "relu", "sigmoid", "tanh")} | {"max": "maximum"}
LONGEST, MOST = 80, 10  # characters, operations: what a drawing has room for


class Formula(NamedTuple):
    """What a text means: `function` of the tensors called `names`, in this order; `text` as Python would write it."""

    function: Callable[..., Tensor]
    names: tuple[str, ...]
    text: str


def parse(text: str, names: Sequence[str] = ("x", "y", "z")) -> Formula:
    """Read a formula of numbers, `names`, + - * / ** and the functions exp, log, sqrt, abs, relu, sigmoid, tanh, max.

    Raises ValueError that says what is not understood. Slide topic: computational graph.
    """
    if len(text) > LONGEST:
        raise ValueError(f"formula: got {len(text)} characters, expected at most {LONGEST}. Try a shorter one.")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ValueError(
            f"formula: {text.strip()[:40]!r} can't be read. Write each operation out, 2 * x instead of 2x, and close "
            "each bracket."
        ) from None
    _look(tree, tuple(names))
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    mine = tuple(name for name in names if name in used)
    steps = sum(isinstance(node, ast.BinOp | ast.Call | ast.UnaryOp) for node in ast.walk(tree))
    if not mine or not 1 <= steps <= MOST:
        raise ValueError(
            f"formula: got {steps} operations on {len(mine)} of {', '.join(names)}, expected 1 to {MOST} on at least "
            "one of them. Try x * y + z."
        )
    return Formula(lambda *tensors: _tensor(tree, dict(zip(mine, tensors, strict=True))), mine, ast.unparse(tree))


def _look(node: ast.AST, names: tuple[str, ...]) -> None:
    """Refuse whatever is not on the list, before anything is computed."""
    for part in _parts(node, names):
        _look(part, names)


def _parts(node: ast.AST, names: tuple[str, ...]) -> list[ast.AST]:
    match node:
        case ast.Constant(value=float() | int() as value) if not isinstance(value, bool) and abs(value) < 1e6:
            return []
        case ast.Name(id=name) if name in names:
            return []
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return [inner]
        case ast.BinOp(left=left, op=ast.Pow(), right=ast.Constant() | ast.UnaryOp(operand=ast.Constant()) as right):
            return [left, right]
        case ast.BinOp(op=ast.Pow()):
            raise ValueError("formula: the exponent after ** has to be a number, as in x ** 2.")
        case ast.BinOp(left=left, op=op, right=right) if type(op) in BETWEEN:
            return [left, right]
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in FUNCTIONS:
            if len(args) != (2 if name == "max" else 1):
                raise ValueError(f"formula: {name} got {len(args)} inputs, expected {2 if name == 'max' else 1}.")
            return args
    raise ValueError(
        f"formula: {_source(node)!r} is not on the list. Use {', '.join(names)}, numbers below a million, "
        f"+ - * / ** and {', '.join(FUNCTIONS)}. A power is written **, not ^."
    )


def _source(node: ast.AST) -> str:
    text = ast.unparse(node)
    return text if len(text) <= 30 else text[:27] + "..."


def _tensor(node: ast.AST, values: dict[str, Tensor]) -> Tensor | float:
    match node:
        case ast.Constant(value=value):
            return float(value)
        case ast.Name(id=name):
            return values[name]
        case ast.UnaryOp(operand=ast.Constant(value=value)):
            return -float(value)
        case ast.UnaryOp(operand=inner):
            return call("neg", [_tensor(inner, values)])
        case ast.BinOp(left=left, op=op, right=right):
            return call(BETWEEN[type(op)], [_tensor(left, values), _tensor(right, values)])
        case ast.Call(func=function, args=args):
            return call(FUNCTIONS[function.id], [_tensor(arg, values) for arg in args])
    raise ValueError(f"formula: {_source(node)!r} can't be computed.")  # `_look` has refused it before
