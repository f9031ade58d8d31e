"""A walk through a network for pictures: at each layer how many numbers there are, and what they cost.

Convolutions hold few weights and do most of the multiplications, since they use each weight at every place; full layers
hold most weights and use each once.
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from lectureutils import plots, style
from lectureutils.figures.neural_networks.architectures import (
    GOOGLENET,
    NETWORKS,
    Cost,
    Dense,
    Filters,
    Inception,
    Pool,
    costs,
)
from lectureutils.live import LiveFigure, Narrow, Player, choice, presets, put, slider

Array = np.ndarray
ROWS = 1 + len(GOOGLENET)  # the most, with the picture itself
AS_BUILT = {
    "AlexNet": {"network": "AlexNet", "side": 227, "k": 11, "stride": 4},
    "GoogLeNet": {"network": "GoogLeNet", "side": 224, "k": 7, "stride": 2},
    "ours": {"network": "ours", "side": 25, "k": 5, "stride": 1},
    "7500 numbers": {"network": "GoogLeNet", "side": 50, "k": 7, "stride": 2},
}


class LayersFigure(LiveFigure):
    """Walk through AlexNet, GoogLeNet or the small network of notebook 07: shapes, weights, multiplications.

    The size of the picture, the first window and its stride can be changed. Slide topic: convolutional networks.
    """

    size = (700, 440)
    narrow = Narrow(640, columns=0)
    layout = "presets player reset / network layer / side k stride"
    telling = {"layer": 9}

    def __init__(self, network: str = "AlexNet"):
        built = AS_BUILT[network]
        super().__init__(
            choice("network", list(NETWORKS), network, label="Network"),
            slider("layer", 1, 0, ROWS - 1, 1, label="Layer"),
            slider("side", built["side"], 16, 320, 1, label="Side of the picture"),
            slider("k", built["k"], 3, 15, 2, label="First window"),
            slider("stride", built["stride"], 1, 4, 1, label="Its stride"),
            Player(900, "layer"),
            presets("As built", {name: {**values, "layer": 1} for name, values in AS_BUILT.items()}),
        )

    def draw(self, fig: Figure) -> None:
        if self.is_narrow:  # the names stand beside each of the three
            (*words,), (*self.axes,) = fig.subplots(3, 2, sharey=True, width_ratios=[1, 1.35]).T
        else:
            first, *self.axes = fig.subplots(1, 4, sharey=True, width_ratios=[1, 1.25, 1, 1])
            words = [first]
        for axes in words:
            axes.set_axis_off()
            axes.set_xlim(-0.15 if self.is_narrow else 0, 1)
        looks = ((style.BLUE, ""), (style.ORANGE, "///"), (style.GREEN, "--"))
        titles = ("Numbers out", "Weights", "Multiplications")
        for axes, title, (color, hatch) in zip(self.axes, titles, looks, strict=True):
            axes.set(title=title, xlim=(0, 1.4), xlabel="share of all", yticks=[])
            axes.set_xticks([0, 0.5, 1], ["0%", "50%", "100%"])
            for bar in axes.barh(np.arange(ROWS), np.zeros(ROWS), height=0.62):
                bar.set(facecolor=color, edgecolor=style.PAPER, linewidth=0, hatch=hatch)
        self.axes[0].set(xlim=(0, 9), xlabel="log scale")
        self.axes[0].set_xticks([0, 3, 6], ["1", "1,000", "1 million"])
        rows = np.arange(ROWS)
        self.names, self.ends = (
            [plots.Numbers(axes, np.column_stack([np.full(ROWS, 0.5), rows])) for axes in side]
            for side in (words, self.axes)
        )
        for numbers in (*self.names, *self.ends):
            numbers.size *= 0.85
        self.here = [self.dot(axes, ">", style.RED, 8, clip_on=False) for axes in words]
        self.moving(*self.names, *self.ends, *(bar for axes in self.axes for bar in axes.containers[0]))

    def update(self, network: str, layer: int, side: int, k: int, stride: int) -> str:
        found = costs(network, side, k, stride)
        picture = Cost("picture", side, 3, 0, 0)
        steps = [picture, *found]
        at = min(layer, len(steps) - 1)
        total = [max(1, sum(getattr(cost, part) for cost in found)) for part in ("weights", "multiplications")]
        self._move(steps, total, at)
        end = "" if len(found) == len(NETWORKS[network]) else self._too_small(network, len(found))
        return f"{say(network, steps, at, k, stride)} {end or say_totals(network, total)}"

    def _move(self, steps: Sequence[Cost], total: Sequence[int], at: int) -> None:
        """Draw a row for each layer: its name and shape, three bars, and at the end of each what it stands for."""
        self.axes[0].set_ylim(len(steps) - 0.4, -0.6)
        lengths, texts = np.zeros((3, ROWS)), [[""] * ROWS for _ in range(3)]
        for row, cost in enumerate(steps):
            lengths[:, row] = np.log10(cost.numbers), cost.weights / total[0], cost.multiplications / total[1]
            texts[0][row] = f"{cost.numbers:,}"
            texts[1][row], texts[2][row] = (f"{share:.1%}" if share else "" for share in lengths[1:, row])
        for axes, ends, values, said, wide in zip(self.axes, self.ends, lengths, texts, (1.35, 0.2, 0.2), strict=True):
            plots.set_bars(axes.containers[0], values)
            ends.places = np.column_stack([values + wide, np.arange(ROWS)])
            ends.set_texts(said)
        words = [f"{cost.name}: {cost.side} x {cost.side} x {cost.channels}" for cost in steps]
        for names, here in zip(self.names, self.here, strict=True):
            names.set_texts(words + [""] * (ROWS - len(words)))
            put(here, -0.06, at)

    @staticmethod
    def _too_small(network: str, count: int) -> str:
        name = list(NETWORKS[network])[count]
        return f"The picture is too small for this network: at {name} there is no room for the window."


def say_totals(network: str, total: Sequence[int]) -> str:
    """Say what the whole network has and does."""
    return f"All of {network}: {total[0]:,} weights and biases, {total[1]:,} multiplications for one picture."


def say(network: str, steps: Sequence[Cost], at: int, k: int, stride: int) -> str:
    """Say how the numbers of a layer come about."""
    cost = steps[at]
    if not at:
        return f"The picture: {cost.side} · {cost.side} · 3 = {cost.numbers:,} numbers."
    before, layer = steps[at - 1], NETWORKS[network][cost.name]
    if isinstance(layer, Dense):
        return (
            f"{cost.name}: each of {cost.channels:,} neurons has a weight for all {before.numbers:,} numbers and a "
            f"bias: {cost.weights:,}, and each weight is used once."
        )
    if isinstance(layer, Inception):
        return (
            f"{cost.name}: four ways side by side, {layer.one} + {layer.three} + {layer.five} + {layer.pool} = "
            f"{cost.channels} channels; {cost.weights:,} weights, {cost.multiplications:,} multiplications."
        )
    if isinstance(layer, Pool):
        what = "the mean of each channel" if not layer.k else f"the largest of {layer.k} x {layer.k}"
        return f"{cost.name}: {what}, no weights; {before.numbers:,} numbers become {cost.numbers:,}."
    if cost.name == "conv 1":
        layer = layer._replace(k=k, stride=stride, pad=k // 2 if layer.pad else 0)
    return say_filters(cost, before, layer)


def say_filters(cost: Cost, before: Cost, layer: Filters) -> str:
    """Say the size, the weights and the multiplications of a bank of filters."""
    pads = f" + 2·{layer.pad}" if layer.pad else ""
    left = (before.side + 2 * layer.pad - layer.k) % layer.stride
    channels = before.channels // layer.groups
    each = layer.k**2 * channels
    rounded = " (rounded down)" if left else ""
    return (
        f"{cost.name}: ({before.side}{pads} − {layer.k}) / {layer.stride} + 1 = {cost.side} places a side{rounded}; "
        f"{layer.count} filters of {layer.k}·{layer.k}·{channels} = {each:,} weights and a bias: {cost.weights:,}; "
        f"used at {cost.side}·{cost.side} places: {cost.multiplications:,} multiplications."
    )
