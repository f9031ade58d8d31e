"""What a loss does: to one example, to a whole data set, to a ranking, to outliers, and to what is learned.

A loss here is any function of scores (N, C) and labels y (N,) that returns one number, or a pair that begins with it.
So a figure takes the reader's own function as well as those of `lectureutils.losses`.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import plots, style, validate
from lectureutils.figures.scores import say_scores
from lectureutils.figures.verdicts import predictions, say_prediction
from lectureutils.live import LiveFigure, Player, Widget, choice, column, grid, log_slider, matrix, presets, row, slider
from lectureutils.losses import LOSSES, SHARES

AnyLoss = Callable[[np.ndarray, np.ndarray], float | tuple]
DASHES = ("-", "--", "-.", ":")


def loss_value(loss: AnyLoss, scores: np.ndarray, y: int) -> float:
    """Return the loss of one example with scores (C,) and label y; infinite and NaN are let through.

    Raises ValueError when the function returns anything but a number or a pair that begins with one.
    """
    with np.errstate(all="ignore"):
        result = loss(np.array(scores, dtype=float)[None], np.array([y]))
    result = result[0] if isinstance(result, tuple) and result else result
    try:
        if result is None:
            raise ValueError("nothing")
        return float(np.asarray(result, dtype=float).reshape(()))
    except (TypeError, ValueError) as error:
        name = getattr(loss, "__name__", "the loss")
        raise ValueError(f"{name} returned {result!r}, expected one number: the loss of the batch") from error


def say_number(value: float) -> str:
    """Put a number into words, also one that is infinite or not a number."""
    if np.isnan(value):
        return "not a number"
    return f"{value:.3f}" if np.isfinite(value) else "infinite"


def say_losses(values: Mapping[str, float]) -> str:
    """Put several losses into words: `hinge 1.403, L1 1.372`."""
    return ", ".join(f"{name} {say_number(value)}" for name, value in values.items())


def _example(
    scores: ArrayLike, y: int, class_names: Sequence[str], name: str = "scores"
) -> tuple[np.ndarray, int, tuple[str, ...]]:
    scores, labels = validate.scores_and_labels(validate.numbers(scores, name, "C")[None], [y])
    if len(class_names) != scores.shape[1] or len(class_names) > len(style.CLASS_COLORS):
        raise ValueError(
            f"class_names: got {len(class_names)} names for {scores.shape[1]} scores, expected one for each, and at "
            f"most {len(style.CLASS_COLORS)}. Give each score a name."
        )
    return scores[0], int(labels[0]), tuple(class_names)


def _numbered(names: Sequence[str]) -> dict[str, int]:
    return {name: c for c, name in enumerate(names)}


class SharesFigure(LiveFigure):
    """Show the four losses of one example as bars, one for each class's share, with the scores (C,) on sliders.

    Slide topic: loss functions.
    """

    size = (700, 260)
    most = 5.0  # the scale of the shares

    def __init__(self, scores: ArrayLike, y: int, class_names: Sequence[str], settings: dict | None = None):
        scores, y, self.names = _example(scores, y, class_names)
        self.scores = matrix("scores", scores, -2, 2, 0.0005)  # fine enough for the lecture's scores
        self.truth = choice("truth", _numbered(self.names), y, label="Truth")
        self.presets = presets("Set to", settings or {})
        super().__init__(self.scores, self.truth, self.presets)

    def draw(self, fig: Figure) -> None:
        panels = fig.subplots(1, 1 + len(SHARES), sharey=True)
        self.score_bars = plots.class_bars(panels[0], self.names, -2.2, 2.2)
        self.mark = panels[0].plot([], [], "*", color=style.INK, markersize=12 * style.current_scale())[0]
        panels[0].set(xlabel="score", title="scores")
        self.share_bars, self.beyond = {}, {}
        for name, axes in zip(SHARES, panels[1:], strict=True):
            self.share_bars[name] = plots.class_bars(axes, self.names, 0, self.most)
            self.beyond[name] = axes.plot([], [], ">", color=style.INK, clip_on=False, in_layout=False)[0]
            axes.set(xlabel="share", title=name, xticks=[0, 2, 4])
            axes.tick_params(axis="y", length=0)
        bars = [bar for bars in (self.score_bars, *self.share_bars.values()) for bar in bars]
        self.moving(*bars, self.mark, *self.beyond.values())

    def update(self, scores: np.ndarray, truth: int) -> None:
        self.now, self.y = scores, truth
        plots.set_bars(self.score_bars, scores)
        self.mark.set_data([scores[truth] + (0.3 if scores[truth] < 1.7 else -0.3)], [truth])
        self.shares = {name: shares(scores[None], np.array([truth]))[0] for name, shares in SHARES.items()}
        for name, shares in self.shares.items():
            plots.set_bars(self.share_bars[name], np.minimum(shares, self.most))
            over = np.flatnonzero(shares > self.most)
            self.beyond[name].set_data(np.full(len(over), self.most), over)

    def describe(self) -> str:
        losses = {name: shares.sum() for name, shares in self.shares.items()}
        over = " A share runs out of the picture (▸)." if any(s.max() > self.most for s in self.shares.values()) else ""
        said = say_prediction(self.names, self.now)
        return f"Truth {self.names[self.y]} (★), {said}. Losses: {say_losses(losses)}.{over}"

    def arrange(self) -> Widget:
        table = grid([["", *self.names], ["scores", *self.scores.inputs]], f"70px repeat({len(self.names)}, 84px)")
        return column(row(self.presets.widget, self.reset_button), row(table, self.truth.widget))


class MeanLossFigure(LiveFigure):
    """Show the loss of every example of X (N, D), y (N,), and the mean, with W (C, D) and b (C,) on sliders.

    One dot an example, for the chosen loss; the bars are the means of all four losses. Slide topic: loss functions.
    """

    size = (700, 360)
    most = 6.0

    def __init__(
        self,
        X: ArrayLike,
        y: ArrayLike,
        W: ArrayLike,
        b: ArrayLike,
        class_names: Sequence[str],
        feature_names: Sequence[str],
        settings: dict | None = None,
    ):
        self.X, W, b = validate.linear(X, W, b)
        self.y = validate.labels(y, len(W), len(self.X))
        self.names, self.features = tuple(class_names), tuple(feature_names)
        self.place = np.empty(len(self.y))  # examples of one class stand side by side
        self.place[np.argsort(self.y, kind="stable")] = np.arange(len(self.y))
        self.W, self.b = matrix("W", W, -5, 5), matrix("b", b, -5, 5)
        self.loss = choice("loss", list(LOSSES), label="Dots show")
        self.presets = presets("Set to", settings or {})
        super().__init__(self.W, self.b, self.loss, self.presets)

    def draw(self, fig: Figure) -> None:
        left, right = fig.subplots(1, 2, width_ratios=[2.2, 1])
        left.set(xlim=(-3, len(self.y) + 2), ylim=(-0.15, self.most), xlabel="example", ylabel="its loss")
        left.set_title("Each dot an example, the line their mean")
        self.dots = plots.class_points(left, self.names, 0.7)
        self.mean = left.axhline(0, color=style.INK, linestyle="--", zorder=4)
        left.legend(handles=self.dots, loc="upper center", bbox_to_anchor=(0.5, -0.2), ncols=3, fontsize="small")
        self.bars = right.barh(range(len(LOSSES)), np.zeros(len(LOSSES)), height=0.6, color=style.pale(style.SKY, 0.8))
        right.set_yticks(range(len(LOSSES)), list(LOSSES))
        right.set(xlim=(0, self.most / 2), ylim=(len(LOSSES) - 0.5, -0.5), xlabel="mean loss", title="Four means")
        self.beyond = right.plot([], [], ">", color=style.INK, clip_on=False, in_layout=False)[0]
        self.moving(*self.dots, self.mean, *self.bars, self.beyond)

    def update(self, W: np.ndarray, b: np.ndarray, loss: str) -> None:
        scores = self.X @ W.T + b
        losses = {name: shares(scores, self.y).sum(axis=1) for name, shares in SHARES.items()}
        self.chosen, self.each = loss, losses[loss]
        self.means = {name: float(each.mean()) for name, each in losses.items()}
        self.said = predictions(scores)
        self.right = self.said == self.y
        shown = np.column_stack([self.place, np.minimum(self.each, self.most)])
        plots.set_points(self.dots, shown, self.y)
        self.mean.set_ydata([min(self.means[loss], self.most)] * 2)
        means = np.array(list(self.means.values()))
        plots.set_bars(self.bars, np.minimum(means, self.most / 2))
        over = np.flatnonzero(means > self.most / 2)
        self.beyond.set_data(np.full(len(over), self.most / 2), over)

    def describe(self) -> str:
        over = int((self.each > self.most).sum())
        off = f" {over} dots lie above the picture." if over else ""
        tied = int((self.said < 0).sum())
        ties = f" {tied} have no single highest score, so nothing is predicted." if tied else ""
        return (
            f"Mean over {len(self.y)} examples: {say_losses(self.means)}. {self.right.mean():.1%} are predicted "
            f"right.{ties} The worst {self.chosen} loss of one example is {self.each.max():.2f}.{off}"
        )

    def arrange(self) -> Widget:
        rows = [["", *self.features, "b"]]
        for name, entries, bias in zip(self.names, self.W.rows, self.b.inputs, strict=True):
            rows.append([name, *entries, bias])
        weights = grid(rows, f"84px repeat({len(self.features) + 1}, 84px)")
        return column(row(self.presets.widget, self.reset_button), self.loss.widget, weights)


class RankFigure(LiveFigure):
    """Compare two predictions of three scores under all four losses; drag either one, and see who wins where.

    Each panel is a map for one loss: shaded where a second prediction with these two scores would beat the first, grey
    where both are equally good. The third class's score is a slider. Slide topic: does a loss function matter?
    """

    size = (700, 420)
    x_range, y_range = (0.4, 1.6), (-0.3, 0.3)  # twice as wide as high, like the panels

    def __init__(self, first: ArrayLike, second: ArrayLike, y: int, class_names: Sequence[str]):
        first, self.y, self.names = _example(first, y, class_names, "first")
        second, _, _ = _example(second, y, class_names, "second")
        if len(self.names) != 3:
            raise ValueError(f"first: got {len(self.names)} scores, expected 3: the map shows two, a slider the third")
        self.across, (self.up, self.rest) = self.y, (c for c in range(3) if c != self.y)
        self.first, self.second = matrix("first", first, -0.5, 1.6, 0.005), matrix("second", second, -0.5, 1.6, 0.005)
        self.grid = self._grid()
        super().__init__(self.first, self.second)

    def _grid(self) -> np.ndarray:
        """Return predictions (rows * columns, 3), one for each cell of the map; the third score is filled in later."""
        x, y = np.linspace(*self.x_range, 145), np.linspace(*self.y_range, 73)
        cells = np.zeros((len(y), len(x), 3))
        cells[:, :, self.across], cells[:, :, self.up] = x, y[:, None]
        return cells

    def draw(self, fig: Figure) -> None:
        fig.suptitle("Blue: here the second prediction (■) beats the first (●). Grey: a tie", fontsize="medium")
        self.panels = dict(zip(LOSSES, fig.subplots(2, 2, sharex=True, sharey=True).flat, strict=True))
        colors = (style.PAPER, style.PALE, style.pale(style.SKY, 0.7), style.INK)
        self.maps, self.firsts, self.seconds, self.signs = {}, {}, {}, {}
        size = 9 * style.current_scale()
        for name, axes in self.panels.items():
            axes.set(xlim=self.x_range, ylim=self.y_range, title=name)
            self.maps[name] = plots.PixelMap(axes, colors)
            self.firsts[name] = axes.plot([], [], "o", color=style.BLUE, markersize=size, markeredgecolor="white")[0]
            self.seconds[name] = axes.plot([], [], "s", color=style.RED, markersize=size, markeredgecolor="white")[0]
            self.signs[name] = plots.Numbers(axes, [(0.4 + 0.27 * style.current_scale(), -0.25)])
            moving = (self.maps[name], self.firsts[name], self.seconds[name], self.signs[name])
            self.moving(*moving, *axes.spines.values())
        axes = list(self.panels.values())
        axes[2].set_xlabel(f"score of {self.names[self.across]} (the truth)")
        axes[3].set_xlabel(f"score of {self.names[self.across]} (the truth)")
        for panel in (axes[0], axes[2]):
            panel.set_ylabel(f"score of {self.names[self.up]}")

    def update(self, first: np.ndarray, second: np.ndarray) -> None:
        self.values_now = {}
        self.grid[:, :, self.rest] = second[self.rest]
        flat = self.grid.reshape(-1, 3)
        truth = np.full(len(flat), self.y)
        for name, shares in SHARES.items():
            one, two = shares(np.array([first, second]), np.array([self.y, self.y])).sum(axis=1)
            self.values_now[name] = float(one), float(two)
            gain = (one - shares(flat, truth).sum(axis=1)).reshape(self.grid.shape[:2])
            self.maps[name].set_data(self._regions(gain))
            self.firsts[name].set_data([first[self.across]], [first[self.up]])
            self.seconds[name].set_data([second[self.across]], [second[self.up]])
            self.signs[name].set_texts([f"{one:.4f} {self._sign(one, two)} {two:.4f}"])

    @staticmethod
    def _sign(one: float, two: float) -> str:
        return "=" if abs(one - two) < 1e-9 else "<" if one < two else ">"

    @staticmethod
    def _regions(gain: np.ndarray) -> np.ndarray:
        """Return 0 where the first wins, 1 for a tie, 2 where the second wins, 3 along the borders."""
        index = np.where(np.abs(gain) < 1e-9, 1, np.where(gain > 0, 2, 0))
        border = np.zeros(index.shape, bool)
        border[1:] |= index[1:] != index[:-1]
        border[:, 1:] |= index[:, 1:] != index[:, :-1]
        index[border] = 3
        return index

    def describe(self) -> str:
        said = {1: [], 2: [], 0: []}
        for name, (one, two) in self.values_now.items():
            winner = {"<": 1, ">": 2, "=": 0}[self._sign(one, two)]
            said[winner].append(f"{name} ({one:.4f} against {two:.4f})")
        verdicts = {1: "The first is better by", 2: "The second is better by", 0: "A tie by"}
        return " ".join(f"{verdicts[who]} {', '.join(names)}." for who, names in said.items() if names)

    def arrange(self) -> Widget:
        rows = [["", *self.names], ["first ●", *self.first.inputs], ["second ■", *self.second.inputs]]
        return row(grid(rows, "84px repeat(3, 84px)"), self.reset_button)

    def grab(self, axes: Axes, x: float, y: float) -> str | None:
        points = {name: (self.values[name][self.across], self.values[name][self.up]) for name in ("second", "first")}
        return next((name for name, point in points.items() if self.near(axes, point, x, y) < self.reach), None)

    def drag(self, held: str, x: float, y: float) -> None:
        scores = self.values[held]
        scores[self.across], scores[self.up] = np.clip(x, *self.x_range), np.clip(y, *self.y_range)
        self.set(**{held: scores})


class LossCurveFigure(LiveFigure):
    """Show how a loss follows one score while the others rest: its curve, a point to drag, and the slope there.

    `losses` maps names to functions of scores (N, C) and y (N,). The slope is measured: a tiny step to either side.
    Where the two sides disagree, the curve has a kink. Slide topic: loss functions.
    """

    size = (660, 360)
    low, high, top = -3.0, 3.0, 6.0
    step = 1e-6

    def __init__(self, losses: Mapping[str, AnyLoss], scores: ArrayLike, y: int, class_names: Sequence[str]):
        if not losses:
            raise ValueError("losses: got none, expected at least one, such as {'hinge': hinge}")
        scores, y, self.names = _example(scores, y, class_names)
        self.losses, self.known = dict(losses), None
        self.loss = choice("loss", list(self.losses), label="Loss")
        self.moved = choice("moved", _numbered(self.names), y, label="Moved score")
        self.truth = choice("truth", _numbered(self.names), y, label="Truth")
        self.scores = matrix("scores", scores, self.low, self.high)
        chosen = (self.loss,) if len(self.losses) > 1 else ()
        super().__init__(*chosen, self.moved, self.truth, self.scores)

    def draw(self, fig: Figure) -> None:
        self.axes = axes = fig.subplots()
        axes.set(xlim=(self.low, self.high), ylim=(-0.3, self.top), xlabel="the moved score", ylabel="loss")
        axes.set_title("The loss as this one score moves; dashed: the slope at the point")
        axes.axhline(0, color=style.GREY, linewidth=0.8)
        self.places = np.linspace(self.low, self.high, 121)
        self.curve = axes.plot([], [], color=style.BLUE, zorder=3)[0]
        self.tangent = axes.plot([], [], "--", color=style.INK, zorder=4)[0]
        self.rivals = plots.class_points(axes, [f"score of {name}" for name in self.names])
        for artist in self.rivals:
            artist.set(clip_on=False, in_layout=False)
        self.point = axes.plot([], [], "o", color=style.ORANGE, markersize=12 * style.current_scale(),
                               markeredgecolor=style.INK, zorder=6)[0]
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.18), ncols=3, fontsize="small")
        self.moving(self.curve, self.tangent, *self.rivals, self.point)

    def at(self, place: float) -> float:
        """Return the loss with the moved score at `place`."""
        scores = self.now.copy()
        scores[self.j] = place
        return loss_value(self.losses[self.chosen], scores, self.y)

    def update(self, moved: int, truth: int, scores: np.ndarray, loss: str | None = None) -> None:
        self.chosen = loss or next(iter(self.losses))
        self.j, self.y, self.now = moved, truth, scores
        rest = (self.chosen, moved, truth, *np.delete(scores, moved))
        if rest != self.known:  # while only the point moves, the curve stays
            self.curve.set_data(self.places, [self.at(place) for place in self.places])
            self.known = rest
        here = scores[moved]
        left, self.value, right = (self.at(here + step) for step in (-self.step, 0, self.step))
        self.slopes = (self.value - left) / self.step, (right - self.value) / self.step
        self.slope = (right - left) / (2 * self.step)
        away = np.array([-0.8, 0.8])
        finite = np.isfinite([self.value, self.slope]).all()
        self.tangent.set_data(here + away, self.value + self.slope * away) if finite else self.tangent.set_data([], [])
        self.point.set_data([here], [self.value] if np.isfinite(self.value) else [self.top])
        for score, artist in zip(scores, self.rivals, strict=True):
            artist.set_data([score], [-0.3])

    def describe(self) -> str:
        pairs = zip(self.names, self.now, strict=True)
        others = ", ".join(f"{word} {score:.2f}" for c, (word, score) in enumerate(pairs) if c != self.j)
        here = f"the score of {self.names[self.j]} at {self.now[self.j]:.2f} ({others})"
        name = f"{self.chosen}, truth {self.names[self.y]}. With {here}"
        if not np.isfinite([self.value, *self.slopes]).all():
            return f"{name} the loss is {say_number(self.value)}: there is no slope."
        left, right = self.slopes
        if abs(left - right) > 1e-3:
            sides = f"slope {left:+.2f} on its left, {right:+.2f} on its right"
            return f"{name} the loss is {self.value:.3f}, at a kink: {sides}."
        above = " The point lies above the picture." if self.value > self.top else ""
        return f"{name} the loss is {self.value:.3f} and the slope {self.slope:+.3f}.{above}"

    def arrange(self) -> Widget:
        table = grid([["", *self.names], ["scores", *self.scores.inputs]], f"70px repeat({len(self.names)}, 84px)")
        chosen = (self.loss.widget,) if len(self.losses) > 1 else ()
        return row(table, column(*chosen, self.moved.widget, self.truth.widget), self.reset_button)

    def grab(self, axes: Axes, x: float, y: float) -> str | None:
        place = self.now[self.j], min(self.value, self.top)
        return "point" if np.isfinite(place).all() and self.near(axes, place, x, y) < 1.5 * self.reach else None

    def drag(self, held: str, x: float, y: float) -> None:
        scores = self.scores.value
        scores[self.j] = np.clip(x, self.low, self.high)
        self.set(scores=scores)


class OutlierFigure(LiveFigure):
    """Find the one answer that is best for all of several values (N,), by L1 and by L2, and drag a value away.

    The mean of |a - v| is smallest at the median, the mean of (a - v)^2 at the mean. Slide topic: L1 and L2 loss.
    """

    size = (680, 400)

    def __init__(self, values: ArrayLike, low: float, high: float, answer: float = 0.0, settings: dict | None = None):
        values = validate.numbers(values, "values", "N")
        if values.min() < low or values.max() > high:
            came = f"{values.min():g} to {values.max():g}"
            raise ValueError(f"values: got {came}, expected numbers from {low:g} to {high:g}. Widen low and high.")
        self.low, self.high = low, high
        self.values_control = matrix("values", values, low, high)
        self.answer = slider("answer", answer, low, high, label="Your answer a")
        self.presets = presets("Set to", settings or {})
        super().__init__(self.values_control, self.answer, self.presets)

    def draw(self, fig: Figure) -> None:
        top, bottom = fig.subfigures(2, 1, height_ratios=[1, 1.5])
        self.line = top.subplots()
        self.line.set(xlim=self._limits(), ylim=(0, len(self.values_control.value) + 2), yticks=[])
        self.line.set(title="The values (drag one): best answer by L1 ◆, by L2 ●")
        self.dots = self.line.plot([], [], "s", color=style.PURPLE, markeredgecolor=style.INK, zorder=3)[0]
        self.curves, self.marks, self.mine, self.feet = [], [], [], []
        span = self.high - self.low
        panels = bottom.subplots(1, 2)
        looks = (("L1: mean of |a - v|", style.BLUE, "D", span), ("L2: mean of (a - v)²", style.RED, "o", span**2))
        for axes, (title, color, marker, top) in zip(panels, looks, strict=True):
            axes.set(xlim=self._limits(), ylim=(-0.03 * top, 0.6 * top), title=title, xlabel="answer a", ylabel="loss")
            self.curves += axes.plot([], [], color=color)
            self.marks += axes.plot([], [], marker, color=color, markersize=11, markeredgecolor=style.INK, zorder=4)
            self.mine += axes.plot([], [], "x", color=style.INK, markersize=10, markeredgewidth=2, zorder=5)
            look = {"color": color, "markersize": 11, "markeredgecolor": style.INK}
            self.feet += self.line.plot([], [], marker, **look, zorder=2, clip_on=False, in_layout=False)
        self.places = np.linspace(self.low, self.high, 201)
        self.moving(*self.feet, self.dots, *self.curves, *self.marks, *self.mine)

    def _limits(self) -> tuple[float, float]:
        margin = 0.04 * (self.high - self.low)
        return self.low - margin, self.high + margin

    def update(self, values: np.ndarray, answer: float) -> None:
        self.now, self.a = values, answer
        self.median, self.mean = float(np.median(values)), float(values.mean())
        self.heights = self._stack(values)
        self.dots.set_data(values, self.heights)
        off = np.abs(self.places[:, None] - values)
        for n, (best, power) in enumerate([(self.median, 1), (self.mean, 2)]):
            self.curves[n].set_data(self.places, (off**power).mean(axis=1))
            self.marks[n].set_data([best], [(np.abs(best - values) ** power).mean()])
            self.mine[n].set_data([answer], [(np.abs(answer - values) ** power).mean()])
            self.feet[n].set_data([best], [0.6])

    def _stack(self, values: np.ndarray) -> np.ndarray:
        """Return a height for each value: one that is near to earlier ones stands on top of them."""
        near = np.abs(values[:, None] - values) < 0.03 * (self.high - self.low)
        return 1.9 + np.tril(near, -1).sum(axis=1)

    def describe(self) -> str:
        l1, l2 = np.abs(self.a - self.now).mean(), ((self.a - self.now) ** 2).mean()
        low, high = np.sort(self.now)[[(len(self.now) - 1) // 2, len(self.now) // 2]]
        by_l1 = f"{self.median:.2f}, the median"
        if high - low > 0.005:  # an even number of values, and two different ones in the middle
            by_l1 = f"any from {low:.2f} to {high:.2f}, between the two in the middle"
        return (
            f"Best answer by L1: {by_l1}. Best by L2: {self.mean:.2f}, the mean. "
            f"Your answer {self.a:.2f} costs {l1:.3f} by L1 and {l2:.3f} by L2."
        )

    def arrange(self) -> Widget:
        entries = self.values_control.inputs
        width = len(entries) if len(entries) <= 7 else 5
        rows = [entries[start : start + width] for start in range(0, len(entries), width)]
        rows[-1] = [*rows[-1], *[""] * (width - len(rows[-1]))]
        table = grid(rows, f"repeat({width}, 84px)")
        return column(row(self.presets.widget, self.answer.widget, self.reset_button), table)

    def grab(self, axes: Axes, x: float, y: float) -> int | None:
        if axes is not self.line:
            return None
        distances = [self.near(axes, place, x, y) for place in zip(self.now, self.heights, strict=True)]
        nearest = int(np.argmin(distances))
        return nearest if distances[nearest] < self.reach else None

    def drag(self, held: int, x: float, y: float) -> None:
        values = self.values_control.value
        values[held] = np.clip(x, self.low, self.high)
        self.set(values=values)


class ProbabilityFigure(LiveFigure):
    """Show cross-entropy as a probability: p = exp(-loss) for each class, and the loss -log p of the truth.

    `losses` maps names to ways of writing cross-entropy, functions of scores (N, C) and y (N,). The scores (C,) can be
    scaled and shifted together, far enough to make a careless one fail. Slide topic: cross-entropy (softmax).
    """

    size = (680, 300)
    top = 6.0

    def __init__(self, losses: Mapping[str, AnyLoss], scores: ArrayLike, y: int, class_names: Sequence[str]):
        if not losses:
            raise ValueError("losses: got none, expected at least one, such as {'mine': cross_entropy}")
        scores, y, self.names = _example(scores, y, class_names)
        self.losses = dict(losses)
        self.scores = matrix("scores", scores, -3, 3, 0.0005)
        self.scale = log_slider("scale", 1.0, 0.1, 1000.0, label="Multiply by")
        self.shift = slider("shift", 0, 0, 1000, 1, label="Add to all")
        self.truth = choice("truth", _numbered(self.names), y, label="Truth")
        self.loss = choice("loss", list(self.losses), label="Written as")
        chosen = (self.loss,) if len(self.losses) > 1 else ()
        super().__init__(self.scores, self.scale, self.shift, self.truth, *chosen)

    def draw(self, fig: Figure) -> None:
        left, right = fig.subplots(1, 2)
        self.bars = plots.class_bars(left, self.names, 0, 1)
        left.set(xlabel="probability p", title="What softmax makes of the scores")
        right.set(xlim=(-0.03, 1.03), ylim=(0, self.top), xlabel="p of the true class", ylabel="loss")
        right.set_title("Cross-entropy: -log p")
        p = np.linspace(np.exp(-self.top), 1, 300)
        right.plot(p, -np.log(p), color=style.BLUE)
        self.point = right.plot([], [], "o", color=style.ORANGE, markersize=12 * style.current_scale(), zorder=4,
                                markeredgecolor=style.INK, clip_on=False, in_layout=False)[0]
        self.moving(*self.bars, self.point)

    def update(self, scores: np.ndarray, scale: float, shift: int, truth: int, loss: str | None = None) -> None:
        self.y, self.now = truth, scale * scores + shift
        self.written = loss or next(iter(self.losses))
        function = self.losses[self.written]
        costs = np.array([loss_value(function, self.now, c) for c in range(len(self.names))])
        self.p, self.cost = np.exp(-costs), costs[truth]
        plots.set_bars(self.bars, np.nan_to_num(self.p))
        shown = np.isfinite(self.cost)
        self.point.set_data(*(([np.exp(-self.cost)], [min(self.cost, self.top)]) if shown else ([], [])))

    def describe(self) -> str:
        said = f"Scores {say_scores(self.names, self.now)}. Cross-entropy {self.written}:"
        if np.isnan(self.p).any():
            return (
                f"{said} the probabilities are not numbers. exp of a score was too large for the computer, "
                f"and infinity over infinity has no value."
            )
        if np.isinf(self.cost):
            return f"{said} p of the truth was rounded to 0, so its loss is infinite."
        p = self.p[self.y]
        chance = f", one chance in {1 / p:.3g}" if p > 1e-9 else ""
        return f"{said} p({self.names[self.y]}) = {p:.4f}{chance}: the loss is -log p = {self.cost:.4f}."

    def arrange(self) -> Widget:
        table = grid([["", *self.names], ["scores", *self.scores.inputs]], f"70px repeat({len(self.names)}, 84px)")
        chosen = (self.loss.widget,) if len(self.losses) > 1 else ()
        return column(row(table, column(self.truth.widget, *chosen)),
                      row(self.scale.widget, self.shift.widget, self.reset_button))


class TrainedFigure(LiveFigure):
    """Compare what the same linear model learns with several losses: held-out accuracy, epoch by epoch.

    `runs` maps the loss's name to a list of (W, b), one for each epoch, 0 first; X (N, D), y (N,) are held out. On the
    right, how many of each class's examples the chosen loss gets right. Slide topic: does a loss function matter?
    """

    size = (700, 330)

    def __init__(self, runs: Mapping[str, Sequence[tuple]], X: ArrayLike, y: ArrayLike, class_names: Sequence[str],
                 loss: str | None = None):
        lengths = {len(run) for run in runs.values()}
        if len(lengths) != 1 or len(runs) > len(DASHES):
            came = f"{len(runs)} runs of lengths {sorted(lengths)}"
            raise ValueError(f"runs: got {came}, expected one to four, all equally long. Train them alike.")
        self.epochs, self.names = lengths.pop() - 1, tuple(class_names)
        X = validate.numbers(X, "X", "N D")
        self.y = validate.labels(y, len(self.names), len(X))
        models = {name: [validate.linear(X, W, b)[1:] for W, b in run] for name, run in runs.items()}
        self.said = {name: np.array([predictions(X @ W.T + b) for W, b in run]) for name, run in models.items()}
        self.accuracy = {name: (said == self.y).mean(axis=1) for name, said in self.said.items()}
        super().__init__(
            choice("loss", list(runs), loss, label="Bars show"),
            slider("epoch", self.epochs, 0, self.epochs, 1, label="Epoch"),
            Player(),
        )

    def draw(self, fig: Figure) -> None:
        left, right = fig.subplots(1, 2, width_ratios=[1.3, 1])
        left.set(xlim=(0, 1.02 * self.epochs), ylim=(0, 1.02), xlabel="epoch", ylabel="held-out accuracy")
        left.set_title("Right answers while training")
        for (name, curve), dash, color in zip(self.accuracy.items(), DASHES, style.CLASS_COLORS, strict=False):
            left.plot(curve, linestyle=dash, color=color, label=name)
        left.legend(loc="lower right", fontsize="small", handlelength=3)
        self.now = left.axvline(0, color=style.GREY, linewidth=1)
        self.spots = plots.class_points(left, list(self.accuracy))
        for spot in self.spots:
            spot.set(clip_on=False, in_layout=False)
        self.bars = right.bar(range(len(self.names)), np.zeros(len(self.names)), color=style.pale(style.SKY, 0.8))
        right.set_xticks(range(len(self.names)), self.names)
        right.set(ylim=(0, 1.02), xlabel="true class", ylabel="share right", title="Class by class")
        self.moving(self.now, *self.spots, *self.bars)

    def update(self, loss: str, epoch: int) -> None:
        self.chosen, self.epoch = loss, epoch
        self.now.set_xdata([epoch, epoch])
        for spot, curve in zip(self.spots, self.accuracy.values(), strict=True):
            spot.set_data([epoch], [curve[epoch]])
        said = self.said[loss][epoch]
        self.shares = np.array([(said[self.y == c] == c).mean() if (self.y == c).any() else 0.0
                                for c in range(len(self.names))])
        for bar, share in zip(self.bars, self.shares, strict=True):
            bar.set_height(share)

    def describe(self) -> str:
        said = ", ".join(f"{name} {curve[self.epoch]:.1%}" for name, curve in self.accuracy.items())
        few = [f"{name} ({share:.0%})" for name, share in zip(self.names, self.shares, strict=True) if share < 0.5]
        tied = self.said[self.chosen][self.epoch] < 0
        if tied.all():
            return f"Epoch {self.epoch}: all scores are equal, so nothing is predicted yet."
        gaps = f"fewer than half are right of {', '.join(few)}" if few else "at least half of every class are right"
        return f"Right after epoch {self.epoch}: {said}. Trained with {self.chosen}, {gaps}."

    def advance(self) -> bool:
        epoch = min(self.epochs, self.controls["epoch"].value + 1)
        self.set(epoch=epoch)
        return epoch < self.epochs

    def rewind(self) -> None:
        self.set(epoch=0)
