"""Exam: loss functions."""

import numpy as np

from lectureutils.losses import LOSSES, cross_entropy_shares, hinge_shares, softmax
from lectureutils.train import accuracy
from tools.exam.draw import Draw, Item, Slip, listing, number, row, table

CLASSES = (("salt", "sand", "sugar"), ("tenor", "alto", "bass"), ("rye", "oat", "barley"))


def compute(draw: Draw) -> Item:
    """Four losses of two examples, and the slope of one of them."""
    names = draw.pick(CLASSES)
    scores, y = draw.until(
        lambda drawn: hinge_shares(*drawn).sum(axis=1).min() > 0,
        lambda: (draw.tenths(-1.5, 2.5, (2, 3)), draw.whole(0, 2, 2)),
    )
    values = {name: loss(scores, y) for name, loss in LOSSES.items()}
    j = int((y[0] + draw.whole(1, 2)) % 3)
    slopes = {name: values[name][1][0, j] for name in ("L2", "cross-entropy")}
    p = softmax(scores)[0, j]
    lines = [[f"example {n + 1}", names[y[n]], *(number(s) for s in scores[n])] for n in range(2)]
    text = (f"A classifier gives these scores:\n\n{table(['', 'truth', *names], lines)}\n\n(a) Compute the hinge "
            "loss, L1, L2 and the cross-entropy of this batch of two, to three digits.\n\n(b) How fast do L2 and "
            f"the cross-entropy of the batch change, when the score of *{names[j]}* for example 1 grows?")  # fmt: skip
    told = ", ".join(f"{name} {number(value)}" for name, (value, _) in values.items())
    answer = (f"(a) {told}. The shares of the two examples are {row(hinge_shares(scores, y).sum(axis=1))} for hinge "
              f"and {row(cross_entropy_shares(scores, y).sum(axis=1))} for cross-entropy; the batch has their "
              f"mean.\n\n(b) L2: 2 · {number(scores[0, j])} / 2 = {number(slopes['L2'])}; cross-entropy: p / 2 = "
              f"{number(p)} / 2 = {number(slopes['cross-entropy'])}.")  # fmt: skip
    marking = [(4, "one point each; half of it where the mean is forgotten"),
               (2, f"{number(slopes['L2'], 3)} and {number(slopes['cross-entropy'], 3)}")]  # fmt: skip
    facts = {"scores": scores, "y": y, "values": {k: v for k, (v, _) in values.items()}, "j": j, "slopes": slopes}
    return Item(text, answer, marking, facts)


def explain(draw: Draw) -> Item:
    """Two models of which accuracy and loss prefer different ones."""
    names, loss = draw.pick(CLASSES), draw.pick(("hinge", "cross-entropy"))
    shares = {"hinge": hinge_shares, "cross-entropy": cross_entropy_shares}[loss]

    def case():
        return draw.tenths(-3, 4, (4, 3)), draw.tenths(-3, 4, (4, 3)), draw.whole(0, 2, 4)

    def quarrel(drawn):
        """One model is right more often, and loses more by a single example that it is sure and wrong about."""
        one, other, y = drawn
        mine, theirs = shares(one, y).sum(axis=1), shares(other, y).sum(axis=1)
        right = accuracy(one, y) - accuracy(other, y)
        return right > 0.2 and mine.sum() > theirs.sum() + 1 and mine.max() > 0.75 * mine.sum() > 1.5 * theirs.max()

    one, other, y = draw.until(quarrel, case)
    letters = draw.pick(("AB", "BA"))
    models = dict(sorted(zip(letters, (one, other), strict=True)))
    paid = {letter: shares(scores, y).sum(axis=1) for letter, scores in models.items()}
    right = {letter: int(4 * accuracy(scores, y)) for letter, scores in models.items()}
    worse = letters[0]  # by the loss
    i = int(paid[worse].argmax())
    lines = [[str(n + 1), names[y[n]], *(row(scores[n]) for scores in models.values())] for n in range(4)]
    head = ["example", "truth", *(f"scores of {letter}: {', '.join(names)}" for letter in models)]
    text = (f"Two models, four examples:\n\n{table(head, lines)}\n\nWhich model is better by the share of right "
            f"answers, and which by {loss}? Compute both for both, and explain which example makes them disagree and "
            "why. A user sees the answers only, never the scores. Which model would you give to the user, and which "
            "would you go on training?")  # fmt: skip
    told = "; ".join(f"{letter}: {right[letter]} of 4 right, {loss} {number(paid[letter].mean(), 3)}, from the "
                     f"shares {row(paid[letter], 3)}" for letter in models)  # fmt: skip
    wrong = models[worse][i].argmax()
    sure = (f"says *{names[wrong]}* with {number(models[worse][i].max())} against {number(models[worse][i, y[i]])} "
            "for the truth") if wrong != y[i] else "is right there, but by too little"  # fmt: skip
    answer = (f"{told}.\n\nBy right answers {worse} is better, by {loss} {letters[1]}. Example {i + 1} decides: "
              f"{worse} {sure}, and pays {number(paid[worse][i], 3)} of its sum of {number(paid[worse].sum(), 3)}. "
              f"Counting sees one wrong answer, whatever it costs; {loss} sees how far off it is. The user gets "
              f"{worse}: only answers reach them. Either choice for training is right with a reason: {worse} has one "
              f"large loss left to lose, {letters[1]} has small ones everywhere.")  # fmt: skip
    marking = [(2, "right answers and losses of both"), (1, f"they disagree: {worse} and {letters[1]}"),
               (2, f"example {i + 1}, and how far off it is"), (1, "a choice with a reason that fits")]  # fmt: skip
    return Item(text, answer, marking, {"models": models, "y": y, "right": right, "worse": worse, "i": i, "paid": paid})


