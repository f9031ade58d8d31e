"""What 06 promises: valleys, a cliff and a plain, three wrong gradients, four parts of an error, six patients."""

import numpy as np
import pytest

from claims import claim, drag, press, press_play, read
from lectureutils import figures

UNTESTED = {", and press *Reset* after each.": "how to try, not what comes of it: the tests reset, too"}


@claim(
    "Two of the starts find the wave that made the data, 3 and 0.6. The others end where the slope is zero as well, "
    "with 55 to 90 times the loss.",
)
def test_two_of_six_starts_find_the_wave(shown):
    lines = shown("Local minima").splitlines()
    found = np.array([read(line, r"ends at w\[0\] = ([\d.]+), loss ([\d.]+)") for line in lines])
    good = found[found[:, 1] < 0.02]
    assert len(found) == 6 and len(good) == 2 and np.allclose(good[:, 0], 3, atol=0.05)
    ratio = found[found[:, 1] > 0.02, 1] / good[0, 1]
    assert len(ratio) == 4 and 52 < ratio.min() < 60 and 85 < ratio.max() < 95


@claim("Drag the square over a border. A hair's breadth decides between a loss of 0.01 and one of 0.6.")
def test_two_starts_side_by_side_end_far_apart(figure):
    basins, losses = figure(figures.BasinsFigure), []
    for x in np.arange(3.5, 4.6, 0.05):
        drag(basins, basins.plane, basins.begin.get_xydata()[0], (x, 0.0))
        losses.append(read(basins, r"ends in minimum \d+ \(loss ([\d.]+)\)"))
    pairs = list(zip(losses, losses[1:], strict=False))
    assert any(one == pytest.approx(0.01, abs=0.005) and other == pytest.approx(0.6, abs=0.05) for one, other in pairs)


@claim(
    "Learning rate 0.01: much is grey, since 100 short steps do not arrive. 1.0: too long, hardly any start comes to "
    "rest.",
)
def test_both_ends_of_the_rate_leave_the_map_grey(figure):
    basins, grey = figure(figures.BasinsFigure), {}
    for rate in (0.3, 0.01, 1.0):
        basins.set(rate=rate)
        grey[rate] = np.mean(basins.map.get_data() == len(basins.minima))
    assert grey[0.3] < 0.2 and grey[0.01] > 0.5 and grey[1.0] > 0.9


@claim("Momentum 0.9: the ball rolls through small dips and over low ridges. The borders fray, but the valleys stay.")
def test_momentum_frays_the_borders(figure):
    basins = figure(figures.BasinsFigure)
    calm = basins.map.get_data().copy()
    basins.set(mu=0.9)
    ends = basins.map.get_data()

    def shares(colours):
        return np.bincount(colours.ravel(), minlength=len(basins.minima) + 1) / colours.size

    def border(colours):
        return sum(np.count_nonzero(np.diff(colours, axis=axis)) for axis in (0, 1))

    assert border(ends) > 1.3 * border(calm)
    assert np.mean(ends == calm) > 0.8 and np.abs(shares(ends) - shares(calm)).max() < 0.06


@claim(
    "For the map above, with a share of 0.29, nine starts are enough to be 95% sure. With a share of one in a million"
    " it takes three million.",
)
def test_how_many_starts_it_takes(figure, notebook):
    share = np.mean(figure(figures.BasinsFigure).map.get_data() == 0)
    assert round(share, 2) == 0.29
    needed = notebook.names_of["Local minima"]["restarts_needed"]
    assert needed(share, 0.95) == 9 and needed(1e-6, 0.95) == pytest.approx(3e6, rel=0.01)


@claim("Press *Step* twice and read the sentence: thrown off the map, then exploded.")
def test_two_steps_explode(figure):
    product = figure(figures.ProductFigure)
    press(product, "Step")
    assert "thrown off the map" in product.canvas.text
    press(product, "Step")
    assert "exploded" in product.canvas.text


