"""Answers to the exercises of notebook 10 as students might hand them in: `slip`s are wrong in the way that their words
say, `right`s are correct though written in an unusual way. They were written from the notebook's text alone, without
a look at the checks, so that they can tell what the checks miss.
"""
# ruff: noqa: F811, RET503, F841, B905
# (wrong on purpose: one name many times, returns left out, values computed and forgotten)

import math

import numpy as np

from lectureutils import autodiff
from lectureutils.losses import cross_entropy
from slips.collect import right, right_value, slip, slip_value

# Exercise 1: one step, all by yourself


def softmax(scores):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def one_hot(y, C):
    return np.eye(C)[y]


@slip("network_step", "y - p: uphill")
def network_step(W, b, U, c, X, y, learning_rate):
    Z = X @ W.T + b
    H = np.maximum(Z, 0)
    dS = (one_hot(y, len(c)) - softmax(H @ U.T + c)) / len(X)
    dZ = (dS @ U) * (Z > 0)
    r = learning_rate
    return W - r * dZ.T @ X, b - r * dZ.sum(axis=0), U - r * dS.T @ H, c - r * dS.sum(axis=0)


@slip("network_step", "1/N is forgotten")
def network_step(W, b, U, c, X, y, learning_rate):
    Z = X @ W.T + b
    H = np.maximum(Z, 0)
    dS = softmax(H @ U.T + c) - one_hot(y, len(c))
    dZ = (dS @ U) * (Z > 0)
    r = learning_rate
    return W - r * dZ.T @ X, b - r * dZ.sum(axis=0), U - r * dS.T @ H, c - r * dS.sum(axis=0)


@slip("network_step", "1/N twice: also in the biases' means")
def network_step(W, b, U, c, X, y, learning_rate):
    Z = X @ W.T + b
    H = np.maximum(Z, 0)
    dS = (softmax(H @ U.T + c) - one_hot(y, len(c))) / len(X)
    dZ = (dS @ U) * (Z > 0)
    r = learning_rate
    return W - r * dZ.T @ X, b - r * dZ.mean(axis=0), U - r * dS.T @ H, c - r * dS.mean(axis=0)


@slip("network_step", "the mask is made from the gradient")
def network_step(W, b, U, c, X, y, learning_rate):
    H = np.maximum(X @ W.T + b, 0)
    dS = (softmax(H @ U.T + c) - one_hot(y, len(c))) / len(X)
    dH = dS @ U
    dZ = dH * (dH > 0)
    r = learning_rate
    return W - r * dZ.T @ X, b - r * dZ.sum(axis=0), U - r * dS.T @ H, c - r * dS.sum(axis=0)


@slip("network_step", "the mask H >= 0 always holds")
def network_step(W, b, U, c, X, y, learning_rate):
    H = np.maximum(X @ W.T + b, 0)
    dS = (softmax(H @ U.T + c) - one_hot(y, len(c))) / len(X)
    dZ = (dS @ U) * (H >= 0)
    r = learning_rate
    return W - r * dZ.T @ X, b - r * dZ.sum(axis=0), U - r * dS.T @ H, c - r * dS.sum(axis=0)


@slip("network_step", "the way back goes through weights that have moved already")
def network_step(W, b, U, c, X, y, learning_rate):
    Z = X @ W.T + b
    H = np.maximum(Z, 0)
    dS = (softmax(H @ U.T + c) - one_hot(y, len(c))) / len(X)
    U = U - learning_rate * dS.T @ H
    c = c - learning_rate * dS.sum(axis=0)
    dZ = (dS @ U) * (Z > 0)
    return W - learning_rate * dZ.T @ X, b - learning_rate * dZ.sum(axis=0), U, c


@slip("network_step", "the biases go uphill")
def network_step(W, b, U, c, X, y, learning_rate):
    Z = X @ W.T + b
    H = np.maximum(Z, 0)
    dS = (softmax(H @ U.T + c) - one_hot(y, len(c))) / len(X)
    dZ = (dS @ U) * (Z > 0)
    r = learning_rate
    return W - r * dZ.T @ X, b + r * dZ.sum(axis=0), U - r * dS.T @ H, c + r * dS.sum(axis=0)


