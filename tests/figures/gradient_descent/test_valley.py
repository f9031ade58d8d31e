"""The valley of two curvatures: the map of rate and mu, the best pair, and the path beside it."""

import numpy as np
import pytest
from drive import check, drag

from figures.gradient_descent.making import points
from lectureutils.figures import ValleyFigure
from lectureutils.figures.gradient_descent.valley import best_pair, kept, say_steps, steps_needed

TURN = np.array([[0.8, -0.6], [0.6, 0.8]])
TURNED = TURN @ np.diag([0.5, 8.0]) @ TURN.T


def make(**start):
    return ValleyFigure({"turned": TURNED, "steep": np.diag([1.0, 100.0])}, **start)


@pytest.mark.parametrize("mu", [0.0, 0.2, 0.9])
@pytest.mark.parametrize("rate", [0.01, 0.1, 0.3, 1.0])
def test_what_a_step_keeps_is_the_largest_eigenvalue_and_what_a_long_walk_leaves(rate, mu):
    curvature = 4.0
    share = float(kept(rate, mu, curvature))
    M = np.array([[1 + mu - rate * curvature, -mu], [1, 0]])
    assert share == pytest.approx(np.abs(np.linalg.eigvals(M)).max())
    e = np.linalg.matrix_power(M, 100) @ [1.0, 1.0]
    assert np.linalg.norm(e) ** (1 / 100) == pytest.approx(share, rel=0.05)


@pytest.mark.parametrize(("flat", "steep"), [(4.4, 30.1), (1.0, 100.0), (2.0, 2.5)])
def test_no_pair_of_a_fine_grid_is_better_than_the_best_pair(flat, steep):
    rate, mu = best_pair(flat, steep)
    best = max(float(kept(rate, mu, curvature)) for curvature in (flat, steep))
    assert best == pytest.approx(np.sqrt(mu), rel=1e-6)
    rates, momenta = np.meshgrid(np.linspace(0, 4 / steep, 801)[1:], np.linspace(0, 0.999, 500))
    both = np.maximum(kept(rates, momenta, flat), kept(rates, momenta, steep))
    assert best - 1e-9 <= both.min() <= best + 0.01
    row, column = np.unravel_index(both.argmin(), both.shape)
    assert rates[row, column] == pytest.approx(rate, rel=0.05) and momenta[row, column] == pytest.approx(mu, abs=0.01)


def test_path_and_distance_by_hand():
    figure = make()
    figure.set(rate=1.5, mu=0.3, step=17)
    rate, place, velocity = 1.5 / 8, TURN @ np.array([0.5, 0.5]) ** 0.5, np.zeros(2)
    place = TURN @ np.linalg.inv(TURN) @ figure.walk("turned", 1.5, 0.3)[0]
    assert np.abs(np.linalg.inv(TURN) @ place) == pytest.approx(0.5**0.5), "as far along as across"
    for _ in range(17):
        velocity = 0.3 * velocity + TURNED @ place
        place = place - rate * velocity
    assert points(figure.path)[-1] == pytest.approx(place) == points(figure.head)[0]
    assert points(figure.line)[-1] == pytest.approx([17, np.linalg.norm(place)])
    assert figure.canvas.text.startswith(f"Step 17: the distance, 1 at first, is {np.linalg.norm(place):.2g}. ")
    assert points(figure.later)[-1, 1] == pytest.approx(np.linalg.norm(figure.walk("turned", 1.5, 0.3)[-1]))
    assert points(figure.plain)[3, 1] == pytest.approx((15 / 17) ** 3), "condition number 16"


def test_the_map_shows_the_slower_direction_and_the_sentence_says_both():
    figure = make()
    shown = figure.image.get_array()
    rows, columns = shown.shape
    for row, column in ((3, 50), (70, 120), (140, 20), (20, 190)):
        rate, mu = (column + 0.5) * figure.widest / columns / 8, (row + 0.5) / rows
        worst = max(np.abs(np.linalg.eigvals([[1 + mu - rate * c, -mu], [1, 0]])).max() for c in (0.5, 8))
        assert shown[row, column] == pytest.approx(worst)
    figure.set(rate=1.0, mu=0.25)
    along, across = (np.abs(np.linalg.eigvals([[1.25 - c / 8, -0.25], [1, 0]])).max() for c in (0.5, 8))
    assert f"keeps {along:.1%} along the flat direction, {across:.1%} across" in figure.canvas.text
    assert f"takes {round(np.log(1000) / -np.log(along))} steps" in figure.canvas.text
    figure.set(rate=3.9, mu=0.1)
    check(figure, "flies off")
    assert "It flies off." in figure.canvas.text


def test_the_best_pair_is_shown_when_asked_for_and_the_two_lines_meet_there():
    figure = make()
    assert "at rate" not in figure.canvas.text and not len(points(figure.star))
    assert not any(name.get_visible() for name in figure.names)
    for name, flat, steep in (("turned", 0.5, 8.0), ("steep", 1.0, 100.0)):
        figure.set(valley=name, best=True)
        rate, mu = best_pair(flat, steep)
        assert points(figure.star)[0] == pytest.approx([rate * steep, mu])
        for edge in figure.edges:
            at = np.interp(mu, edge.get_ydata(), edge.get_xdata())
            assert at == pytest.approx(rate * steep, rel=2e-3)
        assert f"at rate {rate:.3g} and mu {mu:.2f}." in figure.canvas.text
        check(figure, name)


def test_the_mark_is_dragged_and_play_goes_on():
    figure = make()
    drag(figure, figure.map, (1.0, 0.0), (2.0, 0.5))
    assert (figure.values["rate"], figure.values["mu"]) == pytest.approx((2.0, 0.5), abs=0.02)
    figure.rewind()
    assert figure.values["step"] == 0 and figure.advance()


def test_words_for_steps():
    assert say_steps(1.0) == "It never arrives." and say_steps(1.2) == "It flies off."
    assert steps_needed(0.1) == pytest.approx(3) and steps_needed(0) == 1 and steps_needed(1) == np.inf
    assert "1 step to come" in say_steps(0.001)


@pytest.mark.parametrize("H", [np.diag([1.0, -1.0]), np.array([[1.0, 2.0], [0.0, 1.0]])])
def test_what_is_no_valley_is_refused(H):
    with pytest.raises(ValueError, match="a valley that rises"):
        ValleyFigure({"no": H})
