"""Answers to the exercises of notebook 02, wrong ones and a few right ones in an unusual style.

They were written from the notebook's text alone, blind to the checks. A wrong answer differs from the notebook's
solution on some sensible input: some on every input, some only for ties, whole numbers, large scores or one example.
"""
# Wrong on purpose, and each answer bears the exercise's name:
# ruff: noqa: B006, B007, B023, B905, F811, F841, RET503, SIM113

import math

import numpy as np

from slips.collect import right, slip

# The hinge loss of a batch


@slip("hinge_loss", "the true class is counted")
def hinge_loss(scores, y):
    rows = np.arange(len(y))
    shares = np.maximum(0, 1 + scores - scores[rows, y][:, None])
    return shares.sum(axis=1).mean()


@slip("hinge_loss", "the margin is subtracted")
def hinge_loss(scores, y):
    rows = np.arange(len(y))
    shares = np.maximum(0, scores - scores[rows, y][:, None] - 1)
    shares[rows, y] = 0
    return shares.sum(axis=1).mean()


@slip("hinge_loss", "no margin")
def hinge_loss(scores, y):
    true = scores[np.arange(len(y)), y][:, None]
    return np.maximum(0, scores - true).sum(axis=1).mean()


@slip("hinge_loss", "true score and rival exchanged")
def hinge_loss(scores, y):
    rows = np.arange(len(y))
    shares = np.maximum(0, 1 + scores[rows, y][:, None] - scores)
    shares[rows, y] = 0
    return shares.sum(axis=1).mean()


@slip("hinge_loss", "the worst rival instead of the sum over all")
def hinge_loss(scores, y):
    rows = np.arange(len(y))
    shares = np.maximum(0, 1 + scores - scores[rows, y][:, None])
    shares[rows, y] = 0
    return shares.max(axis=1).mean()


@slip("hinge_loss", "the sum over the examples instead of the mean")
def hinge_loss(scores, y):
    N = len(y)
    shares = np.maximum(0, 1 + scores - scores[np.arange(N), y].reshape(N, 1))
    shares[np.arange(N), y] = 0
    return np.sum(shares)


@slip("hinge_loss", "the mean over examples and classes")
def hinge_loss(scores, y):
    rows = np.arange(len(y))
    shares = np.maximum(0, 1 + scores - scores[rows, y][:, None])
    shares[rows, y] = 0
    return shares.mean()


@slip("hinge_loss", "divides by N twice")
def hinge_loss(scores, y):
    N = len(y)
    loss = 0.0
    for i in range(N):
        for j in range(scores.shape[1]):
            if j != y[i]:
                loss += max(0, 1 + scores[i, j] - scores[i, y[i]]) / N
    return loss / N


@slip("hinge_loss", "the mean over the rivals")
def hinge_loss(scores, y):
    rows = np.arange(len(y))
    shares = np.maximum(0, 1 + scores - scores[rows, y][:, None])
    shares[rows, y] = 0
    return shares.sum() / (len(y) * (scores.shape[1] - 1))


@slip("hinge_loss", "the true scores are no column")
def hinge_loss(scores, y):
    rows = np.arange(len(y))
    shares = np.maximum(0, 1 + scores - scores[rows, y])
    shares[rows, y] = 0
    return shares.sum(axis=1).mean()


@slip("hinge_loss", "scores[:, y] instead of one true score for each row")
def hinge_loss(scores, y):
    rows = np.arange(len(y))
    shares = np.maximum(0, 1 + scores - scores[:, y])
    shares[rows, y] = 0
    return shares.sum(axis=1).mean()


@slip("hinge_loss", "a loss for each example")
def hinge_loss(scores, y):
    rows = np.arange(len(y))
    shares = np.maximum(0, 1 + scores - scores[rows, y][:, None])
    shares[rows, y] = 0
    return shares.sum(axis=1)


@slip("hinge_loss", "squared")
def hinge_loss(scores, y):
    rows = np.arange(len(y))
    shares = np.maximum(0, 1 + scores - scores[rows, y][:, None]) ** 2
    shares[rows, y] = 0
    return shares.sum(axis=1).mean()


@slip("hinge_loss", "max is taken of the sum, so that a lead pays for a loss elsewhere")
def hinge_loss(scores, y):
    loss = 0
    for s, label in zip(scores, y):
        total = 0
        for j in range(len(s)):
            if j != label:
                total += 1 + s[j] - s[label]
        loss += max(0, total)
    return loss / len(y)


