"""Exam: optimization, from a step to Adam's relatives."""

import numpy as np

from lectureutils import nn
from lectureutils.optim import momentum, sgd
from tools.exam.draw import Draw, Item, Slip, listing, number, row, table


def compute(draw: Draw) -> Item:
    """Two steps on a bowl, without and with momentum."""
    a, c = draw.pick(((1, 3), (2, 5), (1, 4), (3, 2), (4, 1)))
    start = draw.whole(1, 4, 2) * np.array([draw.pick((-1, 1)), draw.pick((-1, 1))]).astype(float)
    rate, mu = draw.pick((0.05, 0.1)), draw.pick((0.5, 0.8, 0.9))
    slope = np.array([2.0 * a, 2.0 * c])

    def walk(rule, **settings):
        w, state, seen = (start,), None, [start]
        for _ in range(2):
            w, state = rule(w, (slope * w[0],), rate, state, **settings)
            seen.append(w[0])
        return seen

    plain, heavy = walk(sgd), walk(momentum, mu=mu)
    limit = 2 / slope.max()
    text = (f"$L(u, v) = {a} u^2 + {c} v^2$, the start is {row(start)}, the learning rate {number(rate)}.\n\n(a) "
            f"Compute two steps of gradient descent.\n\n(b) Compute two steps with momentum, $\\mu = {number(mu)}$: "
            "the velocity begins at 0, each step adds the gradient to $\\mu$ times the old velocity, and moves by "
            "the rate times it.\n\n(c) Up to which learning rate does gradient descent, without momentum, arrive? "
            "Which of the two directions sets it?")  # fmt: skip
    answer = (f"(a) {row(plain[1])}, then {row(plain[2])}.\n\n(b) {row(heavy[1])}, then {row(heavy[2])}: the first "
              "step is the same, in the second the old velocity helps.\n\n(c) Each step multiplies $u$ by 1 − "
              f"{2 * a} · rate and $v$ by 1 − {2 * c} · rate. Both factors lie between −1 and 1 for rates below 2 / "
              f"{number(slope.max())} = {number(limit)}; the steeper direction, ${'u' if a > c else 'v'}$, "
              "sets it.")  # fmt: skip
    marking = [
        (2, "two steps"),
        (2, "two steps; 1 if the velocity is overwritten"),
        (2, f"{number(limit)}, by the steeper one"),
    ]
    return Item(text, answer, marking, {"slope": slope, "start": start, "rate": rate, "mu": mu, "plain": plain[2],
                                        "heavy": heavy[2], "limit": limit})  # fmt: skip


REGIMES = {"slow": (0.08, 0.25), "hops": (0.7, 0.9), "flies": (1.05, 1.2)}  # of the limit
SEEN = {
    "slow": "The factor is positive and below 1: $w$ comes nearer each time, from one side",
    "hops": "The factor is negative and its size below 1: $w$ changes sides each time and comes nearer",
    "flies": "The factor is negative and its size above 1: $w$ changes sides each time, and is farther away than "
    "before",
}


def explain(draw: Draw) -> Item:
    """A run of which the rate and the steepness are hidden."""
    regime, centre = draw.pick(list(REGIMES)), draw.whole(-4, 4)
    low, high = REGIMES[regime]
    a, share = draw.pick((0.5, 2.0, 3.0)), round(float(draw.random.uniform(low, high)), 2)
    rate = share / a  # the limit is 1 / a
    w, seen = float(centre + draw.pick((-5, -3, 3, 5))), []
    for _ in range(5):
        seen.append(w)
        ((moved,), _) = sgd((np.array([w]),), (np.array([2 * a * (w - centre)]),), rate)
        w = float(moved[0])
    factor = 1 - 2 * share
    losses = [a * (it - centre) ** 2 for it in seen]
    lines = [["w", *(number(it, 3) for it in seen)], ["L", *(number(it, 3) for it in losses)]]
    text = ("Gradient descent on a parabola $L = a (w - m)^2$ with a fixed learning "
            f"rate:\n\n{table(['step', *map(str, range(5))], lines)}\n\n(a) By which factor does the distance to the "
            "minimum change in each step? Find it, and the minimum $m$, from the table. Explain what you see by "
            "this factor.\n\n(b) How many times the rate of this run would arrive in one single step? What would "
            "twice *that* rate do?")  # fmt: skip
    answer = (f"(a) The steps of $w$ are {row(np.diff(seen), 3)}; each is {number(factor, 2)} times the one before, "
              f"so the distance is, too. {SEEN[regime]}. From $w_1 - m = {number(factor, 2)} (w_0 - m)$ comes $m = "
              f"{centre}$.\n\n(b) The factor is $1 - 2 a$ · rate, which is 0 at {number(1 / (2 * share), 3)} times "
              "the rate of this run. At twice that rate the factor is −1: it hops between two points for ever, with "
              "the same loss.")  # fmt: skip
    marking = [(2, f"{number(factor, 2)} and {centre}"), (2, "sign and size of the factor, each with what it does"),
               (1, f"{number(1 / (2 * share), 2)} times"), (1, "hops for ever")]  # fmt: skip
    return Item(
        text, answer, marking, {"seen": seen, "losses": losses, "factor": factor, "centre": centre, "share": share}
    )


