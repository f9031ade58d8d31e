"""The exercises of notebook 06: restarts, gradient clipping, divergence, a decaying rate, the parts of an error."""

import math
from collections.abc import Callable, Iterator

import numpy as np

from .engine import exercise

Array = np.ndarray


# --- how many starts --------------------------------------------------------------------------------------
def _restart_cases() -> Iterator[tuple]:
    yield 0.5, 0.9
    yield 0.29, 0.95
    yield 0.1, 0.99
    yield 0.75, 0.6
    yield 0.02, 0.3


@exercise(
    todo="return the smallest number of starts of which at least one hits with the probability wanted",
    cases=_restart_cases,
    mistakes=[
        ("1 / share is how long you wait on average: it does not look at the probability wanted",
         lambda share, wanted: math.ceil(1 / share)),
        ("chances don't add up: n starts do not hit with n * share, but with 1 - (1 - share)**n",
         lambda share, wanted: math.ceil(wanted / share)),
        ("this is rounded down, so the probability is not quite reached: round up",
         lambda share, wanted: math.floor(math.log(1 - wanted) / math.log(1 - share))),
        ("rounded to the nearest is sometimes one too few: round up",
         lambda share, wanted: round(math.log(1 - wanted) / math.log(1 - share))),
        ("starts are whole: round up with np.ceil", lambda share, wanted: math.log(1 - wanted) / math.log(1 - share)),
        ("all n miss with (1 - share)**n, and that may happen with 1 - wanted: this takes the log of wanted itself",
         lambda share, wanted: math.ceil(math.log(wanted) / math.log(1 - share))),
        ("share**n is the chance that all n hit: what must become small is that all miss, (1 - share)**n",
         lambda share, wanted: math.ceil(math.log(1 - wanted) / math.log(share))),
        ("the ratio is upside down: log(1 - wanted) / log(1 - share)",
         lambda share, wanted: math.ceil(math.log(1 - share) / math.log(1 - wanted))),
    ],
)
def restarts_needed(share: float, wanted: float) -> int:
    """Return the smallest n with 1 - (1 - share)**n >= wanted."""
    return math.ceil(math.log(1 - wanted) / math.log(1 - share))


# --- gradient clipping ------------------------------------------------------------------------------------
def _clip_cases() -> Iterator[tuple]:
    yield np.array([[3.0, 4.0]]), 2.0
    yield np.array([[3.0, 4.0]]), 10.0
    yield np.zeros((2, 2)), 1.0
    rng = np.random.default_rng(61)
    yield rng.normal(size=(3, 4)), 1.5
    yield rng.normal(size=(2, 3)) * 100, 3.0
    yield rng.normal(size=(3, 2)) * 0.1, 0.9


def _length(dW: Array) -> float:
    return float(np.sqrt(np.sum(dW**2)))


def _when(long: Callable, length: Callable = _length, short: Callable = lambda dW, limit, n: dW) -> Callable:
    """Make a variant: `long` of (dW, max_norm, length) if the length is above max_norm, else `short`."""
    def clip(dW: Array, limit: float) -> Array:
        n = length(dW)
        return long(dW, limit, n) if n > limit else short(dW, limit, n)
    return clip


def _shortened(dW: Array, limit: float, n: float) -> Array:
    return dW * np.float64(limit) / n


