"""Ten handwritten digits, eight by eight pixels: a real task that trains in seconds.

Each pixel counts the inked dots, 0 to 16, of a 4 x 4 block of a finer scan. Here it is divided by 16.
"""

import dataclasses
import functools

import numpy as np

from lectureutils.data.dataset import Dataset, read_npz

SIZE = 8
INK = 16  # the largest pixel of the file


@dataclasses.dataclass(frozen=True, eq=False, repr=False)
class DigitsData(Dataset):
    """A Dataset that keeps the pictures beside X: `images` (N, 8, 8), the same numbers as X."""

    images: np.ndarray


@functools.cache
def load_digits() -> DigitsData:
    """Load 1797 digits: X (1797, 64) float64 in 0 ... 1 (file value / 16), y (1797,) from 0 to 9.

    0 is paper, 1 is full ink. A row of X is its picture `images` (1797, 8, 8) read row by row. Classes have
    174 to 183 examples. Read once, shared afterwards; the arrays are read-only. Source: Alpaydin and Kaynak
    (1998), see LICENSES.md.
    """
    file = read_npz("digits.npz")
    images = file["images"] / INK
    names = tuple(f"row {row}, column {column}" for row in range(SIZE) for column in range(SIZE))
    return DigitsData(
        "digits", images.reshape(len(images), -1), file["y"].astype(np.intp), tuple("0123456789"), names, images
    )
