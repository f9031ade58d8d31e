"""The questions for learning platforms: all of them, in three forms, and read back by somebody else's reader of QTI."""

import csv
import re
import zipfile
from xml.etree import ElementTree as Xml

import pytest
from onyx2moodle.classifier import classify
from onyx2moodle.parser import parse_item
from onyx2moodle.translate.multichoice import translate

from tools.clock import lecture
from tools.notebooks import sources
from tools.polls import main, moodle, polls
from tools.series import collect


@pytest.fixture(scope="module")
def found():
    return polls(sources())


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The three files, written as make does; the package is unpacked beside them."""
    folder = tmp_path_factory.mktemp("polls")
    assert main(["--target", str(folder)]) == 0
    with zipfile.ZipFile(folder / "polls.qti.zip") as packed:
        packed.extractall(folder)
    return folder


def plain(html: str) -> str:
    return Xml.fromstring(f"<x>{html}</x>").text


def test_every_question_is_there_and_says_whether_the_lecture_votes_on_it(found):
    assert [poll.asked.text for poll in found] == [text for told in collect(sources()).values()
                                                   for text in told["questions"]]  # fmt: skip
    core = [asked for sections in lecture().values() for stop in sections.values() for asked in stop.core]
    assert [poll.asked for poll in found if poll.is_core] == core
    assert len({poll.name for poll in found}) == len(found) == 50
    assert all(re.fullmatch(r"q\d\d-\d\d", poll.name) and poll.section for poll in found)


def test_another_reader_finds_every_question_choice_and_reason_in_the_qti_package(found, written):
    for poll in found:
        item = parse_item(written / "items" / f"{poll.name}.xml")
        assert classify(item).target == "multichoice"
        (asked,) = item.interactions
        assert [(it.identifier, plain(it.html)) for it in asked.choices] == [it[:2] for it in poll.choices]
        assert item.response_decls["RESPONSE"].correct_values == [poll.right]
        assert [(it.identifier, plain(it.html)) for it in item.feedback] == [(it[0], it[2]) for it in poll.choices]
        question = Xml.fromstring(translate(item))
        assert question.get("type") == "multichoice" and question.findtext("single") == "true"
        assert plain(question.findtext("questiontext/text").replace("<p>", "").replace("</p>", "")) == poll.asked.text
        right = [answer.findtext("text") for answer in question.iter("answer") if float(answer.get("fraction")) == 100]
        assert [plain(it) for it in right] == [poll.asked.answer]


def test_the_package_lists_what_it_holds(found, written):
    names = {"": "http://www.imsglobal.org/xsd/imscp_v1p1", "q": "http://www.imsglobal.org/xsd/imsqti_v2p1"}
    files = [it.get("href") for it in Xml.parse(written / "imsmanifest.xml").iterfind(".//resource/file", names)]
    assert files == ["test.xml", *(f"items/{poll.name}.xml" for poll in found)]
    assert all((written / file).is_file() for file in files)
    test = Xml.parse(written / "test.xml")
    assert [it.get("href") for it in test.iterfind(".//q:assessmentItemRef", names)] == files[1:]
    assert [it.get("title") for it in test.iterfind(".//q:assessmentSection", names)] == list(
        dict.fromkeys(poll.notebook for poll in found)
    )


def test_moodle_gets_a_category_for_each_notebook_and_the_reason_with_each_choice(found, written):
    quiz = Xml.parse(written / "polls.moodle.xml").getroot()
    categories = [it.findtext("category/text") for it in quiz.iterfind("question[@type='category']")]
    assert [it.rpartition("/")[2] for it in categories] == list(dict.fromkeys(poll.notebook for poll in found))
    asked = quiz.findall("question[@type='multichoice']")
    for question, poll in zip(asked, found, strict=True):
        assert question.findtext("questiontext/text") == poll.asked.text
        answers = [(it.get("fraction"), it.findtext("text"), it.findtext("feedback/text"))
                   for it in question.iterfind("answer")]  # fmt: skip
        assert answers == [("100" if choice == poll.asked.answer else "0", choice, reason)
                           for choice, reason in poll.asked.choices.items()]  # fmt: skip
        assert [it.findtext("text") for it in question.iterfind("tags/tag")] == ["core"] * poll.is_core
    assert moodle(found) == (written / "polls.moodle.xml").read_bytes()


def test_the_table_has_one_row_a_question(found, written):
    with (written / "polls.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row, poll in zip(rows, found, strict=True):
        assert [row["id"], row["question"], row[row["right"]]] == [poll.name, poll.asked.text, poll.asked.answer]
        letters = [letter for letter in "ABCDEF" if row[letter]]
        assert {row[letter]: row[f"reason {letter}"] for letter in letters} == poll.asked.choices
