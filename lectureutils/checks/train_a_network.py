"""The exercises of notebook 10: one whole training step, a diagnosis, scaling, dead neurons, when to stop.

Each stands as a reference solution under its cases (small and readable first, then random ones from a fixed
seed) and the wrong answers that come up in class.
"""

from collections.abc import Callable, Iterator

import numpy as np

from .engine import exercise

Array = np.ndarray


# --- one whole step -----------------------------------------------------------------------------------------
def _step_cases() -> Iterator[tuple]:
    yield (np.array([[1.0, 2], [0, -1]]), np.array([0.5, 1]), np.array([[1.0, -1], [0.5, 1]]), np.array([0.0, 1]),
           np.array([[1.0, 1], [2, -1]]), np.array([0, 1]), 0.1)
    rng = np.random.default_rng(101)
    for n, d, hidden, classes in [(3, 3, 4, 3), (5, 4, 6, 3), (8, 2, 5, 4)]:
        shapes = ((hidden, d), hidden, (classes, hidden), classes, (n, d))
        yield (*(rng.normal(size=shape) for shape in shapes), rng.integers(0, classes, n), float(rng.uniform(0.1, 1)))


def _step(error: Callable = lambda p, T: p - T, mean: bool = True, mask: Callable = lambda z, dH: z > 0,
          sign: float = -1.0, biases: bool = True, back: Callable = lambda U, new: U,
          axis: int = 1, rate: Callable = lambda r: r, bend: Callable = lambda z: np.maximum(z, 0)) -> Callable:
    """Make a variant of the training step that does one thing differently."""

    def variant(W, b, U, c, X, y, learning_rate):
        z = X @ W.T + b
        H = bend(z)
        scores = H @ U.T + c
        e = np.exp(scores - scores.max(axis=1, keepdims=True))
        p = e / e.sum(axis=axis, keepdims=True)
        dscores = error(p, np.eye(len(c))[y]) / (len(X) if mean else 1)
        move = sign * rate(learning_rate)
        new_U = U + move * dscores.T @ H
        dH = dscores @ back(U, new_U)
        dz = dH * mask(z, dH)
        new_c, new_b = c + move * dscores.sum(axis=0), b + move * dz.sum(axis=0)
        return W + move * dz.T @ X, new_b if biases else b, new_U, new_c if biases else c

    return variant