@exercise(
    todo="shorten dW to the length max_norm if it is longer, and leave it alone if it is not",
    cases=_clip_cases,
    mistakes=[
        ("each entry is clipped by itself: that turns the gradient; multiply all of it by one factor",
         lambda dW, limit: np.clip(dW, -limit, limit)),
        ("it is always brought to max_norm, so short gradients are made longer: only if the norm is above max_norm",
         lambda dW, limit: dW * limit / np.float64(_length(dW))),
        ("the result has length 1: multiply by max_norm as well", _when(lambda dW, limit, n: dW / n)),
        ("every gradient is brought to length 1: only long ones are shortened, and to max_norm",
         lambda dW, limit: dW / np.float64(_length(dW))),
        ("it is divided by max_norm: the factor is max_norm / norm", _when(lambda dW, limit, n: dW / limit)),
        ("it is multiplied by max_norm only: the factor is max_norm / norm", _when(lambda dW, limit, n: dW * limit)),
        ("the factor is upside down, so long gradients get longer: max_norm / norm",
         _when(lambda dW, limit, n: dW * n / limit)),
        ("the comparison is turned round: long gradients are shortened, short ones stay",
         _when(lambda dW, limit, n: dW, short=lambda dW, limit, n: _shortened(dW, limit, np.float64(n)))),
        ("the root is missing: the norm is the square root of the sum of squares",
         _when(_shortened, lambda dW: float(np.sum(dW**2)))),
        ("this is the sum of sizes: the norm is the square root of the sum of squares",
         _when(_shortened, lambda dW: float(np.abs(dW).sum()))),
        ("the largest entry is no length: the norm is the square root of the sum of squares",
         _when(_shortened, lambda dW: float(np.abs(dW).max()))),
        ("each row is clipped by itself: take one norm of the whole matrix",
         lambda dW, limit: np.array([_when(_shortened)(row, limit) for row in dW])),
        ("long gradients are thrown away: they are shortened and keep their direction",
         _when(lambda dW, limit, n: 0 * dW)),
        ("this is the clipped length, a number: return the gradient", lambda dW, limit: min(_length(dW), limit)),
        ("nothing is clipped: return the shortened gradient", lambda dW, limit: dW),
    ],
)
def clip_gradient(dW: Array, max_norm: float) -> Array:
    """Return dW (C, D), times max_norm / norm(dW) if its norm is above max_norm."""
    return _when(_shortened)(dW, max_norm)


# --- noticing that it diverges ----------------------------------------------------------------------------
def _loss_cases() -> Iterator[tuple]:
    nan, inf = np.nan, np.inf
    yield np.array([2.0, nan, 1.0]), 10.0
    yield np.array([2.0, 1.0, 0.5]), 10.0
    yield np.array([3.0, 8.0, 30.0, 400.0]), 20.0
    yield np.array([3.0, 5.0, 8.0, inf, nan, nan]), 20.0
    yield np.array([50.0, 2.0, 1.0, 80.0]), 20.0
    yield np.array([4.0, 3.0, 30.0, 2.0, 1.0]), 20.0


def _bad(losses: Array, limit: float) -> Array:
    return ~(losses <= limit)  # NaN compares as False with everything


def _first(found: Array, none: int = -1) -> int:
    return int(np.argmax(found)) if found.any() else none


@exercise(
    todo="return the number of the first loss that is not finite or above the limit, -1 if there is none",
    cases=_loss_cases,
    mistakes=[
        ("NaN slips through: losses > limit is False for NaN, ask np.isfinite as well",
         lambda losses, limit: _first(losses > limit)),
        ("when all is well this says 0: argmax of only False is 0, so ask any() first",
         lambda losses, limit: int(np.argmax(_bad(losses, limit)))),
        ("NaN slips through, and argmax of only False is 0: ask np.isfinite and any()",
         lambda losses, limit: int(np.argmax(losses > limit))),
        ("when all is well this gives the number of losses: return -1",
         lambda losses, limit: _first(_bad(losses, limit), len(losses))),
        ("only NaN and inf are found: a loss above the limit counts, too",
         lambda losses, limit: _first(~np.isfinite(losses))),
        ("this is the last bad one: return the first",
         lambda losses, limit: int(np.flatnonzero(_bad(losses, limit))[-1]) if _bad(losses, limit).any() else -1),
        ("this is how many are bad: return the number of the first",
         lambda losses, limit: int(_bad(losses, limit).sum())),
        ("you count from 1: the first loss has the number 0",
         lambda losses, limit: _first(_bad(losses, limit)) + 1 if _bad(losses, limit).any() else -1),
        ("this is the last good one: return the first bad one",
         lambda losses, limit: _first(_bad(losses, limit)) - 1 if _bad(losses, limit).any() else -1),
        ("this says whether, not when: return the number of the first bad loss",
         lambda losses, limit: bool(_bad(losses, limit).any())),
        ("this is the first loss that rose: a loss may rise now and then, compare with the limit",
         lambda losses, limit: _first(np.concatenate([[False], np.diff(losses) > 0]))),
    ],
)
def first_bad_step(losses: Array, limit: float) -> int:
    """Return the index of the first of losses (T,) that is NaN, inf or above limit; -1 if there is none."""
    return _first(_bad(losses, limit))


