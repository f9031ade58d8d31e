"""Random search, least squares, and the update rules: the step, its purity, and refusals."""

import functools

import numpy as np
import pytest

from lectureutils import data, losses, optim
from lectureutils.gradients import check_gradient
from lectureutils.optim import RULES, adagrad, adam, least_squares, momentum, random_search, rmsprop, sgd
from lectureutils.train import Objective, accuracy, fit, linear_scores

L = data.lecture


def test_sgd_steps_against_each_gradient():
    (W, b), state = sgd([np.ones((1, 2)), np.array([0.5])], [np.array([[1.0, -2.0]]), np.array([3.0])], 0.1)
    np.testing.assert_allclose(W, [[0.9, 1.2]])
    np.testing.assert_allclose(b, [0.2])
    assert state is None


def test_sgd_leaves_its_inputs_alone():
    W, dW = np.ones(3), np.ones(3)
    (new,), _ = sgd([W], [dW], 0.5)
    assert W.tolist() == [1, 1, 1] and dW.tolist() == [1, 1, 1] and new is not W


def test_sgd_with_rate_0_stays():
    (W,), _ = sgd([np.ones(3)], [np.ones(3)], 0)
    assert W.tolist() == [1, 1, 1]


def test_sgd_walks_down_a_bowl_and_out_of_it():
    """f = w^2 has curvature 2, so a rate below 2 / 2 = 1 arrives and a rate above it does not."""

    def after(rate):
        w = np.array([1.0])
        for _ in range(50):
            (w,), _ = sgd([w], [2 * w], rate)
        return abs(w[0])

    assert after(0.9) < 1e-3 and after(1.1) > 1e3


@pytest.mark.parametrize(
    "params, grads, rate, pattern",
    [
        ([np.ones((2, 3))], [np.ones((3, 2))], 0.1, r"grads\[0\]: got shape \(3, 2\), expected \(2, 3\)"),
        ([np.ones(2), np.ones(3)], [np.ones(2)], 0.1, r"grads: got 1 for 2 params"),
        (np.ones(2), np.ones(2), 0.1, r"bare array.*sgd\(\[W\], \[dW\], learning_rate\)"),
        ([np.ones(2)], [np.ones(2)], -0.1, r"learning_rate: got -0\.1, expected a number of at least 0"),
        ([np.ones(2)], [np.ones(2)], np.nan, r"learning_rate = nan"),
    ],
)
def test_refusals(params, grads, rate, pattern):
    with pytest.raises(ValueError, match=pattern):
        sgd(params, grads, rate)


# ---- the rules with a memory


def walk(rule, grads, rate=0.1, start=0.0):
    """Return the places of one number under a sequence of gradients."""
    (p,), state, path = (np.array([start]),), None, []
    for dp in grads:
        (p,), state = rule([p], [np.array([dp])], rate, state)
        path.append(float(p[0]))
    return path


def test_momentum_adds_up_and_friction_wears_it_down():
    half = functools.partial(momentum, mu=0.5)
    np.testing.assert_allclose(walk(half, [1.0, 1, 0, 0]), [-0.1, -0.25, -0.325, -0.3625])
    assert walk(functools.partial(momentum, mu=0), [1.0, -2, 3]) == walk(sgd, [1.0, -2, 3])


def test_momentum_under_a_constant_gradient_steps_ten_times_as_far():
    path = walk(momentum, [1.0] * 200)
    assert path[-2] - path[-1] == pytest.approx(0.1 / (1 - 0.9), rel=1e-6)


def test_adagrad_steps_shrink_like_one_over_the_root_of_t():
    path = np.array(walk(adagrad, [4.0] * 100))
    np.testing.assert_allclose(-np.diff(path, prepend=0), 0.1 / np.sqrt(np.arange(1, 101)), rtol=1e-9)


def test_rmsprop_starts_too_fast_and_then_keeps_its_pace():
    steps = -np.diff(walk(rmsprop, [4.0] * 100), prepend=0)
    assert steps[0] == pytest.approx(0.1 / np.sqrt(0.1)) and steps[-1] == pytest.approx(0.1, rel=1e-4)


