"""The reader's own picture: what the browser sends, and what comes of it."""

import numpy as np
import pytest
from drive import check, click, send
from ipywidgets.widgets.widget import _remove_buffers

from lectureutils.data import load_emoji, over_white, unroll
from lectureutils.figures import OwnPictureFigure
from lectureutils.live.upload import PictureChooser, upload

RNG = np.random.default_rng(0)
W, B = RNG.normal(size=(5, 7500)) / 100, RNG.normal(size=5)
NAMES = ("cat", "car", "airplane", "ship", "flower")
PICTURE = RNG.integers(0, 256, (50, 50, 4), dtype=np.uint8)


def receive(widget, pixels: bytes, file: str = "my cat.png") -> None:
    """Deliver a picture as the browser does: the pixels travel as a binary buffer beside the message."""
    data = {"method": "update", "state": {"value": {"file": file}}, "buffer_paths": [["value", "pixels"]]}
    widget._handle_msg({"content": {"data": data}, "buffers": [memoryview(pixels)]})


@pytest.fixture
def figure():
    return OwnPictureFigure(W, B, NAMES)


def bars(figure):
    return [bar.get_width() for bar in figure.bars.bars]


def test_a_picture_arrives_as_the_browser_sends_it():
    control = upload()
    assert control.value is None
    receive(control.inputs[0], PICTURE.tobytes())
    assert control.value.dtype == np.uint8
    assert np.array_equal(control.value, PICTURE)
    assert (control.file, control.problem) == ("my cat.png", "")
    control.reset()
    assert control.value is None
    assert control.file == ""


def test_on_change_is_called_once_for_each_message():
    control, calls = upload(), []
    control.on_change(calls.append)
    receive(control.inputs[0], PICTURE.tobytes())
    send(control.inputs[0], value={"file": "notes.txt", "error": "notes.txt is not a picture."})
    send(control.inputs[0], value={})
    assert len(calls) == 3


def test_the_state_can_travel_back_to_a_second_view():
    control = upload()
    receive(control.inputs[0], PICTURE.tobytes())
    state, paths, buffers = _remove_buffers(control.inputs[0].get_state())
    assert paths == [["value", "pixels"]]
    assert bytes(buffers[0]) == PICTURE.tobytes()
    assert state["value"] == {"file": "my cat.png"}


@pytest.mark.parametrize("shape", [(50, 50), (50, 50, 1), (50, 50, 3), (50, 50, 4)])
def test_arrays_become_rgba(shape):
    control = upload()
    given = PICTURE.reshape(-1)[: np.prod(shape)].reshape(shape)
    control.value = given
    color = given if len(shape) == 3 else given[..., None]
    assert np.array_equal(control.value[..., :3], np.broadcast_to(color[..., :3], (50, 50, 3)))
    assert np.array_equal(control.value[..., 3], given[..., 3] if shape[-1] == 4 else np.full((50, 50), 255))


@pytest.mark.parametrize("wrong", [np.zeros((50, 50, 4)), np.zeros((40, 50, 4), np.uint8), np.zeros(7500, np.uint8)])
def test_other_arrays_are_refused_with_a_reason(wrong):
    with pytest.raises(ValueError, match=r"got an array of shape .* expected uint8 .* Resize"):
        upload().value = wrong


def test_the_figure_starts_with_a_sample_and_says_what_to_do(figure):
    check(figure, "start")
    assert "This is a sample" in figure.canvas.text
    assert "drop one" in figure.canvas.text
    x = unroll(over_white(load_emoji().images[0]))
    assert bars(figure) == pytest.approx(W @ x + B)


def test_the_figure_shows_the_picture_on_white_and_its_scores(figure):
    receive(figure.upload.inputs[0], PICTURE.tobytes())
    check(figure, "upload")
    alpha = PICTURE[..., 3:] / 255
    white = PICTURE[..., :3] / 255 * alpha + 1 - alpha
    scores = W @ white.reshape(-1) + B
    assert bars(figure) == pytest.approx(scores)
    assert np.abs(figure.picture.get_data()[::-1] - 255 * white).max() <= 0.5 + 1e-9
    assert figure.canvas.text.startswith("my cat.png: cat ")
    assert f"Predicts {NAMES[scores.argmax()]}" in figure.canvas.text


def test_transparent_is_white_and_grey_is_grey(figure):
    receive(figure.upload.inputs[0], bytes(10_000))
    assert (figure.picture.get_data() == 255).all()
    grey = np.full((50, 50, 4), 77, np.uint8)
    grey[..., 3] = 255
    receive(figure.upload.inputs[0], grey.tobytes())
    assert (figure.picture.get_data() == 77).all()


@pytest.mark.parametrize("count", [0, 9_999, 12_000_000])
def test_a_wrong_number_of_bytes_is_said_and_survived(figure, count):
    receive(figure.upload.inputs[0], bytes(count))
    assert isinstance(figure.error, ValueError)
    assert figure.canvas.failed
    assert f"got {count} bytes of pixels, expected 10000" in figure.canvas.text
    receive(figure.upload.inputs[0], PICTURE.tobytes())
    check(figure, "the next picture")


def test_what_is_not_a_picture_is_said_in_the_text_line(figure):
    receive(figure.upload.inputs[0], PICTURE.tobytes())
    reason = "notes.txt is not a picture that this browser can read. Choose one as PNG."
    send(figure.upload.inputs[0], value={"file": "notes.txt", "error": reason})
    check(figure, "not a picture")
    assert figure.canvas.text.startswith(reason)
    assert "sample" in figure.canvas.text


def test_reset_brings_the_sample_back(figure):
    before, frame = figure.canvas.text, figure.canvas.frame
    receive(figure.upload.inputs[0], np.full(10_000, 255, np.uint8).tobytes())
    assert figure.canvas.text != before
    click(figure.reset_button)
    assert figure.canvas.text == before
    assert figure.canvas.frame == frame


def test_the_page_learns_name_size_and_limit():
    widget = upload(label="Your picture", limit_mb=5).inputs[0]
    assert isinstance(widget, PictureChooser)
    assert (widget.label, widget.side, widget.limit_mb) == ("Your picture", 50, 5)
