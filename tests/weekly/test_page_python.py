"""Python in a page of the site, with a real Pyodide: a figure becomes live by a press, and the page's code runs.

The Pyodide is an older one that the registries have whole (tools/pyodide.py); the published site takes the newest from
its CDN. One reader goes through all of it in one window, as starts take long.
"""

import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright
from serving import Files, answered

from tools import browser, pyodide
from tools.addresses import ROOT
from tools.lab.page import FLAGS, violations

PYTHON = Path(f"{sys.prefix}-site", "bin", "python")
FIGURE, LIVE = "figure.lu-recorded", ".lu-outputs:not([hidden]) .lu-figure"
MINUTES = 60_000
SOLVED = """def centred(X):
    return X - X.mean(axis=0)


checks.centred(centred)
"""


class Counting(Files):
    """Give files, and count the bytes that JupyterLite's folder has given."""

    given = 0

    def copyfile(self, source, outputfile):
        if self.path.startswith("/lite/"):
            Counting.given += Path(self.translate_path(self.path)).stat().st_size
        super().copyfile(source, outputfile)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Build the site with one recorded figure, and JupyterLite beside it with a Pyodide of its own."""
    folder = tmp_path_factory.mktemp("python")
    commands = [
        [sys.executable, "-m", "tools.recorded", "--only", "00_start_here/line", "--out", folder / "recordings"],
        [PYTHON, "-m", "tools.site", "--out", folder / "site", "--recordings", folder / "recordings"],
        [PYTHON, "-m", "tools.lite", "--out", folder / "site" / "lite", "--pyodide", pyodide.assemble()],
    ]
    for command in commands:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def reader(site, tmp_path_factory):
    """Open a window that can reach loopback alone, in a browser with a cache; nothing may go wrong in it."""
    nobody = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    with answered(partial(Counting, directory=site)) as origin, sync_playwright() as playwright:
        chromium = playwright.chromium.launch_persistent_context(
            tmp_path_factory.mktemp("profile"), executable_path=browser.get(), headless=True, args=[*FLAGS, nobody],
            base_url=f"{origin}/", viewport={"width": 1366, "height": 768},
        )  # fmt: skip
        page = chromium.new_page()
        page.set_default_timeout(4 * MINUTES)
        wrong = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        yield page
        chromium.close()
        assert wrong == []


@pytest.fixture(scope="module")
def start(reader) -> Page:
    """Give the page of notebook 00, where the figure has become live at w = 0.6 by a press."""
    reader.goto("notebooks/00_start_here.html")
    reader.locator(FIGURE).scroll_into_view_if_needed()
    reader.wait_for_selector(f"{FIGURE}[data-state=ready]")
    move(reader, FIGURE, "ArrowRight", "ArrowRight")
    together(reader)
    return reader


def move(page: Page, figure: str, *keys: str) -> None:
    page.locator(figure).get_by_role("slider").first.focus()
    for key in keys:
        page.keyboard.press(key)


def together(page: Page) -> None:
    """Press the button under the recorded figure, and wait for the live one."""
    page.locator(FIGURE).get_by_role("button", name="Move everything together").press("Enter")
    page.locator(f"{LIVE} canvas").wait_for()


def said(page: Page) -> str:
    return page.locator(f"{LIVE} .lu-line").inner_text()


def exercise(page: Page, number: int = 1):
    return page.locator("div.cell.tag_exercise").nth(number)


def edit(cell) -> None:
    """Open the editor of a cell, unless it is open."""
    if cell.locator(".cm-content").count() == 0:
        cell.get_by_role("button", name="Edit and run").click()
    cell.locator(".cm-content").wait_for()


def write(page: Page, cell, code: str) -> None:
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(code)
    page.keyboard.press("Shift+Enter")


def test_the_live_figure_stands_where_the_recording_stood_and_moves(start):
    assert said(start) == "The line crosses the middle at 1.00 and rises: y = 0.60 x + 1.00."
    assert start.locator(FIGURE).is_hidden()
    assert start.evaluate("document.activeElement.tagName") == "CANVAS"
    move(start, LIVE, "ArrowRight")
    start.wait_for_function("line => document.querySelector(line).textContent.includes('0.6')", arg=f"{LIVE} .lu-line")
    start.wait_for_function(
        "line => !document.querySelector(line).textContent.includes('0.60 x')", arg=f"{LIVE} .lu-line"
    )
    inked = start.locator(f"{LIVE} canvas").evaluate("""it => {
      const { data } = it.getContext('2d').getImageData(0, 0, it.width, it.height);
      return data.filter((value, at) => at % 4 === 0 && value < 100).length;
    }""")
    assert inked > 500


@pytest.mark.parametrize(("width", "scheme"), [(1366, "light"), (390, "dark")])
def test_a_live_figure_can_be_used_by_all(start, width, scheme):
    start.set_viewport_size({"width": width, "height": 800})
    start.emulate_media(color_scheme=scheme)
    names = start.locator(f"{LIVE} [role=slider]").evaluate_all("all => all.map(it => it.getAttribute('aria-label'))")
    assert names == ["w, the slope", "b, at x = 0"]
    assert start.evaluate("document.documentElement.scrollWidth") <= width
    serious = [it for it in violations(start) if it["impact"] in ("serious", "critical")]
    assert [(it["id"], [node["html"][:150] for node in it["nodes"]]) for it in serious] == []
    start.set_viewport_size({"width": 1366, "height": 768})
    start.emulate_media(color_scheme="light")


def test_an_exercise_is_written_and_checked_and_its_verdict_is_heard(start):
    cell = exercise(start)
    edit(cell)
    start.keyboard.press("Shift+Enter")
    cell.locator(".lu-outputs", has_text="Not attempted yet").wait_for()
    write(start, cell, SOLVED.replace("axis=0", "axis=1, keepdims=True"))
    cell.locator(".lu-outputs", has_text="✗").wait_for()
    write(start, cell, SOLVED)
    cell.locator(".lu-outputs", has_text="✓ Right").wait_for()
    start.wait_for_function("() => document.querySelector('#lu-aloud')?.textContent.includes('Right')")


def test_stop_ends_what_never_ends_and_the_recording_answers_again(start):
    cell = exercise(start)
    write(start, cell, "while True:\n    pass")
    start.locator(".lu-python", has_text="at work").wait_for()
    start.get_by_role("button", name="Stop").click()
    cell.get_by_text("Python was stopped").wait_for()
    assert start.locator(".lu-python").is_hidden() and start.locator(LIVE).count() == 0
    move(start, FIGURE, "ArrowLeft")
    start.wait_for_function("() => document.querySelector('figcaption.lu-line').textContent.includes('0.55 x')")


def test_what_was_written_is_there_after_a_reload_and_the_second_start_fetches_nothing(start):
    write(start, exercise(start), SOLVED)
    exercise(start).locator(".lu-outputs", has_text="✓ Right").wait_for()
    start.wait_for_function("async () => (await caches.keys()).includes('lectureutils-compiled')", polling=500)
    start.reload()
    assert "X.mean(axis=0)" in exercise(start).locator("pre").inner_text()
    first, Counting.given = Counting.given, 0
    start.locator(FIGURE).scroll_into_view_if_needed()
    start.wait_for_selector(f"{FIGURE}[data-state=ready]")
    together(start)
    move(start, LIVE, "ArrowRight")
    assert first > 10e6 and Counting.given < 0.1e6


def test_many_moves_fill_no_memory(start):
    """A frame is a megabyte of pixels, and 300 of them are more than what stays."""
    devtools = start.context.new_cdp_session(start)

    def held() -> float:
        devtools.send("HeapProfiler.collectGarbage")
        heap = devtools.send("Runtime.getHeapUsage")
        return (heap["usedSize"] + heap["backingStorageSize"]) / 1e6

    before = held()
    for turn in range(30):
        move(start, LIVE, *["ArrowLeft" if turn % 2 else "ArrowRight"] * 10)
    frame = f"{LIVE} canvas"
    there = start.locator(frame).get_attribute("data-frame")
    move(start, LIVE, "ArrowRight")
    start.wait_for_function("([it, at]) => document.querySelector(it).dataset.frame !== at", arg=[frame, there])
    assert held() - before < 30


def test_restart_forgets_what_python_knew_and_keeps_what_was_written(start):
    cell = exercise(start)
    edit(cell)
    write(start, cell, "known = 41")
    write(start, cell, "known + 1")
    cell.locator(".lu-outputs", has_text="42").wait_for()
    start.get_by_role("button", name="Restart").click()
    start.locator(".lu-python", has_text="Python runs in this page.").wait_for()
    assert start.locator(LIVE).count() == 0 and start.locator(FIGURE).is_visible()
    assert cell.locator(".cm-content").inner_text() == "known + 1"
    write(start, cell, "known + 1")
    cell.locator(".lu-outputs", has_text="NameError").wait_for()
    together(start)
    move(start, LIVE, "ArrowLeft")
    write(start, cell, SOLVED)
    cell.locator(".lu-outputs", has_text="✓ Right").wait_for()


def test_undo_brings_the_original_back(start):
    cell = exercise(start)
    edit(cell)
    cell.get_by_role("button", name="Undo all changes").click()
    assert "# your code here" in cell.locator(".cm-content").inner_text()
    start.reload()
    assert "# your code here" in cell.locator("pre").inner_text()
