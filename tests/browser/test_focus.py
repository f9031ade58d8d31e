"""Where the focus is, is seen; keys lead out of a figure and to the next; and what is pressed is large enough."""

import io

import numpy as np
import pytest
from PIL import Image

from tools.lab.waiting import wait_until

from .conftest import SAMPLE, notebook_of
from .hands import at_rest, button, press
from .test_controls import EVERY, PREDICT

KINDS = {
    "slider": ".lu-figure .slider-container:not(.lu-matrix *) [role=slider]",
    "entry of a matrix": ".lu-matrix [role=slider]",
    "box of a slider": ".lu-figure .widget-slider:not(.lu-matrix *) .widget-readout",
    "box in a matrix": ".lu-matrix .widget-readout",
    "number": "input.lu-number",
    "text": ".widget-text input[type=text]:not(.lu-number)",
    "dropdown": ".lu-figure select",
    "checkbox": ".lu-figure input[type=checkbox]",
    "button": ".lu-figure button:enabled",
    "picture": ".lu-card canvas",
    "choice of a question": ".lu-predict input[type=radio]",
    "button of a question": ".lu-predict button",
}
LEAST = 24  # CSS pixels
AROUND = 6


@pytest.fixture(scope="module")
def opened(lab):
    with lab.open(notebook_of(SAMPLE, EVERY, PREDICT)) as notebook:
        notebook.run_all()
        notebook.page.locator(".lu-predict").get_by_role("radio").first.check()
        yield notebook
        assert notebook.errors() == []


def luminance(pixels: np.ndarray) -> np.ndarray:
    share = pixels / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return linear @ (0.2126, 0.7152, 0.0722)


def seen(page, clip) -> np.ndarray:
    picture = Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("RGB")
    return luminance(np.asarray(picture, float))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_one_ring_shows_where_the_focus_is(opened, dark):
    """Pixels that change by 3:1 or more when the focus comes: as many as a line of 1.3 px around the control has."""
    opened.dark(dark)
    page, looks = opened.page, set()
    page.keyboard.press("Tab")
    for kind, selector in KINDS.items():
        node = page.locator(selector).first.element_handle()
        left, top, width, height = at_rest(node)
        clip = {"x": left - AROUND, "y": top - AROUND, "width": width + 2 * AROUND, "height": height + 2 * AROUND}
        node.evaluate("node => { node.tabIndex = Math.max(node.tabIndex, -1); node.focus({ preventScroll: true }); }")
        looks.add(node.evaluate("node => { const { outlineStyle, outlineWidth } = getComputedStyle(node);"
                                " return `${outlineStyle} ${outlineWidth}`; }"))  # fmt: skip
        focused = seen(page, clip)
        node.evaluate("node => node.blur()")
        blurred = seen(page, clip)
        lighter, darker = np.maximum(focused, blurred), np.minimum(focused, blurred)
        changed = ((lighter + 0.05) / (darker + 0.05) >= 3).sum()
        assert changed >= 1.3 * 2 * (width + height), f"{kind}: {changed} px change, of {width} x {height}"
    opened.dark(False)
    assert looks == {"solid 2px"}


def test_what_is_pressed_or_held_is_large_enough(opened):
    """Everything within 12 px of the middle of a control hits it, or the label that works for it."""
    for kind, selector in KINDS.items():
        if kind == "picture":
            continue
        for node in opened.page.locator(selector).element_handles():
            if not node.is_visible():
                continue
            at_rest(node)
            missed = node.evaluate(MISSED, LEAST / 2 - 0.6)
            assert not missed, f"{kind}: {missed} of 8 places around its middle miss it"


MISSED = """(node, reach) => {
  const hits = (it) => it && (node.contains(it) || (node.labels && [...node.labels].some(label => label.contains(it))));
  const { left, top, width, height } = node.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  const ways = [[-1, 0], [1, 0], [0, -1], [0, 1], [-0.7, -0.7], [-0.7, 0.7], [0.7, -0.7], [0.7, 0.7]];
  return ways.filter(([a, b]) => !hits(document.elementFromPoint(x + a * reach, y + b * reach))).length;
}"""


def test_f8_goes_from_picture_to_picture_and_is_no_command(opened):
    page, pictures = opened.page, opened.page.locator(".lu-card canvas")
    assert (
        page.evaluate("() => jupyterapp.commands.keyBindings.filter(it => it.keys.some(key => /F8/.test(key)))") == []
    )
    page.evaluate("() => { lab.panel.content.activeCellIndex = 0; lab.panel.content.widgets[0].node.focus(); }")
    for key, picture in (("F8", 0), ("F8", 1), ("F8", 0), ("Shift+F8", 1), ("Shift+F8", 0)):
        page.keyboard.press(key)
        assert pictures.nth(picture).evaluate("it => it === document.activeElement"), f"{key} does not lead there"
    page.keyboard.press("Escape")
    page.keyboard.press("F8")
    assert pictures.nth(1).evaluate("it => it === document.activeElement"), "F8 goes back to what Escape has left"
    page.keyboard.press("Shift+F8")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.getAttribute('role')") == "slider"
    assert page.evaluate("() => document.activeElement.ariaLabel") == "angle"


@pytest.mark.parametrize("kind", ["slider", "box in a matrix", "dropdown", "button", "choice of a question"])
def test_escape_leaves_for_the_cell_where_keys_are_commands_again(opened, kind):
    node = opened.page.locator(KINDS[kind]).first.element_handle()
    opened.page.keyboard.press("Tab")
    node.focus()
    opened.page.keyboard.press("Escape")
    here = "() => [lab.panel.content.activeCellIndex, lab.panel.content.mode]"
    index, mode = opened.page.evaluate(here)
    assert mode == "command" and node.evaluate("node => document.activeElement === node.closest('.jp-Cell')")
    opened.page.keyboard.press("k")
    wait_until(lambda: opened.page.evaluate(here)[0] == index - 1, "k does not go to the cell above")


def test_with_reduced_motion_play_is_one_step(opened):
    figure = opened.figures()[0]
    opened.page.emulate_media(reduced_motion="reduce")
    for steps in (1, 2):
        button(figure, "Play").click()
        wait_until(lambda steps=steps: f"step {steps}" in figure.text, f"no step: {figure.text}")
        wait_until(lambda: not figure.truth()["playing"], "it goes on playing")
    opened.page.wait_for_timeout(300)
    assert "step 2" in figure.settle()[0]
    opened.page.emulate_media(reduced_motion="no-preference")
    press(figure, button(figure, "Play"), "Enter")
    wait_until(lambda: "step 5" in figure.text, f"Play does not run: {figure.text}")
    button(figure, "Pause").click()
    wait_until(lambda: not figure.truth()["playing"], "Pause is not answered")
