"""A gradient has the shape of what it belongs to, and that nearly tells which product of two arrays it is.

Nearly: the product is computed with random numbers and compared, since shapes can fit by accident.
"""

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

from lectureutils import plots, style
from lectureutils.live import LiveFigure, Narrow, choice, put, slider

Array = np.ndarray
GAP = 0.22  # half of what lies between two pieces, in cells
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
    size = (680, 370)
    narrow = Narrow(400)
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
        fig.set_layout_engine("none")  # a cell is as high as it is wide
        axes = self.axes = fig.add_axes((0, 0, 1, 0.91))
        axes.set(xticks=[], yticks=[])
        fig.text(0.02, 0.945, "left @ right: are the two thick sides equally long?", va="center", fontweight=600,
                 fontsize=style.TITLE * 10 * style.current_scale())  # fmt: skip
        axes.spines[:].set_visible(False)
        scale = style.current_scale()
        self.boxes = PolyCollection([], edgecolor=style.INK, linewidth=1.5 * scale, zorder=1)
        axes.add_collection(self.boxes, autolim=False)
        look = {"edgecolor": style.TRUTH, "facecolor": "none", "linewidth": 2 * scale, "linestyle": "--"}
        self.target = PolyCollection([], zorder=1, **look)
        axes.add_collection(self.target, autolim=False)
        self.arc = self.curve(axes, style.GREY, linewidth=1.2 * scale, zorder=2)
        self.inner = self.curve(axes, style.RED, linewidth=5 * scale, zorder=3)
        self.inner.set_solid_capstyle("butt")
        self.words = plots.Numbers(axes, np.zeros((10, 2)))
        self.words.set_zorder(4)
        self.moving(self.boxes, self.target, self.words)

    def update(self, wanted: str, left: str, right: str, N: int, D: int, C: int) -> str:
        rng = np.random.default_rng(9)
        dY, X, W = rng.normal(size=(N, C)), rng.normal(size=(N, D)), rng.normal(size=(C, D))
        goal = {"dW": dY.T @ X, "dX": dY @ W}[wanted]
        a, b = (PIECES[name](dY, X, W) for name in (left, right))
        self._place((left, right), a.shape, b.shape)
        self._aim(f"wanted: {wanted} {goal.shape}", goal.shape, max(N, D, C))
        return f"{left} @ {right}: {a.shape} @ {b.shape}. {say_verdict(wanted, goal, a, b)}."

    def _place(self, names: tuple[str, str], a: tuple[int, int], b: tuple[int, int]) -> None:
        """Lay out the two pieces around a corner, and in it their product: rows go on to the right, columns down."""
        fits = a[1] == b[0]
        boxes = [_box(-GAP - a[1], GAP, a), _box(GAP, -GAP - b[0], b)]
        boxes += [_box(GAP, GAP, (a[0], b[1]))] if fits else []
        colors = [style.GRADIENT if name.startswith("dY") else style.VALUE for name in names]
        self.boxes.set_verts(boxes)
        self.boxes.set_facecolor([style.pale(c, 0.3) for c in (*colors, style.GRADIENT)[: len(boxes)]])
        put(self.inner, [*boxes[0][:2], (np.nan, np.nan), boxes[1][0], boxes[1][3]])
        self.inner.set(color=style.GREEN if fits else style.RED, linestyle="-" if fits else (0, (1, 0.6)))
        turn = np.linspace(np.pi, 1.5 * np.pi, 40)  # the left piece's side, swung up to the right one's
        put(self.arc, GAP + (2 * GAP + a[1]) * np.column_stack([np.cos(turn), np.sin(turn)]))
        words: list[tuple[float, float, str, str]] = [  # x, y, what, colour
            (-GAP - a[1] / 2, GAP + a[0] + 0.45, names[0], colors[0]),
            (-GAP - a[1] / 2, GAP + 0.45, str(a[1]), style.INK),
            (-GAP - a[1] - 0.4, GAP + a[0] / 2, str(a[0]), style.GREY),
            (GAP + b[1] + 0.75, -GAP - b[0] / 2, names[1], colors[1]),
            (GAP + 0.4, -GAP - b[0] / 2, str(b[0]), style.INK),
            (GAP + b[1] / 2, -GAP - b[0] - 0.45, str(b[1]), style.GREY),
        ]
        end = f"product {a[0], b[1]}" if fits else "\N{BALLOT X} does not fit"
        under = GAP + a[0] + (1.25 if self.is_narrow else 0.45)  # where cells are small, below the other name
        place = (GAP + b[1] / 2, under) if fits else (GAP + 2.0, GAP + 1.0)
        self.said = [*words, (*place, end, style.GRADIENT if fits else style.RED)]

    def _aim(self, goal: str, shape: tuple[int, int], most: int) -> None:
        """Draw the shape that is wanted to the right, and choose how large a cell is: all pieces have room."""
        right = GAP + most + 2.2
        self.target.set_verts([_box(right, -shape[0] / 2, shape)])
        said = [*self.said, (right + shape[1] / 2, -shape[0] / 2 - 0.45, goal, style.TRUTH)]
        said += [(0.0, 0.0, "", style.INK)] * (10 - len(said))
        self.words.places = np.array([word[:2] for word in said])
        self.words.set_texts([word[2] for word in said])
        self.words.set_colors([style.readable(word[3]) for word in said])
        up = GAP + most + (1.7 if self.is_narrow else 0.9)
        width, height = self.painter.figure.get_size_inches()
        wide = 2 * up * width / (0.91 * height)
        middle = (right + most - GAP - most) / 2
        if (needed := 2 * most + GAP + right + 1.5) > wide:  # on a narrow page
            up, wide = up * needed / wide, needed
        if self.axes.get_ylim() != (up, -up):
            self.axes.set(xlim=(middle - wide / 2, middle + wide / 2), ylim=(up, -up))


def _box(x: float, y: float, shape: tuple[int, int]) -> list[tuple[float, float]]:
    """Return the corners of an array's box, from the upper left one to the right."""
    height, width = shape
    return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]


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
