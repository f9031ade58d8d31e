"""The map of what was done, and questions that remember their answer."""

import pytest
from IPython.display import HTML

from lectureutils import asked, progress
from lectureutils.live import predict, progress_map
from lectureutils.live.progress_map import Row, next_one

STEM = "01_linear_classifier"


@pytest.fixture
def reader(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(asked, "message", lambda: {"metadata": {"cellId": "c"}, "header": {"msg_id": "m"}})


@pytest.fixture
def shown(monkeypatch):
    """Collect what is displayed, and what takes its place."""
    found = []

    class Handle:
        def update(self, bundle, raw):
            found.append(bundle)

    def display(what, **_options):
        found.append(what)
        return Handle()

    monkeypatch.setattr("IPython.display.display", display)
    return found


def line_of(title):
    return next(line for line in repr(progress_map()).splitlines() if line.startswith(title))


def do(stem):
    told = progress.series()[stem]
    for name in told["exercises"]:
        progress.note_verdict(name, True)
    for question in told["questions"]:
        progress.note_answer(question, "any")


def test_before_anything_is_done_it_begins_at_the_beginning(reader):
    assert repr(progress_map()).startswith("00 Start here: 0 of 3 exercises, 0 of 1 question, go on here\n")
    assert repr(progress_map()).count("go on here") == 1


def test_it_counts_what_is_right_and_goes_on_where_the_reader_was(reader):
    first, *_ = progress.series()[STEM]["exercises"]
    progress.note_verdict(first, False)
    assert line_of("01").startswith("01 Linear classifier: 0 of")
    progress.note_verdict(first, True)
    progress.note_verdict("of another series", True)
    assert line_of("01").startswith("01 Linear classifier: 1 of") and line_of("01").endswith(", go on here")
    do(STEM)
    assert line_of("02").endswith(", go on here") and repr(progress_map()).count("go on here") == 1


def test_at_the_end_it_goes_back_to_what_was_left_out(reader):
    done, left = Row("a", "A", 1, 1, 1, 1), Row("b", "B", 1, 0, 1, 0)
    assert next_one([left, done]) is left and next_one([done, left]) is left and next_one([done, done]) is None


def test_the_table_links_for_a_reader_and_not_on_a_page(reader, monkeypatch):
    assert f'<a href="{STEM}.ipynb">01 Linear classifier</a>' in progress_map()._repr_html_()
    monkeypatch.setattr(asked, "message", dict)
    assert "<a " not in progress_map()._repr_html_() and f'data-notebook="{STEM}"' in progress_map()._repr_html_()
    assert HTML(progress_map()._repr_html_()).data.count("<tr") == 1 + len(progress.series())


def test_one_button_forgets_everything(reader, shown, monkeypatch):
    do(STEM)
    table = progress_map()
    table._ipython_display_()
    assert shown[1] is table.forget
    monkeypatch.setattr(asked, "message", dict)  # a click comes from no cell
    table.forget.click()
    assert f'<a href="{STEM}.ipynb">' in shown[-1]["text/html"]
    assert progress.done() == {"exercises": {}, "questions": {}}
    assert "01 Linear classifier: 0 of" in shown[-1]["text/plain"] and table.forget.disabled


def test_with_nothing_to_forget_there_is_no_button(reader, shown):
    progress_map()._ipython_display_()
    assert len(shown) == 1


def test_a_question_that_is_asked_again_shows_what_was_answered(reader):
    ask = lambda: predict("Which?", {"this": "because", "that": "no"}, "this")  # noqa: E731
    first = ask()
    assert first.choice.value is None and first.outcome.value == ""
    first.choice.value = "that"
    assert ask().choice.value is None, "a choice is no answer before it is revealed"
    first.reveal.click()
    again = ask()
    assert again.choice.value == "that" and again.outcome.value == first.outcome.value
    assert not again.reveal.disabled
    assert predict("Which?", {"other": "now"}, "other").choice.value is None, "the choices have changed"


def test_a_build_neither_asks_nor_tells_the_memory(reader, monkeypatch):
    progress.note_answer("Which?", "that")
    monkeypatch.setattr(asked, "message", dict)
    built = predict("Which?", {"this": "because", "that": "no"}, "this")
    assert built.choice.value is None
    built.choice.value = "this"
    built.reveal.click()
    assert progress.done()["questions"]["Which?"]["last"] == "that"
