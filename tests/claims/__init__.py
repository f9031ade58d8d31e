"""What the notebooks' text promises, tried out: one module for each notebook, one test for each promise.

A test says which words it stands for, does with the live figure what they say, and reads what comes of it:

    @claim("Delete points until there are 4.")
    def test_with_four_points_degree_1_is_best(figure):
        polynomial = figure(figures.PolynomialFigure)
        ...

`test_every_claim.py` sees to it that the words still stand in the notebook, and that nothing under a "Try this" is
promised without a test. A module that has an invitation without a promise lists it in UNTESTED, with the reason.
"""

import itertools
import re
from collections.abc import Callable
from pathlib import Path

import nbformat
from drive import buttons, click, send
from drive import drag as drag
from drive import tap as tap

from lectureutils.live import LiveFigure
from tools.cells import heading
from tools.notebooks import BUILT, SOURCES


def claim(*words: str) -> Callable:
    """Tie a test to the words of the notebook that it tries out."""

    def tie(test: Callable) -> Callable:
        test.claims = words
        return test

    return tie


def notebook_of(module: str) -> Path:
    """Give the source of the notebook whose claims stand in a module, as in `claims.test_loss_functions`."""
    name = module.rpartition(".")[2].removeprefix("test_")
    return next(path for path in SOURCES.glob("[0-9]*.py") if path.stem[3:] == name)


def squash(text: str) -> str:
    """Put text on one line, whatever its line breaks."""
    return re.sub(r"\s+", " ", text).strip()


# What the reader's hand does


def press(figure: LiveFigure, name: str, times: int = 1) -> None:
    """Press the button with this name, as often as said."""
    (button,) = (button for button in buttons(figure) if button.description == name)
    for _ in range(times):
        click(button)


def press_play(figure: LiveFigure) -> None:
    """Press Play and let it run to its end."""
    press(figure, "Play")
    for tick in itertools.count(1):
        if not figure.canvas.playing:
            return
        send(figure.canvas, tick=tick)


# What the reader reads


def read(text: str | LiveFigure, pattern: str) -> float | tuple[float, ...]:
    """Read the numbers that stand where the groups of the pattern are, in a text or in a figure's sentence."""
    text = text if isinstance(text, str) else text.canvas.text
    found = re.search(pattern, text)
    assert found, f"no {pattern!r} in: {text}"
    numbers = tuple(float(group.replace("\N{MINUS SIGN}", "-").rstrip(".,")) for group in found.groups())
    return numbers[0] if len(numbers) == 1 else numbers


def printed(path: Path, section: str) -> str:
    """Give what the cells of a section print, as the built notebook shows it (nbval compares it with a run)."""
    shown, here = [], False
    for cell in nbformat.read(BUILT / f"{path.stem}.ipynb", as_version=4).cells:
        if (opening := heading(cell)) and opening[0] <= 2:
            here = opening[1].startswith(section)
        if here:
            shown += [output.text for output in cell.get("outputs", []) if output.output_type == "stream"]
    assert shown, f"{path.stem} prints nothing in a section {section!r}"
    return "".join(shown)
