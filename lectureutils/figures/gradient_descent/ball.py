"""A ball with friction rolls down a landscape, beside plain gradient descent with the same learning rate.

Both follow the rules of `lectureutils.optim`, so what rolls here is what trains a network.
"""

from collections.abc import Callable
from functools import partial

import numpy as np
from matplotlib.figure import Figure

from lectureutils import style
from lectureutils.live import LiveFigure, Narrow, Player, latest, log_slider, put, slider
from lectureutils.optim import momentum, sgd

Array = np.ndarray
SHOWN = 4  # the velocity is drawn as long as this many steps


def hills(w: Array | float) -> Array | float:
    """Return the height of the ball's landscape: a wide valley with its floor near 1.5 and a dip on the way."""
    return 0.06 * (w - 1.5) ** 2 - 0.3 * np.exp(-3 * (w + 1.5) ** 2)


def hills_slope(w: Array | float) -> Array | float:
    """Return the derivative of `hills`."""
    return 0.12 * (w - 1.5) + 1.8 * (w + 1.5) * np.exp(-3 * (w + 1.5) ** 2)


class BallFigure(LiveFigure):
    """Let a ball with friction roll down a landscape, beside plain gradient descent with the same rate.

    velocity = mu velocity + slope, w = w - rate velocity: mu is what friction leaves of the velocity. Below are both
    places over time. Slide topic: gradient descent; momentum after Polyak 1964.
    """

    size = (660, 430)
    narrow = Narrow(520)
    layout = "mu rate / start step / player reset"
    last = 120
    low, high = -5.0, 6.0

    def __init__(self, start: float = -4.0, mu: float = 0.9, learning_rate: float = 0.2):
        super().__init__(
            slider("mu", mu, 0.0, 0.99, 0.01, label="mu"),
            log_slider("rate", learning_rate, learning_rate / 20, learning_rate * 20, label="Learning rate"),
            slider("step", 25, 0, self.last, 1, label="Step"),
            slider("start", start, self.low, self.high, 0.05, label="Start"),
            Player(60, "step"),
        )

    def draw(self, fig: Figure) -> None:
        self.ground, self.time = fig.subplots(2, 1, height_ratios=[1.5, 1])
        w = np.linspace(self.low, self.high, 400)
        self.ground.set(xlim=(self.low, self.high), ylim=(-0.35, 2.9), xlabel="w", ylabel="loss")
        between = "\n" if self.is_narrow else " "
        self.ground.set_title(f"A ball with friction,{between}and plain gradient descent")
        self.ground.fill_between(w, -0.35, hills(w), color=style.PALE, linewidth=0)
        self.ground.plot(w, hills(w), color=style.GREY, linewidth=1.5)
        self.begin = self.handle(self.dot(self.ground, "o", style.PAPER, 11.9, zorder=2), x="start")
        self.speed = self.curve(self.ground, style.ORANGE, linewidth=4, label="velocity")
        self.ball = self.dot(self.ground, "o", style.RED, 13.3, label="ball")
        self.walker = self.dot(self.ground, "^", style.BLUE, label="plain", zorder=5)
        self.ground.legend(loc="upper center", ncols=3)
        self.time.set(xlim=(0, self.last), ylim=(self.low, self.high), xlabel="step", ylabel="w")
        self.time.axhline(1.5, color=style.PALE, linewidth=1)
        looks = ((style.BLUE, "--"), (style.RED, "-"))
        self.later = [self.curve(self.time, style.faint(color), dash, linewidth=0.9) for color, dash in looks]
        self.walked, self.rolled = (self.curve(self.time, color, dash) for color, dash in looks)

    @latest
    def rolls(self, mu: float, rate: float, start: float) -> tuple[Array, Array, Array]:
        """Return the places and velocities of the ball and the places of plain descent, (last + 1,) each."""
        plain, _ = roll(sgd, rate, start, self.last)
        return *roll(partial(momentum, mu=mu), rate, start, self.last), plain

    def update(self, mu: float, rate: float, step: int, start: float) -> str:
        rolled, velocities, walked = self.rolls(mu, rate, start)
        w, velocity, plain = rolled[step], velocities[step], walked[step]
        put(self.begin, start, hills(start))
        put(self.ball, w, hills(w) + 0.06)
        put(self.walker, plain, hills(plain) + 0.03)
        put(self.speed, [w, w - SHOWN * rate * velocity], [hills(w) + 0.06] * 2)
        time = np.arange(self.last + 1)
        for line, later, places in zip((self.walked, self.rolled), self.later, (walked, rolled), strict=True):
            put(line, time[: step + 1], places[: step + 1])
            put(later, time[step:], places[step:])
        seen = slice(max(0, step - 15), step + 1)
        way = "right" if velocity < 0 else "left"
        moves = f", so w, minus rate times velocity, moves to the {way}" if abs(velocity) >= 0.005 else ""
        return (
            f"Step {step}: the ball is at {w:.2f}, where the slope is {hills_slope(w):.2f}; its velocity is "
            f"{velocity:.2f}{moves}. Of the velocity {mu:.0%} stay. The ball {fate(rolled[seen])}; plain descent, at "
            f"{plain:.2f}, {fate(walked[seen])}."
        )


def roll(rule: Callable, rate: float, start: float, steps: int) -> tuple[Array, Array]:
    """Return the places and the velocities (steps + 1,); one that rolls off stays at the edge of +-1e6."""
    w, state, places, velocities = np.array([start]), None, [start], [0.0]
    for _ in range(steps):
        (w,), state = rule((w,), (np.clip(hills_slope(w), -1e6, 1e6),), rate, state)
        w = np.clip(w, -1e6, 1e6)
        places.append(float(w[0]))
        velocities.append(float(state[0][0]) if state else 0.0)
    return np.array(places), np.array(velocities)


def fate(places: Array) -> str:
    """Say from its last places what has become of a ball."""
    w, moved = places[-1], np.ptp(places[-10:])
    if not -5 <= w <= 6:
        return "has left the picture"
    if moved > 0.02:
        return "is still moving"
    if abs(w - 1.5) < 0.1:
        return "rests on the valley floor"
    return "is stuck in the dip" if abs(w + 1.5) < 0.6 else "hardly moves"
