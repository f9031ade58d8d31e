"""The answer stands where a contour of the data loss touches the penalty's ball, and lambda slides it along.

The ball of L1 has its corners on the axes, so there a weight becomes exactly 0; the ball of L2 is round.
"""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import style, validate
from lectureutils.figures.regularization.error_curves import lambda_slider
from lectureutils.figures.regularization.fits import PENALTIES, fits
from lectureutils.live import LiveFigure, Narrow, choice, matrix, put


class ContourFigure(LiveFigure):
    """Show a data loss of two weights as contours, the penalty's ball, and the answer that slides along with lambda.

    data loss = (w - c) A (w - c) with A (2, 2); its lowest point c can be dragged. The ball holds all w with a penalty
    no larger than the answer's. Slide topic: regularization, R(W).
    """

    size = (640, 430)
    narrow = Narrow(420)
    layout = "lam penalty / centre reset"
    levels = np.array([0.05, 0.3, 0.8, 1.6, 2.7, 4.2])
    lams = 10.0 ** np.linspace(-2, 1.5, 71)
    diamond = np.array([[1, 0], [0, 1], [-1, 0], [0, -1], [1, 0]])

    def __init__(self, centre: ArrayLike = (0.4, 1.6), A: ArrayLike = ((1.0, 0.5), (0.5, 0.8))):
        root = np.linalg.cholesky(validate.numbers(A, "A", "D D")).T
        self.X = np.sqrt(2) * np.vstack([root, -root])  # four examples with this data loss
        angle = np.linspace(0, 2 * np.pi, 121)
        self.circle = np.column_stack([np.cos(angle), np.sin(angle)])
        self.ellipse = np.linalg.solve(root, self.circle.T).T  # where the data loss is 1 around its lowest point
        super().__init__(
            matrix("centre", np.asarray(centre), -2, 2, 0.05, rows=["lowest data loss"], columns=["w1", "w2"]),
            lambda_slider(2.0, self.lams),
            choice("penalty", dict(reversed(PENALTIES.items())), label="Penalty"),
        )

    def draw(self, fig: Figure) -> None:
        self.plane = axes = fig.subplots()
        axes.set(xlim=(-2.2, 2.2), ylim=(-2.2, 2.2), xlabel="w1", ylabel="w2", aspect="equal", title="Two weights")
        axes.axhline(0, color=style.GREY, linewidth=0.8)
        axes.axvline(0, color=style.GREY, linewidth=0.8)
        self.contours = [self.curve(axes, style.BLUE, linewidth=style.current_scale()) for _ in self.levels]
        self.contours[0].set_label("same data loss")
        self.ball = self.curve(axes, style.RED, "--", label="same penalty")
        self.trace = self.curve(axes, style.INK, ":", label="answers for all λ")
        self.low = self.dot(axes, "D", style.BLUE, 8, markeredgecolor=style.BLUE, label="lowest data loss")
        self.answer = self.dot(axes, "*", style.INK, 15, label="answer")
        if self.is_narrow:
            fig.legend(
                handles=[self.contours[0], self.ball, self.trace, self.low, self.answer],
                loc="outside lower center",
                ncols=2,
            )
        else:
            axes.legend(loc="upper left", bbox_to_anchor=(1.02, 1))

    def update(self, centre: np.ndarray, lam: float, penalty: str) -> str:
        *trace, w = fits(self.X, self.X @ centre, penalty, np.append(self.lams, lam))[0]
        for contour, level in zip(self.contours, self.levels, strict=True):
            put(contour, centre + np.sqrt(level) * self.ellipse)
        put(self.low, centre)
        put(self.trace, trace)
        put(self.answer, w)
        put(self.ball, np.abs(w).sum() * self.diamond if penalty == "L1" else np.linalg.norm(w) * self.circle)
        zero = ("neither is", "w1 is" if w[0] == 0 else "w2 is", "both are")[np.sum(w == 0)]
        return f"λ = {lam:.3g} ({penalty}): the answer is w1 = {w[0]:.3f}, w2 = {w[1]:.3f}; {zero} exactly 0."

    def grab(self, axes: Axes, x: float, y: float) -> str | None:
        near = axes is self.plane and self.near(axes, tuple(self.values["centre"]), x, y) < 2 * self.reach
        return "centre" if near else None

    def drag(self, held: str, x: float, y: float) -> None:
        self.set(centre=np.clip((x, y), -2, 2))
