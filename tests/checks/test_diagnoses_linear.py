"""What the checks of notebooks 01 to 03 say to bugs that real people wrote, kept apart from the mistakes' own code.

One table: the exercise, an answer, words that its diagnosis has to contain. And right answers that look unusual.
"""

import numpy as np
import pytest

from lectureutils import checks


def softmax(scores):
    e = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


# --- 01 ---------------------------------------------------------------------------------------------------
def one_hot_by_largest_label_and_on_its_side(y, C):
    targets = np.zeros((y.size, y.max() + 1))
    targets[np.arange(y.size), y] = 1
    return targets.T


def one_hot_of_indices(y, C):
    out = np.zeros((C, y.size))
    out[y, np.arange(y.size)] = 1
    return out.T.squeeze()


def one_hot_label_as_value(y, C):
    out = np.zeros((len(y), C))
    for n in range(len(y)):
        out[n, y[n]] = y[n]
    return out.T


def scores_one_row(X, W, b):
    scores = np.array([W.dot(x) + b for x in X])
    return scores[0] if len(scores) == 1 else scores


def scores_typed(X, W, b):
    out = np.empty((X.shape[0], W.shape[0]), X.dtype)
    for i, x in enumerate(X):
        out[i] = W.dot(x) + b
    return out


def accuracy_from_zero(scores, y):
    hits = 0
    for n in range(len(y)):
        best = 0
        guess = -1
        for c in range(scores.shape[1]):
            if scores[n, c] > best:
                best = scores[n, c]
                guess = c
        hits += guess == y[n]
    return hits / len(y)


def boundary_rounded(w_i, w_j, b_i, b_j):
    w, b = w_j - w_i, b_j - b_i
    return round(-w[0] / w[1], 2), round(-b / w[1], 2)


# --- 02 ---------------------------------------------------------------------------------------------------
def entropy(probabilities):
    """Make an answer from a way to compute probabilities: minus the mean log of those of the true classes."""
    return lambda scores, y: -np.mean(np.log(probabilities(scores)[np.arange(len(y)), y]))


def one_maximum_for_all(scores):
    e = np.exp(scores - np.max(scores))
    return e / e.sum(axis=1).reshape(-1, 1)


def no_shift(scores):
    return (np.exp(scores).T / np.exp(scores).sum(axis=1)).T


def one_hot_times_log(scores, y):
    p = softmax(scores)
    target = np.zeros_like(p)
    target[np.arange(len(y)), y] = 1
    return -np.sum(target * np.log(p)) / len(y)


def one_hot_times_log_unshifted(scores, y):
    p = no_shift(scores)
    return -np.sum(np.eye(p.shape[1])[y] * np.log(p)) / len(y)


def epsilon(tiny):
    return lambda scores, y: np.mean([-np.log(p[c] + tiny) for p, c in zip(softmax(scores), y, strict=True)])


def one_hot_epsilon(tiny):
    return lambda scores, y: -np.sum(np.eye(scores.shape[1])[y] * np.log(softmax(scores) + tiny)) / len(y)


def clipped(tiny):
    return entropy(lambda scores: np.clip(softmax(scores), tiny, 1 - tiny))


def true_class_left_out(scores, y):
    total = 0
    for i in range(len(y)):
        s = scores[i] - max(scores[i])
        total += np.log(sum(np.exp(s[j]) for j in range(len(s)) if j != y[i])) - s[y[i]]
    return total / len(y)


def binary(scores, y):
    p, t = softmax(scores), np.eye(scores.shape[1])[y]
    return np.mean(-t * np.log(p) - (1 - t) * np.log(1 - p))


def binary_with_epsilon(scores, y):
    p, t = softmax(scores), np.eye(scores.shape[1])[y]
    return np.mean(np.sum(-t * np.log(p + 1e-12) - (1 - t) * np.log(1 - p + 1e-12), axis=1))


def columns_of_all_labels(scores, y):
    return -np.log(softmax(scores)[:, y]).mean()


def unshifted_sum(scores, y):
    return -np.sum(np.log(no_shift(scores)[range(len(y)), y]))


def batch_maximum_and_sum(scores, y):
    z = scores - scores.max()
    return -(z - np.log(np.exp(z).sum(axis=1, keepdims=True)))[range(len(y)), y].sum()


def half_huber(scores, y):
    e = np.abs(scores - np.eye(scores.shape[1])[y])
    return np.sum(np.where(e <= 1, 0.5 * e * e, e - 0.5)) / len(y)


def half_parabola(scores, y):
    e = np.abs(scores - np.eye(scores.shape[1])[y])
    return np.sum(np.where(e <= 1, 0.5 * e * e, 2 * e - 1)) / len(y)


