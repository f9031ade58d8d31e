"""Optimization looks for the W with the smallest loss: by luck, by a formula, or step by step downhill.

`random_search` only draws and keeps the best. `least_squares` solves the squared loss at once. All others are
update rules: they say how far to move the parameters, given their gradients.

A rule is a plain function (params, grads, learning_rate, state) -> (params, state). It changes nothing in
place: the old parameters stay valid, so a player can rewind and a history can keep them. What a rule
remembers between steps (a velocity, a running mean) goes in and comes out as `state`, None at the start; a
loop that passes it on runs any rule.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from lectureutils import validate

Array = np.ndarray
Params = tuple[Array, ...]
Rule = Callable[..., tuple[Params, Any]]
AFRESH = "Start afresh with state=None."


# ---- by luck


@dataclass(frozen=True, eq=False)
class Search:
    """What `random_search` found: the best W, its loss, and the losses of all draws in their order, (draws,)."""

    W: Array
    loss: float
    losses: Array

    @property
    def best_so_far(self) -> Array:
        """The smallest loss after each draw, (draws,): it never rises."""
        return np.fmin.accumulate(self.losses)


def random_search(
    f: Callable[[Array], float],
    shape: int | Sequence[int],
    draws: int = 1000,
    *,
    scale: float = 1.0,
    seed: int | np.random.Generator = 0,
) -> Search:
    """Draw W of `shape` from a normal distribution `draws` times and keep the one with the smallest f(W).

    `scale` is the standard deviation of every entry. Pass a Generator as `seed` to go on where the last
    search ended. A draw whose f is NaN is never the best. Raises ValueError if f returns no single number or
    is NaN everywhere. Slide topic: random search.
    """
    scale, rng = validate.at_least(scale, "scale", above=True), np.random.default_rng(seed)
    losses = np.empty(validate.count(draws, "draws"))
    best, best_loss = None, np.inf
    for i in range(len(losses)):
        W = scale * rng.standard_normal(shape)
        losses[i] = validate.one_number(f(W), "f")
        if best is None and not np.isnan(losses[i]) or losses[i] < best_loss:
            best, best_loss = W, losses[i]
    if best is None:
        raise ValueError(
            f"f: got NaN for all {len(losses)} draws, expected a number for at least one. Check f "
            f"at one W by hand, or lower scale (now {scale:g})."
        )
    return Search(best, float(best_loss), losses)


# ---- by a formula


@dataclass(frozen=True, eq=False)
class LeastSquares:
    """What `least_squares` found: W (C, D), b (C,), and whether it is the only answer.

    `rank` of `columns` directions of X, bias included, are pinned down by the data or by the ridge.
    """

    W: Array
    b: Array
    rank: int
    columns: int

    @property
    def unique(self) -> bool:
        """Whether there is only one minimum; if not, W and b are the smallest of all the equally good ones."""
        return self.rank == self.columns

    @property
    def verdict(self) -> str:
        """One sentence about the case, for a figure's text line."""
        if self.unique:
            return f"One minimum: all {self.columns} columns of X are independent."
        return (
            f"Infinitely many minima: X has rank {self.rank} and {self.columns} columns, so X^T X is singular "
            f"and has no inverse. This is the minimum with the smallest weights; ridge or more data would "
            f"single one out."
        )


