"""The figures of regularization: what is drawn equals what is computed here by other means."""


import numpy as np
import pytest
from drive import buttons, check, click, fits, inputs, send

from lectureutils.data import load_emoji
from lectureutils.figures import (
    ContourFigure,
    HalvesFigure,
    LambdaFigure,
    PathsFigure,
    PolynomialFigure,
    TemplatesOverLambdaFigure,
)
from lectureutils.figures.regularization.errors import LAMS
from lectureutils.live import PointSet

SEEN, NEW = slice(0, None, 2), slice(1, None, 2)


def wave():
    rng = np.random.default_rng(138)
    x = np.sort(rng.uniform(-1, 1, 24))
    return x, 0.7 * np.sin(3 * x) + 0.18 * rng.normal(size=24), np.arange(24) % 2 == 1


def ridge(x, y, degree, lam):
    """Return a fitted polynomial, from the equations with a column of ones that is not penalised."""
    A = np.vander(x, degree + 1, increasing=True)
    spared = np.diag(np.append(0, np.ones(degree)))
    return np.polynomial.Polynomial(np.linalg.solve(A.T @ A / len(x) + lam * spared, A.T @ y / len(x)))


def mse(model, x, y):
    return np.mean((model(x) - y) ** 2)


@pytest.fixture(scope="module")
def polynomial():
    return PolynomialFigure(*wave())


@pytest.fixture(scope="module")
def whole():
    return LambdaFigure(*wave())


# Two halves and their sum


def test_halves_draws_the_readers_own_penalty_and_finds_the_smallest_sum():
    x, y = np.array([-1.0, 0.5, 1.0]), np.array([-1.4, 0.9, 1.5])
    figure = HalvesFigure(x, y, {"mine": lambda W: float(np.sum(W**4)), "L1": lambda W: np.abs(W).sum()})
    figure.set(lam=0.5, w=2.0)
    lam = figure.values["lam"]
    w = figure.curves[0].get_xdata()
    data_loss = [np.mean((y - k * x) ** 2) for k in w]
    assert figure.curves[0].get_ydata() == pytest.approx(data_loss)
    assert figure.curves[1].get_ydata() == pytest.approx(lam * w**4)
    total = data_loss + lam * w**4
    assert figure.curves[2].get_ydata() == pytest.approx(total)
    assert figure.star.get_data() == (pytest.approx([w[total.argmin()]]), pytest.approx([total.min()]))
    at_2 = np.mean((y - 2 * x) ** 2)
    assert list(figure.tried.get_ydata()) == pytest.approx([at_2, lam * 16, at_2 + lam * 16])


def test_under_l1_the_star_stands_at_0_and_under_l2_it_never_does():
    x, y = np.array([-1.0, 0.5, 1.0]), np.array([-1.4, 0.9, 1.5])
    figure = HalvesFigure(x, y, {"L2": lambda W: np.sum(W**2), "L1": lambda W: np.abs(W).sum()})
    from_here = 2 * np.mean(x * y)  # the slope of the data loss at 0
    for lam in (0.7 * from_here, 1.3 * from_here, 100):
        figure.set(penalty="L1", lam=lam)
        assert (figure.star.get_xdata()[0] == 0) == (lam > from_here)
        assert ("exactly 0" in figure.canvas.text) == (lam > from_here)
        figure.set(penalty="L2", lam=lam)
        assert figure.star.get_xdata()[0] > 0


# Points and polynomials


def test_the_curve_is_the_least_squares_polynomial(polynomial):
    x, y, _ = wave()
    for degree in (1, 3, 8):
        polynomial.set(degree=degree)
        fitted = np.polynomial.Polynomial.fit(x[SEEN], y[SEEN], degree)
        at, drawn = polynomial.curve.get_data()
        assert drawn == pytest.approx(fitted(at), abs=1e-6)
        shown = [float(dot.get_ydata()[0]) for dot in polynomial.errors.dots]
        assert shown == pytest.approx([mse(fitted, x[SEEN], y[SEEN]), mse(fitted, x[NEW], y[NEW])], rel=1e-5)


