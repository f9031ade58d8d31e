"""A deck opened from the file system: no other host, no error, drawn formulas, and no slide that is cut off."""

import pytest
from playwright.sync_api import Page, sync_playwright

from tools import browser
from tools.lab.page import FLAGS
from tools.notebooks import BUILT
from tools.offline import MATHJAX, vendor
from tools.slides import REVEAL, make

DECKS = ("02_loss_functions", "10_train_a_network")  # the longest one, and the one with the largest tables
LOWEST = """() => {
  const shown = [...Reveal.getCurrentSlide().querySelectorAll('*')].filter(e => !e.closest('aside, mjx-assistive-mml'));
  const boxes = shown.map(e => e.getBoundingClientRect());
  return [Math.max(...boxes.map(b => b.bottom)), Math.max(...boxes.map(b => b.right))];
}"""
HERE = "JSON.stringify([Reveal.getIndices().h, Reveal.getIndices().v])"


@pytest.fixture(scope="module")
def chromium():
    path = browser.find()
    assert path, browser.HELP
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, headless=True, args=FLAGS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    target = tmp_path_factory.mktemp("slides")
    vendor(target / "assets", [*REVEAL, MATHJAX])
    return target


def walk(page: Page):
    """Go through all slides with the space bar; yield each one's title when everything on it is shown."""
    for _ in range(400):
        page.evaluate("document.querySelectorAll('.present .fragment').forEach(f => f.classList.add('visible'))")
        yield page.evaluate("Reveal.getCurrentSlide().querySelector('h1, h2').innerText")
        if page.evaluate("Reveal.isLastSlide()"):
            return
        before = page.evaluate(HERE)
        for _ in range(3):  # an answer comes before the next slide
            page.keyboard.press("Space")
            if page.evaluate(HERE) != before:
                break
        else:
            raise AssertionError("the space bar does not go on")
    raise AssertionError("the deck does not end")


@pytest.mark.parametrize("name", DECKS)
def test_deck_opens_offline_and_nothing_is_cut_off(name, chromium, folder):
    deck = make(BUILT / f"{name}.ipynb", folder)
    page = chromium.new_page(viewport={"width": 1280, "height": 720})
    foreign, wrong = [], []
    page.on("request", lambda request: foreign.append(request.url) if request.url.startswith("http") else None)
    page.on("requestfailed", lambda request: wrong.append(request.url))
    page.on("console", lambda message: wrong.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(deck.as_uri())
    page.wait_for_function("window.Reveal && Reveal.isReady()")
    titles = []
    for title in walk(page):
        titles.append(title)
        lowest, rightmost = page.evaluate(LOWEST)
        assert lowest <= 720.5 and rightmost <= 1280.5, f"slide {len(titles)}, {title!r}, is cut off"
    assert len(titles) == page.evaluate("Reveal.getTotalSlides()") and titles[-1] == "Summary"
    assert page.evaluate("document.querySelectorAll('.slides mjx-container svg').length") >= 1
    assert page.evaluate("document.querySelectorAll('mjx-merror').length") == 0
    assert page.evaluate("[...document.images].every(i => i.complete && i.naturalWidth > 0 && i.alt)")
    assert (foreign, wrong) == ([], [])
    page.close()
