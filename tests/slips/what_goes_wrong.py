# ruff: noqa
# (wrong on purpose: this file quotes what students hand in, unused variables, odd loops and all)
"""Wrong answers, as students hand them in, and unusual right ones, for the exercises of 06 What goes wrong.

Written from the text of the notebook alone, without a look at the checks. Each slip gives a wrong answer on some
sensible input, though perhaps on rare ones only; each right answer agrees with the notebook's solution.
"""

import math

import numpy as np
from slips.collect import right, slip

# --- restarts_needed -------------------------------------------------------------------------------------------------


@slip("restarts_needed", "share times n set equal to wanted")
def restarts_needed(share, wanted):
    return math.ceil(wanted / share)


@slip("restarts_needed", "rounded instead of rounded up")
def restarts_needed(share, wanted):
    return int(np.round(np.log(1 - wanted) / np.log(1 - share)))


@slip("restarts_needed", "int() rounds down")
def restarts_needed(share, wanted):
    return int(np.log(1 - wanted) / np.log(1 - share))


@slip("restarts_needed", "the two probabilities exchanged")
def restarts_needed(share, wanted):
    return int(np.ceil(np.log(1 - share) / np.log(1 - wanted)))


@slip("restarts_needed", "1 - forgotten in both logarithms")
def restarts_needed(share, wanted):
    return int(np.ceil(np.log(wanted) / np.log(share)))


@slip("restarts_needed", "1 - forgotten for wanted")
def restarts_needed(share, wanted):
    return int(np.ceil(np.log(wanted) / np.log(1 - share)))


@slip("restarts_needed", "not rounded up: a fraction of a start")
def restarts_needed(share, wanted):
    return math.log(1 - wanted) / math.log(1 - share)


@slip("restarts_needed", "rounded down plus 1: one too many when it comes out even")
def restarts_needed(share, wanted):
    return int(math.log(1 - wanted) / math.log(1 - share)) + 1


@slip("restarts_needed", "one over the share")
def restarts_needed(share, wanted):
    return int(np.ceil(1 / share))


@slip("restarts_needed", "the loop counts one too few")
def restarts_needed(share, wanted):
    n = 0
    miss = 1 - share
    while miss > 1 - wanted:
        miss *= 1 - share
        n += 1
    return n


@slip("restarts_needed", ">= in the loop: one too many when it comes out even")
def restarts_needed(share, wanted):
    n = 0
    while (1 - share) ** n >= 1 - wanted:
        n += 1
    return n


@slip("restarts_needed", "the loop gives up after 1000 starts")
def restarts_needed(share, wanted):
    for n in range(1000):
        if (1 - share) ** n <= 1 - wanted:
            return n
    return 1000


@slip("restarts_needed", "share to the power n: all of them hit")
def restarts_needed(share, wanted):
    n = 1
    while share**n > 1 - wanted:
        n += 1
    return n


@slip("restarts_needed", "printed, not returned")
def restarts_needed(share, wanted):
    n = int(np.ceil(np.log(1 - wanted) / np.log(1 - share)))
    print(n)


@slip("restarts_needed", "no logarithms")
def restarts_needed(share, wanted):
    return int(np.ceil((1 - wanted) / (1 - share)))


@slip("restarts_needed", "log(1 - share) taken as -share: right for small shares")
def restarts_needed(share, wanted):
    return int(np.ceil(-np.log(1 - wanted) / share))


@slip("restarts_needed", "each logarithm rounded up before the division")
def restarts_needed(share, wanted):
    return int(np.floor(np.log(1 - wanted)) / np.floor(np.log(1 - share)))


@slip("restarts_needed", "two bases: log10 over log")
def restarts_needed(share, wanted):
    return int(np.ceil(np.log10(1 - wanted) / np.log(1 - share)))


@slip("restarts_needed", "the first 100 numbers tried, 0 if none is enough")
def restarts_needed(share, wanted):
    n = np.arange(100)
    return int(np.argmax((1 - share) ** n <= 1 - wanted))


@slip("restarts_needed", "a probability comes back, with wanted in the place of n")
def restarts_needed(share, wanted):
    return 1 - (1 - share) ** wanted


@slip("restarts_needed", "rounded up and one more to be sure")
def restarts_needed(share, wanted):
    n = np.log(1 - wanted) / np.log(1 - share)
    return int(np.ceil(n)) + 1


