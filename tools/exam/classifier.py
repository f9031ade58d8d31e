"""Exam: the linear classifier."""

import numpy as np

from lectureutils.train import linear_scores
from tools.exam.draw import Draw, Item, Slip, listing, matrix, number, row

ANIMALS = (("otter", "heron", "newt"), ("maple", "birch", "larch"), ("quartz", "basalt", "marble"),
           ("violin", "oboe", "tuba"))  # fmt: skip


def compute(draw: Draw) -> Item:
    """Scores of one input, and the smallest change of a bias that turns the answer."""
    names = draw.pick(ANIMALS)

    def case():
        return draw.tenths(-2, 2, (3, 3)), draw.tenths(-3, 3, 3), draw.tenths(-1, 1, 3)

    def clear(drawn):
        ranked = np.sort(scores_of(*drawn))
        return ranked[-1] - ranked[-2] > 0.25 and ranked[-2] - ranked[-3] > 0.25

    def scores_of(W, x, b):
        return linear_scores(x[None], W, b)[0]

    W, x, b = draw.until(clear, case)
    scores = scores_of(W, x, b)
    order = np.argsort(-scores)
    first, second, third = (names[k] for k in order)
    gap = scores[order[0]] - scores[order[2]]
    change = x * x @ np.ones(3)
    text = (f"A linear classifier has the classes {', '.join(names)}, in this order, and\n\n$$W = {matrix(W)}, "
            f"\\quad b = {row(b)}, \\quad x = {row(x)}.$$\n\n(a) Compute the three scores. Which class wins?\n\n(b) "
            f"By how much do you have to raise the bias of *{third}*, at least, so that this class wins?\n\n(c) "
            f"Instead, you move row *{third}* of $W$ by $\\epsilon x$. Which $\\epsilon$ does the same?")  # fmt: skip
    answer = (f"(a) $W x + b = {row(scores)}$: *{first}* wins, then come *{second}* and *{third}*.\n\n(b) By more "
              f"than {number(scores[order[0]])} − ({number(scores[order[2]])}) = {number(gap)}: only this one score "
              "moves with the bias, one for one.\n\n(c) The score moves by $\\epsilon \\, x \\cdot x = "
              f"{number(change)} \\, \\epsilon$, so $\\epsilon$ has to be above {number(gap)} / {number(change)} = "
              f"{number(gap / change)}.")  # fmt: skip
    marking = [(3, "three scores, one point each"), (1, f"{first}"), (1, f"above {number(gap)}"),
               (1, f"above {number(gap / change)}, or 1 for x · x = {number(change)}")]  # fmt: skip
    return Item(text, answer, marking, {"W": W, "x": x, "b": b, "scores": scores, "gap": gap, "epsilon": gap / change})


def explain(draw: Draw) -> Item:
    """What a change of all weights does to the answers."""
    c = draw.pick((0.2, 3.0, 8.0))
    X = draw.tenths(-3, 3, (400, 2))

    def case():
        W, b, v, k = draw.tenths(-2, 2, (3, 2)), draw.tenths(-1, 1, 3), draw.tenths(-2, 2, 2), draw.whole(0, 2)
        said, W2, b2 = draw.pick((
            (f"every entry of $W$ and of $b$ is multiplied by {number(c)}", c * W, c * b),
            (f"every entry of $W$ and of $b$ is multiplied by {number(-c)}", -c * W, -c * b),
            (f"the vector {row(v)} is added to each row of $W$", W + v, b),
            (f"every entry of $W$ is multiplied by {number(c)}, and $b$ stays", c * W, b),
            (f"the number {number(c)} is added to each entry of $b$", W, b + c),
            (f"the vector {row(v)} is added to row {k + 1} of $W$ alone", W + v * (np.arange(3) == k)[:, None], b),
        ))  # fmt: skip
        return said, W, b, W2, b2

    def share_of(drawn):
        _, W, b, W2, b2 = drawn
        return (linear_scores(X, W, b).argmax(axis=1) != linear_scores(X, W2, b2).argmax(axis=1)).mean()

    said, W, b, W2, b2 = draw.until(lambda drawn: share_of(drawn) == 0 or 0.05 < share_of(drawn) < 0.6
                                    or share_of(drawn) > 0.95, case)  # fmt: skip
    before, after = linear_scores(X, W, b), linear_scores(X, W2, b2)
    moved = (after - before) - (after - before).mean(axis=1, keepdims=True)
    changed = before.argmax(axis=1) != after.argmax(axis=1)
    text = (f"A linear classifier for points of the plane has three classes, with\n\n$$W = {matrix(W)}, \\quad b = "
            f"{row(b)}.$$\n\nIn a copy of it {said}. For which points of the plane do the two classifiers give "
            "different answers: for none, for some, or for nearly all? Explain it by what happens to the "
            "*differences* of scores, and give one point to show it, with its scores before and after.")  # fmt: skip
    if np.allclose(moved, 0):
        reason = "All three scores of a point move by the same number, so no difference changes"
    elif np.allclose(after, after[0, 0] / before[0, 0] * before) and after[0, 0] / before[0, 0] > 0:
        reason = f"Each difference of two scores is multiplied by {number(c)}, which changes no sign"
    elif np.allclose(after, after[0, 0] / before[0, 0] * before):
        reason = (
            f"Each difference of two scores is multiplied by {number(-c)} and changes its sign: the lowest score wins"
        )
    else:
        reason = ("The differences of scores change by an amount that depends on the point, so the lines between "
                  "the classes move")  # fmt: skip
    share = changed.mean()
    how_many = "none" if share == 0 else "nearly all" if share > 0.9 else "some"
    i = int(np.argmax(changed)) if changed.any() else 0
    answer = (f"For **{how_many}**. {reason}. For example at {row(X[i])}: the scores are {row(before[i])} before and "
              f"{row(after[i])} after, so the answer is class {before[i].argmax() + 1} and then class "
              f"{after[i].argmax() + 1}.")  # fmt: skip
    marking = [(1, how_many), (3, "the reason, by differences (1 for an example alone)"),
               (2, "a point with both rows of scores, rightly computed")]  # fmt: skip
    return Item(text, answer, marking, {"share": share, "how_many": how_many, "W": W, "b": b, "W2": W2, "b2": b2})


