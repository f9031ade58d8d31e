"""Distributor, switcher, router: what three nodes do with the same numbers."""

import pytest
from drive import check

from lectureutils import figures
from lectureutils.figures.shared.words import four_digits


@pytest.mark.parametrize(("a", "b", "upstream"), [(3.0, -2.0, 2.0), (-1.0, 4.0, -0.5)])
def test_distributor_switcher_router(a, b, upstream):
    figure = figures.GateFigure(a, b, upstream)
    larger = (upstream, 0.0) if a > b else (0.0, upstream)
    expected = [(a + b, upstream, upstream), (a * b, upstream * b, upstream * a), (max(a, b), *larger)]
    for picture, (out, da, db) in zip(figure.pictures, expected, strict=True):
        assert picture.values.get_texts() == [four_digits(a), four_digits(b), four_digits(out)]
        assert picture.gradients.get_texts() == [four_digits(da), four_digits(db), four_digits(upstream)]
    check(figure, "start")


def test_a_tie_is_said():
    figure = figures.GateFigure(2.0, 2.0, 3.0)
    assert "max: out 2, back to a 1.5 and to b 1.5." in figure.canvas.text and "a tie" in figure.canvas.text
