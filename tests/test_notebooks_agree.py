"""Each committed notebook is what its source says, follows the house rules, and its exercises can be solved."""

import ast
import re

import nbformat
import pytest
from run_cells import SETUP, code_cells

from lectureutils import checks
from tools.exercises import METADATA, first_call, heading, tags
from tools.notebooks import BUILT, expand, flaws, sources, texts

PATHS = sources()
VAGUE = {"here", "click here", "link", "this", "this link", "more", "read more", "page", "see", "click"}
VERSION = re.compile(r"\b\d+\.\d+\.\d+\b")


def pick(*, lessons: bool = False):
    """Parametrise over the sources there are; lessons are 01 and up."""
    chosen = [path for path in PATHS if not lessons or not path.stem.startswith("00")]
    return pytest.mark.parametrize("path", chosen, ids=[path.stem for path in chosen])


def reader(path):
    return expand(path.read_text(encoding="utf-8"))


def committed(path):
    target = BUILT / f"{path.stem}.ipynb"
    assert target.exists(), f"{target.name} is missing: run make notebooks"
    return nbformat.read(target, as_version=4)


def headings(notebook):
    """Give (cell index, level, text) of every heading, fenced code left out."""
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "markdown":
            for line in re.sub(r"^```.*?^```", "", cell.source, flags=re.DOTALL | re.MULTILINE).split("\n"):
                if found := re.match(r"(#{1,6})\s+(.+)", line):
                    yield number, len(found[1]), found[2]


def test_there_are_notebooks_and_each_has_its_source():
    assert PATHS, "notebooks/src is empty"
    assert {path.stem for path in BUILT.glob("*.ipynb")} == {path.stem for path in PATHS}


@pick()
def test_notebook_agrees_with_its_source(path):
    def look(notebook):
        return [(cell.id, cell.cell_type, cell.source, cell.metadata) for cell in notebook.cells]

    built, source = committed(path), reader(path)
    for number, (ours, theirs) in enumerate(zip(look(built), look(source), strict=False), start=1):
        assert ours == theirs, f"cell {number} differs from the source: run make notebooks"
    assert len(built.cells) == len(source.cells), "cells differ from the source: run make notebooks"
    assert built.metadata == METADATA


@pick()
def test_outputs_last(path):
    notebook = committed(path)
    nbformat.validate(notebook)
    assert flaws(notebook) == []
    code = code_cells(notebook.cells)
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    for cell in code:
        for text in (text for output in cell.outputs for text in texts(output)):
            assert not VERSION.search(text), f"this output shows a version: {text[:200]}"


@pick()
def test_one_title_and_no_skipped_heading_level(path):
    found = list(headings(reader(path)))
    assert [(number, level) for number, level, _ in found if level == 1] == [(0, 1)], "one H1, in the first cell"
    assert heading(reader(path).cells[0])[0] == 1, "the first cell opens with the title"
    before = 1
    for number, level, text in found[1:]:
        assert level <= before + 1, f"cell {number + 1}: {text!r} skips a heading level"
        before = level


@pick()
def test_links_say_where_they_lead(path):
    for cell in reader(path).cells:
        if cell.cell_type == "markdown":
            for text, target in re.findall(r"\[([^\]]*)\]\(([^)\s]+)[^)]*\)", cell.source):
                assert len(text.strip()) > 2 and text.strip().lower() not in VAGUE, f"[{text}]({target})"
                assert not text.startswith("http"), f"[{text}]({target})"
                near = target.split("#")[0]
                assert not near or re.match(r"\w+:", near) or (BUILT / near).exists(), f"{target} leads nowhere"
            bare = re.sub(r"\]\([^)]*\)|<https?://[^>]*>", "", cell.source)
            assert not re.search(r"https?://", bare), "write an address as [what it is](address)"


