"""Answers to the exercises of notebook 01, wrong ones and a few right ones in an unusual style.

They were written from the notebook's text alone, blind to the checks. A wrong answer differs from the notebook's
solution on some sensible input: some on every input, some only for one example, a missing class or negative scores.
"""
# Wrong on purpose, and each answer bears the exercise's name:
# ruff: noqa: B006, B007, B023, B905, F811, F841, RET503, SIM110, SIM113

import numpy as np

from slips.collect import right, right_value, slip, slip_value

# One-hot targets


@slip("one_hot", "row and column swapped in the index")
def one_hot(y, C):
    targets = np.zeros((len(y), C))
    targets[y, np.arange(len(y))] = 1
    return targets


@slip("one_hot", "turned on its side: a row for each class")
def one_hot(y, C):
    targets = np.zeros((C, len(y)))
    for i in range(len(y)):
        targets[y[i], i] = 1
    return targets


@slip("one_hot", "sets the columns of all labels in every row")
def one_hot(y, C):
    targets = np.zeros((len(y), C))
    targets[:, y] = 1
    return targets


@slip("one_hot", "identity of size N instead of C")
def one_hot(y, C):
    return np.eye(len(y))[y]


@slip("one_hot", "ignores C, takes the largest label: too narrow if the last class does not occur")
def one_hot(y, C):
    return np.eye(max(y) + 1)[y]


@slip("one_hot", "renumbers the labels: right only if each class occurs")
def one_hot(y, C):
    classes = np.unique(y)
    targets = np.zeros((len(y), C))
    for i, label in enumerate(y):
        targets[i, np.where(classes == label)[0][0]] = 1
    return targets


@slip("one_hot", "nothing is returned")
def one_hot(y, C):
    targets = np.zeros((len(y), C))
    targets[np.arange(len(y)), y] = 1


@slip("one_hot", "counts classes from 1: label 0 lands in the last column")
def one_hot(y, C):
    targets = np.zeros((len(y), C))
    for i in range(len(y)):
        targets[i, y[i] - 1] = 1
    return targets


@slip("one_hot", "one column too many")
def one_hot(y, C):
    targets = np.zeros((len(y), C + 1))
    targets[np.arange(len(y)), y] = 1
    return targets


@slip("one_hot", "ones and zeros exchanged")
def one_hot(y, C):
    targets = np.ones((len(y), C))
    targets[np.arange(len(y)), y] = 0
    return targets


@slip("one_hot", "return inside the loop: only the first row is filled")
def one_hot(y, C):
    targets = np.zeros((len(y), C))
    for i in range(len(y)):
        targets[i, y[i]] = 1
        return targets


@slip("one_hot", "the last example is forgotten")
def one_hot(y, C):
    targets = np.zeros((len(y), C))
    for i in range(len(y) - 1):
        targets[i][y[i]] = 1
    return targets


@slip("one_hot", "writes the label in place of the 1")
def one_hot(y, C):
    targets = np.zeros((len(y), C))
    for i, label in enumerate(y):
        targets[i, label] = label
    return targets


@slip("one_hot", "one vector for all examples together")
def one_hot(y, C):
    target = np.zeros(C)
    target[y] = 1
    return target


@slip("one_hot", "-1 instead of 0 for the other classes")
def one_hot(y, C):
    targets = -np.ones((len(y), C))
    targets[range(len(y)), y] = 1
    return targets


@slip("one_hot", "the loop runs over classes instead of examples")
def one_hot(y, C):
    targets = np.zeros((len(y), C))
    for i in range(C):
        if i < len(y):
            targets[i, y[i]] = 1
    return targets


@slip("one_hot", "the list of rows is a default argument and keeps those of the last call")
def one_hot(y, C, rows=[]):
    for label in y:
        row = np.zeros(C)
        row[label] = 1
        rows.append(row)
    return np.array(rows)


@slip("one_hot", "squeezed: a single example loses its row")
def one_hot(y, C):
    return np.squeeze(np.eye(C)[y])


