"""Answers to the exercises of notebook 03, wrong ones and a few right ones in an unusual style.

They were written from the notebook's text alone, blind to the checks. A wrong answer differs from the notebook's
solution on some sensible input: some on every input, some only for negative numbers, whole numbers, zeros, one point
or lambdas that are not in order.
"""
# Wrong on purpose, and each answer bears the exercise's name:
# ruff: noqa: B006, B007, B023, B905, E741, F811, F841, RET503, SIM108

import numpy as np

from slips.collect import right, slip

# A polynomial is a linear model


@slip("powers", "begins with x^0 and ends one too early")
def powers(x, degree):
    return x[:, None] ** np.arange(degree)


@slip("powers", "has a column of ones as well")
def powers(x, degree):
    return x[:, None] ** np.arange(degree + 1)


@slip("powers", "the last power is missing")
def powers(x, degree):
    return x[:, None] ** np.arange(1, degree)


@slip("powers", "turned on its side: a row for each power")
def powers(x, degree):
    return np.array([x**k for k in range(1, degree + 1)])


@slip("powers", "x is no column")
def powers(x, degree):
    return x ** np.arange(1, degree + 1)


@slip("powers", "np.vander as it comes: highest power first, and ones")
def powers(x, degree):
    return np.vander(x, degree)


@slip("powers", "highest power first")
def powers(x, degree):
    return x.reshape(-1, 1) ** np.arange(degree, 0, -1)


@slip("powers", "multiples instead of powers")
def powers(x, degree):
    return x[:, None] * np.arange(1, degree + 1)


@slip("powers", "base and exponent exchanged")
def powers(x, degree):
    return np.arange(1.0, degree + 1) ** x[:, None]


@slip("powers", "only the highest power")
def powers(x, degree):
    return x[:, None] ** degree


@slip("powers", "return inside the loop: only the first column is filled")
def powers(x, degree):
    columns = np.zeros((len(x), degree))
    for k in range(degree):
        columns[:, k] = x ** (k + 1)
        return columns


@slip("powers", "the sign is lost: no odd power is negative")
def powers(x, degree):
    return np.abs(x)[:, None] ** np.arange(1, degree + 1)


@slip("powers", "by logarithms: nan for negative x")
def powers(x, degree):
    return np.exp(np.log(x)[:, None] * np.arange(1, degree + 1))


@slip("powers", "all powers in one long row")
def powers(x, degree):
    return np.concatenate([x**k for k in range(1, degree + 1)])


@slip("powers", "reshaped instead of turned: shapes fit, numbers do not")
def powers(x, degree):
    return np.array([x**k for k in range(1, degree + 1)]).reshape(len(x), degree)


@slip("powers", "rounded to 3 digits")
def powers(x, degree):
    return np.round(x[:, None] ** np.arange(1, degree + 1), 3)


@slip("powers", "squares again and again: x, x^2, x^4, x^8")
def powers(x, degree):
    columns = [x]
    for _ in range(degree - 1):
        columns.append(columns[-1] * columns[-1])
    return np.stack(columns, axis=1)


@slip("powers", "changes x, which all later columns start from")
def powers(x, degree):
    columns = np.zeros((len(x), degree))
    power = x
    for k in range(degree):
        columns[:, k] = power
        power *= x
    return columns


@slip("powers", "the running product is not kept: x^2 in all later columns")
def powers(x, degree):
    columns = np.zeros((len(x), degree))
    columns[:, 0] = x
    for k in range(1, degree):
        columns[:, k] = columns[:, 0] * x
    return columns


@slip("powers", "the columns are added to one value for each x")
def powers(x, degree):
    return (x[:, None] ** np.arange(1, degree + 1)).sum(axis=1)


@slip("powers", "a running sum instead of a running product")
def powers(x, degree):
    return np.cumsum(np.repeat(x[:, None], degree, axis=1), axis=1)


@slip("powers", "squeezed: a single row or column loses an axis")
def powers(x, degree):
    return np.squeeze(x[:, None] ** np.arange(1, degree + 1))


