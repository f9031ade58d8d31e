"""Gradient descent on real data: how many examples a step should look at, and how long it should be.

Two weights are enough to see it: the score w . x tells how much an example looks like class 1. Then the loss is a
landscape over the plane of the two weights, a gradient is an arrow in it, and a training run is a path.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator

from lectureutils import style, validate
from lectureutils.figures.verdicts import join, leaders
from lectureutils.live import Control, LiveFigure, Player, Widget, choice, column, log_slider, row, slider
from lectureutils.optim import adagrad, decaying, sgd
from lectureutils.train import Progress

Array = np.ndarray
PairLoss = Callable[[Array, Array, Array], tuple[float, Array]]
DASHES = ("-", "--", "-.", ":", (0, (6, 1.5, 1, 1.5, 1, 1.5)))


def two_class_loss(w: Array, X: Array, y: Array) -> tuple[float, Array]:
    """Return the cross-entropy of two classes and its gradient (2,), for w (2,), X (N, 2), labels y (N,) of 0 and 1.

    Class 1 has the score s = w . x and class 0 the score 0: only the difference of two scores counts. So
    p = 1 / (1 + exp(-s)), L = -mean log of the p of the right class, dL/dw = mean of (p - y) x.
    """
    s = X @ w
    p = 0.5 * (1 + np.tanh(s / 2))  # the same as 1 / (1 + exp(-s)), and never an overflow
    return float(np.mean(np.logaddexp(0, s) - y * s)), (p - y) @ X / len(y)


def arrow_length(v: Array) -> float:
    """Return the length of a vector."""
    return float(np.hypot(*v))


def batches(n: int, size: int, steps: int, seed: int = 0) -> Iterator[Array]:
    """Yield the rows of `steps` mini-batches: each pass over the n examples has its own random order."""
    rng, done = np.random.default_rng(seed), 0
    while True:
        order = rng.permutation(n)
        for start in range(0, n, size):
            if done == steps:
                return
            yield order[start : start + size]
            done += 1


def landscape(axes: Axes, f: Callable[[Array, Array], Array], count: int = 60, levels: int = 14) -> list[Artist]:
    """Draw the contours of f(x, y) over the limits of `axes`, closer where f is low, and return their artists."""
    x, y = np.meshgrid(np.linspace(*axes.get_xlim(), count), np.linspace(*axes.get_ylim(), count))
    z = f(x, y)
    low, high = z.min(), z.max()
    heights = low + (high - low) * np.linspace(0.03, 1, levels) ** 2
    lines = axes.contour(x, y, z, heights, colors=[style.GREY], linewidths=0.7, alpha=0.7)
    return [lines, axes.contourf(x, y, z, [low, *heights], cmap="Blues_r", alpha=0.3)]


def data_landscape(axes: Axes, loss: PairLoss, X: Array, y: Array) -> None:
    """Draw the contours of the loss over all examples."""
    landscape(axes, np.vectorize(lambda a, b: loss(np.array([a, b]), X, y)[0]), 36)


def running_mean(values: Array, window: int) -> Array:
    """Return the mean of the last `window` values (fewer at the start) at each place."""
    sums = np.cumsum(np.concatenate([[0.0], values]))
    ends = np.arange(1, len(values) + 1)
    starts = np.maximum(ends - window, 0)
    return (sums[ends] - sums[starts]) / (ends - starts)


class Stepped(LiveFigure):
    """A live figure with a control named `step`, which the player moves on from 0 to `last`."""

    last = 60

    def advance(self) -> bool:
        step = min(self.last, self.controls["step"].value + 1)
        self.set(step=step)
        return step < self.last

    def rewind(self) -> None:
        self.set(step=0)


class Startable(Stepped):
    """A stepped figure whose start is a handle in `self.plane`, with the controls `x` and `y` for the keyboard."""

    plane: Axes
    start: Array

    def grab(self, axes: Axes, x: float, y: float) -> str | None:
        near = axes is self.plane and self.near(axes, tuple(self.start), x, y) < 2 * self.reach
        return "start" if near else None

    def drag(self, held: str, x: float, y: float) -> None:
        boxes = [self.controls[name].inputs[0] for name in ("x", "y")]
        x, y = (float(np.clip(value, box.min, box.max)) for value, box in zip((x, y), boxes, strict=True))
        self.set(x=x, y=y)


def start_sliders(start: Sequence[float], low: float, high: float, names: Sequence[str]) -> tuple[Control, Control]:
    """Make the two controls of a start in the plane."""
    return tuple(
        slider(axis, float(at), low, high, 0.05, label=f"Start {name}")
        for axis, at, name in zip("xy", start, names, strict=True)
    )


def _checked(X: Array, y: Array) -> tuple[Array, Array]:
    X = validate.numbers(X, "X", "N D")
    if X.shape[1] != 2:
        raise ValueError(
            f"X: got {X.shape[1]} columns, expected 2: the figure has one axis for each weight. Pick two features."
        )
    return X, validate.labels(y, 2, len(X))


class BatchFigure(Startable):
    """Show what a mini-batch knows of the gradient, and the path that comes of it.

    Left the loss over all examples and the path; the small dots are where the next step could land. Right the same
    dots as gradients: `draws` batches of the chosen size, each with its own estimate, around the true gradient. X is
    (N, 2), y (N,) holds 0 and 1; `loss` maps w, X, y to (loss, gradient). Slide topic: (mini-batch, stochastic)
    gradient descent.
    """

    size = (700, 400)
    draws = 150
    low, high = -3.5, 3.5
    widest = 2.0  # of the gradients' axes

    def __init__(
        self,
        X: Array,
        y: Array,
        loss: PairLoss = two_class_loss,
        batch_size: int = 8,
        start: Sequence[float] = (-2.5, 2.5),
        learning_rate: float = 1.0,
    ):
        self.X, self.y = _checked(X, y)
        self.loss, n = loss, len(self.X)
        rng = np.random.default_rng(1)
        self.orders = np.argsort(rng.random((self.draws, n)), axis=1)  # each row: all examples in another order
        self.known = None
        self.starts = start_sliders(start, self.low, self.high, ("w[0]", "w[1]"))
        super().__init__(
            slider("batch_size", min(batch_size, n), 1, n, 1, label="Batch size"),
            log_slider("rate", learning_rate, learning_rate / 20, learning_rate * 20, label="Learning rate"),
            slider("step", 12, 0, self.last, 1, label="Step"),
            *self.starts,
            Player(120),
        )

    def draw(self, fig: Figure) -> None:
        self.plane, self.cloud_axes = fig.subplots(1, 2, width_ratios=[1.15, 1])
        limits = (self.low, self.high)
        self.plane.set(xlim=limits, ylim=limits, xlabel="w[0]", ylabel="w[1]", title="Weights: loss and path")
        data_landscape(self.plane, self.loss, self.X, self.y)
        self._draw_plane(6 * style.current_scale())
        self._draw_cloud(6 * style.current_scale())
        self.moving(
            self.smooth, self.path, self.landings, self.landing, self.begin, self.here,
            self.downhill, self.uphill, self.taken, self.mean, *self.plane.spines.values(),
        )  # fmt: skip

    def _draw_plane(self, mark: float) -> None:
        plot, look = self.plane.plot, {"markeredgecolor": style.INK, "zorder": 6}
        self.smooth = plot([], [], "--", color=style.INK, linewidth=1.2, zorder=3, label="all examples")[0]
        self.path = plot([], [], "-", color=style.RED, linewidth=1.6, zorder=4, label="this batch size")[0]
        self.landings = plot([], [], ".", color=style.BLUE, markersize=0.5 * mark, alpha=0.6, zorder=5)[0]
        self.landing = plot([], [], "D", color=style.ORANGE, markersize=mark, **look)[0]
        self.begin = plot([], [], "o", color=style.PAPER, markersize=1.8 * mark, **look)[0]
        self.here = plot([], [], "o", color=style.RED, markersize=1.3 * mark, **look)[0]
        self.plane.legend(loc="lower left", fontsize="small", frameon=True, framealpha=0.85)

    def _draw_cloud(self, mark: float) -> None:
        axes, wide = self.cloud_axes, (-self.widest, self.widest)
        axes.set(xlim=wide, ylim=wide, xlabel="dL/dw[0]", ylabel="dL/dw[1]", title="Gradients: estimates, truth")
        axes.axhline(0, color=style.PALE, linewidth=1)
        axes.axvline(0, color=style.PALE, linewidth=1)
        look = {"markersize": 0.7 * mark, "linestyle": "none", "alpha": 0.8}
        self.downhill = axes.plot([], [], "o", color=style.BLUE, label="leads downhill", **look)[0]
        self.uphill = axes.plot([], [], "x", color=style.RED, label="leads uphill", **look)[0]
        edge = {"markeredgecolor": style.INK, "linestyle": "none", "zorder": 6}
        self.taken = axes.plot([], [], "D", color=style.ORANGE, markersize=mark, label="the next batch", **edge)[0]
        self.mean = axes.plot([], [], "*", color=style.PAPER, markersize=2.2 * mark, label="true gradient", **edge)[0]
        axes.legend(loc="lower left", fontsize="small", frameon=True, framealpha=0.85)

    def update(self, batch_size: int, rate: float, step: int, x: float, y: float) -> None:
        self.batch_size, self.rate, self.step, self.start = batch_size, rate, step, np.array([x, y])
        if self.known != (batch_size, rate, x, y):
            self.walk = self._walk(batch_size, rate)
            self.plain = self._walk(len(self.X), rate)
            self.known = (batch_size, rate, x, y)
        w = self.walk[step]
        self.value, self.gradient = self.loss(w, self.X, self.y)
        self.estimates = np.array([self._gradient(w, rows) for rows in self.orders[:, :batch_size]])
        self._show_plane(w)
        self._show_cloud()

    def _gradient(self, w: Array, rows: Array) -> Array:
        return self.loss(w, self.X[rows], self.y[rows])[1]

    def _walk(self, size: int, rate: float) -> Array:
        """Return the places (last + 2, 2) before and after each step."""
        path = [self.start]
        for rows in batches(len(self.X), size, self.last + 1):
            path.append(path[-1] - rate * self._gradient(path[-1], rows))
        return np.array(path)

    def _show_plane(self, w: Array) -> None:
        self.path.set_data(*self.walk[: self.step + 1].T)
        self.smooth.set_data(*self.plain[: self.step + 1].T)
        self.landings.set_data(*(w - self.rate * self.estimates).T)
        self.landing.set_data(*self.walk[self.step + 1][:, None])
        self.begin.set_data(*self.start[:, None])
        self.here.set_data(*w[:, None])

    def _show_cloud(self) -> None:
        good = self.estimates @ self.gradient > 0
        self.share = float(good.mean())
        self.downhill.set_data(*self.estimates[good].T)
        self.uphill.set_data(*self.estimates[~good].T)
        self.taken.set_data(*((self.walk[self.step] - self.walk[self.step + 1]) / self.rate)[:, None])
        self.mean.set_data(*self.gradient[:, None])

    @property
    def spread(self) -> float:
        """The typical distance of an estimate from the true gradient (root mean square)."""
        return float(np.sqrt(((self.estimates - self.gradient) ** 2).sum(axis=1).mean()))

    def describe(self) -> str:
        kind = {1: "stochastic", len(self.X): "full batch"}.get(self.batch_size, "mini-batch")
        w = self.walk[self.step]
        outside = "" if (np.abs(w) <= self.high).all() else " The path has left the map."
        return (
            f"Batch size {self.batch_size} ({kind}), step {self.step}: w = ({w[0]:.2f}, {w[1]:.2f}), loss "
            f"{self.value:.3f}. The true gradient has length {arrow_length(self.gradient):.3f}; estimates lie about "
            f"{self.spread:.3f} away from it, and {self.share:.0%} of them lead downhill.{outside}"
        )

    def arrange(self) -> Widget:
        size, rate, step, *starts, player = (part.widget for part in self.parts)
        return column(row(size, rate), row(step, player), row(*starts, self.reset_button))


class BatchCurvesFigure(LiveFigure):
    """Show the loss of runs with different batch sizes, counted in steps or in examples seen.

    `runs` maps each batch size to the list of `Progress` of one run over the same `n` examples (see
    `train.steps`). Slide topic: mini-batch gradient descent.
    """

    size = (680, 380)

    def __init__(self, runs: Mapping[int, Sequence[Progress]], n: int):
        if not 0 < len(runs) <= len(DASHES):
            raise ValueError(
                f"runs: got {len(runs)} of them, expected 1 to {len(DASHES)}, as many as there are kinds of lines. "
                f"Choose fewer batch sizes."
            )
        self.n, self.sizes = n, list(runs)
        self.updates = [np.array([now.updates for now in run if now.updates]) for run in runs.values()]
        self.losses = [np.array([now.loss for now in run if now.updates]) for run in runs.values()]
        self.seen = [steps * min(size, n) for size, steps in zip(self.sizes, self.updates, strict=True)]
        most = max(float(max(seen[-1] for seen in self.seen)), 2.0 * n)
        super().__init__(
            choice("count", {"examples seen": "examples", "steps": "steps"}, label="Count"),
            log_slider("budget", float(n), n * n / most, most, label="Budget", form=".0f"),
        )

    def draw(self, fig: Figure) -> None:
        self.axes = axes = fig.subplots()
        values = np.concatenate(self.losses)
        axes.set(xscale="log", yscale="log", ylabel="loss over all examples", title="The same loss, counted two ways")
        axes.set_xlim(1, 1.5 * max(seen[-1] for seen in self.seen))
        axes.set_ylim(values.min() / 1.2, values.max() * 1.2)
        ticks = [tick for tick in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10) if values.min() / 1.2 < tick]
        ticks = [tick for tick in ticks if tick < values.max() * 1.2]
        axes.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
        axes.yaxis.set_minor_locator(NullLocator())
        axes.set_xlabel("examples seen, or steps")
        self.lines, self.marks = [], []
        looks = zip(self.sizes, style.CLASS_COLORS, DASHES, style.CLASS_MARKERS, strict=False)
        for size, color, dash, marker in looks:
            label = f"batch of {size}" + (" (all)" if size >= self.n else "")
            self.lines += axes.plot([], [], linestyle=dash, color=color, linewidth=1.6)
            self.marks += axes.plot([], [], marker, linestyle=dash, color=color, markeredgecolor=style.INK, label=label)
        self.limit = axes.axvline(1, color=style.INK, linewidth=1)
        axes.legend(loc="lower left", fontsize="small", frameon=True, framealpha=0.85)
        self.moving(*self.lines, self.limit, *self.marks)

    def update(self, count: str, budget: float) -> None:
        self.count, self.budget = count, budget
        self.limit.set_xdata([budget, budget])
        self.reached, self.ended = [], []
        for c, (line, mark) in enumerate(zip(self.lines, self.marks, strict=True)):
            at = self.seen[c] if count == "examples" else self.updates[c]
            line.set_data(at, self.losses[c])
            k = int(np.searchsorted(at, budget * (1 + 1e-9), side="right")) - 1
            self.reached.append(float(self.losses[c][k]) if k >= 0 else None)
            self.ended.append(int(at[-1]) if at[-1] < 0.95 * budget else None)  # its last batch may be a small one
            mark.set_data(at[k : k + 1] if k >= 0 else [], self.losses[c][k : k + 1] if k >= 0 else [])

    def describe(self) -> str:
        words, done = [], {}
        for size, loss, end in zip(self.sizes, self.reached, self.ended, strict=True):
            if loss is None:
                words.append(f"batch of {size} has no step yet")
            elif end is not None:
                words.append(f"batch of {size} ended at {end} with {loss:.3f}")
            else:
                words.append(f"batch of {size} {loss:.3f}")
                done[size] = loss
        best = ""
        if len(done) > 1:
            best = f" Best: batch of {join([str(list(done)[c]) for c in leaders(list(done.values()), largest=False)])}."
        unit = "examples seen" if self.count == "examples" else "steps"
        return f"Loss after {self.budget:.0f} {unit}: {', '.join(words)}.{best}"


class RateFigure(Startable):
    """Show three ways to choose the learning rate on the same mini-batches: constant, decaying, one for each weight.

    The decaying rate is rate / (1 + t / tau); the rate for each weight is AdaGrad's. Left the paths, right how far each
    is above the lowest loss, on average over the last steps. X (N, 2), y (N,) of 0 and 1. Slide topic: adaptive
    learning rate.
    """

    size = (700, 400)
    last = 120
    low, high = -3.0, 5.0
    resolved = 1e-9  # a smaller gap is rounding: the lowest loss is known to about 1e-16 of its size
    window = 10  # steps whose mean the curves show
    ways = ("constant", "decaying", "per weight")

    def __init__(self, X: Array, y: Array, start: Sequence[float] = (-2.0, -1.0), learning_rate: float = 4.0):
        self.X, self.y = _checked(X, y)
        self.known, self.best = None, self._minimum()
        self.starts = start_sliders(start, self.low, self.high, ("w[0]", "w[1]"))
        super().__init__(
            log_slider("rate", learning_rate, learning_rate / 10, learning_rate * 10, label="Learning rate"),
            log_slider("tau", 15.0, 1.5, 150.0, label="Half after (tau)"),
            slider("batch_size", 8, 1, len(self.X), 1, label="Batch size"),
            slider("step", self.last, 0, self.last, 1, label="Step"),
            *self.starts,
            Player(60),
        )

    def _minimum(self) -> Array:
        """Return the w with the smallest loss, by Newton's method with shortened steps."""
        w = np.zeros(2)
        for _ in range(50):
            p = 0.5 * (1 + np.tanh(self.X @ w / 2))
            H = (self.X * (p * (1 - p))[:, None]).T @ self.X / len(p) + 1e-9 * np.eye(2)
            step = np.linalg.solve(H, two_class_loss(w, self.X, self.y)[1])
            w = w - step / max(1.0, arrow_length(step))
        return w

    def draw(self, fig: Figure) -> None:
        self.plane, self.curves = fig.subplots(1, 2, width_ratios=[1, 1.05])
        limits = (self.low, self.high)
        self.plane.set(xlim=limits, ylim=limits, xlabel="w[0]", ylabel="w[1]", title="Weights: loss and paths")
        data_landscape(self.plane, two_class_loss, self.X, self.y)
        self.plane.plot(*self.best[:, None], "+", color=style.INK, markersize=14 * style.current_scale())
        self.curves.set(yscale="log", xlim=(0, self.last), ylim=(1e-5, 3), xlabel="step", title="Loss above the lowest")
        self.curves.set_ylabel(f"loss - lowest loss, mean of {self.window}")
        self.paths, self.gaps, self.heads, self.rest = [], [], [], []
        looks = zip(self.ways, (style.RED, style.BLUE, style.GREEN), DASHES, style.CLASS_MARKERS, strict=False)
        for way, color, dash, marker in looks:
            line = {"linestyle": dash, "color": color, "linewidth": 1.5}
            self.paths += self.plane.plot([], [], **line)
            self.gaps += self.curves.plot([], [], **line)
            self.rest += self.curves.plot([], [], linestyle=dash, color=style.pale(color, 0.4), linewidth=1, zorder=1)
            self.heads += self.plane.plot([], [], marker, markeredgecolor=style.INK, label=way, **line)
        edge = {"color": style.PAPER, "markeredgecolor": style.INK, "markersize": 11 * style.current_scale()}
        self.begin = self.plane.plot([], [], "o", **edge)[0]
        self.plane.legend(loc="lower right", fontsize="small", frameon=True, framealpha=0.85)
        self.moving(*self.rest, *self.paths, self.begin, *self.heads, *self.gaps)
        self.moving(*self.plane.spines.values(), *self.curves.spines.values())

    def update(self, rate: float, tau: float, batch_size: int, step: int, x: float, y: float) -> None:
        self.step, self.start = step, np.array([x, y])
        if self.known != (rate, tau, batch_size, x, y):
            rules = (sgd, decaying(sgd, tau), adagrad)
            self.walks = [self._walk(rule, rate, batch_size) for rule in rules]
            lowest = two_class_loss(self.best, self.X, self.y)[0]
            self.above = [np.maximum(self._losses(walk) - lowest, self.resolved) for walk in self.walks]
            self.known = (rate, tau, batch_size, x, y)
        self.rates = (rate, rate / (1 + step / tau))
        self.begin.set_data(*self.start[:, None])
        for c, (walk, above) in enumerate(zip(self.walks, self.above, strict=True)):
            self.paths[c].set_data(*walk[: step + 1].T)
            self.heads[c].set_data(*walk[step][:, None])
            gaps = running_mean(above, self.window)
            self.gaps[c].set_data(np.arange(step + 1), gaps[: step + 1])
            self.rest[c].set_data(np.arange(step, self.last + 1), gaps[step:])

    def _walk(self, rule: Callable, rate: float, size: int) -> Array:
        path, state = [self.start], None
        for rows in batches(len(self.X), size, self.last):
            _, dw = two_class_loss(path[-1], self.X[rows], self.y[rows])
            (w,), state = rule((path[-1],), (dw,), rate, state)
            path.append(w)
        return np.array(path)

    def _losses(self, walk: Array) -> Array:
        s = self.X @ walk.T
        return (np.logaddexp(0, s) - self.y[:, None] * s).mean(axis=0)

    def describe(self) -> str:
        far = [float(running_mean(above, self.window)[self.step]) for above in self.above]
        words = ", ".join(
            f"{way} {gap:.2g}" if gap > 1.001 * self.resolved else f"{way} less than {self.resolved:g}"
            for way, gap in zip(self.ways, far, strict=True)
        )
        nearest = join([self.ways[c] for c in leaders(np.maximum(far, self.resolved), largest=False, rtol=1e-12)])
        return (
            f"Step {self.step}: the constant rate is {self.rates[0]:.3g}, the decaying one is down to "
            f"{self.rates[1]:.3g}. Above the lowest loss, mean of the last {self.window} steps: {words}. Nearest: "
            f"{nearest}."
        )

    def arrange(self) -> Widget:
        rate, tau, size, step, *starts, player = (part.widget for part in self.parts)
        return column(row(rate, tau), row(size, step), row(*starts), row(player, self.reset_button))
