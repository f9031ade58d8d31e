"""The player of recorded figures in a real browser, on pages from the disk: no server, no kernel, no other host.

The recordings are made by hand (handmade.py), so that the page's own sentence tells which colour its canvas has to
show.
"""

import re

import handmade
import pytest
from handmade import CONTROLS, PAPER, PLACES, PRESET, SIDE, START, colour, sentence
from playwright.sync_api import Page, sync_playwright
from serving import served

from tools import browser
from tools.lab.page import FLAGS, violations
from tools.recorded.bundle import bundle
from tools.recorded.markup import figure, script

LIVE = "https://example.org/live"
STYLE = (
    "<style>:root { color-scheme: light dark } html { background: Canvas } "
    "body { font: 16px sans-serif; margin: 8px }</style>"
)
SEEN = """([places, side]) => {
  const canvas = document.querySelector('canvas');
  const pen = canvas.getContext('2d');
  const middle = ([x, y]) => [...pen.getImageData(x + side / 2, y + side / 2, 1, 1).data.slice(0, 3)];
  return Object.fromEntries(Object.entries(places).map(([name, place]) => [name, middle(place)]));
}"""
LINE, NOTE = "figcaption.lu-line", ".lu-note"


@pytest.fixture(scope="module")
def chromium():
    path = browser.find()
    assert path, browser.HELP
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, headless=True, args=FLAGS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Give a folder with the player, recordings, and a page for each of them."""
    target = tmp_path_factory.mktemp("played")
    bundle(target / "player.js")
    handmade.write(target / "recordings")
    handmade.write(target / "recordings", handmade.runs())
    write(target / "sample.html", shown(handmade.NAME))
    write(target / "runs.html", shown(handmade.RUNS_NAME))
    write(target / "tall.html", f'{shown(handmade.NAME)}<p style="height: 9000px">Text</p>{shown(handmade.RUNS_NAME)}')
    return target


def shown(name: str) -> str:
    return figure(name, handmade.paper(), sentence(START), live=LIVE)


def write(path, body: str, figures: str = "") -> None:
    tag = script("player.js", "recordings/").replace("<script", f'<script data-figures="{figures}"')
    path.write_text(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>Page</title>{STYLE}<main><h1>Page</h1>{body}</main>{tag}</html>",
        encoding="utf-8",
    )


@pytest.fixture
def opened(chromium, folder):
    """Give a function that opens a page of the folder and waits until its first figure can be moved."""
    contexts = []

    def open_page(page="sample", hash="", wait=True, width=900, **options) -> Page:
        contexts.append(chromium.new_context(viewport={"width": width, "height": 900}, **options))
        new = contexts[-1].new_page()
        new.set_default_timeout(8000)
        new.wrong = []
        new.on("console", lambda message: new.wrong.append(message.text) if message.type == "error" else None)
        new.on("pageerror", lambda error: new.wrong.append(str(error)))
        new.goto(f"{(folder / f'{page}.html').as_uri()}{hash}")
        if wait:
            new.wait_for_selector("figure[data-state=ready]")
        return new

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(opened):
    """Give the sample's page; at the end nothing may have gone wrong on it."""
    page = opened()
    yield page
    assert page.wrong == []


def expect(page: Page, state: dict[str, int], controls=CONTROLS) -> None:
    """Wait for the sentence of a state; then the canvas shows its square and no other, and the controls stand there."""
    text = sentence(state, controls)
    page.wait_for_function("([line, text]) => document.querySelector(line).textContent === text", arg=[LINE, text])
    colours = page.evaluate(SEEN, [PLACES, SIDE])
    inked = [tuple(seen) for seen in colours.values() if tuple(seen) != PAPER]
    assert inked == [colour(text)]
    assert page.locator("canvas").get_attribute("aria-label") == text
    for key, position in state.items():
        control = controls[key]
        if control.get("recorded") is False:
            assert page.get_by_label(control["name"]).input_value() == control["shown"][position]
        elif control["kind"] == "slider":
            slider = page.get_by_role("slider", name=control["name"], exact=True)
            assert slider.get_attribute("aria-valuetext") == control["shown"][position]
            assert slider.input_value() == str(position)
            assert (
                page.get_by_role("textbox", name=control["name"], exact=True).input_value()
                == control["shown"][position]
            )
        elif control["kind"] == "choice":
            assert page.get_by_role("combobox", name=control["name"]).input_value() == str(position)
        elif control["kind"] == "toggle":
            assert page.get_by_role("checkbox").is_checked() == bool(position)


