"""A question on a page, in a browser: it says what the notebook's question says, by mouse and by keyboard."""

import re
from html import unescape

import pytest
from playwright.sync_api import sync_playwright

from lectureutils.live.predict import Predict
from tools import browser
from tools.addresses import ROOT
from tools.cells import Question
from tools.lab.page import FLAGS, violations
from tools.recorded.markup import question

FOLDER = ROOT / "tools" / "recorded" / "player"
CHOICES = {"it rises": "The slope is positive.", "it falls & rises": "No: 1 < 2.", "nothing": "It has to move."}
ASKED = Question("What does the loss do?", CHOICES, "it falls & rises")


def page_of(text: str, with_script: bool = True) -> str:
    style = (FOLDER / "question.css").read_text(encoding="utf-8")
    code = (FOLDER / "question.js").read_text(encoding="utf-8") + "\nopenQuestions();" if with_script else ""
    return (f'<!doctype html><html lang="en"><title>t</title><style>:root {{ color-scheme: light dark }}{style}</style>'
            f'<main><h1>t</h1>{text}</main><script type="module">{code}</script></html>')  # fmt: skip


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=browser.get(), headless=True, args=FLAGS)


@pytest.fixture
def page(chromium):
    page, wrong = chromium.new_page(), []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.set_content(page_of(question(ASKED) * 2))
    yield page
    page.close()
    assert wrong == []


def said_in_the_notebook(choice: str) -> str:
    """Give what the notebook's question says to a choice, as text."""
    asked = Predict(ASKED.text, ASKED.choices, ASKED.answer)
    asked.choice.value = choice
    asked.reveal.click()
    return unescape(re.sub(r"<br>", "\n", asked.outcome.value).replace("<b>", "").replace("</b>", ""))


@pytest.mark.parametrize("choice", CHOICES)
def test_it_says_what_the_notebook_says(page, choice):
    form = page.locator("form").first
    button = form.get_by_role("button", name="Reveal")
    assert button.is_disabled() and not form.get_by_text("The answer and the reasons").is_visible()
    form.get_by_label(choice).check()
    assert form.get_by_role("status").inner_text() == ""
    button.click()
    assert form.get_by_role("status").inner_text() == said_in_the_notebook(choice)
    other = next(it for it in CHOICES if it != choice)
    form.get_by_label(other).check()
    assert form.get_by_role("status").inner_text() == "", "what was said is about another choice"


def test_questions_of_a_page_are_apart(page):
    first, second = page.locator("form").all()
    first.get_by_label("nothing").check()
    second.get_by_label("it rises").check()
    assert first.get_by_label("nothing").is_checked()
    first.get_by_role("button").click()
    assert second.get_by_role("status").inner_text() == ""


def test_the_keyboard_alone_answers(page):
    for key in ("Tab", "Space", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    assert page.get_by_role("status").first.inner_text() == said_in_the_notebook("it falls & rises")
    for key in ("ArrowDown", "Tab", "Space"):
        page.keyboard.press(key)
    assert page.get_by_role("status").first.inner_text() == said_in_the_notebook("nothing")
    assert page.url == "about:blank", "the form was sent away"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(page, scheme):
    page.emulate_media(color_scheme=scheme)
    page.get_by_label("nothing").first.check()
    page.get_by_role("button").first.click()
    assert [it for it in violations(page) if it["impact"] in ("serious", "critical")] == []


def test_without_a_script_the_answer_is_a_fold_away(chromium):
    page = chromium.new_page(java_script_enabled=False)
    page.set_content(page_of(question(ASKED), with_script=False))
    assert page.get_by_text("(c) nothing").first.is_visible() and not page.get_by_text("1 < 2").is_visible()
    assert page.get_by_role("button").count() == page.get_by_role("radio").count() == 0
    page.get_by_text("The answer and the reasons").click()
    assert page.get_by_text("No: 1 < 2.").is_visible() and page.get_by_text("The slope is positive.").is_visible()
    page.close()