@slip("one_hot", "all classes up to the label are 1")
def one_hot(y, C):
    return (np.arange(C) <= np.array(y)[:, None]).astype(float)


@slip("one_hot", "the classes are in reverse order")
def one_hot(y, C):
    return np.fliplr(np.eye(C))[y]


@slip("one_hot", "one row object for all examples: every row ends up with the ones of all")
def one_hot(y, C):
    targets = [[0] * C] * len(y)
    for i in range(len(y)):
        targets[i][y[i]] = 1
    return np.array(targets)


@right("one_hot", "rows of the identity")
def one_hot(y, C):
    return np.eye(C)[y]


@right("one_hot", "compares with all classes, in float32")
def one_hot(y, C):
    return (np.asarray(y).reshape(-1, 1) == np.arange(C)).astype(np.float32)


@right("one_hot", "nested comprehension of whole numbers")
def one_hot(y, C):
    return np.array([[1 if c == label else 0 for c in range(C)] for label in y])


# The scores of a batch


@slip("scores_of", "W is not turned")
def scores_of(X, W, b):
    return X @ W + b


@slip("scores_of", "turned on its side: a row for each class")
def scores_of(X, W, b):
    return W @ X.T + b[:, None]


@slip("scores_of", "the bias is forgotten")
def scores_of(X, W, b):
    return X @ W.T


@slip("scores_of", "the formula for one example, with the batch turned: the bias goes along the examples")
def scores_of(X, W, b):
    return W @ X.T + b


@slip("scores_of", "the bias is subtracted")
def scores_of(X, W, b):
    return np.dot(X, W.T) - b


@slip("scores_of", "the bias is added twice")
def scores_of(X, W, b):
    scores = X @ W.T + b
    scores += b
    return scores


@slip("scores_of", "the bias is added to each weight")
def scores_of(X, W, b):
    return X @ (W.T + b)


@slip("scores_of", "the bias is a column: one for each example")
def scores_of(X, W, b):
    return X @ W.T + b[:, np.newaxis]


@slip("scores_of", "all biases are added to each score")
def scores_of(X, W, b):
    return X @ W.T + np.sum(b)


@slip("scores_of", "only the first example")
def scores_of(X, W, b):
    for x in X:
        return W @ x + b


@slip("scores_of", "rounded to 3 digits")
def scores_of(X, W, b):
    return np.round(X @ W.T + b, 3)


@slip("scores_of", "the mean of the products instead of their sum")
def scores_of(X, W, b):
    return np.array([[np.mean(W[c] * x) + b[c] for c in range(len(W))] for x in X])


@slip("scores_of", "returns the winning class")
def scores_of(X, W, b):
    scores = X @ W.T + b
    return scores.argmax(axis=1)


@slip("scores_of", "prints and does not return")
def scores_of(X, W, b):
    scores = X @ W.T + b
    print(scores.shape)


@slip("scores_of", "the ones for the bias are in front, the biases behind")
def scores_of(X, W, b):
    X1 = np.hstack([np.ones((len(X), 1)), X])
    W1 = np.hstack([W, b.reshape(-1, 1)])
    return X1 @ W1.T


@slip("scores_of", "reshaped instead of turned: shapes fit, numbers do not")
def scores_of(X, W, b):
    C, D = W.shape
    return X @ W.reshape(D, C) + b


@slip("scores_of", "the result is reshaped instead of turned")
def scores_of(X, W, b):
    return (W @ X.T).reshape(len(X), len(W)) + b


@slip("scores_of", "squeezed: a single example loses its row")
def scores_of(X, W, b):
    return (X @ W.T + b).squeeze()


@slip("scores_of", "the last class is forgotten")
def scores_of(X, W, b):
    scores = np.zeros((X.shape[0], W.shape[0]))
    for c in range(W.shape[0] - 1):
        scores[:, c] = X @ W[c] + b[c]
    return scores


@slip("scores_of", "the scores get the type of X: whole numbers if X has whole numbers")
def scores_of(X, W, b):
    scores = np.zeros((len(X), len(W)), dtype=X.dtype)
    for n in range(len(X)):
        scores[n] = W @ X[n] + b
    return scores


