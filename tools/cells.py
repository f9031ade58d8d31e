"""What can be read off a single cell: its tags, its heading, the function it calls first, the question it asks."""

import ast
import re
from dataclasses import dataclass

from nbformat import NotebookNode

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
    return Question(**{name: ast.literal_eval(node) for name, node in given.items()})