def least_squares(X: ArrayLike, Y: ArrayLike, *, lam: float = 0.0, bias: bool = True) -> LeastSquares:
    """Return argmin over W, b of 1/N sum_i ||W x_i + b - Y_i||^2 + lam sum W^2, without any descent.

    X is (N, D), Y (N, C) holds targets, for classes one-hot rows. The bias is a column of ones added to X;
    the ridge `lam` leaves it out. With the examples in rows the normal equation is
    (X^T X + N lam I) W^T = X^T Y. It is solved as a least-squares problem, which also answers when X^T X has
    no inverse: then W and b are the shortest of all minima, and `verdict` says so. The time grows with
    the cube of D: meant for up to about a thousand. Raises ValueError for arrays that do not fit.
    Slide topic: analytic solution.
    """
    X, Y = validate.numbers(X, "X", "N D").astype(float), _targets(Y).astype(float)
    if len(X) != len(Y):
        raise ValueError(
            f"X and Y: got {len(X)} and {len(Y)} rows, expected one row of targets for each example. "
            f"Select the same rows from both."
        )
    N, D = X.shape
    A = np.column_stack([X, np.ones(N)]) if bias else X
    # lam sum W^2 is the squared error of D more examples sqrt(N lam) e_k with target 0 (and no bias).
    ridge = np.sqrt(N * validate.at_least(lam, "lam")) * np.eye(D, A.shape[1])
    A, Y = (np.vstack([A, ridge]), np.vstack([Y, np.zeros((D, Y.shape[1]))])) if lam else (A, Y)
    solution, _, rank, _ = np.linalg.lstsq(A, Y, rcond=None)
    W, b = solution[:D].T, solution[D] if bias else np.zeros(Y.shape[1])
    return LeastSquares(W, b, int(rank), A.shape[1])


def _targets(Y: ArrayLike) -> Array:
    if np.ndim(Y) == 1:
        raise ValueError(
            f"Y: got shape {np.shape(Y)}, expected one row of targets for each example, (N, C). From "
            f"class labels: one_hot(y, n_classes). For a single output: Y[:, None]."
        )
    return validate.numbers(Y, "Y", "N C")


# ---- step by step: the update rules


def sgd(
    params: Sequence[Array], grads: Sequence[Array], learning_rate: float, state: None = None
) -> tuple[Params, None]:
    """Step against the gradient: p - learning_rate * dp for each p of `params`, here usually (W, b).

    Returns the new parameters and the state, which is None since the rule remembers nothing. It is called
    stochastic when the gradients come from a mini-batch; the rule is the same. Raises ValueError if a
    gradient has another shape than its parameter or learning_rate is negative. Slide topic: (stochastic)
    gradient descent.
    """
    params, grads, rate = _checked(params, grads, learning_rate)
    return tuple(p - rate * dp for p, dp in zip(params, grads, strict=True)), state


def momentum(
    params: Sequence[Array],
    grads: Sequence[Array],
    learning_rate: float,
    state: Params | None = None,
    *,
    mu: float = 0.9,
) -> tuple[Params, Params]:
    """Roll like a ball with friction: velocity = mu velocity + dp, then p - learning_rate * velocity.

    `mu` is what friction leaves of the velocity in each step; with mu = 0 this is `sgd`, and under a constant
    gradient the step grows to 1 / (1 - mu) times that of sgd. The state is the velocities, one for each parameter.
    Raises ValueError like `sgd`, and if mu is not in 0 ... 1. Slide topic: gradient descent; Polyak 1964.
    """
    (params, grads, rate), mu = _checked(params, grads, learning_rate), _share(mu, "mu")
    velocities = tuple(mu * v + dp for v, dp in zip(_memory(state, params), grads, strict=True))
    return tuple(p - rate * v for p, v in zip(params, velocities, strict=True)), velocities


def adagrad(
    params: Sequence[Array],
    grads: Sequence[Array],
    learning_rate: float,
    state: Params | None = None,
    *,
    eps: float = 1e-10,
) -> tuple[Params, Params]:
    """Give every entry its own rate: v = v + dp^2, then p - learning_rate * dp / (sqrt(v) + eps).

    Entries with large gradients so far step less, rare ones more. v only grows, so the steps shrink for ever.
    The state is v, one array for each parameter. Raises ValueError like `sgd`. Slide topic: adaptive learning rate;
    Duchi, Hazan and Singer 2011.
    """
    (params, grads, rate), eps = _checked(params, grads, learning_rate), _number(eps, "eps", above=True)
    v = tuple(v + dp**2 for v, dp in zip(_memory(state, params), grads, strict=True))
    return _scaled_step(params, rate, grads, v, eps), v