@slip("network_step", "the gradients are returned, not the weights")
def network_step(W, b, U, c, X, y, learning_rate):
    Z = X @ W.T + b
    H = np.maximum(Z, 0)
    dS = (softmax(H @ U.T + c) - one_hot(y, len(c))) / len(X)
    dZ = (dS @ U) * (Z > 0)
    return dZ.T @ X, dZ.sum(axis=0), dS.T @ H, dS.sum(axis=0)


@slip("network_step", "the first bias never learns")
def network_step(W, b, U, c, X, y, learning_rate):
    Z = X @ W.T + b
    H = np.maximum(Z, 0)
    dS = (softmax(H @ U.T + c) - one_hot(y, len(c))) / len(X)
    dZ = (dS @ U) * (Z > 0)
    r = learning_rate
    return W - r * dZ.T @ X, b, U - r * dS.T @ H, c - r * dS.sum(axis=0)


@slip("network_step", "the softmax over the examples: axis 0")
def network_step(W, b, U, c, X, y, learning_rate):
    Z = X @ W.T + b
    H = np.maximum(Z, 0)
    scores = H @ U.T + c
    e = np.exp(scores - scores.max())
    p = e / e.sum(axis=0)
    dS = (p - one_hot(y, len(c))) / len(X)
    dZ = (dS @ U) * (Z > 0)
    r = learning_rate
    return W - r * dZ.T @ X, b - r * dZ.sum(axis=0), U - r * dS.T @ H, c - r * dS.sum(axis=0)


@slip("network_step", "the softmax divides by the sum of the whole batch")
def network_step(W, b, U, c, X, y, learning_rate):
    Z = X @ W.T + b
    H = np.maximum(Z, 0)
    e = np.exp(H @ U.T + c)
    dS = (e / e.sum() - one_hot(y, len(c))) / len(X)
    dZ = (dS @ U) * (Z > 0)
    r = learning_rate
    return W - r * dZ.T @ X, b - r * dZ.sum(axis=0), U - r * dS.T @ H, c - r * dS.sum(axis=0)


@slip("network_step", "exp of the raw scores: not a number for large ones")
def network_step(W, b, U, c, X, y, learning_rate):
    Z = X @ W.T + b
    H = np.maximum(Z, 0)
    with np.errstate(all="ignore"):
        e = np.exp(H @ U.T + c)
        dS = (e / e.sum(axis=1, keepdims=True) - one_hot(y, len(c))) / len(X)
    dZ = (dS @ U) * (Z > 0)
    r = learning_rate
    return W - r * dZ.T @ X, b - r * dZ.sum(axis=0), U - r * dS.T @ H, c - r * dS.sum(axis=0)


@slip("network_step", "the softmax is forgotten: scores minus one-hot")
def network_step(W, b, U, c, X, y, learning_rate):
    Z = X @ W.T + b
    H = np.maximum(Z, 0)
    dS = (H @ U.T + c - one_hot(y, len(c))) / len(X)
    dZ = (dS @ U) * (Z > 0)
    r = learning_rate
    return W - r * dZ.T @ X, b - r * dZ.sum(axis=0), U - r * dS.T @ H, c - r * dS.sum(axis=0)


@slip("network_step", "as many classes as occur in the batch")
def network_step(W, b, U, c, X, y, learning_rate):
    Z = X @ W.T + b
    H = np.maximum(Z, 0)
    Y = np.eye(y.max() + 1)[y]
    dS = (softmax(H @ U.T + c) - Y) / len(X)
    dZ = (dS @ U) * (Z > 0)
    r = learning_rate
    return W - r * dZ.T @ X, b - r * dZ.sum(axis=0), U - r * dS.T @ H, c - r * dS.sum(axis=0)