@pick()
def test_setup_cell_is_the_same_everywhere(path):
    """It is the first code cell of a lesson; in 00 the environment is checked before."""
    code = [cell.source for cell in code_cells(reader(path).cells)]
    assert code.count(SETUP) == 1, f"expected one cell with these lines and no others:\n{SETUP}"
    assert code[0] == SETUP or path.stem.startswith("00")


@pick()
def test_source_has_no_slideshow_metadata_and_no_magics(path):
    source = path.read_text(encoding="utf-8")
    assert "slideshow" not in source and "jupytext" not in source
    assert not re.search(r"^\s*#?\s*[%!]\w", source, re.MULTILINE)


@pick()
def test_code_cells_are_short(path):
    for cell in code_cells(reader(path).cells):
        if "exercise" not in tags(cell) and first_call(cell.source) != "predict":
            assert len(cell.source.split("\n")) <= 12, f"more than a dozen lines:\n{cell.source}"


@pick()
def test_text_stands_between_code(path):
    kinds = "".join("c" if cell.cell_type == "code" else "m" for cell in reader(path).cells)
    assert "cccc" not in kinds, f"more than three code cells in a row after cell {kinds.find('cccc')}"


@pick(lessons=True)
def test_lesson_has_the_length_of_a_lesson(path):
    """What everybody goes through; a section whose heading says (optional) is counted apart, as its minutes are."""
    lesson, optional = counted_cells(reader(path))
    assert 25 <= lesson <= 45, f"{lesson} cells, expected 25 to 45 (solutions and optional sections not counted)"
    assert lesson + sum(optional.values()) <= 60, f"{lesson} cells and {optional}, expected 60 at most in all"


def counted_cells(notebook):
    """Count the cells of a lesson, and those of each of its optional sections by title; solutions are no cells."""
    lesson, optional, section = 0, {}, None
    for cell in notebook.cells:
        if (opening := heading(cell)) and opening[0] <= 2:
            section = opening[1] if opening[1].endswith("(optional)") else None
        if "solution" in tags(cell):
            continue
        if section is None:
            lesson += 1
        else:
            optional[section] = optional.get(section, 0) + 1
    return lesson, optional


def test_only_an_optional_section_is_counted_apart():
    source = ["# A", "code", "## B (optional)", "### C", "code", "## D", "### E (optional)", "code"]
    cells = [nbformat.v4.new_code_cell(text) if text == "code" else nbformat.v4.new_markdown_cell(text)
             for text in source]  # fmt: skip
    cells.insert(5, nbformat.v4.new_markdown_cell("folded", metadata={"tags": ["optional", "solution"]}))
    assert counted_cells(nbformat.v4.new_notebook(cells=cells)) == (5, {"B (optional)": 3})


@pick(lessons=True)
def test_lesson_asks_before_it_reveals_and_has_exercises(path):
    cells = code_cells(reader(path).cells)
    assert sum(first_call(cell.source) == "predict" for cell in cells) >= 2
    assert sum("exercise" in tags(cell) and "optional" not in tags(cell) for cell in cells) >= 2


WHO = re.compile(
    r"<details>\n<summary>Who found this, and when \(optional\)</summary>\n\n(.+)\n</details>\Z", re.DOTALL
)


@pick()
def test_a_notebook_ends_with_who_found_it_and_when(path):
    found = WHO.search(reader(path).cells[-1].source)
    assert found, "the last cell ends with the fold"
    years = [int(year) for year in re.findall(r"\b1[0-9]{3}\b|\b20[0-9]{2}\b", found[1])]
    assert len(years) >= 3 and max(years) <= 2025 and 40 <= len(found[1].split()) <= 110


