"""The figures of notebook 04: what is drawn equals what is computed here by other means."""

import re

import numpy as np
import pytest
from drive import buttons, check, click, fits, send

from lectureutils.data import lecture, load_penguins
from lectureutils.figures import (
    DimensionFigure,
    LeastSquaresFigure,
    NumericalGradientFigure,
    RandomSearchFigure,
    StepSizeFigure,
    SurfaceFigure,
)
from lectureutils.figures.optimization.measured import cut, measure
from lectureutils.figures.optimization.norm_loss import norm_gradient, norm_loss
from lectureutils.figures.optimization.surface import curvature, descend
from lectureutils.figures.shared.words import say_slope
from lectureutils.gradients import numerical_gradient
from lectureutils.losses import one_hot

X1, Y_STAR, V2 = lecture.x1, lecture.y_star, lecture.V2


def loss(W):
    return float(np.sqrt(((W @ X1 - Y_STAR) ** 2).sum()))


def press(figure, word):
    """Click the button with this word on it."""
    click(next(button for button in buttons(figure) if button.description == word))


# Random search


@pytest.fixture(scope="module")
def search():
    return RandomSearchFigure(loss, X1, Y_STAR, {"V1": lecture.V1, "V2": V2}, lecture.CLASSES)


def test_search_begins_with_the_lectures_draws(search):
    assert search.losses == pytest.approx([0.9148, 1.669267], abs=5e-5)
    assert "Draw 2 (V2)" in search.canvas.text and "number 1 with L = 0.9148" in search.canvas.text
    assert [float(text) for text in search.numbers.get_texts()] == pytest.approx(V2.ravel())
    assert [bar.get_width() for bar in search.bars] == pytest.approx([0.4165, -0.118, 1.1675])
    assert search.best.get_xdata() == pytest.approx([0.9148] * 2, abs=5e-5)
    assert search.last.get_xdata() == pytest.approx([1.669267] * 2, abs=5e-7)


def test_buttons_draw_one_ten_and_a_thousand(search):
    for word, count in (("Step", 3), ("Draw 10", 13), ("Draw 1000", 1013)):
        press(search, word)
        assert len(search.losses) == count and f"Draw {count}:" in search.canvas.text
        check(search, word)
    press(search, "Rewind")
    assert len(search.losses) == 2


def test_the_histogram_counts_all_draws_and_the_best_is_the_smallest(search):
    press(search, "Draw 1000")
    heights = search.histogram.get_data().values
    counts = np.array([((low <= search.losses) & (search.losses < low + 0.05)).sum() for low in np.arange(80) * 0.05])
    assert counts.sum() == 1002
    assert heights == pytest.approx(counts / counts.max())
    assert search.best.get_xdata()[0] == min(search.losses)
    assert search.losses[-1] == pytest.approx(loss(search.W)), "the table shows the last draw"


def test_losses_beyond_the_axis_stay_in_the_picture(search):
    search.set(spread=1.0)
    assert len(search.losses) == 2, "another spread starts another histogram"
    press(search, "Draw 1000")
    assert search.losses.max() > 4
    assert search.histogram.get_data().values[-1] > 0
    assert search.last.get_xdata()[0] <= 4


def test_a_thousand_times_the_draws_for_a_tenth_of_the_loss(search):
    """Three scores have to be hit: the share of draws below L grows like L^3."""
    search.refresh(lambda: search.draw_more(20000))
    below = [(search.losses < level).mean() for level in (0.3, 0.6)]
    assert below[1] / below[0] == pytest.approx(8, rel=0.3)


def test_the_outlook_is_what_the_draws_turn_out_to_be(search):
    for spread in (0.05, 0.5):
        search.set(spread=spread)
        search.refresh(lambda: search.draw_more(5000))
        heights, middles = search.outlook.get_data().values, 0.1 + 0.2 * np.arange(20)
        assert heights.max() == 1
        assert heights @ middles / heights.sum() == pytest.approx(np.minimum(search.losses, 3.9).mean(), abs=0.1)


