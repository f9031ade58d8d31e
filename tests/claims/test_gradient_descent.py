"""What 05 promises: small batches, rates, a ball, the memory of AdaGrad and Adam, and a race."""

import numpy as np
import pytest
from figures.gradient_descent.making import points, spread

from claims import claim, drag, press, press_play, read
from lectureutils import figures
from lectureutils.optim import RULES
from lectureutils.train import accuracy, fit, linear_scores, steps

GROUNDS = ("ravine", "ravine, turned", "saddle", "plateau")
UNTESTED = {"Batch size 1 and *Play*.": "what comes of it stands in the next sentence"}


# ---- batches


@claim("Batch size 1, 8, 64, 342: watch the cloud shrink. At 342 it is a point, and both paths are the same.")
def test_the_cloud_shrinks(figure):
    batch, spreads = figure(figures.BatchFigure), []
    for size in (1, 8, 64, 342):
        batch.set(batch_size=size, step=0)
        spreads.append(spread(batch))
    assert (np.diff(spreads) < 0).all() and spreads[-1] < 1e-12
    batch.set(step=batch.last)
    assert points(batch.path) == pytest.approx(points(batch.smooth))


@claim("Then a learning rate of 0.2: short steps average the noise away.")
def test_short_steps_average_the_noise_away(figure):
    batch, wander, losses = figure(figures.BatchFigure), [], []
    for rate in (1.0, 0.2):
        batch.set(batch_size=1, rate=rate)
        press_play(batch)
        assert batch.values["step"] == 60
        late = points(batch.path)[40:]
        wander.append(late.std(axis=0).max())
        losses.append(np.mean([batch.loss(w, batch.X, batch.y)[0] for w in late]))
    assert wander[1] < wander[0] / 5 and losses[1] < losses[0]


@claim("Step 0, batch size 16, then 64: the distance in the sentence goes from 0.195 to 0.092, about one half.")
def test_four_times_the_examples_half_the_distance(figure):
    batch = figure(figures.BatchFigure)
    far = []
    for size in (16, 64):
        batch.set(step=0, batch_size=size)
        far.append(read(batch, r"estimates lie about ([\d.]+) away"))
    assert far == [0.195, 0.092]


@claim("at step 60 only half of the batches lead downhill")
def test_near_the_minimum_half_of_the_batches_lead_downhill(figure):
    batch = figure(figures.BatchFigure)
    batch.set(step=60)
    assert read(batch, r"(\d+)% of them lead downhill") == pytest.approx(50, abs=2)


@claim(
    "Counted in examples seen, the smallest batch is far ahead, and the full batch has only just begun.",
    "three of the four are within 2% of each other there, and the batch of one is not far above",
)
def test_the_same_loss_counted_two_ways(figure):
    curves = figure(figures.BatchCurvesFigure)
    seen = read(curves, r"batch of 1 ([\d.]+), batch of 16 ([\d.]+), batch of 128 ([\d.]+), batch of 1348 ([\d.]+)")
    assert 4 * seen[0] < seen[1] < seen[2] < seen[3] and seen[3] > 2.2
    curves.set(count="steps", budget=300)
    one, *rest = (mark.get_ydata()[0] for mark in curves.marks)
    assert max(rest) < 1.02 * min(rest) and max(rest) < one < 1.25 * max(rest)


@claim(
    "Change `learning_rate` to 0.5 in the cell and run it again.",
    "Now the curve of batch size 1 shakes so much that most of its lead is gone",
)
def test_batches_of_one_need_a_small_rate(notebook):
    names, lead, shakes = notebook.names_of["Noisy steps win"], {}, {}
    for rate in (0.1, 0.5):
        runs = {}
        for size, (epochs, chunk) in list(names["plans"].items())[:2]:
            options = {"learning_rate": rate, "batch_size": size, "epochs": epochs}
            runs[size] = list(steps(names["train"].X, names["train"].y, chunk=chunk, **options))
        curves = figures.BatchCurvesFigure(runs, n=1348)
        one, sixteen = (mark.get_ydata()[0] for mark in curves.marks)
        lead[rate] = sixteen - one
        shakes[rate] = np.abs(np.diff(np.log(curves.lines[0].get_ydata()[-60:]))).mean()
    assert 0 < lead[0.5] < lead[0.1] / 5 and shakes[0.5] > 5 * shakes[0.1]


# ---- rates