CODE = """def two_steps(w, slopes, rate, keep):
    memory = np.zeros_like(w)
    for slope in slopes:
        memory = keep * memory + (1 - keep) * slope ** 2
        w = w - rate * slope / (np.sqrt(memory) + 1e-8)
    return w"""
SLIPS = (
    Slip("(1 - keep) * slope ** 2", "keep * memory + (1 - keep) * slope ** 2",
         "It forgets what it had: the memory holds the last slope alone."),
    Slip("(1 - keep) * slope\n", "(1 - keep) * slope ** 2\n",
         "It averages the slopes and not their squares: where they change sign, they cancel."),
    Slip("slope / (memory + 1e-8)", "slope / (np.sqrt(memory) + 1e-8)",
         "The root is missing: a steep direction gets a tiny step, a flat one a huge one."),
    Slip("keep * memory + slope ** 2", "keep * memory + (1 - keep) * slope ** 2",
         "It sums up and does not average: the memory grows to many times the square of a slope."),
    Slip("rate * memory / (np.sqrt(memory) + 1e-8)", "rate * slope / (np.sqrt(memory) + 1e-8)",
         "It steps along the memory, which is never negative: it can't see which way is down."),
)  # fmt: skip


def mistake(draw: Draw) -> Item:
    """An optimizer with a memory of squares."""
    slopes = draw.until(lambda it: (it[0] * it[1] < 0).any(), lambda: draw.whole(-4, 4, (2, 2)))
    slopes = np.where(slopes == 0, 2, slopes).astype(float)
    given = {"w": draw.whole(-2, 2, 2).astype(float), "slopes": slopes, "rate": 0.1, "keep": draw.pick((0.5, 0.75))}
    return listing(draw, CODE, SLIPS, "two_steps(w, slopes, rate, keep)", given)


MODELS = (("a weather model", "run of the model"), ("a model of a power grid", "simulation"),
          ("a model of a river", "simulation"))  # fmt: skip


def transfer(draw: Draw) -> Item:
    """What a measured gradient costs for a model that is no network, and for one that is."""
    (model, run), seconds = draw.pick(MODELS), draw.pick((20, 45, 90))
    P, digits = draw.pick((120, 300, 800)), draw.pick((6, 7, 10))
    sizes = draw.pick(((64, 32, 10), (30, 50, 5), (100, 20, 4)))
    network = nn.Sequential(nn.Linear(sizes[0], sizes[1]), nn.ReLU(), nn.Linear(sizes[1], sizes[2]))
    count = sum(tensor.data.size for tensor in network.parameters())
    best = 10 ** (-digits / 2)
    text = (f"{model.capitalize()} has {P} settings to be tuned; its error is one number, and each {run} takes "
            f"{seconds} s.\n\n(a) How long does one gradient take by forward differences, and how long by central "
            f"ones?\n\n(b) The error comes with {digits} reliable digits and is about 1, and so are its second "
            "derivatives. Roughly which step $h$ is best for forward differences, and about how many digits of the "
            f"slope can you trust then?\n\n(c) A network with layers of {sizes[0]}, {sizes[1]} and {sizes[2]} "
            "neurons: how many forward passes would a forward difference take for one gradient? What does "
            "backpropagation take, and what does it keep for it?")  # fmt: skip
    answer = (f"(a) {P} + 1 runs, {number((P + 1) * seconds / 60, 1)} minutes; central {2 * P} runs, "
              f"{number(2 * P * seconds / 60, 1)} minutes.\n\n(b) Bending costs about $h / 2$, the digits about $2 "
              f"\\cdot 10^{{-{digits}}} / h$. They meet near $h \\approx 10^{{-{number(digits / 2, 1)}}} = "
              f"{number(best, 6)}$, up to a factor of 2, and there the slope is good to about "
              f"{number(digits / 2, 1)} digits: half of them.\n\n(c) {sizes[0]} · {sizes[1]} + {sizes[1]} + "
              f"{sizes[1]} · {sizes[2]} + {sizes[2]} = {count} parameters, so {count + 1} passes. Backpropagation "
              "takes one pass forward and one back, of two or three times the price of a pass, and keeps what each "
              "layer had as input.")  # fmt: skip
    marking = [(2, f"{P + 1} and {2 * P} runs, with times"), (2, f"about {number(best, 6)}; half of the digits"),
               (1, f"{count + 1}"), (1, "a small multiple of one pass; the values on the way")]  # fmt: skip
    return Item(text, answer, marking, {"P": P, "seconds": seconds, "count": count, "sizes": sizes})
