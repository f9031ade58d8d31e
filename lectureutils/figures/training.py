"""A network in training on real data: its progress, its curves, its mistakes, and what goes wrong.

Training is cut into epochs, and the browser asks for one at a time. So Stop is answered after one epoch at the most,
and what has been learned until then is the network, ready for use.
"""

import dataclasses
import functools
from collections.abc import Callable, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lectureutils import plots, style, validate
from lectureutils.autodiff import fused, no_grad
from lectureutils.data import Dataset, load_digits
from lectureutils.live import LiveFigure, Player, Widget, choice, column, log_slider, row, slider, toggle
from lectureutils.live.controls import Presets
from lectureutils.losses import Loss, cross_entropy, l2_penalty
from lectureutils.nn import Linear, ReLU, Sequential, Sigmoid, he, update, xavier
from lectureutils.optim import Rule, adam, sgd
from lectureutils.train import accuracy, minibatches

Array = np.ndarray


class Trainer:
    """A network, an update rule and what the rule remembers; `step` makes one update.

    Minimises loss(network(X), y) + lam * (sum of squares of all weights, biases left out). When an update makes a
    number infinite or NaN, it is taken back: the network stays the last usable one, and `diverged` is true.
    """

    def __init__(self, network: Sequential, rule: Rule = adam, learning_rate: float = 0.003,
                 loss: Loss = cross_entropy, lam: float = 0.0):  # fmt: skip
        self.network, self.rule, self.learning_rate, self.loss, self.lam = network, rule, learning_rate, loss, lam
        self.parameters = network.parameters()
        self.state, self.updates, self.diverged = None, 0, False

    def step(self, X: Array, y: Array) -> bool:
        """Update once from the batch X (N, D), y (N,); return False once training has diverged."""
        if self.diverged:
            return False
        before = [p.data for p in self.parameters]
        with np.errstate(all="ignore"):
            scores = self.network(X)
            if np.isfinite(scores.data).all():
                self._objective(scores, y).backward()
                self.state = update(self.parameters, self.rule, self.learning_rate, self.state)
                with no_grad():
                    self.diverged = not np.isfinite(self.network(X).data).all()
            else:
                self.diverged = True
        if self.diverged:
            for p, old in zip(self.parameters, before, strict=True):
                p.data = old
        self.updates += not self.diverged
        return not self.diverged

    def _objective(self, scores, y):
        total = fused(self.loss, scores, y)
        for W in self.parameters if self.lam else ():
            if W.data.ndim == 2:
                total = total + self.lam * fused(l2_penalty, W)
        return total

    def measure(self, X: Array, y: Array) -> tuple[float, float]:
        """Return (loss without penalty, accuracy) over X, y; (inf, accuracy) if scores are beyond all numbers."""
        with no_grad(), np.errstate(all="ignore"):
            scores = self.network(X).data
        if not np.isfinite(scores).all():
            return np.inf, float((scores.argmax(axis=1) == y).mean())
        return self.loss(scores, y)[0], accuracy(scores, y)


class TrainPlayer(Player):
    """A player whose button says what it does here: Train and Stop."""

    def connect(self, figure: LiveFigure) -> None:
        super().connect(figure)
        self.play.description, self.play.tooltip = "Train", "Train until stopped; what was learned stays"
        self.back.tooltip = "Forget everything and start again"
        figure.canvas.observe(self._name, "playing")

    def _name(self, change: dict) -> None:
        self.play.description, self.play.icon = ("Stop", "stop") if change["new"] else ("Train", "play")


