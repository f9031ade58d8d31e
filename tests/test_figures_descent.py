"""The figures of notebook 05: what is drawn equals what is computed here by other means."""

import numpy as np
import pytest
from drive import check, fits, send

from lectureutils import data
from lectureutils.figures import (
    BallFigure,
    BatchCurvesFigure,
    BatchFigure,
    MendFigure,
    RaceFigure,
    RateFigure,
)
from lectureutils.figures.gradient_descent import ball, batches, mend, race
from lectureutils.figures.gradient_descent.ball import hills_slope
from lectureutils.figures.shared import landscape
from lectureutils.gradients import check_gradient
from lectureutils.losses import cross_entropy
from lectureutils.optim import RULES, decay
from lectureutils.train import steps


@pytest.fixture(scope="module")
def penguins():
    some = data.load_penguins().standardised().pick([0, 1])
    return some.X, (some.y == 1).astype(int)


def points(line):
    return line.get_xydata()


def full_equals_quick(figure):
    """The quick frame must show what a full drawing shows."""
    quick = figure.painter.pixels().copy()
    figure.painter.figure.stale = True
    figure.painter.paint()
    return np.array_equal(quick, figure.painter.pixels())


# ---- the loss of two weights, batches, means

def test_two_class_loss_is_the_cross_entropy_of_the_scores_0_and_w_x(penguins):
    X, y = penguins
    w = np.array([0.7, -1.2])
    value, gradient = landscape.two_class_loss(w, X, y)
    assert value == pytest.approx(cross_entropy(np.column_stack([np.zeros(len(X)), X @ w]), y)[0])
    assert check_gradient(lambda w: landscape.two_class_loss(w, X, y)[0], w, gradient)
    far, pull = landscape.two_class_loss(np.array([1e6, -1e6]), X, y)
    assert np.isfinite(far) and np.isfinite(pull).all()


def test_batches_visit_every_example_in_each_epoch_in_another_order():
    found = list(batches.batches(10, 4, 6))
    assert [len(rows) for rows in found] == [4, 4, 2, 4, 4, 2]
    first, second = np.concatenate(found[:3]), np.concatenate(found[3:])
    assert sorted(first) == sorted(second) == list(range(10)) and first.tolist() != second.tolist()


def test_running_mean():
    assert batches.running_mean(np.array([3.0, 1, 5, 3]), 2).tolist() == [3, 2, 3, 4]


# ---- batches

def test_the_path_takes_the_batches_one_by_one(penguins):
    X, y = penguins
    figure = BatchFigure(X, y, batch_size=8)
    figure.set(rate=0.5, step=20, x=1.0, y=-2.0)
    w = np.array([1.0, -2.0])
    for rows in list(batches.batches(len(X), 8, 20)):
        p = 1 / (1 + np.exp(-X[rows] @ w))
        w = w - figure.values["rate"] * ((p - y[rows])[:, None] * X[rows]).mean(axis=0)
    np.testing.assert_allclose(points(figure.path)[-1], w)
    np.testing.assert_allclose(points(figure.path)[0], [1, -2])
    np.testing.assert_allclose(points(figure.here)[0], w)
    assert f"w = ({w[0]:.2f}, {w[1]:.2f})" in figure.canvas.text


def test_cloud_landings_and_the_next_step_are_the_same_batches(penguins):
    X, y = penguins
    figure = BatchFigure(X, y, batch_size=8)
    figure.set(rate=2.0, step=5)
    w, rate = points(figure.here)[0], figure.values["rate"]
    cloud = np.concatenate([points(figure.downhill), points(figure.uphill)])
    assert len(cloud) == len(points(figure.landings)) == 150
    expected = w - rate * cloud
    found = points(figure.landings)
    np.testing.assert_allclose(found[np.lexsort(found.T)], expected[np.lexsort(expected.T)], atol=1e-12)
    np.testing.assert_allclose(points(figure.landing)[0], w - rate * points(figure.taken)[0], atol=1e-12)
    truth = points(figure.mean)[0]
    np.testing.assert_allclose(truth, landscape.two_class_loss(w, X, y)[1])
    assert (points(figure.downhill) @ truth > 0).all() and (points(figure.uphill) @ truth <= 0).all()


