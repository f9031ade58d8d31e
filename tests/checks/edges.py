"""Answers that are right until a special case comes: one for each group of hard cases that has no other witness.

They are written for a group's words, not for its cases. Several begin with the right result and spoil what a reader
would: an axis of length 1 that is squeezed away, a 0 by which is divided, a number that is rounded.
"""
# Wrong on purpose:
# ruff: noqa: E741

from collections.abc import Callable

import numpy as np

from lectureutils.checks import EXERCISES

EDGES: dict[tuple[str, str], Callable] = {}


def fails_for(exercise: str, group: str) -> Callable:
    """Register a function that is wrong for this group of an exercise's cases alone."""

    def register(function: Callable) -> Callable:
        EDGES[exercise, group] = function
        return function

    return register


def result_of(exercise: str, change: Callable) -> Callable:
    """Return the right function with its result changed, each part of several by itself."""

    def changed(*args):
        result = EXERCISES[exercise].reference(*args)
        return tuple(map(change, result)) if isinstance(result, tuple) else change(result)

    return changed


def squeezed_first(exercise: str) -> Callable:
    """Return the right function with its first argument squeezed."""
    return lambda scores, y: EXERCISES[exercise].reference(np.squeeze(scores), y)


for exercise, group in (
    ("picked", "a table of a single row"),
    ("cross_entropy_gradient", "a single example"),
    ("l1_and_l2_gradients", "a single example"),
    ("hinge_gradient", "a single example"),
    ("soft_threshold", "a single weight"),
    ("l2_layer", "a single example"),
    ("network_backward", "a single example, neuron and output"),
    ("network_step", "a single example and a single hidden neuron"),
):
    fails_for(exercise, group)(result_of(exercise, np.squeeze))

fails_for("relu_layer", "one number")(result_of("relu_layer", lambda part: part.item() if part.size == 1 else part))

for exercise in ("accuracy", "hinge_loss", "cross_entropy_loss", "huber_loss"):
    fails_for(exercise, "a single example")(squeezed_first(exercise))


@fails_for("hinge_loss", "a rival with the score of the true class")
def known_by_its_score(scores, y):
    true = scores[np.arange(len(y)), y][:, None]
    return np.where(scores == true, 0, np.maximum(0, 1 + scores - true)).sum(axis=1).mean()


@fails_for("cross_entropy_loss", "a rival so far behind that its probability is rounded to 0")
def safe_for_large_rows_only(scores, y):
    losses = []
    for row, label in zip(scores, y, strict=True):
        largest, chosen = row.max(), np.eye(len(row))[label]
        if abs(largest) > 700:
            losses.append(np.log(np.exp(row - largest).sum()) + largest - row[label])
        else:
            with np.errstate(all="ignore"):
                losses.append(-(chosen * np.log(np.exp(row) / np.exp(row).sum())).sum())
    return np.mean(losses)


@fails_for("cross_entropy_loss", "scores of 1000, where exp overflows")
def distance_to_the_best_where_p_is_tiny(scores, y):
    behind = scores.max(axis=1) - scores[np.arange(len(y)), y]
    logs = np.log(np.exp(scores - scores.max(axis=1, keepdims=True)).sum(axis=1))
    return np.where(behind > 500, behind, behind + logs).mean()


@fails_for("normal_equation", "as many examples as inputs")
def examples_along_the_longer_side(X, Y):
    X = X if X.shape[0] > X.shape[1] else X.T
    return np.linalg.lstsq(X, Y, rcond=None)[0].T


@fails_for("l1_and_l2_gradients", "a score that is equal to its target, the kink of L1")
def a_rival_at_0_is_pushed_on(scores, y):
    is_true = np.eye(scores.shape[1])[y] == 1
    off = scores - is_true
    return np.where(is_true, np.sign(off), np.where(off > 0, 1, -1)) / len(y), 2 * off / len(y)


@fails_for("hinge_gradient", "a margin of exactly 0, the kink")
def still_steep_at_the_kink(scores, y):
    rows = np.arange(len(y))
    steep = (1 + scores - scores[rows, y][:, None] >= 0) * 1.0
    steep[rows, y] = 0
    steep[rows, y] = -steep.sum(axis=1)
    return steep / len(y)


@fails_for("best_lam", "lambdas below 0.001")
def to_three_digits(lams, train_errors, held_out_errors):
    return np.round(lams[held_out_errors.argmin()], 3)


@fails_for("soft_threshold", "a weight of 0, or of exactly amount")
def neither_larger_nor_smaller(w, amount):
    result = w.astype(float)
    result[w > amount] -= amount
    result[w < -amount] += amount
    result[np.abs(w) < amount] = 0
    return result


@fails_for("l2_penalty_gradient", "weights that are all 0")
def along_the_unit_vector(W, lam):
    length = np.sqrt((W**2).sum())
    with np.errstate(all="ignore"):
        return 2 * lam * length * (W / length)


@fails_for("adam_step", "a gradient that was always 0")
def with_one_root_less(w, m, v, t, dw, learning_rate):
    m, v = 0.9 * m + 0.1 * dw, 0.999 * v + 0.001 * dw**2
    first, second = m / (1 - 0.9**t), v / (1 - 0.999**t)
    return w - learning_rate * first * second**0.5 / (second + 1e-8 * second**0.5 or np.nan), m, v


@fails_for("adam_step", "late steps, t = 2000")
def corrected_at_first_only(w, m, v, t, dw, learning_rate):
    m, v = 0.9 * m + 0.1 * dw, 0.999 * v + 0.001 * dw**2
    first, second = (m / (1 - 0.9**t), v / (1 - 0.999**t)) if t <= 1000 else (m, v)
    return w - learning_rate * first / (second**0.5 + 1e-8), m, v


@fails_for("max_backward", "an input of 0")
def zero_is_nothing(x, y, upstream):
    largest = max(x, y)
    return (upstream if x and x == largest else 0.0), (upstream if y and y == largest else 0.0)


@fails_for("max_backward", "an upstream gradient of 0")
def one_for_nothing(x, y, upstream):
    upstream = upstream or 1.0
    return (upstream, 0.0) if x > y else (0.0, upstream)


@fails_for("l2_layer", "whole numbers")
def room_for_whole_numbers(S, T):
    gradient = np.zeros_like(S)
    gradient[...] = 2 * (S - T) / len(S)
    return ((S - T) ** 2).sum(axis=1).mean(), gradient


@fails_for("scaled_alike", "a column of 0.1, which never changes")
def changing_by_its_deviation(train, test):
    mean, deviation = train.mean(axis=0), train.std(axis=0)
    deviation = np.where(deviation == 0, 1, deviation)
    return (train - mean) / deviation, (test - mean) / deviation


def stopping(losses, patience, least=0.0):
    best = 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best] - least:
            best = epoch
        elif epoch - best >= patience:
            break
    return best


@fails_for("early_stop", "a list of one loss, or a patience of 1")
def patience_of_two_at_least(losses, patience):
    return stopping(losses, max(patience, 2))


@fails_for("early_stop", "losses that fall by less than 0.001")
def a_thousandth_at_least(losses, patience):
    return stopping(losses, patience, least=0.001)