@slip("restarts_needed", "logarithms rounded to three digits: right for large shares")
def restarts_needed(share, wanted):
    a = round(math.log(1 - wanted), 3)
    b = round(math.log(1 - share), 3)
    return math.ceil(a / b)


@right("restarts_needed", "a loop that multiplies the misses")
def restarts_needed(share, wanted):
    n, miss = 0, 1.0
    while miss > (1 - wanted) * (1 + 1e-12):
        miss *= 1 - share
        n += 1
    return n


@right("restarts_needed", "log1p, rounded down on the negative side")
def restarts_needed(share, wanted):
    return -math.floor(-math.log1p(-wanted) / math.log1p(-share))


@right("restarts_needed", "logarithms to base 2, remainder looked at by hand")
def restarts_needed(share, wanted):
    n = math.log2(1 - wanted) / math.log2(1 - share)
    whole = int(n)
    if n > whole:
        whole += 1
    return np.int64(whole)


# --- clip_gradient ---------------------------------------------------------------------------------------------------


@slip("clip_gradient", "each entry cut by itself: the direction changes")
def clip_gradient(dW, max_norm):
    return np.clip(dW, -max_norm, max_norm)


@slip("clip_gradient", "short gradients are lengthened")
def clip_gradient(dW, max_norm):
    return dW / np.linalg.norm(dW) * max_norm


@slip("clip_gradient", "the squared length compared with the limit")
def clip_gradient(dW, max_norm):
    squared = np.sum(dW**2)
    if squared > max_norm:
        return dW * max_norm / np.sqrt(squared)
    return dW


@slip("clip_gradient", "divided by the squared length")
def clip_gradient(dW, max_norm):
    norm = np.sqrt(np.sum(dW**2))
    if norm > max_norm:
        dW = dW * max_norm / norm**2
    return dW


@slip("clip_gradient", "each row clipped by itself")
def clip_gradient(dW, max_norm):
    norm = np.sqrt(np.sum(dW**2, axis=1, keepdims=True))
    return np.where(norm > max_norm, dW * max_norm / np.maximum(norm, 1e-12), dW)


@slip("clip_gradient", "each column clipped by itself")
def clip_gradient(dW, max_norm):
    norm = np.linalg.norm(dW, axis=0)
    return dW * np.minimum(1, max_norm / np.maximum(norm, 1e-12))


@slip("clip_gradient", "sum of the absolute values as length")
def clip_gradient(dW, max_norm):
    norm = np.abs(dW).sum()
    return dW * max_norm / norm if norm > max_norm else dW


@slip("clip_gradient", "the largest entry as length")
def clip_gradient(dW, max_norm):
    norm = np.abs(dW).max()
    return dW * max_norm / norm if norm > max_norm else dW


@slip("clip_gradient", "length 1 instead of max_norm: right for max_norm 1")
def clip_gradient(dW, max_norm):
    norm = np.linalg.norm(dW)
    if norm > max_norm:
        return dW / norm
    return dW


@slip("clip_gradient", "nothing returned for a short gradient")
def clip_gradient(dW, max_norm):
    norm = np.sqrt((dW**2).sum())
    if norm > max_norm:
        return dW * max_norm / norm


@slip("clip_gradient", "the root of the mean square as length")
def clip_gradient(dW, max_norm):
    norm = np.sqrt(np.mean(dW**2))
    return dW * max_norm / norm if norm > max_norm else dW


@slip("clip_gradient", "the matrix's 2-norm: right for a single row or rank 1")
def clip_gradient(dW, max_norm):
    norm = np.linalg.norm(dW, 2)
    return dW * (max_norm / norm) if norm > max_norm else dW


@slip("clip_gradient", "the factor upside down")
def clip_gradient(dW, max_norm):
    norm = np.linalg.norm(dW)
    if norm > max_norm:
        return dW * norm / max_norm
    return dW


@slip("clip_gradient", "too long gradients thrown away")
def clip_gradient(dW, max_norm):
    return dW if np.linalg.norm(dW) <= max_norm else np.zeros_like(dW)


@slip("clip_gradient", "the excess subtracted from each entry")
def clip_gradient(dW, max_norm):
    excess = np.linalg.norm(dW) - max_norm
    if excess > 0:
        return dW - excess
    return dW


