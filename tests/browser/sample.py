"""A small live figure that has everything: a slider, a matrix, points for the pointer, a player, a choice."""

import numpy as np

from lectureutils import plots
from lectureutils.live import (
    LiveFigure,
    Player,
    choice,
    log_slider,
    matrix,
    points,
    presets,
    put,
    slider,
    text,
    toggle,
)  # fmt: skip

SIDE = 60


class Sample(LiveFigure):
    """Regions of three directions in the plane; points are dragged, added, and walked around by the player."""

    def __init__(self):
        self.points = np.array([[1.0, 1.0], [-1.5, 0.5]])
        self.steps = 0
        side = np.linspace(-3, 3, SIDE)
        self.plane = np.stack(np.meshgrid(side, side), -1).reshape(-1, 2)
        W = matrix("W", np.array([[1.0, 0.0], [-0.5, 0.8], [-0.5, -0.8]]), -2, 2)
        settings = {"turned": {"angle": 1.0}, "straight": {"angle": 0.0}}
        super().__init__(
            slider("angle", 0.0, -3, 3), W, choice("size", {"small": 4, "large": 9}), presets("set", settings), Player()
        )

    def draw(self, fig):
        """Make the map, the points and the bars."""
        plane, bars = fig.subplots(1, 2, width_ratios=[3, 1])
        plane.set(xlim=(-3, 3), ylim=(-3, 3), title="regions", xlabel="first", ylabel="second")
        self.axes = plane
        self.map = plots.PixelMap(plane, ["#cfe3f0", "#f6dccb", "#c8e8dd"])
        plane.add_artist(self.map)
        self.dots = self.curve(plane, "#222222", "none", marker="o")
        self.bars = plots.class_bars(bars, ["a", "b", "c"], -4, 4)
        self.moving(self.map, *self.bars)

    def update(self, angle, W, size):
        """Turn the directions by `angle`, colour the plane by the largest score, and say the values that are seen."""
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        W = W @ turn
        self.map.set_data((self.plane @ W.T).argmax(1).reshape(SIDE, SIDE))
        put(self.dots, self.points)
        self.dots.set_markersize(size)
        plots.set_bars(self.bars, W @ self.points[0])
        (x, y), n = self.points[0], len(self.points)
        return (
            f"angle {angle:.2f}, first weight {W[0, 0]:.3f}; {n} points, the first at ({x:.2f}, {y:.2f}); "
            f"step {self.steps}"
        )

    def grab(self, axes, x, y):
        """Take hold of the nearest point."""
        if axes is not self.axes:
            return None
        gaps = [self.near(axes, point, x, y) for point in self.points]
        return int(np.argmin(gaps)) if min(gaps) < self.reach else None

    def drag(self, held, x, y):
        """Move a point."""
        self.points[held] = x, y

    def tap(self, axes, x, y):
        """Add a point."""
        if axes is self.axes:
            self.points = np.vstack([self.points, [x, y]])

    def advance(self):
        """Walk the second point around a circle."""
        self.steps += 1
        self.points[1] = 2 * np.cos(0.1 * self.steps), 2 * np.sin(0.1 * self.steps)
        return self.steps < 500

    def rewind(self):
        """Go back to the first points."""
        self.steps, self.points = 0, np.array([[1.0, 1.0], [-1.5, 0.5]])


class EveryControl(LiveFigure):
    """The kinds of control that `Sample` lacks; its sentence says all their values."""

    size = (320, 200)

    def __init__(self):
        X = np.array([[1.0, -1.0], [0.5, 2.0]])
        super().__init__(
            log_slider("rate", 0.01, 1e-4, 1),
            slider("count", 3, 1, 20, 1),
            toggle("on"),
            text("word", "hinge"),
            points("points", X, [0, 1], ["a", "b"]),
        )

    def draw(self, fig):
        """Make the points."""
        self.dots = fig.subplots().plot([-3, 3], [-3, 3], "o")[0]
        self.moving(self.dots)

    def update(self, rate, count, on, word, points):
        """Move the points and say the values."""
        put(self.dots, points.X)
        return f"rate {rate:.4f}, count {count}, {on}, {word}, point {points.selected + 1} of {points.X.tolist()}"
