"""Every recorded figure of the built site under a hand, on a phone, a tablet and a laptop, in light and dark."""

import json

import pytest
from moving import standing_still
from playwright.sync_api import sync_playwright
from serving import served

from tools import browser
from tools.addresses import ROOT
from tools.lab.page import FLAGS, violations
from tools.recorded.shelf import RECORDED

STEMS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
SCREENS = {"phone": (390, "light"), "tablet": (900, "dark"), "laptop": (1366, "light")}


@pytest.fixture(scope="module")
def site():
    with served(ROOT / "build" / "site") as address:
        yield address


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=browser.find(), headless=True, args=FLAGS)


@pytest.fixture(params=SCREENS)
def screen(request, chromium, site):
    """Give a page on each kind of screen; at the end nothing may have gone wrong on it."""
    width, scheme = SCREENS[request.param]
    page = chromium.new_page(base_url=f"{site}/", viewport={"width": width, "height": 768}, color_scheme=scheme)
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    yield page
    page.close()
    assert wrong == []


@pytest.mark.parametrize("stem", STEMS)
def test_each_figure_of_a_page_moves_and_fits(screen, stem):
    screen.goto(f"notebooks/{stem}.html")
    figures = screen.locator("figure.lu-recorded").all()
    recorded = json.loads((RECORDED / "index.json").read_text("utf-8"))[stem]
    assert [figure.get_attribute("data-figure") for figure in figures] == [entry["figure"] for entry in recorded]
    assert [fault for figure in figures for fault in standing_still(screen, figure)] == []
    assert screen.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
    assert (
        screen.evaluate("""[...document.querySelectorAll('figure.lu-recorded')].filter((figure) => [
        ...figure.querySelectorAll('canvas, figcaption, input, select, button')].some((part) => part.checkVisibility()
        && part.getBoundingClientRect().right > figure.getBoundingClientRect().right + 1))
        .map(({ dataset }) => dataset.figure)""")
        == []
    ), "parts of these figures are cut"
    assert [(it["id"], [node["target"] for node in it["nodes"]])
            for it in violations(screen) if it["impact"] in ("serious", "critical")] == []  # fmt: skip
