"""The ladder of hints: each step says something, the solution stands at its end and nowhere before, and nothing fails.

What the package keeps of the notebooks is compared with the notebooks: in the browser there may be none to look at.
"""

import ast
import json
import re
from functools import cache

import jupytext
import numpy as np
import pytest
from sample_exercises import flatten
from test_checks import ODD, luminance

from lectureutils import checks
from lectureutils.checks import EXERCISES, exercise
from lectureutils.checks import ladder as steps
from lectureutils.checks.hint import COLOUR, Hint
from lectureutils.checks.ladder import KEPT, steps_of, written
from tools.cells import tags
from tools.exercises import BLOCK, BuildError, check_call, expand
from tools.ladder import collect, on_the_way, read_again
from tools.notebooks import sources
from tools.told import to_text

SOLVED = {check_call(cell.source).func.attr: cell.source for path in sources()
          for cell in jupytext.reads(path.read_text(encoding="utf-8"), fmt="py:percent").cells
          if "exercise" in tags(cell)}  # fmt: skip
each = pytest.mark.parametrize("item", EXERCISES.values(), ids=lambda item: item.name)


@pytest.fixture(autouse=True)
def at_the_foot(monkeypatch):
    """Let every test start where nobody has asked or answered anything, and leave no trace."""
    for item in [*EXERCISES.values(), flatten]:
        monkeypatch.setattr(item.ladder, "shown", 0)
        monkeypatch.setattr(item.ladder, "last", "")
        monkeypatch.setattr(item.ladder, "asked_to_try", False)


def bare(code: str) -> str:
    """Return code without blanks and quotes' kinds, to be found however it is written."""
    return re.sub(r"\s", "", code).replace('"', "'")


def expressions(code: str) -> set[str]:
    """Return what a solution's own lines compute: what is assigned and returned, and its parts."""
    found = set()
    for block in BLOCK.finditer(code):
        lines = "\n".join(line.removeprefix(block["indent"]) for line in block["body"].split("\n"))
        for node in ast.walk(ast.parse(lines)):
            value = getattr(node, "value", None) if isinstance(node, ast.Assign | ast.AugAssign | ast.Return) else None
            parts = [value, *getattr(value, "elts", []), *getattr(value, "values", [])]
            found |= {
                bare(ast.get_source_segment(lines, part))
                for part in parts
                if isinstance(part, ast.expr) and _computes(part)
            }
    return found


def returned(code: str) -> set[str]:
    """Return what a solution's function gives back, each of several values by itself."""
    plain = BLOCK.sub(lambda block: block["body"], code)
    results = [node.value for node in ast.walk(ast.parse(plain)) if isinstance(node, ast.Return) and node.value]
    parts = [part for result in results for part in (result, *getattr(result, "elts", []))]
    names = [part for part in parts if all(isinstance(one, ast.Name) for one in getattr(part, "elts", [None]))]
    return {bare(ast.get_source_segment(plain, part)) for part in parts if _computes(part) and part not in names}


def _computes(node: ast.expr) -> bool:
    computing = (ast.BinOp, ast.Call, ast.Compare, ast.Subscript, ast.Dict, ast.Tuple)
    return isinstance(node, computing) and sum(isinstance(part, ast.Name | ast.Constant) for part in ast.walk(node)) > 1


@cache
def folded() -> set[str]:
    """Return what a reader finds when he unfolds the solutions."""
    cells = [cell for path in sources() for cell in expand(path.read_text(encoding="utf-8")).cells]
    return {re.search(r"```python\n(.*)\n```", cell.source, re.DOTALL)[1] for cell in cells if "solution" in tags(cell)}


# --- every exercise ---------------------------------------------------------------------------------------
def test_every_exercise_of_the_notebooks_has_a_ladder():
    assert set(SOLVED) == set(EXERCISES) == set(json.loads(KEPT.read_text(encoding="utf-8")))


