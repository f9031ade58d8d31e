"""Exam: backpropagation."""

import numpy as np

from lectureutils.autodiff import Tensor, maximum
from lectureutils.gradients import numerical_gradient
from tools.exam.draw import Draw, Item, Slip, listing, number, row, table


def relu(x: Tensor) -> Tensor:
    """Return max(x, 0)."""
    return maximum(x, 0.0)


# A formula as people write it, its inner nodes, and how it is computed.
FORMULAS = {
    "(x + y) \\cdot (y - z)": (("a = x + y", "b = y - z"), lambda x, y, z: (x + y) * (y - z)),
    "x \\cdot \\max(y, z) + y": (("a = \\max(y, z)", "b = x a"), lambda x, y, z: x * maximum(y, z) + y),
    "(x y - z)^2 + x": (("a = x y", "b = a - z"), lambda x, y, z: (x * y - z) * (x * y - z) + x),
    "\\max(x z, y) \\cdot (x - y)": (("a = x z", "b = \\max(a, y)"), lambda x, y, z: maximum(x * z, y) * (x - y)),
    "x y z + \\max(x, z)": (("a = x y", "b = a z"), lambda x, y, z: x * y * z + maximum(x, z)),
}


def gradient(formula, values) -> tuple[float, list[float]]:
    """Return the value of a formula and its gradient, by the engine."""
    inputs = [Tensor(float(value)) for value in values]
    out = formula(*inputs)
    out.backward()
    return float(out.data), [0.0 if it.grad is None else float(it.grad) for it in inputs]


def compute(draw: Draw) -> Item:
    """Forward and backward through a small graph."""
    written = draw.pick(list(FORMULAS))
    nodes, formula = FORMULAS[written]
    values = draw.until(lambda v: len(set(v)) == 3 and 0 not in v and np.all(np.abs(gradient(formula, v)[1]) < 60)
                        and abs(v[0] * v[2] - v[1]) > 0.5, lambda: [draw.whole(-4, 5) for _ in range(3)])  # fmt: skip
    value, slopes = gradient(formula, values)
    h = draw.pick((0.01, 0.02))
    i = draw.whole(0, 2)
    text = (f"$f(x, y, z) = {written}$ at $x = {values[0]}$, $y = {values[1]}$, $z = {values[2]}$.\n\n(a) Draw the "
            f"graph, with the nodes ${nodes[0]}$ and ${nodes[1]}$ among others, and write the value at each "
            "node.\n\n(b) Go back from $\\partial f / \\partial f = 1$ and write at each arrow what comes back. "
            f"Where a value goes two ways, show both parts.\n\n(c) ${'xyz'[i]}$ grows by {number(h)}. By about how "
            "much does $f$ change?")  # fmt: skip
    answer = (f"(a) $f = {number(value)}$.\n\n(b) $\\partial f / \\partial x = {number(slopes[0])}$, $\\partial f / "
              f"\\partial y = {number(slopes[1])}$, $\\partial f / \\partial z = {number(slopes[2])}$, each the sum "
              f"of what comes back on all ways to it.\n\n(c) {number(slopes[i])} · {number(h)} = "
              f"{number(slopes[i] * h)}.")  # fmt: skip
    marking = [(2, f"graph and values, f = {number(value)}"),
               (3, f"{row(slopes)}, one point each; none where parts are not added"),
               (1, number(slopes[i] * h))]  # fmt: skip
    return Item(text, answer, marking, {"values": values, "written": written, "value": value, "slopes": slopes})


STOPS = {
    "blocked": ("u \\cdot \\mathrm{relu}(x) + v", lambda x, u, v: u * relu(x) + v),
    "outbid": ("\\max(x u, v) \\cdot u", lambda x, u, v: maximum(x * u, v) * u),
    "cancelled": ("(x + u) \\cdot v - x v", lambda x, u, v: (x + u) * v - x * v),
    "multiplied by 0": ("x \\cdot (u - v) + u", lambda x, u, v: x * (u - v) + u),
}