def rmsprop(
    params: Sequence[Array],
    grads: Sequence[Array],
    learning_rate: float,
    state: Params | None = None,
    *,
    rho: float = 0.9,
    eps: float = 1e-8,
) -> tuple[Params, Params]:
    """Let AdaGrad forget: v = rho v + (1 - rho) dp^2, then p - learning_rate * dp / (sqrt(v) + eps).

    v is a running mean over about 1 / (1 - rho) steps instead of a sum, so the steps no longer die out. It starts
    at 0 and is too small at first: the first step is 1 / sqrt(1 - rho) times too long. The state is v. Raises
    ValueError like `sgd`, and if rho is not in 0 ... 1. Slide topic: adaptive learning rate; Hinton's lecture 6e,
    2012 (rho = 0.9; PyTorch calls it alpha, 0.99 unless given).
    """
    (params, grads, rate), rho = _checked(params, grads, learning_rate), _share(rho, "rho")
    eps = _number(eps, "eps", above=True)
    v = tuple(rho * v + (1 - rho) * dp**2 for v, dp in zip(_memory(state, params), grads, strict=True))
    return _scaled_step(params, rate, grads, v, eps), v


class AdamState(NamedTuple):
    """What Adam remembers: the number of steps t, and the running means m of dp and v of dp^2."""

    t: int
    m: Params
    v: Params


def adam(
    params: Sequence[Array],
    grads: Sequence[Array],
    learning_rate: float,
    state: AdamState | None = None,
    *,
    beta1: float = 0.9,
    beta2: float = 0.999,
    eps: float = 1e-8,
) -> tuple[Params, AdamState]:
    """Add momentum to RMSProp, and mend its start: p - learning_rate * m_hat / (sqrt(v_hat) + eps).

    t = t + 1, m = beta1 m + (1 - beta1) dp, v = beta2 v + (1 - beta2) dp^2. Both start at 0 and are too small by the
    factors 1 - beta1^t and 1 - beta2^t; the bias correction divides by them: m_hat, v_hat. Raises ValueError like
    `sgd`, and if a beta is not in 0 ... 1. Slide topic: Adam; Kingma and Ba 2015, algorithm 1.
    """
    (params, grads, rate), eps = _checked(params, grads, learning_rate), _number(eps, "eps", above=True)
    beta1, beta2 = _share(beta1, "beta1"), _share(beta2, "beta2")
    if not isinstance(state, AdamState | None):
        raise ValueError(f"state: got a {type(state).__name__}, expected the AdamState of the step before. {AFRESH}")
    t, m, v = state or (0, None, None)
    t, m, v = t + 1, _memory(m, params), _memory(v, params)
    m = tuple(beta1 * m + (1 - beta1) * dp for m, dp in zip(m, grads, strict=True))
    v = tuple(beta2 * v + (1 - beta2) * dp**2 for v, dp in zip(v, grads, strict=True))
    m_hat = tuple(m / (1 - beta1**t) for m in m)
    v_hat = tuple(v / (1 - beta2**t) for v in v)
    return _scaled_step(params, rate, m_hat, v_hat, eps), AdamState(t, m, v)


RULES: dict[str, Rule] = {"SGD": sgd, "momentum": momentum, "AdaGrad": adagrad, "RMSProp": rmsprop, "Adam": adam}


# ---- what can be put around a rule


def gradient_norm(grads: Sequence[Array]) -> float:
    """Return the length of all gradients taken as one vector, sqrt(sum of all squares), without overflow."""
    grads = [validate.real(dp, f"grads[{i}]") for i, dp in enumerate(grads)]
    largest = max((float(np.abs(dp).max()) for dp in grads if np.size(dp)), default=0.0)
    if largest == 0 or not np.isfinite(largest):
        return largest
    return largest * float(np.sqrt(sum(float(((dp / largest) ** 2).sum()) for dp in grads)))


def clip(grads: Sequence[Array], max_norm: float) -> Params:
    """Shorten the gradients to the length `max_norm` if they are longer, all by the same factor.

    The direction stays. Raises ValueError if max_norm is not above 0 or a gradient is not finite: no factor mends
    that. Slide topic: exploding gradient; Pascanu, Mikolov and Bengio 2013.
    """
    grads, max_norm = _sequence(grads, "grads"), validate.at_least(max_norm, "max_norm", above=True)
    norm = gradient_norm(grads)
    if not np.isfinite(norm):
        raise ValueError(
            f"grads: got a gradient of length {norm}, expected a finite one. Clipping can only shorten "
            f"what is still a number: clip from the first step on, or lower the learning rate."
        )
    return tuple(dp * (max_norm / norm) if norm > max_norm else dp for dp in grads)