@claim(
    "*Rewind*, switch *Clip the gradient* on, *Play*. The direction stays, the length is at most 10: it climbs down.",
)
def test_clipped_it_climbs_down(figure):
    product = figure(figures.ProductFigure)
    press(product, "Rewind")
    product.set(clipping=True)
    press_play(product)
    walk, losses = product.path.get_data()
    steps = np.diff(walk)
    assert len(walk) == 41 and steps[0] < 0 and np.abs(steps).max() <= 10 * product.values["rate"] * 1.001
    assert (np.diff((walk**20 - 1) ** 2) <= 0).all() and (np.diff(losses) <= 0).all()
    assert "arrived at the hole" in product.canvas.text


@claim(
    "Start at `w` = 0.5: the gradient is -0.00008. It has *vanished*, and nothing moves. Clipping can't help here: it"
    " only shortens.",
)
def test_on_the_plain_nothing_moves(figure):
    product = figure(figures.ProductFigure)
    for clipping in (False, True):
        product.set(w=0.5, clipping=clipping, step=product.last)
        assert "vanishing" in product.canvas.text
        assert round(read(product, r"gradient (\S+?)[, ]"), 5) == -0.00008
        assert product.here.get_xdata()[0] == pytest.approx(0.5, abs=1e-4)


@claim(
    "With one layer the loss is $(w - 1)^2$, a friendly bowl, though it does not look like one. The axis is "
    "logarithmic, and there the bottom of a bowl, loss 0, lies infinitely deep: it becomes a spike.",
)
def test_with_one_layer_the_loss_is_a_bowl_on_a_log_axis(figure):
    product = figure(figures.ProductFigure)
    product.set(depth=1)
    w, losses = product.valley.get_data()
    assert product.plane.get_yscale() == "log"
    np.testing.assert_allclose(losses, np.maximum((w - 1) ** 2, 1e-7))
    second = np.diff(np.log(losses), 2)
    bottom = losses.argmin()
    assert second[bottom - 1] > 0 and (np.delete(second, [bottom - 2, bottom - 1, bottom]) < 0).all()  # a spike


@claim(
    "Scale 1.5, then 1.0, then 0.7: explodes, keeps its length, vanishes. From the last to the first is little more "
    "than a factor of two!",
)
def test_three_scales_have_three_fates(figure):
    layers = figure(figures.SignalFigure)
    for scale, fate in ((1.5, "explodes"), (1.0, "keeps about its length"), (0.7, "vanishes")):
        layers.set(scale=scale)
        assert f"it {fate}" in layers.canvas.text
    assert 2 < 1.5 / 0.7 < 2.2


@claim("*ReLU* at scale 1: half of the signals are cut to zero, and it vanishes. At 1.41, the root of 2, it holds.")
def test_relu_holds_at_the_root_of_two(figure):
    layers = figure(figures.SignalFigure)
    layers.set(activation="ReLU", scale=1.0)
    assert "it vanishes" in layers.canvas.text
    z = layers.x @ layers.random[0].T
    assert np.mean(z < 0) == pytest.approx(0.5, abs=0.1)
    layers.set(scale=1.41)
    assert "keeps about its length" in layers.canvas.text


@claim("*tanh* at scale 2: the signal can't explode, since tanh ends at 1. The gradient still can.")
def test_tanh_bounds_the_signal_and_not_the_gradient(figure):
    layers = figure(figures.SignalFigure)
    layers.set(activation="tanh", scale=2.0)
    assert layers.signal.get_ydata().max() <= np.sqrt(layers.x.size) and "it explodes" in layers.canvas.text


@claim(
    "*tanh*, scale 2.5, 40 layers: the first layer's gradient is thousands of times the last one's. Switch clipping "
    "on: the triangles move down together, and keep their shape.",
)
def test_clipping_keeps_the_ratio_of_the_layers(figure):
    layers, found = figure(figures.SignalFigure), []
    layers.set(activation="tanh", scale=2.5, depth=40)
    for clipping in (False, True):
        layers.set(clipping=clipping)
        found.append(layers.weights.get_ydata().copy())
    assert 1000 < found[0][0] / found[0][-1] < 10_000
    assert found[1].max() < found[0].max() / 100
    np.testing.assert_allclose(found[1] / found[1][-1], found[0] / found[0][-1])


