"""What can be read off a single cell: its tags, its heading, the function it calls first, the question it asks."""

import ast
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode

from lectureutils.captions import OPENING
from lectureutils.sealed import seal, unseal
from tools.magics import without_magics

HEADING = re.compile(r"^(#{1,6})\s+(.*)")


def tags(cell: NotebookNode) -> list[str]:
    """Give the tags of a cell."""
    return cell.metadata.get("tags", [])


def heading(cell: NotebookNode) -> tuple[int, str] | None:
    """Give level and text of the heading that opens a markdown cell, or None."""
    found = HEADING.match(cell.source) if cell.cell_type == "markdown" else None
    return (len(found[1]), found[2]) if found else None


def _calls(code: str) -> list[ast.Call]:
    """Give the calls in the code in the order of the text; none where it is no Python."""
    try:
        tree = ast.parse(without_magics(code))
    except SyntaxError:
        return []
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return sorted(calls, key=lambda node: (node.lineno, node.col_offset))


def first_call(code: str) -> str | None:
    """Name the function that the code calls first, as far as it is called by a plain name."""
    first = next(iter(_calls(code)), None)
    return first.func.id if first and isinstance(first.func, ast.Name) else None


def is_caption(output: Mapping[str, Any]) -> bool:
    """Say whether an output is the sentence that the build puts above a picture; pages have their own captions."""
    return "".join(output.get("data", {}).get("text/html", "")).startswith(OPENING)


def is_call(cell: NotebookNode, name: str) -> bool:
    """Say whether a cell is one call of a function by its plain name, and nothing else."""
    if cell.cell_type != "code" or first_call(cell.source) != name:
        return False
    body = ast.parse(without_magics(cell.source)).body
    return len(body) == 1 and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Call)


@dataclass(frozen=True)
class Question:
    """A question to predict: its text, a reason for each choice, and the right choice."""

    text: str
    choices: dict[str, str]
    answer: str

    @property
    def lettered(self) -> list[tuple[str, str]]:
        """The choices as (letter, text)."""
        return [(f"({chr(ord('a') + number)})", choice) for number, choice in enumerate(self.choices)]


def poll_name(stem: str, count: int) -> str:
    """Name a question for tallies and platforms: the second one of notebook 04 is q04-02."""
    return f"q{stem[:2]}-{count:02}"


def question(cell: NotebookNode) -> Question | None:
    """Read the question out of a cell that calls predict(), or give None."""
    if cell.cell_type != "code" or first_call(cell.source) != "predict":
        return None
    call = _calls(cell.source)[0]
    given = dict(zip(("text", "choices", "answer"), call.args, strict=False))
    given |= {"text" if word.arg == "question" else word.arg: word.value for word in call.keywords}
    told = {name: ast.literal_eval(node) for name, node in given.items()}
    if "sealed" in told:
        reasons, answer = unseal(told.pop("sealed"))
        told |= {"choices": dict(zip(told["choices"], reasons, strict=True)), "answer": answer}
    return Question(**told)


def sealed(asked: Question) -> str:
    """Write the call that asks a question, with reasons and answer out of plain sight."""
    envelope = seal([list(asked.choices.values()), asked.answer])
    choices = "\n".join(f"        {json.dumps(choice, ensure_ascii=False)}," for choice in asked.choices)
    return (
        f"predict(\n    {json.dumps(asked.text, ensure_ascii=False)},\n    [\n{choices}\n    ],\n"
        f"    sealed={_literals(envelope)},\n)"
    )


def _literals(letters: str, width: int = 100) -> str:
    """Write a long text as string literals, one a line."""
    parts = [letters[at : at + width] for at in range(0, len(letters), width)]
    return "\n    ".join(f'"{part}"' for part in parts)