def slider(page: Page, name: str):
    return page.get_by_role("slider", name=name, exact=True)


def box(page: Page, name: str):
    return page.get_by_role("textbox", name=name, exact=True)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def type_number(page: Page, name: str, words: str) -> None:
    box(page, name).fill(words)
    box(page, name).press("Enter")


# By hand


@pytest.mark.parametrize(
    ("name", "keys", "moved"),
    [
        ("x", ["ArrowRight"], {"x": 6}),
        ("x", ["ArrowDown", "ArrowLeft"], {"x": 3}),
        ("x", ["Home"], {"x": 0}),
        ("x", ["End"], {"x": 10}),
        ("x", ["PageUp"], {"x": 6}),
        ("x", ["End", "PageDown"], {"x": 9}),
        ("Learning rate", ["Home"], {"rate": 0}),
        ("W[1,2]", ["ArrowRight", "ArrowUp"], {"W[1,2]": 6}),
        ("Step", ["End"], {"step": 5}),
    ],
)
def test_keys_on_a_slider_move_picture_and_sentence(page, name, keys, moved):
    for key in keys:
        slider(page, name).press(key)
    expect(page, START | moved)


def test_keys_reach_every_control_in_the_notebook_s_order(page):
    page.locator("body").press("Tab")
    reached = []
    for _ in range(40):
        reached.append(
            page.evaluate("""
            (it => it.ariaLabel || it.innerText || it.closest('label')?.innerText || '')(document.activeElement)""")
        )
        page.keyboard.press("Tab")
        if reached[-1].startswith("More"):
            break
    weights = [f"W[{row},{column}]" for row in range(2) for column in range(3)]
    sliders = lambda *names: [name for name in names for _ in ("track", "box")]  # noqa: E731
    assert reached == [
        "Example", *sliders("x", "Learning rate"), "Show ties", *sliders(*weights), "W2", *sliders("Step"),
        "Rewind", "Step", "Play", "Reset", "live notebook", "More: link, picture, film",
    ]  # fmt: skip


def test_a_choice_and_a_switch_by_keys(page):
    page.get_by_role("combobox").press("ArrowDown")
    expect(page, START | {"example": 2})
    page.get_by_role("checkbox").press("Space")
    expect(page, START | {"ties": 1})


def test_the_mouse_drags_a_slider(page):
    place = slider(page, "x").bounding_box()
    middle = place["y"] + place["height"] / 2
    page.mouse.move(place["x"] + place["width"] / 2, middle)
    page.mouse.down()
    for share in (0.6, 0.8, 1.2):
        page.mouse.move(place["x"] + share * place["width"], middle)
    page.mouse.up()
    expect(page, START | {"x": 10})


def test_the_mouse_presses_the_others(page):
    page.get_by_role("combobox").select_option("cat")
    expect(page, START | {"example": 0})
    page.get_by_text("Show ties").click()
    expect(page, START | {"ties": 1})
    press(page, "W2")
    expect(page, START | PRESET)


def test_a_finger_moves_each_kind(opened):
    page = opened(width=390, has_touch=True, is_mobile=True)
    place = slider(page, "W[0,1]").bounding_box()
    page.touchscreen.tap(place["x"] + place["width"] - 3, place["y"] + place["height"] / 2)
    expect(page, START | {"W[0,1]": 8})
    page.get_by_text("Show ties").tap()
    expect(page, START | {"ties": 1})
    page.get_by_role("button", name="Reset").tap()
    expect(page, START)