def explain(draw: Draw) -> Item:
    """A gradient that is exactly 0, and where it was lost."""
    reason = draw.pick(list(STOPS))
    written, formula = STOPS[reason]

    def case():
        x, u, v = (draw.whole(-7, 7) for _ in range(3))
        return (x, u, u) if reason == "multiplied by 0" else (x, u, v)

    def fits(drawn):
        x, u, v = drawn
        apart = {"blocked": x < 0, "outbid": x * u < v, "cancelled": True, "multiplied by 0": u == v}[reason]
        return apart and x != 0 and u != 0 and v != 0 and gradient(formula, drawn)[1][0] == 0

    x, u, v = draw.until(fits, case)
    far = next(big for big in (10.0, -10.0, 40.0) if reason in ("cancelled", "multiplied by 0")
               or gradient(formula, (big, u, v))[1][0] != 0)  # fmt: skip
    here, there = (gradient(formula, (it, u, v))[0] for it in (x, far))
    why = {
        "blocked": f"The sum that enters the ReLU is {x}, below 0: the ReLU passes nothing back",
        "outbid": f"The maximum took {v} and not x u = {x * u}: all of what comes back goes to the larger one",
        "cancelled": f"Two ways lead to x. On one comes back {v}, on the other {-v}, and they are added",
        "multiplied by 0": f"The product hands x the value of its other factor, u − v = {u} − {v} = 0",
    }[reason]
    helps = {
        "blocked": "yes, as soon as x is above 0", "outbid": f"yes, as soon as x u is above {v}",
        "cancelled": "no, never: f does not depend on x at all", "multiplied by 0": "no, as long as u = v: the "
                                                                                    "factor stays 0",
    }[reason]  # fmt: skip
    learns = {
        "blocked": "a neuron that is silent for one example may speak for the next; one that is silent for all is dead",
        "outbid": "only the winner learns from this example; another example may choose the other one",
        "cancelled": "the formula can be written without x, and nothing is lost by it",
        "multiplied by 0": "u and v do get gradients; one step moves them apart, and then x gets one as well",
    }[reason]
    text = (f"$f(x, u, v) = {written}$ at $x = {x}$, $u = {u}$, $v = {v}$. Going back, $\\partial f / \\partial x$ "
            "comes out as exactly 0.\n\n(a) At which node was it lost, and why? Give the numbers that arrive "
            f"there.\n\n(b) Would a large change of $x$ change $f$? Try $x = {number(far)}$.\n\n(c) $x$, $u$ and $v$ "
            "are weights, and the training takes one step with this example. Can $x$ ever move? Explain.")  # fmt: skip
    verdict = "No, and it need not" if reason == "cancelled" else "Not in this step"
    answer = (f"(a) {why}.\n\n(b) $f$ is {number(here)} now and {number(there)} at $x = {number(far)}$: "
              f"{helps}.\n\n(c) {verdict}: {learns}.")  # fmt: skip
    marking = [(2, "the node, with its numbers"), (2, f"{number(here)} and {number(there)}, and what follows"),
               (2, "what other examples or later steps can do")]  # fmt: skip
    return Item(text, answer, marking, {"reason": reason, "at": (x, u, v), "far": far, "here": here, "there": there})


CODE = """def backward(X, W, dout):
    H = np.maximum(X @ W.T, 0)
    dH = dout * (H > 0)
    dW = dH.T @ X
    dX = dH @ W + dout
    return np.vstack([dW, dX])"""
SLIPS = (
    Slip("dX = dH @ W\n", "dX = dH @ W + dout\n", "It forgets the way around the layer: what comes back there has to "
                                                  "be added."),
    Slip("dout * (dout > 0)", "dout * (H > 0)", "It looks at what comes back, and not at what the ReLU let through."),
    Slip("dW = X.T @ dH", "dW = dH.T @ X", "It turns the product round, so each entry stands at its mirror place."),
    Slip("dX = dH @ W.T + dout", "dX = dH @ W + dout",
         "It transposes W on the way back: the way forward had the transpose, so the way back has W itself."),
    Slip("(H > 0).astype(float)", "dout * (H > 0)", "It keeps the mask alone and loses what came from behind."),
)  # fmt: skip