@slip("hinge_loss", "np.max in place of np.maximum")
def hinge_loss(scores, y):
    rows = np.arange(len(y))
    shares = np.max(0, 1 + scores - scores[rows, y][:, None])
    shares[rows, y] = 0
    return shares.sum(axis=1).mean()


@slip("hinge_loss", "shares[:, y] = 0 clears the columns of all labels")
def hinge_loss(scores, y):
    shares = np.maximum(0, 1 + scores - scores[np.arange(len(y)), y][:, None])
    shares[:, y] = 0
    return shares.sum(axis=1).mean()


@slip("hinge_loss", "the true class's 1 is subtracted once from the sum, not for each example")
def hinge_loss(scores, y):
    shares = np.maximum(0, 1 + scores - scores[np.arange(len(y)), y][:, None])
    return (shares.sum() - 1) / len(y)


@slip("hinge_loss", "leaves the row at the first rival that is far enough behind")
def hinge_loss(scores, y):
    loss = 0.0
    for i in range(len(y)):
        for j in range(scores.shape[1]):
            if j == y[i]:
                continue
            margin = 1 + scores[i, j] - scores[i, y[i]]
            if margin <= 0:
                break
            loss += margin
    return loss / len(y)


@slip("hinge_loss", "leaves out j = i instead of j = y[i]")
def hinge_loss(scores, y):
    loss = 0.0
    for i in range(len(y)):
        for j in range(scores.shape[1]):
            if j != i:
                loss += max(0, 1 + scores[i, j] - scores[i, y[i]])
    return loss / len(y)


@slip("hinge_loss", "rounded to 3 digits")
def hinge_loss(scores, y):
    rows = np.arange(len(y))
    shares = np.maximum(0, 1 + scores - scores[rows, y][:, None])
    shares[rows, y] = 0
    return np.round(shares.sum(axis=1).mean(), 3)


@slip("hinge_loss", "the sum starts again at 0 with each example")
def hinge_loss(scores, y):
    for i in range(len(y)):
        loss = 0
        for j in range(scores.shape[1]):
            if j != y[i]:
                loss += max(0, 1 + scores[i, j] - scores[i, y[i]])
    return loss / len(y)


@slip("hinge_loss", "nothing is returned")
def hinge_loss(scores, y):
    rows = np.arange(len(y))
    shares = np.maximum(0, 1 + scores - scores[rows, y][:, None])
    shares[rows, y] = 0
    loss = shares.sum(axis=1).mean()


@slip("hinge_loss", "only wrongly classified examples are charged")
def hinge_loss(scores, y):
    rows = np.arange(len(y))
    shares = np.maximum(0, 1 + scores - scores[rows, y][:, None])
    shares[rows, y] = 0
    shares[scores.argmax(axis=1) == y] = 0
    return shares.sum(axis=1).mean()


@slip("hinge_loss", "a rival pays only if it is ahead, and then with the margin")
def hinge_loss(scores, y):
    true = scores[np.arange(len(y)), y][:, None]
    shares = np.where(scores > true, 1 + scores - true, 0)
    return shares.sum(axis=1).mean()


@slip("hinge_loss", "the labels' columns are deleted from the whole table")
def hinge_loss(scores, y):
    shares = np.maximum(0, 1 + scores - scores[np.arange(len(y)), y][:, None])
    return np.delete(shares, y, axis=1).sum(axis=1).mean()


@slip("hinge_loss", "knows the true class by its share of exactly 1: a rival with the same score is lost, too")
def hinge_loss(scores, y):
    shares = np.maximum(0, 1 + scores - scores[np.arange(len(y)), y][:, None])
    shares[shares == 1] = 0
    return shares.sum(axis=1).mean()


@slip("hinge_loss", "compares with the highest score instead of the true one")
def hinge_loss(scores, y):
    rows = np.arange(len(y))
    shares = np.maximum(0, 1 + scores - scores.max(axis=1, keepdims=True))
    shares[rows, y] = 0
    return shares.sum(axis=1).mean()


@slip("hinge_loss", "changes the scores it was given")
def hinge_loss(scores, y):
    rows = np.arange(len(y))
    scores -= scores[rows, y][:, None]
    scores += 1
    scores[scores < 0] = 0
    scores[rows, y] = 0
    return scores.sum() / len(y)


