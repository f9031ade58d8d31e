"""The plane of a linear classifier: regions, lines, arrows and points are the computed ones, and can be dragged."""

import numpy as np
import pytest
from drive import check, click, drag, send, shown, tap

from lectureutils import figures, style

X = np.array([[-1.0, 0.5], [1.5, 1.0], [0.2, -1.5], [2.0, 2.0]])
Y = np.array([0, 1, 2, 0])
W = np.array([[-1.2, 0.8], [0.7, 0.9], [0.9, -1.2]])
B = np.array([0.3, -0.4, 0.0])


@pytest.fixture(scope="module")
def figure():
    return figures.PlaneFigure(X, Y, W, B, ["Adelie", "Chinstrap", "Gentoo"], ["length", "depth"])


def test_regions_are_where_a_score_is_highest(figure):
    grid = figure.grid
    index = figure.regions.get_data()
    for row, column in [(0, 0), (0, 239), (239, 0), (239, 239), (60, 100), (180, 30)]:
        point = np.array([grid[column], grid[row]])
        assert index[row, column] == (W @ point + B).argmax()


def test_regions_have_their_colour_on_the_screen(figure):
    pixels = shown(figure)
    for point in ([-2.6, 2.6], [2.6, 2.6], [2.6, -2.6]):
        best = int((W @ point + B).argmax())
        x, y = figure.painter.figure.transFigure.inverted().transform(figure.plane.transData.transform(point))
        colour = pixels[round((1 - y) * pixels.shape[0]), round(x * pixels.shape[1])] / 255
        assert np.abs(colour - style.pale(style.CLASS_COLORS[best])).max() < 0.05


def test_lines_have_score_zero_and_arrows_are_the_rows_of_w(figure):
    for c, handle in enumerate(figure.handles):
        assert handle.line.get_xydata() @ W[c] + B[c] == pytest.approx([0, 0], abs=1e-9)
        foot, tip = handle.arrow.get_xydata()
        assert tip - foot == pytest.approx(0.5 * W[c])
        assert foot @ W[c] + B[c] == pytest.approx(0)
        assert handle.tip[0] == pytest.approx(tip)


def test_points_bars_and_rings(figure):
    for c, dots in enumerate(figure.dots):
        assert np.array_equal(dots.get_xydata(), X[c == Y])
    scores = X @ W.T + B
    assert [bar.get_width() for bar in figure.bars] == pytest.approx(scores[0])
    assert np.array_equal(figure.wrong.get_xydata(), X[scores.argmax(axis=1) != Y])
    assert figure.canvas.text.startswith("3 of 4 points are on their own colour (75.0%)")


def test_dragging_a_line_changes_its_bias_alone(figure):
    middle = figure.handles[0].line.get_xydata().mean(axis=0) + [0.0, 0.0]
    along = np.array([-W[0, 1], W[0, 0]]) / np.linalg.norm(W[0])
    start = middle - 1.2 * along
    drag(figure, figure.plane, start, start + [0.4, -0.3])
    assert np.array_equal(figure.W.value, W)
    assert figure.b.value[1:] == pytest.approx(B[1:])
    assert (start + [0.4, -0.3]) @ W[0] + figure.b.value[0] == pytest.approx(0, abs=0.02)
    check(figure, "line")


def test_dragging_a_tip_turns_the_row_about_its_foot(figure):
    foot, tip = figure.handles[2].arrow.get_xydata()
    drag(figure, figure.plane, tip, foot + [0.0, -1.0])
    assert figure.W.value[2] == pytest.approx([0.0, -2.0], abs=0.03)
    assert foot @ figure.W.value[2] + figure.b.value[2] == pytest.approx(0, abs=0.03)
    assert np.array_equal(figure.W.value[:2], W[:2])
    check(figure, "tip")


def test_a_point_follows_the_pointer_and_a_press_adds_one(figure):
    drag(figure, figure.plane, X[2], (-2.0, -2.0))
    assert figure.points.value.X[2] == pytest.approx([-2, -2], abs=0.02)
    assert figure.points.selected == 2
    tap(figure, figure.plane, (-2.5, 1.2))
    assert len(figure.points.value.X) == 5
    assert figure.points.value.X[4] == pytest.approx([-2.5, 1.2], abs=0.02)


def test_scaling_w_and_b_moves_no_region_and_makes_scores_louder(figure):
    before = figure.regions.get_data().copy()
    send(figure.scale.inputs[0], value=10.0)
    differs = figure.regions.get_data() != before
    assert differs.mean() < 1e-3, "more than rounding on the borders themselves"
    assert [bar.get_width() for bar in figure.bars] == pytest.approx(10 * (W @ X[0] + B))


def test_no_points_and_a_row_of_zeros_are_shown_and_named(figure):
    for _ in range(4):
        click(figure.points.inputs[5])
    assert figure.canvas.text == "There is no point. Press on the plane, or on Add a point, to make one."
    figure.set(W=np.zeros((3, 2)))
    assert all(len(handle.line.get_xdata()) == 0 for handle in figure.handles)
    check(figure, "zeros")


def test_five_classes_have_five_lines_told_apart():
    spokes = 2 * np.pi * np.arange(5) / 5
    rows = np.column_stack([np.cos(spokes), np.sin(spokes)])
    star = figures.PlaneFigure(rows, np.arange(5), rows, np.full(5, -0.5), list("abcde"))
    check(star, "start")
    assert star.canvas.text.startswith("5 of 5 points")
    assert len({handle.arrow.get_color() for handle in star.handles}) == 5
    assert len({str(handle.line._dash_pattern) for handle in star.handles}) == 5
    for w, handle in zip(star.W.value, star.handles, strict=True):
        assert handle.line.get_xydata() @ w == pytest.approx([0.5, 0.5])
