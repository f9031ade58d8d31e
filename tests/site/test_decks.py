"""A deck opened from the file system: no other host, no error, drawn formulas, no slide that is cut off, and figures
that move. And the page of a handout beside it, where the same figures move and the same questions are asked."""

import json
import shutil

import handmade
import nbformat
import nbformat.v4 as make_cells
import pytest
from playwright.sync_api import Page, sync_playwright

from tools import browser
from tools.handout import make as make_handouts
from tools.lab.page import FLAGS
from tools.notebooks import BUILT, sources
from tools.recorded.shelf import Shelf
from tools.report.votes import read
from tools.slides import assets, make

DECKS = ("02_loss_functions", "10_train_a_network")  # the longest one, and the one with the largest tables
LOWEST = """() => {
  const shown = [...Reveal.getCurrentSlide().querySelectorAll('*')].filter(e => !e.closest('aside, mjx-assistive-mml'));
  const boxes = shown.map(e => e.getBoundingClientRect());
  return [Math.max(...boxes.map(b => b.bottom)), Math.max(...boxes.map(b => b.right))];
}"""
HERE = "JSON.stringify([Reveal.getIndices().h, Reveal.getIndices().v])"


@pytest.fixture(scope="module")
def chromium():
    path = browser.find()
    assert path, browser.HELP
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, headless=True, args=FLAGS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    target = tmp_path_factory.mktemp("slides")
    assets(target / "assets")
    return target


ASKED = """predict("Which way?", {"Up": "No, not up.", "Down": "Yes, down."}, "Down")"""


@pytest.fixture(scope="module")
def moving(folder):
    """Make a deck by hand: a question, a figure that is walked, one whose recording is cut, and one without any."""
    walked = handmade.sample()
    walked["buttons"]["play"]["ms"] = 900
    shelf = Shelf(folder / "shelf")
    recordings = {"00_by_hand/sample": walked, "00_by_hand/cut": {**walked, "figure": "00_by_hand/cut"}}
    for recording in recordings.values():
        handmade.write(shelf.folder, recording)
    listed = [{"figure": name, "cell": name.split("/")[1], "output": 0} for name in recordings]
    (shelf.folder / "index.json").write_text(json.dumps({"00_by_hand": listed}), encoding="utf-8")
    output = make_cells.new_output("display_data", {"image/png": handmade.paper(), "text/plain": "A still picture."})
    figures = [make_cells.new_code_cell("figure()", id=word, outputs=[output]) for word in ("sample", "cut", "none")]
    question = make_cells.new_code_cell(ASKED, metadata={"tags": ["core"]})
    said = make_cells.new_markdown_cell("**What you see.** What to say.")
    cells = [make_cells.new_markdown_cell("# By hand\n\nWords."), question, figures[0], said, *figures[1:]]
    nbformat.write(make_cells.new_notebook(cells=cells), folder / "00_by_hand.ipynb")
    deck = make(folder / "00_by_hand.ipynb", folder, shelf)
    (folder / "recordings" / "00_by_hand" / "cut.js").write_text("lectureutilsRec", encoding="utf-8")
    return deck.path