def huber_mean_of_all(scores, y):
    e = np.abs(scores - np.eye(scores.shape[1])[y])
    return np.where(e <= 1, e * e / 2, e - 0.5).mean()


def hinge_max(scores, y):
    z = 1 + scores - scores[np.arange(len(y)), y][:, None]
    shares = np.max(0, z)
    return shares.sum() / len(y)


def hinge_counts(scores, y):
    m = scores - scores[np.arange(len(y)), y][:, None] + 1
    m[np.arange(len(y)), y] = 0
    m[m > 0] = 1
    return m.sum() / len(y)


def hinge_sum_and_true_class(scores, y):
    return np.maximum(0, scores - scores[np.arange(len(y)), y][:, None] + 1).sum()


# --- 03 ---------------------------------------------------------------------------------------------------
def powers_squeezed(x, degree):
    columns = [x.reshape(-1, 1) ** (k + 1) for k in range(degree)]
    return np.squeeze(np.hstack(columns))


def powers_by_hat(x, degree):
    return np.stack([x ^ k for k in range(1, degree + 1)], axis=1)


def loss_with_spectral_norm(data_loss, W, b, lam):
    return data_loss + lam * np.linalg.norm(W, 2) ** 2


def loss_subtracted_and_halved(data_loss, W, b, lam):
    return data_loss - lam / 2 * np.sum(W * W)


def lam_found_from_one(lams, train_errors, held_out_errors):
    lowest, best = 1, None
    for lam, error in zip(lams, held_out_errors, strict=True):
        if error < lowest:
            lowest, best = error, lam
    return best


def soft_by_division(w, amount):
    return w * np.maximum(0, 1 - amount / np.abs(w))


def soft_by_sign(w, amount):
    return np.maximum(np.abs(w) - amount, 0) * w / np.sqrt(w**2)


def soft_minus_equals(w, amount):
    small = np.abs(w) < amount
    w -= amount * np.sign(w)
    w[small] = 0
    return w


def soft_in_place(w, amount):
    for i in range(len(w)):
        w[i] = np.sign(w[i]) * max(abs(w[i]) - amount, 0)
    return w


def soft_with_max(w, amount):
    return np.sign(w) * max(0, np.abs(w) - amount)


def gradient_one_sided(W, lam):
    g = np.zeros_like(W, dtype=float)
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            moved = W.astype(float)
            moved[i, j] += 1e-3
            g[i, j] = lam * (np.sum(moved**2) - np.sum(W**2)) / 1e-3
    return g


def gradient_typed(W, lam):
    g = W.copy()
    for i in range(len(W)):
        g[i] = 2 * lam * W[i]
    return g


@pytest.mark.parametrize(("exercise", "answer", "words"), [
    ("one_hot", one_hot_by_largest_label_and_on_its_side, ["two things", "on its side", "counted from the labels"]),
    ("one_hot", one_hot_of_indices, ["a single label loses its row"]),
    ("one_hot", one_hot_label_as_value, ["two things", "on its side", "the label itself"]),
    ("scores_of", scores_one_row, ["one example loses its row"]),
    ("scores_of", lambda X, W, b: np.squeeze(X @ W.T) + b, ["one example loses its row"]),
    ("scores_of", scores_typed, ["don't make room for them with the dtype of X"]),
    ("accuracy", accuracy_from_zero, ["rows whose scores are all negative"]),
    ("boundary", boundary_rounded, ["the result is rounded"]),
    ("cross_entropy_loss", entropy(one_maximum_for_all), ["shift each ROW by its own"]),
    ("cross_entropy_loss", entropy(no_shift), ["exp(1000) overflows"]),
    ("cross_entropy_loss", one_hot_times_log, ["0 * log(0)"]),
    ("cross_entropy_loss", one_hot_times_log_unshifted, ["0 * log(0)"]),
    *(("cross_entropy_loss", answer(tiny), ["a tiny number in the log, or np.clip"])
      for answer in (epsilon, one_hot_epsilon, clipped) for tiny in (1e-3, 1e-5, 1e-7, 1e-8, 1e-9, 1e-15, 1e-16)),
    ("cross_entropy_loss", true_class_left_out, ["the true class is missing in the sum"]),
    ("cross_entropy_loss", binary, ["yes-or-no questions"]),
    ("cross_entropy_loss", binary_with_epsilon, ["yes-or-no questions"]),
    ("cross_entropy_loss", columns_of_all_labels, ["pair each row with its own"]),
    ("cross_entropy_loss", unshifted_sum, ["this is the sum over the examples"]),
    ("cross_entropy_loss", batch_maximum_and_sum, ["this is the sum over the examples"]),
    ("huber_loss", half_huber, ["half of it", "as some books have it"]),
    ("huber_loss", half_parabola, ["the parabola is halved"]),
    ("huber_loss", huber_mean_of_all, ["two things", "half of it", "the classes are averaged too"]),
    ("hinge_loss", hinge_max, ["np.maximum(0, z)"]),
    ("hinge_loss", hinge_counts, ["positive shares are set to 1, and the negative ones stay in"]),
    ("hinge_loss", hinge_sum_and_true_class, ["two things", "the true class is counted", "divide by N"]),
    ("powers", powers_squeezed, ["a single row or column loses an axis"]),
    ("powers", powers_by_hat, ["^ is no power in Python"]),
    ("regularized_loss", loss_with_spectral_norm, ["its largest stretch"]),
    ("regularized_loss", loss_subtracted_and_halved, ["two things", "subtracted", "factor 1/2"]),
    ("best_lam", lam_found_from_one, ["starts at 1"]),
    ("best_lam", lambda lams, train, held: lams[np.round(held, 3).argmin()], ["rounded before they are compared"]),
    ("best_lam", lambda lams, train, held: sorted(lams)[held.argmin()], ["the lambdas are sorted"]),
    ("soft_threshold", soft_by_division, ["NaN", "divided by 0"]),
    ("soft_threshold", soft_by_sign, ["a weight of 0 becomes NaN"]),
    ("soft_threshold", soft_in_place, ["whole numbers can't hold the result"]),
    ("soft_threshold", soft_minus_equals, ["changes its input w in place"]),
    ("soft_threshold", soft_with_max, ["np.maximum or a mask"]),
    ("l2_penalty_gradient", gradient_one_sided, ["a difference to one side"]),
    ("l2_penalty_gradient", gradient_typed, ["whole numbers can't hold the result"]),
])  # fmt: skip
def test_a_bug_of_real_code_is_named(exercise, answer, words):
    verdict = checks.EXERCISES[exercise](answer)
    assert verdict.kind == "wrong"
    assert [word for word in words if word not in verdict.message] == [], verdict.message