def test_the_errors_over_degree_and_their_minimum(polynomial):
    x, y, _ = wave()
    fitted = [np.polynomial.Polynomial.fit(x[SEEN], y[SEEN], degree) for degree in range(1, 9)]
    new = [mse(p, x[NEW], y[NEW]) for p in fitted]
    assert polynomial.errors.new.get_ydata()[:8] == pytest.approx(new, rel=1e-4)
    assert polynomial.errors.seen.get_ydata()[:8] == pytest.approx([mse(p, x[SEEN], y[SEEN]) for p in fitted], rel=1e-4)
    assert polynomial.errors.star.get_xdata() == [1 + int(np.argmin(new))] == [3]
    assert polynomial.errors.new.get_ydata()[-1] == 100, "what leaves the picture is drawn at its edge"
    assert (np.diff(polynomial.errors.seen.get_ydata()) <= 1e-9).all()
    polynomial.set(degree=15)
    assert "less than 0.001 on 12 points" in polynomial.canvas.text and "more than 100 on 12" in polynomial.canvas.text


def test_the_errors_over_lambda(polynomial):
    x, y, _ = wave()
    polynomial.set(degree=9, penalty="L2", along="lambda", lam=0.01)
    fitted = [ridge(x[SEEN], y[SEEN], 9, lam) for lam in LAMS]
    new = np.array([mse(p, x[NEW], y[NEW]) for p in fitted])
    assert polynomial.errors.new.get_ydata() == pytest.approx(new, rel=1e-4)
    assert polynomial.errors.star.get_xdata() == [LAMS[new.argmin()]]
    assert polynomial.errors.cursor.get_xdata()[0] == pytest.approx(0.01)
    check(polynomial, "another axis")


def test_points_can_be_dragged_added_and_deleted(polynomial):
    start = polynomial.curve.get_ydata().copy()
    place = polynomial.points.X[4].copy()
    held = polynomial.grab(polynomial.plane, *place)
    assert held == 4
    polynomial.refresh(lambda: polynomial.drag(held, place[0], 0.9))
    assert np.abs(polynomial.curve.get_ydata() - start).max() > 0.1
    check(polynomial, "drag")
    polynomial.refresh(lambda: polynomial.tap(polynomial.plane, 0.9, 0.9))
    assert "on 13 points to learn from" in polynomial.canvas.text
    for button in buttons(polynomial):
        if button.description == "Delete it":
            click(button)
    assert "on 12 points to learn from" in polynomial.canvas.text
    check(polynomial, "delete")


@pytest.mark.parametrize("along", ["degree", "lambda"])
@pytest.mark.parametrize("penalty", ["none", "L1", "L2"])
def test_too_few_points_are_said_and_not_a_crash(polynomial, penalty, along):
    polynomial.set(penalty=penalty, along=along, degree=15)
    nothing = PointSet(np.zeros((0, 2)), np.zeros(0, int), -1)
    for X, y, words in [
        (nothing.X, nothing.y, "There is no point to learn from"),
        ([[0.2, 0.4]], [1], "There is no point to learn from"),
        ([[0.2, 0.4]], [0], "on 1 point to learn from; no point is held out"),
        ([[0.2, 0.4], [0.2, -0.4], [0.2, 0.1]], [0, 0, 1], "on 2 points to learn from"),
    ]:
        polynomial.set(points=PointSet(np.array(X), np.array(y), 0))
        assert words in polynomial.canvas.text
        check(polynomial, words)
    polynomial.set(points=PointSet(np.array([[0.2, 0.4]]), np.array([0]), 0))
    assert polynomial.curve.get_ydata() == pytest.approx(np.full(241, 0.4))


def test_examples_that_do_not_fit_are_refused():
    x, y, held_out = wave()
    with pytest.raises(ValueError, match="one bool for each"):
        PolynomialFigure(x, y, held_out[1:])
    with pytest.raises(ValueError, match="one bool for each"):
        PolynomialFigure(x, y, held_out.astype(int))
    with pytest.raises(ValueError, match="between -1 and 1"):
        PolynomialFigure(3 * x, y, held_out)
    with pytest.raises(ValueError, match="got one kind"):
        LambdaFigure(x, y, ~(held_out | True))


# One slider moves everything


