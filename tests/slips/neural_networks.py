"""Answers to the exercises of notebook 07 as students might hand them in: `slip`s are wrong in the way that their words
say, `right`s are correct though written in an unusual way. They were written from the notebook's text alone, without
a look at the checks, so that they can tell what the checks miss.
"""
# ruff: noqa: F811, RET503, F841, RET504, B905
# (wrong on purpose: one name many times, returns left out, values computed and forgotten)

import math

import numpy as np

from slips.collect import right, right_value, slip, slip_value


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


# Exercise 1: a logistic neuron


@slip("logistic_neuron", "the minus in the exponent is lost")
def logistic_neuron(x, w, b):
    return 1 / (1 + np.exp(w @ x + b))


@slip("logistic_neuron", "the bias is added outside the sigmoid")
def logistic_neuron(x, w, b):
    return 1 / (1 + np.exp(-(w @ x))) + b


@slip("logistic_neuron", "the bias is forgotten")
def logistic_neuron(x, w, b):
    return sigmoid(np.dot(w, x))


@slip("logistic_neuron", "the bias is subtracted")
def logistic_neuron(x, w, b):
    z = np.dot(x, w) - b
    return 1 / (1 + np.exp(-z))


@slip("logistic_neuron", "the sigmoid is forgotten")
def logistic_neuron(x, w, b):
    z = w @ x + b
    return z


@slip("logistic_neuron", "products are not summed: D numbers come out")
def logistic_neuron(x, w, b):
    return sigmoid(w * x + b)


@slip("logistic_neuron", "the mean of the products in place of their sum")
def logistic_neuron(x, w, b):
    return sigmoid(np.mean(w * x) + b)


@slip("logistic_neuron", "the bias is added in every term of the sum")
def logistic_neuron(x, w, b):
    z = sum(wi * xi + b for wi, xi in zip(w, x))
    return sigmoid(z)


@slip("logistic_neuron", "tanh in place of the sigmoid")
def logistic_neuron(x, w, b):
    return np.tanh(w @ x + b)


@slip("logistic_neuron", "1 + exp(-z) without brackets, so 1 / 1 comes first")
def logistic_neuron(x, w, b):
    z = w @ x + b
    return 1 / 1 + np.exp(-z)


@slip("logistic_neuron", "a minus between 1 and exp(-z)")
def logistic_neuron(x, w, b):
    z = w @ x + b
    return 1 / (1 - np.exp(-z))


@slip("logistic_neuron", "printed, not returned")
def logistic_neuron(x, w, b):
    z = w @ x + b
    print(1 / (1 + np.exp(-z)))


@slip("logistic_neuron", "the loop leaves out the last input")
def logistic_neuron(x, w, b):
    z = b
    for i in range(len(x) - 1):
        z = z + w[i] * x[i]
    return 1 / (1 + math.exp(-z))


@slip("logistic_neuron", "the sum is overwritten in each round")
def logistic_neuron(x, w, b):
    z = 0
    for i in range(len(x)):
        z = w[i] * x[i]
    return sigmoid(z + b)


@slip("logistic_neuron", "rounded to three digits")
def logistic_neuron(x, w, b):
    return round(float(sigmoid(w @ x + b)), 3)


@slip("logistic_neuron", "a hard threshold instead of a soft one")
def logistic_neuron(x, w, b):
    return 1.0 if w @ x + b > 0 else 0.0


@slip("logistic_neuron", "exp(z) / (1 + exp(z)): not a number for a large z")
def logistic_neuron(x, w, b):
    with np.errstate(all="ignore"):
        e = np.exp(np.float64(w @ x + b))
        return e / (1 + e)


@slip("logistic_neuron", "the sigmoid is applied to the inputs")
def logistic_neuron(x, w, b):
    return w @ sigmoid(x) + b


@slip("logistic_neuron", "the sigmoid is applied twice")
def logistic_neuron(x, w, b):
    a = sigmoid(w @ x + b)
    return 1 / (1 + np.exp(-a))