@slip("scores_of", "negative scores become 0")
def scores_of(X, W, b):
    return np.maximum(0, X @ W.T + b)


@slip("scores_of", "the sum runs on from class to class: it is not set to 0 again")
def scores_of(X, W, b):
    scores = np.zeros((len(X), len(W)))
    for n in range(len(X)):
        total = 0
        for c in range(len(W)):
            for d in range(X.shape[1]):
                total += W[c, d] * X[n, d]
            scores[n, c] = total + b[c]
    return scores


@right("scores_of", "a list of the scores of each example")
def scores_of(X, W, b):
    return [W @ x + b for x in X]


@right("scores_of", "the bias as one more column of W, met by ones")
def scores_of(X, W, b):
    return np.c_[X, np.ones(len(X))] @ np.c_[W, b].T


@right("scores_of", "einsum, the bias as a row")
def scores_of(X, W, b):
    return b[None, :] + np.einsum("nd,cd->nc", X, W)


# Which shapes fit?

slip_value(
    "shapes", "copied from the slide, where x and b are swapped",
    {"x": (5, 1), "W": (5, 7500), "b": (7500, 1), "scores": (5, 1)},
)  # fmt: skip
slip_value("shapes", "left as it was", {"x": None, "W": None, "b": None, "scores": None})
slip_value("shapes", "W is turned", {"x": (7500,), "W": (7500, 5), "b": (5,), "scores": (5,)})
slip_value("shapes", "the picture is not unrolled", {"x": (50, 50, 3), "W": (5, 7500), "b": (5,), "scores": (5,)})
slip_value("shapes", "a bias for each number of x", {"x": (7500,), "W": (5, 7500), "b": (7500,), "scores": (5,)})
slip_value("shapes", "one bias for all classes", {"x": (7500,), "W": (5, 7500), "b": (1,), "scores": (5,)})
slip_value("shapes", "one score only, the highest", {"x": (7500,), "W": (5, 7500), "b": (5,), "scores": (1,)})
slip_value("shapes", "x has a number for each class", {"x": (5,), "W": (5, 7500), "b": (5,), "scores": (5,)})
slip_value("shapes", "the rows of W are not unrolled", {"x": (7500,), "W": (5, 50, 50, 3), "b": (5,), "scores": (5,)})
slip_value("shapes", "the three colours are forgotten", {"x": (2500,), "W": (5, 2500), "b": (5,), "scores": (5,)})
slip_value("shapes", "the shapes of the worked example", {"x": (4,), "W": (3, 4), "b": (3,), "scores": (3,)})
slip_value("shapes", "x is a column, b is not: 5x5 scores", {"x": (7500, 1), "W": (5, 7500), "b": (5,), "scores": (5,)})
slip_value("shapes", "b is a column, x is not: 5x5 scores", {"x": (7500,), "W": (5, 7500), "b": (5, 1), "scores": (5,)})
slip_value("shapes", "a score for each pair of classes", {"x": (7500,), "W": (5, 7500), "b": (5,), "scores": (5, 5)})
slip_value("shapes", "without the comma the shapes are numbers", {"x": (7500), "W": (5, 7500), "b": (5), "scores": (5)})
slip_value("shapes", "written as words", {"x": "7500x1", "W": "5x7500", "b": "5x1", "scores": "5x1"})
slip_value("shapes", "the scores are left out", {"x": (7500,), "W": (5, 7500), "b": (5,)})
slip_value("shapes", "the scores are left at None", {"x": (7500,), "W": (5, 7500), "b": (5,), "scores": None})
slip_value(
    "shapes", "a batch instead of one picture",
    {"x": (200, 7500), "W": (5, 7500), "b": (5,), "scores": (200, 5)},
)  # fmt: skip
slip_value("shapes", "the bias is counted in x and W", {"x": (7501,), "W": (5, 7501), "b": (5,), "scores": (5,)})
slip_value("shapes", "one row of W for all classes", {"x": (7500,), "W": (7500,), "b": (5,), "scores": (5,)})
slip_value("shapes", "the product miscalculated", {"x": (750,), "W": (5, 750), "b": (5,), "scores": (5,)})
slip_value(
    "shapes", "a shape for each class's weights, C and D swapped",
    {"x": (7500,), "W": (5, 5), "b": (7500,), "scores": (7500,)},
)  # fmt: skip
slip_value("shapes", "a tuple of shapes without names", ((7500,), (5, 7500), (5,), (5,)))

