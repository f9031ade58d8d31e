"""Backpropagation with arrays: one function of a matrix, the puzzle of shapes, and layers as nodes.

A gradient has the shape of what it belongs to. Each figure shows the entries behind a formula, and measures what the
formula claims.
"""

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

from lectureutils import plots, style
from lectureutils.live import LiveFigure, Widget, choice, column, row, slider

PIECES = {
    "dY": lambda dY, X, W: dY, "dY.T": lambda dY, X, W: dY.T, "X": lambda dY, X, W: X,
    "X.T": lambda dY, X, W: X.T, "W": lambda dY, X, W: W, "W.T": lambda dY, X, W: W.T,
}  # fmt: skip


class ShapesFigure(LiveFigure):
    """Put two pieces together until their product is the gradient of Y = X W^T by X (N, D) or by W (C, D).

    The product is computed with random numbers and compared with the gradient, since shapes can fit by accident.
    Slide topic: vectorized backpropagation.
    """

    size = (680, 330)

    def __init__(self, N: int = 4, D: int = 3, C: int = 2):
        sizes = [slider(name, value, 1, 6, 1, label=f"{name}, {word}") for name, value, word in
                 (("N", N, "examples"), ("D", D, "inputs"), ("C", C, "outputs"))]  # fmt: skip
        self.parts_chosen = [choice("wanted", ["dW", "dX"], label="Wanted"),
                             choice("left", list(PIECES), "dY", label="Left piece"),
                             choice("right", list(PIECES), "X", label="Right piece")]  # fmt: skip
        super().__init__(*self.parts_chosen, *sizes)

    def draw(self, fig: Figure) -> None:
        axes = fig.subplots()
        axes.set(xlim=(-1, 25), ylim=(7.6, -1.6), xticks=[], yticks=[], aspect="equal")
        axes.set_title("left @ right: the two inner sides must be equal")
        axes.spines[:].set_visible(False)
        self.boxes = PolyCollection([], edgecolor=style.INK, linewidth=1.5, zorder=1)
        axes.add_collection(self.boxes, autolim=False)
        self.inner = axes.plot([], [], color=style.RED, linewidth=4 * style.current_scale(), zorder=3)[0]
        self.words = plots.Numbers(axes, np.zeros((13, 2)))
        self.words.set_zorder(4)
        self.words.size *= 1.05
        self.moving(self.boxes, self.inner, self.words)

    def update(self, wanted: str, left: str, right: str, N: int, D: int, C: int) -> None:
        rng = np.random.default_rng(9)
        dY, X, W = rng.normal(size=(N, C)), rng.normal(size=(N, D)), rng.normal(size=(C, D))
        self.chosen, self.side = (wanted, left, right), {"N": N, "D": D, "C": C}
        self.gradient = {"dW": dY.T @ X, "dX": dY @ W}[wanted]
        self.pieces = [PIECES[name](dY, X, W) for name in (left, right)]
        a, b = self.pieces
        self.fits = a.shape[1] == b.shape[0]
        self.product = a @ b if self.fits else None
        self._place(a.shape, b.shape)

    def _place(self, a: tuple[int, int], b: tuple[int, int]) -> None:
        """Lay out the two pieces, their product and the target, each as high and wide as its shape."""
        wanted, left, right = self.chosen
        goal = self.gradient.shape
        shapes = [a, b, (a[0], b[1]) if self.fits else None]
        x, boxes, words = 0.6, [], []
        for shape, name, sign in zip(shapes, (left, right, "product"), ("@", "=", ""), strict=True):
            height, width = shape or (1, 1)
            top = 3 - height / 2
            if shape:
                boxes.append([(x, top), (x + width, top), (x + width, top + height), (x, top + height)])
                words += [((x + width / 2, -1.15), name), ((x + width / 2, top - 0.4), str(width)),
                          ((x - 0.4, 3), str(height))]  # fmt: skip
            else:
                words.append(((x + 2.0, 3), "does not fit"))
            words.append(((x + width + 0.55, 3), sign if self.fits or sign == "@" else ""))
            x += width + 1.6
        words.append(((12, 7), f"wanted: {wanted} {goal}, the shape of {wanted[1]}"))
        words += [((0.0, -99.0), "")] * (13 - len(words))
        self.boxes.set_verts(boxes)
        colors = [style.SKY, style.ORANGE, style.GREEN]
        self.boxes.set_facecolor([style.pale(color, 0.35) for color in colors[: len(boxes)]])
        self.words.places = np.array([place for place, _ in words])
        self.words.set_texts([word for _, word in words])
        first, second = boxes[:2]
        sides = [first[1], first[2], (np.nan, np.nan), second[0], second[3]]
        self.inner.set_data(*np.array(sides, dtype=float).T)
        self.inner.set(color=style.GREEN if self.fits else style.RED, linestyle="-" if self.fits else ":")

    def verdict(self) -> str:
        """Say whether the product is the wanted gradient, and if not, what is wrong."""
        wanted, goal = self.chosen[0], self.gradient
        if not self.fits:
            return f"the inner sides {self.pieces[0].shape[1]} and {self.pieces[1].shape[0]} differ: no product"
        if self.product.shape == goal.shape and np.allclose(self.product, goal):
            return f"it fits, and it is {wanted}: all {goal.size} entries agree with the gradient"
        if self.product.shape == goal.T.shape and np.allclose(self.product, goal.T):
            return f"this is {wanted} lying on its side: turn the product round, (A @ B).T = B.T @ A.T"
        if self.product.shape == goal.shape:
            return f"the shape is right, the numbers are not: it fits by accident, this is not {wanted}"
        return f"the product has the shape {self.product.shape}, wanted is {goal.shape}"

    def describe(self) -> str:
        _, left, right = self.chosen
        a, b = (piece.shape for piece in self.pieces)
        verdict = self.verdict()
        return f"{left} @ {right}: {a} @ {b}. {verdict[0].upper()}{verdict[1:]}."

    def arrange(self) -> Widget:
        widgets = [part.widget for part in self.parts]
        return column(row(*widgets[:3]), row(*widgets[3:], self.reset_button))
