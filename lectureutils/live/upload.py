"""The reader's own picture as a control of a figure.

The browser decodes the file and shrinks it to a small square before anything is sent: 10,000 bytes travel instead of
12 million, which would break the connection to the kernel without a word. What is not a picture never leaves the
browser; only the reason does.
"""

from typing import Any

import numpy as np
import traitlets

from lectureutils.live.assets import PageWidget
from lectureutils.live.controls import Control

SIDE = 50  # pixels; the pictures of the series are squares of this size
LIMIT_MB = 30  # decoding happens in the reader's browser, so this only keeps the browser responsive


class PictureChooser(PageWidget):
    """A button that opens the file chooser, and a place to drop a file.

    `value` is {} for no picture, {"file", "pixels"} with RGBA bytes, or {"file", "error"}: one trait, so that a
    picture and its name arrive together.
    """

    script = "upload.js"
    style_sheet = "upload.css"

    value = traitlets.Dict().tag(sync=True)
    label = traitlets.Unicode().tag(sync=True)
    side = traitlets.Int(SIDE).tag(sync=True)
    limit_mb = traitlets.Int(LIMIT_MB).tag(sync=True)


class Upload(Control):
    """A picture of the reader's: `value` is RGBA uint8 (50, 50, 4), or None while there is none.

    `file` is its name, and `problem` the reason why the last file could not be used; both may be "".
    """

    @property
    def value(self) -> np.ndarray | None:
        pixels = self.inputs[0].value.get("pixels")
        if pixels is None:
            return None
        side, count = self.inputs[0].side, memoryview(pixels).nbytes
        if count != 4 * side * side:
            raise ValueError(
                f"{self.name}: got {count} bytes of pixels, expected {4 * side * side} for {side} x {side} x 4. "
                f"Choose the picture again"
            )
        return np.frombuffer(pixels, np.uint8).reshape(side, side, 4)

    @value.setter
    def value(self, new: np.ndarray | None) -> None:
        self.inputs[0].value = {} if new is None else {"file": "Your array", "pixels": self._rgba(new).tobytes()}

    @property
    def file(self) -> str:
        """The name of the chosen file."""
        return str(self.inputs[0].value.get("file", ""))

    @property
    def problem(self) -> str:
        """Why the last file could not be used; empty when it could."""
        return str(self.inputs[0].value.get("error", ""))

    def _rgba(self, picture: Any) -> np.ndarray:
        """Return RGBA (side, side, 4) from uint8 grey (side, side), RGB or RGBA."""
        side, picture = self.inputs[0].side, np.asarray(picture)
        channels = picture.shape[2] if picture.ndim == 3 else 1
        if picture.dtype != np.uint8 or picture.shape[:2] != (side, side) or channels not in (1, 3, 4):
            raise ValueError(
                f"{self.name}: got an array of shape {picture.shape} and dtype {picture.dtype}, expected uint8 of "
                f"shape ({side}, {side}, 4), ({side}, {side}, 3) or ({side}, {side}). Resize the picture first"
            )
        color = np.broadcast_to(picture.reshape(side, side, channels)[..., :3], (side, side, 3))
        alpha = picture[..., 3:] if channels == 4 else np.full((side, side, 1), 255, np.uint8)
        return np.concatenate([color, alpha], axis=2)


def upload(name: str = "picture", label: str = "Choose a picture", limit_mb: int = LIMIT_MB) -> Upload:
    """Make a control that takes the reader's own picture, from the file chooser or dropped.

    The browser fits it into 50 x 50 without cutting (the rest stays transparent) and turns it upright as its camera
    noted. Files above `limit_mb` megabytes are refused in the page.
    """
    return Upload(name, [PictureChooser(label=label, limit_mb=limit_mb)])
