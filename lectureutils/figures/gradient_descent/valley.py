"""What momentum buys in a valley that is steep across and flat along: which pair of rate and mu is the best.

On a parabola each of the two directions goes its own way, and what a step leaves of the distance is the largest
eigenvalue of a matrix of two rows.
"""

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from matplotlib.colors import BoundaryNorm
from matplotlib.figure import Figure

from lectureutils import style, validate
from lectureutils.figures.shared.words import counted
from lectureutils.live import LiveFigure, Player, choice, latest, put, slider, toggle
from lectureutils.optim import momentum

Array = np.ndarray
NEARER = 1000  # "arrived" is so many times nearer than the start


class Valley(NamedTuple):
    """A parabola e H e / 2 over two weights: its curvatures, flat and steep, and their directions in columns."""

    H: Array
    flat: float
    steep: float
    directions: Array

    @property
    def ratio(self) -> float:
        """The condition number: how many times as steep it is across as along."""
        return self.steep / self.flat


def valley(H: Array) -> Valley:
    """Take the curvature H (2, 2) apart. Raises ValueError unless it is symmetric and curved up everywhere."""
    H = validate.numbers(H, "H", "2 2")
    if not np.allclose(H, H.T) or np.linalg.eigvalsh(H)[0] <= 0:
        raise ValueError(
            f"H: got {H.tolist()}, expected a symmetric matrix whose eigenvalues are above 0: a valley that rises "
            f"on all sides. For a squared loss of X @ w take 2 * X.T @ X."
        )
    (flat, steep), directions = np.linalg.eigh(H)
    return Valley(H, float(flat), float(steep), directions)


def kept(rate: Array | float, mu: Array | float, curvature: float) -> Array:
    """Return what a step of momentum leaves of the distance in the long run, along a direction of this curvature.

    With e the distance, e_next = (1 + mu - rate curvature) e - mu e_before: the largest absolute eigenvalue of
    [[1 + mu - rate curvature, -mu], [1, 0]]. Below 1 it arrives; where the two eigenvalues are complex, both are as
    long as the root of mu.
    """
    trace = np.abs(1 + mu - np.multiply(rate, curvature))
    square = trace**2 - 4 * np.asarray(mu)
    return np.where(square < 0, np.sqrt(mu), (trace + np.sqrt(np.maximum(square, 0))) / 2)


def best_pair(flat: float, steep: float) -> tuple[float, float]:
    """Return the rate and the mu with which a valley of these two curvatures is crossed in the fewest steps."""
    low, high = math.sqrt(flat), math.sqrt(steep)
    return (2 / (high + low)) ** 2, ((high - low) / (high + low)) ** 2


def steps_needed(share: float) -> float:
    """Return how many steps it takes in the long run to come NEARER times nearer, infinity if it never does."""
    return math.log(NEARER) / -math.log(share) if 0 < share < 1 else (1.0 if share == 0 else math.inf)


