"""Backpropagation on a drawn graph: number after number forward, and number after number back.

All graphs are recorded by `autodiff` and laid out by `graph_view`. What changes from frame to frame is written on top
of them as light outlines, so that a slider is followed quickly.
"""

from matplotlib.figure import Figure

from lectureutils.autodiff import Tensor, maximum
from lectureutils.figures.backpropagation.graph_picture import GraphPicture, outline
from lectureutils.figures.shared.words import four_digits
from lectureutils.graph_view import GRADIENT, VALUE
from lectureutils.live import LiveFigure, slider

GATES = {
    "add": ("add: the distributor", lambda a, b: a + b, "both get it all"),
    "multiply": ("multiply: the switcher", lambda a, b: a * b, "each gets it times the other"),
    "max": ("max: the router", maximum, "the larger gets it all"),
}


class GateFigure(LiveFigure):
    """Send the same two values and the same upstream gradient through an add, a multiply and a max node.

    Slide topic: a local view of backpropagation.
    """

    size = (700, 240)

    def __init__(self, a: float = 3.0, b: float = -2.0, upstream: float = 2.0):
        super().__init__(
            slider("a", a, -5.0, 5.0, 0.5), slider("b", b, -5.0, 5.0, 0.5),
            slider("upstream", upstream, -5.0, 5.0, 0.5, label="Upstream"),
        )  # fmt: skip

    def draw(self, fig: Figure) -> None:
        fig.set_layout_engine("none")  # everything has its place
        self.pictures = []
        for j, (title, function, verdict) in enumerate(GATES.values()):
            axes = fig.add_axes((0.005 + j / 3, 0.22, 0.325, 0.66))
            root = outline(function, ("a", "b"), -8.88)
            root.name = None
            picture = GraphPicture(axes, root, 0.82)
            for label in axes.texts[-2:]:
                label.set_visible(False)  # the legend stands once, below
            axes.set_ylim(picture.size[1] - 0.15, 0.45)
            fig.text(0.02 + j / 3, 0.93, title, va="center", fontsize="large")
            fig.text(0.02 + j / 3, 0.17, verdict, va="center")
            self.pictures.append(picture)
            self.moving(*picture.artists)
        fig.text(0.02, 0.05, "above the line: value", color=VALUE, va="center")
        below = "below: gradient; the upstream one comes in from the right"
        fig.text(0.02 + 1 / 3, 0.05, below, color=GRADIENT, va="center")

    def update(self, a: float, b: float, upstream: float) -> None:
        self.results = {}
        for (name, (_, function, _)), picture in zip(GATES.items(), self.pictures, strict=True):
            first, second = Tensor(a, "a"), Tensor(b, "b")
            out = function(first, second)
            out.backward(upstream)
            self.results[name] = (float(out.data), float(first.grad), float(second.grad))
            nodes = (first, second, out)
            values = {i: four_digits(node.data) for i, node in enumerate(nodes)}
            picture.write(values, {i: four_digits(node.grad) for i, node in enumerate(nodes)}, {})
            picture.mark(None, None, GRADIENT)
        self.tie, self.upstream = a == b, upstream

    def describe(self) -> str:
        parts = [f"{name}: out {four_digits(out)}, back to a {four_digits(da)} and to b {four_digits(db)}"
                 for name, (out, da, db) in self.results.items()]  # fmt: skip
        tie = " a and b are equal: a tie, and here each gets half." if self.tie else ""
        return f"Upstream {four_digits(self.upstream)}. {'; '.join(parts)}.{tie}"
