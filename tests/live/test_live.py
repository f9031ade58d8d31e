"""The engine of live figures: frames, sentences, errors, threads, pointer and player."""

import json
import threading
from pathlib import Path

import ipywidgets
import numpy as np
import pytest
from drive import check, click, send, shown

from lectureutils import asked, style
from lectureutils.live import (
    LOCK,
    LiveFigure,
    Player,
    choice,
    latest,
    log_slider,
    matrix,
    narrow,
    points,
    presets,
    put,
    slider,
    toggle,
)  # fmt: skip
from lectureutils.live.painter import Painter


class Needle(LiveFigure):
    """A line from the origin whose angle is a control; it can be dragged, and played."""

    size = (300, 200)

    def __init__(self, fails_above=None):
        self.fails_above = fails_above
        super().__init__(
            slider("angle", 30.0, -180.0, 180.0, 1.0),
            toggle("long"),
            presets("Set to", {"up": {"angle": 90.0, "long": True}}),
            Player(),
        )

    def draw(self, fig):
        self.axes = fig.subplots()
        self.axes.set(xlim=(-1, 1), ylim=(-1, 1), xlabel="x", ylabel="y", title="Needle")
        self.line = self.curve(self.axes, style.BLUE)

    def update(self, angle, long):
        if self.fails_above is not None and angle > self.fails_above:
            raise ValueError(f"the angle is {angle:g}; expected at most {self.fails_above:g}")
        length = 0.9 if long else 0.5
        put(self.line, [0, length * np.cos(np.radians(angle))], [0, length * np.sin(np.radians(angle))])
        return f"The needle points to {angle:.0f} degrees."

    def grab(self, axes, x, y):
        return "needle" if self.near(axes, tuple(self.line.get_xydata()[1]), x, y) < self.reach else None

    def drag(self, held, x, y):
        self.set(angle=float(np.degrees(np.arctan2(y, x))))

    def tap(self, axes, x, y):
        self.set(angle=0.0)

    def advance(self):
        self.set(angle=min(180.0, self.controls["angle"].value + 50))
        return self.controls["angle"].value < 180

    def rewind(self):
        self.set(angle=-180.0)


def place(figure, x, y):
    """Return data coordinates as fractions of the canvas."""
    pixel = figure.axes.transData.transform((x, y))
    return list(figure.painter.figure.transFigure.inverted().transform(pixel))


def test_a_slider_moves_artist_picture_and_sentence_in_one_message():
    figure = Needle()
    before, frame_id = shown(figure), figure.canvas.frame_id
    send(figure.controls["angle"].inputs[0], value=90.0)
    assert np.allclose(figure.line.get_xydata(), [[0, 0], [0, 0.5]])
    assert figure.canvas.text == "The needle points to 90 degrees."
    assert figure.canvas.frame_id == frame_id + 1
    assert (shown(figure) != before).any()
    check(figure, "slider")


def test_only_a_changed_frame_of_artists_redraws_the_rest():
    figure = Needle()
    background = figure.painter._background
    figure.set(angle=10.0)
    assert figure.painter._background is background
    figure.axes.set_title("Another title")
    figure.refresh()
    assert figure.painter._background is not background


def test_an_error_is_shown_and_the_figure_stays_alive():
    figure = Needle(fails_above=100)
    send(figure.controls["angle"].inputs[0], value=120.0)
    assert figure.canvas.failed
    assert "the angle is 120; expected at most 100" in figure.canvas.text
    assert isinstance(figure.error, ValueError)
    send(figure.controls["angle"].inputs[0], value=80.0)
    assert figure.canvas.text == "The needle points to 80 degrees."
    check(figure, "recovery")


def test_a_fault_in_a_function_of_the_readers_names_it_and_says_what_mends_it():
    cell = {"__name__": "__main__"}
    exec("def my_angle(angle): return {'a': 1}[angle]", cell)  # as a cell of a notebook defines it
    figure = Needle()
    figure.update = lambda angle, long: cell["my_angle"](angle)
    figure.set(angle=50.0)
    assert figure.canvas.failed and "KeyError: 50" in figure.canvas.text
    assert "your my_angle" in figure.canvas.text and "Change a control" not in figure.canvas.text
    figure.update = lambda angle, long: 1 / 0
    figure.set(angle=60.0)
    assert "your" not in figure.canvas.text and "Change a control, or press Reset" in figure.canvas.text


