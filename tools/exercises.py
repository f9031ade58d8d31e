"""A source holds each exercise once, solved; expanding makes the stub and the folded solution from it.

So the two can't drift apart. Expanding also folds what gives an answer away (predict) and what is optional,
drops what is for teachers only, gives each cell its place in a slide deck, and names it after its content, so
that an edit changes the id of the edited cell only.
"""

import ast
import hashlib
import re
import textwrap
from collections.abc import Callable

import jupytext
import nbformat
from nbformat import NotebookNode

from tools.addresses import address, install
from tools.cells import first_call, heading, is_call, question, sealed, tags
from tools.lecture import place

STUB = "...  # your code here"
BLOCK = re.compile(
    r"^(?P<indent>[ ]*)# SOLUTION[ ]*\n(?P<body>.*?)\n(?P=indent)# END SOLUTION[ ]*$",
    re.DOTALL | re.MULTILINE,
)
# No versions and no paths: they would differ from one machine to the next.
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"},
}


class BuildError(Exception):
    """A source that can't become a notebook; the message names the cell."""


def expand(source: str, instructor: bool = False) -> NotebookNode:
    """Turn a py:percent source into the notebook that readers get, not executed yet.

    The cells tagged `instructor` are for teachers, and kept for them only.
    """
    return _assemble(source, _reader_cells, instructor)


def solved(source: str) -> NotebookNode:
    """Turn a py:percent source into the notebook with every exercise solved, its check included."""
    return _assemble(source, lambda cell: [_with_source(cell, BLOCK.sub(_solution, cell.source))])


def _assemble(
    source: str, rewrite: Callable[[NotebookNode], list[NotebookNode]], instructor: bool = False
) -> NotebookNode:
    cells = []
    for number, cell in enumerate(jupytext.reads(source.lstrip(), fmt="py:percent").cells, start=1):
        cell["metadata"] = nbformat.from_dict({"tags": tags(cell)} if tags(cell) else {})
        try:
            _look_for_mistakes(cell)
            if "setup" in tags(cell):
                cell.source = f"{install(address())}\n{cell.source}"
            if is_call(cell, "predict") and (asked := question(cell)):
                cell.source = sealed(asked)
            if instructor or "instructor" not in tags(cell):
                cells += rewrite(cell) if "exercise" in tags(cell) else [cell]
        except (ValueError, SyntaxError) as error:
            raise BuildError(f"cell {number}: {error}\n{textwrap.indent(cell.source, '    ')}") from error
    _mark_optional(cells)
    for cell in cells:
        if cell.cell_type == "code" and ("optional" in tags(cell) or first_call(cell.source) == "predict"):
            cell.metadata["jupyter"] = {"source_hidden": True}
        place(cell)
    _name_cells(cells)
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=METADATA)
    notebook.nbformat_minor = 5
    return notebook


def _look_for_mistakes(cell: NotebookNode) -> None:
    if cell.cell_type == "markdown":
        if "exercise" in tags(cell):
            raise ValueError("the tag 'exercise' belongs on a code cell, this one is markdown")
        return
    if not cell.source.strip():
        raise ValueError("this code cell is empty: write something or remove it")
    ast.parse(cell.source)  # magics would not run in every place where the notebooks run
    marked = "# SOLUTION" in cell.source or "# END SOLUTION" in cell.source
    if marked and "exercise" not in tags(cell):
        raise ValueError('a "# SOLUTION" block needs the tag: # %% tags=["exercise"]')
    if "exercise" in tags(cell):
        _look_at_exercise(cell.source)


def _look_at_exercise(code: str) -> None:
    blocks, opened, closed = len(BLOCK.findall(code)), code.count("# SOLUTION"), code.count("# END SOLUTION")
    if not blocks or not blocks == opened == closed:
        raise ValueError(
            f"an exercise needs '# SOLUTION' and '# END SOLUTION' lines of the same indentation around its "
            f"solution; found {opened} and {closed}, which make {blocks} blocks"
        )
    if not check_call(code):
        raise ValueError("the last statement of an exercise calls its check, as in checks.scores(scores)")


def check_call(code: str) -> ast.Call | None:
    """Give the closing call of a check, or None."""
    last = ast.parse(code).body[-1]
    call = last.value if isinstance(last, ast.Expr) else None
    owner = call.func.value if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) else None
    return call if isinstance(owner, ast.Name) and owner.id == "checks" else None


def solution_of(code: str) -> str:
    """Give the solution of an exercise's cell as its reader unfolds it: all of the cell but the check."""
    solution = "\n".join(code.split("\n")[: check_call(code).lineno - 1])
    return BLOCK.sub(_solution, solution).rstrip()


def _reader_cells(cell: NotebookNode) -> list[NotebookNode]:
    stub = BLOCK.sub(lambda block: block["indent"] + STUB, cell.source)
    folded = f"<details>\n<summary>Solution</summary>\n\n```python\n{solution_of(cell.source)}\n```\n\n</details>"
    below = [tag for tag in tags(cell) if tag != "exercise"]
    return [
        _with_source(cell, stub),
        nbformat.v4.new_markdown_cell(folded, metadata={"tags": [*below, "solution"]}),
    ]


def _solution(block: re.Match) -> str:
    return block["body"]


def _with_source(cell: NotebookNode, code: str) -> NotebookNode:
    return nbformat.v4.new_code_cell(code, metadata=dict(cell.metadata))


def _mark_optional(cells: list[NotebookNode]) -> None:
    """Spread the tag of an optional heading over its section, up to the next heading as high."""
    inside = None
    for cell in cells:
        opening = heading(cell)
        if opening and inside and opening[0] <= inside:
            inside = None
        if opening and "optional" in tags(cell):
            if "(optional)" not in opening[1]:
                raise BuildError(f"the heading of an optional section says '(optional)': {opening[1]!r}")
            inside = inside or opening[0]
        if inside and "optional" not in tags(cell):
            cell.metadata["tags"] = [*tags(cell), "optional"]


def _name_cells(cells: list[NotebookNode]) -> None:
    """Name each cell after its content, so that an edit changes no other cell's id."""
    seen: dict[str, int] = {}
    for cell in cells:
        digest = hashlib.sha256(f"{cell.cell_type}\n{cell.source}".encode()).hexdigest()[:12]
        seen[digest] = seen.get(digest, 0) + 1
        cell["id"] = digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"
