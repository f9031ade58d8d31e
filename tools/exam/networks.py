"""Exam: networks."""

import numpy as np

from lectureutils import nn
from lectureutils.autodiff import Tensor, affine
from tools.exam.draw import Array, Draw, Item, Slip, listing, matrix, number, row, table


def forward(X: Array, W: Array, b: Array, U: Array, c: Array) -> tuple[Array, Array]:
    """Return the hidden values and the outputs of a network with one layer of ReLUs."""
    hidden = nn.ReLU()(affine(Tensor(X), W, b))
    return hidden.data, affine(hidden, U, c).data


def drawn_network(draw: Draw, hidden: int) -> tuple[Array, Array, Array, Array]:
    """Draw the weights of a network with two inputs and two outputs."""
    return (draw.whole(-2, 2, (hidden, 2)), draw.whole(-2, 2, hidden), draw.whole(-2, 2, (2, hidden)),
            draw.whole(-1, 2, 2))  # fmt: skip


def compute(draw: Draw) -> Item:
    """Forward through a network with three hidden neurons, and its size."""

    def case():
        return draw.whole(-3, 3, 2), drawn_network(draw, 3)

    def telling(drawn):
        x, net = drawn
        hidden, out = forward(x[None].astype(float), *(part.astype(float) for part in net))
        return 1 <= (hidden == 0).sum() <= 2 and out[0, 0] != out[0, 1] and (np.abs(net[0]).sum(axis=1) > 0).all()

    x, (W, b, U, c) = draw.until(telling, case)
    hidden, out = forward(x[None].astype(float), *(part.astype(float) for part in (W, b, U, c)))
    sums = W @ x + b
    wider = draw.pick((50, 80, 120))
    count, more = 2 * 3 + 3 + 3 * 2 + 2, wider * 2 + wider + 2 * wider + 2
    text = (f"A network has two inputs, three ReLU neurons and two outputs:\n\n$$W = {matrix(W)}, \\quad b = "
            f"{row(b)}, \\quad U = {matrix(U)}, \\quad c = {row(c)}.$$\n\n(a) Compute the sums, the hidden values "
            f"and the outputs for $x = {row(x)}$. (b) How many parameters has it, and how many with {wider} hidden "
            "neurons? (c) Which entries of $W$ can you change a little, for this $x$, without changing "
            "an output?")  # fmt: skip
    blind = [i + 1 for i in range(3) if hidden[0, i] == 0]
    still = [f"row {i}" for i in blind]
    zero = [j + 1 for j in range(2) if x[j] == 0]
    still += [f"column {j}" for j in zero] + [f"row {i + 1}" for i in range(3) if hidden[0, i] and not U[:, i].any()]
    answer = (f"(a) Sums {row(sums)}, hidden {row(hidden)}, outputs {row(out)}.\n\n(b) 6 + 3 + 6 + 2 = {count}; "
              f"{more} with {wider}.\n\n(c) {', '.join(still)} of $W$: a ReLU that answers 0 hides its "
              f"row{', an input that is 0 hides its column' if zero else ''}"
              f"{', a neuron that nobody listens to hides its row' if len(still) > len(blind) + len(zero) else ''}. "
              "(If a sum is exactly 0, a change upwards does count.)")  # fmt: skip
    marking = [(3, "sums, hidden, outputs"), (1, f"{count} and {more}"), (2, ", ".join(still))]
    return Item(text, answer, marking, {"x": x, "W": W, "b": b, "U": U, "c": c, "hidden": hidden[0], "out": out[0]})