@slip("clip_gradient", "halved until it is short enough")
def clip_gradient(dW, max_norm):
    while np.sqrt(np.sum(dW**2)) > max_norm:
        dW = dW / 2
    return dW


@slip("clip_gradient", "rounded to three digits")
def clip_gradient(dW, max_norm):
    norm = np.linalg.norm(dW)
    return np.round(dW * min(1, max_norm / max(norm, 1e-12)), 3)


@slip("clip_gradient", "the length returned, not the gradient")
def clip_gradient(dW, max_norm):
    norm = np.sqrt(np.sum(dW**2))
    return min(norm, max_norm)


@slip("clip_gradient", "the signs are lost")
def clip_gradient(dW, max_norm):
    norm = np.linalg.norm(dW)
    dW = np.sqrt(dW**2)
    return dW * max_norm / norm if norm > max_norm else dW


@slip("clip_gradient", "summed before squaring")
def clip_gradient(dW, max_norm):
    norm = np.sqrt(np.sum(dW) ** 2)
    return dW * max_norm / norm if norm > max_norm else dW


@slip("clip_gradient", "a guard against 0/0 that is large enough to be seen")
def clip_gradient(dW, max_norm):
    norm = np.linalg.norm(dW)
    return dW * min(1.0, max_norm / (norm + 1e-3))


@slip("clip_gradient", "the other way round: only short ones are changed")
def clip_gradient(dW, max_norm):
    norm = np.linalg.norm(dW)
    if norm < max_norm:
        return dW * max_norm / norm
    return dW


@slip("clip_gradient", "the loop leaves out the last row of the length")
def clip_gradient(dW, max_norm):
    total = 0
    for i in range(dW.shape[0] - 1):
        for j in range(dW.shape[1]):
            total += dW[i, j] ** 2
    norm = np.sqrt(total)
    return dW * max_norm / norm if norm > max_norm else dW


@right("clip_gradient", "one factor of at most 1")
def clip_gradient(dW, max_norm):
    length = np.linalg.norm(dW.ravel())
    factor = 1 if length == 0 else min(1, max_norm / length)
    return factor * dW


@right("clip_gradient", "divided by how many times too long it is")
def clip_gradient(dW, max_norm):
    return dW / max(1.0, math.hypot(*dW.flatten()) / max_norm)


@right("clip_gradient", "loops and lists, as an array at the end")
def clip_gradient(dW, max_norm):
    total = 0.0
    for row in dW.tolist():
        for g in row:
            total += g * g
    if total <= max_norm**2:
        return dW
    return np.array([[g * max_norm / total**0.5 for g in row] for row in dW.tolist()])


# --- first_bad_step --------------------------------------------------------------------------------------------------


@slip("first_bad_step", "NaN is overlooked, as every comparison is False")
def first_bad_step(losses, limit):
    for t in range(len(losses)):
        if losses[t] > limit:
            return t
    return -1


@slip("first_bad_step", "only infinite or NaN, the limit forgotten")
def first_bad_step(losses, limit):
    bad = ~np.isfinite(losses)
    return int(np.argmax(bad)) if bad.any() else -1


@slip("first_bad_step", ">= limit")
def first_bad_step(losses, limit):
    for t, loss in enumerate(losses):
        if loss >= limit or not np.isfinite(loss):
            return t
    return -1


@slip("first_bad_step", "the last bad step: the loop goes on")
def first_bad_step(losses, limit):
    found = -1
    for t, loss in enumerate(losses):
        if loss > limit or np.isnan(loss) or np.isinf(loss):
            found = t
    return found


@slip("first_bad_step", "0 instead of -1 when all are fine")
def first_bad_step(losses, limit):
    bad = ~np.isfinite(losses) | (losses > limit)
    return int(np.argmax(bad))


@slip("first_bad_step", "how many are bad")
def first_bad_step(losses, limit):
    count = int(np.sum(~np.isfinite(losses) | (losses > limit)))
    return count if count else -1


@slip("first_bad_step", "only the first loss is looked at")
def first_bad_step(losses, limit):
    for t, loss in enumerate(losses):
        if not np.isfinite(loss) or loss > limit:
            return t
        else:
            return -1


