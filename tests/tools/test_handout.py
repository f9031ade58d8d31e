"""Students get no answer and no solution, the instructor gets all of them; the page for teachers says what is there."""

import functools
import json
import re
from copy import deepcopy
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup

from tools.cells import heading, question, tags
from tools.exercises import BLOCK, STUB, expand
from tools.handout import exporter, instructor, make, minutes, student
from tools.lecture import AFTERWARDS
from tools.notebooks import BUILT, sources
from tools.offline import foreign, page
from tools.recorded.shelf import Shelf

PATHS = sources()
SLIDES = 207
TEACHING = Path(__file__).parents[2] / "docs" / "teaching.md"
each = pytest.mark.parametrize("path", PATHS, ids=[path.stem for path in PATHS])


@functools.cache
def versions(path):
    """Give the source, the student's and the instructor's notebook."""
    source = path.read_text(encoding="utf-8")
    read = functools.partial(nbformat.read, BUILT / f"{path.stem}.ipynb", as_version=4)
    return source, student(source, read()), instructor(source, read())


def lines(text):
    return {line.strip() for line in text.split("\n") if len(line.strip()) > 8}


def words(text):
    """Give a text without the signs that keep Markdown from reading markup."""
    return text.replace("\\", "")


@each
def test_student_version_holds_no_line_of_a_solution(path):
    source, theirs, _ = versions(path)
    reader = expand(source).cells
    elsewhere = set().union(*(lines(cell.source) for cell in reader if "solution" not in tags(cell)))
    secret = set().union(*(lines(block["body"]) for block in BLOCK.finditer(source))) - elsewhere
    kept = set().union(*(lines(cell.source) for cell in theirs.cells))
    assert secret and not secret & kept
    assert sum(cell.source.count(STUB) for cell in theirs.cells) == len(BLOCK.findall(source))


@each
def test_student_version_holds_no_answer(path):
    source, theirs, _ = versions(path)
    text = words("\n".join(cell.source for cell in theirs.cells))
    asked = [found for cell in expand(source).cells if (found := question(cell))]
    assert asked and all(words(one.text) in text for one in asked)
    for one in asked:
        assert all(words(choice) in text for choice in one.choices)
        assert not any(words(reason) in text for reason in one.choices.values())
    assert "predict(" not in text and "<details>" not in text
    assert not any({"instructor", "solution"} & set(tags(cell)) for cell in theirs.cells)


def test_students_read_what_is_folded_as_optional_and_no_other_fold():
    fold = "<details>\n<summary>{}</summary>\n\n{}\n</details>"
    text = f"Words.\n\n{fold.format('The answer', 'It is 3.')}\n\n{fold.format('Who (optional)', 'Cauchy, 1847.')}"
    theirs = student(
        "# %% [markdown]\n" + "".join(f"# {line}\n" for line in text.split("\n")), nbformat.v4.new_notebook()
    )
    assert theirs.cells[0].source.split("\n\n") == ["Words.", "", "**Who (optional)**", "Cauchy, 1847."]


@each
def test_instructor_version_holds_every_solution_and_answer(path):
    source, _, ours = versions(path)
    text = "\n".join(cell.source for cell in ours.cells)
    assert text.count("**Solution**") == sum("exercise" in tags(cell) for cell in ours.cells)
    for block in BLOCK.finditer(source):
        assert block["body"] in text
    for one in [found for cell in expand(source).cells if (found := question(cell))]:
        letter = next(letter for letter, choice in one.lettered if choice == one.answer)
        assert f"✔ {letter} {words(one.choices[one.answer])}" in words(text)
        assert all(words(reason) in words(text) for reason in one.choices.values())
    assert "<details>" not in text


@each
def test_outputs_are_those_of_the_built_notebook_but_for_gaps(path):
    for notebook in versions(path)[1:]:
        nbformat.validate(notebook)
        for cell in notebook.cells:
            assert not ("exercise" in tags(cell) and cell.outputs)
    built = nbformat.read(BUILT / f"{path.stem}.ipynb", as_version=4)
    pictures = set()
    for notebook in (built, *versions(path)[1:]):
        outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
        pictures.add(sum("image/png" in output.get("data", {}) for output in outputs))
    assert len(pictures) == 1


