"""The build of a notebook, on small sources: expand, execute, strip; and how it fails."""

import subprocess
import sys

import nbformat
import pytest

from tools.exercises import STUB
from tools.notebooks import BuildError, build, expand, flaws, main, solved, strip, texts, to_text

SAMPLE = """
# %% [markdown]
# # A sample

# %%
import io

import numpy as np
from IPython.display import Image
from matplotlib.figure import Figure


class checks:
    double = staticmethod(lambda function: print("right" if function(2) == 4 else "not attempted yet"))


# %% [markdown]
# ## One

# %%
print("a")
fig = Figure(figsize=(1, 1))
fig.add_subplot().plot([1, 2])
picture = io.BytesIO()
fig.savefig(picture, format="png")
display(Image(picture.getvalue()))
f"{np.float64(0.1):.2f}"

# %% tags=["exercise"]
def double(x):
    # SOLUTION
    y = 2 * x
    return y
    # END SOLUTION


checks.double(double)

# %%
predict("Which?", ["this", "that"]) if "predict" in globals() else print("no predict")

# %% [markdown] tags=["optional"]
# ## Two (optional)

# %%
import ipywidgets

ipywidgets.IntSlider(3)

# %% [markdown]
# ## Three

# %%
print("end")
"""


def cell_with(notebook, text):
    (cell,) = [cell for cell in notebook.cells if cell.cell_type == "code" and text in cell.source]
    return cell


@pytest.fixture(scope="module")
def built():
    return build(SAMPLE)


def test_exercise_becomes_stub_and_folded_solution():
    notebook = expand(SAMPLE)
    position = notebook.cells.index(cell_with(notebook, "def double"))
    assert notebook.cells[position].source == f"def double(x):\n    {STUB}\n\n\nchecks.double(double)"
    below = notebook.cells[position + 1]
    assert below.cell_type == "markdown" and below.metadata.tags == ["solution"]
    assert below.source.startswith("<details>\n<summary>Solution</summary>\n\n```python\n")
    assert "def double(x):\n    y = 2 * x\n    return y\n```" in below.source
    assert "checks" not in below.source and "SOLUTION" not in to_text(notebook)


def test_solved_keeps_the_check_and_drops_the_markers():
    code = cell_with(solved(SAMPLE), "def double").source
    assert code == "def double(x):\n    y = 2 * x\n    return y\n\n\nchecks.double(double)"


def test_folds_predictions_and_optional_sections_only():
    notebook = expand(SAMPLE)
    folded = [cell.source for cell in notebook.cells if "jupyter" in cell.metadata]
    assert [code.split("(")[0].split("\n")[0] for code in folded] == ["predict", "import ipywidgets"]
    assert cell_with(notebook, "IntSlider").metadata.tags == ["optional"]
    assert cell_with(notebook, '"end"').metadata == {"slideshow": {"slide_type": "subslide"}}


def test_an_edit_changes_one_id():
    before = [cell.id for cell in expand(SAMPLE).cells]
    after = [cell.id for cell in expand(SAMPLE.replace('print("a")', 'print("b")')).cells]
    assert len(set(before)) == len(before)
    assert [a == b for a, b in zip(before, after, strict=True)].count(False) == 1
    twice = expand("# %%\n1\n\n# %%\n1\n\n# %% [markdown]\n# 1")
    assert len({cell.id for cell in twice.cells}) == 3
    nbformat.validate(twice)


def test_same_source_gives_the_same_bytes(built):
    assert to_text(build(SAMPLE)) == to_text(built)


def test_nothing_passing_is_kept(built):
    text = to_text(built)
    for word in ("widget-view", "widget-state", "iopub", "jupytext", '"version"', "lines_to_next_cell"):
        assert word not in text, word
    code = [cell for cell in built.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    (slider,) = cell_with(built, "IntSlider").outputs
    assert slider.data == {"text/plain": "IntSlider(value=3)"} and slider.execution_count == code.index(
        cell_with(built, "IntSlider")) + 1  # fmt: skip
    assert [sorted(output.get("data", {})) for output in cell_with(built, "savefig").outputs] == [
        [], ["image/png", "text/plain"], ["text/plain"]]  # fmt: skip
    assert cell_with(built, "def double").outputs[0].text == "not attempted yet\n"


def test_strip_numbers_cells_and_drops_timings():
    timing = {"execution": {"iopub.execute_input": "now"}}
    cell = nbformat.v4.new_code_cell("1", execution_count=7, metadata=timing)
    language = {"name": "python", "version": "3"}
    metadata = {"widgets": {}, "language_info": language}
    notebook = nbformat.v4.new_notebook(cells=[cell], metadata=metadata)
    stripped = strip(notebook)
    assert stripped.cells[0].execution_count == 1 and stripped.cells[0].metadata == {}
    assert set(stripped.metadata) == {"kernelspec", "language_info"}
    assert "version" not in stripped.metadata.language_info


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("1 / 0", "cell 2 failed.*1 / 0.*ZeroDivisionError"),
        ("import sys; print('careful', file=sys.stderr)", "cell 2 wrote to stderr: careful"),
        ("import warnings; warnings.warn('old')", "cell 2 wrote to stderr: .*old"),
        ("from tqdm import tqdm\nfor i in tqdm(range(2)): pass", "cell 2 wrote to stderr"),
        ("print(object())", "cell 2 shows a memory address"),
        ("import tempfile; print(tempfile.gettempdir() + '/x')", "cell 2 shows an absolute path"),
        ("print('np.float64(0.1)')", "cell 2 shows a NumPy scalar"),  # as NumPy 2 shows it
        ("import os; os._exit(1)", "cell 2 failed.*os._exit"),
    ],
)
def test_a_bad_cell_stops_the_build_and_is_named(code, message):
    with pytest.raises(BuildError, match=f"(?s){message}"):
        build(f"# %% [markdown]\n# # Title\n\n# %%\n{code}\n")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ('# %% tags=["exercise"]\nx = 1\nchecks.x(x)', "cell 1: an exercise needs '# SOLUTION'"),
        ('# %% tags=["exercise"]\n# SOLUTION\nx = 1\nchecks.x(x)', "found 1 and 0"),
        ('# %% tags=["exercise"]\n# SOLUTION\nx = 1\n# END SOLUTION', "the last statement of an exercise"),
        ('# %% tags=["exercise"]\ndef f():\n    # SOLUTION\n    1\n# END SOLUTION\nchecks.f(f)', "make 0 blocks"),
        ("# %%\n# SOLUTION\nx = 1\n# END SOLUTION", 'needs the tag: # %% tags=\\["exercise"\\]'),
        ('# %% [markdown] tags=["exercise"]\n# text', "belongs on a code cell"),
        ("# %%\n1\n\n# %%\nx = (", "cell 2: .*never closed"),
        ("# %%\n\n# %%\n1", "cell 1: this code cell is empty"),
        ('# %% [markdown] tags=["optional"]\n# ## More', "says '\\(optional\\)'"),
    ],
)
def test_a_source_with_a_mistake_is_refused(source, message):
    with pytest.raises(BuildError, match=f"(?s){message}"):
        expand(source)


