"""The sheets: what students get, and what the instructor keeps, each as a page and as a PDF."""

from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from playwright.sync_api import sync_playwright

from tools import browser
from tools.exam.draw import KINDS, Item, Question
from tools.handout import exporter
from tools.lab.page import FLAGS
from tools.offline import MATHJAX, page
from tools.vendor import letters, vendor

ROOM = {"compute": 5, "explain": 6, "mistake": 5, "transfer": 7}  # centimetres for an answer
STYLE = """<style>
@page { size: A4; margin: 18mm 16mm; }
.jp-Notebook h3 { break-after: avoid; }
.jp-Notebook table, .jp-Notebook pre, .room { break-inside: avoid; }
mjx-container use, mjx-container path { stroke: none; } /* in a PDF even a hair of a line is wide */
.room { border: 1px solid #9aa0a6; border-radius: 3px; margin: 0.5em 0 1.5em; }
.key { border-left: 4px solid #1a7f37; padding-left: 1em; margin: 0.5em 0 1.5em; }
.who span { display: inline-block; min-width: 16em; border-bottom: 1px solid currentColor; margin: 0 2em 0 0.5em; }
</style>"""
VERSIONS = ("students", "instructor")

Drawn = Sequence[tuple[Question, Item]]


def sheet(title: str, letter: str, drawn: Drawn, version: str) -> NotebookNode:
    """Make the notebook of a sheet, for `students` or for the `instructor`."""
    points = sum(item.points for _, item in drawn)
    minutes = sum(question.minutes for question, _ in drawn)
    who = '<p class="who">Name <span>&nbsp;</span> Number <span>&nbsp;</span></p>'
    lead = f"Sheet {letter}: {len(drawn)} questions, {points} points, about {minutes} minutes. A calculator is allowed."
    mine = "**For the instructor**, with answers and marking notes. Whoever has the seed can make this sheet."
    head = f"{STYLE}\n\n# {title}\n\n{lead}\n\n{mine if version == 'instructor' else who}"
    cells, topic = [head], ""
    for count, (question, item) in enumerate(drawn, start=1):
        if question.topic != topic:
            topic = question.topic
            cells.append(f"## {topic}")
        cells.append(_asked(count, question, item))
        cells.append(_key(item) if version == "instructor" else _room(question))
    made = [nbformat.v4.new_markdown_cell(cell, id=f"cell-{count}") for count, cell in enumerate(cells)]
    return nbformat.v4.new_notebook(cells=made)


def _asked(count: int, question: Question, item: Item) -> str:
    return f"### {count}. {KINDS[question.kind]} ({item.points} points, {question.minutes} min)\n\n{item.text}"


def _room(question: Question) -> str:
    return f'<div class="room" style="height: {ROOM[question.kind]}cm"></div>'


def _key(item: Item) -> str:
    notes = "\n".join(f"- {points} for: {what}" for points, what in item.marking)
    return f'<div class="key">\n\n**Answer**\n\n{item.answer}\n\n**Marking**\n\n{notes}\n\n</div>'


def write(title: str, letter: str, drawn: Drawn, target: Path) -> list[Path]:
    """Write both versions of a sheet as pages into the folder `target`; return their paths."""
    vendor(target / "assets", [MATHJAX])
    letters(target / "assets")
    written = []
    for version in VERSIONS:
        path = target / version / f"{letter}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = page(exporter(), sheet(title, letter, drawn, version), f"{title}, sheet {letter} ({version})")
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return written


def print_all(pages: list[Path]) -> list[Path]:
    """Print pages with the browser, each to a PDF beside it; return their paths."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.get(), headless=True, args=FLAGS)
        window = chromium.new_page()
        for path in pages:
            window.goto(path.resolve().as_uri())
            window.evaluate("MathJax.startup.promise")  # formulas are drawn, and take their room
            window.pdf(path=path.with_suffix(".pdf"), prefer_css_page_size=True, print_background=True)
        chromium.close()
    return [path.with_suffix(".pdf") for path in pages]
