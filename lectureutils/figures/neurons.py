"""One neuron: the living one that inspired it, and the logistic one that networks are built of.

A nerve cell adds up what reaches it, and fires when it is enough. The artificial neuron keeps the sum and a smooth
"enough": sigmoid(w . x + b). In the plane it is a line with an arrow, soft on both sides.
"""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import plots, style, validate
from lectureutils.live import LiveFigure, Widget, column, matrix, row, slider

Array = np.ndarray
LOW, HIGH = -3.0, 3.0
TAU, PAUSE = 20.0, 2.0  # ms: how fast the membrane leaks; how long it is deaf after a spike
REST, FIRE = -70.0, -55.0  # mV


def sigmoid(z: ArrayLike) -> Array:
    """Return 1 / (1 + exp(-z)), entry by entry, without overflow for any z."""
    return 0.5 * (1 + np.tanh(0.5 * np.asarray(z, dtype=float)))


def firing_period(drive: ArrayLike) -> Array:
    """Return the time between spikes in ms for a constant drive (1: just not enough); infinite up to 1.

    Leaky integrate-and-fire: tau dV/dt = drive - V from V = 0, a spike at V = 1, then a pause. So the period is
    pause + tau log(drive / (drive - 1)).
    """
    drive = np.asarray(drive, dtype=float)
    above = np.where(drive > 1, drive, 2.0)
    return np.where(drive > 1, PAUSE + TAU * np.log(above / (above - 1)), np.inf)


def membrane(drive: float, t: Array) -> Array:
    """Return the voltage in mV at the times t in ms: it creeps up, and falls back to rest after every spike."""
    since = np.mod(t, firing_period(drive)) if drive > 1 else t + PAUSE
    return REST + (FIRE - REST) * drive * -np.expm1(-np.maximum(since - PAUSE, 0) / TAU)


