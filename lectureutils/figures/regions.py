"""How many flat pieces does a ReLU network have? A shallow one against deep ones with as many parameters.

Every ReLU neuron folds its input along the place where it starts to answer. Between the folds the network is linear:
these pieces are its linear regions. Here they are counted exactly, by cutting a square along every fold, and a deep
network whose folds fall on each other is put beside random ones.
"""

import functools
from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from lectureutils import plots, style, validate
from lectureutils.live import LiveFigure, Player, Widget, choice, column, row, slider

Array = np.ndarray
Layers = list[tuple[Array, Array]]
EDGE = 2.0
SQUARE = EDGE * np.array([[-1.0, -1], [1, -1], [1, 1], [-1, 1]])
WIDTHS = {
    "1 layer of 50, random": (2, 50, 1),
    "2 layers of 12, random": (2, 12, 12, 1),
    "4 layers of 7, random": (2, 7, 7, 7, 7, 1),
    "5 layers of 4, folding": (2, 4, 4, 4, 4, 4, 1),
}
SHADES, SIDE = 24, 120


def count_parameters(widths: Sequence[int]) -> int:
    """Return the number of weights and biases of a network with these widths, from the input to the output."""
    return sum(n_in * n_out + n_out for n_in, n_out in zip(widths[:-1], widths[1:], strict=True))


def random_layers(widths: Sequence[int], seed: int) -> Layers:
    """Draw the hidden layers of a network, all but the last: W normal with He's spread, b with 1 / sqrt(n_in)."""
    rng = np.random.default_rng(seed)
    pairs = zip(widths[:-2], widths[1:-1], strict=True)
    return [
        (rng.normal(0, np.sqrt(2 / n_in), (n_out, n_in)), rng.normal(0, 1 / np.sqrt(n_in), n_out))
        for n_in, n_out in pairs
    ]


def folding_layers(depth: int) -> Layers:
    """Return `depth` layers of four ReLU neurons, each of which folds the square from -2 to 2 in half both ways.

    The first layer counts the square from 0 to 1. Two neurons make a tent, t(x) = 2 relu(x) - 4 relu(x - 1/2): up on
    the first half, down on the second.
    """
    validate.count(depth, "depth")
    halves = np.array([[1.0, 0], [1, 0], [0, 1], [0, 1]])  # x, x - 1/2, y, y - 1/2
    tent = np.array([[2.0, -4, 0, 0], [0, 0, 2, -4]])
    b = np.array([0, -0.5, 0, -0.5])
    first = halves / (2 * EDGE), b + 0.5
    return [first] + [(halves @ tent, b)] * (depth - 1)


def count_regions(layers: Layers, polygon: Array = SQUARE) -> list[int]:
    """Count the linear regions inside a convex polygon (M, 2), after each neuron of the ReLU layers in turn.

    On a region the layer's input is A x + c, so each neuron's fold is a straight line there, and cuts it in two.
    """
    pieces, A, c, counts = [np.asarray(polygon, dtype=float)], np.eye(2)[None], np.zeros((1, 2)), []
    for W, b in layers:
        slope, offset = W @ A, c @ W.T + b
        for j in range(len(b)):
            pieces, parent = cut_all(pieces, slope[:, j], offset[:, j])
            slope, offset = slope[parent], offset[parent]
            counts.append(len(pieces))
        middles = np.array([piece.mean(axis=0) for piece in pieces])
        on = np.einsum("rkd,rd->rk", slope, middles) + offset > 0
        A, c = slope * on[:, :, None], offset * on
    return counts


def count_by_crossings(W: Array, b: Array) -> list[int]:
    """Count as `count_regions` does for one layer, and faster: a line adds a region, and one for each line it crosses.

    W (k, 2), b (k,); only lines and crossings inside the square count.
    """
    corners = SQUARE @ W.T + b
    there = (corners.min(axis=0) < 0) & (corners.max(axis=0) > 0)
    (u, v), one = W.T[:, :, None], b[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):  # parallel lines never cross
        x, y = (v * b - one * v.T) / (u * v.T - v * u.T), (one * u.T - u * b) / (u * v.T - v * u.T)
    crossings = np.tril((np.abs(x) < EDGE) & (np.abs(y) < EDGE), -1).sum(axis=1)
    return [int(count) for count in 1 + np.cumsum(there * (1 + crossings))]


def cut_all(pieces: list[Array], slope: Array, offset: Array) -> tuple[list[Array], Array]:
    """Cut convex pieces along slope . x + offset = 0 (one line each); return the parts, and which piece each was."""
    sizes = np.array([len(piece) for piece in pieces])
    starts = np.cumsum(sizes) - sizes
    values = (np.concatenate(pieces) * slope.repeat(sizes, axis=0)).sum(axis=1) + offset.repeat(sizes)
    low, high = np.minimum.reduceat(values, starts), np.maximum.reduceat(values, starts)
    parts, parent = list(pieces), list(range(len(pieces)))
    for r in np.flatnonzero((low < -1e-12) & (high > 1e-12)):
        one, other = cut(pieces[r], values[starts[r] : starts[r] + sizes[r]])
        parts[r] = one
        parts.append(other)
        parent.append(r)
    return parts, np.array(parent)