right_value("shapes", "lists instead of tuples", {"x": [7500], "W": [5, 7500], "b": [5], "scores": [5]})
right_value(
    "shapes", "asked of arrays of zeros",
    dict(scores=(np.zeros((5, 7500)) @ np.zeros(7500)).shape, b=np.zeros(5).shape, W=np.zeros((5, 7500)).shape,
         x=np.zeros((50, 50, 3)).ravel().shape),
)  # fmt: skip
right_value(
    "shapes", "all as columns, as the slide has them",
    {"x": (7500, 1), "W": (5, 7500), "b": (5, 1), "scores": (5, 1)},
)  # fmt: skip


# Accuracy


@slip("accuracy", "the best example of each class instead of the best class of each example")
def accuracy(scores, y):
    return np.mean(scores.argmax(axis=0) == y)


@slip("accuracy", "one argmax for the whole table")
def accuracy(scores, y):
    return np.mean(np.argmax(scores) == y)


@slip("accuracy", "counts the right ones, no share")
def accuracy(scores, y):
    return np.sum(scores.argmax(axis=1) == y)


@slip("accuracy", "in percent")
def accuracy(scores, y):
    return 100 * np.mean(scores.argmax(axis=1) == y)


@slip("accuracy", "the share of wrong answers")
def accuracy(scores, y):
    return np.mean(np.argmax(scores, axis=1) != y)


@slip("accuracy", "divides by the number of classes")
def accuracy(scores, y):
    predictions = scores.argmax(axis=1)
    return (predictions == y).sum() / scores.shape[1]


@slip("accuracy", "the lowest score wins")
def accuracy(scores, y):
    return np.mean(scores.argmin(axis=1) == y)


@slip("accuracy", "returns right or wrong for each example")
def accuracy(scores, y):
    return scores.argmax(axis=1) == y


@slip("accuracy", "nothing is returned")
def accuracy(scores, y):
    correct = 0
    for i in range(len(y)):
        if np.argmax(scores[i]) == y[i]:
            correct += 1
    correct / len(y)


@slip("accuracy", "whole-number division")
def accuracy(scores, y):
    return np.sum(scores.argmax(axis=1) == y) // len(y)


@slip("accuracy", "the loop ends at the first wrong answer")
def accuracy(scores, y):
    correct = 0
    for row, label in zip(scores, y):
        if row.argmax() != label:
            break
        correct += 1
    return correct / len(y)


@slip("accuracy", "the last example is not looked at")
def accuracy(scores, y):
    n = len(y)
    correct = 0
    for i in range(n - 1):
        if scores[i].argmax() == y[i]:
            correct += 1
    return correct / n


@slip("accuracy", "rounded to 2 digits")
def accuracy(scores, y):
    return round(float(np.mean(scores.argmax(axis=1) == y)), 2)


@slip("accuracy", "compares the highest score with the label, not its place")
def accuracy(scores, y):
    return np.mean(scores.max(axis=1) == y)


@slip("accuracy", "right if the score of the right class is positive")
def accuracy(scores, y):
    return np.mean(scores[np.arange(len(y)), y] > 0)


@slip("accuracy", "the best score starts at 0: a row of negative scores always says class 0")
def accuracy(scores, y):
    correct = 0
    for i in range(len(y)):
        best, winner = 0, 0
        for c in range(scores.shape[1]):
            if scores[i, c] > best:
                best, winner = scores[i, c], c
        correct += winner == y[i]
    return correct / len(y)


