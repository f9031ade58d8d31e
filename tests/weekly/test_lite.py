"""JupyterLite with real NumPy: every notebook runs in the browser alone, and its figures follow the hand there.

The site is built as make builds it, with a Pyodide of its own (tools/pyodide.py): the newest one has its NumPy on a CDN
alone. The hands are those of the browser tests, and so is what they look for.
"""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from browser.hands import button
from browser.test_every_figure import (  # noqa: F401  (what the hands do, here in another page)
    figures,
    test_a_prediction_is_answered,
    test_drawn_and_described,
    test_keys_and_mouse_move_a_slider_and_reset_leads_back,
    test_player_plays_pauses_steps_and_rewinds,
    test_pointer_moves_what_is_draggable,
    test_runs_without_errors,
)
from in_the_browser import RUN, START, built, opened, told
from PIL import Image
from playwright.sync_api import sync_playwright
from serving import served

from tools import browser, pyodide
from tools.addresses import ROOT
from tools.lab.page import FLAGS
from tools.lab.scripts import script
from tools.lab.waiting import wait_until
from tools.notebooks import solved

NOTEBOOKS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))
PYTHON = Path(f"{sys.prefix}-site") / "bin" / "python"


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """Build the site and give its address."""
    out = tmp_path_factory.mktemp("lite") / "site"
    command = [PYTHON, "-m", "tools.lite", "--out", out, "--pyodide", pyodide.assemble()]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0 and not done.stderr, done.stdout + done.stderr
    with served(out) as address:
        yield address


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=browser.find(), headless=True, args=FLAGS)


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=lambda name: name[:2])
def notebook(base, chromium, request):
    """Open a notebook, run all of it, and note what its figures showed at first."""
    with opened(chromium, base, request.param) as notebook:
        notebook.name = request.param
        notebook.teach()
        notebook.run_all(RUN)
        notebook.shows = notebook.outputs()
        notebook.first = [figure.settle() for figure in notebook.figures()]
        yield notebook


def test_its_outputs_are_those_that_are_stored(notebook):
    """Word for word; where a history would take the browser's Python seconds, its figure tells of the beginning."""
    histories = {
        figure.stored for figure in notebook.figures() if notebook.ask(f"bool({PROBED}.told)" % figure.widget_id)
    }
    for cell in built(notebook.name)["cells"]:
        if cell["cell_type"] == "code":
            shown = told(notebook.shows[cell["id"]])
            if not histories & set(shown):
                assert shown == told(cell["outputs"]), "".join(cell["source"])


PROBED = "__import__('tests.browser.probe', fromlist=['probe']).figure(%r)"


def test_every_exercise_can_be_solved(notebook):
    source = (ROOT / "notebooks" / "src" / notebook.name).with_suffix(".py").read_text("utf-8")
    exercises = [cell.source for cell in solved(source).cells if "exercise" in cell.metadata.get("tags", [])]
    verdicts = [notebook.run(code)[-1]["data"]["text/plain"] for code in exercises]
    assert verdicts and all(verdict.startswith("Right: ") for verdict in verdicts), verdicts


def test_training_stops_when_it_is_told_to(notebook):
    for figure in notebook.figures():
        if button(figure, "Train").count():
            before = figure.text
            button(figure, "Train").click()
            wait_until(lambda f=figure, b=before: f.text != b, "nothing is trained")
            button(figure, "Stop").click()
            wait_until(lambda f=figure: not f.truth()["playing"], "Stop is not answered")
            stopped = figure.settle()
            notebook.page.wait_for_timeout(1000)
            assert figure.settle() == stopped, "it goes on after Stop"


def test_a_picture_of_the_readers_own_is_shown(notebook, tmp_path):
    pixels = np.zeros((80, 80, 3), np.uint8)
    pixels[:, :40, 0] = pixels[:, 40:, 2] = 255
    Image.fromarray(pixels).save(tmp_path / "mine.png")
    for figure in notebook.figures():
        if (chooser := figure.node.locator("input[type=file]")).count():
            before = figure.settle()
            chooser.first.set_input_files(tmp_path / "mine.png")
            wait_until(lambda f=figure, b=before: f.text != b[0], "the picture does not arrive")
            assert figure.settle()[1] != before[1]


def test_a_restarted_kernel_runs_it_again(base, chromium):
    with opened(chromium, base, NOTEBOOKS[0]) as notebook:
        notebook.run_all(RUN)
        notebook.page.evaluate("() => lab.panel.sessionContext.restartKernel()")
        notebook.page.wait_for_function(script("ready"), timeout=1000 * START)
        assert notebook.ask("'figures' in globals()") is False
        notebook.run_all(RUN)
        assert notebook.errors() == []
        figure = notebook.figures()[0]
        before = figure.settle()
        figure.node.locator(".noUi-handle").first.press("ArrowRight")
        wait_until(lambda: figure.text != before[0], "the slider moves nothing")


def test_run_all_can_be_asked_for_before_python_is_there(base, chromium):
    page = chromium.new_context(viewport={"width": 1366, "height": 768}).new_page()
    page.goto(f"{base}/lab/index.html?path={NOTEBOOKS[1]}")
    page.locator(".jp-NotebookPanel .jp-MarkdownCell").first.wait_for(timeout=1000 * START)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    assert not page.evaluate(script("ready")), "Python was quicker than the hand"
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.wait_for_function(script("ready"), timeout=1000 * START)
    page.evaluate(script("tap"))
    page.wait_for_function(script("ran"), timeout=1000 * RUN)
    page.locator(".lu-card canvas[data-frame]").first.wait_for()
    page.context.close()
