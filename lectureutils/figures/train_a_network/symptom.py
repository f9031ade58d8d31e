"""One network and six ways to train it: each thing that goes wrong has a look of its own, and a cure.

The curves show that something is wrong; the pictures of the weights show what.
"""

import dataclasses
import functools
import math
import time
from collections.abc import Iterator

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke

from lectureutils import plots, style
from lectureutils.data import load_digits
from lectureutils.figures.shared.words import are
from lectureutils.figures.train_a_network.curves import Curves
from lectureutils.figures.train_a_network.patience import time_is_up_at
from lectureutils.live import LiveFigure, Narrow, Player, choice, put, slider, toggle
from lectureutils.live.controls import Presets
from lectureutils.nn import Linear, ReLU, Sequential, Sigmoid, he, xavier
from lectureutils.optim import sgd
from lectureutils.train import minibatches
from lectureutils.trainer import Trainer

Array = np.ndarray


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
    """One case in training; `until(epoch)` trains only as far as it has not been trained yet.

    `batches` are the rest of an epoch that has begun and not ended, or None.
    """

    def __init__(self, case: Symptom, seed: int = 0):
        self.case, self.rng = case, np.random.default_rng(seed)
        train, test = load_digits().random_split(0.25, seed=0)
        self.X, self.new = case.scale * train.X, case.scale * test.X
        self.y, self.new_y = np.random.default_rng(1).permutation(train.y) if case.shuffled else train.y, test.y
        self.trainer = Trainer(self._network(), sgd, case.learning_rate)
        self.seen, self.templates, self.on = [], [], []
        self.batches: Iterator[tuple[Array, Array]] | None = None
        self._look()

    def _network(self) -> Sequential:
        init, bend = (xavier, Sigmoid) if self.case.sigmoid else (he, ReLU)
        network = Sequential(Linear(64, 64, self.rng, init), bend(), Linear(64, 10, self.rng, init))
        network.layers[0].b.data = np.full(64, self.case.bias)
        for W in network.parameters() if self.case.zeros else ():
            W.data = np.zeros(W.shape)
        return network

    @property
    def weights(self) -> Array:
        """The weights (64, 64) of the hidden neurons as they are now."""
        return self.trainer.network.layers[0].W.data

    def _look(self) -> None:
        layer = self.trainer.network.layers[0]
        self.seen.append(self.trainer.measure(self.X, self.y) + self.trainer.measure(self.new, self.new_y))
        self.templates.append(self.weights)
        active = self.X @ layer.W.data.T + layer.b.data > 0
        self.on.append(np.ones(64) if self.case.sigmoid else active.mean(axis=0))

    def until(self, epoch: int, end: float = math.inf) -> bool:
        """Train up to the end of `epoch`, or until the clock shows `end`; tell whether it got there."""
        while len(self.seen) <= epoch:
            if self.batches is None:
                self.batches = minibatches(self.X, self.y, 32, self.rng)
            for X, y in self.batches:
                self.trainer.step(X, y)
                if time.perf_counter() > end:
                    return False
            self.batches = None
            self._look()
        return True


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


class Cure(PlayPresets):
    """The button that applies the cure, in a place of its own."""

    name = "cure"