@each
def test_readers_never_meet_an_instructor_cell(path):
    built = nbformat.read(BUILT / f"{path.stem}.ipynb", as_version=4)
    for notebook in (built, expand(path.read_text(encoding="utf-8"))):
        assert not any("instructor" in tags(cell) or "**Misconceptions**" in cell.source for cell in notebook.cells)


@each
def test_each_section_tells_the_instructor_minutes_misconceptions_and_what_to_ask(path):
    source = versions(path)[0]
    notebook = expand(source, instructor=True)
    given = minutes(notebook)
    cells = [cell.source for cell in notebook.cells if "instructor" in tags(cell)]
    assert len(cells) == len(given) > 0
    assert all("**Misconceptions**\n\n- " in cell and "**Ask.** " in cell for cell in cells)
    titles = [found[1] for cell in notebook.cells if (found := heading(cell)) and found[0] == 2]
    expected = {title for title in titles if title != "Summary" and not AFTERWARDS.match(title)}
    assert set(given) <= expected
    if not path.stem.startswith("00"):
        assert set(given) == expected
        promised = int(re.search(r"takes about (\d+) minutes", notebook.cells[0].source)[1])
        assert sum(own for _, own in given.values()) == pytest.approx(promised, rel=0.15)


def test_pages_work_without_another_host(tmp_path):
    written = make(PATHS[1], tmp_path, Shelf(tmp_path / "none"))
    assert [path.relative_to(tmp_path).as_posix() for path in written] == [
        f"{version}/{PATHS[1].stem}.{ending}" for version in ("student", "instructor") for ending in ("ipynb", "html")
    ]
    for path in written:
        if path.suffix == ".html":
            text = path.read_text(encoding="utf-8")
            assert foreign(text) == []
            assert "data-figure=" not in text  # nothing is recorded
            assert 'src="../assets/mathjax/' in text
            told = [image["alt"] for image in BeautifulSoup(text, "html.parser").select("img")]
            assert told == sentences(path.with_suffix(".ipynb")) and len(told) > 3
    assert exporter().exclude_input_prompt


def sentences(path):
    """Give the sentences that a notebook holds beside its pictures: what the picture's text alternative has to be."""
    outputs = [output for cell in nbformat.read(path, as_version=4).cells for output in cell.get("outputs", [])]
    return [output.data["text/plain"].strip() for output in outputs if "image/png" in output.get("data", {})]


def test_pages_hold_questions_to_press_and_figures_that_move(tmp_path):
    path = PATHS[0]
    source = path.read_text(encoding="utf-8")
    cell = next(cell for cell in versions(path)[1].cells if "image/png" in str(cell.get("outputs", "")))
    shelf, name = Shelf(tmp_path / "kept"), f"{path.stem}/moved"
    (shelf.folder / path.stem).mkdir(parents=True)
    (shelf.folder / f"{name}.js").write_text("lectureutilsRecording({})", encoding="utf-8")
    picture = next(number for number, output in enumerate(cell.outputs) if "image/png" in output.get("data", {}))
    listed = {path.stem: [{"figure": name, "cell": cell.id, "output": picture}]}
    (shelf.folder / "index.json").write_text(json.dumps(listed), encoding="utf-8")
    pages = [made for made in make(path, tmp_path / "made", shelf) if made.suffix == ".html"]
    assert (tmp_path / "made" / "recordings" / f"{name}.js").exists()
    asked = [found for cell in expand(source).cells if (found := question(cell))]
    for made in pages:
        soup = BeautifulSoup(made.read_text(encoding="utf-8"), "html.parser")
        assert len(soup.select("form.lu-question input")) == sum(len(one.choices) for one in asked) > 0
        assert [moved["data-figure"] for moved in soup.select("figure.lu-recorded#moved")] == [name]
        assert soup.select_one('script[src="../assets/player.js"]')["data-recordings"] == "../recordings/"
        for folded in soup.select("details.lu-reasons"):
            folded.decompose()
        assert "☐" not in soup.text
        told = [reason in soup.text for one in asked for reason in one.choices.values()]
        assert told == [made.parent.name == "instructor"] * len(told)


