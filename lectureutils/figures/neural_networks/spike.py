"""One neuron: the living one that inspired it, and the logistic one that networks are built of.

A nerve cell adds up what reaches it, and fires when it is enough. The artificial neuron keeps the sum and a smooth
"enough": sigmoid(w . x + b). In the plane it is a line with an arrow, soft on both sides.
"""

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import style
from lectureutils.live import LiveFigure, slider

Array = np.ndarray
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
            far = (
                "creeps up to the threshold and never crosses it"
                if round(top, 1) >= FIRE
                else (f"reaches {top:.1f} mV, not the threshold")
            )
            return f"Input {self.drive:.2f}: the voltage {far}. The cell is silent."
        return (
            f"Input {self.drive:.2f}: a spike every {self.period:.1f} ms, {1000 / self.period:.0f} per second. "
            f"All spikes are alike; only how often they come tells how strong the input is."
        )
