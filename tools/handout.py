"""Two handouts of each notebook from its one source: what students get, and what the instructor keeps.

Students get the gaps and the questions, without a solution or an answer. The instructor gets both, opened, and the
cells tagged `instructor`: minutes, common misconceptions, what to ask. Pictures and printed results are those of the
built notebook: nothing runs. On the pages recorded figures move, and a question has choices to press.
"""

import argparse
import functools
import re
import sys
from collections import defaultdict
from copy import deepcopy
from pathlib import Path

import nbformat
from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode

from tools import clock
from tools.addresses import at_cell, live
from tools.cells import Question, is_caption, question, tags
from tools.exercises import expand
from tools.notebooks import BUILT, BuildError, sources, to_text
from tools.offline import MATHJAX, RECORDINGS, ROOT, TEMPLATES, page
from tools.recorded import markup
from tools.recorded.bundle import bundle
from tools.recorded.shelf import RECORDED, Shelf
from tools.vendor import letters, vendor

TARGET = ROOT / "build" / "handout"
FOLDED = re.compile(r"<details>\s*<summary>(.*?)</summary>(.*?)</details>", re.DOTALL)


def student(source: str, built: NotebookNode) -> NotebookNode:
    """Make the student version: no solution, no answer to a question, nothing folded but what is optional to read."""
    notebook = _with_outputs(expand(source), built)
    notebook.cells = [_for_student(cell) for cell in notebook.cells if "solution" not in tags(cell)]
    return notebook


def instructor(source: str, built: NotebookNode, begins: int = 0) -> NotebookNode:
    """Make the instructor version: solutions and answers open, and the cells that are for teachers only.

    `begins` is the minute of the lecture's part at which the notebook begins.
    """
    notebook = _with_outputs(expand(source, instructor=True), built)
    plan = _plan(list(clock.stops(notebook, begins).values()))
    notebook.cells.insert(1, nbformat.v4.new_markdown_cell(plan, id="plan"))
    notebook.cells = [shown for cell in notebook.cells for shown in _for_instructor(cell)]
    return notebook


def minutes(notebook: NotebookNode) -> dict[str, tuple[int, int]]:
    """Give the minutes of each section: in the lecture, and on the students' own."""
    return {stop.section: (stop.lecture, stop.own) for stop in clock.stops(notebook).values()}


def _plan(stops: list[clock.Stop]) -> str:
    """Write the table of minutes. It stands below its quoted title: on the page, a quote shows no table."""
    rows = "\n".join(f"| {stop.section} | {stop.times if stop.lecture else '-'} | {stop.lecture} | {stop.own} | "
                     f"{len(stop.core) or '-'} |" for stop in stops)  # fmt: skip
    lecture, own, core = (sum(part) for part in zip(*((s.lecture, s.own, len(s.core)) for s in stops), strict=True))
    head = "> **For the instructor: minutes**\n\n| section | clock | lecture | on their own | votes |"
    times = f"{clock.told(stops[0].begins)} to {clock.told(stops[-1].ends)}"
    return f"{head}\n|---|---|---|---|---|\n{rows}\n| all of it | {times} | {lecture} | {own} | {core or '-'} |"


def _with_outputs(notebook: NotebookNode, built: NotebookNode) -> NotebookNode:
    """Give code cells the outputs of the built notebook, but for what a check says to a gap."""
    outputs = defaultdict(list)
    for cell in built.cells:
        if cell.cell_type == "code":
            outputs[cell.source].append(cell.outputs)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            found = outputs[cell.source]
            cell.outputs = found.pop(0) if found and "exercise" not in tags(cell) else []
            cell.metadata.pop("jupyter", None)
    return notebook


def _for_student(cell: NotebookNode) -> NotebookNode:
    if asked := question(cell):
        return _text(cell, _asked(asked))
    if cell.cell_type == "markdown":
        cell.source = FOLDED.sub(lambda it: f"**{it[1]}**{it[2]}" if "(optional)" in it[1] else "", cell.source).strip()
    return cell


def _for_instructor(cell: NotebookNode) -> list[NotebookNode]:
    if asked := question(cell):
        use = "Core question: vote on it." if clock.CORE in tags(cell) else "Homework, in a lecture of 75 minutes."
        return [_text(cell, f"{_asked(asked)}\n\n> **{use}**\n\n{_answered(asked)}")]
    if cell.cell_type == "markdown":
        cell.source = FOLDED.sub(r"**\1**\2", cell.source).strip()
    if "instructor" in tags(cell):
        quoted = "\n".join(f"> {line}".rstrip() for line in cell.source.split("\n"))
        return [_text(cell, f"> **For the instructor**\n>\n{quoted}")]
    return [cell]