@slip("hinge_loss", "the shares are whole numbers")
def hinge_loss(scores, y):
    shares = np.zeros(scores.shape, dtype=int)
    for i in range(len(y)):
        for j in range(scores.shape[1]):
            if j != y[i]:
                shares[i, j] = max(0, 1 + scores[i, j] - scores[i, y[i]])
    return shares.sum(axis=1).mean()


@slip("hinge_loss", "absolute value instead of the larger of 0 and the margin")
def hinge_loss(scores, y):
    rows = np.arange(len(y))
    shares = np.abs(1 + scores - scores[rows, y][:, None])
    shares[rows, y] = 0
    return shares.sum(axis=1).mean()


@slip("hinge_loss", "the mean over the classes, the sum over the examples")
def hinge_loss(scores, y):
    rows = np.arange(len(y))
    shares = np.maximum(0, 1 + scores - scores[rows, y][:, None])
    shares[rows, y] = 0
    return shares.mean(axis=1).sum()


@right("hinge_loss", "Python loops and numbers")
def hinge_loss(scores, y):
    total = 0.0
    for row, label in zip(scores.tolist(), y):
        total += sum(max(0.0, 1 + s - row[label]) for j, s in enumerate(row) if j != label)
    return total / len(y)


@right("hinge_loss", "the true class's 1 is subtracted for each example")
def hinge_loss(scores, y):
    true = np.take_along_axis(scores, y[:, None], axis=1)
    return np.clip(scores - true + 1, 0, None).sum() / len(y) - 1


@right("hinge_loss", "a mask of the rivals, returns a 0-dimensional array")
def hinge_loss(scores, y):
    rival = np.arange(scores.shape[1]) != y[:, None]
    lead = (scores * ~rival).sum(axis=1, keepdims=True) - scores
    return np.array(((1 - lead) * (lead < 1))[rival].sum() / y.size)


# Huber's loss


@slip("huber_loss", "the two branches exchanged")
def huber_loss(scores, y):
    e = np.abs(scores - np.eye(scores.shape[1])[y])
    return np.where(e <= 1, 2 * e - 1, e**2).sum(axis=1).mean()


@slip("huber_loss", "half of it, as it is often found elsewhere")
def huber_loss(scores, y):
    e = np.abs(scores - np.eye(scores.shape[1])[y])
    return np.where(e <= 1, 0.5 * e**2, e - 0.5).sum(axis=1).mean()


@slip("huber_loss", "2 e + 1 for large errors")
def huber_loss(scores, y):
    e = np.abs(scores - np.eye(scores.shape[1])[y])
    return np.where(e <= 1, e**2, 2 * e + 1).sum(axis=1).mean()


@slip("huber_loss", "2 e for large errors")
def huber_loss(scores, y):
    e = np.abs(scores - np.eye(scores.shape[1])[y])
    return np.where(e <= 1, e**2, 2 * e).sum(axis=1).mean()


@slip("huber_loss", "no absolute value: far below the target it is still a parabola")
def huber_loss(scores, y):
    e = scores - np.eye(scores.shape[1])[y]
    return np.where(e <= 1, e**2, 2 * e - 1).sum(axis=1).mean()


@slip("huber_loss", "absolute value in the condition only")
def huber_loss(scores, y):
    e = scores - np.eye(scores.shape[1])[y]
    return np.where(np.abs(e) <= 1, e**2, 2 * e - 1).sum(axis=1).mean()


@slip("huber_loss", "the mean over examples and classes")
def huber_loss(scores, y):
    e = np.abs(scores - np.eye(scores.shape[1])[y])
    return np.where(e <= 1, e**2, 2 * e - 1).mean()


@slip("huber_loss", "no mean over the examples")
def huber_loss(scores, y):
    e = np.abs(scores - np.eye(scores.shape[1])[y])
    return np.where(e <= 1, e**2, 2 * e - 1).sum()


@slip("huber_loss", "one decision for the whole batch")
def huber_loss(scores, y):
    e = np.abs(scores - np.eye(scores.shape[1])[y])
    if np.max(e) <= 1:
        return (e**2).sum(axis=1).mean()
    return (2 * e - 1).sum(axis=1).mean()


