"""A network in training on real data: its progress, its curves, its mistakes, and what goes wrong.

Training is cut into epochs, and the browser asks for one at a time. So Stop is answered after one epoch at the most,
and what has been learned until then is the network, ready for use.
"""

from matplotlib.axes import Axes

from lectureutils import style
from lectureutils.live import LiveFigure, Player


class TrainPlayer(Player):
    """A player whose button says what it does here: Train and Stop."""

    def connect(self, figure: LiveFigure) -> None:
        super().connect(figure)
        self.play.description, self.play.tooltip = "Train", "Train until stopped; what was learned stays"
        self.back.tooltip = "Forget everything and start again"
        figure.canvas.observe(self._name, "playing")

    def _name(self, change: dict) -> None:
        self.play.description, self.play.icon = ("Stop", "stop") if change["new"] else ("Train", "play")


def curve_axes(loss: Axes, share: Axes, epochs: int, low: float = 0.003, high: float = 10.0) -> None:
    """Prepare axes for two curves over `epochs`: the loss on a log scale, and the share that is right."""
    loss.set(xlim=(0, epochs), ylim=(low, high), yscale="log", ylabel="loss")
    ticks = [tick for tick in (0.001, 0.01, 0.1, 1, 10) if low <= tick <= high]
    loss.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
    loss.minorticks_off()
    loss.tick_params(labelbottom=False)
    share.set(xlim=(0, epochs), ylim=(0, 1.03), xlabel="epoch", ylabel="right")
    step = max(1, epochs // 5)
    loss.set_xticks(range(0, epochs + 1, step))
    share.set_xticks(range(0, epochs + 1, step))
    share.set_yticks([0, 0.5, 1], ["0%", "50%", "100%"])
    share.axhline(1, color=style.PALE, linewidth=1)


def pair_of_lines(axes: Axes) -> list:
    """Make the curve of the training set and, dashed, that of the test set."""
    return [axes.plot([], [], "-", color=style.BLUE, label="training")[0],
            axes.plot([], [], "--", color=style.RED, label="test")[0]]  # fmt: skip
