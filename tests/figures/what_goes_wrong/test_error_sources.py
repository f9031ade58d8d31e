"""Four sources of one error."""

import numpy as np
import pytest

from lectureutils.figures import ErrorSourcesFigure
from lectureutils.figures.what_goes_wrong import error_split
from lectureutils.figures.what_goes_wrong.error_split import SOURCES, Setting


@pytest.fixture(scope="module")
def figure():
    return ErrorSourcesFigure()


def widths(figure):
    """Give the lengths of the bars: the four parts, and all together."""
    return [bar.get_width() for bar in figure.bars]


def test_parts_add_up_and_bars_show_them(figure):
    figure.set(degree=3, examples=40, loss="squared", steps=30)
    setting = Setting(3, round(figure.values["examples"]), "squared", round(figure.values["steps"]))
    parts = figure.splitter.split(setting).parts
    fit = figure.shown["fit"].get_ydata()
    assert parts.sum() == pytest.approx(np.mean((fit - error_split.truth(figure.splitter.x)) ** 2))
    np.testing.assert_allclose(widths(figure), [*parts, parts.sum()])
    said = [float(text.replace("−", "-")) for text in figure.numbers.get_texts()]
    np.testing.assert_allclose(said, [*parts, parts.sum()], atol=5.1e-4)
    best = np.polynomial.Polynomial.fit(figure.splitter.x, figure.splitter.goal, 3)(figure.splitter.x)
    assert parts[0] == pytest.approx(np.mean((best - figure.splitter.goal) ** 2))
    assert len(figure.shown["data"].get_xdata()) == round(figure.values["examples"])


@pytest.mark.parametrize(
    ("handle", "source"),
    [
        ({"degree": 1}, "model too small"),
        ({"loss": "squared"}, "wrong loss"),
        ({"loss": "too low costs 3 times"}, "wrong loss"),
        ({"examples": 20}, "too little data"),
        ({"steps": 5}, "stopped early"),
    ],
)
def test_each_handle_makes_its_own_part_the_largest(figure, handle, source):
    assert "All four are good enough" in figure.canvas.text
    figure.set(**handle)
    assert SOURCES[np.argmax(widths(figure)[:4])] == source and f"Most of it: {source}" in figure.canvas.text


@pytest.mark.parametrize("setting", [{}, {"degree": 1}, {"degree": 9, "examples": 16}, {"degree": 9, "examples": 12}])
def test_no_bar_leaves_the_axis(figure, setting):
    figure.set(**setting)
    low, high = figure.side.get_xlim()
    assert low < min(widths(figure)) <= max(widths(figure)) < high
    places = figure.numbers.places[:, 0]
    assert (places > low).all() and (places < high - 0.1 * (high - low)).all()


def test_stopping_early_may_help(figure):
    figure.set(degree=9, examples=16, steps=40)
    assert widths(figure)[3] < -0.01 and "has helped" in figure.canvas.text
    totals = []
    for steps in (300, 40, 5):  # what the notebook prints
        figure.set(steps=steps)
        totals.append(widths(figure)[4])
    np.testing.assert_allclose(totals, [0.40, 0.08, 0.43], atol=0.005)
