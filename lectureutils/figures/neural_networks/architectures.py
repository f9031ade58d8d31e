"""AlexNet and GoogLeNet, layer by layer: what comes out of each, and what it costs in weights and multiplications.

All of it follows from four numbers a layer: the size of its window, the stride, the padding, the number of filters.
"""

from collections.abc import Iterator
from typing import NamedTuple

CLASSES = 1000


class Filters(NamedTuple):
    """A bank of `count` filters of k x k, `stride` apart, on a picture with `pad` zeros around it."""

    count: int
    k: int
    stride: int = 1
    pad: int = 0
    groups: int = 1  # AlexNet was split over two machines: a filter then sees half of the channels


class Pool(NamedTuple):
    """A maximum over windows of k x k; k = 0 is the mean over the whole picture."""

    k: int
    stride: int = 1
    pad: int = 0


class Dense(NamedTuple):
    """An ordinary layer: each of `count` neurons has a weight for every number that comes in."""

    count: int


class Inception(NamedTuple):
    """Four ways side by side, each with so many filters, in the order of the paper's table.

    1 x 1; 1 x 1, then 3 x 3; 1 x 1, then 5 x 5; a maximum, then 1 x 1.
    """

    one: int
    three_before: int
    three: int
    five_before: int
    five: int
    pool: int


ALEXNET = {
    "conv 1": Filters(96, 11, 4), "pool 1": Pool(3, 2), "conv 2": Filters(256, 5, pad=2, groups=2),
    "pool 2": Pool(3, 2), "conv 3": Filters(384, 3, pad=1), "conv 4": Filters(384, 3, pad=1, groups=2),
    "conv 5": Filters(256, 3, pad=1, groups=2), "pool 5": Pool(3, 2), "full 6": Dense(4096), "full 7": Dense(4096),
    "full 8": Dense(CLASSES),
}  # fmt: skip
GOOGLENET = {
    "conv 1": Filters(64, 7, 2, 3), "pool 1": Pool(3, 2, 1), "conv 2a": Filters(64, 1),
    "conv 2b": Filters(192, 3, pad=1), "pool 2": Pool(3, 2, 1), "3a": Inception(64, 96, 128, 16, 32, 32),
    "3b": Inception(128, 128, 192, 32, 96, 64),
    "pool 3": Pool(3, 2, 1), "4a": Inception(192, 96, 208, 16, 48, 64), "4b": Inception(160, 112, 224, 24, 64, 64),
    "4c": Inception(128, 128, 256, 24, 64, 64), "4d": Inception(112, 144, 288, 32, 64, 64),
    "4e": Inception(256, 160, 320, 32, 128, 128), "pool 4": Pool(3, 2, 1),
    "5a": Inception(256, 160, 320, 32, 128, 128), "5b": Inception(384, 192, 384, 48, 128, 128), "mean": Pool(0),
    "full": Dense(CLASSES),
}  # fmt: skip
OURS = {
    "conv 1": Filters(8, 5, 1, 2), "pool 1": Pool(2, 2), "conv 2": Filters(8, 3, pad=1), "pool 2": Pool(2, 2),
    "full": Dense(5),
}  # fmt: skip
NETWORKS = {"AlexNet": ALEXNET, "GoogLeNet": GOOGLENET, "ours": OURS}


class Cost(NamedTuple):
    """What comes out of a layer, side x side x channels, and its weights, with biases, and multiplications."""

    name: str
    side: int
    channels: int
    weights: int
    multiplications: int

    @property
    def numbers(self) -> int:
        """How many numbers come out."""
        return self.side**2 * self.channels


def stops(side: int, k: int, stride: int, pad: int) -> int:
    """Return at how many places a window of k stops in a row of `side` pixels; 0 if it does not fit."""
    return max(0, (side + 2 * pad - k) // stride + 1) if side + 2 * pad >= k else 0


def costs(network: str, side: int, k: int, stride: int) -> list[Cost]:
    """Return what each layer makes and costs for pictures of side x side x 3, with this window and stride of conv 1.

    The list ends early at a layer whose window no longer fits.
    """
    return list(_walk(network, side, k, stride))


def _walk(network: str, side: int, k: int, stride: int) -> Iterator[Cost]:
    channels = 3
    for name, layer in NETWORKS[network].items():
        if name == "conv 1" and isinstance(layer, Filters):
            layer = layer._replace(k=k, stride=stride, pad=k // 2 if layer.pad else 0)
        cost = _cost(name, layer, side, channels)
        if cost.side < 1:
            return
        yield cost
        side, channels = cost.side, cost.channels


def _cost(name: str, layer: Filters | Pool | Dense | Inception, side: int, channels: int) -> Cost:
    if isinstance(layer, Filters):
        return _filters(name, layer, side, channels)
    if isinstance(layer, Pool):
        return Cost(name, stops(side, layer.k, layer.stride, layer.pad) if layer.k else 1, channels, 0, 0)
    if isinstance(layer, Dense):
        come_in = side**2 * channels
        return Cost(name, 1, layer.count, come_in * layer.count + layer.count, come_in * layer.count)
    ways = (
        (channels, Filters(layer.one, 1)),
        (channels, Filters(layer.three_before, 1)),
        (layer.three_before, Filters(layer.three, 3, pad=1)),
        (channels, Filters(layer.five_before, 1)),
        (layer.five_before, Filters(layer.five, 5, pad=2)),
        (channels, Filters(layer.pool, 1)),
    )
    found = [_filters(name, filters, side, come_in) for come_in, filters in ways]
    out = layer.one + layer.three + layer.five + layer.pool
    return Cost(name, side, out, sum(it.weights for it in found), sum(it.multiplications for it in found))


def _filters(name: str, layer: Filters, side: int, channels: int) -> Cost:
    each = layer.k**2 * (channels // layer.groups)
    out = stops(side, layer.k, layer.stride, layer.pad)
    return Cost(name, out, layer.count, layer.count * (each + 1), out**2 * layer.count * each)
