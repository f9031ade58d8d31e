"""A deck is a notebook cut down for a wall: a question, a picture, a take-away, and the rest in the speaker's notes.

Cells come with their place (`slide_type`, see tools.lecture). Text is cut into blocks: of a section's prose its first
sentences are shown, its formulas, tables and lists as well; what one says while the figure moves becomes notes.

A figure that is recorded moves on its slide, and the deck's arrow keys walk through one that is read step by step. A
question can be answered. Both are done by templates/deck/static/deck.js and the player (tools/recorded/player). A core
question has a tally, by tally.js beside it.
"""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import nbformat
from nbformat import NotebookNode

from tools.addresses import at_cell
from tools.blocks import Block, blocks, items
from tools.cells import HEADING, Question, poll_name, question, tags
from tools.clock import CORE, VOTE, Stop
from tools.lecture import AFTERWARDS, TAKE_AWAY, slide_type
from tools.recorded import markup
from tools.recorded.shelf import NOTHING, Shelf

LEAD = 240  # characters of prose on a slide
INTRODUCTION = 140  # characters of a sentence that introduces a list, a table or a formula
LINES = 14  # lines of text on a slide
WIDTH = 88  # characters in a line of text
CODE_LINES = 20
CAPTION = 170  # characters below a picture; the alternative text has them all
WIDE = 2.6  # width through height of a picture that has its controls below it, and not beside it
LABEL = re.compile(r"\*\*(What you see|Try this|A word)")
SENTENCE = re.compile(r"(?<=[.?!:])\s+(?=[A-Z*`\"(])")


@dataclass
class Slide:
    """One slide: its title, the cells on it, what is said with it, and how full it is."""

    title: str
    level: int
    cells: list[NotebookNode] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    lines: float = 0
    prose: bool = False  # its first sentences are shown
    fresh: bool = True  # nothing but text is on it

    def show(self, text: str, lines: float = 0) -> None:
        """Put a text on the slide."""
        self.cells.append(nbformat.v4.new_markdown_cell(text))
        self.lines += lines


def shorten(prose: str, limit: int = LEAD) -> str:
    """Keep the first sentences of a paragraph, as many as fit, and at least one."""
    first, *others = SENTENCE.split(" ".join(prose.split()))
    for sentence in others:
        if len(first) + 1 + len(sentence) > limit:
            break
        first += " " + sentence
    return first


