"""The pictures of one recording: the whole frame that it starts from, and what is different in every other frame.

A patch is cut to the rectangle that has changed, and transparent where nothing has. Encoded without loss, that is
smaller than a lossy picture of the same rectangle, and thin coloured lines stay as they are. A long one has its colours
counted down to a palette, where none of them moves far: the half-tones at the edges of shapes are most of its bytes,
and no eye tells 256 of them from all. What is the same twice is kept once.
"""

import io
from base64 import b64encode
from hashlib import blake2b

import numpy as np
from PIL import Image

RATIO = 2  # device pixels for each CSS pixel: sharp on dense screens
EXACT = {"lossless": True, "quality": 30, "method": 2}
COLOURS = 255  # of a palette, besides what is transparent
LONG = 4_000  # bytes from which a palette is tried
SHARE = 0.85  # of the bytes without loss: so small a picture with a palette has to be
FAR = 3.0  # a quadratic mean, of 255: a palette whose colours move farther is not taken

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
        key = pixels.shape, blake2b(np.ascontiguousarray(pixels), digest_size=16).digest()
        if key not in self._known:
            self._known[key] = len(self.encoded)
            self.encoded.append(encode(pixels))
        return self._known[key]

    def texts(self) -> list[str]:
        """Return the pictures in base64."""
        return [b64encode(picture).decode() for picture in self.encoded]


def encode(pixels: Pixels) -> bytes:
    """Encode pixels as WebP without loss; with a palette where that is much shorter and hardly another picture."""
    rgba = np.ascontiguousarray(pixels).view(np.uint8).reshape(*pixels.shape, 4)
    exact = _webp(rgba)
    if (
        len(exact) > LONG
        and (fewer := _with_palette(rgba)) is not None
        and len(short := _webp(fewer)) < SHARE * len(exact)
    ):
        return short
    return exact


def _with_palette(rgba: np.ndarray) -> np.ndarray | None:
    """Return a picture in few colours; None where they are too far from its own. What is transparent stays so."""
    seen = rgba[..., 3] > 0
    counted = Image.fromarray(rgba[..., :3]).quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    fewer = np.asarray(counted.convert("RGB")) * seen[..., None]
    moved = fewer[seen].astype(float) - rgba[..., :3][seen]
    return np.dstack([fewer, rgba[..., 3]]) if np.mean(moved**2) <= FAR**2 else None


def _webp(rgba: np.ndarray) -> bytes:
    out = io.BytesIO()
    Image.fromarray(rgba).save(out, "webp", **EXACT)
    return out.getvalue()


def decode(picture: bytes) -> np.ndarray:
    """Decode a picture: uint8 (height, width, 4)."""
    return np.asarray(Image.open(io.BytesIO(picture)).convert("RGBA"))
