"""Every live figure of every notebook, as a reader meets it: drawn, described, and following the hand.

The sample goes first: it has every kind of control, so a mistake of the engine shows there even when a notebook
happens not to use that control.
"""

import pytest

from tools.lab import ROOT, FigureView, wait_until

from .conftest import SAMPLE, notebook_of
from .hands import button, drag_canvas, drag_slider, handles, place, press

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PREDICT = "from lectureutils.live import predict\npredict('Which?', {'a': 'not a', 'b': 'yes, b'}, 'b')"


@pytest.fixture(scope="module", params=["sample", *NOTEBOOKS], ids=lambda it: getattr(it, "stem", it))
def notebook(lab, request):
    """Open a notebook, run all of it, and note what its figures showed at first."""
    content = notebook_of(SAMPLE, PREDICT) if request.param == "sample" else request.param
    with lab.open(content) as notebook:
        notebook.run_all()
        notebook.first = []
        for figure in notebook.figures():
            figure.settle()
            notebook.first.append((figure.text, figure.pixels()))
        yield notebook


@pytest.fixture
def figures(notebook):
    """Give the figures in the state that Reset leads to; afterwards, nothing may have gone wrong anywhere."""
    for figure in notebook.figures():
        button(figure, "Reset").click()
        figure.settle()
    yield notebook.figures()
    assert notebook.errors() == []
    assert notebook.page.locator(".lu-failed").all_inner_texts() == []


def probe(figure: FigureView, question: str):
    return figure.notebook.ask(
        f"__import__('tests.browser.probe', fromlist=['probe']).{question}({figure.widget_id!r})"
    )


def shown(figure: FigureView) -> tuple[str, str]:
    """Wait until the figure has come to rest and return its sentence and its pixels."""
    figure.settle()
    return figure.text, figure.pixels()


def test_runs_without_errors(notebook):
    assert notebook.errors() == []


def test_drawn_and_described(figures):
    for figure in figures:
        assert figure.is_drawn(), f"blank canvas: {figure.text}"
        assert figure.text.strip()
        assert " ".join(figure.canvas.get_attribute("aria-label").split()) == " ".join(figure.text.split())
        assert figure.shows_newest()


def test_showing_it_changes_nothing(notebook):
    """A slider snaps a value that is not on its steps and tells the kernel so: the stored sentence would be another."""
    for figure, (text, _pixels) in zip(notebook.figures(), notebook.first, strict=True):
        assert text == figure.stored


def test_keyboard_moves_a_slider(figures):
    for figure in figures:
        for handle in handles(figure)[:1]:
            states = [shown(figure)]
            for keys in (["Home"], ["ArrowRight"] * 5, ["End"]):
                press(handle, *keys)
                states.append(shown(figure))
            low, right, high = states[1:]
            assert low[0] != high[0], f"Home and End say the same: {high[0]}"
            assert low[1] != high[1], f"Home and End look the same: {low[0]} / {high[0]}"
            assert low != right, f"ArrowRight changes nothing: {low[0]}"


def test_tab_reaches_the_controls(figures):
    for figure in figures:
        wanted = figure.node.evaluate(REACHABLE)
        figure.node.locator(FOCUSABLE).first.focus()
        reached = {0}
        for _ in range(wanted + 5):
            figure.notebook.page.keyboard.press("Tab")
            reached.add(figure.node.evaluate(FOCUSED))
        assert reached >= set(range(wanted)), f"Tab reaches only {sorted(reached)} of {wanted} controls: {figure.text}"


FOCUSABLE = "button:visible:enabled, select:visible, input:visible, [role=slider]:visible, .widget-readout:visible"
LIST = """const all = [...figure.querySelectorAll('button, select, input, [role=slider], .widget-readout')]
    .filter(node => node.checkVisibility() && !node.disabled);"""
REACHABLE = f"figure => {{ {LIST} return all.length; }}"
FOCUSED = f"figure => {{ {LIST} return all.indexOf(document.activeElement); }}"