def cut(piece: Array, values: Array) -> tuple[Array, Array]:
    """Cut one convex piece (M, 2) where a linear function with these `values` at its corners changes its sign."""
    then, after = np.roll(values, -1), np.roll(piece, -1, axis=0)
    i, k = np.flatnonzero((values >= 0) != (then >= 0))
    start, end = (piece[e] + values[e] / (values[e] - then[e]) * (after[e] - piece[e]) for e in (i, k))
    return np.vstack([start, piece[i + 1 : k + 1], end]), np.vstack([end, piece[k + 1 :], piece[: i + 1], start])


def zigzag_layers(depth: int) -> Layers:
    """Return `depth` layers of two ReLU neurons on 0..1, and the output: a tent of a tent of a tent ..."""
    tent = np.array([[2.0, -4]])
    both, b = np.array([[1.0], [1]]), np.array([0, -0.5])
    return [(both, b)] + [(both @ tent, b)] * (depth - 1) + [(tent, np.zeros(1))]


def sawtooth_layers(n: int) -> Layers:
    """Return one layer of n ReLU neurons with evenly spread kinks on 0..1, and the output that makes them teeth."""
    kinks = np.arange(n) / n
    up = n * (-1.0) ** np.arange(n)
    return [(np.ones((n, 1)), -kinks), ((up * np.where(np.arange(n), 2, 1))[None], np.zeros(1))]


def shaken(layers: Layers, noise: float, seed: int = 0) -> Layers:
    """Multiply each weight and bias by its own 1 + noise * normal."""
    rng = np.random.default_rng(seed)
    return [tuple(part * (1 + noise * rng.normal(size=part.shape)) for part in layer) for layer in layers]


def kinks(layers: Layers) -> tuple[Array, Array]:
    """Return the corners (x, f(x)) of a network of one number on 0..1, both (M,): between them f is straight."""
    x, h = np.array([0.0, 1]), np.array([[0.0], [1]])
    for W, b in layers[:-1]:
        z = h @ W.T + b
        i, j = np.nonzero(z[:-1] * z[1:] < 0)
        share = z[i, j] / (z[i, j] - z[i + 1, j])
        more = np.unique(np.concatenate([x, x[i] + share * (x[i + 1] - x[i])]))
        h = np.maximum(np.column_stack([np.interp(more, x, column) for column in z.T]), 0)
        x = more
    W, b = layers[-1]
    return x, (h @ W.T + b)[:, 0]


def count_pieces(x: Array, y: Array) -> int:
    """Count the straight pieces of the line through the corners (x, y); neighbours of equal slope are one piece."""
    far = np.diff(x) > 1e-9
    slopes = np.diff(y)[far] / np.diff(x)[far]
    return 1 + int((np.abs(np.diff(slopes)) > 1e-6 * (1 + np.abs(slopes[1:]))).sum())


@functools.lru_cache(maxsize=64)
def _counted(name: str, seed: int) -> tuple[list[int], Array]:
    """Return the counts after each neuron, and the shades (1 + neurons, 120, 120) of the square's pieces till then.

    Each neuron adds its own number to the shade where it is on, so pieces that share an edge differ in shade.
    """
    widths = WIDTHS[name]
    layers = folding_layers(len(widths) - 2) if "folding" in name else random_layers(widths, seed)
    places = np.linspace(-EDGE, EDGE, SIDE)
    h = np.stack(np.meshgrid(places, places), axis=-1).reshape(-1, 2)
    on = []
    for W, b in layers:
        z = h @ W.T + b
        on.append(z > 0)
        h = np.maximum(z, 0)
    on = np.concatenate([np.zeros((SIDE * SIDE, 1), bool), *on], axis=1).T
    step = 5 + 7 * np.arange(len(on), dtype=np.int16) % 13
    shades = np.cumsum(on * step[:, None], axis=0, dtype=np.int16) % SHADES
    counts = count_by_crossings(*layers[0]) if len(layers) == 1 else count_regions(layers)
    return [1, *counts], shades.reshape(-1, SIDE, SIDE)


