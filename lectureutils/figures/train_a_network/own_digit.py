"""The reader writes a digit, or shows a photo of one, and a trained network reads it as its training digits were made.

Writing leaves ink on 32 x 32 points, moved and stretched to fill the frame; each pixel of 8 x 8 counts its 4 x 4 block.
"""

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

from lectureutils import plots, style
from lectureutils.autodiff import no_grad
from lectureutils.data import load_digits
from lectureutils.live import LiveFigure, choice, put, slider, toggle, upload
from lectureutils.losses import softmax

Array = np.ndarray
SIDE, BLOCK = 32, 4
PEN = 1.7  # the pen's radius, in points


def blocks(ink: Array) -> Array:
    """Count the inked points of each 4 x 4 block: ink (32, 32) of 0 and 1 to (8, 8) in 0..1, row 0 on top."""
    return ink.reshape(SIDE // BLOCK, BLOCK, SIDE // BLOCK, BLOCK).mean(axis=(1, 3))


def fill_frame(ink: Array) -> Array:
    """Move and stretch the ink (32, 32) until it is as high as the frame, in the middle; no ink stays none."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(rows):
        return ink
    cut = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    zoom = SIDE / max(cut.shape)
    height, width = (max(1, round(zoom * edge)) for edge in cut.shape)
    grown = np.asarray(Image.fromarray((255 * cut).astype(np.uint8)).resize((width, height), Image.Resampling.BILINEAR))
    framed = np.zeros((SIDE, SIDE))
    top, left = (SIDE - height) // 2, (SIDE - width) // 2
    framed[top : top + height, left : left + width] = grown > 127
    return framed


def ink_of(picture: Array) -> Array:
    """Turn a photo, RGBA uint8 (50, 50, 4), into ink (32, 32): what is darker than the middle of its greys."""
    grey = picture[..., :3].mean(axis=2) * (picture[..., 3] / 255) + 255 - picture[..., 3]
    small = np.asarray(Image.fromarray(grey.astype(np.uint8)).resize((SIDE, SIDE), Image.Resampling.BOX), dtype=float)
    low, high = small.min(), small.max()
    return (small < (low + high) / 2) * 1.0 if high - low > 30 else np.zeros((SIDE, SIDE))


class OwnDigitFigure(LiveFigure):
    """Write a digit by pointer or with the pen's sliders, or upload a photo of one; `network` reads it at every stroke.

    `network` maps X (N, 64) in 0..1 to scores (N, 10). Slide topics: learning as fitting a function; summary.
    """

    size = (700, 320)
    layout = "sheet frame down / x y / picture reset"
    reach = 10**6  # the pen writes wherever it is set down

    def __init__(self, network: Callable, sample: int = 3):
        self.network = network
        digits = load_digits()
        self.samples = {name: digits.images[np.flatnonzero(digits.y == c)[5]] for c, name in enumerate("0123456789")}
        self.rewind()
        options = {"an empty sheet": ""} | {f"a {name} from the data": name for name in self.samples}
        super().__init__(
            choice("sheet", options, str(sample), label="Begin with"),
            toggle("frame", True, label="Fill the frame"),
            toggle("down", label="Pen down"),
            slider("x", 16.0, 0.0, float(SIDE), 0.5, label="Pen x", form=".1f"),
            slider("y", 16.0, 0.0, float(SIDE), 0.5, label="Pen y", form=".1f"),
            upload("picture", "Choose a photo of a digit"),
        )

    def draw(self, fig: Figure) -> None:
        self.sheet, seen, side = fig.subplots(1, 3, width_ratios=[1.2, 1.2, 1])
        self.pads = [self.sheet]
        self.page = plots.picture(self.sheet, "Write here", SIDE)
        self.seen = plots.picture(seen, "What the network sees", SIDE // BLOCK)
        self.pen = self.dot(
            self.sheet,
            "o",
            "none",
            14,
            markeredgewidth=2.4 * style.current_scale(),
            markeredgecolor=style.RED,
            clip_on=False,
        )
        side.set(
            xlim=(0, 1),
            ylim=(9.5, -0.5),
            xlabel="softmax of the scores",
            title="Its answer: \u2605",
            box_aspect=1.2,
            xticks=[0, 0.5, 1],
        )
        side.set_yticks(range(10))
        self.bars = side.barh(range(10), np.zeros(10), color=style.pale(style.BLUE, 0.75), edgecolor=style.INK)
        self.moving(self.page, self.seen, *self.bars)
        self.star = self.dot(side, "*", style.INK, 12, clip_on=False)

    def update(self, sheet: str, frame: bool, down: bool, x: float, y: float, picture: Array | None) -> str:
        if sheet != self.began:
            self.began, self.ink = sheet, self._fresh(sheet)
        if picture is not None and self.photo is not picture and not np.array_equal(self.photo, picture):
            self.ink = ink_of(picture)
        self.photo = picture
        if down and self.at is not None:
            self._write(self.at, (x, y))
        self.at = (x, y)
        put(self.pen, self.at)
        shown = blocks(fill_frame(self.ink) if frame and self.written else self.ink)
        for pixels, values in ((self.page, self.ink), (self.seen, shown)):
            plots.set_picture(pixels, np.repeat(1 - values[..., None], 3, axis=2))
        pen = f"The pen is {'down' if down else 'up'} at ({x:.1f}, {y:.1f}); "
        pen += "what is written is stretched to fill the frame." if frame else "the ink is taken as it is."
        answer = self._read(shown)
        return f"{self.controls['picture'].problem or answer} {pen}"

    def _read(self, shown: Array) -> str:
        """Let the network read what it sees (8, 8), and say its answer."""
        with no_grad():
            scores = np.asarray(getattr(out := self.network(shown.reshape(1, -1)), "data", out))
        share = softmax(scores)[0]
        first, second = np.argsort(-share)[:2]
        plots.set_bars(self.bars, share)
        put(self.star, min(share[first] + 0.08, 1.04), first)
        if not self.ink.any():
            return f"The sheet is empty; the network says {first} all the same ({share[first]:.0%})."
        return f"The network reads {first} ({share[first]:.0%}); next comes {second} ({share[second]:.0%})."

    @property
    def written(self) -> bool:
        """Whether the ink is the reader's, and not a digit of the data, which fills its frame already."""
        return self.photo is not None or not self.began or not np.array_equal(self.ink, self._fresh(self.began))

    def _fresh(self, sheet: str) -> Array:
        if not sheet:
            return np.zeros((SIDE, SIDE))
        return np.kron(self.samples[sheet], np.ones((BLOCK, BLOCK)))

    def _write(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        rows, columns = np.mgrid[:SIDE, :SIDE] + 0.5
        steps = np.linspace(0, 1, 2 + 2 * int(np.hypot(end[0] - start[0], end[1] - start[1])))
        for t in steps:
            x, y = (a + t * (b - a) for a, b in zip(start, end, strict=True))
            self.ink = np.where((columns - x) ** 2 + (rows - y) ** 2 < PEN**2, 1.0, self.ink)

    def rewind(self) -> None:
        self.began = self.at = self.photo = None

    # The pointer is the pen

    def grab(self, axes: Axes, x: float, y: float) -> str | None:
        if axes is not self.sheet:
            return None
        self.at = (x, y)
        self.drag("pen", x, y)  # a dot
        return "pen"

    def drag(self, held: str, x: float, y: float) -> None:
        x, y = (float(np.clip(value, 0, SIDE)) for value in (x, y))
        self._write(self.at, (x, y))
        self.at = None  # drawn already: update is not to draw it again
        self.set(x=x, y=y)