@slip("logistic_neuron", "an outer product in place of the dot product")
def logistic_neuron(x, w, b):
    z = np.outer(w, x) + b
    return 1 / (1 + np.exp(-z))


@right("logistic_neuron", "half of 1 + tanh(z / 2)")
def logistic_neuron(x, w, b):
    return 0.5 * (1 + np.tanh((np.dot(x, w) + b) / 2))


@right("logistic_neuron", "a loop over the inputs")
def logistic_neuron(x, w, b):
    z = float(b)
    for i in range(len(x)):
        z += float(w[i]) * float(x[i])
    if z < 0:
        return math.exp(z) / (1 + math.exp(z))
    return 1 / (1 + math.exp(-z))


@right("logistic_neuron", "by the logarithm of the sum of exponentials")
def logistic_neuron(x, w, b):
    return np.exp(-np.logaddexp(0, -((w * x).sum() + b)))


@right("logistic_neuron", "in single precision")
def logistic_neuron(x, w, b):
    z = np.dot(np.float32(w), np.float32(x)) + np.float32(b)
    return 1 / (1 + np.exp(-z))


# Exercise 2: collapse two layers


@slip("merged", "the matrices in the wrong order")
def merged(W, b, U, c):
    return W @ U, U @ b + c


@slip("merged", "the first bias is not sent through U")
def merged(W, b, U, c):
    return U @ W, b + c


@slip("merged", "the second bias is forgotten")
def merged(W, b, U, c):
    return U @ W, U @ b


@slip("merged", "the first bias is forgotten")
def merged(W, b, U, c):
    A = U @ W
    return A, c


@slip("merged", "the pair is returned in the wrong order")
def merged(W, b, U, c):
    return U @ b + c, U @ W


@slip("merged", "the two biases are exchanged")
def merged(W, b, U, c):
    return U @ W, U @ c + b


@slip("merged", "the matrix is transposed")
def merged(W, b, U, c):
    return (U @ W).T, U @ b + c


@slip("merged", "the matrices are multiplied entry by entry")
def merged(W, b, U, c):
    return U * W, U @ b + c


@slip("merged", "the matrices are added")
def merged(W, b, U, c):
    return U + W, U @ b + c


@slip("merged", "both biases go through U")
def merged(W, b, U, c):
    return U @ W, U @ (b + c)


@slip("merged", "the first bias goes through both matrices")
def merged(W, b, U, c):
    A = U @ W
    return A, A @ b + c


@slip("merged", "the second bias is subtracted")
def merged(W, b, U, c):
    return U @ W, U @ b - c


@slip("merged", "b @ U in place of U @ b")
def merged(W, b, U, c):
    return U @ W, b @ U + c


@slip("merged", "U times b entry by entry: a table in place of a vector")
def merged(W, b, U, c):
    return U @ W, U * b + c[:, None]


@slip("merged", "only the matrix is returned")
def merged(W, b, U, c):
    A, a = U @ W, U @ b + c
    return A


@slip("merged", "nothing is returned")
def merged(W, b, U, c):
    A = np.dot(U, W)
    a = np.dot(U, b) + c


@slip("merged", "rounded to three digits")
def merged(W, b, U, c):
    return np.round(U @ W, 3), np.round(U @ b + c, 3)


@slip("merged", "the loop leaves out the last hidden neuron")
def merged(W, b, U, c):
    A = np.zeros((U.shape[0], W.shape[1]))
    for h in range(len(W) - 1):
        A += np.outer(U[:, h], W[h])
    return A, U @ b + c


@slip("merged", "a ReLU on the bias: wrong where it is negative")
def merged(W, b, U, c):
    return U @ W, np.maximum(U @ b + c, 0)


@slip("merged", "stored in an array of whole numbers")
def merged(W, b, U, c):
    A = np.zeros((len(U), W.shape[1]), dtype=int)
    A[:] = U @ W
    return A, U @ b + c


@right("merged", "sums over the hidden neurons, as lists")
def merged(W, b, U, c):
    K, H, D = len(U), len(W), len(W[0])
    A = [[sum(U[k][h] * W[h][d] for h in range(H)) for d in range(D)] for k in range(K)]
    a = [sum(U[k][h] * b[h] for h in range(H)) + c[k] for k in range(K)]
    return A, a


