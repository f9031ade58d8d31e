"""Where an error comes from: the model, the loss, the data or the optimizer.

The truth f* is known here, as it never is in earnest. So the four sources can be taken apart: let all of them be
perfect, then spoil one after the other, and note by how much the distance from f* grows each time.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.polynomial import legendre

from lectureutils import style
from lectureutils.live import LiveFigure, Widget, choice, column, log_slider, row, slider

Array = np.ndarray
SOURCES = ("model too small", "wrong loss", "too little data", "stopped early")
PLENTY = 2000  # examples: as good as all there could be
ARRIVED = 300  # steps after which gradient descent gains next to nothing
KNEE = 0.4  # of the robust loss


def truth(x: Array) -> Array:
    """Return f*(x) = sin(4 x) + x / 2, what should be learned."""
    return np.sin(4 * x) + x / 2


def examples(n: int, seed: int = 0) -> tuple[Array, Array]:
    """Draw n examples x, t (n,): x spread over -1 ... 1, t = f*(x) with some noise, and one in ten 3 too high."""
    rng = np.random.default_rng([seed, n])
    x = -1 + 2 * (np.arange(n) + rng.uniform(0.2, 0.8, n)) / n
    broken = rng.permutation(n) < n / 10
    return x, truth(x) + 0.2 * rng.standard_normal(n) + 3.0 * broken


def features(x: Array, degree: int) -> Array:
    """Return the columns (N, degree + 1) of a polynomial: Legendre's, scaled so that no weight is slower to learn."""
    return legendre.legvander(x, degree) * np.sqrt(2 * np.arange(degree + 1) + 1)


class Cost(NamedTuple):
    """A loss of one miss r = f(x) - t: its value, and a factor a with slope 2 a r; `steepest` is the largest a."""

    value: Callable[[Array], Array]
    factor: Callable[[Array], Array]
    steepest: float = 1.0


def _robust(r: Array) -> Array:
    return np.where(np.abs(r) < KNEE, r**2, 2 * KNEE * np.abs(r) - KNEE**2)


COSTS: dict[str, Cost] = {
    "robust": Cost(_robust, lambda r: KNEE / np.maximum(np.abs(r), KNEE)),
    "squared": Cost(lambda r: r**2, np.ones_like),
    "too low costs 3 times": Cost(lambda r: np.where(r < 0, 3, 1) * r**2, lambda r: np.where(r < 0, 3.0, 1.0), 3.0),
}


def minimise(A: Array, t: Array, cost: Cost, rounds: int = 25) -> Array:
    """Return argmin over w (K,) of the mean cost of A w - t: weighted least squares, with the weights of the last w."""
    w = np.linalg.lstsq(A, t, rcond=None)[0]
    for _ in range(rounds if cost is not COSTS["squared"] else 0):
        a = cost.factor(A @ w - t)
        w = np.linalg.lstsq(A * np.sqrt(a)[:, None], t * np.sqrt(a), rcond=None)[0]
    return w


def descend(A: Array, t: Array, cost: Cost, steps: int) -> Array:
    """Return the weights (steps + 1, K) of gradient descent from zeros, at a tenth of the largest stable rate."""
    largest = np.linalg.eigvalsh(A.T @ A / len(t))[-1]
    rate, walk = 1 / (10 * cost.steepest * largest), [np.zeros(A.shape[1])]
    for _ in range(steps):
        r = A @ walk[-1] - t
        walk.append(walk[-1] - rate * 2 * (cost.factor(r) * r) @ A / len(t))
    return np.array(walk)


class Setting(NamedTuple):
    """How something is learned: the polynomial's degree, the number of examples, the loss, the steps, the draw."""

    degree: int = 7
    examples: int = 400
    loss: str = "robust"
    steps: int = ARRIVED
    draw: int = 0


class Split(NamedTuple):
    """The distance from f* after each source is spoiled, (4,), the parts that they add, (4,), and the last weights."""

    errors: Array
    parts: Array
    w: Array

    @property
    def total(self) -> float:
        """The whole error: mean (f(x) - f*(x))^2."""
        return float(self.errors[-1])

    @property
    def worst(self) -> str:
        """The source that adds most."""
        return SOURCES[int(np.argmax(self.parts))]