@claim(
    "As it stands, the descent freezes: rounding.",
    "Give it 17 decimals, all that the computer has (from there on the figure itself rounds nothing), and it gets "
    "much farther, until the step `h` is what holds it back.",
)
def test_rounding_freezes_the_descent(figure):
    inexact = figure(figures.InexactFigure)
    assert "exactly 0: it stands still" in inexact.canvas.text
    frozen = inexact.far.get_ydata()[-1]
    inexact.set(decimals=17)
    assert inexact.far.get_ydata()[-1] < frozen / 20 and "comes from the step h" in inexact.canvas.text
    w, rows, h = np.array([0.3, -1.0]), np.arange(64), 1e-3
    ahead = np.array([inexact.loss(w + nudge, rows) for nudge in h * np.eye(2)])
    assert (inexact.measure(w, rows, h, 17) == (ahead - inexact.loss(w, rows)) / h).all()  # nothing is rounded


@claim(
    "17 decimals and `h` = 1: it comes to rest beside the minimum, about `h / 2` off in each weight. Then `h` = 1e-8:"
    " the best compromise, no error is above 0.000 000 1. Then 1e-14: it freezes again.",
)
def test_the_step_h_has_a_best_size(figure):
    inexact, worst = figure(figures.InexactFigure), {}
    inexact.set(decimals=17, h=1.0)
    before, rest = inexact.path.get_xydata()[-2:]
    assert np.abs(rest - inexact.goal) == pytest.approx([0.5, 0.5], abs=0.05)
    assert np.linalg.norm(rest - before) < 1e-4
    for exponent in range(-14, 1):
        inexact.set(h=10.0**exponent)
        worst[exponent] = max(read(inexact, r" h (\S+), rounding (\S+)\. "))
    assert worst[-8] < 1e-7 and worst[-8] < 3 * min(worst.values())
    inexact.set(h=1e-14)
    assert "exactly 0: it stands still" in inexact.canvas.text
    assert read(inexact, r"rounding (\S+)\. ") > 1e-6


@claim("17 decimals, `h` = 1e-8, batch size 8: now the path never rests. Batch size 1 is worse.")
def test_a_small_batch_never_rests(figure):
    inexact, restless = figure(figures.InexactFigure), {}
    for size in (64, 8, 1):
        inexact.set(decimals=17, h=1e-8, batch_size=size)
        restless[size] = np.linalg.norm(np.diff(inexact.path.get_xydata()[-30:], axis=0), axis=1).mean()
    assert restless[64] < 1e-3 < 0.01 < restless[8] < restless[1]


@claim(
    "*Degree* 1: the model is too small, the error 0.43. Does it lack examples, or steps? Both sliders are at their "
    "end, so go the other way: half of the examples, then a third of the steps. The error stays between 0.42 and "
    "0.43.",
)
def test_a_model_that_is_too_small_feels_neither_examples_nor_steps(figure):
    sources = figure(figures.ErrorSourcesFigure)
    sources.set(degree=1)
    widgets = [sources.controls[name].inputs[0] for name in ("examples", "steps")]
    assert [widget.value for widget in widgets] == pytest.approx([widget.base**widget.max for widget in widgets])
    assert "Most of it: model too small" in sources.canvas.text
    assert read(sources, r"Error ([\d.]+)") == pytest.approx(0.43, abs=0.005)
    for change in ({"examples": 200}, {"steps": 100}):
        sources.set(**change)
        assert 0.42 <= round(read(sources, r"Error ([\d.]+)"), 2) <= 0.43


