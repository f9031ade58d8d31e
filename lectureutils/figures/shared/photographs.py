"""A picture of 50 x 50 pixels is a vector x of 7500 numbers, and a row of W, as long, is a picture too.

The numbers go row by row from the top, in each row pixel by pixel, and for each pixel red, green, blue.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from lectureutils import validate
from lectureutils.data import over_white, picture

SIDE = 50
COUNT = SIDE * SIDE * 3


def as_pictures(images: ArrayLike) -> np.ndarray:
    """Return pictures as floats 0..1 of shape (N, 50, 50, 3).

    Takes uint8, or floats 0..1, of shape (N, 50, 50, 3), with transparency (N, 50, 50, 4; laid on white), or unrolled
    rows (N, 7500) of floats. Raises ValueError for anything else.
    """
    images = np.asarray(images)
    if images.shape[1:] not in ((SIDE, SIDE, 3), (SIDE, SIDE, 4), (COUNT,)):
        raise ValueError(
            f"images: got an array of shape {images.shape}, expected (N, 50, 50, 3), (N, 50, 50, 4) or (N, 7500). "
            f"A single picture becomes a batch of one by images[None]."
        )
    floats = validate.numbers(images, "images")
    top = 255 if images.dtype == np.uint8 else 1
    if floats.min() < 0 or floats.max() > top:
        raise ValueError(
            f"images: got numbers from {floats.min():g} to {floats.max():g}, expected floats 0..1 or uint8 0..255. "
            f"Divide by the largest possible value."
        )
    return picture(images / top) if images.ndim == 2 else over_white(images / top)


def as_template(w: np.ndarray, most: float) -> np.ndarray:
    """Show a row of W (7500,) as a picture (50, 50, 3): 0 is mid-grey, +most and above is 1, -most and below is 0."""
    return np.clip(0.5 + 0.5 * picture(w) / most, 0, 1)


def numbered(names: Sequence[str] | None, count: int) -> dict[str, int]:
    """Number the pictures by name, for a choice; names may come twice, numbers don't."""
    names = ["picture"] * count if names is None else names
    if len(names) != count:
        raise ValueError(f"names: got {len(names)} names for {count} pictures, expected one each. Add or drop some.")
    return {f"{i + 1}: {name}": i for i, name in enumerate(names)}
