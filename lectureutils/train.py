"""Learning is a short loop: scores, loss, gradient, step, and again.

`Objective` and `_walk`, one below the other, are that loop for the linear classifier. `steps` cuts it into chunks, so
that whoever draws it can stop between two of them. `fit` runs it to the end and keeps the curve.
"""

import itertools
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike

from lectureutils import validate
from lectureutils.history import History, Params, Progress
from lectureutils.losses import Loss, Penalty, cross_entropy
from lectureutils.optim import Rule, gradient_norm, sgd

Array = np.ndarray
Batch = tuple[Array, Array]
Finite = TypeVar("Finite", float, Array)


def linear_scores(X: ArrayLike, W: ArrayLike, b: ArrayLike | None = None) -> Array:
    """Return the scores X @ W.T + b, shape (N, C), of the linear classifier.

    X is (N, D), W is (C, D), b is (C,) or None for no bias. Raises ValueError if they do not fit each other.
    Slide topic: linear classifier.
    """
    X, W, b = validate.linear(X, W, b)
    return X @ W.T + b


def linear_gradient(X: Array, dscores: Array) -> tuple[Array, Array]:
    """Carry dL/dscores (N, C) back to dW = dscores.T @ X (C, D) and db = sum_i dscores_i (C,).

    Each score is w . x + b, so example i adds dscores_i times x_i to dW, and dscores_i to db. Raises
    ValueError if X (N, D) and dscores differ in N. Slide topic: vectorized gradients.
    """
    X, dscores = validate.real(X, "X"), validate.real(dscores, "dscores")
    if X.ndim != 2 or dscores.ndim != 2 or len(X) != len(dscores):
        raise ValueError(
            f"X and dscores: got shapes {X.shape} and {dscores.shape}, expected (N, D) and (N, "
            "C). Both need one row per example."
        )
    return dscores.T @ X, dscores.sum(axis=0)


def accuracy(scores: ArrayLike, y: ArrayLike) -> float:
    """Return the share of examples whose highest score (N, C) is the one of their label (N,)."""
    scores, y = validate.scores_and_labels(scores, y)
    return float((scores.argmax(axis=1) == y).mean())


def minibatches(X: ArrayLike, y: ArrayLike, batch_size: int, seed: int | np.random.Generator) -> Iterator[Batch]:
    """Yield (X_batch, y_batch) once through all examples, in a new random order, each example once.

    X and y are shuffled together; the last batch may be smaller. Pass one Generator to all epochs to have
    each its own order; an int gives the same order every time. Raises ValueError if X and y differ in length.
    """
    X, y = validate.rows(X, "X"), validate.rows(y, "y")  # a table of pandas would look rows up by their names
    if len(X) != len(y):
        raise ValueError(
            f"y: got {len(y)} labels for {len(X)} examples, expected one for each row of X. "
            "Select the same rows from both."
        )
    batch_size = validate.count(batch_size, "batch_size")
    order = np.random.default_rng(seed).permutation(len(X))
    batches = (order[start : start + batch_size] for start in range(0, len(X), batch_size))
    return ((X[rows], y[rows]) for rows in batches)


# ---- the loop: scores, loss, gradient, step, and again


@dataclass(frozen=True)
class Objective:
    """What training minimises: loss(X @ W.T + b, y) + lam penalty(W)."""

    loss: Loss = cross_entropy
    penalty: Penalty | None = None
    lam: float = 0.0

    def __call__(self, X: Array, y: Array, W: Array, b: Array) -> tuple[float, Array, Params]:
        """Return the value, the scores (N, C) and the gradients (dW, db). Raises Diverged."""
        with np.errstate(over="ignore", invalid="ignore"):
            scores = _finite("a score", X @ W.T + b)
            value, dscores = _pair(self.loss, self.loss(scores, y), scores)
            dW, db = dscores.T @ X, dscores.sum(axis=0)
            if self.penalty is not None:
                R, dR = self.penalty(W)
                value, dW = value + self.lam * R, dW + self.lam * dR
        return float(_finite("the loss", value)), scores, (_finite("a gradient", dW), _finite("a gradient", db))

    def __post_init__(self) -> None:
        validate.callable_(self.loss, "loss", "cross_entropy")
        if self.penalty is not None:
            validate.callable_(self.penalty, "penalty", "l2_penalty")
        validate.at_least(self.lam, "lam")
        if self.lam and self.penalty is None:
            raise ValueError(
                f"lam: got {self.lam} without a penalty, expected both or none. Pass for example penalty=l2_penalty."
            )

    def penalty_share(self, W: Array) -> float:
        """Return lam penalty(W), the part of the value that the penalty makes; 0 without one."""
        return 0.0 if self.penalty is None else self.lam * float(self.penalty(W)[0])


