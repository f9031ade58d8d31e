"""The button that starts Python in a page, where Python can't be had or is not asked for: cheap, without Pyodide.

With Pyodide, tests/weekly/test_page_python.py presses it.
"""

import json

import handmade
import pytest
from handmade import START, sentence
from playwright.sync_api import Page, sync_playwright
from serving import served

from tools import browser
from tools.lab.page import FLAGS, violations
from tools.page_python.bundle import bundle as bundle_python
from tools.recorded.bundle import bundle
from tools.recorded.markup import figure

WEB = "https://example.org/notebooks/page.html"
BUTTON = {"name": "Move everything together"}
CELL = '<div class="cell tag_lu-abc"><div class="cell_output">{}</div></div>'


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Give a folder with a page of one recorded figure, and all that Python in it needs but JupyterLite."""
    target = tmp_path_factory.mktemp("together")
    bundle(target / "player.js")
    bundle_python(target / "python")
    handmade.write(target / "recordings")
    cells = [{"id": "abc", "kind": "code", "section": 0, "source": "1 + 1"}]
    (target / "python" / "page.json").write_text(json.dumps(cells), encoding="utf-8")
    shown = figure(handmade.NAME, handmade.paper(), sentence(START), live="live.html")
    for name, python in (("page", "python/"), ("without", "")):
        (target / f"{name}.html").write_text(
            f'<!doctype html><html lang="en" data-theme="light"><meta charset="utf-8"><title>Page</title>'
            f'<style>:root {{ color-scheme: light dark }} html {{ background: Canvas; color: CanvasText }}</style>'
            f'<meta name="viewport" content="width=device-width"><main><h1>Page</h1>{CELL.format(shown)}</main>'
            f'<script src="player.js" data-recordings="recordings/" data-python="{python}" data-lite="lite/" '
            f'data-web="{WEB}" defer></script></html>', encoding="utf-8")  # fmt: skip
    return target


@pytest.fixture(scope="module")
def origin(folder):
    with served(folder) as address:
        yield address


@pytest.fixture(scope="module")
def chromium():
    path = browser.find()
    assert path, browser.HELP
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, headless=True, args=FLAGS)


@pytest.fixture
def opened(chromium):
    """Give a function that opens a page and waits for its figure; `page.asked` are the paths that it asked for."""
    contexts = []

    def open_page(address: str, width=900, **options) -> Page:
        contexts.append(chromium.new_context(viewport={"width": width, "height": 900}, **options))
        page = contexts[-1].new_page()
        page.set_default_timeout(8000)
        page.asked, page.wrong = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("pageerror", lambda error: page.wrong.append(str(error)))
        page.goto(address)
        page.wait_for_selector("figure[data-state=ready]")
        return page

    yield open_page
    for context in contexts:
        assert [it for page in context.pages for it in page.wrong] == []
        context.close()


def answers(page: Page) -> None:
    """The recording is there and moves."""
    page.get_by_role("button", name="Step").click()
    line = page.locator("figcaption.lu-line")
    assert line.is_visible() and page.locator("figure canvas").is_visible()
    page.wait_for_function("line => document.querySelector('figcaption').textContent.includes('step is 4')", arg="")


def test_nothing_of_python_comes_before_the_press(opened, origin):
    page = opened(f"{origin}/page.html")
    assert page.get_by_role("button", **BUTTON).is_visible()
    answers(page)
    page.wait_for_load_state("networkidle")
    assert [url for url in page.asked if "/python/" in url or "/lite/" in url] == []


def test_a_page_without_python_has_no_button(opened, origin):
    page = opened(f"{origin}/without.html")
    assert page.get_by_role("button", name="Reset").count() == 1 and page.get_by_role("button", **BUTTON).count() == 0


@pytest.mark.parametrize("key", ["Enter", " "])
def test_where_python_is_missing_a_word_says_so_and_the_recording_stays(opened, origin, key):
    page = opened(f"{origin}/page.html")
    button = page.get_by_role("button", **BUTTON)
    button.focus()
    page.keyboard.press(key)
    note = page.locator(".lu-note")
    page.wait_for_function("() => document.querySelector('.lu-note').textContent.includes('stays')")
    assert note.inner_text() == "The recording stays: this copy of the site comes without it."
    page.wait_for_function(
        "() => [...document.querySelectorAll('.lu-said')].some(it => it.textContent.includes('stays'))"
    )
    assert button.is_enabled() and page.locator(".lu-python").is_hidden()
    answers(page)


def test_where_the_network_is_gone_a_word_says_so_and_the_next_press_tries_again(opened, origin):
    page = opened(f"{origin}/page.html")
    page.context.set_offline(True)
    page.get_by_role("button", **BUTTON).click()
    page.locator(".lu-note", has_text="The recording stays: the network does not answer.").wait_for()
    answers(page)
    page.context.set_offline(False)
    page.get_by_role("button", **BUTTON).click()
    page.locator(".lu-note", has_text="comes without it").wait_for()


def test_a_page_from_a_disk_says_why_it_can_not_and_where_it_can(opened, folder):
    page = opened((folder / "page.html").as_uri())
    page.get_by_role("button", **BUTTON).click()
    note = page.locator(".lu-note")
    assert note.inner_text() == (
        "The recording stays: a page from a disk can't start Python. It can on this page on the web."
    )
    assert note.get_by_role("link").get_attribute("href") == WEB
    answers(page)


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1366, "light")])
def test_the_button_fits_and_can_be_read_by_all(opened, origin, width, scheme):
    page = opened(f"{origin}/page.html", width=width, color_scheme=scheme)
    box = page.get_by_role("button", **BUTTON).bounding_box()
    assert box["height"] >= 24 and box["x"] >= 0 and box["x"] + box["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [it["id"] for it in violations(page) if it["impact"] in ("serious", "critical")] == []