@claim("Learning rate 0.4: the decaying rate has died out before it arrived. AdaGrad still makes it.")
def test_a_rate_that_dies_out_too_early(figure):
    rates = figure(figures.RateFigure)
    rates.set(rate=0.4)
    assert read(rates, r"decaying ([\d.]+), per weight") > 0.05 > 0.005 > read(rates, r"per weight ([\d.]+)")


@claim("`tau` 150: in the end the rate is still half of what it was, and the path still shakes.")
def test_a_rate_that_decays_too_late(figure):
    rates = figure(figures.RateFigure)
    rest = points(rates.paths[1])[-20:].std(axis=0).max()
    rates.set(tau=150)
    assert read(rates, r"the constant rate is 4, the decaying one is down to ([\d.]+)") == pytest.approx(2, abs=0.3)
    assert points(rates.paths[1])[-20:].std(axis=0).max() > 3 * rest


@claim("`tau` 1.5: the run freezes on the slope.")
def test_a_rate_that_decays_at_once(figure):
    rates = figure(figures.RateFigure)
    good = rates.gaps[1].get_ydata()[-1]
    rates.set(tau=1.5)
    assert np.abs(np.diff(points(rates.paths[1])[-20:], axis=0)).max() < 0.05
    assert rates.gaps[1].get_ydata()[-1] > 10 * good


@claim("Batch size 342: without noise the constant rate needs no mending.")
def test_without_noise_a_constant_rate_is_good(figure):
    rates = figure(figures.RateFigure)
    rates.set(batch_size=342)
    assert "constant less than 1e-09, decaying 0.0" in rates.canvas.text
    assert rates.canvas.text.endswith("Nearest: constant and per weight.")


# ---- the ball


@claim("At the start the slope and the velocity are negative, and the ball rolls to the right.")
def test_the_velocity_has_the_sign_of_the_slope_and_the_ball_goes_against_it(figure):
    ball = figure(figures.BallFigure)
    for step in range(1, 61):
        ball.set(step=step)
        (before, now), velocity = ball.rolled.get_ydata()[-2:], read(ball, r"velocity is (\S+), so w, minus rate")
        way = "right" if now > before else "left"
        assert velocity * (now - before) < 0
        assert velocity == pytest.approx((before - now) / ball.values["rate"], abs=0.0051)
        assert f"moves to the {way}." in ball.canvas.text
        assert step > 15 or way == "right"


@claim("`mu` 0: the ball *is* the triangle.", "`mu` 0.5: too little speed for the dip.")
def test_with_little_momentum_the_ball_stays_in_the_dip(figure):
    ball = figure(figures.BallFigure)
    ball.set(mu=0, step=ball.last)
    assert points(ball.rolled) == pytest.approx(points(ball.walked))
    ball.set(mu=0.5)
    assert "The ball is stuck in the dip" in ball.canvas.text


@claim("`mu` 0.99: hardly any friction, it swings for very long.")
def test_with_hardly_any_friction_it_swings_on(figure):
    ball = figure(figures.BallFigure)
    ball.set(mu=0.99, step=ball.last)
    assert "The ball is still moving" in ball.canvas.text
    assert (np.diff(np.sign(np.diff(ball.rolled.get_ydata()))) != 0).sum() >= 2


@claim("`mu` 0.9 again, and drag the ring to -1.6: a ball that starts so near has no run-up.")
def test_a_ball_without_run_up_stays_in_the_dip(figure):
    ball = figure(figures.BallFigure)
    ball.set(step=ball.last)
    assert "The ball rests on the valley floor; plain descent, at -1.29, is stuck in the dip" in ball.canvas.text
    drag(ball, ball.ground, (-4.0, ball.begin.get_ydata()[0]), (-1.6, 0))
    assert points(ball.begin)[0, 0] == pytest.approx(-1.6, abs=0.05)
    assert "The ball is stuck in the dip" in ball.canvas.text


# ---- the memory of the rules


def bars(mend, row):
    """Give the lengths of both weights' bars in a row, (2,)."""
    return np.array([group[mend.rows.index(row)].get_width() for group in mend.bars])


def lengths(mend):
    """Give how long each weight's steps were up to now, (2, t)."""
    return np.array([line.get_ydata() for line in mend.moves])