# --- a rate that decays -----------------------------------------------------------------------------------
def _decay_cases() -> Iterator[tuple]:
    yield 0.5, 0, 10.0
    yield 0.5, 10, 10.0
    yield 0.2, 7, 4.0
    yield 3.0, 100, 30.0


@exercise(
    todo="return the rate of step t = 0, 1, 2 ...: half the first rate after tau steps, a third after 2 tau",
    cases=_decay_cases,
    mistakes=[
        ("tau is ignored: it says after how many steps the rate is halved", lambda rate, t, tau: rate / (1 + t)),
        ("the 1 is missing, so the first step divides by 0: 1 + t / tau",
         lambda rate, t, tau: np.float64(rate) / (t / tau)),
        ("brackets are missing: divide by all of (1 + t / tau)", lambda rate, t, tau: rate / 1 + t / tau),
        ("the rate grows: divide by 1 + t / tau", lambda rate, t, tau: rate * (1 + t / tau)),
        ("t is multiplied by tau: the larger tau, the slower the decay, so t / tau",
         lambda rate, t, tau: rate / (1 + t * tau)),
        ("tau / t is upside down: t / tau", lambda rate, t, tau: rate / (1 + tau / np.float64(t))),
        ("it falls in a straight line and below zero: divide by 1 + t / tau",
         lambda rate, t, tau: rate * (1 - t / tau)),
        ("this is the exponential decay: it dies out faster than what is asked for, 1 / (1 + t / tau)",
         lambda rate, t, tau: rate * math.exp(-t / tau)),
        ("this halves it every tau steps: asked for is a half after tau, a third after 2 tau",
         lambda rate, t, tau: rate * 0.5 ** (t / tau)),
        ("t // tau changes in jumps: divide with /", lambda rate, t, tau: rate / (1 + t // tau)),
        ("a root is too much: divide by 1 + t / tau itself", lambda rate, t, tau: rate / math.sqrt(1 + t / tau)),
        ("the first rate is missing: learning_rate / (1 + t / tau)", lambda rate, t, tau: 1 / (1 + t / tau)),
        ("nothing decays", lambda rate, t, tau: rate),
    ],
)
def decayed_rate(learning_rate: float, t: int, tau: float) -> float:
    """Return learning_rate / (1 + t / tau)."""
    return learning_rate / (1 + t / tau)


# --- the parts of an error --------------------------------------------------------------------------------
def _error_cases() -> Iterator[tuple]:
    yield 0.1, 0.15, 0.4, 0.5
    yield 0.02, 0.05, 1.3, 0.9
    yield 0.3, 0.3, 0.35, 2.0


@exercise(
    todo="return the four parts (model, loss, data, optimizer), which add up to the last error",
    cases=_error_cases,
    mistakes=[
        ("these are the errors themselves: a part is what its step adds to the error before it",
         lambda model, loss, data, end: (model, loss, data, end)),
        ("every part is taken from the first error: subtract the error just before",
         lambda model, loss, data, end: (model, loss - model, data - model, end - model)),
        ("the signs are turned round: a part is positive when the error has grown",
         lambda model, loss, data, end: (model, model - loss, loss - data, data - end)),
        ("the order is turned round: the model's part comes first",
         lambda model, loss, data, end: (end - data, data - loss, loss - model, model)),
        ("a part may be negative: then this fault has made good for an earlier one, so no abs()",
         lambda model, loss, data, end: (model, abs(loss - model), abs(data - loss), abs(end - data))),
        ("a part may be negative: then this fault has made good for an earlier one, so no max(0, ...)",
         lambda model, loss, data, end: (model, max(0, loss - model), max(0, data - loss), max(0, end - data))),
        ("these are shares of the total: the parts themselves are asked for",
         lambda model, loss, data, end: tuple(part / end for part in (model, loss - model, data - loss, end - data))),
        ("the model's part is missing: it is the error of the best possible f, all that is there before anything else",
         lambda model, loss, data, end: (0.0, loss - model, data - loss, end - data)),
        ("this compares with the next error: a part is its own error minus the one before",
         lambda model, loss, data, end: (loss - model, data - loss, end - data, end)),
    ],
)
def error_parts(model: float, loss: float, data: float, end: float) -> tuple[float, float, float, float]:
    """Return (model, loss - model, data - loss, end - data)."""
    return model, loss - model, data - loss, end - data