@pytest.mark.parametrize(
    ("name", "words", "moved"),
    [("x", "0,7", {"x": 7}), ("x", "1", {"x": 10}), ("Learning rate", "1e-3", {"rate": 0}),
     ("W[0,0]", "\u2212.75", {"W[0,0]": 1}), ("Step", "4", {"step": 4})],
)  # fmt: skip
def test_a_number_box_takes_what_is_recorded(page, name, words, moved):
    type_number(page, name, words)
    expect(page, START | moved)


@pytest.mark.parametrize(
    ("name", "words", "answer"),
    [
        ("x", "0.33", "x stays as it is: got 0.33, which is between two recorded positions; expected 0.30 or 0.40."),
        ("x", "7", "x stays as it is: got 7; expected a number from 0.00 to 1.00."),
        ("Learning rate", "1,250", "got 1,250, which can be read in two ways; expected a number from 0.001 to 1.00."),
        ("Step", "2.5", "Step stays as it is: got 2.5; expected a whole number from 0 to 5."),
        ("W[0,0]", "much", "W[0,0] stays as it is: got much; expected a number from -1.00 to 1.00."),
    ],
)
def test_a_number_box_refuses_in_words(page, name, words, answer):
    before = box(page, name).input_value()
    type_number(page, name, words)
    assert page.inner_text(LINE).endswith(answer) and page.locator(f"{LINE}.lu-failed").count() == 1
    assert box(page, name).input_value() == before
    page.wait_for_function("words => document.querySelector('.lu-said').textContent.endsWith(words)", arg=answer)
    slider(page, "x").press("ArrowRight")
    expect(page, START | {"x": 6})
    assert page.locator(".lu-failed").count() == 0


def test_arrows_step_a_number_box(page):
    box(page, "x").press("ArrowUp")
    box(page, "x").press("ArrowUp")
    expect(page, START | {"x": 7})


# What was recorded together, and what was not


def test_a_recorded_combination_moves_both(page):
    slider(page, "x").press("End")
    page.get_by_role("combobox").select_option("plane")
    expect(page, START | {"x": 10, "example": 2})
    assert page.inner_text(NOTE) == "" and page.locator(".lu-taken-back").count() == 0


def test_another_control_is_taken_back_visibly_and_it_says_why(page):
    slider(page, "x").press("End")
    page.get_by_role("combobox").select_option("plane")
    slider(page, "Learning rate").press("Home")
    expect(page, START | {"rate": 0})
    words = "Example and x went back: not every combination is recorded. All move together in the live notebook."
    assert page.inner_text(NOTE) == words
    assert page.locator(f"{NOTE} a").get_attribute("href") == LIVE
    assert page.locator(".lu-taken-back").count() == 2
    page.wait_for_function("words => document.querySelector('.lu-said').textContent.endsWith(words)", arg=words)
    slider(page, "Learning rate").press("End")
    assert page.inner_text(NOTE) == "" and page.locator(".lu-taken-back").count() == 0


def test_around_a_preset_the_preset_stays(page):
    press(page, "W2")
    slider(page, "W[1,0]").press("End")
    expect(page, START | PRESET | {"W[1,0]": 8})
    assert page.inner_text(NOTE) == ""
    slider(page, "W[0,0]").press("End")
    expect(page, START | PRESET | {"W[0,0]": 8})
    assert page.inner_text(NOTE).startswith("W[1,0] went back")


def test_what_is_not_recorded_is_asleep_and_says_so(page):
    for asleep in (box(page, "Your name"), page.get_by_role("button", name="Draw one")):
        assert asleep.is_disabled()
        described = asleep.evaluate("it => document.getElementById(it.getAttribute('aria-describedby')).textContent")
        assert described.startswith("Not recorded, and so asleep here: Your name and Draw one.")
    assert box(page, "Your name").input_value() == "Ada"
    assert page.locator(".lu-asleep-note a").get_attribute("href") == LIVE


# Playing


