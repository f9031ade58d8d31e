"""Each notebook makes a deck: what is shown is a lecture's, what is long is said, and nothing gives an answer away."""

import re

import nbformat
import nbformat.v4 as make
import pytest

from tools.cells import question, tags
from tools.deck import LEAD, blocks, deck, shorten
from tools.exercises import BLOCK
from tools.lecture import TAKE_AWAY, place, slide_type
from tools.notebooks import BUILT, sources
from tools.offline import foreign, page, vendor
from tools.slides import exporter, notebooks

PATHS = sources()
MOST_CHARACTERS = 1400  # of text and code on one slide
each = pytest.mark.parametrize("path", PATHS, ids=[path.stem for path in PATHS])


def built(path):
    return nbformat.read(BUILT / f"{path.stem}.ipynb", as_version=4)


def kind(cell):
    return cell.metadata.slideshow.slide_type


def slides(path):
    """Give the slides of a deck, each as a list of cells."""
    found = []
    for cell in deck(built(path)).cells:
        if kind(cell) in {"slide", "subslide"}:
            found.append([])
        found[-1].append(cell)
    return found


def shown(slide):
    """Give the text that is on a slide at once; pictures are left out, and what is only said or appears later."""
    return "\n".join(re.sub(r"<figure.*?</figure>", "picture", cell.source)
                     + "".join(output.text for output in cell.get("outputs", []))
                     for cell in slide if kind(cell) not in {"notes", "fragment"})  # fmt: skip


CASES = {
    "# A title": "slide",
    "## A section": "slide",
    "### A part": "subslide",
    "### Exercise 1: try": "skip",
    "### Exercises 6 to 8 (optional): more": "skip",
    "## More (optional)": "skip",
    "**What you see.** A line.": "notes",
    "**What you see.** A line.\n\n### Next": "subslide",
    "**What you see.** A line.\n\n### Exercise 1: try": "notes",
    f"Words.\n\n{TAKE_AWAY} Short.": "subslide",
}


@pytest.mark.parametrize(("source", "expected"), CASES.items())
def test_rule_for_text(source, expected):
    assert slide_type(make.new_markdown_cell(source)) == expected


def test_rule_for_code_and_a_tag_that_overrules_it():
    assert slide_type(make.new_code_cell("print(1)")) == "subslide"
    for tag in ("setup", "exercise", "solution", "optional", "instructor"):
        assert slide_type(make.new_code_cell("print(1)", metadata={"tags": [tag]})) == "skip"
    cell = make.new_code_cell("print(1)", metadata={"tags": ["slide:notes"]})
    place(cell)
    assert cell.metadata == {"slideshow": {"slide_type": "notes"}}


@each
def test_notebook_has_slide_types_that_make_a_sensible_deck(path):
    cells = built(path).cells
    assert {kind(cell) for cell in cells} <= {"slide", "subslide", "notes", "skip"}
    assert kind(cells[0]) == "slide"
    assert 8 <= sum(kind(cell) in {"slide", "subslide"} for cell in cells) <= 45
    for cell in cells:
        if {"setup", "exercise", "solution", "optional"} & set(tags(cell)):
            assert kind(cell) == "skip", cell.source


@each
def test_deck_has_no_empty_and_no_overfull_slide(path):
    found = slides(path)
    assert 8 <= len(found) <= 45
    for slide in found:
        title, *rest = shown(slide).split("\n", 1)
        assert title.startswith("#") and rest and rest[0].strip(), f"an empty slide: {title}"
        assert len(shown(slide)) <= MOST_CHARACTERS, f"{len(shown(slide))} characters: {title}"


@each
def test_deck_shows_every_figure_question_and_take_away_of_the_lecture(path):
    cells = [cell for cell in built(path).cells if kind(cell) != "skip"]
    text = "\n".join(cell.source for slide in slides(path) for cell in slide)
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    pictures = sum("image/png" in output.get("data", {}) for output in outputs)
    assert text.count("<img ") == pictures == len(re.findall(r'<img [^>]* alt="[^"]{10,}"', text))
    assert text.count('class="question"') == sum(question(cell) is not None for cell in cells)
    assert text.count('class="take-away"') == sum(cell.source.count(TAKE_AWAY) for cell in cells)


@each
def test_answers_come_after_the_question_and_solutions_not_at_all(path):
    together = [slide for slide in slides(path) if 'class="question"' in shown(slide)]
    assert together
    for slide in together:
        assert sum(kind(cell) == "fragment" and 'class="answer"' in cell.source for cell in slide) == 1
        assert 'class="answer"' not in shown(slide)
    text = "\n".join(cell.source for slide in slides(path) for cell in slide)
    assert "checks." not in text
    for block in BLOCK.finditer(path.read_text(encoding="utf-8")):
        assert block["body"].strip() not in text


def test_a_notebook_without_slide_types_gets_them_by_the_rule():
    notebook = built(PATHS[1])
    expected = [cell.source for cell in deck(notebook).cells]
    for cell in notebook.cells:
        del cell.metadata["slideshow"]
    assert [cell.source for cell in deck(notebook).cells] == expected


def test_a_notebook_of_ones_own_needs_no_heading_and_may_hold_magics_and_results():
    result = make.new_output("execute_result", data={"text/plain": "42"}, execution_count=1)
    code = make.new_code_cell("%matplotlib inline\n6 * 7", outputs=[result])
    made = deck(make.new_notebook(cells=[code, make.new_markdown_cell("# Late\n\nWords.")]))
    assert [cell.source for cell in made.cells] == ["## Slides", "%matplotlib inline\n6 * 7", "# Late", "Words."]
    assert made.cells[1].outputs[0].text == "42"
    assert "42" in page(exporter(), made, "mine")


def test_text_is_cut_into_blocks_and_prose_at_a_sentence():
    text = "## A\n\nOne. Two.\nThree.\n\n$$x$$\n\n- a\n- b\n\n| a |\n|---|\n| b |"
    assert [block.kind for block in blocks(text)] == ["heading", "prose", "math", "list", "table"]
    assert shorten("One. Two.\nThree.", limit=9) == "One. Two."
    assert shorten("x" * LEAD + ". Next.") == "x" * LEAD + "."


def test_page_loads_nothing_from_another_host():
    text = page(exporter(), deck(built(PATHS[1])), "a deck")
    assert foreign(text) == [] and "assets/reveal.js/dist/reveal.js" in text and "assets/mathjax" in text
    assert "02_loss_functions.html" in text and ".ipynb" not in text
    for bad in ('<script src="https://a.b/c.js">', "<link rel=x href='//a.b'>", "@import url(http://a.b/c.css)"):
        assert len(foreign(text + bad)) == 1


def test_assets_are_copied_or_their_absence_explained(tmp_path):
    (tmp_path / "from" / "package").mkdir(parents=True)
    (tmp_path / "from" / "package" / "a.js").write_text("1", encoding="utf-8")
    vendor(tmp_path / "to", ["package/a.js"], tmp_path / "from")
    assert (tmp_path / "to" / "package" / "a.js").read_text(encoding="utf-8") == "1"
    with pytest.raises(FileNotFoundError, match="through make"):
        vendor(tmp_path / "to", ["package/b.js"], tmp_path / "from")


def test_a_file_of_ones_own_can_be_named(tmp_path):
    mine = tmp_path / "mine.ipynb"
    mine.write_text("", encoding="utf-8")
    assert notebooks([str(mine)]) == [mine]
    assert [path.stem for path in notebooks(["01"])] == ["01_linear_classifier"]
    assert len(notebooks([])) == len(PATHS)