def test_a_search_needs_a_first_draw():
    with pytest.raises(ValueError, match="known: got no draw, expected at least one"):
        RandomSearchFigure(loss, X1, Y_STAR, {}, lecture.CLASSES)


# The dimension


@pytest.fixture(scope="module")
def dimension():
    return DimensionFigure(budget=90, largest=200, seed=1)


def test_descent_in_any_dimension_is_gradient_descent(dimension):
    for row in (0, 5, len(dimension.sizes) - 1):
        D = dimension.sizes[row]
        a, right, w = dimension.slopes[:D], dimension.right[:D], np.zeros(D)
        for step in range(31):
            assert dimension.descent[row, step] == pytest.approx((a @ (w - right) ** 2) / (a @ right**2))
            w -= 0.5 * 2 * a * (w - right)


def test_luck_in_any_dimension_is_the_best_of_that_many_draws(dimension):
    rng = np.random.default_rng(9)
    for row in (0, 8, len(dimension.sizes) - 1):
        D = dimension.sizes[row]
        a, right = dimension.slopes[:D], dimension.right[:D]
        assert (np.diff(dimension.luck[row]) <= 0).all()
        mean = ((rng.standard_normal((4000, D)) - right) ** 2 @ a).mean() / (a @ right**2)
        runs = [DimensionFigure._search(dimension, np.random.default_rng(k))[row, 0] for k in range(60)]
        assert np.mean(runs) == pytest.approx(mean, rel=0.35), "the first draw, on average"


def test_both_curves_end_at_the_budget(dimension):
    dimension.set(D=200, budget=60)
    assert [end.get_xdata()[0] for end in dimension.ends] == [60, 60]
    assert dimension.ends[0].get_ydata()[0] == dimension.luck[-1, 59]
    assert dimension.ends[1].get_ydata()[0] == dimension.descent[-1, 20]
    assert "200 unknowns, 60 losses" in dimension.canvas.text and "20 steps" in dimension.canvas.text
    dimension.reset()


def test_luck_wins_in_one_dimension_and_is_useless_in_7500():
    figure = DimensionFigure()
    figure.set(D=1)
    assert "1 unknown," in figure.canvas.text and "Luck is ahead" in figure.canvas.text
    figure.set(D=7500)
    assert figure.D == 7500 and figure.lost[0] > 1.5 and figure.lost[1] < 0.001
    assert "No draw is better than w = 0" in figure.canvas.text


# Least squares


@pytest.fixture(scope="module")
def squares():
    train, test = load_penguins().random_split(0.25, seed=0)
    return LeastSquaresFigure({"penguins": (train.standardised(), test.standardised(like=train))})


def test_one_example_makes_the_matrix_singular(squares):
    shown = squares.eigenvalues.get_ydata()
    assert (shown < 1e-14).sum() == 4 and "rank 1: no inverse" in squares.canvas.text
    squares.set(lam=0.01)
    assert (squares.lifted.get_ydata() > 1e-4).all() and "one best W" in squares.canvas.text


def test_eigenvalues_are_those_of_the_normal_equation(squares):
    train = squares.sets["penguins"][0]
    squares.set(n=len(train), lam=0.1)
    A = np.column_stack([train.X, np.ones(len(train))])
    plain = np.linalg.eigvalsh(A.T @ A)[::-1]
    ridge = np.linalg.eigvalsh(A.T @ A + 0.1 * len(A) * np.diag([1, 1, 1, 1, 0]))[::-1]
    assert squares.eigenvalues.get_ydata() == pytest.approx(plain / plain[0])
    assert squares.lifted.get_ydata() == pytest.approx(ridge / plain[0])


def test_accuracies_are_those_of_the_formula(squares):
    train, test = squares.sets["penguins"]
    squares.set(n=len(train), lam=0.0)
    A, Y = np.column_stack([train.X, np.ones(len(train))]), one_hot(train.y, 3)
    W = np.linalg.inv(A.T @ A) @ A.T @ Y
    unseen = (np.column_stack([test.X, np.ones(len(test))]) @ W).argmax(axis=1) == test.y
    assert squares.curves[1].get_ydata()[-1] == pytest.approx(unseen.mean())
    assert f"{unseen.mean():.1%} of the unseen" in squares.canvas.text
    assert squares.here.get_xdata() == [len(train)] * 2