def test_adam_steps_by_the_rate_from_the_first_step_on():
    np.testing.assert_allclose(-np.diff(walk(adam, [4.0] * 100), prepend=0), 0.1, rtol=1e-7)


def test_adam_by_hand():
    """Gradients 2, then -1: m = .2, .08 and v = .004, .004996; corrected by .1, .19 and .001, .001999."""
    (p,), state = adam([np.zeros(1)], [np.array([2.0])], 0.1)
    assert state.t == 1 and state.m[0][0] == pytest.approx(0.2) and state.v[0][0] == pytest.approx(0.004)
    (p,), state = adam([p], [np.array([-1.0])], 0.1, state)
    assert state.t == 2 and state.m[0][0] == pytest.approx(0.08) and state.v[0][0] == pytest.approx(0.004996)
    assert p[0] == pytest.approx(-0.1 - 0.1 * (0.08 / 0.19) / np.sqrt(0.004996 / 0.001999), rel=1e-7)


@pytest.mark.parametrize("name", RULES)
def test_rules_leave_inputs_and_state_alone(name):
    rule, W, dW = RULES[name], np.ones((2, 3)), np.full((2, 3), 0.5)
    params, first = rule([W], [dW], 0.1)
    once = rule(params, [dW], 0.1, first)
    again = rule(params, [dW], 0.1, first)
    assert (W == 1).all() and (dW == 0.5).all()
    np.testing.assert_array_equal(once[0][0], again[0][0])


@pytest.mark.parametrize("name", RULES)
def test_rules_take_lists_and_whole_numbers(name):
    W, dW = [[1, 2], [3, 4]], [[1, 0], [0, -1]]
    mine, right = ([np.array(W), W], [dW, dW]), ([np.array(W, dtype=float)] * 2, [np.array(dW, dtype=float)] * 2)
    first, state = RULES[name](*mine, 1)
    second, _ = RULES[name](first, mine[1], 1, state)
    expected, kept = RULES[name](*right, 1.0)
    np.testing.assert_array_equal(second, RULES[name](expected, right[1], 1.0, kept)[0])


@pytest.mark.parametrize("name", RULES)
def test_rules_refuse_what_is_no_array(name):
    for params, grads, pattern in [(["a"], [1.0], r"params\[0\]: got 'a'"), ([1.0], [None], r"grads\[0\]: got None"),
                                   ([[1.0], [[1], [2, 3]]], [[1.0], [1.0]], "rows of different lengths"),
                                   ([[1.0]], np.ones((1, 1)), "bare array")]:  # fmt: skip
        with pytest.raises(ValueError, match=pattern):
            RULES[name](params, grads, 0.1)


@pytest.mark.parametrize("name", [name for name in RULES if name != "SGD"])
def test_a_state_of_another_rule_or_of_other_parameters_is_refused(name):
    rule, params = RULES[name], [np.ones(3)]
    other = adam if rule is not adam else momentum
    for state in (rule([np.ones((2, 3))], [np.ones((2, 3))], 0.1)[1], other(params, params, 0.1)[1],
                  rule(2 * params, 2 * params, 0.1)[1]):  # fmt: skip
        with pytest.raises(ValueError, match=r"state: got .* Start afresh with state=None"):
            rule(params, params, 0.1, state)


def test_norm_and_clip_take_lists():
    assert optim.gradient_norm([[3, 0], [4]]) == 5
    np.testing.assert_allclose(np.concatenate(optim.clip([[3, 0], [4]], 1)), [0.6, 0, 0.8])
    with pytest.raises(ValueError, match="bare array"):
        optim.clip(np.ones((2, 2)), 1)
    for wrap in (optim.clipped, optim.decaying):
        with pytest.raises(ValueError, match="rule: got 'adam', expected a function"):
            wrap("adam", 1.0)