@slip("network_step", "p[:, y] -= 1 takes 1 from whole columns")
def network_step(W, b, U, c, X, y, learning_rate):
    Z = X @ W.T + b
    H = np.maximum(Z, 0)
    dS = softmax(H @ U.T + c)
    dS[:, y] -= 1
    dS /= len(X)
    dZ = (dS @ U) * (Z > 0)
    r = learning_rate
    return W - r * dZ.T @ X, b - r * dZ.sum(axis=0), U - r * dS.T @ H, c - r * dS.sum(axis=0)


@slip("network_step", "the learning rate for the output layer only")
def network_step(W, b, U, c, X, y, learning_rate):
    Z = X @ W.T + b
    H = np.maximum(Z, 0)
    dS = (softmax(H @ U.T + c) - one_hot(y, len(c))) / len(X)
    dZ = (dS @ U) * (Z > 0)
    return W - dZ.T @ X, b - dZ.sum(axis=0), U - learning_rate * dS.T @ H, c - learning_rate * dS.sum(axis=0)


@slip("network_step", "the caller's weights are changed in place")
def network_step(W, b, U, c, X, y, learning_rate):
    Z = X @ W.T + b
    H = np.maximum(Z, 0)
    dS = (softmax(H @ U.T + c) - one_hot(y, len(c))) / len(X)
    dZ = (dS @ U) * (Z > 0)
    W -= learning_rate * dZ.T @ X
    b -= learning_rate * dZ.sum(axis=0)
    U -= learning_rate * dS.T @ H
    c -= learning_rate * dS.sum(axis=0)
    return W, b, U, c


@slip("network_step", "the ReLU is forgotten on the way forward")
def network_step(W, b, U, c, X, y, learning_rate):
    Z = X @ W.T + b
    dS = (softmax(Z @ U.T + c) - one_hot(y, len(c))) / len(X)
    dZ = (dS @ U) * (Z > 0)
    r = learning_rate
    return W - r * dZ.T @ X, b - r * dZ.sum(axis=0), U - r * dS.T @ Z, c - r * dS.sum(axis=0)


@slip("network_step", "the biases come back as rows of a matrix")
def network_step(W, b, U, c, X, y, learning_rate):
    Z = X @ W.T + b
    H = np.maximum(Z, 0)
    dS = (softmax(H @ U.T + c) - one_hot(y, len(c))) / len(X)
    dZ = (dS @ U) * (Z > 0)
    db, dc = dZ.sum(axis=0, keepdims=True), dS.sum(axis=0, keepdims=True)
    r = learning_rate
    return W - r * dZ.T @ X, b - r * db, U - r * dS.T @ H, c - r * dc


@slip("network_step", "a step after each example: the weights move within the batch")
def network_step(W, b, U, c, X, y, learning_rate):
    r = learning_rate / len(X)
    for x, label in zip(X, y):
        z = W @ x + b
        h = np.maximum(z, 0)
        ds = softmax((U @ h + c)[None])[0] - one_hot(label, len(c))
        dz = (U.T @ ds) * (z > 0)
        W, b, U, c = W - r * np.outer(dz, x), b - r * dz, U - r * np.outer(ds, h), c - r * ds
    return W, b, U, c


@right("network_step", "by the engine of the package")
def network_step(W, b, U, c, X, y, learning_rate):
    parameters = [autodiff.Tensor(a) for a in (W, b, U, c)]
    W, b, U, c = parameters
    autodiff.fused(cross_entropy, autodiff.affine(autodiff.affine(X, W, b).relu(), U, c), y).backward()
    return [p.data - learning_rate * p.grad for p in parameters]


@right("network_step", "example by example, all at the same weights")
def network_step(W, b, U, c, X, y, learning_rate):
    steps = [np.zeros(a.shape) for a in (W, b, U, c)]
    for n in range(len(X)):
        z = W @ X[n] + b
        h = np.where(z > 0, z, 0)
        s = U @ h + c
        ds = np.exp(s - np.logaddexp.reduce(s))
        ds[y[n]] -= 1
        dz = np.where(z > 0, ds @ U, 0)
        for step, d in zip(steps, (np.outer(dz, X[n]), dz, np.outer(ds, h), ds)):
            step += d / len(X)
    return tuple(a - learning_rate * step for a, step in zip((W, b, U, c), steps))


