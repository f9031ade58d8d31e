"""What a network answers everywhere in the plane, and what each of its hidden neurons answers there.

A network is a picture of its plane in a few colours, and each neuron's answer is a picture that this one is made of.
Both come in bands: how sure, how large. A frame is then a table of small numbers, quick to compute, draw and send.
"""

import numpy as np
from matplotlib.axes import Axes

from lectureutils import plots, style
from lectureutils.autodiff import Tensor, no_grad
from lectureutils.live import LiveFigure
from lectureutils.nn import Linear, Sequential

Array = np.ndarray
CELLS, FINER = 42, 4  # of the plane, both ways; the regions' edges are drawn between them, so many times finer
WIDE, DEEP = 8, 3  # how many neurons and layers there is room for
BANDS = 6  # of how sure the network is, and of how large a neuron's answer is
SURE = np.array([np.log((1 + share) / (1 - share)) for share in np.arange(1, BANDS) / BANDS])  # tanh(lead / 2) = share
BORDER = len(style.CLASS_COLORS) * BANDS
WARM, COLD = "#E69F00", "#0072B2"  # above and below 0
FRAME, BETWEEN = 2 * BANDS + 1, 2 * BANDS + 2  # of a small plane


class AnswerMaps:
    """The regions of a network's classes in `plane`; in `neurons` one small plane for each hidden neuron."""

    def __init__(self, figure: LiveFigure, plane: Axes, neurons: Axes):
        low, high = plane.get_xlim()
        places = np.linspace(low, high, CELLS)
        self.grid = np.stack(np.meshgrid(places, places), axis=-1).reshape(-1, 2)
        neurons.set(aspect=1, anchor="N", xticks=[], yticks=[])
        neurons.tick_params(length=0, labeltop=True, labelbottom=False, pad=1)
        self.neurons, self.title, self.shape = (
            neurons,
            neurons.set_title("Neurons by layer", pad=16 * style.current_scale()),
            None,
        )
        neurons.spines[:].set_visible(False)
        shades = 0.12 + 0.5 * (np.arange(BANDS) + 0.5) / BANDS
        regions = [style.pale(color, share) for color in style.CLASS_COLORS for share in shades]
        self.regions = plots.PixelMap(plane, [*regions, "#464646"])
        steps = np.arange(1, BANDS + 1) / BANDS
        below, above = ([style.pale(color, share) for share in steps] for color in (COLD, WARM))
        self.tiles = plots.PixelMap(neurons, [*below[::-1], style.PAPER, *above, style.FRAME, style.PAPER])
        figure.moving(self.regions, self.tiles)

    def set(self, network: Sequential) -> None:
        """Show the answers of a network with inputs (N, 2)."""
        hidden, scores = answers(network, self.grid)
        self._fit(len(hidden), max((layer.shape[1] for layer in hidden), default=0))
        self.regions.set_data(region_bands(finer(np.nan_to_num(scores.T).reshape(-1, CELLS, CELLS))))
        self.tiles.set_data(tile_sheet(hidden))

    def _fit(self, deep: int, wide: int) -> None:
        """Give the neurons that there are all the room, and name their layers."""
        if self.shape == (deep, wide):
            return
        self.shape = deep, wide
        self.neurons.set(xlim=(0, max(deep, 1)), ylim=(max(wide, 1), 0))
        self.title.set_text("Neurons by layer" if deep else "No hidden layer")
        self.neurons.set_xticks(np.arange(deep) + 0.5, [f"{k + 1}" for k in range(deep)])


def answers(network: Sequential, X: Array) -> tuple[list[Array], Array]:
    """Return what each hidden layer answers at X (N, 2), bend included, a list of (N, K), and the scores (N, C)."""
    hidden, h = [], Tensor(X)
    with no_grad(), np.errstate(all="ignore"):
        for layer, after in zip(network.layers, [*network.layers[1:], None], strict=True):
            h = layer(h)
            if isinstance(after, Linear):
                hidden.append(h.data)
    return hidden, h.data


def finer(values: Array) -> Array:
    """Return values (..., n, n) on a grid `FINER` times as fine, between its old ends, straight from place to place.

    Written without a matrix product: one of this size is shared among processors, which wait for each other.
    """
    count = values.shape[-1]
    way = np.linspace(0, count - 1, FINER * count)
    at = np.minimum(way.astype(int), count - 2)
    share = way - at
    rows = values[..., at, :] + share[:, None] * (values[..., at + 1, :] - values[..., at, :])
    return rows[..., at] + share * (rows[..., at + 1] - rows[..., at])


def region_bands(scores: Array) -> Array:
    """Return BANDS * class + band (rows, columns) for scores (C, rows, columns), and BORDER where the class changes.

    The band tells how sure: by how much the best score leads the second best.
    """
    first, second = scores[0], np.full_like(scores[0], -np.inf)
    for other in scores[1:]:
        second = np.maximum(second, np.minimum(first, other))
        first = np.maximum(first, other)
    lead, best = first - second, scores.argmax(axis=0)
    bands = BANDS * best.astype(np.uint8)
    for least in SURE:
        bands += lead > least
    for side, edge in ((best, bands), (best.T, bands.T)):
        change = side[1:] != side[:-1]
        edge[1:][change] = edge[:-1][change] = BORDER
    return bands


def tile_sheet(hidden: list[Array]) -> Array:
    """Return the bands of each neuron's answer as one small plane, a column for each layer, neuron 1 on top.

    BANDS stands for 0 and nothing else; up to BANDS more are above 0, up to BANDS less below it.
    """
    deep, wide = len(hidden), max((layer.shape[1] for layer in hidden), default=0)
    sheet = np.full((wide, deep, CELLS + 4, CELLS + 4), BETWEEN, np.uint8)
    for k, layer in enumerate(hidden):
        values = np.nan_to_num(layer.T.reshape(-1, CELLS, CELLS))
        most = np.abs(values).max(axis=(1, 2), keepdims=True)
        share = BANDS / np.where(most > 0, most, 1) * values
        bands = np.sign(share) * np.ceil(np.abs(share) - 1e-9)
        sheet[: len(values), k, 1:-1, 1:-1] = FRAME
        sheet[: len(values), k, 2:-2, 2:-2] = BANDS + bands
    return sheet[::-1].swapaxes(1, 2).reshape(wide * (CELLS + 4), deep * (CELLS + 4))