def test_a_figure_that_fails_at_once_still_shows_its_axes_and_the_reason():
    figure = Needle(fails_above=0)
    assert figure.canvas.failed and "expected at most 0" in figure.canvas.text
    assert shown(figure).shape == (200, 300, 3)


def test_set_shows_one_frame_and_rejects_unknown_names():
    figure = Needle()
    frame_id = figure.canvas.frame_id
    figure.set(angle=5.0, long=True)
    assert figure.canvas.frame_id == frame_id + 1
    with pytest.raises(ValueError, match="no control named width; there are: angle, long"):
        figure.set(width=3)


def test_presets_and_reset():
    figure = Needle()
    start = shown(figure)
    click(figure.parts[2].buttons["up"])
    assert figure.values == {"angle": 90.0, "long": True}
    click(figure.reset_button)
    assert figure.values == {"angle": 30.0, "long": False}
    assert np.array_equal(shown(figure), start)


def test_a_move_that_comes_after_the_click_that_followed_it_does_not_count():
    figure = Needle()
    angle, long = (figure.controls[name].inputs[0] for name in ("angle", "long"))
    send(figure.canvas, obeyed=0)  # a page is there
    send(angle, value=50.0)
    click(figure.reset_button)
    send(angle, value=55.0)
    assert figure.values == {"angle": 30.0, "long": False} and "30 degrees" in figure.canvas.text
    send(figure.canvas, obeyed=figure.canvas.command)
    send(angle, value=55.0)
    assert figure.values["angle"] == 55.0
    click(figure.parts[2].buttons["up"])
    send(long, value=False)
    send(figure.canvas, obeyed=figure.canvas.command - 1)  # the page has not heard of the latest click
    send(angle, value=56.0)
    assert figure.values == {"angle": 90.0, "long": True}
    figure.set(angle=10.0)  # what a program sets, or a drag, counts at any time
    figure.refresh(lambda: figure.set(long=False))
    assert figure.values == {"angle": 10.0, "long": False} and "10 degrees" in figure.canvas.text


def test_a_merged_drag_still_knows_where_it_began():
    figure = Needle()
    tip, target = place(figure, *figure.line.get_xydata()[1]), place(figure, 0, 0.8)
    send(figure.canvas, pointer={"stroke": "a", "start": tip, "at": target, "phase": "move", "moved": True})
    assert figure.controls["angle"].value == pytest.approx(90, abs=0.5)
    away = place(figure, -0.9, -0.9)
    send(figure.canvas, pointer={"stroke": "b", "start": away, "at": target, "phase": "move", "moved": True})
    assert figure.controls["angle"].value == pytest.approx(90, abs=0.5)
    send(figure.canvas, pointer={"stroke": "c", "start": away, "at": away, "phase": "up", "moved": False})
    assert figure.controls["angle"].value == 0


def test_an_error_in_a_drag_is_shown():
    figure = Needle()
    figure.drag = lambda held, x, y: 1 / 0
    tip = place(figure, *figure.line.get_xydata()[1])
    send(figure.canvas, pointer={"stroke": "a", "start": tip, "at": [0.5, 0.9], "phase": "move", "moved": True})
    assert figure.canvas.failed and "division by zero" in figure.canvas.text


def test_the_player_works_one_chunk_for_each_tick_and_stops():
    figure = Needle()
    player = figure.parts[3]
    click(player.back)
    assert figure.controls["angle"].value == -180
    send(figure.canvas, tick=1)
    assert figure.controls["angle"].value == -180, "a tick without Play does nothing"
    click(player.play)
    assert figure.canvas.playing and player.play.description == "Pause"
    send(figure.canvas, tick=2)
    assert figure.controls["angle"].value == -130
    click(player.play)
    send(figure.canvas, tick=3)
    assert not figure.canvas.playing and figure.controls["angle"].value == -130
    click(player.step)
    assert figure.controls["angle"].value == -80
    click(player.play)
    for tick in range(4, 20):
        send(figure.canvas, tick=tick)
    assert not figure.canvas.playing and figure.controls["angle"].value == 180


def test_an_error_while_playing_stops_the_player():
    figure = Needle(fails_above=100)
    click(figure.parts[3].play)
    for tick in range(1, 5):
        send(figure.canvas, tick=tick)
    assert figure.canvas.failed and not figure.canvas.playing


