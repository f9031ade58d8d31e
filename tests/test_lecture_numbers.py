"""Every number the slides print, and what it is when it is computed.

Where a slide and the arithmetic differ, the test holds both and the cause: truncated scores, a step left in.
"""

from pathlib import Path

import numpy as np
import pytest

from lectureutils.data import lecture
from lectureutils.gradients import check_gradient, numerical_gradient
from lectureutils.losses import cross_entropy, hinge, l1, l2
from lectureutils.optim import sgd
from lectureutils.train import linear_scores

CAR = np.array([1])
H = 0.001


def scores(x, W, b=None):
    return linear_scores(x[None, :], W, b)[0]


def cut(values, digits=3):
    """Drop what follows the given digit, as the slides do now and then."""
    return np.trunc(np.round(np.asarray(values) * 10**digits, 9)) / 10**digits


def norm_loss(V):
    """The loss of the optimization slides: the length of V x1 - y*, not squared, no bias."""
    return float(np.linalg.norm(V @ lecture.x1 - lecture.y_star))


def norm_gradient(V):
    residual = V @ lecture.x1 - lecture.y_star
    return np.outer(residual / np.linalg.norm(residual), lecture.x1)


def stepped(*entries):
    V = lecture.V2.copy()
    for entry in entries:
        V[entry] += H
    return V


# ---- the example itself


def test_the_example():
    assert lecture.x1.tolist() == [0.1, 1.5, 0.07, 2.32]
    assert lecture.x2.tolist() == [0.3, 0.15, 1.5, 1.91]
    assert lecture.x3.tolist() == [1, 3, 0.37, 0.8]
    np.testing.assert_array_equal(lecture.X, [lecture.x1, lecture.x2, lecture.x3])
    assert lecture.W1.tolist() == [[0.1, -0.15, 0, 0.3], [-0.5, 0.2, 0.1, 0.35], [-0.45, 0.4, 0.1, 0.15]]
    assert lecture.b1.tolist() == [0.15, -0.1, -0.2]
    assert lecture.W2.tolist() == [[-0.25, 0.1, 0.05, 0.175], [0.05, -0.075, 0, 0.15], [-0.225, 0.2, 0.05, 0.075]]
    assert lecture.b2.tolist() == [0.35, 0.1, 0]
    assert lecture.V1.tolist() == [[0.05, 0.15, -0.1, 0.2], [-0.1, 0.2, 0.25, 0.05], [0.4, -0.15, 0.25, 0.15]]
    assert lecture.V2.tolist() == [[-0.1, 0.2, 0.15, 0.05], [0.25, 0.05, 0.2, -0.1], [0.25, 0.15, -0.15, 0.4]]
    assert lecture.y_star.tolist() == [0, 1, 0]
    assert [name.lower() for name in lecture.CLASSES] == ["cat", "car", "airplane"]


def test_shapes_of_the_picture_slide():
    x, W, b = np.zeros(7500), np.zeros((5, 7500)), np.zeros(5)  # the slide says 5x1, 5x7500, 7500x1
    assert scores(x, W, b).shape == (5,)
    with pytest.raises(ValueError, match=r"b: got shape \(7500,\)"):
        scores(x, W, np.zeros(7500))


# ---- scores: (W, b, x, computed, printed or None, how the slide shortens)

SCORES = [
    ("W1", "b1", "x1", [0.631, 0.969, 0.71], [0.631, 0.969, 0.71]),
    ("W1", "b1", "x2", [0.7305, 0.5985, 0.1615], None),
    ("W1", "b1", "x3", [0.04, 0.317, 0.707], None),
    ("W2", "b2", "x1", [0.8845, 0.3405, 0.455], [0.884, 0.34, 0.455]),
    ("W2", "b2", "x2", [0.69925, 0.39025, 0.18075], [0.699, 0.39, 0.181]),
    ("W2", "b2", "x3", [0.5585, 0.045, 0.4535], [0.558, 0.04, 0.453]),
    ("V1", None, "x1", [0.687, 0.4235, 0.1805], None),
    ("V2", None, "x1", [0.4165, -0.118, 1.1675], [0.416, -0.118, 1.167]),
]


@pytest.mark.parametrize("W, b, x, right, printed", SCORES, ids=lambda v: v if isinstance(v, str) else "")
def test_scores(W, b, x, right, printed):
    got = scores(getattr(lecture, x), getattr(lecture, W), b and getattr(lecture, b))
    np.testing.assert_allclose(got, right, atol=1e-12)
    if printed is not None:
        np.testing.assert_allclose(printed, right, atol=0.0051)


def test_how_the_slides_shorten():
    """W2 x1 and V2 x1 are truncated; W2 x2 rounds its last score up; W2 x3 drops the 5 of .045."""
    assert cut([0.8845, 0.3405, 0.455]).tolist() == [0.884, 0.34, 0.455]
    assert cut([0.4165, -0.118, 1.1675]).tolist() == [0.416, -0.118, 1.167]
    assert cut([0.69925, 0.39025, 0.18075]).tolist() == [0.699, 0.39, 0.18] and round(0.18075, 3) == 0.181
    assert cut(0.045) == 0.045 and cut(0.045, 2) == 0.04


