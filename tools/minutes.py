"""How long a notebook takes a student alone: estimated from what there is to read, to run, to move and to solve.

The same estimate for all of them, so that a notebook that grows shows it: `python -m tools.minutes` prints the table.
Sections, exercises and folds marked *(optional)* are not counted, nor are folded solutions.
"""

import re
from collections import Counter
from pathlib import Path

from nbformat import NotebookNode

from tools.cells import first_call, heading, tags
from tools.exercises import expand

# Minutes for one of each.
READ = 1 / 200  # a word: slow reading, with formulas in between
CODE = 0.3  # a cell of code to understand and to run
FIGURE = 1.0  # a live figure to look at and to move
TRY = 0.4  # one thing under "Try this"
QUESTION = 0.75  # a prediction before its answer, and the reason
EXERCISE = 2.0  # a gap to understand and to check
LINE = 0.4  # a line to write there
STEP = 5  # an estimate is good to that many minutes

FIGURE_CALL = re.compile(r"^figures\.\w+Figure\(", re.MULTILINE)
FOLD = re.compile(r"<details>\s*<summary>[^<]*\(optional\)</summary>.*?</details>", re.DOTALL)
INVITATION = re.compile(r"\*\*Try [^*]*\*\*(.*?)(?=\n\n(?!- )|\Z)", re.DOTALL)


def parts(notebook: NotebookNode) -> Counter:
    """Count the words, cells, figures, things to try, questions, exercises and their lines that are not optional."""
    count, optional = Counter(), 0
    for cell in notebook.cells:
        if opening := heading(cell):
            optional = 0 if opening[0] <= (optional or 9) else optional
            if "(optional)" in opening[1]:
                optional = opening[0]
        if optional or {"optional", "setup"} & set(tags(cell)):
            continue
        if "solution" in tags(cell):
            count["lines"] += _lines(cell.source)
        else:
            count += _markdown(cell.source) if cell.cell_type == "markdown" else _code(cell)
    return count


def _markdown(text: str) -> Counter:
    text = re.split(r"(?m)^#+ .*\(optional\).*$", FOLD.sub("", text))[
        0
    ]  # an optional exercise that opens inside a cell
    tries = sum(max(1, invitation.count("\n- ")) for invitation in INVITATION.findall(text))
    return Counter(words=len(re.findall(r"\w+", text)), tries=tries)


def _lines(solution: str) -> int:
    """Count the lines that a solution writes: not its blank ones, its signature, its docstring and its comments."""
    code = re.search(r"```python\n(.*?)```", solution, re.DOTALL)[1]
    return sum(bool(line.strip()) and not re.match(r'\s*(def |"""|#)', line) for line in code.split("\n"))


def _code(cell: NotebookNode) -> Counter:
    if "exercise" in tags(cell):
        return Counter(exercises=1)
    if first_call(cell.source) == "predict":
        return Counter(questions=1)
    return Counter(code=1, figures=len(FIGURE_CALL.findall(cell.source)))


def exact(notebook: NotebookNode) -> float:
    """Estimate the minutes that a notebook takes, without its optional parts."""
    weights = {"words": READ, "code": CODE, "figures": FIGURE, "tries": TRY, "questions": QUESTION,
               "exercises": EXERCISE, "lines": LINE}  # fmt: skip
    return sum(weights[part] * count for part, count in parts(notebook).items())


def minutes(notebook: NotebookNode) -> int:
    """Estimate the minutes that a notebook takes, to the next five."""
    return max(STEP, STEP * round(exact(notebook) / STEP))


def main() -> None:
    """Print what there is in each notebook, and the minutes that follow."""
    for path in sorted((Path(__file__).parent.parent / "notebooks" / "src").glob("[0-9]*.py")):
        notebook = expand(path.read_text(encoding="utf-8"))
        found = parts(notebook)
        print(f"{path.stem:<26}{minutes(notebook):3} min ({exact(notebook):.1f})  {dict(found)}")


if __name__ == "__main__":
    main()
