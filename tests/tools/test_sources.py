"""Where a reader goes on: each notebook ends with a few sources, and the lecture's people are named."""

import functools
import re

import pytest
import yaml

from tools.exercises import expand
from tools.links import README
from tools.notebooks import ROOT, sources

SECTION = "## Where to go from here\n"
PEOPLE = ("Joseph J. Lim", "Shao-Hua Sun", "Youngwoon Lee", "Te-Lin Wu")
HISTORY = {
    "01": "The perceptron", "05": "Adam", "07": "ImageNet classification with deep convolutional",
    "08": "Taylor expansion|Beyond regression|back-propagating errors|Who invented",
}  # fmt: skip
each = pytest.mark.parametrize("path", sources(), ids=lambda path: path.stem)


@functools.cache
def entries(path) -> list[str]:
    """Give the sources that a notebook ends with, each as one line."""
    last = expand(path.read_text(encoding="utf-8")).cells[-1].source
    assert last.count(SECTION) == 1
    listed = last.split(SECTION)[1].split("\n<details>")[0]  # what is folded below the list is history
    return [" ".join(item.split()) for item in re.split(r"^- ", listed, flags=re.MULTILINE)[1:]]


@each
def test_a_notebook_ends_with_three_to_six_sources_and_what_to_find_there(path):
    found = entries(path)
    assert 3 <= len(found) <= 6
    for entry in found:
        assert re.search(r"\]\(https://[^)\s]+\)|\"[^\"]{10,}\"|\*[^*]{5,}\*", entry), (
            entry
        )  # a link, or title and place
        assert re.search(r"\b(19|20)\d\d\b|Stanford", entry), entry  # an old page may have no year, but it has a home
        told = re.sub(r"\]\([^)]*\)|\"[^\"]*\"", "", entry).partition(": ")[2]
        assert told.endswith(".") and 20 < len(told) < 200, entry


def test_the_history_is_there():
    by_number = {path.stem[:2]: " ".join(entries(path)) for path in sources()}
    for number, words in HISTORY.items():
        for word in words.split("|"):
            assert word in by_number[number], word


def test_no_source_is_named_twice():
    links = [link for path in sources() for entry in entries(path) for link in re.findall(r"\]\(([^)]+)\)", entry)]
    assert len(links) > 30 and len(set(links)) == len(links)
    assert all(link.startswith("https://") and "doi.org" not in link for link in links)  # publishers refuse programs


def test_the_lectures_people_are_named_where_it_is_credited():
    start = " ".join(expand(sources()[0].read_text(encoding="utf-8")).cells[-1].source.split())
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))["references"][0]
    named = [f"{author['given-names']} {author['family-names']}" for author in cited["authors"]]
    for text in (start, " ".join(README.read_text(encoding="utf-8").split()), f"{', '.join(named)} {cited['notes']}"):
        assert all(name in text for name in PEOPLE) and "CS 231n" in text