@right("merged", "asks the two layers at zero and at the unit vectors")
def merged(W, b, U, c):
    def both(x):
        return U @ (W @ x + b) + c

    a = both(np.zeros(W.shape[1]))
    return np.stack([both(e) - a for e in np.eye(W.shape[1])], axis=1), a


@right("merged", "one einsum for both")
def merged(W, b, U, c):
    both = np.einsum("kh,hd->kd", U, np.column_stack([W, b]))
    return both[:, :-1], both[:, -1] + c


# Exercise 3 (optional): XOR with numbers

ONES, SHIFTED, LESS_BOTH = np.array([[1, 1], [1, 1]]), np.array([0, -1]), np.array([1, -2])

slip_value("xor", "not begun", W=None, b=None, u=None, c=None)
slip_value("xor", "no bias: both neurons count the ones", W=ONES, b=np.array([0, 0]), u=LESS_BOTH, c=0)
slip_value("xor", "the bias has the wrong sign", W=ONES, b=np.array([0, 1]), u=LESS_BOTH, c=0)
slip_value("xor", "the second neuron is subtracted once only", W=ONES, b=SHIFTED, u=np.array([1, -1]), c=0)
slip_value("xor", "the second neuron is added", W=ONES, b=SHIFTED, u=np.array([1, 2]), c=0)
slip_value("xor", "alike and different exchanged: 1, 0, 0, 1", W=ONES, b=SHIFTED, u=np.array([-1, 2]), c=1)
slip_value("xor", "one too much everywhere", W=ONES, b=SHIFTED, u=LESS_BOTH, c=1)
slip_value("xor", "counts the ones: 0, 1, 1, 2", W=ONES, b=SHIFTED, u=np.array([1, 0]), c=0)
slip_value("xor", "and in place of xor: 0, 0, 0, 1", W=ONES, b=SHIFTED, u=np.array([0, 1]), c=0)
slip_value("xor", "the differences are subtracted: 0, -1, 1, 0",
           W=np.array([[1, -1], [-1, 1]]), b=np.zeros(2), u=np.array([1, -1]), c=0)  # fmt: skip
slip_value("xor", "both neurons alike, so one different point is lost",
           W=np.array([[1, -1], [1, -1]]), b=np.zeros(2), u=np.array([0.5, 0.5]), c=0)  # fmt: skip
slip_value("xor", "the second neuron never wakes up", W=ONES, b=np.array([0, -2]), u=LESS_BOTH, c=0)
slip_value("xor", "the biases are exchanged", W=ONES, b=np.array([-1, 0]), u=LESS_BOTH, c=0)
slip_value("xor", "weights for neurons that fire 0 or 1",
           W=ONES, b=np.array([-0.5, -1.5]), u=np.array([1, -1]), c=0)  # fmt: skip
slip_value("xor", "weights for a network with sigmoids",
           W=np.array([[20, 20], [-20, -20]]), b=np.array([-10, 30]), u=np.array([20, 20]), c=-30)  # fmt: skip
slip_value("xor", "W as four numbers in a row", W=np.array([1, 1, 1, 1]), b=SHIFTED, u=LESS_BOTH, c=0)
slip_value("xor", "u is a column", W=ONES, b=SHIFTED, u=np.array([[1], [-2]]), c=0)
slip_value("xor", "c is left open", W=ONES, b=SHIFTED, u=LESS_BOTH, c=None)
slip_value("xor", "nearly: the last point gives 0.1", W=ONES, b=SHIFTED, u=np.array([1, -1.9]), c=0)
slip_value("xor", "a third input for the bias", W=np.array([[1, 1, 0], [1, 1, -1]]), b=np.zeros(2), u=LESS_BOTH, c=0)

right_value("xor", "each neuron for one of the two different points",
            W=np.array([[1, -1], [-1, 1]]), b=np.zeros(2), u=np.ones(2), c=0.0)  # fmt: skip