def test_mouse_moves_a_slider(figures):
    for figure in figures:
        for handle in handles(figure)[:1]:
            drag_slider(figure, handle, [0.3, 0.1])
            low = shown(figure)
            drag_slider(figure, handle, [0.5, 0.9])
            high = shown(figure)
            assert low[0] != high[0]
            assert low[1] != high[1]


def test_last_frame_matches_a_fast_drag(figures):
    for figure in figures:
        for handle in handles(figure)[:1]:
            drag_slider(figure, handle, [0.05 + 0.02 * n for n in range(40)])
            dragged = shown(figure)
            name, value = handle.evaluate(VALUE)
            assert value == pytest.approx(probe(figure, "sliders")[name]), f"{name} on the page, and in the kernel"
            probe(figure, "afresh")
            assert dragged == shown(figure)


VALUE = "handle => [handle.ariaLabel, Number(handle.getAttribute('aria-valuetext'))]"


def test_pointer_moves_what_is_draggable(figures):
    for figure in figures:
        if "lu-draggable" not in (figure.canvas.get_attribute("class") or ""):
            continue
        before = shown(figure)
        spots = probe(figure, "grabbable")
        if spots:
            x, y = spots[len(spots) // 2]
            drag_canvas(figure, (x, y), (x + (0.1 if x < 0.4 else -0.1), y + (0.1 if y < 0.5 else -0.1)))
            assert shown(figure)[1] != before[1], f"a drag from ({x:.2f}, {y:.2f}) changes nothing: {before[0]}"
        if probe(figure, "taps"):
            before, spots = shown(figure), probe(figure, "empty")
            figure.notebook.page.mouse.click(*place(figure, spots[len(spots) // 2]))
            assert shown(figure)[1] != before[1], f"a tap changes nothing: {before[0]}"


def test_player_plays_pauses_steps_and_rewinds(figures):
    for figure in figures:
        if not button(figure, "Play").count():
            continue
        button(figure, "Rewind").click()
        start = shown(figure)
        button(figure, "Step").click()
        wait_until(lambda f=figure, s=start: f.text != s[0], "Step changes nothing")
        stepped = shown(figure)
        button(figure, "Play").click()
        wait_until(lambda f=figure, s=stepped: f.text != s[0], "Play changes nothing")
        if button(figure, "Pause").count():
            button(figure, "Pause").click()
        wait_until(lambda f=figure: not f.truth()["playing"], "Pause is not answered")
        assert figure.text != start[0]
        paused = shown(figure)
        figure.notebook.page.wait_for_timeout(500)  # a dozen ticks in which nothing may happen
        assert shown(figure) == paused, "it goes on after Pause"
        button(figure, "Rewind").click()
        wait_until(lambda f=figure, s=start: f.text == s[0], "Rewind does not lead back to the start")


def test_reset_leads_back_to_the_first_picture(figures, notebook):
    for figure, first in zip(figures, notebook.first, strict=True):
        for handle in handles(figure)[:3]:
            press(handle, "ArrowRight", "ArrowRight")
        for select in figure.node.locator("select:visible").all()[:1]:
            select.select_option(index=1)
        figure.settle()
        button(figure, "Reset").click()
        wait_until(lambda f=figure, t=first[0]: f.text == t, f"Reset does not lead back to: {first[0]}")
        assert shown(figure)[1] == first[1], f"same sentence, other picture: {first[0]}"


@pytest.mark.parametrize("width", [900, 1600])
def test_nothing_overflows(figures, notebook, width):
    notebook.resize(width)
    for figure in figures:
        too_wide = figure.node.evaluate(OVERFLOW)
        assert too_wide == [], f"at {width} px these stand over the edge: {too_wide}"
    notebook.resize(1600)


OVERFLOW = """figure => {
  const output = figure.closest('.jp-OutputArea-output');
  const edge = output.getBoundingClientRect();
  const over = [...figure.querySelectorAll('*')].filter(node => {
    const box = node.getBoundingClientRect();
    return node.checkVisibility() && box.width > 1 && (box.right > edge.right + 1 || box.left < edge.left - 1);
  }).map(node => `${node.tagName}.${node.className}`);
  return output.scrollWidth > output.clientWidth ? [...over, 'it scrolls sideways'] : over;
}"""
