"""What is written for the player is complete without it: a picture with its text, a question with its choices."""

import base64
import io
from html.parser import HTMLParser

import pytest
from PIL import Image

from tools.cells import Question
from tools.recorded.markup import figure, question, script

ASKED = Question("Is 1 < 2?", {"yes & no": "It is\nboth.", 'a "no"': "Look again.", "<b>": "A letter."}, 'a "no"')


class Elements(HTMLParser):
    """Collect each start tag as (tag, attributes) and the text that stands outside of `script`."""

    def __init__(self, text):
        super().__init__()
        self.found, self.text = [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text.append(data)

    def all(self, tag):
        return [attributes for name, attributes in self.found if name == tag]


def png(width, height):
    file = io.BytesIO()
    Image.new("RGB", (width, height)).save(file, "PNG")
    return base64.encodebytes(file.getvalue()).decode()


def test_a_figure_has_its_picture_its_sentence_and_where_it_moves():
    made = Elements(figure("04_optimization/surface", png(70, 48), 'Loss "1" < 2', "../lite/?path=a&b"))
    assert made.all("figure") == [{
        "class": "lu-recorded", "id": "surface", "data-figure": "04_optimization/surface",
        "data-live": "../lite/?path=a&b",
    }]  # fmt: skip
    (image,) = made.all("img")
    assert (image["width"], image["height"], image["alt"]) == ("70", "48", 'Loss "1" < 2')
    with Image.open(io.BytesIO(base64.b64decode(image["src"].removeprefix("data:image/png;base64,")))) as picture:
        assert picture.size == (70, 48)
    assert "".join(made.text) == 'Loss "1" < 2'


def test_a_figure_without_a_recording_is_a_picture():
    made = Elements(figure("", "pictures/one.png", "It rises."))
    assert made.found == [
        ("figure", {"class": "lu-picture"}), ("img", {"src": "pictures/one.png", "alt": "It rises."}),
        ("figcaption", {}),
    ]  # fmt: skip
    assert 'width="7" height="5"' in figure("", "pictures/one.png", "It rises.", size=(7, 5))
    with pytest.raises(ValueError, match="surface has no sentence"):
        figure("04/surface", "a.png", " ")


def test_html_in_a_notebook_is_not_torn_apart_by_markdown():
    assert "\n" not in figure("a/b", png(9, 9), "One.\nTwo.") and "\n\n" not in question(ASKED)


def test_a_question_without_a_script_is_text_with_its_reasons_folded():
    made = Elements(question(ASKED))
    assert made.all("form") == [{"class": "lu-question tex2jax_ignore", "data-right": "1", "autocomplete": "off"}]
    text = " ".join("".join(made.text).split())
    assert text.startswith('Predict first. Is 1 < 2? (a) yes & no (b) a "no" (c) <b> Reveal The answer and the reasons')
    assert text.endswith('✗ (a) yes & no. It is both. ✓ (b) a "no". Look again. ✗ (c) <b>. A letter.')
    assert [(it["value"], "hidden" in it) for it in made.all("input")] == [("0", True), ("1", True), ("2", True)]
    assert all("hidden" in it for it in made.all("button")) and made.all("details") == [{"class": "lu-reasons"}]


def test_the_script_tag_says_where_the_recordings_are():
    assert script("a/player.js", "b/?c&d/") == '<script src="a/player.js" data-recordings="b/?c&amp;d/" defer></script>'
