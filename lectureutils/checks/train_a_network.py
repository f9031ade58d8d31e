"""The exercises of notebook 10: one whole training step, a diagnosis, scaling, dead neurons, when to stop.

Each stands as a reference solution under its cases (small and readable first, then random ones from a fixed
seed) and the wrong answers that come up in class.
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from .engine import exercise
from .explain import any_of

Array = np.ndarray


# --- one whole step -----------------------------------------------------------------------------------------
def _step_cases() -> Iterator[tuple]:
    """Yield batches in which no z is 0, as a ReLU's slope is a matter of taste there."""
    yield (
        np.array([[1.0, 2], [0, -1]]),
        np.array([0.5, 2]),
        np.array([[1.0, -1], [0.5, 1]]),
        np.array([0.0, 1]),
        np.array([[1.0, 1], [2, 3]]),
        np.array([0, 1]),
        0.1,
    )
    rng = np.random.default_rng(101)
    for n, d, hidden, classes in [(3, 3, 4, 3), (5, 4, 6, 3), (8, 2, 5, 4)]:
        shapes = ((hidden, d), hidden, (classes, hidden), classes, (n, d))
        yield (
            *(rng.normal(size=shape) for shape in shapes),
            rng.integers(0, classes, n).astype(int),
            float(rng.uniform(0.1, 1)),
        )


def _far_step_cases() -> Iterator[tuple]:
    yield (
        np.array([[1.0, 2], [0, -1]]),
        np.array([0.5, 2]),
        np.array([[1000.0, -1], [0.5, 1000]]),
        np.array([0.0, 1]),
        np.array([[1.0, 1], [2, 3]]),
        np.array([1, 1]),
        0.1,
    )


def _single_step_cases() -> Iterator[tuple]:
    yield (
        np.array([[1.0, 0.5]]),
        np.array([0.5]),
        np.array([[2.0], [-1]]),
        np.array([-1.0, 0]),
        np.array([[1.0, 2]]),
        np.array([1]),
        0.5,
    )


def _softmax(scores: Array, axis: int | None = 1) -> Array:
    e = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def _unshifted(scores: Array) -> Array:
    e = np.exp(scores)
    return e / e.sum(axis=1, keepdims=True)


def _column_error(p: Array, y: Array) -> Array:
    error = p.copy()
    error[:, y] -= 1
    return error


def _step(
    probabilities: Callable = _softmax,
    error: Callable = lambda p, y: p - np.eye(p.shape[1])[y],
    n: Callable = len,
    mask: Callable = lambda z, dH: z > 0,
    dH: Callable = lambda d, U, new: d @ U,
    bend: Callable = lambda z: np.maximum(z, 0),
    last: Callable = lambda scores: scores,
    rate: Callable = lambda r: r,
    deep: Callable = lambda r: r,
    db: Callable = lambda dz: dz.sum(axis=0),
    dc: Callable = lambda d: d.sum(axis=0),
    sign: float = -1.0,
    bias_sign: float = 1.0,
) -> Callable:
    """Make a variant of the training step that does one thing differently; `deep` is the rate of the hidden layer."""

    def variant(W, b, U, c, X, y, learning_rate):
        z = X @ W.T + b
        H = bend(z)
        scores = last(H @ U.T + c)
        dscores = error(probabilities(scores), y) / n(X)
        move = sign * rate(learning_rate)
        new_U = U + move * dscores.T @ H
        arrived = dH(dscores, U, new_U)
        dz = arrived * mask(z, arrived)
        below = deep(move)
        return W + below * dz.T @ X, b + below * bias_sign * db(dz), new_U, c + move * bias_sign * dc(dscores)

    return variant


def _one_by_one(W, b, U, c, X, y, learning_rate):
    for x, label in zip(X, y, strict=True):
        W, b, U, c = _step()(W, b, U, c, x[None], np.array([label]), learning_rate / len(X))
    return W, b, U, c


def _as_many_as_occur(p: Array, y: Array) -> Array:
    return p - np.eye(y.max() + 1)[y]


