"""Other ways to open a notebook than the newest JupyterLab: Notebook 7, and the oldest JupyterLab that is promised.

Each has an environment of its own, which make puts beside `.venv`. In each, one notebook runs, a slider is moved by a
key and moves picture and sentence, F8 and Escape do what docs/accessibility.md says, and a question is a named group.
"""

import os
import secrets
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from serving import answers

from tools import browser
from tools.addresses import ROOT
from tools.lab.page import FLAGS
from tools.lab.waiting import RUN, START, wait_until

NOTEBOOK = "01_linear_classifier.ipynb"
# What is started, and the part of the address that opens a notebook.
FRONTENDS = {"notebook7": ("notebook", "notebooks"), "oldest-lab": ("jupyterlab", "lab/tree")}
FRAME = "node => Number(node.dataset.frame)"


@pytest.fixture(scope="module", params=FRONTENDS)
def page(request, tmp_path_factory):
    """Give a page on which the notebook has run."""
    module, place = FRONTENDS[request.param]
    python = Path(f"{sys.prefix}-{request.param}") / "bin" / "python"
    own = tmp_path_factory.mktemp(request.param)
    shutil.copy(ROOT / "notebooks" / NOTEBOOK, own)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    command = [python, "-m", module, "--no-browser", "--expose-app-in-browser", "--allow-root",
               "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", f"--ServerApp.root_dir={own}"]  # fmt: skip
    places = {f"JUPYTER_{kind}_DIR": str(own / kind) for kind in ("CONFIG", "DATA", "RUNTIME")}
    environment = (
        os.environ | places | {"JUPYTER_TOKEN": token, "JUPYTER_PREFER_ENV_PATH": "1", "PYTHONPATH": str(ROOT)}
    )
    server = subprocess.Popen(command, cwd=own, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: answers(port), f"{module} did not start", START, every=0.2)
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=browser.find(), headless=True, args=FLAGS)
            page = chromium.new_page(viewport={"width": 1366, "height": 768})
            page.set_default_timeout(1000 * RUN)
            page.goto(f"http://127.0.0.1:{port}/{place}/{NOTEBOOK}?token={token}")
            page.wait_for_function(READY, timeout=1000 * START)
            page.evaluate("() => { jupyterapp.commands.execute('notebook:run-all-cells'); }")
            page.locator(".lu-card canvas[data-frame]").first.wait_for()
            page.wait_for_function(RAN)
            yield page
            chromium.close()
    finally:
        server.terminate()
        server.wait(20)


READY = """() => {
  const panel = window.jupyterapp?.shell?.currentWidget;
  return panel?.sessionContext?.session?.kernel?.status === 'idle' && panel.content?.model?.cells?.length > 10;
}"""
RAN = """() => {
  const { content, sessionContext } = jupyterapp.shell.currentWidget;
  const code = content.widgets.filter(({ model }) => model.type === 'code');
  return sessionContext.session.kernel.status === 'idle' && code.every(({ model }) => model.executionCount);
}"""


def test_a_key_on_a_slider_moves_picture_and_sentence(page):
    figure = page.locator(".lu-figure").first
    handle, line = figure.locator(".noUi-handle").first, figure.locator(".lu-line")
    before, frame = line.inner_text(), figure.locator("canvas").evaluate(FRAME)
    handle.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    wait_until(lambda: line.inner_text() != before, f"the sentence is still: {before}", RUN)
    assert figure.locator("canvas").evaluate(FRAME) > frame
    assert handle.get_attribute("aria-label")


def test_f8_goes_to_the_next_figure_and_is_no_command(page):
    page.locator(".lu-card canvas").first.evaluate("it => { it.tabIndex = -1; it.focus(); }")
    page.keyboard.press("F8")
    assert page.locator(".lu-card canvas").nth(1).evaluate("it => it === document.activeElement")
    assert (
        page.evaluate("() => jupyterapp.commands.keyBindings.filter(it => it.keys.some(key => /F8/.test(key)))") == []
    )


def test_escape_leaves_for_the_cell(page):
    handle = page.locator(".lu-figure .noUi-handle").first
    handle.focus()
    page.keyboard.press("Escape")
    assert handle.evaluate("it => document.activeElement === it.closest('.jp-Cell')")


def test_a_question_is_a_named_group_and_its_answer_is_not_in_sight(page):
    question = page.get_by_role("radiogroup").first
    assert question.get_attribute("aria-labelledby") and question.get_by_role("radio").count() >= 2
    assert "✓ Right" not in page.locator(".jp-Notebook").inner_text()
