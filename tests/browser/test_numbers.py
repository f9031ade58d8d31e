"""The numbers of a picture, as tables below it: opened by a key or a button, renewed once the hand rests."""

import pytest

from tools.lab.page import violations
from tools.lab.waiting import wait_until

from .conftest import SAMPLE, notebook_of
from .hands import handles, press

REGION = "Numbers of this picture"


@pytest.fixture(scope="module")
def opened(lab):
    with lab.open(notebook_of(SAMPLE)) as notebook:
        yield notebook.run_all()
        assert notebook.errors() == []


def test_n_opens_the_tables_and_they_follow_the_hand_and_close(opened):
    (figure,) = opened.figures()
    region = figure.node.get_by_role("region", name=REGION)
    assert region.count() == 0
    handle = figure.node.get_by_role("slider", name="angle")
    press(figure, handle, "n")
    region.wait_for()
    wait_until(lambda: region.evaluate("it => it === document.activeElement"), "the tables do not get the focus")
    bars = region.get_by_role("table", name="picture 2")
    assert bars.get_by_role("columnheader").all_inner_texts() == ["bar", "value"]
    assert bars.get_by_role("rowheader").all_inner_texts() == ["a", "b", "c"]
    assert bars.get_by_role("cell").first.inner_text() == "1"
    assert figure.node.get_by_role("button", name="Numbers").get_attribute("aria-expanded") == "true"
    assert [it for it in violations(opened.page) if ".lu-numbers" in str(it["nodes"])] == []

    press(figure, handle, *["ArrowRight"] * 30)
    figure.settle()
    wanted = opened.ask("f'{figure.bars[0].get_width():.4g}'")
    cell = region.get_by_role("table", name="picture 2").get_by_role("cell").first
    wait_until(lambda: cell.inner_text() == wanted, f"the table still says {cell.inner_text()}, not {wanted}")

    press(figure, handle, "n")
    wait_until(lambda: region.count() == 0, "n does not close the tables")


def test_n_in_a_box_for_text_is_a_letter(opened):
    (figure,) = opened.figures()
    press(figure, figure.node.get_by_role("textbox", name="angle"), "n", "Escape")
    figure.node.get_by_role("button", name="Numbers").click()
    region = figure.node.get_by_role("region", name=REGION)
    region.wait_for()
    figure.node.get_by_role("button", name="Numbers").click()
    wait_until(lambda: region.count() == 0, "the button does not close the tables")
    assert handles(figure)
