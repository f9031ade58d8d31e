"""A picture is an array, and what happens to a picture is arithmetic on an array.

All functions take one picture (rows, columns, channels) or a stack of them (N, rows, columns, channels), red,
green and blue with or without alpha, as uint8 0 ... 255 or as float 0 ... 1. They return a new array of the
same dtype and leave their input alone.
"""

import numpy as np
from numpy.typing import ArrayLike

from lectureutils import validate

Array = np.ndarray
SIDE = 50  # pixels; 50 * 50 * 3 = 7500, the slide's numbers


def over_white(image: ArrayLike) -> Array:
    """Lay uint8 RGBA pictures (..., 4) on white paper: float64 RGB (..., 3) in 0 ... 1.

    rgb / 255 * a + (1 - a) with a = alpha / 255. Pictures without alpha (..., 3) are only scaled.
    """
    image = _pictures(image)
    scaled = image / 255 if image.dtype == np.uint8 else image
    if scaled.shape[-1] == 3:
        return scaled.astype(np.float64)
    colour, alpha = scaled[..., :3], scaled[..., 3:]
    return colour * alpha + (1 - alpha)


def unroll(images: ArrayLike) -> Array:
    """Read pictures (N, rows, columns, channels) into rows of numbers (N, D); one picture gives (D,).

    The order is row by row, in a row column by column, in a pixel red, green, blue (NumPy's C order), so
    x[(row * columns + column) * 3 + channel]: a 50 x 50 picture becomes 7500 numbers. Slide topic: linear
    classifier.
    """
    images = _pictures(images)
    return images.reshape(*images.shape[:-3], -1)


def picture(x: ArrayLike, side: int = SIDE) -> Array:
    """Put numbers (D,) or (N, D) back into pictures (side, side, 3) or (N, side, side, 3): undoes `unroll`.

    A row of W becomes a picture in the same way: the class's template. Raises ValueError unless
    D = side * side * 3.
    """
    x = validate.numbers(x, "x")
    if x.ndim not in (1, 2) or x.shape[-1] != side * side * 3:
        raise ValueError(
            f"x: got shape {x.shape}, expected ({side * side * 3},) or (N, {side * side * 3}), "
            f"the numbers of {side} x {side} pixels of 3 colours. Leave out the bias column."
        )
    return x.reshape(*x.shape[:-1], side, side, 3)


def shift(image: ArrayLike, dx: int = 0, dy: int = 0) -> Array:
    """Move pictures by whole pixels: dx to the right, dy down.

    What leaves is lost; what comes in is transparent where there is alpha, and white where there isn't.
    """
    image = _pictures(image)
    rows, columns = image.shape[-3:-1]
    dx, dy = int(np.clip(_whole(dx, "dx"), -columns, columns)), int(np.clip(_whole(dy, "dy"), -rows, rows))
    white = 255 if image.dtype == np.uint8 else 1
    moved = np.full_like(image, 0 if image.shape[-1] == 4 else white)
    moved[..., max(dy, 0) : rows + min(dy, 0), max(dx, 0) : columns + min(dx, 0), :] = image[
        ..., max(-dy, 0) : rows + min(-dy, 0), max(-dx, 0) : columns + min(-dx, 0), :
    ]
    return moved


def flip(image: ArrayLike) -> Array:
    """Mirror pictures: left becomes right."""
    return _pictures(image)[..., ::-1, :].copy()


def recolour(image: ArrayLike, degrees: float) -> Array:
    """Turn the hue of pictures, as on a colour wheel: 120 makes red green, green blue and blue red.

    The cube of all colours is turned about its grey diagonal, so grey, black and white stay; what would leave
    the cube is clipped. Alpha stays. The rotation is Rodrigues' formula for the axis (1, 1, 1) / sqrt(3).
    """
    image = _pictures(image)
    top = 255 if image.dtype == np.uint8 else 1
    rotation = _hue_rotation(validate.numbers(degrees, "degrees", "").item())
    turned = np.clip(image[..., :3] @ rotation.T, 0, top)
    result = image.copy()
    result[..., :3] = np.rint(turned) if image.dtype == np.uint8 else turned
    return result


def _hue_rotation(degrees: float) -> Array:
    angle = np.deg2rad(degrees)
    cross = np.array([[0, -1, 1], [1, 0, -1], [-1, 1, 0]]) / np.sqrt(3)  # cross @ v: the axis times v
    return np.cos(angle) * np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) / 3


def _whole(value: int, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise ValueError(f"{name}: got {value!r}, expected a whole number of pixels. Use int({name}).")
    return int(value)


def _pictures(image: ArrayLike) -> Array:
    image = np.asarray(image)
    if image.ndim not in (3, 4) or image.shape[-1] not in (3, 4):
        raise ValueError(
            f"image: got shape {image.shape}, expected (rows, columns, 3 or 4) or a stack "
            f"(N, rows, columns, 3 or 4). A flat x becomes a picture by picture(x)."
        )
    if image.dtype != np.uint8 and image.dtype.kind != "f":
        raise ValueError(
            f"image: got dtype {image.dtype}, expected uint8 (0 ... 255) or float (0 ... 1). "
            f"Convert it with image.astype(np.uint8)."
        )
    return image