def test_twice_the_pixels_for_a_dense_screen():
    figure = Needle()
    send(figure.canvas, pixel_ratio=2.0)
    assert shown(figure).shape == (400, 600, 3)
    tip, target = place(figure, *figure.line.get_xydata()[1]), place(figure, 0, 0.8)
    send(figure.canvas, pointer={"stroke": "a", "start": tip, "at": target, "phase": "move", "moved": True})
    assert figure.controls["angle"].value == pytest.approx(90, abs=0.5)


def test_a_picture_has_just_the_pixels_that_its_size_names():
    for height in range(200, 700, 7):
        painter = Painter((height + 90, height))
        painter.paint()
        assert painter.pixels().shape == (height, height + 90, 4)


def test_over_a_slow_line_a_dense_screen_gets_one_pixel_for_each_of_css():
    figure = Needle()
    send(figure.canvas, pixel_ratio=2.0)
    send(figure.canvas, coarse=True)
    send(figure.controls["angle"].widget, value=60.0)
    assert [2 * side for side in shown(figure).shape[:2]] == list(figure.painter.pixels().shape[:2])


def test_over_a_slow_line_frames_are_coarse_while_the_hand_moves_and_sharp_when_it_rests():
    figure = Needle()
    sharp = len(figure.canvas.frame)
    send(figure.canvas, coarse=True)
    send(figure.controls["angle"].widget, value=60.0)
    coarse = figure.canvas.frame
    assert (
        len(coarse) < 0.4 * sharp
        and figure.canvas.mime == "image/webp"
        and figure.canvas.text == "The needle points to 60 degrees."
    )
    assert shown(figure).shape[:2] == figure.painter.pixels().shape[:2]
    send(figure.canvas, coarse=False)
    assert figure.canvas.frame == figure.painter.jpeg() != coarse and figure.canvas.mime == "image/jpeg"
    assert np.abs(shown(figure).astype(float) - figure.painter.pixels()[..., :3]).max() < 60
    assert figure.canvas.text == "The needle points to 60 degrees."


def test_the_page_enlarges_a_narrow_picture_from_the_width_that_it_is_drawn_for():
    script = Path(narrow.__file__).with_name("room.js").read_text(encoding="utf-8")
    assert f"const WIDTH = {narrow.WIDTH};" in script


def test_a_kernel_in_the_page_hands_its_pixels_over(monkeypatch):
    monkeypatch.setattr("sys.platform", "emscripten")
    figure = Needle()
    send(figure.canvas, pixel_ratio=2.0, coarse=True)
    send(figure.controls["angle"].widget, value=60.0)
    high, wide, _ = figure.painter.pixels().shape
    assert figure.canvas.mime == f"image/x-rgba;width={wide}" and len(figure.canvas.frame) == 4 * high * wide
    assert figure.canvas.frame == figure.painter.pixels().tobytes()


def test_a_hand_that_moved_nothing_brings_no_new_frame():
    figure = Needle()
    before = figure.canvas.frame_id
    for coarse in (True, False):
        send(figure.canvas, coarse=coarse)
    assert figure.canvas.frame_id == before


def test_many_threads_at_once_end_and_the_last_frame_matches():
    figures = [Needle(), Needle()]
    errors = []

    def hand(figure, seed):
        rng = np.random.default_rng(seed)
        try:
            for angle in rng.uniform(-180, 180, 15):
                figure.set(angle=float(angle))
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=hand, args=(figure, seed)) for seed in range(2) for figure in figures]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not errors and not any(thread.is_alive() for thread in threads)
    for figure in figures:
        assert figure.canvas.text == f"The needle points to {figure.values['angle']:.0f} degrees."
        check(figure, "threads")
    assert LOCK.acquire(blocking=False)
    LOCK.release()


def test_work_of_another_thread_waits_for_its_turn_and_is_not_lost():
    figure, begun, go_on, done = Needle(), threading.Event(), threading.Event(), []

    def long_work():
        begun.set()
        go_on.wait(60)
        figure.set(angle=40.0)

    def short_work():
        done.append(1)
        figure.set(long=True)

    first = threading.Thread(target=figure.refresh, args=(long_work,))
    second = threading.Thread(target=figure.refresh, args=(short_work,))
    first.start()
    assert begun.wait(60)
    second.start()
    second.join(0.1)  # without a lock it would have come and gone
    assert done == []
    go_on.set()
    first.join(60)
    second.join(60)
    assert done == [1] and figure.values == {"angle": 40.0, "long": True}
    check(figure, "two threads")


