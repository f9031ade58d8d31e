"""What a cell of a notebook gives away: all of it that can be handed in as the answer of an exercise.

Whoever looks around may call a function that a cell defines, or hand in a value that it leaves. `offered` yields these;
`leaked_lines.py` those of somebody who copies a cell's lines and puts other names into them.
"""

import ast
import itertools
import types
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from lectureutils.checks import Exercise
from lectureutils.checks.attempt import argument_names, run
from lectureutils.checks.compare import alike

MOST_ORDERS = 5  # so many arguments are tried in every order


def offered(item: Exercise, code: str, namespace: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield (what it is, the answer) for the cell's values and functions; `namespace` is what they are afterwards.

    Of functions only those that are right in the exercise's first case: the check has to be asked about the rest.
    """
    tree = ast.parse(code)
    if not item.cases:
        yield from _values(item, {name: namespace[name] for name in _stored(tree) if name in namespace})
        return
    names = argument_names(item.reference)
    for name, function in _functions(tree, namespace):
        for order in orders(len(names)):
            answer = _reordered(function, order)
            if first_is_right(item, answer):
                yield f"{name}, called with ({', '.join(names[place] for place in order)})", answer


def first_is_right(item: Exercise, answer: Callable) -> bool:
    """Say whether a function gives what is right in the exercise's first case."""
    came = run(answer, next(item.all_cases()))
    return not came.error and same(came.value, item.reference(*next(item.all_cases())))


def same(came: Any, right: Any) -> bool:
    """Say whether two values agree; what refuses to be compared does not."""
    return run(lambda: alike(came, right), ()).value is True


def orders(count: int) -> Iterator[tuple[int, ...]]:
    """Yield the orders in which so many arguments may be handed over."""
    return itertools.permutations(range(count)) if count <= MOST_ORDERS else iter([tuple(range(count))])


def _values(item: Exercise, held: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield each value, and where several are asked for by name, those of these names together."""
    yield from held.items()
    wanted = item.reference()
    if isinstance(wanted, Mapping) and held.keys() >= wanted.keys():
        yield ", ".join(wanted), {name: held[name] for name in wanted}


def _stored(tree: ast.AST) -> list[str]:
    stored = [node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
    return list(dict.fromkeys(stored))


def _functions(tree: ast.Module, namespace: Mapping[str, Any]) -> Iterator[tuple[str, Callable]]:
    """Yield the functions that a cell defines: by a name, within something that has a name, or without one."""
    defined = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
    for name in dict.fromkeys([*defined, *_stored(tree)]):
        yield from ((name, function) for function in _within(namespace.get(name)))
    for node in ast.walk(tree):
        if isinstance(node, ast.Lambda):  # one within a function may need names of that function
            text = ast.unparse(node)
            made = run(lambda text=text: eval(text, dict(namespace)), ())
            if not made.error:
                yield text, made.value


def _within(value: Any) -> list[Callable]:
    if isinstance(value, types.FunctionType):
        return [value] if value.__module__ == "__main__" else []
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return [function for part in parts for function in _within(part)]


def _reordered(function: Callable, order: tuple[int, ...]) -> Callable:
    return lambda *args: function(*(args[place] for place in order))
