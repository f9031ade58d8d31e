"""A slope can be measured entry by entry, and it can be followed downhill.

The first two figures measure: the lecture's table, one entry a step, and the error for every step size h. The third
one walks: gradient descent on two losses at once, from the same start, with the same learning rate.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from lectureutils import plots, style, validate
from lectureutils.live import LiveFigure, Player, Widget, choice, column, log_slider, row, slider, toggle

Array = np.ndarray
ALL_DIGITS = 16  # from here on, losses are kept as they are
MOST_SHOWN = 12  # decimals of a loss


def norm_loss(scores: Array, y_star: Array) -> Array:
    """Return the lecture's loss ||scores - y*||, not squared, for scores (..., C)."""
    return np.linalg.norm(scores - y_star, axis=-1)


def norm_gradient(W: Array, x: Array, y_star: Array) -> Array:
    """Return dL/dW = (W x - y*) x^T / ||W x - y*||, shape (C, D); zeros at the tip, where there is no slope."""
    residual = W @ x - y_star
    length = np.linalg.norm(residual)
    return np.outer(residual, x) / length if length else np.zeros_like(W)


def cut(values: Array, digits: int = 3) -> Array:
    """Drop the digits after the given one, without rounding: 0.4165 becomes 0.416."""
    # Rounding first mends what binary numbers do to 0.118 * 1000; the 9 digits it keeps are more than any slide has.
    return np.trunc(np.round(np.asarray(values) * 10**digits, 9)) / 10**digits


class Measured(NamedTuple):
    """One measured entry: the weights (C, D) after the step, both scores (C,), both losses and the slope."""

    W: Array
    scores: Array
    base: float
    stepped: float
    slope: float


def measure(
    W: Array, x: Array, y_star: Array, index: tuple[int, int], h: float, *,
    digits: int = ALL_DIGITS, cut_base: bool = False, leave_steps: bool = False,
) -> Measured:  # fmt: skip
    """Measure dL/dW at one index as the slides do: (L(W + h) - L(W)) / h, with the slides' three habits on request.

    Losses keep `digits` decimals; `cut_base` cuts the scores of L(W) after three digits; `leave_steps` leaves the
    steps at all earlier entries in. Slide topic: numerical gradient.
    """
    flat = int(np.ravel_multi_index(index, W.shape))
    stepped = W.copy()
    stepped.flat[slice(0 if leave_steps else flat, flat + 1)] += h
    scores = W @ x
    base = norm_loss(cut(scores) if cut_base else scores, y_star)
    after = norm_loss(stepped @ x, y_star)
    if digits < ALL_DIGITS:
        base, after = np.round([base, after], digits)
    return Measured(stepped, stepped @ x, float(base), float(after), float((after - base) / h))


def _example(W: Array, x: Array, y_star: Array) -> tuple[Array, Array, Array]:
    """Return W (C, D), x (D,) and y_star (C,) as floats that fit each other."""
    W = validate.numbers(W, "W", "C D")
    return W, validate.numbers(x, "x", f"{W.shape[1]}"), validate.numbers(y_star, "y_star", f"{len(W)}")


