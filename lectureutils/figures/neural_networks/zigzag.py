"""How many flat pieces does a ReLU network have? A shallow one against deep ones with as many parameters.

Every ReLU neuron folds its input along the place where it starts to answer. Between the folds the network is linear:
these pieces are its linear regions. Here they are counted exactly, by cutting a square along every fold, and a deep
network whose folds fall on each other is put beside random ones.
"""

import numpy as np
from matplotlib.figure import Figure

from lectureutils import style
from lectureutils.figures.neural_networks.pieces import count_pieces, kinks, sawtooth_layers, shaken, zigzag_layers
from lectureutils.live import LiveFigure, slider


class ZigzagFigure(LiveFigure):
    """Fold 0..1 again and again, two neurons a layer, beside one layer with as many neurons and as many weights.

    Both have 6 * depth + 1 weights and biases. `depth` layers of 2 make 2**depth straight pieces; one layer of
    2 * depth neurons has as many kinks, so 2 * depth + 1 pieces at most, one of them flat. Source: Telgarsky 2016.
    """

    size = (680, 380)

    def __init__(self, depth: int = 3):
        super().__init__(
            slider("depth", depth, 1, 8, 1, label="Layers"),
            slider("noise", 0.0, 0.0, 0.15, 0.005, label="Shake weights", form=".3f"),
        )

    def draw(self, fig: Figure) -> None:
        self.panels = fig.subplots(2, 1, sharex=True)
        titles = ("Deep: two neurons in each layer", "Shallow: as many neurons, all in one layer")
        self.lines = []
        for axes, title, color in zip(self.panels, titles, (style.BLUE, style.RED), strict=True):
            axes.set(xlim=(0, 1), ylim=(-1, 2), title=title, ylabel="output f(x)")
            axes.axhline(0, color=style.PALE, linewidth=1)
            axes.axhline(1, color=style.PALE, linewidth=1)
            look = {"linewidth": 1.5 * style.current_scale(), "markersize": 3.5 * style.current_scale()}
            self.lines += axes.plot([], [], "o-", color=color, **look)
        self.panels[1].set_xlabel("input x")
        self.moving(*self.lines)

    def update(self, depth: int, noise: float) -> None:
        self.depth, self.noise = depth, noise
        self.counts, self.outside = [], False
        for line, layers in zip(self.lines, (zigzag_layers(depth), sawtooth_layers(2 * depth)), strict=True):
            corners = kinks(shaken(layers, noise))
            line.set_data(*corners)
            self.counts.append(count_pieces(*corners))
            self.outside |= bool(np.abs(corners[1] - 0.5).max() > 1.5)

    def describe(self) -> str:
        deep, shallow = self.counts
        shaken_by = f" after shaking every weight by about {self.noise:.1%}" if self.noise else ""
        return (
            f"{6 * self.depth + 1} weights and biases each{shaken_by}: {self.depth} layer{'s' * (self.depth > 1)} of 2 "
            f"give {deep} straight pieces, one layer of {2 * self.depth} gives {shallow}."
            f"{' A line runs out of the picture.' if self.outside else ''}"
        )
