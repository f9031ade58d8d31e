"""Answers to the exercises of notebook 00, wrong ones and a few right ones in an unusual style.

They were written from the notebook's text alone, blind to the checks. A wrong answer differs from the notebook's
solution on some sensible input: some on every input, some only for negative numbers, whole numbers, zeros, one row,
equal rows, a square table or a table with other sides.
"""
# Wrong on purpose, and each answer bears the exercise's name:
# ruff: noqa: B006, B007, B023, B905, E741, F811, F841, RET503, SIM108

import numpy as np

from slips.collect import right, slip

# The height of a line


@slip("line", "brackets: the bias is scaled, too")
def line(x, w, b):
    return w * (x + b)


@slip("line", "w and b exchanged")
def line(x, w, b):
    return b * x + w


@slip("line", "b is forgotten")
def line(x, w, b):
    return w * x


@slip("line", "b is subtracted")
def line(x, w, b):
    return w * x - b


@slip("line", "w is forgotten")
def line(x, w, b):
    return x + b


@slip("line", "plus and times exchanged")
def line(x, w, b):
    return (w + x) * b


@slip("line", "all three are added")
def line(x, w, b):
    return w + x + b


@slip("line", "all three are multiplied")
def line(x, w, b):
    return w * x * b


@slip("line", "w times b, plus x")
def line(x, w, b):
    return w * b + x


@slip("line", "the slope is turned down")
def line(x, w, b):
    return b - w * x


@slip("line", "solved for x instead of y")
def line(x, w, b):
    return (x - b) / w


@slip("line", "printed, not returned")
def line(x, w, b):
    print(w * x + b)


@slip("line", "assigned to y, which nobody returns")
def line(x, w, b):
    y = w * x + b


@slip("line", "a power in place of a product")
def line(x, w, b):
    return x**w + b


@slip("line", "a whole number")
def line(x, w, b):
    return int(w * x + b)


@slip("line", "never below 0")
def line(x, w, b):
    return max(w * x + b, 0)


@slip("line", "the two terms side by side")
def line(x, w, b):
    return w * x, b


@slip("line", "x is divided by w")
def line(x, w, b):
    return x / w + b


@slip("line", "rounded to one digit")
def line(x, w, b):
    return round(w * x + b, 1)


@slip("line", "^ in place of *")
def line(x, w, b):
    return w ^ x + b


@slip("line", "the numbers of the figure above instead of those handed in")
def line(x, w, b):
    w = 0.5
    b = 1.0
    return w * x + b


@slip("line", "the distance from 0 in place of the height")
def line(x, w, b):
    return abs(w * x + b)


@right("line", "a product of two vectors")
def line(x, w, b):
    return np.dot([w, b], [x, 1])


@right("line", "a polynomial, as a 0-dimensional array")
def line(x, w, b):
    return np.asarray(np.polyval([w, b], x))


@right("line", "the sum of a list")
def line(x, w, b):
    return sum([b, x * w])


# Centre the columns


@slip("centred", "each row minus its own mean")
def centred(X):
    return X - X.mean(axis=1)[:, None]


@slip("centred", "the mean of each row, not turned into a column")
def centred(X):
    return X - X.mean(axis=1)


@slip("centred", "one mean for the whole table")
def centred(X):
    return X - X.mean()


@slip("centred", "the means alone")
def centred(X):
    return X.mean(axis=0)


@slip("centred", "the means of the columns are turned into a column")
def centred(X):
    return X - X.mean(axis=0)[:, None]


@slip("centred", "the sum instead of the mean")
def centred(X):
    return X - X.sum(axis=0)


@slip("centred", "divided by the standard deviation, too")
def centred(X):
    return (X - X.mean(axis=0)) / X.std(axis=0)


@slip("centred", "the median")
def centred(X):
    return X - np.median(X, axis=0)


@slip("centred", "the middle between smallest and largest")
def centred(X):
    return X - (X.min(axis=0) + X.max(axis=0)) / 2


@slip("centred", "the mean minus X")
def centred(X):
    return X.mean(axis=0) - X