@slip("first_bad_step", "counted from 1")
def first_bad_step(losses, limit):
    t = 0
    for loss in losses:
        t += 1
        if not np.isfinite(loss) or loss > limit:
            return t
    return -1


@slip("first_bad_step", "nothing returned when all are fine")
def first_bad_step(losses, limit):
    for t, loss in enumerate(losses):
        if not np.isfinite(loss) or loss > limit:
            return t


@slip("first_bad_step", "== np.nan is never true")
def first_bad_step(losses, limit):
    for t, loss in enumerate(losses):
        if loss > limit or loss == np.inf or loss == np.nan:
            return t
    return -1


@slip("first_bad_step", "all the bad steps")
def first_bad_step(losses, limit):
    steps = np.where(~np.isfinite(losses) | (losses > limit))[0]
    return steps if len(steps) else -1


@slip("first_bad_step", "an error when all are fine")
def first_bad_step(losses, limit):
    return np.where(~np.isfinite(losses) | (losses > limit))[0][0]


@slip("first_bad_step", "starts at step 1: the very first loss is not looked at")
def first_bad_step(losses, limit):
    for t in range(1, len(losses)):
        if not np.isfinite(losses[t]) or losses[t] > limit:
            return t
    return -1


@slip("first_bad_step", "the last loss is not looked at")
def first_bad_step(losses, limit):
    for t in range(len(losses) - 1):
        if not np.isfinite(losses[t]) or losses[t] > limit:
            return t
    return -1


@slip("first_bad_step", "minus infinity passes")
def first_bad_step(losses, limit):
    for t, loss in enumerate(losses):
        if not loss <= limit:
            return t
    return -1


@slip("first_bad_step", "the loss itself, not its index")
def first_bad_step(losses, limit):
    for loss in losses:
        if np.isnan(loss) or loss > limit or np.isinf(loss):
            return loss
    return -1


@slip("first_bad_step", "losses that rise are taken for bad")
def first_bad_step(losses, limit):
    for t in range(1, len(losses)):
        if losses[t] > losses[t - 1] or not np.isfinite(losses[t]) or losses[t] > limit:
            return t
    return -1


@slip("first_bad_step", "two bad ones in a row are asked for")
def first_bad_step(losses, limit):
    bad = ~np.isfinite(losses) | (losses > limit)
    for t in range(len(bad) - 1):
        if bad[t] and bad[t + 1]:
            return t
    return -1


@slip("first_bad_step", "a NaN is reported before an earlier loss above the limit")
def first_bad_step(losses, limit):
    broken = ~np.isfinite(losses)
    if broken.any():
        return int(np.argmax(broken))
    large = losses > limit
    if large.any():
        return int(np.argmax(large))
    return -1


@slip("first_bad_step", "index 0 taken for not found")
def first_bad_step(losses, limit):
    bad = ~np.isfinite(losses) | (losses > limit)
    first = int(np.argmax(bad))
    return first if first else -1


@slip("first_bad_step", "NaN cut out first, so the indices move")
def first_bad_step(losses, limit):
    losses = losses[~np.isnan(losses)]
    bad = losses > limit
    return int(np.argmax(bad)) if np.any(bad) else -1


@slip("first_bad_step", "the number of steps when all are fine")
def first_bad_step(losses, limit):
    t = 0
    while t < len(losses) and np.isfinite(losses[t]) and losses[t] <= limit:
        t += 1
    return t


@right("first_bad_step", "generator with next and a default")
def first_bad_step(losses, limit):
    return next((t for t, loss in enumerate(losses) if not (-math.inf < loss <= limit and loss < math.inf)), -1)


@right("first_bad_step", "the fine ones counted from the front")
def first_bad_step(losses, limit):
    fine = np.isfinite(losses) & ~(np.asarray(losses) > limit)
    n = int(np.cumprod(fine.astype(int)).sum())
    return n if n < len(losses) else -1


@right("first_bad_step", "from the back to the front, the last one found wins")
def first_bad_step(losses, limit):
    answer = -1
    for t in range(len(losses) - 1, -1, -1):
        loss = losses[t]
        if loss != loss or abs(loss) == float("inf") or loss > limit:
            answer = t
    return answer


# --- decayed_rate ----------------------------------------------------------------------------------------------------


