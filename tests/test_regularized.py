"""Fits with a penalty: the answers are checked against other ways to the same minimum."""

import itertools

import numpy as np
import pytest

from lectureutils.data import load_emoji
from lectureutils.regularized import L2Fits, l1_path, l2_path, mean_squares, powers, soft_threshold
from lectureutils.train import accuracy, linear_scores

LAMS = np.array([0.001, 0.03, 0.5])


def sample(seed, n=14, d=3):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, d)) + 1, rng.normal(size=n) - 2


def loss(X, y, w, b, lam, penalty):
    return np.mean((y - X @ w - b) ** 2) + lam * (np.sum(w**2) if penalty == "L2" else np.abs(w).sum())


def brute_force_l1(X, y, lam):
    """Solve for every pattern of signs and take the best one that keeps its signs."""
    Xc, yc, n = X - X.mean(axis=0), y - y.mean(), len(y)
    found = [np.zeros(X.shape[1])]
    for signs in itertools.product([-1, 0, 1], repeat=X.shape[1]):
        on = np.flatnonzero(signs)
        w = np.zeros(X.shape[1])
        w[on] = np.linalg.solve(Xc[:, on].T @ Xc[:, on] / n, Xc[:, on].T @ yc / n - lam / 2 * np.array(signs)[on])
        if np.all(np.sign(w) == signs):
            found.append(w)
    return min(found, key=lambda w: np.mean((yc - Xc @ w) ** 2) + lam * np.abs(w).sum())


def test_powers_are_columns():
    assert powers([2.0, -1.0], 3).tolist() == [[2, 4, 8], [-1, 1, -1]]


def test_soft_threshold_is_the_best_compromise():
    w, grid = np.array([2.0, -2.0, 0.4, -0.4, 0.0]), np.linspace(-3, 3, 60001)
    for amount in (0.0, 0.5, 3.0):
        best = [grid[np.argmin((grid - a) ** 2 + 2 * amount * np.abs(grid))] for a in w]
        assert soft_threshold(w, amount) == pytest.approx(best, abs=1e-4)
    assert soft_threshold([0.4, -0.4], 0.5).tolist() == [0, 0]


@pytest.mark.parametrize("lam", [1e-4, 0.3, 20])
@pytest.mark.parametrize("d", [3, 30])
def test_l2_solves_the_equations_in_which_b_is_spared(lam, d):
    X, _ = sample(1, d=d)
    Y = np.random.default_rng(2).normal(size=(len(X), 2))
    ones = np.column_stack([X, np.ones(len(X))])
    spared = np.diag(np.append(np.ones(d), 0))
    theta = np.linalg.solve(ones.T @ ones / len(X) + lam * spared, ones.T @ Y / len(X))
    W, b = L2Fits(X, Y).at(lam)
    assert pytest.approx(theta[:-1].T, abs=1e-8) == W and b == pytest.approx(theta[-1], abs=1e-7)


def test_l2_without_lambda_is_least_squares_of_least_length():
    X, y = sample(3, n=5, d=8)
    w, b = l2_path(X, y, [0.0])
    assert w[0] == pytest.approx(np.linalg.lstsq(X - X.mean(axis=0), y - y.mean(), rcond=None)[0])
    assert X @ w[0] + b[0] == pytest.approx(y)


@pytest.mark.parametrize("seed", range(8))
def test_l1_is_the_best_of_all_sign_patterns(seed):
    X, y = sample(seed, d=4)
    W, b = l1_path(X, y, LAMS)
    for w, bias, lam in zip(W, b, LAMS, strict=True):
        best = brute_force_l1(X, y, lam)
        assert w == pytest.approx(best, abs=1e-8)
        assert ((w == 0) == (best == 0)).all()
        assert bias == pytest.approx(y.mean() - X.mean(axis=0) @ best)


@pytest.mark.parametrize("degree", [5, 9, 15])
def test_l1_of_polynomials_meets_the_conditions_of_a_minimum(degree):
    """For w != 0 the pull of the data is lam with the sign of w; for w = 0 it is no more than lam."""
    lams = 10.0 ** np.linspace(-5, 1, 25)
    for seed in range(5):
        rng = np.random.default_rng(seed)
        x = rng.uniform(-1, 1, 12)
        X, y = powers(x, degree), np.sin(3 * x) + 0.2 * rng.normal(size=12)
        W, b = l1_path(X, y, lams)
        for w, bias, lam in zip(W, b, lams, strict=True):
            pull = 2 * (X - X.mean(axis=0)).T @ (y - X @ w - bias) / len(x)
            assert np.abs(pull).max() <= 1.01 * lam
            assert pull[w != 0] == pytest.approx(lam * np.sign(w[w != 0]), rel=0.01)
        assert (W[-1] == 0).all() and (W[0] != 0).sum() >= 4


def test_l1_takes_lambdas_in_any_order_and_more_columns_than_points():
    X, y = sample(4, n=5, d=9)
    W, b = l1_path(X, y, LAMS)
    back = l1_path(X, y, LAMS[::-1])
    assert back[0][::-1] == pytest.approx(W) and back[1][::-1] == pytest.approx(b)
    assert (W[0] != 0).sum() <= 4, "five points leave four directions"