@slip("centred", "the mean is added")
def centred(X):
    return X + X.mean(axis=0)


@slip("centred", "divided by the mean")
def centred(X):
    return X / X.mean(axis=0)


@slip("centred", "the sum is divided by the number of columns")
def centred(X):
    return X - X.sum(axis=0) / X.shape[1]


@slip("centred", "the sum is divided by N - 1")
def centred(X):
    return X - X.sum(axis=0) / (len(X) - 1)


@slip("centred", "a whole number for the mean, by //")
def centred(X):
    return X - X.sum(axis=0) // len(X)


@slip("centred", "changes the table it was given")
def centred(X):
    for j in range(X.shape[1]):
        X[:, j] = X[:, j] - X[:, j].mean()
    return X


@slip("centred", "subtracts in place")
def centred(X):
    X -= X.mean(axis=0)
    return X


@slip("centred", "the result has the type of X: whole numbers if X has whole numbers")
def centred(X):
    out = np.zeros_like(X)
    for j in range(X.shape[1]):
        out[:, j] = X[:, j] - np.mean(X[:, j])
    return out


@slip("centred", "return inside the loop: only the first column is centred")
def centred(X):
    out = np.array(X, dtype=float)
    for j in range(X.shape[1]):
        out[:, j] -= out[:, j].mean()
        return out


@slip("centred", "nothing is returned")
def centred(X):
    result = X - X.mean(axis=0)


@slip("centred", "as many columns as rows: those behind stay as they are")
def centred(X):
    out = X.astype(float)
    for j in range(min(len(X), X.shape[1])):
        out[:, j] = X[:, j] - X[:, j].mean()
    return out


@slip("centred", "the mean is taken anew after each row")
def centred(X):
    out = X.astype(float)
    for i in range(len(X)):
        out[i] = out[i] - out.mean(axis=0)
    return out


@slip("centred", "the last row is left as it was")
def centred(X):
    out = X.astype(float)
    for i in range(len(X) - 1):
        out[i] = X[i] - X.mean(axis=0)
    return out


@slip("centred", "turned on its side: a row for each column")
def centred(X):
    return np.array([X[:, j] - X[:, j].mean() for j in range(X.shape[1])])


@slip("centred", "turned on its side and reshaped, not turned back")
def centred(X):
    return np.array([column - column.mean() for column in X.T]).reshape(X.shape)


@slip("centred", "the sign is lost")
def centred(X):
    return np.abs(X - X.mean(axis=0))


@slip("centred", "rows are centred after the columns")
def centred(X):
    X = X - X.mean(axis=0)
    return X - X.mean(axis=1, keepdims=True)


@slip("centred", "the first row is subtracted")
def centred(X):
    return X - X[0]


@slip("centred", "rounded to 2 digits")
def centred(X):
    return np.round(X - X.mean(axis=0), 2)


@slip("centred", "squeezed: one row or one column loses an axis")
def centred(X):
    return (X - X.mean(axis=0)).squeeze()


@right("centred", "a product with the centring matrix")
def centred(X):
    N = len(X)
    return (np.eye(N) - np.ones((N, N)) / N) @ X


@right("centred", "turned, each row centred, and turned back, in float32")
def centred(X):
    columns = np.array(X, dtype=np.float32).T
    return (columns - columns.mean(axis=1, keepdims=True)).T


@right("centred", "nested lists of Python numbers")
def centred(X):
    means = [sum(float(v) for v in column) / len(X) for column in zip(*X)]
    return [[float(v) - m for v, m in zip(row, means)] for row in X]


# One entry of each row


@slip("picked", "whole columns")
def picked(table, y):
    return table[:, y]


@slip("picked", "whole rows")
def picked(table, y):
    return table[y]


@slip("picked", "rows and columns exchanged")
def picked(table, y):
    return table[y, np.arange(len(y))]


@slip("picked", "all from the first row")
def picked(table, y):
    return table[0, y]


@slip("picked", "the rows are a column of indices: all rows with all columns")
def picked(table, y):
    return table[np.arange(len(y))[:, None], y]


