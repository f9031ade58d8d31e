"""What goes wrong on the way downhill: valleys that are not the lowest, gradients that explode, gradients that lie.

Each trouble is shown where it is smallest: two weights of a wave, one weight multiplied with itself, a stack of random
layers, a straight line. What happens there happens in networks with millions of weights as well.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure

from lectureutils import style
from lectureutils.live import LiveFigure, Widget, choice, column, log_slider, row, slider, toggle
from lectureutils.optim import clip, gradient_norm

Array = np.ndarray
ACTIVATIONS: dict[str, tuple[Callable, Callable]] = {
    "none (linear)": (lambda z: z, lambda z: np.ones_like(z)),
    "ReLU": (lambda z: np.maximum(z, 0), lambda z: (z > 0).astype(float)),
    "tanh": (np.tanh, lambda z: 1 / np.cosh(np.clip(z, -300, 300)) ** 2),
}


class Norms(NamedTuple):
    """Lengths at each layer: of the signal h (D + 1,), of dL/dh (D + 1,) and of dL/dW (D,)."""

    signal: Array
    gradient: Array
    weights: list[Array]


def through_layers(weights: Sequence[Array], x: Array, upstream: Array, activation: str) -> Norms:
    """Send x (N, K) through h = activation(h @ W.T), layer after layer, and the gradient `upstream` (N, K) back.

    Each W is (K, K). The weights' gradients are returned whole, the signal and its gradient as lengths. Slide topic:
    exploding gradient.
    """
    act, slope = ACTIVATIONS[activation]
    hs, zs = [x], []
    for W in weights:
        zs.append(hs[-1] @ W.T)
        hs.append(act(zs[-1]))
    dh, arrived, dWs = upstream, [upstream], []
    for W, h, z in zip(weights[::-1], hs[-2::-1], zs[::-1], strict=True):
        dz = dh * slope(z)
        dWs.append(dz.T @ h)
        dh = dz @ W
        arrived.append(dh)
    return Norms(
        np.array([gradient_norm([h]) for h in hs]), np.array([gradient_norm([d]) for d in arrived[::-1]]), dWs[::-1]
    )


class SignalFigure(LiveFigure):
    """Show how long signal and gradient are at each layer of a random network, and what clipping changes.

    Each layer has `width` x `width` random weights; at scale 1 a linear layer keeps lengths on average. The loss passes
    a gradient of length 1 into the last layer. Slide topic: exploding gradient.
    """

    size = (690, 400)
    deepest = 50
    low, high = 1e-12, 1e12

    def __init__(
        self, depth: int = 30, scale: float = 1.5, activation: str = "none (linear)", width: int = 24, seed: int = 0
    ):
        rng = np.random.default_rng(seed)
        self.random = rng.standard_normal((self.deepest, width, width)) / np.sqrt(width)
        self.x, upstream = rng.standard_normal((2, 8, width))
        self.x, self.upstream = (part / gradient_norm([part]) for part in (self.x, upstream))
        super().__init__(
            slider("depth", depth, 2, self.deepest, 1, label="Layers"),
            slider("scale", scale, 0.5, 2.5, 0.01, label="Weight scale"),
            choice("activation", list(ACTIVATIONS), activation, label="Activation"),
            toggle("clipping", False, "Clip the gradient"),
            log_slider("max_norm", 1.0, 0.01, 100.0, label="Clip to"),
        )

    def draw(self, fig: Figure) -> None:
        self.axes = axes = fig.subplots()
        axes.set(yscale="log", ylim=(self.low, self.high), xlim=(-0.5, self.deepest + 0.5))
        axes.set(xlabel="layer (0: the input)", ylabel="length", title="Lengths")
        axes.axhline(1, color=style.GREY, linewidth=1, linestyle=":")
        size = 5 * style.current_scale()
        look = {"linewidth": 1.2, "markersize": size}
        self.signal = axes.plot([], [], "o--", color=style.BLUE, label="signal, forward", **look)[0]
        self.gradient = axes.plot([], [], "s-", color=style.RED, label="gradient, backward", **look)[0]
        self.weights = axes.plot([], [], "^-", color=style.GREEN, label="gradient of W", **look)[0]
        axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=3, fontsize="small", borderpad=0)
        self.moving(self.signal, self.gradient, self.weights, *axes.spines.values())

    def update(self, depth: int, scale: float, activation: str, clipping: bool, max_norm: float) -> None:
        self.depth, self.activation, self.offered = depth, activation, max_norm
        self.limit = max_norm if clipping else None
        weights = list(scale * self.random[:depth])
        self.norms = through_layers(weights, self.x, self.upstream, activation)
        self.total = gradient_norm(self.norms.weights)
        dWs = clip(self.norms.weights, max_norm) if clipping else self.norms.weights
        self.lengths = np.array([gradient_norm([dW]) for dW in dWs])
        layers = np.arange(depth + 1)
        for line, at, values in (
            (self.signal, layers, self.norms.signal),
            (self.gradient, layers, self.norms.gradient),
            (self.weights, layers[1:], self.lengths),
        ):
            line.set_data(at, np.where(values > 0, values, np.nan))

    def describe(self) -> str:
        back = self.norms.gradient[0]
        factor = back ** (1 / self.depth)
        verdict = "explodes" if factor > 1.08 else "vanishes" if factor < 0.92 else "keeps about its length"
        if self.limit is not None and self.total > self.limit:
            held = f", clipped to {self.limit:.3g}: every layer times {self.limit / self.total:.2g}"
        elif self.limit is not None:
            held = f", below {self.limit:.3g}: nothing is clipped"
        else:
            held = f", clipping to {self.offered:.3g} is off"
        return (
            f"{self.depth} layers, {self.activation}: going back, the gradient is multiplied by about {factor:.2f} per "
            f"layer, {back:.2g} in all: it {verdict}. All gradients of W together have length {self.total:.3g}{held}. "
            f"First layer {self.lengths[0]:.2g}, last layer {self.lengths[-1]:.2g}."
        )

    def arrange(self) -> Widget:
        depth, scale, activation, clipping, limit = (part.widget for part in self.parts)
        return column(row(depth, scale), row(activation), row(clipping, limit, self.reset_button))