@exercise(
    todo="return the new (W, b, U, c) after one step of gradient descent on the batch X, y",
    cases=_step_cases,
    hard={
        "scores of 1000, where exp overflows": _far_step_cases,
        "a single example and a single hidden neuron": _single_step_cases,
    },
    make=_step,
    mistakes=[
        (
            "the step goes uphill: subtract learning_rate times the gradient, and take p - y for it, not y - p",
            {"sign": 1.0},
        ),
        ("the biases go uphill: subtract learning_rate times db and dc as well", {"bias_sign": -1.0}),
        ("the 1/N of the mean is missing", {"n": lambda X: 1}),
        ("y is missing: the gradient by the scores is p - y, with y one-hot", {"error": lambda p, y: p}),
        (
            "the softmax is missing: the gradient by the scores is p - y, and p comes from the softmax",
            {"probabilities": lambda scores: scores},
        ),
        (
            "exp of the scores themselves is inf for a score of 1000: subtract each row's largest score first",
            {"probabilities": _unshifted},
        ),
        (
            "softmax runs over the examples: it belongs to each row, axis=1",
            any_of(
                {"probabilities": lambda scores: _softmax(scores, 0)},
                {
                    "probabilities": lambda scores: (lambda e: e / e.sum(axis=0))(
                        np.exp(scores - scores.max(axis=1, keepdims=True))
                    )
                },
            ),
        ),
        (
            "the softmax divides by the sum of the whole batch: each row has a sum of its own, keepdims=True",
            any_of(
                {"probabilities": lambda scores: _softmax(scores, None)},
                {
                    "probabilities": lambda scores: (lambda e: e / e.sum())(
                        np.exp(scores - scores.max(axis=1, keepdims=True))
                    )
                },
            ),
        ),
        (
            "1 is taken from whole columns: it is due in one entry of each row, that of its label",
            {"error": _column_error},
        ),
        (
            "the one-hot rows have as many classes as occur in this batch: there are len(c)",
            {"error": _as_many_as_occur},
        ),
        (
            "the ReLU is forgotten on the way back: where z was not above 0, nothing passes (H >= 0 always holds)",
            {"mask": lambda z, dH: 1.0},
        ),
        ("the mask of the ReLU looks at dH: it is z that was above 0 or not", {"mask": lambda z, dH: dH > 0}),
        ("the mask is turned round: the gradient passes where z is above 0", {"mask": lambda z, dH: z < 0}),
        ("dH is multiplied by H: the local gradient of a ReLU is 0 or 1", {"mask": lambda z, dH: np.maximum(z, 0)}),
        (
            "the hidden layer was given U after its step: the gradient needs the U that made the scores",
            {"dH": lambda d, U, new: d @ new},
        ),
        (
            "the biases have not moved: db and dc are the sums over the batch",
            {"db": lambda dz: 0.0, "dc": lambda d: 0.0},
        ),
        ("b has not moved: it has a gradient, too, the sum of dz over the batch", {"db": lambda dz: 0.0}),
        (
            "c has not moved: dc is the sum of dscores over the batch, axis 0 (the sum of all of them is always 0)",
            {"dc": lambda d: 0.0},
        ),
        (
            "the 1/N comes twice in the biases: it stands in dscores already, so sum over the batch",
            {"db": lambda dz: dz.mean(axis=0), "dc": lambda d: d.mean(axis=0)},
        ),
        (
            "db and dc are single numbers: each neuron has its own, sum over axis 0",
            {"db": lambda dz: dz.sum(), "dc": lambda d: d.sum()},
        ),
        ("db is a single number: each neuron has its own, sum over axis 0", {"db": lambda dz: dz.sum()}),
        (
            "b and c have an axis too many: without keepdims=True, the sums over axis 0 have their shapes",
            {"db": lambda dz: dz.sum(axis=0, keepdims=True), "dc": lambda d: d.sum(axis=0, keepdims=True)},
        ),
        ("the learning rate is ignored", {"rate": lambda r: 1.0}),
        ("the learning rate reaches the output layer only: W and b take the same", {"deep": lambda r: -1.0}),
        (
            "the hidden layer has no bend: H is max(0, z)",
            any_of({"bend": lambda z: z}, {"bend": lambda z: z, "mask": lambda z, dH: 1.0}),
        ),
        (
            "max(0, z) and `if z > 0` compare one number, and z holds many: np.maximum(z, 0) goes entry by entry",
            {"bend": lambda z: max(0, z)},
        ),
        (
            "np.squeeze takes every axis of length 1 away: a single hidden neuron has to keep its axis",
            lambda *args: tuple(np.squeeze(part) for part in _step()(*args)),
        ),
        (
            "the scores went through a ReLU: they may be negative, the last layer has no bend",
            {"last": lambda scores: np.maximum(scores, 0)},
        ),
        ("the weights move after each example: all gradients of a batch are taken at the same weights", _one_by_one),
        (
            "only the last layer learns: W and b have gradients, too",
            lambda W, b, U, c, X, y, learning_rate: (W, b, *_step()(W, b, U, c, X, y, learning_rate)[2:]),
        ),
        (
            "these are the gradients: subtract learning_rate times each from its parameter",
            lambda W, b, U, c, X, y, learning_rate: tuple(
                (old - new) / learning_rate
                for old, new in zip((W, b, U, c), _step()(W, b, U, c, X, y, learning_rate), strict=True)
            ),
        ),
    ],
    because="forward, backward and step: that is all of training",
)
def network_step(W: Array, b: Array, U: Array, c: Array, X: Array, y: Array, learning_rate: float) -> tuple:
    """Return (W, b, U, c) after one step on the mean cross-entropy of relu(X W.T + b) U.T + c."""
    return _step()(W, b, U, c, X, y, learning_rate)