def test_after_an_error_each_way_out_leads_back_to_a_picture():
    for mend in (
        lambda it: it.set(angle=10.0),
        lambda it: it.reset(),
        lambda it: click(it.parts[2].widget.children[-1]),
    ):
        figure = Needle(fails_above=95)
        for angle in (100.0, 120.0):  # twice: the second error finds a figure that has failed
            send(figure.controls["angle"].widget, value=angle)
            assert figure.canvas.failed and f"the angle is {angle:g}" in figure.canvas.text
        mend(figure)
        assert not figure.canvas.failed and figure.error is None
        check(figure, "an error")


def test_moves_make_no_widgets():
    figure = Needle()
    before = len(ipywidgets.widgets.widget._instances)
    for angle in range(50):
        figure.set(angle=float(angle))
    after = len(ipywidgets.widgets.widget._instances)
    assert after == before


def test_without_a_kernel_there_is_a_picture_and_the_sentence():
    bundle = Needle()._repr_mimebundle_()
    assert bundle["text/plain"] == "The needle points to 30 degrees."
    assert bundle["image/png"].startswith("iVBOR")
    assert "application/vnd.jupyter.widget-view+json" in bundle
    json.dumps(bundle)


def test_the_projector_setting_enlarges_text_and_is_bounded():
    try:
        normal = Needle()
        style.projector(1.5)
        large = Needle()
        assert large.canvas.scale == 1.5 and large.canvas.size == [450, 300]
        assert large.axes.title.get_fontsize() == pytest.approx(1.5 * normal.axes.title.get_fontsize())
        assert large.line.get_linewidth() == pytest.approx(1.5 * normal.line.get_linewidth())
        with pytest.raises(ValueError, match="factor from 0.5 to 3"):
            style.projector(10)
    finally:
        style.projector(1)


def test_controls_hold_what_they_were_given_and_say_what_they_expected():
    grid = matrix("W", np.array([[0.1, 0.2], [0.3, 0.4]]), -1, 1)
    assert np.allclose(grid.value, [[0.1, 0.2], [0.3, 0.4]])
    assert [entry.tooltip for entry in grid.inputs] == ["W[0,0]", "W[0,1]", "W[1,0]", "W[1,1]"]
    with pytest.raises(ValueError, match=r"W has the shape \(2, 2\); got an array of shape \(3,\)"):
        grid.value = np.zeros(3)
    assert log_slider("lam", 0.1, 0.001, 10.0).value == pytest.approx(0.1)
    with pytest.raises(ValueError, match="needs 0 < low < high"):
        log_slider("lam", 0.1, 0.0, 10.0)
    assert choice("loss", {"hinge": 1, "l2": 2}, value=2).value == 2


class Cloud(LiveFigure):
    """Points that can be edited."""

    size = (300, 200)

    def __init__(self):
        X = np.array([[0.0, 0.0], [1.0, 1.0], [-1.0, 0.5]])
        super().__init__(points("points", X, np.array([0, 1, 0]), ["a", "b"]))

    def draw(self, fig):
        self.axes = fig.subplots()
        self.axes.set(xlim=(-3, 3), ylim=(-3, 3))
        self.dots = self.dot(self.axes, "o", style.BLUE)

    def update(self, points):
        put(self.dots, points.X)
        return f"{len(points.X)} points, {int((points.y == 1).sum())} of class b, number {points.selected + 1}."


def test_points_are_selected_moved_added_and_deleted_by_keyboard():
    figure = Cloud()
    number, x, y, kind, add, delete = figure.controls["points"].inputs
    send(number, value=2)
    assert (x.value, y.value, kind.value) == (1.0, 1.0, 1)
    send(x, value=2.5)
    send(y, value=-2.0)
    assert figure.dots.get_xydata()[1].tolist() == [2.5, -2.0]
    send(kind, index=0)
    assert figure.canvas.text == "3 points, 0 of class b, number 2."
    click(add)
    assert figure.canvas.text == "4 points, 0 of class b, number 4."
    click(delete)
    click(delete)
    click(delete)
    click(delete)
    assert figure.canvas.text == "0 points, 0 of class b, number 0."
    assert delete.disabled and x.disabled
    click(add)
    assert figure.canvas.text == "1 points, 0 of class b, number 1."
    assert not delete.disabled
    click(figure.reset_button)
    assert figure.canvas.text == "3 points, 1 of class b, number 1."
    assert figure.dots.get_xydata().tolist() == [[0.0, 0.0], [1.0, 1.0], [-1.0, 0.5]]