def test_flaws_finds_what_may_not_be_published():
    outputs = [
        nbformat.v4.new_output("error", ename="KeyError", evalue="'a'", traceback=[]),
        nbformat.v4.new_output("display_data", data={"application/vnd.jupyter.widget-view+json": {}}),
        nbformat.v4.new_output(
            "stream", text="fine: 3/4 and/or 0x1 http://a.b/usr/ 1.5.2 in 20 steps, a spike every 27.1 ms"
        ),
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("", outputs=outputs)])
    assert [flaw.split(":")[0] for flaw in flaws(notebook)] == [
        "cell 1 raised KeyError", "cell 1 holds a widget view, which is dead without its kernel",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("on 2026-11-29", "a date"), ("on 29.11.2026", "a date"), ("on 11/29/26", "a date"),
        ("on 29 November 2026", "a date"), ("on Nov 29, 2026", "a date"),
        ("at 13:55", "a time of day"), ("at 9:05:01", "a time of day"),
        ("it took 0.31 s", "how long"), ("3 seconds", "how long"), ("120it/s", "how long"),
        ("done in 12 ms", "how long"),
        ("read from /home/me/data", "an absolute path"), ("<object at 0x7f32a9c1>", "a memory address"),
        ("np.float64(0.5)", "a NumPy scalar"),
    ],
)  # fmt: skip
def test_flaws_finds_what_is_another_one_tomorrow(text, what):
    outputs = [nbformat.v4.new_output("stream", text=f"The loss is 0.25 {text}.\n")]
    (flaw,) = flaws(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("", outputs=outputs)]))
    assert flaw.startswith(f"cell 1 shows {what}")


def test_the_kernel_gets_none_of_the_builders_settings(tmp_path, monkeypatch):
    startup = tmp_path / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "mine.py").write_text("mine = 1", encoding="utf-8")
    (tmp_path / "matplotlibrc").write_text("lines.linewidth: 9", encoding="utf-8")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    monkeypatch.setenv("MATPLOTLIBRC", str(tmp_path))
    shown = "'mine' in globals(), matplotlib.rcParams['lines.linewidth'], os.listdir()"
    built = build(f"# %%\nimport matplotlib, os\nprint({shown})\n")
    assert built.cells[0].outputs[0].text.startswith("False 1.5 []")


def test_command_line_builds_checks_and_fails_loudly(tmp_path, capsys):
    folders = ["--sources", str(tmp_path), "--built", str(tmp_path)]
    with pytest.raises(SystemExit, match="no notebook '07'; there are: none"):
        main(["07", *folders])
    assert main(folders) == 1
    source = tmp_path / "01_sample.py"
    source.write_text("# %%\nprint(1)\n", encoding="utf-8")
    assert main(["01", "--check", *folders]) == 1
    assert not (tmp_path / "01_sample.ipynb").exists()
    assert main(["01_sample", *folders]) == 0
    assert main(["--check", *folders]) == 0
    source.write_text("# %%\nprint(2)\n", encoding="utf-8")
    assert main(["--check", *folders]) == 1
    source.write_text("# %%\nraise KeyError('x')\n", encoding="utf-8")
    before = (tmp_path / "01_sample.ipynb").read_bytes()
    assert main(folders) == 1
    assert "01_sample.py: cell 1 failed" in capsys.readouterr().err
    assert (tmp_path / "01_sample.ipynb").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["01_sample.ipynb", "01_sample.py"]


def test_texts_are_the_same_in_whatever_order_an_output_holds_them():
    """A kernel sends them in its order, a written notebook holds them sorted; --check compares the two."""
    shown = {"text/plain": "right", "image/png": "...", "text/html": "<b>right</b>"}
    assert texts({"data": shown}) == texts({"data": dict(sorted(shown.items()))}) == ["<b>right</b>", "right"]


def test_help_works_from_the_command_line():
    done = subprocess.run([sys.executable, "-m", "tools.notebooks", "--help"], capture_output=True, text=True)
    assert done.returncode == 0 and "--check" in done.stdout