def explain(draw: Draw) -> Item:
    """A hidden neuron that can go, and what has to change when it does."""
    reason = draw.pick(("never", "always", "twin"))
    k = draw.whole(0, 2)

    def case():
        X = draw.whole(-3, 3, (4, 2)).astype(float)
        W, b, U, c = (part.astype(float) for part in drawn_network(draw, 3))
        if reason == "twin":
            other, scale = (k + 1) % 3, draw.pick((2.0, 3.0))
            W[k], b[k] = scale * W[other], scale * b[other]
        return X, W, b, U, c

    def fits(drawn):
        X, W, b, U, c = drawn
        sums = X @ W.T + b
        on = sums > 0
        if not U[:, k].any() or len({tuple(x) for x in X}) < 4 or not (W != 0).any(axis=1).all():
            return False
        mixed = on.any(axis=0) & ~on.all(axis=0)
        others = [i for i in range(3) if i != k]
        if reason == "never":
            return (sums[:, k] < 0).all() and mixed[others].all()
        if reason == "always":
            return (sums[:, k] > 0).all() and mixed[others].all()
        return mixed.all()

    X, W, b, U, c = draw.until(fits, case)
    hidden, out = forward(X, W, b, U, c)
    lines = [[row(x), *(number(h) for h in hidden[n]), row(out[n])] for n, x in enumerate(X)]
    text = (f"A network with three ReLU neurons was asked for four inputs:\n\n$$W = {matrix(W)}, \\quad b = "
            f"{row(b)}, \\quad U = {matrix(U)}, \\quad c = "
            f"{row(c)}$$\n\n{table(['x', 'neuron 1', 'neuron 2', 'neuron 3', 'outputs'], lines)}\n\n(a) One of the "
            "three is no *bend* for these inputs, or adds nothing that another one does not have. Which one, and "
            "why?\n\n(b) It is taken out, and these four inputs shall keep their outputs. What has to change "
            "elsewhere? (A direct connection from the inputs to the outputs is allowed.)\n\n(c) Does the smaller "
            "network agree with the old one for every input of the plane? Explain.")  # fmt: skip
    sums = row(X @ W[k] + b[k])
    text_of = {
        "never": (f"Neuron {k + 1}: its sums are {sums}, all below 0, so it answers 0",
                  "Nothing: it added 0 everywhere",
                  "No: where its sum is above 0, the old network hears it and the new one does not"),
        "always": (f"Neuron {k + 1}: its sums are {sums}, all above 0: its ReLU does nothing, so it is linear",
                   f"Its share is linear: add $U_{{:,{k + 1}}} W_{{{k + 1},:}}$ as a direct connection, with the "
                   f"rows {row(U[0, k] * W[k])} and {row(U[1, k] * W[k])}, and {row(U[:, k] * b[k])} to $c$",
                   "No: where its sum is below 0, the old one answers 0 and the direct connection goes on"),
        "twin": (f"Neuron {k + 1}: its weights and bias are a positive multiple of those of neuron "
                 f"{(k + 1) % 3 + 1}, so its answer is the same multiple", "",
                 "Yes: a positive factor goes through a ReLU, for every input"),
    }[reason]  # fmt: skip
    change = text_of[1]
    if reason == "twin":
        other = (k + 1) % 3
        j = int(np.argmax(np.abs(W[other])))
        scale = W[k, j] / W[other, j]
        change = (f"Column {other + 1} of $U$ takes over {number(scale)} times column {k + 1}: it becomes "
                  f"{row(U[:, other] + scale * U[:, k])}")  # fmt: skip
    answer = f"(a) {text_of[0]}.\n\n(b) {change}.\n\n(c) {text_of[2]}."
    marking = [
        (2, f"neuron {k + 1}, with its reason"),
        (2, "what changes, with numbers"),
        (2, "yes or no, with the reason"),
    ]
    return Item(text, answer, marking, {"reason": reason, "k": k, "X": X, "W": W, "b": b, "U": U, "c": c, "out": out})


CODE = """def network(X, W, b, U, c):
    sums = X @ W.T + b
    hidden = np.maximum(sums, 0)
    mixed = hidden @ U.T
    return mixed + c"""