CODE = """def answers(X, W, b):
    scores = X @ W.T + b
    scores = scores - scores.max(axis=1, keepdims=True)
    best = scores.argmax(axis=1)
    return best"""
SLIPS = (
    Slip("X @ W + b", "X @ W.T + b", "It pairs the inputs with the columns of W; here, where W is square, no shape "
                                     "tells."),
    Slip("(X + b) @ W.T", "X @ W.T + b", "It adds the biases to the inputs, before the weights, and not to the "
                                         "scores."),
    Slip("scores.argmax(axis=0)", "scores.argmax(axis=1)",
         "It looks for the best example of each class, and not for the best class of each example."),
    Slip("np.abs(scores).argmax(axis=1)", "scores.argmax(axis=1)",
         "It takes the score that is farthest from 0: after the line before, that is the lowest."),
)  # fmt: skip


def mistake(draw: Draw) -> Item:
    """A classifier that answers something else."""

    def case():
        return draw.whole(-2, 3, (3, 3)), draw.whole(-2, 3, (3, 3)), draw.whole(-2, 2, 3)

    def telling(drawn):
        ranked = np.sort(linear_scores(*map(np.asarray, drawn)).astype(float), axis=1)
        return (ranked[:, 2] - ranked[:, 1] >= 1).all()

    X, W, b = draw.until(telling, case)
    return listing(draw, CODE, SLIPS, "answers(X, W, b)", {"X": X, "W": W, "b": b})


PLACES = (("An electrocardiogram is {n} numbers from each of {k} leads, and the doctors name {c} rhythms",
           "hour of the day"),
          ("A microphone gives {n} numbers from each of {k} channels, and a ranger names {c} birds",
           "month of the year"),
          ("A bridge has {k} sensors that give {n} numbers each, and engineers name {c} states", "day of the "
                                                                                                 "week"))  # fmt: skip
ONE_HOT = {"hour of the day": 24, "month of the year": 12, "day of the week": 7}


def transfer(draw: Draw) -> Item:
    """Shapes and sizes of a classifier for something that is no picture."""
    words, extra = draw.pick(PLACES)
    n, k, c = draw.pick((250, 400, 600, 1000)), draw.whole(2, 12), draw.whole(4, 9)
    more, D = ONE_HOT[extra], n * k
    before, after = c * (D + 1), c * (D + more + 1)
    text = (f"{words.format(n=n, k=k, c=c)}. A linear classifier is to do the same.\n\n(a) Give the shapes of $x$, "
            f"$W$ and $b$, and the number of weights and biases.\n\n(b) The {extra} is known as well, and enters as "
            "a one-hot vector. What becomes of the shapes, and how many numbers are there to learn now?\n\n(c) "
            f"Somebody enters the {extra} as one number, 1 to {more}, instead. Name one thing that the classifier of "
            "(b) can say about it and this one can't.")  # fmt: skip
    answer = (f"(a) $x$ is ({D},), $W$ is ({c}, {D}), $b$ is ({c},): {c} · {D} + {c} = {before} numbers.\n\n(b) $x$ "
              f"is ({D + more},) and $W$ is ({c}, {D + more}), $b$ as before: {after} numbers, {c * more} "
              f"more.\n\n(c) With one number a score can only rise or fall steadily from 1 to {more}, along a line. "
              f"With {more} inputs each has a weight of its own, so a score can be high at "
              f"{draw.whole(2, more // 2)} and low on both sides of it.")  # fmt: skip
    marking = [(2, f"shapes; {before}"), (2, f"{D + more} columns; {after}"),
               (2, "a score that is not monotonous (1 for 'order has no meaning' alone)")]  # fmt: skip
    return Item(text, answer, marking, {"D": D, "C": c, "before": before, "after": after, "more": more})