@right("network_step", "with indices in place of one-hot rows, examples in columns")
def network_step(W, b, U, c, X, y, learning_rate):
    N = len(X)
    Z = W @ X.T + b[:, None]
    H = Z * (Z > 0)
    S = U @ H + c[:, None]
    P = np.exp(S - S.max(axis=0))
    P /= P.sum(axis=0)
    P[y, np.arange(N)] -= 1
    P *= learning_rate / N
    G = (U.T @ P) * (Z > 0)
    return W - G @ X, b - G.sum(axis=1), U - P @ H.T, c - P.sum(axis=1)


# Exercise 2 (optional): when to stop


@slip("early_stop", "an equal loss counts as a new best")
def early_stop(losses, patience):
    best, waited = 0, 0
    for epoch in range(1, len(losses)):
        if losses[epoch] <= losses[best]:
            best, waited = epoch, 0
        else:
            waited += 1
        if waited == patience:
            break
    return best


@slip("early_stop", "never stops: the best of all epochs")
def early_stop(losses, patience):
    return int(np.argmin(losses))


@slip("early_stop", "waits one epoch too long")
def early_stop(losses, patience):
    best, waited = 0, 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best]:
            best, waited = epoch, 0
        else:
            waited += 1
        if waited > patience:
            break
    return best


@slip("early_stop", "stops one epoch too soon")
def early_stop(losses, patience):
    best, waited = 0, 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best]:
            best, waited = epoch, 0
        elif waited + 1 >= patience - 1:
            break
        else:
            waited += 1
    return best


@slip("early_stop", "the count is never reset: bad epochs in all, not in a row")
def early_stop(losses, patience):
    best, waited = 0, 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best]:
            best = epoch
        else:
            waited += 1
        if waited == patience:
            break
    return best


@slip("early_stop", "returns the epoch at which it stopped")
def early_stop(losses, patience):
    best, waited = 0, 0
    for epoch in range(len(losses)):
        if losses[epoch] < losses[best]:
            best, waited = epoch, 0
        elif epoch > 0:
            waited += 1
        if waited == patience:
            return epoch
    return best


@slip("early_stop", "returns the best loss, not its epoch")
def early_stop(losses, patience):
    best, waited = losses[0], 0
    for loss in losses[1:]:
        if loss < best:
            best, waited = loss, 0
        else:
            waited += 1
        if waited == patience:
            break
    return best


@slip("early_stop", "compares with the epoch before, not with the best")
def early_stop(losses, patience):
    best, waited = 0, 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[epoch - 1]:
            best, waited = epoch, 0
        else:
            waited += 1
        if waited == patience:
            break
    return best


@slip("early_stop", "the best begins at 0, which no loss is below")
def early_stop(losses, patience):
    best, best_epoch, waited = 0, 0, 0
    for epoch, loss in enumerate(losses):
        if loss < best:
            best, best_epoch, waited = loss, epoch, 0
        else:
            waited += 1
        if waited == patience:
            break
    return best_epoch


@slip("early_stop", "no answer when patience never runs out")
def early_stop(losses, patience):
    best, waited = 0, 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best]:
            best, waited = epoch, 0
        else:
            waited += 1
        if waited == patience:
            return best


@slip("early_stop", "epochs are counted from 1")
def early_stop(losses, patience):
    best, waited = 1, 0
    for epoch in range(2, len(losses) + 1):
        if losses[epoch - 1] < losses[best - 1]:
            best, waited = epoch, 0
        else:
            waited += 1
        if waited == patience:
            break
    return best


@slip("early_stop", "looks for the largest")
def early_stop(losses, patience):
    best, waited = 0, 0
    for epoch in range(1, len(losses)):
        if losses[epoch] > losses[best]:
            best, waited = epoch, 0
        else:
            waited += 1
        if waited == patience:
            break
    return best


