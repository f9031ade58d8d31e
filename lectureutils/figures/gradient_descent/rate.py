"""Three ways to choose the learning rate, on the same mini-batches: constant, decaying, one for each weight.

Left are their paths over the plane of two weights, right how far each is above the lowest loss.
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from lectureutils import style
from lectureutils.figures.gradient_descent.passes import batches, checked, running_mean
from lectureutils.figures.shared.landscape import arrow_length, data_landscape, start_sliders, two_class_loss
from lectureutils.figures.shared.verdicts import join, leaders
from lectureutils.live import LiveFigure, Player, latest, log_slider, put, slider
from lectureutils.optim import adagrad, decaying, sgd

Array = np.ndarray


class RateFigure(LiveFigure):
    """Show three ways to choose the learning rate on the same mini-batches: constant, decaying, one for each weight.

    The decaying rate is rate / (1 + t / tau); the rate for each weight is AdaGrad's. Left the paths, right how far each
    is above the lowest loss, on average over the last steps. X (N, 2), y (N,) of 0 and 1. Slide topic: adaptive
    learning rate.
    """

    size = (700, 400)
    layout = "rate tau / batch_size step / x y / player reset"
    last = 120
    low, high = -3.0, 5.0
    resolved = 1e-9  # a smaller gap is rounding: the lowest loss is known to about 1e-16 of its size
    window = 10  # steps whose mean the curves show
    ways = ("constant", "decaying", "per weight")

    def __init__(self, X: Array, y: Array, start: Sequence[float] = (-2.0, -1.0), learning_rate: float = 4.0):
        self.X, self.y = checked(X, y)
        self.best = lowest_place(self.X, self.y)
        super().__init__(
            log_slider("rate", learning_rate, learning_rate / 10, learning_rate * 10, label="Learning rate"),
            log_slider("tau", 15.0, 1.5, 150.0, label="Half after (tau)"),
            slider("batch_size", 8, 1, len(self.X), 1, label="Batch size"),
            slider("step", self.last, 0, self.last, 1, label="Step"),
            *start_sliders(start, self.low, self.high, ("w[0]", "w[1]")),
            Player(60, "step"),
        )

    def draw(self, fig: Figure) -> None:
        self.plane, self.curves = fig.subplots(1, 2, width_ratios=[1, 1.05])
        limits = (self.low, self.high)
        self.plane.set(xlim=limits, ylim=limits, xlabel="w[0]", ylabel="w[1]", title="Weights: loss and paths")
        data_landscape(self.plane, two_class_loss, self.X, self.y)
        self.plane.plot(*self.best, "+", color=style.INK, markersize=14 * style.current_scale())
        self.curves.set(yscale="log", xlim=(0, self.last), ylim=(1e-5, 3), xlabel="step", title="Loss above the lowest")
        self.curves.set_ylabel(f"loss - lowest loss, mean of {self.window}")
        self.begin = self.handle(self.dot(self.plane, "o", style.PAPER, 11, zorder=3), x="x", y="y")
        self.paths, self.gaps, self.heads, self.rest = [], [], [], []
        looks = zip(self.ways, (style.RED, style.BLUE, style.GREEN), style.DASHES, style.CLASS_MARKERS, strict=False)
        for way, color, dash, marker in looks:
            mark = {"marker": marker, "markeredgecolor": style.INK, "label": way, "zorder": 6}
            self.paths.append(self.curve(self.plane, color, dash, linewidth=1.5))
            self.heads.append(self.curve(self.plane, color, dash, linewidth=1.5, **mark))
            self.rest.append(self.curve(self.curves, style.faint(color), dash, linewidth=0.9, zorder=1))
            self.gaps.append(self.curve(self.curves, color, dash, linewidth=1.5))
        self.plane.legend(loc="lower right", frameon=True, framealpha=0.85)

    @latest
    def walks(self, rate: float, tau: float, batch_size: int, x: float, y: float) -> list[tuple[Array, Array]]:
        """Return for each way its places (last + 1, 2), and how far it is above the lowest loss on average."""
        lowest, done = two_class_loss(self.best, self.X, self.y)[0], []
        for rule in (sgd, decaying(sgd, tau), adagrad):
            path, state = [np.array([x, y])], None
            for rows in batches(len(self.X), batch_size, self.last):
                _, dw = two_class_loss(path[-1], self.X[rows], self.y[rows])
                (w,), state = rule((path[-1],), (dw,), rate, state)
                path.append(w)
            s = self.X @ np.transpose(path)
            losses = (np.logaddexp(0, s) - self.y[:, None] * s).mean(axis=0)
            done.append((np.array(path), running_mean(np.maximum(losses - lowest, self.resolved), self.window)))
        return done

    def update(self, rate: float, tau: float, batch_size: int, step: int, x: float, y: float) -> str:
        walks, time = self.walks(rate, tau, batch_size, x, y), np.arange(self.last + 1)
        put(self.begin, x, y)
        for c, (walk, gaps) in enumerate(walks):
            put(self.paths[c], walk[: step + 1])
            put(self.heads[c], walk[step])
            put(self.gaps[c], time[: step + 1], gaps[: step + 1])
            put(self.rest[c], time[step:], gaps[step:])
        return (
            f"Step {step}: the constant rate is {rate:.3g}, the decaying one is down to {rate / (1 + step / tau):.3g}. "
            f"Above the lowest loss, mean of the last {self.window} steps: "
            f"{self.compare([float(gaps[step]) for _, gaps in walks])}."
            f"{self._say_outside([walk[step] for walk, _ in walks])}"
        )

    def _say_outside(self, places: Sequence[Array]) -> str:
        """Name the ways that have left the map."""
        gone = [way for way, w in zip(self.ways, places, strict=True) if not ((self.low <= w) & (w <= self.high)).all()]
        return f" Outside the map: {join(gone)}." if gone else ""

    def compare(self, far: Sequence[float]) -> str:
        """Say how far each way is above the lowest loss, and which are nearest."""
        words = ", ".join(
            f"{way} {gap:.2g}" if gap > 1.001 * self.resolved else f"{way} less than {self.resolved:g}"
            for way, gap in zip(self.ways, far, strict=True)
        )
        nearest = leaders(np.maximum(far, self.resolved), largest=False, rtol=1e-12)
        return f"{words}. Nearest: {join([self.ways[c] for c in nearest])}"


def lowest_place(X: Array, y: Array) -> Array:
    """Return the w (2,) with the smallest loss over X (N, 2), y (N,), by Newton's method with shortened steps."""
    w = np.zeros(2)
    for _ in range(50):
        p = 0.5 * (1 + np.tanh(X @ w / 2))
        H = (X * (p * (1 - p))[:, None]).T @ X / len(p) + 1e-9 * np.eye(2)
        step = np.linalg.solve(H, two_class_loss(w, X, y)[1])
        w = w - step / max(1.0, arrow_length(step))
    return w
