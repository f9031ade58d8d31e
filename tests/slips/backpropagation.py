"""Answers to the exercises of notebook 08 as students might hand them in: `slip`s are wrong in the way that their words
say, `right`s are correct though written in an unusual way. They were written from the notebook's text alone, without
a look at the checks, so that they can tell what the checks miss.
"""
# ruff: noqa: F811, RET503, F841
# (wrong on purpose: one name many times, returns left out, values computed and forgotten)

import numpy as np

from lectureutils.autodiff import Tensor
from slips.collect import right, slip

# Exercise 1: what a product passes back


@slip("multiply_backward", "each input gets itself, not the other")
def multiply_backward(x, y, upstream):
    return upstream * x, upstream * y


@slip("multiply_backward", "upstream is forgotten")
def multiply_backward(x, y, upstream):
    return y, x


@slip("multiply_backward", "upstream is added")
def multiply_backward(x, y, upstream):
    return upstream + y, upstream + x


@slip("multiply_backward", "passed on as by a sum")
def multiply_backward(x, y, upstream):
    return upstream, upstream


@slip("multiply_backward", "upstream for the first input only")
def multiply_backward(x, y, upstream):
    dx = upstream * y
    dy = x
    return dx, dy


@slip("multiply_backward", "one number: upstream times the product")
def multiply_backward(x, y, upstream):
    return upstream * x * y


@slip("multiply_backward", "both get upstream times the product")
def multiply_backward(x, y, upstream):
    f = x * y
    return upstream * f, upstream * f


@slip("multiply_backward", "divided by the other input")
def multiply_backward(x, y, upstream):
    return upstream / y if y else 0.0, upstream / x if x else 0.0


@slip("multiply_backward", "a minus, as for a step downhill")
def multiply_backward(x, y, upstream):
    return -upstream * y, -upstream * x


@slip("multiply_backward", "nothing is returned")
def multiply_backward(x, y, upstream):
    dx = upstream * y
    dy = upstream * x


@slip("multiply_backward", "rounded to whole numbers")
def multiply_backward(x, y, upstream):
    return round(upstream * y), round(upstream * x)


@slip("multiply_backward", "the slope of a square")
def multiply_backward(x, y, upstream):
    return 2 * x * upstream, 2 * y * upstream


@slip("multiply_backward", "the size of the other input, without its sign")
def multiply_backward(x, y, upstream):
    return upstream * abs(y), upstream * abs(x)


@slip("multiply_backward", "each gets one half")
def multiply_backward(x, y, upstream):
    return upstream * y / 2, upstream * x / 2


@slip("multiply_backward", "only the larger input gets something")
def multiply_backward(x, y, upstream):
    if x > y:
        return upstream * y, 0.0
    return 0.0, upstream * x


@slip("multiply_backward", "measured with both inputs nudged at once")
def multiply_backward(x, y, upstream):
    h = 1e-6
    slope = ((x + h) * (y + h) - x * y) / h
    return upstream * slope, upstream * slope


@slip("multiply_backward", "an input that is 0 is said to get nothing")
def multiply_backward(x, y, upstream):
    dx = upstream * y if x != 0 else 0.0
    dy = upstream * x if y != 0 else 0.0
    return dx, dy


@slip("multiply_backward", "an upstream of 0 is taken for 'not given' and becomes 1")
def multiply_backward(x, y, upstream):
    upstream = upstream or 1
    return upstream * y, upstream * x


@slip("multiply_backward", "a negative upstream gradient is held back")
def multiply_backward(x, y, upstream):
    upstream = max(0, upstream)
    return upstream * y, upstream * x


@slip("multiply_backward", "dx is used for dy: upstream counts twice")
def multiply_backward(x, y, upstream):
    dx = upstream * y
    dy = dx * x
    return dx, dy


@right("multiply_backward", "measured: a central difference is exact for a product")
def multiply_backward(x, y, upstream):
    h = 0.5
    dx = ((x + h) * y - (x - h) * y) / (2 * h)
    dy = (x * (y + h) - x * (y - h)) / (2 * h)
    return upstream * dx, upstream * dy


@right("multiply_backward", "a vector of local gradients")
def multiply_backward(x, y, upstream):
    return tuple(upstream * np.array([x, y])[::-1])