class SymptomFigure(LiveFigure):
    """Reproduce what goes wrong in training, symptom by symptom, and cure it.

    The same 64-64-10 network on digits and the same plain SGD every time; a case changes one thing. Left the curves,
    right the weights of the 64 hidden neurons as pictures of 8 x 8 pixels, those that never answer crossed out.
    Slide topics: troubles; summary.
    """

    telling = {"case": "all zero", "epoch": 5}
    size = (700, 400)
    narrow = Narrow(620, (1, 1.4, 1))
    layout = "presets / case cured cure / epoch player reset"
    last = 15

    def __init__(self, epoch: int = 15):
        self.cases = {case.name: case for case in SYMPTOMS}
        self.left_at: tuple[Symptom, bool, int] | None = None  # where an epoch has begun and not ended
        super().__init__(
            PlayPresets("Show", {name: {"case": name, "cured": False, "epoch": 0} for name in self.cases}),
            choice("case", list(self.cases), label="Symptom"),
            toggle("cured", label="Apply the cure"),
            slider("epoch", epoch, 0, self.last, 1, label="Epoch"),
            Cure("Then", {"cure it": {"cured": True, "epoch": 0}}),
            Player(control="epoch"),
        )

    def draw(self, fig: Figure) -> None:
        axes = fig.subplot_mosaic([["loss", "weights"], ["share", "weights"]], width_ratios=[1, 1.05])
        self.curves = Curves(self, axes["loss"], axes["share"], self.last, 0.05, 400)
        axes["loss"].set_title("Does it learn?")
        scale = style.current_scale()
        axes["loss"].axhline(np.log(10), color=style.PALE, linewidth=11 * scale, zorder=0)
        note = {"fontsize": 10 * style.SMALL * scale, "color": style.GREY, "ha": "right", "va": "bottom"}
        axes["loss"].text(self.last, 3.6, "grey band: guessing, log 10 = 2.30", **note)
        axes["share"].legend(loc="center right", fontsize=10 * style.SMALL * style.current_scale())
        self.weights = plots.picture(axes["weights"], "What do the 64 neurons look for?", 8)
        axes["weights"].set_xlabel("light: positive weights, dark: negative, \u00d7: dead")
        self.moving(self.weights)
        halo = [withStroke(linewidth=5 * scale, foreground=style.PAPER)]
        look = {"markeredgewidth": 2.4 * scale, "path_effects": halo}
        self.dead = self.dot(axes["weights"], "x", style.INK, 13, **look)

    def update(self, case: str, cured: bool, epoch: int) -> str:
        case = self.cases[case]
        run, on_the_way = self._run_of(case, cured), self.left_at == (case, cured, epoch)
        run.until(epoch)
        self.curves.set(run.seen[: epoch + 1])
        W, dead = run.templates[epoch], np.flatnonzero(run.on[epoch] == 0)
        if on_the_way:
            W = run.weights
        plots.set_picture(self.weights, neuron_pictures(W))
        put(self.dead, dead % 8 + 0.5, dead // 8 + 0.5)
        loss, right, _, new = run.seen[epoch]
        what = f"{case.name}, cured ({case.cured})" if cured else case.name
        twins = count_twins(W)
        return (
            f"{what[0].upper() + what[1:]}, epoch {epoch}: training loss "
            f"{'over 10000' if loss > 1e4 else f'{loss:.3f}'}, {right:.1%} right, test {new:.1%} right. "
            f"{len(dead)} of 64 neurons {are(len(dead))} dead; "
            f"{f'{twins} neurons are twins of another' if twins else 'no two neurons are alike'}."
            f"{f' On the way to epoch {epoch + 1}.' if on_the_way else ''}"
        )

    def advance(self) -> bool:
        case, cured, epoch = self.cases[self.values["case"]], self.values["cured"], self.values["epoch"]
        if epoch < self.last and not self._run_of(case, cured).until(epoch + 1, time_is_up_at(self)):
            self.left_at = case, cured, epoch
            return True
        self.left_at = None
        return super().advance()

    def rewind(self) -> None:
        self.left_at = None
        super().rewind()

    def _run_of(self, case: Symptom, cured: bool) -> SymptomRun:
        return _run(case.mended() if cured else case)


def neuron_pictures(W: Array) -> Array:
    """Return the 64 rows of W (64, 64) as one picture of 8 x 8 tiles in 0..1: yellow positive, blue negative, grey 0.

    Each tile has its own scale, so faint neurons can be seen, too; a frame of paper lies between them. The larger a
    weight, the lighter it is, so that its sign is seen without colours.
    """
    most = np.abs(W).max(axis=1, keepdims=True)
    tiles = (W / np.where(most > 0, most, 1)).reshape(64, 8, 8)
    none, warm, cold = np.array([0.66, 0.66, 0.66]), np.array([1.0, 0.87, 0.40]), np.array([0.0, 0.22, 0.42])
    colors = none + (np.where(tiles[..., None] > 0, warm, cold) - none) * np.abs(tiles)[..., None]
    framed = np.pad(colors, ((0, 0), (1, 0), (1, 0), (0, 0)), constant_values=1.0)
    return framed.reshape(8, 8, 9, 9, 3).swapaxes(1, 2).reshape(72, 72, 3)