right_value("xor", "lists in place of arrays", W=[[1, 1], [1, 1]], b=[0, -1], u=[1, -2], c=0)
right_value("xor", "one neuron for each of the two alike points",
            W=np.array([[-1, -1], [1, 1]]), b=np.array([1, -1]), u=np.array([-1, -1]), c=1)  # fmt: skip


# Exercise 4: the forward pass of a batch


@slip("forward", "W is not transposed")
def forward(X, W, b, U, c):
    return np.maximum(X @ W + b, 0) @ U.T + c


@slip("forward", "a second ReLU at the end")
def forward(X, W, b, U, c):
    H = np.maximum(X @ W.T + b, 0)
    return np.maximum(H @ U.T + c, 0)


@slip("forward", "no ReLU")
def forward(X, W, b, U, c):
    H = X @ W.T + b
    return H @ U.T + c


@slip("forward", "the bias is added after the ReLU")
def forward(X, W, b, U, c):
    H = np.maximum(X @ W.T, 0) + b
    return H @ U.T + c


@slip("forward", "the first bias is forgotten")
def forward(X, W, b, U, c):
    return np.maximum(X @ W.T, 0) @ U.T + c


@slip("forward", "the second bias is forgotten")
def forward(X, W, b, U, c):
    return np.maximum(X @ W.T + b, 0) @ U.T


@slip("forward", "the ReLU at the end only")
def forward(X, W, b, U, c):
    S = (X @ W.T + b) @ U.T + c
    S[S < 0] = 0
    return S


@slip("forward", "a sigmoid in place of the ReLU")
def forward(X, W, b, U, c):
    return sigmoid(X @ W.T + b) @ U.T + c


@slip("forward", "examples in columns at the end")
def forward(X, W, b, U, c):
    H = np.maximum(W @ X.T + b[:, None], 0)
    return U @ H + c[:, None]


@slip("forward", "np.max(Z, 0): the largest of each column, not the ReLU")
def forward(X, W, b, U, c):
    Z = X @ W.T + b
    H = np.max(Z, 0)
    return H @ U.T + c


@slip("forward", "the absolute value in place of the ReLU")
def forward(X, W, b, U, c):
    return np.abs(X @ W.T + b) @ U.T + c


@slip("forward", "the minimum in place of the maximum")
def forward(X, W, b, U, c):
    return np.minimum(X @ W.T + b, 0) @ U.T + c


@slip("forward", "a little of the negative is let through")
def forward(X, W, b, U, c):
    Z = X @ W.T + b
    return np.where(Z > 0, Z, 0.01 * Z) @ U.T + c


@slip("forward", "returns after the first example")
def forward(X, W, b, U, c):
    for x in X:
        h = np.maximum(W @ x + b, 0)
        return U @ h + c


@slip("forward", "returns the hidden answers")
def forward(X, W, b, U, c):
    H = np.maximum(X @ W.T + b, 0)
    S = H @ U.T + c
    return H


@slip("forward", "a neuron that is awake answers 1")
def forward(X, W, b, U, c):
    H = (X @ W.T + b > 0).astype(float)
    return H @ U.T + c


@slip("forward", "squeezed: a single example loses its row")
def forward(X, W, b, U, c):
    return np.squeeze(np.maximum(X @ W.T + b, 0) @ U.T + c)


@slip("forward", "nothing is returned")
def forward(X, W, b, U, c):
    S = np.maximum(X @ W.T + b, 0) @ U.T + c


@slip("forward", "the hidden answers are cut off at 1 too")
def forward(X, W, b, U, c):
    H = np.clip(X @ W.T + b, 0, 1)
    return H @ U.T + c


@slip("forward", "the hidden answers are kept as whole numbers")
def forward(X, W, b, U, c):
    H = np.zeros((len(X), len(W)), dtype=int)
    for n in range(len(X)):
        H[n] = np.maximum(W @ X[n] + b, 0)
    return H @ U.T + c


@right("forward", "one example at a time, in a list")
def forward(X, W, b, U, c):
    S = []
    for x in X:
        h = W @ x + b
        h[h < 0] = 0
        S.append(U @ h + c)
    return np.array(S)