def test_reset_goes_to_the_start_and_rewind_to_the_beginning(page):
    slider(page, "x").press("End")
    press(page, "Reset")
    expect(page, START)
    press(page, "Rewind")
    expect(page, START | {"step": 0})


def test_step_ends_at_the_end(page):
    for position in (4, 5, 5):
        press(page, "Step")
        expect(page, START | {"step": position})


def test_play_goes_to_the_end_and_begins_anew_there(page):
    page.evaluate("window.seen = []; document.addEventListener('lu-moved', it => seen.push(it.detail.state.step))")
    press(page, "Play")
    page.wait_for_function("!document.querySelector('.lu-icon-pause')")
    expect(page, START | {"step": 5})
    assert page.evaluate("seen") == [4, 5]
    press(page, "Play")
    page.wait_for_function("seen.length > 7")
    assert page.evaluate("seen") == [4, 5, 0, 1, 2, 3, 4, 5]


def test_pause_and_a_move_of_the_hand_end_playing(page):
    page.clock.install()
    page.clock.pause_at(page.evaluate("Date.now() + 1000"))  # five steps may be over before a slow machine presses
    press(page, "Rewind")
    press(page, "Play")
    assert page.get_by_role("button", name="Pause").get_attribute("title") == "Pause where it is"
    press(page, "Pause")
    assert page.locator(".lu-icon-play").count() == 1
    page.clock.run_for(200)  # five steps
    expect(page, START | {"step": 1})
    press(page, "Play")
    slider(page, "W[0,0]").press("End")
    page.clock.run_for(200)
    expect(page, START | {"W[0,0]": 8})


def test_with_less_motion_play_does_one_step(opened):
    page = opened(reduced_motion="reduce")
    press(page, "Play")
    expect(page, START | {"step": 4})
    page.wait_for_timeout(200)
    expect(page, START | {"step": 4})
    assert page.locator(".lu-icon-pause").count() == 0


def test_out_of_sight_a_player_pauses(opened):
    page = opened("tall")
    press(page, "Rewind")
    page.evaluate("""() => {
      document.querySelector('figure').addEventListener('lu-moved', () => window.scrollTo(0, 5000), { once: true });
    }""")
    press(page, "Play")
    page.wait_for_function("!document.querySelector('.lu-icon-pause')")
    assert 0 < int(slider(page, "Step").input_value()) < 5


def test_at_the_end_a_step_changes_nothing(page):
    """Not even where a table goes on with its next row."""
    slider(page, "Step").press("End")
    expect(page, START | {"step": 5})
    press(page, "Step")
    page.wait_for_timeout(100)
    expect(page, START | {"step": 5})


def test_a_run_that_ended_earlier_stays_at_its_end(opened):
    page = opened("runs")
    page.get_by_role("combobox").select_option("fast")
    ended = {"run": 1, "rate": 1, "chunk": 3}
    expect(page, ended, handmade.RUNS)
    press(page, "Step")
    expect(page, ended, handmade.RUNS)
    press(page, "Rewind")
    expect(page, ended | {"chunk": 0}, handmade.RUNS)
    press(page, "Play")
    expect(page, ended, handmade.RUNS)
    page.wait_for_function("!document.querySelector('.lu-icon-pause')")


# The picture


def test_what_is_near_the_hand_is_on_the_screen_with_the_next_frame(page):
    """The canvas has changed when the slider's event has been heard: there is nothing to wait for."""
    slider(page, "x").hover()
    page.wait_for_timeout(300)
    drawn = page.evaluate("""() => {
      const [range, line] = [document.querySelector('input[type=range]'), document.querySelector('.lu-line')];
      return Array.from({ length: 11 }, (_, position) => {
        range.value = position;
        range.dispatchEvent(new Event('input'));
        return line.textContent;
      });
    }""")
    assert drawn == [sentence(START | {"x": position}) for position in range(11)]
    expect(page, START | {"x": 10})