# What the cell of an exercise gives, beside its gap: the way forward, what is to be run, a class to be filled.
GIVEN = {
    "gradient": {"return 2 * X.T @ (X @ w - y) / len(y)"},
    "neuron_backward": {"s = w * x + b", "p = 1 / (1 + np.exp(-s))"},
    "branch_backward": {"q, r = (x + y, x * y)"},
    "gradients": {"x, y, z = (Value(x), Value(y), Value(z))", "q = x * y", "f = q * z + q * x", "f.backward()",
                  "return (x.grad, y.grad, z.grad)",
                  "if checks.gaps(Value.__mul__, Value.backward):\n    return (None, None, None)"},
    "Value": {"count = 0", "__radd__, __rmul__ = (__add__, __mul__)"},
    "Value.__init__": {"self.data, self.grad = (data, 0.0)", "self.parents, self.locals = (parents, locals)",
                       "Value.count += 1", "self.number = Value.count"},
    "Value.__add__": {"other = other if isinstance(other, Value) else Value(other)",
                      "return Value(self.data + other.data, (self, other), (1.0, 1.0))"},
    "Value.__mul__": {"other = other if isinstance(other, Value) else Value(other)"},
    "Value.relu": {"return Value(max(0.0, self.data), (self,), (float(self.data > 0),))"},
    "Value.nodes": {"found = [self]", "return sorted(found, key=lambda node: node.number)",
                    "for node in found:\n    "
                    "found += [parent for parent in dict.fromkeys(node.parents) if parent not in found]"},
    "Value.backward": {"nodes = self.nodes()"},
    "layer_of_numbers": {"return checks.run_layer(layer, x, W, b, bend)"},
    "train": {"losses = []",
              "for step in range(steps):\n    loss = loss_of(values)\n    losses.append(loss.data)\n    ..."},
    "training_of_numbers": {"return checks.run_training(train, numbers, learning_rate, steps)"},
}  # fmt: skip


@pick()
def test_what_a_reader_gets_of_an_exercise_is_a_gap(path):
    """A function holds its docstring and `...`, and no line of the solution: not only none of those between markers."""
    for cell in [cell for cell in reader(path).cells if "exercise" in tags(cell)]:
        tree, filled = ast.parse(cell.source), []
        for owner, statement in statements(tree):
            if not is_a_gap(statement) and ast.unparse(statement) not in GIVEN.get(owner, set()):
                filled.append(f"{owner}: {ast.unparse(statement)}")
        assert filled == [], f"{path.stem} gives away, or GIVEN does not know"
        assert any(map(is_dots, ast.walk(tree))), cell.source


def test_what_is_given_is_still_given():
    there = {}
    for path in PATHS:
        for cell in [cell for cell in reader(path).cells if "exercise" in tags(cell)]:
            for owner, statement in statements(ast.parse(cell.source)):
                there.setdefault(owner, set()).add(ast.unparse(statement))
    assert all(lines <= there.get(owner, set()) for owner, lines in GIVEN.items())


def statements(node, owner=""):
    """Yield (the function or class it stands in, statement) for all statements, at whatever depth."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.ClassDef):
            yield from statements(child, f"{owner}.{child.name}".strip("."))
        elif isinstance(child, ast.stmt):
            yield owner, child


def is_dots(node):
    return isinstance(node, ast.Constant) and node.value is ...


def is_a_gap(statement):
    """Say whether a statement is `...`, `None` by names, a docstring, an import, a check's call, or hands names on."""
    if isinstance(statement, ast.Import | ast.ImportFrom | ast.Pass):
        return True
    value = getattr(statement, "value", None)
    if isinstance(statement, ast.Return):
        return all(isinstance(part, ast.Name) for part in getattr(value, "elts", [value]))
    if isinstance(statement, ast.Expr) and isinstance(value, ast.Call):
        return ast.unparse(value.func).startswith("checks.")
    parts = [*value.values] if isinstance(value, ast.Dict) else getattr(value, "elts", [value])
    text = isinstance(statement, ast.Expr) and isinstance(getattr(value, "value", None), str)
    return text or bool(parts) and all(isinstance(it, ast.Constant) and it.value in (None, ...) for it in parts)


def test_every_exercise_of_the_package_stands_in_a_notebook():
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources())
    for name in checks.EXERCISES:
        assert f"checks.{name}(" in text, f"no notebook asks for {name}"