@slip("huber_loss", "the label is taken as the target of all classes")
def huber_loss(scores, y):
    e = np.abs(scores - y[:, None])
    return np.where(e <= 1, e**2, 2 * e - 1).sum(axis=1).mean()


@slip("huber_loss", "only the true class")
def huber_loss(scores, y):
    e = np.abs(scores[np.arange(len(y)), y] - 1)
    return np.where(e <= 1, e**2, 2 * e - 1).mean()


@slip("huber_loss", "the parabola reaches up to 2")
def huber_loss(scores, y):
    e = np.abs(scores - np.eye(scores.shape[1])[y])
    return np.where(e <= 2, e**2, 2 * e - 1).sum(axis=1).mean()


@slip("huber_loss", "targets of size N")
def huber_loss(scores, y):
    e = np.abs(scores - np.eye(len(y))[y])
    return np.where(e <= 1, e**2, 2 * e - 1).sum(axis=1).mean()


@slip("huber_loss", "only the parabola: L2")
def huber_loss(scores, y):
    targets = np.zeros_like(scores)
    targets[np.arange(len(y)), y] = 1
    return ((scores - targets) ** 2).sum(axis=1).mean()


@slip("huber_loss", "linear with slope 1, as L1")
def huber_loss(scores, y):
    e = np.abs(scores - np.eye(scores.shape[1])[y])
    return np.where(e <= 1, e**2, e).sum(axis=1).mean()


@slip("huber_loss", "rounded to 3 digits")
def huber_loss(scores, y):
    e = np.abs(scores - np.eye(scores.shape[1])[y])
    return round(float(np.where(e <= 1, e**2, 2 * e - 1).sum(axis=1).mean()), 3)


@slip("huber_loss", "a loss for each example")
def huber_loss(scores, y):
    e = np.abs(scores - np.eye(scores.shape[1])[y])
    return np.where(e <= 1, e**2, 2 * e - 1).sum(axis=1)


@slip("huber_loss", "nothing is returned")
def huber_loss(scores, y):
    e = np.abs(scores - np.eye(scores.shape[1])[y])
    np.where(e <= 1, e**2, 2 * e - 1).sum(axis=1).mean()


@slip("huber_loss", "the smaller of both branches: never the parabola")
def huber_loss(scores, y):
    e = np.abs(scores - np.eye(scores.shape[1])[y])
    return np.minimum(e**2, 2 * e - 1).sum(axis=1).mean()


@slip("huber_loss", "the true class is left out, as in hinge")
def huber_loss(scores, y):
    e = np.abs(scores)
    e[np.arange(len(y)), y] = 0
    return np.where(e <= 1, e**2, 2 * e - 1).sum(axis=1).mean()


@slip("huber_loss", "changes the scores it was given")
def huber_loss(scores, y):
    scores[np.arange(len(y)), y] -= 1
    e = np.abs(scores)
    return np.where(e <= 1, e**2, 2 * e - 1).sum(axis=1).mean()


@slip("huber_loss", "the error of an example is added up first, then bent")
def huber_loss(scores, y):
    e = np.abs(scores - np.eye(scores.shape[1])[y]).sum(axis=1)
    return np.where(e <= 1, e**2, 2 * e - 1).mean()


@slip("huber_loss", "an error of exactly 1 belongs to neither branch and costs nothing")
def huber_loss(scores, y):
    total = 0
    for i in range(len(y)):
        for j in range(scores.shape[1]):
            target = 1 if j == y[i] else 0
            e = abs(scores[i, j] - target)
            if e < 1:
                total += e**2
            elif e > 1:
                total += 2 * e - 1
    return total / len(y)


@slip("huber_loss", "the smooth relative that looks alike")
def huber_loss(scores, y):
    e = scores - np.eye(scores.shape[1])[y]
    return (2 * (np.sqrt(1 + e**2) - 1)).sum(axis=1).mean()


@slip("huber_loss", "the target is subtracted twice")
def huber_loss(scores, y):
    targets = np.eye(scores.shape[1])[y]
    e = np.abs(scores - targets)
    e = np.abs(e - targets)
    return np.where(e <= 1, e**2, 2 * e - 1).sum(axis=1).mean()


@slip("huber_loss", "both branches are added")
def huber_loss(scores, y):
    e = np.abs(scores - np.eye(scores.shape[1])[y])
    shares = e**2
    shares[e > 1] += 2 * e[e > 1] - 1
    return shares.sum(axis=1).mean()


