"""The figures of notebook 06: what is drawn equals what is computed here by other means."""

import numpy as np
import pytest
from drive import check, fits

from lectureutils.figures import (
    BasinsFigure,
    DiagnoseFigure,
    ErrorSourcesFigure,
    InexactFigure,
    ProductFigure,
    SignalFigure,
)
from lectureutils.figures.what_goes_wrong import basins, diagnose, error_split, product, signal
from lectureutils.figures.what_goes_wrong.diagnose import CASES
from lectureutils.figures.what_goes_wrong.error_split import COSTS, SOURCES, Setting
from lectureutils.gradients import check_gradient


@pytest.fixture(scope="module")
def wave():
    x = np.linspace(-2.6, 2.6, 9)
    return x, np.sin(3 * x + 0.6) + 0.15 * np.random.default_rng(1).normal(size=9)


@pytest.fixture
def line():
    rng = np.random.default_rng(0)
    x = rng.normal(size=64)
    return x, 0.8 * x - 0.5 + 0.6 * rng.normal(size=64)


# ---- local minima

def wave_loss(w, wave):
    return float(np.mean((np.sin(w[0] * wave[0] + w[1]) - wave[1]) ** 2))


def end_of(w, wave, rate, mu=0.0, steps=100):
    """Descend from one start in plain double precision."""
    w, v, (x, t) = np.array(w, float), np.zeros(2), wave
    for _ in range(steps):
        slope = 2 * (np.sin(w[0] * x + w[1]) - t) * np.cos(w[0] * x + w[1])
        v = mu * v + np.array([np.mean(slope * x), np.mean(slope)])
        w = w - rate * v
    return w


def test_the_gradient_of_the_wave_is_its_slope(wave):
    w = np.array([2.2, -0.7])
    _, d0, d1 = basins.wave_gradient(w[0], w[1], *wave)
    assert check_gradient(lambda w: wave_loss(w, wave), w, np.array([d0, d1]))


def test_minima_are_minima_lowest_first(wave):
    figure = BasinsFigure(*wave)
    assert len(figure.minima) >= 5 and (np.diff(figure.depths) >= 0).all()
    for w, depth in zip(figure.minima, figure.depths, strict=True):
        assert depth == pytest.approx(wave_loss(w, wave))
        for nudge in 0.02 * np.array([[1, 0], [-1, 0], [0, 1], [0, -1]]):
            assert wave_loss(w + nudge, wave) > depth
    np.testing.assert_allclose(figure.minima[0], [3, 0.6], atol=0.05)


@pytest.mark.parametrize(("rate", "mu"), [(0.3, 0.0), (0.1, 0.5)])
def test_each_start_has_the_colour_of_its_end(wave, rate, mu):
    figure = BasinsFigure(*wave)
    figure.set(rate=rate, mu=mu)
    colours, agree = figure.map.get_data(), 0
    places = np.random.default_rng(5).integers(0, [25, 33], size=(60, 2))
    for row, column in places:
        start = figure.grid[0][row, column], figure.grid[1][row, column]
        end = end_of(start, wave, figure.values["rate"], mu)
        agree += int(figure.nearest(*end)) == colours[row, column]
    assert agree >= 58  # a start on a border may fall to either side
    assert figure.shares.sum() == pytest.approx(1)
    assert f"{np.mean(colours == 0):.0%} end in minimum 1" in figure.canvas.text


def test_the_path_and_the_wave_follow_the_start(wave):
    figure = BasinsFigure(*wave)
    figure.set(x=4.5, y=0.0, step=100)
    end = end_of((4.5, 0), wave, figure.values["rate"])
    np.testing.assert_allclose(figure.here.get_xydata()[0], end, atol=1e-9)
    np.testing.assert_allclose(figure.wave.get_ydata(), np.sin(end[0] * figure.line + end[1]))
    assert "ends in minimum 2" in figure.canvas.text
    figure.set(step=0)
    np.testing.assert_allclose(figure.here.get_xydata(), [[4.5, 0]])
    figure.drag("start", 3.0, 0.5)
    assert figure.values["x"] == 3.0 and "the lowest" in figure.canvas.text
    check(figure, "a drag")


