"""The exercises of notebook 06: restarts, gradient clipping, divergence, a decaying rate, the parts of an error."""

import math
from collections.abc import Callable, Iterator

import numpy as np

from .engine import exercise
from .explain import any_of

Array = np.ndarray


# --- how many starts --------------------------------------------------------------------------------------
def _restart_cases() -> Iterator[tuple]:
    yield 0.5, 0.9
    yield 0.29, 0.95
    yield 0.1, 0.99
    yield 0.75, 0.6
    yield 0.9, 0.35
    yield 0.02, 0.3


def _even_cases() -> Iterator[tuple]:
    yield 0.5, 0.75
    yield 0.5, 0.875


def _rare_cases() -> Iterator[tuple]:
    yield 0.001, 0.95


def _needed(
    misses: Callable = lambda share, wanted: math.log(1 - wanted),
    one: Callable = lambda share: 1 - share,
    up: Callable = math.ceil,
) -> Callable:
    """Make a variant of up(misses(share, wanted) / log(one(share)))."""
    return lambda share, wanted: up(misses(share, wanted) / math.log(one(share)))


def _with_digits(digits: int) -> Callable:
    return lambda share, wanted: math.ceil(round(math.log(1 - wanted), digits) / round(math.log(1 - share), digits))


def _at_most(last: int, given_up: int) -> Callable:
    def count(share: float, wanted: float) -> int:
        n = _needed()(share, wanted)
        return n if n <= last else given_up

    return count


@exercise(
    todo="return the smallest number of starts of which at least one hits with the probability wanted",
    cases=_restart_cases,
    hard={"a result that comes out even": _even_cases, "a share of one in a thousand": _rare_cases},
    mistakes=[
        (
            "1 / share is how long you wait on average: it does not look at the probability wanted",
            lambda share, wanted: math.ceil(1 / share),
        ),
        (
            "chances don't add up: n starts do not hit with n * share, but with 1 - (1 - share)**n",
            lambda share, wanted: math.ceil(wanted / share),
        ),
        (
            "share stands for log(1 - share): they are near each other for small shares only",
            lambda share, wanted: math.ceil(-math.log(1 - wanted) / share),
        ),
        (
            "this is rounded down, so the probability is not quite reached: round up",
            any_of(_needed(up=math.floor), lambda share, wanted: _needed()(share, wanted) - 1),
        ),
        ("rounded to the nearest is sometimes one too few: round up", _needed(up=round)),
        ("starts are whole: round up with np.ceil", _needed(up=float)),
        (
            "this is one more than it takes: the smallest number is asked for",
            lambda share, wanted: _needed()(share, wanted) + 1,
        ),
        (
            "one too many where it comes out even: rounding up leaves a whole number alone, rounding "
            "down plus 1 does not",
            _needed(up=lambda n: math.floor(n) + 1),
        ),
        (
            "all n miss with (1 - share)**n, and that may happen with 1 - wanted: this takes the log of wanted itself",
            _needed(lambda share, wanted: math.log(wanted)),
        ),
        (
            "share**n is the chance that all n hit: what must become small is that all miss, (1 - share)**n",
            any_of(
                _needed(one=lambda share: share),
                lambda share, wanted: max(1, math.ceil(math.log(1 - wanted) / math.log(share))),
            ),
        ),
        (
            "1 - is missing in both logarithms: share and wanted are chances to hit, and what counts is to miss",
            _needed(lambda share, wanted: math.log(wanted), lambda share: share),
        ),
        (
            "the ratio is upside down: log(1 - wanted) / log(1 - share)",
            lambda share, wanted: math.ceil(math.log(1 - share) / math.log(1 - wanted)),
        ),
        (
            "the logarithms are missing: n stands in an exponent, (1 - share)**n, and a logarithm gets it down",
            lambda share, wanted: math.ceil((1 - wanted) / (1 - share)),
        ),
        (
            "two logarithms of different base: any base will do, the same in both",
            any_of(
                _needed(lambda share, wanted: math.log10(1 - wanted)),
                _needed(lambda share, wanted: math.log2(1 - wanted)),
                lambda share, wanted: math.ceil(math.log(1 - wanted) / math.log10(1 - share)),
                lambda share, wanted: math.ceil(math.log(1 - wanted) / math.log2(1 - share)),
            ),
        ),
        (
            "each logarithm is rounded before the division: round once, at the end",
            any_of(
                lambda share, wanted: int(math.floor(math.log(1 - wanted)) / math.floor(math.log(1 - share))),
                _with_digits(3),
                _with_digits(4),
            ),
        ),
        (
            "this is a probability: asked for is the number n that makes it large enough",
            any_of(lambda share, wanted: 1 - (1 - share) ** wanted, lambda share, wanted: (1 - share) ** wanted),
        ),
        (
            "the search ends too early: a rare minimum takes thousands of starts",
            any_of(
                *(_at_most(last, given_up) for last in (99, 100, 999, 1000) for given_up in (-1, 0, last, last + 1))
            ),
        ),
    ],
)
def restarts_needed(share: float, wanted: float) -> int:
    """Return the smallest n with 1 - (1 - share)**n >= wanted."""
    return 1 if share == 1 else _needed()(share, wanted)


