"""The line of the first figure, moved by a slider and by its two handles."""

from drive import check, drag, send

from lectureutils.figures import LineFigure


def test_the_line_of_the_first_figure():
    figure = LineFigure(w=0.5, b=1.0)
    (axes,) = figure.painter.figure.axes
    send(figure.controls["w"].inputs[0], value=-1.0)
    assert figure.line.get_xydata().tolist() == [[-3, 4], [3, -2]]
    assert "falls: y = -1.00 x + 1.00" in figure.canvas.text
    drag(figure, axes, (0, 1), (0, -2))
    drag(figure, axes, (1, -3), (1, -1.5))
    assert figure.values == {"w": 0.5, "b": -2.0}
    assert figure.slope.get_xydata().tolist() == [[1, -1.5]]
    check(figure, "drag")
