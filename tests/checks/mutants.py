"""Makes small faults in the notebooks' own solutions, one at a time, and asks the checks whether they see them.

A mutant that a check accepts is a fault of the check if it differs from the solution on some valid input: arguments
like those of the cases, varied at random. Run as a script (`python tests/checks/mutants.py [exercise ...]`) it shows
for each exercise how many mutants there are, which are accepted although wrong, and which get no name.
"""

import ast
import copy
import functools
import sys
import warnings
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)] if str(ROOT) not in sys.path else []

from lectureutils.checks import EXERCISES, Exercise  # noqa: E402
from lectureutils.checks.compare import alike  # noqa: E402
from lectureutils.checks.limits import Stopped, few_lines  # noqa: E402
from tools.exercises import solved  # noqa: E402
from tools.magics import without_magics  # noqa: E402

TRIALS = 150  # random inputs for each accepted mutant


class Mutant(NamedTuple):
    """A changed solution; `words` name the change, for people and for the list of known ones."""

    exercise: str
    words: str
    function: Callable


# --- the solutions ----------------------------------------------------------------------------------------
@functools.cache
def solutions() -> dict[str, tuple[ast.Module, dict]]:
    """Return for each exercise with a function its solved cell and the names that the cell may use."""
    found = {}
    for path in sorted((ROOT / "notebooks" / "src").glob("*.py")):
        names: dict = {"__name__": "solutions"}
        for cell in solved(path.read_text(encoding="utf-8")).cells:
            if cell.cell_type != "code":
                continue
            tree = ast.parse(without_magics(cell.source))
            _define(tree, names)
            call = tree.body[-1].value if isinstance(tree.body[-1], ast.Expr) else None
            if "exercise" in cell.metadata.get("tags", []) and isinstance(call, ast.Call):
                name, answer = call.func.attr, call.args[0] if call.args else None
                if isinstance(answer, ast.Name) and EXERCISES[name].cases:
                    tree.body[-1] = ast.parse(f"answer = {answer.id}").body[0]
                    found[name] = (tree, dict(names))
    return found


def _define(tree: ast.Module, names: dict) -> None:
    """Run what a cell imports and defines, and nothing else of it."""
    kept = [node for node in tree.body
            if isinstance(node, ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef)]  # fmt: skip
    exec(compile(ast.Module(kept, []), "<solutions>", "exec"), names)


def compiled(tree: ast.Module, names: dict) -> Callable:
    space = dict(names)
    exec(compile(ast.fix_missing_locations(tree), "<mutant>", "exec"), space)
    return space["answer"]


# --- the changes ------------------------------------------------------------------------------------------
NEXT_TO = {ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Eq: ast.NotEq}
SWAPPED = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult,
           ast.FloorDiv: ast.Div}  # fmt: skip
METHODS = {"max": "min", "min": "max", "mean": "sum", "sum": "mean", "argmax": "argmin", "argmin": "argmax",
           "maximum": "minimum", "minimum": "maximum", "abs": "negative", "ceil": "floor", "floor": "ceil",
           "any": "all", "all": "any", "zeros": "ones", "sqrt": "abs", "exp": "abs", "log": "abs",
           "isfinite": "isinf"}  # fmt: skip