class NumericalGradientFigure(LiveFigure):
    """Fill in the lecture's table of the numerical gradient, one entry at each step.

    At first as on the slides: h = 0.001, losses with four digits. With `switches` the reader gets at the slides'
    habits, sees the true gradient beside the measured one, and can take the habits away one by one.
    Slide topic: numerical gradient, entry by entry.
    """

    size = (700, 380)

    def __init__(self, W: Array, x: Array, y_star: Array, class_names: Sequence[str], switches: bool = False):
        self.W, self.x, self.y_star = _example(W, x, y_star)
        self.names, self.switches = tuple(class_names), switches
        self.true = norm_gradient(self.W, self.x, self.y_star)
        self.entry = slider("entry", 2 if switches else 0, 0, self.W.size, 1, label="Entries")
        habits = (
            toggle("cut_base", True, label="Cut the scores of the base loss"),
            toggle("leave_steps", True, label="Don't undo the step"),
            slider("digits", 4, 3, ALL_DIGITS, 1, label="Digits kept"),
            log_slider("h", 0.001, 1e-12, 1.0, label="Step h"),
        )
        super().__init__(self.entry, *(habits if switches else ()), Player(tick_ms=700))

    def arrange(self) -> Widget:
        entry, *habits, player = self.parts
        rows = [[player, entry], habits[:2], habits[2:]]
        widgets = [[part.widget for part in parts] for parts in rows if parts]
        widgets[0].append(self.reset_button)
        return column(*(row(*line) for line in widgets))

    def draw(self, fig: Figure) -> None:
        tables = 3 if self.switches else 2
        grid = fig.add_gridspec(2, tables, height_ratios=[3, 2.6])
        columns = [f"x[{j}]" for j in range(len(self.x))]
        titles = ["W, with the step", "dW, measured", "dW, true"][:tables]
        self.tables, self.frames, zoom = [], [], style.current_scale()
        for k, title in enumerate(titles):
            axes = fig.add_subplot(grid[0, k])
            axes.set_title(title, pad=22 * style.current_scale())
            self.tables.append(plots.cells(axes, self.names if k == 0 else [""] * len(self.names), columns)[1])
            self.tables[-1].size = (10 if tables == 2 else 8.5) * zoom  # fits its cell
            look = {"facecolor": "none", "edgecolor": style.INK, "linewidth": 2.5 * zoom, "zorder": 4, "clip_on": False}
            self.frames.append(axes.add_patch(Rectangle((0, 0), 1, 1, **look)))
        below = fig.add_subplot(grid[1, :])
        below.set_title("The scores, and their distance L to the wanted ones", pad=22 * style.current_scale())
        rows, heads = ["at W", "with the step", "slope"], [*self.names, "L"]
        self.losses = plots.cells(below, rows, heads)[1]
        self.moving(*self.tables, *self.frames, self.losses)

    def update(
        self, entry: int, h: float = 0.001, digits: int = 4, cut_base: bool = True, leave_steps: bool = True
    ) -> None:
        self.h, self.count, shape = h, int(entry), self.W.shape
        self.decimals = min(digits, MOST_SHOWN)  # of the losses
        habits = {"digits": digits, "cut_base": cut_base, "leave_steps": leave_steps}
        places = [np.unravel_index(k, shape) for k in range(max(self.count, 1))]
        steps = [measure(self.W, self.x, self.y_star, place, h, **habits) for place in places]
        self.place, self.now = tuple(int(i) for i in places[-1]), steps[-1]
        self.slopes = np.array([step.slope for step in steps[: self.count]])
        self._write_tables()
        self._write_losses(cut_base)

    def _write_tables(self) -> None:
        row, column = self.place
        for frame in self.frames:
            frame.set_xy((column, row))
            frame.set_visible(self.count > 0)
        moved = (self.now.W != self.W) & (self.count > 0)
        self.tables[0].set_texts(
            [f"{w:.4g}+h" if m else f"{w:.4g}" for w, m in zip(self.W.flat, moved.flat, strict=True)]
        )
        self.tables[0].set_colors([style.RED if m else style.INK for m in moved.flat])
        blank = [""] * (self.W.size - self.count)
        self.tables[1].set_texts([short(slope, self.switches) for slope in self.slopes] + blank)
        if self.switches:
            self.tables[2].set_texts([short(slope, True) for slope in self.true.flat])

    def _write_losses(self, cut_base: bool) -> None:
        base = cut(self.W @ self.x) if cut_base else self.W @ self.x
        first = [f"{s:.3f}" if cut_base else f"{s:.6g}" for s in base] + [f"{self.now.base:.{self.decimals}f}"]
        after = [f"{s:.6g}" for s in self.now.scores] + [f"{self.now.stepped:.{self.decimals}f}"]
        slope = ["", "", "", short(self.now.slope)] if self.count else [""] * 4
        self.losses.set_texts(first + (after if self.count else [""] * 4) + slope)

    def describe(self) -> str:
        if not self.count:
            return f"L(W) = {self.now.base:.4f}. Nothing is measured yet: press Step."
        slope, exact = self.now.slope, self.decimals == MOST_SHOWN
        base, after = (f"{loss:.{self.decimals}f}" for loss in (self.now.base, self.now.stepped))
        slope = f"{slope:.6f}" if exact and abs(slope) < 100 else short(slope)
        text = f"dW[{', '.join(map(str, self.place))}] = ({after} - {base}) / {self.h:.3g} = {slope}."
        if not self.switches:
            return f"{text} {self.count} of {self.W.size} entries are measured."
        wrong = np.abs(self.slopes - self.true.flat[: self.count])
        return (
            f"{text} The true slope is {self.true[self.place]:.6f}. Largest error of the {self.count} measured "
            f"entries: {wrong.max():.2g}."
        )

    def advance(self) -> bool:
        self.set(entry=min(self.entry.value + 1, self.W.size))
        return self.entry.value < self.W.size

    def rewind(self) -> None:
        self.set(entry=0)


