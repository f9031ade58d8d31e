"""A nerve cell speaks in spikes: they are all alike, and only how often they come tells how strong its input is.

The model is leaky integrate-and-fire: the voltage creeps up as far as the input drives it and, if it gets to the
threshold, the cell fires and starts from rest.
"""

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from lectureutils import style
from lectureutils.live import LiveFigure, put, slider

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
        self.times = np.arange(0, 200, 0.25)
        self.trace = self.curve(left, style.BLUE)
        self.spikes = self.curve(left, style.RED, linewidth=1.5)
        plate = {"facecolor": style.PAPER, "edgecolor": "none", "pad": 1}
        words = {"ha": "right", "color": style.INK, "fontsize": "small", "bbox": plate, "zorder": 5}
        self.moving(left.text(198, FIRE + 3, "threshold", **words))  # above the spikes
        drives = np.linspace(0, 4, 401)
        right.plot(drives, 1000 / firing_period(drives), color=style.GREY)
        right.set(xlim=(0, 4), ylim=(-5, 150), xlabel="input", ylabel="spikes per second", title="How often it fires")
        self.here = self.dot(right, "o", style.RED, 11, clip_on=False)

    def update(self, drive: float) -> str:
        period, voltage = float(firing_period(drive)), membrane(drive, self.times)
        fired = period * np.arange(1, np.ceil(200 / period))  # before 200 ms are over
        put(self.trace, self.times, voltage)
        put(self.spikes, np.repeat(fired, 3), np.tile([FIRE, 40.0, np.nan], len(fired)))
        put(self.here, drive, 1000 / period)
        if not len(fired):
            return f"Input {drive:.2f}: the voltage {say_top(voltage[-1])}. The cell is silent."
        return (
            f"Input {drive:.2f}: a spike every {period:.1f} ms, {1000 / period:.0f} per second. "
            f"All spikes are alike; only how often they come tells how strong the input is."
        )


def say_top(voltage: float) -> str:
    """Say how far a voltage has come that crosses no threshold."""
    if round(voltage, 1) >= FIRE:
        return "creeps up to the threshold and never crosses it"
    return f"reaches {voltage:.1f} mV, not the threshold"