@slip("early_stop", "stops at the first rise, whatever the patience")
def early_stop(losses, patience):
    for epoch in range(1, len(losses)):
        if losses[epoch] >= losses[epoch - 1]:
            return epoch - 1
    return len(losses) - 1


@slip("early_stop", "patience epochs before the end, even if it never stopped")
def early_stop(losses, patience):
    best, waited = losses[0], 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < best:
            best, waited = losses[epoch], 0
        else:
            waited += 1
        if waited == patience:
            break
    return max(0, epoch - patience)


@slip("early_stop", "the last epoch, if it never stopped")
def early_stop(losses, patience):
    best, waited = 0, 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best]:
            best, waited = epoch, 0
        else:
            waited += 1
        if waited == patience:
            return best
    return len(losses) - 1


@slip("early_stop", "the last epoch is never looked at")
def early_stop(losses, patience):
    best, waited = 0, 0
    for epoch in range(1, len(losses) - 1):
        if losses[epoch] < losses[best]:
            best, waited = epoch, 0
        else:
            waited += 1
        if waited == patience:
            break
    return best


@slip("early_stop", "the best of the first epochs, as many as patience says")
def early_stop(losses, patience):
    first = list(losses[: patience + 1])
    return first.index(min(first))


@slip("early_stop", "the best is not moved along with the count")
def early_stop(losses, patience):
    best, waited = 0, 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[0]:
            best, waited = epoch, 0
        else:
            waited += 1
        if waited == patience:
            break
    return best


@slip("early_stop", "the epoch itself counts: the best one is taken for a bad one")
def early_stop(losses, patience):
    best, waited = 0, 0
    for epoch in range(len(losses)):
        if losses[epoch] < losses[best]:
            best, waited = epoch, 0
        waited += 1
        if waited == patience:
            break
    return best


@slip("early_stop", "looked up by its value, so the later of two equal ones is found")
def early_stop(losses, patience):
    best, waited, seen = losses[0], 0, [losses[0]]
    for loss in losses[1:]:
        seen.append(loss)
        if loss < best:
            best, waited = loss, 0
        else:
            waited += 1
        if waited == patience:
            break
    return len(seen) - 1 - seen[::-1].index(best)


@right("early_stop", "the first epoch that nothing beats within its patience")
def early_stop(losses, patience):
    for epoch in range(len(losses)):
        following = losses[epoch + 1 : epoch + 1 + patience]
        if min(losses[: epoch + 1]) == losses[epoch] and all(loss >= losses[epoch] for loss in following):
            return epoch


@right("early_stop", "one loss at a time, starting from infinity")
def early_stop(losses, patience):
    best, kept = math.inf, 0
    for epoch, loss in enumerate(losses):
        if loss < best:
            best, kept = loss, epoch
        if epoch - kept >= patience:
            return kept
    return kept


@right("early_stop", "asks NumPy for the best so far")
def early_stop(losses, patience):
    for end in range(1, len(losses) + 1):
        best = np.argmin(losses[:end])
        if end - 1 - best == patience:
            break
    return best


# Exercise 3: five patients

CAUSES = {"A": "rate too large", "B": "overfitting", "C": "dead ReLUs", "D": "all zero", "E": "labels shuffled"}


def wrong_causes(words, **causes):
    slip_value("diagnosis", words, {**CAUSES, **causes})