class Splitter:
    """Take errors apart; keeps what does not depend on the examples drawn."""

    def __init__(self):
        self.x = np.linspace(-1, 1, 200)
        self.goal = truth(self.x)
        self._plenty = examples(PLENTY, seed=99)
        self._ideal: dict[tuple[int, str], tuple[float, float]] = {}

    def distance(self, w: Array) -> float:
        """Return mean (f(x) - f*(x))^2 over -1 ... 1, the error that is meant."""
        return float(np.mean((features(self.x, len(w) - 1) @ w - self.goal) ** 2))

    def ideal(self, degree: int, loss: str) -> tuple[float, float]:
        """Return the errors of the best w of all, and of the best by `loss` with plenty of examples."""
        if (degree, loss) not in self._ideal:
            best = np.linalg.lstsq(features(self.x, degree), self.goal, rcond=None)[0]
            x, t = self._plenty
            taught = minimise(features(x, degree), t, COSTS[loss], rounds=12)
            self._ideal[degree, loss] = self.distance(best), self.distance(taught)
        return self._ideal[degree, loss]

    def split(self, setting: Setting) -> Split:
        """Return the split of the error; a part may be negative when a later fault makes good for an earlier one."""
        x, t = examples(setting.examples, setting.draw)
        A, cost = features(x, setting.degree), COSTS[setting.loss]
        arrived = minimise(A, t, cost)
        w = descend(A, t, cost, setting.steps)[-1]
        errors = np.array([*self.ideal(setting.degree, setting.loss), self.distance(arrived), self.distance(w)])
        return Split(errors, np.diff(errors, prepend=0.0), w)


def say_parts(parts: Array) -> str:
    """Say the four parts of an error in one breath."""
    rounded = np.round(parts, 3) + 0.0  # no -0.000
    return ", ".join(f"{name} {part:+.3f}" for name, part in zip(SOURCES, rounded, strict=True))


def _draw_fit(axes: Axes, x: Array) -> dict:
    """Make the artists of data, truth and fit in one panel."""
    scale = style.current_scale()
    axes.set(xlim=(-1.05, 1.05), ylim=(-2.4, 6), xlabel="x", ylabel="t")
    look = {"linestyle": "none", "marker": "o", "color": style.SKY, "markersize": 3.5 * scale}
    return {
        "data": axes.plot([], [], label="examples", **look)[0],
        "truth": axes.plot(x, truth(x), "--", color=style.INK, linewidth=1.5, label="f*, the truth")[0],
        "fit": axes.plot([], [], "-", color=style.RED, label="f, learned")[0],
    }


def _legend(axes: Axes) -> None:
    axes.legend(loc="upper left", ncols=2, fontsize="small", handlelength=1.4, columnspacing=1, borderpad=0.1)


