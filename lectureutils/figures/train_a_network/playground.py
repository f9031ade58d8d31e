"""A network in the plane, in training before your eyes: its answer everywhere, each neuron's answer, its losses.

Points, shape or activation start a new network; everything else acts on the one in training.
"""

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from lectureutils import data, plots, style, validate
from lectureutils.figures.train_a_network.answer_maps import DEEP, WIDE, AnswerMaps
from lectureutils.figures.train_a_network.loss_history import LossHistory
from lectureutils.live import LiveFigure, Player, PointsByHand, PointSet, choice, log_slider, points, put, slider
from lectureutils.losses import cross_entropy, hinge, l2
from lectureutils.nn import Linear, ReLU, Sequential, Sigmoid, Tanh, he, xavier
from lectureutils.optim import RULES
from lectureutils.train import minibatches
from lectureutils.trainer import Trainer

Array = np.ndarray
EDGE = 3.0  # the plane goes from -EDGE to EDGE both ways
OWN = ([(-1.5, 0.0), (1.5, 0.0), (0.0, 1.5), (0.0, -1.5), (0.0, 0.0), (0.4, 0.3)], [0, 0, 0, 0, 1, 1])
DATA = ("moons", "circles", "xor", "spirals", "two blobs", "your own")
BENDS = {"ReLU": (ReLU, he), "tanh": (Tanh, xavier), "sigmoid": (Sigmoid, xavier)}
UPDATES = 16  # in one frame
LOSSES = {"cross-entropy": cross_entropy, "hinge": hinge, "L2": l2}