def test_a_far_end_belongs_to_no_minimum(wave):
    figure = BasinsFigure(*wave)
    none = len(figure.minima)
    assert figure.nearest(np.array([np.nan, 50.0]), np.array([0.0, 0.0])).tolist() == [none, none]
    turned = figure.nearest(figure.minima[:, 0], figure.minima[:, 1] + 2 * np.pi)
    assert turned.tolist() == list(range(none))


def test_data_of_different_lengths_is_named():
    with pytest.raises(ValueError, match="got 2 values for 3 points"):
        BasinsFigure([1, 2, 3], [1, 2])
    with pytest.raises(ValueError, match="got 2 values for 3 points"):
        InexactFigure([1, 2, 3], [1, 2])


# ---- exploding gradient

def test_the_product_and_its_slope():
    slope = np.array([product.product_loss(1.05, 12)[1]])
    assert check_gradient(lambda w: product.product_loss(w[0], 12)[0], np.array([1.05]), slope)
    figure = ProductFigure(w=1.1, depth=15)
    np.testing.assert_allclose(figure.product.get_ydata(), 1.1 ** np.arange(16))
    places, losses = figure.curve.get_data()
    np.testing.assert_allclose(losses, np.maximum((places**15 - 1) ** 2, 1e-7))


def test_without_clipping_one_step_throws_it_off_and_two_explode():
    figure = ProductFigure()
    figure.set(step=1)
    expected = 1.2 - figure.values["rate"] * 2 * (1.2**20 - 1) * 20 * 1.2**19
    assert figure.now == pytest.approx(expected) and "thrown off the map" in figure.canvas.text
    assert expected < -40  # what the notebook's question says
    figure.set(step=40)
    assert "exploded" in figure.canvas.text and figure.error is None


def test_with_clipping_it_climbs_down_to_the_hole():
    figure = ProductFigure()
    figure.set(clipping=True, step=1)
    assert figure.now == pytest.approx(1.2 - figure.values["rate"] * figure.values["max_norm"])
    figure.set(step=40)
    assert "arrived" in figure.canvas.text and figure.now == pytest.approx(1, abs=0.01)
    figure.set(w=0.5, step=1)
    assert "vanishing" in figure.canvas.text


def test_a_drag_moves_the_start_only_along_w():
    figure = ProductFigure()
    figure.drag("start", 0.731, 1e5)
    assert figure.values["w"] == 0.73
    figure.drag("start", 99.0, 0.0)
    assert figure.values["w"] == 1.6


@pytest.mark.parametrize("activation", signal.ACTIVATIONS)
def test_the_gradients_of_the_layers_are_measured_ones(activation):
    rng = np.random.default_rng(3)
    weights, x, upstream = list(rng.normal(size=(3, 4, 4))), rng.normal(size=(5, 4)), rng.normal(size=(5, 4))
    act = signal.ACTIVATIONS[activation][0]
    norms = signal.through_layers(weights, x, upstream, activation)

    def loss(W, k):
        h = x
        for i in range(3):
            h = act(h @ (W if i == k else weights[i]).T)
        return float((h * upstream).sum())

    for k in range(3):
        assert check_gradient(lambda W, k=k: loss(W, k), weights[k], norms.weights[k])
    assert norms.signal[0] == pytest.approx(np.linalg.norm(x))
    assert norms.gradient[-1] == pytest.approx(np.linalg.norm(upstream))


def test_the_lines_of_the_layers_are_their_norms_and_clipping_keeps_the_ratios():
    figure = SignalFigure(depth=12, scale=1.8)
    weights = 1.8 * figure.random[:12]
    h = figure.x
    for k, W in enumerate(weights):
        h = h @ W.T
        assert figure.signal.get_ydata()[k + 1] == pytest.approx(np.linalg.norm(h))
    d = figure.upstream
    for W in weights[::-1]:
        d = d @ W
    assert figure.gradient.get_ydata()[0] == pytest.approx(np.linalg.norm(d))
    free = figure.weights.get_ydata().copy()
    assert np.linalg.norm(free) == pytest.approx(figure.total)
    figure.set(clipping=True)
    held = figure.weights.get_ydata()
    assert np.linalg.norm(held) == pytest.approx(1.0)
    np.testing.assert_allclose(held / held[0], free / free[0])