@slip("powers", "always four columns")
def powers(x, degree):
    return np.column_stack([x, x**2, x**3, x**4])


@slip("powers", "^ in place of **")
def powers(x, degree):
    return np.column_stack([x ^ k for k in range(1, degree + 1)])


@slip("powers", "the running product goes down the rows")
def powers(x, degree):
    return np.cumprod(np.tile(x[:, None], (1, degree)), axis=0)


@slip("powers", "nothing is returned")
def powers(x, degree):
    columns = []
    for k in range(1, degree + 1):
        columns.append(x**k)
    np.column_stack(columns)


@slip("powers", "the columns are whole numbers")
def powers(x, degree):
    columns = np.zeros((len(x), degree), dtype=int)
    for k in range(degree):
        columns[:, k] = x ** (k + 1)
    return columns


@right("powers", "a running product along the rows")
def powers(x, degree):
    return np.cumprod(np.tile(np.reshape(x, (-1, 1)), degree), axis=1)


@right("powers", "np.vander turned round, without its ones")
def powers(x, degree):
    return np.vander(x, degree + 1, increasing=True)[:, 1:]


@right("powers", "nested lists of Python numbers")
def powers(x, degree):
    return [[float(value) ** k for k in range(1, degree + 1)] for value in x]


# The whole loss


@slip("regularized_loss", "the bias is penalised, too")
def regularized_loss(data_loss, W, b, lam):
    return data_loss + lam * (np.sum(W**2) + np.sum(b**2))


@slip("regularized_loss", "the penalty is subtracted")
def regularized_loss(data_loss, W, b, lam):
    return data_loss - lam * np.sum(W**2)


@slip("regularized_loss", "the root of the sum: the norm")
def regularized_loss(data_loss, W, b, lam):
    return data_loss + lam * np.linalg.norm(W)


@slip("regularized_loss", "lam is forgotten")
def regularized_loss(data_loss, W, b, lam):
    return data_loss + np.sum(W**2)


@slip("regularized_loss", "the L1 penalty")
def regularized_loss(data_loss, W, b, lam):
    return data_loss + lam * np.sum(np.abs(W))


@slip("regularized_loss", "the mean of the squares")
def regularized_loss(data_loss, W, b, lam):
    return data_loss + lam * np.mean(W**2)


@slip("regularized_loss", "half of the penalty, as it is often found elsewhere")
def regularized_loss(data_loss, W, b, lam):
    return data_loss + 0.5 * lam * np.sum(W**2)


@slip("regularized_loss", "lam weighs the data loss")
def regularized_loss(data_loss, W, b, lam):
    return lam * data_loss + np.sum(W**2)


@slip("regularized_loss", "lam is squared, too")
def regularized_loss(data_loss, W, b, lam):
    return data_loss + np.sum((lam * W) ** 2)


@slip("regularized_loss", "the square of the sum")
def regularized_loss(data_loss, W, b, lam):
    return data_loss + lam * np.sum(W) ** 2


@slip("regularized_loss", "W times its transpose: a matrix of products")
def regularized_loss(data_loss, W, b, lam):
    return data_loss + lam * (W @ W.T)


@slip("regularized_loss", "all products of rows are added, not only those of a row with itself")
def regularized_loss(data_loss, W, b, lam):
    return data_loss + lam * np.sum(W @ W.T)


@slip("regularized_loss", "not summed: a loss for each weight")
def regularized_loss(data_loss, W, b, lam):
    return data_loss + lam * W**2


@slip("regularized_loss", "only the penalty")
def regularized_loss(data_loss, W, b, lam):
    return lam * np.sum(W**2)


@slip("regularized_loss", "Python's sum adds the rows only: a loss for each column")
def regularized_loss(data_loss, W, b, lam):
    return data_loss + lam * sum(W**2)


@slip("regularized_loss", "a weighted mean of both")
def regularized_loss(data_loss, W, b, lam):
    return (1 - lam) * data_loss + lam * np.sum(W**2)


@slip("regularized_loss", "nothing is returned")
def regularized_loss(data_loss, W, b, lam):
    data_loss += lam * np.sum(W**2)


