"""Nothing of ours is in the way of a reader with a screen reader or a keyboard, in the light and the dark theme."""

import json

import pytest

from tools.lab import ROOT

from .accessible import BASELINE, findings
from .conftest import SAMPLE, notebook_of

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PREDICT = "from lectureutils.live import predict\npredict('Which?', {'a': 'not a', 'b': 'yes, b'}, 'b')"


@pytest.fixture(scope="module", params=["sample", *NOTEBOOKS], ids=lambda it: getattr(it, "stem", it))
def notebook(lab, request):
    with lab.open(notebook_of(SAMPLE, PREDICT) if request.param == "sample" else request.param) as notebook:
        yield notebook.run_all()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_of_ours(notebook, dark):
    notebook.dark(dark)
    ours, others = findings(notebook)
    assert ours == []
    assert sorted(others - set(json.loads(BASELINE.read_text()))) == [], "not on a page without figures"


# What the accessibility tree of the browser says, and not only which attributes are there.
CONTROLS = ", ".join(
    f".lu-figure {it}" for it in ("button", "input", "select", "[role=slider]", ".widget-readout")
)


def test_every_control_has_a_name(notebook):
    for control in notebook.page.locator(CONTROLS).all():
        if control.is_visible():
            tree = control.aria_snapshot()
            assert '"' in tree, f"no name: {tree}: {control.evaluate('node => node.outerHTML')[:300]}"


def test_figures_are_pictures_with_words(notebook):
    for canvas in notebook.page.locator(".lu-figure .lu-card canvas").all():
        assert canvas.get_attribute("role") == "img"
        assert len(canvas.get_attribute("aria-label").split()) >= 5