def test_the_newest_move_wins(page):
    """Moves come faster than pictures are decoded: none is shown after a newer one."""
    page.evaluate("""async () => {
      const range = document.querySelectorAll('input[type=range]')[4];
      for (const position of [8, 7, 6, 5, 0, 1, 2]) { range.value = position; range.dispatchEvent(new Event('input')); }
    }""")
    expect(page, START | {"W[0,2]": 2})
    page.wait_for_timeout(100)
    expect(page, START | {"W[0,2]": 2})


def test_the_screen_reader_hears_the_sentence_when_the_hand_rests(page):
    page.evaluate("""() => {
      window.said = [];
      new MutationObserver(() => said.push(document.querySelector('.lu-said').textContent))
        .observe(document.querySelector('.lu-said'), { childList: true });
    }""")
    for _ in range(5):
        slider(page, "x").press("ArrowRight")
    page.wait_for_function("said.length > 0")
    assert page.evaluate("said") == [sentence(START | {"x": 10})]
    assert page.locator(LINE).get_attribute("role") is None and page.locator(LINE).get_attribute("aria-live") is None


# Files


def test_nothing_is_loaded_before_a_figure_comes_near(opened):
    page = opened("tall")
    assert page.locator("figure").nth(1).get_attribute("data-state") is None
    assert page.evaluate("performance.getEntriesByType('resource').filter(it => it.name.includes('runs')).length") == 0
    page.locator("figure").nth(1).scroll_into_view_if_needed()
    page.wait_for_selector("#runs[data-state=ready]")


WHOLE = "lectureutilsRecording("


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda text: None, "the recording of this figure is missing"),
        (lambda text: text[: len(text) // 2], "the recording of this figure came incomplete"),
        (lambda text: text.replace("iVBORw0KGgo", "AAAAAAAAAAA"), "the recording of this figure can't be read"),
    ],
    ids=["missing", "cut", "no pictures"],
)
def test_without_a_whole_recording_the_picture_stays_and_it_says_so(opened, folder, damage, words):
    path = folder / "recordings" / f"{handmade.NAME}.js"
    whole = path.read_text("utf-8")
    try:
        broken = damage(whole)
        path.unlink() if broken is None else path.write_text(broken, "utf-8")
        page = opened(wait=False)
        page.wait_for_selector("figure[data-state=still]")
        assert page.inner_text(".lu-missing").startswith(
            f"This is a still picture: {words}. It moves in the live notebook."
        )
        assert page.locator("figure img").is_visible() and page.inner_text("figcaption") == sentence(START)
        assert page.locator(".lu-panel").count() == 0
    finally:
        path.write_text(whole, "utf-8")
    press(page, "Try again")
    page.wait_for_selector("figure[data-state=ready]")
    assert page.locator(".lu-missing").count() == 0
    slider(page, "x").press("End")
    expect(page, START | {"x": 10})


def test_without_a_script_picture_and_sentence_stand_there(opened):
    page = opened(wait=False, java_script_enabled=False)
    assert page.locator("figure img").is_visible() and page.inner_text("figcaption") == sentence(START)


# Looks


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing(opened, dark):
    page = opened(color_scheme="dark" if dark else "light")
    assert found_by_axe(page) == [], "before anything moves"
    slider(page, "x").press("End")
    slider(page, "Learning rate").press("Home")
    assert found_by_axe(page) == []
    page.locator("summary").click()
    type_number(page, "x", "12")
    assert found_by_axe(page) == []


def found_by_axe(page: Page) -> list:
    return [(it["id"], [(node["html"], node["failureSummary"]) for node in it["nodes"]]) for it in violations(page)]


def test_keys_reach_what_scrolls_sideways_and_nothing_else(opened, folder):
    wide = '<pre style="overflow-x: auto">' + "a long line " * 20 + "</pre>"
    write(folder / "wide.html", f"<pre>short</pre>{wide}{shown(handmade.NAME)}")
    page = opened("wide", width=390)
    page.wait_for_function("document.querySelectorAll('pre')[1].tabIndex === 0")
    page.set_viewport_size({"width": 3000, "height": 900})
    page.wait_for_function("document.querySelectorAll('pre')[1].tabIndex === -1")
    assert page.locator("pre[tabindex]").count() == 0 and page.wrong == []


