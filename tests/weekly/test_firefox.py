"""Another engine than Chromium's: a notebook in JupyterLab, a page of the site and a recorded figure, in Firefox.

`firefox.mjs` drives it and tells what it saw; here stands what that has to be.
"""

import json
import shutil

import pytest
from followed import check

from tools import browser
from tools.addresses import ROOT
from tools.lab.scripts import FOLDER
from tools.lab.server import Server

NOTEBOOK = "01_linear_classifier"


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
def saw(lab, site, drive):
    """Give what Firefox saw."""
    pages = {"site": f"{site}/notebooks/00_start_here.html", "page": f"{site}/notebooks/{NOTEBOOK}.html", "lab": lab}
    return drive("firefox.mjs", firefox=browser.firefox(), scripts=str(FOLDER), **pages)


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


def test_a_recorded_figure_follows_the_hand(saw):
    assert saw["player"].pop("thrown") == []
    check(saw["player"])