# --- the diagnosis ------------------------------------------------------------------------------------------
CAUSES = ("rate too large", "dead ReLUs", "all zero", "unscaled inputs", "labels shuffled", "overfitting")


def _read_causes(answer: object) -> object:
    if not isinstance(answer, dict) or set(answer) != set("ABCDE"):
        raise ValueError("expected one cause for each of the runs A, B, C, D and E")
    causes = {run: str(cause).strip().casefold() for run, cause in answer.items()}
    written = {cause.casefold(): cause for cause in CAUSES}
    for run, cause in causes.items():
        if cause not in written:
            raise ValueError(f"run {run}: the causes to choose from are {', '.join(CAUSES)}")
    return {run: written[cause] for run, cause in causes.items()}


# What speaks against each wrong cause, where the reader can see it.
OBJECTIONS = {
    "A": {
        "labels shuffled": "the loss leaps above where it began. Shuffled labels or zeros would keep it calm",
        "dead ReLUs": "dead neurons are how it ended, not why. Before that the loss leaped up and down: who does so?",
        "all zero": "the loss leaps, and no neuron has a twin: weights of 0 would keep it calm",
        "overfitting": "overfitting needs a training set that is learned well. Here 10% is right",
    },
    "B": {
        "labels shuffled": "look at the training set, it is learned to the last picture",
        "dead ReLUs": "5 dead neurons of 64 hurt nobody, and the training set is learned to the last picture",
        "all zero": "no neuron has a twin, and the training set is learned to the last picture",
        "rate too large": "the loss only falls. But compare training right with test right",
    },
    "C": {
        "labels shuffled": "even shuffled labels can be memorised a little. Here the loss does not move at all",
        "all zero": "it has no twins, and its loss does not move at all. Neurons that start alike learn a little",
        "rate too large": "nothing leaps: the loss stands still from the start. What are all its neurons?",
        "overfitting": "overfitting needs a training set that is learned well. Here nothing is",
    },
    "D": {
        "dead ReLUs": "all 64 neurons are alike. Dead neurons keep the different weights that they began with",
        "labels shuffled": "test right rises with training right, so there is something to learn. What are twins?",
        "rate too large": "nothing leaps: the loss falls, only slowly. What does it say about twins?",
        "overfitting": "training right and test right are nearly the same. What does it say about twins?",
    },
    "E": {
        "dead ReLUs": "the training loss does fall a little, so some neurons are alive",
        "overfitting": "overfitting needs a training set that is learned well. Here hardly anything is",
        "all zero": "no neuron has a twin, so they did not begin alike. And test right is no better than guessing",
        "rate too large": "nothing leaps: the training loss creeps down. And test right is no better than guessing",
    },
}


@exercise(
    todo="give each run A to E its cause, as text",
    small="in run A the loss leaps up and down, and 63 neurons are dead at its end, but not from the beginning. Which "
    "button of the figure shows that? Go on with what strikes you most in each of the others",
    read=_read_causes,
    mistakes=[
        (
            "run C: neurons that never answer can't be twins that slowly learn: the loss would stand still",
            {"C": "all zero", "D": "dead ReLUs"},
        ),
        *((f"run {run}: {why}", {run: cause}) for run, causes in OBJECTIONS.items() for cause, why in causes.items()),
        *(
            (
                f"run {run}: unscaled inputs make the first loss huge, in the hundreds. This one begins as "
                "low as others",
                {run: "unscaled inputs"},
            )
            for run in "ABCDE"
        ),
    ],
    because="five patients, five causes: keep the table at hand",
)
def diagnosis() -> dict:
    """Return the cause of each run."""
    return dict(
        zip("ABCDE", ("rate too large", "overfitting", "dead ReLUs", "all zero", "labels shuffled"), strict=True)
    )