class SpikeFigure(LiveFigure):
    """Drive a model nerve cell (leaky integrate-and-fire): its voltage with spikes, and how often it fires.

    Slide topic: a biological neuron. Model: Lapicque 1907.
    """

    size = (680, 320)

    def __init__(self, drive: float = 1.4):
        super().__init__(slider("drive", drive, 0.0, 4.0, 0.05, label="Input"))

    def draw(self, fig: Figure) -> None:
        left, right = fig.subplots(1, 2, width_ratios=[1.7, 1])
        left.set(xlim=(0, 200), ylim=(-75, 45), xlabel="time (ms)", ylabel="membrane voltage (mV)")
        left.set_title("A nerve cell speaks in spikes")
        left.axhline(FIRE, color=style.GREY, linewidth=1, linestyle="--")
        plate = {"facecolor": style.PAPER, "edgecolor": "none", "pad": 1}
        words = {"ha": "right", "color": style.INK, "fontsize": "small", "bbox": plate, "zorder": 5}
        name = left.text(198, FIRE + 3, "threshold", **words)
        self.times = np.arange(0, 200, 0.25)
        self.trace = left.plot([], [], color=style.BLUE)[0]
        self.spikes = left.plot([], [], color=style.RED, linewidth=1.5)[0]
        drives = np.linspace(0, 4, 401)
        right.plot(drives, 1000 / firing_period(drives), color=style.GREY)
        right.set(xlim=(0, 4), ylim=(-5, 150), xlabel="input", ylabel="spikes per second", title="How often it fires")
        mark = {"markersize": 11 * style.current_scale(), "markeredgecolor": style.INK, "clip_on": False}
        self.here = right.plot([], [], "o", color=style.RED, **mark)[0]
        self.moving(self.trace, self.spikes, self.here, name)  # the name above the spikes

    def update(self, drive: float) -> None:
        self.drive, self.period = drive, float(firing_period(drive))
        self.trace.set_data(self.times, membrane(drive, self.times))
        fired = np.arange(1, 200 // self.period + 1) * self.period if drive > 1 else np.empty(0)
        self.fired = fired[fired < 200]
        x = np.repeat(self.fired, 3)
        self.spikes.set_data(x, np.tile([FIRE, 40.0, np.nan], len(self.fired)))
        self.here.set_data([drive], [1000 / self.period])

    def describe(self) -> str:
        if not len(self.fired):
            top = membrane(self.drive, self.times)[-1]
            far = "creeps up to the threshold and never crosses it" if round(top, 1) >= FIRE else (
                f"reaches {top:.1f} mV, not the threshold")
            return f"Input {self.drive:.2f}: the voltage {far}. The cell is silent."
        return (
            f"Input {self.drive:.2f}: a spike every {self.period:.1f} ms, {1000 / self.period:.0f} per second. "
            f"All spikes are alike; only how often they come tells how strong the input is."
        )


def line_ends(w: Array, b: float) -> Array:
    """Return x and y (2, 2) of two far points of the line w . x + b = 0; none, (2, 0), when w is zero."""
    if not w @ w > 1e-12:
        return np.empty((2, 0))
    along = 20 * np.array([-w[1], w[0]]) / np.linalg.norm(w)
    foot = -b * w / (w @ w)
    return np.stack([foot - along, foot + along], axis=1)


class LineHandle:
    """The line w . x + b = 0 of one neuron with its arrow w, which can be taken hold of at the line or at the tip."""

    def __init__(self, axes: Axes, color: str, dash: str, marker: str, length: float = 0.5, limit: float = HIGH):
        scale = style.current_scale()
        self.axes, self.length, self.limit = axes, length, limit
        self.line = axes.plot([], [], dash, color=color, linewidth=2 * scale, zorder=4)[0]
        self.arrow = axes.plot([], [], "-", color=color, linewidth=3 * scale, zorder=5)[0]
        look = {"color": color, "markersize": 11 * scale, "markeredgecolor": style.INK}
        self.tip = axes.plot([], [], marker, zorder=6, **look)[0]
        self.artists = (self.line, self.arrow, self.tip)

    @staticmethod
    def foot(w: Array, b: float) -> Array | None:
        """Return the point of the line nearest to the origin; weights of zero have no line."""
        return -b * w / (w @ w) if w @ w > 1e-12 else None

    def set(self, w: Array, b: float) -> None:
        """Draw the line and the arrow of w (2,) and b; a tip out of sight is drawn at the edge."""
        foot = self.foot(w, b)
        if foot is None:
            for artist in self.artists:
                artist.set_data([], [])
            return
        tip = np.clip(foot + self.length * w, -self.limit, self.limit)
        self.line.set_data(*line_ends(w, b))
        self.arrow.set_data(*np.stack([foot, tip], axis=1))
        self.tip.set_data(*tip[:, None])

    def grab(self, figure: LiveFigure, x: float, y: float) -> str | None:
        """Return "tip" or "line" when the pointer is there."""
        if not len(self.tip.get_xdata()):
            return None
        if figure.near(self.axes, self.tip.get_xydata()[0], x, y) < figure.reach:
            return "tip"
        start, end = self.line.get_xydata()
        along = (end - start) / np.linalg.norm(end - start)
        nearest = start + along * ((np.array([x, y]) - start) @ along)
        return "line" if figure.near(self.axes, nearest, x, y) < figure.reach / 2 else None

    def drag(self, part: str, w: Array, b: float, x: float, y: float) -> tuple[Array, float]:
        """Return the new (w, b): the tip turns and stretches w about the line's foot, the line changes b only."""
        here = np.array([x, y])
        foot = self.foot(w, b)
        if part == "line" or foot is None:
            return w, float(-w @ here)
        w = (here - foot) / self.length
        return w, float(-w @ foot)


class NeuronFigure(LiveFigure):
    """Show a logistic neuron over the plane: a = sigmoid(w . x + b) as colour, and the point x on its curve.

    Takes w (2,), b and x (2,). Drag the line, the arrow's tip or the star. Slide topic: the logistic neuron.
    """

    size = (700, 390)

    def __init__(self, w: ArrayLike, b: float, x: ArrayLike):
        w, x = validate.numbers(w, "w", "2"), validate.numbers(x, "x", "2")
        self.w = matrix("w", w, -4, 4)
        self.x = matrix("x", x, LOW, HIGH)
        self.b = slider("b", b, -6, 6, label="b")
        super().__init__(self.w, self.b, self.x)

    def draw(self, fig: Figure) -> None:
        plane, right = fig.subplots(1, 2, width_ratios=[1.25, 1])
        self.plane = plane
        plane.set(xlim=(LOW, HIGH), ylim=(LOW, HIGH), xlabel="x[0]", ylabel="x[1]")
        plane.set_title("Answer a: blue 0, white ½, orange 1")
        self.map = plots.PixelMap(plane)
        self.grid = np.linspace(LOW, HIGH, 120)
        self.handle = LineHandle(plane, style.BLUE, "-", "o", 0.35)
        self.soft = [plane.plot([], [], ":", color=style.INK, linewidth=1.2)[0] for _ in range(2)]
        star = {"markersize": 15 * style.current_scale(), "markeredgecolor": "white", "zorder": 7}
        self.star = plane.plot([], [], "*", color=style.INK, **star)[0]
        z = np.linspace(-10, 10, 201)
        right.plot(z, sigmoid(z), color=style.GREY)
        right.set(xlim=(-10, 10), ylim=(-0.05, 1.05), xlabel="z = w · x + b", ylabel="a", title="a = sigmoid(z)")
        right.axvline(0, color=style.PALE, linewidth=1)
        self.drop = right.plot([], [], "--", color=style.GREY, linewidth=1)[0]
        self.here = right.plot([], [], "*", color=style.INK, clip_on=False, **{**star, "markeredgecolor": "none"})[0]
        self.moving(self.map, *self.soft, *self.handle.artists, self.star, self.drop, self.here)

    def update(self, w: Array, b: float, x: Array) -> None:
        self.z = float(w @ x + b)
        self.a = float(sigmoid(self.z))
        self.values_shown = w, b, x
        share = sigmoid(w[0] * self.grid + (w[1] * self.grid + b)[:, None])[:, :, None]
        low, high = (255 * np.array(style.pale(color, 0.55)) for color in (style.BLUE, style.ORANGE))
        mixed = np.where(share < 0.5, low + (255 - low) * 2 * share, 255 + (high - 255) * (2 * share - 1))
        self.map.set_data(mixed)
        self.handle.set(w, b)
        for line, level in zip(self.soft, (-np.log(9), np.log(9)), strict=True):
            line.set_data(*line_ends(w, b - level))
        self.star.set_data(*x[:, None])
        at = np.clip(self.z, -10, 10)
        self.here.set_data([at], [self.a])
        self.drop.set_data([at, at], [-0.05, self.a])

    def describe(self) -> str:
        w, b, x = self.values_shown
        sums = f"z = {w[0]:.2f}·{x[0]:.2f} + {w[1]:.2f}·{x[1]:.2f} + {b:.2f} = {self.z:.3f}".replace("+ -", "- ")
        if not w.any():
            return f"{sums}, a = {self.a:.3f}. Both weights are 0: there is no line, the answer is the same everywhere."
        side = "on" if abs(self.z) < 5e-3 else "on the arrow's side of" if self.z > 0 else "behind"
        wide = 2 * np.log(9) / np.linalg.norm(w)
        return f"{sums}, a = {self.a:.3f}: the star is {side} the line. From 0.1 to 0.9 it is {wide:.2f} wide."

    def arrange(self) -> Widget:
        return column(row(self.w.widget, self.x.widget), row(self.b.widget, self.reset_button))

    def grab(self, axes: Axes, x: float, y: float) -> str | None:
        if axes is not self.plane:
            return None
        if self.near(axes, self.star.get_xydata()[0], x, y) < self.reach:
            return "star"
        return self.handle.grab(self, x, y)

    def drag(self, held: str, x: float, y: float) -> None:
        if held == "star":
            self.set(x=np.clip([x, y], LOW, HIGH))
            return
        w, b = self.handle.drag(held, self.w.value, self.b.value, x, y)
        self.set(w=np.clip(w, -4, 4), b=float(np.clip(b, -6, 6)))