@pytest.mark.parametrize("lam", [1e-6, 1e-4, 2e-3, 10])
def test_everything_follows_lambda(whole, lam):
    x, y, _ = wave()
    whole.set(lam=lam)
    lam = whole.values["lam"]
    model = ridge(x[SEEN], y[SEEN], 9, lam)
    assert whole.curve.get_ydata() == pytest.approx(model(whole.curve.get_xdata()), abs=1e-5)
    assert [bar.get_height() for bar in whole.bars] == pytest.approx(list(model.coef[1:]), rel=1e-4, abs=1e-5)
    seen, new, R = mse(model, x[SEEN], y[SEEN]), mse(model, x[NEW], y[NEW]), lam * np.sum(model.coef[1:] ** 2)
    assert [bar.get_width() for bar in whole.halves] == pytest.approx([seen, R, seen + R], rel=1e-4)
    assert [bar.get_x() for bar in whole.halves] == pytest.approx([0, seen, 0], rel=1e-4)
    assert [float(dot.get_ydata()[0]) for dot in whole.errors.dots] == pytest.approx([seen, new], rel=1e-4)
    assert f"On held-out points {new:.4f}" in whole.canvas.text


def test_the_surprise(whole):
    seen, new = whole.errors.errors
    assert (np.diff(seen) > 0).all(), "training gets worse all the way"
    best = int(new.argmin())
    assert (np.diff(new[5:best]) < 0).all() and (np.diff(new[best:]) > 0).all()
    assert new[0] > 8 * new[best] and seen[best] > 5 * seen[0]
    assert LAMS[best] == pytest.approx(0.002, rel=0.01)
    for lam, verdict in ((1e-6, "too little"), (LAMS[best], "about right"), (1.0, "too much")):
        whole.set(lam=lam)
        assert verdict in whole.canvas.text


def test_l1_marks_the_weights_that_are_exactly_zero(whole):
    whole.set(penalty="L1", lam=0.01)
    zero = [j + 1 for j, bar in enumerate(whole.bars) if bar.get_height() == 0]
    assert list(whole.zeros.get_xdata()) == zero == [4, 5, 6, 7, 8, 9]
    assert "6 of 9 exactly 0" in whole.canvas.text
    whole.set(penalty="L2")
    assert not len(whole.zeros.get_xdata())


def test_play_walks_to_the_largest_lambda(whole):
    whole.rewind()
    steps = 1
    while whole.advance():
        steps += 1
    assert steps == 70 and whole.values["lam"] == pytest.approx(10)
    check(whole, "the end")


# Paths, and the ball


def test_paths_are_the_weights_over_lambda():
    x, y, _ = wave()
    figure = PathsFigure(x, y, degree=6)
    left, right = figure.painter.figure.axes
    for j in range(6):
        lams, drawn = left.get_lines()[j + 1].get_data()
        assert drawn[::20] == pytest.approx([ridge(x, y, 6, lam).coef[j + 1] for lam in lams[::20]], abs=1e-6)
    figure.set(lam=0.1)
    lam = figure.values["lam"]
    assert np.sort(figure.dots[0].get_ydata()) == pytest.approx(np.sort(ridge(x, y, 6, lam).coef[1:]), abs=1e-6)
    assert len(figure.dots[1].get_ydata()) == 1 and len(figure.zeros[1].get_ydata()) == 5
    assert "L1: 5 of 6 weights exactly 0 (w2, w3, w4, w5, w6)" in figure.canvas.text
    assert "L2: 0 of 6 weights exactly 0" in figure.canvas.text
    last = [line.get_ydata()[-1] for line in right.get_lines()[1:7]]
    assert last == [0] * 6


@pytest.mark.parametrize("penalty", ["L1", "L2"])
def test_the_answer_is_the_lowest_point_of_the_sum_and_lies_on_the_ball(penalty):
    figure, A = ContourFigure(), np.array([[1.0, 0.5], [0.5, 0.8]])
    grid = np.stack(np.meshgrid(np.linspace(-2, 2, 401), np.linspace(-2, 2, 401)), axis=-1)
    for centre in ((0.4, 1.6), (-1.5, 0.3), (0.0, 0.0)):
        figure.set(centre=np.array(centre), lam=0.8, penalty=penalty)
        away = grid - centre
        size = (grid**2).sum(axis=-1) if penalty == "L2" else np.abs(grid).sum(axis=-1)
        total = np.einsum("...i,ij,...j", away, A, away) + figure.values["lam"] * size
        best = grid[np.unravel_index(total.argmin(), total.shape)]
        assert [float(v[0]) for v in figure.answer.get_data()] == pytest.approx(best, abs=0.0101)
        ball = figure.ball.get_xydata()
        order = 2 if penalty == "L2" else 1
        assert np.linalg.norm(ball, order, axis=1) == pytest.approx(np.linalg.norm(figure.w, order), abs=1e-9)
        for contour, level in zip(figure.contours, figure.levels, strict=True):
            away = contour.get_xydata() - centre
            assert np.einsum("ni,ij,nj->n", away, A, away) == pytest.approx(level)