# --- scaling ------------------------------------------------------------------------------------------------
def _scale_cases() -> Iterator[tuple]:
    yield np.array([[1.0, 5], [3, 5]]), np.array([[2.0, 5], [4, 6]])
    rng = np.random.default_rng(102)
    for n, m, d in [(6, 4, 3), (9, 5, 4)]:
        size, place = 10.0 ** rng.integers(-1, 3, d).astype(int), rng.normal(size=d)
        train, test = (size * (rng.normal(size=(k, d)) + place) for k in (n, m))
        train[:, 0] = 2.0  # a pixel that never changes
        yield train, test
    yield train, test[:1]


def _tenths_cases() -> Iterator[tuple]:
    """Yield a column of 0.1, whose mean is not quite 0.1, so that its standard deviation is 1.4e-17."""
    yield np.array([[0.1, 1.0], [0.1, 3.0], [0.1, 5.0]]), np.array([[0.1, 2.0], [0.3, 4.0]])


def _spread(X: Array) -> Array:
    return np.where(X.max(axis=0) > X.min(axis=0), X.std(axis=0), 1)


def _if_0(std: Array) -> Array:
    return np.where(std > 0, std, 1)


def _scaled(
    mean: Callable = lambda X: X.mean(axis=0),
    spread: Callable = _spread,
    apply: Callable = lambda X, mean, std: (X - mean) / std,
    by: Callable = lambda train, test: train,
    order: int = 1,
) -> Callable:
    """Make a variant of the scaling: another mean or spread, another formula, or learned from another set."""

    def variant(train: Array, test: Array) -> tuple[Array, Array]:
        both = by(train, test)
        return tuple(apply(X, mean(both), spread(both)) for X in (train, test))[::order]

    return variant


def _each_its_own(train: Array, test: Array) -> tuple[Array, Array]:
    return tuple(_scaled()(X, X)[0] for X in (train, test))


def _row_by_row(train: Array, test: Array) -> tuple[Array, Array]:
    return tuple(_scaled()(X.T, X.T)[0].T for X in (train, test))


def _never_changing(make_0: Callable) -> Callable:
    def variant(train: Array, test: Array) -> tuple[Array, Array]:
        still = train.max(axis=0) == train.min(axis=0)
        return tuple(np.where(still, make_0(X), (X - train.mean(axis=0)) / _spread(train)) for X in (train, test))

    return variant