wrong_causes("not begun", A=None, B=None, C=None, D=None, E=None)
wrong_causes("overfitting and shuffled labels exchanged", B="labels shuffled", E="overfitting")
wrong_causes("63 dead ones taken for the cause of A", A="dead ReLUs", C="rate too large")
wrong_causes("dead and all zero exchanged: both start at 2.30", C="all zero", D="dead ReLUs")
wrong_causes("all zero and shuffled labels exchanged: both are slow", D="labels shuffled", E="all zero")
wrong_causes("leaps taken for shuffled labels", A="labels shuffled", E="rate too large")
wrong_causes("A and B exchanged", A="overfitting", B="rate too large")
wrong_causes("B and C exchanged: most right and least right", B="dead ReLUs", C="overfitting")
wrong_causes("64 twins taken for overfitting", B="all zero", D="overfitting")
wrong_causes("chance on the test set taken for dead ReLUs", C="labels shuffled", E="dead ReLUs")
wrong_causes("leaps taken for a start at zero", A="all zero", D="rate too large")
wrong_causes("three in a circle", C="all zero", D="labels shuffled", E="dead ReLUs")
wrong_causes("A named dead as well: one cause twice", A="dead ReLUs")
wrong_causes("E named overfitting as well: one cause twice", E="overfitting")
wrong_causes("D left open", D=None)
wrong_causes("a cause of the table that is not asked for", A="unscaled inputs")
wrong_causes("everything in the order of the list",
             A="rate too large", B="dead ReLUs", C="all zero", D="labels shuffled", E="overfitting")  # fmt: skip
wrong_causes("overfitting everywhere", **dict.fromkeys("ABCDE", "overfitting"))
wrong_causes("a cure in place of a cause", A="a smaller rate")
slip_value("diagnosis", "E is left out", {run: cause for run, cause in CAUSES.items() if run != "E"})

right_value("diagnosis", "in another order", dict(sorted(CAUSES.items(), key=lambda item: item[1])))
backwards = ["labels shuffled", "all zero", "dead ReLUs", "overfitting", "rate too large"]
right_value("diagnosis", "zipped together", dict(zip("EDCBA", backwards)))
right_value("diagnosis", "words of NumPy", {run: np.str_(cause) for run, cause in CAUSES.items()})


# Exercise 4: scale them alike


@slip("scaled_alike", "the test set is scaled with its own mean and spread")
def scaled_alike(train, test):
    def scaled(X):
        std = X.std(axis=0)
        return (X - X.mean(axis=0)) / np.where(std > 0, std, 1)

    return scaled(train), scaled(test)


@slip("scaled_alike", "a column that never changes is divided by 0")
def scaled_alike(train, test):
    mean, std = train.mean(axis=0), train.std(axis=0)
    with np.errstate(all="ignore"):
        return (train - mean) / std, (test - mean) / std


@slip("scaled_alike", "a tiny number in place of a 0: the test column explodes")
def scaled_alike(train, test):
    mean, std = train.mean(axis=0), train.std(axis=0) + 1e-8
    return (train - mean) / std, (test - mean) / std


@slip("scaled_alike", "one mean and one spread for all columns")
def scaled_alike(train, test):
    mean, std = train.mean(), train.std()
    std = std if std > 0 else 1
    return (train - mean) / std, (test - mean) / std


@slip("scaled_alike", "row by row")
def scaled_alike(train, test):
    def scaled(X):
        std = X.std(axis=1, keepdims=True)
        return (X - X.mean(axis=1, keepdims=True)) / np.where(std > 0, std, 1)

    return scaled(train), scaled(test)


@slip("scaled_alike", "divided by N - 1 in the spread")
def scaled_alike(train, test):
    mean, std = train.mean(axis=0), train.std(axis=0, ddof=1)
    std[std == 0] = 1
    return (train - mean) / std, (test - mean) / std


@slip("scaled_alike", "the variance in place of its root")
def scaled_alike(train, test):
    mean, var = train.mean(axis=0), train.var(axis=0)
    var[var == 0] = 1
    return (train - mean) / var, (test - mean) / var


@slip("scaled_alike", "the mean is not taken away")
def scaled_alike(train, test):
    std = train.std(axis=0)
    std = np.where(std > 0, std, 1)
    return train / std, test / std


@slip("scaled_alike", "brackets are missing: only the mean is divided")
def scaled_alike(train, test):
    mean, std = train.mean(axis=0), train.std(axis=0)
    std = np.where(std > 0, std, 1)
    return train - mean / std, test - mean / std


@slip("scaled_alike", "only the training set is returned")
def scaled_alike(train, test):
    mean, std = train.mean(axis=0), train.std(axis=0)
    std = np.where(std > 0, std, 1)
    return (train - mean) / std