@slip("accuracy", "the best score is not reset for the next example")
def accuracy(scores, y):
    correct = 0
    best, winner = -np.inf, 0
    for i in range(len(y)):
        for c in range(scores.shape[1]):
            if scores[i, c] > best:
                best, winner = scores[i, c], c
        correct += winner == y[i]
    return correct / len(y)


@slip("accuracy", "the mean over the classes: right only if all classes are equally frequent")
def accuracy(scores, y):
    right = scores.argmax(axis=1) == y
    return np.mean([right[y == c].mean() for c in np.unique(y)])


@slip("accuracy", "right if among the two highest")
def accuracy(scores, y):
    top = np.argsort(scores, axis=1)[:, -2:]
    return np.mean([label in row for row, label in zip(top, y)])


@slip("accuracy", "the mean distance of the class numbers, from 1")
def accuracy(scores, y):
    return 1 - np.mean(np.abs(scores.argmax(axis=1) - y))


@slip("accuracy", "a score counts by its size: -5 beats 3")
def accuracy(scores, y):
    return np.mean(np.abs(scores).argmax(axis=1) == y)


@slip("accuracy", "the last class is never considered")
def accuracy(scores, y):
    return np.mean(scores[:, :-1].argmax(axis=1) == y)


@slip("accuracy", "1 if all are right, else 0")
def accuracy(scores, y):
    return float(np.array_equal(scores.argmax(axis=1), y))


@slip("accuracy", "turns the scores into whole numbers first")
def accuracy(scores, y):
    return np.mean(scores.astype(int).argmax(axis=1) == y)


@right("accuracy", "a loop and Python's own max")
def accuracy(scores, y):
    hits = 0
    for row, label in zip(scores, y):
        row = list(row)
        hits += row.index(max(row)) == label
    return hits / len(y)


@right("accuracy", "one minus the errors, as a 0-dimensional array in float32")
def accuracy(scores, y):
    wrong = np.count_nonzero(np.argmax(scores, axis=-1) - y)
    return np.array(1 - wrong / len(y), dtype=np.float32)


@right("accuracy", "the mean of the one-hot predictions at the labels")
def accuracy(scores, y):
    said = np.eye(scores.shape[1])[scores.argmax(1)]
    return said[np.arange(y.size), y].sum() / y.size


# The border between two classes


@slip("boundary", "the minus of the slope is missing")
def boundary(w_i, w_j, b_i, b_j):
    dw, db = w_i - w_j, b_i - b_j
    return dw[0] / dw[1], -db / dw[1]


@slip("boundary", "the minus of the intercept is missing")
def boundary(w_i, w_j, b_i, b_j):
    dw = w_i - w_j
    return -dw[0] / dw[1], (b_i - b_j) / dw[1]


@slip("boundary", "both minuses are missing")
def boundary(w_i, w_j, b_i, b_j):
    slope = (w_i[0] - w_j[0]) / (w_i[1] - w_j[1])
    intercept = (b_i - b_j) / (w_i[1] - w_j[1])
    return slope, intercept


@slip("boundary", "solved for x[0] instead of x[1]")
def boundary(w_i, w_j, b_i, b_j):
    dw, db = w_i - w_j, b_i - b_j
    return -dw[1] / dw[0], -db / dw[0]


@slip("boundary", "intercept and slope in the wrong order")
def boundary(w_i, w_j, b_i, b_j):
    dw, db = w_i - w_j, b_i - b_j
    return -db / dw[1], -dw[0] / dw[1]


@slip("boundary", "the intercept is divided by the other weight: where the line meets the x[0] axis")
def boundary(w_i, w_j, b_i, b_j):
    d = w_i - w_j
    return -d[0] / d[1], -(b_i - b_j) / d[0]


@slip("boundary", "adds the weights instead of subtracting")
def boundary(w_i, w_j, b_i, b_j):
    s = w_i + w_j
    return -s[0] / s[1], -(b_i - b_j) / s[1]


@slip("boundary", "adds the biases instead of subtracting")
def boundary(w_i, w_j, b_i, b_j):
    d = w_i - w_j
    return -d[0] / d[1], -(b_i + b_j) / d[1]