@slip("regularized_loss", "rounded to 3 digits")
def regularized_loss(data_loss, W, b, lam):
    return round(float(data_loss + lam * np.sum(W**2)), 3)


@slip("regularized_loss", "the first column is left out, as if it were the bias")
def regularized_loss(data_loss, W, b, lam):
    return data_loss + lam * np.sum(W[:, 1:] ** 2)


@slip("regularized_loss", "brackets: lam weighs the sum of both")
def regularized_loss(data_loss, W, b, lam):
    return (data_loss + np.sum(W**2)) * lam


@slip("regularized_loss", "divides the penalty by the number of classes")
def regularized_loss(data_loss, W, b, lam):
    return data_loss + lam * np.sum(W**2) / len(W)


@slip("regularized_loss", "penalises b instead of W")
def regularized_loss(data_loss, W, b, lam):
    return data_loss + lam * np.sum(b**2)


@slip("regularized_loss", "changes the weights it was given")
def regularized_loss(data_loss, W, b, lam):
    W *= W
    return data_loss + lam * W.sum()


@slip("regularized_loss", "takes W for a square: columns behind the number of classes are left out")
def regularized_loss(data_loss, W, b, lam):
    C = len(b)
    penalty = 0
    for i in range(C):
        for j in range(min(C, W.shape[1])):
            penalty += W[i][j] ** 2
    return data_loss + lam * penalty


@slip("regularized_loss", "data loss and penalty side by side")
def regularized_loss(data_loss, W, b, lam):
    return data_loss, lam * np.sum(W**2)


@slip("regularized_loss", "the matrix norm of order 2 is not the root of the sum of squares")
def regularized_loss(data_loss, W, b, lam):
    return data_loss + lam * np.linalg.norm(W, 2) ** 2


@slip("regularized_loss", "doubled instead of squared")
def regularized_loss(data_loss, W, b, lam):
    return data_loss + lam * np.sum(W * 2)


@slip("regularized_loss", "the penalty starts again at 0 in each row: only the last row counts")
def regularized_loss(data_loss, W, b, lam):
    for row in W:
        penalty = 0
        for w in row:
            penalty += w**2
    return data_loss + lam * penalty


@slip("regularized_loss", "lam is added for each weight")
def regularized_loss(data_loss, W, b, lam):
    penalty = 0
    for w in W.ravel():
        penalty += lam + w**2
    return data_loss + penalty


@slip("regularized_loss", "b is added, to use it somewhere")
def regularized_loss(data_loss, W, b, lam):
    return data_loss + lam * np.sum(W**2) + np.sum(b)


@right("regularized_loss", "a loop over all weights, with Python numbers")
def regularized_loss(data_loss, W, b, lam):
    loss = float(data_loss)
    for w in np.asarray(W).flat:
        loss += lam * float(w) * float(w)
    return loss


@right("regularized_loss", "the trace of W times its transpose")
def regularized_loss(data_loss, W, b, lam):
    return lam * np.trace(W @ W.T) + data_loss


@right("regularized_loss", "the squared norm, as a 0-dimensional array in float32")
def regularized_loss(data_loss, W, b, lam):
    return np.array(data_loss + lam * np.linalg.norm(W) ** 2, dtype=np.float32)


# Choose a lambda


@slip("best_lam", "the smallest training error")
def best_lam(lams, train_errors, held_out_errors):
    return lams[np.argmin(train_errors)]


@slip("best_lam", "the index instead of the lambda")
def best_lam(lams, train_errors, held_out_errors):
    return np.argmin(held_out_errors)


@slip("best_lam", "the largest held-out error")
def best_lam(lams, train_errors, held_out_errors):
    return lams[np.argmax(held_out_errors)]


@slip("best_lam", "the smallest lambda")
def best_lam(lams, train_errors, held_out_errors):
    return np.min(lams)


@slip("best_lam", "the largest lambda")
def best_lam(lams, train_errors, held_out_errors):
    return max(lams)


@slip("best_lam", "the error instead of the lambda")
def best_lam(lams, train_errors, held_out_errors):
    return np.min(held_out_errors)


