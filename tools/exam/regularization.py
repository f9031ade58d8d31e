"""Exam: regularization."""

import numpy as np

from lectureutils.losses import l1_penalty, l2_penalty
from lectureutils.optim import least_squares
from lectureutils.regularized import soft_threshold
from tools.exam.draw import Draw, Item, Slip, listing, number, row, table


def compute(draw: Draw) -> Item:
    """Two weight vectors that answer alike, with both penalties, and one step of each."""
    a = draw.pick((1.2, 1.6, 2.0, 2.4))
    lam, rate = draw.pick((0.2, 0.4)), draw.pick((0.5, 1.0))
    x = np.ones(4)
    u = np.array([a, 0, 0, 0])
    v = np.array([a / 2, a / 4, a / 4, 0])
    w = draw.until(lambda w: 0 < (np.abs(w) < rate * lam + 1e-9).sum() < 3, lambda: draw.tenths(-0.9, 0.9, 4))
    values = {name: (penalty(u[None])[0], penalty(v[None])[0])
              for name, penalty in (("L1", l1_penalty), ("L2", l2_penalty))}  # fmt: skip
    shrunk = w - rate * lam * l2_penalty(w[None])[1][0]
    cut = soft_threshold(w, rate * lam)
    text = (f"For the input $x = {row(x)}$ the weight vectors $u = {row(u)}$ and $v = {row(v)}$ give the same "
            f"answer.\n\n(a) Compute the penalty $\\lambda R$ of both, with $\\lambda = {number(lam)}$, for $R = "
            "\\sum |w|$ and for $R = \\sum w^2$. Which of the two does each penalty prefer?\n\n(b) The data loss is "
            f"flat at $w = {row(w)}$. Take one step with learning rate {number(rate)} on the L2 penalty alone, and "
            "one of soft-thresholding by learning rate times $\\lambda$.")  # fmt: skip
    answer = (f"(a) L1: {number(lam * values['L1'][0])} and {number(lam * values['L1'][1])}, no preference. L2: "
              f"{number(lam * values['L2'][0])} and {number(lam * values['L2'][1])}: it prefers $v$, which spreads "
              f"the same sum.\n\n(b) L2: each weight times {number(1 - 2 * rate * lam)}, {row(shrunk)}. "
              f"Soft-thresholding: each by {number(rate * lam)} towards 0, {row(cut)}; weights at 0 now: "
              f"{int((np.abs(cut) < 1e-9).sum())}.")  # fmt: skip
    marking = [(2, "four penalties"), (1, "L1 has none, L2 prefers v"), (2, f"{row(shrunk)}"), (1, f"{row(cut)}")]
    return Item(text, answer, marking, {"u": u, "v": v, "w": w, "lam": lam, "rate": rate, "shrunk": shrunk, "cut": cut,
                                        "values": values})  # fmt: skip


LAMBDAS = {"inside": (0.0001, 0.001, 0.01, 0.1, 1.0, 10.0), "at the smallest": (0.05, 0.1, 0.2, 0.5, 1.0, 2.0),
           "at the largest": (0.0001, 0.001, 0.01, 0.1, 1.0, 10.0)}  # fmt: skip
PLACES = {"inside": range(2, 4), "at the smallest": range(0, 1), "at the largest": range(5, 6)}
NEXT = {
    "inside": "The valley is inside the table, so a finer one around it may gain a little",
    "at the smallest": "The best value is the smallest that was tried: the table ends on a slope, so go on to "
    "smaller ones",
    "at the largest": "The best value is the largest that was tried: the table ends on a slope, so go on to larger "
    "ones",
}


def explain(draw: Draw) -> Item:
    """A table of errors over lambda, from real fits."""
    place = draw.pick(list(PLACES))

    def case():
        D, noise = (3, 0.2) if place == "at the smallest" else (16, 0.8 if place == "inside" else 3.0)
        truth = draw.random.normal(0, 0.05 if place == "at the largest" else 1.0, D)
        X, X2 = draw.random.normal(size=(20, D)), draw.random.normal(size=(400, D))
        y, y2 = (Z @ truth + noise * draw.random.normal(size=len(Z)) for Z in (X, X2))
        errors = []
        for lam in LAMBDAS[place]:
            fit = least_squares(X, y[:, None], lam=lam)
            errors.append([float(np.mean((Z @ fit.W[0] + fit.b[0] - t) ** 2)) for Z, t in ((X, y), (X2, y2))])
        return np.round(errors, 3)

    def fits(errors):
        held = errors[:, 1]
        return held.argmin() in PLACES[place] and np.sort(held)[1] - held.min() > 0.004

    errors = draw.until(fits, case)
    k = int(errors[:, 1].argmin())
    names = [number(lam) for lam in LAMBDAS[place]]
    lines = [["training", *(number(e, 3) for e in errors[:, 0])], ["validation", *(number(e, 3) for e in errors[:, 1])]]
    text = ("A linear model was fitted with an L2 penalty, once for each λ. Its mean squared "
            f"errors:\n\n{table(['λ', *names], lines)}\n\n(a) Which λ do you take, and would you try others? Where "
            "does the model over-fit, and where is it held too tight? Say what in the table tells you.\n\n(b) You "
            "report the validation error of your λ as the error on new data. Is that fair? What would you "
            "do?")  # fmt: skip
    gaps = errors[:, 1] - errors[:, 0]
    answer = (f"(a) λ = {names[k]}, with the lowest validation error, {number(errors[k, 1], 3)}. {NEXT[place]}. "
              f"Training error rises all the way, from {number(errors[0, 0], 3)} to {number(errors[-1, 0], 3)}, and "
              "says nothing about the choice. Left of the best the distance of the two errors is large "
              f"({number(gaps[0], 3)} at {names[0]}): "
              f"over-fitting{'' if k else ', of which there is nothing to see here'}. Right of it both rise "
              f"together: held too tight{'' if k < 5 else ', of which there is nothing to see here'}.\n\n(b) No: it "
              "was chosen as the lowest of six, so it is a little too good. Judge once on examples that had no part "
              "in the choice.")  # fmt: skip
    marking = [(1, f"{names[k]}"), (1, "whether and where to go on"), (2, "both sides, told by distance and by "
                                                                          "rising together"),
               (2, "no, because it was chosen by it; a third set")]  # fmt: skip
    return Item(text, answer, marking, {"errors": errors, "k": k, "place": place})


