"""The data of the series: the lecture's worked example, three real data sets and toy points.

Real data comes as a `Dataset`: examples in the rows of X (N, D), class indices y (N,), names for the classes
and the features. Loaders read a file of this package when they are called, never the network. Sources and
licences stand in LICENSES.md.
"""

from lectureutils.data import lecture
from lectureutils.data.dataset import Dataset, split
from lectureutils.data.digits import load_digits
from lectureutils.data.emoji import EmojiData, load_emoji
from lectureutils.data.penguins import chinstraps, load_penguins
from lectureutils.data.pictures import flip, over_white, picture, recolour, shift, unroll
from lectureutils.data.streams import gradient_streams
from lectureutils.data.toy import blobs, circles, moons, spirals, xor

__all__ = [
    "Dataset",
    "EmojiData",
    "blobs",
    "chinstraps",
    "circles",
    "flip",
    "gradient_streams",
    "lecture",
    "load_digits",
    "load_emoji",
    "load_penguins",
    "moons",
    "over_white",
    "picture",
    "recolour",
    "shift",
    "spirals",
    "split",
    "unroll",
    "xor",
]