def test_the_cloud_shrinks_with_the_root_of_the_batch_size_and_to_a_point(penguins):
    figure = BatchFigure(*penguins)
    figure.set(step=0, batch_size=4)
    wide = figure.spread
    figure.set(batch_size=16)
    assert wide / figure.spread == pytest.approx(2, rel=0.2)
    figure.set(batch_size=342)
    assert figure.spread < 1e-12 and "full batch" in figure.canvas.text
    np.testing.assert_allclose(points(figure.path), points(figure.smooth))
    figure.set(batch_size=1)
    assert "stochastic" in figure.canvas.text


def test_the_estimates_are_right_on_average(penguins):
    """The mean of 150 of them is nearer to the truth than a single one, by the root of 150 (give or take)."""
    figure = BatchFigure(*penguins)
    figure.set(step=0, batch_size=8)
    off = np.linalg.norm(figure.estimates.mean(axis=0) - figure.gradient)
    assert off < 3 * figure.spread / np.sqrt(150)


def test_the_figure_calls_the_readers_own_loss(penguins):
    X, y = penguins
    figure = BatchFigure(X, y, loss=lambda w, X, y: (float(w @ w), 2 * w), learning_rate=0.25)
    figure.set(step=2, x=2.0, y=-1.0)
    np.testing.assert_allclose(points(figure.path), [[2, -1], [1, -0.5], [0.5, -0.25]])


def test_leaving_the_map_is_said(penguins):
    figure = BatchFigure(*penguins)
    figure.set(rate=20.0, batch_size=1, step=10)
    check(figure, "far out")
    assert "left the map" in figure.canvas.text


@pytest.mark.parametrize("X, y, pattern", [
    (np.ones((4, 3)), [0, 1, 0, 1], "got 3 columns, expected 2"),
    (np.ones((4, 2)), [0, 1, 2, 1], r"y\[2\] = 2, expected 0 \.\.\. 1"),
    (np.ones((0, 2)), [], "no number at all"),
])
def test_refusals(X, y, pattern):
    for figure in (BatchFigure, RateFigure):
        with pytest.raises(ValueError, match=pattern):
            figure(np.array(X), np.array(y, dtype=int))


@pytest.mark.parametrize("make", [BatchFigure, RateFigure])
def test_the_start_can_be_dragged_and_stays_on_the_map(penguins, make):
    figure = make(*penguins)
    axes = figure.plane
    place = axes.transData.transform(figure.start) / figure.painter.figure.bbox.size
    stroke = {"stroke": "1", "start": place.tolist(), "touch": False, "moved": True}
    goal = axes.transData.transform((1.0, 2.0)) / figure.painter.figure.bbox.size
    send(figure.canvas, pointer={**stroke, "phase": "move", "at": goal.tolist()})
    assert figure.values["x"] == pytest.approx(1, abs=0.03) and figure.values["y"] == pytest.approx(2, abs=0.03)
    send(figure.canvas, pointer={**stroke, "phase": "up", "at": [-3.0, 5.0]})
    check(figure, "dragged out")
    assert figure.values["x"] == figure.low and figure.values["y"] == figure.high


# ---- curves

def test_curves_count_steps_and_examples():
    digits = data.load_digits().take(range(200))
    runs = {size: list(steps(digits.X, digits.y, batch_size=size, epochs=3, chunk=1)) for size in (20, 500)}
    figure = BatchCurvesFigure(runs, n=200)
    small, full = figure.lines
    assert points(small)[:3, 0].tolist() == [20, 40, 60] and points(full)[:, 0].tolist() == [200, 400, 600]
    np.testing.assert_allclose(points(small)[:, 1], [now.loss for now in runs[20]][1:])
    figure.set(budget=200.0)
    assert points(figure.marks[0])[0].tolist() == [200, runs[20][10].loss]
    assert f"batch of 20 {runs[20][10].loss:.3f}, batch of 500 {runs[500][1].loss:.3f}" in figure.canvas.text
    assert "Best: batch of 20" in figure.canvas.text
    figure.set(count="steps", budget=figure.controls["budget"].inputs[0].min)
    figure.set(budget=66.0)
    assert points(small)[:3, 0].tolist() == [1, 2, 3] and points(figure.marks[1])[0].tolist() == [3, runs[500][3].loss]
    assert f"batch of 500 ended at 3 with {runs[500][3].loss:.3f}" in figure.canvas.text
    assert "Best" not in figure.canvas.text, "there is nothing to compare with"
    figure.set(count="examples", budget=100.0)
    assert "batch of 500 has no step yet" in figure.canvas.text and not len(points(figure.marks[1]))