def test_scales_explode_hold_and_vanish_as_the_notebook_says():
    figure = SignalFigure()
    for scale, activation, says in [
        (1.5, "none (linear)", "explodes"),
        (1.0, "none (linear)", "keeps"),
        (0.7, "none (linear)", "vanishes"),
        (1.0, "ReLU", "vanishes"),
        (1.41, "ReLU", "keeps"),
        (2.0, "tanh", "explodes"),
    ]:
        figure.set(scale=scale, activation=activation)
        assert says in figure.canvas.text, figure.canvas.text


# ---- inexact gradient

def test_the_measured_path_takes_the_slides_differences(line):
    figure = InexactFigure(*line)
    figure.set(batch_size=8, decimals=3, h=0.01, step=5)
    x, t = line
    w, h = np.array([-2.0, 2.0]), figure.values["h"]
    for rows in figure.orders[:5, :8]:
        def loss(a, b, rows=rows):
            return round(float(np.mean((a * x[rows] + b - t[rows]) ** 2)), 3)

        base = loss(*w)
        w = w - 0.1 * np.array([loss(w[0] + h, w[1]) - base, loss(w[0], w[1] + h) - base]) / h
    np.testing.assert_allclose(figure.here.get_xydata()[0], w, atol=1e-9)
    np.testing.assert_allclose(figure.far.get_ydata()[-1], np.linalg.norm(w - np.polyfit(x, t, 1)))


def test_the_errors_add_up_to_the_measured_gradient(line):
    figure = InexactFigure(*line)
    w, rows = np.array([0.3, -1.0]), np.arange(10)
    parts = figure.errors(w, rows, 0.05, 2)
    everything = np.arange(64)
    np.testing.assert_allclose(parts.value, figure.slope(w, everything) + parts.batch + parts.h + parts.rounding)
    assert check_gradient(lambda w: figure.loss(w, everything), w, figure.slope(w, everything))
    fine = figure.errors(w, everything, 0.05, figure.exact)
    np.testing.assert_allclose(fine.batch, 0, atol=1e-12)
    np.testing.assert_allclose(fine.rounding, 0, atol=1e-12)  # on a squared loss the bend is all there is


def test_each_error_has_its_own_end(line):
    figure = InexactFigure(*line)
    assert "exactly 0" in figure.canvas.text and figure.distance[-1] > 0.01
    figure.set(decimals=figure.exact, h=1.0)
    goal = np.polyfit(*line, 1)
    h = figure.values["h"]
    X = np.column_stack([line[0], np.ones(64)])
    beside = goal - np.linalg.solve(X.T @ X, h / 2 * (X**2).sum(axis=0))
    np.testing.assert_allclose(figure.walk[-1], beside, atol=1e-4)
    figure.set(h=1e-8)
    best = figure.distance[-1]
    figure.set(h=1e-14)
    assert best < 1e-5 < figure.distance[-1] < 1e-2
    figure.set(h=1e-8, batch_size=8)
    assert "comes from the batch" in figure.canvas.text and figure.distance[-20:].max() > 0.02


# ---- where errors come from

@pytest.mark.parametrize("name", COSTS)
def test_costs_have_the_slopes_they_claim(name):
    cost, r = COSTS[name], np.array([-3.0, -0.7, -0.1, 0.2, 0.9, 4.0])
    slope = (cost.value(r + 1e-6) - cost.value(r - 1e-6)) / 2e-6
    np.testing.assert_allclose(2 * cost.factor(r) * r, slope, rtol=1e-5)
    assert cost.factor(r).max() <= cost.steepest


@pytest.mark.parametrize("name", COSTS)
def test_the_minimum_has_no_slope_and_descent_comes_to_it(name):
    x, t = error_split.examples(200, 1)
    A, cost = error_split.features(x, 5), COSTS[name]
    w = error_split.minimise(A, t, cost)
    r = A @ w - t
    assert np.abs((2 * cost.factor(r) * r) @ A / len(t)).max() < 1e-3
    walk = error_split.descend(A, t, cost, 300)
    losses = cost.value(A @ walk.T - t[:, None]).mean(axis=0)
    assert (np.diff(losses) <= 1e-12).all() and losses[-1] == pytest.approx(cost.value(r).mean(), rel=1e-3)


@pytest.fixture(scope="module")
def figure():
    return ErrorSourcesFigure()


