"""The engine of live figures in a browser, on one small figure whose every value is known."""

import pytest

from tools.lab.waiting import wait_until

from .conftest import POINT, SAMPLE, notebook_of, where
from .hands import button, drag_canvas, drag_slider, drag_touch, handles, places, press, tap_canvas, value


@pytest.fixture(scope="module")
def opened(lab):
    """Open the sample twice in one notebook: two views of one figure."""
    with lab.open(notebook_of(SAMPLE, "figure")) as notebook:
        finger = notebook.page.context.new_cdp_session(notebook.page)
        finger.send("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 1})
        yield notebook.run_all()
        finger.send("Emulation.setTouchEmulationEnabled", {"enabled": False})
        finger.detach()  # the page is kept


@pytest.fixture
def figure(opened):
    """Give the first view, with everything back at the start."""
    view = opened.figures()[0]
    button(view, "Reset").click()
    view.settle()
    yield view
    assert opened.errors() == []


def test_two_views_show_the_same(figure, opened):
    other = opened.figures()[1]
    press(figure, handles(figure)[0], "ArrowRight")
    there = figure.settle()
    assert "angle 0.01" in there[0]
    assert other.settle() == there


@pytest.mark.parametrize("trial", range(8))
def test_last_frame_matches_the_slider(figure, trial):
    """However fast the hand: what is said in the end is where the slider stands."""
    handle = handles(figure)[0]
    shares = [0.05 + 0.9 * ((n * (trial + 3) * 7) % 41) / 40 for n in range(40)]
    drag_slider(figure, handle, shares)
    angle = value(handle)
    assert abs(angle - (6 * shares[-1] - 3)) < 0.2
    wait_until(lambda: f"angle {angle:.2f}," in figure.text, f"the text is still: {figure.text}")
    figure.settle()
    assert f"angle {angle:.2f}," in figure.text


def test_a_move_fetches_no_icon(figure, opened):
    """JupyterLab would fetch the icon of the browser's tab anew whenever the kernel becomes busy or idle."""
    asked = []

    def note(request):
        asked.append(request.url)

    opened.page.on("request", note)
    drag_slider(figure, handles(figure)[0], [0.2, 0.4, 0.6, 0.8])
    figure.settle()
    opened.page.remove_listener("request", note)
    assert [url for url in asked if "favicon" in url] == []


@pytest.mark.parametrize("drag", [drag_canvas, drag_touch])
def test_a_point_follows_the_pointer(figure, drag):
    drag(figure, where(figure, [1, 1]), where(figure, [-2, -1]))
    wait_until(lambda: "the first at (-2.0" in figure.text, f"the point is still elsewhere: {figure.text}")
    figure.settle()
    assert figure.notebook.ask(POINT) == pytest.approx([-2, -1], abs=0.03)
    assert "2 points" in figure.text


SCROLLED = "() => lab.panel.content.outerNode.scrollTop"


def swipe(figure, at, distance):
    """Swipe upwards with a finger from one place of the canvas; return how far the notebook has scrolled."""
    page = figure.notebook.page
    (x, y), before = places(figure, at)[0], page.evaluate(SCROLLED)
    finger = page.context.new_cdp_session(page)
    for n in range(13):  # with the pauses of a hand: the browser decides after the first moves what they are
        point = {"x": x, "y": y - distance * n / 12}
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove" if n else "touchStart", "touchPoints": [point]})
        page.wait_for_timeout(20)
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(200)
    finger.detach()
    return page.evaluate(SCROLLED) - before


def test_a_swipe_on_a_picture_scrolls_the_page_unless_it_begins_on_a_point(figure, opened):
    opened.resize(1600, 640)
    try:
        assert swipe(figure, where(figure, [-2, -2]), 120) > 80
        figure.settle()
        assert "2 points, the first at (1.00, 1.00)" in figure.text, "a swipe was taken for a drag or a tap"
        assert swipe(figure, where(figure, [1, 1]), 60) == 0
        wait_until(lambda: "the first at (1.00, 1.00)" not in figure.text, "the point is not held")
    finally:
        opened.resize(1600)


def test_a_drag_beyond_the_edge_ends(figure):
    """The pointer is captured: released outside, it does not stick to the point."""
    drag_canvas(figure, where(figure, [1, 1]), (1.2, 0.5))
    figure.settle()
    text = figure.text
    drag_slider(figure, handles(figure)[0], [0.5])
    figure.settle()
    assert figure.text.split("points")[1] == text.split("points")[1]


def test_a_tap_adds_a_point(figure):
    tap_canvas(figure, where(figure, [-2, -2]))
    wait_until(lambda: "3 points" in figure.text, f"no point was added: {figure.text}")


def test_a_matrix_entry_and_a_preset(figure):
    press(figure, figure.node.get_by_role("slider", name="W[0,0]"), "End")
    wait_until(lambda: "first weight 2.000" in figure.text, f"W[0,0] has not moved: {figure.text}")
    button(figure, "turned").click()
    wait_until(lambda: "angle 1.00" in figure.text, f"the preset was not set: {figure.text}")


def test_reset_at_once_after_a_move_is_not_overtaken_by_it(figure):
    """The handle is at its place as well: the page and the kernel agree."""
    handle = handles(figure)[0]
    for _ in range(5):
        press(figure, handle, *["ArrowRight"] * 4)
        button(figure, "Reset").click()
        wait_until(lambda: "angle 0.00" in figure.text, f"Reset does not count: {figure.text}")
        figure.settle()
        assert "angle 0.00" in figure.text and value(handle) == 0
    press(figure, handle, "ArrowRight")
    wait_until(lambda: "angle 0.01" in figure.text, f"the slider is dead after Reset: {figure.text}")


def test_a_move_that_the_kernel_has_not_finished_with_is_not_taken_up_after_reset(figure, opened):
    """Jupyter holds the second move back until then, and the kernel may answer the button in another thread before."""
    slow = "lambda name, then=figure._on_control: (__import__('time').sleep(0.3), then(name))"
    opened.ask(f"setattr(figure, '_on_control', {slow})")
    press(figure, handles(figure)[0], "ArrowRight", "ArrowRight")
    button(figure, "Reset").click()
    opened.page.wait_for_timeout(1000)
    opened.ask("delattr(figure, '_on_control')")
    assert "angle 0.00" in figure.settle()[0]


def test_a_number_can_be_typed(figure):
    box = figure.node.get_by_role("textbox", name="angle")
    box.fill("1.25")
    box.press("Enter")
    wait_until(lambda: "angle 1.25" in figure.text, f"the typed number was not taken: {figure.text}")


def test_pause_is_answered_within_a_tick(figure):
    button(figure, "Play").click()
    wait_until(lambda: "step 0" not in figure.text, "Play does nothing")
    page = figure.notebook.page
    # One click in the page, so that no time passes between reading the frame and pressing the button.
    at = figure.node.evaluate(
        """node => { const button = [...node.querySelectorAll('button')].find(b => b.innerText.includes('Pause'));
        button.click(); return Number(node.querySelector('canvas').dataset.frame); }"""
    )
    wait_until(lambda: not figure.truth()["playing"], "Pause is not answered")
    figure.settle()
    assert figure.frame - at <= 2, "more than the tick on its way and the one in hand"
    last = figure.frame
    page.wait_for_timeout(500)  # a dozen ticks in which nothing may happen
    assert figure.frame == figure.truth()["frame_id"] == last


def test_a_kernel_in_the_page_shows_the_very_pixels(figure, opened):
    """Nothing is encoded there."""
    opened.ask("[setattr(figure, '_encoded', figure.painter.rgba)] and 0")
    for _ in range(2):
        press(figure, handles(figure)[0], "ArrowRight")
        _text, picture = figure.settle()
        drawn = "(lambda it: [__import__('hashlib').sha256(it.tobytes()).digest(), it.shape])(figure.painter.pixels())"
        digest, (high, wide, _) = opened.ask(f"(lambda it: [list(it[0]), it[1]])({drawn})")
        assert picture == f"{wide}x{high} {' '.join(f'{byte:x}' for byte in digest)}"
    opened.ask("[delattr(figure, '_encoded')] and 0")
    button(figure, "Reset").click()
    assert "angle 0.00" in figure.settle()[0]


def test_an_error_is_shown_and_a_way_back_exists(figure, opened):
    opened.ask("[setattr(figure, 'update', lambda **_: 1 / 0), figure.refresh()]")
    wait_until(lambda: "division by zero" in figure.text, f"the error is not shown: {figure.text}")
    assert opened.page.locator(".lu-failed").count() == 2
    opened.ask("[delattr(figure, 'update')] and 0")
    button(figure, "Reset").click()
    wait_until(lambda: "angle 0.00" in figure.text, f"Reset does not lead out of an error: {figure.text}")
    assert opened.page.locator(".lu-failed").count() == 0
