"""Update rules at work: a ball with friction, the memory of AdaGrad, RMSProp and Adam, and a race between them all.

Every number here comes from the rules of `lectureutils.optim`, so what moves in a figure is what trains a network.
"""

from collections.abc import Callable
from functools import partial

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lectureutils import style
from lectureutils.figures.shared.stepped import Stepped
from lectureutils.live import Player, Widget, column, log_slider, row, slider
from lectureutils.optim import momentum, sgd

Array = np.ndarray
SHOWN = 4  # the velocity is drawn as long as this many steps


def hills(w: Array | float) -> Array | float:
    """Return the height of the ball's landscape: a wide valley with its floor near 1.5 and a dip on the way."""
    return 0.06 * (w - 1.5) ** 2 - 0.3 * np.exp(-3 * (w + 1.5) ** 2)


def hills_slope(w: Array | float) -> Array | float:
    """Return the derivative of `hills`."""
    return 0.12 * (w - 1.5) + 1.8 * (w + 1.5) * np.exp(-3 * (w + 1.5) ** 2)


class BallFigure(Stepped):
    """Let a ball with friction roll down a landscape, beside plain gradient descent with the same rate.

    velocity = mu velocity + slope, w = w - rate velocity: mu is what friction leaves of the velocity. Below are both
    places over time. Slide topic: gradient descent; momentum after Polyak 1964.
    """

    size = (660, 430)
    last = 120
    low, high = -5.0, 6.0

    def __init__(self, start: float = -4.0, mu: float = 0.9, learning_rate: float = 0.2):
        self.known = None
        super().__init__(
            slider("mu", mu, 0.0, 0.99, 0.01, label="mu"),
            log_slider("rate", learning_rate, learning_rate / 20, learning_rate * 20, label="Learning rate"),
            slider("step", 25, 0, self.last, 1, label="Step"),
            slider("start", start, self.low, self.high, 0.05, label="Start"),
            Player(60),
        )

    def draw(self, fig: Figure) -> None:
        self.ground, self.time = fig.subplots(2, 1, height_ratios=[1.5, 1])
        w = np.linspace(self.low, self.high, 400)
        self.ground.set(xlim=(self.low, self.high), ylim=(-0.35, 2.9), xlabel="w", ylabel="loss")
        self.ground.set_title("A ball with friction, and plain gradient descent")
        self.ground.fill_between(w, -0.35, hills(w), color=style.PALE, linewidth=0)
        self.ground.plot(w, hills(w), color=style.GREY, linewidth=1.5)
        mark, edge = 7 * style.current_scale(), {"markeredgecolor": style.INK, "linestyle": "none"}
        self.begin = self.ground.plot([], [], "o", color=style.PAPER, markersize=1.7 * mark, **edge)[0]
        self.speed = self.ground.plot([], [], "-", color=style.ORANGE, linewidth=4, label="velocity")[0]
        self.ball = self.ground.plot([], [], "o", color=style.RED, markersize=1.9 * mark, label="ball", **edge)[0]
        self.walker = self.ground.plot([], [], "^", color=style.BLUE, markersize=mark, label="plain", **edge)[0]
        self.ground.legend(loc="upper center", ncols=3, fontsize="small")
        self.time.set(xlim=(0, self.last), ylim=(self.low, self.high), xlabel="step", ylabel="w")
        self.time.axhline(1.5, color=style.PALE, linewidth=1)
        later = {"linewidth": 1, "zorder": 1}
        self.later = [
            self.time.plot([], [], dash, color=style.pale(color, 0.4), **later)[0]
            for dash, color in (("-", style.RED), ("--", style.BLUE))
        ]
        self.rolled = self.time.plot([], [], "-", color=style.RED)[0]
        self.walked = self.time.plot([], [], "--", color=style.BLUE)[0]
        self.moving(*self.later, self.begin, self.speed, self.walker, self.ball, self.walked, self.rolled)
        self.moving(*self.ground.spines.values(), *self.time.spines.values())

    def update(self, mu: float, rate: float, step: int, start: float) -> None:
        if self.known != (mu, rate, start):
            self.places, self.velocities = self._roll(partial(momentum, mu=mu), rate, start)
            self.plain, _ = self._roll(sgd, rate, start)
            self.known = (mu, rate, start)
        self.mu, self.rate, self.step, self.start = mu, rate, step, start
        w, plain = self.places[step], self.plain[step]
        self.begin.set_data([start], [hills(start)])
        self.ball.set_data([w], [hills(w) + 0.06])
        self.walker.set_data([plain], [hills(plain) + 0.03])
        self.speed.set_data([w, w - SHOWN * rate * self.velocities[step]], [hills(w) + 0.06] * 2)
        self.rolled.set_data(np.arange(step + 1), self.places[: step + 1])
        self.walked.set_data(np.arange(step + 1), self.plain[: step + 1])
        for line, places in zip(self.later, (self.places, self.plain), strict=True):
            line.set_data(np.arange(step, self.last + 1), places[step:])

    def _roll(self, rule: Callable, rate: float, start: float) -> tuple[Array, Array]:
        """Return the places and the velocities (last + 1,); one that rolls off stays at the edge of +-1e6."""
        w, state, places, velocities = np.array([start]), None, [start], [0.0]
        for _ in range(self.last):
            (w,), state = rule((w,), (np.clip(hills_slope(w), -1e6, 1e6),), rate, state)
            w = np.clip(w, -1e6, 1e6)
            places.append(float(w[0]))
            velocities.append(float(state[0][0]) if state else 0.0)
        return np.array(places), np.array(velocities)

    @staticmethod
    def _verdict(places: Array) -> str:
        w, moved = places[-1], np.ptp(places[-10:])
        if not -5 <= w <= 6:
            return "has left the picture"
        if moved > 0.02:
            return "is still moving"
        if abs(w - 1.5) < 0.1:
            return "rests on the valley floor"
        return "is stuck in the dip" if abs(w + 1.5) < 0.6 else "hardly moves"

    def describe(self) -> str:
        k = self.step
        seen = slice(max(0, k - 15), k + 1)
        velocity = self.velocities[k]
        way = "right" if velocity < 0 else "left"
        moves = f", so w, minus rate times velocity, moves to the {way}" if abs(velocity) >= 0.005 else ""
        return (
            f"Step {k}: the ball is at {self.places[k]:.2f}, where the slope is {hills_slope(self.places[k]):.2f}; "
            f"its velocity is {velocity:.2f}{moves}. Of the velocity {self.mu:.0%} stay. The ball "
            f"{self._verdict(self.places[seen])}; plain descent, at {self.plain[k]:.2f}, "
            f"{self._verdict(self.plain[seen])}."
        )

    def grab(self, axes: Axes, x: float, y: float) -> str | None:
        near = axes is self.ground and self.near(axes, (self.start, hills(self.start)), x, y) < 2 * self.reach
        return "start" if near else None

    def drag(self, held: str, x: float, y: float) -> None:
        self.set(start=float(np.clip(x, self.low, self.high)))

    def arrange(self) -> Widget:
        mu, rate, step, start, player = (part.widget for part in self.parts)
        return column(row(mu, rate), row(start, step), row(player, self.reset_button))