def height(block: Block) -> float:
    """Estimate how many lines a block takes on a slide."""
    if block.kind == "math":
        return 2.5 * block.text.count("$$") / 2 + (3 if "pmatrix" in block.text else 0)
    if block.kind == "table":
        return sum(1.15 * max(1, len(row) / WIDTH) for row in block.text.split("\n")) - 0.5
    pieces = items(block.text) if block.kind == "list" else [block.text]
    return 0.2 + sum(0.15 + -(-len(piece) // WIDTH) for piece in pieces)


class Deck:
    """The slides so far. Cells go in one by one; `cells()` gives the notebook's cells to convert."""

    def __init__(self, stem: str, shelf: Shelf, live: str, clock: Mapping[str, Stop]) -> None:
        self.stem, self.shelf, self.live, self.clock = stem, shelf, live, clock
        self.slides: list[Slide] = []
        self.polls: dict[str, str] = {}  # the names of the questions, by their cells
        self.aside = False  # what follows is said, not shown

    @property
    def last(self) -> Slide:
        """The slide that is being filled."""
        if not self.slides:  # a notebook that begins without a heading
            self.slides.append(Slide("Slides", 2))
        return self.slides[-1]

    def text(self, source: str, place: str) -> None:
        """Take a markdown cell."""
        found, skipping = blocks(source), False
        self.aside = self.aside or place == "notes"
        for block, following in zip(found, [*found[1:], None], strict=True):
            if block.kind == "heading":
                marks, title = HEADING.match(block.text).groups()
                skipping = bool(AFTERWARDS.match(title))
                if not skipping:
                    self._open(title, len(marks))
            elif not skipping:
                self._take(block, following)

    def _open(self, title: str, level: int) -> None:
        self.slides.append(Slide(title, level))
        self.aside = False
        if (stop := self.clock.get(title)) and level == 2:
            self.last.notes.append(f"**{stop.times}** ({stop.lecture} min)" if stop.lecture else "**Homework**")

    def _next(self, title: str | None = None) -> Slide:
        said = [] if self.last.cells else self.last.notes  # a slide that shows nothing is left out, and they are not
        self.slides.append(Slide(title or self.last.title, 3, notes=said, prose=True))
        return self.last

    def _room(self, lines: float) -> Slide:
        """Give the slide for code or a question: the last one, if it holds nothing but a little text, or a new one."""
        if not self.last.fresh or self.last.lines + lines > LINES:
            self._next()
        self.last.fresh = False
        return self.last

    def _take(self, block: Block, following: Block | None) -> None:
        if block.text.startswith(TAKE_AWAY):
            text = block.text.removeprefix(TAKE_AWAY).strip()
            self._next().show(f'<div class="take-away">\n\n{text}\n\n</div>', height(block))
            self.last.fresh = False
            self.aside = True
        elif LABEL.match(block.text):
            self.aside = True
            self.last.notes.append(block.text)
        elif block.kind == "table" or (block.kind in {"list", "math"} and not self.aside):
            self._display(block)
        else:
            self._say(block, following)

    def _say(self, block: Block, following: Block | None) -> None:
        """Show the first sentences after a heading, and what introduces the next block; note the rest."""
        shown = shorten(block.text) if block.kind == "prose" and not self.aside and not self.last.prose else ""
        self.last.prose = True
        introduced = following is not None and following.kind in {"list", "math"} and not self.aside
        if not shown and introduced and block.kind == "prose":
            final = SENTENCE.split(" ".join(block.text.split()))[-1]
            shown = final if len(final) <= INTRODUCTION else ""
        if shown:
            self.last.show(shown, height(Block("prose", shown)))
        if shown != " ".join(block.text.split()) and block.kind != "html":
            self.last.notes.append(block.text)

    def _display(self, block: Block) -> None:
        """Show a formula, list or table; on a slide of its own, or on several, where it does not fit."""
        if not self.last.fresh:
            self._next()
        if self.last.lines + height(block) <= LINES:
            self.last.show(_dense(block), height(block))
            return
        pieces = items(block.text) if block.kind == "list" else [_dense(block)]
        if block.kind == "table" and len(self.slides) == 1:
            self._next("Notation")
        elif self.last.lines > LINES / 2 or block.kind != "list":
            self._next()
        filled: list[str] = []
        for piece in pieces:
            if filled and self.last.lines + height(Block("list", "\n".join([*filled, piece]))) > LINES:
                self.last.show("\n".join(filled), LINES)
                self._next()
                filled = []
            filled.append(piece)
        self.last.show("\n".join(filled), height(Block(block.kind, "\n".join(filled))))

    def code(self, cell: NotebookNode) -> None:
        """Take a code cell: a question, a figure, or code and what it prints."""
        self.aside = True
        if asked := question(cell):
            self._ask(asked, self.polls.get(cell.id, "") if CORE in tags(cell) else "")
            return
        outputs = dict(enumerate(cell.outputs))
        pictures = {number: output for number, output in outputs.items() if "image/png" in output.get("data", {})}
        printed = "".join(_printed(output) for output in cell.outputs)
        if not pictures or "def " in cell.source or printed:
            self._program(cell.source, printed)
        for number, output in pictures.items():
            self._figure(self.shelf.name(self.stem, cell.id, number), output, at_cell(self.live, cell.id))

    def _program(self, source: str, printed: str) -> None:
        code = nbformat.v4.new_code_cell(source)
        shown = [nbformat.v4.new_output("stream", name="stdout", text=printed)] if printed else []
        rows = len(source.split("\n")) + len(printed.split("\n"))
        self._room(rows * LINES / CODE_LINES).cells.append(code)
        if rows > CODE_LINES:
            code = nbformat.v4.new_code_cell("")
            self._next().cells.append(code)
            self.last.fresh = False
        code.outputs = shown

    def _figure(self, name: str, output: NotebookNode, live: str) -> None:
        """Show a figure that lives at the address `live`.

        Where it is recorded, it comes with its controls, and with a fragment for each step of its walk.
        """
        png, sentence = output.data["image/png"], output.data.get("text/plain", "")
        made = markup.figure(name, png, sentence, live)
        stage, steps = '"stage"', ""
        if name:
            width, height = markup.size_of(png)
            stage = f'"stage {"wide" if width > WIDE * height else "tall"}" style="--ratio: {width / height:.3f}"'
            if walk := self.shelf.walk(name):
                steps = f'<i class="fragment" data-control="{html.escape(walk.control)}"></i>' * walk.last
        elif len(sentence) > CAPTION:
            made = re.sub("<figcaption>.*</figcaption>", "", made)
            self.last.notes.append(sentence)
        self._next().show(f"<div class={stage} data-prevent-swipe>{made}{steps}</div>")
        self.last.fresh = False

    def _ask(self, asked: Question, poll: str) -> None:
        """Ask a question. What is said to it is a fragment: it comes with the next key, or with Reveal.

        The notes say whether the class votes on it, and with the name of its `poll` it has a tally; where there is no
        clock, the lecturer decides.
        """
        form = markup.question(asked).replace('<p role="status">', '<p role="status" class="fragment">')
        if poll:
            form = form.replace(" data-right", f' data-poll="{poll}" data-right', 1)
        self._room(_question_height(asked)).show(form)
        if poll or self.clock:
            self.last.notes.append(f"**Core question: vote, {VOTE:g} min**" if poll else "**Homework: go on**")
        self.last.notes += [
            f"{'**Right:** ' if choice == asked.answer else ''}{letter} {html.escape(asked.choices[choice])}"
            for letter, choice in asked.lettered
        ]

    def cells(self) -> list[NotebookNode]:
        """Give the cells of all slides, each with its slide_type."""
        return [cell for slide in self.slides if slide.cells for cell in _cells(slide)]


def _dense(block: Block) -> str:
    """Set a long table in a smaller type."""
    long = block.kind == "table" and height(block) > LINES / 2
    return f'<div class="dense">\n\n{block.text}\n\n</div>' if long else block.text


def _printed(output: NotebookNode) -> str:
    """Give what an output shows as text, if it is no picture."""
    data = output.get("data", {})
    return output.get("text", "") + ("" if "image/png" in data else data.get("text/plain", ""))


def _question_height(asked: Question) -> float:
    """Estimate the lines of a question with its choices, the button, and two reasons."""
    choices = sum(0.3 + -(-len(choice) // 76) for choice in asked.choices)
    said = sorted(len(choice) + len(reason) for choice, reason in asked.choices.items())[-2:]
    return 2.4 + 1.12 * -(-len(asked.text) // 66) + choices + sum(0.9 * -(-(count + 20) // 92) for count in said)


def _cells(slide: Slide) -> list[NotebookNode]:
    place = "slide" if slide.level <= 2 else "subslide"
    title = nbformat.v4.new_markdown_cell(f"{'#' if slide.level == 1 else '##'} {slide.title}")
    notes = [nbformat.v4.new_markdown_cell("\n\n".join(slide.notes))] if slide.notes else []
    for cell, kind in [(title, place), *((c, "-") for c in slide.cells), *((c, "notes") for c in notes)]:
        cell.metadata["slideshow"] = {"slide_type": kind}
    return [title, *slide.cells, *notes]


def deck(
    notebook: NotebookNode,
    stem: str = "",
    shelf: Shelf = NOTHING,
    live: str = "",
    clock: Mapping[str, Stop] | None = None,
) -> NotebookNode:
    """Turn a notebook, with its outputs, into the notebook of its slides.

    `stem` is the notebook's name, by which the shelf knows its recordings; `live` the address where it runs; `clock`
    the times of its sections, which the notes say.
    """
    made = Deck(stem, shelf, live, clock or {})
    asked = [cell.id for cell in notebook.cells if cell.cell_type == "code" and question(cell)]
    made.polls = {cell: poll_name(stem, count) for count, cell in enumerate(asked, start=1)}
    for cell in notebook.cells:
        place = cell.metadata.get("slideshow", {}).get("slide_type") or slide_type(cell)
        if place == "skip":
            continue
        if cell.cell_type == "markdown":
            made.text(cell.source, place)
        elif cell.cell_type == "code" and place != "notes":
            made.code(cell)
    return nbformat.v4.new_notebook(cells=made.cells(), metadata=notebook.metadata)