def _walk(
    X: Array,
    y: Array,
    params: Params,
    objective: Objective,
    batches: Iterator[Batch],
    rule: Rule,
    learning_rate: float,
    chunk: int,
    per_epoch: int,
    total: int,
) -> Iterator[Progress]:
    state, last = None, _report(0, 0.0, X, y, params, objective)
    yield last
    for done, (X_batch, y_batch) in enumerate(batches, start=1):
        try:
            _, _, grads = objective(X_batch, y_batch, *params)
            with np.errstate(over="ignore", invalid="ignore"):
                (W, b), state = rule(params, grads, learning_rate, state)
            params = _finite("a weight", W), _finite("a weight", b)
            if done % chunk and done < total:
                continue
            last = _report(done, done / per_epoch, X, y, params, objective)
        except Diverged as reason:
            yield replace(
                last,
                stop=f"diverged at epoch {-(-done // per_epoch)}: {reason} with learning_rate "
                f"{learning_rate:g}; try a smaller one",
            )
            return
        yield last


class Diverged(ValueError):
    """Raised when a number of the training loop is no longer finite."""


def _finite(name: str, value: Finite) -> Finite:
    bad = ~np.isfinite(value)
    if np.any(bad):
        raise Diverged(f"{name} became {np.asarray(value)[bad].flat[0]}")
    return value


def _pair(loss: Loss, result: object, scores: Array) -> tuple[float, Array]:
    if not (isinstance(result, tuple) and len(result) == 2 and np.ndim(result[0]) == 0):
        raise ValueError(
            f"loss: got {type(result).__name__} from {loss}, expected the pair (loss, dscores). "
            f"Return the number and its gradient by the scores."
        )
    validate.same_shape(scores, result[1], "scores", "dscores")
    return result


def _report(updates: int, epoch: float, X: Array, y: Array, params: Params, objective: Objective) -> Progress:
    value, scores, grads = objective(X, y, *params)
    return Progress(
        updates,
        epoch,
        *params,
        loss=value,
        accuracy=accuracy(scores, y),
        penalty=objective.penalty_share(params[0]),
        gradient_norm=gradient_norm(grads),
    )


# ---- a run of it


