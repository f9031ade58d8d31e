"""The pictures of one recording: the whole frame that it starts from, and what is different in every other frame.

A patch is cut to the rectangle that has changed, and transparent where nothing has. Encoded without loss, that is
smaller than a lossy picture of the same rectangle, and thin coloured lines stay as they are. Only where a patch is
photographs or shaded areas a lossy one is taken. What is the same twice is kept once.
"""

import io
from base64 import b64encode
from typing import Any

import numpy as np
from PIL import Image

RATIO = 2  # device pixels for each CSS pixel: sharp on dense screens
EXACT = {"lossless": True, "quality": 30, "method": 2}
LOSSY = {"quality": 82, "alpha_quality": 100, "method": 4, "use_sharp_yuv": True}
LONG = 12_000  # bytes from which a lossy patch is tried
SHARE = 0.6  # of the bytes without loss: so small a lossy patch has to be

Pixels = np.ndarray  # (height, width), uint32: the four bytes of a pixel in one number
Patch = list[int]  # picture, x, y


class Pictures:
    """Keep encoded pictures; number 0 is the whole frame that the recording starts from."""

    def __init__(self, start: Pixels):
        self.start = start
        self.encoded: list[bytes] = []
        self._known: dict[tuple[tuple[int, ...], bytes], int] = {}
        self._add(start)

    @property
    def bytes(self) -> int:
        """How many bytes the pictures have, as text of a script."""
        return sum(4 * len(picture) // 3 for picture in self.encoded)

    def mark(self) -> int:
        """Return a mark to which `forget` goes back."""
        return len(self.encoded)

    def forget(self, mark: int) -> None:
        """Drop what was added since a mark."""
        del self.encoded[mark:]
        self._known = {key: number for key, number in self._known.items() if number < mark}

    def patches(self, frame: Pixels, *bases: tuple[Pixels, list[Patch]]) -> list[Patch]:
        """Return what to paint over picture 0 so that a frame is there.

        `bases` are other frames with their patches: the one with the least difference is painted first.
        """
        best, painted, changed = -1, [], None
        for base, patches in ((self.start, []), *bases):
            mask = base != frame
            count = int(np.count_nonzero(mask))
            if best < 0 or count < best / 2:  # a second layer of patches has to be worth it
                best, painted, changed = count, patches, mask
        return [*painted, *([self._patch(frame, changed)] if best else [])]

    def _patch(self, frame: Pixels, changed: np.ndarray) -> Patch:
        rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
        y, x = int(rows[0]), int(columns[0])
        there = np.s_[y : rows[-1] + 1, x : columns[-1] + 1]
        return [self._add(np.where(changed[there], frame[there], 0).astype(np.uint32)), x, y]

    def _add(self, pixels: Pixels) -> int:
        key = pixels.shape, pixels.tobytes()
        if key not in self._known:
            self._known[key] = len(self.encoded)
            self.encoded.append(encode(pixels))
        return self._known[key]

    def texts(self) -> list[str]:
        """Return the pictures in base64."""
        return [b64encode(picture).decode() for picture in self.encoded]


def encode(pixels: Pixels) -> bytes:
    """Encode pixels as WebP, without loss unless that is long and a lossy picture is much shorter."""
    rgba = np.ascontiguousarray(pixels).view(np.uint8).reshape(*pixels.shape, 4)
    image = Image.fromarray(rgba)
    exact = _webp(image, EXACT)
    if len(exact) > LONG and len(lossy := _webp(image, LOSSY)) < SHARE * len(exact):
        return lossy
    return exact


def _webp(image: Image.Image, options: dict[str, Any]) -> bytes:
    out = io.BytesIO()
    image.save(out, "webp", **options)
    return out.getvalue()


def decode(picture: bytes) -> np.ndarray:
    """Decode a picture: uint8 (height, width, 4)."""
    return np.asarray(Image.open(io.BytesIO(picture)).convert("RGBA"))