class ValleyFigure(LiveFigure):
    """Find the rate and the mu with which momentum crosses a valley in the fewest steps.

    `valleys` names curvatures H (2, 2). Left, over rate and mu: what a step leaves of the distance in the slower one of
    the two directions. Right the path, and the distance over the steps. Slide topic: gradient descent; Polyak 1964.
    """

    size = (700, 440)
    layout = "valley / rate mu / best step / player reset"
    last = 60
    widest = 4.0  # the map's rates, in units of 1 / the steep curvature
    shares = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0, 3.0)

    def __init__(self, valleys: Mapping[str, Array], rate: float = 1.0, mu: float = 0.0):
        self.valleys = {name: valley(H) for name, H in valleys.items()}
        first = next(iter(self.valleys.values()))
        rate_best, mu_best = best_pair(first.flat, first.steep)
        self.telling = {"rate": rate_best * first.steep, "mu": mu_best, "best": True}
        super().__init__(
            choice("valley", list(self.valleys), label="Valley"),
            slider("rate", rate, 0.02, self.widest, 0.01, label="Rate × steep"),
            slider("mu", mu, 0.0, 0.99, 0.01, label="mu"),
            toggle("best", False, label="Show the best pair"),
            slider("step", self.last, 0, self.last, 1, label="Step"),
            Player(80, "step"),
        )

    def draw(self, fig: Figure) -> None:
        self.shown, self.contours = "", []
        grid = fig.add_gridspec(2, 2, width_ratios=[1.15, 1], height_ratios=[1.15, 1])
        self.map, self.plane, self.time = (fig.add_subplot(at) for at in (grid[:, 0], grid[0, 1], grid[1, 1]))
        self.map.set(xlim=(0, self.widest), ylim=(0, 1), xlabel="learning rate × steep curvature", ylabel="mu")
        self.map.set_title("What a step keeps of the distance")
        self.norm = BoundaryNorm(self.shares, 256)
        self.image = self.map.imshow(
            np.zeros((2, 2)), origin="lower", aspect="auto", extent=(0, self.widest, 0, 1), norm=self.norm,
            cmap="Blues_r", alpha=0.85, interpolation="nearest",
        )  # fmt: skip
        across = np.linspace(0, 1, 101)
        self.map.fill_betweenx(
            across, 2 * (1 + across), self.widest, color=style.PALE, hatch="///", edgecolor=style.FRAME
        )
        self.map.text(3.4, 0.3, "flies off", ha="center", fontsize=style.size(style.SMALL), backgroundcolor=style.PAPER)
        self.edges = [self.curve(self.map, color, dash, zorder=4) for color, dash in
                      ((style.GREEN, "-"), (style.ORANGE, "--"))]  # fmt: skip
        small = {
            "fontsize": style.size(style.SMALL),
            "bbox": {"facecolor": style.PAPER, "edgecolor": "none", "pad": 1},
            "visible": False,
            "va": "center",
        }
        self.names = [
            self.map.text(0, 0, " flat direction", ha="left", color=style.readable(style.GREEN), **small),
            self.map.text(0, 0, "steep direction ", ha="right", color=style.readable(style.ORANGE), **small),
        ]
        self.moving(*self.names)
        self.star = self.dot(self.map, "*", style.AMBER, 24, zorder=5)
        self.here = self.handle(self.dot(self.map, "o", style.RED, 11, zorder=7), x="rate", y="mu")
        self.plane.set(xlim=(-1.3, 1.3), ylim=(-1.3, 1.3), xlabel="w[0] - best", ylabel="w[1] - best")
        self.plane.set_title("The path")
        self.plane.plot(0, 0, "+", color=style.INK, markersize=9 * style.current_scale())
        self.path = self.curve(self.plane, style.RED, marker="o", markersize=3 * style.current_scale(), linewidth=1)
        self.head = self.dot(self.plane, "o", style.RED, 8)
        self.time.set(yscale="log", xlim=(0, self.last), ylim=(1e-6, 20), xlabel="step", ylabel="distance")
        self.time.axhline(1 / NEARER, color=style.PALE, linewidth=1)
        self.plain = self.curve(self.time, style.BLUE, "--", label="best without mu")
        self.later = self.curve(self.time, style.faint(style.RED), linewidth=0.9)
        self.line = self.curve(self.time, style.RED, label="yours")
        self.time.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0.1)

    @latest
    def walk(self, valley: str, rate: float, mu: float) -> Array:
        """Return how far momentum is from the lowest place, in both weights, (last + 1, 2)."""
        ground = self.valleys[valley]
        e, velocity = ground.directions @ np.full(2, 0.5**0.5), None
        places = [e]
        for _ in range(self.last):
            (e,), velocity = momentum((e,), (ground.H @ e,), rate / ground.steep, velocity, mu=mu)
            e = np.clip(e, -1e6, 1e6)
            places.append(e)
        return np.array(places)

    def update(self, valley: str, rate: float, mu: float, best: bool, step: int) -> str:
        ground = self.valleys[valley]
        self._show_valley(valley)
        rate_best, mu_best = best_pair(ground.flat, ground.steep)
        put(self.here, rate, mu)
        put(self.star, *((rate_best * ground.steep, mu_best) if best else ([], [])))
        momenta = np.linspace(0, 1, 101)
        for edge, curvature, side in zip(self.edges, (ground.flat, ground.steep), (-1, 1), strict=True):
            put(edge, *(((1 + side * np.sqrt(momenta)) ** 2 * ground.steep / curvature, momenta) if best else ([], [])))
        for name, at, curvature, side in zip(
            self.names, (0.9, 0.06), (ground.flat, ground.steep), (-1, 1), strict=True
        ):
            name.set(visible=best, position=((1 + side * math.sqrt(at)) ** 2 * ground.steep / curvature, at))
        places, time = self.walk(valley, rate, mu), np.arange(self.last + 1)
        far = np.maximum(np.hypot(*places.T), 1e-12)
        put(self.path, np.clip(places[: step + 1], -50, 50))
        put(self.head, np.clip(places[step], -50, 50))
        put(self.line, time[: step + 1], far[: step + 1])
        put(self.later, time[step:], far[step:])
        without = (ground.ratio - 1) / (ground.ratio + 1)
        put(self.plain, time, without**time)
        shares = [float(kept(rate / ground.steep, mu, curvature)) for curvature in (ground.flat, ground.steep)]
        return (
            f"Step {step}: the distance, 1 at first, is {'below 1e-06' if far[step] < 1e-6 else f'{far[step]:.2g}'}. "
            f"Curvatures {ground.flat:.3g} and {ground.steep:.3g}, ratio {ground.ratio:.3g}. Learning rate "
            f"{rate / ground.steep:.3g}, mu {mu:.2f}: a step keeps {shares[0]:.1%} along the flat direction, "
            f"{shares[1]:.1%} across. {say_steps(max(shares))} Without mu, at its best rate: "
            f"{steps_needed(without):.0f}; the best pair: {steps_needed(math.sqrt(mu_best)):.0f}"
            f"{f', at rate {rate_best:.3g} and mu {mu_best:.2f}' if best else ''}."
        )

    def _show_valley(self, name: str) -> None:
        """Draw the map and the contours of another valley; they stand still while rate and mu move."""
        if name == self.shown:
            return
        ground = self.valleys[name]
        rates, momenta = np.meshgrid((np.arange(200) + 0.5) * self.widest / 200, (np.arange(150) + 0.5) / 150)
        both = [kept(rates / ground.steep, momenta, curvature) for curvature in (ground.flat, ground.steep)]
        self.image.set_data(np.maximum(*both))
        for artist in self.contours:
            artist.remove()
        x, y = np.meshgrid(*[np.linspace(-1.3, 1.3, 60)] * 2)
        height = (ground.H[0, 0] * x**2 + 2 * ground.H[0, 1] * x * y + ground.H[1, 1] * y**2) / 2
        levels = height.max() * np.array([0.003, 0.02, 0.07, 0.18, 0.4, 0.7])
        self.contours = [self.plane.contour(x, y, height, levels, colors=[style.GREY], linewidths=0.7, alpha=0.7)]
        self.shown = name


def say_steps(share: float) -> str:
    """Say how many steps it takes to come 1000 times nearer when each keeps this share."""
    if share > 1:
        return "It flies off."
    if share == 1:
        return "It never arrives."
    return f"In the long run it takes {counted(round(steps_needed(share)), 'step')} to come {NEARER} times nearer."