@claim("*steady*: one gradient is ten times the other. Both weights take steps of the same length")
def test_the_size_of_the_gradient_cancels(figure):
    mend = figure(figures.MendFigure, "AdaGrad, and")
    mend.set(stream="steady")
    for step in (1, 12, 40):
        mend.set(step=step)
        large, small = (abs(stem.get_ydata()[step - 1]) for stem in mend.stems)
        assert large == 10 * small
        assert len(set(read(mend, r"steps ([\d.]+) times the rate; .* steps ([\d.]+) times"))) == 1


@claim(
    "*large, then small*, rule *AdaGrad*, *Play*: the root of `v` grows out of the picture, the steps go to zero.",
    "The button *RMSProp*, *Rewind*, *Play*: the root of `v` follows the gradient down, and the steps recover.",
)
def test_adagrad_never_forgets_and_rmsprop_does(figure):
    mend = figure(figures.MendFigure, "AdaGrad, and")
    mend.set(stream="large, then small", rule="AdaGrad")
    press_play(mend)
    assert mend.values["step"] == 40 and lengths(mend)[0, -1] < 0.04
    assert bars(mend, "root of v").max() > 3
    kept = []
    for step in range(1, 41):
        mend.set(step=step)
        kept.append(read(mend, r" v ([\d.]+),.* v ([\d.]+),"))
    assert (np.diff(kept, axis=0) >= 0).all()
    press(mend, "RMSProp")
    press(mend, "Rewind")
    assert mend.values["step"] == 1
    press_play(mend)
    assert lengths(mend)[0, -1] > 3 * lengths(mend)[0, 12]
    late = bars(mend, "root of v")[0]
    mend.set(step=12)
    assert late**2 < bars(mend, "root of v")[0] ** 2 / 10


@claim(
    "Step 1 with *RMSProp*: the very first step is 3.16 times the rate.",
    "Its mean starts from 0, so it is far too small at first.",
)
def test_the_first_step_of_rmsprop_is_too_long(figure):
    mend = figure(figures.MendFigure, "AdaGrad, and")
    press(mend, "RMSProp")
    for stream in ("steady", "large, then small"):
        mend.set(stream=stream, step=1)
        assert set(read(mend, r"steps ([\d.]+) times the rate; .* steps ([\d.]+) times")) == {3.16}


@claim("the root of `v` grows out of the picture")
def test_the_root_of_v_leaves_its_axes(figure):
    mend = figure(figures.MendFigure, "AdaGrad, and")
    mend.set(stream="large, then small", rule="AdaGrad", step=40)
    assert bars(mend, "root of v").min() > 3.4


@claim("*often and rarely*: with AdaGrad the weight that seldom has a gradient takes the longer steps when it has one.")
def test_the_rare_gradient_makes_the_longer_step(figure):
    mend = figure(figures.MendFigure, "AdaGrad, and")
    mend.set(stream="often and rarely", rule="AdaGrad", step=40)
    often, rarely = lengths(mend)
    assert (rarely > 0).sum() == 5 and (rarely > often)[rarely > 0].all()


@claim(
    "`m` catches up faster than `v`, so the steps become more than six times too long. At step 40 they are still five "
    "times too long. Then the button *Adam*: all of them are 1."
)
def test_without_its_correction_adam_steps_too_far(figure):
    mend = figure(figures.MendFigure, "Adam")
    press(mend, "Adam, no correction")
    mend.set(stream="steady", step=40)
    assert lengths(mend)[:, :12].max() > 6 and lengths(mend)[:, 39] == pytest.approx([5, 5], abs=0.1)
    press(mend, "Adam")
    assert lengths(mend) == pytest.approx(1, abs=1e-6)


@claim(
    "*turning, zigzag*, steps 1 to 40: the zigzag weight hardly moves, its `m` cancels.",
    "The other one needs a few steps to turn round",
)
def test_a_zigzag_cancels_and_a_turn_takes_time(figure):
    mend = figure(figures.MendFigure, "Adam")
    mend.set(stream="turning, zigzag", step=40)
    zigzag, way = lengths(mend)[1], []
    assert zigzag[5:].max() < 0.2 and zigzag[20:].max() < 0.07
    for step in range(21, 41):
        mend.set(step=step)
        way.append(bars(mend, "m corrected")[0])  # a step has its sign
    late = np.flatnonzero(np.array(way) < 0)[0]  # it moved on in the old direction for so many steps
    assert 3 <= late <= 8 and (np.array(way[late:]) < 0).all()