@each
def test_each_step_says_something(item):
    found = steps_of(item)
    assert [step.title for step in found] == [f"Hint {number} of 4" for number in (1, 2, 3, 4)]
    for step in found:
        assert len(step.sentence) > 40 and step.sentence[0].isupper() or "`" in step.sentence[:2], step
        assert "something of type" not in repr(step) and "value 1 of" not in repr(step)
        page = step._repr_html_()
        assert page.count("<div") == page.count("</div>") == 1 and "color: inherit" in page
    assert len({step.sentence for step in found}) == 4
    assert bool(item.cases) == bool(found[1].lines)


@each
def test_no_step_before_the_last_holds_the_solution(item):
    *before, last = (bare(repr(step)) for step in steps_of(item))
    secret = expressions(SOLVED[item.name])
    assert secret or item.name in NOTHING_COMPUTED
    for one in secret:
        assert one in last
        assert not [step for step in before if one in step], one


NOTHING_COMPUTED = {"add_backward", "max_backward"}  # they hand on what comes in


@each
def test_no_mistake_tells_what_to_return(item):
    """What is wrong is said, and not the line that would be right: that is for the last step."""
    results = returned(SOLVED[item.name])
    assert [hint for hint, _ in item.mistakes for one in results if one in bare(hint)] == []


@each
def test_the_last_step_is_the_folded_solution(item):
    last = "\n".join(steps_of(item)[-1].lines)
    assert last in folded()
    names = {"np": np, "checks": checks}  # of the setup cell
    exec(compile(last, "<hint>", "exec"), names)
    answer = check_call(SOLVED[item.name])
    given = [eval(ast.unparse(arg), names) for arg in answer.args]
    assert item(*given, **{word.arg: eval(ast.unparse(word.value), names) for word in answer.keywords})


@each
def test_the_smallest_case_is_worked_right(item):
    """Every array that a hint shows can be read back, and what comes out is what the reference gives."""
    if not item.cases:
        assert item.small and item.small in steps_of(item)[1].text
        return
    args = next(iter(item.cases()))
    result = item.reference(*args)
    shown = [line.partition(": ")[2].rpartition(" = ")[2] for line in steps_of(item)[1].lines if "result: " in line]
    for text, part in zip(shown, result if isinstance(result, tuple) else [result], strict=True):
        assert np.allclose(ast.literal_eval(text), part, atol=1e-4)


def test_what_the_package_keeps_is_what_the_notebooks_say():
    assert KEPT.read_text(encoding="utf-8") == to_text(collect(sources())), "run `make notebooks`"


def test_a_function_that_goes_in_is_shown_by_what_it_makes():
    lines = checks.numerical_gradient.hint(2).lines
    f, W, _h = next(iter(checks.numerical_gradient.cases()))
    assert lines[0] == f"f = a function that makes {written(f(W))} of W"


# --- one step after the other -----------------------------------------------------------------------------
def wrong(x, w, b):
    return w * (x + b)


def test_a_wrong_answer_and_then_step_by_step():
    assert checks.line(wrong).kind == "wrong"
    titles = [checks.line.hint().title for _ in range(6)]
    assert titles == ["Hint 1 of 4", "Hint 2 of 4", "Hint 3 of 4", "Hint 4 of 4", "Hint 4 of 4", "Hint 4 of 4"]
    assert "w * x + b" in repr(checks.line.hint())


def test_without_an_answer_there_is_a_pause_before_the_solution_and_no_refusal():
    checks.line(None)
    titles = [checks.line.hint().title for _ in range(5)]
    assert titles == ["Hint 1 of 4", "Hint 2 of 4", "Hint 3 of 4", "One try first", "Hint 4 of 4"]


def test_a_right_answer_is_followed_by_the_solution_to_compare():
    assert checks.line(checks.line.reference)
    assert checks.line.hint().title == "Hint 4 of 4"


def test_a_new_wrong_answer_does_not_start_again():
    checks.line(wrong)
    checks.line.hint()
    checks.line(lambda x, w, b: w * x)
    assert checks.line.hint().title == "Hint 2 of 4"


def test_a_step_can_be_asked_for_by_its_number():
    assert [checks.line.hint(number).title[5] for number in (3, 1, 99, -5)] == ["3", "1", "4", "1"]
    assert checks.line.hint().title == "Hint 2 of 4"


