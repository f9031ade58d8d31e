"""Draw W at random, again and again, and keep the best: a way to a small loss that needs no slope.

The histogram tells how often which loss comes, and so what the next thousand draws are likely to bring.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lectureutils import plots, style, validate
from lectureutils.figures.shared.words import say_scores
from lectureutils.live import LiveFigure, Player, actions, latest, log_slider, put

Array = np.ndarray


class RandomSearchFigure(LiveFigure):
    """Draw W at random, one at a time or by the thousand; keep the best, and count how often which loss comes.

    `loss` takes W (C, D) and returns one number; `known` are draws to begin with, by name. New weights come from a
    normal distribution around 0. Slide topic: random search.
    """

    runs = {"spread 0.2": {"spread": 0.2}, "small weights, spread 0.05": {"spread": 0.05}, "spread 1": {"spread": 1.0}}
    told = ("spread 0.2", 40)
    size = (700, 400)
    edges = np.linspace(0, 4, 81)
    coarse = np.linspace(0, 4, 21)

    def __init__(
        self,
        loss: Callable[[Array], float],
        x: Array,
        y_star: Array,
        known: Mapping[str, Array],
        class_names: Sequence[str],
        seed: int = 0,
    ):
        self.loss, self.x, self.y_star = loss, validate.numbers(x, "x", "D"), validate.numbers(y_star, "y_star", "C")
        shape = f"{len(self.y_star)} {len(self.x)}"
        self.known = {name: validate.numbers(W, f"known[{name!r}]", shape) for name, W in known.items()}
        self.names, self.seed, self.spread = tuple(class_names), seed, None
        if not self.known:
            raise ValueError("known: got no draw, expected at least one. Give for example known={'V1': V1}.")
        spread = log_slider("spread", 0.2, 0.05, 1.0, label="Spread")
        super().__init__(spread, Player(), actions(Draw_10="draw_10", Draw_1000="draw_1000"))

    def draw(self, fig: Figure) -> None:
        grid = fig.add_gridspec(2, 2, width_ratios=[1, 1.25])
        table, side, right = fig.add_subplot(grid[0, 0]), fig.add_subplot(grid[1, 0]), fig.add_subplot(grid[:, 1])
        table.set_title("The last draw of W", pad=22 * style.current_scale())
        _, self.numbers = plots.cells(table, self.names, [f"x[{j}]" for j in range(len(self.x))])
        self.bars = plots.class_bars(side, self.names, -2, 2)
        side.plot(self.y_star, np.arange(len(self.names)), "D", color=style.INK, zorder=5)
        side.set(xlabel="score (◆ wanted, y*)", title="Its scores")
        self.moving(self.numbers, *self.bars, *side.lines)
        self._draw_histogram(right)

    def _draw_histogram(self, axes: Axes) -> None:
        axes.set(
            xlim=(0, self.edges[-1]), ylim=(0, 1.5), xlabel="L(W)", yticks=[0, 0.5, 1], title="How often which loss?"
        )
        axes.set_ylabel("number of draws, highest bar = 1")
        nothing, guess = np.zeros(len(self.edges) - 1), np.zeros(len(self.coarse) - 1)
        self.histogram = axes.stairs(nothing, self.edges, fill=True, color=style.faint(style.BLUE))
        self.outlook = axes.stairs(guess, self.coarse, color=style.GREY, linestyle="--", label="to be expected")
        self.moving(self.histogram, self.outlook)
        for name, W in self.known.items():
            place = self.loss(W)
            mark = axes.plot([place], [0.03], "^", color=style.RED, markeredgecolor="white", zorder=4)
            self.moving(*mark, axes.text(place + 0.06, 0.02, name, zorder=4))
        self.last = self.curve(axes, style.INK, ":", label="last draw")
        self.best = self.curve(axes, style.BEST, label="★ best so far")
        axes.legend(loc="upper right", ncols=2)

    def update(self, spread: float) -> str:
        if spread != self.spread:  # losses of another spread don't belong into this histogram
            self.spread = spread
            self.rewind()
        self.outlook.set_data(self.expected(spread))
        self.histogram.set_data(heights(self.losses, self.edges))
        scores, n, last, best = self.W @ self.x, len(self.losses), self.losses[-1], self.losses.min()
        self.numbers.set_texts([f"{w:.2f}" for w in (np.round(self.W, 2) + 0.0).flat])
        plots.set_bars(self.bars, np.clip(scores, -2, 2))
        for line, loss in ((self.last, last), (self.best, best)):
            put(line, [min(loss, self.edges[-1])] * 2, [1.03, 1.17])  # above the bars, which may be slivers
        name = next((f" ({name})" for name, W in self.known.items() if np.array_equal(W, self.W)), "")
        return (
            f"Draw {n}{name}: scores {say_scores(self.names, scores, 4)}; L = {last:.4f}. Best of {n} draws: "
            f"number {self.losses.argmin() + 1} with L = {best:.4f}. Half of the draws are above "
            f"{np.median(self.losses):.2f}. New weights have the standard deviation {spread:.2f}."
        )

    @latest
    def expected(self, spread: float) -> Array:
        """Return the heights of the bars that 500 other draws give."""
        others = spread * np.random.default_rng(self.seed + 1).standard_normal((500, *self.W.shape))
        return heights(np.array([self.loss(W) for W in others]), self.coarse)

    def rewind(self) -> None:
        """Go back to the known draws."""
        self.rng = np.random.default_rng(self.seed)
        self.losses = np.array([self.loss(W) for W in self.known.values()])
        self.W = list(self.known.values())[-1]

    def draw_more(self, count: int) -> None:
        """Draw W `count` times more."""
        draws = self.spread * self.rng.standard_normal((count, *self.W.shape))
        self.losses = np.append(self.losses, [self.loss(W) for W in draws])
        self.W = draws[-1]

    def draw_10(self) -> None:
        """Draw W ten times."""
        self.draw_more(10)

    def draw_1000(self) -> None:
        """Draw W a thousand times."""
        self.draw_more(1000)

    def advance(self) -> bool:
        self.draw_more(1)
        return True

    def chunk(self) -> bool:
        """Draw W 25 times: with 40 chunks a run has its thousand draws."""
        self.draw_more(25)
        return True


def heights(losses: Array, edges: Array) -> Array:
    """Count the losses in bins, the last of which takes everything beyond; the fullest has the height 1."""
    counts = np.histogram(np.clip(losses, 0, edges[-1] - 1e-9), edges)[0]
    return counts / counts.max()
