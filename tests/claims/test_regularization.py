"""What 03 promises: degrees, two halves and their sum, one slider, exact zeros, 7500 weights."""

import numpy as np

from claims import claim, drag, press_play, read
from lectureutils import figures

UNTESTED = {
    "Press on an empty spot to add a point": "a question for the reader's hand: it depends on where the points are put",
    "Then find the best $\\lambda$ by looking at the curve on the left only.": "a task for the reader's eye",
    "For which places does L1 keep both weights?": "a question",
}
POLYNOMIAL = r"mean squared error (?:less than )?([\d.]+) on 12 points to learn from, (?:more than )?([\d.]+)"


@claim(
    "From degree 11 on there are as many numbers to choose as points, and the data loss is 0.",
    "The held-out error falls, has its minimum (the star) at degree 3, and then explodes.",
    "Degree 1 is simpler than degree 3, and wrong.",
)
def test_the_degree_alone_makes_the_fit_perfect_and_useless(figure):
    polynomial, errors = figure(figures.PolynomialFigure), []
    for degree in range(1, 16):
        polynomial.set(degree=degree)
        errors.append(read(polynomial, POLYNOMIAL))
    seen, new = np.array(errors).T
    assert (np.diff(seen) <= 0).all() and (seen[10:] <= 0.001).all()
    assert new.argmin() + 1 == 3 and polynomial.errors.star.get_xdata() == [3]
    assert new[0] > 4 * new[2] and new[10] >= 100


@claim("Go to degree 11. Drag one round point a little, and watch the whole curve whip.")
def test_at_degree_11_one_point_moves_the_whole_curve(figure):
    polynomial = figure(figures.PolynomialFigure)
    moved = {}
    for degree in (3, 11):
        polynomial.reset()
        polynomial.set(degree=degree)
        before = polynomial.fit.get_ydata().copy()
        x, y = polynomial.points.X[6]
        assert polynomial.points.y[6] == 0
        drag(polynomial, polynomial.plane, (x, y), (x, y + 0.1))
        moved[degree] = np.abs(polynomial.fit.get_ydata() - before).max()
    assert moved[3] < 0.1 and moved[11] > 10


@claim("now 4 points are learned from. Degree 3 goes through them all.", "And why does degree 15 look harmless?")
def test_four_points_to_learn_from(notebook):
    names = notebook.names_of["Fitting well is not the same as being right"]
    few = figures.PolynomialFigure(names["x"], names["y"], np.arange(24) % 6 != 0)
    held_out, largest = {}, {}
    for degree in (1, 2, 3, 5, 15):
        few.set(degree=degree)
        seen, held_out[degree] = read(few, r"error (?:less than )?([\d.]+) on 4 points to learn from, ([\d.]+)")
        assert (seen <= 0.001) == (degree >= 3)
        largest[degree] = read(few, r"Largest weight ([\d.e+]+)\.")
    assert "Best held out: degree 5." in few.canvas.text
    assert held_out[15] < 1.1 * held_out[3] < held_out[1] and largest[15] < largest[3]


@claim("Choose a penalty, degree 15, and *Errors over* $\\lambda$.")
def test_a_penalty_tames_degree_15(figure):
    polynomial = figure(figures.PolynomialFigure)
    for penalty in ("L2", "L1"):
        polynomial.set(degree=15, penalty=penalty, along="lambda")
        assert read(polynomial, POLYNOMIAL)[1] < 0.06 and "Best held out: λ = 0.00" in polynomial.canvas.text


@claim("at $\\lambda \\approx 0.74$. Below, `W1` is preferred; above, `W2`.")
def test_where_the_two_classifiers_tie(shown):
    text = shown("Data loss plus")
    loss1, R1 = read(text, r"W1, b1: data loss ([\d.]+), R_L2 ([\d.]+)")
    loss2, R2 = read(text, r"W2, b2: data loss ([\d.]+), R_L2 ([\d.]+)")
    assert f"{(loss2 - loss1) / (R1 - R2):.2f}" == "0.74" and loss1 < loss2