@claim("*noisy*: the weight whose gradient has a clear sign takes long steps, the one that is mostly noise short ones.")
def test_a_clear_sign_makes_long_steps(figure):
    mend = figure(figures.MendFigure, "Adam")
    mend.set(stream="noisy, as from mini-batches", step=40)
    clear, noise = lengths(mend)[:, 10:].mean(axis=1)
    assert clear > 2 * noise


# ---- the race


def arrivals(race, ground, step=100):
    """Press the button of a ground, and read when each rule is there; a rule that is not comes last."""
    race.reset()
    press(race, ground)
    race.set(step=step)
    words = race.canvas.text.split(": ", 1)[1]
    return {name: read(words, rf"{name} there at step (\d+)") if f"{name} there" in words else np.inf for name in RULES}


@claim(
    "AdaGrad arrives first on the ravine, the saddle and the plateau (step 15, 32 and 11), and last on the turned "
    "ravine.",
    "Adam comes in second on all four: never the best, never bad.",
    "*ravine, turned*: the same ravine at 45 degrees. AdaGrad, first before, is last now!",
)
def test_who_arrives_when(figure):
    race = figure(figures.RaceFigure)
    order = {ground: arrivals(race, ground) for ground in GROUNDS}
    assert all(np.isfinite(list(there.values())).all() for there in order.values())
    assert [order[ground]["AdaGrad"] for ground in ("ravine", "saddle", "plateau")] == [15, 32, 11]
    places = {ground: sorted(there, key=there.get) for ground, there in order.items()}
    assert [place[0] for place in places.values()] == ["AdaGrad", "momentum", "AdaGrad", "AdaGrad"]
    assert places["ravine, turned"][-1] == "AdaGrad"
    assert {place[1] for place in places.values()} == {"Adam"}


@claim("*ravine*: SGD drops to the bottom and then creeps along it. Momentum swings. The others cut the corner")
def test_how_the_rules_walk_through_the_ravine(figure):
    race = figure(figures.RaceFigure)
    press(race, "ravine")
    race.set(step=100)
    walks = dict(zip(RULES, map(points, race.paths), strict=True))
    x, y = walks["SGD"][8]
    assert abs(y) < 0.05 and x < -2
    assert (np.diff(np.sign(walks["momentum"][:, 1])) != 0).sum() >= 3
    for name in ("AdaGrad", "RMSProp", "Adam"):  # along both axes at once
        corner = walks[name][:10]
        assert corner[-1, 0] - corner[0, 0] > 0.3 and corner[0, 1] - corner[-1, 1] > 0.3


@claim(
    "*saddle*: SGD stands on it for 50 steps, its loss still near 0.09.",
    "Set the start to `y` = 0 exactly: nobody leaves it",
)
def test_who_leaves_the_saddle(figure):
    race = figure(figures.RaceFigure)
    press(race, "saddle")
    race.set(step=50)
    assert read(race, r"SGD loss ([\d.]+)") == pytest.approx(0.09, abs=0.006)
    race.set(y=0.0, step=100)
    assert all(points(head)[0, 1] == 0 for head in race.heads) and race.canvas.text.endswith("All are equally low.")


@claim(
    "AdaGrad, RMSProp and Adam divide by the gradient's own size; tiny or not, their steps are about as long as the "
    "rate.",
    "Drag the start to a corner: plain steps and momentum do not get off it at all.",
)
def test_who_leaves_the_plateau(figure):
    race = figure(figures.RaceFigure)
    there = arrivals(race, "plateau")
    assert max(there[name] for name in ("AdaGrad", "RMSProp", "Adam")) < min(there["SGD"], there["momentum"])
    for corner in ((-2.9, 2.9), (2.9, 2.9), (2.9, -2.9), (-2.9, -2.9)):
        race.reset()
        press(race, "plateau")
        drag(race, race.plane, (-2.5, 1.5), corner)
        race.set(step=100)
        assert "SGD loss 1, momentum loss 1, AdaGrad there" in race.canvas.text


@claim(
    "Watch RMSProp on the plateau up to step 100: its loss hovers near 0.0005.",
    "On the ravine it has arrived, and jumps away again.",
)
def test_rmsprop_never_rests(figure):
    race, k = figure(figures.RaceFigure), list(RULES).index("RMSProp")
    press(race, "plateau")
    race.set(step=100)
    late = race.losses[k].get_ydata()[60:]
    assert np.median(late) == pytest.approx(5e-4, rel=0.3) and late.max() > 4 * late.min()
    press(race, "ravine")
    heights = race.losses[k].get_ydata()
    assert heights.min() < 1e-9 and heights[-1] > 1e-4