def curve_axes(loss: Axes, share: Axes, epochs: int, low: float = 0.003, high: float = 10.0) -> None:
    """Prepare axes for two curves over `epochs`: the loss on a log scale, and the share that is right."""
    loss.set(xlim=(0, epochs), ylim=(low, high), yscale="log", ylabel="loss")
    ticks = [tick for tick in (0.001, 0.01, 0.1, 1, 10) if low <= tick <= high]
    loss.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
    loss.minorticks_off()
    loss.tick_params(labelbottom=False)
    share.set(xlim=(0, epochs), ylim=(0, 1.03), xlabel="epoch", ylabel="right")
    step = max(1, epochs // 5)
    loss.set_xticks(range(0, epochs + 1, step))
    share.set_xticks(range(0, epochs + 1, step))
    share.set_yticks([0, 0.5, 1], ["0%", "50%", "100%"])
    share.axhline(1, color=style.PALE, linewidth=1)


def pair_of_lines(axes: Axes) -> list:
    """Make the curve of the training set and, dashed, that of the test set."""
    return [axes.plot([], [], "-", color=style.BLUE, label="training")[0],
            axes.plot([], [], "--", color=style.RED, label="test")[0]]  # fmt: skip


class TrainingFigure(LiveFigure):
    """Train a network one epoch at a time, with its curves and the test pictures that it still gets wrong.

    `make` takes a Generator and returns a fresh network; `images` are the test pictures (N, h, w) or (N, h, w, 3) in
    0..1. The network stands in `network`, whatever Stop left of it. Slide topics: networks; backward propagation.
    """

    size = (700, 430)
    rows = 3

    def __init__(
        self,
        make: Callable[[np.random.Generator], Sequential],
        train: Dataset,
        test: Dataset,
        images: Array,
        names: Sequence[str] = (),
        rule: Rule = adam,
        learning_rate: float = 0.003,
        epochs: int = 60,
        seed: int = 0,
    ):
        self.make, self.train, self.test, self.rule, self.seed = make, train, test, rule, seed
        self.names, self.epochs = tuple(names or test.class_names), validate.count(epochs, "epochs")
        self.columns = 4 if max(map(len, self.names)) < 3 else 3  # room for the words below
        images = validate.numbers(images, "images")
        if len(images) != len(test):
            raise ValueError(f"images: got {len(images)} for {len(test)} test examples, expected one for each. "
                             f"Select the same rows from both.")  # fmt: skip
        self.images = images if images.ndim == 4 else np.repeat(1 - images[..., None], 3, axis=3)
        self._start(learning_rate)
        sizes = {f"{n}": n for n in (8, 32, 128) if n < len(train)} | {f"{len(train)} (all)": len(train)}
        super().__init__(
            log_slider("rate", learning_rate, learning_rate / 100, learning_rate * 100, label="Learning rate"),
            choice("batch", sizes, value=32 if len(train) > 32 else len(train), label="Batch size"),
            TrainPlayer(),
        )

    def _start(self, learning_rate: float) -> None:
        self.rng = np.random.default_rng(self.seed)
        self.trainer = Trainer(self.make(self.rng), self.rule, learning_rate)
        self.seen = []
        self._measure()

    @property
    def network(self) -> Sequential:
        """The network as it is now."""
        return self.trainer.network

    def _measure(self) -> None:
        self.seen.append(self.trainer.measure(self.train.X, self.train.y)
                         + self.trainer.measure(self.test.X, self.test.y))  # fmt: skip

    def draw(self, fig: Figure) -> None:
        layout = [["bar", "wrong"], ["loss", "wrong"], ["share", "wrong"]]
        axes = fig.subplot_mosaic(layout, height_ratios=[0.12, 1, 1], width_ratios=[1.1, 1])
        axes["bar"].set(xlim=(0, self.epochs), yticks=[], xticks=[], ylim=(-0.5, 0.5), title="Progress")
        axes["bar"].spines[:].set_visible(True)
        self.bar = axes["bar"].barh([0], [0], height=1, color=style.GREEN)[0]
        curve_axes(axes["loss"], axes["share"], self.epochs)
        self.loss_lines, self.share_lines = pair_of_lines(axes["loss"]), pair_of_lines(axes["share"])
        axes["share"].legend(loc="lower right", fontsize="small")
        self._draw_gallery(axes["wrong"])
        self.moving(self.bar, *self.loss_lines, *self.share_lines, self.gallery, self.labels)

    def _draw_gallery(self, axes: Axes) -> None:
        axes.set(xlim=(0, self.columns), ylim=(0, self.rows), xticks=[], yticks=[])
        axes.set_title("Wrong on test: truth > answer")
        axes.spines[:].set_visible(False)
        self.gallery = plots.PixelMap(axes)
        axes.add_artist(self.gallery)
        cells = [(column, self.rows - 1 - line) for line in range(self.rows) for column in range(self.columns)]
        self.labels = plots.Numbers(axes, np.array(cells) + [0.5, 0.1])
        self.labels.size *= 0.85
        axes.add_artist(self.labels)

    def update(self, rate: float, batch: int) -> None:
        self.trainer.learning_rate, self.batch = rate, batch
        seen = np.array(self.seen)
        epochs = np.arange(len(seen))
        self.bar.set_width(len(seen) - 1)
        for k in range(2):
            self.loss_lines[k].set_data(epochs, np.clip(seen[:, 2 * k], 0.0031, 9.9))
            self.share_lines[k].set_data(epochs, seen[:, 2 * k + 1])
        self._show_gallery()

    def _show_gallery(self) -> None:
        with no_grad():
            said = self.network(self.test.X).data.argmax(axis=1)
        self.wrong = np.flatnonzero(said != self.test.y)
        shown = self.wrong[: self.columns * self.rows]
        self.gallery.set_data(mosaic(self.images[shown], self.rows, self.columns))
        words = [f"{self.names[self.test.y[i]]} > {self.names[said[i]]}" for i in shown]
        self.labels.set_texts(words + [""] * (self.columns * self.rows - len(words)))

    def advance(self) -> bool:
        if self.trainer.diverged or len(self.seen) > self.epochs:
            return False
        for X, y in minibatches(self.train.X, self.train.y, self.controls["batch"].value, self.rng):
            if not self.trainer.step(X, y):
                return False
        self._measure()
        return len(self.seen) <= self.epochs

    def rewind(self) -> None:
        self._start(self.controls["rate"].value)

    def describe(self) -> str:
        done, (loss, right, _, new) = len(self.seen) - 1, self.seen[-1]
        end = ""
        if self.trainer.diverged:
            end = " Diverged: a number became infinite, and the last usable weights were kept. Lower the rate, Rewind."
        elif done == self.epochs:
            end = " Done."
        return (
            f"Epoch {done} of {self.epochs}, {self.trainer.updates} updates with batches of {self.batch}, learning "
            f"rate {self.trainer.learning_rate:.2g}: training loss {loss:.4f}, {right:.1%} right; on "
            f"{len(self.test)} test pictures {new:.1%} right, {len(self.wrong)} wrong.{self._say_dead()}{end}"
        )

    def _say_dead(self) -> str:
        first, *rest = self.network.layers
        if not (rest and isinstance(rest[0], ReLU)):
            return ""
        with no_grad():
            dead = (first(self.train.X).data <= 0).all(axis=0)
        return f" {dead.sum()} of {len(dead)} hidden neurons answer 0 to every training picture."

    def arrange(self) -> Widget:
        rate, batch, player = (part.widget for part in self.parts)
        return column(row(rate, batch), row(player, self.reset_button))


def mosaic(images: Array, rows: int, columns: int, footer: float = 0.3) -> Array:
    """Put up to rows * columns pictures (N, h, w, 3) in 0..1 on paper, each with room for a line of words below it.

    Returns RGB 0..255 with row 0 at the bottom, as `plots.PixelMap` takes it.
    """
    _, h, w, _ = images.shape
    gap, foot = max(1, w // 8), max(2, round(footer * h))
    sheet = np.ones((rows, columns, h + foot, w + 2 * gap, 3))
    for k, image in enumerate(images):
        sheet[k // columns, k % columns, :h, gap:-gap] = image
    page = sheet.swapaxes(1, 2).reshape(rows * (h + foot), columns * (w + 2 * gap), 3)
    return (255 * page[::-1] + 0.5).astype(np.uint8)


# ---- what goes wrong


@dataclasses.dataclass(frozen=True)
class Case:
    """A way to train the 64-64-10 network on digits, and how to mend it: `cure` lists the fields to change."""

    name: str
    learning_rate: float = 0.1
    scale: float = 1.0
    bias: float = 0.0
    zeros: bool = False
    sigmoid: bool = False
    shuffled: bool = False
    cure: tuple = ()
    cured: str = ""

    def mended(self) -> "Case":
        """Return the case with its cure applied."""
        return dataclasses.replace(self, **dict(self.cure))


CASES = (
    Case("healthy", cured="nothing to cure"),
    Case("rate too large", learning_rate=1.2, cure=(("learning_rate", 0.1),), cured="learning rate 0.1 instead of 1.2"),
    Case("dead ReLUs", bias=-10.0, cure=(("bias", 0.0),), cured="biases start at 0 instead of -10"),
    Case("all zero", learning_rate=1.0, zeros=True, sigmoid=True, cure=(("zeros", False),),
         cured="random small weights instead of zeros"),
    Case("unscaled inputs", scale=255.0, cure=(("scale", 1.0),), cured="inputs from 0 to 1 instead of 0 to 255"),
    Case("labels shuffled", shuffled=True, cure=(("shuffled", False),), cured="X and y shuffled together"),
)


class CaseRun:
    """One case in training; `until(epoch)` trains only as far as it has not been trained yet."""

    def __init__(self, case: Case, seed: int = 0):
        self.case, self.rng = case, np.random.default_rng(seed)
        train, test = load_digits().random_split(0.25, seed=0)
        self.X, self.new = case.scale * train.X, case.scale * test.X
        self.y, self.new_y = np.random.default_rng(1).permutation(train.y) if case.shuffled else train.y, test.y
        self.trainer = Trainer(self._network(), sgd, case.learning_rate)
        self.seen, self.templates, self.on = [], [], []
        self._look()

    def _network(self) -> Sequential:
        init, bend = (xavier, Sigmoid) if self.case.sigmoid else (he, ReLU)
        network = Sequential(Linear(64, 64, self.rng, init), bend(), Linear(64, 10, self.rng, init))
        network.layers[0].b.data = np.full(64, self.case.bias)
        for W in network.parameters() if self.case.zeros else ():
            W.data = np.zeros(W.shape)
        return network

    def _look(self) -> None:
        layer = self.trainer.network.layers[0]
        self.seen.append(self.trainer.measure(self.X, self.y) + self.trainer.measure(self.new, self.new_y))
        self.templates.append(layer.W.data)
        active = self.X @ layer.W.data.T + layer.b.data > 0
        self.on.append(np.ones(64) if self.case.sigmoid else active.mean(axis=0))

    def until(self, epoch: int) -> None:
        """Train up to the end of `epoch`, or until training has diverged."""
        while len(self.seen) <= epoch:
            for X, y in minibatches(self.X, self.y, 32, self.rng):
                self.trainer.step(X, y)
            self._look()


@functools.lru_cache(maxsize=16)
def _run(case: Case) -> CaseRun:
    return CaseRun(case)


def count_twins(W: Array) -> int:
    """Return how many rows of W (K, D) have the same numbers as another row."""
    _, which, counts = np.unique(np.round(W, 9), axis=0, return_inverse=True, return_counts=True)
    return int((counts[which.ravel()] > 1).sum())


class PlayPresets(Presets):
    """Buttons that set the controls and then press Play."""

    def connect(self, figure: LiveFigure) -> None:
        super().connect(figure)
        for button in self.buttons.values():
            button.on_click(lambda _button: setattr(figure.canvas, "playing", True))


class SymptomFigure(LiveFigure):
    """Reproduce what goes wrong in training, symptom by symptom, and cure it.

    The same 64-64-10 network on digits and the same plain SGD every time; a case changes one thing. Left the curves,
    right the weights of the 64 hidden neurons as pictures of 8 x 8 pixels, those that never answer crossed out.
    Slide topics: troubles; summary.
    """

    size = (700, 400)
    last = 15

    def __init__(self, epoch: int = 15):
        self.cases = {case.name: case for case in CASES}
        buttons = {name: {"case": name, "cured": False, "epoch": 0} for name in self.cases}
        super().__init__(
            PlayPresets("Show", buttons),
            choice("case", list(self.cases), label="Case"),
            toggle("cured", label="Apply the cure"),
            slider("epoch", epoch, 0, self.last, 1, label="Epoch"),
            PlayPresets("Then", {"cure it": {"cured": True, "epoch": 0}}),
            Player(),
        )

    def draw(self, fig: Figure) -> None:
        axes = fig.subplot_mosaic([["loss", "weights"], ["share", "weights"]], width_ratios=[1, 1.05])
        curve_axes(axes["loss"], axes["share"], self.last, low=0.02, high=20)
        axes["loss"].set_title("Loss and share that is right")
        axes["loss"].axhline(np.log(10), color=style.GREY, linewidth=1, linestyle=":")
        axes["loss"].text(0.2, 0.024, "dotted: guessing, log 10 = 2.30", fontsize="small", color=style.GREY)
        self.loss_lines, self.share_lines = pair_of_lines(axes["loss"]), pair_of_lines(axes["share"])
        axes["share"].legend(loc="center right", fontsize="small")
        self.weights = plots.picture(axes["weights"], "Weights of 64 neurons; \u00d7: dead", 8)
        axes["weights"].add_artist(self.weights)
        size = 14 * style.current_scale()
        self.dead = axes["weights"].plot([], [], "x", color=style.INK, markersize=size, markeredgewidth=2)[0]
        self.moving(*self.loss_lines, *self.share_lines, self.weights, self.dead, *axes["weights"].spines.values())

    def update(self, case: str, cured: bool, epoch: int) -> None:
        self.case, self.cured, self.epoch = self.cases[case], cured, epoch
        run = _run(self.case.mended() if cured else self.case)
        run.until(epoch)
        seen = np.array(run.seen[: epoch + 1])
        for k in range(2):
            self.loss_lines[k].set_data(np.arange(epoch + 1), np.clip(seen[:, 2 * k], 0.021, 19.5))
            self.share_lines[k].set_data(np.arange(epoch + 1), seen[:, 2 * k + 1])
        self.seen, W = seen, run.templates[epoch]
        self.asleep = np.flatnonzero(run.on[epoch] == 0)
        self.twins = count_twins(W)
        self.dead.set_data(self.asleep % 8 + 0.5, self.asleep // 8 + 0.5)
        plots.set_picture(self.weights, neuron_pictures(W))

    def describe(self) -> str:
        loss, right, _, new = self.seen[-1]
        what = f"{self.case.name}, cured ({self.case.cured})" if self.cured else self.case.name
        twins = f"{self.twins} neurons are twins of another" if self.twins else "no two neurons are alike"
        size = "over 10000" if loss > 1e4 else f"{loss:.3f}"
        return (
            f"{what[0].upper() + what[1:]}, epoch {self.epoch}: training loss {size}, {right:.1%} right, test "
            f"{new:.1%} right. {len(self.asleep)} of 64 neurons are dead; {twins}."
        )

    def advance(self) -> bool:
        epoch = min(self.last, self.controls["epoch"].value + 1)
        self.set(epoch=epoch)
        return epoch < self.last

    def rewind(self) -> None:
        self.set(epoch=0)

    def arrange(self) -> Widget:
        show, case, cured, epoch, cure, player = (part.widget for part in self.parts)
        return column(show, row(case, cured, cure), row(epoch, player, self.reset_button))


def neuron_pictures(W: Array) -> Array:
    """Return the 64 rows of W (64, 64) as one picture of 8 x 8 tiles in 0..1: red positive, blue negative, white 0.

    Each tile has its own scale, so faint neurons can be seen, too; a frame of paper lies between them.
    """
    most = np.abs(W).max(axis=1, keepdims=True)
    tiles = (W / np.where(most > 0, most, 1)).reshape(64, 8, 8)
    warm, cold = np.array([0.84, 0.37, 0.0]), np.array([0.0, 0.45, 0.70])
    ink = np.where(tiles[..., None] > 0, 1 - warm, 1 - cold) * np.abs(tiles)[..., None]
    framed = np.pad(1 - ink, ((0, 0), (1, 0), (1, 0), (0, 0)), constant_values=0.8)
    return framed.reshape(8, 8, 9, 9, 3).swapaxes(1, 2).reshape(72, 72, 3)