class ErrorSourcesFigure(LiveFigure):
    """Spoil the model, the loss, the data or the optimizer, and see the error split accordingly.

    Left examples, truth f* and the polynomial that was learned. Right the parts of the error mean (f - f*)^2, in the
    order model, loss, data, optimizer: each is what its source adds when those before it are as set and those after
    it perfect. Slide topic: where do errors come from?
    """

    size = (700, 400)
    low, high = -0.3, 1.1

    def __init__(self, setting: Setting | None = None):
        start = setting or Setting()
        self.splitter = Splitter()
        for degree in range(10):  # once, so that no frame has to wait for it
            for loss in COSTS:
                self.splitter.ideal(degree, loss)
        super().__init__(
            slider("degree", start.degree, 0, 9, 1, label="Model: degree"),
            log_slider("examples", start.examples, 12, 400, label="Examples", form=".0f"),
            choice("loss", list(COSTS), start.loss, label="Loss"),
            log_slider("steps", start.steps, 1, ARRIVED, label="Steps", form=".0f"),
            slider("draw", start.draw, 0, 9, 1, label="Draw"),
        )

    def draw(self, fig: Figure) -> None:
        self.plane, self.side = fig.subplots(1, 2, width_ratios=[1.1, 1])
        self.plane.set_title("What was learned")
        self.shown = _draw_fit(self.plane, self.splitter.x)
        _legend(self.plane)
        names = [*(name.replace(" ", "\n", 1) for name in SOURCES), "all\ntogether"]
        colors = (style.BLUE, style.ORANGE, style.GREEN, style.PURPLE, style.GREY)
        self.bars = self.side.barh(range(5), np.zeros(5), 0.65)
        for bar, color, hatch in zip(self.bars, colors, (*style.CLASS_HATCHES[:4], ""), strict=True):
            bar.set(facecolor=style.pale(color, 0.75), edgecolor=style.INK, hatch=hatch)
        self.side.set(xlim=(self.low, self.high), ylim=(4.5, -0.5), xlabel="mean of (f - f*) squared")
        self.side.set_yticks(range(5), names)
        self.side.set_title("The parts of the error")
        self.zero = self.side.axvline(0, color=style.INK, linewidth=1)
        look = {"color": style.INK, "markersize": 6 * style.current_scale(), "clip_on": False}
        self.beyond = self.side.plot([], [], "D", **look)[0]
        self.beyond.set_in_layout(False)
        self.moving(*self.shown.values(), *self.bars, self.zero, self.beyond)

    def update(self, degree: int, examples: float, loss: str, steps: float, draw: int) -> None:
        self.setting = Setting(degree, round(examples), loss, round(steps), draw)
        self.split = self.splitter.split(self.setting)
        self.shown["data"].set_data(*_examples(self.setting))
        fit = features(self.splitter.x, degree) @ self.split.w
        self.shown["fit"].set_data(self.splitter.x, np.clip(fit, -50, 50))
        values = np.array([*self.split.parts, self.split.total])
        for bar, value in zip(self.bars, np.clip(values, self.low, self.high), strict=True):
            bar.set_width(value)
        far = np.flatnonzero((values > self.high) | (values < self.low))
        self.beyond.set_data(np.where(values[far] > 0, self.high, self.low), far)

    def describe(self) -> str:
        s = self.setting
        verdict = "All four are good enough" if self.split.total < 0.02 else f"Most of it: {self.split.worst}"
        if self.split.parts[3] < -0.01:
            verdict += "; stopping before the end has helped"
        return (
            f"Degree {s.degree}, {s.examples} examples, loss {s.loss}, {s.steps} steps. Error {self.split.total:.3f}: "
            f"{say_parts(self.split.parts)}. {verdict}."
        )

    def arrange(self) -> Widget:
        degree, count, loss, steps, draw = (part.widget for part in self.parts)
        return column(row(degree, count), row(loss, steps), row(draw, self.reset_button))


def _examples(setting: Setting) -> tuple[Array, Array]:
    return examples(setting.examples, setting.draw)


# ---- six cases

CASES = (
    Setting(degree=7, examples=400, loss="robust", steps=5, draw=1),
    Setting(degree=7, examples=400, loss="squared", draw=2),
    Setting(degree=9, examples=16, loss="robust", draw=8),
    Setting(degree=1, examples=400, loss="robust", draw=3),
    Setting(degree=7, examples=400, loss="too low costs 3 times", draw=5),
    Setting(degree=1, examples=20, loss="robust", draw=6),
)
SIGNS = {
    "model too small": "then the training loss would stay high, fresh examples be no worse, and f be too simple",
    "wrong loss": "then both losses would be flat and alike, and f still off the points that were checked by hand",
    "too little data": "then the loss of fresh examples would be far above the training loss",
    "stopped early": "then both losses would still be falling at the last step",
}
UNDECIDED = "choose one"


class Case(NamedTuple):
    """What can be seen of one case, and what is behind it."""

    setting: Setting
    split: Split
    training: Array
    fresh: Array
    checked: float
    bias: float