@right("multiply_backward", "by the engine of the package")
def multiply_backward(x, y, upstream):
    a, b = Tensor(float(x)), Tensor(float(y))
    (a * b * float(upstream)).backward()
    return float(a.grad), float(b.grad)


# Exercise 2: what a maximum passes back


@slip("max_backward", "the smaller input gets everything")
def max_backward(x, y, upstream):
    return (upstream, 0.0) if x < y else (0.0, upstream)


@slip("max_backward", "both inputs get everything")
def max_backward(x, y, upstream):
    return upstream, upstream


@slip("max_backward", "upstream times the value that won")
def max_backward(x, y, upstream):
    if x > y:
        return upstream * x, 0
    return 0, upstream * y


@slip("max_backward", "upstream is forgotten")
def max_backward(x, y, upstream):
    return (1, 0) if x > y else (0, 1)


@slip("max_backward", "nothing is returned")
def max_backward(x, y, upstream):
    if x > y:
        dx, dy = upstream, 0
    else:
        dx, dy = 0, upstream


@slip("max_backward", "the case that y is larger is missing")
def max_backward(x, y, upstream):
    if x > y:
        return upstream, 0.0


@slip("max_backward", "shared half and half")
def max_backward(x, y, upstream):
    return 0.5 * upstream, 0.5 * upstream


@slip("max_backward", "compared without their signs")
def max_backward(x, y, upstream):
    return (upstream, 0.0) if abs(x) > abs(y) else (0.0, upstream)


@slip("max_backward", "each input is compared with 0, as by a ReLU")
def max_backward(x, y, upstream):
    dx = upstream if x > 0 else 0.0
    dy = upstream if y > 0 else 0.0
    return dx, dy


@slip("max_backward", "as if y were a constant")
def max_backward(x, y, upstream):
    return upstream * (x > y), 0.0


@slip("max_backward", "the loser gets the negative of it")
def max_backward(x, y, upstream):
    return (upstream, -upstream) if x > y else (-upstream, upstream)


@slip("max_backward", "one number: upstream times the maximum")
def max_backward(x, y, upstream):
    return max(x, y) * upstream


@slip("max_backward", "only the winner's gradient is returned")
def max_backward(x, y, upstream):
    dx, dy = (upstream, 0.0) if x > y else (0.0, upstream)
    return max(dx, dy)


@slip("max_backward", "each one's share of the sum of exponentials, as by a softmax")
def max_backward(x, y, upstream):
    ex, ey = np.exp(x - max(x, y)), np.exp(y - max(x, y))
    return upstream * ex / (ex + ey), upstream * ey / (ex + ey)


@slip("max_backward", "each input is compared with upstream")
def max_backward(x, y, upstream):
    return (upstream if x > upstream else 0.0), (upstream if y > upstream else 0.0)


@slip("max_backward", "compared as whole numbers: 1.2 and 1.7 are the same")
def max_backward(x, y, upstream):
    return (upstream, 0.0) if int(x) > int(y) else (0.0, upstream)


@slip("max_backward", "upstream is added to the local gradient")
def max_backward(x, y, upstream):
    return (1 + upstream, upstream) if x > y else (upstream, 1 + upstream)


@slip("max_backward", "a negative upstream gradient is held back")
def max_backward(x, y, upstream):
    upstream = np.maximum(upstream, 0)
    return (upstream, 0.0) if x > y else (0.0, upstream)


@slip("max_backward", "the values themselves are handed on")
def max_backward(x, y, upstream):
    return (x, 0.0) if x > y else (0.0, y)


@slip("max_backward", "the sign of the difference: -1 for the smaller one")
def max_backward(x, y, upstream):
    return upstream * np.sign(x - y), upstream * np.sign(y - x)


@right("max_backward", "comparisons as numbers")
def max_backward(x, y, upstream):
    return upstream * (x > y), upstream * (y > x)


@right("max_backward", "two zeros, and the winner's place is filled")
def max_backward(x, y, upstream):
    gradient = np.zeros(2)
    gradient[np.argmax([x, y])] = upstream
    return tuple(gradient)


@right("max_backward", "from max = (x + y + |x - y|) / 2")
def max_backward(x, y, upstream):
    s = np.sign(x - y)
    return upstream * (1 + s) / 2, upstream * (1 - s) / 2


# Exercise 3 (optional): what a sum passes back


