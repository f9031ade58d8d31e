"""What 00 promises of a live figure."""

import pytest

from claims import claim, drag, press, press_play
from lectureutils import figures

UNTESTED = {
    "Without a mouse: <kbd>Tab</kbd> goes to the next control": "tried out in a browser, in tests/browser",
    "*Numbers*, or the key <kbd>n</kbd>, shows": "tried out in a browser, in tests/browser",
}


@claim("Move a slider. Click on its number to type an exact one.")
def test_a_slider_moves_the_line(figure):
    line = figure(figures.LineFigure)
    before = line.canvas.text
    line.set(w=1.25)
    assert line.canvas.text != before and "1.25" in line.canvas.text


@claim("Drag the round handle up and down: it is `b`. Drag the square one: it turns the line, so it changes `w`.")
def test_the_round_handle_is_b_and_the_square_one_changes_w(figure):
    line = figure(figures.LineFigure)
    assert (line.values["w"], line.values["b"]) == (0.5, 1.0)
    (axes,) = line.painter.figure.axes
    drag(line, axes, (0.0, 1.0), (0.0, 2.0))
    assert (line.values["w"], line.values["b"]) == (0.5, pytest.approx(2.0, abs=0.06))
    line.reset()
    square = next(artist for artist in axes.lines if artist.get_marker() == "s").get_xydata()[0]
    drag(line, axes, tuple(square), (square[0], square[1] + 1))
    assert line.values["w"] > 0.6 and line.values["b"] == 1.0


@claim(
    "*Play* moves on by itself until you press *Pause*. *Step* does one step. *Rewind* goes to where Play begins, here "
    "`w` = -2."
)
def test_play_step_and_rewind(figure):
    line = figure(figures.LineFigure)
    press(line, "Play")
    assert line.canvas.playing
    press(line, "Pause")
    assert not line.canvas.playing
    press(line, "Rewind")
    assert line.values["w"] == -2
    press(line, "Step")
    assert line.values["w"] > -2
    press_play(line)
    assert not line.canvas.playing


@claim("*Reset* puts every control back to what it was when you ran the cell.")
def test_reset_brings_the_start_back(figure):
    line = figure(figures.LineFigure)
    line.set(w=-1.0, b=0.0)
    press(line, "Reset")
    assert (line.values["w"], line.values["b"]) == (0.5, 1.0)
