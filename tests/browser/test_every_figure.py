"""Every live figure of every notebook, as a reader meets it: drawn, described, named, and following the hand.

The sample goes first: it has every kind of control, so a mistake of the engine shows there even when a notebook
happens not to use that control. Each notebook is opened once. The tests stand in an order: what is there at first, then
what the hands do, one after the other on the same figures, and in the end another theme. Each also works alone.
"""

import json
import re

import pytest

from tools.lab.page import COLORS
from tools.lab.server import ROOT
from tools.lab.view import FigureView
from tools.lab.waiting import wait_until

from .accessible import BASELINE, findings
from .conftest import SAMPLE, notebook_of
from .hands import button, drag_canvas, drag_slider, handles, press, share, tab, tap_canvas

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PREDICT = "from lectureutils.live import predict\npredict('Which?', {'a': 'not a', 'b': 'yes, b'}, 'b')"


@pytest.fixture(scope="module", params=["sample", *NOTEBOOKS], ids=lambda it: getattr(it, "stem", it))
def notebook(lab, request):
    """Open a notebook, run all of it, and note what its figures showed at first."""
    content = notebook_of(SAMPLE, PREDICT) if request.param == "sample" else request.param
    with lab.open(content) as notebook:
        notebook.run_all()
        notebook.first = [figure.settle() for figure in notebook.figures()]
        yield notebook


@pytest.fixture
def figures(notebook):
    """Give the figures as they stand now; afterwards, nothing may have gone wrong anywhere."""
    yield notebook.figures()
    assert notebook.errors() == []
    assert notebook.page.locator(".lu-failed").all_inner_texts() == []


def probe(notebook, question: str, *about):
    arguments = ", ".join(map(repr, about))
    return notebook.ask(f"__import__('tests.browser.probe', fromlist=['probe']).{question}({arguments})")


# What is there at first


def test_runs_without_errors(notebook):
    assert notebook.errors() == []


def test_showing_it_changes_nothing(notebook):
    """A slider snaps a value that is not on its steps and tells the kernel so: that would be a move."""
    for figure, (text, _pixels) in zip(notebook.figures(), notebook.first, strict=True):
        moved, telling = probe(notebook, "stands", figure.widget_id)
        assert not moved, text
        assert telling == (text != figure.stored), f"live: {text!r}, stored: {figure.stored!r}"


def test_drawn_and_described(figures):
    for figure in figures:
        text = figure.text
        assert figure.is_drawn(), f"blank canvas: {text}"
        assert figure.canvas.get_attribute("role") == "img"
        label = figure.canvas.get_attribute("aria-label").split()
        assert label == text.split()
        assert len(label) >= 5


def test_every_control_has_a_name(notebook):
    """What the accessibility tree of the browser says, and not only which attributes are there."""
    for box in notebook.page.locator(".lu-figure, .lu-predict").all():
        tree = [line for line in box.aria_snapshot().splitlines() if CONTROL.match(line)]
        there = box.evaluate("box => [...box.querySelectorAll('button, input, select, [role=slider], .widget-readout')]"
                             ".filter(it => it.checkVisibility()).map(it => it.outerHTML.slice(0, 200))")  # fmt: skip
        assert len(tree) == len(there), f"{tree} are not {there}"
        for line, html in zip(tree, there, strict=True):
            assert NAMED.match(line), f"no name of words: {line!r}: {html}"


CONTROL = re.compile(r"\s*- '?(?:button|slider|textbox|spinbutton|checkbox|radio|combobox)\b")
NAMED = re.compile(r'\s*- \W?\w+ "[^"\ue000-\uf8ff]*\w[^"\ue000-\uf8ff]*"')  # an icon is a letter of a private alphabet


def test_axe_finds_nothing_of_ours(notebook):
    assert_accessible(notebook)


def assert_accessible(notebook, *rules: str) -> None:
    ours, others = findings(notebook, *rules)
    assert ours == []
    assert sorted(others - set(json.loads(BASELINE.read_text(encoding="utf-8")))) == [], "not on a page without figures"


# Of a laptop's 1366 x 768 px, its own bars, the browser's and JupyterLab's leave so much height to the notebook.
SCREEN, ROOM = 1366, 536


