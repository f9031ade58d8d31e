"""The way back through a whole network: on the drawn network each number on its edge, beside it the same as matrices.

The network is z = W x + b, h = ReLU(z), s = U h + c, with a loss of s. `autodiff` computes all gradients, and each is
measured as well.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import losses, style, validate
from lectureutils.figures.backprop_through_layers.blocks import Block, Board
from lectureutils.figures.backprop_through_layers.small_network import checked, run_network
from lectureutils.figures.backprop_through_layers.wires import AT_H, AT_L, AT_S, AT_X, Wires
from lectureutils.figures.shared.words import MINUS, few_digits, in_brackets, two_decimals
from lectureutils.gradients import numerical_gradient
from lectureutils.graph_view import GRADIENT, VALUE
from lectureutils.live import LiveFigure, Narrow, Player, choice, matrix, presets, slider

Array = np.ndarray
SMALL = 10 * style.SMALL  # points
LOSSES = {"cross-entropy": losses.cross_entropy, "L2 loss": losses.l2}
NODES = ("W", "b", "z", "h", "U", "c", "s", "x")

# What each step of the way back finds, and the blocks that it needs.
STEPS = (
    ("dL", ()),
    ("ds", ("s",)),
    ("dc", ("ds",)),
    ("dU", ("ds", "h")),
    ("dh", ("U", "ds")),
    ("dz", ("dh", "z")),
    ("db", ("dz",)),
    ("dW", ("dz", "x")),
    ("dx", ("W", "dz")),
)

# Where each array stands: its left edge, its top, and its rows and columns. Its gradient stands as far below as said.
PLACES = {
    "x": (0.0, 0.7, 1, 4), "W": (0.0, 2.4, 3, 4), "b": (4.25, 2.4, 3, 1), "z": (5.5, 2.4, 3, 1), "h": (6.75, 2.4, 3, 1),
    "U": (0.0, 11.9, 2, 3), "c": (3.25, 11.9, 2, 1), "s": (4.5, 11.9, 2, 1), "L": (6.75, 11.9, 1, 1),
}  # fmt: skip
BELOW = dict.fromkeys("xWbzh", 5.5) | dict.fromkeys("UcsL", 2.8)
# The neurons at which the gradient of a step stands, and how many stand before them.
AT = {"dL": ([AT_L], 9), "ds": (AT_S, 7), "dh": (AT_H, 4), "dz": (AT_H, 4), "dx": (AT_X, 0)}


class NetworkBackwardFigure(LiveFigure):
    """Walk back through the network, one gradient a step; each is measured as well.

    Takes W (3, 4), b (3,), U (2, 3), c (2,), inputs {name: x (4,)} and the names of the two outputs. Slide topic:
    backward propagation through a whole network.
    """

    size = (700, 440)
    narrow = Narrow(700, (1, 1.1))
    layout = "presets player reset / k loss / truth / x"

    def __init__(
        self,
        W: ArrayLike,
        b: ArrayLike,
        U: ArrayLike,
        c: ArrayLike,
        inputs: Mapping[str, ArrayLike],
        names: Sequence[str],
        k: int = 0,
    ):
        self.fixed = checked(W=W, b=b, U=U, c=c)
        self.names = tuple(names)
        inputs = {name: validate.numbers(x, f"inputs[{name!r}]", "4") for name, x in inputs.items()}
        self.telling = {"k": 8}
        self.k = slider("k", k, 0, len(STEPS), 1, label="Steps back")
        self.loss = choice("loss", list(LOSSES), label="Loss")
        self.player = Player(1200, "k")
        vector = matrix("x", next(iter(inputs.values())), -3, 3)
        truth = choice("truth", {name: i for i, name in enumerate(names)}, len(names) - 1, label="The truth")
        buttons = presets("Input", {name: {"x": x} for name, x in inputs.items()})
        super().__init__(vector, self.k, truth, self.loss, self.player, buttons)

    def draw(self, fig: Figure) -> None:
        left, right = fig.subplots(1, 2, width_ratios=[1.27, 1])
        left.set_title("What flows on the edges?")
        self.wires = Wires(self, left, self.names)
        self.note = left.text(0, 1, "", transform=left.transAxes, va="top", fontsize=SMALL * style.current_scale())
        self.moving(self.note)
        blocks = {name: Block(x, y, rows, columns, VALUE) for name, (x, y, rows, columns) in PLACES.items()}
        blocks |= {f"d{n}": Block(b.left, b.top + BELOW[n], b.rows, b.columns, GRADIENT) for n, b in blocks.items()}
        self.board = Board(right, blocks, 7.85, 16.75, two_decimals)
        right.set_title("The same as matrices")
        for name, block in blocks.items():
            look = {"ha": "center", "va": "bottom", "color": block.color, "fontsize": SMALL * style.current_scale()}
            right.text(block.left + block.columns / 2, block.top - 0.05, name, **look)
        self.moving(*self.board.artists)

    def update(self, x: Array, k: int, truth: int, loss: str) -> str:
        tensors = run_network({**self.fixed, "x": x}, LOSSES[loss], truth)
        arrays = {name: t.data.reshape(t.shape[-1] if name in "xzhs" else t.shape) for name, t in tensors.items()}
        arrays |= {f"d{name}": t.grad.reshape(arrays[name].shape) for name, t in tensors.items()}
        known = {name for name, _ in STEPS[:k]}
        self.board.write({n: a for n, a in arrays.items() if n in tensors or n in known})
        name, needs = STEPS[k - 1] if k else ("", ())
        self.board.light_blocks(needs)
        self.board.ring([name] if k else [])
        self._draw_wires(arrays, k)
        if not k:
            return self._say_start(arrays, truth)
        if k == 1:
            return "Step 1 of 9: dL = 1. The loss changes as much as itself."
        kink = "Measured it is not the same: a sum is 0, at the kink of the ReLU."
        seen = "It agrees with the measured one." if gap(arrays, name[1:], loss, truth) < 1e-6 else kink
        return f"Step {k} of 9: {formula(name, arrays, loss, truth)} {seen}"

    def _draw_wires(self, a: Mapping[str, Array], k: int) -> None:
        """Put weights on the edges, their gradients once these are known, or what flows back in this step."""
        step, known = STEPS[k - 1][0] if k else "", [name for name, _ in STEPS[:k]]
        self.wires.write(a["x"], a["z"], a["h"], a["s"], a["L"].item())
        (W, of_W), (U, of_U) = (on_edges(name, a, known, step) for name in "WU")
        ds = a["ds"] if "ds" in known else np.full(2, np.nan)
        now = [step in ("dW", "dx", "")] * 12 + [step in ("dU", "dh", "")] * 6 + [step in ("dL", "ds")] * 2
        back = ["d" in of_W] * 12 + ["d" in of_U] * 6 + [True] * 2
        self.wires.flow(np.concatenate([W.ravel(), U.ravel(), ds]), np.array(back), np.array(now))
        self.note.set_text(f"on the left edges {of_W}, in the middle {of_U}")
        texts = [""] * 10
        for name in known:
            if name in AT:
                places, first = AT[name]
                texts[first : first + len(places)] = [f"{name} {two_decimals(g)}" for g in np.ravel(a[name])]
        self.wires.say(texts, AT[step][0] if step in AT else [])

    def _say_start(self, a: Mapping[str, Array], truth: int) -> str:
        said = " and ".join(f"{name} {value:.4f}" for name, value in zip(self.names, a["s"], strict=True))
        words = f"The network says {said}; the truth is {self.names[truth]}, the loss {float(a['L']):.4f}."
        return f"{words} Next: the way back.".replace("-", MINUS)


def on_edges(name: str, a: Mapping[str, Array], known: Sequence[str], step: str) -> tuple[Array, str]:
    """Return what is on the edges of W or U, by name: weights, their gradients, or weights times what comes back."""
    up, passed = {"W": ("dz", "dx"), "U": ("ds", "dh")}[name]
    if step == passed:
        return a[name] * a[up][:, None], f"{name} · {up}"
    return (a[f"d{name}"], f"d{name}") if f"d{name}" in known else (a[name], name)


def gap(arrays: Mapping[str, Array], name: str, loss: str, truth: int) -> float:
    """Return the largest difference between the gradient by `name` and the measured one."""
    values = {n: arrays[n].copy() for n in NODES}

    def value(_array: Array) -> float:
        z = values["W"] @ values["x"] + values["b"] if name in "xWb" else values["z"]
        h = np.maximum(z, 0) if name in "xWbz" else values["h"]
        s = values["s"] if name == "s" else values["U"] @ h + values["c"]
        return float(LOSSES[loss](s[None], np.array([truth]))[0])

    return float(np.abs(numerical_gradient(value, values[name]) - arrays[f"d{name}"]).max())


def formula(name: str, a: Mapping[str, Array], loss: str, truth: int) -> str:
    """Write the formula of a step, and its first entry with numbers."""
    if name == "ds":
        return _formula_of_ds(a, loss, np.eye(2)[truth])
    if name in ("dc", "db"):
        source = {"dc": "ds", "db": "dz"}[name]
        return f"{name} = {source}: a bias is added, and a sum passes its gradient on as it is."
    if name in ("dU", "dW"):
        up, x = {"dU": ("ds", "h"), "dW": ("dz", "x")}[name]
        numbers = f"{in_brackets(a[up][0])} · {in_brackets(a[x][0])} = {few_digits(a[name][0, 0])}"
        return f"{name}[i,j] = {up}[i] · {x}[j]; {name}[0,0] = {numbers}."
    if name == "dz":
        awake = int((a["z"] > 0).sum())
        return f"dz = dh where z > 0, else 0: {awake} of 3 neurons {'is' if awake == 1 else 'are'} awake."
    W, up = {"dh": ("U", "ds"), "dx": ("W", "dz")}[name]
    terms = " + ".join(f"{in_brackets(w)} · {in_brackets(g)}" for w, g in zip(a[W][:, 0], a[up], strict=True))
    return f"{name} = {W}ᵀ {up}; {name}[0] = {terms} = {few_digits(a[name][0])}."


def _formula_of_ds(a: Mapping[str, Array], loss: str, target: Array) -> str:
    if loss == "L2 loss":
        numbers = f"2 ({few_digits(a['s'][0])} {MINUS} {target[0]:.0f}) = {few_digits(a['ds'][0])}"
        return f"ds = 2 (s {MINUS} y*); ds[0] = {numbers}."
    p = losses.softmax(a["s"][None])[0]
    numbers = f"{few_digits(p[0])} {MINUS} {target[0]:.0f} = {few_digits(a['ds'][0])}"
    return f"ds = p {MINUS} y*, p = softmax(s); ds[0] = {numbers}."