# --- right, and unusual -----------------------------------------------------------------------------------
def soft_for_one_row(w, amount):
    out = np.zeros(len(w))
    for i in range(len(w)):
        if w[i] > amount:
            out[i] = w[i] - amount
        elif w[i] < -amount:
            out[i] = w[i] + amount
    return out


def soft_as_a_list(w, amount):
    return [0 if abs(v) <= amount else v - amount if v > 0 else v + amount for v in w]


def accuracy_of_the_last_of_ties(scores, y):
    return sum(max(range(len(row)), key=lambda c, row=row: (row[c], c)) == label
               for row, label in zip(scores, y, strict=True)) / len(y)  # fmt: skip


def lam_of_the_last_of_ties(lams, train_errors, held_out_errors):
    return min(zip(held_out_errors, -lams, strict=True))[1] * -1


def huber_without_equal(scores, y):
    e = np.abs(scores - np.eye(scores.shape[1])[y])
    return np.where(e < 1, e**2, 2 * e - 1).sum() / len(y)


def powers_one_by_one(x, degree):
    table = np.ones((x.shape[0], degree + 1))
    for k in range(degree):
        table[:, k + 1] = table[:, k] * x
    return table[:, 1:]


@pytest.mark.parametrize(("exercise", "answer"), [
    ("soft_threshold", soft_for_one_row), ("soft_threshold", soft_as_a_list),
    ("accuracy", accuracy_of_the_last_of_ties), ("best_lam", lam_of_the_last_of_ties),
    ("huber_loss", huber_without_equal), ("powers", powers_one_by_one),
])  # fmt: skip
def test_a_right_answer_in_another_style_is_accepted(exercise, answer):
    assert checks.EXERCISES[exercise](answer)


@pytest.mark.parametrize("shapes", [((7500,), (5, 7500), (5,), (5,)), ((7500, 1), (5, 7500), (5, 1), (5, 1))])
def test_vectors_may_be_flat_or_columns_but_not_both(shapes):
    assert checks.shapes(dict(zip(("x", "W", "b", "scores"), shapes, strict=True)))
    mixed = [(7500,), (5, 7500), (5, 1), (5,)]
    assert "some flat" in checks.shapes(*mixed).message


def test_a_whole_batch_or_a_miscount_is_told_in_shapes():
    for x, words in [((20, 7500), "whole batch"), ((7501,), "the bias is counted"), ((750,), "miscounted"),
                     ((50, 50, 3), "still a picture")]:  # fmt: skip
        assert words in checks.shapes(x=x, W=(5, 7500), b=(5,), scores=(5,)).message
    assert "worked example" in checks.shapes(x=(4,), W=(3, 4), b=(3,), scores=(3,)).message