@pytest.fixture
def page(chromium):
    page = chromium.new_page(viewport={"width": 1280, "height": 720})
    page.foreign, page.wrong = [], []
    page.on("request", lambda request: page.foreign.append(request.url) if request.url.startswith("http") else None)
    page.on("requestfailed", lambda request: page.wrong.append(request.url))
    page.on("console", lambda said: page.wrong.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    yield page
    page.close()


def open_deck(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_function("window.Reveal && Reveal.isReady()")


def walk(page: Page):
    """Go through all slides with the space bar; yield each one's title when everything on it is shown."""
    for _ in range(400):
        page.evaluate(
            "document.querySelectorAll('section.present:not(.stack) .fragment').forEach(() => Reveal.nextFragment())"
        )
        yield page.evaluate("Reveal.getCurrentSlide().querySelector('h1, h2').innerText")
        if page.evaluate("Reveal.isLastSlide()"):
            return
        before = page.evaluate(HERE)
        for _ in range(3):  # an answer comes before the next slide
            page.keyboard.press("Space")
            if page.evaluate(HERE) != before:
                break
        else:
            raise AssertionError("the space bar does not go on")
    raise AssertionError("the deck does not end")


@pytest.mark.parametrize("name", DECKS)
def test_deck_opens_offline_and_nothing_is_cut_off(name, page, folder):
    deck = make(BUILT / f"{name}.ipynb", folder, Shelf(folder / "none"))
    assert deck.recorded == 0
    open_deck(page, deck.path.as_uri())
    assert page.evaluate("document.fonts.load('600 16px Inter').then(found => found.length)") == 1
    titles = []
    for title in walk(page):
        titles.append(title)
        lowest, rightmost = page.evaluate(LOWEST)
        assert lowest <= 720.5 and rightmost <= 1280.5, f"slide {len(titles)}, {title!r}, is cut off"
    assert len(titles) == page.evaluate("Reveal.getTotalSlides()") and titles[-1] == "Summary"
    assert page.evaluate("document.querySelectorAll('.slides mjx-container svg').length") >= 1
    assert page.evaluate("document.querySelectorAll('mjx-merror').length") == 0
    assert page.evaluate("[...document.images].every(i => i.complete && i.naturalWidth > 0 && i.alt)")
    assert (page.foreign, page.wrong) == ([], [])


def shows(page: Page, step: int) -> str:
    """Wait until the line tells this position of the walked control; the canvas shows it. Return where the deck is."""
    page.locator("#sample .lu-line", has_text=f"step is {step}.").wait_for()
    line, seen, here = page.evaluate(
        """places => {
          const pen = document.querySelector("#sample canvas").getContext("2d");
          const seen = places.map(([x, y]) => [...pen.getImageData(x + 1, y + 1, 1, 1).data.slice(0, 3)]);
          return [document.querySelector("#sample .lu-line").textContent, seen,
            JSON.stringify([Reveal.getIndices().h, Reveal.getIndices().v])];
        }""",
        list(handmade.PLACES.values()),
    )
    assert [tuple(one) for one in seen if tuple(one) != handmade.PAPER] == [handmade.colour(line)]
    return here


def test_arrow_keys_walk_a_figure_and_the_hand_moves_it(page, moving):
    open_deck(page, moving.as_uri())
    page.keyboard.press("Space")  # the answer to the question
    page.keyboard.press("Space")
    here = shows(page, 0)
    for key, step in [("ArrowDown", 1), ("Space", 2), ("ArrowRight", 3), ("ArrowUp", 2)]:
        page.keyboard.press(key)
        assert shows(page, step) == here
    page.get_by_role("slider", name="Step").press("End")  # the slider's key, and not the deck's
    assert shows(page, 5) == here
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowUp")  # on from where the hand was
    assert shows(page, 4) == here
    page.keyboard.press("ArrowDown")
    assert shows(page, 5) == here
    page.get_by_role("slider", name="Learning rate").press("Home")
    page.locator("#sample .lu-line", has_text="rate is 0.001").wait_for()
    lowest, rightmost = page.evaluate(LOWEST)
    assert lowest <= 720.5 and rightmost <= 1280.5
    page.get_by_role("button", name="Reset").click()
    assert shows(page, handmade.START["step"]) == here
    page.get_by_role("combobox", name="Example").press("ArrowDown")  # the list's key, too
    page.locator("#sample .lu-line", has_text="example is plane").wait_for()
    assert shows(page, handmade.START["step"]) == here
    page.get_by_role("slider", name="Step").press("End")
    page.keyboard.press("PageDown")  # a remote control goes on from anywhere
    assert page.evaluate(HERE) != here
    page.keyboard.press("PageUp")
    assert shows(page, 5) == here
    page.evaluate("window.location.hash = '#/0'; setTimeout(() => { window.location.hash = '#sample?step=2' }, 50)")
    assert shows(page, 2) == here
    page.goto("about:blank")
    open_deck(page, moving.as_uri() + "#sample?step=4")  # a link to a state, of a figure that is still asleep
    assert shows(page, 4) == here
    page.keyboard.press("ArrowDown")
    assert shows(page, 5) == here
    assert page.foreign == []


def test_the_speakers_window_shows_the_step_the_next_one_and_the_notes(page, moving):
    open_deck(page, moving.as_uri() + "#/sample")
    shows(page, 0)
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    speaker = opened.value
    failed = []
    speaker.on("pageerror", lambda error: failed.append(str(error)))

    def tells(frame: str, step: int) -> None:
        lines = speaker.frame_locator(f"{frame} iframe").locator("#sample .lu-line")
        lines.filter(has_text=f"step is {step}.").wait_for()

    tells("#current-slide", 0)
    tells("#upcoming-slide", 1)
    page.keyboard.press("ArrowDown")
    tells("#current-slide", 1)
    tells("#upcoming-slide", 2)
    assert "What to say." in speaker.locator(".speaker-controls-notes").inner_text()
    assert [words for words in failed if "lectureutilsRec " not in words] == []  # of the recording that is cut


def test_a_question_is_answered_by_hand_and_by_key(page, moving):
    open_deck(page, moving.as_uri())
    said = page.locator(".present .lu-question [role=status]")
    assert "Which way?" in page.locator(".present legend").inner_text() and said.inner_text() == ""
    here = page.evaluate(HERE)
    page.locator(".present label").first.click()
    page.get_by_role("button", name="Reveal").click()
    assert said.inner_text().split("\n") == ["✗ Your answer: Up. No, not up.", "✓ Right: Down. Yes, down."]
    assert said.is_visible() and page.evaluate(HERE) == here
    page.reload()
    page.wait_for_function("window.Reveal && Reveal.isReady()")
    page.keyboard.press("Space")  # nobody has pressed a choice
    assert said.inner_text() == "✓ Right: Down. Yes, down."


def test_a_deck_without_its_recordings_shows_pictures_and_so_does_paper(page, moving):
    open_deck(page, moving.as_uri() + "#/cut")
    cut = page.locator("#cut")
    cut.locator(".lu-missing").wait_for()
    assert cut.locator("img").is_visible() and "A still picture." in cut.locator("figcaption").inner_text()
    open_deck(page, moving.as_uri() + "?print-pdf")
    page.wait_for_selector(".pdf-page")
    assert page.locator("figure:visible > img").count() == 3 and page.locator("canvas").count() == 0
    assert page.locator(".pdf-page").count() == page.evaluate("Reveal.getTotalSlides()")
    assert page.locator(".pdf-page [role=status]").inner_text() == "✓ Right: Down. Yes, down."


def test_a_handout_from_the_disk_moves_and_answers(page, folder):
    source = next(path for path in sources() if path.stem.startswith("00"))
    cells = nbformat.read(BUILT / f"{source.stem}.ipynb", as_version=4).cells
    cell = next(cell for cell in cells if "image/png" in str(cell.get("outputs", "")))
    shelf, name = Shelf(folder / "handouts"), f"{source.stem}/sample"
    handmade.write(shelf.folder, {**handmade.sample(), "figure": name})
    picture = next(number for number, output in enumerate(cell.outputs) if "image/png" in output.get("data", {}))
    listed = [{"figure": name, "cell": cell.id, "output": picture}]
    (shelf.folder / "index.json").write_text(json.dumps({source.stem: listed}), encoding="utf-8")
    handouts = make_handouts(source, folder / "handout", shelf)
    shutil.copytree(folder / "assets", folder / "handout" / "assets")
    page.goto(next(path for path in handouts if path.match("student/*.html")).as_uri())
    page.locator("#sample").scroll_into_view_if_needed()
    page.get_by_role("slider", name="Step").press("Home")
    page.locator("#sample .lu-line", has_text="step is 0.").wait_for()
    form = page.locator("form.lu-question").first
    said = form.locator("[role=status]")
    assert said.inner_text() == "" and not form.locator("details").is_visible()
    form.locator("label").first.click()
    form.get_by_role("button", name="Reveal").click()
    assert "✓ Right: " in said.inner_text()
    for width in (1366, 900, 390):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") == width, "it scrolls sideways"
    assert (page.foreign, page.wrong) == ([], [])


def test_hands_are_counted_before_and_after_the_talk(page, moving):
    """Typed in, drawn as bars, kept over a reload, saved as the table that the report reads, and cleared at last."""
    page.on("dialog", lambda dialog: dialog.accept())
    open_deck(page, moving.as_uri())
    here = page.locator("section.present:not(.stack)")
    here.get_by_role("button", name="Tally").click()
    for count in ("30", "10", "5", "35"):  # down the first column, and on to the second
        page.keyboard.type(count)
        page.keyboard.press("Enter")
    tally = here.get_by_role("group", name="Tally")
    assert tally.get_by_role("status").inner_text() == "Votes: 40 before, 40 after."
    widths = tally.locator(".lu-bars i").evaluate_all(
        "bars => bars.map((it) => Math.round(parseFloat(it.style.width)))"
    )
    assert widths == [60, 10, 20, 70]  # of 80, which is all
    boxes = [part.bounding_box() for part in tally.locator("input, button, .lu-bars").all()]
    assert all(box["y"] + box["height"] <= 720 and box["x"] + box["width"] <= 1280 for box in boxes)
    assert page.evaluate("Reveal.getIndices().v") == 0  # digits are no keys of the deck here
    page.reload()
    page.wait_for_function("window.Reveal && Reveal.isReady()")
    here.get_by_role("button", name="Tally").click()
    with page.expect_download() as saved:
        here.get_by_role("button", name="Save all votes").click()
    path = moving.with_name(saved.value.suggested_filename)
    saved.value.save_as(path)
    (vote,), troubles = read([path])
    assert troubles == [] and vote.name == "q00-01" and vote.question == "Which way?"
    assert vote.choices == (("(a)", "Up", False, 30, 5), ("(b)", "Down", True, 10, 35))
    here.get_by_role("button", name="Clear all").click()
    assert tally.get_by_role("status").inner_text() == "Votes: 0 before, 0 after."
    assert page.evaluate("Object.values(localStorage)") == ["{}"]
    here.get_by_role("button", name="Back").click()
    assert tally.is_hidden() and here.locator(".lu-question [role=status]").inner_text() == ""
    assert page.foreign == []
    assert set(page.wrong) == {"lectureutilsRec is not defined"}  # the recording that is cut, on another slide
