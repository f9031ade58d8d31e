"""The lecture fits its two parts: votes and sections add up, and docs, decks and handouts tell the same times."""

import functools
import re

import nbformat
import pytest

from tools import clock
from tools.cells import question, tags
from tools.deck import deck
from tools.exercises import expand
from tools.handout import instructor, student
from tools.notebooks import BUILT, sources

PATHS = sources()
PART = 75  # minutes
FIGURE = 0.5  # of a minute, which the figure needs after a vote, at least
PARTS = {1: [path.stem for path in PATHS if path.stem < clock.SECOND],
         2: [path.stem for path in PATHS if path.stem >= clock.SECOND]}  # fmt: skip
each = pytest.mark.parametrize("path", PATHS, ids=[path.stem for path in PATHS])


@functools.cache
def built(path):
    return nbformat.read(BUILT / f"{path.stem}.ipynb", as_version=4)


def of_part(part):
    return [stop for stem in PARTS[part] for stop in clock.lecture()[stem].values()]


def questions(part):
    return [cell for path in PATHS if path.stem in PARTS[part]
            for cell in expand(path.read_text(encoding="utf-8")).cells if question(cell)]  # fmt: skip


@pytest.mark.parametrize(("part", "votes"), [(1, 12), (2, 10)])
def test_so_many_questions_are_voted_on(part, votes):
    core = [asked for stop in of_part(part) for asked in stop.core]
    marked = [cell for cell in questions(part) if clock.CORE in tags(cell)]
    assert len(core) == len(marked) == votes < len(questions(part))
    text = clock.TEACHING.read_text(encoding="utf-8")
    assert f"{votes}{' core questions** in' if part == 1 else ' in'} part {part}" in " ".join(text.split())
    assert part == 2 or f"Part 1 has {len(questions(1))} questions" in text


@each
def test_only_a_question_can_be_voted_on(path):
    for cell in expand(path.read_text(encoding="utf-8"), instructor=True).cells:
        assert clock.CORE not in tags(cell) or question(cell)


@each
def test_each_section_has_time_for_its_votes(path):
    for stop in clock.of(path.stem).values():
        assert stop.lecture >= len(stop.core) * clock.VOTE + FIGURE * bool(stop.core), stop.section


@pytest.mark.parametrize("part", PARTS)
def test_a_part_is_a_walk_without_gaps_that_ends_in_time(part):
    there = of_part(part)
    assert there[0].begins == 0 and there[-1].ends == sum(stop.lecture for stop in there) <= PART
    assert all(one.ends == other.begins for one, other in zip(there, there[1:], strict=False))
    assert sum(len(stop.core) for stop in there) * clock.VOTE <= 0.4 * PART  # the rest belongs to figures and words


def test_the_docs_tell_the_clock():
    text = clock.TEACHING.read_text(encoding="utf-8")
    assert clock.TABLE.search(text)[0] == clock.table(), "run python -m tools.clock"


@each
def test_the_notes_of_a_deck_tell_the_clock(path):
    there = clock.of(path.stem)
    made = deck(built(path), path.stem, clock=there)
    notes = [cell.source for cell in made.cells if cell.metadata["slideshow"]["slide_type"] == "notes"]
    lead = [note.split("\n")[0] for note in notes]
    for stop in there.values():
        if stop.lecture:
            assert lead.count(f"**{stop.times}** ({stop.lecture} min)") == 1, stop.section
    # No slide shows an optional section.
    asked = sum(question(cell) is not None and "optional" not in tags(cell) for cell in built(path).cells)
    core = sum(len(stop.core) for stop in there.values())
    text = "\n\n".join(notes)
    assert text.count("**Core question: vote, 2.5 min**") == core
    assert text.count("**Homework: go on**") == asked - core


def test_a_deck_without_a_clock_says_nothing_of_time():
    path = next(path for path in PATHS if path.stem.startswith("02"))
    plain = built(path).copy()
    plain.cells = [nbformat.from_dict({**cell, "metadata": {**cell.metadata, "tags": []}}) for cell in plain.cells]
    text = "\n".join(cell.source for cell in deck(plain, "mine").cells)
    assert clock.of("mine") == {} and clock.begins("mine") == 0
    assert "Homework: go on" not in text and "Core question" not in text and not re.search(r"\d:\d\d to \d:\d\d", text)


@each
def test_the_instructors_handout_tells_the_clock_and_the_students_does_not(path):
    source, there = path.read_text(encoding="utf-8"), clock.of(path.stem)
    ours = instructor(source, built(path), clock.begins(path.stem))
    plan = ours.cells[1].source
    for stop in there.values():
        times = stop.times if stop.lecture else "-"
        assert f"| {stop.section} | {times} | {stop.lecture} | {stop.own} | {len(stop.core) or '-'} |" in plan
    text = "\n".join(cell.source for cell in ours.cells)
    core = sum(len(stop.core) for stop in there.values())
    assert text.count("> **Core question: vote on it.**") == core
    assert (
        text.count("> **Homework, in a lecture") == sum(question(cell) is not None for cell in built(path).cells) - core
    )
    theirs = "\n".join(cell.source for cell in student(source, built(path)).cells)
    assert "Core question" not in theirs and "Homework, in a lecture" not in theirs


@pytest.mark.parametrize(("minute", "text"), [(0, "0:00"), (9, "0:09"), (60, "1:00"), (75, "1:15")])
def test_a_minute_is_told_as_a_clock_does(minute, text):
    assert clock.told(minute) == text
