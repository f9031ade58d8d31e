"""The picture that a figure leaves in the notebook: the state that tells most, while the live figure stays as it is."""

import io
from base64 import b64decode

import numpy as np
import pytest
from drive import check, click, send, shown
from PIL import Image

from lectureutils import style
from lectureutils.live import LiveFigure, Player, put, slider, toggle


class Level(LiveFigure):
    """A bar whose height is a control that a player plays, and a title that says it."""

    size = (300, 200)
    telling = {"height": 8, "wide": True}

    def __init__(self, height=1):
        super().__init__(slider("height", height, 0, 10, 1), toggle("wide"), Player(control="height"))

    def draw(self, fig):
        self.axes = fig.subplots()
        self.axes.set(xlim=(-1, 1), ylim=(0, 10))
        self.line = self.curve(self.axes, style.BLUE)

    def update(self, height, wide):
        self.axes.set_title(f"height {height}")  # stands still: a full drawing when it changes
        put(self.line, [-0.9 if wide else -0.1, 0.9], height)
        return f"The level is {height}, {'wide' if wide else 'narrow'}."


class Wanderer(LiveFigure):
    """A random walk: its state is a history, drawn from a generator."""

    size = (300, 200)
    runs = {"small steps": {"spread": 0.1}, "large steps": {"spread": 1.0}}
    told = ("large steps", 12)

    def __init__(self, end=30):
        self.end = end
        self.rewind()
        super().__init__(slider("spread", 0.5, 0.0, 2.0, 0.1), Player())

    def draw(self, fig):
        self.axes = fig.subplots()
        self.axes.set(xlim=(0, 30), ylim=(-10, 10))
        self.line = self.curve(self.axes, style.BLUE)

    def update(self, spread):
        self.seen.append(len(self.way))
        put(self.line, np.arange(len(self.way)), np.array(self.way))
        return f"After {len(self.way) - 1} steps of {spread:g}: {self.way[-1]:.6f}."

    def advance(self):
        self.way.append(self.way[-1] + self.values["spread"] * self.rng.standard_normal())
        return len(self.way) <= self.end

    def rewind(self):
        self.rng, self.way, self.seen = np.random.default_rng(0), [0.0], []


def stored(figure):
    """Return the picture and the sentence that a notebook keeps."""
    bundle = figure._repr_mimebundle_()
    return np.asarray(Image.open(io.BytesIO(b64decode(bundle["image/png"])))), bundle["text/plain"]


def pixels(figure):
    """Return what the figure has painted now, without its empty fourth channel."""
    return figure.painter.pixels()[..., :3].copy()


def test_the_stored_picture_is_that_of_a_figure_moved_there_by_hand():
    by_hand = Level()
    send(by_hand.controls["height"].inputs[0], value=8)
    send(by_hand.controls["wide"].inputs[0], value=True)
    picture, sentence = stored(Level())
    assert (picture == pixels(by_hand)).all()
    assert sentence == by_hand.canvas.text == "The level is 8, wide."


def test_the_live_figure_stays_at_its_beginning_and_the_page_hears_nothing(monkeypatch):
    figure = Level()
    frame, frame_id, before = figure.canvas.frame, figure.canvas.frame_id, pixels(figure)
    heard = []
    height = figure.controls["height"].inputs[0]
    monkeypatch.setattr(type(height), "_send", lambda _self, message, **_: heard.append(message["state"]))
    monkeypatch.setattr(type(figure.canvas), "_send", lambda _self, message, **_: heard.append(message))
    stored(figure)
    assert (figure.canvas.frame, figure.canvas.frame_id) == (frame, frame_id)
    assert figure.canvas.text == "The level is 1, narrow."
    assert figure.values == {"height": 1, "wide": False}
    assert all(state == {"value": 1} for state in heard), "at most what the page has already"
    assert (pixels(figure) == before).all()
    check(figure, "showing")


def test_once_moved_the_stored_picture_is_the_current_one():
    for move in (
        lambda figure: send(figure.controls["height"].inputs[0], value=3),
        lambda figure: figure.set(height=3),
        lambda figure: [click(figure.parts[2].step) for _ in range(2)],
    ):
        figure = Level()
        stored(figure)
        move(figure)
        picture, sentence = stored(figure)
        assert sentence == figure.canvas.text == "The level is 3, narrow."
        assert (picture == pixels(figure)).all() and np.abs(picture.astype(int) - shown(figure)).mean() < 3


def test_a_sharper_screen_is_not_a_move():
    figure = Level()
    send(figure.canvas, pixel_ratio=2.0)
    picture, sentence = stored(figure)
    assert sentence == "The level is 8, wide." and picture.shape == (400, 600, 3)


def test_a_history_is_told_as_the_player_would_have_made_it():
    by_hand, figure = Wanderer(), Wanderer()
    send(by_hand.controls["spread"].inputs[0], value=1.0)
    click(by_hand.parts[1].back)
    for _ in range(12):
        click(by_hand.parts[1].step)
    picture, sentence = stored(figure)
    assert sentence == by_hand.canvas.text and sentence.startswith("After 12 steps of 1: ")
    assert (picture == pixels(by_hand)).all()


@pytest.mark.parametrize("back", [lambda figure: None, LiveFigure.reset, lambda figure: click(figure.parts[1].back)])
def test_after_showing_a_history_goes_on_like_that_of_a_fresh_figure(back):
    fresh, figure = Wanderer(), Wanderer()
    stored(figure)
    back(figure)
    for _ in range(3):
        assert figure.canvas.text == fresh.canvas.text
        assert (pixels(figure) == pixels(fresh)).all()
        for one in (fresh, figure):
            click(one.parts[1].step)


def test_follow_looks_at_each_chunk_and_says_how_many_there_were():
    figure = Wanderer(end=4)
    assert figure.follow("small steps", 99) == 4 and figure.seen[-5:] == [1, 2, 3, 4, 5]
    assert figure.follow("small steps", 2) == 2 and figure.canvas.text.startswith("After 2 steps of 0.1")
    with pytest.raises(ValueError, match="run: got 'fast', expected one of small steps, large steps"):
        figure.follow("fast", 1)


class Blind(Level):
    def update(self, height, wide):
        if height > 5:
            raise ValueError("too high")
        return super().update(height, wide)


def test_a_telling_state_that_fails_leaves_the_beginning():
    figure = Blind()
    picture, sentence = stored(figure)
    assert sentence == figure.canvas.text == "The level is 1, narrow." and not figure.canvas.failed
    assert (picture == pixels(figure)).all() and str(figure.untold) == "too high"
    figure.telling = {"hight": 3}
    assert stored(figure)[1] == "The level is 1, narrow." and "no control named hight" in str(figure.untold)
    figure.telling = {"height": 3}
    assert stored(figure)[1] == "The level is 3, narrow." and figure.untold is None
    check(figure, "failing in silence")


def test_a_figure_that_fails_at_its_beginning_says_so():
    figure = Blind(height=7)
    figure.telling = {"height": 3}
    assert "too high" in stored(figure)[1]
