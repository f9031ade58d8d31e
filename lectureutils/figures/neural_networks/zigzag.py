"""Depth doubles the pieces of a zigzag, width adds two: a tent of a tent of a tent, against as many teeth in one layer.

But only with weights that fit together: shaken weights cost the deep network most of its pieces.
"""

import numpy as np
from matplotlib.figure import Figure

from lectureutils import style
from lectureutils.figures.neural_networks.pieces import Layers
from lectureutils.figures.shared.words import counted
from lectureutils.live import LiveFigure, put, slider

Array = np.ndarray


class ZigzagFigure(LiveFigure):
    """Fold 0..1 again and again, two neurons a layer, beside one layer with as many neurons and as many weights.

    Both have 6 * depth + 1 weights and biases. `depth` layers of 2 make 2**depth straight pieces; one layer of
    2 * depth neurons has as many kinks, so 2 * depth + 1 pieces at most, one of them flat. Source: Telgarsky 2016.
    """

    telling = {"depth": 5}
    size = (680, 380)

    def __init__(self, depth: int = 3):
        super().__init__(
            slider("depth", depth, 1, 8, 1, label="Layers"),
            slider("noise", 0.0, 0.0, 0.15, 0.005, label="Shake weights", form=".3f"),
        )

    def draw(self, fig: Figure) -> None:
        self.panels = fig.subplots(2, 1, sharex=True)
        titles = ("Deep: two neurons in each layer", "Shallow: as many neurons, all in one layer")
        scale, self.lines = style.current_scale(), []
        for axes, title, color in zip(self.panels, titles, (style.BLUE, style.RED), strict=True):
            axes.set(xlim=(0, 1), ylim=(-1, 2), title=title, ylabel="output f(x)")
            axes.axhline(0, color=style.PALE, linewidth=1)
            axes.axhline(1, color=style.PALE, linewidth=1)
            self.lines.append(self.curve(axes, color, marker="o", linewidth=1.5 * scale, markersize=3.5 * scale))
        self.panels[1].set_xlabel("input x")

    def update(self, depth: int, noise: float) -> str:
        networks = zigzag_layers(depth), sawtooth_layers(2 * depth)
        corners = [kinks(shaken(layers, noise)) for layers in networks]
        for line, (x, y) in zip(self.lines, corners, strict=True):
            put(line, x, y)
        deep, shallow = (count_pieces(x, y) for x, y in corners)
        shaken_by = f" after shaking every weight by about {noise:.1%}" if noise else ""
        outside = any(np.abs(y - 0.5).max() > 1.5 for _, y in corners)
        return (
            f"{6 * depth + 1} weights and biases each{shaken_by}: {counted(depth, 'layer')} of 2 give {deep} straight "
            f"pieces, one layer of {2 * depth} gives {shallow}.{' A line runs out of the picture.' if outside else ''}"
        )


def zigzag_layers(depth: int) -> Layers:
    """Return `depth` layers of two ReLU neurons on 0..1, and the output: a tent of a tent of a tent ..."""
    tent = np.array([[2.0, -4]])
    both, b = np.array([[1.0], [1]]), np.array([0, -0.5])
    return [(both, b)] + [(both @ tent, b)] * (depth - 1) + [(tent, np.zeros(1))]


def sawtooth_layers(n: int) -> Layers:
    """Return one layer of n ReLU neurons with evenly spread kinks on 0..1, and the output that makes them teeth."""
    kinks = np.arange(n) / n
    up = n * (-1.0) ** np.arange(n)
    return [(np.ones((n, 1)), -kinks), ((up * np.where(np.arange(n), 2, 1))[None], np.zeros(1))]


def shaken(layers: Layers, noise: float, seed: int = 0) -> Layers:
    """Multiply each weight and bias by its own 1 + noise * normal."""
    rng = np.random.default_rng(seed)
    return [tuple(part * (1 + noise * rng.normal(size=part.shape)) for part in layer) for layer in layers]


def kinks(layers: Layers) -> tuple[Array, Array]:
    """Return the corners (x, f(x)) of a network of one number on 0..1, both (M,): between them f is straight."""
    x, h = np.array([0.0, 1]), np.array([[0.0], [1]])
    for W, b in layers[:-1]:
        z = h @ W.T + b
        i, j = np.nonzero(z[:-1] * z[1:] < 0)
        share = z[i, j] / (z[i, j] - z[i + 1, j])
        more = np.unique(np.concatenate([x, x[i] + share * (x[i + 1] - x[i])]))
        h = np.maximum(np.column_stack([np.interp(more, x, column) for column in z.T]), 0)
        x = more
    W, b = layers[-1]
    return x, (h @ W.T + b)[:, 0]


def count_pieces(x: Array, y: Array) -> int:
    """Count the straight pieces of the line through the corners (x, y); neighbours of equal slope are one piece."""
    far = np.diff(x) > 1e-9
    slopes = np.diff(y)[far] / np.diff(x)[far]
    return 1 + int((np.abs(np.diff(slopes)) > 1e-6 * (1 + np.abs(slopes[1:]))).sum())