def test_w1_tells_the_inputs_apart_and_w2_calls_all_of_them_cat():
    names = np.array(lecture.CLASSES)

    def predictions(W, b):
        return [str(n).lower() for n in names[linear_scores(lecture.X, W, b).argmax(axis=1)]]

    assert predictions(lecture.W1, lecture.b1) == ["car", "cat", "airplane"]
    assert predictions(lecture.W2, lecture.b2) == ["cat", "cat", "cat"]


def test_the_printed_scores_of_v1_need_a_bias_that_no_slide_shows():
    got = scores(lecture.x1, lecture.V1, np.array([0.3, -0.2, 0.2]))
    assert cut(got).tolist() == [0.987, 0.223, 0.38]


# ---- losses


@pytest.mark.parametrize(
    "loss, exact, soft", [(l1, 0.2, 0.22), (l2, 0.04, 0.0174), (hinge, 0, 0.32), (cross_entropy, 0.4715, 0.6224)]
)
def test_two_predictions_ranked_by_each_loss(loss, exact, soft):
    predictions = [lecture.prediction_1, lecture.prediction_2]
    assert [p.tolist() for p in predictions] == [[0, 1.2, 0], [0.07, 0.9, 0.05]]
    first, second = (loss(p[None, :], CAR)[0] for p in predictions)
    assert first == pytest.approx(exact, abs=5e-5) and second == pytest.approx(soft, abs=5e-5)
    assert (second < first) == (loss is l2), "only L2 prefers the second"


@pytest.mark.parametrize(
    "loss, of_W1, of_W2",
    [(hinge, 1.403, 2.6585), (l1, 1.372, 1.999), (l2, 0.90322, 1.42431), (cross_entropy, 0.91028, 1.34656)],
)
def test_losses_of_the_worked_example(loss, of_W1, of_W2):
    for W, b, value in [(lecture.W1, lecture.b1, of_W1), (lecture.W2, lecture.b2, of_W2)]:
        assert loss(scores(lecture.x1, W, b)[None, :], CAR)[0] == pytest.approx(value, abs=6e-6)


def test_v1_is_the_better_draw():
    assert norm_loss(lecture.V1) == pytest.approx(0.9148, abs=5e-5)
    assert norm_loss(lecture.V2) == pytest.approx(1.669267, abs=5e-7)


# ---- the numerical gradient of the slides, and what went wrong in it


def test_stepped_losses():
    assert scores(lecture.x1, stepped((0, 0)))[0] == pytest.approx(0.4166, abs=1e-9), "the slide has .416"
    assert norm_loss(stepped((0, 0))) == pytest.approx(1.669292, abs=5e-7)
    assert norm_loss(stepped((0, 1))) == pytest.approx(1.669642, abs=5e-7)
    assert round(norm_loss(stepped((0, 0))), 4) == 1.6693
    assert round(norm_loss(stepped((0, 0), (0, 1))), 4) == 1.6697, "printed: the first step was left in"


def test_numerical_gradient_one_sided_with_the_step_of_the_slides():
    measured = numerical_gradient(norm_loss, lecture.V2, h=H, central=False)
    assert measured[0, 0] == pytest.approx(0.024954, abs=5e-7)
    assert measured[0, 1] == pytest.approx(0.374898, abs=5e-7)


def test_exact_gradient_has_three_witnesses():
    right = [
        [0.024951, 0.374266, 0.017466, 0.578865],
        [-0.066976, -1.004633, -0.046883, -1.553832],
        [0.069941, 1.049113, 0.048959, 1.622628],
    ]
    dW = norm_gradient(lecture.V2)
    np.testing.assert_allclose(dW, right, atol=5e-7)
    np.testing.assert_allclose(numerical_gradient(norm_loss, lecture.V2), right, atol=1e-6)
    report = check_gradient(norm_loss, lecture.V2, dW, tolerance=1e-8)
    assert report, report


def test_cause_of_the_printed_0_5_and_0_9():
    residual = cut(lecture.V2 @ lecture.x1) - lecture.y_star
    base = round(float(np.linalg.norm(residual)), 4)
    assert base == 1.6688, "printed: a loss of scores cut to three digits"
    first, both = round(norm_loss(stepped((0, 0))), 4), round(norm_loss(stepped((0, 0), (0, 1))), 4)
    assert (first - base) / H == pytest.approx(0.5) and (both - base) / H == pytest.approx(0.9)
    undone = round(norm_loss(stepped((0, 1))), 4)
    assert (undone - base) / H == pytest.approx(0.8)
    assert 0.5 / norm_gradient(lecture.V2)[0, 0] == pytest.approx(20, abs=0.1)


def test_right_losses_rounded_to_four_digits_still_lose_the_gradient():
    base, first, second, both = (
        round(norm_loss(V), 4) for V in (lecture.V2, stepped((0, 0)), stepped((0, 1)), stepped((0, 0), (0, 1)))
    )
    assert (first - base) / H == 0
    assert (second - base) / H == pytest.approx(0.3) and (both - base) / H == pytest.approx(0.4)