# The measured gradient


@pytest.fixture(scope="module")
def table():
    return NumericalGradientFigure(V2, X1, Y_STAR, lecture.CLASSES)


@pytest.fixture(scope="module")
def lab():
    return NumericalGradientFigure(V2, X1, Y_STAR, lecture.CLASSES, switches=True)


@pytest.mark.parametrize("habits", [{}, {"cut_base": False, "leave_steps": False}])
@pytest.mark.parametrize("digits", [3, 4, 5, 9, 16])
def test_the_division_that_is_printed_gives_the_slope_that_is_printed(lab, habits, digits):
    """The slide's own mistake, 0.5 and 0.9 from losses of which only four digits were shown, must not happen here."""
    for entry in (1, 2):
        lab.set(entry=entry, digits=digits, **habits)
        after, base, h, slope = map(float, re.match(
            r"dW\[0, \d\] = \(([\d.]+) - ([\d.]+)\) / ([\d.]+) = (-?[\d.]+)\. ", lab.canvas.text).groups())
        assert slope == pytest.approx((after - base) / h, abs=6e-5 if digits < 16 else 1e-6), lab.canvas.text
    if digits == 16 and habits:
        assert slope == 0.374898


def test_the_first_two_steps_are_the_slides(table):
    assert table.losses.get_texts()[:4] == ["0.416", "-0.118", "1.167", "1.6688"]
    assert not any(table.tables[1].get_texts())
    press(table, "Step")
    assert table.canvas.text == "dW[0, 0] = (1.6693 - 1.6688) / 0.001 = 0.5. 1 of 12 entries are measured."
    press(table, "Step")
    assert table.canvas.text == "dW[0, 1] = (1.6697 - 1.6688) / 0.001 = 0.9. 2 of 12 entries are measured."
    assert table.tables[1].get_texts()[:3] == ["0.5", "0.9", ""]
    assert table.tables[0].get_texts()[:3] == ["-0.1+h", "0.2+h", "0.15"], "the first step is left in"


def test_the_player_fills_the_table_and_stops(table):
    steps = 1
    while table.advance():
        steps += 1
    assert steps == 12 and all(table.tables[1].get_texts()) and not table.advance()


@pytest.mark.parametrize("cut_base, leave_steps, digits, first, second", [
    (True, True, 4, 0.5, 0.9), (True, False, 4, 0.5, 0.8), (False, True, 4, 0, 0.4), (False, False, 4, 0, 0.3),
    (False, False, 16, 0.024954, 0.374898)])  # fmt: skip
def test_the_switches_lead_from_the_printed_slopes_to_the_right_ones(lab, cut_base, leave_steps, digits, first, second):
    lab.set(cut_base=cut_base, leave_steps=leave_steps, digits=digits, entry=2)
    assert lab.slopes == pytest.approx([first, second], abs=2e-6)
    if digits == 16 and not cut_base:
        assert lab.slopes == pytest.approx(numerical_gradient(loss, V2, h=0.001, central=False).ravel()[:2])


def test_the_true_gradient_stands_beside_it(lab):
    exact = [[.024951, .374266, .017466, .578865], [-.066976, -1.004633, -.046883, -1.553832],
             [.069941, 1.049113, .048959, 1.622628]]  # fmt: skip
    assert lab.true == pytest.approx(np.array(exact), abs=6e-7)
    assert [float(text) for text in lab.tables[2].get_texts()] == pytest.approx(np.ravel(exact), abs=5.1e-4)
    assert "The true slope is 0.374266" in lab.canvas.text and "entries: 0.53." in lab.canvas.text


