"""What the checks of notebooks 07 to 10 say to mistakes that real people have made, and where a text left room.

Each answer is written by hand, apart from the variants that the exercises declare, with the words that its verdict must
contain. "Right" stands for an answer that a check must take.
"""
# ruff: noqa: RET504, RET505 - as people write them

import numpy as np
import pytest
import slips.train_a_network  # noqa: F401 - its answers are collected
from slips.collect import ANSWERS
from slips.excused import EXCUSED

from lectureutils import checks

RIGHT = "Right"


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def softmax(scores):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def relu_by_if(z):
    if z > 0:
        return z
    return 0 * z


def forward_with(relu):
    return lambda X, W, b, U, c: relu(X @ W.T + b) @ U.T + c


def relu_on_scores_too(X, W, b, U, c):
    return np.maximum(0, np.maximum(0, X @ W.T + b) @ U.T + c)


def two_slips_at_once(X, W, b, U, c):
    return sigmoid(X @ W.T + b) @ U.T


def affine_with(db):
    return lambda X, W, b, dY: (X @ W.T + b, dY @ W, dY.T @ X, db(dY))


def backward_with(
    mask=lambda Z: Z > 0, db=lambda dZ: dZ.sum(axis=0), dc=lambda dS: dS.sum(axis=0), relu=lambda Z: np.maximum(0, Z)
):
    def network_backward(X, W, b, U, c, dS):
        Z = X @ W.T + b
        H = relu(Z)
        dZ = (dS @ U) * mask(Z)
        return dZ.T @ X, db(dZ), dS.T @ H, dc(dS)

    return network_backward


def step_with(
    relu=lambda Z: np.maximum(0, Z),
    mask=lambda Z: Z > 0,
    last=lambda scores: scores,
    db=lambda dZ: dZ.sum(axis=0),
    dc=lambda dS: dS.sum(axis=0),
):
    def network_step(W, b, U, c, X, y, learning_rate):
        Z = X @ W.T + b
        H = relu(Z)
        dS = softmax(last(H @ U.T + c))
        dS[np.arange(len(X)), y] -= 1
        dS /= len(X)
        dZ = (dS @ U) * mask(Z)
        r = learning_rate
        return W - r * dZ.T @ X, b - r * db(dZ), U - r * dS.T @ H, c - r * dc(dS)

    return network_step


def loss_right_and_gradient_left_at_0(S, T):
    L, dS = 0.0, np.zeros_like(S)
    for s, t in zip(S, T, strict=True):
        L += ((s - t) ** 2).sum()
    return L / len(S), dS


def whole_numbers_kept(S, T):
    dS = np.zeros_like(S)
    for n in range(len(S)):
        dS[n] = 2 * (S[n] - T[n]) / len(S)
    return ((S - T) ** 2).sum() / len(S), dS


def never_reset(losses, patience):
    best, best_epoch, bad = losses[0], 0, 0
    for epoch, loss in enumerate(losses[1:], start=1):
        if loss < best:
            best, best_epoch = loss, epoch
        else:
            bad += 1
            if bad >= patience:
                return best_epoch
    return best_epoch


def keras_like(min_delta):
    def early_stop(losses, patience):
        best, best_epoch, wait = np.inf, 0, 0
        for epoch, loss in enumerate(losses):
            if loss < best - min_delta:
                best, best_epoch, wait = loss, epoch, 0
            else:
                wait += 1
                if wait >= patience:
                    break
        return best_epoch

    return early_stop


def scaled_by(std_of):
    def scaled_alike(train, test):
        mean, std = np.mean(train, axis=0), std_of(train)
        return (train - mean) / std, (test - mean) / std

    return scaled_alike


def ones_for_zeros(train):
    std = np.std(train, axis=0)
    std[std == 0] = 1
    return std


CAUSES = {"A": "rate too large", "B": "overfitting", "C": "dead ReLUs", "D": "all zero", "E": "labels shuffled"}