# ---- on the digits


@claim(
    "its best column is between 94% and 97%",
    "*Jumps* stands where the loss of the last five epochs is more than three times that of the column before",
    "SGD and AdaGrad want a large rate, RMSProp and Adam one that is a hundred times smaller",
    "SGD is at its best in the last column. Is there more beyond? We looked: at a rate of 10 it gets the same 94.2%.",
)
def test_each_rule_is_good_at_some_rate(notebook, shown):
    table = {}
    for line in shown("The five rules on the digits").splitlines()[1:]:
        name, *shares = line.split()
        table[name] = [0 if share == "jumps" else float(share.rstrip("%")) for share in shares]
    assert list(table) == list(RULES)
    assert [name for name, shares in table.items() if 0 in shares] == ["RMSProp", "Adam"]
    assert all(94 < max(shares) < 97 for shares in table.values())
    names = notebook.names_of["The five rules on the digits (optional)"]
    best = {name: names["rates"][int(np.argmax(shares))] for name, shares in table.items()}
    assert (best["SGD"], best["AdaGrad"]) == (1, 1) and (best["RMSProp"], best["Adam"]) == (0.01, 0.01)
    run = fit(names["train"].X, names["train"].y, rule=RULES["SGD"], learning_rate=10, epochs=10)
    assert f"{accuracy(linear_scores(names['test'].X, run.W, run.b), names['test'].y):.1%}" == "94.2%"
    assert table["SGD"][-1] == 94.2


# ---- a valley of two curvatures


@claim(
    "by 30.1 for each unit across the valley, by 4.4 along it",
    "their ratio is the **condition number**, here 6.8",
    "Drag the mark. Where is the darkest place? The sentence says how many steps the best pair takes: 9. Get there by "
    "hand, then press *Show the best pair*.",
    "Everything is higher up and further to the right.",
)
def test_the_best_pair_is_found_by_hand(figure, shown):
    valley = figure(figures.ValleyFigure)
    assert read(shown("Momentum"), r"curvatures ([\d.]+) and ([\d.]+), condition number ([\d.]+)") == (4.4, 30.14, 6.85)
    dark = valley.image.get_array()
    row, column = np.unravel_index(dark.argmin(), dark.shape)
    place = (column + 0.5) * valley.widest / dark.shape[1], (row + 0.5) / dark.shape[0]
    drag(valley, valley.map, (1.0, 0.0), place)
    yours, best = read(valley, r"takes (\d+) steps to come .* the best pair: (\d+)\.$")
    assert best == 9 and yours <= 10
    valley.set(rate=2.09, mu=0.2)
    assert read(valley, r"takes (\d+) steps to come") == 9
    lecture = valley.values["rate"], valley.values["mu"]
    valley.set(best=True)
    assert points(valley.star)[0] == pytest.approx(lecture, abs=0.05)
    valley.set(valley="100 times as steep")
    rate, mu = points(valley.star)[0]
    assert rate > lecture[0] + 1 and mu > lecture[1] + 0.4


@claim(
    "Choose *100 times as steep*, and look again.",
    "Plain descent at its best rate takes 345 steps to come 1000 times nearer.",
    "Plain descent needs steps in proportion to the condition number, momentum to its root: 10 instead of 100.",
    "Left of the solid one the walk creeps along the flat direction, right of the dashed one it jumps across in the "
    "steep one",
)
def test_momentum_pays_for_the_root_of_the_condition_number(figure):
    valley = figure(figures.ValleyFigure)
    valley.set(valley="100 times as steep", best=True)
    assert read(valley, r"best rate: (\d+); the best pair: (\d+),") == (345, 34)
    (rate, mu), steep = points(valley.star)[0], 100.0
    valley.set(rate=rate - 1, mu=mu)
    along, across = read(valley, r"keeps ([\d.]+)% along the flat direction, ([\d.]+)% across")
    assert along > across + 2
    valley.set(rate=rate + 0.02, mu=mu - 0.05)
    along, across = read(valley, r"keeps ([\d.]+)% along the flat direction, ([\d.]+)% across")
    assert across > along + 2 and steep == 100


@claim("the best `mu` of a valley with a condition number near 1400")
def test_the_usual_mu_is_the_best_of_some_valley():
    from lectureutils.figures.gradient_descent.valley import best_pair

    assert best_pair(1, 1400)[1] == pytest.approx(0.9, abs=0.005)