def test_points_stay_within_their_limits():
    figure = Cloud()
    control = figure.controls["points"]
    control.move(50, -50)
    assert control.value.X[0].tolist() == [3, -3]
    assert control.nearest(1, 1, lambda point: 0.0, 5) == 1
    assert control.nearest(1, 1, lambda point: 9.0, 5) is None


def test_running_a_cell_again_closes_the_figure_it_showed_before(monkeypatch):
    run = ("", "")
    monkeypatch.setattr(asked, "message", lambda: {"metadata": {"cellId": run[0]}, "header": {"msg_id": run[1]}})
    alive = ipywidgets.widgets.widget._instances
    before = len(alive)
    counts = []
    for number in range(4):
        run = ("cell 1", f"request {number}")
        first, second = Needle(), Needle()
        first._repr_mimebundle_(), second._repr_mimebundle_()
        counts.append(len(alive) - before)
    assert counts[0] > 0 and len(set(counts)) == 1, "the figures of earlier runs are still there"
    assert second.widget.comm is not None and first.widget.comm is not None
    run = ("cell 2", "request 9")
    second._repr_mimebundle_()  # shown once more by another cell, which did not make it
    run = ("cell 2", "request 10")
    Needle()._repr_mimebundle_()
    assert second.widget.comm is not None


def test_values_stand_on_the_sliders_grid_and_rounding_noise_draws_no_frame():
    figure = Needle()
    figure.set(angle=12.4)
    assert figure.controls["angle"].value == 12
    assert np.allclose(matrix("W", [[0.123, -0.0017]], -1, 1, 0.005).value, [[0.125, 0.0]])
    assert log_slider("lam", 0.3, 0.1, 10.0).value == pytest.approx(0.302, abs=1e-3)
    with pytest.raises(ValueError, match=r"angle: got nan, expected a finite number"):
        figure.set(angle=float("nan"))
    frame_id = figure.canvas.frame_id
    send(figure.controls["angle"].inputs[0], value=12.000000000000002)
    assert figure.canvas.frame_id == frame_id
    assert figure.values["angle"] == 12.0, "the next frame would be computed from another number than this one"
    send(figure.controls["angle"].inputs[0], value=13.0)
    assert figure.canvas.frame_id == frame_id + 1


class Walker(LiveFigure):
    """A mark that a player walks to the right, and that the pointer takes along."""

    size = (300, 200)

    def __init__(self, layout="x y / player reset"):
        self.layout, self.computed = layout, []
        super().__init__(slider("x", 0, -3, 3, 1), slider("y", 0.0, -2.0, 2.0, 0.1), Player(120, "x"))

    def draw(self, fig):
        self.axes = fig.subplots()
        self.axes.set(xlim=(-4, 4), ylim=(-4, 4))
        self.path = self.curve(self.axes, style.RED, "--")
        self.mark = self.handle(self.dot(self.axes, "o", style.BLUE, 9), x="x", y="y")

    def update(self, x, y):
        put(self.path, self.way(x))
        put(self.mark, (x, y))
        return f"The mark stands at ({x}, {y:.1f}), after {len(self.computed)} computations."

    @latest
    def way(self, x):
        self.computed.append(x)
        return np.array([[-3, 0], [x, 0]])


def test_a_player_plays_a_control_from_end_to_end():
    figure = Walker()
    player = figure.parts[2]
    click(player.back)
    assert figure.values["x"] == -3
    for _ in range(5):
        click(player.step)
    assert figure.values["x"] == 2 and figure.advance() is False and figure.values["x"] == 3
    check(figure, "the end")


class Along(LiveFigure):
    """A mark that follows one slider, which a player plays, on an axis from 0.001 to 2."""

    size = (300, 200)

    def __init__(self, control):
        super().__init__(control, Player(120, "x"))

    def draw(self, fig):
        self.axes = fig.subplots()
        self.axes.set(xlim=(0, 2), ylim=(-1, 1))
        self.mark = self.handle(self.dot(self.axes, "o", style.BLUE), x="x")

    def update(self, x):
        put(self.mark, x, 0)
        return f"It stands at {x:.3g}."