SAID = [
    # np.max(z, 0), max(0, z) and `if z > 0` for a whole array
    ("forward", forward_with(lambda z: np.max(z, 0)), "np.max(z, 0) looks for the largest along axis 0"),
    ("forward", forward_with(lambda z: max(0, z)), "compare one number"),
    ("forward", forward_with(relu_by_if), "compare one number"),
    ("relu_layer", lambda X, dY: (np.max(X, 0), dY * (X > 0)), "np.max(X, 0) looks for the largest along axis 0"),
    ("relu_layer", lambda X, dY: (max(0, X), dY * (X > 0)), "compare one number"),
    ("relu_layer", lambda X, dY: (relu_by_if(X), dY * (X > 0)), "compare one number"),
    ("network_backward", backward_with(relu=relu_by_if), "compare one number"),
    ("network_step", step_with(relu=lambda z: max(0, z)), "compare one number"),
    # a single example loses its row
    ("forward", lambda *args: checks.forward.reference(*args).squeeze(), "np.squeeze takes every axis"),
    ("l2_layer", lambda S, T: (((S - T) ** 2).sum() / len(S), np.squeeze(2 * (S - T) / len(S))), "np.squeeze takes"),
    # a ReLU too much, or none
    ("forward", relu_on_scores_too, "the outputs went through a ReLU too"),
    ("forward", forward_with(lambda z: z), "the ReLU between the layers is missing"),
    ("network_step", step_with(last=lambda scores: np.maximum(0, scores)), "the scores went through a ReLU"),
    ("network_step", step_with(relu=lambda Z: Z), "the hidden layer has no bend"),
    ("network_step", step_with(relu=lambda Z: Z, mask=np.ones_like), "the hidden layer has no bend"),
    # two at once
    ("forward", two_slips_at_once, "two things: this bends with the sigmoid"),
    ("forward", two_slips_at_once, "c is missing in the second layer"),
    ("network_step", step_with(mask=np.ones_like, db=lambda dZ: dZ.sum()), "two things: the ReLU is forgotten"),
    # the sum over the batch in db
    ("affine_layer", affine_with(lambda dY: np.sum(dY)), "db is one number: each class has its own"),
    ("affine_layer", affine_with(lambda dY: np.sum(dY, axis=0, keepdims=True)), "keepdims=True"),
    ("affine_layer", affine_with(lambda dY: dY.sum(axis=1)), "db sums over the classes"),
    ("network_backward", backward_with(db=np.sum, dc=np.sum), "db and dc are single numbers"),
    ("network_backward", backward_with(db=np.sum), "db is one number"),
    (
        "network_backward",
        backward_with(db=lambda dZ: dZ.sum(axis=0, keepdims=True), dc=lambda dS: dS.sum(axis=0, keepdims=True)),
        "keepdims=True",
    ),
    ("network_step", step_with(db=np.sum, dc=np.sum), "db and dc are single numbers"),
    (
        "network_step",
        step_with(db=lambda dZ: dZ.sum(axis=0, keepdims=True), dc=lambda dS: dS.sum(axis=0, keepdims=True)),
        "keepdims=True",
    ),
    ("network_step", step_with(dc=np.sum), "c has not moved"),
    # a gradient that is never written, or is cut to whole numbers
    ("l2_layer", loss_right_and_gradient_left_at_0, "dS: it is all zeros"),
    ("l2_layer", whole_numbers_kept, "np.zeros_like(S) holds whole numbers"),
    ("affine_layer", affine_with(lambda dY: np.zeros(dY.shape[1])), "db stays 0"),
    # counters, thresholds
    ("early_stop", never_reset, "the count is never reset"),
    ("early_stop", keras_like(0.001), "min_delta"),
    ("early_stop", keras_like(1e-4), "min_delta"),
    ("early_stop", keras_like(0), RIGHT),
    # a column that never changes
    ("scaled_alike", scaled_by(lambda train: train.std(axis=0)), "was divided by 0: divide it by 1"),
    ("scaled_alike", scaled_by(lambda train: train.std(axis=0) + 1e-8), "makes test explode"),
    ("scaled_alike", scaled_by(ones_for_zeros), "a column of 0.1 has the deviation 1e-17"),
    ("scaled_alike", scaled_by(lambda train: np.where(np.ptp(train, axis=0) == 0, 1, train.std(axis=0))), RIGHT),
    ("scaled_alike", scaled_by(lambda train: np.where(train.std(axis=0) < 1e-12, 1, train.std(axis=0))), RIGHT),
    # two mistakes that return the same numbers: the words fit both
    ("relu_layer", lambda X, dY: (np.maximum(0, X), dY * (np.maximum(0, X) >= 0)), "Y >= 0, or X >= 0 after"),
    ("tiny_tensor", lambda x, y, z: (0.0, 0.0, 0.0), "start with self.grad = 1, and walk"),
    # at the kink either slope will do
    ("relu_layer", lambda X, dY: (np.maximum(0, X), dY * (X >= 0)), RIGHT),
    ("relu_layer", lambda X, dY: (np.maximum(0, X), dY * np.heaviside(X, 0.5)), RIGHT),
    ("network_backward", backward_with(mask=lambda Z: Z >= 0), RIGHT),
    ("network_step", step_with(mask=lambda Z: Z >= 0), RIGHT),
    # shapes and words in another form
    ("gradient_shapes", {"dY": [32, 5], "dX": [32, 7500], "dW": [5, 7500], "db": [5]}, RIGHT),
    ("gradient_shapes", {"dY": (32, 5), "dX": (32, 7500), "dW": (5, 7500), "db": 5}, "needs a comma, (5,)"),
    ("diagnosis", {run: f" {cause.upper()}" for run, cause in CAUSES.items()}, RIGHT),
    ("diagnosis", {**CAUSES, "A": "all zero", "D": "rate too large"}, "two things: run A"),
    ("logistic_neuron", lambda x, w, b: np.array([sigmoid(w @ x + b)]), "an axis of length 1 is left over"),
    ("xor", {"W": [1, 1], "b": [0, -1], "u": [1, -2], "c": 0}, "W came with the shape (2,), expected the shape (2, 2)"),
    # what a formula's own remark speaks of
    ("logistic_neuron", lambda x, w, b: np.exp(w @ x + b) / (1 + np.exp(w @ x + b)), "inf / inf when z is large"),
    ("output_size", lambda n, k, stride: len(range(0, n - k, stride)), "a window that ends exactly at the edge fits"),
    ("max_backward", lambda x, y, upstream: (upstream, 0) if int(x) > int(y) else (0, upstream), "as whole numbers"),
    ("multiply_backward", lambda x, y, upstream: ((upstream or 1) * y, (upstream or 1) * x), "upstream = 0 is"),
    ("dead_share", lambda H: np.mean(H.sum(axis=0) == 0), "a sum of 0 is not enough"),
    ("dead_share", lambda H: np.mean(np.all(np.isclose(H, 0), axis=0)), "small answers count as dead"),
]