@exercise(
    todo="return (train, test), both minus mean and over deviation of train, by column; over 1 where train is constant",
    cases=_scale_cases,
    hard={"a column of 0.1, which never changes": _tenths_cases},
    make=_scaled,
    mistakes=[
        (
            "test was scaled with its own mean and standard deviation: use those of train, as for any new picture",
            _each_its_own,
        ),
        (
            "mean and standard deviation come from train and test together: the test set is not to be seen in training",
            {"by": lambda train, test: np.vstack([train, test])},
        ),
        ("a column that never changes was divided by 0: divide it by 1", {"spread": lambda X: X.std(axis=0)}),
        (
            "a column of 0.1 has the deviation 1e-17, not 0, by rounding: compare its largest number with its smallest",
            {"spread": lambda X: _if_0(X.std(axis=0))},
        ),
        (
            "a tiny number in place of 0 makes test explode where train never changes: divide such a column by 1",
            any_of(
                *({"spread": lambda X, tiny=tiny: X.std(axis=0) + tiny} for tiny in (1e-7, 1e-8, 1e-9, 1e-10, 1e-12)),
                *({"spread": lambda X, tiny=tiny: np.maximum(X.std(axis=0), tiny)} for tiny in (1e-7, 1e-8, 1e-12)),
            ),
        ),
        (
            "nan_to_num hides 0 / 0, but test / 0 is infinite: divide a column that never changes by 1",
            {"apply": lambda X, mean, std: np.nan_to_num((X - mean) / std), "spread": lambda X: X.std(axis=0)},
        ),
        (
            "every deviation below 1 became 1: only a column that never changes is divided by 1",
            any_of({"spread": lambda X: np.maximum(X.std(axis=0), 1)}, {"spread": lambda X: X.std(axis=0) + 1}),
        ),
        (
            "a column that never changes is set to 0, in test as well: it is divided by 1, and test may differ there",
            _never_changing(np.zeros_like),
        ),
        ("a column that never changes is left as it is: its mean is subtracted, too", _never_changing(np.copy)),
        ("this divides by the variance: the standard deviation is its root", {"spread": lambda X: _spread(X) ** 2}),
        (
            "this divides by the deviation with N - 1: np.std without ddof, so that train comes out with exactly 1",
            {"spread": lambda X: np.where(X.max(axis=0) > X.min(axis=0), X.std(axis=0, ddof=1), 1)},
        ),
        (
            "this divides by the range, largest minus smallest: divide by the standard deviation",
            any_of(
                {"mean": lambda X: X.min(axis=0), "spread": lambda X: np.where(np.ptp(X, 0) > 0, np.ptp(X, 0), 1)},
                {"spread": lambda X: np.where(np.ptp(X, 0) > 0, np.ptp(X, 0), 1)},
            ),
        ),
        (
            "brackets are missing: X - mean / std divides the mean only, write (X - mean) / std",
            {"apply": lambda X, mean, std: X - mean / std},
        ),
        (
            "one mean and one standard deviation for the whole array: each column has its own, axis=0",
            {"mean": lambda X: X.mean(), "spread": lambda X: X.std()},
        ),
        ("this scales row by row: each column has its own mean and deviation, axis=0", _row_by_row),
        ("the mean is not subtracted", {"apply": lambda X, mean, std: X / std}),
        ("the columns are only centred: divide by the standard deviation", {"apply": lambda X, mean, std: X - mean}),
        (
            "only train was scaled: the network would see test in other units",
            lambda train, test: (_scaled()(train, test)[0], test),
        ),
        (
            "the mean for test was taken after train was shifted, so it is 0: keep the mean before you change train",
            lambda train, test: (_scaled()(train, test)[0], test / _spread(train)),
        ),
        (
            "the deviation for test was taken after train was scaled, so it is 1: keep it before you change train",
            lambda train, test: (_scaled()(train, test)[0], test - train.mean(axis=0)),
        ),
        ("the pair is turned round: first train, then test", {"order": -1}),
        ("only train comes back: return both, (train, test)", lambda train, test: _scaled()(train, test)[0]),
    ],
)
def scaled_alike(train: Array, test: Array) -> tuple[Array, Array]:
    """Return ((train - mean) / std, (test - mean) / std) with mean and std of train, std 1 where train never changes.

    Whether a column changes is not told by its std: a column of three times 0.1 has 1.4e-17, from the rounded mean.
    """
    return _scaled()(train, test)


# --- dead neurons -------------------------------------------------------------------------------------------
def _dead_cases() -> Iterator[tuple]:
    yield (np.array([[1.0, 0, 0, 2], [0, 0, 3, 1]]),)
    rng = np.random.default_rng(103)
    for n, k, gone in [(6, 5, 2), (8, 6, 3), (7, 4, 0)]:
        H = np.maximum(rng.normal(size=(n, k)), 0)
        H[0], H[:, :gone], H[1] = 1.0, 0.0, 0.0  # one example wakes all that live, one wakes none
        H[0, :gone] = 0.0
        yield (H,)
    yield (np.array([[0.0, 0, 0], [0, 2, 0], [0, 1, 0], [0, 3, 0]]),)  # the last one is dead


def _negative_cases() -> Iterator[tuple]:
    yield (np.array([[0.0, 2, 0, -1, -3], [0, -2, -1, 0, -1]]),)


def _tiny_cases() -> Iterator[tuple]:
    yield (np.array([[0.0, 1e-3, 1e-9], [0, 0, 0]]),)


def _dead(H: Array) -> Array:
    return (H == 0).all(axis=0)


def _kept_flag(H: Array) -> float:
    """Count the dead with a flag that is not reset for the next neuron."""
    return float((~np.logical_or.accumulate((H != 0).any(axis=0))).mean())


