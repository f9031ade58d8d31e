"""The way back through a whole network: each gradient right below what it belongs to, in the same shape.

The network is z = W x + b, h = ReLU(z), s = U h + c, with a loss of s. `autodiff` computes all gradients, and each is
measured as well. The same engine shows several losses pulling at one network, and gradients in very deep ones.
"""

import numpy as np
from matplotlib.figure import Figure

from lectureutils import style
from lectureutils.autodiff import Tensor, affine, call
from lectureutils.figures.shared.words import MINUS
from lectureutils.live import LiveFigure, Widget, column, presets, row, slider

Array = np.ndarray


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