def test_parts_add_up_and_bars_show_them(figure):
    figure.set(degree=3, examples=40, loss="squared", steps=30)
    parts = figure.split.parts
    fit = figure.shown["fit"].get_ydata()
    assert parts.sum() == pytest.approx(np.mean((fit - error_split.truth(figure.splitter.x)) ** 2))
    widths = [bar.get_width() for bar in figure.bars]
    np.testing.assert_allclose(widths, np.clip([*parts, parts.sum()], figure.low, figure.high))
    best = np.polynomial.Polynomial.fit(figure.splitter.x, figure.splitter.goal, 3)(figure.splitter.x)
    assert parts[0] == pytest.approx(np.mean((best - figure.splitter.goal) ** 2))
    assert len(figure.shown["data"].get_xdata()) == round(figure.values["examples"])


@pytest.mark.parametrize(("handle", "source"), [
    ({"degree": 1}, "model too small"),
    ({"loss": "squared"}, "wrong loss"),
    ({"loss": "too low costs 3 times"}, "wrong loss"),
    ({"examples": 20}, "too little data"),
    ({"steps": 5}, "stopped early"),
])
def test_each_handle_makes_its_own_part_the_largest(figure, handle, source):
    assert "All four are good enough" in figure.canvas.text
    figure.set(**handle)
    assert figure.split.worst == source and f"Most of it: {source}" in figure.canvas.text


def test_stopping_early_may_help(figure):
    figure.set(degree=9, examples=16, steps=40)
    assert figure.split.parts[3] < -0.01 and "has helped" in figure.canvas.text
    totals = []
    for steps in (300, 40, 5):  # what the notebook prints
        figure.set(steps=steps)
        totals.append(figure.split.total)
    np.testing.assert_allclose(totals, [0.40, 0.08, 0.43], atol=0.005)


# ---- six patients

def test_the_cases_hold_every_source_and_show_its_sign():
    figure = DiagnoseFigure()
    assert {case.split.worst for case in figure.cases} == set(SOURCES)
    for case in figure.cases:
        falling = case.training[-2] / case.training[-1] - 1
        worst, gap = case.split.worst, case.fresh[-1] / case.training[-1]
        assert (falling > 0.01) == (worst == "stopped early")
        assert (gap > 2) == (worst == "too little data")
        assert worst == max(zip(case.split.parts, SOURCES, strict=True))[1]
        others = np.sort(case.split.parts)
        assert others[-1] > 2 * others[-2]  # one cause stands out


def test_the_truth_appears_with_the_diagnosis_and_each_patient_keeps_its_own():
    figure = DiagnoseFigure()
    assert not figure.shown["truth"].get_visible() and "main cause?" in figure.canvas.text
    right = figure.cases[0].split.worst
    figure.set(diagnosis=right)
    assert figure.shown["truth"].get_visible() and f"Right: {right}" in figure.canvas.text
    figure.set(case=1)
    assert figure.values["diagnosis"] == diagnose.UNDECIDED and "Case 2" in figure.canvas.text
    wrong = next(source for source in SOURCES if source != figure.cases[1].split.worst)
    figure.set(diagnosis=wrong)
    assert f"Not {wrong}" in figure.canvas.text and "1 of 6 right" in figure.canvas.text
    figure.set(case=0)
    assert figure.values["diagnosis"] == right
    check(figure, "a change of patients")
    figure.reset()
    assert figure.right == 0 and "main cause?" in figure.canvas.text


def test_the_curves_are_the_losses_of_the_case():
    figure = DiagnoseFigure()
    for k, setting in enumerate(CASES):
        figure.set(case=k)
        x, t = error_split.examples(setting.examples, setting.draw)
        miss = np.interp(x, figure.splitter.x, figure.shown["fit"].get_ydata()) - t
        assert figure.training.get_ydata()[-1] == pytest.approx(COSTS[setting.loss].value(miss).mean(), rel=0.05)
        assert figure.training.get_xdata()[-1] == setting.steps


# ---- large letters

def test_nothing_is_cut_off_on_the_projector(wave, line, projector):
    for figure in (BasinsFigure(*wave), ProductFigure(), SignalFigure(), InexactFigure(*line),
                   ErrorSourcesFigure(Setting(degree=1)), DiagnoseFigure()):  # fmt: skip
        check(figure, "projector")
        fits(figure)
