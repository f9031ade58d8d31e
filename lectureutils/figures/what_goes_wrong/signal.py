"""How long signal and gradient are at each layer of a random network: they explode, hold or vanish layer by layer.

Clipping shortens all gradients by one factor, and so keeps the ratio of the layers.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure

from lectureutils import style
from lectureutils.live import LiveFigure, Narrow, choice, log_slider, put, slider, toggle
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


def normalised(z: Array) -> tuple[Array, Callable[[Array], Array]]:
    """Bring each row of z (N, K) to the length 1 / root of N; return it, and what takes its gradient back to that of z.

    It is what today's networks do in each layer (RMS normalisation), but for a factor: there each entry is about 1.
    """
    length = np.sqrt((z**2).sum(axis=1, keepdims=True))
    length[length == 0] = np.inf  # a row of zeros stays one, and no gradient comes through it
    unit, factor = z / length, 1 / np.sqrt(len(z))
    return factor * unit, lambda d: factor / length * (d - unit * (unit * d).sum(axis=1, keepdims=True))


def through_layers(
    weights: Sequence[Array], x: Array, upstream: Array, activation: str, normalise: bool = False
) -> Norms:
    """Send x (N, K) through h = activation(h @ W.T), layer after layer, and the gradient `upstream` (N, K) back.

    Each W is (K, K). With `normalise` the rows of h @ W.T are brought to one length before the activation. The weights'
    gradients are returned whole, the signal and its gradient as lengths. Slide topic: exploding gradient.
    """
    act, slope = ACTIVATIONS[activation]
    hs, zs, backs = [x], [], []
    for W in weights:
        z, back = normalised(hs[-1] @ W.T) if normalise else (hs[-1] @ W.T, lambda d: d)
        zs.append(z)
        backs.append(back)
        hs.append(act(z))
    dh, arrived, dWs = upstream, [upstream], []
    for W, h, z, back in zip(weights[::-1], hs[-2::-1], zs[::-1], backs[::-1], strict=True):
        dz = back(dh * slope(z))
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

    telling = {"activation": "tanh", "scale": 2.5, "depth": 40, "clipping": True}
    size = (690, 400)
    narrow = Narrow(380)
    layout = "depth scale / activation normalise / clipping max_norm reset"
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
            toggle("normalise", False, "Normalise each layer"),
            toggle("clipping", False, "Clip the gradient"),
            log_slider("max_norm", 1.0, 0.01, 100.0, label="Clip to"),
        )

    def draw(self, fig: Figure) -> None:
        self.axes = axes = fig.subplots()
        axes.set(yscale="log", ylim=(self.low, self.high), xlim=(-0.5, self.deepest + 0.5))
        axes.set(
            xlabel="layer (0: the input)", ylabel="length", title="How long are signal and gradient in each layer?"
        )
        powers = np.arange(-12, 13, 4)
        axes.set_yticks(10.0**powers, [f"$10^{{{power}}}$" for power in powers])
        axes.axhline(1, color=style.GREY, linewidth=1, linestyle=":")
        look = {"linewidth": 1.5 * style.current_scale(), "markersize": 5 * style.current_scale()}
        self.signal = self.curve(axes, style.BLUE, "--", marker="o", label="signal, forward", **look)
        self.gradient = self.curve(axes, style.RED, marker="s", label="gradient, backward", **look)
        self.weights = self.curve(axes, style.GREEN, marker="^", label="gradient of W", **look)
        axes.legend(
            loc="upper left",
            ncols=1 if self.is_narrow else 3,
            fontsize=10 * style.SMALL * style.current_scale(),
            borderpad=0,
        )

    def update(
        self, depth: int, scale: float, activation: str, normalise: bool, clipping: bool, max_norm: float
    ) -> str:
        norms = through_layers(list(scale * self.random[:depth]), self.x, self.upstream, activation, normalise)
        dWs = clip(norms.weights, max_norm) if clipping else norms.weights
        lengths, layers = np.array([gradient_norm([dW]) for dW in dWs]), np.arange(depth + 1)
        for line, at, values in (
            (self.signal, layers, norms.signal),
            (self.gradient, layers, norms.gradient),
            (self.weights, layers[1:], lengths),
        ):
            put(line, at, np.where(values > 0, values, np.nan))
        back, total = norms.gradient[0], gradient_norm(norms.weights)
        factor = back ** (1 / depth)
        verdict = "explodes" if factor > 1.08 else "vanishes" if factor < 0.92 else "keeps about its length"
        return (
            f"{depth} layers, {activation}{', normalised' if normalise else ''}: going back, the gradient is "
            f"multiplied by about {factor:.2f} per layer, "
            f"{back:.2g} in all: it {verdict}. All gradients of W together have length {total:.3g}, "
            f"{say_clipping(total, clipping, max_norm)}. First layer {lengths[0]:.2g}, last layer {lengths[-1]:.2g}."
        )


def say_clipping(length: float, clipping: bool, max_norm: float) -> str:
    """Say what clipping to `max_norm` does with gradients of this length."""
    if not clipping:
        return f"clipping to {max_norm:.3g} is off"
    if length > max_norm:
        return f"clipped to {max_norm:.3g}: every layer times {max_norm / length:.2g}"
    return f"below {max_norm:.3g}: nothing is clipped"
