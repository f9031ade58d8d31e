"""The figure that CONTRIBUTING.md shows is a figure: built from the page, word for word, and driven."""

import re

import numpy as np
import pytest
from drive import buttons, check, click, ends, inputs, send

from tools.addresses import ROOT

PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
CODE = re.search(r"<!-- figure:begin -->\n```python\n(.*?)```\n<!-- figure:end -->", PAGE, re.DOTALL)[1]


@pytest.fixture
def tangent():
    there = {"__name__": "tangent"}
    exec(compile(CODE, "tangent.py", "exec"), there)
    return there["TangentFigure"]()


def test_it_has_twenty_lines():
    assert len([line for line in CODE.splitlines() if line.strip()]) <= 20 and "in 20 lines" in PAGE


def test_slider_player_and_pointer_move_it(tangent):
    ((control, widget),) = inputs(tangent)
    for end in ends(widget):
        send(widget, **end)
        check(tangent, end)
    for w in (-3, 0, 2):
        tangent.set(w=w)
        assert tangent.canvas.text == f"At w = {w} the loss is {w * w}, and its slope is {2 * w}."
        (x0, y0), (x1, y1) = tangent.tangent.get_xydata()
        assert (y1 - y0) / (x1 - x0) == 2 * w and y0 + (w - x0) * 2 * w == w * w
        assert tangent.here.get_xydata().tolist() == [[w, w * w]]
    _, step, _ = (button for button in buttons(tangent)[::-1] if button.description in ("Rewind", "Step", "Play"))
    tangent.rewind()
    click(step)
    assert control.value == -2
    axes, place = tangent.painter.figure.axes[0], tangent.painter.figure.transFigure.inverted().transform
    start, end = place(axes.transData.transform([(-2, 4), (1, 3)])).tolist()
    stroke = {"stroke": "1", "start": start, "at": end, "phase": "up", "moved": True, "touch": False}
    send(tangent.canvas, pointer=stroke)
    assert control.value == 1 and np.isclose(tangent.here.get_xydata(), [[1, 1]]).all()


def test_what_it_names_is_there():
    named = re.findall(r"`((?:lectureutils|tests|docs|tools|notebooks)/[\w./]*)`", PAGE)
    for path in set(named) - {"notebooks/src/NN_name.py"}:
        assert (ROOT / path).exists(), path
    make = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"\bmake ([a-z-]+)", PAGE.replace("makes", "")):
        assert re.search(rf"^{target}:|[ ]{target}:|^{target} ", make, re.MULTILINE), target
