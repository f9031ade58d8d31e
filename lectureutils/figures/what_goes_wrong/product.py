"""One weight multiplied with itself, layer after layer: the smallest network whose gradient explodes and vanishes.

Its loss is a plain, a hole and a cliff, and gradient descent on it shows what clipping is good for.
"""

import numpy as np
from matplotlib.figure import Figure

from lectureutils import style
from lectureutils.figures.shared.words import counted
from lectureutils.live import LiveFigure, Player, log_slider, put, slider, toggle
from lectureutils.optim import clip


def product_loss(w: float, depth: int) -> tuple[float, float]:
    """Return L = (w^depth - 1)^2 and dL/dw = 2 (w^depth - 1) depth w^(depth - 1), inf where they overflow."""
    with np.errstate(over="ignore", invalid="ignore"):
        product = np.float64(w) ** depth
        return float((product - 1) ** 2), float(2 * (product - 1) * depth * np.float64(w) ** (depth - 1))


class ProductFigure(LiveFigure):
    """Multiply one weight with itself, layer after layer, and descend on the loss that this makes.

    Left the product after each layer. Right the loss (w^depth - 1)^2 over w: a plain, a hole at w = 1 and a cliff
    behind it, with the steps of gradient descent, clipped or not. Slide topic: exploding gradient; Pascanu, Mikolov
    and Bengio 2013.
    """

    telling = {"step": 1}
    size = (700, 390)
    layout = "w depth / rate step / clipping max_norm / player reset"
    last = 40
    low, high = -0.25, 1.75
    floor, roof = 1e-8, 1e8

    def __init__(self, w: float = 1.2, depth: int = 20, learning_rate: float = 1e-3, max_norm: float = 10.0):
        super().__init__(
            slider("w", w, 0.0, 1.6, 0.01, label="Start w"),
            slider("depth", depth, 1, 60, 1, label="Layers"),
            log_slider("rate", learning_rate, 1e-5, 1e-1, label="Learning rate"),
            toggle("clipping", False, "Clip the gradient"),
            log_slider("max_norm", max_norm, 0.1, 1000.0, label="Clip to"),
            slider("step", 0, 0, self.last, 1, label="Step"),
            Player(150, "step"),
        )

    def draw(self, fig: Figure) -> None:
        layers, self.plane = fig.subplots(1, 2, width_ratios=[1, 1.2])
        layers.set(ylim=(self.floor, self.roof), xlim=(0, 20))
        layers.set_title("How large is the product of k layers?", pad=10)
        layers.set(xlabel="layer k", ylabel="size of w ** k")
        self.layers = layers
        note = {"color": style.GREY, "transform": layers.get_yaxis_transform(), "ha": "right", "va": "center"}
        layers.text(0.98, 1e7, "explodes", **note)
        layers.text(0.98, 1e-7, "vanishes", **note)
        powers = np.arange(-8, 9, 4)
        for axes in (layers, self.plane):
            axes.set_yscale("log")
            axes.set_yticks(10.0**powers, [f"$10^{{{power}}}$" for power in powers])
            axes.minorticks_off()
        layers.axhline(1, color=style.GREY, linewidth=1, linestyle=":")
        self.plane.set(ylim=(1e-6, self.roof), xlim=(self.low, self.high), xlabel="w", ylabel="loss")
        self.plane.set_title("Where do the steps on the loss go?", pad=10)  # a mark may stand at the upper edge
        for w, loss, word in ((0.2, 8, "plain"), (1.06, 1e-5, "hole"), (1.18, 1e6, "cliff")):
            self.plane.text(w, loss, word, color=style.GREY, va="center")
        points = {"marker": "o", "markersize": 3.5 * style.current_scale()}
        self.product = self.curve(layers, style.BLUE, linewidth=1.5 * style.current_scale(), **points)
        self.end = self.dot(layers, "D", style.AMBER, 8, clip_on=False)
        self.valley = self.curve(self.plane, style.INK, linewidth=1.8 * style.current_scale())
        self.path = self.curve(self.plane, style.RED, linewidth=1.5 * style.current_scale(), zorder=4, **points)
        self.begin = self.handle(self.dot(self.plane, "o", style.PAPER, 13, clip_on=False), x="w")
        self.here = self.dot(self.plane, "D", style.AMBER, 7, clip_on=False)

    def update(self, w: float, depth: int, rate: float, clipping: bool, max_norm: float, step: int) -> str:
        walk = descent_on_product(w, depth, rate, max_norm if clipping else None, step)
        now, k = np.float64(walk[-1]), np.arange(depth + 1)
        wide = 20 * -(-depth // 20)
        if self.layers.get_xlim() != (0, wide):
            self.layers.set(xlim=(0, wide), xticks=range(0, wide + 1, wide // 4))
        with np.errstate(over="ignore"):
            put(self.product, k, np.abs(now) ** k)
            put(self.end, depth, np.clip(abs(now) ** depth, self.floor, self.roof))
        places = np.linspace(self.low, self.high, 400)
        put(self.valley, places, np.maximum((places**depth - 1) ** 2, 1e-7))
        path = np.clip([(at, product_loss(at, depth)[0]) for at in walk], (self.low, 1e-6), (self.high, self.roof))
        put(self.path, path)  # what is off the map stands at its edge
        put(self.begin, path[0])
        put(self.here, path[-1])
        loss, slope = product_loss(now, depth)
        layers = counted(depth, "layer")
        if not (np.isfinite(loss) and np.isfinite(slope)):
            return f"Step {len(walk) - 1}: w = {now:.3g}. With {layers} no float can hold the loss: exploded."
        clipped = f", clipped to {max_norm:.3g}" if abs(slope) > max_norm else f", below {max_norm:.3g}"
        if not clipping:
            clipped = f" (clipping to {max_norm:.3g} is off)"
        return (
            f"Step {len(walk) - 1}: w = {now:.4g}, {layers}, w ** {depth} = {now**depth:.3g}. Loss {loss:.3g}, "
            f"gradient {slope:.3g}{clipped}: {self.verdict(now, loss, slope, rate, max_norm if clipping else np.inf)}."
        )

    def verdict(self, w: float, loss: float, slope: float, rate: float, limit: float) -> str:
        """Say where w is, and what the next step does."""
        length, unclipped = rate * min(abs(slope), limit), rate * abs(slope)
        if not self.low <= w <= self.high:
            return "thrown off the map"
        if loss < 1e-3:
            return "arrived at the hole, w = 1"
        if length > 0.5:
            return f"exploding, the next step is {length:.3g} long"
        if abs(slope) < 1e-3:
            return "vanishing, it hardly moves"
        instead = f" instead of {unclipped:.2g}" if length < unclipped else ""
        return f"the next step is {length:.2g} long{instead}"


def descent_on_product(w: float, depth: int, rate: float, limit: float | None, steps: int) -> list[float]:
    """Return the places of gradient descent, clipped to `limit`; it ends where the loss is no longer finite."""
    walk = [w]
    for _ in range(steps):
        gradient = product_loss(walk[-1], depth)[1]
        if not np.isfinite(gradient):
            break
        (step,) = clip([np.array(gradient)], limit) if limit else (gradient,)
        walk.append(walk[-1] - rate * float(step))
    return walk
