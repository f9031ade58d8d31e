"""A page names what each input of a figure shows, and the live figure goes there."""

import json

import numpy as np
import pytest

from lectureutils import asked, data, figures
from lectureutils.checks.aloud import aloud
from lectureutils.live import LiveFigure, Player, choice, shown, slider, toggle
from lectureutils.live.place import go_to, go_to_shown, inputs

L = data.lecture


def scores():
    return figures.ScoresFigure(L.W1, L.b1, L.x1, L.CLASSES, {})


def test_every_input_has_a_key_of_its_own():
    keys = [key for key, *_ in inputs(scores())]
    assert len(keys) == len(set(keys)) and {"W[2,3]", "b[0]", "x[1]"} <= set(keys)


def test_numbers_of_matrices_arrive_where_they_are_named_and_others_stay():
    figure = scores()
    frames = figure.canvas.frame_id
    go_to(figure, {"W[2,3]": 0.25, "b[0]": -0.1})
    expected = np.array(L.W1)
    expected[2, 3] = 0.25
    assert np.array_equal(figure.values["W"], expected) and figure.values["b"].tolist() == [-0.1, *L.b1[1:]]
    assert np.array_equal(figure.values["x"], L.x1)
    assert figure.canvas.frame_id == frames + 1  # at once, in one frame


class Words(LiveFigure):
    def __init__(self):
        super().__init__(choice("kind", {"the first": 1, "the second": 2}), toggle("on"))

    def draw(self, fig):
        fig.subplots()

    def update(self, kind, on):
        return f"{kind} {on}"


def test_choices_are_named_by_their_words_and_switches_are_on_or_off():
    figure = Words()
    go_to(figure, {"kind": "the second", "on": True})
    assert figure.canvas.text == "2 True"


class Counter(LiveFigure):
    def __init__(self):
        self.count = 0
        super().__init__(slider("by", 1, 1, 5, step=1), Player())

    def draw(self, fig):
        fig.subplots()

    def advance(self):
        self.count += self.controls["by"].value
        return True

    def rewind(self):
        self.count = 0

    def update(self, by):
        return f"{self.count}"


class Runs(Counter):
    runs = {"slow": {"by": 1}, "fast": {"by": 5}}


@pytest.mark.parametrize(
    ("kind", "run", "said"), [(Counter, "as it opens", "3"), (Runs, "slow", "3"), (Runs, "fast", "15")]
)
def test_a_history_goes_as_far_as_its_recording(kind, run, said):
    figure = kind()
    go_to(figure, {"run": run, "chunk": 3})
    assert figure.canvas.text == said


def test_a_key_that_is_none_is_named():
    with pytest.raises(ValueError, match=r"no input named Q; there are: W\[0,0\]"):
        go_to(scores(), {"Q": 1})


def test_the_figure_that_a_cell_has_shown_is_found(monkeypatch):
    monkeypatch.setattr(asked, "message", lambda: {"metadata": {"cellId": "here"}, "header": {"msg_id": "1"}})
    figure = scores()
    figure._repr_mimebundle_()
    assert shown.of("here") == [figure] and shown.of("elsewhere") == []
    go_to_shown("here", json.dumps({"x[0]": 0.5}))
    go_to_shown("elsewhere", json.dumps({"x[0]": 0.9}))
    assert figure.values["x"][0] == 0.5


def test_a_page_gets_the_view_and_the_sentence_and_no_picture(monkeypatch):
    """The recording stands for the figure there; the picture would cost the start a few tenths of a second."""
    monkeypatch.setattr(
        asked, "message", lambda: {"metadata": {"cellId": "page", "sitePage": True}, "header": {"msg_id": "1"}}
    )
    figure = scores()
    shown_there = figure._repr_mimebundle_()
    assert set(shown_there) == {"application/vnd.jupyter.widget-view+json", "text/plain"}
    assert shown_there["text/plain"] == figure.canvas.text
    assert "sayAloud" in aloud("Right")
    monkeypatch.setattr(asked, "message", lambda: {"metadata": {"cellId": "page"}, "header": {"msg_id": "2"}})
    assert "image/png" in figure._repr_mimebundle_() and aloud("Right") == ""