def changes(node: ast.AST) -> Iterator[tuple[str, ast.AST | None]]:
    """Yield what may stand in the place of a node, with a word for it; None takes a statement away."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in NEXT_TO:
        yield "comparison", _with(node, ops=[NEXT_TO[type(node.ops[0])](), *node.ops[1:]])
    if isinstance(node, ast.BinOp):
        if type(node.op) in SWAPPED:
            yield "operation", _with(node, op=SWAPPED[type(node.op)]())
        if isinstance(node.op, ast.MatMult | ast.Sub | ast.Div):
            yield "order", _with(node, left=node.right, right=node.left)
        yield "left only", node.left
        yield "right only", node.right
    if isinstance(node, ast.UnaryOp):
        yield "without sign or not", node.operand
    if isinstance(node, ast.BoolOp):
        yield "left only", node.values[0]
        yield "right only", node.values[-1]
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        yield "plus 1", ast.Constant(node.value + 1)
        yield "minus 1", ast.Constant(node.value - 1)
    if isinstance(node, ast.Constant) and type(node.value) is bool:
        yield "turned", ast.Constant(not node.value)
    if isinstance(node, ast.Attribute) and node.attr == "T":
        yield "untransposed", node.value
    if isinstance(node, ast.Attribute) and node.attr in METHODS and isinstance(node.ctx, ast.Load):
        yield METHODS[node.attr], _with(node, attr=METHODS[node.attr])
    if isinstance(node, ast.Call):
        for number, keyword in enumerate(node.keywords):
            yield f"without {keyword.arg}", _with(node, keywords=node.keywords[:number] + node.keywords[number + 1 :])
        if isinstance(node.func, ast.Attribute) and node.func.attr in ("copy", "astype"):
            yield f"without {node.func.attr}", node.func.value
        if len(node.args) == 2 and not node.keywords:
            yield "arguments exchanged", _with(node, args=node.args[::-1])
        if len(node.args) == 1 and not node.keywords and isinstance(node.func, ast.Name | ast.Attribute):
            yield "argument alone", node.args[0]
        if isinstance(node.func, ast.Name) and node.func.id == "range":
            yield "one less", ast.parse(f"list({ast.unparse(node)})[:-1]", mode="eval").body
            yield "one later", ast.parse(f"list({ast.unparse(node)})[1:]", mode="eval").body
    if isinstance(node, ast.IfExp):
        yield "always", node.body
        yield "never", node.orelse
    if isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Load) and len(node.elts) > 1:
        yield "reversed", _with(node, elts=node.elts[::-1])
    if isinstance(node, ast.AugAssign):
        yield "not added up", ast.Assign([node.target], node.value, lineno=1)
    if isinstance(node, ast.If):
        yield "always", _with(node, test=ast.Constant(True))
        yield "never", _with(node, test=ast.Constant(False))
    if isinstance(node, ast.Assign | ast.AugAssign | ast.Expr | ast.If | ast.For | ast.Break | ast.Continue):
        yield "left out", ast.Pass()
    if isinstance(node, ast.Return) and node.value is not None:
        for word, form in WRAPPED.items():
            yield word, ast.Return(ast.parse(form.format(ast.unparse(node.value)), mode="eval").body)


WRAPPED = {
    "rounded": "_each(lambda v: np.round(v, 3), {0})",
    "squeezed": "_each(np.squeeze, {0})",
    "whole numbers": "_each(lambda v: np.asarray(v).astype(int), {0})",
    "NaN to 0": "_each(np.nan_to_num, {0})",
    "never below 0": "_each(lambda v: np.maximum(v, 0), {0})",
}


def _each(change: Callable, value: object) -> object:
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        return tuple(map(change, value)) if isinstance(value, tuple) else change(value)


def _with(node: ast.AST, **fields: object) -> ast.AST:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


class _Change(ast.NodeTransformer):
    def __init__(self, at: ast.AST, new: ast.AST):
        self.at, self.new = at, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self.new if node is self.at else self.generic_visit(_shallow(node))


def _shallow(node: ast.AST) -> ast.AST:
    """Return a copy whose lists of children may be replaced; the children are the same."""
    changed = copy.copy(node)
    for name, value in ast.iter_fields(node):
        if isinstance(value, list):
            setattr(changed, name, list(value))
    return changed


def mutants(name: str) -> Iterator[Mutant]:
    """Yield the mutants of an exercise's solution, without those that don't compile."""
    tree, names = solutions()[name]
    names = {**names, "np": np, "_each": _each}
    seen = {ast.unparse(tree)}
    inside = [node for part in tree.body[:-1] for node in ast.walk(part)]
    for node in inside:
        for word, new in changes(node):
            changed = _Change(node, new).visit(tree)
            text = ast.unparse(ast.fix_missing_locations(changed))
            if text in seen:
                continue
            seen.add(text)
            old = ast.unparse(node).splitlines()[0][:60]
            try:
                yield Mutant(name, f"{old}: {word}", compiled(ast.parse(text), names))
            except (SyntaxError, NameError, TypeError):
                continue


# --- accepted? and rightly? -------------------------------------------------------------------------------
def result(function: Callable, args: tuple) -> object:
    """Return what a call gives; the error's class if it raises, or never ends."""
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"), few_lines(100_000):
            warnings.simplefilter("ignore")
            return function(*args)
    except (Exception, Stopped) as error:
        return type(error)


