"""A network in the plane, in training before your eyes: its answer everywhere, each neuron's answer, its curves.

The reader chooses everything: points, layers, activation, loss, penalty, rate, rule, batch. Points, shape or activation
start a new network; everything else acts on the one in training. The browser asks for a few updates at a time, so Pause
is answered at once.
"""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lectureutils import data, plots, style, validate
from lectureutils.autodiff import no_grad
from lectureutils.live import (
    LiveFigure,
    Player,
    PointsByHand,
    PointSet,
    Widget,
    choice,
    column,
    log_slider,
    points,
    row,
    slider,
)
from lectureutils.losses import cross_entropy, hinge, l2
from lectureutils.nn import Linear, ReLU, Sequential, Sigmoid, Tanh, he, xavier
from lectureutils.optim import RULES
from lectureutils.train import minibatches
from lectureutils.trainer import Trainer

Array = np.ndarray
EDGE = 3.0  # the plane goes from -EDGE to EDGE both ways
CELLS = 42  # of the plane, both ways; even, since the neurons show every second one
WIDE, DEEP = 8, 3
UPDATES = 16  # in one frame
OWN = ([(-1.5, 0.0), (1.5, 0.0), (0.0, 1.5), (0.0, -1.5), (0.0, 0.0), (0.4, 0.3)], [0, 0, 0, 0, 1, 1])
BENDS = {"ReLU": (ReLU, he), "tanh": (Tanh, xavier), "sigmoid": (Sigmoid, xavier)}
LOSSES = {"cross-entropy": cross_entropy, "hinge": hinge, "L2": l2}


def points_of(name: str, seed: int = 0) -> tuple[Array, Array]:
    """Return X (N, 2) and y (N,) of one of the playground's data sets; two classes, A and B."""
    if name == "your own":
        return np.array(OWN[0]), np.array(OWN[1])
    if name == "two blobs":
        found = data.blobs(60, 0.8, seed, centres=[(-1.2, -0.8), (1.2, 0.8)])
    else:
        found = getattr(data, name)(60, seed=seed)
    return np.clip(found.X, -EDGE, EDGE), found.y


DATA = ("moons", "circles", "xor", "spirals", "two blobs", "your own")


def build(widths: list[int], bend: str, seed: int = 0) -> Sequential:
    """Make a network with these widths, input and output included; `bend` is between its layers."""
    rng, layers = np.random.default_rng(seed), []
    layer, init = BENDS.get(bend, (None, xavier))
    for n_in, n_out in zip(widths[:-1], widths[1:], strict=True):
        layers += [Linear(n_in, n_out, rng, init)] + ([layer()] if layer else [])
    return Sequential(*(layers[:-1] if layer else layers))


def answers(network: Sequential, X: Array) -> tuple[list[Array], Array]:
    """Return what each hidden layer answers at X (N, 2), bend included, a list of (N, K), and the scores (N, C)."""
    hidden, h = [], X
    with no_grad(), np.errstate(all="ignore"):
        for k, layer in enumerate(network.layers):
            last = k == len(network.layers) - 1
            h = layer(h).data
            bends_next = not last and not isinstance(network.layers[k + 1], Linear)
            if not last and not bends_next:
                hidden.append(h)
    return hidden, h