@claim("Try to beat the star with your own `w`.")
def test_nobody_beats_the_star(figure):
    halves = figure(figures.HalvesFigure)
    for penalty in ("L2", "L1"):
        for w in np.linspace(-1, 3, 17):
            halves.set(penalty=penalty, w=w)
            star, mine = read(halves, r"= ([\d.]+)\. Your w = -?[\d.]+ makes ([\d.]+)")
            assert mine >= star


@claim(
    "Under L2, find a $\\lambda$ with the star exactly at 0. It comes close and never arrives. Under L1 it arrives, "
    "and stays."
)
def test_only_l1_arrives_at_zero(figure):
    halves = figure(figures.HalvesFigure)
    zeros = {}
    for penalty in ("L2", "L1"):
        zeros[penalty] = []
        for lam in 10.0 ** np.arange(-3, 2.01, 0.1):
            halves.set(penalty=penalty, lam=lam)
            zeros[penalty].append("exactly 0" in halves.canvas.text)
    assert not any(zeros["L2"]) and np.abs(halves.star.get_xdata()[0]) < 0.01
    assert zeros["L1"][0] is False and zeros["L1"] == sorted(zeros["L1"]) and zeros["L1"][-1]


@claim(
    "Press *Play*.",
    "the training error rises all the way, the held-out error falls to an eighth, has its minimum, and rises again.",
    "here degree 9 comes down from 0.29 to 0.035, not far from its 0.024",
)
def test_one_slider_moves_everything(figure):
    one = figure(figures.LambdaFigure)
    first, best = read(one, r"held-out points ([\d.]+) \(best: ([\d.]+)")
    assert (round(first, 2), round(best, 3)) == (0.29, 0.035) and 7 < first / best < 9
    seen, new = one.errors.seen.get_ydata(), one.errors.new.get_ydata()
    k = new.argmin()
    assert (np.diff(seen) > -1e-9).all() and 0 < k < len(new) - 1 and new[-1] > 2 * new[k]
    press_play(one)
    assert one.values["lam"] == one.errors.seen.get_xdata()[-1]


@claim(
    "On the left the weights approach 0 and may cross it on the way",
    "The last one alive under L1 is `w1`.",
)
def test_the_last_weight_alive_is_w1(figure):
    paths = figure(figures.PathsFigure)
    alive = []
    for lam in 10.0 ** np.arange(-3.5, 1.01, 0.1):
        paths.set(lam=lam)
        l2, l1 = read(paths, r"L2: (\d) of 6 weights.*L1: (\d) of 6 weights")
        assert l2 == 0
        if l1 == 5:
            alive.append("w1" not in paths.canvas.text.split("L1:")[1])
    assert alive and all(alive)


@claim("Drag the blue diamond, the lowest data loss.")
def test_the_lowest_data_loss_is_dragged(figure):
    contour = figure(figures.ContourFigure)
    before = contour.canvas.text
    contour.set(centre=np.array([1.5, 1.5]))
    assert contour.canvas.text != before


@claim(
    "With almost no penalty everything seen is right, and 65% of what is new. With $\\lambda = 10$ a few of the seen "
    "are wrong, and 76% of the new are right.",
    "Two vendors are 54 pictures, and from 65% to 76% is six of them.",
    "Three gain, two lose a little.",
    "regularization gained eleven points on two new vendors and cost six on a random quarter",
)
def test_what_regularization_gains_and_costs(shown, notebook):
    text = shown("7500 weights per class")
    assert read(text, r"two vendors +lam 0.001 +seen +(\d+)% +held out +(\d+)%") == (100, 65)
    assert read(text, r"two vendors +lam 10 +seen +(\d+)% +held out +(\d+)%") == (97, 76)
    little, right = (read(text, rf"random quarter +lam {lam} +seen +\d+% +held out +(\d+)%") for lam in ("0.001", "10"))
    assert little - right == 6
    vendors = notebook.names_of["7500 weights per class"]["emoji"].vendor_split()[1]
    assert len(vendors.y) == 54 and round(54 * 0.76) - round(54 * 0.65) == 6
    gains = [read(line, r"lam 0.001 (\d+)%, lam 10 (\d+)%") for line in text.splitlines() if "pictures:" in line]
    assert sorted(np.sign(right - little) for little, right in gains) == [-1, -1, 1, 1, 1]
    assert min(right - little for little, right in gains) > -5
