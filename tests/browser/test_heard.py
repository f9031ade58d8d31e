"""What a screen reader is told: counted in the page, as changes of its live regions."""

import pytest

from .conftest import SAMPLE, notebook_of
from .hands import button, handles, press

PREDICT = "from lectureutils.live import predict\npredict('Which?', {'a': 'not a', 'b': 'yes, b'}, 'b')"
EXERCISE = "from lectureutils import checks\nchecks.line(lambda x, w, b: w * x)"
# Notes each change of a live region, those that come later included.
LISTEN = """() => {
  window.heard = [];
  window.listening = new MutationObserver((changes) => {
    for (const { target } of changes) {
      const region = (target.closest ? target : target.parentElement)?.closest('[role=status], [role=alert]');
      const words = region?.textContent.replaceAll(/\\s+/g, ' ').trim();
      if (words && words !== heard.at(-1)) heard.push(words);
    }
  });
  listening.observe(document.body, { childList: true, characterData: true, subtree: true });
}"""


@pytest.fixture(scope="module")
def opened(lab):
    with lab.open(notebook_of(SAMPLE, PREDICT, EXERCISE)) as notebook:
        notebook.page.evaluate(LISTEN)
        yield notebook.run_all()
        notebook.page.evaluate("() => listening.disconnect()")  # the page is kept


@pytest.fixture
def heard(opened):
    """Give a function that waits for a second of silence and returns what was said since the last time."""

    def heard() -> list[str]:
        opened.page.wait_for_timeout(900)
        return opened.page.evaluate("() => heard.splice(0)")

    yield heard
    assert opened.errors() == []


def test_a_page_that_opens_says_the_verdict_and_no_sentence_of_a_figure(heard):
    (verdict,) = heard()
    assert verdict.startswith("Not yet: ")


def test_the_sentence_is_said_once_the_hand_rests(opened, heard):
    (figure,) = opened.figures()
    press(figure, handles(figure)[0], *["ArrowRight"] * 40)
    figure.settle()
    assert heard() == [figure.text] and "angle 0.40" in figure.text


def test_a_refused_number_is_said_each_time(opened, heard):
    (figure,) = opened.figures()
    box = figure.node.get_by_role("textbox", name="angle", exact=True)
    for _ in range(2):
        box.fill("x")
        box.press("Enter")
        assert [said for said in heard() if "stays as it is" in said], figure.text


def test_while_it_plays_nothing_is_said_and_then_where_it_stands(opened, heard):
    (figure,) = opened.figures()
    play = button(figure, "Play")
    assert play.get_attribute("title") == "Play until paused"
    play.click()
    pause = button(figure, "Pause")
    pause.wait_for()
    assert pause.get_attribute("title") == "Pause where it is"
    opened.page.wait_for_timeout(1500)
    assert opened.page.evaluate("() => heard") == []
    pause.click()
    figure.settle()
    assert heard() == [figure.text]
    assert button(figure, "Play").get_attribute("title") == "Play until paused"


def test_a_question_is_a_group_with_a_name_and_says_its_outcome(opened, heard):
    group = opened.page.get_by_role("radiogroup", name="Predict first. Which?")
    assert group.get_by_role("radio").count() == 2
    group.get_by_role("radio", name="b", exact=True).press("ArrowUp")
    assert group.get_by_role("radio", name="a", exact=True).is_checked()
    opened.page.get_by_role("button", name="Reveal", disabled=False).wait_for()  # it waits for a choice
    opened.page.keyboard.press("Tab")
    assert opened.page.evaluate("() => document.activeElement.textContent") == "Reveal", "Tab stays among the choices"
    opened.page.get_by_role("button", name="Reveal").click()
    opened.page.get_by_text("Your answer: a.").wait_for()
    assert heard() == ["✗ Your answer: a. not a✓ Right: b. yes, b"]


def test_a_notebook_that_is_opened_again_says_no_old_verdict(opened):
    opened.page.evaluate("() => { document.querySelector('#lu-aloud').textContent = ''; heard = []; }")
    outputs = opened.page.locator(".jp-RenderedHTML", has_text="Not yet").first
    late = outputs.evaluate("""output => {
      const script = output.querySelector('script');
      const again = document.createElement('script');
      again.textContent = script.textContent.replace(/, \\d+\\);/, `, ${Date.now() - 120000});`);
      script.replaceWith(again);
      return again.textContent.includes('sayAloud(document.currentScript');
    }""")
    assert late
    opened.page.wait_for_timeout(900)
    assert opened.page.evaluate("() => document.querySelector('#lu-aloud').textContent") == ""