def accepts(item: Exercise, function: Callable) -> bool:
    """Say whether a check would say right: as the check does, but without looking for a name."""
    for args, kept in zip(item.all_cases(), item.all_cases(), strict=True):
        came = result(function, args)
        if isinstance(came, type) or came is None or not _agree(came, item.reference(*copy.deepcopy(kept))):
            return False
        if not all(_untouched(a, b) for a, b in zip(args, kept, strict=True)):
            return False
    return True


def _agree(came: object, right: object) -> bool:
    try:
        return alike(came, right)
    except Exception:
        return False


def _untouched(now: object, then: object) -> bool:
    return not isinstance(then, np.ndarray) or np.array_equal(now, then, equal_nan=then.dtype.kind == "f")


def varied(args: tuple, rng: np.random.Generator) -> tuple:
    """Return arguments like these: numbers scaled, rounded, shuffled or tied; at times one example only."""
    scale = rng.choice([0.01, 0.5, 3.0, 100.0])
    how = rng.integers(6)
    rows = {a.shape[0] for a in args if isinstance(a, np.ndarray) and a.ndim}
    one = how == 5 and len(rows) == 1

    def vary(arg: object) -> object:
        if isinstance(arg, list) and all(isinstance(part, float) for part in arg):
            return vary(np.array(arg)).tolist()
        if isinstance(arg, int) and not isinstance(arg, bool):
            return max(1, arg + int(rng.integers(-1, 2))) if arg else arg
        if isinstance(arg, float):
            return arg * rng.uniform(0.5, 1 if 0 < arg < 1 else 2)
        if not isinstance(arg, np.ndarray):
            return arg
        new = arg * rng.uniform(0.5, 1.5, arg.shape) if arg.dtype.kind == "f" else arg
        if how == 0 and arg.dtype.kind == "f":
            new = np.round(arg * rng.choice([1, 2])) + 0.0
        if how == 1 or arg.dtype.kind != "f":
            new = rng.permuted(arg)
        if how == 2 and arg.dtype.kind == "f":
            new = arg * scale
        return new[:1] if one else new

    return tuple(vary(copy.deepcopy(arg)) for arg in args)


def counterexample(item: Exercise, function: Callable) -> tuple | None:
    """Return arguments on which a mutant differs from the solution, found at random; None if there are none."""
    rng = np.random.default_rng(zlib.crc32(item.name.encode()))
    tree, names = solutions()[item.name]
    solution = compiled(tree, names)
    cases = [args for _, args in zip(range(8), item.all_cases(), strict=False)]
    for trial in range(TRIALS):
        args = varied(cases[trial % len(cases)], rng)
        right = result(solution, copy.deepcopy(args))
        if isinstance(right, type) or right is None or not np.all(np.isfinite(_flat(right))):
            continue
        came = result(function, copy.deepcopy(args))
        if isinstance(came, type) or not _agree(came, right):
            return args
    return None


def _flat(value: object) -> np.ndarray:
    parts = value if isinstance(value, tuple) else (value,)
    try:
        return np.concatenate([np.ravel(np.asarray(part, dtype=float)) for part in parts])
    except (TypeError, ValueError):
        return np.zeros(0)


def accepted_although_wrong(name: str) -> list[tuple[str, tuple]]:
    """Return the mutants of an exercise that its check accepts, each with arguments for which it is wrong."""
    item, found = EXERCISES[name], []
    for mutant in mutants(name):
        if accepts(item, mutant.function) and (args := counterexample(item, mutant.function)) is not None:
            found.append((mutant.words, args))
    return found


def main(wanted: list[str]) -> None:
    """Print for each exercise its mutants, those accepted although wrong, and those without a name."""
    for name in wanted or solutions():
        item, all_of_them = EXERCISES[name], list(mutants(name))
        hints = {hint for hint, _ in item.mistakes}
        wrong = accepted_although_wrong(name)
        said = [(mutant.words, item(mutant.function)) for mutant in all_of_them]
        plain = [
            (words, verdict.message)
            for words, verdict in said
            if not verdict and verdict.message not in hints and verdict.message.startswith(f"{name}")
        ]
        print(f"{name}: {len(all_of_them)} mutants, {len(wrong)} accepted although wrong, {len(plain)} without a name")
        for words, args in wrong:
            print(f"    ACCEPTED {words}   on {args}")
        for words, message in plain:
            print(f"    unnamed  {words}   {message[:100]}")


if __name__ == "__main__":
    main(sys.argv[1:])