class RegionsFigure(LiveFigure):
    """Add the neurons of a network one by one and count into how many linear regions they cut the square.

    About 200 weights and biases in each random network; the folding one has half of that. The pale curves are those of
    draw 1. Slide topic: shallow against deep, why "deep".
    """

    size = (700, 390)

    def __init__(self, neurons: int = 12):
        super().__init__(
            choice("network", list(WIDTHS), label="Network"),
            slider("neurons", neurons, 0, 50, 1, label="Neurons"),
            slider("seed", 1, 1, 12, 1, label="Draw number"),
            Player(),
        )

    def draw(self, fig: Figure) -> None:
        square, right = fig.subplots(1, 2, width_ratios=[1.1, 1])
        square.set(xlim=(-EDGE, EDGE), ylim=(-EDGE, EDGE), box_aspect=1, xlabel="x[0]", ylabel="x[1]")
        square.set_title("One shade for each linear region")
        order = 7 * np.arange(SHADES) % SHADES  # shades next to each other in number look different
        mixed = [style.pale((style.BLUE, style.ORANGE, style.GREEN)[k % 3], 0.15 + 0.75 * k / SHADES) for k in order]
        self.map = plots.PixelMap(square, mixed)
        right.set(xlim=(0, 50), ylim=(0.9, 2000), yscale="log", xlabel="neurons so far", ylabel="linear regions")
        right.set_title("How many regions")
        right.set_yticks([1, 10, 100, 1000], ["1", "10", "100", "1000"])
        looks = zip(WIDTHS, style.CLASS_COLORS, ("-", "--", "-.", ":"), strict=False)
        self.curves = {name: right.plot([], [], dash, color=color, label=name)[0] for name, color, dash in looks}
        right.legend(loc="lower right", fontsize="small")
        mark = {"markersize": 10 * style.current_scale(), "markeredgecolor": style.INK, "zorder": 5}
        self.here = right.plot([], [], "o", color=style.INK, clip_on=False, **mark)[0]
        self.moving(self.map, *self.curves.values(), self.here)

    def update(self, network: str, neurons: int, seed: int) -> None:
        counts, shades = _counted(network, 1 if "folding" in network else seed)
        self.network, self.total = network, len(counts) - 1
        self.k = min(neurons, self.total)
        self.count = counts[self.k]
        self.map.set_data(shades[self.k])
        for name, curve in self.curves.items():
            known = counts if name == network else _counted(name, 1)[0]
            curve.set_data(np.arange(len(known)), known)
            curve.set_alpha(1.0 if name == network else 0.45)
        self.here.set_data([self.k], [self.count])

    def describe(self) -> str:
        size = count_parameters(WIDTHS[self.network])
        end = " That is the whole network." if self.k == self.total else ""
        return (
            f"{self.network}, {size} weights and biases: {self.k} of {self.total} neurons cut the square into "
            f"{self.count} linear regions.{end}"
        )

    def advance(self) -> bool:
        self.set(neurons=self.k + 1)
        return self.k < self.total

    def rewind(self) -> None:
        self.set(neurons=0)

    def arrange(self) -> Widget:
        network, neurons, seed, player = (part.widget for part in self.parts)
        return column(row(network, seed), row(neurons, player, self.reset_button))


class ZigzagFigure(LiveFigure):
    """Fold 0..1 again and again, two neurons a layer, beside one layer with as many neurons and as many weights.

    Both have 6 * depth + 1 weights and biases. `depth` layers of 2 make 2**depth straight pieces; one layer of
    2 * depth neurons has as many kinks, so 2 * depth + 1 pieces at most, one of them flat. Source: Telgarsky 2016.
    """

    size = (680, 380)

    def __init__(self, depth: int = 3):
        super().__init__(
            slider("depth", depth, 1, 8, 1, label="Layers"),
            slider("noise", 0.0, 0.0, 0.15, 0.005, label="Shake weights", form=".3f"),
        )

    def draw(self, fig: Figure) -> None:
        self.panels = fig.subplots(2, 1, sharex=True)
        titles = ("Deep: two neurons in each layer", "Shallow: as many neurons, all in one layer")
        self.lines = []
        for axes, title, color in zip(self.panels, titles, (style.BLUE, style.RED), strict=True):
            axes.set(xlim=(0, 1), ylim=(-1, 2), title=title, ylabel="output f(x)")
            axes.axhline(0, color=style.PALE, linewidth=1)
            axes.axhline(1, color=style.PALE, linewidth=1)
            look = {"linewidth": 1.5 * style.current_scale(), "markersize": 3.5 * style.current_scale()}
            self.lines += axes.plot([], [], "o-", color=color, **look)
        self.panels[1].set_xlabel("input x")
        self.moving(*self.lines)

    def update(self, depth: int, noise: float) -> None:
        self.depth, self.noise = depth, noise
        self.counts, self.outside = [], False
        for line, layers in zip(self.lines, (zigzag_layers(depth), sawtooth_layers(2 * depth)), strict=True):
            corners = kinks(shaken(layers, noise))
            line.set_data(*corners)
            self.counts.append(count_pieces(*corners))
            self.outside |= bool(np.abs(corners[1] - 0.5).max() > 1.5)

    def describe(self) -> str:
        deep, shallow = self.counts
        shaken_by = f" after shaking every weight by about {self.noise:.1%}" if self.noise else ""
        return (
            f"{6 * self.depth + 1} weights and biases each{shaken_by}: {self.depth} layer{'s' * (self.depth > 1)} of 2 "
            f"give {deep} straight pieces, one layer of {2 * self.depth} gives {shallow}."
            f"{' A line runs out of the picture.' if self.outside else ''}"
        )