@pytest.mark.parametrize("seed", [0, 1])
def test_noisy_steps_win_for_each_example_and_keep_up_for_each_step(seed):
    train, _ = data.load_digits().random_split(seed=0)
    plans = {1: 1, 16: 10, len(train): 80}
    runs = {size: list(steps(train.X, train.y, batch_size=size, epochs=epochs, seed=seed))
            for size, epochs in plans.items()}
    after_one_pass = {size: run[1].loss for size, run in runs.items()}
    assert after_one_pass[1] < 0.5 * after_one_pass[16] < after_one_pass[len(train)]
    few, all_of_them = runs[16][1], runs[len(train)][80]  # 85 steps of 16 against 80 of all
    assert few.loss == pytest.approx(all_of_them.loss, rel=0.1)


def test_curves_refuse_too_many_runs():
    with pytest.raises(ValueError, match="runs: got 0 of them, expected 1 to 5"):
        BatchCurvesFigure({}, 10)


# ---- rates

def test_three_rates_on_the_same_batches(penguins):
    X, y = penguins
    figure = RateFigure(X, y)
    figure.set(rate=2.0, tau=15.0, batch_size=8, step=60, x=0.0, y=-1.0)
    constant = fading = own = np.array([0.0, -1.0])
    squares = np.zeros(2)
    for t, rows in enumerate(batches.batches(len(X), 8, 60)):
        slopes = [landscape.two_class_loss(w, X[rows], y[rows])[1] for w in (constant, fading, own)]
        squares = squares + slopes[2] ** 2
        rate, tau = figure.values["rate"], figure.values["tau"]
        constant, fading = constant - rate * slopes[0], fading - decay(rate, t, tau) * slopes[1]
        own = own - rate * slopes[2] / np.sqrt(squares)
    for path, w in zip(figure.paths, (constant, fading, own), strict=True):
        np.testing.assert_allclose(points(path)[-1], w, rtol=1e-6)


def test_the_cross_is_the_minimum_and_the_curves_are_above_it(penguins):
    X, y = penguins
    figure = RateFigure(X * [1, 0.4], y)
    assert np.abs(landscape.two_class_loss(figure.best, X * [1, 0.4], y)[1]).max() < 1e-9
    lowest = landscape.two_class_loss(figure.best, X * [1, 0.4], y)[0]
    for curve, path in zip(figure.gaps, figure.paths, strict=True):
        gaps = [landscape.two_class_loss(w, X * [1, 0.4], y)[0] - lowest for w in points(path)]
        np.testing.assert_allclose(points(curve)[-1, 1], np.mean(gaps[-10:]), rtol=1e-6)


def test_what_the_notebook_says_about_rates(penguins):
    X, y = penguins
    figure = RateFigure(X * [1, 0.4], y)
    assert figure.canvas.text.endswith("Nearest: decaying.")
    figure.set(rate=0.4)
    assert figure.canvas.text.endswith("Nearest: per weight.")
    figure.reset()
    figure.set(batch_size=342)
    assert figure.canvas.text.endswith("Nearest: constant and per weight.")


# ---- the ball

def test_the_slope_of_the_hills_is_their_derivative():
    w = np.linspace(-5, 6, 50)
    numeric = (ball.hills(w + 1e-6) - ball.hills(w - 1e-6)) / 2e-6
    np.testing.assert_allclose(hills_slope(w), numeric, atol=1e-8)


def test_ball_and_walker_by_hand():
    figure = BallFigure()
    figure.set(mu=0.5, rate=0.1, step=30, start=-3.0)
    rate, ball, walker, velocity = figure.values["rate"], -3.0, -3.0, 0.0
    for _ in range(30):
        velocity = 0.5 * velocity + hills_slope(ball)
        ball, walker = ball - rate * velocity, walker - rate * hills_slope(walker)
    assert points(figure.ball)[0, 0] == pytest.approx(ball) == points(figure.rolled)[-1, 1]
    assert points(figure.walker)[0, 0] == pytest.approx(walker) == points(figure.walked)[-1, 1]
    assert f"velocity is {velocity:.2f}" in figure.canvas.text and "velocity 50% stay" in figure.canvas.text