def short(number: float, narrow: bool = False) -> str:
    """Write a slope with four digits, or with three decimals for a narrow cell; large ones as 2e+05."""
    if abs(number) >= (100 if narrow else 1e4):
        return f"{number:.0e}"
    return f"{round(number, 3) + 0.0:.3f}" if narrow else f"{round(number, 9) + 0.0:.4g}"


class StepSizeFigure(LiveFigure):
    """Show the largest error of the measured gradient for every step size h: a V for the norm, none for its square.

    One-sided: (L(W + h) - L(W)) / h. Central: (L(W + h) - L(W - h)) / 2h. On the right of the valley h is so large that
    the loss bends on the way; on the left so small that the digits of L run out. Slide topic: inexact gradient.
    """

    size = (680, 400)
    floor = 1e-16

    def __init__(self, W: Array, x: Array, y_star: Array):
        W, x, y_star = _example(W, x, y_star)
        self.steps = np.geomspace(1e-13, 1, 79)
        true = norm_gradient(W, x, y_star)
        scores = W @ x
        moves = self.steps[:, None, None, None, None] * np.array([1, -1])[:, None, None, None]
        moved = scores + moves * x[:, None, None] * np.eye(len(W))  # (h, sign, column, row, C)
        base, norms = norm_loss(scores, y_star), norm_loss(moved, y_star)
        self.cases = {"norm": (true.T, base, norms), "square": (2 * base * true.T, base**2, norms**2)}
        losses = {"the norm (as on the slides)": "norm", "its square": "square"}
        super().__init__(
            log_slider("h", 0.001, 1e-13, 1.0, label="Step h"),
            slider("digits", ALL_DIGITS, 3, ALL_DIGITS, 1, label="Digits kept"),
            choice("loss", losses, label="Loss"),
        )

    def draw(self, fig: Figure) -> None:
        axes = fig.subplots()
        axes.set(xscale="log", yscale="log", xlim=(1e-13, 1), ylim=(self.floor, 1e6))
        axes.set(xlabel="step h", ylabel="largest error of dW", title="How wrong is the measured gradient?")
        axes.text(2e-13, 60, "← h too small:\ndigits of L run out", color=style.GREY, fontsize="small")
        axes.text(0.6, 60, "h too large: →\nL bends on the way", color=style.GREY, fontsize="small", ha="right")
        self.lines = [
            axes.plot([], [], dash, color=color, label=label)[0]
            for dash, color, label in (("--", style.RED, "one-sided (as on the slides)"), ("-", style.BLUE, "central"))
        ]
        self.marks = [axes.plot([], [], mark, color=c)[0] for mark, c in (("s", style.RED), ("o", style.BLUE))]
        self.here = axes.axvline(0.001, color=style.INK, linestyle=":", linewidth=1)
        axes.legend(loc="upper center", fontsize="small", ncols=2)
        self.moving(self.here, *self.lines, *self.marks)

    def update(self, h: float, digits: int, loss: str) -> None:
        true, base, moved = self.cases[loss]
        if digits < ALL_DIGITS:
            base, moved = np.round(base, digits), np.round(moved, digits)
        ahead, behind = moved[:, 0], moved[:, 1]
        h_each = self.steps[:, None, None]
        slopes = (ahead - base) / h_each, (ahead - behind) / (2 * h_each)
        self.errors = [np.abs(slope - true).max(axis=(1, 2)) for slope in slopes]
        self.k = int(np.abs(np.log(self.steps / h)).argmin())
        for line, mark, error in zip(self.lines, self.marks, self.errors, strict=True):
            shown = np.maximum(error, self.floor)
            line.set_data(self.steps, shown)
            mark.set_data([self.steps[self.k]], [shown[self.k]])
        self.here.set_xdata([self.steps[self.k]] * 2)

    def describe(self) -> str:
        parts = []
        for name, error in zip(("One-sided", "Central"), self.errors, strict=True):
            best = int(error.argmin())
            side = "h is too small, digits run out" if self.k < best else "h is too large, the loss bends"
            verdict = "close to its best" if error[self.k] < 3 * error[best] else side
            parts.append(f"{name}: error {error[self.k]:.1e}, {verdict}")
        return f"h = {self.steps[self.k]:.1e}. {'. '.join(parts)}."


class Walk(NamedTuple):
    """A path of gradient descent: places (steps + 1, 2), the loss at each, and why it ended early, if it did."""

    places: Array
    losses: Array
    left: bool


