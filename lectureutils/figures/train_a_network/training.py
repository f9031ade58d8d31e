"""A network in training on real data, one epoch at a time: its progress, its curves, its mistakes.

The browser asks for each epoch, so Stop is answered after one at the most, and what was learned until then stays.
"""

import time
from collections.abc import Callable, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lectureutils import plots, style, validate
from lectureutils.autodiff import no_grad
from lectureutils.data import Dataset
from lectureutils.figures.train_a_network.curves import Curves
from lectureutils.figures.train_a_network.patience import time_is_up_at
from lectureutils.live import LiveFigure, Narrow, Player, choice, log_slider
from lectureutils.nn import ReLU, Sequential
from lectureutils.optim import Rule, adam
from lectureutils.train import minibatches
from lectureutils.trainer import Trainer

Array = np.ndarray
ROWS = 3  # of wrong pictures


class TrainPlayer(Player):
    """A player whose button says what it does here: Train and Stop."""

    def connect(self, figure: LiveFigure) -> None:
        super().connect(figure)
        self.play.description, self.play.tooltip = "Train", "Train until stopped; what was learned stays"
        self.back.tooltip = "Forget everything and start again"
        figure.canvas.observe(self._name, "playing")

    def _name(self, change: dict) -> None:
        self.play.description, self.play.icon = ("Stop", "stop") if change["new"] else ("Train", "play")


class Gallery:
    """The test pictures, of `images` (N, h, w, 3) in 0..1, that a network gets wrong; `truth > answer` below each."""

    def __init__(self, figure: LiveFigure, axes: Axes, images: Array, names: Sequence[str]):
        self.images, self.names = images, names
        self.columns = 4 if max(map(len, names)) < 3 else 3  # room for the words below
        axes.set(
            xlim=(0, self.columns), ylim=(0, ROWS), xticks=[], yticks=[], title="What is still wrong? truth > answer"
        )
        axes.spines[:].set_visible(False)
        self.pictures = plots.PixelMap(axes)
        cells = [(column, ROWS - 1 - line) for line in range(ROWS) for column in range(self.columns)]
        self.labels = plots.Numbers(axes, np.array(cells) + [0.5, 0.1])
        self.labels.size *= 0.85
        figure.moving(self.pictures, self.labels)

    def set(self, truth: Array, said: Array) -> int:
        """Show the first examples whose classes `truth` and `said` (N,) differ; return how many there are."""
        wrong = np.flatnonzero(said != truth)
        room = self.columns * ROWS
        self.pictures.set_data(mosaic(self.images[wrong[:room]], ROWS, self.columns))
        words = [f"{self.names[truth[i]]} > {self.names[said[i]]}" for i in wrong[:room]]
        self.labels.set_texts(words + [""] * (room - len(words)))
        return len(wrong)