@slip("best_lam", "the smallest sum of both errors")
def best_lam(lams, train_errors, held_out_errors):
    return lams[np.argmin(train_errors + held_out_errors)]


@slip("best_lam", "where the held-out error exceeds the training error least")
def best_lam(lams, train_errors, held_out_errors):
    return lams[np.argmin(held_out_errors - train_errors)]


@slip("best_lam", "where both errors are closest to each other")
def best_lam(lams, train_errors, held_out_errors):
    return lams[np.argmin(np.abs(train_errors - held_out_errors))]


@slip("best_lam", "the lambda after the best one")
def best_lam(lams, train_errors, held_out_errors):
    return lams[min(np.argmin(held_out_errors) + 1, len(lams) - 1)]


@slip("best_lam", "nothing is returned")
def best_lam(lams, train_errors, held_out_errors):
    best = lams[np.argmin(held_out_errors)]
    print(best)


@slip("best_lam", "the best error so far starts at 0 and is never beaten")
def best_lam(lams, train_errors, held_out_errors):
    best_error, best = 0, lams[0]
    for lam, error in zip(lams, held_out_errors):
        if error < best_error:
            best_error, best = error, lam
    return best


@slip("best_lam", "the best error so far starts at 1: nothing is found if all errors are larger")
def best_lam(lams, train_errors, held_out_errors):
    best_error, best = 1.0, None
    for lam, error in zip(lams, held_out_errors):
        if error < best_error:
            best_error, best = error, lam
    return best


@slip("best_lam", "stops where the error rises for the first time")
def best_lam(lams, train_errors, held_out_errors):
    k = 0
    while k + 1 < len(lams) and held_out_errors[k + 1] < held_out_errors[k]:
        k += 1
    return lams[k]


@slip("best_lam", "the best error so far is not updated: the last one better than the first")
def best_lam(lams, train_errors, held_out_errors):
    best = lams[0]
    best_error = held_out_errors[0]
    for k in range(len(lams)):
        if held_out_errors[k] < best_error:
            best = lams[k]
    return best


@slip("best_lam", "sorts the lambdas but not the errors")
def best_lam(lams, train_errors, held_out_errors):
    return np.sort(lams)[np.argmin(held_out_errors)]


@slip("best_lam", "all lambdas, the best one first")
def best_lam(lams, train_errors, held_out_errors):
    return lams[np.argsort(held_out_errors)]


@slip("best_lam", "compares errors that were rounded to 2 digits")
def best_lam(lams, train_errors, held_out_errors):
    return lams[np.argmin(np.round(held_out_errors, 2))]


@slip("best_lam", "the lambda together with its error")
def best_lam(lams, train_errors, held_out_errors):
    k = np.argmin(held_out_errors)
    return lams[k], held_out_errors[k]


@slip("best_lam", "the last lambda is not looked at")
def best_lam(lams, train_errors, held_out_errors):
    best = 0
    for k in range(len(lams) - 1):
        if held_out_errors[k] < held_out_errors[best]:
            best = k
    return lams[best]


@slip("best_lam", "the first lambda is never chosen")
def best_lam(lams, train_errors, held_out_errors):
    best = 1
    for k in range(2, len(lams)):
        if held_out_errors[k] < held_out_errors[best]:
            best = k
    return lams[best]


@slip("best_lam", "the largest lambda that is nearly as good")
def best_lam(lams, train_errors, held_out_errors):
    good = held_out_errors <= 1.1 * held_out_errors.min()
    return lams[good].max()


@slip("best_lam", "sorts the errors it was given, and then the first is always the smallest")
def best_lam(lams, train_errors, held_out_errors):
    held_out_errors.sort()
    return lams[np.argmin(held_out_errors)]


@slip("best_lam", "halfway between the best by either error")
def best_lam(lams, train_errors, held_out_errors):
    return (lams[np.argmin(train_errors)] + lams[np.argmin(held_out_errors)]) / 2


@slip("best_lam", "a whole number")
def best_lam(lams, train_errors, held_out_errors):
    return int(lams[np.argmin(held_out_errors)])


