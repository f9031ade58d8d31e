"""A network in the plane, in training before your eyes: its answer everywhere, each neuron's answer, its losses.

Points, shape or activation start a new network; everything else acts on the one in training.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import plots, style, validate
from lectureutils.bends import Bend
from lectureutils.figures.train_a_network.answer_maps import DEEP, WIDE, AnswerMaps
from lectureutils.figures.train_a_network.loss_history import LossHistory
from lectureutils.figures.train_a_network.plane_points import CLASSES, DATA, EDGE, GIVEN, PLACED, given, points_of
from lectureutils.live import (
    LiveFigure,
    Narrow,
    Player,
    PointsByHand,
    PointSet,
    choice,
    log_slider,
    points,
    put,
    slider,
)
from lectureutils.losses import cross_entropy, hinge, l2
from lectureutils.nn import Init, Layer, Linear, ReLU, Sequential, Sigmoid, Tanh, he, xavier
from lectureutils.optim import RULES
from lectureutils.train import minibatches
from lectureutils.trainer import Trainer

Array = np.ndarray
Bends = Mapping[str, tuple[Callable[[], Layer], Init]]
BENDS: Bends = {"ReLU": (ReLU, he), "tanh": (Tanh, xavier), "sigmoid": (Sigmoid, xavier)}
STRAIGHT = "none"
UPDATES = 16  # in one frame
LOSSES = {"cross-entropy": cross_entropy, "hinge": hinge, "L2": l2}
RECORDED = 2000  # updates of a run that is recorded


class PlaygroundFigure(PointsByHand, LiveFigure):
    """Train a small network on points in the plane; see its regions, each neuron's region, and the losses.

    Left each hidden neuron on the plane (a column for each layer; orange above 0, blue below, white 0). In the middle
    the points and which class the network sees where, in bands, the paler the less sure; the dark line is where it is
    torn. Right the loss on the training points and, dashed, on new points of the same kind.

    `data` are points of your own, (X, y) with X (N, 2) in -3 ... 3 and 2 to 5 classes. `activation` is a bend of your
    own, a function of an array, `slope` its derivative; without one it is measured. Raises ValueError for points or
    functions that don't fit. Slide topics: networks; summary.
    """

    size = (760, 400)
    narrow = Narrow(700, (1, 1.6, 0.8))
    runs = {
        "as it opens": {},
        "moons, tanh": {"bend": "tanh"},
        "moons, no hidden layer": {"layers": 0},
        "circles, ReLU": {"dataset": "circles", "layers": 1, "width": 4},
        "circles, tanh": {"dataset": "circles", "layers": 1, "width": 4, "bend": "tanh"},
        "xor, ReLU: three neurons": {"dataset": "xor", "layers": 1, "width": 3},
        "xor, tanh: three neurons": {"dataset": "xor", "layers": 1, "width": 3, "bend": "tanh"},
        "spirals, ReLU": {"dataset": "spirals", "layers": 3, "width": 8},
        "spirals, tanh": {"dataset": "spirals", "layers": 3, "width": 8, "bend": "tanh"},
        "spirals, no activation": {"dataset": "spirals", "layers": 3, "width": 8, "bend": STRAIGHT},
        "three arms, ReLU": {"dataset": "three arms", "layers": 2, "width": 8},
        "three arms, tanh": {"dataset": "three arms", "layers": 2, "width": 8, "bend": "tanh"},
        "three arms, no hidden layer": {"dataset": "three arms", "layers": 0},
        "two blobs, ReLU: learned by heart": {"dataset": "two blobs", "layers": 3, "width": 8},
        "two blobs, tanh: learned by heart": {"dataset": "two blobs", "layers": 3, "width": 8, "bend": "tanh"},
        "two blobs, held back by lambda": {"dataset": "two blobs", "layers": 3, "width": 8, "lam": 0.01},
        "your own, ReLU": {"dataset": PLACED},
        "your own, tanh": {"dataset": PLACED, "bend": "tanh"},
    }
    told = ("as it opens", 30)
    layout = "player reset / dataset bend / layers width / loss lam / rule rate / batch / points"

    def __init__(
        self,
        dataset: str = "",
        layers: int = 2,
        width: int = 6,
        bend: str = "",
        data: tuple[ArrayLike, ArrayLike] | None = None,
        activation: Callable[[Array], Array] | None = None,
        slope: Callable[[Array], Array] | None = None,
    ):
        self.given = None if data is None else given(data)
        names = [*DATA, *([GIVEN] if self.given else [])]
        dataset = dataset or names[-1 if self.given else 0]
        if dataset not in names:
            raise ValueError(f"dataset: got {dataset!r}, expected one of {', '.join(names)}. Check the spelling.")
        self.bends = dict(BENDS)
        if activation is not None or slope is not None:
            own = getattr(activation, "__name__", "")
            own = own if own.isidentifier() and own not in (*BENDS, STRAIGHT) else "your own"
            made = Bend(activation, slope)  # pyright: ignore[reportArgumentType]: it says what is missing
            self.bends[own] = (lambda: made, he)
            bend = bend or own
        self.loaded, self.seed, self.shape = dataset, 0, None
        self.runs = {"as it opens": {}} if self.given or len(self.bends) > len(BENDS) else self.runs
        X, y = self._points_of(dataset)
        self.letters = CLASSES[: max(3, y.max() + 1)]
        self.points = points("points", X, y, self.letters, -EDGE, EDGE)
        super().__init__(
            choice("dataset", names, dataset, label="Points"),
            slider("layers", validate.count(layers, "layers", 0), 0, DEEP, 1, label="Hidden layers"),
            slider("width", validate.count(width, "width"), 1, WIDE, 1, label="Neurons each"),
            choice("bend", [*self.bends, STRAIGHT], bend or "ReLU", label="Activation"),
            choice("loss", list(LOSSES), label="Loss"),
            choice("lam", {"0": 0.0, "0.0001": 1e-4, "0.001": 1e-3, "0.01": 0.01, "0.1": 0.1}, label="Lambda"),
            choice("rule", list(RULES), "Adam", label="Optimizer"),
            log_slider("rate", 0.01, 0.0001, 10.0, label="Learning rate"),
            choice("batch", {"1": 1, "8": 8, "32": 32, "all": 10**6}, 8, label="Batch size"),
            self.points,
            Player(5, recorded_ms=90),
        )

    def draw(self, fig: Figure) -> None:
        neurons, self.plane, losses = fig.subplots(1, 3, width_ratios=[0.6, 1.5, 0.8])
        plane = self.plane
        plane.set(xlim=(-EDGE, EDGE), ylim=(-EDGE, EDGE), box_aspect=1, xlabel="x[0]", ylabel="x[1]")
        plane.set_title("Network")
        self.dots = plots.class_points(plane, self.letters, 0.9)
        self.moving(*self.dots)
        look = {
            "loc": "lower right",
            "bbox_to_anchor": (1.03, 0.98),
            "ncols": 5,
            "columnspacing": 0.6,
            "handletextpad": 0,
        }
        self.legends = [plane.legend(handles=self.dots[: k + 1], **look) for k in range(len(self.dots))]
        for legend in self.legends:
            plane.add_artist(legend)
        self.chosen = self.dot(plane, "o", "none", 12, markeredgewidth=1.6 * style.current_scale())
        self.answers = AnswerMaps(self, plane, neurons)
        before: LossHistory | None = getattr(self, "losses", None)  # of the same run, on a page of another width
        self.losses = LossHistory(self, losses)
        if before:
            self.losses.go_on(before)
        for axes in (plane, losses):
            axes.set_anchor("N")

    def update(self, dataset: str, layers: int, width: int, bend: str, points: PointSet, **learning: Any) -> str:
        if dataset != self.loaded:
            self.loaded, self.shape = dataset, None
            self.points.value = PointSet(*self._points_of(dataset), 0)  # shows one more frame, with these points
            points = self.points.value
        classes = max(self._points_of(dataset)[1].max(), *points.y, 1) + 1
        if self.shape != (layers, width, bend, classes):
            self.shape = (layers, width, bend, classes)
            self.rewind()
        self._learn(**learning)
        plots.set_points(self.dots, points.X, points.y)
        put(self.chosen, points.X[points.selected : points.selected + 1])
        self._name_classes(classes)
        self.answers.set(self.trainer.network)
        losses = self._measure(points)
        if not len(points.X):
            return "There is no point. Press on the plane, or on Add a point, to make one."
        return f"{self._say_network()}, {say_learning(len(points.X), **learning)}. {losses}"

    def _points_of(self, name: str) -> tuple[Array, Array]:
        return self.given if name == GIVEN and self.given else points_of(name)

    def _name_classes(self, classes: int) -> None:
        """Say beside the title which mark belongs to which class, of those that the network knows."""
        for k, legend in enumerate(self.legends, start=1):
            for artist in (legend, *legend.get_texts()):
                artist.set_visible(k == classes)

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
        layers, width, bend, classes = self.shape
        bend = "no hidden layer" if not layers else "no activation" if bend == STRAIGHT else bend
        count = sum(p.data.size for p in self.trainer.parameters)
        return f"Network {'-'.join(map(str, [2, *[width] * layers, classes]))} ({bend}, {count} numbers)"

    def advance(self) -> bool:
        return len(self.points.X) > 0 and all(self.trainer.step(*self._next_batch()) for _ in range(UPDATES))

    def chunk(self) -> bool:
        """Go on for one recorded frame: the longer, the less a single step still moves."""
        done = self.trainer.updates
        frames = 1 if done < 96 else 2 if done < 288 else 4 if done < 800 else 8
        return all(self.advance() for _ in range(frames)) and self.trainer.updates < RECORDED

    def _next_batch(self) -> tuple[Array, Array]:
        for batch in self.waiting:
            return batch
        X, y, _ = self.points.value
        self.waiting = minibatches(X, y, min(self.values["batch"], len(X)), self.rng)
        return next(self.waiting)

    def rewind(self) -> None:
        layers, width, bend, classes = self.shape
        self.trainer = Trainer(build([2, *[width] * layers, classes], bend, self.seed, self.bends))
        self.rng, self.waiting = np.random.default_rng(self.seed), iter(())
        self.new = points_of(self.loaded, seed=7) if self.loaded not in (PLACED, GIVEN) else None
        self.losses.clear()


def build(widths: list[int], bend: str, seed: int = 0, bends: Bends = BENDS) -> Sequential:
    """Make a network with these widths, input and output included; `bend` is between its layers."""
    rng, layers = np.random.default_rng(seed), []
    layer, init = bends.get(bend, (None, xavier))
    for n_in, n_out in zip(widths[:-1], widths[1:], strict=True):
        layers += [Linear(n_in, n_out, rng, init)] + ([layer()] if layer else [])
    return Sequential(*(layers[:-1] if layer else layers))


def say_learning(count: int, loss: str, lam: float, rule: str, rate: float, batch: int) -> str:
    """Say how the network learns from `count` points."""
    batches = "all points" if batch > count else batch
    return f"{loss}, lambda {lam:g}, {rule}, rate {rate:.2g}, batches of {batches}"