@each
def test_tables_are_tables_on_the_page(path):
    source, theirs, ours = versions(path)
    for notebook in (theirs, ours):
        text = page(exporter(), deepcopy(notebook), path.stem)
        assert not re.search(r"\|:?-+:?\|", text)
    plan = re.search(r"instructor: minutes</strong></p>\s*</blockquote>\s*<table>(.*?)</table>", text, re.DOTALL)
    assert plan[1].count("<tr>") == len(minutes(expand(source, instructor=True))) + 2


def table(name):
    """Give the rows of a table of docs/teaching.md."""
    text = TEACHING.read_text(encoding="utf-8")
    inside = re.search(f"<!-- {name}:begin -->(.*)<!-- {name}:end -->", text, re.DOTALL)[1]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in inside.strip().split("\n")[2:]]


# For the first slide of each row: a word of what is on these slides, which its section says, one for each section.
ON_THE_SLIDES = {
    3: "optimization", 8: "sigma", 9: "reshape", 10: "template; region", 12: "airplane", 19: "mixture", 26: "truth",
    31: "hinge; off", 35: "surprise", 36: "rival", 37: "ranking; trained", 42: "Ockham", 44: "penal; underfitting",
    47: "argmin", 55: "search", 57: "diamonds", 61: "argmin", 64: "entry; cancels",
    82: "chain; stochastic; beta", 83: "decaying; AdaGrad; valleys; clip; decimals", 84: "spoil; patient",
    89: "nerve", 94: "collapse", 97: "inspired", 98: "logistic", 99: "relatives", 100: "filters", 102: "shallow",
    103: "loop", 104: "propagation", 128: "computational", 134: "backward", 149: "upstream", 158: "differentiable",
    159: "branch", 160: "vectorized; rectangles", 174: "node", 177: "network, backward", 201: "losses", 202: "moons",
    203: "whole series",
}  # fmt: skip


def test_each_slide_leads_to_a_section_that_speaks_of_it():
    sections = {}
    for path in PATHS:
        _, *parts = re.split(r"(?m)^# #{2,3} (.*)$", path.read_text(encoding="utf-8"))
        sections |= {(path.stem, title): f"{title} {text}" for title, text in zip(parts[::2], parts[1::2], strict=True)}
    rows = {int(numbers.split("–")[0]): re.findall(r"notebooks/(\w+)\.ipynb\) ([^;]*)", there)
            for numbers, _, there in table("slides") if not there.startswith("none")}  # fmt: skip
    assert rows.keys() == ON_THE_SLIDES.keys()
    silent = [(first, word, place) for first, places in rows.items()
              for word, place in zip(ON_THE_SLIDES[first].split("; "), places, strict=True)
              if word.casefold() not in " ".join(sections[place].split()).casefold()]  # fmt: skip
    assert silent == [], silent


def test_each_slide_of_the_lecture_has_its_section():
    titles = {path.stem: re.findall(r"(?m)^# #{2,3} (.*)$", path.read_text(encoding="utf-8")) for path in PATHS}
    counted = []
    for numbers, _, there in table("slides"):
        first, *last = (int(number) for number in numbers.split("–"))
        counted += range(first, (last or [first])[0] + 1)
        if there == "none: course administration":
            continue
        for target in there.split("; "):
            short, stem, title = re.fullmatch(r"\[(\d\d)\]\(\.\./notebooks/(\w+)\.ipynb\) (.*)", target).groups()
            assert stem.startswith(short) and title in titles[stem], f"no heading {title!r} in {stem}"
    assert counted == list(range(1, SLIDES + 1))


def test_the_time_plan_adds_up():
    plan, totals = iter(table("plan")), {"1": [0, 0], "2": [0, 0]}
    for path in PATHS:
        part, name, *given = next(plan)
        given_there = minutes(expand(versions(path)[0], instructor=True)).values()
        sums = [sum(column) for column in zip(*given_there, strict=True)]
        assert path.stem in name and [int(number) for number in given] == sums
        assert part == ("1" if path.stem < "07" else "2")
        totals[part] = [a + b for a, b in zip(totals[part], sums, strict=True)]
        if path.stem[:2] in {"06", "10"}:
            assert [int(number) for number in next(plan)[2:]] == totals[part]
            assert totals[part][0] <= 75