@exercise(
    todo="return the share of the neurons (columns of H) that answer 0 to every example (row)",
    cases=_dead_cases,
    hard={"answers below 0": _negative_cases, "tiny answers": _tiny_cases},
    mistakes=[
        (
            "this is the share of zeros in H: a ReLU may be silent for some examples and alive all the same",
            lambda H: (H == 0).mean(),
        ),
        (
            "these are neurons that are silent for at least one example: dead ones are silent for all",
            lambda H: (H == 0).any(axis=0).mean(),
        ),
        (
            "these are neurons that are silent for half of the examples or more: dead ones are silent for all",
            lambda H: (np.median(H, axis=0) == 0).mean(),
        ),
        (
            "one example decides here: a dead neuron is silent for all of them",
            any_of(lambda H: (H[0] == 0).mean(), lambda H: (H[-1] == 0).mean()),
        ),
        ("this counts examples: neurons are the columns, axis=0", lambda H: (H == 0).all(axis=1).mean()),
        ("this is their number: divide by how many neurons there are", lambda H: _dead(H).sum()),
        (
            "this is divided by the number of examples: divide by how many neurons there are, H.shape[1]",
            lambda H: _dead(H).sum() / len(H),
        ),
        ("this is in percent: a share goes from 0 to 1", lambda H: 100 * _dead(H).mean()),
        ("this is the share of the living: take 1 minus it", lambda H: (~_dead(H)).mean()),
        (
            "this is 1 if all neurons are dead, and else 0: count those that are, and divide with /, not with //",
            lambda H: float((H == 0).all()),
        ),
        ("this tells of each neuron alone: take the mean over them", any_of(_dead, lambda H: (H == 0).mean(axis=0))),
        ("the last neuron is left out: the loop has to reach it", lambda H: _dead(H)[:-1].sum() / H.shape[1]),
        ("a flag outlives its neuron: whether one is alive is asked anew for each column", _kept_flag),
        ("a sum of 0 is not enough: -2 and 2 add up to it, too", lambda H: (H.sum(axis=0) == 0).mean()),
        (
            "answers below 0 count as dead here: such a neuron speaks, only exactly 0 is silence",
            any_of(lambda H: (H <= 0).all(axis=0).mean(), lambda H: (~(H > 0).any(axis=0)).mean()),
        ),
        ("a largest answer of 0 is not enough: a neuron may answer 0 and -1", lambda H: (H.max(axis=0) == 0).mean()),
        (
            "small answers count as dead here: only exactly 0 does",
            any_of(lambda H: (np.abs(H) < 0.01).all(axis=0).mean(), lambda H: np.isclose(H, 0).all(axis=0).mean()),
        ),
    ],
)
def dead_share(H: Array) -> float:
    """Return the share of columns of H (N, K) that are 0 in every row."""
    return _dead(H).mean()


# --- when to stop -------------------------------------------------------------------------------------------
def _stop_cases() -> Iterator[tuple]:
    yield [2.0, 1.5, 1.75], 3  # the list ends before patience does
    yield [0.9, 0.5, 0.6, 0.7], 2
    yield [1.0, 1.1, 0.9, 1.0, 0.8], 2  # two bad epochs, but not in a row
    yield [1.0, 0.6, 0.7, 0.65, 0.5, 0.8, 0.9, 0.95, 0.3], 3
    yield [1.0, 0.8, 0.6, 0.5], 2
    yield [0.9, 0.4, 0.5, 0.6, 0.3, 0.5, 0.5, 0.5, 0.1], 2
    yield [0.7, 0.6, 0.6, 0.65, 0.9, 0.4], 3
    yield [0.5, 0.9, 0.8, 0.7, 0.75, 0.9, 0.95], 3
    yield [1.0, 0.8, 0.9, 0.7, 0.6, 0.75, 0.8, 0.85, 0.4], 4


def _small_steps_cases() -> Iterator[tuple]:
    yield [0.5, 0.4996, 0.4993, 0.49925, 0.6, 0.7], 2


def _short_cases() -> Iterator[tuple]:
    yield [0.7], 3
    yield [0.6, 0.7, 0.5], 1


def _stop(
    losses: list,
    patience: int,
    late: bool = False,
    better: Callable = lambda now, best, before: now < best,
    reset: bool = True,
    begin: int = 1,
    end: int | None = None,
    outlasted: Callable = lambda best, last: best,
    enough: Callable = lambda waited, patience: waited >= patience,
) -> int:
    """Stop early, with one thing done differently."""
    best, waited, epoch = 0, 0, 0
    for epoch in range(begin, len(losses[:end])):
        if better(losses[epoch], losses[best], losses[epoch - 1]):
            best, waited = epoch, 0 if reset else waited
        else:
            waited += 1
        if enough(waited, patience):
            return epoch if late else best
    return outlasted(best, len(losses) - 1)