@slip("add_backward", "the inputs themselves")
def add_backward(x, y, upstream):
    return x, y


@slip("add_backward", "the local gradients, without upstream")
def add_backward(x, y, upstream):
    return 1, 1


@slip("add_backward", "upstream times the input")
def add_backward(x, y, upstream):
    return upstream * x, upstream * y


@slip("add_backward", "upstream times the other input, as by a product")
def add_backward(x, y, upstream):
    return upstream * y, upstream * x


@slip("add_backward", "shared half and half")
def add_backward(x, y, upstream):
    return upstream / 2, upstream / 2


@slip("add_backward", "twice upstream, since there are two inputs")
def add_backward(x, y, upstream):
    return 2 * upstream, 2 * upstream


@slip("add_backward", "one number in place of a pair")
def add_backward(x, y, upstream):
    return upstream


@slip("add_backward", "nothing is returned")
def add_backward(x, y, upstream):
    dx = dy = upstream


@slip("add_backward", "the first input gets everything")
def add_backward(x, y, upstream):
    return upstream, 0.0


@slip("add_backward", "the second input gets the negative, as by a difference")
def add_backward(x, y, upstream):
    return upstream, -upstream


@slip("add_backward", "the gradients stay at zero")
def add_backward(x, y, upstream):
    dx, dy = 0.0, 0.0
    dx + upstream
    dy + upstream
    return dx, dy


@slip("add_backward", "upstream is added to the inputs")
def add_backward(x, y, upstream):
    return x + upstream, y + upstream


@slip("add_backward", "upstream times the sum")
def add_backward(x, y, upstream):
    q = x + y
    return upstream * q, upstream * q


@slip("add_backward", "shared in proportion to the inputs")
def add_backward(x, y, upstream):
    total = x + y
    return upstream * np.divide(x, total), upstream * np.divide(y, total)


@slip("add_backward", "a minus, as for a step downhill")
def add_backward(x, y, upstream):
    return -upstream, -upstream


@slip("add_backward", "the larger one gets everything, as by a maximum")
def add_backward(x, y, upstream):
    return (upstream, 0.0) if x > y else (0.0, upstream)


@slip("add_backward", "upstream times itself")
def add_backward(x, y, upstream):
    return upstream**2, upstream**2


@slip("add_backward", "an upstream of 0 is taken for 'not given' and becomes 1")
def add_backward(x, y, upstream):
    d = upstream or 1.0
    return d, d


@slip("add_backward", "an input that is 0 is said to get nothing")
def add_backward(x, y, upstream):
    return (upstream if x else 0.0), (upstream if y else 0.0)


@slip("add_backward", "the size of upstream, without its sign")
def add_backward(x, y, upstream):
    return abs(upstream), abs(upstream)


@right("add_backward", "a tuple, repeated")
def add_backward(x, y, upstream):
    return (upstream,) * 2


@right("add_backward", "times the slope 1, in an array")
def add_backward(x, y, upstream):
    dx, dy = upstream * np.ones(2)
    return dx, dy


@right("add_backward", "by the engine of the package")
def add_backward(x, y, upstream):
    a, b = Tensor(float(x)), Tensor(float(y))
    ((a + b) * float(upstream)).backward()
    return float(a.grad), float(b.grad)


# Exercise 4: the chain rule, by your own hand


def sigmoid(s):
    return 1 / (1 + np.exp(-s))


@slip("neuron_backward", "s in place of p in the slope")
def neuron_backward(w, x, b):
    s = w * x + b
    p = 1 / (1 + np.exp(-s))
    ds = s * (1 - s)
    return ds * x, ds * w, ds


@slip("neuron_backward", "dw and dx exchanged")
def neuron_backward(w, x, b):
    p = sigmoid(w * x + b)
    ds = p * (1 - p)
    return ds * w, ds * x, ds


@slip("neuron_backward", "db is forgotten")
def neuron_backward(w, x, b):
    p = sigmoid(w * x + b)
    ds = p * (1 - p)
    return ds * x, ds * w


@slip("neuron_backward", "db is 0, since b is a constant")
def neuron_backward(w, x, b):
    p = sigmoid(w * x + b)
    ds = p * (1 - p)
    return ds * x, ds * w, 0.0