CODE = """def step(W, b, dW, db, lam, rate):
    pull = 2 * W + np.sign(W)
    W_new = W - rate * (dW + lam * pull)
    b_new = b - rate * db
    return np.append(W_new.ravel(), b_new)"""
SLIPS = (
    Slip("b - rate * (db + lam * 2 * b)", "b - rate * db", "It shrinks the bias as well, which the penalty leaves "
                                                           "out."),
    Slip("pull = W + np.sign(W)", "pull = 2 * W + np.sign(W)", "The slope of W squared is 2 W: half of that part is "
                                                               "missing."),
    Slip("(dW - lam * pull)", "(dW + lam * pull)", "It steps up the penalty: the weights grow."),
    Slip("rate * dW + lam * pull", "rate * (dW + lam * pull)",
         "The penalty's part of the step is not multiplied by the rate."),
    Slip("2 * W + np.abs(W)", "2 * W + np.sign(W)", "It takes the value of the L1 penalty for its slope."),
)  # fmt: skip


def mistake(draw: Draw) -> Item:
    """A step with both penalties at once, R = sum W^2 + sum |W|."""
    given = {"W": draw.whole(-3, 3, (1, 3)).astype(float), "b": draw.whole(1, 3, 1).astype(float),
             "dW": draw.whole(-2, 2, (1, 3)).astype(float), "db": draw.whole(1, 2, 1).astype(float),
             "lam": draw.pick((0.1, 0.2)), "rate": draw.pick((0.1, 0.5))}  # fmt: skip
    given["W"][0, 0] = draw.pick((-3.0, 2.0))
    item = listing(draw, CODE, SLIPS, "step(W, b, dW, db, lam, rate)", given)
    lead = "The penalty is $\\lambda \\, (\\sum W^2 + \\sum |W|)$; `dW` and `db` are the gradient of the data loss.\n\n"
    return Item(lead + item.text, item.answer, item.marking, item.facts)


UNITS = (
    ("length", "metres", "centimetres", 100.0),
    ("mass", "kilograms", "grams", 1000.0),
    ("time", "hours", "minutes", 60.0),
)


def transfer(draw: Draw) -> Item:
    """A change of units, which the fit notices because of the penalty."""
    what, one, other, factor = draw.pick(UNITS)
    lam = draw.pick((0.1, 0.3, 1.0))
    x = np.sort(draw.random.choice(np.arange(5, 31), 6, replace=False)) / 10
    y = np.round(draw.whole(2, 5) * x + draw.random.normal(0, 0.3, 6), 1)
    at = float(draw.pick((1.0, 2.0)))

    def says(scale: float, lam: float) -> float:
        fit = least_squares(x[:, None] * scale, y[:, None], lam=lam)
        return float(fit.W[0, 0] * at * scale + fit.b[0])

    plain, with_one, with_other = says(1, 0), says(1, lam), says(factor, lam)
    text = (f"Six measurements of a {what} $x$ in {one}, and of what it costs, "
            f"$y$:\n\n{table(['x', *map(number, x)], [['y', *map(number, y)]])}\n\nA line $w x + b$ is fitted with "
            f"the L2 penalty, $\\lambda = {number(lam)}$ (mean of squares plus $\\lambda w^2$). Somebody measures in "
            f"{other} instead and keeps λ.\n\n(a) Does the prediction for $x = {number(at)}$ {one} change? Say why, "
            "before you compute it in both units. (With $\\bar x$ and $\\bar y$ the means: $w = "
            f"\\overline{{(x - \\bar x)(y - \\bar y)}} \\, / \\, (\\overline{{(x - \\bar x)^2}} + "
            "\\lambda)$.)\n\n(b) What would the prediction be without a penalty, in either unit?\n\n(c) What do "
            "people do with their columns before they regularize, and what does it change here?")  # fmt: skip
    answer = (f"(a) It does. In {other} the same line needs a $w$ that is {number(factor)} times smaller, so its "
              f"penalty is {number(factor**2)} times smaller and hardly holds it. In {one}: {number(with_one, 3)}; "
              f"in {other}: {number(with_other, 3)}.\n\n(b) {number(plain, 3)}, in both: without a penalty $w$ takes "
              "up the factor.\n\n(c) They divide each column by its spread (and subtract its mean), so that λ means "
              "the same for each, whatever it was measured in. Here both people would get the same line.")  # fmt: skip
    marking = [(2, "it does, because w has the inverse unit and is penalised by its size"),
               (2, f"{number(with_one, 2)} and {number(with_other, 2)}"), (1, number(plain, 2)),
               (1, "standardise")]  # fmt: skip
    return Item(text, answer, marking, {"x": x, "y": y, "lam": lam, "factor": factor, "at": at, "plain": plain,
                                        "with_one": with_one, "with_other": with_other})  # fmt: skip