@slip("scaled_alike", "mean and spread of both sets together")
def scaled_alike(train, test):
    both = np.concatenate([train, test])
    mean, std = both.mean(axis=0), both.std(axis=0)
    std = np.where(std > 0, std, 1)
    return (train - mean) / std, (test - mean) / std


@slip("scaled_alike", "to the range from 0 to 1")
def scaled_alike(train, test):
    low, span = train.min(axis=0), np.ptp(train, axis=0)
    span = np.where(span > 0, span, 1)
    return (train - low) / span, (test - low) / span


@slip("scaled_alike", "what is not a number becomes 0, but test / 0 is infinite")
def scaled_alike(train, test):
    mean, std = train.mean(axis=0), train.std(axis=0)
    with np.errstate(all="ignore"):
        return np.nan_to_num((train - mean) / std), np.nan_to_num((test - mean) / std)


@slip("scaled_alike", "every spread below 1 becomes 1")
def scaled_alike(train, test):
    mean, std = train.mean(axis=0), np.maximum(train.std(axis=0), 1)
    return (train - mean) / std, (test - mean) / std


@slip("scaled_alike", "the pair is returned in the wrong order")
def scaled_alike(train, test):
    mean, std = train.mean(axis=0), train.std(axis=0)
    std = np.where(std > 0, std, 1)
    return (test - mean) / std, (train - mean) / std


@slip("scaled_alike", "the mean of the scaled training set is used for the test set")
def scaled_alike(train, test):
    train = train - train.mean(axis=0)
    std = np.where(train.std(axis=0) > 0, train.std(axis=0), 1)
    return train / std, (test - train.mean(axis=0)) / std


@slip("scaled_alike", "the spread of the scaled training set is used for the test set")
def scaled_alike(train, test):
    mean = train.mean(axis=0)
    train = (train - mean) / np.where(train.std(axis=0) > 0, train.std(axis=0), 1)
    return train, (test - mean) / np.where(train.std(axis=0) > 0, train.std(axis=0), 1)


@slip("scaled_alike", "a column that never changes is set to 0 in the test set")
def scaled_alike(train, test):
    mean, std = train.mean(axis=0), train.std(axis=0)
    new_train, new_test = np.zeros(train.shape), np.zeros(test.shape)
    for d in range(train.shape[1]):
        if std[d] > 0:
            new_train[:, d] = (train[:, d] - mean[d]) / std[d]
            new_test[:, d] = (test[:, d] - mean[d]) / std[d]
    return new_train, new_test


@slip("scaled_alike", "the caller's arrays are changed in place")
def scaled_alike(train, test):
    mean, std = train.mean(axis=0), train.std(axis=0)
    std[std == 0] = 1
    train -= mean
    train /= std
    test -= mean
    test /= std
    return train, test


@slip("scaled_alike", "the mean of the column is missing in a column that never changes")
def scaled_alike(train, test):
    mean, std = train.mean(axis=0), train.std(axis=0)
    mean, std = np.where(std > 0, mean, 0), np.where(std > 0, std, 1)
    return (train - mean) / std, (test - mean) / std


@right("scaled_alike", "column by column")
def scaled_alike(train, test):
    a, b = np.empty(train.shape), np.empty(test.shape)
    for d in range(train.shape[1]):
        m, s = np.mean(train[:, d]), np.std(train[:, d])
        a[:, d] = (train[:, d] - m) / (s or 1)
        b[:, d] = (test[:, d] - m) / (s or 1)
    return a, b


@right("scaled_alike", "the spread from the mean of the squares, the same for both sets, in a list")
def scaled_alike(train, test):
    mean = train.sum(axis=0) / len(train)
    std = np.sqrt(((train - mean) ** 2).sum(axis=0) / len(train))
    return [np.divide(X - mean, std, out=X - mean, where=std != 0) for X in (train, test)]