def clipped(rule: Rule, max_norm: float) -> Rule:
    """Return the rule that clips the gradients to `max_norm` and then does what `rule` does."""
    validate.callable_(rule, "rule", "sgd")
    max_norm = validate.at_least(max_norm, "max_norm", above=True)

    def clipped_rule(params, grads, learning_rate, state=None):
        return rule(params, clip(grads, max_norm), learning_rate, state)

    return clipped_rule


def decay(learning_rate: float, t: int, tau: float) -> float:
    """Return learning_rate / (1 + t / tau) for step t = 0, 1, ...: half the rate after tau steps, a third after 2 tau.

    The rates add up to infinity, so every place can be reached, while their squares do not, so the noise dies out
    (Robbins and Monro 1951). Slide topic: adaptive learning rate.
    """
    rate, tau = validate.at_least(learning_rate, "learning_rate"), validate.at_least(tau, "tau", above=True)
    return rate / (1 + validate.count(t, "t", 0) / tau)


def decaying(rule: Rule, tau: float) -> Rule:
    """Return the rule that does what `rule` does, with the learning rate of `decay`; its state counts the steps."""
    validate.callable_(rule, "rule", "sgd")
    tau = validate.at_least(tau, "tau", above=True)

    def decaying_rule(params, grads, learning_rate, state=None):
        t, inner = state or (0, None)
        params, inner = rule(params, grads, decay(learning_rate, t, tau), inner)
        return params, (t + 1, inner)

    return decaying_rule


# ---- shared by the rules


def _scaled_step(
    params: Sequence[Array], rate: float, steps: Sequence[Array], v: Sequence[Array], eps: float
) -> Params:
    return tuple(p - rate * s / (np.sqrt(v) + eps) for p, s, v in zip(params, steps, v, strict=True))


def _number(value: float, name: str, above: bool = False) -> float:
    if type(value) is float and 0 < value < np.inf:  # most often; a rule is called many thousand times
        return value
    return validate.at_least(value, name, above=above)


def _share(value: float, name: str) -> float:
    share = _number(value, name)
    if share >= 1:
        raise ValueError(
            f"{name}: got {value}, expected at least 0 and less than 1. It is the share of the past that "
            f"is kept; with 1 nothing new comes in or nothing old is ever forgotten."
        )
    return share


def _checked(params: Sequence[ArrayLike], grads: Sequence[ArrayLike], learning_rate: float) -> tuple:
    """Return params and grads as lists of arrays that fit each other, and the learning rate."""
    rate = _number(learning_rate, "learning_rate")
    params, grads = _sequence(params, "params"), _sequence(grads, "grads")
    if len(params) != len(grads):
        raise ValueError(
            f"grads: got {len(grads)} for {len(params)} params, expected one gradient for each, in the same order."
        )
    for i, (p, dp) in enumerate(zip(params, grads, strict=True)):
        validate.same_shape(p, dp, f"params[{i}]", f"grads[{i}]")
    return params, grads, rate


def _sequence(arrays: Sequence[ArrayLike], name: str) -> list[Array]:
    if isinstance(arrays, np.ndarray):
        raise ValueError(
            "params and grads: got a bare array, expected a sequence of arrays. "
            "For W alone write sgd([W], [dW], learning_rate)."
        )
    return [validate.real(array, f"{name}[{i}]") for i, array in enumerate(arrays)]


def _memory(state: Params | None, params: Sequence[Array]) -> Params:
    """Return what a rule remembers of each parameter, zeros at the start."""
    if state is None:
        return tuple(np.zeros_like(p) for p in params)
    if not isinstance(state, tuple) or [np.shape(s) for s in state] != [p.shape for p in params]:
        raise ValueError(
            f"state: got what another rule, or one for other parameters, has remembered; expected one "
            f"array of the shape of each parameter. {AFRESH}"
        )
    return state