class PlaygroundFigure(PointsByHand, LiveFigure):
    """Train a small network on points in the plane; see its regions, each neuron's region, and the curves.

    Left the points and which class the network sees where, the paler the less sure; the dark line is where it is torn.
    Right each hidden neuron on the same plane (one row a layer; orange above 0, blue below, white 0), and
    the loss on the training points and, dashed, on new points of the same kind. Slide topics: networks; summary.
    """

    size = (700, 440)

    def __init__(self, dataset: str = "moons", layers: int = 2, width: int = 6, bend: str = "ReLU"):
        if dataset not in DATA:
            raise ValueError(f"dataset: got {dataset!r}, expected one of {', '.join(DATA)}. Check the spelling.")
        self.loaded, self.seed = dataset, 0
        self.points = points("points", *points_of(dataset), ("A", "B"), -EDGE, EDGE)
        self.shape, self.trainer = None, None
        places = np.linspace(-EDGE, EDGE, CELLS)
        self.fine = np.array([np.interp(np.linspace(-EDGE, EDGE, 4 * CELLS), places, unit) for unit in np.eye(CELLS)]).T
        self.grid = np.stack(np.meshgrid(places, places), axis=-1).reshape(-1, 2)
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
        left, right = fig.subfigures(1, 2, width_ratios=[1.15, 1])
        self.plane = plane = left.subplots()
        plane.set(xlim=(-EDGE, EDGE), ylim=(-EDGE, EDGE), box_aspect=1, xlabel="x[0]", ylabel="x[1]")
        plane.set_title("The network's answer")
        self.regions = plots.PixelMap(plane)
        plane.add_artist(self.regions)
        self.dots = plots.class_points(plane, ("A", "B"), 0.9)
        plane.legend(handles=self.dots, loc="lower right", bbox_to_anchor=(1.02, 0.98), ncols=2, columnspacing=1)
        ring = {"color": "none", "markeredgecolor": style.INK, "markeredgewidth": 1.6 * style.current_scale()}
        self.chosen = plane.plot([], [], "o", markersize=12 * style.current_scale(), zorder=6, **ring)[0]
        neurons, curves = right.subplots(2, 1, height_ratios=[1, 1.05])
        self._draw_neurons(neurons)
        self._draw_curves(curves)
        self.moving(self.regions, *self.dots, self.chosen, *plane.spines.values(), self.tiles, *self.lines)

    def _draw_neurons(self, axes: Axes) -> None:
        axes.set(xlim=(0, WIDE), ylim=(DEEP, 0), title="Each neuron's answer", ylabel="layer", aspect=1)
        axes.set_xticks(np.arange(WIDE) + 0.5, range(1, WIDE + 1))
        axes.set_yticks(np.arange(DEEP) + 0.5, range(1, DEEP + 1))
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        self.tiles = plots.PixelMap(axes)
        axes.add_artist(self.tiles)

    def _draw_curves(self, axes: Axes) -> None:
        self.curves = axes
        axes.set(ylim=(0.001, 10), yscale="log", xlabel="updates", title="Loss")
        axes.set_yticks([0.001, 0.01, 0.1, 1, 10], ["0.001", "0.01", "0.1", "1", "10"])
        axes.minorticks_off()
        self._set_span(1000)
        looks = (("-", style.BLUE, "training"), ("--", style.RED, "new points"))
        self.lines = [axes.plot([], [], dash, color=color, label=label)[0] for dash, color, label in looks]
        axes.legend(loc="upper right", fontsize="small")

    def _set_span(self, span: int) -> None:
        self.span = span
        self.curves.set(xlim=(0, span), xticks=[0, span // 2, span])

    def update(self, dataset: str, layers: int, width: int, bend: str, loss: str, lam: float, rule: str, rate: float,
               batch: int, points: PointSet) -> None:  # fmt: skip
        if dataset != self.loaded:
            self.loaded = dataset
            self.points.value = PointSet(*points_of(dataset), 0)  # shows one more frame, with these points
            self._start()
            points = self.points.value
        self.X, self.y, self.picked = points
        if self.shape != (layers, width, bend):
            self.shape = (layers, width, bend)
            self._start()
        trainer = self.trainer
        if trainer.rule is not RULES[rule]:
            trainer.rule, trainer.state = RULES[rule], None  # another rule remembers other things
        trainer.loss, trainer.lam, trainer.learning_rate = LOSSES[loss], lam, rate
        self.batch = batch
        self._show_state()

    def _start(self) -> None:
        layers, width, bend = self.shape
        self.trainer = Trainer(build([2, *[width] * layers, 2], bend, self.seed))
        self.rng, self.waiting, self.curve = np.random.default_rng(self.seed), iter(()), []
        own = self.loaded == "your own"
        self.new = None if own else points_of(self.loaded, seed=7)
        if self.span != 1000:
            self._set_span(1000)

    def _measure(self) -> None:
        """Note the losses now; of an even curve of 500 places every second one is dropped."""
        now = self.trainer.measure(self.X, self.y) if len(self.X) else (np.nan, np.nan)
        new = (np.nan, np.nan) if self.new is None else self.trainer.measure(*self.new)
        self.now, self.now_new = now, new
        if self.curve and self.curve[-1][0] == self.trainer.updates:
            self.curve.pop()
        self.curve.append((self.trainer.updates, now[0], new[0]))
        if len(self.curve) > 500:
            self.curve = self.curve[::2]
        if self.trainer.updates > self.span:
            self._set_span(2 * self.span)

    def _show_state(self) -> None:
        self._measure()
        hidden, scores = answers(self.trainer.network, self.grid)
        lead = np.nan_to_num((scores[:, 1] - scores[:, 0]).reshape(CELLS, CELLS))
        self.regions.set_data(region_colors(self.fine @ lead @ self.fine.T))
        self.tiles.set_data(tile_sheet(hidden))
        plots.set_points(self.dots, self.X, self.y)
        here = self.X[self.picked : self.picked + 1] if len(self.X) else self.X
        self.chosen.set_data(here[:, 0], here[:, 1])
        updates, *losses = np.array(self.curve, dtype=float).T
        for line, values in zip(self.lines, losses, strict=True):
            line.set_data(updates, np.clip(values, 0.00105, 9.7))

    def advance(self) -> bool:
        if not len(self.X):
            return False
        return all(self.trainer.step(*self._next_batch()) for _ in range(UPDATES))

    def _next_batch(self) -> tuple[Array, Array]:
        for batch in self.waiting:
            return batch
        self.waiting = minibatches(self.X, self.y, min(self.batch, len(self.X)), self.rng)
        return next(self.waiting)

    def rewind(self) -> None:
        self._start()

    def describe(self) -> str:
        if not len(self.X):
            return "There is no point. Press on the plane, or on Add a point, to make one."
        layers, width, bend = self.shape
        count = sum(p.data.size for p in self.trainer.parameters)
        sizes = "-".join(map(str, [2, *[width] * layers, 2]))
        bend = "no hidden layer" if not layers else "no activation" if bend == "none" else bend
        rule = next(name for name, rule in RULES.items() if rule is self.trainer.rule)
        loss = next(name for name, loss in LOSSES.items() if loss is self.trainer.loss)
        batch = "all points" if self.batch > len(self.X) else f"{self.batch}"
        new = "" if self.new is None else f"; on new points {self.now_new[0]:.3f}, {self.now_new[1]:.0%}"
        end = " Diverged: the last usable weights were kept. Lower the rate, Rewind." if self.trainer.diverged else ""
        return (
            f"Network {sizes} ({bend}, {count} numbers), {loss}, lambda {self.trainer.lam:g}, {rule}, rate "
            f"{self.trainer.learning_rate:.2g}, batches of {batch}. After {self.trainer.updates} updates: loss "
            f"{self.now[0]:.3f}, {self.now[1]:.0%} of {len(self.X)} points right{new}.{end}"
        )

    def arrange(self) -> Widget:
        dataset, layers, width, bend, loss, lam, rule, rate, batch, dots, player = (part.widget for part in self.parts)
        return column(
            row(player, self.reset_button), row(dataset, bend), row(layers, width), row(loss, lam), row(rule, rate),
            row(batch), dots,
        )  # fmt: skip

    # What the hand can hold: a point


def region_colors(lead: Array) -> Array:
    """Return RGB 0..255 for the lead of B's score over A's (rows, columns): pale where small, a dark line at 0."""
    sure = 0.12 + 0.5 * np.abs(np.tanh(lead / 2))
    ends = np.array([[int(color[k : k + 2], 16) for k in (1, 3, 5)] for color in style.CLASS_COLORS[:2]])
    rgb = 255 - sure[..., None] * (255 - ends[(lead > 0).astype(int)])
    side = lead > 0
    border = np.zeros_like(side)
    for line, other in ((side, border), (side.T, border.T)):
        change = line[1:] != line[:-1]
        other[1:] |= change
        other[:-1] |= change
    rgb[border] = (70, 70, 70)
    return rgb


def tile_sheet(hidden: list[Array]) -> Array:
    """Return RGB 0..255 with one small plane for each neuron, layer 1 on top: orange above 0, blue below, white 0."""
    half = CELLS // 2
    sheet = np.full((DEEP, WIDE, half + 2, half + 2, 3), 255.0)
    warm, cold = np.array([230, 159, 0]), np.array([0, 114, 178])
    for k, layer in enumerate(hidden):
        values = np.nan_to_num(layer.reshape(CELLS, CELLS, -1)[::2, ::2].transpose(2, 0, 1))
        most = np.abs(values).max(axis=(1, 2), keepdims=True)
        share = (values / np.where(most > 0, most, 1))[..., None]
        sheet[k, : len(values)] = 200
        sheet[k, : len(values), 1:-1, 1:-1] = 255 - np.abs(share) * (255 - np.where(share > 0, warm, cold))
    return sheet[::-1].swapaxes(1, 2).reshape(DEEP * (half + 2), WIDE * (half + 2), 3)
