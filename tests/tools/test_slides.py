"""Each notebook makes a deck: what is shown is a lecture's, what is long is said, and nothing gives an answer away."""

import html
import json
import re
import zipfile

import nbformat
import nbformat.v4 as make
import pytest

from tools.cells import question, tags
from tools.deck import LEAD, blocks, deck, shorten
from tools.exercises import BLOCK
from tools.lecture import TAKE_AWAY, place, slide_type
from tools.notebooks import BUILT, sources
from tools.offline import foreign, page
from tools.polls import polls
from tools.recorded.shelf import Shelf
from tools.slides import assets, exporter, notebooks, pack
from tools.slides import make as write
from tools.vendor import vendor

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
    text = "\n".join(cell.source + "".join(output.text for output in cell.get("outputs", []))
                     for cell in slide if kind(cell) != "notes")  # fmt: skip
    return re.sub(r"(?s)<figure.*?</figure>|<details.*?</details>", "folded", text)


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
    assert text.count('<form class="lu-question') == sum(question(cell) is not None for cell in cells)
    assert text.count('class="take-away"') == sum(cell.source.count(TAKE_AWAY) for cell in cells)


@each
def test_answers_come_after_the_question_and_solutions_not_at_all(path):
    asked = [one for cell in built(path).cells if kind(cell) != "skip" and (one := question(cell))]
    together = [slide for slide in slides(path) if "lu-question" in shown(slide)]
    assert len(together) == len(asked) > 0
    for one, slide in zip(asked, together, strict=True):
        assert shown(slide).count('<p role="status" class="fragment"></p>') == 1
        notes = "".join(cell.source for cell in slide if kind(cell) == "notes")
        for reason in map(html.escape, one.choices.values()):
            assert reason in notes and reason not in shown(slide)
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


PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="


def shelf_with(folder, buttons, steps=4):
    """Write a recording by hand of the figure in a cell, and return the shelf and a notebook with that cell."""
    name = "mine/sample"
    recording = {"figure": name, "buttons": buttons, "controls": {"k": {"shown": [str(step) for step in range(steps)]}}}
    (folder / "mine").mkdir(parents=True)
    (folder / f"{name}.js").write_text(f"lectureutilsRecording({json.dumps(recording)})\n", encoding="utf-8")
    (folder / f"{name}.gif").write_bytes(b"film")
    listed = {"mine": [{"figure": name, "cell": "figure", "output": 0}]}
    (folder / "index.json").write_text(json.dumps(listed), encoding="utf-8")
    output = make.new_output("display_data", {"image/png": PNG, "text/plain": "A sentence."})
    cells = [make.new_markdown_cell("# Mine"), make.new_code_cell("show()", id="figure", outputs=[output])]
    return Shelf(folder), make.new_notebook(cells=cells)


def test_a_player_that_waits_between_its_steps_is_walked_and_no_other(tmp_path):
    def fragments(ms, steps):
        folder = tmp_path / f"{ms}_{steps}"
        shelf, notebook = shelf_with(folder, {"play": {"kind": "play", "plays": "k", "ms": ms}}, steps)
        text = "".join(cell.source for cell in deck(notebook, "mine", shelf).cells)
        assert 'data-figure="mine/sample"' in text
        return text.count('<i class="fragment" data-control="k"></i>')

    assert fragments(900, 4) == 3
    assert fragments(40, 4) == 0  # a film, and not a walk
    assert fragments(900, 60) == 0
    shelf, notebook = shelf_with(tmp_path / "no player", {})
    assert "<i " not in "".join(cell.source for cell in deck(notebook, "mine", shelf).cells)
    assert "data-figure" not in "".join(cell.source for cell in deck(notebook, "another", shelf).cells)


def test_a_recording_that_is_none_is_an_error_that_names_it(tmp_path):
    shelf, notebook = shelf_with(tmp_path, {})
    (tmp_path / "mine" / "sample.js").write_text("lectureutilsRecording({", encoding="utf-8")
    with pytest.raises(ValueError, match=r"mine/sample\.js is no recording"):
        deck(notebook, "mine", shelf)


def test_a_deck_in_one_file_has_all_that_it_needs(tmp_path):
    shelf, notebook = shelf_with(tmp_path / "recordings kept", {})
    nbformat.write(notebook, tmp_path / "mine.ipynb")
    target = tmp_path / "slides"
    assets(target / "assets")
    made = write(tmp_path / "mine.ipynb", target, shelf)
    assert made.recorded == sum((shelf.folder / "mine" / f"sample.{end}").stat().st_size for end in ("js", "gif"))
    with zipfile.ZipFile(pack(made.path)) as packed:
        names = packed.namelist()
        assert {"mine/mine.html", "mine/assets/player.js", "mine/recordings/mine/sample.js"} <= set(names)
        page = packed.read("mine/mine.html").decode()
    for address in re.findall(r'<script[^>]* src="([^"]+)"', page):
        assert f"mine/{address}" in names
    assert 'data-recordings="recordings/"' in page


@each
def test_each_core_question_and_no_other_has_a_tally_by_the_name_of_its_poll(path):
    made = deck(built(path), path.stem)
    text = "\n".join(cell.source for cell in made.cells)
    asked = re.findall(r'data-poll="([^"]+)"[^>]*>\n<fieldset><legend><b>[^<]*</b> (.*?)</legend>', text)
    assert asked == [(poll.name, html.escape(poll.asked.text, quote=False)) for poll in polls([path]) if poll.is_core]