@right("scaled_alike", "columns that never change are told by their range")
def scaled_alike(train, test):
    std = train.std(axis=0, keepdims=True)
    std[:, train.max(axis=0) == train.min(axis=0)] = 1
    stacked = (np.vstack([train, test]) - train.mean(axis=0)) / std
    return stacked[: len(train)], stacked[len(train) :]


@right("scaled_alike", "in single precision")
def scaled_alike(train, test):
    train, test = train.astype("float32"), test.astype("float32")
    mean, std = train.mean(axis=0), train.std(axis=0)
    std[std == 0] = 1
    return (train - mean) / std, (test - mean) / std


# Exercise 5 (optional): count the dead


@slip("dead_share", "the share of zeros among all answers")
def dead_share(H):
    return (H == 0).mean()


@slip("dead_share", "examples in place of neurons: axis 1")
def dead_share(H):
    return (H == 0).all(axis=1).mean()


@slip("dead_share", "one 0 is enough")
def dead_share(H):
    return (H == 0).any(axis=0).mean()


@slip("dead_share", "how many, not which share")
def dead_share(H):
    return (H == 0).all(axis=0).sum()


@slip("dead_share", "divided by the number of examples")
def dead_share(H):
    return np.sum(np.all(H == 0, axis=0)) / len(H)


@slip("dead_share", "the share of the living")
def dead_share(H):
    return (H != 0).any(axis=0).mean()


@slip("dead_share", "the sum is 0: positive and negative answers cancel")
def dead_share(H):
    return (H.sum(axis=0) == 0).mean()


@slip("dead_share", "the largest is 0: a neuron with negative answers is called dead")
def dead_share(H):
    return (H.max(axis=0) == 0).mean()


@slip("dead_share", "negative answers count as dead")
def dead_share(H):
    return (H <= 0).all(axis=0).mean()


@slip("dead_share", "small answers count as dead")
def dead_share(H):
    return (np.abs(H) < 0.01).all(axis=0).mean()


@slip("dead_share", "the first example decides")
def dead_share(H):
    return np.mean(H[0] == 0)


@slip("dead_share", "in percent")
def dead_share(H):
    return 100 * np.mean(np.all(H == 0, axis=0))


@slip("dead_share", "nothing is returned")
def dead_share(H):
    dead = 0
    for column in H.T:
        if np.all(column == 0):
            dead += 1
    share = dead / H.shape[1]


@slip("dead_share", "whole-number division")
def dead_share(H):
    return np.count_nonzero(~H.any(axis=0)) // H.shape[1]


@slip("dead_share", "one answer for all: is every neuron dead?")
def dead_share(H):
    return float((H == 0).all())


@slip("dead_share", "one share for each neuron")
def dead_share(H):
    return (H == 0).mean(axis=0)


@slip("dead_share", "the loop leaves out the last neuron")
def dead_share(H):
    N, K = H.shape
    dead = 0
    for k in range(K - 1):
        dead += all(H[:, k] == 0)
    return dead / K


@slip("dead_share", "the last example of the loop decides")
def dead_share(H):
    dead = 0
    for k in range(H.shape[1]):
        for n in range(len(H)):
            is_dead = H[n, k] == 0
        dead += is_dead
    return dead / H.shape[1]


@slip("dead_share", "a neuron asleep for half of the examples is called dead")
def dead_share(H):
    return np.mean(np.median(H, axis=0) == 0)


@slip("dead_share", "the flag is not reset for the next neuron")
def dead_share(H):
    dead, alive = 0, False
    for column in H.T:
        for h in column:
            if h != 0:
                alive = True
        if not alive:
            dead += 1
    return dead / H.shape[1]


@right("dead_share", "one minus the share of those that ever answer")
def dead_share(H):
    return 1 - np.count_nonzero(np.abs(H).max(axis=0)) / H.shape[1]


@right("dead_share", "counted in lists")
def dead_share(H):
    columns = list(zip(*H.tolist()))
    return sum(set(column) == {0} for column in columns) / len(columns)


@right("dead_share", "by the length of each column")
def dead_share(H):
    return np.mean(np.linalg.norm(H, axis=0) == 0)