@pytest.mark.parametrize("path", [l1_path, l2_path])
def test_degenerate_data_have_an_answer(path):
    alike = np.tile([[0.0], [1.0]], (2, 3))  # three columns that say the same
    for X, y in [(np.ones((1, 3)), [2.0]), (np.ones((4, 2)), [1.0, 2, 3, 6]), (alike, [0.0, 1, 2, 3])]:
        W, b = path(X, np.array(y), LAMS)
        assert np.isfinite(W).all() and np.isfinite(b).all()
        assert X @ W[0] + b[0] == pytest.approx(np.full(len(X), np.mean(y)), abs=2)
    assert path(np.ones((4, 2)), np.array([1.0, 2, 3, 6]), LAMS)[1] == pytest.approx([3, 3, 3])


@pytest.mark.parametrize("path", [l1_path, l2_path])
def test_lifting_y_moves_b_alone(path):
    X, y = sample(5)
    (W, b), (lifted, higher) = path(X, y, LAMS), path(X, y + 100, LAMS)
    assert lifted == pytest.approx(W, abs=1e-9) and higher == pytest.approx(b + 100)


@pytest.mark.parametrize(("path", "penalty"), [(l1_path, "L1"), (l2_path, "L2")])
def test_no_step_away_is_better(path, penalty):
    X, y = sample(6, d=5)
    W, b = path(X, y, LAMS)
    rng = np.random.default_rng(7)
    for w, bias, lam in zip(W, b, LAMS, strict=True):
        here = loss(X, y, w, bias, lam, penalty)
        for size in (1e-3, 0.1, 1):
            assert all(
                loss(X, y, w + size * step, bias + size * c, lam, penalty) > here
                for step, c in zip(rng.normal(size=(50, 5)), rng.normal(size=50), strict=True)
            )


def test_mean_squares():
    X, y = sample(8)
    W, b = l2_path(X, y, LAMS)
    assert mean_squares(X, y, W, b) == pytest.approx([loss(X, y, w, c, 0, "L2") for w, c in zip(W, b, strict=True)])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: powers([[1.0]], 2), "x.ravel"),
        (lambda: powers([1.0], 0), "degree: got 0"),
        (lambda: soft_threshold([1.0], -1), "amount: got -1"),
        (lambda: l1_path(np.ones((3, 2)), np.ones(3), [0.1, 0.0]), "above"),
        (lambda: l1_path(np.ones((3, 2)), np.ones(2), [0.1]), "one number, for each row"),
        (lambda: L2Fits(np.ones((3, 2)), np.ones((3, 2, 1))), "one row, or one number"),
        (lambda: L2Fits(np.ones((3, 2)), np.ones(3)).at(-0.1), "lam: got -0.1"),
        (lambda: l2_path(np.full((3, 2), np.nan), np.ones(3), [0.1]), "finite"),
    ],
)
def test_bad_input_is_refused_with_a_reason(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.fixture(scope="module")
def told():
    """What notebook 03 tells about the emoji: (accuracy seen, held out, roughness of the templates) by lambda."""
    emoji, found = load_emoji(), {}
    for name, (train, test) in {"random": emoji.random_split(0.25, seed=0), "vendors": emoji.vendor_split()}.items():
        fits = L2Fits(train.X, np.eye(5)[train.y])
        for lam in (0.001, 10, 1000):
            W, b = fits.at(lam)
            T = W.reshape(5, 50, 50, 3)
            rough = ((T[:, 1:] - T[:, :-1]) ** 2).sum() / (2 * (T**2).sum())
            found[name, lam] = *(accuracy(linear_scores(part.X, W, b), part.y) for part in (train, test)), rough
    return found


def test_too_little_right_too_much_on_held_out_vendors(told):
    little, right, much = (told["vendors", lam] for lam in (0.001, 10, 1000))
    assert little[0] == 1 and 0.94 < right[0] < 0.99 and much[0] < 0.35
    assert 0.60 < little[1] < 0.70 and 0.72 < right[1] < 0.80 and much[1] < 0.30
    assert right[1] - little[1] > 0.08


def test_a_random_split_gains_nothing(told):
    little, right, much = (told["random", lam][1] for lam in (0.001, 10, 1000))
    assert little > 0.92 and right < little and much < 0.25


def test_templates_turn_from_noise_to_shapes(told):
    """A picture of independent pixels has roughness 1, a smooth one 0."""
    little, right, much = (told["vendors", lam][2] for lam in (0.001, 10, 1000))
    assert little > 0.3 and 0.05 < right < 0.1 and much < 0.03


def test_one_vendor_at_a_time_three_gain_and_two_lose_a_little():
    emoji, gains = load_emoji(), {}
    for vendor in np.unique(emoji.vendors):
        train, test = emoji.vendor_split(str(vendor))
        fits = L2Fits(train.X, np.eye(5)[train.y])
        little, right = (accuracy(linear_scores(test.X, *fits.at(lam)), test.y) for lam in (0.001, 10))
        gains[str(vendor)] = right - little
    assert {name for name, gain in gains.items() if gain > 0.03} == {"EmojiOne", "Microsoft", "Mozilla"}
    assert all(-0.08 < gains[name] < 0 for name in ("Google", "Twitter"))


def test_paths_and_mean_squares_refuse_what_does_not_fit():
    X, Y = np.arange(8.0).reshape(4, 2) ** 2, np.arange(8.0).reshape(4, 2)
    with pytest.raises(ValueError, match="lams: got -1"):
        l2_path(X, Y[:, 0], [1.0, -1.0])
    with pytest.raises(ValueError, match="Y: got 2 outputs, expected one for a path"):
        L2Fits(X, Y).path([1.0])
    with pytest.raises(ValueError, match=r"Y: got shape \(1,\) for X of shape \(4, 2\)"):
        mean_squares(X, [1.0], [[1.0, 2.0]], [0.0])
