"""The way back through a whole network: each gradient right below what it belongs to, in the same shape.

The network is z = W x + b, h = ReLU(z), s = U h + c, with a loss of s. `autodiff` computes all gradients, and each is
measured as well. The same engine shows several losses pulling at one network, and gradients in very deep ones.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import losses, plots, style, validate
from lectureutils.autodiff import Tensor, affine, call, fused
from lectureutils.figures.blocks import MINUS, Block, Board, factor, short, tight
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
        self.board = Board(axes, blocks, 17.0, 11.4, tight)
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
            numbers = f"2 ({short(a['s'][0])} {MINUS} {target[0]:.0f}) = {short(a['ds'][0])}"
            return f"ds = 2 (s {MINUS} y*); ds[0] = {numbers}."
        if name == "ds":
            p = losses.softmax(a["s"][None])[0]
            numbers = f"{short(p[0])} {MINUS} {target[0]:.0f} = {short(a['ds'][0])}"
            return f"ds = p {MINUS} y*, p = softmax(s); ds[0] = {numbers}."
        if name in ("dc", "db"):
            source = {"dc": "ds", "db": "dz"}[name]
            return f"{name} = {source}: a bias is added, and a sum passes its gradient on as it is."
        if name in ("dU", "dW"):
            up, x = {"dU": ("ds", "h"), "dW": ("dz", "x")}[name]
            return (f"{name}[i,j] = {up}[i] {DOT} {x}[j]; {name}[0,0] = {factor(a[up][0])} {DOT} {factor(a[x][0])} = "
                    f"{short(a[name][0, 0])}.")  # fmt: skip
        if name == "dz":
            awake = int((a["z"] > 0).sum())
            return f"dz = dh where z > 0, else 0: {awake} of 3 neurons {'is' if awake == 1 else 'are'} awake."
        W, up = {"dh": ("U", "ds"), "dx": ("W", "dz")}[name]
        terms = " + ".join(f"{factor(w)} {DOT} {factor(g)}" for w, g in zip(a[W][:, 0], a[up], strict=True))
        return f"{name} = {W}ᵀ {up}; {name}[0] = {terms} = {short(a[name][0])}."

    def advance(self) -> bool:
        self.set(k=min(len(STEPS), self.k.value + 1))
        return self.k.value < len(STEPS)

    def rewind(self) -> None:
        self.set(k=0)

    def arrange(self) -> Widget:
        top = row(self.inputs.widget, self.player.widget, self.reset_button)
        return column(top, row(self.k.widget, self.loss.widget), row(self.truth.widget), self.x.widget)


# ---- several losses on one network

class LossesFigure(LiveFigure):
    """Let two losses and a penalty pull at the same W and b, each with a weight on a slider.

    L = a * class loss + m * mass loss + lam * sum of W^2. The class loss looks at s = U h + c, the mass loss is
    (v . h - mass)^2. Arrows stand in the plane of the two losses' gradients; what leaves it is not drawn. Slide topic:
    multiple losses on one network.
    """

    size = (700, 380)
    reach_of_arrows, reach_of_bars, rate = 8.0, 0.3, 0.01

    def __init__(self, W: ArrayLike, b: ArrayLike, U: ArrayLike, c: ArrayLike, x: ArrayLike, label: int,
                 v: ArrayLike = (0.5, 0.3, -0.4), mass: float = 1.5):  # fmt: skip
        self.fixed = {"W": validate.numbers(W, "W", "3 4"), "b": validate.numbers(b, "b", "3"),
                      "x": validate.numbers(x, "x", "4"),
                      "U": validate.numbers(U, "U", "2 3"), "c": validate.numbers(c, "c", "2")}  # fmt: skip
        self.label = label
        self.weights = [slider("a", 1.0, 0.0, 2.0, 0.05, label="Class loss ×"),
                        slider("m", 1.0, 0.0, 2.0, 0.05, label="Mass loss ×"),
                        slider("lam", 0.0, 0.0, 1.0, 0.02, label="Penalty ×")]  # fmt: skip
        self.mass = slider("mass", mass, 0.0, 2.0, 0.1, label="True mass")
        self.v = matrix("v", validate.numbers(v, "v", "3"), -1, 1, 0.05)
        super().__init__(*self.weights, self.mass, self.v)

    def draw(self, fig: Figure) -> None:
        left, right = fig.subplots(1, 2, width_ratios=[1.15, 1])
        far = self.reach_of_arrows
        left.set(xlim=(-far, far), ylim=(-far, far), aspect="equal", title="Downhill arrows on W and b")
        left.set(xlabel="along the class loss's own", ylabel="across it")
        left.axhline(0, color=style.PALE, linewidth=1)
        left.axvline(0, color=style.PALE, linewidth=1)
        looks = [("class loss", style.BLUE, "-", "o"), ("mass loss", style.RED, "--", "s"),
                 ("penalty", style.GREEN, ":", "^"), ("all together", style.INK, "-", "*")]  # fmt: skip
        scale = style.current_scale()
        self.arrows = [left.plot([], [], dash, marker=marker, color=color, label=name, markevery=[1], zorder=3 + n,
                                 markersize=(13 if n == 3 else 9) * scale, linewidth=(3.2 if n == 3 else 2) * scale)[0]
                       for n, (name, color, dash, marker) in enumerate(looks)]  # fmt: skip
        left.legend(loc="lower left", fontsize="small")
        names = ["class loss", "mass loss", "penalty"]
        self.bars = plots.class_bars(right, names, -self.reach_of_bars, self.reach_of_bars)
        right.set(title=f"What one step of rate {self.rate:g} does", xlabel="change of the loss (left: better)")
        self.moving(*self.arrows, *self.bars)

    def update(self, a: float, m: float, lam: float, mass: float, v: Array) -> None:
        self.share = np.array([a, m, lam])
        now, gradients = self._losses(self.fixed["W"], self.fixed["b"], mass, v)
        weighted = self.share[:, None] * gradients
        total = weighted.sum(axis=0)
        W, b = self.fixed["W"] - self.rate * total[:12].reshape(3, 4), self.fixed["b"] - self.rate * total[12:]
        self.values_now, self.gradients, self.total = now, gradients, total
        self.changes = self._losses(W, b, mass, v)[0] - now
        self.tips = -np.array([*weighted, total]) @ _plane(gradients[0], gradients[1]).T
        for arrow, tip in zip(self.arrows, self.tips, strict=True):
            arrow.set_data([0, tip[0]], [0, tip[1]])
        plots.set_bars(self.bars, self.changes)

    def _losses(self, W: Array, b: Array, mass: float, v: Array) -> tuple[Array, Array]:
        """Return the three losses (3,) and their gradients (3, 15) by all of W and b."""
        values, gradients = [], []
        for which in range(3):
            tW, tb = Tensor(W, "W"), Tensor(b, "b")
            h = affine(np.asarray(self.fixed["x"])[None], tW, tb).relu()
            s = affine(h, self.fixed["U"], self.fixed["c"])
            loss = (fused(losses.cross_entropy, s, np.array([self.label])), ((h @ v - mass) ** 2).sum(),
                    (tW * tW).sum())[which]  # fmt: skip
            loss.backward()
            values.append(float(loss.data))
            gradients.append(np.concatenate([tW.grad.ravel(), np.zeros(3) if tb.grad is None else tb.grad]))
        return np.array(values), np.array(gradients)

    def describe(self) -> str:
        one, two = self.gradients[:2]
        lengths = np.linalg.norm(one) * np.linalg.norm(two)
        now = ", ".join(f"{name} {value:.3f}" for name, value in
                        zip(("Class loss", "mass loss", "penalty"), self.values_now, strict=True))  # fmt: skip
        if lengths < 1e-9:
            angle = "One of the two losses has no gradient here."
        else:
            degrees = np.degrees(np.arccos(np.clip(one @ two / lengths, -1, 1)))
            word = "they pull against each other" if degrees > 90 else "they help each other"
            angle = f"The first two stand at {degrees:.0f}°: {word}."
        rises = [name for name, change in zip(("class loss", "mass loss", "penalty"), self.changes, strict=True)
                 if change > 1e-9]  # fmt: skip
        step = f"One step lets the {' and the '.join(rises)} rise." if rises else "One step lets nothing rise."
        far = " An arrow runs out of the picture." if np.abs(self.tips).max() > self.reach_of_arrows else ""
        far += " A bar runs out of the picture." if np.abs(self.changes).max() > self.reach_of_bars else ""
        return f"{now}. {angle} {step}{far}".replace("-", MINUS)

    def arrange(self) -> Widget:
        a, m, lam = (part.widget for part in self.weights)
        return column(row(a, m), row(lam, self.mass.widget), row(self.v.widget, self.reset_button))


def _plane(one: Array, two: Array) -> Array:
    """Return two unit vectors (2, P) of the plane of two vectors, the first downhill along `one`."""
    along = one if np.linalg.norm(one) > 1e-9 else two
    if not np.linalg.norm(along) > 1e-9:
        along = np.eye(len(one))[0]
    along = -along / np.linalg.norm(along)
    across = -(two - (two @ along) * along)
    if not np.linalg.norm(across) > 1e-9:
        across = np.eye(len(one))[-1] - along[-1] * along
    return np.array([along, across / np.linalg.norm(across)])


# ---- many layers

class DepthFigure(LiveFigure):
    """Send a gradient back through up to 30 layers of 24 neurons, with sigmoid and with ReLU.

    Weights are normal with standard deviation scale / sqrt(24). Left the length of dL/dh at every layer, in multiples
    of that at the last; right the mean slope of the bend, the local gradient. Slide topic: exploding gradient.
    """

    size = (700, 380)
    width, deepest = 24, 30
    low, high = 1e-24, 1e18

    def __init__(self, depth: int = 12, scale: float = 1.0, seed: int = 3):
        rng = np.random.default_rng(seed)
        self.random = rng.standard_normal((self.deepest, self.width, self.width)) / np.sqrt(self.width)
        self.x = rng.standard_normal((8, self.width))
        self.upstream = rng.standard_normal((8, self.width))
        super().__init__(
            slider("depth", depth, 1, self.deepest, 1, label="Layers"),
            slider("scale", scale, 0.5, 5.0, 0.02, label="Weight scale"),
            presets("Scale", {"1": {"scale": 1.0}, "√2 (He)": {"scale": 1.42}, "4": {"scale": 4.0}}),
        )

    def draw(self, fig: Figure) -> None:
        left, right = fig.subplots(1, 2, width_ratios=[1.4, 1])
        left.set(yscale="log", ylim=(self.low, self.high), xlim=(-0.5, self.deepest + 0.5))
        left.set(xlabel="layer (0: the input)", ylabel="length, last layer = 1", title="Gradient on its way back")
        left.axhline(1, color=style.GREY, linewidth=1, linestyle=":")
        right.set(ylim=(0, 1.02), xlim=(-0.5, self.deepest + 0.5), xlabel="layer", ylabel="mean slope of the bend")
        right.set_title("How much a bend lets pass")
        right.axhline(0.25, color=style.GREY, linewidth=1, linestyle=":")
        right.text(self.deepest, 0.26, "¼, the most of a sigmoid", ha="right", va="bottom", fontsize="small",
                   color=style.GREY)  # fmt: skip
        looks = {"sigmoid": (style.BLUE, "o", "-"), "relu": (style.RED, "s", "--")}
        size = {"markersize": 5 * style.current_scale(), "linewidth": 1.3}
        self.lines, self.slopes = {}, {}
        for name, (color, marker, dash) in looks.items():
            look = {"color": color, "marker": marker, "linestyle": dash, "label": {"relu": "ReLU"}.get(name, name)}
            self.lines[name] = left.plot([], [], **look, **size)[0]
            self.slopes[name] = right.plot([], [], **look, **size)[0]
        left.legend(loc="upper left", ncols=2, fontsize="small")
        spines = [spine for axes in (left, right) for spine in axes.spines.values()]
        self.moving(*self.lines.values(), *self.slopes.values(), *spines)

    def update(self, depth: int, scale: float) -> None:
        self.depth, self.scale = depth, scale
        self.lengths, self.mean_slopes = {}, {}
        for name in self.lines:
            lengths, slopes = self._through(name, depth, scale)
            self.lengths[name], self.mean_slopes[name] = lengths, slopes
            inside = (lengths > 0) & (lengths < 1e300)
            self.lines[name].set_data(np.arange(depth + 1), np.where(inside, lengths, np.nan))
            self.slopes[name].set_data(np.arange(1, depth + 1), slopes)

    def _through(self, bend: str, depth: int, scale: float) -> tuple[Array, Array]:
        """Return the relative lengths of dL/dh (depth + 1,) and the mean slopes of the bends (depth,)."""
        h, hs, slopes = Tensor(self.x), [], []
        hs.append(h)
        for W in self.random[:depth]:
            h = call(bend, (affine(h, scale * W),))
            hs.append(h)
            slopes.append(np.mean(h.data > 0) if bend == "relu" else np.mean(h.data * (1 - h.data)))
        h.backward(self.upstream)
        lengths = np.array([np.linalg.norm(node.grad) for node in hs])
        return lengths / lengths[-1], np.array(slopes)

    def describe(self) -> str:
        said = []
        for name, lengths in self.lengths.items():
            per_layer = lengths[0] ** (1 / self.depth)
            word = "explodes" if per_layer > 1.15 else "vanishes" if per_layer < 0.85 else "keeps about its length"
            label = {"relu": "ReLU"}.get(name, name)
            said.append(f"{label}: times {per_layer:.2f} per layer, {lengths[0]:.2g} in all, it {word}")
        ends = [lengths[0] for lengths in self.lengths.values()]
        far = " A line runs out of the picture." if min(ends) < self.low or max(ends) > self.high else ""
        count = f"{self.depth} layer{'s' * (self.depth > 1)}"
        return f"{count}, weight scale {self.scale:.2f}. With {'; with '.join(said)}.{far}".replace("-", MINUS)

    def arrange(self) -> Widget:
        depth, scale, buttons = (part.widget for part in self.parts)
        return column(row(depth, scale), row(buttons, self.reset_button))