@claim("*Examples* 20: another *Draw*, another curve. What changes from draw to draw is the data's part.")
def test_with_20_examples_the_draw_decides(figure):
    sources, parts, curves = figure(figures.ErrorSourcesFigure), [], []
    for draw in range(10):
        sources.set(examples=20, draw=draw)
        parts.append([bar.get_width() for bar in sources.bars][:4])
        curves.append(sources.shown["fit"].get_ydata().copy())
    assert np.ptp(parts, axis=0).argmax() == 2 and np.ptp(parts, axis=0)[:2].max() == 0
    assert np.ptp(curves, axis=0).max() > 0.5


@claim(
    "*Loss* squared, then *too low costs 3 times*: the curve goes up. It is the best curve by that loss. Go from 100 "
    "examples to 400, or from 50 steps to 300: it stays up there.",
)
def test_a_wrong_loss_lifts_the_curve_for_good(figure):
    sources, high = figure(figures.ErrorSourcesFigure), {}

    def height():
        return float(np.mean(sources.shown["fit"].get_ydata() - sources.shown["truth"].get_ydata()))

    right = height()
    for loss in ("squared", "too low costs 3 times"):
        sources.set(loss=loss)
        high[loss] = height()
        for fewer in ({"examples": 100}, {"steps": 50}):
            sources.set(**fewer)
            assert height() == pytest.approx(high[loss], abs=0.03)
            sources.reset()
            sources.set(loss=loss)
    assert right + 0.2 < high["squared"] < high["too low costs 3 times"] - 0.2


@claim("*Steps* 5: $f$ is still on its way.")
def test_after_5_steps_the_optimizer_is_to_blame(figure):
    sources = figure(figures.ErrorSourcesFigure)
    sources.set(steps=5)
    assert "Most of it: stopped early" in sources.canvas.text


@claim(
    "*Degree* 9, *Examples* 16: the error is 0.40 after 300 steps, 0.08 after about 40, and 0.43 after 5. The "
    "optimizer's part is *negative*: it stops before it has learned the noise by heart.",
)
def test_stopping_early_helps_a_large_model(figure):
    sources = figure(figures.ErrorSourcesFigure)
    sources.set(degree=9, examples=16)
    for steps, error in ((300, 0.40), (40, 0.08), (5, 0.43)):
        sources.set(steps=steps)
        assert read(sources, r"Error ([\d.]+)") == pytest.approx(error, abs=0.005)
        assert read(sources, r"stopped early (\S+?)\.? ") < 0
        assert sources.side.get_xlim()[1] > max(bar.get_width() for bar in sources.bars)
    errors = {}
    for steps in (5, 20, 40, 100, 300):
        sources.set(steps=steps)
        errors[steps] = sources.bars[-1].get_width()
    assert min(errors, key=errors.get) == 40


@claim(
    "Go through the six cases. Look at the curves first, then at the crosses, then decide. The truth (the dashed "
    "line) and the four parts appear with your diagnosis, and the sentence counts how many you got right.",
    "Training losses of 0.43 and 0.49 look alike, and yet one run was stopped too early and the other has a model "
    "that is too small.",
)
def test_six_patients_are_diagnosed(figure):
    patients, losses = figure(figures.DiagnoseFigure), {}
    for k, case in enumerate(patients.cases):
        patients.set(case=k)
        losses.setdefault(case.split.worst, []).append(read(patients, r"Training loss ([\d.]+)"))
        assert not patients.shown["truth"].get_visible()
        patients.set(diagnosis=case.split.worst)
        assert patients.shown["truth"].get_visible() and "The parts: model too small" in patients.canvas.text
        assert f"{k + 1} of 6 right so far" in patients.canvas.text
    assert any(round(loss, 2) == 0.43 for loss in losses["stopped early"])
    assert any(round(loss, 2) == 0.49 for loss in losses["model too small"])