@slip("boundary", "the line where the first class has score zero")
def boundary(w_i, w_j, b_i, b_j):
    return -w_i[0] / w_i[1], -b_i / w_i[1]


@slip("boundary", "only the slope")
def boundary(w_i, w_j, b_i, b_j):
    return -(w_i[0] - w_j[0]) / (w_i[1] - w_j[1])


@slip("boundary", "the intercept is not divided")
def boundary(w_i, w_j, b_i, b_j):
    dw = w_i - w_j
    return -dw[0] / dw[1], b_j - b_i


@slip("boundary", "the biases are forgotten")
def boundary(w_i, w_j, b_i, b_j):
    dw = w_i - w_j
    return -dw[0] / dw[1], 0.0


@slip("boundary", "nothing is returned")
def boundary(w_i, w_j, b_i, b_j):
    slope = (w_j[0] - w_i[0]) / (w_i[1] - w_j[1])
    intercept = (b_j - b_i) / (w_i[1] - w_j[1])


@slip("boundary", "rounded to 3 digits")
def boundary(w_i, w_j, b_i, b_j):
    dw, db = w_i - w_j, b_i - b_j
    return np.round(-dw[0] / dw[1], 3), np.round(-db / dw[1], 3)


@slip("boundary", "along the arrow instead of across it")
def boundary(w_i, w_j, b_i, b_j):
    dw, db = w_i - w_j, b_i - b_j
    return dw[1] / dw[0], -db / dw[1]


@slip("boundary", "the slope is always positive")
def boundary(w_i, w_j, b_i, b_j):
    dw, db = w_i - w_j, b_i - b_j
    return abs(dw[0] / dw[1]), -db / dw[1]


@slip("boundary", "the mean of the two zero lines")
def boundary(w_i, w_j, b_i, b_j):
    slopes = [-w_i[0] / w_i[1], -w_j[0] / w_j[1]]
    intercepts = [-b_i / w_i[1], -b_j / w_j[1]]
    return np.mean(slopes), np.mean(intercepts)


@slip("boundary", "whole-number division")
def boundary(w_i, w_j, b_i, b_j):
    dw, db = w_i - w_j, b_i - b_j
    return -dw[0] // dw[1], -db // dw[1]


@slip("boundary", "subtracts within each row instead of between the rows")
def boundary(w_i, w_j, b_i, b_j):
    di, dj = w_i[0] - w_i[1], w_j[0] - w_j[1]
    return -di / dj, -(b_i - b_j) / dj


@slip("boundary", "missing brackets: only part of the difference is divided")
def boundary(w_i, w_j, b_i, b_j):
    return -(w_i[0] - w_j[0]) / w_i[1] - w_j[1], -(b_i - b_j) / w_i[1] - w_j[1]


@slip("boundary", "changes the weights it was given")
def boundary(w_i, w_j, b_i, b_j):
    w_i -= w_j
    b_i -= b_j
    return -w_i[0] / w_i[1], -b_i / w_i[1]


@slip("boundary", "expects three weights and takes the last two")
def boundary(w_i, w_j, b_i, b_j):
    dw = w_i - w_j
    return -dw[1] / dw[2], -(b_i - b_j) / dw[2]


@right("boundary", "an array, through two points of the line")
def boundary(w_i, w_j, b_i, b_j):
    at = [((b_j - b_i) - (w_i[0] - w_j[0]) * x) / (w_i[1] - w_j[1]) for x in (0.0, 1.0)]
    return np.array([at[1] - at[0], at[0]])


@right("boundary", "a list, with j minus i")
def boundary(w_i, w_j, b_i, b_j):
    steps = np.append(w_j, b_j) - np.append(w_i, b_i)
    return [float(-steps[0] / steps[1]), float(-steps[2] / steps[1])]


@right("boundary", "written out in Python numbers")
def boundary(w_i, w_j, b_i, b_j):
    (a, c), (p, q) = map(float, w_i), map(float, w_j)
    rise = (p - a) / (c - q)
    start = float(b_j - b_i) / (c - q)
    return rise, start