def test_cutting_and_measuring_bad_ends():
    assert cut([0.4165, -0.118, 1.1675]).tolist() == [0.416, -0.118, 1.167]
    assert (norm_gradient(np.zeros((3, 4)), X1, np.zeros(3)) == 0).all(), "no slope at the tip, and no NaN"
    step = measure(V2, X1, Y_STAR, (2, 3), 1e-12)
    assert np.isfinite(step.slope) and (step.W != V2).sum() == 1
    assert say_slope(-0.0001, narrow=True) == "0.000"
    assert say_slope(123456.0) == "1e+05" and say_slope(0.0249543) == "0.02495"


# The step size


@pytest.fixture(scope="module")
def vee():
    return StepSizeFigure(V2, X1, Y_STAR)


@pytest.mark.parametrize("choice, power", [("norm", 1), ("square", 2)])
def test_errors_are_those_of_the_measured_gradients(vee, choice, power):
    true = norm_gradient(V2, X1, Y_STAR) * (2 * loss(V2) if power == 2 else 1)
    for h in (0.1, 1e-3, 1e-5):
        vee.set(h=h, loss=choice, digits=16)
        step = vee.steps[vee.k]
        for which, central in enumerate((False, True)):
            measured = numerical_gradient(lambda W: loss(W) ** power, V2, h=step, central=central)
            error = np.abs(measured - true).max()
            assert vee.errors[which][vee.k] == pytest.approx(error, rel=0.1, abs=2e-9)
            assert vee.marks[which].get_ydata()[0] == pytest.approx(max(vee.errors[which][vee.k], vee.floor))


def test_the_norm_makes_a_v_and_the_square_does_not(vee):
    vee.set(loss="norm", digits=16)
    for error in vee.errors:
        lowest = error.argmin()
        assert 5 < lowest < len(error) - 5 and error[0] > 1e3 * error[lowest] < error[-1]
    vee.set(loss="square")
    assert vee.errors[1][-1] < 1e-13, "central differences are exact on a parabola"
    assert vee.errors[0][-1] > 1


def test_few_digits_raise_the_left_side(vee):
    vee.set(loss="norm", digits=16, h=1e-4)
    fine = vee.errors[0][vee.k]
    vee.set(digits=4)
    assert vee.errors[0][vee.k] > 100 * fine and "digits run out" in vee.canvas.text
    vee.reset()


def test_the_slider_of_tiny_steps_moves_the_picture(vee):
    """A move from 1e-13 to 1e-12 is a factor of ten, no rounding noise."""
    widget = vee.controls["h"].inputs[0]
    send(widget, value=1e-13)
    assert vee.canvas.text.startswith("h = 1.0e-13")
    send(widget, value=1e-12)
    assert vee.canvas.text.startswith("h = 1.0e-12")
    vee.reset()


# The surface

INPUTS, WANTED = lecture.X[[0, 2]][:, [1, 3]], np.array([1.0, 0.0])


def norm(w):
    r = INPUTS @ w - WANTED
    length = np.linalg.norm(r)
    return length, INPUTS.T @ r / max(length, 1e-300)


def squared(w):
    r = INPUTS @ w - WANTED
    return r @ r, 2 * INPUTS.T @ r


@pytest.fixture(scope="module")
def surface():
    return SurfaceFigure({"norm": norm, "squared": squared})


def test_paths_are_gradient_descent(surface):
    surface.set(w0=0.5, w1=-0.4, rate=0.03, steps=7)
    for path, curve, f in zip(surface.paths, surface.curves, (norm, squared), strict=True):
        w, places = np.array([0.5, -0.4]), []
        for _ in range(8):
            places.append(w)
            w = w - surface.rate * f(w)[1]
        assert surface.rate == pytest.approx(0.03, rel=0.03), "the slider has marks"
        assert path.get_xdata() == pytest.approx([x for x, _ in places])
        assert path.get_ydata() == pytest.approx([y for _, y in places])
        assert curve.get_ydata() == pytest.approx([f(w)[0] for w in places])


