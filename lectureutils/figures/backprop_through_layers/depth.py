"""A gradient on its way back through many layers is multiplied at each: it vanishes, explodes, or keeps its length.

What decides is the scale of the weights, and how much of it the bends let pass.
"""

import numpy as np
from matplotlib.figure import Figure

from lectureutils import style
from lectureutils.autodiff import Tensor, affine, call
from lectureutils.figures.shared.words import MINUS, counted
from lectureutils.live import LiveFigure, presets, put, slider

Array = np.ndarray
LABELS = {"sigmoid": "sigmoid", "relu": "ReLU"}


class DepthFigure(LiveFigure):
    """Send a gradient back through up to 30 layers of 24 neurons, with sigmoid and with ReLU.

    Weights are normal with standard deviation scale / sqrt(24). Left the length of dL/dh at every layer, in multiples
    of that at the last; right the mean slope of the bend, the local gradient. Slide topic: exploding gradient.
    """

    size = (700, 380)
    layout = "depth scale / presets reset"
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
        left.set(
            xlabel="layer (0: the input)",
            ylabel="length (last layer: 1)",
            title="How long is the gradient at each layer?",
        )
        powers = np.arange(-24, 19, 6)
        left.set_yticks(10.0**powers, [f"$10^{{{power}}}$" for power in powers])
        left.axhline(1, color=style.GREY, linewidth=1, linestyle=":")
        right.set(ylim=(0, 1.02), xlim=(-0.5, self.deepest + 0.5), xlabel="layer", ylabel="mean slope")
        right.set_title("How much a bend lets pass")
        right.axhline(0.25, color=style.GREY, linewidth=1, linestyle=":")
        note = {
            "ha": "right",
            "va": "bottom",
            "fontsize": 10 * style.SMALL * style.current_scale(),
            "color": style.GREY,
        }
        right.text(self.deepest, 0.26, "¼, the most of a sigmoid", **note)
        self.lines, self.slopes = {}, {}
        for name, color, marker, dash in (("sigmoid", style.BLUE, "o", "-"), ("relu", style.RED, "s", "--")):
            look = {"marker": marker, "markersize": 5 * style.current_scale(), "linewidth": 1.3, "label": LABELS[name]}
            self.lines[name] = self.curve(left, color, dash, **look)
            self.slopes[name] = self.curve(right, color, dash, **look)
        left.legend(loc="upper left", ncols=2, fontsize=10 * style.SMALL * style.current_scale())

    def update(self, depth: int, scale: float) -> str:
        said, ends = [], []
        for name in LABELS:
            lengths, slopes = self._through(name, depth, scale)
            inside = (lengths > 0) & (lengths < 1e300)
            put(self.lines[name], np.arange(depth + 1), np.where(inside, lengths, np.nan))
            put(self.slopes[name], np.arange(1, depth + 1), slopes)
            ends.append(lengths[0])
            said.append(f"{LABELS[name]}: {say_growth(lengths[0], depth)}")
        far = " A line runs out of the picture." if min(ends) < self.low or max(ends) > self.high else ""
        text = f"{counted(depth, 'layer')}, weight scale {scale:.2f}. With {'; with '.join(said)}.{far}"
        return text.replace("-", MINUS)

    def _through(self, bend: str, depth: int, scale: float) -> tuple[Array, Array]:
        """Return the relative lengths of dL/dh (depth + 1,) and the mean slopes of the bends (depth,)."""
        hs, slopes = [Tensor(self.x)], []
        for W in self.random[:depth]:
            h = call(bend, (affine(hs[-1], scale * W),))
            hs.append(h)
            slopes.append(np.mean(h.data > 0) if bend == "relu" else np.mean(h.data * (1 - h.data)))
        hs[-1].backward(self.upstream)
        lengths = np.array([np.linalg.norm(node.grad) for node in hs])
        return lengths / lengths[-1], np.array(slopes)


def say_growth(whole: float, depth: int) -> str:
    """Say what becomes of a gradient that is `whole` times as long after all layers."""
    per_layer = whole ** (1 / depth)
    word = "explodes" if per_layer > 1.15 else "vanishes" if per_layer < 0.85 else "keeps about its length"
    return f"times {per_layer:.2f} per layer, {whole:.2g} in all, it {word}"