@pytest.mark.parametrize("width", [390, 900, 1366])
def test_nothing_is_cut_and_everything_can_be_hit(opened, width):
    page = opened(width=width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    small = page.evaluate("""() => [...document.querySelectorAll('figure :is(input, select, button, summary)')]
      .filter(it => it.checkVisibility()).map(it => [it.ariaLabel || it.innerText, it.getBoundingClientRect()])
      .filter(([, { left, right, width, height }]) => width < 24 || height < 24 || left < 0 || right > innerWidth)""")
    assert small == []
    cut = page.evaluate("""() => [...document.querySelectorAll('.lu-panel :is(.lu-number, .lu-label, button)')]
      .filter(it => it.scrollWidth > it.clientWidth + 1 && getComputedStyle(it).display !== 'inline')
      .map(it => it.ariaLabel || it.textContent)""")
    assert cut == []
    canvas = page.locator("canvas").bounding_box()
    assert abs(canvas["width"] / canvas["height"] - 1.6) < 0.02


@pytest.mark.parametrize(("width", "there"), [(1366, "beside"), (900, "beside"), (390, "below")])
def test_the_controls_stand_beside_the_picture_where_there_is_room(opened, width, there):
    page = opened(width=width)
    card, line, panel = (page.locator(name).bounding_box() for name in (".lu-card", LINE, ".lu-panel"))
    under = card["y"] + card["height"]
    assert under <= line["y"] < under + 10 and line["width"] <= card["width"], "the sentence stays with the picture"
    if there == "beside":
        assert panel["x"] >= card["x"] + card["width"] and abs(panel["y"] - card["y"]) < 10
    else:
        assert panel["y"] >= line["y"] + line["height"] and panel["x"] == card["x"]


# Links and menu


def test_a_link_opens_its_state(opened):
    page = opened("tall", hash="#sample?example=cat&x=0.20")
    expect(page, START | {"example": 0, "x": 2})
    page.evaluate("location.hash = '#sample?W[0,1]=0.5'")
    expect(page, START | {"W[0,1]": 6})
    page.evaluate("location.hash = '#runs?run=fast&chunk=1'")
    page.wait_for_selector("#runs[data-state=ready]")
    page.wait_for_function(
        "document.querySelector('#runs figcaption').textContent.includes('fast, rate is 10, chunk is 1.')"
    )
    assert page.evaluate("document.querySelector('#runs').getBoundingClientRect().top < innerHeight")


def test_a_link_to_what_is_not_recorded_says_so(opened):
    page = opened(hash="#sample?x=0.33&colour=red")
    expect(page, START | {"x": 3})
    words = "x = 0.33 is not recorded; this is the nearest, 0.30. colour = red is not recorded."
    assert page.inner_text(NOTE) == words


def test_the_menu_copies_a_link_to_the_state(opened, folder):
    page = opened(permissions=["clipboard-read", "clipboard-write"])
    press(page, "W2")
    slider(page, "W[1,2]").press("Home")
    page.locator("summary").press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('.lu-note').textContent === 'The link is copied.'")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(f"{(folder / 'sample.html').as_uri()}#sample?")
    page.goto("about:blank")
    page.goto(link)
    page.wait_for_selector("figure[data-state=ready]")
    expect(page, START | PRESET | {"W[1,2]": 0})


def test_the_menu_opens_and_closes_by_keys(page):
    page.locator("summary").press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.innerText") == "Save picture (PNG)"
    page.keyboard.press("Escape")
    assert not page.locator(".lu-menu-items").is_visible()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.locator("summary").click()
    page.locator("h1").click()
    assert not page.locator(".lu-menu-items").is_visible()


@pytest.mark.parametrize(("item", "name", "magic"), [("Save picture (PNG)", "sample.png", b"\x89PNG"),
                                                     ("Save film (GIF)", "sample.gif", b"GIF8")])  # fmt: skip
def test_the_menu_saves_picture_and_film(opened, folder, item, name, magic):
    with served(folder) as address:
        page = opened()
        page.goto(f"{address}/sample.html")
        page.wait_for_selector("figure[data-state=ready]")
        page.locator("summary").click()
        with page.expect_download() as saving:
            press(page, item)
    assert saving.value.suggested_filename == name
    assert saving.value.path().read_bytes().startswith(magic)


def test_a_page_to_embed_says_its_height_and_the_menu_has_its_line(opened, folder):
    write(folder / "with_pages.html", shown(handmade.NAME), figures="figures/")
    (folder / "around.html").write_text(
        '<!doctype html><title>Around</title>'
        '<iframe src="sample.html" width="500" height="300" title="Figure"></iframe>'
        "<script>addEventListener('message', ({ data }) => (window.height = data))</script>", encoding="utf-8"
    )  # fmt: skip
    with served(folder) as address:
        page = opened(permissions=["clipboard-read", "clipboard-write"])
        page.goto(f"{address}/with_pages.html")
        page.wait_for_selector("figure[data-state=ready]")
        page.locator("summary").click()
        press(page, "Copy line to embed it")
        page.wait_for_function("document.querySelector('.lu-note').textContent.includes('copied')")
        line = page.evaluate("navigator.clipboard.readText()")
        assert f'src="{address}/figures/{handmade.NAME}.html"' in line and 'title="Figure: sample"' in line
        assert int(re.search(r'height="(\d+)"', line)[1]) > 300
        page.goto(f"{address}/around.html")
        page.frame_locator("iframe").locator("figure[data-state=ready]").wait_for()
        page.wait_for_function("window.height?.height > 400")
        assert page.evaluate("height.subject") == "lti.frameResize"
        page.evaluate("document.querySelector('iframe').height = height.height")
        page.frames[1].wait_for_function("innerHeight > 400")
        scrolled, high = page.frames[1].evaluate("[document.documentElement.scrollHeight, innerHeight]")
        assert scrolled == high == page.evaluate("height.height")


def test_a_page_moves_a_figure_as_a_link_does(page):
    page.evaluate("""() => {
      window.moved = [];
      document.addEventListener('lu-moved', ({ detail, target }) => moved.push([target.id, detail.state.step]));
      document.querySelector('figure').dispatchEvent(new CustomEvent('lu-go', { detail: { step: 1 } }));
    }""")
    expect(page, START | {"step": 1})
    assert page.evaluate("moved") == [["sample", 1]]


def test_the_numbers_come_and_go_by_key_and_button_and_say_of_which_picture_they_are(opened, folder):
    told = handmade.sample() | {
        "figure": "sample/numbers",
        "numbers": [["Scores", ["class", "score"], [["cat", "0.5"]]]],
    }
    told["buttons"] = handmade.BUTTONS | {
        "n": {"kind": "numbers", "label": "Numbers", "icon": "table", "name": "Numbers"}
    }
    told["layout"] = {"column": [handmade.LAYOUT, {"row": [{"button": "n"}]}]}
    handmade.write(folder / "recordings", told)
    write(folder / "numbers.html", shown("sample/numbers"))
    page = opened("numbers")
    tables, button = (
        page.get_by_role("region", name="Numbers of this picture"),
        page.get_by_role("button", name="Numbers"),
    )
    assert not tables.is_visible() and button.get_attribute("aria-expanded") == "false"
    slider(page, "x").press("n")
    assert tables.get_by_role("rowheader", name="cat").is_visible() and tables.get_by_text("0.5").is_visible()
    assert button.get_attribute("aria-expanded") == "true"
    slider(page, "x").press("ArrowRight")
    assert tables.get_by_text("Of the picture that this page opened with").is_visible()
    button.click()
    assert not tables.is_visible() and button.get_attribute("aria-expanded") == "false" and page.wrong == []