@right("forward", "examples in columns, turned back at the end")
def forward(X, W, b, U, c):
    H = W @ X.T + b.reshape(-1, 1)
    H = H * (H > 0)
    return (U @ H + c.reshape(-1, 1)).T


@right("forward", "biases as one more column")
def forward(X, W, b, U, c):
    one = np.ones((len(X), 1))
    Z = np.hstack([X, one]) @ np.column_stack([W, b]).T
    return np.hstack([(Z + abs(Z)) / 2, one]) @ np.column_stack([U, c]).T


@right("forward", "in single precision")
def forward(X, W, b, U, c):
    X, W, b, U, c = (np.asarray(a, dtype=np.float32) for a in (X, W, b, U, c))
    return np.maximum(X @ W.T + b, 0) @ U.T + c


# Exercise 5 (optional): count the parameters


@slip("n_parameters", "no biases")
def n_parameters(widths):
    return sum(a * b for a, b in zip(widths[:-1], widths[1:]))


@slip("n_parameters", "a bias for each input of a layer")
def n_parameters(widths):
    return sum(a * b + a for a, b in zip(widths[:-1], widths[1:]))


@slip("n_parameters", "biases for the inputs as well")
def n_parameters(widths):
    total = sum(widths)
    for i in range(len(widths) - 1):
        total += widths[i] * widths[i + 1]
    return total


@slip("n_parameters", "the last layer is left out")
def n_parameters(widths):
    total = 0
    for i in range(len(widths) - 2):
        total += widths[i] * widths[i + 1] + widths[i + 1]
    return total


@slip("n_parameters", "returns within the loop: the first layer alone")
def n_parameters(widths):
    total = 0
    for n_in, n_out in zip(widths, widths[1:]):
        total += (n_in + 1) * n_out
        return total


@slip("n_parameters", "the product of all widths")
def n_parameters(widths):
    return int(np.prod(widths)) + sum(widths[1:])


@slip("n_parameters", "one bias for a whole layer")
def n_parameters(widths):
    return sum(a * b + 1 for a, b in zip(widths[:-1], widths[1:]))


@slip("n_parameters", "counts the neurons")
def n_parameters(widths):
    return sum(widths[1:])


@slip("n_parameters", "each layer is paired with itself")
def n_parameters(widths):
    return sum(a * b + b for a, b in zip(widths, widths))


@slip("n_parameters", "the loop runs past the end")
def n_parameters(widths):
    total = 0
    for i in range(len(widths)):
        total += widths[i] * widths[i + 1] + widths[i + 1]
    return total


@slip("n_parameters", "for three widths only")
def n_parameters(widths):
    n_in, n_hidden, n_out = widths
    return n_in * n_hidden + n_hidden + n_hidden * n_out + n_out


@slip("n_parameters", "the count is overwritten in each round")
def n_parameters(widths):
    total = 0
    for n_in, n_out in zip(widths[:-1], widths[1:]):
        total = n_in * n_out + n_out
    return total


@slip("n_parameters", "nothing is returned")
def n_parameters(widths):
    total = sum(a * b + b for a, b in zip(widths[:-1], widths[1:]))
    print(total)


@slip("n_parameters", "no biases in the output layer")
def n_parameters(widths):
    weights = sum(a * b for a, b in zip(widths[:-1], widths[1:]))
    return weights + sum(widths[1:-1])


@slip("n_parameters", "widths are added, not multiplied")
def n_parameters(widths):
    return sum(a + b + b for a, b in zip(widths[:-1], widths[1:]))


@slip("n_parameters", "every layer is wired to all that follow")
def n_parameters(widths):
    total = 0
    for i in range(len(widths)):
        for j in range(i + 1, len(widths)):
            total += widths[i] * widths[j]
    return total + sum(widths[1:])


@slip("n_parameters", "layers of the same widths are counted once")
def n_parameters(widths):
    return sum(a * b + b for a, b in set(zip(widths[:-1], widths[1:])))