@slip("neuron_backward", "db is the local gradient 1, without the sigmoid")
def neuron_backward(w, x, b):
    p = sigmoid(w * x + b)
    ds = p * (1 - p)
    return ds * x, ds * w, 1.0


@slip("neuron_backward", "db is multiplied by b")
def neuron_backward(w, x, b):
    p = sigmoid(w * x + b)
    ds = p * (1 - p)
    return ds * x, ds * w, ds * b


@slip("neuron_backward", "1 + p in place of 1 - p")
def neuron_backward(w, x, b):
    p = sigmoid(w * x + b)
    ds = p * (1 + p)
    return ds * x, ds * w, ds


@slip("neuron_backward", "the value p in place of the slope")
def neuron_backward(w, x, b):
    p = sigmoid(w * x + b)
    return p * x, p * w, p


@slip("neuron_backward", "half of the slope: 1 - p alone")
def neuron_backward(w, x, b):
    ds = 1 - sigmoid(w * x + b)
    return ds * x, ds * w, ds


@slip("neuron_backward", "the sign of the slope")
def neuron_backward(w, x, b):
    p = sigmoid(w * x + b)
    ds = p * (p - 1)
    return ds * x, ds * w, ds


@slip("neuron_backward", "the sigmoid's slope is forgotten")
def neuron_backward(w, x, b):
    return x, w, 1


@slip("neuron_backward", "the slope is multiplied in twice")
def neuron_backward(w, x, b):
    p = sigmoid(w * x + b)
    df = p * (1 - p)
    ds = df * p * (1 - p)
    return ds * x, ds * w, ds


@slip("neuron_backward", "db comes first")
def neuron_backward(w, x, b):
    p = sigmoid(w * x + b)
    ds = p * (1 - p)
    return ds, ds * x, ds * w


@slip("neuron_backward", "the whole product w x for both")
def neuron_backward(w, x, b):
    p = sigmoid(w * x + b)
    ds = p * (1 - p)
    return ds * w * x, ds * w * x, ds


@slip("neuron_backward", "nothing is returned")
def neuron_backward(w, x, b):
    p = sigmoid(w * x + b)
    ds = p * (1 - p)
    dw, dx, db = ds * x, ds * w, ds


@slip("neuron_backward", "the slope of tanh")
def neuron_backward(w, x, b):
    p = sigmoid(w * x + b)
    ds = 1 - p**2
    return ds * x, ds * w, ds


@slip("neuron_backward", "the square under the fraction is forgotten")
def neuron_backward(w, x, b):
    e = np.exp(-(w * x + b))
    ds = e / (1 + e)
    return ds * x, ds * w, ds


@slip("neuron_backward", "not a number for a neuron that sleeps deeply")
def neuron_backward(w, x, b):
    with np.errstate(all="ignore"):
        e = np.exp(-np.float64(w * x + b))
        ds = e / (1 + e) ** 2
    return ds * x, ds * w, ds


@slip("neuron_backward", "b is forgotten in the sum")
def neuron_backward(w, x, b):
    p = sigmoid(w * x)
    ds = p * (1 - p)
    return ds * x, ds * w, ds


@slip("neuron_backward", "measured, with a step that is too large")
def neuron_backward(w, x, b):
    h, p = 0.01, sigmoid(w * x + b)
    dw = (sigmoid((w + h) * x + b) - p) / h
    dx = (sigmoid(w * (x + h) + b) - p) / h
    db = (sigmoid(w * x + b + h) - p) / h
    return dw, dx, db


@right("neuron_backward", "the slope from tanh(s / 2)")
def neuron_backward(w, x, b):
    ds = (1 - np.tanh((w * x + b) / 2) ** 2) / 4
    return ds * x, ds * w, ds


@right("neuron_backward", "by the engine of the package")
def neuron_backward(w, x, b):
    inputs = [Tensor(float(value)) for value in (w, x, b)]
    (inputs[0] * inputs[1] + inputs[2]).sigmoid().backward()
    return tuple(float(each.grad) for each in inputs)


@right("neuron_backward", "the slope as p at s times p at minus s, in an array")
def neuron_backward(w, x, b):
    s = w * x + b
    return sigmoid(s) * sigmoid(-s) * np.array([x, w, 1])


# Exercise 5: both branches


@slip("branch_backward", "the way through q only")
def branch_backward(x, y):
    q, r = x + y, x * y
    dq, dr = r, q
    return dq, dq


