"""The two curves of a training, epoch by epoch: its loss, and how much is right.

Both are drawn twice, for the training set and, dashed, for the test set: where these two part, it memorises.
"""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from lectureutils import style
from lectureutils.live import LiveFigure, put


class Curves:
    """The loss on a log scale from `low` to `high`, and below it the share that is right, over so many `epochs`."""

    def __init__(self, figure: LiveFigure, loss: Axes, share: Axes, epochs: int, low: float, high: float):
        self.low, self.high = low, high
        loss.set(ylim=(low, high), yscale="log", ylabel="loss")
        ticks = [tick for tick in (0.001, 0.01, 0.1, 1, 10, 100) if low <= tick <= high]
        loss.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
        loss.minorticks_off()
        loss.tick_params(labelbottom=False)
        share.set(ylim=(0, 1.03), xlabel="epoch", ylabel="right")
        share.set_yticks([0, 0.5, 1], ["0%", "50%", "100%"])
        share.axhline(1, color=style.PALE, linewidth=1)
        for axes in (loss, share):
            axes.set(xlim=(0, epochs), xticks=range(0, epochs + 1, max(1, epochs // 5)))
        self.losses, self.shares = _pair(figure, loss), _pair(figure, share)

    def set(self, seen: list) -> None:
        """Show for each epoch the loss and the share that is right on the training set, and both on the test set."""
        epochs, (loss, right, new_loss, new_right) = np.arange(len(seen)), np.transpose(seen)
        for line, values in zip(self.losses, (loss, new_loss), strict=True):
            put(line, epochs, np.clip(values, 1.04 * self.low, 0.98 * self.high))
        for line, values in zip(self.shares, (right, new_right), strict=True):
            put(line, epochs, values)


def _pair(figure: LiveFigure, axes: Axes) -> list[Line2D]:
    """Make a wide line and a thin dashed one on top of it: both are seen where they are the same."""
    scale = style.current_scale()
    training = figure.curve(axes, style.SEEN, label="training", linewidth=3.2 * scale)
    return [training, figure.curve(axes, style.HELD_OUT, "--", label="test", linewidth=1.8 * scale)]
