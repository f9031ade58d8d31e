"""A matplotlib figure drawn once and then repainted quickly: what stands still is kept as a picture.

Artists marked as moving are drawn on top of that picture at every frame. When anything else changes (a limit, a
title), matplotlib marks the figure as stale, and the next frame is a full one. No pyplot: nothing to close.
"""

import io
from collections.abc import Sequence

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure, FigureBase
from PIL import Image, WebPImagePlugin  # named here: the first picture of an unknown kind looks for all kinds

from lectureutils import style

DPI = 100
WEBP = WebPImagePlugin.SUPPORTED  # whether this Pillow can write it


class Painter:
    """Keep one off-screen figure of `size` CSS pixels and encode its frames."""

    def __init__(self, size: Sequence[int]):
        width, height = size
        self.scale = style.current_scale()  # a later projector() is for later figures
        inches = (width + 0.001) / DPI, (height + 0.001) / DPI  # matplotlib 3.10 cuts 409.999... pixels to 409
        self.figure = Figure(figsize=inches, dpi=DPI, layout="constrained")
        self._canvas = FigureCanvasAgg(self.figure)
        self._background = None
        self._moving: list[Artist] = []

    def moving(self, *artists: Artist) -> None:
        """Mark artists that change from frame to frame; the frame of their axes stays on top of them."""
        for artist in artists:
            artist.set_animated(True)
            if artist not in self._moving:
                self._moving.append(artist)
            for spine in artist.axes.spines.values() if artist.axes else ():
                spine.set_animated(True)

    def still(self, *artists: Artist) -> None:
        """Take the mark back, before an artist is removed from the figure."""
        self._moving = [kept for kept in self._moving if kept not in artists]

    def set_pixel_ratio(self, ratio: float) -> None:
        """Draw `ratio` device pixels for each CSS pixel: sharp on high-density screens."""
        self.figure.set_dpi(DPI * ratio)
        self._background = None

    def paint(self) -> None:
        """Bring the pixels up to date: the picture of what stands still, then the moving artists in z-order."""
        if self._background is None or _stale(self.figure):
            with style.settings(self.scale):  # matplotlib makes ticks as it draws
                self._canvas.draw()
            self.figure.set_layout_engine("none")  # later frames keep the axes where they are
            self._background = self._canvas.copy_from_bbox(self.figure.bbox)
        else:
            self._canvas.restore_region(self._background)
        renderer = self._canvas.get_renderer()
        for artist in self.drawn_each_time():
            artist.draw(renderer)

    def drawn_each_time(self) -> list[Artist]:
        """List what moves, and the frames of its axes, in z-order."""
        axes = dict.fromkeys(artist.axes for artist in self._moving if artist.axes and artist.axes.axison)
        frames = [spine for there in axes for spine in there.spines.values()]
        return sorted(dict.fromkeys([*self._moving, *frames]), key=Artist.get_zorder)

    def pixels(self) -> np.ndarray:
        """Return the current pixels as a uint8 array (height, width, 4)."""
        return np.asarray(self._canvas.buffer_rgba())

    def jpeg(self) -> bytes:
        """Encode the current pixels for the way to the browser: fast, without colour bleeding."""
        out = io.BytesIO()
        self._image().save(out, "jpeg", quality=85, subsampling=0)
        return out.getvalue()

    def webp(self) -> bytes:
        """Encode the current pixels for a slow line: in a fifth of the bytes, and in ten times as long.

        Thin lines and colours bleed, and a dense screen gets one pixel for each CSS pixel.
        """
        out, image = io.BytesIO(), self._image()
        denser = int(self.figure.dpi / DPI)
        image = image.convert("RGB")
        (image.reduce(denser) if denser > 1 else image).save(out, "webp", quality=20, method=2)
        return out.getvalue()

    def rgba(self) -> tuple[bytes, str]:
        """Return the current pixels as they are, and a type that says how many stand in a row.

        For a kernel in the page itself: no line makes it worth while to encode them, and nothing has to be decoded.
        """
        pixels = self.pixels()
        return pixels.tobytes(), f"image/x-rgba;width={pixels.shape[1]}"

    def _image(self) -> Image.Image:
        rgba = self.pixels()
        return Image.frombuffer("RGBX", (rgba.shape[1], rgba.shape[0]), rgba, "raw", "RGBX", 0, 1)

    def png(self) -> bytes:
        """Encode the current pixels for keeping: exact, and shown by every reader of notebooks."""
        out = io.BytesIO()
        Image.fromarray(self.pixels()).convert("RGB").save(out, "png")
        return out.getvalue()


def _stale(figure: FigureBase) -> bool:
    """Say whether anything that stands still has changed; matplotlib 3.8 does not pass it up from a subfigure."""
    return figure.stale or any(map(_stale, figure.subfigs))