@slip("best_lam", "an array with one entry")
def best_lam(lams, train_errors, held_out_errors):
    return lams[held_out_errors == np.min(held_out_errors)]


@slip("best_lam", "the lambda itself is added to the error")
def best_lam(lams, train_errors, held_out_errors):
    return lams[np.argmin(held_out_errors + lams)]


@right("best_lam", "the smallest pair of error and place")
def best_lam(lams, train_errors, held_out_errors):
    error, k = min((e, k) for k, e in enumerate(held_out_errors))
    return float(lams[k])


@right("best_lam", "a loop that starts at infinity")
def best_lam(lams, train_errors, held_out_errors):
    best, lowest = None, float("inf")
    for lam, _, error in zip(lams, train_errors, held_out_errors):
        if error < lowest:
            best, lowest = lam, error
    return best


@right("best_lam", "the first of the sorted pairs, as a 0-dimensional array")
def best_lam(lams, train_errors, held_out_errors):
    order = np.argsort(held_out_errors, kind="stable")
    return np.array(lams[order][0])


# Soft-thresholding


@slip("soft_threshold", "does not stop at 0")
def soft_threshold(w, amount):
    return w - np.sign(w) * amount


@slip("soft_threshold", "the sign is lost")
def soft_threshold(w, amount):
    return np.maximum(np.abs(w) - amount, 0)


@slip("soft_threshold", "negative weights become 0")
def soft_threshold(w, amount):
    return np.maximum(w - amount, 0)


@slip("soft_threshold", "the large ones stay as they are: a hard threshold")
def soft_threshold(w, amount):
    return np.where(np.abs(w) > amount, w, 0)


@slip("soft_threshold", "divides, as L2 does")
def soft_threshold(w, amount):
    return w / (1 + amount)


@slip("soft_threshold", "cut off at the amount: what is taken away instead of what is left")
def soft_threshold(w, amount):
    return np.clip(w, -amount, amount)


@slip("soft_threshold", "minimum instead of maximum")
def soft_threshold(w, amount):
    return np.sign(w) * np.minimum(np.abs(w) - amount, 0)


@slip("soft_threshold", "negative weights are not moved")
def soft_threshold(w, amount):
    return np.where(w > amount, w - amount, np.where(w > 0, 0, w))


@slip("soft_threshold", "negative weights are moved away from 0")
def soft_threshold(w, amount):
    return np.where(np.abs(w) > amount, w - amount, 0)


@slip("soft_threshold", "half of the amount")
def soft_threshold(w, amount):
    return np.sign(w) * np.maximum(np.abs(w) - amount / 2, 0)


@slip("soft_threshold", "the sign by a division: nan for a weight of 0")
def soft_threshold(w, amount):
    return w / np.abs(w) * np.maximum(np.abs(w) - amount, 0)


@slip("soft_threshold", "Python's max in place of np.maximum")
def soft_threshold(w, amount):
    return np.sign(w) * max(np.abs(w) - amount, 0)


@slip("soft_threshold", "changes the weights it was given")
def soft_threshold(w, amount):
    small = np.abs(w) <= amount
    w -= amount * np.sign(w)
    w[small] = 0
    return w


@slip("soft_threshold", "one after the other: what has become negative is moved once more")
def soft_threshold(w, amount):
    w = w.copy()
    w[w > 0] -= amount
    w[w < 0] += amount
    return w


@slip("soft_threshold", "the small ones are cleared after the move: 1.5 becomes 0")
def soft_threshold(w, amount):
    moved = w - np.sign(w) * amount
    moved[np.abs(moved) < amount] = 0
    return moved


@slip("soft_threshold", "the result has the type of w: whole numbers if w has whole numbers")
def soft_threshold(w, amount):
    out = np.zeros_like(w)
    up, down = w < -amount, w > amount
    out[up] = w[up] + amount
    out[down] = w[down] - amount
    return out


@slip("soft_threshold", "a share of each weight is taken away")
def soft_threshold(w, amount):
    return np.sign(w) * np.maximum(np.abs(w) * (1 - amount), 0)