@pytest.mark.parametrize(
    "given, pattern", [(None, "got None, expected one number"), ("3", "f: got '3'"), (1j, "f: got 1j")]
)
def test_random_search_refuses_what_is_no_number(given, pattern):
    with pytest.raises(ValueError, match=pattern):
        random_search(lambda W: given, (2, 2), 3)


@pytest.mark.parametrize("name", RULES)
def test_a_gradient_of_zero_asks_for_no_step(name):
    (W,), _ = RULES[name]([np.ones(3)], [np.zeros(3)], 0.1)
    assert W.tolist() == [1, 1, 1]


@pytest.mark.parametrize("name", RULES)
def test_every_rule_learns_the_penguins(name):
    penguins = data.load_penguins()
    X = (penguins.X - penguins.X.mean(axis=0)) / penguins.X.std(axis=0)
    rate = {"SGD": 0.3, "momentum": 0.1}.get(name, 0.05)
    history = fit(X, penguins.y, rule=RULES[name], learning_rate=rate, epochs=15)
    assert history.stop == "finished" and history.accuracy[-1] > 0.97


@pytest.mark.parametrize(
    "rule, option, pattern",
    [
        (momentum, {"mu": 1.0}, r"mu: got 1\.0, expected at least 0 and less than 1"),
        (momentum, {"mu": -0.1}, r"mu: got -0\.1"),
        (rmsprop, {"rho": 1}, r"rho: got 1"),
        (adam, {"beta2": 1.0}, r"beta2: got 1\.0"),
        (adam, {"eps": 0}, r"eps: got 0, expected a number above 0"),
        (adagrad, {"eps": 0}, r"eps: got 0"),
    ],
)
def test_rules_refuse_options(rule, option, pattern):
    with pytest.raises(ValueError, match=pattern):
        rule([np.ones(2)], [np.ones(2)], 0.1, **option)


@pytest.mark.parametrize("name", RULES)
def test_every_rule_refuses_what_does_not_fit(name):
    with pytest.raises(ValueError, match=r"grads\[0\]: got shape \(3,\), expected \(2,\)"):
        RULES[name]([np.ones(2)], [np.ones(3)], 0.1)
    with pytest.raises(ValueError, match="learning_rate: got -1"):
        RULES[name]([np.ones(2)], [np.ones(2)], -1)


# ---- clipping and decay


def test_clip_shortens_all_gradients_by_one_factor():
    dW, db = optim.clip([np.array([[3.0, 0.0]]), np.array([4.0])], 1.0)
    np.testing.assert_allclose(dW, [[0.6, 0]])
    np.testing.assert_allclose(db, [0.8])
    short = (np.array([0.3]), np.array([0.4]))
    assert all(a is b for a, b in zip(optim.clip(short, 1.0), short, strict=True)), "short ones pass as they are"


def test_gradient_norm_does_not_overflow():
    assert optim.gradient_norm([np.array([3e200]), np.array([[4e200]])]) == pytest.approx(5e200)
    assert optim.gradient_norm([np.zeros(2)]) == optim.gradient_norm([]) == 0
    assert optim.gradient_norm([np.array([np.inf])]) == np.inf
    (dW,) = optim.clip([np.array([3e200, 4e200])], 10.0)
    np.testing.assert_allclose(dW, [6, 8])


def test_clip_refuses():
    with pytest.raises(ValueError, match="length inf, expected a finite one"):
        optim.clip([np.array([np.inf])], 1.0)
    with pytest.raises(ValueError, match="max_norm: got 0, expected a number above 0"):
        optim.clipped(sgd, 0)


def test_a_clipped_rule_moves_no_further_than_rate_times_length():
    assert walk(optim.clipped(sgd, 2.0), [100.0, -1.0]) == pytest.approx([-0.2, -0.1])
    ours, theirs = walk(optim.clipped(momentum, 2.0), [100.0, 100]), walk(momentum, [2.0, 2])
    assert ours == pytest.approx(theirs), "the state of the rule inside is passed on"


