"""The way back through a whole network: each gradient right below what it belongs to, in the same shape.

The network is z = W x + b, h = ReLU(z), s = U h + c, with a loss of s. `autodiff` computes all gradients, and each is
measured as well. The same engine shows several losses pulling at one network, and gradients in very deep ones.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import losses, style, validate
from lectureutils.autodiff import Tensor, affine, fused
from lectureutils.figures.backprop_through_layers.blocks import Block, Board
from lectureutils.figures.shared.words import MINUS, few_digits, in_brackets, two_decimals
from lectureutils.gradients import numerical_gradient
from lectureutils.live import LiveFigure, Player, Widget, choice, column, matrix, presets, row, slider

Array = np.ndarray
VALUE, GRADIENT = style.BLUE, style.RED
DOT = "\N{MIDDLE DOT}"
LOSSES = {"cross-entropy": losses.cross_entropy, "L2 loss": losses.l2}
NODES = ("W", "b", "z", "h", "U", "c", "s", "x")


def run_network(values: Mapping[str, Array], loss: Callable, label: int) -> dict[str, Tensor]:
    """Return all tensors of the network for one example, with their gradients: x, W, b, z, h, U, c, s and L.

    x (4,), W (3, 4), b (3,), U (2, 3), c (2,). Slide topic: forward and backward through a whole network.
    """
    t = {name: Tensor(values[name], name) for name in ("W", "b", "U", "c")}
    t["x"] = Tensor(np.asarray(values["x"])[None], "x")
    t["z"] = affine(t["x"], t["W"], t["b"])
    t["h"] = t["z"].relu()
    t["s"] = affine(t["h"], t["U"], t["c"])
    t["L"] = fused(loss, t["s"], np.array([label]))
    t["L"].backward()
    return t


# What each step of the way back finds, and the blocks that it needs.
STEPS = (
    ("dL", ()), ("ds", ("s",)), ("dc", ("ds",)), ("dU", ("ds", "h")), ("dh", ("U", "ds")), ("dz", ("dh", "z")),
    ("db", ("dz",)), ("dW", ("dz", "x")), ("dx", ("W", "dz")),
)  # fmt: skip


class NetworkBackwardFigure(LiveFigure):
    """Walk back through the network, one gradient a step; each is measured as well.

    Takes W (3, 4), b (3,), U (2, 3), c (2,), inputs {name: x (4,)} and the names of the two outputs. Slide topic:
    backward propagation through a whole network.
    """

    size = (700, 440)

    def __init__(self, W: ArrayLike, b: ArrayLike, U: ArrayLike, c: ArrayLike, inputs: Mapping[str, ArrayLike],
                 names: Sequence[str], k: int = 0):  # fmt: skip
        self.fixed = {"W": validate.numbers(W, "W", "3 4"), "b": validate.numbers(b, "b", "3"),
                      "U": validate.numbers(U, "U", "2 3"), "c": validate.numbers(c, "c", "2")}  # fmt: skip
        self.names = tuple(names)
        inputs = {name: validate.numbers(x, f"inputs[{name!r}]", "4") for name, x in inputs.items()}
        self.x = matrix("x", next(iter(inputs.values())), -3, 3)
        self.k = slider("k", k, 0, len(STEPS), 1, label="Steps back")
        self.truth = choice("truth", {name: i for i, name in enumerate(names)}, len(names) - 1, label="The truth")
        self.loss = choice("loss", list(LOSSES), label="Loss")
        self.player = Player(tick_ms=1200)
        self.inputs = presets("Input", {name: {"x": x} for name, x in inputs.items()})
        super().__init__(self.x, self.k, self.truth, self.loss, self.player, self.inputs)

    def draw(self, fig: Figure) -> None:
        axes = fig.subplots()
        sizes = {"x": (0.1, 4, 1), "W": (1.5, 3, 4), "b": (5.6, 3, 1), "z": (7.0, 3, 1), "h": (8.5, 3, 1),
                 "U": (9.9, 2, 3), "c": (13.0, 2, 1), "s": (14.4, 2, 1), "L": (15.9, 1, 1)}  # fmt: skip
        blocks = {name: Block(x, 1.3, rows, columns, VALUE) for name, (x, rows, columns) in sizes.items()}
        blocks |= {f"d{name}": Block(x, 7.2, rows, columns, GRADIENT) for name, (x, rows, columns) in sizes.items()}
        self.board = Board(axes, blocks, 17.0, 11.4, two_decimals)
        axes.set_title("Values forward (above), gradients back (below)")
        for name, block in blocks.items():
            axes.text(block.left + block.columns / 2, block.top - 0.15, name, ha="center", va="bottom",
                      color=block.color, fontsize="small")  # fmt: skip
        for x, word in ((4.05, "z = W x + b"), (8.25, "h = max(0, z)"), (11.95, "s = U h + c"), (15.65, "loss")):
            box = {"boxstyle": "round", "facecolor": style.PAPER, "edgecolor": style.INK}
            axes.text(x, 6.0, word, ha="center", va="center", fontsize="small", bbox=box, zorder=3)
        axes.plot([0.1, 16.9], [6.0, 6.0], color=style.GREY, linewidth=1.2, zorder=1)
        self.moving(*self.board.artists)

    def update(self, x: Array, k: int, truth: int, loss: str) -> None:
        self.shown = {"x": x, "k": k, "truth": truth, "loss": loss}
        tensors = run_network({**self.fixed, "x": x}, LOSSES[loss], truth)
        self.arrays = {name: t.data.reshape(t.shape[-1] if name in "xzhs" else t.shape) for name, t in tensors.items()}
        self.arrays |= {f"d{name}": t.grad.reshape(self.arrays[name].shape) for name, t in tensors.items()}
        known = {name for name, _ in STEPS[:k]}
        self.board.write({n: a for n, a in self.arrays.items() if n in tensors or n in known})
        name, needs = STEPS[k - 1] if k else ("", ())
        self.board.light_blocks(needs)
        self.board.ring([name] if k else [])
        self.gap = self._measure(name[1:]) if k > 1 else 0.0

    def _measure(self, name: str) -> float:
        """Return the largest difference between the gradient by `name` and the measured one."""
        loss, label = LOSSES[self.shown["loss"]], np.array([self.shown["truth"]])
        values = {n: a.copy() for n, a in self.arrays.items() if n in NODES}

        def value(_array: Array) -> float:
            z = values["W"] @ values["x"] + values["b"] if name in "xWb" else values["z"]
            h = np.maximum(z, 0) if name in "xWbz" else values["h"]
            s = values["s"] if name == "s" else values["U"] @ h + values["c"]
            return float(loss(s[None], label)[0])

        measured = numerical_gradient(value, values[name])
        return float(np.abs(measured - self.arrays[f"d{name}"]).max())

    def describe(self) -> str:
        k, names = self.shown["k"], self.names
        s, L = self.arrays["s"], float(self.arrays["L"])
        if not k:
            said = " and ".join(f"{name} {value:.4f}" for name, value in zip(names, s, strict=True))
            return (f"The network says {said}; the truth is {names[self.shown['truth']]}, the loss {L:.4f}. Next: "
                    "the way back.").replace("-", MINUS)  # fmt: skip
        if k == 1:
            return "Step 1 of 9: dL = 1. The loss changes as much as itself."
        sentence = self._formula(STEPS[k - 1][0])
        kink = "Measured it is not the same: a sum is 0, at the kink of the ReLU."
        return f"Step {k} of 9: {sentence} {'It agrees with the measured one.' if self.gap < 1e-6 else kink}"

    def _formula(self, name: str) -> str:
        """Write the formula of a step, and its first entry with numbers."""
        a, truth = self.arrays, self.shown["truth"]
        target = np.eye(2)[truth]
        if name == "ds" and self.shown["loss"] == "L2 loss":
            numbers = f"2 ({few_digits(a['s'][0])} {MINUS} {target[0]:.0f}) = {few_digits(a['ds'][0])}"
            return f"ds = 2 (s {MINUS} y*); ds[0] = {numbers}."
        if name == "ds":
            p = losses.softmax(a["s"][None])[0]
            numbers = f"{few_digits(p[0])} {MINUS} {target[0]:.0f} = {few_digits(a['ds'][0])}"
            return f"ds = p {MINUS} y*, p = softmax(s); ds[0] = {numbers}."
        if name in ("dc", "db"):
            source = {"dc": "ds", "db": "dz"}[name]
            return f"{name} = {source}: a bias is added, and a sum passes its gradient on as it is."
        if name in ("dU", "dW"):
            up, x = {"dU": ("ds", "h"), "dW": ("dz", "x")}[name]
            return (f"{name}[i,j] = {up}[i] {DOT} {x}[j]; "
                    f"{name}[0,0] = {in_brackets(a[up][0])} {DOT} {in_brackets(a[x][0])} = "
                    f"{few_digits(a[name][0, 0])}.")  # fmt: skip
        if name == "dz":
            awake = int((a["z"] > 0).sum())
            return f"dz = dh where z > 0, else 0: {awake} of 3 neurons {'is' if awake == 1 else 'are'} awake."
        W, up = {"dh": ("U", "ds"), "dx": ("W", "dz")}[name]
        terms = " + ".join(f"{in_brackets(w)} {DOT} {in_brackets(g)}" for w, g in zip(a[W][:, 0], a[up], strict=True))
        return f"{name} = {W}ᵀ {up}; {name}[0] = {terms} = {few_digits(a[name][0])}."

    def advance(self) -> bool:
        self.set(k=min(len(STEPS), self.k.value + 1))
        return self.k.value < len(STEPS)

    def rewind(self) -> None:
        self.set(k=0)

    def arrange(self) -> Widget:
        top = row(self.inputs.widget, self.player.widget, self.reset_button)
        return column(top, row(self.k.widget, self.loss.widget), row(self.truth.widget), self.x.widget)
