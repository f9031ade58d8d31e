"""A gradient has the shape of what it belongs to, and that nearly tells which product of two arrays it is.

Nearly: the product is computed with random numbers and compared, since shapes can fit by accident.
"""

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

from lectureutils import plots, style
from lectureutils.live import LiveFigure, choice, put, slider

Array = np.ndarray
Word = tuple[tuple[float, float], str]
PIECES = {
    "dY": lambda dY, X, W: dY,
    "dY.T": lambda dY, X, W: dY.T,
    "X": lambda dY, X, W: X,
    "X.T": lambda dY, X, W: X.T,
    "W": lambda dY, X, W: W,
    "W.T": lambda dY, X, W: W.T,
}


class ShapesFigure(LiveFigure):
    """Put two pieces together until their product is the gradient of Y = X W^T by X (N, D) or by W (C, D).

    The product is computed with random numbers and compared with the gradient, since shapes can fit by accident.
    Slide topic: vectorized backpropagation.
    """

    telling = {"wanted": "dX", "left": "dY", "right": "W"}  # dW is for the reader to find
    size = (680, 330)
    layout = "wanted left right / N D C reset"

    def __init__(self, N: int = 4, D: int = 3, C: int = 2):
        super().__init__(
            choice("wanted", ["dW", "dX"], label="Wanted"),
            choice("left", list(PIECES), "dY", label="Left piece"),
            choice("right", list(PIECES), "X", label="Right piece"),
            slider("N", N, 1, 6, 1, label="N, examples"),
            slider("D", D, 1, 6, 1, label="D, inputs"),
            slider("C", C, 1, 6, 1, label="C, outputs"),
        )

    def draw(self, fig: Figure) -> None:
        axes = fig.subplots()
        axes.set(xlim=(-1, 25), ylim=(7.6, -1.6), xticks=[], yticks=[], aspect="equal")
        axes.set_title("left @ right: the two inner sides must be equal")
        axes.spines[:].set_visible(False)
        self.boxes = PolyCollection([], edgecolor=style.INK, linewidth=1.5, zorder=1)
        axes.add_collection(self.boxes, autolim=False)
        self.inner = self.curve(axes, style.RED, linewidth=4 * style.current_scale(), zorder=3)
        self.words = plots.Numbers(axes, np.zeros((13, 2)))
        self.words.set_zorder(4)
        self.words.size *= 1.05
        self.moving(self.boxes, self.words)

    def update(self, wanted: str, left: str, right: str, N: int, D: int, C: int) -> str:
        rng = np.random.default_rng(9)
        dY, X, W = rng.normal(size=(N, C)), rng.normal(size=(N, D)), rng.normal(size=(C, D))
        goal = {"dW": dY.T @ X, "dX": dY @ W}[wanted]
        a, b = (PIECES[name](dY, X, W) for name in (left, right))
        self._place((left, right), a.shape, b.shape, f"wanted: {wanted} {goal.shape}, the shape of {wanted[1]}")
        return f"{left} @ {right}: {a.shape} @ {b.shape}. {say_verdict(wanted, goal, a, b)}."

    def _place(self, names: tuple[str, str], a: tuple[int, int], b: tuple[int, int], goal: str) -> None:
        """Lay out the two pieces, their product and the target, each as high and wide as its shape."""
        fits = a[1] == b[0]
        second = 0.6 + a[1] + 1.6
        third = second + b[1] + 1.6
        boxes = [_box(0.6, a), _box(second, b)] + ([_box(third, (a[0], b[1]))] if fits else [])
        words = [*_words(0.6, a, names[0], "@"), *_words(second, b, names[1], "=" if fits else "")]
        words += _words(third, (a[0], b[1]), "product", "") if fits else [((third + 2.0, 3), "does not fit")]
        words.append(((12, 7), goal))
        words += [((0.0, -99.0), "")] * (13 - len(words))
        self.boxes.set_verts(boxes)
        self.boxes.set_facecolor([style.pale(c, 0.35) for c in (style.SKY, style.ORANGE, style.GREEN)[: len(boxes)]])
        self.words.places = np.array([place for place, _ in words])
        self.words.set_texts([word for _, word in words])
        put(self.inner, [*boxes[0][1:3], (np.nan, np.nan), boxes[1][0], boxes[1][3]])
        self.inner.set(color=style.GREEN if fits else style.RED, linestyle="-" if fits else ":")


def _box(x: float, shape: tuple[int, int]) -> list[tuple[float, float]]:
    """Return the corners of an array's box, from the upper left one to the right."""
    height, width = shape
    top, bottom = 3 - height / 2, 3 + height / 2
    return [(x, top), (x + width, top), (x + width, bottom), (x, bottom)]


def _words(x: float, shape: tuple[int, int], name: str, sign: str) -> list[Word]:
    """Return what stands at an array's box: its name and its sides, and the sign behind it."""
    height, width = shape
    middle = x + width / 2
    sides = [((middle, 3 - height / 2 - 0.4), str(width)), ((x - 0.4, 3), str(height))]
    return [((middle, -1.15), name), *sides, ((x + width + 0.55, 3), sign)]


def say_verdict(wanted: str, goal: Array, a: Array, b: Array) -> str:
    """Say whether a @ b is the wanted gradient, and if not, what is wrong."""
    if a.shape[1] != b.shape[0]:
        return f"The inner sides {a.shape[1]} and {b.shape[0]} differ: no product"
    product = a @ b
    if product.shape == goal.shape and np.allclose(product, goal):
        return f"It fits, and it is {wanted}: all {goal.size} entries agree with the gradient"
    if product.shape == goal.T.shape and np.allclose(product, goal.T):
        return f"This is {wanted} lying on its side: turn the product round, (A @ B).T = B.T @ A.T"
    if product.shape == goal.shape:
        return f"The shape is right, the numbers are not: it fits by accident, this is not {wanted}"
    return f"The product has the shape {product.shape}, wanted is {goal.shape}"
