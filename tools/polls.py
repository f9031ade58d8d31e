"""The questions of the notebooks for a learning platform or a polling tool: Moodle XML, QTI 2.1, and a table.

    python -m tools.polls

reads them out of the sources' predict() calls, with the choices, the right one, and the reason for each. Nothing runs.
"""

import argparse
import csv
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as Xml
from xml.etree.ElementTree import Element, SubElement

from tools.cells import Question, heading, poll_name, question, tags
from tools.clock import CORE
from tools.exercises import expand
from tools.notebooks import ROOT, sources

TARGET = ROOT / "build" / "polls"
TITLE = "Losses, optimization and backpropagation"
SCHEMAS = "http://www.w3.org/2001/XMLSchema-instance"
QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
CHOICES = "ABCDEF"
COLUMNS = ("id", "notebook", "section", "vote", "question", *CHOICES, "right", *(f"reason {it}" for it in CHOICES))


@dataclass(frozen=True)
class Poll:
    """A question and where it stands: its name, its notebook's title, its section, whether the lecture votes on it."""

    name: str
    notebook: str
    section: str
    is_core: bool
    asked: Question

    @property
    def choices(self) -> list[tuple[str, str, str]]:
        """The choices as (letter, text, reason)."""
        return [(letter, *both) for letter, both in zip(CHOICES, self.asked.choices.items(), strict=False)]

    @property
    def right(self) -> str:
        """The letter of the right choice."""
        return next(letter for letter, choice, _ in self.choices if choice == self.asked.answer)


def polls(paths: list[Path]) -> list[Poll]:
    """Read the questions of notebooks' sources, in their order; they are named as in q04-02."""
    found = []
    for path in paths:
        title, section, count = "", "", 0
        for cell in expand(path.read_text(encoding="utf-8")).cells:
            if opening := heading(cell):
                title, section = title or opening[1].partition(":")[0], opening[1]
            if asked := question(cell):
                count += 1
                found.append(Poll(poll_name(path.stem, count), title, section, CORE in tags(cell), asked))
    return found


