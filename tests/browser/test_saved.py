"""A notebook that was run, saved and is opened again: its figures are gone with the kernel, and something stands in."""

import re
from base64 import b64decode

import nbformat.v4 as make
import pytest
from nbconvert import HTMLExporter, SlidesExporter

from lectureutils.live import saved
from tools.lab.page import violations
from tools.lab.scripts import script
from tools.lab.waiting import START, wait_until

from .conftest import SAMPLE, notebook_of
from .hands import handles, press
from .sample import Sample

PREDICT = "from lectureutils.live import predict\npredict('Which one?', {'this': 'no', 'that': 'yes'}, 'that')"
FIRST, TURNED = "angle 0.00, first weight 1.000; 2 points", "angle 0.01"
ERROR = re.compile("Error displaying widget|model not found|Loading widget", re.IGNORECASE)


def stand_ins(notebook):
    return notebook.page.locator(".lu-saved")


def texts(notebook):
    """Return what can be read below each code cell."""
    return notebook.page.locator(".jp-OutputArea").all_inner_texts()


def drawn(image):
    """Say whether an image shows more than a blank card."""
    return image.evaluate(f"""image => {{
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
      canvas.getContext('2d').drawImage(image, 0, 0);
      return ({script("drawn").partition("canvas =>")[2].strip().join(["(canvas => ", ")"])})(canvas);
    }}""")


def test_the_next_day_picture_sentence_and_a_line_stand_in_until_the_cell_runs_again(lab):
    with lab.open(notebook_of(SAMPLE, PREDICT), width=1366, height=768) as notebook:
        notebook.page.evaluate(WATCH)
        (figure,) = notebook.run_all().figures()
        assert not notebook.page.evaluate("() => lab.seen"), "a stored picture was shown on the way to a live figure"
        assert notebook.page.locator(".jp-OutputArea-child:visible").count() == 2, "more than a figure and a question"
        live = figure.canvas.bounding_box()

        notebook.reopen()
        wait_until(lambda: stand_ins(notebook).count() == 2, f"nothing stands in: {texts(notebook)}", seconds=START)
        for dark in (False, True):
            notebook.dark(dark)
            # While a theme comes, JupyterLab may hide a cell for a moment.
            figure, question = wait_until(lambda: all(seen := texts(notebook)) and seen, "a cell shows no text")
            assert FIRST in figure and figure.count(saved.MOVE) == 1
            assert "Which one? (a) this (b) that" in question and question.count(saved.ANSWER) == 1
            assert not ERROR.search(figure + question)
            assert not [it for it in violations(notebook.page) if ".lu-saved" in str(it["nodes"])]
        images = notebook.page.locator(".jp-OutputArea img")
        assert images.count() == 1 and drawn(images.first)
        assert FIRST in images.first.get_attribute("alt")
        there = images.first.bounding_box()
        assert [there["width"], there["height"]] == pytest.approx([live["width"], live["height"]], abs=1)

        (figure,) = notebook.run_all().figures()
        assert stand_ins(notebook).count() == 0 and figure.is_drawn()
        press(figure, handles(figure)[0], "ArrowRight")
        wait_until(lambda: TURNED in figure.text, f"the sentence is still: {figure.text}")
        assert notebook.errors() == []


# Notes whether anything stands in at any moment.
WATCH = """() => {
  lab.seen = 0;
  const count = () => { lab.seen += document.querySelectorAll('.lu-saved').length; };
  new MutationObserver(count).observe(lab.panel.node, { childList: true, subtree: true });
}"""


def test_a_figure_whose_kernel_still_runs_comes_back_live(lab):
    with lab.open(notebook_of(SAMPLE)) as notebook:
        notebook.run_all()
        notebook.reopen(end_kernel=False)
        wait_until(lambda: notebook.figures(), f"the figure does not come back: {texts(notebook)}")
        (figure,) = notebook.figures()
        wait_until(lambda: FIRST in figure.text, "the figure has no sentence")
        assert stand_ins(notebook).count() == 0 and figure.is_drawn()


def test_a_picture_stands_in_where_no_kernel_starts(lab):
    with lab.open(notebook_of(SAMPLE)) as notebook:
        notebook.run_all().save()
        second = notebook.page.context.new_page()
        second.route("**/api/sessions*", lambda route: route.abort())
        second.goto(notebook.address)
        second.locator(".lu-saved").wait_for(timeout=1000 * START)
        (text,) = second.locator(".jp-OutputArea").all_inner_texts()
        assert FIRST in text and saved.MOVE in text and not ERROR.search(text)
        second.close()


@pytest.mark.parametrize("exporter", [HTMLExporter, SlidesExporter])
def test_a_page_made_from_a_saved_notebook_looks_as_if_nothing_had_been_left(lab, exporter, tmp_path):
    kept = Sample()._repr_mimebundle_()
    figure = make.new_output("display_data", kept)
    html = saved.html(kept["text/plain"], saved.MOVE, b64decode(kept["image/png"]), [640, 400])
    left, looks = make.new_output("display_data", {"text/html": html}), []
    page = lab.browser.new_page()
    page.route("http*://**", lambda route: route.abort())
    for outputs in ([figure], [left, figure]):
        notebook = make.new_notebook(cells=[make.new_code_cell("figure", outputs=outputs)])
        file = tmp_path / f"{len(outputs)}.html"
        file.write_text(exporter().from_notebook_node(notebook)[0], encoding="utf-8")
        page.goto(file.as_uri(), wait_until="domcontentloaded")
        assert drawn(page.locator("img").first)
        looks.append(page.screenshot())
    page.close()
    assert looks[0] == looks[1]


def test_a_notebook_of_which_a_part_was_run_shows_the_same_as_text(lab):
    """JupyterLab does not trust it as a whole: no script of it runs, and no view is tried."""
    content = notebook_of(SAMPLE, "6 * 7")
    content.cells[-1].outputs = [make.new_output("execute_result", {"text/plain": "42"}, execution_count=9)]
    with lab.open(content) as notebook:
        notebook.page.evaluate("""async () => {
          lab.panel.content.activeCellIndex = 1;
          await jupyterapp.commands.execute('notebook:run-cell');
        }""")
        wait_until(lambda: notebook.figures(), "the figure does not come")
        notebook.reopen()
        wait_until(lambda: len(texts(notebook)) == 2, "the outputs do not come")
        figure, other = texts(notebook)
        assert FIRST in figure and figure.count(saved.MOVE) == 1 and other.split()[-1] == "42"
        assert not ERROR.search(figure)
        images = notebook.page.locator(".jp-OutputArea img")
        assert images.count() == 1 and drawn(images.first)