@slip("soft_threshold", "nothing is returned")
def soft_threshold(w, amount):
    result = np.sign(w) * np.maximum(np.abs(w) - amount, 0)


@slip("soft_threshold", "rounded to 3 digits")
def soft_threshold(w, amount):
    return np.round(np.sign(w) * np.maximum(np.abs(w) - amount, 0), 3)


@slip("soft_threshold", "return inside the loop: the rest stays as it was")
def soft_threshold(w, amount):
    out = np.array(w, dtype=float)
    for i, value in enumerate(w):
        out[i] = np.sign(value) * np.maximum(abs(value) - amount, 0)
        return out


@slip("soft_threshold", "if with a whole array")
def soft_threshold(w, amount):
    if w > amount:
        return w - amount
    if w < -amount:
        return w + amount
    return 0


@slip("soft_threshold", "small weights stay as they are")
def soft_threshold(w, amount):
    out = w.astype(float)
    out[w > amount] = w[w > amount] - amount
    out[w < -amount] = w[w < -amount] + amount
    return out


@slip("soft_threshold", "the whole vector is shortened by the amount")
def soft_threshold(w, amount):
    length = np.sqrt(np.sum(w**2))
    if length <= amount:
        return np.zeros(w.shape)
    return w * (1 - amount / length)


@slip("soft_threshold", "both halves are subtracted, so that the sign is lost")
def soft_threshold(w, amount):
    return np.maximum(w - amount, 0) - np.minimum(w + amount, 0)


@slip("soft_threshold", "compares with 1 instead of the amount")
def soft_threshold(w, amount):
    return np.where(np.abs(w) > 1, w - np.sign(w) * amount, 0)


@slip("soft_threshold", "the zeros are left out of the result")
def soft_threshold(w, amount):
    return np.array([v - amount if v > 0 else v + amount for v in w.ravel() if abs(v) > amount])


@right("soft_threshold", "what is left after the cut-off part is taken away")
def soft_threshold(w, amount):
    return w - np.clip(w, -amount, amount)


@right("soft_threshold", "a positive and a negative half, in float32")
def soft_threshold(w, amount):
    w = np.asarray(w, dtype=np.float32)
    return np.maximum(w - amount, 0) + np.minimum(w + amount, 0)


@right("soft_threshold", "one weight after the other with Python's if")
def soft_threshold(w, amount):
    def one(v):
        if abs(v) <= amount:
            return 0.0
        return v - amount if v > 0 else v + amount

    return np.array([one(v) for v in np.ravel(w)]).reshape(np.shape(w))


# The gradient of the penalty


@slip("l2_penalty_gradient", "the 2 is missing, as in PyTorch's weight_decay")
def l2_penalty_gradient(W, lam):
    return lam * W


@slip("l2_penalty_gradient", "lam is forgotten")
def l2_penalty_gradient(W, lam):
    return 2 * W


@slip("l2_penalty_gradient", "summed up: one number")
def l2_penalty_gradient(W, lam):
    return 2 * lam * np.sum(W)


@slip("l2_penalty_gradient", "divided by the number of weights")
def l2_penalty_gradient(W, lam):
    return 2 * lam * W / W.size


@slip("l2_penalty_gradient", "the penalty of each weight instead of its slope")
def l2_penalty_gradient(W, lam):
    return lam * W**2


@slip("l2_penalty_gradient", "with a minus")
def l2_penalty_gradient(W, lam):
    return -2 * lam * W


@slip("l2_penalty_gradient", "the step is taken already")
def l2_penalty_gradient(W, lam):
    return W - 2 * lam * W


@slip("l2_penalty_gradient", "the sign is lost")
def l2_penalty_gradient(W, lam):
    return 2 * lam * np.abs(W)


@slip("l2_penalty_gradient", "the gradient of the L1 penalty")
def l2_penalty_gradient(W, lam):
    return lam * np.sign(W)


@slip("l2_penalty_gradient", "the weight is lost when differentiating")
def l2_penalty_gradient(W, lam):
    return np.full(W.shape, 2 * lam)


@slip("l2_penalty_gradient", "turned on its side")
def l2_penalty_gradient(W, lam):
    return 2 * lam * W.T


