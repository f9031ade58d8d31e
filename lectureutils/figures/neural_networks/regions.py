"""Many linear regions: a shallow network against deep ones of random weights, and a deep one made to fold.

At random the shallow one has most. Where the folds of a deep network fall on each other, every layer multiplies them.
"""

import numpy as np
from matplotlib.figure import Figure

from lectureutils import plots, style
from lectureutils.figures.neural_networks.pieces import EDGE, SHADES, WIDTHS, count_parameters, counts_and_shades
from lectureutils.live import LiveFigure, Player, choice, put, slider


class RegionsFigure(LiveFigure):
    """Add the neurons of a network one by one and count into how many linear regions they cut the square.

    About 200 weights and biases in each random network; the folding one has half of that. The thin curves are those of
    draw 1. Slide topic: shallow against deep, why "deep".
    """

    telling = {"neurons": 50}
    size = (700, 390)
    layout = "network seed / neurons player reset"

    def __init__(self, neurons: int = 12):
        super().__init__(
            choice("network", list(WIDTHS), label="Network"),
            slider("neurons", neurons, 0, 50, 1, label="Neurons"),
            slider("seed", 1, 1, 12, 1, label="Draw number"),
            Player(control="neurons"),
        )

    def draw(self, fig: Figure) -> None:
        square, right = fig.subplots(1, 2, width_ratios=[1.1, 1])
        square.set(xlim=(-EDGE, EDGE), ylim=(-EDGE, EDGE), box_aspect=1, xlabel="x[0]", ylabel="x[1]")
        square.set_title("One shade for each linear region")
        order = 7 * np.arange(SHADES) % SHADES  # shades next to each other in number look different
        mixed = [style.pale((style.BLUE, style.ORANGE, style.GREEN)[k % 3], 0.15 + 0.75 * k / SHADES) for k in order]
        self.map = plots.PixelMap(square, mixed)
        self.moving(self.map)
        right.set(xlim=(0, 50), ylim=(0.9, 2000), yscale="log", xlabel="neurons so far", ylabel="linear regions")
        right.set_title("How many regions")
        right.set_yticks([1, 10, 100, 1000], ["1", "10", "100", "1000"])
        looks = zip(WIDTHS, style.CLASS_COLORS, ("-", "--", "-.", ":"), strict=False)
        self.curves = {name: self.curve(right, color, dash, label=name) for name, color, dash in looks}
        right.legend(loc="lower right", fontsize="small")
        self.here = self.dot(right, "o", style.INK, 10, clip_on=False)

    def update(self, network: str, neurons: int, seed: int) -> str:
        counts, shades = counts_and_shades(network, 1 if "folding" in network else seed)
        total = len(counts) - 1
        k = min(neurons, total)
        self.map.set_data(shades[k])
        for name, curve in self.curves.items():
            known = counts if name == network else counts_and_shades(name, 1)[0]
            put(curve, np.arange(len(known)), known)
            curve.set_linewidth((3 if name == network else 1.2) * style.current_scale())
        put(self.here, k, counts[k])
        end = " That is the whole network." if k == total else ""
        return (
            f"{network}, {count_parameters(WIDTHS[network])} weights and biases: {k} of {total} neurons cut the square "
            f"into {counts[k]} linear regions.{end}"
        )

    def advance(self) -> bool:
        last = sum(WIDTHS[self.values["network"]][1:-1])  # the slider goes on for the widest network
        k = min(self.values["neurons"] + 1, last)
        self.set(neurons=k)
        return k < last
