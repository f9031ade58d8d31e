"""How many flat pieces does a ReLU network have? A shallow one against deep ones with as many parameters.

Every ReLU neuron folds its input along the place where it starts to answer. Between the folds the network is linear:
these pieces are its linear regions. Here they are counted exactly, by cutting a square along every fold, and a deep
network whose folds fall on each other is put beside random ones.
"""

import numpy as np
from matplotlib.figure import Figure

from lectureutils import plots, style
from lectureutils.figures.neural_networks.pieces import EDGE, SHADES, WIDTHS, _counted, count_parameters
from lectureutils.live import LiveFigure, Player, Widget, choice, column, row, slider


class RegionsFigure(LiveFigure):
    """Add the neurons of a network one by one and count into how many linear regions they cut the square.

    About 200 weights and biases in each random network; the folding one has half of that. The pale curves are those of
    draw 1. Slide topic: shallow against deep, why "deep".
    """

    size = (700, 390)

    def __init__(self, neurons: int = 12):
        super().__init__(
            choice("network", list(WIDTHS), label="Network"),
            slider("neurons", neurons, 0, 50, 1, label="Neurons"),
            slider("seed", 1, 1, 12, 1, label="Draw number"),
            Player(),
        )

    def draw(self, fig: Figure) -> None:
        square, right = fig.subplots(1, 2, width_ratios=[1.1, 1])
        square.set(xlim=(-EDGE, EDGE), ylim=(-EDGE, EDGE), box_aspect=1, xlabel="x[0]", ylabel="x[1]")
        square.set_title("One shade for each linear region")
        order = 7 * np.arange(SHADES) % SHADES  # shades next to each other in number look different
        mixed = [style.pale((style.BLUE, style.ORANGE, style.GREEN)[k % 3], 0.15 + 0.75 * k / SHADES) for k in order]
        self.map = plots.PixelMap(square, mixed)
        right.set(xlim=(0, 50), ylim=(0.9, 2000), yscale="log", xlabel="neurons so far", ylabel="linear regions")
        right.set_title("How many regions")
        right.set_yticks([1, 10, 100, 1000], ["1", "10", "100", "1000"])
        looks = zip(WIDTHS, style.CLASS_COLORS, ("-", "--", "-.", ":"), strict=False)
        self.curves = {name: right.plot([], [], dash, color=color, label=name)[0] for name, color, dash in looks}
        right.legend(loc="lower right", fontsize="small")
        mark = {"markersize": 10 * style.current_scale(), "markeredgecolor": style.INK, "zorder": 5}
        self.here = right.plot([], [], "o", color=style.INK, clip_on=False, **mark)[0]
        self.moving(self.map, *self.curves.values(), self.here)

    def update(self, network: str, neurons: int, seed: int) -> None:
        counts, shades = _counted(network, 1 if "folding" in network else seed)
        self.network, self.total = network, len(counts) - 1
        self.k = min(neurons, self.total)
        self.count = counts[self.k]
        self.map.set_data(shades[self.k])
        for name, curve in self.curves.items():
            known = counts if name == network else _counted(name, 1)[0]
            curve.set_data(np.arange(len(known)), known)
            curve.set_alpha(1.0 if name == network else 0.45)
        self.here.set_data([self.k], [self.count])

    def describe(self) -> str:
        size = count_parameters(WIDTHS[self.network])
        end = " That is the whole network." if self.k == self.total else ""
        return (
            f"{self.network}, {size} weights and biases: {self.k} of {self.total} neurons cut the square into "
            f"{self.count} linear regions.{end}"
        )

    def advance(self) -> bool:
        self.set(neurons=self.k + 1)
        return self.k < self.total

    def rewind(self) -> None:
        self.set(neurons=0)

    def arrange(self) -> Widget:
        network, neurons, seed, player = (part.widget for part in self.parts)
        return column(row(network, seed), row(neurons, player, self.reset_button))
