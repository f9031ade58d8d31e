"""The way back through a whole network: each gradient right below what it belongs to, in the same shape.

The network is z = W x + b, h = ReLU(z), s = U h + c, with a loss of s. `autodiff` computes all gradients, and each is
measured as well. The same engine shows several losses pulling at one network, and gradients in very deep ones.
"""

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import losses, plots, style, validate
from lectureutils.autodiff import Tensor, affine, fused
from lectureutils.figures.shared.words import MINUS
from lectureutils.live import LiveFigure, Widget, column, matrix, row, slider

Array = np.ndarray


class TwoLossesFigure(LiveFigure):
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
