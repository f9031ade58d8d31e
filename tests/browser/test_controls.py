"""The controls under the keyboard: numbers that are typed, keys that are commands elsewhere, what is said."""

from string import ascii_letters, digits

import pytest

from tools.lab.waiting import wait_until

from .conftest import SAMPLE, notebook_of
from .hands import button, handles, press, share, track

EVERY = "from tests.browser.sample import EveryControl\nothers = EveryControl()\nothers"
PREDICT = "from lectureutils.live import predict\npredict('Which?', {'a': 'not a', 'b': 'yes, b'}, 'b')"
ANGLE, ENTRY, RATE, COUNT, X, NUMBER = "angle", "W[0,0]", "rate", "count", "x of the selected point", "Point number"
KERNEL = {
    ANGLE: "figure.values['angle']",
    ENTRY: "figure.values['W'][0, 0]",
    RATE: "others.values['rate']",
    COUNT: "others.values['count']",
    X: "others.values['points'].X[0, 0]",
    NUMBER: "others.values['points'].selected + 1",
}


@pytest.fixture(scope="module")
def opened(lab):
    with lab.open(notebook_of(SAMPLE, EVERY, PREDICT)) as notebook:
        yield notebook.run_all()


@pytest.fixture
def views(opened):
    """Give both figures, with everything back at the start."""
    for view in opened.figures():
        button(view, "Reset").click()
        view.settle()
    yield opened.figures()
    assert opened.errors() == []


def of(views, name):
    """Return the figure that has a control of that name."""
    return views[0] if name in (ANGLE, ENTRY) else views[1]


def box(view, name):
    return view.node.get_by_role("textbox", name=name, exact=True)


def in_kernel(view, name) -> float:
    return view.notebook.ask(f"float({KERNEL[name]})")


def write(view, name: str, words: str, end: str = "Enter") -> None:
    """Write into a number box in place of what stands there, as fingers do, and leave it by a key."""
    box(view, name).press("ControlOrMeta+a")
    view.notebook.page.keyboard.press("Delete")
    view.notebook.page.keyboard.type(words)
    view.notebook.page.keyboard.press(end)


TAKEN = [
    *((name, words, -0.5) for name in (ANGLE, ENTRY, X) for words in ("-0,5", "\u22120.5", " -.50", "-5e-1")),
    *((name, words, 1.5) for name in (ANGLE, ENTRY, X) for words in ("1,5", "+1.5")),
    *((RATE, words, 0.0479) for words in ("0,0479", "0.0479", "4.79e\u22122")),
    (RATE, "1", 1), (RATE, "0.0001", 0.0001), (ANGLE, "\u22123.00", -3),
    (COUNT, "4", 4), (COUNT, "4,0", 4), (COUNT, "20", 20), (NUMBER, "2", 2),
]  # fmt: skip
REFUSED = [
    *((name, words) for name in KERNEL for words in ("abc", "", "1,5,5", "1.2.3", "-", "9999", "-9999", "1,250", "5x")),
    (COUNT, "4.6"), (COUNT, "4,6"), (COUNT, "-4"), (NUMBER, "1,5"), (NUMBER, "1.5"),
    (RATE, "0"), (RATE, "-0,01"), (RATE, "0,05"), (ANGLE, "3.01"), (ANGLE, "0.125"),
]  # fmt: skip


def test_a_typed_number_is_taken_as_what_it_says(views):
    for name, words, number in TAKEN:
        view = of(views, name)
        write(view, name, words)
        wait_until(lambda v=view, n=name, x=number: in_kernel(v, n) == pytest.approx(x, abs=1e-4),
                   f"{name}: {words!r} did not become {number}", seconds=5)  # fmt: skip
        view.settle()
        assert "stays as it is" not in view.text, words
        button(view, "Reset").click()
        view.settle()


def test_what_is_no_number_for_a_box_is_refused_in_words(views):
    for name, words in REFUSED:
        view = of(views, name)
        before, there = in_kernel(view, name), shown(box(view, name))
        write(view, name, words, end="Tab" if words else "Enter")
        told = f"{name} stays as it is: got {words or 'nothing'}"
        wait_until(lambda v=view, t=told: t in v.text, f"{told!r} is not said: {view.text}", seconds=5)
        assert in_kernel(view, name) == before and shown(box(view, name)) == there, words
    assert views[0].notebook.page.locator(".lu-failed").count() == 2
    write(views[0], ANGLE, "0,00")
    wait_until(lambda: "angle 0.00" in views[0].text, "the sentence does not come back")


