"""Two losses and a penalty pull at the same weights, and their gradients add: together, or against each other.

Arrows show where each wants the weights to go, and bars what one step does to each.
"""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from numpy.typing import ArrayLike

from lectureutils import losses, plots, style, validate
from lectureutils.autodiff import Tensor, affine, fused
from lectureutils.figures.backprop_through_layers.small_network import checked
from lectureutils.figures.shared.words import MINUS
from lectureutils.live import LiveFigure, matrix, put, slider

Array = np.ndarray
ARROWS = {
    "class loss": (style.BLUE, "-", "o"),
    "mass loss": (style.RED, "--", "s"),
    "penalty": (style.GREEN, ":", "^"),
    "all together": (style.INK, "-", "*"),
}
NAMES = list(ARROWS)[:3]


class TwoLossesFigure(LiveFigure):
    """Let two losses and a penalty pull at the same W and b, each with a weight on a slider.

    L = a * class loss + m * mass loss + lam * sum of W^2. The class loss looks at s = U h + c, the mass loss is
    (v . h - mass)^2. Arrows stand in the plane of the two losses' gradients; what leaves it is not drawn. Slide topic:
    multiple losses on one network.
    """

    size = (700, 380)
    layout = "a m / lam mass / v reset"
    reach_of_arrows, reach_of_bars, rate = 8.0, 0.3, 0.01

    def __init__(
        self,
        W: ArrayLike,
        b: ArrayLike,
        U: ArrayLike,
        c: ArrayLike,
        x: ArrayLike,
        label: int,
        v: ArrayLike = (0.5, 0.3, -0.4),
        mass: float = 1.5,
    ):
        self.fixed = checked(W=W, b=b, U=U, c=c, x=x)
        self.label = label
        super().__init__(
            slider("a", 1.0, 0.0, 2.0, 0.05, label="Class loss ×"),
            slider("m", 1.0, 0.0, 2.0, 0.05, label="Mass loss ×"),
            slider("lam", 0.0, 0.0, 1.0, 0.02, label="Penalty ×"),
            slider("mass", mass, 0.0, 2.0, 0.1, label="True mass"),
            matrix("v", validate.numbers(v, "v", "3"), -1, 1, 0.05),
        )

    def draw(self, fig: Figure) -> None:
        left, right = fig.subplots(1, 2, width_ratios=[1.15, 1])
        far = self.reach_of_arrows
        left.set(xlim=(-far, far), ylim=(-far, far), aspect="equal", title="Downhill arrows on W and b")
        left.set(xlabel="along the class loss's own", ylabel="across it")
        left.axhline(0, color=style.PALE, linewidth=1)
        left.axvline(0, color=style.PALE, linewidth=1)
        self.arrows = [self._arrow(left, n, *look) for n, look in enumerate(ARROWS.items())]
        left.legend(loc="lower left", fontsize="small")
        self.bars = plots.class_bars(right, NAMES, -self.reach_of_bars, self.reach_of_bars)
        right.set(title=f"What one step of rate {self.rate:g} does", xlabel="change of the loss (left: better)")
        self.moving(*self.bars)

    def _arrow(self, axes: Axes, n: int, name: str, look: tuple[str, str, str]) -> Line2D:
        color, dash, marker = look
        size, width = (9, 2) if name in NAMES else (13, 3.2)
        scale = style.current_scale()
        mark = {"marker": marker, "markevery": [1], "markersize": size * scale}
        return self.curve(axes, color, dash, label=name, zorder=3 + n, linewidth=width * scale, **mark)

    def update(self, a: float, m: float, lam: float, mass: float, v: Array) -> str:
        now, gradients = self.losses(self.fixed["W"], self.fixed["b"], mass, v)
        weighted = np.array([a, m, lam])[:, None] * gradients
        total = weighted.sum(axis=0)
        W, b = self.fixed["W"] - self.rate * total[:12].reshape(3, 4), self.fixed["b"] - self.rate * total[12:]
        changes = self.losses(W, b, mass, v)[0] - now
        tips = -np.array([*weighted, total]) @ _plane(gradients[0], gradients[1]).T
        for arrow, tip in zip(self.arrows, tips, strict=True):
            put(arrow, [(0, 0), tip])
        plots.set_bars(self.bars, changes)
        values = ", ".join(f"{name} {value:.3f}" for name, value in zip(NAMES, now, strict=True))
        far = " An arrow runs out of the picture." if np.abs(tips).max() > self.reach_of_arrows else ""
        far += " A bar runs out of the picture." if np.abs(changes).max() > self.reach_of_bars else ""
        return f"{values.capitalize()}. {say_angle(*gradients[:2])} {say_rises(changes)}{far}".replace("-", MINUS)

    def losses(self, W: Array, b: Array, mass: float, v: Array) -> tuple[Array, Array]:
        """Return the three losses (3,) and their gradients (3, 15) by all of W and b."""
        values, gradients = [], []
        for which in range(3):
            tW, tb = Tensor(W, "W"), Tensor(b, "b")
            h = affine(np.asarray(self.fixed["x"])[None], tW, tb).relu()
            s = affine(h, self.fixed["U"], self.fixed["c"])
            class_loss = fused(losses.cross_entropy, s, np.array([self.label]))
            loss = (class_loss, ((h @ v - mass) ** 2).sum(), (tW * tW).sum())[which]
            loss.backward()
            values.append(float(loss.data))
            gradients.append(np.concatenate([tW.grad.ravel(), np.zeros(3) if tb.grad is None else tb.grad]))
        return np.array(values), np.array(gradients)


def say_angle(one: Array, two: Array) -> str:
    """Say how two gradients stand to each other."""
    lengths = np.linalg.norm(one) * np.linalg.norm(two)
    if lengths < 1e-9:
        return "One of the two losses has no gradient here."
    degrees = np.degrees(np.arccos(np.clip(one @ two / lengths, -1, 1)))
    word = "they pull against each other" if degrees > 90 else "they help each other"
    return f"The first two stand at {degrees:.0f}°: {word}."


def say_rises(changes: Array) -> str:
    """Say which losses a step lets rise."""
    rises = [name for name, change in zip(NAMES, changes, strict=True) if change > 1e-9]
    return f"One step lets the {' and the '.join(rises)} rise." if rises else "One step lets nothing rise."


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