@slip("decayed_rate", "whole divisions: a staircase, right at multiples of tau")
def decayed_rate(learning_rate, t, tau):
    return learning_rate / (1 + t // tau)


@slip("decayed_rate", "halved every tau steps: right at 0 and tau")
def decayed_rate(learning_rate, t, tau):
    return learning_rate * 0.5 ** (t / tau)


@slip("decayed_rate", "brackets missing")
def decayed_rate(learning_rate, t, tau):
    return learning_rate / 1 + t / tau


@slip("decayed_rate", "t and tau exchanged")
def decayed_rate(learning_rate, t, tau):
    return learning_rate / (1 + tau / t)


@slip("decayed_rate", "tau over t: divided by zero at the start")
def decayed_rate(learning_rate, t, tau):
    return learning_rate * tau / t


@slip("decayed_rate", "t counted from 1")
def decayed_rate(learning_rate, t, tau):
    return learning_rate / (1 + (t + 1) / tau)


@slip("decayed_rate", "the root of it")
def decayed_rate(learning_rate, t, tau):
    return learning_rate / np.sqrt(1 + t / tau)


@slip("decayed_rate", "the rate itself forgotten")
def decayed_rate(learning_rate, t, tau):
    return tau / (tau + t)


@slip("decayed_rate", "times tau instead of divided")
def decayed_rate(learning_rate, t, tau):
    return learning_rate / (1 + t * tau)


@slip("decayed_rate", "exponential decay")
def decayed_rate(learning_rate, t, tau):
    return learning_rate * np.exp(-t / tau)


@slip("decayed_rate", "a straight line, half after tau, zero after 2 tau")
def decayed_rate(learning_rate, t, tau):
    return max(0.0, learning_rate * (1 - t / (2 * tau)))


@slip("decayed_rate", "a table that ends with the quarter")
def decayed_rate(learning_rate, t, tau):
    if t < tau:
        return learning_rate
    if t < 2 * tau:
        return learning_rate / 2
    if t < 3 * tau:
        return learning_rate / 3
    return learning_rate / 4


@slip("decayed_rate", "rounded to three digits")
def decayed_rate(learning_rate, t, tau):
    return round(learning_rate / (1 + t / tau), 3)


@slip("decayed_rate", "printed, not returned")
def decayed_rate(learning_rate, t, tau):
    rate = learning_rate / (1 + t / tau)
    print(f"step {t}: {rate}")


@slip("decayed_rate", "the quotient subtracted")
def decayed_rate(learning_rate, t, tau):
    return learning_rate - learning_rate * t / tau / 2


@slip("decayed_rate", "never below a hundredth of the first rate")
def decayed_rate(learning_rate, t, tau):
    return max(learning_rate / (1 + t / tau), learning_rate / 100)


@slip("decayed_rate", "no decay before tau")
def decayed_rate(learning_rate, t, tau):
    if t < tau:
        return learning_rate
    return learning_rate / (1 + t / tau)


@slip("decayed_rate", "1 + t first, tau outside the bracket")
def decayed_rate(learning_rate, t, tau):
    return learning_rate / (1 + t) / tau


@slip("decayed_rate", "half, third, quarter as powers of two")
def decayed_rate(learning_rate, t, tau):
    rate = learning_rate
    for _ in range(int(t // tau)):
        rate = rate / 2
    return rate


@slip("decayed_rate", "a special case for t = 0 with the wrong value")
def decayed_rate(learning_rate, t, tau):
    if t == 0:
        return 0
    return learning_rate / (1 + t / tau)


@slip("decayed_rate", "the square of the time")
def decayed_rate(learning_rate, t, tau):
    return learning_rate / (1 + (t / tau) ** 2)


@slip("decayed_rate", "straight lines between half, third and quarter, then flat")
def decayed_rate(learning_rate, t, tau):
    return learning_rate * np.interp(t / tau, [0, 1, 2, 3], [1, 1 / 2, 1 / 3, 1 / 4])


@right("decayed_rate", "a fraction with tau multiplied out")
def decayed_rate(learning_rate, t, tau):
    return learning_rate * tau / (tau + t)


@right("decayed_rate", "negative power")
def decayed_rate(learning_rate, t, tau):
    return learning_rate * (t / tau + 1.0) ** -1


@right("decayed_rate", "one over a growing reciprocal")
def decayed_rate(learning_rate, t, tau):
    start = 1 / learning_rate
    return 1 / (start + start * t / tau)


# --- error_parts -----------------------------------------------------------------------------------------------------


@slip("error_parts", "the measured errors returned as they are")
def error_parts(model, loss, data, end):
    return model, loss, data, end


@slip("error_parts", "the differences taken the wrong way round")
def error_parts(model, loss, data, end):
    return model, model - loss, loss - data, data - end


@slip("error_parts", "a negative part cut off at 0")
def error_parts(model, loss, data, end):
    return model, max(0, loss - model), max(0, data - loss), max(0, end - data)


@slip("error_parts", "only the sizes of the differences")
def error_parts(model, loss, data, end):
    return model, abs(loss - model), abs(data - loss), abs(end - data)


@slip("error_parts", "all compared with the model")
def error_parts(model, loss, data, end):
    return model, loss - model, data - model, end - model


@slip("error_parts", "only the three differences")
def error_parts(model, loss, data, end):
    return loss - model, data - loss, end - data


@slip("error_parts", "shares of the whole error")
def error_parts(model, loss, data, end):
    return model / end, (loss - model) / end, (data - loss) / end, (end - data) / end


@slip("error_parts", "optimizer first: the order turned round")
def error_parts(model, loss, data, end):
    return end - data, data - loss, loss - model, model


@slip("error_parts", "the sum of the parts")
def error_parts(model, loss, data, end):
    return model + (loss - model) + (data - loss) + (end - data)


@slip("error_parts", "the optimizer is charged with the whole error")
def error_parts(model, loss, data, end):
    return model, loss - model, data - loss, end


@slip("error_parts", "the model's part is 0, as if nothing were spoiled")
def error_parts(model, loss, data, end):
    return 0.0, loss - model, data - loss, end - data


@slip("error_parts", "quotients instead of differences")
def error_parts(model, loss, data, end):
    return model, loss / model, data / loss, end / data


@slip("error_parts", "each part subtracts the part before, not the error before")
def error_parts(model, loss, data, end):
    loss = loss - model
    data = data - loss
    end = end - data
    return model, loss, data, end


@slip("error_parts", "data and loss exchanged")
def error_parts(model, loss, data, end):
    return model, data - model, loss - data, end - loss


@slip("error_parts", "sorted first: right while each error is larger than the one before")
def error_parts(model, loss, data, end):
    a, b, c, d = sorted([model, loss, data, end])
    return a, b - a, c - b, d - c


@slip("error_parts", "added up instead of taken apart")
def error_parts(model, loss, data, end):
    return model, model + loss, model + loss + data, model + loss + data + end


@slip("error_parts", "rounded to three digits")
def error_parts(model, loss, data, end):
    return tuple(round(p, 3) for p in (model, loss - model, data - loss, end - data))


@slip("error_parts", "printed, not returned")
def error_parts(model, loss, data, end):
    print(f"model {model}, loss {loss - model}, data {data - loss}, optimizer {end - data}")


@slip("error_parts", "what is still missing to the end")
def error_parts(model, loss, data, end):
    return end - model, end - loss, end - data, end


@slip("error_parts", "the last two parts exchanged")
def error_parts(model, loss, data, end):
    return model, loss - model, end - data, data - loss


@slip("error_parts", "np.diff without the first error put in front: one part too few, and an end of 0")
def error_parts(model, loss, data, end):
    return tuple(np.diff([model, loss, data, end])) + (0.0,)


@slip("error_parts", "the early stop is not believed: no part for an optimizer that did better")
def error_parts(model, loss, data, end):
    if end < data:
        end = data
    return model, loss - model, data - loss, end - data


@right("error_parts", "np.diff with a zero in front, an array")
def error_parts(model, loss, data, end):
    return np.diff([0, model, loss, data, end])


@right("error_parts", "what remains is handed on")
def error_parts(model, loss, data, end):
    parts, before = [], 0.0
    for error in (model, loss, data, end):
        parts.append(error - before)
        before = error
    return parts


@right("error_parts", "a matrix of ones and minus ones")
def error_parts(model, loss, data, end):
    A = np.eye(4) - np.eye(4, k=-1)
    return tuple(A @ np.array([model, loss, data, end]))