class PlaygroundFigure(PointsByHand, LiveFigure):
    """Train a small network on points in the plane; see its regions, each neuron's region, and the losses.

    Left the points and which class the network sees where, the paler the less sure; the dark line is where it is torn.
    Right each hidden neuron on the same plane (one row a layer; orange above 0, blue below, white 0), and
    the loss on the training points and, dashed, on new points of the same kind. Slide topics: networks; summary.
    """

    size = (700, 400)
    runs = {
        "as it opens": {},
        "moons, no hidden layer: a line": {"dataset": "moons", "layers": 0},
        "xor, three neurons": {"dataset": "xor", "layers": 1, "width": 3},
        "spirals, 3 layers of 8": {"dataset": "spirals", "layers": 3, "width": 8},
        "two blobs, learned by heart": {"dataset": "two blobs", "layers": 3, "width": 8},
        "two blobs, held back by lambda": {"dataset": "two blobs", "layers": 3, "width": 8, "lam": 0.01},
    }
    told = ("as it opens", 30)
    layout = "player reset / dataset bend / layers width / loss lam / rule rate / batch / points"

    def __init__(self, dataset: str = "moons", layers: int = 2, width: int = 6, bend: str = "ReLU"):
        if dataset not in DATA:
            raise ValueError(f"dataset: got {dataset!r}, expected one of {', '.join(DATA)}. Check the spelling.")
        self.loaded, self.seed, self.shape = dataset, 0, None
        self.points = points("points", *points_of(dataset), ("A", "B"), -EDGE, EDGE)
        super().__init__(
            choice("dataset", DATA, dataset, label="Points"),
            slider("layers", validate.count(layers, "layers", 0), 0, DEEP, 1, label="Hidden layers"),
            slider("width", validate.count(width, "width"), 1, WIDE, 1, label="Neurons each"),
            choice("bend", [*BENDS, "none"], bend, label="Activation"),
            choice("loss", list(LOSSES), label="Loss"),
            choice("lam", {"0": 0.0, "0.0001": 1e-4, "0.001": 1e-3, "0.01": 0.01, "0.1": 0.1}, label="Lambda"),
            choice("rule", list(RULES), "Adam", label="Optimizer"),
            log_slider("rate", 0.01, 0.0001, 10.0, label="Learning rate"),
            choice("batch", {"1": 1, "8": 8, "32": 32, "all": 10**6}, 8, label="Batch size"),
            self.points,
            Player(20),
        )

    def draw(self, fig: Figure) -> None:
        left, right = fig.subfigures(1, 2, width_ratios=[1.05, 1])
        self.plane = plane = left.subplots()
        plane.set(xlim=(-EDGE, EDGE), ylim=(-EDGE, EDGE), box_aspect=1, xlabel="x[0]", ylabel="x[1]")
        plane.set_title("The network's answer")
        self.dots = plots.class_points(plane, ("A", "B"), 0.9)
        self.moving(*self.dots)
        plane.legend(handles=self.dots, loc="lower right", bbox_to_anchor=(1.02, 0.98), ncols=2, columnspacing=1)
        plane.set_anchor("N")
        self.chosen = self.dot(plane, "o", "none", 12, markeredgewidth=1.6 * style.current_scale())
        neurons, losses = right.subplots(2, 1, height_ratios=[0.75, 1])
        self.answers = AnswerMaps(self, plane, neurons)
        self.losses = LossHistory(self, losses)

    def update(self, dataset: str, layers: int, width: int, bend: str, points: PointSet, **learning: Any) -> str:
        if dataset != self.loaded:
            self.loaded, self.shape = dataset, None
            self.points.value = PointSet(*points_of(dataset), 0)  # shows one more frame, with these points
            points = self.points.value
        if self.shape != (layers, width, bend):
            self.shape = (layers, width, bend)
            self.rewind()
        self._learn(**learning)
        plots.set_points(self.dots, points.X, points.y)
        put(self.chosen, points.X[points.selected : points.selected + 1])
        self.answers.set(self.trainer.network)
        losses = self._measure(points)
        if not len(points.X):
            return "There is no point. Press on the plane, or on Add a point, to make one."
        return f"{self._say_network()}, {say_learning(len(points.X), **learning)}. {losses}"

    def _learn(self, loss: str, lam: float, rule: str, rate: float, batch: int) -> None:
        """Let the trainer go on as the controls say."""
        trainer = self.trainer
        if trainer.rule is not RULES[rule]:
            trainer.rule, trainer.state = RULES[rule], None  # another rule remembers other things
        trainer.loss, trainer.lam, trainer.learning_rate = LOSSES[loss], lam, rate

    def _measure(self, points: PointSet) -> str:
        """Note the losses now, and say them."""
        trainer, nothing = self.trainer, (np.nan, np.nan)
        loss, right = trainer.measure(points.X, points.y) if len(points.X) else nothing
        new_loss, new_right = trainer.measure(*self.new) if self.new else nothing
        self.losses.note(trainer.updates, loss, new_loss)
        new = f"; on new points {new_loss:.3f}, {new_right:.0%}" if self.new else ""
        end = " Diverged: the last usable weights were kept. Lower the rate, Rewind." if trainer.diverged else ""
        return (
            f"After {trainer.updates} updates: loss {loss:.3f}, {right:.0%} of {len(points.X)} points right{new}.{end}"
        )

    def _say_network(self) -> str:
        layers, width, bend = self.shape
        bend = "no hidden layer" if not layers else "no activation" if bend == "none" else bend
        count = sum(p.data.size for p in self.trainer.parameters)
        return f"Network {'-'.join(map(str, [2, *[width] * layers, 2]))} ({bend}, {count} numbers)"

    def advance(self) -> bool:
        return len(self.points.X) > 0 and all(self.trainer.step(*self._next_batch()) for _ in range(UPDATES))

    def _next_batch(self) -> tuple[Array, Array]:
        for batch in self.waiting:
            return batch
        X, y, _ = self.points.value
        self.waiting = minibatches(X, y, min(self.values["batch"], len(X)), self.rng)
        return next(self.waiting)

    def rewind(self) -> None:
        layers, width, bend = self.shape
        self.trainer = Trainer(build([2, *[width] * layers, 2], bend, self.seed))
        self.rng, self.waiting = np.random.default_rng(self.seed), iter(())
        self.new = None if self.loaded == "your own" else points_of(self.loaded, seed=7)
        self.losses.clear()


def points_of(name: str, seed: int = 0) -> tuple[Array, Array]:
    """Return X (N, 2) and y (N,) of one of the data sets; two classes, A and B."""
    if name == "your own":
        return np.array(OWN[0]), np.array(OWN[1])
    if name == "two blobs":
        found = data.blobs(60, 0.8, seed, centres=[(-1.2, -0.8), (1.2, 0.8)])
    else:
        found = getattr(data, name)(60, seed=seed)
    return np.clip(found.X, -EDGE, EDGE), found.y


def build(widths: list[int], bend: str, seed: int = 0) -> Sequential:
    """Make a network with these widths, input and output included; `bend` is between its layers."""
    rng, layers = np.random.default_rng(seed), []
    layer, init = BENDS.get(bend, (None, xavier))
    for n_in, n_out in zip(widths[:-1], widths[1:], strict=True):
        layers += [Linear(n_in, n_out, rng, init)] + ([layer()] if layer else [])
    return Sequential(*(layers[:-1] if layer else layers))


def say_learning(count: int, loss: str, lam: float, rule: str, rate: float, batch: int) -> str:
    """Say how the network learns from `count` points."""
    batches = "all points" if batch > count else batch
    return f"{loss}, lambda {lam:g}, {rule}, rate {rate:.2g}, batches of {batches}"