def descend(f: Callable, start: Array, rate: float, steps: int) -> Walk:
    """Walk w -= rate * dw from `start`; f(w) returns (loss, gradient). Ends when w has gone 1e6 away."""
    w = np.array(start, dtype=float)
    places, losses = [w], [f(w)[0]]
    for _ in range(steps):
        w = w - rate * f(w)[1]
        if not np.abs(w).max() < 1e6:
            return Walk(np.array(places), np.array(losses), True)
        places.append(w)
        losses.append(f(w)[0])
    return Walk(np.array(places), np.array(losses), False)


class SurfaceFigure(LiveFigure):
    """Walk downhill on two loss surfaces over the same two weights, side by side.

    `losses` maps two names to functions f(w) -> (loss, gradient), w (2,): the first without, the second with the same
    curvature everywhere (a parabola), so that the second has a limit 2 / lambda_max. Drag the start. Slide topic:
    gradient descent.
    """

    size = (700, 480)
    span = (-1.2, 1.2)
    most = 100  # steps
    rates = (0.002, 0.2)

    def __init__(
        self, losses: Mapping[str, Callable], start: tuple[float, float] = (0.9, -0.6), rate: float = 0.02,
        steps: int = 12,
    ):  # fmt: skip
        if len(losses) != 2:
            raise ValueError(f"losses: got {len(losses)}, expected two: one for each panel, by name.")
        self.losses = dict(losses)
        self.curvature = curvature(list(losses.values())[1])
        low, high = self.curvature
        # within 100 steps the loss falls to 1% along the flattest direction; no overshoot; no growth
        self.bounds = np.log(100) / (2 * self.most * low), 1 / high, 2 / high
        box = {"low": self.span[0], "high": self.span[1], "step": 0.01}
        super().__init__(
            slider("w0", start[0], **box, label="Start w[0]"),
            slider("w1", start[1], **box, label="Start w[1]"),
            log_slider("rate", rate, *self.rates, label="Learning rate"),
            slider("steps", steps, 0, self.most, 1, label="Steps done"),
            Player(tick_ms=150),
        )

    def draw(self, fig: Figure) -> None:
        rows = fig.add_gridspec(2, 1, height_ratios=[2.3, 1])
        top, bottom = rows[0].subgridspec(1, 2), rows[1].subgridspec(1, 2, width_ratios=[1, 1.5])
        looks = (("s", style.RED, "--"), ("o", style.BLUE, "-"))
        self.panels = [fig.add_subplot(place) for place in top]
        below = fig.add_subplot(bottom[0])
        below.set(yscale="log", xlim=(0, self.most), ylim=(1e-9, 1e7), yticks=[1e-8, 1e-4, 1, 1e4])
        below.set(xlabel="step", ylabel="L")
        self.paths, self.ends, self.starts, self.curves = [], [], [], []
        zoom = style.current_scale()
        for axes, (name, f), (mark, color, dash) in zip(self.panels, self.losses.items(), looks, strict=True):
            self._draw_contours(axes, name, f)
            self.paths.append(axes.plot([], [], dash + mark, color=color, markersize=4 * zoom, linewidth=1.2 * zoom)[0])
            self.ends.append(axes.plot([], [], mark, color=color, markeredgecolor=style.INK, markersize=9 * zoom)[0])
            self.starts.append(axes.plot([], [], "o", color="none", markeredgecolor=style.INK, markersize=15 * zoom)[0])
            self.curves.append(below.plot([], [], dash, color=color, label=name)[0])
        below.legend(loc="upper right", fontsize="small", ncols=2, borderaxespad=0)
        self._draw_ruler(fig.add_subplot(bottom[1]))
        self.moving(*self.paths, *self.ends, *self.starts, *self.curves, self.rate_mark)

    def _draw_contours(self, axes: Axes, name: str, f: Callable) -> None:
        ticks = np.linspace(*self.span, 61)
        heights = np.array([[f(np.array([u, v]))[0] for u in ticks] for v in ticks])
        levels = np.quantile(heights, [0.01, 0.05, 0.15, 0.3, 0.5, 0.7, 0.9])
        lines = axes.contour(ticks, ticks, heights, levels=levels, colors=style.GREY, linewidths=0.8)
        axes.clabel(lines, fmt="%.2g", fontsize="x-small")
        best = np.unravel_index(heights.argmin(), heights.shape)
        axes.plot([ticks[best[1]]], [ticks[best[0]]], "+", color=style.INK, markersize=9)
        axes.set(xlim=self.span, ylim=self.span, xlabel="w[0]", title=name)
        axes.set_ylabel("w[1]" if axes is self.panels[0] else "")

    def _draw_ruler(self, axes: Axes) -> None:
        edges = [self.rates[0], *self.bounds, self.rates[1]]
        words = ("too small", "right", "zig-zag", "diverging")
        colors = style.PALE, *(style.pale(color, 0.4) for color in (style.GREEN, style.ORANGE, style.RED))
        for word, left, right, color in zip(words, edges[:-1], edges[1:], colors, strict=True):
            axes.axvspan(left, right, facecolor=color)
            axes.text((left * right) ** 0.5, 0.75, word, ha="center", va="center", fontsize="small")
        axes.axvline(self.bounds[2], color=style.INK)
        axes.set(xscale="log", xlim=self.rates, ylim=(0, 1), yticks=[], xlabel="learning rate")
        axes.set_title(f"{list(self.losses)[1]}: limit 2/λmax = {self.bounds[2]:.4f}", fontsize="medium")
        self.rate_mark = axes.plot([], [], "v", color=style.INK, markersize=10)[0]

    def update(self, w0: float, w1: float, rate: float, steps: int) -> None:
        self.rate, self.steps = rate, int(steps)
        self.walks = [descend(f, (w0, w1), rate, self.most) for f in self.losses.values()]
        for k, walk in enumerate(self.walks):
            places, losses = walk.places[: self.steps + 1], walk.losses[: self.steps + 1]
            inside = np.clip(places, -50, 50)
            self.paths[k].set_data(*inside.T)
            self.ends[k].set_data(*inside[-1:].T)
            self.starts[k].set_data([w0], [w1])
            self.curves[k].set_data(np.arange(len(losses)), np.clip(losses, 1e-12, 1e6))
        self.rate_mark.set_data([rate], [0.2])

    def describe(self) -> str:
        said = [
            f"{name}: L = {walk.losses[: self.steps + 1][-1]:.3g}, {verdict}."
            for (name, walk), verdict in zip(
                zip(self.losses, self.walks, strict=True), (self._first(), self._second()), strict=True
            )
        ]
        return f"Step {self.steps}, learning rate {self.rate:.3g}. {' '.join(said)}"

    def _first(self) -> str:
        """Name what a fixed rate does on a loss whose slope doesn't fade, from the whole walk."""
        losses = self.walks[0].losses
        rises = np.flatnonzero(np.diff(losses) > 1e-12)
        if self.walks[0].left:
            return "diverging"
        if not len(rises):
            return f"too small: still on the way down after {self.most} steps"
        late = losses[-20:]
        return (
            f"never settles: hops from step {rises[0] + 1} on, at last with L between {late.min():.2g} and "
            f"{late.max():.2g}"
        )

    def _second(self) -> str:
        """Name the learning rate of a parabola by its place between the bounds."""
        small, even, limit = self.bounds
        if self.rate < small:
            return f"too small: after {self.most} steps more than 1% of the loss is left along the flat direction"
        if self.rate <= even:
            return "right: each step goes down, and none crosses the valley"
        if self.rate < limit:
            return f"zig-zag: each step crosses the valley, yet it arrives (limit {limit:.4f})"
        return f"diverging: above the limit 2/lambda_max = {limit:.4f} steps soon land higher and higher"

    # The hand

    def grab(self, axes: Axes, x: float, y: float) -> Any:
        start = self.controls["w0"].value, self.controls["w1"].value
        return "start" if axes in self.panels and self.near(axes, start, x, y) < 1.5 * self.reach else None

    def drag(self, held: Any, x: float, y: float) -> None:
        low, high = self.span
        self.set(w0=float(np.clip(x, low, high)), w1=float(np.clip(y, low, high)))

    def tap(self, axes: Axes, x: float, y: float) -> None:
        if axes in self.panels:
            self.drag("start", x, y)

    def advance(self) -> bool:
        steps = min(self.controls["steps"].value + 1, self.most)
        self.set(steps=steps)
        return steps < self.most

    def rewind(self) -> None:
        self.set(steps=0)


def curvature(f: Callable) -> tuple[float, float]:
    """Return (lambda_min, lambda_max) of a parabola over w (2,), from its gradients: they are linear in w.

    Raises ValueError when the slope does not grow evenly, so that there is no single curvature.
    """
    H, again = (
        np.array([f(at + step)[1] - f(at)[1] for step in np.eye(2)]) for at in (np.zeros(2), np.array([2.0, -3.0]))
    )
    if not np.allclose(H, again):
        raise ValueError("the second loss has no constant curvature, expected a parabola. Pass the squared loss.")
    low, high = np.linalg.eigvalsh((H + H.T) / 2)
    return float(low), float(high)
