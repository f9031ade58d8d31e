"""What goes wrong on the way downhill: valleys that are not the lowest, gradients that explode, gradients that lie.

Each trouble is shown where it is smallest: two weights of a wave, one weight multiplied with itself, a stack of random
layers, a straight line. What happens there happens in networks with millions of weights as well.
"""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lectureutils import style
from lectureutils.figures.shared.stepped import Stepped
from lectureutils.live import Player, Widget, column, log_slider, row, slider, toggle
from lectureutils.optim import clip


def product_loss(w: float, depth: int) -> tuple[float, float]:
    """Return L = (w^depth - 1)^2 and dL/dw = 2 (w^depth - 1) depth w^(depth - 1), inf where they overflow."""
    with np.errstate(over="ignore", invalid="ignore"):
        product = np.float64(w) ** depth
        return float((product - 1) ** 2), float(2 * (product - 1) * depth * np.float64(w) ** (depth - 1))


class ProductFigure(Stepped):
    """Multiply one weight with itself, layer after layer, and descend on the loss that this makes.

    Left the product after each layer. Right the loss (w^depth - 1)^2 over w: a plain, a hole at w = 1 and a cliff
    behind it, with the steps of gradient descent, clipped or not. Slide topic: exploding gradient; Pascanu, Mikolov
    and Bengio 2013.
    """

    size = (700, 390)
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
            Player(150),
        )

    def draw(self, fig: Figure) -> None:
        self.layers, self.plane = fig.subplots(1, 2, width_ratios=[1, 1.2])
        self.layers.set(yscale="log", ylim=(self.floor, self.roof), xlim=(0, 60), title="The product after k layers")
        self.layers.set(xlabel="layer k", ylabel="size of w ** k")
        self.plane.set(yscale="log", ylim=(1e-6, self.roof), xlim=(self.low, self.high), xlabel="w", ylabel="loss")
        self.plane.set_title("Loss and the steps on it")
        self.layers.axhline(1, color=style.GREY, linewidth=1, linestyle=":")
        scale = style.current_scale()
        edge = {"markeredgecolor": style.INK, "clip_on": False, "zorder": 6}
        self.product = self.layers.plot([], [], "o-", color=style.BLUE, linewidth=1.2, markersize=3.5 * scale)[0]
        self.end = self.layers.plot([], [], "D", color=style.ORANGE, markersize=7 * scale, **edge)[0]
        self.curve = self.plane.plot([], [], "-", color=style.GREY, linewidth=1.5)[0]
        self.path = self.plane.plot([], [], "o-", color=style.RED, linewidth=1, markersize=3.5 * scale, zorder=4)[0]
        self.begin = self.plane.plot([], [], "o", color=style.PAPER, markersize=11 * scale, **edge)[0]
        self.here = self.plane.plot([], [], "D", color=style.ORANGE, markersize=7 * scale, **edge)[0]
        self.moving(self.product, self.end, self.curve, self.path, self.begin, self.here)

    def update(self, w: float, depth: int, rate: float, clipping: bool, max_norm: float, step: int) -> None:
        self.depth, self.rate, self.step, self.offered = depth, rate, step, max_norm
        self.limit = max_norm if clipping else None
        self.walk = self._walk(w)
        self.now = np.float64(self.walk[min(step, len(self.walk) - 1)])
        k = np.arange(depth + 1)
        with np.errstate(over="ignore"):
            self.product.set_data(k, np.abs(self.now) ** k)
            self.end.set_data([depth], np.clip([abs(self.now) ** depth], self.floor, self.roof))
        places = np.linspace(self.low, self.high, 400)
        self.curve.set_data(places, np.maximum((places**depth - 1) ** 2, 1e-7))
        path = np.array([self._place(at) for at in self.walk[: step + 1]])
        self.path.set_data(*path.T)
        self.begin.set_data(*path[:1].T)
        self.here.set_data(*path[-1:].T)

    def _walk(self, w: float) -> list[float]:
        """Return the places of gradient descent; the walk ends where the loss is no longer finite."""
        walk = [w]
        for _ in range(self.last):
            gradient = product_loss(walk[-1], self.depth)[1]
            if not np.isfinite(gradient):
                break
            (step,) = clip([np.array(gradient)], self.limit) if self.limit else (gradient,)
            walk.append(walk[-1] - self.rate * float(step))
        return walk

    def _place(self, w: float) -> tuple[float, float]:
        """Return where w stands in the picture; what is off the map stands at its edge."""
        return np.clip(w, self.low, self.high), np.clip(product_loss(w, self.depth)[0], 1e-6, self.roof)

    def grab(self, axes: Axes, x: float, y: float) -> str | None:
        near = axes is self.plane and self.near(axes, self._place(self.walk[0]), x, y) < 2 * self.reach
        return "start" if near else None

    def drag(self, held: str, x: float, y: float) -> None:
        self.set(w=float(np.clip(x, 0.0, 1.6)))

    def describe(self) -> str:
        loss, slope = product_loss(self.now, self.depth)
        done = min(self.step, len(self.walk) - 1)
        if not (np.isfinite(loss) and np.isfinite(slope)):
            return f"Step {done}: w = {self.now:.3g}. With {self.depth} layers no float can hold the loss: exploded."
        what = f"Step {done}: w = {self.now:.4g}, {self.depth} layers, w ** {self.depth} = {self.now**self.depth:.3g}"
        if self.limit is None:
            clipped = f" (clipping to {self.offered:.3g} is off)"
        else:
            clipped = f", clipped to {self.limit:.3g}" if abs(slope) > self.limit else f", below {self.limit:.3g}"
        return f"{what}. Loss {loss:.3g}, gradient {slope:.3g}{clipped}: {self._verdict(loss, slope)}."

    def _verdict(self, loss: float, slope: float) -> str:
        length = self.rate * min(abs(slope), self.limit or np.inf)
        if not self.low <= self.now <= self.high:
            return "thrown off the map"
        if loss < 1e-3:
            return "arrived at the hole, w = 1"
        if length > 0.5:
            return f"exploding, the next step is {length:.3g} long"
        if abs(slope) < 1e-3:
            return "vanishing, it hardly moves"
        unclipped = self.rate * abs(slope)
        instead = f" instead of {unclipped:.2g}" if length < unclipped else ""
        return f"the next step is {length:.2g} long{instead}"

    def arrange(self) -> Widget:
        w, depth, rate, clipping, limit, step, player = (part.widget for part in self.parts)
        return column(row(w, depth), row(rate, step), row(clipping, limit), row(player, self.reset_button))
