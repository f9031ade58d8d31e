"""How long a notebook takes: one truth, which what there is to do in it bears out."""

import re
from pathlib import Path

import pytest

from tools.exercises import expand
from tools.handout import minutes as by_section
from tools.minutes import exact, parts
from tools.notebooks import sources

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 45
each = pytest.mark.parametrize("path", sources(), ids=lambda path: path.stem)


def in_the_map():
    """Give the minutes that 00 tells for each notebook, by its number."""
    text = (ROOT / "notebooks" / "src" / "00_start_here.py").read_text(encoding="utf-8")
    return {number: int(minutes) for number, minutes in re.findall(r"\| \[?(\d\d) .*\| (\d+) min \|", text)}


@each
def test_a_notebook_takes_as_long_as_it_says(path):
    source = path.read_text(encoding="utf-8")
    told = in_the_map()[path.stem[:2]]
    if told_there := re.search(r"It takes about (\d+) minutes", source):
        assert int(told_there[1]) == told
    else:
        assert path.stem.startswith("00")
    assert told <= LONGEST and abs(exact(expand(source)) - told) <= 5, f"estimated {exact(expand(source)):.1f}"


@each
def test_the_time_plan_agrees(path):
    own = sum(own for _, own in by_section(expand(path.read_text(encoding="utf-8"), instructor=True)).values())
    assert own <= LONGEST and abs(own - in_the_map()[path.stem[:2]]) <= 5


def test_the_readme_says_the_same():
    text, told = (ROOT / "README.md").read_text(encoding="utf-8"), in_the_map()
    first = told.pop("00")
    assert f"Each takes {min(told.values())} to {max(told.values())} minutes, the first one {first}." in text


SAMPLE = """
# %% [markdown]
# ## A section
#
# Four words stand here.
#
# **Try this.**
#
# - one
# - two

# %%
figures.LineFigure()

# %% tags=["exercise"]
def double(x):
    # SOLUTION
    return 2 * x
    # END SOLUTION


checks.double(double)

# %% [markdown]
# ## Not now (optional)
#
# Nobody counts this.

# %%
print(1)
"""


def test_a_fold_counts_unless_it_is_optional():
    def words(summary):
        fold = f"# <details>\n# <summary>{summary}</summary>\n#\n# Three words here.\n# </details>\n"
        return parts(expand(SAMPLE.replace("# **Try this.**", f"{fold}#\n# **Try this.**")))["words"]

    plain = parts(expand(SAMPLE))["words"]
    assert words("Who found this (optional)") == plain
    assert words("What happened") > plain + 3


def test_what_is_optional_is_not_counted():
    found = parts(expand(SAMPLE))
    assert {part: found[part] for part in ("code", "figures", "tries", "exercises", "lines")} == {
        "code": 1, "figures": 1, "tries": 2, "exercises": 1, "lines": 1}  # fmt: skip
    assert found["words"] == len(["A", "section", "Four", "words", "stand", "here", "Try", "this", "one", "two"])