class DiagnoseFigure(LiveFigure):
    """Show six sick trainings from outside, as in real life, and ask what is wrong with each.

    Left the examples, what was learned, and twelve points that a person has checked. Right the loss over the steps, on
    the training examples and on fresh ones. The truth and the split are shown once a diagnosis is given.
    Slide topic: where do errors come from?
    """

    size = (700, 400)

    def __init__(self, cases: Sequence[Setting] = CASES):
        self.splitter = Splitter()
        self.places = np.linspace(-0.95, 0.95, 12)  # checked by hand
        self.cases = [self._run(setting) for setting in cases]
        self.case, self.given = None, {}
        names = {f"case {k + 1}": k for k in range(len(cases))}
        super().__init__(
            choice("case", names, label="Patient"),
            choice("diagnosis", [UNDECIDED, *SOURCES], label="Diagnosis"),
        )

    def _run(self, setting: Setting) -> Case:
        cost = COSTS[setting.loss]
        x, t = _examples(setting)
        walk = descend(features(x, setting.degree), t, cost, setting.steps)
        x_new, t_new = examples(500, seed=50 + setting.draw)
        losses = [
            cost.value(features(a, setting.degree) @ walk.T - b[:, None]).mean(axis=0)
            for a, b in ((x, t), (x_new, t_new))
        ]
        miss = features(self.places, setting.degree) @ walk[-1] - truth(self.places)
        split = self.splitter.split(setting)
        return Case(setting, split, *losses, float(np.mean(miss**2)), float(miss.mean()))

    def rewind(self) -> None:
        self.given.clear()

    def draw(self, fig: Figure) -> None:
        self.plane, self.side = fig.subplots(1, 2, width_ratios=[1.1, 1])
        scale = style.current_scale()
        self.plane.set_title("What was learned")
        self.shown = _draw_fit(self.plane, self.splitter.x)
        look = {"color": style.INK, "markersize": 8 * scale, "markeredgewidth": 2 * scale}
        self.hand = self.plane.plot(self.places, truth(self.places), "+", label="checked by hand", **look)[0]
        _legend(self.plane)
        self.side.set(yscale="log", ylim=(0.01, 20), xlim=(1, ARRIVED + 50), xscale="log", xlabel="step (log)")
        self.side.set(ylabel="loss that was minimised", title="Loss over the steps")
        size = 5 * scale
        self.training = self.side.plot([], [], "-", color=style.BLUE, label="training examples")[0]
        self.fresh = self.side.plot([], [], "--", color=style.RED, label="fresh examples")[0]
        self.ends = self.side.plot([], [], "D", color=style.ORANGE, markeredgecolor=style.INK, markersize=size)[0]
        self.side.legend(loc="upper right", fontsize="small", borderpad=0)
        self.moving(*self.shown.values(), self.hand, self.training, self.fresh, self.ends)

    def update(self, case: int, diagnosis: str) -> None:
        if case != self.case:  # another patient: what was said of it before, if anything
            self.case = case
            if self.given.get(case, UNDECIDED) != diagnosis:
                diagnosis = self.given.get(case, UNDECIDED)
                self.set(diagnosis=diagnosis)
        self.diagnosis = diagnosis
        self.given[case] = diagnosis
        self.now = self.cases[case]
        self.shown["data"].set_data(*_examples(self.now.setting))
        fit = features(self.splitter.x, self.now.setting.degree) @ self.now.split.w
        self.shown["fit"].set_data(self.splitter.x, np.clip(fit, -50, 50))
        self.shown["truth"].set_visible(diagnosis != UNDECIDED)
        steps = np.arange(1, len(self.now.training))
        self.training.set_data(steps, self.now.training[1:])
        self.fresh.set_data(steps, self.now.fresh[1:])
        self.ends.set_data([steps[-1]] * 2, [self.now.training[-1], self.now.fresh[-1]])

    @property
    def right(self) -> int:
        """How many of the diagnoses given are right."""
        return sum(self.cases[case].split.worst == said for case, said in self.given.items())

    def describe(self) -> str:
        now, s = self.now, self.now.setting
        if self.diagnosis == UNDECIDED:
            return (
                f"Case {self.case + 1}: {s.examples} examples, {s.steps} steps. Training loss {now.training[-1]:.3f}, "
                f"on fresh examples {now.fresh[-1]:.3f}. Points checked by hand: squared error {now.checked:.3f}, on "
                f"average {now.bias:+.2f} off. What is the main cause?"
            )
        if self.diagnosis == now.split.worst:
            verdict = f"Right: {self.diagnosis}"
        else:
            verdict = f"Not {self.diagnosis}: {SIGNS[self.diagnosis]}. Here it is: {now.split.worst}"
        return (
            f"Case {self.case + 1}. {verdict}. The parts: {say_parts(now.split.parts)} ({s.loss} loss). "
            f"{self.right} of {len(self.cases)} right so far."
        )