def test_one_screen_holds_picture_sentence_and_controls(figures, notebook):
    """The controls stand beside the picture there, and the eye meets them in the order in which Tab does."""
    notebook.resize(SCREEN)
    for figure in figures:
        height, there, astray = figure.node.evaluate(MEASURE)
        assert height <= ROOM, f"picture, sentence and controls are {height} px high: {figure.text}"
        assert there == "beside", f"there is room beside the picture: {figure.text}"
        assert astray == [], f"Tab goes back to these: {figure.text}"
    notebook.resize(1600)


MEASURE = """figure => {
  const box = node => node.getBoundingClientRect();
  const card = box(figure.querySelector('.lu-card'));
  const all = [...figure.querySelectorAll('.lu-beside :is(.widget-inline-hbox, button, .lu-upload)')]
    .filter(it => it.checkVisibility());
  const [tops, bottoms] = ['top', 'bottom'].map(edge => [card, ...all.map(box)].map(it => it[edge]));
  const there = all.map(box).every(({ left }) => left >= card.right) ? 'beside' : 'below';
  const goesBack = (one, other) => box(other).top < box(one).top - 10 && box(other).left < box(one).right - 1;
  const astray = all.filter((it, n) => n && goesBack(all[n - 1], it)).map(it => it.textContent);
  return [Math.ceil(Math.max(...bottoms) - Math.min(...tops)), there, astray];
}"""


@pytest.mark.parametrize("width", [390, 900, 1600])
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


# What the hands do


def test_a_prediction_is_answered(notebook):
    """The first question of a notebook: no answer before a choice, then a reason for a wrong one and the right one."""
    questions = notebook.page.locator(".lu-predict")
    if not questions.count():
        return
    question = questions.first
    reasons, answer = probe(notebook, "reasons", question.text_content())
    reveal = question.get_by_role("button", name="Reveal", exact=True)
    assert reveal.is_disabled()
    wrong = next(choice for choice in reasons if choice != answer)
    for choice in (wrong, answer):
        question.get_by_role("radio", name=choice, exact=True).check()
        wait_until(reveal.is_enabled, "a choice does not enable Reveal")
        reveal.click()
        for expected in {choice, answer}:
            said = question.filter(has_text=reasons[expected])
            wait_until(said.count, f"the reason for {expected!r} is not shown: {question.inner_text()}")
    gone = question.filter(has_text=reasons[wrong])
    wait_until(lambda: not gone.count(), "the reason for the earlier choice stays")
    assert notebook.errors() == []


def test_pointer_moves_what_is_draggable(figures, notebook):
    for figure in figures:
        if "lu-draggable" not in (figure.canvas.get_attribute("class") or ""):
            continue
        state = figure.settle()
        if held := probe(notebook, "grabbable", figure.widget_id):
            x, y = held
            drag_canvas(figure, held, (x + (0.1 if x < 0.4 else -0.1), y + (0.1 if y < 0.5 else -0.1)), moves=6)
            before, state = state, figure.settle()
            assert state[1] != before[1], f"a drag from ({x:.2f}, {y:.2f}) changes nothing: {before[0]}"
        if free := probe(notebook, "tappable", figure.widget_id):
            tap_canvas(figure, free)
            assert figure.settle()[1] != state[1], f"a tap changes nothing: {state[0]}"
        assert held or free, f"nothing to take hold of: {state[0]}"


def test_player_plays_pauses_steps_and_rewinds(figures, notebook):
    players = [figure for figure in figures if button(figure, "Play").count()]
    starts, paused = [], []
    for figure in players:
        button(figure, "Rewind").click()
        start = figure.settle()
        button(figure, "Step").click()
        wait_until(lambda f=figure, s=start: f.text != s[0], "Step changes nothing")
        stepped = figure.settle()
        button(figure, "Play").click()
        wait_until(lambda f=figure, s=stepped: f.text != s[0], "Play changes nothing")
        if button(figure, "Pause").count():
            button(figure, "Pause").click()
        wait_until(lambda f=figure: not f.truth()["playing"], "Pause is not answered")
        assert figure.text != start[0]
        starts.append(start[0])
        paused.append(figure.settle())
    notebook.page.wait_for_timeout(500)  # a dozen ticks in which nothing may happen
    for figure, start, state in zip(players, starts, paused, strict=True):
        assert figure.settle() == state, "it goes on after Pause"
        button(figure, "Rewind").click()
        wait_until(lambda f=figure, s=start: f.text == s, "Rewind does not lead back to the start")