@pytest.mark.parametrize(
    "control, places",
    [
        (lambda: slider("x", 0.5, 0.0, 1.0, 0.25), [0, 0.25, 0.5, 0.75, 1]),
        (lambda: slider("x", 4, 0, 6, 2), [0, 2, 4, 6]),
        (lambda: log_slider("x", 0.1, 0.001, 1.0, steps=3), [0.001, 0.01, 0.1, 1]),
        (lambda: log_slider("x", 0.1, 1e-6, 10.0, steps=70), 10.0 ** np.linspace(-6, 1, 71)),
    ],
)
def test_a_player_goes_step_by_step_over_every_kind_of_slider(control, places):
    figure = Along(control())
    click(figure.parts[1].back)
    seen, going = [figure.values["x"]], True
    while going and len(seen) < 100:
        going = figure.advance()
        seen.append(figure.values["x"])
    assert seen == pytest.approx(list(places))


def test_a_handle_on_a_log_slider_goes_from_its_lower_to_its_upper_end():
    figure = Along(log_slider("x", 0.1, 0.01, 1.0, steps=40))
    for x, end in ((1.8, 1.0), (0.0, 0.01), (0.5, 0.5)):
        figure.drag({"x": "x"}, x, 0)
        assert figure.values["x"] == pytest.approx(end, rel=0.06), "to the nearest step"


def test_a_handle_takes_its_controls_along_as_far_as_they_go():
    figure = Walker()
    assert figure.canvas.takes_pointer
    at = {"stroke": "1", "start": place(figure, 0, 0), "at": place(figure, 1.9, 0.72), "touch": False}
    send(figure.canvas, pointer={**at, "phase": "move", "moved": True})
    assert figure.values == {"x": 2, "y": 0.7}
    send(figure.canvas, pointer={**at, "at": place(figure, 3.9, -3.9), "phase": "up", "moved": True})
    assert figure.values == {"x": 3, "y": -2.0} and figure.mark.get_xydata().tolist() == [[3, -2]]
    away = {"stroke": "2", "start": place(figure, -3, 3), "at": place(figure, 0, 0), "touch": False}
    send(figure.canvas, pointer={**away, "phase": "up", "moved": True})
    assert figure.values == {"x": 3, "y": -2.0}, "the stroke began far from the mark"


def test_a_layout_names_each_part_once():
    rows = Walker("y / x reset player").widget.children[1].children
    figure = Walker()
    y, x, _reset, _numbers, player = [widget for row in rows for widget in row.children]
    assert (y.description, x.description) == ("y", "x")
    assert [button.description for button in player.children] == [
        button.description for button in figure.parts[2].widget.children
    ]
    for wrong in ("x y player", "x y / player reset x", "x y z player reset"):
        with pytest.raises(ValueError, match=r"expected each part once: player reset x y"):
            Walker(wrong)


def test_what_is_remembered_is_computed_once_for_each_new_value():
    figure, other = Walker(), Walker()
    figure.set(y=1.0)
    figure.set(y=2.0)
    assert figure.computed == [0]
    figure.set(x=1)
    figure.set(x=0)
    assert figure.computed == [0, 1, 0] and other.computed == [0], "only the call before is remembered, by each figure"


def test_the_frame_of_an_axes_stays_on_top_of_what_moves_in_it():
    figure = Walker()
    put(figure.path, [-4, -4], [-4, 4])
    figure.path.set(linewidth=9, linestyle="-")
    figure.painter.paint()
    box = figure.axes.bbox
    spine = figure.painter.pixels()[round(200 - (box.y0 + box.y1) / 2), round(box.x0), :3]
    assert spine.max() < 150, "the axis is hidden"
    figure.axes.axis("off")
    figure.painter.paint()
    hidden = figure.painter.pixels()[round(200 - (box.y0 + box.y1) / 2), round(box.x0), :3]
    assert hidden.max() > 200, "an axes that is off has no frame"


def test_a_matrix_may_have_words_before_its_rows_and_above_its_columns():
    grid = matrix("W", [[1.0, 2.0], [3.0, 4.0]], -5, 5, rows=["first", "second"], columns=["a", "b"]).widget
    words = [getattr(cell, "value", None) for cell in grid.children]
    assert words == ["", "a", "b", "first", 1.0, 2.0, "second", 3.0, 4.0]