def test_decay():
    assert [optim.decay(0.6, t, 10) for t in (0, 10, 20)] == pytest.approx([0.6, 0.3, 0.2])
    steps = -np.diff(walk(optim.decaying(sgd, 5), [1.0] * 11), prepend=0)
    np.testing.assert_allclose(steps, [0.1 / (1 + t / 5) for t in range(11)])
    assert walk(optim.decaying(adam, 1e12), [3.0, -1, 2]) == pytest.approx(walk(adam, [3.0, -1, 2]))
    with pytest.raises(ValueError, match="tau: got 0"):
        optim.decaying(sgd, 0)


def test_wrapped_rules_train():
    history = fit(np.eye(3), [0, 1, 2], rule=optim.decaying(optim.clipped(adam, 1.0), 50), epochs=50)
    assert history.accuracy[-1] == 1 and history.stop == "finished"


# ---- random search


def test_random_search_keeps_the_best_draw():
    found = random_search(lambda W: float(((W - 0.3) ** 2).sum()), (2, 2), 500)
    assert found.loss == found.losses.min() == ((found.W - 0.3) ** 2).sum() and found.W.shape == (2, 2)
    assert (np.diff(found.best_so_far) <= 0).all() and found.best_so_far[-1] == found.loss
    assert found.losses.shape == (500,) and found.losses.std() > 0


def test_random_search_follows_its_seed_and_a_generator_goes_on():
    def losses_of(seed, draws=4):
        return random_search(lambda W: float(W.sum()), 3, draws, seed=seed).losses.tolist()

    rng = np.random.default_rng(5)
    assert losses_of(5) == losses_of(5) != losses_of(6)
    assert losses_of(rng, 2) + losses_of(rng, 2) == losses_of(5)


def test_a_larger_scale_draws_larger_weights():
    small, large = (random_search(lambda W: float(np.abs(W).mean()), (50, 50), 3, scale=s).losses for s in (0.1, 10))
    np.testing.assert_allclose(large, 100 * small)


def test_random_search_survives_nan_and_inf():
    values = iter([np.nan, np.inf, 2.0, np.nan, 3.0])
    found = random_search(lambda W: next(values), 2, 5)
    assert found.loss == 2.0 and found.best_so_far[2:].tolist() == [2.0, 2.0, 2.0]
    assert random_search(lambda W: np.inf, 2, 2).loss == np.inf


@pytest.mark.parametrize(
    "f, options, pattern",
    [
        (lambda W: np.nan, {}, "NaN for all 1000 draws"),
        (lambda W: (1.0, W), {}, r"tuple of 2, expected one number.*loss\(W\)\[0\]"),
        (lambda W: W, {}, r"array of shape \(2,\), expected one number"),
        (lambda W: 1.0, {"draws": 0}, "draws: got 0"),
        (lambda W: 1.0, {"scale": 0}, "scale: got 0"),
    ],
)
def test_random_search_refuses(f, options, pattern):
    with pytest.raises(ValueError, match=pattern):
        random_search(f, 2, **options)


def test_2000_draws_on_the_digits_stay_far_from_what_a_gradient_reaches():
    train, test = data.load_digits().random_split(seed=0)
    found = random_search(lambda W: losses.cross_entropy(train.X @ W.T, train.y)[0], (10, 64), 2000, scale=0.5)
    assert 0.15 < accuracy(linear_scores(test.X, found.W), test.y) < 0.45


# ---- least squares


@pytest.fixture
def some():
    rng = np.random.default_rng(1)
    return rng.normal(size=(30, 4)), rng.normal(size=(30, 3))


def test_least_squares_solves_the_normal_equation_with_a_column_of_ones(some):
    X, Y = some
    found = least_squares(X, Y)
    A = np.column_stack([X, np.ones(30)])
    solution = np.linalg.inv(A.T @ A) @ A.T @ Y
    np.testing.assert_allclose(found.W, solution[:4].T, rtol=1e-10)
    np.testing.assert_allclose(found.b, solution[4], rtol=1e-10)
    assert found.unique and (found.rank, found.columns) == (5, 5) and found.verdict.startswith("One minimum")