def test_keys_and_mouse_move_a_slider_and_reset_leads_back(figures, notebook):
    """What is seen is right after keys, after a fast drag (longest on a notebook's first slider), and drawn anew."""
    moves = 12
    for figure, first in zip(figures, notebook.first, strict=True):
        reset(figure, first)
        by_keys, by_mouse, state, sliders = [], [], first, handles(figure)[:4]
        for handle in sliders:
            press(figure, handle, "Home")
            name, lowest = handle.evaluate(VALUE)
            press(figure, handle, *["ArrowRight"] * 3)
            assert handle.evaluate(VALUE)[1] > lowest, f"{name} does not feel the arrow"
            low = figure.settle()
            press(figure, handle, "End")
            by_keys.append(changes(state, low, state := figure.settle()))
            here = share(handle)
            far = 0.1 if here > 0.5 else 0.9
            drag_slider(figure, handle, [here + (far - here) * n / moves for n in range(1, moves + 1)])
            by_mouse.append(changes(state, state := figure.settle()))
            there = probe(notebook, "afresh", figure.widget_id)[name]
            assert handle.evaluate(VALUE)[1] == pytest.approx(there), f"{name} on the page, and in the kernel"
            assert figure.settle() == state, "drawn anew it is another picture"
            height = figure.node.locator(".lu-card").bounding_box()["height"]
            assert height <= ROOM, f"with this sentence the figure is {height} px high: {state[0]}"
            moves = 5
            if all(by_keys[-1] + by_mouse[-1]):
                break
        assert_moved(figure, by_keys)
        assert_moved(figure, by_mouse)
        for handle in sliders[:1]:
            press(figure, handle, "ArrowLeft", "ArrowLeft")
        for select in figure.node.locator("select:visible").all()[:1]:
            select.select_option(index=1)
        reset(figure, first)


def reset(figure: FigureView, first: tuple[str, str]) -> None:
    """Press Reset, wherever the figure stands: it leads back to what was there `first`, sentence and picture."""
    button(figure, "Reset").click()
    text, picture = figure.settle()
    assert text == first[0]
    assert picture == first[1], f"same sentence, other picture: {text}"


def changes(*states: tuple[str, str]) -> tuple[bool, bool]:
    """Tell whether the sentence, and whether the picture, was not the same all the time."""
    return tuple(len(set(seen)) > 1 for seen in zip(*states, strict=True))


def assert_moved(figure: FigureView, effects: list[tuple[bool, bool]]) -> None:
    """A slider may set what only the next step shows (a learning rate): then its figure has a player, and says it."""
    if not effects:
        return
    said, drawn = (any(effect) for effect in zip(*effects, strict=True))
    assert said, f"no slider changes the sentence: {figure.text}"
    if not drawn:
        before = figure.settle()
        button(figure, "Step").click()
        assert figure.settle()[1] != before[1], f"neither a slider nor a step changes the picture: {before[0]}"


VALUE = """handle => {
  const [said, box] = [handle.ariaValueText, handle.closest('.widget-slider').querySelector('.widget-readout')];
  if (said !== box.textContent) throw new Error(`${handle.ariaLabel} says ${said} and shows ${box.textContent}`);
  return [handle.ariaLabel, handle.closest('.noUi-target').noUiSlider.get()];
}"""


def test_tab_reaches_the_controls(figures):
    for figure in figures:
        wanted, reached = tab(figure)
        assert reached >= set(range(wanted)), f"Tab reaches only {sorted(reached)} of {wanted} controls: {figure.text}"


# In the end


def test_axe_finds_nothing_of_ours_in_the_dark_theme(notebook):
    """A theme changes colours, and nothing else that axe asks for."""
    notebook.dark()
    assert_accessible(notebook, *COLORS)