CODE = """def squared_hinge(scores, y):
    N = len(y)
    true = scores[np.arange(N), y]
    lead = 1 + scores - true[:, None]
    shares = np.maximum(lead, 0) ** 2
    shares[np.arange(N), y] = 0
    return shares.sum() / N"""
SLIPS = (
    Slip("shares[:, y] = 0", "shares[np.arange(N), y] = 0",
         "It erases the columns of all labels that occur, for every example, and not each example's own."),
    Slip("np.maximum(lead ** 2, 0)", "np.maximum(lead, 0) ** 2",
         "It squares before it cuts: whoever leads by more than the margin is charged as well."),
    Slip("return shares.mean()", "return shares.sum() / N", "It divides by the number of classes, too."),
    Slip("lead = 1 + true[:, None] - scores", "lead = 1 + scores - true[:, None]",
         "It charges a true score for its lead: the sign of the difference is turned round."),
)  # fmt: skip


def mistake(draw: Draw) -> Item:
    """A loss that charges somebody else."""
    scores, y = draw.until(lambda drawn: len(set(drawn[1])) == 2 and hinge_shares(*drawn).sum(axis=1).min() > 0,
                           lambda: (draw.whole(-2, 3, (2, 3)).astype(float), draw.whole(0, 2, 2)))  # fmt: skip
    return listing(draw, CODE, SLIPS, "squared_hinge(scores, y)", {"scores": scores, "y": y})


GOODS = (("loaves", "baker"), ("bicycles", "rental"), ("tickets", "theatre"))


def transfer(draw: Draw) -> Item:
    """A loss with two prices, and what its best constant answer is."""
    goods, who = draw.pick(GOODS)
    few, many = draw.pick(((1, 4), (4, 1), (3, 2), (2, 3), (1, 9)))
    days = np.sort(draw.random.choice(np.arange(12, 60), 7, replace=False))

    def cost(answer: float) -> float:
        return float((few * np.maximum(days - answer, 0) + many * np.maximum(answer - days, 0)).mean())

    costs = [cost(day) for day in days]
    best = int(days[int(np.argmin(costs))])
    below, above = int((days < best).sum()), int((days > best).sum())
    text = (f"A {who} prepares the same number of {goods} every day. Each one too few costs {few}, each one too many "
            f"costs {many}. On seven days there were asked for: {', '.join(map(str, days))}.\n\n(a) Write the loss "
            "of an answer $a$ on a day with demand $d$.\n\n(b) Which $a$ has the lowest mean loss on these days, "
            "and how high is it? Say how you know without trying all numbers.\n\n(c) Which of the losses that you "
            "know from class is the case of equal prices, and what is its best answer here?")  # fmt: skip
    answer = (f"(a) {few} max(d − a, 0) + {many} max(a − d, 0).\n\n(b) a = {best}, with a mean of "
              f"{number(min(costs))}. The mean is made of straight pieces that bend at the seven demands. At {best}, "
              f"{above} days are above and {below} below: a step up saves {few} · {above} and costs {many} · "
              f"{below + 1}, a step down saves {many} · {below} and costs {few} · {above + 1}; neither pays.\n\n(c) "
              f"L1: its best answer is the median, {int(np.median(days))}.")  # fmt: skip
    marking = [(1, "two pieces, each with its price"), (1, f"{best}"), (1, number(min(costs))),
               (2, "straight pieces, and a count of days on each side with its price"),
               (1, f"L1, median, {int(np.median(days))}")]  # fmt: skip
    return Item(text, answer, marking, {"days": days, "few": few, "many": many, "best": best, "cost": min(costs)})
