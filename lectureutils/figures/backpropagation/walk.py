"""The way through a graph in single steps: each value on the way forward, each gradient on the way back.

A step knows its result, how it is written out, and the wrong answers that people give. So a figure can ask for the
result before it shows it, and say what went wrong. The numbers come from the rules of `ops`; nothing is drawn here.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import numpy as np

from lectureutils.autodiff import CONSTANT, Tensor, no_grad, tape
from lectureutils.figures.shared.words import four_digits
from lectureutils.gradients import numerical_gradient
from lectureutils.ops import TABLE

Function = Callable[..., Tensor]
LETTERS = "qrtuvmnkij"  # s is a score, p a probability, everywhere in the series
RIGHT = "\N{CHECK MARK} Right."
BETWEEN = {"add": "+", "sub": "\N{MINUS SIGN}", "mul": "\N{MIDDLE DOT}", "div": "/", "pow": "**"}


class Step(NamedTuple):
    """One step: `node` and `parent` are places on the tape; `asked` is what it finds, `result` its number.

    `kind` is "forward", "start" (the gradient of f by itself) or "back" (a piece that `node` passes to `parent`).
    `written` is the computation with symbols and numbers, `words` says what kind of computation it is.
    `mistakes` holds (number, what went wrong).
    """

    kind: str
    node: int
    parent: int
    asked: str
    result: float
    written: str
    words: str
    mistakes: tuple[tuple[float, str], ...]


def record(function: Function, inputs: Mapping[str, float]) -> list[Tensor]:
    """Run `function` on named inputs and return all nodes in the order of making; inner nodes get letters as names.

    Raises ValueError if it does not return one number made from all inputs.
    """
    leaves = [Tensor(float(value), name) for name, value in inputs.items()]
    with np.errstate(all="ignore"):
        root = function(*leaves)
    if not isinstance(root, Tensor) or root.data.ndim or not root.parents:
        raise ValueError(f"function: got {root!r}, expected a number computed from {', '.join(inputs)}")
    nodes = tape(root)
    if unused := [leaf.name for leaf in leaves if leaf not in nodes]:
        raise ValueError(f"function: {' and '.join(unused)} has no part in the result. Leave it out, or use it.")
    free = iter(letter for letter in LETTERS * 9 if letter not in inputs)
    for node in nodes:
        if node.parents and not node.name:
            node.name = "f" if node is root else next(free)
    return nodes


def measured(function: Function, inputs: Mapping[str, float]) -> dict[str, float]:
    """Measure the gradient of `function` by each input with central differences; NaN where that is impossible."""

    def value(W: np.ndarray) -> float:
        return float(function(*[Tensor(float(number)) for number in W]).data)

    try:
        with no_grad(), np.errstate(all="ignore"):
            slopes = numerical_gradient(value, np.array(list(inputs.values()), dtype=float))
    except ValueError:  # no finite value near by
        slopes = np.full(len(inputs), np.nan)
    return dict(zip(inputs, map(float, slopes), strict=True))


def walk(nodes: list[Tensor]) -> list[Step]:
    """Return all steps: the values forward, the start at the end, and the pieces back, last node first."""
    place = {node: i for i, node in enumerate(nodes)}
    with np.errstate(all="ignore"):
        forward = [_forward(node, place[node]) for node in nodes if node.parents]
        return [*forward, _start(nodes[-1], len(nodes) - 1), *_back(nodes, place)]


def _operand(node: Tensor, numbers: bool) -> str:
    if numbers or node.op is CONSTANT:
        text = four_digits(node.data)
        return f"({text})" if text.startswith("\N{MINUS SIGN}") else text
    return node.name


def _formula(node: Tensor, numbers: bool) -> str:
    parts = [_operand(parent, numbers) for parent in node.parents]
    if node.op in BETWEEN:
        return f" {BETWEEN[node.op]} ".join(parts)
    bare = [part.strip("()") for part in parts]
    if node.op == "neg":
        return f"\N{MINUS SIGN}{parts[0]}"
    return f"{TABLE[node.op].symbol}({', '.join(bare)})"


def _forward(node: Tensor, place: int) -> Step:
    values = [float(parent.data) for parent in node.parents]
    known = {
        "mul": [(sum(values), "you added; this node multiplies")],
        "add": [(float(np.prod(values)), "you multiplied; this node adds")],
        "maximum": [
            (min(values), "that is the smaller one; max takes the larger"),
            (sum(values), "you added; max takes the larger one and drops the other"),
        ],
        "sub": [(values[-1] - values[0], "the order is turned round")],
    }.get(node.op, [])
    wrong = [*known, (-float(node.data), "the sign is wrong")]
    for value, parent in zip(values, node.parents, strict=True):
        wrong.append((value, f"that is {_operand(parent, False)}, which goes into the node; asked is what comes out"))
    written = f"{node.name} = {_formula(node, False)} = {_formula(node, True)} = {four_digits(node.data)}"
    words = "forward: the value of this node"
    return Step("forward", place, -1, node.name, float(node.data), written, words, tuple(wrong))


def _start(root: Tensor, place: int) -> Step:
    asked, f = gradient_name(root, root), root.name
    wrong = (
        (float(root.data), f"that is the value of {f}; asked is how fast {f} grows when {f} grows"),
        (0.0, f"when {f} grows by a little, {f} grows by just as much"),
    )
    return Step("start", place, place, asked, 1.0, f"{asked} = 1", f"backward: {f} changes as much as itself", wrong)


def gradient_name(root: Tensor, node: Tensor) -> str:
    """Write the gradient of the root by a node."""
    return f"\N{PARTIAL DIFFERENTIAL}{root.name}/\N{PARTIAL DIFFERENTIAL}{node.name}"


def _local_name(root: Tensor, node: Tensor, parent: Tensor) -> str:
    """Write a local gradient; that of the root by its formula, since its name would make it the gradient asked for."""
    if node is not root:
        return gradient_name(node, parent)
    formula = _formula(node, False)
    formula = f"({formula})" if node.op in BETWEEN or node.op == "neg" else formula
    return f"\N{PARTIAL DIFFERENTIAL}{formula}/\N{PARTIAL DIFFERENTIAL}{parent.name}"


def _back(nodes: list[Tensor], place: dict[Tensor, int]) -> Iterator[Step]:
    root, gradient = nodes[-1], {nodes[-1]: 1.0}
    for node in reversed(nodes):
        for which, parent in enumerate(node.parents):
            if parent.op is CONSTANT:
                continue
            upstream, before = gradient[node], gradient.get(parent)
            local = float(TABLE[node.op].rules[which](np.float64(1), node.data, *node.inputs))
            gradient[parent] = upstream * local + (before or 0.0)
            asked = gradient_name(root, parent)
            written, words = _piece(root, node, parent, upstream, local, before)
            written = f"{asked} = {written} = {four_digits(gradient[parent])}"
            wrong = tuple(_slips(node, parent, upstream, local, before))
            yield Step("back", place[node], place[parent], asked, gradient[parent], written, words, wrong)


def _piece(
    root: Tensor, node: Tensor, parent: Tensor, upstream: float, local: float, before: float | None
) -> tuple[str, str]:
    """Write out the piece of a gradient that arrives at `parent`, and say what kind of computation it is."""
    if before is None:
        symbols = f"{gradient_name(root, node)} \N{MIDDLE DOT} {_local_name(root, node, parent)}"
        numbers = f"{four_digits(upstream)} \N{MULTIPLICATION SIGN} {_bracket(local)}"
        return f"{symbols} = {numbers}", "backward: upstream \N{MULTIPLICATION SIGN} local = downstream"
    has = four_digits(before)
    words = f"backward: {parent.name} has {has} already; upstream \N{MULTIPLICATION SIGN} local is added"
    return f"{has} + {_bracket(upstream)} \N{MULTIPLICATION SIGN} {_bracket(local)}", words


def _bracket(value: float) -> str:
    return f"({four_digits(value)})" if value < 0 else four_digits(value)


def _slips(node: Tensor, parent: Tensor, upstream: float, local: float, before: float | None) -> Iterator[tuple]:
    """Give the wrong gradients that people answer, with what went wrong; the more special first."""
    piece = upstream * local
    if before is not None:
        had = four_digits(before)
        yield piece, f"that is only the piece that arrives now. {parent.name} has got {had} before, and gradients add"
        yield before, f"that is what {parent.name} had before. Another piece arrives, and gradients add"
        yield before * piece, "you multiplied the two pieces; gradients of several branches add"
        yield (before + piece) / 2, "you took the mean of the two pieces; gradients of several branches add"
    yield from _slips_of(node, parent, upstream, local)
    yield local, f"you took the local gradient only: multiply it by the upstream one, {four_digits(upstream)}"
    yield upstream, f"that is the upstream gradient as it came: multiply it by the local one, {four_digits(local)}"
    yield upstream + local, "you added upstream and local; the chain rule multiplies them"
    yield -(piece + (before or 0.0)), "the sign is wrong"
    yield float(parent.data), f"that is the value of {parent.name}; asked is the gradient"


def _slips_of(node: Tensor, parent: Tensor, upstream: float, local: float) -> Iterator[tuple]:
    """Give the wrong gradients that belong to one kind of node."""
    name = parent.name
    if node.op == "mul":
        others = " and ".join(p.name or four_digits(p.data) for p in node.parents)
        rule = f"the local gradient of a product by {name} is the other factor"
        yield upstream * float(parent.data), f"{others} are swapped: {rule}"
    if node.op == "maximum" and local == 0:
        yield upstream, f"{name} is the smaller input: max drops it, and nothing flows back to it"
    if node.op == "maximum" and local == 1:
        yield 0.0, f"{name} is the larger input: max passes everything back to it"
    if node.op == "sigmoid":
        yield upstream * float(node.inputs[0]), "the slope of the sigmoid is p (1 \N{MINUS SIGN} p), p its value"
        yield upstream * float(node.data), "that is the value p of the sigmoid; its slope is p (1 \N{MINUS SIGN} p)"


def judge(step: Step, answer: str) -> tuple[bool, str]:
    """Say whether the typed `answer` is the step's result, within 2%, and if not, what went wrong."""
    number = _number(answer)
    if number is None:
        return False, f"\N{BALLOT X} {answer.strip()[:20]!r} is not a number; write it like \N{MINUS SIGN}3 or 0.25."
    if _close(number, step.result):
        return True, RIGHT
    said = f"\N{BALLOT X} {step.asked} is not {four_digits(number)}"
    for wrong, reason in step.mistakes:
        if _close(number, wrong) and not _close(wrong, step.result):
            return False, f"{said}: {reason}."
    return False, f"{said}. Look at the marked node and try again, or press Step."


def _number(answer: str) -> float | None:
    parts = answer.replace("\N{MINUS SIGN}", "-").replace(",", ".").split("/")
    try:
        value = float(parts[0]) / (float(parts[1]) if len(parts) == 2 else 1.0)
    except (ValueError, ZeroDivisionError):
        return None
    return value if len(parts) < 3 and np.isfinite(value) else None


def _close(a: float, b: float) -> bool:
    return abs(a - b) <= 0.02 * abs(b) + 1e-6