def test_odd_arguments_are_taken_for_the_next_step():
    for thing in ODD:
        assert isinstance(checks.line.hint(thing), Hint)


def test_each_exercise_has_a_ladder_of_its_own():
    checks.line.hint()
    assert checks.centred.hint().title == "Hint 1 of 4" and checks.line.hint().title == "Hint 2 of 4"


def test_an_exercise_that_stands_in_no_notebook_has_the_first_two_steps():
    assert [flatten.hint().title for _ in range(3)] == ["Hint 1 of 2", "One try first", "Hint 2 of 2"]


def test_a_lost_file_leaves_the_first_two_steps(monkeypatch, tmp_path):
    monkeypatch.setattr(steps, "KEPT", tmp_path / "gone.json")
    steps.notebooks.cache_clear()
    try:
        assert [step.title for step in steps_of(checks.line)] == ["Hint 1 of 2", "Hint 2 of 2"]
    finally:
        steps.notebooks.cache_clear()


def test_a_reference_that_fails_gives_a_hint_all_the_same():
    @exercise(todo="do what can't be done", cases=lambda: [(1,)])
    def broken(x):
        raise ValueError("no")

    assert "Do what can't be done" in repr(broken.hint())


# --- how it looks -----------------------------------------------------------------------------------------
def test_a_hint_reads_alike_in_text_and_on_the_page():
    hint = Hint("Hint 1 of 2", "the **sum** of `a < b` and $a_1 < b_1$ is *not* 2 * 3 * 4", ("x = [1 < 2]",))
    assert repr(hint) == ("Hint 1 of 2: The **sum** of `a < b` and $a_1 < b_1$ is *not* 2 * 3 * 4.\n    x = [1 < 2]")
    page = hint._repr_html_()
    assert "<b>sum</b> of <code>a &lt; b</code> and $a_1 &lt; b_1$ is <em>not</em> 2 * 3 * 4." in page
    assert "x = [1 &lt; 2]</pre>" in page
    assert 1.05 / (luminance(COLOUR) + 0.05) > 4.5


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2.0, "2"), (-0.00001, "0"), (1 / 3, "0.3333"), (12345.678, "12345.68"), ([1.5, 2], "[1.5, 2]"),
        (np.array([[True, False]]), "[[True, False]]"), (abs, "a function"),
        (np.zeros((5, 6)), "an array of shape (5, 6)"),
        (np.array([np.nan, -np.inf]), "[nan, -inf]"),
    ],
)  # fmt: skip
def test_values_are_written_plainly(value, text):
    assert written(value) == text


# --- what is taken from a notebook ------------------------------------------------------------------------
SAMPLE = """
# %% [markdown]
# ## One
#
# The cat sat. The dog ran here.

# %% [markdown]
# ## Two
#
# - A bird
#   flew; it is blue.

# %% tags=["exercise"] read="WORDS"
def line(x, w, b):
    # SOLUTION
    part = w * x
    return part + b
    # END SOLUTION


checks.line(line)

# %% [markdown]
# A fish swam.

# %% [markdown]
# ## Three
#
# A fly slept.
"""


def sample(words):
    return jupytext.reads(SAMPLE.replace("WORDS", words).lstrip(), fmt="py:percent").cells


@pytest.mark.parametrize(
    ("words", "section", "line"),
    [("dog ran", "One", "The dog ran here."), ("bird flew", "Two", "A bird flew; it is blue."),
     ("fish", "Two", "A fish swam.")],
)  # fmt: skip
def test_a_line_is_found_by_a_few_of_its_words(words, section, line):
    assert read_again(sample(words), 2, "line") == {"section": section, "read": line}


@pytest.mark.parametrize("words", ["", "The", "fly", "horse"])
def test_words_that_name_no_single_line_are_refused(words):
    with pytest.raises(BuildError, match="line"):
        read_again(sample(words), 2, "line")


def test_the_way_holds_values_and_no_code():
    assert on_the_way(sample("cat")[2].source, "line") == ["part = 6"]