def test_the_ball_rolls_through_the_dip_and_plain_descent_does_not():
    figure = BallFigure()
    figure.set(step=120)
    assert "The ball rests on the valley floor; plain descent, at -1.29, is stuck in the dip" in figure.canvas.text
    figure.set(mu=0.0)
    np.testing.assert_allclose(figure.places, figure.plain)
    figure.set(mu=0.9, start=-1.6)
    assert "The ball is stuck in the dip" in figure.canvas.text


def test_a_ball_that_flies_off_is_named():
    figure = BallFigure(learning_rate=20.0)
    figure.set(rate=400.0, mu=0.99, step=120)
    check(figure, "flies off")
    assert "The ball has left the picture" in figure.canvas.text


# ---- memory

STREAM = np.column_stack([np.linspace(1, -0.5, 12), np.where(np.arange(12) % 3 == 0, 0.4, 0)])


def test_remember_by_hand():
    m = v = kept = total = np.zeros(2)
    for t, g in enumerate(STREAM, start=1):
        m, v, kept, total = 0.9 * m + 0.1 * g, 0.99 * v + 0.01 * g**2, 0.99 * kept + 0.01 * g**2, total + g**2
        full = mend.remember("Adam", STREAM, 0.9, 0.99)
        np.testing.assert_allclose([full.m[t - 1], full.v[t - 1]], [m, v])
        np.testing.assert_allclose(full.m_hat[t - 1], m / (1 - 0.9**t))
        np.testing.assert_allclose(full.moved[t - 1], full.m_hat[t - 1] / (np.sqrt(v / (1 - 0.99**t)) + 1e-8))
        plain = mend.remember("Adam, no correction", STREAM, 0.9, 0.99)
        np.testing.assert_allclose(plain.moved[t - 1], m / (np.sqrt(v) + 1e-8))
        np.testing.assert_allclose(mend.remember("RMSProp", STREAM, 0.9, 0.99).v[t - 1], kept)
        ada = mend.remember("AdaGrad", STREAM, 0.9, 0.99)
        np.testing.assert_allclose(ada.moved[t - 1], g / (np.sqrt(total) + 1e-10), rtol=1e-6)
        assert not ada.m.any() and not ada.m_hat.any() and not ada.v_hat.any() and not plain.m_hat.any()


def test_bars_and_lengths_show_the_step():
    figure = MendFigure({"some": STREAM}, rule="Adam")
    figure.set(step=7)
    memory = mend.remember("Adam", STREAM, 0.9, 0.999)
    rows = [STREAM[6], memory.m[6], memory.m_hat[6], memory.v[6] ** 0.5, memory.v_hat[6] ** 0.5]
    for j, largest in enumerate((1.0, 0.4)):
        np.testing.assert_allclose([bar.get_width() for bar in figure.bars[j]], [row[j] / largest for row in rows])
        np.testing.assert_allclose(points(figure.moves[j])[:, 1], np.abs(memory.moved[:7, j]))
    assert figure.now[0].get_xdata() == [7, 7] and f"m_hat {memory.m_hat[6, 0]:.3f}" in figure.canvas.text


def test_a_bar_that_outgrows_the_picture_ends_in_a_mark():
    figure = MendFigure({"steady": np.full((40, 2), 0.5)}, rule="AdaGrad")
    figure.set(step=16)
    assert not len(points(figure.beyond))
    figure.set(step=17)
    assert len(points(figure.beyond)) == 2 and max(bar.get_width() for bar in figure.bars[0]) == figure.widest
    assert "steps 0.24 times the rate" in figure.canvas.text


def test_the_chain_of_mends_as_the_notebook_tells_it():
    falling = np.where(np.arange(40) < 12, 1.0, 0.1)[:, None] * [1, 0.5]
    lengths = {rule: np.abs(mend.remember(rule, falling, 0.9, 0.9).moved[:, 0])
               for rule in ("AdaGrad", "RMSProp")}
    assert lengths["AdaGrad"][39] < 0.03 and lengths["RMSProp"][39] > 0.4
    assert lengths["RMSProp"][0] == pytest.approx(1 / np.sqrt(0.1))
    steady = np.column_stack([np.full(40, 0.5), np.full(40, 0.05)])
    plain = mend.remember("Adam, no correction", steady, 0.9, 0.999).moved
    assert plain[:12].max() > 6 and plain[39].max() == pytest.approx(5, abs=0.1)
    np.testing.assert_allclose(mend.remember("Adam", steady, 0.9, 0.999).moved, 1, rtol=1e-5)


