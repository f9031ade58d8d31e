"""The numbers of a picture are read off its artists, whatever they are."""

import numpy as np
from drive import click
from matplotlib.figure import Figure

from lectureutils import plots, style
from lectureutils.live.tables import ROWS, plain, tables
from tests.browser.sample import Sample


def read(fig):
    return {title: (heads, rows) for title, heads, rows in tables(fig)}


def axes_of(fig, **look):
    axes = fig.subplots()
    axes.set(**look)
    return axes


def test_a_long_curve_is_thinned_and_keeps_ends_and_extremes():
    fig, x = Figure(), np.linspace(-3, 3, 601)
    axes = axes_of(fig, title="Two losses", xlabel="$w_1$", ylabel="loss")
    axes.plot(x, (x - 1.23) ** 2, label="squared")
    axes.plot(x, abs(x + 0.5), label="norm")
    heads, rows = read(fig)["Two losses"]
    assert heads == ["w_1", "squared", "norm"]
    assert ROWS < len(rows) <= ROWS + 4
    assert rows[0] == ["-3", "17.89", "2.5"] and rows[-1] == ["3", "3.133", "3.5"]
    assert ["1.23", "3.155e-30", "1.73"] in rows or any(row[0] == "1.23" for row in rows)
    assert any(row[0] == "-0.5" for row in rows)


def test_a_curve_without_a_label_has_the_name_of_the_text_in_its_colour():
    fig = Figure()
    axes = axes_of(fig, xlabel="step", ylabel="L")
    axes.plot([0, 1], [3, 4], color=style.BLUE)
    axes.plot([0, 1], [5, 6], color=style.RED)
    axes.text(1, 4, "train", color=style.BLUE)
    assert read(fig)["L"] == (["step", "train", "curve 2"], [["0", "3", "5"], ["1", "4", "6"]])


def test_a_path_has_its_points_numbered():
    fig = Figure()
    axes_of(fig, title="path", xlabel="w1", ylabel="w2").plot([0, 2, 1], [0, 1, 5])
    assert read(fig)["path, curve 1"] == (["point", "w1", "w2"], [["1", "0", "0"], ["2", "2", "1"], ["3", "1", "5"]])


def test_bars_have_the_names_of_their_ticks():
    fig = Figure()
    axes = axes_of(fig, title="scores", xlabel="score")
    plots.set_bars(plots.class_bars(axes, ["cat", "car"], -4, 4), np.array([1.5, -2]))
    assert read(fig)["scores"] == (["bar", "score"], [["cat", "1.5"], ["car", "-2"]])


def test_a_matrix_has_its_rows_and_columns():
    fig = Figure()
    axes = axes_of(fig)
    _, numbers = plots.cells(axes, ["cat", "car"], ["x1", "x2"])
    axes.set_title("W")
    numbers.set_texts(["1", "2", "3", "4"])
    ((title, heads, rows),) = tables(fig, [numbers])
    assert (title, heads, rows) == ("W", ["", "x1", "x2"], [["cat", "1", "2"], ["car", "3", "4"]])


def test_a_graph_is_read_line_by_line():
    fig = Figure()
    axes = fig.subplots()
    axes.axis("off")
    axes.plot([0, 1], [0, 1])
    for x, y, text in ((0.1, 0.9, "$x$"), (0.8, 0.9, "q = 4"), (0.1, 0.2, "-2")):
        axes.text(x, y, text)
    assert tables(fig) == [("picture 1, written in it", ["line by line"], [["x; q = 4"], ["-2"]])]


def test_what_is_not_seen_is_not_told():
    fig = Figure()
    axes = axes_of(fig)
    axes.plot([0, 1], [3, 4])[0].set_visible(False)
    axes.plot([], [])
    axes.axhline(0)
    assert tables(fig) == []


def test_formulas_become_words():
    assert plain(r"$\mathbf{W}_{1}$ and" "\n" r"$\lambda = 0.1$") == "W_1 and lambda = 0.1"


def test_the_button_stands_beside_reset_and_opens_closes_and_renews_the_tables():
    figure = Sample()
    (line,) = [box for box in boxes(figure.widget) if figure.reset_button in box.children]
    assert line.children[line.children.index(figure.reset_button) + 1] is figure.number_view.button
    assert figure.canvas.numbers == [] and not figure.canvas.numbers_open
    frame = figure.canvas.frame_id
    click(figure.number_view.button)
    assert figure.canvas.numbers_open and figure.canvas.frame_id == frame
    first = dict_of(figure)["picture 2"]
    assert [row[0] for row in first] == ["a", "b", "c"] and first[0][1] == "1"
    figure.set(angle=1.0)
    assert dict_of(figure)["picture 2"] == first, "no table is made while the hand moves"
    figure.canvas.numbers_asked += 1
    assert dict_of(figure)["picture 2"][0][1] == f"{figure.bars[0].get_width():.4g}" != "1"
    click(figure.number_view.button)
    assert not figure.canvas.numbers_open


def dict_of(figure):
    return {title: rows for title, _heads, rows in figure.canvas.numbers}


def boxes(widget):
    found = [widget] if hasattr(widget, "children") else []
    return found + [box for child in getattr(widget, "children", ()) for box in boxes(child)]