def _add(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    made = SubElement(parent, tag, attributes)
    made.text = text or None
    return made


def _text(parent: Element, tag: str, text: str, **attributes: str) -> Element:
    """Add what Moodle calls a text: an element with a text inside."""
    made = SubElement(parent, tag, attributes)
    _add(made, "text", text)
    return made


def _written(root: Element) -> bytes:
    Xml.indent(root)
    return Xml.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


# Moodle's own form: https://docs.moodle.org/en/Moodle_XML_format


def moodle(found: list[Poll]) -> bytes:
    """Write questions as Moodle XML: a category for each notebook, core questions with the tag core."""
    root, notebook = Element("quiz"), ""
    for poll in found:
        if poll.notebook != notebook:
            notebook = poll.notebook
            category = SubElement(root, "question", type="category")
            _text(category, "category", f"$course$/top/{TITLE}/{notebook}")
        made = SubElement(root, "question", type="multichoice")
        _text(made, "name", f"{poll.name} {poll.section}")
        _text(made, "questiontext", poll.asked.text, format="plain_text")
        for tag, text in (("defaultgrade", "1"), ("penalty", "1"), ("hidden", "0"), ("idnumber", poll.name),
                          ("single", "true"), ("shuffleanswers", "false"), ("answernumbering", "ABCD")):  # fmt: skip
            _add(made, tag, text)
        for letter, choice, reason in poll.choices:
            answer = SubElement(made, "answer", fraction="100" if letter == poll.right else "0", format="plain_text")
            _add(answer, "text", choice)
            _text(answer, "feedback", reason, format="plain_text")
        if poll.is_core:
            _text(SubElement(made, "tags"), "tag", CORE)
    return _written(root)


# QTI 2.1, which Canvas, Blackboard, Moodle's plug-ins, OpenOLAT, ILIAS and others read


def item(poll: Poll) -> bytes:
    """Write a question as an item of QTI 2.1, with a modal feedback for each choice."""
    root = Element("assessmentItem", {
        "xmlns": QTI, "xmlns:xsi": SCHEMAS, "xsi:schemaLocation": f"{QTI} {QTI}.xsd", "identifier": poll.name,
        "title": f"{poll.name} {poll.section}", "adaptive": "false", "timeDependent": "false",
    })  # fmt: skip
    response = SubElement(root, "responseDeclaration", identifier="RESPONSE", cardinality="single",
                          baseType="identifier")  # fmt: skip
    _add(SubElement(response, "correctResponse"), "value", poll.right)
    score = SubElement(root, "outcomeDeclaration", identifier="SCORE", cardinality="single", baseType="float")
    _add(SubElement(score, "defaultValue"), "value", "0")
    SubElement(root, "outcomeDeclaration", identifier="FEEDBACK", cardinality="single", baseType="identifier")
    body = SubElement(root, "itemBody")
    _add(body, "p", poll.asked.text)  # as a prompt, some readers would lose it
    interaction = SubElement(body, "choiceInteraction", responseIdentifier="RESPONSE", shuffle="false", maxChoices="1")
    for letter, choice, _ in poll.choices:
        _add(interaction, "simpleChoice", choice, identifier=letter)
    _score(SubElement(root, "responseProcessing"))
    for letter, _, reason in poll.choices:
        _add(root, "modalFeedback", reason, outcomeIdentifier="FEEDBACK", identifier=letter, showHide="show")
    return _written(root)


def _score(processing: Element) -> None:
    """Give a point for the right choice, and show what is said to the one that was taken."""
    right = SubElement(SubElement(processing, "responseCondition"), "responseIf")
    match = SubElement(right, "match")
    SubElement(match, "variable", identifier="RESPONSE")
    SubElement(match, "correct", identifier="RESPONSE")
    point = SubElement(right, "setOutcomeValue", identifier="SCORE")
    _add(point, "baseValue", "1", baseType="float")
    said = SubElement(processing, "setOutcomeValue", identifier="FEEDBACK")
    SubElement(said, "variable", identifier="RESPONSE")


def whole_test(found: list[Poll]) -> bytes:
    """Write the test that holds the items, with a section for each notebook."""
    root = Element("assessmentTest", {"xmlns": QTI, "identifier": "polls", "title": TITLE})
    part = SubElement(root, "testPart", identifier="all", navigationMode="nonlinear", submissionMode="individual")
    section, notebook = part, ""
    for poll in found:
        if poll.notebook != notebook:
            notebook = poll.notebook
            section = SubElement(
                part, "assessmentSection", identifier=f"s{notebook[:2]}", title=notebook, visible="true"
            )
        SubElement(section, "assessmentItemRef", identifier=poll.name, href=f"items/{poll.name}.xml")
    return _written(root)


def manifest(found: list[Poll]) -> bytes:
    """Write the list of what is in the package."""
    root = Element("manifest", {"xmlns": PACKAGE, "identifier": "lectureutils-polls"})
    about = SubElement(root, "metadata")
    _add(about, "schema", "QTIv2.1 Package")
    _add(about, "schemaversion", "1.0.0")
    SubElement(root, "organizations")
    resources = SubElement(root, "resources")
    whole = SubElement(resources, "resource", identifier="test", type="imsqti_test_xmlv2p1", href="test.xml")
    SubElement(whole, "file", href="test.xml")
    for poll in found:
        SubElement(whole, "dependency", identifierref=poll.name)
        path = f"items/{poll.name}.xml"
        single = SubElement(resources, "resource", identifier=poll.name, type="imsqti_item_xmlv2p1", href=path)
        SubElement(single, "file", href=path)
    return _written(root)


def qti(found: list[Poll], path: Path) -> None:
    """Write the package of QTI 2.1: manifest, test and items in one zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("imsmanifest.xml", manifest(found))
        packed.writestr("test.xml", whole_test(found))
        for poll in found:
            packed.writestr(f"items/{poll.name}.xml", item(poll))


def table(found: list[Poll], path: Path) -> None:
    """Write the questions as a table, one a row, for spreadsheets and polling tools."""
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        for poll in found:
            row = {"id": poll.name, "notebook": poll.notebook, "section": poll.section,
                   "vote": "yes" if poll.is_core else "", "question": poll.asked.text, "right": poll.right}  # fmt: skip
            for letter, choice, reason in poll.choices:
                row |= {letter: choice, f"reason {letter}": reason}
            writer.writerow(row)


def main(arguments: list[str] | None = None) -> int:
    """Write the polls in all three forms."""
    parser = argparse.ArgumentParser(prog="python -m tools.polls", description=main.__doc__)
    parser.add_argument("names", nargs="*", help="notebooks, as in 01; all by default")
    parser.add_argument("--target", type=Path, default=TARGET, help="folder of the files")
    options = parser.parse_args(arguments)
    options.target.mkdir(parents=True, exist_ok=True)
    found = polls(sources(options.names))
    (options.target / "polls.moodle.xml").write_bytes(moodle(found))
    qti(found, options.target / "polls.qti.zip")
    table(found, options.target / "polls.csv")
    print(f"{options.target}: {len(found)} questions, {sum(poll.is_core for poll in found)} of them to vote on, as "
          "Moodle XML, QTI 2.1 and CSV")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
