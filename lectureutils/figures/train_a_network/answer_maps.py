"""What a network answers everywhere in the plane, and what each of its hidden neurons answers there.

A network is a picture of its plane in two colours, and each neuron's answer is a picture that this one is made of.
"""

import numpy as np
from matplotlib.axes import Axes

from lectureutils import plots, style
from lectureutils.autodiff import no_grad
from lectureutils.live import LiveFigure
from lectureutils.nn import Linear, Sequential

Array = np.ndarray
CELLS = 42  # of the plane, both ways; even, since the neurons show every second one
WIDE, DEEP = 8, 3  # how many neurons and layers there is room for


class AnswerMaps:
    """The regions of a network's classes in `plane`, and below `neurons` one small plane for each hidden neuron."""

    def __init__(self, figure: LiveFigure, plane: Axes, neurons: Axes):
        low, high = plane.get_xlim()
        places, fine = np.linspace(low, high, CELLS), np.linspace(low, high, 4 * CELLS)
        self.grid = np.stack(np.meshgrid(places, places), axis=-1).reshape(-1, 2)
        self.finer = np.array([np.interp(fine, places, unit) for unit in np.eye(CELLS)]).T
        neurons.set(aspect=1, anchor="NW")
        neurons.tick_params(length=0)
        self.neurons, self.shape = neurons, None
        neurons.spines[:].set_visible(False)
        self.regions, self.tiles = plots.PixelMap(plane), plots.PixelMap(neurons)
        figure.moving(self.regions, self.tiles)

    def set(self, network: Sequential) -> None:
        """Show the answers of a network with inputs (N, 2) and two classes."""
        hidden, scores = answers(network, self.grid)
        self._fit(len(hidden), max((layer.shape[1] for layer in hidden), default=0))
        lead = np.nan_to_num((scores[:, 1] - scores[:, 0]).reshape(CELLS, CELLS))
        self.regions.set_data(region_colors(self.finer @ lead @ self.finer.T))
        self.tiles.set_data(tile_sheet(hidden))

    def _fit(self, deep: int, wide: int) -> None:
        """Give the neurons that there are all the room, and name their layers."""
        if self.shape == (deep, wide):
            return
        self.shape = deep, wide
        self.neurons.set(xlim=(0, max(wide, 1)), ylim=(max(deep, 1), 0))
        self.neurons.set(xticks=[], title="What does each neuron answer?" if deep else "No hidden neuron")
        self.neurons.set_yticks(np.arange(deep) + 0.5, [f"layer {k + 1}" for k in range(deep)])


def answers(network: Sequential, X: Array) -> tuple[list[Array], Array]:
    """Return what each hidden layer answers at X (N, 2), bend included, a list of (N, K), and the scores (N, C)."""
    hidden, h = [], X
    with no_grad(), np.errstate(all="ignore"):
        for layer, after in zip(network.layers, [*network.layers[1:], None], strict=True):
            h = layer(h).data
            if isinstance(after, Linear):
                hidden.append(h)
    return hidden, h


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
    half, deep, wide = CELLS // 2, len(hidden), max((layer.shape[1] for layer in hidden), default=0)
    sheet = np.full((deep, wide, half + 2, half + 2, 3), 255.0)
    warm, cold = np.array([230, 159, 0]), np.array([0, 114, 178])
    for k, layer in enumerate(hidden):
        values = np.nan_to_num(layer.reshape(CELLS, CELLS, -1)[::2, ::2].transpose(2, 0, 1))
        most = np.abs(values).max(axis=(1, 2), keepdims=True)
        share = (values / np.where(most > 0, most, 1))[..., None]
        sheet[k, : len(values)] = 200
        sheet[k, : len(values), 1:-1, 1:-1] = 255 - np.abs(share) * (255 - np.where(share > 0, warm, cold))
    return sheet[::-1].swapaxes(1, 2).reshape(deep * (half + 2), wide * (half + 2), 3)