def _text(cell: NotebookNode, source: str) -> NotebookNode:
    return nbformat.v4.new_markdown_cell(source, id=cell.id, metadata=cell.metadata)


def _plain(text: str) -> str:
    """Keep Markdown from reading signs of a sentence as markup."""
    return re.sub(r"([\\`*_<$|])", r"\\\1", text)


def _asked(asked: Question) -> str:
    choices = "\n".join(f"- ☐ {letter} {_plain(choice)}" for letter, choice in asked.lettered)
    return f"**Predict.** {_plain(asked.text)}\n\n{choices}"


def _answered(asked: Question) -> str:
    reasons = "\n".join(
        f"> - {'✔' if choice == asked.answer else '✘'} {letter} {_plain(asked.choices[choice])}"
        for letter, choice in asked.lettered
    )
    return f"> **Answer and reasons**\n>\n{reasons}"


VERSIONS = {"student": student, "instructor": instructor}


@functools.cache  # reading its templates takes as long as writing a page
def exporter() -> HTMLExporter:
    """Make nbconvert's exporter of pages, with our template."""
    made = HTMLExporter(
        extra_template_basedirs=[str(TEMPLATES)], template_name="handout", mathjax_url=f"../assets/{MATHJAX}"
    )
    made.exclude_input_prompt = made.exclude_output_prompt = True
    return made


def enliven(notebook: NotebookNode, questions: dict[str, Question], stem: str, shelf: Shelf) -> NotebookNode:
    """Make the notebook of a page: figures move where they are recorded, and questions can be pressed.

    `questions` are found by the ids of their cells, the figures of the notebook `stem` on the shelf.
    """
    alive = deepcopy(notebook)
    for cell in alive.cells:
        if asked := questions.get(cell.id):
            cell.source = cell.source.replace(_asked(asked), markup.question(asked))
        for number, output in enumerate(cell.get("outputs", ())):
            data = output.get("data", {})
            if "image/png" in data:
                name = shelf.name(stem, cell.id, number)
                shown = markup.figure(
                    name, data["image/png"], data["text/plain"], at_cell(live(f"{stem}.ipynb"), cell.id)
                )
                output.data = NotebookNode({"text/html": shown})
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if not is_caption(output)]
    return alive


def assets(folder: Path) -> None:
    """Put scripts and letters of all pages into a folder. Raises FileNotFoundError where make has installed none."""
    vendor(folder, [MATHJAX])
    letters(folder)
    bundle(folder / "player.js")


def make(source: Path, target: Path, shelf: Shelf, there: str = "") -> list[Path]:
    """Write both versions of one notebook, each as .ipynb and as HTML; return the paths.

    The recordings of its figures go beside the two folders, once for both; none where they are at the address `there`
    already, seen from a page.
    """
    written, text = [], source.read_text(encoding="utf-8")
    questions = {cell.id: asked for cell in expand(text).cells if (asked := question(cell))}
    player = markup.script("../assets/player.js", there or f"../{RECORDINGS}/")
    if not there:
        shelf.copy(source.stem, target / RECORDINGS)
    for version, build in VERSIONS.items():
        built = nbformat.read(BUILT / f"{source.stem}.ipynb", as_version=4)
        notebook = build(text, built) if build is student else build(text, built, clock.begins(source.stem))
        path = target / version / f"{source.stem}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(to_text(notebook), encoding="utf-8")
        title = notebook.cells[0].source.split("\n")[0].lstrip("# ")
        alive = enliven(notebook, questions, source.stem, shelf)
        html = page(exporter(), alive, f"{title} ({version})", player)
        path.with_suffix(".html").write_text(html, encoding="utf-8")
        written += [path, path.with_suffix(".html")]
    return written


def main(arguments: list[str] | None = None) -> int:
    """Make the handouts."""
    parser = argparse.ArgumentParser(prog="python -m tools.handout", description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", help="notebooks, as in 01; all by default")
    parser.add_argument("--target", type=Path, default=TARGET, help="folder of the handouts")
    parser.add_argument("--recordings", type=Path, default=RECORDED, help="folder of recordings")
    parser.add_argument("--there", default="", help="where recordings are already, seen from a page: none is copied")
    options = parser.parse_args(arguments)
    try:
        found = sources(options.names)
        assets(options.target / "assets")
    except (BuildError, FileNotFoundError) as error:
        sys.exit(str(error))
    for path in found:
        for made in make(path, options.target, Shelf(options.recordings), options.there):
            print(f"{made}: {made.stat().st_size / 1e6:.2f} MB")
    recorded = sum(file.stat().st_size for file in (options.target / RECORDINGS).rglob("*.*"))
    print(f"{options.target / RECORDINGS}: {recorded / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