def shown(box) -> str:
    return box.evaluate("box => box.value ?? box.textContent")


def test_a_box_that_is_only_passed_changes_nothing(views):
    write(views[0], ANGLE, "-1,27")
    wait_until(lambda: "angle -1.27" in views[0].text, "-1,27 was not taken")
    views[0].settle()
    frame, there = views[0].frame, shown(box(views[0], ANGLE))
    assert there == "\u22121.27"
    press(views[0], box(views[0], ANGLE), "End", "Enter", "Tab")
    views[0].settle()
    assert (views[0].frame, shown(box(views[0], ANGLE))) == (frame, there)


def test_arrows_step_the_number_of_a_box(views):
    press(views[1], box(views[1], X), "ArrowUp", "ArrowUp", "ArrowDown", "ArrowDown", "ArrowDown")
    wait_until(lambda: in_kernel(views[1], X) == 0.95, "three steps down and two up are not one down")


def test_a_slider_says_what_its_box_shows_also_while_it_moves(views):
    for view in views:
        for handle in handles(view):
            press(view, handle, "ArrowLeft")
            left, right, y = track(handle)
            said = [handle.evaluate(SAID)]
            mouse = view.notebook.page.mouse
            mouse.move(left + share(handle) * (right - left), y)
            mouse.down()
            for part in (0.3, 0.35, 0.7):
                mouse.move(left + part * (right - left), y)
                said.append(handle.evaluate(SAID))
            mouse.up()
            said.append(handle.evaluate(SAID))
            assert all(spoken == seen for spoken, seen in said), said
            assert len({spoken for spoken, _seen in said}) > 2, said


SAID = """handle => [handle.getAttribute('aria-valuetext'),
  handle.closest('.widget-slider').querySelector('.widget-readout').textContent]"""


def test_keys_in_a_control_are_no_commands_of_jupyterlab(views, opened):
    """Every letter, digit and arrow on every kind of control: the cells and the one that is active stay as they are."""
    question = opened.page.locator(".lu-predict")
    kinds = {
        "slider": views[0].node.get_by_role("slider", name=ANGLE),
        "log slider": views[1].node.get_by_role("slider", name=RATE),
        "entry of a matrix": views[0].node.get_by_role("slider", name=ENTRY),
        "readout": box(views[0], ANGLE),
        "number": box(views[1], X),
        "text": box(views[1], "word"),
        "dropdown": views[0].node.get_by_role("combobox").first,
        "checkbox": views[1].node.get_by_role("checkbox"),
        "button": button(views[0], "Reset"),
        "choice of a question": question.get_by_role("radio").first,
        "button of a question": question.get_by_role("button", name="Reveal"),
    }
    question.get_by_role("radio").first.check()
    wait_until(question.get_by_role("button", name="Reveal").is_enabled, "a choice does not enable Reveal")
    arrows = ["ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", "Shift+ArrowDown", "Shift+ArrowUp"]
    for kind, control in kinds.items():
        control.focus()  # its cell is the active one then
        before = opened.page.evaluate(CELLS)
        for key in [*ascii_letters, *digits, *arrows]:
            opened.page.keyboard.press(key)
        assert opened.page.evaluate(CELLS) == before, f"letters, digits or arrows on a {kind}"


CELLS = """() => {
  const { widgets, activeCellIndex, mode } = lab.panel.content;
  const cells = widgets.map(({ model }) => [model.id, model.type, model.sharedModel.getSource()]);
  return [cells, activeCellIndex, mode, document.querySelectorAll('.jp-Dialog, .jp-DocumentSearch-overlay').length];
}"""


def test_commands_with_a_modifier_key_still_reach_jupyterlab(views, opened):
    opened.page.evaluate("() => { lab.saved = 0; lab.panel.context.saveState.connect(() => { lab.saved += 1; }); }")
    press(views[0], handles(views[0])[0], "x", "Control+s")
    wait_until(lambda: opened.page.evaluate("() => lab.saved"), "Ctrl+S does not save")