@slip("n_parameters", "input and output only")
def n_parameters(widths):
    return widths[0] * widths[-1] + widths[-1]


@slip("n_parameters", "the biases are counted twice")
def n_parameters(widths):
    weights = sum((a + 1) * b for a, b in zip(widths[:-1], widths[1:]))
    return weights + sum(widths[1:])


@slip("n_parameters", "takes the widths out of a list, which a tuple does not allow")
def n_parameters(widths):
    total, n_in = 0, widths.pop(0)
    while widths:
        n_out = widths.pop(0)
        total += n_in * n_out + n_out
        n_in = n_out
    return total


@right("n_parameters", "makes the arrays and counts their entries")
def n_parameters(widths):
    layers = [(np.zeros((b, a)), np.zeros(b)) for a, b in zip(widths, widths[1:])]
    return sum(W.size + b.size for W, b in layers)


@right("n_parameters", "as products of NumPy")
def n_parameters(widths):
    widths = np.array(widths)
    return np.dot(widths[:-1] + 1, widths[1:])


@right("n_parameters", "the first layer, and then the rest")
def n_parameters(widths):
    if len(widths) < 2:
        return 0
    return (widths[0] + 1) * widths[1] + n_parameters(widths[1:])


# Exercise 6 (optional): how large is the picture of answers?


@slip("output_size", "steps are counted, not places")
def output_size(n, k, stride):
    return (n - k) // stride


@slip("output_size", "the one is added before the division")
def output_size(n, k, stride):
    return (n - k + 1) // stride


@slip("output_size", "the window's width is forgotten")
def output_size(n, k, stride):
    return n // stride


@slip("output_size", "the stride is forgotten")
def output_size(n, k, stride):
    return n - k + 1


@slip("output_size", "not rounded down: half a place")
def output_size(n, k, stride):
    return (n - k) / stride + 1


@slip("output_size", "rounded to the nearest")
def output_size(n, k, stride):
    return round((n - k) / stride) + 1


@slip("output_size", "rounded up")
def output_size(n, k, stride):
    return math.ceil((n - k) / stride) + 1


@slip("output_size", "the one is added to the stride")
def output_size(n, k, stride):
    return (n - k) // (stride + 1)


@slip("output_size", "windows side by side, without a stride")
def output_size(n, k, stride):
    return n // k


@slip("output_size", "one place too many")
def output_size(n, k, stride):
    return (n - k) // stride + 2


@slip("output_size", "the window may stick out on the right")
def output_size(n, k, stride):
    return (n - 1) // stride + 1


@slip("output_size", "n + k in place of n - k")
def output_size(n, k, stride):
    return (n + k) // stride + 1


@slip("output_size", "the edge is padded, so that the window may stick out on both sides")
def output_size(n, k, stride):
    return (n - k + 2 * (k // 2)) // stride + 1


@slip("output_size", "range stops before the last place")
def output_size(n, k, stride):
    return len(range(0, n - k, stride))


@slip("output_size", "brackets are missing: only k is divided")
def output_size(n, k, stride):
    return n - k // stride + 1


@slip("output_size", "nothing is returned")
def output_size(n, k, stride):
    size = (n - k) // stride + 1


@slip("output_size", "window and stride exchanged")
def output_size(n, k, stride):
    return (n - stride) // k + 1


@slip("output_size", "n and k exchanged")
def output_size(n, k, stride):
    return (k - n) // stride + 1


@slip("output_size", "the places of a square picture")
def output_size(n, k, stride):
    return ((n - k) // stride + 1) ** 2


@slip("output_size", "half a window off on each side: one too few for an even window")
def output_size(n, k, stride):
    return (n - 2 * (k // 2) - 1) // stride + 1


@right("output_size", "counts with range")
def output_size(n, k, stride):
    return len(range(0, n - k + 1, stride))


@right("output_size", "moves the window along")
def output_size(n, k, stride):
    places, end = 0, k
    while end <= n:
        places += 1
        end += stride
    return places


@right("output_size", "cuts the fraction off")
def output_size(n, k, stride):
    return int((n - k) / stride + 1)