def test_without_bias_b_is_zero(some):
    X, Y = some
    found = least_squares(X, Y, bias=False)
    np.testing.assert_allclose(found.W, (np.linalg.inv(X.T @ X) @ X.T @ Y).T, rtol=1e-10)
    assert found.b.tolist() == [0, 0, 0] and found.columns == 4


@pytest.mark.parametrize("lam", [0.0, 0.01, 3.0])
def test_at_the_minimum_the_gradient_of_the_whole_objective_is_zero(lam):
    penguins = data.load_penguins()
    X = (penguins.X - penguins.X.mean(axis=0)) / penguins.X.std(axis=0)
    found = least_squares(X, losses.one_hot(penguins.y, 3), lam=lam)
    objective = Objective(losses.l2, losses.l2_penalty, lam)
    _, _, grads = objective(X, penguins.y, found.W, found.b)
    assert optim.gradient_norm(grads) < 1e-12
    assert check_gradient(lambda W: objective(X, penguins.y, W, found.b)[0], found.W, grads[0])


def test_gradient_descent_lands_on_the_same_point():
    penguins = data.load_penguins()
    X = (penguins.X - penguins.X.mean(axis=0)) / penguins.X.std(axis=0)
    found = least_squares(X, losses.one_hot(penguins.y, 3), lam=0.01)
    history = fit(
        X,
        penguins.y,
        loss=losses.l2,
        penalty=losses.l2_penalty,
        lam=0.01,
        learning_rate=0.3,
        batch_size=342,
        epochs=600,
    )
    np.testing.assert_allclose(history.W, found.W, atol=1e-8)
    np.testing.assert_allclose(history.b, found.b, atol=1e-8)


def test_one_example_leaves_infinitely_many_minima_and_the_smallest_is_taken():
    found = least_squares(L.x1[None], [[0, 1, 0]], bias=False)
    assert not found.unique and (found.rank, found.columns) == (1, 4)
    np.testing.assert_allclose(found.W[1], L.x1 / (L.x1 @ L.x1))
    np.testing.assert_allclose(found.W @ L.x1, [0, 1, 0], atol=1e-12)
    assert "rank 1 and 4 columns, so X^T X is singular" in found.verdict and "ridge" in found.verdict


def test_ridge_makes_the_minimum_unique():
    found = least_squares(L.x1[None], [[0, 1, 0]], lam=0.1, bias=False)
    assert found.unique
    np.testing.assert_allclose(found.W[1], L.x1 / (L.x1 @ L.x1 + 0.1))


def test_ridge_leaves_the_bias_out(some):
    X, Y = some
    found = least_squares(X, Y + 100, lam=1e9)
    np.testing.assert_allclose(found.W, 0, atol=1e-6)
    np.testing.assert_allclose(found.b, (Y + 100).mean(axis=0), rtol=1e-8)


def test_digits_in_closed_form():
    train, test = data.load_digits().random_split(seed=0)
    found = least_squares(train.X, losses.one_hot(train.y, 10))
    assert not found.unique, "some pixels are 0 in every picture"
    assert 0.91 < accuracy(linear_scores(test.X, found.W, found.b), test.y) < 0.97


@pytest.mark.parametrize(
    "X, Y, options, pattern",
    [
        (np.ones((2, 3)), np.ones((3, 1)), {}, "got 2 and 3 rows"),
        (np.ones((2, 3)), [0, 1], {}, r"expected one row of targets.*one_hot\(y, n_classes\)"),
        (np.ones(3), np.ones((3, 1)), {}, r"X: got .*expected shape \(N, D\)"),
        (np.full((2, 3), np.nan), np.ones((2, 1)), {}, r"X\[0, 0\] = nan"),
        (np.ones((0, 3)), np.ones((0, 1)), {}, "holds no number at all"),
        (np.ones((2, 3)), np.ones((2, 1)), {"lam": -1}, "lam: got -1"),
    ],
)
def test_least_squares_refuses(X, Y, options, pattern):
    with pytest.raises(ValueError, match=pattern):
        least_squares(X, Y, **options)
