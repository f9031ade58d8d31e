"""No exercise is solved by its own notebook: nothing of another cell may be handed in as its answer.

Functions and values are looked at in all cells. Lines are looked at in those before the exercise and in those of its
section: a later section may use as a tool what the exercise has made. The folded solution is the only place that holds
it.
"""

import ast
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from leaked_lines import lines_offered
from leaks import offered
from played import play
from run_cells import SETUP, fresh, sections

from lectureutils import checks
from lectureutils.checks import Exercise
from tools.magics import without_magics
from tools.notebooks import expand, sources
from tools.run_cell import run_cell


@dataclass
class Cell:
    """A cell of code that was run: its section, what its names hold, and the exercise that it is, if it is one."""

    section: str
    code: str
    names: dict[str, Any]
    exercise: str = field(init=False)

    def __post_init__(self) -> None:
        self.code = without_magics(self.code)
        called = [node.func.attr for node in ast.walk(ast.parse(self.code)) if isinstance(node, ast.Call)
                  and isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) == "checks"]  # fmt: skip
        self.exercise = called[-1] if called else ""


def cells_of(source: str) -> list[Cell]:
    """Run a notebook as its reader gets it, section by section, and return its cells."""
    found = []
    for title, cells in sections(expand(source)).items():
        names = fresh()
        run_cell(SETUP, names)
        for cell in cells:
            run_cell(cell.source, names)
            found.append(Cell(title, cell.source, dict(names)))
    return found


def leaks(cells: list[Cell]) -> list[str]:
    """Say which cells hold a right answer to which exercises."""
    found = []
    for place, gap in enumerate(cells):
        item = checks.EXERCISES.get(gap.exercise)
        for number, cell in enumerate(cells if item else []):
            nearby = number < place or cell.section == gap.section
            found += [f"{item.name}: {what}; in {cell.section!r}" for what in given_away(item, cell, lines=nearby)]
    return found


def given_away(item: Exercise, cell: Cell, lines: bool = True) -> list[str]:
    """Say what of a cell is a right answer."""
    answers = [*offered(item, cell.code, cell.names), *(lines_offered(item, cell.code) if lines else ())]
    return [what for what, answer in answers if item(answer).kind == "right"]


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.stem)
def test_no_cell_holds_the_answer_of_an_exercise(path):
    cells = [Cell(*cell) for cell in play(path).cells]
    assert len({cell.exercise for cell in cells} & checks.EXERCISES.keys()) >= 3
    # In that run exercises were solved afterwards, and a function may use what they made: only then it runs once more.
    assert leaks(cells) == [] or leaks(cells_of(path.read_text(encoding="utf-8"))) == []


# --- that it would be noticed -----------------------------------------------------------------------------
def cell(code: str) -> Cell:
    names = {"__name__": "__main__", "np": np}
    run_cell(code, names)
    return Cell("", code, names)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("scores_of", "def batch(X, W, b):\n    return X @ W.T + b"),
        ("scores_of", "def other_names_and_order(bias, weights, images):\n    return images @ weights.T + bias"),
        ("scores_of", "ways = {'product': lambda X, W, b: (W @ X.T).T + b}"),
        ("scores_of", "X, W, b = np.ones((4, 3)), np.ones((2, 3)), np.ones(2)\nprint(X @ W.T + b)"),
        ("scores_of", "A, B, c = np.ones((4, 3)), np.ones((2, 3)), np.ones(2)\nz = A @ B.T\ns = z + c"),
        ("scores_of", "for A in [np.ones((3, 3))]:\n    B, c = np.ones((2, 3)), np.ones(2)\n"
                      "    if len(A) > 1:\n        s = A @ B.T + c"),
        ("multiply_backward", "p, q, g = 1.0, 2.0, 3.0\nfirst = g * q\nsecond = p * g"),
        ("merged", "V, W, b, c = np.eye(2), np.eye(2), np.ones(2), np.ones(2)\nwhole = V @ W\nshift = V @ b + c"),
        ("penalised_gradient", "g, W, lam = np.eye(2), np.eye(2), 0.1\nwhole = g + 2 * lam * W"),
        ("shapes", "sizes = {'x': (7500,), 'W': (5, 7500), 'b': (5,), 'scores': (5,)}"),
        ("shapes", "x, W = 7500, (5, 7500)\nb = scores = 5"),
    ],
)  # fmt: skip
def test_an_answer_is_noticed(name, code):
    assert given_away(checks.EXERCISES[name], cell(code))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("scores_of", "def one(x, W, b):\n    return W @ x + b"),
        ("scores_of", "x, W, b = np.ones(3), np.ones((2, 3)), np.ones(2)\nprint(W @ x + b)"),
        ("multiply_backward", "x, y = 2.0, 3.0\nq = x * y"),  # one product can't be both
        ("add_backward", "start = 2.0\nv = start * 1"),  # what is handed back as it came can't be hidden
        ("shapes", "x, W, b, scores = 7500, (5, 7500), 5, 4"),
    ],
)
def test_what_asks_for_more_is_no_answer(name, code):
    assert given_away(checks.EXERCISES[name], cell(code)) == []