@exercise(
    todo="return the new (W, b, U, c) after one step of gradient descent on the batch X, y",
    cases=_step_cases,
    mistakes=[
        ("the step goes uphill: subtract learning_rate times the gradient, and take p - y for it, not y - p",
         _step(sign=1.0)),
        ("the 1/N of the mean is missing", _step(mean=False)),
        ("y is missing: the gradient by the scores is p - y, with y one-hot", _step(error=lambda p, T: p)),
        ("the ReLU is forgotten on the way back: where z was not above 0, nothing passes",
         _step(mask=lambda z, dH: 1.0)),
        ("the mask of the ReLU looks at dH: it is z that was above 0 or not", _step(mask=lambda z, dH: dH > 0)),
        ("the hidden layer was given U after its step: the gradient needs the U that made the scores",
         _step(back=lambda U, new: new)),
        ("the biases have not moved: db and dc are the sums over the batch", _step(biases=False)),
        ("the learning rate is ignored", _step(rate=lambda r: 1.0)),
        ("softmax runs over the examples: it belongs to each row, axis=1", _step(axis=0)),
        ("the hidden layer has no bend: H is max(0, z)", _step(bend=lambda z: z)),
        ("only the last layer learns: W and b have gradients, too",
         lambda W, b, U, c, X, y, learning_rate: (W, b, *_step()(W, b, U, c, X, y, learning_rate)[2:])),
        ("these are the gradients: subtract learning_rate times each from its parameter",
         lambda W, b, U, c, X, y, learning_rate: tuple(
             (old - new) / learning_rate for old, new in
             zip((W, b, U, c), _step()(W, b, U, c, X, y, learning_rate), strict=True))),
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
    for run, cause in answer.items():
        if cause not in CAUSES:
            raise ValueError(f"run {run}: the causes to choose from are {', '.join(CAUSES)}")
    return answer


@exercise(
    todo="give each run A to E its cause, as text",
    read=_read_causes,
    mistakes=[
        ("run A: the loss leaps above where it began. Shuffled labels or zeros would keep it calm",
         {"A": "labels shuffled"}),
        ("run A: dead neurons are how it ended, not why. Before that the loss leaped up and down: who does that?",
         {"A": "dead ReLUs"}),
        ("run B: look at the training set, it is learned to the last picture", {"B": "labels shuffled"}),
        ("run C: neurons that never answer can't be twins that slowly learn: the loss would stand still",
         {"C": "all zero", "D": "dead ReLUs"}),
        ("run D: all 64 neurons are alike. Dead neurons keep the different weights that they began with",
         {"D": "dead ReLUs"}),
        ("run E: the training loss does fall a little, so some neurons are alive", {"E": "dead ReLUs"}),
        *((f"run {run}: unscaled inputs make the first loss huge, in the hundreds. This one begins as low as others",
           {run: "unscaled inputs"}) for run in "ABCDE"),
        ("run E: overfitting needs a training set that is learned well. Here hardly anything is", {"E": "overfitting"}),
    ],
    because="five patients, five causes: keep the table at hand",
)
def diagnosis() -> dict:
    """Return the cause of each run."""
    return dict(zip("ABCDE", ("rate too large", "overfitting", "dead ReLUs", "all zero", "labels shuffled"),
                    strict=True))


# --- scaling ------------------------------------------------------------------------------------------------
def _scale_cases() -> Iterator[tuple]:
    yield np.array([[1.0, 5], [3, 5]]), np.array([[2.0, 5], [4, 6]])
    rng = np.random.default_rng(102)
    for n, m, d in [(6, 4, 3), (9, 5, 4)]:
        size, place = 10.0 ** rng.integers(-1, 3, d), rng.normal(size=d)
        train, test = (size * (rng.normal(size=(k, d)) + place) for k in (n, m))
        train[:, 0] = 2.0  # a pixel that never changes
        yield train, test


def _spread(X: Array, axis: int | None = 0) -> Array:
    std = X.std(axis=axis)
    return np.where(std > 0, std, 1)


@exercise(
    todo="return (train, test), both minus mean and over deviation of train, by column; a deviation of 0 becomes 1",
    cases=_scale_cases,
    mistakes=[
        ("test was scaled with its own mean and standard deviation: use those of train, as for any new picture",
         lambda train, test: ((train - train.mean(0)) / _spread(train), (test - test.mean(0)) / _spread(test))),
        ("mean and standard deviation come from train and test together: the test set is not to be seen in training",
         lambda train, test: tuple((X - (both := np.vstack([train, test])).mean(0)) / _spread(both)
                                   for X in (train, test))),
        ("this divides by the variance: the standard deviation is its root",
         lambda train, test: tuple((X - train.mean(0)) / _spread(train) ** 2 for X in (train, test))),
        ("one mean and one standard deviation for the whole array: each column has its own, axis=0",
         lambda train, test: tuple((X - train.mean()) / _spread(train, None) for X in (train, test))),
        ("the mean is not subtracted", lambda train, test: tuple(X / _spread(train) for X in (train, test))),
        ("the columns are only centred: divide by the standard deviation",
         lambda train, test: (train - train.mean(0), test - train.mean(0))),
        ("only train was scaled: the network would see test in other units",
         lambda train, test: ((train - train.mean(0)) / _spread(train), test)),
    ],
)
def scaled_alike(train: Array, test: Array) -> tuple[Array, Array]:
    """Return ((train - mean) / std, (test - mean) / std) with mean and std of train."""
    return tuple((X - train.mean(0)) / _spread(train) for X in (train, test))


# --- dead neurons -------------------------------------------------------------------------------------------
def _dead_cases() -> Iterator[tuple]:
    yield (np.array([[1.0, 0, 0, 2], [0, 0, 3, 1]]),)
    rng = np.random.default_rng(103)
    for n, k, gone in [(6, 5, 2), (8, 6, 3), (7, 4, 0)]:
        H = np.maximum(rng.normal(size=(n, k)), 0)
        H[0], H[:, :gone], H[1] = 1.0, 0.0, 0.0  # one example wakes all that live, one wakes none
        H[0, :gone] = 0.0
        yield (H,)


@exercise(
    todo="return the share of the neurons (columns of H) that answer 0 to every example (row)",
    cases=_dead_cases,
    mistakes=[
        ("this is the share of zeros in H: a ReLU may be silent for some examples and alive all the same",
         lambda H: (H == 0).mean()),
        ("these are neurons that are silent for at least one example: dead ones are silent for all",
         lambda H: (H == 0).any(axis=0).mean()),
        ("this counts examples: neurons are the columns, axis=0", lambda H: (H == 0).all(axis=1).mean()),
        ("this is their number: divide by how many neurons there are", lambda H: (H == 0).all(axis=0).sum()),
        ("this is the share of the living: take 1 minus it", lambda H: (H > 0).any(axis=0).mean()),
    ],
)
def dead_share(H: Array) -> float:
    """Return the share of columns of H (N, K) that are 0 in every row."""
    return (H == 0).all(axis=0).mean()


# --- when to stop -------------------------------------------------------------------------------------------
def _stop_cases() -> Iterator[tuple]:
    yield [0.9, 0.5, 0.6, 0.7], 2
    yield [1.0, 0.6, 0.7, 0.65, 0.5, 0.8, 0.9, 0.95, 0.3], 3
    yield [1.0, 0.8, 0.6, 0.5], 2
    yield [0.9, 0.4, 0.5, 0.6, 0.3, 0.5, 0.5, 0.5, 0.1], 2
    yield [0.7, 0.6, 0.6, 0.65, 0.9, 0.4], 3
    yield [0.5, 0.9, 0.8, 0.7, 0.75, 0.9, 0.95], 3


def _stop(losses: list, patience: int, late: bool = False, since_last: bool = False, ties: bool = False) -> int:
    best, waited = 0, 0
    for epoch in range(1, len(losses)):
        better = losses[epoch] < losses[epoch - 1 if since_last else best] or ties and losses[epoch] == losses[best]
        best, waited = (epoch, 0) if better else (best, waited + 1)
        if waited == patience:
            return epoch if late else best
    return epoch if late else best


@exercise(
    todo="return the epoch (counted from 0) of the best loss seen before `patience` epochs in a row were no better",
    cases=_stop_cases,
    mistakes=[
        ("this is the epoch at which you stop: what is kept is the network of the best epoch before it",
         lambda losses, patience: _stop(losses, patience, late=True)),
        ("this looks at all epochs, but training has ended by then: nobody knows what would have come",
         lambda losses, patience: int(np.argmin(losses))),
        ("you stop one epoch too late: `patience` epochs without a new best are enough",
         lambda losses, patience: _stop(losses, patience + 1)),
        ("you stop at the first epoch that is no better: wait for `patience` of them in a row",
         lambda losses, patience: _stop(losses, 1)),
        ("this is the best loss: its epoch is asked for",
         lambda losses, patience: losses[_stop(losses, patience)]),
        ("an epoch that is better than the one before it is no new best: compare with the best so far",
         lambda losses, patience: _stop(losses, patience, since_last=True)),
        ("an equal loss is no better: keep the earlier epoch",
         lambda losses, patience: _stop(losses, patience, ties=True)),
    ],
)
def early_stop(losses: list, patience: int) -> int:
    """Return the epoch whose weights are kept."""
    return _stop(losses, patience)