def steps(
    X: ArrayLike,
    y: ArrayLike,
    *,
    loss: Loss = cross_entropy,
    penalty: Penalty | None = None,
    lam: float = 0.0,
    learning_rate: float = 0.1,
    batch_size: int = 32,
    epochs: int = 20,
    seed: int = 0,
    W: ArrayLike | None = None,
    b: ArrayLike | None = None,
    rule: Rule = sgd,
    chunk: int | None = None,
) -> Iterator[Progress]:
    """Train the linear classifier; yield a Progress at the start and after every `chunk` updates.

    Minimises loss(X @ W.T + b, y) + lam penalty(W). X is (N, D), y (N,). W starts at zeros of shape
    (y.max() + 1, D) unless given, b at zeros. A chunk is one epoch unless given; the last may be smaller.
    Arguments are checked here and not at the first chunk: ValueError says which one does not fit.
    Slide topic: mini-batch gradient descent.
    """
    X = validate.numbers(X, "X", "N D")
    W = np.zeros((_count_classes(y), X.shape[1])) if W is None else W
    X, W, b = validate.linear(X, W, b)
    y = validate.labels(y, len(W), len(X))
    batch_size, epochs = validate.count(batch_size, "batch_size"), validate.count(epochs, "epochs", 0)
    learning_rate = validate.at_least(learning_rate, "learning_rate")
    objective = Objective(loss, penalty, lam)
    validate.callable_(rule, "rule", "sgd")
    per_epoch = -(-len(X) // batch_size)
    chunk = per_epoch if chunk is None else validate.count(chunk, "chunk")
    batches = _epochs(X, y, batch_size, epochs, np.random.default_rng(seed))
    return _walk(
        X, y, (W.copy(), b.copy()), objective, batches, rule, learning_rate, chunk, per_epoch, total=per_epoch * epochs
    )


def fit(
    X: ArrayLike,
    y: ArrayLike,
    *,
    loss: Loss = cross_entropy,
    penalty: Penalty | None = None,
    lam: float = 0.0,
    learning_rate: float = 0.1,
    batch_size: int = 32,
    epochs: int = 20,
    seed: int = 0,
    W: ArrayLike | None = None,
    b: ArrayLike | None = None,
    rule: Rule = sgd,
    progress: bool = False,
    keep_weights: bool = False,
) -> History:
    """Train the linear classifier for `epochs` passes over the data and return its History.

    The arguments are those of `steps`, with one epoch per chunk; `progress` shows a bar, `keep_weights` keeps
    (W, b) of every epoch. Training ends early, and `History.stop` says why, when a number is no longer finite:
    that is an outcome to look at, no exception. Only a start that is not finite raises Diverged.
    """
    run = steps(
        X,
        y,
        loss=loss,
        penalty=penalty,
        lam=lam,
        learning_rate=learning_rate,
        batch_size=batch_size,
        epochs=epochs,
        seed=seed,
        W=W,
        b=b,
        rule=rule,
    )
    run = _with_bar(run, epochs) if progress else run
    seen, weights = [], []
    start = last = next(run)
    for last in itertools.chain([start], run):
        if last.stop is None:
            seen.append((last.loss, last.accuracy, last.penalty, last.gradient_norm))
            weights.append((last.W, last.b) if keep_weights else None)
    losses, accuracies, penalties, norms = map(list, zip(*seen, strict=True))
    stop = last.stop or _verdict(losses[0], last, Objective(loss, penalty, lam), X, y, learning_rate)
    return History(losses, accuracies, last.W, last.b, stop, penalties, norms, weights if keep_weights else [])


def _verdict(
    first: float, last: Progress, objective: Objective, X: ArrayLike, y: ArrayLike, learning_rate: float
) -> str:
    """Name a run whose loss is still finite, but far above the `first` one and above that of no weights at all."""
    if last.loss <= 10 * first:
        return "finished"
    nothing = objective(np.asarray(X), np.asarray(y), 0 * last.W, 0 * last.b)[0]
    if last.loss <= 10 * nothing:
        return "finished"
    return (
        f"finished, but diverging or jumping about: the loss grew from {first:.4g} to {last.loss:.4g} with "
        f"learning_rate {learning_rate:g}; try a smaller one"
    )


def _epochs(X: Array, y: Array, batch_size: int, epochs: int, rng: np.random.Generator) -> Iterator[Batch]:
    for _ in range(epochs):
        yield from minibatches(X, y, batch_size, rng)


def _count_classes(y: ArrayLike) -> int:
    return int(validate.labels(y).max()) + 1


def _with_bar(run: Iterator[Progress], epochs: int) -> Iterator[Progress]:
    with progress_bar(total=epochs, desc="epochs", unit="epoch") as bar:
        for now in run:
            bar.update(int(now.epoch) - bar.n)
            bar.set_postfix_str(f"loss {now.loss:.4g}, accuracy {now.accuracy:.1%}")
            yield now


def progress_bar(steps: Iterable | None = None, **options: Any) -> Any:
    """Show how far a loop over `steps` is, as `for epoch in progress_bar(range(20))`: a bar of tqdm.

    In the browser tqdm takes the notebook for a console, and Python has no thread that could look after its bars.
    """
    # only here: a bar nobody asked for should not cost an import
    if sys.platform == "emscripten":
        from tqdm.notebook import tqdm

        tqdm.monitor_interval = 0
    else:
        from tqdm.auto import tqdm

    return tqdm(steps, **options)