def test_error_over_h_is_a_v_for_the_norm_and_no_v_for_its_square():
    def error(loss, gradient, h):
        return np.abs(numerical_gradient(loss, lecture.V2, h=h) - gradient).max()

    exact = norm_gradient(lecture.V2)
    large, best, small = (error(norm_loss, exact, h) for h in (0.1, 1e-5, 1e-12))
    assert large > 100 * best and small > 100 * best
    square = 2 * norm_loss(lecture.V2) * exact
    assert error(lambda V: norm_loss(V) ** 2, square, 0.1) < 1e-12, "no truncation error on a parabola"


# ---- stability


def test_a_fixed_step_on_the_norm_never_settles():
    V, losses = lecture.V2, []
    for _ in range(5):
        losses.append(round(norm_loss(V), 3))
        assert np.linalg.norm(norm_gradient(V)) == pytest.approx(np.linalg.norm(lecture.x1))
        (V,), _ = sgd([V], [norm_gradient(V)], 0.1)
    assert losses == [1.669, 0.905, 0.14, 0.625, 0.14]
    assert np.linalg.norm(lecture.x1) == pytest.approx(2.765, abs=5e-4)


@pytest.mark.parametrize("rate, settles", [(0.1307, True), (0.1309, False)])
def test_the_limit_of_the_squared_loss_is_2_over_its_curvature(rate, settles):
    assert 2 / (2 * lecture.x1 @ lecture.x1) == pytest.approx(0.1308, abs=5e-5)
    V = lecture.V2
    for _ in range(2000):
        dscores = l2((V @ lecture.x1)[None, :], CAR)[1]
        (V,), _ = sgd([V], [np.outer(dscores, lecture.x1)], rate)
    assert (norm_loss(V) < norm_loss(lecture.V2)) == settles


# ---- the first graph


@pytest.mark.parametrize("z", [-4.0, 0.0, 7.5])
def test_gradient_of_x_times_y_plus_z(z):
    measured = numerical_gradient(lambda v: v[0] * v[1] + v[2], np.array([-3.0, 5.0, z]))
    np.testing.assert_allclose(measured, [5, -3, 1], atol=1e-8)


# ---- the page of errata

ERRATA = Path(__file__).parent.parent / "docs" / "errata.md"
# What a row is about: (printed on the slide, computed here).
NUMBERS = {
    **{f"scores `{W} {x}{' + ' + b if b else ''}`": (printed, lambda x=x, W=W, b=b: scores(
        getattr(lecture, x), getattr(lecture, W), b and getattr(lecture, b)))
       for W, b, x, right, printed in SCORES if printed and not np.allclose(printed, right, atol=1e-9)},
    "scores `V1 x1`": ([0.987, 0.223, 0.38], lambda: scores(lecture.x1, lecture.V1)),
    "`L(V2)`": ([1.6688], lambda: norm_loss(lecture.V2)),
    "`L(V2)` with 0.001 added to entry [0, 0]": ([1.6693], lambda: norm_loss(stepped((0, 0)))),
    "first score after that step": ([0.416], lambda: scores(lecture.x1, stepped((0, 0)))[0]),
    "`dW[0, 0]`": ([0.5], lambda: norm_gradient(lecture.V2)[0, 0]),
    "`L(V2)` with 0.001 added to entry [0, 1]": ([1.6697], lambda: norm_loss(stepped((0, 1)))),
    "`dW[0, 1]`": ([0.9], lambda: norm_gradient(lecture.V2)[0, 1]),
}  # fmt: skip


def errata() -> dict[str, tuple[list[str], list[str]]]:
    """Read the page's table of numbers: {what: (printed, computed)}, the numbers as they are written."""
    table = ERRATA.read_text(encoding="utf-8").split("<!-- numbers:begin -->")[1].split("<!-- numbers:end -->")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.strip().splitlines()[2:]]
    assert len({row[1] for row in rows}) == len(rows)
    return {row[1]: (row[2].split(", "), row[3].split(", ")) for row in rows}


def test_the_errata_have_every_number_and_no_other():
    assert set(errata()) == set(NUMBERS)


@pytest.mark.parametrize("what", NUMBERS)
def test_the_errata_say_what_is_printed_and_what_is_computed(what):
    printed, computed = errata()[what]
    on_the_slide, compute = NUMBERS[what]
    assert [float(number) for number in printed] == on_the_slide
    right = np.atleast_1d(compute())
    assert len(computed) == len(right) and printed != computed
    for number, value in zip(computed, right, strict=True):
        assert float(number) == pytest.approx(value, abs=0.5 * 10.0 ** -len(number.split(".")[1]) + 1e-12)


def test_the_errata_explain_with_numbers_that_hold():
    text = " ".join(ERRATA.read_text(encoding="utf-8").split())
    for said, value, digits in [
        ("`V1` has the loss {}", norm_loss(lecture.V1), 4),
        ("`V2` has {}", norm_loss(lecture.V2), 4),
        ("the first is {} times too large", 0.5 / norm_gradient(lecture.V2)[0, 0], 0),
    ]:
        assert said.format(f"{value:.{digits}f}") in text