@claim(
    "Then *Normalise each layer*, and move the scale from end to end: signal and gradient keep their length at every"
)
def test_normalised_layers_keep_lengths_at_every_scale(figure):
    layers, lines = figure(figures.SignalFigure), set()
    layers.set(activation="tanh", depth=40, normalise=True)
    for scale in (0.5, 1.2, 2.5):
        layers.set(scale=scale)
        assert "it keeps about its length" in layers.canvas.text
        lines.add(tuple(np.round(np.r_[layers.signal.get_ydata(), layers.gradient.get_ydata()], 9)))
    assert len(lines) == 1


# ---- a model that is too large


@claim(
    "Drag the diamond from 50 features over 100 to 2000: wrong on 25%, on 78%, and on 9% of the unseen digits. "
    "From 50 on, "
    "every seen digit is right. `W` is longest at the peak, and shortest at the right end.",
    "It is wrong on about one in ten",
)
def test_the_error_falls_rises_and_falls(figure):
    sizes = figure(figures.DoubleDescentFigure)
    for K, unseen in ((50, 25), (100, 78), (2000, 9)):
        drag(sizes, sizes.errors, sizes.here.get_xydata()[0], (K, 0.5))
        assert read(sizes, r"digits, (\d+) features, .*seen and ([\d.]+)% of the unseen") == (K, unseen)
    K, length = sizes.length.get_xydata().T
    assert K[length.argmax()] == 100 and K[length.argmin()] == 2000
    assert sizes.seen.get_ydata()[K >= 50].max() == 0


@claim("Digits 50, then 200: the peak goes where `K` is as large.")
def test_the_peak_is_where_there_are_as_many_features_as_digits(figure):
    sizes = figure(figures.DoubleDescentFigure)
    for n in (50, 200):
        sizes.set(n=n)
        K, unseen = sizes.unseen.get_xydata()[6:].T
        assert K[unseen.argmax()] == n


@claim("Ridge 0.1: there is no peak any more. It was never the size, it was the length of `W`.")
def test_a_ridge_levels_the_peak(figure):
    sizes = figure(figures.DoubleDescentFigure)
    sizes.set(lam=0.1)
    K, unseen = sizes.unseen.get_xydata().T
    assert (np.diff(unseen) < 0.01).all() and sizes.length.get_ydata().max() < 1


@claim("as with 100", "All of them are right on every seen digit.")
def test_what_is_printed_of_50_and_100_features(shown):
    lines = shown("Can a model be too large?").splitlines()
    assert [read(line, r"(\d+) features: wrong on (\d+)% of the seen digits, on (\d+)%") for line in lines] == [
        (50, 0, 30),
        (100, 0, 76),
    ]


# ---- minima in many dimensions


@claim(
    "Dimensions 1, 2, 3, 5: one in two, one in seven, one in forty, two of 20000. With 50 about half of the "
    "curvatures go "
    "down, in every draw.",
    "It falls faster than coins do",
)
def test_minima_get_rare(figure):
    saddles, found = figure(figures.SaddlesFigure), {}
    for n in (1, 2, 3, 5):
        saddles.set(n=n)
        found[n] = read(saddles, r"(\d+) of 20000 draws are minima")
    assert [round(20_000 / found[n]) for n in (1, 2)] == [2, 7] and 36 < 20_000 / found[3] < 44 and found[5] == 2
    for draw in range(1, 21):
        saddles.set(n=50, draw=draw)
        assert 20 <= read(saddles, r": (\d+) of 50 curvatures go down") <= 30


@claim(
    "10 dimensions, *Beside it* 0.01, 0.0001, 0.000001: the descent leaves at step 34, 78 and 123. A hundred "
    "times closer "
    "costs 44 steps more each time"
)
def test_how_long_a_saddle_holds(figure):
    saddles, left = figure(figures.SaddlesFigure), []
    for beside in (1e-2, 1e-4, 1e-6):
        saddles.set(n=10, draw=1, beside=beside)
        left.append(read(saddles, r"below the saddle at step (\d+)"))
    assert left == [34, 78, 123] and np.diff(left) == pytest.approx(44, abs=1)
