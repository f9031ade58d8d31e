"""A network in training on real data: its progress, its curves, its mistakes, and what goes wrong.

Training is cut into epochs, and the browser asks for one at a time. So Stop is answered after one epoch at the most,
and what has been learned until then is the network, ready for use.
"""

import dataclasses
import functools

import numpy as np
from matplotlib.figure import Figure

from lectureutils import plots, style
from lectureutils.data import load_digits
from lectureutils.figures.train_a_network.curves import curve_axes, pair_of_lines
from lectureutils.live import LiveFigure, Player, Widget, choice, column, row, slider, toggle
from lectureutils.live.controls import Presets
from lectureutils.nn import Linear, ReLU, Sequential, Sigmoid, he, xavier
from lectureutils.optim import sgd
from lectureutils.train import minibatches
from lectureutils.trainer import Trainer

Array = np.ndarray


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


@dataclasses.dataclass(frozen=True)
class Symptom:
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

    def mended(self) -> "Symptom":
        """Return the case with its cure applied."""
        return dataclasses.replace(self, **dict(self.cure))


SYMPTOMS = (
    Symptom("healthy", cured="nothing to cure"),
    Symptom(
        "rate too large", learning_rate=1.2, cure=(("learning_rate", 0.1),), cured="learning rate 0.1 instead of 1.2"
    ),
    Symptom("dead ReLUs", bias=-10.0, cure=(("bias", 0.0),), cured="biases start at 0 instead of -10"),
    Symptom(
        "all zero",
        learning_rate=1.0,
        zeros=True,
        sigmoid=True,
        cure=(("zeros", False),),
        cured="random small weights instead of zeros",
    ),
    Symptom("unscaled inputs", scale=255.0, cure=(("scale", 1.0),), cured="inputs from 0 to 1 instead of 0 to 255"),
    Symptom("labels shuffled", shuffled=True, cure=(("shuffled", False),), cured="X and y shuffled together"),
)


class SymptomRun:
    """One case in training; `until(epoch)` trains only as far as it has not been trained yet."""

    def __init__(self, case: Symptom, seed: int = 0):
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
def _run(case: Symptom) -> SymptomRun:
    return SymptomRun(case)


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
        self.cases = {case.name: case for case in SYMPTOMS}
        buttons = {name: {"case": name, "cured": False, "epoch": 0} for name in self.cases}
        super().__init__(
            PlayPresets("Show", buttons),
            choice("case", list(self.cases), label="Symptom"),
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
