"""A network in training on real data: its progress, its curves, its mistakes, and what goes wrong.

Training is cut into epochs, and the browser asks for one at a time. So Stop is answered after one epoch at the most,
and what has been learned until then is the network, ready for use.
"""

from collections.abc import Callable, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lectureutils import plots, style, validate
from lectureutils.autodiff import no_grad
from lectureutils.data import Dataset
from lectureutils.figures.train_a_network.curves import TrainPlayer, curve_axes, pair_of_lines
from lectureutils.figures.train_a_network.symptom import mosaic
from lectureutils.live import LiveFigure, Widget, choice, column, log_slider, row
from lectureutils.nn import ReLU, Sequential
from lectureutils.optim import Rule, adam
from lectureutils.train import minibatches
from lectureutils.trainer import Trainer

Array = np.ndarray


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