class TrainingFigure(LiveFigure):
    """Train a network one epoch at a time, with its curves and the test pictures that it still gets wrong.

    `make` takes a Generator and returns a fresh network; `images` are the test pictures (N, h, w) or (N, h, w, 3) in
    0..1. The network stands in `network`, whatever Stop left of it. Slide topics: networks; backward propagation.
    """

    size = (700, 430)
    narrow = Narrow(640, (0.15, 1.3, 1, 1))
    layout = "rate batch / player reset"

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
        self.images = pictures(images, len(test))
        self._start(learning_rate)
        sizes = {f"{n}": n for n in (8, 32, 128) if n < len(train)} | {f"{len(train)} (all)": len(train)}
        self.runs = {
            "as it opens": {},
            "one step an epoch, with all pictures": {"batch": len(train)},
            "a rate 30 times as large": {"rate": 30 * learning_rate},
        }
        self.told = "as it opens", 20
        super().__init__(
            log_slider("rate", learning_rate, learning_rate / 100, learning_rate * 100, label="Learning rate"),
            choice("batch", sizes, value=32 if len(train) > 32 else len(train), label="Batch size"),
            TrainPlayer(),
        )

    def _start(self, learning_rate: float) -> None:
        self.rng = np.random.default_rng(self.seed)
        self.trainer = Trainer(self.make(self.rng), self.rule, learning_rate)
        self.seen, self.batches = [], None  # those of an epoch that has begun
        self._measure()

    @property
    def network(self) -> Sequential:
        """The network as it is now."""
        return self.trainer.network

    def _measure(self) -> None:
        self.seen.append(sum((self.trainer.measure(part.X, part.y) for part in (self.train, self.test)), ()))

    def draw(self, fig: Figure) -> None:
        layout = [["bar", "wrong"], ["loss", "wrong"], ["share", "wrong"]]
        axes = fig.subplot_mosaic(layout, height_ratios=[0.12, 1, 1], width_ratios=[1.1, 1])
        axes["bar"].set(xlim=(0, self.epochs), yticks=[], xticks=[], ylim=(-0.5, 0.5), title="Progress")
        axes["bar"].spines[:].set_visible(True)
        self.bar = axes["bar"].barh([0], [0], height=1, color=style.GREEN)[0]
        self.moving(self.bar)
        self.curves = Curves(self, axes["loss"], axes["share"], self.epochs, 0.003, 10.0)
        axes["share"].legend(loc="lower right", fontsize=10 * style.SMALL * style.current_scale())
        self.gallery = Gallery(self, axes["wrong"], self.images, self.names)

    def update(self, rate: float, batch: int) -> str:
        self.trainer.learning_rate = rate
        done, (loss, right, _, new) = len(self.seen) - 1, self.seen[-1]
        self.bar.set_width(done)
        self.curves.set(self.seen)
        with no_grad():
            wrong = self.gallery.set(self.test.y, self.network(self.test.X).data.argmax(axis=1))
        end = " Done." if done == self.epochs else ""
        if self.trainer.diverged:
            end = " Diverged: a number became infinite, and the last usable weights were kept. Lower the rate, Rewind."
        return (
            f"Epoch {done} of {self.epochs}, {self.trainer.updates} updates with batches of {batch}, learning rate "
            f"{rate:.2g}: training loss {loss:.4f}, {right:.1%} right; on {len(self.test)} test pictures {new:.1%} "
            f"right, {wrong} wrong.{say_dead(self.network, self.train.X)}{end}"
        )

    def advance(self) -> bool:
        if self.trainer.diverged or len(self.seen) > self.epochs:
            return False
        until = time_is_up_at(self)
        if self.batches is None:
            self.batches = minibatches(self.train.X, self.train.y, self.values["batch"], self.rng)
        for X, y in self.batches:
            if not self.trainer.step(X, y):
                return False
            if time.perf_counter() > until:
                return True
        self.batches = None
        self._measure()
        return len(self.seen) <= self.epochs

    def rewind(self) -> None:
        self._start(self.values["rate"])


def pictures(images: Array, count: int) -> Array:
    """Return pictures as colours (N, h, w, 3) in 0..1, grey ones as ink; raise ValueError unless there are `count`."""
    images = validate.numbers(images, "images")
    if len(images) != count:
        raise ValueError(
            f"images: got {len(images)} for {count} test examples, expected one for each. "
            f"Select the same rows from both."
        )
    return images if images.ndim == 4 else np.repeat(1 - images[..., None], 3, axis=3)


def say_dead(network: Sequential, X: Array) -> str:
    """Count the neurons of a first layer with ReLU that are 0 for all of X (N, D)."""
    first, *rest = network.layers
    if not (rest and isinstance(rest[0], ReLU)):
        return ""
    with no_grad():
        dead = (first(X).data <= 0).all(axis=0)
    answer = "answers" if dead.sum() == 1 else "answer"
    return f" {dead.sum()} of {len(dead)} hidden neurons {answer} 0 to every training picture."


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
