"""The way back through a whole network: each gradient stands right below what it belongs to, in the same shape.

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
from lectureutils.figures.shared.words import MINUS, few_digits, in_brackets, two_decimals
from lectureutils.gradients import numerical_gradient
from lectureutils.graph_view import GRADIENT, VALUE
from lectureutils.live import LiveFigure, Player, choice, matrix, presets, slider

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

# Where each array stands: its left edge, and its rows and columns.
PLACES = {
    "x": (0.1, 4, 1), "W": (1.4, 3, 4), "b": (5.55, 3, 1), "z": (6.85, 3, 1), "h": (8.15, 3, 1), "U": (9.45, 2, 3),
    "c": (12.6, 2, 1), "s": (13.9, 2, 1), "L": (15.2, 1, 1),
}  # fmt: skip


class NetworkBackwardFigure(LiveFigure):
    """Walk back through the network, one gradient a step; each is measured as well.

    Takes W (3, 4), b (3,), U (2, 3), c (2,), inputs {name: x (4,)} and the names of the two outputs. Slide topic:
    backward propagation through a whole network.
    """

    size = (700, 440)
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
        self.telling = {"x": inputs.get("zeros", next(iter(inputs.values()))), "k": len(STEPS)}
        self.k = slider("k", k, 0, len(STEPS), 1, label="Steps back")
        self.loss = choice("loss", list(LOSSES), label="Loss")
        self.player = Player(1200, "k")
        vector = matrix("x", next(iter(inputs.values())), -3, 3)
        truth = choice("truth", {name: i for i, name in enumerate(names)}, len(names) - 1, label="The truth")
        buttons = presets("Input", {name: {"x": x} for name, x in inputs.items()})
        super().__init__(vector, self.k, truth, self.loss, self.player, buttons)

    def draw(self, fig: Figure) -> None:
        axes = fig.subplots()
        blocks = {name: Block(x, 1.3, rows, columns, VALUE) for name, (x, rows, columns) in PLACES.items()}
        blocks |= {f"d{name}": Block(x, 7.2, rows, columns, GRADIENT) for name, (x, rows, columns) in PLACES.items()}
        self.board = Board(axes, blocks, 16.3, 11.4, two_decimals)
        axes.set_title("Values go forward, gradients come back", pad=8)
        for name, block in blocks.items():
            look = {"ha": "center", "va": "bottom", "color": block.color}
            axes.text(block.left + block.columns / 2, block.top - 0.15, name, **look)
        box = {"boxstyle": "round", "facecolor": style.PAPER, "edgecolor": style.INK}
        for x, word in ((3.95, "z = W x + b"), (8.0, "h = max(0, z)"), (11.5, "s = U h + c"), (14.8, "loss")):
            axes.text(
                x, 6.0, word, ha="center", va="center", fontsize=SMALL * style.current_scale(), bbox=box, zorder=3
            )
        for start, end, y, color in ((0.1, 16.2, 5.8, VALUE), (16.2, 0.1, 6.2, GRADIENT)):
            arrow = {"arrowstyle": "-|>", "color": color, "linewidth": 1.5 * style.current_scale(), "shrinkA": 0}
            axes.annotate("", (end, y), (start, y), arrowprops=arrow | {"shrinkB": 0}, zorder=1)
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
        if not k:
            return self._say_start(arrays, truth)
        if k == 1:
            return "Step 1 of 9: dL = 1. The loss changes as much as itself."
        kink = "Measured it is not the same: a sum is 0, at the kink of the ReLU."
        seen = "It agrees with the measured one." if gap(arrays, name[1:], loss, truth) < 1e-6 else kink
        return f"Step {k} of 9: {formula(name, arrays, loss, truth)} {seen}"

    def _say_start(self, a: Mapping[str, Array], truth: int) -> str:
        said = " and ".join(f"{name} {value:.4f}" for name, value in zip(self.names, a["s"], strict=True))
        words = f"The network says {said}; the truth is {self.names[truth]}, the loss {float(a['L']):.4f}."
        return f"{words} Next: the way back.".replace("-", MINUS)


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