def _stopping(**changes: Any) -> Callable:
    return lambda losses, patience: _stop(losses, patience, **changes)


def _counts_the_best(losses: list, patience: int) -> int:
    best, waited = 0, 0
    for epoch in range(len(losses)):
        if losses[epoch] < losses[best]:
            best, waited = epoch, 0
        waited += 1
        if waited == patience:
            break
    return best


def _found_again(losses: list, patience: int) -> int:
    """Look the best loss up among those seen, from behind."""
    best, waited, epoch = losses[0], 0, 0
    for epoch in range(1, len(losses)):
        best, waited = (losses[epoch], 0) if losses[epoch] < best else (best, waited + 1)
        if waited == patience:
            break
    return max(n for n in range(epoch + 1) if losses[n] == best)


@exercise(
    todo="return the epoch (counted from 0) of the best loss seen before `patience` epochs in a row were no better",
    cases=_stop_cases,
    hard={
        "a list of one loss, or a patience of 1": _short_cases,
        "losses that fall by less than 0.001": _small_steps_cases,
    },
    make=_stopping,
    mistakes=[
        (
            "this is the epoch at which you stop: what is kept is the network of the best epoch before it",
            any_of({"late": True}, {"late": True, "outlasted": lambda best, last: last}),
        ),
        (
            "this looks at all epochs, but training has ended by then: nobody knows what would have come",
            {"enough": lambda waited, patience: False},
        ),
        ("the count is never reset: a new best sets it back to 0, as only epochs in a row count", {"reset": False}),
        (
            "you stop one epoch too late: `patience` epochs without a new best are enough",
            {"enough": lambda waited, patience: waited > patience},
        ),
        (
            "you stop one epoch too early: count only the epochs after the best one, until there are "
            "`patience` of them",
            any_of(
                {"enough": lambda waited, patience: waited >= patience - 1},
                {"enough": lambda waited, patience: waited >= max(patience - 1, 1)},
                _counts_the_best,
            ),
        ),
        (
            "you stop at the first epoch that is no better: wait for `patience` of them in a row",
            {"enough": lambda waited, patience: waited >= 1},
        ),
        ("this is the best loss: its epoch is asked for", lambda losses, patience: losses[_stop(losses, patience)]),
        ("epochs are counted from 0 here: this is one too many", lambda losses, patience: _stop(losses, patience) + 1),
        (
            "an epoch that is better than the one before it is no new best: compare with the best so far",
            {"better": lambda now, best, before: now < before},
        ),
        (
            "each epoch is compared with the first loss: compare with the best so far, which moves",
            lambda losses, patience: _stop(losses, patience, better=lambda now, best, before: now < losses[0]),
        ),
        ("an equal loss is no better: keep the earlier epoch", {"better": lambda now, best, before: now <= best}),
        (
            "the best loss is looked up by its value, and the later of two equal ones is found: keep its epoch instead",
            _found_again,
        ),
        (
            "only a fall by more than a threshold counts here (min_delta): every new best counts, however small",
            any_of(
                *({"better": lambda now, best, before, step=step: now < best - step} for step in (0.01, 0.001, 1e-4))
            ),
        ),
        ("the largest loss is looked for: the best is the smallest", {"better": lambda now, best, before: now > best}),
        (
            "the best begins at 0, which no loss is below: begin with the first loss, or with np.inf",
            {"better": lambda now, best, before: False},
        ),
        (
            "if patience never runs out, the last epoch is returned: the best one is kept in that case, too",
            {"outlasted": lambda best, last: last},
        ),
        (
            "this goes back `patience` epochs from the end, even if patience never ran out: keep the best epoch itself",
            lambda losses, patience: max(0, _stop(losses, patience, late=True) - patience),
        ),
        ("the last epoch is never looked at: range(1, len(losses)) reaches it", {"end": -1}),
        (
            "this is the best of the first `patience` epochs: each new best starts the wait anew",
            any_of(
                lambda losses, patience: int(np.argmin(losses[: patience + 1])),
                lambda losses, patience: int(np.argmin(losses[:patience])),
            ),
        ),
    ],
)
def early_stop(losses: list, patience: int) -> int:
    """Return the epoch whose weights are kept."""
    return _stop(losses, patience)