SLIPS = (
    Slip("np.maximum(sums, 0).max(axis=1, keepdims=True) * np.ones_like(sums)", "np.maximum(sums, 0)",
         "It gives every neuron the largest of all: the maximum is over the neurons, and not with 0."),
    Slip("hidden @ U\n", "hidden @ U.T\n", "It pairs hidden values with the rows of U; here, where U is square, no "
                                           "shape tells."),
    Slip("np.maximum(mixed + c, 0)", "mixed + c", "It bends the outputs, too: none can be negative any more."),
    Slip("np.abs(sums)", "np.maximum(sums, 0)", "It mirrors what is negative, and does not cut it off."),
    Slip("X @ W.T - b", "X @ W.T + b", "It subtracts the biases of the hidden layer."),
)  # fmt: skip


def mistake(draw: Draw) -> Item:
    """A network that bends in the wrong place."""

    def case():
        return {"X": draw.whole(-2, 2, (2, 2)), "W": draw.whole(-2, 2, (2, 2)), "b": draw.whole(-2, 2, 2),
                "U": draw.whole(-2, 2, (2, 2)), "c": draw.whole(-2, 1, 2)}  # fmt: skip

    def telling(given):
        sums = given["X"] @ given["W"].T + given["b"]
        return (sums < 0).any() and (sums > 0).sum() >= 2

    return listing(draw, CODE, SLIPS, "network(X, W, b, U, c)", draw.until(telling, case))


def transfer(draw: Draw) -> Item:
    """A window that slides over something that is no picture."""
    what = draw.pick(("a recording of {n} samples from {d} microphones", "{n} days of {d} weather values",
                      "{n} minutes of {d} pulse values"))  # fmt: skip
    n, d = draw.pick((240, 365, 512)), draw.whole(2, 6)
    k, stride, filters = draw.pick(((7, 1), (8, 2), (12, 4), (5, 2))) + (draw.pick((6, 10, 16)),)
    places = (n - k) // stride + 1
    window, dense = filters * (k * d + 1), places * filters * (n * d + 1)
    shift = stride * draw.whole(2, 4)
    text = (f"A network is to read {what.format(n=n, d=d)}. Its first layer has {filters} filters that see {k} "
            f"neighbouring points in time (all {d} values of each), and moves on by {stride}.\n\n(a) How often "
            "does it stop? What is the shape of its output, and how many parameters has it?\n\n(b) How many "
            "would a layer have in which each output sees everything, for an output of the same shape? How many "
            f"times as many is that?\n\n(c) The same event comes {shift} points later. What happens to the output of "
            f"each of the two layers? And what if it comes only "
            f"{'half a step' if stride == 1 else '1 point'} later?")  # fmt: skip
    late = ("There is no half a point: the data would have to be measured anew, and then the answers change a little"
            if stride == 1 else f"1 point is no multiple of the stride {stride}: the filters now stop at other "
                                f"points of the "
            f"event, and the answers are new ones")  # fmt: skip
    answer = (f"(a) ({n} − {k}) // {stride} + 1 = {places} places; the output is ({places}, {filters}); {filters} · "
              f"({k} · {d} + 1) = {window} parameters.\n\n(b) {places} · {filters} outputs with {n} · {d} + 1 each: "
              f"{dense}, which is {number(dense / window, 0)} times as many.\n\n(c) The filters' output is moved by "
              f"{shift} / {stride} = {shift // stride} places and is the same otherwise. The dense layer has other "
              f"weights there, so its output is another one. {late}.")  # fmt: skip
    marking = [(2, f"{places}, and {window}"), (1, f"{dense}"), (2, f"moved by {shift // stride}; new for the dense "
                                                                    f"layer"),
               (1, "what the stride does to it")]  # fmt: skip
    return Item(text, answer, marking, {"n": n, "d": d, "k": k, "stride": stride, "filters": filters, "places": places,
                                        "window": window, "dense": dense})  # fmt: skip