@slip("branch_backward", "the way through r only")
def branch_backward(x, y):
    q, r = x + y, x * y
    dr = q
    return dr * y, dr * x


@slip("branch_backward", "= in place of +=, for x only: the second piece overwrites the first")
def branch_backward(x, y):
    q, r = x + y, x * y
    dq, dr = r, q
    dx = dq * 1
    dy = dq * 1
    dx = dr * y
    dy += dr * x
    return dx, dy


@slip("branch_backward", "the two pieces are multiplied")
def branch_backward(x, y):
    q, r = x + y, x * y
    dq, dr = r, q
    return dq * (dr * y), dq * (dr * x)


@slip("branch_backward", "the mean of the two pieces")
def branch_backward(x, y):
    q, r = x + y, x * y
    dq, dr = r, q
    return (dq + dr * y) / 2, (dq + dr * x) / 2


@slip("branch_backward", "dq and dr exchanged")
def branch_backward(x, y):
    q, r = x + y, x * y
    dq, dr = q, r
    return dq + dr * y, dq + dr * x


@slip("branch_backward", "dx and dy exchanged")
def branch_backward(x, y):
    q, r = x + y, x * y
    dx = r + q * y
    dy = r + q * x
    return dy, dx


@slip("branch_backward", "the sum is treated like a product")
def branch_backward(x, y):
    q, r = x + y, x * y
    dq, dr = r, q
    return dq * y + dr * y, dq * x + dr * x


@slip("branch_backward", "upstream of r is forgotten")
def branch_backward(x, y):
    q, r = x + y, x * y
    return r + y, r + x


@slip("branch_backward", "upstream of q is forgotten")
def branch_backward(x, y):
    q, r = x + y, x * y
    return 1 + q * y, 1 + q * x


@slip("branch_backward", "stops at q and r")
def branch_backward(x, y):
    q, r = x + y, x * y
    dq, dr = r, q
    return dq, dr


@slip("branch_backward", "nothing is returned")
def branch_backward(x, y):
    q, r = x + y, x * y
    dq, dr = r, q
    dx = dq + dr * y
    dy = dq + dr * x


@slip("branch_backward", "the pieces are subtracted")
def branch_backward(x, y):
    q, r = x + y, x * y
    return q * y - r, q * x - r


@slip("branch_backward", "dy misses one way")
def branch_backward(x, y):
    q, r = x + y, x * y
    dq, dr = r, q
    dx = dq * 1 + dr * y
    dy = dr * x
    return dx, dy


@slip("branch_backward", "dy is a copy of dx")
def branch_backward(x, y):
    q, r = x + y, x * y
    dx = r + q * y
    return dx, dx


@slip("branch_backward", "starts with f in place of 1")
def branch_backward(x, y):
    q, r = x + y, x * y
    df = q * r
    dq, dr = df * r, df * q
    return dq + dr * y, dq + dr * x


@slip("branch_backward", "by a formula with a missing square")
def branch_backward(x, y):
    return 2 * x * y, 2 * x * y


@slip("branch_backward", "all four pieces are returned, none is added")
def branch_backward(x, y):
    q, r = x + y, x * y
    dq, dr = r, q
    return dq, dq, dr * y, dr * x


@slip("branch_backward", "measured, with a step that is too large")
def branch_backward(x, y):
    def f(x, y):
        return (x + y) * x * y

    h = 0.01
    return (f(x + h, y) - f(x, y)) / h, (f(x, y + h) - f(x, y)) / h


@slip("branch_backward", "dx is finished too early and used for dy")
def branch_backward(x, y):
    q, r = x + y, x * y
    dq, dr = r, q
    d = dq
    d += dr * y
    dx = d
    d += dr * x
    return dx, d


@right("branch_backward", "the formula, multiplied out")
def branch_backward(x, y):
    return y * (2 * x + y), x * (x + 2 * y)


@right("branch_backward", "by the engine of the package")
def branch_backward(x, y):
    x, y = Tensor(float(x)), Tensor(float(y))
    ((x + y) * (x * y)).backward()
    return x.grad, y.grad


@right("branch_backward", "a matrix of local gradients times a vector of upstream ones")
def branch_backward(x, y):
    local = np.array([[1, y], [1, x]])
    upstream = np.array([x * y, x + y])
    return local @ upstream