@pytest.mark.parametrize(("name", "answer", "says"), SAID, ids=[f"{n}-{said[0]}" for n, said in enumerate(SAID)])
def test_a_real_answer_is_told_what_it_is(name, answer, says):
    verdict = checks.EXERCISES[name](answer)
    assert says in repr(verdict) and bool(verdict) == (says == RIGHT)


def test_the_early_stop_of_the_text_is_the_one_that_is_right():
    stop = checks.early_stop.reference
    assert stop([1, 1.1, 0.9, 1, 0.8], 2) == 4 and never_reset([1, 1.1, 0.9, 1, 0.8], 2) == 2
    assert stop([0.5, 0.5, 0.5, 0.1], 2) == 0 and stop([0.7], 1) == 0


def test_a_column_of_tenths_is_scaled_by_1_though_its_deviation_is_not_0():
    tenths = np.full((3, 1), 0.1)
    assert 1e-18 < tenths.std() < 1e-16, "what the text of the exercise says"
    train, test = checks.scaled_alike.reference(tenths, np.array([[0.3]]))
    assert np.allclose(train, 0) and np.allclose(test, 0.2)


@pytest.mark.parametrize("words", [words for exercise, words in EXCUSED if exercise == "scaled_alike"])
def test_what_is_filed_as_right_and_excused_makes_a_still_column_explode(words):
    (answer,) = (a.args[0] for a in ANSWERS["train_a_network"] if (a.exercise, a.words) == ("scaled_alike", words))
    _train, test = answer(np.full((3, 1), 0.1), np.array([[0.3]]))
    assert np.abs(test).max() > 1e15


def test_no_hidden_neuron_of_the_checks_stands_on_its_kink():
    for W, b, _U, _c, X, _y, _rate in checks.network_step.all_cases():
        assert (np.abs(X @ W.T + b) > 1e-6).all()
    for X, W, b, _U, _c, _dS in checks.network_backward.all_cases():
        assert (np.abs(X @ W.T + b) > 1e-6).all()


@pytest.mark.parametrize("run", "ABCDE")
def test_each_wrong_cause_of_each_run_gets_its_own_objection(run):
    causes = ("rate too large", "dead ReLUs", "all zero", "unscaled inputs", "labels shuffled", "overfitting")
    said = [checks.diagnosis({**CAUSES, run: cause}) for cause in causes if cause != CAUSES[run]]
    assert all(verdict.message.startswith(f"run {run}: ") for verdict in said)
    assert len({verdict.message for verdict in said}) == 5