@right("huber_loss", "Python loops, the branch at exactly 1 the other way")
def huber_loss(scores, y):
    total = 0.0
    for row, label in zip(scores, y):
        for j, s in enumerate(row):
            e = abs(float(s) - (j == label))
            total += e * e if e < 1 else 2 * e - 1
    return total / len(scores)


@right("huber_loss", "without a condition: parabola up to 1, then twice the rest")
def huber_loss(scores, y):
    e = np.abs(scores - (np.arange(scores.shape[1]) == y[:, None]))
    near = np.minimum(e, 1)
    return np.mean(np.sum(near**2 + 2 * (e - near), axis=1))


@right("huber_loss", "overwrites its own errors, the large ones first")
def huber_loss(scores, y):
    e = abs(scores - np.eye(scores.shape[1], dtype=np.float32)[y])
    small = e <= 1
    e[~small] = 2 * e[~small] - 1
    e[small] **= 2
    return e.sum() / len(y)


# A cross-entropy that lasts


@slip("cross_entropy_loss", "from the formula, without a shift: breaks at 1000")
def cross_entropy_loss(scores, y):
    p = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    return -np.log(p[np.arange(len(y)), y]).mean()


@slip("cross_entropy_loss", "softmax over the examples")
def cross_entropy_loss(scores, y):
    shifted = scores - scores.max(axis=0, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=0, keepdims=True))
    return -log_p[np.arange(len(y)), y].mean()


@slip("cross_entropy_loss", "shifted by the largest score of the batch: the other rows go under")
def cross_entropy_loss(scores, y):
    shifted = scores - scores.max()
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(y)), y].mean()


@slip("cross_entropy_loss", "the sum instead of the mean")
def cross_entropy_loss(scores, y):
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(y)), y].sum()


@slip("cross_entropy_loss", "the minus is missing")
def cross_entropy_loss(scores, y):
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return log_p[np.arange(len(y)), y].mean()


@slip("cross_entropy_loss", "probabilities cut off at 1e-12: finite and too small for sure and wrong")
def cross_entropy_loss(scores, y):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    p = np.clip(p, 1e-12, 1)
    return -np.log(p[np.arange(len(y)), y]).mean()


@slip("cross_entropy_loss", "a small number is added inside the log")
def cross_entropy_loss(scores, y):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return -np.mean(np.log(p[np.arange(len(y)), y] + 1e-8))


@slip("cross_entropy_loss", "nan is replaced by 0")
def cross_entropy_loss(scores, y):
    p = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    losses = -np.log(p[np.arange(len(y)), y])
    return np.nan_to_num(losses, posinf=1000).mean()


@slip("cross_entropy_loss", "the mean over examples and classes")
def cross_entropy_loss(scores, y):
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    targets = np.eye(scores.shape[1])[y]
    return -(targets * log_p).mean()


@slip("cross_entropy_loss", "logarithm to base 2")
def cross_entropy_loss(scores, y):
    shifted = scores - scores.max(axis=1, keepdims=True)
    p = np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True)
    return -np.log2(p[np.arange(len(y)), y]).mean()


@slip("cross_entropy_loss", "the log of the sum to base 10")
def cross_entropy_loss(scores, y):
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_p = shifted - np.log10(np.exp(shifted).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(y)), y].mean()


@slip("cross_entropy_loss", "the largest scores are no column")
def cross_entropy_loss(scores, y):
    shifted = scores - scores.max(axis=1)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(y)), y].mean()


@slip("cross_entropy_loss", "log_p[:, y]: the labels of all examples in each row")
def cross_entropy_loss(scores, y):
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -log_p[:, y].mean()


@slip("cross_entropy_loss", "one minus the probability, without a log")
def cross_entropy_loss(scores, y):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return np.mean(1 - p[np.arange(len(y)), y])


@slip("cross_entropy_loss", "the log is forgotten")
def cross_entropy_loss(scores, y):
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_p = shifted - np.exp(shifted).sum(axis=1, keepdims=True)
    return -log_p[np.arange(len(y)), y].mean()


@slip("cross_entropy_loss", "a loss for each example")
def cross_entropy_loss(scores, y):
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(y)), y]


