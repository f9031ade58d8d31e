"""Three nodes, three ways to hand a gradient back: add gives it to both, multiply times the other, max to the larger.

All three get the same two values and the same upstream gradient, so that they can be compared.
"""

from matplotlib.figure import Figure

from lectureutils import style
from lectureutils.autodiff import Tensor, maximum
from lectureutils.figures.backpropagation.graph_picture import GraphPicture, head, legend, outline
from lectureutils.figures.backpropagation.walk import Function
from lectureutils.figures.shared.words import four_digits
from lectureutils.live import LiveFigure, Narrow, slider

GATES = {
    "add": ("add: the distributor", lambda a, b: a + b, "both get it all"),
    "multiply": ("multiply: the switcher", lambda a, b: a * b, "each gets it times the other"),
    "max": ("max: the router", maximum, "the larger gets it all"),
}


class GateFigure(LiveFigure):
    """Send the same two values and the same upstream gradient through an add, a multiply and a max node.

    Slide topic: a local view of backpropagation.
    """

    size = (700, 220)
    narrow = Narrow(570)

    def __init__(self, a: float = 3.0, b: float = -2.0, upstream: float = 2.0):
        super().__init__(
            slider("a", a, -5.0, 5.0, 0.5),
            slider("b", b, -5.0, 5.0, 0.5),
            slider("upstream", upstream, -5.0, 5.0, 0.5, label="Upstream"),
        )

    def draw(self, fig: Figure) -> None:
        fig.set_layout_engine("none")  # everything has its place
        measured = "the upstream gradient comes in from the right"
        if self.is_narrow:  # below each other
            self.pictures = [self._picture(fig, 0.0, 2.0 * j, *gate) for j, gate in enumerate(GATES.values())]
            legend(fig, 0.02, 6.1, measured)
        else:
            self.pictures = [self._picture(fig, j / 3, 0.0, *gate) for j, gate in enumerate(GATES.values())]
            legend(fig, 0.02, 2.08, measured)

    def _picture(
        self, fig: Figure, left: float, top: float, title: str, function: Function, verdict: str
    ) -> GraphPicture:
        """Draw one gate, `left` as a share of the width and `top` inches below the upper edge."""
        high = fig.get_figheight() / style.current_scale()
        wide = 0.7 if self.is_narrow else 0.325
        axes = fig.add_axes((0.005 + left, 1 - (top + 1.98) / high, wide, 1.54 / high))
        root = outline(function, ("a", "b"), -8.88)
        root.name = None
        picture = GraphPicture(axes, root, 0.9)
        axes.set_ylim(picture.size[1] - 0.15, 0.35)
        head(fig, title, 0.02 + left, top + 0.2)
        fig.text(0.02 + left, 1 - (top + 0.42) / high, verdict, va="center", color=style.GREY)
        self.moving(*picture.artists)
        return picture

    def update(self, a: float, b: float, upstream: float) -> str:
        said = []
        for (name, (_, function, _)), picture in zip(GATES.items(), self.pictures, strict=True):
            first, second = Tensor(a, "a"), Tensor(b, "b")
            out = function(first, second)
            out.backward(upstream)
            values = [four_digits(node.data) for node in (first, second, out)]
            gradients = [four_digits(node.grad) for node in (first, second, out)]
            picture.write(dict(enumerate(values)), dict(enumerate(gradients)), {})
            said.append(f"{name}: out {values[2]}, back to a {gradients[0]} and to b {gradients[1]}")
        tie = " a and b are equal: a tie, and here each gets half." if a == b else ""
        return f"Upstream {four_digits(upstream)}. {'; '.join(said)}.{tie}"