@slip("picked", "counts as many rows as there are columns")
def picked(table, y):
    return table[np.arange(table.shape[1]), y]


@slip("picked", "N is taken for a row's number")
def picked(table, y):
    return table[len(y) - 1, y]


@slip("picked", "the largest of each row")
def picked(table, y):
    return table.max(axis=1)


@slip("picked", "where the largest of each row is")
def picked(table, y):
    return table.argmax(axis=1)


@slip("picked", "counts columns from 1")
def picked(table, y):
    return table[np.arange(len(y)), y - 1]


@slip("picked", "the diagonal")
def picked(table, y):
    return table.diagonal()


@slip("picked", "a column: the last axis stays")
def picked(table, y):
    return np.take_along_axis(table, y[:, None], axis=1)


@slip("picked", "np.take without an axis counts through the first row")
def picked(table, y):
    return np.take(table, y)


@slip("picked", "added up to one number")
def picked(table, y):
    return table[np.arange(len(y)), y].sum()


@slip("picked", "return inside the loop: only the first")
def picked(table, y):
    result = []
    for i in range(len(y)):
        result.append(table[i, y[i]])
        return np.array(result)


@slip("picked", "nothing is returned")
def picked(table, y):
    result = np.zeros(len(y))
    for i in range(len(y)):
        result[i] = table[i, y[i]]


@slip("picked", "the last row is forgotten")
def picked(table, y):
    return np.array([table[i, y[i]] for i in range(len(y) - 1)])


@slip("picked", "the result has the type of y: whole numbers")
def picked(table, y):
    result = np.zeros_like(y)
    for i in range(len(y)):
        result[i] = table[i, y[i]]
    return result


@slip("picked", "goes over the values of y as if they were rows")
def picked(table, y):
    return np.array([table[i, y[i]] for i in y])


@slip("picked", "writes to the place of the class, not of the row")
def picked(table, y):
    result = np.zeros(len(y))
    for i, column in enumerate(y):
        result[column] = table[i, column]
    return result


@slip("picked", "the largest of the masked row: a negative entry becomes 0")
def picked(table, y):
    mask = np.arange(table.shape[1]) == y[:, None]
    return (table * mask).max(axis=1)


@slip("picked", "what is not 0 in the masked table: zeros are lost")
def picked(table, y):
    mask = np.arange(table.shape[1]) == y[:, None]
    kept = table * mask
    return kept[kept != 0]


@slip("picked", "masked but not added up: a whole table")
def picked(table, y):
    return table * (np.arange(table.shape[1]) == y[:, None])


@slip("picked", "the masked table is added down the rows")
def picked(table, y):
    return np.sum(table * (np.arange(table.shape[1]) == y[:, None]), axis=0)


@slip("picked", "one-hot rows with N columns")
def picked(table, y):
    return np.sum(table * np.eye(len(y))[y], axis=1)


@slip("picked", "in the long row, N steps from row to row")
def picked(table, y):
    return table.ravel()[np.arange(len(y)) * len(y) + y]


@slip("picked", "sorts the columns first")
def picked(table, y):
    return table[np.arange(len(y)), np.sort(y)]


@slip("picked", "each column once")
def picked(table, y):
    return np.array([table[i, column] for i, column in enumerate(dict.fromkeys(y.tolist()))])


@slip("picked", "looks a row's number up by its values: equal rows get the first one's column")
def picked(table, y):
    rows = table.tolist()
    return np.array([row[y[rows.index(row)]] for row in rows])


@slip("picked", "the columns themselves")
def picked(table, y):
    return y


@slip("picked", "the first column only")
def picked(table, y):
    return table[:, 0]


@right("picked", "the diagonal of the picked columns")
def picked(table, y):
    return np.diag(table[:, y])


@right("picked", "one-hot rows and a sum of products, in float32")
def picked(table, y):
    return np.einsum("nc,nc->n", table, np.eye(table.shape[1])[y]).astype(np.float32)


@right("picked", "a list of Python numbers")
def picked(table, y):
    return [float(row[int(column)]) for row, column in zip(table, y)]