# --- gradient clipping ------------------------------------------------------------------------------------
def _clip_cases() -> Iterator[tuple]:
    yield np.array([[3.0, 4.0]]), 2.0
    yield np.array([[3.0, 4.0]]), 10.0
    yield np.zeros((2, 2)), 1.0
    rng = np.random.default_rng(61)
    yield rng.normal(size=(3, 4)), 1.5
    yield rng.normal(size=(2, 3)) * 100, 3.0
    yield rng.normal(size=(3, 2)) * 0.1, 0.9
    yield np.array([[0.0, 3.0, 0.0], [-4.0, 0.0, 0.0]]), 4.5  # each row, column and entry is short


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


def _halved(dW: Array, limit: float) -> Array:
    while _length(dW) > limit:
        dW = dW / 2
    return dW


@exercise(
    todo="shorten dW to the length max_norm if it is longer, and leave it alone if it is not",
    cases=_clip_cases,
    mistakes=[
        (
            "each entry is clipped by itself: that turns the gradient; multiply all of it by one factor",
            lambda dW, limit: np.clip(dW, -limit, limit),
        ),
        (
            "it is always brought to max_norm, so short gradients are made longer: only if the norm is above max_norm",
            lambda dW, limit: dW * limit / np.float64(_length(dW)),
        ),
        ("the result has length 1: multiply by max_norm as well", _when(lambda dW, limit, n: dW / n)),
        (
            "every gradient is brought to length 1: only long ones are shortened, and to max_norm",
            lambda dW, limit: dW / np.float64(_length(dW)),
        ),
        ("it is divided by max_norm: the factor is max_norm / norm", _when(lambda dW, limit, n: dW / limit)),
        ("it is multiplied by max_norm only: the factor is max_norm / norm", _when(lambda dW, limit, n: dW * limit)),
        (
            "the factor is upside down, so long gradients get longer: max_norm / norm",
            _when(lambda dW, limit, n: dW * n / limit),
        ),
        (
            "the comparison is turned round: long gradients are shortened, short ones stay",
            _when(lambda dW, limit, n: dW, short=lambda dW, limit, n: _shortened(dW, limit, np.float64(n))),
        ),
        (
            "the root is missing: the norm is the square root of the sum of squares",
            _when(_shortened, lambda dW: float(np.sum(dW**2))),
        ),
        (
            "this is the sum of sizes: the norm is the square root of the sum of squares",
            _when(_shortened, lambda dW: float(np.abs(dW).sum())),
        ),
        (
            "the largest entry is no length: the norm is the square root of the sum of squares",
            _when(_shortened, lambda dW: float(np.abs(dW).max())),
        ),
        (
            "the root is missing where the norm is compared: the same norm in both places",
            lambda dW, limit: _shortened(dW, limit, _length(dW)) if _length(dW) ** 2 > limit else dW,
        ),
        ("it is divided by the square of the norm: once is enough", _when(lambda dW, limit, n: dW * limit / n**2)),
        (
            "this is the root of the mean: the length is the root of the sum of squares",
            _when(_shortened, lambda dW: float(np.sqrt(np.mean(dW**2)))),
        ),
        (
            "the entries are summed before they are squared, so they cancel: square them first",
            _when(_shortened, lambda dW: abs(float(np.sum(dW)))),
        ),
        (
            "norm(dW, 2) of a matrix is how much it stretches a vector at most: leave out the 2, then it is the length",
            _when(_shortened, lambda dW: float(np.linalg.norm(dW, 2))),
        ),
        (
            "the last row is missing in the norm: does a loop end one too early?",
            _when(_shortened, lambda dW: _length(dW[:-1])),
        ),
        (
            "each column is clipped by itself: take one norm of the whole matrix",
            lambda dW, limit: np.array([_when(_shortened)(column, limit) for column in dW.T]).T,
        ),
        (
            "the excess is subtracted from each entry: multiply all of them by max_norm / norm",
            _when(lambda dW, limit, n: dW - (n - limit)),
        ),
        ("it is halved until it is short enough: the length is to be max_norm, not less", _halved),
        (
            "something is added to the norm, which shows: a norm above max_norm is not 0 and needs no help",
            any_of(
                *(
                    lambda dW, limit, guard=guard: dW * min(1.0, limit / (_length(dW) + guard))
                    for guard in (1.0, 0.1, 0.01, 1e-3, 1e-4)
                )
            ),
        ),
        (
            "the signs are lost: shorten dW itself, not its sizes",
            any_of(
                lambda dW, limit: np.abs(_when(_shortened)(dW, limit)),
                _when(lambda dW, limit, n: np.abs(dW) * limit / n),
            ),
        ),
        (
            "each row is clipped by itself: take one norm of the whole matrix",
            lambda dW, limit: np.array([_when(_shortened)(row, limit) for row in dW]),
        ),
        (
            "long gradients are thrown away: they are shortened and keep their direction",
            _when(lambda dW, limit, n: 0 * dW),
        ),
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
    yield np.array([2.0, 1.0, nan, 5.0, 30.0]), 20.0
    yield np.array([3.0, 2.5, 30.0, nan, 2.0]), 20.0
    yield np.array([3.0, 2.0, 1.0, 25.0]), 20.0


def _at_the_limit() -> Iterator[tuple]:
    yield np.array([3.0, 20.0, 5.0, 21.0]), 20.0


def _minus_infinity() -> Iterator[tuple]:
    yield np.array([3.0, -np.inf, 5.0]), 20.0


def _bad(losses: Array, limit: float) -> Array:
    return ~np.isfinite(losses) | (losses > limit)  # NaN compares as False with everything


def _first(found: Array, none: int = -1) -> int:
    return int(np.argmax(found)) if found.any() else none


def _find(is_bad: Callable = _bad, pick: Callable = _first) -> Callable:
    """Make a variant: which losses are bad, and what is told of them."""
    return lambda losses, limit: pick(is_bad(losses, limit))


def _two_in_a_row(bad: Array) -> int:
    return _first(bad[:-1] & bad[1:])


def _first_bad_loss(losses: Array, limit: float) -> float:
    bad = _bad(losses, limit)
    return losses[bad][0] if bad.any() else -1


def _not_finite_first(losses: Array, limit: float) -> int:
    broken = ~np.isfinite(losses)
    return _first(broken) if broken.any() else _first(losses > limit)


def _rising(losses: Array) -> Array:
    return np.concatenate([[False], np.diff(losses) > 0])


@exercise(
    todo="return the number of the first loss that is not finite or above the limit, -1 if there is none",
    cases=_loss_cases,
    hard={"a loss exactly at the limit": _at_the_limit, "a loss of minus infinity": _minus_infinity},
    make=_find,
    mistakes=[
        (
            "NaN slips through: losses > limit is False for NaN, ask np.isfinite as well",
            any_of(
                {"is_bad": lambda losses, limit: losses > limit},
                {"is_bad": lambda losses, limit: (losses > limit) | np.isinf(losses)},
            ),
        ),
        (
            "NaN is cut out first, so all numbers behind it move: leave it in, and ask np.isfinite",
            lambda losses, limit: _first(losses[~np.isnan(losses)] > limit),
        ),
        (
            "when all is well this says 0: argmax of only False is 0, so ask any() first",
            {"pick": lambda bad: int(np.argmax(bad))},
        ),
        (
            "NaN slips through, and argmax of only False is 0: ask np.isfinite and any()",
            lambda losses, limit: int(np.argmax(losses > limit)),
        ),
        (
            "when all is well there is no first one to take, an IndexError: ask whether there is one, "
            "and return -1 else",
            {"pick": lambda bad: np.flatnonzero(bad)[0]},
        ),
        ("when all is well this gives the number of losses: return -1", {"pick": lambda bad: _first(bad, len(bad))}),
        (
            "number 0 is taken for none: the very first loss may be bad",
            any_of(
                {"pick": lambda bad: int(np.argmax(bad)) or -1}, {"pick": lambda bad: int(np.argmax(bad)) or len(bad)}
            ),
        ),
        (
            "only NaN and inf are found: a loss above the limit counts, too",
            {"is_bad": lambda losses, limit: ~np.isfinite(losses)},
        ),
        (
            "this is the last bad one: return the first",
            {"pick": lambda bad: int(np.flatnonzero(bad)[-1]) if bad.any() else -1},
        ),
        (
            "this is how many are bad: return the number of the first",
            any_of({"pick": lambda bad: int(bad.sum())}, {"pick": lambda bad: int(bad.sum()) or -1}),
        ),
        (
            "these are all the bad ones: return the number of the first",
            any_of({"pick": lambda bad: np.flatnonzero(bad) if bad.any() else -1}, {"pick": np.flatnonzero}),
        ),
        ("this is the loss itself: return its number", _first_bad_loss),
        (
            "you count from 1: the first loss has the number 0",
            {"pick": lambda bad: _first(bad) + 1 if bad.any() else -1},
        ),
        (
            "this is the last good one: return the first bad one",
            {"pick": lambda bad: _first(bad) - 1 if bad.any() else -1},
        ),
        ("this says whether, not when: return the number of the first bad loss", {"pick": lambda bad: bool(bad.any())}),
        (
            "only the first loss is looked at: -1 belongs behind the loop, not into it",
            {"pick": lambda bad: 0 if bad[0] else -1},
        ),
        (
            "the very first loss is not looked at: begin with number 0",
            {"pick": lambda bad: _first(bad & (np.arange(len(bad)) > 0))},
        ),
        (
            "the last loss is not looked at: does the loop end one too early?",
            {"pick": lambda bad: _first(bad & (np.arange(len(bad)) < len(bad) - 1))},
        ),
        ("two bad ones in a row are asked for: one is enough", {"pick": _two_in_a_row}),
        (
            "a loss that is not finite is told before an earlier one above the limit: the first of both kinds",
            _not_finite_first,
        ),
        (
            "this is the first loss that rose: a loss may rise now and then, compare with the limit",
            any_of(
                lambda losses, limit: _first(_rising(losses)),
                {"is_bad": lambda losses, limit: _rising(losses) | _bad(losses, limit)},
                {
                    "is_bad": lambda losses, limit: (
                        (_rising(losses) | _bad(losses, limit)) & (np.arange(len(losses)) > 0)
                    )
                },
            ),
        ),
        (
            "a loss at the limit is still fine: above means >, not >=",
            {"is_bad": lambda losses, limit: ~np.isfinite(losses) | (losses >= limit)},
        ),
        (
            "minus infinity passes: it is not finite either, np.isfinite asks for all of them",
            {"is_bad": lambda losses, limit: ~(losses <= limit)},
        ),
    ],
)
def first_bad_step(losses: Array, limit: float) -> int:
    """Return the index of the first of losses (T,) that is NaN, infinite or above limit; -1 if there is none."""
    return _find()(losses, limit)


# --- a rate that decays -----------------------------------------------------------------------------------
def _decay_cases() -> Iterator[tuple]:
    yield 0.5, 0, 10.0
    yield 0.5, 10, 10.0
    yield 0.4, 3, 10.0
    yield 0.2, 7, 4.0
    yield 3.0, 100, 30.0


def _much_later() -> Iterator[tuple]:
    yield 0.5, 4000, 10.0


def _divided(by: Callable) -> Callable:
    return lambda rate, t, tau: rate / by(t, tau)


def _at_least(share: float) -> Callable:
    return lambda rate, t, tau: rate * max(1 / (1 + t / tau), share)


@exercise(
    todo="return the rate of step t = 0, 1, 2 ...: half the first rate after tau steps, a third after 2 tau",
    cases=_decay_cases,
    hard={"a step many tau later": _much_later},
    mistakes=[
        ("tau is ignored: it says after how many steps the rate is halved", _divided(lambda t, tau: 1 + t)),
        (
            "the 1 is missing, so the first step divides by 0: 1 + t / tau",
            any_of(lambda rate, t, tau: np.float64(rate) / (t / tau), _divided(lambda t, tau: t / tau)),
        ),
        ("brackets are missing: divide by all of (1 + t / tau)", lambda rate, t, tau: rate / 1 + t / tau),
        (
            "brackets are elsewhere: only t is divided by tau, 1 + t / tau",
            any_of(lambda rate, t, tau: rate / (1 + t) / tau, lambda rate, t, tau: rate / ((1 + t) / tau)),
        ),
        ("the rate grows: divide by 1 + t / tau", lambda rate, t, tau: rate * (1 + t / tau)),
        (
            "t is multiplied by tau: the larger tau, the slower the decay, so t / tau",
            _divided(lambda t, tau: 1 + t * tau),
        ),
        (
            "tau / t is upside down: t / tau",
            any_of(_divided(lambda t, tau: 1 + tau / np.float64(t)), _divided(lambda t, tau: 1 + tau / t)),
        ),
        (
            "you count from 1: the first step is t = 0 and has the whole rate",
            any_of(_divided(lambda t, tau: 1 + (t + 1) / tau), _divided(lambda t, tau: 1 + (t - 1) / tau)),
        ),
        (
            "the first step has the rate 0: it begins with the whole learning_rate",
            lambda rate, t, tau: rate / (1 + t / tau) if t else 0.0,
        ),
        (
            "it falls in a straight line and below zero: divide by 1 + t / tau",
            any_of(lambda rate, t, tau: rate * (1 - t / tau), lambda rate, t, tau: rate * (1 - t / (2 * tau))),
        ),
        (
            "it falls in a straight line and ends at zero: divide by 1 + t / tau",
            any_of(
                lambda rate, t, tau: max(0.0, rate * (1 - t / tau)),
                lambda rate, t, tau: max(0.0, rate * (1 - t / (2 * tau))),
            ),
        ),
        (
            "straight lines join the half, the third and the quarter: 1 / (1 + t / tau) is curved in between",
            any_of(
                *(
                    lambda rate, t, tau, n=n: rate * np.interp(t / tau, range(n), 1 / np.arange(1, n + 1))
                    for n in (4, 5, 500)
                )
            ),
        ),
        (
            "this is the exponential decay: it dies out faster than what is asked for, 1 / (1 + t / tau)",
            lambda rate, t, tau: rate * math.exp(-t / tau),
        ),
        (
            "this halves it every tau steps: asked for is a half after tau, a third after 2 tau",
            any_of(lambda rate, t, tau: rate * 0.5 ** (t / tau), lambda rate, t, tau: rate * 0.5 ** (t // tau)),
        ),
        (
            "t // tau changes in jumps: divide with /",
            any_of(_divided(lambda t, tau: 1 + t // tau), _divided(lambda t, tau: min(4, 1 + t // tau))),
        ),
        (
            "nothing decays before tau: the rate falls from the first step on",
            lambda rate, t, tau: rate if t < tau else rate / (1 + t / tau),
        ),
        ("a root is too much: divide by 1 + t / tau itself", _divided(lambda t, tau: math.sqrt(1 + t / tau))),
        (
            "a square is too much: divide by 1 + t / tau itself",
            any_of(_divided(lambda t, tau: 1 + (t / tau) ** 2), _divided(lambda t, tau: (1 + t / tau) ** 2)),
        ),
        (
            "the rate stops falling somewhere: it goes on for ever, only slower and slower",
            any_of(*(_at_least(share) for share in (0.1, 0.01))),
        ),
        (
            "the first rate is missing: this is only the share of it that is left at step t",
            lambda rate, t, tau: 1 / (1 + t / tau),
        ),
        ("nothing decays", lambda rate, t, tau: rate),
    ],
)
def decayed_rate(learning_rate: float, t: int, tau: float) -> float:
    """Return learning_rate / (1 + t / tau)."""
    return learning_rate / (1 + t / tau)


# --- the parts of an error --------------------------------------------------------------------------------
def _error_cases() -> Iterator[tuple]:
    yield 0.1234, 0.1571, 0.40268, 0.5
    yield 0.02, 0.05, 1.30457, 0.90003
    yield 0.3, 0.3, 0.35, 2.0


def _parts(model: float, loss: float, data: float, end: float) -> tuple[float, float, float, float]:
    return model, loss - model, data - loss, end - data


def _sorted_first(*errors: float) -> tuple[float, ...]:
    return _parts(*sorted(errors))


def _minus_the_part_before(model: float, loss: float, data: float, end: float) -> tuple[float, float, float, float]:
    loss = loss - model
    data = data - loss
    end = end - data
    return model, loss, data, end


@exercise(
    todo="return the four parts (model, loss, data, optimizer), which add up to the last error",
    cases=_error_cases,
    mistakes=[
        (
            "these are the errors themselves: a part is what its step adds to the error before it",
            lambda model, loss, data, end: (model, loss, data, end),
        ),
        (
            "every part is taken from the first error: subtract the error just before",
            lambda model, loss, data, end: (model, loss - model, data - model, end - model),
        ),
        (
            "the signs are turned round: a part is positive when the error has grown",
            lambda model, loss, data, end: (model, model - loss, loss - data, data - end),
        ),
        (
            "the order is turned round: the model's part comes first",
            lambda model, loss, data, end: (end - data, data - loss, loss - model, model),
        ),
        (
            "a part may be negative: then this fault has made good for an earlier one, so no abs()",
            lambda model, loss, data, end: (model, abs(loss - model), abs(data - loss), abs(end - data)),
        ),
        (
            "a part may be negative: then this fault has made good for an earlier one, so no max(0, ...)",
            lambda model, loss, data, end: (model, max(0, loss - model), max(0, data - loss), max(0, end - data)),
        ),
        ("the errors are sorted first: their order is that of the faults, and a part may be negative", _sorted_first),
        (
            "these are shares of the total: the parts themselves are asked for",
            lambda model, loss, data, end: tuple(part / end for part in (model, loss - model, data - loss, end - data)),
        ),
        (
            "the model's part is missing: it is the error of the best possible f, all that is there "
            "before anything else",
            lambda model, loss, data, end: (0.0, loss - model, data - loss, end - data),
        ),
        (
            "this compares with the next error: a part is its own error minus the one before",
            lambda model, loss, data, end: (loss - model, data - loss, end - data, end),
        ),
        (
            "the model's part is missing, so np.diff has the wrong first one: put the model's error, or a 0, in front",
            lambda model, loss, data, end: (loss - model, data - loss, end - data, 0.0),
        ),
        (
            "there are only three parts: the model's own error is the first of the four",
            lambda model, loss, data, end: (loss - model, data - loss, end - data),
        ),
        ("this is the sum of the parts, the last error: return the four parts", lambda model, loss, data, end: end),
        (
            "the optimizer gets the whole last error: its part is what it adds to the error before",
            lambda model, loss, data, end: (model, loss - model, data - loss, end),
        ),
        (
            "these are quotients: parts are differences, which add up",
            lambda model, loss, data, end: (model, loss / model, data / loss, end / data),
        ),
        ("each part subtracts the part before: subtract the error before", _minus_the_part_before),
        (
            "the errors are added up: each of them holds the ones before already, so subtract",
            lambda model, loss, data, end: tuple(np.cumsum([model, loss, data, end])),
        ),
        (
            "data and loss are exchanged: loss comes first, then data",
            any_of(
                lambda model, loss, data, end: (model, data - model, loss - data, end - loss),
                lambda model, loss, data, end: (model, data - loss, loss - model, end - data),
            ),
        ),
        (
            "the parts of data and optimizer are exchanged: data comes first, then the optimizer",
            lambda model, loss, data, end: (model, loss - model, end - data, data - loss),
        ),
        (
            "this is what is still missing to the end: a part is its own error minus the one before",
            any_of(
                lambda model, loss, data, end: (end - model, end - loss, end - data, end),
                lambda model, loss, data, end: (end - model, end - loss, end - data, 0.0),
            ),
        ),
    ],
)
def error_parts(model: float, loss: float, data: float, end: float) -> tuple[float, float, float, float]:
    """Return (model, loss - model, data - loss, end - data)."""
    return _parts(model, loss, data, end)