def test_memory_of_nothing_and_refusals():
    figure = MendFigure({"zeros": np.zeros((5, 2))}, rule="Adam")
    assert "steps 0.00 times the rate" in figure.canvas.text
    with pytest.raises(ValueError, match=r"shapes \[\(3, 2\), \(4, 2\)\], expected the same"):
        MendFigure({"a": np.zeros((3, 2)), "b": np.zeros((4, 2))})
    with pytest.raises(ValueError, match="expected shape"):
        MendFigure({"a": np.zeros((3, 3))})


# ---- the race

@pytest.mark.parametrize("name", race.SURFACES)
def test_surfaces_have_their_gradient_and_their_lowest_value(name):
    ground = race.SURFACES[name]
    for place in ([0.3, -1.2], [-2.0, 0.7], [1.5, 1.5]):
        numeric = np.array(place)
        assert check_gradient(lambda p, f=ground.f: float(f(p[0], p[1])), numeric, np.array(ground.gradient(*place)))
    x, y = np.meshgrid(np.linspace(-3, 3, 301), np.linspace(-3, 3, 301))
    assert ground.f(x, y).min() == pytest.approx(ground.lowest, abs=1e-9)


def test_every_rule_runs_from_the_same_start():
    figure = RaceFigure("ravine, turned")
    figure.set(step=25, x=-1.0, y=2.0)
    ground = race.SURFACES["ravine, turned"]
    for c, (name, rule) in enumerate(RULES.items()):
        place, state = np.array([-1.0, 2.0]), None
        for _ in range(25):
            (place,), state = rule([place], [np.array(ground.gradient(*place))], race.RATES[name], state)
        np.testing.assert_allclose(points(figure.paths[c])[-1], place, atol=1e-9)
        np.testing.assert_allclose(points(figure.heads[c])[0], place, atol=1e-9)
        assert points(figure.losses[c])[-1, 1] == pytest.approx(ground.f(*place))


def test_the_race_as_the_notebook_tells_it():
    figure = RaceFigure()
    for name, ground in race.SURFACES.items():
        figure.set(surface=name, x=ground.start[0], y=ground.start[1], step=100)
        arrivals = [int(np.flatnonzero(heights < 0.01)[0]) for heights in figure.heights]
        assert sorted(arrivals)[1] == arrivals[-1], f"Adam is second on the {name}"
    figure.set(surface="saddle", y=0.0)
    assert figure.canvas.text.count("loss 0.1") == 5, "nobody leaves the ridge"
    figure.set(surface="ravine", x=-2.6, y=1.2, factor=10.0)
    assert "SGD off the map" in figure.canvas.text
    check(figure, "too fast")


def test_another_ground_draws_other_contours_and_a_step_does_not():
    figure = RaceFigure()
    before = figure.contours
    figure.set(step=7)
    assert figure.contours is before
    figure.set(surface="saddle")
    assert figure.contours is not before and len(figure.plane.collections) == 2, "the old contours are gone"


# ---- all of them

@pytest.fixture(scope="module", params=["batch", "rate", "ball", "mend", "race"])
def any_figure(request, penguins):
    return {
        "batch": lambda: BatchFigure(*penguins), "rate": lambda: RateFigure(*penguins), "ball": BallFigure,
        "mend": lambda: MendFigure({"some": STREAM}), "race": RaceFigure,
    }[request.param]()


def test_the_quick_frame_is_the_full_frame(any_figure):
    for step in (3, 11, 5):
        any_figure.set(step=step)
        assert full_equals_quick(any_figure)


def test_a_step_is_a_quick_frame(any_figure):
    """What stands still is not drawn again: an artist that moves without being marked would make every frame slow."""
    any_figure.set(step=3)
    kept = any_figure.painter._background
    any_figure.set(step=4)
    assert any_figure.painter._background is kept


def test_play_goes_to_the_end_and_rewind_to_the_start(any_figure):
    any_figure.set(step=any_figure.last - 1)
    assert any_figure.advance() is False and any_figure.values["step"] == any_figure.last
    any_figure.rewind()
    assert any_figure.values["step"] == any_figure.controls["step"].inputs[0].min


def test_nothing_is_cut_off_on_the_projector(penguins, projector):
    for figure in (BatchFigure(*penguins), RateFigure(*penguins), BallFigure(), RaceFigure()):
        check(figure, "projector")
        fits(figure)