def mistake(draw: Draw) -> Item:
    """The way back through a layer with a way around it, out = relu(X W^T) + X."""

    def case():
        return {"X": draw.whole(-2, 3, (2, 2)), "W": draw.whole(-2, 2, (2, 2)), "dout": draw.whole(-3, 3, (2, 2))}

    def telling(given):
        sums = given["X"] @ given["W"].T
        return (sums < 0).any() and (sums > 0).sum() >= 2 and 0 not in sums and 0 not in given["dout"]

    given = draw.until(telling, case)
    item = listing(draw, CODE, SLIPS, "backward(X, W, dout)", given)
    lead = ("A layer has a way around it: $\\text{out} = \\mathrm{relu}(X W^T) + X$. Its way back gets `dout` and "
            "returns `dW` above `dX`.\n\n")  # fmt: skip
    return Item(lead + item.text, item.answer, item.marking, item.facts)


# A node that no notebook has: how it is written, how it is computed, and its slope in terms of x.
NODES = {
    "x / (1 + |x|)": (lambda x: x / (1 + np.abs(x)), "1 / (1 + |x|)^2", lambda x: 1 / (1 + np.abs(x)) ** 2),
    "\\log(1 + e^x)": (lambda x: np.log1p(np.exp(x)), "e^x / (1 + e^x)", lambda x: np.exp(x) / (1 + np.exp(x))),
    "\\sqrt{x^2 + 1}": (lambda x: np.sqrt(x * x + 1), "x / \\sqrt{x^2 + 1}", lambda x: x / np.sqrt(x * x + 1)),
    "x \\, e^{-x^2}": (lambda x: x * np.exp(-x * x), "(1 - 2 x^2) \\, e^{-x^2}",
                       lambda x: (1 - 2 * x * x) * np.exp(-x * x)),
    "x^3 / (1 + x^2)": (lambda x: x**3 / (1 + x * x), "x^2 (3 + x^2) / (1 + x^2)^2",
                        lambda x: x * x * (3 + x * x) / (1 + x * x) ** 2),
}  # fmt: skip


def transfer(draw: Draw) -> Item:
    """A node of one's own, with its way back."""
    written = draw.pick(list(NODES))
    node, slope_written, slope = NODES[written]
    x, upstream = draw.tenths(-2, 2, 3), draw.tenths(-2, 2, 3)
    back = upstream * slope(x)
    lines = [["x", *map(number, x)], ["upstream", *map(number, upstream)]]
    far = [number(float(slope(value)), 3) for value in (-6.0, 0.0, 6.0)]
    measured = float(numerical_gradient(lambda w: float(node(w[0])), np.array([x[0]]))[0])
    text = (f"Somebody wants a new bend, $g(x) = {written}$, entry by entry.\n\n(a) What does the node need of the "
            "way forward, and what does it pass back? Derive its local slope.\n\n(b) Compute what it passes back "
            f"here:\n\n{table(['', '1', '2', '3'], lines)}\n\n(c) Compute the slope at −6, 0 and 6. Would you build "
            "a network of twenty layers with it? Compare it with a bend that you know.\n\n(d) How would you make "
            "sure that (a) is right, without deriving it again?")  # fmt: skip
    edges = [abs(float(slope(value))) for value in (-6.0, 6.0)]
    verdict = ("On both sides the slope is nearly 0: gradients vanish in twenty layers, as with the sigmoid"
               if max(edges) < 0.1
               else "On one side the slope is near 1 and on the other near 0: much as a ReLU without its "
                    "corner" if min(edges) < 0.1
               else "Far away its slope is near 1 in size: nothing vanishes there, but near 0 it does")  # fmt: skip
    answer = (f"(a) It keeps $x$ and passes back upstream times $g'(x) = {slope_written}$, entry by entry.\n\n(b) "
              f"Slopes {row(slope(x))}, so {row(back)}.\n\n(c) {', '.join(far)}. {verdict}.\n\n(d) By a central "
              f"difference: at x = {number(x[0])} it measures {number(measured)}, and the formula says "
              f"{number(float(slope(x[0])))}.")  # fmt: skip
    marking = [(2, "keeps x; the slope"), (2, row(back, 3)), (1, "three slopes with a verdict that fits"),
               (1, "measure the slope with a small step")]  # fmt: skip
    return Item(text, answer, marking, {"written": written, "x": x, "upstream": upstream, "back": back,
                                        "measured": measured,
                                        "slope": slope})  # fmt: skip