def test_the_lowest_data_loss_can_be_dragged_and_l1_reaches_an_axis():
    figure = ContourFigure()
    assert figure.w[0] == 0 and "w1 is exactly 0" in figure.canvas.text
    held = figure.grab(figure.plane, 0.4, 1.6)
    figure.refresh(lambda: figure.drag(held, 5, -1))
    assert figure.values["centre"] == pytest.approx([2, -1])
    assert figure.grab(figure.plane, 0, 1) is None
    check(figure, "drag")


# Templates over lambda


@pytest.fixture(scope="module")
def templates():
    return TemplatesOverLambdaFigure({"two vendors": load_emoji().vendor_split()})


def emoji_ridge(train, lam):
    """Return W and b by the equations between pictures instead of between pixels."""
    mean, Y = train.X.mean(axis=0), np.eye(5)[train.y]
    X = train.X - mean
    W = np.linalg.solve(X @ X.T / len(X) + lam * np.eye(len(X)), Y - Y.mean(axis=0)).T @ X / len(X)
    return W, Y.mean(axis=0) - W @ mean


@pytest.mark.parametrize("lam", [1e-3, 10, 1e3])
def test_templates_are_rows_of_w_and_dots_are_accuracies(templates, lam):
    train, test = load_emoji().vendor_split()
    W, b = emoji_ridge(train, lam)
    templates.set(lam=lam)
    most = np.quantile(np.abs(W), 0.995)
    for pixels, w in zip(templates.templates, W, strict=True):
        expected = 255 * np.clip(0.5 + 0.5 * w.reshape(50, 50, 3) / most, 0, 1)
        assert np.abs(pixels.get_data()[::-1] - expected).max() <= 1
    right = [np.mean((part.X @ W.T + b).argmax(axis=1) == part.y) for part in (train, test)]
    assert [float(dot.get_ydata()[0]) for dot in templates.errors.dots] == pytest.approx(right)
    assert f"{right[1]:.0%} of the held-out pictures" in templates.canvas.text
    assert templates.always.get_ydata()[0] == pytest.approx(np.mean(test.y == 0))
    check(templates, f"lam {lam}")


def test_the_star_is_the_best_held_out_accuracy(templates):
    curve = templates.errors.new.get_ydata()
    assert set(templates.errors.star.get_ydata()) == {curve.max()}
    assert float(templates.errors.star.get_xdata()[0]) == pytest.approx(10)


# All of them


def test_buttons_bring_lambda_to_the_number_they_show(templates):
    for button in buttons(templates):
        if button.description.replace(".", "").isdigit():
            click(button)
            assert templates.values["lam"] == pytest.approx(float(button.description))


def test_nothing_is_cut_off_on_the_projector_and_every_axes_has_its_words(templates, projector):
    x, y, held_out = wave()
    penalties = {"L2": lambda W: np.sum(W**2), "L1": lambda W: np.abs(W).sum()}
    for figure in (HalvesFigure(x, y, penalties), PolynomialFigure(x, y, held_out), LambdaFigure(x, y, held_out),
                   PathsFigure(x, y), ContourFigure(), TemplatesOverLambdaFigure(templates.splits)):  # fmt: skip
        check(figure, "projector")
        fits(figure)
        assert all(axes.get_title(loc="left") for axes in figure.painter.figure.axes)


def test_every_lambda_slider_stands_on_its_grid(whole, polynomial):
    """A browser rounds to the steps of a slider; what is said at the start must survive that."""
    for figure in (whole, polynomial, ContourFigure(), PathsFigure(*wave()[:2])):
        before = figure.canvas.text
        for control, widget in inputs(figure):
            if control.name == "lam":
                steps = (np.log10(widget.value) - widget.min) / widget.step
                assert steps == pytest.approx(round(steps), abs=1e-6)
                assert (widget.max - widget.min) / widget.step == pytest.approx(10 * (widget.max - widget.min))
                send(widget, value=widget.value)
        assert figure.canvas.text == before