@slip("cross_entropy_loss", "shifted in the sum but not in front of it")
def cross_entropy_loss(scores, y):
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_p = scores - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(y)), y].mean()


@slip("cross_entropy_loss", "shifted in front of the sum but not in it")
def cross_entropy_loss(scores, y):
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(y)), y].mean()


@slip("cross_entropy_loss", "of the predicted class instead of the true one")
def cross_entropy_loss(scores, y):
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -log_p.max(axis=1).mean()


@slip("cross_entropy_loss", "all classes are charged")
def cross_entropy_loss(scores, y):
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -log_p.sum(axis=1).mean()


@slip("cross_entropy_loss", "shifted by the smallest score: breaks at 1000")
def cross_entropy_loss(scores, y):
    shifted = scores - scores.min(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(y)), y].mean()


@slip("cross_entropy_loss", "the scores are cut off at 500")
def cross_entropy_loss(scores, y):
    scores = np.clip(scores, -500, 500)
    log_p = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(y)), y].mean()


@slip("cross_entropy_loss", "the other classes' log(1 - p) is added")
def cross_entropy_loss(scores, y):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    t = np.eye(scores.shape[1])[y]
    return -(t * np.log(p) + (1 - t) * np.log(1 - p)).sum(axis=1).mean()


@slip("cross_entropy_loss", "rounded to 3 digits")
def cross_entropy_loss(scores, y):
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return round(float(-log_p[np.arange(len(y)), y].mean()), 3)


@slip("cross_entropy_loss", "changes the scores it was given")
def cross_entropy_loss(scores, y):
    scores -= scores.max(axis=1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(y)), y].mean()


@slip("cross_entropy_loss", "shifted, but the log is taken of a probability that may be rounded to 0")
def cross_entropy_loss(scores, y):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return -np.log(p[np.arange(len(y)), y]).mean()


@slip("cross_entropy_loss", "shifted by the size of the largest score: -1000 goes under")
def cross_entropy_loss(scores, y):
    shifted = scores - np.abs(scores).max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(y)), y].mean()


@slip("cross_entropy_loss", "divides by the largest score instead of subtracting it")
def cross_entropy_loss(scores, y):
    scaled = scores / scores.max(axis=1, keepdims=True)
    log_p = scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(y)), y].mean()


@slip("cross_entropy_loss", "shifted by the true score: breaks if a rival is far ahead")
def cross_entropy_loss(scores, y):
    true = scores[np.arange(len(y)), y][:, None]
    return np.log(np.exp(scores - true).sum(axis=1)).mean()


@slip("cross_entropy_loss", "the log of the mean probability instead of the mean of the logs: right for one example")
def cross_entropy_loss(scores, y):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return -np.log(p[np.arange(len(y)), y].mean())


@slip("cross_entropy_loss", "nothing is returned")
def cross_entropy_loss(scores, y):
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p[np.arange(len(y)), y].mean()


@slip("cross_entropy_loss", "the true class is missing in the sum, as in hinge")
def cross_entropy_loss(scores, y):
    total = 0
    for s, label in zip(scores, y):
        s = s - s.max()
        total += np.log(np.exp(np.delete(s, label)).sum()) - s[label]
    return total / len(y)


@slip("cross_entropy_loss", "shifts only if a score is above 700: -1000 goes under")
def cross_entropy_loss(scores, y):
    if scores.max() > 700:
        scores = scores - scores.max(axis=1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(y)), y].mean()


@right("cross_entropy_loss", "row by row with Python's math")
def cross_entropy_loss(scores, y):
    losses = []
    for row, label in zip(scores.tolist(), y):
        top = max(row)
        losses.append(top + math.log(sum(math.exp(s - top) for s in row)) - row[label])
    return sum(losses) / len(losses)


@right("cross_entropy_loss", "with logaddexp, which shifts by itself")
def cross_entropy_loss(scores, y):
    return np.mean(np.logaddexp.reduce(scores, axis=1) - scores[range(len(y)), y])


@right("cross_entropy_loss", "chooses with one-hot targets, returns a 0-dimensional array")
def cross_entropy_loss(scores, y):
    s = (scores.T - scores.max(axis=1)).T
    t = np.eye(s.shape[1])[y]
    return np.asarray((np.log(np.exp(s).sum(1)) - (t * s).sum(1)).sum() / len(t))