def test_the_limit_is_two_over_the_largest_curvature(surface):
    low, high = np.linalg.eigvalsh(2 * INPUTS.T @ INPUTS)
    assert curvature(squared) == pytest.approx((low, high))
    assert surface.bounds[2] == pytest.approx(2 / high)
    for share, settles in ((0.995, True), (1.005, False)):
        losses = descend(squared, (0.9, -0.6), share * 2 / high, 2000).losses
        assert (losses[-1] < 1e-3) == settles


@pytest.mark.parametrize("rate, word, sign", [
    (0.004, "too small", 0), (0.02, "right", 1), (0.06, "zig-zag", -1), (0.07, "diverging", -1)])
def test_the_name_of_a_rate_is_what_its_path_does(surface, rate, word, sign):
    surface.set(w0=0.9, w1=-0.6, rate=rate, steps=30)
    said = surface.canvas.text.split("squared: ")[1]
    assert said.split(", ")[1].startswith(word), said
    steep = np.linalg.eigh(INPUTS.T @ INPUTS)[1][:, 1]
    best = np.linalg.solve(INPUTS, WANTED)
    across = (surface.walks[1].places[:5] - best) @ steep
    losses = surface.walks[1].losses
    if word == "too small":
        assert losses[100] > 0.01 * losses[0]
    else:
        assert (np.sign(across[1:] / across[:-1]) == sign).all(), "crosses the valley at each step, or never"
        assert (losses[-1] > losses[0]) == (word == "diverging")


def test_the_norm_never_settles_and_never_flies_away(surface):
    surface.set(w0=0.9, w1=-0.6, rate=0.05, steps=100)
    assert "norm: L = " in surface.canvas.text and "never settles" in surface.canvas.text
    late = surface.walks[0].losses[-20:]
    assert late.min() > 0.01 and late.max() < 1
    for rate in (0.002, 0.2):
        surface.set(rate=rate)
        assert not surface.walks[0].left
    surface.set(rate=0.002)
    assert "norm: L" in surface.canvas.text and "still on the way down" in surface.canvas.text


def test_the_start_can_be_dragged(surface):
    figure, panel = surface.painter.figure, surface.panels[1]

    def fraction(x, y):
        return list(figure.transFigure.inverted().transform(panel.transData.transform((x, y))))

    start, end = fraction(0.9, -0.6), fraction(-0.5, 0.25)
    stroke = {"stroke": "1", "start": start, "touch": False}
    for phase, at, moved in (("down", start, False), ("move", end, True), ("up", end, True)):
        send(surface.canvas, pointer={**stroke, "phase": phase, "at": at, "moved": moved})
    assert surface.values["w0"] == pytest.approx(-0.5, abs=0.02)
    assert surface.values["w1"] == pytest.approx(0.25, abs=0.02)
    check(surface, "drag")
    surface.reset()


def test_the_tip_itself_is_no_error(surface):
    best = np.linalg.solve(INPUTS, WANTED)
    walk = descend(norm, best, 0.05, 20)
    assert np.isfinite(walk.losses).all()


def test_losses_of_another_kind_are_refused():
    with pytest.raises(ValueError, match="losses: got 1, expected two"):
        SurfaceFigure({"norm": norm})
    with pytest.raises(ValueError, match="no constant curvature, expected a parabola"):
        SurfaceFigure({"squared": squared, "norm": norm})


def test_nothing_is_cut_off_on_the_projector(projector):
    for figure in (
        SurfaceFigure({"norm": norm, "squared": squared}), StepSizeFigure(V2, X1, Y_STAR),
        NumericalGradientFigure(V2, X1, Y_STAR, lecture.CLASSES, switches=True),
        RandomSearchFigure(loss, X1, Y_STAR, {"V1": lecture.V1, "V2": V2}, lecture.CLASSES),
    ):  # fmt: skip
        check(figure, "projector")
        fits(figure)


def test_norm_loss_takes_batches():
    assert norm_loss(np.array([[0.0, 1, 0], [0, 0, 0]]), Y_STAR) == pytest.approx([0, 1])
