"""What a figure leaves beside its view for the day when its kernel is gone: said once, and only to JupyterLab."""

import json
import re
from html import unescape

import pytest

from lectureutils import asked
from lectureutils.live import predict, saved
from lectureutils.live.assets import text_of
from tests.browser.sample import Sample

PNG = bytes.fromhex("89504e470d0a1a0a")


@pytest.fixture
def published(monkeypatch):
    """Collect what is published, as if JupyterLab ran the cell."""
    bundles = []
    monkeypatch.setattr(asked, "in_jupyterlab", lambda: True)
    monkeypatch.setattr("IPython.display.publish_display_data", lambda bundle: bundles.append(bundle["text/html"]))
    return bundles


def told(html):
    """Return what the script of an output is told."""
    return json.loads(re.search(r"standIn\(document.currentScript, (\{.*\})\);", html)[1])


def plain(html):
    """Return the text of an output that stays where scripts are taken out."""
    return unescape(
        re.sub(r"<script>.*</script>", "", html, flags=re.DOTALL).removeprefix("<rp>").removesuffix("</rp>")
    )


def test_a_figure_leaves_its_stored_picture_and_sentence(published):
    figure = Sample()
    kept = figure._repr_mimebundle_()
    (left,) = published
    said = told(left)
    assert said["picture"] == f"data:image/png;base64,{kept['image/png']}"
    assert said["text"] == kept["text/plain"] == figure.canvas.text
    assert said["size"] == figure.canvas.size and said["how"] == saved.MOVE
    assert plain(left) == f"{figure.canvas.text}<br>{saved.MOVE}"


def test_a_question_leaves_itself_without_its_answer(published):
    asked = predict("Which?", {"this": "because", "that": "no"}, "this")
    asked._repr_mimebundle_()
    (left,) = published
    assert told(left)["text"] == str(asked) and not told(left)["picture"]
    assert "because" not in left and plain(left) == saved.ANSWER


def test_elsewhere_nothing_is_left(monkeypatch):
    monkeypatch.setattr("IPython.display.publish_display_data", lambda _bundle: pytest.fail("published"))
    Sample()._repr_mimebundle_()


def test_only_jupyterlab_says_which_cells_were_deleted(monkeypatch):
    for metadata, expected in ({"cellId": "a", "deletedCells": []}, True), ({"cellId": "a"}, False), ({}, False):
        monkeypatch.setattr(asked, "message", lambda metadata=metadata: {"metadata": metadata})
        assert asked.in_jupyterlab() is expected


def test_words_that_look_like_markup_stay_words():
    words = "a < b</script><b>"
    html = saved.html(words, "<i>", PNG, [3, 2])
    assert told(html)["text"] == words and plain(html).replace("<br>", "") == words + "<i>"
    assert html.count("</script>") == 1 and "<b>" not in html and "<i>" not in html


def test_the_script_needs_no_module():
    assert "export" in text_of("saved.js") and "export" not in saved.html("a", "b")