@slip("l2_penalty_gradient", "the sum over the classes")
def l2_penalty_gradient(W, lam):
    return np.sum(2 * lam * W, axis=0)


@slip("l2_penalty_gradient", "the power is not lowered")
def l2_penalty_gradient(W, lam):
    return 2 * lam * W**2


@slip("l2_penalty_gradient", "changes the weights it was given")
def l2_penalty_gradient(W, lam):
    W *= 2 * lam
    return W


@slip("l2_penalty_gradient", "rounded to 3 digits")
def l2_penalty_gradient(W, lam):
    return (2 * lam * W).round(3)


@slip("l2_penalty_gradient", "nothing is returned")
def l2_penalty_gradient(W, lam):
    gradient = 2 * lam * W


@slip("l2_penalty_gradient", "the result has the type of W: whole numbers if W has whole numbers")
def l2_penalty_gradient(W, lam):
    gradient = np.zeros_like(W)
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            gradient[i, j] = 2 * lam * W[i, j]
    return gradient


@slip("l2_penalty_gradient", "takes W for a square: columns behind the number of classes stay 0")
def l2_penalty_gradient(W, lam):
    gradient = np.zeros(W.shape)
    for i in range(len(W)):
        for j in range(min(len(W), W.shape[1])):
            gradient[i, j] = 2 * lam * W[i, j]
    return gradient


@slip("l2_penalty_gradient", "a one-sided difference with a step that is too large")
def l2_penalty_gradient(W, lam):
    h = 0.01
    return lam * ((W + h) ** 2 - W**2) / h


@slip("l2_penalty_gradient", "moves all weights at once: one difference for all")
def l2_penalty_gradient(W, lam):
    h = 1e-5
    return (lam * np.sum((W + h) ** 2) - lam * np.sum((W - h) ** 2)) / (2 * h) * np.ones(W.shape)


@slip("l2_penalty_gradient", "the nudged weight is not set back")
def l2_penalty_gradient(W, lam):
    W = np.array(W, dtype=float)
    gradient, h = np.zeros(W.shape), 0.1
    start = lam * np.sum(W**2)
    for place in np.ndindex(*W.shape):
        W[place] += h
        gradient[place] = (lam * np.sum(W**2) - start) / h
    return gradient


@slip("l2_penalty_gradient", "lam is squared")
def l2_penalty_gradient(W, lam):
    return 2 * lam**2 * W


@slip("l2_penalty_gradient", "the first column is spared, as if it were the bias")
def l2_penalty_gradient(W, lam):
    gradient = 2 * lam * W
    gradient[:, 0] = 0
    return gradient


@slip("l2_penalty_gradient", "@ with a number")
def l2_penalty_gradient(W, lam):
    return 2 * lam @ W


@slip("l2_penalty_gradient", "divided by the number of classes")
def l2_penalty_gradient(W, lam):
    return 2 * lam * W / len(W)


@slip("l2_penalty_gradient", "the gradient of the norm: nan if all weights are 0")
def l2_penalty_gradient(W, lam):
    return lam * W / np.linalg.norm(W)


@slip("l2_penalty_gradient", "in one long row")
def l2_penalty_gradient(W, lam):
    return np.array([2 * lam * w for row in W for w in row])


@slip("l2_penalty_gradient", "the square of the sum differentiated: the same for each weight of a row")
def l2_penalty_gradient(W, lam):
    return 2 * lam * W.sum(axis=1, keepdims=True) * np.ones(W.shape)


@right("l2_penalty_gradient", "a central difference, exact for a square")
def l2_penalty_gradient(W, lam):
    return lam * ((W + 1) ** 2 - (W - 1) ** 2) / 2


@right("l2_penalty_gradient", "nested lists of Python numbers")
def l2_penalty_gradient(W, lam):
    return [[float(lam * w + lam * w) for w in row] for row in W]


@right("l2_penalty_gradient", "a product with a diagonal matrix, in float32")
def l2_penalty_gradient(W, lam):
    return (np.diag(np.full(len(W), 2.0 * lam)) @ W).astype(np.float32)
